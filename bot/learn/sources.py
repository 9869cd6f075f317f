"""What speaks for an item beside the person's words: sources, each a pure function of the turn and of what is known.

    source(Asked) -> Voice | None        None: it has nothing to say in this turn, and costs nothing
    voice.proposed                       ids that it would have looked at, best first
    voice.terms(candidates, said)        item id -> the `Contribution`s that it adds to the sum

A contribution of a source names its term (`bot/state.py`), says its label in whole words of the person's language ("goes
with the Ridge tent you bought"), and carries the same words as the fact `KNOWN`, where they are a reason worth a card.
`SOURCES` in `bot/learn/fusion.py` lists those that are asked. `tests/test_fusion.py` notices a change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from bot.learn.people import NOBODY, Known, Strong, strengths
from bot.settings import Settings
from bot.state import KNOWN, Contribution, Fact, Language, Profile, Reading, Session
from vectorstore.catalogue import Candidate, Catalogue

Said = Mapping[str, tuple[Contribution, ...]]  # item id -> what a source says of it


@dataclass(frozen=True)
class Asked:
    """What a source is asked about. `profile` is the one that is searched by: focused, its limits checkable."""

    catalogue: Catalogue
    session: Session
    profile: Profile
    reading: Reading
    settings: Settings
    known: Known = field(default=NOBODY)

    @property
    def language(self) -> Language:
        """The language in which labels are said."""
        return self.reading.language

    @cached_property
    def stands(self) -> dict[str, Strong]:
        """How the catalogue's items stand with the person, by what they did."""
        known = strengths(self.known.done, self.known.now, self.settings.half_life_days)
        return {id: strong for id, strong in known.items() if self.catalogue.get(id) is not None}

    @property
    def fade(self) -> float:
        """What behaviour keeps of its weight: 1 / (1 + Σ_k |a_k|). The more is said now, the less was done before."""
        return 1 / (1 + sum(abs(point.weight) for point in self.profile.points))


class Voice(Protocol):
    """What one source has to say in one turn."""

    @property
    def proposed(self) -> Sequence[str]:
        """Ids of items that ought to be in the pool, best first. They still have to lie inside limits and kind."""
        ...

    def terms(self, candidates: Sequence[Candidate], said: Said) -> Said:
        """What it adds to the sum of each candidate, by id; `said` is what the sources before it said of them."""
        ...


class Source(Protocol):
    """Asked once a turn. Pure: the same `Asked` gives the same `Voice`."""

    def __call__(self, asked: Asked) -> Voice | None: ...


def contribution(term: str, words: str, weight: float, value: float, *, reason: bool = True) -> Contribution:
    """A term of a source; its amount is weight · value. `words` say it in whole; `reason`: they may stand on the card."""
    told = {"term": term, "label": words, "weight": round(weight, 4), "value": round(value, 4)}
    fact = Fact(name=KNOWN, value=words) if reason else None
    return Contribution.model_validate({**told, "amount": round(weight * value, 4), "fact": fact})
