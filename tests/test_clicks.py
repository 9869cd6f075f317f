"""The click model: its features by hand, its past without a future, numpy against PyTorch, and what it learns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.errors import BadInput, RapportError
from bot.learn.clicks import LAYERS, ClickModel, calibrated
from bot.learn.clicks_training import gains
from bot.learn.logs import described, logged, read
from bot.learn.signals import NAMES, Items, Log, Past, Signals, drawn, moments, table_of
from vectorstore.item import Item

# three people: 0 turns to items 0, 1, 2; 1 to 0, 1; 2 to 3
LOG = Log(
    np.asarray([0, 1, 0, 1, 0, 2]), np.asarray([0, 0, 1, 1, 2, 3]), np.arange(6) * 10.0,
    np.asarray([1, 1, 1, 1, -1, 1], np.float32),
)  # fmt: skip
ITEMS = Items(np.eye(5, 3, dtype=np.float32), np.asarray([1990, 1991, 2000, 0, 2010], np.float32))


@pytest.fixture(scope="module")
def signals() -> Signals:
    return Signals(LOG, ITEMS, factors=2)


def feature(signals: Signals, name: str, *history: int) -> list[float]:
    past = Past(np.asarray(history, np.int64), np.ones(len(history), np.float32), 60.0)
    return [round(float(v), 4) for v in signals.features(past)[:, NAMES.index(name)]]


def root(*values: float) -> list[float]:
    return [round(float(np.sqrt(v)), 4) for v in values]


def test_what_is_popular(signals: Signals) -> None:
    assert feature(signals, "popular", 3) == [round(float(np.log(1 + n)), 4) for n in (2, 2, 1, 1, 0)]


def test_what_the_same_people_turned_to(signals: Signals) -> None:
    # items 0 and 1 share two people of two: 2 / (2 + 10); item 2 shares one, who did not like it: 0.3 / (√(2 · 0.09) + 10)
    assert feature(signals, "together", 0) == root(0, 2 / 12, 0.3 / (np.sqrt(0.18) + 10), 0, 0)


def test_what_comes_after(signals: Signals) -> None:
    # after item 0 came item 1 at once, twice: 2 / (√(2·2) + 3); item 2 as the second, once: 0.5 / (√(2·1) + 3)
    assert feature(signals, "after the last", 0) == root(0, 2 / 5, 0.5 / (np.sqrt(2) + 3), 0, 0)


def test_years_and_facts(signals: Signals) -> None:
    apart = feature(signals, "years apart", 0)
    assert apart[0] == 1 and apart[1] == round(float(np.exp(-1 / 8)), 4) and apart[3] == 0.3
    assert feature(signals, "facts", 1) == [0, 1, 0, 0, 0]


def test_factors_put_what_goes_together_first(signals: Signals) -> None:
    scores = signals.factors.scores(np.asarray([0]))
    assert scores[1] > scores[3] and signals.factors.scores(np.zeros(0, np.int64)).tolist() == [0] * 5


def test_a_moment_knows_only_what_was_before_it() -> None:
    found = moments(LOG, 0, 100, 10)
    assert [(m.who, m.item, m.past.what.tolist()) for m in found] == [(0, 1, [0]), (1, 1, [0])]  # 2 was disliked; 3 came first
    same = Log(np.asarray([0, 0]), np.asarray([0, 1]), np.asarray([5.0, 5.0]), np.ones(2, np.float32))
    assert moments(same, 0, 100, 10) == []  # in the same second: nobody knows which was first
    assert moments(LOG, 0, 20, 10) == []


def test_others_are_what_the_person_had_not_turned_to(signals: Signals) -> None:
    moment = moments(LOG, 0, 100, 10)[0]
    rows = drawn(moment, 5, 3, np.random.default_rng(0)).tolist()
    assert rows[0] == 1 and sorted(rows[1:]) == [2, 3, 4]
    table, found = table_of(signals, [moment], 3)
    assert table.shape == (1, 4, len(NAMES)) and len(found) == 1


def simple(**more: float) -> ClickModel:
    width = len(NAMES)
    shapes = {"direct": (width,), "w1": (width, 3), "b1": (3,), "w2": (3, 2), "b2": (2,), "w3": (2,)}
    draw = np.random.default_rng(0)
    networks = tuple({n: draw.standard_normal(shapes[n]).astype(np.float32) for n in LAYERS} for _ in range(2))
    return ClickModel(np.zeros(width, np.float32), np.ones(width, np.float32), networks, **more)


def test_what_was_saved_is_the_same_again(tmp_path: Path) -> None:
    model, told = simple(slope=2.0, bias=-1.0), np.random.default_rng(1).standard_normal((4, len(NAMES))).astype(np.float32)
    model.save(tmp_path / "c.npz")
    again = ClickModel.load(tmp_path / "c.npz")
    assert np.array_equal(again.chances(told), model.chances(told))
    (tmp_path / "c.npz").write_bytes(b"no archive")
    with pytest.raises(RapportError, match="rapport train clicks"):
        ClickModel.load(tmp_path / "c.npz")


def test_calibration_says_how_often() -> None:
    told = np.zeros((1000, len(NAMES)), np.float32)
    told[:, 0] = np.random.default_rng(0).standard_normal(1000)
    liked = (np.random.default_rng(1).random(1000) < 0.2).astype(np.float32)
    assert calibrated(simple(), told, liked).chances(told).mean() == pytest.approx(0.2, abs=0.02)


def test_gains_by_hand() -> None:
    assert gains(np.asarray([[3, 1, 2], [1, 2, 0], [0, 0, 0]], np.float32)) == pytest.approx([1, 1 / np.log2(3), 1 / np.log2(3)])


def test_numpy_serves_what_pytorch_trained() -> None:
    torch = pytest.importorskip("torch")
    from bot.learn.train_clicks import Options, _Network

    torch.manual_seed(0)
    net = _Network(torch, len(NAMES), Options(hidden=4, second=3))
    told = np.random.default_rng(0).standard_normal((7, len(NAMES))).astype(np.float32)
    model = ClickModel(np.zeros(len(NAMES), np.float32), np.ones(len(NAMES), np.float32), (net.exported(),))
    assert np.allclose(net(torch.from_numpy(told)).detach().numpy(), model.scores(told), atol=1e-5)


def test_training_finds_what_tells_and_repeats() -> None:
    pytest.importorskip("torch")
    from bot.learn.train_clicks import Options, gain, train

    lists = np.random.default_rng(0).standard_normal((200, 20, len(NAMES))).astype(np.float32)
    lists[:, 0, 2] += 2  # what was liked has more of the third feature
    options = Options(hidden=4, second=3, epochs=10, batch=32, networks=1, rate=2e-2)
    model, again = (train(lists[:150], lists[150:], options) for _ in range(2))
    assert gain(model.scores(lists[150:])) > 0.6 and np.array_equal(model.scores(lists), again.scores(lists))
    with pytest.raises(BadInput, match="0 moments"):
        train(lists[:0], lists, options)


def test_events_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("person,item,kind,at,value\na,x,like,2,\nb,y,rating,1,1\n", "utf-8")
    log, people = logged(read(tmp_path / "e.csv"), {"x": 0, "y": 1})
    assert people == ["a", "b"] and log.what.tolist() == [1, 0] and log.good[1] > 0 > log.good[0]
    (tmp_path / "e.csv").write_text("person,item,kind,at\na,x,like,soon\n", "utf-8")
    with pytest.raises(BadInput, match="line 2"):
        read(tmp_path / "e.csv")


def test_facts_of_items() -> None:
    brands = ("Lumo", "Lumo", "Other", "Other")
    told = [{"id": str(n), "title": "t", "brand": b, "attributes": {"year": 1990 + n}} for n, b in enumerate(brands)]
    items = described([Item.model_validate(item) for item in told])
    assert items.years.tolist() == [1990, 1991, 1992, 1993]
    assert float(items.facts[0] @ items.facts[1]) == pytest.approx(1) and float(items.facts[0] @ items.facts[2]) == 0
