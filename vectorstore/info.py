"""What is known of a catalogue as a whole: its name in each language, what its fields are called, what to ask about.

A folder of items may say it in `catalogue.yaml`; what that leaves out is worked out from the items.
tests/test_search.py notices a change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError
from rapidfuzz import process

from vectorstore.constraints import as_number, as_values
from vectorstore.errors import CatalogueError
from vectorstore.item import Frozen, Item

DESCRIBED_BY = "catalogue.yaml"

_LABELS = {
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
}
_NEVER_ASKED = {"rating", "rating_count", "language", "was", "age_from", "age_to"}


class Facet(Frozen):
    """A field worth asking about, with its name in each language."""

    field: str
    labels: dict[str, str]


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

    def label(self, field: str, language: str) -> str:
        """What a field is called in a language; its own name where nobody said."""
        said = self.labels.get(field, {})
        return said.get(language) or said.get("en") or field.replace("_", " ")

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
    return CatalogueInfo(**values)


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
    allowed = [field for field in CatalogueInfo.model_fields if field not in ("name", "size")]
    for key in said:
        if key not in allowed:
            near = process.extractOne(str(key), allowed, score_cutoff=50)
            meant = f" Did you mean {near[0]!r}?" if near else ""
            raise CatalogueError(f"{path}: unknown key {key!r}.{meant} Known: {', '.join(allowed)}.")
    try:
        CatalogueInfo(**{"name": folder.name, "title": {}, **said})
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogueError(f"{path}: {' → '.join(map(str, first['loc']))}: {first['msg']}.") from error
    return said


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
