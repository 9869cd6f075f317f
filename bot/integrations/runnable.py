"""The engine as a LangChain Runnable: a message in, an answer with its items out; whole, streamed, batched, async.

    chain = RapportRunnable(engine) | (lambda answer: answer.text)
    chain.invoke("a brown leather jacket, no zips")
    chain.invoke("cheaper", {"configurable": {"session": session}})

Every streamed value is the whole answer so far, and adding two gives the later one, so a chain may stream through it.
A stream that is closed, or whose task is cancelled, stops the model. `tests/test_integrations.py` notices a change.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator, Mapping
from contextlib import aclosing, closing
from typing import Any, Final, cast

from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.config import ensure_config
from langchain_core.runnables.utils import ConfigurableFieldSpec

from bot.chat import Engine
from bot.errors import BadInput
from bot.integrations import text
from bot.integrations.apart import apart
from bot.state import Event, ItemsReady, ProfileChanged, ReplyText, SentenceReady, Session, TurnDone
from bot.web.formats import Look
from bot.web.v1 import wire, written
from vectorstore.item import Frozen

__all__ = ["Answer", "RapportRunnable"]

_KEYS: Final = ("message", "session", "catalogue")


class Answer(Frozen):
    """What the engine answers, as far as it has come."""

    session: str  # its id: give it back with the next message
    reply: str = ""
    items: tuple[wire.Card, ...] = ()
    profile: wire.Interests = wire.Interests()
    chips: tuple[wire.Chip, ...] = ()
    no_match: wire.NoMatch | None = None
    provisional: bool = False  # items by a first guess: others may take their place
    done: bool = False  # the turn is over and saved
    text: str = ""  # reply and items as one text, for what shows only text

    def __add__(self, later: Answer) -> Answer:
        """The later of two: each is the whole answer so far."""
        return later

    def __str__(self) -> str:
        return self.text


class RapportRunnable(Runnable[str | Mapping[str, str], Answer]):
    """The engine as a Runnable.

    Input: the message, or {message, session?, catalogue?}. The session may also come by the config,
    `{"configurable": {"session": id}}`, as a chain passes it. Without one a new session begins with each call, in
    `catalogue` (the settings' own where that is empty); the answer names it. Raises `BadInput` for a session that does
    not exist or an input of another shape.
    """

    def __init__(self, engine: Engine, catalogue: str = "") -> None:
        self.engine = engine
        self.catalogue = catalogue
        self.name = "Rapport"

    @property
    def config_specs(self) -> list[ConfigurableFieldSpec]:
        """What `configurable` may hold."""
        return [
            ConfigurableFieldSpec(
                id="session",
                annotation=str,
                name="Session",
                description="The id of the session that the message belongs to; a new one begins without it.",
                default="",
                is_shared=True,
            )
        ]

    def invoke(self, input: str | Mapping[str, str], config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The answer to a message, once it is whole."""
        return self._call_with_config(self._whole, input, config, **kwargs)

    async def ainvoke(self, input: str | Mapping[str, str], config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The same without holding up the event loop; cancelled, the model stops."""
        return await self._acall_with_config(self._awhole, input, config, **kwargs)

    def stream(self, input: str | Mapping[str, str], config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Answer]:
        """The answer as it grows: items first, then their sentences."""
        growing = self._growing(input, ensure_config(config))
        told = self._transform_stream_with_config(iter([input]), lambda _: growing, config, **kwargs)
        with closing(growing), closing(cast(Generator[Answer, None, None], told)):
            yield from told

    async def astream(
        self, input: str | Mapping[str, str], config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncIterator[Answer]:
        """The answer as it grows, without holding up the event loop."""

        async def given() -> AsyncIterator[str | Mapping[str, str]]:
            yield input

        growing = apart(self._growing(input, ensure_config(config)))
        told = self._atransform_stream_with_config(given(), lambda _: growing, config, **kwargs)
        async with aclosing(growing), aclosing(cast(AsyncGenerator[Answer, None], told)):
            async for answer in told:
                yield answer

    def _whole(self, input: str | Mapping[str, str], run_manager: object, config: RunnableConfig) -> Answer:
        return list(self._growing(input, config))[-1]

    async def _awhole(self, input: str | Mapping[str, str], run_manager: object, config: RunnableConfig) -> Answer:
        async with aclosing(apart(self._growing(input, config))) as growing:
            return [answer async for answer in growing][-1]

    def _growing(self, input: str | Mapping[str, str], config: RunnableConfig) -> Generator[Answer, None, None]:
        message, session = self._read(input, config)
        look = Look(info=self.engine.catalogue(session.catalogue).info, language=session.language)
        answer = Answer(session=session.id, profile=written.interests(session.profile, look))
        with closing(cast(Generator[Event, None, None], self.engine.turn(session, message))) as events:
            for event in events:
                if isinstance(event, ProfileChanged):
                    look = look.model_copy(update={"language": event.reading.language})
                if told := _told(answer, event, look):
                    answer = answer.model_copy(update=told)
                    said = text.whole(answer.reply, answer.items, look.language)
                    yield (answer := answer.model_copy(update={"text": said}))

    def _read(self, input: str | Mapping[str, str], config: RunnableConfig) -> tuple[str, Session]:
        """The message and its session."""
        given = {"message": input} if isinstance(input, str) else input
        if not isinstance(given, Mapping) or not isinstance(given.get("message"), str):
            raise BadInput("Give the message as a string, or as {'message': …, 'session': …}.")
        if unknown := sorted(set(given) - set(_KEYS)):
            raise BadInput(f"Unknown key {unknown[0]!r} in the input. Known: {', '.join(_KEYS)}.")
        wanted = given.get("session") or (config.get("configurable") or {}).get("session") or ""
        if not wanted:
            return given["message"], self.engine.start(given.get("catalogue") or self.catalogue)
        session = self.engine.load(wanted)
        if session is None:
            raise BadInput(f"There is no session {wanted!r}. Leave `session` out to begin one; the answer names it.")
        return given["message"], session


def _told(answer: Answer, event: Event, look: Look) -> dict[str, object]:
    """What an event changes in the answer; nothing where it tells nothing of it."""
    if isinstance(event, ProfileChanged):
        return {"profile": written.interests(event.profile, look)}
    if isinstance(event, ItemsReady):
        items = written.cards(event.items, look)
        return {"items": items, "provisional": event.provisional, "reply": event.lead or answer.reply}
    if isinstance(event, ReplyText):
        return {"reply": event.text}
    if isinstance(event, SentenceReady):
        said = {"sentence": event.text, "voice": "model"}
        return {"items": tuple(c.model_copy(update=said) if c.id == event.item_id else c for c in answer.items)}
    if isinstance(event, TurnDone):
        turn = event.session.turns[-1]
        items = written.cards(turn.items, look)
        return {
            "items": items,
            "reply": text.lead(turn.reply, items),
            "chips": written.chips(turn.chips),
            "no_match": written.no_match(turn.no_match, look),
            "profile": written.interests(event.session.profile, look),
            "provisional": False,
            "done": True,
        }
    return {}
