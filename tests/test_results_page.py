"""The page of results: it needs no network, shows what is there, says what fell, and keeps others' text as text."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.check.results import Curve, Figure, Result, Table, charts, interval
from bot.check.results.command import report
from bot.check.results.page import page
from bot.check.results.result import Bar, Bars
from bot.errors import BadInput

BY_TURN = Curve(
    title="By turn", x_title="turn", y_title="share", x=(1.0, 2.0), lines={"Rapport": (0.5, 0.7), "BM25": (0.3, 0.4)},
    low={"Rapport": (0.4, 0.6)}, high={"Rapport": (0.6, 0.8)},
)  # fmt: skip


def simulated(**changed: object) -> Result:
    values = (1.0, 1.0, 0.0) * 10
    said: dict[str, object] = {
        "name": "simulate",
        "version": "1",
        "settings": {"model": "none"},
        "curves": (BY_TURN,),
        "tables": (Table(title="Where it broke", columns=("reason", "talks"), rows=(("a <script>alert(1)</script> wish", 3),)),),
        "figures": {"success": interval(values), "turns": Figure(value=2.5, higher_is_better=False)},
        "dialogues": tuple(map(str, range(30))),
        "per_dialogue": {"success": values},
    }  # fmt: skip
    return Result(**{**said, **changed})


def test_the_page_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    html = page({tmp_path / "s.json": simulated()})
    assert not re.search(r"(src|href)=[\"'](?!#)|url\(|@import|https?://", html)
    assert "default-src 'none'" in html and "<script" not in html
    assert "prefers-color-scheme: dark" in html


def test_text_of_others_stays_text(tmp_path: Path) -> None:
    html = page({tmp_path / "s.json": simulated(notes=("<b>bold</b>",))})
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html and "&lt;b&gt;bold" in html


def test_what_is_there_is_shown_in_its_place(tmp_path: Path) -> None:
    rates = Result(name="dialogues", figures={"passed": interval([1.0] * 5)})
    own = Result(name="of my own", figures={"x": Figure(value=3)})
    html = page({tmp_path / "d.json": rates, tmp_path / "s.json": simulated(), tmp_path / "x.json": own})
    places = [html.index(f'<section id="{name}"') for name in ("simulate", "dialogues", "of my own")]
    assert places == sorted(places)
    assert ">0.667<" in html and "Where it broke" in html and "<polyline" in html


def test_a_fall_stands_in_the_history(tmp_path: Path) -> None:
    worse = simulated(
        version="2", made="2026-02-02", figures={"success": interval([0.0] * 30)}, per_dialogue={"success": (0.0,) * 30}
    )
    html = page({tmp_path / "s.json": worse}, [simulated(made="2026-01-01")])
    assert "success fell from 0.667 to 0.000" in html and "class=fell" in html
    calm = page({tmp_path / "s.json": simulated(version="2", made="2026-02-02")}, [simulated(made="2026-01-01")])
    assert "Nothing fell by more than chance" in calm and "class=fell" not in calm


def svg(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def test_bars_are_as_long_as_their_values() -> None:
    rows = (
        Bar(label="a", value=0.5, low=0.4, high=0.6),
        Bar(label="b & c", value=1.0, kind="baseline"),
        Bar(label="d", value=-0.25),
    )
    drawn = svg(charts.bars(Bars(title="t", rows=rows)))
    wide = [float(r.attrib["width"]) for r in drawn.iter("rect")]
    assert wide[1] == pytest.approx(2 * wide[0], abs=0.2) and wide[2] == pytest.approx(wide[0] / 2, abs=0.2)
    assert [t.text for t in drawn.iter("title")] == ["a: 0.5 [0.4, 0.6]", "b & c: 1", "d: -0.25"]
    assert charts.bars(Bars(title="t")) == ""


def test_lines_rise_with_their_values() -> None:
    drawn = svg(charts.lines(simulated().curves[0]))
    lines = [[tuple(map(float, p.split(","))) for p in e.attrib["points"].split()] for e in drawn.iter("polyline")]
    assert [len(line) for line in lines] == [2, 2]
    for (x1, y1), (x2, y2) in lines:
        assert x1 < x2 and y1 > y2, "higher on the page is a smaller y"
    assert len(list(drawn.iter("polygon"))) == 1
    assert svg(charts.spark([0.1, 0.4, 0.2])).tag == "svg" and svg(charts.spark([0.3])).tag == "svg"


def test_a_report_is_written_and_remembered(tmp_path: Path) -> None:
    simulated().save(tmp_path / "results" / "s.json")
    past = tmp_path / "history.jsonl"
    told = report(tmp_path / "results", tmp_path / "out" / "report.html", past, remember=True)
    assert told == [f"{past}: 1 new line", f"{tmp_path / 'out' / 'report.html'}: 1 result, 1 in the history"]
    assert "People with a hidden target" in (tmp_path / "out" / "report.html").read_text("utf-8")
    (tmp_path / "none").mkdir()
    with pytest.raises(BadInput, match="No result lies in"):
        report(tmp_path / "none", tmp_path / "r.html", past)
