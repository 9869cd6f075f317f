"""What docs/api.md and the README show is run: every `curl` line against a running server, every piece of Python as well."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from running_server import listening

from bot import keys
from bot.chat import Engine
from bot.engine import catalogue_root, embedder
from bot.llm.model import NoModel
from bot.memory import Memory
from bot.settings import Settings
from bot.web.server import build_app
from vectorstore.catalogue import Catalogue, available
from vectorstore.index import build
from vectorstore.samples import SAMPLES

ROOT = Path(__file__).parents[1]
PAGES = ("docs/api.md", "README.md")
ADDRESS = "http://localhost:7860"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Shown:
    """A piece of code in a page."""

    page: str
    line: int
    code: str


def shown(page: str, language: str) -> list[Shown]:
    """The pieces of a page in one language."""
    text = (ROOT / page).read_text("utf-8")
    return [Shown(page, text.count("\n", 0, m.start()) + 2, m[2]) for m in FENCE.finditer(text) if m[1] == language]


CURLS = {page: [piece for piece in shown(page, "bash") if re.search(r"\bcurl\b", piece.code)] for page in PAGES}
PYTHON = [piece for page in PAGES for piece in shown(page, "python")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("examples")


@pytest.fixture(scope="module")
def engine(folder: Path) -> Engine:
    """An engine over the sample shop, whose words are hashed."""
    given = Settings.model_construct(**{name: field.default for name, field in Settings.model_fields.items()})
    update = {"data_dir": folder, "cache_dir": folder / "cache", "catalogue": "shop", "embedding": "hash", "model": "none"}
    settings = given.model_copy(update=update)
    root, model = catalogue_root(settings), embedder("hash", folder / "cache")
    build(SAMPLES / "shop", "shop", root, model)
    return Engine(
        settings, NoModel(), lambda name: Catalogue.open(name, root, model), lambda: available(root), Memory.open(settings)
    )


@pytest.fixture(scope="module")
def server(engine: Engine) -> Iterator[str]:
    with listening(build_app(engine, page=False)) as address:
        yield address


@pytest.fixture(scope="module")
def known(engine: Engine) -> dict[str, str]:
    """What a reader has from `rapport key`: an admin's key, a site's key, and an identity that the site signed."""
    import jwt

    where = keys.place(engine.settings)
    admin = keys.add_admin(where, "ann")
    signed = keys.signing("HS256", None, None, "", "")
    site = keys.add_site(where, "acme", ["https://shop.example"], "shop", None, signed)
    token = jwt.encode({"sub": "c-1042", "exp": int(time.time()) + 3600}, signed.secret or "", "HS256")
    return {"ADMIN": admin, "SITE": site.key, "TOKEN": token, "SECRET": signed.secret or ""}


def test_there_is_something_to_run() -> None:
    assert sum(piece.code.count("curl ") for piece in CURLS["docs/api.md"]) >= 30 and len(PYTHON) >= 5


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("jq") and shutil.which("bash")), reason="needs bash, curl and jq")
@pytest.mark.parametrize("page", PAGES)
def test_the_curl_lines(page: str, server: str, known: dict[str, str], tmp_path: Path) -> None:
    """The lines of a page one after the other in one shell, each refused request an error."""
    script = ["set -euo pipefail", 'curl() { command curl --fail-with-body --max-time 30 "$@"; }']
    for number, piece in enumerate(CURLS[page]):
        script += [f"printf '\\n@@@ {number}\\n'", piece.code.replace(ADDRESS, server)]
    (tmp_path / "lines.sh").write_text("\n".join(script), "utf-8")
    ran = subprocess.run(
        ["bash", "lines.sh"], cwd=tmp_path, env={**os.environ, **known}, capture_output=True, text=True, timeout=300, check=False
    )
    outputs = re.split(r"^@@@ \d+\n", ran.stdout, flags=re.M)[1:]
    if ran.returncode:
        piece = CURLS[page][len(outputs) - 1]
        pytest.fail(f"{page}, line {piece.line}:\n{piece.code}\n{outputs[-1]}\n{ran.stderr}")
    for piece, output in zip(CURLS[page], outputs, strict=True):
        said = f"{page}, line {piece.line}: {output[:2000]}"
        assert output.strip() and "null" not in output.split("\n")[0], said
        assert "urn:rapport:problem" not in output and "event: error" not in output, said
        if "text/event-stream" in piece.code and "/v1/sessions" in piece.code:
            last = output.strip().split("\n\n")[-1]
            assert "event: done" in last and json.loads(re.search(r"^data: (.*)$", last, re.M)[1])["items"], said  # type: ignore[index]


@pytest.mark.parametrize("piece", PYTHON, ids=lambda piece: f"{piece.page}:{piece.line}")
def test_the_python_pieces(
    piece: Shown,
    server: str,
    engine: Engine,
    known: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    @contextmanager
    def running(_settings: Settings) -> Iterator[Engine]:
        yield engine

    monkeypatch.setattr("bot.engine.running", running)
    exec(compile(piece.code.replace(ADDRESS, server), piece.page, "exec"), {"__name__": "shown", "secret": known["SECRET"]})
    assert "print" not in piece.code or capsys.readouterr().out.strip()
