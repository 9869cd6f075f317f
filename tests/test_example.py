"""What `python -m bot.learn.example` prints, played over the sample shop indexed with hashed words."""

from __future__ import annotations

from pathlib import Path

from bot.chat import Engine
from bot.learn.example import TENT, played
from bot.llm.model import NoModel
from bot.memory import Memory
from bot.settings import Settings
from vectorstore.catalogue import Catalogue
from vectorstore.embeddings import HashEmbedder
from vectorstore.index import build
from vectorstore.samples import SAMPLES


def test_a_shoppers_purchase_is_seen_and_forgotten(tmp_path: Path, settings: Settings) -> None:
    build(SAMPLES / "shop", "shop", tmp_path, HashEmbedder())
    shop = Catalogue.open("shop", tmp_path, HashEmbedder())
    engine = Engine(settings, NoModel(), lambda name: shop, lambda: [shop.info], Memory.open(settings))
    told = "\n".join(played(engine))
    first, bought, forgotten = (part.split("# ")[0] for part in told.split("\n> ")[1:])
    tent = shop.get(TENT)
    assert tent is not None and "which you bought" not in first + forgotten
    assert f"goes with {tent.title}, which you bought" in bought
    assert first.strip() == forgotten.strip() != bought.strip()
