"""Values as people write them in files, made into what an `Item` holds: prices, stock, lists, clean text.

tests/test_importers.py notices a change.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from vectorstore.item import Availability, Scalar, Value
from vectorstore.words import fold

_CURRENCIES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "£": "GBP", "gbp": "GBP",
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "美元": "USD",
    "¥": "CNY", "cny": "CNY", "rmb": "CNY", "元": "CNY", "人民币": "CNY", "块": "CNY",
    "円": "JPY", "jpy": "JPY", "日元": "JPY",
    "chf": "CHF", "fr.": "CHF", "₹": "INR", "inr": "INR", "₩": "KRW", "krw": "KRW",
    "a$": "AUD", "aud": "AUD", "c$": "CAD", "cad": "CAD", "hk$": "HKD", "hkd": "HKD", "港币": "HKD",
    "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN", "zł": "PLN",
}  # fmt: skip
_NUMBER = re.compile(r"-?\d(?:[\d.,'’  ]*\d)?")
_BLOCK_END = re.compile(r"<(?:br|/p|/li|/div|/h\d)\b[^>]*>", re.I)
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_ANY_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|</?[a-zA-Z][^<>]*>|<!--.*?-->", re.I | re.S)
_IN_STOCK = {
    "in stock",
    "instock",
    "available",
    "yes",
    "y",
    "true",
    "ja",
    "oui",
    "lager",
    "有货",
    "现货",
    "是",
    "有",
    "在售",
}
_OUT = {"out of stock", "outofstock", "sold out", "unavailable", "no", "n", "false", "nein", "non", "discontinued"}
_OUT |= {"无货", "缺货", "售罄", "否", "无", "下架"}
_PREORDER = {"preorder", "pre-order", "pre order", "coming soon", "预售", "预订"}
_YES = {"true", "yes", "ja", "oui", "是"}
_NO = {"false", "no", "nein", "non", "否"}
_NOTHING = {"", "-", "–", "—", "n/a", "na", "nan", "none", "null", "unknown", "not available", "无", "暂无"}


class Unreadable(ValueError):
    """A value that says something, but not what its field needs."""


def text(value: Any) -> str:
    """Plain prose: HTML, entities, literal "\\n" and runs of white space gone."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return " ".join(filter(None, map(text, value)))
    plain = str(value)
    if "&" in plain:
        plain = html.unescape(html.unescape(plain))
    plain = re.sub(r"\\r\\n|\\[nrt]", "\n", plain)
    if "<" in plain:
        blocks = [b.strip() for b in _ANY_TAG.sub(" ", _BLOCK_END.sub("\x1e", plain)).split("\x1e")]
        if len(blocks) > 1:  # the lines of a page become sentences
            blocks = [b if b[-1] in ".!?:;,。！？：；，" else f"{b}." for b in blocks if b]
        plain = " ".join(blocks)
    return _SPACE.sub(" ", plain).strip()


def price(value: Any) -> tuple[float | None, str | None]:
    """(amount in major units, ISO currency), from "€ 1.299,00" or "1,299.00 USD"; words without a number: unknown."""
    if value is None or isinstance(value, bool):
        return None, None
    if isinstance(value, (int, float)):
        if not math.isfinite(value) or value < 0:
            raise Unreadable(f"the price {value} is no amount of money")
        return float(value), None
    written = fold(str(value))
    found = _NUMBER.search(written)
    if not found:
        return None, None
    amount = number(found.group())
    if amount is None or amount < 0:
        raise Unreadable(f"the price {str(value)!r} cannot be read as an amount of money")
    around = f"{written[: found.start()]} {written[found.end() :]}"
    tokens = re.findall(r"[a-z]{0,2}[$€£¥₹₩]|[a-zł]+\.?|[\u4e00-\u9fff]+", around)
    currency = next((_CURRENCIES[t] for t in tokens if t in _CURRENCIES), None)
    return amount, currency


def number(written: str) -> float | None:
    """A number with thousands marks and a decimal point or comma; None when it is none."""
    digits = re.sub(r"[\s'’  ]", "", written)
    point, comma = digits.rfind("."), digits.rfind(",")
    if point >= 0 and comma >= 0:
        thousands, decimal = (".", ",") if comma > point else (",", ".")
        digits = digits.replace(thousands, "").replace(decimal, ".")
    else:
        mark = "," if comma >= 0 else "."
        parts = digits.split(mark)
        grouped = len(parts) > 1 and all(len(p) == 3 for p in parts[1:]) and 1 <= len(parts[0].lstrip("-")) <= 3
        if len(parts) > 2 and not grouped:
            return None
        digits = "".join(parts) if grouped and parts[0].lstrip("-") != "0" else ".".join(parts)
    try:
        return float(digits)
    except ValueError:
        return None


def availability(value: Any) -> Availability:
    """From a count, a flag or a word of either language; what says nothing is unknown."""
    if isinstance(value, (bool, int, float)):
        return "in_stock" if value > 0 else "out_of_stock"
    word = fold(str(value or "")).replace("_", " ")
    word = word.rsplit("/", 1)[-1]  # http://schema.org/InStock
    if word in _PREORDER:
        return "preorder"
    if word in _OUT:
        return "out_of_stock"
    if word in _IN_STOCK:
        return "in_stock"
    count = number(word) if re.fullmatch(r"[\d.,]+", word) else None
    if count is not None:
        return "in_stock" if count > 0 else "out_of_stock"
    return "unknown"


def split(value: Any, separators: Iterable[str]) -> tuple[str, ...]:
    """The parts of a list written as one text: by the first of `separators` that occurs."""
    if value is None:
        return ()
    if isinstance(value, (list, tuple)):
        return tuple(p for p in map(text, value) if p)
    whole = text(value)
    mark = next((s for s in separators if s in whole), None)
    parts = whole.split(mark) if mark else [whole]
    return tuple(dict.fromkeys(p.strip() for p in parts if p.strip()))


def scalar(value: Any) -> Scalar | None:
    """One value as data has it; None when it says nothing."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() else value
    if isinstance(value, date):
        return value.isoformat()
    said = text(value)
    return None if fold(said) in _NOTHING else said


def attribute(value: Any) -> Value | None:
    """An attribute's value: a scalar or several; None when it says nothing."""
    if isinstance(value, (list, tuple, set)):
        found = tuple(dict.fromkeys(s for s in map(scalar, value) if s is not None))
        return (found[0] if len(found) == 1 else found) if found else None
    if isinstance(value, dict):
        return attribute([f"{k}: {v}" for k, v in value.items() if v is not None])
    return scalar(value)


def loose(value: str, *, several: str = "|;") -> Value | None:
    """A hand-typed cell: yes and no, numbers, and lists by one of the marks in `several`."""
    said = text(value)
    folded = fold(said)
    if folded in _NO and folded != "无":
        return False
    if folded in _YES:
        return True
    if folded in _NOTHING:
        return None
    parts = split(said, several)
    if len(parts) > 1:
        return attribute([loose(p, several="") for p in parts])
    plain = re.fullmatch(r"-?(?:0|[1-9]\d{0,11})(?:[.,]\d+)?", said)
    if plain:
        found = number(said)
        return said if found is None else scalar(found)
    return said
