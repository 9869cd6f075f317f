"""Changes of an indexed catalogue without its files: items added, replaced and removed, and all of it indexed anew.

Each is one new generation (`index.py`), made under the same lock: readers see the catalogue before or after, never between,
and only texts that changed are embedded. What `catalogue.yaml` once said stays said. tests/test_changes.py notices a change.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from vectorstore.catalogue import available, same_model
from vectorstore.embeddings import Embedder
from vectorstore.errors import CatalogueError, UnknownCatalogue
from vectorstore.files import Reject
from vectorstore.index import (
    Manifest,
    Map,
    Paths,
    Progress,
    forget_vectors,
    read_items,
    read_manifest,
    settle,
    silent,
    take,
    writing,
)
from vectorstore.info import CatalogueInfo, describe
from vectorstore.item import Frozen, Item

Change = Callable[[dict[str, Item]], dict[str, Item]]


class ChangeReport(Frozen):
    """What a change did. `embedded` texts were given to the model; without any difference no generation is written."""

    items: int  # that the catalogue has now
    added: int = 0
    replaced: int = 0
    removed: int = 0
    embedded: int = 0
    rejects: tuple[Reject, ...] = ()  # rows of a file that did not become items
    generation: str
    seconds: float


def upsert(items: Sequence[Item], name: str, root: Path, embedder: Embedder, progress: Progress | None = None) -> ChangeReport:
    """Puts items into the catalogue: those whose id is there are replaced in their place, others come after it.

    Raises `UnknownCatalogue`, `IndexMismatch`, `CatalogueBusy`.
    """
    return _changed(name, root, embedder, progress, lambda before: before | {item.id: item for item in items})


def remove(ids: Iterable[str], name: str, root: Path, embedder: Embedder, progress: Progress | None = None) -> ChangeReport:
    """Takes items out; ids that are not there are passed over. CatalogueError when none would be left."""
    gone = frozenset(ids)
    return _changed(name, root, embedder, progress, lambda before: {id: i for id, i in before.items() if id not in gone})


def add_files(
    paths: Paths, name: str, root: Path, embedder: Embedder, mapping: Map = None, progress: Progress | None = None, *, keep: bool
) -> ChangeReport:
    """Puts the items of files into the catalogue; begins one where none is. Without `keep`, all others are taken out.

    Rejected rows are in the report and beside the index. Raises `BadMap`, and CatalogueError when no row makes an item.
    """
    rejects: list[Reject] = []

    def change(before: dict[str, Item]) -> dict[str, Item]:
        items, refused = take(paths, Path(root) / name, mapping, progress or silent)
        rejects.extend(refused)
        return (before if keep else {}) | {item.id: item for item in items}

    report = _changed(name, root, embedder, progress, change, begin=True)
    return report.model_copy(update={"rejects": tuple(rejects)})


def reindex(name: str, root: Path, embedder: Embedder, progress: Progress | None = None) -> ChangeReport:
    """Makes the whole index again from the items that it holds: after a change of the embedding model, or of a damage."""
    return _changed(name, root, embedder, progress, lambda before: before, anew=True)


def _changed(
    name: str,
    root: Path,
    embedder: Embedder,
    progress: Progress | None,
    change: Change,
    *,
    begin: bool = False,
    anew: bool = False,
) -> ChangeReport:
    """The catalogue after `change`. `begin`: also where there is none yet; `anew`: nothing of the index is trusted."""
    started, tell = time.monotonic(), progress or silent
    if not begin and read_manifest(Path(root) / name) is None:  # so that no folder is made for a slip of the pen
        raise UnknownCatalogue(_unknown(name, root))
    with writing(name, root) as folder:
        manifest = read_manifest(folder)
        before = {item.id: item for item in read_items(folder, manifest)} if manifest else {}
        if manifest and not anew:
            same_model(manifest, embedder)
        after = change(before)
        if not after:
            raise CatalogueError(
                f"Nothing would be left in the catalogue {name!r}. Put other items into it first, or delete the folder {folder}."
            )
        report = ChangeReport(
            items=len(after),
            added=len(after.keys() - before.keys()),
            replaced=sum(id in after and after[id] != item for id, item in before.items()),
            removed=len(before.keys() - after.keys()),
            generation=manifest.generation if manifest else "",
            seconds=0,
        )
        if anew or not manifest or list(before.values()) != list(after.values()):
            if anew:
                forget_vectors(folder)
            items = list(after.values())
            info, said = (_described(name, items, manifest), manifest.said) if manifest else (describe(name, items), {})
            settled = settle(folder, items, info, said, embedder, tell)
            report = report.model_copy(update={"embedded": settled.embedded, "generation": settled.generation})
    return report.model_copy(update={"seconds": round(time.monotonic() - started, 3)})


def _described(name: str, items: Sequence[Item], manifest: Manifest) -> CatalogueInfo:
    """The catalogue in words after a change.

    It stays as it was, but for the size, where what was said of it is not known any more, or does not hold of any item
    left: a sold-out item is no reason to refuse its removal.
    """
    if manifest.said is not None:
        try:
            return describe(name, items, manifest.said)
        except CatalogueError:
            pass
    return manifest.info.model_copy(update={"size": len(items)})


def _unknown(name: str, root: Path) -> str:
    there = ", ".join(info.name for info in available(root)) or "none yet"
    return f"No catalogue {name!r} is indexed. There are: {there}. Import a file first, or: rapport index PATH --name {name}"
