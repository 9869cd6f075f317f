"""`rapport evaluate understanding`: gold dialogues through the engine, and how each message was read.

The figures are those of the gold format's own scorer; docs/evaluation.md says what each means.
`tests/test_evaluate_understanding.py`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.check.evaluate.measures import Counts, Floats, figure, share
from bot.check.evaluate.result import Kind, Row, Table
from bot.check.evaluate.run import Outcome, Run, stem_of
from bot.check.evaluate.scoring import COUNTS, counted
from bot.check.replay import read
from bot.errors import BadInput

_PLACE = {name: place for place, name in enumerate(COUNTS)}
LESS = ("wrong sign",)
ERRORS = {
    "a wish was missed": "missed",
    "a wish was invented or inexact": "invented",
    "a limit was missed": "limits_missed",
    "a limit was invented": "limits_invented",
}
_SHOWN = 40  # wrong turns that are kept with the result


def evaluate(run: Run) -> Outcome:
    """The dialogues of `run.data` (a file, or a folder of *.jsonl) with `run.settings.model`."""
    path = _gold(run.data)
    dialogues = list(read(path))[: run.limit]
    told = run.work / f"{stem_of('understanding', run.settings.model)}.jsonl"
    replayed = _replayed(run, path, told)
    groups = _groups(dialogues)
    rows = {d["id"]: scored(d, replayed.get(d["id"], [])) for d in dialogues}
    missing = [d["id"] for d in dialogues if len(replayed.get(d["id"], [])) != len(d["turns"])]
    every = [d["id"] for d in dialogues]
    tables = [
        table("all", "how messages were read", {"all": every, **groups["lang"]}, rows, run.seed),
        table("tags", "by what makes a message hard", groups["tags"], rows, run.seed, few=True),
        table("domains", "by what is talked about", groups["domain"], rows, run.seed),
        errors({"all": every, **groups["lang"]}, rows, run.seed),
    ]
    return Outcome(
        tables=tuple(t for t in tables if t.rows),
        protocol=(
            f"{len(dialogues)} dialogues of {path.name}, a fresh talk each; after every message the whole state is held against "
            "the gold state, so an early mistake counts again with every later message.",
            "Interests: precision is the share of read points that are right, recall the share of gold points found; a point "
            "may be read as one or in parts.",
            "joint state: wishes, signs and limits all as in the gold.",
        ),
        files=(path,),
        warnings=tuple(_cut(missing)),
        details={"wrong": _wrong(dialogues, replayed), "seconds": _seconds(replayed)},
    )


def scored(dialogue: Mapping[str, Any], turns: Sequence[Mapping[str, Any]]) -> Floats:
    """The counts of a dialogue, in the order of `COUNTS`; a turn that was not played counts as wrong."""
    total = np.zeros(len(COUNTS))
    for place, gold in enumerate(dialogue["turns"]):
        one = counted(gold, turns[place] if place < len(turns) else {})
        total += [one[name] for name in COUNTS]
    return total


def _ratio(first: str, second: str) -> Callable[[Floats], Floats]:
    def found(sums: Floats) -> Floats:
        part = share(sums[..., [_PLACE[first], _PLACE[second]]])
        return np.asarray(np.where(sums[..., _PLACE[second]] > 0, part, 1.0))  # of nothing, all is right

    return found


def _f1(precision: Callable[[Floats], Floats], recall: Callable[[Floats], Floats]) -> Callable[[Floats], Floats]:
    def found(sums: Floats) -> Floats:
        p, r = precision(sums), recall(sums)
        return np.asarray(np.divide(2 * p * r, p + r, out=np.zeros_like(p), where=p + r > 0))

    return found


def _none_is_right(sums: Floats) -> Floats:
    """The share of points with the wrong sign; 0 of nothing."""
    return share(sums[..., [_PLACE["wrong_sign"], _PLACE["gold"]]])


FIGURES: dict[str, Callable[[Floats], Floats]] = {
    "interest F1": _f1(_ratio("right", "read"), _ratio("found", "gold")),
    "precision": _ratio("right", "read"),
    "recall": _ratio("found", "gold"),
    "wrong sign": _none_is_right,
    "limit F1": _f1(_ratio("limits_right", "limits_read"), _ratio("limits_right", "limits_gold")),
    "act": _ratio("acts", "turns"),
    "reference": _ratio("pointed", "pointing"),
    "joint state": _ratio("whole", "turns"),
}


def table(
    name: str, title: str, groups: Mapping[str, Sequence[str]], rows: Mapping[str, Floats], seed: int, few: bool = False
) -> Table:
    """A row a group of dialogues. With `few`, the measures that a small group can bear."""
    measures = tuple(m for m in FIGURES if not few or m in ("interest F1", "wrong sign", "limit F1", "act", "joint state"))
    found = []
    for group, ids in groups.items():
        matrix = np.stack([rows[i] for i in ids])
        turns = int(matrix[:, _PLACE["turns"]].sum())
        figures = {m: figure(Counts(matrix, FIGURES[m]), seed) for m in measures}
        kind: Kind = "ours"
        found.append(Row(name=f"{group} ({turns:,})", kind=kind, figures=figures))
    cases = f"{len({i for ids in groups.values() for i in ids})} dialogues"
    return Table(
        name=name, title=title, measures=measures, rows=tuple(found), cases=cases, lower_is_better=LESS,
        note="In brackets: turns. A group of one dialogue has no interval.",
    )  # fmt: skip


def errors(groups: Mapping[str, Sequence[str]], rows: Mapping[str, Floats], seed: int) -> Table:
    """The share of turns with each kind of error; a turn may have several."""
    def part(count: str) -> Callable[[Floats], Floats]:
        return lambda sums: share(sums[..., [_PLACE[count], _PLACE["turns"]]])

    found = []
    for group, ids in groups.items():
        matrix = np.stack([rows[i] for i in ids])
        figures = {label: figure(Counts(matrix, part(count)), seed) for label, count in ERRORS.items()}
        found.append(Row(name=group, kind="ours", figures=figures))
    return Table(
        name="errors", title="the share of turns with each kind of error", measures=tuple(ERRORS), rows=tuple(found),
        cases=f"{len(rows)} dialogues", lower_is_better=tuple(ERRORS),
    )  # fmt: skip


def _cut(missing: Sequence[str]) -> Iterable[str]:
    if missing:
        yield f"{len(missing)} dialogues are missing or cut (first: {missing[0]}); their turns count as wrong."


def _gold(data: Path) -> Path:
    if data.is_file():
        return data
    found = sorted(data.glob("gold*.jsonl")) or sorted(data.glob("*.jsonl"))
    if not found:
        raise BadInput(f"There is no *.jsonl file in {data}: gold dialogues, one JSON object a line (docs/evaluation.md).")
    return found[0]


def _groups(dialogues: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {key: defaultdict(list) for key in ("lang", "domain", "tags")}
    for d in dialogues:
        for key in ("lang", "domain"):
            if d.get(key):
                found[key][str(d[key])].append(d["id"])
        for tag in d.get("tags") or ():
            found["tags"][str(tag)].append(d["id"])
    return {key: dict(sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))) for key, groups in found.items()}


def _replayed(run: Run, path: Path, told: Path) -> dict[str, list[dict[str, Any]]]:
    """What the engine made of the dialogues; `told` keeps it, so that a stopped run goes on."""
    import tempfile

    from bot.check.replay import replay
    from bot.engine import running, when_ready
    from bot.errors import ModelUnavailable

    with tempfile.TemporaryDirectory() as scratch:  # no talks are left behind
        settings = run.settings.model_copy(update={"prose": False, "database": f"sqlite:///{scratch}/talks.sqlite3"})
        with running(settings, run.progress) as engine:
            if settings.model != "none" and not when_ready(engine, 7200, run.tell):
                raise ModelUnavailable("The model is not ready, so nothing was read. See: rapport doctor")
            replay(engine, path, told, limit=run.limit, resume=run.resume, progress=run.progress)
    return {row["id"]: row["turns"] for row in map(json.loads, filter(None, told.read_text("utf-8").split("\n")))}


def _wrong(dialogues: Iterable[Mapping[str, Any]], replayed: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """The first turns whose state is wrong: for a person to read."""
    found: list[dict[str, Any]] = []
    for d in dialogues:
        turns = replayed.get(d["id"], [])
        for place, gold in enumerate(d["turns"]):
            got = turns[place] if place < len(turns) else {}
            if not counted(gold, got)["whole"] and len(found) < _SHOWN:
                read_as = {key: got.get(key) for key in ("act", "interests", "constraints")}
                found.append({"id": d["id"], "turn": place, "user": gold["user"], "gold": gold["state"], "read": read_as})
    return found


def _seconds(replayed: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, float]:
    """How long reading took: the middle turn and the slowest twentieth."""
    taken = [t["seconds"]["understand"] for turns in replayed.values() for t in turns if "understand" in (t.get("seconds") or {})]
    if not taken:
        return {}
    return {"median": round(float(np.median(taken)), 3), "95%": round(float(np.percentile(taken, 95)), 3)}
