"""Misspellings, mended before anything is read: "wirless moues" is a wireless mouse. `tests/test_spelling.py`.

A word is mended only when neither the dictionary nor the catalogue knows it, it is no name, and one close word is at hand:
the nearest first, among equals the catalogue's own words, then the dictionary's (pyspellchecker). What was written stays the quote.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST = 30  # words mended in a message: who writes more unknown words writes another language
_WORD = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w'’-])")


def mended(text: str, known: Mapping[str, int], keep: Collection[str] = ()) -> tuple[str, dict[str, str]]:
    """`text` with its misspellings mended, and what stood there: new word -> the person's. `keep`: words that are right."""
    was: dict[str, str] = {}
    strange: set[str] = set()

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        if len(was) + len(strange) > MOST:
            return word
        better = _better(word, known, keep)
        if better:
            was[better] = word
        elif word not in keep and word not in known and not _right(word):
            strange.add(word)
        return better or word

    return _WORD.sub(mend, text), was


def as_written(text: str, was: Mapping[str, str]) -> str:
    """Words of the mended text as the person wrote them."""
    for new, old in was.items():
        text = re.sub(rf"\b{re.escape(new)}\b", old, text)
    return text


def _better(word: str, known: Mapping[str, int], keep: Collection[str]) -> str:
    if word in keep or word in known or word.rstrip("s") in known or _right(word):
        return ""
    options: list[tuple[int, int, str]] = []  # distance, less common, word
    near = process.extract(word, known.keys(), scorer=OSA.distance, score_cutoff=2 if len(word) >= 6 else 1, limit=8)
    options += [(int(distance), -1_000_000 - known[better], better) for better, distance, _ in near if len(better) >= 4]
    if len(word) >= 5:
        options += [(1, -_dictionary()[w], w) for w in _dictionary().known(_dictionary().edit_distance_1(word)) if _dictionary()[w] > 2000]
    options = [o for o in options if o[2][0] == word[0]]
    return min(options)[2] if options else ""


def is_word(word: str) -> bool:
    """Whether a word (folded) is English."""
    return bool(_dictionary()[word] > 5)


@lru_cache(maxsize=20_000)
def _right(word: str) -> bool:
    """Whether the dictionary knows the word as more than somebody's slip."""
    return bool(_dictionary()[word] > 50)


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    from spellchecker import SpellChecker  # half a second: only when a message is read

    return SpellChecker(language="en", distance=1)
