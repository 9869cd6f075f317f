"""What is known of a person: all of it as JSON, all of it gone, and what they are told before. `tests/test_api_me.py`.

A person is who the site's signed identity names. Somebody without one has what belongs to a session whose id they hold.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from fastapi import APIRouter, Depends, Header, Query, Response
from pydantic import Field, JsonValue

from bot.settings import Settings
from bot.state import Language
from bot.web.v1 import wire
from bot.web.v1.access import IDENTITY_HEADER, SESSION_HEADER, Caller, caller
from bot.web.v1.problems import Problem, documented
from bot.web.v1.served import Served

By = Annotated[Caller, Depends(caller)]
SessionHeader = Annotated[
    str | None,
    Header(
        alias=SESSION_HEADER, pattern=wire.CODE, description="the session of somebody who is not signed in",
        examples=["Zk3vN0b9pQeT5sYw1aXcLm2r"],
    ),
]  # fmt: skip
PRIVATE = {"Cache-Control": "no-store"}


class Known(wire.Wire):
    """Everything that is kept of a person, as it is kept."""

    model_config = wire.shown_as(
        {
            "person": "c-1042",
            "site": "acme",
            "sessions": [{"id": "Zk3vN0b9pQeT5sYw1aXcLm2r", "catalogue": "shop", "language": "en", "turns": []}],
            "messages": [{"id": "m1", "session": "Zk3vN0b9pQeT5sYw1aXcLm2r", "text": "a brown leather jacket"}],
            "events": [{"event_id": "e1", "kind": "like", "item": "harlow", "at": "2026-11-24T12:00:00.000Z"}],
        }
    )
    person: str = Field("", description="as the site names them; empty for a session without a signed identity")
    site: str = ""
    sessions: tuple[dict[str, JsonValue], ...] = Field((), description="conversations with their turns and interests")
    messages: tuple[dict[str, JsonValue], ...] = Field((), description="messages that were accepted, answered or not")
    events: tuple[dict[str, JsonValue], ...] = Field((), description="what was done with items")
    links: tuple[dict[str, JsonValue], ...] = Field((), description="who is close to them, as the site says")


class Consent(wire.Wire):
    """What to tell a person before a talk is kept."""

    model_config = wire.shown_as({"text": "What you write here is kept …", "version": "1f0c2ab9d3e4", "language": "en"})
    text: str
    version: str = Field(description="changes when the text or what it says about this server does: ask anew then")
    language: Language


def routes(served: Served) -> APIRouter:
    """`/me` and `/consent`."""
    router = APIRouter(tags=["privacy"])
    memory = served.engine.memory

    @router.get("/me", responses=documented(404))
    def read(by: By, response: Response, session: SessionHeader = None) -> Known:
        """Everything that is known of the person who is signed in, or of a session without a person."""
        response.headers.update(PRIVATE)
        known = memory.export_person(by.person, by.site) if by.person else memory.export(_own(served, session, by))
        return Known.model_validate(known or {})

    @router.delete("/me", status_code=204, responses=documented(404))
    def delete(by: By, session: SessionHeader = None) -> None:
        """Delete all of it: conversations, interests, messages, events. It cannot be brought back."""
        if by.person:
            memory.delete_person(by.person, by.site)
        else:
            memory.delete(_own(served, session, by))

    @router.get("/consent", responses=documented())
    def consent(by: By, language: Annotated[Language, Query(description="the language of the text")] = "en") -> Consent:
        """What a person is told before a talk is kept, as this server is set up. Show it before the first message."""
        settings = served.engine.settings
        texts: dict[Language, str] = {"en": consent_text(settings, "en"), "zh": consent_text(settings, "zh")}
        version = hashlib.sha256("\0".join(texts.values()).encode()).hexdigest()[:12]
        return Consent(text=texts[language], version=version, language=language)

    return router


def consent_text(settings: Settings, language: Language) -> str:
    """The text of the consent for a server with these settings."""
    model = {"none": "no_model"}.get(settings.model, "model_here")
    if _elsewhere(settings.model) or _elsewhere(settings.embedding):
        model = "model_elsewhere"
    parts: tuple[str, ...] = ("begin", "kept", "masked" if settings.mask_personal_data else "not_masked", model)
    parts += ("days" if settings.retention_days else "no_days", "rights")
    return "\n\n".join(_parts()[part][language].format(days=settings.retention_days) for part in parts)


def _elsewhere(model: str) -> bool:
    from urllib.parse import urlsplit

    parts = urlsplit(model)
    return parts.scheme in ("http", "https") and parts.hostname not in ("localhost", "127.0.0.1", "::1")


@lru_cache(maxsize=1)
def _parts() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parents[2] / "consent.yaml").read_text("utf-8"))
    return loaded


def _own(served: Served, session: str | None, by: Caller) -> str:
    """The id of a session that this caller may see. Problem 401 without one, 404 for another's."""
    if not session:
        raise Problem(
            401, "identity-needed", "Of whom?",
            f"Send the person's identity ({IDENTITY_HEADER}), or the session of somebody without one ({SESSION_HEADER}: id).",
        )  # fmt: skip
    return served.session(session, by).id
