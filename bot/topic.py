"""What kind of thing a wish names ("leather jacket": jackets), by the heads of the catalogue's titles and categories.

The kind keeps an answer on its subject: a cheap sock does not answer a wish for a jacket under $5, and the shop is
never said to have no jackets when the limit is the reason. `tests/test_topic.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from weakref import WeakKeyDictionary

from bot.state import Change, InterestPoint, Reading
from vectorstore.catalogue import Catalogue
from vectorstore.constraints import as_values
from vectorstore.item import Item
from vectorstore.words import fold, is_chinese, meanings, stem, synonyms, tokens

_KINDS: WeakKeyDictionary[Catalogue, Kinds] = WeakKeyDictionary()
_CALLED = (  # what people call the things of a catalogue whose root is one of these words
    "film movie cinema picture title 电影 影片 片子 影视".split(),
    "music album record lp song tune cd disc 音乐 专辑 唱片 歌 歌曲 曲子".split(),
    "news article story report piece item headline 新闻 文章 报道 消息 稿子".split(),
    "book novel 书 图书 小说".split(),
)
ANYTHING = frozenset("item product thing 商品 东西 作品".split())  # words for whatever is here, in any catalogue
_FEW = 2  # items that state a word before it tells things apart
_SEVERAL = 2  # titles that end in a Chinese word before it names a kind in a catalogue that files its things
_WHAT_FOR = re.compile(r"\s+(?:in|with|without|for|from|on|to|that|which)\s", re.I)
_TAIL = re.compile(r"\s+(?:in|with|for|of|by|from|on|to)\s|[,(/–—|]|\s-\s|\d")


class Kinds:
    """The kinds of a catalogue: which words name a kind, and which items are of it."""

    def __init__(self, items: Iterable[Item], terms: Mapping[str, Mapping[str, str]] | None = None) -> None:
        items, terms = list(items), terms or {}
        roots = Counter(item.category[0] for item in items if item.category)
        self.everything = _of_all(roots, len(items), terms) - _stated_by_some(items, terms)
        if self.everything:
            self._of_works(items, terms)
        else:
            self._of_things(items, terms)
        spelt = {m for w in self._known for m in meanings(w)} if self.everything else self._known
        self._chinese = sorted((w for w in spelt if is_chinese(w)), key=len, reverse=True)

    def _of_works(self, items: list[Item], terms: Mapping[str, Mapping[str, str]]) -> None:
        """Films, records, stories: a title is a name. Their kinds are genres and sections by their whole names, and an
        item is of each that it states ("crime", then "romance"; "chinese rock" is rock)."""
        names = {n for item in items for part in item.category for n in (part, *terms.get(part, {}).values())}
        self._known = frozenset(_spelt(n) for n in names if not meanings(n) & self.everything)
        self._words = {}
        for item in items:
            stated = [v for value in item.attributes.values() for v in as_values(value) if isinstance(v, str)]
            said = {end for v in (*item.category, *stated) for name in (v, *terms.get(v, {}).values()) for end in _endings(name)}
            self._words[item.id] = frozenset(m for end in said for m in meanings(end)) & self._known

    def _of_things(self, items: list[Item], terms: Mapping[str, Mapping[str, str]]) -> None:
        """A shop's things: the heads of its categories in each language, and of titles where several end alike."""
        kinds: set[str] = set()
        titles: Counter[str] = Counter()
        self._words = {}
        for item in items:
            heads = set(_title_heads(item))
            filed = {h for part in item.category for h in _heads(part, terms)}
            self._words[item.id] = frozenset({*heads, *filed} - {""})
            kinds |= {
                h
                for n, part in enumerate(item.category, 1)
                if _is_kind(part, n == len(item.category))
                for h in _heads(part, terms)
            }
            titles.update(heads)
        total, few = len(items), len(items) < 200
        unfiled = sum(bool(item.category) for item in items) < 0.7 * total
        common = {h for h, n in titles.items() if n >= 3 or few} if unfiled else set()
        own = {h for h, n in titles.items() if meanings(h) & kinds or (is_chinese(h) and (n >= _SEVERAL or few))}
        self._known = frozenset(kinds | own | common) - {""}

    @classmethod
    def of(cls, catalogue: Catalogue) -> Kinds:
        """The kinds of a catalogue; worked out once."""
        if catalogue not in _KINDS:
            _KINDS[catalogue] = cls(catalogue.items(), catalogue.info.terms)
        return _KINDS[catalogue]

    def named(self, text: str) -> frozenset[str]:
        """The kind's words that `text` ends with; empty when it names no kind of this catalogue."""
        if self.everything:
            return self._genre(text)
        if is_chinese(text):
            folded = fold(text)
            found = next((w for w in self._chinese if folded.endswith(w)), "")
            spellings = meanings(found) if found else frozenset(w for w in (folded, folded[-2:]) if meanings(w) & self._known)
            return frozenset(m for s in spellings for m in meanings(s)) & self._known
        whole = meanings(_head(text)) & self._known
        return whole or meanings(_head(_WHAT_FOR.split(text, maxsplit=1)[0])) & self._known  # "a warm jacket for my dad"

    def _genre(self, text: str) -> frozenset[str]:
        """The genre that `text` ends with, words for all that is here left out: "crime films", "爱情电影"."""
        rest = re.sub(r"[\s的]+$", "", fold(text))
        while rest:
            if found := self._ends(rest):
                return found
            if is_chinese(rest):
                said = next((w for w in sorted(self.everything, key=len, reverse=True) if rest.endswith(w)), "")
                if not said:
                    break
                rest = rest.removesuffix(said).rstrip("的")
            else:
                words = rest.split()
                if not meanings(words[-1]) & self.everything:
                    break
                rest = " ".join(words[:-1])
        return frozenset()

    def _ends(self, rest: str) -> frozenset[str]:
        """The genre whose name stands at the end of `rest`."""
        ends = [w for w in self._chinese if rest.endswith(w)][:1] if is_chinese(rest) else _endings(rest)
        return next((found for end in ends if (found := meanings(end) & self._known)), frozenset())

    def wanted(self, points: Iterable[InterestPoint]) -> frozenset[str]:
        """The kinds that the latest wish naming any names; a wish of the same message may add another.

        Among works a genre holds for its own message alone: after "animated", "films by Kubrick" looks at all films.
        """
        named = [(p.turn, self.named(p.text)) for p in points if p.weight > 0]
        turns = [turn for turn, kinds in named if kinds or self.everything]  # a genre gives way to the next wish
        return frozenset(k for turn, kinds in named if kinds and turn == max(turns) for k in kinds)

    def holds(self, item: Item, kinds: frozenset[str]) -> bool:
        """Whether an item is of one of the kinds; always when none is wanted."""
        return not kinds or bool(self._words.get(item.id, frozenset()) & kinds)


def told_apart(reading: Reading, kinds: Kinds) -> Reading:
    """The reading without wishes for what everything here is: "news from the Saltings" wishes for the Saltings."""
    if not kinds.everything:
        return reading
    nameless = kinds.everything | ANYTHING

    def tells(change: Change) -> bool:
        words = tokens(change.text)
        return change.kind != "add" or change.weight <= 0 or not words or any(not meanings(w) & nameless for w in words)

    return reading.model_copy(update={"changes": tuple(filter(tells, reading.changes))})


def _of_all(roots: Counter[str], total: int, terms: Mapping[str, Mapping[str, str]]) -> frozenset[str]:
    """The words for what every item is, in each language ("film" among films): they name no kind and tell nothing apart."""
    if total < 3 or not roots or roots.most_common(1)[0][1] < 0.9 * total or len(roots) > 3:
        return frozenset()
    root = roots.most_common(1)[0][0]
    own = {_head(root), fold(root), *terms.get(root, {}).values()}
    called = [word for group in _CALLED if own & {*group, *map(stem, group)} for word in group]
    return frozenset(m for w in (*own, *called, *ANYTHING) if w for m in meanings(w))


def _stated_by_some(items: Sequence[Item], terms: Mapping[str, Mapping[str, str]]) -> frozenset[str]:
    """What some items state and others do not tells them apart: where a kind is "report", a report is not any article."""
    said: Counter[str] = Counter()
    for item in items:
        values = {v for value in item.attributes.values() for v in as_values(value) if isinstance(v, str)}
        said.update({m for v in values for name in (v, *terms.get(v, {}).values()) for m in synonyms(name)})
    return frozenset(word for word, count in said.items() if _FEW < count < 0.9 * len(items))


def _spelt(name: str) -> str:
    """A name as `meanings` spells it."""
    return " ".join(stem(w) for w in fold(name).split())


def _endings(text: str) -> list[str]:
    """A phrase and its last two words and its last, the longest first; a Chinese phrase as it is."""
    words = fold(text).split()
    return [" ".join(words[n:]) for n in range(max(0, len(words) - 3), len(words))]


def _heads(part: str, terms: Mapping[str, Mapping[str, str]]) -> set[str]:
    """The heads of a category's name and of its names in other languages."""
    return {_head(name) for name in (part, *terms.get(part, {}).values())}


def _is_kind(part: str, leaf: bool) -> bool:
    """Whether a part of a category path names things ("Jackets", "Knitwear") and not an activity ("Running")."""
    return is_chinese(part) or fold(part).endswith("s") or (leaf and not _head(part).endswith("ing"))


def _title_heads(item: Item) -> list[str]:
    heads = []
    for title in {item.title, *(t.title for t in item.translations.values())}:
        cut = _TAIL.split(title)[0]
        if is_chinese(cut):
            heads.append(_chinese_head(cut))
        elif cut.strip():
            heads.append(_head(cut))
    return heads


def _head(text: str) -> str:
    """The last word of an English phrase, stemmed."""
    words = re.findall(r"[a-z][a-z'-]*|[\u4e00-\u9fff]+", fold(text))
    return stem(words[-1]) if words and not is_chinese(words[-1]) else (_chinese_head(words[-1]) if words else "")


def _chinese_head(text: str) -> str:
    """The last word of a Chinese phrase, by segmentation."""
    import rjieba

    parts = [p for p in rjieba.cut(re.sub(r"[^\u4e00-\u9fff]+$", "", text)) if p.strip() and is_chinese(p)]
    if not parts:
        return ""
    return str(parts[-1]) if len(parts[-1]) > 1 or len(parts) == 1 else f"{parts[-2]}{parts[-1]}"
