"""Motifs of shoes and of what carries things; shoes stand in profile with the toe to the right."""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

from vectorstore.pictures.palette import BRASS, CREAM, INK, PAPER, PAPER_EDGE, STEEL_LIGHT, WOOD, Paint
from vectorstore.pictures.shapes import box, circle, ellipse, line, mirrored, path


def running_shoe(c: Paint) -> str:
    """A running shoe with a thick pale sole and laces."""
    sole = "M78 206 Q72 224 88 228 H300 Q330 226 330 208 Q328 200 316 198 Q200 206 92 196 Q82 196 78 206 Z"
    upper = "M92 200 Q82 150 96 108 Q100 98 110 104 Q130 120 152 102 Q162 94 172 106 Q202 150 258 160 Q312 168 320 202 Q200 212 92 200 Z"
    drawn = path(upper, c.base, c.edge) + path("M264 161 Q312 170 320 202 Q296 205 270 206 Q254 180 264 161 Z", c.dark)
    drawn += path("M92 200 Q84 158 92 124 Q120 146 124 203 Q106 202 92 200 Z", c.dark)
    drawn += path("M146 205 Q160 176 190 152 L208 162 Q184 180 172 206 Z", c.accent)
    drawn += path("M110 104 Q130 120 152 102 Q156 99 160 98 Q150 122 128 122 Q112 120 104 103 Z", c.deep)
    drawn += line("M178 114 L160 128 M194 132 L176 147 M212 146 L196 162 M232 155 L220 172", c.pale, 6.5)
    drawn += path(sole, PAPER, PAPER_EDGE)
    return (
        drawn
        + line("M96 214 Q200 222 318 212", c.base if c.edge == c.base else c.line, 5)
        + line("M110 229V222M140 229V224M170 229V225M200 229V225M230 229V225M260 229V224M290 229V223", PAPER_EDGE, 3)
    )


def sneaker(c: Paint) -> str:
    """A low canvas shoe with a toe cap and a flat sole."""
    upper = (
        "M92 198 Q86 140 100 106 Q104 98 114 104 Q134 116 160 100 Q168 96 176 106 Q206 150 262 158 Q314 166 316 200 Z"
    )
    drawn = path(upper, c.base, c.edge) + path("M264 158 Q314 166 316 200 H262 Q248 178 264 158 Z", PAPER, PAPER_EDGE)
    drawn += path("M92 198 Q86 150 94 124 H118 L124 198 Z", c.dark)
    drawn += path("M114 104 Q134 116 160 100 Q152 122 130 122 Q114 120 107 102 Z", c.deep)
    drawn += line("M178 116 L160 128 M194 134 L176 148 M212 147 L198 164 M232 155 L220 173", PAPER, 6.5)
    drawn += line("M138 196 Q146 156 160 132", c.line, 2.5, "6 4")
    drawn += path(
        "M80 194 H322 Q330 194 330 204 V218 Q330 226 322 226 H88 Q78 226 78 216 V202 Q78 194 80 194 Z",
        PAPER,
        PAPER_EDGE,
    )
    return drawn + line("M86 208 H326", c.base if c.edge == c.base else c.line, 4)


def boot(c: Paint) -> str:
    """A laced hiking boot with a lugged sole."""
    upper = "M112 212 Q104 140 110 62 Q112 54 120 56 L176 52 Q184 52 186 60 Q190 118 218 142 Q252 154 288 164 Q312 174 312 212 Z"
    drawn = path(upper, c.base, c.edge) + path("M250 153 Q312 166 312 212 H246 Q228 178 250 153 Z", c.dark)
    drawn += path("M112 212 Q108 176 108 146 Q142 152 148 212 Z", c.dark)
    drawn += path("M108 52 Q144 40 184 48 Q190 58 186 76 Q146 66 109 80 Z", c.accent, c.edge)
    drawn += path("M158 76 L187 74 Q192 118 218 142 L236 149 L222 172 Q168 148 158 76 Z", c.shade)
    drawn += line("M162 94 L192 88 M166 114 L198 106 M176 134 L208 124 M192 152 L222 140", CREAM, 6)
    drawn += line("M122 132 Q134 138 150 136", c.line, 2.5, "6 4")
    sole = "M104 208 H316 Q322 208 322 216 V232 H300 V240 H280 V232 H262 V240 H242 V232 H224 V240 H206 V232 H182 V244 H112 Q102 244 102 234 V214 Z"
    return drawn + path(sole, INK, "#66757e")


def chelsea_boot(c: Paint) -> str:
    """An ankle boot with an elastic side and a pull tab."""
    upper = "M112 214 Q104 140 118 62 Q119 56 126 56 H188 Q194 56 195 62 Q198 128 232 150 Q266 160 294 170 Q314 182 314 214 Z"
    drawn = line("M126 56 Q120 40 130 38 Q138 40 136 56", c.dark, 6) + path(upper, c.base, c.edge)
    drawn += path("M140 58 H180 Q184 106 168 146 Q150 118 140 58 Z", c.deep) + line(
        "M148 66 Q156 106 167 132 M160 62 Q164 96 170 122 M172 62 Q174 82 175 104", c.line, 2.5
    )
    drawn += path("M262 160 Q312 170 314 214 H268 Q250 184 262 160 Z", c.shade) + line(
        "M176 162 Q166 188 170 212", c.line, 2.5
    )
    return drawn + path(
        "M106 212 H318 Q322 212 322 220 Q322 228 312 228 H188 L184 244 H112 Q104 244 104 234 Z",
        c.deep,
        c.rim,
    )


def sandal(c: Paint) -> str:
    """A strapped sandal with a buckle."""
    drawn = path("M104 196 Q96 150 106 118 Q116 112 124 122 Q122 160 132 196 Z", c.shade, c.edge)
    drawn += path("M112 128 Q160 118 196 150 L188 168 Q154 144 114 150 Z", c.base, c.edge)
    drawn += path("M176 198 Q180 156 204 142 Q218 140 226 150 Q208 168 206 198 Z", c.base, c.edge)
    drawn += path("M224 200 Q234 168 262 160 Q292 160 304 200 Z", c.base, c.edge) + line(
        "M236 194 Q246 176 264 172", c.line, 2.5, "6 4"
    )
    drawn += box(154, 130, 22, 20, 4, "none", BRASS, 5)
    drawn += path(
        "M88 192 Q200 206 316 192 Q328 194 326 206 Q324 214 312 214 H98 Q84 214 84 202 Z",
        WOOD,
        "#94693f" if c.base != WOOD else "",
    )
    return drawn + path("M90 212 H318 Q320 226 308 226 H100 Q90 226 90 212 Z", c.deep, c.rim)


def dress_shoe(c: Paint) -> str:
    """A laced leather shoe with a cap and a heel."""
    upper = (
        "M90 204 Q80 160 96 118 Q102 108 112 116 Q134 132 160 112 Q168 108 176 118 Q210 158 264 166 Q322 174 322 204 Z"
    )
    drawn = path(upper, c.base, c.edge) + path("M270 167 Q322 176 322 204 H276 Q258 186 270 167 Z", c.dark)
    drawn += path("M160 112 Q168 108 176 118 Q200 148 236 160 Q222 182 196 180 Q166 168 156 120 Z", c.shade, c.line, 2)
    drawn += path("M112 116 Q134 132 160 112 Q154 132 132 134 Q116 132 105 112 Z", c.deep)
    drawn += line("M168 134 L188 128 M178 150 L200 142 M194 164 L216 152", c.pale, 5)
    drawn += line("M92 176 Q112 182 120 202 M262 168 Q250 186 266 202", c.line, 2.5, "4 4")
    return drawn + path(
        "M84 202 H322 Q330 204 328 212 Q326 218 316 218 H178 L170 218 V230 H92 Q84 230 84 222 Z",
        c.deep,
        c.rim,
    )


def slipper(c: Paint) -> str:
    """A soft slipper with a fleece cuff."""
    drawn = path("M88 200 Q82 166 100 150 Q150 166 182 140 Q200 108 236 112 Q308 124 318 200 Z", c.base, c.edge)
    drawn += path("M240 113 Q308 126 318 200 H268 Q268 146 240 113 Z", c.shade)
    drawn += line("M104 156 Q152 170 186 142 Q200 118 226 114", PAPER_EDGE, 30) + line(
        "M104 156 Q152 170 186 142 Q200 118 226 114", PAPER, 24
    )
    drawn += line("M112 157 l3 6 M132 160 l2 6 M154 156 l5 5 M174 144 l6 4 M190 130 l6 3 M208 116 l3 6", PAPER_EDGE, 3)
    return (
        drawn
        + path("M80 198 H324 Q332 202 328 214 Q324 224 312 224 H94 Q80 224 78 210 Z", c.dark, c.edge)
        + line("M94 211 H314", c.line, 3, "7 5")
    )


def backpack(c: Paint) -> str:
    """A backpack with a front pocket and a leather tab."""
    drawn = line("M178 62 Q178 38 200 38 Q222 38 222 62", c.dark, 9)
    drawn += mirrored(path("M136 120 Q116 126 114 150 V214 Q114 226 126 226 H140 Z", c.dark, c.edge))
    drawn += path(
        "M134 128 Q134 58 200 58 Q266 58 266 128 V236 Q266 254 248 254 H152 Q134 254 134 236 Z", c.base, c.edge
    )
    drawn += path(
        "M134 122 Q134 58 200 58 Q266 58 266 122 Q266 138 250 140 H150 Q134 138 134 122 Z", c.light, c.line, 2
    )
    drawn += (
        box(150, 168, 100, 70, 14, c.shade, c.line, 2)
        + line("M156 186 H244", c.line, 3.5)
        + box(232, 184, 7, 16, 3, c.accent)
    )
    return (
        drawn
        + mirrored(box(164, 118, 13, 40, 4, c.dark) + box(163, 144, 15, 12, 3, BRASS))
        + box(188, 74, 24, 18, 4, c.accent)
    )


def tote(c: Paint) -> str:
    """A shopper with two handles."""
    drawn = line("M160 118 Q160 48 200 48 Q240 48 240 118", c.limb, 9)
    drawn += path("M122 104 H278 L288 238 Q288 250 276 250 H124 Q112 250 112 238 Z", c.base, c.edge)
    drawn += path("M250 104 H278 L288 238 Q288 250 276 250 H258 Z", c.shade) + path(
        "M121 104 H279 L281 122 H119 Z", c.dark
    )
    drawn += line("M160 124 V92 Q162 70 180 64 M240 124 V92 Q238 70 220 64", c.limb, 9)
    return drawn + mirrored(box(152, 116, 16, 26, 4, c.dark, c.line, 2)) + line("M124 240 H276", c.line, 2.5, "6 5")


def shoulder_bag(c: Paint) -> str:
    """A satchel with a flap, a clasp and a strap."""
    drawn = line("M116 136 Q120 42 200 42 Q280 42 284 136", c.limb, 8)
    drawn += path("M102 122 H298 V226 Q298 244 280 244 H120 Q102 244 102 226 Z", c.shade, c.edge)
    drawn += path(
        "M98 112 Q98 104 106 104 H294 Q302 104 302 112 V160 Q296 196 200 202 Q104 196 98 160 Z", c.base, c.edge
    )
    drawn += line("M106 158 Q116 188 200 193 Q284 188 294 158", c.line, 2.5, "6 5")
    return drawn + box(184, 182, 32, 34, 6, c.dark) + box(190, 190, 20, 18, 4, BRASS)


def duffel(c: Paint) -> str:
    """A travel bag with two straps."""
    drawn = line("M152 122 Q152 66 200 66 Q248 66 248 122", c.limb, 9)
    drawn += path(
        "M108 104 H292 Q318 104 318 134 V206 Q318 234 292 234 H108 Q82 234 82 206 V134 Q82 104 108 104 Z",
        c.base,
        c.edge,
    )
    drawn += path(
        "M286 104 Q318 104 318 134 V206 Q318 234 286 234 Q302 170 286 104 Z M114 104 Q82 104 82 134 V206 Q82 234 114 234 Q98 170 114 104 Z",
        c.dark,
    )
    drawn += line("M122 118 H278", c.deep, 6) + line("M122 118 H278", STEEL_LIGHT, 2.500, "1 5")
    return (
        drawn
        + path("M142 120 H162 V234 H142 Z M238 120 H258 V234 H238 Z", c.accent)
        + box(176, 158, 48, 46, 8, c.shade, c.line, 2)
    )


def suitcase(c: Paint) -> str:
    """A wheeled case with ribs and a handle."""
    drawn = line("M176 78 V40 H224 V78", INK, 8) + ellipse(150, 250, 11, 11, INK) + ellipse(250, 250, 11, 11, INK)
    drawn += box(126, 74, 148, 172, 20, c.base, c.edge) + path(
        "M244 74 H254 Q274 74 274 94 V226 Q274 246 254 246 H244 Z", c.shade
    )
    drawn += line("M150 92 V228 M183 92 V228 M217 92 V228 M250 92 V228", c.line, 4)
    return drawn + box(180, 78, 40, 12, 5, c.deep)


def wallet(c: Paint) -> str:
    """A folding wallet with a card looking out."""
    drawn = box(128, 86, 128, 60, 8, PAPER, PAPER_EDGE) + box(128, 98, 128, 12, 0, c.accent)
    drawn += box(98, 112, 204, 122, 16, c.base, c.edge) + line("M108 124 H292 M108 222 H292", c.line, 2.5, "7 5")
    drawn += path("M246 148 H302 V198 H246 Q232 198 232 186 V160 Q232 148 246 148 Z", c.dark, c.line, 2)
    return drawn + circle(256, 173, 8, BRASS)


def umbrella(c: Paint) -> str:
    """An open umbrella with a hooked handle."""
    drawn = line("M200 66 V226 Q200 248 180 248 Q162 248 162 230", INK, 8) + line("M200 42 V56", INK, 8)
    drawn += path(
        "M82 158 Q88 56 200 54 Q312 56 318 158 Q300 138 279 158 Q260 138 240 158 Q220 138 200 158 Q180 138 160 158 Q140 138 121 158 Q100 138 82 158 Z",
        c.base,
        c.edge,
    )
    drawn += path(
        "M200 54 Q312 56 318 158 Q300 138 279 158 Q270 80 200 54 Z M200 54 Q160 84 160 158 Q140 138 121 158 Q130 80 200 54 Z",
        c.dark,
    )
    return drawn + line("M200 54 Q240 84 240 158", c.line, 2.5)


def rain_boot(c: Paint) -> str:
    """A rubber boot."""
    drawn = (
        path("M132 50 H206 L208 140 Q214 160 250 168 Q300 176 302 216 H122 Z", c.base, c.edge)
        + path("M250 168 Q300 176 302 216 H250 Q238 188 250 168 Z", c.dark)
        + path("M132 50 H150 L146 216 H122 Z", c.shade)
    )
    drawn += (
        path("M128 44 H210 V66 H128 Z", c.gleam, c.edge)
        + ellipse(169, 46, 34, 6, c.deep)
        + line("M180 86 V150", c.gleam, 8)
    )
    return (
        drawn
        + path(
            "M118 214 H304 Q310 214 310 224 Q310 234 300 234 H190 L184 246 H122 Q114 246 114 236 Z",
            c.deep,
            c.rim,
        )
        + line("M128 176 H150 M128 190 H150", c.line, 3)
    )


def loafer(c: Paint) -> str:
    """A slip-on with a strap over the instep."""
    drawn = path(
        "M90 204 Q82 162 98 128 Q106 120 116 128 Q136 148 186 132 Q212 150 264 164 Q322 172 322 204 Z", c.base, c.edge
    ) + path(
        "M186 132 Q212 150 264 164 Q300 168 314 184 Q260 190 222 180 Q194 172 176 146 Z",
        c.gleam,
        c.line,
        2.5,
    )
    drawn += (
        path("M116 128 Q136 148 186 132 Q182 152 150 154 Q122 152 107 126 Z", c.deep)
        + path("M168 204 Q172 176 190 152 L216 162 Q196 182 194 204 Z", c.dark, c.line, 2)
        + line("M186 178 L200 182", CREAM, 5)
    )
    return (
        drawn
        + line("M92 178 Q112 184 118 202", c.line, 2.5, "4 4")
        + path(
            "M84 202 H322 Q330 204 328 212 Q326 218 316 218 H178 L170 218 V230 H92 Q84 230 84 222 Z",
            c.deep,
            c.rim,
        )
    )


MOTIFS = {
    motif.__name__: motif
    for motif in (
        running_shoe,
        sneaker,
        boot,
        chelsea_boot,
        sandal,
        dress_shoe,
        slipper,
        backpack,
        tote,
        shoulder_bag,
        duffel,
        suitcase,
        wallet,
        umbrella,
        rain_boot,
        loafer,
    )
}
