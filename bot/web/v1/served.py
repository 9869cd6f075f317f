"""What the API's modules share: the engine, who may call, and the turns that are going on.

`Served` stands in `request.app.state.served` too, for dependencies that are plain functions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.chat import Engine
    from bot.state import Session
    from bot.web.v1.access import Access, Caller
    from bot.web.v1.running import Turns


@dataclass(frozen=True)
class Served:
    """One server's parts. Of a person it holds only the turns that are going on or ended a moment ago."""

    engine: Engine
    access: Access
    turns: Turns

    def session(self, session_id: str, caller: Caller) -> Session:
        """The session of that id, if this caller may see it. Problem 404 otherwise, and for one that does not exist: the
        two are not told apart."""
        from bot.web.v1.running import unknown_session

        session = self.engine.load(session_id)
        if session is None or not visible(session, caller):
            raise unknown_session()
        return session


def visible(session: Session, caller: Caller) -> bool:
    """A session without a person is anybody's who knows its id; one with a person is theirs alone."""
    return not session.person or (session.person, session.site) == (caller.person, caller.site)
