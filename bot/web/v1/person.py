"""A person of the shop takes a conversation over, with the customer's consent. `tests/test_api_person.py`.

Who that is and how they are told stands in `service.yaml` (`bot/service.py`).
"""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import APIRouter, Depends

from bot import care
from bot.errors import Conflict, RapportError
from bot.web.v1 import sent, wire
from bot.web.v1.access import Caller, caller
from bot.web.v1.messages import SessionId
from bot.web.v1.problems import Problem, documented
from bot.web.v1.served import Served

log = logging.getLogger(__name__)


def routes(served: Served) -> APIRouter:
    """`/sessions/{session}/person`."""
    router = APIRouter(tags=["messages"])

    @router.post("/sessions/{session}/person", responses=documented(404, 409, 413, 415, 503))
    def hand_over(session: SessionId, new: sent.HandOver, by: Annotated[Caller, Depends(caller)]) -> wire.Answer:
        """Give the whole conversation to a person of the shop. Only with the customer's consent. Once is enough: asking
        again right after gives the same answer."""
        talk = served.session(session, by)
        desk = served.turns.desks.get(talk.catalogue)
        if desk is None or desk.person is None:
            detail = "Nobody takes conversations over here: service.yaml names no `person` for this catalogue."
            raise Problem(409, "no-person", "There is no person to hand over to", detail)
        served.access.limits.message(by, talk)
        try:
            after = care.passed_on(served.engine, desk, talk, new.contact.strip())
        except Conflict:
            raise
        except RapportError as error:
            log.warning("%s", error)  # what the shop should mend; the customer need not know it
            detail = "The conversation could not be handed over just now. It is kept; try again in a few minutes."
            raise Problem(503, "not-handed-over", "Nobody could take it", detail, headers={"Retry-After": "60"}) from error
        turn = after.turns[-1]
        return served.turns.answer(f"turn-{turn.number}", turn.number, after)

    return router
