"""Personal data in a message is masked before anything is kept or sent to a model: e-mail, phone, card, ID, address.

What can be checked is: check digits of cards, IBANs and Chinese resident IDs, numbering plans of phones. What cannot
(passports, street addresses) needs its words beside it, so that prices, order and model numbers, sizes, dates and film
titles stay. `python -m bot.privacy tests/masking.yaml` prints precision and recall; `tests/test_privacy.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel

from bot import streets
from vectorstore.words import is_chinese

Kind = Literal["e-mail", "phone", "card", "id", "passport", "iban", "account", "address"]
Span = tuple[int, int]
Whole = TypeVar("Whole", bound=BaseModel)

MARKS: dict[Kind, tuple[str, str]] = {  # what stands in the place, in an English and in a Chinese message
    "e-mail": ("[e-mail]", "[邮箱]"),
    "phone": ("[phone number]", "[电话]"),
    "card": ("[card number]", "[银行卡号]"),
    "id": ("[ID number]", "[证件号]"),
    "passport": ("[passport number]", "[护照号]"),
    "iban": ("[IBAN]", "[银行账号]"),
    "account": ("[account]", "[账号]"),
    "address": ("[address]", "[地址]"),
}
_MARK = re.compile("|".join(re.escape(mark) for pair in MARKS.values() for mark in pair))
_WITH_LEAD = re.compile(  # a mark with the words that lead to it: "and my phone number is", 送到
    r"(?:(?:(?:\b(?:and|or)|,)\s*)?(?:\b(?:my|our|the|please|you can|can you)\s+)*"
    r"\b(?:e-?mail|phone|mobile|telephone|tel|cell|card|"
    r"ssn|id|passport|iban|account|address|number|whatsapp|call|text|ring|reach|contact|write|deliver|ship|send|pay|charge|refund)\b"
    r"(?:\s+(?:address|number|no|me|us|it|them|this|is|are|at|on|to|in|with|by|via|the|my))*\s*[:#]?\s*|"
    r"(?:我的|我家?|请|麻烦|就|可以|给)*(?:邮箱|邮件|电话|手机号?码?|座机|号码|银行卡|卡号|信用卡|身份证|护照|微信号?|QQ号?|"
    r"(?:收货)?地址|送货?|寄|发|联系|打|退|住)(?:号码|号|是|为|到|往|给|在|我|:|：)*\s*)?"
    rf"(?:{_MARK.pattern})",
    re.I,
)

# Full-width signs as their usual ones, one for one, so that places in the text stay the same.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2010: 0x2D, 0x2011: 0x2D, 0x2013: 0x2D}

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+'-])[A-Za-zÀ-ÿ0-9][A-Za-zÀ-ÿ0-9._%+'-]{0,63}"
    r"(?:@|\s?[\[(]\s?at\s?[\])]\s?)(?:[A-Za-zÀ-ÿ0-9-]+(?:\.|\s?[\[(]\s?dot\s?[\])]\s?))+[A-Za-z]{2,24}(?![A-Za-z0-9])"
)
_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|pdf|csv|js|css)$", re.I)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}(?![A-Za-z0-9])")  # one way to read a run
_RUN = re.compile(r"(?<![A-Za-z0-9.+/-])\d(?:[ -]?\d){11,18}(?![ -]?\d|[A-Za-z])")
_BRAND = re.compile(
    r"4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|"
    r"6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}"
)
_RESIDENT = re.compile(
    r"(?<![A-Za-z0-9])[1-9]\d{5}[ -]?(?:18|19|20)\d\d[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])"
    r"[ -]?\d{3}[ -]?[\dXx](?![A-Za-z0-9])"
)
_PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91".split()
_OF = r"(?:\s*(?:numbers?|no\.?|#|id)|号码?|编号)?\s*(?:\bis\b|是|为|[:#])?\s*"  # between a thing's name and its number
_NAMED_ID = re.compile(
    rf"(?:身份证|\bSSN|\bsocial security|\bnational insurance|\bNINO|\b(?:national )?ID card|\bdriv(?:er'?s|ing) licen[cs]e|"
    rf"驾驶证|驾照|社保卡?|港澳通行证){_OF}"
    r"(?P<id>(?=(?:[A-Z -]*\d){6})[A-Z0-9]{1,20}(?:[ -][A-Z0-9]{1,8}){0,4})(?![A-Za-z0-9])",
    re.I | re.A,
)
_SSN = re.compile(r"(?<![A-Za-z0-9-])\d{3}-\d{2}-\d{4}(?![A-Za-z0-9-])")
_PASSPORT = re.compile(rf"(?:\bpassport|护照){_OF}(?P<id>[A-Za-z]{{0,2}}\d{{6,9}})(?![A-Za-z0-9])", re.I | re.A)
_ACCOUNT = re.compile(
    r"(?:微信号(?:码)?(?:是|为|[:])?|微信(?:是|[:])|\bwechat(?: id)?(?: is|:)|\bQQ(?:号码?)?\s*(?:是|为|is|[:])?)\s*"
    r"(?P<id>[A-Za-z][\w-]{5,19}|[1-9]\d{4,10})(?![A-Za-z0-9])",
    re.I | re.A,
)

_THING = re.compile(  # a number after these is of a thing
    r"\b(?:order|tracking|track|parcel|waybill|shipment|invoice|reference|ref|sku|model|item|part|isbn|issn|ean|upc|gtin|asin|"
    r"barcode|serial|imei|coupon|voucher|promo|code|article|product|version)\b|"
    r"订单|单号|运单|快递|物流|货号|型号|编号|款号|条形?码|序列号|串号|优惠券?|券|优惠码|兑换码|商品|产品", re.I | re.A,
)  # fmt: skip
_PHONE = re.compile(  # a number after these is of a phone
    r"\b(?:phone|telephone|tel|call|ring|text|mobile|cell|whatsapp|sms|reach|contact|dial|fax|my number|number is)\b|"
    r"电话|手机|联系|致电|打|座机|固话|拨|号码|短信|传真", re.I | re.A,
)  # fmt: skip
_CARD = re.compile(
    r"\b(?:card|visa|amex|american express|mastercard|credit|debit|pay|charge)\b|"
    r"卡号|银行卡|信用卡|储蓄卡|借记卡|账号|账户|帐号", re.I | re.A,
)  # fmt: skip
_WINDOW = 28  # characters before a number in which its name is looked for
_UNIT = r"(?!\d|\s?(?:元|块|万|美元|人民币|mah|gb|mm|cm|kg|ml|usd|eur|gbp|yuan|dollars?)\b)(?!\s?[元块万])(?![A-Za-z])"

_CN_MOBILE = re.compile(rf"(?<![\dA-Za-z.+])(?:86[- ]?)?1[3-9]\d(?:[- ]?\d){{8}}{_UNIT}")
_ZERO = re.compile(rf"(?<![\dA-Za-z.+-])(?:\(0\d{{2,4}}\)|0\d{{1,4}})[- ]?\d{{3,4}}(?:[- ]?\d{{2,4}}){{1,2}}{_UNIT}")
_EXTENSION = r"(?: ?(?:x|ext\.?|extension) ?\d{1,6})?(?![A-Za-z0-9_-])"
_NANP = re.compile(
    rf"(?<![A-Za-z0-9_.+$€£-])(?:1[-. ]|001[-. ])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[-. ])[2-9]\d\d[-. ]\d{{4}}{_EXTENSION}"
)
_BARE = re.compile(rf"(?<![A-Za-z0-9_.+$€£-])(?:1?[2-9]\d{{9}}|[2-9]\d\d-\d{{4}})(?!\.\d){_EXTENSION}")
_INTERNATIONAL = re.compile(rf"(?<![A-Za-z0-9+])\+[1-9]\d{{0,2}}[- ]?(?:\(0?\d{{0,4}}\)[- ]?)?\d(?:[-. ]?\d){{6,12}}{_EXTENSION}")
_NAMED_LANDLINE = re.compile(r"(?:电话|座机|固话)(?:号码)?(?:是|为|[:])?\s?(?P<id>[2-8]\d{6,7})(?!\d|\s?[元块个台])")
_SPOKEN = str.maketrans("零〇一幺二三四五六七八九", "001123456789")
_SAID = "零〇一幺二三四五六七八九"
_SPOKEN_MOBILE = re.compile(rf"(?<![{_SAID}])[一幺][三四五六七八九][{_SAID}]{{9}}(?![{_SAID}十百千万])")


class Masked(NamedTuple):
    """A text without what was personal, and how much of which kind that was."""

    text: str
    found: dict[Kind, int]


def mask(text: str) -> Masked:
    """The text with a readable mark in place of what is personal. Masking twice changes nothing more."""
    spans = personal(text)
    column = int(is_chinese(text))
    for (start, end), kind in reversed(spans):
        text = text[:start] + MARKS[kind][column] + text[end:]
    return Masked(text, dict(Counter(kind for _, kind in spans)))


def masked(value: Whole) -> Whole:
    """The value with every text in it masked."""
    return type(value).model_validate(_within(value.model_dump()))


def _within(value: Any) -> Any:
    if isinstance(value, str):
        return mask(value).text
    if isinstance(value, dict):
        return {name: _within(part) for name, part in value.items()}
    return type(value)(_within(part) for part in value) if isinstance(value, list | tuple) else value


def unmarked(text: str) -> str:
    """The text without marks and what leads to them ("my phone is"): they are no wishes of the person."""
    return re.sub(r"[ \t]{2,}", " ", _WITH_LEAD.sub(" ", text)).strip(" ,，;；") if _MARK.search(text) else text


def personal(text: str) -> list[tuple[Span, Kind]]:
    """Where personal data stands in the text, in order, each with its kind."""
    plain = text.translate(_NARROW)
    taken: list[tuple[Span, Kind]] = []
    for kind, finder in _FINDERS:
        for start, end in finder(plain):
            if all(end <= s or e <= start for (s, e), _ in taken):
                taken.append(((start, end), kind))
    return sorted(taken)


def _emails(text: str) -> Iterator[Span]:
    return (m.span() for m in _EMAIL.finditer(text) if not _FILE.search(m[0]))


def _ibans(text: str) -> Iterator[Span]:
    for match in _IBAN.finditer(text):
        from stdnum import iban

        said = match[0]
        while said and not iban.is_valid(said):  # the next word may look like its end
            said = said.rpartition(" ")[0]
        if said:
            yield match.start(), match.start() + len(said)


def _residents(text: str) -> Iterator[Span]:
    for match in _RESIDENT.finditer(text):
        from stdnum.cn import ric

        number = re.sub("[ -]", "", match[0]).upper()
        if number[:2] in _PROVINCES and ric.calc_check_digit(number) == number[-1] and _nearest(text, match.start(), _THING) < 0:
            yield match.span()


def _ids(text: str) -> Iterator[Span]:
    yield from (m.span("id") for m in _NAMED_ID.finditer(text))
    for match in _SSN.finditer(text):
        from stdnum.us import ssn

        if ssn.is_valid(match[0]) and _nearest(text, match.start(), _THING) < 0:
            yield match.span()


def _cards(text: str) -> Iterator[Span]:
    for match in _RUN.finditer(text):
        from stdnum import luhn

        digits = re.sub("[ -]", "", match[0])
        named, thing = _nearest(text, match.start(), _CARD), _nearest(text, match.start(), _THING)
        checked = luhn.is_valid(digits)
        mistyped = len(digits) >= 16 and "号" in text[max(0, match.start() - 4) : match.start()]
        unnamed = checked and thing < 0 and _BRAND.fullmatch(digits)
        if unnamed or (named > thing and (checked or mistyped)):
            yield match.span()


def _passports(text: str) -> Iterator[Span]:
    return (m.span("id") for m in _PASSPORT.finditer(text))


def _accounts(text: str) -> Iterator[Span]:
    return (m.span("id") for m in _ACCOUNT.finditer(text))


def _phones(text: str) -> Iterator[Span]:
    if sum(c.isdigit() for c in text) < 7 and not _SPOKEN_MOBILE.search(text):
        return
    import phonenumbers

    def valid(number: str, *regions: str) -> bool:
        for region in regions:
            try:
                if phonenumbers.is_valid_number(phonenumbers.parse(number, region)):
                    return True
            except phonenumbers.NumberParseException:
                continue
        return False

    def free(start: int) -> bool:
        """Whether the number before it is not called an order's, or is called a phone's after that."""
        return _nearest(text, start, _THING) <= _nearest(text, start, _PHONE)

    def called(start: int) -> bool:
        return _nearest(text, start, _PHONE) > _nearest(text, start, _THING)

    for match in _INTERNATIONAL.finditer(text):
        if free(match.start()) and (valid(match[0], "ZZ") or called(match.start())):
            yield match.span()
    for match in _CN_MOBILE.finditer(text):
        if free(match.start()) and (called(match.start()) or valid(match[0].removeprefix("86"), "CN")):
            yield match.span()
    for match in _ZERO.finditer(text):
        apart = bool(re.search(r"[ ()-]", match[0]))
        named = called(match.start()) and len(re.sub(r"\D", "", match[0])) in (10, 11)
        if free(match.start()) and (named or (apart and valid(match[0], "CN", "GB"))):
            yield match.span()
    for match in _NANP.finditer(text):
        if free(match.start()) and (valid(match[0], "US") or called(match.start())):
            yield match.span()
    for match in _BARE.finditer(text):
        if called(match.start()):
            yield match.span()
    yield from (m.span("id") for m in _NAMED_LANDLINE.finditer(text))
    for match in _SPOKEN_MOBILE.finditer(text):
        if valid(match[0].translate(_SPOKEN), "CN"):
            yield match.span()


def _nearest(text: str, start: int, words: re.Pattern[str]) -> int:
    """How far before `start` one of the words ends, as a place in the text; -1 when none is near."""
    before = max(0, start - _WINDOW)
    near = re.split(r"[。；;!?！？\n]|[.]\s", text[before:start])[-1]  # of the same sentence
    last = max((m.end() for m in words.finditer(near)), default=-1)
    return -1 if last < 0 else start - len(near) + last


_FINDERS: tuple[tuple[Kind, Callable[[str], Iterator[Span]]], ...] = (
    ("e-mail", _emails),
    ("iban", _ibans),
    ("id", _residents),
    ("id", _ids),
    ("card", _cards),
    ("passport", _passports),
    ("account", _accounts),
    ("address", streets.addresses),
    ("phone", _phones),
)


def main() -> int:
    """Print precision and recall on marked examples."""
    import sys
    from pathlib import Path

    from bot.errors import BadInput
    from bot.masking_check import report

    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        print("Usage: python -m bot.privacy tests/masking.yaml", file=sys.stderr)
        return 2
    try:
        text, well = report(Path(sys.argv[1]).read_text("utf-8"))
    except BadInput as error:
        print(f"{sys.argv[1]}: {error}", file=sys.stderr)
        return 2
    print(text)
    return 0 if well else 1


if __name__ == "__main__":
    raise SystemExit(main())
