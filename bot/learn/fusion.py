"""The sources that are asked in a turn, and what they say together. `tests/test_fusion.py` notices a change.

The order counts twice: a source hears what those before it said (`Voice.terms`), and of two that say the same of the
pool's last places the first wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.learn.behaviour import complement, friends, taste, together
from bot.learn.clicked import clicked
from bot.learn.novelty import novelty
from bot.learn.sources import Asked, Said, Source, Voice
from bot.learn.ties import ties
from bot.state import Contribution
from vectorstore.catalogue import Candidate

PROPOSED = 20  # items beyond the search's own that sources may bring into the pool

SOURCES: tuple[Source, ...] = (taste, together, complement, friends, ties, clicked, novelty)


@dataclass(frozen=True)
class Voices:
    """What the sources have to say in one turn."""

    every: tuple[Voice, ...] = field(default=())

    @property
    def proposed(self) -> tuple[str, ...]:
        """The items that they would have in the pool: of each in turn its best, at most `PROPOSED`."""
        lists = [list(voice.proposed) for voice in self.every]
        longest = max(map(len, lists), default=0)
        mixed = (ids[place] for place in range(longest) for ids in lists if place < len(ids))
        return tuple(dict.fromkeys(mixed))[:PROPOSED]

    def terms(self, candidates: Sequence[Candidate]) -> Said:
        """Everything that they add to the sum of each candidate."""
        said: dict[str, tuple[Contribution, ...]] = {}
        for voice in self.every:
            for id, added in voice.terms(candidates, said).items():
                said[id] = (*said.get(id, ()), *added)
        return said


def listen(asked: Asked, sources: Sequence[Source] | None = None) -> Voices:
    """Ask every source about this turn; those with nothing to say stay out."""
    asking = SOURCES if sources is None else sources
    return Voices(tuple(voice for source in asking if (voice := source(asked)) is not None))
