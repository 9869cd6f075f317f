"""Motifs of what is worn beside the garments, from hats to socks."""

from __future__ import annotations

from vectorstore.pictures.palette import CREAM, STEEL_LIGHT, Paint
from vectorstore.pictures.shapes import box, circle, ellipse, line, mirrored, path


def socks(c: Paint) -> str:
    """A pair of ribbed crew socks with contrasting heel and toe."""
    outline = "M150 50 H204 V150 Q204 166 192 178 L150 224 Q132 244 112 234 Q92 222 104 200 L148 148 Z"
    one = path(outline, c.base, c.edge) + path(
        "M150 148 Q176 148 204 156 Q203 168 192 178 L186 184 Q160 176 150 148 Z", c.accent
    )
    one += path("M118 184 L104 200 Q92 222 112 234 Q132 244 148 226 Q146 200 118 184 Z", c.accent)
    one += path("M150 50 H204 V80 H150 Z", c.dark) + line("M160 54V77M170 54V77M180 54V77M190 54V77", c.line, 2.5)
    back = (
        path(outline, c.shade, c.edge)
        + path("M150 50 H204 V80 H150 Z", c.dark)
        + path("M118 184 L104 200 Q92 222 112 234 Q132 244 148 226 Q146 200 118 184 Z", c.accent)
    )
    return f'<g transform="translate(84 6)">{back}</g><g transform="translate(22 -2)">{one}</g>'


def beanie(c: Paint) -> str:
    """A knitted hat with a turned-up brim and a bobble."""
    drawn = circle(200, 66, 24, c.accent) + path("M112 196 Q110 82 200 80 Q290 82 288 196 Z", c.base, c.edge)
    drawn += line(
        "M146 190 Q144 120 178 88 M178 190 Q178 130 192 84 M222 190 Q222 130 208 84 M254 190 Q256 120 222 88",
        c.dark,
        3.5,
    )
    drawn += box(102, 182, 196, 52, 16, c.dark, c.rim)
    return drawn + line("".join(f"M{x} 194V222" for x in range(120, 290, 16)), c.line, 4)


def cap(c: Paint) -> str:
    """A cap with a curved peak."""
    drawn = path("M98 186 Q94 88 182 84 Q262 84 266 182 Q180 164 98 186 Z", c.base, c.edge)
    drawn += path("M184 84 Q262 86 266 182 Q236 174 208 172 Q212 110 184 84 Z", c.shade)
    drawn += path(
        "M98 186 Q180 160 266 180 Q316 188 330 208 Q332 216 322 216 Q220 188 108 208 Q98 206 98 186 Z", c.dark, c.edge
    )
    return drawn + line("M184 84 Q140 104 138 172", c.line, 3) + circle(184, 82, 8, c.dark)


def brimmed_hat(c: Paint) -> str:
    """A sun hat with a wide brim and a ribbon."""
    drawn = ellipse(200, 196, 134, 34, c.shade, c.edge) + ellipse(200, 192, 122, 24, c.base)
    drawn += path(
        "M132 192 Q128 92 162 88 Q182 86 200 94 Q218 86 238 88 Q272 92 268 192 Q200 212 132 192 Z", c.base, c.edge
    )
    drawn += path("M131 160 Q200 182 269 160 L268 192 Q200 212 132 192 Z", c.accent)
    return drawn + line("M200 96 Q206 112 202 128", c.line, 3.5)


def scarf(c: Paint) -> str:
    """A scarf laid once around, with fringes."""
    drawn = path("M210 128 L262 128 L272 238 H224 Z", c.shade, c.edge) + line(
        "M230 240 V254 M241 240 V254 M252 240 V254 M263 240 V254", c.dark, 4
    )
    drawn += path("M116 96 Q126 56 200 54 Q274 56 284 96 Q286 136 200 142 Q114 136 116 96 Z", c.base, c.edge)
    drawn += path("M152 92 Q158 78 200 77 Q242 78 248 92 Q244 108 200 109 Q156 108 152 92 Z", c.deep)
    drawn += path("M148 120 Q178 128 208 116 L220 140 L206 246 H150 L160 150 Z", c.base, c.edge) + line(
        "M157 248 V262 M171 248 V262 M185 248 V262 M199 248 V262", c.dark, 4
    )
    drawn += path(
        "M155 196 L210 196 L208 210 H154 Z M152 222 L208 222 L206 236 H151 Z M227 196 L268 196 L269 210 H226 Z",
        c.accent,
    )
    if c.texture == "check":
        drawn += line("M168 140 L164 242 M190 132 L188 242", c.accent, 5) + line("M158 172 H216", c.accent, 5)
    return drawn + line("M130 112 Q150 124 170 126 M232 128 Q256 122 270 110", c.line, 3)


def gloves(c: Paint) -> str:
    """A pair of gloves with ribbed cuffs."""
    one = path(
        "M122 196 L110 130 Q102 114 112 110 Q122 108 126 122 L130 134 L130 76 Q131 66 140 66 Q149 66 149 76 "
        "L151 120 L154 66 Q155 57 164 57 Q173 57 173 67 L172 120 L179 74 Q181 65 189 67 Q198 69 196 79 L190 128 "
        "L201 100 Q205 92 212 95 Q219 98 217 107 L204 160 L192 196 Z",
        c.base,
        c.edge,
    )
    one += box(116, 192, 82, 42, 10, c.dark, c.edge) + line(
        "M130 202 V224 M143 202 V224 M157 202 V224 M171 202 V224 M185 202 V224", c.line, 3
    )
    one += line("M146 150 L148 174 M161 146 V174 M176 150 L174 174", c.line, 2.5)
    other = f'<g transform="matrix(-.9 0 0 .96 282 12)">{one}</g>'
    return other + f'<g transform="matrix(.9 0 0 .96 122 4)">{one}</g>'


def belt(c: Paint) -> str:
    """A coiled belt with a metal buckle."""
    drawn = path("M92 116 Q92 78 200 78 Q308 78 308 116 V176 Q308 138 200 138 Q92 138 92 176 Z", c.deep, c.edge)
    drawn += path("M92 116 Q92 172 200 172 Q308 172 308 116 V168 Q308 224 200 224 Q92 224 92 168 Z", c.base, c.edge)
    drawn += line(
        "M98 136 Q108 180 200 180 Q292 180 302 136 M98 172 Q108 216 200 216 Q292 216 302 172", c.line, 2.5, "6 5"
    )
    drawn += circle(256, 192, 4, c.deep) + circle(276, 184, 4, c.deep)
    return drawn + box(158, 162, 62, 72, 10, "none", STEEL_LIGHT, 9) + line("M158 198 H226", STEEL_LIGHT, 7)


def tie(c: Paint) -> str:
    """A necktie with stripes."""
    drawn = path("M184 46 H216 L224 62 L212 84 H188 L176 62 Z", c.dark, c.edge)
    drawn += path("M188 88 H212 L232 220 L200 256 L168 220 Z", c.base, c.edge)
    return drawn + line("M184 130 L213 108 M179 164 L219 134 M174 198 L225 162 M178 226 L230 192", c.accent, 7)


def sunglasses(c: Paint) -> str:
    """Sunglasses from the front."""
    lens = path(
        "M96 120 H186 Q190 150 180 172 Q170 192 142 192 Q112 192 102 166 Q96 148 96 120 Z",
        c.deep,
        c.edge,
        10,
    )
    lens += line("M116 138 L136 130 M118 156 L150 134", CREAM, 5)
    return mirrored(lens + line("M96 122 L84 112", c.edge, 10)) + line("M186 128 Q200 116 214 128", c.edge, 10)


MOTIFS = {
    motif.__name__: motif
    for motif in (
        socks,
        beanie,
        cap,
        brimmed_hat,
        scarf,
        gloves,
        belt,
        tie,
        sunglasses,
    )
}
