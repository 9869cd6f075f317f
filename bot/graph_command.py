"""`rapport graph ITEM`: what an item or an entity hangs together with, printed as a tree and drawn. `tests/test_graph.py`.

It reads the indexed catalogue's items and edge lists and no embedding model, so it answers at once; a sample catalogue that
is not indexed yet is read from its files.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from bot.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.state import Language
    from vectorstore.edges import Edge
    from vectorstore.graph import Graph
    from vectorstore.info import CatalogueInfo
    from vectorstore.item import Item

_SURE = 80  # of 100, from which on a name with a slip of the pen is taken for the one that was meant
_NEAR = 5


def graph(
    item: Annotated[str, typer.Argument(help="An item's id or title, or the name of anything that items state.")],
    catalogue: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--catalogue", help="A catalogue's name, or a file or folder to index first.", show_default="shop"),
    ] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, max=4, help="How many ties away.")] = 2,
    most: Annotated[int, typer.Option("--most", min=1, max=50, help="Ties shown of each, the strongest.")] = 8,
    output: Annotated[
        Optional[Path], typer.Option("--output", "-o", help="Draw it, too: a .svg, .html or .dot file.")  # noqa: UP045
    ] = None,
    zh: Annotated[bool, typer.Option("--zh", help="Say it in Chinese.")] = False,
) -> None:
    """Print what an item hangs together with, and draw it."""
    from bot.cli import _settings
    from bot.graph_drawing import FORMS, as_text, picture
    from vectorstore.graph import Graph

    if output and output.suffix.lower() not in FORMS:
        raise BadInput(f"{output} cannot be drawn: give a file that ends in {', '.join(FORMS)}.")
    settings = _settings(catalogue=catalogue)
    items, info, edges = _read(Path(settings.data_dir) / "catalogues", settings.catalogue)
    language: Language = "zh" if zh else "en"
    whole = Graph.over(items, info, edges)
    drawn = picture(whole, found(whole, item, settings.catalogue), info, language, depth, most)
    for line in as_text(drawn):
        typer.echo(line)
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(FORMS[output.suffix.lower()](drawn, language), "utf-8")
        typer.echo(f"Drawn: {output}", err=True)


def found(whole: Graph, said: str, catalogue: str) -> int:
    """The node that `said` names: an item by its id or title, else anything by its name, a slip of the pen forgiven.

    BadInput names the nearest when nothing is near enough.
    """
    from rapidfuzz import fuzz, process

    from vectorstore.edges import plain
    from vectorstore.graph import ITEM

    if (number := whole.item(said)) is not None:
        return number
    if named := whole.named(said) or whole.named(f"the {said}"):
        return min(named, key=lambda n: (whole.nodes[n].kind != ITEM, n))
    near = process.extract(plain(said), whole.names().keys(), scorer=fuzz.ratio, limit=_NEAR)
    if near and near[0][1] >= _SURE and (len(near) < 2 or near[0][1] > near[1][1]):
        return min(whole.named(near[0][0]), key=lambda n: (whole.nodes[n].kind != ITEM, n))
    names = ", ".join(repr(whole.nodes[whole.named(name)[0]].called("en")) for name, _, _ in near)
    raise BadInput(f"Nothing in the catalogue {catalogue!r} is called {said!r}.{f' The nearest: {names}.' if names else ''}")


def _read(root: Path, name: str) -> tuple[Sequence[Item], CatalogueInfo, Sequence[Edge]]:
    """The items, the description and the edges of a catalogue. UnknownCatalogue when it is not indexed and no sample."""
    from vectorstore.edges import edges_of, indexed_edges
    from vectorstore.errors import UnknownCatalogue
    from vectorstore.importers import read
    from vectorstore.index import read_items, read_manifest
    from vectorstore.info import describe, read_description
    from vectorstore.item import Item
    from vectorstore.samples import SAMPLES, available

    plain_name = bool(name) and Path(name).name == name
    if plain_name and (manifest := read_manifest(root / name)) is not None:
        return read_items(root / name, manifest), manifest.info, indexed_edges(root / name)
    folder = SAMPLES / name
    if plain_name and folder.is_dir():
        items, said = [one for one in read(folder) if isinstance(one, Item)], read_description(folder)
        lists = [folder / file for file in said.get("graph") or ()]
        return items, describe(name, items, said), edges_of(lists, items, said.get("relations") or {})
    there = ", ".join(info.name for info in available(root)) or "none yet"
    raise UnknownCatalogue(f"No catalogue {name!r} is indexed. There are: {there}. Index one: rapport index PATH --name {name}")
