"""How the items of a catalogue hang together: a graph of items and entities, joined by typed relations.

Entities are what items state (brand, director, cast, genre, series, material, category, tags) and what edge lists add
(`edges.py`). `Graph.of(catalogue)` builds it once an opened catalogue. A walk leaves a node along a relation in proportion
to its weight (`relations.py`): among a film's edges the director's is likelier than a genre's, and since a walk goes on from
a director to a few films and from a genre to hundreds, a rare tie says more than a common one.

`rank` is personalised PageRank (Page et al. 1999; Haveliwala 2002), as its first steps: the mass that stands at a node
after at most `steps` steps, where a walk ends at each with the chance `RESTART`, and mass too small to matter is let go, so
that its cost does not grow with the catalogue. Plain numpy arrays: they are asked in a turn. `around` gives a part of it to
networkx, to be drawn. tests/test_graph.py works the numbers out by hand.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from vectorstore.catalogue import Catalogue
from vectorstore.constraints import as_values
from vectorstore.edges import Edge, plain
from vectorstore.info import CatalogueInfo
from vectorstore.item import Item
from vectorstore.relations import BETWEEN_ITEMS, called, ends, kind_of, weights

if TYPE_CHECKING:
    import networkx

ITEM = "item"
RESTART = 0.3  # chance that a walk ends where it is: what is two steps away has about a quarter of the mass
STEPS = 4  # item, director, film, actor, film
FAINT = 1e-4  # share of the walks that is let go: they are neither followed on nor told
LARGE = 3000  # items from which on a turn does not wait for the graph
_IN_PATH = " › "


@dataclass(frozen=True)
class Node:
    """An item or an entity. `name` is an item's id; `names` what it is called in each language."""

    kind: str
    name: str
    names: Mapping[str, str] = field(default_factory=dict, hash=False)

    def called(self, language: str) -> str:
        """Its name in a language, else in the one there is."""
        return self.names.get(language) or next(iter(self.names.values()), self.name)


@dataclass(frozen=True)
class Path:
    """How one node leads to another: the nodes by number, both ends included, and the relations between them."""

    nodes: tuple[int, ...]
    relations: tuple[str, ...]
    strength: float  # the chance that a walk takes it


class Graph:
    """Nodes by number, and for each its edges. Safe to read from several threads."""

    def __init__(self, nodes: Sequence[Node], edges: Iterable[tuple[int, str, int]], weighed: Mapping[str, float]) -> None:
        """`edges` are (node, relation, node), walked in both directions; `weighed` the weight of each relation."""
        self.nodes = tuple(nodes)
        told = list(dict.fromkeys(edges))
        self.relations = tuple(dict.fromkeys(relation for _, relation, _ in told))
        numbers = {relation: number for number, relation in enumerate(self.relations)}
        a, b = (np.asarray([edge[end] for edge in told], np.int64) for end in (0, 2))
        kind = np.asarray([numbers[relation] for _, relation, _ in told], np.int64)
        start, end = np.concatenate([a, b]), np.concatenate([b, a])
        order = np.argsort(start, kind="stable")
        start, self._end = start[order], end[order]
        self._kind = np.concatenate([kind, kind])[order]
        self._forward = np.concatenate([np.ones(len(told), bool), np.zeros(len(told), bool)])[order]
        self._from = np.searchsorted(start, np.arange(len(self.nodes) + 1))
        weight = np.asarray([weighed.get(relation, 0.0) for relation in self.relations], np.float64)[self._kind]
        total = np.bincount(start, weights=weight, minlength=len(self.nodes))
        self._weighs = dict(zip(self.relations, (weighed.get(relation, 0.0) for relation in self.relations), strict=True))
        self._total = np.maximum(total, 1e-12)
        self._chance = weight / self._total[start]
        self._items = {node.name: number for number, node in enumerate(self.nodes) if node.kind == ITEM}
        self._named: dict[str, list[int]] = {}
        for number, node in enumerate(self.nodes):
            for name in dict.fromkeys(map(plain, (node.name, *node.names.values()))):
                self._named.setdefault(name, []).append(number)

    @classmethod
    def over(cls, items: Iterable[Item], info: CatalogueInfo | None = None, edges: Iterable[Edge] = ()) -> Graph:
        """The graph of some items; `info` names categories in other languages and weighs relations otherwise."""
        weighed = weights(info.relations if info else {})
        built = _Built(list(items), info.terms if info else {}, weighed)
        built.add(edges)
        for relation in {relation for _, relation, _ in built.edges} - weighed.keys():
            weighed[relation] = weights({})[""]  # of an edge list, which nobody weighed
        return cls(built.nodes, built.edges, weighed)

    @classmethod
    def of(cls, catalogue: Catalogue) -> Graph:
        """The graph of a catalogue; built once, and again when it was indexed anew."""
        with _LOCK:
            lock = _LOCKS.setdefault(catalogue, threading.Lock())
        with lock:
            if catalogue not in _MADE:
                _MADE[catalogue] = cls.over(catalogue.items(), catalogue.info, catalogue.edges())
            return _MADE[catalogue]

    @classmethod
    def ready(cls, catalogue: Catalogue) -> Graph | None:
        """The graph, if it takes no time worth speaking of: a large one is built in the background from the first call on."""
        if catalogue in _MADE or len(catalogue) < LARGE:
            return cls.of(catalogue)
        with _LOCK:
            if catalogue in _LOCKS:
                return None
        threading.Thread(target=cls.of, args=(catalogue,), name="graph", daemon=True).start()
        return None

    def __len__(self) -> int:
        return len(self.nodes)

    def item(self, id: str) -> int | None:
        """The node of an item."""
        return self._items.get(id)

    def named(self, name: str) -> tuple[int, ...]:
        """The nodes of that name in any language, items among them, whatever its case and accents."""
        return tuple(self._named.get(plain(name), ()))

    def names(self) -> Mapping[str, Sequence[int]]:
        """Every name, as `named` compares them, and the nodes that are called so."""
        return self._named

    def steps(self, node: int) -> Iterator[tuple[int, str, float, bool]]:
        """(neighbour, relation, chance, whether the relation is stated from this side) for every edge of a node."""
        for place in range(self._from[node], self._from[node + 1]):
            yield int(self._end[place]), self.relations[self._kind[place]], float(self._chance[place]), bool(self._forward[place])

    def rank(self, seeds: Mapping[int, float], steps: int = STEPS, faint: float = FAINT) -> dict[int, float]:
        """How near each node is to `seeds` (node -> weight, of any sum): the share of walks that end there, seeds included."""
        total = sum(seeds.values())
        found = np.zeros(len(self.nodes))
        if total <= 0:
            return {}
        at = np.asarray(list(seeds), np.int64)
        mass = np.asarray(list(seeds.values()), np.float64) / total
        for step in range(steps + 1):
            found[at] += RESTART * mass
            kept = mass > faint
            at, mass = at[kept], mass[kept] * (1 - RESTART)
            if step == steps or not len(at):
                break
            counts = self._from[at + 1] - self._from[at]
            places = np.repeat(self._from[at] - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts) + np.arange(counts.sum())
            arrived = np.bincount(
                self._end[places], weights=np.repeat(mass, counts) * self._chance[places], minlength=len(self.nodes)
            )
            at = np.flatnonzero(arrived).astype(np.int64)
            mass = np.asarray(arrived[at], np.float64)
        return {int(node): float(found[node]) for node in np.flatnonzero(found > RESTART * faint)}

    def paths(self, start: int, wanted: Iterable[int]) -> dict[int, Path]:
        """For each node of `wanted` that is at most two edges from `start` the likeliest such path."""
        goals, found = set(wanted) - {start}, dict[int, Path]()

        def better(path: Path) -> None:
            if path.nodes[-1] in goals and (path.nodes[-1] not in found or path.strength > found[path.nodes[-1]].strength):
                found[path.nodes[-1]] = path

        first = list(self.steps(start))
        for middle, relation, chance, _ in first:
            better(Path((start, middle), (relation,), chance))
        by_goal = {goal: [(end, relation) for end, relation, _, _ in self.steps(goal)] for goal in goals}
        reached: dict[int, list[tuple[str, float]]] = {}
        for middle, relation, chance, _ in first:
            reached.setdefault(middle, []).append((relation, chance))
        for goal, last_steps in by_goal.items():
            for middle, last in last_steps:
                for relation, chance in reached.get(middle, ()):
                    better(Path((start, middle, goal), (relation, last), chance * self._onward(middle, last)))
        return found

    def has(self, path: Path) -> bool:
        """Whether every edge of a path is in the graph."""
        pairs = zip(path.nodes, path.relations, path.nodes[1:], strict=False)
        return len(path.nodes) == len(path.relations) + 1 and all(self._between(a, b, r) > 0 for a, r, b in pairs)

    def around(self, node: int, depth: int = 2, most: int = 12) -> networkx.Graph[int]:
        """The neighbourhood of a node, for drawing: of each node at most `most` edges, the likeliest first.

        Nodes carry `depth`; edges `relation` and `chance`.
        """
        import networkx as nx

        ranks = self.rank({node: 1.0})

        def strength(here: int, step: tuple[int, str, float, bool]) -> float:
            """Of an item's ties the likeliest come first, of an entity's items those that are nearest in other ways, too."""
            return step[2] if self.nodes[here].kind == ITEM else ranks.get(step[0], 0.0)

        near = nx.Graph()
        near.add_node(node, depth=0)
        edge = [node]
        for distance in range(1, depth + 1):
            beyond: list[int] = []
            for here in edge:
                ways = sorted(self.steps(here), key=lambda step, here=here: (-strength(here, step), step[0]))  # type: ignore[misc]
                for there, relation, chance, _ in [way for way in ways if not near.has_edge(here, way[0])][:most]:
                    if there not in near:
                        near.add_node(there, depth=distance)
                        beyond.append(there)
                    near.add_edge(here, there, relation=relation, chance=chance)
            edge = beyond
        return near

    def _between(self, start: int, end: int, relation: str) -> float:
        """The chance of the edge between two nodes; 0 where there is none."""
        few, other = (start, end) if self._degree(start) <= self._degree(end) else (end, start)
        there = any(step_end == other and said == relation for step_end, said, _, _ in self.steps(few))
        return self._onward(start, relation) if there else 0.0

    def _onward(self, node: int, relation: str) -> float:
        """The chance of each edge of a relation from a node on."""
        return float(self._weighs[relation] / self._total[node])

    def _degree(self, node: int) -> int:
        return int(self._from[node + 1] - self._from[node])


_LOCK = threading.Lock()
_LOCKS: WeakKeyDictionary[Catalogue, threading.Lock] = WeakKeyDictionary()
_MADE: WeakKeyDictionary[Catalogue, Graph] = WeakKeyDictionary()


class _Built:
    """The nodes and edges of some items, as they are found."""

    def __init__(self, items: Sequence[Item], terms: Mapping[str, Mapping[str, str]], weighed: Mapping[str, float]) -> None:
        self.nodes: list[Node] = []
        self.edges: list[tuple[int, str, int]] = []
        self._terms, self._weighed = terms, weighed
        self._known: dict[tuple[str, str], int] = {}
        self._ends: dict[str, int] = {}  # what an edge list may call a thing
        self._items: dict[str, int] = {}
        for item in items:
            titles = {item.language: item.title} | {language: said.title for language, said in item.translations.items()}
            self._items[item.id] = self._node(ITEM, item.id, titles)
        for item in items:
            for name in ends(item):
                self._ends.setdefault(plain(name), self._items[item.id])
        for item in items:
            self._stated(item)
        for number, node in enumerate(self.nodes):
            if node.kind != ITEM:
                for name in (node.name, *node.names.values()):
                    self._ends.setdefault(plain(name), number)

    def add(self, edges: Iterable[Edge]) -> None:
        """The edges of a list. An end that nothing here is called by is a new entity."""
        for edge in edges:
            relation = called(edge.relation, self._weighed)
            source = self._end(edge.source, "thing")
            target = self._end(edge.target, kind_of(relation))
            if source != target and self._weighed.get(relation, 1.0) > 0:
                self.edges.append((source, relation, target))

    def _end(self, name: str, kind: str) -> int:
        number = self._items.get(name)
        if number is None:
            number = self._ends.get(plain(name))
        if number is None:
            number = self._ends[plain(name)] = self._node(kind, name, {})
        return number

    def _stated(self, item: Item) -> None:
        here = self._items[item.id]
        if item.brand and self._weighed.get("brand"):
            self.edges.append((here, "brand", self._node("brand", item.brand, {})))
        if self._weighed.get("category"):
            self._filed(here, item.category)
        if self._weighed.get("tags"):
            for tag in item.tags:
                self.edges.append((here, "tags", self._node("tag", tag, {item.language: tag})))
        for name, value in item.attributes.items():
            relation = called(name, self._weighed)
            if self._weighed.get(relation):
                for place, one in enumerate(as_values(value)):
                    if isinstance(one, str):
                        self._related(item, here, name, relation, one, place)

    def _related(self, item: Item, here: int, name: str, relation: str, value: str, place: int) -> None:
        if relation in BETWEEN_ITEMS:
            there = self._items.get(value)
            there = self._ends.get(plain(value)) if there is None else there
            if there is not None:
                if there != here:
                    self.edges.append((here, relation, there))
                return
        names = {item.language: value}
        for language, said in item.translations.items():
            values = as_values(said.attributes.get(name))
            if len(values) == len(as_values(item.attributes[name])):
                names[language] = str(values[place])
        self.edges.append((here, relation, self._node(kind_of(relation), value, names)))

    def _filed(self, here: int, category: Sequence[str]) -> None:
        """The category's tree: an item hangs on its narrowest, each on the next wider one."""
        below = here
        for depth in range(len(category), 0, -1):
            part = category[depth - 1]
            names = {"en": part, **self._terms.get(part, {})}
            number = self._node("category", _IN_PATH.join(category[:depth]), names)
            self.edges.append((below, "category", number))
            below = number

    def _node(self, kind: str, name: str, names: Mapping[str, str]) -> int:
        key = kind, name if kind == ITEM else plain(name)
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self.nodes)
            self.nodes.append(Node(kind, name, names))
        elif len(names) > len(self.nodes[number].names):
            self.nodes[number] = Node(kind, self.nodes[number].name, names)
        return number
