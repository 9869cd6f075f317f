"""Sessions and what is known in them: make, read, list, delete; read the profile, replace it, edit one point, undo.

A write of the profile is guarded by the session's version (`If-Match`), and ranks anew at once. `tests/test_api_sessions.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Header, Query, Response
from pydantic import AwareDatetime

from bot import profile as interests
from bot import state
from bot.errors import BadInput, Conflict
from bot.memory.inbox import Entry
from bot.state import InterestPoint, Recommendation, Session, Turn, TurnDone
from bot.web.formats import Look
from bot.web.v1 import sent, wire, written
from bot.web.v1.access import Caller, caller
from bot.web.v1.messages import SessionId
from bot.web.v1.problems import Problem, documented
from bot.web.v1.running import unknown_session
from bot.web.v1.served import Served
from vectorstore.catalogue import Catalogue
from vectorstore.constraints import Constraint

ATTEMPTS = 4  # an edit without a version is made again when the session went on meanwhile
_IF_MATCH = "the ETag that was read with the profile; where no version is needed, * is any"
IfMatch = Annotated[str | None, Header(alias="If-Match", description=_IF_MATCH, examples=['"2"'])]
By = Annotated[Caller, Depends(caller)]
_ETAG = {"ETag": {"description": "the session's version, for If-Match", "schema": {"type": "string"}, "example": '"2"'}}


def routes(served: Served) -> APIRouter:
    """`/sessions` and `/sessions/{session}/profile`."""
    router = APIRouter(tags=["sessions"])
    _add_sessions(router, served)
    _add_profile(router, served)
    return router


def _add_sessions(router: APIRouter, served: Served) -> None:
    engine = served.engine

    @router.post(
        "/sessions",
        status_code=201,
        responses={
            **documented(404, 413, 415, 503),
            201: {"headers": {"Location": {"description": "where to read it", "schema": {"type": "string"}}}},
        },
    )
    def create(response: Response, by: By, new: sent.NewSession | None = None) -> wire.Session:
        """Begin a conversation. Its id is the key to it: it cannot be guessed, and nobody else is told it."""
        new = new or sent.NewSession()
        name = new.catalogue or served.access.catalogue_of(by) or engine.settings.catalogue
        engine.catalogue(name)
        served.access.limits.session(by, engine.memory)
        session = engine.memory.save(Session(catalogue=name, language=new.language, person=by.person, site=by.site))
        response.headers["Location"] = f"/v1/sessions/{session.id}"
        return _whole(served, session)

    @router.get("/sessions", responses=documented())
    def listed(
        by: By,
        limit: Annotated[int, Query(ge=1, le=200, description="at most this many")] = 50,
        before: Annotated[AwareDatetime | None, Query(description="the `updated` of the last one that was read")] = None,
    ) -> wire.SessionList:
        """A signed-in person's conversations, the newest first. Needs the person's identity (`X-Rapport-Identity`)."""
        if not by.person:
            raise Problem(
                401, "identity-needed", "Whose conversations?",
                "Send the person's identity, signed by the shop: X-Rapport-Identity: <JWT>.",
            )  # fmt: skip
        at = before.timestamp() if before else None
        kept = engine.memory.sessions_of(by.person, by.site, limit, at)
        return wire.SessionList(sessions=tuple(written.line(k) for k in kept))

    @router.get("/sessions/{session}", responses=documented(404, 503))
    def read(session: SessionId, by: By) -> wire.Session:
        """A conversation: its messages, the profile, and the items on screen with their reasons."""
        return _whole(served, served.session(session, by))

    @router.delete("/sessions/{session}", status_code=204, responses=documented(404))
    def delete(session: SessionId, by: By) -> None:
        """Forget a conversation with everything that belongs to it. It cannot be brought back."""
        served.session(session, by)
        engine.memory.delete(session)


def _add_profile(router: APIRouter, served: Served) -> None:
    engine, path = served.engine, "/sessions/{session}/profile"

    def told(session: Session, response: Response) -> wire.Reranked:
        response.headers["ETag"] = f'"{session.version}"'
        look = served.turns.look(session)
        turn = None if session.profile.empty else _showing(session)
        known = written.profile(session, look)
        return wire.Reranked(
            version=session.version,
            points=known.points,
            limits=known.limits,
            reply=written.lead(turn) if turn else "",
            items=written.cards(turn.items, look) if turn else (),
            chips=written.chips(turn.chips) if turn else (),
            no_match=written.no_match(turn.no_match, look) if turn else None,
        )

    @router.get(path, responses={**documented(404, 503), 200: {"headers": _ETAG}})
    def read(session: SessionId, by: By, response: Response) -> wire.Profile:
        """What is known of the person in this conversation."""
        talk = served.session(session, by)
        response.headers["ETag"] = f'"{talk.version}"'
        return written.profile(talk, served.turns.look(talk))

    @router.put(path, responses={**documented(404, 409, 412, 413, 415, 428, 503), 200: {"headers": _ETAG}})
    def replace(session: SessionId, new: sent.NewProfile, by: By, response: Response, if_match: IfMatch = None) -> wire.Reranked:
        """Put a whole profile in place of the present one. Needs the version that was read, as `If-Match` or `version`."""
        talk = served.session(session, by)
        wanted = _wanted(if_match, new.version)
        if wanted is None:
            detail = 'Send the version that you read: the header If-Match: "2" (here not *), or the field `version`.'
            raise Problem(428, "version-needed", "A version is needed", detail)
        profile = _profile(talk, new, engine.catalogue(talk.catalogue))
        return told(_edited(served, talk, wanted, lambda _: interests.Edit(kind="replace", profile=profile)), response)

    @router.patch(path, responses={**documented(404, 409, 412, 413, 415, 503), 200: {"headers": _ETAG}})
    def edit(
        session: SessionId,
        change: Annotated[
            sent.Edit,
            Body(openapi_examples={name: {"value": value} for name, value in sent.EDITS.items()}),
        ],
        by: By,
        response: Response,
        if_match: IfMatch = None,
    ) -> wire.Reranked:
        """Change one thing: set a point's weight, add or remove one, set or lift a limit, or clear everything."""
        talk = served.session(session, by)
        catalogue = engine.catalogue(talk.catalogue)
        return told(_edited(served, talk, _wanted(if_match), lambda now: _edit(now, change, catalogue)), response)

    @router.post(f"{path}/undo", responses={**documented(404, 409, 412, 503), 200: {"headers": _ETAG}})
    def undo(session: SessionId, by: By, response: Response, if_match: IfMatch = None) -> wire.Reranked:
        """Go back to the profile before the last change. Problem 409 when there is none."""
        talk = served.session(session, by)

        def back(now: Session) -> interests.Edit:
            if not now.past:
                raise Problem(409, "nothing-to-undo", "There is nothing to undo", "The profile has not been changed yet.")
            return interests.Edit(kind="undo")

        return told(_edited(served, talk, _wanted(if_match), back), response)


def _whole(served: Served, session: Session) -> wire.Session:
    look = served.turns.look(session)
    catalogue = served.engine.catalogue(session.catalogue)
    shown = {r.item.id: r for turn in session.turns for r in turn.items}
    on_screen: list[Recommendation] = []
    for name in session.on_screen:
        if name in shown:
            on_screen.append(shown[name])
        elif (item := catalogue.get(name)) is not None:
            on_screen.append(Recommendation(item=item, score=0.0))
    return wire.Session(
        id=session.id,
        catalogue=session.catalogue,
        language=session.language,
        version=session.version,
        created=written.moment(session.created),
        profile=written.interests(session.profile, look),
        on_screen=written.cards(on_screen, look),
        messages=tuple(_messages(served, session)),
    )


def _messages(served: Served, session: Session) -> list[wire.Message]:
    """What was said, in order; then what waits for its answer."""
    entries = served.turns.inbox.of(session.id)
    by_turn = {e.turn: e for e in entries if e.turn is not None}
    told: list[wire.Message] = []
    for turn in session.turns:
        look = served.turns.look(session, turn)
        entry = by_turn.get(turn.number)
        name = entry.id if entry else f"turn-{turn.number}"
        if turn.user and turn.reading.by != "edit":
            at = written.moment(entry.accepted if entry else turn.at)
            told.append(wire.Message(id=name, number=turn.number, role="user", text=turn.user, at=at))
        told.append(_said_by_shop(name, turn, look))
    for entry in entries:
        if entry.turn is None:
            told.append(_waiting(served, entry))
    return told


def _said_by_shop(name: str, turn: Turn, look: Look) -> wire.Message:
    return wire.Message(
        id=name,
        number=turn.number,
        role="assistant",
        text=turn.reply,
        lead=written.lead(turn),
        at=written.moment(turn.at),
        items=written.cards(turn.items, look),
        chips=written.chips(turn.chips),
        no_match=written.no_match(turn.no_match, look),
        topic=turn.reading.topic,
    )


def _waiting(served: Served, entry: Entry) -> wire.Message:
    at, how = written.moment(entry.accepted), served.turns.state(entry)
    return wire.Message(id=entry.id, number=0, role="user", text=entry.text, at=at, state=how)


def _showing(session: Session) -> Turn | None:
    """The turn whose items stand on screen: the last that shows any, or says why there are none."""
    return next((t for t in reversed(session.turns) if t.items or t.no_match), None)


def _wanted(if_match: str | None, version: int | None = None) -> frozenset[int] | None:
    """The versions that a write may be based on; None when any is meant. Problem 412 for an ETag of another kind."""
    if if_match is None:
        return None if version is None else frozenset({version})
    if if_match.strip() == "*":
        return None if version is None else frozenset({version})
    tags = [tag.strip() for tag in if_match.split(",")]
    numbers = frozenset(int(m[1]) for tag in tags if (m := re.fullmatch(r'"(\d{1,12})"', tag)))
    return numbers if version is None else numbers & {version}


def _edited(
    served: Served, session: Session, wanted: frozenset[int] | None, edit: Callable[[Session], interests.Edit]
) -> Session:
    """The session after the edit. With versions given it is based on one of them, otherwise on whatever is there."""
    for _ in range(ATTEMPTS):
        if wanted is not None and session.version not in wanted:
            raise Problem(
                412, "stale-version", "A newer version exists",
                f"Read the profile again; its version is now {session.version}.", headers={"ETag": f'"{session.version}"'},
            )  # fmt: skip
        try:
            events = list(served.engine.edit(session, edit(session)))
        except Conflict:
            fresh = served.engine.load(session.id)
            if fresh is None:
                raise unknown_session() from None
            session = fresh
            continue
        last = events[-1]
        assert isinstance(last, TurnDone)
        return last.session
    raise Conflict("The conversation goes on elsewhere all the time. Read the profile and try again.")


def _edit(session: Session, change: sent.Edit, catalogue: Catalogue) -> interests.Edit:
    """The caller's edit as the profile makes it. Problem 404 for a point or a limit that is not there."""
    if isinstance(change, sent.EditWeight | sent.EditRemove):
        if (point := session.profile.point(change.text)) is None:
            raise Problem(404, "unknown-point", "No such interest", "The profile has no point of that text. Read it again.")
        if isinstance(change, sent.EditRemove):
            return interests.Edit(kind="delete", text=point.text)
        return interests.Edit(kind="weight", text=point.text, weight=change.weight)
    if isinstance(change, sent.EditAdd):
        return interests.Edit(kind="add", text=change.text, weight=change.weight)
    if isinstance(change, sent.EditLift):
        if not any((c.field, c.op) == (change.field, change.op) for c in session.profile.constraints):
            raise Problem(404, "unknown-limit", "No such limit", "The profile has no limit of that field and op. Read it again.")
        return interests.Edit(kind="unlimit", field=change.field, op=change.op)
    if isinstance(change, sent.EditLimit):
        checked = _limit(change.field, change.op, change.value, "", catalogue)
        return interests.Edit(kind="limit", field=checked.field, op=checked.op, value=checked.value)
    return interests.Edit(kind="clear")


def _profile(session: Session, new: sent.NewProfile, catalogue: Catalogue) -> state.Profile:
    """The profile as it was sent. A point or a limit that stays as it was keeps where it came from."""
    points: list[InterestPoint] = []
    for sent_point in new.points:
        text = sent_point.text.strip()
        if any(p.text.casefold() == text.casefold() for p in points):
            raise BadInput(f"The point {text!r} is there twice. Send each once.")
        old = session.profile.point(text)
        if old is not None and (old.weight, old.lasting) == (sent_point.weight, sent_point.lasting):
            points.append(old)
            continue
        quote = sent_point.quote or (old.quote if old else "") or text
        points.append(
            InterestPoint(
                text=text,
                weight=sent_point.weight,
                quote=quote,
                turn=len(session.turns),
                source="edited",
                lasting=sent_point.lasting,
            )
        )
    limits: list[Constraint] = []
    for one in new.limits:
        limit = _limit(one.field, one.op, one.value, one.quote, catalogue)
        old_limit = next((c for c in session.profile.constraints if c.same_limit(limit)), limit)
        limits = interests.limit(limits, old_limit)
    return state.Profile(points=tuple(points), constraints=tuple(limits))


def _limit(field: str, op: str, value: sent.Given | Sequence[sent.Given], quote: str, catalogue: Catalogue) -> Constraint:
    """A limit on something that the catalogue's items state. BadInput otherwise."""
    several = isinstance(value, tuple)
    if field != "in_stock" and not catalogue.has_field(field):
        raise BadInput(f"No item of the catalogue {catalogue.info.name!r} states {field!r}, so nothing would be left.")
    if op in ("in", "not in") and not several:
        value = (value,)  # type: ignore[assignment]
    if op not in ("in", "not in") and several:
        raise BadInput(f"A limit with {op!r} has one value; send several with 'in' or 'not in'.")
    limit = Constraint.model_validate({"field": field, "op": op, "value": value, "quote": quote})
    return limit
