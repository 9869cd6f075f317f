"""Fourteen things that can be held in the head: jackets, boots, kettles, headphones, earbuds, a lamp.

Black or brown, zips or buttons, dry or wet: whatever a test expects of them can be read off here.
"""

from __future__ import annotations

from vectorstore.item import Item, Translation, Value

NAME = "small"

DESCRIPTION = """\
title: {en: The small shop, zh: 小店}
facets: [price, colour, material, closure]
labels:
  closure: {en: closure, zh: 闭合}
  waterproof: {en: waterproof, zh: 防水}
  noise_cancelling: {en: noise cancelling, zh: 降噪}
  battery_hours: {en: battery (hours), zh: 续航（小时）}
service:
  return: {en: You can send things back within 30 days., zh: 30 天内可以退货。}
"""


def thing(
    id: str,
    title: tuple[str, str],
    kind: tuple[str, ...],
    price: float | None,
    brand: str,
    said: tuple[str, str],
    chinese: dict[str, Value] | None = None,
    **attributes: Value,
) -> Item:
    """An item of the shop; `title` and `said` (its description) in English and Chinese."""
    return Item(
        id=id,
        title=title[0],
        description=said[0],
        price=price,
        currency="USD" if price is not None else None,
        category=kind,
        brand=brand,
        attributes=attributes,
        availability="out_of_stock" if id == "denim" else "preorder" if id == "lamp" else "in_stock",
        translations={"zh": Translation(title=title[1], description=said[1], attributes=chinese or {})},
    )


JACKETS = ("Clothing", "Jackets")
BOOTS = ("Clothing", "Boots")
KETTLES = ("Kitchen", "Kettles")
HEADPHONES = ("Electronics", "Headphones")

SHOP = [
    thing(
        "harlow",
        ("Harlow leather jacket", "哈洛皮夹克"),
        JACKETS,
        179.0,
        "Corvane",
        (
            "Chestnut brown lambskin, cut to the hip. Closes with four horn buttons.",
            "栗棕色小羊皮，长度到胯。用四颗牛角扣闭合。",
        ),
        {"colour": "栗棕色", "material": "羊皮革", "closure": "牛角扣"},
        colour="chestnut brown",
        material="lambskin leather",
        closure="horn buttons",
        weight_g=900,
        size=("S", "M", "L"),
        waterproof=False,
        rating=4.5,
    ),
    thing(
        "moto",
        ("Moto leather jacket", "机车皮夹克"),
        JACKETS,
        199.0,
        "Corvane",
        ("Black cowhide with a metal zip and two zipped pockets.", "黑色牛皮，金属拉链，两个拉链口袋。"),
        {"colour": "黑色", "material": "牛皮革", "closure": "拉链"},
        colour="black",
        material="cowhide leather",
        closure="zip",
        weight_g=1400,
        size=("M", "L"),
        waterproof=False,
    ),
    thing(
        "racer",
        ("Racer leather jacket", "赛车皮夹克"),
        JACKETS,
        260.0,
        "Halden",
        ("Black leather with a band collar. Snap buttons all the way down.", "黑色皮革，立领，从上到下都是按扣。"),
        {"colour": "黑色", "material": "皮革", "closure": "按扣"},
        colour="black",
        material="leather",
        closure="snap buttons",
        weight_g=1100,
        size=("S", "M"),
        rating=4.0,
    ),
    thing(
        "field",
        ("Field jacket", "猎装夹克"),
        JACKETS,
        149.0,
        "Moss",
        ("Umber waxed cotton with four pockets.", "深棕色打蜡棉布，四个口袋。"),
        {"colour": "深棕色", "material": "打蜡棉布", "closure": "纽扣"},
        colour="umber",
        material="waxed cotton",
        closure="buttons",
        weight_g=1000,
        size=("M", "L", "XL"),
        waterproof=True,
    ),
    thing(
        "rain",
        ("Rain jacket", "雨衣夹克"),
        JACKETS,
        89.0,
        "Moss",
        ("Light blue nylon that packs into its own pocket.", "浅蓝色尼龙，可收进自己的口袋。"),
        {"colour": "浅蓝色", "material": "尼龙", "closure": "拉链"},
        colour="sky blue",
        material="nylon",
        closure="zip",
        weight_g=300,
        size=("S", "M", "L"),
        waterproof=True,
        rating=4.8,
    ),
    thing(
        "denim",
        ("Denim jacket", "牛仔夹克"),
        JACKETS,
        75.0,
        "Halden",
        ("Indigo cotton with copper buttons.", "靛蓝色棉布，铜纽扣。"),
        {"colour": "靛蓝色", "material": "棉", "closure": "铜纽扣"},
        colour="indigo",
        material="cotton",
        closure="copper buttons",
        weight_g=700,
        size=("S",),
    ),
    thing(
        "trail",
        ("Trail boots", "徒步靴"),
        BOOTS,
        139.0,
        "Moss",
        ("Brown leather boots with a deep sole for wet paths.", "棕色皮靴，深齿大底，适合湿滑的路。"),
        {"colour": "棕色", "material": "皮革"},
        colour="brown",
        material="leather",
        size=(40, 41, 42),
        waterproof=True,
        weight_g=1200,
    ),
    thing(
        "city",
        ("City boots", "城市靴"),
        BOOTS,
        110.0,
        "Halden",
        ("Black suede with a soft lining.", "黑色麂皮，柔软内里。"),
        {"colour": "黑色", "material": "麂皮"},
        colour="black",
        material="suede",
        size=(42, 43, 44),
        waterproof=False,
        weight_g=800,
    ),
    thing(
        "glass",
        ("Glass kettle", "玻璃电热水壶"),
        KETTLES,
        39.0,
        "Tarn",
        ("Clear glass, so you see the water boil.", "透明玻璃，看得见水开。"),
        {"colour": "透明", "material": "玻璃"},
        colour="clear",
        material="glass",
        capacity_l=1.7,
        noise_db=62,
    ),
    thing(
        "steel",
        ("Steel kettle", "不锈钢电热水壶"),
        KETTLES,
        59.0,
        "Tarn",
        ("Brushed steel with a quiet base.", "拉丝不锈钢，底座安静。"),
        {"colour": "银色", "material": "不锈钢"},
        colour="silver",
        material="steel",
        capacity_l=1.5,
        noise_db=48,
    ),
    thing(
        "hush",
        ("Tarn Hush headphones", "塔恩静音耳机"),
        HEADPHONES,
        129.0,
        "Tarn",
        ("Grey over-ear headphones that play for 40 hours.", "灰色头戴耳机，一次能听 40 小时。"),
        {"colour": "灰色"},
        colour="grey",
        noise_cancelling=True,
        battery_hours=40,
        weight_g=248,
        rating=4.6,
    ),
    thing(
        "vela",
        ("Vela One headphones", "维拉一号耳机"),
        HEADPHONES,
        59.0,
        "Vela",
        ("White on-ear headphones that fold flat.", "白色贴耳耳机，可以折平。"),
        {"colour": "白色"},
        colour="white",
        noise_cancelling=False,
        battery_hours=25,
        weight_g=190,
    ),
    thing(
        "mini",
        ("Vela Mini earbuds", "维拉迷你耳塞"),
        ("Electronics", "Earbuds"),
        45.0,
        "Vela",
        ("Black earbuds in a case the size of a coin.", "黑色耳塞，盒子只有硬币大。"),
        {"colour": "黑色"},
        colour="black",
        noise_cancelling=False,
        battery_hours=6,
        weight_g=9,
    ),
    thing(
        "lamp",
        ("Desk lamp", "台灯"),
        ("Office", "Lamps"),
        None,
        "Halden",
        ("A black lamp with a heavy foot.", "黑色台灯，底座很重。"),
        {"colour": "黑色"},
        colour="black",
    ),
]

BY_ID = {item.id: item for item in SHOP}
JACKET_IDS = {item.id for item in SHOP if item.category == JACKETS}
