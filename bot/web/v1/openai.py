"""The chat protocol that OpenAI's clients speak: POST /v1/chat/completions and GET /v1/models. `tests/test_api_openai.py`.

`user` carries the session. Without it nothing is kept: what the person said before is read again from the messages that
the client sends, by rules, and the last message is answered as always. The text lists the items, for clients that show
only text; the values stand in the field `rapport`. A caller that leaves stops the turn.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
import secrets
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Generator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Annotated, Any, cast

import anyio
from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel
from rapidfuzz import process
from starlette.exceptions import HTTPException

from bot.chat import Engine
from bot.errors import Conflict, RapportError
from bot.integrations import text
from bot.integrations.apart import apart
from bot.learn.people import Done
from bot.llm.model import NoModel
from bot.memory import Memory
from bot.state import Event, Language, ProfileChanged, Session, TurnDone
from bot.web.formats import Look
from bot.web.v1 import openai_shapes as shapes
from bot.web.v1 import told, wire, written
from bot.web.v1.access import Caller, caller
from bot.web.v1.problems import Problem, invalid_request, problem_of, refused_by_framework
from bot.web.v1.running import Going
from bot.web.v1.served import Served, visible
from vectorstore.errors import CatalogueError

log = logging.getLogger(__name__)

PREFIX = "rapport"
REPLAYED = 20  # earlier messages that are read again where nothing is kept
BEAT = 10.0  # seconds after which a silent stream says that it is alive
LOOK = 1.0  # seconds between two looks whether a caller that waits is still there
STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

By = Annotated[Caller, Depends(caller)]
Heard = tuple[str, BaseModel]  # the name of an event and its data, as `told.EVENTS` has them


class OpenAIRoute(APIRoute):
    """A route whose refusals have OpenAI's shape."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return shapes.refusal(invalid_request(request, error))
            except (Problem, RapportError, CatalogueError) as error:
                return shapes.refusal(problem_of(error))
            except HTTPException as error:
                return shapes.refusal(refused_by_framework(request, error))
            except Exception as error:  # the edge: the caller is told in the shape that it reads
                log.exception("A chat completion broke off")
                return shapes.refusal(problem_of(error))

        return handled


def routes(served: Served) -> APIRouter:
    """`/chat/completions` and `/models`."""
    router = APIRouter(tags=["openai"], route_class=OpenAIRoute)
    since = int(time.time())

    @router.get("/models", responses=shapes.documented())
    def models(by: By) -> shapes.ModelList:
        """The catalogues, as models to choose from."""
        there = tuple(shapes.Model(id=f"{PREFIX}-{info.name}", created=since) for info in served.engine.catalogues())
        return shapes.ModelList(data=there)

    @router.get("/models/{model}", responses=shapes.documented(404))
    def model(model: str, by: By) -> shapes.Model:
        """One of them."""
        return shapes.Model(id=f"{PREFIX}-{_catalogue(served, model, by)}", created=since)

    @router.post(
        "/chat/completions",
        response_model=shapes.ChatCompletion,
        responses={
            **shapes.documented(400, 404, 413, 500, 503),
            200: {
                "description": "The answer; with `stream` its chunks, as `text/event-stream`",
                "content": {"text/event-stream": {"schema": {"type": "string"}, "example": "data: {…}\n\ndata: [DONE]\n\n"}},
            },
        },
    )
    async def complete(request: Request, asked: shapes.ChatRequest, by: By) -> Any:
        """Answer the last message of the user, as OpenAI's chat completions do, whole or as a stream."""
        turn = await run_in_threadpool(_begun, served, asked, by)
        if asked.stream:
            return StreamingResponse(_chunks(request, turn, asked), media_type="text/event-stream", headers=STREAM_HEADERS)
        answer = await _whole(request, turn)
        return answer if answer is not None else Response(status_code=499)

    return router


@dataclass
class _Turn:
    """One completion on its way: how its events are heard, and what is known of it."""

    model: str
    hear: Callable[[], AsyncGenerator[Heard | None, None]]  # None: nothing happened for a while
    session: str | None
    name: str = field(default_factory=lambda: f"chatcmpl-{secrets.token_urlsafe(12)}")
    spent: Callable[[wire.Answer], dict[str, int]] = lambda _: {}


def _begun(served: Served, asked: shapes.ChatRequest, by: Caller) -> _Turn:
    """The turn of a request, accepted. Problem 400, 404, 429."""
    catalogue = _catalogue(served, asked.model, by)
    assert asked.spoken is not None  # its validation sees to that
    said = asked.spoken.text
    most = served.engine.settings.max_message
    if len(said) > most:
        detail = f"A message has at most {most} characters; this one has {len(said)}."
        raise Problem(422, "too-long", "The message is too long", detail, errors=[{"pointer": "/messages", "detail": detail}])
    model = f"{PREFIX}-{catalogue}"
    wanted = asked.rapport.session if asked.rapport else None
    if not wanted and not asked.user:
        served.access.limits.message(by)
        return _passing(served.engine, model, catalogue, asked.earlier[-REPLAYED:], said)
    session = served.session(wanted, by) if wanted else _session_of(served, asked.user or "", catalogue, by)
    if session.catalogue != catalogue:
        detail = f"This session is about {session.catalogue!r}. Its model is {PREFIX}-{session.catalogue}."
        place = {"pointer": "/model", "detail": detail}
        raise Problem(422, "other-catalogue", "Another catalogue's session", detail, errors=[place])
    served.access.limits.message(by, session)
    going = served.turns.accept(session, secrets.token_urlsafe(12), said)
    turn = _Turn(model, lambda: _followed(going), session.id, f"chatcmpl-{going.message}")
    turn.spent = lambda answer: _spent(served, session.id, answer)
    return turn


def _catalogue(served: Served, model: str, by: Caller) -> str:
    """The catalogue that a model's name means. Problem 404 with the names there are."""
    if model == PREFIX:
        return served.access.catalogue_of(by) or served.engine.settings.catalogue
    there = [f"{PREFIX}-{info.name}" for info in served.engine.catalogues()]
    if model in there:
        return model.removeprefix(f"{PREFIX}-")
    near = process.extractOne(model, there, score_cutoff=60)
    hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(there)}."
    detail = f"There is no model of that name. {hint}"
    raise Problem(404, "unknown-model", "No such model", detail, errors=[{"pointer": "/model", "detail": detail}])


def _session_of(served: Served, user: str, catalogue: str, by: Caller) -> Session:
    """The session that `user` carries: the one of that id, or the caller's own for that string, made when it is missing."""
    known = served.engine.load(user) if len(user) <= 64 else None
    if known is not None and visible(known, by):
        return known
    said = "\0".join((by.site, by.person, catalogue, user))
    name = f"chat-{base64.urlsafe_b64encode(hashlib.sha256(said.encode()).digest()[:24]).decode()}"
    known = served.engine.load(name)
    if known is None:
        served.access.limits.session(by, served.engine.memory)
        try:
            return served.engine.memory.save(Session(id=name, catalogue=catalogue, person=by.person, site=by.site))
        except Conflict:  # another request made it meanwhile
            known = served.engine.load(name)
    if known is None:
        raise Conflict("The session of this `user` was just deleted. Send the request again.")
    return known


class _Passing(Memory):
    """A memory that ends with the request: nothing is written."""

    def __init__(self) -> None:
        self._kept: dict[str, Session] = {}

    def load(self, session_id: str) -> Session | None:
        return self._kept.get(session_id)

    def save(self, session: Session) -> Session:
        new = session.model_copy(update={"version": session.version + 1})
        self._kept[new.id] = new
        return new

    def events_since(self, session_id: str, number: int) -> list[tuple[int, str, str]]:
        return []

    def events_of(self, session: Session, limit: int = 0) -> list[Done]:
        return []


def _passing(engine: Engine, model: str, catalogue: str, earlier: list[str], said: str) -> _Turn:
    """A turn of which nothing is kept."""
    memory = _Passing()
    quiet = Engine(engine.settings, NoModel(), engine.catalogue, engine.catalogues, memory)
    speaking = Engine(engine.settings, engine.llm, engine.catalogue, engine.catalogues, memory)
    cost: dict[str, int] = {}

    def heard() -> Generator[Heard, None, None]:
        session = memory.save(Session(catalogue=catalogue))
        for message in earlier:
            *_, last = quiet.turn(session, message[: engine.settings.max_message])
            session = cast(TurnDone, last).session
        look = Look(info=engine.catalogue(catalogue).info, language=session.language)
        events = cast(Generator[Event, None, None], speaking.turn(session, said))
        try:
            for event in events:
                if isinstance(event, ProfileChanged):
                    look = look.model_copy(update={"language": event.reading.language})
                if isinstance(event, TurnDone):
                    turn = event.session.turns[-1]
                    cost.update(turn.llm)
                    yield "done", written.answer("", turn, event.session, look)
                elif (one := told.told(event, look)) is not None:
                    yield one[0], one[2]
        finally:
            events.close()

    async def hear() -> AsyncGenerator[Heard | None, None]:
        async with aclosing(apart(heard())) as events:
            async for event in events:
                yield event

    return _Turn(model, hear, None, spent=lambda _: cost)


async def _followed(going: Going) -> AsyncGenerator[Heard | None, None]:
    """What is told of a message that the session's queue answers. Whoever leaves it has given it up."""
    done = False
    try:
        async with aclosing(cast(AsyncGenerator[Any, None], going.watch(beat=BEAT))) as watched:
            async for event in watched:
                if event is None:
                    yield None
                elif event.name != "error":
                    done = done or event.name == "done"
                    yield event.name, told.EVENTS[event.name].model_validate_json(event.data)
        if isinstance(going.result, Problem):
            raise going.result
        if not done:
            raise Problem(503, "stopped", "The answer was stopped", "The server ends. Send the message again in a moment.")
    finally:
        if not going.ended:
            going.leave()


def _spent(served: Served, session_id: str, answer: wire.Answer) -> dict[str, int]:
    session = served.engine.load(session_id)
    turn = next((t for t in session.turns if t.number == answer.number), None) if session else None
    return turn.llm if turn else {}


async def _while_there(request: Request, turn: _Turn) -> AsyncGenerator[Heard | None, None]:
    """What is heard of a turn, until its end or until the caller has left, which stops it; None for `BEAT` silent seconds."""
    waiting: asyncio.Future[Heard | None] | None = None
    looked = spoke = time.monotonic()
    async with aclosing(turn.hear()) as heard:
        try:
            while True:
                waiting = waiting or asyncio.ensure_future(anext(heard))
                await asyncio.wait({waiting}, timeout=LOOK)
                now = time.monotonic()
                if now - looked >= LOOK:
                    looked = now
                    if await request.is_disconnected():
                        return
                if not waiting.done():
                    if now - spoke >= BEAT:
                        spoke = now
                        yield None
                    continue
                try:
                    event = waiting.result()
                except StopAsyncIteration:
                    return
                waiting = None
                if event is not None:
                    spoke = now
                    yield event
        finally:
            if waiting is not None and not waiting.done():
                waiting.cancel()
                with anyio.CancelScope(shield=True):  # a server cancels again at every wait
                    await asyncio.wait({waiting})


async def _whole(request: Request, turn: _Turn) -> shapes.ChatCompletion | None:
    """The completion; None when the caller left before it was there."""
    answer = None
    async with aclosing(_while_there(request, turn)) as heard:
        async for event in heard:
            if event is not None and isinstance(event[1], wire.Answer):
                answer = event[1]
    if answer is None:
        return None
    return shapes.ChatCompletion(
        id=turn.name,
        created=int(time.time()),
        model=turn.model,
        choices=(shapes.Choice(message=shapes.ReplyMessage(content=text.whole(answer.reply, answer.items, answer.language))),),
        usage=await _usage(turn, answer),
        rapport=_told(turn, answer),
    )


async def _chunks(request: Request, turn: _Turn, asked: shapes.ChatRequest) -> AsyncIterator[str]:
    """The stream: the text as it grows, then the values, then [DONE]."""

    def event(delta: dict[str, Any] | None, **more: Any) -> str:
        return f"data: {shapes.chunk(turn.name, turn.model, delta, **more)}\n\n"

    growing = Growing()
    yield event({"role": "assistant", "content": ""})
    try:
        async with aclosing(_while_there(request, turn)) as heard:
            async for one in heard:
                if one is None:
                    yield ": waiting\n\n"
                    continue
                if words := growing.told(one[1]):
                    yield event({"content": words})
                if isinstance(one[1], told.ItemsEvent) and not one[1].provisional:
                    shown = shapes.Told(session=turn.session, items=one[1].items)
                    yield event({}, rapport=shown.model_dump(mode="json"))
                if isinstance(one[1], wire.Answer):
                    yield event({}, finish_reason="stop", rapport=_told(turn, one[1]).model_dump(mode="json"))
                    if asked.stream_options and asked.stream_options.include_usage:
                        yield event(None, usage=(await _usage(turn, one[1])).model_dump())
    except Exception as error:  # the answer has begun: nobody else can tell
        if not isinstance(error, Problem | RapportError | CatalogueError):
            log.exception("A chat completion broke off")
        yield f"data: {shapes.fault(problem_of(error)).model_dump_json()}\n\n"
        return
    yield "data: [DONE]\n\n"


class Growing:
    """The text of an answer while it grows: what is said is never taken back, so a first guess is not said.

    An item's line stands as soon as it is its turn, its sentence when it is final: when the model has written it, or has
    begun with a later one, or is done.
    """

    def __init__(self) -> None:
        self._lead = ""
        self._said = 0  # items that are told with their sentence
        self._open = False  # the line of the next one stands, without its sentence
        self._cards: list[wire.Card] = []
        self._language: Language = "en"

    def told(self, event: BaseModel) -> str:
        """The words that an event adds."""
        if isinstance(event, told.ItemsEvent) and not event.provisional:
            self._cards = list(event.items)
            self._language = event.language
            return self._begin(event.lead) if event.lead else ""
        if isinstance(event, told.TokenEvent) and event.item is None:
            return self._begin(event.text)
        if isinstance(event, told.TokenEvent) and event.done:
            place = next((n for n, card in enumerate(self._cards) if card.id == event.item), None)
            if place is None or place < self._said:
                return ""
            self._cards[place] = self._cards[place].model_copy(update={"sentence": event.text})
            return self._until(place + 1)
        if isinstance(event, wire.Answer):
            begun = self._begin(text.lead(event.reply, event.items))
            self._cards = [*self._cards[: self._said], *event.items[self._said :]]
            return begun + self._until(len(self._cards))
        return ""

    def _begin(self, lead: str) -> str:
        if self._lead or not lead:
            return ""
        self._lead = lead
        return lead + self._line()

    def _until(self, count: int) -> str:
        words = ""
        while self._said < count:
            words += self._line() + text.sentence(self._cards[self._said], self._language)
            self._said, self._open = self._said + 1, False
        return words + self._line()

    def _line(self) -> str:
        """The line of the next item, where it does not stand yet."""
        if self._open or self._said >= len(self._cards):
            return ""
        self._open = True
        between = "\n" if self._said else "\n\n"
        return between + text.line(self._cards[self._said], self._said + 1, self._language)


def _told(turn: _Turn, answer: wire.Answer) -> shapes.Told:
    return shapes.Told(
        session=turn.session, items=answer.items, chips=answer.chips, profile=answer.profile, no_match=answer.no_match
    )


async def _usage(turn: _Turn, answer: wire.Answer) -> shapes.Usage:
    spent = await run_in_threadpool(turn.spent, answer)
    read, written = spent.get("prompt_tokens", 0), spent.get("completion_tokens", 0)
    return shapes.Usage(prompt_tokens=read, completion_tokens=written, total_tokens=read + written)
