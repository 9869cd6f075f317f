"""What a message asks of the shop's service, and the answer: questions, orders, trouble, and a person who takes over.

A catalogue with a desk in `service.yaml` (`bot/service.py`) has its messages pass here first; what is no matter of the
service goes on to the recommender. While something that was bought is in trouble, nothing is offered: what could stand in
for it, or goes with it, is mentioned once the customer says that the trouble is over. What is known of the trouble stands
in the turns, so nothing else is kept. Cues and words are in `care.yaml`. `tests/test_care.py`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import yaml

from bot.errors import Conflict, RapportError
from bot.phrases import phrase
from bot.privacy import personal, unmarked
from bot.retrieve import companions
from bot.rules import acts
from bot.rules.background import Background
from bot.service import Desk, Order, Wish, ask_order, hand_over, number_in, order_answer, order_number
from bot.state import Chip, Event, Language, ProfileChanged, Reading, ReplyText, Session, Turn, TurnDone
from bot.topic import Kinds
from bot.understand import by_rules
from vectorstore.catalogue import Catalogue
from vectorstore.item import Item
from vectorstore.words import is_chinese, tokens

if TYPE_CHECKING:
    from bot.chat import Engine

Kind = Literal["broken", "missing", "wrong"]
KINDS: tuple[Kind, ...] = ("broken", "missing", "wrong")
TOPICS = ("order", "trouble", "arranged", "solved", "person", "handed_over", "faq")  # of the readings made here
ATTEMPTS = 4
_CONTACT = ("contact",)  # what a reading asks for: where the customer can be reached
_LISTS = ("request", "refine", "reject", "more_like", "undo", "forget")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Trouble:
    """Something that was bought and is not as it should be."""

    kind: Kind
    item: str = ""  # id of the catalogue, where it is known
    wish: Wish = ""  # what the customer wants done about it


@dataclass(frozen=True)
class Said:
    """The service's answer to a message."""

    topic: str
    reply: str
    chips: tuple[str, ...] = ()  # names of words in `care.yaml` that begin with "chip_"
    about: tuple[str, ...] = ()  # kind of trouble, and what is wished
    item: str = ""


@lru_cache(maxsize=1)
def _loaded() -> tuple[dict[str, re.Pattern[str]], dict[str, dict[Language, str]]]:
    raw = yaml.safe_load((Path(__file__).parent / "care.yaml").read_text("utf-8"))
    cues = {
        name: re.compile("|".join(line for line in said.splitlines() if line.strip()), re.I) for name, said in raw["cues"].items()
    }
    return cues, raw["words"]


def cue(name: str, text: str) -> bool:
    """Whether a cue of `care.yaml` stands in `text`."""
    return bool(_loaded()[0][name].search(text))


def words(name: str, language: Language, **values: str) -> str:
    """Words of `care.yaml`, filled in."""
    return _loaded()[1][name][language].format(**values)


def attended(
    engine: Engine, desk: Desk, session: Session, message: str, beside: Sequence[str] = (), contact: str | None = None
) -> Iterator[Event] | None:
    """The turn of a message that is a matter of the service; None for every other. `beside`: ids that were bought.

    `contact` is where the message says that the customer can be reached, empty where it does not; it is passed on to the
    person who takes over, and asked for first. None: the client asks for it in its own way.

    Conflict when the talk went on elsewhere. What the shop's system is asked carries the message's id, so that asking
    again does no harm.
    """
    desk_talk = _Talk(engine.catalogue(session.catalogue), desk, session, message.strip(), tuple(beside), contact)
    said = desk_talk.answer()
    return None if said is None else _told(engine, session, message, desk_talk, said)


def contact_in(message: str) -> str:
    """The e-mail address, else the phone number, that a message states; empty when it states none."""
    found = {kind: message[start:end] for (start, end), kind in reversed(personal(message))}
    return found.get("e-mail") or found.get("phone") or ""


def passed_on(engine: Engine, desk: Desk, session: Session, contact: str) -> Session:
    """The session after its conversation was given to a person, with the customer's consent. RapportError when nobody
    could take it. Once is enough: one that was passed on already, and not spoken of since, is not sent again."""
    if session.turns and session.turns[-1].reading.topic == "handed_over":
        return session
    hand_over(desk, session, contact, consent=True)
    reply = words("passed_contact" if contact else "passed", session.language)
    reading = Reading(act="out_of_scope", language=session.language, topic="handed_over")
    for _ in range(ATTEMPTS):
        try:
            return engine.memory.save(_with_turn(session, "", reading, reply, ()))
        except Conflict:
            session = engine.load(session.id) or session
    raise Conflict("The talk goes on in other windows all the time. The conversation was passed on.")


def trouble_of(session: Session) -> Trouble | None:
    """The trouble that is not over; None when there is none."""
    found: Trouble | None = None
    for turn in session.turns:
        reading = turn.reading
        if reading.topic in ("trouble", "arranged") and reading.asks:
            item = reading.refers_to[0] if reading.refers_to else (found.item if found else "")
            wish = cast(Wish, reading.asks[1]) if len(reading.asks) > 1 else ""
            found = Trouble(cast(Kind, reading.asks[0]), item, wish)
        elif reading.topic == "solved":
            found = None
    return found


def _told(engine: Engine, session: Session, message: str, talk: _Talk, said: Said) -> Iterator[Event]:
    language = talk.language
    refers = (said.item,) if said.item else ()
    reading = Reading(act="out_of_scope", language=language, topic=said.topic, asks=said.about, refers_to=refers)
    chips = tuple(talk.chip(name) for name in said.chips)
    update: dict[str, object] = {"language": language, **({"on_screen": refers} if refers else {})}
    if said.topic == "solved" and refers:  # what they have is not offered again
        update["seen"] = (*session.seen, *(i for i in refers if i not in session.seen))
    after = engine.memory.save(_with_turn(session.model_copy(update=update), message, reading, said.reply, chips))
    yield ProfileChanged(profile=after.profile, reading=reading)
    yield ReplyText(text=said.reply)
    yield TurnDone(session=after)


def _with_turn(session: Session, message: str, reading: Reading, reply: str, chips: tuple[Chip, ...]) -> Session:
    turn = Turn(number=len(session.turns) + 1, user=message, reading=reading, reply=reply, chips=chips)
    return session.model_copy(update={"turns": (*session.turns, turn)})


@dataclass
class _Talk:
    """One message at a desk."""

    catalogue: Catalogue
    desk: Desk
    session: Session
    message: str
    owned: tuple[str, ...]
    contact: str | None = None
    language: Language = "en"
    last: str = ""  # topic of the turn before
    trouble: Trouble | None = None
    order: Order | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        chips_of_last = [chip.say for chip in self.session.turns[-1].chips] if self.session.turns else []
        said = unmarked(self.message.replace(self.contact, "") if self.contact else self.message)
        plain = not re.search(r"[^\W\d_]{2,}", said)  # a bare number or address is of the language that was spoken
        self.language = self.session.language if plain else "zh" if is_chinese(self.message) else "en"
        self.last = self.session.turns[-1].reading.topic if self.session.turns else ""
        self.trouble = trouble_of(self.session)
        self.pressed = self.message in chips_of_last

    def answer(self) -> Said | None:
        """What the service says; None when the message is not for it. First rule that holds wins."""
        message, topic = self.message, acts.service_topic(self.message)
        if acts.injection(message):
            return None
        awaited = self.last == "person" and self.session.turns[-1].reading.asks == _CONTACT
        if self.last == "person" and (cue("agrees", message) or (awaited and self.contact)):
            return self._pass_on()
        if self.last == "person" and cue("declines", message):
            return Said("kept", words("kept", self.language))
        if topic == "person" or cue("person", message):
            return self._person()
        if self.trouble and (said := self._in_trouble(self.trouble)):
            return said
        if (kind := self._kind()) and not (cue("seeks", message) and not cue("had", message)):
            return self._troubled(Trouble(kind, self._item()))
        if topic == "order" or (order_number(message) and self.last == "order"):
            return self._order()
        if said := self._known(topic):
            return said
        return self._noted(self.trouble) if self.trouble and self._tells_more() else None

    def _in_trouble(self, trouble: Trouble) -> Said | None:
        message, asks = self.message, cue("how", self.message)
        if cue("unsolved", message):
            return self._unsolved()
        thanked = self.last == "arranged" and (cue("agrees", message) or cue("thanks", message))
        if (cue("solved", message) or thanked) and not asks:
            return self._solved(trouble)
        if self.last == "arranged" and cue("declines", message):
            return self._unsolved()
        if not asks or self.pressed:
            wishes: tuple[Wish, ...] = ("replacement", "refund")
            for wish in wishes:
                if cue(wish, message) and not cue("seeks", message):
                    return self._arranged(Trouble(trouble.kind, trouble.item or self._item(), wish))
        if order_number(message) and not asks and self.last == "trouble":
            known = Trouble(trouble.kind, trouble.item or self._item(), trouble.wish)
            return self._arranged(known) if trouble.wish else self._troubled(known)
        return None

    def _kind(self) -> Kind | None:
        return next((k for k in KINDS if cue(k, self.message)), None) if cue("had", self.message) or self.trouble else None

    def _troubled(self, trouble: Trouble) -> Said:
        trouble = self._with_order(trouble)
        parts = [words(f"sorry_{trouble.kind}", self.language, what=self._what(trouble.item))]
        about = (trouble.kind,)
        if self.desk.orders is not None and not number_in(self.message, self.session):
            parts.append(words("which", self.language))
            return Said("trouble", self._joined(parts), ("chip_person",) if self.desk.person else (), about, trouble.item)
        parts.append(self.desk.answer(self.language, topic=trouble.kind) or self._service("return"))
        parts.append(words("options" if self.desk.person else "options_alone", self.language))
        return Said("trouble", self._joined(parts), self._options(), about, trouble.item)

    def _arranged(self, trouble: Trouble) -> Said:
        number = number_in(self.message, self.session)
        about = (trouble.kind, trouble.wish)
        if self.desk.orders is not None and not number:
            return Said("trouble", words("which", self.language), (), about, trouble.item)
        order: Order | None = None
        if self.desk.orders is not None:
            items = [trouble.item] if trouble.item else []
            try:
                order = ask_order(self.desk, number, self.session, self.language, trouble.wish, items)
            except (OSError, ValueError) as error:
                log.warning("The shop could not be asked for a %s: %s", trouble.wish, error)
        what = self._what(trouble.item)
        if order is not None and order.arranged == trouble.wish:
            said = [words(f"arranged_{trouble.wish}", self.language, what=what), order.note.get(self.language, "")]
        else:
            own = self.desk.answer(self.language, topic="replacement" if trouble.wish == "replacement" else "return")
            said = [own or words("not_mine", self.language)]
            if self.desk.person:
                said.append(words("by_person", self.language))
                return Said("trouble", self._joined(said), ("chip_person",), about, trouble.item)
        said.append(words("settled", self.language))
        return Said("arranged", self._joined(said), ("chip_settled", "chip_unsettled"), about, trouble.item)

    def _solved(self, trouble: Trouble) -> Said:
        item = self.catalogue.get(trouble.item) if trouble.item else None
        if item is None:
            return Said("solved", self._joined([words("solved", self.language), words("offer_any", self.language)]))
        both = bool(companions(self.catalogue, [item]))
        offer = words("offer_both" if both else "offer_instead", self.language, what=self._what(item.id))
        chips = ("chip_instead", "chip_goes_with") if both else ("chip_instead",)
        return Said("solved", self._joined([words("solved", self.language), offer]), chips, (), item.id)

    def _unsolved(self) -> Said:
        assert self.trouble is not None
        about = (self.trouble.kind, self.trouble.wish) if self.trouble.wish else (self.trouble.kind,)
        reply = words("still" if self.desk.person else "still_alone", self.language)
        return Said("trouble", reply, ("chip_person",) if self.desk.person else (), about, self.trouble.item)

    def _noted(self, trouble: Trouble) -> Said:
        parts = [words("noted", self.language), words("options" if self.desk.person else "options_alone", self.language)]
        return Said("trouble", self._joined(parts), self._options(), (trouble.kind,), trouble.item or self._item())

    def _order(self) -> Said | None:
        reply = order_answer(self.desk, self.message, self.session, self.language)
        return Said("order", reply, ("chip_person",) if self.desk.person else ()) if reply else None

    def _known(self, topic: str) -> Said | None:
        """The shop's own answer to what is asked, where it has one and no wish stands beside it."""
        if cue("seeks", self.message):
            return None
        reply = (self.desk.answer(self.language, topic=topic) if topic else "") or self.desk.answer(
            self.language, message=self.message
        )
        return Said("faq", reply) if reply else None

    def _person(self) -> Said | None:
        if self.desk.person is None:
            reply = self.desk.answer(self.language, topic="person")
            return Said("faq", reply) if reply else None
        if self.last == "handed_over":
            return Said("handed_over", words("passed_already", self.language))
        parts = [self.desk.answer(self.language, topic="person"), words("ask_person", self.language)]
        return Said("person", self._joined(parts), ("chip_yes", "chip_no"))

    def _pass_on(self) -> Said:
        if self.contact == "" and not self.session.person:
            return Said("person", words("where", self.language), ("chip_no",), _CONTACT)
        try:
            hand_over(self.desk, self.session, self.contact or "", consent=True)
        except RapportError as error:
            log.warning("%s", error)
            return Said("person", words("not_passed", self.language), ("chip_yes", "chip_no"))
        return Said("handed_over", words("passed_contact" if self.contact else "passed", self.language))

    def _tells_more(self) -> bool:
        """Whether the recommender would take for a wish, or for talk, what is told of the trouble."""
        screen = [i for name in self.session.on_screen if (i := self.catalogue.get(name)) is not None]
        reading = by_rules(self.message, self.session, screen, Background.of(self.catalogue))
        if reading.act in ("chat", "out_of_scope"):
            return reading.topic in ("", "other", "told")
        if reading.act not in (*_LISTS, "accept"):
            return False
        kinds = Kinds.of(self.catalogue)
        wished = any(kinds.named(c.text) for c in reading.changes if c.weight > 0)
        return not (wished and cue("beside", self.message))

    def _with_order(self, trouble: Trouble) -> Trouble:
        """The trouble with the item that the order tells, where it is the only one or the message names it."""
        number = number_in(self.message, self.session)
        if trouble.item or self.desk.orders is None or not number:
            return trouble
        try:
            order = ask_order(self.desk, number, self.session, self.language)
        except (OSError, ValueError) as error:
            log.warning("An order cannot be asked for: %s", error)
            return trouble
        held = [i for name in (order.items if order else ()) if (i := self.catalogue.get(name)) is not None]
        said = " ".join([*(t.user for t in self.session.turns if t.reading.topic == "trouble"), self.message])
        item = held[0] if len(held) == 1 else named_among(said, held, self.catalogue)
        return Trouble(trouble.kind, item.id if item else "", trouble.wish)

    def _item(self) -> str:
        held = [i for name in self.owned if (i := self.catalogue.get(name)) is not None]
        found = named_among(self.message, held, self.catalogue)
        return found.id if found else ""

    def _what(self, item_id: str) -> str:
        item = self.catalogue.get(item_id) if item_id else None
        return words("the", self.language, title=item.title_in(self.language)) if item else words("it", self.language)

    def _service(self, topic: str) -> str:
        own = self.desk.answer(self.language, topic=topic)
        told: dict[str, Any] = self.catalogue.info.service.get(topic, {})
        return own or str(told.get(self.language) or told.get("en", ""))

    def _options(self) -> tuple[str, ...]:
        return ("chip_replacement", "chip_refund", *(("chip_person",) if self.desk.person else ()))

    def _joined(self, parts: Sequence[str]) -> str:
        return ("" if self.language == "zh" else " ").join(p for p in parts if p)

    def chip(self, name: str) -> Chip:
        """A short answer to press."""
        if name == "chip_instead":
            return Chip(label=words(name, self.language), say=words("say_instead", self.language))
        said = phrase(name, self.language) if name == "chip_goes_with" else words(name, self.language)
        return Chip(label=said, say=said)


def named_among(message: str, items: Sequence[Item], catalogue: Catalogue) -> Item | None:
    """The first of `items` whose kind a message names ("the tent"), or a word of whose title stands in it."""
    if not items:
        return None
    kinds = Kinds.of(catalogue)
    ends = [message[:n] for n in range(1, len(message) + 1)][:300] if is_chinese(message) else re.findall(r"[\w'-]+", message)
    said = frozenset(k for end in ends for k in kinds.named(end))
    named = [item for item in items if said and kinds.holds(item, said)]
    if named:
        return named[0]
    own = set(tokens(message))
    return next((i for i in items if len(own & set(tokens(f"{i.title} {i.title_in('zh')}"))) > 1), None)
