"""The items' vectors in memory, centred, a group a language; and exact cosines to what is looked for.

tests/test_search.py notices a change.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from vectorstore.embeddings import Vectors, unit
from vectorstore.learned import Projection

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Group:
    """Vectors of one language: centred on their mean, with the place of every item's row in them (-1: not there)."""

    mean: npt.NDArray[np.float32]
    vectors: Vectors
    places: Rows

    @classmethod
    def of(cls, vectors: Vectors, rows: Rows, size: int) -> Group:
        mean = vectors.mean(axis=0) if len(vectors) > 1 else np.zeros(vectors.shape[1], np.float32)
        places = np.full(size, -1, np.int64)
        places[rows] = np.arange(len(rows))
        return cls(mean, unit(vectors - mean, vectors.shape[1]), places)


class Space:
    """All groups of a catalogue. `own` holds every item by its own language, row by row."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        own = np.asarray(arrays["own"], np.float32)
        size = len(own)
        self.dimension = own.shape[1]
        self._own = Group.of(own, np.arange(size), size)
        languages = sorted(name.removeprefix("vectors_") for name in arrays if name.startswith("vectors_"))
        self._others = [Group.of(arrays[f"vectors_{name}"], arrays[f"rows_{name}"], size) for name in languages]
        self.languages = 1 + len(languages)
        self._learned: Projection | None = None

    def learned(self, projection: Projection | None) -> Space:
        """The same space with every vector moved by a projection that was learned; None: as it was."""
        if projection is None:
            return self
        moved = copy(self)
        moved._learned = projection
        if projection.moves_items:
            moved._own, *moved._others = [
                replace(group, vectors=projection.items(group.vectors)) for group in (self._own, *self._others)
            ]
        return moved

    @property
    def moves_items(self) -> bool:
        """Whether the items' vectors are others than those that are indexed."""
        return self._learned is not None and self._learned.moves_items

    @property
    def own(self) -> Vectors:
        """The items' centred vectors."""
        return self._own.vectors

    def centred(self, queries: Vectors) -> Vectors:
        """Query vectors in the space of `own`."""
        return self._asked(queries, self._own)

    def _asked(self, queries: Vectors, group: Group) -> Vectors:
        centred = unit(queries - group.mean, self.dimension)
        return centred if self._learned is None else self._learned.queries(centred)

    def cosines(self, queries: Vectors, rows: Rows) -> npt.NDArray[np.float32]:
        """Shape (queries, rows): to each item the cosine in the language that fits best."""
        whole = 2 * len(rows) > len(self.own)  # then a product with all costs less than taking them apart
        centred = self.centred(queries)
        best = (centred @ self.own.T)[:, rows] if whole else centred @ self.own[rows].T
        for group in self._others:
            places = group.places[rows]
            there = places >= 0
            if there.any():
                other = self._asked(queries, group) @ group.vectors[places[there]].T
                best[:, there] = np.maximum(best[:, there], other)
        return np.asarray(np.clip(best, -1, 1), np.float32)
