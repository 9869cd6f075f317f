"""The server: health, pictures, the API at "/v1", agents at "/mcp", the widget, the page at "/". One process, one worker.

`build_app` is what tests and other servers use, `serve` what `python app.py` runs. `tests/browser`,
`tests/test_cards.py` and `tests/test_api_*.py` notice changes.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, HTTPException, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles

from bot.web.panel import model_state

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from bot.chat import Engine
    from bot.settings import Settings
    from bot.web.v1.access import Access

log = logging.getLogger(__name__)

ASSETS = Path(__file__).with_name("assets")
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# Gradio's page needs inline and evaluated script; nothing may be fetched from, or sent to, another machine.
PAGE_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Headers:
    """Adds the headers that keep a page to itself, without holding back a stream."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], frame_ancestors: str = "'self'") -> None:
        self.app = app
        policy = PAGE_POLICY.replace("frame-ancestors 'self'", f"frame-ancestors {frame_ancestors}")
        self.added = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(h for h in self.added if h[0] not in present)]
            await send(message)

        await self.app(scope, receive, with_headers)


def build_app(engine: Engine, *, page: bool = True) -> FastAPI:
    """The whole server over one engine; without the page where nobody looks at it."""
    from bot.integrations.mcp import http_app
    from bot.web.v1 import api, problems
    from bot.web.v1.access import Access
    from bot.web.v1.running import Turns
    from bot.web.v1.served import Served
    from bot.web.widget import routes as widget

    access, turns = Access(engine.settings), Turns(engine)

    @asynccontextmanager
    async def running(_app: FastAPI) -> AsyncIterator[None]:
        turns.open()
        yield
        await run_in_threadpool(turns.close)

    app = FastAPI(title="Rapport", docs_url=None, redoc_url=None, openapi_url=None, lifespan=running)
    app.state.turns = turns
    problems.install(app)  # also for what no part of the application is asked about
    guard(app, access)
    app.include_router(_routes(engine))
    app.include_router(widget.routes(engine))
    app.mount("/v1", api(Served(engine, access, turns)))
    app.router.add_route("/mcp", http_app(engine, access, turns))  # type: ignore[arg-type]  # an ASGI application
    if not page:
        return app
    from bot.web.page import mount_page

    app.mount("/page", StaticFiles(directory=ASSETS), name="page")
    return mount_page(app, engine, service=turns.desks)


def guard(app: Starlette, access: Access) -> None:
    """Around everything that is served: which names, origins and sizes are taken, and headers that keep a page to itself."""
    from bot.web.hosts import HostGuard
    from bot.web.v1.access import cors
    from bot.web.v1.limits import BodyLimit

    app.add_middleware(BodyLimit, access=access)
    app.add_middleware(HostGuard, access=access)
    app.add_middleware(Headers, frame_ancestors=" ".join(("'self'", *access.settings.allowed_origins)))
    app.add_middleware(CORSMiddleware, **cors(access))  # without it, Gradio answers to any other site


def _routes(engine: Engine) -> Any:
    from fastapi import APIRouter

    router = APIRouter()

    @router.get("/healthz")
    def health() -> dict[str, object]:
        """Whether the server answers, and what the model is doing."""
        status = engine.llm.status
        return {"status": "ok", "model": {"stage": status.stage, "name": status.name, "fraction": status.fraction}}

    @router.get("/model")
    def model(language: str = "en") -> Response:
        """The model's state in words, as the page's header shows it."""
        status = engine.llm.status
        words = model_state(status.stage, status.name, status.fraction, language, model=engine.settings.model)
        return Response(str(words), media_type="text/html", headers={"Cache-Control": "no-store"})

    @router.get("/pictures/{catalogue}/{item_id:path}.svg")
    def picture(catalogue: str, item_id: str, language: str = "en") -> Response:
        """The drawn picture of an item, its words in `language`. Its address changes with both, so browsers may keep it."""
        if catalogue not in {info.name for info in engine.catalogues()}:
            raise HTTPException(404, f"There is no catalogue named {catalogue!r} here.")
        item = engine.catalogue(catalogue).get(item_id)
        if item is None:
            raise HTTPException(404, f"The catalogue {catalogue!r} has no item {item_id!r}.")
        from vectorstore.pictures import draw

        headers = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Security-Policy": PICTURE_POLICY}
        return Response(draw(item, language), media_type="image/svg+xml", headers=headers)

    return router


def serve(engine: Engine, settings: Settings) -> None:
    """Serve until interrupted. Says the address once it listens; a taken port is a clear error."""
    import uvicorn

    app = build_app(engine)
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            raise _taken(settings, error) from error
        shown = "localhost" if settings.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else settings.host
        address = f"http://{shown}:{listener.getsockname()[1]}/"
        print(f"Rapport is at {address}  (Ctrl+C ends it)", flush=True)
        if settings.open_browser:
            import webbrowser

            webbrowser.open(address)
        uvicorn.Server(uvicorn.Config(app, log_level="warning", workers=1, timeout_graceful_shutdown=3)).run(
            sockets=[listener]
        )


def _taken(settings: Settings, error: OSError) -> Exception:
    from bot.errors import RapportError

    return RapportError(
        f"Cannot listen on {settings.host}, port {settings.port}: {error.strerror or error}. "
        "Choose another with --port (0 takes a free one), or end the program that uses it."
    )
