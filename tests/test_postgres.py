"""The memory over PostgreSQL: what holds over SQLite holds there, too, and a whole visit over the API.

They run when RAPPORT_TEST_POSTGRES holds the address of a database that may be written to, as in
`postgresql://rapport@127.0.0.1/rapport`; each test has a schema of its own in it, which is dropped.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, make_url, text
from test_memory import (  # noqa: F401  they are tests here, too, over the settings below
    brown,
    said,
    test_a_batch_is_counted_and_names_the_sessions_that_are_not_there,
    test_a_deleted_session_cannot_be_saved_again,
    test_a_persons_talks_are_listed_newest_first_by_what_was_said_first,
    test_a_saved_session_comes_back_and_its_version_grows,
    test_an_event_with_an_id_is_kept_once_in_its_session,
    test_beginning_the_same_session_twice_is_a_conflict,
    test_events_come_back_oldest_first_and_go_with_their_session,
    test_everything_known_can_be_taken_along_as_json,
    test_it_is_still_there_when_the_database_is_opened_again,
    test_of_many_writers_at_once_one_wins_each_version,
    test_of_the_same_event_sent_many_times_at_once_one_is_kept,
    test_saving_over_a_newer_version_is_a_conflict_and_loses_nothing,
    test_what_was_acknowledged_survives_a_killed_process,
)

from bot.chat import Engine
from bot.memory import Memory
from bot.settings import Settings
from bot.state import Session
from bot.web.server import build_app

GIVEN = os.environ.get("RAPPORT_TEST_POSTGRES", "")
pytestmark = pytest.mark.skipif(not GIVEN, reason="RAPPORT_TEST_POSTGRES names no database")


@pytest.fixture
def settings(settings: Settings) -> Iterator[Settings]:
    """The same settings over an empty schema of the database."""
    url, schema = make_url(GIVEN).set(drivername="postgresql+psycopg"), f"test_{secrets.token_hex(6)}"
    database = create_engine(url)
    with database.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    plain = url.set(drivername="postgresql").update_query_dict({"options": f"-csearch_path={schema}"})
    yield settings.model_copy(update={"database": plain.render_as_string(hide_password=False)})
    with database.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    database.dispose()


@pytest.fixture
def memory(settings: Settings) -> Iterator[Memory]:
    memory = Memory.open(settings)
    yield memory
    memory.close()


@pytest.fixture
def engine(engine: Engine) -> Iterator[Engine]:
    yield engine
    engine.memory.close()


def test_a_database_of_an_older_version_is_brought_up_to_date_there(settings: Settings) -> None:
    database = create_engine(make_url(settings.database).set(drivername="postgresql+psycopg"))
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE sessions (id VARCHAR(64) PRIMARY KEY, version INTEGER NOT NULL, updated FLOAT NOT NULL, body TEXT NOT NULL)"))  # noqa: E501
        kept = said(Session(id="old", version=3), "a jacket")
        row = {"body": kept.model_dump_json()}
        connection.execute(text("INSERT INTO sessions VALUES ('old', 3, 1.5, :body)"), row)
    database.dispose()
    for _ in range(2):
        memory = Memory.open(settings)
        assert memory.load("old") == kept
        memory.close()


def test_many_open_an_empty_database_at_once(settings: Settings) -> None:
    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(lambda _: Memory.open(settings), range(6)))
    kept = opened[0].save(brown(Session()))
    assert all(memory.load(kept.id) == kept for memory in opened)
    for memory in opened:
        memory.close()


def test_a_whole_visit(engine: Engine, say: Callable[..., Session]) -> None:
    with TestClient(build_app(engine, page=False)) as client:
        session = client.post("/v1/sessions", json={}).json()["id"]
        path = f"/v1/sessions/{session}"
        message = {"text": "a brown leather jacket, no zips", "id": "m1"}
        first = client.post(f"{path}/messages", json=message)
        assert first.status_code == 200 and first.json()["items"][0]["id"] == "harlow"
        assert client.post(f"{path}/messages", json=message).json()["number"] == 1, "the same message is one turn"
        event = {"id": "e1", "kind": "dislike", "item": "harlow"}
        assert [client.post(f"{path}/events", json=event).status_code for _ in range(2)] == [202, 202]
        assert len(client.get("/v1/me", headers={"X-Rapport-Session": session}).json()["events"]) == 1
        second = client.post(f"{path}/messages", json={"text": "cheaper"}).json()
        assert second["number"] == 2 and "harlow" not in [card["id"] for card in second["items"]]
        with ThreadPoolExecutor(6) as pool:
            others = list(pool.map(lambda _: client.post("/v1/sessions", json={}).json()["id"], range(6)))
            gone = pool.map(lambda name: client.delete(f"/v1/sessions/{name}").status_code, [*others, session])
            assert list(gone) == [204] * 7
        assert client.get(path).status_code == 404
