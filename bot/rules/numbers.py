"""Limits with numbers in them, English and Chinese: budgets, sizes, minutes, years, ratings, ages. `tests/test_numbers.py`.

`limits(text)` gives the constraints and the spans of text they were read from, so that no other rule reads those words again.
A number becomes a price only when nothing after it says otherwise ("under 45 min" is a duration, "under 2 kg" is no limit).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from vectorstore.constraints import Constraint, Op

AROUND = 1.2  # "around 50" is at most 60
LONGEST = 600  # minutes: what lasts longer is no film, game or record but a delivery
ADULT = 18  # only the age of a child limits what suits

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_UNITS = {word: n for n, word in enumerate(_SMALL.split())}
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000}
_NUMBER_WORD = "|".join([*_UNITS, *_TENS, *_SCALES])
_SPELLED = re.compile(
    rf"(?<!\d )\b(?:an?\s+(?=hundred|thousand|grand))?(?:{_NUMBER_WORD})(?:(?:[\s-]+|(?<=hundred|housand)\s+and\s+)(?:{_NUMBER_WORD}))*\b",
    re.I,
)
_CHINESE_NUMBER = re.compile(
    r"[一二两三四五六七八九][百千][一二三四五六七八九](?![十百千万个年月天次])|[一二两三四五六七八九]+[百千万][零〇一二两三四五六七八九十百千万]*(?=的)|[零〇一二两三四五六七八九十百千万]+(?=\s*(?:块|元|刀|之间|以内|以下|以上|之内|左右|上下|多块|美[元金]|英镑|欧元|人民币|出头|封顶|到|至|-|~|个?半?小时|个?半?钟头|分钟|岁|码|分(?!之)|寸|号|多|来(?=块|元|岁|分))|$|[，。,.！!？?\s吧])"
)

_TEN_THOUSANDS = re.compile(r"(?<![\d.])(\d{1,3})万(\d)(?:千|(?![\d.万百]))")  # 1万5 is 15000
_TWO_NUMBERS = re.compile(  # "两三百" is from 200 to 300
    "(?<![零〇一二两三四五六七八九十百千万第])(?:" + "|".join(f"[{a}](?=[{b}][十百千万])" for a, b in ("一二", "二三", "两三", "三四", "四五", "五六", "六七", "七八", "八九"))
    + ")[二三四五六七八九](?P<scale>[十百千万])(?=块|元|左右|以内|以下|之间|的|$|[，。,!！?？ ])"
)

MONEY = {
    "$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD", "刀": "USD", "美元": "USD", "美金": "USD",
    "£": "GBP", "gbp": "GBP", "quid": "GBP", "pounds": "GBP", "英镑": "GBP", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "欧元": "EUR", "欧": "EUR",
    "¥": "CNY", "￥": "CNY", "rmb": "CNY", "cny": "CNY", "yuan": "CNY", "元": "CNY", "块": "CNY", "块钱": "CNY", "人民币": "CNY", "日元": "JPY", "yen": "JPY",
}  # fmt: skip
_SIGN = r"(?:US\$|\$|£|€|¥|￥|usd\s*|eur\s*|gbp\s*|rmb\s*)"
_COIN = r"(?:\s*(?:dollars?|bucks?|quid|pounds|euros?|yuan|rmb|usd|eur|gbp|cny|yen|块钱|块|元|刀|美元|美金|英镑|欧元|人民币|€|£|\$|¥))"
_N = r"(?<!\d)(\d[\d,]{0,12}(?:\.\d{1,4})?)(?!\d)\s?(k(?![a-z])|万|千|grand\b|thousand\b|hundred\b)?"
_OTHER_UNIT = (
    r"(?!\s*-?\s*(?:min\b|mins\b|minutes?|h\b|hrs?\b|hours?|kg\b|kilos?|g\b|grams?|oz\b|lbs?\b|inch|in\b(?!\s+(?!(?:screen|display|monitor|laptop|tv|wide|tall|deep|long|high|or|and)\b)[a-z])|\"|”|cm\b|mm\b|ml\b|l\b|lit|m\b|metres?|meters?|km|miles?"
    r"|pages?|years?|yo\b|db\b|w\b|watts?|gb\b|tb\b|mah|hz|%|people|players?|pieces?|person|stars?|degrees|°|小时|个小时|分钟|钟头|个钟头|公斤|斤|克|寸|英寸|厘米|毫升|升|岁|码|页|人|个人|分贝|瓦|年|号|月))"
)
_AT_MOST = r"(?:won'?t|shouldn'?t|doesn'?t|mustn'?t|can'?t|not) (?:cost|be|come to|run)(?: me| us| you)? (?:more than|over|above)|under|below|less than|no more than|not more than|up to|at most|max(?:imum)?(?: of)?|within|not over|cheaper than|beneath|<=?|stretch to|go (?:up )?to|up it to|raise it to|nothing over|nothing above|not above|keep it (?:under|to|at|below|within)|cap(?:ped)? (?:it )?(?:at|of)|call it|no more then|(?:go|going|get) past|压到|砍到|降到|(?:pay|payin|paying|spend|spending|go|going) (?:more than|over|above)|not a penny over|limit(?: is| of)?|don'?t want to spend (?:more than|over)|spend up to|(?:加|提|涨|放宽|增加)到|不超过|不要超过|别超过|不高于|低于|少于|最多|顶多|至多|控制在|预算最多"
_AT_LEAST = r"over|above|at least|more than|no less than|not less than|minimum(?: of)?|min(?:\.| of)?|from|starting at|>=?|upwards of|不低于|至少|高于|最少|起码"
_AROUND = r"around|about|roughly|approximately|approx\.?|circa|near|~|somewhere around|(?:大概|大约|差不多|约)在?"
_BUDGET = r"budget(?:'s| is| of|:)?(?: about| around| roughly)?|got|have|spend|(?:只有|凑了|攒了|(?:打算|想|准备|能)花)|预算(?:是|在|为|大概|大约|差不多)?|价位(?:在)?|价格(?:在)?"
_TOPS = r"would ?n'?t kill me|at a push|(?:absolute |the )?tops|max(?:imum)?\b|or less|or under|at most|absolute max|at the most|(?:,? and )?no more\b|以里|limit|(?:is (?:my|the) )?(?:ceiling|cap)|and under|以内|以下|之内|封顶|内(?![存容置])|顶天"


@dataclass(frozen=True)
class Limits:
    """Constraints and the parts of the text they were read from."""

    constraints: tuple[Constraint, ...]
    spans: tuple[tuple[int, int], ...]
    text: str  # the text with spelled numbers as digits; spans belong to this text
    was: dict[str, str]  # number -> as it was spelled


def digits(text: str) -> tuple[str, dict[str, str]]:
    """`text` with spelled numbers as digits ('two hundred bucks' -> '200 bucks', '三百到五百' -> '300到500'), and what stood
    there by number, where the number itself does not stand in `text`."""
    was: dict[str, str] = {}

    def noting(convert: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
        def one(match: re.Match[str]) -> str:
            new = convert(match)
            if new != match[0] and not re.search(rf"(?<!\d){re.escape(new)}(?!\d)", text):
                was[new] = match[0]
            return new

        return one

    text = re.sub(r"\b(?:a )?(fiver|tenner)\b", lambda m: noting(lambda _: {"fiver": "£5", "tenner": "£10"}[m[1].lower()])(m), text, flags=re.I)
    text = _TEN_THOUSANDS.sub(lambda m: str(int(m[1]) * 10_000 + int(m[2]) * 1000), text)
    text = _TWO_NUMBERS.sub(lambda m: f"{m[0][0]}{m['scale']}到{m[0][1:]}", text)
    return _CHINESE_NUMBER.sub(noting(_from_chinese), _SPELLED.sub(noting(_from_english), text)), was


def number(found: str, scale: str | None = None) -> float:
    """The value of '1,299' and '1.6' with 'k' or '万'."""
    value = float(found.replace(",", ""))
    return value * {"k": 1000, "thousand": 1000, "grand": 1000, "hundred": 100, "千": 1000, "万": 10_000}.get((scale or "").lower(), 1)


@lru_cache(maxsize=256)
def limits(text: str) -> Limits:
    """Every numeric limit that `text` states."""
    plain, was = digits(text)
    found = _Found(plain)
    for read in (_durations, _years, _ratings, _sizes, _ages, _prices, _stock):
        read(found)
    order = sorted(found.limits, key=lambda limit: limit[1])
    return Limits(tuple(c for c, _ in order), tuple(s for _, s in order), found.text, was)


class _Found:
    """The limits found so far; a stretch of text is read once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.limits: list[tuple[Constraint, tuple[int, int]]] = []

    def free(self, pattern: str) -> Iterator[re.Match[str]]:
        """The matches of `pattern` in text that nothing was read from yet."""
        for match in re.finditer(pattern, self.text, re.I):
            if not any(a < match.end() and match.start() < b for _, (a, b) in self.limits):
                yield match

    def take(self, match: re.Match[str], field: str, *bounds: tuple[Op, float | str | tuple[int, ...]]) -> None:
        """Keep what `match` says of `field`: one or more (operator, value)."""
        said = match.group(0)
        if field == "price" and any(value == 0 for _, value in bounds):  # "below zero" is weather
            return
        for op, value in bounds:
            plain = (int(value) if value == int(value) else round(value, 2)) if isinstance(value, float) else value
            currency = _currency(said) if field == "price" else None
            self.limits.append(
                (Constraint(field=field, op=op, value=plain, quote=said.strip(), currency=currency), match.span())
            )


def _prices(found: _Found) -> None:
    money = rf"{_SIGN}?{_N}{_COIN}?"
    for m in found.free(
        rf"(?P<between>betwee?n\s+|any ?where (?:from|between)\s+|somewhere between\s+)?{money}\s*(?P<to>-|–|~|to|and|n|&|到|至)\s*{money}{_OTHER_UNIT}(?:之间|左右)?"
    ):
        low, high = number(m[2], m[3]), number(m[5], m[6])
        about_money = re.search(rf"{_SIGN}|{_COIN}|之间", m.group(0), re.I) or re.search(
            r"(?:预算|价位|budget|price|spend|价格)\W*(?:is|of|about|大概)?\W*$", found.text[: m.start()], re.I
        )
        plain_chinese = m["to"] in "到至" and low >= 50
        if low < high and (m["between"] or plain_chinese or (about_money and m["to"].lower() != "and")):
            found.take(m, "price", (">=", low), ("<=", high))
    for m in found.free(rf"(?:{_AROUND})\s*{money}{_OTHER_UNIT}(?!{_COIN}?\s*(?:以内|以下|之内|封顶|顶天))(?:左右)?"):
        if _is_price(m, found.text):
            found.take(m, "price", ("<=", number(m[1], m[2]) * AROUND))
    for m in found.free(rf"{money}\s*(?:-?ish\b|or so\b|or there ?abouts?\b|give or take\b|左右|上下|出头|[来多](?:块钱?|元)(?:以内|以下)?){_OTHER_UNIT}"):
        found.take(m, "price", ("<=", number(m[1], m[2]) * AROUND))
    for m in found.free(rf"(?:{_AT_MOST})\s*(?:也?只?[花给出]|是)?\s*{_SIGN}?{_N}(?!\d|\.\d){_COIN}?{_OTHER_UNIT}(?:以内|以下)?"):
        found.take(m, "price", ("<=", number(m[1], m[2])))
    for m in found.free(rf"{money}\s*(?:is (?:my|the) )?(?:{_TOPS}){_OTHER_UNIT}"):
        found.take(m, "price", ("<=", number(m[1], m[2])))
    for m in found.free(
        rf"(?:{_AT_LEAST})\s*(?:{_SIGN}{_N}|{_N}{_COIN}){_OTHER_UNIT}|{_N}{_COIN}\s*(?:以上|起|and up|or more|\+)|{_N}以上(?![\d年])"
    ):
        value, scale = next((m[i], m[i + 1]) for i in (1, 3, 5, 7) if m[i])
        if m[7] and number(value, scale) < 50:
            continue
        found.take(m, "price", (">=", number(value, scale)))
    for m in found.free(rf"(?:{_BUDGET})\s*(?:only\s*)?{money}{_OTHER_UNIT}"):
        if re.match("预算|价|budget|凑了|攒了", m.group(0), re.I) or re.search(rf"{_SIGN}|{_COIN}", m.group(0), re.I):
            found.take(m, "price", ("<=", number(m[1], m[2])))
    for m in found.free(rf"{money}\s*(?:budget|的?预算)|^\W*(?:(?:ok|okay|say|maybe|like),? )?{money}(?:吧|呗)?\W*$"):
        value, scale = (m[1], m[2]) if m[1] else (m[3], m[4])
        if m[1] or re.search(rf"{_SIGN}|{_COIN}", m.group(0), re.I):
            found.take(m, "price", ("<=", number(value, scale)))


def _stock(found: _Found) -> None:
    for m in found.free(r"(?<!not )(?<!isn't )\b(?:in stock|available (?:now|right now|today))\b|(?<!没)有货|现货"):
        found.take(m, "in_stock", ("=", 1))


def _is_price(match: re.Match[str], text: str) -> bool:
    said = match.group(0)
    if re.search(rf"{_SIGN}|{_COIN}", said, re.I):
        return True
    about_money = re.search(r"budget|price|spend|cost|pay|wallet|cheap|dupe|预算|价|钱", text, re.I)
    return bool(about_money) and number(match[1], match[2]) >= 5


def _durations(found: _Found) -> None:
    unit = r"(mins?\b|minutes?\b|分钟|h\b|hrs?\b|hours?\b|个?半?小时|个?半?钟头)((?:\s*(?:and a half|半))?)"
    count = r"(?<![\d.])(\d{1,4}(?:\.\d{1,2})?)"
    for m in found.free(rf"(?:{_AT_MOST}|shorter than|(?:not?|nothing|n't|n't be) longer than)\s*(?:an?\s+)?{count}?\s*-?\s*{unit}"):
        if (bound := _minutes(m[1], m[2], m[3])) <= LONGEST:
            found.take(m, "duration_minutes", ("<=", bound))
    for m in found.free(rf"{count}\s*-?\s*{unit}\s*,?\s*(?:{_TOPS})"):
        found.take(m, "duration_minutes", ("<=", _minutes(m[1], m[2], m[3])))
    for m in found.free(rf"{count}\s*-?\s*{unit}\s*(?:左右|上下|or so\b)"):
        if not re.search(r"续航|充电|保温|batter", found.text[max(0, m.start() - 30) : m.end() + 25], re.I):
            found.take(m, "duration_minutes", ("<=", _minutes(m[1], m[2], m[3]) * AROUND))
    for m in found.free(rf"{count}\s*(分钟)()(?:就?能|就?可以|就|之?内)[\u4e00-\u9fff]{{0,2}}完"):
        found.take(m, "duration_minutes", ("<=", _minutes(m[1], m[2], m[3])))
    for m in found.free(rf"(?:at least|no less than|至少|longer than|over)\s*{count}\s*-?\s*{unit}"):
        around = found.text[max(0, m.start() - 30) : m.end() + 25]
        if not re.search(r"batter|charge|续航|playtime|cold|hot|保温", around, re.I):
            found.take(m, "duration_minutes", (">=", _minutes(m[1], m[2], m[3])))


def _minutes(count: str | None, unit: str, half: str | None) -> float:
    value = float(count) if count else (0.0 if "半" in unit else 1.0)
    if "半" in unit or (half and half.strip()):
        value += 0.5
    return value if re.match(r"min|分", unit, re.I) else value * 60


def _years(found: _Found) -> None:
    year = r"((?:19|20)\d\d)(?![\ds])"
    for m in found.free(rf"(?:nothing|none|not|no \w+) (?:after|newer than|later than|made after|past|from after)\s+{year}"):
        found.take(m, "year", ("<=", float(m[1])))
    for m in found.free(
        rf"(?:after|since|newer than|from|post|(?:no|not|nothing) (?:older than|before))\s+{year}|{year}\s*年?\s*(?:以后|之后|以来|后|or later|or newer|onwards)"
    ):
        found.take(m, "year", (">=", float(m[1] or m[2])))
    for m in found.free(
        rf"(?:before|older than|pre-?|until|up to|(?:nothing|not|none|no \w+) (?:after|since|newer than|later than|made after|past|from after))\s*(?:the year )?{year}|{year}\s*年?\s*(?:以前|之前|or earlier|or older)"
    ):
        found.take(m, "year", ("<=", float(m[1] or m[2])))


def _ratings(found: _Found) -> None:
    score = r"(\d(?:\.\d+)?)(?!\d)"
    more = r"(?:\+| or (?:higher|more|above|better)| and (?:up|above)| plus| minimum)"
    for m in found.free(
        rf"(?:rat(?:ed|ing)s?|imdb|scor(?:ed?|ing)|douban)\s*(?:is |of |at )?(?:{_AT_LEAST})?\s*{score}\s*(?:stars?)?{more}?"
        rf"|{score}\s*stars?\s*{more}|(?:{_AT_LEAST})\s*{score}\s*(?:stars?|points)"
        rf"|(?:评分|豆瓣|口碑)\D{{0,3}}(?:至少|起码|不低于|不能低于|别低于|不要低于|高于|超过|大于){score}分?"
        rf"|(?:评分|豆瓣|口碑)\D{{0,4}}{score}\s*分?\s*(?:以上|起|往上)|{score}\s*分\s*(?:以上|起|往上)"
    ):
        found.take(m, "rating", (">=", float(next(g for g in m.groups() if g))))


_BED = r"beds?\b|bedding|mattress|duvet|sheets?\b|topper|bunk|quilt|床|被"
_SIZE_WORDS = {"small": "S", "medium": "M", "large": "L", "extra large": "XL"}


def _sizes(found: _Found) -> None:
    letters = r"XXS|XS|S|M|L|XL|XXL|XXXL|[2-4]XL"
    alone = rf"(?:(?<=, )|(?<=，)|(?:men|women)'?s )(?-i:({letters}))\b(?=[,，.)）]|$)"
    for m in found.free(
        rf"\bsize\b\s*(?:is |of |:|a )?\s*(?:uk|us|eu)?\s*(\d{{1,3}}(?:\.5)?|{letters}|small|medium|large|extra large)\b(?!\s*(?:inch|cm|gb))"
        rf"|\b(?:uk|us|eu)\s*(\d{{1,2}}(?:\.5)?)\b|\b(\d{{1,2}}(?:\.5)?)\s*\(?(?:eu|uk|us)\b\)?"
        rf"|(?<![\dA-Za-z])(\d{{2}}(?:\.5)?|{letters})\s*码半?|(?:穿|尺码|码数|尺寸|鞋码)\s*(?:是|要|为)?\s*(\d{{2}}(?:\.5)?|{letters})(?![\dA-Za-z])"
    ):
        said = next(g for g in m.groups() if g)
        numeric = said[0].isdigit() and said[-1].isdigit()
        half = 0.5 if m.group(0).endswith("码半") else 0.0
        found.take(m, "size", ("=", float(said) + half if numeric else _SIZE_WORDS.get(said.lower(), said.upper())))
    for m in found.free(r"(?:wo)?men'?s\s+(?:size )?(\d{1,2}(?:\.5)?)\b(?!\s*(?:\"|inch|cm|%|pack|pieces?))"):
        found.take(m, "size", ("=", float(m[1])))
    if re.search(_BED, found.text, re.I):
        for m in found.free(r"\b(single|double|twin|queen|king|super king)\b(?!-)|(?<![\d.])(1\.[2-8]|2(?:\.[02])?)\s*米(?=的?大?床)"):
            found.take(m, "size", ("=", m[1].lower() if m[1] else float(m[2])))
    for m in found.free(
        rf"{alone}|\b(\d{{2,3}})[ -]?(?:inch )?waist\b|\bwaist (\d{{2}})\b|(?<!\d)(\d{{2,3}}\s?[x×]\s?\d{{2,3}})(?!\d)"
    ):
        said = next(g for g in m.groups() if g)
        found.take(m, "size", ("=", float(said) if said.isdigit() else said.replace(" ", "")))


def _ages(found: _Found) -> None:
    old = r"(?:[\s-]*(?:years?|yrs?)[\s-]*olds?|[\s-]*yo\b|\s*y/o\b|\s*岁(?!以|半|多|月))"
    for m in found.free(rf"(?<!\d)(\d{{1,2}})(?:{old})?\s*(?:and|&|和|跟|,)\s*(?:an? )?(\d{{1,2}}){old}"):
        if max(ages := (int(m[1]), int(m[2]))) < ADULT:
            found.take(m, "age", ("in", ages))
            return
    child = r"(?:kids?|children|boys?|girls?|sons?|daughters?|twins|grand(?:kids?|children|sons?|daughters?)|nephews?|nieces?|ages?|aged)"
    for m in found.free(rf"\b{child}\b[\s,:(]*(?:who are |are )?(\d{{1,2}}) (?:and|&) (\d{{1,2}})\b(?!\s*(?:%|cm|inch|hours?|minutes?|pieces?))"):
        if max(ages := (int(m[1]), int(m[2]))) < ADULT:
            found.take(m, "age", ("in", ages))
            return
    for m in found.free(r"\b(?:he|she|(?:my|our) (?:son|daughter|kid|boy|girl|nephew|niece|grandson|granddaughter|little one))(?:'s| is| just turned| turns| turned)(?: nearly| almost| only)? (\d{1,2})\b(?!\s*(?:%|cm|inch|kg|st\b|foot|feet|ft|\.|:|months?|weeks?|days?|minutes?|hours?|pounds?|stone|am|pm|%))"):
        if 0 < int(m[1]) < ADULT:
            found.take(m, "age", ("=", float(m[1])))
            return
    for m in found.free(r"(?<!\d)(\d{1,2})\s*岁半"):
        found.take(m, "age", ("=", float(m[1]) + 0.5))
        return
    for m in found.free(rf"(?<!\d)(\d{{1,2}}){old}|\b(?:aged|ages?|turn(?:s|ing|ed))\s*(\d{{1,2}})\b(?!\s*(?:inch|cm|%))"):
        thing = re.search(r"(?:laptop|phone|car|tv|battery|sofa|用了|买了)\D{0,12}$", found.text[: m.start()], re.I)
        if int(m[1] or m[2]) < ADULT and not thing:
            found.take(m, "age", ("=", float(m[1] or m[2])))
            return


def _currency(said: str) -> str | None:
    for sign in sorted(MONEY, key=len, reverse=True):
        if re.search(rf"\b{sign}\b" if sign.isascii() and sign.isalpha() else re.escape(sign), said, re.I):
            return MONEY[sign]
    return None


def _from_english(match: re.Match[str]) -> str:
    said = match.group(0)
    words = re.findall(r"[a-z]+", said.lower())
    if words[0] in ("one", "a", "an") and len(words) == 1:
        return said
    total = current = 0
    for word in words:
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total += max(current, 1) * 1000
            current = 0
    return str(total + current)


def _from_chinese(match: re.Match[str]) -> str:
    import cn2an

    said = match.group(0).replace("两", "二").replace("〇", "零")
    if len(said) > 16 or (match.start() and match.string[match.start() - 1] in "第几哪每某前后头上好数成0123456789"):
        return match.group(0)
    if said in "百千万":
        return str({"百": 100, "千": 1000, "万": 10_000}[said])
    try:
        value = cn2an.cn2an(said, "smart")
    except ValueError:
        return match.group(0)
    return str(int(value))
