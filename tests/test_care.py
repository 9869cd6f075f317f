"""A shop's service in the talk: orders, trouble, a person; and nothing is offered before the trouble is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import ended, shown, talk
from shop_system import LOYAL, ShopSystem

from bot import care
from bot.chat import Engine
from bot.service import Answer, Desk, Hook
from bot.state import ItemsReady, Session, TurnDone

ENGLISH = (
    "my kettle arrived with a broken lid, order 77123",
    "it is the small one, the lid came off",
    "how long do I have to send it back?",
    "A replacement, please",
    "Yes, that is settled",
)
CHINESE = ("我收到的水壶盖子坏了，订单 77123", "就是小的那个，盖子掉了", "多久之内可以退货？", "请换新的", "好的，解决了")


@pytest.fixture
def desk(system: ShopSystem) -> Desk:
    hook = Hook(url=system.address)
    return Desk(orders=hook, person=hook, faq=(LOYAL, Answer(topic="return", en="You have 60 days.", zh="60 天内可退。")))


@pytest.fixture
def says(engine: Engine, desk: Desk) -> Callable[..., tuple[Session, list[Any]]]:
    """`says(session, message)`: the session after it, and its events."""

    def say(session: Session, message: str, owned: tuple[str, ...] = ()) -> tuple[Session, list[Any]]:
        events = list(care.attended(engine, desk, session, message, owned) or engine.turn(session, message))
        return ended(events), events

    return say


def topics(session: Session) -> list[str]:
    return [turn.reading.topic for turn in session.turns]


@pytest.mark.parametrize("messages", [ENGLISH, CHINESE])
def test_trouble_from_its_beginning_to_its_end(engine: Engine, says: Any, system: ShopSystem, messages: tuple[str, ...]) -> None:
    session = engine.start()
    for message in messages:
        session, events = says(session, message)
        assert not any(isinstance(e, ItemsReady) for e in events), message
        assert isinstance(events[-1], TurnDone)
    assert topics(session) == ["trouble", "trouble", "faq", "arranged", "solved"]
    first, _, faq, arranged, solved = (turn.reply for turn in session.turns)
    english = messages is ENGLISH
    assert ("Steel kettle" if english else "不锈钢电热水壶") in first
    assert ("60 days" if english else "60 天") in faq
    assert ("arranged" if english else "已安排") in arranged and ("It leaves today" if english else "今天寄出") in arranged
    asked = [said for said, _ in system.asked if said.get("wish")]
    assert [(a["wish"], a["items"], a["order"]) for a in asked] == [("replacement", ["steel"], "77123")]
    assert session.on_screen == ("steel",) and ("could stand in for" if english else "代替") in solved
    session, events = says(session, session.turns[-1].chips[0].say)
    assert shown(events) and "steel" not in shown(events)


def test_a_thing_that_was_bought_is_named_without_an_order(engine: Engine, system: ShopSystem) -> None:
    desk = Desk(person=Hook(url=system.address))
    session = engine.start()
    session = ended(list(care.attended(engine, desk, session, "my boots are torn", ("hush", "trail")) or ()))
    assert session.turns[-1].reading.refers_to == ("trail",)
    assert "Trail boots" in session.turns[-1].reply and "within 30 days" in session.turns[-1].reply
    session = ended(list(care.attended(engine, desk, session, "A replacement, please") or ()))
    assert "cannot arrange" in session.turns[-1].reply and [c.say for c in session.turns[-1].chips] == ["Talk to a person"]


WISHES = ["a kettle", "boots that do not leak", "I am looking for a new kettle, mine is broken", "hello"]


@pytest.mark.parametrize("message", WISHES)
def test_what_is_no_matter_of_the_service_goes_on(engine: Engine, desk: Desk, message: str) -> None:
    assert care.attended(engine, desk, engine.start(), message) is None


def test_a_wish_of_its_own_is_heard_in_the_middle_of_trouble(engine: Engine, says: Any) -> None:
    session, _ = says(engine.start(), "my kettle arrived broken, order 77123")
    session, events = says(session, "also show me black boots")
    assert shown(events)
    session, _ = says(session, "it is still broken")
    assert topics(session)[-1] == "trouble"


def test_a_number_alone_goes_on_with_what_was_wanted(engine: Engine, says: Any) -> None:
    session, _ = says(engine.start(), "the kettle that I bought is broken")
    assert "number" in session.turns[-1].reply
    session, _ = says(session, "a replacement please")
    assert "number" in session.turns[-1].reply
    session, _ = says(session, "order no. 77123")
    assert topics(session)[-1] == "arranged"
    session, _ = says(session, "thanks a lot!")
    assert topics(session)[-1] == "solved"


def test_a_person_takes_over_with_consent_alone(engine: Engine, says: Any, system: ShopSystem) -> None:
    session, _ = says(engine.start(), "can I talk to a human?")
    assert "May I pass it on?" in session.turns[-1].reply and not system.asked
    session, _ = says(session, "No, thank you")
    assert not system.asked and "nothing is passed on" in session.turns[-1].reply
    session, _ = says(session, "Talk to a person")
    session, _ = says(session, "Yes, pass it on")
    assert topics(session)[-1] == "handed_over" and "can I talk to a human?" in system.asked[-1][0]["transcript"]
    again, _ = says(session, "I want to speak to a person")
    assert len(system.asked) == 1 and "already" in again.turns[-1].reply


def test_nobody_there_to_take_over_is_said(engine: Engine, says: Any, system: ShopSystem) -> None:
    session, _ = says(engine.start(), "转人工")
    system.status = 500
    session, _ = says(session, "好的，请转交")
    assert topics(session)[-1] == "person" and "没能转过去" in session.turns[-1].reply


QUESTIONS = [("do you have a loyalty card?", "tenth"), ("有会员卡吗？", "第十杯"), ("can I return it?", "60 days")]


@pytest.mark.parametrize(("message", "reply"), QUESTIONS)
def test_common_questions_are_answered_in_the_shops_words(engine: Engine, says: Any, message: str, reply: str) -> None:
    session, _ = says(engine.start(), message)
    assert reply in session.turns[-1].reply


def test_without_a_desk_nothing_changes(engine: Engine) -> None:
    session = talk(engine, engine.start(), "can I return it?")
    assert session.turns[-1].reply == "You can send things back within 30 days."
