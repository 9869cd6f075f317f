"""Files become items: `read` yields an `Item` or a `Reject` for every row of a catalogue, and loses none.

`files.py` gets the rows out, `mapping.py` says which field is which, `values.py` reads single values.
tests/test_importers.py notices a change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vectorstore import mapping as maps
from vectorstore.errors import UnknownCatalogue
from vectorstore.files import KINDS, Reject, Row, natural, rows
from vectorstore.item import Item
from vectorstore.mapping import Mapper, SourceMap

__all__ = ["Reject", "read", "sources"]

DESCRIBED_BY = "catalogue.yaml"  # in a folder of *.jsonl files: the catalogue's title, languages and labels
_CHECKED = 5000  # rows in which every source field of a map must occur once


def read(
    paths: Path | str | Sequence[Path | str], mapping: Path | str | Mapping[str, Any] | SourceMap | None = None
) -> Iterator[Item | Reject]:
    """Every row of the files, in order, as an `Item` or as a `Reject` that says where it stands and why.

    `paths` is a file, a folder or several of them; `mapping` a packaged map's name, a map file, or its content. Raises
    `BadMap` when the map does not fit the data and `UnknownCatalogue` when there is nothing at a path.
    """
    source_map = _map(mapping)
    mapper = Mapper(source_map) if source_map else None
    seen: dict[str, str] = {}
    found = chain.from_iterable(map(rows, sources(paths, source_map)))
    for row in _checked(found, source_map):
        if isinstance(row, Reject):
            yield row
            continue
        made = _made(row, mapper)
        if isinstance(made, Item):
            if made.id in seen:
                reason = f"the id {made.id!r} was already used in {seen[made.id]}; the first one is kept"
                yield _reject(row, reason)
                continue
            seen[made.id] = f"{row.file}, line {row.line}"
        yield made


def sources(paths: Path | str | Sequence[Path | str], source_map: SourceMap | None = None) -> list[Path]:
    """The files that `paths` stand for, in the order in which they are read."""
    files: list[Path] = []
    for path in [paths] if isinstance(paths, (str, Path)) else paths:
        path = Path(path)
        if path.is_dir():
            inside = [p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")]
            if (path / DESCRIBED_BY).exists():
                inside = [p for p in inside if p.suffix == ".jsonl"]
            elif source_map and source_map.files:
                inside = [p for p in inside if any(p.match(pattern) for pattern in source_map.files)]
            else:
                inside = [p for p in inside if p.suffix.lower() in KINDS and p.suffix.lower() != ".txt"]
            if not inside:
                raise UnknownCatalogue(f"{path} holds no file that can be read ({', '.join(KINDS)}).")
            files.extend(sorted(inside, key=natural))
        elif path.exists():
            files.append(path)
        else:
            raise UnknownCatalogue(
                f"There is no file or folder {path}. Give the path of a CSV, JSON, JSONL, YAML or ZIP file."
            )
    return files


def _map(mapping: Path | str | Mapping[str, Any] | SourceMap | None) -> SourceMap | None:
    if mapping is None or isinstance(mapping, SourceMap):
        return mapping
    return maps.parse(dict(mapping), "the given map") if isinstance(mapping, Mapping) else maps.load(mapping)


def _checked(found: Iterator[Row | Reject], source_map: SourceMap | None) -> Iterable[Row | Reject]:
    """The rows, after it is sure that the map speaks of fields that the data has."""
    if source_map is None:
        return found
    first = list(islice(found, _CHECKED))
    seen: set[str] = set()
    for row in first:
        if isinstance(row, Row):
            seen.update(row.data)
    if seen:
        source_map.unknown_sources(seen)
    return chain(first, found)


@lru_cache(maxsize=512)
def _guessed(headings: tuple[str, ...], loose: bool) -> Mapper:
    return Mapper(maps.guess(headings, "the columns"), loose)


def _made(row: Row, mapper: Mapper | None) -> Item | Reject:
    data = row.data
    try:
        if mapper is not None:
            return mapper.item(data)
        if not row.loose and {"id", "title"} <= data.keys() <= Item.model_fields.keys():
            return Item.model_validate(data)
        nested = data.get("attributes")
        if isinstance(nested, dict):
            data = {**nested, **{k: v for k, v in data.items() if k != "attributes"}}
        return _guessed(tuple(map(str, data)), row.loose).item(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = " → ".join(map(str, first["loc"]))
        return _reject(row, f"{where}: {first['msg'].lower()} (got {first['input']!r:.80})")
    except ValueError as error:  # Unreadable among them
        return _reject(row, str(error))
    except RecursionError:
        return Reject(file=row.file, line=row.line, reason="is nested too deeply")


def _reject(row: Row, reason: str) -> Reject:
    written = json.dumps(row.data, ensure_ascii=False, default=str)
    return Reject(file=row.file, line=row.line, reason=_whole(reason), row=_whole(written))


def _whole(text: str) -> str:
    """The text without half characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
