"""Proves the sample catalogues: `python -m vectorstore.check [NAME…]` reads every row and prints what is wrong and what there is.

Texts against attributes, English against Chinese, items against one another, names against the real world: each rule
stands in `vectorstore/checks`. A finding says file:line, id, what, and what to do; with any that is serious the command
ends with 1. Warnings are for the eye. tests/test_catalogues.py runs it and plants every flaw.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from vectorstore.checks import agreement, languages, names, numbers, records, wording
from vectorstore.checks.finding import Finding, Row, Samples
from vectorstore.constraints import as_values
from vectorstore.errors import CatalogueError
from vectorstore.info import DESCRIBED_BY, describe, read_description
from vectorstore.item import Item
from vectorstore.samples import SAMPLES

_ROW_CHECKS = (
    *agreement.CHECKS,
    numbers.against_attributes,
    numbers.between_languages,
    *languages.CHECKS,
    *wording.CHECKS,
    *names.CHECKS,
    *records.CHECKS,
)
_VALUES_SHOWN = 8


def folders(root: Path = SAMPLES) -> list[Path]:
    """The sample catalogues: folders that hold items."""
    return sorted(folder for folder in root.iterdir() if any(folder.glob("*.jsonl")))


def load(folder: Path) -> tuple[Samples, list[Finding]]:
    """A folder's rows in order, and a finding for every row that is no item."""
    rows: list[Row] = []
    broken: list[Finding] = []
    for file in sorted(folder.glob("*.jsonl")):
        shown = f"{folder.name}/{file.name}"
        for number, text in enumerate(file.read_text("utf-8").splitlines(), 1):
            if not text.strip():
                continue
            try:
                rows.append(Row(Item.model_validate_json(text), shown, number))
            except ValidationError as error:
                first = error.errors()[0]
                what = f"{' → '.join(map(str, first['loc'])) or 'the line'}: {first['msg']}"
                broken.append(Finding("row", f"{shown}:{number}", _id(text), what, "correct the line"))
    described = f"{folder.name}/{DESCRIBED_BY}"
    try:
        said = read_description(folder)
    except CatalogueError as error:
        said = {}
        broken.append(Finding("description", described, folder.name, str(error), "correct the file"))
    info = describe(folder.name, [row.item for row in rows], said)
    return Samples(folder.name, info, said, tuple(rows), described), broken


def _id(text: str) -> str:
    try:
        return str(json.loads(text).get("id", "?"))
    except (ValueError, AttributeError):
        return "?"


def check(samples: Samples) -> Iterator[Finding]:
    """Every finding in a catalogue, row by row, then of the whole."""
    for row in samples.rows:
        for rule in _ROW_CHECKS:
            yield from rule(row)
    yield from agreement.other_brands(samples.rows)
    for group in wording.EVERY:
        yield from group(samples.rows)
    for whole in records.EVERY:
        yield from whole(samples)


def counts(samples: Samples) -> str:
    """How many there are of each kind, and what the facets' values are."""
    kinds = Counter(row.item.category[-1] if row.item.category else "no category" for row in samples.rows)
    brands = len({row.item.brand for row in samples.rows if row.item.brand})
    lines = [f"{samples.name}: {len(samples.rows)} items, {len(kinds)} kinds, {brands} brands"]
    lines.append("  kinds: " + ", ".join(f"{name} {count}" for name, count in kinds.most_common()))
    for field in samples.info.facets:
        values: Counter[str] = Counter()
        having = 0
        for row in samples.rows:
            stated = as_values(row.item.fact(field))
            having += bool(stated)
            values.update(str(value) for value in stated)
        lines.append(f"  {field}: {having} items, {len(values)} values" + _most(values))
    return "\n".join(lines)


def _most(values: Counter[str]) -> str:
    shown = ", ".join(f"{value} {count}" for value, count in values.most_common(_VALUES_SHOWN))
    return f": {shown}{', …' if len(values) > _VALUES_SHOWN else ''}" if values else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks the catalogues that are named, all of them when none is; 1 when anything serious was found."""
    parser = argparse.ArgumentParser(prog="python -m vectorstore.check", description="Checks the sample catalogues.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a folder of vectorstore/catalogues; all of them by default")
    parser.add_argument("--root", type=Path, default=SAMPLES, help="where the folders are")
    parser.add_argument("--quiet", action="store_true", help="findings only, no counts and no warnings")
    asked = parser.parse_args(arguments)
    known = {folder.name: folder for folder in folders(asked.root)}
    unknown = [name for name in asked.names if name not in known]
    if unknown:
        parser.error(f"no sample catalogue called {', '.join(unknown)}; there are {', '.join(known)}.")
    serious = 0
    for name in asked.names or known:
        samples, findings = load(known[name])
        findings = list(dict.fromkeys([*findings, *check(samples)]))
        if not asked.quiet:
            print(counts(samples))
        for finding in findings:
            if finding.serious or not asked.quiet:
                print(finding if finding.serious else f"warning: {finding}")
        failing = Counter(finding.rule for finding in findings if finding.serious)
        warnings = len(findings) - failing.total()
        told = ", ".join(f"{rule} {count}" for rule, count in failing.most_common()) or "nothing"
        print(f"{name}: found {told}; {warnings} warnings\n")
        serious += failing.total()
    return 1 if serious else 0


if __name__ == "__main__":
    sys.exit(main())
