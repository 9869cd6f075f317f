"""Streams under attack: cut anywhere and taken up again, any `Last-Event-ID`, any body. Nothing is lost, nothing breaks.

More of it with `RAPPORT_EXAMPLES=500 pytest tests/test_api_stream.py`.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from api_client import Sent, sent_events
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from running_server import listening

from bot.chat import Engine
from bot.llm.model import Prompt, ScriptedLLM
from bot.memory import Memory
from bot.settings import Settings
from bot.web.server import build_app
from vectorstore.catalogue import Catalogue

WISH = "a brown leather jacket, no zips"
READ = "act: request\n+ brown leather jacket\n- zips\nEND"
PROSE = "1 Chestnut brown lambskin that closes with horn buttons, so there is no zip.\n2 Umber waxed cotton with buttons.\nEND"
SOME = settings(max_examples=int(os.environ.get("RAPPORT_EXAMPLES", "15")), deadline=None)


class Talkative(ScriptedLLM):
    """A model that never runs out of answers, and takes a moment for each word."""

    def stream(self, prompt: Prompt, **asking: Any) -> Any:
        answer = PROSE if prompt.user.startswith("TASK SAY") else READ
        return _Slow(ScriptedLLM(answer).stream(prompt, **asking))


class _Slow:
    def __init__(self, inner: Any) -> None:
        self.inner, self.place, self.waited = inner, inner.place, 0.0

    @property
    def usage(self) -> Any:
        return self.inner.usage

    def __iter__(self) -> _Slow:
        return self

    def __next__(self) -> str:
        time.sleep(0.001)
        return str(next(self.inner))

    def close(self) -> None:
        self.inner.close()


@pytest.fixture(scope="module")
def engine(shop: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("streams")
    plain = Settings.model_construct(**{name: field.default for name, field in Settings.model_fields.items()})
    own = {"data_dir": folder, "database": f"sqlite:///{folder / 'talks.sqlite3'}", "catalogue": shop.info.name, "model": "none"}
    unlimited = {"calls_a_minute": 0, "messages_a_minute": 0, "sessions_an_hour": 0}
    own = {**own, "ask_always": True, "allowed_hosts": ("testserver",)}
    made = plain.model_copy(update={**own, **unlimited})
    return Engine(made, Talkative(), lambda name: shop, lambda: [shop.info], Memory.open(made))


@pytest.fixture(scope="module")
def address(engine: Engine) -> Iterator[str]:
    """A server that really listens: only a real connection can be cut."""
    with listening(build_app(engine, page=False)) as address:
        yield address


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(build_app(engine, page=False), raise_server_exceptions=True) as client:
        yield client


def begun(client: Any) -> str:
    return str(client.post("/v1/sessions").json()["id"])


def folded(events: list[Sent]) -> dict[str, Any]:
    """What somebody knows who has read these events, newest last."""
    known: dict[str, Any] = {}
    for event in events:
        if event.name == "items":
            known = {name: value for name, value in known.items() if not name.startswith("token ")}
        known[f"token {event.data['item']}" if event.name == "token" else event.name] = event.data
    return known


def is_whole(known: dict[str, Any]) -> None:
    """What was told piece by piece is what the answer says at last."""
    done = known["done"]
    assert known["chips"]["chips"] == done["chips"]
    assert {p["text"] for p in known["profile"]["points"]} == {p["text"] for p in done["profile"]["points"]}
    assert [c["id"] for c in known["items"]["items"]] == [c["id"] for c in done["items"]]
    assert known["items"]["provisional"] is False
    told = {name.removeprefix("token "): data["text"] for name, data in known.items() if name.startswith("token ")}
    assert told.pop("None") == done["lead"]
    sentences = {c["id"]: c["sentence"] for c in done["items"] if c["voice"] == "model"}
    assert told == sentences and sentences, "the model wrote some"


def part_of(address: str, path: str, size: int, last: str, body: dict[str, Any] | None = None) -> tuple[list[Sent], bool]:
    """The whole events within the first bytes of a stream, and whether it had come to its end. The connection is cut."""
    headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
    read, ended = b"", True
    with (
        httpx.Client(base_url=address, timeout=30) as client,
        client.stream("POST" if body else "GET", path, json=body, headers=headers) as answer,
    ):
        assert answer.status_code == 200
        for piece in answer.iter_raw(64):
            read += piece
            if len(read) >= size:
                read, ended = read[:size], False
                break
    whole = read if ended else read[: read.rfind(b"\n\n") + 2] if b"\n\n" in read else b""
    return sent_events(whole.decode("utf-8")), ended


@SOME
@given(sizes=st.lists(st.integers(0, 20_000), max_size=4))
def test_a_stream_that_is_cut_anywhere_is_taken_up_without_loss(address: str, sizes: list[int]) -> None:
    with httpx.Client(base_url=address, timeout=30) as client:
        session = begun(client)
    path = f"/v1/sessions/{session}/messages"
    events, ended, body = list[Sent](), False, {"text": WISH, "id": "m1"}
    for place, size in enumerate([*sizes, 10_000_000]):
        last = events[-1].id if events else ""
        address_now = path if place == 0 else f"{path}/m1/events"
        more, ended = part_of(address, address_now, size, last, body if place == 0 else None)
        numbers = [int(e.id.split(":")[1]) for e in more]
        assert numbers == sorted(set(numbers)) and all(e.id.startswith("m1:") for e in more)
        assert not events or not numbers or numbers[0] > int(last.split(":")[1]), "nothing that was read comes again"
        events += more
    assert ended and events[-1].name == "done"
    is_whole(folded(events))


@SOME
@given(
    last=st.one_of(st.from_regex(r"m1:[0-9]{1,12}", fullmatch=True), st.text(st.characters(min_codepoint=33, max_codepoint=126)))
)
def test_any_last_event_id_is_answered(client: TestClient, last: str) -> None:
    session = begun(client)
    stream = {"Accept": "text/event-stream"}
    whole = client.post(f"/v1/sessions/{session}/messages", json={"text": WISH, "id": "m1"}, headers=stream)
    numbers = [int(e.id.split(":")[1]) for e in sent_events(whole.text)]
    answer = client.get(f"/v1/sessions/{session}/messages/m1/events", headers={"Last-Event-ID": last})
    assert answer.status_code == 200
    events = sent_events(answer.text)
    assert not events or events[-1].name == "done"
    if last != f"m1:{numbers[-1]}":
        assert events, "who has not read the end is told it"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
bodies = st.fixed_dictionaries(
    {},
    optional={"text": json_values, "id": json_values, "context": json_values | st.fixed_dictionaries({"on_screen": json_values})},
)


@SOME
@given(
    body=st.one_of(
        st.binary(max_size=200), bodies.map(lambda b: json.dumps(b).encode()), json_values.map(lambda b: json.dumps(b).encode())
    )
)
@pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
def test_any_body_is_answered(client: TestClient, body: bytes, accept: str) -> None:
    session = begun(client)
    headers = {"Accept": accept, "Content-Type": "application/json"}
    answer = client.post(f"/v1/sessions/{session}/messages", content=body, headers=headers)
    if answer.status_code == 200:
        last = sent_events(answer.text)[-1].name if accept == "text/event-stream" else "done"
        assert last == "done"
    else:
        assert answer.status_code in (400, 422), answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
        assert client.get(f"/v1/sessions/{session}").json()["messages"] == [], "and nothing of it was kept"


@SOME
@given(name=st.text(min_size=1, max_size=80))
def test_any_address_is_answered(client: TestClient, name: str) -> None:
    from urllib.parse import quote

    there = quote(name, safe="")
    for path in (
        f"/v1/sessions/{there}",
        f"/v1/sessions/{there}/messages/{there}",
        f"/v1/sessions/{there}/messages/{there}/events",
    ):
        answer = client.get(urlsplit(path).path)
        assert answer.status_code in (404, 422, 307), (path, answer.text)
