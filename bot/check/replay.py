"""Recorded dialogues through the same engine that the chat uses, a fresh session each; a line of JSON a dialogue.

A turn may say what is on screen (`shown`); that replaces the screen before the message. `tests/test_replay.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

from bot.chat import Engine
from bot.state import Language, Session, Turn, TurnDone
from vectorstore.constraints import Field, as_values
from vectorstore.item import Item

FIELDS = frozenset(get_args(Field))  # of the constraints that are written: those that every reader of a replay knows


def replay(
    engine: Engine,
    source: Path,
    output: Path,
    *,
    limit: int | None = None,
    resume: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> int:
    """Replays `source` into `output`; how many dialogues `output` then holds. An interruption keeps finished lines.

    `progress(what, done, of)` is told of every dialogue; without it a bar of its own is drawn.
    """
    from rich.console import Console
    from rich.progress import track

    dialogues = list(read(source))[:limit]
    done: set[str] = set()
    if resume and output.exists():
        text = output.read_text("utf-8")
        whole = text[: text.rfind("\n") + 1]  # a line that was cut off is done again
        done = {json.loads(line)["id"] for line in whole.split("\n") if line}
        output.write_text(whole, "utf-8")
    todo = [d for d in dialogues if d["id"] not in done]
    with output.open("a" if resume else "w", encoding="utf-8") as out:
        bar = track(todo, description="Replaying", console=Console(stderr=True), disable=progress is not None)
        for number, dialogue in enumerate(bar, len(done) + 1):
            out.write(json.dumps({"id": dialogue["id"], "turns": play(engine, dialogue)}, ensure_ascii=False) + "\n")
            out.flush()
            if progress:
                progress("replaying", number, len(dialogues))
    return len(done) + len(todo)


def read(source: Path) -> Iterator[dict[str, Any]]:
    """The dialogues of a JSONL file. BadInput names the line that is none."""
    for number, line in enumerate(source.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            dialogue = json.loads(line)
            dialogue["turns"], dialogue.setdefault("id", f"line-{number}")
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            from bot.errors import BadInput

            raise BadInput(
                f"{source}, line {number}, is not a dialogue ({error}): it needs an id and turns."
            ) from error
        yield dialogue


def play(engine: Engine, dialogue: dict[str, Any]) -> list[dict[str, Any]]:
    """One dialogue, turn by turn."""
    return list(turns(engine, dialogue))


def turns(engine: Engine, dialogue: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The turns of a dialogue, each as soon as it is over."""
    language: Language = "zh" if dialogue.get("lang") == "zh" else "en"
    session = engine.start(language=language)
    for said in dialogue["turns"]:
        told = said if isinstance(said, dict) else {"user": said}
        shown = [shown_item(row) for row in told.get("shown") or []]
        with engine.lent(shown):
            if shown:
                session = session.model_copy(update={"on_screen": tuple(i.id for i in shown)})
            for event in engine.turn(session, str(told["user"])):
                if isinstance(event, TurnDone):
                    session = event.session
        yield written(session, session.turns[-1])
    engine.memory.delete(session.id)


def shown_item(row: dict[str, Any]) -> Item:
    attributes = {k: tuple(v) if isinstance(v, list) else v for k, v in (row.get("attributes") or {}).items()}
    brand = attributes.pop("brand", None)
    return Item(
        id=row["id"],
        title=row["title"],
        price=row.get("price"),
        currency=row.get("currency"),
        brand=brand,
        attributes=attributes,
    )


def written(session: Session, turn: Turn) -> dict[str, Any]:
    """What is written of a turn: how it was read, the whole state after it, what was shown and said."""
    return {
        "act": turn.reading.act,
        "refers_to": list(turn.reading.refers_to),
        "interests": [{"point": p.text, "weight": p.weight} for p in session.profile.points],
        "constraints": [
            {"field": c.field, "op": c.op, "value": list(as_values(c.value)) if isinstance(c.value, tuple) else c.value}
            for c in session.profile.constraints
            if c.field in FIELDS
        ],
        "shown": [
            {"id": r.item.id, "title": r.item.title, "price": r.item.price, "brand": r.item.brand, "score": r.score}
            for r in turn.items
        ],
        "reply": turn.reply,
        "seconds": turn.seconds,
        "llm": turn.llm,
    }
