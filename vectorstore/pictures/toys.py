"""Motifs of toys, soft, wooden and on wheels."""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

from vectorstore.pictures.palette import (
    CLAY,
    CREAM,
    GLASS,
    INK,
    INK_LIGHT,
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
from vectorstore.pictures.shapes import box, circle, ellipse, grain, line, mirrored, path, ring

_BLUE, _YELLOW, _RED = "#4f7fae", "#e2b23f", "#c4533f"


def wooden_toy(c: Paint) -> str:
    """A wooden car with a peg driver."""
    drawn = (
        circle(196, 84, 24, WOOD_LIGHT, WOOD_DARK)
        + circle(188, 80, 3, INK)
        + circle(204, 80, 3, INK)
        + line("M188 92 Q196 98 204 92", INK, 3)
        + path("M172 76 Q176 56 196 56 Q216 56 220 76 Z", c.accent)
    )
    drawn += (
        path(
            "M78 206 V166 Q80 146 104 144 L140 138 Q152 106 184 104 H216 Q244 106 262 140 L302 148 Q322 152 322 174 V206 Z",
            c.base,
            c.edge,
        )
        + path("M78 184 H322 V206 H78 Z", c.dark)
        + path("M160 140 Q166 120 184 120 V140 Z M204 120 H214 Q228 122 238 140 H204 Z", c.deep)
    )
    drawn += line("M102 162 Q160 154 220 162 M250 164 Q280 160 302 166", c.line, 2.5) + circle(312, 168, 8, _YELLOW)
    return drawn + "".join(
        circle(x, 212, 34, WOOD, WOOD_DARK) + circle(x, 212, 20, WOOD_LIGHT) + circle(x, 212, 7, CLAY)
        for x in (134, 268)
    )


def dinosaur(c: Paint) -> str:
    """A friendly long-necked dinosaur with plates on its back."""
    drawn = path(
        "M222 100 L232 76 L248 96 M192 112 L196 86 L218 98 M164 130 L158 104 L184 112 M142 154 L128 134 L154 136",
        c.accent,
        c.accent,
        4,
    )
    drawn += path("M150 196 L148 242 H176 L182 204 Z M232 196 L240 242 H268 L266 190 Z", c.dark, c.edge) + path(
        "M62 206 Q104 214 132 172 Q166 112 214 106 Q238 104 246 84 Q244 48 282 46 Q326 48 328 78 Q326 98 296 98 Q292 130 286 160 Q276 216 214 218 Q168 220 138 210 Q96 232 62 206 Z",
        c.base,
        c.edge,
    )
    drawn += path(
        "M180 202 L178 246 Q178 250 182 250 H210 L214 206 Z M256 192 L262 246 Q262 250 266 250 H290 L286 180 Z",
        c.base,
        c.edge,
    ) + path("M150 204 Q200 190 262 186 Q256 214 214 216 Q176 218 150 204 Z", c.gleam)
    return (
        drawn
        + circle(286, 68, 6, INK)
        + circle(288, 66, 2, PAPER)
        + line("M302 84 Q314 84 320 78", c.deep, 3)
        + circle(196, 140, 8, c.dark)
        + circle(222, 130, 6, c.dark)
        + circle(176, 162, 6, c.dark)
        + circle(230, 158, 8, c.dark)
    )


def blocks(c: Paint) -> str:
    """A tower of building blocks."""
    drawn = (
        box(96, 170, 76, 76, 8, c.base, c.edge)
        + box(180, 170, 76, 76, 8, _YELLOW, "#b98e2c")
        + path("M264 246 V212 Q264 170 306 170 V246 Z", _BLUE, "#365d84")
        + box(132, 92, 84, 74, 8, _RED, "#8f382a")
        + path("M224 166 L262 98 L300 166 Z", LEAF, "#517040")
    )
    drawn += path("M138 88 Q138 46 174 46 Q210 46 210 88 Z", c.gleam, c.edge)
    return (
        drawn
        + circle(134, 208, 18, c.tint)
        + path("M218 188 L236 220 H200 Z", "#f6df9c")
        + path("M174 110 L180 124 L196 126 L184 136 L188 150 L174 142 L160 150 L164 136 L152 126 L168 124 Z", "#f0b9a5")
        + circle(174, 74, 9, c.accent)
    )


def bricks(c: Paint) -> str:
    """Interlocking bricks with studs."""
    drawn = (
        "".join(box(x, 160, 26, 16, 4, _YELLOW, "#b98e2c") for x in (204, 242, 280))
        + box(194, 172, 126, 66, 6, _YELLOW, "#b98e2c")
        + "".join(box(x, 160, 26, 16, 4, c.dark, c.edge) for x in (92, 130))
        + box(80, 172, 114, 66, 6, c.base, c.edge)
        + path("M80 216 H194 V232 Q194 238 188 238 H86 Q80 238 80 232 Z", c.dark)
        + path("M196 216 H320 V232 Q320 238 314 238 H196 Z", "#c99a35")
    )
    return (
        drawn
        + "".join(box(x, 78, 26, 16, 4, "#a8432f", "#8f382a") for x in (146, 184, 222))
        + box(136, 90, 124, 68, 6, _RED, "#8f382a")
        + path("M137 138 H259 V152 Q259 158 253 158 H143 Q137 158 137 152 Z", "#a8432f")
    )


def plush_bear(c: Paint) -> str:
    """A sitting teddy bear."""
    drawn = mirrored(
        circle(146, 66, 25, c.base, c.edge)
        + circle(146, 66, 13, c.tint)
        + path("M150 152 Q112 150 100 186 Q98 206 116 206 Q138 204 156 182 Z", c.dark, c.edge)
    )
    drawn += (
        ellipse(200, 196, 60, 56, c.base, c.edge)
        + ellipse(200, 202, 38, 38, c.tint)
        + mirrored(circle(144, 232, 29, c.base, c.edge) + circle(142, 234, 15, c.tint))
    )
    drawn += (
        ellipse(200, 102, 70, 60, c.base, c.edge)
        + ellipse(200, 124, 31, 24, c.tint)
        + circle(174, 94, 7, INK)
        + circle(226, 94, 7, INK)
        + ellipse(200, 114, 11, 8, INK)
        + line("M200 122 V130 M188 134 Q200 142 212 134", INK, 3.5)
    )
    return (
        drawn
        + path("M200 164 L174 152 V178 Z M200 164 L226 152 V178 Z", c.accent, c.edge if c.edge != c.base else c.accent)
        + circle(200, 165, 7, c.deep)
    )


def plush_animal(c: Paint) -> str:
    """A sitting rabbit."""
    drawn = mirrored(
        path("M172 100 Q142 70 148 44 Q156 26 172 40 Q190 62 190 96 Z", c.base, c.edge)
        + path("M172 84 Q158 66 160 50 Q166 46 172 58 Q178 70 180 86 Z", "#e3b3ac")
    )
    drawn += (
        circle(262, 216, 22, c.pale, c.edge)
        + path("M138 244 Q130 160 200 152 Q270 160 262 244 Q200 262 138 244 Z", c.base, c.edge)
        + ellipse(200, 214, 34, 36, c.tint)
        + mirrored(ellipse(148, 246, 32, 16, c.dark, c.edge))
    )
    return (
        drawn
        + ellipse(200, 124, 60, 46, c.base, c.edge)
        + circle(178, 118, 6, INK)
        + circle(222, 118, 6, INK)
        + path("M193 130 H207 L200 138 Z", "#c97f7c")
        + line("M200 138 V144 M190 148 Q200 154 210 148", INK, 3)
        + mirrored(circle(160, 138, 8, "#e3b3ac"))
    )


def train(c: Paint) -> str:
    """A toy steam engine with its smoke."""
    drawn = (
        circle(122, 58, 14, STEEL)
        + circle(150, 44, 19, STEEL)
        + circle(184, 42, 12, STEEL)
        + path("M100 82 H140 L134 116 H106 Z", c.dark, c.edge)
        + path("M88 112 H216 V192 H88 Q72 190 72 152 Q72 114 88 112 Z", c.base, c.edge)
        + path("M88 112 H110 V192 H88 Q72 190 72 152 Q72 114 88 112 Z", c.dark)
    )
    drawn += (
        path("M172 112 Q174 90 190 90 Q206 90 208 112 Z", "#d3ab56")
        + path("M216 76 H310 V192 H216 Z", c.gleam, c.edge)
        + box(232, 92, 62, 46, 6, GLASS, c.deep, 2.5)
        + box(204, 62, 118, 18, 7, c.accent)
        + line("M136 114 V190 M166 114 V190", c.line, 4)
    )
    drawn += path("M62 190 H322 V208 H88 L62 226 Z", c.deep, c.rim)
    return (
        drawn
        + "".join(
            circle(x, y, r, _RED, "#8f382a") + circle(x, y, r * 0.38, CREAM)
            for x, y, r in ((124, 218, 25), (182, 218, 25), (270, 208, 36))
        )
        + line("M124 218 H182", STEEL_DARK, 5)
    )


def car(c: Paint) -> str:
    """A toy car, or one with a remote control."""
    drawn = (
        path(
            "M66 202 V166 Q68 148 96 144 L126 138 Q152 92 188 90 H236 Q260 92 286 138 L316 148 Q334 154 334 176 V202 Z",
            c.base,
            c.edge,
        )
        + path("M66 184 H334 V202 H66 Z", c.dark)
        + path("M146 138 Q164 106 190 106 H200 V138 Z M212 106 H234 Q248 108 264 138 H212 Z", GLASS, c.deep, 2)
    )
    return (
        drawn
        + line("M216 152 H232", c.deep, 5)
        + box(318, 160, 16, 14, 5, _YELLOW)
        + path("M62 196 H88 M312 196 H338", STEEL, STEEL, 8)
        + "".join(
            circle(x, 204, 31, INK, "#66757e") + circle(x, 204, 15, STEEL) + circle(x, 204, 5, STEEL_DARK)
            for x in (128, 274)
        )
    )


def robot(c: Paint) -> str:
    """A small robot."""
    drawn = (
        line("M200 62 V42", STEEL_DARK, 6)
        + circle(200, 38, 9, c.accent)
        + box(144, 60, 112, 80, 20, c.base, c.edge)
        + box(158, 76, 84, 46, 14, INK)
        + circle(182, 98, 9, "#9fd3cf")
        + circle(218, 98, 9, "#9fd3cf")
        + line("M190 112 Q200 118 210 112", "#9fd3cf", 3)
    )
    drawn += mirrored(
        line("M146 164 Q114 166 112 200", STEEL_DARK, 11)
        + circle(112, 206, 13, c.dark, c.edge)
        + box(156, 222, 34, 32, 8, c.dark, c.edge)
        + box(132, 88, 12, 26, 5, STEEL_DARK)
    ) + box(146, 146, 108, 82, 18, c.shade, c.edge)
    return (
        drawn
        + box(166, 164, 68, 42, 8, c.tint, c.line, 2)
        + circle(184, 185, 7, c.accent)
        + line("M202 178 H222 M202 192 H216", c.deep, 4)
    )


def doll(c: Paint) -> str:
    """A rag doll."""
    drawn = mirrored(
        line("M166 152 L126 186", "#e8c39e", 15)
        + line("M184 230 V248", "#e8c39e", 15)
        + ellipse(178, 252, 15, 8, INK)
        + circle(136, 110, 20, "#7a4a2b")
    ) + path("M142 106 Q142 46 200 44 Q258 46 258 106 Z", "#7a4a2b")
    drawn += (
        path("M172 138 H228 L264 226 Q200 246 136 226 Z", c.base, c.edge)
        + path("M143 210 Q200 230 257 210 L264 226 Q200 246 136 226 Z", c.accent)
        + circle(200, 98, 46, "#f0d0ac")
        + path("M154 96 Q156 54 200 54 Q244 54 246 96 Q216 88 206 66 Q190 90 154 96 Z", "#7a4a2b")
    )
    return (
        drawn
        + circle(184, 104, 5, INK)
        + circle(216, 104, 5, INK)
        + line("M190 120 Q200 128 210 120", "#b5533f", 4)
        + circle(172, 116, 7, "#e3a392")
        + circle(228, 116, 7, "#e3a392")
        + path("M200 146 L184 138 V156 Z M200 146 L216 138 V156 Z", c.accent)
    )


def stacking_rings(c: Paint) -> str:
    """Stacking rings on a post."""
    drawn = box(190, 54, 20, 170, 8, WOOD, WOOD_DARK) + circle(200, 54, 21, CLAY)
    for i, tone in enumerate((_YELLOW, LEAF, _BLUE, c.base)):
        half = 48 + 15 * i
        drawn += box(200 - half, 82 + 36 * i, 2 * half, 36, 18, tone, c.edge if tone == c.base else "") + line(
            f"M{200 - half + 18} {93 + 36 * i} H{200 - half / 3:.0f}", "#fffaf0", 4
        )
    return drawn + box(98, 228, 204, 18, 8, WOOD, WOOD_DARK) + grain(108, 292, 226, 248, WOOD_DARK, 1)


def scooter(c: Paint) -> str:
    """A scooter."""
    drawn = (
        line("M256 78 L280 214", STEEL, 10)
        + line("M232 78 H284", INK, 12)
        + line("M232 78 H240 M276 78 H284", c.accent, 12)
        + path("M106 200 H268 Q276 200 276 208 V214 H106 Q98 214 98 207 Q98 200 106 200 Z", c.base, c.edge)
        + line("M124 207 H240", c.line, 4, "12 9")
        + path("M86 200 Q92 172 122 186", "none", c.dark, 8)
    )
    return (
        drawn
        + line("M263 116 L270 156", c.edge, 14)
        + "".join(circle(x, 224, 24, INK, "#66757e") + circle(x, 224, 10, STEEL) for x in (110, 286))
        + ring(110, 224, 16, c.accent, 3)
    )


def plush_octopus(c: Paint) -> str:
    """A soft octopus."""
    legs = "".join(
        line(d, c.edge, 27) + line(d, tone, 22)
        for d, tone in (
            ("M146 166 Q116 180 100 214 Q92 234 78 228", c.shade),
            ("M254 166 Q284 180 300 214 Q308 234 322 228", c.shade),
            ("M162 182 Q148 212 142 232 Q134 250 118 246", c.base),
            ("M238 182 Q252 212 258 232 Q266 250 282 246", c.base),
            ("M186 188 Q184 220 184 244", c.shade),
            ("M214 188 Q216 220 216 244", c.shade),
        )
    )
    drawn = (
        legs
        + path("M124 138 Q120 52 200 50 Q280 52 276 138 Q274 202 200 204 Q126 202 124 138 Z", c.base, c.edge)
        + circle(154, 84, 9, c.gleam)
        + circle(178, 70, 6, c.gleam)
    )
    return (
        drawn
        + circle(174, 134, 9, INK)
        + circle(226, 134, 9, INK)
        + circle(177, 131, 3, PAPER)
        + circle(229, 131, 3, PAPER)
        + line("M188 154 Q200 164 212 154", INK, 4)
        + circle(156, 152, 9, "#e3a392")
        + circle(244, 152, 9, "#e3a392")
    )


def hedgehog(c: Paint) -> str:
    """A wooden hedgehog on wheels with a string."""
    spikes = "M96 196 L78 176 L102 172 L84 146 L110 146 L100 118 L126 124 L126 94 L150 108 L160 80 L178 102 L196 78 L206 104 L230 88 L234 116 L254 110 L250 142 Z"
    drawn = (
        line("M316 176 Q340 172 336 206 Q332 232 350 238", CLAY, 4)
        + path(spikes, c.dark, c.edge, 5)
        + path("M96 198 Q96 128 178 122 Q246 122 270 152 Q302 160 318 178 Q318 190 300 198 Z", c.base, c.edge)
        + path("M236 126 Q258 132 270 152 Q302 160 318 178 Q318 190 300 198 H226 Q208 158 236 126 Z", "#e3c59c")
    )
    drawn += (
        circle(262, 160, 6, INK)
        + circle(316, 178, 9, INK)
        + circle(226, 138, 13, "#e3c59c", c.deep, 2)
        + grain(106, 220, 146, 196, c.line, 2)
    )
    return (
        drawn
        + box(90, 196, 222, 18, 8, WOOD, WOOD_DARK)
        + "".join(circle(x, 220, 27, c.accent, c.deep) + circle(x, 220, 8, WOOD_DARK) for x in (138, 266))
    )


def balance_bike(c: Paint) -> str:
    """A children's bicycle without pedals."""
    drawn = (
        mirrored(
            circle(122, 194, 50, INK, INK_LIGHT)
            + circle(122, 194, 34, PAPER, PAPER_EDGE)
            + circle(122, 194, 8, STEEL_DARK)
        )
        + path("M122 194 L152 138", "none", STEEL_DARK, 11)
        + line("M152 138 Q204 176 254 124 M278 194 L248 96", c.edge, 19)
        + line("M152 138 Q204 176 254 124 M278 194 L248 96", c.base, 15)
    )
    return (
        drawn
        + line("M246 94 L240 76 M214 78 H262", STEEL_DARK, 8)
        + line("M210 78 H224 M256 78 H268", c.accent, 12)
        + line("M150 134 L146 114", STEEL_DARK, 9)
        + path("M118 102 Q146 96 176 106 Q178 118 166 118 H130 Q114 116 118 102 Z", c.dark, c.edge)
    )


MOTIFS = {
    motif.__name__: motif
    for motif in (
        wooden_toy,
        dinosaur,
        blocks,
        bricks,
        plush_bear,
        plush_animal,
        train,
        car,
        robot,
        doll,
        stacking_rings,
        scooter,
        plush_octopus,
        hedgehog,
        balance_bike,
    )
}
