"""Events -> numbers: what a click model is trained on, and asked about when it is served. `tests/test_clicks.py`."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.errors import BadInput
from bot.learn.people import Done
from bot.learn.signals import Items, Log, Past
from bot.learn.together import Row
from vectorstore.constraints import as_values

if TYPE_CHECKING:
    from vectorstore.item import Item

Event = tuple[str, str, str, float, float | None]  # person, item, kind, time, value
FACTS = 300  # values that are facts of an item, the commonest


def by_person(rows: Iterable[Row], since: float = 0.0) -> list[Event]:
    """What the memory keeps, from a time on; without a name a person is their talk."""
    return [
        (f"{site} {person}" if person else talk, item, kind, at, value)
        for site, person, talk, item, kind, at, value in rows
        if at >= since
    ]


def holds_events(path: Path) -> bool:
    """Whether a file is one of events, by its first line."""
    if not path.is_file() or path.suffix != ".csv":
        return False
    with path.open(encoding="utf-8", newline="") as lines:
        return {"person", "item", "kind", "at"} <= set(next(csv.reader(lines), []))


def read(path: Path) -> list[Event]:
    """Events of a CSV file: person, item, kind, at (seconds since 1970), and the value of a rating. BadInput names a bad line."""
    found: list[Event] = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            try:
                value = float(row["value"]) if row.get("value") else None
                found.append((row["person"], row["item"], row["kind"], float(row["at"]), value))
            except (KeyError, TypeError, ValueError) as error:
                raise BadInput(f"{path}, line {number}: needs person, item, kind and at in seconds ({error}).") from error
    return found


def digest(events: Sequence[Event]) -> str:
    """What a version says that it was trained on."""
    return hashlib.sha256(repr(sorted(events, key=lambda e: (e[3], e[0], e[1], e[2]))).encode()).hexdigest()[:16]


def good(one: Done) -> float:
    """Between -1 and 1, how much a deed speaks for its item: the opinion where it is one."""
    return float(np.clip(one.strength if one.opinion is None else one.opinion, -1, 1))


def logged(events: Sequence[Event], rows: Mapping[str, int]) -> tuple[Log, list[str]]:
    """The events as numbers, and the people by theirs; `rows` has the number of each item."""
    people = {name: number for number, name in enumerate(dict.fromkeys(e[0] for e in events))}
    log = Log.sorted(
        np.asarray([people[e[0]] for e in events], np.int64),
        np.asarray([rows[e[1]] for e in events], np.int64),
        np.asarray([e[3] for e in events], float),
        np.asarray([good(Done(item, kind, at, value)) for _, item, kind, at, value in events], np.float32),
    )
    return log, list(people)


def past(done: Iterable[Done], rows: Mapping[str, int], now: float) -> Past:
    """What one person did with the items of `rows`, oldest first."""
    mine = [one for one in done if one.item in rows]
    what, how = [rows[one.item] for one in mine], [good(one) for one in mine]
    return Past(np.asarray(what, np.int64), np.asarray(how, np.float32), now)


def described(items: Sequence[Item]) -> Items:
    """Facts by how rare they are, and years."""
    stated = [
        {str(v) for value in (*item.attributes.values(), item.category, item.tags, item.brand) for v in as_values(value)
         if isinstance(v, str)}
        for item in items
    ]  # fmt: skip
    counts = Counter(value for values in stated for value in values)
    names = {value: place for place, (value, count) in enumerate(counts.most_common(FACTS)) if count > 1}
    facts = np.zeros((len(items), max(1, len(names))), np.float32)
    for row, values in enumerate(stated):
        for value in values & names.keys():
            facts[row, names[value]] = np.log(1 + len(items) / counts[value])
    facts /= np.maximum(np.linalg.norm(facts, axis=1, keepdims=True), 1e-6)
    years = [item.attributes.get("year") for item in items]
    return Items(facts, np.asarray([float(y) if isinstance(y, (int, float)) else 0.0 for y in years], np.float32))
