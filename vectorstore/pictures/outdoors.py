"""Motifs of camping, walking and sport."""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

from vectorstore.pictures.palette import (
    CREAM,
    INK,
    INK_LIGHT,
    LEAF,
    PAPER,
    PAPER_EDGE,
    STEEL,
    STEEL_DARK,
    STEEL_LIGHT,
    WOOD,
    WOOD_DARK,
    Paint,
)
from vectorstore.pictures.shapes import box, circle, ellipse, line, mirrored, path, ring


def tent(c: Paint) -> str:
    """A ridge tent with an open door."""
    drawn = (
        line("M110 214 L78 234 M292 214 L326 234 M182 64 L174 50 M182 64 L190 50", STEEL_DARK, 4)
        + path("M182 62 L318 186 Q322 226 310 226 H190 Z", c.dark, c.edge)
        + path("M182 62 L92 226 H266 Z", c.base, c.edge)
    )
    drawn += path("M182 104 L148 226 H216 Z", c.deep) + path(
        "M182 104 L148 226 H126 Q166 182 182 104 Z", c.gleam, c.line, 2
    )
    return drawn + line("M210 90 L292 166", c.line, 3) + line("M92 226 H312", c.limb, 5)


def sleeping_bag(c: Paint) -> str:
    """A mummy-shaped sleeping bag with its hood and zip."""
    drawn = path(
        "M140 86 Q138 40 200 40 Q262 40 260 86 L266 150 Q264 210 242 252 Q200 266 158 252 Q136 210 134 150 Z",
        c.base,
        c.edge,
    ) + path("M240 52 Q262 62 260 86 L266 150 Q264 210 242 252 Q230 257 216 258 Q256 160 240 52 Z", c.shade)
    drawn += path("M154 88 Q152 54 200 54 Q248 54 246 88 Q244 116 200 118 Q156 116 154 88 Z", c.deep) + path(
        "M168 94 Q168 68 200 68 Q232 68 232 94 Q226 108 200 109 Q174 108 168 94 Z", CREAM
    )
    return (
        drawn
        + line("M137 142 Q200 156 263 142 M138 178 Q200 192 262 178 M146 214 Q200 228 254 214", c.line, 3)
        + line("M200 120 V240", c.accent, 5)
        + box(195, 124, 10, 18, 4, STEEL_LIGHT, c.deep, 1.5)
    )


def sleeping_mat(c: Paint) -> str:
    """A rolled mat with two straps."""
    drawn = (
        path("M114 112 H292 Q322 116 322 154 Q322 192 292 196 H114 Z", c.base, c.edge)
        + path("M114 170 H318 Q310 194 292 196 H114 Z", c.shade)
        + ellipse(114, 154, 34, 42, c.dark, c.edge)
        + line(
            "M114 130 Q136 134 134 156 Q130 176 112 174 Q98 170 100 152 Q104 142 114 144 Q122 148 118 158", c.line, 4
        )
    )
    return (
        drawn
        + path(
            "M184 112 H204 Q214 154 204 196 H184 Q194 154 184 112 Z M256 112 H276 Q286 154 276 196 H256 Q266 154 256 112 Z",
            c.accent,
        )
        + path("M116 198 H300 Q322 198 336 206 Q326 216 300 214 H96 Z", c.dark, c.edge)
    )


def headlamp(c: Paint) -> str:
    """A head torch with its band and beam."""
    drawn = (
        path("M232 150 L330 94 V222 L232 178 Z", "#f4dc93")
        + path(
            "M92 126 Q130 66 214 104 L212 124 Q142 90 110 136 Q100 176 126 204 L114 220 Q70 186 92 126 Z",
            c.base,
            c.edge,
        )
        + path("M114 220 Q156 242 206 208 L202 192 Q160 218 126 204 Z", c.dark, c.edge)
    )
    drawn += (
        line("M104 138 Q134 84 208 112", c.accent, 4, "9 7")
        + box(176, 110, 56, 106, 16, INK, INK_LIGHT)
        + path("M220 118 H238 Q250 124 250 138 V190 Q250 204 238 210 H220 Z", STEEL, STEEL_DARK)
    )
    return (
        drawn
        + path("M240 128 Q250 132 250 142 V186 Q250 198 240 202 Z", "#fff3c9")
        + circle(198, 136, 7, c.accent)
        + line("M190 166 H210 M190 180 H210", INK_LIGHT, 4)
    )


def torch(c: Paint) -> str:
    """A hand torch with its beam."""
    drawn = (
        path("M258 122 L344 76 V224 L258 178 Z", "#f4dc93")
        + box(74, 128, 134, 44, 12, c.base, c.edge)
        + line("M92 130 V170 M106 130 V170 M120 130 V170", c.line, 4)
        + path("M206 128 L240 108 H256 Q264 108 264 116 V184 Q264 192 256 192 H240 L206 172 Z", c.dark, c.edge)
    )
    return drawn + box(252, 108, 12, 84, 5, STEEL, STEEL_DARK, 2) + box(150, 140, 32, 16, 7, c.accent)


def lantern(c: Paint) -> str:
    """A camping lantern."""
    drawn = (
        line("M154 84 Q156 38 200 38 Q244 38 246 84", STEEL_DARK, 6)
        + path("M150 100 Q152 72 200 70 Q248 72 250 100 Z", c.base, c.edge)
        + path("M154 104 H246 L256 200 H144 Z", "#f6e3a4", "#d9b75c")
        + path("M200 122 Q222 152 210 172 Q200 182 190 172 Q178 152 200 122 Z", "#e9a93c")
    )
    return (
        drawn
        + line("M176 104 L168 200 M224 104 L232 200", c.dark, 5)
        + path("M138 202 H262 L270 240 Q271 250 260 250 H140 Q129 250 130 240 Z", c.base, c.edge)
        + path("M236 202 H262 L270 240 Q271 250 260 250 H240 Z", c.shade)
        + circle(200, 226, 9, c.accent)
    )


def bottle(c: Paint) -> str:
    """A drinking bottle with a loop on its cap."""
    drawn = (
        ring(200, 50, 15, c.limb, 7)
        + box(174, 58, 52, 30, 7, c.dark, c.edge)
        + path(
            "M178 88 H222 Q224 104 240 116 Q252 128 252 146 V232 Q252 254 230 254 H170 Q148 254 148 232 V146 Q148 128 160 116 Q176 104 178 88 Z",
            c.base,
            c.edge,
        )
    )
    drawn += path(
        "M210 88 H222 Q224 104 240 116 Q252 128 252 146 V232 Q252 254 230 254 H212 Q234 240 232 150 Q232 126 210 88 Z",
        c.shade,
    ) + path("M148 214 H252 V232 Q252 254 230 254 H170 Q148 254 148 232 Z", c.dark)
    return drawn + path("M166 182 L186 152 L198 168 L206 158 L222 182 Z", c.accent) + line("M162 142 V176", c.gleam, 6)


def flask(c: Paint) -> str:
    """A vacuum flask with a cup for a lid."""
    drawn = (
        path("M162 44 H238 Q244 44 244 52 V92 H156 V52 Q156 44 162 44 Z", c.dark, c.edge)
        + box(148, 92, 104, 14, 4, STEEL, STEEL_DARK, 2)
        + path("M146 106 H254 V238 Q254 254 238 254 H162 Q146 254 146 238 Z", c.base, c.edge)
    )
    drawn += path("M230 106 H254 V238 Q254 254 238 254 H222 Q236 240 230 106 Z", c.shade) + line(
        "M252 128 H272 Q282 128 282 140 V190 Q282 202 272 202 H252", c.limb, 10
    )
    return (
        drawn
        + path("M146 214 H254 V230 H146 Z", c.accent)
        + line("M164 124 V196", c.gleam, 7)
        + line("M170 58 V80", c.base, 5)
    )


def stove(c: Paint) -> str:
    """A gas stove on its canister with a flame."""
    drawn = (
        line("M148 112 L128 92 H160 M252 112 L272 92 H240 M148 112 L180 134 H220 L252 112", STEEL_DARK, 7)
        + path(
            "M170 100 Q160 74 178 56 Q180 74 190 78 Q186 50 206 34 Q206 62 220 72 Q224 64 222 56 Q242 78 230 100 Z",
            "#d9793a",
        )
        + path("M186 100 Q182 84 194 74 Q200 66 202 62 Q206 80 214 86 Q216 94 212 100 Z", "#f3cd73")
    )
    drawn += (
        box(176, 102, 48, 16, 5, STEEL, STEEL_DARK, 2)
        + box(188, 118, 24, 34, 4, STEEL_DARK)
        + line("M212 138 H252", STEEL_DARK, 5)
        + box(250, 128, 22, 20, 6, c.accent)
    )
    return (
        drawn
        + path(
            "M128 186 Q132 154 200 152 Q268 154 272 186 V234 Q272 252 250 252 H150 Q128 252 128 234 Z", c.base, c.edge
        )
        + path("M250 164 Q270 170 272 186 V234 Q272 252 250 252 H232 Q256 220 250 164 Z", c.shade)
        + path("M128 196 H272 V222 H128 Z", c.accent)
    )


def trekking_poles(c: Paint) -> str:
    """A pair of walking poles, crossed."""
    one = (
        line("M200 84 V240", STEEL_DARK, 9)
        + line("M198 132 V232", STEEL_LIGHT, 3)
        + box(195, 108, 10, 62, 3, c.dark, c.edge)
        + box(191, 34, 18, 60, 9, c.base, c.edge)
        + line("M194 56 H206 M194 68 H206", c.line, 3)
    )
    one += (
        path("M204 40 Q226 52 216 92 Q208 100 206 82", "none", c.accent, 5)
        + path("M182 228 H218 L212 238 H188 Z", c.dark, c.edge)
        + line("M200 240 V262", INK_LIGHT, 5)
    )
    return f'<g transform="rotate(-22 200 150)">{one}</g><g transform="rotate(22 200 150)">{one}</g>'


def hammock(c: Paint) -> str:
    """A hammock between two trees."""
    drawn = mirrored(
        path("M66 46 H92 L90 244 H64 Z", WOOD, WOOD_DARK) + line("M76 60 V108 M82 150 V216", WOOD_DARK, 3)
    ) + line("M92 96 L128 134 M92 96 L130 122 M308 96 L272 134 M308 96 L270 122", STEEL_DARK, 3.5)
    drawn += path(
        "M124 120 Q200 190 276 120 Q282 140 272 156 Q240 222 200 222 Q160 222 128 156 Q118 140 124 120 Z",
        c.base,
        c.edge,
    ) + path("M124 120 Q200 190 276 120 L272 132 Q200 206 128 132 Z", c.dark)
    return (
        drawn
        + line("M150 160 Q164 196 184 216 M250 160 Q236 196 216 216", c.accent, 8)
        + line("M176 174 Q184 200 194 216 M224 174 Q216 200 206 216", c.line, 3)
        + mirrored(circle(88, 50, 34, LEAF) + circle(60, 64, 24, "#5d7d4b"))
    )


def camping_chair(c: Paint) -> str:
    """A folding chair with a cup holder."""
    drawn = (
        line("M140 180 L262 252 M260 180 L138 252 M128 132 V252 M272 132 V252", STEEL_DARK, 8)
        + path("M138 52 Q200 40 262 52 L268 150 Q200 166 132 150 Z", c.base, c.edge)
        + path("M240 49 L262 52 L268 150 Q258 153 248 155 Q252 100 240 49 Z", c.shade)
    )
    drawn += path("M132 154 Q200 172 268 154 L278 184 Q200 210 122 184 Z", c.dark, c.edge) + path(
        "M146 60 Q200 50 254 60 L255 82 Q200 72 145 82 Z", c.accent
    )
    return drawn + line("M110 130 H146 M254 130 H290", INK, 12) + path("M274 136 H296 L292 164 H278 Z", c.shade, c.edge)


def cool_box(c: Paint) -> str:
    """A cool box with a handle and a latch."""
    drawn = (
        line("M112 128 V78 Q112 66 124 66 H276 Q288 66 288 78 V128", c.limb, 10)
        + path("M98 126 H302 L292 232 Q290 244 278 244 H122 Q110 244 108 232 Z", c.base, c.edge)
        + path("M266 126 H302 L292 232 Q290 244 278 244 H250 Q266 200 266 126 Z", c.shade)
    )
    drawn += path("M94 108 Q94 96 108 96 H292 Q306 96 306 108 V136 H94 Z", PAPER, PAPER_EDGE) + box(
        182, 124, 36, 34, 6, c.dark, c.edge
    )
    return drawn + line("M200 178 V222 M181 189 L219 211 M219 189 L181 211", c.mark, 6)


def yoga_mat(c: Paint) -> str:
    """A rolled exercise mat standing beside its unrolled end."""
    drawn = (
        path("M118 208 H300 Q330 210 336 232 H146 Z", c.dark, c.edge)
        + path("M120 78 Q120 58 160 56 Q200 58 200 78 V212 Q200 232 160 234 Q120 232 120 212 Z", c.base, c.edge)
        + path("M180 59 Q200 64 200 78 V212 Q200 228 178 232 Q190 150 180 59 Z", c.shade)
        + ellipse(160, 78, 40, 20, c.light, c.edge)
    )
    return (
        drawn
        + line("M160 70 Q186 72 180 82 Q160 92 142 82 Q138 74 156 76 Q168 78 162 82", c.line, 3.5)
        + path(
            "M120 124 Q160 142 200 124 V142 Q160 160 120 142 Z M120 178 Q160 196 200 178 V194 Q160 212 120 194 Z",
            c.accent,
        )
    )


def dumbbell(c: Paint) -> str:
    """A dumbbell."""
    drawn = box(140, 138, 120, 24, 6, STEEL, STEEL_DARK) + line(
        "M164 140 V160 M178 140 V160 M192 140 V160 M206 140 V160 M220 140 V160 M234 140 V160", STEEL_DARK, 3
    )
    return (
        '<g transform="rotate(-18 200 150)">'
        + drawn
        + mirrored(
            box(84, 112, 24, 76, 8, c.dark, c.edge)
            + box(106, 92, 36, 116, 10, c.base, c.edge)
            + line("M114 108 V190", c.gleam, 5)
            + box(72, 138, 14, 24, 5, STEEL, STEEL_DARK, 2)
        )
        + "</g>"
    )


def bicycle(c: Paint) -> str:
    """A bicycle."""
    drawn = (
        mirrored(ring(124, 190, 50, INK_LIGHT, 8) + ring(124, 190, 42, STEEL, 2) + circle(124, 190, 6, STEEL_DARK))
        + line("M124 190 L164 120 H246 L198 192 Z M164 120 L198 192 M276 190 L246 104 L240 88", c.edge, 11)
        + line("M124 190 L164 120 H246 L198 192 Z M164 120 L198 192 M276 190 L246 104 L240 88", c.base, 8)
    )
    return (
        drawn
        + line("M158 104 L164 120", STEEL_DARK, 6)
        + path("M136 96 H180 Q182 104 172 106 H146 Q136 106 136 96 Z", INK)
        + line("M240 88 H262 Q274 90 270 104", INK, 8)
        + circle(198, 192, 13, STEEL_DARK)
        + line("M198 192 L212 214 H222", INK, 5)
    )


def helmet(c: Paint) -> str:
    """A cycling helmet."""
    drawn = line("M128 184 L172 240 L214 196", INK, 6) + path(
        "M84 178 Q82 76 196 72 Q312 76 322 168 Q324 186 304 186 Q262 172 220 186 Q150 206 102 196 Q86 194 84 178 Z",
        c.base,
        c.edge,
    )
    drawn += path(
        "M112 152 Q118 106 156 94 Q134 124 134 160 Q122 164 112 152 Z M160 158 Q160 114 192 88 Q210 92 210 96 Q186 124 188 160 Q174 168 160 158 Z M214 156 Q212 124 228 98 Q258 108 266 122 Q240 130 242 156 Q228 164 214 156 Z",
        c.deep,
    )
    return (
        drawn
        + path(
            "M84 174 Q150 198 218 178 Q264 160 322 168 Q324 186 304 186 Q262 172 220 186 Q150 206 102 196 Q86 194 84 178 Z",
            c.accent,
        )
        + box(164, 232, 18, 14, 4, INK_LIGHT)
    )


def ball(c: Paint) -> str:
    """A ball with curved seams."""
    drawn = circle(200, 150, 96, c.base, c.edge, 4) + path(
        "M262 78 Q296 106 296 150 Q292 222 226 242 Q292 170 262 78 Z", c.shade
    )
    return drawn + line(
        "M104 150 Q200 120 296 150 M200 54 Q160 150 200 246 M124 92 Q176 130 168 240 M276 92 Q224 130 232 240",
        c.accent,
        5,
    )


def binoculars(c: Paint) -> str:
    """Binoculars from the front."""
    half = (
        path("M130 84 Q130 70 148 70 H168 Q184 70 184 84 V120 L190 200 H88 L124 110 Z", c.base, c.edge)
        + box(132, 56, 46, 22, 6, INK, INK_LIGHT, 2)
        + circle(136, 198, 52, c.dark, c.edge)
        + circle(136, 198, 38, INK)
        + circle(136, 198, 26, "#7f9fa8")
        + circle(126, 188, 8, PAPER)
    )
    return box(180, 100, 40, 72, 8, c.deep, c.edge) + mirrored(half) + circle(200, 112, 11, STEEL, STEEL_DARK)


def compass(c: Paint) -> str:
    """A compass."""
    drawn = (
        ring(200, 44, 14, STEEL_DARK, 6)
        + circle(200, 154, 100, c.base, c.edge)
        + circle(200, 154, 78, PAPER, PAPER_EDGE)
        + line("M200 84 V96 M270 154 H258 M200 224 V212 M130 154 H142", INK, 5)
    )
    return (
        drawn
        + '<g transform="rotate(34 200 154)">'
        + path("M200 94 L216 154 H184 Z", "#c4683f")
        + path("M200 214 L216 154 H184 Z", INK)
        + "</g>"
        + circle(200, 154, 7, CREAM, INK, 2)
    )


def rope(c: Paint) -> str:
    """A coiled rope with a carabiner."""
    drawn = "".join(
        ellipse(200, 160, 42 + 15 * i, 52 + 13 * i, "none", c.rim, 13)
        + ellipse(200, 160, 42 + 15 * i, 52 + 13 * i, "none", (c.base, c.light, c.base)[i], 9)
        for i in range(3)
    )
    return (
        drawn
        + path("M160 66 H240 V96 H160 Z", c.dark, c.edge)
        + line("M170 68 V94 M186 68 V94 M202 68 V94 M218 68 V94 M232 68 V94", c.accent, 5)
        + box(184, 30, 34, 56, 16, "none", STEEL_DARK, 8)
    )


def fishing_rod(c: Paint) -> str:
    """A rod and its reel."""
    drawn = (
        line("M92 246 L318 50", INK_LIGHT, 7)
        + line("M92 246 L150 196", c.edge, 17)
        + line("M92 246 L150 196", c.base, 14)
        + line("M318 50 Q330 120 300 188", STEEL, 2.5)
        + path("M300 188 Q288 196 292 212 Q300 222 310 212", "none", STEEL_DARK, 4)
    )
    return (
        drawn
        + circle(184, 200, 28, c.dark, c.edge)
        + circle(184, 200, 14, STEEL_LIGHT, STEEL_DARK)
        + line("M184 200 L212 222", STEEL_DARK, 6)
        + circle(214, 224, 8, c.accent)
        + line("M162 184 L150 192", STEEL_DARK, 8)
    )


def tool_knife(c: Paint) -> str:
    """A pocket knife with two blades out."""
    drawn = path("M108 166 L82 82 Q98 72 116 92 L148 154 Z", STEEL_LIGHT, STEEL_DARK) + path(
        "M280 158 L320 98 Q334 108 328 124 L298 172 Z", STEEL_LIGHT, STEEL_DARK
    )
    return (
        drawn
        + box(92, 144, 222, 66, 33, c.base, c.edge)
        + path("M96 190 Q104 210 126 210 H280 Q302 210 310 190 Z", c.dark)
        + circle(122, 176, 8, STEEL_LIGHT, STEEL_DARK, 2)
        + circle(284, 176, 8, STEEL_LIGHT, STEEL_DARK, 2)
        + line("M203 162 V192 M188 177 H218", c.mark, 7)
    )


MOTIFS = {
    motif.__name__: motif
    for motif in (
        tent,
        sleeping_bag,
        sleeping_mat,
        headlamp,
        torch,
        lantern,
        bottle,
        flask,
        stove,
        trekking_poles,
        hammock,
        camping_chair,
        cool_box,
        yoga_mat,
        dumbbell,
        bicycle,
        helmet,
        ball,
        binoculars,
        compass,
        rope,
        fishing_rod,
        tool_knife,
    )
}
