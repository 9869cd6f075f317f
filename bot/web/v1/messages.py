"""Messages and their answers: as one JSON, or as a stream that can be taken up again. `tests/test_api_messages.py`.

What is accepted is in the database before the first byte goes out. The turn runs apart from the request (`running.py`).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.sse import format_sse_event

from bot.memory.inbox import Entry
from bot.state import Session
from bot.web.v1 import wire
from bot.web.v1.access import Caller, caller
from bot.web.v1.beside import Beside
from bot.web.v1.problems import Problem, documented
from bot.web.v1.running import Going, unknown_message
from bot.web.v1.sent import Context, NewMessage
from bot.web.v1.served import Served
from bot.web.v1.told import ITEM_SCHEMA

BEAT = 10.0  # seconds after which a silent stream says that it is alive
LOOK = 1.0  # seconds between two looks whether a caller that waits for JSON is still there
STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
JSON, STREAM = "application/json", "text/event-stream"

SessionId = Annotated[str, Path(pattern=wire.CODE, description="the session's id", examples=["Zk3vN0b9pQeT5sYw1aXcLm2r"])]
MessageId = Annotated[str, Path(pattern=wire.CODE, description="the message's id", examples=["m1"])]
LastEventId = Annotated[
    str | None,
    Header(alias="Last-Event-ID", description="the id of the last event that was received: the stream goes on after it"),
]

_STREAM_EXAMPLE = """\
event: items
data: {"provisional":false,"lead":"Brown leather jacket, no zips.","items":[]}
id: m1:2

event: done
data: {"message":"m1","number":1,"reply":"Brown leather jacket, no zips."}
id: m1:5

"""
_STREAMED: dict[str, Any] = {STREAM: {"itemSchema": ITEM_SCHEMA, "example": _STREAM_EXAMPLE}}


class Stream(StreamingResponse):
    """Server-sent events."""

    media_type = STREAM


def routes(served: Served) -> APIRouter:
    """`/sessions/{session}/messages…`."""
    router = APIRouter(tags=["messages"])
    turns = served.turns

    @router.post(
        "/sessions/{session}/messages",
        response_model=wire.Answer,
        responses={
            **documented(404, 406, 409, 413, 415, 500, 503),
            200: {"description": "The answer; or its events, as `text/event-stream`", "content": _STREAMED},
        },
    )
    async def send(
        request: Request,
        session: SessionId,
        new: NewMessage,
        by: Annotated[Caller, Depends(caller)],
        accept: Annotated[str, Header(include_in_schema=False)] = "*/*",
        last_event_id: LastEventId = None,
    ) -> Any:
        """Say something. The same `id` again gives the same turn, never a second one, so a repetition does no harm.

        As `text/event-stream` it tells what happens: `status`, `profile`, `items`, `token`, `chips`, then `done` with the
        whole answer, or `error` with problem details. Each event says the whole of its thing so far, so a newer one takes
        the place of an older. Messages of one session are answered in the order in which they came.
        """
        form = _form(accept)
        going = await run_in_threadpool(accepted, served, session, new, by)
        if form == STREAM:
            return _stream(going, _after(last_event_id, going.message))
        return await _whole(request, going)

    @router.get(
        "/sessions/{session}/messages/{message}",
        response_model=wire.Answer,
        responses={**documented(404, 500, 503), 202: {"model": wire.Waiting, "description": "It is not answered yet"}},
    )
    def read(session: SessionId, message: MessageId, by: Annotated[Caller, Depends(caller)]) -> Any:
        """A message's answer. 202 while it is on its way; one that waits since the server stopped is begun by asking."""
        talk = served.session(session, by)
        entry, number = _found(served, talk, message)
        if entry is not None and number is None:
            going = turns.follow(entry)
            if going.result is None:
                address = f"/v1/sessions/{session}/messages/{message}/events"
                waiting = wire.Waiting(message=message, state=going.state, events=address)
                return JSONResponse(waiting.model_dump(), 202, headers={"Retry-After": "1"})
            return _told(going)
        return turns.answer(message, number or 0, talk)

    @router.get(
        "/sessions/{session}/messages/{message}/events",
        response_class=Stream,
        responses={**documented(404, 500, 503), 200: {"description": "The events", "content": _STREAMED}},
    )
    async def events(
        session: SessionId,
        message: MessageId,
        by: Annotated[Caller, Depends(caller)],
        last_event_id: LastEventId = None,
    ) -> Response:
        """A message's events, from the beginning or after `Last-Event-ID`: how a stream that broke off is taken up.

        What was told before and is superseded is left out. After a restart of the server, everything that counts is told
        again.
        """

        def followed() -> Going:
            talk = served.session(session, by)
            entry = turns.entry(talk.id, message)
            if entry is None:
                raise unknown_message()
            return turns.follow(entry)

        return _stream(await run_in_threadpool(followed), _after(last_event_id, message))

    return router


def accepted(served: Served, session_id: str, new: NewMessage, by: Caller) -> Going:
    """The message, kept and on its way. Problem 404, 409, 422, 429, 503."""
    session = served.session(session_id, by)
    if new.id is None or served.turns.entry(session.id, new.id) is None:  # a repetition costs nothing, and is no longer looked at
        served.access.limits.message(by, session)
        _checked(served, session, new)
    on_screen = new.context.on_screen if new.context else ()
    page = new.context or Context()
    beside = Beside(viewing=page.viewing, cart=page.cart, owned=page.owned)
    return served.turns.accept(session, new.id or secrets.token_urlsafe(12), new.text, on_screen, beside)


def _checked(served: Served, session: Session, new: NewMessage) -> None:
    """What a new message must be. Problem 422."""
    most = served.engine.settings.max_message
    if len(new.text) > most:
        detail = f"A message has at most {most} characters; this one has {len(new.text)}."
        raise Problem(422, "invalid", "The message is too long", detail, errors=[{"pointer": "/text", "detail": detail}])
    catalogue = served.engine.catalogue(session.catalogue)
    for place, item in enumerate(new.context.on_screen if new.context else ()):
        if catalogue.get(item) is None:
            detail = f"The catalogue {session.catalogue!r} has no such item. Leave it out, or add it to the catalogue first."
            pointer = f"/context/on_screen/{place}"
            raise Problem(422, "invalid", "Not an item of the catalogue", detail, errors=[{"pointer": pointer, "detail": detail}])


def _found(served: Served, talk: Session, message: str) -> tuple[Entry | None, int | None]:
    """The message in the inbox and the number of its turn; `turn-3` is the third turn, which the page may have made."""
    entry = served.turns.entry(talk.id, message)
    if entry is not None:
        return entry, entry.turn
    if (match := re.fullmatch(r"turn-(\d{1,6})", message)) and 0 < int(match[1]) <= len(talk.turns):
        return None, int(match[1])
    raise unknown_message()


async def _whole(request: Request, going: Going) -> Any:
    """The answer when it is there. A caller that leaves is not waited for."""
    watching = going.watch(beat=LOOK)
    try:
        async for event in watching:
            if event is None and await request.is_disconnected():
                return Response(status_code=499)
    finally:
        await watching.aclose()  # type: ignore[attr-defined]
    return _told(going)


def _told(going: Going) -> wire.Answer:
    if isinstance(going.result, wire.Answer):
        return going.result
    if going.result is not None:
        raise going.result
    raise Problem(
        503, "stopped", "The answer was stopped", "The server ends. Ask for the message again in a moment.",
        headers={"Retry-After": "2"},
    )  # fmt: skip


def _stream(going: Going, after: int) -> Response:
    return Stream(_written(going, after), headers=STREAM_HEADERS)


async def _written(going: Going, after: int) -> AsyncIterator[bytes]:
    watching = going.watch(after, BEAT)
    try:
        async for event in watching:
            if event is None:
                yield format_sse_event(comment="waiting")
            else:
                yield format_sse_event(data_str=event.data, event=event.name, id=f"{going.message}:{event.number}")
    finally:
        await watching.aclose()  # type: ignore[attr-defined]


def _after(last_event_id: str | None, message: str) -> int:
    """The number of the last event that was received; 0 for whatever is not an id of this message's events."""
    match = re.fullmatch(r"([A-Za-z0-9_-]{1,64}):(\d{1,15})", last_event_id or "")
    return int(match[2]) if match and match[1] == message else 0


def _form(accept: str) -> str:
    """JSON or a stream, whichever is wanted more; JSON among equals. Problem 406 for neither."""
    wanted = {JSON: 0.0, STREAM: 0.0}
    for part in accept.split(","):
        media, *parameters = (p.strip().lower() for p in part.split(";"))
        share = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        quality = float(share) if re.fullmatch(r"[01](\.\d{0,3})?", share) else 1.0
        for form in wanted:
            exact, kind = media == form, media in ("*/*", f"{form.split('/')[0]}/*", "")
            if exact or kind:
                wanted[form] = max(wanted[form], quality if exact else quality * 0.999)
    best = max(wanted, key=lambda form: wanted[form])
    if not wanted[best]:
        raise Problem(406, "not-acceptable", "No such form", "Accept application/json or text/event-stream.")
    return best
