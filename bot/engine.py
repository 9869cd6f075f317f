"""Builds the engine from the settings: embeddings, catalogues, memory and model, for every surface."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import prompts
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.chat import Engine
    from bot.llm import Prompt
    from vectorstore.catalogue import Catalogue, CatalogueInfo
    from vectorstore.embeddings import Embedder

Progress = Callable[[str, int, int], None]


@lru_cache(maxsize=2)
def embedder(setting: str, cache_dir: Path) -> Embedder:
    """The embedding model, with its cache on disk; loaded once a process."""
    from vectorstore.embeddings import make_embedder

    return make_embedder(setting, cache=cache_dir)


def catalogue_root(settings: Settings) -> Path:
    """Where indexed catalogues lie."""
    return Path(settings.data_dir) / "catalogues"


def common_beginning() -> Prompt:
    """What the model reads once at the start, so that the first person does not wait for it."""
    from bot.llm import Prompt

    return Prompt(prompts.text("system"), prompts.render("read", message="hello"))


@contextmanager
def running(settings: Settings, progress: Progress | None = None, *, samples: bool = True) -> Iterator[Engine]:
    """An engine, closed at the end. Missing sample catalogues are indexed; the model gets ready meanwhile."""
    from bot.chat import Engine
    from bot.learn.registry import Registry, Served
    from bot.llm import open_model
    from bot.memory import Memory
    from bot.memory.retention import retained
    from bot.tagger import tagger
    from vectorstore.catalogue import Catalogue, available, ensure_samples

    threading.Thread(target=tagger, name="tagger", daemon=True).start()  # two seconds that the first message need not wait
    root = catalogue_root(settings)
    memory = Memory.open(settings)
    embedding = embedder(settings.embedding, Path(settings.cache_dir))
    if samples:
        ensure_samples(root, embedding, progress)

    def open_catalogue(name: str) -> Catalogue:
        opened = Catalogue.open(name, root, embedding)
        opened.learned = Served(Registry.of(settings, name), embedding)
        return opened

    def listed() -> list[CatalogueInfo]:
        return available(root)

    llm = open_model(settings, warm=common_beginning())
    engine = Engine(settings, llm, open_catalogue, listed, memory)
    try:
        with retained(memory, settings.retention_days):
            yield engine
    finally:
        llm.close()
        memory.close()


def when_ready(
    engine: Engine, seconds: float, tell: Callable[[str], None], stop: threading.Event | None = None
) -> bool:
    """Wait until the model answers, telling what it does; False when it is off, failed, or takes longer."""
    import time

    told, until = "", time.monotonic() + seconds
    while time.monotonic() < until and not (stop and stop.is_set()):
        status = engine.llm.status
        if status.stage in ("ready", "off", "failed"):
            if status.stage == "failed":
                tell(status.detail)
            return status.stage == "ready"
        share = f" {status.fraction:.0%}" if status.fraction is not None else ""
        if (line := f"{status.stage} {status.name}{share}") != told:
            tell(told := line)
        time.sleep(0.3)
    return False
