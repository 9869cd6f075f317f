"""Two results side by side: what is better, what is worse, and what may be chance.

Where both know a value a dialogue for the same dialogues, the differences are resampled in pairs (a paired bootstrap);
otherwise the two intervals are held against each other, which sees less. `tests/test_results.py` notices a change.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from bot.check.results.result import DRAWS, Cell, Figure, Result, Table
from vectorstore.item import Frozen

Verdict = Literal["better", "worse", "differs", "inside the noise", "the same"]
FEWEST = 5  # dialogues in common from which on they are compared in pairs


class Difference(Frozen):
    """B less A in one metric."""

    metric: str
    a: float
    b: float
    value: float
    low: float
    high: float
    p: float  # how often chance alone would differ as much, two-sided
    n: int  # dialogues compared in pairs; 0: the intervals were compared
    verdict: Verdict


def compared(a: Result, b: Result, seed: int = 0) -> list[Difference]:
    """Every metric that both have, in the order of `a`."""
    found = []
    for metric in dict.fromkeys((*a.per_dialogue, *a.figures)):
        one = _paired(metric, a, b, seed) or _apart(metric, a, b)
        if one is not None:
            found.append(one)
    return found


def table(a: Result, b: Result, differences: list[Difference]) -> Table:
    """The differences as a table, with the settings that differ in its title."""
    rows: list[tuple[Cell, ...]] = [
        (d.metric, f"{d.a:.3f}", f"{d.b:.3f}", f"{d.value:+.3f} [{d.low:+.3f}, {d.high:+.3f}]",
         f"{d.p:.3f}" if d.p >= 0.001 else "< .001", d.n or "", d.verdict)
        for d in differences
    ]  # fmt: skip
    other = [f"{k}: {a.settings.get(k)} → {b.settings.get(k)}" for k in {**a.settings, **b.settings}
             if a.settings.get(k) != b.settings.get(k) and k != "protocol"]  # fmt: skip
    what = "; ".join([*([f"{a.version} → {b.version}"] if a.version != b.version else []), *other]) or "the same settings"
    note = (
        "n: dialogues compared in pairs; where there is none, only the two intervals were held against each other. "
        f"{len(differences)} metrics are compared at once: of so many, one in twenty looks different by chance."
    )
    columns = ("metric", "A", "B", "B − A [95 %]", "p", "n", "")
    return Table(title=f"{a.name}: {what}", columns=columns, rows=tuple(rows), note=note)


def _paired(metric: str, a: Result, b: Result, seed: int) -> Difference | None:
    """By the same dialogues of both; None when there are too few."""
    one, other = a.per_dialogue.get(metric), b.per_dialogue.get(metric)
    if not one or not other or not a.dialogues or not b.dialogues:
        return None
    there = dict(zip(b.dialogues, other, strict=True))
    pairs = [(x, y) for id, x in zip(a.dialogues, one, strict=True) if x is not None and (y := there.get(id)) is not None]
    if len(pairs) < FEWEST:
        return None
    values = np.asarray(pairs, np.float64)
    apart = values[:, 1] - values[:, 0]
    draw = np.random.default_rng(seed)
    means = np.asarray([apart[draw.integers(0, len(apart), len(apart))].mean() for _ in range(DRAWS)])
    low, high = np.percentile(means, (2.5, 97.5))
    p = min(1.0, 2 * (1 + min(int((means <= 0).sum()), int((means >= 0).sum()))) / (1 + DRAWS))
    mean_a, mean_b = float(values[:, 0].mean()), float(values[:, 1].mean())
    value = float(apart.mean())
    p = 1.0 if not apart.any() else p
    return Difference(
        metric=metric, a=mean_a, b=mean_b, value=value, low=float(low), high=float(high), p=p, n=len(pairs),
        verdict=_verdict(value, float(low), float(high), _better(metric, a, b), not apart.any()),
    )  # fmt: skip


def _apart(metric: str, a: Result, b: Result) -> Difference | None:
    """By the intervals alone, as if both were independent: a difference that is there may be missed."""
    one, other = a.figures.get(metric), b.figures.get(metric)
    if one is None or other is None:
        return None
    spread = math.hypot(_spread(one), _spread(other))
    value = other.value - one.value
    p = math.erfc(abs(value) / spread / math.sqrt(2)) if spread else float(value == 0)
    low, high = value - 1.96 * spread, value + 1.96 * spread
    few = any(f.n is not None and f.n < FEWEST for f in (one, other))  # an interval of so few tells nothing
    known = one.low is not None and other.low is not None and not few
    verdict = _verdict(value, low, high, _better(metric, a, b), value == 0) if known else "inside the noise"
    return Difference(metric=metric, a=one.value, b=other.value, value=value, low=low, high=high, p=p, n=0, verdict=verdict)


def _spread(figure: Figure) -> float:
    return 0.0 if figure.low is None or figure.high is None else (figure.high - figure.low) / (2 * 1.96)


def _better(metric: str, a: Result, b: Result) -> bool | None:
    figure = a.figures.get(metric) or b.figures.get(metric)
    return True if figure is None else figure.higher_is_better


def _verdict(value: float, low: float, high: float, higher_is_better: bool | None, same: bool) -> Verdict:
    if same:
        return "the same"
    if low <= 0 <= high:
        return "inside the noise"
    if higher_is_better is None:
        return "differs"
    return "better" if (value > 0) == higher_is_better else "worse"
