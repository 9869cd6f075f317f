"""The shop's service over HTTP: what a desk answers, and a conversation that is given to a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from shop_system import ShopSystem

from bot.chat import Engine
from bot.errors import RapportError
from bot.settings import Settings
from bot.web.server import build_app


@pytest.fixture
def client(engine: Engine, settings: Settings, system: ShopSystem) -> Iterator[TestClient]:
    desk = f"small:\n  orders: {{url: '{system.address}'}}\n  person: {{url: '{system.address}'}}\n"
    (settings.data_dir / "service.yaml").write_text(desk, "utf-8")
    with TestClient(build_app(engine, page=False)) as client:
        yield client


@pytest.fixture
def session(client: TestClient) -> str:
    return str(client.post("/v1/sessions", json={}).json()["id"])


def said(client: TestClient, session: str, text: str, **context: Any) -> dict[str, Any]:
    answer = client.post(f"/v1/sessions/{session}/messages", json={"text": text, "context": context})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_desk_answers_before_the_recommender(client: TestClient, session: str) -> None:
    answer = said(client, session, "where is my order A-10422?")
    assert (answer["topic"], answer["items"]) == ("order", []) and "on its way" in answer["reply"]
    answer = said(client, session, "my boots are torn", owned=["trail"])
    assert answer["topic"] == "trouble" and "Trail boots" in answer["reply"] and answer["items"] == []
    said(client, session, "that is solved, thanks", viewing="hush")
    offered = said(client, session, "Something like it", viewing="hush")
    assert offered["items"] and "boots" in offered["items"][0]["title"].lower()
    talk = client.get(f"/v1/sessions/{session}").json()
    assert [m["topic"] for m in talk["messages"] if m["role"] == "assistant"] == ["order", "trouble", "solved", ""]


def test_a_person_gets_the_conversation_and_where_to_write(client: TestClient, session: str, system: ShopSystem) -> None:
    said(client, session, "my tent is torn")
    path = f"/v1/sessions/{session}/person"
    for body in ({}, {"consent": False, "contact": "ann@shop.example"}):
        assert client.post(path, json=body).status_code == 422
    assert system.asked == []
    answer = client.post(path, json={"consent": True, "contact": "ann@shop.example"})
    assert answer.status_code == 200 and answer.json()["topic"] == "handed_over"
    assert system.asked[0][0]["contact"] == "ann@shop.example" and "my tent is torn" in system.asked[0][0]["transcript"]
    assert client.post(path, json={"consent": True}).json() == answer.json() and len(system.asked) == 1
    whole = client.get(f"/v1/sessions/{session}")
    assert "ann@shop.example" not in whole.text and whole.json()["messages"][-1]["text"].startswith("Passed on")


def test_nobody_there_is_a_problem_with_a_next_step(client: TestClient, session: str, system: ShopSystem) -> None:
    system.status = 500
    answer = client.post(f"/v1/sessions/{session}/person", json={"consent": True})
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:rapport:problem:not-handed-over")
    assert client.get(f"/v1/sessions/{session}").json()["messages"] == []


def test_without_a_desk_there_is_no_person(engine: Engine) -> None:
    with TestClient(build_app(engine, page=False)) as client:
        session = client.post("/v1/sessions", json={}).json()["id"]
        answer = client.post(f"/v1/sessions/{session}/person", json={"consent": True})
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:rapport:problem:no-person")


def test_a_wrong_file_is_told_when_the_server_starts(engine: Engine, settings: Settings) -> None:
    (settings.data_dir / "service.yaml").write_text("small: {person: {mail: x}}\n", "utf-8")
    with pytest.raises(RapportError, match=r"service\.yaml"):
        build_app(engine, page=False)
