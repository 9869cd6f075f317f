"""What `rapport test` does: play dialogue files, tell what came, record, and watch. `tests/test_script_command.py`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from bot.check import report
from bot.check.recordings import Answers
from bot.check.results.reading import dialogue_rates
from bot.check.results.result import Result
from bot.check.run import Outcome, Stage, stage
from bot.check.source import Script, files, scripts
from bot.errors import BadInput, ModelUnavailable, RapportError
from bot.settings import Settings


def check(
    settings: Settings,
    paths: Sequence[Path],
    *,
    words: Sequence[str] = (),
    record: bool = False,
    junit: Path | None = None,
    rates: bool = False,
    output: Path | None = None,
    watch: bool = False,
    console: Console | None = None,
) -> bool:
    """Play the dialogues and tell what came; whether all is well. `watch` begins again whenever a file changes.

    With `output`, the rates are written there as a result for `rapport report`.
    """
    console = console or Console()
    with opened(settings, record=record, whole=not words) as on:
        well = _round(on, paths, words, junit, rates, output, console)
        if watch:
            from watchfiles import watch as changes

            console.print("Watching; Ctrl-C ends it.", style="dim")
            for changed in changes(*paths, raise_interrupt=True):
                if any(Path(file).suffix in (".yaml", ".yml") for _, file in changed):
                    console.rule()
                    try:
                        well = _round(on, paths, words, junit, rates, output, console)
                    except RapportError as error:  # a mistake in the file: told, and the next save is looked at
                        report.show(console, [("red", str(error))])
        return well


def written(settings: Settings, *, schema: bool = False, suggest: str | None = None, from_session: str | None = None) -> str:
    """What is asked to be written down: the JSON Schema, drafts for a catalogue, or a dialogue from a talk."""
    if schema:
        import json

        from bot.check.script import schema as made

        return json.dumps(made(), ensure_ascii=False, indent=1) + "\n"
    from bot.check import suggest as drafts

    if from_session:
        from bot.memory import Memory

        return drafts.from_session(Memory.open(settings), from_session)
    from bot.engine import running

    with running(settings.model_copy(update={"model": "none", "database": "sqlite://"})) as engine:
        return drafts.suggest(engine.catalogue(suggest or settings.catalogue))


@contextmanager
def opened(settings: Settings, *, record: bool = False, whole: bool = False) -> Iterator[Stage]:
    """A stage for `settings.model`: none, `recorded` (or `recorded:small`), or a model that is started and waited for."""
    name, _, of = settings.model.partition(":")
    if name == "recorded":
        if record:
            raise BadInput("--record needs a model to record: rapport test tests/dialogues --model default --record")
        with stage(settings.model_copy(update={"model": "none"}), answers=Answers(of or "default")) as on:
            yield on
        return
    if settings.model in ("none", "off", ""):
        if record:
            raise BadInput("--record needs a model to record, not --model none.")
        with stage(settings) as on:
            yield on
        return
    from bot.engine import common_beginning
    from bot.llm import open_model

    llm = open_model(settings, warm=common_beginning())
    try:
        answers = Answers(settings.model, recording=True, whole=whole) if record else None
        with stage(settings, llm, answers) as on:
            _wait(on, settings)
            yield on
    finally:
        llm.close()


def _wait(on: Stage, settings: Settings) -> None:
    from bot.chat import Engine
    from bot.engine import when_ready
    from bot.memory import Memory

    def nothing(name: str) -> object:
        raise AssertionError(name)

    engine = Engine(settings, on.llm, nothing, list, Memory("sqlite://"))  # type: ignore[arg-type]
    if not when_ready(engine, 7200, lambda line: Console(stderr=True).print(line, style="dim")):
        raise ModelUnavailable("The model is not ready, so nothing was played. See: rapport doctor")


def _round(
    on: Stage, paths: Sequence[Path], words: Sequence[str], junit: Path | None, rates: bool, output: Path | None, console: Console
) -> bool:
    found = scripts(paths, words)
    if not found:
        where = ", ".join(map(str, paths))
        every = sum(len(files(path)) for path in paths)
        raise BadInput(f"No dialogue in {where} ({every} files){f' matches {words[0]!r}' if words else ''}.")
    outcomes = list(_played(on, found, console))
    for outcome in outcomes:
        if outcome.bad:
            console.print()
            report.show(console, report.failure(outcome))
    if junit:
        report.junit(outcomes, junit)
    if rates:
        console.print()
        report.show(console, [("", report.table(outcomes, on.settings.catalogue))])
    if output:
        _rates(outcomes, on.settings).save(output)
        report.show(console, [("dim", f"Written: {output}")])
    if on.answers and on.answers.recording:
        kept = on.answers.save()
        report.show(console, [("", f"Recorded in {', '.join(sorted(f.name for f in kept))}.")])
    console.print()
    report.show(console, [("bold", report.summary(outcomes))])
    return not any(o.bad for o in outcomes)


def _rates(outcomes: Sequence[Outcome], settings: Settings) -> Result:
    played = [o for o in outcomes if o.status != "skipped"]
    rows = [
        (o.script.dialogue.catalogue or settings.catalogue, o.script.dialogue.language, o.script.name,
         o.status in ("passed", "passes now"))
        for o in played
    ]  # fmt: skip
    return dialogue_rates(rows).model_copy(update={"settings": {"model": settings.model}})


def _played(on: Stage, found: Sequence[Script], console: Console) -> Iterator[Outcome]:
    for script in found:
        outcome = on.play(script)
        report.show(console, [report.line(outcome)])
        yield outcome
