"""The small set that runs with every change: what fell is told from chance, and a fall ends with 1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.check import small
from bot.check.results import Result, interval


def found(good: int, of: int = 24) -> Result:
    values = tuple(float(n < good) for n in range(of))
    return Result(
        name="simulate", settings={"model": "none", "seed": 11}, figures={"success": interval(values), "other": interval(values)},
        dialogues=tuple(map(str, range(of))), per_dialogue={n: values for n in (*small.WATCHED["simulate"], "other")},
    )  # fmt: skip


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> dict[str, Result]:
    now = {"people": found(23)}
    read = Result(name="understanding", settings={"model": "none"}, figures={"acts": interval([1.0] * 9)},
                  dialogues=tuple("abcdefghi"), per_dialogue={n: (1.0,) * 9 for n in small.WATCHED["understanding"]})  # fmt: skip
    monkeypatch.setattr(small, "people", lambda settings: now["people"])
    monkeypatch.setattr(small, "dialogues", lambda settings: read)
    return now


def test_a_fall_ends_with_one_and_noise_with_nothing(
    runs: dict[str, Result], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "h.jsonl"
    assert small.main(["--history", str(path)]) == 0
    assert "nothing like it" in capsys.readouterr().out
    assert small.main(["--history", str(path), "--keep"]) == 0
    kept = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [r["name"] for r in kept] == ["simulate", "understanding"] and "other" not in kept[0]["figures"]
    runs["people"] = found(22)
    assert small.main(["--history", str(path)]) == 0
    runs["people"] = found(15)
    assert small.main(["--history", str(path)]) == 1
    assert "simulate: success went from 0.958 to 0.625" in capsys.readouterr().out


def test_the_committed_history_can_be_read_and_is_of_this_set() -> None:
    from bot.check.results import history

    kept = history.read(small.HISTORY)
    people = [r for r in kept if r.name == "simulate" and r.per_dialogue]
    assert people and people[-1].settings["seed"] == small.SEED
    assert len(people[-1].dialogues) == small.PEOPLE * 4
    assert small.HISTORY.stat().st_size < 200_000
