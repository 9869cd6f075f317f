"""The local model server: one child process on loopback, watched, started again when it ends, gone when we are.

It knows processes, not models or words: what to run is given to it. `tests/test_llm_server.py` notices a change.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ModelSetup
from bot.llm.model import Stage

BACKOFF = (1.0, 2.0, 5.0, 10.0, 30.0)  # seconds before the next start, by how many failed in a row
STEADY = 60.0  # a server that lived this long was well: the count begins anew
GIVE_UP = 3  # starts in a row that never got ready
START_SECONDS = 300.0  # a large file on a slow disk takes its time
STOP_SECONDS = 3.0
LOG_LIMIT = 2_000_000

RUNTIME = ("llama_cpp", "uvicorn", "fastapi", "sse_starlette", "starlette_context")
CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Address:
    """Where a running server is and what it wants to hear. `start` counts starts, so that a restart is noticed."""

    base_url: str
    key: str
    start: int


@dataclass(frozen=True)
class Launch:
    """What to run: the command, and the arguments given to it on its first line of input, for a port and a key."""

    command: tuple[str, ...]
    arguments: Callable[[int, str], list[str]]


def check_runtime() -> None:
    """Raise ModelSetup unless the server can run here; asked before a gigabyte is fetched for it."""
    missing = [module for module in RUNTIME if not importlib.util.find_spec(module)]
    if missing:
        raise ModelSetup(
            f"The local model cannot run: {', '.join(missing)} is not installed. Install a C++ compiler and then "
            '`python -m pip install "llama-cpp-python[server]>=0.3.36,<0.4"`, or use a server that runs elsewhere '
            "(--model http://…/v1), or go without (--model none)."
        )


def llama_server(weights: Path, *, context: int, threads: int) -> Launch:
    """How llama-cpp-python's server is started for `weights`."""
    writing, reading = thread_counts(threads)

    def arguments(port: int, key: str) -> list[str]:
        return [
            *("--model", str(weights), "--host", "127.0.0.1", "--port", str(port), "--api_key", key),
            *("--n_ctx", str(context), "--n_threads", str(writing), "--n_threads_batch", str(reading)),
            *("--interrupt_requests", "false", "--logits_all", "false", "--verbose", "false"),
        ]

    return Launch((sys.executable, "-u", str(CHILD)), arguments)


def thread_counts(threads: int) -> tuple[int, int]:
    """Threads for writing, which memory holds up and the page runs beside, and for reading, which takes all cores."""
    cores = usable_cores()
    return threads or max(1, cores - 1), threads or cores


def usable_cores() -> int:
    """The cores that this process may use: fewer than there are when it is pinned or has a quota."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        cores = os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text("utf-8").split()
        cores = min(cores, max(1, round(int(quota) / int(period))))
    except (OSError, ValueError):
        pass  # no control groups here, or no quota
    return cores


def free_memory() -> int | None:
    """Bytes that a new process may take before the system is in need; None where that cannot be told."""
    try:
        lines = Path("/proc/meminfo").read_text("utf-8").splitlines()
        free = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable"))
    except (OSError, ValueError, StopIteration):
        return None
    group = Path("/sys/fs/cgroup")
    try:
        limit, used = int((group / "memory.max").read_text("utf-8")), int((group / "memory.current").read_text("utf-8"))
        stat = dict(line.split() for line in (group / "memory.stat").read_text("utf-8").splitlines())
        free = min(free, limit - used + int(stat.get("inactive_file", 0)) + int(stat.get("active_file", 0)))
    except (OSError, ValueError):
        pass  # no control groups here, or no limit
    return free


class Server:
    """Keeps one child process running, in its own thread.

    `told(stage, detail)` hears what happens: "starting", "ready", "away", "failed". `prepare` is called when the server
    answers and before it counts as ready.
    """

    def __init__(
        self,
        launch: Launch,
        log: Path,
        told: Callable[[Stage, str], None],
        prepare: Callable[[Address], None] = lambda _: None,
        backoff: tuple[float, ...] = (),
    ) -> None:
        self.launch, self.log, self.told, self.prepare = launch, log, told, prepare
        self.backoff = backoff or BACKOFF
        self.address: Address | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self._stop = threading.Event()
        self._guard = threading.Lock()
        self._thread = threading.Thread(target=self._watch, name="model-server", daemon=True)
        atexit.register(self.close)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """End the child and the thread; nothing is left running. May be called twice."""
        self._stop.set()
        with self._guard:
            self.address = None
            if self.process:
                end(self.process)
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join(STOP_SECONDS)
        atexit.unregister(self.close)

    def _watch(self) -> None:
        failed, was_ready = 0, False
        starts = 0
        while not self._stop.is_set():
            starts += 1
            began = time.monotonic()
            ready, reason = False, ""
            try:
                process, address = self._launch(starts)
                reason = self._wait_until_it_answers(process, address)
                if not reason:
                    self.prepare(address)
                    if process.poll() is None and not self._stop.is_set():
                        ready = was_ready = True
                        self.address = address
                        self.told("ready", "")
                    process.wait()
                    reason = ending(process.returncode, self.log)
                self.address = None
                end(process)
            except OSError as error:
                reason = f"it cannot be started: {error}"
            if self._stop.is_set():
                return
            failed = 0 if ready and time.monotonic() - began > STEADY else failed + 1
            if not was_ready and failed >= GIVE_UP:
                self.told("failed", f"The model server does not start: {reason}. Its log is {self.log}.")
                return
            pause = self.backoff[min(failed, len(self.backoff)) - 1] if failed else self.backoff[0]
            self.told("away", f"The model server stopped: {reason}. It is started again in {pause:g} s.")
            if self._stop.wait(pause):
                return
            self.told("starting", "the model server is started again")

    def _launch(self, start: int) -> tuple[subprocess.Popen[bytes], Address]:
        port, key = free_port(), secrets.token_urlsafe(24)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            os.replace(self.log, self.log.with_suffix(".old.log"))
        with self._guard, self.log.open("ab") as log:
            if self._stop.is_set():
                raise OSError("Rapport is closing")
            self.process = process = subprocess.Popen(
                self.launch.command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal is for us; we end the child
            )
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it ended at once; the log says why
            process.stdin.write(json.dumps(self.launch.arguments(port, key)).encode() + b"\n")
            process.stdin.flush()  # and left open: its end tells the child that we are gone
        return process, Address(f"http://127.0.0.1:{port}/v1", key, start)

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes], address: Address) -> str:
        """Empty when the server answers; otherwise why it never will."""
        end_of_patience = time.monotonic() + START_SECONDS
        while time.monotonic() < end_of_patience:
            if process.poll() is not None:
                return ending(process.returncode, self.log)
            if answers(address):
                return ""
            self._stop.wait(0.15)
        return f"no answer in {START_SECONDS:g} s"


def answers(address: Address, seconds: float = 5.0) -> bool:
    """Whether a server answers at that address, to that key."""
    import requests

    session = requests.Session()
    session.trust_env = False  # loopback never goes through a proxy
    try:
        headers = {"Authorization": f"Bearer {address.key}"}
        return session.get(f"{address.base_url}/models", headers=headers, timeout=seconds).status_code == 200
    except requests.RequestException:
        return False
    finally:
        session.close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to end, and make it end."""
    if process.stdin:
        with contextlib.suppress(OSError):  # it was gone before
            process.stdin.close()
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def ending(code: int | None, log: Path) -> str:
    """Why a server ended, in words: by its last line, or by the signal that ended it."""
    if code in (-9, 137):
        return "the system ended it, probably for want of memory (--model small needs less)"
    last = ""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 4000))
            lines = file.read().decode("utf-8", "replace").splitlines()
        told = [line.strip() for line in lines if line.strip()]
        errors = [line for line in told if "error" in line.casefold() or "failed" in line.casefold()]
        last = (errors or told or [""])[-1]
    except OSError:
        pass  # no log was written
    return f"it ended with code {code}" + (f" ({last[:200]})" if last else "")
