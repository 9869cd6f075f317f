"""An indexed catalogue, open for reading: its items, exact filters, and the search behind every recommendation.

Cosines are taken between vectors from which the catalogue's mean vector was subtracted: a multilingual embedding puts
everything between .75 and .9, and what all items share explains nothing. An item with translations has a vector a
language, and its cosine is that of the language that fits best. tests/test_search.py notices a change.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from vectorstore.columns import Columns, Mask
from vectorstore.constraints import Constraint, as_values
from vectorstore.edges import Edge, indexed_edges
from vectorstore.embeddings import Embedder, Vectors, unit
from vectorstore.errors import CatalogueError, IndexMismatch, UnknownCatalogue
from vectorstore.index import BETWEEN, Manifest, open_collection, read_items, read_manifest
from vectorstore.info import CatalogueInfo, Facet
from vectorstore.item import Item
from vectorstore.learned import NOTHING, Learned
from vectorstore.lexical import Lexicon
from vectorstore.offers import current
from vectorstore.samples import available, ensure_samples
from vectorstore.space import Rows, Space

__all__ = ["Candidate", "Catalogue", "CatalogueInfo", "Facet", "available", "ensure_samples"]

log = logging.getLogger(__name__)

_OPENING = threading.RLock()  # numpy parses an array's header with `ast`, which several threads at once may upset

_POOL = 100  # nearest a text, by vector and by words
_SPARE = 1.5  # times as many are asked of Chroma as a pool needs, since the allowed ones lie unevenly
_SCANNED = 250_000  # items up to which a product with all of them takes some tens of milliseconds, and misses nothing
_EXACT_BELOW = 2000  # items up to which everything is scanned: faster than asking Chroma


@dataclass(frozen=True)
class Candidate:
    """An item that may be recommended, with what speaks for it by text of the search, in the texts' order."""

    item: Item
    cosines: tuple[float, ...]  # centred, -1 to 1
    lexical: tuple[float, ...]  # the share of the text's words that the item says, 0 to 1
    similar: float = 0.0  # cosine to the centroid of the liked items; 0 without any


class Catalogue:
    """A catalogue that is open. Safe to read from several threads."""

    def __init__(
        self,
        info: CatalogueInfo,
        items: Sequence[Item],
        space: Space,
        lexicon: Lexicon,
        embedder: Embedder,
        collection: Any = None,
        today: Callable[[], date] = date.today,
        generation: str = "",
        outdated: Callable[[], bool] = lambda: False,
        edges: Callable[[], Sequence[Edge]] = tuple,
    ) -> None:
        self.info = info
        self.generation = generation  # of the index, as its index.json names it
        self.outdated = outdated  # whether it was indexed anew since; cheap enough to be asked at every turn
        self.edges = edges  # what was indexed from edge lists, read when the graph is built
        self.today = today
        self._every = tuple(items)
        self._ending = any("offer_ends" in item.attributes for item in self._every)
        self._day = today()
        self._items = tuple(current(item, self._day) for item in self._every)
        self._rows = {item.id: row for row, item in enumerate(self._items)}
        self._indexed = self._space = space
        self.learned: Callable[[], Learned] = lambda: NOTHING  # in use now; cheap enough to be asked at every search
        self._uses = NOTHING
        self._lexicon = lexicon
        self.embedder = embedder
        self._collection = collection
        self._columns = Columns(self._items)
        self._order = self._by_popularity()
        self._words = lru_cache(maxsize=128)(self._lexical)

    @classmethod
    def open(cls, name: str, root: Path, embedder: Embedder, today: Callable[[], date] = date.today) -> Catalogue:
        """The catalogue that was indexed as `name`. `UnknownCatalogue` and `IndexMismatch` say the next step.

        `today` says which offers still hold.
        """
        folder, tried = Path(root) / name, ""
        while True:
            manifest = read_manifest(folder) if name and Path(name).name == name else None
            if manifest is None:
                there = ", ".join(info.name for info in available(root)) or "none yet"
                raise UnknownCatalogue(
                    f"No catalogue {name!r} is indexed. There are: {there}. Index one: rapport index PATH --name {name}"
                )
            same_model(manifest, embedder)
            try:
                with _OPENING:
                    return cls._load(folder, manifest, embedder, today)
            except (OSError, ValueError, KeyError) as error:  # replaced by a build while it was being read: look again
                if manifest.generation == tried:
                    raise CatalogueError(
                        f"The index of {name!r} in {folder} is damaged ({error}). "
                        f"Index it again: rapport index PATH --name {name}"
                    ) from error
                tried = manifest.generation

    @classmethod
    def _load(cls, folder: Path, manifest: Manifest, embedder: Embedder, today: Callable[[], date]) -> Catalogue:
        current, outdated = folder / manifest.generation, Replaced(folder, manifest.generation)
        items = read_items(folder, manifest)
        with np.load(current / "vectors.npz") as arrays:
            space = Space(arrays)
        lexicon = Lexicon.load(current / "lexical", len(items))
        if space.own.shape != (len(items), manifest.dimension):
            raise ValueError(f"{len(items)} items, but vectors of shape {space.own.shape}")
        collection = open_collection(folder) if len(items) > _EXACT_BELOW else None
        edges = partial(indexed_edges, folder)
        return cls(manifest.info, items, space, lexicon, embedder, collection, today, manifest.generation, outdated, edges)

    def __len__(self) -> int:
        return len(self._items)

    def items(self) -> Sequence[Item]:
        """Every item, in the order of its files, with the offers that hold today."""
        self._turn_page()
        return self._items

    def get(self, id: str) -> Item | None:
        """The item of that id."""
        self._turn_page()
        row = self._rows.get(id)
        return None if row is None else self._items[row]

    def has_field(self, field: str) -> bool:
        """Whether any item states the field."""
        self._turn_page()
        if field == "age":
            return self.has_field("age_from") or self.has_field("age_to")
        return bool(self._columns.column(field).stated.any())

    def values(self, field: str, ids: Iterable[str] | None = None, language: str | None = None) -> Counter[str]:
        """How many items state each value of a field, in `language` where it is translated; of all items or of some."""
        items = self._items if ids is None else [item for item in map(self.get, ids) if item is not None]
        counted: Counter[str] = Counter()
        for item in items:
            value = item.fact(field)
            if language in item.translations:
                value = item.translations[language].attributes.get(field, value)
            counted.update({str(v) for v in as_values(value)})
        return counted

    def matching(self, constraints: Iterable[Constraint]) -> list[Item]:
        """The items that satisfy every constraint, in catalogue order."""
        self._turn_page()
        return [self._items[row] for row in np.flatnonzero(self._columns.mask(constraints))]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Query vectors in the same centred space as `vectors`: their product is the cosine."""
        self._turn_page()
        return self._space.centred(self._queries(texts))

    def vectors(self, ids: Iterable[str]) -> Vectors:
        """Centred vectors of length 1, one a known id, in order. KeyError for an unknown one."""
        self._turn_page()
        return self._space.own[[self._rows[id] for id in ids]]

    def nearest(self, vector: npt.NDArray[np.float32], count: int) -> list[str]:
        """The ids of the items nearest to a vector of the centred space; among very many, as Chroma finds them."""
        many = len(self._items) > _SCANNED and self._collection is not None
        near = self._in_chroma(vector[np.newaxis]) if many else None
        if near is not None:
            return [self._items[row].id for row in near[:count]]
        cosines = self._space.own @ vector
        best = np.argpartition(-cosines, count)[:count] if count < len(cosines) else np.arange(len(cosines))
        return [self._items[row].id for row in best[np.argsort(-cosines[best], kind="stable")]]

    def search(
        self,
        texts: Sequence[str],
        *,
        constraints: Iterable[Constraint] = (),
        like: Sequence[str] = (),
        exclude: Collection[str] = (),
        limit: int = 60,
        weights: Sequence[float] = (),
        also: Sequence[str] = (),
    ) -> list[Candidate]:
        """Up to `limit` items inside every constraint, the most promising first.

        A text with a weight of 0 or less draws no candidates, but its cosine and coverage are reported like the
        others'; without `weights` all draw alike. `like` are ids of items to resemble. Ranks of vectors, words and
        resemblance are fused by reciprocal rank. `also` are ids that are added to what is found, inside the constraints and
        beyond `limit`. Without texts and `like`, the most popular items. As long as `limit`
        is not reached, nothing that satisfies the constraints is missing.
        """
        self._turn_page()
        allowed = self._columns.mask(constraints)
        for id in exclude:
            if id in self._rows:
                allowed[self._rows[id]] = False
        queries = self._queries(texts)
        centroid = self._centroid(like)
        draws = [k for k in range(len(texts)) if not weights or weights[k] > 0]
        if not draws and centroid is None:
            chosen = [int(row) for row in self._order if allowed[row]][:limit]
        else:
            chosen = self._fuse(texts, queries, draws, weights, centroid, allowed, limit)
        chosen = list(dict.fromkeys((*chosen, *(row for id in also if (row := self._rows.get(id)) is not None and allowed[row]))))
        return self._candidates(chosen, texts, queries, centroid)

    def _turn_page(self) -> None:
        """On a new day, offers that are over are gone; what was promoted or taken back meanwhile counts from here on."""
        if (learned := self.learned()) is not self._uses:
            self._space, self._uses = self._indexed.learned(learned.projection), learned
        if self._ending and (day := self.today()) != self._day:
            self._day, self._items = day, tuple(current(item, day) for item in self._every)
            self._columns = Columns(self._items)

    def _fuse(
        self,
        texts: Sequence[str],
        queries: Vectors,
        draws: Sequence[int],
        weights: Sequence[float],
        centroid: npt.NDArray[np.float32] | None,
        allowed: Mask,
        limit: int,
    ) -> list[int]:
        needed = min(limit, int(allowed.sum()))
        pooled = self._collection is not None
        fusion = self._uses.fusion
        while True:
            scores = np.zeros(len(self._items))
            found = np.zeros(len(self._items), bool)
            lists: list[tuple[float, Rows]] = []
            for k in draws:
                weight = weights[k] if weights else 1.0
                near = self._nearest(queries[[k]], allowed, pooled)
                said = self._best(self._words(texts[k])[0], allowed, 0, pooled)
                if fusion.feedback:
                    near = self._drawn(queries[[k]], near, said, allowed, pooled)
                lists.append((weight * fusion.dense, near))
                lists.append((weight * fusion.lexical, said))
            if centroid is not None:
                lists.append((1.0, self._best(self._space.own @ centroid, allowed, None, pooled)))
            for weight, rows in lists:
                scores[rows] += weight / (fusion.k + 1 + np.arange(len(rows)))
                found[rows] = True
            rows = np.flatnonzero(found & allowed)
            if len(rows) >= needed or not pooled:
                order = rows[np.argsort(-scores[rows], kind="stable")]
                return [int(row) for row in order[:limit]]
            pooled = False  # too few survived the limits: look at every allowed item

    def _queries(self, texts: Sequence[str]) -> Vectors:
        return self.embedder.queries(list(texts)) if texts else np.zeros((0, self._space.dimension), np.float32)

    def _nearest(self, query: Vectors, allowed: Mask, pooled: bool) -> Rows:
        """Allowed rows by falling cosine: all of them, or the first; out of Chroma's nearest where very many are allowed."""
        rows = np.flatnonzero(allowed)
        if pooled and len(rows) > _SCANNED and not self._space.moves_items:  # Chroma holds the vectors as they were indexed
            near = self._in_chroma(self._space.centred(query), share=len(rows) / len(allowed))
            if near is not None:
                rows = near[allowed[near]]
        return _falling(rows, self._space.cosines(query, rows)[0], pooled)

    def _drawn(self, query: Vectors, near: Rows, said: Rows, allowed: Mask, pooled: bool) -> Rows:
        """Allowed rows by falling cosine to the text drawn to the first items that both lists find."""
        fusion = self._uses.fusion
        scores = np.zeros(len(self._items))
        for weight, rows in ((fusion.dense, near), (fusion.lexical, said)):
            scores[rows] += weight / (fusion.k + 1 + np.arange(len(rows)))
        first = np.argsort(-scores, kind="stable")[: fusion.near]
        first = first[scores[first] > 0]
        if not len(first):
            return near
        own = self._space.own
        drawn = self._space.centred(query) + fusion.feedback * own[first].mean(axis=0, keepdims=True)
        return self._best(own @ unit(drawn, own.shape[1])[0], allowed, None, pooled)

    def _in_chroma(self, centred: Vectors, share: float = 1.0) -> Rows | None:
        """The rows nearest in Chroma, enough for a pool when a `share` of them is allowed; None when its collection was
        replaced since, by a build with another model."""
        from chromadb.errors import ChromaError

        try:
            count = min(int(_POOL * self._space.languages * _SPARE / share), self._collection.count())
            got = self._collection.query(query_embeddings=centred, n_results=count, include=[])
        except ChromaError as error:
            log.warning("Chroma does not answer for %r (%s): every item is looked at instead.", self.info.name, error)
            return None
        ids = dict.fromkeys(key.rsplit(BETWEEN, 1)[0] for key in got["ids"][0])
        return np.asarray([self._rows[id] for id in ids if id in self._rows], np.int64)

    def _best(self, scores: npt.NDArray[np.float32], allowed: Mask, above: float | None, pooled: bool) -> Rows:
        rows = np.flatnonzero(allowed if above is None else allowed & (scores > above))
        return _falling(rows, scores[rows], pooled)

    def _candidates(
        self, rows: Sequence[int], texts: Sequence[str], queries: Vectors, centroid: npt.NDArray[np.float32] | None
    ) -> list[Candidate]:
        chosen = np.asarray(rows, np.int64)
        cosines = self._space.cosines(queries, chosen).T
        lexical = [self._words(text)[1] for text in texts]
        similar = np.clip(self._space.own[chosen] @ centroid, -1, 1) if centroid is not None else np.zeros(len(rows))
        return [
            Candidate(
                item=self._items[row],
                cosines=tuple(float(c) for c in cosines[place]),
                lexical=tuple(float(coverage[row]) for coverage in lexical),
                similar=float(similar[place]),
            )
            for place, row in enumerate(rows)
        ]

    def _lexical(self, text: str) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        return self._lexicon.bm25(text), self._lexicon.coverage(text)

    def _centroid(self, like: Sequence[str]) -> npt.NDArray[np.float32] | None:
        rows = [self._rows[id] for id in like if id in self._rows]
        if not rows:
            return None
        centre = unit(self._space.own[rows].mean(axis=0), self._space.dimension)[0]
        return centre if centre.any() else None

    def _by_popularity(self) -> Rows:
        """Rows, the most popular first; among equals the best rated."""

        def standing(item: Item) -> tuple[float, float]:
            rated = item.attributes.get("rating")
            return (item.popularity or 0.0, float(rated) if isinstance(rated, (int, float)) else 0.0)

        order = sorted(range(len(self._items)), key=lambda row: standing(self._items[row]), reverse=True)
        return np.asarray(order, np.int64)


class Replaced:
    """Whether the index in a folder is another than `generation` now: the file is read only when it was replaced."""

    def __init__(self, folder: Path, generation: str) -> None:
        self._folder, self._generation = folder, generation
        self._looked_at: tuple[int, int] | None = None

    def __call__(self) -> bool:
        try:
            found = (self._folder / "index.json").stat()
        except OSError:  # taken away: what is open is all there is
            return False
        stamp = (found.st_mtime_ns, found.st_ino)
        if stamp == self._looked_at:
            return False
        manifest = read_manifest(self._folder)
        if manifest is None or manifest.generation != self._generation:
            return manifest is not None
        self._looked_at = stamp
        return False


def same_model(manifest: Manifest, embedder: Embedder) -> None:
    """`IndexMismatch` when the index was made with another embedding model."""
    if (manifest.checksum, manifest.dimension) != (embedder.checksum, embedder.dimension):
        name = manifest.info.name
        raise IndexMismatch(
            f"The catalogue {name!r} was indexed with the embedding model {manifest.model} ({manifest.dimension} "
            f"numbers, {manifest.checksum[:12]}), and {embedder.name} ({embedder.dimension} numbers, "
            f"{embedder.checksum[:12]}) is set now. "
            f"Index it again (rapport index PATH --name {name}), or set `embedding` back."
        )


def _falling(rows: Rows, scores: npt.NDArray[np.float32], pooled: bool) -> Rows:
    """The rows by falling score: all of them, or the first that make a pool."""
    if pooled and len(rows) > _POOL:
        first = np.sort(np.argpartition(-scores, _POOL - 1)[:_POOL])
        rows, scores = rows[first], scores[first]
    return rows[np.argsort(-scores, kind="stable")]
