"""Words that need no model: `phrases.yaml` filled in, and limits, prices and facts said in either language.

`tests/test_phrases.py` checks that every phrase stands in both languages with the same slots.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from string import Formatter

import yaml

from bot.state import Fact, InterestPoint, Language, Profile
from vectorstore.constraints import Constraint, as_number, as_values
from vectorstore.info import CatalogueInfo
from vectorstore.item import Item, Value
from vectorstore.words import same_word

FAINT = 0.25  # a wish that counts less is not named in the line above the items


@lru_cache(maxsize=1)
def table() -> dict[str, dict[str, str]]:
    """Every phrase by name and language."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text("utf-8"))
    return loaded


def phrase(name: str, language: Language, **values: object) -> str:
    """The phrase `name` with its slots filled.

    KeyError for an unknown phrase or a missing value, ValueError for an unused one.
    """
    said = table()[name][language]
    slots = {slot for _, slot, _, _ in Formatter().parse(said) if slot}
    if unused := values.keys() - slots:
        raise ValueError(f"The phrase {name!r} has no slot for {', '.join(sorted(unused))}")
    return said.format(**values)


def money(amount: float, currency: str | None, language: Language) -> str:
    """A price as it is written in the language: $179, ¥239.50."""
    from babel.numbers import format_currency, format_decimal

    locale = "zh_CN" if language == "zh" else "en_US"
    whole = amount == int(amount)
    if not currency:
        return str(format_decimal(amount, locale=locale))
    return str(
        format_currency(
            amount, currency, format="¤#,##0" if whole else "¤#,##0.00", locale=locale, currency_digits=False
        )
    )


def value_words(field: str, value: Value, info: CatalogueInfo, language: Language) -> str:
    """A fact's value in words."""
    if field in ("price", "was") and (number := as_number(as_values(value)[0])) is not None:
        return money(number, info.currency, language)
    if isinstance(value, bool):
        return phrase("yes" if value else "no", language)
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return phrase("join", language).join(str(v) for v in as_values(value))


def fact_words(fact: Fact, info: CatalogueInfo, language: Language) -> str:
    """'closure: horn buttons', '闭合：牛角扣'."""
    colon = "：" if language == "zh" else ": "
    return f"{info.label(fact.name, language)}{colon}{value_words(fact.name, fact.value, info, language)}"


def limit_words(constraint: Constraint, info: CatalogueInfo, language: Language) -> str:
    """A limit as a person would say it: 'under $200', 'colour: not pink', '价格不超过 ¥200'."""
    field, said = (
        info.label(constraint.field, language),
        value_words(constraint.field, constraint.value, info, language),
    )
    zh = {
        "<=": f"{field}不超过 {said}",
        ">=": f"{field}至少 {said}",
        "!=": f"{field}不要{said}",
        "not in": f"{field}不要{said}",
    }
    en = {
        "<=": f"{field} up to {said}",
        ">=": f"{field} from {said}",
        "!=": f"{field} other than {said}",
        "not in": f"{field} other than {said}",
    }
    if constraint.field == "price" and language == "en":
        en = {"<=": f"under {said}", ">=": f"from {said}"} | {k: v for k, v in en.items() if k not in ("<=", ">=")}
    if constraint.field == "in_stock":
        return "in stock" if language == "en" else "有货"
    return (zh if language == "zh" else en).get(constraint.op, f"{field}{' ' if language == 'en' else ''}{said}")


def wishes(profile: Profile, info: CatalogueInfo, language: Language) -> str:
    """The whole profile in one line: 'brown leather jacket, no zippers, under $200'."""
    strong = sorted((p for p in profile.points if p.weight > FAINT), key=lambda p: (-p.weight, p.turn))
    parts = [p.text for p in strong[:4]]
    parts += [_unwished(p, language) for p in profile.points if p.weight < -FAINT][:3]
    parts += [limit_words(c, info, language) for c in profile.constraints if not _said(c, profile)][:3]
    said = phrase("join", language).join(parts) or phrase("anything", language)
    return said[0].upper() + said[1:]


def _said(constraint: Constraint, profile: Profile) -> bool:
    """Whether a point already names what the limit is about: "no black" beside "colour other than black"."""
    words = [str(v) for v in as_values(constraint.value) if as_number(v) is None]
    return bool(words) and all(any(same_word(p.text, word) for p in profile.points) for word in words)


def _unwished(point: InterestPoint, language: Language) -> str:
    """'no zips', or as the person put it: 'not too heavy'."""
    said = re.search(rf"\bnot (?:too |so |very )?{re.escape(point.text)}\b", point.quote, re.I)
    return said[0].lower() if said else phrase("not_wish", language, wish=point.text)


def stock_words(item: Item, language: Language) -> str:
    """Whether it can be had."""
    name = {"in_stock": "stock_in", "out_of_stock": "stock_out", "preorder": "stock_preorder"}.get(item.availability)
    return phrase(name, language) if name else ""


def listed(parts: Iterable[str], language: Language) -> str:
    """Parts with the language's comma between them."""
    return phrase("join", language).join(parts)
