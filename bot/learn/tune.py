"""`rapport tune`: the weights of fusion (`vectorstore/learned.py`), found on queries with judgments, by optuna.

What is told is cross-validated: the weights that a query is measured with were found on other queries. Those that are kept
were found on all. `tests/test_tune.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
DEPTHS = (10, 20, 50)  # nDCG at several depths, meant together, says more by few queries than at one
FOLDS = 5
DENSE = (0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4)  # beside words at 1
FEEDBACK = (0.0, 0.5, 1.0, 1.5, 2.0)
FEWEST = 10  # queries below which nothing is tuned
Graded = Mapping[str, Mapping[str, float]]


def with_optuna() -> Any:
    """optuna, quietly; BadInput says what to install."""
    try:
        import optuna
    except ImportError as error:
        raise BadInput(MISSING) from error
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna


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


def searched(catalogue: Catalogue, judged: Graded, learned: Learned, depths: Sequence[int] = (DEEP,)) -> Floats:
    """nDCG of the product's own search for each query, the mean over `depths`."""
    found = []
    with using(catalogue, learned):
        for query, given in judged.items():
            ranked = [c.item.id for c in catalogue.search([query], limit=max(depths))]
            found.append(np.mean([ndcg(ranked, given, deep) for deep in depths]))
    return np.asarray(found)


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
    """The weights with the highest mean over the chosen queries, each held together with the weights beside it.

    A single peak among few queries is luck; where all around is high, other queries are likely to be high, too.
    """
    optuna = with_optuna()
    sampler = optuna.samplers.GridSampler({"dense": list(DENSE), "feedback": list(FEEDBACK)}, seed=seed)
    study = optuna.create_study(direction="maximize", sampler=sampler)

    def objective(trial: Any) -> float:
        dense, feedback = trial.suggest_categorical("dense", DENSE), trial.suggest_categorical("feedback", FEEDBACK)
        around = [Fusion(dense=d, feedback=f) for d, f in beside(dense, feedback)]
        return float(np.mean([values(fusion)[chosen].mean() for fusion in around]))

    study.optimize(objective, n_trials=min(trials, len(DENSE) * len(FEEDBACK)))
    return Fusion(dense=study.best_params["dense"], feedback=study.best_params["feedback"])


def beside(dense: float, feedback: float) -> list[tuple[float, float]]:
    """The weights themselves, and those one step away in either."""
    d, f = DENSE.index(dense), FEEDBACK.index(feedback)
    steps = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1))
    return [(DENSE[d + x], FEEDBACK[f + y]) for x, y in steps if 0 <= d + x < len(DENSE) and 0 <= f + y < len(FEEDBACK)]


def folds(count: int, seed: int = 0, parts: int = FOLDS) -> list[npt.NDArray[np.int64]]:
    """Queries in parts, at random."""
    order = np.random.default_rng(seed).permutation(count)
    return [np.sort(order[part::parts]) for part in range(min(parts, count))]


def cross_validated(
    values: Values, told: Callable[[Fusion], Floats], count: int, trials: int, seed: int = 0,
    progress: Progress = lambda what, done, of: None,
) -> tuple[Floats, list[Fusion]]:  # fmt: skip
    """What each query has (`told`) under weights that were found on the others (`values`), and those weights by fold."""
    found, after = [], np.zeros(count)
    parts = folds(count, seed)
    for number, held in enumerate(parts, 1):
        fusion = best(values, np.setdiff1d(np.arange(count), held), trials, seed)
        after[held] = told(fusion)[held]
        found.append(fusion)
        progress("tuning by cross-validation", number, len(parts))
    return after, found


def tuned(
    catalogue: Catalogue, judged: Graded, trials: int, seed: int = 0, projection: Projection | None = None,
    progress: Progress = lambda what, done, of: None,
) -> tuple[Fusion, Floats, Floats]:  # fmt: skip
    """(weights found on all queries, what each query has with the defaults, what it has cross-validated), in nDCG@10."""
    if len(judged) < FEWEST:
        raise BadInput(f"{len(judged)} queries with a relevant item are too few to tune by; at least {FEWEST} are needed.")
    values = Values(lambda fusion: searched(catalogue, judged, Learned(projection, fusion), DEPTHS))
    told = Values(lambda fusion: searched(catalogue, judged, Learned(projection, fusion)))
    after, _ = cross_validated(values, told, len(judged), trials, seed, progress)
    return best(values, np.arange(len(judged)), trials, seed), told(Fusion()), after
