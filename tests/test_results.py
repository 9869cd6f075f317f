"""The shape that results have, and their intervals (bot/check/results/)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.check.results import Figure, Result, Table, interval
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
