"""An answer as plain text, for those who show only text: the reply, then each item with its price, reasons and sentence.

In the person's language. The chat-completions route, the MCP tools and the Runnable share it; `tests/test_integrations.py`
and `tests/test_api_openai.py` notice changes.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.phrases import money
from bot.state import Language
from bot.web.v1.wire import Card


def whole(reply: str, cards: Sequence[Card], language: Language) -> str:
    """The answer as one text. Of a reply that lists the cards (a turn's) the first line is taken: it is above the list."""
    if not cards:
        return reply
    listed = [line(card, number, language) + sentence(card, language) for number, card in enumerate(cards, start=1)]
    return "\n\n".join((lead(reply, cards), "\n".join(listed)))


def lead(reply: str, cards: Sequence[Card]) -> str:
    """What is said above the cards."""
    return reply.split("\n", 1)[0] if cards else reply


def line(card: Card, number: int, language: Language) -> str:
    """'1. **Harlow leather jacket** $179 — “brown” ✓ colour: chestnut brown': an item up to its sentence."""
    price = "" if card.price is None else f" {money(card.price, card.currency, language)}"
    marks = {"for": "✓", "against": "✗"}
    reasons = " · ".join((f"“{r.quote}” " if r.quote else "") + f"{marks[r.side]} {r.text}" for r in card.reasons)
    return f"{number}. **{card.title}**{price}{' — ' if reasons else ''}{reasons}"


def sentence(card: Card, language: Language) -> str:
    """The item's sentence with what stands before it; nothing where there is none."""
    if not card.sentence:
        return ""
    if card.reasons:
        return f"{'。' if language == 'zh' else '. '}{card.sentence}"
    return f"{'：' if language == 'zh' else ': '}{card.sentence}"
