"""The click model on MovieLens small, split by time, beside what it has to beat: `python benchmarks/movielens.py ZIP`.

Everything before the last tenth of the time is known; of the last tenth each like (four stars or more) of each person is a
case, at most 40 of one person, drawn. What that person did before it, in whichever part, is their history; every film that
they had not rated is ranked. What each method counts or learns is of before the last tenth; numbers that it has to choose
were chosen on the tenth before. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import time
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from bot.check.evaluate.measures import difference, figure, mean_of
from bot.learn.clicks import ClickModel
from bot.learn.signals import NAMES, Factors, Floats, Items, Log, Moment, Past, Signals, factored, moments, table_of
from bot.learn.train_clicks import Options, train

OTHERS = 50  # films beside each liked one in training
SHARES = (0.4, 0.5, 0.6, 0.7, 0.8)  # of the ratings by time: each part is learned from with signals of before it
POPULAR = NAMES.index("popular")
Scorer = Callable[[Floats], Floats]  # features of items -> what they are ranked by
Tell = Callable[[str], None]
Chosen = tuple[tuple[int, float], tuple[int, float]]  # neighbours and shrinkage; factors and confidence


def read(path: Path) -> tuple[Log, Items]:
    """The ratings as a log and the films as items; genres weighed by how rare they are."""
    with zipfile.ZipFile(path) as archive:
        files = {Path(name).name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".csv")}
    films = list(csv.DictReader(io.StringIO(files["movies.csv"])))
    rows = {film["movieId"]: row for row, film in enumerate(films)}
    genres = sorted({genre for film in films for genre in film["genres"].split("|")})
    facts = np.array([[genre in film["genres"].split("|") for genre in genres] for film in films], np.float32)
    facts *= np.log(len(films) / facts.sum(axis=0)).astype(np.float32)
    facts /= np.maximum(np.linalg.norm(facts, axis=1, keepdims=True), 1e-6)
    ends = [film["title"].strip()[-5:-1] for film in films]
    years = np.array([float(end) if end.isdigit() else 0.0 for end in ends], np.float32)
    ratings = list(csv.DictReader(io.StringIO(files["ratings.csv"])))
    people = {name: number for number, name in enumerate(dict.fromkeys(r["userId"] for r in ratings))}
    stars = np.array([float(r["rating"]) for r in ratings], np.float32)
    log = Log.sorted(
        np.array([people[r["userId"]] for r in ratings], np.int64),
        np.array([rows[r["movieId"]] for r in ratings], np.int64),
        np.array([float(r["timestamp"]) for r in ratings]),
        np.where(stars >= 4, (stars - 3) / 2, np.minimum(stars - 4, 0) / 3.5).astype(np.float32),
    )
    return log, Items(facts, years)


def after(log: Log, share: float) -> float:
    """The time before which that share of the log lies."""
    return float(log.at[int(len(log) * share)]) if share < 1 else float(log.at[-1]) + 1


def before(log: Log, until: float) -> Log:
    return log.of(log.at < until)


def turned_to(log: Log, size: int) -> Floats:
    """People by films: 1 where somebody rated it."""
    table = np.zeros((int(log.who.max()) + 1, size), np.float32)
    table[log.who, log.what] = 1
    return table


def cosines(table: Floats, shrink: float) -> Floats:
    """Of every two films over the people who rated both, shrunk."""
    common = table.T @ table
    lengths = np.sqrt(np.diag(common))
    common /= np.maximum(lengths[:, None] * lengths[None, :] + np.float32(shrink), 1e-6)
    np.fill_diagonal(common, 0)
    return common


def by_neighbours(sims: Floats, count: int) -> Callable[[Past], Floats]:
    """Item-kNN: the sum of the similarities to what was rated, over the nearest of each film."""
    if count < len(sims):
        floor = np.partition(sims, -count, axis=1)[:, -count]
        sims = np.where(sims < floor[:, None], np.float32(0), sims)
    return lambda past: np.asarray(sims[past.what].sum(axis=0))


def by_factors(factors: Factors) -> Callable[[Past], Floats]:
    """Matrix factorisation by implicit feedback, the person's factors from what they rated."""
    return lambda past: np.asarray(factors.scores(past.what))


def place(scores: Floats, moment: Moment) -> tuple[float, int]:
    """How many films stand before the liked one (half of those that stand beside it), out of how many."""
    free = np.ones(len(scores), bool)
    free[moment.past.what] = False
    free[moment.item] = False
    others, own = scores[free], scores[moment.item]
    return float((others > own).sum() + 0.5 * (others == own).sum()), int(free.sum())


def measures(places: list[tuple[float, int]]) -> dict[str, list[float]]:
    """Per case: the area under the curve over all films not rated, HR@10, nDCG@10."""
    return {
        "AUC": [1 - before / count for before, count in places],
        "HR@10": [float(before < 10) for before, _ in places],
        "nDCG@10": [1 / np.log2(before + 2) if before < 10 else 0.0 for before, _ in places],
    }


def quick(rank: Callable[[Past], Floats], found: list[Moment]) -> float:
    return float(np.mean(measures([place(rank(m.past), m) for m in found])["nDCG@10"]))


def lists_of(log: Log, items: Items, people: int, seed: int, tell: Tell) -> tuple[Floats, Floats, list[Moment]]:
    """(what is learned from, what stops the training, the moments of the latter): signals always of before the moments."""
    training = []
    for number, (begin, end) in enumerate(pairwise(SHARES)):
        signals = Signals(before(log, after(log, begin)), items, seed=seed)
        found = moments(log, after(log, begin), after(log, end), people, seed)
        training.append(table_of(signals, found, OTHERS, seed + number)[0])
        tell(f"{len(found):,} moments of the ratings {begin:.0%} to {end:.0%}")
    signals = Signals(before(log, after(log, 0.8)), items, seed=seed)
    held = moments(log, after(log, 0.8), after(log, 0.9), 20, seed)
    tell(f"{len(held):,} moments of validation")
    return np.concatenate(training), table_of(signals, held, 300, seed)[0], held


def chosen(log: Log, size: int, held: list[Moment], seed: int, tell: Tell) -> Chosen:
    """The settings of item-kNN and of matrix factorisation that do best on the validation."""
    table, some = turned_to(before(log, after(log, 0.8)), size), held[:: max(1, len(held) // 200)]
    near: dict[tuple[int, float], float] = {}
    for shrink in (0.0, 10.0):
        sims = cosines(table, shrink)
        for count in (50, 200, size):
            near[count, shrink] = quick(by_neighbours(sims, count), some)
    latent = {
        (rank, alpha): quick(by_factors(factored(table, rank, alpha, seed=seed)), some)
        for rank in (16, 32)
        for alpha in (2.0, 10.0)
    }
    best = max(near, key=lambda c: near[c]), max(latent, key=lambda c: latent[c])
    tell(f"item-kNN: {best[0][0]:,} neighbours, shrunk by {best[0][1]:g}; factors: {best[1][0]}, confidence {best[1][1]:g}")
    return best


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("data", type=Path, help="ml-latest-small.zip")
    asked.add_argument("--out", type=Path, default=Path("report"), help="where the JSON and the plot go")
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--people", type=int, default=120, help="training moments of one person, at most, in each part")
    given = asked.parse_args()
    begun = time.monotonic()

    def tell(line: str) -> None:
        print(f"[{time.monotonic() - begun:4.0f} s] {line}", flush=True)

    log, items = read(given.data)
    lists, held_lists, held = lists_of(log, items, given.people, given.seed, tell)
    history: list[dict[str, float]] = []
    ours = train(lists, held_lists, Options(seed=given.seed), history=history)
    tell(f"the click model is trained; validation nDCG@10 among 301: {max(h['validation'] for h in history):.3f}")
    logistic, boosted = baselines(lists, held_lists, given.seed)
    tell("logistic regression and LightGBM are fitted")
    result = compared(
        log, items, ours, logistic, boosted, chosen(log, len(items.years), held, given.seed, tell), given.seed, tell
    )
    result["chances"] = chances(ours, held_lists, result.pop("pairs"), given.out, history)
    result["seconds"] = round(time.monotonic() - begun, 1)
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "movielens.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    ours.save(given.out / "movielens-clicks.npz")
    tell(f"written: {given.out / 'movielens.json'}")


def compared(
    log: Log, items: Items, ours: ClickModel, logistic: Scorer, boosted: Scorer, settings: Chosen,
    seed: int, tell: Tell,
) -> dict[str, Any]:  # fmt: skip
    """Every way of ranking over the same cases of the last tenth of the time; prints the table."""
    size, known = len(items.years), before(log, after(log, 0.9))
    signals, table = Signals(known, items, seed=seed), turned_to(known, len(items.years))
    near = by_neighbours(cosines(table, settings[0][1]), settings[0][0])
    factors = by_factors(factored(table, *settings[1], seed=seed))
    cases = moments(log, after(log, 0.9), after(log, 1), 40, seed)
    ways: dict[str, Callable[[Past, Floats], Floats]] = {
        "Rapport: click model": lambda past, told: ours.scores(told),
        "LightGBM": lambda past, told: boosted(told),
        "logistic regression": lambda past, told: logistic(told),
        "item-kNN": lambda past, told: near(past),
        "matrix factorisation": lambda past, told: factors(past),
        "popularity": lambda past, told: told[:, POPULAR],
    }
    places: dict[str, list[tuple[float, int]]] = {name: [] for name in ways}
    pairs = []
    draw = np.random.default_rng(seed)
    for number, moment in enumerate(cases, 1):
        told = signals.features(moment.past)
        for name, way in ways.items():
            places[name].append(place(way(moment.past, told), moment))
        free = np.setdiff1d(np.arange(size), [*moment.past.what, moment.item])
        pairs.append(told[[moment.item, int(draw.choice(free))]])
        if number % 500 == 0:
            tell(f"{number:,} of {len(cases):,} cases")
    people = [m.who for m in cases]
    print(f"\n{len(cases):,} likes of {len(set(people))} people, each among all films that they had not rated (of {size:,})")
    return {**report(places, people, seed), "pairs": np.stack(pairs)}


def baselines(lists: Floats, held: Floats, seed: int) -> tuple[Scorer, Scorer]:
    """Logistic regression and gradient-boosted trees over the same features and lists, settings chosen on the validation."""
    import lightgbm
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    from bot.learn.train_clicks import gain

    told = lists[:, :51].reshape(-1, lists.shape[2])
    liked = np.zeros(lists[:, :51].shape[:2])
    liked[:, 0] = 1
    scaler = StandardScaler().fit(told)
    fitted = [LogisticRegression(C=c, max_iter=300).fit(scaler.transform(told), liked.ravel()) for c in (0.01, 1.0)]

    def line(model: Any) -> Callable[[Floats], Floats]:
        return lambda x: scaler.transform(x.reshape(-1, x.shape[-1])) @ model.coef_[0]

    def value(score: Callable[[Floats], Floats]) -> float:
        return gain(np.asarray(score(held)).reshape(held.shape[:2]))

    logistic = max((line(model) for model in fitted), key=value)
    trees = []
    for leaves, rate in ((7, 0.1), (15, 0.05)):
        options = {
            "objective": "binary", "num_leaves": leaves, "learning_rate": rate, "min_data_in_leaf": 100, "verbose": -1,
            "num_threads": 1, "seed": seed, "deterministic": True,
        }  # fmt: skip
        data = lightgbm.Dataset(told, liked.ravel())
        whole = lightgbm.train(options, data, num_boost_round=100)
        for rounds in (50, 100):

            def score(x: Floats, whole: Any = whole, rounds: int = rounds) -> Floats:
                flat = x.reshape(-1, x.shape[-1])
                return np.asarray(whole.predict(flat, raw_score=True, num_iteration=rounds, num_threads=1))

            trees.append(score)
    return logistic, max(trees, key=lambda s: gain(np.asarray(s(held)).reshape(held.shape[:2])))


def report(places: dict[str, list[tuple[float, int]]], people: list[int], seed: int) -> dict[str, Any]:
    """Prints the table; ours first, the others with how far ours is ahead."""
    found: dict[str, Any] = {}
    per = {name: measures(rows) for name, rows in places.items()}
    counts = {name: {m: mean_of(values, people) for m, values in by.items()} for name, by in per.items()}
    first = next(iter(counts.values()))
    print(f"{'':24}" + "".join(f"{m:>32}" for m in first))
    for name, by in counts.items():
        cells = []
        for m, count in by.items():
            value = figure(count, seed)
            found.setdefault(name, {})[m] = value.model_dump()
            ahead = ""
            if count is not first[m]:
                apart = difference(first[m], count, seed)
                found[name][f"{m}, ours ahead"] = apart.model_dump()
                ahead = f" ({apart.value:+.3f}{'' if apart.clear else '≈'})"
            cells.append(f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]{ahead}")
        print(f"{name:24}" + "".join(f"{cell:>32}" for cell in cells))
    print("in brackets: 95% of resamples of people, then how far ours is ahead; ≈: not to be told apart by these people")
    return {"table": found}


def chances(ours: ClickModel, held: Floats, pairs: Floats, out: Path, history: list[dict[str, float]]) -> dict[str, Any]:
    """Each liked film beside one drawn at random: log loss, accuracy, precision and recall by class, and calibration."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import accuracy_score, log_loss, precision_recall_fscore_support

    truth = np.tile([1, 0], len(pairs))
    flat = pairs.reshape(-1, pairs.shape[2])
    popular = LogisticRegression().fit(held[:, :2, [POPULAR]].reshape(-1, 1), np.tile([1, 0], len(held)))
    said = {
        "before: popularity alone": popular.predict_proba(flat[:, [POPULAR]])[:, 1],
        "after: click model": ours.chances(flat).astype(float),
    }
    found: dict[str, Any] = {}
    print(f"\n{len(pairs):,} liked films, each beside one drawn at random")
    print(f"{'':26}{'log loss':>10}{'off by':>9}{'accuracy':>10}{'liked: precision, recall':>28}{'not: precision, recall':>26}")
    curves = {}
    for name, chance in said.items():
        guess = chance >= 0.5
        precision, recall, _, _ = precision_recall_fscore_support(truth, guess, labels=[1, 0])
        edges = np.clip((chance * 10).astype(int), 0, 9)
        curve = [(float(chance[edges == b].mean()), float(truth[edges == b].mean()), int((edges == b).sum()))
                 for b in range(10) if (edges == b).any()]  # fmt: skip
        off = sum(abs(a - b) * n for a, b, n in curve) / len(truth)
        curves[name] = curve
        found[name] = {
            "log loss": float(log_loss(truth, chance)), "calibration error": off, "accuracy": float(accuracy_score(truth, guess)),
            "precision": [float(p) for p in precision], "recall": [float(r) for r in recall], "calibration": curve,
        }  # fmt: skip
        print(f"{name:26}{found[name]['log loss']:>10.3f}{off:>9.3f}{found[name]['accuracy']:>10.3f}"
              f"{precision[0]:>20.3f}, {recall[0]:.3f}{precision[1]:>18.3f}, {recall[1]:.3f}")  # fmt: skip
    _draw(curves, history, out)
    return found


def _draw(curves: dict[str, list[tuple[float, float, int]]], history: list[dict[str, float]], out: Path) -> None:
    import matplotlib

    matplotlib.use("agg")
    from matplotlib.figure import Figure

    page = Figure(figsize=(9, 4))
    left, right = page.subplots(1, 2)
    left.plot([0, 1], [0, 1], color="#94a3b8", linewidth=1)
    for name, curve in curves.items():
        left.plot([a for a, _, _ in curve], [b for _, b, _ in curve], marker="o", label=name)
    left.set(xlabel="chance that was said", ylabel="share that was liked", title="Calibration")
    left.legend()
    for number in sorted({int(h["network"]) for h in history}):
        right.plot([h["validation"] for h in history if h["network"] == number], color="#0f766e", alpha=0.6)
    right.set(xlabel="epoch", ylabel="nDCG@10 among 301", title="Validation, a line a network")
    out.mkdir(parents=True, exist_ok=True)
    page.savefig(out / "movielens.png", bbox_inches="tight", dpi=110)


if __name__ == "__main__":
    main()
