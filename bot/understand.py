"""Message + session -> `Reading`: rules read what must be certain, the model reads what is told at length or strangely,
and what the message does not support is dropped.

Acts, limits, negation and references are read by rule (`bot/rules`). Rules also guess the wishes; where they are unsure
(`asks_model`: long stories) the model is asked to list them, and its lines are taken as far as the message supports them;
of a message in another language the model's English is read. Measured on both: `docs/understanding.md`.
`tests/test_understand.py`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import prompts
from bot.errors import ModelUnavailable
from bot.llm import LLM, Prompt
from bot.rules import acts, changing, emoji_names, listed, names, references, relevance, spelling, tagged
from bot.rules.background import Background, names_in
from bot.rules.numbers import Limits, limits
from bot.rules.points import found_in, wishes
from bot.rules.polarity import Clause, clauses
from bot.state import Change, Language, Reading, Session
from bot.tagger import Tagged, tagger
from vectorstore.item import Item
from vectorstore.words import fold, is_chinese, tokens

NOTHING_KNOWN = Background()
LONG = {"en": 28, "zh": 60}  # words, characters: a message of that length is a story
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|</?(?:b|i|u|em|strong|p|br|span|div|h[1-6]|li|ul|ol|a|font|mark|small)(?:\s[^<>]{0,200})?/?>",
    re.I | re.S,
)
_ROUNDABOUT = re.compile(  # "any colour jacket is fine", "crime it is", 什么颜色都行的外套: a jacket, crime
    r"\bany (?:colou?r|brand|make|material|size|style)(?: of)? (?P<any>[a-z][\w' -]{2,30}?)"
    r" (?:is|are|will be|would be|works?|will do|do)\b(?: just)?(?: (?:fine|ok|okay|good|great|do))?"
    r"|(?:^|(?<=[;,.!] ))(?!(?:what|that|this|how|which|so|whatever|where|who|as|if|like)\b)(?P<so>[a-z][\w'-]+(?: [\w'-]+){0,2})"
    r" it is\b(?=\W*(?:then|please)?\W*$)"
    r"|(?:什么|任何|啥|随便什么)(?:颜色|牌子|品牌|材质|尺码|款式)的?都(?:行|可以|好|能接受)的(?P<zh>[\u4e00-\u9fff]{1,8})",
    re.I,
)
_COLOUR_AND_LIMIT = re.compile(r"^[\u4e00-\u9fff]{1,3}的[，,]")  # 棕色的，180 以内: a colour that is wished, not an item
_OF_ALL = re.compile(r"\b(?:only|anything but|nothing but|everything but)\b|只要|除了", re.I)
FIRM = 0.7  # a phrase that likely is a wish by rule stays, whether the model lists it or not


@dataclass(frozen=True)
class Understood:
    """A reading, and what it cost."""

    reading: Reading
    seconds: float
    prompt_tokens: int = 0
    completion_tokens: int = 0
    trouble: str = ""  # why the model was not heard, for the operator


def by_rules(message: str, session: Session, screen: Sequence[Item], background: Background = NOTHING_KNOWN) -> Reading:
    """The reading that needs no model: certain about numbers, negation and references, plain about wishes."""
    if words := emoji_names.in_words(message, session.language, background.telling):
        return _quoting(_reading(words, session, screen, background, None), message)
    return _reading(message, session, screen, background, None)


def asks_model(message: str, guess: Reading, always: bool = False) -> bool:
    """Whether the model is to be asked about `message`: where rules may well have misread the wishes (a story, another
    language), or `always` where wishes are changed at all."""
    if guess.topic not in ("", "other", "told") or guess.act in ("undo", "forget", "accept", "compare", "ask_item"):
        return False
    size = len(message) if is_chinese(message) else len(message.split())
    return always or size > LONG["zh" if is_chinese(message) else "en"] or foreign(message)


def understand(
    message: str,
    session: Session,
    screen: Sequence[Item],
    llm: LLM | None,
    timeout: float,
    background: Background = NOTHING_KNOWN,
    guess: Reading | None = None,
) -> Understood:
    """The reading of `message`: `guess` by rules, mended by what the model lists when there is one to ask.

    Never raises for the model's sake: without an answer in time the guess is the reading.
    """
    begun = time.monotonic()
    guess = guess or by_rules(message, session, screen, background)
    if llm is None:
        return Understood(guess, time.monotonic() - begun)
    strange = foreign(message)
    stop = ("END", "\n" if strange else "\n\n")
    try:
        stream = llm.stream(prompt(message, "english" if strange else "read"), max_tokens=80, timeout=timeout, stop=stop)
        answer = "".join(stream).strip()
    except ModelUnavailable as error:
        return Understood(guess, time.monotonic() - begun, trouble=str(error))
    if strange:
        reading = _translated(answer, message, session, screen, background) if answer else guess
    else:
        reading = _reading(message, session, screen, background, listed.parse(answer))
    return Understood(reading, time.monotonic() - begun, stream.usage.prompt_tokens, stream.usage.completion_tokens)


def foreign(message: str) -> bool:
    """Whether a message is mostly in another language than the two that are read."""
    letters = [c for c in message if c.isalpha()]
    others = sum(ord(c) > 0x24F and not is_chinese(c) and not "\uff00" <= c <= "\uffef" for c in letters)
    if _KANA_OR_HANGUL.search(message) or 2 * others > len(letters) > 0:
        return True
    if is_chinese(message):
        return False
    words = re.findall(r"(?<![^\W_])[^\W\d_A-Z][^\W\d_]{2,}|^\W*[^\W\d_]{3,}", message)  # names are of no language
    return len(words) > 2 and _unknown(words) > 0.4 and _unknown(spelling.mended(" ".join(words), {})[0].split()) > 0.35


def _unknown(words: Sequence[str]) -> float:
    """The share of words that are not English."""
    return sum(not spelling.is_word(w.lower()) for w in words) / len(words)


def prompt(message: str, task: str = "read") -> Prompt:
    """The common beginning, the task (`prompts/read.md`, `prompts/english.md`) and the message."""
    return Prompt(prompts.text("system"), prompts.render(task, message=one_line(message)))


def _translated(english: str, message: str, session: Session, screen: Sequence[Item], background: Background) -> Reading:
    """A message in another language, read in the model's translation; a number that the message does not hold limits nothing."""
    reading = _reading(english, session, screen, background, None)
    numbers = set(re.findall(r"\d+", message))
    told = tuple(c for c in reading.constraints if set(re.findall(r"\d+", str(c.value))) - {"0"} <= numbers)
    return _quoting(reading.model_copy(update={"constraints": told, "by": "model"}), message)


def _quoting(reading: Reading, message: str) -> Reading:
    """The reading with the person's own words behind everything, when it was not made from them."""
    said = {"quote": one_line(message)[:48]}
    changes = tuple(c.model_copy(update=said) for c in reading.changes)
    limited = tuple(c.model_copy(update=said) for c in reading.constraints)
    return reading.model_copy(update={"changes": changes, "constraints": limited})


def language_of(message: str, before: Language) -> Language:
    """The language to answer in: Chinese when a fair share of it is, else English; without letters as before."""
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
    message: str, session: Session, screen: Sequence[Item], background: Background, answer: listed.Listed | None
) -> Reading:
    profile = session.profile
    message = re.sub(r"[^\S\n]{2,}", " ", _MARKUP.sub(" ", message))  # long gaps say nothing and cost time
    on_items = names_in(screen)
    keep = {w for item in screen for w in tokens(item.title)} | {w for name in on_items for w in name.split()}
    spelt, slips = (message, {}) if foreign(message) else spelling.mended(message, background.words, keep)
    before = session.turns[-1].reading.refers_to if session.turns else ()
    refers = references.on_screen(spelt, screen, before)
    read = limits(spelt if refers else _ROUNDABOUT.sub(lambda m: m["any"] or m["so"] or m["zh"], spelt))
    parts = clauses(read.text)
    if read.constraints and _COLOUR_AND_LIMIT.match(spelt):
        refers = ()

    found = _tagged(read, screen, session)
    sure = _wishes(message, read, parts, found, bool(screen), background)
    sure = [(c, chance) for c, chance in sure if not points_at(c, screen, refers)]
    changes = [c for c, _ in sure]
    if answer is not None:
        firm = [c for c, chance in sure if chance >= FIRM or answer.speaks_of(c.text)]
        changes = listed.joined(firm, answer, parts, lambda c: points_at(c, screen, refers))

    freed = changing.released(parts, profile)
    lifted = changing.lifted(message, profile, read)
    waited = changing.answered(message, session.turns[-1].question if session.turns else "")
    signs = acts.Signs(
        first=not any(p.weight > 0 for p in profile.points),
        refers=bool(refers),
        screen=bool(screen),
        wishes=any(c.weight > 0 and not acts.service_topic(c.text) for c in changes),
        exclusions=any(c.weight < 0 for c in changes),
        limited=bool(read.constraints or waited),
        loosened=bool(freed or lifted) or changing.critique(message) not in ("", "different"),
    )
    act, topic = acts.act(spelt, signs)
    if found is not None and topic in ("", "other", "told"):
        act, topic = tagged.act(spelt, act, topic, found.acts, signs)
    if act in ("accept", "reject") and not refers and (len(screen) == 1 or (act == "reject" and not changes)):
        refers = tuple(item.id for item in screen)
    topic = "" if topic == "browse" else topic
    bare = Reading(act=act, topic=topic, language=language_of(message, session.language), refers_to=refers)
    if topic == "injection" or act == "undo":
        return bare
    if act == "forget":
        return bare.model_copy(update=changing.forgotten(message, profile, read))
    if act in ("chat", "out_of_scope"):
        return bare
    if act in ("accept", "compare", "ask_item"):
        asks = tuple(changing.asked(message)) if act != "accept" else ()
        return bare.model_copy(update={"asks": asks, "constraints": changing.bounds(message, read, refers, screen)})
    maker = names.maker_field(" ".join([*(t.user for t in session.turns[-3:]), spelt]), on_items)
    strict = changing.strict(parts, changes, background.names | on_items, maker)
    that, ruled_out = changing.that_brand(message, refers or before, screen)
    changes, strict = [*changes, *that], (*strict, *changing.not_by_them(spelt), *ruled_out)
    loose = changing.colours_of(profile) if "colour" in lifted else []
    gone = {fold(c.text) for c in freed}
    changes = [c for c in changes if fold(c.text) not in gone]
    changes = [*freed, *loose, *changing.replacing(changes, parts, profile, background.values)]
    return bare.model_copy(
        update={
            "changes": tuple(changing.as_said(c, read.was, slips) for c in changes),
            "constraints": changing.bounds(message, read, refers, screen) + strict + waited,
            "lifted": lifted,
            "critique": changing.critique(message),
            "by": "rules" if answer is None else "model",
        }
    )


def _tagged(read: Limits, screen: Sequence[Item], session: Session) -> Tagged | None:
    model = tagger()
    return model.read(read.text, read.spans, screen=bool(screen), first=not session.turns) if model is not None else None


def _wishes(
    message: str, read: Limits, parts: Sequence[Clause], found: Tagged | None, screen: bool, background: Background
) -> list[tuple[Change, float]]:
    """The wishes with their chance: by the tagger and the filter over noun phrases, or without a tagger by the filter alone."""
    phrases = found_in(read.text, read.spans)
    weighed = list(zip(phrases, relevance.chances(message, phrases, screen, background), strict=True))
    if found is not None:
        unweighed = [(p, 0.9 if p.believed else 0.0) for p in phrases]  # without an embedding model the filter knows little
        return tagged.wishes(found, read, parts, weighed if background.embedder else unweighed, background.terms)
    chances = {p.text.casefold(): chance for p, chance in weighed}
    return [(c, chances[c.text.casefold()]) for c in wishes(p for p, chance in weighed if chance >= relevance.threshold())]


def points_at(change: Change, screen: Sequence[Item], refers: Sequence[str]) -> bool:
    """Whether words only point at an item on screen ("the yellow one") and wish for nothing."""
    return any(_names(change, item, item.id in refers) for item in screen)


def _names(change: Change, item: Item, meant: bool) -> bool:
    if fold(change.text) in (fold(item.title), fold(item.title_in("zh"))):
        return True
    if _OF_ALL.search(change.quote):  # "anything but pink" speaks of all there is, not of the pink one on screen
        return False
    words = set(tokens(change.text))
    named = set(tokens(item.title)) | set(tokens(item.title_in("zh"))) | set(tokens(item.brand or ""))
    if words and words <= named:  # "no Corvane" rules out the brand and all its items
        return meant if change.weight > 0 else (meant and not words <= set(tokens(item.brand or "")))
    if not meant or not words:
        return False
    if change.weight < 0:  # "not the black one" passes over one item, not over all that is black
        one = re.search(r"\bthe (?:[\w-]+ ){1,3}ones?\b|[那这][个款件双部本张台]", change.quote)
        return bool(one) and all(w in named or references.states(item, w) for w in words)
    more = re.search(r"\b(?:in|but|want|make it|with|no|not|more)\b|要|换", change.quote, re.I)
    return not more and all(w in named or references.states(item, w) for w in words)
