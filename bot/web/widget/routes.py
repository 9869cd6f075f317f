"""`/widget.js`, the page `/demo` with the widget on it, and `/widget`, which explains the one line and puts it together.

All three under policies as strict as a shop's may be: scripts and styles of this server alone, none of them inline.
`tests/test_widget_routes.py` and `tests/browser/test_widget.py`.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request, Response
from markupsafe import Markup

from bot.chat import Engine
from bot.state import Language
from bot.web import cards
from bot.web.formats import Look, value_words
from vectorstore.catalogue import Catalogue
from vectorstore.item import Item

FOLDER = Path(__file__).parent
PAGES = FOLDER / "pages"
ICON = FOLDER.parent / "assets" / "icon.svg"
KEPT = "public, max-age=300"  # seconds in which a browser does not even ask whether the script is newer
# What a page needs for the widget, and nothing else: `style-src` is for the page's own sheet, the widget needs none.
STRICT = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; style-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
SHOWN = "out-001"  # the product of the sample shop that the demo is about
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_SILENT = frozenset(
    "brand category tags rating rating_count goes_with also_in stock coupon coupon_saves offer_ends "
    "was price delivery_days".split()
)
_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "shop": "Fern & Tarn", "menu": "Outdoor  Clothing  Kitchen  Electronics", "add": "Add to basket", "basket": "Basket",
        "facts": "Details", "with": "Goes well with it", "other": "中文", "stars": "{rating} out of 5, {count} reviews",
        "stock": "In stock",
        "days": "with you in {days} days", "foot": "Delivery  Returns  Care and repair  Contact",
        "note": "A demo of the Rapport widget: the shop is invented, and nothing is really sold.",
    },
    "zh": {
        "shop": "蕨与湖", "menu": "户外  服装  厨房  电子", "add": "加入购物车", "basket": "购物车",
        "facts": "详细信息", "with": "可以搭配", "other": "English", "stars": "{rating} 分（满分 5 分），{count} 条评价",
        "stock": "有现货",
        "days": "{days} 天送达", "foot": "配送  退换货  保养维修  联系我们",
        "note": "这是 Rapport 小部件的演示：店铺是虚构的，没有真实的销售。",
    },
}  # fmt: skip
_ATTRIBUTES: dict[str, str] = {  # of the line, that `/demo` takes from its address, and what each may look like
    "accent": r"#[0-9a-fA-F]{3,8}|[a-z]{3,20}",
    "theme": "auto|light|dark",
    "position": "left|right|page",
    "locale": "auto|en|zh",
    "open": "true|false",
    "storage": "local|session|none",
    "title": r"[^\x00-\x1f]{1,80}",
    "greeting": r"[^\x00-\x1f]{1,300}",
    "starters": r"[^\x00-\x1f]{1,500}",
    "catalogue": r"[a-z0-9][a-z0-9_-]{0,60}",
    "site": r"[A-Za-z0-9_-]{8,80}",
}


def routes(engine: Engine) -> APIRouter:
    """The addresses of the widget."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/widget.js", methods=["GET", "HEAD"])
    def script(request: Request) -> Response:
        """The widget: one file."""
        return _file(request, FOLDER / "widget.js", KEPT)

    @router.get("/widget/{name}")
    def asset(request: Request, name: str) -> Response:
        """What the two pages load."""
        path = ICON if name == ICON.name else PAGES / name
        if not re.fullmatch(r"[a-z]+\.(?:js|css|svg)", name) or not path.is_file():
            raise HTTPException(404, "There is no such file of the widget's pages.")
        return _file(request, path, "no-cache")

    @router.get("/demo")
    def demo(request: Request, item: Annotated[str, Query(max_length=200)] = SHOWN, lang: Language = "en") -> Response:
        """A product page with the widget on it. Attributes of the line may stand in the address: `?accent=%23b4532a`."""
        catalogue = engine.catalogue(engine.settings.catalogue)
        shown = catalogue.get(item) or next((i for i in catalogue.items() if i.price is not None), None)
        asked = {"catalogue": catalogue.info.name, **request.query_params}
        if shown is None:
            raise HTTPException(404, "The catalogue has no item to show.")
        return _page("demo.html", _demo(shown, catalogue, lang, _attributes(asked)))

    @router.get("/widget")
    def explained() -> Response:
        """What the line is, and a form that writes it."""
        names = Markup("").join(Markup("<option>{}</option>").format(info.name) for info in engine.catalogues())
        return _page("widget.html", {"catalogues": names})

    return router


def _attributes(asked: Mapping[str, str]) -> Markup:
    """The `data-…` of the line that the address asks for; what does not look like one is left out."""
    said = [(name, asked[name]) for name, form in _ATTRIBUTES.items() if name in asked and re.fullmatch(form, asked[name])]
    return Markup("").join(Markup(' data-{}="{}"').format(name, value) for name, value in said)


def _demo(item: Item, catalogue: Catalogue, language: Language, attributes: Markup) -> dict[str, object]:
    look, words = Look(info=catalogue.info, language=language), _WORDS[language]
    facts = [(catalogue.info.label(name, language), value_words(name, value, look, item.currency))
             for name, value in item.facts(language) if name not in _SILENT]  # fmt: skip
    beside = [other for id in _ids(item.fact("goes_with")) if (other := catalogue.get(id)) is not None][:4]
    return {
        **{name: words[name] for name in ("shop", "add", "basket", "facts", "other", "note")},
        "lang": "zh-Hans" if language == "zh" else "en",
        "other_lang": "en" if language == "zh" else "zh",
        "menu": _list(words["menu"].split("  ")),
        "foot": _list(words["foot"].split("  ")),
        "crumbs": _list([catalogue.info.terms.get(part, {}).get(language, part) for part in item.category]),
        "stars": _stars(item, words["stars"]),
        "stock": " · ".join(filter(None, (words["stock"] * (item.availability == "in_stock"), _delivery(item, words["days"])))),
        "offer": cards.offer(item, look),
        "id": item.id,
        "title": item.title_in(language),
        "brand": item.brand or "",
        "description": item.description_in(language),
        "picture": cards.picture_url(item, look),
        "price": cards.price(item, look),
        "rows": Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(label, value) for label, value in facts),
        "companions": _companions(words["with"], beside, look),
        "attributes": attributes,
    }  # fmt: skip


def _list(parts: Iterable[str]) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(part) for part in parts)


def _stars(item: Item, words: str) -> Markup:
    """The rating as five stars, of which so many are full, and in words."""
    rating, count = item.fact("rating"), item.fact("rating_count")
    if not isinstance(rating, (int, float)) or not isinstance(count, (int, float)):
        return Markup("")
    full = min(5, max(0, round(float(rating))))
    said = words.format(rating=f"{rating:.1f}", count=int(count))
    stars = Markup('<span aria-hidden="true">{}<i>{}</i></span>').format("★" * full, "★" * (5 - full))
    return Markup('<p class="stars">{} {}</p>').format(stars, said)


def _delivery(item: Item, words: str) -> str:
    days = item.fact("delivery_days")
    return words.format(days=int(days)) if isinstance(days, (int, float)) else ""


def _companions(head: str, items: Iterable[Item], look: Look) -> Markup:
    """What goes with the product; nothing when nothing does."""
    told = Markup("").join(_companion(item, look) for item in items)
    return Markup('<section class="companions"><h2>{}</h2><ul>{}</ul></section>').format(head, told) if told else told


def _companion(item: Item, look: Look) -> Markup:
    return Markup(
        '<li><a href="demo?item={id}&amp;lang={lang}"><img src="{src}" alt="" width="400" height="300">'
        "<b>{title}</b>{price}</a></li>"
    ).format(
        id=quote(item.id, safe=""),
        lang=look.language,
        src=cards.picture_url(item, look),
        title=item.title_in(look.language),
        price=cards.price(item, look),
    )


def _ids(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(map(str, value)) if isinstance(value, (tuple, list)) else ()


def _page(name: str, values: Mapping[str, object]) -> Response:
    html = Markup((PAGES / name).read_text("utf-8")).format_map(values)
    headers = {"Content-Security-Policy": STRICT, "Cache-Control": "no-cache"}
    return Response(html, media_type="text/html; charset=utf-8", headers=headers)


@lru_cache(maxsize=16)
def _packed(path: Path, _changed: float) -> tuple[bytes, bytes, str]:
    """A file, the same packed, and its tag."""
    plain = path.read_bytes()
    return plain, gzip.compress(plain, 9, mtime=0), hashlib.blake2s(plain, digest_size=8).hexdigest()


def _file(request: Request, path: Path, cache: str) -> Response:
    plain, packed, tag = _packed(path, path.stat().st_mtime)
    accepts = request.headers.get("accept-encoding", "")
    small = bool(re.search(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", accepts))
    etag = f'W/"{tag}"'
    headers = {
        "ETag": etag, "Cache-Control": cache, "Vary": "Accept-Encoding",
        "Cross-Origin-Resource-Policy": "cross-origin", "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    known = {t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")}
    if f'"{tag}"' in known or "*" in known:
        return Response(status_code=304, headers=headers)
    if small:
        headers["Content-Encoding"] = "gzip"
    return Response(packed if small else plain, media_type=_TYPES[path.suffix], headers=headers)
