"""Wish or talk: what the filter does without its embedding model, and with a stand-in for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from bot.rules import relevance
from bot.rules.background import Background
from bot.rules.points import Phrase, found_in
from bot.state import Session
from bot.understand import by_rules

SIZE = 384
MESSAGE = "I want a quiet kettle, the neighbours sleep behind the kitchen wall"


class Stub:
    """An embedding model of zeros, counting what it is asked."""

    def __init__(self, checksum: str) -> None:
        self.checksum = checksum
        self.asked: list[str] = []

    def queries(self, texts: Sequence[str]) -> Any:
        self.asked += texts
        return np.zeros((len(texts), SIZE), np.float32)


def learned() -> dict[str, Any]:
    """The filter as it is kept."""
    kept = relevance._learned()
    assert kept is not None
    return kept


@pytest.fixture
def matching() -> Stub:
    """A stand-in that says it is the model the filter was trained with."""
    return Stub(learned()["model"])


@pytest.fixture
def no_filter(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if the filter had never been trained."""
    monkeypatch.setattr(relevance, "_learned", lambda: None)
    yield


def phrases() -> list[Phrase]:
    """The phrases of `MESSAGE`."""
    return found_in(MESSAGE)


def test_without_an_embedding_model_rules_decide() -> None:
    found = phrases()
    assert relevance.chances(MESSAGE, found, False, Background()) == [float(p.believed) for p in found]


def test_another_embedding_model_is_not_asked() -> None:
    other = Stub("another")
    found = phrases()
    assert relevance.chances(MESSAGE, found, False, Background(embedder=other)) == [float(p.believed) for p in found]
    assert other.asked == []


@pytest.mark.usefixtures("no_filter")
def test_without_the_filter_rules_decide_at_one_half() -> None:
    assert set(relevance.chances(MESSAGE, phrases(), False, Background(embedder=Stub("any")))) <= {0.0, 1.0}
    assert relevance.threshold() == 0.5


def test_the_matching_model_is_asked_once_for_every_phrase(matching: Stub) -> None:
    found = phrases()
    chances = relevance.chances(MESSAGE, found, False, Background(embedder=matching))
    assert matching.asked == [p.text for p in found]
    assert len(chances) == len(found) and all(0 < c < 1 for c in chances)


def test_nothing_to_weigh_asks_nothing(matching: Stub) -> None:
    assert relevance.chances("hello", [], False, Background(embedder=matching)) == []
    assert matching.asked == []


def test_a_chance_is_the_logistic_sum_of_what_is_seen(monkeypatch: pytest.MonkeyPatch, matching: Stub) -> None:
    import base64

    found = phrases()
    seen = relevance.features(MESSAGE, found, False, {})
    weights = np.zeros(seen.shape[1] + SIZE, np.float32)
    weights[7] = 2.0  # whether rules believe the phrase
    kept = {"model": matching.checksum, "threshold": 0.4, "bias": -1.0, "weights": base64.b64encode(weights.tobytes()).decode()}
    monkeypatch.setattr(relevance, "_learned", lambda: kept)
    expected = [1 / (1 + np.exp(1 - 2 * p.believed)) for p in found]
    assert relevance.chances(MESSAGE, found, False, Background(embedder=matching)) == pytest.approx(expected)


def test_the_kept_weights_fit_the_features_and_the_embedding() -> None:
    import base64

    weights = np.frombuffer(base64.b64decode(learned()["weights"]), np.float32)
    assert len(weights) == relevance.features(MESSAGE, phrases(), True, {}).shape[1] + SIZE
    assert np.isfinite(weights).all()
    assert json.dumps(learned()["bias"]) and 0 < relevance.threshold() < 1


@pytest.mark.parametrize("message", [MESSAGE, "我想要一个安静的水壶，不要塑料", "no zips", "🎁 gift for mum"])
def test_features_are_one_finite_row_a_phrase(message: str) -> None:
    found = found_in(message)
    rows = relevance.features(message, found, False, {"kettle": 3})
    assert rows.shape[0] == len(found) and rows.dtype == np.float32
    assert np.isfinite(rows).all()


def test_words_of_the_catalogue_are_seen() -> None:
    found = found_in("a kettle")
    assert not np.array_equal(
        relevance.features("a kettle", found, False, {"kettle": 9}), relevance.features("a kettle", found, False, {})
    )


def test_a_phrase_below_the_threshold_is_no_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    def unlike(message: str, found: Sequence[Phrase], screen: bool, background: Background) -> list[float]:
        return [0.9 if p.text == "quiet kettle" else 0.1 for p in found]

    monkeypatch.setattr(relevance, "chances", unlike)
    assert [c.text for c in by_rules(MESSAGE, Session(), []).changes] == ["quiet kettle"]
