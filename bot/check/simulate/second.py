"""Another language model that words what people say: it gets the rules' message, never the target, and is checked.

A wording that tells the title, or loses a number, a value or a "not", is thrown away; the rules' own is said then. How often the
title was told is counted. `tests/test_simulate.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import prompts
from bot.check.simulate.people import Person
from bot.check.simulate.phrasing import Intent
from bot.errors import ModelUnavailable
from bot.llm import LLM, Prompt, open_model
from bot.settings import Settings
from vectorstore.words import is_chinese

_LONGEST = 60  # tokens
_SECONDS = 60.0
_AS_IT_IS = ("answer", "answer_open", "greeting_only", "accept")  # too short to say in another way
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass
class Second:
    """A model that words messages, and how it did."""

    llm: LLM
    worded: int = 0
    thrown_away: int = 0
    caught: int = 0  # wordings that told the title

    @classmethod
    @contextmanager
    def opened(cls, name: str, settings: Settings, tell: Callable[[str], None]) -> Iterator[Second]:
        """The model that a setting `model` names, ready and closed at the end. ModelUnavailable when it does not start."""
        from bot.chat import Engine
        from bot.engine import when_ready
        from bot.memory import Memory

        def nothing(name: str) -> object:
            raise AssertionError(name)

        settings = settings.model_copy(update={"model": name})
        llm = open_model(settings)
        try:
            if not when_ready(Engine(settings, llm, nothing, list, Memory("sqlite://")), 7200, tell):  # type: ignore[arg-type]
                raise ModelUnavailable(f"The second model {name!r} is not ready: {llm.status.detail or llm.status.stage}")
            yield cls(llm)
        finally:
            llm.close()

    def word(self, intent: Intent, plain: str, person: Person) -> str:
        """The message in the model's words; empty when it should stay as the rules put it."""
        if intent.sort in _AS_IT_IS:
            return ""
        language = "中文" if person.language == "zh" else "English"
        prompt = Prompt("", prompts.render("person", language=language, message=plain))
        try:
            stream = self.llm.stream(prompt, max_tokens=_LONGEST, timeout=_SECONDS, stop=("\n", ">>"))
            said = "".join(stream).strip().strip("\"“”'")
        except ModelUnavailable:
            self.thrown_away += 1
            return ""
        if person.leaks.found(said):
            self.caught += 1
            return ""
        if not _same(said, plain, intent) or (person.language == "zh") != is_chinese(said):
            self.thrown_away += 1
            return ""
        self.worded += 1
        return said


def _same(said: str, plain: str, intent: Intent) -> bool:
    """Whether nothing was lost that can be checked: numbers, the values that were wished, a no."""
    if not said or len(said) > 3 * len(plain) + 40 or set(_NUMBER.findall(said)) != set(_NUMBER.findall(plain)):
        return False
    wishes = (*intent.thing, *intent.needs, *filter(None, (intent.old, intent.new)))
    values = [str(w.value) for w in wishes if isinstance(w.value, str) and str(w.value).casefold() in plain.casefold()]
    if any(value.casefold() not in said.casefold() for value in values):
        return False
    return _denies(plain) == _denies(said) or not any(w.sort == "not" for w in wishes)


def _denies(text: str) -> bool:
    return bool(re.search(r"\b(no|not|never|nothing|none|except|without|but|avoid|\w+n't|\w+n’t)\b|不|别|没|除", text, re.I))
