"""How much is taken from one caller; what is over a limit is refused before work is done. `tests/test_api_access.py`.

`BodyLimit` stands around the whole server and refuses a body before it is read (one of unknown length: as soon as it is
too long). `Limits` counts calls, messages and new sessions by caller, and knows how long a conversation may become.
"""

from __future__ import annotations

import math
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from bot.settings import Settings
from bot.web.v1.problems import Problem

if TYPE_CHECKING:
    from bot.memory import Memory
    from bot.state import Session
    from bot.web.v1.access import Access, Caller

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Limits:
    """How often one caller may do what costs the server something. An admin is not counted."""

    def __init__(self, settings: Settings) -> None:
        from limits import RateLimitItemPerHour, RateLimitItemPerMinute
        from limits.storage import storage_from_string
        from limits.strategies import MovingWindowRateLimiter

        self.settings = settings
        self._window = MovingWindowRateLimiter(storage_from_string(settings.limits_storage))
        self._calls = RateLimitItemPerMinute(settings.calls_a_minute or 1, namespace="calls")
        self._messages = RateLimitItemPerMinute(settings.messages_a_minute or 1, namespace="messages")
        self._sessions = RateLimitItemPerHour(settings.sessions_an_hour or 1, namespace="sessions")

    def call(self, by: Caller) -> None:
        """Count a call of this caller, whatever it asks for. Problem 429 over the limit."""
        if self.settings.calls_a_minute:
            self._count(self._calls, by, f"At most {self.settings.calls_a_minute} calls a minute are taken.")

    def message(self, by: Caller, session: Session | None = None) -> None:
        """Count a message of this caller. Problem 429 over the limit, or when the conversation is at its end."""
        most = self.settings.max_turns
        if session is not None and most and len(session.turns) >= most:
            raise Problem(
                429, "conversation-full", "This conversation is at its end",
                f"A conversation has at most {most} messages. Begin another: POST /v1/sessions",
            )  # fmt: skip
        if self.settings.messages_a_minute:
            self._count(self._messages, by, f"At most {self.settings.messages_a_minute} messages a minute are taken.")

    def session(self, by: Caller, memory: Memory) -> None:
        """Count a new session of this caller. Problem 429 over the limit."""
        most = self.settings.max_sessions
        if by.person and most and memory.count_of(by.person, by.site) >= most:
            raise Problem(
                429, "too-many-sessions", "Too many conversations",
                f"At most {most} conversations are kept of one person. Delete one that is no longer needed.",
            )  # fmt: skip
        if self.settings.sessions_an_hour:
            self._count(self._sessions, by, f"At most {self.settings.sessions_an_hour} conversations an hour may be begun.")

    def _count(self, item: Any, by: Caller, detail: str) -> None:
        if by.admin:
            return
        who = ("person", by.site, by.person) if by.person else ("address", by.address)
        if self._window.hit(item, *who):
            return
        wait = max(1, math.ceil(self._window.get_window_stats(item, *who).reset_time - time.time()))
        headers = {"Retry-After": str(wait)}
        raise Problem(429, "too-many", "Too many at once", f"{detail} Try again in {wait} s.", headers=headers)


class BodyLimit:
    """Refuses a request whose body is longer than `settings.max_body`, or `max_import` when an admin's key comes with it."""

    def __init__(self, app: App, access: Access) -> None:
        self.app, self.access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        settings = self.access.settings
        most = settings.max_body
        length = headers.get(b"content-length")
        declared = int(length) if length is not None and length.isdigit() else None
        if declared is None or declared > most:
            authorization = headers.get(b"authorization", b"").decode("latin-1")
            if authorization and self.access.is_admin(authorization):
                most = settings.max_import
        if declared is not None and declared > most:
            await _refuse(scope, receive, send, most)
            return
        await _Counted(self.app, most)(scope, receive, send)


class _Counted:
    """One request whose body is counted while it comes."""

    def __init__(self, app: App, most: int) -> None:
        self.app, self.most = app, most
        self.read = 0
        self.started = self.refused = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted() -> Message:
            if self.refused:
                return {"type": "http.disconnect"}
            message = await receive()
            self.read += len(message.get("body", b""))
            if self.read <= self.most:
                return message
            self.refused = True
            if not self.started:
                await _refuse(scope, receive, send, self.most)
            return {"type": "http.disconnect"}  # so nobody waits for the rest

        async def sending(message: Message) -> None:
            if self.refused:
                return  # the answer was given
            self.started = True
            await send(message)

        try:
            await self.app(scope, counted, sending)
        except Exception:
            if not self.refused:
                raise


async def _refuse(scope: Scope, receive: Receive, send: Send, most: int) -> None:
    detail = f"At most {most:,} bytes are read. Send less at once; the operator may allow more (max_body, max_import)."
    problem = Problem(413, "too-large", "The body is too large", detail, headers={"Connection": "close"})
    await problem.response()(scope, receive, send)
