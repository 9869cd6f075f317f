"""Motifs of the desk, the home and the office, and the plain parcel for what has no motif of its own."""

# ruff: noqa: E501 - outlines and word lists are long lines
from __future__ import annotations

from vectorstore.pictures.palette import (
    CREAM,
    INK,
    INK_DARK,
    INK_LIGHT,
    LEAF,
    PAPER,
    PAPER_EDGE,
    PAPER_SHADE,
    STEEL,
    STEEL_DARK,
    STEEL_LIGHT,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
    Paint,
)  # fmt: skip
from vectorstore.pictures.shapes import box, circle, ellipse, grain, line, mirrored, path, ring


def notebook(c: Paint) -> str:
    """A bound notebook with an elastic and a ribbon."""
    drawn = (
        path("M176 240 V266 L184 258 L192 266 V240 Z", c.accent)
        + box(134, 52, 144, 200, 10, PAPER, PAPER_EDGE)
        + line("M276 70 V236", PAPER_EDGE, 3)
    )
    drawn += path(
        "M134 46 H258 Q268 46 268 56 V238 Q268 248 258 248 H134 Q122 248 122 238 V56 Q122 46 134 46 Z", c.base, c.edge
    ) + path("M122 56 Q122 46 134 46 H146 V248 H134 Q122 248 122 238 Z", c.dark)
    return (
        drawn
        + line("M246 47 V247", c.accent, 6)
        + box(166, 88, 60, 38, 5, c.tint)
        + line("M176 102 H216 M176 113 H206", c.deep, 3.5)
    )


def planner(c: Paint) -> str:
    """A ring-bound planner open at a month."""
    drawn = box(104, 66, 192, 184, 14, c.base, c.edge) + box(116, 104, 168, 134, 6, PAPER, PAPER_EDGE, 1.5)
    drawn += "".join(
        box(
            128 + 30 * i,
            118 + 28 * j,
            24,
            20,
            4,
            c.accent if (i, j) == (2, 1) else (c.light if (i * 3 + j) % 5 == 0 and c.edge == c.base else PAPER_SHADE),
        )
        for j in range(4)
        for i in range(5)
    )
    return drawn + "".join(
        line(f"M{x} 50 V82", STEEL_DARK, 8) + line(f"M{x - 1} 52 V80", STEEL_LIGHT, 3)
        for x in (136, 168, 200, 232, 264)
    )


def pen(c: Paint) -> str:
    """A fountain pen writing a line."""
    drawn = (
        path("M190 38 Q190 32 200 32 Q210 32 210 38 V52 H190 Z", c.dark, c.edge)
        + box(186, 48, 28, 116, 8, c.base, c.edge)
        + path("M203 50 H208 Q214 52 214 58 V156 Q214 162 208 164 H203 Z", c.shade)
    )
    drawn += (
        box(185, 134, 30, 9, 2, STEEL, STEEL_DARK, 1.5)
        + path("M188 164 H212 L208 196 H192 Z", c.dark, c.edge)
        + path("M192 198 H208 L206 222 L200 242 L194 222 Z", "#d3ab56", "#a3803a", 2)
        + line("M200 242 V218", INK_DARK, 2)
    )
    drawn += line("M212 54 H222 V112", STEEL_DARK, 6)
    return (
        '<g transform="rotate(38 200 150) translate(8 -4)">'
        + drawn
        + "</g>"
        + line("M104 238 Q120 222 134 238 T164 238 T196 236", c.edge, 4)
    )


def pencils(c: Paint) -> str:
    """Pencils and a brush in a pot."""
    drawn = (
        path("M152 140 L136 60 L142 44 L154 56 L172 140 Z", "#e2b23f", "#b98e2c", 2)
        + path("M136 60 L142 44 L154 56 Z", WOOD_LIGHT)
        + path("M184 140 V54 L194 36 L204 54 V140 Z", "#c4683f", "#974b2a", 2)
        + path("M184 54 L194 36 L204 54 Z", WOOD_LIGHT)
    )
    drawn += path("M218 140 L240 66 L254 70 L238 140 Z", WOOD, WOOD_DARK, 2) + path(
        "M239 68 L236 44 Q252 34 262 50 L255 72 Z", INK_LIGHT
    )
    return (
        drawn
        + path("M130 128 H270 L260 240 Q259 250 248 250 H152 Q141 250 140 240 Z", c.base, c.edge)
        + path("M242 128 H270 L260 240 Q259 250 248 250 H232 Z", c.shade)
        + path("M134 166 H266 L264 186 H136 Z", c.accent)
    )


def chair(c: Paint) -> str:
    """A swivel chair on five castors."""
    drawn = line("M200 190 V226 M200 226 L138 246 M200 226 L262 246 M200 226 V250", STEEL_DARK, 9) + "".join(
        circle(x, y, 8, INK) for x, y in ((136, 250), (264, 250), (200, 256))
    )
    drawn += (
        line("M122 168 V134 H142 M278 168 V134 H258", INK, 9)
        + path(
            "M148 50 Q150 38 166 38 H234 Q250 38 252 50 L260 140 Q260 152 248 152 H152 Q140 152 140 140 Z",
            c.base,
            c.edge,
        )
        + path("M234 38 Q250 38 252 50 L260 140 Q260 152 248 152 H234 Q244 90 234 38 Z", c.shade)
    )
    return (
        drawn
        + line("M164 66 H226 M160 92 H230 M156 118 H234", c.line, 4)
        + path(
            "M128 162 Q130 154 144 154 H256 Q270 154 272 162 L278 182 Q278 196 262 196 H138 Q122 196 122 182 Z",
            c.dark,
            c.edge,
        )
    )


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


def desk(c: Paint) -> str:
    """A desk with a drawer unit."""
    drawn = (
        path("M92 122 H108 L100 236 H86 Z", c.shade, c.edge)
        + box(222, 118, 94, 118, 5, c.shade, c.edge)
        + box(232, 130, 74, 28, 4, c.base, c.line, 2)
        + box(232, 164, 74, 28, 4, c.base, c.line, 2)
        + box(232, 198, 74, 28, 4, c.base, c.line, 2)
    )
    drawn += (
        line("M262 144 H276 M262 178 H276 M262 212 H276", c.accent, 5)
        + box(70, 100, 260, 22, 7, c.base, c.edge)
        + line("M92 108 H170 M196 112 H300", c.line, 2.5)
    )
    return (
        drawn
        + box(104, 84, 76, 16, 3, INK)
        + box(112, 70, 60, 14, 3, "#c4683f")
        + path("M202 66 H232 L228 100 H206 Z", PAPER, PAPER_EDGE)
        + path("M217 66 Q206 50 212 40 Q226 46 217 66 Q220 46 236 46 Q236 62 217 66 Z", LEAF)
    )


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


def tray(c: Paint) -> str:
    """A tray with two letters in it."""
    drawn = (
        '<g transform="rotate(-5 200 130)">'
        + box(124, 92, 150, 90, 4, PAPER, PAPER_EDGE)
        + line("M140 112 H220 M140 128 H250", PAPER_EDGE, 5)
        + "</g>"
        + '<g transform="rotate(4 200 130)">'
        + box(132, 108, 146, 80, 4, PAPER, PAPER_EDGE)
        + line("M148 124 H238 M148 140 H224", STEEL, 5)
        + "</g>"
    )
    return (
        drawn
        + path(
            "M76 130 H104 L112 172 H288 L296 130 H324 L308 222 Q306 232 294 232 H106 Q94 232 92 222 Z", c.base, c.edge
        )
        + path("M88 196 H312 L308 222 Q306 232 294 232 H106 Q94 232 92 222 Z", c.shade)
        + box(170, 190, 60, 20, 10, c.deep)
    )


def whiteboard(c: Paint) -> str:
    """A whiteboard with a sketch and pens on its ledge."""
    drawn = (
        box(74, 56, 252, 170, 10, c.base, c.edge)
        + box(86, 68, 228, 146, 4, "#fdfbf6", PAPER_EDGE, 1.5)
        + line("M106 186 L146 148 L176 164 L226 106", "#3c6699", 6)
        + line("M208 106 H228 V126", "#3c6699", 6)
    )
    drawn += (
        line("M108 92 H172 M108 110 H150", INK, 5)
        + ring(268, 160, 22, "#c4683f", 5)
        + box(244, 88, 46, 30, 3, "#f0d98a")
    )
    return (
        drawn
        + box(128, 222, 144, 14, 5, STEEL, STEEL_DARK, 2)
        + box(148, 214, 40, 9, 4, "#3c6699")
        + box(200, 214, 40, 9, 4, "#c4683f")
    )


def folder(c: Paint) -> str:
    """A ring binder."""
    drawn = (
        path("M128 60 L136 46 H276 Q284 46 284 54 V238 L276 250 Z", PAPER, PAPER_EDGE)
        + box(120, 54, 152, 200, 8, c.base, c.edge)
        + path("M120 62 Q120 54 128 54 H162 V254 H128 Q120 254 120 246 Z", c.dark)
    )
    return (
        drawn
        + box(127, 84, 28, 70, 4, PAPER, PAPER_EDGE, 1.5)
        + line("M141 96 V142", STEEL_DARK, 4)
        + ring(141, 212, 12, STEEL_LIGHT, 5)
        + line("M184 90 H250 M184 110 H232", c.line, 5)
    )


def paper(c: Paint) -> str:
    """A ream of paper."""
    drawn = (
        path("M96 196 L200 238 L304 196 V216 L200 258 L96 216 Z", PAPER_SHADE, PAPER_EDGE)
        + path("M96 176 L200 218 L304 176 V196 L200 238 L96 196 Z", c.base, c.edge)
        + path("M200 218 L304 176 V196 L200 238 Z", c.shade)
    )
    return (
        drawn
        + path("M96 164 L200 122 L304 164 V176 L200 218 L96 176 Z", PAPER, PAPER_EDGE)
        + line("M138 164 L200 140 M156 174 L236 142 M176 184 L252 152", STEEL, 4)
    )


def stapler(c: Paint) -> str:
    """A stapler."""
    drawn = path("M84 206 H308 Q320 208 318 222 H92 Q80 222 84 206 Z", INK, INK_LIGHT) + path(
        "M96 184 H306 V196 H100 Z", STEEL, STEEL_DARK
    )
    return (
        drawn
        + path("M88 182 Q78 160 100 146 Q200 106 302 148 Q322 158 316 176 L310 186 Q200 164 88 182 Z", c.base, c.edge)
        + path("M88 182 Q84 172 88 164 Q200 136 318 168 L310 186 Q200 164 88 182 Z", c.dark)
        + circle(112, 196, 8, STEEL_DARK)
    )


def scissors(c: Paint) -> str:
    """A pair of scissors."""
    one = path("M196 150 L232 44 Q246 60 240 86 L212 162 Z", STEEL_LIGHT, STEEL_DARK, 2)
    two = path("M204 150 L168 44 Q154 60 160 86 L188 162 Z", STEEL, STEEL_DARK, 2)
    drawn = (
        two
        + one
        + line("M190 156 L172 188 M210 156 L228 188", c.edge, 17)
        + line("M190 156 L172 188 M210 156 L228 188", c.base, 13)
    )
    return (
        drawn
        + ring(158, 214, 27, c.edge, 17)
        + ring(242, 214, 27, c.edge, 17)
        + ring(158, 214, 27, c.base, 13)
        + ring(242, 214, 27, c.base, 13)
        + circle(200, 142, 6, INK)
    )


def tape(c: Paint) -> str:
    """A roll of tape on its holder."""
    drawn = path(
        "M92 222 Q92 120 182 116 Q236 116 262 170 L318 188 Q326 192 322 206 V222 Q322 230 314 230 H100 Q92 230 92 222 Z",
        c.base,
        c.edge,
    ) + path("M93 206 H323 V222 Q322 230 314 230 H100 Q92 230 92 222 Z", c.dark)
    return (
        drawn
        + circle(178, 148, 62, "#e3cf9e", "#b79c5d")
        + circle(178, 148, 36, c.deep, "#b79c5d")
        + line("M208 202 Q270 196 314 184", "#e3cf9e", 6)
        + path("M306 188 L326 176 L328 194 Z", STEEL_DARK)
    )


def waste_bin(c: Paint) -> str:
    """A bin with a rim."""
    drawn = (
        path("M122 84 H278 L262 240 Q261 250 250 250 H150 Q139 250 138 240 Z", c.base, c.edge)
        + path("M244 84 H278 L262 240 Q261 250 250 250 H228 Z", c.shade)
        + line("M152 110 L162 232 M186 110 L188 232 M216 110 L213 232", c.line, 5)
    )
    return (
        drawn
        + box(110, 66, 180, 22, 9, c.dark, c.edge)
        + path("M168 66 Q160 48 178 46 Q194 34 212 46 Q236 44 232 66 Z", PAPER, PAPER_EDGE)
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


MOTIFS = {
    "notebook": notebook, "planner": planner, "pen": pen, "pencils": pencils, "chair": chair,
    "wooden_chair": wooden_chair, "armchair": armchair, "desk": desk, "table": table, "shelf": shelf, "tray": tray,
    "whiteboard": whiteboard, "folder": folder, "paper": paper, "stapler": stapler, "scissors": scissors, "tape": tape,
    "waste_bin": waste_bin, "cushion": cushion, "blanket": blanket, "bed": bed, "plant_pot": plant_pot, "vase": vase,
    "clock": clock, "screwdriver": screwdriver, "gift": gift, "parcel": parcel,
}  # fmt: skip
