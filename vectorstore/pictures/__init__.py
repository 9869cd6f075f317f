"""A drawing for every item: a flat motif in its own colour, or a composed cover for a film, a record, a book, a story.

`draw` gives an SVG document that is safe to put into a page; `alternative_text` says what it shows.
`tests/test_pictures.py` draws the whole sample shop.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from vectorstore.item import Item
from vectorstore.pictures.kind_words import USUAL
from vectorstore.pictures.kinds import Kind, kind_of
from vectorstore.pictures.media import COMPOSED, stated
from vectorstore.pictures.motifs import framed
from vectorstore.pictures.palette import paint_of

__all__ = ["alternative_text", "draw", "version"]


def draw(item: Item, language: str | None = None) -> str:
    """An SVG of the item: 400 by 300, transparent, without script, id or outside reference, the same on every call.

    With a `language` the words on a poster, a sleeve or a thumbnail are those of the translation; the picture stays.
    """
    kind = kind_of(item)
    inside = (
        COMPOSED[kind.name](item, _said_in(item, language))
        if kind.family == "media"
        else framed(kind.name, paint_of(item, USUAL.get(kind.name, ())))
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">{inside}</svg>'


@lru_cache(maxsize=1)
def version() -> str:
    """Changes whenever the drawing does: a kept picture's address holds it, so that no browser shows yesterday's motif."""
    digest = hashlib.blake2s(digest_size=4)
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _said_in(item: Item, language: str | None) -> Item:
    if language is None or language not in item.translations:
        return item
    return item.model_copy(update={"title": item.title_in(language), "attributes": item.attributes_in(language)})


def alternative_text(item: Item, language: str) -> str:
    """What the picture shows, for someone who does not see it: "Drawing: jacket, chestnut brown", "Film poster: Alien (1979)"."""
    kind = kind_of(item)
    chinese = language.startswith("zh")
    if kind.family == "media":
        return _media_text(item, kind, language, chinese)
    said = item.attributes_in(language)
    value = next((said[f] for f in ("colour", "color", "颜色") if f in said), "")
    colour = ("、" if chinese else " and ").join(map(str, value)) if isinstance(value, tuple) else str(value)
    if chinese:
        return f"图画：{kind.chinese}" + (f"，{colour}" if colour else "")
    return f"Drawing: {kind.english}" + (f", {colour}" if colour else "")


def _media_text(item: Item, kind: Kind, language: str, chinese: bool) -> str:
    """The kind, the title and what else is written there: a film's year, a record's artist, a book's author, the section."""
    title = item.title_in(language)
    said = _said_in(item, language)
    more = {
        "film": stated(said, "year"),
        "album": stated(said, "artist", "band", "composer"),
        "book": stated(said, "author"),
        "news": stated(said, "section"),
    }[kind.name]
    if chinese:
        return f"{kind.chinese}：《{title}》" + (f"（{more}）" if more else "")
    return f"{kind.english.capitalize()}: {title}" + (f" ({more})" if more else "")
