"""What a recommender has to be better than: nothing but what is popular, what is said, what was just named, or luck.

Each gives a score for every film from the terms of a moment. `tests/test_evaluate_dialogues.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from bot.check.evaluate.ranking import Scores

Baseline = Callable[[Mapping[str, Scores], Sequence[int], int], Scores]


def _popularity(terms: Mapping[str, Scores], named: Sequence[int], seed: int) -> Scores:
    return terms["popular"]


def _words(terms: Mapping[str, Scores], named: Sequence[int], seed: int) -> Scores:
    return terms["words"]


def _meaning(terms: Mapping[str, Scores], named: Sequence[int], seed: int) -> Scores:
    return terms["said"]


def _company(terms: Mapping[str, Scores], named: Sequence[int], seed: int) -> Scores:
    """Co-mentions alone; where they say nothing, what is popular."""
    return np.asarray(terms["together"] + 1e-4 * terms["popular"], np.float32)


def _repeat(terms: Mapping[str, Scores], named: Sequence[int], seed: int) -> Scores:
    """What was named, the latest first, then what is popular: scores well wherever repeats are left in."""
    scores = terms["popular"].astype(np.float32).copy()
    top = float(scores.max()) if len(scores) else 0.0
    for place, row in enumerate(named, 1):
        scores[row] = top + place
    return scores


def _chance(terms: Mapping[str, Scores], named: Sequence[int], seed: int) -> Scores:
    return np.random.default_rng(seed).random(len(terms["popular"]), dtype=np.float32)


BASELINES: dict[str, Baseline] = {
    "popularity": _popularity,
    "BM25": _words,
    "meaning of what was said": _meaning,
    "co-mentions alone": _company,
    "naive repeat": _repeat,
    "chance": _chance,
}


def ranked(system: str, terms: Mapping[str, Scores], named: Sequence[int], seed: int) -> Scores:
    """The scores that a baseline gives."""
    return BASELINES[system](terms, named, seed)
