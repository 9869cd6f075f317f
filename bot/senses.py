"""Words with a meaning of their own: on offer, the newest, here by Friday, what goes with it, from the nineties, like Heat.

A catalogue that states such things (offers, days of delivery, companions, a date that counts, years) has them heard: `hear` takes
the words out of the message, rules read the rest, `Heard.amended` puts both together. What was heard stays an ordinary
interest point, to be weighed, undone and deleted like any other; `sense_of` says what such a point means, and
`bot/terms.py` counts it. `tests/test_senses.py`.
"""

# ruff: noqa: E501 - a pattern reads better on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.learn.novelty import SURPRISE
from bot.linked import linked
from bot.named import asked_about
from bot.relative import COMPARATIVES, FURTHEST, SUPERLATIVES, Family, field_of, measured, relation, tendency
from bot.rules.background import Background
from bot.rules.points import found_in
from bot.rules.references import on_screen
from bot.state import Change, Language, Reading, Session
from bot.time_words import (
    COUNT,
    DECADE,
    HAN_COUNT,
    HAN_COUNTS,
    WEEKDAYS,
    WHEN,
    WINDOW,
    YEARS,
    counted,
    days_until,
    decade,
    window,
)
from bot.topic import Kinds
from vectorstore.catalogue import Catalogue
from vectorstore.constraints import Constraint, Op, as_number
from vectorstore.item import Item
from vectorstore.words import fold, is_chinese, meanings, tokens

Kind = Literal["offer", "recent", "delivery", "measure"]
HOLDS = ("people", "sleeps", "seats", "persons")  # fields that say for how many a thing is
GOES_WITH = "goes_with"  # the topic of a reading that asks for companions

_OFFER = re.compile(
    r"(?<!not )\bon (?:sale|(?:special )?offer|promotion|discount)\b|\bin the sale\b|\bdiscount(?:s|ed)?\b|\bmarked[ -]down\b"
    r"|\breduced (?:in )?prices?\b|\bspecial offers?\b|\bbargains?\b"
    r"|\b(?:any|some|good|best|current|what|which|your)\s+(?:\w+\s+)?(?:offers|deals|sales|promotions?|promos)\b(?! with)"
    r"|\b(?:with|have|has|having|any|take|takes|is there)\s+(?:an?\s+|any\s+)?(?:coupons?|vouchers?|promo codes?|discount codes?)\b"
    r"|(?:正在|现在|目前|在)?(?:打折|折扣|优惠|特价|促销|减价|降价)(?:券|码|活动|商品|中)?|(?:做|搞|有)活动",
    re.I,
)
_RECENT = re.compile(
    r"\b(?:very )?(?:latest|newest|most recent|recent)(?: first| news| ones?)?\b|\bwhat(?:'s| is) new\b|\bany news\b"
    r"|最新(?:消息|动态|进展|情况|报道)?|最近(?=的)|(?:有?什么|有没有)?新(?:消息|进展|动态)|(?:最近|后来|现在)(?:又)?怎么样(?:了|啦)?",
    re.I,
)
_GRAMS: dict[tuple[str, ...], float] = {
    ("kg", "kilo", "kilos", "kilogram", "kilograms", "公斤", "千克"): 1000.0, ("g", "gram", "grams", "克"): 1.0, ("斤",): 500.0,
    ("lb", "lbs", "pound", "pounds"): 453.6,
}  # fmt: skip
_HAN_WEIGHT = r"(?P<zh{n}>\d+(?:\.\d+)?|[一二两三四五六七八九十])\s*(?P<zh_unit{n}>公斤|千克|克|斤)"
_WEIGHT = re.compile(
    r"\b(?:(?:something |anything |it should be |must be )?lighter than|weigh(?:s|ing)? (?:less than|under|at most|no more than|up to))"
    r" (?P<en>\d+(?:\.\d+)?|one|two|three|four|five) ?(?P<unit>kg|kilos?|kilograms?|g|grams?|lbs?|pounds?)\b"
    rf"|比{_HAN_WEIGHT.format(n='')}(?:还|更)?轻的?|(?:重量)?(?:不超过|轻于|低于|不到){_HAN_WEIGHT.format(n='2')}的?",
    re.I,
)
_ASKS_FOR = re.compile(r"(?:\b(?:what(?:'s| is| are)|give me|show me|tell me|any)\s+)?(?:\bthe )?$", re.I)
_ABOUT = re.compile(r"^\s*(?:(?:on|about|in|from|of|with)\b(?: the\b)?|的)?\s*", re.I)
_COMING = r"(?:deliver(?:y|ed|s|able)?|arriv(?:e[sd]?|ing|al)|get(?:s|ting)? here|ship(?:s|ped|ping)?|(?:be|is|are|got) here|reach(?:es)? me|come[s]?)"
_DELIVERY = re.compile(
    rf"\b{_COMING}\b(?: to me| here| it)?\s+{WHEN}\b|\b(?:need|want|have)(?: it| them| one)?(?: here)?\s+{WHEN}\b|\b(?:with)?in {COUNT} (?:working )?days?\b"
    rf"|\b(?:by|before) (?:(?:this|next) )?(?:{'|'.join(WEEKDAYS)}|tomorrow)\b|\b(?:next|same)[ -]day delivery\b|\b(?:fast|quick|express|speedy) (?:delivery|shipping)\b|\b{_COMING} (?:quickly|fast|soon|asap)\b"
    rf"|{HAN_COUNT}天(?:之?内)?(?:就|能|要|必须|可以|得)?(?:送)?(?:到货|到达|送达|收到|到|达)|(?:今天|明天|后天|次日|当天|当日)(?:之?前)?(?:就|能|要|必须|可以|得)?(?:送)?(?:到货|到达|送达|收到|到|达)"
    r"|(?:这|本)?(?:周|星期|礼拜)[一二三四五六日天](?:之?前)?(?:就|能|要|必须|可以|得)?(?:送)?(?:到货|到达|送达|收到|到|达)|(?:送货|发货|到货|配送)(?:要)?快",
    re.I,
)
_LEADING_IN = re.compile(
    r"(?:\b(?:that|which|and|it|they|has to|have to|must|needs? to|should|can|will|to|be|get|is|are)\s+)+$|(?:要|得|必须|有没有|能|可以)$",
    re.I,
)
_WITH_CODE = re.compile(
    r"\b(?:with (?:the|its|that)|(?:after|using|including|counting) (?:the |its |a )?)\s*(?:coupon|code|voucher)s?(?: applied)?\b|用?(?:优惠)?[券码](?:之?后|以后)|用(?:优惠)?[券码]",
    re.I,
)
_COMPANION = re.compile(
    r"\b(?:what|which|anything|something|things?|stuff|items?|accessor(?:y|ies)|one)\b[^.?!,;]{0,30}?\b(?:go(?:es)?|pairs?|fits?|match(?:es)?|work(?:s)?)\s+(?:well |nicely |best )?with\s+(?P<what>(?:(?!\b(?:under|below|for|that is|which|up to|less than|in)\b)[^.?!,;])*)"
    r"|\b(?:matching )?accessor(?:y|ies)\b(?: (?:for|to) (?P<for>(?:(?!\b(?:under|below|up to|less than|in)\b)[^.?!,;])*))?|\bcomplete the (?:look|set|outfit)\b"
    r"|(?:可以|能)?(?:搭|配)(?:什么|点什么|些什么|啥)(?:好|合适|比较好)?|(?:有没有|有)?(?:什么)?(?:可以|能)?(?:配套|搭配|相配)(?:的)?(?:东西|商品|用品|产品)?|(?:有没有|有什么|有)配件",
    re.I,
)
_SURPRISE = re.compile(
    r"(?:\b(?:just|please|you can|go on,?) )?\bsurprise (?:me|us)\b(?: (?:with|by)\b)?"
    r"|(?:再)?给(?:我|我们)(?:来)?(?:点|个|一个|一些|一点)?惊喜[吧啊呗]?|(?:来|要|整)(?:点|个|一点)惊喜[吧啊呗]?|(?:让我)?惊喜一下[吧啊呗]?",
    re.I,
)
_POINTED = re.compile(r"\b(?:it|this|that|these|those|them|one|first|second|third|fourth|last|#?\d)\b", re.I)
_DENIED = re.compile(
    r"(?:\b(?:not|no|nothing|none|without|never|care about|need|needn't|instead of)\b|n't\b|不要|不用|不需要|不是|别|无所谓|不管)\W*(?:any |a |the |be |in )?$",
    re.I,
)
_STRICT = re.compile(
    r"(?:\b(?:only|must|has to|have to|strictly|nothing but)\b|只要|只看|只想|必须|一定要|仅限)[^,.;!?，。！？；]*$", re.I
)
WHY = re.compile(r"\bwhy\b|为什么|为何|为啥|凭什么", re.I)
_WHO = re.compile(r"谁(?:写|导|唱|演|做|的)|哪一?年|多长|几分钟|什么时候|^\W*(?:who|when|how long)\b", re.I)
_OWN_CODE = re.compile(
    r"\bmy (?:coupon|voucher|code|discount)|\b(?:apply|redeem|enter|used?)\b.{0,20}\b(?:coupon|voucher|code)|(?:券|码).{0,4}(?:怎么|用不了|不能用|失效|过期|填)",
    re.I,
)
_ASKING = re.compile(r"^\W*(?:is|are|does|do|has|have|did|can|how)\b|吗|有没有|多少|是不是|么[？?]*$", re.I)
_FOR_SO_MANY = re.compile(  # "a tent for two", not "for two nights"
    r"\bfor (?P<en>one|two|three|four|five|six|eight|[1-8])(?: (?:people|persons|adults|of us))?(?=\W*(?:$|[,.;!?]|\b(?:and|but|under|with|that|which|in|not|below|around|please)\b))"
    r"|(?:给|够|能(?:住|睡)|供)?(?P<zh>[一二两三四五六1-6])个?人(?:用|住|睡|份|坐)的?",
    re.I,
)
_OR = re.compile(r"\s*(?:or|and|to|&|/|-|–|或者?|和|到|至|、)\s*", re.I)
_BLAMED = re.compile(
    r"\b(?:trouble|problem|issue|shame|pity|wrong)\b.{0,40}$|\b(?:it|one|that|number \w+)(?:'s| is| was) (?:just |only )?(?:from )?$"
    r"|(?:不太?对|不行|差一?点|可惜|问题).{0,12}$|是$",
    re.I,
)
_LIKE = re.compile(
    r"\b(?:like|similar to|in the (?:vein|style|spirit) of|along the lines of)\s+(?:the (?:film|movie|book|album|record|song) )?|像|类似(?:于)?|和|跟",
    re.I,
)
_LIKE_AFTER = re.compile(r"^》?\s*(?:那样|这样|一样|那种|差不多|类似|风格|的(?!人))")


@dataclass(frozen=True)
class Sense:
    """What an interest point means beyond its words."""

    kind: Kind
    days: int | None = None  # for delivery: in at most so many days; None: soon
    code: bool = False  # for offers: a code is asked for, not any reduction
    family: Family = "price"  # for a measure: of what
    less: bool = True  # for a measure: less of it is wished


def sense_of(text: str, today: date) -> Sense | None:
    """The sense of a point's words; None for a point that an item answers by its words alone."""
    words = fold(text)
    if (match := _DELIVERY.fullmatch(words)) is not None:
        return Sense("delivery", days_until(match[0], today))
    bare = re.sub(r"^(?:the|any|a|an|some|有|有没有)\s*|[的吗]$", "", words).strip()
    if _OFFER.fullmatch(words) or _OFFER.fullmatch(f"on {bare}") or re.fullmatch(
        r"(?:(?:special )?offers?|sales?|deals?|coupons?|vouchers?|discount(?:s|ed)?|promos?|promotions?)", bare
    ) or _OFFER.fullmatch(bare):  # fmt: skip
        return Sense("offer", code=bool(re.search("coupon|voucher|code|[券码]", bare)))
    if _RECENT.fullmatch(bare):
        return Sense("recent")
    return Sense("measure", family=found[0], less=found[1]) if (found := tendency(text)) else None


@dataclass(frozen=True)
class Heard:
    """What was heard beside the words that rules read, and the message without it."""

    rest: str
    changes: tuple[Change, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    with_code: str = ""  # "with the coupon": prices are held against the price less the code
    beside: tuple[str, ...] = ()  # what companions are asked for
    quote: str = ""
    like: tuple[str, ...] = ()  # an item named by its title that others are to resemble
    about: tuple[str, ...] = ()  # an item named by its title that is asked about
    critique: str = ""  # "shorter", "longest": what is measured (bot/relative.py)
    refers: tuple[str, ...] = ()  # the items on screen that it is measured against
    asks: bool = False  # "which is the longest?" asks and wishes nothing
    said: str = ""  # the whole message: quotes are of it

    def amended(self, reading: Reading, language: Language, wished: bool) -> Reading:
        """The reading of `rest` with what was heard; `wished`: whether something was wished before."""
        known = {fold(c.text) for c in reading.changes}
        limits = reading.constraints
        if self.with_code:
            limits = tuple(c.model_copy(update={"field": "price_with_code"}) if c.field == "price" else c for c in limits)
        changes = [c.model_copy(update={"quote": as_said(c.quote, c.text, self.said or self.rest)}) for c in reading.changes]
        update: dict[str, object] = {
            "language": language,
            "changes": (*changes, *(c for c in self.changes if fold(c.text) not in known)),
            "constraints": (*limits, *self.constraints),
        }
        if self.about or self.asks:
            asked = tuple(tokens(self.rest)) if self.about else (self.critique,)
            act = "ask_item" if self.about else "compare"
            return Reading.model_validate(
                {"act": act, "language": language, "refers_to": self.about or self.refers, "asks": asked, "critique": self.critique}
            )
        if self.critique:
            like = reading.act == "more_like"  # "something like the first but shorter"
            update |= {"critique": self.critique, "refers_to": self.refers or reading.refers_to * like, "topic": "", "asks": ()}
            update["act"] = "more_like" if like else "refine" if wished else "request"
        elif self.beside:
            update |= {"act": "request", "topic": GOES_WITH, "refers_to": self.beside, "asks": (self.quote,)}
        elif self.like:
            update |= {"act": "more_like", "topic": "", "asks": (), "refers_to": self.like}
        elif reading.act in ("chat", "out_of_scope", "ask_item", "accept"):
            update |= {"act": "refine" if wished else "request", "topic": "", "asks": (), "refers_to": ()}
        return reading.model_copy(update=update)


def hear(message: str, guess: Reading, session: Session, screen: Sequence[Item], catalogue: Catalogue) -> Heard | None:
    """What of `message` has a meaning of its own in this catalogue; None when nothing has.

    `guess` is how rules read the whole message: orders, returns and questions about an item on screen are theirs.
    """
    if guess.topic not in ("", "other", "payment") or guess.act in ("undo", "forget") or _OWN_CODE.search(message):
        return None
    if catalogue.has_field(GOES_WITH) and (found := _companions(message, session, screen)):
        return found
    if guess.refers_to and screen and (WHY.search(message) or (guess.act == "accept" and _WHO.search(message))):
        return Heard(rest=message, said=message, about=guess.refers_to)
    if named := asked_about(message, catalogue):
        return Heard(rest=named[1], said=message, about=(named[0],))
    heard = _by_way(Heard(rest=message, said=message), guess.language, catalogue, screen)
    if heard.rest == message and guess.act in ("ask_item", "compare") and guess.refers_to and _ASKING.search(message):
        return None
    heard = _measured(_weighed(heard, catalogue), guess, screen, catalogue)
    if heard.asks:
        return heard
    heard = _surprise(heard)
    if any(map(catalogue.has_field, HOLDS)):
        heard = _party(heard)
    if catalogue.has_field("on_offer"):
        heard = _offers(heard)
    if catalogue.has_field("delivery_days"):
        heard = _delivery(heard, catalogue.today())
    if catalogue.info.recency is not None and catalogue.info.newest is not None:
        heard = _subjects(_newness(heard, catalogue.info.recency.field, catalogue.info.newest), guess, catalogue)
    elif catalogue.has_field("year"):
        heard = _latest(heard)
    if catalogue.has_field("year"):
        heard = _years(heard)
    heard = _resembling(heard, catalogue)
    return heard if heard != Heard(rest=message, said=message) else None


def as_said(quote: str, text: str, message: str) -> str:
    """A quote in the words of the message: the longest run of its words that stands there, once words were taken out."""
    if not quote or fold(quote) in fold(message):
        return quote
    words, gap = (list(quote), "") if is_chinese(quote) else (quote.split(), " ")
    runs = (gap.join(words[i : i + n]).strip() for n in range(len(words), 0, -1) for i in range(len(words) - n + 1))
    standing = [run for run in runs if run and fold(run) in fold(message)]
    return next((run for run in standing if fold(text) in fold(run)), standing[0] if standing else text)


def _weighed(heard: Heard, catalogue: Catalogue) -> Heard:
    """ "Lighter than 2.4 kg", 比两公斤轻的: a limit, where the things here state what they weigh."""
    match = _WEIGHT.search(heard.rest)
    if match is None or not catalogue.has_field("weight_g") or _DENIED.search(heard.rest[: match.start()]):
        return heard
    said, unit = match["en"] or match["zh"] or match["zh2"], (match["unit"] or match["zh_unit"] or match["zh_unit2"]).lower()
    grams = (as_number(said) or float(counted(said))) * next(factor for units, factor in _GRAMS.items() if unit in units)
    limit = Constraint(field="weight_g", op="<=", value=int(grams) if grams.is_integer() else grams, quote=match[0].strip())
    return replace(heard, rest=_without(heard.rest, match), constraints=(*heard.constraints, limit)) if grams else heard


def _measured(heard: Heard, guess: Reading, screen: Sequence[Item], catalogue: Catalogue) -> Heard:
    """ "Shorter", "older than the first", "which is the longest?", where the things here state what is measured."""
    text = heard.rest
    found = relation(text, bool(screen))
    if found is None or _DENIED.search(text[: found.start]):
        return heard
    family, _ = COMPARATIVES.get(found.name) or SUPERLATIVES[found.name]
    field = field_of(family, catalogue)
    works = bool(Kinds.of(catalogue).everything)
    stated = [item.id for item in screen if measured(item, field) is not None]
    against = found.name in COMPARATIVES or found.asks
    if not field or (against and not stated and not works) or (not against and family == "minutes" and not works):
        return heard
    if not found.asks and found.name == "newest":
        return heard  # the latest: a wish of its own, by date
    refers = tuple(id for id in guess.refers_to if id in stated) if found.than or found.asks else ()
    if found.asks:
        return replace(heard, critique=found.name, asks=True, refers=refers if len(refers) > 1 else tuple(item.id for item in screen))
    rest = f"{text[: found.start]} {text[found.end :].removeprefix('的')}".strip()
    name = FURTHEST[found.name] if against and not stated else found.name  # these do not say: then those that do, in order
    return replace(heard, rest=rest, critique=name, refers=refers)


def _by_way(heard: Heard, language: Language, catalogue: Catalogue, screen: Sequence[Item]) -> Heard:
    """ "By the director of Heat", "works with my Pixel 8": a wish for what Heat states there, and a limit where others do, too."""
    link = linked(heard.rest, catalogue, language, screen)
    if link is None or (link.denied and not link.values):
        return heard
    quote = heard.rest[link.start : link.end].strip()
    rest = f"{heard.rest[: link.start]} {heard.rest[link.end :].removeprefix('的')}"
    rest = re.sub(r"\s{2,}|(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])", lambda gap: " " * (len(gap[0]) > 1), rest).strip()
    if not link.values:
        return replace(heard, rest=rest, beside=link.items, quote=quote)
    one = len(link.values) == 1
    op: Op = ("!=" if one else "not in") if link.denied else ("=" if one else "in")
    limit = Constraint(field=link.field, op=op, value=link.values[0] if one else link.values, quote=quote)
    others = link.denied or any(item.id not in link.items for item in catalogue.matching([limit]))
    wish = Change(kind="add", text=link.values[0], weight=-0.8 if link.denied else 0.9, quote=quote)
    return replace(
        heard, rest=rest,
        changes=(wish,) * (one and bool(link.items)),
        constraints=(limit,) * others,
        like=() if link.denied or not Kinds.of(catalogue).everything else link.items,
    )  # fmt: skip


def _surprise(heard: Heard) -> Heard:
    """ "Surprise me with some boots": boots, and for this turn what is new counts (`bot/learn/novelty.py`)."""
    match = _SURPRISE.search(heard.rest)
    if match is None or heard.critique:
        return heard
    rest = f"{heard.rest[: match.start()]} {heard.rest[match.end() :]}".strip(" ,.!?，。！？")
    return replace(heard, rest=rest, critique=SURPRISE)


def _companions(message: str, session: Session, screen: Sequence[Item]) -> Heard | None:
    match = _COMPANION.search(message)
    if match is None or not screen:
        return None
    object_ = (match["what"] or match["for"] or "").strip()
    before = session.turns[-1].reading.refers_to if session.turns else ()
    named = on_screen(message, screen, before)
    if object_ and not named and not _POINTED.search(object_):
        return None  # "what goes with a brown jacket" speaks of nothing here
    shown = tuple(item.id for item in screen)
    taken = [id for id in reversed(session.liked) if id in shown]
    meant = (
        named
        if 0 < len(named) < max(2, len(shown))
        else tuple(id for id in before if id in shown) or tuple(taken[:1]) or shown[:1]
    )
    return Heard(rest=_without(message, match), beside=meant, quote=match[0].strip())


def _party(heard: Heard) -> Heard:
    """For how many a thing is to be: a tent "for two" is a two-person tent."""
    match = _FOR_SO_MANY.search(heard.rest)
    if match is None or _DENIED.search(heard.rest[: match.start()]):
        return heard
    count = match["en"] or match["zh"]
    text = f"{'双' if count in '二两2' else count}人" if match["zh"] else f"{count.lower()}-person"
    change = Change(kind="add", text=text, quote=match[0].strip())
    return replace(heard, rest=_without(heard.rest, match), changes=(*heard.changes, change))


def _offers(heard: Heard) -> Heard:
    text = heard.rest
    if (code := _WITH_CODE.search(text)) and re.search(r"\d", text):
        heard, text = replace(heard, with_code=code[0].strip(), rest=_without(text, code)), _without(text, code)
    match = _OFFER.search(text)
    if match is None or _DENIED.search(text[: match.start()]):
        return heard
    quote = match[0].strip()
    rest = _without(text, match)
    if _STRICT.search(text[: match.start()]):
        limit = Constraint(field="on_offer", op="=", value=1, quote=quote)
        return replace(heard, rest=rest, constraints=(*heard.constraints, limit))
    return replace(heard, rest=rest, changes=(*heard.changes, Change(kind="add", text=quote, quote=quote)))


def _delivery(heard: Heard, today: date) -> Heard:
    match = _DELIVERY.search(heard.rest)
    if match is None or _DENIED.search(heard.rest[: match.start()]):
        return heard
    quote, days = match[0].strip(), days_until(match[0], today)
    limits = () if days is None else (Constraint(field="delivery_days", op="<=", value=days, quote=quote),)
    begun = _LEADING_IN.search(heard.rest[: match.start()])
    rest = f"{heard.rest[: begun.start() if begun else match.start()]} {heard.rest[match.end() :].removeprefix('的')}"
    change = Change(kind="add", text=quote, quote=quote)
    return replace(heard, rest=rest.strip(), changes=(*heard.changes, change), constraints=(*heard.constraints, *limits))


def _newness(heard: Heard, field: str, newest: date) -> Heard:
    if match := WINDOW.search(heard.rest):
        first, last = window(match, newest)
        quote = match[0].strip()
        limits = [Constraint(field=field, op=">=", value=first.isoformat(), quote=quote)]
        if last < newest:
            limits.append(Constraint(field=field, op="<=", value=last.isoformat(), quote=quote))
        heard = replace(heard, rest=_without(heard.rest, match), constraints=(*heard.constraints, *limits))
    return _latest(heard)


def _subjects(heard: Heard, guess: Reading, catalogue: Catalogue) -> Heard:
    """What is asked about of the news itself: "how did the ferry strike end?" wants what was written of it."""
    asked = heard.changes or guess.act in ("chat", "out_of_scope", "ask_item")
    if not asked or guess.refers_to or any(c.weight > 0 and not _RECENT.search(c.text) for c in guess.changes):
        return heard
    telling = Background.of(catalogue).telling
    subjects = [p.change() for p in found_in(heard.rest) if p.clause.sign == "for" and any(meanings(w) & telling for w in tokens(p.text))]
    return replace(heard, changes=(*heard.changes, *subjects))


def _latest(heard: Heard) -> Heard:
    match = _RECENT.search(heard.rest)
    if match is None or _DENIED.search(heard.rest[: match.start()]):
        return heard
    change = Change(kind="add", text="最新" if is_chinese(match[0]) else "latest", quote=match[0].strip())
    before, after = heard.rest[: match.start()], heard.rest[match.end() :]
    rest = f"{_ASKS_FOR.sub('', before)} {_ABOUT.sub('', after)}".strip()  # "what is the … on the sea wall" leaves the sea wall
    return replace(heard, rest=rest, changes=(*heard.changes, change))


def _years(heard: Heard) -> Heard:
    """Decades and spans of years as limits on the year; not where they are turned down ("no 80s films").

    Of several decades the first may only say what is wrong: "the trouble is that it is from the 2010s. The 1980s were better".
    """
    text = heard.rest
    while len(found := list(DECADE.finditer(text))) > 1:
        before = text[: found[0].start()]
        if denied := _DENIED.search(before):
            text = before[: denied.start()] + text[found[0].end() :].lstrip(" ,，、")
        elif _BLAMED.search(before):
            text = _without(text, found[0])
        else:
            break
    heard = replace(heard, rest=text)
    if match := YEARS.search(text):
        low, high = sorted(int(year) for year in match.groups() if year)
    elif match := DECADE.search(text):
        low = decade(match)
        high = 1909 + 10 * HAN_COUNTS[match["last"]] if match["last"] else low + 9  # 八九十年代
        if len(found) > 1 and _OR.fullmatch(text[match.end() : found[1].start()]):  # "from the 80s or 90s"
            low, high = min(low, decade(found[1])), max(low, decade(found[1])) + 9
            text = text[: match.end()] + text[found[1].end() :]
    if match is None or _DENIED.search(text[: match.start()]):
        return heard
    quote, since = match[0].strip(), re.match(r"since\b", match[0], re.I)
    limits = [Constraint(field="year", op=">=", value=low, quote=quote)]
    if not since:
        limits.append(Constraint(field="year", op="<=", value=high, quote=quote))
    return replace(heard, rest=_without(text, match), constraints=(*heard.constraints, *limits))


def _resembling(heard: Heard, catalogue: Catalogue) -> Heard:
    """ "something like Heat": the item of that title, the longest that is named, and what else is said."""
    for match in _LIKE.finditer(heard.rest):
        after = heard.rest[match.end() :].lstrip(" 《“\"'")
        named = _titled(after, catalogue)
        if named is None:
            continue
        item, length = named
        rest, chinese = after[length:], is_chinese(match[0])
        ends = _LIKE_AFTER.match(rest) if chinese else re.match(r"[\"”']?(?:$|[\s,.;!?])", rest)
        if ends is None:
            continue
        text = f"{heard.rest[: match.start()]}{rest[ends.end() :].removeprefix('的')}"
        return replace(heard, rest=text.strip(), like=(item.id,))
    return heard


def _titled(text: str, catalogue: Catalogue) -> tuple[Item, int] | None:
    """The item whose title `text` begins with, the longest, and the title's length."""
    found: tuple[Item, int] | None = None
    for item in catalogue.items():
        for title in {item.title, *(t.title for t in item.translations.values())}:
            if len(title) > 1 and text[: len(title)].casefold() == title.casefold() and (found is None or len(title) > found[1]):
                found = item, len(title)
    return found


def _without(text: str, match: re.Match[str]) -> str:
    rest = f"{text[: match.start()]} {text[match.end() :].removeprefix('的')}"
    return re.sub(r"\s{2,}", " ", re.sub(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])", "", rest)).strip()
