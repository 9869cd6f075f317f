"""What a person does next: they know the target and see what is shown, and decide what to wish for, turn down or take back.

A `Move` says what is meant (`Intent`) and what the person then has said and turned down; how it is worded is none of its
business. `tests/test_simulate.py` notices a change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from bot.check.simulate.facts import Shelf, Wish, fits, sayable, values_of
from bot.check.simulate.people import Person, surely_of
from bot.check.simulate.phrasing import Intent
from vectorstore.constraints import as_number
from vectorstore.item import Item

_RELATIVE = {"cheaper": ("price", True), "shorter": ("duration_minutes", True), "newer": ("year", False),
             "older": ("year", True), "lighter": ("weight_g", True)}  # fmt: skip
_BY_ITSELF = ("price", "year_to", "year_from", "duration_minutes", "age", "is_true", "has_true")  # "costs too much"
_TOLD_APART = ("colour", "material", "closure", "genres", "genre", "mood", "country", "decade", "section", "district", "topics",
               "instruments", "language", "brand", "director", "artist", "for", "kind", "vocals", "scent")  # fmt: skip


@dataclass(frozen=True)
class Move:
    """One message to come, and what it changes."""

    intent: Intent
    adds: tuple[Wish, ...] = ()  # what is wished from now on
    drops: tuple[Wish, ...] = ()
    rejects: tuple[str, ...] = ()  # ids


class Mind:
    """A person in the middle of a talk."""

    def __init__(self, person: Person, target: Item, shelf: Shelf, draw: Random) -> None:
        self.person, self._target, self._shelf, self._draw = person, target, shelf, draw
        self._unsaid = list(person.wishes)
        self.said: list[Wish] = []  # what holds, in the order it was said
        self.rejected: dict[str, None] = {}
        self._regrets = person.before
        self._opened = False

    def next(self, shown: Sequence[Item], question: str, number: int) -> list[Move]:
        """What they might do now, the likeliest first: the first that can be said without the title is done."""
        if not self._opened:
            return self._opening(number)
        moves: list[Move | None] = []
        if self._regrets in self.said and (not shown or self._draw.random() < 0.65):
            moves.append(self._change())
        if question:
            moves.append(self._answer(question))
        if shown:
            moves += self._about(shown)
        moves += [self._refine(), self._reject_all(shown), self._vague(shown)]
        return [move for move in moves if move is not None]

    def did(self, move: Move) -> None:
        """The move was said."""
        self._opened = self._opened or move.intent.sort != "greeting_only"
        for wish in (*move.adds, *move.drops):
            if wish in self._unsaid:
                self._unsaid.remove(wish)
        self.said = [w for w in self.said if w not in move.drops] + [w for w in move.adds if w not in self.said]
        if self._regrets in move.drops:
            self._regrets = None
        self.rejected.update(dict.fromkeys(move.rejects))

    def sees(self, shown: Sequence[Item]) -> int | None:
        """The place of the target among what is shown."""
        return next((n for n, item in enumerate(shown) if item.id == self._target.id), None)

    # moves

    def _opening(self, number: int) -> list[Move]:
        person, draw = self.person, self._draw
        greets = number == 1 and draw.random() < person.manner.small_talk
        if greets and draw.random() < 0.15:
            return [Move(Intent("greeting_only"))]
        first = [self._regrets] if self._regrets else []
        likes = [w for w in self._unsaid if w.sort != "not"]
        two = draw.random() < person.manner.talkative
        beside = (first + likes)[: 2 if two and not person.kind else 1]
        more = next((w for w in self._unsaid if w not in beside), None) if two and draw.random() < 0.7 else None
        opening = Intent("opening", tuple(beside), person.kind, greets=greets)
        moves = []
        if more is not None:
            moves.append(Move(replace(opening, sort="opening_more", needs=(more,)), (*beside, more)))
        elif draw.random() < person.manner.vague:
            moves.append(Move(replace(opening, sort="opening_vague"), tuple(beside)))
        moves.append(Move(opening, tuple(beside)))
        for wish in likes:  # other words for the same errand, should the title be in the way
            moves.append(Move(replace(opening, thing=(wish,)), (wish,)))
            moves.append(Move(replace(opening, kind="", thing=(wish,)), (wish,)))
        return moves

    def _about(self, shown: Sequence[Item]) -> list[Move | None]:
        """Something about what is shown, or a further wish: by manner and chance, with the others behind it."""
        manner, draw = self.person.manner, self._draw
        if draw.random() < manner.vague:
            return [self._vague(shown)]
        if draw.random() < manner.asks:
            return [self._ask(shown)]
        if draw.random() < 0.12 and (relative := self._relative(shown)) is not None:
            return [relative]
        if draw.random() < manner.rejects or not self._unsaid:
            all_or_one = [self._reject_all(shown), self._reject_one(shown)]
            return all_or_one if draw.random() < 0.4 else all_or_one[::-1]
        return []

    def _refine(self) -> Move | None:
        if not self._unsaid:
            return None
        two = len(self._unsaid) > 1 and self._draw.random() < self.person.manner.talkative
        wishes = tuple(self._unsaid[: 2 if two else 1])
        return Move(Intent("refine_two" if two else "refine", needs=wishes, kind=self.person.kind), wishes)

    def _change(self) -> Move | None:
        old, new = self._regrets, self.person.after
        assert old is not None
        if new is None:
            return Move(Intent("change_drop", old=old), drops=(old,))
        if old.field == "price":
            return Move(Intent("change_raise", old=old, new=new), (new,), (old,))
        return Move(Intent("change_value", old=old, new=new), (new,), (old,))

    def _answer(self, question: str) -> Move | None:
        if self._draw.random() < 0.1:
            return Move(Intent("answer_open"))
        facets = {question, self._shelf.info.stated_as(question)}
        known = [w for w in self._unsaid if w.facet in facets and w.sort != "not"]
        known += [w for w in sayable(self._target, self._shelf, self.person.language) if w.facet in facets]
        known = [w for w in known if w not in self.said and w.value != self.person.kind and self._may_say(w)]
        if not known:
            return Move(Intent("answer_open"))
        return Move(Intent("answer", new=known[0]), (known[0],))

    def _reject_one(self, shown: Sequence[Item]) -> Move | None:
        places = list(range(min(5, len(shown))))
        self._draw.shuffle(places)
        best: Move | None = None
        for place in places:
            found = self._wrong_with(shown[place])
            if found is None:
                continue
            state, need = found
            needs = (need,) if need is not None else ()
            sort = "reject_one_need" if need else "reject_one"
            intent = Intent(sort, needs=needs, nth=place, state=state, kind=self.person.kind)
            move = Move(intent, needs, rejects=(shown[place].id,))
            if need is not None:
                return move
            best = best or move
        return best

    def _wrong_with(self, item: Item) -> tuple[Wish, Wish | None] | None:
        """Something true of the item and false of the target, and the wish that it goes against, if there is one."""
        for wish in (*self.said, *self._unsaid):
            if wish is self._regrets or fits(item, wish, self._shelf) is not False:
                continue
            if wish.sort == "not" or wish.field in _BY_ITSELF:
                state = replace(wish, sort="like") if wish.sort == "not" else wish
                return state, (None if wish in self.said and self._draw.random() < 0.5 else wish)
            state_of = self._unlike(item, (wish.field,))
            if state_of is not None:
                return state_of, wish
        state_of = self._unlike(item, _TOLD_APART)
        return None if state_of is None else (state_of, None)

    def _unlike(self, item: Item, fields: Sequence[str]) -> Wish | None:
        """What the item states of one of the fields and the target surely is not."""
        stated = [w for w in sayable(item, self._shelf, self.person.language) if w.field in fields and w.sort == "like"]
        wrong = [w for w in stated if not surely_of(self._target, w, self._shelf) and self._may_say(w)]
        return self._draw.choice(wrong) if wrong else None

    def _reject_all(self, shown: Sequence[Item]) -> Move | None:
        if not shown:
            return None
        gone = tuple(item.id for item in shown)
        if not self._unsaid:
            return Move(Intent("reject_all"), rejects=gone)
        need = self._unsaid[0]
        wrong = {w for w in self._shared(shown) if not surely_of(self._target, w, self._shelf)}
        if wrong and self._draw.random() < 0.4:
            state = self._draw.choice(sorted(wrong, key=lambda w: w.said))
            return Move(Intent("reject_all_state", needs=(need,), state=state, kind=self.person.kind), (need,), rejects=gone)
        if self._draw.random() < 0.25:
            return Move(Intent("reject_all"), rejects=gone)
        return Move(Intent("reject_all_need", needs=(need,), kind=self.person.kind), (need,), rejects=gone)

    def _shared(self, shown: Sequence[Item]) -> set[Wish]:
        each = [
            {w for w in sayable(item, self._shelf, self.person.language) if w.field in _TOLD_APART and w.sort == "like"}
            for item in shown
        ]
        return set.intersection(*each) if len(each) > 1 else set()

    def _relative(self, shown: Sequence[Item]) -> Move | None:
        """A comparison with all that is shown that is true of the target: everything costs more than it does."""
        found = []
        for word, (field, less) in _RELATIVE.items():
            facet = self._shelf.info.stated_as(field)
            own = _measured(self._target, facet, self._shelf)
            theirs = [n for item in shown if (n := _measured(item, facet, self._shelf)) is not None]
            if own is not None and len(theirs) == len(shown) and all(own < n if less else own > n for n in theirs):
                found.append(word)
        return Move(Intent("refine", relative=self._draw.choice(found))) if found else None

    def _ask(self, shown: Sequence[Item]) -> Move:
        place = self._draw.randrange(min(5, len(shown)))
        stated = [w.facet for w in sayable(shown[place], self._shelf, self.person.language)]
        facet = self._draw.choice([f for f in stated if f not in ("tags", "category", "for")] or ["price"])
        return Move(Intent("ask", nth=place, field=self._shelf.info.label(facet, self.person.language)))

    def _may_say(self, wish: Wish) -> bool:
        return not self.person.leaks.found(str(wish.value))

    def _vague(self, shown: Sequence[Item]) -> Move:
        return Move(Intent("vague"))


def _measured(item: Item, facet: str, shelf: Shelf) -> float | None:
    numbers = [n for v in values_of(item, facet, shelf) if not isinstance(v, bool) and (n := as_number(v)) is not None]
    return numbers[0] if numbers else None
