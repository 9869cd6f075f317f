"""The one shape in which every evaluation writes what it found, and the intervals that stand beside its figures.

`figures` are what is watched over versions; `per_dialogue` holds a value a dialogue for each metric, in the order of
`dialogues`, so that two runs can be compared dialogue by dialogue. `tests/test_results.py` notices a change.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path

import numpy as np
from pydantic import Field, ValidationError, model_validator
from typing_extensions import Self

from bot.errors import BadInput
from vectorstore.item import Frozen

Cell = str | int | float | bool | None
DRAWS = 2000  # bootstrap samples: an interval's ends move by less than a tenth of its width


@lru_cache(maxsize=1)
def version() -> str:
    """The version of Rapport that runs: `0.1.0`, in a checkout with its commit (`0.1.0+a578bb2`)."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        number = installed("rapport")
    except PackageNotFoundError:
        number = "0"
    here = Path(__file__).parents[3]
    if not (here / ".git").exists():
        return number
    try:
        asked = subprocess.run(
            ["git", "-C", str(here), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, timeout=5, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return number
    return f"{number}+{asked.stdout.strip()}"


class Figure(Frozen):
    """A mean with its 95 % interval; `n` is the number of dialogues behind it."""

    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None
    higher_is_better: bool | None = True  # None: neither way is worse

    def told(self, places: int = 3) -> str:
        """`0.812 [0.750, 0.871]`."""
        if self.low is None or self.high is None:
            return f"{self.value:.{places}f}"
        return f"{self.value:.{places}f} [{self.low:.{places}f}, {self.high:.{places}f}]"


class Table(Frozen):
    """Rows for a person to read."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _as_wide_as_its_columns(self) -> Self:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"table {self.title!r}: a row has {len(row)} cells for {len(self.columns)} columns")
        return self

    def markdown(self) -> str:
        """The table in Markdown under its title."""
        lines = [f"**{self.title}**", ""] if self.title else []
        lines += [_row(self.columns), "|" + "---|" * len(self.columns)]
        lines += [_row([shown(cell) for cell in row]) for row in self.rows]
        return "\n".join([*lines, *(["", self.note] if self.note else [])])


class Curve(Frozen):
    """Lines over a common axis, for a plot: `lines` holds a value a point of `x` by name; `low` and `high` their band."""

    title: str
    x_title: str
    y_title: str
    x: tuple[float | str, ...]
    lines: dict[str, tuple[float | None, ...]]
    low: dict[str, tuple[float | None, ...]] = Field(default_factory=dict)
    high: dict[str, tuple[float | None, ...]] = Field(default_factory=dict)


class Bar(Frozen):
    """A row of a bar chart."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    kind: str = "ours"  # ours, baseline, ablation, chance, published, error


class Bars(Frozen):
    """Bars beside one another, for a plot."""

    title: str
    unit: str = ""
    rows: tuple[Bar, ...] = ()
    note: str = ""


class Result(Frozen):
    """A run of an evaluation."""

    name: str = Field(min_length=1, description="what was evaluated: understanding, retrieval, simulate …")
    version: str = Field(default_factory=version, description="of Rapport, with the commit where there is one")
    settings: dict[str, Cell | list[str]] = Field(default_factory=dict, description="model, catalogue, seed …")
    made: str = Field(default_factory=lambda: datetime.now(timezone.utc).isoformat(timespec="seconds"))
    tables: tuple[Table, ...] = ()
    curves: tuple[Curve, ...] = ()
    bars: tuple[Bars, ...] = ()
    figures: dict[str, Figure] = Field(default_factory=dict)
    dialogues: tuple[str, ...] = Field(default=(), description="the ids that `per_dialogue` is in the order of")
    per_dialogue: dict[str, tuple[float | None, ...]] = Field(default_factory=dict)
    notes: tuple[str, ...] = Field(default=(), description="warnings: a leak, a difference inside the noise")

    @model_validator(mode="after")
    def _a_value_a_dialogue(self) -> Self:
        for metric, values in self.per_dialogue.items():
            if self.dialogues and len(values) != len(self.dialogues):
                raise ValueError(f"per_dialogue {metric!r} has {len(values)} values for {len(self.dialogues)} dialogues")
        return self

    def save(self, path: Path) -> Path:
        """Write it as JSON; folders are made."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n", "utf-8")
        return path

    @classmethod
    def read(cls, path: Path) -> Result:
        """The result in a file. BadInput says what is wrong with the file, and where."""
        try:
            return cls.model_validate_json(path.read_text("utf-8"))
        except OSError as error:
            raise BadInput(f"{path} cannot be read ({error.strerror}). Results are written by `--out` of a command.") from error
        except (ValidationError, UnicodeDecodeError) as error:
            first = error.errors()[0] if isinstance(error, ValidationError) else None
            where = ".".join(map(str, first["loc"])) if first else "encoding"
            said = first["msg"] if first else str(error)
            raise BadInput(f"{path} is not a result of an evaluation: {where or 'the whole'}: {said}.") from error

    def markdown(self) -> str:
        """The whole result as Markdown: how it was made, tables, figures, notes."""
        made = ", ".join(f"{k} {shown(v) if not isinstance(v, list) else ' '.join(v)}" for k, v in self.settings.items())
        parts = [f"## {self.name}", f"Rapport {self.version}, {self.made}" + (f"; {made}" if made else "")]
        parts += [table.markdown() for table in self.tables]
        if self.figures:
            rows = tuple((name, figure.told(), figure.n) for name, figure in self.figures.items())
            parts.append(Table(title="Figures", columns=("figure", "value [95 %]", "n"), rows=rows).markdown())
        parts += [f"- {note}" for note in self.notes]
        return "\n\n".join(parts) + "\n"


def interval(
    values: Iterable[float | None], seed: int = 0, *, draws: int = DRAWS, higher_is_better: bool | None = True
) -> Figure:
    """The mean of a value a dialogue with its 95 % percentile interval by bootstrap; None values are left out."""
    known = np.asarray([v for v in values if v is not None], np.float64)
    if not len(known):
        return Figure(value=0.0, n=0, higher_is_better=higher_is_better)
    draw = np.random.default_rng(seed)
    means = np.empty(draws)
    step = max(1, 2_000_000 // len(known))  # a few megabytes at a time
    for begin in range(0, draws, step):
        picked = draw.integers(0, len(known), (min(step, draws - begin), len(known)))
        means[begin : begin + step] = known[picked].mean(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return Figure(value=float(known.mean()), low=float(low), high=float(high), n=len(known), higher_is_better=higher_is_better)


def figures(per_dialogue: Mapping[str, Sequence[float | None]], seed: int = 0) -> dict[str, Figure]:
    """A figure a metric."""
    return {metric: interval(values, seed) for metric, values in per_dialogue.items()}


def shown(cell: Cell) -> str:
    """A cell as a person reads it: three places of a fraction, nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
