"""What a person can say of an item, and whether an item is as they said: read off the item's data, literally.

None of this uses how Rapport reads limits or compares words, so that it can judge it. `tests/test_simulate.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from bot.state import Language
from vectorstore.constraints import as_values
from vectorstore.info import CatalogueInfo
from vectorstore.item import Item, Scalar
from vectorstore.words import is_chinese

Sort = Literal["like", "limit", "not"]

# fields that nobody begins with, or that say nothing of what is wanted
UNSAID = frozenset(
    "rating_count stock delivery_days goes_with was coupon coupon_saves offer_ends also_in care pieces label language_code "
    "popularity date availability".split()
)
_SAY_NOTHING = frozenset(
    ("unisex", "in colour", "one size", "all hair", "instrumental", "silent film", "plain", "none", "all", "other", "voice",
     "通用", "男女通用", "所有发质", "彩色", "彩色片", "器乐", "默片", "人声", "无", "纯音乐")
)  # fmt: skip
_NAMES = frozenset(("brand", "artist", "cast", "director", "author", "people", "size"))  # need no translation
_ODD = re.compile(r"[,;:/()（）、，；：·&+%\"“”]|\d")
_ADJECTIVE = re.compile(r"(proof|free|able|ible|safe|less|resistant|vegan|based|organic|handmade|adjustable|wireless)$")
_NO_NAMES = frozenset(  # kinds that name nothing by themselves
    "sets extras everyday sport supplies care accessories other misc 套装 日常 其他 配件 运动 养护".split()
)
_IMITATION = re.compile(r"\b(faux|vegan|imitation|non|not|no|without)\b|-free|-look|人造|仿|无|不")


@dataclass(frozen=True)
class Wish:
    """One thing that a person cares about, as they would say it."""

    field: str  # how it is phrased: a field's name, or price, year_to, year_from, age, is_true, has_true …
    value: Scalar
    facet: str  # the item's field that it is checked against
    sort: Sort = "like"
    label: str = ""  # what the field is called, for fields without a phrasing of their own
    care: float = 1.0

    @property
    def said(self) -> str:
        """A line for a transcript: `colour brown`, `price ≤ 200`, `not zip`."""
        signs = {"price": "≤", "duration_minutes": "≤", "year_to": "<", "year_from": ">", "rating": "≥"}
        if self.sort == "not":
            return f"{self.facet} not {self.value}"
        if self.field in ("is_true", "has_true"):
            return self.label
        return f"{self.facet} {signs.get(self.field, '')} {self.value}".replace("  ", " ")


@dataclass(frozen=True)
class Shelf:
    """A catalogue as its customers see it: what fields are called, and whether all of it is of one sort (films)."""

    info: CatalogueInfo
    root: str = ""  # the name of the one sort, if there is only one
    said: dict[tuple[str, str], list[Wish]] = field(default_factory=dict, compare=False, repr=False)  # by item and language

    @classmethod
    def of(cls, info: CatalogueInfo, items: Sequence[Item]) -> Shelf:
        roots = {item.category[0] for item in items if item.category}
        return cls(info, roots.pop() if len(roots) == 1 and any(len(i.category) > 1 for i in items) and not info.currency else "")


def sayable(item: Item, shelf: Shelf, language: Language) -> list[Wish]:
    """Everything about the item that a person might wish for in so many words, without limits in numbers."""
    known = shelf.said.get((item.id, language))
    if known is None:
        known = shelf.said[item.id, language] = _sayable(item, shelf, language)
    return known


def _sayable(item: Item, shelf: Shelf, language: Language) -> list[Wish]:
    found: list[Wish] = []
    info = shelf.info
    if item.brand:
        found.append(Wish("brand", item.brand, "brand"))
    attributes = item.attributes_in(language)
    if item.category and not shelf.root:
        found.append(Wish("category", kind_of(item, shelf, language), "category"))
    about = shelf.root and any(field in item.attributes for field in ("genres", "topics", "cast"))
    for name, value in attributes.items():
        if name in UNSAID:
            continue
        label = info.label(name, language)
        for one in as_values(value):
            if isinstance(one, bool):
                if one and (is_chinese(label) if language == "zh" else label.isascii()):
                    adjective = bool(_ADJECTIVE.search(label)) or (language == "zh" and label[-1:] in "水纺洗折素用风热敏")
                    found.append(Wish("is_true" if adjective else "has_true", label, name, label=label))
            elif name == "size":
                if "-" not in str(one):  # nobody's size is 36-38
                    found.append(Wish("size", one, "size", "limit"))
            elif isinstance(one, str) and _is_said(one, name, language):
                found.append(Wish(name, one, name, label=label))
    if language == "en" or any(map(is_chinese, item.tags)):
        found += [Wish("about" if about else "tags", tag, "tags") for tag in item.tags if _is_said(tag, "tags", language)]
    once = {str(w.value).casefold(): w for w in reversed(found)}  # a topic that is a tag as well is one thing to say
    return [w for value, w in reversed(once.items()) if value not in _SAY_NOTHING]


def kind_of(item: Item, shelf: Shelf, language: Language) -> str:
    """The kind of thing that it is, in words that stand alone: "leather jackets", "gaming mice"."""
    if not item.category:
        return ""
    leaf, parent = item.category[-1], item.category[-2] if len(item.category) > 2 else ""
    noun = leaf.lower().endswith("s") and leaf.lower() not in _NO_NAMES
    if language == "zh":
        leaf, parent = shelf.info.term(leaf, language), shelf.info.term(parent, language) if parent else ""
        if not parent or (noun and leaf[-1] != "式") or leaf[-1] in parent:
            return leaf
        return parent if leaf in _NO_NAMES else f"{leaf}{parent}"
    leaf, parent = leaf.lower(), parent.lower()
    if not parent or noun or parent in leaf:
        return leaf
    return parent if leaf in _NO_NAMES else f"{leaf} {parent}"


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()


def values_of(item: Item, facet: str, shelf: Shelf) -> list[Scalar]:
    """What the item states of a facet, in all its languages."""
    if facet == "price":
        return [] if item.price is None else [item.price]
    if facet == "brand":
        return [item.brand] if item.brand else []
    if facet == "tags":
        return list(item.tags)
    if facet == "category":
        kinds = [kind_of(item, shelf, "en"), kind_of(item, shelf, "zh")]
        return [*item.category, *kinds, *(shelf.info.term(c, "zh") for c in item.category)]
    found = list(as_values(item.attributes.get(facet)))
    for translation in item.translations.values():
        found += as_values(translation.attributes.get(facet))
    return found


def fits(item: Item, wish: Wish, shelf: Shelf) -> bool | None:
    """Whether the item is as wished: its data say so, say otherwise, or (None) say nothing about it."""
    if wish.field == "age":
        low, high = item.attributes.get("age_from"), item.attributes.get("age_to")
        if low is None and high is None:
            return None
        return _number(low, 0) <= float(wish.value) <= _number(high, 120)
    stated = values_of(item, wish.facet, shelf)
    if not stated:
        return None
    if wish.field in ("price", "duration_minutes", "year_to", "year_from", "rating"):
        numbers = [float(v) for v in stated if isinstance(v, (int, float)) and not isinstance(v, bool)]
        if not numbers:
            return None
        bound = float(wish.value)
        if wish.field == "year_to":
            return min(numbers) < bound
        if wish.field in ("year_from", "rating"):
            return max(numbers) > bound if wish.field == "year_from" else max(numbers) >= bound
        return min(numbers) <= bound
    if wish.field in ("is_true", "has_true"):
        return any(v is True for v in stated)
    if wish.facet == "size":
        has = any(_folded(str(v)) == _folded(str(wish.value)) for v in stated)
    elif wish.sort == "not":
        return not any(_names(str(v), str(wish.value)) and not _IMITATION.search(_folded(str(v))) for v in stated)
    else:
        has = any(_names(str(v), str(wish.value)) for v in stated)
    return has


def _names(stated: str, wanted: str) -> bool:
    """Whether the words of `wanted` stand in `stated` as they are."""
    a, b = _folded(stated), _folded(wanted)
    if a == b:
        return True
    if is_chinese(b):
        return len(b) > 1 and b in a
    return re.search(rf"(?<![\w-]){re.escape(b)}(?![\w-])", a) is not None


def overlap(stated: str, wanted: str) -> bool:
    """Whether one could be taken for the other: either stands in the other. For choosing what is surely not so."""
    a, b = _folded(stated), _folded(wanted)
    return a in b or b in a


def _is_said(value: str, field: str, language: Language) -> bool:
    name = field in _NAMES
    if not name and _ODD.search(value) and field != "decade":
        return False
    if language == "zh":
        return len(value) <= 12 and (is_chinese(value) or name)
    return len(value) <= 28 and len(value.split()) <= 4 and not is_chinese(value)


def _number(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, (int, float)) else otherwise
