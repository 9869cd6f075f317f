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
from bot.phrases import fact_words, listed, money, phrase, wishes
from bot.state import Fact, Language, Profile, Recommendation, SentenceReady
from vectorstore.constraints import as_number, as_values
from vectorstore.info import CatalogueInfo
from vectorstore.item import Item

_LINE = re.compile(r"^\s*(\d+)\s*[.:：)、]?\s*(.+)$")
_QUIET = {"rating_count", "was", "tags", "description", "title", "category", "price", "for"}


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
    return tuple(
        r.model_copy(update={"sentence": template(r, profile, info, language), "voice": "template"}) for r in items
    )


def template(r: Recommendation, profile: Profile, info: CatalogueInfo, language: Language) -> str:
    """The catalogue's own sentence that speaks of what was wished, and how far the price lies under the limit."""
    parts = [_own_sentence(r, language)]
    if saved := saving(r.item, profile):
        words = phrase("saved_price", language, amount=money(saved, r.item.currency or info.currency, language))
        parts.append(words[0].upper() + words[1:] + ("。" if language == "zh" else "."))
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
            and bound - item.price >= max(1.0, bound * 0.05)
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
            prompt(items, profile, info, language), max_tokens=48 * len(items), timeout=timeout, stop=("END", "\n\n")
        )
        spoken.calls += 1
    except ModelUnavailable:
        return
    text, told = "", set()
    try:
        for piece in stream:
            text += piece
            for n, sentence in _lines(text, whole=False):
                if n not in told and 0 < n <= len(items):
                    told.add(n)
                    yield from _checked(items[n - 1], sentence, profile, wished, info, language, spoken)
        for n, sentence in _lines(text, whole=True):
            if n not in told and 0 < n <= len(items) and re.search(r"[.!。！]\s*$", sentence):
                told.add(n)
                yield from _checked(items[n - 1], sentence, profile, wished, info, language, spoken)
    except ModelUnavailable:
        return
    finally:
        stream.close()
        spoken.prompt_tokens += stream.usage.prompt_tokens
        spoken.completion_tokens += stream.usage.completion_tokens


def prompt(items: Sequence[Recommendation], profile: Profile, info: CatalogueInfo, language: Language) -> Prompt:
    """The common beginning, the wishes in one line, and a line of facts an item: reasons first."""
    lines = [f"{n} {facts_line(r, info, language)}" for n, r in enumerate(items, 1)]
    spoken = "中文" if language == "zh" else "English"
    user = prompts.render("say", language=spoken, wished=wishes(profile, info, language), items="\n".join(lines))
    return Prompt(prompts.text("system"), user)


def facts_line(r: Recommendation, info: CatalogueInfo, language: Language) -> str:
    """'Harlow jacket; colour: umber; closure: horn buttons; $179': at most five facts, those of the reasons first."""
    item = r.item
    facts = {f.name: f for c in r.reasons if (f := c.fact) and f.name not in _QUIET}
    for name, value in item.attributes_in(language).items():
        if name not in _QUIET and len(facts) < 5 and not (isinstance(value, bool) and not value):
            facts.setdefault(name, Fact(name=name, value=value))
    price = [money(item.price, item.currency or info.currency, language)] if item.price is not None else []
    return "; ".join(
        [item.title_in(language)[:70], *(fact_words(f, info, language)[:60] for f in facts.values()), *price]
    )


def _lines(text: str, *, whole: bool) -> Iterator[tuple[int, str]]:
    """The numbered lines of an answer; without `whole` only those that are finished by a new line."""
    lines = text.split("\n")
    for line in lines if whole else lines[:-1]:
        if m := _LINE.match(line):
            yield int(m[1]), m[2].strip()


def _checked(
    r: Recommendation,
    sentence: str,
    profile: Profile,
    wished: Sequence[str],
    info: CatalogueInfo,
    language: Language,
    spoken: Spoken,
) -> Iterator[SentenceReady]:
    numbers = [n for c in profile.constraints for n in map(as_number, as_values(c.value)) if n is not None]
    if saved := saving(r.item, profile):
        numbers.append(saved)
    if complaint(sentence, r.item, language, wished, numbers, info) is None and 8 <= len(sentence) <= 240:
        spoken.kept += 1
        yield SentenceReady(item_id=r.item.id, text=sentence, done=True)
    else:
        spoken.dropped += 1


def _own_sentence(r: Recommendation, language: Language) -> str:
    """The sentence of the item's own description that speaks of a reason, else its first; short enough for a card."""
    said = r.item.description_in(language).strip()
    if not said:
        facts = listed([str(as_values(c.fact.value)[0]) for c in r.reasons if c.fact][:2], language)
        return facts and facts[0].upper() + facts[1:] + ("。" if language == "zh" else ".")
    end = r"(?<=[。！？])" if language == "zh" else r"(?<=[.!?])\s+(?=[A-Z0-9“\"'])"
    sentences = [s.strip() for s in re.split(end, said) if s.strip()]
    wanted = [str(v).casefold() for c in r.reasons if c.fact and c.amount > 0 for v in as_values(c.fact.value)]
    best = next((s for s in sentences if any(w in s.casefold() for w in wanted)), sentences[0])
    if len(best) <= 170:
        return best
    cut = best[:170].rsplit("，" if language == "zh" else " ", 1)[0]
    return cut.rstrip(" ,;:，；：") + "…"
