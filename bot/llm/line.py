"""The line before the model: who came first is served first, and everybody can be told their place and about how long.

Nothing here knows a protocol or a library. `tests/test_queue.py` and `tests/test_llm_client.py` notice a change.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections import deque
from dataclasses import dataclass, field

REMEMBERED = 9  # answers whose time the estimate is made of


@dataclass(frozen=True)
class Place:
    """Where a request stands."""

    ahead: int = 0  # how many are answered or wait before it; 0: it is being answered itself, or over
    seconds: float | None = None  # until its turn, about; None: nothing was measured yet


@dataclass(eq=False)
class Ticket:
    """One request's claim to a place; `size` is how many tokens it may write."""

    size: int
    taken: float = field(default_factory=lambda: time.monotonic())
    entered: float | None = None
    left: float | None = None  # when it left the line or the place

    @property
    def waited(self) -> float:
        """Seconds it stood in line, so far or in all."""
        until = self.entered or self.left or time.monotonic()
        return until - self.taken


class Line:
    """A fair queue for a number of places: who came first is served first."""

    def __init__(self, places: int) -> None:
        self.places = places
        self._served: list[Ticket] = []
        self._tickets: deque[Ticket] = deque()
        self._paces: deque[float] = deque(maxlen=REMEMBERED)  # seconds a token allowed, of answers that came to an end
        self._changed = threading.Condition()

    @property
    def waiting(self) -> int:
        return len(self._tickets)

    def ticket(self, size: int = 1) -> Ticket:
        """Stand in line; `enter` must follow, and `leave` when that gave a place."""
        ticket = Ticket(size)
        with self._changed:
            self._tickets.append(ticket)
        return ticket

    def enter(self, ticket: Ticket, deadline: float, cancelled: threading.Event) -> bool:
        """Wait for a place until `deadline` (monotonic). False: too late or cancelled, and out of the line."""
        with self._changed:
            while cancelled.is_set() or len(self._served) >= self.places or self._tickets[0] is not ticket:
                left = deadline - time.monotonic()
                if left <= 0 or cancelled.is_set():
                    self._tickets.remove(ticket)
                    ticket.left = time.monotonic()
                    self._changed.notify_all()
                    return False
                self._changed.wait(left)
            self._served.append(self._tickets.popleft())
            ticket.entered = time.monotonic()
            self._changed.notify_all()
            return True

    def leave(self, ticket: Ticket, *, finished: bool = False) -> None:
        """Free the place. `finished`: the answer came to its own end, so that its time tells of the next ones."""
        with self._changed:
            self._served.remove(ticket)
            ticket.left = time.monotonic()
            if finished and ticket.entered is not None:
                self._paces.append((ticket.left - ticket.entered) / max(1, ticket.size))
            self._changed.notify_all()

    def wake(self) -> None:
        """Let those who wait look whether they were cancelled."""
        with self._changed:
            self._changed.notify_all()

    def place(self, ticket: Ticket) -> Place:
        """How many are before `ticket`, and about how long until it is its turn: what those still take at the usual pace."""
        with self._changed:
            if ticket not in self._tickets:
                return Place()
            before = list(self._tickets)[: self._tickets.index(ticket)]
            ahead = len(self._served) + len(before)
            if not self._paces:
                return Place(ahead)
            pace, now = statistics.median(self._paces), time.monotonic()
            going_on = sum(max(0.0, t.size * pace - (now - (t.entered or now))) for t in self._served)
            return Place(ahead, (going_on + sum(t.size * pace for t in before)) / self.places)
