"""The named terms of the sum, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from offer_shop import ARTICLES, ITEMS, TODAY

from bot.senses import Sense
from bot.state import Fact, InterestPoint
from bot.terms import Terms
from vectorstore.constraints import Constraint
from vectorstore.info import CatalogueInfo, Recency, describe
from vectorstore.item import Item

BY_ID = {i.id: i for i in (*ITEMS, *ARTICLES)}
INFO = CatalogueInfo(name="t", title={"en": "T"}, currency="USD")
WEEK = Recency(field="date", half_life_days=7)
PAPER = describe("p", ARTICLES, {"recency": {"field": "date", "half_life_days": 7}})


def point(text: str, weight: float = 0.5) -> InterestPoint:
    return InterestPoint(text=text, weight=weight, quote=f"I said {text}", turn=1)


MEASURED = {"price": "price", "minutes": "duration_minutes"}


def test_cheap_is_a_place_among_the_candidates() -> None:
    kept = [BY_ID[id] for id in ("foam", "stove", "air", "tarp", "fell")]  # 25, 40, 60, 109, 150
    terms = Terms(info=INFO, senses={"it": Sense("measure", family="price")}, measured_by=MEASURED).among(kept)
    answers = [terms.answer(point("it"), item) for item in kept]
    assert [a and a.value for a in answers] == pytest.approx([0.7, 0.35, 0, -0.35, -0.7])
    assert answers[0] is not None and answers[0].term == "interest" and answers[0].fact == Fact(name="price", value=25.0)
    turned = replace(terms, senses={"it": Sense("measure", family="price", less=False)})
    assert (dear := turned.answer(point("it", -0.5), kept[0])) is not None and dear.amount == 0.35, "not too dear: the cheapest"
    alone = terms.among(kept[:1]).answer(point("it"), kept[0])
    assert alone is not None and (alone.value, alone.fact) == (0, None)


def test_what_states_no_measure_has_no_place_and_those_alike_share_one() -> None:
    one, other = (BY_ID["foam"].model_copy(update={"id": id}) for id in "ab")
    silent = BY_ID["stove"].model_copy(update={"price": None})
    terms = Terms(info=INFO, senses={"it": Sense("measure")}, measured_by=MEASURED).among([one, other, silent, BY_ID["tarp"]])
    assert [(a := terms.answer(point("it"), i)) and a.value for i in (one, other, silent)] == pytest.approx([0.35, 0.35, 0])


def test_at_the_head_of_a_thing_it_counts_half() -> None:
    leanings = {"cheap mat": (Sense("measure"), "cheap")}
    terms = Terms(info=INFO, leanings=leanings, measured_by=MEASURED).among([BY_ID["foam"], BY_ID["air"]])
    assert (said := terms.leaning(point("cheap mat"), BY_ID["foam"])) is not None and said.value == 0.35
    assert terms.leaning(point("mat"), BY_ID["foam"]) is None


@pytest.mark.parametrize(
    ("id", "sense", "value", "says"),
    [
        ("ridge", Sense("offer"), 1.0, "was $249, now $199; with code TRAIL10: $12 off until 31 Dec"),
        ("tarp", Sense("offer"), 1.0, "with code LIGHT5: $10 off"),
        ("stove", Sense("offer"), 1.0, "was $50, now $40"),
        ("stove", Sense("offer", code=True), -0.4, "no code is stated"),
        ("dome", Sense("offer"), -0.4, "no offer is stated"),
        ("fell", Sense("offer"), -0.4, "no offer is stated"),  # it ended yesterday
        ("ridge", Sense("delivery", 2), 1.0, 2),
        ("dome", Sense("delivery", 3), -1.0, 5),
        ("fell", Sense("delivery", 3), 0.0, None),  # it does not say
        ("foam", Sense("delivery"), 1.0, 1),
        ("tarp", Sense("delivery"), 1 / 3, 3),
        ("dome", Sense("delivery"), -1 / 3, 5),
    ],
)
def test_a_point_with_a_sense_is_answered_by_a_fact(id: str, sense: Sense, value: float, says: object) -> None:
    terms = Terms(info=INFO, today=TODAY, senses={"it": sense})
    answer = terms.answer(point("it"), BY_ID[id])
    assert answer is not None
    assert answer.term == sense.kind
    assert answer.value == pytest.approx(value, abs=1e-4)
    assert answer.amount == pytest.approx(0.5 * value, abs=1e-4)
    assert (answer.fact.value if answer.fact else None) == says
    assert (answer.quote, answer.wished) == ("I said it", True)


def test_a_disliked_offer_counts_against() -> None:
    terms = Terms(info=INFO, today=TODAY, senses={"sale": Sense("offer")})
    answer = terms.answer(point("sale", -0.5), BY_ID["ridge"])
    assert answer is not None and answer.amount == -0.5


def test_a_point_without_a_sense_is_not_answered_here() -> None:
    assert Terms(info=INFO, senses={"sale": Sense("offer")}).answer(point("tent"), BY_ID["ridge"]) is None


@pytest.mark.parametrize(("id", "amount"), [("a", 0.2), ("b", 0.1), ("c", 0.0)])
def test_how_new_counts_by_half_lives_behind_the_newest(id: str, amount: float) -> None:
    terms = Terms(info=PAPER, recency=WEEK, newest=PAPER.newest)
    (term,) = terms.others(BY_ID[id])
    assert (term.term, term.weight, term.wished) == ("recent", 0.2, False)
    assert term.amount == pytest.approx(amount, abs=1e-4)


def test_what_is_new_keeps_its_share_where_more_is_wished() -> None:
    terms = Terms(info=PAPER, recency=WEEK, newest=PAPER.newest, wishes=2)
    [term] = terms.others(BY_ID["b"])
    assert term.amount == pytest.approx(2 * 0.2 * 0.5)



def test_asked_for_newness_is_one_term_not_two() -> None:
    terms = Terms(info=PAPER, recency=WEEK, newest=PAPER.newest, senses={"latest": Sense("recent")})
    assert terms.others(BY_ID["a"]) == []
    answer = terms.answer(point("latest", 1.0), BY_ID["d"])
    assert answer is not None
    assert answer.amount == pytest.approx(2 * 0.5 ** (1 / 7) - 1, abs=1e-4)
    assert answer.fact is not None and answer.fact.value == "22 Nov 2026, a day before the newest"


def test_without_a_date_nothing_is_said_of_newness() -> None:
    undated = Item(id="x", title="X")
    terms = Terms(info=PAPER, recency=WEEK, newest=date(2026, 11, 23), senses={"latest": Sense("recent")})
    answer = terms.answer(point("latest"), undated)
    assert answer is not None and (answer.amount, answer.fact) == (0.0, None)
    assert Terms(info=PAPER, recency=WEEK, newest=date(2026, 11, 23)).others(undated) == []


def test_what_goes_with_it_is_a_term_with_the_title() -> None:
    (term,) = Terms(info=INFO, beside={"foam": "Ridge tent"}, quote="what goes with it").others(BY_ID["foam"])
    assert (term.term, term.label, term.amount, term.quote) == ("goes_with", "Ridge tent", 1.0, "what goes with it")
    assert term.fact is not None and (term.fact.name, term.fact.value) == ("goes_with", "Ridge tent")
    assert Terms(info=INFO, beside={"foam": "Ridge tent"}).others(BY_ID["air"]) == []


@pytest.mark.parametrize(("id", "value"), [("a", -1.0), ("b", 1.0)])
def test_a_limit_that_may_not_be_hard_is_a_wish(id: str, value: float) -> None:
    limit = Constraint(field="length", op=">=", value=3, quote="a long one")
    terms = Terms(info=PAPER, wished=(limit,))
    term = next(t for t in terms.others(BY_ID[id]) if t.term == "wish")
    assert (term.value, term.quote) == (value, "a long one")
    assert term.amount == pytest.approx(0.6 * value)
