"""Why a talk failed: the first of some reasons that the state of the talk shows. `tests/test_simulate.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.check.simulate.facts import Shelf, Wish, fits
from bot.check.simulate.play import Talk
from bot.state import InterestPoint, Profile
from vectorstore.constraints import Constraint, as_values, satisfies
from vectorstore.item import Item
from vectorstore.words import same_word, tokens

STOPPED = "the talk stopped"
TURNED_DOWN = "the target was turned down, though nobody did"
LIMIT = "a limit keeps the target out that nobody set"
LATE = "the person never took back what they had said wrongly"
CHANGE = "a change of mind was not followed"
SIGN = "a wish was taken for its opposite"
NOT_ITEMS = "a wish was answered with words instead of items"
MISTYPED = "a mistyped wish was not heard"
UNHEARD = "a wish was not heard"
KIND = "another kind of thing was shown in the end"
LITTLE = "too little was said: many items fit"
LOW = "everything was heard, others were shown first"
REASONS = (STOPPED, TURNED_DOWN, LIMIT, LATE, CHANGE, SIGN, NOT_ITEMS, MISTYPED, UNHEARD, KIND, LITTLE, LOW)

_WORDS_ONLY = ("chat", "out_of_scope", "ask_item", "compare", "accept")
_WISHING = ("opening", "opening_more", "opening_vague", "refine", "refine_two", "reject_one_need", "reject_all_need",
            "reject_all_state", "change_value", "change_raise", "answer")  # fmt: skip
_MANY = 6


@dataclass(frozen=True)
class Broken:
    """Why, with the message that shows it."""

    reason: str
    message: str = ""
    detail: str = ""


def why(talk: Talk, target: Item, items: Sequence[Item], shelf: Shelf) -> Broken | None:
    """Why the target was not shown; None when it was, or when the recommender tells nothing of itself."""
    if talk.found is not None:
        return None
    if talk.trouble:
        return Broken(STOPPED, detail=talk.trouble)
    last = talk.exchanges[-1]
    session = last.answer.session
    if session is None:
        return None
    if target.id in session.rejected or target.id in session.seen:
        return Broken(TURNED_DOWN, _first_message(talk, target))
    profile, person = session.profile, talk.person
    out = [c for c in profile.constraints if not satisfies(target, c)]
    regretted = person.before is not None and person.before in last.said
    if out:
        limit = out[0]
        first = person.before is not None and _speaks_of(limit.field, person.before.facet)
        if first and regretted:
            return Broken(LATE, detail=_told(limit))
        return Broken(CHANGE if first else LIMIT, _quoted(talk, limit.quote), _told(limit))
    if regretted:
        return Broken(LATE, detail=person.before.said if person.before else "")
    for wish in last.said:
        for point in profile.points:
            opposite = point.weight > 0.05 if wish.sort == "not" else point.weight < -0.05 and wish.sort == "like"
            if opposite and _same(str(wish.value), point.text):
                return Broken(SIGN, _message_of(talk, wish), f"{wish.said}: {point.text} {point.weight:+.1f}")
    if person.before is not None and (left := _left(person.before, profile)) is not None:
        return Broken(CHANGE, _message_of(talk, person.after), f"{left.text} {left.weight:+.1f}")
    for exchange in talk.exchanges:
        if not exchange.answer.items and exchange.answer.act in _WORDS_ONLY and exchange.move.intent.sort in _WISHING:
            return Broken(NOT_ITEMS, exchange.message, f"read as {exchange.answer.act}")
    for exchange in talk.exchanges:
        for wish in exchange.move.adds:
            if wish in last.said and wish.sort != "not" and not heard(wish, profile):
                mistyped = wish.sort == "like" and str(wish.value).casefold() not in exchange.message.casefold()
                return Broken(MISTYPED if mistyped else UNHEARD, exchange.message, wish.said)
    shown = next((e.answer.items for e in reversed(talk.exchanges) if e.answer.items), ())
    if person.kind and shown and not any(i.category[:2] == target.category[:2] for i in shown):
        return Broken(KIND, last.message, ", ".join(i.title for i in shown[:2]))
    fitting = [i for i in items if all(as_wished(i, w, shelf) for w in last.said) and _of_kind(i, target, person.kind)]
    if len(fitting) >= _MANY:
        return Broken(LITTLE, last.message, f"{len(fitting)} items fit all that was said")
    return Broken(LOW, last.message, f"{len(fitting)} items fit all that was said")


def as_wished(item: Item, wish: Wish, shelf: Shelf) -> bool:
    """Whether the item is as wished; what it does not say breaks no exclusion."""
    found = fits(item, wish, shelf)
    return found is True or (found is None and wish.sort == "not")


def heard(wish: Wish, profile: Profile) -> bool:
    """Whether a wish stands in the profile, in whichever form."""
    value = str(wish.value)
    if wish.sort == "limit":
        if any(c.field == wish.facet or (wish.field == "age" and c.field == "age") for c in profile.constraints):
            return True
        return any(value in tokens(p.text) for p in profile.points)
    if any(_same(value, str(v)) for c in profile.constraints for v in as_values(c.value)):
        return True
    return any(_same(value, p.text) for p in profile.points)


def _speaks_of(field: str, facet: str) -> bool:
    """Whether a limit on `field` may come of a wish about `facet`: a decade is told in years."""
    return field == facet or {field, facet} == {"year", "decade"}


def _left(before: Wish, profile: Profile) -> InterestPoint | None:
    """What the person took back and still counts."""
    if before.sort != "like":
        return None
    return next((p for p in profile.points if p.weight > 0.25 and _same(str(before.value), p.text)), None)


def _same(value: str, text: str) -> bool:
    a, b = value.casefold(), text.casefold()
    return a in b or b in a or same_word(text, value)


def _of_kind(item: Item, target: Item, kind: str) -> bool:
    return not kind or item.category[:2] == target.category[:2]


def _told(limit: Constraint) -> str:
    return f"{limit.field} {limit.op} {limit.value}" + (f" (“{limit.quote}”)" if limit.quote else "")


def _quoted(talk: Talk, quote: str) -> str:
    return next((e.message for e in talk.exchanges if quote and quote in e.message), "")


def _message_of(talk: Talk, wish: Wish | None) -> str:
    return next((e.message for e in talk.exchanges if wish in e.move.adds), talk.exchanges[-1].message)


def _first_message(talk: Talk, target: Item) -> str:
    for exchange in talk.exchanges:
        session = exchange.answer.session
        if session is not None and target.id in (*session.rejected, *session.seen):
            return exchange.message
    return ""
