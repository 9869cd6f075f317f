"""The scenes on posters, sleeves, covers and front pages: nine by genre, and a sun for the rest."""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

import re

from vectorstore.item import Item
from vectorstore.pictures.shapes import box, circle, line, path, ring

# Ground, far shape, near shape, light: four tones each, dark enough to carry pale words.
SCHEMES = (
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


def stated(item: Item, *names: str) -> str:
    """The first of the named attributes that the item has, as text."""
    for name in names:
        value = item.attributes.get(name)
        if value not in (None, "", ()):
            return str(value[0]) if isinstance(value, tuple) else str(value)
    return ""


def scene_of(item: Item, number: int) -> str:
    """The composition for an item: by its genre or section, else by `number`."""
    said = " ".join((*(str(v) for v in item.attributes.values()), *item.tags, *item.category)).lower()
    first = stated(item, "genre", "genres", "section", "mood", "style").lower()
    for text in (first, said):
        for name, pattern in _GENRES:
            if text and re.search(pattern, text):
                return name
    return _SCENES[number % len(_SCENES)]


def scene(
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
                for j in range(min(int((number >> (i + 3)) % 3), int((high - 8) // 14)))
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
