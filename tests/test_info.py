"""What a catalogue says of itself in `catalogue.yaml`: every key is used or named as wrong, with the nearest right one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vectorstore.errors import CatalogueError
from vectorstore.info import CatalogueInfo, as_date, describe, read_description
from vectorstore.item import Item

ITEMS = [
    Item(id="1", title="Cream", price=12.0, attributes={"volume_ml": 50, "colour": "white", "published": "2026-03-01"}),
    Item(id="2", title="Balm", price=8.0, attributes={"volume_ml": 10, "colour": "red", "published": "2026-02-20T08:00:00Z"}),
]


def said(folder: Path, text: str) -> CatalogueInfo:
    (folder / "catalogue.yaml").write_text(text, "utf-8")
    return describe("mine", ITEMS, read_description(folder))


def test_a_folder_says_everything_about_itself(tmp_path: Path) -> None:
    info = said(
        tmp_path,
        """
title: {en: My shop, zh: 我的店}
units: {volume_ml: {en: ml, zh: 毫升}}
tone: {en: Warm and plain., zh: 亲切平实。}
card: [volume_ml, colour]
constrained: [price, colour]
recency: {field: published, half_life_days: 7}
""",
    )
    assert info.tone == {"en": "Warm and plain.", "zh": "亲切平实。"}
    assert info.card == ("volume_ml", "colour")
    assert info.recency is not None and info.recency.half_life_days == 7
    assert info.newest == date(2026, 3, 1)
    assert [info.may_limit(f) for f in ("price", "colour", "volume_ml")] == [True, True, False]


def test_without_the_keys_everything_stated_may_be_a_limit(tmp_path: Path) -> None:
    info = said(tmp_path, "title: {en: My shop}\n")
    assert info.may_limit("volume_ml")
    assert (info.card, info.recency, info.newest, info.units, info.tone) == ((), None, None, {}, {})


def test_an_index_of_before_these_keys_still_opens() -> None:
    old = CatalogueInfo(name="old", title={"en": "Old"}).model_dump(
        exclude={"units", "tone", "card", "constrained", "recency", "newest"}
    )
    assert CatalogueInfo.model_validate(old).may_limit("price")


@pytest.mark.parametrize(
    ("unit", "amount", "shown"),
    [("ml", "50", "50 ml"), ("hour|hours", "1", "1 hour"), ("hour|hours", "2", "2 hours"), ("%", "87", "87%")],
)
def test_a_unit_stands_after_the_number(unit: str, amount: str, shown: str) -> None:
    info = CatalogueInfo(name="x", title={}, units={"size": {"en": unit}})
    assert info.measured("size", amount, "en") == shown
    assert info.measured("other", amount, "en") == amount


def test_a_unit_is_not_said_twice() -> None:
    labels = {"battery_hours": {"en": "battery (hours)", "zh": "续航（小时）"}}
    with_unit = CatalogueInfo(name="x", title={}, labels=labels, units={"battery_hours": {"en": "hours", "zh": "小时"}})
    assert (with_unit.label("battery_hours", "en"), with_unit.label("battery_hours", "zh")) == ("battery", "续航")
    assert CatalogueInfo(name="x", title={}, labels=labels).label("battery_hours", "en") == "battery (hours)"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("unit: {volume_ml: {en: ml}}", r"catalogue.yaml: unknown key 'unit'. Did you mean 'units'\?"),
        ("units: {volum_ml: {en: ml}}", r"catalogue.yaml.*units: no item states 'volum_ml'. Did you mean 'volume_ml'\?"),
        ("units: {volume_ml: ml}", r"catalogue.yaml: units → volume_ml.*`units: \{volume_ml: \{en: ml"),
        ("card: [color]", r"card: no item states 'color'. Did you mean 'colour'\?"),
        ("card: colour", r"catalogue.yaml: card: .*`card: \[colour, material\]`"),
        ("constrained: [prices]", r"constrained: no item states 'prices'. Did you mean 'price'\?"),
        ("recency: {feld: published, half_life_days: 7}", r"recency: unknown key 'feld'. Did you mean 'field'\?"),
        ("recency: {field: published}", r"recency: the key 'half_life_days' is missing"),
        ("recency: {field: published, half_life_days: 0}", r"recency → half_life_days"),
        ("recency: {field: publised, half_life_days: 7}", r"recency: no item states 'publised'. Did you mean 'published'\?"),
        ("recency: {field: colour, half_life_days: 7}", r"recency: no item has a date in 'colour'"),
        ("same_as: {duration_minutes: volum_ml}", r"same_as: no item states 'volum_ml'. Did you mean 'volume_ml'\?"),
        ("same_as: duration_minutes", r"same_as: .*`same_as: \{duration_minutes: reading_minutes\}`"),
        ("newest: 2026-01-01", r"unknown key 'newest'"),
        ("tone: {en: " + "very " * 40 + "}", r"tone → en: one line of at most 120 characters"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_file_key_and_the_nearest_right_one(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(CatalogueError, match=f"(?s){says}"):
        said(tmp_path, text)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        ("2026-03-31T23:59:00Z", date(2026, 3, 31)),
        (("no", "2024-2-1"), date(2024, 2, 1)),
        (1994, date(1994, 1, 1)),
        ("2026-02-31", None),
        ("soon", None),
        (None, None),
        (7, None),
    ],
)
def test_a_date_is_read_as_a_day(value: str | int | tuple[str, ...] | None, day: date | None) -> None:
    assert as_date(value) == day
