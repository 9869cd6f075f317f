"""The dialogue evaluations over a tiny set of our own: both protocols, baselines, chance, what is written between runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.check.evaluate import dialogues
from bot.check.evaluate.baselines import BASELINES, ranked
from bot.check.evaluate.dialogues import NEW, OURS, REPEATS
from bot.check.evaluate.measures import Figure
from bot.check.evaluate.result import Table
from bot.check.evaluate.run import Outcome, Run
from bot.settings import Settings

pytest.importorskip("ir_measures")

COUNT = 120  # films, in pairs that are always recommended after one another


def name(number: int) -> str:
    return f"Film {number} ({1950 + number % 70})"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "pairs"
    folder.mkdir()
    facts = {str(n): {"name": name(n), "genre": ["drama" if n % 2 else "comedy"], "plot": f"Story {n}."} for n in range(COUNT)}
    (folder / "id2info.json").write_text(json.dumps(facts), "utf-8")

    def moment(dialogue: str, first: int) -> dict[str, Any]:
        said = [f"I enjoyed {name(first)} in talk {dialogue} very much indeed"]
        rec = [name(first ^ 1), *([name(first)] if first % 3 == 0 else [])]
        return {"dialog_id": dialogue, "turn_id": 1, "context": said, "entity": [name(first), "drama"], "rec": rec}

    for file, start in (("train", 0), ("valid", 1000)):
        rows = [moment(str(start + n), n) for n in range(COUNT)]
        (folder / f"{file}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return folder


@pytest.fixture
def run(data: Path, settings: Settings, tmp_path: Path) -> Run:
    work = tmp_path / "work"
    work.mkdir()
    return Run("redial", data, settings, work)


@pytest.fixture
def outcome(run: Run) -> Outcome:
    return dialogues.evaluate(run)


def value(table: Table, system: str, measure: str) -> float:
    row = table.row(system)
    assert row is not None, system
    figure = row.figures[measure]
    return figure.value if isinstance(figure, Figure) else figure


def test_new_items(outcome: Outcome) -> None:
    new = outcome.tables[0]
    assert new.title == NEW and new.cases == f"{COUNT} films in {COUNT} dialogues, out of {COUNT}"
    assert value(new, OURS, "R@1") > 0.95  # the training says which film follows which
    assert value(new, "co-mentions alone", "R@1") > 0.95
    assert value(new, "without co-mentions", "R@10") < 0.6
    assert value(new, "naive repeat", "R@50") == value(new, "popularity", "R@50")  # what was named is not offered


def test_chance_is_chance(outcome: Outcome) -> None:
    """119 films may be offered: 10 of them hold the one that is wanted in 8% of the cases."""
    assert value(outcome.tables[0], "chance", "R@10") == pytest.approx(10 / 119, abs=0.08)
    assert value(outcome.tables[0], "chance", "R@50") == pytest.approx(50 / 119, abs=0.14)


def test_repeats_left_in(outcome: Outcome) -> None:
    repeats = outcome.tables[1]
    assert repeats.title == REPEATS and repeats.cases.startswith(f"{COUNT + COUNT // 3} films")
    assert value(repeats, "naive repeat", "R@1") == pytest.approx(0.25)  # 40 of the 160 films were named just before
    assert value(repeats, OURS, "R@10") > 0.95
    assert value(repeats, "without what was named", "R@1") <= value(repeats, OURS, "R@1")


def test_every_ablation_and_what_others_published_stand_beside(outcome: Outcome) -> None:
    new, repeats = outcome.tables
    assert {r.name for r in new.rows if r.kind == "ablation"} == set(dialogues._LEFT_OUT.values()) - {"without what was named"}
    assert {r.name for r in repeats.rows if r.kind == "ablation"} == set(dialogues._LEFT_OUT.values())
    theirs = [r for r in new.rows if r.kind == "published"]
    assert theirs and all(r.source and not r.against for r in theirs)
    assert value(new, "UniCRS", "R@10") == 0.180
    assert all(r.against for r in new.rows if r.kind != "published" and r.name != OURS)


def test_nothing_is_learned_from_what_is_tested(data: Path, run: Run) -> None:
    """Without training the pairs cannot be known."""
    (data / "train.jsonl").unlink()
    told: list[str] = []
    run.tell = told.append
    new = dialogues.evaluate(run).tables[0]
    assert value(new, "co-mentions alone", "R@10") < 0.3 and value(new, "popularity", "R@1") < 0.1
    assert any("no training dialogues" in line for line in told)


def test_a_tested_dialogue_in_the_training_file_is_told(data: Path, run: Run) -> None:
    first = (data / "valid.jsonl").read_text("utf-8").split("\n")[0]
    with (data / "train.jsonl").open("a", encoding="utf-8") as out:
        out.write(first + "\n")
    assert any("1 dialogues of train.jsonl are in valid.jsonl" in w for w in dialogues.evaluate(run).warnings)


def test_a_stopped_run_goes_on(run: Run, outcome: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(list(run.work.glob("*.npy"))) == 2
    monkeypatch.setattr(dialogues, "_one", lambda *_: pytest.fail("ranked again"))
    run.resume = True
    assert dialogues.evaluate(run).tables == outcome.tables


def test_what_was_ranked_for_other_dialogues_is_not_taken_over(run: Run, outcome: Outcome) -> None:
    run.resume, run.limit = True, 7
    assert dialogues.evaluate(run).tables[0].cases.startswith("7 films")


def test_a_film_that_may_not_be_offered_is_not() -> None:
    first = dialogues._first(np.asarray([3, 2, 1], np.float32), [0])
    assert first[:3].tolist() == [1, 2, -1] and len(first) == 50


def test_naive_repeat_begins_with_the_latest() -> None:
    terms = {"popular": np.asarray([5, 1, 2, 0], np.float32)}
    assert np.argsort(-ranked("naive repeat", terms, [1, 3], 0)).tolist() == [3, 1, 0, 2]
    assert set(BASELINES) >= {"popularity", "BM25", "naive repeat", "chance"}


def test_inspired_without_facts_of_films(tmp_path: Path, settings: Settings) -> None:
    """Its public form, made up: a line a dialogue. What is recommended after the same film in training is found."""

    def talk(seen: str, then: str, words: str) -> list[dict[str, Any]]:
        return [
            {"role": "SEEKER", "text": f"{words}, I saw {seen}", "movie": [seen]},
            {"role": "RECOMMENDER", "text": f"Then see {then}", "movie": [then]},
            {"role": "RECOMMENDER", "text": f"Yes, {then}", "movie": [then]},
        ]

    pairs = [(f"Salt Road {n} (2001)", f"Quiet Farm {n} (2004)") for n in range(30)]
    for file, words in (("train", "Hello there"), ("test", "Good evening")):
        lines = [json.dumps(talk(seen, then, words)) for seen, then in pairs]
        (tmp_path / f"{file}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    work = tmp_path / "work"
    work.mkdir()
    new, repeats = dialogues.evaluate(Run("inspired", tmp_path, settings, work)).tables
    assert new.cases == "30 films in 30 dialogues, out of 60" and repeats.cases.startswith("60 films")
    assert value(new, OURS, "R@1") > 0.9
    assert value(new, "GPT-4, zero-shot, list of 20", "R@10") == 0.185
