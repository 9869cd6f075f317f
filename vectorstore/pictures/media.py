"""Composed pictures with words in them: a film poster, an album sleeve, a book cover and a story's thumbnail.

Each takes the item, which decides what is drawn, and the item as it is said in a language, which has the words.
What is drawn, in which inks and how it is laid out follows genre and mood; which of several, the item's id: the same item
always looks the same, and sixty of them do not look alike. `tests/test_pictures.py` notices a change.
"""

# ruff: noqa: E501 - outlines are long lines
from __future__ import annotations

import hashlib
import re
from random import Random

from vectorstore.item import Item, Value
from vectorstore.pictures.lettering import BOLD, BOOK, CAPITALS, ITALIC, LABEL, SMALL, Face, one_line, set_in
from vectorstore.pictures.rooms import ROOMS
from vectorstore.pictures.scenes import SCENES, Scene
from vectorstore.pictures.schemes import PAPER, SCHEMES, Scheme, between, pick
from vectorstore.pictures.sections import section_of
from vectorstore.pictures.shapes import box, circle, line, path, ring
from vectorstore.pictures.signs import SIGNS
from vectorstore.words import is_chinese

ART: dict[str, Scene] = {**SCENES, **ROOMS, **SIGNS}

# Genre or mood, what is drawn, the inks. The first genre that an item states counts; the rows are read in order.
_GENRES = (
    (r"film noir|noir|黑色电影", "blinds skyline doorway rain", "ink blood night cream"),
    (r"science fiction|sci[- ]?fi|space|科幻|太空", "orbits monolith cut_sun eye orbits", "night violet blood teal ember"),
    (r"western|西部", "mesa rays road", "sand ember mustard"),
    (r"martial|kung fu|wuxia|武侠|武术|功夫", "blade bamboo peaks blade", "cream blood forest sand ember"),
    (r"horror|恐怖", "house eye trunks doorway", "blood plum ink forest"),
    (r"mystery|悬疑|推理", "spiral doorway stairs house rain lighthouse window", "night plum teal mustard wine"),
    (r"thriller|惊悚", "spiral target stairs slash eye", "ember blood mustard night ice"),
    (r"crime|犯罪|警匪", "skyline blinds target rain slash chair", "ink wine mustard steel blood"),
    (r"war|战争", "rays flock slash hills", "moss ember steel sand"),
    (r"action|动作", "slash target rays skyline", "ember blood mustard violet coral"),
    (r"fantasy|奇幻", "castle peaks trunks monolith", "plum forest violet teal"),
    (r"animation|动画", "balloons hills flock castle sea petals plane lighthouse", "sky coral lime violet mustard"),
    (r"family|家庭|children|儿童", "balloons hills flock plane", "sky coral mustard lime"),
    (r"adventure|冒险", "sea road peaks mesa hills plane lighthouse", "teal sand sky mustard"),
    (r"musical|歌舞|music\b|音乐片", "keys rays balloons", "coral violet mustard wine"),
    (r"comedy|喜剧", "tiles balloons profiles train road table plane", "lime coral mustard sky rose cream"),
    (r"romance|爱情", "profiles rain petals train table window", "rose wine coral ice plum"),
    (r"documentary|纪录|history|历史|biograph|传记|sport|体育", "hills flock monolith rays road", "bone steel moss sand"),
    (
        r"drama|剧情",
        "hills stairs flock doorway train rain petals monolith house sea chair window lighthouse table chair window",
        "teal cream bone steel sand ice wine moss mustard",
    ),
)
_SOUNDS = (
    (r"jazz|爵士|bop\b|swing|bossa|tango|探戈", "keys strokes tiles bars blinds skyline", "night mustard teal cream ember ink"),
    (
        r"classical|古典|orchestr|chamber|piano|opera|symphon|concerto|baroque|romantic era|impressionis|minimalis|sacred|室内乐|管弦",
        "waves keys strokes moire halftone hills",
        "bone ice cream steel wine",
    ),
    (r"ambient|氛围|drone|new age|shoegaze", "waves hills sea moire monolith orbits", "ice teal bone night plum"),
    (r"electro|techno|house|synth|电子|dance|舞曲", "cut_sun moire bars tiles halftone orbits", "violet ink coral lime night"),
    (r"metal|金属|punk|朋克|hard rock|hardcore|post-rock|硬核", "slash eye peaks rays spiral", "blood ink ember steel"),
    (r"rock|摇滚|indie|grunge|独立", "rays target road slash strings moire", "ember mustard teal coral ink"),
    (r"folk|民谣|country|乡村|bluegrass|americana", "hills petals strings trunks road flock", "moss sand cream forest mustard"),
    (r"(?:hip|trip)[- ]?hop|\brap\b|嘻哈|说唱|trap", "skyline bars tiles halftone stairs", "mustard ink violet ember lime"),
    (r"soul|r&b|funk|灵魂|放克|disco|迪斯科|gospel", "profiles rays petals halftone bars", "wine coral mustard plum"),
    (r"blues|蓝调|布鲁斯", "strings train rain road", "night steel teal sand"),
    (r"pop|流行", "balloons petals profiles halftone tiles cut_sun", "coral rose sky lime violet"),
    (
        r"latin|拉丁|reggae|雷鬼|afro|world|世界|salsa|samba|mpb|bolero|flamenco|cuban|mande|qawwali|hindustani|ghazal|dub",
        "rays tiles sea petals",
        "mustard lime coral forest ember",
    ),
    (r"soundtrack|原声|film", "doorway stairs road skyline", "night plum cream"),
    (r"children|儿童|lullab", "balloons hills flock", "sky coral lime"),
    (r"国风|传统|traditional|guqin|古琴|guzheng|古筝|erhu|二胡|pipa", "bamboo peaks strokes sea blade", "cream bone forest wine"),
)
_COVERS = (
    (r"poem|poetry|诗", "petals flock strokes", "cream rose ice"),
    (r"science|physics|科学|math|computer", "orbits moire tiles waves", "night teal bone"),
    (r"history|历史|biograph|传记", "castle hills flock", "sand wine steel"),
    *_GENRES,
)
_ANY = ("hills tiles sea profiles rays strokes waves", "teal cream coral mustard night wine")
SHADOW = "#10181c"


# Mood, and the inks that suit it: of a genre's inks those are taken, where there are any.
_MOODS = (
    (r"dark|bleak|tense|eerie|scary|violent|suspense|intense|阴|紧张", "night ink wine blood plum steel forest ember"),
    (
        r"funny|lively|playful|witty|warm|uplift|hopeful|satir|absurd|party|energetic|joy|欢|暖",
        "coral mustard sky lime cream rose sand ember violet",
    ),
    (
        r"melanch|sad|quiet|slow|tender|heartbreak|dream|thoughtful|bittersweet|calm|静|忧",
        "ice teal bone steel cream plum wine moss",
    ),
)


def dice_of(item: Item) -> Random:
    """Dice that fall the same way for the same item."""
    return Random(hashlib.sha256(item.id.encode()).hexdigest())


def stated(item: Item, *names: str) -> str:
    """The first of the named attributes that the item has, as text."""
    for name in names:
        value = item.attributes.get(name)
        if value not in (None, "", ()):
            return str(value[0]) if isinstance(value, tuple) else str(value)
    return ""


def _said(value: Value | None) -> list[str]:
    return [str(one) for one in (value if isinstance(value, tuple) else (value,)) if one not in (None, "")]


def chosen(item: Item, rows: tuple[tuple[str, str, str], ...], dice: Random) -> tuple[Scene, Scheme]:
    """What is drawn for an item and in which inks: by its first or second genre, else by its category, tags and mood."""
    first = [word for name in ("genres", "genre", "style", "styles", "section") for word in _said(item.attributes.get(name))]
    wider = [*item.category[1:], *item.tags, *_said(item.attributes.get("mood"))]
    known = [row for word in first if (row := _row(word, rows))] or [row for word in wider if (row := _row(word, rows))]
    if known:
        _, art, inks = known[0] if dice.random() < 0.6 else known[min(1, len(known) - 1)]
        return ART[pick(dice, art)], SCHEMES[pick(dice, _suited(item, inks))]
    return ART[pick(dice, _ANY[0])], SCHEMES[pick(dice, _ANY[1])]


def _row(word: str, rows: tuple[tuple[str, str, str], ...]) -> tuple[str, str, str] | None:
    return next((row for row in rows if re.search(row[0], word.lower())), None)


def _suited(item: Item, inks: str) -> str:
    for mood in _said(item.attributes.get("mood")):
        for pattern, suited in _MOODS:
            if re.search(pattern, mood.lower()):
                return " ".join(ink for ink in inks.split() if ink in suited.split()) or inks
    return inks


def inset(drawing: str, x: float, y: float, wide: float, tall: float) -> str:
    """A drawing in a window of its own: what leans out is cut off. Its numbers are shortened to a tenth of a unit."""
    short = re.sub(r"\d+\.\d{2,}", lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), drawing)
    return f'<svg x="{x:g}" y="{y:g}" width="{wide:g}" height="{tall:g}" viewBox="0 0 {wide:g} {tall:g}">{short}</svg>'


def _shadow(x: float, y: float, wide: float, tall: float) -> str:
    return f'<g opacity=".1">{box(x - 1, y + 3, wide + 6, tall + 5, 5, SHADOW)}</g><g opacity=".16">{box(x + 1, y + 2, wide + 3, tall + 3, 4, SHADOW)}</g>'


def _edge(x: float, y: float, wide: float, tall: float) -> str:
    """A hairline that keeps a dark print apart from a dark card and a pale one from a pale card."""
    return f'<g opacity=".35"><rect x="{x + 0.5:g}" y="{y + 0.5:g}" width="{wide - 1:g}" height="{tall - 1:g}" fill="none" stroke="#8d9496"/></g>'


def _face(dice: Random, text: str) -> Face:
    if is_chinese(text):
        return BOOK if dice.random() < 0.5 else BOLD
    return (CAPITALS, BOOK, BOLD, CAPITALS, ITALIC)[int(dice.random() * 5)]


def _bare(title: str) -> str:
    return re.sub(r"\s*[（(]\d{4}[)）]\s*$", "", title) or title


def film_poster(item: Item, said: Item) -> str:
    """A poster: what its genre suggests, the title, who made it and when."""
    dice = dice_of(item)
    art, s = chosen(item, _GENRES, dice)
    x, y, w, h = 105, 13, 190, 272
    title, face = _bare(said.title), _face(dice, said.title)
    maker, year = stated(said, "director", "导演", "genre", "genres"), stated(said, "year", "released", "release_year", "年份")
    layout = int(dice.random() * 4)
    if layout == 0:  # the title at the foot, on the ground the picture stands on
        high = 74
        drawn = (
            box(0, 0, w, h, 0, s.ground)
            + inset(art(s, w, h - high + 8, dice), 0, 0, w, h - high + 8)
            + box(0, h - high, w, high, 0, s.deep)
        )
        drawn += set_in(title, 14, h - high + 6, w - 28, 44, s.on(s.deep), face, largest=31, smallest=12, stand="middle")[0]
        drawn += _credits(maker, year, w, h - 12, s.second(s.deep))
    elif layout == 1:  # the title at the head, the picture to the foot
        words, tall = set_in(title, 14, 18, w - 28, 78, s.on(s.ground), face, largest=36, smallest=12)
        top = max(50, tall + 47)
        drawn = box(0, 0, w, h, 0, s.ground) + words + _credits(maker, year, w, tall + 38, s.second(s.ground))
        drawn += inset(art(s, w, h - top, dice), 0, top, w, h - top)
    elif layout == 2:  # a wide margin of paper
        paper = Scheme(PAPER, s.deep, s.mid, s.light, s.accent)
        drawn = (
            box(0, 0, w, h, 0, PAPER)
            + box(12, 12, w - 24, h - 92, 0, s.ground)
            + inset(art(s, w - 24, h - 92, dice), 12, 12, w - 24, h - 92)
        )
        drawn += set_in(
            title, w / 2, h - 72, w - 28, 46, "#23262b", face, largest=27, smallest=10, anchor="middle", stand="middle"
        )[0]
        drawn += one_line(
            " · ".join(p for p in (maker, year) if p) or " ",
            w / 2,
            h - 11,
            w - 30,
            paper.second(PAPER),
            LABEL,
            size=9.5,
            anchor="middle",
        )
    else:  # the picture over everything, the title in a band
        band = 58
        at = h * between(dice, 0.6, 0.7)
        drawn = box(0, 0, w, h, 0, s.ground) + inset(art(s, w, h, dice), 0, 0, w, h) + box(0, at, w, band, 0, s.accent)
        drawn += set_in(
            title,
            w / 2,
            at + 5,
            w - 24,
            band - 10,
            s.on(s.accent),
            face,
            largest=31,
            smallest=10,
            anchor="middle",
            stand="middle",
        )[0]
        drawn += box(0, h - 30, w, 30, 0, s.deep) + _credits(maker, year, w, h - 11.5, s.on(s.deep))
    return _shadow(x, y, w, h) + inset(drawn, x, y, w, h) + _edge(x, y, w, h)


def _credits(maker: str, year: str, w: float, y: float, colour: str) -> str:
    room = w - 28 - (38 if year else 0)
    return one_line(maker, 14, y, room, colour, LABEL, size=9.5) + one_line(
        year, w - 14, y, 40, colour, LABEL, size=9.5, anchor="end"
    )


def album_sleeve(item: Item, said: Item) -> str:
    """A square sleeve, the record looking out of it."""
    dice = dice_of(item)
    art, s = chosen(item, _SOUNDS, dice)
    x, y, w = 58, 33, 234
    title, face = _bare(said.title), _face(dice, said.title)
    maker = stated(said, "artist", "band", "composer", "艺人", "歌手") or (said.brand or "")
    year = stated(said, "year", "released", "年份")
    layout = int(dice.random() * 5)
    if layout == 0:  # words above, small and plain, the picture below
        drawn = box(0, 0, w, w, 0, s.ground) + set_in(title, 14, 15, w - 28, 36, s.on(s.ground), face, largest=25, smallest=11)[0]
        drawn += one_line(maker, 14, 67, w - 70, s.second(s.ground), SMALL, size=11) + one_line(
            year, w - 14, 67, 40, s.second(s.ground), SMALL, size=11, anchor="end"
        )
        drawn += inset(art(s, w, w - 80, dice), 0, 80, w, w - 80)
    elif layout == 1:  # the picture all over, a label stuck on
        drawn = box(0, 0, w, w, 0, s.ground) + inset(art(s, w, w, dice), 0, 0, w, w)
        left = dice.random() < 0.5
        px, room = 14 if left else w - 150, 35 if len(title) < 34 else 58
        drawn += (
            box(px, w - 43 - room, 136, 29 + room, 0, PAPER)
            + set_in(title, px + 10, w - 37 - room, 116, room, "#23262b", face, largest=19, smallest=10, stand="middle")[0]
        )
        drawn += one_line(maker, px + 10, w - 22, 116, "#5a5750", SMALL, size=9)
    elif layout == 2:  # a wide margin, the words in it
        drawn = (
            box(0, 0, w, w, 0, PAPER)
            + box(26, 42, w - 52, w - 84, 0, s.ground)
            + inset(art(s, w - 52, w - 84, dice), 26, 42, w - 52, w - 84)
        )
        drawn += set_in(title, w / 2, 7, w - 40, 30, "#23262b", face, largest=22, smallest=10, anchor="middle", stand="middle")[0]
        drawn += one_line(
            " · ".join(p for p in (maker, year) if p) or " ", w / 2, w - 17, w - 40, "#6b665c", LABEL, size=8.5, anchor="middle"
        )
    elif layout == 3:  # large letters over a half, the picture in the other
        drawn = (
            box(0, 0, w, w, 0, s.ground)
            + inset(art(s, w, w * 0.52, dice), 0, 0, w, w * 0.52)
            + box(0, w * 0.52, w, w * 0.48, 0, s.deep)
        )
        drawn += set_in(
            title,
            14,
            w * 0.52 + 11,
            w - 28,
            68,
            s.on(s.deep),
            CAPITALS if not is_chinese(title) else BOLD,
            largest=40,
            smallest=12,
            stand="middle",
        )[0]
        drawn += one_line(maker, 14, w - 13, w - 70, s.second(s.deep), SMALL, size=10.5) + one_line(
            year, w - 14, w - 13, 40, s.second(s.deep), SMALL, size=10.5, anchor="end"
        )
    else:  # a column down the side
        column = 74
        drawn = (
            box(0, 0, w, w, 0, s.ground)
            + inset(art(s, w - column, w, dice), column, 0, w - column, w)
            + box(0, 0, column, w, 0, s.accent)
        )
        ink = s.on(s.accent)
        turned = set_in(title, 0, 0, w - 28, 36, ink, face, largest=26, smallest=11, stand="middle")[0]
        who = one_line(" · ".join(p for p in (maker, year) if p) or " ", 0, 51, w - 28, ink, SMALL, size=9.5)
        drawn += f'<g transform="translate(9 {w - 14}) rotate(-90)">{turned}{who}</g>'
    disc = (
        circle(272, 150, 104, "#2b3033", "#767f83", 1.5)
        + "".join(ring(272, 150, r, "#474e52", 1) for r in (97, 90, 82, 74, 66, 58))
        + circle(272, 150, 36, s.accent)
        + circle(272, 150, 5, PAPER)
    )
    return disc + _shadow(x, y, w, w) + inset(drawn, x, y, w, w) + _edge(x, y, w, w)


def book_cover(item: Item, said: Item) -> str:
    """A standing book with its spine to the left."""
    dice = dice_of(item)
    art, s = chosen(item, _COVERS, dice)
    x, y, w, h = 118, 24, 164, 250
    author = stated(said, "author", "authors", "作者") or said.brand or " "
    title, face = _bare(said.title), BOOK if dice.random() < 0.6 else BOLD
    if dice.random() < 0.5:
        drawn = (
            box(0, 0, w, h, 0, s.ground)
            + set_in(
                title, w / 2, 20, w - 34, 76, s.on(s.ground), face, largest=27, smallest=11, anchor="middle", stand="middle"
            )[0]
        )
        drawn += (
            inset(art(s, w, h - 140, dice), 0, 104, w, h - 140)
            + box(0, h - 37, w, 37, 0, s.deep)
            + one_line(author, w / 2, h - 15, w - 30, s.on(s.deep), LABEL, size=8.5, anchor="middle")
        )
    else:
        drawn = box(0, 0, w, h, 0, s.ground) + inset(art(s, w, h, dice), 0, 0, w, h) + box(20, 28, w - 40, 96, 0, PAPER)
        drawn += set_in(
            title, w / 2, 34, w - 56, 60, "#23262b", face, largest=23, smallest=10.5, anchor="middle", stand="middle"
        )[0]
        drawn += one_line(author, w / 2, 114, w - 56, "#6b665c", LABEL, size=8, anchor="middle")
    pages = path(f"M{x + w} {y + 5} l10 6 V{y + h - 4} l-10 4 Z", "#efe6d2", "#c9bfac", 1)
    hinge = f'<g opacity=".22">{line(f"M{x + 9} {y} V{y + h}", SHADOW, 2.5)}</g>'
    return _shadow(x, y, w + 8, h) + pages + inset(drawn, x, y, w, h) + hinge + _edge(x, y, w, h)


def newspaper(item: Item, said: Item) -> str:
    """A story's thumbnail: a picture of its section, the section's name and the headline."""
    dice = dice_of(item)
    section = stated(said, "section", "topic", "source", "版面", "栏目") or (
        item.category[-1] if item.category else said.brand or ""
    )
    art, inks = section_of(f"{stated(item, 'section', 'topic')} {' '.join(item.category[1:])}", dice)
    s = SCHEMES[pick(dice, inks)]
    x, y, w, h = 18, 27, 364, 246
    face = BOOK if dice.random() < 0.6 or is_chinese(said.title) else BOLD
    day = stated(said, "date", "published", "日期")
    layout = int(dice.random() * 3)
    if layout == 0:  # the picture above, the headline on paper
        high = 150
        drawn = box(0, 0, w, h, 0, PAPER) + box(0, 0, w, high, 0, s.ground) + inset(art(s, w, high, dice), 0, 0, w, high)
        drawn += (
            _chip(section, 0, high - 11, s)
            + set_in(said.title, 16, high + 19, w - 32, 70, "#23262b", face, largest=25, smallest=12, stand="middle")[0]
        )
    elif layout == 1:  # a column of ink with the headline, the picture beside it
        column = 168
        drawn = (
            box(0, 0, w, h, 0, s.ground)
            + inset(art(s, w - column, h, dice), column, 0, w - column, h)
            + box(0, 0, column, h, 0, s.deep)
        )
        drawn += one_line(section, 16, 30, column - 30, s.second(s.deep), LABEL, size=9.5) + box(16, 38, 26, 3, 0, s.accent)
        drawn += set_in(said.title, 16, 54, column - 30, 152, s.on(s.deep), face, largest=26, smallest=10)[0] + one_line(
            day, 16, h - 15, column - 30, s.second(s.deep), SMALL, size=9.5
        )
    else:  # the picture all over, the headline in a band at the foot
        band = 84
        drawn = (
            box(0, 0, w, h, 0, s.ground)
            + inset(art(s, w, h - band + 6, dice), 0, 0, w, h - band + 6)
            + box(0, h - band, w, band, 0, s.deep)
        )
        drawn += _chip(section, 16, h - band - 10, s)
        drawn += set_in(said.title, 16, h - band + 16, w - 32, 60, s.on(s.deep), face, largest=25, smallest=12, stand="middle")[0]
    return _shadow(x, y, w, h) + inset(drawn, x, y, w, h) + _edge(x, y, w, h)


def _chip(section: str, x: float, y: float, s: Scheme) -> str:
    from vectorstore.pictures.lettering import width

    wide = min(200.0, 24 + width(section or " ", LABEL) * 9.5)
    return box(x, y, wide, 22, 0, s.accent) + one_line(
        section or " ", x + 12, y + 14.5, wide - 16, s.on(s.accent), LABEL, size=9.5
    )


COMPOSED = {"film": film_poster, "album": album_sleeve, "book": book_cover, "news": newspaper}
