"""Tuning what deeds weigh: nothing of the future, ranks by hand, weights that help the choices left out, in use at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from small_shop import SHOP

from bot.chat import Engine
from bot.errors import BadInput
from bot.learn.logs import Event, holds_events
from bot.learn.registry import Card, Expecting, Registry, Weighing, write_json
from bot.learn.training import Job
from bot.learn.tune_terms import NAMES, SOURCES, Moment, best, by_person, defaults, gains, moments, terms
from bot.llm.model import NoModel
from bot.memory import Memory
from bot.settings import Settings
from vectorstore.catalogue import Catalogue

IDS = [item.id for item in SHOP]
PAIRS = list(zip(IDS[0::2], IDS[1::2], strict=False))  # who takes the one takes the other, whatever they are


def in_pairs(people: int = 60, seed: int = 0) -> list[Event]:
    """Everybody buys two pairs, a thing at a time: only what others chose together tells what comes next."""
    draw, found = np.random.default_rng(seed), []
    for person in range(people):
        chosen = draw.choice(len(PAIRS), 2, replace=False)
        bought = [item for pair in chosen.tolist() for item in PAIRS[pair]]
        found += [(f"p{person}", item, "buy", 1000.0 * person + n, None) for n, item in enumerate(bought)]
    return found


def a_job(shop: Catalogue, settings: Settings) -> Job:
    job = Job(settings, "small")
    job.open = lambda: shop  # type: ignore[method-assign]
    return job


def test_a_moment_knows_what_was_before_it_and_nothing_later(shop: Catalogue, settings: Settings) -> None:
    events = in_pairs()
    found = moments(shop, events, settings, Expecting(Registry.of(settings, "small")))
    last = sorted(events, key=lambda e: e[3])[int(len(events) * 0.9)][3]
    due = [e for e in events if e[3] >= last and e[3] % 1000 > 0]  # the first thing of a person has nothing before it
    assert [m.who for m in found] == [e[0] for e in due] and [m.before for m in found] == [int(e[3] % 1000) for e in due]
    column = NAMES.index("together")
    seconds = [moment.values[:, column] for moment, event in zip(found, due, strict=True) if event[3] % 2 == 1]
    assert len(seconds) > 5 and all(values[0] == values.max() > 0.5 for values in seconds), "the second of a pair goes with it"


def test_what_others_do_later_is_not_counted(shop: Catalogue, settings: Settings) -> None:
    one, other, third = IDS[:3]
    early: list[Event] = [(f"e{n}", third, "buy", float(n), None) for n in range(90)]
    late: list[Event] = [(f"l{n}", item, "buy", 100.0 + n + k / 2, None) for n in range(5) for k, item in enumerate((one, other))]
    found = moments(shop, early + late, settings, Expecting(Registry.of(settings, "small")))
    assert len(found) == 5 and not any(moment.values[0, NAMES.index("together")] for moment in found)


def test_the_place_by_hand() -> None:
    values = np.zeros((4, len(NAMES)))
    values[:, 0] = [0.5, 0.9, 0.5, 0.1]  # one ahead, one level: place 1.5
    moment = Moment("p", 1, values)
    weights = dict.fromkeys(NAMES, 0.0)
    assert gains([moment], weights | {"behaviour": 1.0}) == pytest.approx([1 / np.log2(3.5)])
    assert gains([moment], weights) == pytest.approx([1 / np.log2(3.5)]), "all level: the middle place"
    assert by_person(np.asarray([1.0, 0.0, 0.5]), ["a", "a", "b"]) == 0.5


def test_deeds_never_weigh_more_together_than_before(shop: Catalogue, settings: Settings) -> None:
    pytest.importorskip("optuna")
    found = moments(shop, in_pairs(), settings, Expecting(Registry.of(settings, "small")))
    start = defaults(settings)
    weights = best(found, start, 30)
    assert sum(weights[n] for n in SOURCES) <= sum(start[n] for n in SOURCES) + 0.01
    assert weights["together"] > start["together"], "it alone tells the next thing"
    people = [m.who for m in found]
    assert by_person(gains(found, weights), people) >= by_person(gains(found, start), people)


def test_too_little_is_said(shop: Catalogue, settings: Settings) -> None:
    with pytest.raises(BadInput, match="40 of 5 people are needed"):
        terms(a_job(shop, settings), in_pairs(8), 4)


def test_what_is_tuned_is_kept_with_its_figures(shop: Catalogue, settings: Settings) -> None:
    pytest.importorskip("optuna")
    said: list[str] = []
    job = a_job(shop, settings)
    job.tell = said.append
    card = terms(job, in_pairs(200), 12)
    assert card.kind == "terms" and card.metrics["cases"] >= 40 and card.name in said[-1]
    weights = Weighing(Registry.of(settings, "small"))()
    assert (set(weights) == set(NAMES)) == card.passed


def kept(registry: Registry, weights: dict[str, float]) -> str:
    return registry.add(
        "terms", lambda folder: write_json(folder / "terms.json", weights),
        lambda name: Card(name=name, kind="terms", created=0, data="", rows=0, passed=True),
    ).name  # fmt: skip


def test_a_running_engine_follows_and_the_operator_has_the_last_word(shop: Catalogue, settings: Settings) -> None:
    plain = Settings.model_construct(set(), **settings.model_dump())  # nothing was set by anybody
    engine = Engine(plain, NoModel(), lambda name: shop, lambda: [shop.info], Memory.open(settings))
    registry = Registry.of(settings, "small")
    assert engine.tuned("small").together == 0.2
    registry.promote(kept(registry, {"together": 0.6, "behaviour": 0.1}))
    assert (engine.tuned("small").together, engine.tuned("small").behaviour, engine.tuned("other").together) == (0.6, 0.1, 0.2)
    engine.settings = plain.model_copy(update={"together": 0.0})
    assert (engine.tuned("small").together, engine.tuned("small").behaviour) == (0.0, 0.1)
    registry.rollback("terms")
    assert engine.tuned("small").behaviour == 0.3
    registry.promote(kept(registry, {"together": 7.0}))
    assert engine.tuned("small").behaviour == 0.3, "a weight that no setting may have is left out"


def test_each_term_can_be_switched_off(engine_with: Callable[[NoModel], Engine]) -> None:
    engine = engine_with(NoModel())

    def told() -> set[str]:
        session = engine.start()
        for event in engine.turn(session, "a leather jacket"):
            session = getattr(event, "session", session)
        return {c.term for item in session.turns[-1].items for c in item.contributions}

    assert {"rating", "popularity"} & told()
    engine.settings = engine.settings.model_copy(update={"rating": 0.0, "popularity": 0.0, "freshness": 0.0})
    assert not {"rating", "popularity", "recent"} & told()


def test_events_are_known_by_their_first_line(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("person,item,kind,at,value\np,kettle,buy,1,\n", "utf-8")
    other = tmp_path / "judgments.csv"
    other.write_text("query,docid,rating\n", "utf-8")
    assert holds_events(path) and not holds_events(other) and not holds_events(tmp_path)
