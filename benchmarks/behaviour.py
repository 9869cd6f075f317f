"""What behaviour adds to a turn: `python benchmarks/behaviour.py [EVENTS]`, milliseconds with an empty and with a full memory.

The sample shop, without a language model; EVENTS (100,000) events of 4,000 people are written straight into the memory, 100 of
them of the person whose turns are measured. The first turns with events find nothing counted yet and start the count in the
background; how long that takes is told, and so are the turns meanwhile.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
from sqlalchemy import insert

from bot.chat import Engine
from bot.engine import running
from bot.learn.clicks import ClickModel
from bot.learn.registry import Card, Registry
from bot.learn.signals import NAMES
from bot.learn.train_clicks import Options
from bot.memory.tables import events
from bot.settings import Settings
from bot.state import Session

MESSAGES = ("a warm jacket", "under $200", "something for camping", "boots for wet paths", "a quiet kettle", "a gift")
PEOPLE, TURNS = 4_000, 60
KINDS = ("view", "view", "view", "click", "click", "cart", "like", "buy")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder, running(Settings(model="none", data_dir=Path(folder), database="")) as engine:
        times(engine, 12)
        print(f"{'without events':34s} {told(times(engine))}")
        fill(engine, count)
        begun = time.monotonic()
        print(f"{'with events, while they are counted':34s} {told(times(engine, 6))}")
        counted("together")
        print(f"{'counted in the background after':34s} {time.monotonic() - begun:.1f} s")
        print(f"{f'with {count:,} events':34s} {told(times(engine))}")
        registry, begun = Registry.of(engine.settings, "shop"), time.monotonic()
        registry.promote(registry.add("clicks", lambda at: drawn().save(at / "clicks.npz"), card).name)
        times(engine, 1)
        counted("foreseen")
        print(f"{'counted for a click model after':34s} {time.monotonic() - begun:.1f} s")
        print(f"{'with a click model in use':34s} {told(times(engine))}")


def counted(name: str) -> None:
    """Wait for what is counted in the background."""
    for thread in threading.enumerate():
        if thread.name == name:
            thread.join()


def drawn() -> ClickModel:
    """One of the usual size, its weights by chance: what it says does not matter here."""
    chance, sizes, options = np.random.default_rng(7), len(NAMES), Options()
    shapes = {
        "direct": (sizes,), "w1": (sizes, options.hidden), "b1": (options.hidden,), "w2": (options.hidden, options.second),
        "b2": (options.second,), "w3": (options.second,),
    }  # fmt: skip
    networks = [
        {name: (chance.standard_normal(shape) / 10).astype(np.float32) for name, shape in shapes.items()}
        for _ in range(options.networks)
    ]
    return ClickModel(np.zeros(sizes, np.float32), np.ones(sizes, np.float32), tuple(networks))


def card(name: str) -> Card:
    return Card(name=name, kind="clicks", created=0, data="", rows=0, passed=True)


def times(engine: Engine, count: int = TURNS) -> list[tuple[float, float]]:
    """Milliseconds of each turn, in talks of six messages: on the clock, and of the processor in the turn's own thread."""
    found = []
    for n in range(count):
        if n % len(MESSAGES) == 0:
            session = engine.memory.save(Session(catalogue="shop", person="p"))
        begun, spent = time.perf_counter(), time.thread_time()
        for event in engine.turn(session, MESSAGES[n % len(MESSAGES)]):
            session = getattr(event, "session", session)
        found.append(((time.perf_counter() - begun) * 1000, (time.thread_time() - spent) * 1000))
    return found


def told(found: list[tuple[float, float]]) -> str:
    """Median and p95 on the clock and of the processor."""
    parts = []
    for what, column in zip(("clock", "processor"), zip(*found, strict=True), strict=True):
        p95 = sorted(column)[int(0.95 * (len(column) - 1))]
        parts.append(f"{what}: median {statistics.median(column):6.1f} ms, p95 {p95:6.1f} ms")
    return "   ".join(parts)


def fill(engine: Engine, count: int) -> None:
    """Events of the last year; popular things are done more often."""
    chance, now = random.Random(7), time.time()
    ids = [item.id for item in engine.catalogue("shop").items()]
    talk = engine.memory.save(Session(catalogue="shop", person="p"))
    rows = []
    for n in range(count):
        person = "p" if n < 100 else f"p{chance.randrange(PEOPLE)}"
        item = ids[int(len(ids) * chance.random() ** 2)]
        at = now - chance.random() * 365 * 86_400
        rows.append({"session": talk.id if n < 100 else person, "catalogue": "shop", "item": item, "kind": chance.choice(KINDS),
                     "at": at, "person": person, "site": ""})  # fmt: skip
    with engine.memory._engine.begin() as connection:
        connection.execute(insert(events), rows)


if __name__ == "__main__":
    main()
