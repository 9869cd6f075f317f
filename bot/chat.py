"""The turn, told once: read the message, remember the interests, search, choose with reasons, say it.

Every surface (page, terminal, replay, API) calls `Engine`. A turn is a generator of events (`bot/state.py`): a surface
draws them as they come; closing it stops the model. What was reached is saved before the prose begins, so nothing is
lost when the person leaves. `tests/test_chat.py` and the scripted dialogues notice a change.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, TypeVar

from bot import answers
from bot.errors import BadInput, Conflict
from bot.justify import Spoken, justify, with_templates
from bot.learn.registry import Registry, Weighing
from bot.learn.remembered import Remembered
from bot.llm import LLM, Attended, Place, attended
from bot.memory import Memory
from bot.phrases import phrase
from bot.privacy import mask, masked, unmarked
from bot.profile import Edit, edited, next_profile
from bot.retrieve import Found, checkable, find, instead
from bot.rules.background import Background
from bot.senses import hear
from bot.settings import Settings
from bot.state import (
    Chip,
    Event,
    ItemsReady,
    Language,
    Profile,
    ProfileChanged,
    Reading,
    Recommendation,
    ReplyText,
    SentenceReady,
    Session,
    Status,
    Turn,
    TurnDone,
)
from bot.topic import Kinds, told_apart
from bot.understand import asks_model, by_rules, understand
from vectorstore.catalogue import Catalogue, CatalogueInfo
from vectorstore.errors import CatalogueError
from vectorstore.item import Item

__all__ = ["Edit", "Engine"]

Feedback = Literal["like", "dislike", "seen", "more"]
_LISTS = ("request", "refine", "reject", "more_like", "undo", "forget")  # acts that lead to items
_MARKS = {"like": "liked", "dislike": "rejected", "seen": "seen"}  # what an event does to the session
_KEPT_PAST = 50  # how far back "undo" reaches
BEAT = 0.3  # seconds without a word of the model after which a surface hears how things stand, or may end the turn

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass
class _Clock:
    """When what was reached, in seconds from the message's arrival, and what the model cost."""

    begun: float = field(default_factory=time.monotonic)
    seconds: dict[str, float] = field(default_factory=dict)
    llm: dict[str, int] = field(default_factory=lambda: {"calls": 0, "prompt_tokens": 0, "completion_tokens": 0})

    def reached(self, what: str) -> None:
        self.seconds.setdefault(what, round(time.monotonic() - self.begun, 3))

    def spent(self, calls: int, prompt_tokens: int, completion_tokens: int) -> None:
        for name, count in zip(self.llm, (calls, prompt_tokens, completion_tokens), strict=True):
            self.llm[name] += count


class Engine:
    """The conversation over some catalogues, with a model and a memory. Holds nothing of a person."""

    def __init__(
        self,
        settings: Settings,
        llm: LLM,
        open_catalogue: Callable[[str], Catalogue],
        listed: Callable[[], list[CatalogueInfo]],
        memory: Memory,
    ) -> None:
        self.settings = settings
        self.llm = llm
        self.memory = memory
        self.remembered = Remembered(memory, settings)
        self._open, self._listed = open_catalogue, listed
        self._opened: dict[str, Catalogue] = {}
        self._weighing: dict[str, Weighing] = {}
        self._lock = threading.Lock()
        self._reopening = threading.Lock()
        self._lent = threading.local()

    def tuned(self, name: str) -> Settings:
        """The settings with the weights that were tuned for a catalogue (`rapport tune`), where nobody set them otherwise."""
        weights = self._weighing.setdefault(name, Weighing(Registry.of(self.settings, name)))()
        new = {term: weight for term, weight in weights.items() if term not in self.settings.model_fields_set}
        return self.settings.model_copy(update=new) if new else self.settings

    def catalogues(self) -> list[CatalogueInfo]:
        """The catalogues that a talk can be about."""
        return self._listed()

    def catalogue(self, name: str) -> Catalogue:
        """The catalogue of that name, as it is indexed now. Raises UnknownCatalogue, IndexMismatch.

        It is opened once, and again when it was indexed anew (`rapport index`, the API): then one caller opens it, and the
        others go on with what was open.
        """
        with self._lock:
            if name not in self._opened:
                self._opened[name] = self._open(name)
            opened = self._opened[name]
        if opened.outdated() and self._reopening.acquire(blocking=False):
            try:
                return self._reopened(name)
            except CatalogueError as error:  # what is open still answers
                log.warning("%r goes on as it was: %s", name, error)
            finally:
                self._reopening.release()
        return opened

    def refresh(self, name: str) -> Catalogue:
        """The catalogue of that name, surely as it is indexed now: what a change of it ends with. Raises as `catalogue`."""
        with self._reopening:
            return self._reopened(name)

    def _reopened(self, name: str) -> Catalogue:
        opened = self._opened.get(name)
        if opened is None or opened.outdated():
            opened = self._open(name)
            with self._lock:
                self._opened[name] = opened
        return opened

    @contextmanager
    def lent(self, items: Sequence[Item]) -> Iterator[None]:
        """While it holds, messages may point at `items` on screen that no catalogue has (a replay's, a shop's page)."""
        before, self._lent.items = getattr(self._lent, "items", {}), {item.id: item for item in items}
        try:
            yield
        finally:
            self._lent.items = before

    def start(self, catalogue: str = "", language: Language = "en") -> Session:
        """A new talk, saved."""
        name = catalogue or self.settings.catalogue
        self.catalogue(name)
        return self.memory.save(Session(catalogue=name, language=language))

    def load(self, session_id: str) -> Session | None:
        """A saved talk."""
        return self.memory.load(session_id)

    def turn(self, session: Session, message: str) -> Iterator[Event]:
        """Answer one message. Raises BadInput only for what is not text; Conflict when the talk went on elsewhere."""
        clock = _Clock()
        if not isinstance(message, str):
            raise BadInput("A message is text.")
        catalogue, session = self.catalogue(session.catalogue), self._caught_up(session)
        said, cut = answers.readable(message, self.settings.max_message)
        said = mask(said).text if self.settings.mask_personal_data else said
        wished = unmarked(said)
        if complaint := answers.unreadable(wished, session, catalogue.info, said):
            yield from self._answer(session, catalogue, said[:200], complaint, (), clock)
            return
        lent: dict[str, Item] = getattr(self._lent, "items", {})
        screen = [item for name in session.on_screen if (item := lent.get(name) or catalogue.get(name)) is not None]

        reading, heard = yield from self._read(wished, session, screen, catalogue, clock)
        before, session = session, self._remember(session, reading, screen)
        yield ProfileChanged(profile=session.profile, reading=reading)

        if reading.act not in _LISTS or (reading.start_over and session.profile.empty):
            reply = answers.reply(reading, session, screen, catalogue)
            reply = " ".join(p for p in (reply, answers.notes(reading, said, cut)) if p)
            chips = answers.chips(reading, session, screen, catalogue)
            if reading.start_over:
                session = session.model_copy(update={"on_screen": ()})
            yield from self._answer(session, catalogue, said, reply, chips, clock, reading)
            return

        found = self._found(catalogue, session, session.profile, reading)
        items = with_templates(found.items, found.applied, catalogue.info, reading.language)
        notes = answers.notes(reading, said, cut, rules=not heard)
        yield from self._show(session, catalogue, said, reading, found, items, clock, notes, before)

    def _read(
        self, said: str, session: Session, screen: Sequence[Item], catalogue: Catalogue, clock: _Clock
    ) -> Generator[Event, None, tuple[Reading, bool]]:
        """The reading, and whether the model was heard where it was asked. What rules guess stands on screen meanwhile."""
        background = Background.of(catalogue)
        guess = by_rules(said, session, screen, background)
        language = guess.language
        if heard := hear(said, guess, session, screen, catalogue):  # on offer, the newest, here by Friday, what goes with it
            said, guess = heard.rest, by_rules(heard.rest, session, screen, background)
        asked = asks_model(said, guess, self.settings.ask_always)
        if asked and self.llm.status.stage == "ready":
            yield from self._first_guess(session, catalogue, guess, clock)

        wait = self.settings.understand_timeout
        read = partial(understand, said, session, screen, timeout=wait, background=background, guess=guess)
        if not asked or self.llm.status.stage == "off":
            understood = read(llm=None)
        else:
            doing = "" if "provisional" in clock.seconds else phrase("reading", guess.language)  # the items say it
            for told in self._with_model(lambda llm: iter([read(llm=llm)]), doing, guess.language):
                if isinstance(told, Status):
                    yield told
                else:
                    understood = told
        clock.spent(int(understood.reading.by == "model"), understood.prompt_tokens, understood.completion_tokens)
        clock.reached("understand")
        if understood.trouble:
            log.info("Read by rules: %s", understood.trouble)
        reading = heard.amended(understood.reading, language, bool(session.profile.points)) if heard else understood.reading
        return told_apart(reading, Kinds.of(catalogue)), not understood.trouble

    def _with_model(
        self, work: Callable[[Attended], Iterator[T]], doing: str, language: Language
    ) -> Generator[T | Status, None, None]:
        """What `work` yields, and how things stand while that takes long: the place in line, else `doing`."""
        with closing(attended(self.llm, self.settings.longest_wait, BEAT, work)) as told:
            for word in told:
                yield Status(text=answers.in_line(word, language) or doing) if isinstance(word, Place) else word

    def _caught_up(self, session: Session) -> Session:
        """The session with what was liked, turned down and known since its last turn, wherever that was told."""
        for number, item_id, kind in self.memory.events_since(session.id, session.marked):
            marks = {_MARKS[kind]: _with(getattr(session, _MARKS[kind]), item_id)} if kind in _MARKS else {}
            session = session.model_copy(update={**marks, "marked": number})
        return session

    def _remember(self, session: Session, reading: Reading, screen: list[Item]) -> Session:
        """The session with what the message says of the person and of the items on screen."""
        turn = len(session.turns) + 1
        profile, past = next_profile(session.profile, session.past, reading, turn, self.settings.decay)
        update = {"profile": profile, "past": past[-_KEPT_PAST:], "language": reading.language}
        return _marked(session, reading, screen).model_copy(update=update)

    def _first_guess(self, session: Session, catalogue: Catalogue, guess: Reading, clock: _Clock) -> Iterator[Event]:
        """Items for what rules alone read, marked as provisional."""
        if guess.act not in ("request", "refine", "more_like") or not (guess.changes or guess.constraints):
            return
        profile = self._remember(session, guess, []).profile
        first = self._found(catalogue, session, profile, guess)
        if first.items:
            clock.reached("provisional")
            items = with_templates(first.items, first.applied, catalogue.info, guess.language)
            yield ItemsReady(items=items, provisional=True, lead="")

    def edit(self, session: Session, edit: Edit) -> Iterator[Event]:
        """The person's own change to their profile: it wins, and re-ranks at once."""
        clock = _Clock()
        catalogue, session = self.catalogue(session.catalogue), self._caught_up(session)
        edit = masked(edit) if self.settings.mask_personal_data else edit
        profile, past = edited(session.profile, session.past, edit, len(session.turns))
        act: Literal["undo", "refine"] = "undo" if edit.kind == "undo" else "refine"
        reading = Reading(act=act, language=session.language, by="edit")
        before, session = session, session.model_copy(update={"profile": profile, "past": past[-_KEPT_PAST:]})
        yield ProfileChanged(profile=profile, reading=reading)
        if profile.empty:
            session = self.memory.save(session.model_copy(update={"on_screen": ()}))
            yield TurnDone(session=session)
            return
        yield from self._replace(session, catalogue, reading, clock, before)

    def feedback(self, session: Session, item_id: str, kind: Feedback, event_id: str = "") -> Iterator[Event]:
        """What the person did with an item: kept as an event, and acted on. With an id of its own it is kept once, so that
        it can be told again after a Conflict."""
        clock = _Clock()
        catalogue, session = self.catalogue(session.catalogue), self._caught_up(session)
        item = catalogue.get(item_id)
        if item is None:
            raise BadInput(f"There is no item {item_id!r} in the catalogue {session.catalogue!r}.")
        self.memory.record(session, item_id, kind, event_id=event_id)
        before = session
        if kind == "like":
            session = session.model_copy(update={"liked": _with(session.liked, item_id)})
            yield TurnDone(session=self.memory.save(session))
            return
        if kind == "more":
            reading = Reading(act="more_like", language=session.language, refers_to=(item_id,), by="edit")
            said = f"{phrase('lead_more_like', session.language, title=item.title_in(session.language))}"
            found = self._found(catalogue, session, session.profile, reading)
            items = with_templates(found.items, found.applied, catalogue.info, session.language)
            yield from self._show(session, catalogue, said.rstrip(":："), reading, found, items, clock, "", before)
            return
        session = session.model_copy(update={_MARKS[kind]: _with(getattr(session, _MARKS[kind]), item_id)})
        yield from self._replace(
            session, catalogue, Reading(act="refine", language=session.language, by="edit"), clock, before
        )

    def without(self, session: Session, item_id: str, label: str) -> tuple[Recommendation, ...]:
        """What would be shown if the person did not care about the interest point `label`."""
        catalogue = self.catalogue(session.catalogue)
        items = instead(catalogue, session, label, self.tuned(session.catalogue), self.remembered.known(session, catalogue))
        applied, _ = checkable(catalogue, session.profile)
        return with_templates(items, applied, catalogue.info, session.language)

    def _found(self, catalogue: Catalogue, session: Session, profile: Profile, reading: Reading) -> Found:
        """What there is to show, by what was said and by what is known of the person up to now."""
        known = self.remembered.known(session, catalogue)
        return find(catalogue, session, profile, reading, self.tuned(session.catalogue), known)

    def _show(
        self, session: Session, catalogue: Catalogue, said: str, reading: Reading, found: Found,
        items: tuple[Recommendation, ...], clock: _Clock, notes: str, before: Session,
    ) -> Iterator[Event]:  # fmt: skip
        """Items first, then what is said about them; saved before the prose begins and again when it ends."""
        language = reading.language
        lead = answers.lead(reading, session, before, found, catalogue, said)
        lead = " ".join(p for p in (lead, notes) if p)
        clock.reached("items")
        yield ItemsReady(items=items, lead=lead)
        clock.reached("first_word")
        yield ReplyText(text=lead)
        chips = answers.chips(reading, session, [r.item for r in items], catalogue, found)
        writes = bool(items) and self.settings.prose and self.llm.status.stage == "ready"
        if not writes:
            clock.reached("total")
        turn = Turn(
            number=len(session.turns) + 1,
            user=said,
            reading=reading,
            items=items,
            chips=chips,
            no_match=found.no_match,
            question=found.question,
            reply=answers.whole(lead, items, language),
            seconds=dict(clock.seconds),
            llm=dict(clock.llm),
        )
        shown = tuple(r.item.id for r in items) or session.on_screen
        session = self.memory.save(session.model_copy(update={"turns": (*session.turns, turn), "on_screen": shown}))
        if writes:
            yield Status(text=answers.writing(language))
            yield from self._prose(session, catalogue, found, items, clock)
            session = self.memory.load(session.id) or session
        yield TurnDone(session=session)

    def _prose(
        self, session: Session, catalogue: Catalogue, found: Found, items: tuple[Recommendation, ...], clock: _Clock
    ) -> Iterator[Event]:
        """The model's sentences, saved however they end. A talk that went on elsewhere keeps its templates."""
        spoken, sentences = Spoken(), {r.item.id: r for r in items}
        turn, wait = session.turns[-1], self.settings.justify_timeout
        language = turn.reading.language

        def writing(llm: LLM) -> Iterator[SentenceReady]:
            return justify(items, found.applied, catalogue.info, language, llm, wait, spoken)

        written = self._with_model(writing, answers.writing(language), language)
        try:
            for told in written:
                if isinstance(told, SentenceReady):
                    update = {"sentence": told.text, "voice": "model"}
                    sentences[told.item_id] = sentences[told.item_id].model_copy(update=update)
                yield told
        finally:  # also when the person left in the middle
            written.close()
            clock.spent(spoken.calls, spoken.prompt_tokens, spoken.completion_tokens)
            clock.reached("total")
            final = tuple(sentences[r.item.id] for r in items)
            lead = turn.reply.split("\n", 1)[0]
            ended = turn.model_copy(
                update={
                    "items": final,
                    "reply": answers.whole(lead, final, language),
                    "seconds": dict(clock.seconds),
                    "llm": dict(clock.llm),
                }
            )
            try:
                self.memory.save(session.model_copy(update={"turns": (*session.turns[:-1], ended)}))
            except Conflict:
                log.info("The talk went on elsewhere while its sentences were written; its templates stand.")

    def _replace(
        self, session: Session, catalogue: Catalogue, reading: Reading, clock: _Clock, before: Session
    ) -> Iterator[Event]:
        """The newest list again after an edit or a press: no new message, the same place on the page, no prose."""
        found = self._found(catalogue, session, session.profile, reading)
        items = with_templates(found.items, found.applied, catalogue.info, session.language)
        lead = answers.lead(reading, session, before, found, catalogue)
        yield ItemsReady(items=items, lead=lead)
        yield ReplyText(text=lead)
        turns = session.turns or (Turn(number=1, user="", reading=reading),)  # an edit may be the first thing that is done
        place = next((n for n in reversed(range(len(turns))) if turns[n].items or turns[n].no_match), len(turns) - 1)
        told = turns[place].model_copy(
            update={
                "items": items,
                "reply": answers.whole(lead, items, session.language),
                "chips": answers.chips(reading, session, [r.item for r in items], catalogue, found),
                "no_match": found.no_match,
            }
        )
        turns = (*turns[:place], told, *turns[place + 1 :])
        clock.reached("total")
        shown = tuple(r.item.id for r in items) or session.on_screen
        yield TurnDone(session=self.memory.save(session.model_copy(update={"turns": turns, "on_screen": shown})))

    def _answer(
        self,
        session: Session,
        catalogue: Catalogue,
        said: str,
        reply: str,
        chips: tuple[Chip, ...],
        clock: _Clock,
        reading: Reading | None = None,
    ) -> Iterator[Event]:
        """A turn that says something and leaves the items as they are."""
        reading = reading or Reading(act="chat", language=session.language, topic="unreadable")
        clock.reached("items")
        clock.reached("first_word")
        yield ReplyText(text=reply)
        clock.reached("total")
        turn = Turn(
            number=len(session.turns) + 1,
            user=said,
            reading=reading,
            reply=reply,
            chips=chips,
            seconds=dict(clock.seconds),
            llm=dict(clock.llm),
        )
        yield TurnDone(session=self.memory.save(session.model_copy(update={"turns": (*session.turns, turn)})))


def _marked(session: Session, reading: Reading, screen: list[Item]) -> Session:
    """What a message says of the items on screen: turned down, taken, already known."""
    shown = tuple(item.id for item in screen)
    gone: tuple[str, ...] = ()
    if reading.act == "reject":
        gone = reading.refers_to
    elif reading.critique == "different":
        gone = shown
    if reading.start_over:
        session = session.model_copy(update={"rejected": ()})
    liked = reading.refers_to if reading.act in ("accept", "more_like") else ()
    return session.model_copy(
        update={"rejected": _with(session.rejected, *gone), "liked": _with(session.liked, *liked)}
    )


def _with(ids: tuple[str, ...], *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ids, *more)))
