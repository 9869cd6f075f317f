"""Messages over HTTP: one JSON or a stream, the same id twice, order, resuming, giving up, and what a crash leaves."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from api_client import events_of, sent_events
from fastapi.testclient import TestClient
from running_server import listening

from bot.chat import Engine
from bot.errors import Conflict, ModelUnavailable
from bot.llm import LLM
from bot.llm.model import ScriptedLLM, ScriptedStream
from bot.memory.inbox import Inbox
from bot.state import TurnDone
from bot.web.server import build_app
from bot.web.v1 import messages
from bot.web.v1.problems import Problem
from bot.web.v1.running import Turns

WISH = "a brown leather jacket, no zips"
READ = "act: request\n+ brown leather jacket\n- zips\nEND"
HARLOW = "Chestnut brown lambskin that closes with horn buttons, so there is no zip."
STREAM = {"Accept": "text/event-stream"}


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(build_app(engine, page=False)) as client:
        yield client


@pytest.fixture
def session(client: TestClient) -> str:
    return begun(client)


def begun(client: TestClient) -> str:
    """The id of a new session."""
    return str(client.post("/v1/sessions", json={}).json()["id"])


def said(client: TestClient, session: str, text: str, **more: Any) -> dict[str, Any]:
    """The answer to a message, as one JSON."""
    answer = client.post(f"/v1/sessions/{session}/messages", json={"text": text, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def streamed(client: TestClient, session: str, text: str, headers: dict[str, str] | None = None, **more: Any) -> list[Any]:
    """The events of a message."""
    body = {"text": text, **more}
    answer = client.post(f"/v1/sessions/{session}/messages", json=body, headers={**STREAM, **(headers or {})})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    return sent_events(answer.text)


# One JSON


def test_an_answer_as_one_json(client: TestClient, session: str) -> None:
    answer = said(client, session, WISH, id="m1")
    assert (answer["message"], answer["number"], answer["act"], answer["language"]) == ("m1", 1, "request", "en")
    first = answer["items"][0]
    assert first["id"] == "harlow"
    assert first["price"] == 179.0 and first["currency"] == "USD"
    assert sum(c["amount"] for c in first["contributions"]) == pytest.approx(first["score"], abs=1e-9)
    assert {(r["quote"], r["fact"]["name"], r["side"]) for r in first["reasons"]} >= {("no zips", "closure", "for")}
    assert client.get(first["picture"]).headers["content-type"].startswith("image/svg+xml")
    assert {p["text"]: p["weight"] for p in answer["profile"]["points"]} == {"brown leather jacket": 0.8, "zips": -0.8}
    assert answer["reply"].startswith(answer["lead"]) and len(answer["reply"]) > len(answer["lead"])
    assert answer["seconds"]["total"] >= answer["seconds"]["items"]
    again = client.get(f"/v1/sessions/{session}/messages/m1")
    assert (again.status_code, again.json()) == (200, answer)


def test_limits_and_no_match_in_words(client: TestClient, session: str) -> None:
    answer = said(client, session, "a leather jacket under $200")
    assert [limit["words"] for limit in answer["profile"]["limits"]] == ["price ≤ $200"]
    assert all(card["limits"][0]["text"].startswith("price ≤ $200 · price: $") for card in answer["items"])
    none = said(client, session, "under $20")
    assert none["no_match"]["blocking"]["words"] == "price ≤ $20"
    assert none["no_match"]["nearest"] and none["items"] == []


def test_chinese_comes_back_in_chinese(client: TestClient, session: str) -> None:
    answer = said(client, session, "棕色皮夹克，不要拉链")
    assert answer["language"] == "zh"
    assert answer["items"][0]["title"] == "哈洛皮夹克"
    assert {f["label"] for f in answer["items"][0]["facts"]} >= {"闭合"}


def test_the_same_id_again_is_the_same_turn(client: TestClient, session: str) -> None:
    first = said(client, session, WISH, id="m1")
    assert said(client, session, WISH, id="m1") == first
    assert streamed(client, session, WISH, id="m1")[-1].data == first
    talk = client.get(f"/v1/sessions/{session}").json()
    assert [(m["id"], m["role"]) for m in talk["messages"]] == [("m1", "user"), ("m1", "assistant")]


def test_the_same_id_for_another_text_is_refused(client: TestClient, session: str) -> None:
    said(client, session, WISH, id="m1")
    answer = client.post(f"/v1/sessions/{session}/messages", json={"text": "boots", "id": "m1"})
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:rapport:problem:other-message"


def test_without_an_id_the_server_gives_one(client: TestClient, session: str) -> None:
    first, second = said(client, session, "a jacket"), said(client, session, "a jacket")
    assert first["message"] != second["message"]
    assert (first["number"], second["number"]) == (1, 2)


def test_what_stands_on_the_shops_page_can_be_meant(client: TestClient, session: str) -> None:
    answer = said(client, session, "how heavy is the second one?", context={"on_screen": ["moto", "rain"]})
    assert "300" in answer["reply"]
    refused = client.post(
        f"/v1/sessions/{session}/messages", json={"text": "this one?", "context": {"on_screen": ["moto", "no-such"]}}
    )
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/context/on_screen/1"


def test_personal_data_is_not_kept(client: TestClient, session: str, engine: Engine) -> None:
    text = "a jacket, write to ann@example.org"
    said(client, session, text, id="m1")
    assert said(client, session, text, id="m1")["number"] == 1, "masked or not, it is the same message"
    entry = Inbox(engine.memory).get(session, "m1")
    assert entry is not None and entry.text == "a jacket, write to [e-mail]"
    assert "ann@example.org" not in client.get(f"/v1/sessions/{session}").text


# What is refused


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"txt": "a jacket"}, 422, "Did you mean 'text'?"),
        ({"text": "a jacket", "context": {"onscreen": []}}, 422, "Did you mean 'on_screen'?"),
        ({"text": ""}, 422, "/text"),
        ({"text": "a" * 4001}, 422, "at most 4000 characters; this one has 4001"),
        ({"text": "a jacket", "id": "a:1"}, 422, "/id"),
        ({"text": "\ud800"}, 422, "/text"),
        ({"text": 5}, 422, "/text"),
        ([], 422, ""),
    ],
)
def test_what_cannot_be_a_message(client: TestClient, session: str, body: Any, status: int, told: str) -> None:
    answer = client.post(
        f"/v1/sessions/{session}/messages", content=json.dumps(body), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert told in answer.text
    assert client.get(f"/v1/sessions/{session}").json()["messages"] == []


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"Content-Type": "application/json"}, b"{", 400),
        ({"Content-Type": "application/json"}, b"\xff\xfe", 400),
        ({"Content-Type": "application/json"}, b"[" * 100_000, 400),
        ({"Content-Type": "text/plain"}, b'{"text": "a jacket"}', 415),
        ({"Content-Type": "application/json", "Accept": "text/html"}, b'{"text": "a jacket"}', 406),
    ],
)
def test_bodies_and_forms_that_cannot_be_used(
    client: TestClient, session: str, headers: dict[str, str], content: bytes, status: int
) -> None:
    answer = client.post(f"/v1/sessions/{session}/messages", content=content, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.json()["status"] == status


def test_what_is_not_there(client: TestClient, session: str) -> None:
    for method, path, status in (
        ("POST", "/v1/sessions/nobody/messages", 404),
        ("GET", f"/v1/sessions/{session}/messages/none", 404),
        ("GET", f"/v1/sessions/{session}/messages/none/events", 404),
        ("GET", f"/v1/sessions/{session}/messages/turn-1", 404),
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/sessions/a%0Ab", 404),
        ("PUT", f"/v1/sessions/{session}/messages", 405),
    ):
        answer = client.request(method, path, json={"text": "a jacket"} if method == "POST" else None)
        assert answer.status_code == status, (path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"


# The stream


def test_a_stream_tells_the_turn_in_order(client: TestClient, session: str) -> None:
    events = streamed(client, session, WISH, id="m1")
    assert [e.name for e in events] == ["profile", "items", "token", "chips", "done"]
    assert [e.id for e in events] == [f"m1:{n}" for n in range(1, 6)]
    profile, items, token, chips, done = (e.data for e in events)
    assert profile["reading"] == {"act": "request", "by": "rules"}
    assert (items["provisional"], items["items"][0]["id"]) == (False, "harlow")
    assert (token["item"], token["text"], token["done"]) == (None, done["lead"], True)
    assert done["items"] == items["items"] and done["chips"] == chips["chips"]
    assert done == client.get(f"/v1/sessions/{session}/messages/m1").json()


def test_a_stream_with_a_model(scripted: Callable[..., Engine]) -> None:
    with TestClient(build_app(scripted(READ, f"1 {HARLOW}\nEND"), page=False)) as client:
        session = begun(client)
        events = streamed(client, session, WISH, id="m1")
        done = events[-1].data
        assert done["items"][0]["sentence"] == HARLOW and done["items"][0]["voice"] == "model"
        written = [e.data for e in events if e.name == "token" and e.data["item"] == "harlow"]
        assert (written[-1]["text"], written[-1]["done"]) == (HARLOW, True)


def test_a_stream_is_taken_up_after_any_event(client: TestClient, session: str) -> None:
    whole = streamed(client, session, WISH, id="m1")
    path = f"/v1/sessions/{session}/messages/m1/events"
    for place, event in enumerate(whole):
        rest = events_of(client.get(path, headers={"Last-Event-ID": event.id}))
        assert rest == whole[place + 1 :]
    for other in ("", "m2:3", "m1:x", "m1", "m1:99999999999", "m1:6", "\x01"):
        assert events_of(client.get(path, headers={"Last-Event-ID": other})) == whole
    assert streamed(client, session, WISH, {"Last-Event-ID": "m1:3"}, id="m1") == whole[3:], "and by sending it again"


def test_a_stream_is_taken_up_after_a_restart(client: TestClient, session: str, engine: Engine) -> None:
    whole = streamed(client, session, WISH, id="m1")
    with TestClient(build_app(engine, page=False)) as restarted:
        told = events_of(restarted.get(f"/v1/sessions/{session}/messages/m1/events", headers={"Last-Event-ID": "m1:2"}))
    assert [e.name for e in told] == ["profile", "items", "token", "chips", "done"]
    assert {e.name: e.data for e in told} == {e.name: e.data for e in whole}
    assert min(int(e.id.split(":")[1]) for e in told) > 5, "so that who saw some of them before misses nothing"


# Order, waiting, giving up


class Held(ScriptedLLM):
    """A model that writes when it is let, and knows whether its writing was stopped."""

    def __init__(self, *answers: Any) -> None:
        super().__init__(*answers)
        self.let = threading.Event()
        self.begun = threading.Event()
        self.streams: list[HeldStream] = []

    def stream(self, prompt: Any, **asking: Any) -> HeldStream:
        stream = HeldStream(self, super().stream(prompt, **asking))
        self.streams.append(stream)
        return stream


class HeldStream:
    """The words of a `Held` model: none before it is let."""

    def __init__(self, llm: Held, inner: ScriptedStream) -> None:
        self.llm, self.inner, self.closed = llm, inner, False
        self.place, self.waited = inner.place, 0.0

    @property
    def usage(self) -> Any:
        return self.inner.usage

    def __iter__(self) -> HeldStream:
        return self

    def __next__(self) -> str:
        self.llm.begun.set()
        while not self.llm.let.wait(0.01):
            if self.closed:
                raise StopIteration
        return next(self.inner)

    def close(self) -> None:
        self.closed = True
        self.inner.close()


def until(true: Callable[[], Any], seconds: float = 60) -> None:
    """Wait for something."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def test_messages_of_a_session_wait_for_each_other(engine_with: Callable[[LLM], Engine]) -> None:
    llm = Held(READ, f"1 {HARLOW}\n", "act: refine\n+ under $200\nEND", "1 Fine.\nEND", *["act: chat\nEND"] * 20)
    engine = engine_with(llm)
    turns = Turns(engine)
    session = engine.start()
    goings = [turns.accept(session, f"m{n}", text) for n, text in enumerate((WISH, "under $200", "the first one please"))]
    until(llm.begun.is_set)
    assert [g.state for g in goings] == ["running", "accepted", "accepted"]
    llm.let.set()
    until(lambda: all(g.result for g in goings))
    assert [g.result.number for g in goings] == [1, 2, 3]  # type: ignore[union-attr]
    kept = engine.load(session.id)
    assert kept is not None and [t.user for t in kept.turns] == [WISH, "under $200", "the first one please"]
    turns.close()


def test_only_a_few_wait(engine_with: Callable[[LLM], Engine]) -> None:
    llm = Held(*[READ] * 40)
    with TestClient(build_app(engine_with(llm), page=False)) as client:
        session = begun(client)
        turns: Turns = client.app.state.turns  # type: ignore[attr-defined]
        talk = turns.engine.load(session)
        assert talk is not None
        for n in range(8):
            turns.accept(talk, f"m{n}", WISH)
        refused = client.post(f"/v1/sessions/{session}/messages", json={"text": "one more"})
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
        assert turns.inbox.get(session, "m7") is not None
        assert len(turns.inbox.of(session)) == 8, "and nothing of it was kept"


def test_a_message_that_is_not_answered_yet(engine_with: Callable[[LLM], Engine]) -> None:
    llm = Held(READ, f"1 {HARLOW}\nEND")
    with TestClient(build_app(engine_with(llm), page=False)) as client:
        session = begun(client)
        turns: Turns = client.app.state.turns  # type: ignore[attr-defined]
        talk = turns.engine.load(session)
        assert talk is not None
        turns.accept(talk, "m1", WISH)
        until(llm.begun.is_set)
        waiting = client.get(f"/v1/sessions/{session}/messages/m1")
        assert (waiting.status_code, waiting.json()["state"]) == (202, "running")
        assert [(m["id"], m["state"]) for m in client.get(f"/v1/sessions/{session}").json()["messages"]] == [("m1", "running")]
        llm.let.set()
        events = events_of(client.get(waiting.json()["events"]))
        assert events[-1].name == "done"


def test_messages_that_were_given_up_do_not_lock_a_session(engine_with: Callable[[LLM], Engine]) -> None:
    llm = Held(*[READ] * 20)
    engine = engine_with(llm)
    session = engine.start()
    turns = Turns(engine)
    for n in range(engine.settings.waiting_messages):
        turns.inbox.accept(session.id, f"m{n}", WISH)  # as a crash leaves them: nobody waits for them
    with pytest.raises(Problem, match="wait"):
        turns.accept(session, "one more", WISH)
    llm.let.set()
    until(lambda: len(turns.inbox.of(session.id, "accepted")) < engine.settings.waiting_messages)
    turns.close()


def test_what_is_invisible_hides_no_number(engine_with: Callable[[LLM], Engine]) -> None:
    engine = engine_with(ScriptedLLM())
    turns = Turns(engine)
    session = engine.start()
    turns.accept(session, "m1", "call me: 138\u200b0013\u200b8000")
    assert "8000" not in turns.inbox.of(session.id)[0].text
    turns.close()


def test_an_answer_that_nobody_reads_stops_the_model(engine_with: Callable[[LLM], Engine]) -> None:
    llm = Held(READ, READ)
    engine = engine_with(llm)
    turns = Turns(engine)
    session = engine.start()
    going = turns.accept(session, "m1", WISH)
    until(llm.begun.is_set)
    assert not going.ended
    turns.grace = 0.0
    until(lambda: going.paused)
    assert llm.streams[0].closed, "the model does not write for nobody"
    entry = turns.entry(session.id, "m1")
    assert entry is not None and entry.state == "accepted", "nothing was reached, so it waits to be asked for"
    llm.let.set()
    turns.grace = 60.0
    taken_up = turns.follow(entry)
    until(lambda: taken_up.result)
    assert taken_up.result.number == 1  # type: ignore[union-attr]
    turns.close()


def test_prose_that_nobody_reads_stops_and_the_items_stay(engine_with: Callable[[LLM], Engine]) -> None:
    class HeldProse(Held):
        def stream(self, prompt: Any, **asking: Any) -> Any:
            if not self.streams:
                self.streams.append(None)  # type: ignore[arg-type]
                return ScriptedLLM.stream(self, prompt, **asking)
            return super().stream(prompt, **asking)

    llm = HeldProse(READ, f"1 {HARLOW}\nEND")
    engine = engine_with(llm)
    turns = Turns(engine)
    session = engine.start()
    going = turns.accept(session, "m1", WISH)
    until(llm.begun.is_set)
    assert not going.ended
    turns.grace = 0.0
    until(lambda: going.result)
    assert llm.streams[1].closed
    assert [i.voice for i in going.result.items] == ["template"] * 3  # type: ignore[union-attr]
    entry = turns.entry(session.id, "m1")
    assert entry is not None and entry.state == "done"
    turns.close()


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
def test_a_caller_that_leaves_is_noticed(
    engine_with: Callable[[LLM], Engine], monkeypatch: pytest.MonkeyPatch, accept: str
) -> None:
    monkeypatch.setattr(messages, "LOOK", 0.05)
    llm = Held(READ, f"1 {HARLOW}\n")
    app = build_app(engine_with(llm), page=False)
    turns: Turns = app.state.turns
    with listening(app) as address, httpx.Client(base_url=address) as client:
        session = client.post("/v1/sessions").json()["id"]
        body, headers = json.dumps({"text": WISH, "id": "m1"}), {"Accept": accept, "Content-Type": "application/json"}
        with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port)) as caller:
            head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            length = f"Host: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
            caller.sendall(f"POST /v1/sessions/{session}/messages HTTP/1.1\r\n{length}{head}\r\n{body}".encode())
            until(llm.begun.is_set)
            turns.grace = 0.0  # from now on, nobody watching means given up
            going = turns.follow(turns.inbox.of(session)[0])
            time.sleep(0.3)
            assert not going.ended, "while the caller is there, the model goes on"
        until(lambda: going.paused)
        assert llm.streams[0].closed
        llm.let.set()


def test_a_silent_stream_says_that_it_is_alive(engine_with: Callable[[LLM], Engine], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "BEAT", 0.05)
    llm = Held(READ, f"1 {HARLOW}\nEND")
    threading.Timer(0.5, llm.let.set).start()
    with TestClient(build_app(engine_with(llm), page=False)) as client:
        answer = client.post(f"/v1/sessions/{begun(client)}/messages", json={"text": WISH}, headers=STREAM)
    assert "\n\n: waiting\n\n" in answer.text or answer.text.startswith(": waiting\n\n")
    assert sent_events(answer.text)[-1].name == "done"


def test_a_turn_that_breaks_off_is_told_kept_and_can_be_asked_for_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with TestClient(build_app(engine, page=False)) as client:
        session = begun(client)
        with monkeypatch.context() as broken:
            broken.setattr(engine, "turn", lambda *_: iter([1 / 0]))
            answer = client.post(f"/v1/sessions/{session}/messages", json={"text": WISH, "id": "m1"})
            assert (answer.status_code, answer.json()["type"]) == (500, "urn:rapport:problem:broken-off")
            events = streamed(client, session, "boots", id="m2")
            assert [e.name for e in events] == ["error"] and events[0].data["status"] == 500
        assert client.get(f"/v1/sessions/{session}/messages/m1").status_code == 500
        states = [(m["id"], m["state"]) for m in client.get(f"/v1/sessions/{session}").json()["messages"]]
        assert states == [("m1", "failed"), ("m2", "failed")]
        assert said(client, session, WISH, id="m1")["items"][0]["id"] == "harlow"


@pytest.mark.parametrize("trouble", [RuntimeError("the model broke"), Conflict("it went on")])
def test_a_turn_whose_sentences_broke_off_is_the_messages_turn_for_good(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    real = engine.turn

    def turn(session: Any, message: str) -> Any:
        for event in real(session, message):
            if isinstance(event, TurnDone):
                raise trouble  # the items stand and are saved
            yield event

    monkeypatch.setattr(engine, "turn", turn)
    with TestClient(build_app(engine, page=False), raise_server_exceptions=False) as client:
        session = begun(client)
        first = said(client, session, WISH, id="m1")
        assert first["number"] == 1 and first["items"][0]["id"] == "harlow"
        assert said(client, session, "under $190", id="m2")["number"] == 2
        again = said(client, session, WISH, id="m1")
        assert (again["number"], again["reply"]) == (1, first["reply"])
        states = [(m["id"], m["state"]) for m in client.get(f"/v1/sessions/{session}").json()["messages"] if m["role"] == "user"]
        assert states == [("m1", "done"), ("m2", "done")]
    kept = engine.load(session)
    assert kept is not None and [t.user for t in kept.turns] == [WISH, "under $190"]


def test_a_model_that_is_away_is_not_a_failure(scripted: Callable[..., Engine]) -> None:
    with TestClient(build_app(scripted(ModelUnavailable("away"), ModelUnavailable("away")), page=False)) as client:
        assert said(client, begun(client), WISH)["items"][0]["id"] == "harlow"


# What a crash leaves


def test_what_was_accepted_before_a_crash_is_answered_when_asked_for(engine: Engine) -> None:
    session = engine.start()
    inbox = Inbox(engine.memory)
    for name, text in (("m1", WISH), ("m2", "under $190")):
        assert inbox.accept(session.id, name, text)
    with TestClient(build_app(engine, page=False)) as client:
        events = events_of(client.get(f"/v1/sessions/{session.id}/messages/m2/events"))
        assert (events[-1].name, events[-1].data["number"]) == ("done", 2), "in order, the first one first"
        assert client.get(f"/v1/sessions/{session.id}/messages/m1").json()["number"] == 1


def test_what_was_answered_just_before_a_crash_is_not_answered_twice(engine: Engine) -> None:
    session = engine.start()
    inbox = Inbox(engine.memory)
    assert inbox.accept(session.id, "m1", WISH)
    list(engine.turn(session.model_copy(update={"answered": (1, "m1")}), WISH))  # and here it was killed
    with TestClient(build_app(engine, page=False)) as client:
        assert said(client, session.id, WISH, id="m1")["number"] == 1
        assert said(client, session.id, "under $190")["number"] == 2
    kept = engine.load(session.id)
    assert kept is not None and len(kept.turns) == 2


def test_a_session_that_goes_on_elsewhere_loses_neither(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(engine)
    session = engine.start()
    real, meddled = engine.turn, threading.Event()

    def turn(now: Any, message: str) -> Any:
        if not meddled.is_set():
            meddled.set()
            fresh = engine.load(session.id)
            assert fresh is not None
            list(real(fresh, "a kettle"))
        yield from real(now, message)

    monkeypatch.setattr(engine, "turn", turn)
    going = turns.accept(session, "m1", WISH)
    until(lambda: going.result)
    assert going.result.number == 2  # type: ignore[union-attr]
    kept = engine.load(session.id)
    assert kept is not None and [t.user for t in kept.turns] == ["a kettle", WISH]
    turns.close()
