"""The three shapes of a dialogue set, read from tiny files of our own, and the dialogues that are in two of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.check.evaluate.films import read, shared
from bot.errors import BadInput

INFO = {
    "11": {"name": "Harbour Lights (1999)", "genre": ["drama"], "star": ["Ida Moor"], "director": ["P. Voss"], "plot": "Fog."},
    "12": {"name": "The Long Tide (2004)", "genre": ["drama", "sea"], "star": ["Ida Moor"], "director": ["P. Voss"]},
    "13": {"name": "Kettle Hill", "year": "1987", "genre": ["comedy"], "actor": ["Bo Lind"]},
    "14": {"name": "Kettle Hill", "year": "1987"},
}
LIGHTS = "Harbour Lights (1999)"


def write(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def moment(dialogue: str, context: list[str], named: list[str], rec: list[str], turn: int = 1, resp: str = "") -> dict[str, Any]:
    return {"dialog_id": dialogue, "turn_id": turn, "context": context, "entity": named, "rec": rec, "resp": resp}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "id2info.json").write_text(json.dumps(INFO), "utf-8")
    write(
        tmp_path / "valid_eval.jsonl",
        moment("1", ["", "Hi", "something at sea"], ["sea"], ["Harbour Lights (1999)"]),
        moment("1", ["Hi", "a ferry film?"], [LIGHTS], [LIGHTS, "The Long Tide (2004)", "Not known"]),
    )
    return tmp_path


def test_the_evaluation_form(folder: Path) -> None:
    first, second = read(folder).tested
    assert first.context == ("Hi", "something at sea") and first.named == () and first.targets == ("Harbour Lights (1999)",)
    assert second.targets == ("Harbour Lights (1999)", "The Long Tide (2004)")  # what is not in the catalogue is no target
    assert second.fresh == ("The Long Tide (2004)",)


def test_films_are_items_by_name(folder: Path) -> None:
    films = read(folder).films
    assert list(films.by_name) == ["Harbour Lights (1999)", "The Long Tide (2004)", "Kettle Hill"]
    item = films.by_name["Harbour Lights (1999)"]
    assert (item.title, item.attributes["year"], item.attributes["cast"]) == ("Harbour Lights", 1999, ("Ida Moor",))
    assert films.by_name["Kettle Hill"].attributes == {"genres": ("comedy",), "cast": ("Bo Lind",), "year": 1987}


def test_redial_as_it_was_published(folder: Path) -> None:
    def said(sender: int, text: str) -> dict[str, Any]:
        return {"senderWorkerId": sender, "text": text}

    messages = [
        said(5, "Hello"), said(5, "I loved @13"), said(9, "Have you seen @11 ?"), said(9, "or @12"),
        said(5, "no"), said(9, "@11 then"),
    ]  # fmt: skip
    write(
        folder / "train.jsonl",
        {"conversationId": 77, "respondentWorkerId": 9, "movieMentions": {"13": "Kettle Hill"}, "messages": messages},
    )
    first, second = read(folder).training
    assert first.context == ("Hello I loved Kettle Hill",) and first.named == ("Kettle Hill",)
    assert first.targets == ("Harbour Lights (1999)", "The Long Tide (2004)")
    assert second.targets == ("Harbour Lights (1999)",) and second.fresh == ()


def test_inspired_as_its_reproductions_share_it(tmp_path: Path) -> None:
    """Without facts a film is its name; what the seeker names is no target."""
    turns = [
        {"text": "I saw A Quiet Farm", "role": "SEEKER", "movie": ["A Quiet Farm (2001)"]},
        {"text": "Then try Salt Road", "role": "RECOMMENDER", "movie": ["Salt Road (2010)"]},
        {"text": "Salt Road it is", "role": "SEEKER", "movie": ["Salt Road (2010)"]},
    ]
    write(tmp_path / "test.jsonl", turns)
    found = read(tmp_path)
    assert [(e.context, e.named, e.targets) for e in found.tested] == [
        (("I saw A Quiet Farm",), ("A Quiet Farm (2001)",), ("Salt Road (2010)",))
    ]
    assert [i.title for i in found.films.items] == ["A Quiet Farm", "Salt Road"]


def test_a_training_dialogue_that_is_tested_is_taken_out_and_told(folder: Path) -> None:
    write(
        folder / "train.jsonl",
        moment("1", ["Hi"], [], ["Kettle Hill"], resp="something at sea"),  # same number, says the same
        moment("2", ["Hi"], [], ["Kettle Hill"], resp="another talk"),
    )
    found = read(folder)
    assert [e.dialogue for e in found.training] == ["2"]
    assert len(found.warnings) == 1 and "1 dialogues of train.jsonl are in valid_eval.jsonl, too" in found.warnings[0]


def test_the_same_number_alone_is_no_leak(folder: Path) -> None:
    write(folder / "train.jsonl", moment("1", ["Good evening"], [], ["Kettle Hill"], resp="wholly different"))
    found = read(folder)
    assert len(found.training) == 1 and not found.warnings


def test_a_copied_dialogue_is_found_under_another_number(folder: Path) -> None:
    long = ["I am looking for a film about the open sea", "have you ever seen the one with the old ferry"]
    tested = read(write(folder / "other.jsonl", moment("9", long, [], ["Kettle Hill"]))).tested
    copied = read(write(folder / "copy.jsonl", moment("40", [s.upper() + "!" for s in long], [], ["Kettle Hill"]))).tested
    assert shared(copied, tested) == {"40"}
    assert shared(read(write(folder / "one.jsonl", moment("41", long[:1], [], ["Kettle Hill"]))).tested, tested) == set()


def test_limit_keeps_whole_dialogues(folder: Path) -> None:
    write(folder / "valid_eval.jsonl", *(moment(d, ["x"], [], ["Kettle Hill"], t) for d in "12" for t in (1, 3)))
    assert [(e.dialogue, e.turn) for e in read(folder, limit=1).tested] == [("1", 1), ("1", 3)]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("valid.jsonl", "{broken", "line 1, is not JSON"),
        ("valid.jsonl", '{"context": [], "rec": ["Nothing known"]}', "recommends no film"),
        ("notes.jsonl", '{"context": [], "rec": ["Kettle Hill"]}', "Which file of"),
        ("valid.jsonl", '{"context": [], "rec": ["Kettle Hill"]}\n{"hello": 1}', "has the keys hello"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / "id2info.json").write_text(json.dumps(INFO), "utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(BadInput, match=said):
        read(tmp_path)
