"""The product broken on purpose: each time the scripted dialogue that watches over it fails, and for that reason.

Every dialogue is played whole first, so that it is the breakage that it notices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot import chat, justify, retrieve, understand
from bot.check.command import opened
from bot.check.run import Outcome, Stage
from bot.check.source import scripts
from bot.llm import LLM, NoModel
from bot.llm.model import ScriptedLLM
from bot.settings import Settings
from bot.state import Profile, Reading
from vectorstore.catalogue import Catalogue
from vectorstore.item import Item

DIALOGUES = Path(__file__).parent / "dialogues" / "shop"


@pytest.fixture(scope="module")
def on() -> Iterator[Stage]:
    with opened(Settings(model="none")) as stage:
        yield stage


@pytest.fixture
def play(on: Stage, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """`play(file, name)`: what comes of the dialogue of that name."""

    def played(file: str, name: str, llm: LLM | None = None) -> Outcome:
        (script,) = [s for s in scripts([DIALOGUES / file]) if s.dialogue.dialogue == name]
        monkeypatch.setattr(on, "llm", llm or NoModel())
        return on.play(script)

    return played


def keys(outcome: Outcome) -> set[str]:
    """The keys under `expect` that did not hold."""
    return {".".join(p for p in f.complaint.path if isinstance(p, str)) for f in outcome.play.failures}


def test_the_price_filter_off(play: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    watched = ("budgets.yaml", "a newer limit replaces the older one")
    assert play(*watched).status == "passed"

    def unlimited(catalogue: Catalogue, profile: Profile) -> tuple[Profile, tuple[str, ...]]:
        kept = tuple(c for c in profile.constraints if c.field != "price")
        return profile.model_copy(update={"constraints": kept}), ()

    monkeypatch.setattr(retrieve, "checkable", unlimited)
    assert "items.every" in keys(play(*watched))


def test_negation_dropped(play: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    watched = ("changes.yaml", "leather jacket, not black after all")
    assert play(*watched).status == "passed"
    real = chat.next_profile

    def deaf(profile: Profile, past: tuple[Profile, ...], reading: Reading, turn: int, decay: float = 1.0) -> Any:
        wished = tuple(c.model_copy(update={"weight": abs(c.weight)}) for c in reading.changes)
        kept = tuple(c for c in reading.constraints if c.op not in ("!=", "not in"))
        return real(profile, past, reading.model_copy(update={"changes": wished, "constraints": kept}), turn, decay)

    monkeypatch.setattr(chat, "next_profile", deaf)
    assert "interests.black" in keys(play(*watched))


def test_references_off_by_one(play: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    watched = ("references.yaml", "the second one")
    assert play(*watched).status == "passed"
    real = understand.references.on_screen

    def next_one(message: str, screen: Sequence[Item], before: Sequence[str] = ()) -> tuple[str, ...]:
        ids = [item.id for item in screen]
        return tuple(ids[(ids.index(id) + 1) % len(ids)] for id in real(message, screen, before))

    monkeypatch.setattr(understand.references, "on_screen", next_one)
    assert "refers_to" in keys(play(*watched))


def test_an_ungrounded_sentence_let_through(play: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    watched = ("changes.yaml", "leather jacket, not black after all")
    lines = "\n".join(f"{n} Number {n}: excellent insulation down to minus {n}0 degrees, in brown leather." for n in (1, 2, 3))

    def inventing() -> LLM:
        return ScriptedLLM(*[lines] * 6)

    assert play(*watched, inventing()).status == "passed"
    monkeypatch.setattr(justify, "complaint", lambda *_: None)
    broken = play(*watched, inventing())
    assert "reply.grounded" in keys(broken)
    assert any("insulation" in f.complaint.got for f in broken.play.failures)


def test_an_undo_that_forgets_only_half(play: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    watched = ("undo.yaml", "undo takes back a wish and a limit of the same message")
    assert play(*watched).status == "passed"
    real = chat.next_profile

    def half(profile: Profile, past: tuple[Profile, ...], reading: Reading, turn: int, decay: float = 1.0) -> Any:
        new, rest = real(profile, past, reading, turn, decay)
        return (new.model_copy(update={"constraints": profile.constraints}) if reading.act == "undo" else new), rest

    monkeypatch.setattr(chat, "next_profile", half)
    assert {"same_state_as", "constraints"} <= keys(play(*watched))


def test_the_wrong_language(play: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    watched = ("changes.yaml", "不要黑色了，换棕色")
    assert play(*watched).status == "passed"
    monkeypatch.setattr(understand, "language_of", lambda message, before: "en")
    assert "reply.language" in keys(play(*watched))
