"""What goes together: compared with a count in plain Python, and empty at once when somebody was forgotten."""

from __future__ import annotations

import threading
from itertools import combinations
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learn import remembered
from bot.learn.people import DAY, Done, strengths
from bot.learn.remembered import Remembered
from bot.learn.together import PEOPLE, SHRINK, Row, counted
from bot.memory import Behaviour, Memory
from bot.memory.links import Link, Links
from bot.settings import Settings
from bot.state import Session

NOW, HALF = 1_000 * DAY, 90.0
KINDS = st.sampled_from(["view", "click", "like", "dislike", "seen", "cart", "buy", "rating"])


def row(who: str, item: str, kind: str = "buy", days: float = 0.0, value: float | None = None) -> Row:
    return "", who, "", item, kind, NOW - days * DAY, value


ROWS = st.lists(
    st.builds(row, st.sampled_from("uvwx"), st.sampled_from("abcde"), KINDS, st.floats(0, 500), st.integers(1, 5)), max_size=40
)


def by_hand(rows: list[Row]) -> dict[tuple[str, str], float]:
    """The formula of `bot/learn/together.py`, once more and slowly."""
    people: dict[str, list[Done]] = {}
    for _, who, _, item, kind, at, value in rows:
        people.setdefault(who, []).append(Done(item, kind, at, value))
    stands = [{i: s.strength for i, s in strengths(d, NOW, HALF).items() if s.strength > 0} for d in people.values()]
    found = {}
    for one, other in combinations(sorted({i for s in stands for i in s}), 2):
        both = [s for s in stands if one in s and other in s]
        if len(both) >= PEOPLE:
            squares = [sum(s[i] ** 2 for s in stands if i in s) for i in (one, other)]
            sim = sum(s[one] * s[other] for s in both) / (sqrt(squares[0] * squares[1]) + SHRINK)
            found[one, other] = found[other, one] = sim
    return found


@given(ROWS)
def test_it_is_the_shrunk_cosine_of_what_people_chose(rows: list[Row]) -> None:
    found = counted(rows, NOW, HALF)
    told = {(one, other): sim for one in "abcde" for other, sim in found.of(one)}
    assert told == pytest.approx({pair: sim for pair, sim in by_hand(rows).items()})


def test_the_most_alike_come_first_and_a_pair_needs_two_people() -> None:
    rows = [row(who, item) for who in "uvw" for item in "ab"] + [row(who, "c") for who in "uv"] + [row("u", "d")]
    found = counted(rows, NOW, HALF)
    assert found.of("a") == [("b", pytest.approx(3 / 5)), ("c", pytest.approx(2 / (sqrt(6) + 2)))]
    assert found.of("d") == found.of("nowhere") == []


def test_people_of_two_sites_are_two_and_without_a_name_a_talk_is_one() -> None:
    named = [(site, "p", "", item, "buy", NOW, None) for site in ("s", "t") for item in "ab"]
    talks = [("", "", session, item, "buy", NOW, None) for session in ("k", "l") for item in "cd"]
    found = counted([*named, *talks], NOW, HALF)
    assert found.of("a") == [("b", pytest.approx(0.5))] and found.of("c") == [("d", pytest.approx(0.5))]


def buys(memory: Memory, person: str, *items: str) -> Session:
    session = memory.save(Session(catalogue="small", person=person))
    memory.record_all([Behaviour(session.id, item, "buy") for item in items])
    return session


def test_who_is_forgotten_has_no_part_in_it_from_then_on(memory: Memory, settings: Settings) -> None:
    own = buys(memory, "p", "harlow")
    for person in ("q", "r"):
        buys(memory, person, "harlow", "trail")
    known = Remembered(memory, settings).known
    together = known(own).together
    assert together is not None and [id for id, _ in together.of("harlow")] == ["trail"]
    memory.delete_person("r")
    after = known(own).together
    assert after is not None and after.of("harlow") == []


def test_the_deletion_of_a_talk_or_by_another_process_counts_too(memory: Memory, settings: Settings) -> None:
    own, nobody = buys(memory, "p", "harlow"), buys(memory, "", "harlow", "trail")
    buys(memory, "q", "harlow", "trail")
    kept = Remembered(memory, settings)
    assert (first := kept.known(own).together) is not None and first.of("harlow")
    Memory.open(settings).delete(nobody.id)
    assert (after := kept.known(own).together) is not None and after.of("harlow") == []


def test_many_events_are_counted_in_the_background_and_void_at_once(
    memory: Memory, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "FEW", 3)
    own = buys(memory, "p", "harlow")
    for person in ("q", "r"):
        buys(memory, person, "harlow", "trail")
    kept = Remembered(memory, settings)
    assert kept.known(own).together is None  # nobody waits for it

    def finish() -> None:
        for thread in threading.enumerate():
            if thread.name == "together":
                thread.join()

    finish()
    assert (first := kept.known(own).together) is not None and first.of("harlow")
    buys(memory, "s", "harlow", "moto")
    assert kept.known(own).together is first  # new events may wait
    memory.delete_person("r")
    assert kept.known(own).together is None  # a deletion may not
    finish()
    assert (after := kept.known(own).together) is not None and after.of("harlow") == []


def test_what_is_known_is_of_the_person_in_all_their_talks_of_one_site_and_catalogue(memory: Memory, settings: Settings) -> None:
    first = buys(memory, "p", "harlow")
    second = memory.save(Session(catalogue="small", person="p"))
    other_shop = memory.save(Session(catalogue="films", person="p"))
    other_site = memory.save(Session(catalogue="small", person="p", site="t"))
    known = Remembered(memory, settings).known
    assert [one.item for one in known(second).done] == [one.item for one in known(first).done] == ["harlow"]
    assert known(other_shop).done == known(other_site).done == ()


def test_links_need_both_and_a_household_holds_both_ways(memory: Memory) -> None:
    links = Links(memory)
    links.put("a", "b", "household", name="Bo", person_agrees=True, friend_agrees=True)
    links.put("a", "c", "follows", person_agrees=True, friend_agrees=True)
    links.put("a", "d", "follows", person_agrees=True)
    assert links.of("a") == [Link("b", "household", "Bo"), Link("c", "follows")]
    assert links.of("b") == [Link("a", "household")] and links.of("c") == [] and links.of("") == []
    assert links.of("a", "elsewhere") == []
    assert [link["friend"] for link in memory.export_person("a")["links"]] == ["b", "c", "d"]
    assert links.take_away("a", "c", "follows") and not links.take_away("a", "c", "follows")
    memory.delete_person("b")
    assert links.of("a") == [] and memory.export_person("b")["links"] == []
