"""Which field a name or a colour limits: "no Sony" is a brand, "strictly Villeneuve" a director. `tests/test_names.py`.

Known are the names of items on screen, the well-known ones of `names.yaml`, colours, and by its place in the sentence an
unknown capitalised word ("not another Zorvik").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from bot.rules import spelling
from vectorstore.words import colour_word, fold, is_chinese

_BY_PLACE = (
    r"(?:another|no more|from|made by|brand|has to be|must be|only|or|either)\s+(?:\w+ or )?{name}\b|{name} or [A-Z]"
)
_SHADES = frozenset("bright dark light pale deep hot neon 色 的 深 浅 亮 鲜".split())  # what may stand beside a colour that is meant as one
_ALSO_THINGS = frozenset("chocolate coffee honey wine cherry lemon cream stone sand brick rust walnut lavender rose".split())
_MAKERS = {
    "artist": r"\b(?:songs?|albums?|music|singers?|bands?|playlists?|choir|listen(?:ing)?|tunes?|vinyl)\b|歌|专辑|音乐|乐队|听",
    "author": r"\b(?:novels?|books?|read(?:ing)?|poems?|poetry|thrillers?)\b|小说|书(?!包|桌|架|柜)|诗",
    "": r"\b(?:films?|movies?|watch(?:ing)?|cinema|series|documentar(?:y|ies)|news|article)\b|电影|片子|新闻",
}
_PARTS = re.compile(r"(?i)^(?:的|the|any|more)\s+|(?:的|那个牌子|这个牌子|牌)$")


def field_of(text: str, quote: str = "", names: Mapping[str, tuple[str, str]] | None = None) -> tuple[str, str] | None:
    """(field, value) that the point `text` limits when it is meant strictly; None when it is no name and no colour.

    `names`: those that the catalogue and the items on screen carry, folded.
    """
    bare = _PARTS.sub("", text.strip())
    if names and (own := names.get(fold(bare))):
        return own[0], bare
    if found := _known().get(fold(text.strip())) or _known().get(fold(bare)):
        return found
    for name, value in _known().values():
        if is_chinese(value) and len(value) > 1 and value in bare and len(bare) <= len(value) + 3:
            return name, value
    colour = colour_word(bare)
    if colour and fold(bare) != "blues" and colour not in _ALSO_THINGS and set(fold(bare).replace(colour, "").split()) <= _SHADES and "and" not in bare:
        return "colour", f"{colour}色" if is_chinese(colour) and len(colour) == 1 else colour
    if re.fullmatch(r"[A-Z][\w'’-]+", bare) and re.search(_BY_PLACE.format(name=re.escape(bare)), quote):
        return "brand", bare
    return None


def is_name(text: str) -> bool:
    """Whether the whole of `text` is a well-known name (美的)."""
    return fold(text) in _known()


def person_in(text: str) -> tuple[str, str] | None:
    """(field, name) of the one well-known person that `text` names."""
    folded = fold(text)
    people = {k: v for k, v in _known().items() if v[0] in ("director", "author", "artist") and len(k) > 1}
    found = {v for k, v in people.items() if (k in folded if is_chinese(k) else re.search(rf"\b{re.escape(k)}\b", folded))}
    return found.pop() if len(found) == 1 else None


def unknown(text: str, quote: str) -> bool:
    """Whether `text` is a name that no list holds: capitalised, no English word, and not at the beginning of what was said."""
    found = re.search(rf"(?<=[a-z,:;] ){re.escape(text)}\b", quote)
    return bool(found) and bool(re.fullmatch(r"[A-Z][a-z]+(?:[- ][A-Z][a-z]+)?", text)) and not any(
        spelling.is_word(w.lower()) for w in re.split(r"[- ]", text)
    )


def maker_field(text: str, on_screen: Mapping[str, tuple[str, str]]) -> str:
    """What an unknown name most likely is here: the kind of maker that the items on screen have, else by the message's words;
    empty among films, where a name is as likely a title."""
    fields = {field for field, _ in on_screen.values()}
    if len(fields) == 1:
        return "" if fields == {"director"} else fields.pop()
    return next((field for field, words in _MAKERS.items() if re.search(words, text, re.I)), "brand")


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, str]]:
    """Folded name -> (field, full name); a person's last name stands for the whole."""
    raw: dict[str, str] = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text("utf-8"))
    known: dict[str, tuple[str, str]] = {}
    for field, said in raw.items():
        for name in (n.strip() for n in said.split(",")):
            known[fold(name)] = (field, name)
            if field in ("director", "author") and " " in name:
                known.setdefault(fold(name.split()[-1]), (field, name))
    return known
