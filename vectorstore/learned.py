"""What was learned about a catalogue and changes how it is searched: a projection of vectors, and the weights of fusion.

Nothing here knows how it was learned: `bot/learn` trains, keeps and promotes; an open catalogue asks `Learned` for what is in
use now. tests/test_tune.py and tests/test_registry.py notice a change.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from pydantic import Field

from vectorstore.embeddings import Vectors
from vectorstore.item import Frozen


class Projection(Protocol):
    """Moves centred vectors of length 1; the result has length 1, too."""

    @property
    def moves_items(self) -> bool: ...
    def queries(self, vectors: Vectors) -> Vectors: ...
    def items(self, vectors: Vectors) -> Vectors: ...


class Fusion(Frozen):
    """How the ranks by meaning and by words become one: Σ weight / (k + rank); the defaults weigh both alike.

    With `feedback`, the search is done twice: the vector of a text is drawn to the first `near` items that both ways found,
    by so much (Rocchio 1971; without anybody's judgment: pseudo-relevance feedback). Cosines that are told stay those of the
    text itself.
    """

    dense: float = Field(1.0, ge=0)
    lexical: float = Field(1.0, ge=0)
    k: float = Field(60.0, gt=0)  # Cormack, Clarke, Büttcher 2009
    feedback: float = Field(0.0, ge=0)
    near: int = Field(3, ge=1)


class Learned(NamedTuple):
    """What is in use for a catalogue; without it nothing is changed."""

    projection: Projection | None = None
    fusion: Fusion = Fusion()


NOTHING = Learned()
