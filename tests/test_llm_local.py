"""The whole local model with stand-ins for download and server: what `status` says on the way, and how it ends."""

from __future__ import annotations

import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from llm_fakes import wait_for

from bot.errors import ModelSetup, ModelUnavailable
from bot.llm import Prompt, local, server
from bot.llm.local import LocalModel
from bot.llm.server import CHILD, Launch
from bot.llm.weights import Report
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
WARM = Prompt("the long beginning", "go")

FAKE = textwrap.dedent(
    """
    import json, os, runpy, sys
    from http.server import ThreadingHTTPServer
    sys.path.insert(0, {tests!r})
    from llm_fakes import ChatServer
    child = runpy.run_path({child!r})
    port, key, seen = json.loads(child["read_line"]())
    child["leave_with_parent"]()
    told = ChatServer(key=key, pieces=("x",) * 20, pause=0.02)
    Handler = told.handler()
    stream = Handler.stream

    def noting(self):
        text = told.asked[-1]["messages"][1]["content"]
        with open(seen, "a") as file:
            file.write(text + " " + str(told.asked[-1]["max_tokens"]) + chr(10))
        if text == "die":
            os._exit(9)
        stream(self)

    Handler.stream = noting
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
    """
).format(tests=str(Path(__file__).parent), child=str(CHILD))


class Setup:
    """A local model whose file arrives when `arrive` is set and whose server is the fake one."""

    def __init__(self, folder: Path) -> None:
        self.seen = folder / "seen.txt"
        self.seen.touch()
        script = folder / "fake.py"
        script.write_text(FAKE, "utf-8")
        self.arrive = threading.Event()
        self.launch = Launch((sys.executable, "-u", str(script)), lambda port, key: [port, key, str(self.seen)])  # type: ignore[list-item]
        self.settings = Settings(model="small", cache_dir=folder)
        self.models: list[LocalModel] = []

    def fetch(self, folder: Path, report: Report, stop: threading.Event) -> Path:
        report("downloading", 0.25)
        while not self.arrive.wait(0.01):
            if stop.is_set():
                raise ModelSetup("Fetching the model was stopped.")
        return folder / "tiny.gguf"

    def open(self, warm: Prompt | None = None) -> LocalModel:
        model = LocalModel(self.settings, warm, fetch=self.fetch, launch=lambda path: self.launch)
        self.models.append(model)
        model.start()
        return model


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Setup]:
    monkeypatch.setattr(server, "BACKOFF", (0.05,))
    setup = Setup(tmp_path)
    yield setup
    for model in setup.models:
        model.close()


def test_from_download_to_answer_and_back_after_a_crash(setup: Setup) -> None:
    model = setup.open(WARM)
    wait_for(lambda: model.status.stage == "downloading")
    assert (model.status.name, model.status.fraction) == ("Qwen2.5-Coder-0.5B-Instruct", 0.25)
    with pytest.raises(ModelUnavailable, match="not ready"):
        model.stream(WARM, max_tokens=5, timeout=5)
    setup.arrive.set()
    wait_for(lambda: model.status.ready)
    assert setup.seen.read_text() == "go 1\n", "the beginning is read before it counts as ready"
    assert len(list(model.stream(Prompt("s", "hello"), max_tokens=5, timeout=5))) == 20

    with pytest.raises(ModelUnavailable):
        list(model.stream(Prompt("s", "die"), max_tokens=5, timeout=5))
    wait_for(lambda: not model.status.ready, 2)
    assert "started again" in model.status.detail
    wait_for(lambda: model.status.ready)
    assert setup.seen.read_text().splitlines()[-1] == "go 1", "and read again after a restart"
    assert len(list(model.stream(Prompt("s", "hello"), max_tokens=5, timeout=5))) == 20


def test_close_in_the_middle_of_the_download(setup: Setup) -> None:
    model = setup.open()
    wait_for(lambda: model.status.stage == "downloading")
    model.close()
    setup.arrive.set()
    wait_for(lambda: model.status.stage == "off")
    with pytest.raises(ModelUnavailable):
        model.stream(WARM, max_tokens=1, timeout=1)


def test_without_the_runtime_nothing_is_fetched(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "RUNTIME", ("no_such_module",))
    model = LocalModel(setup.settings, fetch=lambda *_: pytest.fail("fetched a model that cannot run"))
    model.start()
    wait_for(lambda: model.status.stage == "failed")
    for words in ("no_such_module", "pip install", "--model http", "--model none"):
        assert words in model.status.detail


def test_too_little_memory_is_said_before_it_hurts(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = setup.settings.cache_dir / "tiny.gguf"
    weights.write_bytes(b"GGUF")
    setup.arrive.set()
    monkeypatch.setattr(local, "check_runtime", lambda: None)
    monkeypatch.setattr(local, "free_memory", lambda: 200_000_000)
    model = LocalModel(setup.settings, fetch=setup.fetch)
    model.start()
    wait_for(lambda: model.status.stage == "failed")
    assert "needs about 0.9 GB of memory, and 0.2 GB are free" in model.status.detail


def test_a_download_that_fails_is_told(setup: Setup) -> None:
    def fetch(folder: Path, report: Report, stop: threading.Event) -> Path:
        raise ModelSetup("The model could not be fetched. Check the network.")

    model = LocalModel(setup.settings, fetch=fetch, launch=lambda path: setup.launch)
    model.start()
    wait_for(lambda: model.status.stage == "failed")
    assert model.status.detail == "The model could not be fetched. Check the network."
