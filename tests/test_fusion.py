"""The seam: what sources say is in the sum, on the card and in the panel; what they propose keeps inside limits and kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from small_shop import BY_ID

from bot.learn import fusion
from bot.learn.fusion import PROPOSED, Voices
from bot.learn.people import Done, Known
from bot.learn.sources import Asked, Said, contribution
from bot.retrieve import find, instead
from bot.settings import Settings
from bot.state import InterestPoint, Profile, Reading, Recommendation, Session
from bot.web.cards import reasons
from bot.web.formats import Look
from bot.web.why import term_words
from vectorstore.catalogue import Candidate, Catalogue
from vectorstore.constraints import Constraint

THREE = Settings.model_construct(items=3, diversity=0.0)
REQUEST = Reading(act="request", language="en")
BLACK = Profile(points=(InterestPoint(text="black jacket", weight=0.8, quote="a black jacket", turn=1),))


@dataclass(frozen=True)
class Fan:
    """A voice that is for some items, and would have them looked at."""

    proposed: Sequence[str]
    weight: float = 0.5

    def terms(self, candidates: Sequence[Candidate], said: Said) -> Said:
        ids = [c.item.id for c in candidates if c.item.id in self.proposed]
        return {id: (contribution("complement", "goes with the tent you bought", self.weight, 0.5),) for id in ids}


def heard(monkeypatch: pytest.MonkeyPatch, *voices: Fan) -> None:
    monkeypatch.setattr(fusion, "SOURCES", tuple(lambda asked, v=v: v for v in voices))


def by_id(items: Sequence[Recommendation]) -> dict[str, Recommendation]:
    return {r.item.id: r for r in items}


def test_what_a_source_says_is_in_the_sum_on_the_card_and_in_the_panel(shop: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    before = find(shop, Session(), BLACK, REQUEST, THREE).items
    last = before[-1]
    heard(monkeypatch, Fan([last.item.id], weight=4.0))
    first = find(shop, Session(), BLACK, REQUEST, THREE).items[0]
    assert first.item.id == last.item.id
    assert first.score == pytest.approx(last.score + 2.0) == pytest.approx(sum(c.amount for c in first.contributions))
    term = first.contributions[-1]
    assert (term.term, term.weight, term.value, term.amount) == ("complement", 4.0, 0.5, 2.0)
    assert term in first.reasons
    assert term_words(term, Look(info=shop.info)) == "goes with the tent you bought"
    assert "<span>goes with the tent you bought</span>" in reasons(first, Look(info=shop.info))
    assert "<q></q>" not in reasons(first, Look(info=shop.info))


def test_what_a_source_proposes_is_looked_at_inside_limits_and_kind(shop: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.retrieve._POOL", 1)
    cheap = BLACK.model_copy(update={"constraints": (Constraint(field="price", op="<=", value=200),)})
    assert BY_ID["rain"].price == 89.0 and BY_ID["racer"].price == 260.0
    heard(monkeypatch, Fan(["rain", "racer", "kettle", "nowhere"], weight=4.0))
    shown = by_id(find(shop, Session(), cheap, REQUEST, THREE.model_copy(update={"items": 1})).items)
    assert set(shown) == {"rain"}


def test_without_a_point_the_same_sources_are_heard(shop: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    heard(monkeypatch, Fan(["rain"], weight=4.0))
    first = instead(shop, Session(profile=BLACK), "black jacket", THREE)[0]
    assert first.item.id == "rain" and first.contributions[-1].term == "complement"


def test_proposals_are_taken_in_turn_and_are_few() -> None:
    one, two = Fan([f"a{n}" for n in range(30)]), Fan(["b0", "a1", "b1"])
    found = Voices((one, two)).proposed
    assert found[:5] == ("a0", "b0", "a1", "a2", "b1") and len(found) == PROPOSED


def test_a_source_is_told_everything_about_the_turn(shop: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Asked] = []
    monkeypatch.setattr(fusion, "SOURCES", (told.append,))
    known = Known(done=(Done("harlow", "buy", 1.0),), now=2.0)
    find(shop, Session(), BLACK, REQUEST, THREE, known)
    [asked] = told
    assert asked.known is known and asked.profile == BLACK and asked.fade == pytest.approx(1 / 1.8) and asked.language == "en"
