"""What a shop's page tells beside a message: the product in view is "it", what was bought is "my …", the talk comes first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.chat import Engine
from bot.web.server import build_app


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(build_app(engine, page=False)) as client:
        yield client


@pytest.fixture
def session(client: TestClient) -> str:
    return str(client.post("/v1/sessions", json={}).json()["id"])


def said(client: TestClient, session: str, text: str, **context: Any) -> dict[str, Any]:
    answer = client.post(f"/v1/sessions/{session}/messages", json={"text": text, "context": context})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.parametrize("question", ["Is it waterproof?", "what is this made of?", "这个防水吗？"])
def test_it_is_the_product_in_view(client: TestClient, session: str, question: str) -> None:
    answer = said(client, session, question, viewing="rain")
    assert answer["act"] == "ask_item"
    assert answer["lead"].startswith("雨衣夹克" if answer["language"] == "zh" else "Rain jacket")


def test_it_is_the_product_in_view_beside_several_cards_and_the_second_is_a_card(client: TestClient, session: str) -> None:
    cards = [card["id"] for card in said(client, session, "a leather jacket", viewing="hush")["items"]]
    assert len(cards) > 1 and "hush" not in cards
    assert said(client, session, "how heavy is it?", viewing="hush")["lead"].startswith("Tarn Hush headphones")
    second = client.get(f"/v1/sessions/{session}").json()["messages"][1]["items"][1]
    assert said(client, session, "how heavy is the second one?", viewing="hush")["lead"].startswith(second["title"])


def test_a_wish_leaves_the_cards_where_they_are(client: TestClient, session: str) -> None:
    said(client, session, "a leather jacket", viewing="hush")
    answer = said(client, session, "under $180", viewing="hush")
    assert answer["items"] and all(card["price"] <= 180 for card in answer["items"])
    assert "hush" not in [card["id"] for card in answer["items"]]


def test_my_boots_are_those_that_were_bought(client: TestClient, session: str) -> None:
    answer = said(client, session, "are my boots waterproof?", owned=["trail", "city"], viewing="hush")
    assert answer["lead"].startswith("Trail boots")
    assert said(client, session, "我的耳机防水吗？", owned=["trail"], cart=["hush"])["lead"].startswith("塔恩静音耳机")


def test_what_the_catalogue_does_not_have_is_passed_over(client: TestClient, session: str) -> None:
    answer = said(client, session, "a leather jacket", viewing="sold elsewhere", cart=["no such"], owned=["nor this"])
    assert answer["items"]


def test_the_same_id_beside_another_product_is_another_message(client: TestClient, session: str) -> None:
    path = f"/v1/sessions/{session}/messages"
    first = {"id": "m1", "text": "is it waterproof?", "context": {"viewing": "rain"}}
    answers = [client.post(path, json=first) for _ in range(2)]
    assert [a.status_code for a in answers] == [200, 200] and answers[0].json() == answers[1].json()
    assert client.post(path, json={**first, "context": {"viewing": "hush"}}).status_code == 409


def test_cheaper_than_the_product_in_view_is_of_its_kind(client: TestClient, session: str) -> None:
    answer = said(client, session, "I want something cheaper", viewing="harlow")
    assert answer["items"] and all("jacket" in card["title"].lower() for card in answer["items"])
