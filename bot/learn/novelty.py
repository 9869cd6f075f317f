"""The novelty dial: what is far from what the person saw, and less popular, for those who want to be surprised.

    value = ½ (1 - max_j cos(e_i, e_j)) + ½ (1 - popularity_i),   weight = NOVEL · dial

over the items j that were shown in the talk or that the person did something with; without any, what is less popular alone.
An item that does not state its popularity counts as in the middle. The dial is the setting `novelty`; "surprise me" turns it
fully up for its turn, and the items then differ more from one another too. `tests/test_behaviour.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.learn.sources import Asked, Said, contribution
from bot.phrases import phrase
from bot.settings import Settings
from bot.state import Reading
from vectorstore.catalogue import Candidate

SURPRISE = "surprise"  # the critique that turns the dial up
NOVEL = 0.6  # what the newest and least popular item gains when the dial is fully up
FURTHER = 0.5  # of the way to the greatest variety that the dial goes
LATEST = 50  # things seen that count: the newest
APART, TOLD = 0.3, 0.6  # less alike than the first to all that was seen, and from this value on, it is a reason


def dial(reading: Reading, settings: Settings) -> float:
    """Between 0 and 1, how much novelty this turn wants."""
    return 1.0 if reading.critique == SURPRISE else settings.novelty


def variety(reading: Reading, settings: Settings) -> float:
    """How unlike each other the items of this turn are to be."""
    return settings.diversity + dial(reading, settings) * FURTHER * (1 - settings.diversity)


@dataclass(frozen=True)
class Novel:
    """A voice for what is new to the person."""

    asked: Asked
    seen: npt.NDArray[np.float32]  # vectors, one a row
    proposed: Sequence[str] = ()

    def terms(self, candidates: Sequence[Candidate], said: Said) -> Said:
        wanted = dial(self.asked.reading, self.asked.settings)
        vectors = self.asked.catalogue.vectors([c.item.id for c in candidates])
        alike = (vectors @ self.seen.T).max(axis=1) if len(self.seen) else np.zeros(len(candidates), np.float32)
        found = {}
        for candidate, near in zip(candidates, alike.tolist(), strict=True):
            popular = 0.5 if candidate.item.popularity is None else candidate.item.popularity
            value = (1 - max(0.0, near)) / 2 + (1 - popular) / 2
            words = phrase("known_novel", self.asked.language)
            reason = bool(len(self.seen)) and near < APART and value >= TOLD
            found[candidate.item.id] = (contribution("novelty", words, NOVEL * wanted, value, reason=reason),)
        return found


def novelty(asked: Asked) -> Novel | None:
    """The source of the term `novelty`."""
    if not dial(asked.reading, asked.settings):
        return None
    shown = [r.item.id for turn in asked.session.turns for r in turn.items] + [one.item for one in asked.known.done]
    known = [id for id in dict.fromkeys(reversed(shown)) if asked.catalogue.get(id) is not None][:LATEST]
    return Novel(asked, asked.catalogue.vectors(known) if known else np.zeros((0, 1), np.float32))
