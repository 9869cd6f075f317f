"""The commands that learn: `rapport train`, `rapport models` and `rapport tune`. Heavy parts are imported when one runs.

`tests/test_cli.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

if TYPE_CHECKING:
    from bot.learn.registry import Registry
    from bot.learn.training import Job

models = typer.Typer(no_args_is_help=True, help="What was learned: its versions, and which of them are in use.")
CatalogueOption = Annotated[str | None, typer.Option("--catalogue", help="The catalogue that it is about.", show_default="shop")]
DataOption = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--data", help="judgments.csv, a dialogue set's folder, or events.csv: person, item, kind, at, value."),
]


def train(
    what: Annotated[str, typer.Argument(help="adapter: vectors of wishes and items. clicks: what is liked next.")] = "adapter",
    data: DataOption = None,
    catalogue: CatalogueOption = None,
    from_events: Annotated[bool, typer.Option("--from-events", help="Learn from what people did in talks here.")] = False,
    since: Annotated[str, typer.Option("--since", help="Events no older than 30d, 12h or 2w; all of them otherwise.")] = "",
    every: Annotated[str, typer.Option("--every", help="Train again after each 1d, 12h …, at low priority, until stopped.")] = "",
    search: Annotated[int, typer.Option("--search", help="Try so many settings and keep the best.")] = 0,
    sides: Annotated[str, typer.Option("--train", help="What moves: query, item or both; the other stays frozen.")] = "both",
    rank: Annotated[int, typer.Option("--rank", min=1, help="Rank of the matrices of the adapter.")] = 16,
    rate: Annotated[Optional[float], typer.Option("--rate", help="Learning rate of AdamW, from 0 to 1.")] = None,  # noqa: UP045
    batch: Annotated[Optional[int], typer.Option("--batch", min=2, help="Texts in one batch.")] = None,  # noqa: UP045
    epochs: Annotated[Optional[int], typer.Option("--epochs", min=1, help="Passes over the data, at most.")] = None,  # noqa: UP045
    dropout: Annotated[Optional[float], typer.Option("--dropout", help="Share that is left out in training.")] = None,  # noqa: UP045
    decay: Annotated[Optional[float], typer.Option("--decay", help="Weight decay of AdamW.")] = None,  # noqa: UP045
    wide: Annotated[bool, typer.Option("--wide", help="Take makers and stated values for wishes, too.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an earlier training stopped.")] = False,
    seed: Annotated[int, typer.Option("--seed", help="Of all that is drawn.")] = 0,
) -> None:
    """Learn from judgments, dialogues or events; what is clearly better is in use at once (docs/learning.md)."""
    import threading

    from bot.errors import BadInput
    from bot.learn import training
    from bot.learn.train_adapter import Options

    if what not in ("adapter", "clicks") or sides not in ("query", "item", "both"):
        raise BadInput("rapport train adapter or rapport train clicks; --train is query, item or both.")
    given = {"rate": rate, "batch": batch, "epochs": epochs, "dropout": dropout, "decay": decay}
    chosen: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    options = Options(sides=sides, rank=rank, seed=seed, **chosen)  # type: ignore[arg-type]

    def work(job: Job) -> object:
        if what == "adapter":
            return training.adapter(job)
        from bot.learn.clicks_training import clicks

        return clicks(job)

    def run(job: Job) -> None:
        if every:
            training.every(job, work, training.span(every), threading.Event())
        else:
            work(job)

    _with_job(catalogue, run, data=data, from_events=from_events, since=since, options=options, search=search, wide=wide,
              resume=resume)  # fmt: skip


def tune(
    name: Annotated[str, typer.Argument(help="The catalogue, as it was indexed.")],
    data: DataOption = None,
    from_events: Annotated[bool, typer.Option("--from-events", help="Tune by what people liked in talks here.")] = False,
    trials: Annotated[int, typer.Option("--trials", min=2, help="Weights that are tried, for each part and for all.")] = 35,
    seed: Annotated[int, typer.Option("--seed", help="Of all that is drawn.")] = 0,
) -> None:
    """Find the weights of fusion and of the terms that come of deeds; kept when they are clearly better on what was left out."""
    from bot.errors import BadInput
    from bot.learn import training
    from bot.learn.logs import holds_events
    from bot.learn.train_adapter import Options
    from bot.learn.tune_terms import terms

    def run(job: Job) -> None:
        def words() -> object:
            return training.tune(job, trials)

        def deeds() -> object:
            return terms(job, training.events_of(job), 4 * trials)

        if not from_events:
            (deeds if data is not None and holds_events(data) else words)()
            return
        few = 0
        for part in (words, deeds):
            try:
                part()
            except BadInput as error:  # too little for one may be enough for the other
                few += 1
                job.tell(str(error))
        if few == 2:
            raise BadInput(f"Too little was done in {job.catalogue!r} to tune anything by.")

    _with_job(name, run, data=data, from_events=from_events, options=Options(seed=seed))


@models.command("list")
def models_list(catalogue: CatalogueOption = None) -> None:
    """Say which versions there are, how they did, and which are in use."""
    registry = _registry(catalogue)
    used = set(registry.in_use().now.values())
    cards = registry.cards()
    for card in cards:
        mark = "*" if card.name in used else " "
        typer.echo(
            f"{mark} {card.name}  seed {card.seed}, data {card.data} ({card.rows:,}), {card.seconds:.0f} s: {card.verdict}"
        )
    typer.echo("* in use" if cards else f"Nothing was learned yet: there is nothing in {registry.folder}.", err=True)


@models.command("promote")
def models_promote(
    name: Annotated[str, typer.Argument(help="The version, as in adapter-3.")],
    catalogue: CatalogueOption = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Even where the gate did not let it pass.")] = False,
) -> None:
    """Take a version into use, at once; running servers follow."""
    registry = _registry(catalogue)
    card = registry.promote(name, anyway)
    typer.echo(f"{name} is in use. Undo: rapport models rollback {card.kind} --catalogue {registry.folder.name}")


@models.command("rollback")
def models_rollback(
    kind: Annotated[str, typer.Argument(help="adapter, clicks, weights or terms: of what.")],
    catalogue: CatalogueOption = None,
) -> None:
    """Put back what was in use before, at once; running servers follow."""
    from bot.learn.registry import as_kind

    back = _registry(catalogue).rollback(as_kind(kind))
    typer.echo(f"In use: {back}" if back else f"Nothing learned of that kind ({kind}) is in use now.")


def register(app: typer.Typer) -> None:
    """Puts the commands beside the others."""
    app.command()(train)
    app.command()(tune)
    app.add_typer(models, name="models")


def _registry(catalogue: str | None) -> Registry:
    from bot.cli import _settings
    from bot.learn.registry import Registry

    settings = _settings()
    return Registry.of(settings, catalogue or settings.catalogue)


def _with_job(catalogue: str | None, run: Callable[[Job], object], **given: Any) -> None:
    from bot.cli import _Progress, _settings
    from bot.learn.training import Job

    settings = _settings()
    with _Progress() as progress:
        run(
            Job(
                settings,
                catalogue or settings.catalogue,
                progress=progress.show,
                tell=lambda line: typer.echo(line, err=True),
                **given,
            )
        )
