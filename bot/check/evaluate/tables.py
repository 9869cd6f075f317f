"""A result for a person: rich tables on the terminal, the same in Markdown, both with intervals and what they mean.

`tests/test_evaluate_tables.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.check.evaluate.measures import Figure
from bot.check.evaluate.result import Result, Row, Table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as Grid

_MARKS = {"ours": "", "baseline": "baseline", "ablation": "part left out", "chance": "chance", "published": "theirs"}
_STYLES = {"ours": "bold", "baseline": "", "ablation": "cyan", "chance": "dim", "published": "magenta"}
_LEGEND = "[low, high]: 95% of resamples of whole dialogues. ≈: the difference from the first row is inside the noise."
_LEGEND_SHORT = "±: half of what holds 95% of resamples of whole dialogues. ≈: not to be told from the first row."


def number(value: float) -> str:
    """.744, 1.00, -.012: shares without the leading nought; larger ones as they are."""
    if abs(value) >= 10:
        return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    text = f"{value:.3f}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def cell(row: Row, measure: str, table: Table, short: bool = False) -> str:
    """A figure with its interval; `≈` behind it where the difference from the first row is inside the noise."""
    figure = row.figures.get(measure)
    if figure is None:
        return "–"
    if not isinstance(figure, Figure):
        return number(figure)
    if figure.dialogues == 1:
        return number(figure.value) + (" " * 7 if short else "")
    apart = row.against.get(measure)
    same = apart is not None and not apart.clear
    if short:
        half = number((figure.high - figure.low) / 2)
        return f"{number(figure.value)} ±{half}{'≈' if same else ' '}"
    return f"{number(figure.value)} [{number(figure.low)}, {number(figure.high)}]{' ≈' if same else ''}"


def noise(result: Result) -> list[str]:
    """Which rows cannot be told from ours by these cases, a line a table."""
    said = []
    for table in result.tables:
        alike = []
        for row in table.rows:
            measures = [m for m in table.measures if (d := row.against.get(m)) and not d.clear]
            if measures:
                alike.append(f"{row.name} ({', '.join(measures)})")
        if alike:
            said.append(f"{table.title}: inside the noise of {table.cases}, from {table.rows[0].name}: {'; '.join(alike)}.")
    return said


def _grid(table: Table, width: int) -> Grid:
    """The table for a terminal; lying on its side when it is wider than that and has few rows."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    names = [row.name + (f" ({_MARKS[row.kind]})" if row.kind == "published" else "") for row in table.rows]
    heads = [m + (" ↓" if m in table.lower_is_better else "") for m in table.measures]
    on_its_side = len(table.rows) <= len(heads) and 13 + sum(max(11, len(h) + 1) for h in heads) > width
    grid.add_column("", min_width=12, overflow="fold")
    for head in names if on_its_side else heads:
        grid.add_column(Text(head), justify="right", overflow="fold")
    lines = [[cell(row, m, table, short=True).replace(" ±", "\u00a0±") for m in table.measures] for row in table.rows]
    if on_its_side:
        for head, *cells in zip(heads, *lines, strict=True):
            grid.add_row(Text(head), *map(Text, cells))
    else:
        for name, row, line in zip(names, table.rows, lines, strict=True):
            grid.add_row(Text(name), *map(Text, line), style=_STYLES[row.kind])
    return grid


def show(console: Console, result: Result) -> None:
    """Print it."""
    from rich.text import Text

    for table in result.tables:
        console.print(Text(f"\n{result.evaluation}: {table.title}", style="bold"), Text(f"({table.cases})", style="dim"))
        console.print(_grid(table, console.width))
        if table.note:
            console.print(Text(table.note, style="dim"))
    for line in result.notes:
        console.print(Text(line))
    for line in result.warnings:
        console.print(Text(f"Warning: {line}", style="yellow"))
    console.print(Text(_LEGEND_SHORT, style="dim"))


def markdown(result: Result, plots: list[str] | None = None) -> str:
    """The same as a page."""
    return "\n".join(_lines(result, plots or []))


def _lines(result: Result, plots: list[str]) -> Iterator[str]:
    yield f"# {result.evaluation}"
    yield ""
    told = ", ".join(f"{key} {value}" for key, value in result.settings.items() if value not in (None, ""))
    yield f"Rapport {result.version}, {result.created}; {told}; {result.seconds:,.0f} s."
    yield ""
    for line in result.protocol:
        yield f"- {line}"
    for table in result.tables:
        yield ""
        yield f"## {table.title} ({table.cases})"
        yield ""
        heads = [m + (" (less is better)" if m in table.lower_is_better else "") for m in table.measures]
        yield "| | | " + " | ".join(heads) + " |"
        yield "|---|---|" + "---:|" * len(heads)
        for row in table.rows:
            mark = f"{_MARKS[row.kind]}: {row.source}" if row.source else _MARKS[row.kind]
            name = f"**{row.name}**" if row.kind == "ours" else row.name
            yield f"| {name} | {mark} | " + " | ".join(cell(row, m, table) for m in table.measures) + " |"
        if table.note:
            yield ""
            yield table.note
    yield ""
    yield _LEGEND
    for name in plots:
        yield ""
        yield f"![{name}]({name})"
    for heading, lines in (("Warnings", result.warnings), ("Notes", result.notes)):
        if lines:
            yield ""
            yield f"## {heading}"
            yield ""
            yield from (f"- {line}" for line in lines)
    yield ""
    yield "Data: " + "; ".join(f"{name} ({digest})" for name, digest in result.data.items()) + "."
    yield ""
