"""The scorer of the gold format, worked out by hand, and the evaluation over the small shop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.check.evaluate import understanding
from bot.check.evaluate.scoring import COUNTS, counted, holds, limit, near, supported
from bot.check.evaluate.understanding import FIGURES, scored, table

Points = list[list[str]] | None


def gold(likes: Points = None, dislikes: Points = None, constraints: Any = None, **more: Any) -> dict[str, Any]:
    state = {"likes": likes or [], "dislikes": dislikes or [], "constraints": constraints or []}
    return {"user": "…", "act": "request", "state": state, **more}


def got(*points: tuple[str, float], constraints: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    interests = [{"point": text, "weight": weight} for text, weight in points]
    return {"act": "request", "interests": interests, "constraints": constraints or [], **more}


@pytest.mark.parametrize(
    ("point", "wording", "says", "nearly"),
    [
        ("black leather jacket", "leather jackets", True, True),
        ("leather jacket", "black leather jacket", False, True),  # one word short
        ("jacket", "black leather jacket", False, False),  # two words short
        ("soft black leather jacket", "jacket", True, False),
        ("not too heavy", "heavy", True, True),  # little words do not count
        ("黑色皮夹克", "皮夹克", True, True),
        ("很好看的黑色皮夹克", "皮夹克", True, False),
        ("glass", "glasses", False, False),  # an s after an s is no plural
    ],
)
def test_wordings(point: str, wording: str, says: bool, nearly: bool) -> None:
    assert holds(point, wording) is says and near(point, wording) is nearly


def test_a_point_may_be_said_whole_or_in_parts() -> None:
    whole = counted(gold([["black"], ["leather jacket"]]), got(("black leather jacket", 0.8)))
    assert (whole["found"], whole["gold"], whole["right"], whole["read"], whole["whole"]) == (2, 2, 1, 1, 1)
    parts = counted(gold([["black leather jacket"]]), got(("black", 0.8), ("leather jacket", 0.8)))
    assert (parts["found"], parts["gold"], parts["right"], parts["read"]) == (1, 1, 1, 2)  # "black" alone is two words short


def test_what_the_gold_dislikes_makes_a_like_wrong() -> None:
    assert not supported("leather jacket with zips", [["leather jacket"]], [["zips"]])
    assert supported("leather jacket", [["leather jacket"]], [["zips"]])


def test_a_wrong_sign_is_counted_once() -> None:
    found = counted(gold([["jacket"]], [["zips"]]), got(("jacket", 0.8), ("zips", 0.7)))
    assert (found["found"], found["right"], found["wrong_sign"], found["whole"]) == (1, 1, 1, 0)
    both = counted(gold(dislikes=[["zips"]]), got(("zips", -0.7), ("zips", 0.7)))
    assert both["wrong_sign"] == 0 and both["found"] == 1


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ({"field": "price", "op": "<", "value": 200}, {"field": "price", "op": "<=", "value": 200.0}, True),
        ({"field": "color", "op": "==", "value": "Red"}, {"field": "colour", "op": "=", "value": "red "}, True),
        ({"field": "brand", "op": "not in", "value": ["Sony"]}, {"field": "brand", "op": "!=", "value": "sony"}, True),
        ({"field": "brand", "op": "in", "value": ["b", "A"]}, {"field": "brand", "op": "in", "value": ["a", "B"]}, True),
        ({"field": "price", "op": "<=", "value": 200}, {"field": "price", "op": ">=", "value": 200}, False),
    ],
)
def test_limits_in_one_spelling(a: dict[str, Any], b: dict[str, Any], same: bool) -> None:
    assert (limit(a) == limit(b)) is same


def test_limits_acts_and_references() -> None:
    bound = {"field": "price", "op": "<=", "value": 200}
    found = counted(
        gold(constraints=[bound], refers_to=["i2"], act="refine"),
        got(constraints=[bound, {"field": "year", "op": ">=", "value": 2000}], refers_to=["i1"]),
    )
    assert (found["limits_right"], found["limits_gold"], found["limits_read"], found["limits_invented"]) == (1, 1, 2, 1)
    assert (found["pointing"], found["pointed"], found["acts"], found["whole"]) == (1, 0, 0, 0)


def test_figures_over_a_dialogue_that_breaks_off() -> None:
    """Two turns, the second never played: 1 of 2 wishes found, all that was read is right, so F1 = 2·1·½ / 1½."""
    dialogue = {"id": "d", "turns": [gold([["jacket"]]), gold([["jacket"]])]}
    counts = scored(dialogue, [got(("jacket", 0.8))])
    figures = {name: float(of(counts)) for name, of in FIGURES.items()}
    assert figures["precision"] == 1 and figures["recall"] == 0.5 and figures["interest F1"] == pytest.approx(2 / 3)
    assert figures["act"] == 0.5 and figures["joint state"] == 0.5
    assert figures["reference"] == 1 and figures["limit F1"] == 1  # nothing was to be found, and nothing was invented


def test_all_wrong_is_nothing() -> None:
    counts = scored({"turns": [gold([["jacket"]])]}, [got(("umbrella", 0.8))])
    assert float(FIGURES["interest F1"](counts)) == 0


def test_groups_have_their_own_rows() -> None:
    rows = {"a": np.ones(len(COUNTS)), "b": np.ones(len(COUNTS))}
    found = table("all", "t", {"all": ["a", "b"], "en": ["a"]}, rows, 0)
    assert [r.name for r in found.rows] == ["all (2)", "en (1)"] and found.cases == "2 dialogues"


def test_over_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The replay is taken as it is written: scored, grouped, and the wrong turns kept for a person."""
    from bot.check.evaluate.run import Run
    from bot.settings import Settings

    dialogues = [
        {"id": "one", "lang": "en", "domain": "shop", "tags": ["negation"], "turns": [gold([["jacket"]], [["zips"]])]},
        {"id": "two", "lang": "zh", "domain": "shop", "tags": [], "turns": [gold([["皮夹克"]])]},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in dialogues), "utf-8")
    played = {"one": [got(("jacket", 0.8), ("zips", -0.8))], "two": [got(("皮夹克", -0.8))]}
    monkeypatch.setattr(understanding, "_replayed", lambda run, source, told: played)
    outcome = understanding.evaluate(Run("understanding", path, Settings.model_construct(model="none"), tmp_path))
    every, tags = outcome.tables[0], outcome.tables[1]
    assert [r.name for r in every.rows] == ["all (2)", "en (1)", "zh (1)"]
    assert every.rows[1].figures["joint state"].value == 1 and every.rows[2].figures["wrong sign"].value == 1  # type: ignore[union-attr]
    assert [r.name for r in tags.rows] == ["negation (1)"]
    wrong = outcome.details["wrong"]
    assert isinstance(wrong, list) and [w["id"] for w in wrong] == ["two"]
