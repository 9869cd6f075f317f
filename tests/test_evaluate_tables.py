"""What is printed and written: figures, marks, warnings, Markdown, plots with and without matplotlib."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path

import pytest
from rich.console import Console

from bot.check.evaluate import plots, tables
from bot.check.evaluate.command import evaluated
from bot.check.evaluate.measures import Difference, Figure
from bot.check.evaluate.result import Result, Row, Table
from bot.check.evaluate.run import Outcome, Run, evaluate, stem_of, write
from bot.errors import BadInput
from bot.settings import Settings

OURS = Row(name="Rapport", kind="ours", figures={"R@10": Figure(value=0.2, low=0.15, high=0.25)})
CLOSE = Row(
    name="close", kind="ablation", figures={"R@10": Figure(value=0.19, low=0.14, high=0.24)},
    against={"R@10": Difference(value=0.01, low=-0.01, high=0.03)},
)  # fmt: skip
FAR = Row(
    name="far", kind="baseline", figures={"R@10": Figure(value=0.02, low=0.01, high=0.03)},
    against={"R@10": Difference(value=0.18, low=0.12, high=0.24)},
)  # fmt: skip
THEIRS = Row(name="GPT-4", kind="published", figures={"R@10": 0.201}, source="He et al. 2023")
TABLE = Table(name="new", title="new items", measures=("R@1", "R@10"), rows=(OURS, CLOSE, FAR, THEIRS), cases="9 films")
RESULT = Result(
    evaluation="redial", version="0.1", created="2026-01-01T00:00:00+00:00", data={"valid.jsonl": "abc"},
    settings={"model": None, "seed": 0}, protocol=("how",), tables=(TABLE,), warnings=("a leak",), notes=("a note",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "said"), [(0.7444, ".744"), (1, "1.000"), (0, ".000"), (-0.012, "-.012"), (12, "12"), (1234.5, "1,234.5")]
)
def test_numbers(value: float, said: str) -> None:
    assert tables.number(value) == said


def test_what_is_inside_the_noise_is_marked_and_told() -> None:
    assert tables.cell(OURS, "R@10", TABLE) == ".200 [.150, .250]"
    assert tables.cell(CLOSE, "R@10", TABLE) == ".190 [.140, .240] ≈"
    assert tables.cell(FAR, "R@10", TABLE) == ".020 [.010, .030]"
    alone = OURS.model_copy(update={"figures": {"R@10": Figure(value=0.2, low=0.2, high=0.2, dialogues=1)}})
    assert tables.cell(alone, "R@10", TABLE) == ".200"
    assert tables.cell(THEIRS, "R@10", TABLE) == ".201" and tables.cell(THEIRS, "R@1", TABLE) == "–"
    assert tables.noise(RESULT) == ["new items: inside the noise of 9 films, from Rapport: close (R@10)."]


def test_the_terminal() -> None:
    page = io.StringIO()
    tables.show(Console(file=page, width=80), RESULT)
    text = page.getvalue()
    for said in ("redial: new items", ".200\u00a0±.050", ".190\u00a0±.050≈", "GPT-4 (theirs)", "Warning: a leak", "a note"):
        assert said in text
    assert max(map(len, text.split("\n"))) <= 80


def test_a_wide_table_lies_on_its_side() -> None:
    names = tuple(f"a long measure {n}" for n in range(7))
    row = Row(name="all", kind="ours", figures=dict.fromkeys(names, Figure(value=0.5, low=0.4, high=0.6)))
    wide = Table(name="w", title="wide", measures=names, rows=(row,), cases="9 turns", lower_is_better=names[:1])
    for width, lying in ((80, True), (200, False)):
        page = io.StringIO()
        tables.show(Console(file=page, width=width), RESULT.model_copy(update={"tables": (wide,)}))
        text = page.getvalue()
        assert "a long measure 0 ↓" in text and "a long measure 6" in text and "…" not in text
        assert (text.count(".500\u00a0±.100") == 7) and (len([x for x in text.split("\n") if ".500" in x]) == (7 if lying else 1))


def test_markdown() -> None:
    text = tables.markdown(RESULT, ["x.svg"])
    assert "| **Rapport** |  | – | .200 [.150, .250] |" in text
    assert "| GPT-4 | theirs: He et al. 2023 | – | .201 |" in text
    assert "![x.svg](x.svg)" in text and "- a leak" in text and "valid.jsonl (abc)" in text


def test_the_files(tmp_path: Path) -> None:
    written = write(RESULT, tmp_path)
    assert [p.name for p in written[:2]] == ["redial.json", "redial.md"]
    assert Result.model_validate_json(written[0].read_text("utf-8")) == RESULT
    drawn = [p.name for p in written[2:]]
    assert drawn == (["redial-1-new.svg"] if importlib.util.find_spec("matplotlib") else [])


def test_without_matplotlib_there_are_no_plots_and_one_line_says_so(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    missing = {"matplotlib"}
    monkeypatch.setattr(plots.importlib.util, "find_spec", lambda name, *rest: None if name in missing else find(name, *rest))
    monkeypatch.setattr("bot.check.evaluate.command.evaluate", lambda run: RESULT)
    page = io.StringIO()
    written = evaluated(settings, "redial", tmp_path, tmp_path / "out", console=Console(file=page, width=200))
    assert [p.suffix for p in written] == [".json", ".md"]
    assert page.getvalue().count(plots.MISSING.split(":")[0]) == 1


def test_models_stand_side_by_side() -> None:
    assert stem_of("understanding", "none") == "understanding-none"
    assert stem_of("understanding", "/models/big one.gguf") == "understanding-big-one.gguf"
    assert stem_of("redial") == "redial"


def test_a_result_says_how_it_came_about(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "gold.jsonl"
    source.write_text("x", "utf-8")
    outcome = Outcome(tables=(TABLE,), protocol=("how",), files=(source,), warnings=("a leak",))
    monkeypatch.setattr("bot.check.evaluate.understanding.evaluate", lambda run: outcome)
    result = evaluate(Run("understanding", source, settings, tmp_path / "work", seed=4))
    assert result.data == {"gold.jsonl": "2d711642b726"}  # SHA-256 of "x"
    assert (result.settings["model"], result.settings["seed"]) == ("none", 4)
    assert result.warnings == ("a leak", *tables.noise(RESULT))


@pytest.mark.parametrize(
    ("name", "place", "said"), [("nothing", ".", "There are: understanding"), ("redial", "gone", "nothing at")]
)
def test_what_is_not_there_is_told(tmp_path: Path, settings: Settings, name: str, place: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        evaluate(Run(name, tmp_path / place, settings, tmp_path))


def test_only_constraints_bring_their_own_cases(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(BadInput, match="--data"):
        evaluated(settings, "redial", None, tmp_path, console=Console(file=io.StringIO()))
