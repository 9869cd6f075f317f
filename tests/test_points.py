"""Wishes by rule: each row is a message and the points it makes, "-" before what is ruled out."""

from __future__ import annotations

import pytest

from bot.rules.numbers import limits
from bot.rules.points import found_in, wishes

ENGLISH = [
    ("I want a black leather jacket", "black leather jacket"),
    ("do you have waterproof hiking boots?", "waterproof hiking boots"),
    ("a quiet kettle please", "quiet kettle"),
    ("looking for wireless headphones with good battery life", "wireless headphones", "battery life"),
    ("I need something light and compact", "light", "compact"),
    ("a novel with no romance", "novel", "-romance"),
    ("brown, not black", "brown", "-black"),
    ("anything but pink", "-pink"),
    ("a desk lamp without a clip", "desk lamp", "-clip"),
    ("no plastic, nuts or glass", "-plastic", "-nuts", "-glass"),
    ("I hate zips but love buttons", "-zips", "buttons"),
    ("not the blue one", "-blue"),
    ("a red scarf and a wool hat", "red scarf", "wool hat"),
    ("I'm after a rain coat, some boots and an umbrella", "rain coat", "boots", "umbrella"),
    ("a jacket under $200", "jacket"),
    ("metal is fine",),
    ("something funny for a long flight", "funny", "long flight"),
    ("a gift for my mother-in-law", "gift for mother-in-law"),
    ("birthday present for my dad, he likes gardening", "birthday gift for dad", "gardening"),
    ("a film like Paper Lanterns", "film", "Paper Lanterns"),
    ("something easy to clean", "easy to clean"),
    ("I'd like a mug", "mug"),
    ("no, nothing with sugar", "-sugar"),
    ("too heavy", "-heavy"),
    ("not a fan of zips", "-zips"),
    ("it's for a friend who hates technology", "friend", "-technology"),
    ("not interested in sports", "-sports"),
    ("with less sugar", "-sugar"),
    ("fewer buttons please", "-buttons"),
    ("a lamp w/o cord", "lamp", "-cord"),
    ("a dress that's not black", "dress", "-black"),
    ("I'd rather have wool than cotton", "wool", "-cotton"),
    ("I have $60 to spend",),
    ("I don't mind zips",),
    ("thanks!",),
    ("hello",),
    ("ok",),
    ("a black jacket. A BLACK JACKET", "black jacket"),
    ("pink pink pink. anything but pink", "pink pink pink", "-pink"),
]

CHINESE = [
    ("我想要一件黑色皮夹克", "黑色皮夹克"),
    ("有没有防水的登山鞋", "防水的登山鞋"),
    ("推荐一个安静的电热水壶", "安静的电热水壶"),
    ("不要拉链", "-拉链"),
    ("要棕色，不要黑色", "棕色", "-黑色"),
    ("除了粉色都行", "-粉色"),
    ("不要塑料、玻璃", "-塑料", "-玻璃"),
    ("讨厌化纤，喜欢纯棉", "-化纤", "纯棉"),
    ("送女朋友的生日礼物", "女朋友生日礼物"),
    ("给我妈妈买个礼物", "妈妈礼物"),
    ("想买雨衣、雨靴和雨伞", "雨衣", "雨靴", "雨伞"),
    ("耳机，800元以内", "耳机"),
    ("别太重的", "-太重"),
    ("颜色无所谓",),
    ("谢谢",),
    ("你好",),
    ("好的",),
    ("最好轻一点", "轻一点"),
    ("想看悬疑片，不想看恐怖片", "悬疑片", "-恐怖片"),
    ("恐怖片不要", "-恐怖片"),
    ("我对花生过敏，推荐点零食", "-花生", "零食"),
    ("黑的", "黑"),
    ("适合跑步的耳机", "适合跑步的耳机"),
    ("少不了口袋", "口袋"),
    ("想买太阳镜和行李箱", "太阳镜", "行李箱"),
    ("不要恐怖片也不要爱情片", "-恐怖片", "-爱情片"),
    ("有没有时尚的高跟鞋", "时尚的高跟鞋"),
    ("想要有机茶", "有机茶"),
    ("买床被子，还要地毯", "床被子", "地毯"),
    ("拒绝韩版", "-韩版"),
    ("黑色不行", "-黑色"),
    ("红的蓝的都不要", "-红", "-蓝"),
    ("对体育不感兴趣", "-体育"),
    ("我妈过生日送什么好", "妈妈生日礼物"),
    ("想给爸爸买双鞋", "爸爸", "鞋"),
    ("塑料的也行",),
    ("贵一点也没关系",),
    ("非羊毛不可", "羊毛"),
    ("包里不能没有夹层", "包里", "夹层"),
]


def points(message: str) -> list[str]:
    """The points of a message in order, with "-" before what is ruled out."""
    read = limits(message)
    found = wishes(found_in(read.text, read.spans))
    return [("-" if c.weight < 0 else "") + c.text for c in found]


@pytest.mark.parametrize(("message", "expected"), [(m, e) for m, *e in ENGLISH], ids=[row[0] for row in ENGLISH])
def test_english_wishes(message: str, expected: list[str]) -> None:
    assert points(message) == expected


@pytest.mark.parametrize(("message", "expected"), [(m, e) for m, *e in CHINESE], ids=[row[0] for row in CHINESE])
def test_chinese_wishes(message: str, expected: list[str]) -> None:
    assert points(message) == expected


def test_limits_are_no_wishes() -> None:
    assert points("under 150 dollars, size M, rated 4 stars or higher") == []
    assert points("42码，预算六百以内，评分8分以上") == []


def test_a_wish_quotes_the_words_it_came_from() -> None:
    (red, hood) = wishes(found_in("I'd like a red scarf, no hood"))
    assert (red.quote, hood.quote) == ("I'd like a red scarf", "no hood")


def test_of_a_long_story_only_clauses_with_a_wish_are_believed() -> None:
    story = (
        "So last week we went to the lake with the neighbours and their enormous dog jumped into the canoe and everybody "
        "fell into the water which was freezing and my old thing got soaked, so now I need a waterproof jacket"
    )
    found = found_in(story)
    believed = {p.text for p in found if p.believed}
    assert "waterproof jacket" in believed
    assert not believed & {"lake", "neighbours", "canoe", "enormous dog"}


def test_the_place_of_a_phrase_is_that_of_its_clause() -> None:
    phrases = found_in("a red scarf, no hood")
    assert [(p.text, p.place, p.clauses) for p in phrases] == [("red scarf", 0, 2), ("hood", 1, 2)]
