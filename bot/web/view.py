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
from vectorstore.item import Frozen, Item


class Exchange(Frozen):
    """One turn as it is drawn: kept, or still being told."""

    number: int = 0
    user: str = ""  # empty when the person pressed something instead of saying it
    reply: str = ""
    items: tuple[Recommendation, ...] = ()
    compared: tuple[Item, ...] = ()  # items that the reply sets side by side
    chips: tuple[Chip, ...] = ()
    no_match: NoMatch | None = None
    status: str = ""  # what is happening, in words; empty when nothing is
    provisional: bool = False
    writing: bool = False  # sentences are still to come
    error: str = ""

    @classmethod
    def kept(cls, turn: Turn, shown: tuple[Item, ...] = ()) -> Exchange:
        """A turn as it was saved. `shown` are the items that were on screen when it was said."""
        reply = turn.reply
        compared: tuple[Item, ...] = ()
        if turn.items:
            reply = reply.split("\n", 1)[0]  # the rest says the items in words; here they are cards
        elif turn.reading.act == "compare" and len(shown) > 1:
            meant = tuple(item for item in shown if item.id in turn.reading.refers_to)
            compared = meant if len(meant) > 1 else shown
            reply = _without_lines_of(reply, compared)
        return cls(
            number=turn.number,
            user="" if turn.reading.by == "edit" else turn.user,
            reply=reply,
            items=turn.items,
            compared=compared,
            chips=turn.chips,
            no_match=turn.no_match,
        )


def _without_lines_of(reply: str, items: tuple[Item, ...]) -> str:
    """The reply without the lines that list one item's facts: the table has them."""
    titles = tuple(title for item in items for title in (item.title_in("en"), item.title_in("zh"), item.title))
    return "\n".join(line for line in reply.split("\n") if not line.startswith(titles))


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
        """Everything to draw, oldest first; one that changes the last exchange stands in its place."""
        kept: list[Exchange] = []
        shown: tuple[Item, ...] = ()
        for turn in self.session.turns:
            kept.append(Exchange.kept(turn, shown))
            shown = tuple(r.item for r in turn.items) or shown
        if self.going_on is None:
            return tuple(kept)
        if kept and self.going_on.number <= kept[-1].number:
            kept.pop()
        return (*kept, self.going_on)

    @property
    def in_hand(self) -> int:
        """Which exchange has the cards that can be acted on: the last one that shows items."""
        return max((i for i, x in enumerate(self.exchanges) if x.items), default=-1)

    @property
    def count(self) -> int:
        """How many things are known of the person."""
        return len(self.profile.points) + len(self.profile.constraints)

    def said(self, message: str, status: str) -> View:
        """The person's message is on screen and is being read."""
        number = len(self.session.turns) + 1
        return self.model_copy(update={"going_on": Exchange(number=number, user=message, status=status)})

    def changing(self) -> View:
        """The person's own edit is being worked in: the last exchange stays on screen meanwhile."""
        exchanges = self.exchanges
        return self.model_copy(update={"going_on": exchanges[-1] if exchanges else None})

    def asked_for_more(self) -> View:
        """A press that leads to new items, under the ones that are there."""
        return self.model_copy(update={"going_on": Exchange(number=len(self.session.turns) + 1)})

    def failed(self, reason: str) -> View:
        """The turn broke off; what was already on screen stays, with the reason and the next step."""
        now = self.going_on or Exchange(number=len(self.session.turns) + 1)
        update = {"error": reason, "status": "", "writing": False, "provisional": False}
        return self.model_copy(update={"going_on": now.model_copy(update=update)})

    def after(self, event: Event) -> View:
        """The screen once `event` has happened."""
        if isinstance(event, TurnDone):
            done = View.of(event.session)
            if not event.session.turns and self.going_on:  # interests set by hand before a word was said
                done = done.model_copy(update={"going_on": self.going_on.model_copy(update={"writing": False})})
            return done
        if isinstance(event, ProfileChanged):
            return self.model_copy(update={"profile": event.profile})
        now = self.going_on or Exchange(number=len(self.session.turns) + 1)
        return self.model_copy(update={"going_on": _told(now, event)})


def _told(now: Exchange, event: Event) -> Exchange:
    if isinstance(event, Status):
        return now.model_copy(update={"status": event.text})
    if isinstance(event, ReplyText):
        return now.model_copy(update={"reply": event.text})
    if isinstance(event, ItemsReady):
        update = {"items": event.items, "provisional": event.provisional, "writing": True, "chips": (), "status": ""}
        return now.model_copy(update={**update, "reply": event.lead})
    if isinstance(event, SentenceReady):
        items = tuple(
            r.model_copy(update={"sentence": event.text}) if r.item.id == event.item_id else r for r in now.items
        )
        return now.model_copy(update={"items": items})
    return now
