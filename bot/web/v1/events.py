"""What people did with items: viewed, liked, bought, rated; one event or many. Each is kept once, by its id.

A like, a dislike and what is already known also count in the conversation, from its next turn on. `tests/test_api_events.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.memory.sessions import Behaviour
from bot.state import Session
from bot.web.v1 import wire
from bot.web.v1.access import Caller, caller
from bot.web.v1.messages import SessionId
from bot.web.v1.problems import Problem, documented
from bot.web.v1.running import unknown_session
from bot.web.v1.served import Served
from vectorstore.errors import UnknownCatalogue

MOST = 500  # events of one batch
Kind = Literal["view", "click", "like", "dislike", "seen", "cart", "buy", "rating"]
_EVENT = {"id": "e1", "kind": "like", "item": "harlow"}
_RATING = {"id": "e2", "kind": "rating", "item": "moto", "value": 4}
_SESSION = "Zk3vN0b9pQeT5sYw1aXcLm2r"


class Event(wire.Sent):
    """Something that a person did with an item."""

    model_config = wire.shown_as(_EVENT)
    id: wire.Code = Field(description="the caller's own: the same again in a session is kept once, so a repetition does no harm")
    kind: Kind
    item: str = Field(min_length=1, max_length=200, description="the item's id")
    value: float | None = Field(None, ge=1, le=5, allow_inf_nan=False, description="of a rating, and of nothing else")

    @model_validator(mode="after")
    def _rated(self) -> Event:
        if (self.kind == "rating") != (self.value is not None):
            raise PydanticCustomError("rating_value", "A rating has a `value` from 1 to 5, and nothing else has one.")
        return self


class SessionEvent(Event):
    """The same, with the session in which it happened."""

    model_config = wire.shown_as({"session": _SESSION, **_EVENT})
    session: wire.Code


class EventBatch(wire.Sent):
    """Events of any sessions, in the order in which they happened."""

    model_config = wire.shown_as({"events": [{"session": _SESSION, **_EVENT}, {"session": _SESSION, **_RATING}]})
    events: tuple[SessionEvent, ...] = Field(min_length=1, max_length=MOST)


class Kept(wire.Wire):
    """What became of the events: all of them are on the disk."""

    model_config = wire.shown_as({"recorded": 1, "repeated": 0})
    recorded: int = Field(description="kept now")
    repeated: int = Field(description="kept before, by the same id")


class Refused(wire.Wire):
    """An event of a batch that was not kept, and that will not be when it is sent again."""

    place: int = Field(description="its place in the batch, from 0")
    id: str
    detail: str


class BatchKept(Kept):
    """What became of a batch: every event is recorded, repeated or refused."""

    model_config = wire.shown_as({"recorded": 2, "repeated": 0, "refused": []})
    refused: tuple[Refused, ...] = ()


def routes(served: Served) -> APIRouter:
    """`/events` and `/sessions/{session}/events`."""
    router = APIRouter(tags=["events"])
    memory = served.engine.memory

    @router.post("/sessions/{session}/events", status_code=202, responses=documented(404, 413, 415, 503))
    def one(session: SessionId, event: Event, by: Annotated[Caller, Depends(caller)]) -> Kept:
        """Tell what a person did with an item. A like, a dislike or `seen` changes what the next message brings."""
        talk = served.session(session, by)
        if complaint := _complaint(served, talk, event):
            raise Problem(422, "unknown-item", "No such item", complaint, errors=[{"pointer": "/item", "detail": complaint}])
        done = memory.record_all([_behaviour(session, event)])
        if done.unknown:  # it was deleted this moment
            raise unknown_session()
        return Kept(recorded=done.recorded, repeated=done.repeated)

    @router.post("/events", status_code=202, responses=documented(413, 415, 503))
    def several(batch: EventBatch, by: Annotated[Caller, Depends(caller)]) -> BatchKept:
        """Tell many events at once, of any sessions. One that cannot be kept does not hold up the others."""
        refused = _refused(served, batch.events, by)
        told = [e for place, e in enumerate(batch.events) if place not in refused]
        done = memory.record_all([_behaviour(e.session, e) for e in told])
        refused |= {
            place: unknown_session().detail
            for place, e in enumerate(batch.events)
            if place not in refused and e.session in done.unknown
        }
        complaints = tuple(Refused(place=n, id=batch.events[n].id, detail=refused[n]) for n in sorted(refused))
        return BatchKept(recorded=done.recorded, repeated=done.repeated, refused=complaints)

    return router


def _refused(served: Served, events: Sequence[SessionEvent], by: Caller) -> dict[int, str]:
    """By their places, the events that cannot be kept, each with the reason."""
    talks: dict[str, Session | None] = {}
    refused: dict[int, str] = {}
    for place, event in enumerate(events):
        if event.session not in talks:
            try:
                talks[event.session] = served.session(event.session, by)
            except Problem:
                talks[event.session] = None
        talk = talks[event.session]
        complaint = unknown_session().detail if talk is None else _complaint(served, talk, event)
        if complaint:
            refused[place] = complaint
    return refused


def _complaint(served: Served, session: Session, event: Event) -> str:
    """Why an event cannot be kept: neither the catalogue nor the conversation knows the item."""
    try:
        known = served.engine.catalogue(session.catalogue).get(event.item) is not None
    except UnknownCatalogue:  # it was taken away since
        known = False
    if known or any(r.item.id == event.item for turn in session.turns for r in turn.items):
        return ""
    return f"Neither the catalogue {session.catalogue!r} nor this session has an item of that id."


def _behaviour(session: str, event: Event) -> Behaviour:
    return Behaviour(session=session, item=event.item, kind=event.kind, id=event.id, value=event.value)
