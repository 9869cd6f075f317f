"""How much processor time the knowledge graph takes: to be built, and in a turn. `python benchmarks/graph.py`

At the sample shop and film library, and at 20,000 films: the library again and again, with other people and titles each
time, the genres the same, so that a genre has thousands of films as in a large catalogue.
"""

from __future__ import annotations

import statistics
import time

from vectorstore.graph import ITEM, Graph
from vectorstore.importers import read
from vectorstore.info import CatalogueInfo, describe, read_description
from vectorstore.item import Item
from vectorstore.samples import SAMPLES

CANDIDATES = 80  # as many as a turn looks at
LARGE = 20_000


def repeated(items: list[Item], count: int) -> list[Item]:
    """`count` items: the same ones with other ids, titles and people each time."""
    found = []
    for number in range(count):
        item, again = items[number % len(items)], number // len(items)
        people = {
            name: tuple(f"{person} {again}" for person in (value if isinstance(value, tuple) else (value,)))
            for name in ("director", "cast")
            if (value := item.attributes.get(name)) is not None
        }
        changed = {"id": f"{item.id}-{again}", "title": f"{item.title} {again}", "attributes": {**item.attributes, **people}}
        found.append(item.model_copy(update={**changed, "translations": {}}))
    return found


def measured(name: str, items: list[Item], info: CatalogueInfo) -> None:
    """One line of figures."""
    begun = time.thread_time()
    graph = Graph.over(items, info)
    built = time.thread_time() - begun
    turns = []
    for number in range(0, len(items), max(1, len(items) // 50)):
        seed = graph.item(items[number].id)
        assert seed is not None
        begun = time.thread_time()
        ranks = graph.rank({seed: 1.0})
        best = sorted((n for n in ranks if graph.nodes[n].kind == ITEM and n != seed), key=lambda n: -ranks[n])
        graph.paths(seed, best[:CANDIDATES])
        turns.append(1000 * (time.thread_time() - begun))
    median, slowest = statistics.median(turns), max(turns)
    print(f"| {name} | {len(items):,} | {len(graph):,} | {built:.2f} | {median:.1f} | {slowest:.1f} |")


def main() -> None:
    """Print the table."""
    print("| catalogue | items | nodes | built in s | a turn in ms | the slowest |\n|---|---|---|---|---|---|")
    for name in ("shop", "films"):
        items = [item for item in read(SAMPLES / name) if isinstance(item, Item)]
        info = describe(name, items, read_description(SAMPLES / name))
        measured(name, items, info)
        if name == "films":
            measured("films, with other people", repeated(items, LARGE), info)


if __name__ == "__main__":
    main()
