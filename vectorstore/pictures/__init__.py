"""A drawing for every item: a flat motif in its own colour, or a composed cover for a film, a record, a book, a story.

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
        else framed(kind.name, paint_of(item, _USUAL.get(kind.name, ())))
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


# What a thing is usually coloured like, for items that do not say; the identifier chooses among them.
_SOFT = ("#c9a7a0", "#8fae9b", "#c4b08d", "#9fb0bd", "#b3a0b8", "#cfa98a", "#7f9a94")
_WOODEN = ("#bb8c5c", "#a97a4d", "#8a6242")
_GAMES = ("#54794f", "#3f6d86", "#8d4a4c", "#6a5f8e", "#b5793c", "#2f7a72", "#a5573f")
_USUAL: dict[str, tuple[str, ...]] = {
    "raincoat": ("#e2b23f",), "cream_jar": _SOFT, "tube": _SOFT, "pump_bottle": _SOFT, "shampoo": _SOFT, "serum": _SOFT,
    "lip_balm": _SOFT, "spray_bottle": _SOFT, "deodorant": _SOFT, "face_mask": _SOFT, "perfume": ("#d6b87c", "#c9a0a0", "#9db5a4", "#a9a3c4"),
    "sunscreen": ("#e0913f", "#e2b23f", "#d9773f", "#5b9bb0"), "dinosaur": ("#6d8f5a", "#4f8a86", "#b5793c", "#7a6a9c"),
    "plush_bear": ("#a5764a", "#8a6242", "#c09a6b"), "plush_animal": ("#cbb094", "#b9aaa0"), "board_game": _GAMES,
    "card_game": _GAMES, "puzzle": _GAMES, "wooden_toy": ("#c4683f", "#3f6d86", "#54794f"), "cutting_board": _WOODEN,
    "knife": ("#4b4340",), "frying_pan": ("#4b5054",), "science_kit": ("#6aa39a", "#7d6aa8", "#c9863f"), "paint_set": _WOODEN,
    "train": ("#a5413a", "#3f6d86"), "fridge": ("#b4bcc0",), "shelf": _WOODEN, "table": _WOODEN, "wooden_chair": _WOODEN,
    "printer": ("#8b9196",), "drive": ("#67747d",), "cable": ("#67747d",), "hedgehog": ("#a5764a",),
    "toy_shop": _GAMES, "theatre": ("#8d4a4c", "#6a5f8e"), "croquet": _WOODEN, "kite": _GAMES, "bricks": _GAMES, "blocks": _GAMES,
}  # fmt: skip
