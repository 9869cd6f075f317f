"""`rapport evaluate constraints`: shopping cases whose answers a program can check.

A case is a line of JSON: messages said one after the other, and expressions over the items on screen after the last.

    {"id": "…", "lang": "en", "tags": ["budget"], "messages": ["a tent for at most $180"],
     "every": ["price <= 180", "'tents' in category"], "some": [], "nothing": false}

`every` is true of every item shown, `some` of at least one; with `nothing` true no item fits, and none may be shown.
`tests/test_evaluate_shopping.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import ValidationError

from bot.check.evaluate.measures import Counts, difference, figure, share
from bot.check.evaluate.result import Kind, Row, Table
from bot.check.evaluate.run import Outcome, Run, stem_of
from bot.check.expressions import WrongExpression, fields_of, parsed, true_of
from bot.errors import BadInput
from vectorstore.item import Frozen, Item

if TYPE_CHECKING:
    from bot.chat import Engine
    from vectorstore.catalogue import Catalogue

OURS = "Rapport"
MEASURES = ("cases held", "items inside", "something shown")


class Case(Frozen):
    """One case."""

    id: str
    lang: str = "en"
    catalogue: str = ""  # the one of the command when empty
    tags: tuple[str, ...] = ()
    messages: tuple[str, ...]
    every: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    nothing: bool = False


@dataclass(frozen=True)
class Held:
    """What came of a case: which item broke which check."""

    held: bool
    inside: int
    shown: int
    broken: tuple[str, ...] = ()

    def counts(self, nothing: bool) -> list[float]:
        return [self.held, 1, self.inside, self.shown, bool(self.shown) and not nothing, not nothing]


def evaluate(run: Run) -> Outcome:
    """The cases of `run.data` (a file, or a folder of *.jsonl) through the engine, beside plain searches."""
    paths = [run.data] if run.data.is_file() else sorted(run.data.glob("*.jsonl"))
    found = [case for path in paths for case in cases(path)]
    picked = found[: run.limit]
    if not picked:
        raise BadInput(f"There is no case in {run.data}: *.jsonl with a case a line (docs/evaluation.md).")
    told, catalogue = _played(run, picked)
    systems = {OURS: told} | _plain(run, picked, catalogue)
    kinds: dict[str, Kind] = {OURS: "ours", "chance": "chance"}
    counts = {name: _counts(picked, shown, catalogue) for name, shown in systems.items()}
    first = counts[OURS]
    rows = [
        Row(
            name=name,
            kind=kinds.get(name, "baseline"),
            figures={m: figure(c, run.seed) for m, c in per.items()},
            against={} if name == OURS else {m: difference(first[m], c, run.seed) for m, c in per.items()},
        )
        for name, per in counts.items()
    ]
    items = catalogue.items()
    known = fields_of(items)
    outcomes = {c.id: judged(c, told.get(c.id, []), known) for c in picked}
    return Outcome(
        tables=(
            Table(name="all", title="shopping cases", measures=MEASURES, rows=tuple(rows), cases=f"{len(picked)} cases"),
            _groups("languages", "by language", picked, told, catalogue, run.seed, lambda c: (c.lang,)),
            _groups("tags", "by what is asked", picked, told, catalogue, run.seed, lambda c: c.tags),
        ),
        protocol=(
            f"{len(picked)} cases over the catalogue {catalogue.info.name!r}, a fresh talk each; what is on screen after "
            "the last message is checked by program.",
            "cases held: every check of the case is true, and something is shown (or nothing, where nothing fits). "
            "items inside: of all items shown, those that satisfy every check that is for each item. "
            "something shown: where something fits.",
            "The plain searches see the messages as one query, know no limits, and always show as many items as a turn does.",
        ),
        files=tuple(paths),
        details={"broken": {i: list(o.broken) for i, o in outcomes.items() if not o.held}},
    )


def cases(path: Path) -> list[Case]:
    """The cases of a file. BadInput names the line, and what is wrong with it."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            case = Case.model_validate_json(line)
            for expression in (*case.every, *case.some):
                parsed(expression)
        except (ValidationError, WrongExpression) as error:
            raise BadInput(f"{path}, line {number}, is no case: {error}") from error
        if not case.messages or not (case.every or case.some or case.nothing):
            raise BadInput(f"{path}, line {number}: a case needs messages, and every, some or nothing to be checked.")
        found.append(case)
    return found


def judged(case: Case, items: Sequence[Item], known: Iterable[str]) -> Held:
    """Whether a case holds with `items` on screen."""
    fields = frozenset(known)
    broken = [f"{item.title}: not {check}" for item in items for check in case.every if not true_of(check, item, fields)]
    inside = sum(all(true_of(check, item, fields) for check in case.every) for item in items)
    if case.nothing:
        return Held(not items, inside, len(items), tuple(broken))
    broken += [f"no item: {check}" for check in case.some if not any(true_of(check, item, fields) for item in items)]
    if not items:
        broken.append("nothing is shown")
    return Held(not broken, inside, len(items), tuple(broken))


def _counts(picked: Sequence[Case], shown: dict[str, list[Item]], catalogue: Catalogue) -> dict[str, Counts]:
    known = fields_of(catalogue.items())
    matrix = np.asarray([judged(c, shown.get(c.id, []), known).counts(c.nothing) for c in picked], float)
    return {m: Counts(matrix[:, 2 * place : 2 * place + 2], share) for place, m in enumerate(MEASURES)}


def _groups(
    name: str,
    title: str,
    picked: Sequence[Case],
    shown: dict[str, list[Item]],
    catalogue: Catalogue,
    seed: int,
    of: Callable[[Case], Iterable[str]],
) -> Table:
    groups: dict[str, list[Case]] = {}
    for case in picked:
        for group in of(case):
            groups.setdefault(group, []).append(case)
    rows = []
    for group, some in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        per = _counts(some, shown, catalogue)
        rows.append(Row(name=f"{group} ({len(some)})", kind="ours", figures={m: figure(c, seed) for m, c in per.items()}))
    return Table(name=name, title=title, measures=MEASURES, rows=tuple(rows), cases=f"{len(picked)} cases")


def _plain(run: Run, picked: Sequence[Case], catalogue: Catalogue) -> dict[str, dict[str, list[Item]]]:
    """What searches without a conversation show."""
    from vectorstore.lexical import Lexicon

    items, count = catalogue.items(), run.settings.items
    lexicon = Lexicon.build(items)
    vectors = catalogue.vectors([i.id for i in items])
    popular = sorted(items, key=lambda i: -(i.popularity or 0.0))[:count]
    draw = np.random.default_rng(run.seed)
    names = ("fused search", "BM25", "by meaning alone", "popularity", "chance")
    found: dict[str, dict[str, list[Item]]] = {name: {} for name in names}
    for case in picked:
        query = " ".join(case.messages)
        found["fused search"][case.id] = [c.item for c in catalogue.search([query], limit=count)]
        found["BM25"][case.id] = [items[r] for r in np.argsort(-lexicon.bm25(query), kind="stable")[:count]]
        near = (catalogue.embed([query]) @ vectors.T)[0]
        found["by meaning alone"][case.id] = [items[r] for r in np.argsort(-near, kind="stable")[:count]]
        found["popularity"][case.id] = list(popular)
        found["chance"][case.id] = [items[r] for r in draw.permutation(len(items))[:count]]
    return found


def _played(run: Run, picked: Sequence[Case]) -> tuple[dict[str, list[Item]], Catalogue]:
    """What the engine shows at the end of each case; kept, so that a stopped run goes on."""
    import tempfile

    from bot.engine import running, when_ready
    from bot.errors import ModelUnavailable

    names = {c.catalogue or run.settings.catalogue for c in picked}
    if len(names) > 1:
        raise BadInput(f"The cases are over {', '.join(sorted(names))}: give each catalogue a file of its own.")
    kept = run.work / f"{stem_of('constraints', run.settings.model)}.jsonl"
    with tempfile.TemporaryDirectory() as scratch:  # no talks are left behind
        settings = run.settings.model_copy(
            update={"prose": False, "database": f"sqlite:///{scratch}/talks.sqlite3", "catalogue": names.pop()}
        )
        with running(settings, run.progress) as engine:
            if settings.model != "none" and not when_ready(engine, 7200, run.tell):
                raise ModelUnavailable("The model is not ready, so no case was played. See: rapport doctor")
            catalogue = engine.catalogue(settings.catalogue)
            done = _kept(kept) if run.resume else {}
            with kept.open("a" if run.resume else "w", encoding="utf-8") as out:
                for number, case in enumerate(picked, 1):
                    if done.get(case.id, {}).get("case") != _digest(case):
                        done[case.id] = {"id": case.id, "case": _digest(case), "shown": played(engine, case)}
                        out.write(json.dumps(done[case.id]) + "\n")
                        out.flush()
                    run.progress("playing", number, len(picked))
    shown = {c.id: [i for i in map(catalogue.get, done[c.id]["shown"]) if i is not None] for c in picked}
    return shown, catalogue


def played(engine: Engine, case: Case) -> list[str]:
    """The ids on screen after the last message."""
    from bot.state import TurnDone

    session = engine.start(case.catalogue, "zh" if case.lang == "zh" else "en")
    for message in case.messages:
        for event in engine.turn(session, message):
            if isinstance(event, TurnDone):
                session = event.session
    engine.memory.delete(session.id)
    return [r.item.id for r in session.turns[-1].items]


def _kept(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    text = path.read_text("utf-8")
    whole = text[: text.rfind("\n") + 1]  # a line that was cut off is played again
    path.write_text(whole, "utf-8")
    return {row["id"]: row for row in map(json.loads, filter(None, whole.split("\n")))}


def _digest(case: Case) -> str:
    return hashlib.sha256(json.dumps([case.catalogue, case.lang, *case.messages]).encode()).hexdigest()[:12]
