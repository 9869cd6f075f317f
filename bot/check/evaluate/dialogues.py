"""`rapport evaluate redial | opendialkg | inspired`: does the next film that a person recommended stand high in our list?

The whole catalogue is ranked. Two tables: new items (a film already named is no target and is not offered) and repeats
left in. Beside our row stand baselines, our row with each part left out, and what others published.
`tests/test_evaluate_dialogues.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import yaml

from bot.check.evaluate.baselines import BASELINES, ranked
from bot.check.evaluate.films import DialogueSet, Example, read
from bot.check.evaluate.library import embedded, opened
from bot.check.evaluate.measures import Counts, difference, figure, mean_of, measured
from bot.check.evaluate.ranking import TERMS, TURN, Scores, Shelf, choices, fitted, score, spoken
from bot.check.evaluate.result import Kind, Row, Table
from bot.check.evaluate.run import Outcome, Run

MEASURES = ("R@1", "R@10", "R@50", "RR@10", "nDCG@10")
OURS, PLAIN = "Rapport", "Rapport, the turn's own weights"
_TOP = 50
_BLOCK = 200  # examples ranked between two writes
_LEFT_OUT = {
    "said": "without the meaning of what was said",
    "words": "without BM25",
    "facts": "without shared genres and people",
    "ties": "without the walk over the graph",
    "similar": "without the centroid of films named",
    "together": "without co-mentions",
    "popular": "without popularity",
    "recent": "without the year",
    "again": "without what was named",
}
NEW, REPEATS = "new items", "repeats left in"

Ranks = Mapping[str, np.ndarray]  # system -> (examples, 50) rows, -1 where nothing more is offered


def evaluate(run: Run) -> Outcome:
    """The set in `run.data`, both ways."""
    found = read(run.data, run.limit)
    library = opened(f"{run.name} films", found.films.items, run.embedder, run.progress)
    texts = [text for text in dict.fromkeys(map(spoken, (*found.training, *found.tested))) if text]
    vectors = dict(zip(texts, embedded(texts, run.embedder.queries, run.progress, "embedding what was said"), strict=True))
    shelf = Shelf(
        library.catalogue.items(), library.vectors, lambda asked: library.centred([vectors[t] for t in asked]),
        library.lexicon.bm25, found.training,
    )  # fmt: skip
    tables, weights_of = [], {}
    for way in (NEW, REPEATS):
        weights = weights_of[way] = _weights(found, shelf, way, run)
        ranks = _ranked(found, shelf, weights, way, run)
        tables.append(_table(found, ranks, way, shelf, run))
    return Outcome(
        tables=tuple(tables),
        protocol=_protocol(found),
        files=(found.test_file, *found.training_files),
        warnings=found.warnings,
        notes=_notes(found),
        details={"weights": weights_of},
    )


def _weights(found: DialogueSet, shelf: Shelf, way: str, run: Run) -> dict[str, dict[str, float]]:
    """The weights of each of our rows: fitted with every term, and again with each left out."""
    what = f"terms of the training, {way}"
    seen = choices(shelf, found.training, run.seed, way == REPEATS, progress=lambda done, of: run.progress(what, done, of))
    if not len(seen):
        run.tell("There are no training dialogues: the turn's own weights stand in for fitted ones.")
    used = [name for name in TERMS if name != "again" or way == REPEATS]
    systems: dict[str, dict[str, float]] = {}
    for place, out in enumerate(("", *used)):
        kept = [name for name in used if name != out]
        values = fitted(seen.of([TERMS.index(name) for name in kept])) if len(seen) else [TURN[name] for name in kept]
        systems[_LEFT_OUT[out] if out else OURS] = dict(zip(kept, values, strict=True))
        run.progress(f"fitting, {way}", place + 1, len(used) + 1)
    return {**systems, PLAIN: dict(TURN)}


def _ranked(found: DialogueSet, shelf: Shelf, weights: dict[str, dict[str, float]], way: str, run: Run) -> Ranks:
    """The first films for each example by each system; finished blocks of a stopped run are taken over."""
    told = json.dumps([run.name, way, weights, run.seed, [(e.dialogue, e.turn, e.context) for e in found.tested]])
    key = hashlib.sha256(told.encode() + str([i.id for i in shelf.items]).encode()).hexdigest()[:12]
    systems = [*weights, *BASELINES]
    blocks = []
    for start in range(0, len(found.tested), _BLOCK):
        path = run.work / f"{run.name}-{key}-{start}.npy"
        if run.resume and path.exists():
            block = np.load(path)
        else:
            some = found.tested[start : start + _BLOCK]
            block = np.stack([_one(shelf, e, weights, way, run.seed + start + n) for n, e in enumerate(some)])
            with path.with_suffix(".part").open("wb") as out:
                np.save(out, block)
            path.with_suffix(".part").replace(path)
        blocks.append(block)
        run.progress(f"ranking, {way}", min(start + _BLOCK, len(found.tested)), len(found.tested))
    whole = np.concatenate(blocks)
    return {system: whole[:, place] for place, system in enumerate(systems)}


def _one(shelf: Shelf, example: Example, weights: Mapping[str, Mapping[str, float]], way: str, seed: int) -> np.ndarray:
    terms = shelf.terms(example)
    named = [shelf.rows[n] for n in example.named]
    gone = named if way == NEW else []
    rows = [_first(score(terms, w), gone) for w in weights.values()]
    rows += [_first(ranked(system, terms, named, seed), gone) for system in BASELINES]
    return np.stack(rows)


def _first(scores: Scores, gone: Sequence[int]) -> np.ndarray:
    """The rows of the best; what may not be offered is not."""
    scores = scores.astype(np.float64)
    scores[list(gone)] = -np.inf
    order = np.argsort(-scores, kind="stable")[:_TOP]
    best = np.where(np.isfinite(scores[order]), order, -1).astype(np.int32)
    return np.pad(best, (0, _TOP - len(best)), constant_values=-1)


def _table(found: DialogueSet, ranks: Ranks, way: str, shelf: Shelf, run: Run) -> Table:
    """Each film recommended is a case of its own, as in the published numbers; resamples are of dialogues."""
    wanted = [(n, t) for n, e in enumerate(found.tested) for t in (e.fresh if way == NEW else e.targets)]
    dialogues = [found.tested[n].dialogue for n, _ in wanted]
    judged = {f"{n} {t}": {t: 1} for n, t in wanted}
    counted: dict[str, dict[str, Counts]] = {}
    for place, (system, rows) in enumerate(ranks.items()):
        lists = {f"{n} {t}": [shelf.items[row].id for row in rows[n] if row >= 0] for n, t in wanted}
        per = measured(lists, judged, MEASURES)
        counted[system] = {m: mean_of(list(per[m].values()), dialogues) for m in MEASURES}
        run.progress(f"measuring, {way}", place + 1, len(ranks))
    first = counted[OURS]
    rows_of = [
        Row(
            name=system,
            kind=_kind(system),
            figures={m: figure(c, run.seed) for m, c in counts.items()},
            against={} if system == OURS else {m: difference(first[m], c, run.seed) for m, c in counts.items()},
        )
        for system, counts in counted.items()
    ]
    return Table(
        name="new" if way == NEW else "repeats",
        title=way,
        measures=MEASURES,
        rows=(*rows_of, *_published(run.name, way)),
        cases=f"{len(wanted):,} films in {len(set(dialogues)):,} dialogues, out of {len(shelf.items):,}",
    )


def _kind(system: str) -> Kind:
    if system in (OURS, PLAIN):
        return "ours"
    return "chance" if system == "chance" else "baseline" if system in BASELINES else "ablation"


def _published(name: str, way: str) -> list[Row]:
    every = yaml.safe_load((Path(__file__).parent / "published.yaml").read_text("utf-8"))
    return [Row(kind="published", **row) for row in (every.get(name) or {}).get(way) or ()]


def _protocol(found: DialogueSet) -> tuple[str, ...]:
    learned = len({e.dialogue for e in found.training})
    return (
        f"Tested: {found.test_file.name}. Every film of the catalogue may be offered at every moment.",
        f"{NEW}: a film already named in the dialogue is no target and is not offered. {REPEATS}: it may be both.",
        "Each film that the person recommended next is a case of its own; R@k is the share found among the first k.",
        f"Learned from {learned:,} other dialogues ({', '.join(p.name for p in found.training_files) or 'no file'}): popularity, "
        "co-mentions, and the weights of the sum. Nothing is fitted to the tested file.",
        "Films named are taken as the set marks them; other marked entities are not used: genres and people count as the "
        "words they are said with.",
    )


def _notes(found: DialogueSet) -> tuple[str, ...]:
    again = sum(len(e.targets) - len(e.fresh) for e in found.tested)
    every = sum(len(e.targets) for e in found.tested)
    part = again / max(every, 1)
    return (f"{again:,} of {every:,} films recommended ({part:.0%}) had been named before: that is what repeating finds.",)
