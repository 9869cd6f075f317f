"""The few SVG shapes that every motif is drawn with: filled, round-joined, no ids, so that pictures can share a page.

`tests/test_pictures.py` notices a change here: every picture must stay valid XML of a few kilobytes.
"""

from __future__ import annotations


def path(d: str, fill: str, edge: str = "", width: float = 3) -> str:
    """A filled outline. Without an `edge` it is stroked in its own colour, which rounds the corners."""
    return (
        f'<path d="{d}" fill="{fill}" stroke="{edge or fill}" stroke-width="{width:g}"'
        ' stroke-linejoin="round" stroke-linecap="round"/>'
    )


def line(d: str, colour: str, width: float = 3, dash: str = "") -> str:
    """An unfilled stroke, for seams, cables and folds."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashes}'
        ' stroke-linejoin="round" stroke-linecap="round"/>'
    )


def circle(x: float, y: float, radius: float, fill: str, edge: str = "", width: float = 3) -> str:
    """A disc, with a rim when `edge` is given."""
    rim = f' stroke="{edge}" stroke-width="{width:g}"' if edge else ""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}"{rim}/>'


def ring(x: float, y: float, radius: float, colour: str, width: float = 3) -> str:
    """A circle that is not filled."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'


def ellipse(x: float, y: float, across: float, down: float, fill: str, edge: str = "", width: float = 3) -> str:
    """An ellipse given by its two radii."""
    rim = f' stroke="{edge}" stroke-width="{width:g}"' if edge else ""
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{across:g}" ry="{down:g}" fill="{fill}"{rim}/>'


def box(
    x: float, y: float, width: float, height: float, corner: float, fill: str, edge: str = "", rim: float = 3
) -> str:
    """A rectangle with rounded corners."""
    stroke = f' stroke="{edge}" stroke-width="{rim:g}"' if edge else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{corner:g}" fill="{fill}"{stroke}/>'


def mirrored(drawing: str) -> str:
    """The drawing and its reflection in the middle of the frame (x = 200)."""
    return f'{drawing}<g transform="matrix(-1 0 0 1 400 0)">{drawing}</g>'


def moved(drawing: str, across: float = 0, down: float = 0, scale: float = 1, turn: float = 0) -> str:
    """The drawing turned and scaled about the middle of the frame, then moved."""
    if (across, down, scale, turn) == (0, 0, 1, 0):
        return drawing
    steps = f"translate({200 + across:g} {150 + down:g})"
    if turn:
        steps += f" rotate({turn:g})"
    if scale != 1:
        steps += f" scale({scale:g})"
    return f'<g transform="{steps} translate(-200 -150)">{drawing}</g>'


def knit(left: float, right: float, top: float, bottom: float, colour: str, step: float = 15) -> str:
    """Rows of small chevrons, the way plain knitting looks."""
    marks = []
    row = 0
    y = top
    while y <= bottom:
        x = left + (step / 2 if row % 2 else 0)
        while x + step * 0.6 <= right:
            marks.append(f"M{x:g} {y:g}l{step * 0.3:g} {step * 0.27:g} {step * 0.3:g}-{step * 0.27:g}")
            x += step
        y += step * 0.8
        row += 1
    return line("".join(marks), colour, 2)


def grain(left: float, right: float, top: float, bottom: float, colour: str, rows: int = 3) -> str:
    """A few uneven lines along a board, the way planed wood looks."""
    marks = []
    gap = (bottom - top) / (rows + 1)
    width = right - left
    for row in range(1, rows + 1):
        y = top + gap * row
        start = left + width * (0.08, 0.3, 0.16, 0.42)[row % 4]
        end = right - width * (0.3, 0.1, 0.22, 0.08)[row % 4]
        bend = (4, -3, 3, -4)[row % 4]
        middle = (start + end) / 2
        marks.append(f"M{start:.0f} {y:.0f}Q{middle:.0f} {y + bend:.0f} {end:.0f} {y:.0f}")
    return line("".join(marks), colour, 2.5)
