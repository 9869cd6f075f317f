"""A server that is killed in the middle of a hundred turns: what it acknowledged is there afterwards, and streams go on."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from api_client import sent_events

TALKS = 100
KILL_AFTER = 40  # turns that are over when the server is killed
TEXTS = ("a brown leather jacket, no zips", "a kettle under $60", "棕色皮夹克，不要拉链", "waterproof boots")

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server process over `folder`, and its address."""
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), str(here.parent), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, str(here / "crash_server.py"), str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path})
    try:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        assert port, "the server did not start"
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait()


@dataclass
class Talk:
    """What one client was told before the server died."""

    number: int
    session: str = ""
    accepted: bool = False  # the answer to its message had begun
    last: str = ""  # the id of the last whole event
    done: dict[str, object] = field(default_factory=dict)
    event: bool = False  # its feedback event was acknowledged

    @property
    def text(self) -> str:
        return TEXTS[self.number % len(TEXTS)]

    @property
    def streams(self) -> bool:
        return self.number % 4 != 0  # the others wait for one JSON


async def talks(address: str, process: subprocess.Popen[str]) -> list[Talk]:
    """A hundred clients at once, until the server is killed."""
    told = [Talk(n) for n in range(TALKS)]
    over = 0

    async def one(client: httpx.AsyncClient, talk: Talk) -> None:
        nonlocal over
        try:
            talk.session = (await client.post("/v1/sessions", json={})).json()["id"]
            path, body = f"/v1/sessions/{talk.session}/messages", {"text": talk.text, "id": f"m{talk.number}"}
            event = {"id": "e1", "kind": "view", "item": "harlow"}
            talk.event = (await client.post(f"/v1/sessions/{talk.session}/events", json=event)).status_code == 202
            if not talk.streams:
                talk.done = (await client.post(path, json=body)).json()
                talk.accepted = True
            else:
                async with client.stream("POST", path, json=body, headers={"Accept": "text/event-stream"}) as answer:
                    talk.accepted = answer.status_code == 200
                    read = ""
                    async for piece in answer.aiter_text():
                        read += piece
                        whole, _, _ = read.rpartition("\n\n")
                        if events := sent_events(whole):
                            talk.last = events[-1].id
                            talk.done = events[-1].data if events[-1].name == "done" else {}
            over += 1
            if over == KILL_AFTER:
                process.kill()
        except (httpx.HTTPError, json.JSONDecodeError):
            return  # the server was killed meanwhile

    limits = httpx.Limits(max_connections=TALKS)
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits) as client:
        await asyncio.gather(*(one(client, talk) for talk in told))
    assert process.wait(timeout=10) == -signal.SIGKILL, "it was killed in the middle"
    return told


async def afterwards(address: str, told: list[Talk]) -> None:
    """Every acknowledged thing is there, once; every stream that broke off goes on to its end."""
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=httpx.Limits(max_connections=16)) as client:

        async def one(talk: Talk) -> None:
            session, message = f"/v1/sessions/{talk.session}", f"m{talk.number}"
            if not talk.session:
                return
            if talk.event:
                event = {"id": "e1", "kind": "view", "item": "harlow"}
                again = await client.post(f"{session}/events", json=event)
                assert (again.json()["recorded"], again.json()["repeated"]) == (0, 1)
            if not talk.accepted:  # nobody said that it was kept; it may be sent again without doing harm
                again = await client.post(f"{session}/messages", json={"text": talk.text, "id": message})
                assert again.status_code == 200
            headers = {"Last-Event-ID": talk.last} if talk.last else {}
            events = sent_events((await client.get(f"{session}/messages/{message}/events", headers=headers)).text)
            assert events[-1].name == "done"
            answer = (await client.get(f"{session}/messages/{message}")).json()
            assert answer == events[-1].data
            if talk.done:
                stable = ("message", "number", "reply", "items", "chips")
                assert {name: answer[name] for name in stable} == {name: talk.done[name] for name in stable}
            kept = (await client.get(session)).json()["messages"]
            assert [(m["role"], m["state"]) for m in kept] == [("user", "done"), ("assistant", "done")]
            assert kept[0]["text"] == talk.text

        await asyncio.gather(*(one(talk) for talk in told))


def test_nothing_that_was_acknowledged_is_lost(tmp_path: Path) -> None:
    with server(tmp_path) as (address, process):
        told = asyncio.run(talks(address, process))
    assert sum(bool(talk.done) for talk in told) >= KILL_AFTER
    broken_off = [talk for talk in told if talk.accepted and not talk.done]
    with sqlite3.connect(tmp_path / "talks.sqlite3") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = {row[0] for row in raw.execute("SELECT session FROM messages")}
        states = dict(raw.execute("SELECT state, count(*) FROM messages GROUP BY state"))
    assert {talk.session for talk in told if talk.accepted} <= kept
    print(f"{sum(t.accepted for t in told)} acknowledged, {len(broken_off)} broken off, kept: {states}")
    assert broken_off or states.get("accepted"), "the server died while turns were going on"
    with server(tmp_path) as (address, _process):
        asyncio.run(afterwards(address, told))
