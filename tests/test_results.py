"""The shape that results have, and their intervals (bot/check/results/)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.check.results import Figure, Result, Table, compare, history, interval, reading, version
from bot.check.results.command import side_by_side
from bot.errors import BadInput


def made(**changed: object) -> Result:
    values: dict[str, object] = {
        "name": "retrieval",
        "settings": {"model": "none", "seed": 0},
        "tables": (Table(title="By language", columns=("language", "ndcg"), rows=(("en", 0.5), ("zh", None))),),
        "figures": {"ndcg": Figure(value=0.5, low=0.4, high=0.6, n=2)},
        "dialogues": ("a", "b"),
        "per_dialogue": {"ndcg": (0.25, 0.75)},
        "notes": ("a dialogue of the training file is in the test file",),
    }
    return Result(**{**values, **changed})


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = made().save(tmp_path / "deep" / "r.json")
    assert Result.read(path) == made(made=Result.read(path).made)


def test_a_wrong_file_is_told_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text('{"name": "x", "figures": {"f": {"value": "many"}}}', "utf-8")
    with pytest.raises(BadInput, match=r"wrong\.json is not a result.*figures\.f\.value"):
        Result.read(path)
    with pytest.raises(BadInput, match="cannot be read"):
        Result.read(tmp_path / "missing.json")


def test_a_value_is_missing_for_a_dialogue() -> None:
    with pytest.raises(ValueError, match="1 values for 2 dialogues"):
        made(per_dialogue={"ndcg": (0.5,)})
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        Table(title="t", columns=("a", "b"), rows=(("x",),))


def test_markdown_holds_tables_figures_and_notes() -> None:
    told = made().markdown()
    assert "| en | 0.500 |" in told and "| zh |  |" in told
    assert "| ndcg | 0.500 [0.400, 0.600] | 2 |" in told and "- a dialogue of the training file" in told


def test_an_interval_is_that_of_the_mean() -> None:
    figure = interval([0.0, 1.0] * 50, seed=3)
    assert figure.value == 0.5 and figure.n == 100
    assert figure.low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.012)  # a share of 100 coins has a spread of .05
    assert figure.high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.012)
    assert interval([0.0, 1.0] * 50, seed=3) == figure


def test_what_is_not_known_is_left_out() -> None:
    assert interval([None, 1.0, None]) == Figure(value=1.0, low=1.0, high=1.0, n=1)
    assert interval([]).n == 0


# what other commands write


def evaluated(path: Path, **details: object) -> Path:
    figure = {"value": 0.7, "low": 0.6, "high": 0.8}
    ours = {"name": "all (9 turns)", "kind": "ours", "figures": {"interest F1": figure, "wrong sign": figure}}
    theirs = {"name": "another", "kind": "published", "figures": {"interest F1": 0.4}, "source": "a paper"}
    table = {"name": "all", "title": "how messages were read", "measures": ["interest F1", "wrong sign"], "rows": [ours, theirs],
             "cases": "3 dialogues", "lower_is_better": ["wrong sign"]}  # fmt: skip
    errors = {"name": "errors", "title": "kinds of error", "measures": ["missed"], "cases": "3 dialogues",
              "rows": [{"name": "all", "kind": "ours", "figures": {"missed": figure}}]}  # fmt: skip
    said = {"evaluation": "understanding", "version": "1.2", "created": "2026-01-01T00:00:00+00:00", "data": {"gold.jsonl": "ab"},
            "settings": {"model": "none", "limit": None}, "protocol": ["a fresh talk each"], "tables": [table, errors],
            "warnings": ["small"], "details": details}  # fmt: skip
    path.write_text(json.dumps(said), "utf-8")
    return path


def test_what_evaluate_wrote_is_read(tmp_path: Path) -> None:
    result = reading.read(evaluated(tmp_path / "u.json", per_dialogue={"interest F1": [1, 0.5]}, dialogues=["a", "b"]))
    assert result.name == "understanding" and result.settings["model"] == "none" and result.notes == ("small",)
    assert result.figures["interest F1"] == Figure(value=0.7, low=0.6, high=0.8)
    assert result.figures["wrong sign"].higher_is_better is False
    assert [(bar.label, bar.kind) for bar in result.bars[0].rows] == [("all (9 turns)", "ours"), ("another", "published")]
    assert [(bar.label, bar.kind) for bar in result.bars[1].rows] == [("missed", "error")]
    assert result.tables[0].rows[1][0] == "another (theirs)"
    assert result.per_dialogue == {"interest F1": (1.0, 0.5)} and result.dialogues == ("a", "b")


def test_what_the_turn_benchmark_wrote_is_read(tmp_path: Path) -> None:
    path = tmp_path / "turn.json"
    ours, theirs = {"turns": 9, "items": {"median": 0.4, "p95": 2.0}}, {"turns": 9, "items": {"median": 1.5, "p95": 4.0}}
    said = {"setup": {"model": "m.gguf", "machine": "two cores"}, "steps": {}, "columns": {"people-1": ours, "people-2": theirs},
            "ratios": [{"what": "items / peer", "ours": 0.4, "other": 1.6, "ratio": 0.25, "most": 0.3, "met": True}]}  # fmt: skip
    path.write_text(json.dumps(said), "utf-8")
    result = reading.read(path)
    assert result.name == "latency" and result.figures["items on screen, s"] == Figure(value=0.4, higher_is_better=False)
    assert result.tables[0].columns == ("", "one person", "2 people at once")
    assert result.tables[0].rows == (("items on screen, s", "0.4 / 2", "1.5 / 4"),)
    assert result.tables[1].rows[0][-1] == "met" and result.bars[0].rows[0].high == 2.0


def test_a_folder_holds_results_and_other_things(tmp_path: Path) -> None:
    evaluated(tmp_path / "u.json")
    (tmp_path / "work").mkdir()
    made().save(tmp_path / "work" / "r.json")
    (tmp_path / "package.json").write_text('{"name": "x", "dependencies": {}}', "utf-8")
    (tmp_path / "list.json").write_text("[1, 2]", "utf-8")
    (tmp_path / "cut.json").write_text("{", "utf-8")
    assert [path.name for path in reading.read_folder(tmp_path)] == ["u.json", "r.json"]
    with pytest.raises(BadInput, match="There is no folder"):
        reading.read_folder(tmp_path / "none")
    with pytest.raises(BadInput, match="is not JSON"):
        reading.read(tmp_path / "cut.json")
    (tmp_path / "u.json").write_text('{"evaluation": "x", "tables": 3}', "utf-8")
    with pytest.raises(BadInput, match=r"u\.json looks like a result of evaluate, but"):
        reading.read(tmp_path / "u.json")


def test_scripted_dialogues_become_rates() -> None:
    result = reading.dialogue_rates([("shop", "en", "one", True), ("shop", "en", "two", False), ("shop", "zh", "三", True)])
    assert result.tables[0].rows == (("shop", "en", 2, 1, 0.5), ("shop", "zh", 1, 1, 1.0))
    assert result.tables[1].rows == (("two", "shop", "en"),)
    assert result.figures["passed"].value == pytest.approx(2 / 3) and result.dialogues[1] == "shop: two"


# comparisons and the history


def run(values: list[float], *, low_is_good: bool = False, **changed: object) -> Result:
    ids = tuple(f"d{n}" for n in range(len(values)))
    figure = interval(values, higher_is_better=not low_is_good)
    return made(**{"figures": {"m": figure}, "dialogues": ids, "per_dialogue": {"m": tuple(values)}, "tables": (), **changed})


def only(a: Result, b: Result) -> compare.Difference:
    (found,) = [d for d in compare.compared(a, b) if d.metric == "m"]
    return found


def test_pairs_see_what_intervals_cannot() -> None:
    a = run([n / 40 for n in range(40)])
    b = run([n / 40 + 0.02 for n in range(40)])  # every dialogue a little better
    paired = only(a, b)
    assert paired.verdict == "better" and paired.n == 40 and paired.p < 0.01
    assert paired.value == pytest.approx(0.02) and paired.low == pytest.approx(0.02)
    apart = only(a, b.model_copy(update={"dialogues": (), "per_dialogue": {}}))
    assert apart.verdict == "inside the noise" and apart.n == 0


def test_pairs_are_by_dialogue_not_by_place() -> None:
    a = run([0.0, 1.0] * 10)
    b = a.model_copy(update={"dialogues": a.dialogues[::-1], "per_dialogue": {"m": a.per_dialogue["m"][::-1]}})
    assert only(a, b).verdict == "the same"


def test_what_is_better_depends_on_the_metric() -> None:
    assert only(run([0.0] * 20), run([1.0] * 20)).verdict == "better"
    assert only(run([0.0] * 20, low_is_good=True), run([1.0] * 20, low_is_good=True)).verdict == "worse"


def test_chance_is_called_chance() -> None:
    a, b = run([1.0] * 18 + [0.0, 0.0]), run([1.0] * 17 + [0.0, 1.0, 0.0])
    assert only(a, b).verdict == "inside the noise" and only(a, b).p > 0.3
    few = [made(figures={"m": interval(v)}, dialogues=(), per_dialogue={}, tables=()) for v in ([0.0, 0.0], [1.0, 1.0])]
    assert only(*few).verdict == "inside the noise"


def test_a_comparison_names_what_differs(tmp_path: Path) -> None:
    a, b = run([0.0] * 9), run([1.0] * 9, settings={"model": "default", "seed": 0}, version="9")
    told = side_by_side(a.save(tmp_path / "a.json"), b.save(tmp_path / "b.json")).markdown()
    assert "model: none → default" in told and "→ 9" in told and "| m | 0.000 | 1.000 | +1.000 [+1.000, +1.000] |" in told
    with pytest.raises(BadInput, match="only results of the same evaluation"):
        side_by_side(tmp_path / "a.json", made(name="other").save(tmp_path / "c.json"))


def test_a_fall_is_seen_and_noise_is_not(tmp_path: Path) -> None:
    good, noisy, fallen = run([1.0] * 24), run([1.0] * 23 + [0.0]), run([1.0] * 16 + [0.0] * 8)
    path = tmp_path / "docs" / "history.jsonl"
    assert history.remember([good], path, dialogues=True) == 1
    assert history.remember([good], path, dialogues=True) == 0, "the same result is not kept twice"
    before = history.latest(history.read(path), fallen)
    assert before is not None and before.per_dialogue == good.per_dialogue
    assert history.falls(before, noisy) == []
    assert [d.metric for d in history.falls(before, fallen)] == ["m"]
    assert history.falls(fallen, good) == []


def test_the_history_is_small_and_keeps_settings_apart(tmp_path: Path) -> None:
    path = tmp_path / "h.jsonl"
    history.remember([run([1.0] * 99), run([0.0] * 9, settings={"model": "default"})], path)
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) == 2 and all(len(line) < 400 for line in lines)
    kept = history.read(path)
    assert kept[0].per_dialogue == {} and kept[0].version == version()
    assert history.latest(kept, run([0.5], settings={"model": "default"})) == kept[1]
    assert history.latest(kept, run([0.5], settings={"model": "small"})) is None
    path.write_text(path.read_text("utf-8") + "{\n", "utf-8")
    with pytest.raises(BadInput, match=r"h\.jsonl, line 3, is not a result"):
        history.read(path)
