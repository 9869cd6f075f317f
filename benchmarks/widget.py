"""What the widget costs the page that it stands on: bytes, requests, and the browser's main thread.

    python benchmarks/widget.py [--runs 5]

Chromium loads an empty page of another origin with and without the line, opens the panel, and is sent an answer whose 500
tokens come one event each, 10 ms apart, under three cards. The server is a small one of this script, so that only the
browser is measured. Medians over the runs, at full speed and four times slower (a cheap phone). Needs `playwright` and a
Chromium. The table stands in docs/widget.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

SCRIPT = Path(__file__).parents[1] / "bot" / "web" / "widget" / "widget.js"
TOKENS, APART = 500, 0.01
MEASURED = {"TaskDuration": "all work", "LayoutDuration": "of it layout", "RecalcStyleDuration": "styles"}
LONG = """() => { window.longest = 0; new PerformanceObserver(list => {
    for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
}).observe({type: "longtask", buffered: true}); }"""
DONE = """() => {
    const inside = document.querySelector("rapport-widget").shadowRoot;
    return !inside.querySelector(".status") && inside.querySelector(".say")?.textContent.length > 900;
}"""


def card(number: int, sentence: str = "") -> dict[str, Any]:
    """An item as the API tells it."""
    fact = {"name": "colour", "label": "colour", "value": "green", "text": "green"}
    reason = {"quote": "green", "fact": fact, "text": "colour: green", "side": "for"}
    amount = {"term": "interest", "label": "green", "weight": 0.8, "value": 1.0, "amount": 0.8, "quote": "green"}
    return {
        "id": f"item-{number}", "title": f"A tent of some name, number {number}", "url": None, "picture": f"/p/{number}.svg",
        "price": 100.0 + number, "currency": "USD", "facts": [fact], "reasons": [reason], "contributions": [amount],
        "limits": [], "sentence": sentence, "description": "", "score": 0.8, "voice": "model",
    }  # fmt: skip


def told() -> Iterator[tuple[str, dict[str, Any]]]:
    """The events of one answer."""
    yield "status", {"text": "Reading your message"}
    profile: dict[str, Any] = {"points": [], "limits": []}
    yield "profile", {**profile, "reading": {"act": "request", "by": "model"}}
    yield "items", {"provisional": False, "lead": "Three that fit.", "language": "en", "items": [card(n) for n in range(3)]}
    words = [f"word{n} " for n in range(TOKENS)]
    third = -(-TOKENS // 3)
    for n in range(TOKENS):
        text = "".join(words[n // third * third : n + 1])
        yield "token", {"item": f"item-{n // third}", "text": text, "done": False}
    items = [card(n, "".join(words[n * third : (n + 1) * third])) for n in range(3)]
    yield "done", {
        "message": "m", "number": 1, "act": "request", "topic": "", "language": "en", "lead": "Three that fit.", "reply": "",
        "items": items, "chips": [], "profile": profile, "no_match": None, "seconds": {}, "version": 2,
    }  # fmt: skip


class Server(BaseHTTPRequestHandler):
    """The script, a session, one answer, and the page without and with the line."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_OPTIONS(self) -> None:
        self._send(b"", "text/plain", {"Access-Control-Allow-Headers": "*", "Access-Control-Allow-Methods": "*"})

    def do_GET(self) -> None:
        if self.path == "/widget.js":
            self._send(gzip.compress(SCRIPT.read_bytes(), 9), "text/javascript", {"Content-Encoding": "gzip"})
        elif self.path.startswith("/p/"):
            self._send(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>', "image/svg+xml")
        else:
            own = f"http://localhost:{self.server.server_port}"  # type: ignore[attr-defined]  # another origin than 127.0.0.1
            line = f'<script src="{own}/widget.js" async></script>' if self.path == "/with" else ""
            page = f'<!doctype html><link rel="icon" href="data:,"><h1>A page</h1><p>Of a shop.</p>{line}'
            self._send(page.encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/v1/sessions":
            self._send(json.dumps({"id": "s", "catalogue": "shop"}).encode(), "application/json")
            return
        self.send_response(200)
        for name, value in (("Content-Type", "text/event-stream"), ("Access-Control-Allow-Origin", "*"), ("Connection", "close")):
            self.send_header(name, value)
        self.end_headers()
        for number, (event, data) in enumerate(told(), 1):
            self.wfile.write(f"event: {event}\ndata: {json.dumps(data)}\nid: m:{number}\n\n".encode())
            self.wfile.flush()
            time.sleep(APART)

    def _send(self, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Access-Control-Allow-Origin", "*")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving() -> Iterator[str]:
    """The address of the running server."""
    server = ThreadingHTTPServer(("", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def run(browser: Any, address: str, slower: int) -> dict[str, dict[str, float]]:
    """Milliseconds of the main thread in each step."""
    steps: dict[str, dict[str, float]] = {}
    for name in ("without", "with"):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        cdp = context.new_cdp_session(page)
        cdp.send("Performance.enable")
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})

        def spent(cdp: Any = cdp) -> dict[str, float]:
            metrics = {m["name"]: m["value"] for m in cdp.send("Performance.getMetrics")["metrics"]}
            return {said: 1000 * metrics[key] for key, said in MEASURED.items()}

        def step(what: str, before: dict[str, float], page: Any = page, spent: Any = spent) -> None:
            page.wait_for_timeout(400)
            after = spent()
            longest = page.evaluate("Math.round(window.longest)")
            steps[what] = {key: after[key] - before[key] for key in after} | {"longest task": longest}
            page.evaluate("window.longest = 0")

        page.add_init_script(f"({LONG})()")
        before = spent()
        page.goto(f"{address}/{name}")
        step(f"load {name} the line", before)
        steps[f"load {name} the line"]["requests"] = len(asked)
        if name == "with":
            asked.clear()
            before = spent()
            page.evaluate("Rapport.open()")
            step("open the panel", before)
            steps["open the panel"]["requests"] = len(asked)
            asked.clear()
            before = spent()
            page.evaluate("Rapport.send('a green tent')")
            page.wait_for_function(DONE, polling=1000, timeout=60_000)
            step(f"an answer of {TOKENS} tokens", before)
            steps[f"an answer of {TOKENS} tokens"]["requests"] = len(asked)
        context.close()
    return steps


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    plain = SCRIPT.read_bytes()
    print(f"widget.js: {len(plain):,} bytes, {len(gzip.compress(plain, 9)):,} with gzip -9\n")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    columns = [*MEASURED.values(), "longest task"]
    with serving() as address, sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        print(f"Chromium {browser.version}; milliseconds of the main thread, medians of {runs}\n")
        print(f"| | {' | '.join(columns)} | requests |\n|---|{'---:|' * (len(columns) + 1)}")
        for slower in (1, 4):
            found = [run(browser, address, slower) for _ in range(runs)]
            for what in found[0]:
                values = [statistics.median(f[what][c] for f in found) for c in columns]
                said = " | ".join(f"{v:.0f}" if v >= 10 else f"{v:.1f}" if v else "–" for v in values)
                print(f"| {what}{', four times slower' if slower > 1 else ''} | {said} | {found[0][what]['requests']:.0f} |")
        browser.close()


if __name__ == "__main__":
    main()
