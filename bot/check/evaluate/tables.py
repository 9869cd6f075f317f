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
    apart = row.against.get(measure)
    same = apart is not None and not apart.clear
    if short:
        half = number((figure.high - figure.low) / 2)
        return f"{number(figure.value)} ±{half[:-1] if half.startswith('.') else half}{'≈' if same else ' '}"
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


def show(console: Console, result: Result) -> None:
    """Print it."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Grid
    from rich.text import Text

    for table in result.tables:
        console.print(Text(f"\n{result.evaluation}: {table.title}", style="bold"), Text(f"({table.cases})", style="dim"))
        grid = Grid(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
        grid.add_column("", min_width=20, overflow="fold")
        for measure in table.measures:
            grid.add_column(Text(measure + (" ↓" if measure in table.lower_is_better else "")), justify="right", no_wrap=True)
        for row in table.rows:
            cells = [Text(cell(row, m, table, short=True)) for m in table.measures]
            mark = f" ({_MARKS[row.kind]})" if row.kind == "published" else ""
            grid.add_row(Text(row.name + mark), *cells, style=_STYLES[row.kind])
        console.print(grid)
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
