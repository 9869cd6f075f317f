"""`rapport test` and the pytest plug-in as a shop owner meets them, and the dialogue files that Rapport writes itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from io import StringIO
from pathlib import Path
from typing import Any, get_args

import pytest
from rich.console import Console

from bot.chat import Engine
from bot.check import command, report
from bot.check.run import Stage
from bot.check.script import Dialogue, Edit, Expect, Items, Reply, Turn
from bot.check.source import read, scripts
from bot.check.suggest import from_session, suggest
from bot.errors import BadInput
from bot.llm import NoModel
from bot.profile import Edit as ByHand
from bot.settings import Settings
from bot.state import Act, Session
from vectorstore.catalogue import Catalogue
from vectorstore.embeddings import HashEmbedder
from vectorstore.index import build

ROOT = Path(__file__).parents[1]
GOOD = "dialogue: a kettle\nturns:\n  - say: a quiet kettle\n    expect: {interests: {kettle: '> 0'}}\n"
BAD = "dialogue: a lamp\ntags: light\nturns:\n  - say: a desk lamp\n    expect: {act: undo}\n"


@pytest.fixture
def stage(shop: Catalogue, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """`rapport test` over the small shop."""
    made = Stage(settings, NoModel(), lambda name, today: shop, lambda: [shop.info])

    class Opened:
        def __enter__(self) -> Stage:
            return made

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(command, "opened", lambda *_, **__: Opened())
    return made


@pytest.fixture
def check(stage: Stage, settings: Settings) -> Callable[..., tuple[bool, str]]:
    def run(*paths: Path, **options: Any) -> tuple[bool, str]:
        out = StringIO()
        well = command.check(settings, paths, console=Console(file=out, width=100), **options)
        return well, out.getvalue()

    return run


def test_a_line_a_dialogue_failures_in_full_and_a_verdict(check: Callable[..., tuple[bool, str]], tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, "utf-8")
    assert check(tmp_path)[0]
    (tmp_path / "bad.yaml").write_text(BAD, "utf-8")
    well, said = check(tmp_path, junit=tmp_path / "j.xml", rates=True)
    assert not well and "passed        a kettle" in said and "failed        a lamp" in said
    assert "expected  act: undo" in said and "1 passed, 1 failed" in said and "| small | en | 2 | 1 | 50% |" in said
    assert 'failures="1"' in (tmp_path / "j.xml").read_text("utf-8")
    assert check(tmp_path, words=["kettle"])[0] and not check(tmp_path, words=["LIGHT"])[0]
    with pytest.raises(BadInput, match=r"2 files\) matches 'boots'"):
        check(tmp_path, words=["boots"])


def test_watch_plays_again_after_a_change_and_survives_a_mistake(
    check: Callable[..., tuple[bool, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "talk.yaml"
    path.write_text(BAD, "utf-8")

    def changes(*_: object, **__: object) -> Any:
        path.write_text("dialogue: x\ntruns: []\n", "utf-8")
        yield {("modified", str(path))}
        path.write_text(GOOD, "utf-8")
        yield {("modified", str(path))}
        yield {("modified", str(tmp_path / "notes.txt"))}

    monkeypatch.setattr("watchfiles.watch", changes)
    well, said = check(path, watch=True)
    assert well and "Did you mean 'turns'?" in said and said.count("passed        a kettle") == 1


def test_a_talk_becomes_a_dialogue_that_holds(
    engine: Engine, say: Callable[..., Session], stage: Stage, tmp_path: Path
) -> None:
    said = ("a black leather jacket under $220", "not black actually, brown", "is the first one waterproof?")
    session = say(engine, engine.start(), *said)
    for _ in engine.edit(session, ByHand(kind="add", text="buttons")):
        pass
    text = from_session(engine.memory, session.id)
    assert "Presses and changes by hand" in text
    path = tmp_path / "written.yaml"
    path.write_text(text, "utf-8")
    (script,) = read(path)
    assert [t.say for t in script.dialogue.turns] == [(t.user,) for t in session.turns]
    assert script.dialogue.turns[0].expect.constraints == ("price <= 220",) and script.dialogue.turns[2].expect.refers_to == (1,)
    played = stage.play(script)
    assert {f.complaint.path for f in played.play.failures} <= {("interests", "buttons")}, "only what was done by hand is missing"


def test_no_talk_of_that_id_and_an_empty_one(engine: Engine) -> None:
    with pytest.raises(BadInput, match="no talk 'nobody'"):
        from_session(engine.memory, "nobody")
    with pytest.raises(BadInput, match="nothing was said"):
        from_session(engine.memory, engine.start().id)


def test_drafts_for_a_catalogue_can_be_played(shop: Catalogue, stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "drafts.yaml"
    path.write_text(suggest(shop), "utf-8")
    drafts = read(path)
    assert {s.dialogue.language for s in drafts} == {"en", "zh"} and len(drafts) >= 12
    said = path.read_text("utf-8")
    assert "no_match: true" in said and "act: undo" in said and "topic: injection" in said and "price <= " in said
    outcomes = [stage.play(script) for script in drafts]
    held = [o for o in outcomes if o.status == "passed"]
    assert len(held) >= 0.7 * len(outcomes), [o.script.name for o in outcomes if o.status != "passed"]


def test_dialogues_that_somebody_new_wrote_for_their_own_catalogue(settings: Settings, tmp_path: Path) -> None:
    folder, embedder = ROOT / "tests" / "new_owner", HashEmbedder()
    build([folder / "garden.csv"], "garden", tmp_path, embedder)
    garden = Catalogue.open("garden", tmp_path, embedder)
    stage = Stage(settings, NoModel(), lambda name, today: garden, lambda: [garden.info])
    outcomes = [stage.play(script) for script in read(folder / "garden.yaml")]
    assert len(outcomes) == 5 and not any(o.bad for o in outcomes), "\n".join(report.text(o) for o in outcomes if o.bad)


def test_the_reference_names_every_key() -> None:
    text = (ROOT / "docs" / "dialogue-tests.md").read_text("utf-8")
    told = set(re.findall(r"`([\w]+)[`:]", text))
    for kind in (Dialogue, Turn, Expect, Items, Reply, Edit):
        keys = {field.alias or name for name, field in kind.model_fields.items()}
        assert keys <= told, (kind, keys - told)
    assert set(get_args(Act)) <= told


def test_the_examples_of_the_reference_are_dialogues(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "dialogue-tests.md").read_text("utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", text, re.S)
    assert len(examples) == 2
    for n, example in enumerate(examples):
        (tmp_path / f"{n}.yaml").write_text(example, "utf-8")
    assert len(scripts([tmp_path])) == 3


@pytest.fixture
def away() -> dict[str, str]:
    """The environment of the dialogues in `tests/dialogues`, whose catalogues are indexed once for both."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "150"}


def ran(words: list[str], folder: Path, away: dict[str, str]) -> tuple[int, str]:
    done = subprocess.run(words, cwd=folder, env=away, capture_output=True, text=True, encoding="utf-8", timeout=180)
    return done.returncode, done.stdout + done.stderr


def test_the_command_and_the_plug_in_say_the_same(tmp_path: Path, away: dict[str, str]) -> None:
    """A fresh folder with two dialogues: first `rapport test`, then plain pytest, which finds the plug-in by itself."""
    assert any(e.value == "bot.check.pytest_plugin" for e in entry_points(group="pytest11")), "install again: pip install -e ."
    folder = tmp_path / "tests" / "dialogues"
    folder.mkdir(parents=True)
    (folder / "good.yaml").write_text(GOOD.replace("turns", "catalogue: shop\nturns", 1), "utf-8")
    (folder / "bad.yaml").write_text(BAD + "---\n" + GOOD.replace("a kettle\n", "later\nskip: not yet\n", 1), "utf-8")
    (folder / "_part.yaml").write_text("turns: [{say: x}]\n", "utf-8")
    code, said = ran([sys.executable, "-m", "bot.cli", "test", "--model", "none"], tmp_path, away)
    assert code == 1 and "1 passed, 1 failed, 1 skipped" in said and "expected  act: undo" in said, said
    code, said = ran([sys.executable, "-m", "pytest", "-q", "-rs", "tests"], tmp_path, away)
    assert code == 1 and "1 failed, 1 passed, 1 skipped" in said and "expected  act: undo" in said and "not yet" in said, said
    (folder / "bad.yaml").write_text("dialogue: x\ntruns: []\n", "utf-8")
    code, said = ran([sys.executable, "-m", "pytest", "-q", "tests"], tmp_path, away)
    assert code == 2 and "bad.yaml:2: unknown key 'truns'. Did you mean 'turns'?" in said and "Traceback" not in said, said
