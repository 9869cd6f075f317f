"""Inside the limits, of the kind that is wanted, and honest about why there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import BOOTS, BY_ID, JACKET_IDS, JACKETS, SHOP

from bot import retrieve
from bot.retrieve import Found, find, instead, rested
from bot.settings import Settings
from bot.state import InterestPoint, Profile, Reading, Session, Turn
from vectorstore.catalogue import Catalogue
from vectorstore.constraints import Constraint
from vectorstore.embeddings import HashEmbedder
from vectorstore.index import build
from vectorstore.item import Item

PLAIN = Settings.model_construct(items=3, diversity=0.0)
MANY = Settings.model_construct(items=12, diversity=0.0)


def wish(*texts: str, limits: Sequence[Constraint] = ()) -> Profile:
    """Likes, and dislikes with a minus before them."""
    points = [InterestPoint(text=t.lstrip("-"), weight=-0.8 if t[0] == "-" else 0.8, quote=t, turn=1) for t in texts]
    return Profile(points=tuple(points), constraints=tuple(limits))


def limit(field: str, op: str, value: object, currency: str | None = None) -> Constraint:
    return Constraint.model_validate({"field": field, "op": op, "value": value, "currency": currency})


def look(
    shop: Catalogue,
    profile: Profile,
    session: Session | None = None,
    settings: Settings = MANY,
    **reading: object,
) -> Found:
    read = Reading.model_validate({"act": "request", "language": "en", **reading})
    return find(shop, session or Session(), profile, read, settings)


def ids(found: Found) -> list[str]:
    return [r.item.id for r in found.items]


# Limits

LIMITS = st.one_of(
    st.builds(limit, st.just("price"), st.sampled_from(["<=", ">="]), st.integers(30, 300)),
    st.builds(limit, st.just("colour"), st.sampled_from(["=", "!="]), st.sampled_from(["black", "brown", "白色"])),
    st.builds(limit, st.just("brand"), st.sampled_from(["=", "!="]), st.sampled_from(["Moss", "Tarn"])),
    st.builds(limit, st.just("size"), st.just("="), st.sampled_from([42, "M"])),
)


def inside(item: Item, c: Constraint) -> bool:
    """What a limit means, written down once more without the program's help."""
    brown, black, white = ("brown", "umber"), ("black",), ("white",)
    if c.field == "price":
        if item.price is None:
            return False
        return item.price <= float(str(c.value)) if c.op == "<=" else item.price >= float(str(c.value))
    if c.field == "colour":
        words = {"black": black, "brown": brown, "白色": white}[str(c.value)]
        hit = any(word in str(item.attributes["colour"]) for word in words)
    elif c.field == "brand":
        hit = item.brand == c.value
    else:
        return c.value in (item.attributes.get("size") or ())  # type: ignore[operator]
    return hit if c.op == "=" else not hit


@given(st.lists(LIMITS, max_size=3), st.sampled_from([(), ("jacket",), ("boots", "-black"), ("quiet",)]))
def test_what_is_shown_is_exactly_what_a_plain_filter_lets_through(
    shop: Catalogue, limits: list[Constraint], texts: tuple[str, ...]
) -> None:
    kind = {"jacket": JACKETS, "boots": BOOTS}.get(texts[0]) if texts else None
    fitting = {i.id for i in SHOP if all(inside(i, c) for c in limits) and kind in (None, i.category)}
    found = look(shop, wish(*texts, limits=limits), settings=Settings.model_construct(items=14, diversity=0.0))
    assert set(ids(found)) == fitting
    assert not (fitting and (found.no_match or found.exhausted)), "never none when something fits"
    if not fitting and found.no_match:
        assert found.no_match.blocking in limits


def test_a_wish_for_a_kind_shows_only_that_kind(shop: Catalogue) -> None:
    assert set(ids(look(shop, wish("leather jacket")))) == JACKET_IDS
    assert set(ids(look(shop, wish("夹克"), language="zh"))) == JACKET_IDS
    assert set(ids(look(shop, wish("brown", "-zips")))) > {"harlow", "trail"}, "without a kind, everything competes"


def test_a_cheap_kettle_does_not_answer_a_wish_for_a_jacket_under_40(shop: Catalogue) -> None:
    found = look(shop, wish("jacket", limits=[limit("price", "<=", 40)]))
    assert ids(found) == []
    assert found.no_match is not None
    assert (found.no_match.nearest, found.no_match.nearest_item) == (75.0, "Denim jacket")
    chinese = look(shop, wish("夹克", limits=[limit("price", "<=", 40)]), Session(language="zh"), language="zh")
    assert chinese.no_match is not None and chinese.no_match.nearest_item == "牛仔夹克"


def test_a_kind_that_lies_deep_in_the_ranking_is_still_found(shop: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieve, "_POOL", 2)
    found = look(shop, wish("black", "quiet", "waterproof", "40 hours", "lamp"))
    assert ids(found) == ["lamp"]
    assert set(ids(look(shop, wish("jacket", "quiet", "40 hours")))) == JACKET_IDS


# What is gone


def test_what_was_turned_down_or_seen_does_not_come_back(shop: Catalogue) -> None:
    session = Session(rejected=("harlow", "moto"), seen=("rain",))
    assert set(ids(look(shop, wish("jacket"), session))) == JACKET_IDS - {"harlow", "moto", "rain"}


def test_when_all_that_fits_was_turned_down_it_says_so_and_blames_no_limit(shop: Catalogue) -> None:
    found = look(shop, wish("boots", limits=[limit("price", "<=", 500)]), Session(rejected=("trail", "city")))
    assert (found.items, found.no_match, found.exhausted) == ((), None, True)


def test_more_like_one_shows_its_neighbours_and_not_itself(shop: Catalogue) -> None:
    found = look(shop, wish(), settings=PLAIN, act="more_like", refers_to=("moto",))
    assert "moto" not in ids(found)
    assert set(ids(found)) <= JACKET_IDS
    assert all(any(c.term == "similar" and c.amount > 0 for c in r.contributions) for r in found.items)


# Cheaper


def test_cheaper_means_under_the_cheapest_on_screen(shop: Catalogue) -> None:
    found = look(shop, wish("jacket"), Session(on_screen=("racer", "field", "moto")), critique="cheaper")
    assert (found.bound, found.bound_met) == (149.0, True)
    assert set(ids(found)) == {"rain", "denim"}


def test_cheaper_than_one_means_under_that_one(shop: Catalogue) -> None:
    under = limit("price", "<=", 179.0)
    session = Session(on_screen=("harlow", "denim"))
    found = look(
        shop, wish("jacket", limits=[under]), session, critique="cheaper", refers_to=("harlow",), constraints=(under,)
    )
    assert found.bound == 179.0
    assert set(ids(found)) == {"field", "rain", "denim"}, "the one pointed at is not cheaper than itself"


def test_when_nothing_is_cheaper_the_cheapest_are_shown_and_it_is_said(shop: Catalogue) -> None:
    found = look(shop, wish("jacket"), Session(on_screen=("denim",)), settings=PLAIN, critique="cheaper")
    assert (found.bound, found.bound_met) == (75.0, False)
    assert set(ids(found)) == {"denim", "rain", "field"}


def test_a_budget_said_beside_cheaper_counts_alone(shop: Catalogue) -> None:
    budget = limit("price", "<=", 160)
    session = Session(on_screen=("rain",))
    found = look(shop, wish("jacket", limits=[budget]), session, critique="cheaper", constraints=(budget,))
    assert found.bound is None
    assert set(ids(found)) == {"field", "rain", "denim"}


# Limits that cannot be checked


def test_a_budget_in_another_currency_is_said_and_not_applied(shop: Catalogue) -> None:
    budget = limit("price", "<=", 100, "EUR")
    found = look(shop, wish("jacket", limits=[budget]))
    assert found.unchecked == ("price:EUR",)
    assert set(ids(found)) == JACKET_IDS
    assert found.applied.constraints == ()
    own = look(shop, wish("jacket", limits=[limit("price", "<=", 100, "USD")]))
    assert (own.unchecked, set(ids(own))) == ((), {"rain", "denim"})


def test_a_field_that_the_catalogue_lacks_is_said_and_not_applied(shop: Catalogue) -> None:
    found = look(shop, wish("jacket", limits=[limit("year", ">=", 2015), limit("price", "<=", 100)]))
    assert found.unchecked == ("year",)
    assert set(ids(found)) == {"rain", "denim"}
    assert [c.field for c in found.applied.constraints] == ["price"]


# What if


def test_what_if_i_did_not_care_is_the_same_sum_less_one_term(shop: Catalogue) -> None:
    profile = wish("jacket", "brown", "-zips")
    session = Session(profile=profile)
    whole = {r.item.id: r for r in look(shop, profile, session).items}
    silent = instead(shop, session, "zips", MANY)
    assert {r.item.id for r in silent} == JACKET_IDS
    for r in silent:
        rest = [c.amount for c in whole[r.item.id].contributions if c.label != "zips"]
        assert r.score == round(sum(rest), 4)
    assert whole["moto"].score < next(r.score for r in silent if r.item.id == "moto"), "its zip counts no more"


def test_what_if_the_kind_itself_does_not_matter_opens_the_shop(shop: Catalogue) -> None:
    shown = instead(shop, Session(profile=wish("jacket", "quiet")), "jacket", MANY)
    assert "steel" in {r.item.id for r in shown}


# The question


@pytest.fixture(scope="module")
def socks(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Sixteen socks in four colours, said in two languages."""
    root = tmp_path_factory.mktemp("socks")
    pairs = [("black", "黑色"), ("white", "白色"), ("red", "红色"), ("blue", "蓝色")]
    items = [
        Item.model_validate(
            {
                "id": f"s{n}",
                "title": "Sock",
                "attributes": {"colour": pairs[n % 4][0]},
                "translations": {"zh": {"title": "袜子", "attributes": {"colour": pairs[n % 4][1]}}},
            }
        )
        for n in range(16)
    ]
    path: Path = root / "socks.jsonl"
    path.write_text("".join(i.model_dump_json() + "\n" for i in items), "utf-8")
    build(path, "socks", root, HashEmbedder())
    return Catalogue.open("socks", root, HashEmbedder())


def test_it_asks_about_the_colour_of_sixteen_socks(socks: Catalogue) -> None:
    found = look(socks, wish("sock"), settings=PLAIN)
    assert found.question == "colour"
    assert set(found.options) == {"black", "white", "red", "blue"}
    chinese = look(socks, wish("袜子"), Session(language="zh"), settings=PLAIN, language="zh")
    assert set(chinese.options) == {"黑色", "白色", "红色", "蓝色"}


def test_it_does_not_ask_what_was_said_nor_twice_running_nor_with_little_to_choose(
    socks: Catalogue, shop: Catalogue
) -> None:
    assert look(socks, wish("sock", limits=[limit("colour", "!=", "red")]), settings=PLAIN).question == ""
    assert look(socks, wish("sock", "warm"), settings=PLAIN).question == "", "enough was said to go on"
    assert look(socks, wish("warm"), settings=PLAIN).question == "", "no kind, nothing to narrow"
    assert look(shop, wish("boots"), settings=PLAIN).question == "", "two pairs are seen at a glance"
    asked = Session.model_validate(
        {
            "turns": [
                {"number": 1, "user": "sock", "reading": {"act": "request", "language": "en"}, "question": "colour"}
            ]
        }
    )
    assert look(socks, wish("sock"), asked, settings=PLAIN).question == ""


def test_every_item_of_the_shop_can_be_found_by_its_own_title(shop: Catalogue) -> None:
    for item in BY_ID.values():
        assert item.id in ids(look(shop, wish(item.title))), item.title


@pytest.mark.parametrize(
    ("text", "quote", "unknown", "near"),
    [
        ("aquarium", "an aquarium", "aquarium", True),
        ("aquarium", "I'm looking for aquarium", "aquarium", True),
        ("aquarium", "something for the aquarium", "", True),  # what it is for, few items say
        ("aquarium", "健身 aquarium", "aquarium", True),
        ("gift for aunt", "a gift for my aunt", "", False),
        ("leather jacket", "a leather jacket", "", False),
    ],
)
def test_what_nothing_here_says_is_told(
    shop: Catalogue, settings: Settings, text: str, quote: str, unknown: str, near: bool
) -> None:
    wished = Profile(points=(InterestPoint(text=text, weight=0.8, quote=quote, turn=1),))
    found = find(shop, Session(catalogue="small"), wished, Reading(act="request", language="en"), settings)
    assert (found.unknown, found.near) == (unknown, near)


def test_cheaper_rests_where_its_bound_works_and_counts_a_part_later() -> None:
    said = (InterestPoint(text="jacket", weight=0.8, turn=1), InterestPoint(text="cheaper", weight=0.8, turn=2))
    one = Turn(number=1, user="a jacket", reading=Reading(act="request", language="en"))
    now = Session(turns=(one,))
    bounded = Reading(act="refine", language="en", critique="cheaper")
    plain = Reading(act="refine", language="en")
    assert [p.weight for p in rested(Profile(points=said), now, bounded).points] == [0.8, 0.0]
    assert [p.weight for p in rested(Profile(points=said), now, plain).points] == [0.8, 0.8]
    later = now.model_copy(update={"turns": (one, one)})
    assert [p.weight for p in rested(Profile(points=said), later, plain).points] == [0.8, 0.2]
    assert rested(Profile(points=said), Session(), plain).points == said, "with nothing seen before it means cheap"
