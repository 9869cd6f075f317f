"""Catalogues and items over the API: read, searched with the score term by term, similar, side by side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from small_shop import BY_ID, JACKET_IDS, NAME, SHOP

from bot.chat import Engine
from bot.web.server import build_app
from vectorstore.catalogue import Catalogue
from vectorstore.constraints import Constraint, satisfies
from vectorstore.errors import UnknownCatalogue

SHOP_PATH = f"/v1/catalogues/{NAME}"


@pytest.fixture
def client(engine: Engine, shop: Catalogue) -> Iterator[TestClient]:
    def opened(name: str) -> Catalogue:
        if name != NAME:
            raise UnknownCatalogue(f"No catalogue {name!r} is indexed. There are: {NAME}.")
        return shop

    engine._open = opened
    with TestClient(build_app(engine, page=False)) as client:
        yield client


def test_the_catalogues_are_listed_and_described_in_the_language(client: TestClient) -> None:
    (line,) = client.get("/v1/catalogues", params={"language": "zh"}).json()["catalogues"]
    assert line == {"name": NAME, "title": "小店", "languages": ["en", "zh"], "currency": "USD", "size": len(SHOP)}
    told = client.get(SHOP_PATH).json()
    assert told["title"] == "The small shop"
    assert {"name": "noise_cancelling", "label": "noise cancelling"} in told["fields"]
    assert told["facets"] == ["price", "colour", "material", "closure"]
    assert told["starters"]


def test_an_item_is_told_whole_in_the_language(client: TestClient) -> None:
    told = client.get(f"{SHOP_PATH}/items/harlow").json()
    assert (told["title"], told["price"], told["currency"], told["availability"]) == (
        "Harlow leather jacket",
        179.0,
        "USD",
        "in_stock",
    )
    assert {"name": "closure", "label": "closure", "value": "horn buttons", "text": "horn buttons"} in told["facts"]
    assert told["picture"].startswith(f"/pictures/{NAME}/harlow.svg?language=en")
    assert client.get(told["picture"]).headers["content-type"] == "image/svg+xml"
    chinese = client.get(f"{SHOP_PATH}/items/harlow", params={"language": "zh"}).json()
    assert chinese["title"] == "哈洛皮夹克"
    assert {"name": "closure", "label": "闭合", "value": "牛角扣", "text": "牛角扣"} in chinese["facts"]


def test_what_is_not_there_is_a_problem_that_says_what_to_do(client: TestClient) -> None:
    missing = client.get(f"{SHOP_PATH}/items/unicorn")
    assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")
    assert missing.json()["type"] == "urn:rapport:problem:unknown-item"
    assert f"/v1/catalogues/{NAME}/search" in missing.json()["detail"]
    assert client.get("/v1/catalogues/shpo/items/harlow").json()["type"] == "urn:rapport:problem:unknown-catalogue"
    assert client.get("/v1/catalogues/..%2F../items/harlow").status_code == 404
    assert client.get("/v1/catalogues/NO!/search").status_code == 422


def test_a_search_finds_and_its_terms_sum_to_the_score(client: TestClient) -> None:
    found = client.get(f"{SHOP_PATH}/search", params={"q": "leather jacket with buttons", "limit": 5}).json()["items"]
    assert len(found) == 5
    assert found[0]["item"]["id"] in ("harlow", "racer")
    assert [f["score"] for f in found] == sorted((f["score"] for f in found), reverse=True)
    for one in found:
        assert sum(one["terms"].values()) == pytest.approx(one["score"], abs=2e-4)
        assert {"dense", "lexical"} <= one["terms"].keys()
    harlow = next(f for f in found if f["item"]["id"] == "harlow")
    moto = next(f for f in found if f["item"]["id"] == "moto")
    assert harlow["terms"]["lexical"] > moto["terms"]["lexical"], "a zip is said where buttons were wished"
    assert harlow["terms"]["rating"] > 0


def test_a_search_in_chinese_finds_the_same(client: TestClient) -> None:
    found = client.get(f"{SHOP_PATH}/search", params={"q": "降噪耳机", "language": "zh"}).json()["items"]
    assert found[0]["item"]["title"] == "塔恩静音耳机"


@pytest.mark.parametrize(
    ("where", "limits"),
    [
        (["price<=100"], [Constraint(field="price", op="<=", value=100)]),
        (
            ["price>=100", "colour!=black"],
            [Constraint(field="price", op=">=", value=100), Constraint(field="colour", op="!=", value="black")],
        ),
        (["size in 42, 43"], [Constraint(field="size", op="in", value=(42, 43))]),
        (["waterproof=true"], [Constraint(field="waterproof", op="=", value=True)]),
    ],
)
def test_every_item_of_a_search_satisfies_every_limit_and_none_is_missing(
    client: TestClient, where: list[str], limits: list[Constraint]
) -> None:
    wanted = {item.id for item in SHOP if all(satisfies(item, limit) for limit in limits)}
    assert wanted
    for q in ("something black", ""):
        found = client.get(f"{SHOP_PATH}/search", params={"q": q, "where": where, "limit": 100}).json()["items"]
        assert {f["item"]["id"] for f in found} == wanted


def test_a_limit_that_cannot_be_used_names_the_nearest_field(client: TestClient) -> None:
    wrong = client.get(f"{SHOP_PATH}/search", params={"where": "prise<=100"})
    assert wrong.status_code == 422
    assert "Did you mean 'price'?" in wrong.json()["detail"]
    assert wrong.json()["errors"][0]["parameter"] == "where"
    assert client.get(f"{SHOP_PATH}/search", params={"where": "cheap please"}).status_code == 422
    assert client.get(f"{SHOP_PATH}/search", params={"limit": 0}).status_code == 422
    assert client.get(f"{SHOP_PATH}/search", params={"q": "x" * 501}).status_code == 422


def test_without_a_text_the_most_popular_are_first_whatever_it_is_asked(client: TestClient) -> None:
    found = client.get(f"{SHOP_PATH}/search", params={"q": " ", "limit": 3}).json()["items"]
    assert [f["item"]["id"] for f in found] == ["rain", "hush", "harlow"], "by their ratings: 4.8, 4.6, 4.5"
    assert all("dense" not in f["terms"] for f in found)


def test_similar_items_come_by_falling_similarity_without_the_item_itself(client: TestClient, shop: Catalogue) -> None:
    found = client.get(f"{SHOP_PATH}/items/moto/similar", params={"limit": 4}).json()["items"]
    ids = [f["item"]["id"] for f in found]
    assert "moto" not in ids
    assert len(ids) == 4
    assert {"harlow", "racer"} <= set(ids)
    own = shop.vectors(["moto"])[0]
    for one in found:
        assert one["terms"] == {"similar": one["score"]}
        assert one["score"] == pytest.approx(float(shop.vectors([one["item"]["id"]])[0] @ own), abs=1e-3)
    cheap = client.get(f"{SHOP_PATH}/items/moto/similar", params={"where": "price<=100"}).json()["items"]
    assert all((BY_ID[f["item"]["id"]].price or 999) <= 100 for f in cheap)
    assert client.get(f"{SHOP_PATH}/items/unicorn/similar").status_code == 404


def test_items_stand_side_by_side_fact_by_fact(client: TestClient) -> None:
    told = client.get(f"{SHOP_PATH}/compare", params={"id": ["moto", "harlow", "glass"]}).json()
    assert [i["id"] for i in told["items"]] == ["moto", "harlow", "glass"]
    rows = {row["name"]: row for row in told["facts"]}
    assert [v and v["text"] for v in rows["closure"]["values"]] == ["zip", "horn buttons", None]
    assert [v["text"] for v in rows["price"]["values"]] == ["$199", "$179", "$39"]
    assert (rows["brand"]["same"], rows["price"]["same"]) == (False, False)
    two = client.get(f"{SHOP_PATH}/compare", params={"id": ["moto", "harlow"]}).json()
    assert next(row for row in two["facts"] if row["name"] == "brand")["same"] is True


def test_a_comparison_needs_two_different_items_that_are_there(client: TestClient) -> None:
    assert client.get(f"{SHOP_PATH}/compare", params={"id": ["moto"]}).status_code == 422
    assert client.get(f"{SHOP_PATH}/compare", params={"id": ["moto", "moto"]}).status_code == 422
    assert client.get(f"{SHOP_PATH}/compare", params={"id": ["moto", "unicorn"]}).status_code == 404
    assert client.get(f"{SHOP_PATH}/compare", params={"id": [*JACKET_IDS, "glass"]}).status_code == 422


def test_an_unlisted_origin_may_not_even_read(client: TestClient) -> None:
    assert client.get("/v1/catalogues", headers={"Origin": "https://elsewhere.example"}).status_code == 403
