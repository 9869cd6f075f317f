"""What reading a message may draw on beside the message: the catalogue's words and names, and the embedding model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from vectorstore.catalogue import Catalogue
from vectorstore.constraints import as_values
from vectorstore.item import Item
from vectorstore.words import fold, is_chinese, tokens

NAMED = ("brand", "director", "author", "artist")  # fields whose values are names
FEW = 5000  # values of a field by which items are told apart: a material, a director; ids and texts have more


class Embeds(Protocol):
    """The part of an embedding model that reading needs."""

    @property
    def checksum(self) -> str: ...

    def queries(self, texts: Sequence[str]) -> Any: ...


@dataclass(frozen=True)
class Background:
    """Empty by default: then only the message and what is on screen count."""

    words: dict[str, int] = field(default_factory=dict)  # that the catalogue uses, English, and in how many items
    telling: frozenset[str] = frozenset()  # words of its titles, categories, tags and stated values, both languages
    terms: frozenset[str] = frozenset()  # its categories, tags and short values as they are written, folded, both languages
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # field -> what items state there, and how many do
    names: dict[str, tuple[str, str]] = field(default_factory=dict)  # folded name -> (field, name)
    embedder: Embeds | None = None

    @classmethod
    def over(
        cls, items: Sequence[Item], embedder: Embeds | None = None, terms: Mapping[str, Mapping[str, str]] | None = None
    ) -> Background:
        """The background that some items give; `terms`: what the catalogue's words are called in other languages."""
        return cls(_words(items), _telling(items), _terms(items, terms or {}), values_in(items), names_in(items), embedder)

    @classmethod
    def of(cls, catalogue: Catalogue) -> Background:
        """The background that a catalogue gives; worked out once."""
        if catalogue not in _MADE:
            _MADE[catalogue] = cls.over(catalogue.items(), catalogue.embedder, catalogue.info.terms)
        return _MADE[catalogue]


_MADE: WeakKeyDictionary[Catalogue, Background] = WeakKeyDictionary()


def names_in(items: Iterable[Item]) -> dict[str, tuple[str, str]]:
    """Every brand and maker of `items`: folded name -> (field, name)."""
    found: dict[str, tuple[str, str]] = {}
    for item in items:
        for name in NAMED:
            for value in as_values(item.fact(name)):
                found.setdefault(fold(str(value)), (name, str(value)))
    return found


def _words(items: Iterable[Item]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for item in items:
        for word in set(fold(f"{item.title} {item.description} {' '.join(item.category)} {' '.join(item.tags)}").split()):
            bare = word.strip(".,;:!?()\"'’“”")
            if bare.isalpha() and not is_chinese(bare):
                counts[bare] = counts.get(bare, 0) + 1
    return counts


def _terms(items: Iterable[Item], called: Mapping[str, Mapping[str, str]]) -> frozenset[str]:
    found: set[str] = set()
    for item in items:
        values = [*item.category, *item.tags]
        for attributes in (item.attributes, *(t.attributes for t in item.translations.values())):
            values += [v for name, value in attributes.items() if name not in NAMED for v in as_values(value) if isinstance(v, str)]
        found.update(fold(name) for v in values for name in (v, *called.get(v, {}).values()))
    return frozenset(t for t in found if re.fullmatch(r"[a-z][a-z&'-]{2,}(?: [a-z&'-]+){0,2}|[\u4e00-\u9fff]{2,6}", t))


def values_in(items: Iterable[Item]) -> dict[str, Counter[str]]:
    """What `items` state, in every language: field -> value -> how many state it. Fields of texts are left out."""
    found: dict[str, Counter[str]] = {}
    for item in items:
        for attributes in (item.attributes, *(t.attributes for t in item.translations.values())):
            for name, value in attributes.items():
                found.setdefault(name, Counter()).update(str(v) for v in as_values(value) if not isinstance(v, bool))
    return {name: values for name, values in found.items() if 0 < len(values) <= FEW}


def terms_in(text: str, terms: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where `text` says one of the catalogue's `terms`: the longest first from the left, English ones as whole words."""
    low = text.lower()
    words = [(m.start(), m.end()) for m in re.finditer(r"[a-z&'-]+", low)]
    for n, (start, _) in enumerate(words):
        ends = [end for _, end in words[n : n + 3] if fold(low[start:end]) in terms]
        if ends:
            yield start, ends[-1]
    start = 0
    while start < len(low):
        size = next((size for size in range(6, 1, -1) if low[start : start + size] in terms and is_chinese(low[start])), 0)
        if size:
            yield start, start + size
        start += size or 1


def _telling(items: Iterable[Item]) -> frozenset[str]:
    found: set[str] = set()
    for item in items:
        parts = [item.title, *item.category, *item.tags, *(t.title for t in item.translations.values())]
        for attributes in (item.attributes, *(t.attributes for t in item.translations.values())):
            parts += [name.replace("_", " ") if isinstance(v, bool) else str(v) for name, value in attributes.items() for v in as_values(value)]
        found.update(tokens(" ; ".join(parts)))
    return frozenset(word for word in found if not word.isdigit())
