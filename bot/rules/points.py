"""A plain first guess at what a message wishes and rules out: noun phrases by stop words, signs by `polarity`.

This carries the turn while the model is away, shows provisional items before it has answered, and is what the model's
answer is set against. The words that end a phrase stand in `stop_words.yaml`. `tests/test_points.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from bot.rules.polarity import Clause, clauses
from bot.state import Change
from vectorstore.words import is_chinese

_LONG = {"en": 45, "zh": 70}  # words, characters: from here on only clauses with a cue are believed
_GLUE = "\u00b7"  # holds the words of a name together
_SINGLE = "黑白红蓝绿灰粉紫黄棕轻薄厚"
_NAME = re.compile(
    r"\b[A-Z][\w'’]*[a-z][\w'’]*(?:\s+(?:of|the|a|an|and|in|to|for|against|with|de|&)\s+[A-Z][\w'’]+|\s+[A-Z][\w'’]*[a-z]\w*)+"
)  # "Kind of Blue"
_WORDS = re.compile(r"[^\W_\u4e00-\u9fff]+(?:[’'.+&·-]+[^\W_\u4e00-\u9fff]+)*[+\"”]?|[^\w\s]")


@lru_cache(maxsize=1)
def _stops() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    raw = yaml.safe_load((Path(__file__).parent / "stop_words.yaml").read_text("utf-8"))
    english = frozenset(" ".join(raw["en"]).split())
    # longest first, so that 有没有 goes before 有
    chinese = re.compile("|".join(sorted(map(re.escape, " ".join(raw["zh"]).split()), key=len, reverse=True)))
    return english, chinese, re.compile("|".join(raw["story"]), re.I), re.compile("|".join(raw["wish"]), re.I)


def wishes(text: str, spans: Sequence[tuple[int, int]] = ()) -> list[Change]:
    """What `text` wants and does not want, as changes with the words they came from. `spans` (limits already read) are left out."""
    blank = list(text)
    for a, b in spans:
        blank[a:b] = ["," if n == a else " " for n in range(a, b)]
    rambling = len(text) > _LONG["zh"] if is_chinese(text) else len(text.split()) > _LONG["en"]
    found: list[Change] = []
    for clause in clauses("".join(blank)):
        if clause.sign == "neutral" or not _tells_a_wish(clause, rambling):
            continue
        for phrase in phrases(clause):
            same = [c for c in found if phrase.casefold() == c.text.casefold()]
            if (
                same and same[0].weight > 0 > clause.weight
            ):  # "everything is pink. anything but pink": the last word counts
                found.remove(same[0])
            if not same or same[0] not in found:
                found.append(
                    Change(
                        kind="add",
                        text=phrase,
                        weight=clause.weight,
                        quote=_quote(clause, phrase),
                        lasting=clause.lasting,
                    )
                )
    return found


def phrases(clause: Clause) -> list[str]:
    """The noun phrases of a clause, as the person would name them."""
    english, chinese, _, _ = _stops()
    found: list[str] = []
    if is_chinese(clause.text):
        for piece in re.split(r"[\s,，、。!！?？~…“”\"《》()（）:：]+", clause.text):
            cut = re.sub(
                r"(?<=\0)[个件双台本部款张首条瓶只支套](?=[\u4e00-\u9fff]{2})", "", "\0" + chinese.sub("\0", piece)
            )
            found.extend(p.strip("的了吧呢啊呀吗嘛哈着得") for p in cut.split("\0"))
        return [p for p in found if 1 < len(p) <= 9 or p in tuple(_SINGLE)]
    words: list[str] = []
    held = _NAME.sub(lambda m: _held(m[0], english), clause.text)
    for raw in [*_WORDS.findall(held), ""]:
        raw = raw.replace(_GLUE, " ")
        if re.match(r"[^\W_]", raw) and raw.lower().replace("’", "'") not in english:
            words.append(raw)
        elif words:
            found.append(" ".join(words))
            words = []
    return [p for p in found if 1 < len(p) <= 40 and len(p.split()) <= 5 and not re.fullmatch(r"[\d.,]+", p)]


def _held(name: str, stops: frozenset[str]) -> str:
    """A name of several words as one, without the sentence's own words at its beginning ("Nothing like Kind of Blue")."""
    words = name.split()
    while words and words[0].lower() in stops and words[0].lower() not in ("a", "the", "kind"):
        words.pop(0)
    lost = " ".join(name.split()[: len(name.split()) - len(words)])
    return f"{lost} {_GLUE.join(words)}".strip()


def _tells_a_wish(clause: Clause, rambling: bool) -> bool:
    """Whether a clause speaks of what is wanted rather than of something that happened."""
    _, _, story, wish = _stops()
    if wish.search(clause.text):
        return True
    if story.search(clause.text):
        return clause.sign == "against" and not rambling and len(clause.text.split()) < 6
    return not rambling or (clause.sign == "against" and len(clause.text) < 60) or clause.weight == 0.5


def _quote(clause: Clause, phrase: str) -> str:
    """The person's words around the phrase: the clause itself when it is short."""
    said = clause.text.strip(" ,.;:!?，。；：！？")
    return said if len(said) <= 40 else phrase
