"""Changing an indexed catalogue: items put in, replaced and taken out, while others read it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from bot.chat import Engine
from bot.llm.model import NoModel
from bot.memory import Memory
from bot.settings import Settings
from vectorstore import catalogue as catalogue_module
from vectorstore.catalogue import Catalogue
from vectorstore.changes import add_files, reindex, remove, upsert
from vectorstore.constraints import Constraint
from vectorstore.embeddings import HashEmbedder, Vectors
from vectorstore.errors import CatalogueBusy, CatalogueError, IndexMismatch, UnknownCatalogue
from vectorstore.index import Manifest, build, forget_vectors, passage, read_manifest
from vectorstore.item import Item, Translation
from vectorstore.space import Space


class Counting(HashEmbedder):
    """Remembers which passages it was asked for."""

    def __init__(self) -> None:
        super().__init__(64)
        self.asked: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        return super().passages(texts)


def item(id: str, title: str, **fields: object) -> Item:
    return Item(id=id, title=title, **fields)  # type: ignore[arg-type]


JACKET = item("jacket", "Leather jacket", price=200.0, attributes={"closure": "zip"})
MUG = item("mug", "Coffee mug", price=9.0, translations={"zh": Translation(title="马克杯")})
TENT = item("tent", "Tent for two", price=120.0)
SAID = """\
title: {en: Out and about}
units: {closure: {en: "!"}}
service: {return: {en: Within 30 days.}}
"""


@pytest.fixture
def embedder() -> Counting:
    return Counting()


@pytest.fixture
def root(tmp_path: Path, embedder: Counting) -> Path:
    """Where `shop`, with a jacket, a mug and a description, is indexed."""
    source = tmp_path / "source"
    source.mkdir()
    write(source / "items.jsonl", JACKET, MUG)
    (source / "catalogue.yaml").write_text(SAID, "utf-8")
    build(source, "shop", tmp_path / "root", embedder)
    embedder.asked.clear()
    return tmp_path / "root"


def write(path: Path, *items: Item) -> Path:
    path.write_text("".join(i.model_dump_json() + "\n" for i in items), "utf-8")
    return path


def ids(catalogue: Catalogue) -> list[str]:
    return [i.id for i in catalogue.items()]


def opened(root: Path, embedder: Counting) -> Catalogue:
    return Catalogue.open("shop", root, embedder)


def test_an_item_is_added_and_another_replaced_in_its_place_and_only_their_texts_are_embedded(
    root: Path, embedder: Counting
) -> None:
    report = upsert([TENT, JACKET.model_copy(update={"title": "Suede jacket"})], "shop", root, embedder)
    assert (report.items, report.added, report.replaced, report.removed, report.embedded) == (3, 1, 1, 0, 2)
    assert [text.split(".")[0] for text in embedder.asked] == ["Suede jacket", "Tent for two"]
    after = opened(root, embedder)
    assert ids(after) == ["jacket", "mug", "tent"]
    assert (after.get("jacket") or MUG).title == "Suede jacket"
    assert after.search(["tent for two"])[0].item.id == "tent"
    assert after.search(["suede"])[0].item.id == "jacket"
    assert after.matching([Constraint(field="price", op="<=", value=120)]) == [MUG, TENT]
    assert after.generation == report.generation


def test_a_new_price_needs_no_model(root: Path, embedder: Counting) -> None:
    report = upsert([JACKET.model_copy(update={"price": 150.0})], "shop", root, embedder)
    assert (report.replaced, report.embedded, embedder.asked) == (1, 0, [])
    assert (opened(root, embedder).get("jacket") or MUG).price == 150.0


def test_what_changes_nothing_writes_nothing(root: Path, embedder: Counting) -> None:
    before = read_manifest(root / "shop")
    assert before is not None
    assert upsert([MUG], "shop", root, embedder).generation == before.generation
    assert remove(["never there"], "shop", root, embedder).removed == 0
    assert read_manifest(root / "shop") == before


def test_an_item_is_taken_out_with_its_vectors(root: Path, embedder: Counting) -> None:
    report = remove(["mug", "never there"], "shop", root, embedder)
    assert (report.items, report.removed, report.embedded) == (1, 1, 0)
    after = opened(root, embedder)
    assert ids(after) == ["jacket"]
    assert [c.item.id for c in after.search(["coffee mug 马克杯"])] == ["jacket"]
    assert catalogue_module.open_collection(root / "shop").count() == 1, "nor is a vector of a translation left"


def test_the_last_item_stays(root: Path, embedder: Counting) -> None:
    with pytest.raises(CatalogueError, match="Nothing would be left"):
        remove(["mug", "jacket"], "shop", root, embedder)
    assert len(opened(root, embedder)) == 2


def test_what_the_description_said_stays_said(root: Path, embedder: Counting) -> None:
    upsert([TENT, item("boots", "Boots", price=90.0, currency="EUR")], "shop", root, embedder)
    info = opened(root, embedder).info
    assert info.title == {"en": "Out and about"}
    assert info.measured("closure", "2", "en") == "2 !"
    assert info.service["return"]["en"] == "Within 30 days."
    assert (info.size, info.currency) == (4, "EUR"), "what it leaves out is worked out from the items that are there now"


def test_an_item_may_go_though_the_description_speaks_of_what_only_it_states(root: Path, embedder: Counting) -> None:
    remove(["jacket"], "shop", root, embedder)
    info = opened(root, embedder).info
    assert (info.size, info.title) == (1, {"en": "Out and about"})


def test_an_index_of_before_descriptions_were_kept_keeps_its_words(root: Path, embedder: Counting) -> None:
    manifest = read_manifest(root / "shop")
    assert manifest is not None
    older = manifest.model_copy(update={"said": None}).model_dump_json(exclude={"said"})
    (root / "shop" / "index.json").write_text(older, "utf-8")
    upsert([TENT], "shop", root, embedder)
    info = opened(root, embedder).info
    assert (info.size, info.title) == (3, {"en": "Out and about"})


def test_files_add_to_a_catalogue_or_take_its_place(root: Path, embedder: Counting, tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    path.write_text("id,title,price\ntent,Tent for two,120\n,,\nlamp,,5\n", "utf-8")
    report = add_files(path, "shop", root, embedder, keep=True)
    assert (report.items, report.added, report.removed) == (3, 1, 0)
    assert [(r.file, r.line) for r in report.rejects] == [("feed.csv", 4)]
    assert "title" in report.rejects[0].reason
    report = add_files(path, "shop", root, embedder, keep=False)
    assert (report.items, report.removed, report.embedded) == (1, 2, 0)
    assert opened(root, embedder).info.title == {"en": "Out and about"}


def test_files_may_begin_a_catalogue_but_items_alone_may_not(root: Path, embedder: Counting, tmp_path: Path) -> None:
    with pytest.raises(UnknownCatalogue, match=r"'shpo'.*There are: shop"):
        upsert([TENT], "shpo", root, embedder)
    assert not (root / "shpo").exists()
    report = add_files(write(tmp_path / "feed.jsonl", TENT), "camp", root, embedder, keep=True)
    assert (report.items, report.added) == (1, 1)
    assert Catalogue.open("camp", root, embedder).info.title == {"en": "camp"}


def test_all_is_made_again_with_another_model(root: Path, embedder: Counting) -> None:
    other = HashEmbedder(32)
    with pytest.raises(IndexMismatch):
        upsert([TENT], "shop", root, other)
    report = reindex("shop", root, other)
    assert (report.items, report.embedded, report.added, report.replaced) == (2, 3, 0, 0)
    assert Catalogue.open("shop", root, other).search(["coffee mug"])[0].item.id == "mug"


def test_vectors_that_were_damaged_are_made_again(root: Path, embedder: Counting) -> None:
    right = opened(root, embedder).vectors(["mug"])
    catalogue_module.open_collection(root / "shop").update(ids=["mug"], embeddings=np.ones((1, 64), np.float32))
    remove(["jacket"], "shop", root, embedder)
    upsert([JACKET], "shop", root, embedder)
    assert not np.allclose(opened(root, embedder).vectors(["mug"]), right)
    reindex("shop", root, embedder)
    assert np.allclose(opened(root, embedder).vectors(["mug"]), right, atol=1e-5)


def test_two_never_write_at_once(root: Path, embedder: Counting) -> None:
    with FileLock(root / "shop" / "write.lock"), pytest.raises(CatalogueBusy):
        upsert([TENT], "shop", root, embedder)
    assert upsert([TENT], "shop", root, embedder).added == 1, "the lock is free again"


def test_an_interrupted_change_leaves_what_was_there(root: Path, embedder: Counting) -> None:
    def interrupt(stage: str, done: int, total: int) -> None:
        if stage == "words":  # the vectors are in Chroma already
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upsert([TENT, JACKET.model_copy(update={"title": "Suede jacket"})], "shop", root, embedder, interrupt)
    still = opened(root, embedder)
    assert (ids(still), (still.get("jacket") or MUG).title) == (["jacket", "mug"], "Leather jacket")
    assert [p.name for p in (root / "shop").glob("g*")] == [still.generation], "no half generation is left"
    report = upsert([TENT], "shop", root, embedder)
    assert (report.added, report.embedded) == (1, 1), "the title that did not come to be is taken back"
    assert opened(root, embedder).search(["leather jacket"])[0].item.id == "jacket"


def test_readers_see_one_generation_or_the_next_while_it_changes(root: Path, embedder: Counting) -> None:
    """Each generation has a price of its own for both items: a reader that sees two prices saw half a change."""
    done, seen = threading.Event(), list[object]()

    def read() -> None:
        while not done.is_set():
            try:
                shop = opened(root, embedder)
                prices = {i.price for i in shop.items()}
                assert shop.vectors(ids(shop)).shape == (len(shop), 64)
                seen.append(len(prices))
            except Exception as error:  # kept: an error in a thread fails no test by itself
                seen.append(error)

    upsert([i.model_copy(update={"price": 0.0}) for i in (JACKET, MUG)], "shop", root, embedder)
    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for price in range(1, 13):
        extra = [TENT] if price % 2 else []
        upsert([i.model_copy(update={"price": float(price)}) for i in (JACKET, MUG, *extra)], "shop", root, embedder)
        if extra:
            remove(["tent"], "shop", root, embedder)
    done.set()
    for reader in readers:
        reader.join()
    assert seen
    assert [s for s in seen if s != 1] == []


def test_an_index_that_is_replaced_again_and_again_is_not_taken_for_a_damaged_one(
    root: Path, embedder: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_items, times = catalogue_module.read_items, list[int]()

    def late(folder: Path, manifest: Manifest) -> list[Item]:
        if len(times) < 4:
            times.append(1)
            upsert([MUG.model_copy(update={"price": float(len(times))})], "shop", root, embedder)
        return read_items(folder, manifest)

    monkeypatch.setattr(catalogue_module, "read_items", late)
    assert (opened(root, embedder).get("mug") or JACKET).price == 4.0


def test_a_damaged_index_is_told_as_one(root: Path, embedder: Counting) -> None:
    (root / "shop" / opened(root, embedder).generation / "vectors.npz").unlink()
    with pytest.raises(CatalogueError, match="damaged"):
        opened(root, embedder)


CHILD = """
import sys
from pathlib import Path
from vectorstore.changes import upsert
from vectorstore.embeddings import HashEmbedder
from vectorstore.item import Item
upsert([Item(id="tent", title="Tent for two"), Item(id="mug", title="Kettle")], "shop", Path(sys.argv[1]), HashEmbedder(64))
"""


def test_what_another_process_wrote_is_found_and_not_written_back(
    root: Path, embedder: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chroma's own clients go on with the vectors of when they were opened; asked for directly, it must know the new ones."""
    monkeypatch.setattr(catalogue_module, "_EXACT_BELOW", 0)
    monkeypatch.setattr(catalogue_module, "_SCANNED", 0)
    monkeypatch.setattr(catalogue_module, "_POOL", 1)

    def nearest(shop: Catalogue, text: str) -> str:
        rows = shop._in_chroma(embedder.queries([text]))
        assert rows is not None
        return ids(shop)[rows[0]]

    upsert([item(f"i{n}", f"Thing {n}") for n in range(40)], "shop", root, embedder)
    before = opened(root, embedder)
    assert nearest(before, "leather jacket") == "jacket"
    subprocess.run([sys.executable, "-c", CHILD, str(root)], check=True)
    assert nearest(opened(root, embedder), "tent for two") == "tent"
    upsert([item("lamp", "Desk lamp")], "shop", root, embedder)
    after = opened(root, embedder)
    right = Space({"own": embedder.passages([passage(i) for i in after.items()])}).own
    assert np.allclose(after.vectors(ids(after)), right, atol=1e-5)
    assert (nearest(after, "desk lamp"), nearest(after, "kettle")) == ("lamp", "mug")
    assert before.search(["leather jacket"])[0].item.id == "jacket", "who reads the old one goes on"


def test_a_catalogue_opens_while_its_vectors_are_made_anew(
    root: Path, embedder: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_module, "_EXACT_BELOW", 0)
    monkeypatch.setattr(catalogue_module, "_SCANNED", 0)
    forget_vectors(root / "shop")  # as it stands in the middle of `reindex`
    assert opened(root, embedder).search(["coffee mug"])[0].item.id == "mug"
    assert reindex("shop", root, embedder).items == 2


# The engine


@pytest.fixture
def running(root: Path, embedder: Counting, settings: Settings) -> Engine:
    """An engine over `root`."""
    return Engine(settings, NoModel(), lambda name: Catalogue.open(name, root, embedder), list, Memory.open(settings))


def test_the_engine_opens_a_catalogue_again_when_it_was_indexed_anew(running: Engine, root: Path, embedder: Counting) -> None:
    first = running.catalogue("shop")
    assert running.catalogue("shop") is first
    upsert([TENT], "shop", root, embedder)
    second = running.catalogue("shop")
    assert ids(second) == ["jacket", "mug", "tent"]
    assert ids(first) == ["jacket", "mug"], "a turn that holds it goes on with it"
    assert running.catalogue("shop") is second
    remove(["mug"], "shop", root, embedder)
    assert ids(running.refresh("shop")) == ["jacket", "tent"]


def test_what_cannot_be_opened_again_goes_on_as_it_was(running: Engine, root: Path, caplog: pytest.LogCaptureFixture) -> None:
    first = running.catalogue("shop")
    reindex("shop", root, HashEmbedder(32))
    assert running.catalogue("shop") is first
    assert "another" in caplog.text or "indexed with the embedding model" in caplog.text
    with pytest.raises(IndexMismatch):
        running.refresh("shop")


def test_others_do_not_wait_for_the_one_who_opens_it_again(root: Path, embedder: Counting, settings: Settings) -> None:
    waiting, go_on = threading.Event(), threading.Event()

    def slowly(name: str) -> Catalogue:
        found = Catalogue.open(name, root, embedder)
        if len(found) > 2:
            waiting.set()
            go_on.wait(20)
        return found

    engine = Engine(settings, NoModel(), slowly, list, Memory.open(settings))
    first = engine.catalogue("shop")
    upsert([TENT], "shop", root, embedder)
    opener = threading.Thread(target=engine.catalogue, args=("shop",))
    opener.start()
    assert waiting.wait(20)
    assert engine.catalogue("shop") is first
    go_on.set()
    opener.join()
    assert ids(engine.catalogue("shop")) == ["jacket", "mug", "tent"]
