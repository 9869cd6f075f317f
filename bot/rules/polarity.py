"""Negation, hedging and strictness, read by rule in both languages: is this stretch of the message for or against?

`clauses(text)` cuts a message where the sign can change, and says for each stretch whether it is wished for, ruled out,
or neither ("metal is fine"), and how strongly. `tests/test_polarity.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Sign = Literal["for", "against", "neutral", "unlike"]  # unlike: ruled out, but only in contrast ("not X but Y")

# "wouldn't say no to", "not that I don't like": two negations that make a wish or an allowance
_DOUBLE_FOR = re.compile(
    r"wouldn'?t (?:say no to|mind|hate|object to|turn down)|would(?:n't| not) be unwelcome|not be unwelcome|(?:can(?:no|')t|never) (?:say no to|get enough of|go wrong with|resist)"
    r"|never not in the mood for|not (?:un)?opposed to|不(?:得)?不(?=喜欢|爱|想)|少不了|不能没有|不能少|离不开|非(?=[^，。]{1,12}不可)",
    re.I,
)
_DOUBLE_NEUTRAL = re.compile(
    r"(?:don'?t|do not|doesn'?t) (?:dislike|mind|hate|have anything against|object)|nothing against|not that i (?:don'?t|dislike|hate)|(?:it'?s )?not that .{0,20}(?:don'?t|hate)|could live with|can live with|i'?d live with|live without"
    r"|\bis (?:fine|ok|okay)\b|\bare (?:fine|ok|okay)\b|doesn'?t (?:have to|need to|matter)|don'?t (?:need|care (?:about|if|whether|what))|needn'?t|也不是不(?:行|可以|能)|不是不(?:喜欢|能|行)|也行|也可以|也能接受|无所谓|都行|都可以|不介意|不讨厌|不反感|可有可无",
    re.I,
)
_AGAINST = re.compile(
    r"\b(?:no|not|without|never|nothing|none|neither|nor|minus|except|excluding|exclude|avoid|skip|ditch|hate|hates|hated|dislike|dislikes|loathe|detest|despise|can'?t (?:stand|bear|do|deal|have|take)|cannot (?:stand|bear)|sick of|tired of|fed up with|bored of|over (?=the |all )|had enough|enough of|allergic to|refuse|won'?t (?:wear|use|have|eat|touch)|don'?t (?:want|like|need another|show|give|do|wear|use|eat|recommend|push)|do not (?:want|like)|doesn'?t (?:like|want|eat|wear|do)|didn'?t (?:like|want)|isn'?t|aren'?t|wasn'?t|less|rather not|rather than|instead of|anything but|everything but|other than|stay away from|steer clear|lose the|leave out|keep .{1,15} away|vetoe?d?|hard pass|a no|no more|enough with|already (?:has|have|owns?|got)|(?:is|are) out\b|off the table)\b"
    r"|(?<![分特区个性级类])别(?!的|人|墅)|不(?!错|过|同|知道|好意思|锈钢|粘|沾|管|仅|但|止|少|然|如|如说|到|够|用谢|客气|行吗|超过|高于|低于|是不|掉色|伤|刺|漏|勒|磨|闷|起球|卡|累|晃|油腻|含糖|挑|占)|没有|无需|讨厌|反感|受不了|拒绝|避开|除了|除开|之外|腻了|看腻|吃腻|够了|免了|算了|排除|忌|过敏|踩雷|怕(?=[^，。]{0,6})|勿|千万别|已经有",
    re.I,
)
_STRICT = re.compile(
    r"\b(?:only|must|has to be|have to be|strictly|exclusively|nothing but|definitely|absolutely|needs? to be|need|no exceptions|non-negotiable|insist|just|require[ds]?)\b|一定要|必须|只要|只看|只想|只能|非要|只买|务必|坚决|认准",
    re.I,
)
_HEDGE = re.compile(
    r"\b(?:maybe|perhaps|ideally|preferably|prefer|probably|possibly|i guess|kind of|kinda|sort of|would be nice|would be lovely|be nice if|if possible|bonus|leaning|might|could be|all the better|not essential|if you have it)\b|最好|尽量|可能|也许|或许|偏向|优先|如果有|能有.{0,10}更好|再好不过|有点想|倾向",
    re.I,
)
_LASTING = re.compile(r"\b(?:always|never|usually|generally|i(?:'m| am) (?:a |an )?(?:vegan|vegetarian|allergic)|every time|as a rule|i hate|i love)\b|一直|从来|向来|总是|平时|素食|过敏", re.I)

_BOUNDARY = re.compile(
    r"[.;!?。；！？\n]+\s*|[,，、:：]\s*|\s+[-–—]+\s+|—+|\(|\)|（|）|\s+(?:but|though|although|however|yet|plus|also|so|because|since|cause|cos|as long as|otherwise|then)\s+|(?<=[\u4e00-\u9fff])(?:但是|但|不过|可是|而且|另外|然后|因为|所以|就是)",
    re.I,
)
_JOINED = re.compile(r"^(?:or|nor|and|,|或者?|和|跟|及|以及|、|also no|也)\s*", re.I)
_FRESH = re.compile(r"\b(?:just|only|make it|i'?d like|i want|i like|i need|something|show|give|prefer|should be|rather|instead|actually|it has|has to|must|looking for)\b|要|想|喜欢|换成|来|给我|找|求|就|改", re.I)


@dataclass(frozen=True)
class Clause:
    """A stretch of the message with one sign."""

    text: str
    start: int
    sign: Sign
    weight: float  # of what is wished or ruled out in it, with sign
    strict: bool
    lasting: bool


def clauses(text: str) -> list[Clause]:
    """`text` cut where the sign can change, in order."""
    found: list[Clause] = []
    start = 0
    pieces: list[tuple[int, str, str]] = []
    before = ""
    for match in _BOUNDARY.finditer(text):
        pieces.append((start, text[start : match.start()], before))
        start, before = match.end(), match.group(0)
    pieces.append((start, text[start:], before))
    carried: Clause | None = None
    for start, piece, before in pieces:
        for offset, part in _contrast(piece):
            if not part.strip():
                continue
            clause = _read(part, start + offset)
            joined = _JOINED.match(part.strip()) or before.strip() in ("、", ",", "，")
            if carried and carried.sign == "against" and clause.sign == "for" and joined and not _FRESH.search(part) and len(part.split()) <= 4 and _JOINED.match(part.strip()):
                clause = Clause(clause.text, clause.start, "against", -abs(carried.weight), carried.strict, carried.lasting)
            found.append(clause)
            carried = clause
    return found


def _contrast(piece: str) -> list[tuple[int, str]]:
    """'brown not black' and '要黑的不要白的' hold two signs: cut before the negation that comes after a wish."""
    cuts = [0]
    for match in re.finditer(r"\s(?=(?:not|no|without|minus|except|instead of|rather than|other than|anything but|nothing)\s)|(?<=[\u4e00-\u9fff])(?=不要|别(?!的|人)|不想要|不喜欢|除了)|(?<=[\u4e00-\u9fff])(?=要(?![么是求])|想要)(?<!不)(?<!不想)(?<!只)(?<!一定)(?<!需)(?<!还)(?<!想)(?<!主)(?<!重)", piece, re.I):
        head = piece[cuts[-1] : match.start()]
        if head.strip() and not re.search(r"(?:^|\s)(?:is|are|was|does|do|can|it'?s|that'?s|but|and|i'?m|definitely|certainly|absolutely|why|if|or|say|be|ideally|actually|please)\s*$", head, re.I):
            cuts.append(match.start())
    return [(a, piece[a:b]) for a, b in zip(cuts, [*cuts[1:], len(piece)], strict=True)]


def _read(part: str, start: int) -> Clause:
    strict, lasting = bool(_STRICT.search(part)), bool(_LASTING.search(part))
    if _DOUBLE_FOR.search(part):
        return Clause(part, start, "for", 0.6, False, lasting)
    if _DOUBLE_NEUTRAL.search(part):
        return Clause(part, start, "neutral", 0.0, False, lasting)
    hedged = bool(_HEDGE.search(part))
    if _AGAINST.search(part):
        return Clause(part, start, "against", -0.5 if hedged else (-1.0 if strict else -0.8), strict or not hedged, lasting)
    return Clause(part, start, "for", 0.5 if hedged else (1.0 if strict else 0.8), strict, lasting)


def negated(text: str, quote: str) -> bool | None:
    """Whether `quote` stands in a negated stretch of `text`; None when it is not found there."""
    where = text.lower().find(quote.lower())
    if where < 0:
        return None
    middle = where + len(quote) / 2
    for clause in clauses(text):
        if clause.start <= middle < clause.start + len(clause.text):
            return clause.sign == "against"
    return None


def against_cue(text: str) -> re.Match[str] | None:
    """The first word of negation in `text`, if any."""
    return _AGAINST.search(text)
