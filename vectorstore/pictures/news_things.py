"""Things in the news: a chart, a blackboard, scales, a plate, a heartbeat, bubbles of speech.

Drawn like `scenes`, into 0..w by 0..h (about 3 to 2). tests/test_pictures.py draws them all.
"""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

import math
from random import Random

from vectorstore.pictures.scenes import faint, flat
from vectorstore.pictures.schemes import Scheme, between
from vectorstore.pictures.shapes import box, circle, ellipse, line, ring


def chart(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Columns, and a line that goes its own way."""
    n, drawn, points = 7, "", []
    for i in range(n):
        tall = h * (0.18 + 0.07 * i * between(dice, 0.4, 1.3))
        x = w * (0.08 + 0.125 * i)
        drawn += box(x, h * 0.86 - tall, w * 0.08, tall, 2, s.accent if i == n - 2 else s.mid)
        points.append((x + w * 0.04, h * (0.62 - 0.06 * i) + h * between(dice, -0.09, 0.09)))
    grid = "".join(f"M{w * 0.05:.0f} {h * t:.0f} H{w * 0.95:.0f}" for t in (0.26, 0.46, 0.66))
    track = "M" + " L".join(f"{x:.0f} {y:.0f}" for x, y in points)
    return (
        faint(line(grid, s.light, 1.2), 0.5)
        + drawn
        + line(f"M{w * 0.05:.0f} {h * 0.86:.0f} H{w * 0.95:.0f}", s.deep, 3)
        + line(track, s.light, 4)
        + "".join(circle(x, y, 5, s.light) for x, y in points[-1:])
    )


def board(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A blackboard with a sum and a drawing."""
    x, y = w * 0.13, h * 0.14
    return (
        box(x, y, w * 0.74, h * 0.6, 4, s.deep, s.accent, 7) + line(f"M{x + 26:.0f} {y + h * 0.16:.0f} h{w * 0.2:.0f} M{x + 26:.0f} {y + h * 0.27:.0f} h{w * 0.28:.0f} M{x + 26:.0f} {y + h * 0.38:.0f} h{w * 0.16:.0f}", s.light, 3)
        + ring(w * 0.66, h * 0.42, h * 0.14, s.light, 3) + line(f"M{w * 0.66:.0f} {h * 0.42:.0f} V{h * 0.28:.0f} M{w * 0.66:.0f} {h * 0.42:.0f} l{h * 0.12:.0f} {h * 0.07:.0f}", s.light, 3)
        + box(w * 0.3, h * 0.77, w * 0.4, 6, 3, s.accent) + box(-2, h * 0.9, w + 4, h * 0.12, 0, s.mid)
    )  # fmt: skip


def pencils(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Pencils standing in a row, their points up."""
    n, drawn = 7, ""
    for i in range(n):
        x, k, top = w * (0.08 + 0.12 * i), w * 0.1, h * between(dice, 0.14, 0.42)
        tone = (s.accent, s.mid, s.light, s.deep)[i % 4]
        drawn += flat(f"M{x:.0f} {h + 2} V{top + k:.0f} L{x + k / 2:.0f} {top:.0f} L{x + k:.0f} {top + k:.0f} V{h + 2} Z", tone)
        drawn += flat(f"M{x:.0f} {top + k:.0f} L{x + k / 2:.0f} {top:.0f} L{x + k:.0f} {top + k:.0f} Z", "#f3dcb2")
        drawn += flat(
            f"M{x + k * 0.34:.0f} {top + k * 0.32:.0f} L{x + k / 2:.0f} {top:.0f} L{x + k * 0.66:.0f} {top + k * 0.32:.0f} Z",
            tone if tone != s.light else s.deep,
        )
    return drawn


def ballot(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Hands put up in a vote."""
    drawn = ""
    for i in range(6):
        x, top, k = w * (0.07 + 0.15 * i), h * between(dice, 0.24, 0.56), w * 0.085
        tone = (s.accent, s.light, s.mid)[i % 3]
        fingers = "".join(
            box(x + k * 0.27 * j, top - h * (0.07 + 0.025 * (j in (1, 2))), k * 0.22, h * 0.14, k * 0.11, tone) for j in range(4)
        )
        drawn += (
            box(x + k * 0.16, top, k * 0.74, h, 6, tone)
            + box(x, top, k * 1.03, h * 0.13, 8, tone)
            + fingers
            + box(x + k * 0.1, top + h * 0.26, k * 0.86, h, 0, s.deep)
        )
    return drawn


def scales(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Scales that do not quite agree."""
    tilt, x, y = between(dice, -9, 9), w / 2, h * 0.24
    dx, dy = w * 0.24, math.tan(math.radians(tilt)) * w * 0.24
    pans = "".join(
        line(f"M{px:.0f} {py:.0f} l{-w * 0.09:.0f} {h * 0.3:.0f} h{w * 0.18:.0f} Z", s.light, 2)
        + flat(
            f"M{px - w * 0.11:.0f} {py + h * 0.3:.0f} h{w * 0.22:.0f} a{w * 0.11:.0f} {h * 0.12:.0f} 0 0 1 {-w * 0.22:.0f} 0 Z",
            tone,
        )
        for px, py, tone in ((x - dx, y - dy, s.accent), (x + dx, y + dy, s.mid))
    )
    return (
        line(f"M{x - dx:.0f} {y - dy:.0f} L{x + dx:.0f} {y + dy:.0f} M{x:.0f} {y - 12:.0f} V{h * 0.84:.0f}", s.light, 5)
        + circle(x, y, 8, s.accent)
        + pans
        + flat(f"M{x - w * 0.14:.0f} {h * 0.9:.0f} q{w * 0.14:.0f} {-h * 0.14:.0f} {w * 0.28:.0f} 0 Z", s.light)
        + box(-2, h * 0.9, w + 4, h * 0.12, 0, s.deep)
    )


def curtain(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A stage with its curtain drawn aside, one light on it."""
    folds = "".join(
        flat(
            f"M{w * t:.0f} -2 h{w * 0.075:.0f} q{-6 if t < 0.5 else 6} {h * 0.5:.0f} {-w * 0.01 if t < 0.5 else w * 0.01:.0f} {h * 0.92:.0f} h{-w * 0.075:.0f} Z",
            s.accent if i % 2 else s.mid,
        )
        for i, t in enumerate((0, 0.065, 0.13, 0.19, 0.74, 0.8, 0.865, 0.93))
    )
    x = w * between(dice, 0.42, 0.58)
    return (
        box(-2, -2, w + 4, h + 4, 0, s.deep)
        + faint(flat(f"M{x - 6:.0f} -2 h12 L{x + w * 0.17:.0f} {h * 0.82:.0f} H{x - w * 0.17:.0f} Z", s.light), 0.5)
        + ellipse(x, h * 0.83, w * 0.17, h * 0.05, s.light)
        + circle(x, h * 0.56, h * 0.045, s.deep)
        + flat(f"M{x - 12:.0f} {h * 0.83:.0f} l5 {-h * 0.21:.0f} h14 l5 {h * 0.21:.0f} Z", s.deep)
        + folds
        + flat("M-2 -2 " + "".join(f"q{w / 12:.1f} {h * 0.2:.0f} {w / 6 + 0.8:.1f} 0 " for _ in range(6)) + "Z", s.accent)
        + box(-2, h * 0.92, w + 4, h * 0.1, 0, s.mid)
    )


def frames(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Pictures on a gallery wall."""
    drawn = ""
    for x, y, a, b, tone in (
        (0.08, 0.16, 0.24, 0.46, s.accent),
        (0.38, 0.1, 0.3, 0.3, s.mid),
        (0.38, 0.48, 0.14, 0.22, s.light),
        (0.56, 0.48, 0.12, 0.22, s.accent),
        (0.74, 0.2, 0.18, 0.44, s.mid),
    ):
        drawn += box(w * x, h * y, w * a, h * b, 0, s.light, s.deep, 4) + box(
            w * x + 8, h * y + 8, w * a - 16, h * b - 16, 0, tone
        )
        if dice.random() < 0.7:
            drawn += circle(w * (x + a / 2), h * (y + b / 2), min(w * a, h * b) * 0.22, s.deep)
    return drawn + box(-2, h * 0.84, w + 4, h * 0.18, 0, s.deep)


def plate(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A plate between knife and fork."""
    x, y, r = w / 2, h * 0.52, h * 0.34
    peas = "".join(
        circle(
            x + r * 0.42 * between(dice, -1, 1),
            y + r * 0.36 * between(dice, -1, 1),
            r * between(dice, 0.09, 0.17),
            (s.accent, s.mid, s.deep)[i % 3],
        )
        for i in range(9)
    )
    fork = f"M{x - r * 1.55:.0f} {y - r:.0f} v{r * 0.6:.0f} q0 9 9 9 q9 0 9 -9 v{-r * 0.6:.0f} M{x - r * 1.55 + 9:.0f} {y - r:.0f} V{y + r:.0f}"
    return (
        circle(x, y, r, s.light)
        + ring(x, y, r * 0.72, s.mid, 2)
        + peas
        + line(fork, s.light, 4)
        + flat(f"M{x + r * 1.42:.0f} {y + r:.0f} V{y - r:.0f} q18 {r * 0.5:.0f} 8 {r * 1.06:.0f} V{y + r:.0f} Z", s.light)
    )


def cup(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A cup that steams."""
    x, k = w * between(dice, 0.42, 0.54), w * 0.15
    steam = "".join(
        f"M{x + k * t:.0f} {h * 0.38:.0f} q-9 {-h * 0.07:.0f} 0 {-h * 0.14:.0f} t0 {-h * 0.14:.0f}" for t in (-0.5, 0, 0.5)
    )
    return (
        circle(w * 0.24, h * 0.3, h * 0.13, s.accent) + line(steam, s.light, 4) + ring(x + k * 1.1, h * 0.56, k * 0.42, s.light, 7)
        + flat(f"M{x - k:.0f} {h * 0.44:.0f} h{2 * k:.0f} v{h * 0.16:.0f} q0 {h * 0.2:.0f} {-k:.0f} {h * 0.2:.0f} q{-k:.0f} 0 {-k:.0f} {-h * 0.2:.0f} Z", s.light)
        + flat(f"M{x - k:.0f} {h * 0.5:.0f} h{2 * k:.0f} v{h * 0.06:.0f} h{-2 * k:.0f} Z", s.accent) + ellipse(x, h * 0.82, k * 1.5, h * 0.035, s.mid) + box(-2, h * 0.85, w + 4, h * 0.2, 0, s.deep)
    )  # fmt: skip


def loaf(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A loaf and ears of grain."""
    ears = ""
    for i in range(3):
        x, lean = w * (0.7 + 0.09 * i), between(dice, -12, 12)
        ears += line(f"M{x:.0f} {h * 0.84:.0f} Q{x:.0f} {h * 0.5:.0f} {x + lean:.0f} {h * 0.2:.0f}", s.light, 2.5)
        ears += "".join(
            ellipse(x + lean * (1 - j / 6) + (6 if j % 2 else -6), h * (0.22 + 0.05 * j), 4, 8, s.accent) for j in range(6)
        )
    return (
        flat(
            f"M{w * 0.12:.0f} {h * 0.82:.0f} q{-w * 0.05:.0f} {-h * 0.42:.0f} {w * 0.24:.0f} {-h * 0.42:.0f} q{w * 0.3:.0f} 0 {w * 0.24:.0f} {h * 0.42:.0f} Z",
            s.accent,
        )
        + line(
            f"M{w * 0.22:.0f} {h * 0.6:.0f} l{w * 0.05:.0f} {-h * 0.12:.0f} M{w * 0.33:.0f} {h * 0.62:.0f} l{w * 0.05:.0f} {-h * 0.14:.0f} M{w * 0.44:.0f} {h * 0.64:.0f} l{w * 0.05:.0f} {-h * 0.12:.0f}",
            s.light,
            6,
        )
        + ears
        + box(-2, h * 0.82, w + 4, h * 0.2, 0, s.deep)
    )


def heartbeat(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A heartbeat across a cross."""
    x, y, k, at = w * between(dice, 0.4, 0.6), h * 0.48, h * 0.13, h * 0.5
    cross = f"M{x - k:.0f} {y - 3 * k:.0f} h{2 * k:.0f} v{2 * k:.0f} h{2 * k:.0f} v{2 * k:.0f} h{-2 * k:.0f} v{2 * k:.0f} h{-2 * k:.0f} v{-2 * k:.0f} h{-2 * k:.0f} v{-2 * k:.0f} h{2 * k:.0f} Z"
    beat = f"M-4 {at:.0f} H{w * 0.3:.0f} l14 {-h * 0.1:.0f} 14 {h * 0.1:.0f} h{w * 0.06:.0f} l12 {h * 0.14:.0f} 22 {-h * 0.46:.0f} 22 {h * 0.46:.0f} 12 {-h * 0.14:.0f} H{w * 0.8:.0f} l12 {-h * 0.06:.0f} 12 {h * 0.06:.0f} H{w + 4}"
    return flat(cross, s.mid) + line(beat, s.light, 4.5)


def capsules(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Capsules and tablets, scattered in rows."""
    drawn = ""
    for i in range(5):
        for j in range(3):
            x, y = w * (0.13 + 0.19 * i), h * (0.2 + 0.3 * j)
            if (i + j) % 3 == 0:
                drawn += circle(x, y, h * 0.085, s.light) + line(f"M{x - h * 0.05:.0f} {y:.0f} h{h * 0.1:.0f}", s.mid, 2.5)
            else:
                a, b = h * 0.1, h * 0.065
                halves = (
                    box(x - a, y - b, a + b, 2 * b, b, s.accent)
                    + box(x, y - b, a, 2 * b, b, s.light)
                    + box(x, y - b, b, 2 * b, 0, s.light)
                )
                drawn += f'<g transform="rotate({between(dice, 0, 180):.0f} {x:.1f} {y:.1f})">{halves}</g>'
    return drawn


def voices(s: Scheme, w: float, h: float, dice: Random) -> str:
    """Two bubbles that do not agree."""
    a = h * between(dice, 0.12, 0.2)
    return (
        box(w * 0.1, a, w * 0.5, h * 0.4, 16, s.light) + flat(f"M{w * 0.2:.0f} {a + h * 0.38:.0f} v{h * 0.16:.0f} l{w * 0.11:.0f} {-h * 0.16:.0f} Z", s.light)
        + line(f"M{w * 0.17:.0f} {a + h * 0.13:.0f} h{w * 0.35:.0f} M{w * 0.17:.0f} {a + h * 0.25:.0f} h{w * 0.22:.0f}", s.mid, 6)
        + box(w * 0.42, h * 0.48, w * 0.48, h * 0.34, 16, s.accent) + flat(f"M{w * 0.8:.0f} {h * 0.8:.0f} v{h * 0.15:.0f} l{-w * 0.11:.0f} {-h * 0.15:.0f} Z", s.accent)
        + line(f"M{w * 0.5:.0f} {h * 0.6:.0f} h{w * 0.32:.0f} M{w * 0.5:.0f} {h * 0.7:.0f} h{w * 0.18:.0f}", s.light, 6)
    )  # fmt: skip


def quotes(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A pair of quotation marks, as large as they go."""
    k = h * 0.24
    marks = "".join(
        circle(x, h * 0.56, k * 0.72, tone)
        + flat(
            f"M{x - k * 0.72:.0f} {h * 0.56:.0f} q0 {-k * 1.7:.0f} {k * 1.3:.0f} {-k * 1.75:.0f} v{k * 0.5:.0f} q{-k * 0.5:.0f} {k * 0.2:.0f} {-k * 0.58:.0f} {k * 1.25:.0f} Z",
            tone,
        )
        for x, tone in ((w * 0.33, s.accent), (w * 0.66, s.light))
    )
    return marks + line(f"M{w * 0.12:.0f} {h * 0.9:.0f} H{w * between(dice, 0.6, 0.88):.0f}", s.mid, 6)


def circuit(s: Scheme, w: float, h: float, dice: Random) -> str:
    """A chip and its tracks."""
    x, y, k = w / 2, h / 2, h * 0.2
    tracks, ends = "", ""
    for i in range(5):
        o = k * (i - 2) * 0.42
        far = w * between(dice, 0.06, 0.24)
        drop = between(dice, -0.5, 0.5) * k + o * 1.3
        tracks += f"M{x - k:.0f} {y + o:.0f} h{-k * 0.6:.0f} L{far + 20:.0f} {y + o + drop:.0f} H{far:.0f} M{x + k:.0f} {y + o:.0f} h{k * 0.6:.0f} L{w - far - 20:.0f} {y + o - drop + o * 2.2:.0f} H{w - far:.0f}"
        ends += circle(far, y + o + drop, 4.5, s.accent) + circle(w - far, y + o - drop + o * 2.2, 4.5, s.accent)
        tracks += f"M{x + o:.0f} {y - k:.0f} V{h * between(dice, 0.04, 0.16):.0f} M{x + o:.0f} {y + k:.0f} V{h * between(dice, 0.84, 0.96):.0f}"
    return (
        line(tracks, s.light, 2.4)
        + ends
        + box(x - k, y - k, 2 * k, 2 * k, 6, s.deep, s.light, 3)
        + box(x - k * 0.5, y - k * 0.5, k, k, 3, s.accent)
    )
