"""What kind of thing a wish names ("leather jacket": jackets), by the heads of the catalogue's titles and categories.

The kind keeps an answer on its subject: a cheap sock does not answer a wish for a jacket under $5, and the shop is
never said to have no jackets when the limit is the reason. `tests/test_topic.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from bot.state import InterestPoint
from vectorstore.catalogue import Catalogue
from vectorstore.item import Item
from vectorstore.words import fold, is_chinese, meanings, stem

_KINDS: WeakKeyDictionary[Catalogue, Kinds] = WeakKeyDictionary()
_WORKS = (
    "film movie album record article news 电影 影片 片子 专辑 唱片 歌曲 文章 新闻".split()
)  # what people call whatever is here
_TAIL = re.compile(r"\s+(?:in|with|for|of|by|from|on|to)\s|[,(/–—|]|\s-\s|\d")


class Kinds:
    """The kinds of a catalogue: which words name a kind, and which items are of it."""

    def __init__(self, items: Iterable[Item], terms: Mapping[str, Mapping[str, str]] | None = None) -> None:
        roots: Counter[str] = Counter()
        self._words: dict[str, frozenset[str]] = {}
        kinds: set[str] = set()  # heads of categories: what the shop itself calls a kind
        titles: dict[str, int] = {}  # heads of titles, and how many items begin with them
        filed = total = 0
        for item in items:
            heads = [h for h in _title_heads(item) if h]
            self._words[item.id] = frozenset({*heads, *map(_head, item.category)} - {""})
            kinds |= {_head(part) for n, part in enumerate(item.category, 1) if _is_kind(part, n == len(item.category))}
            for head in set(heads):
                titles[head] = titles.get(head, 0) + 1
            filed, total = filed + bool(item.category), total + 1
            roots.update(item.category[:1])
        common = {h for h, n in titles.items() if n >= 3 or total < 200} if filed < 0.7 * total else set()
        known = kinds | {h for h in titles if is_chinese(h) or meanings(h) & kinds} | common
        self.everything = _of_all(roots, total, terms or {})
        self._known = frozenset(known - {""})
        self._chinese = sorted((w for w in known if is_chinese(w)), key=len, reverse=True)

    @classmethod
    def of(cls, catalogue: Catalogue) -> Kinds:
        """The kinds of a catalogue; worked out once."""
        if catalogue not in _KINDS:
            _KINDS[catalogue] = cls(catalogue.items(), catalogue.info.terms)
        return _KINDS[catalogue]

    def named(self, text: str) -> frozenset[str]:
        """The kind's words that `text` ends with; empty when it names no kind of this catalogue."""
        if is_chinese(text):
            folded = fold(text)
            found = next((w for w in self._chinese if folded.endswith(w)), "")
            spellings = meanings(found) if found else frozenset(w for w in (folded, folded[-2:]) if meanings(w) & self._known)
            return frozenset(m for s in spellings for m in meanings(s)) & self._known
        return meanings(_head(text)) & self._known

    def wanted(self, points: Iterable[InterestPoint]) -> frozenset[str]:
        """The kinds that the latest wish naming any names; a wish of the same message may add another."""
        named = [(p.turn, self.named(p.text)) for p in points if p.weight > 0]
        turns = [turn for turn, kinds in named if kinds]
        return frozenset(k for turn, kinds in named if kinds and turn == max(turns) for k in kinds)

    def holds(self, item: Item, kinds: frozenset[str]) -> bool:
        """Whether an item is of one of the kinds; always when none is wanted."""
        return not kinds or bool(self._words.get(item.id, frozenset()) & kinds)


def _of_all(roots: Counter[str], total: int, terms: Mapping[str, Mapping[str, str]]) -> frozenset[str]:
    """The words for what every item is, in each language ("film" among films): they name no kind and tell nothing apart."""
    if total < 3 or not roots or roots.most_common(1)[0][1] < 0.9 * total or len(roots) > 3:
        return frozenset()
    root = roots.most_common(1)[0][0]
    words = {_head(root), *terms.get(root, {}).values(), *_WORKS}
    return frozenset(m for w in words if w for m in meanings(w))


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
