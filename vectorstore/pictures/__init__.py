"""A drawing for every item: a flat motif in its own colour, or a composed cover for a film, a record, a book, a story.

`draw` gives an SVG document that is safe to put into a page; `alternative_text` says what it shows.
`tests/test_pictures.py` draws the whole sample shop.
"""

from __future__ import annotations

from vectorstore.item import Item
from vectorstore.pictures.kind_words import USUAL
from vectorstore.pictures.kinds import kind_of
from vectorstore.pictures.media import COMPOSED
from vectorstore.pictures.motifs import framed
from vectorstore.pictures.palette import paint_of

__all__ = ["alternative_text", "draw"]


def draw(item: Item) -> str:
    """An SVG of the item: 400 by 300, transparent, without script, id or outside reference, the same on every call."""
    kind = kind_of(item)
    inside = (
        COMPOSED[kind.name](item)
        if kind.family == "media"
        else framed(kind.name, paint_of(item, USUAL.get(kind.name, ())))
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">{inside}</svg>'


def alternative_text(item: Item, language: str) -> str:
    """What the picture shows, for someone who does not see it: "Drawing of a jacket, chestnut brown"."""
    kind = kind_of(item)
    chinese = language.startswith("zh")
    if kind.family == "media":
        title = item.title_in(language)
        return f"{kind.chinese}：《{title}》" if chinese else f"{kind.english.capitalize()}: {title}"
    said = item.attributes_in(language)
    value = next((said[f] for f in ("colour", "color", "颜色") if f in said), "")
    colour = ("、" if chinese else " and ").join(map(str, value)) if isinstance(value, tuple) else str(value)
    if chinese:
        return f"图画：{kind.chinese}" + (f"，{colour}" if colour else "")
    return f"Drawing: {kind.english}" + (f", {colour}" if colour else "")
