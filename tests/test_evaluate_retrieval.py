"""Retrieval over six products and three queries, and over the small shop's own search."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.check.evaluate import retrieval
from bot.check.evaluate.library import Asked, Kept, opened
from bot.check.evaluate.measures import Figure
from bot.check.evaluate.run import Run
from bot.errors import BadInput
from bot.settings import Settings
from vectorstore.embeddings import HashEmbedder
from vectorstore.item import Item

pytest.importorskip("ir_measures")

PRODUCTS = ["red kettle", "blue kettle", "steel toaster", "garden hose", "wool scarf", "paper lamp"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "things"
    folder.mkdir()
    lines = [json.dumps({"id": f"p{n}", "title": title}) for n, title in enumerate(PRODUCTS)]
    (folder / "items.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    judged = "query,docid,rating\nkettle,p0,3\nkettle,p1,2\nkettle,p2,0\ntoaster,p2,3\nsofa,p4,0\ntoaster,gone,1\n"
    (folder / "judgments.csv").write_text(judged, "utf-8")
    return folder


def run(data: Path, settings: Settings) -> Run:
    return Run("retrieval", data, settings, data / "work")


def test_the_tables(data: Path, settings: Settings) -> None:
    outcome = retrieval.evaluate(run(data, settings))
    judged, whole = outcome.tables
    assert judged.cases == "2 queries over the 4 judged products" and whole.cases == "2 queries over all 6 products"
    assert [r.name for r in judged.rows] == ["Rapport: fused", "by meaning alone", "BM25", "chance"]
    words = whole.rows[2].figures["R@10"]
    assert isinstance(words, Figure) and words.value == 1
    assert "1 judged products are not in the catalogue (the first: gone)" in outcome.warnings[0]
    assert "2 queries with a relevant product (1 without one left out)" in outcome.protocol[0]


def test_limit(data: Path, settings: Settings) -> None:
    given = run(data, settings)
    given.limit = 1
    assert retrieval.evaluate(given).tables[0].cases.startswith("1 queries")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("query,docid,rating\nkettle,p0,good\n", "line 2"),
        ("q,d\na,b\n", "line 2"),
        ("query,docid,rating\nx,none,1\n", "No query"),
    ],
)
def test_wrong_judgments_are_told(data: Path, settings: Settings, text: str, said: str) -> None:
    (data / "judgments.csv").write_text(text, "utf-8")
    with pytest.raises(BadInput, match=said):
        retrieval.evaluate(run(data, settings))


def test_without_judgments(data: Path, settings: Settings) -> None:
    (data / "judgments.csv").unlink()
    with pytest.raises(BadInput, match="query, docid, rating"):
        retrieval.evaluate(run(data, settings))


def test_queries_are_kept_on_disk(tmp_path: Path) -> None:
    asked: list[str] = []

    class Counting(HashEmbedder):
        def queries(self, texts):  # type: ignore[no-untyped-def]
            asked.extend(texts)
            return self.passages(texts)

    for _ in range(2):
        found = Kept(Counting(), tmp_path).queries(["red kettle"])
    assert asked == ["red kettle"] and found.tolist() == HashEmbedder().passages(["red kettle"]).tolist()
    assert Asked(Counting()).checksum != Counting().checksum  # a query is never taken for a passage


def test_translations_are_searched_too(settings: Settings) -> None:
    said = {"zh": {"title": "红水壶"}}
    items = [Item.model_validate({"id": "k", "title": "kettle", "translations": said}), Item(id="h", title="garden hose")]
    library = opened("two", items, HashEmbedder(), lambda what, done, of: None)
    assert [c.item.id for c in library.catalogue.search(["水壶"], limit=1)] == ["k"]
    assert library.best(library.dense("garden hose"), 1) == ["h"]
