"""Whether texts repeat each other or say nothing: duplicates, near-duplicates, worn openings, filler words.

tests/test_catalogues.py notices a change.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from vectorstore.checks.finding import CHINESE, Finding, Row, found, kind, vocabulary
from vectorstore.words import fold

ALIKE = 82  # per cent of characters that two descriptions may share in order
OPENING_SHARE = 0.015  # of the descriptions may begin with the same three words, or four Chinese characters
OPENING_LEAST = 3
SHORTEST = 40


def fillers(row: Row) -> Iterator[Finding]:
    """No phrase that could stand in any advertisement, and no empty or very short text."""
    for language in ("en", CHINESE):
        text = row.item.description_in(language)
        for word in vocabulary()["fillers"][language]:
            pattern = rf"\b{re.escape(word)}\b" if language == "en" else re.escape(word)
            match = re.search(pattern, text, re.IGNORECASE)
            if match:
                yield found("filler", row, f"{match[0]!r} says nothing", "say what the thing does instead")
    if len(row.item.description.strip()) < SHORTEST:
        yield found(
            "empty", row, f"the description has {len(row.item.description.strip())} characters", "write two or three sentences"
        )
    said = row.item.translations.get(CHINESE)
    if said and len(said.description.strip()) < SHORTEST / 3:
        yield found("empty", row, "the Chinese description is empty or too short", "write what the English one says")


def _called(row: Row, language: str) -> str:
    """A title as it is told apart: two films may share theirs, of two years."""
    year = row.item.attributes.get("year", "") if kind(row) == "films" else ""
    return f"{fold(row.item.title_in(language))} {year}"


def duplicates(rows: tuple[Row, ...]) -> Iterator[Finding]:
    """Ids, titles and descriptions are each used once."""
    ways: tuple[tuple[str, Callable[[Row], str]], ...] = (
        ("id", lambda row: row.item.id),
        ("title", lambda row: _called(row, "en")),
        ("Chinese title", lambda row: _called(row, CHINESE) if row.chinese else ""),
        ("description", lambda row: fold(row.item.description)),
        ("Chinese description", lambda row: fold(row.item.description_in(CHINESE)) if row.chinese else ""),
    )
    for called, key in ways:
        first: dict[str, Row] = {}
        for row in rows:
            if not key(row):
                continue
            other = first.setdefault(key(row), row)
            if other is not row:
                yield found(
                    "duplicate", row, f"the same {called} as {other.item.id} ({other.place})", f"give it its own {called}"
                )


def alike(rows: tuple[Row, ...], limit: int = ALIKE) -> Iterator[Finding]:
    """No two descriptions are nearly the same, in either language."""
    import numpy
    from rapidfuzz import fuzz, process

    for language in ("en", CHINESE):
        kept = [row for row in rows if language == "en" or row.chinese]
        texts = [fold(row.item.description_in(language)) for row in kept]
        table = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=limit, dtype=numpy.uint8, workers=1)
        for one, other in zip(*numpy.nonzero(numpy.triu(table, k=1)), strict=True):
            if texts[one] != texts[other]:
                here, there = kept[other], kept[one]
                yield found(
                    "alike",
                    here,
                    f"{table[one][other]} per cent the description of {there.item.id} ({there.place}), {language}",
                    "write it for this item alone",
                )


def openings(rows: tuple[Row, ...]) -> Iterator[Finding]:
    """The same first words do not open many descriptions."""
    most = max(OPENING_LEAST, int(len(rows) * OPENING_SHARE))
    for language in ("en", CHINESE):
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            text = fold(row.item.description_in(language))
            if language == "en":
                groups[" ".join(re.findall(r"[\w'-]+", text)[:3])].append(row)
            elif row.chinese and not text[:1].isdigit():  # a story may begin with its date
                groups[text[:4]].append(row)
        for opening, users in groups.items():
            if opening and len(users) > most:
                more = ", ".join(row.item.id for row in users[: most + 6])
                yield found(
                    "opening", users[most], f"{len(users)} descriptions begin with {opening!r}: {more}", f"keep at most {most}"
                )


CHECKS = (fillers,)
EVERY = (duplicates, alike, openings)
