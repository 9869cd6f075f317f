"""Messages that were accepted, kept before the first word of an answer: a crash loses none. `tests/test_api_messages.py`.

A message waits in the order of its number. Which one a session answered last stands in the session itself
(`Session.answered`), saved in one piece with its turn, so that after a crash none is answered twice.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Column, Float, Index, Integer, Row, String, Table, Text, literal, select
from sqlalchemy import update as sql_update
from sqlalchemy.dialects import postgresql, sqlite

from bot.memory.tables import metadata, sessions

if TYPE_CHECKING:
    from bot.memory.sessions import Memory

messages = Table(
    "messages",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("session", String(64), index=True, nullable=False),
    Column("id", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("on_screen", Text, nullable=False, server_default=""),
    Column("state", String(10), nullable=False),
    Column("turn", Integer),
    Column("trouble", Text),
    Column("accepted", Float, nullable=False),
    Column("done", Float),
    Index("messages_once", "session", "id", unique=True),
)
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True)
class Entry:
    """One message as it is kept."""

    number: int  # its place: of two in a session the smaller is answered first
    session: str
    id: str
    text: str
    on_screen: tuple[str, ...]  # what the person saw beside the talk, where the caller told
    beside: dict[str, Any]  # the rest of what the caller told of the page (`bot/web/v1/beside.py`)
    state: Literal["accepted", "done", "failed"]
    turn: int | None  # number of the turn that answers it
    trouble: dict[str, Any] = field(default_factory=dict)  # the problem details of one that failed
    accepted: float = 0.0


class Inbox:
    """The accepted messages of every session."""

    def __init__(self, memory: Memory) -> None:
        self._engine = memory._engine
        self._insert = _INSERTS[self._engine.dialect.name]

    def accept(
        self,
        session_id: str,
        message_id: str,
        text: str,
        on_screen: Sequence[str] = (),
        beside: Mapping[str, Any] | None = None,
    ) -> tuple[Entry, bool] | None:
        """Keep a message. Gives it and whether it is new: an id that is there already is given as it was kept.

        None when there is no such session. It is on the disk when this returns.
        """
        shown = json.dumps({"on_screen": list(on_screen), **beside} if beside else list(on_screen)) if beside or on_screen else ""
        said = [literal(message_id), literal(text), literal(shown), literal("accepted"), literal(time.time())]
        names = ["session", "id", "text", "on_screen", "state", "accepted"]
        row = select(sessions.c.id, *said).where(sessions.c.id == session_id)
        with self._engine.begin() as connection:
            once = self._insert(messages).from_select(names, row).on_conflict_do_nothing()
            new = connection.execute(once, execution_options={"preserve_rowcount": True}).rowcount == 1
        entry = self.get(session_id, message_id)
        return None if entry is None else (entry, new)

    def get(self, session_id: str, message_id: str) -> Entry | None:
        """The message of that id."""
        query = select(messages).where((messages.c.session == session_id) & (messages.c.id == message_id))
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _entry(row)

    def of(self, session_id: str, state: str = "") -> list[Entry]:
        """A session's messages in their order; all, or those in one state."""
        query = select(messages).where(messages.c.session == session_id).order_by(messages.c.number)
        if state:
            query = query.where(messages.c.state == state)
        with self._engine.connect() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def finish(self, entry: Entry, turn: int) -> None:
        """It is answered by that turn."""
        self._set(entry, state="done", turn=turn, done=time.time())

    def fail(self, entry: Entry, trouble: dict[str, Any]) -> None:
        """It cannot be answered; the next one is not held up."""
        self._set(entry, state="failed", trouble=json.dumps(trouble), done=time.time())

    def retry(self, entry: Entry) -> Entry:
        """One that failed is to be answered after all."""
        self._set(entry, state="accepted", trouble=None, done=None)
        return self.get(entry.session, entry.id) or entry

    def _set(self, entry: Entry, **values: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(sql_update(messages).where(messages.c.number == entry.number).values(**values))


def _entry(row: Row[Any]) -> Entry:
    told = json.loads(row.on_screen) if row.on_screen else []
    told = told if isinstance(told, dict) else {"on_screen": told}
    return Entry(
        number=row.number,
        session=row.session,
        id=row.id,
        text=row.text,
        on_screen=tuple(told.pop("on_screen")),
        beside=told,
        state=row.state,
        turn=row.turn,
        trouble=json.loads(row.trouble) if row.trouble else {},
        accepted=row.accepted,
    )
