"""Which catalogues are indexed, and the sample catalogues that come with Rapport.

`ensure_samples` is how a first start gets its shop. tests/test_search.py notices a change.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from vectorstore.embeddings import Embedder
from vectorstore.index import Progress, build, read_manifest, replace_text
from vectorstore.info import DESCRIBED_BY, CatalogueInfo

SAMPLES = Path(__file__).parent / "catalogues"


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
        build(folder, folder.name, root, embedder, progress=progress)
        replace_text(stamp, state)
    return available(root)


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
