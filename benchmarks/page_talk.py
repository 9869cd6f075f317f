"""Hold a talk in the page, in real Chromium, and write it down: what was said, shown and why, with a picture of the end.

    rapport serve --catalogue icecat --port 7860
    python benchmarks/page_talk.py http://127.0.0.1:7860/ MESSAGES.txt --catalogue icecat --out talk.md --picture talk.png

MESSAGES.txt holds a message a line; a line `click: LABEL` presses a button of the newest turn. Afterwards the saved talk is
read back and every item that was shown is held against the limits of its turn. Needs playwright and Chromium.
"""

from __future__ import annotations

import argparse
import re
import shutil
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from bot.memory import Memory
from bot.settings import Settings
from vectorstore.constraints import satisfies

DONE = "() => !document.querySelector('#page').classList.contains('busy')"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("messages", type=Path)
    parser.add_argument("--catalogue", default="shop")
    parser.add_argument("--title", default="A talk")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--viewport", default="1280x900")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--chinese", action="store_true")
    given = parser.parse_args()
    width, height = map(int, given.viewport.split("x"))
    lines = [f"# {given.title}", ""]
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        scheme = "dark" if given.dark else "light"
        locale = "zh-CN" if given.chinese else "en-GB"
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, locale=locale)
        page.goto(given.address)
        page.wait_for_selector("#message")
        page.wait_for_function(DONE)
        if given.catalogue != "shop":
            page.locator("select").first.select_option(given.catalogue)
            page.wait_for_timeout(500)
            page.wait_for_function(DONE)
        for message in filter(None, map(str.strip, given.messages.read_text("utf-8").splitlines())):
            lines += told(page, message)
        if given.picture:
            page.wait_for_timeout(600)
            page.screenshot(path=given.picture)
        session = page.evaluate("() => Object.values(localStorage).join(' ')")
        browser.close()
    lines += checked(session)
    given.out.write_text("\n".join(lines) + "\n", "utf-8")


def told(page: Page, message: str) -> list[str]:
    """One message: sent, waited for, and what the page then shows."""
    begun = time.monotonic()
    if message.startswith("click:"):
        page.locator(".live").get_by_role("button", name=message.removeprefix("click:").strip()).first.click()
    else:
        page.locator("#message").fill(message)
        page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    page.wait_for_function(DONE, timeout=240_000)
    took = time.monotonic() - begun
    lines = [f"**› {message}**", ""]
    reply = page.locator(".live .reply")
    if reply.count():
        lines += [*reply.first.inner_text().splitlines(), ""]
    table = page.locator(".live table")
    for row in table.locator("tr").all() if table.count() else []:
        cells = row.locator("th, td").all_inner_texts()
        lines.append("| " + " | ".join(" ".join(c.split()) for c in cells) + " |")
        if not lines[-2].startswith("|"):
            lines.append("|" + "---|" * len(cells))
    for n, card in enumerate(page.locator(".live .card").all(), 1):
        title, price = card.locator("h3").inner_text(), card.locator(".price")
        reasons = [_reason(r) for r in card.locator("li.for, li.against").all()]
        say = card.locator(".say")
        lines.append(f"{n}. **{title}** {' '.join(price.inner_text().split()) if price.count() else ''}  ")
        lines.append(f"   {' · '.join(reasons)}  " if reasons else "")
        lines.append(f"   {say.inner_text()}" if say.count() else "")
    chips = page.locator(".live .chips button").all_inner_texts()
    limits = [" ".join(t.split()).rstrip(" ×✕") for t in page.locator(".limit").all_inner_texts()]
    points = page.locator(".point .what").all_inner_texts()
    weights = page.locator(".point .number").all_inner_texts()
    known = ", ".join(f"{p} {w}" for p, w in zip(points, weights, strict=False))
    told = f"chips: {' | '.join(chips) or 'none'} · profile: {known}; limits: {', '.join(limits) or 'none'}"
    lines += ["", f"*{took:.1f} s · {told}*", ""]
    return [line for line in lines if line is not None]


def _reason(line: Locator) -> str:
    """“brown” ✓ colour: chestnut brown."""
    sign = "✗" if "against" in (line.get_attribute("class") or "") else "✓"
    whole, said = " ".join(line.inner_text().split()), line.locator("q")
    if not said.count():  # what was done or hangs together speaks without their words
        return f"{sign} {whole}"
    quote = said.inner_text()
    return f"“{quote}” {sign} {whole.split(quote, 1)[-1].strip()}"


def checked(stored: str) -> list[str]:
    """Every item that was shown against the limits of its turn, from the saved talk."""
    memory = Memory.open(Settings())
    talks = [s for word in re.findall(r"[\w-]{20,}", stored) if (s := memory.load(word))]
    if not talks:
        return []
    session = max(talks, key=lambda talk: len(talk.turns))
    shown = [(r.item, limit.constraint) for turn in session.turns for r in turn.items for limit in r.limits]
    broken = [(item.title, limit.field) for item, limit in shown if not satisfies(item, limit)]
    items = sum(len(turn.items) for turn in session.turns)
    return ["---", "", f"{items} items shown, {len(shown)} limits checked on them, {len(broken)} broken. {broken or ''}".strip()]


if __name__ == "__main__":
    main()
