"""The typed client against a running server: every call, streams that break off, refusals; at once and asynchronously."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from running_server import listening

from bot.chat import Engine
from bot.integrations.client import (
    AsyncRapport,
    ChipsEvent,
    ItemsEvent,
    ProfileEvent,
    Rapport,
    Refused,
    TokenEvent,
    Unreachable,
)  # fmt: skip
from bot.web.server import build_app
from bot.web.v1 import sent, wire
from bot.web.v1.events import SessionEvent

WISH = "a brown leather jacket, no zips"
READ = "act: request\n+ brown leather jacket\n- zips\nEND"
HARLOW = "Chestnut brown lambskin that closes with horn buttons, so there is no zip."


class Breaking:
    """An application whose answers to messages break off: after so many events; 0: before any of it."""

    def __init__(self, app: Any, after: int, times: int) -> None:
        self.app, self.after, self.times = app, after, times
        self.asked: list[tuple[str, str, str]] = []  # method, path, Last-Event-ID

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or "/messages" not in scope["path"]:
            await self.app(scope, receive, send)
            return
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.asked.append((scope["method"], scope["path"], headers.get("last-event-id", "")))
        breaks, told = self.times > 0, 0
        self.times -= 1

        async def sending(message: Any) -> None:
            nonlocal told
            if breaks and message["type"] == "http.response.body" and not self.after:
                raise ConnectionResetError
            await send(message)
            told += message.get("body", b"").count(b"\ndata:") + message.get("body", b"").startswith(b"data:")
            if breaks and told >= self.after > 0:
                raise ConnectionResetError

        try:
            await self.app(scope, receive, sending)
        except ConnectionResetError:  # uvicorn closes a connection whose answer is not whole
            return


@contextmanager
def client_of(engine: Engine, **more: Any) -> Iterator[Rapport]:
    with listening(build_app(engine, page=False)) as address, Rapport(address, **more) as rapport:
        yield rapport


@pytest.fixture
def rapport(engine: Engine) -> Iterator[Rapport]:
    with client_of(engine) as rapport:
        yield rapport


# Every call


def test_a_conversation(rapport: Rapport) -> None:
    session = rapport.start("small")
    assert (session.catalogue, session.language, session.messages) == ("small", "en", ())
    answer = rapport.say(session.id, WISH, message="m1")
    assert answer.message == "m1" and answer.items[0].id == "harlow"
    assert rapport.say(session.id, WISH, message="m1") == answer, "the same id gives the same turn"
    assert rapport.answer(session.id, "m1") == answer
    whole = rapport.session(session.id)
    assert [m.role for m in whole.messages] == ["user", "assistant"] and whole.on_screen[0].id == "harlow"
    pointed = rapport.say(session.id, "tell me about this one", on_screen=["lamp"])
    assert "Desk lamp" in pointed.reply
    rapport.forget(session.id)
    with pytest.raises(Refused) as gone:
        rapport.session(session.id)
    assert (gone.value.status, gone.value.kind) == (404, "unknown-session") and "POST /v1/sessions" in str(gone.value)


def test_a_stream_of_typed_events(rapport: Rapport) -> None:
    session = rapport.start()
    with rapport.stream(session.id, WISH, message="m1") as stream:
        told = list(stream)
    assert [type(event) for event in told] == [ProfileEvent, ItemsEvent, TokenEvent, ChipsEvent, wire.Answer]
    assert stream.message == "m1" and stream.answer == told[-1] == rapport.answer(session.id, "m1")
    assert rapport.stream(session.id, "under $190").answer.number == 2, "the rest is read when only the answer is wanted"


def test_the_profile(rapport: Rapport) -> None:
    session = rapport.start().id
    rapport.say(session, WISH)
    known = rapport.profile(session)
    changed = rapport.edit(session, {"edit": "weight", "text": "zips", "weight": -1}, known.version)
    assert {p.text: p.weight for p in changed.points}["zips"] == -1
    limited = rapport.edit(session, sent.EditLimit(edit="limit", field="price", op="<=", value=150))
    assert all(card.price is not None and card.price <= 150 for card in limited.items)
    assert rapport.undo(session).limits == ()
    back = rapport.replace(
        session, known.points, [{"field": "price", "op": "<=", "value": 190}], rapport.profile(session).version
    )
    assert {p.text: p.weight for p in back.points} == {p.text: p.weight for p in known.points} and len(back.limits) == 1
    with pytest.raises(Refused) as stale:
        rapport.replace(session, [], [], known.version)
    assert (stale.value.status, stale.value.kind) == (412, "stale-version")


def test_catalogues_and_items(rapport: Rapport) -> None:
    assert [c.name for c in rapport.catalogues().catalogues] == ["small"]
    assert "price" in [f.name for f in rapport.catalogue("small").fields]
    assert rapport.item("small", "harlow", "zh").title == "哈洛皮夹克"
    found = rapport.search("small", "leather jacket", limit=5, where=["price<=190", "colour!=black"])
    assert found.items[0].item.id == "harlow" and all((i.item.price or 0) <= 190 for i in found.items)
    assert len(rapport.similar("small", "moto", limit=2).items) == 2
    assert [i.id for i in rapport.compare("small", ["moto", "racer"]).items] == ["moto", "racer"]


def test_events_are_kept_once(rapport: Rapport) -> None:
    session = rapport.start().id
    assert rapport.record(session, "like", "moto", id="e1").recorded == 1
    assert rapport.record(session, "like", "moto", id="e1").repeated == 1
    batch = [SessionEvent(session=session, id="e2", kind="rating", item="moto", value=4)]
    batch.append(SessionEvent(session="nobody", id="e3", kind="view", item="moto"))
    kept = rapport.record_all(batch)
    assert kept.recorded == 1 and [r.id for r in kept.refused] == ["e3"]


def test_refusals_carry_the_problem(rapport: Rapport) -> None:
    session = rapport.start().id
    with pytest.raises(Refused) as invalid:
        rapport.say(session, "")
    assert invalid.value.status == 422 and invalid.value.problem.errors and invalid.value.problem.errors[0].pointer == "/text"
    with pytest.raises(Refused) as stranger:
        Rapport(rapport.base_url, site="site_nobody").start()
    assert (stranger.value.status, stranger.value.kind) == (401, "unknown-key")
    with pytest.raises(Refused) as no_admin:
        rapport.status("small")
    assert no_admin.value.status == 401


def test_what_is_known_and_gone(rapport: Rapport) -> None:
    session = rapport.start().id
    rapport.say(session, WISH)
    assert rapport.me(session).messages[0]["text"] == WISH
    rapport.forget_me(session)
    with pytest.raises(Refused):
        rapport.session(session)
    assert rapport.consent("zh").language == "zh" and rapport.consent("zh").text != rapport.consent("en").text


def test_an_identity_may_be_made_afresh_for_each_call(rapport: Rapport) -> None:
    asked: list[int] = []

    def fresh() -> str:
        asked.append(1)
        return f"token-{len(asked)}"

    signed = Rapport(rapport.base_url, identity=fresh)
    for _ in range(2):
        with pytest.raises(Refused, match="X-Rapport-Site"):
            signed.sessions()
    assert len(asked) == 2


def test_a_server_that_is_not_there() -> None:
    with Rapport("http://127.0.0.1:9", patience=0.5) as rapport, pytest.raises(Unreachable, match=r"127\.0\.0\.1:9"):
        rapport.catalogues()


# Lost lines


@contextmanager
def breaking(engine: Engine, after: int, times: int) -> Iterator[tuple[str, Breaking]]:
    app = Breaking(build_app(engine, page=False), after, times)
    with listening(app) as address:
        yield address, app


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_broken_stream_is_taken_up_where_it_broke_off(engine: Engine, after: int) -> None:
    with breaking(engine, after, times=2) as (address, app), Rapport(address) as rapport:
        session = rapport.start().id
        told = list(rapport.stream(session, WISH, message="m1"))
        assert isinstance(told[-1], wire.Answer) and told[-1].items[0].id == "harlow"
        assert sum(isinstance(event, wire.Answer) for event in told) == 1
        assert app.asked[0][0] == "POST" and app.asked[1][0] == "GET"
        assert app.asked[1][1].endswith("/messages/m1/events") and app.asked[1][2] == f"m1:{after}"
        kept = engine.load(session)
        assert kept is not None and len(kept.turns) == 1, "the message was answered once"


def test_a_message_whose_answer_was_lost_is_sent_again_and_answered_once(engine: Engine) -> None:
    with breaking(engine, after=0, times=1) as (address, app), Rapport(address) as rapport:
        session = rapport.start().id
        assert rapport.say(session, WISH).items[0].id == "harlow"
        app.times = 1
        assert rapport.stream(session, "under $190").answer.number == 2
        kept = engine.load(session)
        assert [method for method, _, _ in app.asked] == ["POST"] * 4 and kept is not None and len(kept.turns) == 2


def test_a_stream_that_stays_broken_is_given_up(engine: Engine) -> None:
    with breaking(engine, after=0, times=99) as (address, _), Rapport(address, patience=1.0) as rapport:
        session = rapport.start().id
        with pytest.raises(Unreachable):
            list(rapport.stream(session, WISH))


# Asynchronously


def test_the_asynchronous_client_has_the_same_calls() -> None:
    def calls(kind: type) -> dict[str, list[str]]:
        return {
            name: list(inspect.signature(method).parameters)
            for name, method in inspect.getmembers(kind, inspect.isfunction)
            if not name.startswith("_") and name not in ("close", "aclose")
        }

    assert calls(Rapport) == calls(AsyncRapport)


def test_the_asynchronous_client(scripted: Callable[..., Engine]) -> None:
    async def visit(address: str) -> tuple[list[Any], wire.Answer, int]:
        async with AsyncRapport(address) as rapport:
            session = (await rapport.start("small")).id
            async with rapport.stream(session, WISH) as stream:
                told = [event async for event in stream]
            assert told[-1] == await stream.answer()
            answers = await asyncio.gather(*(rapport.say(session, text) for text in ("hello", "thanks")))
            with pytest.raises(Refused):
                await rapport.session("nobody")
            return told, answers[0], len((await rapport.session(session)).messages)

    with breaking(scripted(READ, f"1 {HARLOW}\nEND"), after=2, times=1) as (address, app):
        told, _, messages = asyncio.run(visit(address))
        assert [method for method, path, _ in app.asked][:2] == ["POST", "GET"]
    assert any(isinstance(event, TokenEvent) and event.text == HARLOW for event in told)
    assert told[-1].items[0].sentence == HARLOW and messages == 6
