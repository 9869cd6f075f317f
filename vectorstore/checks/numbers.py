"""Numbers and measures in English and Chinese texts, and whether both texts and the attributes say the same ones.

"seven hundred grams", "710 g" and "七百克" are read alike; which units count as one another stands in vocabulary.yaml.
tests/test_catalogues.py notices a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from vectorstore.checks.finding import Finding, Row, found, kind, vocabulary
from vectorstore.item import Item
from vectorstore.words import is_chinese

_HAN = "零〇一二两三四五六七八九十百千万半双俩几"
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "双": 2, "俩": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.])\d+(?:,\d{{3}})*(?:\.\d+)?(?:\s*(?:million|thousand)\b|m\b(?=illion|[^a-z]|$))?(?:\s?(?:[万千亿]|百(?!升)))?(?!\d)|(?<![第{_HAN}])[{_HAN}]+(?:点[{_HAN}]+)?"
)


_MONTHS = "January February March April May June July August September October November December".split()


_ALONE = {"mass": (1,), "time": (3600,)}  # grams and hours: where a text has one, it is most likely the field's


@dataclass(frozen=True)
class Measure:
    """A number in a text: its value, the unit it counts in (empty when none is said), how it stands there."""

    value: float
    dimension: str
    base: float
    written: str
    start: int
    in_digits: bool

    @property
    def unit(self) -> tuple[str, float]:
        """Hours and 小时 are one unit, minutes another."""
        return self.dimension, round(self.base / self.value, 6) if self.value else 0.0


@dataclass(frozen=True)
class _Unit:
    dimension: str
    factor: float
    english: re.Pattern[str]
    chinese: re.Pattern[str]
    fields: tuple[str, ...]


@lru_cache(maxsize=1)
def _units() -> tuple[_Unit, ...]:
    made = []
    for dimension, rows in vocabulary()["units"].items():
        for factor, english, chinese, fields in rows:
            before = re.compile(rf"[\s-]?(?:{english})(?![A-Za-z])")
            made.append(
                _Unit(dimension, factor, before, re.compile(rf"\s?(?:{chinese}|(?:{english})(?![A-Za-z]))"), tuple(fields))
            )
    return tuple(made)


def han_value(text: str) -> float | None:
    """What a Chinese numeral is worth: 两百五十, 三点五, 半; None when it is none (十几)."""
    if "几" in text or (text in _SCALES and text != "十") or text == "万":
        return None  # 十几, and 百 in 百年
    if "点" in text:
        whole, _, part = text.partition("点")
        left = han_value(whole)
        digits = "".join(str(_DIGITS[sign]) for sign in part if sign in _DIGITS)
        return None if left is None or not digits else float(f"{left:g}.{digits}")
    half = text.endswith("半")
    plain = text.removesuffix("半") if half else text
    if not plain:
        return 0.5
    if all(sign in _DIGITS for sign in plain) and len(plain) > 1:
        return None if len(plain) < 4 else float("".join(str(_DIGITS[sign]) for sign in plain))
    total, section, digit = 0.0, 0.0, 0.0
    for sign in plain:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _SCALES:
            section += (digit or 1) * _SCALES[sign]
            digit = 0
        elif sign == "万":
            total += (section + digit or 1) * 10_000
            section = digit = 0
        else:
            return None
    last = _SCALES.get(plain[-2], 10) / 10 if len(plain) > 2 and plain[-1] in _DIGITS and plain[-2] in "百千" else 1
    return total + section + digit * last + (0.5 if half else 0)


def _worth(written: str) -> float | None:
    return float(written.replace(",", "")) if re.fullmatch(r"[\d.,]*\d", written) else han_value(written)


def _spoken(text: str) -> Iterator[tuple[int, int, float]]:
    """(start, end, value) of the number words of an English text."""
    table: dict[str, float] = vocabulary()["spoken"]
    tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    words = "|".join(sorted(table, key=len, reverse=True))
    pattern = rf"\b(?:{words})\b(?:(?:[\s-]+(?:and[\s-]+)?(?:a[\s-]+)?)(?:{words})\b)*"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        parts = [word for word in re.split(r"[\s-]+", match[0].lower()) if word != "and"]
        total, current = 0.0, 0.0
        for word in parts:
            value = table[word]
            if word in ("hundred", "thousand", "million", "dozen"):
                current = (current or 1) * value
                if word in ("thousand", "million"):
                    total, current = total + current, 0.0
            elif value == 0.5:
                current += 0.5
            elif word in ("a", "an", "one") and current:
                continue
            elif current and not (re.fullmatch(tens, parts[max(parts.index(word) - 1, 0)]) or "hundred" in parts):
                current = value
            else:
                current += value
        yield match.start(), match.end(), total + current


def measures(text: str) -> list[Measure]:
    """Every number of a text in reading order, with its unit where one follows."""
    chinese = is_chinese(text)
    text = re.sub(r"(?i)three[ -]quarters of an hour", "forty-five minutes", text)
    text = re.sub(r"(?i)(?:a )?quarter of an hour", "fifteen minutes", text)
    text = re.sub(r"[一1] ?刻钟", "十五分钟", re.sub(r"[三3] ?刻钟", "四十五分钟", text))
    text = re.sub(rf"([{_HAN}]+)点([{_HAN}]+)分(?!钟)", r"\1时\2", text)  # a time of day, no measure
    spans: list[tuple[int, int, float, bool]] = []
    for match in _NUMBER.finditer(text):
        written = match[0]
        tall = re.match(rf"米([{_HAN}\d])(?![{_HAN}\d])", text[match.end() :]) if chinese else None
        if tall and (metres := _worth(written)) is not None and (tenths := _worth(tall[1])) is not None:
            spans.append((match.start(), match.end(), metres + tenths / 10, False))  # 一米七
            continue
        if written[0].isdigit():
            value = float(re.sub(r"[^\d.]", "", written.replace(",", "")).rstrip(".") or 0)
            scale = {"万": 1e4, "千": 1e3, "百": 1e2, "亿": 1e8}.get(written[-1], 1.0)
            scale *= 1e6 if "million" in written else 1e3 if "thousand" in written else 1
            if written.endswith("m"):  # €6m are millions, 6m are metres
                money = text[: match.start()].rstrip().endswith(("€", "$", "£"))
                spans.append((match.start(), match.end() - (not money), value * (1e6 if money else 1), True))
                continue
            if re.match(r"\s?pm\b", text[match.end() :]) and value < 12:
                spans.append((match.start(), match.end(), value + 12, False))
            if re.match(r"[千百]", written[-1]) and re.match(r"克|瓦|米", text[match.end() :]):
                value, scale = value, 1.0  # 2千克: the sign belongs to the unit
                spans.append((match.start(), match.end() - 1, value, True))
                continue
            spans.append((match.start(), match.end(), value * scale, True))
        elif (worth := han_value(written)) is not None:
            end = match.end()
            if written.endswith("千") and re.match(r"克|瓦|米", text[end:]) and len(written) > 1:
                worth, end = han_value(written[:-1]) or 0, end - 1
            spans.append((match.start(), end, worth, False))
    if not chinese:
        spans += [(*found_at, False) for found_at in _spoken(text)]
        spans += [(m.start(), m.end(), _MONTHS.index(m[1]) + 1, False) for m in re.finditer(rf"\b({'|'.join(_MONTHS)})\b", text)]
    made = []
    for start, end, value, digits in sorted(spans):
        dimension, base, stop = _unit_after(text, end, chinese)
        if chinese and dimension and re.match(r"半", text[stop:]):
            value += 0.5  # 三分半
        made.append(Measure(value, dimension, value * base, text[start:stop], start, digits))
    return made


def _unit_after(text: str, end: int, chinese: bool) -> tuple[str, float, int]:
    longest = ("", 1.0, end)
    for unit in _units():
        match = (unit.chinese if chinese else unit.english).match(text, end)
        if match and match.end() > longest[2]:
            longest = (unit.dimension, float(unit.factor), match.end())
    return longest


def stated(item: Item) -> dict[str, list[tuple[str, float]]]:
    """Dimension -> (field, value in the dimension's own unit) of an item's attributes."""
    made: dict[str, list[tuple[str, float]]] = {}
    for unit in _units():
        for name in unit.fields:
            value = item.attributes.get(name)
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, (int, float)) and not isinstance(one, bool):
                    made.setdefault(unit.dimension, []).append((name, one * unit.factor))
    return made


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 0.02 * max(abs(one), abs(other)) + 1e-9


def against_attributes(row: Row) -> Iterator[Finding]:
    """A number with a unit that no attribute of that unit confirms: always in a title, in a text where it is tied."""
    facts = stated(row.item)
    strict = vocabulary()["strict"]
    said = row.item.translations.get("zh")
    places = [("the description", row.item.description, "en")]
    if said:
        places.append(("the Chinese description", said.description, "zh"))
    if kind(row) not in ("films", "music"):  # there a title is a name: 惊变28天 does not run for 28 days
        places.insert(0, ("the title", row.item.title, "en"))
        places += [("the Chinese title", said.title, "zh")] if said else []
    for where, text, language in places:
        for measure in measures(text):
            known = facts.get(measure.dimension, [])
            if not known or measure.base == 0:
                continue
            tied = _tied(text, measure, language)
            alone = _alone(text, measure) if measure.dimension in _ALONE else ()
            if tied or alone:
                known = [fact for fact in known if fact[0] in (tied or alone)]
            elif not measure.in_digits or not ("title" in where or measure.dimension in strict):
                continue
            others = [m.base for m in measures(text) if m.dimension == measure.dimension]
            if known and not any(_close(value, other) for _, value in known for other in others):
                fields = ", ".join(f"{name} = {row.item.attributes[name]}" for name in dict.fromkeys(n for n, _ in known))
                what = f"{where} says {measure.written!r} but {fields}"
                sure = bool(tied) or "title" in where or measure.dimension != "mass"  # 240 g may be the cloth
                yield found("number", row, what, "correct the text or the attribute", serious=sure)


def _alone(text: str, measure: Measure) -> tuple[str, ...]:
    """The fields in the unit of a measure in digits that no other measure of the text shares."""
    sharing = [m for m in measures(text) if m.unit == measure.unit]
    if len(sharing) > 1 or not measure.in_digits:
        return ()
    return next(
        (
            unit.fields
            for unit in _units()
            if (unit.dimension, unit.factor) == measure.unit and unit.factor in _ALONE[unit.dimension]
        ),
        (),
    )


def _tied(text: str, measure: Measure, language: str) -> tuple[str, ...]:
    before = text[max(0, measure.start - 30) : measure.start]
    for rule in vocabulary()["tied"]:
        if rule["dimension"] == measure.dimension and re.search(rule[language], before):
            return tuple(rule["fields"])
    return ()


def between_languages(row: Row) -> Iterator[Finding]:
    """A number on one side that the other side has in no writing and no attribute states.

    Numbers in words count only where the other side measures the same thing ("six hours", 8 小时): "two straps" may be free.
    """
    if not row.chinese:
        return
    named = kind(row) in ("films", "music")  # there a title is a name, and each language has its own
    english = measures(row.item.description if named else row.english)
    chinese = measures(row.item.description_in("zh") if named else row.chinese)
    known = [value for facts in stated(row.item).values() for _, value in facts]
    facts = [value for name, value in row.item.attributes.items() if not name.startswith("rating")]
    for value in (row.item.price, *facts, *row.item.category, row.item.brand):
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, (int, float)):
                known.append(float(one))
            elif isinstance(one, str):
                known += [m.value for m in measures(one)]
    for side, here, there in (("English", english, chinese), ("Chinese", chinese, english)):
        for measure in here:
            shared = measure.dimension and any(m.unit == measure.unit for m in there)
            if not (measure.in_digits or shared) or measure.value in (0, 1):
                continue
            elsewhere = [m.value for m in there] + [m.base for m in there] + known
            whole = [float(int(v)) for v in elsewhere] if not measure.dimension else []  # "Margin 10" beside 10.3 英寸
            if not any(_close(measure.value, v) or _close(measure.base, v) for v in elsewhere + whole):
                other = "Chinese" if side == "English" else "English"
                yield found(
                    "languages differ",
                    row,
                    f"the {side} text says {measure.written!r}, which the {other} text does not",
                    f"say it in both or take it out; a fact worth a number is an attribute ({_near(there)})",
                )


def _near(there: list[Measure]) -> str:
    return "there: " + (", ".join(repr(m.written.strip()) for m in there[:6]) or "no number")
