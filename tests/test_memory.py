"""What is kept: sessions by version, events in order, and what is deleted."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, text

from bot.errors import Conflict, RapportError
from bot.memory import Behaviour, Memory, Recorded, traces
from bot.memory import sessions as sessions_module
from bot.memory.retention import retained
from bot.memory.traces import tidy
from bot.settings import Settings
from bot.state import InterestPoint, Profile, Reading, Session, Turn


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
    with pytest.raises(Conflict, match=r"another window\. Read it again \(reload the page\)"):
        memory.save(mine.model_copy(update={"language": "zh"}))
    assert memory.load(mine.id) == theirs


def test_beginning_the_same_session_twice_is_a_conflict(memory: Memory) -> None:
    session = Session()
    memory.save(session)
    with pytest.raises(Conflict, match=r"already begun .* Read it again"):
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
        assert time.monotonic() - begun < 3
        raw.rollback()


def said(session: Session, *texts: str) -> Session:
    turns = tuple(Turn(number=n, user=t, reading=Reading(act="request", language="en")) for n, t in enumerate(texts, 1))
    return session.model_copy(update={"turns": turns})


def test_a_persons_talks_are_listed_newest_first_by_what_was_said_first(memory: Memory) -> None:
    first = memory.save(said(Session(person="ada", site="shop"), "a brown\n jacket", "cheaper"))
    second = memory.save(Session(person="ada", site="shop", language="zh"))
    memory.save(Session(person="ada", site="elsewhere"))
    memory.save(Session())
    listed = memory.sessions_of("ada", "shop")
    assert [(k.id, k.title, k.language, k.version) for k in listed] == [
        (second.id, "", "zh", 1),
        (first.id, "a brown jacket", "en", 1),
    ]
    assert [k.id for k in memory.sessions_of("ada", "shop", limit=1)] == [second.id]
    assert [k.id for k in memory.sessions_of("ada", "shop", before=listed[0].updated)] == [first.id]
    assert memory.sessions_of("") == []  # talks without a person are nobody's list


def test_an_event_with_an_id_is_kept_once_in_its_session(memory: Memory) -> None:
    mine, other = memory.save(Session(person="ada", site="shop")), memory.save(Session())
    assert memory.record(mine, "moto", "rating", 4, "e1")
    assert not memory.record(mine, "moto", "rating", 5, "e1")
    assert memory.record(other, "moto", "rating", 5, "e1")  # another session's ids are its own
    assert memory.record(mine, "moto", "like") and memory.record(mine, "moto", "like")  # without an id each one counts
    kept = memory.export(mine.id)
    assert kept is not None
    assert [(e.get("event_id"), e.get("value"), e.get("person")) for e in kept["events"]] == [
        ("e1", 4.0, "ada"),
        (None, None, "ada"),
        (None, None, "ada"),
    ]


def test_a_batch_is_counted_and_names_the_sessions_that_are_not_there(memory: Memory) -> None:
    mine = memory.save(Session())
    batch = [Behaviour(mine.id, "moto", "view", "1"), Behaviour(mine.id, "moto", "view", "1"), Behaviour("gone", "moto", "view")]
    assert memory.record_all(batch) == Recorded(1, 1, ("gone",))
    assert memory.record_all(batch) == Recorded(0, 2, ("gone",))
    assert len(memory.events(mine.id)) == 1 and memory.events("gone") == []


def test_of_the_same_event_sent_many_times_at_once_one_is_kept(memory: Memory) -> None:
    mine = memory.save(Session())
    outcomes: list[bool] = []
    threads = [threading.Thread(target=lambda: outcomes.append(memory.record(mine, "moto", "buy", None, "e"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 7 + [True]
    assert len(memory.events(mine.id)) == 1


def test_everything_known_can_be_taken_along_as_json(memory: Memory) -> None:
    mine = memory.save(said(Session(person="ada", site="shop"), "a brown jacket"))
    memory.save(brown(Session(person="bob", site="shop")))
    memory.record(mine, "moto", "rating", 5)
    known = json.loads(json.dumps(memory.export_person("ada", "shop")))
    assert known["person"] == "ada"
    assert [s["id"] for s in known["sessions"]] == [mine.id]
    assert known["sessions"][0]["turns"][0]["user"] == "a brown jacket"
    assert [(e["item"], e["value"]) for e in known["events"]] == [("moto", 5.0)]
    for moment in (known["sessions"][0]["created"], known["sessions"][0]["turns"][0]["at"], known["events"][0]["at"]):
        assert moment.endswith("Z") and moment.startswith("20")
    assert memory.export(mine.id)["sessions"] == known["sessions"]  # type: ignore[index]
    assert memory.export("nobody") is None
    assert memory.export_person("nobody", "shop")["sessions"] == []


def raw(folder: Path) -> bytes:
    """Every byte of every file in a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def much(marker: str) -> str:
    return " ".join(f"{marker}{n}" for n in range(3000))  # more than a page, so that overflow pages are used


def test_of_a_deleted_person_no_byte_remains_in_the_files(memory: Memory, tmp_path: Path) -> None:
    keeper = memory.save(said(Session(person="bob", site="shop"), much("STAYS")))
    for n in range(12):  # pages are split, moved and freed while the talk grows
        session = memory.save(said(Session(person="ada-LOVELACE", site="shop"), f"SECRET{n}"))
        for words in ("SECRETLY", "SECRETIVE", much("SECRET")):
            session = memory.save(said(session, words))
        memory.record(session, "SECRET-item", "rating", 5, f"SECRET-event-{n}")
        memory.save(said(Session(), f"STAYS {n}"))
    assert b"SECRET" in raw(tmp_path) and b"LOVELACE" in raw(tmp_path)

    assert memory.delete_person("ada-LOVELACE", "shop") == 12
    assert memory.traceless(10)

    left = raw(tmp_path)
    assert b"SECRET" not in left and b"LOVELACE" not in left
    assert session.id.encode() not in left
    assert memory.load(keeper.id) == keeper and b"STAYS2999" in left
    assert memory.delete_person("ada-LOVELACE", "shop") == 0
    with pytest.raises(ValueError, match="name"):
        memory.delete_person("")


def test_what_an_older_version_freed_without_overwriting_goes_with_the_next_deletion(memory: Memory, tmp_path: Path) -> None:
    session = memory.save(said(Session(), much("SECRET")))
    with sqlite3.connect(tmp_path / "talks.sqlite3") as database:
        database.execute("PRAGMA secure_delete=OFF")
        database.execute("UPDATE sessions SET body = '{}'")
    database.close()
    assert b"SECRET2999" in raw(tmp_path)
    memory.delete(session.id)
    assert memory.traceless(10)
    assert b"SECRET" not in raw(tmp_path)


def test_many_deletions_at_once_disturb_nobody(memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes waits at most for one rewriting of the file, however many deletions there are."""
    times: list[float] = []

    def slow(engine: Engine) -> bool:
        times.append(time.monotonic())
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("BEGIN IMMEDIATE"))
            time.sleep(0.2)  # as a large file takes
            connection.execute(text("COMMIT"))
        return tidy(engine)

    monkeypatch.setattr(traces, "tidy", slow)
    monkeypatch.setattr(sessions_module, "tidy", slow)
    talks = [memory.save(said(Session(), f"SECRET{n}", much("SECRET"))) for n in range(40)]
    kept = memory.save(Session())
    begun = time.monotonic()
    errors: list[Exception] = []

    def forget(session: Session) -> None:
        try:
            assert memory.delete(session.id)
            memory.record(kept, "moto", "view")
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=forget, args=(session,)) for session in talks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert time.monotonic() - begun < 6 and len(memory.events(kept.id)) == 40
    assert memory.traceless(10) and len(times) <= 4, "once for all that were deleted meanwhile"
    assert b"SECRET" not in raw(tmp_path)


def test_who_reads_the_old_log_holds_up_no_writer(memory: Memory, tmp_path: Path) -> None:
    session, other = memory.save(said(Session(), "SECRET")), memory.save(Session())
    reader = sqlite3.connect(tmp_path / "talks.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM sessions").fetchone() == (2,)
    assert memory.delete(session.id)
    assert not memory.traceless(1), "the reader may still see it"
    for _ in range(5):
        begun = time.monotonic()
        other = memory.save(other)
        assert time.monotonic() - begun < 3
    reader.execute("COMMIT")
    reader.close()
    assert memory.traceless(10)
    assert b"SECRET" not in raw(tmp_path)


def test_a_reader_in_the_old_log_is_waited_for(memory: Memory, tmp_path: Path) -> None:
    session = memory.save(said(Session(), "SECRET"))
    reader = sqlite3.connect(tmp_path / "talks.sqlite3", isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM sessions").fetchone() == (1,)

    def leave() -> None:
        time.sleep(0.3)
        reader.execute("COMMIT")

    thread = threading.Thread(target=leave)
    thread.start()
    assert memory.delete(session.id)
    thread.join()
    reader.close()
    assert memory.traceless(10)
    assert b"SECRET" not in raw(tmp_path)
    assert not memory.delete(session.id)


def test_a_deletion_that_was_cut_short_is_finished_at_the_next_start(settings: Settings, tmp_path: Path) -> None:
    killed = (
        "import os, sys; import bot.memory.traces as traces; from bot.memory import Memory; from bot.state import *; "
        "traces.tidy = lambda engine: os._exit(9); memory = Memory(sys.argv[1]); "
        "turn = Turn(number=1, user='SECRET', reading=Reading(act='chat', language='en')); "
        "memory.delete(memory.save(Session(turns=(turn,))).id); memory.traceless(30)"
    )
    ended = subprocess.run([sys.executable, "-c", killed, settings.database], cwd=Path(__file__).parents[1], timeout=60)
    assert ended.returncode == 9
    assert b"SECRET" in raw(tmp_path)
    Memory.open(settings)
    assert b"SECRET" not in raw(tmp_path)


def test_what_was_acknowledged_survives_a_killed_process(settings: Settings) -> None:
    killed = (
        "import os, signal, sys; from bot.memory import Memory; from bot.state import Session; "
        "memory = Memory(sys.argv[1]); session = memory.save(Session(id='talk')); "
        "memory.record(session, 'moto', 'buy', None, 'e1'); os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))"
    )
    subprocess.run([sys.executable, "-c", killed, settings.database], cwd=Path(__file__).parents[1], timeout=60)
    memory = Memory.open(settings)
    assert [(item, kind) for item, kind, _ in memory.events("talk")] == [("moto", "buy")]
    assert not memory.record(memory.load("talk"), "moto", "buy", None, "e1")  # type: ignore[arg-type]


OLDER = """
CREATE TABLE sessions (id VARCHAR(64) NOT NULL PRIMARY KEY, version INTEGER NOT NULL, updated FLOAT NOT NULL, body TEXT NOT NULL);
CREATE TABLE events (number INTEGER NOT NULL PRIMARY KEY, session VARCHAR(64) NOT NULL, catalogue VARCHAR(64) NOT NULL,
                     item VARCHAR(200) NOT NULL, kind VARCHAR(20) NOT NULL, at FLOAT NOT NULL);
"""


def test_a_database_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    old = said(Session(id="old", version=3, catalogue="films", language="zh"), "想看电影")
    body = {k: v for k, v in json.loads(old.model_dump_json()).items() if k not in ("person", "site")}
    with sqlite3.connect(tmp_path / "talks.sqlite3") as database:
        database.executescript(OLDER)
        database.execute("INSERT INTO sessions VALUES ('old', 3, 1.5, ?)", (json.dumps(body),))
        database.execute("INSERT INTO events VALUES (1, 'old', 'films', 'heat', 'like', 2.5)")
    url = f"sqlite:///{tmp_path / 'talks.sqlite3'}"
    for _ in range(2):  # the second time there is nothing to do
        memory = Memory(url)
        assert memory.load("old") == old
        assert memory.events("old") == [("heat", "like", 2.5)]
    assert memory.record(old, "heat", "rating", 4, "e") and not memory.record(old, "heat", "rating", 4, "e")
    with sqlite3.connect(tmp_path / "talks.sqlite3") as database:
        assert database.execute("SELECT catalogue, language, title, person FROM sessions").fetchone() == (
            "films",
            "zh",
            "想看电影",
            "",
        )
        assert database.execute("SELECT catalogue FROM events ORDER BY number").fetchall() == [("films",)] * 2
        assert {row[1] for row in database.execute("PRAGMA index_list(sessions)")} >= {"ix_sessions_person"}


def test_old_talks_are_deleted_while_the_server_runs(memory: Memory, tmp_path: Path) -> None:
    old, new = memory.save(said(Session(), "SECRET")), memory.save(Session())
    with retained(memory, 90, every=0.05):
        time.sleep(0.1)
        assert memory.load(old.id)
        with sqlite3.connect(tmp_path / "talks.sqlite3") as database:
            database.execute("UPDATE sessions SET updated = ? WHERE id = ?", (time.time() - 91 * 86_400, old.id))
        until = time.monotonic() + 10
        while memory.load(old.id) and time.monotonic() < until:
            time.sleep(0.05)
        assert memory.load(old.id) is None
        assert memory.load(new.id) == new
    assert memory.traceless(10)
    assert b"SECRET" not in raw(tmp_path)


def test_nothing_is_too_old_when_talks_are_kept_for_ever(memory: Memory, tmp_path: Path) -> None:
    old = memory.save(Session())
    with sqlite3.connect(tmp_path / "talks.sqlite3") as database:
        database.execute("UPDATE sessions SET updated = 1")
    with retained(memory, 0, every=0.02):
        time.sleep(0.1)
    assert memory.load(old.id)


def test_a_database_that_cannot_be_used_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    drivers: list[str] = []

    def without_driver(url: URL, **_: object) -> Engine:
        drivers.append(url.drivername)
        raise ModuleNotFoundError("No module named 'psycopg'", name="psycopg")

    monkeypatch.setattr(sessions_module, "create_engine", without_driver)
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        with pytest.raises(RapportError, match=r"psycopg, which is not installed: pip install 'rapport\[postgres\]'"):
            Memory(f"{scheme}://rapport@db.internal/rapport")
    assert drivers == ["postgresql+psycopg"] * 3
    with pytest.raises(RapportError, match="no address of a database"):
        Memory("somewhere")


def test_another_kind_of_database_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = create_engine("sqlite://")
    monkeypatch.setattr(engine.dialect, "name", "oracle")
    monkeypatch.setattr("bot.memory.sessions.create_engine", lambda url, **_: engine)
    with pytest.raises(RapportError, match="SQLite or PostgreSQL"):
        Memory("oracle://somewhere")
