"""A script played over the small shop: each assertion against a right and a wrong talk, phrasings, repeats, and the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml

from bot.check import report
from bot.check.run import Outcome, Stage
from bot.check.source import read
from bot.llm import LLM, NoModel
from bot.llm.model import ScriptedLLM
from bot.settings import Settings
from vectorstore.catalogue import Catalogue

Play = Callable[..., Outcome]
OPENING = {"say": "a black leather jacket under $220"}


@pytest.fixture
def play(shop: Catalogue, settings: Settings, tmp_path: Path) -> Play:
    """`play(turn, …, repeat=2)`: what comes of the turns."""

    def played(*turns: dict[str, Any], llm: LLM | None = None, **keys: Any) -> Outcome:
        path = tmp_path / "talk.yaml"
        said = {"dialogue": "a talk", "turns": list(turns), **keys}
        path.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), "utf-8")
        (script,) = read(path)
        return Stage(settings, llm or NoModel(), lambda name, today: shop, lambda: [shop.info]).play(script)

    return played


def wrong(outcome: Outcome) -> set[str]:
    return {".".join(p for p in f.complaint.path if isinstance(p, str)) for f in outcome.play.failures}


def asked(expect: dict[str, Any], turn: dict[str, Any] = OPENING) -> dict[str, Any]:
    return {**turn, "expect": expect}


RIGHT_AND_WRONG: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("act", {"act": "request"}, {"act": ["undo", "chat"]}),
    ("interests.black", {"interests": {"black": "> 0.5"}}, {"interests": {"black": "< 0"}}),
    ("interests.black", {"interests": {"black": "present"}}, {"interests": {"black": "absent"}}),
    ("interests.suede", {"interests": {"suede": "absent"}}, {"interests": {"suede": "> 0"}}),
    ("constraints", {"constraints": "price <= 220"}, {"constraints": "price <= 200"}),
    ("constraints", {"constraints": ["price <= 220.0", "no size"]}, {"constraints": ["no price"]}),
    ("constraints", {"constraints": []}, {"constraints": "none"}),
    ("refers_to", {"refers_to": []}, {"refers_to": 1}),
    ("items.count", {"items": {"count": ">= 2"}}, {"items": {"count": 0}}),
    ("items.every", {"items": {"every": "price <= 220"}}, {"items": {"every": "price <= 100"}}),
    ("items.any", {"items": {"any": "colour == 'black'"}}, {"items": {"any": "colour == 'pink'"}}),
    ("items.none", {"items": {"none": "colour == 'pink'"}}, {"items": {"none": "colour == 'black'"}}),
    ("items.first", {"items": {"first": "'leather' in material"}}, {"items": {"first": "'suede' in material"}}),
    ("items.first", {"items": {}}, {"items": {"first": "materal == 'leather'"}}),
    ("items.first_any", {"items": {"first_any": ["coat", "jacket"]}}, {"items": {"first_any": "kettle"}}),
    ("items.ids", {"items": {}}, {"items": {"ids": ["moto"]}}),
    ("items.include", {"items": {"include": ["moto", "机车皮夹克"]}}, {"items": {"include": "glass"}}),
    ("items.exclude", {"items": {"exclude": "Glass kettle"}}, {"items": {"exclude": "Moto leather jacket"}}),
    ("items.order", {"items": {}}, {"items": {"order": "noise_db up"}}),
    ("reply.mentions", {"reply": {"mentions": ["LEATHER", "220"]}}, {"reply": {"mentions": "kettle"}}),
    ("reply.mentions_any", {"reply": {"mentions_any": ["kettle", "leather"]}}, {"reply": {"mentions_any": "kettle"}}),
    ("reply.not_mentions", {"reply": {"not_mentions": "kettle"}}, {"reply": {"not_mentions": "leather"}}),
    ("reply.matches", {"reply": {"matches": r"\$\d+"}}, {"reply": {"matches": "^kettle"}}),
    ("reply.not_matches", {"reply": {"not_matches": "free shipping"}}, {"reply": {"not_matches": "(?i)LEATHER"}}),
    ("reply.language", {"reply": {"language": "en"}}, {"reply": {"language": "zh"}}),
    ("reply.length", {"reply": {"length": "> 20"}}, {"reply": {"length": "< 20"}}),
    ("reply.grounded", {"reply": {"grounded": True}}, {"reply": {"grounded": False}}),
    ("chips", {"chips": ["cheaper", "compare"]}, {"chips": "checkout"}),
    ("no_match", {"no_match": False}, {"no_match": "price"}),
    ("question", {}, {"question": "warranty"}),
    ("same_state_as", {}, {"same_state_as": 0}),
    ("seconds", {"seconds": "< 60"}, {"seconds": "< 0"}),
    ("tokens", {"tokens": 0}, {"tokens": "> 10"}),
]


@pytest.mark.parametrize("key, right, other", RIGHT_AND_WRONG, ids=[key for key, _, _ in RIGHT_AND_WRONG])
def test_each_assertion_holds_and_fails(play: Play, key: str, right: dict[str, Any], other: dict[str, Any]) -> None:
    assert play(asked(right)).status == "passed"
    failed = play(asked(other))
    assert failed.status == "failed" and wrong(failed) == {key}
    complaint = failed.play.failures[0].complaint
    assert complaint.expected and complaint.got


def test_sorted_by_a_field(play: Play) -> None:
    kettle = {"say": "a kettle"}
    up, down = play(asked({"items": {"order": "price up"}}, kettle)), play(asked({"items": {"order": "price down"}}, kettle))
    assert {up.status, down.status} == {"passed", "failed"} and wrong(up) | wrong(down) == {"items.order"}


def test_a_wrong_field_is_named_though_nothing_is_shown(play: Play) -> None:
    failed = play(asked({"items": {"every": "pric < 3"}}, {"say": "hello"}))
    assert "Did you mean 'price'" in failed.play.failures[0].complaint.got


def test_nothing_fits_by_the_limit_in_the_way(play: Play) -> None:
    expect = {"no_match": "price", "items": {"count": 0}, "chips": "up to"}
    assert play(asked(expect, {"say": "a leather jacket under $20"})).status == "passed"
    assert wrong(play(asked({"no_match": "size"}, {"say": "a leather jacket under $20"}))) == {"no_match"}


def test_presses_edits_and_chips(play: Play) -> None:
    outcome = play(
        asked({"items": {"include": "moto"}}),
        {"click": {"item": "moto", "event": "dislike"}, "expect": {"items": {"exclude": "moto"}, "interests": {"black": "> 0"}}},
        {"click": {"item": 1, "event": "like"}, "expect": {"items": {"same_as": 2}, "same_state_as": 2}},
        {"edit": {"add": "buttons"}, "expect": {"interests": {"buttons": "> 0"}}},
        {"edit": {"weight": {"buttons": -0.4}}, "expect": {"interests": {"buttons": "-0.4"}}},
        {"edit": {"limit": "price <= 150"}, "expect": {"constraints": "price <= 150", "items": {"every": "price <= 150"}}},
        {"edit": {"unlimit": "price"}, "expect": {"constraints": "none"}},
        {"edit": {"delete": "buttons"}, "expect": {"interests": {"buttons": "absent"}}},
        {"edit": {"undo": True}, "expect": {"interests": {"buttons": "-0.4"}, "same_state_as": 7}},
        {"chip": "compare", "expect": {"act": "compare"}},
        {"edit": {"clear": True}, "expect": {"same_state_as": 0}},
    )
    assert outcome.status == "passed", report.text(outcome)
    assert wrong(play(OPENING, {"edit": {"undo": True}, "expect": {"act": "undo"}})) == {"act"}, "an edit has no act"


@pytest.mark.parametrize("turn, said", [
    ({"click": {"item": 7, "event": "like"}}, "no item 7 on screen; there is: 1 "),
    ({"click": {"item": "Big kettle", "event": "like"}}, "no item 'Big kettle'"),
    ({"edit": {"delete": "zips"}}, "no point 'zips' in the profile; there are:"),
    ({"edit": {"unlimit": "size"}}, "no limit on 'size'"),
    ({"chip": "checkout"}, "no chip with 'checkout' on it; there are:"),
])  # fmt: skip
def test_what_cannot_be_done_says_what_is_there(play: Play, turn: dict[str, Any], said: str) -> None:
    failed = play(OPENING, turn)
    assert failed.status == "failed" and failed.play.failures[0].turn == 1
    told = report.text(failed)
    assert said in told and "talk.yaml:" in told and "  1 › a black leather jacket under $220" in told and "   2 › " in told


def test_phrasings_lead_to_the_same_state_and_hold_alike(play: Play) -> None:
    both = {"say": ["a black leather jacket under $220", "black leather jacket, max 220 dollars"]}
    assert play(asked({"constraints": "price <= 220"}, both), asked({"same_state_as": 1}, {"say": "thanks"})).status == "passed"
    failed = play({"say": ["a black leather jacket", "a brown leather jacket"]})
    assert failed.status == "failed" and failed.play.failures[0].complaint.words == "a brown leather jacket"
    assert "the same state as “a black leather jacket”" in report.text(failed)
    later = asked({"items": {"every": "colour == 'black'"}, "interests": {"jacket": "> 0"}}, {"say": ["a jacket", "some jacket"]})
    assert {f.complaint.words for f in play(later).play.failures} == {"", "some jacket"}


def test_repeats_pass_by_their_share(play: Play) -> None:
    answers = ["a kettle, please", "a lamp, please", "a kettle, please", "a kettle, please", "a kettle, please"]
    turn = {"say": "etwas Leises zum Teekochen bitte", "expect": {"interests": {"kettle": "> 0"}}}
    mostly = play(turn, llm=ScriptedLLM(*answers), repeat=5, **{"pass": 0.8}, prose=False)
    assert (mostly.status, mostly.passed, mostly.played) == ("passed", 4, 5), report.text(mostly)
    strictly = play(turn, llm=ScriptedLLM(*answers), repeat=5, **{"pass": 0.9}, prose=False)
    assert strictly.status == "failed" and "passed in 4 of 5 plays" in report.text(strictly)


def test_skipped_known_and_mended(play: Play) -> None:
    bad, good = asked({"act": "undo"}), asked({"act": "request"})
    assert (play(bad, skip="later").status, play(bad, skip="later").reason) == ("skipped", "later")
    assert play(bad, known_failure="#12").status == "known failure" and not play(bad, known_failure="#12").bad
    assert play(good, known_failure="#12").status == "passes now"
    assert "take its known_failure away" in report.line(play(good, known_failure="#12"))[1]
    assert play(bad, tags="model").status == "skipped", "without a model, what needs one is not played"


def test_the_model_writes_only_where_its_sentences_are_looked_at(play: Play) -> None:
    llm = ScriptedLLM(*["END"] * 4)
    play(asked({"act": "request"}), llm=llm)
    quiet = len(llm.asked)
    play(asked({"reply": {"grounded": True}}), llm=llm)
    assert len(llm.asked) - quiet == quiet + 1


def test_a_dialogue_has_its_own_day_and_catalogue(shop: Catalogue, settings: Settings, tmp_path: Path) -> None:
    opened: list[tuple[str, date]] = []

    def open_catalogue(name: str, today: Callable[[], date]) -> Catalogue:
        opened.append((name, today()))
        return shop

    path = tmp_path / "talk.yaml"
    path.write_text("dialogue: x\ncatalogue: other\ntoday: 2027-01-02\nturns: [{say: a kettle}]\n", "utf-8")
    stage = Stage(settings, NoModel(), open_catalogue, lambda: [shop.info])
    assert stage.play(read(path)[0]).status == "passed" and stage.play(read(path)[0]).status == "passed"
    assert opened == [("other", date(2027, 1, 2))], "opened once"


def test_what_follows_a_wrong_turn_is_not_told(play: Play) -> None:
    failed = play(asked({"act": "undo"}), asked({"act": "undo"}, {"say": "red"}))
    assert [f.turn for f in failed.play.failures] == [0]


@pytest.fixture
def failed(play: Play) -> Iterator[Outcome]:
    yield play(OPENING, asked({"items": {"none": "colour == 'black'"}, "interests": {"brown": "> 0"}}, {"say": "with a zip"}))


def test_a_failure_reads_like_a_report(failed: Outcome) -> None:
    told = report.text(failed)
    lines = told.split("\n")
    assert lines[0].startswith("a talk   ") and "talk.yaml:1" in lines[0]
    assert "  1 › a black leather jacket under $220" in told and "  2 › with a zip" in told
    assert "Moto leather jacket  $199  [moto]" in told, "what was on screen"
    assert "before    " in told and "after     " in told and "price <= 220" in told and "read as   refine" in told
    assert "expected  items.none: no item: colour == 'black'" in told and "(colour: black, 黑色)" in told
    assert "expected  interests.brown: brown: > 0" in told and "not in the profile; there is" in told
    assert told.count("talk.yaml:") >= 3, "every complaint has its line"


def test_junit_and_rates(failed: Outcome, play: Play, tmp_path: Path) -> None:
    known = play(asked({"act": "undo"}), known_failure="#1")
    outcomes = [failed, play(asked({"act": "request"})), play(OPENING, skip="later"), known]
    report.junit(outcomes, tmp_path / "out" / "junit.xml")
    (suite,) = JUnitXml.fromfile(str(tmp_path / "out" / "junit.xml"))
    assert (suite.tests, suite.failures, suite.skipped) == (4, 1, 2)
    rates = report.table(outcomes, "small")
    assert "| small | en | 3 | 1 | 33% |" in rates and "| all |  | 3 | 1 | 33% |" in rates
    assert "Failed: a talk (interests.brown); a talk (act)." in rates
    assert report.summary(outcomes).startswith("1 passed, 1 failed, 1 skipped, 1 known failure;")
