"""What came of scripts, told to a person: a line each, failures as a talk with what was expected, a table, JUnit.

`tests/test_script_run.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.check.expectations import Moment, state_words
from bot.check.run import Outcome
from bot.phrases import money

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {"passed": "green", "failed": "bold red", "skipped": "yellow", "known failure": "yellow", "passes now": "bold yellow"}
Line = tuple[str, str]  # style, text


def line(outcome: Outcome) -> Line:
    """A script in a line."""
    rate = f" ({outcome.passed} of {outcome.played} plays)" if outcome.played > 1 else ""
    why = f": {outcome.reason}" if outcome.reason else ""
    if outcome.status == "passes now":
        why = f": take its known_failure away ({outcome.reason})"
    return _STYLES[outcome.status], f"{outcome.status:<13} {outcome.script.name}{rate}{why}"


def failure(outcome: Outcome) -> list[Line]:
    """A failure as a person reads it: the talk up to there, the state before and after, what was expected and what came."""
    failures = outcome.play.failures
    wrong = failures[0].turn
    told: list[Line] = [("bold red", f"{outcome.script.name}   {outcome.script.place('dialogue')}"), ("", "")]
    for number, moment in enumerate(outcome.play.moments[: wrong + 1], 1):
        told += _moment(number, moment)
    told.append(("", ""))
    if wrong < len(outcome.play.moments):
        moment = outcome.play.moments[wrong]
        told.append(("", f"  before    {state_words(moment.before.profile)}"))
        told.append(("", f"  after     {state_words(moment.after.profile)}"))
        if moment.said and moment.turn:
            told.append(("", f"  read as   {_reading(moment)}"))
    else:
        told.append(("", f"  {wrong + 1:>2} › {outcome.script.dialogue.turns[wrong].did}"))
    for one in failures:
        key = ".".join(map(str, (p for p in one.complaint.path if isinstance(p, str))))
        of = f", said as “{one.complaint.words}”" if one.complaint.words else ""
        told += [
            ("", ""),
            ("bold", f"  expected  {f'{key}: ' if key else ''}{one.complaint.expected}{of}   {one.place}"),
            ("red", f"  but       {one.complaint.got}"),
        ]
    if outcome.played > 1:
        wanted = f"{outcome.script.dialogue.pass_:.0%} were to"
        told += [("", ""), ("", f"  passed in {outcome.passed} of {outcome.played} plays; {wanted}")]
    return told


def text(outcome: Outcome) -> str:
    """A failure as plain text."""
    return "\n".join(said for _, said in failure(outcome))


def show(console: Console, lines: Sequence[Line]) -> None:
    """Print lines in their styles, as they are."""
    from rich.text import Text

    for style, said in lines:
        console.print(Text(said, style=style), soft_wrap=True)


def summary(outcomes: Sequence[Outcome]) -> str:
    """How many of each, in a line."""
    counts = {status: sum(o.status == status for o in outcomes) for status in _STYLES}
    told = ", ".join(f"{count} {status}" for status, count in counts.items() if count) or "nothing to play"
    return f"{told}; {sum(o.seconds for o in outcomes):.1f} s"


def table(outcomes: Sequence[Outcome], catalogue: str) -> str:
    """Rates by catalogue and language in Markdown, and the dialogues that fail by name."""
    rows: dict[tuple[str, str], list[Outcome]] = {}
    for o in outcomes:
        if o.status != "skipped":
            rows.setdefault((o.script.dialogue.catalogue or catalogue, o.script.dialogue.language), []).append(o)
    told = ["| catalogue | language | dialogues | passed | rate |", "|---|---|---|---|---|"]
    for (name, language), found in [*sorted(rows.items()), (("all", ""), [o for some in rows.values() for o in some])]:
        good = sum(o.status in ("passed", "passes now") for o in found)
        told.append(f"| {name} | {language} | {len(found)} | {good} | {good / len(found):.0%} |" if found else "")
    failed = [o for o in outcomes if o.status in ("failed", "known failure")]
    told += ["", "All pass." if not failed else "Failed: " + "; ".join(_why(o) for o in failed) + "."]
    return "\n".join(filter(None, told[:-1])) + "\n\n" + told[-1]


def junit(outcomes: Sequence[Outcome], path: Path) -> None:
    """The outcomes as a JUnit file, a suite a dialogue file."""
    from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite

    xml = JUnitXml("rapport")
    for file in dict.fromkeys(o.script.path for o in outcomes):
        suite = TestSuite(str(file))
        for o in (o for o in outcomes if o.script.path == file):
            case = TestCase(o.script.name, file.stem, o.seconds)
            if o.status in ("skipped", "known failure"):
                case.result = [Skipped(f"{o.status}: {o.reason}")]
            elif o.status == "failed":
                first = o.play.failures[0]
                result = Failure(f"{first.place}: expected {first.complaint.expected}, but {first.complaint.got}")
                result.text = text(o)
                case.result = [result]
            suite.add_testcase(case)
        xml.add_testsuite(suite)
    path.parent.mkdir(parents=True, exist_ok=True)
    xml.write(str(path), pretty=True)


def _moment(number: int, moment: Moment) -> Iterator[Line]:
    yield "", f"  {number:>2} › {moment.did}"
    lead, *_ = moment.reply.split("\n", 1)
    rest = moment.reply.split("\n")[1:] if not moment.items else []
    for said in filter(None, (lead, *rest)):
        yield "cyan", f"     ‹ {said}"
    for n, r in enumerate(moment.items, 1):
        currency = r.item.currency or moment.catalogue.info.currency
        price = f"  {money(r.item.price, currency, 'en')}" if r.item.price is not None else ""
        yield "dim", f"       {n} {r.item.title}{price}  [{r.item.id}]"


def _reading(moment: Moment) -> str:
    assert moment.turn is not None
    reading = moment.turn.reading
    parts: list[str] = [reading.act]
    if reading.topic:
        parts.append(f"topic {reading.topic}")
    if reading.changes:
        parts.append(", ".join(f"{c.kind} {c.text} {c.weight:+.1f}" for c in reading.changes))
    if reading.lifted:
        parts.append(f"lifted {', '.join(reading.lifted)}")
    if reading.refers_to:
        parts.append(f"refers to {', '.join(reading.refers_to)}")
    return f"{'; '.join(parts)} (by {reading.by})"


def _why(outcome: Outcome) -> str:
    first = outcome.play.failures[0].complaint
    return f"{outcome.script.name} ({'.'.join(p for p in first.path if isinstance(p, str)) or 'state'})"
