"""Motifs of computers, telephones and what is plugged into them."""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

from vectorstore.pictures.palette import (
    CREAM,
    GLASS,
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
)
from vectorstore.pictures.shapes import box, circle, ellipse, line, path, ring


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


def charging_pad(c: Paint) -> str:
    """A round pad with a phone lying on it."""
    drawn = (
        line("M284 196 Q330 200 334 246", c.limb, 7)
        + path("M72 178 V194 Q72 240 194 240 Q316 240 316 194 V178 Z", c.dark, c.edge)
        + ellipse(194, 178, 122, 50, c.base, c.edge)
        + ellipse(194, 178, 98, 38, "none", c.line, 3)
    )
    return (
        drawn
        + '<g transform="translate(0 -26)">'
        + path(
            "M150 132 L282 166 Q292 170 284 178 L252 206 Q244 212 234 210 L104 176 Q94 172 102 164 L134 136 Q142 130 150 132 Z",
            INK,
            INK_LIGHT,
            5,
        )
        + path("M204 148 L172 172 H194 L180 194 L220 166 H196 Z", CREAM)
        + "</g>"
        + line("M160 74 Q194 58 228 74 M174 90 Q194 80 214 90", c.edge, 5)
    )


MOTIFS = {
    motif.__name__: motif
    for motif in (
        keyboard,
        mouse,
        monitor,
        television,
        laptop,
        phone,
        phone_case,
        webcam,
        e_reader,
        tablet,
        power_bank,
        phone_stand,
        router,
        charger,
        cable,
        hub,
        drive,
        printer,
        game_pad,
        charging_pad,
    )
}
