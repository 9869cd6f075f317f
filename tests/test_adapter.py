"""The adapter: numpy and PyTorch agree, another embedding is refused, seeds repeat, a stopped training ends the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.errors import BadInput, RapportError
from bot.learn.adapter import Adapter, Header, Low, OtherEmbedding
from bot.learn.pairs import Pair, digest, from_judgments, phrasings
from bot.learn.train_adapter import CHECKPOINT, Options, Texts, gains, train
from vectorstore.embeddings import HashEmbedder, Vectors, unit
from vectorstore.item import Item

EMBEDDER = HashEmbedder(24)
QUICK = Options(rank=4, epochs=4, batch=8, rate=1e-2, patience=9, hard=2)
TEXTS = [f"wish {n}" for n in range(20)]
ROWS = {f"i{n}": n for n in range(40)}


def header(embedder: HashEmbedder = EMBEDDER) -> Header:
    return Header(embedder.name, embedder.checksum, embedder.dimension, 2)


def made(sides: tuple[str, ...] = ("query",)) -> Adapter:
    draw = np.random.default_rng(1)
    steps = {s: Low(*(draw.standard_normal(shape).astype(np.float32) for shape in ((24, 2), (2, 24)))) for s in sides}
    return Adapter(header(), steps.get("query"), steps.get("item"))


def vectors(count: int, seed: int = 0) -> Vectors:
    return unit(np.random.default_rng(seed).standard_normal((count, 24)), 24)


def taught() -> tuple[list[Pair], list[Pair]]:
    """Twenty wishes, each answered by two items; five of them are for validation."""
    pairs = [Pair(text, f"i{2 * n + k}", whose=text) for n, text in enumerate(TEXTS) for k in range(2)]
    pairs += [Pair(text, f"i{(2 * n + 9) % 40}", 0.0, whose=text) for n, text in enumerate(TEXTS)]
    return [p for p in pairs if p.text not in TEXTS[:5]], [p for p in pairs if p.text in TEXTS[:5]]


def moved() -> tuple[Vectors, Vectors]:
    """Items, and wishes that are near their items but for one direction that all wishes share: what an adapter can undo."""
    items = vectors(40)
    wishes = unit(items[::2] + items[1::2] + 3 * vectors(1, 5), 24)
    return items, wishes


def trained(options: Options = QUICK, **more):  # type: ignore[no-untyped-def]
    items, wishes = moved()
    training, validation = taught()

    def embed(texts):  # type: ignore[no-untyped-def]
        return wishes[[TEXTS.index(text) for text in texts]]

    return train(training, validation, items, ROWS, embed, EMBEDDER, options, **more)


def test_a_step_is_worked_out_by_hand() -> None:
    low = Low(np.asarray([[1], [0]], np.float32), np.asarray([[0, 2]], np.float32))
    # (0.6, 0.8) + 0.6 · (0, 2) = (0.6, 2.0), of length 1 again
    assert np.allclose(low(np.asarray([[0.6, 0.8]], np.float32)), np.asarray([[0.6, 2.0]]) / np.hypot(0.6, 2.0))


def test_what_was_saved_is_the_same_again(tmp_path: Path) -> None:
    adapter, rows = made(("query", "item")), vectors(3)
    adapter.save(tmp_path / "a.npz")
    again = Adapter.load(tmp_path / "a.npz", EMBEDDER)
    assert np.array_equal(again.queries(rows), adapter.queries(rows)) and np.array_equal(again.items(rows), adapter.items(rows))
    assert again.header == adapter.header and again.moves_items and not made().moves_items
    assert np.array_equal(made().items(rows), rows)


def test_another_embedding_is_refused(tmp_path: Path) -> None:
    made().save(tmp_path / "a.npz")
    with pytest.raises(OtherEmbedding, match=r"trained on hash \(24 numbers.*rapport train adapter"):
        Adapter.load(tmp_path / "a.npz", HashEmbedder(32))


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(b"no archive")
    with pytest.raises(RapportError, match=r"a\.npz is not an adapter"):
        Adapter.load(tmp_path / "a.npz")
    adapter = made()
    assert adapter.query is not None
    replace(adapter, query=Low(adapter.query.down[:, :1], adapter.query.up)).save(tmp_path / "b.npz")
    with pytest.raises(RapportError, match="shapes"):
        Adapter.load(tmp_path / "b.npz")


def test_gains_by_hand() -> None:
    # found: grade 0.5 in the second place; best: 1 then 0.5
    assert gains(np.asarray([7, 3]), {3: 0.5, 4: 1.0}) == pytest.approx((0.5 / np.log2(3)) / (1 + 0.5 / np.log2(3)))


def test_pairs_of_judgments_and_of_the_catalogue() -> None:
    assert [(p.text, p.item, p.grade) for p in from_judgments({"lamp": {"a": 3, "b": 0}})] == [("lamp", "a", 1), ("lamp", "b", 0)]
    items = [Item.model_validate({"id": f"{n}", "title": "x", "category": ["Home", "Lamps"], "brand": "Lumo"}) for n in range(3)]
    items += [Item.model_validate({"id": f"t{n}", "title": "y", "category": ["Tents"]}) for n in range(4)]
    assert {(p.text, p.item) for p in phrasings(items) if p.text == "Lamps"} == {("Lamps", "0"), ("Lamps", "1"), ("Lamps", "2")}
    assert "Lumo" not in {p.text for p in phrasings(items)} and "Lumo" in {p.text for p in phrasings(items, wide=True)}
    assert "Tents" not in {p.text for p in phrasings(items)}  # more than half of the catalogue: it tells nothing apart
    said = Item.model_validate({"id": "z", "title": "lamp", "translations": {"zh": {"title": "台灯"}}})
    assert [(p.text, p.item) for p in phrasings([said])] == [("台灯", "z")]


def test_the_digest_changes_with_the_data() -> None:
    training, _ = taught()
    assert digest(training) == digest(list(training)) != digest(training[1:])


def test_texts_without_anything_right_are_left_out() -> None:
    pairs = [Pair("a", "i1"), Pair("a", "i2", 0.0), Pair("b", "i3", 0.0), Pair("c", "gone")]
    texts = Texts.of(pairs, ROWS, lambda names: vectors(len(names)))
    assert texts.names == ["a"] and texts.right == [{1: 1.0}] and texts.wrong == [[2]]


def test_numpy_serves_what_pytorch_trained() -> None:
    torch = pytest.importorskip("torch")
    from bot.learn.train_adapter import _steps

    torch.manual_seed(3)
    net = _steps(torch, 24, replace(QUICK, sides="both"))
    for side in ("query", "item"):
        torch.nn.init.normal_(net.up[side])
    net.eval()
    rows = vectors(6)
    adapter = net.adapter(header())
    assert np.allclose(net(torch.from_numpy(rows), "query").detach().numpy(), adapter.queries(rows), atol=1e-6)
    assert np.allclose(net(torch.from_numpy(rows), "item").detach().numpy(), adapter.items(rows), atol=1e-6)
    assert not np.allclose(adapter.queries(rows), adapter.items(rows))


def test_training_helps_and_repeats_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    whole = trained(replace(QUICK, sides="query"))
    assert whole.history[-1]["loss"] < whole.history[0]["loss"] and whole.adapter.item is None
    again = trained(replace(QUICK, sides="query"))
    assert whole.adapter.query is not None and again.adapter.query is not None
    assert np.array_equal(whole.adapter.query.up, again.adapter.query.up)
    other = trained(replace(QUICK, sides="query", seed=1))
    assert other.adapter.query is not None and not np.array_equal(whole.adapter.query.down, other.adapter.query.down)
    trained(replace(QUICK, sides="query"), work=tmp_path, stop_after=2)
    assert (tmp_path / CHECKPOINT).exists()
    resumed = trained(replace(QUICK, sides="query"), work=tmp_path, resume=True)
    assert resumed.adapter.query is not None
    assert np.array_equal(whole.adapter.query.up, resumed.adapter.query.up) and resumed.history == whole.history
    with pytest.raises(BadInput, match="another training"):
        trained(replace(QUICK, rate=0.5, sides="query"), work=tmp_path, resume=True)
