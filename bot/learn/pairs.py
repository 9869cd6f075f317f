"""What an adapter is trained on: pairs of a text and an item, from judgments, dialogues, events and the catalogue itself.

Dialogues and events need no labels: an interest point of a talk and the item that was liked later are a pair, and so are
two phrasings of one wish (the kind of thing an item is and the item; its title in another language). `tests/test_adapter.py`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vectorstore.constraints import as_values
from vectorstore.item import Item

if TYPE_CHECKING:
    from bot.check.evaluate.films import Example
    from bot.memory import Memory

LIKED = frozenset({"like", "click", "cart", "buy"})
FOUR = 4.0  # of five stars: from here on a rating says that it was liked
_LONGEST = 40  # characters of a value that somebody would say
_SOME = 3  # items that must state a value, for it to be a wish


@dataclass(frozen=True)
class Pair:
    """Somebody said `text`, and `item` was right (grade above 0) or wrong (0) for it."""

    text: str
    item: str
    grade: float = 1.0
    at: float = 0.0  # when, in seconds since 1970; 0 where nobody knows
    whose: str = ""  # the person, talk or query: what is held out together
    source: str = "judgments"


def from_judgments(judged: Mapping[str, Mapping[str, int]], most: int = 3) -> list[Pair]:
    """Graded judgments: the query is what was said. Grades become 0 to 1."""
    return [
        Pair(query, item, max(grade, 0) / most, whose=query) for query, grades in judged.items() for item, grade in grades.items()
    ]


def from_dialogues(examples: Iterable[Example]) -> list[Pair]:
    """What was said last, and each film that was then recommended for the first time."""
    from bot.check.evaluate.ranking import spoken

    return [Pair(spoken(e), target, whose=e.dialogue, source="dialogues") for e in examples if e.context for target in e.fresh]


def from_events(memory: Memory, catalogue: str, since: float = 0.0) -> list[Pair]:
    """The interest points that a talk has now, and each item that was liked, clicked, put in the cart or bought in it."""
    found: list[Pair] = []
    talks: dict[str, list[str]] = {}
    for _, person, talk, item, kind, at, value in memory.everybody(catalogue):
        if at < since or not (kind in LIKED or (kind == "rating" and (value or 0) >= FOUR)):
            continue
        if talk not in talks:
            session = memory.load(talk)
            talks[talk] = [p.text for p in session.profile.points if p.weight > 0] if session else []
        found += [Pair(text, item, at=at, whose=person or talk, source="events") for text in talks[talk]]
    return found


def phrasings(items: Sequence[Item], wide: bool = False, most: int = 1500) -> list[Pair]:
    """Wishes that the catalogue itself answers: the kind of thing an item is, and its title in another language.

    `wide` adds its maker, maker and kind, and the values that it states in words. At most `most` texts, the commonest.
    """
    kinds: Counter[str] = Counter()
    said: list[tuple[str, str]] = []
    for item in items:
        kind = item.category[-1] if item.category else ""
        wishes = [kind]
        if wide:
            values = [str(v) for value in item.attributes.values() for v in as_values(value) if isinstance(v, str)]
            wishes += [item.brand or "", f"{item.brand} {kind}" if item.brand and kind else ""]
            wishes += [v for v in values if 2 < len(v) <= _LONGEST and not any(c.isdigit() for c in v)]
        said += [(wish.strip(), item.id) for wish in dict.fromkeys(wishes) if wish.strip()]
        for language, translation in item.translations.items():
            if language != item.language and translation.title:
                said.append((translation.title, item.id))
                kinds[translation.title] += _SOME - 1  # a title is a wish of its own
    kinds.update(wish for wish, _ in said)
    half = max(len(items) / 2, _SOME)
    taken = {w for w, _ in [pair for pair in kinds.most_common() if _SOME <= pair[1] <= half][:most]}
    return [Pair(wish, id, whose=f"~{wish}", source="catalogue") for wish, id in said if wish in taken]


def digest(pairs: Iterable[Pair]) -> str:
    """A digest of all that is learned from."""
    state = hashlib.sha256()
    for pair in pairs:
        state.update(f"{pair.text}\0{pair.item}\0{pair.grade}\0{pair.at}\0{pair.whose}\n".encode("utf-8", "replace"))
    return state.hexdigest()[:16]
