"""What a click model expects of a person, as a term of the sum: the source `learned`.

    amount = weight · (2 · chance − 1),   weight = W / (1 + Σ_k |a_k|)

`chance` is the model's that the person turns to the item and likes it rather than one drawn at random, so that a half says
nothing. Only of items that somebody did something with, and only for a person who did: all others go by text alone.
`tests/test_clicked.py` notices a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.learn.clicks import ClickModel
from bot.learn.logs import by_person, described, logged, past
from bot.learn.people import Done
from bot.learn.signals import Signals
from bot.learn.sources import Asked, Said, contribution
from bot.learn.together import Row
from bot.phrases import phrase
from bot.state import Contribution
from vectorstore.catalogue import Candidate, Catalogue

LARGEST = 4000  # items with events that are counted beside the conversation: two tables of pairs, 64 MB each
PROPOSED = 12  # items that it would have looked at
LIKELY = 0.5  # a chance above it speaks for an item


@dataclass(frozen=True)
class Foreseen:
    """A click model with what everybody did up to now."""

    model: ClickModel
    signals: Signals
    rows: Mapping[str, int]  # item id -> its place in the signals

    def chances(self, done: Iterable[Done], now: float) -> dict[str, float]:
        """Of each item that somebody did something with, for a person who did `done`; none when that names no such item."""
        before = past(done, self.rows, now)
        if not len(before.what):
            return {}
        return dict(zip(self.rows, self.model.chances(self.signals.features(before)).tolist(), strict=True))


def foreseen(model: ClickModel, rows: Iterable[Row], catalogue: Catalogue) -> Foreseen | None:
    """Count what everybody did; None when nobody did anything, or with too many items to count beside the conversation."""
    events = [event for event in by_person(rows) if catalogue.get(event[1]) is not None]
    items = [item for id in dict.fromkeys(event[1] for event in events) if (item := catalogue.get(id)) is not None]
    if not items or len(items) > LARGEST:
        return None
    places = {item.id: row for row, item in enumerate(items)}
    return Foreseen(model, Signals(logged(events, places)[0], described(items)), places)


@dataclass(frozen=True)
class Clicked:
    """The voice of a click model."""

    asked: Asked
    weight: float
    chances: Mapping[str, float]

    @property
    def proposed(self) -> Sequence[str]:
        likely = [id for id, chance in self.chances.items() if chance > LIKELY]
        return sorted(likely, key=lambda id: (-self.chances[id], id))[:PROPOSED]

    def terms(self, candidates: Sequence[Candidate], said: Said) -> Said:
        return {c.item.id: (self._told(self.chances[c.item.id]),) for c in candidates if c.item.id in self.chances}

    def _told(self, chance: float) -> Contribution:
        words = phrase("known_likely" if chance > LIKELY else "known_unlikely", self.asked.language)
        return contribution("learned", words, self.weight, 2 * chance - 1, reason=False)  # why, no one thing tells


def clicked(asked: Asked) -> Clicked | None:
    """The source of the term `learned`: nothing without a click model in use (`rapport train clicks`)."""
    weight = asked.settings.learned
    if not weight or asked.known.foreseen is None:
        return None
    own = {one.item for one in asked.known.done}
    chances = asked.known.foreseen.chances(asked.known.done, asked.known.now)
    new = {id: chance for id, chance in chances.items() if id not in own}
    return Clicked(asked, weight * asked.fade, new) if new else None
