"""What people did with items, told over the API: kept once by its id, and counted from the next turn on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from small_shop import NAME

from bot.chat import Engine
from bot.state import Session, TurnDone
from bot.web.server import build_app


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(build_app(engine, page=False)) as client:
        yield client


@pytest.fixture
def session(engine: Engine) -> Session:
    return engine.start(NAME)


def path(session: Session) -> str:
    return f"/v1/sessions/{session.id}/events"


def event(id: str, kind: str, item: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "kind": kind, "item": item, **more}


@pytest.mark.parametrize("kind", ["view", "click", "like", "dislike", "seen", "cart", "buy"])
def test_an_event_is_kept_once_by_its_id(client: TestClient, engine: Engine, session: Session, kind: str) -> None:
    first = client.post(path(session), json=event("e1", kind, "moto"))
    assert (first.status_code, first.json()) == (202, {"recorded": 1, "repeated": 0})
    assert client.post(path(session), json=event("e1", kind, "moto")).json() == {"recorded": 0, "repeated": 1}
    assert [(item, told) for item, told, _ in engine.memory.events(session.id)] == [("moto", kind)]


def test_the_same_id_in_two_sessions_is_two_events(client: TestClient, engine: Engine, session: Session) -> None:
    other = engine.start(NAME)
    for one in (session, other):
        assert client.post(path(one), json=event("e1", "view", "moto")).json()["recorded"] == 1


def test_a_rating_has_a_value_from_1_to_5_and_nothing_else_has_one(
    client: TestClient, engine: Engine, session: Session
) -> None:
    assert client.post(path(session), json=event("r1", "rating", "moto", value=4.5)).status_code == 202
    known = engine.memory.export(session.id)
    assert known is not None
    assert known["events"][0]["value"] == 4.5
    for wrong in (
        event("r2", "rating", "moto"),
        event("r2", "rating", "moto", value=6),
        event("r2", "rating", "moto", value=0),
        event("r2", "like", "moto", value=3),
    ):
        assert client.post(path(session), json=wrong).status_code == 422
    assert len(engine.memory.events(session.id)) == 1


def test_what_cannot_be_kept_is_refused_and_says_why(client: TestClient, engine: Engine, session: Session) -> None:
    unknown = client.post(path(session), json=event("e1", "like", "unicorn"))
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/item")
    slip = client.post(path(session), json={"id": "e1", "kind": "like", "itm": "moto"})
    assert slip.status_code == 422
    assert "'item'" in slip.json()["detail"]
    assert client.post(path(session), json=event("e 1", "like", "moto")).status_code == 422
    assert client.post(path(session), json=event("e1", "love", "moto")).status_code == 422
    nowhere = client.post("/v1/sessions/none/events", json=event("e1", "like", "moto"))
    assert nowhere.json()["type"] == "urn:rapport:problem:unknown-session"
    assert engine.memory.events(session.id) == []


def test_an_item_that_was_shown_may_be_spoken_of_after_it_left_the_catalogue(
    client: TestClient, engine: Engine, session: Session, say: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = say(engine, session, "a leather jacket")
    shown = talk.on_screen[0]
    shop = engine.catalogue(NAME)
    monkeypatch.setattr(shop, "_rows", {id: row for id, row in shop._rows.items() if id not in (shown, "glass")})
    assert client.post(path(session), json=event("e1", "buy", shown)).status_code == 202
    assert client.post(path(session), json=event("e2", "buy", "glass")).status_code == 422


def test_what_is_turned_down_or_known_is_not_offered_from_the_next_turn_on(
    client: TestClient, engine: Engine, session: Session, say: Callable[..., Session]
) -> None:
    before = say(engine, session, "a leather jacket")
    first, second, third = before.on_screen
    client.post(path(session), json=event("e1", "dislike", first))
    client.post(path(session), json=event("e2", "seen", second))
    client.post(path(session), json=event("e3", "like", third))
    kept = engine.load(session.id)
    assert kept == before, "neither the list on screen nor the version changes, so no turn is disturbed"
    after = say(engine, before, "under 300 dollars")
    assert (after.rejected, after.seen, after.liked) == ((first,), (second,), (third,))
    assert not {first, second} & set(after.on_screen)
    assert third in after.on_screen


def test_an_edit_counts_them_too(client: TestClient, engine: Engine, session: Session, say: Callable[..., Session]) -> None:
    from bot.chat import Edit

    before = say(engine, session, "a leather jacket")
    client.post(path(session), json=event("e1", "dislike", before.on_screen[0]))
    last = list(engine.edit(before, Edit(kind="weight", text=before.profile.points[0].text, weight=0.5)))[-1]
    assert isinstance(last, TurnDone)
    assert before.on_screen[0] not in last.session.on_screen


def test_starting_over_forgets_what_was_turned_down_for_good(
    client: TestClient, engine: Engine, session: Session, say: Callable[..., Session]
) -> None:
    talk = say(engine, session, "a leather jacket")
    client.post(path(session), json=event("e1", "dislike", "moto"))
    talk = say(engine, talk, "under 300 dollars")
    assert talk.rejected == ("moto",)
    talk = say(engine, talk, "start over")
    assert talk.rejected == ()
    talk = say(engine, talk, "a black leather jacket with a zip")
    assert talk.rejected == (), "the old event does not come back"
    assert "moto" in talk.on_screen


def test_a_view_changes_nothing_of_the_conversation(
    client: TestClient, engine: Engine, session: Session, say: Callable[..., Session]
) -> None:
    for n, kind in enumerate(("view", "click", "cart", "buy")):
        client.post(path(session), json=event(f"e{n}", kind, "moto"))
    after = say(engine, session, "a leather jacket")
    assert (after.rejected, after.seen, after.liked) == ((), (), ())


# Many at once


def test_a_batch_is_kept_and_each_event_that_cannot_be_is_named(client: TestClient, engine: Engine, session: Session) -> None:
    other = engine.start(NAME)
    batch = [
        {"session": session.id, **event("e1", "view", "moto")},
        {"session": other.id, **event("e1", "like", "rain")},
        {"session": session.id, **event("e1", "view", "moto")},
        {"session": "nobody", **event("e2", "view", "moto")},
        {"session": session.id, **event("e3", "view", "unicorn")},
        {"session": session.id, **event("e4", "rating", "moto", value=5)},
    ]
    told = client.post("/v1/events", json={"events": batch})
    assert told.status_code == 202
    assert (told.json()["recorded"], told.json()["repeated"]) == (3, 1)
    refused = told.json()["refused"]
    assert [(r["place"], r["id"]) for r in refused] == [(3, "e2"), (4, "e3")]
    assert "no session" in refused[0]["detail"]
    assert "no" in refused[1]["detail"] or "Neither" in refused[1]["detail"]
    again = client.post("/v1/events", json={"events": batch}).json()
    assert (again["recorded"], again["repeated"], len(again["refused"])) == (0, 4, 2)
    assert len(engine.memory.events(session.id)) == 2


def test_a_batch_has_1_to_500_events_and_a_slip_refuses_it_whole(
    client: TestClient, engine: Engine, session: Session
) -> None:
    def batch(count: int) -> dict[str, Any]:
        return {"events": [{"session": session.id, **event(f"e{n}", "view", "moto")} for n in range(count)]}

    assert client.post("/v1/events", json=batch(0)).status_code == 422
    assert client.post("/v1/events", json=batch(501)).status_code == 422
    slip = batch(2)
    slip["events"][1]["knd"] = "view"
    wrong = client.post("/v1/events", json=slip)
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/events/1/knd")
    assert engine.memory.events(session.id) == []
    assert client.post("/v1/events", json=batch(500)).json()["recorded"] == 500


def test_another_persons_session_is_as_if_it_were_not_there(client: TestClient, engine: Engine) -> None:
    theirs = engine.memory.save(Session(catalogue=NAME, person="ann", site="garden"))
    assert client.post(path(theirs), json=event("e1", "like", "moto")).status_code == 404
    told = client.post("/v1/events", json={"events": [{"session": theirs.id, **event("e1", "like", "moto")}]}).json()
    assert (told["recorded"], len(told["refused"])) == (0, 1)
    assert engine.memory.events(theirs.id) == []
