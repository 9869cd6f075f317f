"""A server to be killed: `python tests/crash_server.py FOLDER` serves the small shop from FOLDER and says its port."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import uvicorn
from small_shop import DESCRIPTION, NAME, SHOP

from bot.chat import Engine
from bot.llm.model import NoModel
from bot.memory import Memory
from bot.settings import Settings
from bot.web.server import build_app
from vectorstore.catalogue import Catalogue, available
from vectorstore.embeddings import HashEmbedder
from vectorstore.index import build


def engine_in(folder: Path) -> Engine:
    """The small shop's engine with everything in `folder`, indexed when it is not yet."""
    root, embedder = folder / "catalogues", HashEmbedder()
    if not (root / NAME).exists():
        source = folder / "source"
        source.mkdir(exist_ok=True)
        (source / "items.jsonl").write_text("".join(i.model_dump_json() + "\n" for i in SHOP), "utf-8")
        (source / "catalogue.yaml").write_text(DESCRIPTION, "utf-8")
        build(source, NAME, root, embedder)
    given = Settings.model_construct(**{name: field.default for name, field in Settings.model_fields.items()})
    own = {"data_dir": folder, "cache_dir": folder / "cache", "database": f"sqlite:///{folder / 'talks.sqlite3'}"}
    unlimited = {"calls_a_minute": 0, "messages_a_minute": 0, "sessions_an_hour": 0, "max_turns": 0}
    settings = given.model_copy(update={**own, **unlimited, "catalogue": NAME, "embedding": "hash", "model": "none"})

    def opened(name: str) -> Catalogue:
        return Catalogue.open(name, root, embedder)

    return Engine(settings, NoModel(), opened, lambda: available(root), Memory.open(settings))


def main() -> None:
    """Serve until killed."""
    app = build_app(engine_in(Path(sys.argv[1])), page=False)
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        print(listener.getsockname()[1], flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    main()
