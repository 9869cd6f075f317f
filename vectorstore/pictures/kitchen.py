"""Motifs of the kitchen and the table."""

# ruff: noqa: E501 - outlines and word lists are long lines
from __future__ import annotations

from vectorstore.pictures.palette import (
    GLASS,
    GLASS_SHADE,
    INK,
    INK_LIGHT,
    LEAF,
    PAPER,
    PAPER_EDGE,
    STEEL,
    STEEL_DARK,
    STEEL_LIGHT,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
    Paint,
)  # fmt: skip
from vectorstore.pictures.shapes import box, circle, ellipse, grain, line, path, ring


def kettle(c: Paint) -> str:
    """An electric kettle on its base."""
    drawn = line("M266 92 Q312 92 308 152 Q304 196 272 204", c.limb, 15)
    drawn += path("M132 112 L100 84 Q96 76 106 76 L140 80 Z", c.dark, c.edge) + path(
        "M140 76 H262 L282 218 Q283 228 272 228 H128 Q117 228 118 218 Z", c.base, c.edge
    )
    drawn += (
        path("M238 76 H262 L282 218 Q283 228 272 228 H254 Z", c.shade)
        + path("M142 72 Q146 54 200 54 Q256 54 260 72 L262 80 H140 Z", c.dark, c.edge)
        + box(188, 40, 24, 16, 6, c.deep, c.rim)
    )
    drawn += box(110, 230, 180, 18, 8, c.deep, c.rim)
    return drawn + box(156, 112, 18, 82, 9, GLASS, c.line, 2) + box(158, 150, 14, 42, 7, GLASS_SHADE)


def stove_kettle(c: Paint) -> str:
    """A whistling kettle with a bow handle."""
    drawn = line("M148 118 Q150 46 200 46 Q250 46 252 118", c.limb, 11) + line("M176 52 Q200 42 224 52", WOOD, 15)
    drawn += path("M270 158 L306 124 L318 134 Q306 178 282 204 Z", c.dark, c.edge) + path(
        "M110 214 Q104 118 200 112 Q296 118 290 214 Q290 236 268 236 H132 Q110 236 110 214 Z", c.base, c.edge
    )
    drawn += path("M250 122 Q296 140 290 214 Q290 236 268 236 H244 Q274 180 250 122 Z", c.shade) + path(
        "M158 120 Q200 100 242 120 Q200 132 158 120 Z", c.dark
    )
    return drawn + circle(200, 106, 9, WOOD) + line("M130 186 Q132 150 160 136", c.gleam, 7)


def coffee_maker(c: Paint) -> str:
    """A filter coffee maker with its jug."""
    drawn = path(
        "M116 50 H284 Q292 50 292 58 V92 H172 V218 H292 V238 Q292 248 282 248 H118 Q108 248 108 238 V58 Q108 50 116 50 Z",
        c.base,
        c.edge,
    )
    drawn += path("M108 58 Q108 50 116 50 H150 V248 H118 Q108 248 108 238 Z", c.shade) + path(
        "M190 92 H266 L254 116 H202 Z", c.dark
    )
    drawn += line("M270 146 Q300 144 296 172 Q294 194 272 196", INK, 9) + path(
        "M196 132 H264 Q284 168 272 210 Q270 216 264 216 H196 Q190 216 188 210 Q176 168 196 132 Z", GLASS, GLASS_SHADE
    )
    drawn += path(
        "M183 170 Q228 178 277 170 Q278 192 272 210 Q270 216 264 216 H196 Q190 216 188 210 Q182 192 183 170 Z",
        "#5d3d2a",
    )
    return (
        drawn
        + box(194, 124, 72, 11, 4, INK)
        + circle(130, 82, 8, c.accent)
        + line("M122 108 H138 M122 122 H138", c.line, 4)
        + box(178, 218, 108, 8, 4, c.deep)
    )


def espresso_machine(c: Paint) -> str:
    """An espresso machine with a portafilter, a cup and a steam pipe."""
    drawn = path("M96 68 Q96 54 110 54 H290 Q304 54 304 68 V118 H96 Z", c.base, c.edge) + path(
        "M96 118 H150 V226 H96 Z", c.shade, c.edge
    )
    drawn += (
        box(88, 220, 224, 28, 10, c.dark, c.edge)
        + line("M164 224 H300", c.line, 3, "8 6")
        + box(150, 118, 154, 10, 0, c.deep)
    )
    drawn += (
        path("M186 128 H246 L240 150 H192 Z", STEEL, STEEL_DARK)
        + line("M242 138 L296 146", INK, 12)
        + line("M206 152 V166 M226 152 V166", STEEL_DARK, 6)
        + line("M274 128 L284 196", STEEL, 6)
    )
    drawn += path("M192 176 H240 L236 208 Q234 218 224 218 H208 Q198 218 196 208 Z", PAPER, PAPER_EDGE) + line(
        "M240 184 Q256 184 252 196 Q248 204 238 202", PAPER_EDGE, 5
    )
    return (
        drawn
        + circle(124, 86, 14, PAPER, c.deep, 3)
        + line("M124 86 L131 79", "#c4683f", 3)
        + circle(220, 86, 7, c.accent)
        + circle(246, 86, 7, c.line)
        + circle(272, 86, 7, c.line)
    )


def french_press(c: Paint) -> str:
    """A glass press with its plunger."""
    drawn = (
        line("M258 108 H284 Q296 108 296 122 V192 Q296 206 284 206 H258", c.limb, 11)
        + line("M200 48 V120", STEEL_DARK, 6)
        + circle(200, 44, 11, c.dark, c.rim)
    )
    drawn += (
        path("M144 92 H256 V236 H144 Z", GLASS, GLASS_SHADE)
        + path("M144 148 H256 V236 H144 Z", "#5d3d2a")
        + box(144, 138, 112, 10, 3, STEEL, STEEL_DARK, 2)
    )
    drawn += path("M138 92 Q146 68 200 68 Q254 68 262 92 Z", c.base, c.edge) + path(
        "M138 112 L118 94 H262 V104 H144 V230 H256 V222 H264 V244 Q264 250 258 250 H142 Q136 250 136 244 Z",
        c.base,
        c.edge,
    )
    return drawn + line("M160 114 V134", PAPER, 7) + line("M160 160 V206", "#7b5740", 7)


def moka_pot(c: Paint) -> str:
    """A stove-top coffee pot."""
    drawn = (
        line("M242 84 L288 92 L276 168", INK, 12)
        + path("M148 168 L128 246 H272 L252 168 Z", c.shade, c.edge)
        + path("M142 66 L160 152 H240 L254 72 L258 66 Z", c.base, c.edge)
    )
    drawn += (
        path("M142 66 L124 82 L150 110 Z", c.dark, c.edge)
        + box(150, 150, 100, 20, 5, c.dark, c.edge)
        + path("M140 68 L200 46 L260 68 Z", c.gleam, c.edge)
        + circle(200, 42, 9, INK)
    )
    return drawn + line("M186 74 L190 150 M216 74 L212 150 M184 176 L174 244 M218 176 L228 244", c.line, 3)


def grinder(c: Paint) -> str:
    """A hand coffee grinder with a crank and a drawer."""
    drawn = (
        line("M200 62 V50 H276 V40", STEEL_DARK, 8)
        + circle(276, 34, 12, WOOD, WOOD_DARK)
        + path("M146 112 Q148 66 200 62 Q252 66 254 112 Z", STEEL, STEEL_DARK)
    )
    drawn += (
        line("M164 104 Q168 82 186 76", STEEL_LIGHT, 6)
        + box(134, 110, 132, 16, 5, c.dark, c.edge)
        + path("M142 126 H258 L270 236 H130 Z", c.base, c.edge)
        + path("M232 126 H258 L270 236 H240 Z", c.shade)
    )
    return (
        drawn
        + box(150, 172, 100, 46, 6, c.dark, c.line, 2)
        + circle(200, 195, 8, STEEL_LIGHT, STEEL_DARK, 2)
        + box(120, 234, 160, 16, 6, c.deep, c.rim)
    )


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


def air_fryer(c: Paint) -> str:
    """An air fryer with its drawer and dial."""
    drawn = path(
        "M120 96 Q122 48 200 48 Q278 48 280 96 L288 228 Q288 244 272 244 H128 Q112 244 112 228 Z", c.base, c.edge
    ) + path("M244 54 Q278 64 280 96 L288 228 Q288 244 272 244 H252 Q264 140 244 54 Z", c.shade)
    drawn += (
        path("M126 144 H274 L278 212 Q278 224 266 224 H134 Q122 224 122 212 Z", c.dark, c.line, 2)
        + box(182, 162, 36, 62, 12, c.deep, c.line, 2)
        + box(190, 170, 20, 34, 8, c.line)
    )
    return (
        drawn
        + circle(200, 96, 28, c.deep)
        + ring(200, 96, 20, c.line, 3)
        + line("M200 96 L212 82", c.accent, 5)
        + path("M132 246 H156 V252 H132 Z M244 246 H268 V252 H244 Z", c.deep)
    )


def blender(c: Paint) -> str:
    """A blender with a smoothie in its jug."""
    drawn = (
        line("M250 80 H280 Q290 80 288 92 L280 138 Q278 146 268 146 H244", GLASS_SHADE, 9)
        + path("M138 62 H262 L246 178 H154 Z", GLASS, GLASS_SHADE, 4)
        + path("M145 112 Q170 104 200 112 Q230 120 255 112 L246 176 H154 Z", "#cf7f86")
    )
    drawn += (
        line("M158 76 L163 104", PAPER, 7)
        + box(132, 46, 136, 18, 7, c.dark, c.edge)
        + box(178, 36, 44, 12, 5, c.dark, c.edge)
    )
    drawn += path("M152 180 H248 L272 240 Q274 250 262 250 H138 Q126 250 128 240 Z", c.base, c.edge) + path(
        "M230 180 H248 L272 240 Q274 250 262 250 H246 Z", c.shade
    )
    return (
        drawn
        + circle(200, 218, 16, c.deep)
        + line("M200 218 L208 208", c.accent, 4)
        + circle(162, 224, 5, c.line)
        + circle(238, 224, 5, c.line)
    )


def toaster(c: Paint) -> str:
    """A toaster with two slices up."""
    slice_ = path("M118 112 V86 Q106 66 128 58 H174 Q196 66 184 86 V112 Z", "#dcae6c", "#a8713a", 5) + path(
        "M132 112 V84 Q126 76 136 72 H166 Q176 76 170 84 V112 Z", "#eccb92"
    )
    drawn = (
        slice_
        + f'<g transform="translate(98 0)">{slice_}</g>'
        + path(
            "M88 142 Q88 104 126 104 H274 Q312 104 312 142 V214 Q312 230 296 230 H104 Q88 230 88 214 Z", c.base, c.edge
        )
    )
    drawn += (
        path("M272 104 Q312 106 312 142 V214 Q312 230 296 230 H268 Q288 170 272 104 Z", c.shade)
        + box(96, 230, 32, 12, 4, c.deep)
        + box(272, 230, 32, 12, 4, c.deep)
    )
    return (
        drawn
        + line("M326 136 V190", c.deep, 6)
        + box(314, 140, 24, 14, 5, c.dark, c.edge)
        + circle(132, 194, 12, c.deep)
        + line("M132 194 L138 186", c.accent, 3.500)
        + line("M112 150 H252", c.line, 3)
    )


def rice_cooker(c: Paint) -> str:
    """A rice cooker with a domed lid."""
    drawn = (
        path("M96 150 H304 V212 Q304 242 272 242 H128 Q96 242 96 212 Z", c.base, c.edge)
        + path("M92 146 Q96 66 200 64 Q304 66 308 146 Z", c.gleam, c.edge)
        + path("M262 78 Q304 100 308 146 H276 Q280 108 262 78 Z", c.base)
    )
    drawn += (
        box(88, 140, 224, 16, 7, c.dark, c.edge)
        + path("M176 66 Q180 48 200 48 Q220 48 224 66 Z", c.deep)
        + box(148, 170, 104, 54, 14, c.deep)
    )
    return (
        drawn
        + box(160, 182, 44, 18, 4, "#cfe0c4")
        + circle(230, 192, 9, c.accent)
        + line("M164 212 H204", c.line, 4)
        + line("M168 46 Q160 36 168 26 M232 46 Q224 36 232 26", STEEL, 5)
    )


def mixer(c: Paint) -> str:
    """A stand mixer with its bowl."""
    drawn = (
        path("M254 118 H304 V224 H254 Z", c.shade, c.edge)
        + path("M104 84 Q104 62 130 62 H282 Q312 62 312 92 Q312 122 282 122 H142 Q104 118 104 84 Z", c.base, c.edge)
        + path("M104 84 Q104 62 130 62 H142 V122 Q104 118 104 84 Z", STEEL, STEEL_DARK, 2)
    )
    drawn += (
        line("M166 122 V138", STEEL_DARK, 12)
        + path("M152 140 Q166 130 180 140 L186 176 H146 Z", STEEL_DARK)
        + path("M104 154 H228 Q228 214 190 222 H142 Q104 214 104 154 Z", STEEL_LIGHT, STEEL_DARK)
        + path("M202 154 H228 Q228 214 190 222 H174 Q206 200 202 154 Z", STEEL)
    )
    return (
        drawn
        + path("M92 238 Q96 222 116 222 H304 Q318 222 318 238 Q318 246 308 246 H102 Q92 246 92 238 Z", c.dark, c.edge)
        + circle(284, 92, 9, c.accent)
        + line("M160 80 H250", c.gleam, 5)
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


def fridge(c: Paint) -> str:
    """A tall appliance with two doors."""
    drawn = (
        box(130, 40, 140, 216, 16, c.base, c.edge)
        + path("M240 40 H254 Q270 40 270 56 V240 Q270 256 254 256 H240 Z", c.shade)
        + line("M132 116 H268", c.line, 4)
    )
    return drawn + line("M148 74 V100 M148 132 V176", c.deep, 7) + box(208, 66, 32, 20, 4, c.dark)


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
    "kettle": kettle, "stove_kettle": stove_kettle, "coffee_maker": coffee_maker, "espresso_machine": espresso_machine,
    "french_press": french_press, "moka_pot": moka_pot, "grinder": grinder, "frying_pan": frying_pan, "wok": wok,
    "pot": pot, "knife": knife, "cutlery": cutlery, "mug": mug, "cup": cup, "drinking_glass": drinking_glass,
    "plate": plate, "air_fryer": air_fryer, "blender": blender, "toaster": toaster, "rice_cooker": rice_cooker,
    "mixer": mixer, "lunch_box": lunch_box, "food_container": food_container, "jar": jar,
    "cutting_board": cutting_board, "teapot": teapot, "scale": scale, "oven_glove": oven_glove, "apron": apron,
    "candle": candle, "fridge": fridge, "whisk": whisk,
}  # fmt: skip
