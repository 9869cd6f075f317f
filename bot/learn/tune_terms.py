"""`rapport tune` on events: how much each term that comes of deeds counts, found on what people turned to later.

For every held-out deed the item is ranked among others that the person had not turned to, by the sum of the terms alone, with
nothing said. What speaks is what was known the moment before; what everybody did is counted up to the first of those moments.
The terms share what they have by default, so that a plain wish still outweighs them all (`behaviour.py`). Cross-validated over
people, judged by the gate, and kept as a version that a running server follows. `tests/test_tune_terms.py` notices a change.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.errors import BadInput
from bot.learn.behaviour import complement, taste, together
from bot.learn.clicked import clicked, foreseen
from bot.learn.gate import judge
from bot.learn.logs import Event, digest, good
from bot.learn.people import Done, Known
from bot.learn.registry import Card, Expecting, now, write_json
from bot.learn.sources import Asked, Source
from bot.learn.together import Row, counted
from bot.learn.training import Job, settled
from bot.learn.tune import folds, with_optuna
from bot.settings import Settings
from bot.state import Profile, Reading, Session
from vectorstore.catalogue import Candidate, Catalogue

Floats = npt.NDArray[np.float64]
SOURCES: Mapping[str, Source] = {"behaviour": taste, "together": together, "complements": complement, "learned": clicked}
NAMES = (*SOURCES, "popularity", "rating")
MOST = {**{name: 0.85 for name in SOURCES}, "popularity": 0.3, "rating": 0.3}  # that a weight may become
HELD = 0.9  # of the events by time: the rest are the moments, which no click model of `rapport train` was trained on
A_PERSON, OTHERS, FEWEST = 20, 50, 40


@dataclass(frozen=True)
class Moment:
    """Somebody turned to the item of the first row, and not to the others; a row is what each term says of an item."""

    who: str
    before: int  # what they had done until then
    values: Floats  # shape (items, terms), the terms in the order of `NAMES`


def defaults(settings: Settings) -> dict[str, float]:
    """What the terms weigh without tuning."""
    return {name: float(getattr(settings, name)) for name in NAMES}


def moments(catalogue: Catalogue, events: Sequence[Event], settings: Settings, model: Expecting, seed: int = 0) -> list[Moment]:
    """The held-out deeds that speak for an item which was new to the person, who had done something before."""
    ordered = sorted((e for e in events if catalogue.get(e[1]) is not None), key=lambda e: e[3])
    begin = ordered[int(len(ordered) * HELD)][3] if ordered else 0.0
    before: list[Row] = [("", who, "", item, kind, at, value) for who, item, kind, at, value in ordered if at < begin]
    everybody = counted(before, begin, settings.half_life_days)
    expected = foreseen(clicks, before, catalogue) if (clicks := model()) is not None else None
    every = settings.model_copy(update=dict.fromkeys(SOURCES, 1.0))
    ids, draw = [item.id for item in catalogue.items()], np.random.default_rng(seed)
    done: dict[str, list[Done]] = {}
    found: list[Moment] = []
    taken: dict[str, int] = {}
    for who, item, kind, at, value in ordered:
        deed, mine = Done(item, kind, at, value), done.setdefault(who, [])
        known = {one.item for one in mine}
        if at >= begin and known and item not in known and good(deed) > 0 and taken.get(who, 0) < A_PERSON:
            others = [id for id in ids if id not in known and id != item]
            chosen = (item, *draw.choice(others, min(OTHERS, len(others)), replace=False).tolist()) if others else ()
            if chosen:
                state = Known(tuple(mine), together=everybody, foreseen=expected, now=at)
                found.append(Moment(who, len(mine), _values(catalogue, chosen, every, state)))
                taken[who] = taken.get(who, 0) + 1
        mine.append(deed)
    return found


def _values(catalogue: Catalogue, ids: Sequence[str], settings: Settings, known: Known) -> Floats:
    asked = Asked(catalogue, Session(), Profile(), Reading(act="request", language="en"), settings, known)
    items = [item for id in ids if (item := catalogue.get(id)) is not None]
    candidates = [Candidate(item, (), ()) for item in items]
    values = np.zeros((len(ids), len(NAMES)))
    for column, source in enumerate(SOURCES.values()):
        if (voice := source(asked)) is not None:
            said = voice.terms(candidates, {})
            values[:, column] = [sum(c.value for c in said.get(id, ())) for id in ids]
    for row, item in enumerate(items):
        stated = item.fact("rating")
        rating = float(stated) if isinstance(stated, (int, float)) else 0.0
        values[row, -2:] = item.popularity or 0.0, rating / (5 if rating <= 5 else 10)
    return values


def gains(found: Sequence[Moment], weights: Mapping[str, float]) -> Floats:
    """nDCG@10 of each moment: 1 / log2(1 + place), of items that are level the middle place."""
    weighed = np.asarray([weights[name] for name in NAMES])
    told = []
    for moment in found:
        scores = moment.values @ weighed
        place = (scores[1:] > scores[0] + 1e-9).sum() + 0.5 * (np.abs(scores[1:] - scores[0]) <= 1e-9).sum()
        told.append(1 / np.log2(place + 2) if place < 10 else 0.0)
    return np.asarray(told)


def best(found: Sequence[Moment], start: Mapping[str, float], trials: int, seed: int = 0) -> dict[str, float]:
    """The weights with the highest mean over people; those of deeds never weigh more together than they do at the start."""
    optuna = with_optuna()
    people = [moment.who for moment in found]
    share = sum(start[name] for name in SOURCES)

    def objective(trial: Any) -> float:
        return by_person(gains(found, _bounded({n: trial.suggest_float(n, 0, MOST[n]) for n in NAMES}, share)), people)

    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=seed))
    study.enqueue_trial(dict(start))
    study.optimize(objective, n_trials=trials)
    return {name: round(value, 3) for name, value in _bounded(study.best_params, share).items()}


def _bounded(weights: Mapping[str, float], share: float) -> dict[str, float]:
    """The same weights, those of deeds made smaller where they are more than `share` together."""
    whole = sum(weights[name] for name in SOURCES)
    return {n: w * min(1.0, share / whole) if n in SOURCES and whole else w for n, w in weights.items()}


def by_person(values: Floats, people: Sequence[str]) -> float:
    """The mean over people of each one's mean, so that nobody counts for many."""
    own: dict[str, list[float]] = {}
    for who, value in zip(people, values.tolist(), strict=True):
        own.setdefault(who, []).append(value)
    return float(np.mean([np.mean(mine) for mine in own.values()]))


def terms(job: Job, events: Sequence[Event], trials: int) -> Card:
    """Finds the weights, keeps them as a version, and promotes them when the gate let them pass. BadInput: too few."""
    catalogue, begun, seed = job.open(), time.monotonic(), job.options.seed
    found = moments(catalogue, events, job.settings, Expecting(job.registry), seed)
    people = sorted({moment.who for moment in found})
    if len(found) < FEWEST or len(people) < 5:
        raise BadInput(
            f"{len(events):,} events hold {len(found)} new choices of {len(people)} people in their last tenth; {FEWEST} of 5 "
            "people are needed to tune what deeds weigh."
        )
    start = defaults(job.settings)
    before, after = gains(found, start), np.zeros(len(found))
    parts = folds(len(people), seed)
    for number, held in enumerate(parts, 1):
        out = {people[n] for n in held.tolist()}
        weights = best([m for m in found if m.who not in out], start, trials, seed)
        inside = [n for n, moment in enumerate(found) if moment.who in out]
        after[inside] = gains([found[n] for n in inside], weights)
        job.progress("tuning what deeds weigh", number, len(parts))
    old = np.asarray([moment.before >= 10 for moment in found])
    groups = {"people with ten events": old, "newer people": ~old}
    verdict = judge(before.tolist(), after.tolist(), [moment.who for moment in found], groups, seed)
    weights = best(found, start, trials, seed)
    job.tell(f"Weights: {', '.join(f'{name} {value:g}' for name, value in weights.items())}")
    card = job.registry.add(
        "terms", lambda folder: write_json(folder / "terms.json", weights),
        lambda name: Card(
            name=name, kind="terms", created=now(), data=digest(events), rows=len(events), seed=seed,
            seconds=round(time.monotonic() - begun, 1), passed=verdict.passed, verdict=verdict.said,
            metrics=verdict.model_dump(), options={"trials": trials},
        ),
    )  # fmt: skip
    return settled(job, card)
