"""Everything known of a person over HTTP, and gone: nothing in any file. And what they are told before."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest
import yaml
from fastapi.testclient import TestClient

from bot import keys
from bot.chat import Engine
from bot.settings import Settings
from bot.web.server import build_app
from bot.web.v1.me import consent_text

SECRET = "a secret that only the shop and this server know"
ORIGIN = "https://shop.example"


@pytest.fixture
def site(settings: Settings) -> keys.Site:
    signed = keys.Identity(algorithm="HS256", secret=SECRET)
    return keys.add_site(keys.place(settings), "acme", [ORIGIN], identity=signed)


@pytest.fixture
def client(engine: Engine, site: keys.Site) -> Iterator[TestClient]:
    with TestClient(build_app(engine, page=False)) as client:
        yield client


def signed_in(site: keys.Site, person: str) -> dict[str, str]:
    token = jwt.encode({"sub": person, "exp": time.time() + 300}, SECRET, "HS256")
    return {"Origin": ORIGIN, "X-Rapport-Site": site.key, "X-Rapport-Identity": token}


def settled(client: TestClient) -> bool:
    """Whether what was deleted is gone from the files within seconds."""
    return bool(client.app.state.turns.engine.memory.traceless(10))  # type: ignore[attr-defined]


def raw(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def talked(client: TestClient, headers: dict[str, str], words: str) -> str:
    session = client.post("/v1/sessions", json={}, headers=headers).json()["id"]
    message = {"id": f"m-{words}", "text": f"a brown leather {words}, call 13800138000"}
    assert client.post(f"/v1/sessions/{session}/messages", json=message, headers=headers).status_code == 200
    event = {"id": f"e-{words}", "kind": "rating", "item": "harlow", "value": 4}
    assert client.post(f"/v1/sessions/{session}/events", json=event, headers=headers).status_code == 202
    return str(session)


def test_a_person_sees_all_that_is_known_of_them_and_nothing_of_others(client: TestClient, site: keys.Site) -> None:
    ada, bob = signed_in(site, "ada"), signed_in(site, "bob")
    mine = [talked(client, ada, "jacket"), talked(client, ada, "belt")]
    talked(client, bob, "umbrellawish")
    read = client.get("/v1/me", headers=ada)
    known = read.json()
    assert read.headers["cache-control"] == "no-store"
    assert (known["person"], known["site"]) == ("ada", "acme")
    assert [s["id"] for s in known["sessions"]] == mine
    assert known["sessions"][0]["turns"][0]["user"] == "a brown leather jacket, call [phone number]"
    assert known["sessions"][0]["profile"]["points"]
    assert [(m["id"], m["session"], m["text"]) for m in known["messages"]] == [
        ("m-jacket", mine[0], "a brown leather jacket, call [phone number]"),
        ("m-belt", mine[1], "a brown leather belt, call [phone number]"),
    ]
    assert [(e["event_id"], e["item"], e["value"]) for e in known["events"]] == [
        ("e-jacket", "harlow", 4.0),
        ("e-belt", "harlow", 4.0),
    ]
    assert all(e["at"].endswith("Z") for e in known["events"]) and known["messages"][0]["accepted"].endswith("Z")
    assert "umbrellawish" not in read.text


def test_of_a_person_who_is_deleted_no_byte_remains(client: TestClient, site: keys.Site, tmp_path: Path) -> None:
    ada, bob = signed_in(site, "ada-LOVELACE"), signed_in(site, "bob")
    mine = [talked(client, ada, f"SECRETwish{n}") for n in range(5)]
    theirs = talked(client, bob, "KEPTwish")
    for trace in (b"SECRETwish", b"LOVELACE", mine[0].encode()):
        assert trace in raw(tmp_path)
    assert b"13800138000" not in raw(tmp_path), "masked before it was ever kept"
    assert client.delete("/v1/me", headers=ada).status_code == 204
    assert settled(client)
    left = raw(tmp_path)
    for trace in (b"SECRETwish", b"LOVELACE", *(session.encode() for session in mine)):
        assert trace not in left
    assert b"KEPTwish" in left
    assert client.get(f"/v1/sessions/{theirs}", headers=bob).status_code == 200
    assert client.get(f"/v1/sessions/{mine[0]}", headers=ada).status_code == 404
    assert client.get("/v1/me", headers=ada).json() == {
        "person": "ada-LOVELACE", "site": "acme", "sessions": [], "messages": [], "events": [], "links": [],
    }  # fmt: skip
    assert client.delete("/v1/me", headers=ada).status_code == 204, "again does no harm"


def test_a_session_without_a_person_is_seen_and_deleted_by_whoever_holds_its_id(client: TestClient, tmp_path: Path) -> None:
    session = talked(client, {}, "SECRETwish")
    header = {"X-Rapport-Session": session}
    known = client.get("/v1/me", headers=header).json()
    assert known["person"] == "" and [s["id"] for s in known["sessions"]] == [session]
    assert len(known["messages"]) == len(known["events"]) == 1
    assert client.delete("/v1/me", headers=header).status_code == 204
    assert settled(client)
    assert b"SECRETwish" not in raw(tmp_path)
    assert client.get("/v1/me", headers=header).status_code == 404
    assert client.delete("/v1/me", headers=header).status_code == 404


def test_a_persons_session_is_not_seen_or_deleted_by_its_id_alone(client: TestClient, site: keys.Site) -> None:
    session = talked(client, signed_in(site, "ada"), "jacket")
    for method in ("GET", "DELETE"):
        assert client.request(method, "/v1/me", headers={"X-Rapport-Session": session}).status_code == 404
    assert client.get(f"/v1/sessions/{session}", headers=signed_in(site, "ada")).status_code == 200


def test_one_of_the_two_is_needed(client: TestClient) -> None:
    for method in ("GET", "DELETE"):
        refused = client.request(method, "/v1/me")
        assert refused.status_code == 401
        assert "X-Rapport-Identity" in refused.json()["detail"] and "X-Rapport-Session" in refused.json()["detail"]


def test_a_deleted_session_takes_its_messages_along(client: TestClient, tmp_path: Path) -> None:
    session = talked(client, {}, "SECRETwish")
    assert client.delete(f"/v1/sessions/{session}").status_code == 204
    assert settled(client)
    assert b"SECRETwish" not in raw(tmp_path)


def test_the_consent_says_how_this_server_is_set_up(client: TestClient, settings: Settings) -> None:
    english, chinese = client.get("/v1/consent").json(), client.get("/v1/consent?language=zh").json()
    assert english["language"] == "en" and "90 days" in english["text"] and "fixed rules" in english["text"]
    assert chinese["language"] == "zh" and "90 天" in chinese["text"] and "固定规则" in chinese["text"]
    assert english["version"] == chinese["version"], "one question, asked in either language"
    assert client.get("/v1/consent?language=fr").status_code == 422

    def text(**changed: object) -> str:
        return consent_text(settings.model_copy(update=changed), "en")

    assert "on the shop's own server reads" in text(model="default")
    assert "on the shop's own server reads" in text(model="http://127.0.0.1:8000/v1")
    assert "on another server" in text(model="https://models.example/v1")
    assert "on another server" in text(model="none", embedding="https://models.example/v1"), "what is embedded is sent, too"
    assert "until they are deleted" in text(retention_days=0)
    assert "as you write them" in text(mask_personal_data=False) and "are masked" in text()


def test_the_consent_stands_in_both_languages() -> None:
    parts = yaml.safe_load((Path(__file__).parents[1] / "bot" / "consent.yaml").read_text("utf-8"))
    for name, said in parts.items():
        assert set(said) == {"en", "zh"} and all(said.values()), name
        assert ("{days}" in said["en"]) == ("{days}" in said["zh"]), name
