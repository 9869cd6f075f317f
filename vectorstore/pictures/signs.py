"""Signs instead of places: orbits, spirals, keys, rays. For posters and sleeves, drawn like `scenes`, into 0..w by 0..h.

tests/test_pictures.py draws them all.
"""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

import math
from random import Random

from vectorstore.pictures.scenes import Scene, faint, flat
from vectorstore.pictures.schemes import Scheme, between
from vectorstore.pictures.shapes import box, circle, ellipse, line, ring


def orbits(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A ringed planet, a moon and stars."""
    x, y, r = w * between(dice, 0.4, 0.6), h * between(dice, 0.42, 0.52), w * between(dice, 0.24, 0.3)
    stars = "".join(circle(w * dice.random(), h * dice.random(), between(dice, 0.6, 1.6), s.light) for _ in range(22))
    turn = between(dice, -32, 28)
    halo = f"M{x - r * 1.7:.0f} {y:.0f} A{r * 1.7:.0f} {r * 0.42:.0f} 0 0 0 {x + r * 1.7:.0f} {y:.0f}"
    back = f"M{x - r * 1.7:.0f} {y:.0f} A{r * 1.7:.0f} {r * 0.42:.0f} 0 0 1 {x + r * 1.7:.0f} {y:.0f}"
    return (
        stars
        + f'<g transform="rotate({turn:g} {x:g} {y:g})">'
        + line(back, s.light, 3)
        + circle(x, y, r, s.accent)
        + flat(f"M{x - r:.0f} {y - r * 0.1:.0f} A{r:.0f} {r:.0f} 0 0 0 {x + r:.0f} {y - r * 0.1:.0f} Q{x:.0f} {y + r * 0.4:.0f} {x - r:.0f} {y - r * 0.1:.0f} Z", s.mid)
        + line(halo, s.light, 3)
        + "</g>"
        + circle(w * between(dice, 0.12, 0.25), h * 0.2, w * 0.06, s.mid)
        + flat(f"M-2 {h + 2} V{h * 0.93:.0f} Q{w / 2:.0f} {h * 0.82:.0f} {w + 2} {h * 0.94:.0f} V{h + 2} Z", s.deep)
    )  # fmt: skip


def cut_sun(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A sun sliced by the horizon's stripes, a grid before it."""
    x, y, r = w / 2, h * 0.46, w * between(dice, 0.32, 0.38)
    stripes = "".join(box(x - r - 2, y + r * (0.1 + 0.2 * i), 2 * r + 4, r * (0.05 + 0.025 * i), 0, s.ground) for i in range(5))
    rays = "".join(f"M{x:.0f} {h * 0.7:.0f} L{x + w * t:.0f} {h + 4}" for t in (-1.6, -0.95, -0.5, -0.16, 0.16, 0.5, 0.95, 1.6))
    levels = "".join(f"M-2 {h * t:.0f} H{w + 2}" for t in (0.74, 0.79, 0.86, 0.95))
    return (
        circle(x, y, r, s.accent)
        + stripes
        + flat(f"M-2 {h + 2} V{h * 0.7:.0f} H{w + 2} V{h + 2} Z", s.deep)
        + line(rays + levels, s.mid, 1.4)
    )


def monolith(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A figure before something very large."""
    x, r = w * between(dice, 0.42, 0.58), w * between(dice, 0.36, 0.42)
    dark = dice.random() < 0.5
    y = h * 0.84
    return (
        circle(x, h * 0.46, r, s.accent if dark else s.light)
        + circle(x + r * 0.24, h * 0.46 - r * 0.2, r * 0.78, s.mid if dark else s.accent)
        + flat(f"M-2 {h + 2} V{y:.0f} Q{w / 2:.0f} {h * 0.79:.0f} {w + 2} {y:.0f} V{h + 2} Z", s.deep)
        + circle(x, y - h * 0.13, w * 0.026, s.deep)
        + flat(f"M{x - 5:.0f} {y:.0f} l1 {-h * 0.11:.0f} h8 l1 {h * 0.11:.0f} Z", s.deep)
    )


def spiral(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A spiral that draws in, somebody falling along it."""
    x, y = w * 0.5, h * 0.48
    d, turns, way = "", between(dice, 4, 5.5), 1 if dice.random() < 0.5 else -1
    for i in range(int(turns * 22)):
        a, r = way * i * math.pi / 11, w * 0.72 * i / (turns * 22)
        d += f"{'L' if d else 'M'}{x + r * math.cos(a):.1f} {y + r * math.sin(a):.1f}"
    return line(d, s.accent, w * 0.036) + circle(x, y, w * 0.05, s.light) + box(-2, h * 0.93, w + 4, h * 0.1, 0, s.deep)


def target(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Rings and a cross of hairs, off the centre."""
    x, y = w * between(dice, 0.36, 0.64), h * between(dice, 0.4, 0.5)
    rings = "".join(
        circle(x, y, w * r, tone)
        for r, tone in ((0.5, s.mid), (0.38, s.ground), (0.27, s.accent), (0.15, s.light), (0.05, s.deep))
    )
    return rings + line(f"M{x:.0f} -2 V{h + 2} M-2 {y:.0f} H{w + 2}", s.deep, 1.6) + box(-2, h * 0.92, w + 4, h * 0.1, 0, s.deep)


def slash(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Slanting bars, one of them burning."""
    drawn = ""
    hot = int(dice.random() * 3) + 1
    for i in range(6):
        x, k = w * (-0.3 + 0.26 * i), w * between(dice, 0.06, 0.15)
        tone = s.accent if i == hot else s.deep if i % 2 else s.mid
        drawn += flat(
            f"M{x:.0f} {h + 2} L{x + w * 0.5:.0f} {h * between(dice, -0.05, 0.3):.0f} h{k:.0f} L{x + k * 1.3:.0f} {h + 2} Z", tone
        )
    return (
        drawn
        + circle(w * between(dice, 0.2, 0.35), h * 0.24, w * 0.1, s.light)
        + flat(f"M-2 {h + 2} V{h * 0.93:.0f} L{w + 2} {h * 0.86:.0f} V{h + 2} Z", s.deep)
    )


def profiles(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Two rounds that meet: where they do, it is bright."""
    r, y, gap = w * 0.28, h * between(dice, 0.42, 0.5), w * between(dice, 0.13, 0.2)
    a, b = w / 2 - gap, w / 2 + gap
    high = math.sqrt(r * r - gap * gap)
    lens = f"M{w / 2:.1f} {y - high:.1f} A{r:.1f} {r:.1f} 0 0 1 {w / 2:.1f} {y + high:.1f} A{r:.1f} {r:.1f} 0 0 1 {w / 2:.1f} {y - high:.1f} Z"
    return (
        circle(a, y, r, s.mid)
        + circle(b, y, r, s.accent)
        + flat(lens, s.light)
        + flat(f"M-2 {h + 2} V{h * 0.9:.0f} Q{w / 2:.0f} {h * 0.8:.0f} {w + 2} {h * 0.9:.0f} V{h + 2} Z", s.deep)
    )


def petals(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Flowers on tall stems."""
    drawn = ""
    for i in range(3):
        x, y, r = w * (0.22 + 0.28 * i), h * between(dice, 0.24, 0.5), w * between(dice, 0.085, 0.12)
        drawn += line(
            f"M{x:.0f} {y:.0f} Q{x + between(dice, -14, 14):.0f} {h * 0.7:.0f} {w * (0.4 + 0.1 * i):.0f} {h}", s.deep, 3
        )
        count = 6 + i
        drawn += "".join(
            f'<g transform="rotate({360 / count * k:.0f} {x:.1f} {y:.1f})">{ellipse(x, y - r, r * 0.44, r * 0.85, (s.accent, s.light, s.mid)[(i + int(r)) % 3])}</g>'
            for k in range(count)
        )
        drawn += circle(x, y, r * 0.42, s.deep)
        drawn += flat(
            f"M{w * (0.38 + 0.1 * i):.0f} {h * 0.86:.0f} q{-20 + 18 * i} -20 {-34 + 32 * i} -10 q14 16 {34 - 32 * i} 10 Z",
            s.mid if i % 2 else s.deep,
        )
    return drawn + flat(f"M-2 {h + 2} V{h * 0.93:.0f} Q{w / 2:.0f} {h * 0.88:.0f} {w + 2} {h * 0.93:.0f} V{h + 2} Z", s.deep)


def eye(s: Scheme, w: float, h: float, dice: Random) -> str:
    """One eye, wide open, lines running from it."""
    x, y, r = w / 2, h * 0.45, w * 0.38
    lid = f"M{x - r:.0f} {y:.0f} Q{x:.0f} {y - r * 1.1:.0f} {x + r:.0f} {y:.0f} Q{x:.0f} {y + r * 1.1:.0f} {x - r:.0f} {y:.0f} Z"
    lashes = "".join(
        f"M{x + r * 0.9 * math.cos(a):.0f} {y - r * 0.74 * math.sin(a):.0f} L{x + r * 1.24 * math.cos(a):.0f} {y - r * 1.14 * math.sin(a):.0f}"
        for a in (0.6, 1.05, 1.57, 2.1, 2.54)
    )
    look = between(dice, -0.12, 0.12) * r
    return (
        line(lashes, s.accent, 4)
        + flat(lid, s.light)
        + circle(x + look, y, r * 0.42, s.accent)
        + circle(x + look, y, r * 0.2, s.deep)
        + circle(x + look + r * 0.12, y - r * 0.13, r * 0.07, s.light)
        + flat(f"M-2 {h + 2} V{h * 0.88:.0f} L{x:.0f} {h * 0.8:.0f} L{w + 2} {h * 0.88:.0f} V{h + 2} Z", s.deep)
    )


def tiles(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Quarter rounds, dots and triangles in a grid, as a school of design would lay them."""
    n = 4
    k = w / n
    drawn = ""
    for row in range(int(h / k) + 1):
        for column in range(n):
            x, y = column * k, row * k
            tone, other = ((s.accent, s.mid), (s.mid, s.light), (s.light, s.deep), (s.deep, s.accent))[int(dice.random() * 4)]
            form = int(dice.random() * 6)
            if form == 0:
                drawn += flat(f"M{x:.1f} {y:.1f} h{k:.1f} A{k:.1f} {k:.1f} 0 0 1 {x:.1f} {y + k:.1f} Z", tone)
            elif form == 1:
                drawn += flat(f"M{x + k:.1f} {y + k:.1f} h{-k:.1f} A{k:.1f} {k:.1f} 0 0 1 {x + k:.1f} {y:.1f} Z", tone)
            elif form == 2:
                drawn += circle(x + k / 2, y + k / 2, k * 0.5, tone) + circle(x + k / 2, y + k / 2, k * 0.2, other)
            elif form == 3:
                drawn += flat(f"M{x:.1f} {y:.1f} h{k:.1f} L{x:.1f} {y + k:.1f} Z", tone)
            elif form == 4:
                drawn += flat(f"M{x:.1f} {y:.1f} h{k:.1f} v{k:.1f} h{-k:.1f} Z", tone) + flat(
                    f"M{x:.1f} {y + k / 2:.1f} a{k / 2:.1f} {k / 2:.1f} 0 0 1 {k:.1f} 0 Z", other
                )
    return drawn


def balloons(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Balloons let go."""
    drawn = ""
    for i in range(5):
        x, y, r = w * (0.16 + 0.17 * i), h * between(dice, 0.18, 0.5), w * between(dice, 0.09, 0.13)
        tone = (s.accent, s.light, s.mid)[i % 3]
        drawn += line(
            f"M{x:.0f} {y + r:.0f} Q{x + between(dice, -12, 12):.0f} {y + h * 0.2:.0f} {w / 2:.0f} {h * 0.86:.0f}", s.deep, 1.4
        )
        drawn += ellipse(x, y, r, r * 1.18, tone) + flat(f"M{x:.0f} {y + r * 1.1:.0f} l-4 7 h8 Z", tone)
        drawn += faint(ellipse(x - r * 0.35, y - r * 0.4, r * 0.16, r * 0.3, s.light if tone != s.light else s.mid), 0.8)
    return drawn + flat(f"M-2 {h + 2} V{h * 0.9:.0f} Q{w / 2:.0f} {h * 0.8:.0f} {w + 2} {h * 0.9:.0f} V{h + 2} Z", s.deep)


def rays(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Rays from a low sun, to every edge."""
    x, y, n = w * between(dice, 0.4, 0.6), h * 0.66, 13
    fans = "".join(
        f"M{x:.0f} {y:.0f} L{x + 2 * h * math.cos(math.pi * (i + 0.25) / n):.0f} {y - 2 * h * math.sin(math.pi * (i + 0.25) / n):.0f}"
        f" L{x + 2 * h * math.cos(math.pi * (i + 0.75) / n):.0f} {y - 2 * h * math.sin(math.pi * (i + 0.75) / n):.0f} Z"
        for i in range(n)
    )
    return (
        flat(fans, s.mid)
        + circle(x, y, w * 0.24, s.accent)
        + flat(f"M-2 {h + 2} V{y:.0f} H{w + 2} V{h + 2} Z", s.deep)
        + line(f"M{w * 0.1:.0f} {h * 0.76:.0f} h{w * 0.3:.0f} M{w * 0.5:.0f} {h * 0.81:.0f} h{w * 0.36:.0f}", s.accent, 3)
    )


def blade(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A sword across the sun, leaves in the wind."""
    x, y = w / 2, h * 0.44
    leaves = "".join(
        f'<g transform="rotate({between(dice, 0, 180):g} {lx:g} {ly:g})">{ellipse(lx, ly, 7, 2.6, s.light)}</g>'
        for lx, ly in ((w * between(dice, 0.08, 0.92), h * between(dice, 0.08, 0.8)) for _ in range(9))
    )
    sword = (
        flat(f"M{x - 4:.0f} {h * 0.62:.0f} V{h * 0.02:.0f} q4 -12 8 0 V{h * 0.62:.0f} Z", s.light)
        + box(x - 17, h * 0.62, 34, 5, 2, s.deep)
        + box(x - 4, h * 0.63, 8, h * 0.16, 3, s.deep)
    )
    return (
        circle(x, y, w * 0.33, s.accent)
        + leaves
        + f'<g transform="rotate({between(dice, 18, 38):g} {x:g} {y:g})">{sword}</g>'
        + flat(f"M-2 {h + 2} V{h * 0.9:.0f} Q{w * 0.3:.0f} {h * 0.84:.0f} {w + 2} {h * 0.93:.0f} V{h + 2} Z", s.deep)
    )


def blinds(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Light through a blind on a face in a hat."""
    bars = "".join(box(-2, h * (0.04 + 0.095 * i), w + 4, h * 0.05, 0, s.mid) for i in range(9))
    x, y = w * between(dice, 0.42, 0.58), h * 0.48
    k = w * 0.15
    face = (
        flat(
            f"M{x - k:.0f} {y - k * 0.5:.0f} h{2 * k:.0f} v{k:.0f} q0 {k * 1.3:.0f} {-k:.0f} {k * 1.4:.0f} q{-k:.0f} {-k * 0.1:.0f} {-k:.0f} {-k * 1.4:.0f} Z",
            s.deep,
        )
        + flat(
            f"M{x - k * 2.1:.0f} {y - k * 0.3:.0f} q{k * 2.1:.0f} {-k * 0.9:.0f} {k * 4.2:.0f} 0 q{-k * 2.1:.0f} {k * 0.6:.0f} {-k * 4.2:.0f} 0 Z",
            s.deep,
        )
        + flat(
            f"M{x - k * 1.15:.0f} {y - k * 0.6:.0f} q{k * 0.1:.0f} {-k * 1.5:.0f} {k * 1.15:.0f} {-k * 1.2:.0f} q{k * 1.05:.0f} {-k * 0.3:.0f} {k * 1.15:.0f} {k * 1.2:.0f} Z",
            s.deep,
        )
        + line(f"M{x - k * 1.12:.0f} {y - k * 0.66:.0f} q{k * 1.1:.0f} {-k * 0.4:.0f} {k * 2.24:.0f} 0", s.accent, 4)
    )
    return (
        bars
        + face
        + flat(
            f"M{x - w * 0.4:.0f} {h + 2} Q{x - w * 0.36:.0f} {h * 0.74:.0f} {x:.0f} {h * 0.72:.0f} Q{x + w * 0.36:.0f} {h * 0.74:.0f} {x + w * 0.4:.0f} {h + 2} Z",
            s.deep,
        )
    )


def keys(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Piano keys on a slant."""
    n = 8
    k = w * 1.5 / n
    white = "".join(
        box(-w * 0.25 + i * k + 1, h * 0.34, k - 2, h * 0.8, 2, s.accent if i == int(w + h) % n else s.light) for i in range(n)
    )
    black = "".join(
        box(-w * 0.25 + i * k - k * 0.3, h * 0.34, k * 0.6, h * 0.42, 1, s.deep) for i in range(1, n) if i % 7 not in (0, 3)
    )
    return (
        circle(w * between(dice, 0.25, 0.75), h * 0.2, w * 0.16, s.accent)
        + f'<g transform="rotate({between(dice, -24, -12):g} {w / 2:g} {h / 2:g})">{white}{black}</g>'
    )


def bars(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Levels of a loud moment, mirrored in a floor."""
    n, drawn = 11, ""
    k = w * 0.86 / n
    for i in range(n):
        tall = h * between(dice, 0.08, 0.5) * (1 - abs(i - n // 2) / n)
        x = w * 0.07 + i * k
        tone = s.accent if i % 3 == 1 else s.light if i % 3 else s.mid
        drawn += box(x, h * 0.62 - tall, k * 0.62, tall, k * 0.3, tone) + faint(
            box(x, h * 0.65, k * 0.62, tall * 0.5, k * 0.3, tone), 0.35
        )
    return drawn


def moire(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Rings from two places that run through one another."""
    a, b = w * between(dice, 0.2, 0.4), w * between(dice, 0.6, 0.8)
    n = 13
    return "".join(ring(a, h * 0.4, w * 0.055 * i, s.light, 1.6) for i in range(1, n)) + "".join(
        ring(b, h * 0.6, w * 0.055 * i, s.accent, 1.6) for i in range(1, n)
    )


def halftone(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Dots that grow towards one corner."""
    n, way = 8, dice.random() < 0.5
    k = w / n
    return "".join(
        circle(
            k * (i + 0.5),
            k * (j + 0.5),
            k * 0.52 * max(0.12, ((i if way else n - i) + j) / (n + h / k)),
            s.accent if (i + j) % 4 == 0 else s.light,
        )
        for i in range(n)
        for j in range(int(h / k) + 1)
    )


def strings(s: Scheme, w: float, h: float, dice: Random) -> str:
    """The sound hole of a guitar, its strings struck."""
    x, y, r = w * between(dice, 0.38, 0.62), h * 0.5, w * 0.27
    struck = "".join(
        f"M{x + w * 0.045 * (i - 2.5):.1f} -2 Q{x + w * 0.045 * (i - 2.5) + (between(dice, -16, 16) if i in (2, 4) else 0):.1f} {y:.0f} {x + w * 0.045 * (i - 2.5):.1f} {h + 2}"
        for i in range(6)
    )
    return (
        ring(x, y, r * 1.34, s.mid, 5) + ring(x, y, r * 1.2, s.accent, 3) + circle(x, y, r, s.deep) + line(struck, s.light, 1.6)
    )


def waves(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Lines of one wave after another, each a little later."""
    drawn = ""
    for i in range(15):
        y, a = h * (0.1 + 0.058 * i), h * 0.05 * math.sin(i * 0.55 + between(dice, 0, 1)) + 5
        drawn += line(
            f"M-4 {y:.0f} q{w / 8:.1f} {-a:.1f} {w / 4:.1f} 0 t{w / 4:.1f} 0 t{w / 4:.1f} 0 t{w / 4 + 4:.1f} 0",
            s.accent if i % 5 == 2 else s.light if i % 2 else s.mid,
            3,
        )
    return drawn


def strokes(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A few broad strokes of a brush and one dot."""
    drawn = ""
    for i, tone in enumerate((s.mid, s.deep, s.light, s.accent)):
        y = h * (0.2 + 0.19 * i)
        drawn += line(
            f"M{w * between(dice, 0.02, 0.2):.0f} {y:.0f} Q{w * between(dice, 0.3, 0.7):.0f} {y + h * between(dice, -0.2, 0.2):.0f} {w * between(dice, 0.8, 0.98):.0f} {y + h * between(dice, -0.06, 0.06):.0f}",
            tone,
            h * between(dice, 0.07, 0.13),
        )
    return drawn + circle(w * between(dice, 0.2, 0.8), h * 0.14, w * 0.07, s.accent)


SIGNS: dict[str, Scene] = {
    made.__name__: made
    for made in (
        orbits, cut_sun, monolith, spiral, target, slash, profiles, petals, eye, tiles, balloons, rays, blade, blinds, keys, bars, moire,
        halftone, strings, waves, strokes,
    )
}  # fmt: skip
