"""What reading a message may draw on beside the message: the catalogue's words and names, and the embedding model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from vectorstore.catalogue import Catalogue
from vectorstore.constraints import as_values
from vectorstore.item import Item
from vectorstore.words import fold, is_chinese, tokens

NAMED = ("brand", "director", "author", "artist")  # fields whose values are names


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
    names: dict[str, tuple[str, str]] = field(default_factory=dict)  # folded name -> (field, name)
    embedder: Embeds | None = None

    @classmethod
    def over(cls, items: Sequence[Item], embedder: Embeds | None = None) -> Background:
        """The background that some items give."""
        return cls(_words(items), _telling(items), names_in(items), embedder)

    @classmethod
    def of(cls, catalogue: Catalogue) -> Background:
        """The background that a catalogue gives; worked out once."""
        if catalogue not in _MADE:
            _MADE[catalogue] = cls.over(catalogue.items(), catalogue.embedder)
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


def _telling(items: Iterable[Item]) -> frozenset[str]:
    found: set[str] = set()
    for item in items:
        parts = [item.title, *item.category, *item.tags, *(t.title for t in item.translations.values())]
        for attributes in (item.attributes, *(t.attributes for t in item.translations.values())):
            parts += [name.replace("_", " ") if isinstance(v, bool) else str(v) for name, value in attributes.items() for v in as_values(value)]
        found.update(tokens(" ; ".join(parts)))
    return frozenset(word for word in found if not word.isdigit())
