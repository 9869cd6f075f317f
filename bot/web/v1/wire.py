"""What goes over the wire: the shapes of the API's JSON, and how they are made from the values in `bot/state.py`.

What is sent to us refuses unknown fields and names the nearest right one; what we send is complete and in the person's
language. `tests/test_api_sessions.py` and `tests/test_api_messages.py` notice a change; so does every client.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from rapidfuzz import process

from bot import state
from bot.memory import Kept
from bot.state import Act, Language, Source
from bot.web.cards import picture_url
from bot.web.formats import Look, fact_words, limit_words, value_words
from vectorstore.constraints import Constraint, Op
from vectorstore.item import Item as CatalogueItem
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

    quote: str = Field(description="the person's words")
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


# From the values of a conversation


def moment(seconds: float) -> datetime:
    """A time as RFC 3339 UTC says it, to the millisecond."""
    return datetime.fromtimestamp(round(seconds, 3), tz=timezone.utc)


def fact(name: str, value: Value, look: Look, currency: str | None = None) -> Fact:
    """A fact with its name and value in words."""
    text = value_words(name, value, look, currency)
    return Fact(name=name, label=look.info.label(name, look.language), value=value, text=text)


def facts(item: CatalogueItem, look: Look) -> tuple[Fact, ...]:
    """Everything that an item states, in reading order, in the language."""
    return tuple(fact(name, value, look, item.currency) for name, value in item.facts(look.language))


def picture(item: CatalogueItem, look: Look, base: str = "") -> str:
    """The path of the item's drawn picture; `base` is where the server stands ("" for its root)."""
    return f"{base.rstrip('/')}/{picture_url(item, look)}"


def card(shown: state.Recommendation, look: Look, base: str = "") -> Card:
    """A recommendation as a card."""
    item = shown.item
    reasons = []
    for c in shown.reasons:
        assert c.fact is not None
        told = fact(c.fact.name, c.fact.value, look, item.currency)
        side: Literal["for", "against"] = "for" if c.amount >= 0 else "against"
        reasons.append(Reason(quote=c.quote, fact=told, text=fact_words(c.fact, look, item.currency), side=side))
    return Card(
        id=item.id,
        title=item.title_in(look.language),
        description=item.description_in(look.language),
        url=item.url,
        picture=picture(item, look, base),
        price=item.price,
        currency=item.currency or (look.info.currency if item.price is not None else None),
        facts=facts(item, look),
        score=shown.score,
        reasons=tuple(reasons),
        contributions=tuple(
            Contribution(term=c.term, label=c.label, weight=c.weight, value=c.value, amount=c.amount, quote=c.quote or None)
            for c in shown.contributions
        ),
        limits=tuple(_checked(x, item, look) for x in shown.limits),
        sentence=shown.sentence,
        voice=shown.voice,
    )


def _checked(checked: state.Limit, item: CatalogueItem, look: Look) -> Checked:
    words = limit_words(checked.constraint, look)
    if checked.fact:
        words = f"{words} · {fact_words(checked.fact, look, item.currency)}"
    return Checked(field=checked.constraint.field, text=words)


def cards(shown: Iterable[state.Recommendation], look: Look, base: str = "") -> tuple[Card, ...]:
    """Recommendations as cards, in their order."""
    return tuple(card(r, look, base) for r in shown)


def limit(constraint: Constraint, look: Look) -> Limit:
    """A hard limit with its words."""
    return Limit(
        field=constraint.field,
        op=constraint.op,
        value=constraint.value,
        quote=constraint.quote,
        words=limit_words(constraint, look),
    )


def interests(profile: state.Profile, look: Look) -> Interests:
    """The profile without a version."""
    return Interests(points=_points(profile), limits=tuple(limit(c, look) for c in profile.constraints))


def profile(session: state.Session, look: Look) -> Profile:
    """The session's profile with its version."""
    limits = tuple(limit(c, look) for c in session.profile.constraints)
    return Profile(points=_points(session.profile), limits=limits, version=session.version)


def _points(profile: state.Profile) -> tuple[Point, ...]:
    return tuple(Point(text=p.text, weight=p.weight, quote=p.quote, lasting=p.lasting, source=p.source) for p in profile.points)


def chips(given: Iterable[state.Chip]) -> tuple[Chip, ...]:
    """Short answers to press."""
    return tuple(Chip(label=c.label, say=c.say) for c in given)


def no_match(given: state.NoMatch | None, look: Look) -> NoMatch | None:
    """What stands in the way, and the way out."""
    if given is None:
        return None
    return NoMatch(
        blocking=limit(given.blocking, look),
        nearest=given.nearest,
        nearest_item=given.nearest_item,
        relaxation=limit(given.relaxation, look) if given.relaxation else None,
    )


def line(kept: Kept) -> SessionLine:
    """A conversation in a list."""
    return SessionLine.model_validate(
        {
            "id": kept.id,
            "catalogue": kept.catalogue,
            "language": kept.language,
            "title": kept.title,
            "updated": moment(kept.updated),
            "version": kept.version,
        }
    )


def lead(turn: state.Turn) -> str:
    """What a turn says above its cards; all it says when there are none."""
    return turn.reply.split("\n", 1)[0] if turn.items else turn.reply


def answer(message: str, turn: state.Turn, session: state.Session, look: Look, base: str = "") -> Answer:
    """A turn that is over; the profile and the version are the session's."""
    return Answer(
        message=message,
        number=turn.number,
        act=turn.reading.act,
        topic=turn.reading.topic,
        language=turn.reading.language,
        lead=lead(turn),
        reply=turn.reply,
        items=cards(turn.items, look, base),
        chips=chips(turn.chips),
        profile=interests(session.profile, look),
        no_match=no_match(turn.no_match, look),
        seconds=turn.seconds,
        version=session.version,
    )
