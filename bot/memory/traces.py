"""SQLite, told to lose nothing that was acknowledged and to keep nothing that was deleted. `tests/test_memory.py`.

A deleted row's bytes live on in three places: free space of the database file (`secure_delete` overwrites what it frees,
but not what moving rows about left behind), pages that an earlier version freed, and the write-ahead log. Writing the
file anew and emptying the log leaves none. That holds up whoever writes, so it is done apart, once for all deletions of
a moment, and the more seldom the longer it takes.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

log = logging.getLogger(__name__)

PATIENCE = 30.0  # seconds to wait for whoever reads or writes
SHORT = 50  # milliseconds in which emptying the log waits for readers: nobody can write meanwhile
PAUSE = 0.3  # seconds in which further deletions join
REST = 4.0  # times as long as the last time took nobody is held up by the next


def careful(connection: Any, _record: Any) -> None:
    """What each connection is told: readers never wait for the writer, and a power cut loses nothing acknowledged."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA busy_timeout={int(PATIENCE * 1000)}")
    connection.execute("PRAGMA secure_delete=ON")


class Tidier:
    """Overwrites what deletions left in the files, a moment after them, in a thread of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._wanted = self._working = False
        self._took = 0.0
        self._changed = threading.Condition()

    def ask(self) -> None:
        """There is something to overwrite."""
        with self._changed:
            self._wanted = True
            if not self._working:
                self._working = True
                threading.Thread(target=self._work, name="tidy", daemon=True).start()

    def settled(self, seconds: float) -> bool:
        """Wait until nothing asked for is left to do; False when that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._working, seconds)

    def _work(self) -> None:
        again = True
        while again:
            time.sleep(max(PAUSE, REST * self._took))
            with self._changed:
                self._wanted = False
            begun = time.monotonic()
            try:
                tidy(self._engine)
            finally:
                with self._changed:
                    self._took = time.monotonic() - begun
                    again = self._working = self._wanted
                    self._changed.notify_all()


def tidy(engine: Engine) -> bool:
    """Overwrite what deletions left in the files. False when somebody kept them busy: it is tried again at the next one."""
    until = time.monotonic() + PATIENCE
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            before = connection.scalar(text("SELECT max(number) FROM untidy"))
            if before is None:
                return True  # another process was there
            connection.execute(text("VACUUM"))
            connection.execute(text(f"PRAGMA busy_timeout={SHORT}"))
            while connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]:  # a reader is still in the old log
                if time.monotonic() > until:
                    log.warning("The log of the database is in use, so deleted rows stay in it until the next deletion.")
                    connection.invalidate()  # it has the short patience
                    return False
                time.sleep(0.05)
            connection.execute(text(f"PRAGMA busy_timeout={int(PATIENCE * 1000)}"))
            connection.execute(text("DELETE FROM untidy WHERE number <= :before"), {"before": before})
    except OperationalError as error:
        log.warning("The database is busy, so deleted rows stay in its file until the next deletion: %s", error)
        return False
    return True
