"""Words that need no model: `phrases.yaml` filled in, and limits, prices and facts said in either language.

`tests/test_phrases.py` checks that every phrase stands in both languages with the same slots.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from string import Formatter

import yaml

from bot.state import KNOWN, Fact, InterestPoint, Language, Profile
from vectorstore.constraints import Constraint, as_date, as_number, as_values, measure
from vectorstore.info import CatalogueInfo
from vectorstore.item import Item, Scalar, Value
from vectorstore.offers import offer_of
from vectorstore.words import same_word

MONEY = ("price", "was", "coupon_saves", "price_with_code")  # fields that are amounts
_LIMITS = {  # limits with words of their own
    "in_stock": "limit_in_stock",
    "on_offer": "limit_on_offer",
    "delivery_days": "limit_delivery_days",
    "price_with_code": "limit_price_with_code",
}
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
    return str(format_currency(amount, currency, format="¤#,##0" if whole else "¤#,##0.00", locale=locale, currency_digits=False))


def value_words(field: str, value: Value, info: CatalogueInfo, language: Language) -> str:
    """A fact's value in words: money, days, yes and no, numbers with the catalogue's unit."""
    said = as_values(value)
    if field in MONEY and said and (number := as_number(said[0])) is not None:
        return money(number, info.currency, language)
    if field == "category":
        return " › ".join(info.term(str(v), language) for v in said)
    if field in ("in_stock", "on_offer"):
        value = bool(value)
    if isinstance(value, bool):
        return phrase("yes" if value else "no", language)
    words = phrase("join", language).join(_plain(v, language) for v in said)
    counted = said and all(not isinstance(v, bool) and as_number(v) is not None for v in said)
    return info.measured(field, words, language) if counted else words


def _plain(value: Scalar, language: Language) -> str:
    """A number without an empty fraction, a date as it is spoken, any other word as it stands."""
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    if isinstance(value, str) and as_number(value) is None and measure(value) is not None and (day := as_date(value)):
        return day_words(day, language)
    return str(value)


def day_words(day: date, language: Language, today: date | None = None) -> str:
    """A day: '31 Dec 2026', '2026年12月31日'; without the year where `today` is less than half a year from it."""
    from babel.dates import format_date

    near = today is not None and abs((day - today).days) < 183
    if language == "zh":
        return str(format_date(day, "M月d日" if near else "y年M月d日", locale="zh_CN"))
    return str(format_date(day, "d MMM" if near else "d MMM y", locale="en_GB"))


def offer_words(item: Item, info: CatalogueInfo, language: Language, today: date, former: bool = True) -> str:
    """What is on offer, in the figures of the data alone: 'was $249, now $199; with code TRAIL10: $12 off until 31 Dec'.

    Empty when nothing is. Without `former` the prices are left out: a card shows them elsewhere.
    """
    offer = offer_of(item, today)
    if offer is None:
        return ""
    currency, parts = item.currency or info.currency, []
    if former and offer.was is not None and item.price is not None:
        was, now = (money(n, currency, language) for n in (offer.was, item.price))
        parts.append(phrase("offer_was", language, was=was, price=now))
    if offer.code and offer.saves is not None:
        parts.append(phrase("offer_code", language, code=offer.code, saves=money(offer.saves, currency, language)))
    elif offer.code:
        parts.append(phrase("offer_code_alone", language, code=offer.code))
    if not parts and offer.ends is not None:
        parts.append(phrase("offer_reduced", language))
    said = phrase("semicolon", language).join(parts)
    if offer.ends is None:
        return said
    return phrase("offer_until", language, said=said, day=day_words(offer.ends, language, today))


def fact_words(fact: Fact, info: CatalogueInfo, language: Language) -> str:
    """'closure: horn buttons', '闭合：牛角扣'; what is said in whole words ("was $249, now $199") stands alone."""
    if fact.name in ("offer", "description", KNOWN):
        return str(fact.value)
    if fact.name == "title":
        return phrase("in_title", language)
    colon = "：" if language == "zh" else ": "
    return f"{info.label(fact.name, language)}{colon}{value_words(fact.name, fact.value, info, language)}"


def limit_words(constraint: Constraint, info: CatalogueInfo, language: Language) -> str:
    """A limit as a person would say it: 'under $200', 'colour: not pink', '价格不超过 ¥200'."""
    field, said = (
        info.label(constraint.field, language),
        value_words(constraint.field, constraint.value, info, language),
    )
    if constraint.op in ("<=", ">=") and _day(constraint):
        return phrase("since" if constraint.op == ">=" else "until", language, day=said)
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
    if constraint.field in _LIMITS and constraint.op == ("=" if constraint.field in ("in_stock", "on_offer") else "<="):
        bound = said if constraint.field == "price_with_code" else _plain(as_values(constraint.value)[0], language)
        return phrase(_LIMITS[constraint.field], language, **({"bound": bound} if constraint.op == "<=" else {}))
    return (zh if language == "zh" else en).get(constraint.op, f"{field}{' ' if language == 'en' else ''}{said}")


def wishes(profile: Profile, info: CatalogueInfo, language: Language) -> str:
    """The whole profile in one line: 'brown leather jacket, no zippers, under $200'."""
    strong = sorted((p for p in profile.points if p.weight > FAINT), key=lambda p: (-p.weight, p.turn))
    parts = [p.text for p in strong[:4]]
    parts += [_unwished(p, language) for p in profile.points if p.weight < -FAINT][:3]
    parts += _limits([c for c in profile.constraints if not _said(c, profile)], info, language)[:3]
    said = phrase("join", language).join(parts) or phrase("anything", language)
    return said[0].upper() + said[1:]


def _limits(constraints: Sequence[Constraint], info: CatalogueInfo, language: Language) -> list[str]:
    """Limits in words, the two ends of a span as one: 'year 1990–1999'."""
    said = []
    for c in constraints:
        ends = {d.op: d for d in constraints if d.field == c.field and d.op in ("<=", ">=")}
        if c.op in ends and len(ends) == 2 and c.field != "price":
            if c.op == "<=":
                continue
            low, high = (value_words(c.field, ends[op].value, info, language) for op in (">=", "<="))
            if first := _day(ends[">="]):
                said.append(_span(first, _day(ends["<="]) or first, language))
                continue
            said.append(f"{info.label(c.field, language)} {low if low == high else f'{low}–{high}'}")
        else:
            said.append(limit_words(c, info, language))
    return said


def _day(constraint: Constraint) -> date | None:
    """The day that a limit lies at, when it is one that is written out."""
    value = as_values(constraint.value)[0]
    return as_date(value) if isinstance(value, str) and as_number(value) is None else None


def _span(first: date, last: date, language: Language) -> str:
    """Some days as a person says them: 'on 22 Nov 2026', '16–22 Nov 2026', '2026年11月16日至22日'."""
    if first == last:
        return phrase("on_day", language, day=day_words(first, language))
    start, end = day_words(first, language), day_words(last, language)
    if language == "zh":
        shorter = (f"{last.day}日" if (first.year, first.month) == (last.year, last.month) else f"{last.month}月{last.day}日")
        return f"{start}至{shorter if first.year == last.year else end}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{start.rsplit(' ', 1)[0] if first.year == last.year else start} – {end}"


def _said(constraint: Constraint, profile: Profile) -> bool:
    """Whether a point already names what the limit is about: "no black" beside "colour other than black"."""
    if constraint.quote and any(p.text == constraint.quote for p in profile.points):
        return True
    words = [str(v) for v in as_values(constraint.value) if as_number(v) is None]
    return bool(words) and all(any(same_word(p.text, word) for p in profile.points) for word in words)


def _unwished(point: InterestPoint, language: Language) -> str:
    """'no zips', or as the person put it: 'not too heavy'."""
    said = re.search(rf"\bnot (?:too |so |very )?{re.escape(point.text)}\b", point.quote, re.I)
    if not said and point.text.lower().startswith("too "):
        return f"not {point.text}"
    return said[0][0].lower() + said[0][1:] if said else phrase("not_wish", language, wish=point.text)


def stock_words(item: Item, language: Language) -> str:
    """Whether it can be had."""
    name = {"in_stock": "stock_in", "out_of_stock": "stock_out", "preorder": "stock_preorder"}.get(item.availability)
    return phrase(name, language) if name else ""


def listed(parts: Iterable[str], language: Language) -> str:
    """Parts with the language's comma between them."""
    return phrase("join", language).join(parts)
