"""What stands beside the talk on the shop's own page, and which of it a message means: "does it come in black?", "my tent".

A product in view is what "it" and "this" mean as long as nothing of the talk is meant by them; "my …" is something that
was bought, else something in the cart. Ids that the catalogue does not have are passed over: a shop sells more than it
shows here. `tests/test_api_beside.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from bot.care import TOPICS
from bot.rules.references import on_screen
from bot.state import Session
from bot.topic import Kinds
from vectorstore.catalogue import Catalogue
from vectorstore.item import Item
from vectorstore.words import tokens

_THIS = re.compile(r"\b(?:this|that|it|it's|its|one)\b|这|那|它|本品|该", re.I)
_MINE = re.compile(
    r"\b(?:my|our)\s+(?:own\s+|old\s+|new\s+)?((?:[\w'-]+\s*){1,3})|我(?:的|家的|买的|上次买的|刚买的)([\u4e00-\u9fff]{1,8})",
    re.I,
)


class Beside(BaseModel):
    """Ids of the product in view, of the cart, and of what was bought, the newest first."""

    model_config = ConfigDict(frozen=True)
    viewing: str = ""
    cart: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.viewing or self.cart or self.owned)


def meant(message: str, session: Session, beside: Beside, catalogue: Catalogue) -> tuple[str, ...]:
    """The ids that stand on screen for this message; empty: what the session has there stays."""
    if not beside:
        return ()
    viewed = catalogue.get(beside.viewing) if beside.viewing else None
    own = _own(message, [item for id in (*beside.owned, *beside.cart) if (item := catalogue.get(id))], catalogue)
    if own is not None:
        return (viewed.id, own.id) if viewed is not None and viewed.id != own.id and _THIS.search(message) else (own.id,)
    shown: list[Item] = []  # what the talk showed last, also when the message before was about something else
    if session.on_screen:
        shown = next(([r.item for r in turn.items] for turn in reversed(session.turns) if turn.items), [])
    before = session.turns[-1].reading.refers_to if session.turns else ()
    if before and session.turns[-1].reading.topic in TOPICS:  # the service speaks of what was bought
        return before
    if viewed is None or (shown and (not _THIS.search(message) or any(item.id in before for item in shown))):
        return tuple(item.id for item in shown)
    if shown and on_screen(message, shown, before):
        return tuple(item.id for item in shown)
    return (viewed.id,)


def _own(message: str, items: Sequence[Item], catalogue: Catalogue) -> Item | None:
    """The thing that "my tent" names: the first that is of that kind, or has the word in its title."""
    if not items or (match := _MINE.search(message)) is None:
        return None
    kinds, english = Kinds.of(catalogue), match[1]
    words = english.split() if english else list(match[2])
    for part in ((" " if english else "").join(words[:n]).casefold() for n in range(len(words), 0, -1)):
        named = kinds.named(part)
        for item in items:
            if (named and kinds.holds(item, named)) or part in tokens(f"{item.title} {item.title_in('zh')}"):
                return item
    return None
