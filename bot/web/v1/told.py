"""A turn's events as a stream tells them: what each is called, what is in it, and which earlier one it stands for.

Every event says the whole of its thing so far, so a newer one takes the place of the older, and a resumed stream may
begin with what counts now. `tests/test_api_messages.py` folds a stream and compares it with the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, Field

from bot import state
from bot.web.formats import Look
from bot.web.v1 import wire, written
from bot.web.v1.problems import ProblemDetails

Name = Literal["status", "profile", "items", "token", "chips", "done", "error"]
Key = tuple[str, str]  # what an event tells of: of two with one key, only the newer counts


class StatusEvent(wire.Wire):
    """What is happening now, in words."""

    text: str


class ReadingEvent(wire.Wire):
    """How the message was understood, and by whom."""

    act: state.Act
    by: Literal["model", "rules", "edit"]


class ProfileEvent(wire.Interests):
    """What is known of the person after this message."""

    reading: ReadingEvent


class ItemsEvent(wire.Wire):
    """What to show. One that is provisional is a first guess; another follows."""

    provisional: bool
    lead: str = Field(description="the sentence above the cards")
    language: state.Language
    items: tuple[wire.Card, ...]


class TokenEvent(wire.Wire):
    """Words as they are written: the whole so far, of the reply or of the sentence under an item."""

    item: str | None = Field(description="the item's id; null: the reply itself")
    text: str
    done: bool


class ChipsEvent(wire.Wire):
    """Short answers to press."""

    chips: tuple[wire.Chip, ...]


EVENTS: dict[Name, type[BaseModel]] = {
    "status": StatusEvent,
    "profile": ProfileEvent,
    "items": ItemsEvent,
    "token": TokenEvent,
    "chips": ChipsEvent,
    "done": wire.Answer,
    "error": ProblemDetails,
}


def _item(name: str, model: type[BaseModel]) -> dict[str, object]:
    data = {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"$ref": f"#/components/schemas/{model.__name__}"},
    }
    identity = {"type": "string", "description": "<message>:<number>, for Last-Event-ID"}
    properties = {"event": {"const": name}, "data": data, "id": identity}
    return {"type": "object", "properties": properties, "required": ["event", "data", "id"], "description": model.__doc__}


ITEM_SCHEMA = {"oneOf": [_item(name, model) for name, model in EVENTS.items()]}  # of a stream, for the OpenAPI document


def told(event: state.Event, look: Look) -> tuple[Name, Key, BaseModel] | None:
    """An event of the engine as the stream tells it; None for the end of the turn, which `ending` tells."""
    if isinstance(event, state.Status):
        return "status", ("status", ""), StatusEvent(text=event.text)
    if isinstance(event, state.ProfileChanged):
        known = written.interests(event.profile, look)
        reading = ReadingEvent(act=event.reading.act, by=event.reading.by)
        return "profile", ("profile", ""), ProfileEvent(points=known.points, limits=known.limits, reading=reading)
    if isinstance(event, state.ItemsReady):
        cards = written.cards(event.items, look)
        return (
            "items",
            ("items", ""),
            ItemsEvent(provisional=event.provisional, lead=event.lead, language=look.language, items=cards),
        )
    if isinstance(event, state.SentenceReady):
        return "token", ("token", event.item_id), TokenEvent(item=event.item_id, text=event.text, done=event.done)
    if isinstance(event, state.ReplyText):
        return "token", ("token", ""), TokenEvent(item=None, text=event.text, done=True)
    return None


def ending(answer: wire.Answer) -> Iterator[tuple[Name, Key, BaseModel]]:
    """How a turn ends."""
    yield "chips", ("chips", ""), ChipsEvent(chips=answer.chips)
    yield "done", ("done", ""), answer


def again(turn: state.Turn, answer: wire.Answer) -> Iterator[tuple[Name, Key, BaseModel]]:
    """A turn that was kept, told once more."""
    reading = ReadingEvent(act=turn.reading.act, by=turn.reading.by)
    known = answer.profile
    yield "profile", ("profile", ""), ProfileEvent(points=known.points, limits=known.limits, reading=reading)
    if turn.items:
        yield (
            "items",
            ("items", ""),
            ItemsEvent(provisional=False, lead=answer.lead, language=answer.language, items=answer.items),
        )
    yield "token", ("token", ""), TokenEvent(item=None, text=answer.lead, done=True)
    yield from ending(answer)
