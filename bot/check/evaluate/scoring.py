"""How a message was understood, held against a gold reading: points, signs, limits, act, reference, the whole state.

A gold point is a list of wordings. A read point may say more than one gold point at a time ("black leather jacket" says
"black" and "leather jacket"), so what of the gold was found and what of the read was right are counted apart.
`tests/test_evaluate_understanding.py` works the counts out by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

COUNTS = (
    "found", "right", "gold", "read", "wrong_sign", "limits_right", "limits_gold", "limits_read",
    "turns", "acts", "pointing", "pointed", "whole", "missed", "invented", "limits_missed", "limits_invented",
)  # fmt: skip
_PART = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LITTLE = frozenset(
    "a an the of for in with to and or not too very really some any my me it is be more less 的 了 要 个 点".split()
)
_SIGNS = {"==": "=", "eq": "=", "lte": "<=", "gte": ">=", "<": "<=", ">": ">=", "ne": "!="}
_SLACK = {True: 2, False: 1}  # characters of a Chinese wording, words of another, by which two may differ

Limit = tuple[str, str, object]


@lru_cache(maxsize=8192)
def words(text: str) -> frozenset[str]:
    """The words that count, without a plural s; all of them where none counts."""
    parts = [p[:-1] if len(p) > 3 and p.endswith("s") and not p.endswith("ss") else p for p in _parts(text)]
    return frozenset(p for p in parts if p not in _LITTLE) or frozenset(parts)


def run_together(text: str) -> str:
    """The letters and characters alone."""
    return "".join(_parts(text))


def _parts(text: str) -> list[str]:
    return _PART.findall(unicodedata.normalize("NFKC", text).lower())


def _chinese(text: str) -> bool:
    return bool(_HAN.search(text))


def holds(point: str, wording: str) -> bool:
    """Whether `point` says all of `wording`, and perhaps more."""
    if _chinese(wording):
        return run_together(wording) in run_together(point)
    return bool(words(wording)) and words(wording) <= words(point)


def near(point: str, wording: str) -> bool:
    """Whether one holds the other and little is left over: a word, or two Chinese characters."""
    if not holds(point, wording) and not holds(wording, point):
        return False
    if _chinese(wording):
        return abs(len(run_together(point)) - len(run_together(wording))) <= _SLACK[True]
    return abs(len(words(point)) - len(words(wording))) <= _SLACK[False]


def said(wordings: Sequence[str], points: Sequence[str]) -> bool:
    """Whether some read point says a gold one."""
    return any(holds(point, wording) or near(point, wording) for point in points for wording in wordings)


def supported(point: str, gold: Sequence[Sequence[str]], opposite: Sequence[Sequence[str]]) -> bool:
    """Whether a read point is right: near a gold wording or made of nothing but gold wordings, with the same slack, and
    without what the gold holds with the other sign."""
    if any(holds(point, wording) for wordings in opposite for wording in wordings):
        return False
    every = [wording for wordings in gold for wording in wordings]
    if any(near(point, wording) for wording in every):
        return True
    inside = [wording for wording in every if holds(point, wording)]
    if not inside:
        return False
    if _chinese(point):
        rest = run_together(point)
        for wording in sorted(inside, key=len, reverse=True):
            rest = rest.replace(run_together(wording), "")
        return len(rest) <= _SLACK[True]
    return len(words(point).difference(*map(words, inside))) <= _SLACK[False]


def limit(said: Mapping[str, Any]) -> Limit:
    """A constraint in one spelling: two that say the same are equal."""
    op, value = str(said.get("op")), said.get("value")
    op = _SIGNS.get(op, op)
    if isinstance(value, list):
        many = tuple(sorted(str(v).lower() for v in value))
        if len(many) == 1 and op in ("in", "=", "not in", "!="):
            return _field(said), "=" if op in ("in", "=") else "!=", many[0]
        return _field(said), op, many
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _field(said), op, round(float(value), 2)
    return _field(said), op, str(value).strip().lower()


def _field(said: Mapping[str, Any]) -> str:
    return str(said.get("field", "")).lower().replace("color", "colour")


def counted(gold: Mapping[str, Any], got: Mapping[str, Any]) -> dict[str, int]:
    """What one turn adds to each of `COUNTS`. `got` is a turn of a replay; an empty one counts as wholly wrong."""
    state, points = gold["state"], got.get("interests") or []
    likes, dislikes = state.get("likes") or [], state.get("dislikes") or []
    liked = [p["point"] for p in points if p.get("weight", 1) > 0]
    disliked = [p["point"] for p in points if p.get("weight", 1) < 0]
    found = sum(said(g, liked) for g in likes) + sum(said(g, disliked) for g in dislikes)
    right = sum(supported(p, likes, dislikes) for p in liked) + sum(supported(p, dislikes, likes) for p in disliked)
    wrong = sum(said(g, disliked) and not said(g, liked) for g in likes)
    wrong += sum(said(g, liked) and not said(g, disliked) for g in dislikes)
    limits = {limit(c) for c in state.get("constraints") or []}
    read = {limit(c) for c in got.get("constraints") or []}
    every, all_read = len(likes) + len(dislikes), len(liked) + len(disliked)
    pointing = bool(gold.get("refers_to"))
    return {
        "found": found, "right": right, "gold": every, "read": all_read, "wrong_sign": wrong,
        "limits_right": len(limits & read), "limits_gold": len(limits), "limits_read": len(read),
        "turns": 1, "acts": int(gold.get("act") == got.get("act")),
        "pointing": int(pointing), "pointed": int(pointing and set(gold["refers_to"]) == set(got.get("refers_to") or [])),
        "whole": int(found == every and right == all_read and limits == read),
        "missed": int(found < every), "invented": int(right < all_read),
        "limits_missed": int(bool(limits - read)), "limits_invented": int(bool(read - limits)),
    }  # fmt: skip
