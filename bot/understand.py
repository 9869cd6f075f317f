"""Message + session -> `Reading`: the model reads the language, rules read what must be certain, and what the message does
not support is dropped.

The model answers in short lines (`prompts/system.md`, TASK READ), taken one by one: a line that cannot be read loses
itself, not the answer. Its signs are set against the negations in the message; numbers, currencies and references on
screen are read by rule alone. Without a model the rules' own first guess is the reading. `tests/test_understand.py`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from rapidfuzz import fuzz

import prompts
from bot.errors import ModelUnavailable
from bot.llm import LLM, Prompt
from bot.profile import same_words, says_all
from bot.rules import acts, names, references, relevance, spelling
from bot.rules.background import Background, names_in
from bot.rules.numbers import Limits, limits
from bot.rules.points import found_in, wishes
from bot.rules.polarity import Clause, clauses, is_strict, negates
from bot.state import Act, Change, Language, Profile, Reading, Session
from vectorstore.constraints import Constraint, Op, as_values
from vectorstore.item import Item
from vectorstore.words import colour_word, fold, is_chinese, meanings, same_word, tokens

NOTHING_KNOWN = Background()
_WORDED = ("colour", "brand", "director", "author", "artist", "language")
_FIELD_NAMES = {
    "price": r"budget|price|cost|money|预算|价格|价位|价钱", "colour": r"colou?rs?|颜色|色", "brand": r"brands?|品牌|牌子",
    "size": r"sizes?|尺码|尺寸|码数", "duration_minutes": r"length|duration|run ?time|时长|片长", "year": r"years?|年份|年代",
    "rating": r"ratings?|scores?|评分", "material": r"materials?|fabrics?|材质|面料",
    "director": r"directors?|导演", "age": r"age|年龄",
}  # fmt: skip


@dataclass
class Answer:
    """The model's lines, as far as they could be read."""

    act: Act | None = None
    plus: list[str] = field(default_factory=list)
    minus: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    only: list[tuple[str, str]] = field(default_factory=list)
    refs: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Understood:
    """A reading, and what it cost."""

    reading: Reading
    seconds: float
    prompt_tokens: int = 0
    completion_tokens: int = 0
    trouble: str = ""  # why the model was not used, for the operator


def by_rules(message: str, session: Session, screen: Sequence[Item], background: Background = NOTHING_KNOWN) -> Reading:
    """The reading that needs no model: certain about numbers, negation and references, plain about wishes."""
    return _reading(message, session, screen, None, background)


def understand(
    message: str, session: Session, screen: Sequence[Item], llm: LLM, timeout: float, background: Background = NOTHING_KNOWN
) -> Understood:
    """The reading of `message`, by the model where it answers in time, else by rules. Never raises for the model's sake."""
    begun = time.monotonic()
    guess = by_rules(message, session, screen, background)
    if (
        guess.topic == "injection"
        or guess.act in ("undo",)
        or guess.start_over
        or (guess.act == "chat" and len(message) < 25)
    ):
        return Understood(guess, time.monotonic() - begun)  # certain by rule; nothing a model could add
    try:
        stream = llm.stream(prompt(message, session, screen), max_tokens=120, timeout=timeout, stop=("END", "\n\n"))
        text = "".join(stream)
    except ModelUnavailable as error:
        return Understood(guess, time.monotonic() - begun, trouble=str(error))
    reading = _reading(message, session, screen, parse(text), background)
    return Understood(reading, time.monotonic() - begun, stream.usage.prompt_tokens, stream.usage.completion_tokens)


def prompt(message: str, session: Session, screen: Sequence[Item]) -> Prompt:
    """The common beginning, then the compact state, what is on screen, and the message."""
    state = " ".join(f"{'+' if p.weight > 0 else '-'}{p.text}" for p in session.profile.points) or "nothing"
    shown = " ".join(f"{n} {_short(item, session.language)}" for n, item in enumerate(screen, 1)) or "nothing"
    return Prompt(prompts.text("system"), prompts.render("read", state=state, screen=shown, message=one_line(message)))


def parse(text: str) -> Answer:
    """The answer's lines; whatever is no line of the format is passed over."""
    answer = Answer()
    for raw in text.splitlines():
        line = raw.strip().strip("`*")
        if m := re.match(r"act\s*[:：]?\s*([a-z_]+)", line, re.I):
            answer.act = m[1].lower() if m[1].lower() in get_args(Act) else answer.act  # type: ignore[assignment]
        elif m := re.match(r"only\s+(\w+)\s*[:：]\s*(.+)", line, re.I):
            answer.only.append((m[1].lower().replace("color", "colour"), m[2].strip()))
        elif m := re.match(r"ref\s*[:：]?\s*([\d,\s#and和、]+)", line, re.I):
            answer.refs.extend(int(n) for n in re.findall(r"\d+", m[1]))
        elif m := re.match(r"([+\-x×−–])\s*(.+)", line):
            point = m[2].strip(" .。,，\"'“”")
            if 0 < len(point) <= 60:
                {"+": answer.plus, "x": answer.gone, "×": answer.gone}.get(m[1], answer.minus).append(point)
    return answer


def language_of(message: str, before: Language) -> Language:
    """The language to answer in: Chinese when a fair share of it is, else English; a message without letters keeps the last."""
    chinese = len(re.findall(r"[\u4e00-\u9fff]", message))
    latin = len(re.findall(r"[A-Za-z]+", message))
    if not chinese and not latin:
        return before
    return "zh" if chinese >= 2 * latin or chinese >= 4 else "en"


def one_line(message: str) -> str:
    """A message as the model reads it: control characters out, white space folded, at most 1,200 characters."""
    clean = "".join(c if c.isprintable() else " " for c in message)
    return re.sub(r"\s+", " ", clean).strip()[:1200]


def _reading(
    message: str, session: Session, screen: Sequence[Item], answer: Answer | None, background: Background = NOTHING_KNOWN
) -> Reading:
    profile = session.profile
    on_items = names_in(screen)
    keep = {w for item in screen for w in tokens(item.title)} | {w for name in on_items for w in name.split()}
    spelt, slips = spelling.mended(message, background.words, keep)
    read = limits(spelt)
    parts = clauses(read.text)
    refers = references.on_screen(message, screen, session.turns[-1].reading.refers_to if session.turns else ())
    phrases = found_in(read.text, read.spans)
    guessed = wishes(relevance.wished(message, phrases, bool(screen), lambda p: points_at(p.change(), screen, refers), background))
    language = language_of(message, session.language)
    signs = acts.Signs(
        first=not any(p.weight > 0 for p in profile.points),
        refers=bool(refers),
        screen=bool(screen),
        wishes=any(c.weight > 0 for c in guessed),
        exclusions=any(c.weight < 0 for c in guessed),
        limited=bool(read.constraints),
    )
    act, topic = acts.act(spelt, signs)
    if act == "accept" and not refers and len(screen) == 1:
        refers = (screen[0].id,)
    still = Reading(act=act, topic=topic, language=language, refers_to=refers, by="rules")
    if topic == "injection" or act == "undo":
        return still
    if act == "forget":
        return still.model_copy(update=_forgotten(message, profile, read) | {"by": "rules"})
    changes, by = guessed, "rules"
    if answer is not None:
        by = "model"
        changes = _supported(answer, message, parts, profile, screen)
        act, topic = _settled(
            act, topic, answer, bool(refers), bool(screen), bool(changes or read.constraints), profile
        )
        if not refers and act in ("reject", "accept", "ask_item", "compare", "more_like"):
            refers = tuple(screen[n - 1].id for n in answer.refs if 0 < n <= len(screen))
    if (act in ("chat", "out_of_scope", "accept", "compare", "ask_item") and by == "rules") or act in ("chat", "out_of_scope"):
        changes = []
    if act == "reject" and screen and not refers and not changes:
        refers = tuple(i.id for i in screen)
    bounds = () if act in ("chat", "out_of_scope") else (*read.constraints, *_relative(message, refers, screen))
    strict = _strict(parts, changes, background.names | on_items)
    changes = [_as_said(c, read.was, slips) for c in changes]
    return Reading(
        act=act,
        topic=topic,
        language=language,
        changes=tuple(changes),
        constraints=tuple(_last_of_side(bounds)) + strict,
        lifted=_lifted(message, profile, read),
        refers_to=refers,
        asks=tuple(_asked(message)) if act in ("ask_item", "compare") else (),
        critique=_critique(message),
        by=by,  # type: ignore[arg-type]
    )


def _supported(
    answer: Answer, message: str, parts: Sequence[Clause], profile: Profile, screen: Sequence[Item]
) -> list[Change]:
    """The model's points that the message supports, with the sign that the message's own words give them."""
    changes: list[Change] = []
    for text in answer.gone:
        if any(says_all(p.text, text) or same_words(p.text, text) for p in profile.points):
            changes.append(Change(kind="retract", text=text, quote=text))
    for text, wished in [(t, True) for t in answer.plus] + [(t, False) for t in answer.minus]:
        clause = _where(text, parts)
        if clause is None or _names_screen(text, screen) or re.fullmatch(r"[\d$€£¥.,]+(?:块|元)?", text):
            continue
        if any(same_words(c.text, text) for c in changes if c.kind == "add"):
            continue
        sign = 1.0 if wished else -1.0
        if clause.sign == "against" and wished and negates(clause, text):
            sign = -1.0
        if clause.sign == "neutral":
            if profile.point(text) and profile.point(text).weight < 0:  # type: ignore[union-attr]
                changes.append(Change(kind="retract", text=text, quote=clause.text.strip()))
            continue
        if clause.sign == "for" and not wished and clause.weight == 0.6:
            sign = 1.0
        strength = abs(clause.weight) if (clause.weight > 0) == (sign > 0) else 0.8
        changes.append(
            Change(kind="add", text=text, weight=sign * strength, quote=_quoted(clause, text), lasting=clause.lasting)
        )
    return changes


def _where(text: str, parts: Sequence[Clause]) -> Clause | None:
    """The clause that a point comes from: the one that holds it, or most of its words (misspellings allowed)."""
    folded = fold(text)
    for clause in parts:
        if folded in fold(clause.text):
            return clause
    words = set(tokens(text))
    best: tuple[float, Clause] | None = None
    for clause in parts:
        own = set(tokens(clause.text))
        if not words or not own:
            continue
        if is_chinese(text):
            chars = [c for c in folded if c in fold(clause.text)]
            share = len(chars) / max(1, len(folded))
        else:
            share = sum(1 for w in words if w in own or any(len(w) > 3 and fuzz.ratio(w, o) >= 75 for o in own)) / len(
                words
            )
        if share >= 0.5 and (best is None or share > best[0]):
            best = share, clause
    return best[1] if best else None


def _settled(
    act: Act, topic: str, answer: Answer, refers: bool, screen: bool, changed: bool, profile: Profile
) -> tuple[Act, str]:
    """Rule and model on the act: the rule where it has a cue, the model where the rule only guessed."""
    said = answer.act
    if (
        said is None
        or act in ("undo", "forget", "more_like", "compare", "accept", "ask_item", "reject")
        or topic not in ("", "other")
    ):
        return act, topic
    if said in ("request", "refine", "chat") and changed:
        return ("refine" if any(p.weight > 0 for p in profile.points) else "request"), ""
    if said in ("undo", "forget") or (said in ("compare", "ask_item", "more_like", "accept", "reject") and not screen):
        return act, topic
    if said == "out_of_scope" and not changed:
        return said, "other"
    if said in ("ask_item", "compare", "more_like", "accept", "reject") and (refers or not changed):
        return said, ""
    return act, topic


def _forgotten(message: str, profile: Profile, read: Limits) -> dict[str, object]:
    """What a "forget …" takes back: everything, a field's limits and words, or the points it names."""
    if acts.start_over(message):
        return {"start_over": True}
    lifted = _lifted(message, profile, read)
    gone = [p.text for p in profile.points if _mentions(message, p.text)]
    if "colour" in lifted:
        gone += [p.text for p in profile.points if colour_word(p.text) and p.text not in gone]
    changes = [
        Change(kind="retract", text=(colour_word(t) or t) if "colour" in lifted else t, quote=message[:80])
        for t in gone
    ]
    return {"changes": tuple(changes), "lifted": lifted}


def _lifted(message: str, profile: Profile, read: Limits) -> tuple[str, ...]:
    """The fields whose limits the message withdraws ("forget the budget", "预算不限")."""
    drop = r"(?:forget|drop|scrap|scratch|lose|remove|never ?mind|ignore|skip)(?: about)? (?:the |my |that |about )*{f}|{f}s?(?: really)? (?:doesn'?t|does not|don'?t|do not|is not|isn'?t) (?:matter|important|an? issue)|{f} (?:is )?no object|any {f} (?:is|will be) (?:fine|ok)|needn'?t be by|{f}(?:不限|无所谓|随意|不重要|不用管|都行)|不限{f}|(?:忘了|去掉|取消|不考虑|别管){f}"
    fields = [
        name for name, words in _FIELD_NAMES.items() if re.search(drop.replace("{f}", f"(?:{words})"), message, re.I)
    ]
    if re.search(
        r"needn'?t be (?:by|from) (?:him|her|them)|doesn'?t have to be (?:by|from) (?:him|her|them)", message, re.I
    ):
        fields += [c.field for c in profile.constraints if c.field in ("director", "author", "artist")]
    return tuple(f for f in fields if not any(c.field == f for c in read.constraints))


def _strict(
    parts: Sequence[Clause], changes: Sequence[Change], known: Mapping[str, tuple[str, str]]
) -> tuple[Constraint, ...]:
    """Limits on worded fields: a colour, brand or maker ruled out strictly, or wished "only"."""
    found: list[Constraint] = []
    wanted: dict[str, list[Change]] = {}
    for change in changes:
        clause = _where(change.text, parts)
        named = names.field_of(change.text, change.quote, known) if clause and change.kind == "add" else None
        if clause is None or named is None:
            continue
        name, value = named
        if change.weight < 0 and clause.sign == "against" and not re.search(r"\btoo |太|\bless\b", clause.text):
            softly = re.search(r"\bactually\b|其实", clause.text) and not re.search(
                r"no |anything but|hate|不要|别", clause.text
            )
            if not (name == "colour" and softly):
                found.append(Constraint(field=name, op="!=", value=value, quote=clause.text.strip()))
        elif change.weight > 0 and is_strict(clause.text) and clause.sign == "for":
            wanted.setdefault(name, []).append(change.model_copy(update={"text": value, "quote": clause.text.strip()}))
    for name, wishes_of in wanted.items():
        values = tuple(w.text for w in wishes_of)
        op: Op = "=" if len(values) == 1 else "in"
        found.append(Constraint(field=name, op=op, value=values[0] if op == "=" else values, quote=wishes_of[0].quote))
    return tuple(found)


def _as_said(change: Change, numbers: Mapping[str, str], slips: Mapping[str, str]) -> Change:
    """The change with numbers spelled as the person spelled them, and the quote as it was written."""
    quote = spelling.as_written(spelling.as_written(change.quote, numbers), slips)
    return change.model_copy(update={"text": spelling.as_written(change.text, numbers), "quote": quote})


def _relative(message: str, refers: Sequence[str], screen: Sequence[Item]) -> tuple[Constraint, ...]:
    """'Cheaper than the second' is a limit at the second's price."""
    m = re.search(r"cheaper than|less than (?:that|the|it)|比.{1,8}便宜|更便宜的(?!类似)", message, re.I)
    named = [i for i in screen if i.id in refers]
    if m and len(named) == 1 and named[0].price is not None:
        return (Constraint(field="price", op="<=", value=named[0].price, quote=message[m.start() : m.start() + 40]),)
    return ()


def _last_of_side(bounds: Sequence[Constraint]) -> list[Constraint]:
    """Of two bounds on one side, the hard or the later one."""
    kept: dict[tuple[str, str], Constraint] = {}
    for c in bounds:
        kept[(c.field, c.op)] = c
    return list(kept.values())


def _asked(message: str) -> list[str]:
    """The words of a question about items, for looking the answer up in their facts."""
    return [w for w in tokens(message) if len(w) > 1 or is_chinese(w)][:12]


def _critique(message: str) -> str:
    for name, pattern in {
        "cheaper": r"\bcheap(?:er)?\b|less expensive|便宜", "lighter": r"\blighter\b|轻一?点|更轻", "bigger": r"\bbigger\b|\blarger\b|大一?点|更大",
        "smaller": r"\bsmaller\b|小一?点|更小", "different": r"something else|anything else|换一批|别的",
    }.items():  # fmt: skip
        if re.search(pattern, message, re.I):
            return name
    return ""


def points_at(change: Change, screen: Sequence[Item], refers: Sequence[str]) -> bool:
    """Whether words only point at an item on screen ("the yellow one") and wish for nothing."""
    if _names_screen(change.text, screen):
        return True
    words = set(tokens(change.text))
    for item in screen:
        named = set(tokens(item.title)) | set(tokens(item.title_in("zh"))) | set(tokens(item.brand or ""))
        if words and words <= named:
            return True
        if item.id in refers and change.weight > 0 and words:
            stated = [str(v) for _, value in item.facts() for v in as_values(value) if not isinstance(v, bool)]
            if all(w in named or any(same_word(v, w) for v in stated) for w in words) and not re.search(
                r"\b(?:in|but|want|make it|with|no|not|more)\b|要|换", change.quote, re.I
            ):
                return True
    return False


def _names_screen(text: str, screen: Sequence[Item]) -> bool:
    return any(fold(text) in (fold(i.title), fold(i.title_in("zh"))) for i in screen)


def _mentions(message: str, text: str) -> bool:
    words = set(tokens(text))
    spoken = set(tokens(message))
    return fold(text) in fold(message) or (bool(words) and any(meanings(w) & spoken for w in words))


def _quoted(clause: Clause, text: str) -> str:
    said = clause.text.strip(" ,.;:!?，。；：！？")
    return said if len(said) <= 48 else text


def _short(item: Item, language: Language) -> str:
    """An item on screen in a few tokens: the title, and a colour or maker that messages point with."""
    hints = [
        str(as_values(v)[0])
        for name in ("colour", "director", "artist")
        if (v := item.attributes_in(language).get(name))
    ]
    return item.title_in(language)[:48] + (f" ({hints[0]})" if hints else "")
