"""What is on screen while a turn is being told: events are folded into a `View`, one value after another. Pure.

`bot/web/cards.py` draws a `View`; `tests/test_cards.py` folds a whole turn and looks at what would be drawn.
"""

from __future__ import annotations

from bot.state import (
    Chip,
    Event,
    ItemsReady,
    NoMatch,
    Profile,
    ProfileChanged,
    Recommendation,
    ReplyText,
    SentenceReady,
    Session,
    Status,
    Turn,
    TurnDone,
)
from vectorstore.item import Frozen


class Exchange(Frozen):
    """One turn as it is drawn: kept, or still being told."""

    number: int = 0
    user: str = ""
    act: str = ""
    reply: str = ""
    items: tuple[Recommendation, ...] = ()
    chips: tuple[Chip, ...] = ()
    no_match: NoMatch | None = None
    status: str = ""  # what is happening, in words; empty when nothing is
    provisional: bool = False
    writing: bool = False  # sentences are still to come
    error: str = ""

    @classmethod
    def kept(cls, turn: Turn) -> Exchange:
        """A turn as it was saved."""
        return cls(
            number=turn.number,
            user=turn.user,
            act=turn.reading.act,
            reply=turn.reply,
            items=turn.items,
            chips=turn.chips,
            no_match=turn.no_match,
        )


class View(Frozen):
    """The whole screen: the session as saved, and the exchange that is going on, if any."""

    session: Session
    profile: Profile
    going_on: Exchange | None = None

    @classmethod
    def of(cls, session: Session) -> View:
        """A session at rest."""
        return cls(session=session, profile=session.profile)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Everything to draw, oldest first; an exchange without words that changes the last one stands in its place."""
        kept = tuple(map(Exchange.kept, self.session.turns))
        if self.going_on is None:
            return kept
        if not self.going_on.user and kept:
            return (*kept[:-1], self.going_on)
        return (*kept, self.going_on)

    @property
    def count(self) -> int:
        """How many things are known of the person."""
        return len(self.profile.points) + len(self.profile.constraints)

    def said(self, message: str, status: str) -> View:
        """The person's message is on screen and is being read."""
        number = len(self.session.turns) + 1
        return self.model_copy(update={"going_on": Exchange(number=number, user=message, status=status)})

    def changing(self, status: str) -> View:
        """The person's own edit is being worked in: the last exchange stays on screen meanwhile."""
        last = Exchange.kept(self.session.turns[-1]) if self.session.turns else Exchange()
        return self.model_copy(update={"going_on": last.model_copy(update={"status": status})})

    def failed(self, reason: str) -> View:
        """The turn broke off; what was already on screen stays, with the reason and the next step."""
        now = self.going_on or Exchange()
        update = {"error": reason, "status": "", "writing": False, "provisional": False}
        return self.model_copy(update={"going_on": now.model_copy(update=update)})

    def after(self, event: Event) -> View:
        """The screen once `event` has happened."""
        if isinstance(event, TurnDone):
            return View.of(event.session)
        if isinstance(event, ProfileChanged):
            return self.model_copy(update={"profile": event.profile})
        now = self.going_on or Exchange()
        return self.model_copy(update={"going_on": _told(now, event)})


def _told(now: Exchange, event: Event) -> Exchange:
    if isinstance(event, Status):
        return now.model_copy(update={"status": event.text})
    if isinstance(event, ReplyText):
        return now.model_copy(update={"reply": event.text})
    if isinstance(event, ItemsReady):
        update = {"items": event.items, "provisional": event.provisional, "writing": True, "chips": ()}
        return now.model_copy(update={**update, "reply": event.lead or now.reply})
    if isinstance(event, SentenceReady):
        items = tuple(
            r.model_copy(update={"sentence": event.text}) if r.item.id == event.item_id else r for r in now.items
        )
        return now.model_copy(update={"items": items})
    return now
