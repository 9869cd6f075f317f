"""The child process: started, awaited, started again, and never left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from llm_fakes import wait_for

from bot.llm import server
from bot.llm.server import CHILD, Address, Launch, Server, ending, llama_server

ROOT = Path(__file__).parent.parent

FAKE = textwrap.dedent(
    """
    import http.server, json, os, runpy, sys
    child = runpy.run_path({child!r})
    port, key, mood = json.loads(child["read_line"]())
    child["leave_with_parent"]()
    if mood == "broken":
        print("error: the file is no model", flush=True)
        sys.exit(3)

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_): pass
        def do_GET(self):
            right = self.headers["Authorization"] == "Bearer " + key
            self.send_response(200 if right else 401)
            self.end_headers()
            self.wfile.write(b"{{}}")
        def do_POST(self):
            os._exit(7)

    http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
    """
).format(child=str(CHILD))


class Watcher:
    """Starts servers for a test, hears what they tell, and ends them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.script = folder / "fake.py"
        self.script.write_text(FAKE, "utf-8")
        self.told: list[tuple[str, str]] = []
        self.servers: list[Server] = []

    def launch(self, mood: str = "") -> Launch:
        return Launch((sys.executable, "-u", str(self.script)), lambda port, key: [port, key, mood])  # type: ignore[list-item]

    def start(self, mood: str = "", prepare: Callable[[Address], None] = lambda _: None) -> Server:
        started = Server(
            self.launch(mood),
            self.folder / "logs" / "model.log",
            lambda stage, detail: self.told.append((stage, detail)),
            prepare,
            backoff=(0.05, 0.1),
        )
        self.servers.append(started)
        started.start()
        return started

    def stages(self) -> list[str]:
        return [stage for stage, _ in self.told]


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    watcher = Watcher(tmp_path)
    yield watcher
    for started in watcher.servers:
        started.close()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_it_is_ready_when_it_answers_and_has_been_prepared(watcher: Watcher) -> None:
    prepared: list[Address] = []

    def prepare(address: Address) -> None:
        assert watcher.stages() == []
        prepared.append(address)

    started = watcher.start(prepare=prepare)
    wait_for(lambda: watcher.told)
    assert watcher.told == [("ready", "")]
    assert started.address == prepared[0]
    address = prepared[0]
    assert address.base_url.startswith("http://127.0.0.1:") and len(address.key) > 20
    wrong = requests.get(f"{address.base_url}/models", headers={"Authorization": "Bearer guess"}, timeout=5)
    assert wrong.status_code == 401


def test_one_that_ends_is_started_again_with_a_new_key(watcher: Watcher) -> None:
    started = watcher.start()
    wait_for(lambda: watcher.stages() == ["ready"])
    first = started.address
    assert first is not None and started.process is not None
    started.process.kill()
    wait_for(lambda: watcher.stages() == ["ready", "away", "starting", "ready"])
    second = started.address
    assert second is not None and second.key != first.key and second.start == first.start + 1
    assert "memory" in watcher.told[1][1], "a kill from outside is most often for want of memory"


def test_one_that_never_starts_is_given_up_with_its_last_words(watcher: Watcher) -> None:
    watcher.start(mood="broken")
    wait_for(lambda: "failed" in watcher.stages())
    assert watcher.stages().count("away") == server.GIVE_UP - 1
    detail = watcher.told[-1][1]
    assert "code 3" in detail and "the file is no model" in detail and "model.log" in detail


def test_one_that_was_well_before_is_tried_for_ever(watcher: Watcher) -> None:
    started = watcher.start()
    wait_for(lambda: watcher.stages() == ["ready"])
    started.launch = watcher.launch("broken")
    assert started.process is not None
    started.process.kill()
    wait_for(lambda: watcher.stages().count("away") > server.GIVE_UP + 1)
    assert "failed" not in watcher.stages()
    started.launch = watcher.launch()
    wait_for(lambda: watcher.stages()[-1] == "ready")


def test_close_leaves_nothing_and_tells_nothing(watcher: Watcher) -> None:
    started = watcher.start()
    wait_for(lambda: watcher.stages() == ["ready"])
    assert started.process is not None
    pid = started.process.pid
    started.close()
    started.close()
    assert not alive(pid)
    assert started.address is None
    time.sleep(0.2)
    assert watcher.stages() == ["ready"]


def test_close_while_it_starts(watcher: Watcher) -> None:
    started = watcher.start(prepare=lambda _: time.sleep(0.3))
    wait_for(lambda: started.process)
    started.close()
    assert started.process is not None and not alive(started.process.pid)
    time.sleep(0.4)
    assert watcher.told == []


@pytest.mark.parametrize("end", ["kill", "term", "exit"])
def test_it_dies_with_us_however_we_end(tmp_path: Path, end: str) -> None:
    Watcher(tmp_path)
    parent = tmp_path / "parent.py"
    parent.write_text(
        textwrap.dedent(
            f"""
            import sys, time
            from pathlib import Path
            sys.path.insert(0, {str(ROOT)!r})
            from bot.llm.server import Launch, Server
            launch = Launch((sys.executable, "-u", {str(tmp_path / "fake.py")!r}), lambda port, key: [port, key, ""])
            log = Path({str(tmp_path / "model.log")!r})
            server = Server(launch, log, lambda stage, detail: print(stage, flush=True))
            server.start()
            while not server.address:
                time.sleep(0.02)
            print(server.process.pid, flush=True)
            time.sleep(0 if {end == "exit"} else 60)
            """
        ),
        "utf-8",
    )
    process = subprocess.Popen([sys.executable, str(parent)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = [process.stdout.readline().strip() for _ in range(2)]
    pid = int(next(line for line in lines if line.isdigit()))
    if end != "exit":
        assert alive(pid)
        process.send_signal(signal.SIGKILL if end == "kill" else signal.SIGTERM)
    process.wait(10)
    process.stdout.close()
    wait_for(lambda: not alive(pid), 5)


def test_the_child_hands_over_its_arguments_and_nothing_of_the_environment(tmp_path: Path) -> None:
    package = tmp_path / "llama_cpp" / "server"
    package.mkdir(parents=True)
    (tmp_path / "llama_cpp" / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "settings.py").write_text(
        "class Settings:\n    model_fields = {'chat_format': 1, 'n_ctx': 2}\n", "utf-8"
    )
    (package / "__main__.py").write_text(
        "import json, os, sys\nprint(json.dumps([sys.argv, sorted(os.environ), sys.path[0]]))\n", "utf-8"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "HOST": "0.0.0.0",
        "PORT": "1",
        "CONFIG_FILE": "x",
        "CHAT_FORMAT": "llama-2",
        "n_ctx": "5",
        "KEPT": "1",
    }
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, str(CHILD)], stdin=pipe, stdout=pipe, env=environment, text=True) as child:
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(json.dumps(["--port", "99"]) + "\n")
        child.stdin.flush()
        arguments, names, first_path = json.loads(child.stdout.readline())
    assert arguments[1:] == ["--port", "99"]
    assert not {"HOST", "PORT", "CONFIG_FILE", "CHAT_FORMAT", "n_ctx"} & set(names) and "KEPT" in names
    assert Path(first_path) != CHILD.parent


def test_a_child_without_a_parent_does_nothing() -> None:
    said = subprocess.run([sys.executable, str(CHILD)], input="", capture_output=True, text=True, timeout=20)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("threads", "cores", "writing", "reading"), [(0, 8, "7", "8"), (0, 1, "1", "1"), (3, 8, "3", "3")]
)
def test_the_flags_that_were_measured_are_the_flags_given(
    monkeypatch: pytest.MonkeyPatch, threads: int, cores: int, writing: str, reading: str
) -> None:
    monkeypatch.setattr(server, "usable_cores", lambda: cores)
    launch = llama_server(Path("m.gguf"), context=2048, threads=threads)
    given = launch.arguments(99, "key")
    flags = dict(zip(given[::2], given[1::2], strict=True))
    assert flags == {
        "--model": "m.gguf",
        "--host": "127.0.0.1",
        "--port": "99",
        "--api_key": "key",
        "--n_ctx": "2048",
        "--n_threads": writing,
        "--n_threads_batch": reading,
        "--interrupt_requests": "false",
        "--logits_all": "false",
        "--verbose": "false",
    }
    assert "key" not in " ".join(launch.command), "everybody on the machine can read a command line"


def test_the_end_in_words(tmp_path: Path) -> None:
    log = tmp_path / "model.log"
    log.write_text("ValueError: Failed to load model from file\nbye\n\n", "utf-8")
    assert ending(1, log) == "it ended with code 1 (ValueError: Failed to load model from file)"
    assert "memory" in ending(-9, log)
    assert ending(2, tmp_path / "none.log") == "it ended with code 2"
