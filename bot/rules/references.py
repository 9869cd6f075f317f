"""Which items on screen a message points at: by place, by name, by a quality, by pronoun. `tests/test_references.py`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.rules.background import NAMED
from vectorstore.constraints import as_number, as_values
from vectorstore.item import Item
from vectorstore.words import fold, is_chinese, same_word, tokens

_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5,
}  # fmt: skip
_PLACE = re.compile(
    r"\b(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)\b(?! (?:of all|time|aid|class|hand|floor|date|thing|birthday|half|grade|year|name))"
    r"|(?:#|\bnumber |\bno\. ?|\bitem |\boption )(\d|one|two|three|four|five)\b|第\s*([一二三四五两1-5])(?!次|天|年|时间)|(?<![\d.十])([一二三四五1-5])号(?!线)|头(一)(?=个|款|件|双|部|本|张)",
    re.I,
)
_BARE_NUMBERS = re.compile(
    r"(?<![\d.$£€¥#])([1-5])\s*(?:and|or|vs\.?|versus|&|/|,|和|跟|与|、)\s*(?:number |#)?([1-5])(?![\d.%])(?!\s*(?:year|day|week|hour|min|people|person|岁|天))",
    re.I,
)
_LAST = re.compile(
    r"\b(?:the |your )last\b(?: one)?(?! (?:time|week|year|night|month|summer|winter|christmas|few|day|lasted|died|broke|was|i (?:had|bought|got|read|saw)))|最后(?:一|那)?(?:个|款|件|双|部|本|张|首)|bottom one",
    re.I,
)
_FRONT = re.compile(r"\bfirst (two|three)\b|前头?([两二三])(?:个|款|件|双|部|本|张|首)?|\bthe top (two|three)\b", re.I)
_ALL = re.compile(
    r"\b(?:both(?: of (?:them|these|those))?|all (?:of (?:them|these|those)|three|four|two)|all (?:these|those)|neither|none of (?:them|these|those)|either(?: of (?:them|these|those))?|these (?:two|three)|those (?:two|three)|the (?:two|three) of them|everything (?:here|there|you)|everything(?= is| looks|'s|\W*$))\b"
    r"|这(?:两|三|几|些)|那(?:两|三|几)(?:个|款|件|双|部|本)|[两三]个都|都(?:不(?:要|行|喜欢|好看|想)|太|有点|挺|很)|哪(?:个|款|件|双|部|一|张|本)|换一批|换一波|全都",
    re.I,
)
_ANY_OF = re.compile(
    r"\bwhich (?:one|of|is|would|has|are)\b|\bwhich one'?s?\b|\b(?:compare|difference between) (?:them|these|those)\b|\bthey\b|\bthem\b|\bthese\b|\bthose\b(?! (?:who|that))",
    re.I,
)
_ONE = re.compile(
    r"\b(?:this|that|it|it'?s|that'?s|this one|that one)\b|这(?:个|款|件|双|部|本|张|首|台)|那(?:个|款|件|双|部|本|张|首|台)|它|就它",
    re.I,
)
_MIDDLE = re.compile(r"\bmiddle one\b|中间(?:那|这)?[个款件双部本张]", re.I)
_PAIR = re.compile(r"\bthe (?:former|latter)\b|[前后]者", re.I)
_LEFT = re.compile(r"\b(?:on the left|left(?:most|-hand)? one)\b|(?:最?左边|左手边)(?:的|那|这)", re.I)
_RIGHT = re.compile(r"\b(?:on the right|right(?:most|-hand) one)\b|(?:最?右边|右手边)(?:的|那|这)", re.I)
_AGAIN = re.compile(  # what the message before pointed at is spoken of once more
    r"\b(?:i'?ll|i will|let'?s|i'?d) (?:take|go for|go with|have|buy|get|keep) (?:it|that|them)\b|\b(?:that|this|it)(?: one)?(?: then| it is)?\W*$"
    r"|\b(?:that|this) one\b(?! (?:time|day))|^\W*(?:is|does|will|would|can|could|do|are) (?:it|they)\b|\bskip (?:it|that)\b|就(?:它|这个|那个|这款|那款)|^(?:那|行)?就?(?:它|这个|那个)吧|^(?:它|这个|那个|这款|那款)",
    re.I,
)
_YOUR_PICKS = re.compile(  # a complaint about all that is shown
    r"\byou(?:'ve| have)? (?:just )?(?:shown?|showed|suggested|recommended|picked|given)\b|\byour (?:picks|suggestions|recommendations)\b|你们?(?:给我|这)*推荐?的"
    r"|^\W*(?:(?:all |way |far |bit |a bit |much )*too \w+|太[\u4e00-\u9fff]{1,3}了?|都太.{1,4}|不好看|好丑|丑)\W*$",
    re.I,
)
_LEADING = re.compile(r"^\W*([1-5])(?=\s*(?:is\b|looks?\b|[^\w\s.,:$%]|then\b|please\b|,|$))", re.I)
_THOSE_TWO = re.compile(r"\b(?:those|these|the|of the|them) two\b|\bthe two\b|那两|这两", re.I)
_OTHER = re.compile(r"\b(?:the )?other (?:one|two)\b|\bthe other(?=\W*$)|另(?:外)?(?:一|那)(?:个|款|件|双|部|本|张)", re.I)
_SUPERLATIVES = (
    (re.compile(r"\bcheap(?:er|est)\b(?: one)?|\bthe cheap one\b|least expensive|便宜(?:的|点的)?(?:那|这)|最便宜", re.I), "price", min),
    (re.compile(r"\b(?:priciest|most expensive|pricier one|dearer one|dearest|expensive one)\b|最贵|贵的那", re.I), "price", max),
    (re.compile(r"\bshort(?:er|est)\b(?: one)?|短的那|最短", re.I), "duration_minutes", min),
    (re.compile(r"\blong(?:er|est) one\b|长的那|最长", re.I), "duration_minutes", max),
    (re.compile(r"\blight(?:er|est) one\b|轻的那|最轻", re.I), "weight_g", min),
    (re.compile(r"\b(?:new(?:er|est)|latest) one\b|新的那|最新的?那", re.I), "year", max),
    (re.compile(r"\b(?:old(?:er|est)) one\b|老的那|旧的那|最老的?那", re.I), "year", min),
)
_WISHED_INSTEAD = re.compile(r"(?:不要|别要|不是|不想要)[^，,。]*[，,]")  # 不要黑色了，绿色的吧: a colour, not an item
_BARE = re.compile(r"(?:ok(?:ay)?,? |go with |那就|就|那)?(\w+(?: \w+)?)(?: one)?(?: then| please|吧)?\W*", re.I)
_POINTING = re.compile(
    r"\b(?:the|that|this|those|these|then|vs|versus|compared?|or|it|sold|done|take|go with|please|read|seen|watched|not|both)\b|[?？+]|[那这就比跟和与或]|哪|太|要(?!一)|第|挺|下单|拍下|冲了",
    re.I,
)
_SEARCHING = re.compile(r"有没有|有什么|推荐|想(?:要|买|找|看)|\b(?:do you (?:have|sell)|looking for|show me|any|i (?:want|need) an?|i'?m after)\b", re.I)
_COMMON = frozenset(["the", "one", "with", "for", "and", "set", "pro", "mini", "plus", "new", "quartet", "quintet", "trio", "orchestra", "band", "sisters", "brothers", "company"])


def on_screen(message: str, items: Sequence[Item], before: Sequence[str] = ()) -> tuple[str, ...]:
    """The ids of `items` that `message` points at, in screen order; empty when it points at none.

    `before`: the ids that the message before pointed at, for "those two" and "compared to that".
    """
    if not items:
        return ()
    text = message
    hits: set[int] = set()
    for m in _FRONT.finditer(text):
        hits.update(
            range(
                {"two": 2, "two ": 2, "两": 2, "二": 2, "three": 3, "三": 3}[next(g for g in m.groups() if g).lower()]
            )
        )
    rest = _FRONT.sub(" ", text)
    for m in _PLACE.finditer(rest):
        hits.add(_ORDINALS[next(g for g in m.groups() if g).lower()] - 1)
    if pair := _BARE_NUMBERS.search(rest):
        hits.update({int(pair[1]) - 1, int(pair[2]) - 1})
    if leading := _LEADING.match(rest):
        hits.add(int(leading[1]) - 1)
    if _LAST.search(rest):
        hits.add(len(items) - 1)
    if _MIDDLE.search(rest) and len(items) == 3:
        hits.add(1)
    if len(items) == 2 and (said := _PAIR.search(rest)):
        hits.add(0 if re.match("前|.*former", said[0], re.I) else 1)
    if _LEFT.search(rest):
        hits.add(0)
    if _RIGHT.search(rest):
        hits.add(len(items) - 1)
    named = _by_name(text, items, whole=bool(hits))
    hits |= named
    if not hits or named:
        hits |= _by_quality(text, items) - (hits if named else set())
    if not hits:
        hits |= _by_superlative(text, items)
    if not hits:
        hits |= _by_price(text, items)
    if _OTHER.search(text) and hits:
        both = len(items) == 2 or (len(items) - len(hits) == 2 and re.search(r"\bother two\b|另外?两", text, re.I))
        hits |= set(range(len(items))) if both else set()
    recent = {n for n, item in enumerate(items) if item.id in before}
    if not hits and len(recent) == 1 and _AGAIN.search(text):
        hits |= recent
    if not hits and len(recent) == 2 and _THOSE_TWO.search(text):
        hits |= recent
    if (
        len(hits) == 1
        and len(recent) == 1
        and re.search(r"compared (?:to|with) (?:that|it)|than (?:that|it) one", text, re.I)
    ):
        hits |= recent
    if not hits and len(recent) == 1 and _YOUR_PICKS.match(text):
        hits |= recent
    if not hits and (_ALL.search(text) or _YOUR_PICKS.search(text)):
        hits |= set(range(len(items)))
    if not hits and len(items) > 1 and _ANY_OF.search(text):
        hits |= set(range(len(items)))
    if not hits and _ONE.search(text) and len(items) == 1:
        hits.add(0)
    return tuple(item.id for n, item in enumerate(items) if n in hits)


def states(item: Item, word: str) -> bool:
    """Whether some fact of the item says `word`."""
    return any(same_word(str(v), word) for _, value in item.facts() for v in as_values(value) if not isinstance(v, bool))


def _by_name(text: str, items: Sequence[Item], *, whole: bool = False) -> set[int]:
    """Items whose title, brand or maker, or a telling part of it, stands in the message; misspellings allowed.

    `whole`: only whole titles and brands count, since the message points by place already.
    """
    folded = fold(text)
    spoken = set(tokens(text))
    hits: set[int] = set()
    pointing = bool(_POINTING.search(text)) and not _SEARCHING.search(text)
    counts: dict[str, int] = {}
    for item in items:
        for word in set(tokens(item.title)) | set(tokens(item.title_in("zh"))):
            counts[word] = counts.get(word, 0) + 1
    made = [[str(v) for f in NAMED for v in as_values(item.fact(f))] for item in items]
    shared = [sum(bool(set(own) & set(other)) for other in made) for own in made]
    for n, (item, makers) in enumerate(zip(items, made, strict=True)):
        if any(_speaks_of(m, folded, spoken) for m in makers) and shared[n] <= (2 if _THOSE_TWO.search(text) else 1):
            hits.add(n)
            continue
        for title in {item.title, item.title_in("zh")}:
            if whole and fold(title) not in folded:
                continue
            if len(title) > 2 and fold(title) in folded:
                hits.add(n)
                break
            own = [
                w
                for w in tokens(title)
                if counts[w] == 1 and w not in _COMMON and (len(w) > 2 or (is_chinese(w) and len(w) > 1))
            ]
            if not pointing:  # "brown ankle boots" is a wish, "the ankle boot" an item; a name is one anyhow
                own = [w for w in own if re.search(rf"\b{re.escape(w.capitalize())}", text[1:]) and not is_chinese(w)]
            if any(w in spoken for w in own):
                hits.add(n)
                break
            if any(
                len(w) > 4 and not is_chinese(w) and any(len(s) > 4 and fuzz.ratio(w, s) >= 84 for s in spoken)
                for w in own
            ):
                hits.add(n)
                break
            if is_chinese(title) and any(len(w) > 1 and w in folded for w in own):
                hits.add(n)
                break
    return hits


def _speaks_of(maker: str, folded: str, spoken: set[str]) -> bool:
    """Whether a brand or a person is named, whole or by one telling word ("Brubeck" for The Dave Brubeck Quartet)."""
    parts = [w for w in maker.split()[1:] if len(w) > 4 and w[:1].isupper() and fold(w) not in _COMMON]
    return len(maker) > (1 if is_chinese(maker) else 2) and (fold(maker) in folded or any(fold(w) in spoken for w in parts))


def _by_price(text: str, items: Sequence[Item]) -> set[int]:
    """"64??? do I look like a banker": the one item of that price."""
    said = {as_number(m) for m in re.findall(r"(?<![\d.])\d{2,6}(?:\.\d{1,2})?(?![\d.]*\d)", text)}
    hits = {n for n, item in enumerate(items) if item.price is not None and (item.price in said or int(item.price) in said)}
    return hits if len(hits) == 1 and not re.search(r"under|below|over|above|than|less|max|budget|up to|up it|around|以内|以下|不超过|预算|左右|between", text, re.I) else set()


def _by_quality(text: str, items: Sequence[Item]) -> set[int]:
    """'the blue one', '白的那台', 'the carbon steel': a stated quality that only some of the items have."""
    asked = re.findall(
        r"\b(?:the|that|this)\s+((?:[\w-]+\s+){0,2}[\w-]+?)(?:\s+ones?\b|\s+pair\b|[,.?!]|$|\s+(?:is|looks?|then|please|it|one)\b)",
        text,
        re.I,
    )
    asked += re.findall(
        r"([\u4e00-\u9fffA-Za-z]{1,6}?)的?(?:那|这)(?:个|款|件|双|部|本|张|首|台|把|条|瓶|只|支|盏|辆)", text
    )
    if not _WISHED_INSTEAD.search(text):
        asked += re.findall(r"(?:^|[，,。])([\u4e00-\u9fff]{1,4})(?:的|色的?)(?=[，,。]|$|吧|就|太|有点|能|会|可以)", text)
    if bare := _BARE.fullmatch(text.strip()):  # "tenor", "teal!!", "cobalt one", 那就茶饼
        asked.append(bare[1])
    elif one := re.match(r"\W*(\w+) one[.!,]", text):  # "Cobalt one. Thank you"
        asked.append(one[1])
    hits: set[int] = set()
    for phrase in dict.fromkeys(re.sub(r"^(?:那|就|还|我|要|选|买|拿|是|想|看)+(?=[\u4e00-\u9fff])", "", said) for said in asked):
        words = [w for w in tokens(phrase) if w not in _COMMON] or [phrase]
        for n, item in enumerate(items):
            values = [str(v) for _, value in item.facts() for v in as_values(value) if not isinstance(v, bool)] + [
                item.title
            ]
            if all(any(same_word(value, word) for value in values) for word in words):
                hits.add(n)
    return hits if len(hits) < len(items) else set()


def _by_superlative(text: str, items: Sequence[Item]) -> set[int]:
    """'the cheaper one', '便宜的那个': the item with the smallest or largest number, unless another item is asked for."""
    for part in re.split(r"[.;。；!！]", text):
        if re.search(
            r"\bwhich|哪|something|anything|有没有|便宜(?:点|一点)|\blike the\b|but (?:cheap|short|light)|than\b|\ba (?:cheap|short|light)",
            part,
            re.I,
        ):
            continue
        for pattern, field, pick in _SUPERLATIVES:
            if pattern.search(part) and re.search(r"\bone\b|\bthe\b|那|最", part, re.I):
                pool = items[:2] if re.search(r"of the two", part, re.I) else items
                numbers = [
                    (as_number(as_values(i.fact(field))[0]), n) for n, i in enumerate(pool) if i.fact(field) is not None
                ]
                known = [(v, n) for v, n in numbers if v is not None]
                if known:
                    return {pick(known)[1]}
    return set()
