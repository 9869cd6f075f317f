"""One evaluation from its name to its report: what it is given, what it gives, and what is written down.

`tests/test_evaluate_retrieval.py`.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bot.check.evaluate import EVALUATIONS
from bot.check.evaluate.library import Kept, Progress
from bot.check.evaluate.result import Result, Table
from bot.errors import BadInput
from bot.settings import Settings

if TYPE_CHECKING:
    from vectorstore.embeddings import Embedder


@dataclass
class Run:
    """What an evaluation is given."""

    name: str
    data: Path
    settings: Settings
    work: Path  # what a stopped run may go on from
    progress: Progress = field(default=lambda what, done, of: None)
    tell: Callable[[str], None] = field(default=lambda line: None)
    limit: int | None = None
    resume: bool = False
    seed: int = 0
    mapping: str | None = None

    @cached_property
    def embedder(self) -> Embedder:
        from bot.engine import embedder

        cache = Path(self.settings.cache_dir)
        return Kept(embedder(self.settings.embedding, cache), cache)


@dataclass(frozen=True)
class Outcome:
    """What an evaluation gives."""

    tables: tuple[Table, ...]
    protocol: tuple[str, ...]
    files: tuple[Path, ...]  # what the figures depend on
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    details: dict[str, object] = field(default_factory=dict)


def evaluate(run: Run) -> Result:
    """Runs the evaluation `run.name`. BadInput names what there is."""
    if run.name not in EVALUATIONS:
        raise BadInput(f"There is no evaluation {run.name!r}. There are: {', '.join(EVALUATIONS)}.")
    if not run.data.exists():
        raise BadInput(f"There is nothing at {run.data}. --data is the folder (or file) of the data set; docs/evaluation.md.")
    begun = time.monotonic()
    run.work.mkdir(parents=True, exist_ok=True)
    outcome: Outcome = import_module(EVALUATIONS[run.name]).evaluate(run)
    from bot.check.evaluate.tables import noise

    result = Result(
        evaluation=run.name,
        version=_version(),
        created=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        data={path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in outcome.files},
        settings={
            "model": run.settings.model if run.name in ("understanding", "constraints") else None,
            "embedding": run.settings.embedding,
            "seed": run.seed,
            "limit": run.limit,
        },
        protocol=outcome.protocol,
        tables=outcome.tables,
        warnings=outcome.warnings,
        notes=outcome.notes,
        details=outcome.details,
        seconds=round(time.monotonic() - begun, 1),
    )
    return result.model_copy(update={"warnings": (*result.warnings, *noise(result))})


def write(result: Result, folder: Path) -> list[Path]:
    """The JSON, the Markdown and the plots; the paths, JSON first."""
    from bot.check.evaluate.plots import draw
    from bot.check.evaluate.tables import markdown

    folder.mkdir(parents=True, exist_ok=True)
    stem = stem_of(result.evaluation, str(result.settings.get("model") or ""))
    plots = draw(result, folder, stem)
    written = [folder / f"{stem}.json", folder / f"{stem}.md"]
    written[0].write_text(result.model_dump_json(indent=1) + "\n", "utf-8")
    written[1].write_text(markdown(result, plots), "utf-8")
    return [*written, *(folder / name for name in plots)]


def stem_of(evaluation: str, model: str = "") -> str:
    """What the files of an evaluation are called: the model's name is in it, so that several stand side by side."""
    safe = "".join(c if c.isalnum() or c in "-." else "-" for c in model.rsplit("/", 1)[-1])
    return f"{evaluation}-{safe}" if safe else evaluation


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("rapport")
    except PackageNotFoundError:
        return "not installed"
