"""Sessions and events, kept. SQLite by default, any SQLAlchemy URL otherwise; `tests/test_memory.py` notices changes.

A session is one JSON document under its id, with a version: saving over a newer version is a `Conflict`, so two tabs
never write over each other.
"""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text, create_engine, event, insert, select
from sqlalchemy import delete as sql_delete
from sqlalchemy import update as sql_update
from sqlalchemy.exc import IntegrityError

from bot.errors import Conflict
from bot.settings import Settings
from bot.state import Session

_metadata = MetaData()
_sessions = Table(
    "sessions",
    _metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("updated", Float, nullable=False, index=True),
    Column("body", Text, nullable=False),
)
_events = Table(
    "events",
    _metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("session", String(64), index=True, nullable=False),
    Column("catalogue", String(64), nullable=False),
    Column("item", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("at", Float, nullable=False),
)


class Memory:
    """Where sessions and behaviour events live."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, pool_pre_ping=True)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _careful_sqlite)
        _metadata.create_all(self._engine)

    @classmethod
    def open(cls, settings: Settings) -> Memory:
        """The memory that the settings name; the folder is made when it is missing."""
        if settings.database:
            return cls(settings.database)
        Path(settings.data_dir).mkdir(parents=True, exist_ok=True)
        return cls(f"sqlite:///{Path(settings.data_dir) / 'rapport.sqlite3'}")

    def load(self, session_id: str) -> Session | None:
        """The session of that id, or None when there is none."""
        with self._engine.connect() as connection:
            body = connection.scalar(select(_sessions.c.body).where(_sessions.c.id == session_id))
        return None if body is None else Session.model_validate_json(body)

    def save(self, session: Session) -> Session:
        """Keep `session`; gives it back with its new version. `Conflict` when a newer one was saved meanwhile."""
        new = session.model_copy(update={"version": session.version + 1})
        row = {"version": new.version, "updated": time.time(), "body": new.model_dump_json()}
        with self._engine.begin() as connection:
            if session.version == 0:
                try:
                    connection.execute(insert(_sessions).values(id=session.id, **row))
                except IntegrityError:
                    raise Conflict(
                        "This talk was already begun in another window. Reload the page to go on with it."
                    ) from None
                return new
            where = (_sessions.c.id == session.id) & (_sessions.c.version == session.version)
            if connection.execute(sql_update(_sessions).where(where).values(**row)).rowcount == 0:
                raise Conflict("This talk went on in another window. Reload the page to see it.")
        return new

    def record(self, session: Session, item: str, kind: str) -> None:
        """Keep one behaviour event."""
        with self._engine.begin() as connection:
            connection.execute(
                insert(_events).values(
                    session=session.id, catalogue=session.catalogue, item=item, kind=kind, at=time.time()
                )
            )

    def events(self, session_id: str) -> list[tuple[str, str, float]]:
        """(item id, kind, time) of a session's events, oldest first."""
        query = select(_events.c.item, _events.c.kind, _events.c.at).where(_events.c.session == session_id)
        with self._engine.connect() as connection:
            return [(row.item, row.kind, row.at) for row in connection.execute(query.order_by(_events.c.number))]

    def delete(self, session_id: str) -> None:
        """Forget a session and its events."""
        with self._engine.begin() as connection:
            connection.execute(sql_delete(_events).where(_events.c.session == session_id))
            connection.execute(sql_delete(_sessions).where(_sessions.c.id == session_id))

    def forget_older_than(self, days: int) -> int:
        """Delete the talks untouched for `days`; how many went."""
        before = time.time() - days * 86_400
        with self._engine.connect() as connection:
            old = list(connection.scalars(select(_sessions.c.id).where(_sessions.c.updated < before)))
        for session_id in old:
            self.delete(session_id)
        return len(old)


def _careful_sqlite(connection, _record) -> None:  # type: ignore[no-untyped-def]
    """Readers never wait for the writer, and a power cut loses nothing that was acknowledged."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA busy_timeout=5000")
