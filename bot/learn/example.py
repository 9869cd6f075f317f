"""`python -m bot.learn.example`: what a purchase changes in the next recommendation of the sample shop, and what forgetting does.

Everything runs in a folder of its own, without a language model, and what was done is told as a shop's page tells it. The
sentences stand in `docs/learning.md`; `tests/test_example.py` plays the same over hashed words.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.chat import Engine
from bot.memory import Behaviour
from bot.settings import Settings
from bot.state import Recommendation, Session, TurnDone

ASKED = "Something for camping, under $100"
TENT, PERSON = "out-001", "c-1042"


def main() -> None:
    """Play the example and print it."""
    from bot.engine import running

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(model="none", data_dir=Path(folder), database="")
        with running(settings) as engine:
            for line in played(engine):
                print(line)


def played(engine: Engine) -> Iterator[str]:
    """The lines of the example."""
    yield from _asked(engine, "A person whom the shop does not know yet asks")
    bought = engine.catalogue("shop").get(TENT)
    assert bought is not None
    talk = engine.memory.save(Session(catalogue="shop", person=PERSON))
    engine.memory.record_all([Behaviour(talk.id, TENT, "view"), Behaviour(talk.id, TENT, "buy")])
    yield f"# They look at the {bought.title} and buy it\n"
    yield from _asked(engine, "In their next talk they ask the same")
    gone = engine.memory.delete_person(PERSON)
    yield f"# They have everything forgotten that the shop knows of them: {gone} talks, with all that was done in them\n"
    yield from _asked(engine, "And ask once more")


def _asked(engine: Engine, what: str) -> Iterator[str]:
    talk = engine.memory.save(Session(catalogue="shop", person=PERSON))
    done = [event for event in engine.turn(talk, ASKED) if isinstance(event, TurnDone)]
    turn = done[-1].session.turns[-1]
    yield f"# {what}\n"
    yield f"> {ASKED}\n"
    yield turn.reply.split("\n", 1)[0]
    yield from _cards(turn.items)
    yield ""


def _cards(items: Sequence[Recommendation]) -> Iterator[str]:
    for place, shown in enumerate(items, 1):
        yield f"{place}. {shown.item.title}, ${shown.item.price:g}  ({shown.score:+.2f})"
        for c in shown.reasons:
            if c.fact is not None:
                told = f"“{c.quote}”: {c.fact.name} {c.fact.value}" if c.quote else str(c.fact.value)
                yield f"     {c.amount:+.2f}  {told}"


if __name__ == "__main__":
    main()
