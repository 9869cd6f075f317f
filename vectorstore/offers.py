"""What an item has on offer on a day: the price before, a code and what it takes off, and until when.

The data decides: what has ended, or whose end cannot be read, is no offer. A code never changes `Item.price`.
`tests/test_offers.py`.
"""

from __future__ import annotations

from datetime import date

from vectorstore.constraints import as_date, as_number, as_values
from vectorstore.item import Frozen, Item, Translation, Value

FIELDS = frozenset({"was", "coupon", "coupon_saves", "offer_ends"})


class Offer(Frozen):
    """An offer that holds: at least a price before or a code."""

    was: float | None = None
    code: str = ""
    saves: float | None = None  # what the code takes off, in the item's currency
    ends: date | None = None


def offer_of(item: Item, today: date) -> Offer | None:
    """The item's offer on that day; None when it has none, or it is over."""
    ends = as_date(item.attributes.get("offer_ends"))
    if "offer_ends" in item.attributes and (ends is None or ends < today):
        return None
    was = _number(item, "was")
    if was is not None and (item.price is None or was <= item.price):
        was = None
    code = " ".join(str(v) for v in as_values(item.attributes.get("coupon")) if not isinstance(v, bool))
    saves = _number(item, "coupon_saves")
    if was is None and not code:
        return None
    return Offer(was=was, code=code, saves=saves if code and saves and saves > 0 else None, ends=ends)


def current(item: Item, today: date) -> Item:
    """The item as it may be shown on that day: without an offer that is over."""
    if "offer_ends" not in item.attributes or offer_of(item, today) is not None:
        return item
    spoken = {
        language: Translation(title=t.title, description=t.description, attributes=_rest(t.attributes))
        for language, t in item.translations.items()
    }
    return item.model_copy(update={"attributes": _rest(item.attributes), "translations": spoken})


def _rest(attributes: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in attributes.items() if name not in FIELDS}


def _number(item: Item, field: str) -> float | None:
    values = as_values(item.attributes.get(field))
    return None if not values or isinstance(values[0], bool) else as_number(values[0])
