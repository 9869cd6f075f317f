"""Hard limits: what a shown item must satisfy, checked in code on every item.

An item that does not state a field does not satisfy a limit on it (unknown is not inside), except that nothing unstated
can break an exclusion. `age` is the age of the person it is for, held against the item's `age_from` and `age_to`. What it
also comes in (`also_in`) is inside a wished colour, and does not break an excluded one.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Literal

from vectorstore.item import Frozen, Item, Scalar, Value
from vectorstore.words import same_word

Op = Literal["<=", ">=", "=", "!=", "in", "not in"]
Field = Literal[
    "price", "year", "rating", "size", "duration_minutes", "brand", "category", "colour",
    "language", "director", "author", "artist", "in_stock", "age",
]  # fmt: skip
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")


class Constraint(Frozen):
    """A limit that the person set: `price <= 200`, `colour not in (pink, red)`."""

    field: str
    op: Op
    value: Scalar | tuple[Scalar, ...]
    quote: str = ""  # the words it came from
    currency: str | None = None  # for prices: the currency that was said, None when none was

    def same_limit(self, other: Constraint) -> bool:
        """Whether both say the same, whatever the words."""
        return (self.field, self.op, self.value) == (other.field, other.op, other.value)


def as_values(value: Value | None) -> tuple[Scalar, ...]:
    """One value or many as a tuple; none for None."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def as_number(value: Scalar) -> float | None:
    """The number that a value is (44, '44', '8.5'); None when it is a word ('infinity' is one too)."""
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def as_date(value: Value | None) -> date | None:
    """The day that a value names ('2026-03-31', '2026-03-31T08:00:00Z', a year alone as its first day); None for others."""
    for said in as_values(value):
        if match := _DATE.match(str(said).strip()):
            try:
                return date(*map(int, match.groups()))
            except ValueError:
                continue
        year = as_number(said)
        if year is not None and year == int(year) and 1000 <= year <= 9999:
            return date(int(year), 1, 1)
    return None


def measure(value: Scalar) -> float | None:
    """What `<=` and `>=` compare: a number, or a date written out as the number of its day."""
    number = as_number(value)
    if number is None and isinstance(value, str) and _DATE.match(value.strip()):
        day = as_date(value)
        return float(day.toordinal()) if day else None
    return number


def states(item: Item, field: str) -> bool:
    """Whether the item says anything about `field`."""
    if field == "age":
        return item.fact("age_from") is not None or item.fact("age_to") is not None
    return item.fact(field) is not None


def stated_values(item: Item, field: str, also: bool = True) -> tuple[Scalar, ...]:
    """What the item says of `field`, in all its languages: a Chinese limit meets a bilingual item.

    With `also`, the colours it comes in beside its own.
    """
    stated = as_values(item.fact(field))
    fields = (field, "also_in") if also and field == "colour" else (field,)
    if len(fields) > 1:
        stated += as_values(item.fact("also_in"))
    for translation in item.translations.values():
        for name in fields:
            stated += as_values(translation.attributes.get(name))
    return stated


def satisfies(item: Item, constraint: Constraint) -> bool:
    """Whether `item` lies inside `constraint`."""
    if constraint.field == "age":
        return _suits_age(item, constraint)
    wanted = as_values(constraint.value)
    stated = stated_values(item, constraint.field, also=constraint.op in ("=", "in"))
    if not stated:
        return constraint.op in ("!=", "not in")
    if constraint.op in ("<=", ">="):
        bound = measure(wanted[0]) if wanted else None
        numbers = [n for n in map(measure, stated) if n is not None]
        if bound is None or not numbers:
            return False
        return min(numbers) <= bound if constraint.op == "<=" else max(numbers) >= bound
    hit = any(equal(a, b) for a in stated for b in wanted)
    return hit if constraint.op in ("=", "in") else not hit


def equal(stated: Scalar, wanted: Scalar) -> bool:
    """Whether a stated value is the wanted one: numbers by value, words by meaning."""
    a, b = as_number(stated), as_number(wanted)
    if a is not None and b is not None:
        return a == b
    return same_word(str(stated), str(wanted))


def _suits_age(item: Item, constraint: Constraint) -> bool:
    if not states(item, "age"):
        return constraint.op in ("!=", "not in")
    low = as_number(as_values(item.fact("age_from") or 0)[0]) or 0.0
    high = as_number(as_values(item.fact("age_to") or 120)[0]) or 120.0
    ages = [n for n in map(as_number, as_values(constraint.value)) if n is not None]
    if not ages:
        return False
    if constraint.op == "<=":
        return low <= ages[0]
    if constraint.op == ">=":
        return high >= ages[0]
    suits = all(low <= age <= high for age in ages)
    return suits if constraint.op in ("=", "in") else not suits
