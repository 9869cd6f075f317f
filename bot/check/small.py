"""The small set that runs with every change: a few simulated people and own gold dialogues, by rules, in half a minute.

    python -m bot.check.small [--keep]

Held against the newest line of docs/history.jsonl dialogue by dialogue; it ends with 1 when something fell by more than
chance. `--keep` appends what was found to the history instead. It watches for a fall and says nothing of how good Rapport
is: the dialogues are those that the tagger learnt from. `tests/test_small.py` notices a change.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.check.results import Result, history, interval
from bot.check.results.compare import Difference, compared
from bot.check.results.result import figures
from bot.settings import Settings

REPOSITORY = Path(__file__).parents[2]
HISTORY = REPOSITORY / "docs" / "history.jsonl"
DIALOGUES = REPOSITORY / "benchmarks" / "dialogues.jsonl"
PEOPLE = 6  # a catalogue, in both languages
SEED = 11
EVERY = 6  # every sixth dialogue
CHANCE = 0.02
DAY = date(2026, 11, 24)  # whose offers hold, whenever it runs
WATCHED = {
    "simulate": (
        "success", "satisfied", "turns", "repeats", "violations", "violations of exclusions", "leaks", "accept understood",
    ),
    "understanding": ("points found", "points right", "wrong sign", "acts", "joint state"),
}  # fmt: skip


def people(settings: Settings) -> Result:
    """The same few people over every sample catalogue."""
    from bot.check.simulate.command import simulate

    return simulate(settings.model_copy(update={"items": 5}), ["all"], ("en", "zh"), PEOPLE, seed=SEED, today=lambda: DAY)


def dialogues(settings: Settings, source: Path = DIALOGUES, every: int = EVERY) -> Result:
    """Every sixth of our own dialogues, read by rules: a value a dialogue."""
    from bot.check import replay
    from bot.check.evaluate.scoring import counted
    from bot.engine import running

    told = list(replay.read(source))[::every]
    rows: dict[str, list[float | None]] = {name: [] for name in WATCHED["understanding"]}
    with tempfile.TemporaryDirectory() as scratch:
        update = {"database": f"sqlite:///{scratch}/small.sqlite3", "prose": False, "catalogue": "shop"}
        given = settings.model_copy(update=update)
        with running(given) as engine:
            for dialogue in told:
                got = replay.play(engine, dialogue)
                counts = [counted(gold, turn) for gold, turn in zip(dialogue["turns"], got, strict=True)]
                total = {name: sum(c[name] for c in counts) for name in counts[0]}
                rows["points found"].append(_share(total["found"], total["gold"]))
                rows["points right"].append(_share(total["right"], total["read"]))
                rows["wrong sign"].append(_share(total["wrong_sign"], total["gold"]))
                rows["acts"].append(_share(total["acts"], total["turns"]))
                rows["joint state"].append(_share(total["whole"], total["turns"]))
    values = {name: tuple(row) for name, row in rows.items()}
    known = figures(values)
    known["wrong sign"] = interval(values["wrong sign"], higher_is_better=False)
    return Result(
        name="understanding", settings={"model": "none", "limit": len(told)}, figures=known,
        dialogues=tuple(str(d["id"]) for d in told), per_dialogue=values,
    )  # fmt: skip


def fallen(now: Sequence[Result], past: Sequence[Result]) -> list[tuple[str, Difference]]:
    """What is watched and fell by more than chance, by evaluation."""
    found = []
    for result in now:
        before = history.latest(past, result)
        if before is not None:
            watched = WATCHED.get(result.name, ())
            found += [(result.name, d) for d in history.falls(before, result, strictly=CHANCE) if d.metric in watched]
    return found


def watched(result: Result) -> Result:
    """The result with what is watched alone, small enough to be kept."""
    names = WATCHED[result.name]
    return result.model_copy(
        update={
            "figures": {n: f for n, f in result.figures.items() if n in names},
            "per_dialogue": {n: tuple(None if v is None else round(v, 3) for v in result.per_dialogue[n]) for n in names},
        }
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run it; 1 when something fell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--keep", action="store_true", help="append what was found to the history")
    parser.add_argument("--history", type=Path, default=HISTORY)
    told = parser.parse_args(argv)
    settings = Settings(model="none", prose=False)
    now = [watched(people(settings)), watched(dialogues(settings))]
    for result in now:
        print(result.markdown())
    if told.keep:
        print(f"{told.history}: {history.remember(now, told.history, dialogues=True)} new lines")
        return 0
    past = history.read(told.history) if told.history.exists() else []
    for result in now:
        before = history.latest(past, result)
        if before is None:
            print(f"{result.name}: nothing like it is in {told.history}, so nothing can have fallen. Begin: --keep")
            continue
        moved = [d for d in compared(before, result) if d.verdict not in ("the same", "inside the noise")]
        told_moves = ", ".join(f"{d.metric} {d.value:+.3f} ({d.verdict})" for d in moved) or "nothing moved by more than chance"
        print(f"{result.name} since {before.version}: {told_moves}")
    falls = fallen(now, past)
    for name, d in falls:
        print(f"{name}: {d.metric} went from {d.a:.3f} to {d.b:.3f}: {d.value:+.3f} [{d.low:+.3f}, {d.high:+.3f}], p {d.p:.3f}.")
    if falls:
        print("If that is meant, say so with: python -m bot.check.small --keep")
    return 1 if falls else 0


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


if __name__ == "__main__":
    sys.exit(main())
