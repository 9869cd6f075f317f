"""An adapter on frozen embeddings: p = unit(x + (x·A)·B), for interest points, for items, or for both. Serving is numpy.

`x` is a vector as the catalogue compares it (centred, of length 1), A and B are of low rank, so that little data cannot
bend much. One file holds it: matrices and a header that says what it was trained on and with which embedding; another
embedding's vectors mean something else, and are refused. `bot/learn/train_adapter.py` makes it; `tests/test_adapter.py`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from bot.errors import RapportError
from vectorstore.embeddings import Embedder, Vectors, unit

Sides = Literal["query", "item", "both"]
Matrix = npt.NDArray[np.float32]
FORMAT = 1


class OtherEmbedding(RapportError):
    """The adapter was trained on vectors of another embedding model."""


@dataclass(frozen=True)
class Header:
    """What a file says of itself."""

    embedding: str
    checksum: str
    dimension: int
    rank: int
    sides: Sides = "query"
    seed: int = 0
    data: str = ""  # digest of the pairs it was trained on
    metrics: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Low:
    """A step of low rank: x + (x·down)·up."""

    down: Matrix  # (dimension, rank)
    up: Matrix  # (rank, dimension)

    def __call__(self, vectors: Vectors) -> Vectors:
        return unit(vectors + (vectors @ self.down) @ self.up, vectors.shape[1])


@dataclass(frozen=True)
class Adapter:
    """What is served. A side without a step is left as it is."""

    header: Header
    query: Low | None = None
    item: Low | None = None

    @property
    def moves_items(self) -> bool:
        return self.item is not None

    def queries(self, vectors: Vectors) -> Vectors:
        """Centred vectors of what is looked for, moved; of length 1."""
        return vectors if self.query is None else self.query(vectors)

    def items(self, vectors: Vectors) -> Vectors:
        """Centred vectors of items, moved; of length 1."""
        return vectors if self.item is None else self.item(vectors)

    def save(self, path: Path) -> None:
        """Writes it, whole or not at all."""
        arrays: dict[str, Any] = {"header": json.dumps({"format": FORMAT, **self.header.__dict__})}
        for side, low in (("query", self.query), ("item", self.item)):
            if low is not None:
                arrays[f"{side}_down"], arrays[f"{side}_up"] = low.down.astype(np.float32), low.up.astype(np.float32)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.part.npz")
        np.savez_compressed(beside, **arrays)
        beside.replace(path)

    @classmethod
    def load(cls, path: Path, embedder: Embedder | None = None) -> Adapter:
        """One that was saved. RapportError when the file is none; OtherEmbedding when `embedder` is not its own."""
        try:
            with np.load(path, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            said = json.loads(str(arrays["header"]))
            if said.pop("format") != FORMAT:
                raise ValueError("its format is another one")
            header = Header(**said)
            steps = {side: _step(arrays, side, header) for side in ("query", "item")}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RapportError(
                f"{path} is not an adapter that can be used ({error}). Train one: rapport train adapter --data …"
            ) from error
        if embedder is not None:
            fits(header, embedder, path)
        return cls(header, steps["query"], steps["item"])


def fits(header: Header, embedder: Embedder, path: Path) -> None:
    """OtherEmbedding when the adapter is not for `embedder`'s vectors."""
    if (header.checksum, header.dimension) != (embedder.checksum, embedder.dimension):
        raise OtherEmbedding(
            f"The adapter {path} was trained on {header.embedding} ({header.dimension} numbers, {header.checksum[:12]}), and the "
            f"catalogue is embedded with {embedder.name} ({embedder.dimension}, {embedder.checksum[:12]}). Train it again: "
            "rapport train adapter --data … ; or take it out of use: rapport models rollback adapter"
        )


def _step(arrays: dict[str, Any], side: str, header: Header) -> Low | None:
    if f"{side}_down" not in arrays:
        return None
    down, up = np.asarray(arrays[f"{side}_down"], np.float32), np.asarray(arrays[f"{side}_up"], np.float32)
    if down.shape != (header.dimension, header.rank) or up.shape != (header.rank, header.dimension):
        raise ValueError(f"its matrices have the shapes {down.shape} and {up.shape}")
    if not (np.isfinite(down).all() and np.isfinite(up).all()):
        raise ValueError("its matrices hold numbers that are none")
    return Low(down, up)
