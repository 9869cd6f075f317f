"""What was learned, version by version, and which of it is in use: folders beside the catalogues.

    <data>/models/<catalogue>/adapter-3/card.json     what it is, what it was trained on, how it did, what the gate said
    <data>/models/<catalogue>/adapter-3/adapter.npz   (weights.json of fusion, terms.json, clicks.npz)
    <data>/models/<catalogue>/in-use.json             which of each kind is in use, and which were before

A running server looks at the stamp of `in-use.json` at every search, so that promoting and rolling back take effect at once,
without a restart. tests/test_registry.py notices a change.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from filelock import FileLock
from pydantic import Field, TypeAdapter

from bot.errors import BadInput, RapportError
from bot.learn.adapter import Adapter
from bot.learn.clicks import ClickModel
from bot.settings import Settings
from vectorstore.embeddings import Embedder
from vectorstore.item import Frozen
from vectorstore.learned import NOTHING, Fusion, Learned

T = TypeVar("T")
_WEIGHTS = TypeAdapter(dict[str, Annotated[float, Field(ge=0, le=2)]])

log = logging.getLogger(__name__)

Kind = Literal["adapter", "clicks", "weights", "terms"]
KINDS: tuple[Kind, ...] = ("adapter", "clicks", "weights", "terms")
FILES: dict[Kind, str] = {"adapter": "adapter.npz", "clicks": "clicks.npz", "weights": "weights.json", "terms": "terms.json"}
IN_USE = "in-use.json"
CARD = "card.json"


class Card(Frozen):
    """What a version says of itself."""

    name: str
    kind: Kind
    created: float
    data: str  # digest of what it was trained on
    rows: int  # how much that was
    seed: int = 0
    seconds: float = 0.0
    passed: bool = False
    verdict: str = ""
    metrics: dict[str, Any] = Field(default_factory=dict)  # before and after, on what was held out
    options: dict[str, Any] = Field(default_factory=dict)


class InUse(Frozen):
    """`in-use.json`."""

    now: dict[str, str | None] = Field(default_factory=dict)
    before: dict[str, tuple[str | None, ...]] = Field(default_factory=dict)  # the latest last


class Registry:
    """The versions of one catalogue."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    @classmethod
    def of(cls, settings: Settings, catalogue: str) -> Registry:
        return cls(Path(settings.data_dir) / "models" / catalogue)

    def add(self, kind: Kind, write: Callable[[Path], None], make: Callable[[str], Card]) -> Card:
        """A new version: `write(folder)` writes its files, `make(name)` its card. It is there whole or not at all."""
        with self._lock():
            numbers = [int(name.rsplit("-", 1)[1]) for name in self._names(kind)]
            name = f"{kind}-{max(numbers, default=0) + 1}"
            beside = self.folder / f".{name}"
            shutil.rmtree(beside, ignore_errors=True)
            beside.mkdir(parents=True)
            write(beside)
            card = make(name)
            (beside / CARD).write_text(card.model_dump_json(indent=1) + "\n", "utf-8")
            beside.replace(self.folder / name)
        return card

    def cards(self) -> list[Card]:
        """Every version, by kind and the oldest first."""
        names = [name for kind in KINDS for name in sorted(self._names(kind), key=lambda n: int(n.rsplit("-", 1)[1]))]
        return [self.card(name) for name in names]

    def card(self, name: str) -> Card:
        """The card of a version. BadInput names those there are."""
        try:
            return Card.model_validate_json((self.folder / name / CARD).read_text("utf-8"))
        except (OSError, ValueError) as error:
            there = ", ".join(n for kind in KINDS for n in self._names(kind)) or "none yet"
            raise BadInput(
                f"There is no version {name!r} in {self.folder} ({type(error).__name__}). There are: {there}."
            ) from error

    def path(self, name: str) -> Path:
        """The file of a version."""
        return self.folder / name / FILES[self.card(name).kind]

    def in_use(self) -> InUse:
        """What is in use. RapportError when the file is damaged."""
        try:
            return InUse.model_validate_json((self.folder / IN_USE).read_text("utf-8"))
        except FileNotFoundError:
            return InUse()
        except (OSError, ValueError) as error:
            raise RapportError(
                f"{self.folder / IN_USE} cannot be read ({error}). Delete it, then: rapport models promote NAME"
            ) from error

    def promote(self, name: str, anyway: bool = False) -> Card:
        """Take a version into use. BadInput when the gate did not let it pass, unless `anyway`."""
        card = self.card(name)
        if not card.passed and not anyway:
            raise BadInput(
                f"{name} is not promoted: {card.verdict or 'it was never compared'}. "
                "Train on more, or overrule it: rapport models promote NAME --anyway"
            )
        with self._lock():
            used = self.in_use()
            before = used.now.get(card.kind)
            if before != name:
                self._write(used, card.kind, name, (*used.before.get(card.kind, ()), before))
        return card

    def rollback(self, kind: Kind) -> str | None:
        """Put back what was in use before; None: nothing learned of that kind. BadInput when nothing is in use."""
        with self._lock():
            used = self.in_use()
            past = used.before.get(kind, ())
            if used.now.get(kind) is None and not past:
                raise BadInput(
                    f"No {kind} is in use in {self.folder}, so there is nothing to roll back. See: rapport models list"
                )
            back = past[-1] if past else None
            self._write(used, kind, back, past[:-1])
        return back

    def _write(self, used: InUse, kind: Kind, name: str | None, before: tuple[str | None, ...]) -> None:
        new = InUse(now={**used.now, kind: name}, before={**used.before, kind: before})
        beside = self.folder / f".{IN_USE}"
        beside.write_text(new.model_dump_json(indent=1) + "\n", "utf-8")
        beside.replace(self.folder / IN_USE)

    def _names(self, kind: Kind) -> list[str]:
        if not self.folder.is_dir():
            return []
        return [p.name for p in self.folder.iterdir() if re.fullmatch(rf"{kind}-\d+", p.name) and (p / CARD).exists()]

    def _lock(self) -> FileLock:
        self.folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self.folder / "write.lock", timeout=30)


class Watched(ABC, Generic[T]):
    """What is made of the versions in use: read again only when `in-use.json` is another file. Safe from several threads.

    A version that cannot be used (its file is damaged, it is of another embedding) is left out with a warning, once.
    """

    def __init__(self, registry: Registry, nothing: T) -> None:
        self._registry, self._nothing = registry, nothing
        self._path = registry.folder / IN_USE
        self._kept: tuple[tuple[int, int] | None, T] = (None, nothing)

    def __call__(self) -> T:
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_ino)
        except OSError:
            stamp = None
        seen, learned = self._kept
        if stamp != seen:
            learned = self._read() if stamp else self._nothing
            self._kept = (stamp, learned)
        return learned

    def _read(self) -> T:
        learned = self._nothing
        try:
            used = self._registry.in_use().now
        except RapportError as error:
            log.warning("Nothing learned is in use: %s", error)
            return learned
        for kind in KINDS:
            if (name := used.get(kind)) is None:
                continue
            try:
                learned = self._with(learned, kind, self._registry.path(name))
            except (RapportError, OSError, ValueError) as error:
                log.warning("%s is not in use: %s", name, error)
        return learned

    @abstractmethod
    def _with(self, learned: T, kind: Kind, path: Path) -> T:
        """`learned` and what a version of that kind adds to it."""


class Served(Watched[Learned]):
    """What a catalogue is searched with now."""

    def __init__(self, registry: Registry, embedder: Embedder) -> None:
        super().__init__(registry, NOTHING)
        self._embedder = embedder

    def _with(self, learned: Learned, kind: Kind, path: Path) -> Learned:
        if kind == "adapter":
            return learned._replace(projection=Adapter.load(path, self._embedder))
        if kind == "weights":
            return learned._replace(fusion=Fusion.model_validate_json(path.read_text("utf-8")))
        return learned


class Expecting(Watched["ClickModel | None"]):
    """The click model of a catalogue that is in use now."""

    def __init__(self, registry: Registry) -> None:
        super().__init__(registry, None)

    def _with(self, learned: ClickModel | None, kind: Kind, path: Path) -> ClickModel | None:
        return ClickModel.load(path) if kind == "clicks" else learned


class Weighing(Watched[Mapping[str, float]]):
    """What the terms of the sum weigh in a catalogue now, by the names of their settings; empty when nothing was tuned."""

    def __init__(self, registry: Registry) -> None:
        super().__init__(registry, {})

    def _with(self, learned: Mapping[str, float], kind: Kind, path: Path) -> Mapping[str, float]:
        return _WEIGHTS.validate_json(path.read_bytes()) if kind == "terms" else learned


def now() -> float:
    """Seconds since 1970, as cards keep them."""
    return round(time.time(), 3)


def as_kind(word: str) -> Kind:
    """The kind of that name. BadInput names the kinds."""
    if word not in KINDS:
        raise BadInput(f"There is no kind {word!r} of what is learned. There are: {', '.join(KINDS)}.")
    return word


def write_json(path: Path, value: Any) -> None:
    """A small file of settings, for a person to read."""
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", "utf-8")
