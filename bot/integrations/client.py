"""A typed client of the API, at once or asynchronously, with the server's own shapes (`bot/web/v1/wire.py`).

    with Rapport("http://localhost:7860") as rapport:
        session = rapport.start("shop")
        for event in rapport.stream(session.id, "a brown leather jacket, no zips"):
            if isinstance(event, ItemsEvent):
                print(event.lead, *(card.title for card in event.items), sep="\n")
        cheaper = rapport.say(session.id, "under $200")

A lost line is taken up again where it broke off; a message that is sent twice for that is answered once. What the server
refuses is raised as `Refused`, with its problem details. `tests/test_integrations.py` notices a change.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import httpx
from httpx_sse import EventSource

from bot.integrations import calls
from bot.integrations.asynchronous import AsyncRapport
from bot.integrations.calls import Call, Refused
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
    Unreachable,
)  # fmt: skip
from bot.memory.links import Closeness
from bot.state import Language
from bot.web.v1 import events, items, sent, wire
from bot.web.v1 import links as people
from bot.web.v1 import me as privacy
from bot.web.v1.told import ChipsEvent, ItemsEvent, ProfileEvent, StatusEvent, TokenEvent
from vectorstore.item import Item

if TYPE_CHECKING:
    from bot.web.v1 import admin as administration

__all__ = [
    "AsyncRapport", "ChipsEvent", "ItemsEvent", "MessageStream", "ProfileEvent", "Rapport", "Refused", "StatusEvent",
    "StreamEvent", "TokenEvent", "Unreachable",
]  # fmt: skip

T = TypeVar("T")


class MessageStream:
    """The events of one message, one by one; `answer` is the whole once it is over."""

    def __init__(self, client: Rapport, following: Following) -> None:
        self._following = following
        self._events = client._follow(following)

    @property
    def message(self) -> str:
        """The message's id."""
        return self._following.message

    @property
    def answer(self) -> wire.Answer:
        """The whole answer: the last event, and before it comes the rest of the stream is read."""
        for _ in self._events:
            pass
        assert self._following.answer is not None  # the stream ends with it, or raises
        return self._following.answer

    def __iter__(self) -> Iterator[StreamEvent]:
        return self._events

    def close(self) -> None:
        """Leave before the end."""
        self._events.close()

    def __enter__(self) -> MessageStream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Rapport(Address):
    """A server, as a program sees it. `site` is a site's key, `identity` what the site signed for its person (or what gives
    a fresh one), `admin` an admin's key; each may be left out."""

    def __init__(
        self, base_url: str, *, site: str = "", identity: Identity = "", admin: str = "", patience: float = PATIENCE,
        timeout: httpx.Timeout | float = TIMEOUT,
    ) -> None:  # fmt: skip
        super().__init__(base_url, site, identity, admin, patience)
        self._http = httpx.Client(timeout=timeout)

    def __enter__(self) -> Rapport:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    # Conversations

    def start(self, catalogue: str = "", language: Language = "en") -> wire.Session:
        """Begin a conversation: about `catalogue`, else the site's, else the server's own."""
        return self._do(calls.start(catalogue, language))

    def sessions(self, limit: int = 50, before: str | None = None) -> wire.SessionList:
        """The signed-in person's conversations, the newest first; `before` is the `updated` of the last one read."""
        return self._do(calls.sessions(limit, before))

    def session(self, id: str) -> wire.Session:
        """A conversation: its messages, the profile, and what is on screen."""
        return self._do(calls.session(id))

    def forget(self, session: str) -> None:
        """Delete a conversation with everything that belongs to it."""
        return self._do(calls.forget(session))

    def say(self, session: str, text: str, *, message: str = "", on_screen: Sequence[str] = ()) -> wire.Answer:
        """The answer to a message, whole. `message` is your own id for it; the same again gives the same turn."""
        return self._do(calls.say(session, text, message, on_screen, "application/json"))

    def stream(self, session: str, text: str, *, message: str = "", on_screen: Sequence[str] = ()) -> MessageStream:
        """The answer to a message as it comes, event by event. Left before its end, the server soon stops the turn."""
        begun = calls.say(session, text, message, on_screen, "text/event-stream")
        return MessageStream(self, Following(session, begun, self.patience))

    def answer(self, session: str, message: str) -> wire.Answer | wire.Waiting:
        """The answer to a message that was sent before, or `Waiting` while it is on its way."""
        return self._do(calls.answer(session, message))

    # What is known of the person

    def profile(self, session: str) -> wire.Profile:
        """What is known of the person, with its version."""
        return self._do(calls.profile(session))

    def replace(self, session: str, points: Sequence[Point], limits: Sequence[Limit], version: int) -> wire.Reranked:
        """Put a whole profile in place of the one of `version`; `Refused` (412) when it was changed meanwhile."""
        return self._do(calls.replace(session, points, limits, version))

    def edit(self, session: str, change: sent.Edit | Mapping[str, Any], version: int | None = None) -> wire.Reranked:
        """Change one thing: {"edit": "weight", "text": "zips", "weight": -1}, or add, remove, limit, lift, clear."""
        return self._do(calls.edit(session, change, version))

    def undo(self, session: str, version: int | None = None) -> wire.Reranked:
        """Go back to the profile before the last change."""
        return self._do(calls.undo(session, version))

    # Catalogues and items

    def catalogues(self, language: Language = "en") -> items.CatalogueList:
        """The catalogues that a conversation can be about."""
        return self._do(calls.catalogues(language))

    def catalogue(self, name: str, language: Language = "en") -> items.CatalogueDetails:
        """A catalogue: what its items state, and what to ask about."""
        return self._do(calls.catalogue(name, language))

    def item(self, catalogue: str, id: str, language: Language = "en") -> items.ItemDetails:
        """An item, and everything that it states."""
        return self._do(calls.item(catalogue, id, language))

    def search(
        self, catalogue: str, query: str, *, limit: int = 10, where: Sequence[str] = (), language: Language = "en"
    ) -> items.Found:
        """The items nearest to a text inside hard limits ("price<=200"), with their scores term by term."""
        return self._do(calls.search(catalogue, query, limit, where, language))

    def similar(
        self, catalogue: str, id: str, *, limit: int = 10, where: Sequence[str] = (), language: Language = "en"
    ) -> items.Found:
        """The items that resemble one."""
        return self._do(calls.similar(catalogue, id, limit, where, language))

    def compare(self, catalogue: str, ids: Sequence[str], language: Language = "en") -> items.SideBySide:
        """Two to six items side by side."""
        return self._do(calls.compare(catalogue, ids, language))

    # What people did

    def record(self, session: str, kind: events.Kind, item: str, *, id: str = "", value: float | None = None) -> events.Kept:
        """Tell what a person did with an item. `id` is your own; the same again is kept once."""
        return self._do(calls.record(session, kind, item, id, value))

    def record_all(self, batch: Sequence[events.SessionEvent]) -> events.BatchKept:
        """Tell many events at once, of any sessions."""
        return self._do(calls.record_all(batch))

    # Privacy

    def me(self, session: str = "") -> privacy.Known:
        """Everything that is known of the signed-in person; of one without an identity, of a session."""
        return self._do(calls.me(session))

    def forget_me(self, session: str = "") -> None:
        """Delete all of that, without a trace."""
        return self._do(calls.forget_me(session))

    def consent(self, language: Language = "en") -> privacy.Consent:
        """What to ask the person before anything is kept."""
        return self._do(calls.consent(language))

    def links(self) -> people.OwnLinks:
        """Who is close to the signed-in person, and who of the two has agreed."""
        return self._do(calls.links())

    def agree(self, friend: str, kind: Closeness, agrees: bool, whose: people.Whose | None = None) -> people.OwnLinks:
        """Agree to a link for the signed-in person, or withdraw that; `whose` is needed for `follows`."""
        return self._do(calls.agree(friend, kind, agrees, whose))

    # With an admin's key

    def link(self, new: people.NewLink) -> None:
        """Keep a link between two people of a site, or change it."""
        self._do(calls.link(new))

    def unlink(self, site: str, person: str, friend: str, kind: Closeness) -> None:
        """Forget a link between two people."""
        self._do(calls.unlink(site, person, friend, kind))

    def upsert(self, catalogue: str, new: Sequence[Item]) -> administration.JobDetails:
        """Put items into a catalogue; one whose id is there takes its place."""
        return self._do(calls.upsert(catalogue, new))

    def remove(self, catalogue: str, item: str) -> administration.JobDetails:
        """Take an item out of a catalogue."""
        return self._do(calls.remove(catalogue, item))

    def add_file(
        self, catalogue: str, file: Path, mapping: str = "", others: Literal["keep", "remove"] = "keep"
    ) -> administration.JobDetails:
        """Put the rows of a file into a catalogue; begins one when there is none of that name."""
        return self._do(calls.add_file(catalogue, file, mapping, others))

    def reindex(self, catalogue: str) -> administration.JobDetails:
        """Make the whole index again from its items."""
        return self._do(calls.reindex(catalogue))

    def status(self, catalogue: str) -> administration.Status:
        """What is indexed, and how far the last job is."""
        return self._do(calls.status(catalogue))

    def _do(self, call: Call[T]) -> T:
        attempts = Attempts(call, self.patience)
        while True:
            error: Exception
            try:
                answer = self._http.request(**self.request(call))
                if answer.is_success:
                    return call.read(answer)
                error = self.trouble(answer)
            except httpx.TransportError as lost:
                error = self.lost(lost)
            time.sleep(attempts.wait(error))

    def _follow(self, following: Following) -> Generator[StreamEvent, None, None]:
        while True:
            error: Exception
            try:
                with self._http.stream(**self.request(following.asks)) as answer:
                    if answer.is_success:
                        for event in EventSource(answer).iter_sse():
                            if (told := following.heard(event)) is not None:
                                yield told
                            if following.answer is not None:
                                return
                        error = self.lost(EOFError("the stream broke off"))
                    else:
                        answer.read()
                        error = self.trouble(answer)
            except httpx.TransportError as lost:
                error = self.lost(lost)
            time.sleep(following.lost(error))
