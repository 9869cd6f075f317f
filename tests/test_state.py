"""A saved conversation comes back as it was, and nothing in it can be changed in place."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from small_shop import SHOP

from bot.state import (
    Change,
    Chip,
    Contribution,
    Fact,
    InterestPoint,
    Limit,
    NoMatch,
    Profile,
    Reading,
    Recommendation,
    Session,
    Turn,
)
from vectorstore.constraints import Constraint

BUDGET = Constraint(field="price", op="<=", value=200, quote="两百以内", currency="CNY")
SIZES = Constraint(field="size", op="in", value=("M", 44, 8.5))
PROFILE = Profile(
    points=(
        InterestPoint(text="brown", weight=0.8, quote="a brown one", turn=2, source="edited", lasting=True),
        InterestPoint(text="拉链", weight=-1.0, quote="不要拉链"),
    ),
    constraints=(BUDGET, SIZES),
)


def contribution(n: int, amount: float, quote: str = "said", fact: bool = True) -> Contribution:
    told = Fact(name="colour", value=("black", 2, True)) if fact else None
    return Contribution(
        term="interest", label=f"p{n}", weight=1, value=amount, amount=amount, quote=quote, fact=told
    )  # fmt: skip


SESSION = Session(
    catalogue="small",
    language="zh",
    version=7,
    profile=PROFILE,
    past=(Profile(), Profile(points=PROFILE.points[:1])),
    on_screen=("harlow", "moto"),
    seen=("rain",),
    rejected=("field",),
    liked=("harlow",),
    marked=4,
    person="u7",
    site="garden",
    answered=(1, "m1"),
    turns=(
        Turn(
            number=1,
            user="a “brown” one\n<script>&amp; 🧥",
            reading=Reading(
                act="request",
                language="zh",
                changes=(Change(kind="flip", text="zips", weight=-0.5, replaces="buttons", lasting=True),),
                constraints=(BUDGET,),
                lifted=("colour",),
                refers_to=("moto",),
                asks=("weight",),
                topic="order",
                start_over=True,
                critique="cheaper",
                by="model",
            ),
            items=tuple(
                Recommendation(
                    item=item,
                    score=0.5,
                    contributions=(contribution(1, 0.5),),
                    limits=(Limit(constraint=SIZES, fact=Fact(name="size", value=("M", 44))),),
                    sentence="棕色。",
                    voice="model",
                )
                for item in SHOP
            ),
            reply="…",
            chips=(Chip(label="a", say="b"),),
            no_match=NoMatch(blocking=BUDGET, nearest=59.0, nearest_item="x", relaxation=SIZES),
            question="colour",
            seconds={"total": 1.5},
            llm={"calls": 2},
        ),
    ),
)


def test_a_saved_session_comes_back_as_it_was() -> None:
    back = Session.model_validate_json(SESSION.model_dump_json())
    assert back == SESSION
    assert back.model_dump_json() == SESSION.model_dump_json()
    assert type(back.profile.constraints[1].value[1]) is int, "44 stays 44, not 44.0 nor '44'"  # type: ignore[index]


def test_every_field_of_the_conversation_is_in_the_round_trip() -> None:
    """A field left at its default would be saved and lost without anybody seeing it."""
    for value in (SESSION, SESSION.turns[0], SESSION.turns[0].reading, PROFILE.points[0], SESSION.turns[0].items[0]):
        for name, field in type(value).model_fields.items():
            assert getattr(value, name) != field.default, f"{type(value).__name__}.{name}"


def test_a_value_is_never_changed_in_place() -> None:
    with pytest.raises(ValidationError):
        SESSION.version = 8  # type: ignore[misc]
    with pytest.raises(ValidationError):
        PROFILE.points[0].weight = 0.0  # type: ignore[misc]


def test_unknown_fields_and_weights_out_of_range_are_refused() -> None:
    with pytest.raises(ValidationError):
        Session.model_validate({"no_such_field": 1})
    with pytest.raises(ValidationError):
        InterestPoint(text="brown", weight=1.2)


def test_two_sessions_never_share_an_id() -> None:
    assert len({Session().id for _ in range(100)}) == 100
    assert len(Session().id) >= 24


def test_the_reasons_are_the_two_strongest_for_and_one_against() -> None:
    terms = (
        contribution(1, 0.2), contribution(2, 0.9), contribution(3, 0.5), contribution(4, -0.1), contribution(5, -0.7),
        contribution(6, 2.0, fact=False), contribution(7, 2.0, quote=""),
    )  # fmt: skip
    told = Recommendation(item=SHOP[0], score=1.0, contributions=terms).reasons
    assert [c.label for c in told] == ["p2", "p3", "p5"]


def test_a_point_is_found_whatever_its_case() -> None:
    assert PROFILE.point("BROWN") == PROFILE.points[0]
    assert PROFILE.point("red") is None
    assert (PROFILE.empty, Profile().empty) == (False, True)
