"""`rapport train clicks`: a click model from a log of events, compared with popularity on the latest part of the time.

`tests/test_clicks.py` notices a change.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from bot.errors import BadInput
from bot.learn.gate import judge
from bot.learn.logs import described, digest, logged
from bot.learn.registry import Card, now, write_json
from bot.learn.signals import NAMES, Floats, Moment, Signals, moments, table_of
from bot.learn.train_clicks import Options, train
from bot.learn.training import Job, curves, events_of, settled

PARTS = (0.5, 0.65, 0.8, 0.9)  # of the events by time: two parts to learn from, one to stop by, the rest for the gate
OTHERS = 50
MOST = 60  # moments of one person in a part
FEWEST = 20  # moments below which nothing is learned
LARGEST = 15_000  # items with events; beyond it the tables of pairs do not fit into the memory of a small machine


def clicks(job: Job) -> Card:
    """Trains it, keeps it as a version, and promotes it when it is clearly better than popularity."""
    catalogue = job.open()
    events = [e for e in events_of(job) if catalogue.get(e[1]) is not None]
    items = [item for id in dict.fromkeys(e[1] for e in events) if (item := catalogue.get(id)) is not None]
    if len(items) > LARGEST:
        raise BadInput(
            f"{len(items):,} items have events; the click model counts pairs of at most {LARGEST:,}. Take fewer with --since."
        )
    log, people = logged(events, {item.id: row for row, item in enumerate(items)})
    started, known = time.monotonic(), described(items)
    ends = [float(log.at[int(len(log) * share)]) if len(log) else 0.0 for share in PARTS]
    last = float(log.at[-1]) + 1 if len(log) else 0.0
    parts: list[tuple[Floats, list[Moment]]] = []
    for begin, end in zip(ends, [*ends[1:], last], strict=True):
        signals = Signals(log.of(log.at < begin), known, seed=job.options.seed)
        found = moments(log, begin, end, MOST, job.options.seed)
        others = min(OTHERS, len(items) - 1 - max((len(set(m.past.what.tolist())) for m in found), default=0))
        parts.append(table_of(signals, found if others > 0 else [], max(1, others), job.options.seed))
        job.progress("counting what was done", len(parts), len(PARTS))
    short = min(len(parts[0][1]) + len(parts[1][1]), len(parts[2][1]), len(parts[3][1]))
    if short < FEWEST:
        raise BadInput(
            f"{len(log):,} events hold too few likes by people who had done something before ({short} in one part of the time; "
            f"{FEWEST} are needed)."
        )
    width = min(part[0].shape[1] for part in parts[:2])
    lists = np.concatenate([part[0][:, :width] for part in parts[:2]])
    history: list[dict[str, float]] = []
    model = train(lists, parts[2][0], Options(seed=job.options.seed), job.progress, history)
    told, held = parts[3]
    after, before = gains(model.scores(told)), gains(told[:, :, NAMES.index("popular")])
    old = np.asarray([len(m.past.what) >= 10 for m in held])
    kinds = [items[m.item].category[:1] for m in held]
    groups = {"people with ten events": old, "newer people": ~old}
    groups |= {f"kind {kind[0]}": np.asarray([k == kind for k in kinds]) for kind in set(kinds) if kind}
    verdict = judge(before, after, [people[m.who] for m in held], groups, job.options.seed)
    seconds = round(time.monotonic() - started, 1)

    def write(folder: Path) -> None:
        model.save(folder / "clicks.npz")
        write_json(folder / "history.json", history)
        curves([step for step in history if step["network"] == 0], folder / "curves.png")

    card = job.registry.add(
        "clicks", write,
        lambda name: Card(
            name=name, kind="clicks", created=now(), data=digest(events), rows=len(events), seed=job.options.seed,
            seconds=seconds, passed=verdict.passed, verdict=verdict.said, metrics=verdict.model_dump(),
        ),
    )  # fmt: skip
    return settled(job, card)


def gains(scores: Floats) -> list[float]:
    """nDCG@10 of each list, the liked item being the first."""
    place = (scores[:, 1:] > scores[:, :1]).sum(axis=1) + 0.5 * (scores[:, 1:] == scores[:, :1]).sum(axis=1)
    return [float(value) for value in np.where(place < 10, 1 / np.log2(place + 2), 0)]
