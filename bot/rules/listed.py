"""The model's list of wishes, line by line, as far as the message supports it. `tests/test_listed.py`.

A line that cannot be read loses itself, not the answer. A point is kept when the message holds its words and does not just
tell what happened there ("I left my umbrella on the train"); its sign is the message's own where a negation stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.profile import same_words, says_all
from bot.rules.points import story_in, wish_in
from bot.rules.polarity import Clause, negates
from bot.state import Change
from vectorstore.words import fold, is_chinese, tokens

_LINE = re.compile(r"\s*([+\-−–])\s*(.+)")
_AMOUNT = re.compile(r"(?:under|below|less than|up to|around|about|max|budget|预算|不超过|最多)?[\d$€£¥.,\s]+(?:块|元|dollars|euros|bucks|max|以内|以下|左右)*", re.I)


@dataclass(frozen=True)
class Listed:
    """What the model listed: wished, and not wished."""

    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()

    def speaks_of(self, text: str) -> bool:
        """Whether some line shares a telling word with `text`."""
        words = set(tokens(text))
        for line in (*self.plus, *self.minus):
            if words & set(tokens(line)) or (is_chinese(text) and (text in line or line in text)):
                return True
        return False


def parse(text: str) -> Listed:
    """The answer's lines; whatever is no line of the format is passed over."""
    plus: list[str] = []
    minus: list[str] = []
    for line in text.splitlines():
        if m := _LINE.match(line):
            point = m[2].strip(" .。,，;\"'“”`*")
            if 0 < len(point) <= 48 and not _AMOUNT.fullmatch(point):
                (plus if m[1] == "+" else minus).append(point)
    return Listed(tuple(plus[:12]), tuple(minus[:12]))


def joined(
    sure: Sequence[Change], answer: Listed, parts: Sequence[Clause], points: Callable[[Change], bool]
) -> list[Change]:
    """What rules are sure of, and what the model lists beside it. `points`: whether a change only points at an item."""
    changes = list(sure)
    for text, wished in [(t, True) for t in answer.plus] + [(t, False) for t in answer.minus]:
        clause = holding(text, parts)
        if clause is None or clause.sign == "neutral" or (story_in(clause.text) and not wish_in(clause.text)):
            continue
        sign = 1.0 if wished else -1.0
        if wished and clause.sign == "against" and negates(clause, text):
            sign = -1.0
        if not wished and clause.sign == "for" and not is_chinese(text):
            continue  # the model's "not" without one in the message
        quote = clause.text.strip(" ,.;:!?，。；：！？")[:48]
        new = Change(kind="add", text=text, weight=sign * (abs(clause.weight) or 0.7), quote=quote, lasting=clause.lasting)
        if points(new) or any(same_words(c.text, text) or says_all(c.text, text) or says_all(text, c.text) for c in changes):
            continue
        changes.append(new)
    return changes


def holding(text: str, parts: Sequence[Clause]) -> Clause | None:
    """The clause that a point comes from: the one that holds it, or most of its words (misspellings allowed)."""
    folded, words = fold(text), set(tokens(text))
    for clause in parts:
        if folded in fold(clause.text) and (is_chinese(text) or re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", fold(clause.text))):
            return clause
    best: tuple[float, Clause] | None = None
    for clause in parts:
        own = set(tokens(clause.text))
        if not words or not own:
            continue
        if is_chinese(text):
            share = sum(1 for c in folded if c in fold(clause.text)) / len(folded)
        else:
            near = sum(1 for w in words if w in own or any(len(w) > 3 and fuzz.ratio(w, o) >= 75 for o in own))
            share = near / len(words)
        if share >= 0.6 and (best is None or share > best[0]):
            best = share, clause
    return best[1] if best else None
