"""A neighbourhood of the knowledge graph as a tree of lines, an SVG, a page around it, or Graphviz's DOT. Pure.

The drawing is a tree from left to right: every label has a row of its own, so that none covers another; ties that the tree
leaves out are dashed. Its colours follow the reader's light or dark screen. `tests/test_graph.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from bot.phrases import phrase
from bot.state import Language
from vectorstore.graph import ITEM, Graph
from vectorstore.info import CatalogueInfo
from vectorstore.words import is_chinese

if TYPE_CHECKING:
    import networkx

_ROW, _GAP, _MARGIN, _DOT = 24, 56, 18, 5
_STYLE = """
  svg { background: var(--paper); font: 13px system-ui, sans-serif;
        --paper: #ffffff; --ink: #1d2126; --quiet: #667079; --line: #b8c0c8; --item: #2457c5; --thing: #b4530a; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #16191d; --ink: #e8ebee; --quiet: #9aa4ad; --line: #4a545e; --item: #8db1ff; --thing: #f0a860; }
  }
  text { fill: var(--ink); dominant-baseline: middle; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
  .relation { fill: var(--quiet); } .root { font-weight: 600; }
  path { fill: none; stroke: var(--line); } .other { stroke-dasharray: 3 4; }
  .item { fill: var(--item); } .entity { fill: var(--thing); }
""".rstrip()


@dataclass(frozen=True)
class Line:
    """One node of the tree: how deep it hangs, by which relation, and on which line (its number; -1 for the root)."""

    node: int
    depth: int
    relation: str
    above: int
    name: str
    item: bool

    @property
    def words(self) -> str:
        return f"{self.relation}: {self.name}" if self.relation else self.name


@dataclass(frozen=True)
class Picture:
    """A neighbourhood, ready to be drawn."""

    lines: tuple[Line, ...]  # depth first
    others: tuple[tuple[int, int], ...]  # ties between lines that are not in the tree


def picture(graph: Graph, node: int, info: CatalogueInfo, language: Language, depth: int = 2, most: int = 8) -> Picture:
    """What is around a node, the strongest ties first, with the words of the language."""
    import networkx as nx

    near: networkx.Graph[int] = graph.around(node, depth, most)
    below: dict[int, list[int]] = {here: list(there) for here, there in nx.bfs_successors(near, node)}
    lines: list[Line] = []

    def hang(here: int, deep: int, relation: str, before: str, above: int) -> None:
        known = graph.nodes[here]
        said = "" if relation == before else info.label(relation, language)
        lines.append(Line(here, deep, said, above, known.called(language), known.kind == ITEM))
        place = len(lines) - 1
        for there in sorted(below.get(here, ()), key=lambda n: (-near.edges[here, n]["chance"], n)):
            kind = near.edges[here, there]["relation"]
            hang(there, deep + 1, kind, relation if known.kind != ITEM else "", place)

    hang(node, 0, "", "", -1)
    place = {line.node: number for number, line in enumerate(lines)}
    drawn = {frozenset((line.above, number)) for number, line in enumerate(lines)}
    others = [(place[a], place[b]) for a, b in near.edges if frozenset((place[a], place[b])) not in drawn]
    return Picture(tuple(lines), tuple(others))


def as_text(drawn: Picture) -> Iterator[str]:
    """The tree in lines of text."""
    last = {line.above: number for number, line in enumerate(drawn.lines)}
    for number, line in enumerate(drawn.lines):
        if line.above < 0:
            yield line.words
            continue
        bars, at = "", line.above
        while drawn.lines[at].above >= 0:
            bars = ("   " if last[drawn.lines[at].above] == at else "│  ") + bars
            at = drawn.lines[at].above
        yield bars + ("└─ " if last[line.above] == number else "├─ ") + line.words


def as_svg(drawn: Picture, language: Language) -> str:
    """The tree as a picture that needs nothing else."""
    rows = _rows(drawn)
    depths = range(1 + max(line.depth for line in drawn.lines))
    wide = [max(_width(line.words) for line in drawn.lines if line.depth == depth) for depth in depths]
    left = [_MARGIN + sum(wide[:d]) + d * _GAP for d in range(len(wide))]
    width = left[-1] + wide[-1] + 2 * _MARGIN
    height = 2 * _MARGIN + _ROW * (1 + max(rows))

    def at(number: int) -> tuple[float, float]:
        return left[drawn.lines[number].depth], _MARGIN + _ROW * (rows[number] + 0.5)

    def tie(a: int, b: int, kind: str = "") -> str:
        (x1, y1), (x2, y2) = at(a), at(b)
        x1, bend = x1 + _width(drawn.lines[a].words), x2 - _GAP / 2
        return f'<path{kind} d="M{x1:g} {y1:g} C{bend:g} {y1:g} {bend:g} {y2:g} {x2 - _DOT:g} {y2:g}"/>'

    left_to_right = (sorted(pair, key=lambda n: drawn.lines[n].depth) for pair in drawn.others)
    parts = [tie(a, b, ' class="other"') for a, b in left_to_right]
    parts += [tie(line.above, number) for number, line in enumerate(drawn.lines) if line.above >= 0]
    for number, line in enumerate(drawn.lines):
        x, y = at(number)
        relation = f'<tspan class="relation">{escape(line.relation)}: </tspan>' if line.relation else ""
        root = ' class="root"' if line.above < 0 else ""
        parts.append(f'<circle class="{"item" if line.item else "entity"}" cx="{x:g}" cy="{y:g}" r="{_DOT}"/>')
        parts.append(f'<text{root} x="{x + 2 * _DOT:g}" y="{y:g}">{relation}{escape(line.name)}</text>')
    title = escape(_title(drawn, language))
    inside = "\n  ".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        f'role="img" aria-label="{title}">\n  <title>{title}</title>\n  <style>{_STYLE}\n  </style>\n  {inside}\n</svg>\n'
    )


def as_html(drawn: Picture, language: Language) -> str:
    """A page with the picture, which scrolls where it is larger than the window."""
    title = escape(_title(drawn, language))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n"
        f"<style>:root {{ color-scheme: light dark }} body {{ margin: 0; background: light-dark(#ffffff, #16191d) }}</style>\n"
        f"{as_svg(drawn, language)}</html>\n"
    )


def as_dot(drawn: Picture, language: Language) -> str:
    """The same for Graphviz."""

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    lines = [f"graph {quoted(_title(drawn, language))} {{", "  rankdir=LR; node [shape=box, style=rounded];"]
    lines += [f"  n{n} [label={quoted(line.name)}{'' if line.item else ', shape=plain'}];" for n, line in enumerate(drawn.lines)]
    for number, line in enumerate(drawn.lines):
        if line.above >= 0:
            lines.append(f"  n{line.above} -- n{number}{f' [label={quoted(line.relation)}]' if line.relation else ''};")
    lines += [f"  n{a} -- n{b} [style=dashed, constraint=false];" for a, b in drawn.others]
    return "\n".join([*lines, "}", ""])


FORMS: dict[str, Callable[[Picture, Language], str]] = {".svg": as_svg, ".html": as_html, ".dot": as_dot}


def _title(drawn: Picture, language: Language) -> str:
    return phrase("graph_title", language, title=drawn.lines[0].name)


def _rows(drawn: Picture) -> list[float]:
    """The row of each line: one each for what ends the tree, the middle of its own for what stands above."""
    below: dict[int, list[int]] = {}
    for number, line in enumerate(drawn.lines):
        below.setdefault(line.above, []).append(number)
    rows, free = [0.0] * len(drawn.lines), 0
    for number in range(len(drawn.lines)):
        if number not in below:
            rows[number], free = free, free + 1
    for number in reversed(range(len(drawn.lines))):
        if number in below:
            rows[number] = (rows[below[number][0]] + rows[below[number][-1]]) / 2
    return rows


def _width(words: str) -> float:
    """About how wide words are drawn."""
    return 3 * _DOT + sum(13.5 if is_chinese(letter) else 7 for letter in words)
