"""Edge lists: relations between things that no field of an item states, one edge a line, out of files.

Two forms are read. A CSV with the columns source, relation, target:

    source,relation,target
    USB-C charger 30 W,compatible_with,Pixel 8

and the JSON form of published knowledge graphs, {"8": [[0, 12], …]}: for each source its (relation, target) pairs, all
by number, with `entity2id.json` and `relation2id.json` beside it that say which number is which name. An end is an
item's id, an item's title (with its year in brackets or without), or the name of anything else. tests/test_graph.py.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from vectorstore.errors import CatalogueError
from vectorstore.files import decode
from vectorstore.info import DESCRIBED_BY
from vectorstore.item import Item
from vectorstore.words import fold, unaccented

EDGES = "edges.csv"  # in the folder of an indexed catalogue
COLUMNS = ["source", "relation", "target"]
_NAMES, _RELATIONS = "entity2id.json", "relation2id.json"


class Edge(NamedTuple):
    """One relation between two things, by their names."""

    source: str
    relation: str
    target: str


def read_edges(path: Path) -> list[Edge]:
    """The edges of a file, in its order. CatalogueError names the file and the line, or the entry, that is wrong."""
    if not path.is_file():
        raise CatalogueError(f"There is no edge list {path}. Give a CSV with the columns {', '.join(COLUMNS)}, or a JSON graph.")
    return _from_json(path) if path.suffix.lower() == ".json" else _from_csv(path)


def indexed_edges(folder: Path) -> list[Edge]:
    """What was indexed with the catalogue in a folder; nothing where it has no edge list."""
    return read_edges(folder / EDGES) if (folder / EDGES).exists() else []


@lru_cache(maxsize=200_000)
def plain(name: str) -> str:
    """A name for comparison: case, width, accents and white space folded."""
    return unaccented(fold(name))


def edges_of(files: Iterable[Path], items: Iterable[Item], weighed: Iterable[str]) -> list[Edge]:
    """The edges of all `files`, to be kept with a catalogue.

    CatalogueError for a broken list, and for a relation that `weighed` names and neither an item nor an edge states.
    """
    edges = [edge for path in files for edge in read_edges(path)]
    known = {name for item in items for name in (*dict(item.facts()), *item.attributes)} | {edge.relation for edge in edges}
    for relation in weighed:
        if relation not in known:
            raise CatalogueError(f"{DESCRIBED_BY}: relations: nothing states {relation!r}. Known: {', '.join(sorted(known))}.")
    return edges


def written(edges: Iterable[Edge]) -> str:
    """The edges as a CSV that `read_edges` reads."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(edges)
    return text.getvalue()


def relation_name(said: str) -> str:
    """A relation as a field is written: 'Works with' and 'works-with' are works_with."""
    return re.sub(r"[\s-]+", "_", said.strip()).lower()


def _from_csv(path: Path) -> list[Edge]:
    edges: list[Edge] = []
    reader = csv.reader(io.StringIO(decode(path.read_bytes()), newline=""))
    try:
        for cells in reader:
            said = [cell.strip() for cell in cells]
            if not any(said):
                continue
            if len(said) != 3 or not all(said):
                raise CatalogueError(
                    f"{path}, line {reader.line_num}: an edge is {', '.join(COLUMNS)}; this line has "
                    f"{len([cell for cell in said if cell])} of them: {','.join(cells)[:80]!r}."
                )
            if [cell.lower() for cell in said] != COLUMNS:
                edges.append(Edge(said[0], relation_name(said[1]), said[2]))
    except csv.Error as error:
        raise CatalogueError(f"{path}, line {reader.line_num}: broken CSV: {error}.") from error
    return edges


def _from_json(path: Path) -> list[Edge]:
    names, relations = _numbered(path, _NAMES), _numbered(path, _RELATIONS)
    found = _loaded(path)
    if not isinstance(found, dict):
        raise CatalogueError(f'{path}: a graph is {{"source": [[relation, target], …]}} by number, not a {type(found).__name__}.')
    edges: list[Edge] = []
    for source, pairs in found.items():
        for pair in pairs if isinstance(pairs, list) else [pairs]:
            if not isinstance(pair, list) or len(pair) != 2:
                raise CatalogueError(f"{path}, entry {source!r}: an edge is [relation, target], not {json.dumps(pair)[:60]}.")
            edge = names.get(str(source)), relations.get(str(pair[0])), names.get(str(pair[1]))
            if None in edge:
                missing = (source, pair[0], pair[1])[edge.index(None)]
                where = _RELATIONS if edge.index(None) == 1 else _NAMES
                raise CatalogueError(f"{path}, entry {source!r}: {where} beside it names no {missing!r}.")
            edges.append(Edge(str(edge[0]), relation_name(str(edge[1])), str(edge[2])))
    return edges


def _numbered(path: Path, name: str) -> dict[str, str]:
    """What each number is called, from the file `name` beside `path`."""
    beside = path.with_name(name)
    if not beside.is_file():
        raise CatalogueError(f"{path} names things by number, and {beside} is not there to say which.")
    said = _loaded(beside)
    if not isinstance(said, dict):
        raise CatalogueError(f'{beside}: names are {{"name": number}}, not a {type(said).__name__}.')
    return {str(number): str(called) for called, number in said.items()}


def _loaded(path: Path) -> Any:
    try:
        return json.loads(decode(path.read_bytes()))
    except json.JSONDecodeError as error:
        raise CatalogueError(f"{path}, line {error.lineno}: broken JSON: {error.msg}.") from error
