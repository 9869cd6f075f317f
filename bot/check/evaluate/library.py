"""Items opened for an evaluation as the product opens them, in memory: vectors by the product's passages, words, search.

What was embedded once is kept in the cache folder, queries as well, so a run that was stopped goes on where it was.
`tests/test_evaluate_retrieval.py` notices a change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from vectorstore.catalogue import Catalogue
    from vectorstore.embeddings import Embedder, Remembering
    from vectorstore.item import Item
    from vectorstore.lexical import Lexicon
    from vectorstore.space import Space

Progress = Callable[[str, int, int], None]
Floats = npt.NDArray[np.float32]
_BATCH = 64  # texts embedded between two writes: what an interruption can cost


@dataclass
class Library:
    """An open catalogue and its parts: centred vectors, words, and the cache of queries."""

    catalogue: Catalogue
    lexicon: Lexicon
    ids: list[str]
    vectors: Floats
    space: Space

    def centred(self, queries: Sequence[Floats]) -> Floats:
        """Query vectors that were made before, in the space of `vectors`."""
        return self.space.centred(np.stack(queries))

    def embed(self, texts: Sequence[str]) -> Floats:
        """Query vectors in the space of `vectors`."""
        return self.catalogue.embed(texts)

    def dense(self, text: str) -> Floats:
        """The cosine of every item to `text`."""
        return np.asarray((self.embed([text]) @ self.vectors.T)[0])

    def best(self, scores: Floats, count: int) -> list[str]:
        """Ids by falling score; ties in catalogue order."""
        return [self.ids[row] for row in np.argsort(-scores, kind="stable")[:count]]


class Asked:
    """An embedder whose passages are another's queries, so that these are kept on disk, too."""

    def __init__(self, inner: Embedder) -> None:
        self.inner, self.name, self.dimension = inner, inner.name, inner.dimension
        self.checksum = f"{inner.checksum} queries"

    def passages(self, texts: Sequence[str]) -> Floats:
        return self.inner.queries(texts)

    queries = passages


class Kept:
    """An embedder that keeps queries on disk as it keeps passages."""

    def __init__(self, inner: Embedder, folder: Path) -> None:
        from vectorstore.embeddings import Remembering

        self.inner, self.name, self.dimension, self.checksum = inner, inner.name, inner.dimension, inner.checksum
        self._asked: Remembering = Remembering(Asked(inner), folder / "evaluate-queries.sqlite")

    def passages(self, texts: Sequence[str]) -> Floats:
        return self.inner.passages(texts)

    def queries(self, texts: Sequence[str]) -> Floats:
        return self._asked.passages(texts)


def opened(name: str, items: Sequence[Item], embedder: Embedder, progress: Progress) -> Library:
    """The items as a catalogue, embedded where they are not yet."""
    from vectorstore.catalogue import Catalogue
    from vectorstore.index import BETWEEN, passages
    from vectorstore.info import describe
    from vectorstore.lexical import Lexicon
    from vectorstore.space import Space

    texts = {key: text for item in items for key, text in passages(item).items()}
    vectors = dict(zip(texts, embedded(list(texts.values()), embedder.passages, progress, f"embedding {name}"), strict=True))
    arrays: dict[str, object] = {"own": np.stack([vectors[item.id] for item in items])}
    languages = sorted({language for item in items for language in item.translations})
    for language in languages:
        rows = [row for row, item in enumerate(items) if language in item.translations]
        arrays[f"rows_{language}"] = np.asarray(rows, np.int64)
        arrays[f"vectors_{language}"] = np.stack([vectors[f"{items[row].id}{BETWEEN}{language}"] for row in rows])
    progress(f"words of {name}", 0, 1)
    lexicon = Lexicon.build(items)
    progress(f"words of {name}", 1, 1)
    space = Space(arrays)
    catalogue = Catalogue(describe(name, items), items, space, lexicon, embedder)
    ids = [item.id for item in items]
    return Library(catalogue, lexicon, ids, catalogue.vectors(ids), space)


def embedded(texts: Sequence[str], how: Callable[[Sequence[str]], Floats], progress: Progress, what: str) -> list[Floats]:
    """A vector a text, in batches, so that progress is seen and what is done is kept."""
    found: list[Floats] = []
    for start in range(0, len(texts), _BATCH):
        found.extend(how(texts[start : start + _BATCH]))
        progress(what, min(start + _BATCH, len(texts)), len(texts))
    return found
