"""What is personal is masked before anything is kept or told to a model; what only looks so stays."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from conftest import talk
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Edit, Engine
from bot.errors import BadInput
from bot.llm.model import ScriptedLLM
from bot.masking_check import read, report
from bot.privacy import MARKS, Masked, mask, masked, personal, unmarked
from bot.state import InterestPoint, Profile
from vectorstore.constraints import Constraint

EXAMPLES = Path(__file__).with_name("masking.yaml")
LOADED: dict[str, list[str]] = yaml.safe_load(EXAMPLES.read_text("utf-8"))
ALL = [text for texts in LOADED.values() for text in texts]


def test_a_hostile_run_of_letters_takes_no_time() -> None:
    began = time.monotonic()
    mask("GB12" + "ABCDEFGH" * 400)
    mask(" ".join(["GB12" + "ABCDEFGHJ" * 4] * 100))
    assert time.monotonic() - began < 2


def test_the_examples_are_as_many_as_is_said() -> None:
    assert {language: len(texts) for language, texts in LOADED.items()} == {"en": 50, "zh": 50}
    assert sum(not read(text)[1] for text in ALL) >= 40
    assert {kind for text in ALL for _, kind in read(text)[1]} == set(MARKS)


@pytest.mark.parametrize("marked", ALL)
def test_what_is_personal_is_found_and_nothing_else(marked: str) -> None:
    text, wanted = read(marked)
    assert personal(text) == wanted


def test_marks_are_readable_in_the_language_of_the_text() -> None:
    assert mask("Call (415) 555-2671 or write to jane@example.com, size 42 under $200") == Masked(
        "Call [phone number] or write to [e-mail], size 42 under $200", {"phone": 1, "e-mail": 1}
    )
    assert mask("电话13800138000或13900139000，邮箱li@example.cn，预算200元").text == "电话[电话]或[电话]，邮箱[邮箱]，预算200元"
    assert mask("a brown jacket") == Masked("a brown jacket", {})


@given(st.sampled_from([read(m)[0] for m in ALL]))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text).text
    assert mask(once) == Masked(once, {})


@given(st.text(max_size=80))
def test_any_text_can_be_masked_and_what_is_found_lies_in_it_without_overlap(text: str) -> None:
    spans = [span for span, _ in personal(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("piece", ["1 ", "市区路号", "区", "12 Elm, ", "a@a.", "flat 1, ", "1楼", "DE12 ", "deliver to 1 "])
def test_a_long_message_made_to_be_slow_is_masked_in_seconds(piece: str) -> None:
    import time

    begun = time.monotonic()
    mask((piece * 4000)[:4000])
    assert time.monotonic() - begun < 10


def test_every_text_of_a_value_is_masked() -> None:
    profile = Profile(
        points=(InterestPoint(text="boots", weight=0.5, quote="boots, call 13800138000"),),
        constraints=(Constraint(field="maker", op="in", value=("jane@example.com", "Acme"), quote="by jane@example.com"),),
    )
    changed = masked(profile)
    assert changed.points[0].quote == "boots, call [phone number]"
    assert changed.constraints[0].value == ("[e-mail]", "Acme")
    assert changed.points[0].weight == 0.5 and changed.points[0].text == "boots"
    assert masked(changed) == changed


def test_marks_are_taken_out_of_what_is_read() -> None:
    assert unmarked("a jacket, call [phone number] please") == "a jacket please"
    assert unmarked("a jacket, my e-mail is [e-mail] and phone number [phone number]") == "a jacket"
    assert unmarked("Deliver it to [address], waterproof") == "waterproof"
    assert unmarked("送到[地址]，要防水的") == "要防水的"
    assert unmarked("我的手机号是[电话]，要一件棕色皮夹克") == "要一件棕色皮夹克"
    assert unmarked("[电话]") == ""
    assert unmarked("a  jacket [brown]") == "a  jacket [brown]"


def test_a_turn_keeps_and_reads_the_masked_message(engine: Engine, tmp_path: Path) -> None:
    session = talk(engine, engine.start(), "a brown leather jacket, my e-mail is jane@example.com and phone (415) 555-2671")
    turn = session.turns[-1]
    assert turn.user == "a brown leather jacket, my e-mail is [e-mail] and phone [phone number]"
    assert [p.text for p in session.profile.points] == ["brown leather jacket"]
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"jane@example.com" not in stored and b"555-2671" not in stored


def test_a_model_is_not_told_what_is_personal(scripted: Callable[..., Engine]) -> None:
    engine = scripted("+ jacket\nEND", "END", "END", "END", "END")
    talk(engine, engine.start(), "a jacket that is not too warm, my card is 4242 4242 4242 4242")
    assert isinstance(engine.llm, ScriptedLLM)
    told = " ".join(str(prompt) for prompt in engine.llm.asked)
    assert "jacket" in told and "4242" not in told


def test_a_message_of_nothing_but_a_phone_number_is_answered(engine: Engine) -> None:
    session = talk(engine, engine.start(), "13800138000")
    assert session.turns[-1].user == "[phone number]"
    assert session.turns[-1].reply == "Personal details are masked here and not kept. What are you looking for?"
    assert session.profile.empty


def test_an_edit_by_hand_is_masked_too(engine: Engine) -> None:
    session = talk(engine, engine.start(), "a jacket")
    list(engine.edit(session, Edit(kind="add", text="jacket for jane@example.com")))
    kept = engine.load(session.id)
    assert kept is not None and [p.text for p in kept.profile.points][-1] == "jacket for [e-mail]"


def test_it_is_a_setting(engine: Engine) -> None:
    engine.settings = engine.settings.model_copy(update={"mask_personal_data": False})
    assert talk(engine, engine.start(), "a jacket for jane@example.com").turns[-1].user == "a jacket for jane@example.com"


def test_the_command_prints_precision_and_recall_and_what_went_wrong(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot.privacy", str(EXAMPLES)], cwd=Path(__file__).parents[1],
        capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    assert ran.stdout.splitlines()[-1].split() == ["all", "100", "41", "61", "61", "61", "1.000", "1.000"]
    text, well = report("en: ['call {phone|my aunt}', 'write to jane@example.com', 'a {e-mail|b@example.com}']")
    assert not well
    assert text.splitlines()[1].split() == ["en", "3", "1", "2", "2", "1", "0.500", "0.500"]
    assert "call my aunt\n    wanted phone 'my aunt'\n    found  nothing" in text
    with pytest.raises(BadInput, match="no kind 'name'"):
        read("{name|Jane}")
