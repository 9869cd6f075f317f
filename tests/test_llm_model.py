"""The seam itself: the model that is off, the scripted one, the estimate of tokens, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import ModelSetup, ModelUnavailable
from bot.llm import LLM, NoModel, Prompt, ScriptedLLM, Usage, estimate_tokens, open_model
from bot.settings import Settings

PROMPT = Prompt("s" * 40, "u" * 8)


def test_the_model_that_is_off_says_so() -> None:
    model: LLM = open_model(Settings(model="none"))
    assert isinstance(model, NoModel) and model.status.stage == "off" and not model.status.ready
    with pytest.raises(ModelUnavailable, match="--model none"):
        model.stream(PROMPT, max_tokens=1, timeout=1)


def test_a_model_that_does_not_exist_is_an_error_at_once() -> None:
    with pytest.raises(ModelSetup, match="default, small or none"):
        open_model(Settings(model="huge"))


def test_scripted_answers_come_in_order_and_are_remembered() -> None:
    model = ScriptedLLM("two words", ModelUnavailable("gone"), ("cut", ModelUnavailable("off")))
    first = model.stream(PROMPT, max_tokens=9, timeout=3, stop=("\n",))
    assert list(first) == ["two", " words"]
    assert first.usage == Usage(12, 2)
    with pytest.raises(ModelUnavailable, match="gone"):
        list(model.stream(PROMPT, max_tokens=1, timeout=1))
    third, got = model.stream(Prompt("other", "x"), max_tokens=1, timeout=1), []
    with pytest.raises(ModelUnavailable, match="off"):
        for piece in third:
            got.append(piece)
    assert got == ["cut"]
    with pytest.raises(ModelUnavailable, match="no answer left"):
        model.stream(PROMPT, max_tokens=1, timeout=1)
    assert model.asked == [PROMPT, PROMPT, Prompt("other", "x"), PROMPT]
    assert model.options[0] == {"max_tokens": 9, "timeout": 3, "stop": ("\n",)}


def test_scripted_text_survives_being_cut_into_words() -> None:
    for text in ("  leading, trailing \n", "a\n\nb", "", "价格低于50美元的外套"):
        assert "".join(ScriptedLLM(text).stream(PROMPT, max_tokens=1, timeout=1)) == text


def test_a_closed_scripted_answer_says_no_more() -> None:
    model = ScriptedLLM("one two three")
    stream = model.stream(PROMPT, max_tokens=1, timeout=1)
    next(stream)
    stream.close()
    assert list(stream) == [] and model.streams[0].closed


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("x" * 400, 100), ("羽绒服" * 10, 20), ("abcd羽绒服", 3)])
def test_tokens_are_estimated_by_script(text: str, tokens: int) -> None:
    assert estimate_tokens(text) == tokens


def test_importing_the_seam_loads_nothing_heavy() -> None:
    heavy = "('langchain_openai', 'langchain_core', 'openai', 'requests', 'huggingface_hub', 'llama_cpp')"
    code = f"import bot.llm, sys; print([m for m in {heavy} if m in sys.modules])"
    root = Path(__file__).parent.parent
    said = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
