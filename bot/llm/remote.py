"""A model server that somebody else runs: vLLM, llama.cpp's own server, Ollama or a service, by its address.

It is asked in the background what it offers; when it goes away, it is asked again until it is back.
`tests/test_llm_remote.py` notices a change.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

from bot.errors import ModelUnavailable
from bot.llm.client import Answer, Client, is_loopback
from bot.llm.line import Line
from bot.llm.model import Asking, ModelStatus, Prompt, Stage

if TYPE_CHECKING:
    from typing_extensions import Unpack

PAUSE = (1.0, 2.0, 5.0, 10.0)  # seconds between questions while it does not answer
WARM_SECONDS = 60.0
PLACES = 16  # requests at once to a server that answers several
LLAMA_CPP_PYTHON, LLAMA_CPP = "me", "llamacpp"  # what these servers say of themselves as the owner of a model


class RemoteModel:
    """An `LLM` at an address."""

    def __init__(self, base_url: str, *, key: str = "", name: str = "local", warm: Prompt | None = None) -> None:
        base_url = base_url.rstrip("/")
        self.base_url = base_url if urlparse(base_url).path else f"{base_url}/v1"
        self.key, self.name = key, name
        self._warm = warm
        self._client: Client | None = None
        self._closed = threading.Event()
        self._ask = threading.Event()
        self._status = ModelStatus(stage="waiting", name=self._label(), detail=f"asking {self.base_url}")

    @property
    def status(self) -> ModelStatus:
        return self._status

    @property
    def waiting(self) -> int:
        return self._client.line.waiting if self._client else 0

    def start(self) -> None:
        self._ask.set()
        threading.Thread(target=self._watch, name="model-watch", daemon=True).start()

    def stream(self, prompt: Prompt, **asking: Unpack[Asking]) -> Answer:
        status, client = self._status, self._client
        if not status.ready or client is None:
            raise ModelUnavailable(f"The model {status.name} is not ready ({status.stage}). {status.detail}".strip())
        return client.stream(prompt, **asking)

    def close(self) -> None:
        self._closed.set()
        self._ask.set()
        self._say("off", "Rapport is closing.")

    def _label(self) -> str:
        return f"{self.name} at {urlparse(self.base_url).netloc}"

    def _say(self, stage: Stage, detail: str = "") -> None:
        self._status = ModelStatus(stage=stage, name=self._label(), detail=detail)

    def _broke(self, reason: str) -> None:
        self._say("away", f"The model server at {self.base_url} stopped answering ({reason}). It is asked again.")
        self._ask.set()

    def _watch(self) -> None:
        asked = 0
        while not self._closed.is_set():
            self._ask.wait()
            if self._closed.is_set():
                return
            stage, detail = self._look()
            if self._closed.is_set():
                return
            self._say(stage, detail)
            if stage == "ready":
                asked = 0
                self._ask.clear()
                continue
            asked += 1
            self._closed.wait(PAUSE[min(asked, len(PAUSE)) - 1])

    def _look(self) -> tuple[Stage, str]:
        """Ask the server what it offers, and make the client that fits."""
        import requests

        session = requests.Session()
        session.trust_env = not is_loopback(self.base_url)
        try:
            headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
            response = session.get(f"{self.base_url}/models", headers=headers, timeout=(6, 30))
            listed: Any = response.json().get("data", []) if response.ok else []
            offered = {str(model["id"]): str(model.get("owned_by", "")) for model in listed}
        except requests.RequestException:
            return (
                "away",
                f"The model server at {self.base_url} cannot be reached; check that it runs. It is asked again.",
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            offered = {}
        finally:
            session.close()
        if response.status_code in (401, 403):
            return "failed", f"The model server at {self.base_url} refuses the key; set RAPPORT_API_KEY."
        if response.status_code >= 500:
            return "away", f"The model server at {self.base_url} answers {response.status_code}. It is asked again."
        if self.name not in offered and offered:
            if self.name != "local":
                names = ", ".join(sorted(offered)[:8])
                return (
                    "failed",
                    f"{self.base_url} has no model {self.name!r}; RAPPORT_MODEL_NAME may be: {names}",
                )
            self.name = next(iter(offered))  # nobody asked for a certain one
        self._make_client(offered.get(self.name, ""))
        return "ready", ""

    def _make_client(self, owner: str) -> None:
        if self._client and self._client.model == self.name:
            return
        line = Line(1 if owner == LLAMA_CPP_PYTHON else PLACES)
        self._client = Client(
            self.base_url,
            key=self.key,
            model=self.name,
            llama_cpp=owner in {LLAMA_CPP_PYTHON, LLAMA_CPP},
            line=line,
            broke=self._broke,
        )
        self._client.chat()
        if self._warm:
            self._client.read_once(self._warm, WARM_SECONDS)
