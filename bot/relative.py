"""Words that measure against other items: "shorter", "older than the first", "which is the longest?", 更早一点的, 最短的是哪部.

`relation` finds such a word where the message means the thing itself by it ("shorter", not "shorter sleeves"), `field_of`
what it is measured by in a catalogue: minutes, a day or a year, grams, a price. `bot/senses.py` takes the words out of the
message, `bot/retrieve.py` keeps to them and `bot/answers.py` answers. `tests/test_relative.py`.
"""

# ruff: noqa: E501 - a pattern reads better on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from vectorstore.catalogue import Catalogue
from vectorstore.constraints import as_values, measure
from vectorstore.item import Item
from vectorstore.words import is_chinese

Family = Literal["minutes", "day", "weight", "price"]
FAMILIES: tuple[Family, ...] = ("minutes", "day", "weight", "price")
_WORDS: tuple[tuple[str, str, Family, bool, str, str, str, str], ...] = (
    # comparative, superlative, what of, whether less of it is meant, and how both are said in English and in Chinese
    ("shorter", "shortest", "minutes", True, "shorter|less long", "shortest", "短", "短"),
    ("longer", "longest", "minutes", False, "longer", "longest", "长", "长"),
    ("newer", "newest", "day", False, "newer|more recent|later", "newest|latest|most recent", "新|晚|近", "新|近|晚"),
    ("older", "oldest", "day", True, "older|earlier|less recent", "oldest|earliest", "老|旧|早", "老|旧|早"),
    ("lighter", "lightest", "weight", True, "lighter", "lightest", "轻", "轻"),
    ("heavier", "heaviest", "weight", False, "heavier", "heaviest", "重", "重"),
    ("cheaper", "cheapest", "price", True, "(?!)", "cheapest|least expensive", "(?!)", "便宜"),
    ("dearer", "dearest", "price", False, "more expensive|dearer|pricier", "most expensive|dearest|priciest", "(?!)", "贵"),
)
COMPARATIVES = {row[0]: (row[2], row[3]) for row in _WORDS}
SUPERLATIVES = {row[1]: (row[2], row[3]) for row in _WORDS}
FURTHEST = {row[0]: row[1] for row in _WORDS}
_FIELDS: dict[Family, tuple[str, ...]] = {
    "minutes": ("duration_minutes", "reading_minutes"),
    "day": ("date", "published", "year"),
    "weight": ("weight_g",),
    "price": ("price",),
}
_THING = r"(?:ones?|films?|movies?|albums?|records?|articles?|stor(?:y|ies)|pieces?|reports?)"
_OTHER = r"(?:that|this|it|these|those|them|the (?:first|second|third|fourth|last|[\w-]+ one)(?: one)?|(?:number |#)\d)"
_BEFORE = r"(?:\b(?:something|anything|any|an?|some|even|much|slightly|a (?:bit|little)|rather|make it|show me|got|have you|do you have|is there|are there|i(?:'d| would) (?:like|prefer))\s+)*"
_WORKS = "电影|影片|片子|专辑|唱片|歌|文章|新闻|报道"
# what a wish for more or less of it sounds like when nothing is measured against: "cheap", "not too long", 轻便
_LITTLE: dict[Family, str] = {
    "minutes": r"(?:short|brief)(?:ish|er)?(?: one)?|短(?:小|片)?|简短",
    "weight": r"light(?:ish|er|weight)?|light weight|轻(?:便|巧|盈)?",
    "day": r"(?:too )?old(?:er|ish)?|vintage|太?[老旧]|早期",
    "price": r"cheap(?:ish|er|ie)?|inexpensive|affordable|low[- ](?:cost|price)|budget|便宜|实惠|平价|低价",
}
_MUCH: dict[Family, str] = {
    "minutes": r"(?:too )?(?:long|lengthy)(?:er)?|太?长",
    "weight": r"(?:too )?heavy|heavier|太?[重沉]",
    "day": r"(?:too )?new(?:er|ish)?|modern|太?新",
    "price": r"(?:too )?(?:expensive|dear|pricey|costly)|dearer|pricier|over ?priced|太?贵",
}


def tendency(text: str) -> tuple[Family, bool] | None:
    """What a wish measures when it is nothing but such a word, and whether less of it is meant; None for any other wish."""
    bare = re.sub(r"^(?:very|really|quite|fairly|rather|a (?:bit|little)|不太|比较|稍微|更|再)\s*|(?:一?[点些]儿?)?的?$", "", text.strip().lower())
    turned = re.match(r"(?:not|不|没那么)\s*(?=too |太|\S)", bare)
    bare = bare[turned.end() :] if turned else bare
    for family in _MUCH:
        for words, less in ((_LITTLE[family], True), (_MUCH[family], False)):
            if re.fullmatch(words, bare):
                return family, less != bool(turned or text.startswith("不太"))
    return None


_LEANING: tuple[tuple[str, Family, bool], ...] = (  # at the head of a thing: "short sleeves" are none where nothing lasts minutes
    (r"(?:cheap|inexpensive|affordable|budget|low[- ]cost)(?:er)?\s+(?=\w)|(?:便宜|实惠|平价)(?:一?点)?的?(?=[\u4e00-\u9fff])", "price", True),
    (r"(?:expensive|pricey)\s+(?=\w)", "price", False),
    (r"(?:lightweight|light weight)\s+(?=\w)|轻便的?(?=[\u4e00-\u9fff])", "weight", True),
    (r"(?:short|brief)(?:er)?\s+(?=\w)(?!stor)", "minutes", True),
    (r"long(?:er)?\s+(?=\w)", "minutes", False),
    (r"(?:old|older|vintage)\s+(?=\w)|老(?=[电片歌剧专])", "day", True),
    (r"(?:new|newer|modern)\s+(?=\w)(?!york|zealand|wave|age|orleans)|新(?=[电片歌剧专])", "day", False),
)


def leaning(text: str) -> tuple[Family, bool, str] | None:
    """What the first word of a thing measures, whether less of it is meant, and the word: "cheap kettle", 平价耳机."""
    for words, family, less in _LEANING:
        if match := re.match(words, text.strip(), re.I):
            return family, less, match[0].strip()
    return None


def comparative(text: str) -> bool:
    """Whether a wish measures against what was seen: cheaper, 便宜点, and not cheap."""
    return tendency(text) is not None and bool(re.search(r"er$|[点些]儿?的?$|^[更再]", text.strip().lower()))


@dataclass(frozen=True)
class Relation:
    """A word that measures: which, where it stands, and whether it asks which of the items on screen it is."""

    name: str  # of COMPARATIVES or SUPERLATIVES
    start: int
    end: int
    asks: bool = False
    than: bool = False  # it names what it is measured against


def field_of(family: Family, catalogue: Catalogue) -> str:
    """What a family is measured by in a catalogue; empty when no item states it."""
    own = (catalogue.info.recency.field,) if family == "day" and catalogue.info.recency else ()
    return next((f for f in (*own, *_FIELDS[family]) if catalogue.has_field(f)), "")


def measured(item: Item, field: str) -> float | None:
    """The number that an item is measured by: minutes, a year, the number of a day."""
    values = as_values(item.fact(field))
    return measure(values[0]) if values else None


def relation(message: str, screen: bool) -> Relation | None:
    """The word of `message` that measures the things themselves; `screen`: whether there are items to measure against."""
    return (_comparison(message) if screen else None) or _extreme(message, screen)


def extremes(items: Sequence[Item], field: str, least: bool) -> tuple[Item, ...]:
    """The items that have least or most of a field; several when they have the same."""
    known = [(n, item) for item in items if (n := measured(item, field)) is not None]
    best = (min if least else max)((n for n, _ in known), default=None)
    return tuple(item for n, item in known if n == best)


def _comparison(message: str) -> Relation | None:
    for name, _, _, _, english, _, chinese, _ in _WORDS:
        if is_chinese(message):
            said = rf"(?P<than>比[^，。,]{{1,10}}?)?(?:再|更|稍微|还要)?(?:{chinese})(?:一?点儿?|一些|些)的?(?:{_WORKS})?|(?P<than2>比[^，。,]{{1,10}}?)?更(?:{chinese})的?(?:{_WORKS})?|(?P<than3>比[^，。,]{{1,10}}?)(?:{chinese})的?(?:{_WORKS})?"
            pattern = rf"(?:(?:有没有|有|要|来|想看|想听|换|给我)(?:部|个|张|篇)?)?(?:{said})(?:吗|呢|吧|有吗|有没有)?[。？?!！ ]*$"
        else:
            pattern = rf"{_BEFORE}\b(?:{english})(?: {_THING})?(?P<than> than {_OTHER})?(?:,? please)?[.!? ]*$"
        if match := re.search(pattern, message, re.I):
            return Relation(name, match.start(), match.end(), than=any(v for k, v in match.groupdict().items() if k.startswith("than")))
    return None


def _extreme(message: str, screen: bool) -> Relation | None:
    for _, name, _, _, _, english, _, chinese in _WORDS:
        if is_chinese(message):
            match = re.search(rf"最(?:{chinese})的?(?:一?(?:部|个|张|篇|首))?", message)
            asks = bool(re.search(r"哪|是什么|那(?:部|个|张|篇|首)", message))
            wide = bool(re.search(r"你们|这里|目录|库里|全部|所有", message))
        else:
            match = re.search(rf"\b(?:the )?(?:{english})(?:(?: {_THING})|(?= (?:of|you|in|here|from|by|about|on|with)\b)|(?=\W*$)|(?= (?:[\w-]+ ){{1,3}}?{_THING}))", message, re.I)
            asks = bool(re.search(rf"\b(?:which|what(?:'s| is))\b|^\W*the (?:{english}) one\W*$", message, re.I))
            wide = bool(re.search(rf"\b(?:you have|you've got|in (?:the|your) (?:catalogue|library|collection|shop)|of all|overall|here)\b|what(?:'s| is) the (?:{english}) (?!one)[\w-]+", message, re.I))
        if match:
            return Relation(name, match.start(), match.end(), asks=screen and asks and not wide)
    return None
