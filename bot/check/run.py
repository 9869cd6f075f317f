"""Plays a script through the engine that the chat uses, and says what did not hold.

Talks are kept in a memory of their own that ends with the run. `bot/check/expectations.py` holds the assertions;
`tests/test_script_run.py` notices a change.
"""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.chat import Engine
from bot.check import expectations
from bot.check.expectations import Complaint, Moment
from bot.check.recordings import Answers, Recorded
from bot.check.script import Dialogue, Turn, limit_said
from bot.check.source import Script
from bot.errors import BadInput, RapportError
from bot.llm import LLM, NoModel
from bot.memory import Memory
from bot.profile import Edit, same_words
from bot.settings import Settings
from bot.state import ItemsReady, ReplyText, Session, TurnDone
from vectorstore.errors import CatalogueError

if TYPE_CHECKING:
    from vectorstore.catalogue import Catalogue, CatalogueInfo
    from vectorstore.embeddings import Embedder
    from vectorstore.item import Item

Status = Literal["passed", "failed", "skipped", "known failure", "passes now"]


@dataclass(frozen=True)
class Failure:
    """What did not hold, and where the talk stood."""

    turn: int  # from 0
    complaint: Complaint
    place: str  # file:line


@dataclass
class Play:
    """A script played once: the moments that were reached, and what did not hold."""

    moments: list[Moment] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """What came of a script."""

    script: Script
    status: Status
    play: Play  # the one that is told: the first that failed, else the last
    passed: int = 0
    played: int = 0
    seconds: float = 0.0
    reason: str = ""  # why it was skipped or may fail

    @property
    def bad(self) -> bool:
        return self.status == "failed"


class Stage:
    """Where scripts are played: settings, catalogues and a model, opened once."""

    def __init__(
        self,
        settings: Settings,
        llm: LLM,
        open_catalogue: Callable[[str, Callable[[], date]], Catalogue],
        listed: Callable[[], list[CatalogueInfo]],
        answers: Answers | None = None,
    ) -> None:
        self.settings, self.llm, self.answers = settings, llm, answers
        self._open, self._listed = open_catalogue, listed
        self._opened: dict[tuple[str, date | None], Catalogue] = {}
        self._memory = Memory("sqlite://")

    def play(self, script: Script) -> Outcome:
        """Play a script as often as it asks for, and judge. Raises BadInput for a catalogue that is not there."""
        dialogue, begun = script.dialogue, time.monotonic()
        llm, reason = self._model(script)
        if dialogue.skip is not None or reason:
            return Outcome(script, "skipped", Play(), reason=dialogue.skip or reason)
        plays = [self._once(script, llm) for _ in range(dialogue.repeat)]
        bad = [p for p in plays if p.failures]
        passed = len(plays) - len(bad)
        well = passed >= math.ceil(dialogue.pass_ * len(plays) - 1e-9)
        status: Status = "passed" if well else "failed"
        if dialogue.known_failure is not None:
            status = "passes now" if well else "known failure"
        if self.answers is not None:
            self.answers.opened(script, self.settings.catalogue)
        seconds = time.monotonic() - begun
        told = plays[-1] if well or not bad else bad[0]
        return Outcome(script, status, told, passed, len(plays), seconds, dialogue.known_failure or "")

    def engine(self, dialogue: Dialogue, llm: LLM) -> Engine:
        """The engine for a dialogue: its day, and whether the model writes."""
        today = dialogue.today

        def opened(name: str) -> Catalogue:
            if (name, today) not in self._opened:
                self._opened[name, today] = self._open(name, (lambda: today) if today else date.today)
            return self._opened[name, today]

        settings = self.settings.model_copy(update={"prose": dialogue.writes})
        return Engine(settings, llm, opened, self._listed, self._memory)

    def _model(self, script: Script) -> tuple[LLM, str]:
        """The model for a script, and why it cannot be played without one."""
        llm = self.llm
        if self.answers is not None:
            llm = self.answers.model(script, self.settings.catalogue, llm)
        without = llm.status.stage == "off" and "model" in script.dialogue.tags
        return llm, "needs a model" + (f": {self.answers.command(script)}" if self.answers else "") if without else ""

    def _once(self, script: Script, llm: LLM) -> Play:
        dialogue, play = script.dialogue, Play()
        engine = self.engine(dialogue, llm)
        try:
            session = engine.start(dialogue.catalogue or self.settings.catalogue, dialogue.language)
        except CatalogueError as error:
            raise BadInput(f"{script.place('catalogue')}: {error}") from error
        catalogue = engine.catalogue(session.catalogue)
        first = session
        for number, turn in enumerate(dialogue.turns):
            try:
                moment = _moment(engine, catalogue, session, turn, llm)
            except RapportError as error:
                complaint = Complaint((), "this turn can be done", str(error))
                play.failures.append(Failure(number, complaint, script.place("turns", number)))
                break
            play.moments.append(moment)
            states = [first, *(m.after for m in play.moments)]
            for complaint in expectations.complaints(turn.expect, moment, play.moments, states):
                play.failures.append(Failure(number, complaint, script.place("turns", number, "expect", *complaint.path)))
            for words in turn.say[1:]:
                other = _moment(engine, catalogue, _twin(session), turn.model_copy(update={"say": (words,)}), llm)
                for complaint in _differing(moment, other):
                    play.failures.append(Failure(number, complaint.said_of(words), script.place("turns", number, "say")))
                for complaint in expectations.complaints(turn.expect, other, [*play.moments[:-1], other], states):
                    place = script.place("turns", number, "expect", *complaint.path)
                    play.failures.append(Failure(number, complaint.said_of(words), place))
            if play.failures:  # what comes after a wrong turn tells nothing
                break
            session = moment.after
        self._memory.delete(first.id)
        return play


def _moment(engine: Engine, catalogue: Catalogue, session: Session, turn: Turn, llm: LLM) -> Moment:
    """One thing done, and what it led to."""
    screen = [item for name in session.on_screen if (item := catalogue.get(name)) is not None]
    begun, done, lead = time.monotonic(), session, ""
    shown: ItemsReady | None = None
    spoken_for = llm.seconds if isinstance(llm, Recorded) else 0.0
    did, events = _doing(engine, session, turn, screen)
    for event in events:
        if isinstance(event, TurnDone):
            done = event.session
        elif isinstance(event, ItemsReady) and not event.provisional:
            shown = event
        elif isinstance(event, ReplyText):
            lead = event.text
    seconds = time.monotonic() - begun + (llm.seconds - spoken_for if isinstance(llm, Recorded) else 0.0)
    said = len(done.turns) > len(session.turns)
    told = done.turns[-1] if said else next((t for t in reversed(done.turns) if t.items or t.no_match), None)
    return Moment(
        did=did,
        before=session,
        after=done,
        turn=told if said or shown else None,
        said=said,
        items=tuple(told.items) if told and (said or shown) else (),
        reply=told.reply if said and told else lead,
        screen=tuple(screen),
        catalogue=catalogue,
        seconds=seconds,
        misses=tuple(llm.missed()) if isinstance(llm, Recorded) else (),
    )


def _doing(engine: Engine, session: Session, turn: Turn, screen: Sequence[Item]) -> tuple[str, Iterator[object]]:
    if turn.click:
        item = item_meant(turn.click.item, screen)
        return f"[{turn.click.event}] {item.title_in(session.language)}", engine.feedback(session, item.id, turn.click.event)
    if turn.edit:
        edit = _edit(turn, session)
        said = " ".join(f"{key} {value}" for key, value in turn.edit.model_dump(exclude_none=True).items())
        return f"[by hand] {said}", engine.edit(session, edit)
    if turn.chip is not None:
        chips = session.turns[-1].chips if session.turns else ()
        chip = next((c for c in chips if turn.chip.casefold() in f"{c.label} {c.say}".casefold()), None)
        if chip is None:
            there = ", ".join(repr(c.label) for c in chips) or "none"
            raise BadInput(f"there is no chip with {turn.chip!r} on it; there are: {there}")
        return f"[chip] {chip.say}", engine.turn(session, chip.say)
    return turn.say[0], engine.turn(session, turn.say[0])


def item_meant(said: int | str, screen: Sequence[Item]) -> Item:
    """The item on screen at a place, or with that id or title. BadInput says what is there."""
    if isinstance(said, int) or said.isdigit():
        if 0 < int(said) <= len(screen):
            return screen[int(said) - 1]
    else:
        for item in screen:
            if said == item.id or said.casefold() in (item.title.casefold(), item.title_in("zh").casefold()):
                return item
    there = "; ".join(f"{n} {item.title}" for n, item in enumerate(screen, 1)) or "nothing"
    raise BadInput(f"there is no item {said!r} on screen; there is: {there}")


def _edit(turn: Turn, session: Session) -> Edit:
    edit = turn.edit
    assert edit is not None
    if edit.weight:
        (text, weight), = edit.weight.items()
        return Edit(kind="weight", text=_point(text, session), weight=weight)
    if edit.add is not None:
        return Edit(kind="add", text=edit.add)
    if edit.delete is not None:
        return Edit(kind="delete", text=_point(edit.delete, session))
    if edit.limit is not None:
        limit = limit_said(edit.limit)
        assert limit is not None, "checked when it was read"
        return Edit(kind="limit", field=limit.field, op=limit.op, value=limit.value)
    if edit.unlimit is not None:
        limits = [c for c in session.profile.constraints if c.field == edit.unlimit]
        if not limits:
            raise BadInput(f"there is no limit on {edit.unlimit!r} to take away")
        return Edit(kind="unlimit", field=edit.unlimit, op=limits[0].op)
    return Edit(kind="undo" if edit.undo else "clear")


def _point(text: str, session: Session) -> str:
    found = next((p.text for p in session.profile.points if same_words(p.text, text)), None)
    if found is None:
        there = ", ".join(repr(p.text) for p in session.profile.points) or "none"
        raise BadInput(f"there is no point {text!r} in the profile; there are: {there}")
    return found


def _twin(session: Session) -> Session:
    """The same talk under another name, so that both can go on."""
    return session.model_copy(update={"id": secrets.token_urlsafe(12), "version": 0})


def _differing(one: Moment, other: Moment) -> list[Complaint]:
    """Where two phrasings of a message led to other states."""
    a, b = expectations.state_words(one.after.profile), expectations.state_words(other.after.profile)
    if expectations.same_state(one.after.profile, other.after.profile):
        return []
    return [Complaint((), f"the same state as “{one.did}”: {a}", b)]


@contextmanager
def stage(settings: Settings, llm: LLM | None = None, answers: Answers | None = None) -> Iterator[Stage]:
    """A stage over the catalogues that are indexed; the samples are indexed first when they are missing."""
    from bot.engine import catalogue_root, embedder
    from vectorstore.catalogue import Catalogue, available, ensure_samples

    root = catalogue_root(settings)
    embedding: Embedder = embedder(settings.embedding, Path(settings.cache_dir))
    ensure_samples(root, embedding)
    yield Stage(
        settings, llm or NoModel(), lambda name, today: Catalogue.open(name, root, embedding, today),
        lambda: available(root), answers,
    )  # fmt: skip
