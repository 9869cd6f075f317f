"""The talks as a person reads them, in Markdown: who it was, what was said and shown, how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.check.simulate.figures import Played
from bot.check.simulate.play import Exchange
from bot.state import Language


def write(played: Iterable[Played], folder: Path) -> list[Path]:
    """A file a catalogue and language, failures first."""
    groups: dict[str, list[Played]] = {}
    for p in played:
        groups.setdefault(p.group, []).append(p)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for group, some in groups.items():
        path = folder / f"{group.replace(', ', '-')}.md"
        good = sum(p.talk.found is not None for p in some)
        told = [f"# {group}", f"{good} of {len(some)} people were shown what they looked for. Those who were not come first."]
        told += [one(p) for p in sorted(some, key=lambda p: p.talk.found is not None)]
        path.write_text("\n\n".join(told) + "\n", "utf-8")
        paths.append(path)
    return paths


def one(played: Played) -> str:
    """One talk."""
    talk, person = played.talk, played.talk.person
    title = played.target.title_in(person.language)
    ended = f"shown in turn {talk.found}" if talk.found else "not shown"
    lines = [f"## {person.id}: {title} ({ended})", ""]
    wishes = "; ".join(f"{w.said}{'' if w in talk_said(played) else ' (never said)'}" for w in person.hidden)
    lines.append(f"Wants {person.kind or 'one'}: {wishes}.")
    if person.before is not None:
        then = f"; then {person.after.said}." if person.after else "; then lets it go."
        lines.append(f"Says first: {person.before.said}{then}")
    if played.broken is not None:
        detail = f" ({played.broken.detail})" if played.broken.detail else ""
        lines.append(f"**Broke: {played.broken.reason}{detail}.**")
    for number, exchange in enumerate(talk.exchanges, 1):
        lines += ["", *_exchange(number, exchange, played, person.language)]
    if talk.closing is not None:
        lines += ["", *_exchange(len(talk.exchanges) + 1, talk.closing, played, person.language)]
    return "\n".join(lines)


def talk_said(played: Played) -> set[object]:
    return {w for e in played.talk.exchanges for w in e.move.adds}


def _exchange(number: int, exchange: Exchange, played: Played, language: Language) -> list[str]:
    answer = exchange.answer
    lines = [f"**{number}** {exchange.message}", ""]
    lead = answer.reply.split("\n", 1)[0] if answer.items else answer.reply
    lines.append(f"> {lead}".replace("\n", "\n> ") + (f" [{answer.act}]" if answer.act else ""))
    if answer.items:
        lines.append(">")
    for place, item in enumerate(answer.items, 1):
        mark = " ← the target" if item.id == played.target.id else " (turned down before)" if item.id in exchange.rejected else ""
        price = f", {item.price:g}" if item.price is not None else ""
        lines.append(f"> {place}. {item.title_in(language)}{price}{mark}")
    session = answer.session
    if session is not None and played.broken is not None and exchange is played.talk.exchanges[-1]:
        points = ", ".join(f"{p.text} {p.weight:+.2f}" for p in session.profile.points)
        limits = ", ".join(f"{c.field} {c.op} {c.value}" for c in session.profile.constraints)
        lines += ["", f"Known in the end: {'; '.join(filter(None, (points, limits))) or 'nothing'}."]
    return lines
