"""What people did, as terms of the sum: like what you chose, chosen together with it, goes with it, liked by friends.

    amount = weight · value,   weight = W / (1 + Σ_k |a_k|)

`W` is the term's setting and `value` lies in [-1, 1]. The more is said now, the less what was done before counts; together
the four add at most .9 / (1 + Σ|a_k|) by default, less than one plain wish (a = .8) that an item answers and another does not:
.8 · .7 = .56 against .5. With `s_j` for how item j stands with the person (`people.strengths`):

    behaviour   Σ_j s_j cos(e_j, e_i) / (1 + Σ_j |s_j|)     the taste vector, shrunk towards nothing while little was done
    together    max_j s_j sim(j, i)                        over the s_j > 0; `together.py`
    complement  max_j s_j                                  over the j that i goes with and that were bought, or lie in the basket
    friends     max_f s_fi                                 over the friends who said that they like i; both have agreed

What was bought is not offered again unless it is used up. Where the catalogue says what is used up, a thing that is not meets
its need: it speaks for nothing more of its own kind. `tests/test_behaviour.py` works the figures out by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
        for column, id in enumerate(self.ids):
            products[[row for row, own in enumerate(ids) if own == id], column] = 0.0  # of itself it says nothing new
            if self.stands[id].deed.kind == "buy" and (bought := catalogue.get(id)) is not None:
                met = [row for row, c in enumerate(candidates) if _meets(catalogue, bought, c.item)]
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
    stands = _stands(asked) if asked.settings.behaviour else {}
    ids = sorted(stands)
    if not ids:
        return None
    strong = np.asarray([stands[id].strength for id in ids], np.float32)
    parts = asked.catalogue.vectors(ids) * (strong / (1 + np.abs(strong).sum()))[:, np.newaxis]
    return Taste(asked, asked.settings.behaviour * asked.fade, stands, ids, parts.astype(np.float32))


@dataclass(frozen=True)
class Spoken:
    """A voice that knows what it says of each item before it sees the pool."""

    said: Mapping[str, Contribution]

    @property
    def proposed(self) -> Sequence[str]:
        return sorted(self.said, key=lambda id: (-self.said[id].amount, id))[:PROPOSED]

    def terms(self, candidates: Sequence[Candidate], said: Said) -> Said:
        ids = (c.item.id for c in candidates)
        return {id: (self.said[id],) for id in ids if id in self.said}


def together(asked: Asked) -> Spoken | None:
    """The source of the term `together`: what the same people chose."""
    counted = asked.known.together
    if counted is None or not asked.settings.together:
        return None
    best: dict[str, tuple[float, str]] = {}
    for id, strong in _stands(asked).items():
        if strong.strength > 0:
            for other, sim in counted.of(id):
                value = strong.strength * sim
                if other != id and value > best.get(other, (0.0, ""))[0]:
                    best[other] = value, id
    weight = asked.settings.together * asked.fade
    said = {}
    for other, (value, id) in best.items():
        words = phrase("known_together", asked.language, title=_title(asked, id))
        said[other] = contribution("together", words, weight, value, reason=weight * value >= TOLD)
    return Spoken(said) if said else None


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
    weight = asked.settings.complements * asked.fade
    said = {}
    for other, (value, id) in best.items():
        name = "known_goes_with_cart" if stands[id].deed.kind == "cart" else "known_goes_with_buy"
        words = phrase(name, asked.language, title=_title(asked, id))
        said[other] = contribution("complement", words, weight, value, reason=weight * value >= TOLD)
    return Spoken(said) if said else None


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
    weight = asked.settings.friends * asked.fade
    said = {}
    for id, (value, words) in best.items():
        said[id] = contribution("friends", words, weight, value, reason=weight * value >= TOLD)
    return Spoken(said) if said else None


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


def _stands(asked: Asked) -> dict[str, Strong]:
    """How the catalogue's items stand with the person."""
    known = strengths(asked.known.done, asked.known.now, asked.settings.half_life_days)
    return {id: strong for id, strong in known.items() if asked.catalogue.get(id) is not None}


def _meets(catalogue: Catalogue, bought: Item, item: Item) -> bool:
    """Whether what was bought leaves no need for an item: of the same kind, and not used up."""
    says = bool(catalogue.info.consumable) or catalogue.has_field("consumable")
    alike = bool(item.category) and bought.category[-1:] == item.category[-1:]
    return says and alike and not catalogue.info.is_consumable(bought)


def _title(asked: Asked, id: str) -> str:
    item = asked.catalogue.get(id)
    return item.title_in(asked.language) if item is not None else id


def _close_to(asked: Asked, id: str, strong: Strong) -> str:
    return phrase("known_close_to", asked.language, title=_title(asked, id), deed=_deed(strong, asked.language))


def _deed(strong: Strong, language: Language) -> str:
    return phrase(f"deed_{strong.deed.kind}", language)
