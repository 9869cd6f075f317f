"""The model while a person waits for it: the wait in line is bounded, and what it was asked can be called off.

A turn is a generator; it can only be given up where it yields. So what the model does for it is listened to from a
thread, and every `beat` seconds without a word the turn gets a moment: to say how things stand, or to end.
`tests/test_queue.py` notices a change.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.errors import ModelUnavailable
from bot.llm.line import Place
from bot.llm.model import LLM, Asking, ModelStatus, Prompt, TextStream

if TYPE_CHECKING:
    from typing_extensions import Unpack

T = TypeVar("T")
LEAVING = 2.0  # seconds for what was called off to put its things away


class Attended:
    """An `LLM` as one turn uses it: a request waits in line `wait` seconds at most, and `close` calls off the last one."""

    def __init__(self, llm: LLM, wait: float) -> None:
        self._llm, self._wait = llm, wait
        self._stream: TextStream | None = None
        self._closed = False

    @property
    def status(self) -> ModelStatus:
        return self._llm.status

    @property
    def waiting(self) -> int:
        return self._llm.waiting

    @property
    def place(self) -> Place:
        """Where the last request stands."""
        return self._stream.place if self._stream else Place()

    def stream(self, prompt: Prompt, **asking: Unpack[Asking]) -> TextStream:
        if self._closed:
            raise ModelUnavailable("The turn was given up.")
        asking.setdefault("wait", self._wait)
        self._stream = stream = self._llm.stream(prompt, **asking)
        if self._closed:  # meanwhile
            stream.close()
        return stream

    def close(self) -> None:
        """Call off what was asked; its place in line is free for the next. The model itself goes on."""
        self._closed = True
        if self._stream:
            self._stream.close()


class _Over(Generic[T]):
    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def attended(
    llm: LLM, wait: float, beat: float, work: Callable[[Attended], Iterator[T]]
) -> Generator[T | Place, None, None]:
    """What `work` yields while it uses the model; where it stands in line whenever `beat` seconds pass without a word.

    Closed early, it calls the model off and lets `work` end. What `work` raises is raised here.
    """
    lent = Attended(llm, wait)
    said: SimpleQueue[T | _Over[T]] = SimpleQueue()

    def listen() -> None:
        error: BaseException | None = None
        try:
            for word in work(lent):
                said.put(word)
        except BaseException as raised:  # handed to whoever waits in the other thread, which raises it
            error = raised
        said.put(_Over(error))

    thread = threading.Thread(target=listen, name="turn-listens", daemon=True)
    thread.start()
    try:
        while True:
            try:
                word = said.get(timeout=beat)
            except Empty:
                yield lent.place
                continue
            if isinstance(word, _Over):
                if word.error:
                    raise word.error
                return
            yield word
    finally:
        lent.close()
        thread.join(LEAVING)
