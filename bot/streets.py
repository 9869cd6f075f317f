"""Street addresses in a message, in English and in Chinese form, for masking. `tests/test_privacy.py`.

A street and a number alone may be a film (10 Cloverfield Lane, 花园街五号), so an address needs more: a flat, a postcode,
a town or district before it, or words such as "deliver to" and 寄到.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_STREET = (
    r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|square|sq|terrace|way|close|crescent|"
    r"highway|hwy|parkway|pkwy|mews|row|gardens|grove|hill|walk|quay|wharf)"
)
_RARER = (  # of the United States' post; told apart from other words by their capitals
    "Alley Bend Bluff Branch Bridge Brook Bypass Camp Canyon Causeway Center Centers Circle Cliff Cliffs Common Corner "
    "Corners Cove Creek Crest Crossing Curve Dale Divide Estate Estates Expressway Extension Fall Falls Ferry Field Fields "
    "Flats Ford Fords Forest Forge Fork Forks Fort Freeway Garden Gateway Glen Glens Green Greens Groves Harbor Harbors "
    "Haven Heights Hills Hollow Inlet Island Islands Isle Junction Junctions Key Keys Knoll Knolls Lake Lakes Landing "
    "Lights Loaf Lock Locks Lodge Loop Mall Manor Manors Meadow Meadows Mill Mills Mission Motorway Mount Mountain "
    "Mountains Neck Orchard Oval Overpass Park Parkways Pass Passage Path Pike Pine Pines Plain Plains Plaza Point "
    "Points Port Ports Prairie Radial Ramp Ranch Rapid Rapids Ridge Ridges River Route Run Shoal Shoals Shore Shores "
    "Skyway Spring Springs Spur Spurs Squares Station Stravenue Stream Streets Summit Throughway Trace Track Trafficway "
    "Trail Tunnel Turnpike Underpass Union Unions Valley Valleys Via Viaduct View Views Village Villages Ville Vista "
    "Walks Wall Ways Well Wells"
)
_NOT_A_NAME = (
    r"(?!(?:of|for|the|and|in|on|to|with|a|an|or|by|from|at|under|over|is|are|days?|nights?|hours?|years?|people|persons?|pairs?|"
    r"pieces?|inch|cm|mm|kg|g|dollars?|euros?|pounds?|items?|more|new|different)\b)"
)
_CITY = r"[A-Za-z][A-Za-z .'-]{1,28}"
_STATE = (
    r"(?-i:A[AEKLPRZ]|C[AOT]|D[CE]|F[LM]|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEHINOPST]|N[CDEHJMVY]|O[HKR]|P[ARW]|RI|S[CD]|T[NX]|UT|"
    r"V[AIT]|W[AIVY])"
)
_US_TOWN = rf"(?:,\s*{_CITY}?)?,?\s+{_STATE},?\s+\d{{5}}(?:-\d{{4}})?(?!\w)"
_UK_TOWN = rf"(?:,?\s*{_CITY}?){{0,2}},?\s+(?-i:[A-Z]{{1,2}}\d[A-Z\d]?\s?\d[A-Z]{{2}})(?!\w)"
_FLAT = r"(?:apt|apartment|unit|suite|ste|flat|floor|room|rm|studio|#)\.?\s*#?\d\w{0,4}"
_HOUSE = rf"(?<![A-Za-z0-9_$€£.,-])(?:{_FLAT},?\s+(?:\d{{1,5}}[A-Za-z]?,?\s+)?|\d{{1,5}}[A-Za-z]?(?:[-/]\d{{1,4}})?,?\s+)"
_TITLE = r"(?-i:[A-Z][\w'’.-]*)"
_WORD = rf"{_NOT_A_NAME}[A-Za-z0-9][\w'’.-]*"
_CORE = re.compile(  # 221B Baker Street, London NW1 6XE
    rf"{_HOUSE}(?P<name>(?:{_WORD}\s+){{1,4}}"
    rf"(?:{_STREET}|(?-i:{_RARER.replace(' ', '|')})))\b\.?(?:\s+(?:NW|NE|SW|SE|[NSEW]|North|South|East|West)\b)?"
    rf"(?P<flat>,?\s*{_FLAT})?(?P<town>{_US_TOWN}|{_UK_TOWN})?",
    re.I,
)
_OTHER_NAME = re.compile(  # what no street is called, but a flat, a state with its code or a postcode follows
    rf"{_HOUSE}{_TITLE}(?:\s+{_TITLE}){{0,3}}(?:,?\s*{_FLAT})?(?:{_US_TOWN}|{_UK_TOWN})",
    re.I,
)
_BOX = re.compile(rf"\bP\.?\s?O\.?\s*Box\s+\d+(?:{_US_TOWN})?", re.I)
_TOLD = re.compile(
    r"(?:\b(?:live[sd]?|living|stay(?:ing)?|address|deliver(?:ed|y|ing)?|ship(?:ped|ping)?|send|sent|mail|post|bring|courier|"
    r"home|house|office|flat|located|moved?|we are|we're|i am|i'm|come)\b[^.!?\n]{0,30}?(?:\b(?:to|at|is|in|on|near)|[:,])|"
    r"\baddress)\s*$",
    re.I,
)
_ENDS = re.compile(
    r"\s*(?:$|[,.;:!?)\n]|(?:and|by|before|please|on|at|in|thanks|when|tomorrow|today|asap|then|so|but|from|until|after)\b)", re.I
)

_DIGITS = "0-9零〇一二三四五六七八九十百"
_NUMBER = rf"(?:[A-Za-z甲乙丙丁]?[{_DIGITS}]{{1,6}}(?:[-—之][{_DIGITS}]{{1,4}})*[A-Za-z]?|[A-Za-z](?=[栋幢座]))"
_NAME = "[^\\W0-9A-Za-z_送寄到在是住我你您给请往帮址有要想买找个的了吗呢不没走跑骑穿把这那]"  # characters of the names of places
_REGION = (
    rf"(?P<region>(?:{_NAME}{{2,8}}?(?:省|自治区|特别行政区))?(?:{_NAME}{{1,8}}?(?:市|自治州|地区|盟))?"
    rf"(?:{_NAME}{{1,8}}?(?:区|县|旗|市))?(?:{_NAME}{{1,8}}?(?:街道|镇|乡))?)"
)
_ROAD = rf"{_NAME}{{1,10}}?(?:大道|大街|公路|胡同|路|街|巷|弄|道|里|村|屯)(?:[东南西北中一二三四五六七八九]段|[东南西北])?"
_TAIL = r"(?:[ -]?\d{3,4}(?![\d元块年个件]))?"
_PART = rf"(?:[ ,]?{_NUMBER}(?:号楼|号院|栋|幢|座|单元|号门|楼|层|室|户|房))"
_UNITS = rf"(?P<units>{_PART}*{_TAIL})"
_NOT_A_HOUSE = r"(?!线|店|电池|之前|以前|前|左右|码|鞋|色|款|出口|站|送|到|晚|早|上午|下午)"
_CHINESE = re.compile(
    rf"{_REGION}{_ROAD}[ ,]?{_NUMBER}(?:号院?|弄|组|[栋幢座]){_NOT_A_HOUSE}(?:[ ,]?{_NUMBER}号(?!楼|院))?{_UNITS}"
)
_ESTATE = re.compile(
    rf"{_REGION}(?P<place>{_NAME}{{2,12}}?"
    rf"(?:小区|花园|公寓|大厦|新村|家园|苑|宿舍|大楼|中心|广场|园区?|城|湾|府|庭)?{_NAME}{{0,4}}?)"
    rf"(?P<house>[ ,]?{_NUMBER}(?:号楼|栋|幢|座|单元|号院))"
    rf"(?P<units>(?:[ ,]?{_NUMBER}(?:号楼|栋|幢|座|单元|楼|层|室|户|房|号))*{_TAIL})"
)
_ESTATE_NAME = re.compile(r"小区|花园|公寓|大厦|新村|家园|苑|宿舍")
_CHINESE_TOLD = re.compile(r"(?:送|寄|发|住|地址|家|搬|快递|收货|收件|到|位于|在)[^。！？!?\n]{0,6}$")  # right before it
_LEADING = re.compile(r"^(?:位于|地址|就|家庭|收货|家)(?=.{4})")
_NAMED = re.compile(
    r"(?:(?:收货|收件|家庭|邮寄|送货|我的|我家)地址(?:是|为|:)?|地址(?:是|为|:))\s*(?P<id>[^,，。;；!！?？\n]{5,60})"
)
_PLACE = re.compile(rf"[省市区县镇乡村路街道巷弄栋幢][^\n]*[{_DIGITS}]")


def addresses(text: str) -> Iterator[Span]:
    """Where addresses stand in the text; some may overlap, the first counts."""
    yield from (m.span() for m in _BOX.finditer(text))
    yield from _english(text)
    for match in _NAMED.finditer(text):
        if _PLACE.search(match["id"]):
            yield match.span("id")
    for pattern in (_CHINESE, _ESTATE):
        for match in pattern.finditer(text):
            if _is_address(match, text):
                start = match.start() + len(lead[0]) if (lead := _LEADING.match(match[0])) else match.start()
                yield start, match.end()


def _english(text: str) -> Iterator[Span]:
    for match in _CORE.finditer(text):
        start, end = match.span()
        sure = bool(match["flat"] or match["town"])
        if not sure and not _TOLD.search(text[max(0, start - 60) : start]):
            continue
        named = all(word[0].isupper() or word[0].isdigit() for word in match["name"].split())
        if named or sure or _ENDS.match(text, end):
            yield start, end
    yield from (m.span() for m in _OTHER_NAME.finditer(text))


def _is_address(match: re.Match[str], text: str) -> bool:
    """Whether more than a street and a number is said: a district, a flat, or that something is sent there."""
    told = bool(_CHINESE_TOLD.search(text[max(0, match.start() - 10) : match.start()]))
    if match.re is _CHINESE:
        return bool(match["region"] or match["units"] or told)
    if _ESTATE_NAME.search(match["place"]):
        return bool(match["region"] or match["units"] or told)
    return bool(match["region"]) or (told and bool(match["units"]))
