"""What people did, as terms of the sum: like what you chose, chosen together with it, goes with it, liked by friends.

    amount = weight · value,   weight = W / (1 + Σ_k |a_k|)

`W` is the term's setting and `value` lies in [-1, 1]. The more is said now, the less what was done before counts; together
the four add at most .9 / (1 + Σ|a_k|) by default, with a click model (`clicked.py`) 1 / (1 + Σ|a_k|), less than one plain wish
(a = .8) that an item answers and another does not: .8 · .7 = .56 against .5 or .555.
With `s_j` for how item j stands with the person (`people.strengths`):

    behaviour   Σ_j s_j cos(e_j, e_i) / (1 + Σ_j |s_j|)     the taste vector, shrunk towards nothing while little was done
    together    max_j s_j sim(j, i)                        over the s_j > 0; `together.py`
    complement  max_j s_j                                  over the j that i goes with and that were bought, or lie in the basket
    friends     max_f s_fi                                 over the friends who said that they like i; both have agreed

What was bought is not offered again unless it is used up. Where the catalogue says what is used up, a thing that is not meets
its need: it speaks for nothing more of its own kind. `tests/test_behaviour.py` works the figures out by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from bot.learn.people import Known, Strong, strengths
from bot.learn.sources import Asked, Said, contribution
from bot.phrases import phrase
from bot.state import Contribution, Language
from vectorstore.catalogue import Candidate, Catalogue
from vectorstore.constraints import as_values
from vectorstore.item import Item

PROPOSED = 12  # items that a voice would have looked at
NEAR = 0.3  # cosine from which on an item is close enough to another to be told so
TOLD = 0.02  # an amount below this is no reason worth a line
BASKET = frozenset({"cart", "buy"})


def had(catalogue: Catalogue, known: Known) -> set[str]:
    """What the person bought and does not use up: not offered again."""
    bought = {one.item for one in known.done if one.kind == "buy"}
    return {id for id in bought if (item := catalogue.get(id)) is None or not catalogue.info.is_consumable(item)}


@dataclass(frozen=True)
class Taste:
    """Items near what the person chose, and far from what they turned down."""

    asked: Asked
    weight: float
    stands: Mapping[str, Strong]
    ids: Sequence[str]  # the items that it is made of
    parts: npt.NDArray[np.float32]  # of each item s_j e_j / (1 + Σ|s|): their sum is the taste vector

    @property
    def proposed(self) -> Sequence[str]:
        taste = self.parts.sum(axis=0)
        return self.asked.catalogue.nearest(taste, PROPOSED) if taste.any() else ()

    def terms(self, candidates: Sequence[Candidate], said: Said) -> Said:
        catalogue, ids = self.asked.catalogue, [c.item.id for c in candidates]
        products = catalogue.vectors(ids) @ self.parts.T  # a candidate a row, an item of the taste a column
        places, kinds = {id: row for row, id in enumerate(ids)}, _kinds(candidates)
        lasting = catalogue.info.consumable or catalogue.has_field("consumable")
        for column, id in enumerate(self.ids):
            if id in places:
                products[places[id], column] = 0.0  # of itself it says nothing new
            if lasting and self.stands[id].deed.kind == "buy" and (bought := catalogue.get(id)) is not None:
                met = kinds.get(bought.category[-1:], [])
                if met and not catalogue.info.is_consumable(bought):
                    products[met, column] = 0.0
        shrunk = 1 + sum(abs(strong.strength) for strong in self.stands.values())
        found = {}
        for id, row in zip(ids, products, strict=True):
            value = float(np.clip(row.sum(), -1, 1))
            most = int(np.argmax(row if value > 0 else -row))
            strong = self.stands[self.ids[most]]
            cosine = float(row[most]) * shrunk / strong.strength
            near = cosine >= NEAR and strong.strength > 0 and self.weight * value >= TOLD
            words = _close_to(self.asked, self.ids[most], strong) if near else phrase("known_taste", self.asked.language)
            found[id] = (contribution("behaviour", words, self.weight, value, reason=near),)
        return found


def taste(asked: Asked) -> Taste | None:
    """The source of the term `behaviour`."""
    stands = asked.stands if asked.settings.behaviour else {}
    ids = sorted(stands)
    if not ids:
        return None
    strong = np.asarray([stands[id].strength for id in ids], np.float32)
    parts = asked.catalogue.vectors(ids) * (strong / (1 + np.abs(strong).sum()))[:, np.newaxis]
    return Taste(asked, asked.settings.behaviour * asked.fade, stands, ids, parts.astype(np.float32))


@dataclass(frozen=True)
class Spoken:
    """A voice that knows what it says of each item before it sees the pool."""

    term: str
    weight: float
    best: Mapping[str, tuple[float, str]]  # item id -> the value, and what it comes from
    words: Callable[[str], str]  # what it comes from -> the words

    @property
    def proposed(self) -> Sequence[str]:
        return sorted(self.best, key=lambda id: (-self.best[id][0], id))[:PROPOSED]

    def terms(self, candidates: Sequence[Candidate], said: Said) -> Said:
        return {c.item.id: (self._told(*self.best[c.item.id]),) for c in candidates if c.item.id in self.best}

    def _told(self, value: float, source: str) -> Contribution:
        return contribution(self.term, self.words(source), self.weight, value, reason=self.weight * value >= TOLD)


def together(asked: Asked) -> Spoken | None:
    """The source of the term `together`: what the same people chose."""
    counted = asked.known.together
    if counted is None or not asked.settings.together:
        return None
    best: dict[str, tuple[float, str]] = {}
    for id, strong in asked.stands.items():
        if strong.strength > 0:
            for other, sim in counted.of(id):
                value = strong.strength * sim
                if other != id and value > best.get(other, (0.0, ""))[0]:
                    best[other] = value, id

    def words(id: str) -> str:
        return phrase("known_together", asked.language, title=_title(asked, id))

    return Spoken("together", asked.settings.together * asked.fade, best, words) if best else None


def complement(asked: Asked) -> Spoken | None:
    """The source of the term `complement`: what goes with what was bought, or lies in the basket."""
    if not asked.settings.complements:
        return None
    stands = strengths((one for one in asked.known.done if one.kind in BASKET), asked.known.now, asked.settings.half_life_days)
    beside = Companions.of(asked.catalogue)
    best: dict[str, tuple[float, str]] = {}
    for id, strong in stands.items():
        for other in beside[id]:
            if other not in stands and strong.strength > best.get(other, (0.0, ""))[0]:
                best[other] = strong.strength, id

    def words(id: str) -> str:
        name = "known_goes_with_cart" if stands[id].deed.kind == "cart" else "known_goes_with_buy"
        return phrase(name, asked.language, title=_title(asked, id))

    return Spoken("complement", asked.settings.complements * asked.fade, best, words) if best else None


def friends(asked: Asked) -> Spoken | None:
    """The source of the term `friends`: what people close to the person said that they like."""
    if not asked.settings.friends:
        return None
    best: dict[str, tuple[float, str]] = {}
    for friend in asked.known.friends:
        name = f"known_{friend.kind}{'' if friend.name else '_unnamed'}"
        words = phrase(name, asked.language, **({"who": friend.name} if friend.name else {}))
        for id, strong in strengths(friend.done, asked.known.now, asked.settings.half_life_days).items():
            if strong.strength > best.get(id, (0.0, ""))[0]:
                best[id] = strong.strength, words
    return Spoken("friends", asked.settings.friends * asked.fade, best, str) if best else None


class Companions:
    """What goes with what, whichever of the two says so (`goes_with`)."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._beside: dict[str, dict[str, None]] = {}
        for item in items:
            for other in map(str, as_values(item.fact("goes_with"))):
                self._beside.setdefault(item.id, {})[other] = None
                self._beside.setdefault(other, {})[item.id] = None

    @classmethod
    def of(cls, catalogue: Catalogue) -> Companions:
        """The companions of a catalogue; worked out once."""
        if catalogue not in _COMPANIONS:
            _COMPANIONS[catalogue] = cls(catalogue.items())
        return _COMPANIONS[catalogue]

    def __getitem__(self, id: str) -> tuple[str, ...]:
        return tuple(self._beside.get(id, ()))


_COMPANIONS: WeakKeyDictionary[Catalogue, Companions] = WeakKeyDictionary()


def _kinds(candidates: Sequence[Candidate]) -> dict[tuple[str, ...], list[int]]:
    """The places of the candidates of each kind."""
    found: dict[tuple[str, ...], list[int]] = {}
    for row, candidate in enumerate(candidates):
        if candidate.item.category:
            found.setdefault(candidate.item.category[-1:], []).append(row)
    return found


def _title(asked: Asked, id: str) -> str:
    item = asked.catalogue.get(id)
    return item.title_in(asked.language) if item is not None else id


def _close_to(asked: Asked, id: str, strong: Strong) -> str:
    return phrase("known_close_to", asked.language, title=_title(asked, id), deed=_deed(strong, asked.language))


def _deed(strong: Strong, language: Language) -> str:
    return phrase(f"deed_{strong.deed.kind}", language)
