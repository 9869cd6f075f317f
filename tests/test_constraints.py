"""Hard limits: the columns say what the plain filter says of every item, and search shows no item outside."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.catalogue import Catalogue
from vectorstore.columns import Columns
from vectorstore.constraints import Constraint, satisfies
from vectorstore.embeddings import HashEmbedder
from vectorstore.index import passage
from vectorstore.info import describe
from vectorstore.item import Item, Translation
from vectorstore.lexical import Lexicon
from vectorstore.space import Space

EMBEDDER = HashEmbedder(32)


def catalogue(items: list[Item]) -> Catalogue:
    """A catalogue in memory."""
    space = Space({"own": EMBEDDER.passages([passage(item) for item in items])})
    return Catalogue(describe("test", items), items, space, Lexicon.build(items), EMBEDDER)


COLOURS = st.sampled_from(["black", "jet", "navy", "blue", "chestnut", "brown", "dark brown", "white", "黑色", "Black ", "44"])
SCALARS = st.one_of(
    COLOURS,
    st.integers(-3, 60),
    st.sampled_from([0.5, 8.5, 44.0, "8.5", "44 EU", "XL", "nan", "infinity", True, False, "", "2026-03-01", "2026-02-31"]),
)
VALUES = st.one_of(SCALARS, st.lists(SCALARS, min_size=1, max_size=3).map(tuple))
ATTRIBUTES = st.dictionaries(
    st.sampled_from(
        ["colour", "also_in", "size", "rating", "year", "age_from", "age_to", "language", "was", "coupon", "published"]
    ),
    VALUES,
    max_size=4,
)
ITEMS = st.lists(
    st.builds(
        dict,
        price=st.one_of(st.none(), st.integers(0, 50).map(float), st.floats(0, 50)),
        brand=st.one_of(st.none(), COLOURS),
        category=st.lists(st.sampled_from(["shoe", "Shoes", "鞋", "boots", "bag"]), max_size=2).map(tuple),
        availability=st.sampled_from(["in_stock", "out_of_stock", "unknown"]),
        attributes=ATTRIBUTES,
        words=st.one_of(st.none(), ATTRIBUTES),
    ),
    min_size=1,
    max_size=12,
)
CONSTRAINTS = st.builds(
    Constraint,
    field=st.sampled_from(
        "price colour also_in size rating year brand category age in_stock language".split()
        + "on_offer price_with_code published nobody_says".split()
    ),
    op=st.sampled_from(["<=", ">=", "=", "!=", "in", "not in"]),
    value=st.one_of(SCALARS, st.sampled_from(["shoe", "鞋", "靴子"]), st.lists(SCALARS, max_size=3).map(tuple)),
)


def made(raw: list[dict[str, Any]]) -> list[Item]:
    items = []
    for number, fields in enumerate(raw):
        words = fields.pop("words")
        translations = {"zh": Translation(title="某物", attributes=words)} if words is not None else {}
        items.append(Item(id=str(number), title=f"Thing {number}", translations=translations, **fields))
    return items


@given(ITEMS, st.lists(CONSTRAINTS, max_size=3))
@settings(max_examples=150, deadline=None)
def test_columns_agree_with_the_plain_filter(raw: list[dict[str, Any]], constraints: list[Constraint]) -> None:
    items = made(raw)
    expected = [all(satisfies(item, c) for c in constraints) for item in items]
    assert Columns(items).mask(constraints).tolist() == expected


@given(ITEMS, st.lists(CONSTRAINTS, max_size=2), st.lists(st.integers(0, 11), max_size=3), st.booleans())
@settings(max_examples=60, deadline=None)
def test_search_shows_every_item_inside_and_none_outside(
    raw: list[dict[str, Any]], constraints: list[Constraint], excluded: list[int], asked: bool
) -> None:
    items = made(raw)
    exclude = {str(n) for n in excluded}
    expected = {i.id for i in items if i.id not in exclude and all(satisfies(i, c) for c in constraints)}
    texts = ["black thing", "鞋"] if asked else []
    got = catalogue(items).search(texts, constraints=constraints, exclude=exclude, limit=50)
    assert {candidate.item.id for candidate in got} == expected
    assert len(got) == len(expected)


def thing(id: str, **fields: Any) -> Item:
    return Item(id=id, title=f"Thing {id}", **fields)


def coloured(*colours: str) -> list[Item]:
    return [thing(colour, attributes={"colour": colour}) for colour in colours]


def ids(items: list[Item], *constraints: Constraint) -> list[str]:
    return [item.id for item in catalogue(items).matching(constraints)]


def test_a_colour_means_its_family_but_not_the_other_way() -> None:
    items = [*coloured("chestnut", "dark brown", "black", "深棕色", "navy"), thing("none")]
    assert ids(items, Constraint(field="colour", op="=", value="brown")) == ["chestnut", "dark brown", "深棕色"]
    assert ids(items, Constraint(field="colour", op="=", value="棕色")) == ["chestnut", "dark brown", "深棕色"]
    assert ids(items, Constraint(field="colour", op="=", value="chestnut")) == ["chestnut"]
    assert ids(items, Constraint(field="colour", op="!=", value="brown")) == ["black", "navy", "none"]
    assert ids(items, Constraint(field="colour", op="not in", value=("brown", "blue"))) == ["black", "none"]
    assert ids(items, Constraint(field="colour", op="in", value=("black", "navy"))) == ["black", "navy"]


def test_an_unknown_price_is_not_inside_a_budget() -> None:
    items = [thing("cheap", price=10.0), thing("dear", price=139.99), thing("unknown")]
    assert ids(items, Constraint(field="price", op="<=", value=100)) == ["cheap"]
    assert ids(items, Constraint(field="price", op=">=", value=10)) == ["cheap", "dear"]
    assert ids(items, Constraint(field="price", op=">=", value=5), Constraint(field="price", op="<=", value=10)) == ["cheap"]


def test_one_of_several_sizes_is_enough() -> None:
    items = [
        thing("eu", attributes={"size": ("43", "44")}),
        thing("us", attributes={"size": 10}),
        thing("xl", attributes={"size": "XL"}),
    ]
    assert ids(items, Constraint(field="size", op="=", value=44)) == ["eu"]
    assert ids(items, Constraint(field="size", op="=", value="L")) == []
    assert ids(items, Constraint(field="size", op="<=", value=20)) == ["us"]


def test_age_is_held_against_both_ends() -> None:
    items = [
        thing("4-8", attributes={"age_from": 4, "age_to": 8}),
        thing("10+", attributes={"age_from": 10}),
        thing("any"),
    ]
    assert ids(items, Constraint(field="age", op="=", value=6)) == ["4-8"]
    assert ids(items, Constraint(field="age", op="=", value=12)) == ["10+"]
    assert catalogue(items).has_field("age")


def test_a_brand_that_spells_a_number_is_a_word() -> None:
    items = [thing("1", brand="Infinity"), thing("2", brand="Nan")]
    assert ids(items, Constraint(field="brand", op="=", value="infinity")) == ["1"]


@pytest.mark.parametrize("op", ["<=", ">=", "=", "in"])
def test_nothing_stated_is_not_inside(op: str) -> None:
    assert ids([thing("1")], Constraint(field="rating", op=op, value=4)) == []  # type: ignore[arg-type]


def test_columns_of_a_large_catalogue() -> None:
    items = [thing(str(n), price=float(n % 300), attributes={"colour": ["black", "jet", "red"][n % 3]}) for n in range(3000)]
    columns = Columns(items)
    limits = [Constraint(field="price", op="<=", value=10), Constraint(field="colour", op="=", value="black")]
    expected = [n % 300 <= 10 and n % 3 < 2 for n in range(3000)]
    assert np.flatnonzero(columns.mask(limits)).tolist() == [n for n, inside in enumerate(expected) if inside]


def test_what_it_also_comes_in_is_a_colour_it_has() -> None:
    brown = thing("brown", attributes={"colour": "brown", "also_in": ("navy", "pink")})
    olive = thing(
        "olive", attributes={"colour": "olive"}, translations={"zh": {"title": "橄榄", "attributes": {"also_in": "藏青色"}}}
    )
    items = [brown, olive, thing("red", attributes={"colour": "red"})]
    assert ids(items, Constraint(field="colour", op="=", value="navy")) == ["brown", "olive"]
    assert ids(items, Constraint(field="colour", op="in", value=("pink", "red"))) == ["brown", "red"]
    assert ids(items, Constraint(field="colour", op="!=", value="pink")) == ["brown", "olive", "red"], "it can be had in brown"
    assert ids(items, Constraint(field="colour", op="not in", value=("brown",))) == ["olive", "red"]


def test_dates_are_held_against_days() -> None:
    days = {"old": "2026-02-28", "new": "2026-03-02T07:30:00Z", "none": "soon", "impossible": "2026-02-31"}
    items = [thing(name, attributes={"published": said}) for name, said in days.items()]
    assert ids(items, Constraint(field="published", op=">=", value="2026-03-01")) == ["new"]
    assert ids(items, Constraint(field="published", op="<=", value="2026-03-01")) == ["old"]
