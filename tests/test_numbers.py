"""Limits with numbers in them: each row is a message and every limit that it states, English and Chinese."""

from __future__ import annotations

import pytest

from bot.rules.numbers import digits, limits

PRICES = [
    ("a jacket under $200", "price <= 200"),
    ("nothing over 80 euros please", "price <= 80"),
    ("up to £45", "price <= 45"),
    ("two hundred bucks tops", "price <= 200"),
    ("a hundred and fifty dollars max", "price <= 150"),
    ("my budget is a thousand dollars", "price <= 1000"),
    ("budget: 300", "price <= 300"),
    ("I can spend up to 60", "price <= 60"),
    ("I've got 40 quid for this", "price <= 40"),
    ("no more than 1,299", "price <= 1299"),
    ("below $1.5k", "price <= 1500"),
    ("a laptop for 2 grand or less", "price <= 2000"),
    ("keep it under 35.50", "price <= 35.5"),
    ("a quiet kettle under $80.", "price <= 80"),
    ("Up to 140. And quiet.", "price <= 140"),
    ("around $50", "price <= 60"),
    ("a bag for about 120 dollars", "price <= 144"),
    ("50 bucks or so", "price <= 60"),
    ("$80-ish would do", "price <= 96"),
    ("between 100 and 150", "price >= 100", "price <= 150"),
    ("between twenty and forty dollars", "price >= 20", "price <= 40"),
    ("$30-$60", "price >= 30", "price <= 60"),
    ("from 200 to 400 euros", "price >= 200", "price <= 400"),
    ("something over $500, it is a wedding", "price >= 500"),
    ("at least 100 dollars so that it looks generous", "price >= 100"),
    ("less than fifty dollars", "price <= 50"),
    ("I don't want to spend more than 75", "price <= 75"),
    ("make it 250 max", "price <= 250"),
    ("800元以内的耳机", "price <= 800"),
    ("预算五百", "price <= 500"),
    ("预算一万二", "price <= 12000"),
    ("预算1.5万以内的电脑", "price <= 15000"),
    ("一万块以内", "price <= 10000"),
    ("两千块以下", "price <= 2000"),
    ("三百左右", "price <= 360"),
    ("大概500块的键盘", "price <= 600"),
    ("价位在两三百", "price >= 200", "price <= 300"),
    ("三百到五百的背包", "price >= 300", "price <= 500"),
    ("100-200元之间", "price >= 100", "price <= 200"),
    ("不超过1000", "price <= 1000"),
    ("最多花六百块", "price <= 600"),
    ("一百五十块封顶", "price <= 150"),
    ("别超过三千", "price <= 3000"),
    ("that won't cost me more than $90!", "price <= 90"),
    ("大概两百块以内", "price <= 200"),
    ("五百以上的礼盒", "price >= 500"),
    ("至少两百块的", "price >= 200"),
    ("预算大概在四百元", "price <= 480"),
    ("二十万以内的车", "price <= 200000"),
    ("1k以内的手机", "price <= 1000"),
    ("一千五以内", "price <= 1500"),
    ("八十来块钱的杯子", "price <= 96"),
    ("我只有150块", "price <= 150"),
    ("hundred bucks", "price <= 100"),
    ("can you keep it to 40 bucks", "price <= 40"),
    ("预算五六百", "price >= 500", "price <= 600"),
    ("百元左右", "price <= 120"),
    ("千元以内的手机", "price <= 1000"),
    ("1万5以内", "price <= 15000"),
    ("一千出头", "price <= 1200"),
    ("200块吧", "price <= 200"),
    ("价格控制在2000以内", "price <= 2000"),
]

WORDINGS = [
    ("my two kids, 3 and 6, love water", "age in (3, 6)"),
    ("he is 7 and things happen", "age = 7"),
    ("my daughter, she is ten, loves horses", "age = 10"),
    ("she is 10 kg lighter now",),
    ("孩子两岁半", "age = 2.5"),
    ("a wetsuit, women's 12, for cold water", "size = 12"),
    ("bedding for a double", "size = double"),
    ("1.8米床的床单", "size = 1.8"),
    ("a double espresso machine",),
    ("so cap it at 130", "price <= 130"),
    ("let's call it 200", "price <= 200"),
    ("not paying more than a tenner", "price <= 10"),
    ("€25 absolute tops", "price <= 25"),
    ("I'd rather not go past 200", "price <= 200"),
    ("thirty pounds or thereabouts", "price <= 36"),
    ("anywhere from 80 to 120", "price >= 80", "price <= 120"),
    ("凑了八百六", "price <= 860"),
    ("单价压到十二块", "price <= 12"),
    ("评分别低于7", "rating >= 7"),
    ("nothing after 1960", "year <= 1960"),
    ("I've got two hours, no more", "duration_minutes <= 120"),
    ("五分钟能讲完的", "duration_minutes <= 5"),
]

OTHERS = [
    ("a film under two hours", "duration_minutes <= 120"),
    ("nothing longer than 90 minutes", "duration_minutes <= 90"),
    ("under an hour and a half", "duration_minutes <= 90"),
    ("45 min max", "duration_minutes <= 45"),
    ("at least 3 hours long", "duration_minutes >= 180"),
    ("两个小时以内的电影", "duration_minutes <= 120"),
    ("不超过90分钟", "duration_minutes <= 90"),
    ("一个半小时以内", "duration_minutes <= 90"),
    ("films after 2015", "year >= 2015"),
    ("released in 2020 or later", "year >= 2020"),
    ("anything before 1980", "year <= 1980"),
    ("nothing older than 2018", "year >= 2018"),
    ("2010年以后的片子", "year >= 2010"),
    ("before the year 2000", "year <= 2000"),
    ("时长一个半小时左右", "duration_minutes <= 108"),
    ("1990年以前的老片", "year <= 1990"),
    ("rated 4 stars or higher", "rating >= 4"),
    ("at least 4.5 stars", "rating >= 4.5"),
    ("imdb over 8", "rating >= 8"),
    ("豆瓣8分以上", "rating >= 8"),
    ("评分至少7.5", "rating >= 7.5"),
    ("running shoes size 9", "size = 9"),
    ("I take a size M", "size = M"),
    ("a shirt, size large", "size = L"),
    ("UK 7 please", "size = 7"),
    ("38码的运动鞋", "size = 38"),
    ("我穿42码", "size = 42"),
    ("XL码的卫衣", "size = XL"),
    ("三十七码半的鞋", "size = 37.5"),
    ("a puzzle for a 7 year old", "age = 7"),
    ("for my daughter who is turning six", "age = 6"),
    ("a board game for ages 8 and up", "age = 8"),
    ("toys for 3 and 5 year olds", "age in (3, 5)"),
    ("五岁男孩的玩具", "age = 5"),
    ("送给8岁的侄女", "age = 8"),
    ("must be in stock", "in_stock = 1"),
    ("要现货的", "in_stock = 1"),
    ("a jacket under $150 in size M", "price <= 150", "size = M"),
    ("a thriller after 2010, under 2 hours", "year >= 2010", "duration_minutes <= 120"),
    ("六岁孩子的积木，200以内", "age = 6", "price <= 200"),
    ("42码的登山鞋，预算600", "size = 42", "price <= 600"),
]

NONE = [
    "I want a red jacket",
    "the second one",
    "a 27 inch monitor",
    "a tent for 4 people",
    "under 2 kg if possible",
    "a 500 page novel",
    "with at least 16 GB of memory",
    "battery lasts over 20 hours",
    "one of those with two pockets",
    "my dad turns 70 next week",
    "I have two cats and a dog",
    "not too expensive",
    "第二个怎么样",
    "我想要一个红色的包",
    "一点也不贵的",
    "两个孩子一起玩的",
    "送给六十岁的妈妈",
    "不要太贵",
    "几百块的",
    "续航20小时左右",
    "百搭的",
    "十分感谢",
    "一共三件",
    "1.5升的水壶",
    "not in stock anywhere else, so I came here",
]

CURRENCIES = [
    ("under $90", "USD"),
    ("under US$90", "USD"),
    ("under £90", "GBP"),
    ("at most 90 quid", "GBP"),
    ("90 euros tops", "EUR"),
    ("below €90", "EUR"),
    ("90元以内", "CNY"),
    ("90块钱以下", "CNY"),
    ("不超过￥90", "CNY"),
    ("不超过90美元", "USD"),
    ("90英镑以内", "GBP"),
    ("under 90", None),
    ("90以内", None),
]

SPELLED = [
    ("two hundred", "200"),
    ("one hundred and five", "105"),
    ("twenty-five dollars", "25 dollars"),
    ("three thousand two hundred", "3200"),
    ("a grand", "1000"),
    ("this one", "this one"),
    ("三百块", "300块"),
    ("一千二百元", "1200元"),
    ("第三个", "第三个"),
    ("一万五以内", "15000以内"),
]


def stated(message: str) -> list[str]:
    """Every limit of a message as "field operator value"."""
    return [f"{c.field} {c.op} {c.value}" for c in limits(message).constraints]


@pytest.mark.parametrize(("message", "expected"), [(m, e) for m, *e in PRICES], ids=[row[0] for row in PRICES])
def test_a_price_is_read(message: str, expected: list[str]) -> None:
    assert stated(message) == expected


@pytest.mark.parametrize(("message", "expected"), [(m, e) for m, *e in WORDINGS], ids=[row[0] for row in WORDINGS])
def test_a_limit_in_other_wordings(message: str, expected: list[str]) -> None:
    assert stated(message) == expected


@pytest.mark.parametrize(("message", "expected"), [(m, e) for m, *e in OTHERS], ids=[row[0] for row in OTHERS])
def test_other_limits_are_read(message: str, expected: list[str]) -> None:
    assert sorted(stated(message)) == sorted(expected)


@pytest.mark.parametrize("message", NONE)
def test_what_is_no_limit_limits_nothing(message: str) -> None:
    assert stated(message) == []


@pytest.mark.parametrize(("message", "currency"), CURRENCIES)
def test_the_currency_is_the_one_that_was_said(message: str, currency: str | None) -> None:
    (limit,) = limits(message).constraints
    assert (limit.field, limit.value, limit.currency) == ("price", 90, currency)


@pytest.mark.parametrize(("said", "written"), SPELLED)
def test_spelled_numbers_become_digits(said: str, written: str) -> None:
    assert digits(said)[0] == written


def test_a_spelled_number_is_remembered_as_it_was_said() -> None:
    assert digits("under fifty dollars")[1] == {"50": "fifty"}
    assert digits("50 of them, under fifty dollars")[1] == {}, "the number itself stands there too"


def test_the_spans_hold_the_words_of_the_limits() -> None:
    read = limits("a brown jacket under two hundred dollars, no zips")
    (span,) = read.spans
    assert read.text[slice(*span)].strip() == "under 200 dollars"


def test_a_limit_quotes_the_words_it_came_from() -> None:
    assert limits("耳机，800元以内").constraints[0].quote == "800元以内"


def test_endless_digits_are_no_price() -> None:
    assert stated("under $" + "9" * 400) == []
