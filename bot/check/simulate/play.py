"""The talk between a person and whoever recommends: Rapport itself, what is popular, or a plain word search.

All three see the same people, who react to what they are shown. `tests/test_simulate.py` notices a change.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from bot.chat import Engine
from bot.check.simulate.behave import Mind, Move
from bot.check.simulate.facts import Shelf, Wish
from bot.check.simulate.people import Person
from bot.check.simulate.phrasing import Intent, Phrases
from bot.errors import RapportError
from bot.state import Language, Session, TurnDone
from vectorstore.item import Item
from vectorstore.words import is_chinese


@dataclass(frozen=True)
class Answer:
    """What came back to a message."""

    items: tuple[Item, ...] = ()
    reply: str = ""
    question: str = ""  # the field that is asked about
    act: str = ""  # how the message was read
    seconds: float = 0.0
    session: Session | None = None


class Recommender(Protocol):
    """Whoever is talked to."""

    name: str

    def start(self, language: Language) -> None: ...

    def answer(self, message: str) -> Answer: ...


@dataclass
class Exchange:
    """A message, what was meant by it, and what came back."""

    move: Move
    message: str
    answer: Answer
    said: tuple[Wish, ...]  # what holds after the message
    rejected: tuple[str, ...]  # ids that were turned down before this answer
    place: int | None = None  # of the target among the items


@dataclass
class Talk:
    """A person's talk to its end."""

    person: Person
    exchanges: list[Exchange] = field(default_factory=list)
    closing: Exchange | None = None  # the person takes what they looked for
    trouble: str = ""  # what stopped it

    @property
    def found(self) -> int | None:
        """The turn in which the target was shown, from 1."""
        return next((n for n, e in enumerate(self.exchanges, 1) if e.place is not None), None)


Voice = Callable[[Intent, str, Person], str]  # how a message is worded anew; empty: it stays as it is


def play(
    person: Person, target: Item, recommender: Recommender, phrases: Phrases, shelf: Shelf, *, turns: int, seed: int,
    voice: Voice | None = None,
) -> Talk:  # fmt: skip
    """Let them talk until the target is shown, or for `turns` messages."""
    draw = Random(f"{seed} {person.id}")
    mind, talk = Mind(person, target, shelf, draw), Talk(person)
    recommender.start(person.language)
    shown: tuple[Item, ...] = ()
    question = ""
    for number in range(1, turns + 1):
        made = _message(mind, phrases, shown, question, number, draw, voice)
        if made is None:
            talk.trouble = "nothing was left that could be said without the title"
            return talk
        move, message = made
        mind.did(move)
        try:
            answer = recommender.answer(message)
        except RapportError as error:
            talk.trouble = str(error)
            return talk
        exchange = Exchange(move, message, answer, tuple(mind.said), tuple(mind.rejected), mind.sees(answer.items))
        talk.exchanges.append(exchange)
        if exchange.place is not None:
            talk.closing = _closing(mind, phrases, recommender, exchange, draw)
            return talk
        shown, question = answer.items or shown, answer.question
    return talk


def _message(
    mind: Mind, phrases: Phrases, shown: Sequence[Item], question: str, number: int, draw: Random, voice: Voice | None
) -> tuple[Move, str] | None:
    def allowed(text: str) -> bool:
        return not mind.person.leaks.found(text)

    for move in mind.next(shown, question, number):
        plain = phrases.plain(move.intent, draw, allowed) if voice is not None else ""
        if voice is not None and plain and (worded := voice(move.intent, plain, mind.person)):
            return move, worded
        if said := phrases.say(move.intent, mind.person.manner, draw, allowed):
            return move, said
    return None


def _closing(mind: Mind, phrases: Phrases, recommender: Recommender, last: Exchange, draw: Random) -> Exchange | None:
    if last.place is None or last.place > 4:
        return None
    move = Move(Intent("accept", nth=last.place))
    said = phrases.say(move.intent, mind.person.manner, draw, lambda text: not mind.person.leaks.found(text))
    with suppress(RapportError):
        return Exchange(move, said, recommender.answer(said), last.said, last.rejected) if said else None
    return None


class Rapport:
    """The engine that the page talks to."""

    name = "Rapport"

    def __init__(self, engine: Engine, catalogue: str) -> None:
        self._engine, self._catalogue = engine, catalogue
        self._session: Session | None = None

    def start(self, language: Language) -> None:
        if self._session is not None:
            self._engine.memory.delete(self._session.id)
        self._session = self._engine.start(self._catalogue, language)

    def answer(self, message: str) -> Answer:
        assert self._session is not None, "a talk is started first"
        begun = time.monotonic()
        for event in self._engine.turn(self._session, message):
            if isinstance(event, TurnDone):
                self._session = event.session
        turn = self._session.turns[-1]
        return Answer(
            items=tuple(r.item for r in turn.items),
            reply=turn.reply,
            question=turn.question,
            act=turn.reading.act,
            seconds=round(time.monotonic() - begun, 3),
            session=self._session,
        )


class Popular:
    """Shows what is popular, the next ones each time."""

    name = "popular"

    def __init__(self, items: Iterable[Item], count: int) -> None:
        self._order = sorted(items, key=lambda item: (-(item.popularity or 0), item.id))
        self._count, self._at = count, 0

    def start(self, language: Language) -> None:
        self._at = 0

    def answer(self, message: str) -> Answer:
        self._at += self._count
        return Answer(tuple(self._order[self._at - self._count : self._at]))


class WordSearch:
    """BM25 over all words said so far, without what was shown before."""

    name = "BM25"

    def __init__(self, items: Sequence[Item], count: int) -> None:
        import bm25s

        self._items, self._count = items, count
        self._index = bm25s.BM25(method="lucene")
        self._index.index([_words(_text(item)) or [""] for item in items], show_progress=False)
        self._said: list[str] = []
        self._shown: set[str] = set()

    def start(self, language: Language) -> None:
        self._said, self._shown = [], set()

    def answer(self, message: str) -> Answer:
        self._said += [word for word in _words(message) if word in self._index.vocab_dict]
        if not self._said:
            return Answer()
        scores = self._index.get_scores(self._said)
        best = (self._items[row] for row in scores.argsort(kind="stable")[::-1] if scores[row] > 0)
        items = tuple(item for item, _ in zip((i for i in best if i.id not in self._shown), range(self._count), strict=False))
        self._shown.update(item.id for item in items)
        return Answer(items)


def _text(item: Item) -> str:
    parts: list[str] = [item.title, item.description, *item.tags, *item.category, item.brand or ""]
    facts = [item.attributes, *(t.attributes for t in item.translations.values())]
    parts += [f"{t.title} {t.description}" for t in item.translations.values()]
    parts += [str(v) for f in facts for value in f.values() for v in (value if isinstance(value, tuple) else (value,))]
    return " ".join(parts)


def _words(text: str) -> list[str]:
    """Words of Latin letters, and pairs of Chinese characters."""
    found: list[str] = []
    for run in re.findall(r"[a-z0-9]+|[\u4e00-\u9fff]+", text.lower()):
        found += [run[i : i + 2] for i in range(max(1, len(run) - 1))] if is_chinese(run) else [run]
    return found
