"""Motifs of the desk and the office."""


from __future__ import annotations

from vectorstore.pictures.palette import (
    CLAY,
    GLASS,
    GLASS_SHADE,
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
)
from vectorstore.pictures.shapes import box, circle, line, mirrored, path, ring


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


def standing_desk(c: Paint) -> str:
    """A desk on two lifting columns."""
    drawn = (
        mirrored(
            box(104, 134, 22, 106, 4, STEEL_DARK)
            + box(108, 122, 14, 60, 3, STEEL)
            + box(82, 236, 66, 14, 6, INK, INK_LIGHT, 2)
        )
        + box(72, 108, 256, 18, 7, c.base, c.edge)
        + box(126, 126, 148, 10, 2, c.dark)
    )
    drawn += path(
        "M200 224 V164 M184 180 L200 164 L216 180 M184 208 L200 224 L216 208",
        "none",
        c.edge,
        7,
    )
    return (
        drawn
        + box(160, 44, 104, 58, 5, INK, INK_LIGHT)
        + box(166, 50, 92, 46, 2, GLASS_SHADE)
        + box(206, 100, 12, 8, 1, STEEL_DARK)
        + box(92, 84, 26, 24, 4, CLAY)
        + line("M118 90 Q128 92 118 102", CLAY, 4)
        + box(282, 126, 24, 9, 3, INK)
    )


def shredder(c: Paint) -> str:
    """A paper shredder at work."""
    drawn = (
        path("M150 40 H250 V90 H150 Z", PAPER, PAPER_EDGE)
        + line("M166 54 H234 M166 66 H218 M166 78 H230", STEEL, 4)
        + path("M128 122 H272 L262 240 Q261 250 250 250 H150 Q139 250 138 240 Z", c.shade, c.edge)
        + box(158, 140, 84, 84, 8, GLASS, c.deep, 2)
    )
    drawn += (
        line("M168 220 V176 M180 220 V160 M192 220 V182 M204 220 V164 M216 220 V178 M228 220 V168", "#b9ae98", 5)
        + box(110, 88, 180, 38, 12, c.base, c.edge)
        + box(140, 88, 120, 9, 4, c.deep)
    )
    return drawn + circle(268, 112, 5, c.accent) + line("M126 112 H150", c.line, 4)


def desk_mat(c: Paint) -> str:
    """A mat with a mouse on it, one corner turned up."""
    drawn = (
        path("M104 84 H326 Q334 84 332 94 L312 196 L276 222 H74 Q64 222 66 212 L90 94 Q92 84 104 84 Z", c.base, c.edge)
        + path("M312 196 L276 222 Q284 204 280 196 Q296 202 312 196 Z", c.gleam, c.edge)
        + line("M108 96 H318 L300 190 M80 210 L104 96 M80 210 H262", c.line, 2.5, "7 5")
    )
    return (
        drawn
        + '<g transform="rotate(12 250 150)">'
        + path("M228 138 Q228 108 250 108 Q272 108 272 138 V158 Q272 188 250 188 Q228 188 228 158 Z", PAPER, PAPER_EDGE)
        + line("M229 142 H271 M250 109 V142", PAPER_EDGE, 2.5)
        + box(247, 118, 6, 14, 3, INK)
        + "</g>"
        + box(118, 118, 84, 56, 5, c.dark)
        + line("M128 132 H192 M128 146 H192 M128 160 H176", c.line, 5, "6 5")
    )


MOTIFS = {
    motif.__name__: motif
    for motif in (
        notebook,
        planner,
        pen,
        pencils,
        chair,
        desk,
        tray,
        whiteboard,
        folder,
        paper,
        stapler,
        scissors,
        tape,
        waste_bin,
        standing_desk,
        shredder,
        desk_mat,
    )
}
