"""The HTTP API: one application, mounted at `/v1`, put together from one module a subject.

A module's `routes(served)` gives an `APIRouter` whose paths are relative to `/v1` ("/sessions", not "/v1/sessions"); it
gets what it needs from `Served` (`served.py`), raises `Problem` (`problems.py`) and speaks the shapes of `wire.py`.
The OpenAPI document is at `/v1/openapi.json`; `tests/test_api_schema.py` sends what it allows, and what it does not.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from bot.web.v1 import admin, events, items, links, me, messages, openai, person, problems, sessions
from bot.web.v1.served import Served
from bot.web.v1.told import EVENTS

PARTS = (sessions, messages, person, events, items, me, links, openai, admin)
DESCRIPTION = """\
A conversational recommender over your own catalogue: what is shown, and why, is computed, and every reason is exact.

Begin a session, send messages, and read the answer as one JSON or as a stream of events. All times are RFC 3339 UTC.
Refusals are problem details (RFC 9457) that say what to do. Unknown fields are refused. No cookies are used.
"""


def api(served: Served) -> FastAPI:
    """The application that is mounted at `/v1`."""
    app = FastAPI(title="Rapport", version="1", description=DESCRIPTION, docs_url=None, redoc_url=None)
    app.state.served = served
    problems.install(app)
    for part in PARTS:
        app.include_router(part.routes(served))
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    return app


def _document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the shapes of problems and of a stream's events."""
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(
        title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes, servers=[{"url": "/v1"}]
    )
    models = [(model, "serialization") for model in (*EVENTS.values(), problems.ProblemDetails)]
    _, shapes = models_json_schema(models, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name, shape in shapes.get("$defs", {}).items():
        schemas.setdefault(name, shape)
    for methods in document["paths"].values():
        for operation in methods.values():
            for content in (response.get("content", {}) for response in operation["responses"].values()):
                if "itemSchema" in content.get("text/event-stream", ()):
                    content["text/event-stream"].pop("schema", None)  # the framework's "a string"
    app.openapi_schema = document
    return document
