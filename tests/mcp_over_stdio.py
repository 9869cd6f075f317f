"""The small shop as an MCP server over stdin and stdout: what `tests/test_integrations.py` starts as a process of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path

from small_shop import DESCRIPTION, NAME, SHOP

from bot.chat import Engine
from bot.integrations.mcp import serve
from bot.llm.model import NoModel
from bot.memory import Memory
from bot.settings import Settings
from vectorstore.catalogue import Catalogue
from vectorstore.embeddings import HashEmbedder
from vectorstore.index import build

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        source, root = Path(folder) / "source", Path(folder) / "catalogues"
        source.mkdir()
        (source / "items.jsonl").write_text("".join(item.model_dump_json() + "\n" for item in SHOP), "utf-8")
        (source / "catalogue.yaml").write_text(DESCRIPTION, "utf-8")
        build(source, NAME, root, HashEmbedder())
        shop = Catalogue.open(NAME, root, HashEmbedder())
        given = Settings.model_construct(**{name: field.default for name, field in Settings.model_fields.items()})
        settings = given.model_copy(update={"data_dir": Path(folder), "catalogue": NAME, "model": "none"})
        print("This line must not reach the client as a message.", flush=True)  # stdout belongs to the protocol
        serve(Engine(settings, NoModel(), lambda name: shop, lambda: [shop.info], Memory.open(settings)))
