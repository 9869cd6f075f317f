"""Talking to a model server in the OpenAI chat protocol, streamed; the only file that knows LangChain.

A request runs in its own thread, so that a timeout and `close` hold whatever the server does, and stands in line for
the server's few places (`line.py`). `tests/test_llm_client.py` notices a change.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

from bot.errors import ModelUnavailable
from bot.llm.line import Line, Place, Ticket
from bot.llm.model import Asking, Prompt, Usage, estimate_tokens

if TYPE_CHECKING:
    from langchain_openai.chat_models.base import BaseChatOpenAI
    from typing_extensions import Unpack

CONNECT_SECONDS = 10.0


class _End:
    """The answer is complete."""


class _Channel:
    """What passes between the thread that listens to the server and the one that reads the answer."""

    def __init__(self, prompt_tokens: int, timeout: float, wait: float, ticket: Ticket) -> None:
        self.usage = Usage(prompt_tokens=prompt_tokens)
        self.timeout, self.wait, self.ticket = timeout, min(wait, timeout), ticket
        self.deadline = time.monotonic() + timeout
        self.cancelled = threading.Event()
        self.arrived: SimpleQueue[str | Exception | _End] = SimpleQueue()


class Answer:
    """One answer as it comes in (`TextStream`). Forgotten without `close`, it is cancelled all the same."""

    def __init__(self, channel: _Channel, line: Line) -> None:
        self._channel, self._line = channel, line
        self._over = False

    @property
    def usage(self) -> Usage:
        return self._channel.usage

    @property
    def place(self) -> Place:
        return self._line.place(self._channel.ticket)

    @property
    def waited(self) -> float:
        return self._channel.ticket.waited

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._over:
            raise StopIteration
        channel = self._channel
        try:
            piece = channel.arrived.get(timeout=max(0.0, channel.deadline - time.monotonic()))
        except Empty:
            piece = ModelUnavailable(f"The model did not finish within {channel.timeout:g} seconds.")
        if isinstance(piece, str):
            return piece
        self.close()
        if isinstance(piece, Exception):
            raise piece
        raise StopIteration

    def close(self) -> None:
        self._over = True
        self._channel.cancelled.set()
        self._channel.arrived.put(_End())  # for a thread that waits in `next`
        self._line.wake()

    def __enter__(self) -> Answer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        self._channel.cancelled.set()


class Client:
    """One server. `llama_cpp`: it understands GBNF grammars and `repeat_penalty`."""

    def __init__(
        self,
        base_url: str,
        *,
        key: str = "",
        model: str = "local",
        llama_cpp: bool = True,
        line: Line | None = None,
        broke: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.base_url, self.key, self.model, self.llama_cpp = base_url, key, model, llama_cpp
        self.line = line or Line(1)
        self.broke = broke
        self._chat: BaseChatOpenAI | None = None
        self._making = threading.Lock()

    def chat(self) -> BaseChatOpenAI:
        """LangChain's model for this server; the first call imports it, which takes seconds."""
        with self._making:
            if self._chat is None:
                from langchain_openai.chat_models.base import BaseChatOpenAI
                from openai import DefaultHttpxClient
                from pydantic import SecretStr

                own = is_loopback(self.base_url)  # a proxy of the environment is not for this machine itself
                self._chat = BaseChatOpenAI(
                    model=self.model,
                    base_url=self.base_url,
                    api_key=SecretStr(self.key or "none"),
                    temperature=0,
                    max_retries=0,
                    stream_usage=False,
                    # a kept connection that the server has just closed would cost an answer; a new one costs nothing
                    default_headers={"Connection": "close"},
                    http_client=DefaultHttpxClient(trust_env=False) if own else None,
                )
            return self._chat

    def stream(self, prompt: Prompt, **asking: Unpack[Asking]) -> Answer:
        """Start to answer, as `LLM.stream`.

        Usage: the server's own count where it sends one; otherwise what was read is estimated and every piece that came
        counts as one. (Asking a server that answers one request at a time to count would take its only place.)
        """
        options: dict[str, Any] = {"max_tokens": asking["max_tokens"]}
        if stop := asking.get("stop"):
            options["stop"] = list(stop)
        if self.llama_cpp:
            grammar = asking.get("grammar")
            options["extra_body"] = {"repeat_penalty": 1.0, **({"grammar": grammar} if grammar else {})}
        ticket = self.line.ticket(asking["max_tokens"])  # taken here, in the order of the calls
        timeout = asking["timeout"]
        read = estimate_tokens(prompt.system) + estimate_tokens(prompt.user)
        channel = _Channel(read, timeout, asking.get("wait", timeout), ticket)
        threading.Thread(target=_Run(self, prompt, options, channel), name="model-answer", daemon=True).start()
        return Answer(channel, self.line)

    def read_once(self, prompt: Prompt, seconds: float) -> None:
        """Have the server read the prompt, for its beginning. A failure shows itself at the next request."""
        with contextlib.suppress(ModelUnavailable):
            for _ in self.stream(prompt, max_tokens=1, timeout=seconds):
                pass


class _Run:
    """The thread behind one answer."""

    def __init__(self, client: Client, prompt: Prompt, options: dict[str, Any], channel: _Channel) -> None:
        self.client, self.prompt, self.options, self.channel = client, prompt, options, channel

    def __call__(self) -> None:
        line, channel = self.client.line, self.channel
        if not line.enter(channel.ticket, channel.ticket.taken + channel.wait, channel.cancelled):
            channel.arrived.put(ModelUnavailable(f"The model was busy with others for {channel.wait:g} seconds."))
            return
        finished = False
        try:
            finished = self._listen()
        except Exception as error:  # of three libraries, each with its own; told to whoever waits for the answer
            channel.arrived.put(unavailable(error, self.client.base_url))
            if not channel.cancelled.is_set() and is_broken(error):
                self.client.broke(str(error))
        finally:
            line.leave(channel.ticket, finished=finished)

    def _listen(self) -> bool:
        """Pass on what the server writes; whether the answer came to its own end."""
        from langchain_core.messages import HumanMessage, SystemMessage

        channel = self.channel
        messages = [SystemMessage(self.prompt.system), HumanMessage(self.prompt.user)]
        chat = self.client.chat()
        stream = chat.stream(messages, timeout=max(0.1, channel.deadline - time.monotonic()), **self.options)
        finished, written = False, 0
        with contextlib.closing(stream):  # type: ignore[type-var]  # a generator; closing it closes the connection
            for chunk in stream:
                if channel.cancelled.is_set() or time.monotonic() > channel.deadline:
                    return False
                finished = finished or bool(chunk.response_metadata.get("finish_reason"))
                if isinstance(chunk.content, str) and chunk.content:
                    written += 1
                    channel.usage = Usage(channel.usage.prompt_tokens, written)
                    channel.arrived.put(chunk.content)
                if counted := getattr(chunk, "usage_metadata", None):
                    channel.usage = Usage(counted["input_tokens"], counted["output_tokens"])
        if not finished:
            raise ConnectionResetError("the answer ended in the middle")
        channel.arrived.put(_End())
        return True


def is_loopback(url: str) -> bool:
    return (urlparse(url).hostname or "") in {"127.0.0.1", "localhost", "::1"}


def is_broken(error: Exception) -> bool:
    """Whether the connection itself failed, so that the server may be gone; a refusal or a late answer is not that."""
    import openai

    if isinstance(error, openai.APIStatusError | openai.APITimeoutError | ValueError):
        return False
    return "Timeout" not in type(error).__name__


def unavailable(error: Exception, base_url: str) -> ModelUnavailable:
    """The error in words: what the server said, or that it cannot be reached."""
    import openai

    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        text = f"The model server at {base_url} refuses the key; set RAPPORT_API_KEY."
    elif isinstance(error, openai.APIStatusError):
        text = f"The model server answers {error.status_code}: {str(error)[:300]}"
    elif isinstance(error, openai.APITimeoutError) or "Timeout" in type(error).__name__:
        text = "The model did not answer in time."
    elif isinstance(error, ValueError) and "No generation chunks" in str(error):
        text = "The model server answered nothing; the prompt may be longer than its context (RAPPORT_CONTEXT)."
    elif isinstance(error, openai.APIConnectionError):
        text = f"The model server at {base_url} cannot be reached."
    else:
        text = f"The model's answer broke off ({type(error).__name__}: {str(error)[:200]})."
    unavailable = ModelUnavailable(text)
    unavailable.__cause__ = error
    return unavailable
