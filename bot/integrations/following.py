"""What both clients share: requests with their headers, when a call is sent again, and how a lost stream is taken up.

Nothing here touches the network or waits. `tests/test_integrations.py` notices a change.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import httpx
from httpx_sse import ServerSentEvent

from bot.errors import RapportError
from bot.integrations import calls
from bot.integrations.calls import IDENTITY_HEADER, SITE_HEADER, Call, Refused, refused
from bot.web.v1 import sent, wire
from bot.web.v1.problems import ProblemDetails
from bot.web.v1.told import EVENTS, ChipsEvent, ItemsEvent, ProfileEvent, StatusEvent, TokenEvent

StreamEvent = StatusEvent | ProfileEvent | ItemsEvent | TokenEvent | ChipsEvent | wire.Answer
Identity = str | Callable[[], str]  # a JWT, or what gives a fresh one
Point = wire.Point | sent.NewPoint | Mapping[str, Any]
Limit = wire.Limit | sent.NewLimit | Mapping[str, Any]
PATIENCE: Final = 30.0  # seconds without a word after which a lost server is given up
TIMEOUT: Final = httpx.Timeout(10.0, read=60.0)  # a stream says that it is alive every ten seconds
BUSY: Final = (502, 503, 504)
FIRST_WAIT: Final = 0.2
LONGEST_WAIT: Final = 5.0


class Unreachable(RapportError):
    """The server does not answer."""


class Attempts:
    """How long a call waits before it is sent again, and whether it is at all."""

    def __init__(self, call: Call[Any], patience: float) -> None:
        self._again, self._patience = call.again, patience
        self._wait = FIRST_WAIT
        self._since: float | None = None

    def heard(self) -> None:
        """The server is there."""
        self._since, self._wait = None, FIRST_WAIT

    def wait(self, error: Exception) -> float:
        """Seconds to wait; raises `error` when it may not be sent again, or has been for long enough."""
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        wait, self._wait = self._wait, min(2 * self._wait, LONGEST_WAIT)
        if isinstance(error, Refused) and error.retry_after is not None:
            wait = error.retry_after
        if not self._again or now - self._since + wait > self._patience:
            raise error
        return wait


class Following:
    """How far a stream has come. The server tells the whole of each thing, so nothing need be put together."""

    def __init__(self, session: str, begun: Call[wire.Answer], patience: float) -> None:
        self.session, self.message = session, str(begun.json["id"])
        self.answer: wire.Answer | None = None
        self._begun, self._attempts = begun, Attempts(begun, patience)
        self._last = ""

    @property
    def asks(self) -> Call[wire.Answer] | Call[None]:
        """What is to be sent: the message, and once something of it was heard, the rest of its events.

        The message has its own id, so sending it again is no second message.
        """
        return calls.follow(self.session, self.message, self._last) if self._last else self._begun

    def heard(self, event: ServerSentEvent) -> StreamEvent | None:
        """An event as a value; None for one that a newer server may tell. Refused for the event `error`."""
        self._attempts.heard()
        self._last = event.id or self._last
        model = EVENTS.get(event.event)  # type: ignore[call-overload]
        if model is None:
            return None
        told = model.model_validate_json(event.data, extra="ignore")
        if isinstance(told, ProblemDetails):
            raise Refused(told)
        if isinstance(told, wire.Answer):
            self.answer = told
        return told  # type: ignore[no-any-return]

    def lost(self, error: Exception) -> float:
        """Seconds to wait before it is asked again. Raises `error` when the server has been away for too long."""
        return self._attempts.wait(error)


class Address:
    """Where the server is and who calls, as both clients are told."""

    def __init__(self, base_url: str, site: str, identity: Identity, admin: str, patience: float) -> None:
        self.base_url = f"{base_url.rstrip('/').removesuffix('/v1')}/v1"
        self._site, self._identity, self._admin, self.patience = site, identity, admin, patience

    def request(self, call: Call[Any]) -> dict[str, Any]:
        """A call as httpx takes it."""
        identity = self._identity() if callable(self._identity) else self._identity
        headers = {
            SITE_HEADER: self._site,
            IDENTITY_HEADER: identity,
            "Authorization": f"Bearer {self._admin}" if self._admin else "",
            **call.headers,
        }
        return {
            "method": call.method,
            "url": f"{self.base_url}{call.path}",
            "json": call.json,
            "params": list(call.params) or None,
            "headers": {name: value for name, value in headers.items() if value},
            "data": call.data,
            "files": None if call.file is None else {"file": (call.file.name, call.file.read_bytes())},
        }

    def lost(self, error: Exception) -> Unreachable:
        return Unreachable(f"{self.base_url} does not answer ({type(error).__name__}: {error}). Is the server running there?")

    def trouble(self, answer: httpx.Response) -> Refused:
        """What an answer that is none says; raised at once where asking again would not help."""
        error = refused(answer)
        if answer.status_code not in BUSY:
            raise error
        return error
