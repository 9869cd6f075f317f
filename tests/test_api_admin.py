"""Changing catalogues over the API: items, files, a new index; who may, how far it is, and what is refused."""

from __future__ import annotations

import io
import json
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from filelock import FileLock
from small_shop import DESCRIPTION, NAME, SHOP

from bot import keys
from bot.chat import Engine
from bot.engine import catalogue_root, embedder
from bot.llm.model import NoModel
from bot.memory import Memory
from bot.settings import Settings
from bot.web.server import build_app
from bot.web.v1 import admin as admin_module
from vectorstore import changes
from vectorstore.catalogue import Catalogue, available
from vectorstore.embeddings import HashEmbedder
from vectorstore.index import build

PATH = f"/v1/admin/catalogues/{NAME}"
ITEMS = f"/v1/catalogues/{NAME}/items"
TENT = {"id": "tent", "title": "Tent for two", "price": 129.0, "currency": "USD", "attributes": {"weight_g": 2400}}


@pytest.fixture
def engine(settings: Settings, tmp_path: Path) -> Engine:
    """An engine over a small shop of its own, in the settings' data folder."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "items.jsonl").write_text("".join(i.model_dump_json() + "\n" for i in SHOP), "utf-8")
    (source / "catalogue.yaml").write_text(DESCRIPTION, "utf-8")
    root, model = catalogue_root(settings), embedder(settings.embedding, settings.cache_dir)
    build(source, NAME, root, model)
    return Engine(
        settings, NoModel(), lambda name: Catalogue.open(name, root, model), lambda: available(root), Memory.open(settings)
    )


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    """A program that has an admin key."""
    key = keys.add_admin(keys.place(engine.settings), "ann")
    with TestClient(build_app(engine, page=False), headers={"Authorization": f"Bearer {key}"}) as client:
        yield client


def put(client: TestClient, *items: dict[str, Any]) -> Any:
    return client.put(f"{PATH}/items", json={"items": list(items)})


def upload(client: TestClient, name: str, data: bytes | str, path: str = PATH, **fields: str) -> Any:
    return client.post(f"{path}/import", files={"file": (name, data)}, data=fields)


def ended(client: TestClient, path: str = PATH) -> dict[str, Any]:
    """The last job, when it is over."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        job: dict[str, Any] = client.get(f"{path}/status").json()["job"]
        if job["state"] != "running":
            return job
        time.sleep(0.02)
    raise AssertionError("the job does not end")


# Who may


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "items"), ("DELETE", "items/moto"), ("POST", "import"), ("POST", "reindex"), ("GET", "status")]
)
def test_an_admin_key_is_needed(client: TestClient, engine: Engine, method: str, path: str) -> None:
    for headers in ({"Authorization": ""}, {"Authorization": "Bearer rk_wrong"}, {"Authorization": "Bearer site_x"}):
        refused = client.request(method, f"{PATH}/{path}", headers=headers, json={"items": [TENT]})
        assert refused.status_code == 401, headers
        assert refused.headers["content-type"] == "application/problem+json"
    assert len(engine.catalogue(NAME)) == len(SHOP)


# Items


def test_an_item_put_is_found_at_once_by_everyone(client: TestClient, engine: Engine) -> None:
    assert client.get(f"{ITEMS}/tent").status_code == 404
    done = put(client, TENT)
    assert done.status_code == 200
    job = done.json()
    assert (job["kind"], job["state"], job["problem"]) == ("upsert", "done", None)
    report = {k: v for k, v in job["report"].items() if k != "seconds"}
    assert report == {"items": len(SHOP) + 1, "added": 1, "replaced": 0, "removed": 0, "embedded": 1, "rejected": 0}
    assert client.get(f"{ITEMS}/tent").json()["price"] == 129.0
    found = client.get(f"/v1/catalogues/{NAME}/search", params={"q": "tent for two"}).json()["items"]
    assert found[0]["item"]["id"] == "tent"
    assert client.get(f"/v1/catalogues/{NAME}").json()["title"] == "The small shop", "what was said of it stays"


def test_a_replaced_item_keeps_its_place(client: TestClient, engine: Engine) -> None:
    before = [i.id for i in engine.catalogue(NAME).items()]
    moto = json.loads(SHOP[1].model_dump_json())
    report = put(client, {**moto, "price": 149.0}).json()["report"]
    assert (report["added"], report["replaced"], report["embedded"]) == (0, 1, 0)
    assert [i.id for i in engine.catalogue(NAME).items()] == before
    assert client.get(f"{ITEMS}/moto").json()["price"] == 149.0
    assert put(client, {**moto, "price": 149.0}).json()["report"]["replaced"] == 0, "the same again changes nothing"


def test_a_running_talk_gets_the_new_items_in_its_next_turn(client: TestClient) -> None:
    session = client.post("/v1/sessions", json={"catalogue": NAME}).json()["id"]
    messages = f"/v1/sessions/{session}/messages"
    client.post(messages, json={"text": "a leather jacket"})
    jacket = {"id": "new", "title": "Scarlet leather jacket", "category": ["Clothing", "Jackets"]}
    put(client, {**jacket, "attributes": {"colour": "scarlet"}})
    answer = client.post(messages, json={"text": "in scarlet"}).json()
    assert answer["items"][0]["id"] == "new"


@pytest.mark.parametrize(
    ("wrong", "pointer", "said"),
    [
        ({"titel": "x"}, "/items/0/titel", "'title'"),
        ({"price": -1}, "/items/0/price", "greater"),
        ({"id": ""}, "/items/0/id", "at least 1"),
        ({"id": "a\nb"}, "/items/0/id", "match"),
        ({"translations": {"zh\n": {"title": "x"}}}, "/items/0/translations/zh\n/[key]", "match"),
        ({"availability": "soon"}, "/items/0/availability", "in_stock"),
    ],
)
def test_a_wrong_item_refuses_the_request_whole(
    client: TestClient, engine: Engine, wrong: dict[str, Any], pointer: str, said: str
) -> None:
    refused = put(client, {**TENT, **wrong}, {"id": "fine", "title": "Fine"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert said in refused.json()["detail"]
    assert engine.catalogue(NAME).get("fine") is None


def test_numbers_that_no_file_can_hold_are_refused(client: TestClient) -> None:
    body = '{"items": [{"id": "a", "title": "A", "attributes": {"x": 1e999}}]}'
    refused = client.put(f"{PATH}/items", content=body, headers={"Content-Type": "application/json"})
    assert refused.status_code == 422


def test_an_id_twice_and_too_many_items_are_refused(client: TestClient) -> None:
    assert "twice" in put(client, TENT, TENT).json()["detail"]
    many = [{"id": f"i{n}", "title": "I"} for n in range(admin_module.MOST + 1)]
    assert put(client, *many).status_code == 422
    assert put(client).status_code == 422


def test_an_item_is_taken_out(client: TestClient, engine: Engine) -> None:
    gone = client.delete(f"{PATH}/items/moto")
    assert (gone.status_code, gone.json()["report"]["removed"]) == (200, 1)
    assert client.get(f"{ITEMS}/moto").status_code == 404
    assert engine.catalogue(NAME).get("moto") is None
    again = client.delete(f"{PATH}/items/moto")
    assert (again.status_code, again.json()["type"]) == (404, "urn:rapport:problem:unknown-item")


def test_an_id_may_have_slashes(client: TestClient) -> None:
    put(client, {**TENT, "id": "camp/tent 2"})
    assert client.get(f"{ITEMS}/camp%2Ftent%202").json()["id"] == "camp/tent 2"
    assert client.get(f"{ITEMS}/camp%2Ftent%202/similar").status_code == 200
    assert client.delete(f"{PATH}/items/camp%2Ftent%202").status_code == 200


def test_the_last_item_stays(client: TestClient) -> None:
    upload(client, "one.csv", "id,title\none,One\n", "/v1/admin/catalogues/one")
    refused = client.delete("/v1/admin/catalogues/one/items/one")
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:rapport:problem:refused")
    assert client.get("/v1/catalogues/one/items/one").status_code == 200


def test_a_catalogue_that_is_not_there_is_begun_by_a_file_only(client: TestClient, engine: Engine) -> None:
    for answer in (
        client.put("/v1/admin/catalogues/shpo/items", json={"items": [TENT]}),
        client.delete("/v1/admin/catalogues/shpo/items/moto"),
        client.post("/v1/admin/catalogues/shpo/reindex"),
        client.get("/v1/admin/catalogues/shpo/status"),
    ):
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:rapport:problem:unknown-catalogue")
    assert not (catalogue_root(engine.settings) / "shpo").exists()
    begun = upload(client, "shpo.csv", "id,title\ntent,Tent\n", "/v1/admin/catalogues/shpo")
    assert begun.json()["report"]["added"] == 1
    assert [c["name"] for c in client.get("/v1/catalogues").json()["catalogues"]] == ["shpo", NAME]


# Files


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("feed.csv", "id,title,price\ntent,Tent for two,129\n"),
        ("feed.json", '[{"id": "tent", "name": "Tent for two", "price": "129"}]'),
        ("feed.jsonl", '{"id": "tent", "title": "Tent for two", "price": 129}\n'),
    ],
)
def test_a_file_is_imported_beside_what_is_there(client: TestClient, name: str, data: str) -> None:
    done = upload(client, name, data)
    assert (done.status_code, done.json()["kind"]) == (200, "import")
    assert (done.json()["report"]["added"], done.json()["report"]["removed"]) == (1, 0)
    assert client.get(f"{ITEMS}/tent").json()["price"] == 129.0
    assert client.get(f"{ITEMS}/moto").status_code == 200


def test_an_archive_is_read_inside(client: TestClient) -> None:
    done = upload(client, "feed.zip", archive(("1.csv", "id,title\ntent,Tent\n"), ("2.jsonl", '{"id":"mat","title":"Mat"}')))
    assert done.json()["report"]["added"] == 2


def test_a_file_may_be_all_there_is(client: TestClient, engine: Engine) -> None:
    done = upload(client, "feed.csv", "id,title\ntent,Tent\nmoto,Moto\n", others="remove")
    assert done.json()["report"]["removed"] == len(SHOP) - 1
    assert {i.id for i in engine.catalogue(NAME).items()} == {"moto", "tent"}


def test_rejected_rows_are_told_with_file_line_and_reason(client: TestClient) -> None:
    done = upload(client, "feed.csv", "id,title,price\ntent,Tent,129\nmat,,5\nrope,Rope,abc\nrope,Rope again,9\n").json()
    assert done["report"]["rejected"] == len(done["rejects"])
    told = {(r["file"], r["line"]): r["reason"] for r in done["rejects"]}
    assert "title" in told["feed.csv", 3]
    assert ("feed.csv", 5) in told
    assert client.get(f"{ITEMS}/tent").status_code == 200, "they hold up no other row"
    assert client.get(f"{PATH}/status").json()["job"] == done


def test_a_file_without_any_item_is_refused_and_each_row_says_why(client: TestClient, engine: Engine) -> None:
    refused = upload(client, "feed.jsonl", '{"id": "a"}\nnonsense\n')
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:rapport:problem:no-items")
    assert [e["detail"].split(":")[0] for e in refused.json()["errors"]] == ["feed.jsonl, line 1", "feed.jsonl, line 2"]
    job = client.get(f"{PATH}/status").json()["job"]
    assert (job["state"], len(job["rejects"]), job["problem"]["status"]) == ("failed", 2, 422)
    assert len(engine.catalogue(NAME)) == len(SHOP)


def test_a_map_says_which_field_is_which(client: TestClient) -> None:
    data = '[{"nr": 1, "label": "Tent", "cents": 12900, "colour": "red"}]'
    done = upload(client, "feed.json", data, mapping="fields:\n  id: nr\n  title: label\n  price: {from: cents, divide: 100}\n")
    assert done.status_code == 200, done.text
    assert client.get(f"{ITEMS}/1").json()["price"] == 129.0
    assert client.get(f"{ITEMS}/1").json()["title"] == "Tent"


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("/etc/hostname", "packaged|fields"),
        ("../maps/icecat", "packaged|fields"),
        ("fields: {titel: label}", "titel"),
        ("fields: [", "broken YAML"),
        ("a: &a [1]\nb: *a\nfields: {title: label}", "aliases"),
        ("fields:\n  title: label\n  brand: maker", "no row of the data has a field 'maker'"),
    ],
)
def test_a_map_is_never_a_path_and_what_is_wrong_in_it_is_told(client: TestClient, mapping: str, said: str) -> None:
    refused = upload(client, "feed.json", '[{"label": "Tent"}]', mapping=mapping)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/mapping"
    assert any(word in refused.json()["detail"] for word in said.split("|"))


def test_a_slip_of_the_pen_in_the_form_is_refused(client: TestClient, engine: Engine) -> None:
    refused = upload(client, "feed.csv", "id,title\ntent,Tent\n", othrs="remove")
    assert refused.status_code == 422
    assert "'others'" in refused.json()["detail"]
    assert upload(client, "feed.csv", "id,title\ntent,Tent\n", others="burn").status_code == 422
    assert client.post(f"{PATH}/import", data={"mapping": ""}, files={"x": b""}).status_code == 422
    assert engine.catalogue(NAME).get("tent") is None


def test_kinds_that_are_not_read_are_refused(client: TestClient) -> None:
    for name in ("feed.yaml", "feed.exe", "feed", ".csv", "../../feed"):
        assert upload(client, name, "- id: 1\n  title: A\n").status_code == 415, name


def test_a_name_cannot_lead_out_of_the_folder(client: TestClient, tmp_path: Path) -> None:
    done = upload(client, "../../../../up.csv", "id,title\nmat,\ntent,Tent\n")
    assert done.json()["rejects"][0]["file"] == "up.csv"
    assert not list(tmp_path.rglob("up.csv"))


def test_archives_that_do_harm_are_refused(client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.files.UNPACKED", 10_000)
    bomb = upload(client, "bomb.zip", archive(("1.csv", "id,title\n1," + "A" * 1_000_000)))
    assert bomb.status_code == 422
    assert "more than 10,000 bytes" in bomb.json()["detail"]
    outside = upload(client, "out.zip", archive(("../../1.csv", "id,title\n1,A\n")))
    assert "leads out" in outside.json()["detail"]
    assert "YAML" in upload(client, "y.zip", archive(("1.yaml", "- {id: 1, title: A}"))).json()["detail"]
    assert upload(client, "no.zip", b"PK\x03\x04 cut off").status_code == 422
    assert len(engine.catalogue(NAME)) == len(SHOP)


def test_an_upload_over_the_limit_is_refused(settings: Settings, client: TestClient, engine: Engine) -> None:
    small = settings.model_copy(update={"max_body": 1000, "max_import": 3000})
    engine.settings = small
    key = client.headers["Authorization"]
    with TestClient(build_app(engine, page=False), headers={"Authorization": key}) as client:
        assert upload(client, "feed.csv", "id,title\ntent,Tent\n" + "\n" * 1500).status_code == 200, "more than others may send"
        refused = upload(client, "feed.csv", "id,title\nmat,Mat\n" + "\n" * 4000)
        assert (refused.status_code, refused.json()["type"]) == (413, "urn:rapport:problem:too-large")
    assert engine.catalogue(NAME).get("mat") is None


def test_the_size_is_bounded_without_the_middleware_too(tmp_path: Path) -> None:
    from bot.web.v1.problems import Problem

    with pytest.raises(Problem) as refused, (tmp_path / "out").open("wb") as out:
        admin_module._copy(io.BytesIO(b"x" * 101), out, 100)
    assert refused.value.status == 413


def test_no_upload_is_left_behind(client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    upload(client, "feed.csv", "id,title\ntent,Tent\n")
    upload(client, "feed.csv", "nothing\n")
    upload(client, "feed.exe", "x")
    until = time.monotonic() + 10
    while list(tmp_path.glob("rapport-import-*")) and time.monotonic() < until:
        time.sleep(0.02)
    assert not list(tmp_path.glob("rapport-import-*"))


def archive(*members: tuple[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members:
            packed.writestr(name, data)
    return out.getvalue()


# Jobs


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Changes stop in the middle of the embedding until the event is set."""
    go_on = threading.Event()
    real = changes.settle

    def slowly(folder: Any, items: Any, info: Any, said: Any, embedder: Any, tell: Any) -> Any:
        tell("embed", 3, 10)
        assert go_on.wait(20)
        return real(folder, items, info, said, embedder, tell)

    monkeypatch.setattr(changes, "settle", slowly)
    monkeypatch.setattr(admin_module, "PATIENCE", 0.05)
    yield go_on
    go_on.set()


def test_what_takes_long_goes_on_and_status_says_how_far(
    client: TestClient, engine: Engine, held: threading.Event
) -> None:
    answer = put(client, TENT)
    assert (answer.status_code, answer.json()["state"], answer.json()["report"]) == (202, "running", None)
    job = client.get(f"{PATH}/status").json()["job"]
    assert (job["state"], job["stage"], job["done"], job["total"], job["ended"]) == ("running", "embed", 3, 10, None)
    assert client.get(f"{ITEMS}/moto").status_code == 200, "readers go on with what is there"
    assert client.get(f"{ITEMS}/tent").status_code == 404
    held.set()
    job = ended(client)
    assert (job["state"], job["report"]["added"]) == ("done", 1)
    assert client.get(f"{ITEMS}/tent").status_code == 200


def test_a_second_job_on_the_same_catalogue_is_a_conflict_and_on_another_is_none(
    client: TestClient, engine: Engine, held: threading.Event
) -> None:
    assert put(client, TENT).status_code == 202
    for second in (
        put(client, {"id": "mat", "title": "Mat"}),
        client.delete(f"{PATH}/items/moto"),
        upload(client, "feed.csv", "id,title\nmat,Mat\n"),
        client.post(f"{PATH}/reindex"),
    ):
        assert (second.status_code, second.json()["type"]) == (409, "urn:rapport:problem:catalogue-busy")
        assert second.headers["retry-after"] == "5"
    assert upload(client, "b.csv", "id,title\nmat,Mat\n", "/v1/admin/catalogues/other").status_code == 202
    held.set()
    ended(client)
    ended(client, "/v1/admin/catalogues/other")
    assert client.delete(f"{PATH}/items/moto").status_code in (200, 202)
    ended(client)
    assert (engine.catalogue(NAME).get("mat"), engine.catalogue(NAME).get("moto")) == (None, None)


def test_another_process_that_writes_is_a_conflict_too(client: TestClient, engine: Engine) -> None:
    with FileLock(catalogue_root(engine.settings) / NAME / "write.lock"):
        refused = put(client, TENT)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:rapport:problem:catalogue-busy")
    assert client.get(f"{PATH}/status").json()["job"]["state"] == "failed"
    assert put(client, TENT).status_code == 200


def test_a_job_that_breaks_off_says_so_and_leaves_the_catalogue_as_it_was(
    client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("the secret of the house")

    monkeypatch.setattr(changes, "settle", broken)
    answer = put(client, TENT)
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "the secret of the house" in caplog.text
    job = client.get(f"{PATH}/status").json()["job"]
    assert (job["state"], job["problem"]["status"]) == ("failed", 500)
    monkeypatch.undo()
    assert len(engine.catalogue(NAME)) == len(SHOP)


def test_all_is_indexed_anew(client: TestClient, engine: Engine) -> None:
    before = client.get(f"{PATH}/status").json()
    assert (before["items"], before["model"], before["job"]) == (len(SHOP), "hash", None)
    done = client.post(f"{PATH}/reindex")
    assert done.json()["report"]["items"] == len(SHOP)
    after = client.get(f"{PATH}/status").json()
    assert after["generation"] != before["generation"]
    assert engine.catalogue(NAME).generation == after["generation"]


def test_an_index_of_another_model_is_mended_by_indexing_anew(client: TestClient, engine: Engine) -> None:
    changes.reindex(NAME, catalogue_root(engine.settings), HashEmbedder(32))
    refused = put(client, TENT)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:rapport:problem:other-model")
    assert f"POST {PATH}/reindex" in refused.json()["detail"]
    assert client.post(f"{PATH}/reindex").status_code == 200
    assert put(client, TENT).status_code == 200
