"""How the shapes of the API's JSON (`wire.py`) are written from the values in `bot/state.py`, in the person's language.

`tests/test_api_sessions.py` and `tests/test_api_messages.py` notice a change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Literal

from bot import state
from bot.memory import Kept
from bot.web.cards import picture_url
from bot.web.formats import Look, fact_words, limit_words, value_words
from bot.web.v1 import wire
from vectorstore.constraints import Constraint
from vectorstore.item import Item, Value


def moment(seconds: float) -> datetime:
    """A time as RFC 3339 UTC says it, to the millisecond."""
    return datetime.fromtimestamp(round(seconds, 3), tz=timezone.utc)


def fact(name: str, value: Value, look: Look, currency: str | None = None) -> wire.Fact:
    """A fact with its name and value in words."""
    text = value_words(name, value, look, currency)
    return wire.Fact(name=name, label=look.info.label(name, look.language), value=value, text=text)


def facts(item: Item, look: Look) -> tuple[wire.Fact, ...]:
    """Everything that an item states, in reading order, in the language."""
    return tuple(fact(name, value, look, item.currency) for name, value in item.facts(look.language))


def picture(item: Item, look: Look) -> str:
    """The path of the item's drawn picture, from the server's root."""
    return f"/{picture_url(item, look)}"


def card(shown: state.Recommendation, look: Look) -> wire.Card:
    """A recommendation as a card."""
    item = shown.item
    reasons = []
    for c in shown.reasons:
        assert c.fact is not None
        told = fact(c.fact.name, c.fact.value, look, item.currency)
        side: Literal["for", "against"] = "for" if c.amount >= 0 else "against"
        reasons.append(wire.Reason(quote=c.quote, fact=told, text=fact_words(c.fact, look, item.currency), side=side))
    return wire.Card(
        id=item.id,
        title=item.title_in(look.language),
        description=item.description_in(look.language),
        url=item.url,
        picture=picture(item, look),
        price=item.price,
        currency=item.currency or (look.info.currency if item.price is not None else None),
        facts=facts(item, look),
        score=shown.score,
        reasons=tuple(reasons),
        contributions=tuple(
            wire.Contribution(term=c.term, label=c.label, weight=c.weight, value=c.value, amount=c.amount, quote=c.quote or None)
            for c in shown.contributions
        ),
        limits=tuple(_checked(x, item, look) for x in shown.limits),
        sentence=shown.sentence,
        voice=shown.voice,
    )


def _checked(checked: state.Limit, item: Item, look: Look) -> wire.Checked:
    words = limit_words(checked.constraint, look)
    if checked.fact:
        words = f"{words} · {fact_words(checked.fact, look, item.currency)}"
    return wire.Checked(field=checked.constraint.field, text=words)


def cards(shown: Iterable[state.Recommendation], look: Look) -> tuple[wire.Card, ...]:
    """Recommendations as cards, in their order."""
    return tuple(card(r, look) for r in shown)


def limit(constraint: Constraint, look: Look) -> wire.Limit:
    """A hard limit with its words."""
    return wire.Limit(
        field=constraint.field,
        op=constraint.op,
        value=constraint.value,
        quote=constraint.quote,
        words=limit_words(constraint, look),
    )


def interests(profile: state.Profile, look: Look) -> wire.Interests:
    """The profile without a version."""
    return wire.Interests(points=_points(profile), limits=tuple(limit(c, look) for c in profile.constraints))


def profile(session: state.Session, look: Look) -> wire.Profile:
    """The session's profile with its version."""
    limits = tuple(limit(c, look) for c in session.profile.constraints)
    return wire.Profile(points=_points(session.profile), limits=limits, version=session.version)


def _points(profile: state.Profile) -> tuple[wire.Point, ...]:
    return tuple(
        wire.Point(text=p.text, weight=p.weight, quote=p.quote, lasting=p.lasting, source=p.source) for p in profile.points
    )


def chips(given: Iterable[state.Chip]) -> tuple[wire.Chip, ...]:
    """Short answers to press."""
    return tuple(wire.Chip(label=c.label, say=c.say) for c in given)


def no_match(given: state.NoMatch | None, look: Look) -> wire.NoMatch | None:
    """What stands in the way, and the way out."""
    if given is None:
        return None
    return wire.NoMatch(
        blocking=limit(given.blocking, look),
        nearest=given.nearest,
        nearest_item=given.nearest_item,
        relaxation=limit(given.relaxation, look) if given.relaxation else None,
    )


def line(kept: Kept) -> wire.SessionLine:
    """A conversation in a list."""
    return wire.SessionLine.model_validate(
        {
            "id": kept.id,
            "catalogue": kept.catalogue,
            "language": kept.language,
            "title": kept.title,
            "updated": moment(kept.updated),
            "version": kept.version,
        }
    )


def lead(turn: state.Turn) -> str:
    """What a turn says above its cards; all it says when there are none."""
    return turn.reply.split("\n", 1)[0] if turn.items else turn.reply


def answer(message: str, turn: state.Turn, session: state.Session, look: Look) -> wire.Answer:
    """A turn that is over; the profile and the version are the session's."""
    return wire.Answer(
        message=message,
        number=turn.number,
        act=turn.reading.act,
        topic=turn.reading.topic,
        language=turn.reading.language,
        lead=lead(turn),
        reply=turn.reply,
        items=cards(turn.items, look),
        chips=chips(turn.chips),
        profile=interests(session.profile, look),
        no_match=no_match(turn.no_match, look),
        seconds=turn.seconds,
        version=session.version,
    )
