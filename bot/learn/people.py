"""What is known of a person beyond the talk: what they, people close to them and everybody did with items. Values only.

`tests/test_behaviour.py` works the strengths out by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.learn.clicked import Foreseen
    from bot.learn.together import Together

# How much a deed says of liking the item, from 0 to 1. An opinion may also speak against it; that it is known says nothing.
STRENGTH: Mapping[str, float] = {"view": 0.1, "click": 0.2, "cart": 0.6, "like": 1.0, "buy": 1.0}
OPINIONS = frozenset({"like", "dislike", "rating"})
DAY = 86_400.0


@dataclass(frozen=True)
class Done:
    """Something that a person did with an item: view, click, like, dislike, seen, cart, buy or rating."""

    item: str
    kind: str
    at: float  # seconds since 1970
    value: float | None = None  # of a rating, 1 to 5

    @property
    def opinion(self) -> float | None:
        """Between -1 and 1, what the person said of the item; None for a deed that says nothing in words."""
        if self.kind == "rating":
            return ((self.value or 3.0) - 3) / 2
        return {"like": 1.0, "dislike": -1.0}.get(self.kind)

    @property
    def strength(self) -> float:
        """Between 0 and 1, how much it speaks for the item on its day."""
        return max(0.0, self.opinion or 0.0) if self.kind in OPINIONS else STRENGTH.get(self.kind, 0.0)


@dataclass(frozen=True)
class Friend:
    """Somebody close to the person, with what they said of items; both have agreed that it counts and is named."""

    kind: Literal["follows", "household"]
    done: tuple[Done, ...]
    name: str = ""  # empty: nobody said how they are called


@dataclass(frozen=True)
class Known:
    """What is known of the person whose turn it is. Empty for one of whom nothing is."""

    done: tuple[Done, ...] = ()  # oldest first
    friends: tuple[Friend, ...] = ()
    together: Together | None = field(default=None, compare=False)  # which items the same people chose
    foreseen: Foreseen | None = field(default=None, compare=False)  # a click model in use, with what everybody did
    now: float = 0.0  # when the turn began: ages are reckoned from it


NOBODY = Known()


@dataclass(frozen=True)
class Strong:
    """How an item stands with a person: the sum of what they did with it, and the deed that says most."""

    strength: float  # -1 to 1
    deed: Done


def kept(age: float, half_life: float) -> float:
    """What is left of a deed after `age` seconds, half of it in each `half_life` days: 0.5^(age / half-life)."""
    return float(0.5 ** (max(0.0, age) / DAY / half_life))


def strengths(done: Iterable[Done], now: float, half_life: float) -> dict[str, Strong]:
    """By item, s = 1 - Π_e (1 - strength_e · kept_e) over what was done with it: repeated deeds add up, to 1 at most.

    Where the person's last opinion of an item is against it, s is that opinion · kept, whatever they did before.
    """
    left: dict[str, float] = {}
    deeds: dict[str, tuple[float, Done]] = {}
    last: dict[str, Done] = {}
    for one in done:
        part = one.strength * kept(now - one.at, half_life)
        left[one.item] = left.get(one.item, 1.0) * (1 - part)
        if one.item not in deeds or part >= deeds[one.item][0]:
            deeds[one.item] = part, one
        if one.opinion is not None:
            last[one.item] = one
    found = {item: Strong(1 - left[item], deeds[item][1]) for item in left}
    for item, one in last.items():
        if one.opinion is not None and one.opinion < 0:
            found[item] = Strong(one.opinion * kept(now - one.at, half_life), one)
    return {item: strong for item, strong in found.items() if strong.strength}
