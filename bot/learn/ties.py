"""The knowledge graph as a source: what hangs together with something that the person loves or named speaks for an item.

Seeds are items that were liked or named ("something like Heat", "I loved Heat") and entities that a wish names. Their
personalised PageRank (`vectorstore/graph.py`) is the value of the term; the likeliest path of at most two edges is its
reason. What no such path reaches has no term: nothing is added that cannot be told. `tests/test_graph.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.learn.sources import Asked, Said, Voice, contribution
from bot.phrases import phrase
from bot.state import Language
from bot.topic import Kinds
from vectorstore.catalogue import Candidate
from vectorstore.edges import plain
from vectorstore.graph import ITEM, RESTART, Graph, Path
from vectorstore.info import CatalogueInfo
from vectorstore.relations import FITS, PEOPLE, SINGLE

STRONG = RESTART * 0.04  # rank of full value: a shared director reaches it, a genre is far below
LEAST = 0.01  # what adds less is left out
TOLD = 0.2  # value from which on a tie is a reason worth a card
SEEDS = 8  # the latest count
PROPOSED = 10
NAMED = 0.7  # of something that was named and not said to be loved
_LOVE = re.compile(
    r"\b(?:(?<!'d )(?<!would )love|loved|loving|adored?|enjoyed|liked|(?:i|we) (?:really |do |also )?like|favou?rites?|fan of)\b"
    r"|喜欢|最爱|很爱|爱看|爱听|爱用",
    re.I,
)
How = Literal["loved", "liked", "named"]  # in their words, by a press or by taking it, or neither

_HOW = {"loved": "tie_loved", "liked": "tie_liked"}
_FITTING = {"goes_with": "tie_goes_with", "compatible_with": "tie_compatible_with", "part_of": "tie_part_of"}


@dataclass(frozen=True)
class Seed:
    """A node that the person loves or named."""

    node: int
    weight: float
    how: How


@dataclass(frozen=True)
class Ties:
    """What hangs together with the seeds of a turn."""

    asked: Asked
    graph: Graph
    seeds: tuple[Seed, ...]
    ranks: Mapping[int, float]

    @property
    def proposed(self) -> Sequence[str]:
        """The items that hang on the seeds the most."""
        own = {seed.node for seed in self.seeds}
        items = [node for node in self.ranks if node not in own and self.graph.nodes[node].kind == ITEM]
        strong = sorted((n for n in items if self._value(n) >= 0.3), key=lambda n: (-self.ranks[n], n))[:PROPOSED]
        told = self._paths(strong)
        return [self.graph.nodes[node].name for node in strong if node in told]

    def terms(self, candidates: Sequence[Candidate], said: Said) -> Said:
        """The term of each candidate that a path leads to, with the path as its reason."""
        own = {seed.node for seed in self.seeds}
        nodes = {n: c.item.id for c in candidates if (n := self.graph.item(c.item.id)) is not None and n not in own}
        weight = self.asked.settings.graph * self.asked.fade
        nodes = {node: id for node, id in nodes.items() if weight * self._value(node) >= LEAST}
        works = bool(Kinds.of(self.asked.catalogue).everything)
        found = {}
        for node, (seed, path) in self._paths(nodes).items():
            words = told(self.graph, path, seed.how, self.asked.catalogue.info, self.asked.language, works)
            value = self._value(node)
            card = value >= TOLD and self._share(seed, path) >= 1 / 3 and not self._wished(path)
            found[nodes[node]] = (contribution("graph", words, weight, value, reason=card),)
        return found

    def _value(self, node: int) -> float:
        return min(1.0, len(self.seeds) * self.ranks.get(node, 0.0) / STRONG)

    def _share(self, seed: Seed, path: Path) -> float:
        """How much of an item's rank comes by a path: what is mostly many small ties is told by none of them."""
        walked = seed.weight / sum(s.weight for s in self.seeds) * (1 - RESTART) ** len(path.relations) * path.strength
        return RESTART * walked / self.ranks[path.nodes[-1]]

    def _wished(self, path: Path) -> bool:
        """Whether a wish names what a path leads over: then the item's answer to that tells it already."""
        over = self.graph.nodes[path.nodes[1]]
        names = {plain(over.name), *map(plain, over.names.values())}
        return over.kind != ITEM and any(plain(point.text) in names for point in self.asked.profile.points)

    def _paths(self, nodes: Sequence[int] | Mapping[int, str]) -> dict[int, tuple[Seed, Path]]:
        """For each node the seed and the path that lead to it the most."""
        best: dict[int, tuple[Seed, Path]] = {}
        for seed in self.seeds:
            for node, path in self.graph.paths(seed.node, nodes).items():
                if tellable(self.graph, path) and (
                    node not in best or seed.weight * path.strength > best[node][0].weight * best[node][1].strength
                ):
                    best[node] = seed, path
        return best


def ties(asked: Asked) -> Voice | None:
    """The source. It has nothing to say unless something was liked or named."""
    liked, named, wished = _meant(asked)
    if not asked.settings.graph or not (liked or named or wished):
        return None
    graph = Graph.ready(asked.catalogue)
    if graph is None:
        return None
    seeds: dict[int, Seed] = {}
    for id in liked:
        if (node := graph.item(id)) is not None:
            seeds[node] = Seed(node, 1.0, "liked")
    for id in named:
        if (node := graph.item(id)) is not None:
            seeds.setdefault(node, Seed(node, NAMED, "named"))
    works = bool(Kinds.of(asked.catalogue).everything)
    for text, (weight, how) in wished.items():
        for node in graph.named(text):
            if works if graph.nodes[node].kind == ITEM else _leads_on(graph, node):
                seeds.setdefault(node, Seed(node, weight * (1.0 if how == "loved" else NAMED), how))
    latest = tuple(seeds.values())[-SEEDS:]
    return Ties(asked, graph, latest, graph.rank({seed.node: seed.weight for seed in latest})) if latest else None


def _meant(asked: Asked) -> tuple[list[str], list[str], dict[str, tuple[float, How]]]:
    """What the person liked, what they named without saying so, and what their wishes say with its weight."""
    session, reading = asked.session, asked.reading
    named = [id for turn in session.turns if turn.reading.act == "more_like" for id in turn.reading.refers_to]
    named += reading.refers_to if reading.act == "more_like" else ()
    liked = [id for id in session.liked if id not in named]  # "something like this" alone does not say so
    wished: dict[str, tuple[float, How]] = {
        point.text: (point.weight, "loved" if _LOVE.search(point.quote) else "named")
        for point in asked.profile.points
        if point.weight > 0
    }
    return liked, [id for id in named if id not in session.rejected], wished


def _leads_on(graph: Graph, node: int) -> bool:
    """Whether an entity is tied to others, which only edge lists tell: what items state of it counts as a wish already."""
    return any(graph.nodes[end].kind != ITEM and relation != "category" for end, relation, _, _ in graph.steps(node))


def tellable(graph: Graph, path: Path) -> bool:
    """Whether a path is a reason: one edge, or two over an entity; over an item only where both fit to it."""
    if len(path.relations) == 1:
        return graph.nodes[path.nodes[0]].kind == ITEM
    return graph.nodes[path.nodes[1]].kind != ITEM or set(path.relations) <= FITS


def told(graph: Graph, path: Path, how: How, info: CatalogueInfo, language: Language, works: bool) -> str:
    """A path in words, from its seed to an item: "same director as Heat, which you loved"."""
    seed = graph.nodes[path.nodes[0]]
    title = seed.called(language)
    if seed.kind == ITEM and works:
        title = phrase("tie_work", language, title=title)
    if how != "named":
        title = phrase(_HOW[how], language, title=title)
    relation = path.relations[-1]
    if len(path.relations) == 1:
        if relation in FITS:
            return phrase(_FITTING[relation], language, title=title)
        return phrase("tie_direct", language, field=info.label(relation, language), title=title)
    name = graph.nodes[path.nodes[1]].called(language)
    if graph.nodes[path.nodes[1]].kind == ITEM:
        return phrase("tie_beside", language, shared=name, title=title)
    if len(set(path.relations)) == 1 and relation in SINGLE:
        words = "tie_same_person" if relation in PEOPLE else "tie_same"
        return phrase(words, language, field=info.label(relation, language), title=title)
    return phrase("tie_with" if {*path.relations} <= PEOPLE else "tie_shared", language, shared=name, title=title)
