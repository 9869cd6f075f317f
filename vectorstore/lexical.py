"""The words of every item: BM25 (bm25s) for candidates, and how much of a wish an item literally says.

The coverage of a text is the idf of its words that the item says over the idf of all its words: 1.0 when the item says
every word of "noise cancelling headphones", in whichever language. Words are compared by meaning (`words.yaml`), so
"拉链" finds "zip". tests/test_search.py notices a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from vectorstore.constraints import as_values
from vectorstore.item import Item
from vectorstore.words import is_chinese, meanings, synonyms, tokens

Scores = npt.NDArray[np.float32]
_TITLE_WEIGHT = 3
_LONGEST_PHRASE = 3  # tokens of one meaning: "noise cancelling headphone" is two


def _sub_words(token: str) -> list[str]:
    """The pairs of characters of a longer Chinese word: "防水性" also says "防水"."""
    return [token[i : i + 2] for i in range(len(token) - 1)] if len(token) > 2 and is_chinese(token) else []


def _known_parts(token: str) -> list[str]:
    """A Chinese compound as words of the word list: "皮夹克" is 皮 and 夹克. Empty when a part is unknown."""
    if len(token) < 3 or not is_chinese(token) or len(synonyms(token)) > 1:
        return []
    parts, position = [], 0
    while position < len(token):
        ends = range(len(token) if position else len(token) - 1, position, -1)
        end = next((e for e in ends if len(synonyms(token[position:e])) > 1), None)
        if end is None:
            return []
        parts.append(token[position:end])
        position = end
    return parts


def _split(text: str) -> list[str]:
    found = tokens(text)
    return found + [part for token in found for part in dict.fromkeys((*_sub_words(token), *_known_parts(token)))]


def said(item: Item) -> list[str]:
    """Every word of the item in all its languages, the title's several times."""
    titles, rest = [item.title], [item.description, *item.tags, *item.category, item.brand or ""]
    facts = [item.attributes]
    for translation in item.translations.values():
        titles.append(translation.title)
        rest.append(translation.description)
        facts.append(translation.attributes)
    found = _split(" \n ".join(titles)) * _TITLE_WEIGHT
    for attributes in facts:
        for name, value in attributes.items():
            stated = [v for v in as_values(value) if v is not False]
            if not stated:
                continue  # "waterproof: false" does not say waterproof
            rest.append(name.replace("_", " "))
            rest.extend(str(v) for v in stated if v is not True)
            if name == "colour":  # chestnut is a brown, but a chestnut tree is none
                shades = (shade for v in stated for shade in (str(v), *tokens(str(v))))
                found.extend(word for shade in shades for word in _split(" ".join(meanings(shade))))
    return found + _split(" \n ".join(rest))


@lru_cache(maxsize=4096)
def concepts(text: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The meanings a text is made of; each is the ways to say it, each way the tokens that must all be there."""
    every = tokens(text)
    parts = {part for token in every if "-" in token for part in tokens(token)[1:]}
    written = [part for token in dict.fromkeys(every) if token not in parts for part in _known_parts(token) or [token]]
    found: list[tuple[tuple[str, ...], ...]] = []
    position = 0
    while position < len(written):
        for length in range(min(_LONGEST_PHRASE, len(written) - position), 0, -1):
            phrase = " ".join(written[position : position + length])
            same = synonyms(phrase)
            if length > 1 and len(same) < 2:
                continue
            ways = {tuple(dict.fromkeys(tokens(s))) for s in same} | {tuple(written[position : position + length])}
            ways |= {tuple(tokens(way[0])[1:]) for way in ways if len(way) == 1 and "-" in way[0]}
            ways |= {tuple(_sub_words(way[0])) for way in ways if len(way) == 1 and _sub_words(way[0])}
            found.append(tuple(sorted(way for way in ways if way)))
            position += length
            break
    return tuple(dict.fromkeys(found))


class Lexicon:
    """A lexical index over items, by their row numbers."""

    def __init__(self, index: Any, size: int) -> None:
        self._index = index
        self._size = size
        scores = index.scores
        self._starts, self._rows = np.asarray(scores["indptr"]), np.asarray(scores["indices"])

    def __len__(self) -> int:
        return self._size

    @classmethod
    def build(cls, items: Iterable[Item]) -> Lexicon:
        """An index of the items, in their order."""
        import bm25s

        corpus = [said(item) or [""] for item in items]
        index = bm25s.BM25(method="lucene")
        index.index(corpus, show_progress=False)
        return cls(index, len(corpus))

    def save(self, folder: Path) -> None:
        """Writes the index into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        self._index.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> Lexicon:
        """An index that was saved."""
        import bm25s

        return cls(bm25s.BM25.load(str(folder), show_progress=False), size)

    def bm25(self, text: str) -> Scores:
        """The BM25 score of every row."""
        known = {t for concept in concepts(text) for way in concept for t in way if t in self._index.vocab_dict}
        if not known:
            return np.zeros(self._size, np.float32)
        return np.asarray(self._index.get_scores(sorted(known)), np.float32)

    def coverage(self, text: str) -> Scores:
        """The share of the text, by idf, that each row says: 0 to 1."""
        total = np.float32(0)
        got = np.zeros(self._size, np.float32)
        for concept in concepts(text):
            says = np.zeros(self._size, bool)
            for way in concept:
                says |= self._says_all(way)
            idf = np.float32(np.log1p(self._size / (float(says.sum()) + 0.5)))
            got += idf * says
            total += idf
        return np.minimum(got / total, 1) if total else got

    def _says_all(self, way: Sequence[str]) -> npt.NDArray[np.bool_]:
        says = np.ones(self._size, bool)
        for token in way:
            place = self._index.vocab_dict.get(token)
            here = np.zeros(self._size, bool)
            if place is not None:
                here[self._rows[self._starts[place] : self._starts[place + 1]]] = True
            says &= here
        return says
