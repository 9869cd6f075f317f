"""Which picture and which inks a newspaper's section has. tests/test_pictures.py notices a change."""

from __future__ import annotations

import re
from random import Random

from vectorstore.pictures.news_places import (
    bridge,
    crane,
    hall,
    lamp,
    lanes,
    lines_map,
    mast,
    pitch,
    schoolhouse,
    scoreboard,
    shopfront,
    tram,
    tree,
    turbines,
)
from vectorstore.pictures.news_things import (
    ballot,
    board,
    capsules,
    chart,
    circuit,
    cup,
    curtain,
    frames,
    heartbeat,
    loaf,
    pencils,
    plate,
    quotes,
    scales,
    voices,
)
from vectorstore.pictures.rooms import stairs
from vectorstore.pictures.scenes import Scene, hills, rain, sea, skyline, train
from vectorstore.pictures.signs import tiles

# Section -> the words it is known by, its pictures, its schemes.
SECTIONS: tuple[tuple[str, tuple[Scene, ...], str], ...] = (
    (r"\bsport|football|体育|足球", (pitch, lanes, scoreboard), "forest ember sky moss"),
    (r"transport|traffic|travel|交通", (bridge, tram, lines_map, train), "sky teal mustard steel"),
    (r"business|econom|financ|money|财经|商业|经济", (chart, crane, shopfront), "teal mustard night steel"),
    (r"school|education|教育|学校", (board, pencils, schoolhouse), "mustard coral cream teal"),
    (r"environment|climate|weather|nature|环境|气候|天气", (turbines, tree, sea, rain), "sky moss forest ice"),
    (r"town hall|politic|council|government|world|市政|政治|政府|国际", (hall, ballot, stairs), "steel sand plum night"),
    (r"crime|court|police|law|法治|法院|警|犯罪", (scales, lamp, skyline), "night ink wine steel"),
    (r"culture|arts|film|music|book|文化|艺术", (curtain, frames, tiles), "wine plum violet coral"),
    (r"food|drink|restaurant|美食|餐饮|饮食", (plate, cup, loaf), "ember mustard moss coral"),
    (r"health|medic|健康|医疗|卫生", (heartbeat, capsules), "teal rose ice coral"),
    (r"opinion|comment|letter|column|观点|评论", (voices, quotes), "cream violet coral steel"),
    (r"tech|science|digital|科技|科学", (circuit, mast), "violet night teal ink"),
)
DRAWN: dict[str, Scene] = {made.__name__: made for _, scenes, _ in SECTIONS for made in scenes}


def section_of(name: str, dice: Random) -> tuple[Scene, str]:
    """(what to draw, the schemes to choose from) for a section; hills where it is none that is known."""
    for words, scenes, schemes in SECTIONS:
        if re.search(words, name.lower()):
            return scenes[int(dice.random() * len(scenes))], schemes
    return (hills, skyline, tiles)[int(dice.random() * 3)], "teal mustard steel coral"
