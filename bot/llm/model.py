"""The seam to the language model: what a prompt, an answer and a status are; a model that is off; one for tests.

Nothing here knows a protocol, a process or a library; `tests/test_llm_model.py` notices a change.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypedDict

from bot.errors import ModelUnavailable
from bot.llm.line import Place
from vectorstore.item import Frozen

if TYPE_CHECKING:
    from typing_extensions import NotRequired, Unpack

Stage = Literal["off", "waiting", "downloading", "starting", "ready", "away", "failed"]

_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")


class ModelStatus(Frozen):
    """What the model is doing now. `detail` is for the operator and says the next step when something failed."""

    stage: Stage
    name: str
    detail: str = ""
    fraction: float | None = None  # of a download, from 0 to 1

    @property
    def ready(self) -> bool:
        return self.stage == "ready"


@dataclass(frozen=True)
class Prompt:
    """What the model reads: `system` is the long beginning that stays the same, `user` what changes."""

    system: str
    user: str


class Asking(TypedDict):
    """How a prompt is to be answered."""

    max_tokens: int  # written at most
    timeout: float  # seconds for all of it, standing in line included
    stop: NotRequired[tuple[str, ...]]  # words before which the answer ends
    grammar: NotRequired[str | None]  # GBNF; a server that knows none is asked without, so what comes back is checked
    wait: NotRequired[float]  # seconds to stand in line at most; without it, as long as `timeout`


@dataclass(frozen=True)
class Usage:
    """How much was read and written, in tokens: the server's own count where it sends one, otherwise an estimate."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


class TextStream(Protocol):
    """An answer as it is written: iterate for the next words. Raises ModelUnavailable when it breaks off.

    `usage` is complete after the last piece. `close` stops the writing, also from another thread; twice does no harm.
    """

    @property
    def usage(self) -> Usage: ...

    @property
    def place(self) -> Place:
        """Where it stands in line now."""
        ...

    @property
    def waited(self) -> float:
        """Seconds it stood in line."""
        ...

    def __iter__(self) -> Iterator[str]: ...

    def __next__(self) -> str: ...

    def close(self) -> None: ...


class LLM(Protocol):
    """Whatever answers a prompt."""

    @property
    def status(self) -> ModelStatus: ...

    @property
    def waiting(self) -> int:
        """How many requests stand in line before the one that comes next."""
        ...

    def stream(self, prompt: Prompt, **asking: Unpack[Asking]) -> TextStream:
        """Start to answer; returns at once."""
        ...

    def close(self) -> None: ...


def estimate_tokens(text: str) -> int:
    """About how many tokens `text` is: four letters, or one and a half Chinese characters, make one."""
    wide = len(_WIDE.findall(text))
    return round((len(text) - wide) / 4 + wide / 1.5)


class NoModel:
    """The model is off: everything goes by rules and templates."""

    def __init__(self, detail: str = "Answers come from rules and templates (--model none).") -> None:
        self.status = ModelStatus(stage="off", name="none", detail=detail)
        self.waiting = 0

    def stream(self, prompt: Prompt, **asking: Unpack[Asking]) -> TextStream:
        raise ModelUnavailable("The language model is off (--model none); answers come from rules and templates.")

    def close(self) -> None:
        """Nothing was started."""


class ScriptedStream:
    """The answer of a `ScriptedLLM`: its text in the pieces given, then the error, if there is one."""

    def __init__(self, pieces: Iterable[str], prompt_tokens: int, error: Exception | None = None) -> None:
        self.usage = Usage(prompt_tokens=prompt_tokens)
        self.place, self.waited = Place(), 0.0
        self.closed = False
        self._pieces = deque(pieces)
        self._error = error

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.closed:
            raise StopIteration
        if self._pieces:
            self.usage = Usage(self.usage.prompt_tokens, self.usage.completion_tokens + 1)
            return self._pieces.popleft()
        if self._error:
            error, self._error = self._error, None
            raise error
        raise StopIteration

    def close(self) -> None:
        self.closed = True


@dataclass
class ScriptedLLM:
    """For tests: answers from a queue and remembers what it was asked.

    An answer is a text (told word by word), an exception (raised at the first word), or a tuple of pieces whose last
    may be an exception: an answer that breaks off. An empty queue is a `ModelUnavailable` that says so.
    """

    answers: deque[str | Exception | tuple[str | Exception, ...]] = field(default_factory=deque)
    asked: list[Prompt] = field(default_factory=list)
    options: list[Asking] = field(default_factory=list)
    streams: list[ScriptedStream] = field(default_factory=list)
    status: ModelStatus = field(default_factory=lambda: ModelStatus(stage="ready", name="scripted"))
    waiting: int = 0

    def __init__(self, *answers: str | Exception | tuple[str | Exception, ...]) -> None:
        self.answers = deque(answers)
        self.asked, self.options, self.streams = [], [], []
        self.status = ModelStatus(stage="ready", name="scripted")
        self.waiting = 0

    def stream(self, prompt: Prompt, **asking: Unpack[Asking]) -> ScriptedStream:
        self.asked.append(prompt)
        self.options.append(asking)
        if not self.status.ready:
            raise ModelUnavailable(f"The scripted model is {self.status.stage}.")
        if not self.answers:
            raise ModelUnavailable(f"The scripted model has no answer left; it was asked {len(self.asked)} times.")
        answer = self.answers.popleft()
        if isinstance(answer, str):
            answer = tuple(re.findall(r"\s*\S+\s*$|\s*\S+", answer))
        elif isinstance(answer, Exception):
            answer = (answer,)
        error = answer[-1] if answer and isinstance(answer[-1], Exception) else None
        read = estimate_tokens(prompt.system) + estimate_tokens(prompt.user)
        stream = ScriptedStream([piece for piece in answer if isinstance(piece, str)], read, error)
        self.streams.append(stream)
        return stream

    def close(self) -> None:
        """Nothing was started."""
