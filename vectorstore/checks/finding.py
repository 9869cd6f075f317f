"""What the checks look at and what they hand back: rows with their place in a file, findings with what to do.

tests/test_catalogues.py notices a change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from vectorstore.info import CatalogueInfo
from vectorstore.item import Item, Value

CHINESE = "zh"


@dataclass(frozen=True)
class Row:
    """An item and where it stands."""

    item: Item
    file: str
    line: int

    @property
    def place(self) -> str:
        """file:line, as an editor opens it."""
        return f"{self.file}:{self.line}"

    @property
    def english(self) -> str:
        """Title and description."""
        return f"{self.item.title}. {self.item.description}"

    @property
    def chinese(self) -> str:
        """Title and description in Chinese; empty when there is no translation."""
        said = self.item.translations.get(CHINESE)
        return f"{said.title}。{said.description}" if said else ""

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """(language, text) of what is there."""
        return (("en", self.english), (CHINESE, self.chinese)) if self.chinese else (("en", self.english),)


@dataclass(frozen=True)
class Finding:
    """A flaw: where, in which item, what it is and what to do. One that is not serious is a warning."""

    rule: str
    place: str
    id: str
    what: str
    remedy: str
    serious: bool = True

    def __str__(self) -> str:
        return f"{self.place} {self.id}: [{self.rule}] {self.what} → {self.remedy}"


@dataclass(frozen=True)
class Samples:
    """A folder of items as the checks see it."""

    name: str
    info: CatalogueInfo
    said: dict[str, Any] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    described_in: str = ""

    @property
    def ids(self) -> frozenset[str]:
        """Every id there is."""
        return frozenset(row.item.id for row in self.rows)


def found(rule: str, row: Row, what: str, remedy: str, *, serious: bool = True) -> Finding:
    """A finding in a row."""
    return Finding(rule, row.place, row.item.id, what, remedy, serious)


def words_of(value: Value | None) -> tuple[str, ...]:
    """A value's strings, one or many."""
    values = value if isinstance(value, tuple) else (value,)
    return tuple(v for v in values if isinstance(v, str))


def kind(row: Row) -> str:
    """The widest category, folded: films, music, news, or a department of the shop."""
    return row.item.category[0].lower() if row.item.category else ""


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """The words that the checks know: vocabulary.yaml."""
    read: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "vocabulary.yaml").read_text("utf-8"))
    return read


@lru_cache(maxsize=1)
def real_names() -> dict[str, tuple[str, ...]]:
    """The well-known names of the real world: real_names.yaml."""
    raw = yaml.safe_load((Path(__file__).parent / "real_names.yaml").read_text("utf-8"))
    return {
        heading: tuple(dict.fromkeys(name.strip() for name in re.split(r",\s+", " ".join(text.split())) if name))
        for heading, text in raw.items()
    }
