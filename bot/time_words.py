"""Words of time: "last week", "since October", "by Friday", "the nineties", 三天内, 八十年代, and the days and years they mean.

Pure: the day that they are reckoned from is given. `bot/senses.py` makes limits of them. `tests/test_senses.py`.
"""

# ruff: noqa: E501 - a pattern reads better on one line
from __future__ import annotations

import re
from datetime import date, timedelta

from vectorstore.words import fold

WEEKDAYS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
_HAN_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_COUNTS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}
HAN_COUNTS = {**{w: n for n, w in enumerate("一二三四五六七八九十", 1)}, "两": 2}
COUNT = rf"(?:\d{{1,2}}|{'|'.join(_COUNTS)}|a|an)"
HAN_COUNT = "(?:[0-9]{1,2}|[一二两三四五六七八九十])"
WHEN = rf"(?:(?:with)?in {COUNT} (?:working )?(?:days?|weeks?)|(?:by|before|on|until) (?:(?:this|next) )?(?:{'|'.join(WEEKDAYS)}|tomorrow)|tomorrow)"
_MONTHS = "january february march april may june july august september october november december".split()
WINDOW = re.compile(
    rf"\b(?:(?:from|in|of|during|over) )?(?:the )?(?P<rel>last|past|this|previous) (?P<unit>week|month|year)(?:'s)?\b|\b(?:(?:from|in|over|of) )?the (?:last|past) (?P<count>{COUNT}) (?P<units>days?|weeks?|months?)\b"
    rf"|\b(?:since|after) (?:the )?(?:(?P<dom>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?(?P<month>{'|'.join(_MONTHS)})(?: (?P<dom2>\d{{1,2}})(?:st|nd|rd|th)?)?\b|\bin (?P<inmonth>{'|'.join(_MONTHS)})\b|\b(?P<day>today|yesterday)(?:'s)\b|\b(?:from|of|news) (?P<day2>today|yesterday)\b"
    rf"|(?P<hrel>上|这|本)个?(?P<hunit>周|星期|礼拜|月)(?![一二三四五六日天])|(?P<hday>今天|昨天|今日|昨日)(?=的|有|新|消息|报|发生|出|刊|见报|[?？。！]*$)|(?:最近|近|过去)(?P<hcount>{HAN_COUNT})个?(?P<hunits>天|周|星期|月)|(?:从|自)?(?P<hmonth>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?(?:(?P<hdom>\d{{1,2}})[日号])?(?:以来|以后|之后|起|开始)",
    re.I,
)
_TENS = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
_YEAR = r"((?:18|19|20)\d\d)"
DECADE = re.compile(
    rf"\b(?:(?:from|in|of|during|since|out of) )?(?:the )?(?:early |late |mid[- ]?)?(?:(?P<full>(?:18|19|20)\d)0'?s|'?(?P<short>\d)0'?s|(?P<word>{'|'.join(_TENS)}))(?=\W|$)"
    r"|(?:(?:上世纪|二十世纪|20世纪)?(?P<han>[二三四五六七八九])(?P<last>[三四五六七八九])?十年代|(?P<hshort>[1-9])0年代|(?P<hfull>(?:18|19|20)\d)0年代)(?:初|末|中期|后期)?",
    re.I,
)
YEARS = re.compile(
    rf"\b(?:between|from) {_YEAR} (?:and|to|until|-) {_YEAR}\b|(?<!\d){_YEAR}\s*(?:-|–|到|至|~)\s*{_YEAR}年?(?:之间|间)?(?!\d)",
    re.I,
)


def decade(match: re.Match[str]) -> int:
    """The first year of a decade: 1990 of "90s", "nineties", "九十年代"; what has two digits below 30 is of this century."""
    if full := match["full"] or match["hfull"]:
        return int(full) * 10
    if word := match["word"]:
        tens = _TENS[word.lower()]
    else:
        tens = 10 * (HAN_COUNTS[match["han"]] if match["han"] else int(match["short"] or match["hshort"]))
    return (2000 if tens < 20 else 1900) + tens


def window(match: re.Match[str], newest: date) -> tuple[date, date]:
    """The days meant, reckoned from the newest item: 'last month', '上周', 'since October'."""
    month_first = newest.replace(day=1)
    day = match["day"] or match["day2"] or match["hday"]
    if day:
        meant = newest - timedelta(days=day.lower() in ("yesterday", "昨天", "昨日"))
        return meant, meant
    if count := match["count"] or match["hcount"]:
        unit = (match["units"] or match["hunits"]).rstrip("s")
        return newest - timedelta(days=counted(count) * {"day": 1, "天": 1, "month": 30, "月": 30}.get(unit.lower(), 7)), newest
    if month := match["month"] or match["inmonth"] or match["hmonth"]:
        number = _MONTHS.index(month.lower()) + 1 if month.lower() in _MONTHS else counted(month)
        day_of_month = match["dom"] or match["dom2"] or match["hdom"] or "1"
        first = date(newest.year - (number > newest.month), number, 1) + timedelta(days=min(int(day_of_month), 31) - 1)
        return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1) if match[
            "inmonth"
        ] else newest
    relation, unit = (match["rel"] or match["hrel"]).lower(), (match["unit"] or match["hunit"]).lower()
    earlier = relation in ("last", "previous", "上")
    if unit in ("month", "月"):
        return (
            ((month_first - timedelta(days=1)).replace(day=1), month_first - timedelta(days=1))
            if earlier
            else (month_first, newest)
        )
    if unit == "year":
        return (date(newest.year - 1, 1, 1), date(newest.year - 1, 12, 31)) if earlier else (date(newest.year, 1, 1), newest)
    monday = newest - timedelta(days=newest.weekday())
    if earlier:
        return monday - timedelta(days=7), monday - timedelta(days=1)
    return newest - timedelta(days=7 if relation == "past" else 6), newest  # a week that has just begun holds nothing yet


def days_until(said: str, today: date) -> int | None:
    """In how many days it must be here: 'within 3 days', 'by Friday', '明天到'; None for 'fast delivery'."""
    words = fold(said)
    if match := re.search(rf"({COUNT}) (?:working )?(day|week)", words):
        return counted(match[1]) * (7 if match[2] == "week" else 1)
    if match := re.search(f"({HAN_COUNT})天", words):
        return counted(match[1])
    for name, days in (
        ("tomorrow", 1),
        ("next day", 1),
        ("next-day", 1),
        ("same day", 0),
        ("same-day", 0),
        ("后天", 2),
        ("明天", 1),
        ("次日", 1),
    ):
        if name in words:
            return days
    if re.search("今天|当天|当日", words):
        return 0
    weekday = next((n for name, n in WEEKDAYS.items() if name in words), None)
    if weekday is None and (match := re.search("(?:周|星期|礼拜)([一二三四五六日天])", words)):
        weekday = _HAN_DAYS[match[1]]
    if weekday is None:
        return None
    ahead = (weekday - today.weekday()) % 7 or 7
    return ahead - bool(re.search("before|前", words))


def counted(said: str) -> int:
    """A small number in digits or in words of either language; 1 for "a week"."""
    said = said.lower()
    if said.isdigit():
        return int(said)
    if said.startswith("十") and len(said) == 2:
        return 10 + HAN_COUNTS[said[1]]
    return _COUNTS.get(said) or HAN_COUNTS.get(said) or 1
