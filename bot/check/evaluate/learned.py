"""What tuning and an adapter add to retrieval, cross-validated: a query is measured with what was learned from others.

Needs the extra `train`; without it, and with few queries, these rows are left out. `tests/test_tune.py` notices a change.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from bot.check.evaluate.library import Library, embedded
from bot.learn.pairs import from_judgments, phrasings
from bot.learn.train_adapter import Options, train
from bot.learn.tune import DEEP, DEPTHS, FEWEST, Values, cross_validated, folds, searched, using
from vectorstore.learned import Fusion, Learned

if TYPE_CHECKING:
    from bot.check.evaluate.run import Run
    from bot.learn.adapter import Adapter
    from vectorstore.item import Item

TRIALS = 35
Ways = dict[str, Callable[[str], Sequence[str]]]
_DEEP = 100


def learned(
    whole: Library, part: Library, items: Sequence[Item], judged: Mapping[str, Mapping[str, int]], run: Run
) -> tuple[tuple[Ways, Ways], tuple[str, ...]]:
    """The ways of looking over the judged products and over the whole catalogue, and what is to be said of them."""
    if len(judged) < FEWEST or find_spec("optuna") is None or find_spec("torch") is None:
        return ({}, {}), ()
    fold = {query: number for number, held in enumerate(folds(len(judged), run.seed)) for query in np.asarray(list(judged))[held]}
    adapters, seconds = _adapters(whole, items, judged, run)
    ways: list[Ways] = []
    notes = []
    for library in (part, whole):
        fusions = _fusions(library, judged, run)
        notes.append(f"Weights over {len(library.ids):,} products, by fold: " + "; ".join(map(_worded, fusions)))
        settings = {
            "tuned (cross-validated)": [Learned(None, f) for f in fusions],
            "adapter (cross-validated)": [Learned(a, Fusion()) for a in adapters],
            "adapter and tuned (cross-validated)": [Learned(a, f) for a, f in zip(adapters, fusions, strict=True)],
        }
        by: Ways = {name: partial(_found, library, every, fold) for name, every in settings.items()}
        ways.append({**by, "by meaning, with the adapter": partial(_near, library, adapters, fold)})
    notes.append(f"The adapter was trained {len(adapters)} times, once a fold, in {', '.join(f'{s:.0f}' for s in seconds)} s.")
    return (ways[0], ways[1]), tuple(notes)


def _found(library: Library, learned: Sequence[Learned], fold: Mapping[str, int], query: str) -> list[str]:
    """By the product's own search, with what was learned from the other folds."""
    with using(library.catalogue, learned[fold[query]]):
        return [c.item.id for c in library.catalogue.search([query], limit=_DEEP)]


def _near(library: Library, adapters: Sequence[Adapter], fold: Mapping[str, int], query: str) -> list[str]:
    """By the moved cosine alone."""
    adapter = adapters[fold[query]]
    return library.best((adapter.queries(library.embed([query])) @ adapter.items(library.vectors).T)[0], _DEEP)


def _worded(fusion: Fusion) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in fusion.model_dump().items())


def _fusions(library: Library, judged: Mapping[str, Mapping[str, int]], run: Run) -> list[Fusion]:
    def values(depths: Sequence[int]) -> Values:
        return Values(lambda fusion: searched(library.catalogue, judged, Learned(None, fusion), depths))

    return cross_validated(values(DEPTHS), values((DEEP,)), len(judged), TRIALS, run.seed, run.progress)[1]


def _adapters(
    library: Library, items: Sequence[Item], judged: Mapping[str, Mapping[str, int]], run: Run
) -> tuple[list[Adapter], list[float]]:
    """An adapter a fold, of the other folds' queries and the kinds of things in the catalogue."""
    kinds = phrasings(items)
    texts = sorted({pair.text for pair in kinds} | set(judged))
    told = embedded(texts, run.embedder.queries, run.progress, "embedding the kinds of things")
    vectors = dict(zip(texts, library.centred(told), strict=True))
    rows = {id: row for row, id in enumerate(library.ids)}
    queries = list(judged)
    adapters, seconds = [], []
    for number, held in enumerate(folds(len(queries), run.seed), 1):
        rest = [queries[place] for place in range(len(queries)) if place not in set(held.tolist())]
        checked = set(rest[:: max(2, len(rest) // 9)])
        begun = time.monotonic()
        taught = from_judgments({q: judged[q] for q in rest if q not in checked})
        trained = train(
            [*taught, *kinds], from_judgments({q: judged[q] for q in rest if q in checked}), library.vectors, rows,
            lambda names: np.stack([vectors[name] for name in names]), run.embedder, Options(seed=run.seed),
        )  # fmt: skip
        adapters.append(trained.adapter)
        seconds.append(time.monotonic() - begun)
        run.progress("training adapters by cross-validation", number, len(held))
    return adapters, seconds
