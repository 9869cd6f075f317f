"""Words on pictures: wrapped by an estimate of their width, set at the largest size that fits, escaped.

Titles are data: they are escaped here and nowhere else, and `tests/test_pictures.py` tries a title with markup in it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from vectorstore.words import is_chinese

SANS = "ui-sans-serif,system-ui,'Noto Sans','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
SERIF = "Georgia,'Noto Serif','Songti SC','Noto Serif CJK SC',serif"


@dataclass(frozen=True)
class Face:
    """How words look: the family, the weight, in capitals or not, and the space between letters in ems."""

    serif: bool = False
    weight: int = 700
    capitals: bool = False
    italic: bool = False
    spaced: float = 0.0
    tight: float = 1.14
    """Line height in ems."""


BOLD, CAPITALS = Face(), Face(weight=800, capitals=True, spaced=0.02, tight=1.06)
BOOK, ITALIC = Face(serif=True, weight=700), Face(serif=True, weight=400, italic=True)
LABEL, SMALL = Face(weight=600, capitals=True, spaced=0.12), Face(weight=500)


def clean(text: str) -> str:
    """Text that may stand in an XML document: no control characters, one space at a time, markup escaped."""
    kept = "".join(ch for ch in text if unicodedata.category(ch) not in ("Cc", "Cs", "Cn", "Co"))
    return html.escape(re.sub(r"\s+", " ", kept).strip(), quote=True)


def width(text: str, face: Face = BOLD) -> float:
    """A careful guess at the width of a line, in ems."""
    said = text.upper() if face.capitals else text
    full = "WFA" if is_chinese(text) else "WF"  # Chinese fonts draw “ and … as wide as a character
    wide = sum(
        1.02 if unicodedata.east_asian_width(ch) in full else 1.04 if ch in "mwMW—…@%" else 0.4 if ch in " iljI.,:;'’!|()-"
        else 0.5 if ch in "tfr" else 0.8 if ch.isupper() else 0.7
        for ch in said
    )  # fmt: skip
    return wide * (0.94 if face.serif else 1) + face.spaced * len(said)


def wrapped(text: str, room: float, size: float, most: int, face: Face = BOLD) -> list[str]:
    """At most `most` lines of `text` no wider than `room` units at `size`; what does not fit ends in an ellipsis."""
    pieces = re.findall(
        r"[《（“]?[\u2e80-\u9fff\uff00-\uffef][，。、：；！？》）”]*|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+",
        re.sub(r"\s+", " ", text).strip(),
    )
    lines = [""]
    for piece in pieces:
        while width(piece, face) * size > room:
            cut = next((n for n in range(len(piece) - 1, 0, -1) if width(piece[:n], face) * size <= room), 1)
            lines = [*lines[: -1 if not lines[-1].strip() else None], piece[:cut], ""]
            if len(piece) == 1:
                piece = ""
                break
            piece = piece[cut:]
        if width((lines[-1] + piece).strip(), face) * size <= room:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    lines = [part.strip() for part in lines if part.strip()]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(last + "…", face) * size > room:
        last = last[:-1]
    if last != lines[most - 1] and last.rfind(" ") > len(last) / 2:
        last = last[: last.rfind(" ")]  # no word is cut where it can go as a whole
    return [*lines[: most - 1], last.rstrip(" ,.:;，。：；、") + "…"]


def _breaks_no_word(text: str, room: float, size: float, face: Face) -> bool:
    words = re.findall(r"[^\s\u2e80-\u9fff\uff00-\uffef]+", text)
    return all(width(word, face) * size <= room for word in words)


def set_in(
    text: str, x: float, y: float, room: float, height: float, colour: str, face: Face = BOLD, *,
    largest: float = 30, smallest: float = 11, anchor: str = "start", stand: str = "top",
) -> tuple[str, float]:  # fmt: skip
    """(the words at the largest size that fits `room` by `height`, how high they are). `stand`: top, middle or bottom."""
    size = largest
    while size > smallest:
        most = max(1, int((height - size * 0.2) / (size * face.tight) + 0.15))
        if _breaks_no_word(text, room, size, face) and len(wrapped(text, room, size, 99, face)) <= most:
            break
        size -= 0.5
    most = max(1, int((height - size * 0.2) / (size * face.tight) + 0.15))
    lines = wrapped(text, room, size, most, face)
    if len(lines) == 2 and not is_chinese(text):
        lines = _even(text, lines, room, size, face)
    tall = (len(lines) - 1) * size * face.tight + size * 0.76
    top = y if stand == "top" else y - tall if stand == "bottom" else y + (height - tall) / 2
    step = size * face.tight
    spans = "".join(
        f'<tspan x="{x:g}" y="{top + size * 0.76 + i * step:.1f}">{clean(part.upper() if face.capitals else part)}</tspan>'
        for i, part in enumerate(lines)
    )
    return (
        f'<text font-family="{SERIF if face.serif else SANS}" font-size="{size:g}" font-weight="{face.weight}" fill="{colour}"'
        f"{' font-style=' + chr(34) + 'italic' + chr(34) if face.italic else ''}"
        f"{f' letter-spacing={chr(34)}{face.spaced * size:.1f}{chr(34)}' if face.spaced else ''}"
        f' text-anchor="{anchor}">{spans}</text>'
    ), tall


def _even(text: str, lines: list[str], room: float, size: float, face: Face) -> list[str]:
    """Two lines of about the same length read better than a long one and a word."""
    words = text.split()
    halves = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    fitting = [pair for pair in halves if max(width(part, face) for part in pair) * size <= room]
    return list(min(fitting, key=lambda pair: max(width(part, face) for part in pair))) if fitting else lines


def one_line(
    text: str, x: float, y: float, room: float, colour: str, face: Face = LABEL, *, size: float = 8, anchor: str = "start"
) -> str:  # fmt: skip
    """A short line with its baseline at `y`, shortened where it must be."""
    while width(text, face) * size > room and size > 6.5:
        size -= 0.5
    shown = wrapped(text, room, size, 1, face)
    drawn, _ = set_in(shown[0] if shown else " ", x, y - size * 0.76, room + 40, size * 1.2, colour, face,
                      largest=size, smallest=size, anchor=anchor)  # fmt: skip
    return drawn
