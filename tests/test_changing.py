"""What a message does to what was said before: strict names, "forget …", "actually brown", "cheaper than that"."""

from __future__ import annotations

import pytest
from small_shop import SHOP

from bot.rules.changing import critique
from bot.state import InterestPoint, Profile, Reading, Session
from bot.understand import by_rules
from vectorstore.constraints import Constraint

HARLOW, MOTO = SHOP[:2]
BEFORE = Profile(
    points=(
        InterestPoint(text="black leather jacket", weight=0.8),
        InterestPoint(text="light", weight=0.8),
        InterestPoint(text="zips", weight=-0.8),
        InterestPoint(text="hood", weight=-0.8),
    ),
    constraints=(
        Constraint(field="price", op="<=", value=200),
        Constraint(field="size", op="=", value="M"),
        Constraint(field="brand", op="!=", value="Moss"),
    ),
)
ZH = Profile(
    points=(
        InterestPoint(text="黑色皮夹克", weight=0.8),
        InterestPoint(text="轻", weight=0.8),
        InterestPoint(text="拉链", weight=-0.8),
    ),
    constraints=(Constraint(field="price", op="<=", value=800), Constraint(field="brand", op="!=", value="小米")),
)

STRICT = [
    ("no Sony", "brand != Sony"),
    ("anything but pink", "colour != pink"),
    ("a jacket, not black", "colour != black"),
    ("only Bose headphones, please, nothing else", "brand = Bose"),
    ("it must be black", "colour = black"),
    ("only navy", "colour = navy"),
    ("only red or blue", "colour in ('red', 'blue')"),
    ("no Corvane", "brand != Corvane"),
    ("strictly Villeneuve", "director = Denis Villeneuve"),
    ("no Coldplay please", "artist != Coldplay"),
    ("never Agatha Christie again", "author != Agatha Christie"),
    ("I like Sony",),
    ("preferably black",),
    ("no zips",),
    ("less black",),
    ("too black",),
    ("不要小米", "brand != 小米"),
    ("除了粉色都行", "colour != 粉色"),
    ("一定要黑色", "colour = 黑色"),
    ("只看宫崎骏", "director = 宫崎骏"),
    ("坚决不要红色", "colour != 红色"),
    ("千万别推荐东野圭吾", "author != 东野圭吾"),
    ("只要粤语的", "language = 粤语"),
    ("喜欢黑色",),
    ("除了美的都行", "brand != 美的"),
    ("宫崎骏那种风格的动画，但不要他本人的", "director != 宫崎骏"),
    ("something like Stephen King but not by him", "author != Stephen King"),
    ("they sulk if I put the Eagles on, so no Eagles", "artist != Eagles"),
    ("最好是黑色",),
    ("不要拉链",),
]

LIFTED = [
    ("forget the budget", "price"),
    ("forget about the price", "price"),
    ("budget doesn't matter", "price"),
    ("money is no object", "price"),
    ("the size doesn't matter any more", "size"),
    ("drop the colour", "colour"),
    ("never mind the brand", "brand"),
    ("预算不限", "price"),
    ("价格无所谓", "price"),
    ("不考虑品牌了", "brand"),
    ("取消预算", "price"),
    ("尺码随意", "size"),
    ("forget the lower limit", "price >="),
    ("ok, without the limit on price", "price"),
    ("no limit on the price any more", "price"),
    ("the bottom end doesn't matter", "price >="),
    ("价格那条不算数了", "price"),
    ("I want a jacket", ""),
    ("forget the budget, make it 300 max", ""),
]

GONE = [
    ("forget the jacket", "black leather jacket"),
    ("forget the zips thing", "zips"),
    ("never mind about light", "light"),
    ("drop the colour", "black"),
    ("forget about black", "black"),
    ("light doesn't matter any more", "light"),
]

GONE_ZH = [
    ("拉链不用考虑了", "拉链"),
    ("忘了夹克吧", "黑色皮夹克"),
    ("不用管颜色了", "黑色"),
]

CRITIQUES = [
    ("something cheaper", "cheaper"),
    ("less expensive please", "cheaper"),
    ("a lighter one", "lighter"),
    ("anything bigger?", "bigger"),
    ("smaller please", "smaller"),
    ("something else", "different"),
    ("便宜点的", "cheaper"),
    ("再轻一点", "lighter"),
    ("有没有大一点的", "bigger"),
    ("换一批", "different"),
    ("a red jacket", ""),
    ("红色的", ""),
]


def read(message: str, profile: Profile = BEFORE, screen: bool = False) -> Reading:
    """The reading of a message by rules, over two jackets or nothing."""
    return by_rules(message, Session(profile=profile), [HARLOW, MOTO] if screen else [])


def limits(message: str, screen: bool = True) -> list[str]:
    """Every limit of a message as "field operator value"."""
    return [f"{c.field} {c.op} {c.value}" for c in read(message, Profile(), screen).constraints]


@pytest.mark.parametrize(("message", "expected"), [(m, e) for m, *e in STRICT], ids=[row[0] for row in STRICT])
def test_a_name_or_a_colour_is_a_limit_only_when_meant_strictly(message: str, expected: list[str]) -> None:
    assert limits(message) == expected


@pytest.mark.parametrize("message", ["no Sony", "anything but pink", "不要小米", "除了粉色都行"])
def test_what_is_ruled_out_strictly_is_disliked_as_well(message: str) -> None:
    assert [c.weight < 0 for c in read(message).changes] == [True]


@pytest.mark.parametrize(("message", "field"), LIFTED)
def test_a_limit_is_lifted(message: str, field: str) -> None:
    assert ", ".join(read(message).lifted) == field


@pytest.mark.parametrize(("message", "text"), GONE)
def test_forgetting_names_the_point_that_goes(message: str, text: str) -> None:
    assert [(c.kind, c.text) for c in read(message).changes] == [("retract", text)]


@pytest.mark.parametrize(("message", "text"), GONE_ZH)
def test_forgetting_in_chinese(message: str, text: str) -> None:
    assert [(c.kind, c.text) for c in read(message, ZH).changes] == [("retract", text)]


@pytest.mark.parametrize("message", ["start over", "forget everything", "重新来", "全部忘掉"])
def test_starting_over(message: str) -> None:
    assert read(message).start_over


@pytest.mark.parametrize(
    ("message", "price"),
    [
        ("cheaper than the second", 199),
        ("anything cheaper than the Harlow?", 179),
        ("比第二件便宜的", 199),
        ("有没有比第一件便宜的", 179),
    ],
)
def test_cheaper_than_an_item_is_a_limit_at_its_price(message: str, price: float) -> None:
    assert limits(message) == [f"price <= {float(price)}"]


def test_of_two_bounds_in_a_message_the_later_counts() -> None:
    assert limits("under 100, no wait, under 150") == ["price <= 150"]


@pytest.mark.parametrize("message", ["actually brown", "make it brown", "brown instead", "on second thought, brown"])
def test_another_colour_takes_the_place_of_the_first(message: str) -> None:
    (change,) = [c for c in read(message).changes if c.text == "brown"]
    assert change.replaces == "black"


@pytest.mark.parametrize("message", ["换成棕色", "还是要棕色吧", "改成棕色的"])
def test_another_colour_in_chinese(message: str) -> None:
    (change,) = [c for c in read(message, ZH).changes if c.text == "棕色"]
    assert change.replaces == "黑色"


@pytest.mark.parametrize("message", ["brown too", "with brown buttons"])
def test_a_colour_beside_the_first_replaces_nothing(message: str) -> None:
    assert not any(c.replaces for c in read(message).changes)


@pytest.mark.parametrize("message", ["zips are fine", "I don't mind zips after all"])
def test_what_was_ruled_out_and_now_is_fine_is_ruled_out_no_more(message: str) -> None:
    assert [(c.kind, c.text) for c in read(message).changes] == [("retract", "zips")]


@pytest.mark.parametrize("message", ["scratch light, a coat", "it doesn't have to be light, a coat would be nicer"])
def test_what_was_wished_is_dropped_beside_a_new_wish(message: str) -> None:
    reading = read(message)
    assert any(c.kind == "retract" for c in reading.changes), reading.changes
    assert any(c.kind == "add" and "coat" in c.text and c.weight > 0 for c in reading.changes), reading.changes
    assert reading.act == "refine"


def test_what_was_ruled_out_is_released_in_chinese() -> None:
    assert [(c.kind, c.text) for c in read("拉链也能接受", ZH).changes] == [("retract", "拉链")]


@pytest.mark.parametrize(("message", "name"), CRITIQUES)
def test_a_relative_wish(message: str, name: str) -> None:
    assert critique(message) == name


def test_points_and_quotes_keep_the_persons_spelling() -> None:
    (change,) = read("a wirless keybaord please", Profile()).changes
    assert (change.text, change.quote) == ("wireless keyboard", "a wirless keybaord please")
    assert [c.quote for c in read("under two hundred dollars", Profile()).constraints] == ["under 200 dollars"]


@pytest.mark.parametrize(
    ("message", "limited"),
    [
        ("not blue", True), ("not blue actually", False), ("actually, not blue", False), ("actually, no blue", True),
        ("其实，不要蓝色", True),
    ],
)
def test_a_change_of_mind_about_a_colour_is_no_hard_limit(message: str, limited: bool) -> None:
    reading = by_rules(message, Session(), [])
    assert bool(reading.constraints) is limited and [c.weight < 0 for c in reading.changes] == [True]
