"""Facts, money and limits as the page writes them, over `bot/phrases.py`. Pure; see `tests/test_cards.py`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from bot import phrases
from bot.state import KNOWN, Fact, Language
from bot.web.strings import Strings
from vectorstore.constraints import Constraint, as_values
from vectorstore.info import CatalogueInfo
from vectorstore.item import Frozen, Item, Value
from vectorstore.offers import offer_of


class Look(Frozen):
    """What is needed to draw an item: what is known of its catalogue, and the language to say it in."""

    info: CatalogueInfo
    language: Language = "en"
    today: date = Field(default_factory=date.today)  # an offer that is over is not drawn, however old the talk is

    @property
    def strings(self) -> Strings:
        return Strings(self.language)

    @property
    def title(self) -> str:
        """The catalogue's name in the language."""
        return self.info.title.get(self.language) or self.info.title.get("en") or self.info.name

    def money(self, amount: float, currency: str | None = None) -> str:
        """An amount in the item's own currency, else the catalogue's."""
        return phrases.money(amount, currency or self.info.currency, self.language)


def former_price(item: Item, today: date) -> float | None:
    """The price before a reduction, when the item states one above the present price and the offer holds."""
    offer = offer_of(item, today)
    return offer.was if offer else None


def value_words(name: str, value: Value, look: Look, currency: str | None = None) -> str:
    """A fact's value: a price in the item's currency, a category in the language."""
    if name in phrases.MONEY and isinstance(value, (int, float)) and not isinstance(value, bool):
        return look.money(value, currency)
    if name == "year":
        value = tuple(map(str, as_values(value)))
    return phrases.value_words(name, value, look.info, look.language)


def fact_words(fact: Fact, look: Look, currency: str | None = None) -> str:
    """A fact as it stands beside the person's words: "closure: horn buttons". A description and an offer stand alone."""
    if fact.name == "title":
        return look.strings("in_title")
    value = value_words(fact.name, fact.value, look, currency)
    if fact.name in ("description", "offer", KNOWN):
        return value
    return look.strings("fact", name=look.info.label(fact.name, look.language), value=value)


def limit_words(limit: Constraint, look: Look) -> str:
    """A limit on its pill: "price ≤ $200"; in words where there is no number to stand beside a sign."""
    sign = {"<=": "≤", ">=": "≥"}.get(limit.op)
    if sign is None or limit.field == "delivery_days":
        return phrases.limit_words(limit, look.info, look.language)
    value = as_values(limit.value)[0]
    return f"{look.info.label(limit.field, look.language)} {sign} {value_words(limit.field, value, look, limit.currency)}"


def signed(amount: float) -> str:
    """A number with its sign, two places and a true minus: "+0.41", "−0.04"."""
    return f"{'−' if amount < 0 else '+'}{abs(amount):.2f}"


def weight(amount: float) -> str:
    """A weight as shown beside its slider: "0.9", "−0.5"."""
    rounded = round(amount, 2)
    text = f"{abs(rounded):.2f}"
    return f"{'−' if rounded < 0 else ''}{text[:-1] if text.endswith('0') else text}"


def adding_up(amounts: Sequence[float]) -> list[float]:
    """The amounts in hundredths, so rounded that what is shown sums to the rounded total (largest remainders first)."""
    scaled = [a * 100 for a in amounts]
    parts = [int(s // 1) for s in scaled]
    missing = round(sum(scaled)) - sum(parts)
    for i in sorted(range(len(parts)), key=lambda i: parts[i] - scaled[i])[: max(0, missing)]:
        parts[i] += 1
    return [p / 100 for p in parts]


def place(position: int, strings: Strings) -> str:
    """A place in a row in words, from 1: "second"."""
    names = strings("places").split()
    return names[position - 1] if position <= len(names) else str(position)
