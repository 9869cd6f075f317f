"""Which items the same people chose: over everybody's events in a catalogue, counted once and looked up in every turn.

    sim(i, j) = Σ_u s_ui · s_uj / (√(Σ_u s_ui² · Σ_u s_uj²) + SHRINK)

`s_ui` is how item i stands with person u (`people.strengths`, 0 where it is against), so that old deeds count less. It is a
cosine, shrunk: what few people share says little. A pair needs `PEOPLE` people, so that nobody's own pair of things is told
to others. Without a name a person is their talk. `tests/test_together.py` compares it with a count by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.learn.people import DAY, OPINIONS, Done

SHRINK = 2.0
PEOPLE = 2  # so many people have to share a pair of items
A_PERSON = 100  # items of one person that count: the strongest
NEIGHBOURS = 30  # kept of each item

Row = tuple[str, str, str, str, str, float, float | None]  # site, person, session, item, kind, time, value
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Together:
    """Of each item those that the same people chose, the most alike first."""

    places: dict[str, int]
    ids: Sequence[str]
    starts: Ints  # of the item at a place, where its neighbours begin; one more than there are items
    others: Ints
    sims: Floats

    def of(self, item: str) -> list[tuple[str, float]]:
        """(id, sim) of an item's neighbours; none for an item that nobody chose."""
        place = self.places.get(item)
        if place is None:
            return []
        here = slice(int(self.starts[place]), int(self.starts[place + 1]))
        return [(self.ids[other], sim) for other, sim in zip(self.others[here].tolist(), self.sims[here].tolist(), strict=True)]


def counted(rows: Iterable[Row], now: float, half_life: float) -> Together:
    """The items that go together by what everybody did, in the order in which it was done."""
    people: dict[str, int] = {}
    places: dict[str, int] = {}
    who: list[int] = []
    what: list[int] = []
    said: list[float] = []  # how much the deed speaks for the item
    opinion: list[float] = []  # not a number where it is none
    ages: list[float] = []
    for site, person, session, item, kind, at, value in rows:
        one = Done(item, kind, at, value)
        who.append(people.setdefault(f"{site}\0{person}" if person else session, len(people)))
        what.append(places.setdefault(item, len(places)))
        said.append(one.strength)
        opinion.append((one.opinion or 0.0) if kind in OPINIONS else np.nan)
        ages.append(max(0.0, now - at))
    count = max(1, len(places))
    decay = 0.5 ** (np.asarray(ages) / DAY / half_life)
    pairs, which = np.unique(np.asarray(who, np.int64) * count + np.asarray(what, np.int64), return_inverse=True)
    strength = _strengths(which, len(pairs), np.asarray(said) * decay, np.asarray(opinion))
    chosen = strength > 0
    return _neighbours(pairs[chosen] // count, pairs[chosen] % count, strength[chosen], places)


def _strengths(which: Ints, count: int, parts: Floats, opinions: Floats) -> Floats:
    """`people.strengths` of every person and item at once; 0 where their last opinion is against it."""
    with np.errstate(divide="ignore"):
        strength = 1 - np.exp(np.bincount(which, weights=np.log1p(-parts), minlength=count))
    last = np.zeros(count)
    told = ~np.isnan(opinions)
    last[which[told]] = opinions[told]  # of several the last is kept
    return np.where(last < 0, 0.0, strength)


def _neighbours(who: Ints, what: Ints, strength: Floats, places: dict[str, int]) -> Together:
    count = max(1, len(places))
    squares = np.bincount(what, weights=strength**2, minlength=count)
    order = np.lexsort((-strength, who))
    who, what, strength = who[order], what[order], strength[order]
    ends = np.flatnonzero(np.diff(who, append=-1)) + 1
    codes: list[Ints] = [np.zeros(0, np.int64)]
    weights: list[Floats] = [np.zeros(0)]
    begin = 0
    for end in ends.tolist():
        last = min(end, begin + A_PERSON)
        items, strong = what[begin:last], strength[begin:last]
        one, other = np.triu_indices(len(items), 1)
        low, high = np.minimum(items[one], items[other]), np.maximum(items[one], items[other])
        codes.append(low * count + high)
        weights.append(strong[one] * strong[other])
        begin = end
    pairs, which = np.unique(np.concatenate(codes), return_inverse=True)
    shared = np.bincount(which, minlength=len(pairs)) >= PEOPLE
    common = np.bincount(which, weights=np.concatenate(weights), minlength=len(pairs))[shared]
    low, high = pairs[shared] // count, pairs[shared] % count
    sims = common / (np.sqrt(squares[low] * squares[high]) + SHRINK)
    mine, other, sims = np.concatenate((low, high)), np.concatenate((high, low)), np.concatenate((sims, sims))
    order = np.lexsort((other, -sims, mine))
    mine, other, sims = mine[order], other[order], sims[order]
    starts = np.searchsorted(mine, np.arange(count + 1))
    near = np.arange(len(mine)) - starts[mine] < NEIGHBOURS
    starts = np.searchsorted(mine[near], np.arange(count + 1))
    return Together(places, tuple(places), starts, other[near], sims[near])
