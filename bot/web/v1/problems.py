"""Problem details (RFC 9457): every refusal says what is wrong, where, and what to do. `tests/test_api_sessions.py`.

`Problem` is raised anywhere below `/v1`; errors of the engine and of the catalogue, and those of FastAPI itself, become
problems in `install`. A name that was sent (a field, an item, a point) may be repeated; a key, a token or a message is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from bot.errors import BadInput, Conflict, RapportError
from vectorstore.errors import CatalogueBusy, CatalogueError, UnknownCatalogue

MEDIA_TYPE = "application/problem+json"
SHOWN = 20  # errors of one body that are told


class Problem(Exception):
    """A refusal with its HTTP status. `detail` names the thing and the next step."""

    def __init__(
        self,
        status: int,
        slug: str,
        title: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Mapping[str, str]] = (),
    ) -> None:
        super().__init__(detail)
        self.status, self.slug, self.title, self.detail = status, slug, title, detail
        self.headers = dict(headers or {})
        self.errors = [dict(e) for e in errors]

    def body(self) -> dict[str, Any]:
        """The JSON that is sent."""
        body: dict[str, Any] = {
            "type": f"urn:rapport:problem:{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        return {**body, "errors": self.errors} if self.errors else body

    def response(self) -> JSONResponse:
        """The answer to the request."""
        return JSONResponse(self.body(), self.status, headers=self.headers, media_type=MEDIA_TYPE)


class Place(BaseModel):
    """Where in the request something is wrong: `pointer` (RFC 6901) in the body, or the name of a `parameter`."""

    model_config = ConfigDict(extra="forbid")
    detail: str
    pointer: str | None = None
    parameter: str | None = None


class ProblemDetails(BaseModel):
    """RFC 9457: what was refused, why, and what to do."""

    model_config = ConfigDict(extra="forbid")
    type: str
    title: str
    status: int
    detail: str = Field(description="what is wrong and the next step")
    errors: list[Place] | None = None


_EXAMPLES: dict[int, Problem] = {
    400: Problem(400, "bad-request", "The request cannot be read", "The body is not JSON. Send a JSON object."),
    401: Problem(401, "unknown-key", "The key is not known here", "No site has this key. See: rapport key site"),
    403: Problem(403, "origin-not-allowed", "This site may not call", "Add https://shop.example to the site's origins."),
    404: Problem(404, "unknown-session", "No such session", "There is no session of that id. Make one: POST /v1/sessions"),
    405: Problem(405, "method-not-allowed", "That method is not offered here", "This address answers to: GET, HEAD."),
    406: Problem(406, "not-acceptable", "No such form", "Accept application/json or text/event-stream."),
    409: Problem(409, "conflict", "It was changed meanwhile", "Read the session again and repeat the request."),
    412: Problem(412, "stale-version", "A newer version exists", "Read the profile again; its version is now 4."),
    413: Problem(413, "too-large", "The body is too large", "At most 1 MB is read. Send less at once."),
    415: Problem(415, "not-json", "The body is not JSON", "Send the body as application/json."),
    422: Problem(
        422,
        "invalid",
        "The request is not valid",
        "text: Field required.",
        errors=[{"pointer": "/text", "detail": "Field required"}],
    ),
    428: Problem(428, "version-needed", "A version is needed", "Send the version that you read: If-Match, or `version`."),
    429: Problem(429, "too-many", "Too many messages", "At most 8 messages wait in a session. Try again in 5 seconds."),
    500: Problem(500, "broken-off", "The turn broke off", "The fault is in the server's log. Send the message again."),
    503: Problem(503, "catalogue-unavailable", "The catalogue cannot be used", "The operator is told how in the log."),
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For `responses=` of a route: these refusals beside the ones that every route can give (401, 403, 404, 422,
    429), and 400 where a body is read (415)."""
    given = {401, 403, 404, 422, 429, *statuses, *({400} if 415 in statuses else ())}
    return {status: _documented(_EXAMPLES[status]) for status in sorted(given)}


def _documented(example: Problem) -> dict[str, Any]:
    content = {"schema": {"$ref": "#/components/schemas/ProblemDetails"}, "example": example.body()}
    return {"description": example.title, "content": {MEDIA_TYPE: content}}


def problem_of(error: Exception) -> Problem:
    """What an error of the engine or of the catalogue is to a caller."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Conflict):
        return Problem(409, "conflict", "It was changed meanwhile", str(error))
    if isinstance(error, BadInput):
        return Problem(422, "invalid", "The request cannot be used as it is", str(error))
    if isinstance(error, UnknownCatalogue):
        return Problem(404, "unknown-catalogue", "No such catalogue", str(error))
    if isinstance(error, CatalogueBusy):
        return Problem(503, "catalogue-busy", "The catalogue is being written", str(error), headers={"Retry-After": "5"})
    if isinstance(error, CatalogueError):
        return Problem(503, "catalogue-unavailable", "The catalogue cannot be used", str(error))
    if isinstance(error, RapportError):
        return Problem(503, "unavailable", "The server cannot do that now", str(error))
    return Problem(
        500,
        "broken-off",
        "The server failed",
        "The fault is in the server's log. Repeat the request; if it stays, tell the operator.",
    )


def install(app: FastAPI) -> None:
    """Every error below `app` becomes a problem."""

    def told(_request: Request, error: Exception) -> JSONResponse:
        return problem_of(error).response()

    def by_framework(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        return refused_by_framework(request, error).response()

    def invalid(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return invalid_request(request, error).response()

    for kind in (Problem, RapportError, CatalogueError, Exception):  # the last is logged in full by the server, too
        app.add_exception_handler(kind, told)
    app.add_exception_handler(HTTPException, by_framework)
    app.add_exception_handler(RequestValidationError, invalid)


def refused_by_framework(request: Request, error: HTTPException) -> Problem:
    """What the framework refused: no such address, no such method, a body that is no text."""
    if error.status_code == 404:
        plain = str(error.detail) == "Not Found"
        detail = "There is nothing at this address. What there is: /v1/openapi.json" if plain else str(error.detail)
        return Problem(404, "not-found", "No such address", detail)
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "")
        detail = f"{request.method} is not offered here; this address answers to: {allowed}."
        return Problem(405, "method-not-allowed", "That method is not offered here", detail, headers=error.headers)
    slug = {400: "bad-request", 413: "too-large", 415: "not-json"}.get(error.status_code, "refused")
    return Problem(error.status_code, slug, "The request was refused", str(error.detail), headers=error.headers)


def invalid_request(request: Request, error: RequestValidationError) -> Problem:
    """What does not fit a request's shape, place by place."""
    errors = error.errors()
    if any(e["type"] == "json_invalid" for e in errors):
        return Problem(400, "bad-request", "The body is not JSON", "The body cannot be read as JSON. Send one JSON object.")
    media = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if any(tuple(e["loc"]) == ("body",) for e in errors) and media and not _json(media) and not media.startswith("multipart/"):
        return Problem(415, "not-json", "The body is not JSON", "Send the body as application/json.")
    places = [_place(e) for e in errors[:SHOWN]]
    first = "; ".join(f"{p.get('pointer', p.get('parameter', ''))}: {p['detail']}" for p in places[:3])
    return Problem(422, "invalid", "The request is not valid", f"{first}.".replace("..", "."), errors=places)


def _json(media: str) -> bool:
    return media == "application/json" or media.endswith("+json")


def _place(error: Mapping[str, Any]) -> dict[str, str]:
    source, *path = error["loc"]
    if error["type"] == "unknown_field":
        path = [*path, error["ctx"]["field"]]
    if source == "body":
        pointer = "".join(f"/{_escaped(str(part))}" for part in path)
        return {"pointer": pointer, "detail": _plain(error["msg"])}
    return {"parameter": str(path[-1]) if path else str(source), "detail": _plain(error["msg"])}


def _escaped(part: str) -> str:
    return _plain(part.replace("~", "~0").replace("/", "~1"))


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
