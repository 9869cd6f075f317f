"""Contact sheets of the pictures, as PNG: `python -m vectorstore.pictures.sheet` makes those of docs/img again.

    python -m vectorstore.pictures.sheet                     every sheet into docs/img
    python -m vectorstore.pictures.sheet motifs cards-films  these alone
    python -m vectorstore.pictures.sheet --dark --to FOLDER  on the dark card, elsewhere
    python -m vectorstore.pictures.sheet --items FILE        every item of a file of one JSON object a line

`motifs` is every motif of the shop, `cards-NAME` sixty items of a sample catalogue, always the same sixty. For looking at,
after any motif, ink or layout is changed; nothing else depends on it. Needs Chromium and the test extra's Playwright; with
Pillow installed the files are a third of the size. tests/test_pictures.py notices a change.
"""

from __future__ import annotations

import argparse
import html
import io
import random
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from vectorstore.item import Item
from vectorstore.pictures import draw
from vectorstore.pictures.motifs import MOTIFS, framed
from vectorstore.pictures.palette import DARK_WASH, LIGHT_WASH, paint
from vectorstore.samples import SAMPLES

_TONES = ("#7d4f30", "#3c6699", "#434a50", "#54794f", "#b3392f", "#faf7f0", "#e2b23f", "#8b9196", "#2e3f63", "#d3bd98")
_SHOWN, _SEED = 60, 7
_COLUMNS = {"motifs": 14, "cards-shop": 10, "cards-films": 10, "cards-music": 10, "cards-news": 10}
DOCS = Path(__file__).parents[2] / "docs" / "img"


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


def small(png: bytes) -> bytes:
    """The PNG with a palette of 256 colours, where Pillow is installed; else as it is."""
    try:
        from PIL import Image
    except ImportError:
        return png
    kept = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return min(png, kept.getvalue(), key=len)


def photograph(pages: Sequence[tuple[Path, str]], wide: int = 1680) -> None:
    """Writes each page as a PNG, seen `wide` across. SystemExit when there is no Chromium."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("No Chromium on the path. Install it, for example `apt install chromium`.")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for out, text in pages:
            shown = browser.new_page(viewport={"width": wide, "height": 700}, device_scale_factor=1.5)
            shown.set_content(text)
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_bytes(small(shown.screenshot(full_page=True)))
            shown.close()
        browser.close()


def cells_of(sheet: str) -> Iterator[tuple[str, str]]:
    """What a sheet shows."""
    return motif_cells() if sheet == "motifs" else item_cells(sample_of(sheet.removeprefix("cards-")))


def main() -> None:
    """Makes the sheets that are named; all of them that there are items for when none is."""
    parser = argparse.ArgumentParser(prog="python -m vectorstore.pictures.sheet", description="Contact sheets as PNG.")
    parser.add_argument("sheets", nargs="*", metavar="SHEET", help=", ".join(_COLUMNS))
    parser.add_argument("--to", type=Path, default=DOCS, metavar="FOLDER", help="where the files go")
    parser.add_argument("--dark", action="store_true", help="on the dark card")
    parser.add_argument("--items", type=Path, metavar="FILE", help="the items of this file instead, as items.png")
    parser.add_argument("--columns", type=int, default=0)
    asked = parser.parse_args()
    unknown = [name for name in asked.sheets if name not in _COLUMNS]
    if unknown:
        parser.error(f"no sheet called {', '.join(unknown)}; there are {', '.join(_COLUMNS)}.")
    if asked.items:
        wanted = {"items": list(item_cells(items_in([asked.items])))}
    else:
        wanted = {name: list(cells_of(name)) for name in asked.sheets or _COLUMNS}
    pages = [
        (asked.to / f"{name}.png", page(cells, asked.dark, asked.columns or _COLUMNS.get(name, 8)))
        for name, cells in wanted.items()
        if cells
    ]
    photograph(pages)
    for out, _ in pages:
        print(f"{out}: {out.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
