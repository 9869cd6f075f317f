"""The shop's desk in the talks of the chat page: questions, orders, and a person who takes over, with consent and a contact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from shop_system import LOYAL, ShopSystem
from small_shop import NAME

from bot.chat import Engine
from bot.service import Desk, Hook
from bot.state import Session
from bot.web import page


@pytest.fixture
def service(system: ShopSystem) -> Desk:
    hook = Hook(url=system.address)
    return Desk(orders=hook, person=hook, faq=(LOYAL,))


class Visitor:
    """Somebody at the page."""

    def __init__(self, engine: Engine, service: Desk | None, language: str = "en") -> None:
        self.engine, self.language, self.session = engine, language, ""
        self.desk = page.Desk(engine, {NAME: service} if service else None)

    def says(self, text: str) -> str:
        """What is drawn as the newest exchange after a message."""
        told = {"kind": "say", "text": text, "session": self.session, "catalogue": NAME, "language": self.language}
        *_, last = self.desk.act(told)
        assert last["told"]["rest"] and not last["told"]["failed"]
        self.session = last["told"]["session"]
        return str(last["live"])

    @property
    def talk(self) -> Session:
        found = self.engine.load(self.session)
        assert found is not None
        return found


@pytest.mark.parametrize(
    ("language", "question", "faq", "order", "status"),
    [
        ("en", "do you have a loyalty card?", "Every tenth coffee is free.", "where is my order 77123?",
         "Order 77123 has been delivered."),
        ("zh", "有会员卡吗", "第十杯咖啡免费。", "我的订单77123到哪了", "订单 77123 已送达。"),
    ],
)  # fmt: skip
def test_questions_and_orders_are_answered_and_wishes_go_on(
    engine: Engine, service: Desk, language: str, question: str, faq: str, order: str, status: str
) -> None:
    visitor = Visitor(engine, service, language)
    assert faq in visitor.says(question)
    assert status in visitor.says(order)
    assert [turn.reading.topic for turn in visitor.talk.turns] == ["faq", "order"]
    assert 'class="card' in visitor.says("a leather jacket" if language == "en" else "棕色皮夹克")


def test_without_a_desk_the_page_answers_as_before(engine: Engine) -> None:
    visitor = Visitor(engine, None)
    assert "tenth coffee" not in visitor.says("do you have a loyalty card?")


@pytest.mark.parametrize(
    ("language", "wish", "yes", "contact", "where", "passed"),
    [
        ("en", "I want to talk to a person", "Yes, pass it on", "ann@example.com", "Where can they reach you?", "Passed on"),
        ("zh", "转人工", "好的，请转交", "我的手机 13800138000", "怎么联系你", "已转交"),
        ("zh", "转人工", "好的，请转交", "ann@example.com", "怎么联系你", "已转交"),
    ],
)  # fmt: skip
def test_a_person_takes_over_with_consent_and_knows_where_to_write(
    engine: Engine, service: Desk, system: ShopSystem, language: str, wish: str, yes: str, contact: str, where: str, passed: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    visitor = Visitor(engine, service, language)
    assert yes in visitor.says(wish)
    assert where in visitor.says(yes) and system.asked == []
    assert passed in visitor.says(contact)
    [(said, _)] = system.asked
    bare = contact.split()[-1]
    assert said["contact"] == bare and wish in said["transcript"]
    assert bare not in visitor.talk.model_dump_json()
    assert not any(bare.encode() in path.read_bytes() for path in tmp_path.glob("talks*")), "passed on, and not kept"


def test_nothing_is_passed_on_without_a_yes(engine: Engine, service: Desk, system: ShopSystem) -> None:
    visitor = Visitor(engine, service)
    visitor.says("I want to talk to a person, I am ann@example.com")
    assert "nothing is passed on" in visitor.says("no thanks")
    visitor.says("I want to talk to a person")
    visitor.says("yes")
    assert "nothing is passed on" in visitor.says("No, thank you")
    visitor.says("ann@example.com")
    assert system.asked == []


def test_a_yes_with_the_address_is_enough(engine: Engine, service: Desk, system: ShopSystem) -> None:
    visitor = Visitor(engine, service)
    visitor.says("I want to talk to a person")
    assert "Passed on" in visitor.says("yes, ann@example.com")
    assert system.asked[0][0]["contact"] == "ann@example.com"


def test_each_wish_has_a_name_of_its_own_so_that_none_is_taken_for_the_other(
    engine: Engine, service: Desk, system: ShopSystem
) -> None:
    visitor = Visitor(engine, service)
    for message in ("my kettle from order 77123 arrived broken", "a replacement, please", "no, not yet", "my money back, please"):
        visitor.says(message)
    names: list[Any] = [said["message"] for said, _ in system.asked if said.get("wish")]
    assert len(names) == 2 and len(set(names)) == 2 and not any(name.endswith(":") for name in names)


def test_the_server_gives_the_page_the_desks_of_service_yaml(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.web.server import build_app

    given: list[Any] = []

    def mounted(app: Any, engine: Engine, path: str = "/", service: Any = None) -> Any:
        given.append(service)
        return app

    monkeypatch.setattr(page, "mount_page", mounted)
    answer = "faq: [{words: [card], en: Free., zh: 免费。}]"
    (engine.settings.data_dir / "service.yaml").write_text(f"{NAME}: {{{answer}}}\n", "utf-8")
    build_app(engine)
    assert given[0][NAME].answer("en", message="a card?") == "Free."
