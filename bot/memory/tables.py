"""The tables of the memory, and how those of an older version are brought up to date. `tests/test_memory.py`.

Every table with a column `session` belongs to that session: it is exported and deleted with it, whoever adds it.
"""

from __future__ import annotations

import json

from sqlalchemy import (
    Boolean,
    Column,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    func,
    inspect,
    select,
    text,
    update,
)  # fmt: skip
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.schema import CreateColumn

_LOCK = 7_270_776  # the number of the lock, any that other programs do not take
TITLE = 80  # characters of the first message that name a talk

metadata = MetaData()
sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("updated", Float, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("person", String(200), nullable=False, server_default="", index=True),
    Column("site", String(64), nullable=False, server_default=""),
    Column("catalogue", String(64), nullable=False, server_default=""),
    Column("language", String(8), nullable=False, server_default=""),
    Column("title", String(TITLE), nullable=False, server_default=""),
)
events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("session", String(64), index=True, nullable=False),
    Column("catalogue", String(64), nullable=False),
    Column("item", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("at", Float, nullable=False),
    Column("event_id", String(200)),  # the client's own; none for what the page records
    Column("value", Float),
    Column("person", String(200), nullable=False, server_default="", index=True),
    Column("site", String(64), nullable=False, server_default=""),
    Index("events_once", "session", "event_id", unique=True),
    Index("events_in_order", "catalogue", "number"),
)
links = Table(  # who is close to whom, as the site says; counted only where both have agreed
    "links",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("site", String(64), nullable=False, server_default=""),
    Column("person", String(200), nullable=False, index=True),
    Column("friend", String(200), nullable=False, index=True),
    Column("kind", String(20), nullable=False),  # follows, household
    Column("name", String(200), nullable=False, server_default=""),  # what the person calls the friend
    Column("person_agrees", Boolean, nullable=False, default=False),
    Column("friend_agrees", Boolean, nullable=False, default=False),
    Index("links_once", "site", "person", "friend", "kind", unique=True),
)
forgotten = Table(  # one row a deletion, without a word of what: whoever counted over everybody's events counts again
    "forgotten",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", Float, nullable=False),
)
untidy = Table(  # deletions whose traces in the file are not yet overwritten; a crash in between leaves a row
    "untidy",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("since", Float, nullable=False),
)


def prepare(engine: Engine) -> None:
    """Make what is missing: tables, and columns and indexes of tables that an older version made. Nothing is lost."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as waiting:  # of several that begin at the same moment one makes them
            waiting.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            _prepare(engine)
    else:
        _prepare(engine)


def _prepare(engine: Engine) -> None:
    metadata.create_all(engine)
    added = [_add(engine, table, column) for table in metadata.sorted_tables for column in table.columns]
    for table in metadata.sorted_tables:
        for index in table.indexes:
            index.create(engine, checkfirst=True)
    if any(added):
        _fill(engine)


def _add(engine: Engine, table: Table, column: Column[object]) -> bool:
    """Add `column` when the database's table lacks it; another process may do so at the same moment."""
    if _has(engine, table, column):
        return False
    definition = str(CreateColumn(column).compile(dialect=engine.dialect))
    try:
        with engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {definition}"))
    except (OperationalError, ProgrammingError):
        if not _has(engine, table, column):
            raise
    return True


def _has(engine: Engine, table: Table, column: Column[object]) -> bool:
    return column.name in {known["name"] for known in inspect(engine).get_columns(table.name)}


def _fill(engine: Engine) -> None:
    """Write what the body of an older row says into the columns beside it."""
    with engine.begin() as connection:
        for row in connection.execute(select(sessions.c.id, sessions.c.body).where(sessions.c.catalogue == "")).all():
            body = json.loads(row.body)
            said = next((turn["user"] for turn in body.get("turns", ()) if turn.get("user")), "")
            values = {"catalogue": body["catalogue"], "language": body["language"], "title": said[:TITLE]}
            connection.execute(update(sessions).where(sessions.c.id == row.id).values(**values))
