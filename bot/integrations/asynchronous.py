"""The typed client, asynchronously: the same calls as `client.py` has, each to be awaited. `tests/test_integrations.py`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import httpx
from httpx_sse import EventSource

from bot.integrations import calls
from bot.integrations.calls import Call
from bot.integrations.following import (
    PATIENCE,
    TIMEOUT,
    Address,
    Attempts,
    Following,
    Identity,
    Limit,
    Point,
    StreamEvent,
)  # fmt: skip
from bot.memory.links import Closeness
from bot.state import Language
from bot.web.v1 import events, items, sent, wire
from bot.web.v1 import links as people
from bot.web.v1 import me as privacy
from vectorstore.item import Item

if TYPE_CHECKING:
    from bot.web.v1 import admin as administration

T = TypeVar("T")


class AsyncMessageStream:
    """The same, asynchronously: `async for event in stream`, then `await stream.answer()`."""

    def __init__(self, client: AsyncRapport, following: Following) -> None:
        self._following = following
        self._events = client._follow(following)

    @property
    def message(self) -> str:
        """The message's id."""
        return self._following.message

    async def answer(self) -> wire.Answer:
        """The whole answer: the last event, and before it comes the rest of the stream is read."""
        async for _ in self._events:
            pass
        assert self._following.answer is not None  # the stream ends with it, or raises
        return self._following.answer

    def __aiter__(self) -> AsyncIterator[StreamEvent]:
        return self._events

    async def aclose(self) -> None:
        """Leave before the end."""
        await self._events.aclose()

    async def __aenter__(self) -> AsyncMessageStream:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class AsyncRapport(Address):
    """The same, asynchronously."""

    def __init__(
        self, base_url: str, *, site: str = "", identity: Identity = "", admin: str = "", patience: float = PATIENCE,
        timeout: httpx.Timeout | float = TIMEOUT,
    ) -> None:  # fmt: skip
        super().__init__(base_url, site, identity, admin, patience)
        self._http = httpx.AsyncClient(timeout=timeout)

    async def __aenter__(self) -> AsyncRapport:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Give the connections back."""
        await self._http.aclose()

    # Conversations

    async def start(self, catalogue: str = "", language: Language = "en") -> wire.Session:
        """Begin a conversation: about `catalogue`, else the site's, else the server's own."""
        return await self._do(calls.start(catalogue, language))

    async def sessions(self, limit: int = 50, before: str | None = None) -> wire.SessionList:
        """The signed-in person's conversations, the newest first; `before` is the `updated` of the last one read."""
        return await self._do(calls.sessions(limit, before))

    async def session(self, id: str) -> wire.Session:
        """A conversation: its messages, the profile, and what is on screen."""
        return await self._do(calls.session(id))

    async def forget(self, session: str) -> None:
        """Delete a conversation with everything that belongs to it."""
        return await self._do(calls.forget(session))

    async def say(self, session: str, text: str, *, message: str = "", on_screen: Sequence[str] = ()) -> wire.Answer:
        """The answer to a message, whole. `message` is your own id for it; the same again gives the same turn."""
        return await self._do(calls.say(session, text, message, on_screen, "application/json"))

    def stream(self, session: str, text: str, *, message: str = "", on_screen: Sequence[str] = ()) -> AsyncMessageStream:
        """The answer to a message as it comes, event by event. Left before its end, the server soon stops the turn."""
        begun = calls.say(session, text, message, on_screen, "text/event-stream")
        return AsyncMessageStream(self, Following(session, begun, self.patience))

    async def answer(self, session: str, message: str) -> wire.Answer | wire.Waiting:
        """The answer to a message that was sent before, or `Waiting` while it is on its way."""
        return await self._do(calls.answer(session, message))

    # What is known of the person

    async def profile(self, session: str) -> wire.Profile:
        """What is known of the person, with its version."""
        return await self._do(calls.profile(session))

    async def replace(self, session: str, points: Sequence[Point], limits: Sequence[Limit], version: int) -> wire.Reranked:
        """Put a whole profile in place of the one of `version`; `Refused` (412) when it was changed meanwhile."""
        return await self._do(calls.replace(session, points, limits, version))

    async def edit(self, session: str, change: sent.Edit | Mapping[str, Any], version: int | None = None) -> wire.Reranked:
        """Change one thing: {"edit": "weight", "text": "zips", "weight": -1}, or add, remove, limit, lift, clear."""
        return await self._do(calls.edit(session, change, version))

    async def undo(self, session: str, version: int | None = None) -> wire.Reranked:
        """Go back to the profile before the last change."""
        return await self._do(calls.undo(session, version))

    # Catalogues and items

    async def catalogues(self, language: Language = "en") -> items.CatalogueList:
        """The catalogues that a conversation can be about."""
        return await self._do(calls.catalogues(language))

    async def catalogue(self, name: str, language: Language = "en") -> items.CatalogueDetails:
        """A catalogue: what its items state, and what to ask about."""
        return await self._do(calls.catalogue(name, language))

    async def item(self, catalogue: str, id: str, language: Language = "en") -> items.ItemDetails:
        """An item, and everything that it states."""
        return await self._do(calls.item(catalogue, id, language))

    async def search(
        self, catalogue: str, query: str, *, limit: int = 10, where: Sequence[str] = (), language: Language = "en"
    ) -> items.Found:
        """The items nearest to a text inside hard limits ("price<=200"), with their scores term by term."""
        return await self._do(calls.search(catalogue, query, limit, where, language))

    async def similar(
        self, catalogue: str, id: str, *, limit: int = 10, where: Sequence[str] = (), language: Language = "en"
    ) -> items.Found:
        """The items that resemble one."""
        return await self._do(calls.similar(catalogue, id, limit, where, language))

    async def compare(self, catalogue: str, ids: Sequence[str], language: Language = "en") -> items.SideBySide:
        """Two to six items side by side."""
        return await self._do(calls.compare(catalogue, ids, language))

    # What people did

    async def record(
        self, session: str, kind: events.Kind, item: str, *, id: str = "", value: float | None = None
    ) -> events.Kept:
        """Tell what a person did with an item. `id` is your own; the same again is kept once."""
        return await self._do(calls.record(session, kind, item, id, value))

    async def record_all(self, batch: Sequence[events.SessionEvent]) -> events.BatchKept:
        """Tell many events at once, of any sessions."""
        return await self._do(calls.record_all(batch))

    # Privacy

    async def me(self, session: str = "") -> privacy.Known:
        """Everything that is known of the signed-in person; of one without an identity, of a session."""
        return await self._do(calls.me(session))

    async def forget_me(self, session: str = "") -> None:
        """Delete all of that, without a trace."""
        return await self._do(calls.forget_me(session))

    async def consent(self, language: Language = "en") -> privacy.Consent:
        """What to ask the person before anything is kept."""
        return await self._do(calls.consent(language))

    async def links(self) -> people.OwnLinks:
        """Who is close to the signed-in person, and who of the two has agreed."""
        return await self._do(calls.links())

    async def agree(self, friend: str, kind: Closeness, agrees: bool, whose: people.Whose | None = None) -> people.OwnLinks:
        """Agree to a link for the signed-in person, or withdraw that; `whose` is needed for `follows`."""
        return await self._do(calls.agree(friend, kind, agrees, whose))

    # With an admin's key

    async def link(self, new: people.NewLink) -> None:
        """Keep a link between two people of a site, or change it."""
        await self._do(calls.link(new))

    async def unlink(self, site: str, person: str, friend: str, kind: Closeness) -> None:
        """Forget a link between two people."""
        await self._do(calls.unlink(site, person, friend, kind))

    async def upsert(self, catalogue: str, new: Sequence[Item]) -> administration.JobDetails:
        """Put items into a catalogue; one whose id is there takes its place."""
        return await self._do(calls.upsert(catalogue, new))

    async def remove(self, catalogue: str, item: str) -> administration.JobDetails:
        """Take an item out of a catalogue."""
        return await self._do(calls.remove(catalogue, item))

    async def add_file(
        self, catalogue: str, file: Path, mapping: str = "", others: Literal["keep", "remove"] = "keep"
    ) -> administration.JobDetails:
        """Put the rows of a file into a catalogue; begins one when there is none of that name."""
        return await self._do(calls.add_file(catalogue, file, mapping, others))

    async def reindex(self, catalogue: str) -> administration.JobDetails:
        """Make the whole index again from its items."""
        return await self._do(calls.reindex(catalogue))

    async def status(self, catalogue: str) -> administration.Status:
        """What is indexed, and how far the last job is."""
        return await self._do(calls.status(catalogue))

    async def _do(self, call: Call[T]) -> T:
        attempts = Attempts(call, self.patience)
        while True:
            error: Exception
            try:
                answer = await self._http.request(**self.request(call))
                if answer.is_success:
                    return call.read(answer)
                error = self.trouble(answer)
            except httpx.TransportError as lost:
                error = self.lost(lost)
            await asyncio.sleep(attempts.wait(error))

    async def _follow(self, following: Following) -> AsyncGenerator[StreamEvent, None]:
        while True:
            error: Exception
            try:
                async with self._http.stream(**self.request(following.asks)) as answer:
                    if answer.is_success:
                        async for event in EventSource(answer).aiter_sse():
                            if (told := following.heard(event)) is not None:
                                yield told
                            if following.answer is not None:
                                return
                        error = self.lost(EOFError("the stream broke off"))
                    else:
                        await answer.aread()
                        error = self.trouble(answer)
            except httpx.TransportError as lost:
                error = self.lost(lost)
            await asyncio.sleep(following.lost(error))
