"""What is on offer on a day: nothing that has ended, and nothing that the data does not say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from test_constraints import EMBEDDER

from vectorstore.catalogue import Catalogue
from vectorstore.constraints import Constraint
from vectorstore.index import passage
from vectorstore.info import describe
from vectorstore.item import Item, Translation, Value
from vectorstore.lexical import Lexicon
from vectorstore.offers import Offer, current, offer_of
from vectorstore.space import Space

TODAY = date(2026, 12, 1)


def tent(id: str = "tent", price: float | None = 199.0, **attributes: Value) -> Item:
    spoken = {"zh": Translation(title="帐篷", attributes={k: v for k, v in attributes.items() if k == "coupon"})}
    return Item(id=id, title="Tent", price=price, currency="USD", attributes=attributes, translations=spoken)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"was": 249}, Offer(was=249)),
        ({"was": 199}, None),
        ({"was": 150}, None),
        ({"was": "soon"}, None),
        ({"was": True}, None),
        ({"coupon": "TRAIL10", "coupon_saves": 12}, Offer(code="TRAIL10", saves=12)),
        ({"coupon": "TRAIL10"}, Offer(code="TRAIL10")),
        ({"coupon_saves": 12}, None),
        ({"coupon": "TRAIL10", "coupon_saves": -5}, Offer(code="TRAIL10")),
        ({"was": 249, "offer_ends": "2026-12-31"}, Offer(was=249, ends=date(2026, 12, 31))),
        ({"was": 249, "offer_ends": "2026-12-01"}, Offer(was=249, ends=TODAY)),
        ({"was": 249, "offer_ends": "2026-11-30"}, None),
        ({"was": 249, "offer_ends": "at Christmas"}, None),
        ({"offer_ends": "2026-12-31"}, None),
        ({}, None),
    ],
)
def test_only_what_holds_today_is_an_offer(attributes: dict[str, Value], expected: Offer | None) -> None:
    assert offer_of(tent(**attributes), TODAY) == expected


def test_an_item_without_a_price_was_never_reduced() -> None:
    assert offer_of(tent(price=None, was=249), TODAY) is None


def test_an_offer_that_is_over_is_gone_from_the_item_in_every_language() -> None:
    item = tent(was=249, coupon="TRAIL10", coupon_saves=12, offer_ends="2026-11-30", colour="green")
    over = current(item, TODAY)
    assert over.attributes == {"colour": "green"}
    assert over.translations["zh"].attributes == {}
    assert over.price == 199.0, "the price is what the data says it is"
    assert current(item, date(2026, 11, 30)) is item


def test_a_catalogue_forgets_an_offer_on_the_day_after_it_ends() -> None:
    day = [TODAY]
    items = [tent("a", was=249, offer_ends="2026-12-01"), tent("b", coupon="X", coupon_saves=20), tent("c")]
    space = Space({"own": EMBEDDER.passages([passage(i) for i in items])})
    shop = Catalogue(describe("t", items), items, space, Lexicon.build(items), EMBEDDER, today=lambda: day[0])
    offered = Constraint(field="on_offer", op="=", value=1)

    def shown() -> list[str]:
        return [i.id for i in shop.matching([offered])]

    assert shown() == ["a", "b"]
    day[0] += timedelta(days=1)
    assert shown() == ["b"]
    item = shop.get("a")
    assert item is not None and "was" not in item.attributes
    assert [c.item.id for c in shop.search(["tent"], constraints=[offered])] == ["b"]
    assert all("was" not in i.attributes for i in shop.items())


def test_the_code_counts_only_where_the_price_with_it_is_asked_for() -> None:
    item = tent(coupon="TRAIL10", coupon_saves=12)
    assert (item.fact("price"), item.fact("price_with_code")) == (199.0, 187.0)
    assert tent(coupon_saves=12).fact("price_with_code") == 199.0
    assert tent(price=5.0, coupon="X", coupon_saves=12).fact("price_with_code") == 0.0
    assert tent(price=None, coupon="X", coupon_saves=12).fact("price_with_code") is None


def test_ids_of_other_items_are_nothing_to_read() -> None:
    assert "goes_with" not in dict(tent(goes_with=("mat-1",)).facts("en"))
