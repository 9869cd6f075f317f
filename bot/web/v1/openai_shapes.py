"""The shapes of OpenAI's chat protocol, as far as a chat client needs them, and its errors. `tests/test_api_openai.py`.

What a chat client sends along (temperature, tools, …) is accepted and changes nothing: items and reasons are computed.
What would have to change the answer and cannot (several choices, JSON on demand, a tool that must be called) is refused,
and so is what OpenAI does not know either.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError, to_json

from bot.web.v1 import wire
from bot.web.v1.problems import Problem

_WISH = "a brown leather jacket, no zips"
_REQUEST = {"model": "rapport-shop", "messages": [{"role": "user", "content": _WISH}], "user": "visitor-5f1c"}
_COMPLETION: dict[str, Any] = {
    "id": "chatcmpl-m1",
    "object": "chat.completion",
    "created": 1795521600,
    "model": "rapport-shop",
    "choices": [
        {
            "index": 0,
            "message": {
                "role": "assistant",
                "content": "No zips: one of 3 fits.\n\n1. **Harlow leather jacket** $179 — “no zips” ✓ closure: horn buttons",
            },
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    "rapport": {"session": None, "items": []},
}

Role = Literal["system", "developer", "user", "assistant", "tool", "function"]
_SAID_BY_CLIENTS = {"role", "content", "name"}
Extra = Any  # accepted, and without an effect


class Part(BaseModel):
    """A part of a message's content; of a text part the text is read."""

    model_config = ConfigDict(extra="allow")
    type: str = Field(max_length=40)
    text: str | None = None


class ChatMessage(BaseModel):
    """One message of the history. The last one by the user is the turn."""

    model_config = ConfigDict(extra="allow")
    role: Role
    content: str | list[Part] | None = None
    name: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _known(cls, given: Any) -> Any:
        """What a person or an operator says has three fields; an answer may come back with whatever it was given with."""
        if isinstance(given, dict) and given.get("role") in ("user", "system", "developer"):
            unknown = next((str(key) for key in given if key not in _SAID_BY_CLIENTS), None)
            if unknown is not None:
                said = f"There are: {', '.join(sorted(_SAID_BY_CLIENTS))}."
                raise PydanticCustomError(
                    "unknown_field", "There is no field '{field}' here. {said}", {"field": unknown, "said": said}
                )
        return given

    @property
    def text(self) -> str:
        """What is said in words."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or () if part.type == "text" and part.text)

    @property
    def other(self) -> str:
        """The kind of a part that is not text; empty when all are."""
        parts = self.content if isinstance(self.content, list) else ()
        return next((part.type for part in parts if part.type != "text"), "")


class StreamOptions(wire.Sent):
    """What a stream tells besides."""

    include_usage: bool | None = None
    include_obfuscation: bool | None = None


class Extension(wire.Sent):
    """Rapport's own field in a request."""

    session: wire.Code | None = Field(None, description="a session made by POST /v1/sessions, in place of `user`")


class ChatRequest(wire.Sent):
    """A chat completion, asked for."""

    model_config = wire.shown_as(_REQUEST)
    model: str = Field(max_length=110, description="rapport-<catalogue>, or rapport for the catalogue that talks start with")
    messages: list[ChatMessage] = Field(min_length=1, max_length=2000)
    user: str | None = Field(
        None,
        max_length=512,
        description="carries the session: any string of your own that nobody can guess, or a session's id. Without it nothing "
        "is kept, and the messages are the whole memory",
    )
    rapport: Extension | None = None
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: Annotated[int, Field(ge=1, le=1)] | None = Field(None, description="one answer is given")
    response_format: dict[str, Any] | None = Field(None, description="text; items as JSON are in the answer's `rapport`")
    tool_choice: str | dict[str, Any] | None = Field(None, description="none or auto: no tool is called")
    modalities: list[Literal["text"]] | None = None
    # accepted, and without an effect
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    frequency_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    presence_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = None
    seed: int | None = None
    stop: str | list[str] | None = None
    logit_bias: dict[str, Any] | None = None
    logprobs: bool | None = None
    top_logprobs: int | None = None
    tools: list[dict[str, Any]] | None = None
    parallel_tool_calls: bool | None = None
    functions: list[dict[str, Any]] | None = None
    function_call: Extra = None
    metadata: dict[str, Any] | None = None
    store: bool | None = None
    audio: dict[str, Any] | None = None
    prediction: dict[str, Any] | None = None
    moderation: Extra = None
    reasoning_effort: str | None = None
    verbosity: str | None = None
    service_tier: str | None = None
    safety_identifier: str | None = None
    prompt_cache_key: str | None = None
    prompt_cache_options: dict[str, Any] | None = None
    prompt_cache_retention: str | None = None
    web_search_options: dict[str, Any] | None = None
    # what clients of other servers send along
    top_k: int | None = None
    min_p: float | None = None
    repetition_penalty: float | None = None
    repeat_penalty: float | None = None

    @model_validator(mode="after")
    def _can_be_done(self) -> ChatRequest:
        wanted = (self.response_format or {}).get("type", "text")
        if wanted != "text":
            raise PydanticCustomError("response_format", "Answers are text; the items as JSON stand in the answer's `rapport`.")
        if not (self.tool_choice is None or self.tool_choice in ("none", "auto")):
            raise PydanticCustomError("tool_choice", "No tool is called here; leave tool_choice out.")
        if self.user is not None and not self.user.strip():
            raise PydanticCustomError("user", "`user` is empty; leave it out, or send a string that is this person's.")
        if self.spoken is None:
            raise PydanticCustomError("messages", "The last message of role `user` is answered, and there is none.")
        if self.spoken.other:
            raise PydanticCustomError("messages", "Only text is read; leave the other parts of the last message out.")
        return self

    @property
    def spoken(self) -> ChatMessage | None:
        """The message to be answered."""
        return next((m for m in reversed(self.messages) if m.role == "user"), None)

    @property
    def earlier(self) -> list[str]:
        """What the person said before it."""
        said = [m.text for m in self.messages if m.role == "user"]
        return [text for text in said[:-1] if text.strip()]


class Told(wire.Wire):
    """Rapport's own field in an answer: what the text says, as values."""

    session: str | None = Field(description="the session's id; null where nothing is kept")
    items: tuple[wire.Card, ...] = ()
    chips: tuple[wire.Chip, ...] = ()
    profile: wire.Interests = wire.Interests()
    no_match: wire.NoMatch | None = None


class ReplyMessage(wire.Wire):
    """The answer's message."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class Choice(wire.Wire):
    """The one answer."""

    index: Literal[0] = 0
    message: ReplyMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Usage(wire.Wire):
    """Tokens that the model read and wrote; 0 where it was not asked."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(wire.Wire):
    """A chat completion, whole."""

    model_config = wire.shown_as(_COMPLETION)
    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: tuple[Choice]
    usage: Usage
    system_fingerprint: None = None
    rapport: Told


class Model(wire.Wire):
    """A catalogue, as a model that a client can choose."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: Literal["rapport"] = "rapport"


class ModelList(wire.Wire):
    """What a client can choose from."""

    object: Literal["list"] = "list"
    data: tuple[Model, ...]


class Fault(wire.Wire):
    """What went wrong, in OpenAI's words."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class Refusal(wire.Wire):
    """An error, as OpenAI's clients expect it."""

    error: Fault


_TYPES = {401: "authentication_error", 403: "permission_error", 404: "invalid_request_error", 429: "rate_limit_error"}
_CODES = {"unknown-model": "model_not_found", "unknown-key": "invalid_api_key", "too-many": "rate_limit_exceeded"}


def refusal(problem: Problem) -> JSONResponse:
    """A problem as OpenAI says it: what is not valid is a 400 there."""
    status = 400 if problem.status == 422 else problem.status
    return JSONResponse(fault(problem).model_dump(), status, headers=problem.headers)


def fault(problem: Problem) -> Refusal:
    """A problem as OpenAI's clients read it."""
    kind = _TYPES.get(problem.status, "server_error" if problem.status >= 500 else "invalid_request_error")
    place = next(iter(problem.errors), {})
    param = (place.get("pointer") or f"/{place.get('parameter', '')}").strip("/").replace("/", ".")
    code = _CODES.get(problem.slug, problem.slug.replace("-", "_"))
    return Refusal(error=Fault(message=problem.detail, type=kind, param=param or None, code=code))


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For `responses=` of a route: its refusals."""
    said = {
        400: "The request is not valid", 401: "The key is not known", 403: "This site may not call", 404: "No such model",
        413: "The body is too large", 429: "Too many messages", 500: "The turn broke off", 503: "Not available now",
    }  # fmt: skip
    return {status: {"model": Refusal, "description": said[status]} for status in sorted({401, 403, 429, *statuses})}


def chunk(name: str, model: str, delta: Mapping[str, Any] | None = None, **more: Any) -> str:
    """The JSON of one event of a stream; without `delta`, one that has no choice in it."""
    finish = more.pop("finish_reason", None)
    choices: Sequence[dict[str, Any]] = ()
    if delta is not None:
        choices = [{"index": 0, "delta": dict(delta), "logprobs": None, "finish_reason": finish}]
    body = {"id": name, "object": "chat.completion.chunk", "created": int(time.time()), "model": model, "choices": choices}
    return to_json({**body, **more}).decode()
