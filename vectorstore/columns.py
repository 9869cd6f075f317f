"""The facts of all items as columns, so that a limit is checked on twenty thousand items in a few milliseconds.

`Columns.mask` says exactly what `constraints.satisfies` says of each item; tests/test_constraints.py holds the two
together on generated catalogues.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vectorstore.constraints import Constraint, as_values, equal, measure, satisfies, stated_values
from vectorstore.item import Item, Scalar

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Column:
    """One field: who states it, the smallest and largest number each states, and who states which value."""

    stated: Mask
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]
    rows: dict[tuple[type, Scalar], npt.NDArray[np.int64]]


class Columns:
    """Columns over fixed items, made when a field is first asked for."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._made: dict[tuple[str, bool], Column] = {}
        self._lock = threading.Lock()

    def mask(self, constraints: Iterable[Constraint]) -> Mask:
        """Which items satisfy every constraint."""
        allowed = np.ones(len(self._items), bool)
        for constraint in constraints:
            allowed &= self._one(constraint)
        return allowed

    def column(self, field: str, also: bool = True) -> Column:
        """The column of a field (`also`: see `stated_values`); of one that nobody states, an empty one."""
        key = (field, also or field != "colour")
        with self._lock:
            if key not in self._made:
                self._made[key] = self._make(*key)
            return self._made[key]

    def _one(self, constraint: Constraint) -> Mask:
        if constraint.field == "age":  # two fields at once
            return np.fromiter((satisfies(item, constraint) for item in self._items), bool, len(self._items))
        column = self.column(constraint.field, also=constraint.op in ("=", "in"))
        wanted = as_values(constraint.value)
        if constraint.op in ("<=", ">="):
            bound = measure(wanted[0]) if wanted else None
            if bound is None:
                return column.stated & False
            with np.errstate(invalid="ignore"):  # nan, the number of who states none, is never inside
                return column.low <= bound if constraint.op == "<=" else column.high >= bound
        hit = np.zeros(len(self._items), bool)
        for (_, value), rows in column.rows.items():
            if any(equal(value, w) for w in wanted):
                hit[rows] = True
        return hit if constraint.op in ("=", "in") else ~hit

    def _make(self, field: str, also: bool) -> Column:
        size = len(self._items)
        stated, low, high = np.zeros(size, bool), np.full(size, np.nan), np.full(size, np.nan)
        rows: dict[tuple[type, Scalar], list[int]] = {}
        for row, item in enumerate(self._items):
            values = stated_values(item, field, also)
            stated[row] = bool(values)
            numbers = [n for n in map(measure, values) if n is not None]
            if numbers:
                low[row], high[row] = min(numbers), max(numbers)
            for value in values:
                rows.setdefault((type(value), value), []).append(row)
        return Column(stated, low, high, {key: np.asarray(found, np.int64) for key, found in rows.items()})
