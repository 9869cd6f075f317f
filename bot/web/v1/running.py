"""Turns that run apart from the requests that wait for them: in order within a session, resumable, and stopped when given up.

A message is in the database before anything else happens (`bot/memory/inbox.py`), and the database is the queue: what was
accepted before a crash is answered when somebody asks for it, or before the next message of its session. Whoever waits
for a turn watches its `Going`; when nobody has for a while, the turn's generator is closed, and with it the model stops.
`tests/test_api_messages.py` and `tests/test_api_crash.py` notice a change.
"""

from __future__ import annotations

import asyncio
import logging
import math
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from weakref import WeakSet

from pydantic import BaseModel

from bot import care
from bot.answers import readable
from bot.errors import Conflict
from bot.memory.inbox import Entry, Inbox
from bot.privacy import mask
from bot.rules.background import Background
from bot.service import read_desks
from bot.state import ItemsReady, ProfileChanged, ReplyText, Session, Turn, TurnDone
from bot.understand import by_rules
from bot.web.formats import Look
from bot.web.v1 import told, wire, written
from bot.web.v1.beside import Beside, meant
from bot.web.v1.problems import Problem, ProblemDetails, problem_of

if TYPE_CHECKING:
    from collections.abc import Generator

    from bot.chat import Engine
    from bot.state import Event
    from vectorstore.catalogue import Catalogue

log = logging.getLogger(__name__)

AT_ONCE = 16  # turns that run at the same time; the model stands in line anyway
KEPT = 120.0  # seconds that the events of an ended turn are kept as they were told
ATTEMPTS = 4  # a session that goes on elsewhere meanwhile is read anew


@dataclass(frozen=True)
class Told:
    """One event of a stream. Of two with one key only the newer counts."""

    number: int  # from 1
    name: told.Name
    key: told.Key
    data: str  # JSON


class Going:
    """One message on its way to its answer: what was told of it, and who watches."""

    def __init__(self, entry: Entry, *, fresh: bool = False) -> None:
        self.session, self.message = entry.session, entry.id
        self.result: wire.Answer | Problem | None = None
        self.state: Literal["accepted", "running"] = "accepted"
        self.paused = False  # given up before anything was reached: it is begun anew when somebody asks
        self.ended_at = 0.0
        self._events: dict[told.Key, Told] = {}
        # Whoever saw events of an earlier life of this message (before a crash) has smaller numbers: they get all of it.
        self._number = 0 if fresh else max(0, int(1000 * (time.time() - entry.accepted)))
        self._watching: dict[object, Callable[[], None]] = {}
        self._left = time.monotonic()
        self._lock = threading.Lock()

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to come."""
        return self.result is not None or self.paused

    def expect(self) -> None:
        """Somebody is about to watch."""
        with self._lock:
            self._left = time.monotonic()

    def leave(self) -> None:
        """Whoever watched will not come back: without another it is given up at once."""
        with self._lock:
            self._left = -math.inf

    def given_up(self, after: float) -> bool:
        """Whether nobody has watched for that many seconds."""
        with self._lock:
            return not self._watching and time.monotonic() - self._left >= after

    def tell(self, name: told.Name, key: told.Key, data: BaseModel) -> None:
        """One more event, for everyone who watches."""
        with self._lock:
            self._number += 1
            self._events.pop(key, None)
            if name == "items":  # sentences under other items are of the past
                self._events = {k: e for k, e in self._events.items() if k[0] != "token" or not k[1]}
            self._events[key] = Told(self._number, name, key, data.model_dump_json())
            self._wake()

    def end(self, result: wire.Answer | Problem) -> None:
        """It is answered, or it failed."""
        if isinstance(result, Problem):
            self.tell("error", ("done", ""), ProblemDetails.model_validate(result.body()))
        else:
            for name, key, data in told.ending(result):
                self.tell(name, key, data)
        with self._lock:
            self.result, self.ended_at = result, time.monotonic()
            self._wake()

    def pause(self) -> None:
        """It was given up, and nothing was reached."""
        with self._lock:
            self.paused = True
            self._wake()

    def _wake(self) -> None:
        for wake in self._watching.values():
            wake()

    async def watch(self, after: int = 0, beat: float = 10.0) -> AsyncIterator[Told | None]:
        """The events beyond number `after` as they come, until the end; None for `beat` seconds without one.

        A number that no event has had yet is none of this server's: everything is told.
        """
        loop, news = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            try:
                loop.call_soon_threadsafe(news.set)
            except RuntimeError:  # the server has ended, nobody listens any more
                log.debug("A stream of message %s ended with its server.", self.message)

        watcher = object()
        with self._lock:
            self._watching[watcher] = wake
            after = after if after <= self._number else 0
        try:
            while True:
                news.clear()
                with self._lock:
                    fresh = [e for e in self._events.values() if e.number > after]
                    ended = self.ended
                for event in fresh:
                    after = event.number
                    yield event
                if ended:
                    return
                try:
                    await asyncio.wait_for(news.wait(), beat)
                except (asyncio.TimeoutError, TimeoutError):
                    yield None
        finally:
            with self._lock:
                del self._watching[watcher]
                self._left = time.monotonic()


class Turns:
    """Every turn that is going on, and the recent ones."""

    def __init__(self, engine: Engine, at_once: int = AT_ONCE) -> None:
        self.engine = engine
        self.inbox = Inbox(engine.memory)
        self.desks = read_desks(engine.settings.data_dir / "service.yaml")
        self.grace = engine.settings.resume_within  # seconds that an answer nobody watches goes on
        self._waiting = engine.settings.waiting_messages
        self._at_once = at_once
        self._going: dict[tuple[str, str], Going] = {}
        self._working: set[str] = set()  # sessions that have a thread
        self._lock = threading.Lock()
        self._rested = threading.Condition(self._lock)  # a session is no longer worked on
        self._accepting = threading.Lock()
        self._first = threading.Lock()
        self._ready: WeakSet[Catalogue] = WeakSet()
        self._closing = False
        self.open()

    def accept(
        self, session: Session, message_id: str, text: str, on_screen: Sequence[str] = (), beside: Beside | None = None
    ) -> Going:
        """Keep a message and have it answered. The same id again gives the same turn. Problem: 404, 409, 429, 503."""
        if self._closing:
            raise Problem(503, "ending", "The server ends", "The server is being stopped. Try again in a moment.")
        text = self._masked(text)
        told_beside = beside.model_dump(mode="json", exclude_defaults=True) if beside else {}
        known = self.inbox.get(session.id, message_id)
        fresh = known is None
        if known is None:
            with self._accepting:  # so that no more than a few wait
                waiting = self.inbox.of(session.id, "accepted")
                if len(waiting) >= self._waiting:
                    self.follow(waiting[0])  # given up or left by a crash: they are worked off, so that trying again helps
                    raise _too_many(self._waiting)
                kept = self.inbox.accept(session.id, message_id, text, on_screen, told_beside)
            if kept is None:
                raise unknown_session()
            known = kept[0]
        if (known.text, known.on_screen, known.beside) != (text, tuple(on_screen), told_beside):
            raise Problem(
                409, "other-message", "The id was used for another message",
                f"The message {message_id} of this session has another text. Give each message its own id.",
            )  # fmt: skip
        if known.state == "failed":
            known = self.inbox.retry(known)
        return self.follow(known, fresh=fresh)

    def follow(self, entry: Entry, *, fresh: bool = False) -> Going:
        """What is told of a message; one that waits since a crash, or was given up, is begun."""
        with self._lock:
            self._forget_old()
            name = (entry.session, entry.id)
            going = self._going.get(name)
            if entry.state == "accepted":
                if going is None or going.paused or isinstance(going.result, Problem):
                    going = self._going[name] = Going(entry, fresh=fresh)
                going.expect()
                if self._closing and not going.ended:
                    going.pause()
                elif not going.ended:
                    self._begin(entry.session)
        return going or self._again(entry)

    @contextmanager
    def alone(self, session_id: str) -> Iterator[None]:
        """While it holds, no message of the session is worked on: what changes it otherwise stands in the same line."""
        with self._rested:
            self._rested.wait_for(lambda: session_id not in self._working)
            self._working.add(session_id)
        try:
            yield
        finally:
            with self._lock:
                self._rest(session_id)
                if not self._closing and any(s == session_id and not g.ended for (s, _), g in self._going.items()):
                    self._begin(session_id)

    def _begin(self, session_id: str) -> None:
        """Work on the session's messages, if nobody does. Called with the lock held."""
        if session_id not in self._working:
            self._working.add(session_id)
            self._pool.submit(self._work, session_id)

    def _rest(self, session_id: str) -> None:
        """The session is no longer worked on. Called with the lock held."""
        self._working.discard(session_id)
        self._rested.notify_all()

    def entry(self, session_id: str, message_id: str) -> Entry | None:
        """The message of that id, as it is kept."""
        return self.inbox.get(session_id, message_id)

    def state(self, entry: Entry) -> Literal["accepted", "running", "done", "failed"]:
        """How far a message is."""
        with self._lock:
            going = self._going.get((entry.session, entry.id))
        return going.state if going and entry.state == "accepted" else entry.state

    def open(self) -> None:
        """Take messages (again)."""
        self._closing = False
        self._pool = ThreadPoolExecutor(self._at_once, thread_name_prefix="turn")

    def close(self) -> None:
        """Stop every turn; what waits is answered after the next start, when somebody asks."""
        self._closing = True
        self._pool.shutdown(wait=True, cancel_futures=True)
        with self._lock:  # what stood in the pool's line never began
            self._working.clear()
            self._rested.notify_all()
            for going in self._going.values():
                if not going.ended:
                    going.pause()

    def look(self, session: Session, turn: Turn | None = None) -> Look:
        """How the session's items are told, in its language or in a turn's."""
        language = turn.reading.language if turn else session.language
        return Look(info=self.engine.catalogue(session.catalogue).info, language=language)

    def answer(self, message: str, number: int, session: Session) -> wire.Answer:
        """The turn of that number, whole."""
        turn = next((t for t in session.turns if t.number == number), None)
        if turn is None:
            raise unknown_message()
        return written.answer(message, turn, session, self.look(session, turn))

    def _masked(self, text: str) -> str:
        """The text as it may be kept: what the engine will read of it, without what is invisible, and masked."""
        text, _ = readable(text, self.engine.settings.max_message)
        return mask(text).text if self.engine.settings.mask_personal_data else text

    def _again(self, entry: Entry) -> Going:
        """A message that is over, told once more from what was kept."""
        going = Going(entry)
        session = self.engine.load(entry.session)
        if session is None:
            raise unknown_session()
        if entry.state == "failed":
            going.end(_kept_problem(entry))
            return going
        answer = self.answer(entry.id, entry.turn or 0, session)
        turn = next(t for t in session.turns if t.number == entry.turn)
        for name, key, data in told.again(turn, answer):
            if name not in ("chips", "done"):
                going.tell(name, key, data)
        going.end(answer)
        return going

    def _forget_old(self) -> None:
        now = time.monotonic()
        for name, going in list(self._going.items()):
            if going.paused or (going.result is not None and now - going.ended_at > KEPT):
                del self._going[name]

    def _work(self, session_id: str) -> None:
        """Answer the session's messages, one after the other, as long as somebody waits for one of them."""
        try:
            while (next_one := self._next(session_id)) is not None:
                entry, going = next_one
                if not self._answered(entry, going):
                    going.pause()
        except Exception as error:  # the outermost edge of the thread: whoever waits is told, and it can be asked for again
            log.exception("The messages of a session cannot be worked on")
            with self._lock:
                self._rest(session_id)
                broken = [g for (s, _), g in self._going.items() if s == session_id and not g.ended]
            for going in broken:
                going.end(problem_of(error))

    def _next(self, session_id: str) -> tuple[Entry, Going] | None:
        """The next message of a session that somebody waits for; None ends the session's thread."""
        with self._lock:
            waiting = self.inbox.of(session_id, "accepted")
            if not waiting or self._closing or not self._wanted(session_id):
                self._rest(session_id)
                for (session, _), going in self._going.items():
                    if session == session_id and not going.ended:
                        going.pause()
                return None
            entry = waiting[0]
            known = self._going.get((session_id, entry.id))
            going = Going(entry) if known is None or known.ended else known
            self._going[session_id, entry.id] = going
            going.state = "running"
            return entry, going

    def _wanted(self, session_id: str) -> bool:
        """Whether anybody waits for any message of the session. Called with the lock held."""
        return any(s == session_id and not g.ended and not g.given_up(self.grace) for (s, _), g in self._going.items())

    def _answered(self, entry: Entry, going: Going) -> bool:
        """Run the turn of one message. False when it was given up before anything was kept."""
        try:
            for _ in range(ATTEMPTS):
                session = self.engine.load(entry.session)
                if session is None:
                    going.end(unknown_session())
                    return True
                if session.answered[1] != entry.id:
                    try:
                        self._follow(entry, going, session)
                    except Conflict:
                        continue  # it went on elsewhere: what was told is told anew
                return self._settled(entry, going)
            raise Conflict("The talk goes on in other windows all the time. Send the message again, with the same id.")
        except Exception as error:  # one turn's edge: the message is kept as failed, with the reason
            problem = problem_of(error)
            if problem.status == 500:
                log.exception("The turn of a message broke off")
            if not self._settled(entry, going):  # after its turn was saved, only the model's sentences are missing
                self.inbox.fail(entry, problem.body())
                going.end(problem)
            return True

    def _settled(self, entry: Entry, going: Going) -> bool:
        """Whether the message's turn stands in the session: then it is told, and given whenever the same id comes again."""
        session = self.engine.load(entry.session)
        if session is None or session.answered[1] != entry.id:
            return False
        number = session.answered[0]
        self.inbox.finish(entry, number)
        going.end(self.answer(entry.id, number, session))
        return True

    def _follow(self, entry: Entry, going: Going, session: Session) -> None:
        """Tell the turn's events as they come; stop it when nobody wants it any more."""
        catalogue = self.engine.catalogue(session.catalogue)
        self._prepared(catalogue, session)
        update: dict[str, object] = {"answered": (len(session.turns) + 1, entry.id)}
        if seen := tuple(i for i in entry.on_screen if catalogue.get(i) is not None):
            update["on_screen"] = seen
        elif meant_here := meant(entry.text, session, Beside.model_validate(entry.beside), catalogue):
            update["on_screen"] = meant_here
        look = self.look(session)
        shown = said = guessed = False
        with closing(self._turn(session.model_copy(update=update), entry)) as events:
            for event in events:
                kept = shown and said  # the list and the words above it were told, and the turn goes on: it is saved
                if isinstance(event, ProfileChanged):
                    look = look.model_copy(update={"language": event.reading.language})
                guessed = guessed or (isinstance(event, ItemsReady) and event.provisional)
                if isinstance(event, TurnDone) and guessed and not shown:  # the model read talk: the guess is taken back
                    nothing = told.ItemsEvent(provisional=False, lead="", language=look.language, items=())
                    going.tell("items", ("items", ""), nothing)
                shown = shown or (isinstance(event, ItemsReady) and not event.provisional)
                said = said or isinstance(event, ReplyText)
                if (event_told := told.told(event, look)) is not None:
                    going.tell(*event_told)
                final = isinstance(event, ItemsReady) and not event.provisional
                if not final and not isinstance(event, ReplyText | TurnDone) and self._stops(going, kept):
                    log.info("The answer to message %s was given up.", entry.id)
                    return  # never between the items and their being saved

    def _turn(self, session: Session, entry: Entry) -> Generator[Event, None, None]:
        """The turn of one message: the service's where it is a matter of that, else the recommender's."""
        desk, told_beside = self.desks.get(session.catalogue), Beside.model_validate(entry.beside)
        held = (*told_beside.owned, *([told_beside.viewing] if told_beside.viewing else ()))
        service = care.attended(self.engine, desk, session, entry.text, held) if desk is not None else None
        yield from service or self.engine.turn(session, entry.text)

    def _prepared(self, catalogue: Catalogue, session: Session) -> None:
        """What the first message of a catalogue loads is loaded by one thread, not by each that begins meanwhile."""
        with self._first:
            if catalogue not in self._ready:
                by_rules("hello", session, [], Background.of(catalogue))
                self._ready.add(catalogue)

    def _stops(self, going: Going, kept: bool) -> bool:
        if self._closing:
            return True
        if kept:
            return going.given_up(self.grace)
        with self._lock:
            return not self._wanted(going.session)


def unknown_session() -> Problem:
    """No such session, or not this caller's."""
    detail = "There is no session of that id for you. Make one: POST /v1/sessions"
    return Problem(404, "unknown-session", "No such session", detail)


def unknown_message() -> Problem:
    """No such message."""
    detail = "The session has no message of that id. Its messages: GET /v1/sessions/{session}"
    return Problem(404, "unknown-message", "No such message", detail)


def _too_many(most: int) -> Problem:
    detail = f"{most} messages of this session wait for their answers, which is the most. Try again when one is answered."
    return Problem(429, "too-many", "Too many messages wait", detail, headers={"Retry-After": "5"})


def _kept_problem(entry: Entry) -> Problem:
    said = entry.trouble
    slug = str(said.get("type", "")).rsplit(":", 1)[-1] or "broken-off"
    return Problem(int(said.get("status", 500)), slug, str(said.get("title", "")), str(said.get("detail", "")))
