"""`rapport tune`: the weights of fusion (`vectorstore/learned.py`), found on queries with judgments, by optuna.

What is told is cross-validated: the weights that a query is measured with were found on other queries. Those that are kept
were found on all. `tests/test_tune.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from bot.errors import BadInput
from bot.learn.train_adapter import MISSING, Progress
from vectorstore.learned import Fusion, Learned, Projection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vectorstore.catalogue import Catalogue

Floats = npt.NDArray[np.float64]
DEEP = 10
FOLDS = 5
FEWEST = 10  # queries below which nothing is tuned
Graded = Mapping[str, Mapping[str, float]]


@contextmanager
def using(catalogue: Catalogue, learned: Learned) -> Iterator[None]:
    """While it holds, the catalogue is searched with `learned`."""
    before = catalogue.learned
    catalogue.learned = lambda: learned
    try:
        yield
    finally:
        catalogue.learned = before


def ndcg(ranked: Sequence[str], grades: Mapping[str, float], deep: int = DEEP) -> float:
    """nDCG with the grades as gains (Järvelin and Kekäläinen 2002)."""
    discount = 1 / np.log2(np.arange(2, deep + 2))
    got = np.asarray([max(grades.get(id, 0), 0) for id in ranked[:deep]], float)
    ideal = np.sort([max(grade, 0) for grade in grades.values()])[::-1][:deep]
    best = float((ideal * discount[: len(ideal)]).sum())
    return float((got * discount[: len(got)]).sum()) / best if best else 0.0


def searched(catalogue: Catalogue, judged: Graded, learned: Learned) -> Floats:
    """nDCG@10 of the product's own search for each query."""
    with using(catalogue, learned):
        return np.asarray([ndcg([c.item.id for c in catalogue.search([q], limit=DEEP)], g) for q, g in judged.items()])


@dataclass
class Values:
    """What each query has under each setting; asked once."""

    ask: Callable[[Fusion], Floats]

    def __post_init__(self) -> None:
        self._kept: dict[Fusion, Floats] = {}

    def __call__(self, fusion: Fusion) -> Floats:
        if fusion not in self._kept:
            self._kept[fusion] = self.ask(fusion)
        return self._kept[fusion]


def best(values: Values, chosen: npt.NDArray[np.int64], trials: int, seed: int = 0) -> Fusion:
    """The weights with the highest mean over the chosen queries. The defaults are one of the trials."""
    try:
        import optuna
    except ImportError as error:
        raise BadInput(MISSING) from error
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=seed))
    study.enqueue_trial({"dense": 1.0, "k": 60.0, "feedback": 0.0, "near": 3})

    def objective(trial: optuna.Trial) -> float:
        fusion = Fusion(
            dense=round(trial.suggest_float("dense", 0.2, 1.4, step=0.2), 2),
            k=trial.suggest_categorical("k", [10.0, 30.0, 60.0]),
            feedback=round(trial.suggest_float("feedback", 0.0, 2.0, step=0.5), 2),
            near=trial.suggest_int("near", 2, 4),
        )
        trial.set_user_attr("fusion", fusion.model_dump())
        return float(values(fusion)[chosen].mean())

    study.optimize(objective, n_trials=trials)
    return Fusion.model_validate(study.best_trial.user_attrs["fusion"])


def folds(count: int, seed: int = 0, parts: int = FOLDS) -> list[npt.NDArray[np.int64]]:
    """Queries in parts, at random."""
    order = np.random.default_rng(seed).permutation(count)
    return [np.sort(order[part::parts]) for part in range(min(parts, count))]


def cross_validated(
    values: Values, count: int, trials: int, seed: int = 0, progress: Progress = lambda what, done, of: None
) -> tuple[Floats, list[Fusion]]:
    """What each query has under weights that were found on the others, and those weights by fold."""
    found, after = [], np.zeros(count)
    parts = folds(count, seed)
    for number, held in enumerate(parts, 1):
        fusion = best(values, np.setdiff1d(np.arange(count), held), trials, seed)
        after[held] = values(fusion)[held]
        found.append(fusion)
        progress("tuning by cross-validation", number, len(parts))
    return after, found


def tuned(
    catalogue: Catalogue, judged: Graded, trials: int, seed: int = 0, projection: Projection | None = None,
    progress: Progress = lambda what, done, of: None,
) -> tuple[Fusion, Floats, Floats]:  # fmt: skip
    """(weights found on all queries, what each query has with the defaults, what it has cross-validated)."""
    if len(judged) < FEWEST:
        raise BadInput(f"{len(judged)} queries with a relevant item are too few to tune by; at least {FEWEST} are needed.")
    values = Values(lambda fusion: searched(catalogue, judged, Learned(projection, fusion)))
    after, _ = cross_validated(values, len(judged), trials, seed, progress)
    return best(values, np.arange(len(judged)), trials, seed), values(Fusion()), after
