"""The widget in real Chromium, on pages of another origin under a strict policy, over the real engine and a small shop."""

from __future__ import annotations

import os
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parents[1]))

from shop_system import ShopSystem
from small_shop import DESCRIPTION, NAME, SHOP

from bot.chat import Engine
from bot.keys import add_site, place
from bot.llm.model import NoModel
from bot.memory import Memory
from bot.settings import Settings
from bot.web.server import build_app
from vectorstore.catalogue import Catalogue
from vectorstore.embeddings import HashEmbedder
from vectorstore.index import build

SCRIPT = "<script>window.pwned=1</script><img src=x onerror='window.pwned=1'>"
ODD = SHOP[0].model_copy(
    update={
        "id": "odd",
        "title": f"Odd jacket {SCRIPT}",
        "description": f"Brown. {SCRIPT}",
        "url": "javascript:window.pwned=1",
        "translations": {},
    }
)
LINKED = SHOP[1].model_copy(update={"url": "https://elsewhere.example/moto"})
BESIDE = {"trail": {"goes_with": ("rain",)}}  # an accessory
SERVICE = """\
small:
  orders: {{url: "{address}"}}
  person: {{url: "{address}"}}
  faq:
    - {{topic: return, en: "You have 60 days to send things back.", zh: "60 天内可以退货。"}}
"""
WISH = "a brown leather jacket, no zips"
AXE = os.environ.get("AXE", "")  # where axe-core's script lies; nothing of it is in the repository
STYLE = """e => {
    const s = getComputedStyle(e);
    return [s.fontSize, s.color, s.backgroundColor, s.letterSpacing, s.textTransform, s.direction, s.lineHeight];
}"""
COLOURS = """e => {
    let at = e;
    while (getComputedStyle(at).backgroundColor === "rgba(0, 0, 0, 0)") at = at.parentElement;
    return [getComputedStyle(e).color, getComputedStyle(at).backgroundColor];
}"""  # of the text, and of what it stands on
SHIFTS = """new Promise(told => {
    const ofPage = s => s.node && s.node.getRootNode() === document && s.node.nodeName !== "RAPPORT-WIDGET";
    const moved = list => told(list.getEntries().filter(e => e.sources.some(ofPage)).length);
    new PerformanceObserver(moved).observe({type: "layout-shift", buffered: true});
    setTimeout(() => told(0), 300);
})"""  # what of the page itself was moved
SIZES = """all => all.map(b => [b.textContent || b.ariaLabel, Math.min(b.offsetHeight, Math.max(b.offsetWidth, 44))])"""
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


class Paced(Engine):
    """The engine, with a pause between two events."""

    pace = 0.0

    def turn(self, session: Any, message: str) -> Iterator[Any]:
        for event in super().turn(session, message):
            yield event
            time.sleep(self.pace)


class Line:
    """The server's application behind a line that may break: once after a stream's chunk that has `cut_after`."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.cut_after = b""
        self.cuts = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].endswith("/messages"):
            await self.app(scope, receive, send)
            return

        async def sending(message: Any) -> None:
            await send(message)
            if self.cut_after and self.cut_after in message.get("body", b""):
                self.cut_after, self.cuts = b"", self.cuts + 1
                raise ConnectionResetError("the line is cut")

        await self.app(scope, receive, sending)


class Shop:
    """Everything that runs: the engine, its address, the line to it, and the pages of another origin."""

    def __init__(
        self, engine: Paced, line: Line, address: str, pages: str, html: dict[str, tuple[str, str]], key: str, system: ShopSystem
    ) -> None:
        self.engine, self.line, self.address, self.pages, self.html, self.key = engine, line, address, pages, html, key
        self.system = system  # what the shop's own system was asked

    def put(self, attributes: str = "", body: str = "<h1>A page</h1><p>Of a shop.</p>", head: str = "", lang: str = "en") -> str:
        """The address of a new page with the line on it."""
        name = f"/{len(self.html)}"
        line = f'<script src="{self.address}/widget.js" data-site="{self.key}" data-catalogue="{NAME}" {attributes} async>'
        start = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        head = f'<meta name="viewport" content="width=device-width">{head}'
        page = f'{start}<link rel="icon" href="data:,">{head}</head><body>{body}{line}</script></body></html>'
        self.html[name] = ("text/html", page)
        return f"{self.pages}{name}"

    def turns(self, page: Any) -> list[str]:
        """What was said in the page's conversation, as the server keeps it."""
        session = kept(page)["session"]
        talk = self.engine.load(session)
        assert talk is not None
        return [turn.user for turn in talk.turns]


@pytest.fixture(scope="module")
def shop_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    import uvicorn

    root, source, data = (tmp_path_factory.mktemp(n) for n in ("catalogues", "source", "data"))
    items = [*(LINKED if i.id == LINKED.id else i for i in SHOP), ODD]
    items = [i.model_copy(update={"attributes": {**i.attributes, **BESIDE.get(i.id, {})}}) for i in items]
    system = ShopSystem()
    orders = ThreadingHTTPServer(("127.0.0.1", 0), system.handler())
    threading.Thread(target=orders.serve_forever, args=(0.05,), daemon=True).start()
    (data / "service.yaml").write_text(SERVICE.format(address=f"http://127.0.0.1:{orders.server_port}/"), "utf-8")
    (source / "items.jsonl").write_text("".join(i.model_dump_json() + "\n" for i in items), "utf-8")
    (source / "catalogue.yaml").write_text(DESCRIPTION, "utf-8")
    embedder = HashEmbedder()
    build(source, NAME, root, embedder)
    catalogue = Catalogue.open(NAME, root, embedder)
    settings = Settings(_env_file=None).model_copy(update={
        "data_dir": data, "cache_dir": data / "cache", "database": f"sqlite:///{data / 'talks.sqlite3'}", "catalogue": NAME,
        "embedding": "hash", "model": "none", "messages_a_minute": 0, "sessions_an_hour": 0,
    })  # fmt: skip
    engine = Paced(settings, NoModel(), lambda name: catalogue, lambda: [catalogue.info], Memory.open(settings))
    line = Line(build_app(engine, page=False))
    html: dict[str, tuple[str, str]] = {}
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    policy = f"default-src 'none'; script-src {address} 'self'; connect-src {address}; img-src {address} data:; style-src 'self'"

    class Pages(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            kind, text = html.get(self.path.split("?")[0], ("text/html", ""))
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(text.encode())

    pages = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=pages.serve_forever, args=(0.05,), daemon=True).start()
    origin = f"http://127.0.0.1:{pages.server_port}"
    key = add_site(place(settings), "shop", [origin], NAME).key
    server = uvicorn.Server(uvicorn.Config(line, log_level="critical", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    list(engine.turn(engine.start(), WISH))  # what the first message loads
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield Shop(engine, line, address, origin, html, key, system)
    server.should_exit = True
    thread.join(10)
    pages.shutdown()
    orders.shutdown()


@pytest.fixture
def shop(shop_server: Shop) -> Iterator[Shop]:
    yield shop_server
    shop_server.engine.pace, shop_server.line.cut_after = 0.0, b""


@pytest.fixture
def visit(chromium: Any, shop: Shop) -> Iterator[Callable[..., Any]]:
    """`visit(address)` opens a page; `page.told` is what its console said, `page.asked` what it asked for."""
    contexts = []

    def open_page(address: str, context: Any = None, **options: Any) -> Any:
        if context is None:
            context = chromium.new_context(**{"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, **options})
            context.set_default_timeout(10_000)
            contexts.append(context)
        page = context.new_page()
        page.told, page.asked = [], []
        page.on("console", lambda message: page.told.append(message.text))
        page.on("pageerror", lambda error: page.told.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(address)
        page.wait_for_selector("rapport-widget", state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()


def kept(page: Any) -> dict[str, Any]:
    """What the browser keeps of the conversation."""
    return dict(page.evaluate("JSON.parse(Object.entries(localStorage).find(([k]) => k.startsWith('rapport '))[1])"))


def begin(page: Any) -> None:
    page.locator(".launch").click()
    expect(page.get_by_label("Message")).to_be_focused()


def say(page: Any, words: str) -> None:
    """Type, send with Enter, and wait for the answer."""
    page.get_by_label("Message").fill(words)
    page.get_by_label("Message").press("Enter")
    answered(page, words)


def answered(page: Any, words: str) -> None:
    newest = page.locator(".exchange").last
    expect(newest.locator(".me")).to_have_text(words)
    expect(newest.locator(".status")).to_have_count(0)
    expect(newest.locator(".reply")).not_to_be_empty()


def titles(page: Any) -> list[str]:
    return list(page.locator(".exchange").last.locator(".card h3 > :first-child").all_inner_texts())


def test_a_talk_on_a_foreign_page_under_a_strict_policy(visit: Any, shop: Shop) -> None:
    page = visit(shop.put())
    assert [u for u in page.asked if u.startswith(shop.address)] == [f"{shop.address}/widget.js"]
    before = page.evaluate("document.body.getBoundingClientRect().toJSON()")
    begin(page)
    say(page, WISH)
    first = page.locator(".card").first
    expect(first.locator("h3")).to_have_text(re.compile("Harlow leather jacket.*\\$179", re.S))
    expect(first.locator(".reasons .for q").first).to_be_visible()
    assert "horn buttons" in first.locator(".reasons").inner_text()
    assert page.locator(".card img").first.evaluate("i => i.decode().then(() => i.naturalWidth)") > 0
    page.locator(".chips button").first.click()
    expect(page.locator(".exchange")).to_have_count(2)
    answered(page, page.locator(".me").last.inner_text())
    assert page.told == []
    assert all(u.startswith((shop.address, shop.pages)) for u in page.asked if not u.startswith("data:"))
    assert page.evaluate("document.body.getBoundingClientRect().toJSON()") == before
    assert page.evaluate(SHIFTS) == 0


def test_reload_and_a_second_tab_go_on(visit: Any, shop: Shop) -> None:
    address = shop.put()
    page = visit(address)
    begin(page)
    say(page, WISH)
    page.get_by_role("button", name="Like: Harlow leather jacket").click()
    page.reload()
    expect(page.locator(".panel")).to_be_visible()  # it was open
    answered(page, WISH)
    expect(page.get_by_role("button", name="Like: Harlow leather jacket")).to_have_attribute("aria-pressed", "true")
    other = visit(shop.put(), context=page.context)
    begin(other)
    answered(other, WISH)
    say(other, "under $150")
    answered(page, "under $150")
    assert titles(page) == titles(other) != []
    assert shop.turns(page) == [WISH, "under $150"]
    assert ("harlow", "like") in {(e[0], e[1]) for e in shop.engine.memory.events(kept(page)["session"])}


@pytest.mark.parametrize("cut", [b"event: profile", b"event: items", b"event: chips"])
def test_a_line_lost_in_the_middle_loses_and_doubles_nothing(visit: Any, shop: Shop, cut: bytes) -> None:
    page = visit(shop.put())
    begin(page)
    shop.engine.pace, shop.line.cut_after, cuts = 0.15, cut, shop.line.cuts
    say(page, WISH)
    assert shop.line.cuts == cuts + 1
    assert titles(page)[0] == "Harlow leather jacket"
    expect(page.locator(".me")).to_have_count(1)
    expect(page.locator(".lost")).to_be_hidden()
    assert shop.turns(page) == [WISH]


def test_offline_is_told_and_what_was_written_is_sent_later(visit: Any, shop: Shop) -> None:
    page = visit(shop.put())
    begin(page)
    page.context.set_offline(True)
    page.get_by_label("Message").fill(WISH)
    page.get_by_label("Message").press("Enter")
    expect(page.locator(".lost")).to_contain_text("No connection")
    page.context.set_offline(False)
    answered(page, WISH)
    expect(page.locator(".lost")).to_be_hidden()
    assert shop.turns(page) == [WISH]


def test_a_reload_in_the_middle_of_an_answer(visit: Any, shop: Shop) -> None:
    page = visit(shop.put())
    begin(page)
    shop.engine.pace = 0.3
    page.get_by_label("Message").fill(WISH)
    page.get_by_label("Message").press("Enter")
    expect(page.locator(".status")).to_be_visible()
    page.wait_for_timeout(250)
    page.reload()
    answered(page, WISH)
    expect(page.locator(".me")).to_have_count(1)
    assert shop.turns(page) == [WISH] and kept(page)["pending"] == []


def test_an_answer_that_comes_while_it_is_closed_is_marked_unread(visit: Any, shop: Shop) -> None:
    page = visit(shop.put())
    begin(page)
    shop.engine.pace = 0.3
    page.get_by_label("Message").fill(WISH)
    page.get_by_label("Message").press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    expect(page.locator(".count")).to_have_text("1")
    assert page.locator(".launch").get_attribute("aria-label") == "Ask the shop, 1 unread"
    page.locator(".launch").click()
    expect(page.locator(".count")).to_be_hidden()


def test_a_conversation_that_is_gone_begins_anew(visit: Any, shop: Shop) -> None:
    page = visit(shop.put())
    begin(page)
    say(page, WISH)
    shop.engine.memory.delete(kept(page)["session"])
    say(page, "a quiet kettle")
    assert shop.turns(page) == ["a quiet kettle"]


def test_by_keyboard_alone(visit: Any, shop: Shop) -> None:
    page = visit(shop.put(body='<h1>A page</h1><a href="#x">A link</a>'))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".launch")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Ask the shop")).to_be_visible()
    expect(page.get_by_label("Message")).to_be_focused()
    page.keyboard.type(WISH)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("please")
    page.keyboard.press("Enter")
    answered(page, f"{WISH}\nplease")
    like = page.get_by_role("button", name="Like: Harlow leather jacket")
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if like.evaluate("b => b.getRootNode().activeElement === b"):
            break
    assert like.evaluate("b => getComputedStyle(b).outlineStyle") == "solid"
    page.keyboard.press("Space")
    expect(like).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    expect(page.locator(".launch")).to_be_focused()


def test_on_a_phone_it_fills_the_screen_and_can_be_pressed(visit: Any, shop: Shop) -> None:
    page = visit(shop.put(), **PHONE)
    page.locator(".launch").tap()
    say(page, WISH)
    panel = page.locator(".panel").bounding_box()
    assert (panel["x"], panel["y"], panel["width"], panel["height"]) == (0, 0, 390, 844)
    field = page.get_by_label("Message").bounding_box()
    assert field["y"] + field["height"] <= 844 and field["height"] >= 44
    assert page.locator(".log").evaluate("e => e.scrollWidth <= e.clientWidth")
    sizes = page.locator(".panel button:visible").evaluate_all(SIZES)
    assert [s for s in sizes if s[1] < 44] == []
    assert page.get_by_role("dialog").get_attribute("aria-modal") == "true"
    assert page.get_by_label("Message").evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 16  # or the phone zooms


def test_hostile_styles_of_the_page_do_no_harm(visit: Any, shop: Shop) -> None:
    shop.html["/hostile.css"] = ("text/css", """
        * { all: unset !important; font-size: 200px !important; color: red !important; display: inline !important; }
        html, body { direction: rtl; letter-spacing: 40px; line-height: 4; text-transform: uppercase; visibility: visible; }
        div, rapport-widget { display: none !important; opacity: 0 !important; pointer-events: none !important; }
        div, rapport-widget { transform: scale(9) !important; }
        .cover { position: fixed; inset: 0; z-index: 2147483647; background: gold; }
        :root { --ink: red; --paper: red; --for: red; --bar: red; }
    """)
    loud = shop.put(head='<link rel="stylesheet" href="/hostile.css">', body='<h1>Loud</h1><section class="cover">x</section>')
    calm, hostile = visit(shop.put()), visit(loud)
    boxes, looks = [], []
    for page in (calm, hostile):
        begin(page)
        say(page, WISH)
        parts = (".launch", ".panel", ".head h2", ".card h3", ".acts button", ".write textarea")
        boxes.append([page.locator(p).first.bounding_box() for p in parts])
        looks.append([page.locator(p).first.evaluate(STYLE) for p in parts])
    assert boxes[0] == boxes[1]
    assert looks[0] == looks[1]
    assert hostile.told == []


def test_a_script_stays_text_wherever_it_comes_from(visit: Any, shop: Shop) -> None:
    page = visit(shop.put(f'data-title="{SCRIPT.replace("<", "&lt;")}" data-greeting="{SCRIPT.replace("<", "&lt;")}"'))
    page.locator(".launch").click()
    assert "<script>" in page.locator(".reply").inner_text() and "<script>" in page.locator(".head h2").inner_text()
    say(page, "a brown odd jacket")
    assert any("<script>" in t for t in titles(page))
    assert page.locator(".card a", has_text="Odd jacket").count() == 0  # its address is a script
    say(page, SCRIPT)
    page.evaluate("text => Rapport.send(text)", f"I like wool {SCRIPT}")
    page.wait_for_timeout(500)
    page.locator(".head button", has_text="You").click()
    page.get_by_label("Add what counts").fill("odd <img src=x onerror=alert(1)>")
    page.get_by_role("button", name="For", exact=True).click()
    expect(page.locator(".point b", has_text="<img")).to_have_count(1)
    assert page.evaluate("window.pwned") is None
    inside = "document.querySelector('rapport-widget').shadowRoot.querySelectorAll('script, [onerror], [style*=url]').length"
    assert page.evaluate(inside) == 0


def test_the_profile_is_seen_changed_and_guarded(visit: Any, shop: Shop) -> None:
    page = visit(shop.put())
    begin(page)
    say(page, "a leather jacket under $270, no zips")
    page.get_by_role("button", name="You 3: what counts for you").click()
    expect(page.locator(".point b")).to_have_text(["leather jacket", "zips"])
    slider = page.get_by_label("How much “leather jacket” counts, from against to for")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".point .number").first).to_have_text("0.75")
    expect(slider).to_be_focused()
    page.get_by_role("button", name="Lift the limit price ≤ $270").click()
    expect(page.locator(".limit")).to_have_count(0)
    page.get_by_label("Price at most").fill("180")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.locator(".limit")).to_contain_text("price ≤ $180")
    page.get_by_role("button", name="Forget “zips”").click()
    expect(page.locator(".point")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".point")).to_have_count(2)
    session = shop.engine.load(kept(page)["session"])
    from bot.profile import Edit

    list(shop.engine.edit(session, Edit(kind="add", text="wool", weight=0.5)))  # in another window
    page.get_by_role("button", name="Forget “zips”").click()
    expect(page.get_by_role("alert")).to_contain_text("changed in another window")
    expect(page.locator(".point b")).to_have_text(["leather jacket", "zips", "wool"])
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Message")).to_be_focused()
    prices = page.locator(".card .price").all_inner_texts()
    assert prices and all(float(p.strip("$")) <= 180 for p in prices)


def test_why_adds_up_and_items_stand_side_by_side(visit: Any, shop: Shop) -> None:
    page = visit(shop.put())
    begin(page)
    say(page, WISH)
    card = page.locator(".card").first
    why = card.get_by_role("button", name="Why: Harlow leather jacket")
    why.click()
    assert why.get_attribute("aria-expanded") == "true"
    numbers = [float(n.replace("−", "-").replace("+", "")) for n in card.locator(".sum td.number").all_inner_texts()]
    assert len(numbers) > 2 and round(sum(numbers[:-1]), 2) == numbers[-1]
    page.get_by_role("button", name="Not for me: Harlow leather jacket").click()
    expect(card).to_have_class(re.compile("gone"))
    page.get_by_role("button", name="Side by side").click()
    expect(page.locator(".compare thead th").first).to_have_text("Harlow leather jacket")
    expect(page.locator(".compare tbody tr", has_text="closure")).to_contain_text("horn buttons")
    page.keyboard.press("Escape")
    expect(page.locator(".log")).to_be_visible()
    page.get_by_role("button", name="Your data").click()
    expect(page.locator(".consent")).not_to_be_empty()
    session = kept(page)["session"]
    page.get_by_role("button", name="Delete this talk").click()
    page.get_by_role("button", name="Really delete it?").click()
    expect(page.locator(".opening")).to_be_visible()
    assert shop.engine.load(session) is None


def test_what_the_page_tells_is_what_it_means(visit: Any, shop: Shop) -> None:
    page = visit(shop.put())
    page.evaluate("Rapport.context({product: {id: 'hush', title: 'Tarn Hush'}, orders: ['trail']})")
    begin(page)
    expect(page.locator(".reply")).to_contain_text("You are looking at Tarn Hush")
    say(page, "how heavy is it?")
    expect(page.locator(".exchange").last.locator(".reply")).to_contain_text("Tarn Hush headphones")
    say(page, "are my boots waterproof?")
    expect(page.locator(".exchange").last.locator(".reply")).to_contain_text("Trail boots")


def test_the_interface_for_scripts_and_the_events(visit: Any, shop: Shop) -> None:
    shop.html["/page.js"] = ("text/javascript", """
        window.heard = [];
        for (const name of ["ready", "open", "close", "send", "answer", "recommend", "like", "click", "destroy"])
            document.addEventListener("rapport:" + name, (e) => heard.push([name, e.detail]));
        document.addEventListener("rapport:click", (e) => e.preventDefault());
        window.Rapport = [["open"]];
    """)
    page = visit(shop.put(body='<h1>A page</h1><script src="/page.js"></script>'))
    expect(page.locator(".panel")).to_be_visible()
    message = page.evaluate("Rapport.send('a black leather jacket with a zip')")
    answered(page, "a black leather jacket with a zip")
    page.locator(".card a", has_text="Moto leather jacket").click()
    page.get_by_role("button", name="Like: Moto leather jacket").click()
    page.evaluate("Rapport.close()")
    page.evaluate("Rapport.destroy()")
    heard = page.evaluate("heard")
    assert [h[0] for h in heard] == ["open", "ready", "send", "recommend", "answer", "click", "like", "close", "destroy"]
    assert heard[2][1] == {"id": message, "text": "a black leather jacket with a zip"}
    assert "moto" in [i["id"] for i in heard[3][1]["items"]] and heard[5][1]["url"] == "https://elsewhere.example/moto"
    assert page.url.startswith(shop.pages)  # the page took the click over
    assert page.evaluate("[typeof Rapport, document.querySelectorAll('rapport-widget').length]") == ["undefined", 0]


def test_in_a_place_of_the_page_and_over_all_of_it(visit: Any, shop: Shop) -> None:
    shop.html["/place.css"] = ("text/css", "#advice { height: 600px; width: 500px; margin: 50px; }")
    head = '<link rel="stylesheet" href="/place.css">'
    page = visit(shop.put('data-target="#advice"', body='<h1>A page</h1><div id="advice"></div>', head=head))
    say(page, WISH)
    box, around = page.locator(".panel").bounding_box(), page.locator("#advice").bounding_box()
    assert box == around and page.locator(".launch").count() == 0
    full = visit(shop.put('data-position="page"'))
    say(full, WISH)
    assert full.locator(".panel").bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 900}


TALKS = {
    "en": (
        ("Hello", "looking for"),
        ("Where is my order A-10422?", "is on its way. Expected on Tuesday 1 December"),
        ("My boots from order 77123 arrived torn", "I am sorry that the Trail boots"),
        ("How long do I have to send them back?", "60 days"),
        ("A replacement, please", "arranged. It leaves today."),
        ("Yes, that is settled", "If you like, I can show what could stand in for the Trail boots, or what goes with it."),
        ("Something like it", "Trail boots"),
        ("What goes with my boots?", "Trail boots"),
        ("Talk to a person", "May I pass it on?"),
        ("Pass it on", "Passed on: a person of the shop has our conversation now and will write to the address"),
    ),
    "zh": (
        ("你好", "找"),
        ("我的订单 A-10422 到哪了？", "正在配送。预计12月1日送达"),
        ("订单 77123 的徒步靴收到就破了", "很抱歉，徒步靴有问题"),
        ("多久之内可以退货？", "60 天"),
        ("请换新的", "已安排更换徒步靴。今天寄出。"),
        ("好的，解决了", "可以推荐能代替徒步靴的，或者与它搭配的"),
        ("类似的还有吗", "徒步靴"),
        ("我的徒步靴配什么好？", "徒步靴"),
        ("转人工", "可以转过去吗"),
        ("转交", "已转交：店里的人已收到我们的对话，会按你留的方式联系你"),
    ),
}  # what is said, or pressed where such a button stands, and what is in the answer


@pytest.mark.parametrize("language", ["en", "zh"])
def test_ten_turns_of_customer_service(visit: Any, shop: Shop, language: str) -> None:
    page = visit(shop.put(lang=language))
    page.evaluate("Rapport.context({orders: ['trail', 'hush']})")
    page.locator(".launch").click()
    shop.system.asked.clear()
    for number, (words, reply) in enumerate(TALKS[language], 1):
        press = page.locator(".panel").get_by_role("button", name=words, exact=True)
        if number == 10:
            assert all("transcript" not in said for said, _ in shop.system.asked)  # asked, and nothing sent yet
            page.locator(".person input").fill("ann@shop.example")
        if press.count():
            press.click()
        else:
            page.locator("textarea").fill(words)
            page.locator("textarea").press("Enter")
        expect(page.locator(".exchange")).to_have_count(number)
        newest = page.locator(".exchange").last
        expect(newest.locator(".reply")).to_contain_text(reply)
        expect(newest.locator(".status")).to_have_count(0)
        cards = newest.locator(".card").evaluate_all("all => all.map(card => card.dataset.item)")
        if number == 7:
            assert cards and "trail" not in cards and "city" in cards  # a replacement
        elif number == 8:
            assert cards == ["rain"]  # an accessory
        else:
            assert cards == [], (number, cards)  # never before the trouble is over
    told = shop.system.asked[-1][0]
    assert told["contact"] == "ann@shop.example" and TALKS[language][2][0] in told["transcript"]
    assert [said["wish"] for said, _ in shop.system.asked if said.get("wish")] == ["replacement"]
    assert "ann@shop.example" not in str(kept(page)) and page.told == []
    page.reload()
    expect(page.locator(".exchange")).to_have_count(10)
    expect(page.locator(".exchange").last.locator(".reply")).to_contain_text(TALKS[language][9][1])


def test_sentences_come_in_while_they_are_written(visit: Any, address: str) -> None:
    """Over the scripted engine, whose model "writes" a sentence under each card, word by word."""
    page = visit(f"{address}demo")
    begin(page)
    page.evaluate("""() => {
        window.lengths = [];
        const log = document.querySelector("rapport-widget").shadowRoot.querySelector(".log");
        new MutationObserver(() => {
            const first = log.querySelector(".card:not(.first .card) .say");
            if (first && first.textContent.length !== lengths.at(-1)) lengths.push(first.textContent.length);
        }).observe(log, { subtree: true, childList: true, characterData: true });
    }""")
    say(page, "a brown leather jacket")
    lengths = page.evaluate("lengths")
    assert len(lengths) > 4 and lengths == sorted(lengths), lengths
    assert page.locator(".card").count() >= 3 and page.told == []
    assert page.evaluate(SHIFTS) == 0


def _contrast(colours: list[str]) -> float:
    def luminance(colour: str) -> float:
        channels = [int(c) / 255 for c in re.findall(r"\d+", colour)[:3]]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted(map(luminance, colours), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("accent", ["", "#ffe14d", "#777", "navy", "hsl(320 90% 60%)", "#fff", "black"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_with_any_accent(visit: Any, shop: Shop, accent: str, theme: str) -> None:
    page = visit(shop.put(f'data-accent="{accent}" data-theme="{theme}"'))
    begin(page)
    say(page, WISH)
    for part in (".head h2", ".chips button", ".reasons q", ".reply", ".reasons", ".write button", ".me", ".foot"):
        assert _contrast(page.locator(part).first.evaluate(COLOURS)) >= 4.5, part


def test_chinese_follows_the_page(visit: Any, shop: Shop) -> None:
    page = visit(shop.put(lang="zh-CN"))
    page.locator(".launch").click()
    expect(page.get_by_role("dialog", name="问问店家")).to_be_visible()
    page.get_by_label("消息").fill("棕色皮夹克，不要拉链")
    page.get_by_label("消息").press("Enter")
    expect(page.locator(".card h3").first).to_contain_text("哈洛皮夹克")
    expect(page.locator(".card .price").first).to_have_text("US$179")
    expect(page.get_by_role("button", name="为什么：哈洛皮夹克")).to_be_visible()


def test_the_demo_and_the_page_that_explains_under_their_own_policies(visit: Any, shop: Shop) -> None:
    page = visit(f"{shop.address}/demo?item=harlow")
    page.locator("#add").click()
    expect(page.locator("#basket")).to_have_text("1")
    begin(page)
    expect(page.locator(".reply")).to_contain_text("Harlow leather jacket")
    say(page, "is it waterproof?")
    assert page.told == []
    explained = page.context.new_page()
    told: list[str] = []
    explained.on("console", lambda message: told.append(message.text))
    explained.on("pageerror", lambda error: told.append(str(error)))
    explained.goto(f"{shop.address}/widget")
    explained.get_by_label("Title").fill('Ask "us"')
    explained.get_by_label("Theme").select_option("dark")
    expect(explained.locator("#line")).to_contain_text('data-title="Ask &quot;us&quot;" data-theme="dark" async></script>')
    policy = f"script-src {shop.address}; connect-src {shop.address}; img-src {shop.address}"
    expect(explained.locator("#policy")).to_have_text(policy)
    expect(explained.frame_locator("#preview").locator(".head h2")).to_have_text('Ask "us"')
    assert told == []


@pytest.mark.skipif(not AXE, reason="AXE names no axe.min.js: `npm install axe-core`, then AXE=…/axe-core/axe.min.js")
def test_axe_finds_nothing(visit: Any, shop: Shop) -> None:
    for options in ({}, {"color_scheme": "dark"}, PHONE):
        page = visit(f"{shop.address}/demo?item=harlow", bypass_csp=True, **options)
        page.locator(".launch").click()
        say(page, WISH)
        page.get_by_role("button", name="Why: Harlow leather jacket").click()
        for view in ("talk", "profile"):
            if view == "profile":
                page.locator(".head button", has_text="You").click()
                expect(page.locator(".point").first).to_be_visible()
            page.evaluate(Path(AXE).read_text("utf-8"))
            found = page.evaluate("axe.run().then(told => told.violations)")
            assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == [], (options, view)
    page = visit(f"{shop.address}/demo?item=harlow", bypass_csp=True)
    page.goto(f"{shop.address}/widget")
    page.evaluate(Path(AXE).read_text("utf-8"))
    found = page.evaluate("axe.run(document.querySelector('main')).then(told => told.violations)")
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []
