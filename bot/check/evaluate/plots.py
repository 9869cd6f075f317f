"""The pictures of a result, for whoever has matplotlib: bars with intervals, and curves where a table has cutoffs.

`tests/test_evaluate_tables.py`.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from bot.check.evaluate.measures import Figure
from bot.check.evaluate.result import Result, Table

MISSING = 'The plots were left out: matplotlib is not installed (python -m pip install "rapport[evaluate]").'
_COLOURS = {"ours": "#0f766e", "ablation": "#5eead4", "baseline": "#94a3b8", "chance": "#cbd5e1", "published": "#c084fc"}


def draw(result: Result, folder: Path, stem: str) -> list[str]:
    """Writes a picture a table into `folder`; their file names. Nothing when matplotlib is not there."""
    if importlib.util.find_spec("matplotlib") is None:
        return []
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import rc_context

    names = []
    with rc_context({"svg.hashsalt": "rapport", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}):
        for number, table in enumerate(result.tables, 1):
            if table.rows and table.measures:
                name = f"{stem}-{number}-{table.name}.svg"
                figure = _bars(result, table)
                figure.savefig(folder / name, metadata={"Date": None}, bbox_inches="tight")
                names.append(name)
    return names


def _bars(result: Result, table: Table) -> Any:
    from matplotlib.figure import Figure as Page

    shown = table.measures[:4]
    page = Page(figsize=(1.6 + 2.9 * len(shown), 0.9 + 0.27 * len(table.rows)))
    page.suptitle(f"{result.evaluation}: {table.title} ({table.cases})", x=0.01, ha="left", fontsize=10)
    axes = page.subplots(1, len(shown), sharey=True, squeeze=False)[0]
    for place, (measure, axis) in enumerate(zip(shown, axes, strict=True)):
        for line, row in enumerate(table.rows):
            figure = row.figures.get(measure)
            if figure is None:
                continue
            value = figure.value if isinstance(figure, Figure) else figure
            axis.barh(line, value, color=_COLOURS[row.kind], hatch="///" if row.kind == "published" else None, edgecolor="white")
            if isinstance(figure, Figure):
                axis.plot([figure.low, figure.high], [line, line], color="#1f2937", linewidth=1)
        axis.set_title(measure + (" (less is better)" if measure in table.lower_is_better else ""), fontsize=9)
        axis.set_yticks(range(len(table.rows)), [r.name + (" (theirs)" if r.kind == "published" else "") for r in table.rows])
        axis.set_ylim(len(table.rows) - 0.5, -0.5)
        axis.tick_params(axis="y", length=0, labelleft=place == 0)
        axis.grid(axis="x", color="#e5e7eb", linewidth=0.6)
        axis.set_axisbelow(True)
    return page
