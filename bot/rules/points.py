"""A plain first guess at what a message wishes and rules out: noun phrases by stop words, signs by `polarity`.

This carries the turn while the model is away, shows provisional items before it has answered, and is what the model's
answer is set against. The words that end a phrase stand in `stop_words.yaml`. `tests/test_points.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Phrase:
    """A noun phrase of a message, where it stands, and what rules alone make of it."""

    text: str
    clause: Clause
    place: int  # of its clause in the message, from 0
    clauses: int  # in the message
    rambling: bool  # the message is long and tells much besides
    believed: bool  # the clause speaks of a wish, as far as rules can tell

    def change(self) -> Change:
        """The wish, with the words it came from."""
        c = self.clause
        return Change(kind="add", text=self.text, weight=c.weight, quote=_quote(c, self.text), lasting=c.lasting)


def found_in(text: str, spans: Sequence[tuple[int, int]] = ()) -> list[Phrase]:
    """Every noun phrase of `text` in a clause with a sign. `spans` (limits already read) are left out."""
    blank = list(text)
    for a, b in spans:
        blank[a:b] = ["," if n == a else " " for n in range(a, b)]
    rambling = len(text) > _LONG["zh"] if is_chinese(text) else len(text.split()) > _LONG["en"]
    parts = clauses("".join(blank))
    return [
        Phrase(phrase, clause, place, len(parts), rambling, _tells_a_wish(clause, rambling))
        for place, clause in enumerate(parts)
        if clause.sign != "neutral"
        for phrase in phrases(clause)
    ]


def wishes(found: Iterable[Phrase]) -> list[Change]:
    """The phrases as changes, each once; of two signs the later counts ("everything is pink. anything but pink")."""
    kept: dict[str, Change] = {}
    for phrase in found:
        key, change = phrase.text.casefold(), phrase.change()
        if key not in kept or kept[key].weight > 0 > change.weight:
            kept.pop(key, None)
            kept[key] = change
    return list(kept.values())


def phrases(clause: Clause) -> list[str]:
    """The noun phrases of a clause, as the person would name them."""
    english, chinese, *_ = _stops()
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


def wish_in(text: str) -> bool:
    """Whether a clause asks for something."""
    return bool(_stops()[3].search(text))


def story_in(text: str) -> bool:
    """Whether a clause tells of something that happened."""
    return bool(_stops()[2].search(text))


def _tells_a_wish(clause: Clause, rambling: bool) -> bool:
    """Whether a clause speaks of what is wanted rather than of something that happened."""
    if wish_in(clause.text):
        return True
    if story_in(clause.text):
        return clause.sign == "against" and not rambling and len(clause.text.split()) < 6
    return not rambling or (clause.sign == "against" and len(clause.text) < 60) or clause.weight == 0.5


def _quote(clause: Clause, phrase: str) -> str:
    """The person's words around the phrase: the clause itself when it is short."""
    said = clause.text.strip(" ,.;:!?，。；：！？")
    return said if len(said) <= 40 else phrase
