"""Links between people over HTTP: kept by the site's server, agreed to by each for themselves, and what a turn makes of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from fastapi.testclient import TestClient
from running_server import listening

from bot import keys
from bot.chat import Engine
from bot.integrations.client import Rapport, Refused
from bot.web.server import build_app
from bot.web.v1.links import NewLink

SECRET = "a secret that only the shop and this server know"
ORIGIN = "https://shop.example"
FOLLOWS = {"site": "acme", "person": "ann", "friend": "mira", "kind": "follows"}


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(build_app(engine, page=False)) as client:
        yield client


@pytest.fixture
def admin(engine: Engine) -> dict[str, str]:
    return {"Authorization": f"Bearer {keys.add_admin(keys.place(engine.settings), 'shop')}"}


@pytest.fixture
def acme(engine: Engine) -> keys.Site:
    return added(engine, "acme")


def added(engine: Engine, name: str) -> keys.Site:
    return keys.add_site(keys.place(engine.settings), name, [ORIGIN], identity=keys.Identity(algorithm="HS256", secret=SECRET))


def as_(person: str, site: keys.Site, seconds: float = 300) -> dict[str, str]:
    token = jwt.encode({"sub": person, "exp": time.time() + seconds}, SECRET, "HS256")
    return {"Origin": ORIGIN, "X-Rapport-Site": site.key, "X-Rapport-Identity": token}


def seen(client: TestClient, person: str, site: keys.Site) -> list[dict[str, Any]]:
    read = client.get("/v1/me/links", headers=as_(person, site))
    assert read.status_code == 200 and read.headers["cache-control"] == "no-store"
    links: list[dict[str, Any]] = read.json()["links"]
    return links


def agree(client: TestClient, person: str, site: keys.Site, friend: str, **said: Any) -> Any:
    body = {"kind": "follows", "agrees": True, **said}
    return client.put(f"/v1/me/links/{friend}", json=body, headers=as_(person, site))


def liked_by_friends(client: TestClient, person: str, site: keys.Site) -> list[str]:
    """What the next turn of somebody says of those close to them."""
    headers = as_(person, site)
    session = client.post("/v1/sessions", json={}, headers=headers).json()["id"]
    said = client.post(f"/v1/sessions/{session}/messages", json={"text": "a leather jacket"}, headers=headers).json()
    return [c["label"] for card in said["items"] for c in card["contributions"] if c["term"] == "friends"]


def mira_likes_one(client: TestClient, site: keys.Site) -> None:
    headers = as_("mira", site)
    session = client.post("/v1/sessions", json={}, headers=headers).json()["id"]
    event = {"id": "e1", "kind": "like", "item": "harlow"}
    assert client.post(f"/v1/sessions/{session}/events", json=event, headers=headers).status_code == 202


def test_a_friends_like_is_a_reason_while_both_agree(client: TestClient, admin: dict[str, str], acme: keys.Site) -> None:
    mira_likes_one(client, acme)
    assert client.put("/v1/admin/links", json={**FOLLOWS, "name": "Mira"}, headers=admin).status_code == 204
    assert seen(client, "ann", acme) == [
        {"friend": "mira", "kind": "follows", "whose": "mine", "name": "Mira",
         "agrees": False, "friend_agrees": False, "counts": False},
    ]  # fmt: skip
    after = agree(client, "ann", acme, "mira", whose="mine")
    assert after.json()["links"][0]["agrees"] and not after.json()["links"][0]["counts"]
    assert liked_by_friends(client, "ann", acme) == [], "one alone is not enough"
    after = agree(client, "mira", acme, "ann", whose="theirs")
    assert after.json()["links"] == [
        {"friend": "ann", "kind": "follows", "whose": "theirs", "name": "",
         "agrees": True, "friend_agrees": True, "counts": True},
    ]  # fmt: skip
    assert liked_by_friends(client, "ann", acme) == ["Mira, whom you follow, likes it"]
    assert liked_by_friends(client, "mira", acme) == [], "it goes in one direction"
    assert agree(client, "mira", acme, "ann", whose="theirs", agrees=False).status_code == 200
    assert liked_by_friends(client, "ann", acme) == []
    known = client.get("/v1/me", headers=as_("ann", acme)).json()["links"]
    assert [(link["friend"], link["person_agrees"], link["friend_agrees"]) for link in known] == [("mira", True, False)]


def test_nobody_agrees_for_the_other(client: TestClient, admin: dict[str, str], acme: keys.Site) -> None:
    client.put("/v1/admin/links", json=FOLLOWS, headers=admin)
    assert agree(client, "ann", acme, "mira", whose="theirs").status_code == 404, "there is no link from mira to ann"
    assert agree(client, "mira", acme, "ann", whose="mine").status_code == 404
    assert agree(client, "mira", acme, "mira", whose="theirs").status_code == 404
    assert agree(client, "bob", acme, "mira", whose="mine").status_code == 404
    unknown = agree(client, "ann", acme, "mira", whose="mine", friend_agrees=True)
    assert unknown.status_code == 422 and "friend_agrees" in unknown.json()["detail"]
    [link] = seen(client, "ann", acme)
    assert not link["agrees"] and not link["friend_agrees"] and seen(client, "bob", acme) == []


def test_a_household_is_agreed_to_from_either_side_in_both_directions(
    client: TestClient, admin: dict[str, str], acme: keys.Site
) -> None:
    mira_likes_one(client, acme)
    for person, friend in (("ann", "mira"), ("mira", "ann")):
        link = {"site": "acme", "person": person, "friend": friend, "kind": "household"}
        client.put("/v1/admin/links", json={**link, "person_agrees": True, "friend_agrees": True}, headers=admin)
    assert len(liked_by_friends(client, "ann", acme)) == 1
    assert agree(client, "mira", acme, "ann", kind="household", agrees=False).status_code == 200
    assert [link["counts"] for link in seen(client, "mira", acme)] == [False, False], "one no is a no to both"
    assert liked_by_friends(client, "ann", acme) == []


def test_the_site_changes_only_what_it_says_and_takes_a_link_away(
    client: TestClient, admin: dict[str, str], acme: keys.Site
) -> None:
    client.put("/v1/admin/links", json={**FOLLOWS, "person_agrees": True, "friend_agrees": True}, headers=admin)
    agree(client, "mira", acme, "ann", whose="theirs", agrees=False)
    client.put("/v1/admin/links", json={**FOLLOWS, "name": "Mira B."}, headers=admin)
    client.put("/v1/admin/links", json=FOLLOWS, headers=admin)
    [link] = seen(client, "ann", acme)
    assert (link["name"], link["agrees"], link["friend_agrees"]) == ("Mira B.", True, False)
    assert client.delete("/v1/admin/links", params=FOLLOWS, headers=admin).status_code == 204
    again = client.delete("/v1/admin/links", params=FOLLOWS, headers=admin)
    assert again.status_code == 404 and again.json()["type"].endswith(":unknown-link")
    assert seen(client, "ann", acme) == []


def test_another_site_has_people_of_its_own(client: TestClient, engine: Engine, admin: dict[str, str], acme: keys.Site) -> None:
    other = added(engine, "other")
    client.put("/v1/admin/links", json={**FOLLOWS, "person_agrees": True}, headers=admin)
    assert seen(client, "ann", other) == []
    assert agree(client, "mira", other, "ann", whose="theirs").status_code == 404
    assert client.delete("/v1/admin/links", params={**FOLLOWS, "site": "other"}, headers=admin).status_code == 404
    unknown = client.put("/v1/admin/links", json={**FOLLOWS, "site": "nowhere"}, headers=admin)
    assert unknown.status_code == 404 and "rapport key site nowhere" in unknown.json()["detail"]
    assert not seen(client, "ann", acme)[0]["friend_agrees"]


def test_who_may_not_is_told_what_to_send(client: TestClient, acme: keys.Site) -> None:
    wrong = {"Authorization": "Bearer rk_" + "x" * 43}
    for headers in ({}, wrong, as_("ann", acme)):
        assert client.put("/v1/admin/links", json=FOLLOWS, headers=headers).status_code == 401
        assert client.delete("/v1/admin/links", params=FOLLOWS, headers=headers).status_code == 401
    for headers, slug in (
        ({}, "identity-needed"), (as_("ann", acme, seconds=-300), "identity-expired"),
        ({**as_("ann", acme), "X-Rapport-Site": "site_" + "x" * 20}, "unknown-key"),
    ):  # fmt: skip
        read = client.get("/v1/me/links", headers=headers)
        put = client.put("/v1/me/links/mira", json={"kind": "household", "agrees": True}, headers=headers)
        for refused in (read, put):
            assert refused.status_code == 401 and refused.headers["content-type"] == "application/problem+json"
            assert refused.json()["type"].endswith(f":{slug}")


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"freind": "mira"}, "Did you mean 'friend'"), ({"friend": "ann"}, "are the same"), ({"kind": "enemies"}, "household"),
     ({"person": " "}, "/person"), ({"person": "x" * 201}, "/person"), ({"person_agrees": "perhaps"}, "/person_agrees")],
)  # fmt: skip
def test_a_link_that_is_none_is_refused(
    client: TestClient, admin: dict[str, str], acme: keys.Site, changed: dict[str, str], told: str
) -> None:
    refused = client.put("/v1/admin/links", json={**FOLLOWS, **changed}, headers=admin)
    assert refused.status_code == 422 and told in refused.json()["detail"]
    assert seen(client, "ann", acme) == []


def test_following_needs_a_direction_and_a_name_may_have_any_letters(
    client: TestClient, admin: dict[str, str], acme: keys.Site
) -> None:
    refused = agree(client, "ann", acme, "mira")
    assert refused.status_code == 422 and "`whose`" in refused.json()["detail"]
    client.put("/v1/admin/links", json={**FOLLOWS, "friend": "小米/7 ü"}, headers=admin)
    assert agree(client, "ann", acme, "%E5%B0%8F%E7%B1%B3%2F7%20%C3%BC", whose="mine").json()["links"][0]["agrees"]


def test_the_typed_client_has_them(engine: Engine, acme: keys.Site) -> None:
    keys.add_site(keys.place(engine.settings), "acme", [], programs=True)
    admin = keys.add_admin(keys.place(engine.settings), "shop")
    identity = as_("ann", acme)["X-Rapport-Identity"]
    with (
        listening(build_app(engine, page=False)) as address,
        Rapport(address, admin=admin) as shop,
        Rapport(address, site=acme.key, identity=identity) as ann,
    ):
        shop.link(NewLink(site="acme", person="ann", friend="mi/ra", kind="follows"))
        assert [link.agrees for link in ann.links().links] == [False]
        assert [link.agrees for link in ann.agree("mi/ra", "follows", True, "mine").links] == [True]
        shop.unlink("acme", "ann", "mi/ra", "follows")
        assert ann.links().links == ()
        with pytest.raises(Refused) as gone:
            ann.agree("mi/ra", "follows", False, "mine")
        assert gone.value.kind == "unknown-link"
