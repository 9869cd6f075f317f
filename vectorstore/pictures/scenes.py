"""Places as flat as a screen print, for posters, sleeves and covers: hills, seas, streets.

Each draws into 0..w by 0..h on the scheme's ground; what leans out is cut off by the frame around it. The lowest tone is
the scheme's deep one, so that words can stand below it without a seam. tests/test_pictures.py draws them all.
"""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

from collections.abc import Callable
from random import Random

from vectorstore.pictures.schemes import Scheme, between
from vectorstore.pictures.shapes import box, circle, line

Scene = Callable[[Scheme, float, float, Random], str]


def flat(d: str, fill: str) -> str:
    """A filled outline without a stroke."""
    return f'<path d="{d}" fill="{fill}"/>'


def faint(drawing: str, opacity: float = 0.5) -> str:
    """The drawing, seen through."""
    return f'<g opacity="{opacity:g}">{drawing}</g>'


def _ridge(w: float, h: float, top: float, rise: float, dice: Random, tone: str, steps: int = 4, sharp: bool = False) -> str:
    """A line of hills or peaks, filled down to the bottom."""
    d = f"M-2 {h + 2} V{top:.0f}"
    step = w / steps
    for i in range(steps):
        up = between(dice, 0.3, 1) * rise
        x = i * step
        d += (
            f" L{x + step / 2:.0f} {top - up:.0f} L{x + step:.0f} {top - rise * 0.1:.0f}"
            if sharp
            else f" Q{x + step / 2:.0f} {top - up:.0f} {x + step:.0f} {top - rise * 0.1:.0f}"
        )
    return flat(d + f" V{h + 2} Z", tone)


def _sun(s: Scheme, w: float, h: float, dice: Random, tone: str = "") -> str:
    return circle(
        between(dice, 0.28, 0.72) * w, between(dice, 0.3, 0.42) * h, min(w, h) * between(dice, 0.17, 0.25), tone or s.light
    )


def hills(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A low sun over layered hills."""
    return (
        _sun(s, w, h, dice, s.accent)
        + _ridge(w, h, h * 0.58, h * 0.14, dice, s.mid, 3)
        + faint(_ridge(w, h, h * 0.72, h * 0.13, dice, s.deep, 2), 0.55)
        + _ridge(w, h, h * 0.86, h * 0.12, dice, s.deep, 2)
    )


def mesa(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Table mountains and a cactus."""
    a, c = h * between(dice, 0.42, 0.5), w * between(dice, 0.68, 0.84)
    drawn = _sun(s, w, h, dice)
    drawn += flat(
        f"M-2 {h} V{h * 0.66:.0f} H{w * 0.1:.0f} L{w * 0.15:.0f} {a:.0f} H{w * 0.42:.0f} L{w * 0.48:.0f} {h * 0.66:.0f}"
        f" H{w * 0.6:.0f} L{w * 0.64:.0f} {a + h * 0.09:.0f} H{w * 0.8:.0f} L{w * 0.85:.0f} {h * 0.66:.0f} H{w + 2} V{h} Z", s.mid)  # fmt: skip
    drawn += flat(f"M-2 {h + 2} V{h * 0.8:.0f} Q{w * 0.5:.0f} {h * 0.7:.0f} {w + 2} {h * 0.83:.0f} V{h + 2} Z", s.deep)
    u = h * 0.05
    cactus = f"M{c:.0f} {h * 0.8:.0f} V{h * 0.56:.0f} M{c:.0f} {h * 0.7:.0f} h{u:.0f} v{-u:.0f} M{c:.0f} {h * 0.74:.0f} h{-u:.0f} v{-u:.0f}"
    return drawn + line(cactus, s.deep, w * 0.035)


def peaks(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Sharp mountains in mist, a pale disc behind them."""
    return (
        _sun(s, w, h, dice)
        + faint(_ridge(w, h, h * 0.62, h * 0.36, dice, s.mid, 3, True), 0.75)
        + faint(_ridge(w, h, h * 0.76, h * 0.3, dice, s.deep, 3, True), 0.6)
        + _ridge(w, h, h * 0.9, h * 0.22, dice, s.deep, 4, True)
    )


def sea(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A small sail under a large sun, waves in scales."""
    r = w * 0.12
    drawn = _sun(s, w, h, dice, s.accent)
    x = w * between(dice, 0.3, 0.7)
    y = h * 0.6
    drawn += flat(f"M{x:.0f} {y:.0f} v{-h * 0.2:.0f} l{w * 0.13:.0f} {h * 0.18:.0f} Z", s.light)
    drawn += flat(f"M{x - w * 0.09:.0f} {y + 3:.0f} h{w * 0.24:.0f} l{-w * 0.05:.0f} {h * 0.04:.0f} h{-w * 0.14:.0f} Z", s.deep)
    for row in range(5):
        top = h * 0.66 + row * r * 0.62
        for i in range(-1, 5):
            c = i * r * 2 + (r if row % 2 else 0)
            drawn += circle(c, top + r * 0.6, r, s.deep if row % 2 else s.mid)
        drawn += line("".join(f"M{i * r * 2 + (r if row % 2 else 0) - r * 0.6:.0f} {top + r * 0.6:.0f} a{r * 0.6:.1f} {r * 0.6:.1f} 0 0 1 {r * 1.2:.1f} 0" for i in range(-1, 5)), s.light, 1.2)  # fmt: skip
    return drawn + box(-2, h * 0.66 + 5 * r * 0.62 + r * 0.2, w + 4, h, 0, s.deep)


def road(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A road to the horizon."""
    x, y = w * between(dice, 0.35, 0.65), h * 0.52
    return (
        circle(x, y - h * 0.04, w * 0.2, s.accent)
        + _ridge(w, h, y + 2, h * 0.08, dice, s.mid, 4)
        + flat(f"M-2 {h + 2} V{y + h * 0.04:.0f} H{w + 2} V{h + 2} Z", s.mid)
        + flat(f"M{x - 2:.0f} {y + h * 0.04:.0f} h4 L{w * 0.98:.0f} {h + 2} H{w * 0.02:.0f} Z", s.deep)
        + "".join(
            flat(f"M{x - k:.1f} {y + h * t:.0f} h{2 * k:.1f} l{k * 0.5:.1f} {h * d:.0f} h{-3 * k:.1f} Z", s.light)
            for k, t, d in ((0.8, 0.09, 0.03), (1.4, 0.16, 0.05), (2.2, 0.26, 0.07), (3.2, 0.38, 0.1))
        )
    )


def skyline(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A city with some windows lit."""
    drawn = _sun(s, w, h, dice)
    for tone, count, low, high, lit in ((s.mid, 6, 0.36, 0.6, 0.0), (s.deep, 5, 0.22, 0.5, 0.4)):
        x = -4.0
        for _ in range(count + 2):
            wide = w / count * between(dice, 0.7, 1.1)
            tall = h * between(dice, low, high)
            drawn += box(x, h - tall, wide + 1, tall + 2, 0, tone)
            if dice.random() < 0.4:
                drawn += line(f"M{x + wide / 2:.0f} {h - tall:.0f} v{-h * 0.06:.0f}", tone, 2)
            if lit:
                marks = ""
                for row in range(int(tall / 13)):
                    for column in range(2):
                        if dice.random() < lit and row < 7:
                            marks += f"M{x + wide * (0.3 + 0.38 * column):.0f} {h - tall + 8 + row * 13:.0f} v5"
                drawn += line(marks, s.accent, 4) if marks else ""
            x += wide
    return drawn


def house(s: Scheme, w: float, h: float, dice: Random) -> str:
    """One window lit in a house on a hill, a bare tree beside it."""
    x, y = w * between(dice, 0.28, 0.4), h * 0.74
    u = w * 0.14
    t = w * between(dice, 0.72, 0.84)
    return (
        circle(w * between(dice, 0.55, 0.75), h * 0.27, w * 0.19, s.light)
        + flat(f"M-2 {h + 2} V{h * 0.82:.0f} Q{w * 0.4:.0f} {h * 0.62:.0f} {w + 2} {h * 0.8:.0f} V{h + 2} Z", s.deep)
        + flat(f"M{x - u:.0f} {y:.0f} v{-u * 1.7:.0f} l{u:.0f} {-u:.0f} {u:.0f} {u:.0f} v{u * 1.7:.0f} Z", s.deep)
        + box(x + u * 0.35, y - u * 2.9, u * 0.34, u, 0, s.deep)
        + box(x - u * 0.22, y - u * 1.3, u * 0.44, u * 0.6, 0, s.accent)
        + line(
            f"M{t:.0f} {h * 0.8:.0f} V{h * 0.4:.0f} M{t:.0f} {h * 0.62:.0f} l{u * 0.9:.0f} {-u * 0.9:.0f} M{t:.0f} {h * 0.56:.0f}"
            f" l{-u * 0.8:.0f} {-u:.0f} M{t:.0f} {h * 0.48:.0f} l{u * 0.5:.0f} {-u * 0.7:.0f} M{t - u * 0.4:.0f} {h * 0.56 - u * 0.5:.0f} l{-u * 0.1:.0f} {-u * 0.6:.0f}",
            s.deep, w * 0.02,
        )
    )  # fmt: skip


def trunks(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A wood of trunks without crowns, a light between them."""
    drawn = circle(w * between(dice, 0.35, 0.65), h * 0.5, w * 0.2, s.accent)
    for tone, count, wide in ((s.mid, 6, 0.04), (s.deep, 4, 0.075)):
        for i in range(count):
            x = w * (i + between(dice, 0.1, 0.9)) / count
            lean = w * between(dice, -0.03, 0.03)
            k = w * wide
            drawn += flat(
                f"M{x - k / 2:.0f} {h + 2} L{x + lean - k * 0.4:.0f} -2 h{k * 0.8:.0f} L{x + k / 2:.0f} {h + 2} Z", tone
            )
            drawn += line(f"M{x + lean * 0.6:.0f} {h * between(dice, 0.1, 0.4):.0f} l{w * between(dice, -0.14, 0.14):.0f} {-h * 0.1:.0f}", tone, k * 0.4)  # fmt: skip
    return drawn + flat(f"M-2 {h + 2} V{h * 0.9:.0f} Q{w * 0.5:.0f} {h * 0.84:.0f} {w + 2} {h * 0.92:.0f} V{h + 2} Z", s.deep)


def bamboo(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Bamboo before a red sun."""
    drawn = circle(w * between(dice, 0.4, 0.62), h * 0.42, w * 0.27, s.accent)
    for i in range(4):
        x = w * (0.12 + 0.25 * i + between(dice, -0.04, 0.04))
        tone, k = (s.deep, 7) if i % 2 else (s.mid, 5)
        y = -between(dice, 0, 20)
        while y < h:
            drawn += line(f"M{x:.0f} {y + 2:.0f} V{min(y + h * 0.17, h + 4):.0f}", tone, k)
            y += h * 0.18
        for _ in range(3):
            ly = h * between(dice, 0.1, 0.7)
            way = 1 if dice.random() < 0.5 else -1
            drawn += flat(f"M{x:.0f} {ly:.0f} q{way * 10} -9 {way * 27} -2 q{-way * 14} 9 {-way * 27} 2 Z", tone)
    return drawn + _ridge(w, h, h * 0.92, h * 0.05, dice, s.deep, 2)


def rain(s: Scheme, w: float, h: float, dice: Random) -> str:
    """One umbrella in the rain."""
    x, y, r = w * between(dice, 0.38, 0.62), h * 0.55, min(w, h) * 0.25
    drops = "".join(f"M{w * between(dice, 0, 1):.0f} {h * between(dice, 0, 0.72):.0f} l-5 13" for _ in range(34))
    scallop = f"q{-r / 4:.1f} {-r * 0.22:.1f} {-r / 2:.1f} 0 " * 4
    return (
        line(drops, s.mid, 1.8)
        + flat(f"M{x - r:.0f} {y:.0f} a{r:.0f} {r:.0f} 0 0 1 {2 * r:.0f} 0 {scallop} Z", s.accent)
        + line(f"M{x:.0f} {y - r * 1.12:.0f} v{r * 0.15:.0f} M{x:.0f} {y:.0f} v{h * 0.19:.0f}", s.deep, 3)
        + flat(f"M{x - 13:.0f} {h * 0.84:.0f} q2 {-h * 0.22:.0f} 13 {-h * 0.22:.0f} q11 0 13 {h * 0.22:.0f} Z", s.deep)
        + circle(x, y + h * 0.045, w * 0.042, s.deep)
        + flat(f"M-2 {h + 2} V{h * 0.84:.0f} H{w + 2} V{h + 2} Z", s.deep)
        + faint(flat(f"M{x - 11:.0f} {h * 0.85:.0f} h22 l-5 {h * 0.13:.0f} h-12 Z", s.accent), 0.35)
    )


def castle(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Towers on a rock before the moon."""
    x, y = w * 0.5, h * 0.66
    towers = ""
    for dx, wide, tall in ((-0.2, 0.1, 0.2), (-0.08, 0.13, 0.34), (0.07, 0.1, 0.26), (0.18, 0.08, 0.16)):
        left, k = x + w * dx - w * wide / 2, w * wide
        top = y - h * (tall + between(dice, -0.03, 0.03))
        towers += box(left, top, k, y - top + 4, 0, s.deep)
        towers += flat(
            f"M{left - 3:.0f} {top:.0f} L{left + k / 2:.0f} {top - h * 0.13:.0f} L{left + k + 3:.0f} {top:.0f} Z", s.deep
        )
        towers += box(left + k * 0.4, top + 8, k * 0.2, 8, 1, s.accent)
    return (
        circle(w * between(dice, 0.4, 0.62), h * 0.36, w * 0.32, s.light)
        + faint(_ridge(w, h, h * 0.72, h * 0.2, dice, s.mid, 4, True), 0.9)
        + towers
        + flat(f"M-2 {h + 2} V{h * 0.86:.0f} L{w * 0.2:.0f} {y:.0f} H{w * 0.78:.0f} L{w + 2} {h * 0.84:.0f} V{h + 2} Z", s.deep)
    )


def train(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A short train over a viaduct."""
    y = h * 0.56
    arches = "".join(
        f"M{(i + 1) * w / 4 - 5:.0f} {h + 4} V{y + h * 0.24:.0f} a{w / 8 - 5:.0f} {w / 8 - 5:.0f} 0 0 0 {10 - w / 4:.0f} 0 V{h + 4} Z"
        for i in range(4)
    )
    x = w * between(dice, 0.06, 0.2)
    cars = "".join(
        box(x + i * w * 0.25, y - h * 0.09, w * 0.23, h * 0.09, 3, s.accent) + line(f"M{x + i * w * 0.25 + 6:.0f} {y - h * 0.055:.0f} h{w * 0.23 - 12:.0f}", s.light, 5, "6 5")
        for i in range(3)
    )  # fmt: skip
    return (
        _sun(s, w, h, dice)
        + _ridge(w, h, h * 0.66, h * 0.16, dice, s.mid, 3)
        + cars
        + flat(f"M-2 {h + 2} V{y + 2:.0f} H{w + 2} V{h + 2} Z {arches}", s.deep)
    )


def flock(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Birds over a field, a wire along it."""
    birds = "".join(
        f"M{w * between(dice, 0.1, 0.8):.0f} {h * between(dice, 0.12, 0.52):.0f} q5 -7 10 0 q5 -7 10 0" for _ in range(9)
    )
    poles = "".join(
        f"M{w * t:.0f} {h * 0.84:.0f} V{h * (0.56 + 0.03 * i):.0f} m-7 6 h14" for i, t in enumerate((0.14, 0.5, 0.86))
    )
    return (
        _sun(s, w, h, dice, s.accent)
        + line(birds, s.deep, 2.4)
        + _ridge(w, h, h * 0.8, h * 0.08, dice, s.mid, 2)
        + line(poles + f"M{w * 0.14:.0f} {h * 0.57:.0f} Q{w * 0.32:.0f} {h * 0.66:.0f} {w * 0.5:.0f} {h * 0.6:.0f} T{w * 0.86:.0f} {h * 0.63:.0f}", s.deep, 2)
        + flat(f"M-2 {h + 2} V{h * 0.85:.0f} Q{w * 0.5:.0f} {h * 0.79:.0f} {w + 2} {h * 0.86:.0f} V{h + 2} Z", s.deep)
    )  # fmt: skip


def lighthouse(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A lighthouse, its beam to both sides."""
    x, foot, top, k = w * between(dice, 0.36, 0.64), h * 0.8, h * 0.26, min(w, h) * 0.075
    beam = flat(
        f"M{x:.0f} {top:.0f} L-4 {top - h * 0.12:.0f} V{top + h * 0.1:.0f} Z M{x:.0f} {top:.0f} L{w + 4:.0f} {top - h * 0.12:.0f} V{top + h * 0.1:.0f} Z",
        s.accent,
    )
    bands = "".join(
        flat(
            f"M{x - k * (0.8 + t * 0.5):.1f} {top + (foot - top) * t:.1f} H{x + k * (0.8 + t * 0.5):.1f} L{x + k * (0.8 + u * 0.5):.1f} {top + (foot - top) * u:.1f} H{x - k * (0.8 + u * 0.5):.1f} Z",
            tone,
        )
        for t, u, tone in ((0.1, 0.34, s.light), (0.34, 0.56, s.accent), (0.56, 0.78, s.light), (0.78, 1, s.accent))
    )
    return (
        faint(beam, 0.5)
        + bands
        + box(x - k * 1.1, top + (foot - top) * 0.08, k * 2.2, 5, 1, s.deep)
        + box(x - k * 0.55, top - k * 0.7, k * 1.1, k * 1.3, 1, s.light)
        + flat(
            f"M{x - k * 0.9:.0f} {top - k * 0.6:.0f} L{x:.0f} {top - k * 1.7:.0f} L{x + k * 0.9:.0f} {top - k * 0.6:.0f} Z",
            s.deep,
        )
        + flat(
            f"M-2 {h + 2} V{h * 0.9:.0f} L{x - k * 3:.0f} {foot:.0f} H{x + k * 2.6:.0f} L{w + 2} {h * 0.92:.0f} V{h + 2} Z",
            s.deep,
        )
        + line(f"M{w * 0.04:.0f} {h * 0.84:.0f} h{w * 0.16:.0f} M{w * 0.76:.0f} {h * 0.82:.0f} h{w * 0.2:.0f}", s.mid, 3)
    )


def plane(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A paper plane and the loop it has flown."""
    x, y, k = w * between(dice, 0.56, 0.7), h * between(dice, 0.2, 0.3), min(w, h) * 0.2
    flown = f"M{w * 0.02:.0f} {h * 0.7:.0f} C{w * 0.5:.0f} {h * 0.74:.0f} {w * 0.62:.0f} {h * 0.36:.0f} {w * 0.36:.0f} {h * 0.36:.0f} S{w * 0.3:.0f} {h * 0.62:.0f} {x:.0f} {y + k * 0.4:.0f}"
    body = flat(
        f"M{x - k * 0.5:.0f} {y + k * 0.3:.0f} L{x + k:.0f} {y - k * 0.6:.0f} L{x + k * 0.3:.0f} {y + k * 0.75:.0f} Z", s.light
    ) + flat(f"M{x - k * 0.05:.0f} {y + k * 0.45:.0f} L{x + k:.0f} {y - k * 0.6:.0f} L{x + k * 0.02:.0f} {y + k:.0f} Z", s.accent)
    return (
        line(flown, s.deep, 2.4, "1 7")
        + body
        + _ridge(w, h, h * 0.8, h * 0.1, dice, s.mid, 3)
        + _ridge(w, h, h * 0.92, h * 0.08, dice, s.deep, 2)
    )


SCENES: dict[str, Scene] = {
    made.__name__: made
    for made in (
        hills,
        mesa,
        peaks,
        sea,
        road,
        skyline,
        house,
        trunks,
        bamboo,
        rain,
        castle,
        train,
        flock,
        lighthouse,
        plane,
    )
}
