"""Composed pictures with words in them: a film poster, an album sleeve, a book cover and the front of a newspaper.

Titles are data: they are escaped here and nowhere else, and `tests/test_pictures.py` tries a title with markup in it.
"""

# ruff: noqa: E501 - outlines and word lists are long lines
from __future__ import annotations

import html
import re
import unicodedata

from vectorstore.item import Item
from vectorstore.pictures.palette import number_of
from vectorstore.pictures.shapes import box, circle, line, path, ring
from vectorstore.words import is_chinese

_FACE = "ui-sans-serif,system-ui,'Noto Sans','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
_SERIF = "Georgia,'Noto Serif','Songti SC','Noto Serif CJK SC',serif"
# Ground, far shape, near shape, light: four tones each, dark enough to carry pale words.
_SCHEMES = (
    ("#24424d", "#3d6b74", "#16303a", "#f0c987"),
    ("#5b2f38", "#8d4a4c", "#3f1f29", "#f1cba0"),
    ("#2f4636", "#567a58", "#203227", "#efd9a0"),
    ("#3a3558", "#625a8a", "#272440", "#efb9a0"),
    ("#7a4a2b", "#a8713f", "#523019", "#f4dca6"),
    ("#31465f", "#587698", "#223247", "#efe0bd"),
    ("#6b3a55", "#99607c", "#4a263b", "#f2d0a4"),
    ("#1f5a58", "#3f8680", "#154240", "#f3d58c"),
)
_GENRES = (
    ("space", r"sci[- ]?fi|science fiction|space|科幻|太空|electronic|synth|ambient|technolog|科技"),
    ("night", r"horror|恐怖|惊悚|ghost|gothic|mystery|悬疑|noir|黑色"),
    ("blinds", r"thriller|crime|detective|犯罪|警匪|侦探|jazz|爵士"),
    ("mesa", r"western|西部|adventure|冒险|travel|旅行|country|folk|民谣"),
    ("hearts", r"romance|romantic|爱情|soul|r&b|love"),
    ("confetti", r"comedy|喜剧|musical|歌舞|pop|流行|disco|party|children|儿童|animation|动画|family"),
    ("peaks", r"war|战争|fantasy|奇幻|epic|action|动作|metal|rock|摇滚|thriller"),
    ("waves", r"classical|古典|documentary|纪录|nature|自然|blues|布鲁斯|sea|environment"),
    ("city", r"drama|剧情|hip[- ]?hop|rap|嘻哈|business|财经|urban|novel|fiction|小说"),
)
_SCENES = (*(name for name, _ in _GENRES), "sun")


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


def _stated(item: Item, *names: str) -> str:
    for name in names:
        value = item.attributes.get(name)
        if value not in (None, "", ()):
            return str(value[0]) if isinstance(value, tuple) else str(value)
    return ""


def _scene_of(item: Item, number: int) -> str:
    said = " ".join((*(str(v) for v in item.attributes.values()), *item.tags, *item.category)).lower()
    first = _stated(item, "genre", "genres", "section", "mood", "style").lower()
    for text in (first, said):
        for name, pattern in _GENRES:
            if text and re.search(pattern, text):
                return name
    return _SCENES[number % len(_SCENES)]


def _scene(
    name: str, scheme: tuple[str, str, str, str], x: float, y: float, wide: float, tall: float, number: int
) -> str:
    """One composition inside the rectangle; nothing leaves it."""
    _, far, near, light = scheme
    right, bottom = x + wide, y + tall
    cx = x + wide * (0.32 + 0.09 * (number % 5))
    if name == "space":
        stars = "".join(
            circle(
                x + wide * ((number >> i) % 17 + 1) / 19,
                y + tall * ((number >> (i + 4)) % 13 + 1) / 22,
                1.6 + i % 2,
                light,
            )
            for i in range(9)
        )
        planet_y = y + tall * 0.46
        return (
            stars
            + circle(cx, planet_y, wide * 0.2, far)
            + line(
                f"M{cx - wide * 0.3:.0f} {planet_y + 9:.0f} Q{cx:.0f} {planet_y + 22:.0f} {cx + wide * 0.3:.0f} {planet_y - 9:.0f}",
                light,
                4,
            )
            + path(
                f"M{x} {bottom} V{bottom - tall * 0.12:.0f} Q{x + wide / 2} {bottom - tall * 0.26:.0f} {right} {bottom - tall * 0.1:.0f} V{bottom} Z",
                near,
                near,
                0,
            )
        )
    if name == "night":
        unit = tall / 158
        hill = bottom - tall * 0.18
        house = f"M{cx - 26 * unit:.1f} {hill:.1f} v{-34 * unit:.1f} l{26 * unit:.1f} {-26 * unit:.1f} {26 * unit:.1f} {26 * unit:.1f} v{34 * unit:.1f} Z"
        tree = (
            f"M{x + wide * 0.86:.1f} {hill:.1f} v{-58 * unit:.1f} m0 {22 * unit:.1f} l{12 * unit:.1f} {-14 * unit:.1f}"
            f" m{-12 * unit:.1f} {2 * unit:.1f} l{-13 * unit:.1f} {-15 * unit:.1f}"
        )
        return (
            circle(x + wide * 0.7, y + tall * 0.26, tall * 0.14, light)
            + path(
                f"M{x} {bottom} V{bottom - tall * 0.16:.0f} Q{x + wide / 2} {bottom - tall * 0.3:.0f} {right} {bottom - tall * 0.14:.0f} V{bottom} Z",
                near,
                near,
                0,
            )
            + path(house, near, near, 1)
            + box(cx - 6 * unit, hill - 30 * unit, 11 * unit, 14 * unit, 1, light)
            + line(tree, near, 4 * unit)
        )
    if name == "blinds":
        bars = "".join(
            box(x, y + tall * (0.06 + 0.11 * i), wide * (0.42 + 0.5 * ((number >> i) % 5) / 5), tall * 0.045, 0, far)
            for i in range(8)
        )
        return (
            bars
            + circle(x + wide * 0.62, y + tall * 0.38, wide * 0.13, near)
            + path(
                f"M{x + wide * 0.36:.0f} {bottom} Q{x + wide * 0.38:.0f} {y + tall * 0.56:.0f} {x + wide * 0.62:.0f} {y + tall * 0.54:.0f} Q{x + wide * 0.86:.0f} {y + tall * 0.56:.0f} {x + wide * 0.88:.0f} {bottom} Z",
                near,
                near,
                0,
            )
            + path(
                f"M{x + wide * 0.44:.0f} {y + tall * 0.33:.0f} h{wide * 0.36:.0f} l-{wide * 0.07:.0f} -{tall * 0.03:.0f} v-{tall * 0.08:.0f} h-{wide * 0.22:.0f} v{tall * 0.08:.0f} Z",
                light,
            )
        )
    if name == "mesa":
        return (
            circle(cx, y + tall * 0.36, wide * 0.17, light)
            + path(
                f"M{x} {bottom} V{y + tall * 0.58:.0f} h{wide * 0.16:.0f} l6 -{tall * 0.16:.0f} h{wide * 0.2:.0f} l8 {tall * 0.16:.0f} h{wide * 0.18:.0f} l6 -{tall * 0.08:.0f} h{wide * 0.16:.0f} l6 {tall * 0.08:.0f} H{right} V{bottom} Z",
                far,
                far,
                0,
            )
            + path(
                f"M{x} {bottom} V{y + tall * 0.76:.0f} Q{x + wide * 0.5:.0f} {y + tall * 0.64:.0f} {right} {y + tall * 0.8:.0f} V{bottom} Z",
                near,
                near,
                0,
            )
        )
    if name == "hearts":
        r = wide * 0.23
        return (
            circle(x + wide * 0.38, y + tall * 0.38, r, far)
            + ring(x + wide * 0.62, y + tall * 0.38, r, light, 5)
            + path(
                f"M{x} {bottom} V{y + tall * 0.8:.0f} Q{x + wide * 0.25:.0f} {y + tall * 0.7:.0f} {x + wide * 0.5:.0f} {y + tall * 0.8:.0f} T{right} {y + tall * 0.78:.0f} V{bottom} Z",
                near,
                near,
                0,
            )
        )
    if name == "confetti":
        tones = (far, light, near)
        bits = "".join(
            circle(
                x + wide * (0.12 + 0.19 * (i % 5)),
                y + tall * (0.1 + 0.16 * (i // 5)),
                wide * (0.035 + 0.013 * ((number >> i) % 5)),
                tones[(i + number) % 3],
            )
            for i in range(20)
        )
        return bits + path(
            f"M{x} {bottom} V{y + tall * 0.8:.0f} L{right} {y + tall * 0.7:.0f} V{bottom} Z", near, near, 0
        )
    if name == "peaks":
        return (
            circle(right - wide * 0.26, y + tall * 0.24, wide * 0.11, light)
            + path(
                f"M{x} {bottom} V{y + tall * 0.66:.0f} L{x + wide * 0.3:.0f} {y + tall * 0.34:.0f} L{x + wide * 0.5:.0f} {y + tall * 0.56:.0f} L{x + wide * 0.68:.0f} {y + tall * 0.4:.0f} L{right} {y + tall * 0.68:.0f} V{bottom} Z",
                far,
                far,
                0,
            )
            + path(
                f"M{x + wide * 0.3:.0f} {y + tall * 0.34:.0f} l{wide * 0.1:.0f} {tall * 0.11:.0f} -{wide * 0.08:.0f} {tall * 0.02:.0f} -{wide * 0.05:.0f} {tall * 0.04:.0f} -{wide * 0.07:.0f} -{tall * 0.06:.0f} Z",
                light,
                light,
                1,
            )
            + path(
                f"M{x} {bottom} V{y + tall * 0.82:.0f} L{x + wide * 0.4:.0f} {y + tall * 0.64:.0f} L{right} {y + tall * 0.84:.0f} V{bottom} Z",
                near,
                near,
                0,
            )
        )
    if name == "waves":
        rows = "".join(
            path(
                f"M{x} {y + tall * (0.46 + 0.12 * i):.0f} q{wide / 8:.1f} -{tall * 0.07:.0f} {wide / 4:.1f} 0 t{wide / 4:.1f} 0 t{wide / 4:.1f} 0 t{wide / 4:.1f} 0 V{bottom} H{x} Z",
                tone,
                tone,
                0,
            )
            for i, tone in enumerate((far, light, near))
        )
        return circle(cx, y + tall * 0.24, wide * 0.12, light) + rows
    if name == "city":
        blocks = ""
        for i in range(7):
            high = tall * (0.26 + 0.4 * (((number >> (2 * i)) % 8) / 8))
            blocks += box(x + wide * i / 7, bottom - high, wide / 7 + 0.5, high, 0, far if i % 2 else near)
            blocks += "".join(
                box(x + wide * i / 7 + 5, bottom - high + 8 + 14 * j, 5, 7, 0, light)
                for j in range(int((number >> (i + 3)) % 3))
            )
        return circle(right - wide * 0.3, y + tall * 0.24, wide * 0.13, light) + blocks
    return (
        circle(x + wide / 2, y + tall * 0.44, wide * 0.27, light)
        + path(f"M{x} {bottom} V{y + tall * 0.5:.0f} H{right} V{bottom} Z", near, near, 0)
        + "".join(
            line(
                f"M{x + wide * (0.16 + 0.05 * i):.0f} {y + tall * (0.57 + 0.08 * i):.0f} H{right - wide * (0.16 + 0.05 * i):.0f}",
                far,
                4,
            )
            for i in range(4)
        )
    )


def film_poster(item: Item) -> str:
    """A poster: a scene by genre, the title, the year and who made it."""
    number = number_of(item.id + item.title)
    scheme = _SCHEMES[number % len(_SCHEMES)]
    x, y, wide, tall = 124, 34, 152, 232
    drawn = box(x, y, wide, tall, 5, scheme[0], scheme[1], 3) + _scene(
        _scene_of(item, number), scheme, x, y, wide, 158, number
    )
    drawn += box(x, 190, wide, 76, 4, scheme[2]) + box(x, 186, wide, 8, 0, scheme[2])
    year, maker = (
        _stated(item, "year", "released", "release_year", "年份"),
        _stated(item, "director", "导演", "genre", "genres"),
    )
    title = re.sub(r"\s*\(\d{4}\)\s*$", "", item.title) or item.title
    drawn += _words(title, 200, 212, 136, (20, 17, 14.5, 12.5), 2, "#fdf8ec")
    return drawn + _words(
        " · ".join(p for p in (maker, year) if p) or " ", 200, 255, 138, (10.5, 9), 1, scheme[3], bold=False
    )


def album_sleeve(item: Item) -> str:
    """A square sleeve with the record looking out of it."""
    number = number_of(item.id + item.title)
    scheme = _SCHEMES[number % len(_SCHEMES)]
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
        drawn += _scene(_scene_of(item, number), scheme, x + 12, 60, side - 24, 128, number)
    drawn += box(x, 192, side, 60, 3, scheme[0])
    lines = 1 if len(wrapped(item.title, side - 28, 15, 9)) == 1 else 2
    drawn += _words(
        item.title, x + 14, 213 if lines == 1 else 207, side - 28, (19, 15) if lines == 1 else (14.5, 12.5), lines, "#fdf8ec", middle=False
    )
    maker = _stated(item, "artist", "band", "composer", "艺人", "歌手") or (item.brand or "")
    return drawn + _words(
        " · ".join(p for p in (maker, _stated(item, "year", "released", "年份")) if p) or " ",
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
    scheme = _SCHEMES[number % len(_SCHEMES)]
    drawn = (
        path("M268 44 L282 52 V258 L268 262 Z", "#efe6d2", "#c9bfac", 2)
        + box(126, 38, 146, 224, 5, scheme[0], scheme[1], 3)
        + path("M126 42 Q126 38 130 38 H142 V262 H130 Q126 262 126 258 Z", scheme[2])
    )
    drawn += _scene(_scene_of(item, number), scheme, 142, 132, 129, 90, number) + box(142, 222, 129, 38, 0, scheme[2])
    drawn += _words(item.title, 207, 66, 116, (21, 18, 15, 12.5), 3, "#fdf8ec", serif=not is_chinese(item.title))
    return drawn + _words(
        _stated(item, "author", "authors", "作者") or item.brand or " ",
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
    scheme = _SCHEMES[number % len(_SCHEMES)]
    paper, edge, ink, grey = "#fcf9f2", "#c9bfac", "#2c363b", "#b7ae9c"
    drawn = (
        '<g transform="rotate(2.500 200 150)">'
        + box(92, 46, 224, 216, 3, "#e9e2d3", edge, 2)
        + "</g>"
        + box(86, 40, 224, 218, 3, paper, edge, 2)
    )
    section = _stated(item, "section", "topic", "source", "版面", "栏目") or (
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
    drawn += box(98, top, 108, 72, 2, scheme[0]) + _scene(_scene_of(item, number), scheme, 98, top, 108, 72, number)
    columns = "".join(f"M218 {y} H{298 - 18 * ((y // 9) % 4 == 2)}" for y in range(top + 4, 248, 9)) + "".join(
        f"M98 {y} H{206 - 24 * (y > 242)}" for y in range(top + 82, 252, 9)
    )
    return drawn + line(columns, grey, 3)


COMPOSED = {"film": film_poster, "album": album_sleeve, "book": book_cover, "news": newspaper}
