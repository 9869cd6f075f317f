"""A model's answers kept and told again: the same run without the model, and a changed prompt is a miss, never an old answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import prompts
from bot.check import report
from bot.check.command import opened
from bot.check.recordings import Answers, digest
from bot.check.run import Outcome, Stage
from bot.check.source import Script, read
from bot.errors import BadInput, ModelUnavailable
from bot.llm import LLM, NoModel, Prompt
from bot.llm.model import ScriptedLLM
from bot.settings import Settings
from vectorstore.catalogue import Catalogue

TEXT = """\
dialogue: strange words
turns:
  - say: etwas Leises zum Teekochen bitte
    expect: {interests: {kettle: "> 0"}, tokens: "> 0", reply: {grounded: true}}
"""


@pytest.fixture
def script(tmp_path: Path) -> Script:
    folder = tmp_path / "dialogues" / "kitchen"
    folder.mkdir(parents=True)
    (folder / "talk.yaml").write_text(TEXT, "utf-8")
    return read(folder / "talk.yaml")[0]


@pytest.fixture
def run(shop: Catalogue, settings: Settings, script: Script) -> Iterator[object]:
    def play(answers: Answers, llm: LLM | None = None) -> Outcome:
        return Stage(settings, llm or NoModel(), lambda name, today: shop, lambda: [shop.info], answers).play(script)

    yield play


def recorded(run, script: Script, *answers: str, whole: bool = False) -> tuple[Outcome, list[Path]]:  # type: ignore[no-untyped-def]
    kept = Answers("small", recording=True, whole=whole)
    outcome = run(kept, ScriptedLLM(*answers))
    return outcome, kept.save()


def test_what_was_recorded_is_told_again_without_the_model(run, script: Script) -> None:  # type: ignore[no-untyped-def]
    outcome, files = recorded(run, script, "a kettle, please", "1 Brushed steel with a quiet base.\n")
    assert outcome.status == "passed", report.text(outcome)
    assert [f.name for f in files] == ["small.small.en.jsonl"] and files[0].parent.name == "recordings"
    assert files[0].parent.parent.name == "dialogues", "in the folder of all dialogues, not beside the file"
    rows = [json.loads(line) for line in files[0].read_text("utf-8").splitlines()]
    assert len(rows) == 2 and {row["of"] for row in rows} == {"strange words"} and all(row["tokens"][0] > 0 for row in rows)
    again = run(Answers("small"))
    assert again.status == "passed", report.text(again)
    first, second = outcome.play.moments[0], again.play.moments[0]
    assert second.after.profile == first.after.profile and second.reply == first.reply
    assert second.turn and first.turn and second.turn.llm == first.turn.llm


def test_a_changed_prompt_is_a_miss_with_the_command(run, script: Script, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    recorded(run, script, "a kettle, please", "1 Steel.\n")
    real = prompts.text
    monkeypatch.setattr(prompts, "text", lambda name: real(name) + (" Be brief." if name == "system" else ""))
    missed = run(Answers("small"))
    assert missed.status == "failed"
    told = missed.play.failures[0].complaint.got
    assert "none for this prompt" in told and "talk.yaml -k 'strange words' --model small --record" in told


def test_another_model_or_version_has_no_answers(run, script: Script, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    recorded(run, script, "a kettle, please", "1 Steel.\n")
    assert run(Answers("default")).play.moments[0].turn.llm["calls"] == 0, "no file of that model: by rules"
    monkeypatch.setattr("bot.check.recordings.version_of", lambda model: "a newer checksum")
    assert "none for this prompt" in run(Answers("small")).play.failures[0].complaint.got


def test_the_key_is_made_of_prompt_model_version_and_how_it_is_asked() -> None:
    prompt, asking = Prompt("system", "user"), {"max_tokens": 80, "timeout": 25.0, "stop": ("END",)}
    key = digest("small", "1", prompt, asking)  # type: ignore[arg-type]
    others = [
        digest("default", "1", prompt, asking),  # type: ignore[arg-type]
        digest("small", "2", prompt, asking),  # type: ignore[arg-type]
        digest("small", "1", Prompt("system!", "user"), asking),  # type: ignore[arg-type]
        digest("small", "1", Prompt("system", "user!"), asking),  # type: ignore[arg-type]
        digest("small", "1", prompt, {**asking, "max_tokens": 81}),  # type: ignore[arg-type]
    ]
    assert len({key, *others}) == 6
    assert digest("small", "1", prompt, {**asking, "timeout": 60.0}) == key, "how long one waits changes no answer"  # type: ignore[arg-type]


def test_an_answer_that_breaks_off_is_not_kept(run, script: Script) -> None:  # type: ignore[no-untyped-def]
    kept = Answers("small", recording=True)
    run(kept, ScriptedLLM(("a ket", ModelUnavailable("gone")), "1 Steel.\n"))
    (file,) = kept.save()
    assert "ket" not in file.read_text("utf-8")


def test_recording_everything_lets_go_of_what_is_not_asked_any_more(run, script: Script) -> None:  # type: ignore[no-untyped-def]
    _, (file,) = recorded(run, script, "a kettle, please", "1 Steel.\n")
    old = {"key": "old", "answer": "", "of": "gone", "tokens": [1, 1], "seconds": 1}
    file.write_text(file.read_text("utf-8") + json.dumps(old) + "\n", "utf-8")
    recorded(run, script, "a kettle, please", "1 Steel.\n")
    assert "old" in file.read_text("utf-8"), "a part of the dialogues was played"
    recorded(run, script, "a kettle, please", "1 Steel.\n", whole=True)
    assert '"old"' not in file.read_text("utf-8")


def test_recorded_seconds_count(run, script: Script) -> None:  # type: ignore[no-untyped-def]
    _, (file,) = recorded(run, script, "a kettle, please", "1 Steel.\n")
    rows = [{**json.loads(line), "seconds": 40.0} for line in file.read_text("utf-8").splitlines()]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert run(Answers("small")).play.moments[0].seconds >= 80


@pytest.mark.parametrize("model", ["recorded", "none"])
def test_recording_needs_a_model(settings: Settings, model: str) -> None:
    with pytest.raises(BadInput, match="needs a model"), opened(settings.model_copy(update={"model": model}), record=True):
        pass
