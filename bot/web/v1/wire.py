"""What goes over the wire: the shapes of the API's JSON. `written.py` makes them from the values in `bot/state.py`.

What is sent to us refuses unknown fields and names the nearest right one; what we send is complete and in the person's
language. `tests/test_api_sessions.py` and `tests/test_api_messages.py` notice a change; so does every client.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from rapidfuzz import process

from bot.state import Act, Language, Source
from vectorstore.constraints import Op
from vectorstore.item import Value

CODE = r"^[A-Za-z0-9_-]{1,64}$"  # ids of sessions, messages and events: they stand in addresses and in Last-Event-ID
Code = Annotated[str, StringConstraints(pattern=CODE)]

_POINT = {"text": "brown leather jacket", "weight": 0.8, "quote": "a brown leather jacket", "lasting": False, "source": "said"}
_LIMIT = {"field": "price", "op": "<=", "value": 200, "quote": "under $200", "words": "price ≤ $200"}
_FACT = {"name": "closure", "label": "closure", "value": "horn buttons", "text": "horn buttons"}
_CARD = {
    "id": "harlow",
    "title": "Harlow leather jacket",
    "description": "Chestnut brown lambskin, cut to the hip. Closes with four horn buttons.",
    "url": None,
    "picture": "/pictures/shop/harlow.svg?language=en&v=1f0c2ab9d3",
    "price": 179.0,
    "currency": "USD",
    "facts": [_FACT],
    "score": 0.93,
    "reasons": [{"quote": "no zips", "fact": _FACT, "text": "closure: horn buttons", "side": "for"}],
    "contributions": [
        {"term": "interest", "label": "brown leather jacket", "weight": 0.8, "value": 1.1, "amount": 0.88, "quote": "leather"},
        {"term": "rating", "label": "rating", "weight": 0.1, "value": 0.5, "amount": 0.05, "quote": None},
    ],
    "limits": [{"field": "price", "text": "price ≤ $200 · price: $179"}],
    "sentence": "You asked for no zips: it closes with horn buttons.",
    "voice": "template",
}
_PROFILE = {"points": [_POINT], "limits": [_LIMIT]}
_CHIP = {"label": "Under $100", "say": "under $100"}
_ANSWER = {
    "message": "m1",
    "number": 1,
    "act": "request",
    "language": "en",
    "lead": "Brown leather jacket, no zips: one of 3 fits all of it.",
    "reply": "Brown leather jacket, no zips: one of 3 fits all of it.",
    "items": [_CARD],
    "chips": [_CHIP],
    "profile": _PROFILE,
    "no_match": None,
    "seconds": {"understand": 0.01, "items": 0.03, "total": 0.04},
    "version": 2,
}
_MOMENT = "2026-11-24T12:00:00Z"
_SESSION_ID = "Zk3vN0b9pQeT5sYw1aXcLm2r"


def shown_as(example: dict[str, Any]) -> ConfigDict:
    """The configuration of a shape with one example in the OpenAPI document."""
    return ConfigDict(json_schema_extra={"examples": [example]})


class Wire(BaseModel):
    """A shape of the API's JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sent(Wire):
    """What a caller sends: an unknown field is refused, and the nearest right name is told."""

    @model_validator(mode="before")
    @classmethod
    def _known(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        names = {field.alias or name for name, field in cls.model_fields.items()}
        unknown = next((str(key) for key in given if key not in names), None)
        if unknown is None:
            return given
        near = process.extractOne(unknown, sorted(names), score_cutoff=60)
        said = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(sorted(names))}."
        raise PydanticCustomError("unknown_field", "There is no field '{field}' here. {said}", {"field": unknown, "said": said})


class Fact(Wire):
    """Something that an item states, with its name and value in the person's language."""

    model_config = shown_as(_FACT)
    name: str
    label: str = Field(description="the name in words")
    value: Value
    text: str = Field(description="the value in words")


class Reason(Wire):
    """The person's own words beside what the item states."""

    quote: str = Field(description="the person's words; empty where what they did before speaks for it, as `text` says")
    fact: Fact
    text: str = Field(description="the fact in words")
    side: Literal["for", "against"]


class Contribution(Wire):
    """One term of an item's score; the amounts of an item sum to its score."""

    term: str
    label: str
    weight: float
    value: float
    amount: float
    quote: str | None = None


class Checked(Wire):
    """A hard limit that the item was checked against, with the fact that satisfies it."""

    field: str
    text: str


class Card(Wire):
    """An item as it is recommended: what it is, and the exact reasons why it is there."""

    model_config = shown_as(_CARD)
    id: str
    title: str
    description: str
    url: str | None = None
    picture: str = Field(description="the path of a drawn picture on this server; it changes with the item")
    price: float | None = Field(None, description="in `currency`, major units")
    currency: str | None = None
    facts: tuple[Fact, ...] = ()
    score: float
    reasons: tuple[Reason, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    limits: tuple[Checked, ...] = ()
    sentence: str = ""
    voice: Literal["", "template", "model"] = Field("", description="who wrote the sentence")


class Chip(Wire):
    """A short answer to press; `say` is sent as the person's message."""

    model_config = shown_as(_CHIP)
    label: str
    say: str


class Point(Wire):
    """One thing that the person cares about: below 0 is a dislike."""

    model_config = shown_as(_POINT)
    text: str
    weight: float
    quote: str = Field("", description="the person's own words")
    lasting: bool = Field(False, description="a taste, not today's errand")
    source: Source = "said"


class Limit(Wire):
    """A hard limit: every shown item satisfies it."""

    model_config = shown_as(_LIMIT)
    field: str
    op: Op
    value: Value
    quote: str = ""
    words: str = Field(description="the limit in words")


class Interests(Wire):
    """What is known of the person now."""

    model_config = shown_as(_PROFILE)
    points: tuple[Point, ...] = ()
    limits: tuple[Limit, ...] = ()


class Profile(Interests):
    """What is known of the person in a session; `version` guards writes, as `ETag` does."""

    model_config = shown_as({**_PROFILE, "version": 2})
    version: int


class NoMatch(Wire):
    """Nothing satisfies every limit: the one in the way, the nearest item, and one way out."""

    blocking: Limit
    nearest: float | str | None = Field(description="the nearest real value of that field")
    nearest_item: str = Field(description="its title")
    relaxation: Limit | None = Field(description="what to set instead; null: drop the limit")


class Reranked(Profile):
    """The profile after the caller's own edit, and what is shown now."""

    model_config = shown_as(
        {**_PROFILE, "version": 3, "reply": "Here is what fits.", "items": [_CARD], "chips": [], "no_match": None}
    )
    reply: str = ""
    items: tuple[Card, ...] = ()
    chips: tuple[Chip, ...] = ()
    no_match: NoMatch | None = None


class Answer(Wire):
    """One message, answered whole."""

    model_config = shown_as(_ANSWER)
    message: str = Field(description="the message's id")
    number: int = Field(description="number of the turn in the session, from 1")
    act: Act = Field(description="what the message was understood to do")
    topic: str = Field("", description="what of the service, or off the subject, was spoken of: order, return, person, …")
    language: Language
    lead: str = Field(description="the reply's first sentences, above the cards")
    reply: str = Field(description="the whole reply; the items in words are in it, for clients that show no cards")
    items: tuple[Card, ...] = ()
    chips: tuple[Chip, ...] = ()
    profile: Interests = Field(description="what is known of the person now")
    no_match: NoMatch | None = None
    seconds: dict[str, float] = Field(default_factory=dict, description="when what was reached, from the message's arrival")
    version: int = Field(description="the session's version")


class Waiting(Wire):
    """A message that was accepted and is not answered yet."""

    model_config = shown_as({"message": "m1", "state": "running", "events": f"/v1/sessions/{_SESSION_ID}/messages/m1/events"})
    message: str
    state: Literal["accepted", "running"]
    events: str = Field(description="where to follow it as text/event-stream")


class Message(Wire):
    """What was said: by the person, or by the shop with the items shown."""

    model_config = shown_as(
        {"id": "m1", "number": 1, "role": "user", "text": "a brown leather jacket, no zips", "at": _MOMENT, "state": "done"}
    )
    id: str
    number: int = Field(description="number of the turn; 0 while it waits")
    role: Literal["user", "assistant"]
    text: str = Field(description="what was said; of the shop, with the items in words")
    lead: str = Field("", description="what the shop says above the cards")
    at: datetime
    state: Literal["accepted", "running", "done", "failed"] = "done"
    items: tuple[Card, ...] = ()
    chips: tuple[Chip, ...] = ()
    no_match: NoMatch | None = None
    topic: str = Field("", description="as in an answer; of what the shop said")


class Session(Wire):
    """A conversation as it is kept."""

    model_config = shown_as(
        {
            "id": _SESSION_ID,
            "catalogue": "shop",
            "language": "en",
            "version": 1,
            "created": _MOMENT,
            "profile": {"points": [], "limits": []},
            "on_screen": [],
            "messages": [],
        }
    )
    id: str
    catalogue: str
    language: Language
    version: int
    created: datetime
    profile: Interests
    on_screen: tuple[Card, ...] = ()
    messages: tuple[Message, ...] = ()


class SessionLine(Wire):
    """A conversation in a list."""

    id: str
    catalogue: str
    language: Language
    title: str = Field(description="the first thing that was said")
    updated: datetime
    version: int


class SessionList(Wire):
    """A signed-in person's conversations, the newest first."""

    model_config = shown_as(
        {
            "sessions": [
                {
                    "id": _SESSION_ID,
                    "catalogue": "shop",
                    "language": "en",
                    "title": "a brown leather jacket, no zips",
                    "updated": _MOMENT,
                    "version": 2,
                }
            ]
        }
    )
    sessions: tuple[SessionLine, ...]
