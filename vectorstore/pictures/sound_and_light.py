"""Motifs of sound, light, time and pictures: the smaller machines of a household."""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

from vectorstore.pictures.palette import (
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
    motif.__name__: motif
    for motif in (
        headphones,
        earbuds,
        speaker,
        smart_speaker,
        soundbar,
        watch,
        smart_watch,
        desk_lamp,
        floor_lamp,
        light_bulb,
        camera,
        microphone,
        fan,
        vacuum,
        smart_plug,
    )
}
