"""SQLite, told to lose nothing that was acknowledged and to keep nothing that was deleted. `tests/test_memory.py`.

A deleted row's bytes live on in three places: free space of the database file (`secure_delete` overwrites what it frees,
but not what moving rows about left behind), pages that an earlier version freed, and the write-ahead log. Writing the
file anew and emptying the log leaves none.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

log = logging.getLogger(__name__)

PATIENCE = 30.0  # seconds to wait for whoever reads or writes


def careful(connection: Any, _record: Any) -> None:
    """What each connection is told: readers never wait for the writer, and a power cut loses nothing acknowledged."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA busy_timeout={int(PATIENCE * 1000)}")
    connection.execute("PRAGMA secure_delete=ON")


def tidy(engine: Engine) -> bool:
    """Overwrite what deletions left in the files. False when somebody kept them busy: it is tried again at the next one."""
    until = time.monotonic() + PATIENCE
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            before = connection.scalar(text("SELECT max(number) FROM untidy"))
            connection.execute(text("VACUUM"))
            while connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]:  # a reader is still in the old log
                if time.monotonic() > until:
                    log.warning("The log of the database is in use, so deleted rows stay in it until the next deletion.")
                    return False
                time.sleep(0.05)
            if before is not None:
                connection.execute(text("DELETE FROM untidy WHERE number <= :before"), {"before": before})
        except OperationalError as error:
            log.warning("The database is busy, so deleted rows stay in its file until the next deletion: %s", error)
            return False
    return True
