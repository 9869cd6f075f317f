"""The history over versions: a line of JSON a result, small enough to be committed (docs/history.jsonl).

A line keeps the figures that are watched, and for the small set that is run with every change also a value a dialogue, so
that a fall is told from chance. `tests/test_results.py` and `tests/test_small.py` notice a change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from bot.check.results.compare import Difference, compared
from bot.check.results.result import Figure, Result
from bot.errors import BadInput

PLACES = 4
_SETTINGS = (
    "model", "embedding", "seed", "catalogues", "languages", "people", "turns", "items", "tastes", "limit", "second model",
)  # fmt: skip


def key(result: Result) -> str:
    """What must be the same for two results to stand on one line of the history: the evaluation and its settings."""
    told = [f"{k} {result.settings[k]}" for k in _SETTINGS if result.settings.get(k) not in (None, "")]
    return ", ".join([result.name, *told])


def remember(results: Iterable[Result], path: Path, *, dialogues: bool = False) -> int:
    """Append what is not there yet; how many lines. With `dialogues`, a value a dialogue is kept, too."""
    there = read(path) if path.exists() else []
    known = {(key(r), r.version, r.made) for r in there}
    lines = []
    for result in results:
        if (key(result), result.version, result.made) not in known:
            small = {name: _rounded(f) for name, f in result.figures.items()}
            kept = result.model_copy(update={"tables": (), "curves": (), "bars": (), "notes": (), "figures": small})
            if not dialogues:
                kept = kept.model_copy(update={"dialogues": (), "per_dialogue": {}})
            settings = {k: v for k, v in result.settings.items() if k in _SETTINGS and v is not None}
            kept = kept.model_copy(update={"settings": settings})
            said = kept.model_dump(mode="json", exclude_defaults=True) | {"version": result.version, "made": result.made}
            lines.append(json.dumps(said, ensure_ascii=False))
    if lines:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as out:
            out.write("".join(f"{line}\n" for line in lines))
    return len(lines)


def read(path: Path) -> list[Result]:
    """The history, the oldest first. BadInput names a broken line."""
    if not path.exists():
        raise BadInput(f"There is no history at {path}. It is begun with: rapport report --remember")
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                found.append(Result.model_validate_json(line))
            except ValueError as error:
                raise BadInput(f"{path}, line {number}, is not a result: {error}") from error
    return found


def latest(history: Iterable[Result], like: Result) -> Result | None:
    """The newest of the history that was made like `like`."""
    return next((r for r in reversed(list(history)) if key(r) == key(like)), None)


def falls(before: Result, now: Result, *, strictly: float = 0.05) -> list[Difference]:
    """What is worse than before and more than chance: the interval leaves out 0 and p is below `strictly`."""
    return [d for d in compared(before, now) if d.verdict == "worse" and d.p < strictly]


def lines(history: Iterable[Result]) -> dict[str, list[Result]]:
    """The history by `key`, each in the order of the file."""
    found: dict[str, list[Result]] = {}
    for result in history:
        found.setdefault(key(result), []).append(result)
    return found


def _rounded(figure: Figure) -> Figure:
    values = {name: round(v, PLACES) for name in ("value", "low", "high") if (v := getattr(figure, name)) is not None}
    return figure.model_copy(update=values)
