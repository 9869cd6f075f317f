"""Which colours a picture is painted in: the item's own colour word, in English or Chinese, and its shades.

The words are those of `words.yaml` plus the tones below; a colour that would vanish on the light or the dark card gets
an edge that does not. `tests/test_pictures.py` notices a change.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from vectorstore.item import Item
from vectorstore.words import fold, stem

LIGHT_WASH = "#f2eee5"
DARK_WASH = "#202a2e"

STEEL, STEEL_DARK, STEEL_LIGHT = "#b4bcc0", "#87929a", "#dde2e4"
WOOD, WOOD_DARK, WOOD_LIGHT = "#bb8c5c", "#946940", "#d7b083"
INK, INK_LIGHT, INK_DARK = "#47535b", "#66757e", "#323c43"
PAPER, PAPER_SHADE, PAPER_EDGE = "#fcf9f2", "#e9e2d3", "#c9bfac"
GLASS, GLASS_SHADE = "#d3e3e4", "#a8c2c6"
BRASS, CREAM, CLAY, LEAF = "#c9a14f", "#e5cb98", "#c4683f", "#6f8f5a"

_FAMILY = {
    "black": "#434a50", "white": "#faf7f0", "grey": "#8b9196", "brown": "#7d4f30", "beige": "#d3bd98",
    "red": "#b3392f", "pink": "#dc97a0", "orange": "#d9793a", "yellow": "#e2b23f", "green": "#54794f",
    "blue": "#3c6699", "purple": "#785a90", "silver": "#b4bcc0", "gold": "#c9a14f",
}  # fmt: skip
_TONE = {
    # black, white and grey
    "jet": "#3c4247", "ebony": "#4b4340", "曜石黑": "#3c4247", "ivory": "#f6efdd", "off-white": "#f5f0e4",
    "米白": "#f5f0e4", "象牙白": "#f6efdd", "乳白": "#f7f2e6", "chalk": "#f2f0ea", "charcoal": "#565c61",
    "charcoal black": "#484e53", "slate": "#67747d", "graphite": "#5b6166", "ash": "#a9aca9", "stone": "#a8a196",
    "heather grey": "#a3a6a8", "深灰": "#5f656a", "浅灰": "#b4b8b9", "炭灰": "#565c61", "石墨": "#5b6166",
    "银灰": "#aab1b5", "pewter": "#8f9494",
    # brown and beige
    "chestnut": "#7c4329", "tan": "#b5814f", "cognac": "#9c5a2d", "tobacco": "#8f6138", "umber": "#5f4a36",
    "walnut": "#6b4a33", "chocolate": "#55382a", "mocha": "#76594a", "coffee": "#5f4434", "camel": "#bd9059",
    "caramel": "#b0703a", "saddle": "#96602f", "cinnamon": "#a35f38", "hazel": "#93704a", "咖啡": "#5f4434",
    "栗": "#7c4329", "驼": "#bd9059", "焦糖": "#b0703a", "深棕": "#5f4330", "浅棕": "#a87c55", "胡桃": "#6b4a33",
    "sand": "#d6c19a", "oat": "#dccdb0", "oatmeal": "#dccdb0", "cream": "#f0e6cf", "taupe": "#a39382",
    "khaki": "#b3a274", "nude": "#dcb99d", "卡其": "#b3a274", "沙": "#d6c19a", "燕麦": "#dccdb0", "奶油": "#f0e6cf",
    "杏": "#e3c29a", "裸": "#dcb99d",
    # red, pink, orange, yellow
    "crimson": "#a5283a", "scarlet": "#c23a2b", "burgundy": "#742c3b", "maroon": "#743133", "wine": "#722f40",
    "brick": "#a2503a", "rust": "#a9542f", "cherry": "#a8283a", "oxblood": "#6d2c2e", "酒红": "#722f40",
    "砖红": "#a2503a", "枣红": "#7f2f34", "樱桃红": "#a8283a", "朱红": "#c8472f", "rose": "#cd7f8a",
    "dusty rose": "#c48d8f", "blush": "#e5b9b3", "coral pink": "#e58f85", "fuchsia": "#bf4585", "magenta": "#b04585",
    "bubblegum": "#e79bb6", "玫红": "#bf4575", "藕粉": "#d9aaa6", "桃粉": "#e9a79b", "樱花粉": "#ecbfc4",
    "apricot": "#e3a86c", "tangerine": "#e0803a", "terracotta": "#bd6a47", "amber": "#d59a3a", "coral": "#de7f68",
    "珊瑚": "#de7f68", "赤陶": "#bd6a47", "琥珀": "#d59a3a", "mustard": "#c99a35", "lemon": "#ecd05e",
    "ochre": "#c28f3a", "honey": "#d9a444", "芥末黄": "#c99a35", "柠檬黄": "#ecd05e", "姜黄": "#d09a32",
    "鹅黄": "#efd67a",
    # green, blue, purple
    "olive": "#74743f", "sage": "#9aab8c", "moss": "#6d7c46", "forest": "#355a41", "forest green": "#355a41",
    "mint": "#a3cdb8", "emerald": "#2f8061", "pine": "#2f5a4c", "bottle green": "#2c5444", "fern": "#64884f",
    "橄榄": "#74743f", "墨绿": "#2f5647", "军绿": "#666b45", "薄荷": "#a3cdb8", "苔绿": "#6d7c46",
    "森林绿": "#355a41", "鼠尾草": "#9aab8c", "teal": "#2f7a7a", "turquoise": "#4ba6a2", "青": "#4f8f92",
    "navy": "#2e3f63", "cobalt": "#2f55a3", "indigo": "#3d4784", "denim": "#4f6f95", "sky": "#86b3d3",
    "sky blue": "#86b3d3", "azure": "#5f9ed0", "royal blue": "#3556a8", "midnight": "#2d3a59", "petrol": "#2c5f70",
    "teal blue": "#2f7283", "藏青": "#2e3f63", "深蓝": "#2f4674", "天蓝": "#86b3d3", "靛蓝": "#3d4784",
    "海军蓝": "#2e3f63", "宝蓝": "#3556a8", "浅蓝": "#94bbd5", "雾蓝": "#8ba3b5", "lilac": "#b9a2cc",
    "lavender": "#aa9bc9", "plum": "#6a3f62", "violet": "#7353a0", "aubergine": "#51344f", "mauve": "#a3859d",
    "紫罗兰": "#7353a0", "薰衣草": "#aa9bc9", "梅紫": "#6a3f62", "丁香": "#b9a2cc", "chrome": "#b9c1c5",
    "brass": "#c3a04f", "黄铜": "#c3a04f", "copper": "#b8734d", "铜": "#b8734d", "bronze": "#93704a",
    "rose gold": "#d6a091", "玫瑰金": "#d6a091", "clear": "#b5cdd0", "transparent": "#b5cdd0", "透明": "#b5cdd0",
    "straw": "#dcc58f", "copper red": "#a95f41", "silver grey": "#a9b0b4",
}  # fmt: skip
_MATERIAL = {
    "wood": WOOD, "wooden": WOOD, "bamboo": "#cfac6d", "oak": "#c29a68", "beech": "#d6b184", "walnut": "#7a5640",
    "cork": "#c69c6d", "leather": "#8a5a38", "suede": "#a27a55", "steel": "#aab3b8", "aluminium": "#b4bcc0",
    "aluminum": "#b4bcc0", "titanium": "#9aa1a4", "iron": "#4b5156", "ceramic": "#ece4d4", "porcelain": "#f3eee2",
    "stoneware": "#c4b49a", "linen": "#d4c7ab", "denim": "#4f6f95", "copper": "#b8734d", "canvas": "#cdbb95",
    "brass": "#c3a04f", "木": WOOD, "竹": "#cfac6d", "胡桃木": "#7a5640", "皮": "#8a5a38", "钢": "#aab3b8",
    "铝": "#b4bcc0", "铸铁": "#4b5156", "陶瓷": "#ece4d4", "瓷": "#f3eee2", "亚麻": "#d4c7ab", "牛仔": "#4f6f95",
    "铜": "#b8734d", "帆布": "#cdbb95",
}  # fmt: skip
_CALM = ("#7f8f95", "#a18d74", "#7e9183", "#94869a", "#b0956f", "#8a7f74", "#6f8790", "#a5857b")
_COLOUR_FIELDS = ("colour", "color", "colours", "colors", "colourway", "shade", "颜色", "色")
_MATERIAL_FIELDS = ("material", "materials", "fabric", "outer", "upper", "finish", "材质", "材料", "面料")


@dataclass(frozen=True)
class Paint:
    """One colour and what goes with it, all as #rrggbb, with how the thing is made and closed."""

    base: str
    shade: str
    dark: str
    deep: str
    light: str
    pale: str
    line: str
    """Seams and small marks: seen on `base`, whether that is dark or light."""
    edge: str
    """The outline of the silhouette: `base` itself unless that would vanish on one of the two washes."""
    rim: str
    """The outline of a dark part: like `edge`, and never lost on the dark wash."""
    limb: str
    """Handles, straps and leads: darker than `base` as far as the dark wash lets it be."""
    tint: str
    """Labels, bellies and panels: pale on a colour, shaded on white."""
    gleam: str
    """Lids and shines: a little lighter than `base`, shaded on white."""
    mark: str
    """A sign printed on it: pale on a colour, dark on white."""
    accent: str
    texture: str = "plain"
    closure: str = ""


def _numbers(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(colour: str, other: str, part: float) -> str:
    """`colour` with `part` (0 to 1) of `other` in it."""
    pairs = zip(_numbers(colour), _numbers(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, after WCAG 2."""
    parts = [n / 255 for n in _numbers(colour)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21, after WCAG 2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=512)
def paint(base: str, accent: str = "", texture: str = "plain", closure: str = "") -> Paint:
    """The shades of `base`; the accent is chosen to stand out from it when none is given."""
    bright = luminance(base)
    edge = base
    if contrast(base, LIGHT_WASH) < 1.5:
        edge = mixed(base, "#6e6351", 0.42)
    elif contrast(base, DARK_WASH) < 2.1:
        edge = mixed(base, "#ffffff", 0.34)
    white = bright > 0.68
    shade, dark, deep = (mixed(base, "#14181c", part) for part in (0.1, 0.24, 0.46))
    light, pale = (mixed(base, "#fffaf0", part) for part in (0.2, 0.7))
    line = mixed(base, "#fffaf0", 0.32) if bright < 0.09 else mixed(base, "#14181c", 0.34)
    limb = next((t for t in (deep, dark, shade, base) if contrast(t, DARK_WASH) > 1.7), edge)
    return Paint(
        base=base,
        shade=shade,
        dark=dark,
        deep=deep,
        light=light,
        pale=pale,
        line=line,
        rim=edge if contrast(edge, DARK_WASH) < 4 else limb,
        limb=limb,
        tint=shade if white else pale,
        gleam=shade if white else light,
        mark=line if white else pale,
        edge=edge,
        accent=accent or (CREAM if bright < 0.42 else CLAY),
        texture=texture,
        closure=closure,
    )


@lru_cache(maxsize=1)
def _colour_words() -> dict[str, str]:
    """Every colour word, folded, to its tone; longer words are tried first."""
    raw = yaml.safe_load((Path(__file__).parents[1] / "words.yaml").read_text("utf-8"))
    table: dict[str, str] = {}
    for head, members in raw["colours"].items():
        tone = _FAMILY.get(head, _CALM[0])
        for word in (head, *members):
            table[fold(word)] = tone
    for group in raw["same"]:
        known = next((table[fold(w)] for w in group if fold(w) in table), None)
        for word in group:
            if known:
                table.setdefault(fold(word), known)
    table.update({fold(word): tone for word, tone in _TONE.items()})
    return dict(sorted(table.items(), key=lambda pair: -len(pair[0])))


# Chinese words of one character that mean a colour only where a colour is stated: 米 is also rice, 金 a surname.
_ALONE = frozenset("米杏沙裸粉金银栗驼青铜橘")
# Words that in a title are more often the thing than its colour.
_THINGS = frozenset(["coffee", "cream", "snow", "stone", "wine", "honey", "lemon", "sand", "咖啡", "奶油", "燕麦"])


def colours_in(text: str, stated: bool = False) -> list[str]:
    """The tones named in `text`, in order. `stated` says that it is a colour field, so that one character counts."""
    found: list[tuple[int, int, str]] = []
    rest = fold(text)
    for word, tone in _colour_words().items():
        if word in _THINGS and not stated:
            continue
        if word.isascii():
            spots = [m.start() for m in re.finditer(rf"(?<![a-z]){re.escape(word)}(?![a-z])", rest)]
        elif word in _ALONE and not stated:
            spots = [m.start() for m in re.finditer(f"{word}色", rest)]
        elif len(word) == 1 and not stated:
            spots = [m.start() for m in re.finditer(f"{word}色|[深浅纯]{word}", rest)]
        else:
            spots = [m.start() for m in re.finditer(re.escape(word), rest)]
        for spot in spots:
            shaded = re.search(r"(?:\b(dark|deep|washed)|\b(light|pale|soft)|([深暗])|([浅淡]))\s?$", rest[:spot])
            if shaded and tone in _FAMILY.values():
                dark = shaded.group(1) or shaded.group(3)
                # Never as far as a family tone: "light blue" is one of its own.
                tone = mixed(tone, "#14181c", 0.3) if dark else mixed(tone, "#fffaf0", 0.38)
            found.append((spot, spot + len(word), tone))
            rest = rest[:spot] + "·" * len(word) + rest[spot + len(word) :]
    ordered = [tone for _, _, tone in sorted(found)]
    # "chestnut brown" names one colour: the family word after its own member adds nothing.
    wide = set(_FAMILY.values())
    return [
        t for i, t in enumerate(ordered) if not (i and t in wide and ordered[i - 1] not in wide and _joined(found, i))
    ]


def _joined(found: list[tuple[int, int, str]], number: int) -> bool:
    """Whether the colour of that number, in reading order, follows the one before it directly."""
    before, here = sorted(found)[number - 1 : number + 1]
    return here[0] - before[1] <= 1


def _texts(item: Item, fields: tuple[str, ...]) -> list[str]:
    stated = []
    for name in fields:
        value = item.attributes.get(name)
        if value is not None:
            stated.append(" ".join(str(v) for v in value) if isinstance(value, tuple) else str(value))
    return stated


def texture_of(item: Item) -> str:
    """How the surface is drawn: stripe, check, knit, denim, wood, leather, metal or plain."""
    for text in (*_texts(item, ("pattern", "图案")), *_texts(item, _MATERIAL_FIELDS), item.title, " ".join(item.tags)):
        words = {stem(w) for w in re.findall(r"[a-z]+", fold(text))}
        chosen = (
            ("stripe", {"striped", "stripe", "breton"}, "条纹"),
            ("check", {"check", "checked", "plaid", "tartan", "gingham", "flannel"}, "格子|格纹|法兰绒"),
            (
                "knit",
                {"wool", "merino", "cashmere", "knit", "knitted", "alpaca", "lambswool"},
                "毛线|羊毛|羊绒|针织|毛呢",
            ),
            ("denim", {"denim", "jean"}, "牛仔|丹宁"),
            ("leather", {"leather", "suede", "lambskin", "nubuck", "cowhide", "sheepskin", "calfskin"}, "皮"),
            ("wood", {"wood", "wooden", "bamboo", "oak", "walnut", "beech", "birch", "acacia", "maple"}, "木|竹"),
            ("metal", {"steel", "aluminium", "aluminum", "titanium", "iron", "brass", "copper"}, "钢|铝|铁|铜"),
        )
        for name, english, chinese in chosen:
            if words & english or re.search(chinese, text):
                return name
    return "plain"


def closure_of(item: Item) -> str:
    """ "zip" or "button" where the item says how it closes, else an empty word."""
    stated = fold(" ".join((*_texts(item, ("closure", "fastening", "闭合", "门襟")), item.title)))
    if re.search(r"button|snap|toggle|扣", stated):
        return "button"
    return "zip" if re.search(r"\bzip|拉链", stated) else ""


def paint_of(item: Item, usual: tuple[str, ...] = ()) -> Paint:
    """The paint for an item: by its colour field, its title and tags, its material, what is `usual`, or a calm tone."""
    found: list[str] = []
    for text in _texts(item, _COLOUR_FIELDS):
        found = found or colours_in(text, stated=True)
    for text in (item.title, *(t.title for t in item.translations.values()), " ".join(item.tags)):
        found = found or colours_in(text)
    if not found:
        for text in (*_texts(item, _MATERIAL_FIELDS), item.title):
            words = [w for part in re.findall(r"[a-z]+", fold(text)) for w in (part, stem(part))]
            tone = next((_MATERIAL[w] for w in words if w in _MATERIAL), None) or next(
                (t for w, t in _MATERIAL.items() if not w.isascii() and w in text), None
            )
            if tone:
                found = [tone]
                break
    calm = usual or _CALM
    base = found[0] if found else calm[number_of(item.id) % len(calm)]
    second = next((tone for tone in found[1:] if contrast(tone, base) > 1.25), "")
    return paint(base, second, texture_of(item), closure_of(item))


def number_of(text: str) -> int:
    """The same large number for the same text, on every machine and in every run."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:6], "big")
