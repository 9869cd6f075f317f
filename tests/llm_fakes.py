"""Servers for the tests of `bot/llm`: one speaks the OpenAI chat protocol as told, one serves files by range."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server on a free port of this machine, in a thread; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class ChatServer:
    """What the fake chat server does, and what it saw."""

    pieces: tuple[str, ...] = ("Hel", "lo")
    pause: float = 0.0  # seconds before each piece
    cut_after: int = -1  # pieces after which the connection is cut; -1: never
    finish: str | None = "stop"
    status: int = 200
    counted: dict[str, int] | None = None
    models: tuple[dict[str, str], ...] = ({"id": "local", "owned_by": "me"},)
    key: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    busy: int = 0
    most_busy: int = 0
    left: threading.Event = field(default_factory=threading.Event)
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def handler(self) -> type[BaseHTTPRequestHandler]:
        told = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def answer(self, status: int, body: dict[str, Any]) -> None:
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self) -> None:
                if told.key and self.headers["Authorization"] != f"Bearer {told.key}":
                    self.answer(401, {"error": {"message": "wrong key"}})
                elif told.status != 200:
                    self.answer(told.status, {})
                else:
                    self.answer(200, {"object": "list", "data": list(told.models)})

            def do_POST(self) -> None:
                told.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                told.headers.append({name.casefold(): value for name, value in self.headers.items()})
                told.arrived.release()
                if told.status != 200:
                    self.answer(told.status, {"error": {"message": "as told"}})
                    return
                told.busy += 1
                told.most_busy = max(told.most_busy, told.busy)
                try:
                    self.stream()
                except OSError:
                    told.left.set()
                finally:
                    told.busy -= 1

            def stream(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                for number, piece in enumerate(told.pieces):
                    if number == told.cut_after:
                        self.wfile.flush()
                        self.connection.shutdown(2)
                        return
                    time.sleep(told.pause)
                    self.send({"delta": {"content": piece}, "finish_reason": None})
                if told.finish:
                    self.send({"delta": {}, "finish_reason": told.finish})
                if told.counted:
                    self.write({"choices": [], "usage": told.counted})
                self.wfile.write(b"data: [DONE]\n\n")

            def send(self, choice: dict[str, Any]) -> None:
                self.write({"choices": [{"index": 0, **choice}]})

            def write(self, body: dict[str, Any]) -> None:
                whole = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "local", **body}
                self.wfile.write(f"data: {json.dumps(whole)}\n\n".encode())
                self.wfile.flush()

        return Handler


@dataclass
class FileServer:
    """Files by path, with `Range`; `cut_at` breaks the first answer off after so many bytes."""

    files: dict[str, bytes]
    cut_at: int = 0
    extra: dict[str, str] = field(default_factory=dict)
    ranges: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        told = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                told.paths.append(self.path)
                told.ranges.append(self.headers.get("Range", ""))
                data = told.files.get(self.path)
                if data is None:
                    self.send_error(404)
                    return
                start = int(told.ranges[-1].removeprefix("bytes=").rstrip("-") or 0)
                if start >= len(data):
                    self.send_response(416)
                    self.send_header("Content-Range", f"bytes */{len(data)}")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                self.send_response(206 if start else 200)
                self.send_header("Content-Length", str(len(data) - start))
                for name, value in told.extra.items():
                    self.send_header(name, value)
                self.end_headers()
                if told.cut_at:
                    self.wfile.write(data[start : told.cut_at])
                    told.cut_at = 0
                else:
                    self.wfile.write(data[start:])

        return Handler


def wait_for(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until it holds; fail when it never does."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:g} seconds")
        time.sleep(0.01)
