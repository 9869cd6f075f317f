"""The named terms of the sum beside interests: an offer, how new, here in time, what goes with it, a limit that is a wish.

Each is one `Contribution` with the item's fact, in the figures of the data alone. Pure. `tests/test_terms.py` works them
out by hand.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.phrases import day_words, limit_words, offer_words, phrase
from bot.relative import measured
from bot.senses import Sense
from bot.settings import Settings
from bot.state import Contribution, Fact, InterestPoint, Language
from vectorstore.constraints import Constraint, as_date, as_number, as_values, satisfies, states
from vectorstore.info import CatalogueInfo, Recency
from vectorstore.item import Item
from vectorstore.offers import offer_of

FIRST = 2.0  # what being first by the measure that was asked for adds
WITHOUT_OFFER = -0.4  # what an item without an offer has of a wish for one
WISHED_LIMIT = 0.6  # weight of a limit on a field that may not be a hard one
MEASURED = 0.7  # what the shortest of all adds to a wish for something short, as much as words that an item states
SOON = 3  # days: what comes later than one and so many days does not come soon

WEIGHTS: Mapping[str, float] = {name: Settings.model_fields[name].default for name in ("rating", "popularity", "freshness")}


def weights_of(settings: Settings) -> dict[str, float]:
    """What an item's rating, popularity and newness weigh by the settings."""
    return {name: getattr(settings, name) for name in WEIGHTS}


@dataclass(frozen=True)
class Terms:
    """What a turn counts by name. Without anything, nothing."""

    info: CatalogueInfo | None = None
    today: date = date.min
    language: Language = "en"
    senses: Mapping[str, Sense] = field(default_factory=dict)  # a point's text -> what it means
    beside: Mapping[str, str] = field(default_factory=dict)  # an item's id -> the title of what it goes with
    quote: str = ""  # the words that asked for companions, or the measure by which the first are shown
    wished: tuple[Constraint, ...] = ()  # limits that are only wishes
    recency: Recency | None = None  # the date by which newer counts
    newest: date | None = None
    first: Mapping[str, tuple[str, float]] = field(default_factory=dict)  # "the longest": id -> what by, how far in front
    wishes: int = 1  # how many things are wished: what is newer keeps its share of the sum
    stated: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # field -> what the catalogue's items state there
    learned: Mapping[str, tuple[Contribution, ...]] = field(default_factory=dict)  # an item's id -> what `bot/learn` adds
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)  # of what an item is worth to anybody
    leanings: Mapping[str, tuple[Sense, str]] = field(default_factory=dict)  # "cheap kettle" -> what it measures, and its word
    measured_by: Mapping[str, str] = field(default_factory=dict)  # "price", "minutes", "weight" -> the field that states it
    measures: Mapping[str, tuple[float, ...]] = field(default_factory=dict)  # what the candidates state there, ascending
    everything: frozenset[str] = frozenset()  # words for all that is here ("films" among films): they tell nothing apart

    def answer(self, point: InterestPoint, item: Item) -> Contribution | None:
        """How an item answers a point with a sense of its own; None for a point that is answered by its words."""
        sense = self.senses.get(point.text)
        if sense is None or self.info is None:
            return None
        value: float
        fact: Fact | None
        if sense.kind == "offer":
            value, fact = self._offer(item, sense.code)
        elif sense.kind == "recent":
            value, fact = self._newness(item)
        elif sense.kind == "measure":
            return self._measured(point, item, sense)
        else:
            value, fact = _arrival(item, sense.days)
        return _contribution(sense.kind, point.text, point.weight, value, point.quote, fact)

    def leaning(self, point: InterestPoint, item: Item) -> Contribution | None:
        """What the measure at the head of a thing adds ("cheap kettle"): half of what it does as a wish of its own."""
        if point.text not in self.leanings:
            return None
        return self._measured(point, item, self.leanings[point.text][0], 0.5)

    def _measured(self, point: InterestPoint, item: Item, sense: Sense, share: float = 1.0) -> Contribution:
        value, fact = self._place(item, self.measured_by[sense.family], sense.less)
        return _contribution("interest", point.text, point.weight, share * value, point.quote, fact)

    def among(self, items: Iterable[Item]) -> Terms:
        """The same terms, with what the candidates state where a wish measures them against one another ("cheap")."""
        senses = [*self.senses.values(), *(sense for sense, _ in self.leanings.values())]
        fields = {self.measured_by[sense.family] for sense in senses if sense.kind == "measure"}
        known = {name: sorted(n for item in items if (n := measured(item, name)) is not None) for name in fields}
        return replace(self, measures={name: tuple(numbers) for name, numbers in known.items()}) if fields else self

    def others(self, item: Item) -> list[Contribution]:
        """The terms that come from no point."""
        found = []
        if title := self.beside.get(item.id):
            found.append(_contribution("goes_with", title, 1.0, 1.0, self.quote, Fact(name="goes_with", value=title)))
        asked = any(sense.kind == "recent" for sense in self.senses.values())
        by_nature = self.info is not None and self.info.recency is not None
        if by_nature and not asked and (age := self._age(item)) is not None:
            weight = self.weights["freshness"] * max(1, self.wishes)
            if weight:
                found.append(_contribution("recent", "recent", weight, self._half(age), fact=self._dated(item)))
        if item.id in self.first and (stated := item.fact(self.first[item.id][0])) is not None:
            by, value = self.first[item.id]
            name = phrase(f"extreme_{self.quote}", self.language)
            found.append(_contribution("wish", name, FIRST, value, name, Fact(name=by, value=stated)))
        for limit in self.wished:
            assert self.info is not None
            value = 0.0 if not states(item, limit.field) else 1.0 if satisfies(item, limit) else -1.0
            stated = item.fact(limit.field)
            fact = Fact(name=limit.field, value=stated) if stated is not None else None
            label = limit_words(limit, self.info, self.language)
            found.append(_contribution("wish", label, WISHED_LIMIT, value, limit.quote or label, fact))
        return [*found, *self.learned.get(item.id, ())]

    def _offer(self, item: Item, code: bool) -> tuple[float, Fact]:
        assert self.info is not None
        offer = offer_of(item, self.today)
        if code and (offer is None or not offer.code):
            return WITHOUT_OFFER, Fact(name="offer", value=phrase("code_none", self.language))
        if words := offer_words(item, self.info, self.language, self.today):
            return 1.0, Fact(name="offer", value=words)
        return WITHOUT_OFFER, Fact(name="offer", value=phrase("offer_none", self.language))

    def _place(self, item: Item, name: str, less: bool) -> tuple[float, Fact | None]:
        """From .7 for the shortest (lightest, cheapest) of the candidates to -.7 for the longest; those alike share a place."""
        number, known = measured(item, name), self.measures.get(name, ())
        if number is None or len(known) < 2:
            return 0.0, None
        place = (bisect_left(known, number) + bisect_right(known, number) - 1) / 2 / (len(known) - 1)
        stated = item.fact(name)
        return MEASURED * (1 - 2 * place) * (1 if less else -1), None if stated is None else Fact(name=name, value=stated)

    def _newness(self, item: Item) -> tuple[float, Fact | None]:
        """1 for the newest, 0 at one half-life, down to -1 for the oldest: asked for, what is old speaks against."""
        age = self._age(item)
        return (0.0, None) if age is None else (2 * self._half(age) - 1, self._dated(item))

    def _age(self, item: Item) -> int | None:
        day = as_date(item.fact(self.recency.field)) if self.recency else None
        return None if day is None or self.newest is None else max(0, (self.newest - day).days)

    def _half(self, age: int) -> float:
        assert self.recency is not None
        return float(0.5 ** (age / self.recency.half_life_days))

    def _dated(self, item: Item) -> Fact | None:
        """The item's date, and how far it lies behind the newest."""
        assert self.recency is not None
        stated, age = item.fact(self.recency.field), self._age(item)
        day = as_date(stated)
        if day is None or age is None or stated is None:
            return None
        if as_number(as_values(stated)[0]) is not None:  # a year says enough
            return Fact(name=self.recency.field, value=stated)
        words = day_words(day, self.language)
        if age == 0:
            behind = phrase("newest", self.language)
        else:
            behind = phrase("day_behind" if age == 1 else "days_behind", self.language, **({} if age == 1 else {"days": age}))
        return Fact(name=self.recency.field, value=phrase("join", self.language).join((words, behind)))


def _arrival(item: Item, within: int | None) -> tuple[float, Fact | None]:
    stated = as_values(item.fact("delivery_days"))
    days = as_number(stated[0]) if stated else None
    if days is None:
        return 0.0, None
    value = max(-1.0, 1 - (days - 1) / SOON) if within is None else 1.0 if days <= within else -1.0
    return min(1.0, value), Fact(name="delivery_days", value=stated[0])


def _contribution(term: str, label: str, weight: float, value: float, quote: str = "", fact: Fact | None = None) -> Contribution:
    told = {"term": term, "label": label, "weight": weight, "value": round(value, 4), "amount": round(weight * value, 4)}
    return Contribution.model_validate({**told, "quote": quote, "fact": fact})
