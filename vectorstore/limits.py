"""Hard limits as programs write them, `price<=200`, `colour!=black`, `size in 42, 43`, made into `Constraint`s.

For addresses, retrievers and tools; what a person writes is read by `bot/rules`. `tests/test_integrations.py` notices a
change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import process

from vectorstore.catalogue import Catalogue
from vectorstore.constraints import Constraint, as_number
from vectorstore.errors import CatalogueError
from vectorstore.item import Scalar

_WRITTEN = re.compile(r"\s*([^\W\d]\w*)\s*(<=|>=|!=|==|=|≤|≥|≠|<(?!=)|>(?!=)|\bnot\s+in\b|\bin\b)\s*(.+?)\s*", re.S)
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "==": "="}
_STRICT = {"<": "<=", ">": ">="}
_COUNTED = frozenset({"in_stock", "on_offer", "price_with_code"})  # worked out from an item, and stated by no attribute
_HOW = "Write it as `price<=200`, `colour!=black` or `size in 42, 43`."


class BadLimit(CatalogueError):
    """A limit that cannot be held against this catalogue as it is written."""


def read_limit(written: str, catalogue: Catalogue) -> Constraint:
    """The limit that `written` says. BadLimit for another shape, or a field that no item of the catalogue states."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise BadLimit(f"The limit {written[:80]!r} cannot be read. {_HOW}")
    field, sign, said = found.groups()
    if sign in _STRICT:
        raise BadLimit(f"The limit {written[:80]!r} has a strict bound. Write {field}{_STRICT[sign]}{said} instead.")
    field = field if catalogue.has_field(field) else catalogue.info.stated_as(field)
    if not catalogue.has_field(field):
        known = fields(catalogue)
        near = process.extractOne(field, known, score_cutoff=60)
        hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}."
        raise BadLimit(f"No item of {catalogue.info.name!r} states {field!r}. {hint}")
    op = " ".join(_SIGNS.get(sign, sign).split())
    value: Scalar | tuple[Scalar, ...] = _value(said)
    if op in ("in", "not in"):
        value = tuple(_value(part) for part in re.split(r"[,，、|]", said.strip("()[]")) if part.strip())
    if value == ():
        raise BadLimit(f"The limit {written[:80]!r} names no value. {_HOW}")
    return Constraint.model_validate({"field": field, "op": op, "value": value})


def read_limits(written: Iterable[str | Constraint], catalogue: Catalogue) -> tuple[Constraint, ...]:
    """Every limit; those that are `Constraint`s already stay as they are."""
    return tuple(w if isinstance(w, Constraint) else read_limit(w, catalogue) for w in written)


def fields(catalogue: Catalogue) -> tuple[str, ...]:
    """The fields that a limit may be on here, in the order in which items state them."""
    stated = dict.fromkeys(name for item in catalogue.items() for name, _ in item.facts())
    return (*stated, *sorted(f for f in _COUNTED if f not in stated and catalogue.has_field(f)))


def _value(said: str) -> Scalar:
    """A number, yes or no, or a word."""
    said = said.strip().strip("\"'“”")
    if said.casefold() in ("true", "false"):
        return said.casefold() == "true"
    number = as_number(said)
    if number is None:
        return said
    return int(number) if number == int(number) and abs(number) < 1e15 else number
