"""What the MCP tools give an agent: short, and with the ids that the next call needs. `tests/test_integrations.py`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class Reason(BaseModel):
    """The person's words beside the fact of the item that answers them."""

    quote: str = Field(description="the person's own words; empty where what they did before speaks for it")
    fact: str = Field(description="what the item states")
    side: Literal["for", "against"]


class Listed(BaseModel):
    """An item of the catalogue."""

    id: str = Field(description="give it to explain, feedback or as `like`")
    title: str
    description: str = ""
    price: float | None = None
    currency: str | None = None
    url: str | None = None
    facts: dict[str, str] = Field(default_factory=dict, description="what the item states, by name")


class Hit(Listed):
    """An item that a search found."""

    dense: float = Field(description="nearness of meaning, -1 to 1")
    lexical: float = Field(description="share of the query's words that the item says, 0 to 1")


class Found(BaseModel):
    """What a search found, the nearest first."""

    catalogue: str
    items: list[Hit]


class Recommended(Listed):
    """An item as it is recommended."""

    sentence: str = Field(description="one checked sentence on why it fits; may be quoted")
    score: float
    reasons: list[Reason]


class Wishes(BaseModel):
    """What the shop understood of the person, so far."""

    interests: dict[str, float] = Field(description="by wish: how much, from -1 (dislike) to 1")
    limits: list[str] = Field(description="hard limits that every item satisfies")


class Advice(BaseModel):
    """The answer to one message."""

    session: str = Field(description="give it with the next message of the same person")
    reply: str = Field(description="what the shop says")
    items: list[Recommended]
    wishes: Wishes
    suggestions: list[str] = Field(description="messages that a person often sends next")
    text: str = Field(description="reply and items as one text that can be shown as it is")


class Term(BaseModel):
    """One term of the sum: weight × value = amount."""

    term: str
    label: str
    weight: float
    value: float
    amount: float


class Instead(BaseModel):
    """What would be shown if the person did not care about one wish."""

    without: str
    items: list[str] = Field(description="titles, in order")


class Explanation(BaseModel):
    """Why an item is there: the exact sum."""

    session: str
    item: str
    title: str
    score: float = Field(description="the sum of the terms' amounts")
    terms: list[Term]
    reasons: list[Reason]
    limits: list[str] = Field(description="hard limits it was checked against, with the fact that satisfies each")
    instead: list[Instead]


class Noted(BaseModel):
    """What became of the feedback."""

    session: str
    noted: str
    items: list[Recommended] = Field(description="what the session shows now")
