"""Motifs of pans, knives, cups and boxes, of the kitchen and the table."""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

from vectorstore.pictures.palette import (
    GLASS,
    GLASS_SHADE,
    INK,
    INK_LIGHT,
    LEAF,
    PAPER,
    STEEL,
    STEEL_DARK,
    STEEL_LIGHT,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
    Paint,
)
from vectorstore.pictures.shapes import box, circle, ellipse, grain, line, path, ring


def frying_pan(c: Paint) -> str:
    """A frying pan from above with an egg in it."""
    drawn = (
        '<g transform="rotate(38 160 130)">'
        + box(
            226,
            118,
            132,
            24,
            12,
            WOOD if c.texture != "metal" else STEEL_DARK,
            WOOD_DARK if c.texture != "metal" else INK,
            2,
        )
        + circle(340, 130, 4.500, c.deep)
        + box(216, 116, 32, 28, 6, STEEL_DARK)
        + "</g>"
    )
    drawn += circle(158, 132, 88, c.base, c.edge, 4) + circle(158, 132, 74, c.dark) + ring(158, 132, 60, c.line, 2)
    return (
        drawn
        + path(
            "M118 120 Q122 92 152 96 Q176 84 194 106 Q216 124 196 148 Q192 174 162 168 Q134 180 122 156 Q106 142 118 120 Z",
            "#fbf5e6",
        )
        + circle(158, 132, 20, "#e9b23c")
        + circle(151, 125, 5, "#f6d583")
    )


def wok(c: Paint) -> str:
    """A wok from the side."""
    drawn = (
        line("M292 118 L352 96", WOOD, 17)
        + line("M292 118 L308 112", STEEL_DARK, 19)
        + path("M62 112 Q50 132 74 140", "none", c.limb, 9)
    )
    drawn += (
        path("M72 112 H312 Q300 220 192 222 Q84 220 72 112 Z", c.base, c.edge)
        + path("M262 118 H312 Q300 220 192 222 Q256 196 262 118 Z", c.shade)
        + ellipse(192, 114, 122, 18, c.dark, c.edge)
    )
    return (
        drawn
        + path("M110 112 Q136 84 160 104 Q186 76 210 102 Q240 82 266 110 Q230 126 192 126 Q146 126 110 112 Z", LEAF)
        + circle(166, 104, 9, "#c4683f")
        + circle(226, 106, 8, "#e2b23f")
    )


def pot(c: Paint) -> str:
    """A casserole with a lid and two ears."""
    drawn = line(
        "M104 148 H84 Q74 148 74 158 V166 Q74 176 84 176 H104 M296 148 H316 Q326 148 326 158 V166 Q326 176 316 176 H296",
        c.limb,
        11,
    )
    drawn += path("M100 124 H300 V212 Q300 240 272 240 H128 Q100 240 100 212 Z", c.base, c.edge) + path(
        "M268 124 H300 V212 Q300 240 272 240 H248 Q270 214 268 124 Z", c.shade
    )
    drawn += path("M96 120 Q106 76 200 74 Q294 76 304 120 Z", c.gleam, c.edge) + box(
        90, 114, 220, 16, 7, c.dark, c.edge
    )
    return (
        drawn
        + box(184, 54, 32, 14, 7, c.deep, c.rim)
        + box(192, 64, 16, 12, 2, c.deep)
        + line("M122 152 V198", c.gleam, 8)
    )


def knife(c: Paint) -> str:
    """A chef's knife."""
    drawn = path("M84 134 Q152 106 236 112 L240 156 H110 Q90 152 84 134 Z", STEEL_LIGHT, STEEL_DARK, 2.5) + path(
        "M88 138 Q160 146 240 142 V156 H110 Q94 153 88 138 Z", STEEL
    )
    drawn += box(234, 108, 16, 52, 4, STEEL_DARK) + path(
        "M250 110 H322 Q342 112 340 132 Q338 150 322 146 Q286 138 250 146 Z", c.base, c.edge
    )
    return (
        '<g transform="rotate(-24 210 140) translate(-6 12)">'
        + drawn
        + circle(268, 127, 5, STEEL_LIGHT)
        + circle(293, 125, 5, STEEL_LIGHT)
        + circle(318, 128, 5, STEEL_LIGHT)
        + "</g>"
    )


def cutlery(c: Paint) -> str:
    """A fork, a knife and a spoon."""
    drawn = path(
        "M128 50 V96 Q128 116 142 120 V164 H154 V120 Q168 116 168 96 V50 H160 V92 H152 V50 H144 V92 H136 V50 Z",
        STEEL,
        STEEL_DARK,
        1.5,
    ) + box(141, 164, 14, 88, 7, c.base, c.edge)
    drawn += path("M194 164 V52 Q218 66 214 130 Q213 140 206 142 V164 Z", STEEL, STEEL_DARK, 1.5) + box(
        193, 164, 14, 88, 7, c.base, c.edge
    )
    return (
        drawn
        + ellipse(252, 84, 21, 34, STEEL, STEEL_DARK, 1.5)
        + ellipse(249, 82, 13, 24, STEEL_LIGHT)
        + box(247, 116, 10, 50, 2, STEEL)
        + box(245, 164, 14, 88, 7, c.base, c.edge)
    )


def mug(c: Paint) -> str:
    """A mug with a band and steam."""
    drawn = (
        line("M166 76 Q154 62 166 48 M202 76 Q190 60 202 42 M238 76 Q226 62 238 48", STEEL, 6)
        + line("M262 128 H280 Q314 128 314 164 Q314 202 268 204", c.edge, 21)
        + line("M262 128 H280 Q314 128 314 164 Q314 202 268 204", c.dark, 16)
    )
    drawn += path("M116 100 H276 V212 Q276 246 242 246 H150 Q116 246 116 212 Z", c.base, c.edge) + path(
        "M246 100 H276 V212 Q276 246 242 246 H224 Q250 218 246 100 Z", c.shade
    )
    return drawn + path("M116 156 H276 V180 H116 Z", c.accent) + path("M116 100 H276 V108 H116 Z", c.gleam)


def cup(c: Paint) -> str:
    """A tea cup on a saucer."""
    drawn = line("M276 122 H288 Q316 124 310 152 Q304 180 260 184", c.edge, 15) + line(
        "M276 122 H288 Q316 124 310 152 Q304 180 260 184", c.dark, 10
    )
    drawn += (
        path("M108 104 H284 Q284 206 228 220 H164 Q108 206 108 104 Z", c.base, c.edge)
        + path("M246 104 H284 Q284 206 228 220 H204 Q250 190 246 104 Z", c.shade)
        + ellipse(196, 104, 88, 17, c.light, c.edge)
        + ellipse(196, 106, 74, 11, "#a5673c")
    )
    return drawn + path("M88 224 H304 Q296 244 262 244 H130 Q96 244 88 224 Z", c.dark, c.edge)


def drinking_glass(c: Paint) -> str:
    """A tumbler, half full."""
    drawn = path("M130 62 H270 L254 232 Q252 246 240 246 H160 Q148 246 146 232 Z", GLASS, GLASS_SHADE, 4) + path(
        "M138 134 Q170 124 200 134 Q230 144 262 134 L253 230 Q251 238 240 238 H160 Q149 238 147 230 Z", c.base
    )
    return (
        drawn
        + path("M138 134 Q170 124 200 134 Q230 144 262 134 L260 148 Q230 156 200 148 Q170 138 139 148 Z", c.light)
        + line("M152 84 L156 116", PAPER, 8)
        + circle(190, 182, 6, c.light)
        + circle(220, 204, 4, c.light)
    )


def plate(c: Paint) -> str:
    """A plate and a bowl, stacked."""
    drawn = path("M66 206 H334 Q322 236 250 238 H150 Q78 236 66 206 Z", c.dark, c.edge) + ellipse(
        200, 206, 134, 17, c.shade, c.edge
    )
    drawn += path("M104 106 H296 Q292 196 232 206 H168 Q108 196 104 106 Z", c.base, c.edge) + path(
        "M262 106 H296 Q292 196 232 206 H206 Q258 180 262 106 Z", c.shade
    )
    return (
        drawn
        + ellipse(200, 106, 96, 21, c.light, c.edge)
        + ellipse(200, 109, 80, 14, c.dark)
        + line("M113 140 Q200 158 287 140", c.accent, 5)
    )


def lunch_box(c: Paint) -> str:
    """A lunch box with a banded lid, divided and filled."""
    drawn = path("M92 150 H308 V214 Q308 234 288 234 H112 Q92 234 92 214 Z", c.base, c.edge) + path(
        "M270 150 H308 V214 Q308 234 288 234 H256 Q276 200 270 150 Z", c.shade
    )
    drawn += (
        path("M112 148 Q112 104 152 100 Q180 96 196 148 Z", "#fbf5e6", "#d9cfb8")
        + path("M204 148 Q210 104 238 112 Q262 96 290 148 Z", LEAF)
        + circle(230, 132, 13, "#c4683f")
        + circle(262, 134, 11, "#e2b23f")
    )
    drawn += box(84, 138, 232, 20, 8, c.dark, c.edge) + line(
        "M132 118 h.1 M152 112 h.1 M150 128 h.1 M170 122 h.1", INK, 5
    )
    return (
        drawn
        + '<g transform="rotate(-9 200 80)">'
        + box(88, 66, 224, 22, 9, c.gleam, c.edge)
        + "</g>"
        + box(186, 158, 28, 34, 6, c.accent)
    )


def food_container(c: Paint) -> str:
    """Two stacked clear boxes with coloured lids."""
    one = (
        path("M112 164 H288 L278 232 Q276 242 266 242 H134 Q124 242 122 232 Z", GLASS, GLASS_SHADE)
        + path("M118 198 Q200 184 282 198 L278 232 Q276 242 266 242 H134 Q124 242 122 232 Z", c.light)
        + box(104, 150, 192, 18, 8, c.base, c.edge)
        + box(186, 162, 28, 16, 5, c.dark)
    )
    two = (
        path("M134 84 H266 L258 136 Q256 144 248 144 H152 Q144 144 142 136 Z", GLASS, GLASS_SHADE)
        + path("M139 112 Q200 122 261 112 L258 136 Q256 144 248 144 H152 Q144 144 142 136 Z", LEAF)
        + box(126, 70, 148, 16, 7, c.base, c.edge)
        + box(188, 82, 24, 14, 4, c.dark)
    )
    return one + two


def jar(c: Paint) -> str:
    """A glass jar with a lid, filled with beans."""
    drawn = path(
        "M144 82 H256 Q282 96 282 126 V224 Q282 248 258 248 H142 Q118 248 118 224 V126 Q118 96 144 82 Z",
        GLASS,
        GLASS_SHADE,
        4,
    ) + path("M124 142 Q160 130 200 142 Q240 154 276 142 V224 Q276 242 258 242 H142 Q124 242 124 224 Z", c.base)
    drawn += line(
        "M146 170l8 6M184 164l8-5M224 172l8 5M256 166l6-6M140 206l8-6M176 202l9 4M214 208l8-6M250 202l8 5M160 228l8-4M202 230l9 2M242 228l8-3",
        c.line,
        6,
    )
    return (
        drawn
        + box(134, 50, 132, 34, 8, WOOD, WOOD_DARK)
        + line("M150 62 H220 M168 72 H246", WOOD_DARK, 2.5)
        + line("M136 116 Q130 128 132 136", PAPER, 6)
    )


def cutting_board(c: Paint) -> str:
    """A board with a handle hole."""
    drawn = path(
        "M112 100 Q112 84 128 84 H272 Q288 84 288 100 V236 Q288 252 272 252 H128 Q112 252 112 236 Z M174 84 V62 Q174 42 200 42 Q226 42 226 62 V84 Z",
        c.base,
        c.edge,
        5,
    )
    drawn += (
        path("M262 84 H272 Q288 84 288 100 V236 Q288 252 272 252 H262 Z", c.shade)
        + circle(200, 64, 10, c.deep)
        + box(128, 102, 124, 134, 8, "none", c.shade, 4)
    )
    return drawn + grain(138, 244, 104, 234, c.dark, 5)


def teapot(c: Paint) -> str:
    """A round teapot."""
    drawn = line("M116 134 Q74 122 76 164 Q80 202 126 204", c.edge, 19) + line(
        "M116 134 Q74 122 76 164 Q80 202 126 204", c.dark, 14
    )
    drawn += path(
        "M276 176 Q300 158 300 122 Q304 112 326 116 Q330 122 322 130 Q318 190 272 216 Z", c.dark, c.edge
    ) + path("M106 166 Q108 98 200 96 Q292 98 294 166 Q292 238 232 242 H168 Q108 238 106 166 Z", c.base, c.edge)
    drawn += path("M250 106 Q292 122 294 166 Q292 238 232 242 H212 Q276 196 250 106 Z", c.shade) + path(
        "M150 100 Q154 78 200 76 Q246 78 250 100 Q200 116 150 100 Z", c.gleam, c.edge
    )
    return (
        drawn
        + circle(200, 66, 11, c.dark, c.rim)
        + line("M130 178 Q200 206 270 178", c.accent, 5)
        + line("M130 152 Q134 130 152 120", c.gleam, 7)
    )


def scale(c: Paint) -> str:
    """A kitchen scale with a reading."""
    drawn = (
        ellipse(200, 108, 108, 24, STEEL_LIGHT, STEEL_DARK)
        + ellipse(200, 106, 92, 16, STEEL)
        + path("M172 126 H228 L236 152 H164 Z", STEEL_DARK)
    )
    return (
        drawn
        + path("M116 150 H284 L304 224 Q306 240 290 240 H110 Q94 240 96 224 Z", c.base, c.edge)
        + path("M97 218 H303 Q306 240 290 240 H110 Q94 240 97 218 Z", c.dark)
        + box(158, 168, 84, 36, 8, INK)
        + line("M172 178 V194 M186 178 H196 V194 H186 Z M210 194 V178 H224", "#cfe0c4", 4)
        + circle(270, 188, 6, c.accent)
    )


def oven_glove(c: Paint) -> str:
    """A quilted oven mitten."""
    drawn = path(
        "M150 202 V104 Q152 46 204 46 Q254 48 254 104 V120 Q274 96 292 106 Q306 116 294 138 L256 196 V202 Z",
        c.base,
        c.edge,
    ) + box(138, 200, 130, 48, 10, c.accent)
    return (
        drawn
        + line("M166 188 L246 96 M154 150 L226 66 M176 58 L252 136 M152 84 L248 186 M152 134 L206 192", c.line, 2.500)
        + line("M256 232 Q276 236 276 252", c.dark, 6)
    )


def apron(c: Paint) -> str:
    """An apron with a pocket."""
    drawn = line(
        "M168 70 Q170 36 200 36 Q230 36 232 70 M132 136 L98 150 M268 136 L302 150",
        c.limb,
        7,
    ) + path(
        "M164 66 H236 Q238 116 272 130 V244 Q272 252 264 252 H136 Q128 252 128 244 V130 Q162 116 164 66 Z",
        c.base,
        c.edge,
    )
    return (
        drawn
        + box(158, 156, 84, 56, 8, c.shade, c.line, 2.5)
        + line("M200 158 V210", c.line, 2.5)
        + path("M164 66 H236 V80 H164 Z", c.dark)
        + line("M136 242 H264", c.line, 2.5, "6 5")
    )


def candle(c: Paint) -> str:
    """A candle in a glass with a label."""
    drawn = (
        path("M200 44 Q222 74 210 92 Q200 100 190 92 Q178 74 200 44 Z", "#e9a93c")
        + path("M200 66 Q208 80 204 90 H196 Q192 80 200 66 Z", "#fbe7ad")
        + line("M200 92 V116", INK, 4)
    )
    return (
        drawn
        + path("M134 112 H266 V226 Q266 248 244 248 H156 Q134 248 134 226 Z", c.base, c.edge)
        + path("M240 112 H266 V226 Q266 248 244 248 H226 Q246 200 240 112 Z", c.shade)
        + ellipse(200, 112, 66, 12, c.pale, c.edge)
        + box(160, 152, 80, 60, 6, c.tint)
        + line("M176 172 H224 M184 188 H216", c.deep, 4)
    )


def whisk(c: Paint) -> str:
    """A spatula and a whisk, crossed."""
    one = box(192, 128, 16, 126, 8, c.base, c.edge) + path(
        "M200 128 Q160 96 176 56 Q200 30 224 56 Q240 96 200 128 Z M200 128 Q184 90 192 46 M200 128 Q216 90 208 46",
        "none",
        STEEL_DARK,
        5,
    )
    two = (
        box(192, 120, 16, 134, 8, WOOD_LIGHT, WOOD_DARK)
        + path(
            "M176 50 Q176 42 184 42 H216 Q224 42 224 50 L220 118 Q218 126 210 126 H190 Q182 126 180 118 Z",
            WOOD,
            WOOD_DARK,
        )
        + line("M192 58 V104 M208 58 V104", INK_LIGHT, 6)
    )
    return f'<g transform="rotate(24 200 156)">{two}</g><g transform="rotate(-24 200 156)">{one}</g>'


MOTIFS = {
    motif.__name__: motif
    for motif in (
        frying_pan,
        wok,
        pot,
        knife,
        cutlery,
        mug,
        cup,
        drinking_glass,
        plate,
        lunch_box,
        food_container,
        jar,
        cutting_board,
        teapot,
        scale,
        oven_glove,
        apron,
        candle,
        whisk,
    )
}
