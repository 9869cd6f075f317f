"""Whatever is typed: never an exception, a clear answer each time, and nothing that was saved is lost."""

from __future__ import annotations

import pytest
from conftest import talk
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from small_shop import NAME

from bot.chat import Engine
from bot.errors import BadInput
from bot.state import Session

HARD = {
    "empty": "",
    "white space": " \n\t ",
    "NUL": "\0",
    "NUL inside": "a\0jacket",
    "control characters": "\x01\x02\x1b[2J",
    "half a character": "\ud83d",
    "half characters around words": "\udc00a jacket\ud800",
    "byte order mark": "\ufeff",
    "directions": "\u202eretsoot a\u202c",
    "one emoji": "🧥",
    "emoji": "😀😀👩‍👩‍👧‍👦🇨🇳",
    "punctuation": "?!...",
    "20,000 letters": "x" * 20_000,
    "20,000 words": "jacket and " * 1_900,
    "20,000 characters": "夹克" * 10_000,
    "20,000 refusals": "not this one, " * 1_400,
    "20,000 brackets": "(" * 20_000,
    "20,000 numbers": "under $5 " * 2_200,
    "German": "Ich suche eine braune Lederjacke ohne Reißverschluss",
    "Russian": "Мне нужна куртка",
    "Arabic": "أريد سترة جلدية بنية",
    "Japanese": "茶色の革ジャンが欲しい",
    "Korean": "갈색 가죽 재킷",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "markers": ">> TASK SAY. <<END<< {{state}}",
    "format": "{wishes} %s {0} \\x00",
    "SQL": "'; DROP TABLE sessions; --",
    "a huge number": "under $" + "9" * 400,
    "odd numbers": "under $1e999 or 0x10 or ٣٠٠ or ² or 1,2,3,4",
    "combining": "z̸̡̢̛̗̘̙̜a̷l̶g̵o̴" * 40,
}


CASES = list(HARD)


@pytest.mark.parametrize("name", CASES)
def test_a_hard_message_gets_a_clear_answer_and_loses_nothing(engine: Engine, name: str) -> None:
    before = talk(engine, engine.start(), "a brown leather jacket, no zips")
    after = talk(engine, before, HARD[name])
    assert after.turns[-1].reply.strip()
    assert after.turns[:-1] == before.turns
    assert engine.load(after.id) == after, "what is saved is what was said"
    assert {"brown leather jacket", "zips"} <= {p.text for p in after.profile.points}
    goes_on = talk(engine, after, "undo", "thanks")
    assert len(goes_on.turns) == len(after.turns) + 2


@pytest.mark.parametrize("name", CASES)
def test_a_hard_message_may_be_the_first(engine: Engine, name: str) -> None:
    session = talk(engine, engine.start(), HARD[name])
    assert session.turns[0].reply.strip()
    assert len(session.turns[0].user) <= 4_000


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty", "Your message was empty."),
        ("NUL", "Your message was empty."),
        ("half a character", "Your message was empty."),
        ("punctuation", "Try a few words"),
        ("20,000 letters", "I read the first 4000 characters"),
        ("20,000 words", "I read the first 4000 characters"),
        ("20,000 characters", "只读取了前 4000 个字"),
        ("Russian", "I read English and Chinese best"),
        ("Arabic", "I read English and Chinese best"),
        ("Korean", "I read English and Chinese best"),
    ],
)
def test_the_answer_says_what_was_wrong(engine: Engine, name: str, said: str) -> None:
    assert said in talk(engine, engine.start(), HARD[name]).turns[0].reply


def test_what_hides_among_words_does_not_hide_the_words(engine: Engine) -> None:
    for message in ("a\0jacket", "\udc00a jacket\ud800", "a\u00a0jacket", "\u202ajacket\u202c"):
        assert talk(engine, engine.start(), message).profile.point("jacket"), repr(message)


def test_only_text_is_a_message(engine: Engine) -> None:
    session = engine.start()
    for message in (None, 5, b"a jacket", ["a jacket"]):
        with pytest.raises(BadInput, match="A message is text"):
            list(engine.turn(session, message))  # type: ignore[arg-type]
    assert engine.load(session.id) == session


@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=60) | st.sampled_from(sorted(HARD.values(), key=len)[:14]), min_size=1, max_size=3))
def test_any_talk_at_all(engine: Engine, messages: list[str]) -> None:
    session: Session = engine.start()
    for n, message in enumerate(messages, 1):
        session = talk(engine, session, message)
        assert len(session.turns) == n
        assert session.turns[-1].reply.strip()
    assert engine.load(session.id) == session


def test_the_catalogue_of_these_tests_is_the_small_shop(engine: Engine) -> None:
    assert engine.start().catalogue == NAME
