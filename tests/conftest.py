"""Fixtures shared by the tests: the small shop, indexed once, and engines over it with and without a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from llm_fakes import serving
from shop_system import ShopSystem
from small_shop import DESCRIPTION, NAME, SHOP

from bot.chat import Engine
from bot.llm import LLM
from bot.llm.model import NoModel, ScriptedLLM
from bot.memory import Memory
from bot.settings import Settings
from bot.state import Event, ItemsReady, Session, TurnDone
from vectorstore.catalogue import Catalogue
from vectorstore.embeddings import HashEmbedder
from vectorstore.index import build

hypothesis.settings.register_profile("tests", deadline=None, max_examples=60)
hypothesis.settings.load_profile("tests")

Script = str | Exception | tuple[str | Exception, ...]


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The small shop, indexed with hashed words."""
    root = tmp_path_factory.mktemp("catalogues")
    source = tmp_path_factory.mktemp("source")
    (source / "items.jsonl").write_text("".join(i.model_dump_json() + "\n" for i in SHOP), "utf-8")
    (source / "catalogue.yaml").write_text(DESCRIPTION, "utf-8")
    embedder = HashEmbedder()
    build(source, NAME, root, embedder)
    return Catalogue.open(NAME, root, embedder)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The defaults, away from the folders and the environment of whoever runs the tests."""
    given = Settings.model_construct(**{name: field.default for name, field in Settings.model_fields.items()})
    return given.model_copy(
        update={
            "data_dir": tmp_path,
            "cache_dir": tmp_path / "cache",
            "database": f"sqlite:///{tmp_path / 'talks.sqlite3'}",
            "allowed_hosts": ("testserver",),
            "catalogue": NAME,
            "embedding": "hash",
            "model": "none",
            "ask_always": True,
        }
    )


@pytest.fixture
def memory(settings: Settings) -> Memory:
    return Memory.open(settings)


@pytest.fixture
def engine_with(shop: Catalogue, settings: Settings) -> Callable[[LLM], Engine]:
    """An engine over the small shop with any model; every one has its own connection to the same database."""

    def make(llm: LLM) -> Engine:
        return Engine(settings, llm, lambda name: shop, lambda: [shop.info], Memory.open(settings))

    return make


@pytest.fixture
def engine(engine_with: Callable[[LLM], Engine]) -> Engine:
    """An engine whose model is off."""
    return engine_with(NoModel())


@pytest.fixture
def scripted(engine_with: Callable[[LLM], Engine]) -> Callable[..., Engine]:
    """`scripted("+ jacket\\nEND", …)`: an engine whose model gives these answers one after the other."""

    def make(*answers: Script) -> Engine:
        return engine_with(ScriptedLLM(*answers))

    return make


@pytest.fixture
def say() -> Iterator[Callable[..., Session]]:
    """`say(engine, session, "message", …)`: the messages one after the other; the session after the last."""
    yield talk


def talk(engine: Engine, session: Session, *messages: str) -> Session:
    """The session after `messages`."""
    for message in messages:
        session = ended(list(engine.turn(session, message)))
    return session


def ended(events: list[Event]) -> Session:
    """The session of a turn's last event."""
    assert isinstance(events[-1], TurnDone), events[-1]
    return events[-1].session


def shown(events: list[Event]) -> list[str]:
    """The ids that a turn put on screen for good."""
    final = [e for e in events if isinstance(e, ItemsReady) and not e.provisional]
    return [r.item.id for r in final[-1].items] if final else []


@pytest.fixture
def system() -> Iterator[ShopSystem]:
    """The shop's own system, at an address of its own."""
    told = ShopSystem()
    with serving(told.handler()) as address:
        told.address = address
        yield told
