"""The values that a conversation is made of. All frozen: a turn takes a `Session` and gives a new one.

Nothing here knows a model, a page or a database. Change a field and `tests/test_state.py` and the saved sessions notice.
"""

from __future__ import annotations

import secrets
import time
from typing import Literal

from pydantic import Field

from vectorstore.constraints import Constraint
from vectorstore.item import Frozen, Item, Value

Language = Literal["en", "zh"]
Act = Literal[
    "request", "refine", "reject", "accept", "ask_item", "compare", "more_like", "undo", "forget", "chat", "out_of_scope"
]  # fmt: skip
Source = Literal["said", "edited", "earlier"]
KNOWN = "known"  # name of a fact that is said in whole words and not stated by the item: "goes with the tent you bought"


class InterestPoint(Frozen):
    """One thing that the person cares about: a_k is `weight`, θ_k the embedding of `text`."""

    text: str
    weight: float = Field(ge=-1, le=1, description="a_k: how much, and in which direction")
    quote: str = ""  # the person's own words
    turn: int = 0  # number of the message that last spoke of it, from 1
    source: Source = "said"
    lasting: bool = False  # a taste ("I never wear wool"), not today's errand


class Profile(Frozen):
    """What is known of the person now: interest points and hard limits, in the order they were said."""

    points: tuple[InterestPoint, ...] = ()
    constraints: tuple[Constraint, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.points and not self.constraints

    def point(self, text: str) -> InterestPoint | None:
        """The point of that wording, whatever its case."""
        return next((p for p in self.points if p.text.casefold() == text.casefold()), None)


class Change(Frozen):
    """One thing that a message does to the interests."""

    kind: Literal["add", "retract", "flip"]
    text: str
    weight: float = Field(default=0.8, ge=-1, le=1)
    quote: str = ""
    replaces: str = ""  # the point whose place it takes ("actually brown" for "black")
    lasting: bool = False


class Reading(Frozen):
    """One message, understood."""

    act: Act
    language: Language
    changes: tuple[Change, ...] = ()
    constraints: tuple[Constraint, ...] = ()  # set by this message; a bound replaces an older one on the same side
    lifted: tuple[str, ...] = ()  # fields, or one side of them ("price >="), whose limits are withdrawn ("forget the budget")
    refers_to: tuple[str, ...] = ()  # ids of items on screen
    asks: tuple[str, ...] = ()  # for ask_item and compare: what is asked about ("weight", "waterproof")
    topic: str = ""  # for chat and out_of_scope: greeting, thanks, order, return, injection, other …
    start_over: bool = False
    critique: str = ""  # relative wish over what is on screen: cheaper, lighter …
    by: Literal["model", "rules", "edit"] = "rules"


class Fact(Frozen):
    """Something the item states."""

    name: str
    value: Value


class Contribution(Frozen):
    """One term of an item's score. `amount` is what it adds; the amounts of an item sum to its score."""

    term: Literal[
        "interest", "similar", "rating", "popularity", "variety", "offer", "recent", "delivery", "goes_with", "wish",
        "behaviour", "together", "complement", "friends", "graph", "learned", "novelty",
    ]  # fmt: skip
    label: str  # the interest point's text, or the name of the term
    weight: float  # a_k
    value: float  # what a_k is multiplied with: for interests the cosine plus the share of its words that the item says
    amount: float
    quote: str = ""
    fact: Fact | None = None  # what of the item speaks for or against it

    @property
    def wished(self) -> bool:
        """Whether an interest point is behind it: it can be taken away and asked about."""
        return self.term == "interest" or (self.term in ("offer", "recent", "delivery") and bool(self.quote))


class Limit(Frozen):
    """A hard limit that the item was checked against, with the fact that satisfies it."""

    constraint: Constraint
    fact: Fact | None = None


class Recommendation(Frozen):
    """An item, its score, and the exact sum behind it."""

    item: Item
    score: float
    contributions: tuple[Contribution, ...] = ()
    limits: tuple[Limit, ...] = ()
    sentence: str = ""  # the checked sentence under the card
    voice: Literal["", "template", "model"] = ""  # who wrote it

    @property
    def reasons(self) -> tuple[Contribution, ...]:
        """The two strongest contributions with the person's words and a fact, then the strongest of what is known beyond
        their words, then one of their words that speaks against, if any."""
        told = [c for c in self.contributions if c.quote and c.fact]
        pro = sorted((c for c in told if c.amount > 0), key=lambda c: -c.amount)[:2]
        known = [c for c in self.contributions if not c.quote and c.fact and c.fact.name == KNOWN and c.amount > 0]
        con = sorted((c for c in told if c.amount < 0), key=lambda c: c.amount)[:1]
        return (*pro, *sorted(known, key=lambda c: -c.amount)[:1], *con)


class NoMatch(Frozen):
    """Nothing satisfies every limit: which one stands in the way, how far off the nearest item is, and one way out."""

    blocking: Constraint
    nearest: float | str | None  # the nearest real value of that field
    nearest_item: str  # its title
    relaxation: Constraint | None  # what to set instead; None: drop the limit


class Chip(Frozen):
    """A short answer to click; `say` is sent as the person's message."""

    label: str
    say: str


class Turn(Frozen):
    """One exchange as it is kept."""

    number: int
    user: str
    reading: Reading
    items: tuple[Recommendation, ...] = ()
    reply: str = ""
    chips: tuple[Chip, ...] = ()
    no_match: NoMatch | None = None
    question: str = ""  # the clarifying question's facet, if one was asked
    at: float = Field(default_factory=time.time)
    seconds: dict[str, float] = Field(default_factory=dict)
    llm: dict[str, int] = Field(default_factory=dict)


class Session(Frozen):
    """A conversation. Goes in, and a new one comes out."""

    id: str = Field(default_factory=lambda: secrets.token_urlsafe(18))
    catalogue: str = "shop"
    language: Language = "en"
    person: str = ""  # whose it is, as a shop's signed identity names them; empty: of whoever knows the id
    site: str = ""  # the site that the person signed in at; persons of two sites are two persons
    version: int = 0
    profile: Profile = Profile()
    past: tuple[Profile, ...] = ()  # earlier profiles, newest last: what "undo" goes back to
    turns: tuple[Turn, ...] = ()
    answered: tuple[int, str] = (0, "")  # the last message of the inbox that a turn answers: the turn's number, its id
    on_screen: tuple[str, ...] = ()  # ids, in screen order
    seen: tuple[str, ...] = ()  # shown or said to be known: not offered again
    rejected: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    marked: int = 0  # number of the last behaviour event that counts in these three
    created: float = Field(default_factory=time.time)


# What a turn tells its surface, in this order. A surface draws them; it decides nothing.


class Status(Frozen):
    """What is happening now, in words, in the person's language."""

    text: str


class ProfileChanged(Frozen):
    """The interests after this message."""

    profile: Profile
    reading: Reading


class ItemsReady(Frozen):
    """What to show. Sent again in place when `provisional` was true (first guess by rules) or when a sentence arrives."""

    items: tuple[Recommendation, ...]
    provisional: bool = False
    lead: str = ""  # the sentence above the cards


class SentenceReady(Frozen):
    """The next words under one item; `done` when that item's sentence has been checked and is final."""

    item_id: str
    text: str  # the whole sentence so far
    done: bool = False


class ReplyText(Frozen):
    """The reply's own words (not under a card), whole so far."""

    text: str


class TurnDone(Frozen):
    """The turn is over and saved: `session` is the new state."""

    session: Session


Event = Status | ProfileChanged | ItemsReady | SentenceReady | ReplyText | TurnDone
