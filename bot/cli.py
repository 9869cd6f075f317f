"""The `rapport` command. Heavy parts are imported when a command runs, so `--help` answers at once.

`tests/test_cli.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from bot.graph_command import graph as graph_of_items
from bot.keys_command import key
from bot.learn import cli as learning

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode="markdown",
    help="Rapport: a conversational recommender on your own machine, over your own catalogue.",
)  # fmt: skip

ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model", help="default, small, none, a .gguf path, a hub id, or http://…/v1.", show_default="default"
    ),
]
CatalogueOption = Annotated[
    str | None,
    typer.Option("--catalogue", help="A catalogue's name, or a file or folder to index first.", show_default="shop"),
]


@app.command()
def serve(
    model: ModelOption = None,
    catalogue: CatalogueOption = None,
    host: Annotated[Optional[str], typer.Option(help="Address to listen on; 0.0.0.0 for the whole network.")] = None,  # noqa: UP045
    port: Annotated[Optional[int], typer.Option(help="Port of the page; 0 takes a free one.")] = None,  # noqa: UP045
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = False,
) -> None:
    """Serve the chat page (the same as `python app.py`)."""
    from bot.engine import running
    from bot.web.server import serve as serve_page

    settings = _settings(model=model, catalogue=catalogue, host=host, port=port, open_browser=browser or None)
    with _Progress() as progress, running(settings, progress.show) as engine:
        engine.catalogue(settings.catalogue)  # opened before anybody waits for it; one that is not there is told here
        progress.done()
        serve_page(engine, settings)


@app.command()
def chat(
    model: ModelOption = None,
    catalogue: CatalogueOption = None,
    zh: Annotated[bool, typer.Option("--zh", help="Begin in Chinese.")] = False,
) -> None:
    """Talk in the terminal."""
    from bot.engine import running
    from bot.terminal import talk

    settings = _settings(model=model, catalogue=catalogue)
    with _Progress() as progress, running(settings, progress.show) as engine:
        progress.done()
        talk(engine, "zh" if zh else "en")


@app.command()
def index(
    paths: Annotated[list[Path], typer.Argument(help="CSV, JSON, JSONL, ZIP or YAML files, or a folder of them.")],
    name: Annotated[
        str | None, typer.Option("--name", help="What the catalogue is called; the file's own name otherwise.")
    ] = None,
    map: Annotated[
        str | None,
        typer.Option("--map", help="A mapping file, or the name of one that comes along (icecat, retail_demo)."),
    ] = None,
    graph: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Option("--graph", metavar="FILE", help="An edge list (CSV or JSON) of how its things hang together."),
    ] = None,
) -> None:
    """Make a catalogue searchable. Safe to interrupt and to run again: only what changed is embedded."""
    from bot.engine import catalogue_root, embedder
    from vectorstore.index import build

    settings = _settings()
    name = name or paths[0].name.split(".")[0].lower().replace(" ", "-")
    with _Progress() as progress:
        embedding = embedder(settings.embedding, Path(settings.cache_dir))
        report = build(
            paths, name, catalogue_root(settings), embedding, mapping=map or _own_map(name), progress=progress.show,
            graph=graph or (),
        )  # fmt: skip
    typer.echo(
        f"{name}: {report.items:,} items ({report.embedded:,} embedded, {report.reused:,} unchanged, "
        f"{report.removed:,} removed) in {report.seconds:.0f} s"
    )
    if report.rejected:
        typer.echo(f"{report.rejected:,} rows were not taken; each with file, line and reason in {report.rejects_path}")
    typer.echo(f"Try it:  rapport serve --catalogue {name}")


@app.command()
def replay(
    source: Annotated[
        Path,
        typer.Argument(metavar="IN.jsonl", exists=True, dir_okay=False, help="Dialogues, one JSON object a line."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the answers go, a line a dialogue.")],
    catalogue: CatalogueOption = None,
    model: ModelOption = None,
    limit: Annotated[Optional[int], typer.Option("--limit", help="Only the first N dialogues.")] = None,  # noqa: UP045
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an earlier run stopped.")] = False,
    prose: Annotated[
        bool, typer.Option("--prose/--no-prose", help="Let the model write the sentences, as in a talk.")
    ] = True,
) -> None:
    """Feed recorded dialogues to the engine and write down what it read, showed and said."""
    import tempfile

    from bot.check.replay import replay as run
    from bot.engine import running, when_ready

    with tempfile.TemporaryDirectory() as scratch:  # a replay leaves no talks behind
        settings = _settings(
            model=model, catalogue=catalogue, prose=prose, database=f"sqlite:///{scratch}/replay.sqlite3"
        )
        with _Progress() as progress, running(settings, progress.show) as engine:
            progress.done()
            if settings.model != "none" and not when_ready(engine, 7200, lambda line: typer.echo(line, err=True)):
                typer.echo("The model is not ready, so nothing was replayed. See: rapport doctor", err=True)
                raise typer.Exit(1)
            count = run(engine, source, output, limit=limit, resume=resume)
    typer.echo(f"{count} dialogues in {output}", err=True)


@app.command()
def test(
    paths: Annotated[
        Optional[list[Path]], typer.Argument(help="Dialogue files or folders of them.", show_default="tests/dialogues")  # noqa: UP045
    ] = None,
    catalogue: CatalogueOption = None,
    model: Annotated[
        str, typer.Option("--model", help="recorded (recorded:small), none, default, small, a .gguf path, or http://…/v1.")
    ] = "recorded",
    words: Annotated[
        Optional[list[str]], typer.Option("-k", help="Only dialogues with this word in name, tag or catalogue.")  # noqa: UP045
    ] = None,
    junit: Annotated[Optional[Path], typer.Option("--junit", help="Write the outcomes to this JUnit XML file, too.")] = None,  # noqa: UP045
    watch: Annotated[bool, typer.Option("--watch", help="Play again whenever a dialogue file changes.")] = False,
    record: Annotated[bool, typer.Option("--record", help="Keep the model's answers, for --model recorded.")] = False,
    rates: Annotated[bool, typer.Option("--rates", help="Print the rates by catalogue and language as a table, too.")] = False,
    from_session: Annotated[
        Optional[str], typer.Option("--from-session", metavar="ID", help="Write a dialogue file from a talk that was kept.")  # noqa: UP045
    ] = None,
    suggest: Annotated[
        Optional[str], typer.Option("--suggest", metavar="CATALOGUE", help="Draft dialogues for a catalogue from its facets.")  # noqa: UP045
    ] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of dialogue files, for an editor.")] = False,
    output: Annotated[Optional[Path], typer.Option("--output", "-o", help="The file to write; with --rates, as JSON.")] = None,  # noqa: UP045
) -> None:
    """Play scripted dialogues and say which do not go as they should."""
    from bot.check import command

    settings = _settings(model=model, catalogue=catalogue)
    if schema or suggest or from_session:
        text = command.written(settings, schema=schema, suggest=suggest, from_session=from_session)
        if output:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_text(text, "utf-8")
            typer.echo(f"Written: {output}", err=True)
        else:
            typer.echo(text, nl=False)
        return
    well = command.check(
        settings, paths or [Path("tests/dialogues")], words=words or (), record=record, junit=junit, rates=rates,
        output=output, watch=watch,
    )  # fmt: skip
    raise typer.Exit(0 if well else 1)


@app.command()
def evaluate(
    name: Annotated[str, typer.Argument(help="understanding, retrieval, redial, opendialkg, inspired or constraints.")],
    data: Annotated[
        Optional[Path], typer.Option("--data", help="The data set's folder or file; constraints brings its own cases.")  # noqa: UP045
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Where JSON, Markdown and plots go.")] = Path("report"),
    model: ModelOption = None,
    catalogue: CatalogueOption = None,
    limit: Annotated[Optional[int], typer.Option("--limit", help="Only the first N dialogues or queries.")] = None,  # noqa: UP045
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an earlier run stopped.")] = False,
    seed: Annotated[int, typer.Option("--seed", help="Of whatever is drawn: resamples, chance.")] = 0,
    map: Annotated[Optional[str], typer.Option("--map", help="retrieval: the mapping file of the catalogue.")] = None,  # noqa: UP045
) -> None:
    """Measure how good it is, with intervals, baselines and what others published (docs/evaluation.md)."""
    from bot.check.evaluate.command import evaluated

    settings = _settings(model=model, catalogue=catalogue)
    with _Progress() as progress:
        evaluated(
            settings, name, data, out, limit=limit, resume=resume, seed=seed, mapping=map,
            progress=progress.show, done=progress.done,
        )  # fmt: skip


@app.command()
def simulate(
    people: Annotated[int, typer.Option("--people", min=1, help="How many people a catalogue, shared among the languages.")] = 20,
    catalogue: Annotated[str, typer.Option("--catalogue", help="Names with commas, a file to index, or all.")] = "all",
    model: ModelOption = None,
    language: Annotated[str, typer.Option("--language", help="en, zh or both.")] = "both",
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same people.")] = 0,
    turns: Annotated[int, typer.Option("--turns", min=1, help="Messages until a person gives up.")] = 5,
    items: Annotated[int, typer.Option("--items", min=1, max=12, help="Items shown a turn.")] = 5,
    transcripts: Annotated[
        Optional[Path], typer.Option("--transcripts", help="Write the talks to this folder, to be read.")  # noqa: UP045
    ] = None,
    out: Annotated[Optional[Path], typer.Option("--out", "-o", help="Write the figures to this JSON file.")] = None,  # noqa: UP045
    second: Annotated[
        Optional[str], typer.Option("--second", help="Another model that words what people say: default, small, http://…/v1 …")  # noqa: UP045
    ] = None,
    ratings: Annotated[Optional[Path], typer.Option("--ratings", help="Tastes from MovieLens: its ratings.csv.")] = None,  # noqa: UP045
    movies: Annotated[Optional[Path], typer.Option("--movies", help="… and its movies.csv.")] = None,  # noqa: UP045
    prose: Annotated[bool, typer.Option("--prose/--no-prose", help="Let the model write the sentences, as in a talk.")] = False,
) -> None:
    """Let people with a hidden target talk to it, and count how often they are shown it (docs/simulator.md)."""
    from bot.check.simulate.command import told

    path = Path(catalogue)
    settings = _settings(model=model, catalogue=catalogue if path.exists() and path.suffix else None, items=items, prose=prose)
    names = [settings.catalogue] if path.exists() and path.suffix else catalogue.split(",")
    with _Progress() as progress:
        told(
            settings, names, language, people, turns=turns, seed=seed, ratings=ratings, movies=movies, second=second or "",
            folder=transcripts, out=out, progress=progress.show, done=progress.done,
        )  # fmt: skip


@app.command()
def report(
    results: Annotated[Path, typer.Argument(help="The folder that results were written to.")] = Path("report"),
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write.")] = Path("report.html"),
    history: Annotated[Path, typer.Option("--history", help="The figures of earlier versions.")] = Path("docs/history.jsonl"),
    remember: Annotated[bool, typer.Option("--remember", help="Add these results to the history first.")] = False,
) -> None:
    """Write one page of all results, with the history over versions; it needs no network."""
    from bot.check.results.command import report as write

    for line in write(results, out, history, remember=remember):
        typer.echo(line, err=True)


@app.command()
def compare(
    a: Annotated[Path, typer.Argument(metavar="A.json", help="The result of one run, as evaluate, simulate or test wrote it.")],
    b: Annotated[Path, typer.Argument(metavar="B.json", help="The result of another run of the same evaluation.")],
    seed: Annotated[int, typer.Option("--seed", help="Of the resamples.")] = 0,
) -> None:
    """Set two results side by side: what is better, what is worse, and what may be chance."""
    from bot.check.results.command import side_by_side

    typer.echo(side_by_side(a, b, seed).markdown())


@app.command()
def mcp(
    model: ModelOption = None,
    catalogue: CatalogueOption = None,
    http: Annotated[bool, typer.Option("--http", help="Serve streamable HTTP at /mcp, not standard input and output.")] = False,
) -> None:
    """Serve the catalogue to agents over the Model Context Protocol: search, recommend, explain, feedback."""
    from bot.engine import running
    from bot.integrations.mcp import serve as serve_agents

    settings = _settings(model=model, catalogue=catalogue)
    with _Progress() as progress, running(settings, progress.show) as engine:
        progress.done()
        serve_agents(engine, "http" if http else "stdio")


app.command()(graph_of_items)


@app.command()
def doctor(model: ModelOption = None) -> None:
    """Say what is installed and ready, and what to do about each fault."""
    from bot.doctor import examine

    raise typer.Exit(0 if examine(_settings(model=model)) else 1)


app.add_typer(key, name="key")


learning.register(app)


def main(*first: str) -> None:
    """The command's entry: errors that somebody can act on are told in a line, not as a traceback.

    `first` are words put before those of the command line, as `app.py` does.
    """
    from bot.errors import RapportError
    from vectorstore.errors import CatalogueError

    try:
        app([*first, *sys.argv[1:]])
    except (RapportError, CatalogueError) as error:
        typer.echo(f"rapport: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
        sys.exit(130)


def _settings(catalogue: str | None = None, **given: object) -> Settings:
    """The settings with the command's options over them; a catalogue given as a path is indexed first."""
    from pydantic import ValidationError

    from bot.errors import BadInput
    from bot.settings import Settings

    try:
        settings = Settings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}, not {e['input']!r}" for e in error.errors())
        raise BadInput(
            f"A setting is wrong: {wrong}. Settings come from options, from RAPPORT_… in the environment, and from "
            "rapport.env in this folder; bot/settings.py lists them."
        ) from error
    if catalogue is None:
        return settings
    path = Path(catalogue)
    if path.exists() and (path.is_file() or "/" in catalogue or not _indexed(settings, catalogue)):
        from bot.engine import catalogue_root, embedder
        from vectorstore.index import build

        name = path.name.split(".")[0].lower()
        with _Progress() as progress:
            build(
                [path],
                name,
                catalogue_root(settings),
                embedder(settings.embedding, Path(settings.cache_dir)),
                progress=progress.show,
            )
        catalogue = name
    return settings.model_copy(update={"catalogue": catalogue})


def _indexed(settings: Settings, name: str) -> bool:
    from bot.engine import catalogue_root

    return (catalogue_root(settings) / name).is_dir()


def _own_map(name: str) -> str | None:
    return name if (Path(__file__).parents[1] / "vectorstore" / "maps" / f"{name}.yaml").exists() else None


class _Progress:
    """A bar on stderr for whatever reports (what, done, of)."""

    def __enter__(self) -> _Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._tasks: dict[str, object] = {}
        self._bar.start()
        return self

    def show(self, what: str, done: int, of: int) -> None:
        """`done` of `of` of the step `what`."""
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(what, total=of)
        self._bar.update(self._tasks[what], completed=done, total=of)  # type: ignore[arg-type]

    def done(self) -> None:
        """Take the bar away."""
        self._bar.stop()

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


if __name__ == "__main__":
    main()
