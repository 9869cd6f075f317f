"""Rooms as flat as a screen print: a door, a stair, a chair, a window, a table. Drawn like `scenes`, into 0..w by 0..h.

tests/test_pictures.py draws them all.
"""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

from random import Random

from vectorstore.pictures.scenes import Scene, faint, flat
from vectorstore.pictures.schemes import Scheme, between
from vectorstore.pictures.shapes import box, circle, line


def doorway(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Somebody small in a lit door, the light falling into the room."""
    x, wide, top, foot = w * between(dice, 0.34, 0.5), w * 0.2, h * 0.26, h * 0.66
    return (
        flat(f"M-2 {h + 2} V{foot:.0f} H{w + 2} V{h + 2} Z", s.deep)
        + box(x, top, wide, foot - top, 0, s.accent)
        + faint(flat(f"M{x:.0f} {foot:.0f} h{wide:.0f} L{x + wide * 2.4:.0f} {h + 2} H{x - wide * 0.6:.0f} Z", s.accent), 0.75)
        + circle(x + wide / 2, foot - h * 0.17, w * 0.03, s.deep)
        + flat(f"M{x + wide / 2 - 7:.0f} {foot:.0f} l2 {-h * 0.13:.0f} h10 l2 {h * 0.13:.0f} Z", s.deep)
        + flat(f"M{x + wide / 2 - 7:.0f} {foot:.0f} h14 l{wide * 0.42:.0f} {h * 0.36:.0f} h{-wide * 0.52:.0f} Z", s.deep)
    )


def stairs(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Steps that lead up to a light, one figure on them."""
    n = 7
    way = dice.random() < 0.5
    d = f"M-2 {h + 2} V{h * 0.94:.0f}"
    for i in range(n):
        d += f" H{w * (i + 1) / n:.0f} V{h * (0.94 - 0.085 * (i + 1)):.0f}"
    steps = flat(d + f" H{w + 2} V{h + 2} Z", s.deep)
    at = 3
    x, y = w * (at + 0.5) / n, h * (0.94 - 0.085 * at)
    figure = circle(x, y - h * 0.17, w * 0.035, s.accent) + flat(
        f"M{x - 8:.0f} {y:.0f} l3 {-h * 0.135:.0f} h10 l3 {h * 0.135:.0f} Z", s.accent
    )
    drawn = (
        circle(w * 0.84, h * 0.2, w * 0.19, s.light)
        + faint(flat(f"M{w:.0f} {h * 0.1:.0f} L{w * 0.1:.0f} {h * 0.9:.0f} H{w:.0f} Z", s.mid), 0.5)
        + steps
        + figure
    )
    return drawn if way else f'<g transform="matrix(-1 0 0 1 {w:g} 0)">{drawn}</g>'


def chair(s: Scheme, w: float, h: float, dice: Random) -> str:
    """An empty chair and its long shadow."""
    x, y, k = w * between(dice, 0.36, 0.52), h * 0.72, min(w, h) * 0.17
    seat = f"M{x:.0f} {y:.0f} v{-k * 2.4:.0f} M{x:.0f} {y - k:.0f} h{k * 1.3:.0f} v{k:.0f} M{x:.0f} {y - k * 2.3:.0f} q{k * 0.1:.0f} {k * 0.6:.0f} 0 {k * 1.2:.0f}"
    shade = flat(f"M{x:.0f} {y:.0f} h{k * 1.3:.0f} l{k * 2.2:.0f} {h * 0.2:.0f} h{-k * 1.5:.0f} Z", s.deep)
    back = box(x - k * 0.1, y - k * 2.4, k * 0.2, k * 1.2, 2, s.deep)
    return (
        flat(f"M-2 {h + 2} V{h * 0.62:.0f} H{w + 2} V{h + 2} Z", s.mid)
        + circle(w * between(dice, 0.62, 0.8), h * 0.26, min(w, h) * 0.16, s.accent)
        + faint(shade, 0.6)
        + back
        + line(seat, s.deep, k * 0.2)
        + box(-2, h * 0.93, w + 4, h, 0, s.deep)
    )


def window(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A window at night, a plant on its sill, the curtain moving."""
    x, y, a, b = w * 0.2, h * 0.1, w * 0.6, h * 0.62
    stars = "".join(circle(x + a * between(dice, 0.06, 0.94), y + b * between(dice, 0.05, 0.5), 1.4, s.light) for _ in range(9))
    p = w * between(dice, 0.36, 0.64)
    leaves = "".join(
        flat(
            f"M{p:.0f} {y + b - 16:.0f} q{dx * 0.2:.0f} {-h * 0.14:.0f} {dx} {-h * 0.2:.0f} q{-dx * 0.1:.0f} {h * 0.12:.0f} {-dx} {h * 0.2:.0f} Z",
            s.mid,
        )
        for dx in (-24, -9, 8, 25)
    )
    return (
        box(x, y, a, b, 0, s.deep)
        + stars
        + circle(x + a * between(dice, 0.25, 0.75), y + b * 0.28, w * 0.085, s.accent)
        + _ridge_in(s, x, y, a, b, dice)
        + line(f"M{x + a / 2:.0f} {y:.0f} v{b:.0f} M{x:.0f} {y + b * 0.5:.0f} h{a:.0f}", s.light, 4)
        + f'<rect x="{x:g}" y="{y:g}" width="{a:g}" height="{b:g}" fill="none" stroke="{s.light}" stroke-width="6"/>'
        + leaves
        + flat(f"M{p - 14:.0f} {y + b - 20:.0f} h28 l-5 20 h-18 Z", s.accent)
        + box(x - w * 0.06, y + b, a + w * 0.12, h * 0.04, 1, s.light)
        + faint(
            flat(
                f"M{x - 8:.0f} {y - 6:.0f} h{a * 0.26:.0f} q{w * 0.07:.0f} {b * 0.5:.0f} {-w * 0.05:.0f} {b + 4:.0f} h{-a * 0.2:.0f} Z",
                s.light,
            ),
            0.8,
        )
        + box(-2, h * 0.92, w + 4, h, 0, s.deep)
    )


def _ridge_in(s: Scheme, x: float, y: float, a: float, b: float, dice: Random) -> str:
    top = y + b * between(dice, 0.7, 0.8)
    return flat(
        f"M{x:.0f} {y + b:.0f} V{top:.0f} Q{x + a * 0.3:.0f} {top - b * 0.16:.0f} {x + a * 0.55:.0f} {top:.0f} T{x + a:.0f} {top - 3:.0f} V{y + b:.0f} Z",
        s.ground,
    )


def table(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A lamp over a table for two."""
    x, y, k = w / 2, h * 0.66, min(w, h) * 0.3
    cups = "".join(
        flat(f"M{x + dx - 9:.0f} {y - 15:.0f} h18 l-3 15 h-12 Z", tone) for dx, tone in ((-k * 0.5, s.light), (k * 0.5, s.mid))
    )
    stool = "".join(flat(f"M{x + dx - 15:.0f} {h * 0.8:.0f} h30 l5 {h * 0.14:.0f} h-40 Z", s.mid) for dx in (-k * 1.25, k * 1.25))
    return (
        faint(flat(f"M{x - 12:.0f} {h * 0.26:.0f} h24 L{x + k * 1.5:.0f} {h * 0.94:.0f} H{x - k * 1.5:.0f} Z", s.accent), 0.45)
        + line(f"M{x:.0f} -2 V{h * 0.2:.0f}", s.deep, 2.5)
        + flat(f"M{x - 30:.0f} {h * 0.27:.0f} q4 {-h * 0.09:.0f} 30 {-h * 0.09:.0f} q26 0 30 {h * 0.09:.0f} Z", s.deep)
        + circle(x, h * 0.28, 7, s.light)
        + stool
        + cups
        + box(x - k, y, 2 * k, 8, 4, s.deep)
        + line(f"M{x:.0f} {y:.0f} V{h * 0.94:.0f}", s.deep, 6)
        + flat(f"M-2 {h + 2} V{h * 0.93:.0f} H{w + 2} V{h + 2} Z", s.deep)
    )


ROOMS: dict[str, Scene] = {made.__name__: made for made in (doorway, stairs, chair, window, table)}
