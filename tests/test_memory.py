"""What is kept: sessions by version, events in order, and what is deleted."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest

from bot.errors import Conflict
from bot.memory import Memory
from bot.settings import Settings
from bot.state import InterestPoint, Profile, Session


def brown(session: Session) -> Session:
    return session.model_copy(update={"profile": Profile(points=(InterestPoint(text="棕色", weight=0.8),))})


def test_a_saved_session_comes_back_and_its_version_grows(memory: Memory) -> None:
    first = memory.save(Session())
    second = memory.save(brown(first))
    assert (first.version, second.version) == (1, 2)
    assert memory.load(first.id) == second
    assert memory.load("nobody") is None


def test_it_is_still_there_when_the_database_is_opened_again(memory: Memory, settings: Settings) -> None:
    kept = memory.save(brown(Session()))
    assert Memory.open(settings).load(kept.id) == kept


def test_saving_over_a_newer_version_is_a_conflict_and_loses_nothing(memory: Memory) -> None:
    mine = memory.save(Session())
    theirs = memory.save(brown(mine))
    with pytest.raises(Conflict, match="another window"):
        memory.save(mine.model_copy(update={"language": "zh"}))
    assert memory.load(mine.id) == theirs


def test_beginning_the_same_session_twice_is_a_conflict(memory: Memory) -> None:
    session = Session()
    memory.save(session)
    with pytest.raises(Conflict, match="already begun"):
        memory.save(session)


def test_a_deleted_session_cannot_be_saved_again(memory: Memory) -> None:
    kept = memory.save(Session())
    memory.delete(kept.id)
    assert memory.load(kept.id) is None
    with pytest.raises(Conflict):
        memory.save(kept)


def test_of_many_writers_at_once_one_wins_each_version(memory: Memory) -> None:
    start = memory.save(Session())
    outcomes: list[str] = []

    def write() -> None:
        try:
            memory.save(brown(start))
            outcomes.append("saved")
        except Conflict:
            outcomes.append("conflict")

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict"] * 7 + ["saved"]
    assert memory.load(start.id).version == 2  # type: ignore[union-attr]


def test_events_come_back_oldest_first_and_go_with_their_session(memory: Memory) -> None:
    mine, other = memory.save(Session()), memory.save(Session())
    for item, kind in (("moto", "like"), ("rain", "seen"), ("moto", "dislike")):
        memory.record(mine, item, kind)
    memory.record(other, "mini", "like")
    assert [(item, kind) for item, kind, _ in memory.events(mine.id)] == [
        ("moto", "like"),
        ("rain", "seen"),
        ("moto", "dislike"),
    ]
    assert all(abs(at - time.time()) < 60 for _, _, at in memory.events(mine.id))
    memory.delete(mine.id)
    assert memory.events(mine.id) == []
    assert len(memory.events(other.id)) == 1


def test_only_talks_untouched_for_longer_are_forgotten(memory: Memory, tmp_path: Path) -> None:
    old, new = memory.save(Session()), memory.save(Session())
    memory.record(old, "moto", "like")
    with sqlite3.connect(tmp_path / "talks.sqlite3") as raw:
        raw.execute("UPDATE sessions SET updated = ? WHERE id = ?", (time.time() - 91 * 86_400, old.id))
    assert memory.forget_older_than(90) == 1
    assert memory.load(old.id) is None
    assert memory.events(old.id) == []
    assert memory.load(new.id) == new


def test_the_default_database_lies_in_the_data_folder_which_is_made(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "er"
    Memory.open(settings.model_copy(update={"database": "", "data_dir": folder})).save(Session())
    assert (folder / "rapport.sqlite3").exists()


def test_readers_do_not_wait_for_a_writer(memory: Memory, tmp_path: Path) -> None:
    kept = memory.save(Session())
    with sqlite3.connect(tmp_path / "talks.sqlite3") as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("DELETE FROM sessions")
        begun = time.monotonic()
        assert memory.load(kept.id) == kept
        assert time.monotonic() - begun < 1
        raw.rollback()
