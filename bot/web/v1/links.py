"""Links between people: a shop's server keeps them with an admin's key, each of the two agrees for themselves.

What a link does to a turn, and that it does nothing until both have agreed, is in `bot/memory/links.py` and
`bot/learn/behaviour.py`. `tests/test_api_links.py`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from bot.memory.links import Closeness, Links, Standing
from bot.web.v1 import wire
from bot.web.v1.access import IDENTITY_HEADER, LONGEST_NAME, Caller, admin, caller
from bot.web.v1.me import PRIVATE
from bot.web.v1.problems import Problem, documented
from bot.web.v1.served import Served

By = Annotated[Caller, Depends(caller)]
Person = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME, pattern=r"^[^\x00]+$")]
SiteName = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]+$")]
Whose = Literal["mine", "theirs"]
_LINK = {"site": "acme", "person": "c-1", "friend": "c-2", "kind": "follows", "name": "Mira", "person_agrees": True}
_STANDS = {"agrees": True, "friend_agrees": False, "counts": False}
_MINE = {"friend": "c-2", "kind": "follows", "whose": "mine", "name": "Mira", **_STANDS}


class NewLink(wire.Sent):
    """Who is close to whom, as the site knows it. What is left out stays as it is; in a new link nobody has agreed."""

    model_config = wire.shown_as(_LINK)
    site: SiteName = Field(description="the site's name, as `rapport key list` tells it")
    person: Person = Field(description="for whom the friend's likes may count: the `sub` of their identity")
    friend: Person = Field(description="whose likes may count")
    kind: Closeness = Field(description="`household` holds both ways")
    name: str | None = Field(None, max_length=LONGEST_NAME, description="what the person calls the friend; stands in reasons")
    person_agrees: bool | None = Field(None, description="what the person told the site")
    friend_agrees: bool | None = Field(None, description="what the friend told the site")

    @model_validator(mode="after")
    def _two(self) -> NewLink:
        if self.person == self.friend:
            raise PydanticCustomError("one_person", "A link goes from one person to another; `person` and `friend` are the same.")
        return self


class OwnLink(wire.Wire):
    """A link of the person who is signed in, as it looks from their side."""

    model_config = wire.shown_as(_MINE)
    friend: str = Field(description="the other of the two")
    kind: Closeness
    whose: Whose = Field(description="`mine`: their likes count for me; `theirs`: mine count for them; a household does both")
    name: str = Field("", description="what I call them; empty in `theirs`")
    agrees: bool = Field(description="whether I agree")
    friend_agrees: bool
    counts: bool = Field(description="whether both agree, so that it counts")


class OwnLinks(wire.Wire):
    """All of them, oldest first."""

    model_config = wire.shown_as({"links": [_MINE]})
    links: tuple[OwnLink, ...] = ()


class Agreement(wire.Sent):
    """Whether the person who is signed in agrees to a link."""

    model_config = wire.shown_as({"kind": "follows", "whose": "mine", "agrees": True})
    kind: Closeness
    agrees: bool
    whose: Whose | None = Field(None, description="as `GET /me/links` says; needed for `follows`")

    @model_validator(mode="after")
    def _directed(self) -> Agreement:
        if self.kind == "follows" and self.whose is None:
            said = "Say `whose`: `mine` (their likes count for me) or `theirs` (mine count for them)."
            raise PydanticCustomError("whose_needed", said)
        return self


def routes(served: Served) -> APIRouter:
    """`/admin/links` and `/me/links`."""
    router = APIRouter()
    kept = Links(served.engine.memory)

    @router.put("/admin/links", status_code=204, tags=["admin"], dependencies=[Depends(admin)], responses=documented(413, 415))
    def put(new: NewLink) -> None:
        """Keep a link between two people of a site, or change it. It counts while both have agreed."""
        if new.site not in {site.name for site in served.access.file.keys().sites}:
            detail = f"There is no site {new.site!r} here. The operator adds it: rapport key site {new.site} --origin https://…"
            raise Problem(404, "unknown-site", "No such site", detail, errors=[{"pointer": "/site", "detail": detail}])
        kept.put(
            new.person, new.friend, new.kind, site=new.site, name=new.name,
            person_agrees=new.person_agrees, friend_agrees=new.friend_agrees,
        )  # fmt: skip

    @router.delete("/admin/links", status_code=204, tags=["admin"], dependencies=[Depends(admin)], responses=documented(404))
    def take_away(
        site: Annotated[SiteName, Query(examples=["acme"])],
        person: Annotated[Person, Query(examples=["c-1"])],
        friend: Annotated[Person, Query(examples=["c-2"])],
        kind: Annotated[Closeness, Query(examples=["follows"])],
    ) -> None:
        """Forget a link, with both consents. It is gone from the next turn on."""
        if not kept.take_away(person, friend, kind, site=site):
            raise _unknown("There is no such link. `person` and `friend` are as they were put.")

    @router.get("/me/links", tags=["privacy"], responses=documented())
    def own(by: By, response: Response) -> OwnLinks:
        """Who is close to the person who is signed in, as the site says, and who of the two has agreed."""
        _signed_in(by)
        response.headers.update(PRIVATE)
        return _own(kept, by)

    @router.put("/me/links/{friend:path}", tags=["privacy"], responses=documented(404, 413, 415))
    def agree(
        friend: Annotated[str, Path(min_length=1, max_length=LONGEST_NAME, description="the other of the two", examples=["c-2"])],
        said: Agreement, by: By, response: Response,
    ) -> OwnLinks:  # fmt: skip
        """Agree to a link, or withdraw that: for oneself alone, never for the other. It holds from the next turn on."""
        _signed_in(by)
        response.headers.update(PRIVATE)
        done = False
        if said.kind == "household" or said.whose == "mine":
            done = kept.agree(by.person, friend, said.kind, by="person", yes=said.agrees, site=by.site)
        if said.kind == "household" or said.whose == "theirs":
            done = kept.agree(friend, by.person, said.kind, by="friend", yes=said.agrees, site=by.site) or done
        if not done:
            raise _unknown("The site has told of no such link. Yours: GET /v1/me/links")
        return _own(kept, by)

    return router


def _own(kept: Links, by: Caller) -> OwnLinks:
    return OwnLinks(links=tuple(_seen(standing) for standing in kept.standing(by.person, by.site)))


def _seen(s: Standing) -> OwnLink:
    return OwnLink(
        friend=s.friend, kind=s.kind, whose="mine" if s.own else "theirs", name=s.name,
        agrees=s.agrees, friend_agrees=s.friend_agrees, counts=s.agrees and s.friend_agrees,
    )  # fmt: skip


def _signed_in(by: Caller) -> None:
    if not by.person:
        detail = f"Send the person's identity, which their site signs: {IDENTITY_HEADER}."
        raise Problem(401, "identity-needed", "Of whom?", detail)


def _unknown(detail: str) -> Problem:
    return Problem(404, "unknown-link", "No such link", detail)
