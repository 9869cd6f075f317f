"""Figures, worked out by hand: rankings by ir-measures, intervals over dialogues, and what luck scores."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bot.check.evaluate.measures import Counts, difference, figure, mean_of, measured, share

pytest.importorskip("ir_measures")


def test_measures_by_hand() -> None:
    ranked = {"a": ["x", "y", "z"], "b": ["x", "y", "z"], "c": ["x"]}
    judged = {"a": {"y": 1}, "b": {"x": 3, "z": 1}, "c": {"q": 1}}
    found = measured(ranked, judged, ["R@1", "R@2", "RR@10", "nDCG@10"])
    assert found["R@1"] == {"a": 0, "b": 0.5, "c": 0}
    assert found["R@2"] == {"a": 1, "b": 0.5, "c": 0}
    assert found["RR@10"] == {"a": 0.5, "b": 1, "c": 0}
    assert found["nDCG@10"]["a"] == pytest.approx(1 / math.log2(3))
    # 3 at the first place and 1 at the third, against 3 and 1 at the first two
    assert found["nDCG@10"]["b"] == pytest.approx((3 + 1 / math.log2(4)) / (3 + 1 / math.log2(3)))
    assert found["nDCG@10"]["c"] == 0


def test_the_first_of_the_list_is_the_first_whatever_its_name() -> None:
    for names in (["a", "b"], ["b", "a"]):
        assert measured({"q": names}, {"q": {names[0]: 1}}, ["R@1"])["R@1"] == {"q": 1}


def test_a_query_without_a_ranking_scores_nothing() -> None:
    assert measured({}, {"q": {"a": 1}}, ["R@10", "nDCG@10"]) == {"R@10": {"q": 0}, "nDCG@10": {"q": 0}}


def test_shuffled_rankings_score_like_chance() -> None:
    draw = np.random.default_rng(7)
    items = [f"i{n}" for n in range(200)]
    judged = {f"q{n}": {items[draw.integers(200)]: 1} for n in range(800)}
    ranked = {q: list(draw.permutation(items)) for q in judged}
    found = measured(ranked, judged, ["R@1", "R@10", "R@50"])
    for name, expected in (("R@1", 1 / 200), ("R@10", 10 / 200), ("R@50", 50 / 200)):
        error = 4 * math.sqrt(expected * (1 - expected) / 800)
        assert float(np.mean(list(found[name].values()))) == pytest.approx(expected, abs=error)


def test_a_mean_weighs_a_dialogue_by_its_cases() -> None:
    counts = mean_of([1, 1, 1, 0], ["long", "long", "long", "short"])
    assert counts.value() == pytest.approx(3 / 4)
    assert counts.rows.tolist() == [[3, 3], [0, 1]]


def test_the_interval_is_of_dialogues_not_of_cases() -> None:
    """Two dialogues that say the same a hundred times are two, not two hundred: nearly nothing is known."""
    few = figure(mean_of([1] * 100 + [0] * 100, ["a"] * 100 + ["b"] * 100))
    many = figure(mean_of([1] * 100 + [0] * 100, list(range(200))))
    assert (few.value, few.low, few.high) == (0.5, 0, 1)
    assert 0.42 < many.low < 0.46 and 0.54 < many.high < 0.58  # 0.5 ± 1.96 · sqrt(0.25 / 200) = 0.07


def test_the_same_seed_gives_the_same_interval() -> None:
    counts = mean_of([1, 0, 1, 1, 0], list("abcde"))
    assert figure(counts, 3) == figure(counts, 3)


def test_a_small_difference_in_every_dialogue_is_clear_and_a_large_one_in_few_is_not() -> None:
    dialogues = list(range(60))
    hard = np.linspace(0, 1, 60)
    always = difference(mean_of(list(hard + 0.05), dialogues), mean_of(list(hard), dialogues))
    assert always.clear and always.value == pytest.approx(0.05)
    rare = np.where(np.arange(60) < 2, 1.0, 0.0)
    seldom = difference(mean_of(list(hard + rare), dialogues), mean_of(list(hard), dialogues))
    assert not seldom.clear


def test_different_dialogues_are_not_compared() -> None:
    with pytest.raises(ValueError, match="1 dialogues cannot be compared with 2"):
        difference(mean_of([1], ["a"]), mean_of([1, 0], ["a", "b"]))


def test_a_share_of_nothing_is_nothing() -> None:
    assert Counts(np.zeros((2, 2)), share).value() == 0
