"""The page in real Chromium, over a scripted engine: what a person does, and what must never happen."""

from __future__ import annotations

import json
import re
import urllib.request

import pytest
from conftest import DONE

FIRST = "I want a leather jacket, black maybe, under $200"
SECOND = "not black actually, brown. and I hate zippers"
BROWN = ["Harlow lambskin jacket", "Brookline suede bomber", "Moss field jacket"]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def titles(page, where=".live"):
    return page.locator(f"{where} .card h3").all_inner_texts()


def points(page):
    return dict(
        zip(
            page.locator(".point .what").all_inner_texts(),
            page.locator(".point .number").all_inner_texts(),
            strict=True,
        )
    )


def drag(page, text, value):
    slider = page.locator(f'input[type=range][data-text="{text}"]')
    slider.evaluate("(e, v) => { e.value = v; e.dispatchEvent(new Event('input', {bubbles: true})) }", str(value))
    slider.evaluate("e => e.dispatchEvent(new Event('change', {bubbles: true}))")
    page.wait_for_function(DONE)


def test_a_whole_talk(visit, say):
    page = visit()
    assert page.locator(".opening .chips button").count() == 3
    page.evaluate(
        """() => { window.seen = []; new MutationObserver(() => {
        const guess = document.querySelector('.live .provisional');
        if (guess) seen.push([guess.querySelectorAll('.card').length, guess.querySelectorAll('button').length]);
        }).observe(document.querySelector('.live'), { subtree: true, childList: true }) }"""
    )
    say(page, FIRST)
    assert page.evaluate("seen.at(-1)") == [3, 0]  # a first guess was there, without buttons, and is no more
    assert page.locator(".provisional").count() == 0
    assert titles(page)[0] == "Corvin biker jacket"
    say(page, SECOND)
    assert titles(page) == BROWN
    assert points(page) == {"leather jacket": "0.9", "zippers": "−0.9", "black": "−0.5", "brown": "0.8"}
    assert page.locator(".limit").inner_text().startswith("price ≤ $200")
    moss = page.locator(".live .card", has_text="Moss field jacket")
    assert moss.locator("li.for q").all_inner_texts() == ["brown", "I hate zippers"]
    assert moss.locator("li.against").inner_text().endswith("material: waxed cotton")
    assert moss.locator(".price").inner_text() == "$149.50"
    assert page.locator(".live .card").first.locator("s").inner_text().endswith("$199")
    assert page.locator(".past .card").count() == 3 and page.locator(".past .card button").count() == 0
    pictures = page.locator(".live .card img").evaluate_all("all => all.map(i => i.complete && i.naturalWidth > 0)")
    assert pictures == [True, True, True]
    page.click(".live .chips button >> nth=0")
    page.wait_for_selector(".live .me:text-is('Cheaper')")
    page.wait_for_function(DONE)
    assert page.faults == []


def test_why_adds_up_and_without_can_be_undone(visit, say):
    page = visit()
    say(page, SECOND + ", a leather jacket")
    first = page.locator(".live .card").first
    why = first.get_by_role("button", name="Why: Harlow lambskin jacket")
    assert not first.locator(".why").is_visible()
    why.focus()
    page.keyboard.press("Enter")
    assert first.locator(".why").is_visible() and why.get_attribute("aria-expanded") == "true"
    shown = [float(x.replace("−", "-")) for x in first.locator(".bars .number").all_inner_texts()]
    total = float(re.search(r"[\d.]+", first.locator(".sum").inner_text()).group())
    assert round(sum(shown), 2) == total
    first.get_by_role("button", name="Choose again without “leather jacket”").click()
    page.wait_for_selector(".banner")
    assert titles(page) == ["Harlow lambskin jacket", "Moss field jacket", "Brookline suede bomber"]
    assert page.locator(".note").all_inner_texts() == ["same place", "was third", "was second"]
    page.click("text=Go back")
    page.wait_for_selector(".banner", state="detached")
    assert titles(page) == BROWN and "leather jacket" in points(page)


def test_the_profile_is_changed_by_hand_at_once(visit, say):
    page = visit()
    say(page, FIRST)
    say(page, SECOND)
    drag(page, "leather jacket", -0.6)
    assert titles(page)[0] == "Moss field jacket"
    assert points(page)["leather jacket"] == "−0.6"
    assert "set by you" in page.locator(".point").first.inner_text()
    page.click("text=Undo")
    page.wait_for_function(DONE)
    assert titles(page) == BROWN and points(page)["leather jacket"] == "0.9"
    page.get_by_role("button", name="Forget “black”").click()
    page.wait_for_function("() => !document.querySelector('[data-key=\"p-black\"]')")
    page.get_by_label("Add what counts").fill("wool")
    page.get_by_role("button", name="Against").click()
    page.wait_for_selector('[data-key="p-wool"].against')
    page.get_by_role("button", name="Lift the limit price ≤ $200").click()
    page.wait_for_function(DONE)
    page.get_by_label("Price at most").fill("160")
    page.get_by_role("button", name="Set", exact=True).click()
    page.wait_for_selector(".limit:has-text('price ≤ $160')")
    page.wait_for_function(DONE)
    assert titles(page) == ["Moss field jacket"]
    page.get_by_role("button", name="Start over").click()
    page.wait_for_selector(".point", state="detached")


def test_the_slider_moves_by_keyboard(visit, say):
    page = visit()
    say(page, FIRST)
    page.get_by_label("How much “black” counts, from against to for").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector('[data-key="p-black"] .number:text-is("0.45")')
    page.wait_for_function(DONE)
    assert page.evaluate("document.activeElement.dataset.text") == "black"


def test_reload_goes_on_with_the_talk_and_an_unknown_id_begins_a_new_one(visit, say):
    page = visit()
    say(page, SECOND + ", a leather jacket")
    page.get_by_role("button", name="Like: Moss field jacket").click()
    page.wait_for_function(DONE)
    page.reload()
    page.wait_for_selector(".live .card")
    assert titles(page) == BROWN and points(page)["brown"] == "0.8"
    assert page.get_by_role("button", name="Like: Moss field jacket").get_attribute("aria-pressed") == "true"
    kept = json.loads(page.evaluate("localStorage.rapport"))
    kept["sessions"]["shop"] = "no-such-session"
    page.evaluate("words => { localStorage.rapport = words }", json.dumps(kept))
    page.reload()
    page.wait_for_selector(".opening")
    assert json.loads(page.evaluate("localStorage.rapport"))["sessions"]["shop"] != "no-such-session"
    page.get_by_role("button", name="New talk").first.click()
    page.wait_for_function(DONE)
    assert page.locator(".opening").is_visible()


def test_a_first_word_that_is_lost_is_said_again(chromium, address):
    context = chromium.new_context()
    context.set_default_timeout(10_000)
    page, lost = context.new_page(), []

    def lose_one(route):
        if lost:
            route.continue_()
        else:
            lost.append(route.request.url)
            route.abort()

    page.route("**/queue/join*", lose_one)
    page.goto(address)
    page.wait_for_selector(".opening")
    assert len(lost) == 1
    context.close()


def test_two_tabs_share_one_talk_without_losing_any_of_it(visit, say, engine):
    one = visit()
    say(one, FIRST)
    two = visit(context=one.context)
    assert titles(two) == titles(one)
    say(two, "brown")
    one.wait_for_selector(".live .me:text-is('brown')")  # the other tab hears of it
    say(one, "I hate zippers")
    session = engine.load(json.loads(one.evaluate("localStorage.rapport"))["sessions"]["shop"])
    assert [turn.user for turn in session.turns] == [FIRST, "brown", "I hate zippers"]


def test_nothing_is_asked_of_another_machine(visit, say, address):
    page = visit()
    say(page, FIRST)
    own = tuple({address, address.replace("http:", "ws:")})
    assert [url for url in page.asked if not url.startswith((*own, "data:", "blob:"))] == []
    assert any("/pictures/shop/clo-001.svg" in url for url in page.asked)
    headers = urllib.request.urlopen(address).headers
    assert "default-src 'self'" in headers["content-security-policy"]


def test_other_sites_get_no_answer_they_could_read(address):
    for path in ("healthz", "config", "gradio_api/info"):
        request = urllib.request.Request(address + path, headers={"Origin": "http://evil.example"})
        with urllib.request.urlopen(request) as answer:
            assert answer.headers["access-control-allow-origin"] is None, path
    with urllib.request.urlopen(address + "gradio_api/info") as answer:
        assert json.load(answer)["named_endpoints"] == {}


def test_a_script_stays_text_wherever_it_comes_from(visit, say):
    page = visit()
    say(page, "odd brown jacket")
    page.locator(".live [data-do=why]").first.click()
    assert any("<script>" in title for title in titles(page))
    say(page, "hello <img src=x onerror='window.pwned=1'>")
    assert "<script>" in page.locator(".live .reply").inner_text()
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned") is None
    assert page.locator("#page script, #page [onerror]").count() == 0
    assert page.faults == []


def test_on_a_phone_the_input_is_in_reach_and_the_profile_in_a_drawer(visit, say):
    page = visit(**PHONE)
    say(page, FIRST)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    box = page.locator("#message").bounding_box()
    assert box["y"] + box["height"] <= 844 and box["x"] + box["width"] <= 390
    assert not page.locator("aside").is_visible()
    button = page.locator("[data-do=drawer]")
    assert button.locator(".count").inner_text() == "3" and button.get_attribute("aria-expanded") == "false"
    cards = page.locator(".live .cards")
    assert cards.evaluate("e => e.scrollWidth > e.clientWidth && getComputedStyle(e).scrollSnapType") == "x mandatory"
    sizes = page.locator("#page button:visible").evaluate_all("all => all.map(b => b.getBoundingClientRect().height)")
    assert min(sizes) >= 38  # Send is 38 inside a taller field, everything else 44
    assert page.locator(".acts button").first.bounding_box()["height"] >= 44
    button.tap()
    page.wait_for_selector("aside .point", state="visible")
    assert page.locator(".talk").evaluate("e => e.inert")
    page.keyboard.press("Escape")
    page.wait_for_selector("aside", state="hidden")
    say(page, "brown")


def test_a_second_message_replaces_the_running_one_and_loses_no_words(visit, engine):
    page = visit()
    engine.pace, before = 0.15, engine.closed
    try:
        page.fill("#message", "a leather jacket")
        page.press("#message", "Enter")
        page.wait_for_selector(".status:has-text('Reading your message')")
        page.fill("#message", "under $200, brown")
        engine.pace = 0.01
        page.press("#message", "Enter")
        page.wait_for_selector(".live .chips")
        page.wait_for_function(DONE)
    finally:
        engine.pace = 0.015
    assert set(points(page)) == {"leather jacket", "brown"}
    session = engine.load(json.loads(page.evaluate("localStorage.rapport"))["sessions"]["shop"])
    assert [turn.user for turn in session.turns] == ["a leather jacket\nunder $200, brown"]
    assert engine.closed == before + 1  # the first was given up, and told so


def test_stop_gives_the_words_back(visit, engine):
    page = visit()
    engine.pace = 0.1
    try:
        page.fill("#message", FIRST)
        page.press("#message", "Enter")
        page.click(".send:text-is('Stop')")
        page.wait_for_selector(".opening")
    finally:
        engine.pace = 0.015
    assert page.input_value("#message") == FIRST


@pytest.mark.parametrize(
    ("words", "told"),
    [("crash now", "Something went wrong on this side"), ("this is too long", "Say it in fewer words.")],
)
def test_a_failure_is_told_in_words_and_the_message_is_kept(visit, say, words, told):
    page = visit()
    say(page, words)
    assert told in page.get_by_role("alert").filter(has_text=told).inner_text()
    assert page.input_value("#message") == words
    say(page, FIRST)
    assert len(titles(page)) == 3


def test_nothing_fits_and_a_question_lead_on(visit, say):
    page = visit()
    say(page, "a leather jacket under $50")
    assert "The nearest is $99" in page.locator(".live .blocked").inner_text()
    page.click(".live .chips button:text-is('Up to $150')")
    page.wait_for_selector(".live .card")
    page.wait_for_function(DONE)
    say(page, "hello")
    assert page.locator(".live .chips button").all_inner_texts() == ["For work", "For rain"]
    assert page.locator(".past .card .acts").count() == 1  # the cards on screen can still be acted on


def test_chinese_throughout(visit, say):
    page = visit(locale="zh-CN")
    assert page.get_by_role("heading", level=1).inner_text() == "说说你想要什么。"
    say(page, "想要一件皮夹克，200美元以内，不要拉链")
    assert "Harlow 羊皮夹克" in titles(page)
    assert page.locator(".limit").inner_text().startswith("价格 ≤ US$200")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    page.click("text=English")
    page.wait_for_selector("h2:has-text('What counts for you')")
    assert "Harlow lambskin jacket" in titles(page)


def test_the_model_state_is_told_and_follows(visit, engine):
    page = visit()
    assert page.locator(".state").inner_text() == "Reading with Qwen2.5-Coder 1.5B on this machine"
    engine.llm.status.stage, engine.llm.status.fraction = "downloading", 0.43
    try:
        page.wait_for_selector(".state:has-text('Preparing the model: 43% of 1.1 GB, answering by rules meanwhile')")
    finally:
        engine.llm.status.stage, engine.llm.status.fraction = "ready", None


def test_what_a_screen_reader_needs(visit, say):
    page = visit()
    say(page, FIRST)
    log = page.get_by_role("log", name="Conversation")
    assert log.get_attribute("aria-live") == "polite"
    named = page.locator("#page :is(input, textarea, select)").evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label') || (e.labels && e.labels.length && e.labels[0].textContent))"
    )
    assert all(named)
    buttons = page.locator("#page button").evaluate_all(
        "all => all.map(b => b.getAttribute('aria-label') || b.textContent.trim())"
    )
    assert all(buttons)
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
