"""Contact sheets of the pictures: `python -m vectorstore.pictures.sheet OUT.html [--dark] [--colours] [--items FILE]`.

For looking at, after any motif or colour is changed; nothing else depends on it.
"""

from __future__ import annotations

import argparse
import html
from collections.abc import Iterator
from pathlib import Path

from vectorstore.item import Item
from vectorstore.pictures import draw
from vectorstore.pictures.motifs import MOTIFS, framed
from vectorstore.pictures.palette import DARK_WASH, LIGHT_WASH, paint

_TONES = ("#7d4f30", "#3c6699", "#434a50", "#54794f", "#b3392f", "#faf7f0", "#e2b23f", "#8b9196", "#2e3f63", "#d3bd98")


def svg(drawing: str) -> str:
    """The drawing as a picture of its own."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">{drawing}</svg>'


def motif_cells() -> Iterator[tuple[str, str]]:
    """(name, SVG) of every motif, the colours taking turns."""
    for number, name in enumerate(MOTIFS):
        yield name, svg(framed(name, paint(_TONES[number % len(_TONES)])))


def colour_cells() -> Iterator[tuple[str, str]]:
    """(name, SVG) of every motif in black and in white, the two that could vanish."""
    for name in MOTIFS:
        yield f"{name} black", svg(framed(name, paint("#434a50")))
        yield f"{name} white", svg(framed(name, paint("#faf7f0")))


def item_cells(file: Path) -> Iterator[tuple[str, str]]:
    """(title, SVG) of every item of a catalogue of `Item` lines."""
    for row in file.read_text("utf-8").splitlines():
        if row.strip():
            item = Item.model_validate_json(row)
            yield item.title, draw(item)


def page(cells: Iterator[tuple[str, str]], dark: bool, columns: int = 8) -> str:
    """One HTML page with the cells in a grid on the light or the dark wash."""
    wash, ink = (DARK_WASH, "#e9efee") if dark else (LIGHT_WASH, "#1e2a30")
    body = "".join(f"<figure>{drawn}<figcaption>{html.escape(name)}</figcaption></figure>" for name, drawn in cells)
    style = (
        f"body{{margin:8px;background:{wash};color:{ink};font:11px sans-serif;display:grid;gap:6px;"
        f"grid-template-columns:repeat({columns},minmax(0,1fr))}}figure{{margin:0;outline:1px solid #8884}}"
        "figcaption{text-align:center;overflow:hidden;white-space:nowrap}svg{display:block;width:100%}"
    )
    return f'<!doctype html><meta charset="utf-8"><title>Pictures</title><style>{style}</style>{body}'


def main() -> None:
    """Write the sheet."""
    parser = argparse.ArgumentParser(prog="python -m vectorstore.pictures.sheet", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--dark", action="store_true", help="on the dark wash")
    parser.add_argument("--colours", action="store_true", help="every motif in black and in white")
    parser.add_argument(
        "--items", type=Path, help="the items of this file (one JSON object a line) instead of the motifs"
    )
    parser.add_argument("--columns", type=int, default=8)
    asked = parser.parse_args()
    cells = item_cells(asked.items) if asked.items else colour_cells() if asked.colours else motif_cells()
    asked.out.write_text(page(cells, asked.dark, asked.columns), "utf-8")


if __name__ == "__main__":
    main()
