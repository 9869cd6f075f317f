"""What is wished by way of something else: "by the director of Heat", "works with my Pixel 8", 跟《花样年华》同一个导演的.

Titles are found as they stand, without accents or with a slip of the pen; the role named is looked up in what that item
states. `bot/senses.py` makes a wish and a limit of it, with the words as the quote, so that the way it came by is its
reason. `tests/test_graph.py`.
"""

# ruff: noqa: E501 - a pattern reads better on one line
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from weakref import WeakKeyDictionary

from rapidfuzz import fuzz, process

from bot.state import Language
from vectorstore.catalogue import Catalogue
from vectorstore.constraints import as_values
from vectorstore.edges import plain
from vectorstore.item import Item
from vectorstore.relations import FITS, called, weights
from vectorstore.words import is_chinese

_ROLES = {  # what people say -> the fields that may state it, the likeliest first; "first": only who comes first
    "director": ("director",), "film-maker": ("director",), "filmmaker": ("director",),
    "lead": ("cast", "first"), "lead actor": ("cast", "first"), "star": ("cast", "first"), "main actor": ("cast", "first"),
    "lead actress": ("cast",), "actress": ("cast",), "main actress": ("cast",), "actor": ("cast",), "actors": ("cast",), "stars": ("cast",), "cast": ("cast",), "leads": ("cast",),
    "writer": ("writer", "author"), "author": ("author", "writer"), "screenwriter": ("writer",), "reporter": ("author",), "journalist": ("author",),
    "artist": ("artist",), "singer": ("artist",), "band": ("artist",), "musician": ("artist",), "group": ("artist",), "composer": ("composer", "artist"),
    "maker": ("brand", "maker", "director", "artist", "author"), "makers": ("brand", "maker", "director", "artist", "author"), "people": ("brand", "maker", "director", "artist", "author"),
    "brand": ("brand", "maker"), "manufacturer": ("maker", "brand"), "company": ("brand", "maker", "studio"), "label": ("label", "brand"), "record label": ("label",),
    "publisher": ("publisher",), "studio": ("studio",), "series": ("series",), "franchise": ("series",), "collection": ("series",),
    "genre": ("genres", "category"), "material": ("material",), "country": ("country",), "topic": ("topics",),
    "导演": ("director",), "主角": ("cast", "first"), "主演": ("cast", "first"), "男主角": ("cast",), "女主角": ("cast",), "男主": ("cast",), "女主": ("cast",), "演员": ("cast",), "男演员": ("cast",), "女演员": ("cast",),
    "作者": ("author", "writer"), "作家": ("author",), "编剧": ("writer",), "记者": ("author",), "歌手": ("artist",), "艺人": ("artist",), "乐队": ("artist",), "音乐人": ("artist",), "作曲": ("composer", "artist"), "作曲家": ("composer", "artist"),
    "品牌": ("brand", "maker"), "牌子": ("brand", "maker"), "厂家": ("maker", "brand"), "厂牌": ("label",), "系列": ("series",), "出版社": ("publisher",),
    "类型": ("genres", "category"), "风格": ("genres", "category"), "材质": ("material",), "国家": ("country",), "话题": ("topics",),
}  # fmt: skip
_DONE = {  # "whoever directed Heat"
    "directed": "director", "made": "maker", "wrote": "writer", "sang": "singer", "recorded": "artist", "starred in": "lead", "stars in": "lead", "played in": "actor", "is in": "actor", "was in": "actor",
    "拍": "director", "导": "director", "执导": "director", "写": "author", "唱": "singer", "演": "lead", "主演": "lead",
}  # fmt: skip
_ROLE = "|".join(sorted((re.escape(role) for role in _ROLES if role.isascii()), key=len, reverse=True))
_VERB = "|".join(verb for verb in _DONE if verb.isascii())
_ROLE_ZH = "|".join(sorted((role for role in _ROLES if not role.isascii()), key=len, reverse=True))
_BY = r"(?:(?:directed|written|made|sung|recorded|composed|created|published) by|by|from|with|starring|featuring|like|of|in)"
_THROUGH = re.compile(
    rf"\b(?:that (?:is|are|was|were) )?(?:{_BY} )?the same (?P<same>{_ROLE}) (?:as|of|from|that|who (?:made|did))(?: (?:in|of|made|did))?(?: the (?:film|movie|book|album|record))? (?=\S)"
    rf"|\b(?:{_BY}) the (?P<role>{_ROLE}) (?:of|from|in|on|behind|for|who (?:made|did|directed|wrote)|that (?:made|did))(?: the (?:film|movie|book|album|record))? (?=\S)"
    rf"|\b(?:{_BY}) (?:whoever|the (?:guy|man|woman|person|people|one|ones|team) (?:who|that)) (?P<verb>{_VERB}) (?=\S)"
    rf"|\b(?P<bare>same (?:{_ROLE})) (?:as|of|from)(?: in)? (?=\S)",
    re.I,
)
_AFTER_SAME = r"(?:执导|拍|导|演|主演|唱|写|做|出)?(?:的)?(?:其他|其它|别的|另外的?)?"
_THROUGH_ZH = re.compile(
    rf"(?P<link>是|也是)?(?:同一?(?:个|位|名|部|家)?|一样的|相同的?)(?P<same>{_ROLE_ZH}){_AFTER_SAME}"
    rf"|(?:的|里的?|中的?|(?<=》))(?:[那这](?:个|位))?(?P<role>{_ROLE_ZH})(?!是|叫|谁|怎么|有谁|[吗呢？?])(?:还)?(?:执导|拍|导|演|主演|唱|写)?(?:过)?(?:的)?(?:其他|其它|别的|另外的?)?",
)
_JOIN_ZH = re.compile(r"(?:和|跟|与|同)\s*《?$")
_FITS = re.compile(
    r"\b(?:(?:that |which |what )?(?:will |would |can )?(?:goes?|works?|fits?|pairs?|connects?|plugs?)(?: well| nicely)? (?:with|into|on|to|in|onto)|(?:is |are )?(?:compatible|usable) with|(?:accessor(?:y|ies)|(?:spare )?parts?) for|fits|to go with|for) (?:my |our |the |this |that |an? )?(?=\S)",
    re.I,
)
_FITS_ZH = re.compile(r"(?:能|可以|可)?(?:搭配|配套|配|适用于|适用|适配|兼容|支持|用在|用于)(?:得上|上)?(?:我的|我家的|这个|那个)?(?=\S)|给我的(?=\S)")
_TOGETHER_ZH = re.compile(r"(?:和|跟|与)(?:我的)?(?P<what>[^，。,.!?！？]{2,20}?)(?:搭配|配套|相配|一起用|兼容|能用)(?:的)?")
_STOP = re.compile(r"[,.;!?，。；！？]|\s+(?:under|below|over|above|but|and|with|without|from|in|that|which|for|please|maybe|or|less|more|no|not|up|around)\b", re.I)
_DENIED = re.compile(r"(?:\b(?:not|no|nothing|none|without|never|avoid|except|anything but)\b|n't\b|不要|别|不想|不看|不听)[^,.;，。；]*$", re.I)
_SHORT = 20  # characters of "no other films " before what is turned down
_MOST = 8  # words of a title that are looked at
_LIKE = 86  # of 100, from which on two spellings are one title

How = Literal["through", "fits"]


@dataclass(frozen=True)
class Link:
    """A wish by way of something: where its words stand, the item named, and what that one states in the role named.

    With `how` "fits" `items` are those that something is to go with, or `values` what it is called.
    """

    how: How
    start: int
    end: int
    items: tuple[str, ...] = ()
    field: str = ""
    values: tuple[str, ...] = ()
    denied: bool = False


_QUESTION = re.compile(r"[?？]|^\W*(?:is|are|was|were|do|does|did|has|have)\b|吗|是不是|是否", re.I)
_PLACE = re.compile(
    r"(?:the |number |no\.? ?|#)?(?:(?P<nth>first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th|one|two|three|four|five|[1-5])\b|(?P<only>that|this)\b)"
    r"(?: one| film| movie| album| record| book| article| piece)?",
    re.I,
)
_PLACE_ZH = re.compile(r"(?:第(?P<nth>[一二三四五1-5])|(?P<last>最后一?)|(?P<only>[这那]))(?:个|部|张|本|首|款|篇|件|条)$")
_NTH = {w: n for n, words in enumerate(("first 1st one 1 一", "second 2nd two 2 二", "third 3rd three 3 三", "fourth 4th four 4 四", "fifth 5th five 5 五")) for w in words.split()}


def linked(message: str, catalogue: Catalogue, language: Language, screen: Sequence[Item] = ()) -> Link | None:
    """The first such wish of a message, if what it names is here, by its title or its place on screen."""
    screen = () if _QUESTION.search(message) else screen
    return next(iter(_through(message, catalogue, language, screen)), None) or next(iter(_fitting(message, catalogue)), None)


def _at(match: re.Match[str] | None, screen: Sequence[Item]) -> Item | None:
    """The item at the place that was named; "that one" only where there is one."""
    if match is None or not screen:
        return None
    said = match.groupdict()
    if said.get("last") or (said["nth"] or "").lower() == "last":
        return screen[-1]
    if said["only"]:
        return screen[0] if len(screen) == 1 else None
    place = _NTH[said["nth"].lower()]
    return screen[place] if place < len(screen) else None


def _through(message: str, catalogue: Catalogue, language: Language, screen: Sequence[Item]) -> Iterator[Link]:
    for match in _THROUGH.finditer(message):
        role = match["same"] or match["role"] or (match["bare"] or "")[5:] or _DONE[(match["verb"] or "").lower()]
        titles, rest = Titles.of(catalogue), message[match.end() :]
        placed = _PLACE.match(rest)
        if placed and (item := _at(placed, screen)) is not None:
            found: tuple[Item, int] | None = (item, placed.end())
        else:
            found = titles.leading(rest) or titles.thing(rest)
        if found and (stated := _stated(found[0], role, catalogue, language)):
            start, denied = _denied(message, match.start())
            yield Link("through", start, match.end() + found[1], (found[0].id,), *stated, denied)
    for match in _THROUGH_ZH.finditer(message):
        before = message[: match.start()]
        placed = _PLACE_ZH.search(before)
        item = _at(placed, screen)
        named = (item, placed.start()) if placed and item is not None else Titles.of(catalogue).ending(before)
        if named is None or (match["same"] and not _JOIN_ZH.search(before[: named[1]])):
            continue
        start = named[1] - (len(joined[0]) if (joined := _JOIN_ZH.search(before[: named[1]])) else 0)
        if stated := _stated(named[0], match["same"] or match["role"], catalogue, language):
            start, denied = _denied(message, start)
            yield Link("through", start, match.end(), (named[0].id,), *stated, denied)


def _denied(message: str, start: int) -> tuple[int, bool]:
    """Where the words that begin at `start` begin with what turns them down, and whether something does."""
    found = _DENIED.search(message[:start])
    return (found.start() if found and start - found.start() <= _SHORT else start), found is not None


def _stated(item: Item, role: str, catalogue: Catalogue, language: Language) -> tuple[str, tuple[str, ...]] | None:
    """(field, values) that the item states in a role, in the language; None where it is silent."""
    fields = _ROLES[role.lower()]
    own = {called(name, _weighed()): name for name in item.attributes}
    for field in fields:
        name = own.get(field, field)
        value = item.attributes_in(language).get(name) if name in item.attributes else item.category[-1:] if field == "category" else item.fact(name)
        values = tuple(str(v) for v in as_values(value or None))
        if values:
            return name, values[:1] if "first" in fields else values
    return None


@lru_cache(maxsize=1)
def _weighed() -> dict[str, float]:
    return weights({})


def _fitting(message: str, catalogue: Catalogue) -> Iterator[Link]:
    fields = [field for field in sorted(FITS) if catalogue.has_field(field)]
    if not fields:
        return
    titles = Titles.of(catalogue)
    for match in (*_FITS.finditer(message), *_FITS_ZH.finditer(message), *_TOGETHER_ZH.finditer(message)):
        together = "what" in match.re.groupindex
        start, text = (match.start("what"), match["what"]) if together else (match.end(), message[match.end() :])
        whole = (match.start(), match.end()) if together else None
        weak = not together and bool(re.match(r"for\b|给我的", match[0], re.I))  # "for my sister": only for what things fit by name
        for field in [f for f in fields if f != "goes_with"]:
            if (called_so := titles.fitting(text, field)) is not None:
                begin, end = whole or (match.start(), start + called_so[1])
                begin, denied = _denied(message, begin)
                yield Link("fits", begin, end, (), field, (called_so[0],), denied)
        if not weak and (named := titles.things(text)) is not None:
            begin, end = whole or (match.start(), start + named[1])
            yield Link("fits", begin, end, named[0])


class Titles:
    """What the things of a catalogue are called, to be found in what is said."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._items = {item.id: item for item in catalogue.items()}
        self._by_name: dict[str, str] = {}
        for item in catalogue.items():
            for title in (item.title, *(said.title for said in item.translations.values())):
                self._by_name.setdefault(_bare(title), item.id)
        for name, id in tuple(self._by_name.items()):
            if name.startswith("the "):
                self._by_name.setdefault(name[4:], id)
        self._fitting: dict[str, dict[str, str]] = {
            field: {_bare(str(v)): str(v) for item in catalogue.items() for v in as_values(item.fact(field)) if str(v) not in self._items}
            for field in FITS
        }
        self._chinese = sorted((name for name in self._by_name if is_chinese(name)), key=len, reverse=True)

    @classmethod
    def of(cls, catalogue: Catalogue) -> Titles:
        """The titles of a catalogue; collected once."""
        if catalogue not in _TITLES:
            _TITLES[catalogue] = cls(catalogue)
        return _TITLES[catalogue]

    def leading(self, text: str) -> tuple[Item, int] | None:
        """The item whose title `text` begins with, and how many characters that takes; the longest, else the likeliest."""
        ends = _ends(text)
        for end in ends:
            if (id := self._by_name.get(_bare(text[:end]))) is not None:
                return self._items[id], end
        for end in _spans(text, ends):
            said = _bare(text[:end])
            if len(said) > 3 and (near := process.extractOne(said, self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE)):
                return self._items[self._by_name[near[0]]], end
        return None

    def ending(self, text: str) -> tuple[Item, int] | None:
        """The item whose title `text` ends with, and where that begins; in marks a slip of the pen is forgiven."""
        if marked := re.search(r"《([^《》]+)》$", text):
            said = _bare(marked[1])
            near = process.extractOne(said, self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE - 12)
            return (self._items[self._by_name[near[0]]], marked.start()) if near else None
        bare = _bare(text)
        found = next((name for name in self._chinese if len(name) > 1 and bare.endswith(name)), "")
        if not found:
            words = [m.start() for m in re.finditer(r"[A-Za-z0-9][\w'’.:&-]*", text)][-_MOST:]
            start = next((at for at in words if _bare(text[at:]) in self._by_name), None)
            return None if start is None else (self._items[self._by_name[_bare(text[start:])]], start)
        at = next((n for n in range(len(text)) if _bare(text[n:]) == found), len(text))
        return self._items[self._by_name[found]], at

    def things(self, text: str) -> tuple[tuple[str, ...], int] | None:
        """The items that `text` begins to name, by the whole title or by words that few titles hold: "the Fernhill tent"."""
        if (titled := self.leading(text)) is not None:
            return (titled[0].id,), titled[1]
        for end in _spans(text, _ends(text)):
            said = _bare(text[:end])
            if is_chinese(said):
                whole = said.removesuffix("的")
                ids = [id for name, id in self._by_name.items() if is_chinese(name) and len(whole) > 2 and _holds(name, whole)]
            else:
                words = set(said.split())
                named = text[:1].isupper() and len(words) > 1  # "a brown jacket" is a wish, "the Fernhill tent" a thing
                found_in = [(name, id) for name, id in self._by_name.items() if named and words <= set(name.split())]
                of_kind = [id for name, id in found_in if name.split()[-1] == said.split()[-1]]  # a tent before its groundsheet
                ids = of_kind or [id for _, id in found_in]
            ids = list(dict.fromkeys(ids))
            if 0 < len(ids) <= 3:
                return tuple(ids), end
        return None

    def thing(self, text: str) -> tuple[Item, int] | None:
        """The first of `things`."""
        named = self.things(text)
        return (self._items[named[0][0]], named[1]) if named else None

    def fitting(self, text: str, field: str) -> tuple[str, int] | None:
        """What `text` begins with of the things that items state in `field` ("Pixel 8"), in its words where several are meant."""
        names = self._fitting[field]
        for end in _ends(text):
            said = _bare(text[:end])
            if said in names:
                return names[said], end
            words = set(said.split())
            if len(said) > 2 and not is_chinese(said) and text[:1].isupper() and any(words <= set(name.split()) for name in names):
                return text[:end].strip(" ,.;!?"), end
            if is_chinese(said) and (own := next((name for name in names if len(name) > 1 and said.startswith(name)), None)):
                return names[own], len(own)
        return None


_TITLES: WeakKeyDictionary[Catalogue, Titles] = WeakKeyDictionary()


def _bare(text: str) -> str:
    """A title for comparison, without its marks."""
    return re.sub(r"[^\w\u4e00-\u9fff]+", " ", plain(text)).strip()


def _ends(text: str) -> list[int]:
    """Where a title that begins `text` may end, the longest first."""
    ends = [m.end() for m in re.finditer(r"\S+", text)][:_MOST]
    ends += [stop.start() for stop in re.finditer(r"[,.;!?，。；！？]|的", text[: ends[-1] if ends else 0])]
    return sorted({len(text[:end].rstrip(" ,.;!?，。；！？")) for end in ends} - {0}, reverse=True)


def _spans(text: str, ends: Sequence[int]) -> list[int]:
    """The ends that a title with a slip of the pen may have: up to the first stop, and up to any end before it."""
    stop = _STOP.search(text)
    last = stop.start() if stop else len(text)
    return [end for end in ends if end <= last] or list(ends[-1:])


def _holds(name: str, said: str) -> bool:
    """Whether a Chinese title holds what was said, in order: 费恩希尔帐篷 is 费恩希尔双人帐篷."""
    rest = iter(name)
    return all(letter in rest for letter in said)
