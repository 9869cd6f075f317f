"""Builds an indexed catalogue from files: items, vectors in Chroma, the lexical index, and what was refused.

`changes.py` changes single items of one, by the same steps: the lock (`writing`), what is indexed (`read_manifest`,
`read_items`), and a new generation (`settle`).

    <root>/<name>/index.json       which model, which generation is current, the catalogue in words
    <root>/<name>/chroma/          the vectors, one an item and language
    <root>/<name>/<generation>/    items.jsonl, vectors.npz and lexical/, row by row the same items
    <root>/<name>/edges.csv        relations out of edge lists
    <root>/<name>/rejects.jsonl    rows that did not become items

A build may be interrupted at any moment: what is current stays current until `index.json` is replaced at the very
end, and the next run embeds only what is still missing. tests/test_search.py notices a change.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from filelock import FileLock, Timeout

from vectorstore import importers
from vectorstore.edges import EDGES, edges_of, written
from vectorstore.embeddings import Embedder, Remembering, Vectors, unit
from vectorstore.errors import CatalogueBusy, CatalogueError
from vectorstore.files import Reject
from vectorstore.info import CatalogueInfo, describe, read_description
from vectorstore.item import Frozen, Item, Value
from vectorstore.lexical import Lexicon
from vectorstore.mapping import SourceMap
from vectorstore.relations import fitted

Progress = Callable[[str, int, int], None]
Paths = Path | str | Sequence[Path | str]
Map = Path | str | Mapping[str, Any] | SourceMap | None
T = TypeVar("T")

FORMAT = 3  # of what is written here; another one means: index again
COLLECTION = "items"
REJECTS = "rejects.jsonl"
BETWEEN = "\n"  # an item's id and the language of a translation, in Chroma's ids
_OPENING = threading.Lock()  # one client at a time is made
_BATCH = 64  # passages embedded between two writes: what an interruption can cost
_HNSW = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 400}


class NoItems(CatalogueError):
    """No row of the data became an item; `rejects` says why of each."""

    def __init__(self, rejects: Sequence[Reject], place: Path) -> None:
        first = f" The first: {rejects[0].file}, line {rejects[0].line}: {rejects[0].reason}." if rejects else ""
        super().__init__(f"No row of the data became an item; {len(rejects)} were refused.{first} All: {place}")
        self.rejects = tuple(rejects)


class Manifest(Frozen):
    """`index.json`."""

    format: int
    generation: str
    model: str
    dimension: int
    checksum: str
    source: str  # digest of the items and the description
    built: float
    info: CatalogueInfo
    said: dict[str, Any] | None = None  # what `catalogue.yaml` said; None in an index of before it was kept


class Settled(NamedTuple):
    """What became current, and what that took (see `IndexReport`)."""

    embedded: int
    reused: int
    removed: int
    generation: str


class IndexReport(Frozen):
    """What a build did: `embedded` texts were given to the model, `reused` items kept the vector they had."""

    items: int
    embedded: int
    reused: int
    removed: int
    rejected: int
    rejects_path: Path
    seconds: float


def build(
    paths: Paths, name: str, root: Path, embedder: Embedder, mapping: Map = None, progress: Progress | None = None,
    graph: Sequence[Path] = (),
) -> IndexReport:  # fmt: skip
    """Indexes the files under `root/name`, embedding only what changed and removing what is gone.

    `graph` are edge lists beside those that the folder's `catalogue.yaml` names. `progress(stage, done, total)` is called
    with the stages read, embed, store, words, write. Raises `CatalogueBusy` when another process writes the same catalogue,
    `BadMap`, `UnknownCatalogue`, and `CatalogueError` when no row makes an item or an edge list is broken.
    """
    started = time.monotonic()
    tell = progress or silent
    with writing(name, root) as folder:
        items, rejects = take(paths, folder, mapping, tell)
        said, beside = _description(paths)
        lists = [*(beside / file for file in said.get("graph") or ()), *map(Path, graph)]
        edges = edges_of(lists, items, said.get("relations") or {})
        items = fitted(items, edges)
        replace_text(folder / EDGES, written(edges))
        settled = settle(folder, items, describe(name, items, said), said, embedder, tell)
    return IndexReport(
        items=len(items),
        embedded=settled.embedded,
        reused=settled.reused,
        removed=settled.removed,
        rejected=len(rejects),
        rejects_path=folder / REJECTS,
        seconds=round(time.monotonic() - started, 3),
    )


def silent(stage: str, done: int, total: int) -> None:
    """The progress that nobody watches."""


@contextmanager
def writing(name: str, root: Path) -> Iterator[Path]:
    """The catalogue's folder, while nobody else may write in it. `CatalogueBusy` when somebody does."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,60}", name):
        raise CatalogueError(f"{name!r} cannot be a catalogue's name: use small letters, digits, - and _.")
    folder = Path(root) / name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        lock = FileLock(folder / "write.lock").acquire(timeout=0)
    except Timeout as error:
        raise CatalogueBusy(
            f"The catalogue {name!r} in {root} is being written by another process. "
            "Wait until it is done, then try again."
        ) from error
    with lock:
        yield folder


def take(paths: Paths, folder: Path, mapping: Map, tell: Progress) -> tuple[list[Item], list[Reject]]:
    """What the files hold; the rows that made no item are kept beside the index. `NoItems` when none made one."""
    items, rejects = _read(paths, mapping, tell)
    replace_text(folder / REJECTS, "".join(r.model_dump_json() + "\n" for r in rejects))
    if not items:
        raise NoItems(rejects, folder / REJECTS)
    return items, rejects


def settle(
    folder: Path, items: Sequence[Item], info: CatalogueInfo, said: dict[str, Any] | None, embedder: Embedder, tell: Progress
) -> Settled:
    """Makes `items` what is indexed in the folder: vectors first, then all else, and then it is current in one step.

    Call it inside `writing`.
    """
    store = Remembering(embedder) if not isinstance(embedder, Remembering) else embedder
    before = store.computed
    vectors, reused, removed = _vectors(folder, items, store, tell)
    generation = _write(folder, items, vectors, info, said, embedder, tell)
    return Settled(store.computed - before, reused, removed, generation)


def read_manifest(folder: Path) -> Manifest | None:
    """What is indexed in a folder; None when nothing is, or something of another format."""
    try:
        manifest = Manifest.model_validate_json((folder / "index.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if manifest.format == FORMAT else None


def read_items(folder: Path, manifest: Manifest) -> list[Item]:
    """The items of the generation that `manifest` names, in their order. OSError when it was replaced meanwhile."""
    with (folder / manifest.generation / "items.jsonl").open("rb") as lines:
        return [Item.model_validate_json(line) for line in lines]


def open_collection(folder: Path) -> Any:
    """The Chroma collection of an indexed catalogue; None when there is none (all is being indexed anew)."""
    from chromadb.errors import NotFoundError

    try:
        return _client(folder).get_collection(COLLECTION, embedding_function=None)
    except NotFoundError:
        return None


def forget_vectors(folder: Path) -> None:
    """Takes the vectors out of Chroma, so that all are made again. Readers search without it meanwhile."""
    client = _client(folder)
    if any(found.name == COLLECTION for found in client.list_collections()):
        client.delete_collection(COLLECTION)


def passage(item: Item) -> str:
    """The short text by which an item is embedded: title, brand, kind, telling words, how its description begins.

    Kept near 60 tokens, since reading is what embedding costs.
    """
    parts = [item.title]
    if item.brand and item.brand.casefold() not in item.title.casefold():
        parts.append(item.brand)
    if item.category:
        parts.append(" ".join(item.category[-2:]))
    facts = [fact for fact in (_telling(*pair) for pair in item.attributes.items()) if fact]
    parts.append(", ".join(facts[:4]))
    parts.append(", ".join(item.tags[:3]))
    description = "" if item.description.casefold() in item.title.casefold() else item.description
    parts.append(description[:120].rsplit(" ", 1)[0] if len(description) > 120 else description)
    return ". ".join(part.strip(" .") for part in parts if part.strip(" ."))[:400]


def passages(item: Item) -> dict[str, str]:
    """All texts by which an item is embedded, by their key in Chroma: its own, and a shorter one a translation.

    A small multilingual model reads "降噪耳机" and "headphones" as strangers; with a vector for the translated title, a
    Chinese wish finds what an English one finds.
    """
    texts = {item.id: passage(item)}
    for language, said in item.translations.items():
        facts = [fact for fact in (_telling(*pair) for pair in said.attributes.items()) if fact]
        texts[f"{item.id}{BETWEEN}{language}"] = ". ".join(filter(None, (said.title, ", ".join(facts[:4]))))[:400]
    return texts


_SAY_LITTLE = re.compile(
    r"rating|year|age_|_count|was$|dimension|quantity|weight|width|height|depth|type$|goes_with|consumable|coupon|offer_|stock$|delivery_"
)


def _telling(name: str, value: Value) -> str:
    """An attribute as words, where it is one that people speak of; numbers mean little to an embedding."""
    if _SAY_LITTLE.search(name) or value is False:
        return ""
    plain = name.replace("_", " ")
    if value is True:
        return plain
    values = [str(v) for v in (value if isinstance(value, tuple) else (value,)) if isinstance(v, str)]
    said = " ".join(values[:3])
    return said if said and len(said) <= 40 and not said.isdigit() else ""


def replace_text(path: Path, text: str) -> None:
    """Writes a file so that it is there whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, "utf-8")
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def source_digest(items: Iterable[Item], info: CatalogueInfo) -> str:
    """A digest of all that a catalogue holds."""
    digest = hashlib.sha256(info.model_dump_json().encode())
    for item in items:
        digest.update(item.model_dump_json().encode())
    return digest.hexdigest()


def _client(folder: Path) -> Any:
    """Chroma as it is on the disk now.

    A client that it keeps for a path goes on with the vectors of when it was opened, whatever other processes wrote
    since, and would write them back. Collections that are in use keep theirs, until they are let go.
    """
    import chromadb
    from chromadb.api.client import SharedSystemClient
    from chromadb.config import Settings

    with _OPENING:
        SharedSystemClient.clear_system_cache()
        return chromadb.PersistentClient(str(folder / "chroma"), settings=Settings(anonymized_telemetry=False))


def _read(paths: Paths, mapping: Map, tell: Progress) -> tuple[list[Item], list[Reject]]:
    items: list[Item] = []
    rejects: list[Reject] = []
    for number, read in enumerate(importers.read(paths, mapping), 1):
        if isinstance(read, Item):
            items.append(read)
        else:
            rejects.append(read)
        if number % 500 == 0:
            tell("read", number, 0)
    tell("read", len(items) + len(rejects), len(items) + len(rejects))
    return items, rejects


def _description(paths: Paths) -> tuple[dict[str, Any], Path]:
    """What a folder among the paths says of the catalogue, and that folder."""
    for path in [paths] if isinstance(paths, (str, Path)) else paths:
        if Path(path).is_dir():
            said = read_description(Path(path))
            if said:
                return said, Path(path)
    return {}, Path()


def _vectors(
    folder: Path, items: Sequence[Item], store: Remembering, tell: Progress
) -> tuple[dict[str, Any], int, int]:
    """(arrays of vectors.npz, items reused, items removed). Chroma is in the same state then."""
    client = _client(folder)
    collection = _collection(client, store)
    batch = int(client.get_max_batch_size())
    stored: dict[str, str] = {}
    for part in _pages(collection, batch, ["metadatas"]):
        stored.update(zip(part["ids"], (str(meta["passage"]) for meta in part["metadatas"]), strict=True))
    texts = {key: text for item in items for key, text in passages(item).items()}
    digests = {key: hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32] for key, text in texts.items()}
    changed = [key for key, digest in digests.items() if stored.get(key) != digest]
    gone = [key for key in stored if key not in digests]
    for chunk in _chunks(gone, batch):
        collection.delete(ids=chunk)
    tell("embed", 0, len(changed))
    done = 0
    for chunk in _chunks(changed, min(_BATCH, batch)):
        written = [texts[key] for key in chunk]
        collection.upsert(
            ids=chunk,
            embeddings=store.passages(written),
            documents=written,
            metadatas=[{"passage": digests[key]} for key in chunk],
        )
        done += len(chunk)
        tell("embed", done, len(changed))
    matrix = np.zeros((len(texts), store.dimension), np.float32)
    places = {key: place for place, key in enumerate(texts)}
    got = 0
    for part in _pages(collection, batch, ["embeddings"]):
        matrix[[places[key] for key in part["ids"]]] = part["embeddings"]
        got += len(part["ids"])
        tell("store", got, len(texts))
    if got != len(texts):
        raise CatalogueError(
            f"Chroma in {folder} kept {got} of {len(texts)} vectors. Delete that folder and index again."
        )
    touched = {_item_of(key) for key in changed}
    known = {item.id for item in items}
    removed = len({_item_of(key) for key in gone} - known)
    return _by_language(items, places, unit(matrix, store.dimension)), len(known - touched), removed


def _item_of(key: str) -> str:
    return key.rsplit(BETWEEN, 1)[0]


def _by_language(items: Sequence[Item], places: Mapping[str, int], matrix: Vectors) -> dict[str, Any]:
    """The arrays of vectors.npz: `own`, row by row the items; `rows_xx` and `vectors_xx` for every translation."""
    arrays: dict[str, Any] = {"own": matrix[[places[item.id] for item in items]]}
    for language in sorted({language for item in items for language in item.translations}):
        rows = [row for row, item in enumerate(items) if language in item.translations]
        arrays[f"rows_{language}"] = np.asarray(rows, np.int64)
        arrays[f"vectors_{language}"] = matrix[[places[f"{items[row].id}{BETWEEN}{language}"] for row in rows]]
    return arrays


def _collection(client: Any, store: Remembering) -> Any:
    """The collection for this model; one of another model is replaced."""
    wanted = {"model": store.name, "dimension": store.dimension, "checksum": store.checksum, "format": FORMAT}
    if any(found.name == COLLECTION for found in client.list_collections()):
        collection = client.get_collection(COLLECTION, embedding_function=None)
        if collection.metadata == wanted:
            return collection
        client.delete_collection(COLLECTION)
    return client.create_collection(
        COLLECTION, metadata=wanted, configuration={"hnsw": _HNSW}, embedding_function=None, get_or_create=False
    )


def _pages(collection: Any, batch: int, include: list[str]) -> Iterator[Any]:
    for offset in range(0, collection.count(), batch):
        yield collection.get(limit=batch, offset=offset, include=include)


def _chunks(whole: Sequence[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(whole), size):
        yield list(whole[start : start + size])


def _write(
    folder: Path,
    items: Sequence[Item],
    vectors: Any,
    info: CatalogueInfo,
    said: dict[str, Any] | None,
    embedder: Embedder,
    tell: Progress,
) -> str:
    """A new generation beside the current one; then it becomes current in one step, and older ones go. Its name."""
    digest = source_digest(items, info)
    generation = f"g{time.time_ns():x}"
    new = folder / generation
    new.mkdir()
    try:
        tell("words", 0, len(items))
        Lexicon.build(items).save(new / "lexical")
        tell("words", len(items), len(items))
        replace_text(new / "items.jsonl", "".join(item.model_dump_json(exclude_defaults=True) + "\n" for item in items))
        np.savez(new / "vectors.npz", **vectors)
        manifest = Manifest(
            format=FORMAT,
            generation=generation,
            model=embedder.name,
            dimension=embedder.dimension,
            checksum=embedder.checksum,
            source=digest,
            built=time.time(),
            info=info,
            said=said,
        )
        replace_text(folder / "index.json", json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1))
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    tell("write", 1, 1)
    for old in folder.glob("g*"):
        if old.is_dir() and old != new:
            shutil.rmtree(old, ignore_errors=True)
    return generation
