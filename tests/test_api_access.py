"""Who may call and how much: origins, site keys, signed identities, admin keys, bodies and numbers."""

from __future__ import annotations

import logging
import os
import socket
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import jwt
import pytest
import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from bot import cli, keys
from bot.chat import Engine
from bot.errors import BadInput, RapportError
from bot.settings import Settings
from bot.web.server import build_app
from bot.web.v1.access import Access, Caller
from bot.web.v1.limits import BodyLimit, Limits
from bot.web.v1.problems import Problem

SECRET = "a secret that only the shop and this server know"
SHOP, EVIL = "https://shop.example", "https://evil.example"


@pytest.fixture
def file(settings: Settings) -> Path:
    return keys.place(settings)


@pytest.fixture
def site(file: Path) -> keys.Site:
    return keys.add_site(file, "acme", [SHOP], identity=keys.Identity(algorithm="HS256", secret=SECRET))


@pytest.fixture
def client(engine: Engine, site: keys.Site) -> Iterator[TestClient]:
    with TestClient(build_app(engine, page=False)) as client:
        yield client


def begin(client: TestClient, **headers: str) -> Any:
    sent = {k.replace("_", "-").encode(): v.encode("latin-1") for k, v in headers.items()}
    return client.post("/v1/sessions", json={}, headers=sent)


def token(secret: Any = SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    return jwt.encode({"sub": "ada", "exp": time.time() + 300, **claims}, secret, algorithm)


def refused(answer: Any, status: int, slug: str, *words: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"].endswith(f":{slug}") and problem["status"] == status
    for word in words:
        assert word in problem["detail"], problem["detail"]


# Origins and site keys


def test_a_program_and_the_servers_own_page_need_no_key(client: TestClient) -> None:
    assert begin(client).status_code == 201
    assert begin(client, Origin="http://testserver").status_code == 201
    assert begin(client, Origin="https://testserver").status_code == 201, "TLS may have been taken off by a proxy"


def test_another_site_is_refused_and_told_what_to_add(client: TestClient, site: keys.Site) -> None:
    refused(begin(client, Origin=EVIL), 403, "origin-not-allowed", f"rapport key site NAME --origin {EVIL}")
    refused(begin(client, Origin=EVIL, X_Rapport_Site=site.key), 403, "origin-not-allowed", f"key site acme --origin {EVIL}")
    refused(begin(client, Origin=SHOP), 403, "origin-not-allowed", "X-Rapport-Site")
    for odd in ("null", "file://", "https://shop.example.evil.example", "http://shop.example", "https://shop.example:8443"):
        refused(begin(client, Origin=odd, X_Rapport_Site=site.key), 403, "origin-not-allowed")
    assert "<script>" not in begin(client, Origin="https://<script>").text


def test_a_site_calls_with_its_key_from_its_origin(client: TestClient, site: keys.Site) -> None:
    made = begin(client, Origin=SHOP, X_Rapport_Site=site.key)
    assert made.status_code == 201
    assert made.headers["access-control-allow-origin"] == SHOP
    bearer = client.get("/v1/catalogues", headers={"Origin": SHOP, "Authorization": f"Bearer {site.key}"})
    assert bearer.status_code == 200, "as clients of other APIs send it"


def test_a_wrong_key_is_refused_whatever_else_is_right(client: TestClient) -> None:
    for headers in ({}, {"Origin": SHOP}, {"Origin": "http://testserver"}):
        refused(begin(client, X_Rapport_Site="site_wrong", **headers), 401, "unknown-key", "rapport key list")
    assert begin(client, X_Rapport_Site="site_ä\u00ff").status_code == 401


def test_a_sites_key_alone_is_for_browsers_unless_programs_are_allowed(
    client: TestClient, site: keys.Site, file: Path
) -> None:
    refused(begin(client, X_Rapport_Site=site.key), 403, "origin-needed", "rapport key site acme --programs")
    assert begin(client, X_Rapport_Site=site.key, Sec_Fetch_Site="same-origin").status_code == 201
    keys.add_site(file, "acme", [], programs=True)
    assert begin(client, X_Rapport_Site=site.key).status_code == 201, "from the next request on"


def test_the_setting_allows_an_origin_without_a_key(engine: Engine) -> None:
    engine.settings = engine.settings.model_copy(update={"allowed_origins": (SHOP,)})
    with TestClient(build_app(engine, page=False)) as client:
        assert begin(client, Origin=SHOP).status_code == 201
        assert begin(client, Origin=EVIL).status_code == 403


def test_a_sites_visitors_talk_about_its_catalogue(engine: Engine, site: keys.Site, file: Path) -> None:
    keys.add_site(file, "acme", [], catalogue="films")
    access = Access(engine.settings)
    assert access.catalogue_of(Caller(site="acme")) == "films"
    assert access.catalogue_of(Caller()) == access.catalogue_of(Caller(site="gone")) == ""


# CORS


def preflight(client: TestClient, origin: str, path: str = "/v1/sessions", method: str = "POST") -> Any:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "content-type, x-rapport-site, x-rapport-identity, last-event-id, if-match",
    }
    return client.options(path, headers=asked)


def test_browsers_are_told_the_same_list(client: TestClient, file: Path) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        allowed = preflight(client, SHOP, method=method)
        assert allowed.status_code == 200 and allowed.headers["access-control-allow-origin"] == SHOP
        assert "x-rapport-identity" in allowed.headers["access-control-allow-headers"]
    for headers in (preflight(client, EVIL).headers, begin(client, Origin=EVIL).headers):
        assert "access-control-allow-origin" not in headers
    assert "access-control-allow-credentials" not in preflight(client, SHOP).headers, "there are no cookies"
    keys.add_site(file, "acme", ["https://new.example"])
    assert preflight(client, "https://new.example").headers["access-control-allow-origin"] == "https://new.example"


def test_the_page_keeps_to_it_too(engine: Engine, site: keys.Site) -> None:
    engine.settings = engine.settings.model_copy(update={"allowed_hosts": ("*.example",)})
    with TestClient(build_app(engine), base_url="http://talk.example") as client:
        for path in ("/", "/gradio_api/info", "/healthz", "/config"):
            assert "access-control-allow-origin" not in client.get(path, headers={"Origin": EVIL}).headers, path
            assert client.get(path, headers={"Origin": SHOP}).headers["access-control-allow-origin"] == SHOP, path
            assert "access-control-allow-origin" not in preflight(client, EVIL, path).headers, path


# Names of the server


def named(engine: Engine, name: str, path: str = "/v1/catalogues", **settings: Any) -> int:
    """The status of an answer to a call under that name."""
    engine.settings = engine.settings.model_copy(update={"allowed_hosts": (), **settings})
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    with TestClient(build_app(engine, page=path == "/")) as client:
        headers = {"Host": name, "Accept": "application/json, text/event-stream"}
        answer = client.post(path, json=call, headers=headers) if path == "/mcp" else client.get(path, headers=headers)
        if answer.status_code == 421:
            refused(answer, 421, "unknown-host", "allowed_hosts", "RAPPORT_ALLOWED_HOSTS=")
        return answer.status_code


@pytest.mark.parametrize("path", ["/v1/catalogues", "/mcp", "/healthz", "/"])
def test_a_page_that_gave_its_name_this_address_is_refused_everywhere(engine: Engine, path: str) -> None:
    assert named(engine, "evil.example:7860", path) == 421
    assert named(engine, "localhost:7860", path) == 200


@pytest.mark.parametrize(
    ("host", "name", "status"),
    [
        ("127.0.0.1", "127.0.0.1:7860", 200),
        ("127.0.0.1", "LocalHost.", 200),
        ("127.0.0.1", "shop.localhost:7860", 200),
        ("127.0.0.1", "[::1]:7860", 200),
        ("127.0.0.1", "192.168.1.20:7860", 421),
        ("127.0.0.1", "localhost.evil.example", 421),
        ("127.0.0.1", "evil.example@localhost", 421),
        ("127.0.0.1", "localhost@evil.example", 421),
        ("127.0.0.1", "[::", 421),
        ("127.0.0.1", "<script>", 421),
        ("localhost", "127.0.0.1", 200),
        ("localhost", "10.0.0.7", 421),
        ("0.0.0.0", "192.168.1.20:7860", 200),
        ("::", "[fe80::1]:7860", 200),
        ("0.0.0.0", "127.0.0.1:7860", 200),
        ("0.0.0.0", f"{socket.gethostname()}:7860", 200),
        ("0.0.0.0", f"{socket.gethostname().split('.')[0]}.evil.example", 421),
        ("0.0.0.0", "evil.example", 421),
        ("192.168.1.20", "192.168.1.20", 200),
        ("talk.shop.example", "talk.shop.example:7860", 200),
    ],
)
def test_a_server_is_known_under_its_own_names(engine: Engine, host: str, name: str, status: int) -> None:
    assert named(engine, name, host=host) == status


@pytest.mark.parametrize(
    ("allowed", "name", "status"),
    [
        (("talk.shop.example",), "Talk.Shop.Example:443", 200),
        (("talk.shop.example",), "shop.example", 421),
        (("*.shop.example",), "talk.shop.example", 200),
        (("*.shop.example",), "evilshop.example", 421),
        (("*",), "evil.example", 200),
    ],
)
def test_the_setting_adds_names(engine: Engine, allowed: tuple[str, ...], name: str, status: int) -> None:
    assert named(engine, name, allowed_hosts=allowed) == status


def test_a_site_that_may_call_anyway_may_pass_the_server_on_under_its_name(engine: Engine, site: keys.Site) -> None:
    assert named(engine, "shop.example") == 200
    assert named(engine, "other.example", allowed_origins=("https://other.example",)) == 200


def test_a_web_socket_under_another_name_is_closed(engine: Engine) -> None:
    from starlette.websockets import WebSocket, WebSocketDisconnect

    from bot.web.hosts import HostGuard

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await WebSocket(scope, receive, send).accept()

    guarded = TestClient(HostGuard(app, Access(engine.settings)))
    with guarded.websocket_connect("/", headers={"Host": "localhost"}):
        pass
    with pytest.raises(WebSocketDisconnect), guarded.websocket_connect("/", headers={"Host": "evil.example"}):
        pass


def test_several_values_may_stand_in_an_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_ALLOWED_HOSTS", "talk.shop.example, *.shop.example")
    monkeypatch.setenv("RAPPORT_ALLOWED_ORIGINS", '["https://shop.example"]')
    read = Settings(_env_file=None)
    assert read.allowed_hosts == ("talk.shop.example", "*.shop.example") and read.allowed_origins == (SHOP,)


# Identities


def test_a_persons_sessions_are_theirs(client: TestClient, site: keys.Site, file: Path) -> None:
    other = keys.add_site(file, "other", [EVIL], identity=keys.Identity(algorithm="HS256", secret=SECRET))
    ada = {"Origin": SHOP, "X_Rapport_Site": site.key, "X_Rapport_Identity": token()}
    made = begin(client, **ada).json()["id"]

    def seen(**changed: str) -> int:
        headers = {k.replace("_", "-"): v for k, v in {**ada, **changed}.items() if v}
        return client.get(f"/v1/sessions/{made}", headers=headers).status_code

    assert seen() == 200
    assert seen(X_Rapport_Identity=token(sub="bob")) == 404
    assert seen(X_Rapport_Identity="") == 404
    assert seen(Origin=EVIL, X_Rapport_Site=other.key) == 404, "another site's person of the same name"


@pytest.mark.parametrize(
    ("made", "slug", "word"),
    [
        (lambda: token(exp=time.time() - 60), "identity-expired", "expired"),
        (lambda: token("another secret of thirty-two bytes and more"), "identity-not-valid", "signature"),
        (lambda: token("", "none"), "identity-not-valid", "HS256"),
        (lambda: token(algorithm="HS512", secret=SECRET * 2), "identity-not-valid", "HS256"),
        (lambda: jwt.encode({"sub": "ada"}, SECRET, "HS256"), "identity-not-valid", "`exp`"),
        (lambda: jwt.encode({"exp": time.time() + 60}, SECRET, "HS256"), "identity-not-valid", "`sub`"),
        (lambda: token(sub=" "), "identity-not-valid", "1 to 200"),
        (lambda: token(sub="a" * 201), "identity-not-valid", "1 to 200"),
        (lambda: token(sub=7), "identity-not-valid", "InvalidSub"),
        (lambda: token(nbf=time.time() + 600), "identity-not-valid", "ImmatureSignature"),
        (lambda: "not.a.token", "identity-not-valid", "Decode"),
        (lambda: "ÿ", "identity-not-valid", "JWT"),
    ],
)
def test_an_identity_that_is_not_in_order_is_refused(
    client: TestClient, site: keys.Site, made: Callable[[], str], slug: str, word: str
) -> None:
    refused(begin(client, Origin=SHOP, X_Rapport_Site=site.key, X_Rapport_Identity=made()), 401, slug, word)


def test_clocks_may_differ_a_little(client: TestClient, site: keys.Site) -> None:
    late = token(exp=time.time() - 10)
    assert begin(client, Origin=SHOP, X_Rapport_Site=site.key, X_Rapport_Identity=late).status_code == 201


def test_an_identity_needs_a_site_that_signs(client: TestClient, file: Path) -> None:
    refused(begin(client, X_Rapport_Identity=token()), 401, "key-needed", "X-Rapport-Site")
    plain = keys.add_site(file, "plain", [SHOP])
    answer = begin(client, Origin=SHOP, X_Rapport_Site=plain.key, X_Rapport_Identity=token())
    refused(answer, 401, "identity-not-expected", "rapport key site plain --identity")


def test_issuer_and_audience_are_checked_where_they_are_agreed(client: TestClient, file: Path) -> None:
    identity = keys.Identity(algorithm="HS256", secret=SECRET, issuer="shop", audience="rapport")
    site = keys.add_site(file, "strict", [SHOP], identity=identity)
    for claims, status in (
        ({"iss": "shop", "aud": "rapport"}, 201), ({"iss": "shop", "aud": "else"}, 401), ({"iss": "shop"}, 401),
        ({"iss": "else", "aud": "rapport"}, 401), ({"aud": "rapport"}, 401),
    ):  # fmt: skip
        answer = begin(client, Origin=SHOP, X_Rapport_Site=site.key, X_Rapport_Identity=token(**claims))
        assert answer.status_code == status, claims


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA"])
def test_a_public_key_is_enough(client: TestClient, file: Path, algorithm: keys.Algorithm) -> None:
    made: Any = {
        "RS256": lambda: rsa.generate_private_key(65537, 2048),
        "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
        "EdDSA": ed25519.Ed25519PrivateKey.generate,
    }[algorithm]()
    public = made.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    file.parent.joinpath("shop.pem").write_bytes(public)
    for n, key in enumerate((public.decode(), "shop.pem")):
        site = keys.add_site(file, f"site {n}", [SHOP], identity=keys.Identity(algorithm=algorithm, public_key=key))
        right = begin(client, Origin=SHOP, X_Rapport_Site=site.key, X_Rapport_Identity=token(made, algorithm))
        assert right.status_code == 201, right.text
        forged = token("a secret of more than thirty-two bytes", "HS256")
        answer = begin(client, Origin=SHOP, X_Rapport_Site=site.key, X_Rapport_Identity=forged)
        refused(answer, 401, "identity-not-valid", algorithm)


def test_what_is_no_public_key_is_said_to_the_operator(client: TestClient, file: Path, tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("not a key", "utf-8")
    with pytest.raises(BadInput, match=r"no\.pem is no public key for RS256"):
        keys.signing("RS256", tmp_path / "no.pem", None, "", "")


def test_a_secret_may_stand_in_the_environment(client: TestClient, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = keys.add_site(file, "env", [SHOP], identity=keys.Identity(algorithm="HS256", secret_env="ACME_SECRET"))
    answer = begin(client, Origin=SHOP, X_Rapport_Site=site.key, X_Rapport_Identity=token())
    refused(answer, 503, "unavailable", "ACME_SECRET")
    monkeypatch.setenv("ACME_SECRET", SECRET)
    assert begin(client, Origin=SHOP, X_Rapport_Site=site.key, X_Rapport_Identity=token()).status_code == 201


# Admins


def test_only_an_admins_key_opens_what_is_for_admins(client: TestClient, file: Path) -> None:
    path = "/v1/admin/catalogues/small/status"
    key = keys.add_admin(file, "eve")
    missing = client.get(path)
    refused(missing, 401, "admin-key-needed", "rapport key admin NAME")
    assert missing.headers["www-authenticate"] == "Bearer"
    for wrong in ("rk_wrong", key[:-1], key + "x", "rk_", "rk_ÿ"):
        headers = {b"Authorization": f"Bearer {wrong}".encode("latin-1")}
        assert client.get(path, headers=headers).status_code == 401, wrong
    assert client.get(path, headers={"Authorization": f"Basic {key}"}).status_code == 401
    refused(client.get(path, headers={"Authorization": f"Bearer {key}"}), 404, "unknown-catalogue")  # so it was let in
    refused(client.get(path, headers={"Authorization": f"Bearer {key}", "Origin": EVIL}), 403, "origin-not-allowed")
    assert begin(client, Authorization="Bearer sk-of-another-service").status_code == 201, "other keys are not ours to judge"
    newer = keys.add_admin(file, "eve")
    assert client.get(path, headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert client.get(path, headers={"Authorization": f"Bearer {newer}"}).status_code == 404
    assert key not in file.read_text("utf-8") and newer not in file.read_text("utf-8")


# The file


def test_the_file_is_for_its_owner_and_says_no_admins_key(file: Path) -> None:
    key = keys.add_admin(file, "eve")
    keys.add_site(file, "acme", ["https://Shop.Example:443/", "http://localhost:8080"], catalogue="shop")
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    said = yaml.safe_load(file.read_text("utf-8"))
    assert said["admins"] == [{"name": "eve", "sha256": keys.digest(key)}]
    assert said["sites"][0]["origins"] == [SHOP, "http://localhost:8080"]
    again = keys.add_site(file, "acme", ["https://www.shop.example"])
    assert again.key == said["sites"][0]["key"] and again.catalogue == "shop"
    assert again.origins == (SHOP, "http://localhost:8080", "https://www.shop.example")
    assert keys.remove(file, "acme") == keys.remove(file, "eve") == 1 and keys.remove(file, "eve") == 0
    assert keys.read(file) == keys.Keys()


@pytest.mark.parametrize(
    "wrong", ["*", "shop.example", "https://*.shop.example", "https://shop.example/shop", "ftp://shop.example", "null", ""]
)
def test_what_is_no_origin_is_not_kept(file: Path, wrong: str) -> None:
    with pytest.raises(BadInput, match="origin"):
        keys.add_site(file, "acme", [wrong])
    assert not file.exists() or keys.read(file) == keys.Keys()


def test_a_file_that_is_not_in_order_says_where(file: Path) -> None:
    for text, words in (
        ("sites: [{name: a}]", "sites.0.key"), ("site: []", "site: Extra"), ("sites: {", "cannot be read"),
        ("sites: [{name: a, key: site_123456, identity: {algorithm: HS256, secret: short}}]", "shorter than 32"),
        ("sites: [{name: a, key: site_123456, identity: {algorithm: RS256, secret: x}}]", "needs `public_key`"),
        ("sites: [{name: a, key: site_123456, identity: {algorithm: none}}]", "algorithm"),
        ("sites: [{name: a, key: site_123456}, {name: b, key: site_123456}]", "same key"),
        ("admins: [{name: a, sha256: plain}]", "admins.0.sha256"),
    ):  # fmt: skip
        file.write_text(text, "utf-8")
        with pytest.raises(RapportError, match=words):
            keys.KeyFile(file)


def test_a_file_broken_while_the_server_runs_changes_nothing(
    file: Path, site: keys.Site, caplog: pytest.LogCaptureFixture
) -> None:
    known = keys.KeyFile(file)
    file.write_text("sites: {", "utf-8")
    with caplog.at_level(logging.ERROR):
        assert known.keys().site(site.key) == site
    assert "stay in force" in caplog.text
    file.unlink()
    assert known.keys() == keys.Keys()


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    run = CliRunner()

    def told(*words: str) -> str:
        ran = run.invoke(cli.app, ["key", *words])
        assert ran.exit_code == 0, ran.output
        return ran.stdout

    assert "Nobody yet" in told("list")
    said = told("site", "acme", "--origin", SHOP, "--catalogue", "shop", "--identity", "HS256")
    known = keys.read(tmp_path / "sites.yaml")
    site = known.sites[0]
    assert site.identity is not None
    assert site.key in said and site.identity.secret in said and len(site.identity.secret) >= 32
    key = told("admin", "eve").splitlines()[0]
    assert keys.read(tmp_path / "sites.yaml").admin(key) == keys.Admin(name="eve", sha256=keys.digest(key))
    listed = told("list")
    assert SHOP in listed and "admin eve" in listed and site.identity.secret not in listed
    told("remove", "acme")
    assert run.invoke(cli.app, ["key", "remove", "acme"]).exit_code == 1


# Limits


def test_a_body_over_the_limit_is_refused_before_it_is_read(client: TestClient) -> None:
    most = client.app.state.turns.engine.settings.max_body  # type: ignore[attr-defined]
    answer = client.post("/v1/sessions", content=b"x" * (most + 1), headers={"Origin": SHOP})
    refused(answer, 413, "too-large", f"{most:,}")
    assert answer.headers["access-control-allow-origin"] == SHOP, "so that the browser may read why"
    assert client.post("/gradio_api/upload", content=b"x" * (most + 1)).status_code == 413
    assert client.post("/v1/sessions", content=b" " * (most - 2) + b"{}").status_code != 413


def sent(access: Access, length: str | None, pieces: list[bytes], authorization: str = "") -> tuple[int, int]:
    """The status, and how many pieces were taken, of a body in pieces that an application reads to its end."""
    taken, statuses = 0, []
    headers = [(b"content-length", length.encode())] if length else [(b"transfer-encoding", b"chunked")]
    headers += [(b"authorization", authorization.encode())] if authorization else []

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": pieces[taken - 1], "more_body": taken < len(pieces)}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def reads_all(scope: Any, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise RuntimeError("the caller left")
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    anyio.run(BodyLimit(reads_all, access), scope, receive, send)
    assert len(statuses) == 1
    return statuses[0], taken


def test_a_body_of_unknown_length_is_refused_when_it_becomes_too_long(settings: Settings, file: Path) -> None:
    access = Access(settings.model_copy(update={"max_body": 1000, "max_import": 3000}))
    key = f"Bearer {keys.add_admin(file, 'eve')}"
    piece = b"x" * 500
    assert sent(access, None, [piece] * 2) == (200, 2)
    assert sent(access, None, [piece] * 10) == (413, 3), "the rest is not read"
    assert sent(access, "5000", [piece] * 10) == (413, 0)
    assert sent(access, "500", [piece] * 10) == (413, 3), "a length that is not true"
    assert sent(access, "no number", [piece] * 10) == (413, 3)
    assert sent(access, "2500", [piece] * 5, key) == (200, 5), "an admin may send more"
    assert sent(access, None, [piece] * 5, key) == (200, 5)
    assert sent(access, "5000", [piece] * 10, key) == (413, 0)
    assert sent(access, "2500", [piece] * 5, "Bearer rk_wrong") == (413, 0)


def limited(engine: Engine, **settings: int) -> TestClient:
    engine.settings = engine.settings.model_copy(update=settings)
    return TestClient(build_app(engine, page=False))


def test_messages_of_one_caller_are_counted(engine: Engine, site: keys.Site, file: Path) -> None:
    key = keys.add_admin(file, "eve")
    with limited(engine, messages_a_minute=2) as client:
        path = f"/v1/sessions/{begin(client).json()['id']}/messages"
        answers = [client.post(path, json={"text": "thanks"}) for _ in range(3)]
        assert [a.status_code for a in answers] == [200, 200, 429]
        refused(answers[2], 429, "too-many", "2 messages a minute")
        assert 1 <= int(answers[2].headers["retry-after"]) <= 60
        assert client.post(path, json={"text": "thanks"}, headers={"Authorization": f"Bearer {key}"}).status_code == 200
        ada = {"Origin": SHOP, "X-Rapport-Site": site.key, "X-Rapport-Identity": token()}
        assert client.post(path, json={"text": "thanks"}, headers=ada).status_code == 200, "another person is another caller"


def test_new_sessions_of_one_caller_are_counted(engine: Engine, site: keys.Site) -> None:
    with limited(engine, sessions_an_hour=2, max_sessions=1) as client:
        assert [begin(client).status_code for _ in range(3)] == [201, 201, 429]
        ada = {"Origin": SHOP, "X_Rapport_Site": site.key, "X_Rapport_Identity": token()}
        made = begin(client, **ada)
        refused(begin(client, **ada), 429, "too-many-sessions", "Delete one")
        headers = {k.replace("_", "-"): v for k, v in ada.items()}
        client.delete(f"/v1/sessions/{made.json()['id']}", headers=headers)
        assert begin(client, **ada).status_code == 201


def test_a_conversation_has_an_end(engine: Engine) -> None:
    with limited(engine, max_turns=2) as client:
        path = f"/v1/sessions/{begin(client).json()['id']}/messages"
        answers = [client.post(path, json={"text": "thanks"}) for _ in range(3)]
        assert [a.status_code for a in answers] == [200, 200, 429]
        refused(answers[2], 429, "conversation-full", "POST /v1/sessions")


def test_nothing_is_counted_when_a_limit_is_off(settings: Settings) -> None:
    limits = Limits(settings.model_copy(update={"messages_a_minute": 0}))
    for _ in range(200):
        limits.message(Caller(address="10.0.0.1"))


def test_every_call_is_counted(engine: Engine, site: keys.Site, file: Path) -> None:
    admin = {"Authorization": f"Bearer {keys.add_admin(file, 'ann')}"}
    ada = {"Origin": SHOP, "X-Rapport-Site": site.key, "X-Rapport-Identity": token()}
    with limited(engine, calls_a_minute=5) as client:
        session = client.post("/v1/sessions").json()["id"]
        assert client.get(f"/v1/sessions/{session}").status_code == 200
        assert client.get("/v1/catalogues").status_code == 200
        assert client.get("/v1/catalogues", headers={"X-Rapport-Site": "site_wrong"}).status_code == 401
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        accept = {"Accept": "application/json, text/event-stream"}
        assert client.post("/mcp", json=call, headers=accept).status_code == 200
        for answer in (
            client.get(f"/v1/sessions/{session}"),
            client.delete(f"/v1/sessions/{session}"),
            client.get("/v1/catalogues", headers={"X-Rapport-Site": "site_wrong"}),
            client.put("/v1/admin/catalogues/boots/items", json={}),
            client.post("/mcp", json=call, headers=accept),
        ):
            refused(answer, 429, "too-many", "5 calls a minute")
            assert 1 <= int(answer.headers["retry-after"]) <= 60
        assert client.get("/v1/catalogues", headers=ada).status_code == 200, "somebody else"
        for _ in range(7):
            assert client.get("/v1/catalogues", headers=admin).status_code == 200
        assert client.get("/healthz").status_code == 200
    with limited(engine, calls_a_minute=0) as client:
        assert {client.get("/v1/consent").status_code for _ in range(9)} == {200}


def test_callers_are_counted_apart(settings: Settings) -> None:
    limits = Limits(settings.model_copy(update={"messages_a_minute": 1}))
    for by in (
        Caller(address="10.0.0.1"), Caller(address="10.0.0.2"), Caller("acme", "ada", address="10.0.0.1"),
        Caller("acme", "bob", address="10.0.0.1"), Caller("other", "ada", address="10.0.0.1"),
    ):  # fmt: skip
        limits.message(by)
        with pytest.raises(Problem):
            limits.message(by)
