"""Places in the news: the pitch, the bridge, the school, the town hall, the mast.

Drawn like `scenes`, into 0..w by 0..h (about 3 to 2). tests/test_pictures.py draws them all.
"""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

import math
from random import Random

from vectorstore.pictures.scenes import faint, flat
from vectorstore.pictures.schemes import Scheme, between
from vectorstore.pictures.shapes import box, circle, line, ring


def pitch(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Half a football pitch from above, the ball on its way."""
    bands = "".join(box(w * i / 8, 0, w / 8, h, 0, s.mid) for i in range(0, 8, 2))
    lines = f"M{w * 0.06:.0f} {h * 0.1:.0f} H{w + 4} M{w * 0.06:.0f} {h * 0.9:.0f} H{w + 4} M{w * 0.06:.0f} {h * 0.1:.0f} V{h * 0.9:.0f} M{w * 0.06:.0f} {h * 0.26:.0f} h{w * 0.22:.0f} V{h * 0.74:.0f} h{-w * 0.22:.0f} M{w * 0.06:.0f} {h * 0.38:.0f} h{w * 0.09:.0f} V{h * 0.62:.0f} h{-w * 0.09:.0f}"
    x, y = w * between(dice, 0.5, 0.62), h * between(dice, 0.3, 0.7)
    return (
        bands + line(lines, s.light, 2.5) + ring(w, h / 2, h * 0.26, s.light, 2.5)
        + line(f"M{w * 0.2:.0f} {h * 0.5:.0f} Q{x * 0.8:.0f} {h * 0.16:.0f} {x:.0f} {y:.0f}", s.accent, 3, "2 7")
        + circle(x, y, h * 0.075, s.light) + circle(x, y, h * 0.03, s.deep)
    )  # fmt: skip


def lanes(s: Scheme, w: float, h: float, dice: Random) -> str:
    """The bend of a running track, one runner ahead."""
    n = 6
    drawn = "".join(ring(w * 0.3, h * 1.05, h * (0.34 + 0.13 * i), s.light, 2) for i in range(n))
    marks = ""
    for i in range(n - 1):
        a = math.pi * (1.16 + between(dice, 0.15, 0.6))
        r = h * (0.405 + 0.13 * i)
        marks += circle(w * 0.3 - r * math.cos(a), h * 1.05 + r * math.sin(a), h * 0.042, s.accent if i == 3 else s.deep)
    return circle(w * 0.3, h * 1.05, h * 0.34, s.mid) + drawn + marks


def scoreboard(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A scoreboard between floodlights."""
    lamps = ""
    for x in (w * 0.12, w * 0.88):
        lamps += line(f"M{x:.0f} {h} V{h * 0.24:.0f}", s.deep, 4) + box(x - 19, h * 0.1, 38, 24, 3, s.deep)
        lamps += "".join(circle(x - 11 + 11 * (i % 3), h * 0.1 + 7 + 10 * (i // 3), 3.4, s.light) for i in range(6))
    dots = "".join(
        circle(w * 0.3 + w * 0.4 * i / 10, h * 0.36 + h * 0.3 * j / 5, 3.2, s.accent if dice.random() < 0.42 else s.mid)
        for i in range(11)
        for j in range(6)
    )
    return (
        lamps
        + box(w * 0.25, h * 0.27, w * 0.5, h * 0.48, 5, s.deep)
        + dots
        + line(f"M{w * 0.36:.0f} {h * 0.75:.0f} V{h} M{w * 0.64:.0f} {h * 0.75:.0f} V{h}", s.deep, 6)
    )


def bridge(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A hanging bridge over water."""
    y = h * 0.66
    cable = f"M-4 {h * 0.42:.0f} Q{w * 0.1:.0f} {h * 0.36:.0f} {w * 0.22:.0f} {h * 0.18:.0f} Q{w * 0.5:.0f} {h * 0.86:.0f} {w * 0.78:.0f} {h * 0.18:.0f} Q{w * 0.9:.0f} {h * 0.36:.0f} {w + 4} {h * 0.42:.0f}"
    hangers = ""
    for i in range(1, 12):
        t = i / 12
        x = w * (0.22 + 0.56 * t)
        top = h * ((1 - t) ** 2 * 0.18 + 2 * t * (1 - t) * 0.86 + t * t * 0.18)
        hangers += f"M{x:.0f} {top:.0f} V{y:.0f}"
    towers = "".join(box(w * t - 5, h * 0.14, 10, h * 0.72, 1, s.deep) for t in (0.22, 0.78))
    return (
        circle(w * between(dice, 0.4, 0.6), h * 0.3, h * 0.16, s.accent) + line(hangers, s.light, 1.4) + line(cable, s.light, 3) + towers
        + box(-2, y, w + 4, h * 0.045, 0, s.deep) + box(-2, h * 0.82, w + 4, h * 0.2, 0, s.mid)
        + line(f"M{w * 0.1:.0f} {h * 0.9:.0f} h{w * 0.2:.0f} M{w * 0.45:.0f} {h * 0.94:.0f} h{w * 0.28:.0f} M{w * 0.74:.0f} {h * 0.88:.0f} h{w * 0.14:.0f}", s.light, 2)
    )  # fmt: skip


def lines_map(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A map of lines and stops."""
    a, b = h * between(dice, 0.22, 0.34), h * between(dice, 0.62, 0.76)
    k = w * between(dice, 0.3, 0.42)
    routes = (
        (f"M-4 {a:.0f} H{k:.0f} L{k + b - a:.0f} {b:.0f} H{w + 4}", s.accent),
        (f"M-4 {b:.0f} H{k - 10:.0f} L{k - 10 + b - a:.0f} {a:.0f} H{w + 4}", s.light),
        (f"M{w * 0.78:.0f} -4 V{h + 4}", s.mid),
    )
    stops = "".join(
        circle(x, y, 6, s.light, s.deep, 3)
        for x, y in (
            (w * 0.1, a),
            (k * 0.75, a),
            (w * 0.12, b),
            (w * 0.64, b),
            (w * 0.78, a),
            (w * 0.78, b),
            (w * 0.92, a),
            (w * 0.9, b),
        )
    )
    return "".join(line(d, tone, 8) for d, tone in routes) + stops


def tram(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A tram seen from the side under its wire."""
    x, y = w * 0.18, h * 0.34
    windows = "".join(box(x + 14 + i * w * 0.125, y + h * 0.09, w * 0.095, h * 0.15, 3, s.light) for i in range(5))
    return (
        line(f"M-4 {h * 0.16:.0f} H{w + 4}", s.deep, 2) + line(f"M{w * 0.5:.0f} {y:.0f} l-14 {-h * 0.09:.0f} 22 {-h * 0.09:.0f}", s.deep, 2.5)
        + box(x, y, w * 0.68, h * 0.42, 14, s.accent) + box(x, y + h * 0.29, w * 0.68, h * 0.05, 0, s.light) + windows
        + "".join(circle(x + w * t, h * 0.78, h * 0.055, s.deep) for t in (0.12, 0.22, 0.46, 0.56))
        + box(-2, h * 0.83, w + 4, 4, 0, s.deep) + box(-2, h * 0.86, w + 4, h * 0.2, 0, s.mid)
    )  # fmt: skip


def crane(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A harbour crane and containers."""
    x = w * between(dice, 0.3, 0.44)
    stack = "".join(
        box(w * 0.54 + w * 0.14 * i, h * 0.72 - h * 0.12 * j, w * 0.13, h * 0.11, 1, (s.accent, s.light, s.mid)[(i + 2 * j) % 3])
        for i in range(3) for j in range(3 - i % 2)
    )  # fmt: skip
    frame = f"M{x - 26:.0f} {h * 0.83:.0f} V{h * 0.32:.0f} M{x + 26:.0f} {h * 0.83:.0f} V{h * 0.32:.0f} M{x - 26:.0f} {h * 0.6:.0f} l52 {-h * 0.26:.0f} M{w * 0.06:.0f} {h * 0.32:.0f} H{w * 0.9:.0f} M{x:.0f} {h * 0.12:.0f} L{w * 0.1:.0f} {h * 0.32:.0f} M{x:.0f} {h * 0.12:.0f} L{w * 0.84:.0f} {h * 0.32:.0f} M{x:.0f} {h * 0.12:.0f} V{h * 0.32:.0f}"
    return (
        line(frame, s.deep, 4)
        + line(f"M{w * 0.6:.0f} {h * 0.32:.0f} V{h * 0.42:.0f}", s.deep, 2)
        + stack
        + box(-2, h * 0.83, w + 4, h * 0.2, 0, s.deep)
    )


def shopfront(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A shop with a striped awning."""
    x, y, k = w * 0.16, h * 0.24, w * 0.68 / 8
    awning = "".join(
        flat(
            f"M{x + i * k:.1f} {y:.0f} h{k:.1f} v{h * 0.16:.0f} a{k / 2:.1f} {k / 2:.1f} 0 0 1 {-k:.1f} 0 Z",
            s.accent if i % 2 else s.light,
        )
        for i in range(8)
    )
    return (
        box(x, h * 0.12, w * 0.68, h * 0.76, 2, s.mid) + box(x + w * 0.06, h * 0.48, w * 0.32, h * 0.28, 2, s.light) + box(x + w * 0.46, h * 0.46, w * 0.15, h * 0.42, 2, s.deep)
        + circle(x + w * 0.5, h * 0.68, 3, s.accent) + awning + box(-2, h * 0.88, w + 4, h * 0.14, 0, s.deep)
    )  # fmt: skip


def schoolhouse(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A school with a clock and a flag."""
    rows = "".join(
        box(w * (0.16 + 0.1 * i), h * (0.52 + 0.17 * j), w * 0.06, h * 0.1, 1, s.light)
        for i in range(7)
        if i != 3
        for j in range(2)
    )
    return (
        box(w * 0.12, h * 0.44, w * 0.76, h * 0.44, 0, s.accent) + flat(f"M{w * 0.4:.0f} {h * 0.88:.0f} V{h * 0.34:.0f} L{w * 0.5:.0f} {h * 0.2:.0f} L{w * 0.6:.0f} {h * 0.34:.0f} V{h * 0.88:.0f} Z", s.mid)
        + rows + circle(w * 0.5, h * 0.42, h * 0.075, s.light) + line(f"M{w * 0.5:.0f} {h * 0.42:.0f} v{-h * 0.05:.0f} M{w * 0.5:.0f} {h * 0.42:.0f} h{h * 0.035:.0f}", s.deep, 2)
        + box(w * 0.46, h * 0.66, w * 0.08, h * 0.22, 0, s.deep) + line(f"M{w * 0.5:.0f} {h * 0.2:.0f} V{h * 0.05:.0f}", s.deep, 2) + flat(f"M{w * 0.5:.0f} {h * 0.05:.0f} l{w * 0.07:.0f} {h * 0.04:.0f} {-w * 0.07:.0f} {h * 0.04:.0f} Z", s.deep)
        + box(-2, h * 0.88, w + 4, h * 0.14, 0, s.deep)
    )  # fmt: skip


def turbines(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Wind turbines on a dike."""
    drawn = circle(w * 0.78, h * 0.3, h * 0.14, s.accent)
    for x, k in ((0.2, 0.3), (0.46, 0.24), (0.68, 0.19)):
        top, turn = h * (0.86 - k * 1.9), between(dice, 0, 119)
        blades = "".join(
            f'<g transform="rotate({turn + 120 * i:.0f} {w * x:.1f} {top:.1f})">{flat(f"M{w * x - 2:.1f} {top:.1f} q-4 {-h * k * 0.3:.1f} 2 {-h * k * 0.9:.1f} q6 {h * k * 0.5:.1f} 2 {h * k * 0.9:.1f} Z", s.light)}</g>'
            for i in range(3)
        )
        drawn += line(f"M{w * x:.0f} {h * 0.86:.0f} V{top:.0f}", s.light, 3.5) + blades + circle(w * x, top, 3.5, s.deep)
    return (
        drawn
        + flat(f"M-2 {h + 2} V{h * 0.8:.0f} Q{w * 0.5:.0f} {h * 0.7:.0f} {w + 2} {h * 0.84:.0f} V{h + 2} Z", s.mid)
        + flat(f"M-2 {h + 2} V{h * 0.9:.0f} Q{w * 0.5:.0f} {h * 0.8:.0f} {w + 2} {h * 0.92:.0f} V{h + 2} Z", s.deep)
    )


def tree(s: Scheme, w: float, h: float, dice: Random) -> str:
    """One broad tree."""
    x = w * between(dice, 0.4, 0.6)
    crown = "".join(
        circle(x + w * dx, h * (0.36 + dy), h * r, tone)
        for dx, dy, r, tone in (
            (-0.13, 0.06, 0.19, s.mid),
            (0.12, 0.07, 0.18, s.mid),
            (0, -0.08, 0.22, s.accent),
            (-0.05, 0.08, 0.15, s.accent),
            (0.08, 0.02, 0.13, s.light),
        )
    )
    return (
        crown
        + line(
            f"M{x:.0f} {h * 0.9:.0f} V{h * 0.4:.0f} M{x:.0f} {h * 0.62:.0f} l{w * 0.07:.0f} {-h * 0.12:.0f} M{x:.0f} {h * 0.56:.0f} l{-w * 0.06:.0f} {-h * 0.1:.0f}",
            s.deep,
            7,
        )
        + flat(f"M-2 {h + 2} V{h * 0.88:.0f} Q{w * 0.5:.0f} {h * 0.78:.0f} {w + 2} {h * 0.88:.0f} V{h + 2} Z", s.deep)
    )


def hall(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A town hall with columns and a clock."""
    columns = "".join(box(w * (0.24 + 0.1 * i), h * 0.46, w * 0.045, h * 0.34, 0, s.light) for i in range(6))
    return (
        flat(f"M{w * 0.16:.0f} {h * 0.42:.0f} L{w * 0.5:.0f} {h * 0.16:.0f} L{w * 0.84:.0f} {h * 0.42:.0f} Z", s.accent) + box(w * 0.2, h * 0.42, w * 0.6, h * 0.4, 0, s.mid) + box(w * 0.16, h * 0.42, w * 0.68, h * 0.045, 0, s.light) + columns
        + circle(w * 0.5, h * 0.32, h * 0.06, s.light) + line(f"M{w * 0.5:.0f} {h * 0.32:.0f} v{-h * 0.04:.0f} m0 {h * 0.04:.0f} h{h * 0.03:.0f}", s.deep, 2)
        + box(w * 0.14, h * 0.8, w * 0.72, h * 0.05, 0, s.light) + box(w * 0.1, h * 0.85, w * 0.8, h * 0.05, 0, s.mid) + box(-2, h * 0.9, w + 4, h * 0.12, 0, s.deep)
    )  # fmt: skip


def lamp(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A street lamp and its cone of light on a wall of bricks."""
    bricks = "".join(
        f"M{w * (0.02 + 0.14 * i + 0.07 * (j % 2)):.0f} {h * (0.1 + 0.12 * j):.0f} h{w * 0.09:.0f}"
        for i in range(7)
        for j in range(7)
        if dice.random() < 0.45
    )
    x = w * between(dice, 0.34, 0.62)
    return (
        line(bricks, s.mid, 3)
        + faint(flat(f"M{x:.0f} {h * 0.2:.0f} L{x + w * 0.26:.0f} {h * 0.9:.0f} H{x - w * 0.26:.0f} Z", s.accent), 0.55)
        + line(f"M{x:.0f} {h * 0.9:.0f} V{h * 0.2:.0f}", s.deep, 5)
        + flat(f"M{x - 15:.0f} {h * 0.24:.0f} l6 {-h * 0.13:.0f} h18 l6 {h * 0.13:.0f} Z", s.deep)
        + circle(x, h * 0.25, 6, s.light)
        + box(-2, h * 0.9, w + 4, h * 0.12, 0, s.deep)
    )


def mast(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A mast that sends."""
    x, y = w * between(dice, 0.38, 0.62), h * 0.26
    rings = "".join(
        f"M{x - r * 0.7:.0f} {y - r * 0.7:.0f} A{r:.0f} {r:.0f} 0 0 0 {x - r * 0.7:.0f} {y + r * 0.7:.0f} M{x + r * 0.7:.0f} {y - r * 0.7:.0f} A{r:.0f} {r:.0f} 0 0 1 {x + r * 0.7:.0f} {y + r * 0.7:.0f}"
        for r in (h * 0.14, h * 0.24, h * 0.34)
    )
    legs = f"M{x:.0f} {y:.0f} L{x - w * 0.09:.0f} {h * 0.88:.0f} M{x:.0f} {y:.0f} L{x + w * 0.09:.0f} {h * 0.88:.0f} M{x - w * 0.03:.0f} {h * 0.46:.0f} L{x + w * 0.055:.0f} {h * 0.64:.0f} L{x - w * 0.07:.0f} {h * 0.76:.0f} M{x + w * 0.03:.0f} {h * 0.46:.0f} L{x - w * 0.055:.0f} {h * 0.64:.0f} L{x + w * 0.07:.0f} {h * 0.76:.0f}"
    return (
        line(rings, s.accent, 4)
        + line(legs, s.light, 3.5)
        + circle(x, y, 7, s.light)
        + flat(f"M-2 {h + 2} V{h * 0.88:.0f} Q{w * 0.5:.0f} {h * 0.8:.0f} {w + 2} {h * 0.88:.0f} V{h + 2} Z", s.deep)
    )
