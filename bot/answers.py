"""What is said without the model: the line above the items, answers about items, short talk, chips.

`tests/test_answers.py`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.learn.novelty import SURPRISE
from bot.llm import Place
from bot.phrases import MONEY, fact_words, limit_words, listed, money, offer_words, phrase, stock_words, value_words, wishes
from bot.recommend import Places, content_words, stated
from bot.relative import SUPERLATIVES, extremes, field_of
from bot.retrieve import Found, companions
from bot.senses import WHY
from bot.state import Chip, Fact, InterestPoint, Language, Reading, Recommendation, Session
from bot.understand import foreign
from vectorstore.catalogue import Catalogue, CatalogueInfo
from vectorstore.constraints import Constraint, as_number, as_values, satisfies
from vectorstore.item import Item
from vectorstore.offers import FIELDS, offer_of
from vectorstore.relations import SINGLE
from vectorstore.words import is_chinese, same_word, tokens

_SERVICE = ("return", "order", "delivery", "warranty", "payment", "person")
_ASKED = {  # what a question's words are answered by, beside the attributes' own names
    "weight_g": r"heavy|weigh|light|重|轻",
    "battery_hours": r"batter|charge|last|续航|电池|充电",
    "duration_minutes": r"how long|short|length|多长|时长|几分钟|短",
    "noise_db": r"nois|quiet|loud|静|吵|噪",
    "material": r"\bmade\b|material|fabric|什么材质|面料|材质|料",
    "size": r"\bsiz|尺码|尺寸|几码|多大",
    "price": r"how much|price|cost|cheap|多少钱|价格|价钱|便宜|贵",
    "rating": r"rat(?:ed|ing)|review|评分|评价|口碑",
    "colour": r"colou?r|颜色|色",
    "capacity_l": r"how big|capacity|容量|多大",
    "in_stock": r"stock|available|有货|现货|库存",
    "year": r"year|when|come out|哪一?年|年份|什么时候",
    "date": r"\bwhen\b|date|哪天|几号|什么时候|日期",
    "country": r"country|where|哪国|哪个国家|哪里",
    "language": r"language|语言|什么话",
    "genres": r"genre|类型",
    "genre": r"genre|风格",
    "cast": r"^who(?:'s)?(?: (?:first|second|third|last|middle|else|play\w*))*$|\bstar|\bcast\b|\bact(?:s|ed|or)|主演|谁演|演员",
    "author": r"wrote|written|author|作者|谁写",
    "reading_minutes": r"how long|多长|几分钟|阅读时间",
    "waterproof": r"waterproof|rain|防水|雨",
    "age_from": r"age|year.?old|岁|年龄",
    "width_cm": r"space|wide|width|宽|占地",
    "closure": r"clos|zip|button|拉链|扣",
    "watts": r"watt|power|耗电|功率",
    "director": r"direct|导演",
    "artist": r"sing|sang|artist|band|who (?:made|recorded|is it by|plays)|谁唱|歌手|谁的|谁做",
    "delivery_days": r"deliver|arriv|get here|ship|送达|送到|几天到|多久到|到货|发货",
    "stock": r"how many (?:are )?left|还剩|剩几",
}
_OFFER = re.compile(
    r"discount|on sale|\boffer|coupon|voucher|promo|\bdeal\b|reduced|price before|原价|打折|折扣|优惠|特价|促销|券", re.I
)
_CODE = re.compile(r"coupon|voucher|code|[券码]", re.I)
_SMALLER_WINS = {"weight_g", "noise_db", "price", "width_cm", "watts", "duration_minutes"}


def readable(message: str, most: int) -> tuple[str, int]:
    """The message as it is read: nothing invisible, at most `most` characters; how many were read when it was cut."""
    clean = "".join(_visible(c) for c in message).strip()
    return (clean[:most], most) if len(clean) > most else (clean, 0)


def _visible(character: str) -> str:
    """The character, a space for what separates words, or nothing (half characters, marks of direction)."""
    if character.isprintable() or character in "\n\t":
        return character
    return " " if character.isspace() or ord(character) < 0x20 else ""


def unreadable(said: str, session: Session, info: CatalogueInfo, sent: str = "") -> str:
    """What to answer when there is nothing to read; empty when there is. `sent`: the same with what was masked in it."""
    if not said:
        return phrase("masked_message" if sent else "empty_message", session.language)
    if not re.search(r"\w", said) and not any(ord(c) > 0x2190 for c in said):
        return phrase("unreadable", session.language, amount=money(80, info.currency, session.language))
    return ""


def reply(reading: Reading, session: Session, screen: Sequence[Item], catalogue: Catalogue) -> str:
    """The words of a turn that shows no new items."""
    language, info = reading.language, catalogue.info
    meant = [i for i in screen if i.id in reading.refers_to]
    if reading.start_over:
        return phrase("start_over", language)
    if reading.act == "accept":
        return _taken(meant or (list(screen) if len(screen) == 1 else []), info, language, catalogue.today())
    if reading.act == "compare" and reading.critique in SUPERLATIVES:
        return _extreme(meant or list(screen), reading, catalogue)
    if reading.act == "ask_item":
        elsewhere = [i for i in map(catalogue.get, reading.refers_to) if i is not None]  # named by its title
        return _about(meant or elsewhere or list(screen), reading, session, catalogue)
    if reading.act == "compare":
        return _compared(meant if len(meant) > 1 else list(screen), reading, session, catalogue)
    if reading.act == "out_of_scope":
        return _aside(reading.topic, info, language)
    name = f"chat_{reading.topic if reading.topic in ('greeting', 'thanks', 'told', 'farewell') else 'other'}"
    return phrase(name, language)


def lead(reading: Reading, session: Session, before: Session, found: Found, catalogue: Catalogue, message: str = "") -> str:
    """The line above the items; of a `message` in a language that rules do not know nothing is told to fit."""
    language, info = reading.language, catalogue.info
    if reading.by == "rules" and foreign(message):
        found = replace(found, near=True)
    if found.no_match is not None:
        return _no_match(found, info, language)
    if found.beside and not found.items and not found.exhausted:
        if not found.applied.constraints:
            return phrase("no_companions", language, title=found.beside)
        limits = listed([limit_words(c, info, language) for c in found.applied.constraints], language)
        return phrase("no_companions_within", language, title=found.beside, limit=limits)
    if not found.items:
        return phrase("none_left" if found.exhausted else "no_match_all", language)
    parts: list[str] = []
    if found.beside:
        parts.append(phrase("lead_goes_with", language, title=found.beside))
    elif reading.act == "undo":
        parts.append(phrase("lead_undone" if before.past else "nothing_to_undo", language))
    elif reading.act == "forget":
        parts.append(phrase("lead_forgotten", language))
    elif reading.act == "reject" and reading.refers_to:
        parts.append(phrase("lead_rejected", language))
    elif reading.act == "more_like" and reading.refers_to and (item := catalogue.get(reading.refers_to[0])):
        parts.append(_alike(item, reading, info, language))
    elif found.bound is not None:
        parts.append(_measured_lead(found, reading, info, language))
        wished = [c for r in found.items for c in r.contributions if c.wished and c.weight > 0]
        if wished and not any(c.fact and c.amount > 0 for c in wished):
            parts.append(phrase("critique_beside", language))
    elif reading.critique in SUPERLATIVES:
        extreme = phrase(f"extreme_{reading.critique}", language)
        parts.append(phrase("lead_extreme", language, wishes=wishes(found.applied, info, language), extreme=extreme))
    elif reading.critique == SURPRISE:
        told = "" if found.applied.empty else wishes(found.applied, info, language)
        parts.append(phrase("lead_surprise_in" if told else "lead_surprise", language, **({"wishes": told} if told else {})))
    elif found.applied.empty:
        parts.append(phrase("lead_open", language))
    elif found.unknown:
        parts.append(phrase("lead_unknown", language, wish=found.unknown))
    else:
        parts.append(_fitting(found, info, language))
    for field in found.unchecked:
        name, _, currency = field.partition(":")
        if currency:
            parts.append(phrase("other_currency", language, own=info.currency or "", said=currency))
        else:
            parts.append(phrase("unchecked_limit", language, field=info.label(name, language)))
    if found.question:
        parts.append(phrase("question", language, field=info.label(found.question, language)))
    return (" " if language == "en" else "").join(parts)


def _alike(item: Item, reading: Reading, info: CatalogueInfo, language: Language) -> str:
    """'In the same vein as Heat:', or 'Same director as Heat, Michael Mann:' where that was asked for."""
    title = item.title_in(language)
    for limit in reading.constraints:
        if limit.field in SINGLE | {"cast"} and limit.op in ("=", "in") and satisfies(item, limit):
            names = value_words(limit.field, limit.value, info, language)
            return phrase("lead_same", language, field=info.label(limit.field, language), title=title, names=names)
    return phrase("lead_more_like", language, title=title)


def _measured_lead(found: Found, reading: Reading, info: CatalogueInfo, language: Language) -> str:
    """'Shorter than 108 min:', or that nothing is."""
    assert found.bound is not None
    value: float | str = found.bound
    if found.bound > 9999 and found.bound_field not in MONEY:  # the number of a day
        value = date.fromordinal(int(found.bound)).isoformat()
    bound, measured = value_words(found.bound_field, value, info, language), phrase(f"measured_{reading.critique}", language)
    said = phrase("critique_met" if found.bound_met else "critique_none", language, bound=bound, measured=measured)
    return said[0].upper() + said[1:]


def _fitting(found: Found, info: CatalogueInfo, language: Language) -> str:
    """How many of the items fit all that was said; an item with a fact that speaks against it does not."""
    every = found.applied.model_copy(update={"constraints": (*found.applied.constraints, *found.wished)})
    said, count = wishes(every, info, language), len(found.items)
    fit = sum(not any((c.wished or c.term == "wish") and c.fact and c.amount < 0 for c in r.contributions) for r in found.items)
    if found.near:
        return phrase("lead_unsaid", language, wishes=said)
    if fit == count:
        return phrase("lead_one", language, wishes=said) if count == 1 else phrase("lead_fit", language, wishes=said, count=count)
    if fit == 1:
        return phrase("lead_some_one", language, wishes=said, count=count)
    return phrase("lead_some", language, wishes=said, fit=fit, count=count) if fit else phrase("lead_near", language, wishes=said)


def notes(reading: Reading, message: str, cut: int, *, rules: bool = False) -> str:
    """What the person should know of how the message was read; `rules`: the model was asked and did not answer."""
    said = [phrase("cut", reading.language, count=cut)] if cut else []
    if reading.by == "rules" and foreign(message):
        said.append(phrase("other_language", reading.language))
    if rules:
        said.append(phrase("rules_only", reading.language))
    return " ".join(said)


def chips(
    reading: Reading, session: Session, items: Sequence[Item], catalogue: Catalogue, found: Found | None = None
) -> tuple[Chip, ...]:
    """Short answers to click: the answers to a question, a way out when nothing fits, else the usual next steps."""
    language, info = reading.language, catalogue.info
    if found is not None and found.no_match is not None:
        return (_way_out(found, info, language),)
    if found is not None and found.question:
        return tuple(Chip(label=value, say=value) for value in found.options)
    if reading.act == "accept" and any(companions(catalogue, [i]) for i in items if i.id in reading.refers_to):
        return (Chip(label=phrase("chip_goes_with", language), say=phrase("chip_goes_with", language)),)
    if found is None or not items:
        ways = [name for name, open_ in (("chip_undo", session.past), ("chip_start_over", True)) if found and open_]
        return tuple(Chip(label=phrase(name, language), say=phrase(name, language)) for name in ways)
    usual = (
        [Chip(label=phrase("chip_cheaper", language), say=phrase("chip_cheaper", language))]
        if any(i.price for i in items)
        else []
    )
    if len(items) > 1:
        usual.append(Chip(label=phrase("chip_compare", language), say=phrase("say_compare", language)))
    usual.append(Chip(label=phrase("chip_about", language), say=phrase("chip_about", language)))
    usual.append(Chip(label=phrase("chip_else", language), say=phrase("chip_else", language)))
    return tuple(usual)


def whole(lead: str, items: Sequence[Recommendation], language: Language) -> str:
    """The reply as one text: the lead on the first line, an item a line after it."""
    colon = "：" if language == "zh" else ": "
    return "\n".join([lead.replace("\n", " "), *(f"{r.item.title_in(language)}{colon}{r.sentence}" for r in items)])


def writing(language: Language) -> str:
    """What happens while the model writes."""
    return "正在写推荐理由" if language == "zh" else "Writing why each fits"


def in_line(place: Place, language: Language) -> str:
    """Who is before the person, and about how long; empty when nobody is."""
    if not place.ahead:
        return ""
    next_one, more = ("line_next", "line_more") if place.seconds is None else ("line_next_in", "line_more_in")
    values: dict[str, object] = {} if place.seconds is None else {"seconds": max(1, math.ceil(place.seconds))}
    if place.ahead == 1:
        return phrase(next_one, language, **values)
    return phrase(more, language, ahead=place.ahead, **values)


def _taken(items: Sequence[Item], info: CatalogueInfo, language: Language, today: date) -> str:
    if not items:
        return phrase("accept_unsure", language)
    said = []
    for item in items:
        title, stock = item.title_in(language), stock_words(item, language)
        if item.price is None:
            said.append(phrase("accept_plain", language, title=title, stock=stock))
        else:
            said.append(
                phrase(
                    "accept",
                    language,
                    title=title,
                    price=money(item.price, item.currency or info.currency, language),
                    stock=stock,
                )
            )
        if offer := offer_words(item, info, language, today, former=False):
            said.append(offer[0].upper() + offer[1:] + ("。" if language == "zh" else "."))
    return " ".join(s.strip() for s in said)


def _extreme(items: Sequence[Item], reading: Reading, catalogue: Catalogue) -> str:
    """ "Which is the longest?" of the items on screen: the one, and by what."""
    language, info = reading.language, catalogue.info
    family, less = SUPERLATIVES[reading.critique]
    field = field_of(family, catalogue)
    first = extremes(items, field, less)
    if not first:
        return phrase("extreme_silent", language)
    fact = fact_words(Fact(name=field, value=first[0].fact(field) or ""), info, language)
    if len(first) == len(items) > 1:
        return phrase("extreme_same", language, fact=fact)
    titles = phrase("titles_join", language).join(i.title_in(language) for i in first)
    return phrase("extreme_of", language, titles=titles, fact=fact, extreme=phrase(f"extreme_{reading.critique}", language))


def _why(item: Item, session: Session, info: CatalogueInfo, language: Language) -> str:
    """Why an item is on screen: the reasons of its card."""
    shown = next((r for turn in reversed(session.turns) for r in turn.items if r.item.id == item.id), None)
    title = item.title_in(language)
    if shown is None or not (shown.reasons or any(c.wished for c in shown.contributions)):
        return phrase("why_popular", language, title=title)
    told: dict[bool, list[str]] = {True: [], False: []}
    known = ""  # of the person beyond the talk
    for c in shown.reasons:
        if c.fact and not c.quote:
            known = phrase("why_known", language, known=fact_words(c.fact, info, language))
        elif c.fact:
            fact = fact_words(c.fact, info, language)
            told[c.amount > 0].append(phrase("why_reason", language, quote=c.quote, fact=fact))
    said = phrase("why_item", language, title=title, reasons=listed(told[True], language)) if told[True] else ""
    if not said and any(c.wished for c in shown.contributions):
        said = phrase("why_near", language, title=title)
    against = phrase("why_against", language, reasons=listed(told[False], language)) if told[False] else ""
    return " ".join(p for p in (said, known, against) if p)


def _about(items: Sequence[Item], reading: Reading, session: Session, catalogue: Catalogue) -> str:
    language, info, today = reading.language, catalogue.info, catalogue.today()
    if not items:
        return phrase("ask_which", language)
    if WHY.search(_question(reading.asks)):
        return "\n".join(_why(item, session, info, language) for item in items[:3])
    said = []
    for item in items[:3]:
        facts = _asked_facts(item, reading.asks, info, language, today)
        if facts:
            said.append(phrase("fact_says", language, title=item.title_in(language), facts=listed(facts, language)))
        elif _open_question(reading):
            said.append(_introduced(item, info, language))
        else:
            said.append(phrase("fact_silent", language, title=item.title_in(language)))
    return "\n".join(said)


def _introduced(item: Item, info: CatalogueInfo, language: Language) -> str:
    """What an item is: the facts that its card shows, and its description."""
    known = dict(item.facts(language))
    card = [value_words(f, known[f], info, language) for f in info.card if f in known and not isinstance(known[f], bool)]
    facts = f"（{listed(card, language)}）" if language == "zh" else f" ({listed(card, language)})"
    colon = "：" if language == "zh" else ": "
    return f"{item.title_in(language)}{facts if card else ''}{colon}{item.description_in(language)}"


def _open_question(reading: Reading) -> bool:
    """'Tell me about it' asks for everything."""
    words = _question(reading.asks)
    return bool(re.search(r"tell|about|detail|info|\blike\b|good|介绍|讲|详细|怎么样|如何|好看|好听", words)) or not reading.asks


def _question(asks: Sequence[str]) -> str:
    """A question's words in a row, and the Chinese ones once more as they were written: 多少 钱, 多少钱."""
    return f"{' '.join(asks)} {''.join(w for w in asks if is_chinese(w))}".strip()


def _asked_facts(item: Item, asks: Sequence[str], info: CatalogueInfo, language: Language, today: date) -> list[str]:
    """The item's facts that answer a question's words: by the name of a field, by its value, or by a known phrasing."""
    question = _question(asks)
    if _OFFER.search(question):
        offer = offer_of(item, today)
        none = [phrase("code_none", language)] if _CODE.search(question) and offer and not offer.code else []
        return [*none, offer_words(item, info, language, today) or phrase("offer_none", language)]
    fields = [f for f, pattern in _ASKED.items() if re.search(pattern, question, re.I)]
    known = {name: value for name, value in item.facts(language) if name not in FIELDS | {"category"}}
    if "in_stock" in fields:
        fields.remove("in_stock")
        if stock := stock_words(item, language):
            left = [fact_words(Fact(name="stock", value=known["stock"]), info, language)] if "stock" in known else []
            return [stock.rstrip("。."), *left]
    for name, value in known.items():
        named = tokens(name.replace("_", " ")) + tokens(info.label(name, language))
        if name not in fields and (
            set(named) & set(asks) or any(same_word(str(v), a) for v in as_values(value) for a in asks if not isinstance(v, bool))
        ):
            fields.append(name)
    facts = [fact_words(Fact(name=f, value=known[f]), info, language) for f in dict.fromkeys(fields) if f in known]
    if facts:
        return facts[:4]
    places = Places([], [])
    point = InterestPoint(text=question or "x", weight=0.5)
    for word in content_words(point.text):
        if (found := stated(item, word, places, language)) and found[0].name not in ("title", "category", "brand"):
            return [fact_words(found[0], info, language) if found[0].name != "description" else str(found[0].value)]
    return []


def _compared(items: Sequence[Item], reading: Reading, session: Session, catalogue: Catalogue) -> str:
    if len(items) < 2:
        return _about(items, reading, session, catalogue)
    language, info, today = reading.language, catalogue.info, catalogue.today()
    shared = [f for f in dict(items[0].facts(language)) if all(f in dict(i.facts(language)) for i in items)]
    question = _question(reading.asks)
    offers = [offer_words(i, info, language, today) or phrase("offer_none", language) for i in items]
    asked = [f for f, pattern in _ASKED.items() if re.search(pattern, question, re.I) and f in shared]
    differing = [
        f
        for f in shared
        if f not in FIELDS | {"tags", "category", "rating_count"} and len({str(dict(i.facts(language))[f]) for i in items}) > 1
    ]
    fields = asked or ["price", *[f for f in differing if f != "price"]][:5]
    lines = [phrase("compare", language)]
    for item, offer in zip(items, offers, strict=True):
        facts = dict(item.facts(language))
        said = [fact_words(Fact(name=f, value=facts[f]), info, language) for f in fields if f in facts]
        said = [offer] if _OFFER.search(question) else said
        lines.append(f"{item.title_in(language)}{'：' if language == 'zh' else ': '}{listed(said, language)}")
    if len(asked) == 1 and asked[0] in _SMALLER_WINS:
        numbers = [(as_number(as_values(dict(i.facts())[asked[0]])[0]), i) for i in items]
        known = [(n, i) for n, i in numbers if n is not None]
        if len(known) == len(items) and len({n for n, _ in known}) > 1:
            lines.append(phrase("compare_best", language, title=min(known, key=lambda k: k[0])[1].title_in(language)))
    return "\n".join(lines)


def _aside(topic: str, info: CatalogueInfo, language: Language) -> str:
    if topic in info.service:
        return info.service[topic].get(language) or info.service[topic].get("en", "")
    if topic in _SERVICE or topic == "shop":
        return phrase("out_service", language)
    return phrase(f"out_{topic}" if topic in ("injection", "off_topic") else "out_other", language)


def _no_match(found: Found, info: CatalogueInfo, language: Language) -> str:
    reason = found.no_match
    assert reason is not None
    limit = limit_words(reason.blocking, info, language)
    if isinstance(reason.nearest, float):
        nearest = value_words(reason.blocking.field, reason.nearest, info, language)
        return phrase("no_match_number", language, limit=limit, title=reason.nearest_item, nearest=nearest)
    return phrase("no_match_word", language, limit=limit)


def _way_out(found: Found, info: CatalogueInfo, language: Language) -> Chip:
    reason = found.no_match
    assert reason is not None
    field = info.label(reason.blocking.field, language)
    relaxed: Constraint | None = reason.relaxation
    if relaxed is not None and relaxed.field == "price":
        bound = value_words("price", relaxed.value, info, language)
        text = phrase("chip_up_to" if relaxed.op == "<=" else "chip_from", language, bound=bound)
        return Chip(label=text, say=text)
    if relaxed is not None and relaxed.field == "size":
        text = phrase("chip_size", language, bound=value_words("size", relaxed.value, info, language))
        return Chip(label=text, say=text)
    text = phrase("chip_lift", language, field=field)
    return Chip(label=text, say=text)
