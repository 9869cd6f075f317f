"""Catalogues and their items, without a conversation: read, search with the score term by term, similar, side by side.

Nothing is kept of who asks. `tests/test_api_items.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field

from bot.recommend import recommend
from bot.retrieve import counted_by_name
from bot.state import InterestPoint, Language, Profile, Recommendation
from bot.web.formats import Look, value_words
from bot.web.v1 import wire, written
from bot.web.v1.access import caller
from bot.web.v1.problems import Problem, documented
from bot.web.v1.served import Served
from vectorstore.catalogue import Candidate, Catalogue, CatalogueInfo
from vectorstore.constraints import Constraint
from vectorstore.item import Availability, Value
from vectorstore.item import Item as CatalogueItem
from vectorstore.limits import BadLimit, fields, read_limits

_POOL = 80  # candidates that are scored, at least

CatalogueName = Annotated[
    str, Path(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}$", description="the catalogue's name", examples=["shop"])
]
ItemId = Annotated[str, Path(min_length=1, max_length=200, description="the item's id", examples=["harlow"])]
InLanguage = Annotated[Language, Query(description="the language of titles, labels and facts")]
Where = Annotated[
    list[Annotated[str, Field(max_length=300)]],
    Query(
        max_length=20,
        description="a hard limit that every item satisfies, percent-encoded in the address; may be repeated",
        examples=[["price<=200", "colour!=black"], ["size in 42, 43"]],
    ),
]

_DETAILS = {
    "id": "harlow",
    "title": "Harlow leather jacket",
    "description": "Chestnut brown lambskin, cut to the hip. Closes with four horn buttons.",
    "url": None,
    "picture": "/pictures/shop/harlow.svg?language=en&v=1f0c2ab9d3",
    "price": 179.0,
    "currency": "USD",
    "availability": "in_stock",
    "facts": [{"name": "closure", "label": "closure", "value": "horn buttons", "text": "horn buttons"}],
}
_LINE = {"name": "shop", "title": "The shop", "languages": ["en", "zh"], "currency": "USD", "size": 550}


class CatalogueLine(wire.Wire):
    """A catalogue in a list."""

    model_config = wire.shown_as(_LINE)
    name: str
    title: str
    languages: tuple[str, ...] = Field(description="in which its items are said")
    currency: str | None
    size: int = Field(description="how many items it has")


class CatalogueList(wire.Wire):
    """The catalogues that a conversation can be about."""

    model_config = wire.shown_as({"catalogues": [_LINE]})
    catalogues: tuple[CatalogueLine, ...]


class Named(wire.Wire):
    """A field of the items, and what it is called."""

    name: str
    label: str


class CatalogueDetails(CatalogueLine):
    """A catalogue: what its items state, what to ask about, and first messages that lead somewhere."""

    model_config = wire.shown_as(
        {
            **_LINE,
            "fields": [{"name": "price", "label": "price"}, {"name": "closure", "label": "closure"}],
            "facets": ["price", "colour"],
            "starters": ["a warm jacket under $200"],
        }
    )
    fields: tuple[Named, ...] = Field(description="what a limit (`where`) may be on")
    facets: tuple[str, ...] = Field(description="fields worth asking about, the best first")
    starters: tuple[str, ...] = Field(description="first messages")


class ItemDetails(wire.Wire):
    """An item: what it is and everything that it states."""

    model_config = wire.shown_as(_DETAILS)
    id: str
    title: str
    description: str
    url: str | None = None
    picture: str = Field(description="the path of a drawn picture on this server; it changes with the item")
    price: float | None = Field(None, description="in `currency`, major units")
    currency: str | None = None
    availability: Availability = "unknown"
    facts: tuple[wire.Fact, ...] = ()


class Scored(wire.Wire):
    """An item that was found; the terms sum to its score."""

    model_config = wire.shown_as({"item": _DETAILS, "score": 1.34, "terms": {"dense": 0.61, "lexical": 0.7, "rating": 0.03}})
    item: ItemDetails
    score: float
    terms: dict[str, float] = Field(
        description="`dense`: the cosine of the text and the item; `lexical`: what the item's own words add, or what they "
        "take where they say otherwise; `similar`: the cosine of the two items; and rating, popularity, recent, offer …"
    )


class Found(wire.Wire):
    """Items, the best first."""

    items: tuple[Scored, ...]


class Told(wire.Wire):
    """A value, and the same in words."""

    value: Value
    text: str


class Row(wire.Wire):
    """One field of several items, in their order; null where an item does not say."""

    name: str
    label: str
    values: tuple[Told | None, ...]
    same: bool = Field(description="whether all state the same")


class SideBySide(wire.Wire):
    """Some items and their facts, row by row."""

    model_config = wire.shown_as(
        {
            "items": [_DETAILS, {**_DETAILS, "id": "moto", "title": "Moto leather jacket"}],
            "facts": [
                {
                    "name": "closure",
                    "label": "closure",
                    "values": [{"value": "horn buttons", "text": "horn buttons"}, {"value": "zip", "text": "zip"}],
                    "same": False,
                }
            ],
        }
    )
    items: tuple[ItemDetails, ...]
    facts: tuple[Row, ...]


def routes(served: Served) -> APIRouter:
    """`/catalogues…`."""
    router = APIRouter(tags=["items"], dependencies=[Depends(caller)])
    engine = served.engine

    @router.get("/catalogues", responses=documented())
    def listed(language: InLanguage = "en") -> CatalogueList:
        """The catalogues that a conversation can be about."""
        return CatalogueList(catalogues=tuple(_line(info, language) for info in engine.catalogues()))

    @router.get("/catalogues/{catalogue}", responses=documented(404, 503))
    def described(catalogue: CatalogueName, language: InLanguage = "en") -> CatalogueDetails:
        """A catalogue in words: what its items state and what to ask about."""
        opened = engine.catalogue(catalogue)
        info = opened.info
        return CatalogueDetails(
            **_line(info, language).model_dump(),
            fields=tuple(Named(name=name, label=info.label(name, language)) for name in fields(opened)),
            facets=info.facets,
            starters=info.starters.get(language, ()),
        )

    @router.get("/catalogues/{catalogue}/search", responses=documented(404, 503))
    def search(
        catalogue: CatalogueName,
        q: Annotated[str, Query(max_length=500, description="what to look for; empty: the most popular items")] = "",
        limit: Annotated[int, Query(ge=1, le=100, description="at most this many")] = 10,
        where: Where = [],  # noqa: B006  FastAPI copies it
        language: InLanguage = "en",
    ) -> Found:
        """Look something up: the items inside all limits that come nearest to a text, with the score term by term.

        The text is taken as one wish; a message with several wishes, dislikes and limits belongs into a conversation.
        """
        opened = engine.catalogue(catalogue)
        limits, look = _limits(where, opened), Look(info=opened.info, language=language)
        points = (InterestPoint(text=q.strip(), weight=1.0),) if q.strip() else ()
        texts = [p.text for p in points]
        pool = {c.item.id: c for c in opened.search(texts, constraints=limits, limit=max(_POOL, limit))}
        named = counted_by_name(opened, Profile(points=points), language, engine.tuned(catalogue))
        best = recommend(Profile(points=points, constraints=limits), list(pool.values()), limit, language, named=named)
        items = [Scored(item=_details(r.item, look), score=r.score, terms=_terms(r, pool[r.item.id])) for r in best]
        return Found(items=tuple(items))

    @router.get("/catalogues/{catalogue}/compare", responses=documented(404, 503))
    def compare(
        catalogue: CatalogueName,
        id: Annotated[
            list[Annotated[str, Field(min_length=1, max_length=200)]],
            Query(min_length=2, max_length=6, description="ids of the items; once for each", examples=[["harlow", "moto"]]),
        ],
        language: InLanguage = "en",
    ) -> SideBySide:
        """Two to six items side by side, fact by fact."""
        opened = engine.catalogue(catalogue)
        items = [_item(opened, name) for name in dict.fromkeys(id)]
        if len(items) < 2:
            raise Problem(422, "invalid", "There is nothing to compare", "Give the ids of two different items: ?id=a&id=b")
        look = Look(info=opened.info, language=language)
        return SideBySide(items=tuple(_details(i, look) for i in items), facts=_rows(items, look))

    @router.get("/catalogues/{catalogue}/items/{item:path}/similar", responses=documented(404, 503))
    def similar(
        catalogue: CatalogueName,
        item: ItemId,
        limit: Annotated[int, Query(ge=1, le=100, description="at most this many")] = 10,
        where: Where = [],  # noqa: B006  FastAPI copies it
        language: InLanguage = "en",
    ) -> Found:
        """The items that resemble one, the most similar first."""
        opened = engine.catalogue(catalogue)
        like, limits = _item(opened, item).id, _limits(where, opened)
        found = opened.search([], constraints=limits, like=[like], exclude=[like], limit=limit)
        look = Look(info=opened.info, language=language)
        return Found(items=tuple(_resembling(c, look) for c in found))

    @router.get("/catalogues/{catalogue}/items/{item:path}", responses=documented(404, 503))
    def read(catalogue: CatalogueName, item: ItemId, language: InLanguage = "en") -> ItemDetails:
        """An item, and everything that it states."""
        opened = engine.catalogue(catalogue)
        return _details(_item(opened, item), Look(info=opened.info, language=language))

    return router


def unknown_item(catalogue: str) -> Problem:
    """No such item. What was asked for is not repeated."""
    detail = f"The catalogue {catalogue!r} has no item of that id. Find ids: GET /v1/catalogues/{catalogue}/search?q=…"
    return Problem(404, "unknown-item", "No such item", detail)


def _item(catalogue: Catalogue, id: str) -> CatalogueItem:
    if (item := catalogue.get(id)) is None:
        raise unknown_item(catalogue.info.name)
    return item


def _limits(where: Sequence[str], catalogue: Catalogue) -> tuple[Constraint, ...]:
    try:
        return read_limits(where, catalogue)
    except BadLimit as error:
        told = [{"parameter": "where", "detail": str(error)}]
        raise Problem(422, "invalid", "A limit cannot be used", str(error), errors=told) from error


def _line(info: CatalogueInfo, language: Language) -> CatalogueLine:
    title = info.title.get(language) or info.title.get("en") or info.name
    return CatalogueLine(name=info.name, title=title, languages=info.languages, currency=info.currency, size=info.size)


def _details(item: CatalogueItem, look: Look) -> ItemDetails:
    return ItemDetails(
        id=item.id,
        title=item.title_in(look.language),
        description=item.description_in(look.language),
        url=item.url,
        picture=written.picture(item, look),
        price=item.price,
        currency=item.currency or (look.info.currency if item.price is not None else None),
        availability=item.availability,
        facts=written.facts(item, look),
    )


def _terms(shown: Recommendation, candidate: Candidate) -> dict[str, float]:
    """The sum behind an item by its terms; what the text's own term has beyond the cosine is what the words add."""
    terms: dict[str, float] = {}
    for c in shown.contributions:
        name = "lexical" if c.term == "interest" else c.term
        terms[name] = terms.get(name, 0.0) + c.amount
    if "lexical" in terms:
        dense = candidate.cosines[0]  # the text counts 1
        terms = {"dense": dense, **terms, "lexical": terms["lexical"] - dense}
    return {name: round(amount, 4) for name, amount in terms.items()}


def _resembling(candidate: Candidate, look: Look) -> Scored:
    score = round(candidate.similar, 4)
    return Scored(item=_details(candidate.item, look), score=score, terms={"similar": score})


def _rows(items: Sequence[CatalogueItem], look: Look) -> tuple[Row, ...]:
    stated = [dict(item.facts(look.language)) for item in items]
    rows = []
    for name in dict.fromkeys(name for facts in stated for name in facts):
        values = tuple(
            Told(value=facts[name], text=value_words(name, facts[name], look, item.currency)) if name in facts else None
            for facts, item in zip(stated, items, strict=True)
        )
        same = all(v is not None and v.text == values[0].text for v in values) if values[0] else False
        rows.append(Row(name=name, label=look.info.label(name, look.language), values=values, same=same))
    return tuple(rows)
