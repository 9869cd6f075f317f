"""Whether a text agrees with the attributes beside it: colour, material, brand, currency, year, what is true or false.

A text may leave a fact out; it may not say another one. tests/test_catalogues.py notices a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import yaml

import vectorstore.words
from vectorstore.checks.finding import CHINESE, Finding, Row, found, vocabulary, words_of
from vectorstore.item import Item
from vectorstore.words import fold, is_chinese

_CURRENCY = {
    "USD": r"[£€¥￥₩₹]|\b(?:EUR|GBP|RMB|CNY|JPY|euros?|pounds sterling|quid|yuan)\b"
    r"|(?<=[\d万千百])\s?(?:元|块钱|人民币|欧元|英镑|日元)(?!旦|素|件|宵)",
}
_ENGLISH_COLOURS = (
    "black white grey gray brown beige red pink orange yellow green blue purple navy crimson burgundy maroon turquoise teal "
    "charcoal khaki terracotta lilac"
).split()
_HAN_COLOUR = re.compile(r"([黑白灰棕褐红粉橙黄绿蓝紫银金米杏])色")
_HAN_FAMILY = {
    "黑": "black",
    "白": "white",
    "灰": "grey",
    "棕": "brown",
    "褐": "brown",
    "红": "red",
    "粉": "pink",
    "橙": "orange",
    "黄": "yellow",
    "绿": "green",
    "蓝": "blue",
    "紫": "purple",
    "银": "silver",
    "金": "gold",
    "米": "beige",
    "杏": "beige",
}
_NEIGHBOURS = [  # colours that one person calls this and another that
    set(pair.split("-")) for pair in ("brown-beige white-beige grey-silver yellow-gold").split()
]
_NO_MATERIAL = re.compile(  # in a title, where these are mostly something else
    r"(?i)\b(?:faux|vegan|mock)\b[- ]leather|leather[- ]look|straw hat|paper|cards?|iron(?:ing)?\b|clay|wood(?:land)?|felt"
    r"|steel blue|carbon(?! fib)|仿皮|人造皮|钢笔|钢琴|铁路|[木皮毛纸丝麻泥草铁硅碳呢塑橡松竹]"
)
_ANY_COLOUR = re.compile(r"multi|assort|mixed|various|transparent|clear|rainbow|twelve|彩|混|多色|透明|无色|各色")


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    """Colour word, either language -> the head of its line in words.yaml."""
    from pathlib import Path

    raw = yaml.safe_load((Path(vectorstore.words.__file__).parent / "words.yaml").read_text("utf-8"))["colours"]
    return {fold(word): head for head, members in raw.items() for word in (head, *members)} | {
        "teal": "green",
        "turquoise": "blue",
    }


@lru_cache(maxsize=4096)
def families(text: str) -> frozenset[str]:
    """The colour families that a colour's name belongs to: 'chestnut brown' is brown, 砖红 is red."""
    folded = fold(text)
    made = {head for word, head in _families().items() if not is_chinese(word) and re.search(rf"\b{re.escape(word)}\b", folded)}
    made |= {head for word, head in _families().items() if is_chinese(word) and len(word) > 1 and word in folded}
    made |= {family for sign, family in _HAN_FAMILY.items() if sign in folded}
    return frozenset(made)


def _akin(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) or any(one & pair and other & pair for pair in _NEIGHBOURS)


def _colours_of(item: Item, language: str) -> tuple[str, ...]:
    return words_of(item.attributes_in(language).get("colour"))


def colours(row: Row) -> Iterator[Finding]:
    """The Chinese colour is the English one, and a text that names colours names the item's among them."""
    english, chinese = _colours_of(row.item, "en"), _colours_of(row.item, CHINESE)
    if not english or _ANY_COLOUR.search(fold(" ".join((*english, *chinese)))):
        return
    stated = frozenset().union(*(families(word) for word in english))
    said = frozenset().union(*(families(word) for word in chinese))
    if stated and said and not _akin(stated, said):
        yield found(
            "colour",
            row,
            f"the colour is {', '.join(english)} in English and {'、'.join(chinese)} in Chinese",
            "make the two the same colour",
        )
    whole = stated | said
    for language, text in row.texts if whole else ():
        title = row.item.title_in(language)
        inside = _named(title, language)
        if inside and not any(_akin(families(word), whole) for word in inside):
            yield found(
                "colour",
                row,
                f"the {_called(language)} title says {', '.join(inside)} but colour = {', '.join(english)}",
                "correct the title or the colour",
            )
            continue
        named = _named(text, language)
        if named and not families(text) & whole and not any(_akin(families(word), whole) for word in named):
            yield found(
                "colour",
                row,
                f"the {_called(language)} text says {', '.join(named)} but colour = {', '.join(english)}",
                "correct the text or the colour",
                serious=len(named) > 1,
            )


def _named(text: str, language: str) -> list[str]:
    """The plain colours that a text names; 'cream', 'rose' and 米 are too often things."""
    if language == "en":
        return re.findall(rf"\b({'|'.join(_ENGLISH_COLOURS)})\b", text.lower())
    return [match[0] for match in _HAN_COLOUR.finditer(text)]


def _called(language: str) -> str:
    return "Chinese" if language == CHINESE else "English"


def _materials(text: str) -> set[int]:
    made = set()
    folded = fold(text)
    for number, words in enumerate(vocabulary()["materials"]):
        if any((w in folded) if is_chinese(w) else re.search(rf"\b{w}(?:en|s)?\b", folded) for w in words):
            made.add(number)
    return made


def materials(row: Row) -> Iterator[Finding]:
    """The material is the same in both languages, and a title that names one names one that the item is made of."""
    english = ", ".join(words_of(row.item.attributes.get("material")))
    translated = row.item.translations.get(CHINESE)
    chinese = "、".join(words_of(translated.attributes.get("material"))) if translated else ""
    if english and chinese and not _materials(english) & _materials(chinese) and _materials(english) and _materials(chinese):
        yield found("material", row, f"the material is {english} in English and {chinese} in Chinese", "make the two the same")
    if not english:
        return
    every = {
        language: " ".join(w for v in row.item.attributes_in(language).values() for w in words_of(v))
        for language in ("en", CHINESE)
    }
    for language, title in (("en", row.item.title), (CHINESE, row.item.title_in(CHINESE))):
        bare = _NO_MATERIAL.sub(" ", title)
        named = _materials(bare.replace(row.item.brand or "\0", " "))
        if named and not named & _materials(every["en"] + " " + every[CHINESE]):
            yield found(
                "material",
                row,
                f"the {_called(language)} title {title!r} names a material that no attribute has; material = {english}",
                "correct the title or the material",
            )


def truths(row: Row) -> Iterator[Finding]:
    """What a text says of waterproof, wireless and the like is what the attribute says; 'not waterproof' is understood."""
    rules = vocabulary()
    for name, patterns in rules["sayings"].items():
        value = row.item.attributes.get(name)
        if not isinstance(value, bool):
            continue
        for language, text in row.texts:
            said = {
                not denied(text, match, language)
                for pattern in patterns[language]
                for match in re.finditer(pattern, text, re.IGNORECASE)
            }
            if said and value not in said:
                claim = name.replace("_", " ") if True in said else f"not {name.replace('_', ' ')}"
                yield found(
                    "true or false",
                    row,
                    f"the {_called(language)} text says {claim} but {name} = {str(value).lower()}",
                    "correct the text or the attribute",
                )


def denied(text: str, match: re.Match[str], language: str) -> bool:
    """Whether words before (or just after) a match in the same sentence deny it."""
    rules = vocabulary()
    before = re.split(r"[.;:!?。；：！？]|, (?:but|and)\b", text[: match.start()])[-1]
    after = re.split(r"[.;!?。；！？]", text[match.end() :])[0]
    return bool(
        re.search(rules["denials"][language], before, re.IGNORECASE)
        or re.search(rules["denied_after"][language], after, re.IGNORECASE)
    )


def brand(row: Row) -> Iterator[Finding]:
    """A title that begins with the brand in one language does so in the other."""
    item = row.item
    title = item.title_in(CHINESE)
    if item.brand and item.title.startswith(item.brand) and row.chinese and item.brand not in title:
        said = item.translations[CHINESE].attributes.get("brand")
        if not (isinstance(said, str) and said in title):
            yield found(
                "brand",
                row,
                f"the English title begins with {item.brand!r}, the Chinese title {title!r} does not have it",
                "write the brand in both titles",
            )


def other_brands(rows: tuple[Row, ...]) -> Iterator[Finding]:
    """A title that begins with the brand of other items."""
    brands = {row.item.brand for row in rows if row.item.brand}
    words = {b for b in brands if b and len(b) > 3}
    for row in rows:
        opening = next((b for b in words if row.item.title.startswith(b + " ") and b != row.item.brand), "")
        if opening and row.item.brand and not row.item.brand.startswith(opening):
            yield found(
                "brand", row, f"the title begins with {opening!r} but brand = {row.item.brand}", "correct the title or the brand"
            )


def currency(row: Row) -> Iterator[Finding]:
    """No other currency than the item's stands in its texts."""
    pattern = _CURRENCY.get(row.item.currency or "")
    for language, text in row.texts if pattern else ():
        match = re.search(pattern or "", text)
        if match:
            yield found(
                "currency",
                row,
                f"the {_called(language)} text says {match[0]!r} but currency = {row.item.currency}",
                "take the amount out of the text; prices are a field",
            )


def year(row: Row) -> Iterator[Finding]:
    """A year in the title's brackets is the attribute's."""
    value = row.item.attributes.get("year")
    for title in (row.item.title, row.item.title_in(CHINESE)):
        match = re.search(r"[（(]((?:19|20)\d\d)[)）]\s*$", title)
        if match and isinstance(value, int) and int(match[1]) != value:
            yield found("year", row, f"the title says {match[1]} but year = {value}", "correct one of the two")
    for language, text in row.texts if isinstance(value, int) else ():
        pattern = (
            r"(?:released|recorded|shot|filmed|made|pressed) in ((?:19|20)\d\d)"
            if language == "en"
            else r"((?:19|20)\d\d) ?年(?:发行|上映|出品|录制|拍摄)"
        )
        match = re.search(pattern, text)
        if match and int(match[1]) != value:
            yield found(
                "year",
                row,
                f"the {_called(language)} text says {match[0]!r} but year = {value}",
                "correct one of the two",
                serious=False,
            )


CHECKS = (colours, materials, truths, brand, currency, year)
