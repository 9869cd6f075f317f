"""Rows out of files: CSV, JSON, JSONL, YAML and ZIP, as they come, each with the line it stands on.

Nothing here knows what a row means; `importers.py` does. A file that breaks gives one `Reject` for the place where it
broke, and what was readable before it. tests/test_importers.py notices a change.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from vectorstore.item import Frozen

KINDS = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".yaml", ".yml", ".zip")
_DELIMITERS = ",;\t|"
UNPACKED = 500_000_000  # bytes that all files of one archive may come to: a small archive can hold far more than memory does


class Reject(Frozen):
    """Something that did not become an item: where it stands, why, and what was there."""

    file: str
    line: int
    reason: str
    row: str = ""


@dataclass(frozen=True)
class Row:
    """One record as the file has it."""

    file: str
    line: int
    data: dict[str, Any]
    loose: bool = False  # typed by hand (CSV): every value is text and the columns are called as their owner calls them


def rows(path: Path) -> Iterator[Row | Reject]:
    """Every record of one file, by its suffix."""
    try:
        if path.suffix.lower() == ".zip":
            yield from _from_zip(path)
        else:
            yield from _parse(path.name, path.suffix.lower(), path.read_bytes())
    except OSError as error:
        yield Reject(file=path.name, line=0, reason=f"cannot be read: {error.strerror or error}")


def natural(path: Path) -> list[tuple[int, str]]:
    """Sorts 2.json before 10.json."""
    return [(int(p), "") if p.isdigit() else (-1, p.lower()) for p in re.split(r"(\d+)", path.as_posix())]


def decode(data: bytes) -> str:
    """Text of a file whose encoding nobody wrote down: by its mark, else UTF-8, GB18030 or Western, whichever fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # Chinese bytes stand in pairs, accented letters stand alone.
    high = re.findall(rb"[\x80-\xff]+", data)
    paired = sum(len(run) for run in high if len(run) > 1)
    if paired > 0.7 * sum(map(len, high)):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _from_zip(path: Path) -> Iterator[Row | Reject]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and "__MACOSX" not in m.filename]
            readable = [
                m for m in members if Path(m.filename).suffix.lower() in KINDS and not m.filename.endswith(".zip")
            ]
            if not readable:
                yield Reject(file=path.name, line=0, reason="the archive holds no JSON, JSONL, CSV or YAML file")
            left = UNPACKED
            for member in sorted(readable, key=lambda m: natural(Path(m.filename))):
                name = f"{path.name}/{member.filename}"
                try:
                    data = _unpacked(archive, member, left)
                except _UNREADABLE as error:
                    yield Reject(file=name, line=0, reason=f"cannot be unpacked: {error}")
                    continue
                left -= len(data)
                yield from _parse(name, Path(member.filename).suffix.lower(), data)
    except zipfile.BadZipFile as error:
        yield Reject(file=path.name, line=0, reason=f"is no ZIP archive, or a damaged one: {error}")


_UNREADABLE = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """A member's bytes, of which `left` are allowed whatever its heading says. ValueError when it is refused."""
    if Path(member.filename).is_absolute() or ".." in Path(member.filename.replace("\\", "/")).parts:
        raise ValueError("its name leads out of the archive")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # of others no size can be told beforehand
        raise ValueError("it is packed in an unusual way; pack it as ZIP usually is (deflate)")
    with archive.open(member) as packed:
        data = packed.read(left + 1)
    if len(data) > left:
        raise ValueError(f"the archive holds more than {UNPACKED:,} bytes; divide it into several")
    return data


def _parse(name: str, suffix: str, data: bytes) -> Iterator[Row | Reject]:
    readers: dict[str, Callable[[str, str], Iterator[Row | Reject]]] = {
        ".json": _from_json,
        ".jsonl": _from_jsonl,
        ".ndjson": _from_jsonl,
        ".yaml": _from_yaml,
        ".yml": _from_yaml,
        ".csv": _from_csv,
        ".tsv": _from_csv,
        ".txt": _from_csv,
    }
    if suffix not in readers:
        kinds = ", ".join(k for k in KINDS)
        yield Reject(file=name, line=0, reason=f"is of a kind that cannot be read; these can: {kinds}")
        return
    text = decode(data)
    if not text.strip():
        yield Reject(file=name, line=0, reason="is empty")
        return
    try:
        yield from readers[suffix](name, text)
    except RecursionError:
        yield Reject(file=name, line=0, reason="is nested too deeply; the rest of this file was not read")
    except ValueError as error:  # a number of thousands of digits, which Python does not read
        yield Reject(file=name, line=0, reason=f"cannot be read: {error}; the rest of this file was not read")


# JSON


def _no_constant(_: str) -> None:
    """NaN and Infinity are no values."""


_DECODER = json.JSONDecoder(parse_constant=_no_constant)
_SPACE = re.compile(r"\s*")


def _row(name: str, line: int, data: Any) -> Row | Reject:
    if isinstance(data, dict):
        return Row(name, line, data)
    return Reject(
        file=name, line=line, reason="is no object with named fields", row=json.dumps(data, ensure_ascii=False)[:500]
    )


def _from_json(name: str, text: str) -> Iterator[Row | Reject]:
    start = _SPACE.match(text).end()  # type: ignore[union-attr]
    if text[start] == "[":
        yield from _elements(name, text, start)
        return
    try:
        whole = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        if error.msg.startswith("Extra data"):  # one object a line, whatever the suffix says
            yield from _from_jsonl(name, text)
        else:
            yield _broken(name, error)
        return
    if not isinstance(whole, dict):
        yield _row(name, 1, whole)
        return
    lists = [key for key, value in whole.items() if isinstance(value, list) and any(isinstance(v, dict) for v in value)]
    if len(lists) == 1:
        found = re.search(re.escape(json.dumps(lists[0], ensure_ascii=False)) + r"\s*:\s*\[", text)
        if found:
            yield from _elements(name, text, found.end() - 1)
        else:  # the key is written with escapes
            yield from (_row(name, 1, value) for value in whole[lists[0]])
    elif lists:
        yield Reject(
            file=name, line=1, reason=f"holds several lists ({', '.join(lists)}); give a file with one list of items"
        )
    elif whole and all(isinstance(value, dict) for value in whole.values()):
        yield from (_row(name, 1, {"id": key, **value}) for key, value in whole.items())
    else:
        yield Reject(file=name, line=1, reason="holds no list of items", row=text[:500])


def _elements(name: str, text: str, opening: int) -> Iterator[Row | Reject]:
    """The elements of the JSON list that opens at `opening`, one by one, so that what stands before a fault is kept."""
    position, line, counted = opening + 1, text.count("\n", 0, opening + 1) + 1, opening + 1
    while True:
        position = _SPACE.match(text, position).end()  # type: ignore[union-attr]
        if text[position : position + 1] == "]":
            return
        line, counted = line + text.count("\n", counted, position), position
        try:
            value, end = _DECODER.raw_decode(text, position)
            yield _row(name, line, value)
            position = _SPACE.match(text, end).end()  # type: ignore[union-attr]
            if text[position : position + 1] == ",":
                position += 1
            elif text[position : position + 1] != "]":
                raise json.JSONDecodeError("the list is not closed", text, position)
        except json.JSONDecodeError as error:
            yield _broken(name, error)
            return


def _broken(name: str, error: json.JSONDecodeError) -> Reject:
    around = error.doc[max(0, error.pos - 60) : error.pos + 60]
    return Reject(
        file=name,
        line=error.lineno,
        reason=f"broken JSON at column {error.colno}: {error.msg}; nothing after it in this file was read",
        row=around,
    )


def _from_jsonl(name: str, text: str) -> Iterator[Row | Reject]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _row(name, number, json.loads(line, parse_constant=_no_constant))
        except json.JSONDecodeError as error:
            yield Reject(
                file=name, line=number, reason=f"broken JSON at column {error.colno}: {error.msg}", row=line[:500]
            )


# YAML


def _from_yaml(name: str, text: str) -> Iterator[Row | Reject]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        top = loader.get_single_node()
        if isinstance(top, yaml.MappingNode):
            lists = [value for _, value in top.value if isinstance(value, yaml.SequenceNode)]
            top = lists[0] if len(lists) == 1 else top
        if not isinstance(top, yaml.SequenceNode):
            yield Reject(file=name, line=1, reason="holds no list of items", row=text[:500])
            return
        for node in top.value:
            line = node.start_mark.line + 1
            try:
                yield _row(name, line, loader.construct_document(node))
            except (yaml.YAMLError, ValueError, RecursionError) as error:
                yield Reject(file=name, line=line, reason=f"broken YAML: {error}")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        yield Reject(file=name, line=line, reason=f"broken YAML: {error.problem}; nothing in this file was read")
    except yaml.YAMLError as error:
        yield Reject(file=name, line=1, reason=f"broken YAML: {error}")
    finally:
        loader.dispose()


# CSV


def _from_csv(name: str, text: str) -> Iterator[Row | Reject]:
    text = text.replace("\x00", "")
    first = next((line for line in text.splitlines() if line.strip(_DELIMITERS + " ")), "")
    bare = re.sub(r'"[^"]*"', "", first)
    delimiter = max(_DELIMITERS, key=bare.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] = []
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield Reject(file=name, line=reader.line_num, reason=f"broken CSV: {error}")
            line = reader.line_num + 1
            continue
        here, line = line, reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [cell.strip() or f"column {n}" for n, cell in enumerate(cells, 1)]
            twice = sorted({h for h in header if header.count(h) > 1})
            if twice:
                header = [h if header.index(h) == n else f"{h} {n + 1}" for n, h in enumerate(header)]
            continue
        extra = [cell for cell in cells[len(header) :] if cell.strip()]
        raw = delimiter.join(cells)[:500]
        if extra:
            reason = (
                f"has {len(cells)} cells under {len(header)} headings; put text that holds a {delimiter!r} in quotes"
            )
            yield Reject(file=name, line=here, reason=reason, row=raw)
        elif here + 50 < line and len(cells) < len(header):
            yield Reject(file=name, line=here, reason="a quotation mark is opened and never closed", row=raw)
        else:
            yield Row(name, here, {h: c.strip() for h, c in zip(header, cells, strict=False)}, loose=True)
    if not header:
        yield Reject(file=name, line=1, reason="has no heading row")
