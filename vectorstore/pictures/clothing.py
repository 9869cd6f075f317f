"""Motifs of garments; `kinds.py` says which item gets which, `sheet.py` shows them all."""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

from vectorstore.pictures.palette import STEEL_LIGHT, Paint
from vectorstore.pictures.shapes import box, circle, knit, line, mirrored, path

_SLEEVE = "M158 62 Q128 68 118 98 L92 208 Q90 214 96 216 L117 221 Q122 222 124 216 L150 134 Z"
_CUFF = "M95.500 196 L92 210 Q91 215 96 216 L117 221 Q122 222 124 217 L128.500 203 Z"
_TORSO = (
    "M170 56 H230 L252 66 Q258 100 255 140 L257 236 Q257 241 252 241 H148 Q143 241 143 236 L145 140 Q142 100 148 66 Z"
)
_NECK = "M171 55 Q200 63 229 55 L200 88 Z"


def _upper(c: Paint) -> str:
    """Two long sleeves in the shade and a torso in the light."""
    return mirrored(path(_SLEEVE, c.shade, c.edge)) + path(_TORSO, c.base, c.edge)


def _front(c: Paint, top: float, bottom: float, count: int = 5, x: float = 200) -> str:
    """What closes it: a zip with its pull, or a placket with buttons (also where nothing is said)."""
    if c.closure == "zip":
        return (
            line(f"M{x:g} {top:g}V{bottom:g}", c.deep, 7)
            + line(f"M{x:g} {top:g}V{bottom:g}", STEEL_LIGHT, 3.5, "0.5 6")
            + box(x - 4, top + 6, 8, 16, 3, STEEL_LIGHT, c.deep, 1.5)
        )
    gap = (bottom - top - 14) / (count - 1)
    buttons = "".join(circle(x + 10, top + 7 + gap * i, 4.6, c.pale, c.deep, 1.5) for i in range(count))
    return line(f"M{x:g} {top:g}V{bottom:g}", c.deep, 3) + buttons


def jacket(c: Paint) -> str:
    """A short jacket with a folded collar, slanted pockets and a hem band."""
    drawn = _upper(c) + mirrored(path(_CUFF, c.dark))
    if c.texture == "knit":
        drawn += knit(152, 246, 106, 214, c.shade)
    drawn += path("M143.500 222 H256.500 L257 236 Q257 241 252 241 H148 Q143 241 143 236 Z", c.dark)
    drawn += path(_NECK, c.deep) + _front(c, 92, 238)
    drawn += mirrored(path("M170 54 L200 88 L177 108 L156 64 Z", c.light, c.line, 2))
    drawn += mirrored(line("M160 180 L174 208", c.line, 4.5))
    if c.texture in ("leather", "denim"):
        seam = c.accent if c.texture == "denim" else c.line
        drawn += mirrored(line("M148 118 Q166 128 190 126 M151 214 H192 M149 76 Q146 106 149 134", seam, 2, "5 4"))
    if c.texture == "denim":
        drawn += mirrored(box(156, 132, 30, 30, 4, c.shade, seam, 2) + line("M156 142 H186", seam, 2))
    return drawn


def leather_jacket(c: Paint) -> str:
    """A biker jacket: wide notched lapels, a belt with a buckle and stitched seams."""
    drawn = _upper(c) + mirrored(path(_CUFF, c.dark) + line("M97 190 L129 198", c.line, 2, "5 4"))
    drawn += path(_NECK, c.deep)
    drawn += path("M143.500 220 H256.500 L257 236 Q257 241 252 241 H148 Q143 241 143 236 Z", c.dark)
    drawn += _front(c, 126, 238, 4)
    drawn += mirrored(
        path("M168 54 L200 92 V132 L166 104 L174 94 L154 88 Q156 66 168 54 Z", c.light, c.line, 2)
        + line("M149 84 Q145 110 149 138", c.line, 2, "5 4")
        + line("M158 172 L180 196", c.line, 4.5)
        + line("M150 214 H190", c.line, 2, "5 4")
    )
    return drawn + box(216, 223, 24, 15, 4, "none", STEEL_LIGHT, 3.5) + line("M228 224V237", STEEL_LIGHT, 3)


def coat(c: Paint) -> str:
    """A long double-breasted coat with lapels and flap pockets."""
    sleeve = "M160 50 Q132 56 122 84 L98 190 Q97 196 102 198 L122 202 Q127 203 129 197 L152 118 Z"
    body = (
        "M172 44 H228 L250 54 Q254 90 252 126 L262 254 Q262 259 257 259 H143 Q138 259 138 254 L148 126 Q146 90 150 54 Z"
    )
    drawn = mirrored(path(sleeve, c.shade, c.edge) + line("M103 180 L127 186", c.line, 3)) + path(body, c.base, c.edge)
    if c.texture == "knit":
        drawn += knit(156, 244, 150, 250, c.shade, 17)
    drawn += path("M172 43 Q200 50 228 43 L200 92 Z", c.deep) + path("M184 47 Q200 51 216 47 L200 84 Z", c.accent)
    if c.closure == "zip":
        drawn += _front(c, 112, 256)
    else:
        drawn += line("M200 116 L212 128 V257", c.deep, 3)
        drawn += "".join(circle(x, y, 5, c.pale, c.deep, 1.5) for y in (144, 172, 200) for x in (184, 222))
    drawn += mirrored(path("M172 42 L200 92 V122 L168 100 L175 91 L158 84 Q160 58 172 42 Z", c.light, c.line, 2))
    return drawn + mirrored(box(150, 204, 24, 10, 3, c.dark))


def raincoat(c: Paint) -> str:
    """A hooded coat that widens to the hem, with a storm flap and two pockets."""
    sleeve = "M158 88 Q130 92 120 118 L98 206 Q97 212 102 214 L124 219 Q129 220 131 214 L152 150 Z"
    body = "M166 82 H234 L250 90 Q254 120 254 150 L264 250 Q264 256 258 256 H142 Q136 256 136 250 L146 150 Q146 120 150 90 Z"
    hood = "M160 92 Q152 44 200 42 Q248 44 240 92 Q222 106 200 106 Q178 106 160 92 Z"
    drawn = mirrored(path(sleeve, c.shade, c.edge) + line("M103 198 L130 205", c.line, 3)) + path(body, c.base, c.edge)
    drawn += path(hood, c.base, c.edge) + path(
        "M174 90 Q166 58 200 57 Q234 58 226 90 Q214 100 200 100 Q186 100 174 90 Z", c.deep
    )
    drawn += path("M188 108 H212 V253 H188 Z", c.light, c.line, 2)
    if c.closure == "zip":
        drawn += line("M200 110 V252", c.deep, 3)
    else:
        drawn += "".join(circle(200, y, 4.6, c.pale, c.deep, 1.5) for y in (122, 154, 186, 218))
    drawn += mirrored(
        line("M184 100 Q180 116 182 128", c.pale, 3) + path("M150 196 H178 V224 Q164 230 149 224 Z", c.dark)
    )
    return drawn + mirrored(path("M148 190 H180 V200 H147 Z", c.light, c.line, 2))


def sweater(c: Paint) -> str:
    """A crew-neck pullover with ribbed collar, cuffs and hem."""
    drawn = _upper(c) + mirrored(
        path(_CUFF, c.dark) + line("M101 200 L98 213 M109 202 L106 215 M117 204 L114 217", c.line, 2)
    )
    drawn += knit(153, 248, 108, 212, c.dark if c.texture == "knit" else c.shade)
    drawn += path("M143.500 220 H256.500 L257 236 Q257 241 252 241 H148 Q143 241 143 236 Z", c.dark)
    drawn += line("".join(f"M{x} 223V238" for x in range(152, 250, 8)), c.line, 2)
    drawn += path("M168 54 Q200 62 232 54 Q228 92 200 92 Q172 92 168 54 Z", c.dark)
    return drawn + path("M178 57 Q200 62 222 57 Q216 80 200 80 Q184 80 178 57 Z", c.deep)


def cardigan(c: Paint) -> str:
    """A knitted jacket with a deep neckline and buttons."""
    drawn = _upper(c) + mirrored(path(_CUFF, c.dark)) + mirrored(knit(151, 190, 118, 212, c.shade))
    drawn += path("M143.500 222 H256.500 L257 236 Q257 241 252 241 H148 Q143 241 143 236 Z", c.dark)
    drawn += path("M172 55 Q200 63 228 55 L200 134 Z", c.accent) + path(
        "M180 58 Q200 63 220 58 L210 76 Q200 80 190 76 Z", c.deep
    )
    drawn += mirrored(path("M168 54 L176 54 L200 134 V240 H191 V138 Z", c.dark))
    return drawn + _front(c, 140, 238, 4, 195)


def hoodie(c: Paint) -> str:
    """A sweatshirt with a hood, strings and a front pocket."""
    drawn = _upper(c) + mirrored(path(_CUFF, c.dark))
    drawn += path("M143.500 224 H256.500 L257 236 Q257 241 252 241 H148 Q143 241 143 236 Z", c.dark)
    drawn += path("M156 76 Q150 44 200 42 Q250 44 244 76 Q226 104 200 106 Q174 104 156 76 Z", c.light, c.edge)
    drawn += path("M174 74 Q172 56 200 55 Q228 56 226 74 Q216 92 200 93 Q184 92 174 74 Z", c.deep)
    drawn += path("M170 168 H230 L246 204 V218 H154 V204 Z", c.shade, c.line, 2)
    if c.closure == "zip":
        drawn += _front(c, 106, 238)
    return drawn + mirrored(line("M188 102 V134", c.pale, 3.5) + circle(188, 136, 3, c.pale))


def vest(c: Paint) -> str:
    """A sleeveless padded body warmer with quilted bands."""
    body = (
        "M166 52 H234 L254 62 Q244 92 262 116 L260 240 Q260 246 254 246 H146 Q140 246 140 240 L138 116 Q156 92 146 62 Z"
    )
    drawn = path(body, c.base, c.edge) + path("M204 100 L262 116 L260 240 Q260 246 254 246 H204 Z", c.shade)
    drawn += line(
        "M140 126 Q170 136 198 126 M202 126 Q230 136 260 126 M139 156 Q170 166 198 156 M202 156 Q230 166 260 156 "
        "M139 186 Q170 196 198 186 M202 186 Q230 196 260 186 M140 216 Q170 226 198 216 M202 216 Q230 226 260 216",
        c.line,
        3,
    )
    drawn += path("M168 40 Q200 48 232 40 L236 72 Q200 96 164 72 Z", c.light, c.edge) + path(
        "M176 46 Q200 53 224 46 L222 60 Q200 70 178 60 Z", c.deep
    )
    return drawn + _front(c, 88, 242)


def shirt(c: Paint) -> str:
    """A shirt with pointed collar, placket and chest pocket."""
    drawn = _upper(c)
    if c.texture == "check":
        drawn += line("M164 66 V239 M222 64 V239 M245 66 V239", c.accent, 7) + line(
            "M147 112 H254 M146 152 H255 M144 192 H256 M144 226 H256", c.dark, 7
        )
        drawn += mirrored(line("M113 126 L146 136 M105 160 L136 170", c.dark, 7))
    elif c.texture == "stripe":
        drawn += line("M162 66 V239 M178 66 V239 M222 66 V239 M238 66 V239", c.accent, 3)
    drawn += mirrored(path(_CUFF, c.light, c.line, 2)) + path("M176 56 Q200 66 224 56 L200 84 Z", c.deep)
    drawn += box(191, 84, 18, 155, 2, c.light, c.line, 1.5)
    drawn += "".join(circle(200, y, 3.6, c.pale, c.deep, 1.5) for y in (104, 134, 164, 194, 224))
    drawn += mirrored(path("M172 50 L200 82 L181 104 L160 64 Z", c.light, c.line, 2))
    stitch = c.accent if c.texture == "denim" else c.line
    return drawn + path("M220 124 H246 V148 L233 156 L220 148 Z", c.shade, stitch, 2) + line("M220 133 H246", stitch, 2)


def t_shirt(c: Paint) -> str:
    """A short-sleeved crew-neck shirt."""
    sleeve = "M150 64 Q130 70 118 84 L84 126 Q81 130 85 134 L109 154 Q114 157 118 153 L148 122 Z"
    body = "M164 56 H236 L256 66 L254 124 V238 Q254 244 248 244 H152 Q146 244 146 238 V124 L144 66 Z"
    drawn = mirrored(path(sleeve, c.shade, c.edge) + line("M93 122 L121 146", c.line, 2.5)) + path(body, c.base, c.edge)
    if c.texture == "stripe":
        drawn += line("M149 112 H251 M149 136 H251 M149 160 H251 M149 184 H251 M149 208 H251", c.accent, 7)
    drawn += path("M166 54 Q200 62 234 54 Q230 92 200 92 Q170 92 166 54 Z", c.dark)
    drawn += path("M175 57 Q200 62 225 57 Q220 83 200 83 Q180 83 175 57 Z", c.deep)
    return drawn + line("M148 234 H252", c.line, 2.5)


def long_sleeve(c: Paint) -> str:
    """A long-sleeved T-shirt."""
    drawn = _upper(c) + mirrored(line("M96 200 L126 208", c.line, 2.5))
    if c.texture == "stripe":
        drawn += line(
            "M148 108 H252 M148 130 H252 M147 152 H253 M147 174 H253 M147 196 H253 M146 218 H254", c.accent, 7
        )
        drawn += mirrored(line("M119 108 L146 115 M113 130 L143 138 M108 152 L136 160 M103 174 L130 182", c.accent, 7))
    drawn += path("M168 54 Q200 62 232 54 Q228 90 200 90 Q172 90 168 54 Z", c.dark)
    return (
        drawn
        + path("M177 57 Q200 62 223 57 Q218 80 200 80 Q182 80 177 57 Z", c.deep)
        + line("M148 232 H252", c.line, 2.5)
    )


def trousers(c: Paint) -> str:
    """Straight trousers from the front, pressed or with jeans stitching."""
    leg = "M148 52 H200 V112 L190 246 Q190 250 186 250 H140 Q136 250 136 246 Q138 120 148 52 Z"
    drawn = path(leg, c.base, c.edge) + f'<g transform="matrix(-1 0 0 1 400 0)">{path(leg, c.shade, c.edge)}</g>'
    drawn += path("M148 46 H252 L254 66 H146 Z", c.dark, c.edge)
    drawn += box(193, 50, 14, 12, 3, c.accent) + line("M200 68 V112", c.deep, 3)
    drawn += mirrored(line("M160 47 V68", c.line, 5))
    if c.texture == "denim":
        seam = c.accent
        drawn += mirrored(line("M150 76 Q152 100 178 100 Q186 98 188 68 M142 238 H186", seam, 2.5, "6 4"))
        return drawn + line("M205 72 V96 Q205 108 198 112", seam, 2.5, "6 4")
    return drawn + mirrored(
        line("M160 76 Q158 96 146 106 M138 240 H188", c.line, 2.5) + line("M168 120 L163 232", c.line, 2)
    )


def shorts(c: Paint) -> str:
    """Short trousers with a drawstring."""
    leg = "M136 74 H200 V132 L192 214 Q192 220 186 220 H112 Q106 220 107 214 Z"
    drawn = path(leg, c.base, c.edge) + f'<g transform="matrix(-1 0 0 1 400 0)">{path(leg, c.shade, c.edge)}</g>'
    drawn += path("M136 66 H264 L267 88 H133 Z", c.dark, c.edge) + line("M200 90 V134", c.deep, 3)
    drawn += mirrored(
        line("M197 86 Q186 104 190 118", c.pale, 4)
        + line("M152 94 L132 140", c.line, 4)
        + line("M110 206 H192", c.line, 2.5)
    )
    return drawn


def leggings(c: Paint) -> str:
    """Narrow leggings with a wide waistband."""
    leg = "M152 60 H201 V104 Q192 150 190 186 L184 250 Q184 254 180 254 H158 Q154 254 154 250 Q144 190 142 140 Q140 96 152 60 Z"
    drawn = path(leg, c.base, c.edge) + f'<g transform="matrix(-1 0 0 1 400 0)">{path(leg, c.shade, c.edge)}</g>'
    drawn += path("M152 44 Q200 50 248 44 L252 80 Q200 90 148 80 Z", c.dark, c.edge)
    return drawn + mirrored(line("M146 92 Q146 160 160 248", c.accent, 4)) + line("M200 88 V106", c.line, 3)


def dress(c: Paint) -> str:
    """A sleeveless dress with a waist and a wide skirt."""
    body = "M168 46 L176 68 Q200 84 224 68 L232 46 L246 50 Q236 92 238 128 L272 244 Q236 258 200 258 Q164 258 128 244 L162 128 Q164 92 154 50 Z"
    drawn = path(body, c.base, c.edge) + path("M200 136 H239 L272 244 Q238 258 206 258 Z", c.shade)
    drawn += path("M161 124 Q200 132 239 124 L241 140 Q200 148 159 140 Z", c.accent)
    return drawn + line("M172 148 L152 244 M190 152 L182 252 M210 152 L218 252 M228 148 L248 244", c.line, 2.5)


def skirt(c: Paint) -> str:
    """A pleated skirt."""
    drawn = path("M152 76 H248 L288 220 Q244 236 200 236 Q156 236 112 220 Z", c.base, c.edge)
    drawn += path("M216 84 H250 L288 220 Q268 228 244 232 Z M176 84 H196 L192 236 Q176 236 158 233 Z", c.shade)
    drawn += line("M174 90 L150 230 M200 90 V236 M226 90 L250 230", c.line, 2.5)
    return drawn + path("M152 62 H248 L251 84 H149 Z", c.dark, c.edge) + circle(234, 73, 4.500, c.pale)


def underwear(c: Paint) -> str:
    """A pair of briefs with a broad waistband."""
    drawn = path("M122 96 H278 L284 132 Q232 152 224 212 H176 Q168 152 116 132 Z", c.base, c.edge)
    drawn += path("M119 84 H281 L284 108 H116 Z", c.dark, c.edge) + line("M130 96 H270", c.accent, 3, "10 8")
    return drawn + mirrored(line("M122 126 Q174 150 183 204", c.line, 2.5)) + line("M200 112 V206", c.line, 2.5)


def swimsuit(c: Paint) -> str:
    """A one-piece swimsuit."""
    drawn = path(
        "M164 44 Q164 84 174 100 Q200 116 226 100 Q236 84 236 44 L248 44 Q246 92 258 118 Q240 150 258 196 "
        "Q228 208 218 252 H182 Q172 208 142 196 Q160 150 142 118 Q154 92 152 44 Z",
        c.base,
        c.edge,
    )
    return (
        drawn
        + path("M151 140 Q200 156 249 140 Q247 152 248 164 Q200 180 152 164 Q153 152 151 140 Z", c.accent)
        + line("M176 246 Q168 214 148 200 M224 246 Q232 214 252 200", c.line, 2.5)
    )


def down_jacket(c: Paint) -> str:
    """A padded jacket with a high collar."""
    sleeve = "M158 66 Q122 70 112 104 L88 202 Q86 214 98 218 L116 222 Q126 222 128 212 L152 136 Z"
    drawn = mirrored(
        path(sleeve, c.shade, c.edge)
        + line("M108 120 Q130 130 150 128 M100 152 Q122 164 142 160 M93 184 Q114 196 133 190", c.line, 3)
    )
    drawn += path(
        "M164 58 H236 L254 68 Q262 100 258 140 L262 232 Q262 244 250 244 H150 Q138 244 138 232 L142 140 Q138 100 146 68 Z",
        c.base,
        c.edge,
    )
    drawn += path("M204 90 H258 Q262 120 258 140 L262 232 Q262 244 250 244 H204 Z", c.shade) + mirrored(
        line(
            "M142 112 Q172 122 196 112 M142 142 Q172 152 196 142 M141 172 Q172 182 196 172 M140 202 Q172 212 196 202",
            c.line,
            3,
        )
    )
    drawn += (
        path("M164 42 Q200 52 236 42 L240 82 Q200 104 160 82 Z", c.gleam, c.edge)
        + path("M174 48 Q200 56 226 48 L224 64 Q200 74 176 64 Z", c.deep)
        + line("M160 66 Q200 88 240 66", c.line, 3)
    )
    return (
        drawn
        + line("M200 92 V242", c.deep, 6)
        + line("M200 92 V242", STEEL_LIGHT, 3, "0.5 6")
        + box(196, 98, 8, 16, 3, STEEL_LIGHT, c.deep, 1.5)
    )


MOTIFS = {
    motif.__name__: motif
    for motif in (
        jacket,
        leather_jacket,
        coat,
        raincoat,
        sweater,
        cardigan,
        hoodie,
        vest,
        shirt,
        t_shirt,
        long_sleeve,
        trousers,
        shorts,
        leggings,
        dress,
        skirt,
        underwear,
        swimsuit,
        down_jacket,
    )
}
