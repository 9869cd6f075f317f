"""The people: each knows what they look for, cares about some things and not others, and has a way of talking.

Drawn from a catalogue with a seed: the same seed gives the same people. `tests/test_simulate.py` notices a change.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from bot.check.simulate.facts import Shelf, Wish, fits, kind_of, overlap, sayable, values_of
from bot.check.simulate.leaks import Leaks
from bot.errors import BadInput
from bot.state import Language
from vectorstore.constraints import equal
from vectorstore.item import Item

# How readily people come up with something, before each person's own tastes are multiplied in. What is not listed: 0.15.
CARE = {
    "price": 0.8, "colour": 0.7, "material": 0.5, "for": 0.5, "size": 0.2, "brand": 0.2, "closure": 0.3, "fit": 0.3,
    "rating": 0.08, "age": 0.8, "scent": 0.5, "season": 0.4, "skin_type": 0.5, "pattern": 0.3, "tags": 0.4, "about": 0.5,
    "mood": 0.8, "genres": 0.9, "genre": 0.9, "country": 0.6, "decade": 0.4, "language": 0.35, "director": 0.3, "cast": 0.2,
    "duration_minutes": 0.4, "year_to": 0.15, "year_from": 0.15, "artist": 0.2, "instruments": 0.6, "vocals": 0.3,
    "occasion": 0.5, "section": 0.7, "topics": 0.9, "district": 0.6, "kind": 0.35, "people": 0.4, "author": 0.15,
    "is_true": 0.4, "has_true": 0.3,
}  # fmt: skip
FEWEST, MOST = 5, 8  # wishes of a person
SECOND_THOUGHTS = 0.35  # of the people change their mind, where there is something to change
_EXCLUDED = ("colour", "material", "closure", "brand", "scent", "mood", "genres", "genre", "country", "instruments", "section",
             "topics", "cast", "director", "vocals", "fit")  # fmt: skip
_SWAPPED = ("colour", "material", "mood", "genres", "genre", "country", "decade", "section", "district", "instruments", "fit")

Tastes = Callable[[Item, Wish], float]  # how much more (or less, below 1) a person cares about this than people do


@dataclass(frozen=True)
class Manner:
    """How a person talks: the chance of each, a turn."""

    talkative: float  # of two wishes at once
    vague: float
    mistypes: float
    small_talk: float
    rejects: float
    asks: float
    sloppy: bool  # no capitals, no full stops

    @classmethod
    def drawn(cls, draw: Random) -> Manner:
        return cls(
            talkative=draw.uniform(0.2, 0.7),
            vague=draw.choice((0.0, 0.0, 0.05, 0.2)),
            mistypes=draw.choice((0.0, 0.05, 0.15, 0.3)),
            small_talk=draw.choice((0.0, 0.1, 0.3)),
            rejects=draw.uniform(0.3, 0.8),
            asks=draw.choice((0.0, 0.0, 0.08)),
            sloppy=draw.random() < 0.3,
        )


@dataclass(frozen=True)
class Person:
    """Somebody who looks for one item. Every wish is true of it, except `before`, which they change their mind about."""

    id: str
    language: Language
    target: str
    kind: str  # of thing, as they call it; empty where all is of one sort
    wishes: tuple[Wish, ...]  # in the order in which they come up
    manner: Manner
    before: Wish | None = None  # what they say first …
    after: Wish | None = None  # … and what they really want in its place; None: they let it go
    leaks: Leaks = field(default_factory=lambda: Leaks(()), compare=False)

    @property
    def hidden(self) -> tuple[Wish, ...]:
        """All that the target is and that they want."""
        return self.wishes + ((self.after,) if self.after else ())


def draw_people(
    items: Sequence[Item], shelf: Shelf, language: Language, count: int, seed: int,
    wanted: Sequence[tuple[str, Tastes]] | None = None,
) -> list[Person]:  # fmt: skip
    """`count` people, each with a target of their own while the catalogue lasts.

    `wanted` gives the targets' ids with the tastes of whoever wants them. BadInput when no item says enough about itself.
    """
    draw = Random(f"{seed} {shelf.info.name} {language}")
    by_id = {item.id: item for item in items}
    chosen: list[tuple[str, Tastes]]
    if wanted is None:
        ids = sorted(by_id)
        chosen = [(id, _alike) for _ in range(math.ceil(2 * count / max(1, len(ids))) + 1) for id in draw.sample(ids, len(ids))]
    else:
        chosen = list(wanted)
    found: list[Person] = []
    for id, tastes in chosen:
        if len(found) == count:
            break
        person = _person(f"{shelf.info.name}-{language}-{len(found) + 1:03}", by_id[id], items, shelf, language, draw, tastes)
        if person is not None:
            found.append(person)
    if len(found) < count:
        raise BadInput(
            f"Only {len(found)} of {count} people could be drawn from {shelf.info.name!r} in {language!r}: a target must say at "
            f"least {FEWEST - 1} things about itself beside its title. Take fewer people, or another language."
        )
    return found


def _alike(item: Item, wish: Wish) -> float:
    return 1.0


def _person(
    id: str, target: Item, items: Sequence[Item], shelf: Shelf, language: Language, draw: Random, tastes: Tastes
) -> Person | None:
    own = Random(f"{id} {draw.random()}")
    leaks = leaks_of(target, shelf)
    kind = "" if shelf.root else kind_of(target, shelf, language)
    if leaks.found(kind):
        kind = ""
    known = [w for w in sayable(target, shelf, language) if not leaks.found(str(w.value)) and w.field != "category"]
    known += [w for w in _limits(target, shelf, own) if not leaks.found(str(w.value))]
    cared = [(CARE.get(w.field, 0.15) * own.expovariate(1.0) * tastes(target, w), w) for w in known]
    picked: list[Wish] = []
    facets: Counter[str] = Counter()
    for care, wish in sorted(cared, key=lambda pair: -pair[0]):
        numbers = wish.field in ("year_to", "year_from", "decade")
        if facets["year" if numbers else wish.facet] < (1 if wish.sort == "limit" or numbers else 2):
            facets["year" if numbers else wish.facet] += 1
            picked.append(Wish(wish.field, wish.value, wish.facet, wish.sort, wish.label, round(care, 3)))
    picked = picked[: own.randint(FEWEST, MOST) - 1]
    picked += _exclusions(target, items, shelf, language, own, leaks)
    if len(picked) < FEWEST - 1:
        return None
    order = sorted(picked, key=lambda w: -w.care * own.uniform(0.5, 1.5))
    before, after = _second_thoughts(target, order, items, shelf, language, own, leaks)
    return Person(
        id, language, target.id, kind, tuple(w for w in order if w is not after), Manner.drawn(own), before, after, leaks
    )


def leaks_of(target: Item, shelf: Shelf) -> Leaks:
    """What nobody who looks for the target may say."""
    titles = [target.title, *(t.title for t in target.translations.values())]
    return Leaks(titles, [*target.category, *(shelf.info.term(c, "zh") for c in target.category),
                          kind_of(target, shelf, "en"), kind_of(target, shelf, "zh")])  # fmt: skip


def _limits(item: Item, shelf: Shelf, draw: Random) -> list[Wish]:
    """Limits in numbers that the item keeps, as people set them: round, with some room."""
    found: list[Wish] = []
    if item.price:
        found.append(Wish("price", _round_up(item.price * draw.uniform(1.03, 1.4)), "price", "limit"))
    minutes_in = shelf.info.stated_as("duration_minutes") if "duration_minutes" not in item.attributes else "duration_minutes"
    minutes = item.attributes.get(minutes_in)
    if isinstance(minutes, (int, float)) and minutes > 0:
        bound = math.ceil(minutes) + 1 if minutes < 20 else int(math.ceil((minutes + 1) / 10) * 10)
        found.append(Wish("duration_minutes", bound, minutes_in, "limit"))
    year = item.attributes.get("year")
    if isinstance(year, int):
        if draw.random() < 0.5:
            found.append(Wish("year_to", 5 * math.ceil((year + draw.randint(1, 8)) / 5), "year", "limit"))
        else:
            found.append(Wish("year_from", 5 * math.floor((year - draw.randint(1, 8)) / 5), "year", "limit"))
    low, high = item.attributes.get("age_from"), item.attributes.get("age_to")
    if isinstance(low, (int, float)) and low < 14:
        top = min(float(high) if isinstance(high, (int, float)) else low + 4, low + 4)
        found.append(Wish("age", draw.randint(int(low), max(int(low), int(top))), "age", "limit"))
    rating = item.attributes.get("rating")
    if isinstance(rating, (int, float)) and rating >= 4:
        found.append(Wish("rating", _plain(math.floor(rating * 2) / 2), "rating", "limit"))
    return found


def _exclusions(target: Item, items: Sequence[Item], shelf: Shelf, language: Language, draw: Random, leaks: Leaks) -> list[Wish]:
    """What the person cannot stand: common among its like, and surely not in the target."""
    there = _among(target, items, shelf, language, _EXCLUDED)
    common = [(w, n) for w, n in there.items() if n >= 2 and not surely_of(target, w, shelf) and not leaks.found(str(w.value))]
    found: list[Wish] = []
    for _ in range(draw.choice((0, 0, 1, 1, 2))):
        common = [(w, n) for w, n in common if w.facet not in {f.facet for f in found}]
        if not common:
            break
        wish = draw.choices([w for w, _ in common], [n for _, n in common])[0]
        found.append(Wish(wish.field, wish.value, wish.facet, "not", wish.label, round(0.5 * draw.expovariate(1.0), 3)))
    return found


def _among(target: Item, items: Sequence[Item], shelf: Shelf, language: Language, fields: Sequence[str]) -> Counter[Wish]:
    """What items of the target's sort say of the fields, and how many of them."""
    alike = (i for i in items if i.id != target.id and (shelf.root or i.category[:2] == target.category[:2]))
    return Counter(w for item in alike for w in sayable(item, shelf, language) if w.field in fields)


def surely_of(item: Item, wish: Wish, shelf: Shelf) -> bool:
    """Whether the item is like that, or could be taken to be: nothing of this may be held against it."""
    stated = values_of(item, wish.facet, shelf)
    return not stated or any(overlap(str(v), str(wish.value)) or equal(v, wish.value) for v in stated)


def _second_thoughts(
    target: Item, wishes: Sequence[Wish], items: Sequence[Item], shelf: Shelf, language: Language, draw: Random, leaks: Leaks
) -> tuple[Wish | None, Wish | None]:
    """What they say first, wrongly, and what they really want."""
    if draw.random() > SECOND_THOUGHTS:
        return None, None
    price = next((w for w in wishes if w.field == "price"), None)
    if price is not None and target.price and target.price > 15 and draw.random() < 0.35:
        low = _round_up(target.price * draw.uniform(0.55, 0.85))
        if low < target.price:
            return Wish("price", low, "price", "limit", care=price.care), price
    swapped = [w for w in wishes if w.field in _SWAPPED and w.sort == "like"]
    draw.shuffle(swapped)
    for wish in swapped:
        there = _among(target, items, shelf, language, (wish.field,))
        others = {w: n for w, n in there.items() if not surely_of(target, w, shelf) and not leaks.found(str(w.value))}
        if others:
            other = draw.choices(list(others), list(others.values()))[0]
            old = Wish(other.field, other.value, other.facet, label=other.label, care=wish.care)
            return old, (wish if draw.random() < 0.8 else None)
    return None, None


def _plain(number: float) -> int | float:
    return int(number) if number == int(number) else number


def _round_up(amount: float) -> int:
    step = 5 if amount < 60 else 10 if amount < 200 else 50
    return int(step * math.ceil(amount / step))


def check_people(people: Sequence[Person], items: Sequence[Item], shelf: Shelf) -> list[str]:
    """What is wrong with the people: a wish that their target does not fulfil, or one that is its title."""
    by_id = {item.id: item for item in items}
    wrong = [
        f"{p.id}: {p.target} is not {w.said}" for p in people for w in p.hidden if fits(by_id[p.target], w, shelf) is not True
        and not (w.sort == "not" and fits(by_id[p.target], w, shelf) is None)
    ]  # fmt: skip
    return wrong + [f"{p.id}: {w.said} says the title" for p in people for w in p.hidden if p.leaks.found(str(w.value))]
