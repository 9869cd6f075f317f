"""Which field a name limits: each row is a point, the words around it, and the field and value."""

from __future__ import annotations

import pytest

from bot.rules.background import names_in
from bot.rules.names import field_of, maker_field, unknown
from vectorstore.item import Item

KNOWN = [
    ("Sony", "no Sony", "brand", "Sony"),
    ("sony", "no sony", "brand", "Sony"),
    ("New Balance", "only New Balance", "brand", "New Balance"),
    ("Villeneuve", "strictly Villeneuve", "director", "Denis Villeneuve"),
    ("Agatha Christie", "not Agatha Christie", "author", "Agatha Christie"),
    ("Coldplay", "no Coldplay", "artist", "Coldplay"),
    ("Japanese", "only Japanese", "language", "Japanese"),
    ("black", "no black", "colour", "black"),
    ("navy", "only navy", "colour", "navy"),
    ("the red", "not the red", "colour", "red"),
    ("小米", "不要小米", "brand", "小米"),
    ("小米的", "不要小米的", "brand", "小米"),
    ("小米牌", "不要小米牌", "brand", "小米"),
    ("小米手机", "不要小米手机", "brand", "小米"),
    ("宫崎骏", "只看宫崎骏", "director", "宫崎骏"),
    ("东野圭吾", "不要东野圭吾", "author", "东野圭吾"),
    ("周杰伦", "只听周杰伦", "artist", "周杰伦"),
    ("粤语", "只要粤语", "language", "粤语"),
    ("黑色", "不要黑色", "colour", "黑色"),
    ("黑", "不要黑的", "colour", "黑色"),
    ("Zorvik", "not another Zorvik", "brand", "Zorvik"),
    ("Zorvik", "it has to be Zorvik", "brand", "Zorvik"),
]

NO_NAME = [
    ("jacket", "no jacket"),
    ("zips", "no zips"),
    ("black leather jacket", "no black leather jacket"),
    ("Zorvik", "Zorvik"),
    ("black and white", "no black and white"),
    ("apples", "no apples"),
    ("拉链", "不要拉链"),
    ("小米粥和咸菜", "不要小米粥和咸菜"),
]


@pytest.mark.parametrize(("text", "quote", "field", "value"), KNOWN)
def test_a_name_limits_its_field(text: str, quote: str, field: str, value: str) -> None:
    assert field_of(text, quote) == (field, value)


@pytest.mark.parametrize(("text", "quote"), NO_NAME)
def test_what_is_no_name_limits_nothing(text: str, quote: str) -> None:
    assert field_of(text, quote) is None


def test_the_catalogues_names_count_and_keep_the_persons_spelling() -> None:
    own = names_in(
        [
            Item(id="1", title="Kettle", brand="Tarn"),
            Item(id="2", title="Harbour", attributes={"director": ("Ines Calder", "Bo Lind")}),
        ]
    )
    assert field_of("tarn", "no tarn", own) == ("brand", "tarn")
    assert field_of("Bo Lind", "only Bo Lind", own) == ("director", "Bo Lind")
    assert field_of("Tarn", "Tarn") is None, "unknown without the catalogue"


@pytest.mark.parametrize(
    ("text", "quote", "is_one"),
    [
        ("Vexel", "no Vexel they rust", True),
        ("Babbo", "any make except Babbo", True),
        ("Vexel", "Vexel", False),
        ("Leather", "no Leather", False),
        ("vexel", "no vexel", False),
    ],
)
def test_a_capitalised_word_that_no_dictionary_has_is_a_name(text: str, quote: str, is_one: bool) -> None:
    assert unknown(text, quote) is is_one


@pytest.mark.parametrize(
    ("text", "screen", "field"),
    [
        ("guitar strings, no Vexel", {}, "brand"),
        ("a song for a choir, not Rutterby", {}, "artist"),
        ("a novel, not Harkwell", {}, "author"),
        ("a film, not Oldbury", {}, ""),
        ("not Oldbury", {"ines calder": ("author", "Ines Calder")}, "author"),
        ("not Oldbury", {"ines calder": ("director", "Ines Calder")}, ""),
    ],
)
def test_what_an_unknown_name_is(text: str, screen: dict[str, tuple[str, str]], field: str) -> None:
    assert maker_field(text, screen) == field
