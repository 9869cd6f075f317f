"""Whether a sentence about an item says only what the item states. Strict on purpose: what is not known is dropped.

Every word must stand in the item's own text or claim nothing (`glue_words.yaml`); every number must be the item's, with
the same unit, or be computed from it; what is denied must not be stated; and a wish that the item does not answer may
only be spoken of in a denial ("rather than leather"). `tests/test_grounding.py` holds a list of inventions that must be
caught.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

import yaml

from bot.state import Language
from vectorstore.constraints import as_number, as_values
from vectorstore.info import CatalogueInfo
from vectorstore.item import Item
from vectorstore.words import fold, is_chinese, meanings, stem, synonyms

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_CLAUSE = re.compile(r"[,.;:!?，。；：！？](?!\d)|\b(?:but|though|although|so|while|and)\b|但|不过|而且")
_DENIAL = re.compile(
    r"\b(?:no|not|without|never|rather than|instead of|isn't|doesn't|nor|free of|lacks?)\b|没有|不|无|并非|而非", re.I
)
_DENIED = re.compile(
    r"\b(?:no|without|free of|lacks?|isn't|not|instead of|rather than)\s+(?:a |an |any )?([a-z-]+)(?:\s+([a-z-]+))?"
    r"|(?:没有|不含|不带|不是|不用|并非|而非|无|不(?![含带是用要会符过到仅只同能满锈错]))([\u4e00-\u9fff]{1,6})",
    re.I,
)
_EMPTY = {"more", "less", "only", "just", "too", "quite", "so", "as", "the", "in", "and", "rather"}  # deny nothing
_WISH = re.compile(
    r"\b(?:wish|wishes|request|preference|search) (?:for|of) [^,.;]*", re.I
)  # what was wished, not what is
_SPEAKER = re.compile(r"\b(?:i|we|our|us|my|i'm|we're)\b|我们|本店|我", re.I)
_MONEY = re.compile(
    r"([$€£¥￥])\s?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s?(元|块|美元|欧元|英镑|dollars?|euros?|pounds?|yuan)"
)
_ALLOWANCE = re.compile(r"budget|limit|under|below|less|sav(?:e|ing)|within|up to|上限|预算|以内|低于|不到|省|比", re.I)
_CURRENCIES = {
    "USD": ("$", "美元", "dollar", "dollars"),
    "CNY": ("¥", "￥", "元", "块", "yuan"),
    "EUR": ("€", "欧元", "euro", "euros"),
    "GBP": ("£", "英镑", "pound", "pounds"),
}
_UNITS = {  # how an attribute's name ends -> how its number is spoken of
    "g": "g gram grams gramme 克",
    "kg": "kg kilo kilos kilogram kilograms 公斤 千克",
    "l": "l litre litres liter liters 升",
    "ml": "ml millilitre millilitres 毫升",
    "cm": "cm centimetre centimetres 厘米",
    "mm": "mm millimetre millimetres 毫米",
    "m": "m metre metres 米",
    "inch": "inch inches 英寸",
    "hours": "hour hours h 小时",
    "days": "day days 天",
    "weeks": "week weeks 周",
    "minutes": "minute minutes min mins 分钟",
    "db": "db decibel decibels 分贝",
    "watts": "w watt watts 瓦",
    "mah": "mah 毫安",
    "hz": "hz 赫兹",
    "gb": "gb",
    "pages": "page pages 页",
    "lumens": "lumen lumens 流明",
    "people": "people person 人",
    "pieces": "piece pieces 片 块 件",
}
_KEY = {word: key for key, words in _UNITS.items() for word in words.split()}
_MEASURE = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s*[- ]?(" + "|".join(sorted(_KEY, key=len, reverse=True)) + r")(?![a-z])", re.I
)
_LARGER = {"kg": ("g", 1000.0), "l": ("ml", 1000.0), "hours": ("minutes", 60.0), "m": ("cm", 100.0)}


def supported(
    sentence: str,
    item: Item,
    language: Language,
    wishes: Iterable[str] = (),
    numbers: Collection[float] = (),
    info: CatalogueInfo | None = None,
) -> bool:
    """Whether `sentence` may stand under `item`.

    `wishes`: the person's points; `numbers`: what was computed (savings, limits); `info`: what the fields are called.
    """
    return complaint(sentence, item, language, wishes, numbers, info) is None


def complaint(
    sentence: str,
    item: Item,
    language: Language,
    wishes: Iterable[str] = (),
    numbers: Collection[float] = (),
    info: CatalogueInfo | None = None,
) -> str | None:
    """The first thing in `sentence` that the item does not support, None when there is none."""
    sentence = sentence.replace("US$", "$")
    if not sentence.strip() or (is_chinese(sentence) != (language == "zh")):
        return "language"
    if found := _SPEAKER.search(sentence):
        return found[0]
    return (
        _wrong_number(sentence, item, {round(float(n), 2) for n in numbers})
        or _wrong_denial(_WISH.sub(" ", sentence), item)
        or _unknown_word(sentence, item, language, list(wishes), info)
    )


def spoken(item: Item) -> frozenset[str]:
    """Every word that an item says of itself, in both languages; an attribute that is off is not said."""
    return _spoken(item.model_dump_json())


@lru_cache(maxsize=512)
def _spoken(dumped: str) -> frozenset[str]:
    item = Item.model_validate_json(dumped)
    text = _text(item)
    words = {*_words(text, "en"), *_words(text, "zh")}
    words |= {m for w in _words(text, "en") for m in meanings(w)}
    for name, value in item.attributes.items():  # "noise cancelling" is said in two words here and in one there
        phrases = [name.replace("_", " ")] if value is not False else []
        phrases += [str(v) for v in as_values(value) if not isinstance(v, bool)]
        words |= {w for phrase in phrases for same in synonyms(phrase) for w in _words(same, "zh")}
    return frozenset(words)


@lru_cache(maxsize=2)
def glue(language: Language) -> frozenset[str]:
    """The words that claim nothing."""
    raw = yaml.safe_load((Path(__file__).parent / "glue_words.yaml").read_text("utf-8"))
    words = " ".join(str(line) for line in raw[language]).split()
    return frozenset(words) | frozenset(map(stem, words))


def _wrong_number(sentence: str, item: Item, computed: set[float]) -> str | None:
    """The first number that is neither the item's nor computed, has another unit, or is money that is no price."""
    known = {_number(n) for n in _NUMBER.findall(_text(item))} | computed
    was = [as_number(v) for v in as_values(item.attributes.get("was"))]
    prices = {round(n, 2) for n in (item.price, *was) if n is not None}
    if _ALLOWANCE.search(sentence):  # "under your limit of $200", but not "for $200"
        prices |= computed
    measures = _measures(item)
    rest = sentence
    for money in _MONEY.finditer(sentence):
        mark, amount = money[1] or money[4], money[2] or money[3]
        if _number(amount) not in prices:
            return str(amount)
        if mark not in _CURRENCIES.get(item.currency or "", mark):
            return str(money[0])
        rest = rest.replace(money[0], " ")
    for measure in _MEASURE.finditer(rest):
        if _measure(measure) not in measures:
            return str(measure[1])
        rest = rest.replace(measure[0], " ")
    return next((n for n in _NUMBER.findall(rest) if _number(n) not in known | prices), None)


def _wrong_denial(sentence: str, item: Item) -> str | None:
    """The first thing that is denied though the item states it."""
    for denied in _DENIED.finditer(sentence):
        for said in filter(None, denied.groups()):
            words = {said, *_words(said, "zh")} if is_chinese(said) else {said}
            if said not in _EMPTY and any(_stated_outright(item, word) for word in words):
                return f"no {said}"
    return None


def _unknown_word(
    sentence: str, item: Item, language: Language, wishes: list[str], info: CatalogueInfo | None
) -> str | None:
    """The first word that the item does not say, that claims something, and that is no wish spoken of in a denial."""
    own = spoken(item) | {word for key in _measured(item) for word in _UNITS[key].split()}
    if info:
        named = [name for name, value in item.attributes.items() if value is not False]
        own |= {w for name in ("price", "brand", *named) for w in _words(info.label(name, language), language)}
    off = [name.replace("_", " ") for name, value in item.attributes.items() if value is False]
    spare = {w for text in (*wishes, *off) for w in _words(text, "zh")}
    spare |= {w for text in (*wishes, *off) for same in synonyms(text) for w in _words(same, "zh")}
    text = _text(item)
    for clause in _CLAUSE.split(sentence):
        deniable = spare if _DENIAL.search(clause) or _WISH.search(clause) else frozenset()
        for word in _words(clause, language):
            means = meanings(word)
            if word in glue(language) or means & own or means & deniable:
                continue
            if language == "zh" and "".join(c for c in word if c not in glue("zh")) in text:
                continue  # words are cut in more than one way: "皮靴" is said where "棕色皮靴" is
            return word
    return None


def _text(item: Item) -> str:
    """All that the item says, in one text."""
    parts = [item.title, item.description, item.brand or "", *item.category, *item.tags]
    for translation in item.translations.values():
        parts += [translation.title, translation.description]
    for attributes in (item.attributes, *(t.attributes for t in item.translations.values())):
        for name, value in attributes.items():
            if value is False:
                continue
            parts.append(name.replace("_", " "))
            parts += [str(v) for v in as_values(value)]
    return fold(" ; ".join(parts))


def _words(text: str, language: Language) -> list[str]:
    folded = fold(text).replace("’", "'")
    english = [stem(w.removesuffix("'s")) for w in _WORD.findall(folded)]
    if language == "en":
        return english
    import rjieba

    chinese = [w for run in re.findall(r"[\u4e00-\u9fff]+", folded) for w in rjieba.cut(run)]
    return [*english, *chinese]


def _measured(item: Item) -> set[str]:
    """The units that an item states anything in, and the larger or smaller ones of the same kind."""
    keys = {key for _, key in _measures(item)}
    return keys | {large for large, (small, _) in _LARGER.items() if small in keys}


def _measures(item: Item) -> set[tuple[float, str]]:
    """Every (number, unit) that an item states, in the smaller unit where there are two."""
    found = {_measure(m) for m in _MEASURE.finditer(_text(item))}
    for name, value in item.attributes.items():
        for key in set(name.split("_")) & _UNITS.keys():
            numbers = [n for v in as_values(value) if not isinstance(v, bool) and (n := as_number(v)) is not None]
            found |= {_small(n, key) for n in numbers}
    return found


def _measure(match: re.Match[str]) -> tuple[float, str]:
    return _small(_number(match[1]), _KEY[match[2].lower()])


def _small(number: float, key: str) -> tuple[float, str]:
    small, times = _LARGER.get(key, (key, 1.0))
    return round(number * times, 2), small


def _number(said: str) -> float:
    return round(float(said.replace(",", "")), 2)


def _stated_outright(item: Item, word: str) -> bool:
    """Whether an attribute states `word` (a title or a description may itself deny it)."""
    goal = meanings(stem(fold(word)))
    for name, value in item.attributes.items():
        for v in as_values(value):
            if not isinstance(v, bool) and set(_words(str(v), "zh")) & goal:
                return True
        phrase = name.replace("_", " ")
        if value is True and not name.endswith("_free") and goal & {phrase, *_words(phrase, "en")}:
            return True
    return False
