"""What the tagger found, as interests: its words as the person would name them, sign and strength set against the rules.

The tagger knows what is spoken of as a wish; the cue words of `polarity` know how strongly, and overrule a sign that the tagger
is not sure of. `tests/test_tagger.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.rules import acts, names
from bot.rules.background import terms_in
from bot.rules.numbers import Limits
from bot.rules.points import GIFT, Phrase, gift, quote
from bot.rules.polarity import Clause
from bot.state import Act, Change
from bot.tagger import Span, Tagged
from vectorstore.words import fold, is_chinese

DOUBTFUL = 0.1  # spans less likely than this are left to the rules
SURE = 0.85  # from this chance on a span is ruled out though no cue word says so
NEGATED = 0.97  # and from this one it is wished though a negation stands there
TRUST = 0.6  # weight of the learned act beside the one by rule
BELIEF, LIKELY = 0.5, 0.5  # weight of the filter's chance beside the tagger's for a phrase by rule, and what both must reach
CERTAIN = 0.98  # from this chance on a message with a wish in it may be talk
KNOWN = 0.9  # chance of a phrase that is one of the catalogue's own terms
PLAIN = 0.7  # strength of a wish in a clause without a sign of its own
_PLAIN_WORDS = ("undo", "forget", "more_like", "reject")
_WISHES = ("request", "refine")
_ON_SCREEN: tuple[Act, ...] = ("accept", "ask_item", "compare", "more_like", "reject")
_LEAD = re.compile(
    r"^(?:(?:an?|the|some|any|my|your|really|very|quite|something|anything|is|are|be|like|for(?= \w+$)"
    r"|(?:nice|good|great|perfect|ideal|suitable|lovely|interesting|cool|decent) for)\s+)+",
    re.I,
)
_LETTER = re.compile(r"[^\W\d_\u4e00-\u9fff]")
_NOT = ("不", "无", "免", "防")
_PARTICLES = frozenset("不 部 双 会 不会 不要 要 有 没 没有 款 本 首 件 来 伤 能 能用 带 人".split())
_IDLE = re.compile(  # how it pleases, or when it is wanted, and no wish
    r"(?:没有?一[个件部张本款])?(?:中意|心动|满意|来电)|ages|今[晚天]|现在|有意思"
    r"|(?:nice|good|great|lovely|interesting|cool|decent|awesome|amazing)(?: (?:things?|stuff))?|tonight|today|(?:right )?now|this evening",
    re.I,
)
_NOT_TOO = re.compile(r"(?:不要|不会|不能|别|不)(太[\u4e00-\u9fff]{1,3}?)的?$")
_NOT_THAT = re.compile(r"^\W*(?:(?:no|ok|oh|well|actually)[, ]+)?not\b|^(?:还是|算了|那)?(?:不要|别|不是)", re.I)
_MEASURE = re.compile(r"^一?(?:[个款件条台部本]|双(?!人))(?=[\u4e00-\u9fff]{2})")


def wishes(
    found: Tagged, read: Limits, parts: Sequence[Clause], phrases: Iterable[tuple[Phrase, float]], terms: frozenset[str] = frozenset()
) -> list[tuple[Change, float]]:
    """The spans as changes, each once, with their chance; of two signs the later exclusion counts.

    `phrases`: the noun phrases by rule with their chance; one that no span touches is added when both together think it likely.
    `terms`: the catalogue's own words: they are not cut in two, and a phrase that is one is likely meant.
    """
    kept: dict[str, tuple[Change, float]] = {}
    text = read.text
    known = list(terms_in(text, terms))
    asked = acts.cue("is_there", text) or (not found.spans and acts.cue("bare", text))
    phrases = [(p, 1.0 if asked else max(chance, KNOWN) if fold(p.text) in terms else chance) for p, chance in phrases]
    spans = [s for s in _split(found.spans, parts, text) if s.chance >= DOUBTFUL and not _limited(s, read.spans)]
    spans = _whole([_to_term(s, known) for s in spans], text, phrases)
    for span in sorted((*spans, *_missed(found, spans, text, phrases)), key=lambda s: s.start):
        name = _gift(text, span) or _named(text[span.start : span.end])
        if too := _NOT_TOO.match(name):  # 不太重的包: too heavy is ruled out
            name, span = too[1], replace(span, sign=-1, chance=1.0)
        if not name or re.fullmatch(r"[\d.,$€£¥\s]+", name):
            continue
        place = next((n for n in reversed(range(len(parts))) if parts[n].start <= span.start), None)
        clause = None if place is None else parts[place]
        if clause is not None and clause.sign == "neutral":  # "metal is fine" is neither wished nor ruled out
            continue
        change = Change(kind="add", text=name[:60], weight=_weight(span, clause, _contrasted(parts, place)), quote=name, lasting=bool(clause and clause.lasting))
        if clause is not None:
            numbers = any(clause.start < b and a < clause.start + len(clause.text) for a, b in read.spans)
            change = change.model_copy(update={"quote": name if numbers else quote(clause, name)})
        key = name.casefold()
        if key not in kept or kept[key][0].weight > 0 > change.weight:
            kept.pop(key, None)
            kept[key] = change, span.chance
    return list(kept.values())


def _whole(spans: Sequence[Span], text: str, phrases: Iterable[tuple[Phrase, float]]) -> list[Span]:
    """Words of one sign with nothing but a space between them are one wish ("hiking" "boots"); a Chinese negation belongs to what
    it stands before (不伤手)."""
    whole: list[Span] = []
    negated = [(n, n + len(p.text)) for p, _ in phrases if p.text[:1] in _NOT and (n := text.find(p.text, p.clause.start)) >= 0]
    for span in (_to_words(s, text) for s in spans):
        if whole and span.start < whole[-1].end:  # two halves of one word
            continue
        if whole and span.start == whole[-1].end and text[whole[-1].start : span.start] in _PARTICLES | {"不太", "太"}:
            whole[-1] = replace(whole[-1], end=span.end)
            continue
        if whole and span.start == whole[-1].end and span.sign == whole[-1].sign and _one_word(text, span.start):
            whole[-1] = replace(whole[-1], end=span.end, chance=min(whole[-1].chance, span.chance))
            continue
        if held := next(((a, b) for a, b in negated if a <= span.start and span.end <= b and span.sign > 0), None):
            span = replace(span, start=held[0], end=held[1])
        if whole and whole[-1].sign == span.sign and text[whole[-1].end : span.start] in (" ", "-") and text[whole[-1].end :].isascii():
            whole[-1] = replace(whole[-1], end=span.end, chance=min(whole[-1].chance, span.chance))
        else:
            whole.append(span)
    return whole


def _one_word(text: str, place: int) -> bool:
    """Whether a Chinese word goes on over `place`: 说 and 唱 are 说唱."""
    import rjieba

    end = 0
    for word in rjieba.cut(text):
        if end < place < end + len(word):
            return is_chinese(word)
        end += len(word)
    return False


def _limited(span: Span, limits: Iterable[tuple[int, int]]) -> bool:
    """Whether most of a span was read as a limit already ("4 year old")."""
    return any(2 * (min(span.end, b) - max(span.start, a)) > span.end - span.start for a, b in limits)


def _gift(text: str, span: Span) -> str:
    """A present with the one it is for, as one wish: "gift for dad"."""
    said = next((m for m in GIFT.finditer(text) if m.start() < span.end and span.start < m.end()), None)
    return gift(said) if said and span.sign > 0 else ""


def _to_words(span: Span, text: str) -> Span:
    """The span without half a Latin word at its ends."""
    start, end = span.start, span.end
    while start and _LETTER.match(text[start]) and _LETTER.match(text[start - 1]):
        start -= 1
    while end < len(text) and _LETTER.match(text[end - 1]) and _LETTER.match(text[end]):
        end += 1
    return replace(span, start=start, end=end)


def _missed(found: Tagged, spans: Iterable[Span], text: str, phrases: Iterable[tuple[Phrase, float]]) -> list[Span]:
    missed, taken = [], list(spans)
    for phrase, chance in phrases:
        start = text.find(phrase.text, phrase.clause.start)
        end = start + len(phrase.text)
        if start < 0 or any(s.start < end and s.end > start for s in taken):
            continue
        both = BELIEF * chance + (1 - BELIEF) * found.chance(start, end)
        if both >= LIKELY:
            missed.append(Span(start, end, 1 if phrase.clause.sign == "for" else -1, round(both, 4)))
    return missed


def act(text: str, rule: Act, topic: str, learned: dict[Act, float], signs: acts.Signs) -> tuple[Act, str]:
    """The likelier act of the rule's and the learned ones, and its topic.

    What is said in so many words is left to the rule; of items on screen nothing can be said while there are none; "I'd take it
    if …" takes nothing; a wish is a request until one was stated, then it refines.
    """
    plain = _PLAIN_WORDS if signs.refers else _PLAIN_WORDS[:-1]  # what is turned down without pointing may be a wish ("no hymns either")
    if rule in plain or (max(learned, key=lambda name: learned[name]) == "more_like" and rule in _WISHES):
        return rule, topic
    stated, complains = signs.wishes or signs.limited, acts.cue("complaint", text)
    if rule == "reject" and complains and not stated:
        return rule, topic
    impossible: tuple[Act, ...] = () if signs.screen else _ON_SCREEN
    if rule in _WISHES and stated and (signs.limited or max(learned["chat"], learned["out_of_scope"]) < CERTAIN):
        impossible = (*impossible, "chat", "out_of_scope")  # a message with a wish in it is no talk, unless it plainly is
    if stated or signs.first:  # before anything was said nothing can be taken back
        impossible = (*impossible, "undo", "forget")
    if complains or (rule in _WISHES and stated and not signs.refers):  # "all wrong. Korea is what interests me"
        impossible = (*impossible, "accept")
    if signs.refers and rule in _ON_SCREEN:  # what points at an item is no talk
        impossible = (*impossible, "chat", "out_of_scope")
    if acts.cue("is_there", text) and not signs.refers:  # 日本的有吗 asks for others
        impossible = (*impossible, "ask_item")
    if acts.cue("conditional", text):
        impossible = (*impossible, "accept")
    best = max(learned, key=lambda name: TRUST * learned[name] * (name not in impossible) + (1 - TRUST) * (name == rule))
    if best == rule or (best in _WISHES and rule in _WISHES):
        return rule, topic
    if best in _WISHES:
        return ("request" if signs.first else "refine"), ""
    return best, "other" if best in ("chat", "out_of_scope") else ""


def _split(spans: Iterable[Span], parts: Sequence[Clause], text: str) -> list[Span]:
    """Spans cut where a clause begins, without its mark at their end: "not French, Korean" names two."""
    cut: list[Span] = []
    for span in spans:
        starts = [span.start, *(c.start for c in parts if span.start < c.start < span.end)]
        for a, b in zip(starts, [*starts[1:], span.end], strict=True):
            cut.append(replace(span, start=a, end=a + len(text[a:b].rstrip(" ,，;；:："))))
    return [span for span in cut if span.start < span.end]


def _to_term(span: Span, known: Iterable[tuple[int, int]]) -> Span:
    """The span with the whole of a catalogue's term that it begins or ends in the middle of."""
    for a, b in known:
        if a < span.start < b:
            span = replace(span, start=a)
        if a < span.end < b:
            span = replace(span, end=b)
    return span


def _contrasted(parts: Sequence[Clause], place: int | None) -> bool:
    """Whether the last clause says what is wanted in place of what the one before rules out: "not French, Korean"."""
    if not place or place + 1 < len([c for c in parts if c.text.strip()]) or parts[place].sign != "for":
        return False
    return parts[place - 1].sign == "against" and bool(_NOT_THAT.match(parts[place - 1].text))


def _weight(span: Span, clause: Clause | None, contrasted: bool = False) -> float:
    if clause is None or clause.sign == "neutral":
        return span.sign * PLAIN
    sign = 1 if clause.sign == "for" else -1
    if contrasted:
        return abs(clause.weight)
    if span.chance >= (SURE if sign > 0 else NEGATED):
        sign = span.sign
    return sign * abs(clause.weight)


def _named(words: str) -> str:
    """The words as a person would name them: without article, measure word and particle."""
    bare = words.strip(" \t,.;:!?，。；：！？、\"'“”()（）~…")
    if _IDLE.fullmatch(bare.rstrip("的")):
        return ""
    if is_chinese(bare) and not names.is_name(bare):
        bare = _MEASURE.sub("", bare)
        bare = re.sub(r"(?<=[\u4e00-\u9fff]{2})[带能]$", "", bare.strip("的了吧呢啊呀吗嘛哈着得")) if len(bare) > 1 else bare
        return "" if bare in _PARTICLES else bare
    named = re.sub(r"(?<=\w) (?:ones?|for|with|of|in|on|to|and|or|that|which)$", "", _LEAD.sub("", bare))
    return "" if _IDLE.fullmatch(named) else named
