"""A drawing for every item: a flat motif in the item's own colour, or a composed cover for a film, a record, a book, a story.

`draw` gives an SVG document that is safe to put into a page; `alternative_text` says what it shows.
`tests/test_pictures.py` draws the whole sample shop.
"""

from __future__ import annotations

from vectorstore.item import Item
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
        else framed(kind.name, paint_of(item, _USUAL.get(kind.name, "")))
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


# What a thing is usually coloured like, for items that do not say.
_USUAL = {
    "raincoat": "#e2b23f", "cream_jar": "#c9a7a0", "tube": "#8fae9b", "sunscreen": "#e0913f",
    "dinosaur": "#6d8f5a", "plush_bear": "#a5764a", "plush_animal": "#cbb094", "board_game": "#54794f",
    "wooden_toy": "#c4683f", "cutting_board": "#bb8c5c", "knife": "#4b4340", "frying_pan": "#4b5054",
    "science_kit": "#6aa39a", "paint_set": "#d7b083", "train": "#a5413a", "fridge": "#b4bcc0", "shelf": "#bb8c5c",
    "table": "#bb8c5c", "wooden_chair": "#bb8c5c", "printer": "#8b9196", "drive": "#67747d", "cable": "#67747d",
    "hedgehog": "#a5764a", "balance_bike": "#6aa39a", "trousers": "#5f6f85",
}  # fmt: skip
