"""Under which names the server is known: a page elsewhere may give its own name this machine's address (DNS rebinding), and
would pass for the server itself. `tests/test_api_access.py`.

An address of figures cannot be rebound, so it is enough to look at names: this machine's, the setting `host`, those of
origins that may call anyway, and the setting `allowed_hosts`.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.web.v1.problems import Problem

if TYPE_CHECKING:
    from bot.web.v1.access import Access

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

POLICY_VIOLATION = 1008  # the code that closes a WebSocket


class HostGuard:
    """Refuses whatever is asked under a name that is not the server's."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], access: Access) -> None:
        self.app, self.access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            sent = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"host"]
            if not all(is_known(host, self.access) for host in sent):  # a browser always sends one
                if scope["type"] == "http":
                    await unknown_host(sent[0]).response()(scope, receive, send)
                else:
                    await send({"type": "websocket.close", "code": POLICY_VIOLATION})
                return
        await self.app(scope, receive, send)


def is_known(host: str, access: Access) -> bool:
    """Whether the value of a `Host` header is one of the server's names or addresses; the port does not count."""
    settings, name = access.settings, _name(host)
    if "*" in settings.allowed_hosts or "*" in settings.allowed_origins:
        return True
    if not name:
        return False
    if _own(name, settings.host.lower()) or any(_fits(name, allowed.lower()) for allowed in settings.allowed_hosts):
        return True
    return name in {urlsplit(origin).hostname for origin in access.origins()}


def unknown_host(host: str) -> Problem:
    """The refusal, which names the setting."""
    name = _name(host) or "<name>"
    return Problem(
        421, "unknown-host", "Not this server's name",
        "This server is not known under that name. If it is right, the operator adds it to the setting allowed_hosts: "
        f"RAPPORT_ALLOWED_HOSTS={name}",
    )  # fmt: skip


def _name(host: str) -> str:
    """The name or the address in a `Host` header; empty for what is none."""
    match = re.fullmatch(r"(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::\d*)?", host.strip().lower())
    return (match[1] or match[2]).rstrip(".") if match else ""


def _own(name: str, host: str) -> bool:
    """Whether it is a name or an address of this machine, as far as the server listens there."""
    if name in ("localhost", host) or name.endswith(".localhost"):
        return True
    at, address = _address(host), _address(name)
    alone = host == "localhost" or (at is not None and at.is_loopback)  # only this machine reaches the server
    if address is not None:
        return address.is_loopback or not alone
    return not alone and name in _machine()


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _machine() -> frozenset[str]:
    """What the machine calls itself, in its own network, too."""
    names = {socket.gethostname().lower(), socket.getfqdn().lower()}
    return frozenset(names | {f"{name}.local" for name in names if "." not in name})


def _fits(name: str, allowed: str) -> bool:
    """Whether a name is the allowed one, or below it where that is written as `*.shop.example`."""
    return name == allowed or (allowed.startswith("*.") and name.endswith(allowed[1:]))
