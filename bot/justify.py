"""Recommendations -> the sentence under each item: a template from its facts at once, the model's words once checked.

The model gets computed reasons and stated facts, writes one line an item (`prompts/system.md`, TASK SAY), and each line
is held against its item (`grounding.py`) before anybody sees it; what fails is dropped and the template stays.
`tests/test_justify.py`.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import prompts
from bot.errors import ModelUnavailable
from bot.grounding import complaint
from bot.llm import LLM, Prompt
from bot.phrases import fact_words, listed, money, phrase, value_words
from bot.state import Fact, Language, Profile, Recommendation, SentenceReady
from vectorstore.constraints import as_number, as_values
from vectorstore.info import CatalogueInfo
from vectorstore.item import Item
from vectorstore.offers import FIELDS
from vectorstore.words import is_chinese, tokens

_LINE = re.compile(r"^\s*(\d+)\s*[.:：)、]?\s*(.+)$")
_QUIET = FIELDS | {"rating_count", "tags", "description", "title", "category", "price", "for"}
_QUIET |= {"also_in", "goes_with", "stock", "delivery_days"}  # told where they answer a wish
TOLD = 3  # facts of an item that the model hears: more are read for seconds and never said
WRITTEN = 32  # tokens that a sentence may take
_DULL = {"rating", "size", "care", "season", "decade"}  # facts that make no sentence


@dataclass
class Spoken:
    """What the second call cost, and which sentences were the model's."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    calls: int = 0
    kept: int = 0
    dropped: int = 0


def with_templates(
    items: Sequence[Recommendation], profile: Profile, info: CatalogueInfo, language: Language
) -> tuple[Recommendation, ...]:
    """Every item with a true sentence that needs no model."""
    return tuple(r.model_copy(update={"sentence": template(r, profile, info, language), "voice": "template"}) for r in items)


def template(r: Recommendation, profile: Profile, info: CatalogueInfo, language: Language) -> str:
    """The catalogue's own sentence that speaks of what was wished, how far the price lies under the limit, and what that was
    bought it goes with."""
    parts = [_own_sentence(r, language)]
    if saved := saving(r.item, profile):
        words = phrase("saved_price", language, amount=money(saved, r.item.currency or info.currency, language))
        parts.append(words[0].upper() + words[1:] + ("。" if language == "zh" else "."))
    if beside := next((c for c in r.reasons if c.term == "complement"), None):
        parts.append(phrase("sentence_complement", language, words=beside.label))
    return ("" if language == "zh" else " ").join(p for p in parts if p)


def saving(item: Item, profile: Profile) -> float | None:
    """How far the price lies under the budget; None without a budget, or when it is hardly worth saying."""
    for c in profile.constraints:
        bound = as_number(as_values(c.value)[0])
        if (
            c.field == "price"
            and c.op == "<="
            and bound
            and item.price is not None
            and max(1.0, bound * 0.05) <= bound - item.price <= bound / 2
        ):
            return round(bound - item.price, 2)
    return None


def justify(
    items: Sequence[Recommendation],
    profile: Profile,
    info: CatalogueInfo,
    language: Language,
    llm: LLM,
    timeout: float,
    spoken: Spoken,
) -> Generator[SentenceReady, None, None]:
    """The model's checked sentences, one by one as they are written. Ends quietly when it fails: templates stand."""
    wished = [p.text for p in profile.points]
    try:
        stream = llm.stream(
            prompt(items, profile, info, language), max_tokens=WRITTEN * len(items), timeout=timeout, stop=("END", "\n\n")
        )
        spoken.calls += 1
    except ModelUnavailable:
        return
    text = ""
    told: dict[int, str] = {}

    def heard(whole: bool) -> Iterator[SentenceReady]:
        for n, sentence in _lines(text, whole=whole):
            if n in told or not 0 < n <= len(items) or (whole and not re.search(r"[.!。！]\s*$", sentence)):
                continue
            r, said = items[n - 1], _bare(sentence, items[n - 1].item, language)
            fresh = _opening(said) not in map(_opening, told.values()) and _concrete(said, r, language)
            told[n] = said
            if fresh and _grounded(said, r, profile, wished, info, language):
                spoken.kept += 1
                yield SentenceReady(item_id=r.item.id, text=said, done=True)
            else:
                spoken.dropped += 1

    try:
        for piece in stream:
            text += piece
            yield from heard(whole=False)
        yield from heard(whole=True)
    except ModelUnavailable:
        return
    finally:
        stream.close()
        spoken.prompt_tokens += stream.usage.prompt_tokens
        spoken.completion_tokens += stream.usage.completion_tokens


def prompt(items: Sequence[Recommendation], profile: Profile, info: CatalogueInfo, language: Language) -> Prompt:
    """The common beginning, and a line an item: the wishes in quotes with the facts that answer them, then other facts.

    The catalogue's tone stands beside the language, in the part that changes.
    """
    lines = [f"{n} {facts_line(r, profile, info, language)}" for n, r in enumerate(items, 1)]
    spoken = "中文" if language == "zh" else "English"
    if tone := info.tone.get(language, "").strip():
        spoken = f"{spoken}; {tone}"
    return Prompt(prompts.text("system"), prompts.render("say", language=spoken, items="\n".join(lines)))


def facts_line(r: Recommendation, profile: Profile, info: CatalogueInfo, language: Language) -> str:
    """'jackets | "no zips": horn buttons | lambskin | $21 under the limit': reasons first, then facts up to three.

    What kind of thing it is stands for its name: name and price are on the card, and the model would only say them again.
    """
    item = r.item
    kind = info.term(item.category[-1], language).lower() if item.category else item.title_in(language)[:40]
    parts, told = [kind], set()
    for c in r.reasons:
        told_here = c.fact and (c.fact.name not in _QUIET or c.fact.name in ("also_in", "delivery_days"))
        if c.quote and c.fact and told_here and c.fact.name not in told:
            told.add(c.fact.name)
            wish = phrase("not_wish", language, wish=c.label) if c.weight < 0 else c.label
            words = value_words(c.fact.name, c.fact.value, info, language)
            words = words if c.fact.name == "offer" else words[:50]  # half an offer is another offer
            parts.append(f'"{wish}": {fact_words(c.fact, info, language) if c.fact.name in _QUIET else words}')
    for name, value in item.attributes_in(language).items():
        if len(told) < TOLD and name not in _QUIET | _DULL and name not in told and not isinstance(value, bool):
            told.add(name)
            words = value_words(name, value, info, language)[:50]
            plain = name in ("material", "colour", "closure")
            parts.append(words if plain else fact_words(Fact(name=name, value=value), info, language)[:60])
    currency = item.currency or info.currency
    if saved := saving(item, profile):
        parts.append(phrase("saved_price", language, amount=money(saved, currency, language)))
    return " | ".join(parts)


def _lines(text: str, *, whole: bool) -> Iterator[tuple[int, str]]:
    """The numbered lines of an answer; without `whole` only those that are finished by a new line."""
    lines = text.split("\n")
    for line in lines if whole else lines[:-1]:
        if m := _LINE.match(line):
            yield int(m[1]), m[2].strip()


def _bare(sentence: str, item: Item, language: Language) -> str:
    """The sentence without the item's name at its beginning: the name stands above it on the card."""
    rest = re.sub(rf"^(?:The )?{re.escape(item.title_in(language))}\s*[:：,，]?\s*", "", sentence, flags=re.I)
    return rest[0].upper() + rest[1:] if rest and not rest.lower().startswith(("is ", "are ", "has ", "have ")) else sentence


def _opening(sentence: str) -> str:
    """How a sentence begins: three that begin alike read like a form."""
    return sentence[:8] if is_chinese(sentence) else " ".join(sentence.lower().split()[:4])


def _concrete(sentence: str, r: Recommendation, language: Language) -> bool:
    """Whether the sentence tells a fact of the item rather than the wish again ("a good choice for brown leather")."""
    said = set(tokens(sentence))
    values = [v for _, value in r.item.facts(language) for v in as_values(value) if not isinstance(v, bool)]
    facts = {word for v in values for word in tokens(str(v))} - set(tokens(r.item.title_in(language)))
    asked = {word for c in r.contributions for word in tokens(c.label)}
    numbers = set(re.findall(r"\d+", sentence))
    return bool(said & (facts - asked)) or bool(numbers)


def _grounded(
    sentence: str, r: Recommendation, profile: Profile, wished: Sequence[str], info: CatalogueInfo, language: Language
) -> bool:
    numbers = [n for c in profile.constraints for n in map(as_number, as_values(c.value)) if n is not None]
    if saved := saving(r.item, profile):
        numbers.append(saved)
        if re.search(rf"\bcost(?:s|ing)?\s+\D?{saved:g}\b|(?:售价|价格|只需|仅需)\s*\D{{0,3}}{saved:g}", sentence):
            return False  # "costs $61 under your limit": what is saved is no price
    if _mislabelled(sentence, r.item, info, language):
        return False
    return 8 <= len(sentence) <= 240 and complaint(sentence, r.item, language, wished, numbers, info) is None


def _mislabelled(sentence: str, item: Item, info: CatalogueInfo, language: Language) -> bool:
    """Whether the sentence names a field and none of what the item states there: "with brick red connection"."""
    said = set(tokens(sentence))
    for name, value in item.facts(language):
        label, values = set(tokens(info.label(name, language))), {w for v in as_values(value) for w in tokens(str(v))}
        if label and label <= said and not label & values and not isinstance(value, bool) and not values & said:
            return True
    return False


def _own_sentence(r: Recommendation, language: Language) -> str:
    """The sentence of the item's own description that speaks of a reason, else its first; short enough for a card."""
    said = r.item.description_in(language).strip()
    if not said:
        facts = listed([str(as_values(c.fact.value)[0]) for c in r.reasons if c.quote and c.fact][:2], language)
        return facts and facts[0].upper() + facts[1:] + ("。" if language == "zh" else ".")
    end = r"(?<=[。！？])" if language == "zh" else r"(?<=[.!?])\s+(?=[A-Z0-9“\"'])"
    sentences = [s.strip() for s in re.split(end, said) if s.strip()]
    wanted = [str(v).casefold() for c in r.reasons if c.quote and c.fact and c.amount > 0 for v in as_values(c.fact.value)]
    best = next((s for s in sentences if any(w in s.casefold() for w in wanted)), sentences[0])
    if len(best) < (8 if language == "zh" else 24):  # "Sleek and functional." says nothing
        best = next((s for s in sentences if len(s) >= 24), best)
    if len(best) <= 170:
        return best if re.search(r"[.!?…。！？”\"]$", best) else best + ("。" if language == "zh" else ".")
    cut = best[:170].rsplit("，" if language == "zh" else " ", 1)[0]
    return cut.rstrip(" ,;:，；：") + "…"
