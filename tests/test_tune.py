"""Weights of fusion: what they do to a search, and that nothing is told of a query by weights that it helped to find."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.check.evaluate.library import Library, opened
from bot.errors import BadInput
from bot.learn.tune import FEWEST, Values, beside, best, cross_validated, folds, ndcg, searched, tuned, using
from vectorstore.embeddings import HashEmbedder
from vectorstore.item import Item
from vectorstore.learned import NOTHING, Fusion, Learned


@pytest.fixture(scope="module")
def library() -> Library:
    titles = ["red kettle", "blue kettle", "steel toaster", "garden hose", "wool scarf", "kettle descaler"]
    return opened("things", [Item(id=str(n), title=t) for n, t in enumerate(titles)], HashEmbedder(), lambda what, done, of: None)


def test_ndcg_by_hand() -> None:
    assert ndcg(["x", "a"], {"a": 1, "b": 3}) == pytest.approx((1 / np.log2(3)) / (3 + 1 / np.log2(3)))
    assert ndcg(["a"], {"a": 0}) == 0 and ndcg([], {"a": 1}) == 0


def test_the_defaults_are_the_search_as_it_was(library: Library) -> None:
    catalogue = library.catalogue
    plain = [c.item.id for c in catalogue.search(["red kettle"])]
    with using(catalogue, Learned(None, Fusion())):
        assert [c.item.id for c in catalogue.search(["red kettle"])] == plain
    assert catalogue.learned() is NOTHING


def test_a_list_without_weight_does_not_count(library: Library) -> None:
    catalogue = library.catalogue
    dense = library.best(library.dense("kettle descaler red"), 6)
    with using(catalogue, Learned(None, Fusion(lexical=0))):
        assert [c.item.id for c in catalogue.search(["kettle descaler red"])] == dense
    words = library.best(library.lexicon.bm25("kettle descaler red"), 3)
    with using(catalogue, Learned(None, Fusion(dense=0))):
        assert [c.item.id for c in catalogue.search(["kettle descaler red"])][:3] == words


def test_feedback_draws_the_text_to_what_was_found_first(library: Library) -> None:
    catalogue = library.catalogue
    fusion = Fusion(lexical=0, feedback=2.0, near=1)
    first = catalogue.search(["red"])[0]
    drawn = library.embed(["red"])[0] + 2 * catalogue.vectors([first.item.id])[0]
    expected = library.best(library.vectors @ drawn, 6)
    with using(catalogue, Learned(None, fusion)):
        found = catalogue.search(["red"])
    assert [c.item.id for c in found] == expected
    assert next(c for c in found if c.item.id == first.item.id).cosines == first.cosines  # what is told stays that of the text


def test_feedback_keeps_inside_the_limits(library: Library) -> None:
    with using(library.catalogue, Learned(None, Fusion(feedback=1.0))):
        assert {c.item.id for c in library.catalogue.search(["kettle"], exclude=["0", "1"])} == {"2", "3", "4", "5"}
        assert library.catalogue.search(["kettle"], exclude=[str(n) for n in range(6)]) == []


def test_every_query_is_held_out_once() -> None:
    parts = folds(23)
    assert sorted(np.concatenate(parts).tolist()) == list(range(23)) and len(parts) == 5


def test_a_query_is_measured_by_weights_that_others_found() -> None:
    pytest.importorskip("optuna")
    asked: list[Fusion] = []

    def ask(fusion: Fusion) -> np.ndarray:  # type: ignore[type-arg]
        asked.append(fusion)
        return np.asarray([1 - abs(fusion.dense - (0.4 if n < 15 else 1.4)) for n in range(20)])

    values = Values(ask)
    after, found = cross_validated(values, values, 20, trials=35, seed=1)
    assert len(asked) == len(set(asked))  # the same weights are not asked for twice
    for held, fusion in zip(folds(20, 1), found, strict=True):
        assert fusion == best(values, np.setdiff1d(np.arange(20), held), 35, 1)
        assert np.array_equal(after[held], values(fusion)[held])
    assert best(values, np.arange(15), 35, 0).dense == 0.4
    assert beside(0.2, 0.5) == [(0.2, 0.5), (0.4, 0.5), (0.2, 0.0), (0.2, 1.0)]


def test_a_single_peak_is_not_taken() -> None:
    pytest.importorskip("optuna")

    def ask(fusion: Fusion) -> np.ndarray:  # type: ignore[type-arg]
        peak = (fusion.dense, fusion.feedback) == (0.4, 0.5)
        return np.full(20, 0.9 if peak else 0.8 if fusion.dense >= 1 else 0.3)

    assert best(Values(ask), np.arange(20), 35).dense >= 1


def test_too_few_queries_are_refused(library: Library) -> None:
    with pytest.raises(BadInput, match=f"at least {FEWEST}"):
        tuned(library.catalogue, {"kettle": {"0": 1}}, 3)


def test_tuning_over_a_real_search(library: Library, tmp_path: Path) -> None:
    pytest.importorskip("optuna")
    judged = {f"{title} {n}": {str(place): 1.0} for n in range(2) for place, title in enumerate(
        ["red kettle", "blue kettle", "steel toaster", "garden hose", "wool scarf", "kettle descaler"])}  # fmt: skip
    fusion, before, after = tuned(library.catalogue, judged, 4)
    assert before.shape == after.shape == (12,) and before.min() > 0.6
    assert searched(library.catalogue, judged, Learned(None, fusion)).mean() >= before.mean()
    assert library.catalogue.learned() is NOTHING
