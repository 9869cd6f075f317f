"""Who is close to whom, as a site says: follows, and one household. Nothing is made of a link unless both have agreed.

A link of a household holds in both directions, one of following in its own. Deleting a person deletes their links, those to
them too. `tests/test_together.py` notices a change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.errors import BadInput
from bot.memory.tables import links

if TYPE_CHECKING:
    from bot.memory.sessions import Memory

Closeness = Literal["follows", "household"]
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True)
class Link:
    """Somebody whose likes may count for a person, and be named."""

    friend: str
    kind: Closeness
    name: str = ""  # what the person calls them; empty: nobody said


@dataclass(frozen=True)
class Standing:
    """A link as one of the two sees it, agreed to or not."""

    friend: str  # the other
    kind: Closeness
    own: bool  # it goes from the one who sees it
    name: str  # of an own one: what they call the friend
    agrees: bool
    friend_agrees: bool


class Links:
    """The links between the people of each site."""

    def __init__(self, memory: Memory) -> None:
        self._engine = memory._engine
        self._insert = _INSERTS[self._engine.dialect.name]

    def put(
        self, person: str, friend: str, kind: Closeness, *, site: str = "", name: str | None = None,
        person_agrees: bool | None = None, friend_agrees: bool | None = None,
    ) -> None:  # fmt: skip
        """Keep a link, or change it: who, to whom, of which kind, and whether each of the two has agreed.

        What is None stays as it is; in a new link it is no name, and nobody agrees.
        """
        if not person or not friend or person == friend:
            raise BadInput("A link goes from one person to another, each by the name that the site has for them.")
        key = {"site": site, "person": person, "friend": friend, "kind": kind}
        given: dict[str, Any] = {"name": name, "person_agrees": person_agrees, "friend_agrees": friend_agrees}
        said = {column: value for column, value in given.items() if value is not None}
        row = self._insert(links).values(**{**key, "name": "", "person_agrees": False, "friend_agrees": False, **said})
        once = {"index_elements": list(key)}
        row = row.on_conflict_do_update(**once, set_=said) if said else row.on_conflict_do_nothing(**once)
        with self._engine.begin() as connection:
            connection.execute(row)

    def agree(
        self, person: str, friend: str, kind: Closeness, *, by: Literal["person", "friend"], yes: bool, site: str = ""
    ) -> bool:
        """Note that one of the two agrees, or no longer does; False when there is no such link."""
        row = update(links).where(_one(person, friend, kind, site)).values({f"{by}_agrees": yes})
        with self._engine.begin() as connection:
            return connection.execute(row).rowcount == 1

    def take_away(self, person: str, friend: str, kind: Closeness, *, site: str = "") -> bool:
        """Forget a link; whether there was one."""
        with self._engine.begin() as connection:
            return connection.execute(delete(links).where(_one(person, friend, kind, site))).rowcount == 1

    def standing(self, person: str, site: str = "") -> list[Standing]:
        """Every link of a person in either direction, with who has agreed, oldest first."""
        if not person:
            return []
        c = links.c
        query = select(links).where((c.site == site) & ((c.person == person) | (c.friend == person))).order_by(c.number)
        with self._engine.connect() as connection:
            return [
                Standing(r.friend, r.kind, True, r.name, r.person_agrees, r.friend_agrees)
                if r.person == person
                else Standing(r.person, r.kind, False, "", r.friend_agrees, r.person_agrees)
                for r in connection.execute(query)
            ]

    def of(self, person: str, site: str = "") -> list[Link]:
        """The people whose likes may count for a person: both have agreed."""
        if not person:
            return []
        c = links.c
        theirs = (c.person == person) | ((c.friend == person) & (c.kind == "household"))
        query = select(links).where(theirs & (c.site == site) & c.person_agrees & c.friend_agrees).order_by(c.number)
        found: dict[str, Link] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                own = row.person == person
                link = Link(row.friend, row.kind, row.name) if own else Link(row.person, row.kind)
                if link.name or link.friend not in found:
                    found[link.friend] = link
        return list(found.values())


def _one(person: str, friend: str, kind: Closeness, site: str) -> Any:
    c = links.c
    return (c.site == site) & (c.person == person) & (c.friend == friend) & (c.kind == kind)
