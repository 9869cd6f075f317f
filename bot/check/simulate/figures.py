"""What came of the talks, counted: success, turns, repeats, violations, questions, leaks, and where it broke.

`tests/test_simulate.py` holds the counts against talks that were worked out by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.check.results import Curve, Figure, Result, Table, interval
from bot.check.simulate.broken import REASONS, Broken, as_wished, why
from bot.check.simulate.facts import Shelf, fits
from bot.check.simulate.play import Talk
from vectorstore.item import Item

Cells = tuple[str | int | float | bool | None, ...]


@dataclass(frozen=True)
class Played:
    """A person's talks with Rapport and with the others, counted."""

    talk: Talk
    target: Item
    group: str  # "shop, en"
    counts: dict[str, float | None]
    others: dict[str, int | None]  # recommender -> the turn in which it showed the target
    broken: Broken | None
    seconds: tuple[float, ...]
    caught: int = 0  # wordings of a second model that told the title and were not said


def counted(talk: Talk, target: Item, items: Sequence[Item], shelf: Shelf, turns: int) -> dict[str, float | None]:
    """The metrics of one talk."""
    found = talk.found
    satisfied = next(
        (
            n
            for n, e in enumerate(talk.exchanges, 1)
            if any(i.id == target.id or _all_wishes(i, talk, target, shelf) for i in e.answer.items)
        ),
        None,
    )
    shown = [(e, item) for e in talk.exchanges for item in e.answer.items]
    limits = [(e, i) for e, i in shown if any(w.sort == "limit" and fits(i, w, shelf) is False for w in e.said)]
    excluded = [(e, i) for e, i in shown if any(w.sort == "not" and fits(i, w, shelf) is False for w in e.said)]
    set_limits = [(e, i) for e, i in shown if any(w.sort == "limit" for w in e.said)]
    set_exclusions = [(e, i) for e, i in shown if any(w.sort == "not" for w in e.said)]
    messages = [e.message for e in talk.exchanges] + ([talk.closing.message] if talk.closing else [])
    accepted = talk.closing.answer if talk.closing else None
    return {
        "success": float(found is not None),
        "success at once": float(found == 1),
        "satisfied": float(satisfied is not None),
        "turns": float(found or turns),
        "repeats": float(sum(i.id in e.rejected for e, i in shown)),
        "violations": len(limits) / len(set_limits) if set_limits else None,
        "violations of exclusions": len(excluded) / len(set_exclusions) if set_exclusions else None,
        "questions": float(sum(bool(e.answer.question) for e in talk.exchanges)),
        "leaks": float(any(talk.person.leaks.found(m) for m in messages)),
        "accept understood": None if accepted is None else float(accepted.act == "accept" and _took(talk, target)),
    }


def _all_wishes(item: Item, talk: Talk, target: Item, shelf: Shelf) -> bool:
    of_kind = not talk.person.kind or item.category[:2] == target.category[:2]
    return of_kind and all(as_wished(item, w, shelf) for w in talk.person.hidden)


def _took(talk: Talk, target: Item) -> bool:
    session = talk.closing.answer.session if talk.closing else None
    return session is not None and target.id in session.liked


_LOWER = ("turns", "repeats", "violations", "violations of exclusions", "leaks")
_NEITHER = ("questions",)


def result(played: Sequence[Played], settings: Mapping[str, str | int | float | bool | None], turns: int, seed: int) -> Result:
    """Everything that is written down of a run."""
    metrics = {name: tuple(p.counts[name] for p in played) for name in played[0].counts}
    others = {name: tuple(float(p.others[name] is not None) for p in played) for name in played[0].others}
    per_dialogue = {**metrics, **{f"{name}: success": values for name, values in others.items()}}
    figures: dict[str, Figure] = {}
    for name, values in per_dialogue.items():
        better = None if name in _NEITHER or ": " in name else name not in _LOWER
        if any(v is not None for v in values):
            figures[name] = interval(values, seed, higher_is_better=better)
    groups = list(dict.fromkeys(p.group for p in played))
    for group in groups:
        figures[f"success, {group}"] = interval([p.counts["success"] for p in played if p.group == group], seed)
    caught = sum(p.caught for p in played)
    notes = [f"The second model told the title {caught} times; it was caught, and the rules' wording was said."] if caught else []
    if any(metrics["leaks"]):
        notes.append("Somebody said the title of what they looked for: the figures mean nothing.")
    return Result(
        name="simulate", settings=dict(settings), figures=figures,
        dialogues=tuple(f"{seed}: {p.talk.person.id} {p.target.id}" for p in played),
        per_dialogue=per_dialogue, notes=tuple(notes), curves=(_curve(played, turns, seed),),
        tables=(
            _by_group(played, groups, seed), _by_turn(played, turns), _the_rest(figures, played),
            _where(played), _in_common(played, seed),
        ),
    )  # fmt: skip


def _by_group(played: Sequence[Played], groups: Sequence[str], seed: int) -> Table:
    rows: list[Cells] = []
    for group in [*groups, "all"] if len(groups) > 1 else groups:
        some = [p for p in played if group in (p.group, "all")]
        of = {name: interval([p.counts[name] for p in some], seed) for name in ("success", "satisfied", "turns")}
        rows.append(
            (group, len(some), of["success"].told(2), of["satisfied"].told(2), round(of["turns"].value, 2),
             *(round(_share(p.others[name] is not None for p in some), 2) for name in some[0].others))
        )  # fmt: skip
    columns = ("catalogue", "people", "target shown [95 %]", "or one as good [95 %]", "turns", *played[0].others)
    note = "“Or one as good”: an item that fulfils every hidden wish. A talk that fails counts with all its turns."
    return Table(title="Success", columns=columns, rows=tuple(rows), note=note)


def _by_turn(played: Sequence[Played], turns: int) -> Table:
    rows = [
        (name, *(round(_share(n is not None and n <= turn for n in found), 3) for turn in range(1, turns + 1)))
        for name, found in _founds(played).items()
    ]
    return Table(title="Target shown by turn", columns=("", *(f"turn {n}" for n in range(1, turns + 1))), rows=tuple(rows))


def _founds(played: Sequence[Played]) -> dict[str, list[int | None]]:
    return {"Rapport": [p.talk.found for p in played], **{n: [p.others[n] for p in played] for n in played[0].others}}


def _curve(played: Sequence[Played], turns: int, seed: int) -> Curve:
    lines, low, high = {}, {}, {}
    for name, found in _founds(played).items():
        points = [interval([float(n is not None and n <= turn) for n in found], seed) for turn in range(1, turns + 1)]
        lines[name] = tuple(f.value for f in points)
        low[name], high[name] = tuple(f.low for f in points), tuple(f.high for f in points)
    x = tuple(float(n) for n in range(1, turns + 1))
    return Curve(title="Target shown by turn", x_title="turn", y_title="share of people", x=x, lines=lines, low=low, high=high)


_TOLD = {
    "turns": "turns to success (all of them where it failed)",
    "repeats": "items shown again after they were turned down, a talk",
    "violations": "share of items that break a limit that was said",
    "violations of exclusions": "share of items that have what was ruled out",
    "questions": "questions asked, a talk",
    "leaks": "talks in which the title was said",
    "accept understood": "acceptance understood, of talks that succeeded",
}


def _the_rest(figures: Mapping[str, Figure], played: Sequence[Played]) -> Table:
    rows: list[Cells] = [(said, figures[name].told(3), figures[name].n) for name, said in _TOLD.items() if name in figures]
    seconds = [s for p in played for s in p.seconds]
    if seconds:
        middle, late = np.percentile(seconds, (50, 95))
        rows.append(("seconds a turn, median and 95th percentile", f"{middle:.2f}, {late:.2f}", len(seconds)))
    return Table(title="What else was counted", columns=("", "value [95 %]", "n"), rows=tuple(rows))


def _where(played: Sequence[Played]) -> Table:
    failed = [p for p in played if p.broken is not None]
    counts = Counter(p.broken.reason for p in failed if p.broken)
    rows: list[Cells] = []
    for reason in REASONS:
        if counts[reason]:
            one = next(p for p in failed if p.broken and p.broken.reason == reason)
            told = "; ".join(filter(None, (f"“{one.broken.message}”" if one.broken and one.broken.message else "",
                                          one.broken.detail if one.broken else "")))  # fmt: skip
            rows.append((reason, counts[reason], round(counts[reason] / len(played), 3), f"{one.talk.person.id}: {told}"))
    rows.sort(key=lambda row: -int(row[1] or 0))
    return Table(title="Where it broke", columns=("reason", "talks", "share of all", "for example"), rows=tuple(rows))


def _in_common(played: Sequence[Played], seed: int) -> Table:
    """Success of people with a trait, and of those without."""

    def sorts(p: Played) -> set[str]:
        return {e.move.intent.sort for e in p.talk.exchanges}

    traits: dict[str, Callable[[Played], bool]] = {
        "changed their mind": lambda p: p.talk.person.before is not None,
        "mistype": lambda p: p.talk.person.manner.mistypes > 0.05,
        "were vague": lambda p: bool(sorts(p) & {"vague", "opening_vague", "reject_all"}),
        "pointed at an item": lambda p: bool(sorts(p) & {"reject_one", "reject_one_need", "ask"}),
        "rule something out": lambda p: any(w.sort == "not" for w in p.talk.person.wishes),
        "have a limit in numbers": lambda p: any(w.sort == "limit" for w in p.talk.person.wishes),
        "said six wishes or more": lambda p: bool(p.talk.exchanges) and len(p.talk.exchanges[-1].said) >= 6,
    }
    rows: list[Cells] = []
    for trait, has in traits.items():
        yes, no = [p for p in played if has(p)], [p for p in played if not has(p)]
        if yes and no:
            a, b = (interval([p.counts["success"] for p in some], seed) for some in (yes, no))
            rows.append((trait, len(yes), a.told(2), b.told(2)))
    return Table(
        title="Success of people who …", columns=("", "people", "success [95 %]", "of all others [95 %]"), rows=tuple(rows)
    )


def _share(values: object) -> float:
    known = [bool(v) for v in values]  # type: ignore[attr-defined]
    return sum(known) / len(known) if known else 0.0


def played_of(
    talk: Talk, others: Mapping[str, Talk], target: Item, items: Sequence[Item], shelf: Shelf, group: str, turns: int,
    caught: int = 0,
) -> Played:  # fmt: skip
    """A person's talks, counted."""
    return Played(
        talk, target, group, counted(talk, target, items, shelf, turns), {name: t.found for name, t in others.items()},
        why(talk, target, items, shelf), tuple(e.answer.seconds for e in talk.exchanges), caught,
    )  # fmt: skip
