"""What a click model expects, as a term: worked out by hand, in use at once when promoted, gone with a rollback or a deletion."""

from __future__ import annotations

import threading
from math import exp, sqrt

import numpy as np
import pytest
from conftest import ended

from bot.chat import Engine
from bot.learn.clicked import clicked, foreseen
from bot.learn.clicks import ClickModel
from bot.learn.people import Done, Known
from bot.learn.registry import Card, Registry
from bot.learn.remembered import Remembered
from bot.learn.signals import NAMES
from bot.learn.sources import Asked
from bot.learn.together import Row
from bot.memory import Behaviour, Memory
from bot.settings import Settings
from bot.state import InterestPoint, Profile, Reading, Session
from vectorstore.catalogue import Candidate, Catalogue

NOW = 1000.0
ROWS: list[Row] = [("", who, "", item, "buy", at, None) for at, (who, item) in enumerate(["ph", "qh", "rh", "qt", "rt"], 1)]
ROWS = [(a, who, b, {"h": "harlow", "t": "trail"}[item], kind, at, c) for a, who, b, item, kind, at, c in ROWS]
# "harlow" by three people and "trail" by two of them: shrunk cosine 2 / (√3 · √2 + 10), of which the feature is the root
EXPECTED = 1 / (1 + exp(-(4 * sqrt(2 / (sqrt(6) + 10)) - 1)))


def model(bias: float = -1.0) -> ClickModel:
    """One that looks at what the same people chose, alone: σ(4 · together + bias)."""
    count = len(NAMES)
    direct = np.zeros(count, np.float32)
    direct[NAMES.index("together")] = 4
    nothing = {
        "w1": np.zeros((count, 2), np.float32), "b1": np.zeros(2, np.float32), "w2": np.zeros((2, 2), np.float32),
        "b2": np.zeros(2, np.float32), "w3": np.zeros(2, np.float32),
    }  # fmt: skip
    return ClickModel(np.zeros(count, np.float32), np.ones(count, np.float32), ({"direct": direct, **nothing},), 1.0, bias)


def asked(shop: Catalogue, settings: Settings, *deeds: Done, weight: float = 0.8) -> Asked:
    profile = Profile(points=(InterestPoint(text="boots", weight=weight, quote="boots", turn=1),))
    known = Known(deeds, foreseen=foreseen(model(), ROWS, shop), now=NOW)
    return Asked(shop, Session(), profile, Reading(act="request", language="en"), settings, known)


def test_the_term_is_the_chance_above_a_half_by_hand(shop: Catalogue, settings: Settings) -> None:
    voice = clicked(asked(shop, settings, Done("harlow", "buy", 900.0)))
    assert voice is not None and list(voice.chances) == ["trail"], "of what the person had it says nothing"
    assert voice.proposed == ["trail"] and voice.chances["trail"] == pytest.approx(EXPECTED, abs=1e-4)
    pool = [Candidate(item, (), ()) for item in shop.items()]
    (term,) = voice.terms(pool, {})["trail"]
    assert (term.term, term.fact) == ("learned", None) and term.label == "likely for you, by what people chose here"
    assert term.weight == pytest.approx(0.1 / 1.8, abs=1e-4) and term.value == pytest.approx(2 * EXPECTED - 1, abs=1e-4)


def test_who_did_nothing_goes_by_text_alone_and_a_weight_of_none_switches_it_off(shop: Catalogue, settings: Settings) -> None:
    assert clicked(asked(shop, settings)) is None
    assert clicked(asked(shop, settings, Done("nowhere", "buy", 900.0))) is None
    off = settings.model_copy(update={"learned": 0.0})
    assert clicked(asked(shop, off, Done("harlow", "buy", 900.0))) is None


def test_nothing_is_counted_of_too_many_items(shop: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    assert foreseen(model(), [], shop) is None
    monkeypatch.setattr("bot.learn.clicked.LARGEST", 1)
    assert foreseen(model(), ROWS, shop) is None


def keep(registry: Registry, chances: ClickModel, passed: bool = True) -> str:
    """A version of a click model, as training leaves it."""
    return registry.add(
        "clicks", lambda folder: chances.save(folder / "clicks.npz"),
        lambda name: Card(name=name, kind="clicks", created=0, data="", rows=5, passed=passed),
    ).name  # fmt: skip


def finished() -> None:
    for thread in threading.enumerate():
        if thread.name == "foreseen":
            thread.join()


def bought(memory: Memory, person: str, *items: str) -> Session:
    talk = memory.save(Session(catalogue="small", person=person))
    memory.record_all([Behaviour(talk.id, item, "buy") for item in items])
    return talk


def test_a_model_counts_from_its_promotion_to_its_rollback_and_never_holds_who_was_forgotten(
    shop: Catalogue, settings: Settings, memory: Memory
) -> None:
    own = bought(memory, "p", "harlow")
    for person in ("q", "r"):
        bought(memory, person, "harlow", "trail")
    registry, remembered = Registry.of(settings, "small"), Remembered(memory, settings)
    name = keep(registry, model())

    def chance() -> float | None:
        remembered.known(own, shop)  # counted in the background: nobody waits for it
        finished()
        known = remembered.known(own, shop)
        return known.foreseen.chances(known.done, known.now).get("trail") if known.foreseen else None

    assert chance() is None
    registry.promote(name)
    assert chance() == pytest.approx(EXPECTED, abs=1e-4)
    registry.promote(keep(registry, model(bias=0.0)))
    assert chance() == pytest.approx(1 / (1 + exp(-4 * sqrt(2 / (sqrt(6) + 10)))), abs=1e-4), "another one, without a restart"
    registry.rollback("clicks")
    assert chance() == pytest.approx(EXPECTED, abs=1e-4)
    memory.delete_person("q")
    assert chance() == pytest.approx(1 / (1 + exp(-(4 * sqrt(1 / (sqrt(2) + 10)) - 1))), abs=1e-4), "one of the two is left"
    registry.rollback("clicks")
    assert chance() is None


def test_the_turn_tells_the_term_and_a_damaged_model_leaves_the_talk_alone(
    engine: Engine, settings: Settings
) -> None:
    for person in ("q", "r"):
        bought(engine.memory, person, "harlow", "trail")
    registry = Registry.of(settings, "small")
    name = keep(registry, model())
    registry.promote(name)
    talk = bought(engine.memory, "p", "harlow")

    def terms() -> set[str]:
        session = ended(list(engine.turn(engine.memory.load(talk.id) or talk, "boots")))
        finished()
        session = ended(list(engine.turn(session, "boots")))
        return {c.term for item in session.turns[-1].items for c in item.contributions}

    assert "learned" in terms()
    path = registry.path(name)
    path.write_bytes(b"broken")
    registry.promote(keep(registry, model()))
    registry.rollback("clicks")
    assert "learned" not in terms()
