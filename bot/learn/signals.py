"""What everybody did up to a moment, counted, and what it says of every item for somebody with a history: features.

A click model (`bot/learn/clicks.py`) weighs them. Everything is of the past alone: a model that is to predict the next weeks
is trained on features that were counted before the weeks it is trained on. `tests/test_clicks.py` works them out by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
NAMES = (
    "popular", "lately", "together", "together, the last five", "after the last", "after the last five", "factors",
    "facts", "facts, the last five", "years apart", "liked", "age", "company", "events so far", "how pleased",
)  # fmt: skip
YEAR = 365.25 * 86_400
LATELY = 2 * YEAR  # half-life of what is popular lately
LAST = 5
LONGEST = 200  # items of a history that are looked at
AHEAD = 5  # items that count as coming after one


@dataclass(frozen=True)
class Log:
    """Who did what, in the order of time: a row an event. `good` says how much it speaks for the item, -1 to 1."""

    who: Rows
    what: Rows
    at: npt.NDArray[np.float64]
    good: Floats

    def __len__(self) -> int:
        return len(self.who)

    def of(self, chosen: npt.NDArray[np.bool_] | Rows) -> Log:
        return Log(self.who[chosen], self.what[chosen], self.at[chosen], self.good[chosen])

    @classmethod
    def sorted(cls, who: Rows, what: Rows, at: npt.NDArray[np.float64], good: Floats) -> Log:
        order = np.argsort(at, kind="stable")
        return cls(who[order], what[order], at[order], good[order])


@dataclass(frozen=True)
class Past:
    """What somebody did before a moment, the oldest first."""

    what: Rows
    good: Floats
    at: float

    @cached_property
    def liked(self) -> Rows:
        """What spoke for itself, the latest at the end; all of it when nothing did."""
        chosen = self.what[self.good > 0]
        return (chosen if len(chosen) else self.what)[-LONGEST:]


@dataclass(frozen=True)
class Items:
    """What is known of items without anybody's deeds: facts (a row an item, of length 1 or 0) and the year, 0 unknown."""

    facts: Floats
    years: Floats


class Signals:
    """Counted over a log that ends before the moments at which they are asked."""

    def __init__(self, log: Log, items: Items, factors: int = 32, neighbours: int = 200, seed: int = 0) -> None:
        self.items, self.size = items, len(items.years)
        self.until = float(log.at[-1]) if len(log) else 0.0
        people = int(log.who.max()) + 1 if len(log) else 1
        weight = np.where(log.good > 0, 1.0, 0.3).astype(np.float32)  # to have turned to it at all says something
        table = np.zeros((people, self.size), np.float32)
        table[log.who, log.what] = weight
        self.table = table
        self.counts = (table > 0).sum(axis=0).astype(np.float32)
        decay = 0.5 ** ((self.until - log.at) / LATELY)
        self.lately = np.bincount(log.what, weights=decay, minlength=self.size).astype(np.float32)
        good = np.bincount(log.what, weights=log.good, minlength=self.size)
        self.pleased = ((good + 5 * float(log.good.mean() if len(log) else 0)) / (self.counts + 5)).astype(np.float32)
        self.together = _nearest(_cosines(table, 10.0), neighbours)
        self.after = self._after(log)
        self.factors = factored(table, factors, seed=seed)
        self._popular = np.log1p(self.counts)
        self._recent = np.log1p(self.lately)

    def _after(self, log: Log) -> Floats:
        """How much more often than by chance an item comes soon after another."""
        found = np.zeros((self.size, self.size), np.float32)
        order = np.lexsort((np.arange(len(log)), log.who))
        who, what = log.who[order], log.what[order]
        for step in range(1, AHEAD + 1):
            same = who[:-step] == who[step:]
            np.add.at(found, (what[:-step][same], what[step:][same]), np.float32(1 / step))
        often = np.sqrt(self.counts)
        rows, others = np.nonzero(found)
        found[rows, others] /= often[rows] * often[others] + 3.0
        return found

    def features(self, past: Past) -> Floats:
        """Shape (items, features), in the order of `NAMES`."""
        liked, last = past.liked, past.liked[-LAST:]
        fading = (0.8 ** np.arange(len(last))[::-1]).astype(np.float32)
        facts, years = self.items.facts, self.items.years
        taste, now = facts[liked].sum(axis=0), facts[last].T @ fading
        known = years[past.what[-10:]]
        middle = float(np.median(known[known > 0])) if (known > 0).any() else 0.0
        apart = np.where((years > 0) & (middle > 0), np.exp(-np.abs(years - middle) / 8), 0.3)
        seen = past.what[-1] if len(past.what) else -1
        nothing = np.zeros(self.size, np.float32)
        followed = past.what[-LAST:]
        order = (0.8 ** np.arange(len(followed))[::-1]).astype(np.float32)
        together = self.together[liked].sum(axis=0) / np.sqrt(max(1, len(liked)))
        return np.stack(
            [
                self._popular,
                self._recent,
                _less(together),
                _less(self.together[last].T @ fading) if len(last) else nothing,
                _less(self.after[seen]) if seen >= 0 else nothing,
                _less(self.after[followed].T @ order) if len(followed) else nothing,
                _less(self.factors.scores(liked)),
                facts @ (taste / max(float(np.linalg.norm(taste)), 1e-6)),
                facts @ (now / max(float(np.linalg.norm(now)), 1e-6)),
                apart,
                self.pleased,
                np.where(years > 0, np.maximum(past.at / YEAR + 1970 - years, 0) / 20, 1.0),
                _less(np.log1p(100 * together) / np.maximum(self._popular, 0.7)),
                np.full(self.size, np.log1p(len(past.what))),
                np.full(self.size, float(past.good.mean()) if len(past.good) else 0.0),
            ],
            axis=1,
        ).astype(np.float32)


def _less(values: Floats) -> Floats:
    """The root, with the sign kept: few items have nearly all of these, and a line or a small network bends better so."""
    return np.asarray(np.sign(values) * np.sqrt(np.abs(values)), np.float32)


def _cosines(table: Floats, shrink: float) -> Floats:
    """Of every two items, over the people who turned to both; shrunk, since what few people share says little."""
    common = table.T @ table
    lengths = np.sqrt(np.diag(common))
    common /= lengths[:, None] * lengths[None, :] + np.float32(shrink)
    np.fill_diagonal(common, 0)
    return common


def _nearest(sims: Floats, count: int) -> Floats:
    """The largest of each row; the others become 0."""
    if count < sims.shape[1]:
        floor = np.partition(sims, -count, axis=1)[:, -count]
        sims[sims < floor[:, None]] = 0
    return sims


@dataclass(frozen=True)
class Factors:
    """Implicit-feedback factors of the items (Hu, Koren, Volinsky 2008); a person's come of their history."""

    items: Floats
    gram: Floats
    alpha: float
    ridge: float

    def scores(self, history: Rows) -> Floats:
        if not len(history):
            return np.zeros(len(self.items), np.float32)
        return self.items @ _solved(self.items[history], self.gram, self.alpha, self.ridge)


def factored(table: Floats, rank: int = 32, alpha: float = 10.0, ridge: float = 10.0, rounds: int = 8, seed: int = 0) -> Factors:
    """Alternating least squares over a table (people, items)."""
    draw = np.random.default_rng(seed)
    items = (draw.standard_normal((table.shape[1], rank)) / rank).astype(np.float32)
    theirs = [np.flatnonzero(row) for row in table]
    used = np.flatnonzero(table.any(axis=0))
    whose = {int(item): np.flatnonzero(table[:, item]) for item in used}
    people = np.zeros((len(table), rank), np.float32)
    for _ in range(rounds):
        gram = items.T @ items
        for row, rows in enumerate(theirs):
            people[row] = _solved(items[rows], gram, alpha, ridge) if len(rows) else 0
        gram = people.T @ people
        items[:] = 0
        for item, rows in whose.items():
            items[item] = _solved(people[rows], gram, alpha, ridge)
    return Factors(items, items.T @ items, alpha, ridge)


def _solved(beside: Floats, gram: Floats, alpha: float, ridge: float) -> Floats:
    """One side's factors, the other's being fixed: confidence 1 + alpha where something was done, 1 elsewhere."""
    matrix = gram + alpha * beside.T @ beside + ridge * np.eye(len(gram), dtype=np.float32)
    return np.asarray(np.linalg.solve(matrix, (1 + alpha) * beside.sum(axis=0)), np.float32)


@dataclass(frozen=True)
class Moment:
    """Somebody turned to `item` and liked it; `past` is what they had done before."""

    who: int
    item: int
    past: Past


def moments(log: Log, begin: float, end: float, most: int, seed: int = 0) -> list[Moment]:
    """Likes between two times, of each person at most `most`, by those who had done something earlier (in another second)."""
    draw = np.random.default_rng(seed)
    found: list[Moment] = []
    inside = (log.at >= begin) & (log.at < end)
    for who in np.unique(log.who[inside]):
        mine = np.flatnonzero(log.who == who)
        liked = [row for row in mine if inside[row] and log.good[row] > 0]
        if len(liked) > most:
            liked = sorted(draw.choice(liked, most, replace=False).tolist())
        for row in liked:
            before = mine[log.at[mine] < log.at[row]]
            if len(before) and log.what[row] not in log.what[before]:
                past = Past(log.what[before], log.good[before], float(log.at[row]))
                found.append(Moment(int(who), int(log.what[row]), past))
    return found


def drawn(moment: Moment, size: int, count: int, draw: np.random.Generator) -> Rows:
    """The item of the moment first, then `count` others that the person had not turned to."""
    free = np.ones(size, bool)
    free[moment.past.what] = False
    free[moment.item] = False
    others = draw.choice(np.flatnonzero(free), count, replace=False)
    return np.concatenate([[moment.item], others]).astype(np.int64)


def table_of(signals: Signals, found: Sequence[Moment], count: int, seed: int = 0) -> tuple[Floats, list[Moment]]:
    """Features of each moment's item and `count` others: shape (moments, 1 + count, features)."""
    draw = np.random.default_rng(seed)
    rows = [signals.features(m.past)[drawn(m, signals.size, count, draw)] for m in found]
    if not rows:
        return np.zeros((0, 1 + count, len(NAMES)), np.float32), []
    return np.stack(rows), list(found)
