"""Motifs of what an office orders: cartridges, parts of a computer, servers, locks and labels."""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

from vectorstore.pictures.palette import (
    BRASS,
    CLAY,
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
)
from vectorstore.pictures.shapes import box, circle, ellipse, line, path, ring


def cartridge(c: Paint) -> str:
    """A printer cartridge with a drop on its label."""
    drawn = path(
        "M104 78 Q104 66 116 66 H268 Q280 66 280 78 V104 H304 Q312 104 312 112 V206 Q312 214 304 214 H244 V236 H156 V214 H112 Q104 214 104 206 Z",
        INK,
        INK_LIGHT,
    )
    drawn += (
        box(122, 86, 140, 108, 8, c.base, c.edge)
        + path("M240 86 H254 Q262 86 262 94 V186 Q262 194 254 194 H240 Z", c.shade)
        + path("M192 102 Q222 140 212 160 Q192 180 172 160 Q162 140 192 102 Z", c.tint)
    )
    return (
        drawn
        + box(164, 220, 72, 12, 2, BRASS)
        + line("M178 222 V230 M192 222 V230 M206 222 V230 M220 222 V230", INK, 3)
        + line("M284 124 V190", INK_LIGHT, 6)
    )


def memory_module(c: Paint) -> str:
    """A strip of memory chips with its contacts."""
    drawn = path("M64 110 H336 V196 H208 V186 H192 V196 H64 Z", c.base, c.edge) + "".join(
        box(82 + 50 * i, 124, 38, 40, 4, INK, INK_LIGHT, 2) + line(f"M{90 + 50 * i} 138 h22", INK_LIGHT, 3)
        for i in range(5)
    )
    return (
        drawn
        + "".join(box(72 + 15 * i, 176, 9, 20, 1, BRASS) for i in range(17) if i != 8)
        + circle(64, 140, 6, c.deep)
        + circle(336, 140, 6, c.deep)
    )


def processor(c: Paint) -> str:
    """A processor with its pins."""
    pins = "".join(f"M{x} 66 V86 M{x} 214 V234 M116 {x - 50} H136 M264 {x - 50} H284" for x in range(152, 252, 16))
    drawn = (
        line(pins, BRASS, 6)
        + box(132, 82, 136, 136, 10, c.base, c.edge)
        + box(156, 106, 88, 88, 8, STEEL, STEEL_DARK)
        + line("M172 126 H214 M172 140 H200", STEEL_DARK, 5)
    )
    return drawn + path("M224 194 L244 174 V186 Q244 194 236 194 Z", STEEL_DARK) + circle(148, 202, 5, c.accent)


def circuit_board(c: Paint) -> str:
    """A board with a chip, slots and traces."""
    drawn = (
        box(92, 62, 216, 176, 10, c.base, c.edge)
        + line("M212 128 H240 V100 M212 142 H264 V196 M150 166 V206 H196 M136 118 H112 V180", c.tint, 4)
        + box(136, 90, 76, 76, 5, INK, INK_LIGHT)
        + box(152, 106, 44, 44, 4, STEEL, STEEL_DARK, 2)
    )
    drawn += (
        "".join(box(242 + 20 * i, 80, 12, 70, 3, (c.accent, c.deep, c.deep)[i]) for i in range(3))
        + box(124, 208, 110, 12, 3, c.deep)
        + box(124, 188, 66, 10, 3, c.deep)
    )
    return (
        drawn
        + circle(264, 196, 14, STEEL, STEEL_DARK)
        + circle(240, 178, 7, BRASS)
        + circle(288, 222, 7, BRASS)
        + circle(104, 74, 4, c.deep)
        + circle(296, 74, 4, c.deep)
        + circle(104, 226, 4, c.deep)
    )


def tower(c: Paint) -> str:
    """A computer tower."""
    drawn = (
        box(132, 44, 136, 208, 12, c.base, c.edge)
        + path("M240 44 H256 Q268 44 268 56 V240 Q268 252 256 252 H240 Z", c.shade)
        + box(148, 62, 80, 16, 4, c.deep)
        + box(148, 86, 80, 16, 4, c.deep)
        + line("M156 70 H200 M156 94 H200", c.line, 3)
    )
    drawn += (
        circle(188, 134, 13, c.dark, c.line, 3)
        + line("M188 126 V134", c.accent, 4)
        + "".join(line(f"M152 {y} H224", c.line, 5) for y in (176, 190, 204, 218))
    )
    return drawn + circle(222, 134, 4, LEAF) + box(146, 252, 26, 8, 3, c.deep) + box(228, 252, 26, 8, 3, c.deep)


def server(c: Paint) -> str:
    """A rack with four units and their lights."""
    drawn = box(112, 40, 176, 220, 8, c.base, c.edge) + box(126, 54, 148, 192, 4, c.deep)
    for i in range(4):
        y = 60 + 46 * i
        drawn += (
            box(132, y, 136, 40, 4, STEEL, STEEL_DARK, 2)
            + line(f"M144 {y + 13} H204 M144 {y + 26} H204", STEEL_DARK, 4)
            + circle(228, y + 20, 5, LEAF)
            + circle(246, y + 20, 5, (c.accent, CLAY)[i % 2])
        )
    return drawn + box(124, 258, 30, 8, 3, c.limb) + box(246, 258, 30, 8, 3, c.limb)


def projector(c: Paint) -> str:
    """A projector throwing its beam."""
    drawn = (
        path("M258 148 L344 84 V236 L258 182 Z", "#f4dc93")
        + box(70, 112, 196, 98, 20, c.base, c.edge)
        + path("M72 176 H264 V190 Q264 210 244 210 H92 Q72 210 72 190 Z", c.shade)
    )
    drawn += (
        circle(238, 158, 34, c.dark, c.edge)
        + circle(238, 158, 23, INK_DARK)
        + circle(238, 158, 13, GLASS_SHADE)
        + circle(232, 152, 5, GLASS)
        + line("M92 138 V166 M106 138 V166 M120 138 V166 M134 138 V166", c.line, 5)
    )
    return (
        drawn
        + circle(180, 132, 6, c.accent)
        + line("M100 212 L92 230 M236 212 L244 230", c.limb, 9)
        + circle(162, 132, 4, c.line)
    )


def usb_stick(c: Paint) -> str:
    """A memory stick with its cap off."""
    drawn = (
        box(128, 128, 128, 56, 14, c.base, c.edge)
        + path("M130 166 H254 V172 Q254 184 242 184 H142 Q130 184 130 172 Z", c.shade)
        + box(254, 134, 62, 44, 3, STEEL_LIGHT, STEEL_DARK)
        + box(278, 144, 10, 8, 1, STEEL_DARK)
        + box(278, 160, 10, 8, 1, STEEL_DARK)
    )
    return (
        '<g transform="rotate(-22 200 150)">'
        + drawn
        + circle(142, 156, 7, c.deep)
        + line("M164 150 H220", c.mark, 6)
        + ring(112, 156, 17, STEEL_DARK, 6)
        + box(238, 138, 8, 36, 3, c.accent)
        + "</g>"
    )


def disc(c: Paint) -> str:
    """A disc half out of its case."""
    drawn = (
        circle(250, 150, 84, STEEL_LIGHT, STEEL_DARK)
        + ring(250, 150, 62, STEEL, 3)
        + path("M250 150 L300 84 A84 84 0 0 1 330 126 Z", "#fbf7ec")
        + circle(250, 150, 26, c.accent)
        + circle(250, 150, 9, INK)
    )
    return (
        drawn
        + box(78, 58, 176, 184, 8, c.base, c.edge)
        + path("M78 66 Q78 58 86 58 H100 V242 H86 Q78 242 78 234 Z", c.dark)
        + box(122, 88, 110, 58, 5, c.tint)
        + line("M136 106 H216 M136 122 H190", c.deep, 5)
        + ring(176, 192, 26, c.line, 4)
    )


def padlock(c: Paint) -> str:
    """A padlock."""
    drawn = line("M150 140 V102 Q150 50 200 50 Q250 50 250 102 V140", STEEL_DARK, 22) + line(
        "M150 140 V102 Q150 50 200 50 Q250 50 250 102 V140", STEEL, 15
    )
    drawn += box(120, 130, 160, 118, 18, c.base, c.edge) + path(
        "M252 130 H262 Q280 130 280 148 V230 Q280 248 262 248 H246 Q262 190 252 130 Z", c.shade
    )
    return (
        drawn
        + circle(200, 178, 16, c.deep)
        + path("M193 184 H207 L212 220 H188 Z", c.deep)
        + line("M136 148 V214", c.gleam, 6)
    )


def label_roll(c: Paint) -> str:
    """A roll of labels, some already off it."""
    drawn = (
        path("M160 232 H318 V176 H200 Z", PAPER, PAPER_EDGE)
        + box(216, 186, 44, 34, 5, c.base, c.edge)
        + box(268, 186, 44, 34, 5, c.base, c.edge)
        + line("M226 203 H250 M278 203 H302", c.mark, 4)
    )
    return (
        drawn
        + circle(160, 150, 84, PAPER, PAPER_EDGE, 4)
        + circle(160, 150, 66, c.base, c.edge)
        + ring(160, 150, 52, c.line, 3)
        + circle(160, 150, 36, PAPER, PAPER_EDGE)
        + circle(160, 150, 25, INK, INK_LIGHT)
    )


def power_unit(c: Paint) -> str:
    """A standing power supply with a battery sign and sockets."""
    drawn = (
        path("M116 92 L148 56 H300 L280 92 Z", c.gleam, c.edge)
        + path("M280 92 L300 56 V214 L280 248 Z", c.dark, c.edge)
        + box(114, 90, 168, 160, 10, c.base, c.edge)
        + box(134, 110, 82, 44, 6, INK, INK_LIGHT, 2)
        + box(144, 120, 46, 24, 3, "none", "#cfe0c4", 4)
        + box(149, 125, 22, 14, 1, "#cfe0c4")
        + box(192, 127, 6, 10, 1, "#cfe0c4")
    )
    return (
        drawn
        + circle(250, 132, 12, c.accent)
        + "".join(
            box(136 + 46 * i, 178, 34, 30, 6, c.deep)
            + circle(146 + 46 * i, 193, 3, STEEL_LIGHT)
            + circle(160 + 46 * i, 193, 3, STEEL_LIGHT)
            for i in range(3)
        )
        + line("M136 228 H260", c.line, 5, "1 10")
    )


def screen_arm(c: Paint) -> str:
    """An arm that holds a screen."""
    drawn = (
        line("M120 236 V150 L190 188 L224 132", c.edge, 19)
        + line("M120 236 V150 L190 188 L224 132", c.base, 15)
        + circle(120, 150, 13, c.dark, c.edge)
        + circle(190, 188, 13, c.dark, c.edge)
        + box(88, 232, 66, 18, 6, c.dark, c.edge)
    )
    return (
        drawn
        + box(196, 56, 136, 102, 8, INK, INK_LIGHT)
        + box(204, 64, 120, 80, 3, GLASS_SHADE)
        + path("M204 144 V118 Q236 92 270 116 Q300 134 324 108 V144 Z", GLASS)
    )


def music_player(c: Paint) -> str:
    """A small player with a wheel and earphones."""
    drawn = (
        line("M216 52 Q226 28 268 34 Q312 44 306 108 M216 52 Q236 40 262 52 Q284 66 280 116", c.limb, 5)
        + ellipse(306, 116, 10, 13, c.dark, c.edge)
        + ellipse(280, 124, 10, 13, c.dark, c.edge)
    )
    drawn += (
        box(122, 50, 124, 204, 18, c.base, c.edge)
        + path("M222 50 H228 Q246 50 246 68 V236 Q246 254 228 254 H222 Z", c.shade)
        + box(138, 66, 92, 68, 5, INK, INK_LIGHT, 2)
        + line("M152 88 H200 M152 102 H216 M152 118 H188", c.tint, 4)
    )
    return (
        drawn
        + circle(184, 194, 42, c.tint)
        + circle(184, 194, 15, c.base, c.line, 2)
        + path("M180 168 H188 L184 160 Z M158 190 V198 L150 194 Z M210 190 V198 L218 194 Z", c.deep)
    )


def remote(c: Paint) -> str:
    """A remote control."""
    drawn = (
        box(154, 40, 92, 220, 28, c.base, c.edge)
        + path("M222 41 Q246 44 246 68 V232 Q246 256 222 259 Q236 150 222 41 Z", c.shade)
        + circle(200, 68, 9, CLAY)
        + circle(200, 118, 30, c.dark)
        + circle(200, 118, 12, c.gleam)
    )
    return (
        drawn
        + "".join(
            circle(177 + 23 * i, 172 + 24 * j, 7.500, c.tint if (i + j) % 2 else c.dark)
            for j in range(3)
            for i in range(3)
        )
        + line("M192 242 H208", c.line, 4)
    )


def software(c: Paint) -> str:
    """A window with a bar and a tick: what is bought without a box."""
    drawn = (
        box(84, 60, 232, 180, 14, PAPER, c.edge if c.edge != PAPER else PAPER_EDGE, 4)
        + path("M84 74 Q84 60 98 60 H302 Q316 60 316 74 V96 H84 Z", c.base, c.edge)
        + circle(104, 78, 6, c.mark)
        + circle(124, 78, 6, c.mark)
        + circle(144, 78, 6, c.mark)
    )
    return (
        drawn
        + box(104, 116, 76, 104, 6, c.tint)
        + line("M118 140 H164 M118 160 H154 M118 180 H164 M118 200 H146", c.deep, 5)
        + circle(246, 168, 40, c.base, c.edge)
        + line("M228 168 L242 182 L266 154", c.mark, 10)
    )


MOTIFS = {
    motif.__name__: motif
    for motif in (
        cartridge, memory_module, processor, circuit_board, tower, server, projector, usb_stick, disc, padlock, label_roll,
        power_unit, screen_arm, music_player, remote, software,
    )
}  # fmt: skip
