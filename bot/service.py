"""What a shop's service can do beside recommending: answer questions, say where an order is, reach a person.

A shop writes `service.yaml`, a desk for each catalogue: answers to common questions, where orders can be asked for, and
where a conversation goes when somebody wants a person. Nothing is sent out without being configured, and no conversation
without the customer's consent. What a message asks for is read in `bot/care.py`. `tests/test_service.py`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import re
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError, model_validator

from bot.errors import RapportError
from bot.mail import Mail, send
from bot.state import Language, Session

log = logging.getLogger(__name__)

SIGNED = "X-Rapport-Signature"  # of what is sent: "t=<seconds>,v1=<hex of HMAC-SHA256 over "<seconds>.<body>">"
PATIENCE = 5.0  # seconds that a webhook may take
_LONGEST = 2000  # characters of a status that are told
_NUMBER = re.compile(
    r"(?:\border\b|\bnumber\b|\bno\b\.?|#|订单号?|单号)\D{0,12}?\b([A-Za-z]{0,4}[-_]?\d[\dA-Za-z-]{3,23})"
    r"|\b([A-Z]{1,4}-?\d{4,20})\b",
    re.I | re.A,
)
_WORDS: dict[str, dict[Language, str]] = {
    "which": {
        "en": "Which order is it? Please write its number; it stands in the confirmation.",
        "zh": "是哪个订单？请写下订单号，确认邮件里有。",
    },
    "unknown": {
        "en": "I cannot find the order {number}. Please check the number; or shall a person look at it?",
        "zh": "没有找到订单 {number}。请核对一下订单号，或者转给人工？",
    },
    "away": {
        "en": "I cannot reach the orders at the moment. Please try again in a few minutes, or ask for a person.",
        "zh": "暂时查不到订单。请过几分钟再试，或者转人工。",
    },
    "placed": {"en": "Order {number} has been received.", "zh": "订单 {number} 已收到。"},
    "packed": {"en": "Order {number} is being packed.", "zh": "订单 {number} 正在打包。"},
    "sent": {"en": "Order {number} is on its way.", "zh": "订单 {number} 正在配送。"},
    "delivered": {"en": "Order {number} has been delivered.", "zh": "订单 {number} 已送达。"},
    "returned": {"en": "Order {number} came back to us.", "zh": "订单 {number} 已退回。"},
    "cancelled": {"en": "Order {number} was cancelled.", "zh": "订单 {number} 已取消。"},
    "expected": {"en": "Expected on {day}.", "zh": "预计{day}送达。"},
}


Wish = Literal["", "replacement", "refund"]
Topic = Literal["return", "delivery", "warranty", "payment", "shop", "person", "broken", "missing", "wrong", "replacement"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Hook(_Part):
    """An address of the shop that is called, and the secret that what is sent is signed with."""

    url: str = Field(pattern=r"^https?://\S+$")
    secret_env: str = Field("", description="name of the environment variable with the secret; empty: unsigned")

    def signature(self, body: bytes, now: float) -> str:
        """The value of the signature's header. RapportError when the secret is not where it should be."""
        secret = os.environ.get(self.secret_env, "")
        if not secret:
            raise RapportError(f"{self.secret_env}, the environment variable of the secret for {self.url}, is empty.")
        moment = str(int(now))
        return f"t={moment},v1={hmac.new(secret.encode(), f'{moment}.'.encode() + body, hashlib.sha256).hexdigest()}"


class Answer(_Part):
    """An answer to a question that comes again and again: to a topic, or to whatever has one of the words."""

    topic: Topic | Literal[""] = ""
    words: tuple[str, ...] = ()
    en: str = Field(min_length=1, max_length=_LONGEST)
    zh: str = Field(min_length=1, max_length=_LONGEST)

    @model_validator(mode="after")
    def _found(self) -> Answer:
        if not self.topic and not self.words:
            raise ValueError("an answer needs a `topic`, or `words` that questions have")
        return self

    def speaks_of(self, message: str) -> bool:
        """Whether one of the words stands in the message: as a whole word where words are set apart."""
        said = message.casefold()
        return any(re.search(rf"(?<![a-z]){re.escape(w.casefold())}(?![a-z])", said) for w in self.words)


def _way(said: Any) -> str:
    """Which of the two a `person` is, so that a fault is told of the one that was meant."""
    return "webhook" if isinstance(said, Hook) or (isinstance(said, dict) and "url" in said) else "mail"


Way = Annotated[Annotated[Hook, Tag("webhook")] | Annotated[Mail, Tag("mail")], Discriminator(_way)]


class Desk(_Part):
    """What one shop's service can do."""

    orders: Hook | None = None
    person: Way | None = None
    faq: tuple[Answer, ...] = ()

    @model_validator(mode="after")
    def _something(self) -> Desk:
        if self.orders is None and self.person is None and not self.faq:
            raise ValueError("say `orders`, `person`, `faq`, or several of them")
        return self

    def answer(self, language: Language, *, topic: str = "", message: str = "") -> str:
        """The shop's own words on a topic, or on what a message speaks of; empty when it has none."""
        said = (a for a in self.faq if (topic and a.topic == topic) or (message and a.speaks_of(message)))
        return next((a.zh if language == "zh" else a.en for a in said), "")


class Order(BaseModel):
    """What the shop's own system says of an order."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    status: Literal["placed", "packed", "sent", "delivered", "returned", "cancelled"]
    expected: str = Field("", max_length=40)
    note: dict[str, str] = Field(default_factory=dict)  # language -> a sentence of the shop's own
    items: tuple[str, ...] = ()  # ids of the catalogue
    arranged: Wish = ""  # what the shop did, when it was told that the customer wishes it


def read_desks(path: Path) -> dict[str, Desk]:
    """Catalogue -> desk. RapportError names the file and what is wrong; a file that is not there has no desks."""
    if not path.exists():
        return {}
    try:
        said = yaml.safe_load(path.read_text("utf-8")) or {}
        return {str(name): Desk.model_validate(desk) for name, desk in said.items()}
    except (yaml.YAMLError, AttributeError) as error:
        raise RapportError(f"{path} is no YAML of catalogues and their desks: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise RapportError(f"{path}: {' → '.join(map(str, first['loc']))}: {first['msg']}") from error


def order_number(message: str) -> str:
    """The number of the order that a message names; empty when it names none."""
    match = _NUMBER.search(message)
    return re.sub(r"\s", "", match[1] or match[2]).upper() if match else ""


def number_in(message: str, session: Session) -> str:
    """The number of the order that is spoken of: in this message, else in the latest that names one."""
    return next((n for text in (message, *(t.user for t in reversed(session.turns))) if (n := order_number(text))), "")


def ask_order(
    desk: Desk, number: str, session: Session, language: Language, wish: Wish = "", items: Sequence[str] = ()
) -> Order | None:
    """What the shop says of an order, or did with it; None when it knows no such order. OSError or ValueError when it
    cannot be asked.

    Who is signed in is told to the shop, which decides whether that person may know. `message` is the same for a request
    that is made again, so that nothing is arranged twice.
    """
    assert desk.orders is not None
    said: dict[str, Any] = {"order": number, "person": session.person, "site": session.site, "language": language}
    if wish:
        said |= {"wish": wish, "items": list(items), "message": f"{session.id}:{session.answered[1]}"}
    told = _called(desk.orders, said)
    return Order.model_validate(told) if told is not None else None


def order_answer(desk: Desk, message: str, session: Session, language: Language) -> str:
    """What to say to a question about an order; empty where the shop has not said where orders can be asked for.

    The number may stand in this message or in an earlier one of the talk.
    """
    if desk.orders is None:
        return ""
    if not (number := number_in(message, session)):
        return _WORDS["which"][language]
    try:
        order = ask_order(desk, number, session, language)
    except (OSError, ValueError) as error:
        log.warning("An order cannot be asked for: %s", error)
        return _WORDS["away"][language]
    if order is None:
        return _WORDS["unknown"][language].format(number=number)
    parts = [_WORDS[order.status][language].format(number=number)]
    if order.expected and order.status in ("placed", "packed", "sent"):
        parts.append(_WORDS["expected"][language].format(day=_day(order.expected, language)))
    if note := order.note.get(language):
        parts.append(note[:_LONGEST])
    return ("" if language == "zh" else " ").join(parts)


def _day(said: str, language: Language) -> str:
    """A date as it is said; what is no ISO date stays as the shop wrote it."""
    from babel.dates import format_date

    try:
        return str(format_date(date.fromisoformat(said), "M月d日" if language == "zh" else "EEEE d MMMM", locale=language))
    except ValueError:
        return said


def transcript(session: Session) -> str:
    """The conversation as text, for whoever takes it over."""
    lines = []
    for turn in session.turns:
        lines += [f"Customer: {turn.user}"] if turn.user else []
        lines.append(f"Rapport: {turn.reply}")
    return "\n\n".join(lines)


def hand_over(desk: Desk, session: Session, contact: str, *, consent: bool) -> None:
    """Give the conversation to a person. RapportError without consent, without a desk for it, or when nobody takes it."""
    if not consent:
        raise RapportError("A conversation is given to a person only when the customer agrees to it.")
    if desk.person is None:
        raise RapportError("service.yaml names nobody to hand over to; add `person`.")
    said = {
        "session": session.id, "catalogue": session.catalogue, "person": session.person, "contact": contact,
        "language": session.language, "transcript": transcript(session), "on_screen": list(session.on_screen),
    }  # fmt: skip
    try:
        if isinstance(desk.person, Hook):
            _called(desk.person, said)
        else:
            send(desk.person, said)
    except (OSError, ValueError) as error:
        raise RapportError(f"The conversation could not be handed over: {error}. It is kept; try again.") from error


def _called(hook: Hook, said: Mapping[str, Any]) -> Any:
    """What the shop answers; None for 404. OSError when it cannot be reached, ValueError for an answer that is no JSON."""
    import httpx

    body = json.dumps(said, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json"}
    if hook.secret_env:
        headers[SIGNED] = hook.signature(body, time.time())
    try:
        answer = httpx.post(hook.url, content=body, headers=headers, timeout=PATIENCE, follow_redirects=False)
    except httpx.HTTPError as error:
        raise OSError(f"{hook.url}: {error or type(error).__name__}") from error
    if answer.status_code == 404:
        return None
    if not answer.is_success:
        raise OSError(f"{hook.url} answered {answer.status_code}")
    return answer.json() if answer.content else {}
