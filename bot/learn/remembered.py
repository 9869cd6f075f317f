"""Memory -> what is known of a person at the beginning of a turn. `tests/test_remembered.py` notices a change.

What the person did is read anew in every turn, so that it counts from the next one on. What everybody did is counted in the
background and kept until something was forgotten: a deletion, by whatever process, empties it at once.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.learn.people import Friend, Known
from bot.learn.together import Together, counted
from bot.memory.links import Links
from bot.memory.sessions import Memory
from bot.settings import Settings
from bot.state import Session

log = logging.getLogger(__name__)

FEW = 1000  # events that are counted within a turn: some milliseconds
AGAIN = 60.0  # seconds after which many are counted anew when there are new ones


@dataclass(frozen=True)
class _Counted:
    stamp: tuple[int, int]
    at: float
    together: Together


class Remembered:
    """Reads what is known of people. Holds what everybody did, by catalogue; nothing of anybody alone."""

    def __init__(self, memory: Memory, settings: Settings) -> None:
        self._memory, self._settings = memory, settings
        self._counted: dict[str, _Counted] = {}
        self._counting: set[str] = set()
        self._lock = threading.Lock()

    def known(self, session: Session) -> Known:
        """What is known of the session's person in its catalogue."""
        done = tuple(self._memory.events_of(session))
        together = self._together(session.catalogue) if done and self._settings.together else None
        return Known(done, self._friends(session), together, time.time())

    def _friends(self, session: Session) -> tuple[Friend, ...]:
        if not session.person or not self._settings.friends:
            return ()
        found = []
        for link in Links(self._memory).of(session.person, session.site):
            if likes := self._memory.likes_of(link.friend, session.site, session.catalogue):
                found.append(Friend(link.kind, tuple(likes), link.name))
        return tuple(found)

    def _together(self, catalogue: str) -> Together | None:
        stamp = self._memory.stamp(catalogue)
        with self._lock:
            kept = self._counted.get(catalogue)
            if kept is not None and kept.stamp[0] != stamp[0]:  # somebody was forgotten
                del self._counted[catalogue]
                kept = None
        if kept is not None and kept.stamp == stamp:
            return kept.together
        if self._memory.at_most(catalogue, FEW):
            return self._count(catalogue, stamp)
        if kept is None or time.monotonic() - kept.at > AGAIN:
            self._begin(catalogue, stamp)
        return kept.together if kept is not None else None

    def _count(self, catalogue: str, stamp: tuple[int, int]) -> Together:
        """Count, and keep it under the stamp that was read before: what was forgotten meanwhile makes it void."""
        together = counted(self._memory.everybody(catalogue), time.time(), self._settings.half_life_days)
        with self._lock:
            self._counted[catalogue] = _Counted(stamp, time.monotonic(), together)
        return together

    def _begin(self, catalogue: str, stamp: tuple[int, int]) -> None:
        with self._lock:
            if catalogue in self._counting:
                return
            self._counting.add(catalogue)
        threading.Thread(target=self._in_background, args=(catalogue, stamp), name="together", daemon=True).start()

    def _in_background(self, catalogue: str, stamp: tuple[int, int]) -> None:
        try:
            self._count(catalogue, stamp)
        except SQLAlchemyError as error:
            log.warning("What goes together in %r could not be counted and will be next time: %s", catalogue, error)
        finally:
            with self._lock:
                self._counting.discard(catalogue)
