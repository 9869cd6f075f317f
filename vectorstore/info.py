"""What is known of a catalogue as a whole: its name in each language, what its fields are called, what to ask about.

A folder of items may say it in `catalogue.yaml` (every key with an example: docs/catalogues.md); what that leaves out
is worked out from the items. tests/test_info.py and tests/test_search.py notice a change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError
from rapidfuzz import process

from vectorstore.constraints import as_date, as_number, as_values
from vectorstore.errors import CatalogueError
from vectorstore.item import Frozen, Item

DESCRIBED_BY = "catalogue.yaml"

_LABELS = {
    "title": {"en": "name", "zh": "名称"},
    "description": {"en": "description", "zh": "介绍"},
    "price": {"en": "price", "zh": "价格"},
    "brand": {"en": "brand", "zh": "品牌"},
    "category": {"en": "category", "zh": "类别"},
    "colour": {"en": "colour", "zh": "颜色"},
    "size": {"en": "size", "zh": "尺码"},
    "material": {"en": "material", "zh": "材质"},
    "year": {"en": "year", "zh": "年份"},
    "rating": {"en": "rating", "zh": "评分"},
    "rating_count": {"en": "ratings", "zh": "评价数"},
    "duration_minutes": {"en": "minutes", "zh": "分钟"},
    "director": {"en": "director", "zh": "导演"},
    "author": {"en": "author", "zh": "作者"},
    "artist": {"en": "artist", "zh": "艺术家"},
    "language": {"en": "language", "zh": "语言"},
    "in_stock": {"en": "in stock", "zh": "有货"},
    "availability": {"en": "availability", "zh": "库存"},
    "age": {"en": "age", "zh": "年龄"},
    "age_from": {"en": "from age", "zh": "适用年龄（起）"},
    "age_to": {"en": "up to age", "zh": "适用年龄（止）"},
    "weight_g": {"en": "weight (g)", "zh": "重量（克）"},
    "tags": {"en": "tags", "zh": "标签"},
    "was": {"en": "price before", "zh": "原价"},
    "coupon": {"en": "code", "zh": "优惠码"},
    "coupon_saves": {"en": "off with the code", "zh": "用码立减"},
    "offer_ends": {"en": "offer ends", "zh": "优惠截止"},
    "also_in": {"en": "also in", "zh": "另有颜色"},
    "goes_with": {"en": "goes with", "zh": "可搭配"},
    "stock": {"en": "left in stock", "zh": "库存（件）"},
    "delivery_days": {"en": "delivery (days)", "zh": "送达（天）"},
    "series": {"en": "series", "zh": "系列"},
    "compatible_with": {"en": "works with", "zh": "适用于"},
    "part_of": {"en": "part of", "zh": "属于"},
    "sequel_of": {"en": "sequel of", "zh": "续作，前作是"},
}
# what an offer, a companion or a date says is used by name and never asked about
_NEVER_ASKED = {
    "rating", "rating_count", "language", "was", "age_from", "age_to",
    "coupon", "coupon_saves", "offer_ends", "also_in", "goes_with", "stock", "delivery_days",
}  # fmt: skip
_LONGEST_TONE = 120  # characters of `tone` in a language: the model reads it again with every answer


class Facet(Frozen):
    """A field worth asking about, with its name in each language."""

    field: str
    labels: dict[str, str]


class Recency(Frozen):
    """By which date newer counts for more, and how fast that fades."""

    field: str
    half_life_days: float = Field(gt=0, allow_inf_nan=False)  # an item this much older than the newest counts half


class CatalogueInfo(Frozen):
    """A catalogue in words."""

    name: str
    title: dict[str, str]
    currency: str | None = None
    languages: tuple[str, ...] = ("en",)
    labels: dict[str, dict[str, str]] = Field(default_factory=dict)  # field -> language -> what it is called
    facets: tuple[str, ...] = ()  # fields worth asking about, the best first
    starters: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # language -> first messages to click
    size: int = 0
    terms: dict[str, dict[str, str]] = Field(default_factory=dict)  # a category's name -> language -> its name there
    service: dict[str, dict[str, str]] = Field(default_factory=dict)  # topic -> language -> a short answer
    units: dict[str, dict[str, str]] = Field(default_factory=dict)  # field -> language -> what stands after its numbers
    tone: dict[str, str] = Field(default_factory=dict)  # language -> one line on how the model is to speak
    card: tuple[str, ...] = ()  # fields in a line under the title of a card, in order; the price has its own place
    constrained: tuple[str, ...] | None = None  # fields that may be hard limits; None: every stated one
    same_as: dict[str, str] = Field(default_factory=dict)  # field that people limit -> the field that states it here
    recency: Recency | None = None
    newest: date | None = None  # the latest date of `recency.field` among the items
    consumable: tuple[str, ...] = ()  # kinds, or ids of items, that are used up: bought once, they are offered again
    relations: dict[str, float] = Field(default_factory=dict)  # field -> how much a tie by it says; 0: none (relations.py)
    graph: tuple[str, ...] = ()  # edge lists beside the items (edges.py)

    def label(self, field: str, language: str) -> str:
        """What a field is called in a language; its own name where nobody said.

        A unit in brackets ("battery (hours)") is left out where `units` writes it after the number.
        """
        said = self.labels.get(field, {})
        label = said.get(language) or said.get("en") or field.replace("_", " ")
        return re.sub(r"\s*[(（][^()（）]*[)）]$", "", label) if field in self.units else label

    def measured(self, field: str, amount: str, language: str) -> str:
        """An amount with the field's unit: '50 ml', '1 hour' and '2 hours' of "hour|hours", '87%'; bare without one."""
        said = self.units.get(field, {})
        one, _, many = (said.get(language) or said.get("en") or "").partition("|")
        unit = one if amount == "1" or not many else many
        return f"{amount}{'' if unit.startswith('%') else ' '}{unit}" if unit else amount

    def is_consumable(self, item: Item) -> bool:
        """Whether an item is used up: it says so itself, or it or one of its categories is named in `consumable`."""
        stated = item.attributes.get("consumable")
        if stated is not None:
            return bool(stated)
        kinds = {kind.casefold() for kind in self.consumable}
        return item.id.casefold() in kinds or any(kind.casefold() in kinds for kind in item.category)

    def may_limit(self, field: str) -> bool:
        """Whether a limit on the field is held against every item; what may not stays a wish."""
        return self.constrained is None or field in self.constrained

    def stated_as(self, field: str) -> str:
        """The field that a limit on `field` is held against: an article's reading time is its `duration_minutes`."""
        return self.same_as.get(field, field)

    def term(self, word: str, language: str) -> str:
        """A category's name in a language; the name itself where nobody translated it."""
        return self.terms.get(word, {}).get(language, word)

    def facet(self, field: str) -> Facet:
        """A field with its labels."""
        return Facet(field=field, labels={language: self.label(field, language) for language in self.languages})


def describe(name: str, items: Sequence[Item], said: dict[str, Any] | None = None) -> CatalogueInfo:
    """The catalogue in words: what `catalogue.yaml` says, the rest from the items."""
    said = dict(said or {})
    languages = _languages(items)
    currencies = Counter(item.currency for item in items if item.currency)
    labels = {field: dict(words) for field, words in _LABELS.items()}
    for field, words in (said.pop("labels", None) or {}).items():
        labels[field] = {**labels.get(field, {}), **words}
    values: dict[str, Any] = {
        "title": {language: name for language in languages},
        "currency": currencies.most_common(1)[0][0] if currencies else None,
        "languages": languages,
        "facets": _facets(items),
        "starters": _starters(items, languages),
        **said,
        "name": name,
        "labels": labels,
        "size": len(items),
    }
    info = CatalogueInfo(**values)
    _stated(info, items)
    _kinds(info, items)
    if info.recency is None:
        return info
    dates = [found for item in items if (found := as_date(item.fact(info.recency.field)))]
    if not dates:
        raise CatalogueError(
            f"{DESCRIBED_BY} of {name!r}: recency: no item has a date in {info.recency.field!r}. Write dates as 2026-03-31."
        )
    return info.model_copy(update={"newest": max(dates)})


def _stated(info: CatalogueInfo, items: Sequence[Item]) -> None:
    """CatalogueError for a field that `catalogue.yaml` relies on and no item states."""
    known = {name for item in items for name, _ in item.facts()}
    known |= {"in_stock"} if any(item.fact("in_stock") is not None for item in items) else set()
    known |= {"age"} if known & {"age_from", "age_to"} else set()
    named: dict[str, Iterable[str]] = {
        "units": info.units,
        "card": info.card,
        "constrained": [f for f in info.constrained or () if f != "language"],
        "recency": [info.recency.field] if info.recency else [],
        "same_as": info.same_as.values(),
    }
    for key, fields in named.items():
        for field in fields:
            if field not in known:
                raise CatalogueError(
                    f"{DESCRIBED_BY} of {info.name!r}: {key}: no item states {field!r}.{_near(field, sorted(known))}"
                )


def _kinds(info: CatalogueInfo, items: Sequence[Item]) -> None:
    """CatalogueError for a kind of `consumable` that no item belongs to."""
    known = sorted({name for item in items for name in (*item.category, item.id)})
    folded = {name.casefold() for name in known}
    for kind in info.consumable:
        if kind.casefold() not in folded:
            raise CatalogueError(
                f"{DESCRIBED_BY} of {info.name!r}: consumable: {kind!r} is no category and no id of an item.{_near(kind, known)}"
            )


def _near(said: str, known: Sequence[str]) -> str:
    near = process.extractOne(said, known, score_cutoff=50)
    return f" Did you mean {near[0]!r}?" if near else ""


def read_description(folder: Path) -> dict[str, Any]:
    """What a folder's `catalogue.yaml` says; empty when there is none. CatalogueError names a wrong key."""
    path = folder / DESCRIBED_BY
    if not path.exists():
        return {}
    try:
        said = yaml.safe_load(path.read_text("utf-8")) or {}
    except yaml.YAMLError as error:
        raise CatalogueError(f"{path} is broken YAML: {error}") from error
    if not isinstance(said, dict):
        raise CatalogueError(f"{path} must hold keys and values, such as `title: {{en: My shop}}`.")
    allowed = [field for field in CatalogueInfo.model_fields if field not in ("name", "size", "newest")]
    for key in said:
        if key not in allowed:
            raise CatalogueError(f"{path}: unknown key {key!r}.{_near(str(key), allowed)} Known: {', '.join(allowed)}.")
    try:
        CatalogueInfo(**{"name": folder.name, "title": {}, **said})
    except ValidationError as error:
        raise CatalogueError(f"{path}: {_complaint(error)}") from error
    for language, line in (said.get("tone") or {}).items():
        if len(line) > _LONGEST_TONE or "\n" in line.strip():
            raise CatalogueError(
                f"{path}: tone → {language}: one line of at most {_LONGEST_TONE} characters, please; it has {len(line)}. "
                "The model reads it again with every answer."
            )
    return said


def _complaint(error: ValidationError) -> str:
    """The first thing that is wrong, in words: where, what, and for an unknown key the nearest right one."""
    first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")  # a slip of the pen makes a key missing too
    where = [str(part) for part in first["loc"]]
    if first["type"] == "extra_forbidden":
        known = list(Recency.model_fields)
        return f"{' → '.join(where[:-1])}: unknown key {where[-1]!r}.{_near(where[-1], known)} Known: {', '.join(known)}."
    if first["type"] == "missing":
        return f"{' → '.join(where[:-1])}: the key {where[-1]!r} is missing."
    shape = _SHAPES.get(where[0], "")
    return f"{' → '.join(where)}: {first['msg']}.{f' Write it as `{shape}`.' if shape else ''}"


_SHAPES = {
    "title": "title: {en: My shop, zh: 我的店}",
    "labels": "labels: {closure: {en: closure, zh: 闭合方式}}",
    "units": "units: {volume_ml: {en: ml, zh: 毫升}}",
    "tone": "tone: {en: Plain and brief., zh: 简短平实。}",
    "card": "card: [colour, material]",
    "constrained": "constrained: [price, colour, size]",
    "recency": "recency: {field: published, half_life_days: 7}",
    "same_as": "same_as: {duration_minutes: reading_minutes}",
    "facets": "facets: [price, colour]",
    "consumable": "consumable: [Coffee, Soaps]",
    "relations": "relations: {topics: 0.5, mood: 0}",
    "graph": "graph: [edges.csv]",
    "starters": "starters: {en: [A first message], zh: [第一句话]}",
}


def _languages(items: Sequence[Item]) -> tuple[str, ...]:
    """Those that at least half of the items are said in; never none."""
    counted = Counter(language for item in items for language in dict.fromkeys((item.language, *item.translations)))
    found = [language for language, count in counted.most_common() if 2 * count >= len(items)]
    return tuple(found) or ("en",)


def _facets(items: Sequence[Item]) -> tuple[str, ...]:
    """Fields that many items state and that split them: worth a question. Price first where there are prices."""
    found: list[tuple[float, str]] = []
    stated: dict[str, Counter[str]] = {}
    for item in items:
        for field, value in item.facts():
            if field != "tags":
                stated.setdefault(field, Counter()).update({str(v) for v in as_values(value)})
    for field, values in stated.items():
        share = sum(values.values()) / max(1, len(items))
        few = len(values) >= 2 and values.most_common(1)[0][1] < 0.9 * len(items)
        words = field == "price" or any(as_number(v) is None for v in values)
        if share >= 0.3 and few and words and field not in _NEVER_ASKED:
            found.append((share * (1 if len(values) <= 60 else 0.7) + (0.5 if field in _LABELS else 0), field))
    best = [field for _, field in sorted(found, reverse=True)][:6]
    return tuple(sorted(best, key=lambda field: field != "price"))


def _starters(items: Sequence[Item], languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Six first messages out of what the catalogue has most of."""
    kinds = [kind for kind, _ in Counter(item.category[-1] for item in items if item.category).most_common(3)]
    brands = [brand for brand, _ in Counter(item.brand for item in items if item.brand).most_common(1)]
    prices = sorted(item.price for item in items if item.price is not None)
    english = [f"What do you have in {kind}?" for kind in kinds]
    chinese = [f"有哪些{kind}？" for kind in kinds]
    if brands:
        english.append(f"Something by {brands[0]}")
        chinese.append(f"有没有 {brands[0]} 的？")
    if prices and prices[0] < prices[-1]:
        middle = round(prices[len(prices) // 2], -1) or round(prices[len(prices) // 2]) or 1
        english.append(f"Something good under {middle:.0f}")
        chinese.append(f"{middle:.0f} 以内有什么好的？")
    english.append("What is most popular?")
    chinese.append("最受欢迎的是哪些？")
    every = {"en": tuple(english[:6]), "zh": tuple(chinese[:6])}
    return {language: every[language] for language in languages if language in every}
