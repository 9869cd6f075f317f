"""Whether a person said the title of what they look for, or a part of it: a simulator that does tells nothing.

Strict on purpose: two words of the title in a row (words without meaning aside), four Chinese characters in a row, or the
whole of a shorter title. What a category of the catalogue is called may be said. `tests/test_simulate.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from vectorstore.words import fold, stem, unaccented

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_EMPTY = frozenset("a an the of and or in on at to for from by with is it its as be".split())
RUN = 4  # Chinese characters


class Leaks:
    """The check for one target: its titles in all languages, and phrases that may be said all the same."""

    def __init__(self, titles: Iterable[str], allowed: Iterable[str] = ()) -> None:
        titles, allowed = [t for t in titles if t], list(allowed)
        self._titles = [_words(t) for t in titles]
        self._chinese = ["".join(_CHINESE.findall(t)) for t in titles]
        self._allowed = {pair for phrase in allowed for pair in _pairs(_words(phrase))}
        self._allowed_chinese = [phrase for phrase in allowed if _CHINESE.search(phrase)]

    def found(self, message: str) -> str:
        """The part of the title that the message says; empty when it says none."""
        said = _words(message)
        pairs = set(_pairs(said))
        for title in self._titles:
            if len(title) == 1 and title[0] in said:
                return title[0]
            for pair in _pairs(title):
                if pair in pairs and pair not in self._allowed:
                    return " ".join(pair)
        chinese = "".join(_CHINESE.findall(message))
        for whole in self._chinese:
            if 0 < len(whole) < RUN and whole in chinese:
                return whole
            for begin in range(len(whole) - RUN + 1):
                part = whole[begin : begin + RUN]
                if part in chinese and not any(part in phrase for phrase in self._allowed_chinese):
                    return part
        return ""


def _words(text: str) -> list[str]:
    every = [stem(word.replace("’", "'").removesuffix("'s")) for word in _WORD.findall(unaccented(fold(text)))]
    return [word for word in every if word not in _EMPTY] or every


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    return list(pairwise(words))
