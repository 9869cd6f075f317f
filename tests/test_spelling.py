"""Misspellings: what is mended, what is left alone, and that the person's own spelling comes back."""

from __future__ import annotations

import pytest

from bot.rules.spelling import MOST, as_written, is_word, mended

CATALOGUE = {"wireless": 9, "mouse": 9, "lambskin": 3, "kettle": 5, "vela": 2, "buttons": 4, "jacket": 9, "corvane": 2}

SLIPS = [
    ("wirless", "wireless"),
    ("wireles", "wireless"),
    ("ketle", "kettle"),
    ("kettel", "kettle"),
    ("jakcet", "jacket"),
    ("jackett", "jacket"),
    ("buttns", "buttons"),
    ("lambskn", "lambskin"),
    ("keybaord", "keyboard"),
    ("umbrela", "umbrella"),
    ("recomend", "recommend"),
    ("chepaer", "cheaper"),
]

RIGHT = [
    "jouse",
    "vela",
    "corvane",
    "mouse",
    "kettles",
    "mice",
    "house",
    "Zorvik",
    "x-ray",
    "ok",
    "usb",
    "don't",
    "2x4",
    "夹克",
    "Wirless",
    "WIRLESS",
]


@pytest.mark.parametrize(("slip", "word"), SLIPS)
def test_a_slip_is_mended(slip: str, word: str) -> None:
    assert mended(f"a {slip} please", CATALOGUE) == (f"a {word} please", {word: slip})


@pytest.mark.parametrize("word", RIGHT)
def test_a_right_word_or_a_name_stays(word: str) -> None:
    assert mended(f"a {word} please", CATALOGUE) == (f"a {word} please", {})


def test_words_on_screen_are_right() -> None:
    assert mended("the wirless one", CATALOGUE, {"wirless"}) == ("the wirless one", {})


def test_what_was_written_comes_back() -> None:
    text, was = mended("wirless mouse", CATALOGUE)
    assert as_written(text, was) == "wirless mouse"


def test_as_written_changes_whole_words_only() -> None:
    assert as_written("cap and capital", {"cap": "kap"}) == "kap and capital"


def test_chinese_and_mixed_text_pass() -> None:
    assert mended("想要wirless鼠标", CATALOGUE)[0].startswith("想要")


def test_a_message_of_unknown_words_is_left_to_be_what_it_is() -> None:
    unknown = [f"q{a}x{b}zkv" for a in "abcdefgh" for b in "abcdefgh"][: MOST + 1]
    assert mended(" ".join([*unknown[:5], "wirless"]), CATALOGUE)[1] == {"wireless": "wirless"}
    assert mended(" ".join([*unknown, "wirless"]), CATALOGUE)[1] == {}


@pytest.mark.parametrize(("word", "known"), [("jacket", True), ("lederjacke", False), ("umbrella", True), ("qzxv", False)])
def test_the_dictionary_is_english(word: str, known: bool) -> None:
    assert is_word(word) is known
