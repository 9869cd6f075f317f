"""Facts, money and limits in words, for one catalogue in one language. Pure; `tests/test_cards.py` notices changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.state import Fact
from bot.web.strings import Strings
from vectorstore.constraints import Constraint, as_values
from vectorstore.item import Frozen, Item, Scalar, Value

_LOCALES = {"en": "en_US", "zh": "zh_Hans_CN"}


class Look(Frozen):
    """What is needed to say an item of a catalogue: its name, currency and field labels, and the language to say it in."""

    catalogue: str
    language: str = "en"
    currency: str | None = None
    labels: dict[str, str] = {}

    @classmethod
    def of(cls, name: str, currency: str | None, labels: Mapping[str, Mapping[str, str]], language: str) -> Look:
        """The look of a catalogue whose labels are given by field and language."""
        said = {field: by.get(language) or by.get("en", field) for field, by in labels.items()}
        return cls(catalogue=name, language=language, currency=currency or None, labels=said)

    @property
    def strings(self) -> Strings:
        return Strings(self.language)

    def label(self, field: str) -> str:
        """The field's name as a person says it: the catalogue's word, the page's, or the bare name."""
        return self.labels.get(field) or self.strings.get(f"field_{field}", field.replace("_", " "))


def money(amount: float, currency: str | None, language: str) -> str:
    """An amount as written in `language`, without cents where there are none; a bare number when no currency is known."""
    from babel.numbers import format_currency, format_decimal

    locale = _LOCALES.get(language, "en_US")
    whole = float(amount).is_integer()
    if not currency:
        return format_decimal(amount, locale=locale)
    return format_currency(amount, currency, "¤#,##0" if whole else None, locale=locale, currency_digits=not whole)


def former_price(item: Item) -> float | None:
    """The price before a reduction, when the item states one above the present price."""
    was = item.attributes.get("was")
    if isinstance(was, (int, float)) and not isinstance(was, bool) and item.price is not None and was > item.price:
        return float(was)
    return None


def scalar(value: Scalar, strings: Strings) -> str:
    """One value in words: yes and no, numbers without a needless '.0'."""
    if isinstance(value, bool):
        return strings("value_yes" if value else "value_no")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def fact_value(name: str, value: Value, look: Look, currency: str | None = None) -> str:
    """A fact's value in words; money for a price, a path for a category, a list otherwise."""
    strings = look.strings
    if name == "price" and isinstance(value, (int, float)):
        return money(value, currency or look.currency, look.language)
    if name == "in_stock":
        return scalar(bool(value), strings)
    if name == "year":
        return scalar(value, strings) if not isinstance(value, tuple) else strings("comma").join(map(str, value))
    if name == "category" and isinstance(value, tuple):
        return " › ".join(map(str, value))
    return strings("comma").join(scalar(v, strings) for v in as_values(value))


def fact_words(fact: Fact, look: Look, currency: str | None = None) -> str:
    """A fact as it stands beside the person's words: "closure: horn buttons". Titles and descriptions stand alone."""
    value = fact_value(fact.name, fact.value, look, currency)
    if fact.name in ("title", "description"):
        return value
    return look.strings("fact", name=look.label(fact.name), value=value)


def limit_words(limit: Constraint, look: Look) -> str:
    """A limit in words: "price ≤ $200", "colour: not pink or red"."""
    strings = look.strings
    if limit.field == "in_stock" and as_values(limit.value) in ((1,), (True,)):
        return strings("limit_in_stock")
    values = [fact_value(limit.field, v, look, limit.currency) for v in as_values(limit.value)]
    key = {"<=": "limit_most", ">=": "limit_least", "!=": "limit_not", "not in": "limit_not"}.get(limit.op, "limit_is")
    return strings(key, field=look.label(limit.field), value=strings("or").join(values))


def signed(amount: float) -> str:
    """A number with its sign, two places and a true minus: "+0.41", "−0.04"."""
    return f"{'−' if amount < 0 else '+'}{abs(amount):.2f}"


def weight(amount: float) -> str:
    """A weight as shown beside its slider: "0.9", "−0.5"."""
    rounded = round(amount, 2)
    text = f"{abs(rounded):.2f}"
    return f"{'−' if rounded < 0 else ''}{text[:-1] if text.endswith('0') else text}"


def adding_up(amounts: Sequence[float]) -> list[float]:
    """The amounts in hundredths, rounded so that what is shown sums to the rounded total (largest remainders first)."""
    scaled = [a * 100 for a in amounts]
    parts = [int(s // 1) for s in scaled]
    missing = round(sum(scaled)) - sum(parts)
    for i in sorted(range(len(parts)), key=lambda i: parts[i] - scaled[i])[: max(0, missing)]:
        parts[i] += 1
    return [p / 100 for p in parts]


def place(position: int, strings: Strings) -> str:
    """A place in a row in words, from 1: "second"."""
    names = strings("places").split()
    return names[position - 1] if position <= len(names) else str(position)
