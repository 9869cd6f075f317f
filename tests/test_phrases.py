"""What is said without a model: every phrase in both languages, and prices, facts and limits as people write them."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from small_shop import BY_ID

import bot
from bot.phrases import fact_words, limit_words, money, phrase, stock_words, table, wishes
from bot.state import Fact, InterestPoint, Language, Profile
from vectorstore.catalogue import Catalogue
from vectorstore.constraints import Constraint
from vectorstore.info import CatalogueInfo
from vectorstore.words import is_chinese


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", table())
def test_every_phrase_stands_in_both_languages_with_the_same_slots(name: str) -> None:
    said = table()[name]
    assert set(said) == {"en", "zh"}
    assert slots(said["en"]) == slots(said["zh"])
    assert not is_chinese(said["en"])
    assert is_chinese(said["zh"]) or not re.search(r"\w", re.sub(r"{\w+}", "", said["zh"]))


def test_every_phrase_is_used() -> None:
    code = "".join(path.read_text("utf-8") for path in Path(bot.__file__).parent.rglob("*.py"))
    topics = ("chat_", "out_", "extreme_", "measured_", "deed_", "known_")  # from the topic, what is measured or done
    assert [n for n in table() if not n.startswith(topics) and f'"{n}"' not in code] == []


def test_a_missing_an_unused_and_an_unknown_name_are_errors() -> None:
    with pytest.raises(KeyError):
        phrase("lead_fit", "en", wishes="x")
    with pytest.raises(ValueError, match="'start_over' has no slot for colour"):
        phrase("start_over", "en", colour="red")
    with pytest.raises(KeyError):
        phrase("no_such_phrase", "en")


@pytest.mark.parametrize(
    ("amount", "currency", "language", "said"),
    [
        (179.0, "USD", "en", "$179"),
        (39.5, "USD", "en", "$39.50"),
        (1299.0, "USD", "en", "$1,299"),
        (239.5, "CNY", "zh", "¥239.50"),
        (179.0, "USD", "zh", "US$179"),
        (20.0, "EUR", "en", "€20"),
        (20.0, None, "en", "20"),
    ],
)
def test_money(amount: float, currency: str | None, language: Language, said: str) -> None:
    assert money(amount, currency, language) == said


@pytest.mark.parametrize(
    ("name", "value", "english", "chinese"),
    [
        ("closure", "horn buttons", "closure: horn buttons", "闭合：horn buttons"),
        ("waterproof", True, "waterproof: yes", "防水：是"),
        ("waterproof", False, "waterproof: no", "防水：否"),
        ("price", 59.0, "price: $59", "价格：US$59"),
        ("size", (40, 41), "size: 40, 41", "尺码：40，41"),
        ("capacity_l", 2.0, "capacity l: 2", "capacity l：2"),
    ],
)
def test_facts(shop: Catalogue, name: str, value: object, english: str, chinese: str) -> None:
    fact = Fact.model_validate({"name": name, "value": value})
    assert fact_words(fact, shop.info, "en") == english
    assert fact_words(fact, shop.info, "zh") == chinese


@pytest.mark.parametrize(
    ("field", "op", "value", "english", "chinese"),
    [
        ("price", "<=", 200, "under $200", "价格不超过 US$200"),
        ("price", ">=", 50, "from $50", "价格至少 US$50"),
        ("colour", "!=", "pink", "colour other than pink", "颜色不要pink"),
        ("colour", "not in", ("pink", "red"), "colour other than pink, red", "颜色不要pink，red"),
        ("size", "=", 44, "size 44", "尺码44"),
        ("rating", ">=", 4.5, "rating from 4.5", "评分至少 4.5"),
        ("in_stock", "=", 1, "in stock", "有货"),
    ],
)
def test_limits(shop: Catalogue, field: str, op: str, value: object, english: str, chinese: str) -> None:
    limit = Constraint.model_validate({"field": field, "op": op, "value": value})
    assert limit_words(limit, shop.info, "en") == english
    assert limit_words(limit, shop.info, "zh") == chinese


def test_the_profile_in_one_line(shop: Catalogue) -> None:
    profile = Profile(
        points=(
            InterestPoint(text="brown", weight=0.5),
            InterestPoint(text="leather jacket", weight=0.9),
            InterestPoint(text="zips", weight=-0.8),
        ),
        constraints=(Constraint(field="price", op="<=", value=200),),
    )
    assert wishes(profile, shop.info, "en") == "Leather jacket, brown, no zips, under $200"
    assert wishes(profile, shop.info, "zh") == "Leather jacket，brown，不要zips，价格不超过 US$200"
    assert wishes(Profile(), shop.info, "zh") == "随便看看"


def test_a_limit_that_says_what_a_dislike_says_is_not_said_twice(shop: Catalogue) -> None:
    profile = Profile(
        points=(InterestPoint(text="pink", weight=-0.8),),
        constraints=(Constraint(field="colour", op="!=", value="Pink"),),
    )
    assert wishes(profile, shop.info, "en") == "No pink"


def test_stock() -> None:
    assert [stock_words(BY_ID[i], "en") for i in ("moto", "denim", "lamp")] == [
        "It is in stock.",
        "It is out of stock at the moment.",
        "It can be ordered ahead.",
    ]
    assert stock_words(BY_ID["moto"].model_copy(update={"availability": "unknown"}), "zh") == ""


@pytest.mark.parametrize(
    ("field", "op", "value", "english", "chinese"),
    [
        ("on_offer", "=", 1, "on offer", "有优惠"),
        ("delivery_days", "<=", 3, "here in 3 days or less", "3 天内送达"),
        ("price_with_code", "<=", 50, "under $50 with the code", "用码后不超过 US$50"),
        ("published", ">=", "2026-11-17", "from 17 Nov 2026 on", "2026年11月17日以来"),
        ("volume_ml", "<=", 50, "volume up to 50 ml", "容量不超过 50 毫升"),
    ],
)
def test_limits_with_words_of_their_own(field: str, op: str, value: object, english: str, chinese: str) -> None:
    units = {"volume_ml": {"en": "ml", "zh": "毫升"}, "delivery_days": {"en": "day|days", "zh": "天"}}
    labels = {"volume_ml": {"en": "volume (ml)", "zh": "容量（毫升）"}}
    info = CatalogueInfo(name="x", title={}, currency="USD", units=units, labels=labels)
    limit = Constraint.model_validate({"field": field, "op": op, "value": value})
    assert (limit_words(limit, info, "en"), limit_words(limit, info, "zh")) == (english, chinese)


def test_the_two_ends_of_a_span_are_said_as_one() -> None:
    info = CatalogueInfo(name="x", title={}, currency="USD")
    ends = [Constraint(field="year", op=">=", value=1990), Constraint(field="year", op="<=", value=1999)]
    assert wishes(Profile(constraints=tuple(ends)), info, "en") == "Year 1990–1999"
    same = [c.model_copy(update={"value": 1990}) for c in ends]
    assert wishes(Profile(constraints=tuple(same)), info, "en") == "Year 1990"


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        ("2026-11-16", "2026-11-22", "16–22 Nov 2026", "2026年11月16日至22日"),
        ("2026-10-16", "2026-11-22", "16 Oct – 22 Nov 2026", "2026年10月16日至11月22日"),
        ("2026-11-22", "2026-11-22", "Of 22 Nov 2026", "2026年11月22日"),
    ],
)
def test_days_are_said_as_a_person_says_them(first: str, last: str, english: str, chinese: str) -> None:
    info = CatalogueInfo(name="x", title={})
    ends = Profile(constraints=(Constraint(field="date", op=">=", value=first), Constraint(field="date", op="<=", value=last)))
    assert (wishes(ends, info, "en"), wishes(ends, info, "zh")) == (english, chinese)


def test_a_fact_has_no_raw_label() -> None:
    info = CatalogueInfo(name="x", title={}, terms={"Mystery": {"zh": "悬疑片"}}, labels={"category": {"zh": "类别"}})
    assert fact_words(Fact(name="title", value="A"), info, "zh") == "名称里写着"
    assert fact_words(Fact(name="description", value="一座桥"), info, "zh") == "一座桥"
    assert fact_words(Fact(name="category", value="Mystery"), info, "zh") == "类别：悬疑片"


def test_a_limit_whose_words_are_a_wish_already_is_not_said_twice() -> None:
    info = CatalogueInfo(name="x", title={}, currency="USD")
    point = InterestPoint(text="by friday", weight=0.8, quote="by friday", turn=1)
    limit = Constraint(field="delivery_days", op="<=", value=3, quote="by friday")
    assert wishes(Profile(points=(point,), constraints=(limit,)), info, "en") == "By friday"


def test_what_is_too_much_is_not_wanted_so(shop: Catalogue) -> None:
    profile = Profile(points=(InterestPoint(text="too long", weight=-0.8, quote="nothing too long"),))
    assert wishes(profile, shop.info, "en") == "Not too long"
