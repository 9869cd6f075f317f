"""Negation, hedging and strictness, read by rule in both languages: is this stretch of the message for or against?

`clauses(text)` cuts a message where the sign can change, and says for each stretch whether it is wished for, ruled out,
or neither ("metal is fine"), and how strongly. The cue words stand in `cues.yaml`. `tests/test_polarity.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml

from vectorstore.words import is_chinese

Sign = Literal["for", "against", "neutral"]

_EMOJI = "\u2190-\u21ff\u2600-\u27bf\U0001f300-\U0001faff"
_BOUNDARY = re.compile(
    rf"[.;!?。；！？\n]+(?:\s+|$|(?=[\u4e00-\u9fff]))|[;!?。；！？\n]+|[,，、:：]\s*|\s+[-–—]+\s+|—+|[()（）\[\]【】“”\"]|[{_EMOJI}\ufe0f\u200d]+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
    r"|\s+(?:(?<!anything )(?<!everything )(?<!nothing )(?<!all )(?<!any colour )(?<!any color )(?<!any brand )(?<!any material )(?<!any genre )but|though|although|however|yet|plus|also|so|because|since|cause|cos|as long as|otherwise|then|(?<!nice )(?<!great )(?<!lovely )(?<!cool )(?<!good )if)\s+|(?<=[\u4e00-\u9fff])(?:但是|但|不过|可是|而且|另外|然后|因为|所以|顺便)",
    re.I,
)
_JOINED = re.compile(r"^(?:(?:or|nor|and|also no)\b|或者?|和|跟|及|以及|也)", re.I)
_POINTS_BACK = re.compile(
    r"^\W*(?:and\s+)?(?:so\s+)?(?:not|no|none of|without)\s+(?:those|them|that|these|it|either)\W*$|^(?:都|也)?(?:不要|别推了?|不用了?|不考虑)$",
    re.I,
)
_NEW_CLAUSE = re.compile(
    r"\s(?=(?:(?:preferably|ideally|maybe|perhaps|definitely|absolutely) )?(?:not|no|without|w/o|minus|except|instead of|rather than|other than|anything but|nothing)\s)"
    r"|(?<=[\u4e00-\u9fffA-Za-z])(?=(?:千万|尽量|坚决|最好|绝对|一律)?(?:不要|不想要|不喜欢|不爱|除了)|(?<![特个分区性级类])别(?!的|人|墅|致))"
    r"|(?<=[\u4e00-\u9fff])(?=而不是)|(?<=[\u4e00-\u9fff])(?=(?:要|想要)(?![么是求]))(?<![不想只需还主重定必须别都也就])",
    re.I,
)
_HELD_TOGETHER = re.compile(
    r"(?:^|\s)(?:is|are|was|does|do|can|will|would|it'?s|that'?s|but|and|i'?m|definitely|certainly|absolutely|why|if|or|say|be|ideally|actually|please|never|or)\s*$",
    re.I,
)
_ONLY_HOW = re.compile(
    r"^\W*(?:so|preferably|maybe|perhaps|probably|definitely|absolutely|千万|尽量|坚决|最好|绝对|一律|真的|还是)\s*$", re.I
)
_MILD = re.compile(  # "a not too heavy bag", 不太重的包: the bag is wished for
    r"(?:\b(?:an?|some|any)\s+|^\W*)(not (?:too|so|overly|very) [a-z]+)\s+(?=[a-z])"
    r"|((?:不是?(?:很|太|特别|那么)|不怎么|没那么|(?:不要|别|不能|不会|不想)太)(?!喜欢|想|爱|适合|习惯|接受|会|懂|确定|清楚|能|了解|知道|明白)[\u4e00-\u9fff]{1,3}?的)(?=[\u4e00-\u9fff]{1,8})",
    re.I,
)
_THAT = re.compile(
    r"\s(?=(?:that|which|who) (?:isn'?t|aren'?t|wasn'?t|doesn'?t|don'?t|won'?t|can'?t|(?:is|are|does|do|will|can) not|has no|have no)\b|(?:that|who)'?s not\b|who (?:hates?|dislikes?|never|loathes?|avoids?|already)\b)", re.I
)
_TOO_ALREADY = re.compile(r"太[\u4e00-\u9fff]{1,3}?了(?=[\u4e00-\u9fff]{3})")
_RATHER = re.compile(r"\b(?:rather|sooner|prefer)\b.{2,40}?\s(?=than\s)", re.I)
_WORSE = re.compile(r"(?<=[\u4e00-\u9fff])不如(?=[\u4e00-\u9fff])")
_TURNS = re.compile(r"\s(?=(?:i'?d (?:like|prefer)|i (?:want|need)|give me|show me|let'?s)\b)", re.I)
_PARTING = re.compile(r"\b(?:please|pls|thanks|thank you|in it|at all|either)\b", re.I)
_LEAVES = re.compile(r"^\W*(?:instead of|rather than|apart from|other than)\b", re.I)
_EXCEPT = re.compile(r"除了|除开|\b(?:anything|everything|all|any \w+) (?:but|except)\b", re.I)
_ENDS_DENIED = re.compile(
    r"^(?:千万|坚决|绝对|一律|就|也|都|还是|真的)*(?:不要|别(?:给我|推|来)?|不想要|不喜欢|不爱|免了|算了|不行|不考虑)(?:了|啊|哦|吧|哈|推|给我)*$"
)


@dataclass(frozen=True)
class Clause:
    """A stretch of the message with one sign."""

    text: str
    start: int
    sign: Sign
    weight: float  # of what is wished or ruled out in it, with sign
    strict: bool
    lasting: bool


@lru_cache(maxsize=1)
def _cues() -> dict[str, re.Pattern[str]]:
    raw: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "cues.yaml").read_text("utf-8"))
    found = {}
    for name, said in raw.items():
        english, chinese = said["en"].splitlines(), said["zh"].splitlines()
        found[name] = re.compile("|".join([rf"\b(?:{'|'.join(english)})(?!\w)", *chinese]), re.I)
    return found


@lru_cache(maxsize=256)
def clauses(text: str) -> tuple[Clause, ...]:
    """`text` cut where the sign can change, in order."""
    found: list[Clause] = []
    for start, piece, before in _pieces(text):
        if not piece.strip():
            continue
        for offset, part in _contrast(piece):
            if not part.strip():
                continue
            clause = _read(part, start + offset)
            if found and _POINTS_BACK.match(part.strip()):  # "I've done Dune and Arrival, so not those"
                found[-1] = replace(found[-1], sign="against", weight=-0.8)
            elif found and found[-1].sign == "against" and clause.sign == "for" and _goes_on(part, before):
                clause = replace(clause, sign="against", weight=found[-1].weight, strict=found[-1].strict)
            if clause.sign == "for" and before.strip() == "," and re.match(r"(?:or|nor)\b", part.strip(), re.I):
                clause = _ends_list(clause, found)
            found.append(clause)
    return tuple(found)


def negates(clause: Clause, text: str) -> bool:
    """Whether the clause's negation reaches the words `text`: it stands before them, or after them at the clause's end."""
    cue = against_cue(clause.text)
    where = clause.text.lower().find(text.lower())
    return cue is not None and (where < 0 or cue.start() <= where or bool(_cues()["against_after"].search(clause.text)))


def against_cue(text: str) -> re.Match[str] | None:
    """The first word of negation in `text`, if any."""
    return _cues()["against"].search(text) or _cues()["against_after"].search(text)


def is_strict(text: str) -> bool:
    """Whether `text` allows nothing else ("only", "must", 一定要)."""
    return bool(_cues()["strict"].search(text))


def _pieces(text: str) -> list[tuple[int, str, str]]:
    """(start, piece, the mark before it)."""
    pieces: list[tuple[int, str, str]] = []
    start, before = 0, ""
    for match in _BOUNDARY.finditer(text):
        pieces.append((start, text[start : match.start()], before))
        start, before = match.end(), match.group(0)
    pieces.append((start, text[start:], before))
    return pieces


def _goes_on(part: str, before: str) -> bool:
    """Whether a stretch continues the list that was ruled out before it: "no nuts, raisins or dates"."""
    said = part.strip()
    if before.strip() == "," and re.match(r"and\b(?! (?:no|not|nor)\b)", said, re.I):
        return False  # "nothing sad, and short" says two things; of a list the words before are bare
    if _cues()["fresh"].search(said) or (len(said) > 6 if is_chinese(said) else len(said.split()) > 3):
        return False
    return bool(_JOINED.match(said) or re.search(r"\w or \w", said)) or before.strip() == "、"


def _ends_list(last: Clause, found: list[Clause]) -> Clause:
    """The "or dates" of "no nuts, raisins, or dates": it and the bare words before it are ruled out together."""
    words = 0
    while words < len(found) and found[-1 - words].sign == "for" and len(found[-1 - words].text.split()) <= 2:
        words += 1
    if words == len(found) or found[-1 - words].sign != "against" or len(_PARTING.sub("", last.text).split()) > 4:
        return last
    ruled = found[-1 - words]
    for n in range(len(found) - words, len(found)):
        found[n] = replace(found[n], sign="against", weight=ruled.weight, strict=ruled.strict)
    return replace(last, sign="against", weight=ruled.weight, strict=ruled.strict)


def _contrast(piece: str) -> list[tuple[int, str]]:
    """'brown not black' and '要黑的不要白的' hold two signs: cut before the negation that comes after a wish."""
    if (that := _THAT.search(piece)) and piece[: that.start()].strip() and not against_cue(piece[: that.start()]):
        here = that.start()
        return [*_contrast(piece[:here]), *((here + a, part) for a, part in _contrast(piece[here:]))]
    if too := _TOO_ALREADY.search(piece):  # 太贵了有便宜点的吗
        here = too.end()
        return [(0, piece[:here]), *((here + a, part) for a, part in _contrast(piece[here:]))]
    if _cues()["double_for"].search(piece) or _cues()["neutral"].search(piece):
        return [(0, piece)]
    if _LEAVES.match(piece) and (turn := _TURNS.search(piece)):
        return [(0, piece[: turn.start()]), (turn.start(), piece[turn.start() :])]
    if mild := _MILD.search(piece):
        n = 1 if mild[1] else 2
        begin, end = mild.span(n)
        cut_at = [(0, begin), (begin, end), (end, len(piece))]
        if mild[1] or not _cues()["against"].search(piece[mild.end(n) :]):
            return [(a, piece[a:b]) for a, b in cut_at if a < b]
    if worse := _WORSE.search(piece):  # 美国不如英国
        return [(0, piece[: worse.end()]), (worse.end(), piece[worse.end() :])]
    if rather := _RATHER.search(piece):
        return [(0, piece[: rather.end()]), (rather.end(), piece[rather.end() :])]
    cuts = [0]
    for match in _NEW_CLAUSE.finditer(piece):
        head, tail = piece[cuts[-1] : match.start()], piece[match.start() :]
        if (
            head.strip()
            and not _HELD_TOGETHER.search(head)
            and not _ONLY_HOW.match(head)
            and not _ENDS_DENIED.match(tail.strip())
            and not re.search(r"[要想给让叫跟和]$|也$|的话$", head)
        ):
            cuts.append(match.start())
    return [(a, piece[a:b]) for a, b in zip(cuts, [*cuts[1:], len(piece)], strict=True)]


def _read(part: str, start: int) -> Clause:
    cues = _cues()
    strict, lasting, hedged = (bool(cues[name].search(part)) for name in ("strict", "lasting", "hedge"))
    if cues["double_for"].search(part):
        return Clause(part, start, "for", 0.6, False, lasting)
    if cues["neutral"].search(part) and not _EXCEPT.search(part):
        return Clause(part, start, "neutral", 0.0, False, lasting)
    if cues["against"].search(part) or cues["against_after"].search(part):
        return Clause(
            part, start, "against", -0.5 if hedged else (-1.0 if strict else -0.8), strict or not hedged, lasting
        )
    return Clause(part, start, "for", 0.5 if hedged else (1.0 if strict else 0.8), strict, lasting)
