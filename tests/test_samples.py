"""The sample catalogues come with their vectors: a first start has nothing to embed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vectorstore.embeddings import HashEmbedder, Remembering
from vectorstore.info import DESCRIBED_BY
from vectorstore.samples import SAMPLES, VECTORS, sample_texts

FOLDERS = [path for path in sorted(SAMPLES.iterdir()) if (path / DESCRIBED_BY).exists()]


class Named(HashEmbedder):
    """A model with the checksum of another."""

    def __init__(self, checksum: str, dimension: int) -> None:
        super().__init__(dimension)
        self._checksum = checksum

    @property
    def checksum(self) -> str:
        return self._checksum


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_text_of_a_sample_has_its_vector(folder: Path) -> None:
    with np.load(folder / VECTORS) as kept:
        checksum, dimension = str(kept["checksum"]), kept["vectors"].shape[1]
    embedder = Remembering(Named(checksum, dimension))
    embedder.learn(folder / VECTORS)
    embedder.passages(sample_texts(folder))
    assert embedder.computed == 0, "the sample's texts changed: run `python -m vectorstore.samples`"


def test_vectors_of_another_model_are_not_taken(tmp_path: Path) -> None:
    giver, taker = Remembering(Named("a", 8)), Remembering(Named("b", 8))
    giver.give(["boots", "kettle"], tmp_path / VECTORS)
    assert taker.learn(tmp_path / VECTORS) == 0
    taker.passages(["boots"])
    assert taker.computed == 1


def test_what_was_given_is_learned_as_it_was(tmp_path: Path) -> None:
    giver, taker = Remembering(Named("a", 8)), Remembering(Named("a", 8))
    giver.give(["boots", "kettle"], tmp_path / VECTORS)
    assert taker.learn(tmp_path / VECTORS) == 2
    assert np.allclose(taker.passages(["kettle", "boots"]), giver.passages(["kettle", "boots"]), atol=2e-3)
    assert taker.computed == 0
