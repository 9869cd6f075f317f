"""Result files, whoever wrote them: `rapport evaluate`, `simulate`, `test --rates --output`, and `benchmarks/turn.py`.

All become a `Result`. `tests/test_results.py` notices a change of one of the formats.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.check.evaluate.measures import Figure as _Figure
from bot.check.evaluate.result import Result as Evaluated
from bot.check.evaluate.result import Table as EvaluatedTable
from bot.check.evaluate.tables import cell
from bot.check.results.result import Bar, Bars, Figure, Result, Table, interval
from bot.errors import BadInput

_STEPS = {"understand": "understood", "items": "items on screen", "first_word": "first word", "total": "last word"}
_PEOPLE = {"people-1": "one person", "peer": "peer", "peer-justify": "peer, justifies", "floor": "the bare model"}


def read(path: Path) -> Result:
    """The result in a file. BadInput says what is wrong with it, and where."""
    try:
        said = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}). Results are written by --out of a command.") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} is not JSON: {error}.") from error
    kind = _kind(said)
    try:
        if kind == "evaluate":
            return _evaluated(Evaluated.model_validate(said))
        if kind == "turn":
            return _turns(said, path)
    except (ValidationError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"{path} looks like a result of {kind}, but {_first(error)}.") from error
    return Result.read(path)


def read_folder(folder: Path) -> dict[Path, Result]:
    """Every result in a folder and the folders in it, by file; other JSON files are left alone."""
    if not folder.is_dir():
        raise BadInput(
            f"There is no folder {folder}. Results come from: rapport evaluate … --out {folder}, "
            f"rapport simulate --out {folder}/simulate.json, rapport test --rates --output {folder}/dialogues.json."
        )
    found: dict[Path, Result] = {}
    for path in sorted(folder.rglob("*.json")):
        try:
            said = json.loads(path.read_text("utf-8"))
        except (json.JSONDecodeError, UnicodeDecodeError):
            continue
        if _kind(said):
            found[path] = read(path)
    return found


def _kind(said: Any) -> str:
    if not isinstance(said, dict):
        return ""
    if "evaluation" in said and "tables" in said:
        return "evaluate"
    if "columns" in said and "setup" in said:
        return "turn"
    return "own" if "name" in said and "figures" in said else ""


def _evaluated(e: Evaluated) -> Result:
    """What `rapport evaluate` wrote: its tables as they read, its own rows as figures, the first measure as bars."""
    figures: dict[str, Figure] = {}
    for table in e.tables:
        for row in [r for r in table.rows if r.kind == "ours"][:1]:
            for measure, value in row.figures.items():
                if not isinstance(value, (int, float)):
                    better = measure not in table.lower_is_better
                    name = measure if table is e.tables[0] else f"{table.name}: {measure}"
                    figures[name] = Figure(value=value.value, low=value.low, high=value.high, higher_is_better=better)
    per_dialogue, dialogues = _per_dialogue(e.details)
    notes = [*e.warnings, *e.notes]
    settings = {k: v for k, v in e.settings.items() if v is not None}
    return Result(
        name=e.evaluation, version=e.version, settings={**settings, "protocol": list(e.protocol)}, made=e.created,
        tables=tuple(map(_table, e.tables)), bars=tuple(b for t in e.tables if (b := _bars(t)) is not None), figures=figures,
        dialogues=dialogues, per_dialogue=per_dialogue, notes=tuple(notes),
    )  # fmt: skip


def _per_dialogue(details: Mapping[str, object]) -> tuple[dict[str, tuple[float | None, ...]], tuple[str, ...]]:
    """`details` may hold `per_dialogue` (values by measure) and `dialogues` (their ids)."""
    told, ids = details.get("per_dialogue"), details.get("dialogues")
    if not isinstance(told, Mapping):
        return {}, ()
    values = {str(name): tuple(None if v is None else float(v) for v in row) for name, row in told.items()}
    return values, tuple(map(str, ids)) if isinstance(ids, Sequence) else ()


def _table(table: EvaluatedTable) -> Table:
    columns = ("", *(f"{m} ↓" if m in table.lower_is_better else m for m in table.measures))
    rows = tuple((row.name + _mark(row.kind), *(cell(row, m, table) for m in table.measures)) for row in table.rows)
    return Table(title=f"{table.title} ({table.cases})", columns=columns, rows=rows, note=table.note)


def _mark(kind: str) -> str:
    return {"published": " (theirs)", "ablation": " (part left out)"}.get(kind, "")


def _bars(table: EvaluatedTable) -> Bars | None:
    if not table.measures or not table.rows:
        return None
    if table.name == "errors":  # a bar a kind of error, over all
        every = table.rows[0].figures.items()
        kinds = [Bar(label=m, value=f.value, low=f.low, high=f.high, kind="error") for m, f in every if isinstance(f, _Figure)]
        return Bars(title=table.title, unit=table.rows[0].name, rows=tuple(kinds), note=table.cases)
    measure, rows = table.measures[0], []
    for row in table.rows:
        value = row.figures.get(measure)
        if isinstance(value, (int, float)):
            rows.append(Bar(label=row.name, value=float(value), kind=row.kind))
        elif value is not None:
            rows.append(Bar(label=row.name, value=value.value, low=value.low, high=value.high, kind=row.kind))
    return Bars(title=table.title, unit=measure, rows=tuple(rows), note=table.cases) if len(rows) > 1 else None


def _turns(said: Mapping[str, Any], path: Path) -> Result:
    """What `benchmarks/turn.py --out` wrote: seconds by step, ours beside the others, and the ratios."""
    from datetime import datetime, timezone

    columns = said["columns"]
    names = {name: _PEOPLE.get(name, f"{name.removeprefix('people-')} people at once") for name in columns}
    rows: list[tuple[str, ...]] = []
    bars: list[Bar] = []
    figures: dict[str, Figure] = {}
    for step, title in _STEPS.items():
        cells = [_spread(columns[name].get(step)) for name in columns]
        if any(cells):
            rows.append((f"{title}, s", *cells))
        one = columns.get("people-1", {}).get(step) or {}
        if "median" in one:
            figures[f"{title}, s"] = Figure(value=one["median"], higher_is_better=False)
            bars.append(Bar(label=title, value=one["median"], low=one["median"], high=one.get("p95")))
    met = {True: "met", False: "not met"}
    ratios = tuple(
        (r["what"], *(r.get(k) for k in ("ours", "other", "ratio", "most")), met.get(r.get("met"), ""))
        for r in said.get("ratios", [])
    )
    beside = Table(title="Beside the others", columns=("", "ours", "other", "ratio", "at most", ""), rows=ratios)
    note = "The thin line reaches to the 95th percentile."
    chart = Bars(title="From the message to …, median seconds", unit="s", note=note, rows=tuple(bars))
    setup = said["setup"]
    made = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc).isoformat(timespec="seconds")
    return Result(
        name="latency", made=str(setup.get("made", made)), version=str(setup.get("version", "")),
        settings={k: setup[k] for k in ("model", "machine", "context") if k in setup},
        tables=(
            Table(title="Seconds, median / 95th percentile", columns=("", *names.values()), rows=tuple(rows)),
            *((beside,) if ratios else ()),
        ),
        bars=(chart,) if bars else (), figures=figures,
    )  # fmt: skip


def _spread(values: Mapping[str, float] | None) -> str:
    return f"{values['median']:g} / {values['p95']:g}" if values and "p95" in values else ""


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        one = error.errors()[0]
        return f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
    return f"it lacks {error}" if isinstance(error, KeyError) else str(error)


def dialogue_rates(rows: Iterable[tuple[str, str, str, bool]]) -> Result:
    """What scripted dialogues came to: catalogue, language, name, and whether it went as it should."""
    told = list(rows)
    groups: dict[tuple[str, str], list[bool]] = {}
    for catalogue, language, _, passed in told:
        groups.setdefault((catalogue, language), []).append(passed)
    cells = [(c, lang, len(v), sum(v), round(sum(v) / len(v), 3)) for (c, lang), v in sorted(groups.items())]
    passes = tuple(float(passed) for *_, passed in told)
    failed = tuple((name, catalogue, language) for catalogue, language, name, passed in told if not passed)
    columns = ("catalogue", "language", "dialogues", "passed", "rate")
    tables = [Table(title="Scripted dialogues", columns=columns, rows=tuple(cells))]
    if failed:
        tables.append(Table(title="Dialogues that fail", columns=("dialogue", "catalogue", "language"), rows=failed))
    return Result(
        name="dialogues", tables=tuple(tables), figures={"passed": interval(passes)},
        dialogues=tuple(f"{catalogue}: {name}" for catalogue, _, name, _ in told), per_dialogue={"passed": passes},
        bars=(Bars(title="Scripted dialogues that pass", unit="share",
                   rows=tuple(Bar(label=f"{c}, {lang}", value=sum(v) / len(v)) for (c, lang), v in sorted(groups.items()))),),
    )  # fmt: skip
