"""The algebra of interests: `Profile` + `Reading` -> `Profile`. Pure; `tests/test_profile.py` holds its laws.

Saying something again strengthens it, saying the opposite flips it, "undo" restores, "forget" forgets, and what is not
spoken of fades slowly (never below `FLOOR`, never past a change of sign, never what the person set by hand).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from bot.state import Change, InterestPoint, Profile, Reading
from vectorstore.constraints import Constraint, Op, as_number, as_values
from vectorstore.item import Frozen, Scalar
from vectorstore.words import fold, is_chinese, same_word, stem, synonyms, tokens

FLOOR = 0.3  # a faded weight keeps this much: what was said once still counts
STEP = 0.15  # what saying it again adds


class Edit(Frozen):
    """What the person changes by hand in the visible profile."""

    kind: Literal["weight", "add", "delete", "unlimit", "limit", "undo", "clear", "replace"]
    text: str = ""
    weight: float = 0.8
    field: str = ""
    op: Op = "<="
    value: Scalar | tuple[Scalar, ...] = ""
    profile: Profile = Profile()  # what "replace" puts in place of everything


def next_profile(
    profile: Profile, past: tuple[Profile, ...], reading: Reading, turn: int, decay: float = 1.0
) -> tuple[Profile, tuple[Profile, ...]]:
    """The profile after a message, and what "undo" goes back to. The past grows only when something changed."""
    if reading.act == "undo":
        return (past[-1], past[:-1]) if past else (profile, past)
    changed = apply(profile, reading, turn)
    if changed == profile:
        return profile, past
    return fade(changed, turn, decay), (*past, profile)


def apply(profile: Profile, reading: Reading, turn: int) -> Profile:
    """`profile` with everything that `reading` adds, flips, retracts, limits and lifts."""
    if reading.start_over:
        profile = Profile(points=tuple(p for p in profile.points if p.source == "earlier"))
    points, constraints = list(profile.points), list(profile.constraints)
    for lifted in reading.lifted:
        constraints = [c for c in constraints if lifted not in (c.field, f"{c.field} {c.op}")]
    for change in reading.changes:
        if change.kind == "retract":
            points = retract(points, change.text)
            constraints = [c for c in constraints if not _names_value(c, change.text)]
            continue
        if change.replaces:
            points = [q for p in points for q in _replaced(p, change.replaces)]
        points = add(points, change, turn)
        if change.weight > 0:  # what is wanted again is not ruled out any more
            constraints = [c for c in constraints if not (c.op in ("!=", "not in") and _names_value(c, change.text))]
    for constraint in reading.constraints:
        constraints = limit(constraints, constraint)
    return Profile(points=tuple(points), constraints=tuple(constraints))


def edited(profile: Profile, past: tuple[Profile, ...], edit: Edit, turn: int) -> tuple[Profile, tuple[Profile, ...]]:
    """The profile after the person's own edit, which wins over everything that was read."""
    if edit.kind == "undo":
        return (past[-1], past[:-1]) if past else (profile, past)
    points, constraints = list(profile.points), list(profile.constraints)
    if edit.kind in ("clear", "replace"):  # `profile` is empty where everything is to go
        points, constraints = list(edit.profile.points), list(edit.profile.constraints)
    elif edit.kind == "delete":
        points = [p for p in points if p.text != edit.text]
    elif edit.kind == "weight":
        points = [
            p.model_copy(update={"weight": _clamp(edit.weight), "source": "edited", "turn": turn})
            if p.text == edit.text
            else p
            for p in points
        ]
    elif edit.kind == "add" and edit.text.strip():
        text = edit.text.strip()[:60]
        points = [p for p in points if p.text.casefold() != text.casefold()]
        points.append(InterestPoint(text=text, weight=_clamp(edit.weight), quote=text, turn=turn, source="edited"))
    elif edit.kind == "unlimit":
        constraints = [c for c in constraints if not (c.field == edit.field and c.op == edit.op)]
    elif edit.kind == "limit":
        constraints = limit(constraints, Constraint(field=edit.field, op=edit.op, value=edit.value))
    changed = Profile(points=tuple(points), constraints=tuple(constraints))
    return (profile, past) if changed == profile else (changed, (*past, profile))


def add(points: Iterable[InterestPoint], change: Change, turn: int) -> list[InterestPoint]:
    """`points` with one more interest: it takes the place of the same point, of a wider one ("jacket" before "leather
    jacket") and of one with the other sign; a wish that holds a word now disliked loses that word."""
    text, weight = change.text.strip(), _clamp(change.weight)
    if change.kind == "flip":
        weight = abs(weight) if change.weight > 0 else -abs(weight)
    kept: list[InterestPoint] = []
    place: int | None = None
    for p in points:
        same_sign = (p.weight > 0) == (weight > 0)
        if same_words(p.text, text):
            place = len(kept) if place is None else place
            if same_sign:
                weight = (
                    _clamp((abs(p.weight) + STEP) * (1 if weight > 0 else -1))
                    if abs(p.weight) >= abs(weight)
                    else weight
                )
        elif same_sign and says_all(text, p.text) and weight > 0:
            place = len(kept) if place is None else place  # the narrower wish stands for the wider
        elif same_sign and says_all(p.text, text) and weight > 0:
            kept.append(p.model_copy(update={"weight": _clamp(p.weight + STEP), "turn": turn}))
            return kept + [q for q in points if q not in kept and q != p]
        elif not same_sign and weight < 0 and says_all(p.text, text) and (rest := without_words(p.text, text, thing=True)):
            kept.append(p.model_copy(update={"text": rest}))
        elif not same_sign and weight > 0 and says_all(text, p.text):
            continue  # "brown suede after all" ends the dislike of suede
        else:
            kept.append(p)
    new = InterestPoint(text=text, weight=weight, quote=change.quote or text, turn=turn, lasting=change.lasting)
    kept.insert(len(kept) if place is None else place, new)
    return kept


def retract(points: Iterable[InterestPoint], text: str) -> list[InterestPoint]:
    """`points` without the one that `text` names; a longer point only loses the named words."""
    kept: list[InterestPoint] = []
    for p in points:
        if same_words(p.text, text) or says_all(text, p.text):
            continue
        if says_all(p.text, text) and (rest := without_words(p.text, text)):
            p = p.model_copy(update={"text": rest})
        kept.append(p)
    return kept


def limit(constraints: Iterable[Constraint], new: Constraint) -> list[Constraint]:
    """`constraints` with one more: a newer bound replaces the older one on its side, and one that it contradicts."""
    exact, excluding = ("=", "in"), ("!=", "not in")

    def gives_way(c: Constraint) -> bool:
        if c.field != new.field:
            return False
        if c.op in excluding or new.op in excluding:
            return c.same_limit(new)
        crossed = {c.op, new.op} == {"<=", ">="} and _crossed(c, new)
        return crossed or c.op == new.op or (c.op in exact and new.op in exact)

    return [*(c for c in constraints if not gives_way(c)), new]


def fade(profile: Profile, turn: int, decay: float) -> Profile:
    """What this message did not speak of counts a little less; tastes and hand-set weights stay."""

    def faded(p: InterestPoint) -> InterestPoint:
        if p.turn >= turn or p.lasting or p.source == "edited" or abs(p.weight) <= FLOOR:
            return p
        size = max(FLOOR, abs(p.weight) * decay)
        return p.model_copy(update={"weight": round(size if p.weight > 0 else -size, 4)})

    return profile.model_copy(update={"points": tuple(map(faded, profile.points))})


def same_words(a: str, b: str) -> bool:
    """Whether two points are the same but for spelling, order and language."""
    if fold(a) == fold(b) or _spelled(b) in synonyms(a) or _spelled(a) in synonyms(b):
        return True
    first, second = set(tokens(a)), set(tokens(b))
    return bool(first) and first == second


def _spelled(text: str) -> str:
    """One spelling of a point: folded, each word without its plural."""
    return " ".join(map(stem, fold(text).split()))


def says_all(longer: str, shorter: str) -> bool:
    """Whether `longer` holds every word of `shorter` ("black leather jacket" says "black")."""
    if is_chinese(shorter):
        bare = fold(shorter).removesuffix("色")
        return bool(bare) and bare in fold(longer)
    first, second = set(tokens(longer)), set(tokens(shorter))
    return bool(second) and second <= first


def without_words(text: str, gone: str, *, thing: bool = False) -> str:
    """`text` less the words of `gone`; empty when nothing is left or, unless `thing`, the last word (the thing itself) went."""
    if is_chinese(gone):
        rest = (
            fold(text).replace(fold(gone), "")
            if fold(gone) in fold(text)
            else fold(text).replace(fold(gone).removesuffix("色"), "")
        )
        return rest.removeprefix("色").removeprefix("的").strip()
    lost = {stem(w) for w in fold(gone).split()}
    words = text.split()
    if words and not thing and stem(fold(words[-1])) in lost:
        return ""
    return " ".join(w for w in words if stem(fold(w)) not in lost)


def _replaced(point: InterestPoint, old: str) -> list[InterestPoint]:
    """The point without what is replaced: gone, or less those words ("black leather jacket" keeps "leather jacket")."""
    if point.weight <= 0 or not (says_all(point.text, old) or same_words(point.text, old)):
        return [point]
    rest = without_words(point.text, old)
    return [point.model_copy(update={"text": rest})] if rest else []


def _names_value(constraint: Constraint, text: str) -> bool:
    return any(not as_number(v) and same_word(text, str(v)) for v in as_values(constraint.value))


def _crossed(a: Constraint, b: Constraint) -> bool:
    low, high = (a, b) if a.op == ">=" else (b, a)
    bottom, top = as_number(as_values(low.value)[0]), as_number(as_values(high.value)[0])
    return bottom is not None and top is not None and bottom > top


def _clamp(weight: float) -> float:
    return round(max(-1.0, min(1.0, weight)), 4)
