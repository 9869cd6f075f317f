"""What `rapport train` and `rapport tune` do: gather pairs, train on earlier ones, measure on later ones, ask the gate, keep.

`tests/test_registry.py` and `tests/test_tune.py` notice a change.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from bot.errors import BadInput
from bot.learn.adapter import Adapter, Sides
from bot.learn.gate import judge
from bot.learn.logs import Event, by_person
from bot.learn.logs import read as read_events
from bot.learn.pairs import Pair, digest, from_dialogues, from_events, from_judgments, phrasings
from bot.learn.registry import Card, Registry, now, write_json
from bot.learn.train_adapter import MISSING, Options, Progress, Trained, train
from bot.learn.tune import searched, tuned, with_optuna
from bot.settings import Settings
from vectorstore.learned import Fusion, Learned
from vectorstore.words import is_chinese

if TYPE_CHECKING:
    from vectorstore.catalogue import Catalogue

HELD = 0.2  # of the queries or people, the latest where times are known: for the gate, and as much before it for early stopping
SIDES: tuple[Sides, ...] = ("query", "item", "both")
_SPAN = re.compile(r"(\d+)\s*([mhdw])")
_SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}


@dataclass
class Job:
    """What is trained, on what, and who is told."""

    settings: Settings
    catalogue: str
    data: Path | None = None
    from_events: bool = False
    since: str = ""
    options: Options = field(default_factory=Options)
    search: int = 0
    resume: bool = False
    wide: bool = False
    progress: Progress = field(default=lambda what, done, of: None)
    tell: Callable[[str], None] = field(default=lambda line: None)

    def open(self) -> Catalogue:
        from bot.engine import catalogue_root, embedder
        from vectorstore.catalogue import Catalogue

        return Catalogue.open(
            self.catalogue, catalogue_root(self.settings), embedder(self.settings.embedding, Path(self.settings.cache_dir))
        )

    @property
    def registry(self) -> Registry:
        return Registry.of(self.settings, self.catalogue)


def span(text: str) -> float:
    """Seconds of "30d", "12h", "2w". BadInput for anything else."""
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise BadInput(f"{text!r} is no span of time: write 30d, 12h, 90m or 2w.")
    return int(found[1]) * _SECONDS[found[2]]


def gathered(job: Job, catalogue: Catalogue) -> list[Pair]:
    """The pairs of the data, or of the events that are kept. BadInput when there are none."""
    if job.from_events:
        from bot.memory import Memory

        since = time.time() - span(job.since) if job.since else 0.0
        pairs = from_events(Memory.open(job.settings), job.catalogue, since)
        if not pairs:
            when = f" in the last {job.since}" if job.since else ""
            raise BadInput(
                f"Nobody liked, clicked or bought anything of {job.catalogue!r}{when} in a talk with an interest point, so there "
                "is nothing to learn from."
            )
        return pairs
    if job.data is None:
        raise BadInput("Trained on what? --data FILE (judgments.csv or a folder of dialogues), or --from-events.")
    return read(job.data, catalogue)


def events_of(job: Job) -> list[Event]:
    """The events of a CSV file, or those that are kept of the talks here. BadInput when there is no file."""
    if job.from_events:
        from bot.memory import Memory

        since = time.time() - span(job.since) if job.since else 0.0
        return by_person(Memory.open(job.settings).everybody(job.catalogue), since)
    if job.data is None or not job.data.is_file():
        raise BadInput("Learn from what? --data events.csv (person, item, kind, at, value), or --from-events.")
    return read_events(job.data)


def read(data: Path, catalogue: Catalogue) -> list[Pair]:
    """Pairs of `judgments.csv` (query, docid, rating), or of a dialogue set, its films found by id or title."""
    from bot.check.evaluate.retrieval import JUDGMENTS, judgments

    path = data / JUDGMENTS if data.is_dir() else data
    if path.suffix == ".csv" and path.exists():
        return from_judgments(judgments(path))
    from bot.check.evaluate.films import read as dialogues

    titles = {item.title.casefold(): item.id for item in catalogue.items()}
    found = from_dialogues(dialogues(data).training)
    named = [(p, p.item if catalogue.get(p.item) else titles.get(re.sub(r"\s*\(\d{4}\)$", "", p.item).casefold())) for p in found]
    return [replace(pair, item=id) for pair, id in named if id]


def parted(pairs: Sequence[Pair], seed: int = 0) -> tuple[list[Pair], list[Pair], list[Pair]]:
    """(training, validation, held out), whole people, talks and queries apart; the latest are held out where times are known."""
    last: dict[str, float] = defaultdict(float)
    for pair in pairs:
        last[pair.whose] = max(last[pair.whose], pair.at)
    names = sorted(last)
    np.random.default_rng(seed).shuffle(names)
    names.sort(key=lambda name: last[name])  # stable: without times the order is by chance
    held = max(1, round(HELD * len(names)))
    later, middle = set(names[-held:]), set(names[-2 * held : -held])
    parts: tuple[list[Pair], list[Pair], list[Pair]] = ([], [], [])
    for pair in pairs:
        parts[2 if pair.whose in later else 1 if pair.whose in middle else 0].append(pair)
    return parts


def adapter(job: Job) -> Card:
    """Trains an adapter, keeps it as a version with what the gate said, and promotes it when that let it pass."""
    catalogue = job.open()
    pairs = [pair for pair in gathered(job, catalogue) if catalogue.get(pair.item)]
    taught, checked, held = parted(pairs, job.options.seed)
    kinds = phrasings(catalogue.items(), job.wide)
    items = catalogue.items()
    rows = {item.id: row for row, item in enumerate(items)}
    vectors = catalogue.vectors(rows)
    work = job.registry.folder / "work"
    begun = time.monotonic()

    def once(options: Options, folder: Path | None = None, progress: Progress = job.progress) -> Trained:
        logs = folder / "tensorboard" if folder else None
        training = [*taught, *kinds]
        return train(
            training, checked, vectors, rows, catalogue.embed, catalogue.embedder, options, progress, folder, logs, job.resume
        )  # fmt: skip

    options = _searched(job, once) if job.search else job.options
    trained = once(options, work)
    seconds = round(time.monotonic() - begun, 1)
    job.tell(f"Trained in {seconds:.0f} s on {len(taught) + len(kinds):,} pairs; {trained.epochs} epochs.")
    graded = grades(held)
    if not graded:
        raise BadInput("Nothing of what was held out names an item of the catalogue; more data is needed to compare.")
    before = searched(catalogue, graded, Learned())
    after = searched(catalogue, graded, Learned(trained.adapter))
    verdict = judge(before.tolist(), after.tolist(), list(graded), groups(graded, catalogue, held, taught), options.seed)
    made = Adapter(replace(trained.adapter.header, metrics=_told(verdict.before, verdict.after)), trained.adapter.query,
                   trained.adapter.item)  # fmt: skip

    def write(folder: Path) -> None:
        made.save(folder / "adapter.npz")
        write_json(folder / "history.json", trained.history)
        curves(trained.history, folder / "curves.png")

    card = job.registry.add(
        "adapter", write,
        lambda name: Card(
            name=name, kind="adapter", created=now(), data=digest(pairs), rows=len(pairs), seed=options.seed, seconds=seconds,
            passed=verdict.passed, verdict=verdict.said, metrics=verdict.model_dump(), options=asdict(options),
        ),
    )  # fmt: skip
    return settled(job, card)


def grades(pairs: Sequence[Pair]) -> dict[str, dict[str, float]]:
    """What is right for each text; texts for which nothing is are left out."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for pair in pairs:
        found[pair.text][pair.item] = max(pair.grade, found[pair.text].get(pair.item, 0.0))
    return {text: given for text, given in found.items() if any(grade > 0 for grade in given.values())}


def groups(
    graded: Mapping[str, Mapping[str, float]], catalogue: Catalogue, held: Sequence[Pair], taught: Sequence[Pair]
) -> dict[str, npt.NDArray[np.bool_]]:
    """Which texts belong to each group that must not be worse off: kind of item, language, people seen before and new ones."""
    known = {pair.whose for pair in taught}
    whose = {pair.text: pair.whose for pair in held}
    said: dict[str, list[bool]] = defaultdict(lambda: [False] * len(graded))
    for place, (text, right) in enumerate(graded.items()):
        best = catalogue.get(max(right, key=lambda id: right[id]))
        names = ["in Chinese" if is_chinese(text) else "in English"]
        names.append("known people" if whose.get(text) in known else "new people")
        names += [f"kind {best.category[0]}"] if best and best.category else []
        for name in names:
            said[name][place] = True
    return {name: np.asarray(inside) for name, inside in said.items()}


def curves(history: Sequence[Mapping[str, float]], path: Path) -> None:
    """Loss and validation by epoch, as a picture. BadInput when matplotlib is missing."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise BadInput(MISSING) from error
    page = Figure(figsize=(7, 3))
    FigureCanvasAgg(page)
    for place, name in enumerate(("loss", "validation"), 1):
        axis = page.add_subplot(1, 2, place)
        axis.plot([step["epoch"] for step in history], [step[name] for step in history], color="#0f766e")
        axis.set(xlabel="epoch", title="loss" if name == "loss" else "validation nDCG@10")
    page.savefig(path, bbox_inches="tight", dpi=100)


def tune(job: Job, trials: int) -> Card:
    """Finds the weights of fusion for the catalogue, keeps them as a version, and promotes them when the gate let them pass."""
    catalogue = job.open()
    judged = grades([pair for pair in gathered(job, catalogue) if catalogue.get(pair.item)])
    begun = time.monotonic()
    fusion, before, after = tuned(catalogue, judged, trials, job.options.seed, progress=job.progress)
    verdict = judge(before.tolist(), after.tolist(), list(judged), groups(judged, catalogue, [], []), job.options.seed)
    seconds = round(time.monotonic() - begun, 1)
    job.tell(f"Weights: {', '.join(f'{name} {value:g}' for name, value in fusion.model_dump().items())}")
    source = [Pair(q, i, g) for q, given in judged.items() for i, g in given.items()]
    card = job.registry.add(
        "weights", lambda folder: write_json(folder / "weights.json", fusion.model_dump()),
        lambda name: Card(
            name=name, kind="weights", created=now(), data=digest(source), rows=len(judged), seed=job.options.seed,
            seconds=seconds, passed=verdict.passed and fusion != Fusion(), verdict=verdict.said, metrics=verdict.model_dump(),
            options={"trials": trials},
        ),
    )  # fmt: skip
    return settled(job, card)


def every(job: Job, work: Callable[[Job], object], seconds: float, stop: threading.Event) -> None:
    """Does `work` again and again at low priority until stopped; a time with too little to learn from is told and passed over."""
    if hasattr(os, "nice"):
        os.nice(15)
    while True:
        try:
            work(job)
        except BadInput as error:
            job.tell(str(error))
        if stop.wait(seconds):
            return


def settled(job: Job, card: Card) -> Card:
    """Promotes a version that the gate let pass, and says what became of it."""
    if card.passed:
        job.registry.promote(card.name)
        job.tell(
            f"{card.name} is in use now: {card.verdict}. Undo: rapport models rollback {card.kind} --catalogue {job.catalogue}"
        )
    else:
        job.tell(f"{card.name} is kept, and not promoted: {card.verdict}")
    return card


def _told(before: float, after: float) -> dict[str, float]:
    return {"nDCG@10 before": round(before, 4), "nDCG@10 after": round(after, 4)}


def _searched(job: Job, once: Callable[[Options, Path | None, Progress], Trained]) -> Options:
    """The options with the best validation out of so many trials."""
    optuna = with_optuna()

    def options(trial: Any) -> Options:
        return replace(
            job.options,
            sides=SIDES[trial.suggest_int("sides", 0, 2)],
            rank=trial.suggest_categorical("rank", [8, 16, 32]),
            rate=trial.suggest_float("rate", 1e-4, 3e-3, log=True),
            decay=trial.suggest_float("decay", 1e-3, 0.1, log=True),
            dropout=trial.suggest_float("dropout", 0.0, 0.5),
            batch=trial.suggest_categorical("batch", [32, 128]),
            temperature=trial.suggest_float("temperature", 0.03, 0.2, log=True),
        )

    def objective(trial: Any) -> float:
        value = once(options(trial), None, lambda what, done, of: None).best
        job.progress("searching options", trial.number + 1, job.search)
        return value

    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=job.options.seed))
    study.optimize(objective, n_trials=job.search)
    found = options(optuna.trial.FixedTrial(study.best_trial.params))
    job.tell(f"Best of {job.search}: {', '.join(f'{k} {v}' for k, v in study.best_trial.params.items())}")
    return found
