"""Sessions and profiles over HTTP: made, read, listed, deleted; replaced, edited, undone under a version; the document."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.chat import Engine
from bot.errors import BadInput, Conflict, ModelSetup
from bot.settings import Settings
from bot.web.server import build_app
from bot.web.v1.problems import Problem, install, problem_of
from vectorstore.errors import CatalogueBusy, IndexMismatch, UnknownCatalogue

WISH = "a brown leather jacket, no zips, under $200"


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(build_app(engine, page=False)) as client:
        yield client


@pytest.fixture
def session(client: TestClient) -> str:
    return str(client.post("/v1/sessions", json={}).json()["id"])


@pytest.fixture
def profile(client: TestClient, session: str) -> str:
    """The address of the profile of a session in which something was said."""
    assert client.post(f"/v1/sessions/{session}/messages", json={"text": WISH}).status_code == 200
    return f"/v1/sessions/{session}/profile"


def told(profile: dict[str, Any]) -> tuple[dict[str, float], list[str]]:
    """A profile in short."""
    return {p["text"]: p["weight"] for p in profile["points"]}, [limit["words"] for limit in profile["limits"]]


# Sessions


def test_a_new_session(client: TestClient) -> None:
    made = client.post("/v1/sessions", json={"language": "zh"})
    assert made.status_code == 201
    body = made.json()
    assert made.headers["location"] == f"/v1/sessions/{body['id']}"
    assert (body["catalogue"], body["language"], body["version"], body["messages"]) == ("small", "zh", 1, [])
    assert body["created"].endswith("Z")
    assert client.get(made.headers["location"]).json() == body
    assert client.post("/v1/sessions").status_code == 201, "without a body, too"


def test_ids_cannot_be_guessed(client: TestClient) -> None:
    made = {client.post("/v1/sessions").json()["id"] for _ in range(5)}
    assert len(made) == 5 and all(len(name) >= 22 for name in made)


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"catalogue": "none"}, 404, "There are: small"),
        ({"language": "fr"}, 422, "/language"),
        ({"catalog": "small"}, 422, "Did you mean 'catalogue'?"),
        ({"id": "mine"}, 422, "There are: catalogue, language"),
    ],
)
def test_what_cannot_be_a_session(client: TestClient, body: dict[str, str], status: int, words: str, engine: Engine) -> None:
    engine._open = _only_small(engine)
    answer = client.post("/v1/sessions", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert words in answer.text


def _only_small(engine: Engine) -> Any:
    small = engine.catalogue("small")

    def opened(name: str) -> Any:
        if name != "small":
            raise UnknownCatalogue(f"No catalogue {name!r} is indexed. There are: small. Index one: rapport index PATH")
        return small

    return opened


def test_a_session_that_is_read_tells_everything(client: TestClient, session: str, profile: str) -> None:
    answer = client.get(f"/v1/sessions/{session}").json()
    user, shop = answer["messages"]
    assert (user["role"], user["text"], user["number"], user["state"]) == ("user", WISH, 1, "done")
    assert (shop["role"], shop["number"]) == ("assistant", 1)
    assert shop["text"].startswith(shop["lead"])
    assert [c["id"] for c in answer["on_screen"]] == [c["id"] for c in shop["items"]]
    assert answer["on_screen"] == shop["items"], "with their reasons"
    assert told(answer["profile"]) == ({"brown leather jacket": 0.8, "zips": -0.8}, ["price ≤ $200"])
    assert user["at"] <= shop["at"]


def test_a_turn_that_the_page_made_is_there_too(client: TestClient, session: str, engine: Engine) -> None:
    talk = engine.load(session)
    assert talk is not None
    list(engine.turn(talk, "a kettle"))
    assert [m["id"] for m in client.get(f"/v1/sessions/{session}").json()["messages"]] == ["turn-1", "turn-1"]
    assert client.get(f"/v1/sessions/{session}/messages/turn-1").json()["number"] == 1
    assert client.get(f"/v1/sessions/{session}/messages/turn-2").status_code == 404


def test_a_deleted_session_is_gone(client: TestClient, session: str, profile: str, settings: Settings) -> None:
    assert client.delete(f"/v1/sessions/{session}").status_code == 204
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/profile"), ("POST", "/messages"), ("POST", "/profile/undo")):
        answer = client.request(method, f"/v1/sessions/{session}{path}", json={"text": "x"} if path == "/messages" else None)
        assert answer.status_code == 404
        assert answer.json()["type"] == "urn:rapport:problem:unknown-session"
    with sqlite3.connect(settings.database.removeprefix("sqlite:///")) as raw:
        for table in ("sessions", "messages"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_the_list_is_for_signed_in_persons(client: TestClient) -> None:
    answer = client.get("/v1/sessions")
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:rapport:problem:identity-needed")


# The profile


def test_the_profile_with_its_version(client: TestClient, profile: str) -> None:
    answer = client.get(profile)
    body = answer.json()
    assert answer.headers["etag"] == f'"{body["version"]}"'
    assert told(body) == ({"brown leather jacket": 0.8, "zips": -0.8}, ["price ≤ $200"])
    assert body["points"][1]["quote"] and body["points"][1]["source"] == "said"
    assert (body["limits"][0]["field"], body["limits"][0]["op"], body["limits"][0]["value"]) == ("price", "<=", 200)


def test_what_was_read_may_be_sent_back_and_changes_nothing(client: TestClient, profile: str) -> None:
    before = client.get(profile).json()
    answer = client.put(profile, json=before)
    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert {name: after[name] for name in ("points", "limits")} == {name: before[name] for name in ("points", "limits")}


def test_a_profile_is_replaced_and_ranked_anew(client: TestClient, session: str, profile: str) -> None:
    tag = client.get(profile).headers["etag"]
    new = {
        "points": [{"text": "waterproof jacket", "weight": 0.9}],
        "limits": [{"field": "price", "op": "<=", "value": 100}, {"field": "brand", "op": "in", "value": ["Moss"]}],
    }
    answer = client.put(profile, json=new, headers={"If-Match": tag})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert told(body)[0] == {"waterproof jacket": 0.9} and len(body["limits"]) == 2
    assert body["points"][0]["source"] == "edited"
    assert [c["id"] for c in body["items"]] == ["rain"], "the one jacket of Moss for less than a hundred"
    assert answer.headers["etag"] == f'"{body["version"]}"' != tag
    assert [c["id"] for c in client.get(f"/v1/sessions/{session}").json()["on_screen"]] == ["rain"]


@pytest.mark.parametrize(
    ("headers", "more", "status"),
    [
        ({}, {}, 428),
        ({"If-Match": "*"}, {}, 428),
        ({"If-Match": '"1"'}, {}, 412),
        ({"If-Match": '"x"'}, {}, 412),
        ({"If-Match": 'W/"2"'}, {}, 412),
        ({}, {"version": 1}, 412),
        ({"If-Match": '"2"'}, {"version": 1}, 412),
        ({"If-Match": '"1", "2"'}, {}, 200),
        ({"If-Match": '"2"'}, {"version": 2}, 200),
        ({"If-Match": "*"}, {"version": 2}, 200),
        ({}, {"version": 2}, 200),
    ],
)
def test_versions_guard_the_profile(
    client: TestClient, profile: str, headers: dict[str, str], more: dict[str, int], status: int
) -> None:
    before = client.get(profile).json()
    assert before["version"] == 2
    answer = client.put(profile, json={"points": [], "limits": [], **more}, headers=headers)
    assert answer.status_code == status, answer.text
    assert (told(client.get(profile).json()) == ({}, [])) == (status == 200)
    if status == 412:
        assert "is now 2" in answer.json()["detail"] and answer.headers["etag"] == '"2"'


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ({"points": [{"text": "red", "weight": 2}], "limits": []}, "/points/0/weight"),
        ({"points": [{"text": " ", "weight": 1}], "limits": []}, "/points/0/text"),
        ({"points": [{"text": "red", "wieght": 1}], "limits": []}, "Did you mean 'weight'?"),
        ({"points": [{"text": "red", "weight": 1}, {"text": "Red", "weight": 0.5}], "limits": []}, "there twice"),
        ({"points": [], "limits": [{"field": "smell", "op": "=", "value": "rose"}]}, "states 'smell'"),
        ({"points": [], "limits": [{"field": "price", "op": "<", "value": 5}]}, "/limits/0/op"),
        ({"points": [], "limits": [{"field": "price", "op": "<=", "value": [5, 6]}]}, "has one value"),
        ({"points": []}, "/limits"),
        ({"points": [], "limits": [], "etag": 2}, "There is no field 'etag'"),
    ],
)
def test_what_cannot_be_a_profile(client: TestClient, profile: str, new: dict[str, Any], words: str) -> None:
    before = client.get(profile).json()
    answer = client.put(profile, json={**new, "version": 2})
    assert answer.status_code == 422
    assert words in answer.text
    assert client.get(profile).json() == before


@pytest.mark.parametrize(
    ("change", "points", "limits"),
    [
        ({"edit": "weight", "text": "Brown leather jacket", "weight": 0.3}, {"brown leather jacket": 0.3, "zips": -0.8}, 1),
        ({"edit": "add", "text": "waterproof"}, {"brown leather jacket": 0.8, "zips": -0.8, "waterproof": 0.8}, 1),
        ({"edit": "remove", "text": "zips"}, {"brown leather jacket": 0.8}, 1),
        ({"edit": "limit", "field": "price", "op": "<=", "value": 100}, {"brown leather jacket": 0.8, "zips": -0.8}, 1),
        ({"edit": "lift", "field": "price", "op": "<="}, {"brown leather jacket": 0.8, "zips": -0.8}, 0),
        ({"edit": "clear"}, {}, 0),
    ],
)
def test_one_edit_and_its_undo(
    client: TestClient, profile: str, change: dict[str, Any], points: dict[str, float], limits: int
) -> None:
    before = client.get(profile).json()
    answer = client.patch(profile, json=change)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert told(body)[0] == points and len(body["limits"]) == limits
    assert body["version"] == before["version"] + 1
    assert bool(body["items"]) == (change["edit"] != "clear")
    undone = client.post(f"{profile}/undo")
    assert told(undone.json()) == told(before)


def test_an_edit_may_be_guarded_by_a_version_too(client: TestClient, profile: str) -> None:
    change = {"edit": "remove", "text": "zips"}
    assert client.patch(profile, json=change, headers={"If-Match": '"1"'}).status_code == 412
    assert client.patch(profile, json=change, headers={"If-Match": '"2"'}).status_code == 200
    assert client.post(f"{profile}/undo", headers={"If-Match": '"2"'}).status_code == 412


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"edit": "weight", "text": "wool", "weight": 0.3}, 404),
        ({"edit": "remove", "text": "wool"}, 404),
        ({"edit": "lift", "field": "brand", "op": "="}, 404),
        ({"edit": "lift"}, 422),
        ({"edit": "more"}, 422),
        ({}, 422),
        ({"edit": "clear", "text": "zips"}, 422),
    ],
)
def test_an_edit_that_cannot_be_made(client: TestClient, profile: str, change: dict[str, Any], status: int) -> None:
    before = client.get(profile).json()
    assert client.patch(profile, json=change).status_code == status
    assert client.get(profile).json() == before


def test_an_edit_while_the_talk_goes_on_loses_neither(
    client: TestClient, session: str, profile: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, meddled = engine.edit, []

    def edit(now: Any, change: Any) -> Any:
        if not meddled:
            meddled.append(True)
            fresh = engine.load(session)
            assert fresh is not None
            list(engine.turn(fresh, "and waterproof"))
        yield from real(now, change)

    monkeypatch.setattr(engine, "edit", edit)
    answer = client.patch(profile, json={"edit": "remove", "text": "zips"})
    assert answer.status_code == 200
    assert "zips" not in told(answer.json())[0] and len(client.get(f"/v1/sessions/{session}").json()["messages"]) == 4
    meddled.clear()
    guarded = client.put(profile, json={"points": [], "limits": [], "version": answer.json()["version"]})
    assert guarded.status_code == 412, "what was read is old"


def test_nothing_to_undo(client: TestClient, session: str) -> None:
    answer = client.post(f"/v1/sessions/{session}/profile/undo")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:rapport:problem:nothing-to-undo")


def test_interests_set_before_a_word_was_said(client: TestClient, session: str) -> None:
    answer = client.patch(f"/v1/sessions/{session}/profile", json={"edit": "add", "text": "leather jacket", "weight": 1})
    assert len(answer.json()["items"]) == 3
    messages = client.get(f"/v1/sessions/{session}").json()["messages"]
    assert [m["role"] for m in messages] == ["assistant"], "nobody said anything"


# Problems


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Conflict("x"), 409),
        (BadInput("x"), 422),
        (UnknownCatalogue("x"), 404),
        (CatalogueBusy("x"), 503),
        (IndexMismatch("x"), 503),
        (ModelSetup("x"), 503),
        (ZeroDivisionError("secret"), 500),
        (Problem(418, "teapot", "A teapot", "x"), 418),
    ],
)
def test_errors_become_problems(error: Exception, status: int) -> None:
    app = FastAPI()
    install(app)

    @app.get("/")
    def fails() -> None:
        raise error

    answer = TestClient(app, raise_server_exceptions=False).get("/")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json() == problem_of(error).body()
    assert "secret" not in answer.text


# The document


def test_the_openapi_document_is_complete(client: TestClient) -> None:
    document = client.get("/v1/openapi.json").json()
    assert document["servers"] == [{"url": "/v1"}]
    schemas = document["components"]["schemas"]
    assert {"ProblemDetails", "Answer", "Card", "ItemsEvent", "TokenEvent"} <= set(schemas)
    stream = document["paths"]["/sessions/{session}/messages"]["post"]["responses"]["200"]["content"]["text/event-stream"]
    events = {one["properties"]["event"]["const"] for one in stream["itemSchema"]["oneOf"]}
    assert events == {"status", "profile", "items", "token", "chips", "done", "error"}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert operation.get("summary") and operation.get("description"), where
            refusals = [r for status, r in operation["responses"].items() if status >= "4"]
            assert refusals, where
            if path.startswith(("/chat/", "/models")):  # these speak another shape
                continue
            for refusal in refusals:
                content = refusal["content"]["application/problem+json"]
                assert content["schema"] == {"$ref": "#/components/schemas/ProblemDetails"}, where
                assert content["example"]["detail"], where


def test_every_reference_of_the_document_leads_somewhere(client: TestClient) -> None:
    document = client.get("/v1/openapi.json").json()

    def references(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield value["$ref"]
            for inner in value.values():
                yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)

    for reference in set(references(document)):
        place: Any = document
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]
        assert place is not None, reference
