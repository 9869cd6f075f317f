"""A generator worked in threads for asynchronous code. `tests/test_integrations.py` notices a change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator
from typing import TypeVar

import anyio

T = TypeVar("T")


async def apart(values: Generator[T, None, None]) -> AsyncGenerator[T, None]:
    """A generator's values, each worked out in a thread. Closed or cancelled, it closes the generator once that is at rest."""
    waiting: asyncio.Future[T | None] | None = None
    try:
        while True:
            waiting = asyncio.ensure_future(asyncio.to_thread(next, values, None))
            value = await asyncio.shield(waiting)
            if value is None:
                return
            yield value
    finally:
        with anyio.CancelScope(shield=True):  # a server cancels again at every wait
            if waiting is not None and not waiting.done():
                await asyncio.wait([waiting])
            await asyncio.to_thread(values.close)
