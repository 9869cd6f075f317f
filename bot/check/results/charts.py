"""Charts as inline SVG: bars with intervals, lines with bands, small lines for the history. Colours come from the page.

`tests/test_results_page.py` notices a change.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from bot.check.results.result import Bars, Curve

_WIDE, _LABEL, _ROW = 720.0, 230.0, 28.0
_LINES = ("one", "two", "three", "four", "five")  # classes of the style sheet


def bars(chart: Bars) -> str:
    """Horizontal bars, each with its interval as a thin line."""
    if not chart.rows:
        return ""
    ends = [v for row in chart.rows for v in (row.value, row.low, row.high) if v is not None]
    least, most = min(0.0, *ends), max(ends)
    top = _round(most) if most > 0 else 1.0
    bottom = -_round(-least) if least < 0 else 0.0
    span = (top - bottom) or 1.0
    right = _WIDE - _LABEL - 64

    def x(value: float) -> float:
        return _LABEL + right * (value - bottom) / span

    height = _ROW * len(chart.rows) + 26
    parts = [f'<line class="axis" x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="0" y2="{height - 22:.0f}"/>'
             f'<text class="tick" x="{x(tick):.1f}" y="{height - 6:.0f}" text-anchor="middle">{_number(tick)}</text>'
             for tick in _ticks(bottom, top)]  # fmt: skip
    for place, row in enumerate(chart.rows):
        y = _ROW * place + 5
        begin, end = sorted((x(0), x(row.value)))
        told = f"{row.label}: {_number(row.value)}" + (
            f" [{_number(row.low)}, {_number(row.high)}]" if row.low is not None and row.high is not None else ""
        )
        parts.append(f'<g><title>{escape(told)}</title><text class="label" x="{_LABEL - 12:.0f}" y="{y + 13:.0f}" '
                     f'text-anchor="end">{escape(_short(row.label))}</text>'
                     f'<rect class="bar {_kind(row.kind)}" x="{begin:.1f}" y="{y:.0f}" width="{max(1.0, end - begin):.1f}" '
                     f'height="18" rx="4"/>')  # fmt: skip
        edge = end
        if row.low is not None and row.high is not None and row.high > row.low:
            middle, edge = y + 9, max(end, x(row.high))
            parts.append(
                f'<line class="whisker" x1="{x(row.low):.1f}" x2="{x(row.high):.1f}" y1="{middle:.0f}" y2="{middle:.0f}"/>'
            )
        parts.append(f'<text class="value" x="{edge + 8:.1f}" y="{y + 13:.0f}">{_number(row.value)}</text></g>')
    return _svg(_WIDE, height, chart.title, parts)


def lines(curve: Curve) -> str:
    """Lines over common points, each with its band."""
    known = [v for line in (*curve.lines.values(), *curve.high.values()) for v in line if v is not None]
    if not known or len(curve.x) < 2:
        return ""
    high, wide, left = 300.0, _WIDE - 150, 46.0
    top = _round(max(known)) or 1.0

    def at(place: int) -> float:
        return left + (wide - left) * place / (len(curve.x) - 1)

    def y(value: float) -> float:
        return 12 + (high - 52) * (1 - value / top)

    parts = [f'<line class="axis" x1="{left:.0f}" x2="{wide:.0f}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>'
             f'<text class="tick" x="{left - 8:.0f}" y="{y(tick) + 4:.1f}" text-anchor="end">{_number(tick)}</text>'
             for tick in _ticks(0, top)]  # fmt: skip
    for place, name in enumerate(curve.x):
        said = f"{name:g}" if isinstance(name, float) else name
        parts.append(f'<text class="tick" x="{at(place):.1f}" y="{high - 22:.0f}" text-anchor="middle">{escape(said)}</text>')
    parts.append(
        f'<text class="tick" x="{(left + wide) / 2:.0f}" y="{high - 4:.0f}" text-anchor="middle">{escape(curve.x_title)}</text>'
    )
    ends: list[tuple[float, str, str]] = []
    for number, (name, values) in enumerate(curve.lines.items()):
        colour = _LINES[number % len(_LINES)]
        low, upper = curve.low.get(name), curve.high.get(name)
        if low and upper and None not in (*low, *upper):
            edge = [(at(n), y(v)) for n, v in enumerate(upper) if v is not None]
            edge += [(at(n), y(v)) for n, v in reversed(list(enumerate(low))) if v is not None]
            parts.append(f'<polygon class="band {colour}" points="{_points(edge)}"/>')
        points = [(at(n), y(v)) for n, v in enumerate(values) if v is not None]
        parts.append(f'<polyline class="line {colour}" points="{_points(points)}"/>')
        parts += [
            f'<circle class="dot {colour}" cx="{px:.1f}" cy="{py:.1f}" r="3.5">'
            f"<title>{escape(name)}: {_number(v)}</title></circle>"
            for (px, py), v in zip(points, [v for v in values if v is not None], strict=True)
        ]
        if points:
            ends.append((points[-1][1], name, colour))
    parts += [f'<text class="name {colour}" x="{wide + 12:.0f}" y="{py + 4:.1f}">{escape(name)}</text>'
              for py, name, colour in _apart(ends)]  # fmt: skip
    return _svg(_WIDE, high, curve.title, parts)


def spark(
    values: Sequence[float], low: Sequence[float | None] = (), high: Sequence[float | None] = (), worse: bool = False
) -> str:
    """A small line of a figure over versions; the last point stands out."""
    if not values:
        return ""
    wide, tall = 168.0, 40.0
    ends = [v for v in (*values, *low, *high) if v is not None]
    least, most = min(ends), max(ends)
    span = (most - least) or 1.0

    def point(n: int, value: float) -> tuple[float, float]:
        return 6 + (wide - 12) * (n / max(1, len(values) - 1)), 6 + (tall - 12) * (1 - (value - least) / span)

    parts = []
    if len(values) > 1 and low and high and None not in (*low, *high):
        edge = [point(n, v) for n, v in enumerate(high) if v is not None]
        edge += [point(n, v) for n, v in reversed(list(enumerate(low))) if v is not None]
        parts.append(f'<polygon class="band one" points="{_points(edge)}"/>')
    points = [point(n, v) for n, v in enumerate(values)]
    parts.append(f'<polyline class="line one" points="{_points(points)}"/>')
    x, y = points[-1]
    parts.append(f'<circle class="dot {"bad" if worse else "one"}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
    return f'<svg class="spark" viewBox="0 0 {wide:.0f} {tall:.0f}" aria-hidden="true">{"".join(parts)}</svg>'


def _svg(wide: float, high: float, title: str, parts: Sequence[str]) -> str:
    said = escape(title, quote=True)
    return f'<svg class="chart" viewBox="0 0 {wide:.0f} {high:.0f}" role="img" aria-label="{said}">{"".join(parts)}</svg>'


def _apart(ends: list[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """Names beside the ends of their lines, pushed apart where they would overlap."""
    placed: list[tuple[float, str, str]] = []
    for y, name, colour in sorted(ends):
        y = max(y, placed[-1][0] + 17) if placed else y
        placed.append((y, name, colour))
    return placed


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _ticks(bottom: float, top: float) -> list[float]:
    step = _round((top - bottom) / 4) or 0.25
    first = math.ceil(bottom / step - 1e-9)
    return [n * step for n in range(first, math.floor(top / step + 1e-9) + 1)]


def _round(value: float) -> float:
    """The next round number: 0.25, 0.5, 1, 2, 5, 10 …"""
    if value <= 0:
        return 0.0
    size = 10.0 ** math.floor(math.log10(value))
    return next(float(f"{size * n:.6g}") for n in (1, 2, 2.5, 5, 10) if value <= size * n * (1 + 1e-9))


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _short(label: str) -> str:
    return label if len(label) <= 34 else f"{label[:33]}…"


def _kind(kind: str) -> str:
    return kind if kind in ("ours", "baseline", "ablation", "chance", "published", "error") else "baseline"
