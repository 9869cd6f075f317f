"""What is known of a person beyond the talk: what they did with items of this catalogue. Values only.

`tests/test_behaviour.py` notices a change.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Done:
    """Something that a person did with an item: view, click, like, dislike, seen, cart, buy or rating."""

    item: str
    kind: str
    at: float  # seconds since 1970
    value: float | None = None  # of a rating, 1 to 5


@dataclass(frozen=True)
class Known:
    """What is known of the person whose turn it is. Empty for one of whom nothing is."""

    done: tuple[Done, ...] = ()  # oldest first
    now: float = 0.0  # when the turn began: ages are reckoned from it


NOBODY = Known()
