"""The registry and its gate, and that a catalogue follows it without being opened again."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest

from bot.errors import BadInput
from bot.learn.adapter import Adapter, Header, Low
from bot.learn.gate import LARGE, judge
from bot.learn.pairs import Pair
from bot.learn.registry import IN_USE, Card, Kind, Registry, Served, as_kind
from bot.learn.training import parted, span
from vectorstore.catalogue import Catalogue
from vectorstore.embeddings import HashEmbedder
from vectorstore.index import build
from vectorstore.learned import NOTHING, Fusion

THINGS = ["red kettle", "steel toaster", "garden hose", "wool scarf"]


def card(kind: Kind, name: str, passed: bool = True) -> Card:
    return Card(name=name, kind=kind, created=1.0, data="d", rows=3, passed=passed, verdict="worse for kind Tents")


def weights(registry: Registry, fusion: Fusion, passed: bool = True) -> str:
    def write(folder: Path) -> None:
        (folder / "weights.json").write_text(fusion.model_dump_json(), "utf-8")

    return registry.add("weights", write, lambda name: card("weights", name, passed)).name


def turned(embedder: HashEmbedder, seed: int = 0) -> Adapter:
    """An adapter that turns wishes round: what was nearest is farthest."""
    size = embedder.dimension
    low = Low(np.eye(size, dtype=np.float32), np.float32(-2) * np.eye(size, dtype=np.float32))
    return Adapter(Header(embedder.name, embedder.checksum, size, size, seed=seed), query=low)


def adapter(registry: Registry, embedder: HashEmbedder) -> str:
    made = turned(embedder)
    return registry.add("adapter", lambda folder: made.save(folder / "adapter.npz"), lambda name: card("adapter", name)).name


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path / "models" / "things")


@pytest.fixture
def things(tmp_path: Path, registry: Registry) -> Catalogue:
    (tmp_path / "things.csv").write_text("id,title\n" + "".join(f"{n},{t}\n" for n, t in enumerate(THINGS)), "utf-8")
    build(tmp_path / "things.csv", "things", tmp_path / "catalogues", HashEmbedder())
    catalogue = Catalogue.open("things", tmp_path / "catalogues", HashEmbedder())
    catalogue.learned = Served(registry, catalogue.embedder)
    return catalogue


def test_versions_are_numbered_and_listed(registry: Registry) -> None:
    assert registry.cards() == []
    assert [weights(registry, Fusion(dense=d)) for d in (0.5, 0.6)] == ["weights-1", "weights-2"]
    assert [c.name for c in registry.cards()] == ["weights-1", "weights-2"]
    with pytest.raises(BadInput, match="weights-1, weights-2"):
        registry.card("weights-9")


def test_a_version_that_failed_to_be_written_is_not_there(registry: Registry) -> None:
    def write(folder: Path) -> None:
        (folder / "weights.json").write_text("half", "utf-8")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        registry.add("weights", write, lambda name: card("weights", name))
    assert registry.cards() == [] and weights(registry, Fusion()) == "weights-1"


def test_what_the_gate_held_back_is_promoted_only_when_overruled(registry: Registry) -> None:
    name = weights(registry, Fusion(), passed=False)
    with pytest.raises(BadInput, match=r"worse for kind Tents.*--anyway"):
        registry.promote(name)
    assert registry.in_use().now == {}
    registry.promote(name, anyway=True)
    assert registry.in_use().now == {"weights": name}


def test_rollback_goes_back_step_by_step(registry: Registry) -> None:
    one, two = weights(registry, Fusion(dense=0.5)), weights(registry, Fusion(dense=0.6))
    registry.promote(one)
    registry.promote(two)
    registry.promote(two)  # twice is once
    assert [registry.rollback("weights"), registry.rollback("weights")] == [one, None]
    with pytest.raises(BadInput, match="nothing to roll back"):
        registry.rollback("weights")
    with pytest.raises(BadInput, match="adapter, clicks, weights"):
        as_kind("model")


def test_an_open_catalogue_follows_promotion_and_rollback(registry: Registry, things: Catalogue) -> None:
    def best() -> float:
        return max(c.cosines[0] for c in things.search(["red kettle"]) if c.item.id == "0")

    before = best()
    assert things.learned() is NOTHING and before > 0.3
    registry.promote(adapter(registry, HashEmbedder()))
    assert best() == pytest.approx(-before, abs=1e-5)  # the same catalogue, not opened again
    assert float((things.embed(["red kettle"]) @ things.vectors(["0"]).T)[0, 0]) == pytest.approx(-before, abs=1e-5)
    registry.rollback("adapter")
    assert best() == pytest.approx(before, abs=1e-6)


def test_items_are_moved_too_and_put_back(registry: Registry, things: Catalogue) -> None:
    before = things.vectors(["0", "1"]).copy()
    query = turned(HashEmbedder())
    made = Adapter(query.header, item=query.query)
    name = registry.add("adapter", lambda folder: made.save(folder / "adapter.npz"), lambda name: card("adapter", name)).name
    registry.promote(name)
    assert np.allclose(things.vectors(["0", "1"]), -before, atol=1e-5)
    registry.rollback("adapter")
    assert np.array_equal(things.vectors(["0", "1"]), before)


def test_weights_change_the_order(registry: Registry, things: Catalogue) -> None:
    registry.promote(adapter(registry, HashEmbedder()))  # by meaning the kettle is last now, by words it is first
    registry.promote(weights(registry, Fusion(dense=0.0)))
    assert things.search(["red kettle"])[0].item.id == "0"
    registry.promote(weights(registry, Fusion(lexical=0.0)))
    assert things.search(["red kettle"])[-1].item.id == "0"


def test_an_adapter_of_another_embedding_is_left_out_with_a_warning(
    registry: Registry, things: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    registry.promote(adapter(registry, HashEmbedder(64)))
    with caplog.at_level(logging.WARNING):
        found = things.search(["red kettle"])
        things.search(["red kettle"])
    assert found[0].item.id == "0" and caplog.text.count("adapter-1 is not in use") == 1 and "64" in caplog.text


def test_a_damaged_pointer_uses_nothing(registry: Registry, things: Catalogue, caplog: pytest.LogCaptureFixture) -> None:
    registry.folder.mkdir(parents=True)
    (registry.folder / IN_USE).write_text("{", "utf-8")
    assert things.search(["red kettle"])[0].item.id == "0" and "rapport models promote" in caplog.text


def test_the_gate() -> None:
    draw = np.random.default_rng(0)
    before = draw.uniform(0.3, 0.5, 200).tolist()
    whose = [f"q{n}" for n in range(200)]
    better = [value + 0.1 for value in before]
    assert judge(before, better, whose).passed
    assert not judge(before, before, whose).passed
    noisy = [value + float(change) for value, change in zip(before, draw.normal(0.005, 0.3, 200), strict=True)]
    assert not judge(before, noisy, whose).passed  # perhaps better, perhaps by chance


def test_the_gate_refuses_what_is_worse_for_a_large_group() -> None:
    before = [0.5] * 200
    whose = [f"q{n}" for n in range(200)]
    inside = np.arange(200) < LARGE
    after = [0.4 if mine else 0.7 for mine in inside]
    found = judge(before, after, whose, {"in Chinese": inside, "in English": ~inside})
    assert not found.passed and "worse for in Chinese (-0.100 over 20 cases)" in found.said and found.change.low > 0
    few = np.arange(200) < LARGE - 1
    assert judge(before, [0.4 if mine else 0.7 for mine in few], whose, {"in Chinese": few}).passed


def test_the_latest_are_held_out_and_nobody_is_in_two_parts() -> None:
    pairs = [Pair("t", f"i{n}", at=float(n), whose=f"p{n % 20}") for n in range(60)]
    training, validation, held = parted(pairs)
    names = [{p.whose for p in part} for part in (training, validation, held)]
    assert not names[0] & names[1] and not names[1] & names[2] and not names[0] & names[2]
    assert names[2] == {"p16", "p17", "p18", "p19"} and names[1] == {"p12", "p13", "p14", "p15"}


def test_spans() -> None:
    assert [span("30d"), span("12h"), span("2w")] == [30 * 86_400, 43_200, 14 * 86_400]
    with pytest.raises(BadInput, match="30d, 12h"):
        span("soon")
