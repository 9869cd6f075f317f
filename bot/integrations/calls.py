"""The API's calls as values: where each goes, what it sends, and what comes back. Nothing here touches the network.

`bot/integrations/client.py` sends them, at once or asynchronously. `tests/test_integrations.py` notices a change.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar
from urllib.parse import quote

from httpx import Response
from pydantic import BaseModel, TypeAdapter

from bot.errors import RapportError
from bot.memory.links import Closeness
from bot.state import Language
from bot.web.v1 import events, items, sent, wire
from bot.web.v1 import links as people
from bot.web.v1 import me as privacy
from bot.web.v1.problems import ProblemDetails
from vectorstore.item import Item

if TYPE_CHECKING:
    from bot.web.v1 import admin

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

SITE_HEADER, IDENTITY_HEADER, SESSION_HEADER = "X-Rapport-Site", "X-Rapport-Identity", "X-Rapport-Session"


class Refused(RapportError):
    """The server refused, and says why and what to do: `problem` is its problem details (RFC 9457)."""

    def __init__(self, problem: ProblemDetails, retry_after: float | None = None) -> None:
        super().__init__(f"{problem.title}: {problem.detail}")
        self.problem = problem
        self.retry_after = retry_after  # seconds after which it may be tried again, where the server says so

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.problem.status

    @property
    def kind(self) -> str:
        """What kind of refusal it is, for programs: 'unknown-session', 'stale-version', 'too-many' …"""
        return self.problem.type.rsplit(":", 1)[-1]


@dataclass(frozen=True)
class Call(Generic[T]):
    """One request, and how its answer is read."""

    method: str
    path: str
    read: Callable[[Response], T]
    json: Any = None
    params: Sequence[tuple[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, str] | None = None
    file: Path | None = None
    again: bool = False  # it may be sent again when the line broke: the server does it once only


def refused(answer: Response) -> Refused:
    """What an answer that is none says. One that is not Rapport's (a proxy's, say) is told by its status."""
    after = answer.headers.get("retry-after", "")
    seconds = float(after) if after.isdigit() else None
    try:
        return Refused(ProblemDetails.model_validate_json(answer.content, extra="ignore"), seconds)
    except ValueError:
        said = f"{answer.request.method} {answer.request.url} was answered with {answer.status_code}, and not by Rapport."
        told = {
            "type": "urn:rapport:problem:unknown",
            "title": answer.reason_phrase,
            "status": answer.status_code,
            "detail": said,
        }
        return Refused(ProblemDetails.model_validate(told), seconds)


def shape(model: type[M]) -> Callable[[Response], M]:
    """Reads an answer as `model`; fields that a newer server adds are passed over."""
    return lambda answer: model.model_validate_json(answer.content, extra="ignore")


def nothing(answer: Response) -> None:
    """An answer without a body."""


# Conversations


def start(catalogue: str, language: Language) -> Call[wire.Session]:
    return Call("POST", "/sessions", shape(wire.Session), {"catalogue": catalogue, "language": language})


def sessions(limit: int, before: str | None) -> Call[wire.SessionList]:
    params = [("limit", str(limit)), *([("before", before)] if before else [])]
    return Call("GET", "/sessions", shape(wire.SessionList), params=params, again=True)


def session(id: str) -> Call[wire.Session]:
    return Call("GET", f"/sessions/{_in(id)}", shape(wire.Session), again=True)


def forget(session: str) -> Call[None]:
    return Call("DELETE", f"/sessions/{_in(session)}", nothing)


def say(session: str, text: str, message: str, on_screen: Sequence[str], accept: str) -> Call[wire.Answer]:
    body: dict[str, Any] = {"text": text, "id": message or secrets.token_urlsafe(12)}
    if on_screen:
        body["context"] = {"on_screen": list(on_screen)}
    path = f"/sessions/{_in(session)}/messages"
    return Call("POST", path, shape(wire.Answer), body, headers={"Accept": accept}, again=True)


def answer(session: str, message: str) -> Call[wire.Answer | wire.Waiting]:
    def read(given: Response) -> wire.Answer | wire.Waiting:
        return shape(wire.Waiting)(given) if given.status_code == 202 else shape(wire.Answer)(given)

    return Call("GET", f"/sessions/{_in(session)}/messages/{_in(message)}", read, again=True)


def follow(session: str, message: str, last: str) -> Call[None]:
    headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
    return Call("GET", f"/sessions/{_in(session)}/messages/{_in(message)}/events", nothing, headers=headers)


# What is known of the person


def profile(session: str) -> Call[wire.Profile]:
    return Call("GET", f"/sessions/{_in(session)}/profile", shape(wire.Profile), again=True)


def replace(session: str, points: Sequence[Any], limits: Sequence[Any], version: int) -> Call[wire.Reranked]:
    body = {"version": version, "points": _plain(points), "limits": _plain(limits)}
    return Call("PUT", f"/sessions/{_in(session)}/profile", shape(wire.Reranked), body)


def edit(session: str, change: sent.Edit | Mapping[str, Any], version: int | None) -> Call[wire.Reranked]:
    checked: BaseModel = TypeAdapter[BaseModel](sent.Edit).validate_python(change)
    body = checked.model_dump(mode="json")
    return Call("PATCH", f"/sessions/{_in(session)}/profile", shape(wire.Reranked), body, headers=_if_match(version))


def undo(session: str, version: int | None) -> Call[wire.Reranked]:
    return Call("POST", f"/sessions/{_in(session)}/profile/undo", shape(wire.Reranked), headers=_if_match(version))


# Catalogues and items


def catalogues(language: Language) -> Call[items.CatalogueList]:
    return Call("GET", "/catalogues", shape(items.CatalogueList), params=[("language", language)], again=True)


def catalogue(name: str, language: Language) -> Call[items.CatalogueDetails]:
    return Call("GET", f"/catalogues/{_in(name)}", shape(items.CatalogueDetails), params=[("language", language)], again=True)


def item(catalogue: str, id: str, language: Language) -> Call[items.ItemDetails]:
    path = f"/catalogues/{_in(catalogue)}/items/{_in(id)}"
    return Call("GET", path, shape(items.ItemDetails), params=[("language", language)], again=True)


def search(catalogue: str, query: str, limit: int, where: Sequence[str], language: Language) -> Call[items.Found]:
    params = [("q", query), ("limit", str(limit)), ("language", language), *(("where", w) for w in where)]
    return Call("GET", f"/catalogues/{_in(catalogue)}/search", shape(items.Found), params=params, again=True)


def similar(catalogue: str, id: str, limit: int, where: Sequence[str], language: Language) -> Call[items.Found]:
    params = [("limit", str(limit)), ("language", language), *(("where", w) for w in where)]
    path = f"/catalogues/{_in(catalogue)}/items/{_in(id)}/similar"
    return Call("GET", path, shape(items.Found), params=params, again=True)


def compare(catalogue: str, ids: Sequence[str], language: Language) -> Call[items.SideBySide]:
    params = [("language", language), *(("id", id) for id in ids)]
    return Call("GET", f"/catalogues/{_in(catalogue)}/compare", shape(items.SideBySide), params=params, again=True)


# What people did


def record(session: str, kind: events.Kind, item: str, id: str, value: float | None) -> Call[events.Kept]:
    event = events.Event(id=id or secrets.token_urlsafe(12), kind=kind, item=item, value=value)
    body = event.model_dump(mode="json", exclude_none=True)
    return Call("POST", f"/sessions/{_in(session)}/events", shape(events.Kept), body, again=True)


def record_all(batch: Sequence[events.SessionEvent]) -> Call[events.BatchKept]:
    body = {"events": [event.model_dump(mode="json", exclude_none=True) for event in batch]}
    return Call("POST", "/events", shape(events.BatchKept), body, again=True)


# Privacy


def me(session: str) -> Call[privacy.Known]:
    return Call("GET", "/me", shape(privacy.Known), headers=_about(session), again=True)


def forget_me(session: str) -> Call[None]:
    return Call("DELETE", "/me", nothing, headers=_about(session))


def consent(language: Language) -> Call[privacy.Consent]:
    return Call("GET", "/consent", shape(privacy.Consent), params=[("language", language)], again=True)


def links() -> Call[people.OwnLinks]:
    return Call("GET", "/me/links", shape(people.OwnLinks), again=True)


def agree(friend: str, kind: Closeness, agrees: bool, whose: people.Whose | None) -> Call[people.OwnLinks]:
    body = people.Agreement(kind=kind, agrees=agrees, whose=whose).model_dump(mode="json", exclude_none=True)
    return Call("PUT", f"/me/links/{_in(friend)}", shape(people.OwnLinks), body, again=True)


# The catalogue's own people


def link(new: people.NewLink) -> Call[None]:
    return Call("PUT", "/admin/links", nothing, new.model_dump(mode="json", exclude_none=True), again=True)


def unlink(site: str, person: str, friend: str, kind: Closeness) -> Call[None]:
    params = [("site", site), ("person", person), ("friend", friend), ("kind", kind)]
    return Call("DELETE", "/admin/links", nothing, params=params)


def upsert(catalogue: str, new: Sequence[Item]) -> Call[admin.JobDetails]:
    body = {"items": [item.model_dump(mode="json") for item in new]}
    return Call("PUT", f"/admin/catalogues/{_in(catalogue)}/items", _job, body)


def remove(catalogue: str, item: str) -> Call[admin.JobDetails]:
    return Call("DELETE", f"/admin/catalogues/{_in(catalogue)}/items/{_in(item)}", _job)


def add_file(catalogue: str, file: Path, mapping: str, others: Literal["keep", "remove"]) -> Call[admin.JobDetails]:
    data = {"others": others, **({"mapping": mapping} if mapping else {})}
    return Call("POST", f"/admin/catalogues/{_in(catalogue)}/import", _job, data=data, file=Path(file))


def reindex(catalogue: str) -> Call[admin.JobDetails]:
    return Call("POST", f"/admin/catalogues/{_in(catalogue)}/reindex", _job)


def status(catalogue: str) -> Call[admin.Status]:
    def read(given: Response) -> admin.Status:
        from bot.web.v1.admin import Status

        return shape(Status)(given)

    return Call("GET", f"/admin/catalogues/{_in(catalogue)}/status", read, again=True)


def _job(given: Response) -> admin.JobDetails:
    from bot.web.v1.admin import JobDetails

    return shape(JobDetails)(given)


def _in(part: str) -> str:
    """A part of an address."""
    return quote(part, safe="")


def _about(session: str) -> dict[str, str]:
    return {SESSION_HEADER: session} if session else {}


def _if_match(version: int | None) -> dict[str, str]:
    return {} if version is None else {"If-Match": f'"{version}"'}


def _plain(values: Sequence[Any]) -> list[Any]:
    return [value.model_dump(mode="json") if isinstance(value, BaseModel) else dict(value) for value in values]
