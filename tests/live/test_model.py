"""The real small model, by hand: `pytest tests/live`. Skipped unless its weights are in the cache folder already."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from bot.errors import ModelUnavailable
from bot.llm import Prompt
from bot.llm.local import LocalModel
from bot.llm.server import RUNTIME
from bot.llm.weights import KNOWN, verified
from bot.settings import Settings

SETTINGS = Settings(model="small", threads=2, context=2048)
SYSTEM = "You help in a shop for outdoor clothes. You answer in one short sentence. " * 12

pytestmark = pytest.mark.skipif(
    not verified(SETTINGS.cache_dir / "models" / KNOWN["small"].file, KNOWN["small"]),
    reason="the small model is not cached",
)


def wait_until_ready(model: LocalModel, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not model.status.ready:
        assert model.status.stage != "failed" and time.monotonic() < end, model.status
        time.sleep(0.02)


@pytest.fixture(scope="module")
def model() -> Iterator[LocalModel]:
    for module in RUNTIME:
        pytest.importorskip(module)
    model = LocalModel(SETTINGS, warm=Prompt(SYSTEM, "Hello"))
    began = time.monotonic()
    model.start()
    wait_until_ready(model)
    print(f"\nready after {time.monotonic() - began:.1f} s")
    yield model
    model.close()


def test_it_streams_and_stops_by_itself(model: LocalModel) -> None:
    began, first, pieces = time.monotonic(), 0.0, []
    answer = model.stream(Prompt(SYSTEM, "Why is wool warm?"), max_tokens=80, timeout=60)
    for piece in answer:
        first = first or time.monotonic()
        pieces.append(piece)
    text, rate = "".join(pieces), (len(pieces) - 1) / (time.monotonic() - first)
    print(f"\nfirst word after {first - began:.2f} s, {rate:.1f} pieces/s, {answer.usage}: {text!r}")
    assert "wool" in text.casefold() and len(pieces) > 5
    assert "<|im_" not in text, "the model's own chat template is not used"
    assert first - began < 5, "the common beginning was read before"


def test_it_answers_in_chinese(model: LocalModel) -> None:
    text = "".join(model.stream(Prompt(SYSTEM, "羊毛为什么保暖？请用中文回答。"), max_tokens=60, timeout=60))
    assert sum("\u4e00" <= letter <= "\u9fff" for letter in text) > len(text) / 2, text
    assert "\ufffd" not in text


def test_it_stops_at_max_tokens_and_at_a_stop_word(model: LocalModel) -> None:
    answer = model.stream(Prompt(SYSTEM, "Count from 1 to 100."), max_tokens=12, timeout=60)
    assert 6 <= len(list(answer)) <= 12 and answer.usage.completion_tokens <= 12
    text = "".join(model.stream(Prompt(SYSTEM, "Count: 1, 2, 3, 4, 5, 6"), max_tokens=40, timeout=60, stop=("5",)))
    assert "5" not in text


def test_a_grammar_is_kept(model: LocalModel) -> None:
    grammar = 'root ::= "{\\"colour\\": \\"" ("red" | "blue") "\\"}"'
    asked = model.stream(Prompt(SYSTEM, "The jacket is blue."), max_tokens=20, timeout=60, grammar=grammar)
    assert "".join(asked) in ('{"colour": "red"}', '{"colour": "blue"}')


def test_a_closed_answer_frees_the_server(model: LocalModel) -> None:
    long = model.stream(Prompt(SYSTEM, "Count from 1 to 500, with a comma after each."), max_tokens=600, timeout=120)
    next(long)
    long.close()
    began = time.monotonic()
    assert list(model.stream(Prompt(SYSTEM, "Say yes."), max_tokens=3, timeout=60))
    assert time.monotonic() - began < 5, "600 tokens take longer than that"


def test_a_prompt_that_is_too_long_is_refused_in_words(model: LocalModel) -> None:
    with pytest.raises(ModelUnavailable, match="RAPPORT_CONTEXT"):
        list(model.stream(Prompt(SYSTEM, "wool " * 3000), max_tokens=5, timeout=60))
    assert list(model.stream(Prompt(SYSTEM, "Say yes."), max_tokens=3, timeout=60))


def test_a_killed_server_comes_back(model: LocalModel) -> None:
    assert model._server is not None and model._server.process is not None
    answer = model.stream(Prompt(SYSTEM, "Count from 1 to 500."), max_tokens=600, timeout=120)
    next(answer)
    model._server.process.kill()
    with pytest.raises(ModelUnavailable):
        list(answer)
    end = time.monotonic() + 5
    while model.status.ready and time.monotonic() < end:
        time.sleep(0.01)
    assert model.status.stage in ("away", "starting")
    wait_until_ready(model)
    assert list(model.stream(Prompt(SYSTEM, "Say yes."), max_tokens=3, timeout=60))
