"""Dialogue files: what may stand in them, where a mistake is, and what an expression is true of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from small_shop import SHOP

from bot.check.comparison import holds
from bot.check.expressions import WrongExpression, fields_of, parsed, true_of
from bot.check.script import limit_said, schema
from bot.check.source import Script, _Loader, read, scripts
from bot.errors import BadInput
from vectorstore.item import Item, Translation

ROOT = Path(__file__).parents[1]
JACKET = Item(
    id="j1", title="Lambskin jacket", price=179, category=("Clothing", "Jackets"), brand="Harlow", tags=("winter",),
    attributes={"colour": "walnut brown", "material": ("lambskin leather", "cotton"), "waterproof": False, "for": "women",
                "date": "2026-10-30"},
    translations={"zh": Translation(title="羔羊皮夹克", attributes={"colour": "胡桃棕"})},
)  # fmt: skip
KNOWN = fields_of([JACKET, *SHOP])


def written(folder: Path, text: str, name: str = "talk.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(BadInput) as told:
        read(written(folder, text))
    return str(told.value).replace(f"{folder}/", "").split("\n")


def only(path: Path) -> Script:
    (script,) = read(path)
    return script


@pytest.mark.parametrize("comparison, right, wrong", [
    ("> 0.5", 0.6, 0.5), (">= 3", 3, 2), ("< 0", -0.1, 0), ("<= 10", 10, 10.1), ("3", 3, 4), ("!= 2", 1, 2),
    ("2..5", 5, 6), ("-1..-0.5", -0.5, 0), ("= -0.6", -0.6, 0.6),
])  # fmt: skip
def test_comparisons(comparison: str, right: float, wrong: float) -> None:
    assert holds(comparison, right) and not holds(comparison, wrong)


def test_a_dialogue_is_read_with_its_lines(tmp_path: Path) -> None:
    text = "dialogue: a jacket\nturns:\n  - say: hello\n    expect:\n      act: chat\n      items: {count: 3}\n"
    script = only(written(tmp_path, text))
    turn = script.dialogue.turns[0]
    assert (turn.say, turn.expect.act, turn.expect.items and turn.expect.items.count) == (("hello",), ("chat",), "3")
    assert script.place("turns", 0, "expect", "act").endswith("talk.yaml:5")
    assert script.place("turns", 0, "expect", "items", "count").endswith("talk.yaml:6")
    assert script.place("turns", 0, "expect", "reply", "grounded").endswith("talk.yaml:4"), "the nearest key that stands there"


def test_words_that_yaml_takes_for_something_else_stay_words(tmp_path: Path) -> None:
    turn = "  - say: [no, on]\n    expect: {reply: {mentions: [yes, 20]}, items: {ids: 7}}\n"
    text = f"dialogue: 2026\ntoday: 2026-11-24\nturns:\n{turn}"
    dialogue = only(written(tmp_path, text)).dialogue
    assert (dialogue.dialogue, str(dialogue.today), dialogue.turns[0].say) == ("2026", "2026-11-24", ("no", "on"))
    expect = dialogue.turns[0].expect
    assert expect.reply and expect.items and (expect.reply.mentions, expect.items.ids) == (("yes", "20"), ("7",))


def test_mistakes_name_file_line_and_the_nearest_key(tmp_path: Path) -> None:
    told = mistakes(tmp_path, """\
dialogue: broken
turns:
  - say: hi
    expect:
      intrests: {black: "> 0"}
      items: {evry: "price <= 200", count: many, every: "price <="}
      act: requst
      reply: {langauge: en, matches: "("}
""")  # fmt: skip
    assert len(told) == 7
    assert told[0].startswith("talk.yaml:5: unknown key 'intrests' in expect. Did you mean 'interests'?")
    assert any(t.startswith("talk.yaml:6: unknown key 'evry' in items. Did you mean 'every'?") for t in told)
    assert any("talk.yaml:6" in t and "'many' is no comparison" in t for t in told)
    assert any("talk.yaml:6" in t and "'price <=' is no expression" in t for t in told)
    assert any("talk.yaml:7" in t and "Did you mean 'request'?" in t for t in told)
    assert any(t.startswith("talk.yaml:8: unknown key 'langauge' in reply. Did you mean 'language'?") for t in told)
    assert any("talk.yaml:8" in t and "'(' is no pattern" in t for t in told)


@pytest.mark.parametrize("text, line, said", [
    ("dialogue: x\n", 1, "the key 'turns' is missing"),
    ("turns:\n  - say: x\n", 1, "the key 'dialogue' is missing"),
    ("dialogue: x\ntruns:\n  - say: x\n", 2, "Did you mean 'turns'?"),
    ("dialogue: x\nturns:\n  - expect: {act: chat}\n", 3, "exactly one of say, click, edit, chip"),
    ("dialogue: x\nturns:\n  - say: x\n    click: {item: 1, event: like}\n", 3, "exactly one of say, click, edit, chip"),
    ("dialogue: x\nturns:\n  - click: {item: 1, event: hate}\n", 3, "'hate' is not known"),
    ("dialogue: x\nturns:\n  - edit: {add: a, delete: b}\n", 3, "an edit is one of"),
    ("dialogue: x\nturns:\n  - edit: {limit: price < 3}\n", 3, "'price < 3' is no limit"),
    ("dialogue: x\nturns:\n  - say: x\n    expect: {constraints: [no size, cheap]}\n", 4, "'cheap' is no limit"),
    ("dialogue: x\nturns:\n  - say: x\n    expect:\n      seconds: > 3\n", 5, "A comparison stands in quotes"),
    ("dialogue: x\nturns:\n  - say: x\n    expect: {items: {first: Red kettle}}\n", 4, "For a title there are ids"),
    ("dialogue: x\nturns:\n  - say: x\n    expect: {items: {first: for == 'women'}}\n", 4, "is written field('for')"),
    ("dialogue: x\nturns: []\n", 2, "at least 1"),
    ("dialogue: x\ndialogue: y\nturns:\n  - say: x\n", 2, "stands here twice"),
    ("dialogue: x\nturns:\n  - say: a\n   expect: {}\n", 4, "broken YAML"),
    ("dialogue: x\nturns:\n  - say: a: b\n", 3, "a colon in it stands in quotes"),
    ("dialogue: x\nturns:\n  - {say: red, if you have it, expect: {}}\n", 3, "a text with a comma stands in quotes"),
    ("dialogue: x\nturns:\n  - say: '{{lmit}}'\nvariables: {limit: 3}\n", 3, "Did you mean 'limit'?"),
    ("dialogue: x\nturns:\n  - include: nowhere.yaml\n", 3, "there is no file"),
    ("dialogue: x\nturns:\n  - include: talk.yaml\n", 3, "go round in a circle"),
    ("group: g\ndialogues:\n  - dialogue: x\n    turns:\n      - sya: x\n", 5, "Did you mean 'say'?"),
    ("group: g\ncatalgue: shop\ndialogues:\n  - dialogue: x\n    turns: [{say: x}]\n", 2, "Did you mean 'catalogue'?"),
    ("dialogue: x\nturns: [{say: x}]\n---\ndialogue: x\nturns: [{say: x}]\n", 1, "stands in this file twice"),
    ("- say: x\n", 1, "a dialogue is keys and values"),
])  # fmt: skip
def test_each_mistake_at_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    told = mistakes(tmp_path, text)
    assert any(t.startswith(f"talk.yaml:{line}: ") and said in t for t in told), told


def test_an_empty_file_and_a_missing_one(tmp_path: Path) -> None:
    assert "holds no dialogue" in mistakes(tmp_path, "# nothing yet\n")[0]
    with pytest.raises(BadInput, match=r"no file or folder .*nowhere"):
        scripts([tmp_path / "nowhere"])


def test_groups_share_and_dialogues_win(tmp_path: Path) -> None:
    path = written(tmp_path, """\
group: g
catalogue: shop
language: zh
tags: one
variables: {limit: 200, thing: jacket}
dialogues:
  - dialogue: a
    tags: two
    turns: [{say: "{{thing}} under {{limit}}", expect: {items: {every: "price <= {{ limit }}"}}}]
  - dialogue: b
    language: en
    variables: {limit: 50}
    turns: [{say: "{{thing}} under {{limit}}"}]
""")  # fmt: skip
    a, b = read(path)
    assert (a.name, a.dialogue.catalogue, a.dialogue.language, a.dialogue.tags) == ("g › a", "shop", "zh", ("one", "two"))
    assert a.dialogue.turns[0].say == ("jacket under 200",) and b.dialogue.turns[0].say == ("jacket under 50",)
    assert a.dialogue.turns[0].expect.items and a.dialogue.turns[0].expect.items.every == "price <= 200"
    assert b.dialogue.language == "en"
    assert [s.name for s in scripts([tmp_path], ["TWO"])] == ["g › a"]


def test_included_turns_keep_their_own_lines_and_take_variables(tmp_path: Path) -> None:
    written(tmp_path, "variables: {thing: boots}\nturns:\n  - say: '{{thing}}'\n    expect: {act: request}\n", "_opening.yaml")
    path = written(tmp_path, "dialogue: x\nvariables: {thing: shoes}\nturns:\n  - include: _opening.yaml\n  - say: red\n")
    script = only(path)
    assert [t.say for t in script.dialogue.turns] == [("shoes",), ("red",)]
    assert script.place("turns", 0, "expect", "act").endswith("_opening.yaml:4")
    assert script.place("turns", 1).endswith("talk.yaml:5")
    assert [s.name for s in scripts([tmp_path])] == ["x"], "a file that begins with _ is no dialogue of its own"


def test_the_schema_that_editors_use_is_the_one_of_the_code_and_takes_our_dialogues() -> None:
    kept = json.loads((ROOT / "bot/check/dialogue.schema.json").read_text("utf-8"))
    assert kept == schema(), "rapport test --schema -o bot/check/dialogue.schema.json"
    validator = Draft202012Validator(kept)
    for path in sorted((ROOT / "tests/dialogues").rglob("*.yaml")):
        for said in yaml.load_all(path.read_text("utf-8"), _Loader):
            assert validator.is_valid(said), (path, best_match(validator.iter_errors(said)))
    assert not validator.is_valid({"dialogue": "x", "turns": [{"say": "x", "expct": {}}]})
    assert not validator.is_valid({"dialogue": "x", "turns": [{"say": "x", "expect": {"interests": {"a": "many"}}}]})
    turns = [{"include": "_a.yaml"}, {"say": ["a", "b"], "expect": {"act": "chat"}}]
    assert validator.is_valid({"dialogue": "x", "turns": turns})


@pytest.mark.parametrize("expression", [
    "price <= 200 and 'leather' in material", "colour == 'brown'", "colour == '棕色'", "not waterproof",
    "brand in ('Osk', 'Harlow')",
    "'jackets' in category", "field('for') == 'women'", "says('lambskin')", "100 < price < 200", "price_with_code == 179",
    "date >= '2026-10-01' and date < '2026-11-01'", "id == 'j1'", "'winter' in tags", "'夹克' in title", "colour != 'black'",
])  # fmt: skip
def test_what_is_true_of_the_jacket(expression: str) -> None:
    assert true_of(expression, JACKET, KNOWN)


@pytest.mark.parametrize("expression", [
    "price > 200", "colour == 'black'", "waterproof", "'suede' in material", "says('zip')", "rating > 3", "rating < 3",
    "rating == 3",    "date > '2026-11-01'", "brand == 'Osk'",
])  # fmt: skip
def test_what_is_not(expression: str) -> None:
    assert not true_of(expression, JACKET, {*KNOWN, "rating"})


@pytest.mark.parametrize("expression, said", [
    ("pric <= 200", "Did you mean 'price'"), ("size == 3 or whatever", "no item states"), ("open('x')", "there is no open()"),
    ("price.__class__", "price"), ("(lambda: 1)()", ""), ("__import__('os')", "there is no __import__()"),
    ("9**9**9", ""), ("'a' * 10**9", ""),
])  # fmt: skip
def test_expressions_reach_nothing_but_fields(expression: str, said: str) -> None:
    with pytest.raises(WrongExpression) as told:
        true_of(expression, JACKET, KNOWN)
    assert said in str(told.value)


@pytest.mark.parametrize("expression", ["price <=", "price = 3", "for == 'women'", "price <= 3; x", ""])
def test_expressions_that_cannot_be_read(expression: str) -> None:
    with pytest.raises(WrongExpression, match=r"no expression|sets something"):
        parsed(expression)


def test_limits_as_they_are_written() -> None:
    one, many = limit_said("price <= 200"), limit_said("colour not in pink, red")
    assert one and (one.field, one.op, one.value) == ("price", "<=", 200.0)
    assert many and (many.op, many.value) == ("not in", ("pink", "red"))
    assert limit_said("cheap") is None
