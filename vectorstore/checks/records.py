"""Whether fields fit one another: offers and stock, what goes with what, dates, years, people, labels and starters.

tests/test_catalogues.py notices a change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise

from vectorstore.checks.finding import CHINESE, Finding, Row, Samples, found, kind, words_of
from vectorstore.item import Value

_PEOPLE = {"films": ("director",), "music": ("artist",), "news": ("author", "byline", "reporter")}
_DATES = ("published", "date", "updated", "offer_ends")


def offers(row: Row) -> Iterator[Finding]:
    """A price before is higher, a coupon saves less than the price, ends on a day, and nothing in stock is out of stock."""
    item, said = row.item, row.item.attributes
    price, was, saves, stock = item.price, said.get("was"), said.get("coupon_saves"), said.get("stock")
    if was is not None and (not isinstance(was, (int, float)) or price is None or was <= price):
        yield found("offer", row, f"was = {was!r} is not above the price {price}", "raise was or leave it out")
    if saves is not None and (not isinstance(saves, (int, float)) or price is None or not 0 < saves < price):
        yield found("offer", row, f"coupon_saves = {saves!r} is not below the price {price}", "lower it")
    if ("coupon" in said) != ("coupon_saves" in said):
        yield found("offer", row, "coupon and coupon_saves come together", "add the one that is missing")
    if "coupon" in said and "offer_ends" not in said:
        yield found("offer", row, f"the coupon {said['coupon']!r} has no offer_ends", "add offer_ends, a day such as 2026-12-31")
    if "offer_ends" in said and "was" not in said and "coupon" not in said:
        yield found("offer", row, "offer_ends without was or coupon", "say what ends")
    if stock is not None and (not isinstance(stock, int) or isinstance(stock, bool) or stock < 0):
        yield found("stock", row, f"stock = {stock!r} is no count", "write a whole number")
    elif stock is not None and item.availability != "preorder" and (stock == 0) != (item.availability == "out_of_stock"):
        yield found("stock", row, f"stock = {stock} but availability = {item.availability}", "make the two agree")
    if item.price is not None and item.currency is None:
        yield found("offer", row, "a price without a currency", "add currency")
    if item.price == 0:
        yield found("offer", row, "the price is 0", "correct it")


def dates(row: Row) -> Iterator[Finding]:
    """Dates are days of the calendar, written 2026-11-24."""
    for name in _DATES:
        value = row.item.attributes.get(name)
        if value is not None and day(value) is None:
            yield found("date", row, f"{name} = {value!r} is no ISO date", "write it as 2026-11-24")


def day(value: Value | None) -> date | None:
    """An ISO date, with or without a time of day; None when it is none."""
    try:
        return datetime.fromisoformat(value.replace("Z", "+00:00")).date() if isinstance(value, str) else None
    except ValueError:
        return None


def made_by(row: Row) -> Iterator[Finding]:
    """A film, a record and a story say when, of what kind and by whom, in both languages."""
    group = kind(row)
    said = row.item.attributes
    over = row.item.translations[CHINESE].attributes if row.chinese else {}
    if group in ("films", "music"):
        year = said.get("year")
        if not isinstance(year, int) or isinstance(year, bool) or not 1890 <= year <= 2027:
            yield found("media", row, f"year = {year!r}", "add the year, a whole number")
        genre = next((name for name in ("genres", "genre") if said.get(name)), "")
        if not genre or not over.get(genre):
            yield found("media", row, "no genres in both languages", "add genres, and their names in Chinese")
    if group == "news" and not any(name in said for name in ("published", "date")):
        yield found("media", row, "no date", "add published, such as 2026-11-24")
    for name in _PEOPLE.get(group, ()) if group != "news" else ():
        if not words_of(said.get(name)) or not words_of(over.get(name)):
            yield found("media", row, f"no {name} in both languages", f"add {name}, in Chinese too")


def linked(samples: Samples) -> Iterator[Finding]:
    """What an item goes with exists and is another item."""
    for row in samples.rows:
        value = row.item.attributes.get("goes_with")
        for other in words_of(value):
            if other == row.item.id:
                yield found("goes with", row, "goes_with names the item itself", "name another")
            elif other not in samples.ids:
                yield found("goes with", row, f"goes_with = {other!r} does not exist", "name an item of this catalogue")
        if len(set(words_of(value))) < len(words_of(value)):
            yield found("goes with", row, f"goes_with names an item twice: {words_of(value)}", "name each once")


def _told(row: Row) -> date | None:
    """The day of a story."""
    return day(row.item.attributes.get("published") or row.item.attributes.get("date"))


def newest(samples: Samples) -> Iterator[Finding]:
    """No story is dated after the newest by more than the run of the rest: a date in the future is a slip of the year."""
    dated = [(when, row) for row in samples.rows if kind(row) == "news" and (when := _told(row))]
    dated.sort(key=lambda pair: pair[0])
    for (before, _), (when, row) in pairwise(dated):
        if (when - before).days > 60 and dated.index((when, row)) > len(dated) * 0.8:
            yield found("date", row, f"dated {when}, {(when - before).days} days after the story before it", "correct the date")
    for _, row in dated:
        for name in ("updated", "happened", "event_date"):
            later = day(row.item.attributes.get(name))
            if later and later > dated[-1][0]:
                yield found("date", row, f"{name} = {later} is after the newest story, {dated[-1][0]}", "correct the date")


def labelled(samples: Samples) -> Iterator[Finding]:
    """Every attribute and category is called something in both languages, and both have first messages to click."""
    place = samples.described_in
    told: set[str] = set()
    for row in samples.rows:
        for name in row.item.attributes:
            words = samples.info.labels.get(name, {})
            missing = [language for language in ("en", CHINESE) if not words.get(language)]
            if missing and name not in told:
                told.add(name)
                yield Finding(
                    "label",
                    place,
                    row.item.id,
                    f"the attribute {name} has no label in {', '.join(missing)}",
                    f"add `{name}: {{en: …, zh: …}}` under labels",
                )
        for name in row.item.category:
            if name not in told and not samples.info.terms.get(name, {}).get(CHINESE):
                told.add(name)
                yield Finding(
                    "label",
                    place,
                    row.item.id,
                    f"the category {name} has no Chinese name",
                    f"add `{name}: {{zh: …}}` under terms",
                )
    for language in ("en", CHINESE):
        if not (samples.said.get("starters") or {}).get(language):
            yield Finding(
                "starters", place, samples.name, f"no starters in {language}", "add four to six first messages under starters"
            )
        if not (samples.said.get("title") or {}).get(language):
            yield Finding("starters", place, samples.name, f"no title in {language}", "add it under title")


CHECKS = (offers, dates, made_by)
EVERY = (linked, newest, labelled)
