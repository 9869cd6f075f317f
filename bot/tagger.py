"""Which words of a message are wishes and which are ruled out, and what the message does: learned from marked messages.

A small adapter over the embedding model's own layers (`vectorstore/token_vectors.py`) tags every piece of the message:
begins or continues a wish, begins or continues an exclusion, or neither; a second head weighs the eleven dialogue acts. The
weights in `tagger.npz` are made by `benchmarks/train_tagger.py`. `tests/test_tagger.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

import numpy as np
import numpy.typing as npt

from bot.state import Act
from vectorstore.token_vectors import Array, Encoder, weights_file

WEIGHTS = Path(__file__).with_suffix(".npz")
ACTS: tuple[Act, ...] = get_args(Act)
TAGS = ("outside", "begins wish", "in wish", "begins exclusion", "in exclusion")
_STARTS, _GOES_ON = {1: 1, 3: -1}, {2: 1, 4: -1}
_NEVER = -1e9


@dataclass(frozen=True)
class Span:
    """Some words of the message that are wished for (sign 1) or ruled out (-1), and how sure that is (0 to 1)."""

    start: int
    end: int
    sign: int
    chance: float


@dataclass(frozen=True)
class Tagged:
    """A message with its spans in order, and the chance of each act."""

    spans: tuple[Span, ...]
    acts: dict[Act, float]
    spoken: tuple[tuple[int, int, float], ...] = ()  # start, end and chance to belong to any wish or exclusion, piece by piece

    def chance(self, start: int, end: int) -> float:
        """How likely the words from `start` to `end` are a wish or an exclusion, on average over their pieces."""
        inside = [chance for a, b, chance in self.spoken if a < end and b > start]
        return sum(inside) / len(inside) if inside else 0.0


class Tagger:
    """The adapted model. Reading a message takes about 30 ms on one core."""

    def __init__(self, weights: dict[str, Array], path: Path) -> None:
        self._encoder = Encoder(path, weights)
        self._tag, self._tag_bias = weights["tags"], weights["tags.bias"]
        self._act, self._act_bias = weights["acts"], weights["acts.bias"]

    def read(self, text: str, limits: Sequence[tuple[int, int]] = (), *, screen: bool = False, first: bool = True) -> Tagged:
        """`text` tagged. `limits`: stretches already read as limits; `screen`: items are shown; `first`: the first message."""
        pieces = self._encoder.cut(text)
        states = self._encoder.states(pieces.ids)
        beside = np.zeros((len(states), 3), np.float32)
        beside[1:-1, 0] = [any(a < stop and b > start for start, stop in limits) for a, b in pieces.spans]
        beside[:, 1:] = screen, first
        tags = _log_softmax(np.hstack([states, beside]) @ self._tag.T + self._tag_bias)[1:-1]
        whole = np.concatenate([states.mean(axis=0), beside[0, 1:]])
        acts = np.exp(_log_softmax(whole @ self._act.T + self._act_bias))
        spoken = [(a, b, float(1 - chance)) for (a, b), chance in zip(pieces.spans, np.exp(tags[:, 0]), strict=True) if a < b]
        return Tagged(_spans(text, pieces.spans, tags), dict(zip(ACTS, map(float, acts), strict=True)), tuple(spoken))


@lru_cache(maxsize=1)
def tagger() -> Tagger | None:
    """The tagger; None where the embedding model's weights are not installed."""
    path = weights_file()
    if path is None:
        return None
    with np.load(WEIGHTS) as kept:
        return Tagger({name: kept[name].astype(np.float32) for name in kept.files}, path)


def _spans(text: str, places: Sequence[tuple[int, int]], scores: npt.NDArray[np.float32]) -> tuple[Span, ...]:
    found: list[tuple[int, int, int, list[float]]] = []
    open_ = False
    for (start, end), tag, score in zip(places, _best_path(scores), np.exp(scores), strict=True):
        if start < 0 or start == end:
            continue
        if tag in _STARTS:
            found.append((start, end, _STARTS[tag], [float(score[tag])]))
            open_ = True
        elif tag in _GOES_ON and open_:
            begun, _, sign, chances = found[-1]
            found[-1] = begun, end, sign, [*chances, float(score[tag])]
        else:
            open_ = False
    return tuple(Span(a, b, sign, round(min(chances), 4)) for a, b, sign, chances in found if text[a:b].strip())


def _best_path(scores: npt.NDArray[np.float32]) -> list[int]:
    """The likeliest tags in which nothing goes on that did not begin (Viterbi)."""
    if not len(scores):
        return []
    allowed = np.zeros((5, 5))
    for tag in _GOES_ON:
        allowed[[t for t in range(5) if t not in (tag, tag - 1)], tag] = _NEVER
    best = scores[0].astype(np.float64)
    best[list(_GOES_ON)] = _NEVER
    back = []
    for row in scores[1:]:
        through = best[:, None] + allowed
        back.append(through.argmax(axis=0))
        best = through.max(axis=0) + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def _log_softmax(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    shifted = rows - rows.max(axis=-1, keepdims=True)
    return cast("npt.NDArray[np.float32]", shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))
