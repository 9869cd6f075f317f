"""What `rapport simulate` does: draw people, let them talk to Rapport and to two simpler recommenders, count, write."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.check.results import Result
from bot.check.simulate import figures, transcripts
from bot.check.simulate.facts import Shelf
from bot.check.simulate.people import draw_people
from bot.check.simulate.phrasing import Phrases
from bot.check.simulate.play import Popular, Rapport, Recommender, Talk, WordSearch, play
from bot.errors import BadInput, ModelUnavailable
from bot.settings import Settings
from bot.state import Language
from vectorstore.info import DESCRIBED_BY
from vectorstore.samples import SAMPLES

if TYPE_CHECKING:
    from bot.chat import Engine
    from bot.check.simulate.second import Second

Progress = Callable[[str, int, int], None]


def simulate(
    settings: Settings, catalogues: Sequence[str], languages: Sequence[Language], people: int, *, turns: int = 5, seed: int = 0,
    ratings: tuple[Path, Path] | None = None, second: str = "", folder: Path | None = None, progress: Progress | None = None,
    tell: Callable[[str], None] = lambda line: None, today: Callable[[], date] = date.today,
) -> Result:  # fmt: skip
    """`people` talks a catalogue, shared among the languages. `settings.items` are shown a turn.

    `today` says which offers hold: with a fixed day, a run can be repeated on another.
    """
    from bot.chat import Engine
    from bot.engine import catalogue_root, embedder, running, when_ready
    from vectorstore.catalogue import Catalogue

    played: list[figures.Played] = []
    with ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory())  # a simulation leaves no talks behind
        settings = settings.model_copy(update={"database": f"sqlite:///{scratch}/simulate.sqlite3", "retention_days": 0})
        started = stack.enter_context(running(settings, progress))
        root, embedding = catalogue_root(settings), embedder(settings.embedding, Path(settings.cache_dir))
        opened = partial(Catalogue.open, root=root, embedder=embedding, today=today)
        engine = Engine(settings, started.llm, opened, started.catalogues, started.memory)
        if settings.model != "none" and not when_ready(engine, 7200, tell):
            raise ModelUnavailable("The model is not ready, so nobody was simulated. See: rapport doctor")
        voice = _second(second, settings, stack, tell) if second else None
        names = samples() if list(catalogues) == ["all"] else list(catalogues)
        for name in names:
            for number, language in enumerate(languages):
                count = people // len(languages) + (number < people % len(languages))
                if count:
                    played += _group(engine, name, language, count, turns, seed, ratings, voice, progress)
        model = engine.llm.status.name
    if not played:
        raise BadInput("Nobody was simulated: --people is 0, or there is no catalogue.")
    if folder is not None:
        transcripts.write(played, folder)
    told: dict[str, str | int | float | bool | None] = {
        "model": model, "catalogues": ", ".join(names), "languages": ", ".join(languages), "people": len(played),
        "turns": turns, "items": settings.items, "seed": seed, "second model": second or None,
        "tastes": "MovieLens" if ratings else "catalogue", "prose": settings.prose, "embedding": settings.embedding,
    }  # fmt: skip
    return figures.result(played, told, turns, seed)


def samples() -> list[str]:
    """The catalogues that come with Rapport."""
    return sorted(path.parent.name for path in SAMPLES.glob(f"*/{DESCRIBED_BY}"))


def _group(
    engine: Engine, name: str, language: Language, count: int, turns: int, seed: int,
    ratings: tuple[Path, Path] | None, voice: Second | None, progress: Progress | None,
) -> list[figures.Played]:  # fmt: skip
    catalogue = engine.catalogue(name)
    items = catalogue.items()
    shelf = Shelf.of(catalogue.info, items)
    if language not in catalogue.info.languages:
        return []
    wanted = None
    if ratings is not None:
        from bot.check.simulate.tastes import from_ratings

        wanted = from_ratings(*ratings, items, shelf, seed)
    people = draw_people(items, shelf, language, count, seed, wanted)
    phrases = Phrases(language, shelf.root, catalogue.info.currency)
    shown = engine.settings.items
    recommenders: list[Recommender] = [Rapport(engine, name), Popular(items, shown), WordSearch(items, shown)]
    played = []
    for number, person in enumerate(people, 1):
        target = catalogue.get(person.target)
        assert target is not None
        before = voice.caught if voice else 0
        talks: dict[str, Talk] = {}
        for recommender in recommenders:
            said = voice.word if voice is not None and recommender.name == "Rapport" else None
            talks[recommender.name] = play(person, target, recommender, phrases, shelf, turns=turns, seed=seed, voice=said)
        own = talks.pop("Rapport")
        caught = voice.caught - before if voice else 0
        played.append(figures.played_of(own, talks, target, items, shelf, f"{name}, {language}", turns, caught))
        if progress:
            progress(f"{name}, {language}", number, count)
    return played


def _second(name: str, settings: Settings, stack: ExitStack, tell: Callable[[str], None]) -> Second:
    from bot.check.simulate.second import Second

    return stack.enter_context(Second.opened(name, settings, tell))


def told(
    settings: Settings, catalogues: Sequence[str], language: str, people: int, *, turns: int, seed: int, ratings: Path | None,
    movies: Path | None, second: str, folder: Path | None, out: Path | None, progress: Progress, done: Callable[[], None],
) -> Result:  # fmt: skip
    """Simulate, print the tables and write the files. BadInput for options that do not go together."""
    from rich.console import Console
    from rich.markdown import Markdown

    languages: dict[str, tuple[Language, ...]] = {"en": ("en",), "zh": ("zh",), "both": ("en", "zh")}
    if language not in languages:
        raise BadInput(f"--language is en, zh or both, not {language!r}.")
    if (ratings is None) != (movies is None):
        raise BadInput("--ratings and --movies go together: MovieLens' ratings.csv and movies.csv.")
    pair = (ratings, movies) if ratings is not None and movies is not None else None
    errors = Console(stderr=True)
    found = simulate(
        settings, catalogues, languages[language], people, turns=turns, seed=seed, ratings=pair, second=second, folder=folder,
        progress=progress, tell=lambda line: errors.print(line, style="dim"),
    )  # fmt: skip
    done()
    console = Console()
    if console.is_terminal:
        console.print(Markdown(found.markdown()))
    else:
        print(found.markdown())
    if out is not None:
        errors.print(f"Written: {found.save(out)}", style="dim")
    if folder is not None:
        errors.print(f"Transcripts: {folder}", style="dim")
    return found
