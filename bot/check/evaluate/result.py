"""What an evaluation found, as it is kept: tables of figures with intervals, the protocol, warnings. One JSON file each.

`tests/test_evaluate_tables.py` notices a change of what is written.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.check.evaluate.measures import Difference, Figure
from vectorstore.item import Frozen

FORMAT = 1
Kind = Literal["ours", "baseline", "ablation", "chance", "published"]


class Row(Frozen):
    """A system, or a part of the cases, and its figures by measure."""

    name: str
    kind: Kind
    figures: dict[str, Figure | float] = Field(description="a bare number where somebody else published it without an interval")
    source: str = ""  # for published numbers: whose they are
    against: dict[str, Difference] = Field(default_factory=dict)  # our first row less this one


class Table(Frozen):
    """Rows over the same cases."""

    name: str  # a word, for files and plots
    title: str
    measures: tuple[str, ...]
    rows: tuple[Row, ...]
    cases: str  # how many of what: "3,318 films in 985 dialogues"
    note: str = ""
    lower_is_better: tuple[str, ...] = ()

    def row(self, name: str) -> Row | None:
        return next((row for row in self.rows if row.name == name), None)


class Result(Frozen):
    """An evaluation that ran."""

    format: int = FORMAT
    evaluation: str
    version: str  # of Rapport
    created: str  # ISO 8601, UTC
    data: dict[str, str]  # file name -> the first digits of its SHA-256
    settings: dict[str, str | int | float | None]  # model, embedding, seed, limit …
    protocol: tuple[str, ...]
    tables: tuple[Table, ...]
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    details: dict[str, object] = Field(default_factory=dict)  # fitted weights, counts by kind of error
    seconds: float = 0.0

    def table(self, name: str) -> Table | None:
        return next((table for table in self.tables if table.name == name), None)
