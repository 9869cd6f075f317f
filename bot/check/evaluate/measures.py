"""Figures with their uncertainty: rankings measured by ir-measures, intervals by resampling whole dialogues.

Turns of a dialogue resemble one another, so what is drawn again is the dialogue, not the turn (a cluster bootstrap).
`tests/test_evaluate_measures.py` works the figures out by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.errors import BadInput
from vectorstore.item import Frozen

Floats = npt.NDArray[np.float64]
RESAMPLES = 1000
MISSING = 'This needs ir-measures, which is not installed: python -m pip install "rapport[evaluate]"'


class Figure(Frozen):
    """A number, and the interval that holds it in 95 of 100 resamples."""

    value: float
    low: float
    high: float
    dialogues: int = 0  # that were drawn from: of one, nothing is known but its value


class Difference(Frozen):
    """How much more the first has than the second, drawn again together. `clear`: the interval leaves out 0."""

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Counts:
    """What was counted, a row a dialogue, and how a figure comes of the sums over dialogues."""

    rows: Floats  # (dialogues, kinds of count)
    figure: Callable[[Floats], Floats]  # sums of shape (…, kinds) -> figures of shape (…)

    def value(self) -> float:
        """The figure over all dialogues."""
        return float(self.figure(self.rows.sum(axis=0)))


def share(sums: Floats) -> Floats:
    """The first count out of the second; 0 of nothing is 0."""
    return np.asarray(np.divide(sums[..., 0], sums[..., 1], out=np.zeros_like(sums[..., 0]), where=sums[..., 1] > 0))


def mean_of(values: Sequence[float], dialogues: Sequence[Hashable]) -> Counts:
    """The mean of values, each of them of a dialogue."""
    places: dict[Hashable, int] = {}
    for d in dialogues:
        places.setdefault(d, len(places))
    rows = np.zeros((len(places), 2))
    for value, d in zip(values, dialogues, strict=True):
        rows[places[d]] += value, 1
    return Counts(rows, share)


def figure(counts: Counts, seed: int = 0, resamples: int = RESAMPLES) -> Figure:
    """The figure with its interval (percentiles 2.5 and 97.5 of the resampled figures)."""
    low, high = np.percentile(counts.figure(_drawn(len(counts.rows), seed, resamples) @ counts.rows), [2.5, 97.5])
    return Figure(value=counts.value(), low=float(low), high=float(high), dialogues=len(counts.rows))


def difference(first: Counts, second: Counts, seed: int = 0, resamples: int = RESAMPLES) -> Difference:
    """First less second over the same dialogues, which are drawn together. ValueError when they are not the same."""
    if len(first.rows) != len(second.rows):
        raise ValueError(f"{len(first.rows)} dialogues cannot be compared with {len(second.rows)} others")
    draws = _drawn(len(first.rows), seed, resamples)
    apart = first.figure(draws @ first.rows) - second.figure(draws @ second.rows)
    low, high = np.percentile(apart, [2.5, 97.5])
    return Difference(value=first.value() - second.value(), low=float(low), high=float(high))


def _drawn(count: int, seed: int, resamples: int) -> Floats:
    """How often each dialogue is drawn in each resample."""
    if not count:
        return np.zeros((resamples, 0))
    return np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=resamples).astype(float)


def measured(
    rankings: Mapping[str, Sequence[str]], judged: Mapping[str, Mapping[str, int]], names: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Each measure of ir-measures ("nDCG@10", "R@50", "RR@10") for each query that is judged, 0 where nothing is ranked.

    Rankings are ids, the best first. BadInput when ir-measures is not installed.
    """
    try:
        import ir_measures
    except ImportError as error:
        raise BadInput(MISSING) from error
    wanted = [ir_measures.parse_measure(name) for name in names]
    truth = [ir_measures.Qrel(q, doc, grade) for q, grades in judged.items() for doc, grade in grades.items()]
    run = [
        ir_measures.ScoredDoc(q, doc, float(-place)) for q in judged for place, doc in enumerate(rankings.get(q, ()))
    ]
    found: dict[str, dict[str, float]] = {name: dict.fromkeys(judged, 0.0) for name in names}
    written = dict(zip(map(str, wanted), names, strict=True))
    for metric in ir_measures.iter_calc(wanted, truth, run):
        found[written[str(metric.measure)]][metric.query_id] = float(metric.value)
    return found
