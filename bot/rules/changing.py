"""What a message does to limits and to what was said before: strict names and colours, "forget …", "actually brown",
"cheaper than that". `tests/test_changing.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.profile import says_all
from bot.rules import acts, names, spelling
from bot.rules.listed import holding
from bot.rules.numbers import Limits
from bot.rules.polarity import Clause, is_strict
from bot.state import Change, Profile
from vectorstore.constraints import Constraint, Op
from vectorstore.item import Item
from vectorstore.words import colour_word, fold, is_chinese, meanings, tokens

_FIELDS = {
    "price >=": r"lower limit|bottom end|minimum(?: price)?|floor|下限|最低价",
    "price <=": r"upper limit|top end|ceiling|maximum(?: price)?|上限|最高价",
    "price": r"budget|price|cost|money|预算|价格|价位|价钱",
    "colour": r"colou?rs?|颜色",
    "brand": r"brands?|品牌|牌子",
    "size": r"sizes?|尺码|尺寸|码数",
    "duration_minutes": r"length|duration|run ?time|running time|time|时长|片长",
    "year": r"years?|年份|年代",
    "rating": r"ratings?|scores?|评分",
    "material": r"materials?|fabrics?|材质|面料",
    "director": r"directors?|导演",
    "age": r"age|年龄",
}
_LIFTS = (
    r"(?:forget|drop|scrap|scratch|lose|remove|never ?mind|ignore|skip)(?: about)? (?:the |my |that |about )*{f}",
    r"{f}s?(?: really)? (?:doesn'?t|does not|don'?t|do not|is not|isn'?t) (?:matter|important|an? issue)",
    r"don'?t care about (?:the |my )*{f}",
    r"without (?:the |any |that |a )*(?:limits?|restrictions?) on (?:the )?{f}|no (?:more )?limits? on (?:the )?{f}|without the {f} (?:limit|restriction)",
    r"{f} (?:is )?no object|any {f} (?:is|will be) (?:fine|ok)",
    r"(?:take back|lift|relax) (?:the |my |that )*{f}|{f} (?:is|'s) (?:off|gone|lifted)",
    r"{f}(?:那条|这条|限制|要求)?(?:不算数|作废|取消|去掉|不要)了?|{f}(?:不限|无所谓|随意|不重要|不用管|都行|随便)|不限{f}|(?:忘了|忘掉|去掉|取消|不考虑|别管|不管|不用(?:管|考虑|在意|看))(?:了|那个)?{f}",
)
_CRITIQUES = {
    "cheaper": r"\bcheap(?:er)?\b|less expensive|too (?:expensive|pricey|dear)|便宜|太贵|贵了",
    "lighter": r"\blighter\b|轻一?点|更轻",
    "bigger": r"\bbigger\b|\blarger\b|大一?点|更大",
    "smaller": r"\bsmaller\b|小一?点|更小",
    "different": r"something else|anything else|换一批|别的",
}
_DROPPED = re.compile(
    r"^\W*(?:ok(?:ay)?,? |please )?(?:scratch|scrap) (?!that|this|it\b)|(?:doesn'?t|does not|needn'?t) (?:(?:have|need) to )?be\b|不一定(?:要|非|得)", re.I
)
_ANOTHER = re.compile(  # something else of the same sort, rather than something besides
    r"\binstead\b|\b(?:then|ok(?:ay)?|well|no)\W+just\b|\bjust [\w ]+ then\b|on second thought|\bactually\b|换成?|改成|改要|还是要|其实", re.I
)
_FEW = 120  # values of a field by which things are sorted
_CHANGED_MIND = re.compile(r"\bactually\b|make it|\binstead\b|on second thought|rather\b|scrap|换成|改成|还是要|改要|其实", re.I)


def strict(
    parts: Sequence[Clause], changes: Sequence[Change], known: Mapping[str, tuple[str, str]], unknown: str = "brand"
) -> tuple[Constraint, ...]:
    """Limits on worded fields: a colour, brand or maker ruled out strictly, or wished "only". `unknown`: the field of a name
    that nobody knows."""
    found: list[Constraint] = []
    wanted: dict[str, list[Change]] = {}
    for change in changes:
        clause = _spoken_in(change, parts)
        named = names.field_of(change.text, clause.text, known) if clause else None
        if clause is not None and named is None and unknown and change.weight < 0 and names.unknown(change.text, clause.text):
            named = unknown, change.text
        if clause is None or named is None:
            continue
        name, value = named
        if change.weight < 0 and clause.sign == "against" and clause.strict and not re.search(r"\btoo |太|\bless\b", clause.text):
            before = next((p.text for p in reversed(parts) if p.start < clause.start and p.text.strip()), "")
            changed = re.search(r"\bactually\b|其实", clause.text) or re.fullmatch(r"\W*(?:actually|其实)\W*", before, re.I)
            softly = changed and not re.search(r"no |anything but|hate|不要|别", clause.text)
            if not (name == "colour" and softly):
                found.append(Constraint(field=name, op="!=", value=value, quote=clause.text.strip()))
        elif change.weight > 0 and is_strict(clause.text) and clause.sign == "for":
            wanted.setdefault(name, []).append(
                change.model_copy(update={"text": value, "quote": clause.text.strip()})
            )
    for name, wished in wanted.items():
        values = tuple(w.text for w in wished)
        op: Op = "=" if len(values) == 1 else "in"
        found.append(Constraint(field=name, op=op, value=values[0] if op == "=" else values, quote=wished[0].quote))
    return tuple(found)


def _spoken_in(change: Change, parts: Sequence[Clause]) -> Clause | None:
    """The clause that says the change: of several that hold its words the one with its sign."""
    sign = "for" if change.weight > 0 else "against"
    said = (c for c in parts if c.sign == sign and fold(change.text) in fold(c.text))
    return next(said, None) or holding(change.text, parts)


def not_by_them(message: str) -> tuple[Constraint, ...]:
    """"Like Miyazaki, but not by him": the one person named is ruled out as a maker."""
    told = re.search(r"不要(?:他|她)(?:们)?(?:本人|自己)?的|\b(?:not|nothing|none) (?:made |written |directed )?(?:by|from) (?:him|her|them)\b", message, re.I)
    person = names.person_in(message) if told else None
    return (Constraint(field=person[0], op="!=", value=person[1], quote=told[0]),) if told and person else ()


def bounds(message: str, read: Limits, refers: Sequence[str], screen: Sequence[Item]) -> tuple[Constraint, ...]:
    """The numbers' limits, of two on one side the later; "cheaper than the second" is a limit at the second's price."""
    found = list(read.constraints)
    m = re.search(r"cheaper than|less than (?:that|the|it)|比.{1,8}便宜", message, re.I)
    named = [item for item in screen if item.id in refers]
    if m and len(named) == 1 and named[0].price is not None:
        found.append(
            Constraint(field="price", op="<=", value=named[0].price, quote=message[m.start() : m.start() + 40])
        )
    return tuple({(c.field, c.op): c for c in found}.values())


def replacing(
    changes: Iterable[Change], parts: Sequence[Clause], profile: Profile, values: Mapping[str, Mapping[str, int]]
) -> list[Change]:
    """"Actually brown" takes the place of the colour that was wished before, "then just Korean" that of "French"."""
    kept = []
    for change in changes:
        colour = colour_word(change.text)
        clause = holding(change.text, parts)
        bare = len(change.quote.split()) <= 2 and bool(re.search(r"\bones?\b|的$", change.quote))  # "black ones"
        if change.weight > 0 and colour and clause and (bare or _CHANGED_MIND.search(_with_opening(clause, parts))):
            for point in profile.points:
                old = colour_word(point.text)
                if point.weight > 0 and old and old != colour:
                    change = change.model_copy(update={"replaces": old})
        elif change.weight > 0 and clause and _ANOTHER.search(_with_opening(clause, parts)) and (own := _stated(change.text, values)):
            words = (w for p in profile.points if p.weight > 0 and fold(p.text) != fold(change.text) for w in tokens(p.text))
            if old := next((w for w in words if own & _stated(w, values)), ""):
                change = change.model_copy(update={"replaces": old})
        kept.append(change)
    return kept


def _stated(text: str, values: Mapping[str, Mapping[str, int]]) -> set[str]:
    """The fields of few values in which a word of `text` stands by itself ("Korean": country, language)."""
    words = set(tokens(text))
    few = ((field, stated) for field, stated in values.items() if len(stated) <= _FEW)
    return {field for field, stated in few if any(meanings(v.casefold()) & meanings(w) for v in stated for w in words)}


def _with_opening(clause: Clause, parts: Sequence[Clause]) -> str:
    """The clause with the short words before its comma: "on second thought, brown"."""
    place = parts.index(clause)
    before = parts[place - 1].text if place else ""
    return f"{before} {clause.text}" if len(before.split()) <= 4 and len(before) <= 20 else clause.text


def that_brand(message: str, meant: Sequence[str], screen: Sequence[Item]) -> tuple[list[Change], tuple[Constraint, ...]]:
    """"Not that brand" rules out the brand of the items meant, or the one brand on screen."""
    if not re.search(r"\b(?:not|no more(?: of)?|anything but) (?:that|this) brand|(?:不要|别|换)(?:这|那)?个?(?:牌子|品牌)", message, re.I):
        return [], ()
    brands = {i.brand: i for i in screen if i.brand and (not meant or i.id in meant)}
    if len(brands) > 1 and not meant:
        return [], ()
    changes = [Change(kind="add", text=brand, weight=-0.8, quote=message[:48]) for brand in brands]
    return changes, tuple(Constraint(field="brand", op="!=", value=brand, quote=message[:48]) for brand in brands)


def answered(message: str, question: str) -> tuple[Constraint, ...]:
    """A bare "43" or "M" after the question for a size is the size."""
    m = re.fullmatch(r"(?:eu |size )?(\d{1,3}(?:\.5)?|XXS|XS|S|M|L|XL|XXL)\s*码?", message.strip(), re.I)
    if question != "size" or not m:
        return ()
    value = float(m[1]) if m[1][0].isdigit() else m[1].upper()
    return (Constraint(field="size", op="=", value=int(value) if isinstance(value, float) and value.is_integer() else value, quote=message),)


def colours_of(profile: Profile) -> list[Change]:
    """The colours wished, withdrawn: the colour does not matter any more."""
    return [Change(kind="retract", text=colour, quote=colour) for p in profile.points if (colour := colour_word(p.text))]


def released(parts: Sequence[Clause], profile: Profile) -> list[Change]:
    """What was ruled out and now "is fine" is ruled out no more; what was wished and "doesn't have to be" is wished no more."""
    return [
        Change(kind="retract", text=p.text, quote=clause.text.strip())
        for clause in parts
        if clause.sign == "neutral" or _DROPPED.search(clause.text)
        for p in profile.points
        if says_all(clause.text, p.text) and (bool(_DROPPED.search(clause.text)) if p.weight > 0 else clause.sign == "neutral")
    ]


def forgotten(message: str, profile: Profile, read: Limits) -> dict[str, object]:
    """What a "forget …" takes back: everything, a field's limits and words, or the points it names."""
    if acts.start_over(message):
        return {"start_over": True}
    fields = lifted(message, profile, read)
    gone = [_meant(message, p.text) for p in profile.points if _mentions(message, p.text)]
    if "colour" in fields:
        gone += [colour for p in profile.points if (colour := colour_word(p.text)) and not {p.text, colour} & set(gone)]
    return {"changes": tuple(Change(kind="retract", text=t, quote=message[:80]) for t in gone), "lifted": fields}


def lifted(message: str, profile: Profile, read: Limits) -> tuple[str, ...]:
    """The fields whose limits the message withdraws ("forget the budget", "预算不限")."""
    fields = [
        name
        for name, words in _FIELDS.items()
        if any(re.search(pattern.replace("{f}", f"(?:{words})"), message, re.I) for pattern in _LIFTS)
    ]
    if re.search(r"(?:needn'?t|doesn'?t have to) be (?:by|from) (?:him|her|them)", message, re.I):
        fields += [c.field for c in profile.constraints if c.field in ("director", "author", "artist")]
    if "price >=" in fields or "price <=" in fields:  # one side of the budget, not all of it
        fields = [f for f in fields if f != "price"]
    return tuple(f for f in fields if not any(f in (c.field, f"{c.field} {c.op}") for c in read.constraints))


def critique(message: str) -> str:
    """A relative wish over what is on screen."""
    return next((name for name, pattern in _CRITIQUES.items() if re.search(pattern, message, re.I)), "")


def asked(message: str) -> list[str]:
    """The words of a question about items, for looking the answer up in their facts."""
    return [w for w in tokens(message) if len(w) > 1 or is_chinese(w)][:12]


def as_said(change: Change, numbers: Mapping[str, str], slips: Mapping[str, str]) -> Change:
    """The change with numbers spelled as the person spelled them, and the quote as it was written."""
    quote = spelling.as_written(spelling.as_written(change.quote, numbers), slips)
    return change.model_copy(update={"text": spelling.as_written(change.text, numbers), "quote": quote})


def _meant(message: str, text: str) -> str:
    """The words of a point that are taken back: its colour alone where only that is named ("forget about green")."""
    colour = colour_word(text)
    rest = [w for w in tokens(text) if not meanings(w) & meanings(colour)] if colour else []
    return colour if rest and not any(_mentions(message, w) for w in rest) else text


def _mentions(message: str, text: str) -> bool:
    words, spoken = set(tokens(text)), set(tokens(message))
    if is_chinese(text) and any(len(w) > 1 and w in text for w in spoken):
        return True
    return fold(text) in fold(message) or (bool(words) and any(meanings(w) & spoken for w in words))
