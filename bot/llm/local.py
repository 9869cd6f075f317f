"""The model on this machine: its weights are fetched, its server started and watched, its beginning read once.

All of it happens in the background; the page asks `status`. `tests/test_llm_local.py` notices a change.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import ModelSetup, ModelUnavailable
from bot.llm.client import Answer, Client
from bot.llm.line import Line
from bot.llm.model import Asking, ModelStatus, Prompt, Stage
from bot.llm.server import Address, Launch, Server, check_runtime, free_memory, llama_server
from bot.llm.weights import Report, find_or_fetch, weights_named
from bot.settings import Settings

if TYPE_CHECKING:
    from typing_extensions import Unpack

WARM_SECONDS = 180.0
NEEDED = 900_000_000  # bytes of memory beside the model's file
Fetch = Callable[[Path, Report, threading.Event], Path]


class LocalModel:
    """An `LLM` that runs here. `start` returns at once; `close` ends everything that was started."""

    def __init__(
        self,
        settings: Settings,
        warm: Prompt | None = None,
        *,
        fetch: Fetch | None = None,
        launch: Callable[[Path], Launch] | None = None,
    ) -> None:
        self.settings = settings
        self.weights = weights_named(settings.model)
        self._warm = warm
        self._fetch: Fetch = fetch or (lambda folder, report, stop: find_or_fetch(self.weights, folder, report, stop))
        self._launch = launch
        self._line = Line(1)
        self._client: Client | None = None
        self._server: Server | None = None
        self._closed = threading.Event()
        self._guard = threading.Lock()
        self._status = ModelStatus(stage="waiting", name=self.weights.name)

    @property
    def status(self) -> ModelStatus:
        return self._status

    @property
    def waiting(self) -> int:
        return self._line.waiting

    @property
    def address(self) -> Address | None:
        """Where the running server is, for other programs on this machine (a benchmark); None while there is none."""
        return self._server.address if self._server else None

    def start(self) -> None:
        threading.Thread(target=self._prepare, name="model-prepare", daemon=True).start()

    def stream(self, prompt: Prompt, **asking: Unpack[Asking]) -> Answer:
        status, client = self._status, self._client
        if not status.ready or client is None:
            raise ModelUnavailable(f"The model {status.name} is not ready ({status.stage}). {status.detail}".strip())
        return client.stream(prompt, **asking)

    def warm(self, prompt: Prompt) -> None:
        """Read the beginning that all prompts share, now and after every restart, so that no person waits for it."""
        self._warm = prompt
        if self._status.ready and self._client:
            self._client.read_once(prompt, WARM_SECONDS)

    def close(self) -> None:
        with self._guard:
            self._closed.set()
            server = self._server
        if server:
            server.close()
        self._say("off", "Rapport is closing.")

    def _say(self, stage: Stage, detail: str = "", fraction: float | None = None) -> None:
        self._status = ModelStatus(stage=stage, name=self.weights.name, detail=detail, fraction=fraction)

    def _prepare(self) -> None:
        try:
            if not self._launch:
                check_runtime()
            path = self._fetch(
                self.settings.cache_dir, lambda text, part: self._say("downloading", text, part), self._closed
            )
            self._say("starting", "loading the model")
            launch = self._launch(path) if self._launch else self._usual(path)
        except (ModelSetup, OSError) as error:
            self._say("off" if self._closed.is_set() else "failed", str(error))
            return
        with self._guard:
            if self._closed.is_set():
                return
            log = self.settings.cache_dir / "logs" / "model.log"
            self._server = Server(launch, log, self._told, self._take)
            self._server.start()

    def _usual(self, path: Path) -> Launch:
        need, free = path.stat().st_size + NEEDED, free_memory()
        if free is not None and free < need:
            raise ModelSetup(
                f"The model {self.weights.name} needs about {need / 1e9:.1f} GB of memory, and {free / 1e9:.1f} GB are "
                "free. Close other programs, or use --model small, a server elsewhere (--model http://…/v1) or none."
            )
        return llama_server(path, context=self.settings.context, threads=self.settings.threads)

    def _told(self, stage: Stage, detail: str) -> None:
        if not self._closed.is_set():
            self._say(stage, detail)

    def _take(self, address: Address) -> None:
        """The server answers: make the client and read the common beginning, before it is said to be ready."""
        client = Client(address.base_url, key=address.key, line=self._line)
        client.chat()
        if self._warm:
            self._say("starting", "reading the instructions once")
            client.read_once(self._warm, WARM_SECONDS)
        self._client = client
