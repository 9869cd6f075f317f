"""The pictures: every item of the sample shop is drawn, safely, in its own colour, as the right kind of thing."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest

import vectorstore
from vectorstore.item import Item, Translation
from vectorstore.pictures import alternative_text, draw
from vectorstore.pictures.kinds import kind_of
from vectorstore.pictures.lettering import BOLD, BOOK, CAPITALS, ITALIC, set_in, width
from vectorstore.pictures.media import ART, inset
from vectorstore.pictures.motifs import MOTIFS, framed
from vectorstore.pictures.palette import DARK_WASH, LIGHT_WASH, colours_in, contrast, paint
from vectorstore.pictures.schemes import SCHEMES
from vectorstore.pictures.sections import DRAWN, section_of
from vectorstore.pictures.sheet import cells_of, page, sample_of

SHOP = Path(vectorstore.__file__).parent / "catalogues" / "shop"


def item(title: str, **more: object) -> Item:
    return Item.model_validate({"id": title, "title": title, **more})


def shop() -> Iterator[Item]:
    for file in sorted(SHOP.glob("*.jsonl")):
        for row in file.read_text("utf-8").splitlines():
            if row.strip():
                yield Item.model_validate_json(row)


def parsed(svg: str) -> ElementTree.Element:
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("viewBox") == "0 0 400 300"
    return root


def harmless(svg: str) -> None:
    names = {element.tag.rpartition("}")[2] for element in parsed(svg).iter()}
    assert names <= {"svg", "g", "path", "rect", "circle", "ellipse", "text", "tspan"}
    assert "NaN" not in svg and "nan" not in re.sub(r">[^<]*<", "><", svg)
    attributes = {name for element in parsed(svg).iter() for name in element.attrib}
    assert not {a for a in attributes if a.startswith("on") or "href" in a or a in ("id", "style")}
    assert "url(" not in svg


@pytest.mark.parametrize("name", ["films", "music", "news"])
def test_every_film_record_and_story_is_a_small_harmless_picture_with_words(name: str) -> None:
    for file in sorted((SHOP.parent / name).glob("*.jsonl")):
        for row in file.read_text("utf-8").splitlines():
            svg = draw(Item.model_validate_json(row))
            assert len(svg.encode()) < 8000 and "<text" in svg, row[:80]
            harmless(svg)


def test_every_item_of_the_shop_has_a_small_harmless_picture() -> None:
    items = list(shop())
    assert items
    for each in items:
        svg = draw(each)
        assert len(svg.encode()) < 8000, each.title
        harmless(svg)
        assert svg == draw(each)
        assert "<text" not in svg, f"{each.title} is drawn with words"
        assert kind_of(each).name != "parcel", f"nothing known about {each.title}"


@pytest.mark.parametrize("name", sorted(MOTIFS))
def test_every_motif_is_valid_small_and_takes_the_colour(name: str) -> None:
    brown, blue = paint("#7d4f30"), paint("#3c6699")
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">{framed(name, brown)}</svg>'
    harmless(svg)
    assert len(svg.encode()) < 7000
    assert framed(name, brown) != framed(name, blue)


@pytest.mark.parametrize(
    ("title", "category", "kind"),
    [
        ("Harlow lambskin jacket", (), "leather_jacket"),
        ("Moss field jacket", (), "jacket"),
        ("Work jacket", ("Clothing", "Jackets", "Leather jackets"), "leather_jacket"),
        ("Stand for a phone", (), "phone_stand"),
        ("Headphones with a travel case", (), "headphones"),
        ("Coffee grinder", (), "grinder"),
        ("Drip coffee maker", (), "coffee_maker"),
        ("Rice cooker with steamer", (), "rice_cooker"),
        ("Daylight colour camera film", ("Electronics", "Add-ons", "Camera films"), "film_roll"),
        ("Rainproofing spray for suede", ("Clothing", "Care", "Shoe care"), "spray_bottle"),
        ("Round boot laces, 150 cm", ("Clothing", "Care", "Shoe care"), "laces"),
        ("Beeswax boot wax, 80 ml", ("Clothing", "Care", "Shoe care"), "care_tin"),
        ("Down wash, 300 ml", ("Clothing", "Care", "Garment care"), "garment_wash"),
        ("Kettle descaler, eight sachets", ("Kitchen", "Kitchen care"), "sachets"),
        ("Green ink, 30 ml", ("Office", "Refills and inks"), "ink_bottle"),
        ("Ink cartridges, twelve blue", ("Office", "Refills and inks"), "pen_refills"),
        ("Spare cushions, pair", ("Electronics", "Add-ons", "Audio add-ons"), "ear_cushions"),
        ("Leather watch strap", ("Electronics", "Add-ons", "Straps"), "strap"),
        ("Snail Parliament", ("Toys", "Games", "Board games"), "board_game"),
        ("Harbour Lights", ("Toys", "Games", "Board games"), "board_game"),
        ("Folding chair", ("Outdoor", "Camping chairs"), "camping_chair"),
        ("Mesh desk chair", ("Office", "Furniture", "Desk chairs"), "chair"),
        ("Compact film camera", ("Electronics", "Cameras", "Film"), "camera"),
        ("Honey lip balm SPF 15", ("Beauty", "Lips"), "lip_balm"),
        ("Trekking-pole tent", ("Outdoor", "Tents"), "tent"),
        ("Teddy bear", ("Toys",), "plush_bear"),
        ("Black toner cartridge, 2,000 pages", (), "cartridge"),
        ("X1 Carbon", ("Computers", "Notebooks"), "laptop"),
        ("Acme 1234-B", ("TV", "TV and players"), "television"),
        ("Acme 1234-B", ("Components", "Memory"), "memory_module"),
        ("Something else entirely", (), "parcel"),
        ("Something else entirely", ("Kitchen",), "pot"),
        ("羔羊皮夹克", (), "leather_jacket"),
        ("公路跑鞋", (), "running_shoe"),
        ("头戴式降噪耳机", (), "headphones"),
        ("电热水壶", (), "kettle"),
        ("手摇磨豆机", (), "grinder"),
        ("双人帐篷", ("户外", "帐篷"), "tent"),
        ("1000 片拼图", (), "puzzle"),
        ("点阵笔记本", (), "notebook"),
        ("轻薄笔记本电脑", (), "laptop"),
        ("无香护手霜", (), "tube"),
        ("防晒霜 SPF 50", (), "sunscreen"),
        ("儿童雨衣", (), "raincoat"),
    ],
)
def test_the_kind_follows_the_words(title: str, category: tuple[str, ...], kind: str) -> None:
    assert kind_of(item(title, category=category)).name == kind


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"category": ("Films", "Drama"), "attributes": {"year": 1979}}, "film"),
        ({"attributes": {"director": "R. Vale"}}, "film"),
        ({"category": ("Music",), "attributes": {"artist": "Osk"}}, "album"),
        ({"category": ("Books", "Novels")}, "book"),
        ({"category": ("News", "Science")}, "news"),
        ({"category": ("电影", "科幻")}, "film"),
    ],
)
def test_media_are_known_by_category_or_field_even_when_the_title_is_a_thing(facts: dict[str, object], kind: str) -> None:
    assert kind_of(item("The Boot", **facts)).name == kind


@pytest.mark.parametrize("category", ["Films", "Music", "Books", "News"])
@pytest.mark.parametrize(
    "title", ["<script>alert('x')</script> & \"co\"", "A]]>\x00\x07 & <b>", "夜" * 120, "W" * 200, "a" * 40 + " b"]
)
def test_a_title_is_data(title: str, category: str) -> None:
    drawn = item("x", category=(category,), attributes={"director": title, "artist": title, "author": title})
    svg = draw(drawn.model_copy(update={"title": title}))
    harmless(svg)
    assert "<script" not in svg and "<b>" not in svg
    assert len(svg.encode()) < 8000


def test_a_poster_shows_its_title_and_year() -> None:
    root = parsed(draw(item("The Last Lighthouse (1979)", category=("Films",), attributes={"year": 1979, "genre": "drama"})))
    words = " ".join("".join(element.itertext()) for element in root.iter() if element.tag.endswith("tspan"))
    assert "the last" in words.lower() and "1979" in words and "(1979)" not in words


SCHEME = SCHEMES["teal"]
FERRY = item(
    "The Slow Ferry",
    category=("Films",),
    attributes={"year": 1974, "genres": ("drama",), "director": "Ilse Maron"},
    translations={"zh": Translation(title="慢渡", attributes={"genres": ("剧情片",), "director": "伊尔莎·马龙"})},
)


@pytest.mark.parametrize("name", sorted({**ART, **DRAWN}))
def test_every_composition_is_harmless_small_and_printed_in_its_inks(name: str) -> None:
    for number, (wide, tall) in enumerate(((190, 210), (234, 234), (364, 150), (196, 246))):
        drawn = inset({**ART, **DRAWN}[name](SCHEME, wide, tall, Random(f"{name} {number}")), 0, 0, wide, tall)
        harmless(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">{drawn}</svg>')
        assert len(drawn.encode()) < 6500
        used = set(re.findall("#[0-9a-f]{6}", drawn))
        assert SCHEME.accent in drawn or SCHEME.light in drawn
        assert used <= {SCHEME.ground, SCHEME.deep, SCHEME.mid, SCHEME.light, SCHEME.accent, "#f3dcb2"}


@pytest.mark.parametrize("name", sorted(SCHEMES))
def test_words_can_be_read_on_every_ink_they_stand_on(name: str) -> None:
    s = SCHEMES[name]
    for tone in (s.ground, s.deep, s.accent):
        assert contrast(s.on(tone), tone) >= 3.9, tone
    for tone in (s.ground, s.deep):
        assert contrast(s.second(tone), tone) >= 3.9, tone


def test_sixty_films_of_one_genre_look_different() -> None:
    films = [item(f"Film {n}", category=("Films",), attributes={"genres": ("drama",), "year": 1960 + n}) for n in range(60)]
    prints = {re.sub("<text.*?</text>", "", draw(film)) for film in films}
    assert len(prints) > 55
    assert draw(films[0]) == draw(films[0].model_copy(update={"description": "Another text."}))


def test_genre_and_mood_choose_what_is_drawn_and_in_which_inks() -> None:
    def inks(**attributes: object) -> set[str]:
        drawn = (draw(item(f"Film {n}", category=("Films",), attributes=attributes)) for n in range(40))
        return {name for svg in drawn for name, s in SCHEMES.items() if s.ground in svg and s.deep in svg}

    assert inks(genres=("horror",)) <= {"blood", "plum", "ink", "forest"}
    assert inks(genres=("comedy",), mood=("funny",)).isdisjoint({"night", "ink", "blood"})
    assert inks(genres=("crime",), mood=("dark",)).isdisjoint({"mustard"})


@pytest.mark.parametrize(
    ("section", "scenes"),
    [
        ("Sport", {"pitch", "lanes", "scoreboard"}),
        ("Transport", {"bridge", "tram", "lines_map", "train"}),
        ("观点", {"voices", "quotes"}),
    ],
)
def test_a_story_shows_its_section(section: str, scenes: set[str]) -> None:
    assert {section_of(section, Random(str(n)))[0].__name__ for n in range(30)} == scenes


@pytest.mark.parametrize(
    "title",
    [
        "Supercalifragilistic",
        "A Chinese Odyssey Part One: Pandora's Box",
        "中国式离婚与其他十二个故事",
        "风暴“贝林”淹没盐滩，八十三户受灾",
        "M",
    ],
)
def test_lettering_stays_within_its_room(title: str) -> None:
    for face in (BOLD, BOOK, CAPITALS, ITALIC):
        drawn, tall = set_in(title, 10, 20, 150, 60, "#000000", face)
        size = float(re.search(r'font-size="([\d.]+)"', drawn)[1])  # type: ignore[index]
        lines = re.findall(r">([^<]+)</tspan>", drawn)
        assert tall <= 62 and all(width(html.unescape(each), face) * size <= 150.5 for each in lines)
        assert "…" not in drawn


def test_a_contact_sheet_shows_the_same_sixty_every_time() -> None:
    shown = [each.id for each in sample_of("shop")]
    assert len(set(shown)) == 60 and shown == [each.id for each in sample_of("shop")]
    assert len({each.category[0] for each in sample_of("shop")}) > 4
    text = page([("<b>", "<svg/>")], dark=True, columns=3)
    assert DARK_WASH in text and "&lt;b&gt;" in text and "repeat(3," in text
    assert len(list(cells_of("motifs"))) == len(MOTIFS)


def test_records_with_genres_are_no_films() -> None:
    record = item("Low Tide", category=("Music", "Jazz"), attributes={"artist": "Osk", "genres": ("jazz",)})
    assert kind_of(record).name == "album"
    assert kind_of(item("Low Tide", attributes={"genres": ("drama",)})).name == "film"


def test_a_brown_and_a_black_jacket_differ_in_nothing_but_colour() -> None:
    brown = draw(item("Jacket", attributes={"colour": "chestnut brown"}))
    black = draw(item("Jacket", attributes={"colour": "black"}))
    assert brown != black
    assert re.sub("#[0-9a-f]{6}", "", brown) == re.sub("#[0-9a-f]{6}", "", black)
    assert "#7c4329" in brown and "#7c4329" not in black


def test_colour_is_read_from_the_field_then_the_title_in_both_languages() -> None:
    assert colours_in("chestnut brown", stated=True) == colours_in("chestnut", stated=True) == ["#7c4329"]
    assert colours_in("深蓝色", stated=True) == colours_in("深蓝")
    assert colours_in("red and black", stated=True) == ["#b3392f", "#434a50"]
    assert colours_in("米色") and not colours_in("玉米罐头") and not colours_in("coffee maker")
    assert len({colours_in(word, stated=True)[0] for word in ("light blue", "blue", "dark blue")}) == 3
    navy = draw(item("Navy raincoat"))
    assert navy == draw(item("Navy raincoat").model_copy(update={"id": "another"}))
    assert draw(item("Navy raincoat", attributes={"colour": "yellow"})) != navy


def test_an_item_of_no_colour_gets_a_calm_one_that_stays() -> None:
    first, second = (draw(Item(id=name, title="Unknown thing")) for name in ("a-1", "a-2"))
    assert first == draw(Item(id="a-1", title="Unknown thing"))
    assert first != second or first != draw(Item(id="a-3", title="Unknown thing"))


@pytest.mark.parametrize("word", ["black", "white", "navy", "cream", "grey", "beige", "midnight", "ivory", "charcoal"])
def test_no_colour_vanishes_on_either_card(word: str) -> None:
    chosen = paint(colours_in(word, stated=True)[0])
    for wash in (LIGHT_WASH, DARK_WASH):
        assert max(contrast(chosen.base, wash), contrast(chosen.edge, wash)) > 1.5


def test_closure_and_material_are_drawn() -> None:
    zipped, buttoned = (draw(item("Jacket", attributes={"closure": how})) for how in ("zip", "horn buttons"))
    assert zipped != buttoned and zipped.count("<circle") < buttoned.count("<circle")
    plain, knitted, denim = (
        draw(item("Jacket", attributes={"colour": "blue", "material": m})) for m in ("nylon", "wool", "denim")
    )
    assert len({plain, knitted, denim}) == 3


def test_alternative_text_says_kind_and_colour_in_the_language() -> None:
    chinese = Translation(title="羔羊皮夹克", attributes={"colour": "栗棕色"})
    jacket = item("Lambskin jacket", attributes={"colour": "chestnut brown"}, translations={"zh": chinese})
    assert alternative_text(jacket, "en") == "Drawing: leather jacket, chestnut brown"
    assert alternative_text(jacket, "zh") == "图画：皮夹克，栗棕色"
    assert alternative_text(item("Alien", category=("Films",)), "en") == "Film poster: Alien"
    assert alternative_text(FERRY, "en") == "Film poster: The Slow Ferry (1974)"
    assert alternative_text(FERRY, "zh") == "电影海报：《慢渡》（1974）"


def test_the_words_change_with_the_language_and_the_picture_does_not() -> None:
    english, chinese = draw(FERRY), draw(FERRY, "zh")
    assert "慢渡" in chinese and "伊尔莎·马龙" in chinese and "慢渡" not in english
    assert re.findall("<circle[^>]*>", english) == re.findall("<circle[^>]*>", chinese)
    assert draw(FERRY, "fr") == english
