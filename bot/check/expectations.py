"""The assertions of a scripted dialogue: each a function from what was expected and what came to complaints.

A complaint says what was expected and what was there instead, so that the report needs nothing else.
`tests/test_script_run.py` holds each against a right and a wrong talk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.check.comparison import holds
from bot.check.expressions import WrongExpression, fields_of, names_in, true_of, values_of
from bot.check.script import Expect, Items, Reply, limit_said
from bot.grounding import complaint as ungrounded
from bot.justify import saving
from bot.profile import same_words, says_all
from bot.state import Chip, InterestPoint, NoMatch, Profile, Recommendation, Session, Turn
from vectorstore.catalogue import Catalogue
from vectorstore.constraints import Constraint, as_number, as_values, equal, measure
from vectorstore.item import Item
from vectorstore.words import fold, is_chinese

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Complaint:
    """One thing that did not hold. `path` is the key under `expect`."""

    path: Path_
    expected: str
    got: str
    words: str = ""  # the phrasing it was said of, when there are several

    def said_of(self, words: str) -> Complaint:
        return replace(self, words=words)


@dataclass(frozen=True)
class Moment:
    """One thing that the person did, with the talk before and after it."""

    did: str
    before: Session
    after: Session
    turn: Turn | None  # what is shown then; None for a press that shows nothing new
    said: bool  # whether it was a message (a press and an edit have no act)
    items: tuple[Recommendation, ...]
    reply: str
    screen: tuple[Item, ...]  # what was on screen before
    catalogue: Catalogue
    seconds: float
    misses: tuple[str, ...] = ()  # what the recordings did not hold
    shown: tuple[Item, ...] = field(init=False)

    def __post_init__(self) -> None:
        ids = [r.item.id for r in self.items] or list(self.after.on_screen)
        object.__setattr__(self, "shown", tuple(item for i in ids if (item := self.catalogue.get(i)) is not None))

    @property
    def chips(self) -> tuple[Chip, ...]:
        return self.turn.chips if self.turn else ()

    @property
    def no_match(self) -> NoMatch | None:
        return self.turn.no_match if self.turn else None


def complaints(expect: Expect, now: Moment, moments: Sequence[Moment], states: Sequence[Session]) -> list[Complaint]:
    """Everything that does not hold. `moments` are those so far, this one last; `states` begin before the first."""
    found = [Complaint((), "an answer of the model in the recordings", miss) for miss in now.misses]
    found += _reading(expect, now)
    found += _interests(expect, now.after.profile)
    found += _constraints(expect, now.after.profile)
    if expect.items:
        found += _items(expect.items, now, moments)
    if expect.reply:
        found += _reply(expect.reply, now)
    found += _shown(expect, now)
    if expect.same_state_as is not None:
        if expect.same_state_as >= len(states) - 1:
            found.append(Complaint(("same_state_as",), "an earlier turn", f"this is turn {len(moments)}"))
        elif not same_state(was := states[expect.same_state_as].profile, now.after.profile):
            expected = f"interests and limits as after turn {expect.same_state_as}: {state_words(was)}"
            found.append(Complaint(("same_state_as",), expected, state_words(now.after.profile)))
    if expect.seconds and not holds(expect.seconds, now.seconds):
        found.append(Complaint(("seconds",), f"{expect.seconds} seconds", f"{now.seconds:.1f}"))
    if expect.tokens:
        spent = sum(n for name, n in (now.turn.llm if now.turn else {}).items() if name != "calls")
        if not holds(expect.tokens, spent):
            found.append(Complaint(("tokens",), f"{expect.tokens} tokens", str(spent)))
    return found


def same_state(a: Profile, b: Profile) -> bool:
    """Whether two profiles hold the same wishes with the same signs and the same limits."""
    return _wishes_in(a, b) and _wishes_in(b, a) and _limits_in(a, b) and _limits_in(b, a)


def state_words(profile: Profile) -> str:
    """A profile in a line."""
    points = ", ".join(f"{p.text} {p.weight:+.2f}" for p in profile.points) or "no interests"
    limits = ", ".join(map(limit_text, profile.constraints)) or "no limits"
    return f"{points}; {limits}"


def limit_text(limit: Constraint) -> str:
    values = [f"{n:g}" if (n := as_number(v)) is not None else str(v) for v in as_values(limit.value)]
    return f"{limit.field} {limit.op} {', '.join(values)}"


def point_named(name: str, profile: Profile) -> InterestPoint | None:
    """The point that a test means by `name`: of the same words, else the shortest that holds them all."""
    same = [p for p in profile.points if same_words(p.text, name)]
    wider = sorted((p for p in profile.points if says_all(p.text, name)), key=lambda p: len(p.text))
    return next(iter([*same, *wider]), None)


def _reading(expect: Expect, now: Moment) -> Iterator[Complaint]:
    reading = now.turn.reading if now.said and now.turn else None
    if expect.act and (reading is None or reading.act not in expect.act):
        yield Complaint(("act",), _one_of(expect.act), reading.act if reading else "a press or an edit has no act")
    if expect.topic and (reading is None or reading.topic not in expect.topic):
        yield Complaint(("topic",), _one_of(expect.topic), (reading.topic if reading else "") or "no topic")
    if expect.refers_to is None:
        return
    place = {item.id: n for n, item in enumerate(now.screen, 1)}
    meant = reading.refers_to if reading else ()
    wanted: list[str] = []
    for said in expect.refers_to:
        found = _on_screen(said, now.screen)
        if found is None:
            there = "; ".join(f"{n} {item.title}" for n, item in enumerate(now.screen, 1)) or "nothing"
            yield Complaint(("refers_to",), f"item {said}", f"on screen there was: {there}")
            return
        wanted.append(found.id)
    if set(wanted) != set(meant):
        titles = {item.id: f"{place[item.id]} ({item.title})" for item in now.screen}
        got = ", ".join(titles.get(i, i) for i in meant) or "no item"
        yield Complaint(("refers_to",), ", ".join(titles[i] for i in wanted) or "no item", got)


def _interests(expect: Expect, profile: Profile) -> Iterator[Complaint]:
    for name, bound in expect.interests.items():
        point = point_named(name, profile)
        if point is None:
            if bound != "absent":
                there = ", ".join(f"{p.text} {p.weight:+.2f}" for p in profile.points) or "no interest at all"
                yield Complaint(("interests", name), f"{name}: {bound}", f"not in the profile; there is {there}")
        elif bound == "absent" or (bound != "present" and not holds(bound, point.weight)):
            yield Complaint(("interests", name), f"{name}: {bound}", f"{point.text} {point.weight:+.2f}, from “{point.quote}”")


def _constraints(expect: Expect, profile: Profile) -> Iterator[Complaint]:
    there = ", ".join(map(limit_text, profile.constraints)) or "no limits"
    for n, said in enumerate(expect.constraints):
        if said.strip() == "none":
            held = not profile.constraints
        elif match := re.fullmatch(r"\s*no (\w+)\s*", said):
            held = all(c.field != match[1] for c in profile.constraints)
        else:
            limit = limit_said(said)
            held = limit is not None and any(_same_limit(limit, c) for c in profile.constraints)
        if not held:
            yield Complaint(("constraints", n), said, there)


def _items(expect: Items, now: Moment, moments: Sequence[Moment]) -> Iterator[Complaint]:
    items = now.shown if now.items or not now.said else ()
    titles = "; ".join(f"{n} {item.title}" for n, item in enumerate(items, 1)) or "nothing"
    if expect.count and not holds(expect.count, len(items)):
        yield Complaint(("items", "count"), f"{expect.count} items", f"{len(items)}: {titles}")
    yield from _expressions(expect, items, now.catalogue, titles)
    if expect.first_any and not (items and any(_is(items[0], word) for word in expect.first_any)):
        got = f"{items[0].title}, {' › '.join(items[0].category)}" if items else "nothing on screen"
        yield Complaint(("items", "first_any"), f"the first is {_one_of(expect.first_any)}", got)
    if expect.order and (wrong := _unsorted(expect.order, items)):
        yield Complaint(("items", "order"), f"sorted by {expect.order}", wrong)
    if expect.ids is not None and not (len(expect.ids) == len(items) and all(map(_called, items, expect.ids))):
        yield Complaint(("items", "ids"), "exactly " + ", ".join(expect.ids), _ids(items))
    for word in expect.include:
        if not any(_called(item, word) for item in items):
            yield Complaint(("items", "include"), f"{word} among them", _ids(items))
    for word in expect.exclude:
        if any(_called(item, word) for item in items):
            yield Complaint(("items", "exclude"), f"{word} not among them", _ids(items))
    if expect.same_as is not None:
        before = () if not 0 < expect.same_as < len(moments) else moments[expect.same_as - 1].shown
        if [i.id for i in before] != [i.id for i in items]:
            yield Complaint(("items", "same_as"), f"as after turn {expect.same_as}: {_ids(before)}", _ids(items))


def _expressions(expect: Items, items: Sequence[Item], catalogue: Catalogue, titles: str) -> Iterator[Complaint]:
    known = fields_of(catalogue.items())
    for key in ("every", "any", "none", "first"):
        said: str | None = getattr(expect, key)
        if said is None:
            continue
        try:
            true = [item for item in items if true_of(said, item, known)]
            if not items:
                true_of(said, catalogue.items()[0], known)  # a wrong field is named even where nothing is shown
        except WrongExpression as error:
            yield Complaint(("items", key), "an expression over the items' fields", str(error))
            continue
        if key == "every" and (wrong := [item for item in items if item not in true]):
            yield Complaint(("items", key), f"every item: {said}", _states(wrong[0], said))
        elif key == "none" and true:
            yield Complaint(("items", key), f"no item: {said}", _states(true[0], said))
        elif key == "any" and not true:
            yield Complaint(("items", key), f"an item: {said}", titles)
        elif key == "first" and not (items and items[0] in true):
            yield Complaint(("items", key), f"the first item: {said}", _states(items[0], said) if items else "nothing on screen")


def _reply(expect: Reply, now: Moment) -> Iterator[Complaint]:
    reply, folded = now.reply, fold(now.reply)
    told = reply if len(reply) <= 300 else reply[:300] + "…"
    for word in expect.mentions:
        if fold(word) not in folded:
            yield Complaint(("reply", "mentions"), f"“{word}” in the reply", told)
    if expect.mentions_any and not any(fold(w) in folded for w in expect.mentions_any):
        yield Complaint(("reply", "mentions_any"), f"{_one_of(expect.mentions_any)} in the reply", told)
    for word in expect.not_mentions:
        if fold(word) in folded:
            yield Complaint(("reply", "not_mentions"), f"no “{word}” in the reply", told)
    if expect.matches and not re.search(expect.matches, reply):
        yield Complaint(("reply", "matches"), f"the pattern {expect.matches} in the reply", told)
    if expect.not_matches and (found := re.search(expect.not_matches, reply)):
        yield Complaint(("reply", "not_matches"), f"no {expect.not_matches} in the reply", f"“{found[0]}” in: {told}")
    if expect.length and not holds(expect.length, len(reply)):
        yield Complaint(("reply", "length"), f"{expect.length} characters", str(len(reply)))
    if expect.language and (wrong := _other_language(now, expect.language)):
        name = {"en": "English", "zh": "Chinese"}[expect.language]
        yield Complaint(("reply", "language"), f"a reply in {name}", wrong)
    if expect.grounded is not None:
        loose = list(_ungrounded(now))
        if bool(loose) == expect.grounded:
            got = "; ".join(loose) or "every sentence is supported"
            wanted = "only what the items state" if expect.grounded else "an unsupported sentence"
            yield Complaint(("reply", "grounded"), wanted, got)


def _shown(expect: Expect, now: Moment) -> Iterator[Complaint]:
    on_chips = [f"{c.label} {c.say}".casefold() for c in now.chips]
    there = ", ".join(repr(c.label) for c in now.chips) or "no chips"
    for word in expect.chips:
        if not any(word.casefold() in chip for chip in on_chips):
            yield Complaint(("chips",), f"a chip with {word!r}", there)
    if expect.no_match is not None:
        got = now.no_match.blocking.field if now.no_match else ""
        if (got != expect.no_match) if isinstance(expect.no_match, str) else (bool(got) != expect.no_match):
            wanted = f"nothing fits{f' because of {expect.no_match}' if isinstance(expect.no_match, str) else ''}"
            said = f"nothing fits because of {got}" if got else f"{len(now.shown)} items: {_ids(now.shown)}"
            yield Complaint(("no_match",), wanted if expect.no_match else "something fits", said)
    if expect.question is not None:
        got = now.turn.question if now.turn else ""
        if (got != expect.question) if isinstance(expect.question, str) else (bool(got) != expect.question):
            wanted = f"a question{f' about {expect.question}' if isinstance(expect.question, str) else ''}"
            yield Complaint(("question",), wanted if expect.question else "no question", f"asked about {got}" if got else "none")


def _ungrounded(now: Moment) -> Iterator[str]:
    """The sentences under items that say what the item does not state, with the first such word."""
    profile, info, language = now.after.profile, now.catalogue.info, now.after.language
    for r in now.items:
        own = fold(r.item.description_in(language))
        if r.voice != "model" and all(fold(s).rstrip("…") in own for s in r.sentence.split(". ")[:1]):
            continue
        numbers = [n for c in profile.constraints for n in map(as_number, as_values(c.value)) if n is not None]
        numbers += [s for s in [saving(r.item, profile)] if s]
        word = ungrounded(r.sentence, r.item, language, [p.text for p in profile.points], numbers, info)
        if word and (r.voice == "model" or word not in fold(r.sentence) or word not in own):
            yield f"{r.item.title}: “{r.sentence}” (not stated: {word})"


def _other_language(now: Moment, language: str) -> str:
    """The first line that is in another language; names of things count for nothing."""
    for line in filter(str.strip, now.reply.split("\n")):
        bare = line
        for item in {i.id: i for i in (*now.shown, *now.screen)}.values():
            for name in (item.title, *(t.title for t in item.translations.values()), item.brand or ""):
                bare = bare.replace(name, " ") if name else bare
        bare = re.sub(r"[“\"「『《'][^”\"」』》']{0,80}[”\"」』》']", " ", bare)
        letters = len(re.findall(r"[A-Za-z]", bare))
        chinese = len(re.findall(r"[\u4e00-\u9fff]", bare))
        if language == "en" and chinese > letters / 4 and is_chinese(bare):
            return line[:200]
        if language == "zh" and letters > 4 * chinese:
            return line[:200]
    return ""


def _unsorted(order: str, items: Sequence[Item]) -> str:
    name, _, way = order.partition(" ")
    found = [(measure(v[0]) if (v := values_of(item, name)) else None, item) for item in items]
    if any(n is None for n, _ in found):
        return next(f"{item.title} states no number or date for {name}" for n, item in found if n is None)
    numbers = [n for n, _ in found if n is not None]
    if numbers != sorted(numbers, reverse=way == "down"):
        return ", ".join(str(values_of(item, name)[0]) for item in items)
    return ""


def _states(item: Item, said: str) -> str:
    """The item with what it states of the fields in an expression."""
    stated = [f"{name}: {', '.join(map(str, values_of(item, name))) or 'not stated'}" for name in sorted(names_in(said))]
    return f"{item.title}{' (' + '; '.join(stated) + ')' if stated else ''}"


def _is(item: Item, word: str) -> bool:
    """Whether the item is that kind of thing or states the word as a fact."""
    said = [item.title, *(t.title for t in item.translations.values()), *item.tags]
    said += [str(v) for name, _ in item.facts() for v in values_of(item, name)]
    return any(fold(word) in fold(text) for text in said)


def _called(item: Item, word: str) -> bool:
    return word == item.id or any(fold(word) == fold(t) for t in (item.title, *(t.title for t in item.translations.values())))


def _on_screen(said: int | str, screen: Sequence[Item]) -> Item | None:
    if isinstance(said, int) or said.isdigit():
        return screen[int(said) - 1] if 0 < int(said) <= len(screen) else None
    return next((item for item in screen if _called(item, said)), None)


def _same_limit(a: Constraint, b: Constraint) -> bool:
    if a.field != b.field or a.op != b.op:
        return False
    first, second = as_values(a.value), as_values(b.value)
    return len(first) == len(second) and all(any(equal(x, y) for y in second) for x in first)


def _wishes_in(a: Profile, b: Profile) -> bool:
    return all(any(same_words(p.text, q.text) and (p.weight > 0) == (q.weight > 0) for q in b.points) for p in a.points)


def _limits_in(a: Profile, b: Profile) -> bool:
    return all(any(_same_limit(c, d) for d in b.constraints) for c in a.constraints)


def _ids(items: Sequence[Item]) -> str:
    return ", ".join(f"{item.id} ({item.title})" for item in items) or "nothing"


def _one_of(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"one of {', '.join(words)}"

