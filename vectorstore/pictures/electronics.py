"""Motifs of what runs on electricity outside the kitchen."""

# ruff: noqa: E501 - outlines and word lists are long lines
from __future__ import annotations

from vectorstore.pictures.palette import (
    CREAM,
    GLASS,
    GLASS_SHADE,
    INK,
    INK_DARK,
    INK_LIGHT,
    LEAF,
    PAPER,
    PAPER_EDGE,
    STEEL,
    STEEL_DARK,
    STEEL_LIGHT,
    Paint,
)  # fmt: skip
from vectorstore.pictures.shapes import box, circle, ellipse, line, mirrored, path, ring


def headphones(c: Paint) -> str:
    """Over-ear headphones with padded band and cups."""
    drawn = line("M108 176 V152 Q108 56 200 56 Q292 56 292 152 V176", c.edge, 17) + line(
        "M108 176 V152 Q108 56 200 56 Q292 56 292 152 V176", c.base, 13
    )
    drawn += line("M138 92 Q164 62 200 62 Q236 62 262 92", c.dark, 15)
    cup = box(112, 158, 32, 78, 15, c.deep, c.rim) + path(
        "M116 156 Q84 156 84 197 Q84 238 116 238 Q122 238 122 230 V164 Q122 156 116 156 Z", c.base, c.edge
    )
    cup += path("M102 172 Q94 180 94 197 Q94 214 102 222", c.gleam) + box(102, 132, 12, 26, 4, STEEL, c.deep, 1.5)
    return drawn + mirrored(cup)


def earbuds(c: Paint) -> str:
    """Two earbuds above their open case."""
    bud = path(
        "M150 66 Q176 60 180 86 Q182 104 166 110 L160 148 Q158 156 150 155 Q142 154 143 146 L147 112 Q122 104 126 84 Q130 68 150 66 Z",
        c.base,
        c.edge,
    )
    bud += (
        ellipse(131, 88, 12, 15, c.dark, c.rim) + line("M152 126 L150 144", c.gleam, 4) + circle(160, 88, 5, c.accent)
    )
    case = path("M118 172 H282 V206 Q282 246 242 246 H158 Q118 246 118 206 Z", c.shade, c.edge) + path(
        "M112 168 H288 Q290 186 278 188 H122 Q110 186 112 168 Z", c.dark, c.edge
    )
    return mirrored(bud) + case + circle(200, 216, 5, c.accent)


def speaker(c: Paint) -> str:
    """A wireless speaker with two cones and a carrying loop."""
    drawn = line("M262 62 Q296 62 292 112", c.limb, 8) + box(128, 48, 144, 204, 30, c.base, c.edge)
    drawn += path("M244 48 Q272 50 272 78 V222 Q272 250 244 252 Q254 150 244 48 Z", c.shade)
    drawn += (
        circle(200, 182, 48, c.dark)
        + ring(200, 182, 38, c.line, 2.5)
        + circle(200, 182, 18, c.deep)
        + circle(193, 175, 5, c.light)
    )
    return drawn + circle(200, 98, 25, c.dark) + circle(200, 98, 10, c.deep) + circle(156, 68, 4, c.accent)


def smart_speaker(c: Paint) -> str:
    """A low round speaker with a lit ring."""
    drawn = path("M112 128 Q112 92 200 92 Q288 92 288 128 V196 Q288 232 200 232 Q112 232 112 196 Z", c.base, c.edge)
    drawn += ellipse(200, 126, 86, 32, c.light, c.edge if c.edge != c.base else c.light) + ellipse(
        200, 126, 70, 24, c.shade
    )
    marks = "".join(f"M{x} {y}h.1" for y in range(176, 214, 12) for x in range(136 + (y // 12 % 2) * 6, 268, 12))
    return drawn + line("M130 126 Q134 150 200 152 Q266 150 270 126", c.accent, 4) + line(marks, c.line, 5)


def soundbar(c: Paint) -> str:
    """A long bar speaker."""
    drawn = box(70, 122, 260, 56, 16, c.base, c.edge) + box(82, 132, 200, 36, 10, c.dark)
    drawn += line("".join(f"M{x} 140V160" for x in range(96, 276, 12)), c.line, 3)
    return (
        drawn
        + circle(308, 150, 7, c.accent)
        + path("M92 180 H132 L126 190 H98 Z M268 180 H308 L302 190 H274 Z", c.deep)
    )


def keyboard(c: Paint) -> str:
    """A compact keyboard seen from above."""
    drawn = box(72, 88, 256, 124, 16, c.base, c.edge) + path(
        "M74 190 H326 V198 Q326 212 312 212 H88 Q74 212 74 198 Z", c.dark
    )
    key = c.tint
    if c.base > "#e0":
        key = "#ffffff"
    rows = ((84, 100, 11, 20), (84, 122, 11, 20), (84, 144, 11, 20))
    for x, y, count, wide in rows:
        drawn += "".join(
            box(x + i * 21.2, y, wide - 2, 18, 4, c.accent if (i, y) in ((0, 100), (10, 144)) else key, c.line, 1.2)
            for i in range(count)
        )
    widths = ((84, 26), (113, 20), (136, 112), (251, 20), (274, 41))
    return drawn + "".join(box(x, 166, w, 18, 4, key, c.line, 1.2) for x, w in widths)


def mouse(c: Paint) -> str:
    """A computer mouse seen from above."""
    drawn = path("M136 128 Q136 50 200 50 Q264 50 264 128 V172 Q264 250 200 250 Q136 250 136 172 Z", c.base, c.edge)
    drawn += path("M204 50 Q264 54 264 128 V134 Q234 142 204 142 Z", c.gleam) + path(
        "M262 142 V172 Q262 240 208 248 Q246 214 262 142 Z", c.shade
    )
    drawn += line("M138 132 Q200 150 262 132 M200 52 V140", c.line, 3)
    return (
        drawn + box(190, 78, 20, 42, 10, c.deep) + box(195, 84, 10, 20, 5, c.accent) + line("M144 156 V178", c.dark, 6)
    )


def monitor(c: Paint) -> str:
    """A screen on a stand, with a calm picture on it."""
    drawn = path("M180 206 H220 L226 238 H174 Z", STEEL_DARK) + box(138, 234, 124, 14, 7, STEEL, STEEL_DARK, 2)
    drawn += box(78, 56, 244, 156, 12, INK, INK_LIGHT) + box(88, 66, 224, 128, 5, c.base)
    drawn += circle(256, 104, 17, c.accent) + path(
        "M88 194 V158 L134 118 L178 158 L208 136 L256 176 L280 164 L312 188 V194 Z", c.dark
    )
    return (
        drawn
        + path("M88 194 V178 Q150 152 214 186 Q262 198 312 176 V194 Z", c.deep)
        + circle(200, 203, 3.500, STEEL_LIGHT)
    )


def television(c: Paint) -> str:
    """A wide television on two feet."""
    drawn = (
        line("M128 214 L116 236 M272 214 L284 236", STEEL_DARK, 8)
        + box(66, 66, 268, 150, 8, INK, INK_LIGHT)
        + box(74, 74, 252, 134, 3, c.base)
    )
    return (
        drawn + path("M74 208 V170 Q140 130 200 168 Q262 204 326 150 V208 Z", c.dark) + circle(140, 112, 18, c.accent)
    )


def laptop(c: Paint) -> str:
    """An open laptop."""
    drawn = (
        box(110, 66, 180, 128, 12, c.base, c.edge)
        + box(120, 76, 160, 106, 4, INK)
        + path("M120 182 V150 Q160 120 204 150 Q244 174 280 138 V182 Z", INK_LIGHT)
    )
    drawn += circle(238, 106, 13, c.accent) + path(
        "M86 194 H314 L332 222 Q334 232 322 232 H78 Q66 232 68 222 Z", c.gleam, c.edge
    )
    drawn += path("M112 200 H288 L294 212 H106 Z", c.dark) + path(
        "M176 216 H224 L228 225 H172 Z", c.shade if c.edge == c.base else c.dark
    )
    return drawn


def phone(c: Paint) -> str:
    """A phone with a few tiles on its screen."""
    drawn = (
        box(144, 42, 112, 216, 20, c.base, c.edge) + box(152, 52, 96, 196, 12, INK) + box(184, 58, 32, 8, 4, INK_DARK)
    )
    tiles = "".join(
        box(164 + 26 * i, 84 + 26 * j, 20, 20, 5, (c.base, c.accent, c.light)[(i + j) % 3])
        for j in range(3)
        for i in range(3)
    )
    return drawn + tiles + path("M152 236 V214 Q200 186 248 210 V236 Q248 248 236 248 H164 Q152 248 152 236 Z", c.dark)


def phone_case(c: Paint) -> str:
    """The back of a phone case with its camera opening."""
    drawn = box(142, 42, 116, 216, 24, c.base, c.edge) + path(
        "M226 42 H236 Q258 44 258 66 V234 Q258 256 236 258 H226 Z", c.shade
    )
    drawn += (
        box(154, 54, 48, 52, 14, c.deep)
        + circle(168, 69, 8, STEEL)
        + circle(188, 69, 8, STEEL)
        + circle(168, 90, 8, STEEL)
        + circle(188, 90, 4, c.accent)
    )
    return drawn + ring(200, 170, 30, c.line, 4)


def webcam(c: Paint) -> str:
    """A webcam on its foot."""
    drawn = path("M186 168 H214 L220 214 H180 Z", c.dark, c.edge) + path(
        "M134 236 Q136 210 168 210 H232 Q264 210 266 236 Z", c.shade, c.edge
    )
    drawn += box(92, 66, 216, 108, 54, c.base, c.edge) + circle(200, 120, 44, c.deep) + ring(200, 120, 34, STEEL, 4)
    return (
        drawn
        + circle(200, 120, 22, INK_DARK)
        + circle(192, 112, 7, GLASS)
        + circle(272, 120, 6, c.accent)
        + circle(128, 120, 4, c.line)
    )


def e_reader(c: Paint) -> str:
    """A reading tablet with lines of text."""
    drawn = box(122, 42, 156, 216, 16, c.base, c.edge) + box(134, 56, 132, 172, 4, PAPER, PAPER_EDGE, 1.5)
    drawn += box(146, 70, 64, 9, 3, INK) + line(
        "M146 94H252M146 108H252M146 122H238M146 144H252M146 158H252M146 172H252M146 186H214", "#a9a294", 4.5
    )
    return drawn + box(184, 238, 32, 8, 4, c.line)


def tablet(c: Paint) -> str:
    """A tablet with a pen beside it."""
    drawn = (
        box(88, 58, 196, 184, 18, c.base, c.edge)
        + box(100, 70, 172, 160, 8, INK)
        + path("M100 222 V184 Q146 140 190 184 Q226 216 272 168 V222 Q272 230 264 230 H108 Q100 230 100 222 Z", c.dark)
    )
    drawn += circle(144, 114, 20, c.accent) + path(
        "M100 222 V204 Q160 186 220 214 Q250 224 272 212 V222 Q272 230 264 230 H108 Q100 230 100 222 Z", c.light
    )
    return (
        drawn + box(300, 76, 15, 138, 6, PAPER, PAPER_EDGE, 2) + path("M300.500 214 H314.500 L307.500 236 Z", INK_LIGHT)
    )


def power_bank(c: Paint) -> str:
    """A power bank with charge lights and a short cable."""
    drawn = line("M200 60 V44 Q200 34 212 34 H270 Q296 34 296 62 V92", c.limb, 7) + box(
        286, 92, 20, 32, 5, STEEL, STEEL_DARK, 2
    )
    drawn += box(136, 60, 128, 194, 24, c.base, c.edge) + path(
        "M236 60 H240 Q264 62 264 84 V230 Q264 252 240 254 H236 Z", c.shade
    )
    drawn += "".join(circle(164 + 16 * i, 92, 4.500, c.accent if i < 3 else c.line) for i in range(4))
    return drawn + path("M206 134 L176 182 H198 L190 218 L226 166 H203 Z", c.mark)


def watch(c: Paint) -> str:
    """A wrist watch with hands."""
    drawn = path("M168 98 L174 34 H226 L232 98 Z", c.base, c.edge) + path(
        "M168 202 L174 266 H226 L232 202 Z", c.shade, c.edge
    )
    drawn += line("M180 46 H220 M178 60 H222", c.line, 2.5, "5 4") + "".join(
        circle(200, y, 3, c.deep) for y in (230, 242, 254)
    )
    drawn += (
        box(266, 142, 14, 16, 4, STEEL_DARK)
        + circle(200, 150, 68, STEEL, STEEL_DARK)
        + circle(200, 150, 55, PAPER, PAPER_EDGE, 2)
    )
    drawn += line("M200 103 V112 M247 150 H238 M200 197 V188 M153 150 H162", INK, 4.5) + line(
        "M200 150 V120 M200 150 L222 164", INK, 5.5
    )
    return drawn + line("M200 160 L180 126", "#c4683f", 2.5) + circle(200, 150, 5, INK)


def smart_watch(c: Paint) -> str:
    """A square watch with rings of progress."""
    drawn = path("M164 96 L172 36 Q173 32 178 32 H222 Q227 32 228 36 L236 96 Z", c.base, c.edge) + path(
        "M164 204 L172 264 Q173 268 178 268 H222 Q227 268 228 264 L236 204 Z", c.shade, c.edge
    )
    drawn += (
        box(270, 136, 12, 28, 5, STEEL_DARK)
        + box(130, 84, 140, 132, 36, STEEL, STEEL_DARK)
        + box(142, 96, 116, 108, 26, INK_DARK)
    )
    drawn += (
        ring(200, 150, 38, "#55626a", 9)
        + line("M200 112 A38 38 0 1 1 163 159", c.accent, 9)
        + ring(200, 150, 23, "#55626a", 8)
    )
    return drawn + line("M200 127 A23 23 0 0 1 200 173", LEAF, 8)


def phone_stand(c: Paint) -> str:
    """A stand that holds a phone at an angle."""
    drawn = path("M196 206 L244 92 L266 100 L226 206 Z", c.dark, c.edge) + path(
        "M104 214 H296 Q304 214 304 224 V232 Q304 240 296 240 H104 Q96 240 96 232 V224 Q96 214 104 214 Z",
        c.base,
        c.edge,
    )
    drawn += (
        '<g transform="rotate(20 200 130)">'
        + box(158, 46, 92, 158, 14, INK, INK_LIGHT)
        + box(166, 56, 76, 138, 6, c.light)
        + circle(204, 98, 16, c.accent)
    )
    drawn += path("M166 188 V160 Q202 132 242 158 V188 Q242 194 236 194 H172 Q166 194 166 188 Z", c.dark) + "</g>"
    return drawn + path("M116 214 L124 188 Q128 180 138 184 L160 194 L184 214 Z", c.shade, c.edge)


def desk_lamp(c: Paint) -> str:
    """A jointed desk lamp with its light on."""
    drawn = path("M214 128 L176 222 H300 L268 104 Z", "#f4dc93")
    drawn += (
        line("M150 226 L118 138 L206 76", STEEL_DARK, 9)
        + circle(118, 138, 11, c.dark, c.rim)
        + circle(150, 222, 9, c.dark)
    )
    drawn += path("M200 66 Q216 46 236 58 L252 68 L278 106 Q250 132 206 136 Q194 106 200 66 Z", c.base, c.edge) + path(
        "M278 106 Q250 132 206 136 Q238 112 278 106 Z", "#fff3c9"
    )
    return (
        drawn + path("M100 244 Q102 222 130 222 H172 Q200 222 202 244 Z", c.base, c.edge) + circle(206, 76, 9, c.dark)
    )


def floor_lamp(c: Paint) -> str:
    """A lamp with a fabric shade."""
    drawn = line("M200 140 V240", STEEL_DARK, 9) + path("M150 252 Q152 236 172 236 H228 Q248 236 250 252 Z", STEEL_DARK)
    drawn += (
        path("M160 48 H240 L276 146 H124 Z", c.base, c.edge)
        + path("M222 48 H240 L276 146 H240 Z", c.shade)
        + path("M128 134 H272 L276 146 H124 Z", c.dark)
    )
    return drawn + line("M234 148 V182", STEEL, 3) + circle(234, 186, 5, c.accent)


def light_bulb(c: Paint) -> str:
    """A lit bulb."""
    drawn = line("M104 132 H84 M296 132 H316 M132 64 L118 50 M268 64 L282 50 M200 38 V22", "#e2b23f", 6)
    drawn += path(
        "M168 200 Q168 178 148 160 Q132 142 134 118 Q140 58 200 56 Q260 58 266 118 Q268 142 252 160 Q232 178 232 200 Z",
        "#f6dd8e",
        "#d9b04c",
    )
    drawn += line("M184 198 L176 142 L192 154 L200 142 L208 154 L224 142 L216 198", "#c9923a", 4)
    return (
        drawn
        + box(168, 202, 64, 40, 8, c.base, c.edge)
        + line("M170 216 H230 M170 229 H230", c.line, 4)
        + box(184, 242, 32, 10, 4, c.deep)
    )


def router(c: Paint) -> str:
    """A router with two aerials."""
    drawn = line("M118 176 L104 76 M282 176 L296 76", c.limb, 11)
    drawn += line("M168 96 Q200 70 232 96 M180 116 Q200 100 220 116", c.accent, 6) + circle(200, 134, 6, c.accent)
    drawn += path("M96 166 H304 L326 210 Q330 230 312 230 H88 Q70 230 74 210 Z", c.base, c.edge) + path(
        "M75 206 H325 Q330 230 312 230 H88 Q70 230 75 206 Z", c.dark
    )
    return (
        drawn
        + "".join(circle(112 + 20 * i, 218, 4.500, (LEAF, CREAM)[i > 2]) for i in range(5))
        + line("M150 182 H250", c.line, 4)
    )


def camera(c: Paint) -> str:
    """A camera with a big lens and a leather-look band."""
    drawn = path("M160 92 L172 66 H228 L240 92 Z", c.dark, c.edge) + box(112, 78, 34, 16, 5, STEEL_DARK)
    drawn += (
        box(84, 88, 232, 148, 18, STEEL_LIGHT, STEEL_DARK)
        + path("M84 120 H316 V212 H84 Z", c.base, c.edge)
        + circle(286, 104, 7, c.accent)
    )
    return (
        drawn
        + circle(200, 164, 58, INK, STEEL_LIGHT, 6)
        + circle(200, 164, 42, INK_DARK)
        + circle(200, 164, 28, c.deep)
        + circle(200, 164, 15, GLASS_SHADE)
        + circle(190, 153, 8, GLASS)
        + box(98, 132, 30, 8, 4, c.line)
    )


def charger(c: Paint) -> str:
    """A wall charger with its cable."""
    drawn = line("M200 190 Q200 250 246 250 Q300 250 296 190 Q292 150 300 132", c.limb, 8)
    drawn += box(288, 92, 26, 46, 8, c.base, c.edge) + box(293, 74, 16, 20, 3, STEEL, STEEL_DARK, 2)
    drawn += (
        line("M152 64 V90 M196 64 V90", STEEL_DARK, 9)
        + box(112, 84, 124, 108, 22, c.base, c.edge)
        + path("M212 84 Q236 86 236 106 V170 Q236 190 214 192 Q224 140 212 84 Z", c.shade)
    )
    return drawn + path("M180 108 L156 142 H174 L168 168 L196 130 H178 Z", c.accent)


def cable(c: Paint) -> str:
    """A coiled cable with two plugs."""
    drawn = "".join(ring(200, 150, r, c.rim, 11) + ring(200, 150, r, c.base, 7) for r in (52, 66))
    drawn += line("M148 116 Q110 60 140 52 M258 182 Q304 216 276 244", c.edge, 10) + line(
        "M148 116 Q110 60 140 52 M258 182 Q304 216 276 244", c.base, 7
    )
    drawn += (
        '<g transform="rotate(-75 140 52)">'
        + box(127, 46, 26, 42, 7, c.shade, c.edge)
        + box(132, 86, 16, 20, 3, STEEL, STEEL_DARK, 2)
        + "</g>"
    )
    drawn += (
        '<g transform="rotate(55 276 244)">'
        + box(263, 240, 26, 42, 7, c.shade, c.edge)
        + box(268, 280, 16, 18, 3, STEEL, STEEL_DARK, 2)
        + "</g>"
    )
    return drawn + '<g transform="rotate(30 200 150)">' + box(252, 130, 28, 40, 6, c.accent) + "</g>"


def hub(c: Paint) -> str:
    """A small box with ports and a lead."""
    drawn = line("M118 150 H92 Q68 150 68 120 V92", c.limb, 9) + box(57, 62, 22, 36, 5, STEEL, STEEL_DARK, 2)
    drawn += box(112, 110, 222, 84, 18, c.base, c.edge) + path(
        "M113 172 H333 V176 Q333 194 316 194 H130 Q113 194 113 176 Z", c.dark
    )
    return (
        drawn
        + box(136, 134, 42, 20, 3, INK_DARK)
        + box(192, 134, 42, 20, 3, INK_DARK)
        + box(248, 136, 28, 16, 8, INK_DARK)
        + box(290, 138, 24, 12, 6, INK_DARK)
        + box(140, 138, 34, 6, 1, GLASS)
        + box(196, 138, 34, 6, 1, GLASS)
        + circle(154, 182, 4, c.accent)
    )


def drive(c: Paint) -> str:
    """A portable disk."""
    drawn = box(124, 54, 152, 192, 22, c.base, c.edge) + path(
        "M246 54 H254 Q276 56 276 76 V224 Q276 244 254 246 H246 Z", c.shade
    )
    return (
        drawn
        + ring(194, 130, 42, c.line, 4)
        + circle(194, 130, 14, c.dark)
        + line("M224 160 L248 190", c.line, 5)
        + circle(150, 222, 5, c.accent)
        + line("M168 222 H200", c.line, 4)
    )


def printer(c: Paint) -> str:
    """A printer with a sheet coming out."""
    drawn = path("M138 110 V54 H242 L262 74 V110 Z", PAPER, PAPER_EDGE) + path("M242 54 L262 74 H242 Z", PAPER_EDGE)
    drawn += (
        box(84, 104, 232, 96, 18, c.base, c.edge)
        + path("M86 160 H314 V184 Q314 200 298 200 H102 Q86 200 86 184 Z", c.shade)
        + box(118, 166, 164, 16, 6, c.deep)
    )
    drawn += path("M130 174 H270 L278 246 H122 Z", PAPER, PAPER_EDGE) + line(
        "M146 196 H252 M144 212 H256 M143 228 H218", STEEL_DARK, 4
    )
    return drawn + circle(286, 130, 6, c.accent) + circle(266, 130, 5, c.line)


def game_pad(c: Paint) -> str:
    """A game controller."""
    drawn = path(
        "M132 86 Q160 78 172 92 H228 Q240 78 268 86 Q312 100 324 190 Q328 228 302 230 Q284 230 262 190 H138 Q116 230 98 230 Q72 228 76 190 Q88 100 132 86 Z",
        c.base,
        c.edge,
    )
    drawn += path("M132 118 H146 V132 H160 V146 H146 V160 H132 V146 H118 V132 H132 Z", c.deep)
    drawn += (
        circle(262, 118, 9, c.accent)
        + circle(262, 158, 9, c.pale)
        + circle(242, 138, 9, c.gleam, c.line, 1.5)
        + circle(282, 138, 9, c.dark)
    )
    return (
        drawn
        + circle(174, 176, 17, c.dark, c.line, 2)
        + circle(226, 176, 17, c.dark, c.line, 2)
        + box(190, 112, 20, 8, 4, c.line)
    )


def microphone(c: Paint) -> str:
    """A desk microphone."""
    drawn = (
        line("M138 130 V150 Q138 202 200 202 Q262 202 262 150 V130", STEEL_DARK, 9)
        + line("M200 204 V238", STEEL_DARK, 10)
        + box(144, 236, 112, 16, 8, INK, INK_LIGHT)
    )
    drawn += box(158, 44, 84, 136, 42, c.base, c.edge) + path(
        "M158 118 H242 V138 Q242 180 200 180 Q158 180 158 138 Z", c.dark
    )
    return drawn + line("M172 72 H228 M166 88 H234 M166 104 H234", c.line, 4) + circle(200, 148, 6, c.accent)


def fan(c: Paint) -> str:
    """A desk fan."""
    drawn = line("M200 206 V232", STEEL_DARK, 14) + path(
        "M140 254 Q144 230 170 230 H230 Q256 230 260 254 Z", c.base, c.edge
    )
    drawn += circle(200, 128, 86, c.tint, c.edge, 7)
    blade = path("M200 128 Q172 104 184 64 Q222 56 226 92 Q222 116 200 128 Z", c.base, c.edge, 2)
    drawn += "".join(f'<g transform="rotate({turn} 200 128)">{blade}</g>' for turn in (0, 120, 240)) + ring(
        200, 128, 60, c.line, 2
    )
    return drawn + circle(200, 128, 15, c.dark) + circle(200, 128, 6, c.accent)


def vacuum(c: Paint) -> str:
    """An upright cordless vacuum cleaner."""
    drawn = line("M196 96 L158 226", STEEL, 13) + path(
        "M110 226 H196 Q208 226 208 238 V250 H98 V242 Q98 226 110 226 Z", c.dark, c.edge
    )
    drawn += path("M196 66 L250 84 L226 150 Q220 162 208 158 L184 150 Q172 146 176 132 Z", c.base, c.edge) + path(
        "M188 118 L234 134 L226 152 Q220 162 208 158 L184 150 Q172 146 176 134 Z", GLASS, c.deep, 2
    )
    return drawn + line("M240 82 Q286 46 292 96 Q294 116 244 112", c.limb, 13) + circle(222, 92, 7, c.accent)


def smart_plug(c: Paint) -> str:
    """A wall plug with a socket and a light."""
    drawn = box(122, 66, 156, 168, 42, c.base, c.edge) + path(
        "M240 66 Q278 68 278 108 V192 Q278 232 240 234 Q262 150 240 66 Z", c.shade
    )
    return (
        drawn
        + circle(200, 150, 50, c.shade, c.line, 3)
        + circle(182, 150, 8, c.deep)
        + circle(218, 150, 8, c.deep)
        + circle(200, 88, 5, LEAF)
        + box(190, 210, 20, 6, 3, c.line)
    )


MOTIFS = {
    "headphones": headphones, "earbuds": earbuds, "speaker": speaker, "smart_speaker": smart_speaker,
    "soundbar": soundbar, "keyboard": keyboard, "mouse": mouse, "monitor": monitor, "television": television,
    "laptop": laptop, "phone": phone, "phone_case": phone_case, "webcam": webcam, "e_reader": e_reader,
    "tablet": tablet, "power_bank": power_bank, "watch": watch, "smart_watch": smart_watch, "phone_stand": phone_stand,
    "desk_lamp": desk_lamp, "floor_lamp": floor_lamp, "light_bulb": light_bulb, "router": router, "camera": camera,
    "charger": charger, "cable": cable, "hub": hub, "drive": drive, "printer": printer, "game_pad": game_pad,
    "microphone": microphone, "fan": fan, "vacuum": vacuum, "smart_plug": smart_plug,
}  # fmt: skip
