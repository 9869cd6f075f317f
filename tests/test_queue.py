"""Several people at one model: who comes when, what they are told meanwhile, and what happens to those who do not stay."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator

import pytest
from conftest import ended
from llm_fakes import ChatServer, serving, wait_for

from bot import answers
from bot.chat import Engine
from bot.errors import ModelUnavailable
from bot.llm import LLM, Attended, ModelStatus, NoModel, Place, Prompt, ScriptedLLM, TextStream, attended
from bot.llm.client import Answer, Client
from bot.llm.line import Line, Ticket
from bot.settings import Settings
from bot.state import Event, ItemsReady, Session, Status, TurnDone
from bot.web.page import Desk

FAR = 1e6
WISH = "a brown leather jacket, no zips"
NEVER = threading.Event()


class ServedModel(ScriptedLLM):
    """A model whose answers come from a client, as the local one's do."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self.client = client

    def stream(self, prompt: Prompt, **asking: object) -> Answer:  # type: ignore[override]
        return self.client.stream(prompt, **asking)  # type: ignore[arg-type]


@pytest.fixture
def server() -> ChatServer:
    """One that takes a second for an answer that names no wish."""
    return ChatServer(pieces=("1 x\n",) * 20, pause=0.05)


@pytest.fixture
def shared(server: ChatServer, engine_with: Callable[[LLM], Engine]) -> Iterator[Engine]:
    """An engine whose model has one place; everybody shares it."""
    with serving(server.handler()) as url:
        client = Client(f"{url}/v1")
        client.chat()  # imports
        engine = engine_with(ServedModel(client))
        engine.settings = engine.settings.model_copy(update={"ask_always": False})
        yield engine


def line_of(engine: Engine) -> Line:
    assert isinstance(engine.llm, ServedModel)
    return engine.llm.client.line


def occupy(engine: Engine, seconds: float = 10.0) -> TextStream:
    """Somebody else's answer."""
    return engine.llm.stream(Prompt("s", "somebody else"), max_tokens=100, timeout=seconds)


def statuses(events: list[Event]) -> list[str]:
    return [e.text for e in events if isinstance(e, Status)]


# The line itself


def entered(line: Line, ticket: Ticket) -> Ticket:
    assert line.enter(ticket, FAR, NEVER)
    return ticket


def test_the_estimate_is_what_others_took_lately(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    line = Line(1)
    first = entered(line, line.ticket(100))
    second, third = line.ticket(50), line.ticket(80)
    assert line.place(second) == Place(1, None), "nothing was measured yet: no number is made up"
    assert (line.place(first), line.place(third)) == (Place(), Place(2, None))
    now[0] += 10
    line.leave(first, finished=True)  # 0.1 s a token
    entered(line, second)
    assert line.place(third) == Place(1, pytest.approx(5))
    now[0] += 2
    assert line.place(third) == Place(1, pytest.approx(3)), "what is done already counts no more"
    fourth = line.ticket(10)
    assert line.place(fourth) == Place(2, pytest.approx(3 + 8))
    now[0] += 60
    assert line.place(fourth) == Place(2, pytest.approx(8)), "an answer that takes longer than usual is about to end"
    assert (second.waited, third.waited) == (10, 72)


def test_one_slow_answer_and_those_called_off_do_not_spoil_the_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    line = Line(1)
    for seconds, finished in ((1, True), (500, True), (1, True), (0, False), (0, False), (0, False)):
        ticket = entered(line, line.ticket(10))
        now[0] += seconds
        line.leave(ticket, finished=finished)
    entered(line, line.ticket(10))
    assert line.place(line.ticket(10)).seconds == pytest.approx(1)


def test_two_places_halve_the_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    line = Line(2)
    ticket = entered(line, line.ticket(10))
    now[0] += 4
    line.leave(ticket, finished=True)
    for _ in range(2):
        entered(line, line.ticket(10))
    assert line.place(line.ticket(10)) == Place(2, pytest.approx(4))


def test_who_is_called_off_at_the_moment_of_entering_takes_no_place() -> None:
    line, gone = Line(1), threading.Event()
    gone.set()
    assert not line.enter(line.ticket(), FAR, gone)
    entered(line, line.ticket())
    assert line.waiting == 0


@pytest.mark.parametrize(
    ("place", "english", "chinese"),
    [
        (Place(), "", ""),
        (Place(1), "One moment, you are next.", "请稍等，下一个就是你。"),
        (Place(1, 7.2), "One moment, you are next: about 8 s.", "请稍等，下一个就是你，约 8 秒。"),
        (Place(1, 0.0), "One moment, you are next: about 1 s.", "请稍等，下一个就是你，约 1 秒。"),
        (Place(3), "One moment, 3 are before you.", "请稍等，前面还有 3 位。"),
        (Place(3, 21.0), "One moment, 3 are before you: about 21 s.", "请稍等，前面还有 3 位，约 21 秒。"),
    ],
)
def test_what_is_said_to_who_waits(place: Place, english: str, chinese: str) -> None:
    assert (answers.in_line(place, "en"), answers.in_line(place, "zh")) == (english, chinese)


# What works beside a turn


def test_what_is_yielded_and_raised_in_the_thread_arrives_here() -> None:
    def work(llm: Attended) -> Iterator[int]:
        yield 1
        yield 2
        raise ValueError("in the other thread")

    got: list[int | Place] = []
    with pytest.raises(ValueError, match="other thread"):
        for word in attended(NoModel(), 5, 5, work):
            got.append(word)
    assert got == [1, 2]


def test_the_longest_wait_goes_with_every_request() -> None:
    llm = ScriptedLLM("a", "b")
    lent = Attended(llm, 7)
    lent.stream(Prompt("s", "u"), max_tokens=1, timeout=9)
    lent.stream(Prompt("s", "u"), max_tokens=1, timeout=9, wait=2)
    assert [asked["wait"] for asked in llm.options] == [7, 2]
    lent.close()
    assert llm.streams[-1].closed
    with pytest.raises(ModelUnavailable, match="given up"):
        lent.stream(Prompt("s", "u"), max_tokens=1, timeout=9)


# Whole turns


def test_who_waits_is_told_the_place_and_then_answered(shared: Engine, server: ChatServer) -> None:
    list(occupy(shared))  # so that the pace is known: a second for 100 tokens
    other = occupy(shared)
    events = list(shared.turn(shared.start(), WISH))
    said = statuses(events)
    assert said[0] == "Writing why each fits"
    assert "One moment, you are next: about 1 s." in said
    assert said[-1] == "Writing why each fits", "and when its turn has come, what is done then"
    kinds = [type(e) for e in events]
    assert kinds.index(ItemsReady) < kinds.index(Status), "items do not wait for anybody"
    assert isinstance(events[-1], TurnDone) and ended(events).turns[0].llm["calls"] == 1
    assert len(list(other)) == 20, "the answer before it was not cut off"


def test_past_the_longest_wait_the_turn_goes_on_by_templates_and_leaves_the_line(
    shared: Engine, server: ChatServer
) -> None:
    server.pause = 0.2  # four seconds for the answer before
    shared.settings = shared.settings.model_copy(update={"longest_wait": 0.4})
    other, began = occupy(shared), time.monotonic()
    session = ended(list(shared.turn(shared.start(), WISH)))
    assert 0.4 <= time.monotonic() - began < 3
    assert line_of(shared).waiting == 0
    assert all(r.voice == "template" and r.sentence for r in session.turns[0].items)
    assert next(other), "the answer before it goes on"
    other.close()


def test_past_the_longest_wait_a_message_is_read_by_rules_and_that_is_said(shared: Engine) -> None:
    shared.settings = shared.settings.model_copy(update={"longest_wait": 0.3, "ask_always": True, "prose": False})
    other = occupy(shared)
    session = ended(list(shared.turn(shared.start(), WISH)))
    assert session.turns[0].reading.by == "rules" and session.on_screen[0] == "harlow"
    assert "I read this by rules" in session.turns[0].reply
    assert len(list(other)) == 20


def until(turn: Iterator[Event], wanted: Callable[[Event], bool]) -> None:
    for event in turn:
        if wanted(event):
            return
    raise AssertionError("it never came")


def in_line(event: Event) -> bool:
    return isinstance(event, Status) and "you are next" in event.text


def closed(turn: Iterator[Event]) -> None:
    assert isinstance(turn, Generator)
    turn.close()


@pytest.mark.parametrize("ask_always", [True, False], ids=["while it would be read", "while it would be written about"])
def test_who_leaves_the_line_frees_the_place_at_once(shared: Engine, server: ChatServer, ask_always: bool) -> None:
    server.pause = 0.1
    shared.settings = shared.settings.model_copy(update={"ask_always": ask_always})
    other = occupy(shared)
    turn = shared.turn(shared.start(), WISH)
    until(turn, in_line)
    began = time.monotonic()
    closed(turn)
    wait_for(lambda: line_of(shared).waiting == 0, 1)
    assert time.monotonic() - began < 1, "it does not wait for the answer before it"
    assert len(list(other)) == 20 and len(server.asked) == 1


def test_who_leaves_while_the_message_is_read_frees_the_model(shared: Engine, server: ChatServer) -> None:
    shared.settings = shared.settings.model_copy(update={"ask_always": True})
    turn = shared.turn(shared.start(), WISH)
    until(turn, lambda e: isinstance(e, Status))
    closed(turn)
    assert server.left.wait(1), "the model reads on for nobody"
    assert len(list(occupy(shared, 3))) == 20


def test_people_at_once_are_served_in_the_order_they_came_and_nobody_is_lost(
    shared: Engine, server: ChatServer
) -> None:
    server.pause, server.pieces = 0.01, ("1 x\n",) * 10
    sessions: dict[int, list[Session]] = {}

    def person(number: int) -> None:
        session = shared.start(language="zh" if number == 3 else "en")
        sessions[number] = []
        for wish in ("a brown leather jacket", "cheaper"):
            session = ended(list(shared.turn(session, wish)))
            sessions[number].append(session)

    people = [threading.Thread(target=person, args=(number,)) for number in range(4)]
    for thread in people:
        thread.start()
    for thread in people:
        thread.join(20)
    assert [len(sessions[n][-1].turns) for n in range(4)] == [2, 2, 2, 2]
    assert all(turn.reply and turn.items for told in sessions.values() for turn in told[-1].turns)
    assert len({told[-1].id for told in sessions.values()}) == 4
    assert (server.most_busy, len(server.asked), line_of(shared).waiting) == (1, 8, 0)


def test_the_page_draws_the_place_and_has_a_moment_to_stop_at_each_beat(shared: Engine) -> None:
    desk = Desk(shared)
    other = occupy(shared)
    session = shared.start()
    screens = desk.act({"kind": "say", "text": WISH, "session": session.id, "run": 1})
    assert isinstance(screens, Generator)
    drawn = next(s for s in screens if "you are next" in s.get("live", ""))
    assert "Harlow" in drawn["live"], "beside the items"
    assert set(next(screens)) == {"told"}, "nothing changed, so nothing is drawn"
    screens.close()
    wait_for(lambda: line_of(shared).waiting == 0, 1)
    assert len(list(other)) == 20
    kept = shared.load(session.id)
    assert kept is not None and kept.turns[0].items


def test_the_setting_has_a_default_below_the_timeouts() -> None:
    field = Settings.model_fields
    assert 0 < field["longest_wait"].default <= field["understand_timeout"].default


def test_a_model_that_is_not_ready_is_not_stood_in_line_for(engine_with: Callable[[LLM], Engine]) -> None:
    llm = ScriptedLLM()
    llm.status = ModelStatus(stage="starting", name="scripted")
    began = time.monotonic()
    assert not statuses(list(engine_with(llm).turn(engine_with(llm).start(), WISH)))
    assert time.monotonic() - began < 1
