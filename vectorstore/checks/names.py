"""Whether a name is a real one: brands, people and places that everybody knows (real_names.yaml).

The shop and the news are invented through and through; films and records may be real. tests/test_catalogues.py notices a change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from vectorstore.checks.finding import CHINESE, Finding, Row, found, kind, real_names, words_of
from vectorstore.words import is_chinese

_MAY_BE_REAL = ("films", "music")
_REMEDY = "invent another name"
_PEOPLE = ("director", "artist", "author", "cast", "actors", "byline", "composer", "reporter", "writer", "stars")


def plain(text: str) -> str:
    """A name without accents, case, marks and spacing: 'L'Oréal' and 'loreal' are one."""
    bare = "".join(ch for ch in unicodedata.normalize("NFKD", text) if not unicodedata.combining(ch))
    return re.sub(r"[^0-9a-z\u4e00-\u9fff]+", "", bare.lower())


@lru_cache(maxsize=8)
def _known(*headings: str) -> dict[str, str]:
    return {plain(name): name for heading in headings for name in real_names()[heading]}


@lru_cache(maxsize=8)
def _pattern(heading: str) -> re.Pattern[str]:
    """Names as whole words, spelt as they are spelt: 'Nebraska' and not 'nebraska'."""
    names = sorted(real_names()[heading], key=len, reverse=True)
    latin = "|".join(re.escape(name) for name in names if not is_chinese(name))
    han = "|".join(re.escape(name) for name in names if is_chinese(name) and len(name) > 1)
    return re.compile(rf"(?<![A-Za-z])(?:{latin})(?![A-Za-z])|(?:{han})")


def _named(heading: str, text: str) -> list[str]:
    """The names in a text. A Chinese name of two characters counts only as a word: 上海 is not in 台阶上海鸥."""
    names = [match[0] for match in _pattern(heading).finditer(text)]
    short = [name for name in names if is_chinese(name) and len(name) < 3]
    if short:
        import rjieba  # a dictionary is loaded: only where there is something to decide

        words = set(rjieba.cut(text))
        names = [name for name in names if name not in short or any(word.startswith(name) for word in words)]
    return list(dict.fromkeys(names))


def brands(row: Row) -> Iterator[Finding]:
    """Neither the brand nor a word of the texts is a brand that exists."""
    if kind(row) in _MAY_BE_REAL:
        return
    brand = row.item.brand or ""
    translated = row.item.translations.get(CHINESE)
    for name in (
        brand,
        *(words_of(translated.attributes.get("brand")) if translated else ()),
        *words_of(row.item.attributes.get("label")),
    ):
        real = _known("brands", "brands_that_are_words").get(plain(name)) if name else None
        if real:
            yield found("real name", row, f"{name!r} is a real brand", _REMEDY)
    for _, text in row.texts:
        for name in _named("brands", text):
            if plain(name) != plain(brand):
                yield found("real name", row, f"{name!r} in the text is a real brand", "say what it is without the name")


def people(row: Row) -> Iterator[Finding]:
    """No well-known person in a field of people or in a text."""
    if kind(row) in _MAY_BE_REAL:
        return
    known = _known("people")
    for attributes in (row.item.attributes, row.item.attributes_in(CHINESE)):
        for field in _PEOPLE:
            for name in words_of(attributes.get(field)):
                if plain(name) in known:
                    yield found("real name", row, f"{field} = {name!r} is a real person", _REMEDY)
    for _, text in row.texts:
        for name in _named("people", text):
            yield found("real name", row, f"{name!r} in the text is a real person", _REMEDY)


def places(row: Row) -> Iterator[Finding]:
    """The news happens in no place that exists."""
    if kind(row) != "news":
        return
    texts = [text for _, text in row.texts] + [w for v in row.item.attributes.values() for w in words_of(v)]
    for name in dict.fromkeys(name for text in texts for name in _named("places", text)):
        yield found("real name", row, f"{name!r} is a real place or institution", _REMEDY)


CHECKS = (brands, people, places)
