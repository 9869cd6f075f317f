"""Motifs of what is bought for another thing: film for a camera, ink for a pen, cushions for headphones, care for shoes."""

from __future__ import annotations

from vectorstore.pictures.palette import CREAM, STEEL, STEEL_LIGHT, Paint
from vectorstore.pictures.shapes import box, circle, ellipse, line, path


def film_roll(c: Paint) -> str:
    """A roll of camera film with its tongue."""
    drawn = path("M214 96 H318 Q326 96 326 104 V196 Q326 204 318 204 H214 Z", c.deep, c.edge)
    drawn += "".join(box(x, y, 10, 12, 2, CREAM) for x in range(228, 312, 22) for y in (104, 184))
    drawn += box(110, 76, 116, 148, 12, c.base, c.edge) + box(110, 122, 116, 56, 0, c.accent)
    drawn += box(104, 66, 128, 20, 8, c.dark) + box(104, 214, 128, 20, 8, c.dark)
    return drawn + box(150, 48, 36, 20, 5, STEEL_LIGHT, STEEL)


def ink_bottle(c: Paint) -> str:
    """A low glass bottle of ink with a label."""
    drawn = path(
        "M164 104 H236 V122 Q296 130 296 168 V220 Q296 236 280 236 H120 Q104 236 104 220 V168 Q104 130 164 122 Z", c.base, c.edge
    )
    drawn += box(158, 62, 84, 46, 8, c.deep) + line("M172 70V100M186 70V100M200 70V100M214 70V100M228 70V100", c.line, 3)
    drawn += box(136, 164, 128, 48, 6, CREAM, c.rim)
    return drawn + line("M156 182 Q176 170 194 184 T244 182 M156 198 H214", c.dark, 4)


def pen_refills(c: Paint) -> str:
    """Three refills for a pen."""
    one = box(0, 0, 16, 138, 5, c.base, c.edge) + path("M0 138 H16 L11 166 H5 Z", STEEL) + circle(8, 170, 3.5, c.deep)
    one += box(3, 8, 10, 52, 3, CREAM)
    return "".join(f'<g transform="translate({x} 62) rotate({turn})">{one}</g>' for x, turn in ((128, 8), (192, 0), (256, -8)))


def ear_cushions(c: Paint) -> str:
    """A pair of cushions for headphones."""
    one = ellipse(0, 0, 60, 74, c.base, c.edge) + ellipse(0, 0, 32, 44, c.deep, c.rim)
    one += line("M-46 -34 Q-56 0 -44 38", c.line, 4)
    return f'<g transform="translate(138 150)">{one}</g><g transform="translate(264 150)">{one}</g>'


def strap(c: Paint) -> str:
    """A strap in a loop, with its buckle."""
    drawn = line("M128 214 Q80 68 200 68 Q320 68 272 214", c.edge, 30) + line(
        "M128 214 Q80 68 200 68 Q320 68 272 214", c.base, 26
    )
    drawn += line("M128 214 Q80 68 200 68 Q320 68 272 214", c.line, 2.5, "7 6")
    drawn += box(108, 204, 42, 36, 7, "none", STEEL_LIGHT, 8)
    return drawn + box(252, 204, 42, 36, 7, "none", STEEL_LIGHT, 8)


def sachets(c: Paint) -> str:
    """Sachets of powder, one before the other."""
    outline, seams = "M0 12 L8 0 H98 L106 12 V148 L98 160 H8 L0 148 Z", line("M6 18H100M6 142H100", c.line, 3, "5 5")
    label = box(18, 46, 70, 58, 6, CREAM) + circle(53, 75, 15, c.deep)
    behind, before = (path(outline, fill, c.edge) + seams + label for fill in (c.dark, c.base))
    return f'<g transform="translate(196 62) rotate(9)">{behind}</g><g transform="translate(98 76) rotate(-6)">{before}</g>'


def care_bottle(c: Paint) -> str:
    """A bottle of oil or wash with a screw cap."""
    drawn = path(
        "M176 92 H224 V108 Q262 120 262 152 V228 Q262 242 248 242 H152 Q138 242 138 228 V152 Q138 120 176 108 Z", c.base, c.edge
    )
    drawn += box(172, 54, 56, 40, 7, c.dark) + box(150, 158, 100, 58, 6, CREAM)
    return drawn + path("M200 164 Q222 192 200 208 Q178 192 200 164 Z", c.deep)


def garment_wash(c: Paint) -> str:
    """A bottle of wash for wool or down."""
    return care_bottle(c) + line("M166 128 Q200 116 234 128", c.line, 3)


def care_tin(c: Paint) -> str:
    """A flat tin of wax, its lid beside it."""
    drawn = path("M92 158 V206 Q92 240 190 240 Q288 240 288 206 V158 Z", c.dark, c.edge) + ellipse(
        190, 158, 98, 32, STEEL_LIGHT, c.edge
    )
    drawn += ellipse(190, 160, 82, 24, CREAM)
    return drawn + ellipse(252, 98, 74, 44, c.base, c.edge) + ellipse(252, 98, 50, 28, c.accent)


def shoe_brush(c: Paint) -> str:
    """A wooden brush for shoes."""
    drawn = path("M92 130 Q92 88 140 92 Q200 104 260 92 Q308 88 308 130 V146 H92 Z", c.base, c.edge)
    drawn += line("".join(f"M{x} 148V{206 if x % 20 else 212}" for x in range(104, 302, 10)), c.deep, 7)
    return drawn + line("M124 116 Q200 130 276 116", c.line, 3)


def laces(c: Paint) -> str:
    """A pair of laces, tied together."""
    loop = "M200 150 Q120 60 104 110 Q92 154 200 150 Q308 154 296 110 Q280 60 200 150 Q176 190 128 236 M200 150 Q224 190 272 236"
    drawn = line(loop, c.edge, 16) + line(loop, c.base, 12) + line(loop, c.accent, 3, "4 10")
    drawn += box(178, 136, 44, 30, 12, c.dark)
    return drawn + line("M136 228 L124 240 M264 228 L276 240", STEEL, 9)


MOTIFS = {
    motif.__name__: motif
    for motif in (
        film_roll,
        ink_bottle,
        pen_refills,
        ear_cushions,
        strap,
        sachets,
        care_bottle,
        garment_wash,
        care_tin,
        shoe_brush,
        laces,
    )
}
