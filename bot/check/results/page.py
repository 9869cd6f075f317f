"""`rapport report`: one HTML page of a folder of results, which needs no network, with the history over versions.

Style sheet and charts are in the page itself. `tests/test_results_page.py` notices a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from html import escape
from pathlib import Path

from bot.check.results import charts
from bot.check.results.history import falls, key, lines
from bot.check.results.result import Cell, Figure, Result, Table, shown, version

_ORDER = ("understanding", "retrieval", "constraints", "redial", "opendialkg", "inspired", "simulate", "latency", "dialogues")
_TITLES = {
    "understanding": ("How it reads people", "Gold dialogues, message by message: wishes, signs, limits, kinds of error."),
    "retrieval": ("How it finds", "Queries with graded judgments over a real catalogue."),
    "constraints": ("How it keeps limits", "Shopping cases whose answers are checked by a program."),
    "redial": ("ReDial", "Recommendation in recorded film dialogues: the whole catalogue, mentioned films removed."),
    "opendialkg": ("OpenDialKG", "Recommendation in recorded film dialogues: the whole catalogue, mentioned films removed."),
    "inspired": ("INSPIRED", "Recommendation in recorded film dialogues: the whole catalogue, mentioned films removed."),
    "simulate": ("People with a hidden target", "They wish, answer, turn down and change their mind; they never say the title."),
    "latency": ("How long a turn takes", "Seconds from the message's arrival."),
    "dialogues": ("Scripted dialogues", "Talks that were written down with what must hold after each message."),
}  # fmt: skip
_FIRST = {  # the figures at the top, where they are there
    "understanding": ("interest F1", "F1", "joint state"), "retrieval": ("nDCG@10",), "constraints": ("kept", "success"),
    "redial": ("R@10", "R@1"), "opendialkg": ("R@10", "R@1"), "inspired": ("R@10",),
    "simulate": ("success", "turns", "leaks"), "latency": ("items on screen, s", "last word, s"), "dialogues": ("passed",),
}  # fmt: skip


def page(results: Mapping[Path, Result], history: Sequence[Result] = ()) -> str:
    """The whole page."""
    told = sorted(results.items(), key=lambda pair: (_place(pair[1].name), str(pair[0])))
    groups: dict[str, list[tuple[Path, Result]]] = {}
    for path, result in told:
        groups.setdefault(result.name, []).append((path, result))
    past = lines(history)
    body = [_tiles([r for _, r in told])]
    body += [_group(name, some) for name, some in groups.items()]
    if history:
        body.append(_history(past, [r for _, r in told]))
    names = [*groups, *(["history"] if history else [])]
    links = "".join(f'<a href="#{escape(n)}">{escape(_title(n))}</a>' for n in names)
    style = (Path(__file__).parent / "page.css").read_text("utf-8")
    made = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Rapport: report</title><style>{style}</style></head><body>"
        f'<header>{_RINGS}<span class="word">Rapport</span><span class="when">{escape(version())}, {made}</span></header>'
        f"<main><h1>How good it is</h1><nav>{links}</nav>{''.join(body)}</main></body></html>\n"
    )


def _title(name: str) -> str:
    return "History" if name == "history" else _TITLES.get(name, (name, ""))[0]


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _tiles(results: Iterable[Result]) -> str:
    """The few figures that a person asks for first."""
    tiles = []
    for result in results:
        model = result.settings.get("model")
        for name in [n for n in _FIRST.get(result.name, ()) if n in result.figures][:3] or list(result.figures)[:1]:
            of = _title(result.name) + (f", {model}" if isinstance(model, str) and model else "")
            tiles.append(
                f'<li><span class="of">{escape(of)}</span><strong>{_value(result.figures[name])}</strong>'
                f'<span class="what">{escape(name)}</span>{_range(result.figures[name])}</li>'
            )
    return f'<ul class="tiles">{"".join(tiles)}</ul>' if tiles else '<p class="none">There are no results in this folder yet.</p>'


def _group(name: str, some: Sequence[tuple[Path, Result]]) -> str:
    title, said = _TITLES.get(name, (name, ""))
    parts = [f'<section id="{escape(name)}"><h2>{escape(title)}</h2><p class="lead">{escape(said)}</p>']
    parts += [_result(path, result, len(some) > 1) for path, result in some]
    return "".join([*parts, "</section>"])


def _result(path: Path, result: Result, several: bool) -> str:
    settings = [f"{k} {_setting(v)}" for k, v in result.settings.items() if v not in (None, "", []) and k != "protocol"]
    made = ", ".join([f"Rapport {result.version}" if result.version else "", result.made[:10], *settings]).strip(", ")
    model = str(result.settings.get("model") or "")
    parts = ['<article class="card">']
    if several:
        parts.append(f"<h3>{escape(model or path.stem)}</h3>")
    parts.append(f'<p class="made">{escape(made)}</p>')
    notes = [f'<p class="note">{escape(note)}</p>' for note in result.notes]
    if len(notes) > 2:
        notes = [f"<details><summary>{len(notes)} warnings and notes</summary>", *notes, "</details>"]
    parts += notes
    protocol = result.settings.get("protocol")
    if isinstance(protocol, list) and protocol:
        items = "".join(f"<li>{escape(line)}</li>" for line in protocol)
        parts.append(f"<details><summary>Protocol</summary><ul>{items}</ul></details>")
    for curve in result.curves:
        parts.append(f"<h4>{escape(curve.title)}</h4>{charts.lines(curve)}")
    for chart in result.bars:
        unit = f' <span class="unit">{escape(chart.unit)}</span>' if chart.unit else ""
        note = f'<p class="made">{escape(chart.note)}</p>' if chart.note else ""
        parts.append(f"<h4>{escape(chart.title)}{unit}</h4>{charts.bars(chart)}{note}")
    first = not result.curves and not result.bars
    parts += [_table(t, open_=first or n == 0 or len(t.rows) <= 12) for n, t in enumerate(result.tables)]
    return "".join([*parts, "</article>"])


def _table(table: Table, open_: bool) -> str:
    head = "".join(f"<th>{escape(column)}</th>" for column in table.columns)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    note = f'<p class="made">{escape(table.note)}</p>' if table.note else ""
    return (
        f"<details{' open' if open_ else ''}><summary>{escape(table.title)}</summary>"
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{note}</details>'
    )


def _cell(cell: Cell) -> str:
    number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    text = shown(cell)
    verdict = {"better": "for", "worse": "against", "met": "for", "not met": "against"}.get(text, "")
    classes = " ".join(filter(None, ("number" if number or text[:1].isdigit() or text[:1] in ".+-−" else "", verdict)))
    return f"<td{f' class={chr(34)}{classes}{chr(34)}' if classes else ''}>{escape(text)}</td>"


def _history(past: Mapping[str, Sequence[Result]], now: Sequence[Result]) -> str:
    """A line an evaluation and its settings, a small curve a figure; what fell is told first."""
    fallen, blocks = [], []
    newest = {key(r): r for r in now}
    for name, results in past.items():
        series = [*results, *([newest[name]] if name in newest and newest[name].made != results[-1].made else [])]
        worse = {d.metric: d for d in falls(series[-2], series[-1])} if len(series) > 1 else {}
        fallen += [f"{name}: {d.metric} fell from {d.a:.3f} to {d.b:.3f} (p {d.p:.3f})" for d in worse.values()]
        cells = []
        for metric in series[-1].figures:
            values = [(r.version, r.figures[metric]) for r in series if metric in r.figures]
            small = charts.spark(
                [f.value for _, f in values], [f.low for _, f in values], [f.high for _, f in values], metric in worse
            )
            steps = " → ".join(f"{v}: {_value(f)}" for v, f in values[-4:])
            fell = " class=fell" if metric in worse else ""
            cells.append(
                f'<li{fell} title="{escape(steps, quote=True)}"><span class="what">{escape(metric)}</span>'
                f"{small}<strong>{_value(values[-1][1])}</strong></li>"
            )
        versions = f"{len(series)} version{'s' if len(series) > 1 else ''}, {series[0].version} to {series[-1].version}"
        blocks.append(
            f'<article class="card"><h3>{escape(name)}</h3><p class="made">{escape(versions)}</p>'
            f'<ul class="sparks">{"".join(cells)}</ul></article>'
        )
    told = "".join(f'<p class="note">{escape(line)}</p>' for line in fallen)
    calm = "" if fallen else '<p class="lead">Nothing fell by more than chance since the version before.</p>'
    return f'<section id="history"><h2>History</h2>{told}{calm}{"".join(blocks)}</section>'


def _value(figure: Figure) -> str:
    return f"{figure.value:,.0f}" if abs(figure.value) >= 100 else f"{figure.value:.3f}".rstrip("0").rstrip(".") or "0"


def _range(figure: Figure) -> str:
    if figure.low is None or figure.high is None or figure.low == figure.high:
        return ""
    return f'<span class="range">{figure.low:.3f} to {figure.high:.3f}</span>'


def _setting(value: Cell | list[str]) -> str:
    return " ".join(value) if isinstance(value, list) else shown(value)


_RINGS = (
    '<svg class="mark" viewBox="0 0 26 26" aria-hidden="true"><circle class="want" cx="9.5" cy="13" r="7.6"/>'
    '<circle class="have" cx="16.5" cy="13" r="7.6"/></svg>'
)
