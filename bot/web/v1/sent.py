"""What a caller sends about a conversation: sessions, messages, profiles and edits.

Limits of size are in the shapes, so that the OpenAPI document tells them. `tests/test_api_sessions.py` and
`tests/test_api_messages.py` notice a change.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.state import Language, Source
from bot.web.v1.wire import Code, Sent, shown_as
from vectorstore.constraints import Op

_Whole = Annotated[int, Field(ge=-(10**15), le=10**15)]
_Real = Annotated[float, Field(ge=-1e15, le=1e15)]
Given = bool | _Whole | _Real | Annotated[str, StringConstraints(min_length=1, max_length=200)]
Weight = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]
Id = Annotated[str, StringConstraints(max_length=200)]


class NewSession(Sent):
    """A new conversation; everything has a default."""

    model_config = shown_as({"catalogue": "shop", "language": "en"})
    catalogue: str = Field("", max_length=100, description="name of a catalogue; empty: the site's, else the server's own")
    language: Language = "en"


class Context(Sent):
    """What the person sees outside this conversation, so that "this one", "it" and "my tent" can mean it."""

    model_config = shown_as({"on_screen": [], "viewing": "harlow", "cart": ["trail"], "owned": ["rain"]})
    on_screen: tuple[str, ...] = Field((), max_length=50, description="ids of items on the shop's page, in screen order")
    viewing: str = Field("", max_length=200, description="id of the product whose page is open: what `it` means by itself")
    cart: tuple[Id, ...] = Field((), max_length=50, description="ids in the cart; unknown ones are passed over, as in the next")
    owned: tuple[Id, ...] = Field((), max_length=50, description="ids of what they bought before, the newest first: `my tent`")


class NewMessage(Sent):
    """One message of the person."""

    model_config = shown_as({"text": "a brown leather jacket, no zips", "id": "m1"})
    text: str = Field(min_length=1, max_length=100_000)
    id: Code | None = Field(None, description="the caller's own id: the same again gives the same turn, never a second one")
    context: Context | None = None


class HandOver(Sent):
    """A person of the shop is to take over."""

    model_config = shown_as({"consent": True, "contact": "ann@example.com"})
    consent: Literal[True] = Field(description="the customer agreed that somebody of the shop reads the conversation")
    contact: str = Field("", max_length=200, description="where to write to, if they gave it; passed on, and not kept")


class NewPoint(Sent):
    """An interest as the caller wants it."""

    model_config = shown_as({"text": "brown leather jacket", "weight": 0.8})
    text: str = Field(min_length=1, max_length=60, pattern=r"\S")
    weight: Weight
    quote: str = Field("", max_length=400)
    lasting: bool = False
    source: Source = Field("edited", description="read back from GET; ignored")


class NewLimit(Sent):
    """A hard limit as the caller wants it."""

    model_config = shown_as({"field": "price", "op": "<=", "value": 200})
    field: str = Field(min_length=1, max_length=60)
    op: Op
    value: Given | Annotated[tuple[Given, ...], Field(min_length=1, max_length=50)]
    quote: str = Field("", max_length=400)
    words: str = Field("", max_length=400, description="read back from GET; ignored")


class NewProfile(Sent):
    """The whole profile, in place of the present one. What GET gave may be sent back."""

    model_config = shown_as({"version": 2, "points": [{"text": "brown leather jacket", "weight": 0.8}], "limits": []})
    version: int | None = Field(None, ge=0, description="the version that was read; or send it as If-Match")
    points: tuple[NewPoint, ...] = Field(max_length=100)
    limits: tuple[NewLimit, ...] = Field(max_length=50)


class EditWeight(Sent):
    """A point's weight, set by hand."""

    edit: Literal["weight"]
    text: str = Field(min_length=1, max_length=200)
    weight: Weight


class EditAdd(Sent):
    """One more point."""

    edit: Literal["add"]
    text: str = Field(min_length=1, max_length=60, pattern=r"\S")
    weight: Weight = 0.8


class EditRemove(Sent):
    """A point, taken away."""

    edit: Literal["remove"]
    text: str = Field(min_length=1, max_length=200)


class EditLimit(Sent):
    """One more hard limit; it replaces the one on its side."""

    edit: Literal["limit"]
    field: str = Field(min_length=1, max_length=60)
    op: Op
    value: Given | Annotated[tuple[Given, ...], Field(min_length=1, max_length=50)]


class EditLift(Sent):
    """A hard limit, taken away."""

    edit: Literal["lift"]
    field: str = Field(min_length=1, max_length=60)
    op: Op


class EditClear(Sent):
    """Everything, taken away."""

    edit: Literal["clear"]


Edit = Annotated[EditWeight | EditAdd | EditRemove | EditLimit | EditLift | EditClear, Field(discriminator="edit")]

EDITS: dict[str, dict[str, object]] = {
    "weight": {"edit": "weight", "text": "brown leather jacket", "weight": 0.5},
    "add": {"edit": "add", "text": "horn buttons", "weight": 0.8},
    "remove": {"edit": "remove", "text": "zips"},
    "limit": {"edit": "limit", "field": "price", "op": "<=", "value": 200},
    "lift": {"edit": "lift", "field": "price", "op": "<="},
    "clear": {"edit": "clear"},
}  # an example of each
