"""`/widget.js`, the page `/demo` with the widget on it, and `/widget`, which explains the one line and puts it together.

All three under policies as strict as a shop's may be: scripts and styles of this server alone, none of them inline.
`tests/test_widget_routes.py` and `tests/browser/test_widget.py`.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
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
_SILENT = frozenset("category tags rating rating_count goes_with also_in stock coupon coupon_saves offer_ends was price".split())
_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "shop": "Fern & Tarn", "menu": "Outdoor  Clothing  Kitchen  Electronics", "add": "Add to basket", "basket": "Basket",
        "facts": "Details", "with": "Goes well with it", "note": "A demo shop: nothing is really sold.", "other": "中文",
    },
    "zh": {
        "shop": "蕨与湖", "menu": "户外  服装  厨房  电子", "add": "加入购物车", "basket": "购物车",
        "facts": "详细信息", "with": "可以搭配", "note": "演示商店，没有真实的销售。", "other": "English",
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
        **{name: said for name, said in words.items() if name not in ("menu", "with")},
        "lang": "zh-Hans" if language == "zh" else "en",
        "other_lang": "en" if language == "zh" else "zh",
        "menu": Markup("").join(Markup("<li>{}</li>").format(w) for w in words["menu"].split("  ")),
        "id": item.id,
        "title": item.title_in(language),
        "brand": item.brand or "",
        "description": item.description_in(language),
        "picture": cards.picture_url(item, look),
        "price": cards.price(item, look),
        "rows": Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(label, value) for label, value in facts),
        "companions": Markup("").join(_companion(other, look) for other in beside),
        "goes": words["with"] if beside else "",
        "attributes": attributes,
    }  # fmt: skip


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
