"""The engine as an MCP server: an agent searches the catalogue, lets it recommend, asks why, and tells what became of it.

`serve(engine)` speaks over stdin and stdout, `http_app(engine)` is the streamable HTTP endpoint to hang under `/mcp`.
A conversation is kept as any other; of the agent itself nothing is: the session's id goes out with `recommend` and comes
back with the next call. Messages and feedback stand in the session's line (`bot/web/v1/running.py`), whoever sends them.
`tests/test_integrations.py` notices a change.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field
from starlette.requests import Request

from bot.chat import Engine, Feedback
from bot.errors import Conflict, RapportError
from bot.integrations import text
from bot.integrations.mcp_shapes import Advice, Explanation, Found, Hit, Instead, Noted, Reason, Recommended, Term, Wishes
from bot.state import Language, Recommendation, Session, TurnDone
from bot.web.formats import Look
from bot.web.hosts import is_known, unknown_host
from bot.web.v1 import wire, written
from bot.web.v1.access import Access, Caller
from bot.web.v1.problems import Problem
from bot.web.v1.running import ATTEMPTS, Going, Turns
from bot.web.v1.served import visible
from vectorstore.catalogue import Catalogue
from vectorstore.errors import CatalogueError
from vectorstore.item import Item
from vectorstore.limits import read_limits

if TYPE_CHECKING:
    from starlette.applications import Starlette

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_WITHOUT = 3  # wishes that `explain` takes away one by one

INSTRUCTIONS = """\
Rapport recommends items of a catalogue that it knows in full. Give `recommend` the person's own words, one message at a
time, with the `session` that the first answer named: wishes, dislikes and limits add up in it, and "cheaper", "not that
one" or "undo" are understood. Every item and reason comes from the catalogue; do not add facts of your own. `search` is
for looking something up without a conversation. English and Chinese are both understood.
"""

Session_ = Annotated[str, Field(description="Id of the session, as `recommend` gave it.")]
Catalogue_ = Annotated[
    str, Field(description="Name of the catalogue; empty for the one that the server starts with. See the tool's description.")
]
Language_ = Annotated[Language, Field(description="Language of titles, descriptions and facts: en or zh.")]


def mcp_server(engine: Engine, access: Access | None = None, turns: Turns | None = None) -> MCPServer[Any]:
    """The server with its four tools, whatever carries it. With `access`, callers over HTTP are held to its limits."""
    tools = Tools(engine, turns or Turns(engine), access)
    server: MCPServer[Any] = MCPServer(
        "rapport",
        title="Rapport",
        description="A conversational recommender over a catalogue",
        instructions=INSTRUCTIONS,
        log_level="WARNING",
        subscriptions=False,
    )
    there = "; ".join(f"{info.name!r} ({info.title.get('en', info.name)}, {info.size} items)" for info in engine.catalogues())
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    writes = ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=False)
    for tool, title, hints in (
        (tools.search, "Search the catalogue", reads),
        (tools.recommend, "Recommend, in a conversation", writes),
        (tools.explain, "Explain a recommendation", reads),
        (tools.feedback, "Tell what became of an item", writes),
    ):
        said = " ".join((tool.__doc__ or "").split())
        if tool.__name__ in ("search", "recommend"):
            said = f"{said} Catalogues: {there}."
        server.add_tool(tool, title=title, description=said, annotations=hints)
    return server


class Tools:
    """The four tools. Errors that the caller can mend are told in words; all others are the server's own."""

    def __init__(self, engine: Engine, turns: Turns, access: Access | None = None) -> None:
        self.engine, self.turns, self.access = engine, turns, access

    def search(
        self,
        query: Annotated[str, Field(description="What to look for, in English or Chinese; empty lists the most popular.")],
        catalogue: Catalogue_ = "",
        limit: Annotated[int, Field(ge=1, le=50, description="How many items at most.")] = 5,
        where: Annotated[
            list[str], Field(description="Hard limits, e.g. ['price<=200', 'colour!=black', 'size in 42, 43'].", max_length=20)
        ] = [],  # noqa: B006  the schema needs the default; it is never changed
        like: Annotated[list[str], Field(description="Ids of items to resemble.", max_length=20)] = [],  # noqa: B006
        language: Language_ = "en",
    ) -> Found:
        """Look items up by meaning and by words, inside hard limits, without a conversation and without anything being kept."""
        try:
            opened = self._catalogue(catalogue)
            held = read_limits(where, opened)
        except CatalogueError as error:
            raise ToolError(str(error)) from error
        if unknown := [id for id in like if opened.get(id) is None]:
            raise ToolError(f"There is no item {unknown[0]!r} in {opened.info.name!r} to resemble. `search` gives ids.")
        texts = [query] if query.strip() else []
        look = Look(info=opened.info, language=language)
        found = opened.search(texts, constraints=held, like=like, exclude=like, limit=limit)
        items = [Hit(**_listed(c.item, look), dense=round(sum(c.cosines), 4), lexical=round(sum(c.lexical), 4)) for c in found]
        return Found(catalogue=opened.info.name, items=items)

    async def recommend(
        self,
        message: Annotated[str, Field(min_length=1, description="The person's own words, as they said them.")],
        context: Context[Any],
        session: Annotated[str, Field(description="Id that an earlier answer named; empty begins a new conversation.")] = "",
        catalogue: Catalogue_ = "",
    ) -> Advice:
        """Answer one message of a person: remember the wishes and limits in it, choose items from the catalogue and say why
        each fits. Go on with the `session` that the answer names."""
        by = self._by(context)
        try:
            going = await asyncio.to_thread(self._accepted, session, catalogue, message, by)
            try:
                async with aclosing(going.watch()) as events:  # type: ignore[type-var]
                    steps = 0
                    async for event in events:
                        steps += 1
                        if event is not None and event.name == "status":
                            await context.report_progress(steps, message=json.loads(event.data)["text"])
            finally:
                going.leave()  # an agent that cancels stops the model
            if isinstance(going.result, Problem):
                raise going.result
            if going.result is None:
                raise ToolError("The server ends. Send the message again in a moment.")
            return await asyncio.to_thread(self._advice, self._session(going.session, by), going.result.number)
        except (RapportError, CatalogueError, Problem) as error:
            raise ToolError(str(error)) from error

    def explain(
        self,
        session: Session_,
        item: Annotated[str, Field(description="Id of an item that the session shows.")],
        context: Context[Any],
    ) -> Explanation:
        """Why an item was recommended: the exact sum behind it, term by term, the limits it was checked against, and what
        would be shown if the person did not care about one of their wishes."""
        known = self._session(session, self._by(context))
        shown = next((r for turn in reversed(known.turns) for r in turn.items if r.item.id == item), None)
        if shown is None:
            there = ", ".join(known.on_screen) or "nothing yet"
            raise ToolError(f"The session has not shown the item {item!r}. It shows: {there}.")
        look = self._look(known)
        card = written.card(shown, look)
        wished = sorted((c for c in shown.contributions if c.wished), key=lambda c: -abs(c.amount))
        labels = list(dict.fromkeys(c.label for c in wished))[:_WITHOUT]
        instead = [
            Instead(without=label, items=[r.item.title_in(look.language) for r in self.engine.without(known, item, label)])
            for label in labels
        ]
        return Explanation(
            session=known.id,
            item=item,
            title=card.title,
            score=card.score,
            terms=[Term(**c.model_dump(exclude={"quote"})) for c in card.contributions],
            reasons=_reasons(card),
            limits=[checked.text for checked in card.limits],
            instead=instead,
        )

    def feedback(
        self,
        session: Session_,
        item: Annotated[str, Field(description="Id of the item.")],
        kind: Annotated[
            Feedback,
            Field(description="like; dislike (not shown again); seen (known already, not shown again); more (show similar ones)"),
        ],
        context: Context[Any],
    ) -> Noted:
        """Tell what the person thought of an item. A disliked or known one is replaced at once; 'more' shows similar ones."""
        by = self._by(context)
        self._session(session, by)
        try:
            with self.turns.alone(session):
                known = self._told(session, by, item, kind)
        except (RapportError, CatalogueError, Problem) as error:
            raise ToolError(str(error)) from error
        return Noted(session=known.id, noted=f"{kind} {item}", items=[_recommended(r, self._look(known)) for r in _shown(known)])

    def _told(self, session: str, by: Caller, item: str, kind: Feedback) -> Session:
        """The session after the feedback, which is recorded once; told again when the session went on in between."""
        event = f"agent-{secrets.token_urlsafe(12)}"
        for _ in range(ATTEMPTS):
            try:
                *_, last = self.engine.feedback(self._session(session, by), item, kind, event)
            except Conflict:
                continue
            assert isinstance(last, TurnDone)
            return last.session
        raise Conflict("The session goes on elsewhere all the time. What was told is kept and counts from the next message on.")

    def _by(self, context: Context[Any]) -> Caller:
        """Who calls: over HTTP as everywhere else, over stdio whoever started the program."""
        request = context.request_context.request
        return self.access.caller(request) if self.access and isinstance(request, Request) else Caller()

    def _accepted(self, session: str, catalogue: str, message: str, by: Caller) -> Going:
        """A message that is kept and on its way, in a session that is made when there is none. Problem over a limit."""
        limits = self.access.limits if self.access else None
        if session:
            known = self._session(session, by)
        else:
            own = self.access.catalogue_of(by) if self.access else ""
            name = self._catalogue(catalogue or own).info.name
            if limits:
                limits.session(by, self.engine.memory)
            known = self.engine.memory.save(Session(catalogue=name, person=by.person, site=by.site))
        if limits:
            limits.message(by, known)
        return self.turns.accept(known, secrets.token_urlsafe(12), message)

    def _session(self, session: str, by: Caller) -> Session:
        known = self.engine.load(session)
        if known is None or not visible(known, by):
            raise ToolError(f"There is no session {session!r}. Call `recommend` without one; its answer names a new session.")
        return known

    def _catalogue(self, name: str) -> Catalogue:
        return self.engine.catalogue(name or self.engine.settings.catalogue)

    def _look(self, session: Session) -> Look:
        return Look(info=self.engine.catalogue(session.catalogue).info, language=session.language)

    def _advice(self, session: Session, number: int) -> Advice:
        turn = next(t for t in session.turns if t.number == number)
        look = self._look(session).model_copy(update={"language": turn.reading.language})
        cards = written.cards(turn.items, look)
        profile = written.interests(session.profile, look)
        return Advice(
            session=session.id,
            reply=text.lead(turn.reply, cards),
            items=[_recommended(r, look) for r in turn.items],
            wishes=Wishes(
                interests={p.text: round(p.weight, 2) for p in profile.points}, limits=[x.words for x in profile.limits]
            ),
            suggestions=[chip.say for chip in turn.chips],
            text=text.whole(turn.reply, cards, look.language),
        )


def _shown(session: Session) -> tuple[Recommendation, ...]:
    """The newest list of the session."""
    return next((turn.items for turn in reversed(session.turns) if turn.items), ())


def _listed(item: Item, look: Look) -> dict[str, Any]:
    stated = written.facts(item, look)
    return {
        "id": item.id,
        "title": item.title_in(look.language),
        "description": item.description_in(look.language),
        "price": item.price,
        "currency": item.currency or (look.info.currency if item.price is not None else None),
        "url": item.url,
        "facts": {fact.label: fact.text for fact in stated},
    }


def _recommended(shown: Recommendation, look: Look) -> Recommended:
    card = written.card(shown, look)
    return Recommended(**_listed(shown.item, look), sentence=card.sentence, score=card.score, reasons=_reasons(card))


def _reasons(card: wire.Card) -> list[Reason]:
    return [Reason(quote=r.quote, fact=r.text, side=r.side) for r in card.reasons]


class HttpApp:
    """Streamable HTTP as an ASGI application. Every request stands alone, so any number of processes may serve a client.

    It may hang under any other application, `app.router.add_route("/mcp", http_app(engine))`: what it runs in the
    background begins with the first request and ends with the event loop. Who may call is decided as for `/v1`.
    """

    def __init__(self, engine: Engine, access: Access, turns: Turns) -> None:
        server = mcp_server(engine, access, turns)
        server.streamable_http_app(stateless_http=True, host="0.0.0.0")  # makes the manager; hosts are looked at here
        self._access, self._manager = access, server.session_manager
        self._ready: asyncio.Future[None] | None = None
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            self._check(Request(scope))
        except Problem as problem:
            await problem.response()(scope, receive, send)
            return
        if self._ready is None:
            loop = asyncio.get_running_loop()
            self._ready = loop.create_future()
            self._running = loop.create_task(self._run(self._ready))
        await asyncio.shield(self._ready)
        await self._manager.handle_request(scope, receive, send)

    def _check(self, request: Request) -> None:
        """Problem 401, 403, 421, 429 as everywhere, also where it hangs under an application without the server's guards."""
        host = request.headers.get("host", "")
        if not is_known(host, self._access):
            raise unknown_host(host)
        self._access.counted(request)

    async def _run(self, ready: asyncio.Future[None]) -> None:
        async with self._manager.run():
            ready.set_result(None)
            await asyncio.Event().wait()


def http_app(engine: Engine, access: Access | None = None, turns: Turns | None = None) -> HttpApp:
    """The endpoint, for `/mcp`. `access` and `turns` are the server's, so that calls are counted together and messages of a
    session wait for each other; its own without."""
    return HttpApp(engine, access or Access(engine.settings), turns or Turns(engine))


def agents_app(engine: Engine) -> Starlette:
    """A server for agents alone, at `/mcp`, with the same names, origins and limits as the whole one."""
    from starlette.applications import Starlette
    from starlette.routing import Route

    from bot.web.server import guard

    access, turns = Access(engine.settings), Turns(engine)

    @asynccontextmanager
    async def running(_app: Starlette) -> AsyncIterator[None]:
        turns.open()
        yield
        await asyncio.to_thread(turns.close)

    app = Starlette(routes=[Route("/mcp", http_app(engine, access, turns))], lifespan=running)
    guard(app, access)
    return app


def serve(engine: Engine, transport: Literal["stdio", "http"] = "stdio") -> None:
    """Serve until the client leaves (stdio) or until interrupted (http: at /mcp, on the settings' host and port)."""
    logging.getLogger("mcp").setLevel(logging.WARNING)
    if transport == "stdio":
        turns = Turns(engine)
        try:
            mcp_server(engine, turns=turns).run("stdio")
        finally:
            turns.close()
        return
    import uvicorn

    uvicorn.run(agents_app(engine), host=engine.settings.host, port=engine.settings.port, log_level="warning")
