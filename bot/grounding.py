"""Whether a sentence about an item says only what the item states. Strict on purpose: what is not known is dropped.

Every word must stand in the item's own text or claim nothing (`glue_words.yaml`); every number must be the item's or be
computed from it; what is denied must not be stated, and a wish that the item does not answer may only be spoken of in a
denial ("rather than leather"). `tests/test_grounding.py` holds a list of inventions that must be caught.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

import yaml

from bot.state import Language
from vectorstore.constraints import as_values
from vectorstore.item import Item
from vectorstore.words import fold, is_chinese, meanings, stem

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_DENIAL = re.compile(
    r"\b(?:no|not|without|never|rather than|instead of|isn't|doesn't|nor|free of|lacks?)\b|没有|不|无|并非|而非", re.I
)
_DENIED = re.compile(
    r"\b(?:no|without|free of|lacks?|isn't|not)\s+(?:a |an |any )?([a-z-]+)(?:\s+([a-z-]+))?"
    r"|(?:没有|不含|无|不带)([\u4e00-\u9fff]{1,6})",
    re.I,
)
_SPEAKER = re.compile(r"\b(?:i|we|our|us|my|i'm|we're)\b|我们|本店|我", re.I)
_MONEY = re.compile(r"([$€£¥￥])\s?\d|\d\s?(元|块|美元|欧元|英镑|dollars?|euros?|pounds?|yuan)")
_CURRENCIES = {
    "USD": ("$", "美元", "dollar", "dollars"),
    "CNY": ("¥", "￥", "元", "块", "yuan"),
    "EUR": ("€", "欧元", "euro", "euros"),
    "GBP": ("£", "英镑", "pound", "pounds"),
}


def supported(
    sentence: str, item: Item, language: Language, wishes: Iterable[str] = (), numbers: Collection[float] = ()
) -> bool:
    """Whether `sentence` may stand under `item`.

    `wishes`: the person's points; `numbers`: what was computed (savings, limits).
    """
    return complaint(sentence, item, language, wishes, numbers) is None


def complaint(
    sentence: str, item: Item, language: Language, wishes: Iterable[str] = (), numbers: Collection[float] = ()
) -> str | None:
    """The first thing in `sentence` that the item does not support, None when there is none."""
    if not sentence.strip() or (is_chinese(sentence) != (language == "zh")):
        return "language"
    if found := _SPEAKER.search(re.sub(r"[\"“][^\"”]*[\"”]", "", sentence)):
        return found[0]
    known = _numbers(item) | {round(float(n), 2) for n in numbers}
    for said in map(str, _NUMBER.findall(sentence)):
        if round(float(said.replace(",", "")), 2) not in known:
            return said
    for money in _MONEY.finditer(sentence):
        if (money[1] or money[2]) not in _CURRENCIES.get(item.currency or "", money[0]):
            return money[0]
    own = spoken(item)
    for denied in _DENIED.finditer(sentence):
        for word in filter(None, denied.groups()):
            if word in ("more", "less", "only", "just", "too", "quite", "so", "as", "the", "in", "and", "rather"):
                continue
            if _stated_outright(item, word):
                return f"no {word}"
    denial = bool(_DENIAL.search(sentence))
    spare = {w for wish in wishes for w in _words(wish, language)} if denial else set()
    for word in _words(sentence, language):
        if word not in own and word not in glue(language) and not (meanings(word) & own) and word not in spare:
            if language == "zh" and all(c in glue("zh") or c in _text(item) for c in word):
                continue
            return word
    return None


def spoken(item: Item) -> frozenset[str]:
    """Every word that an item says of itself, in both languages; an attribute that is off is not said."""
    return _spoken(item.model_dump_json())


@lru_cache(maxsize=512)
def _spoken(dumped: str) -> frozenset[str]:
    item = Item.model_validate_json(dumped)
    text = _text(item)
    return (
        frozenset(_words(text, "en"))
        | frozenset(_words(text, "zh"))
        | frozenset(m for w in _words(text, "en") for m in meanings(w))
    )


@lru_cache(maxsize=2)
def glue(language: Language) -> frozenset[str]:
    """The words that claim nothing."""
    raw = yaml.safe_load((Path(__file__).parent / "glue_words.yaml").read_text("utf-8"))
    words = " ".join(str(line) for line in raw[language]).split()
    return frozenset(words) | frozenset(map(stem, words))


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


def _numbers(item: Item) -> set[float]:
    text = _text(item) + (f" {item.price}" if item.price is not None else "")
    found = {round(float(n.replace(",", "")), 2) for n in _NUMBER.findall(text)}
    return found | {n * 1000 for n in found if n < 100} | {round(n / 1000, 2) for n in found if n >= 100}  # kg and g


def _stated_outright(item: Item, word: str) -> bool:
    """Whether an attribute or the title states `word` (descriptions may themselves deny it)."""
    goal = meanings(stem(fold(word)))
    for value in item.attributes.values():
        for v in as_values(value):
            if not isinstance(v, bool) and set(_words(str(v), "zh")) & goal:
                return True
    return any(
        value is True and set(_words(name.replace("_", " "), "en")) & goal for name, value in item.attributes.items()
    )
