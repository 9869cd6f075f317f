"""A plain first guess at what a message wishes and rules out: noun phrases by stop words, signs by `polarity`.

This carries the turn while the model is away, and shows provisional items before it has answered. `tests/test_points.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import yaml

from bot.rules.polarity import Clause, clauses
from bot.state import Change
from vectorstore.words import is_chinese


@lru_cache(maxsize=1)
def _stops() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    from pathlib import Path

    raw = yaml.safe_load((Path(__file__).parent / "stop_words.yaml").read_text("utf-8"))
    english = frozenset(" ".join(raw["en"]).split())
    # longest first, so that 有没有 goes before 有
    chinese = re.compile("|".join(sorted(map(re.escape, " ".join(raw["zh"]).split()), key=len, reverse=True)))
    story = re.compile("|".join(raw["story"]), re.I)
    return english, chinese, story


def wishes(text: str, spans: Sequence[tuple[int, int]] = ()) -> list[Change]:
    """What `text` wants and does not want, as changes with the words they came from. `spans` (limits already read) are left out."""
    blank = list(text)
    for a, b in spans:
        blank[a:b] = ["," if n == a else " " for n in range(a, b)]
    found: list[Change] = []
    for clause in clauses("".join(blank)):
        if clause.sign == "neutral":
            continue
        for phrase in phrases(clause):
            if not any(phrase.casefold() == c.text.casefold() for c in found):
                found.append(Change(kind="add", text=phrase, weight=clause.weight, quote=_quote(clause, phrase), lasting=clause.lasting))
    return found


def phrases(clause: Clause) -> list[str]:
    """The noun phrases of a clause, as the person would name them."""
    english, chinese, story = _stops()
    if story.search(clause.text):
        return []
    text = clause.text
    found: list[str] = []
    if is_chinese(text):
        for piece in re.split(r"[\s,，、。!！?？~…“”\"《》()（）]+", text):
            cut = chinese.sub("\0", piece)
            found.extend(p.strip("的了吧呢啊呀吗嘛哈着") for p in cut.split("\0"))
        return [p for p in found if 1 < len(p) <= 10 or (len(p) == 1 and p in "黑白红蓝绿灰粉紫黄棕轻薄厚大小")]
    words: list[str] = []
    for raw in [*re.findall(r"[A-Za-z0-9][\w'’.+-]*|[^\w\s]", text), ""]:
        word = raw.strip(".'’-")
        if word and re.match(r"\w", word) and word.lower().replace("’", "'") not in english:
            words.append(word)
        elif words:
            found.append(" ".join(words))
            words = []
    return [p for p in found if 1 < len(p) <= 40 and len(p.split()) <= 5 and not re.fullmatch(r"[\d.,]+", p)]


def _quote(clause: Clause, phrase: str) -> str:
    """The person's words around the phrase: the clause itself when it is short."""
    said = clause.text.strip(" ,.;:!?，。；：！？")
    return said if len(said) <= 40 else phrase
