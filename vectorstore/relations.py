"""Which fields of an item are relations to other things, and how much a tie by each says. tests/test_graph.py.

A field is known by its name, so that a new catalogue needs no settings; `relations` in `catalogue.yaml` adds fields and
weighs them otherwise (0 leaves one out).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from vectorstore.constraints import as_values
from vectorstore.edges import Edge, plain, relation_name
from vectorstore.item import Item, Value

OTHER = 0.3  # weight of a relation of an edge list that is not known by name
# field -> (kind of the things that it names, weight)
_RELATIONS: dict[str, tuple[str, float]] = {
    "goes_with": ("thing", 1.0),
    "compatible_with": ("thing", 1.0),
    "part_of": ("thing", 0.8),
    "sequel_of": ("thing", 1.0),
    "series": ("series", 0.9),
    "director": ("person", 0.8),
    "author": ("person", 0.8),
    "artist": ("person", 0.8),
    "composer": ("person", 0.6),
    "writer": ("person", 0.5),
    "cast": ("person", 0.5),
    "people": ("person", 0.4),
    "brand": ("brand", 0.4),
    "maker": ("brand", 0.4),
    "publisher": ("publisher", 0.25),
    "label": ("label", 0.25),
    "studio": ("studio", 0.25),
    "topics": ("topic", 0.3),
    "material": ("material", 0.2),
    "genres": ("genre", 0.2),
    "tags": ("tag", 0.15),
    "mood": ("mood", 0.1),
    "instruments": ("instrument", 0.1),
    "category": ("category", 0.1),
    "country": ("country", 0.05),
}
BETWEEN_ITEMS = frozenset({"goes_with", "compatible_with", "part_of", "sequel_of"})  # values may be other items
FITS = frozenset({"goes_with", "compatible_with", "part_of"})  # what "works with my Pixel" follows
PEOPLE = frozenset(name for name, (kind, _) in _RELATIONS.items() if kind == "person")
SINGLE = frozenset("director author artist composer writer brand maker series publisher label studio".split())  # one an item
_SAME = {  # other names of the same relation
    "directors": "director", "directed_by": "director", "authors": "author", "artists": "artist", "band": "artist",
    "singer": "artist", "performer": "artist", "composers": "composer", "music_by": "composer", "writers": "writer",
    "written_by": "writer", "screenplay": "writer", "star": "cast", "stars": "cast", "starring": "cast", "actor": "cast",
    "actors": "cast", "actress": "cast", "manufacturer": "maker", "made_by": "maker", "genre": "genres", "topic": "topics",
    "materials": "material", "instrument": "instruments", "works_with": "compatible_with", "compatible": "compatible_with",
    "fits": "compatible_with", "suitable_for": "compatible_with", "supports": "compatible_with",
    "accessory_for": "compatible_with",
    "component_of": "part_of", "belongs_to": "part_of", "sequel": "sequel_of", "follows": "sequel_of", "franchise": "series",
    "collection": "series", "saga": "series", "record_label": "label", "tag": "tags", "keywords": "tags", "moods": "mood",
    "countries": "country", "categories": "category", "person": "people",
}  # fmt: skip


def weights(said: Mapping[str, float]) -> dict[str, float]:
    """The weight of each relation; `said` by a catalogue goes before what is known here. Of any other one: under ""."""
    known = {"": OTHER} | {name: weight for name, (_, weight) in _RELATIONS.items()}
    return known | {called(relation_name(name), known): weight for name, weight in said.items()}


def called(name: str, weighed: Mapping[str, float]) -> str:
    """The relation that a field or an edge list calls `name`."""
    return name if name in weighed else _SAME.get(name, name)


def kind_of(relation: str) -> str:
    """What kind of thing a relation names: a director is a person, and so is who stars."""
    return _RELATIONS[relation][0] if relation in _RELATIONS else relation.replace("_", " ")


def ends(item: Item) -> Iterator[str]:
    """What an edge list may call an item beside its id: its title in any language, with its year or without."""
    for title in (item.title, *(said.title for said in item.translations.values())):
        yield title
        if year := item.attributes.get("year"):
            yield f"{title} ({year})"


def fitted(items: Sequence[Item], edges: Iterable[Edge]) -> list[Item]:
    """The items, stating as their own what edges say they fit: then it is searched, limited and quoted like any fact.

    An edge may be written from either side. Another item is what it goes with, by its id, and both state it.
    """
    weighed = weights({})
    told = [(edge, relation) for edge in edges if (relation := called(edge.relation, weighed)) in FITS]
    if not told:
        return list(items)
    known = {item.id: item.id for item in items}
    for item in items:
        for name in ends(item):
            known.setdefault(plain(name), item.id)
    more: dict[str, dict[str, list[str]]] = {}
    for edge, relation in told:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            id = known.get(one) or known.get(plain(one))
            if id is not None:
                beside = known.get(other) or known.get(plain(other))
                if beside or relation != "part_of" or one == edge.source:
                    more.setdefault(id, {}).setdefault("goes_with" if beside else relation, []).append(beside or other)
    found = []
    for item in items:
        added: dict[str, Value] = {
            relation: tuple(dict.fromkeys((*as_values(item.attributes.get(relation)), *(n for n in names if n != item.id))))
            for relation, names in more.get(item.id, {}).items()
        }
        found.append(item.model_copy(update={"attributes": {**item.attributes, **added}}) if added else item)
    return found
