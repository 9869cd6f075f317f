"""Which picture an item gets: the words that lead to each kind, in English and Chinese, the most specific winning.

A title says what the thing is at its end ("leather jacket", 皮夹克) or before a preposition ("stand for a phone"); the
category says it too, and where the two speak of different worlds the category wins.
`tests/test_pictures.py` holds a table of titles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vectorstore.item import Item
from vectorstore.pictures.kind_words import TABLE
from vectorstore.words import fold, stem

_MEDIA_NAMES = {
    "film": ("film poster", "电影海报"),
    "album": ("album sleeve", "专辑封套"),
    "book": ("book cover", "书封"),
    "news": ("news picture", "新闻配图"),
}
# The widest categories: what an item of that world is drawn as when no word of its own is known.
_WORLDS = (
    ("clothing", "t_shirt", "clothing, clothes, apparel, fashion, wear, 服装, 服饰, 衣服"),
    ("footwear", "sneaker", "shoe, footwear, 鞋, 鞋靴"),
    ("electronics", "hub", "electronic, computer, tech, device, gadget, audio, camera, phone, tv, display, 电子, 数码"),
    ("components", "circuit_board", "component, storage, networking, network, cable, printer, power, security, 配件"),
    ("kitchen", "pot", "kitchen, cooking, dining, 厨房, 餐厨"),
    ("workroom", "notebook", "office, stationery, furniture, home, desk, 办公, 文具, 家居, 家具"),
    ("outdoors", "tent", "outdoor, camping, hiking, sport, 户外, 露营, 运动"),
    ("play", "wooden_toy", "toy, game, kid, children, baby, 玩具, 游戏, 儿童"),
    ("care", "pump_bottle", "beauty, care, cosmetic, health, bath, 美妆, 护肤, 个护, 洗护"),
)  # fmt: skip
# What a kind becomes in another world: a camp chair is no office chair, a toy mouse is a soft toy.
_ELSEWHERE = {
    ("chair", "outdoors"): "camping_chair", ("armchair", "outdoors"): "camping_chair",
    ("mouse", "play"): "plush_animal",
    ("bicycle", "play"): "balance_bike", ("bottle", "care"): "pump_bottle", ("knife", "outdoors"): "tool_knife",
    ("desk_lamp", "outdoors"): "lantern", ("tote", "outdoors"): "backpack", ("blocks", "electronics"): "hub",
    ("jar", "care"): "cream_jar", ("cutting_board", "workroom"): "whiteboard", ("watch", "play"): "robot",
    ("telescope", "outdoors"): "binoculars", ("notebook", "electronics"): "laptop",
    ("serum", "components"): "cartridge",
    ("phone", "play"): "robot", ("sleeping_mat", "workroom"): "desk_mat",
}  # fmt: skip
# Families sold side by side: a title of one under a category of the other contradicts nothing.
_NEAR = {"electronics", "components"}
_AFTER = re.compile(r"\s+(?:for|with|in|from|by|of|on|and|without|to fit)\s+|[,;:(（【\[|·]|\s[–—-]\s|，|、|：")


@dataclass(frozen=True)
class Kind:
    """What a picture shows: the motif's name, its family, and what it is called."""

    name: str
    family: str
    english: str
    chinese: str


@lru_cache(maxsize=1)
def _read() -> tuple[dict[str, Kind], dict[str, tuple[str, bool]], dict[str, str]]:
    """(kind by name, English phrase -> (kind, weak), Chinese word -> kind)."""
    kinds: dict[str, Kind] = {}
    english: dict[str, tuple[str, bool]] = {}
    chinese: dict[str, str] = {}
    for family, rows in TABLE.items():
        for row in rows.strip().splitlines():
            name, called, words, signs = (part.strip() for part in row.split("|"))
            first, second = (part.strip() for part in called.split(" / "))
            kinds[name] = Kind(name, family, first, second)
            for word in words.split(","):
                plain = word.strip()
                english.setdefault(_stemmed(plain.lstrip("?")), (name, plain.startswith("?")))
            for sign in signs.split(","):
                chinese.setdefault(fold(sign), name)
    kinds["parcel"] = Kind("parcel", "workroom", "parcel", "包裹")
    for name, (first, second) in _MEDIA_NAMES.items():
        kinds[name] = Kind(name, "media", first, second)
    return kinds, english, chinese


def _stemmed(text: str) -> str:
    return " ".join(stem(w) for w in re.findall(r"[a-z0-9]+(?:'s)?", fold(text).replace("’", "'")))


def _found(text: str) -> list[tuple[int, int, int, str, str]]:
    """Every known word in `text`: (0 if weak else 1, where it ends, how long it is, kind, the word)."""
    _, english, chinese = _read()
    found: list[tuple[int, int, int, str, str]] = []
    words = _stemmed(text).split()
    for start in range(len(words)):
        for stop in range(start + 1, min(start + 4, len(words)) + 1):
            phrase = " ".join(words[start:stop])
            known = english.get(phrase)
            if known:
                found.append((0 if known[1] else 1, stop, stop - start, known[0], phrase))
    folded = fold(text)
    for sign, name in chinese.items():
        spot = folded.rfind(sign)
        if spot >= 0:
            found.append((1, spot + len(sign), len(sign), name, sign))
    return found


@lru_cache(maxsize=4096)
def _said(text: str) -> tuple[str, str]:
    """(kind, its words) of a title or a category: the last that is known and, where two end together, the longer."""
    head = _AFTER.split(fold(text), maxsplit=1)[0]
    for part in (head, text):
        found = _found(part)
        if found:
            return max(found)[3:]
    return "", ""


_MEDIA_FIELDS: tuple[tuple[str, set[str]], ...] = (
    ("film", {"director", "导演", "film_genre"}),
    ("album", {"artist", "tracks", "艺人"}),
    ("news", {"section", "published", "byline", "版面"}),
    ("book", {"author", "isbn", "作者"}),
    ("film", {"genres"}),
)


def _is_media(item: Item) -> str:
    path = [fold(c) for c in item.category[:1]]
    named = {stem(w) for c in path for w in re.findall(r"[a-z]+", c)}
    fields = {fold(name) for name in item.attributes}
    joined = " ".join(path)
    if named & {"film", "movie", "cinema"} or "电影" in joined:
        return "film"
    if named & {"album", "music", "record", "vinyl", "song"} or re.search("音乐|专辑|唱片", joined):
        return "album"
    if re.search(r"\b(news|articles?|stories|newspapers?)\b|新闻", joined):
        return "news"
    if (named & {"book", "novel"} and not named & {"toy", "stationery", "office"}) or "图书" in joined:
        return "book"
    return next((kind for kind, known in _MEDIA_FIELDS if fields & known), "")


def _world(item: Item) -> tuple[str, str]:
    """(family, what stands for it) of the widest category that is known."""
    for text in (*item.category, *item.tags):
        words = {stem(w) for w in re.findall(r"[a-z]+", fold(text))}
        for family, motif, known in _WORLDS:
            if any((w in words) if w.isascii() else (w in text) for w in (k.strip() for k in known.split(","))):
                return family, motif
    return "", ""


def kind_of(item: Item) -> Kind:
    """The kind of picture for an item; a parcel when nothing about it is known."""
    kinds, _, _ = _read()
    media = _is_media(item)
    if media:
        return kinds[media]
    world, usual = _world(item)
    titles = (item.title, *(t.title for t in item.translations.values()))
    title, word = next((hit for hit in map(_said, titles) if hit[0]), ("", ""))
    category, wider = next(
        (hit for hit in map(_said, reversed(item.category[1:] or item.category)) if hit[0]), ("", "")
    )
    title, category = (_ELSEWHERE.get((kind, world), kind) for kind in (title, category))
    apart = {kinds[k].family for k in (title, category) if k}
    if len(apart) > 1 and not apart <= _NEAR:
        title = ""
    elif title and category and wider != word and wider.endswith(word):
        title = ""  # "jacket" in the title, "leather jackets" in the category
    elif title and not category and world and kinds[title].family != world and len(item.category) > 1:
        title = _found_in(world, titles) or title
    chosen = title or category
    if not chosen:
        chosen = next(
            (kind for kind, _ in map(_said, item.tags) if kind and (not world or kinds[kind].family == world)), ""
        )
    return kinds[chosen or usual or "parcel"]


def _found_in(family: str, titles: tuple[str, ...]) -> str:
    """The last word of the titles that belongs to `family`."""
    kinds, _, _ = _read()
    for text in titles:
        fitting = [hit for hit in _found(text) if kinds[hit[3]].family == family]
        if fitting:
            return max(fitting)[3]
    return ""
