"""What `rapport evaluate` does: run one evaluation with bars, print its tables, write its files.

`tests/test_evaluate_retrieval.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.check.evaluate import OWN_CASES, plots, tables
from bot.check.evaluate.run import Run, evaluate, write
from bot.errors import BadInput
from bot.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console


def evaluated(
    settings: Settings,
    name: str,
    data: Path | None,
    out: Path,
    *,
    limit: int | None = None,
    resume: bool = False,
    seed: int = 0,
    mapping: str | None = None,
    progress: Callable[[str, int, int], None] = lambda what, done, of: None,
    done: Callable[[], None] = lambda: None,
    console: Console | None = None,
) -> list[Path]:
    """Runs `name` over `data`, prints the tables, and writes JSON, Markdown and plots into `out`; the paths written.

    `done` is called before the tables are printed, so that bars can go away.
    """
    from rich.console import Console

    console = console or Console()
    if data is None and name != "constraints":
        raise BadInput(f"Which data? rapport evaluate {name} --data FOLDER; docs/evaluation.md says what lies in it.")
    run = Run(
        name, data or OWN_CASES, settings, out / "work", progress, lambda line: console.print(line, style="dim", markup=False),
        limit, resume, seed, mapping,
    )  # fmt: skip
    result = evaluate(run)
    done()
    written = write(result, out)
    tables.show(console, result)
    if not any(path.suffix == ".svg" for path in written):
        console.print(plots.MISSING, style="dim", markup=False)
    console.print(f"Written: {', '.join(map(str, written))}", style="dim", markup=False, soft_wrap=True)
    return written
