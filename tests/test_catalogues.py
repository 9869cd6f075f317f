"""The sample catalogues are clean, and every rule of their check finds the flaw it is for and leaves a clean item alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from vectorstore import check
from vectorstore.checks import agreement, languages, names, numbers, records, wording
from vectorstore.checks.finding import Finding, Row, Samples
from vectorstore.info import describe
from vectorstore.item import Item

JACKET = {
    "id": "jacket",
    "title": "Orvane Tarn rain jacket",
    "description": "Navy nylon that keeps out rain for a day of walking. It weighs 410 g and packs into its own pocket.",
    "price": 120.0,
    "currency": "USD",
    "category": ("Clothing", "Rain jackets"),
    "brand": "Orvane",
    "attributes": {"colour": "navy", "material": "nylon", "waterproof": True, "weight_g": 410},
    "availability": "in_stock",
    "translations": {
        "zh": {
            "title": "Orvane Tarn 雨衣夹克",
            "description": "藏青尼龙面料，走一天路也挡得住雨。重 410 克，能收进自己的口袋。",
            "attributes": {"colour": "藏青", "material": "尼龙"},
        }
    },
}
FILM = {
    "id": "film",
    "title": "The Slow Ferry",
    "description": "A ferryman and his daughter cross one river all year, and neither says why they stay.",
    "category": ("Films", "Drama"),
    "attributes": {"year": 1974, "genres": ("drama",), "director": "Ilse Maron"},
    "translations": {
        "zh": {
            "title": "慢渡",
            "description": "船工和女儿一年到头在同一条河上摆渡，谁也不说为什么留下。",
            "attributes": {"genres": ("剧情片",), "director": "伊尔莎·马龙"},
        }
    },
}
STORY = {
    "id": "story",
    "title": "Harbour wall closed after the storm",
    "description": "The east wall stays shut until engineers in Pellhaven have looked at the cracks.",
    "category": ("News", "Transport"),
    "attributes": {"section": "Transport", "published": "2026-11-20"},
    "translations": {
        "zh": {
            "title": "风暴过后港堤封闭",
            "description": "东堤要等佩尔港的工程师查看裂缝之后才会重新开放。",
            "attributes": {"section": "交通"},
        }
    },
}


def row(base: dict[str, object] = JACKET, *, zh: dict[str, object] | None = None, line: int = 1, **more: object) -> Row:
    """The clean item with something changed; attributes are laid over, None takes one out."""
    made = {**base, **more}
    for side, given in ((made, more), (zh or {}, zh or {})):
        if "attributes" in given:
            under = base["attributes"] if side is made else base["translations"]["zh"]["attributes"]  # type: ignore[index]
            side["attributes"] = {k: v for k, v in {**under, **given["attributes"]}.items() if v is not None}  # type: ignore[dict-item]
    if zh is not None:
        made["translations"] = {"zh": {**base["translations"]["zh"], **zh}}  # type: ignore[index]
    return Row(Item.model_validate(made), "made/up.jsonl", line)


def every(one: Row) -> list[Finding]:
    return [finding for rule in check._ROW_CHECKS for finding in rule(one)]


def rules(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


@pytest.mark.parametrize("base", [JACKET, FILM, STORY], ids=["jacket", "film", "story"])
def test_a_clean_item_has_no_findings(base: dict[str, object]) -> None:
    assert every(row(base)) == []


def test_a_number_in_the_name_of_a_film_is_no_running_time() -> None:
    days = row(FILM, title="28 Days Later", zh={"title": "惊变28天"})
    hours = row(FILM, title="48 Hours", zh={"title": "48小时"})
    assert [f for one in (days, hours) for f in numbers.against_attributes(one)] == []
    assert "number" in rules(every(row(JACKET, title="Orvane Tarn rain jacket 510 g"))), "a jacket's title tells of the jacket"


ATTRIBUTES = "attributes"
FLAWS = {
    "the colour in the title": ("colour", {"title": "Orvane Tarn red jacket"}, None),
    "the colour in Chinese": ("colour", {}, {ATTRIBUTES: {"colour": "砖红"}}),
    "the material in the title": ("material", {"title": "Orvane Tarn linen jacket"}, None),
    "the material in Chinese": ("material", {}, {ATTRIBUTES: {"material": "羊毛"}}),
    "waterproof though it is not": (
        "true or false",
        {"description": "A waterproof jacket of navy nylon that weighs 410 g.", ATTRIBUTES: {"waterproof": False}},
        None,
    ),
    "not waterproof though it is": (
        "true or false",
        {"description": "Navy nylon, and not really waterproof in a storm. It weighs 410 g."},
        None,
    ),
    "不防水 though it is": ("true or false", {}, {"description": "藏青尼龙面料，走一天路也行，不防水。重 410 克，能收进口袋。"}),
    "no brand in the Chinese title": ("brand", {}, {"title": "塔恩雨衣夹克"}),
    "pounds in a dollar catalogue": (
        "currency",
        {"description": "Navy nylon that keeps out rain, and £20 less than last year. It weighs 410 g."},
        None,
    ),
    "元 in a dollar catalogue": (
        "currency",
        {},
        {"description": "藏青尼龙面料，比去年便宜 20 元。重 410 克，能收进自己的口袋。"},
    ),
    "grams that are not the weight": ("number", {ATTRIBUTES: {"weight_g": 530}}, None),
    "hours that are not the battery's": (
        "number",
        {
            "description": "Navy nylon with a lamp in its hood that lasts 9 hours. It weighs 410 g.",
            ATTRIBUTES: {"battery_hours": 12},
        },
        {"description": "藏青尼龙面料，帽子里有灯，能亮 9 小时。重 410 克，能收进口袋。"},
    ),
    "a decade without Chinese": ("translation", {ATTRIBUTES: {"decade": "1990s"}}, None),
    "a number in one language alone": (
        "languages differ",
        {},
        {"description": "藏青尼龙面料，走一天路也挡得住雨。重 410 克，有 3 个口袋。"},
    ),
    "a measure in words": (
        "languages differ",
        {"description": "Navy nylon that keeps out rain for six hours of walking. It weighs 410 g."},
        {"description": "藏青尼龙面料，走 8 小时也挡得住雨。重 410 克，能收进口袋。"},
    ),
    "no translation": ("translation", {"translations": {}}, None),
    "an attribute without Chinese": ("translation", {ATTRIBUTES: {"closure": "zip"}}, None),
    "a list that lost an entry": (
        "translation",
        {ATTRIBUTES: {"season": ("spring", "autumn")}},
        {ATTRIBUTES: {"season": ("春季",)}},
    ),
    "a Chinese attribute of nothing": ("translation", {}, {ATTRIBUTES: {"closure": "拉链"}}),
    "English in a Chinese text": (
        "stray words",
        {},
        {"description": "藏青尼龙面料，走一天路也挡得住 rain 和风。重 410 克。"},
    ),
    "Chinese in an English text": (
        "stray words",
        {"description": "Navy nylon that keeps out rain for a day of 徒步. It weighs 410 g."},
        None,
    ),
    "a half-width comma": ("punctuation", {}, {"description": "藏青尼龙面料,走一天路也挡得住雨。重 410 克。"}),
    "no full stop": ("punctuation", {"description": "Navy nylon that keeps out rain for a day of walking, 410 g"}, None),
    "a filler": ("filler", {"description": "Navy nylon, perfect for a day of walking. It weighs 410 g in all."}, None),
    "a Chinese filler": ("filler", {}, {"description": "藏青尼龙面料，雨天必备，走一天路也挡得住。重 410 克。"}),
    "an empty description": ("empty", {"description": "Navy."}, None),
    "a real brand": ("real name", {"brand": "The North  Face", "title": "Tarn rain jacket"}, None),
    "a real brand in the text": (
        "real name",
        {"description": "Navy nylon with a Gore-Tex lining for a day of walking. It weighs 410 g."},
        None,
    ),
    "a real brand in Chinese": ("real name", {}, {"description": "藏青尼龙面料，和始祖鸟一样挡雨。重 410 克，能收进口袋。"}),
    "a price before that is lower": ("offer", {ATTRIBUTES: {"was": 90}}, None),
    "a coupon above the price": (
        "offer",
        {ATTRIBUTES: {"coupon": "TARN", "coupon_saves": 130, "offer_ends": "2026-12-31"}},
        None,
    ),
    "a coupon without an end": ("offer", {ATTRIBUTES: {"coupon": "TARN", "coupon_saves": 10}}, None),
    "an end that is no date": ("date", {ATTRIBUTES: {"was": 140, "offer_ends": "end of the year"}}, None),
    "sold out and in stock": ("stock", {ATTRIBUTES: {"stock": 0}}, None),
    "some left and out of stock": ("stock", {ATTRIBUTES: {"stock": 4}, "availability": "out_of_stock"}, None),
}


@pytest.mark.parametrize(("rule", "more", "zh"), FLAWS.values(), ids=FLAWS.keys())
def test_a_planted_flaw_is_found(rule: str, more: dict[str, object], zh: dict[str, object] | None) -> None:
    assert rule in rules(every(row(zh=zh, **more)))


@pytest.mark.parametrize(
    ("rule", "base", "more", "zh"),
    [
        ("media", FILM, {ATTRIBUTES: {"year": None}}, None),
        ("media", FILM, {ATTRIBUTES: {"genres": None}}, None),
        ("media", FILM, {}, {ATTRIBUTES: {"director": None}}),
        ("media", STORY, {ATTRIBUTES: {"published": None}}, None),
        ("date", STORY, {ATTRIBUTES: {"published": "20 November"}}, None),
        ("year", FILM, {"title": "The Slow Ferry (1979)"}, None),
        ("real name", STORY, {"title": "Harbour wall in London closed after the storm"}, None),
        ("real name", STORY, {}, {"title": "风暴过后上海港堤封闭"}),
        ("real name", STORY, {ATTRIBUTES: {"author": "Elon Musk"}}, {ATTRIBUTES: {"author": "埃隆"}}),
    ],
)
def test_films_and_stories_have_flaws_of_their_own(
    rule: str, base: dict[str, object], more: dict[str, object], zh: dict[str, object] | None
) -> None:
    assert rule in rules(every(row(base, zh=zh, **more)))


@pytest.mark.parametrize(
    ("more", "zh"),
    [
        (
            {
                "description": "Navy nylon, not waterproof at all: a drizzle is its limit. It weighs 410 g.",
                ATTRIBUTES: {"waterproof": False},
            },
            {"description": "藏青尼龙面料，并不防水，毛毛雨是极限。重 410 克，能收进口袋。"},
        ),
        ({}, {"description": "藏青尼龙面料，走一天路也挡得住雨。重 0.41 千克，能收进自己的口袋。"}),
        ({}, {"description": "藏青尼龙面料，走一天路也挡得住雨。重四百一十克，能收进自己的口袋。"}),
        ({ATTRIBUTES: {"was": 150, "coupon": "TARN10", "coupon_saves": 10, "offer_ends": "2026-12-31", "stock": 3}}, None),
        ({ATTRIBUTES: {"connection": "Bluetooth 5.3", "goes_with": ("hat",)}}, None),
    ],
    ids=["denied in both", "kilograms", "in words", "an offer", "codes"],
)
def test_what_only_looks_like_a_flaw_is_left_alone(more: dict[str, object], zh: dict[str, object] | None) -> None:
    assert every(row(zh=zh, **more)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两百五十", 250),
        ("七百一十", 710),
        ("三点五", 3.5),
        ("一万二千", 12000),
        ("半", 0.5),
        ("二十", 20),
        ("两百五", 250),
        ("十二", 12),
    ],
)
def test_chinese_numerals(text: str, value: float) -> None:
    assert numbers.han_value(text) == value


@pytest.mark.parametrize(
    ("text", "dimension", "base"),
    [
        ("It holds 1.7 litres.", "volume", 1700),
        ("容量 1.7 升。", "volume", 1700),
        ("Seven hundred and ten grams of down.", "mass", 710),
        ("重 2 公斤。", "mass", 2000),
        ("适合一米七的人。", "length", 1700),
        ("half an hour", "time", 1800),
        ("三分半烧开，", "time", 210),
        ("a 27-inch screen", "screen", 27),
    ],
)
def test_measures_are_read_alike(text: str, dimension: str, base: float) -> None:
    assert any(m.dimension == dimension and m.base == pytest.approx(base) for m in numbers.measures(text))


def test_items_are_compared_with_one_another() -> None:
    twin = row(id="twin", title="Orvane Tarn jacket", description=str(JACKET["description"]).replace("a day", "one day"), line=2)
    assert rules(list(wording.duplicates((row(), row(line=3))))) == {"duplicate"}
    assert [f.id for f in wording.alike((row(), twin))][:1] == ["twin"]
    other = row(
        id="other",
        title="Fenmoor flask",
        brand="Fenmoor",
        description="Steel, and it keeps soup hot until noon on a cold hill.",
        zh={"title": "Fenmoor 保温瓶", "description": "钢制，冷天上山，汤到中午还是热的。"},
    )
    assert not list(wording.alike((row(), other))) and not list(wording.duplicates((row(), other)))
    worn = tuple(row(id=str(n), description=f"Made for the {n}th hill of the year, and no other.") for n in range(8))
    assert "opening" in rules(list(wording.openings(worn)))
    borrowed = row(id="borrowed", title="Fenmoor rain jacket")
    assert rules(list(agreement.other_brands((borrowed, other)))) == {"brand"}


def samples(*rows: Row, **said: object) -> Samples:
    return Samples("made", describe("made", [r.item for r in rows], dict(said)), dict(said), rows, "made/catalogue.yaml")


def test_a_catalogue_names_its_fields_and_links_to_what_exists() -> None:
    lonely = row(attributes={"goes_with": ("nothing-there", "jacket")})
    assert [f.what.split()[0] for f in records.linked(samples(lonely))] == ["goes_with", "goes_with"]
    paired = row(attributes={"goes_with": ("nothing-there",)})
    assert not list(records.linked(samples(paired, row(id="nothing-there", line=2))))
    bare = {f.rule for f in records.labelled(samples(row()))}
    assert bare == {"label", "starters"}
    whole = samples(
        row(),
        title={"en": "Shop", "zh": "店"},
        starters={"en": ["A jacket"], "zh": ["一件夹克"]},
        labels={"waterproof": {"en": "waterproof", "zh": "防水"}},
        terms={"Clothing": {"zh": "服装"}, "Rain jackets": {"zh": "雨衣"}},
    )
    assert not list(records.labelled(whole))


def test_a_story_of_next_year_is_a_slip() -> None:
    stories = [row(STORY, id=f"s{n}", attributes={"published": f"2026-11-{n:02d}"}) for n in range(1, 12)]
    assert not list(records.newest(samples(*stories)))
    assert [f.id for f in records.newest(samples(*stories, row(STORY, id="late", attributes={"published": "2027-11-12"})))] == [
        "late"
    ]


def test_the_command_names_the_place_and_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "corner"
    folder.mkdir()
    flawed = row(attributes={"was": 90}).item
    (folder / "things.jsonl").write_text(
        row().item.model_dump_json() + "\n" + flawed.model_dump_json() + '\n{"id": "x"}\n', "utf-8"
    )
    assert check.main(["corner", "--root", str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "corner: 2 items" in printed and "Rain jackets 2" in printed
    assert "corner/things.jsonl:2 jacket: [offer] was = 90" in printed
    assert "corner/things.jsonl:3 x: [row]" in printed
    with pytest.raises(SystemExit):
        check.main(["cellar", "--root", str(tmp_path)])


@pytest.mark.parametrize("folder", check.folders(), ids=lambda folder: folder.name)
def test_the_sample_catalogues_are_clean(folder: Path) -> None:
    loaded, broken = check.load(folder)
    serious = [str(finding) for finding in (*broken, *check.check(loaded)) if finding.serious]
    assert loaded.rows
    assert not serious, "\n".join(serious)


def test_the_lists_are_what_the_rules_expect() -> None:
    assert languages.SAME_EVERYWHERE and names.plain("L'Oréal") == names.plain("loreal")
    assert names._named("brands", "a gore-tex boot") == [] and names._named("brands", "a Gore-Tex boot") == ["Gore-Tex"]


def test_the_documents_give_the_number_of_items_that_there_are() -> None:
    counted: dict[str, int] = {}
    for folder in check.folders():
        counted[folder.name] = sum(len(file.read_text("utf-8").splitlines()) for file in folder.glob("*.jsonl"))
    called = {"shop": "products", "films": "films", "music": "albums", "news": "articles"}
    root = Path(__file__).parent.parent
    for name in ("CHANGELOG.md", "docs/first-run.md"):
        text = (root / name).read_text("utf-8")
        for catalogue, word in called.items():
            assert f"{counted[catalogue]} {word}" in text, f"{name} does not say {counted[catalogue]} {word}"
    said = (root / "README.md").read_text("utf-8")
    assert all(f"`{name}`" in said and str(count) in said for name, count in counted.items())
