"""Makes the contact sheets in this folder: every motif, and sixty pictures of each sample catalogue.

    python docs/img/contact_sheets.py                     every sheet, here
    python docs/img/contact_sheets.py motifs cards-films  these alone
    python docs/img/contact_sheets.py --dark --to FOLDER  on the dark card, elsewhere
    python docs/img/contact_sheets.py --items FILE        every item of a file of one JSON object a line

Needs Chromium and the test extra's Playwright; with Pillow installed the files are a third of the size.
"""

from __future__ import annotations

import argparse
import io
import shutil
from collections.abc import Sequence
from pathlib import Path

from vectorstore.pictures.sheet import COLUMNS, cells_of, item_cells, items_in, page


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


def main() -> None:
    """Makes the sheets that are named; all of them that there are items for when none is."""
    parser = argparse.ArgumentParser(description="Contact sheets as PNG.")
    parser.add_argument("sheets", nargs="*", metavar="SHEET", help=", ".join(COLUMNS))
    parser.add_argument("--to", type=Path, default=Path(__file__).parent, metavar="FOLDER", help="where the files go")
    parser.add_argument("--dark", action="store_true", help="on the dark card")
    parser.add_argument("--items", type=Path, metavar="FILE", help="the items of this file instead, as items.png")
    parser.add_argument("--columns", type=int, default=0)
    asked = parser.parse_args()
    unknown = [name for name in asked.sheets if name not in COLUMNS]
    if unknown:
        parser.error(f"no sheet called {', '.join(unknown)}; there are {', '.join(COLUMNS)}.")
    if asked.items:
        wanted = {"items": list(item_cells(items_in([asked.items])))}
    else:
        wanted = {name: list(cells_of(name)) for name in asked.sheets or COLUMNS}
    pages = [
        (asked.to / f"{name}.png", page(cells, asked.dark, asked.columns or COLUMNS.get(name, 8)))
        for name, cells in wanted.items()
        if cells
    ]
    photograph(pages)
    for out, _ in pages:
        print(f"{out}: {out.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
