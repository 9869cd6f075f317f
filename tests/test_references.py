"""Which items on screen a message points at: each row is a message and the places (from 1) that it means.

On screen: three mugs of different colours, prices and makers; or two films.
"""

from __future__ import annotations

import pytest

from bot.rules.references import on_screen
from vectorstore.item import Item, Translation


def thing(id: str, title: str, chinese: str, price: float, brand: str, **attributes: str | int) -> Item:
    """An item with a Chinese title."""
    return Item(
        id=id,
        title=title,
        price=price,
        currency="USD",
        brand=brand,
        attributes=dict(attributes),
        translations={"zh": Translation(title=chinese)},
    )


MUGS = [
    thing("1", "Tallow enamel mug", "塔罗搪瓷杯", 14.0, "Fenwick", colour="blue", weight_g=180),
    thing("2", "Osprey travel cup", "鱼鹰旅行杯", 32.0, "Lumora", colour="white", weight_g=320),
    thing("3", "Bramble stoneware bowl", "荆棘陶碗", 21.0, "Harrow", colour="black", weight_g=410),
]
FILMS = [
    thing("1", "The Long Harbour", "长港", 9.0, "", director="Ines Calder", duration_minutes=95, year=1994),
    thing("2", "Paper Lanterns", "纸灯笼", 12.0, "", director="Tomas Rehn", duration_minutes=142, year=2019),
]

THREE = [
    ("the first one please", "1"),
    ("I like the second", "2"),
    ("what about the 3rd one?", "3"),
    ("number 2 looks good", "2"),
    ("#3", "3"),
    ("option 1 then", "1"),
    ("compare 1 and 3", "13"),
    ("2 vs 3?", "23"),
    ("the first and the third", "13"),
    ("the first two are nice", "12"),
    ("the last one", "3"),
    ("I'll take the middle one", "2"),
    ("2 please", "2"),
    ("is the blue one dishwasher safe?", "1"),
    ("the white one is too big", "2"),
    ("I'd go with the black one", "3"),
    ("the cheapest one", "1"),
    ("why is the most expensive one so dear", "2"),
    ("the lightest one", "1"),
    ("tell me more about the Osprey", "2"),
    ("does the bramble bowl stack?", "3"),
    ("is the Lumora leakproof?", "2"),
    ("osprey trvel cup please", "2"),
    ("number two. my sister sends her regards", "2"),
    ("the one on the right", "3"),
    ("左边那个能进洗碗机吗", "1"),
    ("前头两款说说", "12"),
    ("pricier one", "2"),
    ("32??? do I look like a banker", "2"),
    ("nothing over 32 please", ""),
    ("black!!", "3"),
    ("Black one. Thank you, you saved my day", "3"),
    ("too expensive", "123"),
    ("what you've shown me is all ugly", "123"),
    ("the Osprey or the bramble, which is sturdier", "23"),
    ("bramlbe please", "3"),
    ("none of these", "123"),
    ("I don't like any of them", "123"),
    ("which one is lighter?", "123"),
    ("are they microwave safe?", "123"),
    ("more like the first one", "1"),
    ("cheaper than the second", "2"),
    ("第一个", "1"),
    ("第二款有别的颜色吗", "2"),
    ("要第3个", "3"),
    ("2号怎么样", "2"),
    ("第一个和第三个哪个好", "13"),
    ("前两个都不错", "12"),
    ("最后一个多少钱", "3"),
    ("中间那个", "2"),
    ("就要蓝色那个", "1"),
    ("白的那款太大了", "2"),
    ("黑色的那个就行", "3"),
    ("最便宜的那个", "1"),
    ("最贵的那个为什么这么贵", "2"),
    ("最轻的那个", "1"),
    ("鱼鹰旅行杯能装多少", "2"),
    ("都不喜欢", "123"),
    ("这几个有什么区别", "123"),
    ("哪个更轻", "123"),
    ("比第二个便宜的", "2"),
    ("跟第一个差不多的还有吗", "1"),
    ("我想要一个红色的水壶", ""),
    ("show me something in green", ""),
    ("this is my first time here", ""),
    ("I need it for my second birthday party", ""),
    ("something cheaper", ""),
    ("第一次买，不太懂", ""),
    ("便宜点的有吗", ""),
    ("thanks", ""),
]

TWO = [
    ("the other one, not the Harbour one", "12"),
    ("both please", "12"),
    ("neither", "12"),
    ("the shorter one", "1"),
    ("the longest one", "2"),
    ("the newer one", "2"),
    ("is the older one in colour?", "1"),
    ("the Calder one", "1"),
    ("I've seen Paper Lanterns", "2"),
    ("paper lantern please", "2"),
    ("短的那部", "1"),
    ("新的那部讲什么", "2"),
    ("这两部哪部好看", "12"),
    ("纸灯笼我看过了", "2"),
    ("两个都要", "12"),
    ("老的那部", "1"),
]

LONE = [
    ("I'll take it", "1"),
    ("does it come in red?", "1"),
    ("this one please", "1"),
    ("就它了", "1"),
    ("这个多重", "1"),
    ("那款有货吗", "1"),
    ("show me hats", ""),
]


def places(message: str, items: list[Item], before: tuple[str, ...] = ()) -> str:
    """The places that a message means, as digits."""
    return "".join(on_screen(message, items, before))


AGAIN = [
    ("lovely, I'll go for that", "2"),
    ("is it waterproof?", "2"),
    ("行就它吧", "2"),
    ("too dear", "2"),
    ("make it brown", ""),
]


@pytest.mark.parametrize(("message", "expected"), AGAIN)
def test_what_the_message_before_pointed_at_is_meant_again(message: str, expected: str) -> None:
    assert places(message, MUGS, ("2",)) == expected


@pytest.mark.parametrize(("message", "expected"), THREE)
def test_one_of_three(message: str, expected: str) -> None:
    assert places(message, MUGS) == expected


@pytest.mark.parametrize(("message", "expected"), TWO)
def test_one_of_two(message: str, expected: str) -> None:
    assert places(message, FILMS) == expected


@pytest.mark.parametrize(("message", "expected"), LONE)
def test_the_only_one(message: str, expected: str) -> None:
    assert places(message, MUGS[:1]) == expected


@pytest.mark.parametrize("message", ["the second one", "the blue one", "both", "第二个", "最便宜的那个", ""])
def test_an_empty_screen_has_nothing_to_point_at(message: str) -> None:
    assert places(message, []) == ""


@pytest.mark.parametrize("message", ["which of the two is cheaper?", "those two, which is lighter?", "那两个哪个轻"])
def test_those_two_are_the_two_spoken_of_before(message: str) -> None:
    assert places(message, MUGS, ("1", "3")) == "13"


def test_of_the_two_means_the_first_two() -> None:
    assert places("the cheaper of the two", MUGS[::-1]) == "3"


def test_a_colour_wished_in_place_of_another_points_at_nothing() -> None:
    assert places("不要黑色了，蓝色的吧", MUGS) == ""
    assert places("蓝色的吧", MUGS) == "1"


def test_everything_points_at_all_only_where_it_speaks_of_the_screen() -> None:
    assert places("everything is too plain", MUGS) == "123"
    assert places("I read everything about pottery", MUGS) == ""


def test_a_place_beyond_the_screen_means_nothing() -> None:
    assert places("the fifth one", MUGS) == ""


def test_a_shared_brand_names_no_item() -> None:
    twins = [MUGS[0], MUGS[1].model_copy(update={"brand": "Fenwick"})]
    assert places("do you have anything by Fenwick in red", twins) == ""
