"""Motifs of skin, hair and body care."""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

from vectorstore.pictures.palette import (
    BRASS,
    CREAM,
    GLASS,
    GLASS_SHADE,
    INK,
    LEAF,
    PAPER,
    PAPER_EDGE,
    STEEL,
    STEEL_DARK,
    WOOD,
    WOOD_DARK,
    Paint,
)
from vectorstore.pictures.shapes import box, circle, ellipse, line, path, ring


def _label(c: Paint, x: float, y: float, width: float, height: float) -> str:
    """A pale label with a leaf and two lines that are no letters."""
    tone = c.tint
    middle = x + width / 2
    return (
        box(x, y, width, height, 5, tone)
        + path(f"M{middle:g} {y + 10:g} q13 9 0 24 q-13 -15 0 -24 Z", c.accent if c.accent != CREAM else LEAF)
        + line(
            f"M{x + 12:g} {y + height - 20:g} h{width - 24:g} M{x + 20:g} {y + height - 9:g} h{width - 40:g}",
            c.deep,
            3.5,
        )
    )


def cream_jar(c: Paint) -> str:
    """An open jar of cream with its lid beside it."""
    drawn = (
        path("M108 138 H292 L284 222 Q282 240 264 240 H136 Q118 240 116 222 Z", c.base, c.edge)
        + path("M262 138 H292 L284 222 Q282 240 264 240 H240 Q258 214 262 138 Z", c.shade)
        + _label(c, 158, 160, 84, 66)
    )
    return (
        drawn
        + box(98, 92, 204, 48, 12, c.dark, c.edge)
        + line("M112 104 H288", c.line, 3)
        + path("M152 90 Q150 66 178 66 Q188 48 208 58 Q212 70 204 74 Q238 74 246 90 Z", "#fdf7ea", PAPER_EDGE)
    )


def tube(c: Paint) -> str:
    """A squeeze tube standing on its cap."""
    drawn = (
        path("M146 50 H254 L242 208 H158 Z", c.base, c.edge)
        + path("M230 50 H254 L242 208 H222 Z", c.shade)
        + path("M144 40 H256 V58 H144 Z", c.dark, c.edge)
        + line(
            "M154 44 V54 M166 44 V54 M178 44 V54 M190 44 V54 M202 44 V54 M214 44 V54 M226 44 V54 M238 44 V54",
            c.line,
            2.5,
        )
    )
    return (
        drawn
        + _label(c, 170, 88, 60, 88)
        + box(156, 206, 88, 48, 9, c.deep, c.rim)
        + line("M172 214 V246 M186 214 V246 M200 214 V246 M214 214 V246 M228 214 V246", c.line, 3)
    )


def sunscreen(c: Paint) -> str:
    """A flat bottle of sun cream with a sun on it."""
    drawn = (
        path("M178 70 L180 46 H220 L222 70 Z", c.dark, c.edge)
        + path(
            "M162 74 H238 Q262 84 262 112 V226 Q262 250 238 250 H162 Q138 250 138 226 V112 Q138 84 162 74 Z",
            c.base,
            c.edge,
        )
        + path("M238 76 Q262 86 262 112 V226 Q262 250 238 250 H224 Q248 160 238 76 Z", c.shade)
    )
    return (
        drawn
        + circle(198, 142, 23, "#f0b93f")
        + line(
            "M198 104 V96 M198 180 V188 M160 142 H152 M236 142 H244 M171 115 L165 109 M225 169 L231 175 M225 115 L231 109 M171 169 L165 175",
            "#f0b93f",
            6,
        )
        + line("M166 210 H230 M178 224 H218", c.mark, 5)
    )


def pump_bottle(c: Paint) -> str:
    """A bottle with a pump."""
    drawn = (
        path("M196 72 V50 H168 Q146 50 142 66", "none", c.limb, 11)
        + box(190, 50, 20, 44, 3, STEEL, STEEL_DARK, 2)
        + box(172, 84, 56, 24, 6, c.dark, c.edge)
        + path(
            "M168 108 H232 Q262 116 262 146 V232 Q262 254 240 254 H160 Q138 254 138 232 V146 Q138 116 168 108 Z",
            c.base,
            c.edge,
        )
    )
    return (
        drawn
        + path("M232 108 Q262 116 262 146 V232 Q262 254 240 254 H222 Q250 190 232 108 Z", c.shade)
        + _label(c, 162, 148, 76, 80)
    )


def shampoo(c: Paint) -> str:
    """A tall bottle with a flip cap and two bubbles."""
    drawn = (
        box(170, 44, 60, 38, 8, c.dark, c.edge)
        + line("M172 66 H228", c.line, 3)
        + path(
            "M164 82 H236 Q258 98 254 132 Q246 168 256 226 Q258 254 234 254 H166 Q142 254 144 226 Q154 168 146 132 Q142 98 164 82 Z",
            c.base,
            c.edge,
        )
        + path("M236 82 Q258 98 254 132 Q246 168 256 226 Q258 254 234 254 H218 Q240 168 230 82 Z", c.shade)
    )
    return (
        drawn
        + _label(c, 166, 124, 66, 84)
        + ring(284, 104, 13, GLASS_SHADE, 5)
        + ring(302, 72, 8, GLASS_SHADE, 4)
        + ring(114, 204, 10, GLASS_SHADE, 4)
    )


def serum(c: Paint) -> str:
    """A dropper bottle with a drop."""
    drawn = (
        path("M184 68 Q182 34 200 32 Q218 34 216 68 Z", c.deep, c.rim)
        + box(176, 66, 48, 36, 6, c.dark, c.edge)
        + line("M186 72 V96 M200 72 V96 M214 72 V96", c.line, 3)
        + path(
            "M178 102 H222 V116 Q262 126 262 158 V230 Q262 254 238 254 H162 Q138 254 138 230 V158 Q138 126 178 116 Z",
            c.base,
            c.edge,
        )
    )
    return (
        drawn
        + path("M222 116 Q262 126 262 158 V230 Q262 254 238 254 H220 Q250 190 222 116 Z", c.shade)
        + _label(c, 160, 156, 80, 76)
        + path("M294 142 Q314 168 306 182 Q294 194 282 182 Q274 168 294 142 Z", c.accent)
    )


def lipstick(c: Paint) -> str:
    """An open lipstick and its cap."""
    drawn = (
        path("M142 142 V76 Q170 40 190 44 V142 Z", c.base, c.edge)
        + path("M142 80 Q170 42 190 46 Q184 76 142 96 Z", c.gleam)
        + box(136, 136, 60, 36, 4, BRASS, "#9c7a34", 2)
        + box(126, 168, 80, 84, 8, INK, "#66757e")
        + line("M140 182 V238", "#66757e", 6)
    )
    return (
        drawn
        + box(226, 120, 66, 132, 10, INK, "#66757e")
        + box(226, 232, 66, 14, 0, BRASS)
        + line("M240 136 V218", "#66757e", 6)
    )


def makeup(c: Paint) -> str:
    """A compact with a mirror and powder."""
    drawn = (
        circle(200, 96, 66, c.dark, c.edge)
        + circle(200, 96, 52, GLASS, GLASS_SHADE)
        + line("M174 106 L206 70 M192 116 L220 84", PAPER, 6)
        + box(170, 150, 60, 16, 5, BRASS)
        + ellipse(200, 204, 104, 46, c.base, c.edge)
        + ellipse(200, 196, 90, 34, c.dark)
    )
    return (
        drawn
        + path("M112 196 Q114 162 200 162 V230 Q114 230 112 196 Z", "#e8bfa9")
        + path("M288 196 Q286 162 206 162 V230 Q286 230 288 196 Z", "#d68f86")
        + line("M138 190 H176 M146 204 H182", "#f3d8c8", 4)
    )


def makeup_brush(c: Paint) -> str:
    """Two brushes, crossed."""
    one = (
        path("M178 102 Q156 72 184 40 Q216 40 216 40 Q244 72 222 102 Z", "#c99b86", "#96695a", 2.5)
        + path("M182 100 H218 L212 144 H188 Z", BRASS, "#9c7a34", 2)
        + path("M189 144 H211 L205 250 Q200 258 195 250 Z", c.base, c.edge)
    )
    two = (
        path("M186 102 L188 48 Q200 34 212 48 L214 102 Z", "#8a5a48", "#684031", 2.5)
        + path("M184 100 H216 L210 144 H190 Z", STEEL, STEEL_DARK, 2)
        + path("M190 144 H210 L205 250 Q200 258 195 250 Z", c.dark, c.edge)
    )
    return f'<g transform="rotate(26 200 160)">{two}</g><g transform="rotate(-26 200 160)">{one}</g>'


def perfume(c: Paint) -> str:
    """A perfume bottle with its spray."""
    drawn = (
        "".join(
            circle(x, y, r, GLASS_SHADE)
            for x, y, r in ((142, 58, 4), (122, 48, 5), (122, 68, 5), (100, 38, 6), (98, 58, 6), (100, 78, 6))
        )
        + box(168, 44, 64, 40, 8, c.dark, c.edge)
        + circle(170, 60, 5, c.deep)
        + box(182, 82, 36, 24, 3, BRASS, "#9c7a34", 2)
    )
    drawn += path(
        "M146 104 H254 Q276 106 276 128 V230 Q276 252 254 252 H146 Q124 252 124 230 V128 Q124 106 146 104 Z",
        GLASS,
        c.rim,
        4,
    ) + path("M136 144 Q200 130 264 144 V228 Q264 240 252 240 H148 Q136 240 136 228 Z", c.base)
    return (
        drawn
        + path("M240 140 Q252 141 264 144 V228 Q264 240 252 240 H236 Z", c.shade)
        + box(164, 164, 72, 50, 5, PAPER)
        + line("M180 182 H220 M188 196 H212", INK, 4)
    )


def spray_bottle(c: Paint) -> str:
    """A trigger spray."""
    drawn = (
        "".join(circle(x, y, r, GLASS_SHADE) for x, y, r in ((104, 66, 4), (84, 54, 5), (82, 74, 5)))
        + path(
            "M124 56 H210 Q226 58 228 82 V100 H186 V84 H160 Q152 104 140 118 L130 112 Q142 96 142 80 H124 Z",
            c.dark,
            c.edge,
        )
        + box(182, 98, 50, 18, 4, c.deep, c.rim)
        + path(
            "M186 116 H228 Q230 136 248 152 Q258 164 258 184 V236 Q258 254 240 254 H172 Q154 254 154 236 V184 Q154 164 166 152 Q184 136 186 116 Z",
            c.base,
            c.edge,
        )
    )
    return (
        drawn
        + path("M216 116 H228 Q230 136 248 152 Q258 164 258 184 V236 Q258 254 240 254 H224 Q246 190 216 116 Z", c.shade)
        + _label(c, 174, 168, 64, 70)
    )


def deodorant(c: Paint) -> str:
    """A stick with its domed top."""
    drawn = (
        path("M152 116 Q152 58 200 54 Q248 58 248 116 Z", "#fdf7ea", PAPER_EDGE)
        + box(142, 112, 116, 24, 6, c.dark, c.edge)
        + box(146, 134, 108, 98, 8, c.base, c.edge)
        + path("M230 134 H246 Q254 136 254 142 V224 Q254 232 246 232 H230 Z", c.shade)
    )
    return (
        drawn
        + _label(c, 164, 146, 72, 74)
        + box(156, 230, 88, 20, 6, c.deep, c.rim)
        + line("M172 234 V246 M186 234 V246 M200 234 V246 M214 234 V246 M228 234 V246", c.line, 3)
    )


def soap(c: Paint) -> str:
    """A bar of soap on a dish, with bubbles."""
    drawn = (
        circle(260, 74, 22, GLASS, GLASS_SHADE)
        + circle(228, 52, 12, GLASS, GLASS_SHADE)
        + circle(292, 100, 12, GLASS, GLASS_SHADE)
        + path("M90 196 H310 Q306 236 270 236 H130 Q94 236 90 196 Z", WOOD, WOOD_DARK)
        + line("M126 212 H274", WOOD_DARK, 4)
    )
    return (
        drawn
        + box(104, 108, 192, 88, 34, c.base, c.edge)
        + path("M262 108 Q296 108 296 142 V162 Q296 196 262 196 Q280 150 262 108 Z", c.shade)
        + box(138, 128, 120, 46, 22, "none", c.line, 3.5)
        + path("M198 136 q13 14 0 30 q-13 -16 0 -30 Z", c.accent)
        + circle(252, 66, 6, PAPER)
    )


def nail_polish(c: Paint) -> str:
    """A bottle of nail polish."""
    drawn = (
        path("M178 132 L184 50 Q186 40 200 40 Q214 40 216 50 L222 132 Z", INK, "#66757e")
        + line("M192 56 L188 120", "#66757e", 6)
        + box(174, 128, 52, 18, 3, BRASS, "#9c7a34", 2)
    )
    drawn += path(
        "M166 146 H234 Q268 162 268 196 V226 Q268 252 242 252 H158 Q132 252 132 226 V196 Q132 162 166 146 Z",
        GLASS,
        GLASS_SHADE,
        4,
    ) + path(
        "M168 158 H232 Q257 172 257 198 V224 Q257 242 240 242 H160 Q143 242 143 224 V198 Q143 172 168 158 Z",
        c.base,
        c.edge,
    )
    return (
        drawn
        + path("M228 158 H232 Q257 172 257 198 V224 Q257 242 240 242 H226 Q250 196 228 158 Z", c.dark)
        + line("M160 190 Q160 180 168 176", c.pale, 7)
    )


def toothbrush(c: Paint) -> str:
    """A toothbrush and a tube."""
    brush = (
        box(192, 96, 16, 160, 8, c.base, c.edge)
        + box(190, 44, 20, 62, 8, c.gleam, c.edge)
        + path("M210 48 H230 V96 H210 Z", PAPER, PAPER_EDGE, 2)
        + path("M210 60 H230 V72 H210 Z M210 84 H230 V96 H210 Z", c.accent)
        + line("M200 176 V232", c.line, 5)
    )
    paste = (
        path("M164 60 H236 L226 208 H174 Z", PAPER, PAPER_EDGE)
        + path("M167 104 L233 104 L230 146 L170 146 Z", c.base)
        + box(160, 50, 80, 14, 2, c.dark)
        + box(178, 208, 44, 32, 6, c.dark, c.edge)
    )
    return f'<g transform="translate(52 4) rotate(12 200 150)">{paste}</g><g transform="translate(-58 0) rotate(-12 200 150)">{brush}</g>'


def hair_dryer(c: Paint) -> str:
    """A hair dryer."""
    drawn = (
        path("M196 150 H246 L232 240 Q230 252 218 252 H200 Q188 252 190 240 Z", c.dark, c.edge)
        + path("M94 82 L128 72 V156 L94 146 Z", INK, "#66757e")
        + path("M126 70 Q190 44 246 54 Q306 66 306 114 Q304 168 246 172 Q180 176 126 158 Z", c.base, c.edge)
        + circle(252, 113, 36, c.dark)
        + ring(252, 113, 24, c.line, 3)
        + ring(252, 113, 12, c.line, 3)
    )
    return (
        drawn
        + line("M146 84 Q176 72 206 74", c.gleam, 7)
        + box(206, 184, 18, 30, 8, c.accent)
        + line("M212 252 Q212 266 226 266 H264", c.limb, 7)
    )


def razor(c: Paint) -> str:
    """A safety razor."""
    drawn = (
        box(190, 88, 20, 164, 10, c.base, c.edge)
        + line("M194 150 H206 M194 166 H206 M194 182 H206 M194 198 H206 M194 214 H206", c.line, 3.5)
        + box(186, 82, 28, 20, 5, STEEL_DARK)
        + box(128, 46, 144, 40, 10, STEEL, STEEL_DARK)
    )
    return '<g transform="rotate(28 200 150)">' + drawn + line("M142 60 H258 M142 72 H258", STEEL_DARK, 4) + "</g>"


def comb(c: Paint) -> str:
    """A hair brush and a comb."""
    brush = (
        box(188, 150, 24, 104, 11, c.dark, c.edge)
        + ellipse(200, 100, 46, 62, c.base, c.edge)
        + ellipse(200, 100, 32, 48, c.tint)
        + line("".join(f"M{x} {y}h.1" for y in range(68, 140, 14) for x in range(184, 222, 16)), c.deep, 6)
    )
    other = path("M168 44 H196 Q204 44 204 52 V248 Q204 256 196 256 H168 Z", c.shade, c.edge) + line(
        "".join(f"M168 {y}H150" for y in range(50, 254, 10)), c.limb, 4.5
    )
    return f'<g transform="translate(-50 0) rotate(-10 200 150)">{brush}</g><g transform="translate(72 2) rotate(10 200 150)">{other}</g>'


def face_mask(c: Paint) -> str:
    """A sheet mask and its sachet."""
    drawn = (
        box(160, 56, 136, 190, 10, c.base, c.edge)
        + path("M160 66 Q160 56 170 56 H286 Q296 56 296 66 V82 H160 Z", c.dark)
        + line(
            "M170 64 V76 M184 64 V76 M198 64 V76 M212 64 V76 M226 64 V76 M240 64 V76 M254 64 V76 M268 64 V76 M284 64 V76",
            c.line,
            2.5,
        )
        + _label(c, 236, 110, 48, 80)
    )
    return (
        drawn
        + path("M100 130 Q104 86 156 86 Q210 86 214 130 Q216 200 156 232 Q98 200 100 130 Z", PAPER, PAPER_EDGE, 4)
        + ellipse(132, 140, 14, 8, c.dark)
        + ellipse(182, 140, 14, 8, c.dark)
        + path("M136 188 Q156 180 178 188 Q156 202 136 188 Z", c.dark)
        + line("M156 152 V170", PAPER_EDGE, 4)
    )


def mirror(c: Paint) -> str:
    """A round mirror on a foot."""
    drawn = (
        path("M146 254 Q150 232 176 232 H224 Q250 232 254 254 Z", c.dark, c.edge)
        + line("M200 204 V236", c.edge, 14)
        + circle(200, 124, 84, c.base, c.edge)
        + circle(200, 124, 69, GLASS, GLASS_SHADE)
    )
    return drawn + line("M158 140 L204 82 M182 156 L236 92", PAPER, 8)


def lip_balm(c: Paint) -> str:
    """A stick of lip balm and its cap."""
    drawn = (
        path("M142 124 V104 Q142 82 172 78 Q190 84 190 104 V124 Z", c.gleam, c.edge)
        + box(134, 120, 64, 16, 4, PAPER, PAPER_EDGE)
        + box(130, 134, 72, 98, 6, c.base, c.edge)
        + path("M184 134 H196 Q202 134 202 140 V226 Q202 232 196 232 H184 Z", c.shade)
        + box(130, 232, 72, 20, 5, c.dark, c.edge)
    )
    drawn += line("M142 236 V248 M154 236 V248 M166 236 V248 M178 236 V248 M190 236 V248", c.line, 3) + path(
        "M164 160 q15 15 0 34 q-15 -19 0 -34 Z", c.accent
    )
    return drawn + box(226, 128, 66, 124, 10, c.dark, c.edge) + line("M242 146 V232", c.line, 5)


MOTIFS = {
    motif.__name__: motif
    for motif in (
        cream_jar,
        tube,
        sunscreen,
        pump_bottle,
        shampoo,
        serum,
        lipstick,
        makeup,
        makeup_brush,
        perfume,
        spray_bottle,
        deodorant,
        soap,
        nail_polish,
        toothbrush,
        hair_dryer,
        razor,
        comb,
        face_mask,
        mirror,
        lip_balm,
    )
}
