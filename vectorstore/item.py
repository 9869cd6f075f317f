"""What a catalogue is made of: one schema for a jacket, a film, a record and a news story.

An `Item` is a frozen value. Whatever an importer finds beyond the named fields is kept in `attributes` and is searched,
constrained and quoted like everything else. Nothing here imports a database or a model.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Availability = Literal["in_stock", "out_of_stock", "preorder", "unknown"]
Scalar = str | int | Annotated[float, Field(allow_inf_nan=False)] | bool
Value = Scalar | tuple[Scalar, ...]
LanguageCode = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")]
_NO_READING = frozenset({"goes_with", "consumable"})  # ids of other items; what is no fact worth telling


class Frozen(BaseModel):
    """A value: compared by content, never changed in place, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Translation(Frozen):
    """The same item said in another language; attributes are given only where their value is a word."""

    title: str
    description: str = ""
    attributes: dict[str, Value] = Field(default_factory=dict)


class Item(Frozen):
    """One thing that can be recommended."""

    id: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$", description="no line breaks or the like")
    title: str = Field(min_length=1)
    description: str = ""
    price: float | None = Field(
        default=None, ge=0, allow_inf_nan=False, description="in `currency`, major units (dollars, not cents)"
    )
    currency: str | None = Field(default=None, description="ISO 4217, e.g. USD")
    category: tuple[str, ...] = Field(default=(), description="path from the widest to the narrowest")
    brand: str | None = None
    attributes: dict[str, Value] = Field(default_factory=dict)
    tags: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    url: str | None = None
    availability: Availability = "unknown"
    language: str = "en"
    popularity: float | None = Field(default=None, ge=0, le=1, allow_inf_nan=False)
    translations: dict[LanguageCode, Translation] = Field(default_factory=dict, description="by language code")

    def title_in(self, language: str) -> str:
        """The title in `language` where there is one, else the item's own."""
        return self.translations[language].title if language in self.translations else self.title

    def description_in(self, language: str) -> str:
        """The description in `language` where there is one, else the item's own."""
        said = self.translations[language].description if language in self.translations else ""
        return said or self.description

    def attributes_in(self, language: str) -> dict[str, Value]:
        """The attributes with the words of `language` laid over the item's own."""
        over = self.translations[language].attributes if language in self.translations else {}
        return {**self.attributes, **over}

    def fact(self, field: str) -> Value | None:
        """The value that a constraint on `field` is checked against; None when the item does not say."""
        if field == "price":
            return self.price
        if field == "brand":
            return self.brand
        if field == "category":
            return self.category or None
        if field == "in_stock":
            return None if self.availability == "unknown" else int(self.availability == "in_stock")
        if field == "on_offer":  # an offer that is over is not in the attributes any more: vectorstore/offers.py
            was = self.attributes.get("was")
            reduced = isinstance(was, (int, float)) and self.price is not None and was > self.price
            return 1 if reduced or self.attributes.get("coupon") else None
        if field == "price_with_code":
            saves = self.attributes.get("coupon_saves") if self.attributes.get("coupon") else None
            if self.price is None or not isinstance(saves, (int, float)) or saves <= 0:
                return self.price
            return round(max(0.0, self.price - saves), 2)
        if field == "language" and "language" not in self.attributes:
            return self.language
        return self.attributes.get(field)

    def facts(self, language: str | None = None) -> Iterator[tuple[str, Value]]:
        """Every (name, value) the item states, in reading order, in `language` where it is translated."""
        if self.brand:
            yield "brand", self.brand
        if self.category:
            yield "category", self.category
        if self.price is not None:
            yield "price", self.price
        attributes = self.attributes_in(language) if language else self.attributes
        yield from ((name, value) for name, value in attributes.items() if name not in _NO_READING)
        if self.tags:
            yield "tags", self.tags
