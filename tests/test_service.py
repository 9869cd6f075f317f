"""The shop's service: orders by a signed webhook, a person by webhook or mail with the transcript, never without consent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from shop_system import ShopSystem

from bot.errors import RapportError
from bot.service import Desk, Hook, hand_over, order_answer, order_number, read_desks, transcript
from bot.state import Reading, Session, Turn


def talked(*messages: str, **more: Any) -> Session:
    reading = Reading(act="chat", language="en")
    turns = tuple(Turn(number=n, user=m, reply=f"reply {n}", reading=reading) for n, m in enumerate(messages, 1))
    return Session(turns=turns, **more)


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("where is my order 77123?", "77123"), ("order no. A-10422 please", "A-10422"), ("#77123", "77123"),
        ("我的订单号是 A-10422", "A-10422"), ("订单77123到哪了", "77123"), ("RX2004571", "RX2004571"),
        ("where is my order?", ""), ("a jacket under 20000", ""), ("two tents for 4 people", ""),
    ],
)  # fmt: skip
def test_the_number_of_an_order(message: str, number: str) -> None:
    assert order_number(message) == number


def test_an_order_is_asked_for_and_told_in_both_languages(system: ShopSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_SECRET", "s" * 32)
    desk = Desk(orders=Hook(url=system.address, secret_env="SHOP_SECRET"))
    session = talked(person="c-1", site="acme")
    english = order_answer(desk, "where is my order A-10422?", session, "en")
    assert english == "Order A-10422 is on its way. Expected on Tuesday 1 December. It left Leeds this morning."
    assert order_answer(desk, "我的订单 A-10422 到哪了", session, "zh") == "订单 A-10422 正在配送。预计12月1日送达。"
    assert system.asked[0][0] == {"order": "A-10422", "person": "c-1", "site": "acme", "language": "en"} and system.asked[0][1]
    assert order_answer(desk, "and now?", talked("my order is 77123"), "en") == "Order 77123 has been delivered."


def test_what_cannot_be_told_says_what_to_do(system: ShopSystem) -> None:
    desk = Desk(orders=Hook(url=system.address))
    assert "number" in order_answer(desk, "where is my order?", talked(), "en")
    assert "cannot find the order 99999" in order_answer(desk, "order 99999", talked(), "en")
    system.status = 500
    assert "cannot reach" in order_answer(desk, "order 77123", talked(), "en")
    away = Desk(orders=Hook(url="http://127.0.0.1:9/"))
    assert "cannot reach" in order_answer(away, "order 77123", talked(), "en")
    assert order_answer(Desk(person=Hook(url=system.address)), "order 77123", talked(), "en") == ""


def test_a_person_gets_the_transcript_with_consent_alone(system: ShopSystem) -> None:
    desk, session = Desk(person=Hook(url=system.address)), talked("my tent is torn", "I want a person")
    with pytest.raises(RapportError, match="agrees"):
        hand_over(desk, session, "ann@shop.example", consent=False)
    assert system.asked == []
    hand_over(desk, session, "ann@shop.example", consent=True)
    assert system.asked[0][0]["transcript"] == transcript(session)
    assert "Customer: my tent is torn\n\nRapport: reply 1" in transcript(session)
    system.status = 500
    with pytest.raises(RapportError, match="try again"):
        hand_over(desk, session, "", consent=True)


def test_the_file_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "service.yaml"
    assert read_desks(path) == {}
    path.write_text("shop:\n  orders: {url: 'https://shop.example/orders', secret_env: SHOP_SECRET}\n", "utf-8")
    assert read_desks(path)["shop"].orders == Hook(url="https://shop.example/orders", secret_env="SHOP_SECRET")
    path.write_text("shop:\n  order: {url: 'https://shop.example/orders'}\n", "utf-8")
    with pytest.raises(RapportError, match="order"):
        read_desks(path)
    path.write_text("- a list\n", "utf-8")
    with pytest.raises(RapportError, match=r"service\.yaml"):
        read_desks(path)
