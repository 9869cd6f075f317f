"""`rapport evaluate retrieval`: queries with graded judgments, found by meaning, by words, and by both as in a turn.

The folder holds a catalogue and `judgments.csv` (query, docid, rating: 0 irrelevant to 3 exact).
`tests/test_evaluate_retrieval.py`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.check.evaluate.library import Library, embedded, opened
from bot.check.evaluate.measures import Counts, difference, figure, mean_of, measured
from bot.check.evaluate.result import Kind, Row, Table
from bot.check.evaluate.run import Outcome, Run
from bot.errors import BadInput

if TYPE_CHECKING:
    from vectorstore.item import Item

MEASURES = ("nDCG@10", "R@10", "R@50", "RR@10")
JUDGMENTS = "judgments.csv"
_DEEP = 100

Judgments = dict[str, dict[str, int]]


def evaluate(run: Run) -> Outcome:
    """Every query over the judged products, and over the whole catalogue."""
    folder = run.data if run.data.is_dir() else run.data.parent
    path = run.data if run.data.is_file() else folder / JUDGMENTS
    judged = judgments(path)
    items, refused = _items(folder, path, run)
    known = {item.id for item in items}
    lost = sorted({doc for grades in judged.values() for doc in grades} - known)
    nothing = [q for q, grades in judged.items() if not any(g > 0 for d, g in grades.items() if d in known)]
    asked = {q: {d: g for d, g in grades.items() if d in known} for q, grades in judged.items() if q not in nothing}
    asked = dict(list(asked.items())[: run.limit])
    if not asked:
        raise BadInput(f"No query of {path} has a relevant product in the catalogue beside it.")
    pool = {doc for grades in judged.values() for doc in grades}
    whole = opened("the catalogue", items, run.embedder, run.progress)
    part = opened("the judged products", [i for i in items if i.id in pool], run.embedder, run.progress)
    embedded(list(asked), run.embedder.queries, run.progress, "embedding queries")
    from bot.check.evaluate.learned import learned

    more, notes = learned(whole, part, items, asked, run)
    tables = (
        table("judged", "the judged products alone", part, asked, run, f"over the {len(part.ids):,} judged products", more[0]),
        table("whole", "the whole catalogue", whole, asked, run, f"over all {len(whole.ids):,} products", more[1]),
    )
    warnings = []
    if lost:
        warnings.append(f"{len(lost)} judged products are not in the catalogue (the first: {lost[0]}); they were left out.")
    if refused:
        warnings.append(f"{refused} rows of the catalogue could not be read; rapport index says which.")
    return Outcome(
        tables=tables,
        protocol=(
            f"{len(asked)} queries with a relevant product ({len(nothing)} without one left out) of {path.name}; grades 0 to 3, "
            "relevant from 1 on.",
            "Over the judged products every product has a grade for some query; over the whole catalogue what nobody "
            "judged counts as irrelevant, so a good find that was not judged costs.",
            "fused is the product's own search: reciprocal rank fusion of both lists, k = 60.",
        ),
        warnings=tuple(warnings),
        notes=notes,
        files=(path,),
    )


def judgments(path: Path) -> Judgments:
    """Grades by query and product. BadInput names a line that is none."""
    if not path.exists():
        raise BadInput(f"There is no {path}: a CSV file with the columns query, docid, rating.")
    found: Judgments = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            try:
                found[row["query"].strip()][row["docid"].strip()] = int(float(row["rating"]))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise BadInput(f"{path}, line {number}: needs query, docid and a number as rating ({error}).") from error
    return dict(found)


def table(
    name: str, title: str, library: Library, judged: Mapping[str, Mapping[str, int]], run: Run, note: str,
    more: Mapping[str, Callable[[str], Sequence[str]]] | None = None,
) -> Table:  # fmt: skip
    """One way of looking, a row a system; `more` are those that learned something."""
    draw = np.random.default_rng(run.seed)
    ways: dict[str, Callable[[str], Sequence[str]]] = {
        "Rapport: fused": lambda q: [c.item.id for c in library.catalogue.search([q], limit=_DEEP)],
        **(more or {}),
        "by meaning alone": lambda q: library.best(library.dense(q), _DEEP),
        "BM25": lambda q: library.best(library.lexicon.bm25(q), _DEEP),
        "chance": lambda q: [library.ids[row] for row in draw.permutation(len(library.ids))[:_DEEP]],
    }
    kinds: dict[str, Kind] = {**dict.fromkeys(more or {}, "ours"), "Rapport: fused": "ours"}
    kinds |= {"by meaning alone": "ablation", "BM25": "baseline", "chance": "chance"}
    counted: dict[str, dict[str, Counts]] = {}
    for system, way in ways.items():
        ranked = {}
        for place, query in enumerate(judged, 1):
            ranked[query] = list(way(query))
            run.progress(f"{title}: {system}", place, len(judged))
        per = measured(ranked, judged, MEASURES)
        counted[system] = {m: mean_of(list(per[m].values()), list(per[m])) for m in MEASURES}
    first = next(iter(counted.values()))
    rows = [
        Row(
            name=system,
            kind=kinds[system],
            figures={m: figure(c, run.seed) for m, c in counts.items()},
            against={m: difference(first[m], c, run.seed) for m, c in counts.items()} if counts is not first else {},
        )
        for system, counts in counted.items()
    ]
    return Table(
        name=name, title=title, measures=MEASURES, rows=tuple(rows), cases=f"{len(judged)} queries {note}",
        note="Each query is a case of its own: resamples are of queries.",
    )  # fmt: skip


def _items(folder: Path, judged: Path, run: Run) -> tuple[list[Item], int]:
    from vectorstore.importers import read, sources
    from vectorstore.item import Item
    from vectorstore.mapping import load

    own = Path(__file__).parents[3] / "vectorstore" / "maps" / f"{folder.name}.yaml"
    mapping = run.mapping or (folder.name if own.exists() else None)
    source_map = load(mapping) if mapping else None
    paths = [p for p in sources(folder, source_map) if p != judged]
    items, refused = [], 0
    for made in read(paths, source_map):
        if isinstance(made, Item):
            items.append(made)
        else:
            refused += 1
    run.progress("reading the catalogue", 1, 1)
    return items, refused
