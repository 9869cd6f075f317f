"""Shopping cases: what holds, what does not, and that each of our own can be answered from the sample shop."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.chat import Engine
from bot.check.evaluate import OWN_CASES
from bot.check.evaluate.shopping import Case, Held, cases, judged, played
from bot.check.expressions import fields_of, true_of
from bot.errors import BadInput
from vectorstore.importers import read
from vectorstore.item import Item

SHOP = Path(__file__).parents[1] / "vectorstore" / "catalogues" / "shop"
CHEAP = Item(id="a", title="Cheap kettle", price=20, category=("Kitchen", "Kettles"))
DEAR = Item(id="b", title="Dear kettle", price=90, category=("Kitchen", "Kettles"))
KNOWN = fields_of([CHEAP, DEAR])


def case(**said: object) -> Case:
    return Case.model_validate({"id": "x", "messages": ["…"], **said})


def test_every_item_is_held_against_every_check() -> None:
    budget = case(every=["price <= 50", "'kettles' in category"])
    assert judged(budget, [CHEAP], KNOWN) == Held(True, 1, 1)
    both = judged(budget, [CHEAP, DEAR], KNOWN)
    assert both == Held(False, 1, 2, ("Dear kettle: not price <= 50",))
    assert both.counts(nothing=False) == [0, 1, 1, 2, 1, 1]


def test_some_item_is_enough_for_some() -> None:
    wish = case(some=["price > 50"])
    assert judged(wish, [CHEAP, DEAR], KNOWN).held
    assert judged(wish, [CHEAP], KNOWN).broken == ("no item: price > 50",)


def test_showing_nothing_is_right_only_where_nothing_fits() -> None:
    assert not judged(case(every=["price <= 50"]), [], KNOWN).held
    none = case(every=["price <= 5"], nothing=True)
    assert judged(none, [], KNOWN).held and not judged(none, [CHEAP], KNOWN).held
    assert judged(none, [], KNOWN).counts(nothing=True) == [1, 1, 0, 0, 0, 0]


def test_the_last_message_counts(engine: Engine) -> None:
    shown = played(engine, case(messages=["a leather jacket", "under $150 please"]))
    catalogue = engine.catalogue(engine.settings.catalogue)
    items = [item for item in map(catalogue.get, shown) if item is not None]
    assert items and all(item.price is not None and item.price <= 150 for item in items)


OURS = [c for path in sorted(OWN_CASES.glob("*.jsonl")) for c in cases(path)]


@pytest.fixture(scope="module")
def shop_items() -> list[Item]:
    return [made for made in read(SHOP) if isinstance(made, Item)]


def test_there_are_cases_in_both_languages() -> None:
    assert len({c.id for c in OURS}) == len(OURS) >= 60
    assert {lang: sum(c.lang == lang for c in OURS) >= 30 for lang in ("en", "zh")} == {"en": True, "zh": True}


def test_each_case_can_be_held_and_can_be_broken(shop_items: list[Item]) -> None:
    """A check that everything satisfies shows nothing; one that nothing satisfies is said to be so."""
    known = fields_of(shop_items)
    for c in OURS:
        fitting = sum(all(true_of(check, item, known) for check in c.every) for item in shop_items)
        assert bool(fitting) != c.nothing and fitting < len(shop_items) / 4, (c.id, fitting)
        for check in c.every:
            assert any(not true_of(check, item, known) for item in shop_items), (c.id, check)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "x", "messages": ["a"], "every": ["price <="]}', "line 1, is no case"),
        ('{"id": "x", "messages": ["a"], "evry": ["price <= 2"]}', "evry"),
        ('{"id": "x", "messages": ["a"]}', "to be checked"),
        ('{"id": "x", "messages": [], "nothing": true}', "needs messages"),
    ],
)
def test_a_case_that_is_none_is_told(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(line + "\n", "utf-8")
    with pytest.raises(BadInput, match=said):
        cases(path)


def test_a_stopped_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine_with: Callable[..., Engine]) -> None:
    from contextlib import contextmanager

    from bot import engine as engines
    from bot.check.evaluate import shopping
    from bot.check.evaluate.run import Run
    from bot.llm import NoModel

    engine = engine_with(NoModel())

    @contextmanager
    def running(*_: object, **__: object):  # type: ignore[no-untyped-def]
        yield engine

    monkeypatch.setattr(engines, "running", running)
    path = tmp_path / "cases.jsonl"
    lines = [{"id": str(n), "messages": [m], "every": ["price <= 150"]} for n, m in enumerate(("a jacket under $150", "boots"))]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    run = Run("constraints", path, engine.settings, tmp_path)
    first = shopping.evaluate(run)
    kept = tmp_path / "constraints-none.jsonl"
    kept.write_text(kept.read_text("utf-8").split("\n")[0] + '\n{"id": "1", "ca', "utf-8")  # stopped in the middle of a line
    asked: list[str] = []
    play = shopping.played
    monkeypatch.setattr(shopping, "played", lambda e, c: asked.append(c.id) or play(e, c))
    run.resume = True
    assert shopping.evaluate(run).tables == first.tables and asked == ["1"]
    assert [r.name for r in first.tables[0].rows][:2] == ["Rapport", "fused search"]
