"""The widget's script and pages over HTTP: small, kept by browsers, under a strict policy, and nothing asked for is trusted."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from bot.chat import Engine
from bot.web.server import build_app
from bot.web.widget.routes import FOLDER

SCRIPT = (FOLDER / "widget.js").read_text("utf-8")


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(build_app(engine, page=False)) as client:
        yield client


def test_the_script_is_small_and_kept(client: TestClient) -> None:
    answer = client.get("/widget.js")
    assert answer.text == SCRIPT and answer.headers["content-encoding"] == "gzip"
    assert len(gzip.compress(SCRIPT.encode(), 9)) <= 25_000
    assert "max-age" in answer.headers["cache-control"] and "Accept-Encoding" in answer.headers["vary"]
    assert client.get("/widget.js", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert client.get("/widget.js", headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get("/widget.js", headers={"Accept-Encoding": "identity"}).headers.get("content-encoding") is None
    assert client.head("/widget.js").status_code == 200


def test_nothing_becomes_markup_and_both_languages_say_the_same() -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|DOMParser", SCRIPT)
    english, chinese = re.search(r"\n    en: \{(.*?)\n    \},\n    zh: \{(.*?)\n    \},", SCRIPT, re.S).groups()
    names = [set(re.findall(r"(?:^|[{,]\s*|\n\s+)(\w+): \"", part)) for part in (english, chinese)]
    assert names[0] == names[1] and len(names[0]) > 40


def test_the_demo_page_shows_a_product_and_the_line(client: TestClient) -> None:
    answer = client.get("/demo?item=harlow&accent=%23b4532a&theme=dark")
    assert "<h1>Harlow leather jacket</h1>" in answer.text and "horn buttons" in answer.text
    assert '<script src="widget.js" data-accent="#b4532a" data-theme="dark" data-catalogue="small" async></script>' in answer.text
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert not re.search(r"<script>|<style|\son\w+=|\sstyle=", answer.text)
    assert "<h1>哈洛皮夹克</h1>" in client.get("/demo?item=harlow&lang=zh").text
    assert client.get("/demo?item=none-such").status_code == 200


def test_what_the_address_says_is_escaped_or_left_out(client: TestClient) -> None:
    page = client.get('/demo?item=harlow&title="><script>alert(1)</script>&accent=red;}&theme=blue&nonsense=1').text
    assert "<script>alert" not in page and "data-accent" not in page and "data-theme" not in page and "nonsense" not in page
    assert 'data-title="&#34;&gt;&lt;script&gt;' in page


def test_the_page_that_explains_it(client: TestClient) -> None:
    page = client.get("/widget")
    assert "<option>small</option>" in page.text and "{" not in re.sub(r"&#123;", "", page.text)
    for name in re.findall(r'(?:src|href)="(widget/[^"]+)"', page.text):
        assert client.get(f"/{name}").status_code == 200, name
    assert client.get("/widget/routes.py").status_code == 404
    assert client.get("/widget/..%2froutes.py").status_code == 404
