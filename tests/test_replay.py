"""The contract of `rapport replay`: a line a dialogue, these keys, resumable, and what is said to be shown is shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_shop import JACKET_IDS

from bot.chat import Engine
from bot.check.replay import FIELDS, play, read, replay, written
from bot.errors import BadInput
from bot.state import Profile, Reading, Turn
from vectorstore.constraints import Constraint

SHOWN = [
    {"id": "i1", "title": "Corvane Moto", "price": 129.0, "currency": "USD", "attributes": {"colour": "black"}},
    {
        "id": "i2",
        "title": "Halden Racer",
        "price": 90.0,
        "attributes": {"brand": "Halden", "size": [40, 41], "weight_g": 777},
    },
]
DIALOGUES = [
    {"id": "one", "lang": "en", "turns": [{"user": "a brown leather jacket under $200, no zips"}, {"user": "undo"}]},
    {"id": "two", "lang": "zh", "turns": ["黑色皮夹克", "谢谢"]},
    {"id": "three", "turns": [{"user": "how heavy is the second?", "shown": SHOWN}]},
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in DIALOGUES), "utf-8")
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_dialogue_gets_a_line_with_the_agreed_keys(engine: Engine, source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    assert replay(engine, source, output) == 3
    got = lines(output)
    assert [d["id"] for d in got] == ["one", "two", "three"]
    assert [len(d["turns"]) for d in got] == [2, 2, 1]
    for dialogue in got:
        assert set(dialogue) == {"id", "turns"}
        for turn in dialogue["turns"]:
            assert set(turn) == {
                "act", "refers_to", "interests", "constraints", "shown", "reply", "seconds", "llm",
            }  # fmt: skip
            assert {"understand", "items", "first_word", "total"} <= set(turn["seconds"])
            assert set(turn["llm"]) == {"calls", "prompt_tokens", "completion_tokens"}
            assert turn["reply"]
    first = got[0]["turns"][0]
    assert first["act"] == "request"
    assert {"point": "brown leather jacket", "weight": 0.8} in first["interests"]
    assert any(i["point"] == "zips" and i["weight"] < 0 for i in first["interests"])
    assert first["constraints"] == [{"field": "price", "op": "<=", "value": 200}]
    harlow = first["shown"][0]
    assert {k: harlow[k] for k in ("id", "title", "price", "brand")} == {
        "id": "harlow", "title": "Harlow leather jacket", "price": 179.0, "brand": "Corvane",
    }  # fmt: skip
    assert isinstance(harlow["score"], float)


def test_the_state_is_the_whole_state_after_each_turn(engine: Engine, source: Path, tmp_path: Path) -> None:
    replay(engine, source, tmp_path / "out.jsonl")
    undone = lines(tmp_path / "out.jsonl")[0]["turns"][1]
    assert (undone["act"], undone["interests"], undone["constraints"]) == ("undo", [], [])


def test_only_limits_on_agreed_fields_are_written(engine: Engine) -> None:
    limits = tuple(Constraint(field=f, op="<=", value=3) for f in ("price", "delivery_days", "on_offer", "date"))
    session = engine.start().model_copy(update={"profile": Profile(constraints=limits)})
    turn = Turn(number=1, user="x", reading=Reading(act="request", language="en"))
    assert written(session, turn)["constraints"] == [{"field": "price", "op": "<=", "value": 3}]
    agreed = "price year rating size duration_minutes brand category colour language director author artist in_stock age"
    assert set(agreed.split()) == FIELDS


def test_what_is_said_to_be_shown_replaces_the_screen(engine: Engine) -> None:
    [asked] = play(engine, DIALOGUES[2])
    assert asked["refers_to"] == ["i2"]
    assert "777" in asked["reply"], "answered from the facts that came with the dialogue"
    before = {"id": "x", "turns": ["a jacket", {"user": "how heavy is the second?", "shown": SHOWN}, "the first?"]}
    turns = play(engine, before)
    assert {row["id"] for row in turns[0]["shown"]} <= JACKET_IDS
    assert turns[1]["refers_to"] == ["i2"]
    assert turns[1]["shown"] == [], "this turn recommended nothing"


def test_a_fresh_session_a_dialogue_and_none_is_left_behind(engine: Engine) -> None:
    one = play(engine, DIALOGUES[0])
    assert [{**turn, "seconds": {}} for turn in play(engine, DIALOGUES[0])] == [{**turn, "seconds": {}} for turn in one]
    assert engine.memory.forget_older_than(-1) == 0


def test_a_chinese_dialogue_is_answered_in_chinese(engine: Engine) -> None:
    turns = play(engine, DIALOGUES[1])
    assert "合适" in turns[0]["reply"]
    assert turns[1]["act"] == "chat"
    assert [i["point"] for i in turns[1]["interests"]] == [i["point"] for i in turns[0]["interests"]]


def test_resuming_keeps_whole_lines_and_does_a_cut_one_again(engine: Engine, source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    replay(engine, source, output)
    whole = output.read_text("utf-8").splitlines(keepends=True)
    marked = whole[0].replace('"seconds"', '"kept": 1, "seconds"', 1)
    output.write_text(marked + whole[1][:50], "utf-8")
    assert replay(engine, source, output, resume=True) == 3
    again = lines(output)
    assert [d["id"] for d in again] == ["one", "two", "three"]
    assert again[0]["turns"][0]["kept"] == 1, "what was done is not done again"


def test_resuming_where_nothing_was_written_starts(engine: Engine, source: Path, tmp_path: Path) -> None:
    assert replay(engine, source, tmp_path / "new.jsonl", resume=True) == 3


def test_without_resume_the_output_is_written_anew(engine: Engine, source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    output.write_text("something else\n", "utf-8")
    assert replay(engine, source, output, limit=1) == 1
    assert [d["id"] for d in lines(output)] == ["one"]


def test_an_interrupted_replay_leaves_finished_lines(
    engine: Engine, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[[Engine, dict[str, Any]], list[dict[str, Any]]] = play

    def stop_at_two(engine: Engine, dialogue: dict[str, Any]) -> list[dict[str, Any]]:
        if dialogue["id"] == "two":
            raise KeyboardInterrupt
        return real(engine, dialogue)

    monkeypatch.setattr("bot.check.replay.play", stop_at_two)
    with pytest.raises(KeyboardInterrupt):
        replay(engine, source, tmp_path / "out.jsonl")
    assert [d["id"] for d in lines(tmp_path / "out.jsonl")] == ["one"]


@pytest.mark.parametrize("broken", ["not json", '{"id": "x"}', "[1, 2]", '"text"'])
def test_a_line_that_is_no_dialogue_is_named(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"turns": ["hello"]}\n\n' + broken + "\n", "utf-8")
    with pytest.raises(BadInput, match=r"in\.jsonl, line 3, is not a dialogue"):
        list(read(path))


def test_a_dialogue_without_an_id_is_known_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"turns": ["hello"]}\n\n{"turns": []}\n', "utf-8")
    assert [d["id"] for d in read(path)] == ["line-1", "line-3"]


def test_a_line_separator_inside_a_message_is_no_new_line(engine: Engine, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    dialogue = {"id": "a", "turns": ["a jacket\u2028in brown\u0085please"]}
    source.write_text(json.dumps(dialogue, ensure_ascii=False) + "\n", "utf-8")
    assert replay(engine, source, tmp_path / "out.jsonl") == 1
    assert replay(engine, source, tmp_path / "out.jsonl", resume=True) == 1
