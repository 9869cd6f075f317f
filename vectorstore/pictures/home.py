"""Motifs of the home, and the plain parcel for what has no motif of its own."""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

from vectorstore.pictures.palette import (
    CREAM,
    INK,
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
)
from vectorstore.pictures.shapes import box, circle, ellipse, grain, line, mirrored, path


def wooden_chair(c: Paint) -> str:
    """A dining chair with slats."""
    drawn = path("M142 44 H158 V158 H142 Z M242 44 H258 V158 H242 Z", c.shade, c.edge) + path(
        "M146 54 Q200 42 254 54 V76 Q200 64 146 76 Z M148 98 Q200 88 252 98 V114 Q200 104 148 114 Z", c.base, c.edge
    )
    drawn += path("M142 176 H158 L154 254 H140 Z M242 176 H258 L260 254 H246 Z", c.dark, c.edge) + line(
        "M152 220 H248", c.dark, 7
    )
    return (
        drawn
        + path("M138 148 H262 L276 168 V178 Q276 182 270 182 H130 Q124 182 124 178 V168 Z", c.base, c.edge)
        + path("M124 168 H276 V178 Q276 182 270 182 H130 Q124 182 124 178 Z", c.dark)
    )


def armchair(c: Paint) -> str:
    """An upholstered armchair."""
    drawn = (
        path("M134 226 L126 252 M266 226 L274 252", "none", WOOD_DARK, 10)
        + path("M128 140 V92 Q128 54 166 54 H234 Q272 54 272 92 V140 Z", c.base, c.edge)
        + line("M200 66 V130 M164 70 V130 M236 70 V130", c.line, 2.5)
    )
    drawn += path("M134 156 H266 V190 H134 Z", c.gleam, c.edge) + path(
        "M112 186 H288 V220 Q288 232 276 232 H124 Q112 232 112 220 Z", c.shade, c.edge
    )
    return drawn + mirrored(path("M88 138 Q90 118 112 118 Q136 118 136 140 V232 H102 Q90 232 90 220 Z", c.dark, c.edge))


def table(c: Paint) -> str:
    """A round table on three legs."""
    drawn = path(
        "M136 130 L112 246 H126 L156 130 Z M244 130 L274 246 H288 L264 130 Z M192 134 L194 236 H206 L208 134 Z",
        c.dark,
        c.edge,
    )
    return (
        drawn
        + path("M76 112 Q76 142 200 142 Q324 142 324 112 Z", c.shade, c.edge)
        + ellipse(200, 110, 124, 24, c.base, c.edge)
        + grain(110, 290, 90, 128, c.line, 3)
    )


def shelf(c: Paint) -> str:
    """A bookcase with books and a plant."""
    drawn = box(116, 40, 168, 214, 6, c.base, c.edge) + "".join(box(128, y, 144, 54, 2, c.deep) for y in (52, 116, 180))
    drawn += (
        box(134, 62, 14, 44, 2, "#c4683f")
        + box(150, 68, 12, 38, 2, CREAM)
        + box(164, 58, 16, 48, 2, LEAF)
        + path("M184 106 L194 64 L206 67 L196 106 Z", STEEL)
        + path("M226 90 H252 L248 106 H230 Z", PAPER)
        + path("M239 90 Q226 70 234 60 Q246 68 239 90 Q246 70 258 72 Q256 86 239 90 Z", LEAF)
    )
    return (
        drawn
        + circle(156, 152, 17, "#e2b23f")
        + box(204, 124, 14, 46, 2, CREAM)
        + box(220, 130, 12, 40, 2, "#3c6699")
        + box(234, 122, 16, 48, 2, "#c4683f")
        + box(136, 208, 50, 26, 4, WOOD_LIGHT)
        + box(200, 196, 58, 38, 4, STEEL_LIGHT)
    )


def cushion(c: Paint) -> str:
    """A cushion with a pattern of stripes."""
    drawn = path(
        "M108 76 Q200 94 292 76 Q306 74 304 90 Q288 150 304 214 Q306 230 290 228 Q200 208 110 228 Q94 230 96 214 Q112 150 96 90 Q94 74 108 76 Z",
        c.base,
        c.edge,
        4,
    )
    return (
        drawn
        + path(
            "M140 81 Q152 150 142 222 L164 218 Q174 150 162 84 Z M260 81 Q248 150 258 222 L236 218 Q226 150 238 84 Z",
            c.accent,
        )
        + path("M292 76 Q306 74 304 90 Q288 150 304 214 Q306 230 290 228 L272 224 Q286 150 272 79 Z", c.shade)
    )


def blanket(c: Paint) -> str:
    """Folded blankets, or towels, in a pile."""
    drawn = ""
    for y, tone, fold_tone in (
        (186, c.dark, c.shade),
        (134, c.base, c.dark),
        (82, c.gleam, c.base),
    ):
        drawn += (
            path(
                f"M108 {y} H274 Q300 {y} 300 {y + 25} Q300 {y + 50} 274 {y + 50} H108 Q96 {y + 50} 96 {y + 42} V{y + 8} Q96 {y} 108 {y} Z",
                tone,
                c.edge,
            )
            + line(f"M98 {y + 25} H268 Q280 {y + 25} 280 {y + 16}", c.line, 3)
            + path(f"M124 {y} H146 V{y + 50} H124 Z", c.accent if tone == c.base else fold_tone)
        )
    return drawn


def bed(c: Paint) -> str:
    """A bed with two pillows."""
    drawn = (
        path("M78 216 V240 M322 216 V240", "none", WOOD_DARK, 12)
        + box(84, 62, 232, 110, 16, WOOD, WOOD_DARK)
        + mirrored(box(102, 104, 88, 54, 16, PAPER, PAPER_EDGE))
    )
    return (
        drawn
        + path("M72 168 Q72 146 94 146 H306 Q328 146 328 168 V222 H72 Z", c.base, c.edge)
        + path("M72 168 Q72 146 94 146 H306 Q328 146 328 168 V176 H72 Z", c.gleam)
        + line("M128 186 V212 M200 186 V212 M272 186 V212", c.line, 3)
    )


def plant_pot(c: Paint) -> str:
    """A plant in a pot."""
    drawn = line("M200 166 Q198 120 176 92 M200 166 Q206 110 200 70 M200 166 Q204 124 232 98", "#55754a", 5)
    for turn in (-56, -24, 8, 38, 66):
        drawn += (
            f'<g transform="rotate({turn} 200 164)">'
            + path("M200 136 Q170 96 200 48 Q230 96 200 136 Z", LEAF if turn % 4 else "#55754a", "#55754a", 2)
            + line("M200 128 V70", "#a5bd8c", 2)
            + "</g>"
        )
    return (
        drawn
        + path("M142 178 H258 L246 240 Q244 252 232 252 H168 Q156 252 154 240 Z", c.base, c.edge)
        + path("M232 178 H258 L246 240 Q244 252 232 252 H214 Z", c.shade)
        + box(134, 160, 132, 22, 7, c.dark, c.edge)
    )


def vase(c: Paint) -> str:
    """A vase with two stems."""
    drawn = (
        line("M196 116 Q188 76 160 56 M206 116 Q214 70 240 52", "#55754a", 5)
        + circle(156, 52, 17, "#d9793a")
        + circle(156, 52, 7, CREAM)
        + circle(244, 48, 15, "#dc97a0")
        + circle(244, 48, 6, CREAM)
        + path("M212 84 Q232 76 240 92 Q224 100 212 84 Z M186 84 Q166 82 162 98 Q180 104 186 84 Z", LEAF)
    )
    return (
        drawn
        + path(
            "M176 108 H224 Q226 132 250 152 Q274 182 254 222 Q242 250 200 250 Q158 250 146 222 Q126 182 150 152 Q174 132 176 108 Z",
            c.base,
            c.edge,
        )
        + path("M212 108 H224 Q226 132 250 152 Q274 182 254 222 Q242 250 210 250 Q258 190 212 108 Z", c.shade)
        + line("M142 188 Q200 206 258 188", c.accent, 6)
    )


def clock(c: Paint) -> str:
    """An alarm clock."""
    drawn = line("M152 226 L136 248 M248 226 L264 248", c.limb, 11) + path(
        "M118 92 Q116 52 160 56 Z M282 92 Q284 52 240 56 Z", c.dark, c.edge, 6
    )
    drawn += (
        circle(200, 154, 92, c.base, c.edge)
        + circle(200, 154, 72, PAPER, PAPER_EDGE, 2)
        + line("M200 92 V102 M262 154 H252 M200 216 V206 M138 154 H148", INK, 5.5)
    )
    return drawn + line("M200 154 V114 M200 154 L232 170", INK, 7) + circle(200, 154, 6, "#c4683f")


def screwdriver(c: Paint) -> str:
    """A spanner and a screwdriver, crossed."""
    driver = (
        box(195, 42, 10, 112, 3, STEEL, STEEL_DARK, 2)
        + path(
            "M186 148 Q186 140 194 140 H206 Q214 140 214 148 L218 166 V236 Q218 252 200 252 Q182 252 182 236 V166 Z",
            c.base,
            c.edge,
        )
        + line("M193 172 V236 M207 172 V236", c.line, 4)
    )
    spanner = path(
        "M190 92 Q166 80 170 50 L188 64 L202 58 L206 40 Q234 56 222 86 Q218 92 210 94 L212 238 Q212 250 201 250 Q190 250 190 238 Z",
        STEEL_LIGHT,
        STEEL_DARK,
    )
    return f'<g transform="rotate(36 200 150)">{spanner}</g><g transform="rotate(-36 200 150)">{driver}</g>'


def gift(c: Paint) -> str:
    """A wrapped present."""
    drawn = (
        box(116, 134, 168, 114, 8, c.base, c.edge)
        + path("M248 134 H276 Q284 134 284 142 V240 Q284 248 276 248 H248 Z", c.shade)
        + box(104, 104, 192, 36, 7, c.dark, c.edge)
        + box(186, 104, 28, 144, 0, c.accent)
    )
    return drawn + mirrored(
        path(
            "M200 102 Q150 96 148 70 Q152 50 174 58 Q194 68 200 102 Z",
            c.accent,
            c.rim,
            2,
        )
    )


def parcel(c: Paint) -> str:
    """A closed box with tape: for whatever has no motif of its own."""
    drawn = (
        path("M200 62 L308 104 L200 148 L92 104 Z", c.gleam, c.edge)
        + path("M92 104 L200 148 V256 L92 210 Z", c.base, c.edge)
        + path("M308 104 L200 148 V256 L308 210 Z", c.dark, c.edge)
    )
    return (
        drawn
        + path("M136 86.500 L244 130 L264 122 L156 79 Z", c.accent)
        + path("M244 130 L264 122 V156 L244 165 Z", c.accent)
        + line("M112 190 L150 206 M112 206 L136 216", c.line, 4)
    )


MOTIFS = {
    motif.__name__: motif
    for motif in (
        wooden_chair,
        armchair,
        table,
        shelf,
        cushion,
        blanket,
        bed,
        plant_pot,
        vase,
        clock,
        screwdriver,
        gift,
        parcel,
    )
}
