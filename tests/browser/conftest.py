"""One server over the scripted shop, one Chromium; each test has a browser of its own that records what it asks for."""

from __future__ import annotations

import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need `pip install playwright`")

from fake_engine import FakeEngine  # noqa: E402

from bot.settings import Settings  # noqa: E402

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DONE = "() => !document.querySelector('#page').classList.contains('busy')"


@pytest.fixture(scope="session")
def engine() -> FakeEngine:
    return FakeEngine(Settings(_env_file=None), pace=0.015)


@pytest.fixture(scope="session")
def address(engine: FakeEngine) -> Iterator[str]:
    """A running server's address."""
    import uvicorn

    from bot.web.server import build_app

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(build_app(engine), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt install chromium")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: object, address: str) -> Iterator[Callable[..., object]]:
    """`visit(viewport=…)` opens the page; `page.asked` are the addresses it asked for, `page.faults` script errors."""
    contexts = []

    def open_page(context: object = None, **options: object) -> object:
        if context is None:
            context = chromium.new_context(**{"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, **options})
            context.set_default_timeout(10_000)
            contexts.append(context)
        page = context.new_page()
        page.asked, page.faults = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(address)
        page.wait_for_selector("#message")
        page.wait_for_function(DONE)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def say() -> Callable[..., None]:
    """`say(page, "words")` types, sends with Enter and waits for the answer."""

    def send(page: object, words: str) -> None:
        page.fill("#message", words)
        page.press("#message", "Enter")
        page.wait_for_selector(f".live .me:text-is({words!r})")
        page.wait_for_function(DONE)

    return send
