"""The model's list: every line that can be read is taken as far as the message supports it, and no further."""

from __future__ import annotations

import pytest

from bot.rules.listed import Listed, holding, joined, parse
from bot.rules.polarity import clauses
from bot.state import Change

ANSWERS = [
    ("+ jacket\n- zips\nEND", ["jacket"], ["zips"]),
    ("+ jacket\n+ brown\n", ["jacket", "brown"], []),
    ("  +  jacket  ", ["jacket"], []),
    ("+jacket\n-zips", ["jacket"], ["zips"]),
    ('+ "jacket".\n- `zips`', ["jacket"], ["zips"]),
    ("+ 皮夹克\n- 拉链", ["皮夹克"], ["拉链"]),
    ("– zips", [], ["zips"]),
    ("− zips", [], ["zips"]),
    ("Sure! Here is the list:\n+ jacket", ["jacket"], []),
    ("+ jacket\n- zi", ["jacket"], ["zi"]),
    ("+ jacket\n-", ["jacket"], []),
    ("+ $200\n+ jacket", ["jacket"], []),
    ("+ 800元\n+ 耳机", ["耳机"], []),
    ("jacket\nzips", [], []),
    ('{"likes": ["jacket"]}', [], []),
    ("+ " + "x" * 60, [], []),
    ("\n\n", [], []),
    ("", [], []),
    ("END", [], []),
]

JOINED = [
    # message, what the model wishes, what it rules out, the points that come of it
    ("a brown jacket without zips", ["jacket"], ["zips"], ["jacket", "-zips"]),
    ("a brown jacket without zips", ["jacket", "zips"], [], ["jacket", "-zips"]),
    ("a brown jacket", ["jacket"], ["brown"], ["jacket"]),
    ("a brown jacket", ["jacket", "waterproof", "hood"], [], ["jacket"]),
    ("a brown jacket", [], ["leather"], []),
    ("zips are fine", ["zips"], [], []),
    ("a brown jakcet", ["jacket"], [], ["jacket"]),
    ("a brown jacket", ["jacket", "Jacket", "jackets"], [], ["jacket"]),
    ("an umbrella, maybe red", ["umbrella", "red"], [], ["umbrella", "red"]),
    ("想要棕色皮夹克，不要拉链", ["皮夹克"], ["拉链"], ["皮夹克", "-拉链"]),
    ("想要棕色皮夹克，不要拉链", ["皮夹克", "拉链"], [], ["皮夹克", "-拉链"]),
    ("想要棕色皮夹克", ["皮夹克", "防水"], ["羊毛"], ["皮夹克"]),
    ("恐怖片就算了，来部喜剧", ["喜剧", "恐怖片"], [], ["喜剧", "-恐怖片"]),
    ("拉链无所谓", [], ["拉链"], []),
]


def signed(changes: list[Change]) -> list[str]:
    """The points with "-" before what is ruled out."""
    return [("-" if c.weight < 0 else "") + c.text for c in changes]


def nothing(change: Change) -> bool:
    """No item is on screen to point at."""
    return False


@pytest.mark.parametrize(("answer", "plus", "minus"), ANSWERS)
def test_lines_are_read_and_the_rest_passed_over(answer: str, plus: list[str], minus: list[str]) -> None:
    assert parse(answer) == Listed(tuple(plus), tuple(minus))


def test_an_endless_list_is_cut() -> None:
    assert len(parse("\n".join(f"+ point {n}" for n in range(100))).plus) == 12


@pytest.mark.parametrize(("message", "plus", "minus", "expected"), JOINED)
def test_the_message_decides_what_the_list_may_add(message: str, plus: list[str], minus: list[str], expected: list[str]) -> None:
    assert signed(joined([], Listed(tuple(plus), tuple(minus)), clauses(message), nothing)) == expected


def test_what_rules_are_sure_of_stays_and_is_not_said_twice() -> None:
    sure = [Change(kind="add", text="brown leather jacket", weight=0.8)]
    listed = Listed(("leather jacket", "hood"), ())
    assert signed(joined(sure, listed, clauses("a brown leather jacket with a hood"), nothing)) == [
        "brown leather jacket",
        "hood",
    ]


def test_what_only_happened_is_not_wished_for() -> None:
    message = "I left my umbrella on the train, so I need a rain jacket"
    assert signed(joined([], Listed(("umbrella", "rain jacket"), ()), clauses(message), nothing)) == ["rain jacket"]


def test_what_only_points_at_the_screen_is_no_wish() -> None:
    assert joined([], Listed(("yellow",), ()), clauses("the yellow one"), lambda change: change.text == "yellow") == []


def test_a_hedged_clause_gives_a_weaker_wish() -> None:
    (red,) = joined([], Listed(("red",), ()), clauses("maybe red"), nothing)
    assert (red.weight, red.quote) == (0.5, "maybe red")


@pytest.mark.parametrize(
    ("text", "expected"), [("zips", "no zips"), ("brown jacket", "a jacket in brown"), ("hood", None), ("", None)]
)
def test_the_clause_that_holds_a_point(text: str, expected: str | None) -> None:
    clause = holding(text, clauses("a jacket in brown, no zips")) if text else None
    assert (clause.text.strip() if clause else None) == expected


def test_a_list_speaks_of_what_it_shares_a_word_with() -> None:
    listed = Listed(("leather jacket", "皮夹克"), ("zips",))
    assert listed.speaks_of("brown jacket") and listed.speaks_of("zip") and listed.speaks_of("夹克")
    assert not listed.speaks_of("kettle")
