"""The word list: what people say in either language meets what a catalogue states, and near things stay apart."""

from __future__ import annotations

import pytest

from vectorstore.constraints import Constraint, satisfies
from vectorstore.index import passage
from vectorstore.item import Item, Translation
from vectorstore.words import colour_word, same_word, stem, tokens


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [
        ("United States", "American"), ("美国", "American"), ("United Kingdom", "british"), ("中国香港", "港片"),
        ("Hong Kong", "香港"), ("English", "英文"), ("英语", "英文"), ("French", "法语"), ("Japan", "日本"), ("Africa", "非洲"),
        ("Mandarin", "华语"), ("Cantonese", "粤语"), ("science fiction", "sci-fi"), ("科幻片", "sci-fi"), ("animation", "动画片"),
        ("romance", "爱情片"), ("black and white", "黑白片"), ("chinese rock", "华语摇滚"), ("rock", "摇滚"), ("Films", "movie"),
        ("violent", "bloody"), ("Björk", "bjork"), ("café", "cafe"), ("Knives", "knife"),
    ],
)  # fmt: skip
def test_both_ways_of_saying_it_meet(stated: str, wanted: str) -> None:
    assert same_word(stated, wanted) and same_word(wanted, stated)


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [("French", "english"), ("Japanese", "korean"), ("United Kingdom", "American"), ("华语流行", "摇滚"), ("英国", "英语")]
)
def test_what_is_near_is_not_the_same(stated: str, wanted: str) -> None:
    assert not same_word(stated, wanted)


def test_letters_with_accents_are_one_word_with_and_without() -> None:
    assert tokens("Björk, Sigur Rós, Mø, Beyoncé") == tokens("Bjork, Sigur Ros, Mo, Beyonce") != []


@pytest.mark.parametrize(("many", "one"), [("knives", "knife"), ("shelves", "shelf"), ("mice", "mouse"), ("gloves", "glove")])
def test_plurals(many: str, one: str) -> None:
    assert stem(many) == stem(one) == one


def test_a_language_or_country_is_excluded_in_either_language() -> None:
    said = {"language": "英语", "country": "美国"}
    film = Item(
        id="a", title="A", attributes={"language": "English", "country": ("United States", "Canada")},
        translations={"zh": Translation(title="甲", attributes=dict(said))},
    )  # fmt: skip
    other = Item(id="b", title="B", attributes={"language": "French", "country": "France"})
    for field, words in {"language": ("英文", "英语", "english"), "country": ("American", "美国", "usa", "Canadian")}.items():
        for word in words:
            limit = Constraint(field=field, op="!=", value=word)
            assert not satisfies(film, limit) and satisfies(other, limit), word


def test_what_goes_with_a_thing_and_its_offer_are_not_embedded() -> None:
    plain = Item(id="a", title="Tent", attributes={"material": "nylon"})
    more = {"goes_with": "peg-1", "coupon": "TRAIL10", "offer_ends": "2026-12-31", "material": "nylon"}
    assert passage(plain.model_copy(update={"attributes": more})) == passage(plain)


def test_what_breaks_the_heart_is_sad_and_no_colour() -> None:
    assert same_word("heartbreaking", "sad") and same_word("melancholy", "悲伤") and same_word("催泪", "sad")
    assert not same_word("sad", "heartbreaking"), "not all that is sad"
    assert colour_word("sad") == colour_word("melancholy") == ""
