"""Talks are kept as long as the setting says, also while the server runs. `tests/test_memory.py`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from bot.memory.sessions import Memory

log = logging.getLogger(__name__)

HOUR = 3600.0


@contextmanager
def retained(memory: Memory, days: float, every: float = HOUR) -> Iterator[None]:
    """While it holds, talks untouched for `days` are deleted: at once, then `every` so many seconds. 0 keeps them."""
    stop = threading.Event()

    def keep() -> None:
        while True:
            try:
                memory.tidy()
                if days and (gone := memory.forget_older_than(days)):
                    log.info("%d talks were untouched for more than %s days and are deleted.", gone, days)
            except SQLAlchemyError as error:
                log.warning("Old talks could not be deleted and will be next time: %s", error)
            if stop.wait(every):
                return

    keeper = threading.Thread(target=keep, name="retention", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join(timeout=5)
