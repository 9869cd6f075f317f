"""Whether it pays to let the local model put the first ten in a better order: nDCG@10 before and after, and what it costs.

    python benchmarks/rerank.py JUDGMENTS.csv --catalogue NAME [--queries 56] [--model default]

The model sees the query and ten products as the search put them (title and a few facts, shuffled so that their order tells it
nothing), and names them best first. What it leaves out keeps its place behind; its order alone, and half of it beside the
search's own, are compared with the search over the same queries, with intervals by bootstrap.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.check.evaluate.measures import difference, mean_of
from bot.check.evaluate.retrieval import judgments
from bot.engine import catalogue_root, embedder
from bot.learn.tune import DEEP, ndcg
from bot.llm import Prompt, open_model
from bot.settings import Settings
from vectorstore.catalogue import Catalogue
from vectorstore.item import Item

SYSTEM = """You sort products for a shopper. Read what is wanted and the numbered products. Answer with the numbers alone, the
product that answers best first, separated by spaces. Use every number once."""
GRAMMAR = 'root ::= number (" " number)*\nnumber ::= [1-9] | "10"\n'


def shown(item: Item) -> str:
    """A product in a line, as short as its title and four facts."""
    facts = "; ".join(f"{name}: {value}" for name, value in list(item.facts())[:4] if not isinstance(value, bool))
    return f"{item.title[:90]} ({', '.join(item.category[-1:])}; {facts})"[:220]


def parsed(answer: str, count: int) -> list[int]:
    """The places that it named, in its order; what it left out behind."""
    named = [n - 1 for n in map(int, re.findall(r"\d+", answer)) if 1 <= n <= count]
    return list(dict.fromkeys([*named, *range(count)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("judgments", type=Path)
    parser.add_argument("--catalogue", default="icecat")
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--model", default="default")
    given = parser.parse_args()
    settings = Settings(model=given.model)
    catalogue = Catalogue.open(
        given.catalogue, catalogue_root(settings), embedder(settings.embedding, Path(settings.cache_dir))
    )
    asked = {q: g for q, g in judgments(given.judgments).items() if any(v > 0 and catalogue.get(d) for d, v in g.items())}
    asked = dict(list(asked.items())[: given.queries])
    kept = {doc for grades in asked.values() for doc in grades}
    draw, taken = np.random.default_rng(0), []
    found: dict[str, list[float]] = {"search": [], "model": [], "both": []}
    llm = open_model(settings)
    try:
        while llm.status.stage not in ("ready", "failed", "off"):
            time.sleep(0.3)
        if not llm.status.ready:
            raise SystemExit(llm.status.detail or "The model is off.")
        for number, (query, grades) in enumerate(asked.items(), 1):
            ids = [c.item.id for c in catalogue.search([query], limit=400) if c.item.id in kept][:DEEP]
            order = draw.permutation(len(ids)).tolist()
            lines = "\n".join(f"{n}. {shown(catalogue.get(ids[place]))}" for n, place in enumerate(order, 1))
            begun = time.monotonic()
            answer = "".join(llm.stream(Prompt(SYSTEM, f"Wanted: {query}\n{lines}"), max_tokens=40, timeout=120, grammar=GRAMMAR))
            taken.append(time.monotonic() - begun)
            model = [order[n] for n in parsed(answer, len(ids))]
            both = sorted(range(len(ids)), key=lambda place: place + model.index(place))
            for name, places in (("search", range(len(ids))), ("model", model), ("both", both)):
                found[name].append(ndcg([ids[place] for place in places], grades))
            print(f"\r{number} of {len(asked)}", end="", flush=True)
    finally:
        llm.close()
    print(f"\n{len(asked)} queries over the judged products, the first {DEEP}; nDCG@10")
    own = list(range(len(asked)))
    for name, values in found.items():
        print(told(name, values, found["search"], own))
    print(f"seconds a query: median {np.median(taken):.1f}, p95 {np.percentile(taken, 95):.1f}")


def told(name: str, values: Sequence[float], base: Sequence[float], own: Sequence[int]) -> str:
    apart = difference(mean_of(list(values), own), mean_of(list(base), own))
    return f"{name:8s} {np.mean(values):.3f}  {apart.value:+.3f} [{apart.low:+.3f}, {apart.high:+.3f}]"


if __name__ == "__main__":
    main()
