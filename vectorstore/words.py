"""Words as the catalogue and the person write them, English and Chinese: splitting, folding, and which mean the same.

The lexical index, the constraints and the reasons all compare words through this module, so that "zips", "zippers" and
"拉链" meet everywhere or nowhere. The word list is `words.yaml`: one line a meaning, colours with their family.
tests/test_words.py notices a change.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import yaml

_TOKEN = re.compile(r"[a-z0-9]+(?:[.'-][a-z0-9]+)*|[\u4e00-\u9fff]+")
_CJK = re.compile(r"[\u4e00-\u9fff]")
_IRREGULAR = {  # plurals of which the rules of `stem` would make another word
    "knives": "knife", "shelves": "shelf", "scarves": "scarf", "wolves": "wolf", "thieves": "thief", "wives": "wife",
    "loaves": "loaf", "halves": "half", "calves": "calf", "mice": "mouse", "geese": "goose", "series": "series",
}  # fmt: skip
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_STOP = frozenset(
    (
        "a an and any are as at be by for from in is it its of on or so some something that the them they this to too "
        "very with one ones thing things stuff really quite rather bit "
        "的 了 和 是 在 有 也 都 就 个 件 款 点 一点 一些 要 想要 想 带 带有 给 用 和 与 或 以及 "
        "能 可以 我 我的 适合 "
    ).split()
)


def fold(text: str) -> str:
    """One spelling for comparison: full-width forms, case and white space folded."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().lower()


def unaccented(text: str) -> str:
    """Latin letters without their accents, as many people type them: 'Björk' and 'Bjork', 'café' and 'cafe'."""
    if text.isascii():
        return text
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


def is_chinese(text: str) -> bool:
    """Whether any character is a Chinese ideograph."""
    return bool(_CJK.search(text))


def stem(word: str) -> str:
    """A light English stem, for plurals only: 'zips' and 'zip', 'boxes' and 'box', 'berries' and 'berry', 'knives', 'knife'."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.isascii() or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def tokens(text: str) -> list[str]:
    """The content words of a text, folded and stemmed; Chinese is segmented."""
    import rjieba  # a dictionary is loaded: only when words are really split

    found: list[str] = []
    for piece in _TOKEN.findall(unaccented(fold(text))):
        if _CJK.match(piece):
            found.extend(w for w in rjieba.cut(piece) if w not in _STOP)
        elif piece not in _STOP:
            found.append(stem(piece))
            if "-" in piece:
                found.extend(stem(p) for p in piece.split("-") if p not in _STOP)
    return found


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """(word -> the words that mean the same, word -> its wider family)."""
    raw = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))
    same: dict[str, frozenset[str]] = {}
    for group in raw["same"]:
        words = frozenset(_key(w) for w in group)
        for word in words:
            same[word] = same.get(word, frozenset()) | words
    family: dict[str, frozenset[str]] = {}
    for head, members in {**raw["colours"], **raw["moods"]}.items():
        wide = same.get(_key(head), frozenset({_key(head)}))
        for member in [head, *members]:
            family[_key(member)] = family.get(_key(member), frozenset()) | wide
    return same, family


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    folded = unaccented(fold(word))
    if is_chinese(folded):
        return folded[:-1] if len(folded) > 2 and folded.endswith("色") else folded
    return " ".join(stem(w) for w in folded.split())


@lru_cache(maxsize=50_000)
def meanings(word: str) -> frozenset[str]:
    """Every spelling that means the same as `word` or is wider ('chestnut' is brown, 'melancholy' sad), itself included."""
    same, family = _table()
    key = _key(word)
    return frozenset({key}) | same.get(key, frozenset()) | family.get(key, frozenset())


@lru_cache(maxsize=50_000)
def synonyms(word: str) -> frozenset[str]:
    """Every spelling that means the same as `word`, in either language, and nothing wider: 'coffee' is only coffee."""
    key = _key(word)
    return frozenset({key}) | _table()[0].get(key, frozenset())


def same_word(stated: str, wanted: str) -> bool:
    """Whether what an item states says what was wanted: 'chestnut brown' says 'brown', '黑色' says 'black'."""
    goal = meanings(wanted) if " " not in fold(wanted) else meanings(wanted) | {_key(wanted)}
    own = {_key(wanted)} | _table()[0].get(_key(wanted), frozenset())
    said = _key(stated)
    if (said in goal and said in own) or own & meanings(stated):
        return True
    words = said.split()
    if any(own & meanings(w) for w in words):
        return True
    wanted_words = _key(wanted).split()
    if len(wanted_words) > 1 and set(wanted_words) <= set(words):
        return True
    return is_chinese(said) and any(is_chinese(w) and w in said for w in own)


def colour_word(text: str) -> str:
    """The colour that a text names ('chestnut' in 'a chestnut jacket', '黑色' in '黑色皮夹克'); empty when it names none."""
    family = _colours()
    words = re.findall(r"[a-z]+(?:-[a-z]+)?|[\u4e00-\u9fff]+", fold(text))
    for first, second in zip(words, [*words[1:], ""], strict=False):
        for word in (f"{first} {second}".strip(), first):
            if _key(word) in family:
                return word
    for word in sorted((w for w in family if is_chinese(w) and len(w) > 1), key=len, reverse=True):
        if word in fold(text):
            return word + ("色" if word + "色" in fold(text) else "")
    match = re.search(r"([黑白灰棕红粉橙黄绿蓝紫])色|^([黑白灰棕红粉橙黄绿蓝紫])的?$", fold(text))
    return (match[0].removesuffix("的") if match else "")


@lru_cache(maxsize=1)
def _colours() -> frozenset[str]:
    raw = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))
    return frozenset(_key(word) for head, members in raw["colours"].items() for word in (head, *members))
