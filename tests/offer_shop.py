"""Seven tents, mats and a stove with offers, companions, colours and days, and five articles by date, on a fixed day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from vectorstore.catalogue import Catalogue
from vectorstore.embeddings import HashEmbedder
from vectorstore.index import build
from vectorstore.item import Item, Translation, Value

TODAY = date(2026, 12, 1)  # a Tuesday
TENTS, MATS = ("Outdoor", "Tents"), ("Outdoor", "Sleeping mats")


def thing(id: str, title: str, chinese: str, kind: tuple[str, ...], price: float, **attributes: Value) -> Item:
    return Item(
        id=id,
        title=title,
        price=price,
        currency="USD",
        category=kind,
        availability="in_stock",
        attributes=attributes,
        translations={"zh": Translation(title=chinese)},
    )


ITEMS = [
    thing("ridge", "Ridge tent", "山脊帐篷", TENTS, 199.0, was=249, coupon="TRAIL10", coupon_saves=12,
          offer_ends="2026-12-31", colour="green", also_in=("navy", "pink"), delivery_days=2, stock=4, goes_with=("foam",)),
    thing("dome", "Dome tent", "圆顶帐篷", TENTS, 189.0, colour="brown", delivery_days=5),
    thing("fell", "Fell tent", "荒原帐篷", TENTS, 150.0, was=180, offer_ends="2026-11-30", colour="green"),
    thing("tarp", "Tarp tent", "天幕帐篷", TENTS, 109.0, coupon="LIGHT5", coupon_saves=10, delivery_days=3, colour="grey"),
    thing("foam", "Foam sleeping mat", "泡沫睡垫", MATS, 25.0, delivery_days=1),
    thing("air", "Air sleeping mat", "充气睡垫", MATS, 60.0, goes_with=("ridge", "dome")),
    thing("stove", "Gas stove", "燃气炉", ("Outdoor", "Stoves"), 40.0, was=50),
]  # fmt: skip

ARTICLES = [
    Item(id=id, title=title, category=("News", section), attributes={"date": day, "section": section, "length": length},
         translations={"zh": Translation(title=chinese)})
    for id, title, chinese, section, day, length in [
        ("a", "Bridge opens early", "大桥提前通车", "Transport", "2026-11-23", 2),
        ("b", "Bridge tested with lorries", "大桥试压", "Transport", "2026-11-16", 4),
        ("c", "Bridge closed for lorries", "大桥禁行货车", "Transport", "2026-05-12", 3),
        ("d", "Mariners win at home", "水手队主场取胜", "Sport", "2026-11-22", 3),
        ("e", "School keeps its garden", "学校留住菜园", "Schools", "2026-10-03", 5),
    ]
]  # fmt: skip


def indexed(folder: Path, name: str, items: list[Item], said: str) -> Catalogue:
    """The items as a catalogue of that day."""
    source = folder / f"{name}-source"
    source.mkdir()
    (source / "items.jsonl").write_text("".join(i.model_dump_json() + "\n" for i in items), "utf-8")
    (source / "catalogue.yaml").write_text(said, "utf-8")
    build(source, name, folder, HashEmbedder())
    return Catalogue.open(name, folder, HashEmbedder(), today=lambda: TODAY)
