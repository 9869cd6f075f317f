"""Contact sheets of the pictures: which there are, what is on each, and the page that shows it.

`motifs` is every motif of the shop, `cards-NAME` sixty items of a sample catalogue, always the same sixty.
`python docs/img/contact_sheets.py` makes the PNG files of them that the documentation shows; do so after any motif, ink or
layout is changed, and look at them. tests/test_pictures.py notices a change.
"""

from __future__ import annotations

import html
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from vectorstore.item import Item
from vectorstore.pictures import draw
from vectorstore.pictures.motifs import MOTIFS, framed
from vectorstore.pictures.palette import DARK_WASH, LIGHT_WASH, paint
from vectorstore.samples import SAMPLES

_TONES = ("#7d4f30", "#3c6699", "#434a50", "#54794f", "#b3392f", "#faf7f0", "#e2b23f", "#8b9196", "#2e3f63", "#d3bd98")
_SHOWN, _SEED = 60, 7
COLUMNS = {"motifs": 14, "cards-shop": 10, "cards-films": 10, "cards-music": 10, "cards-news": 10}


def svg(drawing: str) -> str:
    """The drawing as a picture of its own."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">{drawing}</svg>'


def motif_cells() -> Iterator[tuple[str, str]]:
    """(name, SVG) of every motif, the colours taking turns."""
    for number, name in enumerate(MOTIFS):
        yield name.replace("_", " "), svg(framed(name, paint(_TONES[number % len(_TONES)])))


def items_in(files: Iterable[Path]) -> list[Item]:
    """Every item of some files of `Item` lines."""
    rows = (row for file in files for row in file.read_text("utf-8").splitlines())
    return [Item.model_validate_json(row) for row in rows if row.strip()]


def item_cells(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    """(title, SVG) of items."""
    for item in items:
        yield item.title, draw(item)


def sample_of(name: str, shown: int = _SHOWN) -> list[Item]:
    """The same `shown` items of a sample catalogue every time, spread over its kinds."""
    items = sorted(items_in(sorted((SAMPLES / name).glob("*.jsonl"))), key=lambda item: item.id)
    random.Random(_SEED).shuffle(items)
    return items[:shown]


def page(cells: Iterable[tuple[str, str]], dark: bool, columns: int) -> str:
    """One HTML page with the cells in a grid of cards, light or dark."""
    ground, card, ink = ("#161d20", DARK_WASH, "#c9d3d3") if dark else ("#faf7f1", LIGHT_WASH, "#3a4449")
    body = "".join(f"<figure>{drawn}<figcaption>{html.escape(name)}</figcaption></figure>" for name, drawn in cells)
    style = (
        f"body{{margin:0;padding:18px;background:{ground};color:{ink};font:10.5px sans-serif;display:grid;gap:10px 10px;"
        f"grid-template-columns:repeat({columns},minmax(0,1fr))}}figure{{margin:0;background:{card};border-radius:8px;"
        "overflow:hidden;padding-bottom:7px}figcaption{text-align:center;overflow:hidden;white-space:nowrap;"
        "text-overflow:ellipsis;padding:0 8px}svg{display:block;width:100%}svg svg{display:inline;width:auto}"
    )
    return f'<!doctype html><meta charset="utf-8"><title>Pictures</title><style>{style}</style>{body}'


def cells_of(sheet: str) -> Iterator[tuple[str, str]]:
    """What a sheet shows."""
    return motif_cells() if sheet == "motifs" else item_cells(sample_of(sheet.removeprefix("cards-")))
