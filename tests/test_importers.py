"""Reading catalogues: every row becomes an item or a reject that says where it stands."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore import values
from vectorstore.errors import BadMap, UnknownCatalogue
from vectorstore.importers import Reject, read
from vectorstore.item import Item
from vectorstore.mapping import MAPS, load


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def both(path: Any, mapping: Any = None) -> tuple[list[Item], list[Reject]]:
    got = list(read(path, mapping))
    return [g for g in got if isinstance(g, Item)], [g for g in got if isinstance(g, Reject)]


# CSV as shop owners have it


def test_a_german_csv_with_mark_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    text = '\ufeffArtikelnummer;Bezeichnung;Preis;Bestand;Farbe\n007;"Jacke; warm";"€ 1.299,00";3;schwarz\n'
    (item,), rejects = both(write(tmp_path, "a.csv", text))
    assert not rejects
    assert (item.id, item.title, item.price, item.currency) == ("007", "Jacke; warm", 1299.0, "EUR")
    assert (item.availability, item.attributes) == ("in_stock", {"colour": "schwarz"})


def test_a_chinese_csv_in_gb18030(tmp_path: Path) -> None:
    text = "商品编号,商品名称,价格,颜色,库存\nA1,拉链夹克,199元,黑色/白色,有货\n"
    (item,), rejects = both(write(tmp_path, "a.csv", text.encode("gb18030")))
    assert not rejects
    assert (item.id, item.title, item.price, item.currency) == ("A1", "拉链夹克", 199.0, "CNY")
    assert item.attributes == {"colour": ("黑色", "白色")}
    assert item.availability == "in_stock"


def test_a_latin_1_csv_with_tabs(tmp_path: Path) -> None:
    (item,), _ = both(write(tmp_path, "a.tsv", "name\tprix\nCafé crème, brûlé\t12,50 €\n".encode("cp1252")))
    assert (item.title, item.price, item.currency) == ("Café crème, brûlé", 12.5, "EUR")


def test_utf_16_as_spreadsheets_save_it(tmp_path: Path) -> None:
    (item,), _ = both(write(tmp_path, "a.csv", "Title\tPrice\nTea 茶\t3\n".encode("utf-16")))
    assert (item.title, item.price) == ("Tea 茶", 3.0)


def test_unknown_columns_become_attributes_with_numbers_flags_and_lists(tmp_path: Path) -> None:
    text = "SKU,Product Name,Battery Hours,Waterproof,Size,Notes\n1,Lamp,8.5,yes,S|M|L,n/a\n"
    (item,), _ = both(write(tmp_path, "a.csv", text))
    assert item.attributes == {"battery_hours": 8.5, "waterproof": True, "size": ("S", "M", "L")}


def test_a_price_column_may_name_its_currency(tmp_path: Path) -> None:
    (item,), _ = both(write(tmp_path, "a.csv", "title,Price (EUR)\nLamp,12\n"))
    assert (item.price, item.currency) == (12.0, "EUR")


def test_without_an_id_column_the_same_row_gets_the_same_id(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "title,price\nLamp,12\nChair,30\nLamp,12\n")
    items, (twice,) = both(path)
    assert len({item.id for item in items}) == 2
    assert [item.id for item in items] == [item.id for item in both(path)[0]]
    assert twice.line == 4


def test_bad_rows_are_rejected_by_line_and_the_rest_is_read(tmp_path: Path) -> None:
    text = 'id,title,price\n1,"Two\nlines",5\n2,,7\n3,Lamp,12..5x7\n4,Chair,on request\n5,Desk,9,surplus\n'
    text += "1,Again,8\n6,Shelf,-3\n"
    items, rejects = both(write(tmp_path, "a.csv", text))
    assert [(item.id, item.price) for item in items] == [("1", 5.0), ("4", None)]
    assert [reject.line for reject in rejects] == [4, 5, 7, 8, 9]
    for reject, word in zip(
        rejects, ("title", "12..5x7", "quotes", "already used in a.csv, line 2", "-3"), strict=True
    ):
        assert word in reject.reason
        assert reject.file == "a.csv" and reject.row


def test_a_file_without_a_title_column_says_which_columns_it_has(tmp_path: Path) -> None:
    items, (reject,) = both(write(tmp_path, "a.csv", "foo,bar\n1,2\n"))
    assert not items and "foo, bar" in reject.reason


# JSON, JSONL, ZIP, YAML


def test_items_in_their_own_words_are_read_as_they_are(tmp_path: Path) -> None:
    item = Item(id="1", title="Mug", attributes={"colour": ("red", "blue")}, translations={"zh": {"title": "杯"}})  # type: ignore[dict-item]
    items, _ = both(write(tmp_path, "a.jsonl", item.model_dump_json() + "\n\n"))
    assert items == [item]


def test_a_broken_line_of_jsonl_loses_only_itself(tmp_path: Path) -> None:
    text = '{"id":"1","title":"A"}\n{"id":"2",\n[3]\n{"id":"4","title":"D"}\n'
    items, rejects = both(write(tmp_path, "a.jsonl", text))
    assert [item.id for item in items] == ["1", "4"]
    assert [reject.line for reject in rejects] == [2, 3]


def test_json_in_its_usual_shapes(tmp_path: Path) -> None:
    rows = [{"id": "1", "title": "A"}, {"id": "2", "title": "B"}]
    for content in (rows, {"products": rows, "total": 2}, {"1": {"title": "A"}, "2": {"title": "B"}}):
        items, rejects = both(write(tmp_path, "a.json", json.dumps(content)))
        assert ([item.title for item in items], rejects) == (["A", "B"], [])


def test_attributes_in_a_nested_object_are_attributes(tmp_path: Path) -> None:
    content = [{"sku": "1", "name": "A", "attributes": {"color": "red", "empty": None, "ratio": float("nan")}}]
    (item,), _ = both(write(tmp_path, "a.json", json.dumps(content)))
    assert item.attributes == {"colour": "red"}


def test_broken_json_keeps_what_stands_before_the_fault_and_reads_the_next_file(tmp_path: Path) -> None:
    write(tmp_path, "1.json", '[\n {"id": "1", "title": "A"},\n {"id": "2", "title": }\n]')
    write(tmp_path, "2.json", '[{"id": "3", "title": "C"}')
    write(tmp_path, "10.json", '[{"id": "4", "title": "D"}]')
    items, rejects = both(tmp_path)
    assert [item.id for item in items] == ["1", "3", "4"]  # 10 after 2
    assert [(reject.file, reject.line) for reject in rejects] == [("1.json", 3), ("2.json", 1)]


def test_archives_are_read_inside_and_broken_ones_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "1.json.zip", "w") as archive:
        archive.writestr("1.json", '[{"id": "1", "title": "A"}]')
        archive.writestr("__MACOSX/._1.json", "rubbish")
        archive.writestr("more.csv", "id,title\n2,B\n")
    write(tmp_path, "2.json.zip", b"PK\x03\x04 cut off")
    with zipfile.ZipFile(tmp_path / "3.zip", "w") as archive:
        archive.writestr("readme.md", "nothing")
    items, rejects = both(tmp_path)
    assert [item.id for item in items] == ["1", "2"]
    assert [reject.file for reject in rejects] == ["2.json.zip", "3.zip"]


def test_an_archive_that_unpacks_to_too_much_or_leads_outside_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.files.UNPACKED", 10_000)
    with zipfile.ZipFile(tmp_path / "shop.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.csv", "id,title\n1,A\n")
        archive.writestr("2.csv", "id,title\n2," + "B" * 9_990)
        archive.writestr("../3.csv", "id,title\n3,C\n")
        archive.writestr("4.csv", "id,title\n4,D\n", zipfile.ZIP_BZIP2)
        archive.writestr("5.csv", "id,title\n5,E\n")
    items, rejects = both(tmp_path)
    assert [item.id for item in items] == ["1", "5"]
    said = {reject.file: reject.reason for reject in rejects}
    assert "more than 10,000 bytes" in said["shop.zip/2.csv"]
    assert "leads out" in said["shop.zip/../3.csv"]
    assert "unusual way" in said["shop.zip/4.csv"]


def test_an_archive_that_lies_about_its_size_does_not_unpack_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.files.UNPACKED", 10_000)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.csv", "id,title\n1," + "A" * 50_000_000)
    raw = bytearray((tmp_path / "bomb.zip").read_bytes())
    size = (50_000_011).to_bytes(4, "little")
    assert raw.count(size) == 2
    (tmp_path / "bomb.zip").write_bytes(raw.replace(size, (20).to_bytes(4, "little")))
    tracemalloc.start()
    items, rejects = both(tmp_path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (items, len(rejects)) == ([], 1)
    assert most < 5_000_000


def test_what_an_index_cannot_hold_is_refused_row_by_row(tmp_path: Path) -> None:
    deep = "[" * 100_000
    lines = [
        '{"id": "1", "title": "A", "attributes": {"weight": 1e999}}',
        '{"id": "2\\n3", "title": "B"}',
        '{"id": "4", "title": "half \\ud800"}',
        '{"id": "5", "title": "E"}',
        f'{{"id": "6", "title": "F", "x": {deep}',
    ]
    items, rejects = both(write(tmp_path, "a.jsonl", "\n".join(lines)))
    assert [item.id for item in items] == ["5"]
    assert [reject.line for reject in rejects] == [1, 2, 3, 0]
    assert "too deeply" in rejects[-1].reason
    for reject in rejects:
        reject.model_dump_json()
    items, rejects = both(write(tmp_path, "b.jsonl", '{"id": "1", "title": "A"}\n{"id": "2", "x": ' + "9" * 5000 + "}"))
    assert (len(items), len(rejects)) == (1, 1)


def test_yaml_lists_and_broken_yaml(tmp_path: Path) -> None:
    write(tmp_path, "1.yaml", "- id: 1\n  name: A\n  price: 2.5\n- id: 2\n- just text\n")
    write(tmp_path, "2.yaml", "- id: 3\n  name: [open\n")
    items, rejects = both(tmp_path)
    assert [(item.id, item.title, item.price) for item in items] == [("1", "A", 2.5)]
    assert [(reject.file, reject.line) for reject in rejects] == [("1.yaml", 4), ("1.yaml", 5), ("2.yaml", 3)]


def test_wrong_fields_of_an_item_are_named(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "title": "A", "price": -2},
        {"id": "", "title": "B"},
        {"id": "3", "title": "C", "availability": "soon"},
    ]
    items, rejects = both(write(tmp_path, "a.json", json.dumps(rows)))
    assert not items
    assert [reject.reason.split(":")[0] for reject in rejects] == ["price", "id", "availability"]


def test_nothing_there_is_an_error_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(UnknownCatalogue, match="Give the path"):
        list(read(tmp_path / "none.csv"))
    with pytest.raises(UnknownCatalogue, match="no file"):
        list(read(tmp_path))


def test_a_described_folder_is_its_jsonl_files(tmp_path: Path) -> None:
    write(tmp_path, "catalogue.yaml", "title: {en: Shop}")
    write(tmp_path, "b.jsonl", '{"id":"2","title":"B"}')
    write(tmp_path, "a.jsonl", '{"id":"1","title":"A"}')
    write(tmp_path, "notes.csv", "id,title\n3,C\n")
    assert [item.id for item in both(tmp_path)[0]] == ["1", "2"]


@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.json", "a.jsonl", "a.yaml", "a.zip"]))
def test_no_file_stops_the_run(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(data)
    for got in read([path]):
        assert isinstance(got, (Item, Reject))


# Maps

SOURCE = [
    {
        "nr": 7,
        "label": "A <b>big</b> lamp",
        "cents": 1250,
        "text": "<p>Bright\\nand &amp; warm</p><p>Heavy</p>",
        "a_t_product_colour": "Black,White",
        "a_n_weight_g": 900.0,
        "a_t_usb": "Y",
        "a_t_pallet": "9",
        "a_t_year": "2020-05-13T00:00:00Z",
        "stock": 0,
        "group": "light",
        "kind": "desk",
    }
]
MAP: dict[str, Any] = {
    "fields": {
        "id": "nr",
        "title": "label",
        "description": ["missing", "text"],
        "price": {"from": "cents", "divide": 100},
        "currency": {"value": "EUR"},
        "category": {"join": ["group", "kind"], "words": {"light": "lighting"}},
        "url": {"template": "https://shop.example/{nr}"},
        "availability": "stock",
    },
    "attributes": {
        "prefixes": ["a_t_", "a_n_"],
        "rename": {"product colour": "colour"},
        "drop": ["*pallet*", "missing"],
        "list_separator": ",",
        "flags": {"Y": True},
        "patterns": {"year": r"^\d{4}"},
    },
}


def test_a_map_fills_the_fields(tmp_path: Path) -> None:
    SOURCE[0]["missing"] = ""
    (item,), _ = both(write(tmp_path, "a.json", json.dumps(SOURCE)), MAP)
    assert item == Item(
        id="7",
        title="A big lamp",
        description="Bright and & warm. Heavy.",
        price=12.5,
        currency="EUR",
        category=("lighting", "desk"),
        url="https://shop.example/7",
        availability="out_of_stock",
        attributes={"colour": ("Black", "White"), "weight g": 900, "usb": True, "year": 2020},
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"feilds": {}}, "'feilds'.*'fields'"),
        ({"fields": {**MAP["fields"], "titel": "label"}}, "'titel'.*'title'"),
        ({"fields": {"id": "nr"}}, "`title` is missing"),
        ({"fields": {**MAP["fields"], "price": {"from": "cents", "devide": 100}}}, "price.*'devide'.*'divide'"),
        ({"attributes": {"dorp": ["x"]}}, "attributes.*'dorp'.*'drop'"),
        ({"fields": {**MAP["fields"], "brand": "labl"}}, "brand.*'labl'.*'label'"),
    ],
)
def test_a_wrong_map_names_the_key_and_the_nearest_right_one(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    path = write(tmp_path, "my.yaml", json.dumps({**MAP, **change}))
    data = write(tmp_path, "a.json", json.dumps([{**SOURCE[0], "missing": ""}]))
    with pytest.raises(BadMap, match=f"my.yaml.*{says}"):
        list(read(data, path))


def test_an_unknown_map_names_the_nearest() -> None:
    with pytest.raises(BadMap, match="'icecat'"):
        load("icecats")


def test_the_packaged_maps_are_in_order() -> None:
    assert {load(path).name for path in MAPS.glob("*.yaml")} == {"icecat.yaml", "retail_demo.yaml"}


def test_icecat_rows(tmp_path: Path) -> None:
    row = {
        "id": "5",
        "title": "HP 17 Notebook Silver",
        "short_description": "Fast",
        "supplier": "HP",
        "price": 10995,
        "img_500x500": "http://x/1.jpg",
        "date_released": "2008-12-19T00:00:00Z",
        "ean": ["1"],
        "attr_t_product_type": "Notebook",
        "attr_t_product_colour": "Silver",
        "attr_n_weight": 2900.0,
        "attr_b_touchscreen": False,
        "attr_n_package_weight": 3140.0,
    }
    (item,), _ = both(write(tmp_path, "1.json", json.dumps([row])), "icecat")
    assert (item.price, item.currency, item.brand, item.images) == (109.95, "USD", "HP", ("http://x/1.jpg",))
    assert item.category == ("Computers", "Laptops")
    assert item.attributes == {
        "year": 2008,
        "kind": "Notebook",
        "colour": "Silver",
        "weight_g": 2900,
        "touchscreen": False,
    }


def test_retail_demo_rows(tmp_path: Path) -> None:
    text = """
- {id: a, current_stock: 3, name: Bag, category: homedecor, style: lighting, description: Nice., price: 9.99,
   image: a.jpg, gender_affinity: F, where_visible: UI, aliases: [bag, sack]}
"""
    (item,), _ = both(write(tmp_path, "p.yaml", text), "retail_demo")
    assert (item.category, item.availability, item.tags) == (("home decor", "lighting"), "in_stock", ("bag", "sack"))
    assert (item.price, item.currency, item.attributes) == (9.99, "USD", {"for": "women"})


# Values


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("€ 1.299,00", 1299, "EUR"),
        ("1,299.00 USD", 1299, "USD"),
        ("$1,299", 1299, "USD"),
        ("1 299,50 €", 1299.5, "EUR"),
        ("CHF 1'299.-", 1299, "CHF"),
        ("¥199", 199, "CNY"),
        ("199元", 199, "CNY"),
        ("￥１２９．９", 129.9, "CNY"),
        ("0.125", 0.125, None),
        ("12,5", 12.5, None),
        ("1.299", 1299, None),
        ("HK$80", 80, "HKD"),
        (12, 12, None),
        ("on request", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_prices(written: object, amount: float | None, currency: str | None) -> None:
    assert values.price(written) == (amount, currency)


@pytest.mark.parametrize("written", ["12..5", "-5", "1.2.3", -1.0, float("inf")])
def test_prices_that_are_none_are_refused(written: object) -> None:
    with pytest.raises(values.Unreadable):
        values.price(written)


@given(st.integers(0, 10**8))
def test_prices_are_read_back_however_they_are_grouped(cents: int) -> None:
    amount = cents / 100
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert values.price(f"${english}") == (amount, "USD")
    assert values.price(f"{german} €") == (amount, "EUR")


@pytest.mark.parametrize(
    ("written", "stock"),
    [
        (3, "in_stock"),
        ("0", "out_of_stock"),
        ("Sold out", "out_of_stock"),
        ("有货", "in_stock"),
        ("缺货", "out_of_stock"),
        ("pre-order", "preorder"),
        ("https://schema.org/InStock", "in_stock"),
        ("ask", "unknown"),
        (None, "unknown"),
    ],
)
def test_stock(written: object, stock: str) -> None:
    assert values.availability(written) == stock


def test_text_is_clean() -> None:
    written = "One\\nTwo &lt;3 &amp;amp; <script>x()</script>a<br/>end"
    assert values.text(written) == "One Two <3 & a. end."
    assert values.text("5 < 6 and 7 > 2") == "5 < 6 and 7 > 2"
