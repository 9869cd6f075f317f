"""Every motif by its name, with the nudge that centres it; `sheet.py` shows them, `tests/test_pictures.py` draws them all."""

from __future__ import annotations

from collections.abc import Callable

from vectorstore.pictures import care, clothing, electronics, extras, footwear, kitchen, outdoors, play, workroom
from vectorstore.pictures.palette import Paint
from vectorstore.pictures.shapes import moved

Motif = Callable[[Paint], str]

MOTIFS: dict[str, Motif] = {
    **clothing.MOTIFS, **footwear.MOTIFS, **electronics.MOTIFS, **kitchen.MOTIFS, **workroom.MOTIFS, **outdoors.MOTIFS,
    **play.MOTIFS, **care.MOTIFS, **extras.MOTIFS,
}  # fmt: skip

# Across, down, scale: read off the sheet, so that every motif sits in the middle with the same weight.
_PLACE: dict[str, tuple[float, float, float]] = {}


def framed(name: str, paint: Paint) -> str:
    """The motif called `name`, centred in the 400 by 300 frame. An unknown name is a KeyError."""
    return moved(MOTIFS[name](paint), *_PLACE.get(name, (0, 0, 1)))
