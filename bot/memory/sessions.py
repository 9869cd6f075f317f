"""Sessions and events, kept. SQLite by default, PostgreSQL by a SQLAlchemy URL; `tests/test_memory.py` notices changes.

A session is one JSON document under its id, with a version: saving over a newer version is a `Conflict`, so two tabs
never write over each other. What is deleted is gone from SQLite's files too, a moment later (`bot/memory/traces.py`);
PostgreSQL keeps old rows until its own vacuum, and as long as its logs are kept.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Float,
    Select,
    create_engine,
    event,
    func,
    insert,
    literal,
    make_url,
    select,
)
from sqlalchemy import delete as sql_delete
from sqlalchemy import update as sql_update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, IntegrityError

from bot.errors import Conflict, RapportError
from bot.learn.people import Done
from bot.memory.tables import TITLE, events, forgotten, links, metadata, prepare, sessions, untidy
from bot.memory.traces import Tidier, careful, tidy
from bot.settings import Settings
from bot.state import Session

LATEST = 500  # events of one person that count: the newest
_INSERTS: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True)
class Kept:
    """A talk in a list of talks."""

    id: str
    catalogue: str
    language: str
    title: str
    updated: float
    version: int


@dataclass(frozen=True)
class Behaviour:
    """Something done with an item. `id` is the client's own: the same one again in a session is stored once."""

    session: str
    item: str
    kind: str
    id: str = ""
    value: float | None = None  # of a rating


@dataclass(frozen=True)
class Recorded:
    """What became of a batch of events; `unknown` are the sessions that do not exist."""

    recorded: int = 0
    repeated: int = 0
    unknown: tuple[str, ...] = ()


class Memory:
    """Where sessions and behaviour events live."""

    def __init__(self, url: str) -> None:
        # Errors are logged: they tell nothing of what was said.
        try:
            self._engine = create_engine(_driven(url), pool_pre_ping=True, hide_parameters=True)
        except ModuleNotFoundError as error:
            raise RapportError(
                f"The setting `database` needs {error.name}, which is not installed: pip install 'rapport[postgres]'"
            ) from error
        name = self._engine.dialect.name
        if name not in _INSERTS:
            raise RapportError(
                f"The setting `database` names {name}; Rapport keeps its talks in SQLite or PostgreSQL. "
                "Leave it empty for SQLite in the data folder."
            )
        self._insert = _INSERTS[name]
        self._file = name == "sqlite" and self._engine.url.database not in (None, "", ":memory:")
        if name == "sqlite":
            event.listen(self._engine, "connect", careful)
        prepare(self._engine)
        self._tidier = Tidier(self._engine)
        self.tidy()

    @classmethod
    def open(cls, settings: Settings) -> Memory:
        """The memory that the settings name; the folder is made when it is missing."""
        if settings.database:
            return cls(settings.database)
        Path(settings.data_dir).mkdir(parents=True, exist_ok=True)
        return cls(f"sqlite:///{Path(settings.data_dir) / 'rapport.sqlite3'}")

    def close(self) -> None:
        """Give back the connections. What is still to be overwritten is, within seconds, or at the next start."""
        self.traceless(5)
        self._engine.dispose()

    def load(self, session_id: str) -> Session | None:
        """The session of that id, or None when there is none."""
        with self._engine.connect() as connection:
            body = connection.scalar(select(sessions.c.body).where(sessions.c.id == session_id))
        return None if body is None else Session.model_validate_json(body)

    def save(self, session: Session) -> Session:
        """Keep `session`; gives it back with its new version. `Conflict` when a newer one was saved meanwhile."""
        new = session.model_copy(update={"version": session.version + 1})
        row = {
            "version": new.version, "updated": round(time.time(), 3), "body": new.model_dump_json(), "person": new.person,
            "site": new.site, "catalogue": new.catalogue, "language": new.language, "title": _title(new),
        }  # fmt: skip
        with self._engine.begin() as connection:
            if session.version == 0:
                try:
                    connection.execute(insert(sessions).values(id=session.id, **row))
                except IntegrityError:
                    raise Conflict(
                        "This talk was already begun in another window. Read it again (reload the page) to go on with it."
                    ) from None
                return new
            where = (sessions.c.id == session.id) & (sessions.c.version == session.version)
            if connection.execute(sql_update(sessions).where(where).values(**row)).rowcount == 0:
                raise Conflict("This talk went on in another window. Read it again (reload the page), then repeat what you did.")
        return new

    def sessions_of(self, person: str, site: str = "", limit: int = 50, before: float | None = None) -> list[Kept]:
        """A person's talks, newest first; `before` takes up where the `updated` of the last one left off."""
        c = sessions.c
        query = select(c.id, c.catalogue, c.language, c.title, c.updated, c.version).where(_of_person(person, site))
        if before is not None:
            query = query.where(c.updated < before)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(c.updated.desc(), c.id).limit(limit)).all()
        return [Kept(*row) for row in rows]

    def count_of(self, person: str, site: str = "") -> int:
        """How many talks of a person are kept."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(sessions).where(_of_person(person, site))) or 0

    def record(self, session: Session, item: str, kind: str, value: float | None = None, event_id: str = "") -> bool:
        """Keep one behaviour event; False when that event id is already kept (or the session is gone)."""
        return self.record_all([Behaviour(session.id, item, kind, event_id, value)]).recorded == 1

    def record_all(self, happened: Sequence[Behaviour]) -> Recorded:
        """Keep events, all or (when the database fails) none. An id that a session already has is counted, not stored."""
        recorded = 0
        left_out: list[Behaviour] = []
        names = ["session", "catalogue", "person", "site", "item", "kind", "value", "event_id", "at"]
        with self._engine.begin() as connection:
            for one in happened:
                c = sessions.c
                said = [literal(one.item), literal(one.kind), literal(one.value, Float), literal(one.id or None)]
                row = select(c.id, c.catalogue, c.person, c.site, *said, literal(time.time())).where(c.id == one.session)
                once = self._insert(events).from_select(names, row).on_conflict_do_nothing()
                done = connection.execute(once, execution_options={"preserve_rowcount": True})
                recorded += done.rowcount
                if not done.rowcount:
                    left_out.append(one)
            there = set(connection.scalars(select(sessions.c.id).where(sessions.c.id.in_({o.session for o in left_out}))))
        unknown = tuple(dict.fromkeys(one.session for one in left_out if one.session not in there))
        return Recorded(recorded, sum(one.session in there for one in left_out), unknown)

    def events(self, session_id: str) -> list[tuple[str, str, float]]:
        """(item id, kind, time) of a session's events, oldest first."""
        query = select(events.c.item, events.c.kind, events.c.at).where(events.c.session == session_id)
        with self._engine.connect() as connection:
            return [(row.item, row.kind, row.at) for row in connection.execute(query.order_by(events.c.number))]

    def events_since(self, session_id: str, number: int) -> list[tuple[int, str, str]]:
        """(number, item id, kind) of a session's events after event `number`, oldest first."""
        c = events.c
        query = select(c.number, c.item, c.kind).where((c.session == session_id) & (c.number > number)).order_by(c.number)
        with self._engine.connect() as connection:
            return [(row.number, row.item, row.kind) for row in connection.execute(query)]

    def events_of(self, session: Session, limit: int = LATEST) -> list[Done]:
        """What the session's person did in its catalogue, in all their talks; without a person, in this one. Oldest first."""
        c = events.c
        theirs = (c.person == session.person) & (c.site == session.site) if session.person else c.session == session.id
        return self._done(theirs, session.catalogue, limit)

    def likes_of(self, person: str, site: str, catalogue: str, limit: int = LATEST) -> list[Done]:
        """What a person said of the catalogue's items: likes, dislikes and ratings, oldest first."""
        c = events.c
        opinions = c.kind.in_(("like", "dislike", "rating"))
        return self._done((c.person == person) & (c.site == site) & opinions, catalogue, limit)

    def _done(self, which: ColumnElement[bool], catalogue: str, limit: int) -> list[Done]:
        c = events.c
        here = c.catalogue.concat("") == catalogue  # one person has few events, a catalogue has many: not by its index
        query = select(c.item, c.kind, c.at, c.value).where(which & here).order_by(c.number.desc()).limit(limit)
        with self._engine.connect() as connection:
            return [Done(*row) for row in reversed(connection.execute(query).all())]

    def everybody(self, catalogue: str) -> list[tuple[str, str, str, str, str, float, float | None]]:
        """(site, person, session, item, kind, time, value) of every event in a catalogue, oldest first."""
        c = events.c
        query = select(c.site, c.person, c.session, c.item, c.kind, c.at, c.value).where(c.catalogue == catalogue)
        with self._engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query.order_by(c.number))]

    def stamp(self, catalogue: str) -> tuple[int, int]:
        """(deletions, last event of the catalogue): a count over everybody's events is void once the first has changed."""
        c = events.c
        last = select(func.max(c.number)).where(c.catalogue == catalogue)
        with self._engine.connect() as connection:
            return connection.scalar(select(func.max(forgotten.c.number))) or 0, connection.scalar(last) or 0

    def at_most(self, catalogue: str, count: int) -> bool:
        """Whether the catalogue has no more than `count` events."""
        some = select(events.c.number).where(events.c.catalogue == catalogue).limit(count + 1).subquery()
        with self._engine.connect() as connection:
            return (connection.scalar(select(func.count()).select_from(some)) or 0) <= count

    def export(self, session_id: str) -> dict[str, Any] | None:
        """Everything that is kept of one session, as JSON-able values; None when there is no such session."""
        known = self._known(sessions.c.id == session_id)
        return known if known["sessions"] else None

    def export_person(self, person: str, site: str = "") -> dict[str, Any]:
        """Everything that is kept of a person, as JSON-able values."""
        known = {"person": person, "site": site, **self._known(_of_person(person, site))}
        query = select(links).where(_linked(person, site)).order_by(links.c.number)
        with self._engine.connect() as connection:
            known["links"] = [_told(row._asdict()) for row in connection.execute(query)]
        return known

    def delete(self, session_id: str) -> bool:
        """Forget a session and all that belongs to it, without a trace; whether there was one."""
        return self._forget(sessions.c.id == session_id) == 1

    def delete_person(self, person: str, site: str = "") -> int:
        """Forget a person's sessions and all that belongs to them, without a trace; how many sessions went."""
        if not person:
            raise ValueError("A person has a name; sessions without one are deleted by their id.")
        return self._forget(_of_person(person, site), _linked(person, site))

    def forget_older_than(self, days: float) -> int:
        """Delete the talks untouched for `days`, without a trace; how many went."""
        return self._forget(sessions.c.updated < time.time() - days * 86_400)

    def tidy(self) -> None:
        """Finish a deletion whose traces could not be overwritten: the file was busy, or the program was killed."""
        if not self._file:
            return
        with self._engine.connect() as connection:
            interrupted = connection.scalar(select(untidy.c.number).limit(1)) is not None
        if interrupted:
            tidy(self._engine)

    def traceless(self, seconds: float) -> bool:
        """Wait until what was deleted is gone from the files, too; False when that takes longer."""
        return self._tidier.settled(seconds)

    def _known(self, which: ColumnElement[bool]) -> dict[str, Any]:
        """The sessions that fit and, by the names of their tables, the rows that belong to them."""
        known: dict[str, Any] = {"sessions": []}
        with self._engine.connect() as connection:
            for row in connection.execute(select(sessions).where(which).order_by(sessions.c.updated)):
                body = json.loads(row.body)
                body["created"], body["updated"] = _date(body["created"]), _date(row.updated)
                body["turns"] = [{**turn, "at": _date(turn["at"])} for turn in body["turns"]]
                known["sessions"].append(body)
            for table in _belonging():
                rows = connection.execute(select(table).where(table.c.session.in_(_ids(which))).order_by(*table.primary_key))
                known[table.name] = [_told(row._asdict()) for row in rows]
        return known

    def _forget(self, which: ColumnElement[bool], linked: ColumnElement[bool] | None = None) -> int:
        with self._engine.begin() as connection:
            apart = connection.execute(sql_delete(links).where(linked)).rowcount if linked is not None else 0
            gone = _without(connection, which)
            if gone:
                connection.execute(insert(forgotten).values(at=time.time()))
            if (gone or apart) and self._file:
                connection.execute(insert(untidy).values(since=time.time()))
        if (gone or apart) and self._file:
            self._tidier.ask()
        return gone


def _driven(url: str) -> URL:
    """The address with the driver that comes along, where it names none."""
    try:
        given = make_url(url)
    except ArgumentError as error:
        raise RapportError(f"The setting `database` is no address of a database: {error}.") from error
    plain = given.drivername in ("postgres", "postgresql")
    return given.set(drivername="postgresql+psycopg") if plain else given


def _without(connection: Connection, which: ColumnElement[bool]) -> int:
    for table in _belonging():
        connection.execute(sql_delete(table).where(table.c.session.in_(_ids(which))))
    return connection.execute(sql_delete(sessions).where(which)).rowcount


def _belonging() -> Iterable[Any]:
    return [table for table in metadata.sorted_tables if "session" in table.c]


def _ids(which: ColumnElement[bool]) -> Select[tuple[Any]]:
    return select(sessions.c.id).where(which)


def _of_person(person: str, site: str) -> ColumnElement[bool]:
    return (sessions.c.person == person) & (sessions.c.person != "") & (sessions.c.site == site)


def _linked(person: str, site: str) -> ColumnElement[bool]:
    return ((links.c.person == person) | (links.c.friend == person)) & (links.c.site == site)


def _title(session: Session) -> str:
    return " ".join(next((turn.user for turn in session.turns if turn.user), "").split())[:TITLE]


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """A row as it is exported: times as dates, what is empty left out."""
    return {name: _date(v) if name in _TIMES else v for name, v in row.items() if v not in (None, "")}


_TIMES = ("at", "accepted", "begun", "done", "updated")


def _date(at: float) -> str:
    return datetime.fromtimestamp(at, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
