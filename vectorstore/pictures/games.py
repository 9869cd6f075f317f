"""Motifs of games, kits and things to do."""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

from vectorstore.pictures.palette import (
    CLAY,
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
    WOOD_LIGHT,
    Paint,
)
from vectorstore.pictures.shapes import box, circle, line, mirrored, path

_BLUE, _YELLOW, _RED = "#4f7fae", "#e2b23f", "#c4533f"


def board_game(c: Paint) -> str:
    """A game board with a path, two pawns and a die."""
    drawn = (
        path("M200 84 L334 152 L200 220 L66 152 Z", c.base, c.edge, 6)
        + path("M66 152 L200 220 V236 L66 168 Z", c.dark, c.edge)
        + path("M334 152 L200 220 V236 L334 168 Z", c.deep, c.edge)
    )
    drawn += (
        line("M112 152 L200 108 L288 152 L200 196 Z", c.tint, 19)
        + line("M112 152 L200 108 L288 152 L200 196 Z", c.deep, 2, "2 17")
        + path("M200 134 L236 152 L200 170 L164 152 Z", c.accent)
    )
    pawn = path("M-16 0 Q-14 -16 -7 -28 H7 Q14 -16 16 0 Q0 8 -16 0 Z", "{0}", "{1}", 2.5) + circle(
        0, -38, 14, "{0}", "{1}", 2.5
    )
    drawn += (
        '<g transform="translate(150 136)">'
        + pawn.replace("{0}", _RED).replace("{1}", "#8f382a")
        + '</g><g transform="translate(254 164)">'
        + pawn.replace("{0}", _BLUE).replace("{1}", "#365d84")
        + "</g>"
    )
    return (
        drawn
        + '<g transform="rotate(14 240 96)">'
        + box(220, 62, 40, 40, 8, PAPER, PAPER_EDGE)
        + circle(231, 73, 4, INK)
        + circle(240, 82, 4, INK)
        + circle(249, 91, 4, INK)
        + "</g>"
    )


def card_game(c: Paint) -> str:
    """A fan of playing cards."""
    drawn = ""
    for turn, tone in ((-26, c.dark), (-4, c.base), (18, PAPER)):
        face = box(150, 62, 100, 150, 11, tone, PAPER_EDGE if tone == PAPER else c.tint)
        if tone == PAPER:
            face += (
                path("M200 104 Q228 138 200 172 Q172 138 200 104 Z", CLAY)
                + circle(166, 78, 6, CLAY)
                + circle(234, 196, 6, CLAY)
            )
        else:
            face += box(162, 74, 76, 126, 6, "none", c.pale, 2.5) + path(
                "M200 106 L222 137 L200 168 L178 137 Z", c.mark
            )
        drawn += f'<g transform="rotate({turn} 200 270)">{face}</g>'
    return drawn


def puzzle(c: Paint) -> str:
    """Four jigsaw pieces, one of them not yet in place."""
    drawn = f'<g transform="translate(106 152)">{path("M0 0 H34 Q26 -22 45 -24 Q64 -22 56 0 H90 V34 Q112 26 114 45 Q112 64 90 56 V90 H0 Z", c.base, c.edge)}</g>'
    drawn += f'<g transform="translate(200 152)">{path("M0 0 H34 Q26 22 45 24 Q64 22 56 0 H90 V90 H0 V56 Q22 64 22 45 Q22 26 0 34 Z", c.dark, c.edge)}</g>'
    drawn += f'<g transform="translate(106 58)">{path("M0 0 H90 V34 Q68 26 68 45 Q68 64 90 56 V90 H56 Q62 70 45 68 Q28 70 34 90 H0 Z", c.accent, c.edge)}</g>'
    loose = path(
        "M0 0 H90 V90 H56 Q64 112 45 114 Q26 112 34 90 H0 V56 Q-22 64 -22 45 Q-22 26 0 34 Z",
        c.gleam,
        c.edge,
    )
    return drawn + f'<g transform="translate(222 40) rotate(14)">{loose}</g>'


def science_kit(c: Paint) -> str:
    """A flask and a test tube."""
    drawn = path(
        "M150 62 H202 V118 L250 218 Q258 242 234 244 H118 Q94 242 102 218 L150 118 Z", GLASS, GLASS_SHADE, 4
    ) + path("M126 172 Q152 162 178 172 Q204 182 228 172 L248 218 Q254 240 234 241 H118 Q98 240 104 218 Z", c.base)
    drawn += (
        box(142, 50, 68, 14, 6, GLASS_SHADE)
        + circle(152, 204, 9, c.light)
        + circle(184, 218, 6, c.light)
        + circle(196, 192, 5, c.light)
        + line("M162 76 V112", PAPER, 6)
        + circle(170, 146, 6, c.base)
        + circle(186, 128, 4, c.base)
    )
    return (
        drawn
        + '<g transform="rotate(14 288 150)">'
        + path("M270 76 H308 V216 Q308 240 289 240 Q270 240 270 216 Z", GLASS, GLASS_SHADE, 4)
        + path("M272 150 H306 V216 Q306 237 289 237 Q272 237 272 216 Z", c.accent)
        + box(262, 66, 54, 14, 6, GLASS_SHADE)
        + "</g>"
    )


def telescope(c: Paint) -> str:
    """A telescope on a tripod."""
    drawn = (
        line("M200 164 L148 252 M200 164 L252 252 M200 164 V250", STEEL_DARK, 8)
        + '<g transform="rotate(-24 200 140)">'
        + box(110, 116, 150, 46, 8, c.base, c.edge)
        + box(256, 106, 62, 66, 8, c.dark, c.edge)
        + box(84, 126, 32, 26, 5, INK)
        + box(148, 116, 16, 46, 0, c.accent)
        + line("M122 128 H142 M176 128 H246", c.gleam, 5)
        + "</g>"
    )
    return (
        drawn
        + circle(200, 166, 12, INK)
        + path("M96 62 l5 12 12 5 -12 5 -5 12 -5 -12 -12 -5 12 -5 Z", _YELLOW)
        + circle(142, 44, 5, _YELLOW)
    )


def kite(c: Paint) -> str:
    """A kite with a tail of bows."""
    drawn = (
        line("M212 186 Q190 206 204 222 Q224 238 200 256 Q180 262 160 254", STEEL_DARK, 3.5)
        + path("M228 36 L290 96 L212 186 L166 84 Z", c.base, c.edge)
        + path("M228 36 L290 96 L212 186 Z", c.dark)
        + path("M228 36 L222 90 L166 84 Z", c.accent)
        + line("M228 36 L212 186 M166 84 L290 96", c.mark, 3)
    )
    return (
        drawn
        + path("M196 206 L180 194 L178 214 Z M198 208 L216 200 L214 220 Z", c.accent)
        + path("M214 240 L204 224 L228 226 Z M212 242 L224 256 L202 258 Z", c.base, c.edge)
        + path("M160 254 L146 242 L144 264 Z", c.accent)
    )


def xylophone(c: Paint) -> str:
    """A xylophone with two beaters."""
    drawn = path("M92 108 L308 138 V154 L92 124 Z M92 214 L308 186 V202 L92 230 Z", WOOD, WOOD_DARK)
    for i, tone in enumerate((_RED, "#d9793a", _YELLOW, LEAF, _BLUE, "#785a90")):
        half = 78 - 8 * i
        drawn += (
            box(98 + 35 * i, 169 - half, 27, 2 * half, 8, tone if i else c.base, c.deep if not i else "")
            + circle(111.5 + 35 * i, 169 - half + 13, 4, CREAM)
            + circle(111.5 + 35 * i, 169 + half - 13, 4, CREAM)
        )
    return drawn + line("M214 62 L306 96", WOOD_LIGHT, 7) + circle(208, 60, 13, CLAY)


def paint_set(c: Paint) -> str:
    """A palette and a brush."""
    drawn = path(
        "M96 158 Q90 78 186 66 Q296 64 304 146 Q304 184 262 180 Q232 178 236 206 Q236 240 194 240 Q104 232 96 158 Z",
        c.base,
        c.edge,
    ) + circle(204, 206, 15, "none", c.deep, 4)
    drawn += (
        circle(136, 136, 19, _RED)
        + circle(174, 104, 18, _YELLOW)
        + circle(222, 100, 18, LEAF)
        + circle(262, 130, 18, _BLUE)
        + circle(140, 184, 18, PAPER, PAPER_EDGE, 2)
    )
    return (
        drawn
        + line("M236 234 L308 92", "#7a4a2b", 9)
        + line("M308 92 L316 76", STEEL, 11)
        + path("M310 80 Q304 56 326 40 Q336 62 322 84 Z", INK)
    )


def sand_toys(c: Paint) -> str:
    """A bucket and a spade."""
    drawn = (
        line("M140 116 Q142 46 192 46 Q242 46 246 116", c.limb, 8)
        + path("M122 112 H262 L246 232 Q244 244 232 244 H152 Q140 244 138 232 Z", c.base, c.edge)
        + path("M232 112 H262 L246 232 Q244 244 232 244 H212 Z", c.shade)
        + box(114, 100, 156, 20, 9, c.dark, c.edge)
    )
    return (
        drawn
        + path("M192 148 L200 168 L222 170 L206 184 L212 206 L192 194 L172 206 L178 184 L162 170 L184 168 Z", c.accent)
        + '<g transform="rotate(16 300 150)">'
        + box(292, 84, 14, 92, 6, _YELLOW)
        + path("M284 64 H314 V84 H284 Z", "none", _YELLOW, 9)
        + path("M276 172 H322 V214 Q322 242 299 250 Q276 242 276 214 Z", _RED, "#8f382a")
        + "</g>"
    )


def croquet(c: Paint) -> str:
    """A mallet, a hoop and two balls."""
    drawn = (
        path("M96 248 V170 Q96 132 128 132 Q160 132 160 170 V248", "none", STEEL_DARK, 8)
        + '<g transform="rotate(20 230 140)">'
        + box(222, 40, 16, 158, 7, WOOD, WOOD_DARK)
        + box(222, 40, 16, 38, 7, c.accent)
        + box(180, 186, 100, 48, 10, c.base, c.edge)
        + path("M196 186 H208 V234 H196 Z M252 186 H264 V234 H252 Z", c.dark)
        + "</g>"
    )
    return (
        drawn
        + circle(128, 222, 28, "#c4533f", "#8f382a")
        + circle(272, 232, 24, "#4f7fae", "#365d84")
        + line("M110 214 Q116 204 128 202", "#e09a88", 5)
        + line("M72 256 H328", "#6f8f5a", 6)
    )


def toy_shop(c: Paint) -> str:
    """A small shop with an awning."""
    drawn = (
        box(108, 112, 184, 136, 6, "#ecdcbb", WOOD_DARK)
        + box(124, 150, 82, 62, 4, GLASS, WOOD_DARK)
        + box(222, 148, 54, 100, 5, c.dark, c.edge)
        + box(232, 158, 34, 40, 3, GLASS)
        + circle(266, 212, 4, CREAM)
    )
    drawn += (
        circle(144, 198, 11, "#c4533f")
        + circle(166, 200, 10, "#e2b23f")
        + circle(186, 198, 11, "#6f8f5a")
        + box(118, 210, 94, 20, 4, WOOD, WOOD_DARK)
        + path("M112 76 H288 L308 126 H92 Z", PAPER, PAPER_EDGE)
    )
    drawn += path(
        "M112 76 H141 L128 126 H92 Z M171 76 H200 V126 H164 Z M229 76 H259 L272 126 H236 Z", c.base, c.edge, 2
    )
    return (
        drawn
        + "".join(
            path(
                f"M{92 + 36 * i} 126 h36 q0 20 -18 20 t-18 -20 Z",
                PAPER if i % 2 else c.base,
                PAPER_EDGE if i % 2 else c.edge,
                2,
            )
            for i in range(6)
        )
        + box(150, 46, 100, 26, 6, c.dark, c.edge)
        + line("M166 59 H234", CREAM, 5)
    )


def theatre(c: Paint) -> str:
    """A toy theatre with its curtains drawn back."""
    drawn = (
        box(96, 84, 208, 164, 8, WOOD, WOOD_DARK)
        + box(112, 100, 176, 120, 3, "#f4dfa9")
        + line("M176 220 V170 M226 220 V176", INK, 4)
        + path("M162 172 Q160 140 176 136 Q184 120 194 138 Q196 160 186 172 Z", INK)
        + path("M212 178 Q206 152 226 146 Q246 150 242 178 Z M226 146 L234 130 L238 150 Z", INK)
    )
    drawn += mirrored(
        path("M108 98 H170 Q162 160 120 178 Q132 200 122 222 H108 Z", c.base, c.edge)
        + line("M122 104 Q126 150 116 196 M142 104 Q142 146 124 168", c.line, 3)
        + path("M108 172 Q124 168 132 178 Q124 188 108 188 Z", c.accent)
    )
    return (
        drawn
        + path("M88 88 Q96 44 200 42 Q304 44 312 88 Z", c.dark, c.edge)
        + circle(200, 66, 11, "#e2b23f")
        + line("M112 80 H288", "#e2b23f", 3.5, "1 10")
        + box(88, 222, 224, 28, 6, WOOD_DARK)
    )


def doctor_bag(c: Paint) -> str:
    """A doctor's bag with a cross and a stethoscope."""
    drawn = (
        line("M164 100 Q164 56 200 56 Q236 56 236 100", c.limb, 10)
        + path(
            "M124 98 H276 Q312 130 312 178 V222 Q312 242 290 242 H110 Q88 242 88 222 V178 Q88 130 124 98 Z",
            c.base,
            c.edge,
        )
        + path("M262 98 H276 Q312 130 312 178 V222 Q312 242 290 242 H272 Q296 160 262 98 Z", c.shade)
    )
    drawn += (
        box(118, 90, 164, 18, 8, c.dark, c.edge)
        + box(186, 84, 28, 28, 5, STEEL, STEEL_DARK, 2)
        + circle(200, 174, 40, c.tint)
        + path("M190 148 H210 V164 H226 V184 H210 V200 H190 V184 H174 V164 H190 Z", c.deep)
    )
    return drawn + line("M118 106 Q104 160 122 206 Q132 226 146 216", INK, 5) + circle(152, 210, 11, STEEL, STEEL_DARK)


MOTIFS = {
    motif.__name__: motif
    for motif in (
        board_game,
        card_game,
        puzzle,
        science_kit,
        telescope,
        kite,
        xylophone,
        paint_set,
        sand_toys,
        croquet,
        toy_shop,
        theatre,
        doctor_bag,
    )
}
