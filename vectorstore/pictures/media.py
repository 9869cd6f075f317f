"""Composed pictures with words in them: a film poster, an album sleeve, a book cover and the front of a newspaper.

Titles are data: they are escaped here and nowhere else, and `tests/test_pictures.py` tries a title with markup in it.
"""


from __future__ import annotations

import html
import re
import unicodedata

from vectorstore.item import Item
from vectorstore.pictures.palette import number_of
from vectorstore.pictures.scenes import SCHEMES, scene, scene_of, stated
from vectorstore.pictures.shapes import box, circle, line, path, ring
from vectorstore.words import is_chinese

_FACE = "ui-sans-serif,system-ui,'Noto Sans','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
_SERIF = "Georgia,'Noto Serif','Songti SC','Noto Serif CJK SC',serif"


def _clean(text: str) -> str:
    """Text that may stand in an XML document: no control characters, one space at a time, markup escaped."""
    kept = "".join(ch for ch in text if unicodedata.category(ch) not in ("Cc", "Cs", "Cn", "Co"))
    return html.escape(re.sub(r"\s+", " ", kept).strip(), quote=True)


def _width(text: str) -> float:
    """A careful guess at the width of a line, in ems of a bold face."""
    return sum(
        1.02 if unicodedata.east_asian_width(ch) in "WF" else 0.64 if ch.isupper() or ch in "mwMW—" else 0.57
        for ch in text
    )


def wrapped(text: str, room: float, size: float, most: int) -> list[str]:
    """At most `most` lines of `text` that are no wider than `room` units at `size`; what does not fit ends in an ellipsis."""
    pieces = re.findall(
        r"[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+", re.sub(r"\s+", " ", text).strip()
    )
    lines = [""]
    for piece in pieces:
        while _width(piece) * size > room:
            cut = next((n for n in range(len(piece) - 1, 0, -1) if _width(piece[:n]) * size <= room), 1)
            lines += [piece[:cut], ""] if lines[-1].strip() else []
            lines = [*lines[:-1], piece[:cut], ""] if not lines[-1] and lines[-1:] != [piece[:cut]] else lines
            piece = piece[cut:]
        if _width((lines[-1] + piece).strip()) * size <= room:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    lines = [part.strip() for part in lines if part.strip()]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and _width(last + "…") * size > room:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip(" ,.:;，。：；、") + "…"]


def _words(
    text: str, x: float, y: float, room: float, sizes: tuple[float, ...], most: int, colour: str, *,
    bold: bool = True, middle: bool = True, upwards: bool = False, serif: bool = False,
) -> str:  # fmt: skip
    """Wrapped text at the largest size at which it fits; `y` is the first baseline, or the last one if `upwards`."""
    for size in sizes:
        lines = wrapped(text, room, size, most)
        if len(wrapped(text, room, size, 99)) <= most:
            break
    start = y - (len(lines) - 1) * size * 1.16 if upwards else y
    spans = "".join(
        f'<tspan x="{x:g}" y="{start + i * size * 1.16:.1f}">{_clean(part)}</tspan>' for i, part in enumerate(lines)
    )
    return (
        f'<text font-family="{_SERIF if serif else _FACE}" font-size="{size:g}" font-weight="{700 if bold else 400}"'
        f' fill="{colour}" text-anchor="{"middle" if middle else "start"}">{spans}</text>'
    )


def film_poster(item: Item) -> str:
    """A poster: a scene by genre, the title, the year and who made it."""
    number = number_of(item.id + item.title)
    scheme = SCHEMES[number % len(SCHEMES)]
    x, y, wide, tall = 124, 34, 152, 232
    drawn = box(x, y, wide, tall, 5, scheme[0], scheme[1], 3) + scene(
        scene_of(item, number), scheme, x, y, wide, 158, number
    )
    drawn += box(x, 190, wide, 76, 4, scheme[2]) + box(x, 186, wide, 8, 0, scheme[2])
    year, maker = (
        stated(item, "year", "released", "release_year", "年份"),
        stated(item, "director", "导演", "genre", "genres"),
    )
    title = re.sub(r"\s*\(\d{4}\)\s*$", "", item.title) or item.title
    drawn += _words(title, 200, 212, 136, (20, 17, 14.5, 12.5), 2, "#fdf8ec")
    return drawn + _words(
        " · ".join(p for p in (maker, year) if p) or " ", 200, 255, 138, (10.5, 9), 1, scheme[3], bold=False
    )


def album_sleeve(item: Item) -> str:
    """A square sleeve with the record looking out of it."""
    number = number_of(item.id + item.title)
    scheme = SCHEMES[number % len(SCHEMES)]
    x, y, side = 78, 48, 204
    disc = (
        circle(262, 150, 92, "#3a4247", "#67747b", 2)
        + ring(262, 150, 76, "#59666d", 2)
        + ring(262, 150, 60, "#59666d", 2)
        + circle(262, 150, 32, scheme[1])
        + circle(262, 150, 6, scheme[3])
    )
    drawn = disc + box(x, y, side, side, 4, scheme[0], scheme[1], 3)
    middle = x + side / 2
    pattern = number // 8 % 5
    if pattern == 0:
        drawn += "".join(
            circle(middle, 122, r, tone)
            for r, tone in ((64, scheme[1]), (47, scheme[2]), (31, scheme[3]), (14, scheme[0]))
        )
    elif pattern == 1:
        drawn += "".join(
            path(
                f"M{x + 10 + 47 * i} {64 + 47 * j} h41 {'v41 Z' if (number >> (i + 4 * j)) % 2 else 'l-41 41 Z'}",
                (scheme[1], scheme[3], scheme[2])[(i + j + number) % 3],
                "",
                0.5,
            )
            for i in range(4)
            for j in range(3)
            if 64 + 47 * j < 160
        )
    elif pattern == 2:
        drawn += "".join(
            line(f"M{x + 14} {70 + 15 * i} q44 {-26 + 5 * i} 88 0 t88 0", scheme[3] if i % 3 == 1 else scheme[1], 6)
            for i in range(8)
        )
    elif pattern == 3:
        drawn += "".join(
            box(
                x + 16 + 22.5 * i,
                180 - (28 + (number >> (3 * i)) % 8 * 12),
                14,
                28 + (number >> (3 * i)) % 8 * 12,
                7,
                scheme[3] if i % 3 == number % 3 else scheme[1],
            )
            for i in range(8)
        )
    else:
        drawn += scene(scene_of(item, number), scheme, x + 12, 60, side - 24, 128, number)
    drawn += box(x, 192, side, 60, 3, scheme[0])
    lines = 1 if len(wrapped(item.title, side - 28, 15, 9)) == 1 else 2
    drawn += _words(
        item.title,
        x + 14,
        213 if lines == 1 else 207,
        side - 28,
        (19, 15) if lines == 1 else (14.5, 12.5),
        lines,
        "#fdf8ec",
        middle=False,
    )
    maker = stated(item, "artist", "band", "composer", "艺人", "歌手") or (item.brand or "")
    return drawn + _words(
        " · ".join(p for p in (maker, stated(item, "year", "released", "年份")) if p) or " ",
        x + 14,
        236 if lines == 1 else 242,
        side - 28,
        (12, 10.5),
        1,
        scheme[3],
        bold=False,
        middle=False,
    )


def book_cover(item: Item) -> str:
    """A standing book with its spine to the left."""
    number = number_of(item.id + item.title)
    scheme = SCHEMES[number % len(SCHEMES)]
    drawn = (
        path("M268 44 L282 52 V258 L268 262 Z", "#efe6d2", "#c9bfac", 2)
        + box(126, 38, 146, 224, 5, scheme[0], scheme[1], 3)
        + path("M126 42 Q126 38 130 38 H142 V262 H130 Q126 262 126 258 Z", scheme[2])
    )
    drawn += scene(scene_of(item, number), scheme, 142, 132, 129, 90, number) + box(142, 222, 129, 38, 0, scheme[2])
    drawn += _words(item.title, 207, 66, 116, (21, 18, 15, 12.5), 3, "#fdf8ec", serif=not is_chinese(item.title))
    return drawn + _words(
        stated(item, "author", "authors", "作者") or item.brand or " ",
        207,
        246,
        116,
        (12, 10, 8.5),
        1,
        scheme[3],
        bold=False,
    )


def newspaper(item: Item) -> str:
    """The front of a paper: the section as masthead, the title as headline, a picture and columns."""
    number = number_of(item.id + item.title)
    scheme = SCHEMES[number % len(SCHEMES)]
    paper, edge, ink, grey = "#fcf9f2", "#c9bfac", "#2c363b", "#b7ae9c"
    drawn = (
        '<g transform="rotate(2.500 200 150)">'
        + box(92, 46, 224, 216, 3, "#e9e2d3", edge, 2)
        + "</g>"
        + box(86, 40, 224, 218, 3, paper, edge, 2)
    )
    section = stated(item, "section", "topic", "source", "版面", "栏目") or (
        item.category[-1] if item.category else item.brand or ""
    )
    drawn += _words(section or " ", 198, 63, 204, (17, 14), 1, scheme[0], serif=not is_chinese(section)) + line(
        "M98 71 H298 M98 75 H298", ink, 1.2
    )
    lines = 2 if len(item.title) < 46 else 3
    drawn += _words(
        item.title, 98, 97, 200, (19, 16, 13.5, 12), lines, ink, middle=False, serif=not is_chinese(item.title)
    )
    top = 148
    drawn += box(98, top, 108, 72, 2, scheme[0]) + scene(scene_of(item, number), scheme, 98, top, 108, 72, number)
    columns = "".join(f"M218 {y} H{298 - 18 * ((y // 9) % 4 == 2)}" for y in range(top + 4, 248, 9)) + "".join(
        f"M98 {y} H{206 - 24 * (y > 242)}" for y in range(top + 82, 252, 9)
    )
    return drawn + line(columns, grey, 3)


COMPOSED = {"film": film_poster, "album": album_sleeve, "book": book_cover, "news": newspaper}
