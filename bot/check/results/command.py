"""What `rapport report` and `rapport compare` do. `tests/test_results_page.py` and `tests/test_results.py`."""

from __future__ import annotations

from pathlib import Path

from bot.check.results import compare, history, page, reading
from bot.check.results.result import Table
from bot.errors import BadInput

HISTORY = Path("docs/history.jsonl")


def report(folder: Path, out: Path, past: Path = HISTORY, *, remember: bool = False) -> list[str]:
    """Write the page of a folder of results to `out`; what is to be said about it, a line each.

    With `remember`, what is new is appended to the history first.
    """
    results = reading.read_folder(folder)
    told = []
    if not results:
        raise BadInput(f"No result lies in {folder}. They come from: rapport evaluate, simulate and test --rates --output.")
    if remember:
        count = history.remember(results.values(), past)
        told.append(f"{past}: {count} new line{'' if count == 1 else 's'}")
    kept = history.read(past) if past.exists() else []
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page.page(results, kept), "utf-8")
    told.append(f"{out}: {len(results)} result{'' if len(results) == 1 else 's'}, {len(kept)} in the history")
    return told


def side_by_side(a: Path, b: Path, seed: int = 0) -> Table:
    """Two results compared, B against A. BadInput when they are of different evaluations."""
    one, other = reading.read(a), reading.read(b)
    if one.name != other.name:
        raise BadInput(f"{a} is of {one.name} and {b} of {other.name}: only results of the same evaluation are compared.")
    differences = compare.compared(one, other, seed)
    if not differences:
        raise BadInput(f"{a} and {b} have no figure in common.")
    return compare.table(one, other, differences)
