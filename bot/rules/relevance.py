"""How likely a noun phrase is a wish and not talk ("quiet" against "the other side of the kitchen wall").

A logistic regression over what rules see of the phrase and, where there is one, the embedding of its words; trained by
`benchmarks/train_relevance.py`, kept in `relevance.json`. Without it, or with another embedding model, rules decide
alone. `tests/test_relevance.py`.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.rules import acts
from bot.rules.background import Background
from bot.rules.points import Phrase, story_in, wish_in
from vectorstore.words import is_chinese, meanings, tokens

Floats = npt.NDArray[np.float32]
STRETCH = 6.0  # of the embedding's numbers, beside the others that are 0 or 1
KNOWN, SHORT = 0.15, 0.1  # added where the catalogue says the words, and where the message is short
_FILE = Path(__file__).parent / "relevance.json"
_CUES = ("wish", "told", "accept", "take", "reject", "compare", "ask", "more_like", "forget", "thanks", "injection")


def chances(message: str, phrases: Sequence[Phrase], screen: bool, background: Background) -> list[float]:
    """How likely each phrase is a wish, 0 to 1; without the filter 1 or 0, as rules believe."""
    learned, embedder = _learned(), background.embedder
    if not phrases or learned is None or embedder is None or embedder.checksum != learned["model"]:
        return [float(p.believed) for p in phrases]
    weights = np.frombuffer(base64.b64decode(learned["weights"]), np.float32)
    seen = features(message, phrases, screen, background.words)
    rows = np.hstack([seen, STRETCH * np.asarray(embedder.queries([p.text for p in phrases]), np.float32)])
    likely = 1 / (1 + np.exp(-(rows @ weights + learned["bias"])))
    short = len(message) < (20 if is_chinese(message) else 60)
    return [_raised(float(chance), p, short, background) for p, chance in zip(phrases, likely, strict=True)]


def _raised(chance: float, phrase: Phrase, short: bool, background: Background) -> float:
    """What the catalogue itself says, said in a clause that asks for something, is a wish; in a short message more so."""
    if not phrase.believed:
        return chance
    own = set(tokens(phrase.text))
    told = bool(own) and all(meanings(word) & background.telling for word in own)
    return max(chance, min(0.69, chance + (KNOWN if told else 0) + (SHORT if short else 0)))


def threshold() -> float:
    """From which chance on a phrase counts as a wish."""
    learned = _learned()
    return float(learned["threshold"]) if learned else 0.5


def features(message: str, phrases: Sequence[Phrase], screen: bool, words: Mapping[str, int]) -> Floats:
    """One row a phrase, in a fixed order: what rules see of it."""
    cues = [acts.cue(name, message) for name in _CUES] + [bool(acts.service_topic(message)), message.strip().endswith(("?", "？")), screen]
    rows = []
    for p in phrases:
        c, chinese = p.clause, is_chinese(p.text)
        own = p.text.lower().split()
        known = sum(1 for w in own if words.get(w, 0) > 1 or words.get(w.rstrip("s"), 0) > 1) / len(own)
        size = len(p.text) / 3 if chinese else len(p.text.split())
        rows.append(
            [chinese, size, c.sign == "against", abs(c.weight) == 0.5, c.strict, wish_in(c.text), story_in(c.text), p.believed, p.place == 0,
             p.place == p.clauses - 1, min(p.clauses, 8) / 8, p.rambling, bool(re.search(r"\d", p.text)), p.text[0].isupper(), "'" in p.text,
             len(c.text.split()) <= 4, np.log1p(len(message)) / 5, 0.5 if chinese else known,
             len(phrases) == 1, len(message) < (12 if chinese else 40), *cues]
        )  # fmt: skip
    return np.asarray(rows, np.float32)


@lru_cache(maxsize=1)
def _learned() -> dict[str, Any] | None:
    if not _FILE.exists():
        return None
    loaded: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return loaded
