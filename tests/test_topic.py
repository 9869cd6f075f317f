"""Which words name a kind of thing, and which things are of it."""

from __future__ import annotations

import pytest
from small_shop import BY_ID, JACKET_IDS, SHOP

from bot.state import Change, InterestPoint, Reading
from bot.topic import Kinds, told_apart
from vectorstore.item import Item, Translation

KINDS = Kinds(SHOP)


def of(text: str) -> set[str]:
    """The ids of the items of the kind that `text` names; empty when it names none."""
    named = KINDS.named(text)
    return {item.id for item in SHOP if KINDS.holds(item, named)} if named else set()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("jacket", JACKET_IDS),
        ("jackets", JACKET_IDS),
        ("warm jacket for my dad", JACKET_IDS),
        ("black leather jacket", JACKET_IDS),
        ("夹克", JACKET_IDS),
        ("黑色皮夹克", {"harlow", "moto", "racer"}),
        ("boots", {"trail", "city"}),
        ("徒步靴", {"trail"}),
        ("kettle", {"glass", "steel"}),
        ("不锈钢电热水壶", {"glass", "steel"}),
        ("headphones", {"hush", "vela"}),
        ("earbuds", {"mini"}),
        ("lamp", {"lamp"}),
        ("台灯", {"lamp"}),
    ],
)
def test_a_wish_names_the_kind_it_ends_with(text: str, ids: set[str]) -> None:
    assert of(text) == ids


@pytest.mark.parametrize("text", ["brown", "waterproof", "leather", "jacket pockets", "gift", "防水", "拉链", "xyzzy", ""])
def test_a_quality_names_no_kind(text: str) -> None:
    assert of(text) == set()


def test_every_item_is_of_the_kind_its_own_title_names() -> None:
    for item in SHOP:
        for title in (item.title, item.title_in("zh")):
            assert item.id in of(title), title


def test_a_title_is_of_what_stands_before_its_trimmings() -> None:
    kinds = Kinds([Item(id="a", title="Rain jacket with hood, for kettle owners"), Item(id="b", title="Kettle 1.7 l")])
    assert kinds.holds(Item(id="a", title="-"), kinds.named("jacket"))
    assert not kinds.holds(Item(id="a", title="-"), kinds.named("kettle"))
    assert kinds.holds(Item(id="b", title="-"), kinds.named("a kettle"))


def point(text: str, turn: int, weight: float = 0.8) -> InterestPoint:
    return InterestPoint(text=text, turn=turn, weight=weight)


def test_the_latest_wish_that_names_a_kind_decides() -> None:
    wanted = KINDS.wanted([point("jacket", 1), point("boots", 2), point("waterproof", 3)])
    assert {i.id for i in SHOP if KINDS.holds(i, wanted)} == {"trail", "city"}


def test_two_kinds_of_one_message_are_both_wanted() -> None:
    wanted = KINDS.wanted([point("kettle", 1), point("lamp", 1)])
    assert {i.id for i in SHOP if KINDS.holds(i, wanted)} == {"glass", "steel", "lamp"}


def test_what_is_disliked_is_not_the_kind_that_is_wanted() -> None:
    assert KINDS.wanted([point("jacket", 1), point("boots", 2, -0.8)]) == KINDS.named("jacket")


def test_without_a_kind_everything_is_of_it() -> None:
    assert KINDS.wanted([point("brown", 1)]) == frozenset()
    assert all(KINDS.holds(item, frozenset()) for item in BY_ID.values())


def film(id: str, title: str, chinese: str, genre: str, *genres: str) -> Item:
    return Item(
        id=id,
        title=title,
        category=("Films", genre),
        attributes={"genres": (genre.lower(), *genres)},
        translations={"zh": Translation(title=chinese)},
    )


TERMS = {"Films": {"zh": "电影"}, "Romance": {"zh": "爱情片"}, "Crime": {"zh": "犯罪片"}}
FILMS = Kinds(
    [
        film("a", "Shadow", "影", "Crime"),
        film("b", "The Jacket", "寄生虫", "Crime", "romance"),
        film("c", "Salt", "盐滩", "Romance"),
    ],
    TERMS,
)


@pytest.mark.parametrize(
    "text", ["安静一点的日本电影", "影", "寄生虫", "盐滩", "jacket", "salt", "films", "电影", "quiet Japanese films"]
)
def test_the_name_of_a_film_is_no_kind_of_film(text: str) -> None:
    assert FILMS.named(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("crime films", "ab"),
        ("犯罪片", "ab"),
        ("romance", "bc"),
        ("爱情片", "bc"),
        ("爱情电影", "bc"),
        ("a sad romance film", "bc"),
    ],
)
def test_a_genre_is_a_kind_by_its_name_in_each_language_and_a_film_may_be_of_two(text: str, ids: str) -> None:
    named = FILMS.named(text)
    made = "abc"
    assert named and "".join(id for id in made if FILMS.holds(Item(id=id, title="-"), named)) == ids


def test_a_genre_gives_way_to_the_next_wish() -> None:
    assert FILMS.wanted([point("crime films", 1)]) == FILMS.named("crime")
    assert FILMS.wanted([point("crime films", 1), point("American", 2, -0.8)]) == FILMS.named("crime")
    assert FILMS.wanted([point("crime films", 1), point("Kubrick", 2)]) == frozenset()


def test_a_chinese_title_is_a_kind_only_where_several_end_in_it_or_a_category_says_so() -> None:
    many = [Item(id=f"x{n}", title=f"Thing {n}", category=("Shop", "Tools" if n % 2 else "Pots")) for n in range(300)]
    zh = [("刻刀", "Tools"), ("钢锅", "Pots"), ("铜锅", "Pots"), ("剪影", "Tools")]
    named = [Item(id=c, title="Thing", category=(k,), translations={"zh": Translation(title=f"长柄{c}")}) for c, k in zh]
    kinds = Kinds([*many, *named], {"Tools": {"zh": "工具"}})
    assert not kinds.named("剪影") and kinds.named("工具")
    assert {i.id for i in named if kinds.holds(i, kinds.named("好用的工具"))} == {"刻刀", "剪影"}


def test_what_everything_here_is_is_no_wish() -> None:
    reading = Reading(
        act="request",
        language="en",
        changes=(
            Change(kind="add", text="films"),
            Change(kind="add", text="quiet films"),
            Change(kind="add", text="电影", weight=-0.5),
        ),
    )
    assert [c.text for c in told_apart(reading, FILMS).changes] == ["quiet films", "电影"]
    assert told_apart(reading, KINDS) == reading, "a shop sells more than one thing"
