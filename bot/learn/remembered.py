"""Memory -> what is known of a person at the beginning of a turn. `tests/test_together.py` notices a change.

What the person did is read anew in every turn, so that it counts from the next one on. What everybody did is counted in the
background and kept until something was forgotten: a deletion, by whatever process, empties it at once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.learn.clicked import Foreseen, foreseen
from bot.learn.people import Friend, Known
from bot.learn.registry import Expecting, Registry
from bot.learn.together import Row, Together, counted
from bot.memory.links import Links
from bot.memory.sessions import Memory
from bot.settings import Settings
from bot.state import Session
from vectorstore.catalogue import Catalogue

T = TypeVar("T")
Stamp = tuple[int, int]

log = logging.getLogger(__name__)

FEW = 1000  # events whose pairs are counted within a turn: some milliseconds
AGAIN = 60.0  # seconds after which many are counted anew when there are new ones


@dataclass(frozen=True)
class _Kept(Generic[T]):
    stamp: Stamp
    at: float
    what: T
    for_: object


class Counts(Generic[T]):
    """One thing that is counted over everybody's events, by catalogue: looked up at once, counted in the background."""

    def __init__(self, memory: Memory, name: str, few: int) -> None:
        self._memory, self._name, self._few = memory, name, few
        self._kept: dict[str, _Kept[T]] = {}
        self._counting: set[str] = set()
        self._lock = threading.Lock()

    def of(self, catalogue: str, count: Callable[[list[Row]], T], for_: object = None) -> T | None:
        """What was counted last; None until it is. Of few events it is counted here. Counted `for_` something else it is void."""
        stamp = self._memory.stamp(catalogue)
        with self._lock:
            kept = self._kept.get(catalogue)
            if kept is not None and (kept.stamp[0] != stamp[0] or kept.for_ is not for_):  # somebody was forgotten
                del self._kept[catalogue]
                kept = None
        if kept is not None and kept.stamp == stamp:
            return kept.what
        if self._memory.at_most(catalogue, self._few):
            return self._count(catalogue, stamp, count, for_)
        if kept is None or time.monotonic() - kept.at > AGAIN:
            self._begin(catalogue, stamp, count, for_)
        return kept.what if kept is not None else None

    def _count(self, catalogue: str, stamp: Stamp, count: Callable[[list[Row]], T], for_: object) -> T:
        """Count, and keep it under the stamp that was read before: what was forgotten meanwhile makes it void."""
        found = count(self._memory.everybody(catalogue))
        with self._lock:
            self._kept[catalogue] = _Kept(stamp, time.monotonic(), found, for_)
        return found

    def _begin(self, catalogue: str, stamp: Stamp, count: Callable[[list[Row]], T], for_: object) -> None:
        with self._lock:
            if catalogue in self._counting:
                return
            self._counting.add(catalogue)

        def work() -> None:
            try:
                self._count(catalogue, stamp, count, for_)
            except SQLAlchemyError as error:
                log.warning("What people did in %r could not be counted and will be next time: %s", catalogue, error)
            finally:
                with self._lock:
                    self._counting.discard(catalogue)

        threading.Thread(target=work, name=self._name, daemon=True).start()


class Remembered:
    """Reads what is known of people. Holds what everybody did, by catalogue; nothing of anybody alone."""

    def __init__(self, memory: Memory, settings: Settings) -> None:
        self._memory, self._settings = memory, settings
        self._pairs: Counts[Together] = Counts(memory, "together", FEW)
        self._signals: Counts[Foreseen | None] = Counts(memory, "foreseen", 0)
        self._models: dict[str, Expecting] = {}

    def known(self, session: Session, catalogue: Catalogue | None = None) -> Known:
        """What is known of the session's person in its catalogue; a click model is asked about an open catalogue alone."""
        done = tuple(self._memory.events_of(session))
        together = self._together(session.catalogue) if done and self._settings.together else None
        expected = self._foreseen(session.catalogue, catalogue) if done and catalogue and self._settings.learned else None
        return Known(done, self._friends(session), together, expected, time.time())

    def _friends(self, session: Session) -> tuple[Friend, ...]:
        if not session.person or not self._settings.friends:
            return ()
        found = []
        for link in Links(self._memory).of(session.person, session.site):
            if likes := self._memory.likes_of(link.friend, session.site, session.catalogue):
                found.append(Friend(link.kind, tuple(likes), link.name))
        return tuple(found)

    def _together(self, name: str) -> Together | None:
        return self._pairs.of(name, lambda rows: counted(rows, time.time(), self._settings.half_life_days))

    def _foreseen(self, name: str, catalogue: Catalogue) -> Foreseen | None:
        model = self._models.setdefault(name, Expecting(Registry.of(self._settings, name)))()
        if model is None:
            return None
        return self._signals.of(name, lambda rows: foreseen(model, rows, catalogue), model)
