"""What people did: strengths and terms worked out by hand, said outweighs done, a purchase seen in the second recommendation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from conftest import ended, shown
from hypothesis import given
from hypothesis import strategies as st
from offer_shop import ITEMS, TODAY

from bot.chat import Engine
from bot.learn.behaviour import complement, friends, had, taste, together
from bot.learn.fusion import listen
from bot.learn.people import DAY, Done, Friend, Known, strengths
from bot.learn.sources import Asked
from bot.learn.together import counted
from bot.llm.model import NoModel
from bot.memory import Memory
from bot.memory.links import Links
from bot.retrieve import find
from bot.settings import Settings
from bot.state import InterestPoint, Language, Profile, Reading, Recommendation, Session, TurnDone
from vectorstore.catalogue import Candidate, Catalogue
from vectorstore.embeddings import HashEmbedder
from vectorstore.errors import CatalogueError
from vectorstore.index import build
from vectorstore.info import describe

NOW = 1_000 * DAY
HALF = 90.0


def done(item: str, kind: str, days: float = 0.0, value: float | None = None) -> Done:
    return Done(item, kind, NOW - days * DAY, value)


def point(text: str = "tent", weight: float = 0.8) -> InterestPoint:
    return InterestPoint(text=text, weight=weight, quote=text, turn=1)


def asked(
    catalogue: Catalogue, settings: Settings, *deeds: Done,
    points: Sequence[InterestPoint] = (), language: Language = "en", **known: Any,
) -> Asked:  # fmt: skip
    reading = Reading(act="request", language=language)
    return Asked(catalogue, Session(), Profile(points=tuple(points)), reading, settings, Known(deeds, now=NOW, **known))


def pool(catalogue: Catalogue, *ids: str) -> list[Candidate]:
    items = [catalogue.get(id) for id in ids] if ids else catalogue.items()
    return [Candidate(item, (), ()) for item in items if item is not None]


@pytest.fixture(scope="module")
def camp(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The shop of tents and mats; the stove is used up there."""
    source, root = tmp_path_factory.mktemp("camp"), tmp_path_factory.mktemp("indexed")
    (source / "items.jsonl").write_text("".join(i.model_dump_json() + "\n" for i in ITEMS), "utf-8")
    (source / "catalogue.yaml").write_text("title: {en: Camp}\nconsumable: [Stoves]\n", "utf-8")
    build(source, "camp", root, HashEmbedder())
    return Catalogue.open("camp", root, HashEmbedder(), lambda: TODAY)


@pytest.fixture
def camping(camp: Catalogue, settings: Settings) -> Engine:
    return Engine(settings, NoModel(), lambda name: camp, lambda: [camp.info], Memory.open(settings))


# How an item stands with a person


@pytest.mark.parametrize(
    ("deeds", "strength", "deed"),
    [
        ([done("a", "buy")], 1.0, "buy"),
        ([done("a", "buy", 90)], 0.5, "buy"),
        ([done("a", "cart", 180)], 0.15, "cart"),  # .6 · ¼
        ([done("a", "click"), done("a", "click")], 0.36, "click"),  # 1 - .8 · .8
        ([done("a", "view"), done("a", "cart", 90)], 0.37, "cart"),  # 1 - .9 · .7
        ([done("a", "rating", value=4)], 0.5, "rating"),
        ([done("a", "rating", value=1)], -1.0, "rating"),
        ([done("a", "buy", 90), done("a", "dislike", 90)], -0.5, "dislike"),
        ([done("a", "dislike", 90), done("a", "like")], 1.0, "like"),  # they changed their mind
    ],
)
def test_how_an_item_stands_with_a_person(deeds: list[Done], strength: float, deed: str) -> None:
    found = strengths(deeds, NOW, HALF)["a"]
    assert found.strength == pytest.approx(strength) and found.deed.kind == deed


def test_to_be_known_or_rated_in_the_middle_says_nothing() -> None:
    assert strengths([done("a", "seen"), done("b", "rating", value=3)], NOW, HALF) == {}


KINDS = st.sampled_from(["view", "click", "like", "dislike", "seen", "cart", "buy"])
DEEDS = st.lists(st.builds(done, st.sampled_from("abcd"), KINDS, st.floats(0, 1000)), max_size=12)


@given(DEEDS, st.floats(1, 400))
def test_strengths_lie_between_minus_one_and_one_and_fade(deeds: list[Done], later: float) -> None:
    now, then = strengths(deeds, NOW, HALF), strengths(deeds, NOW + later * DAY, HALF)
    for id, strong in now.items():
        assert -1 <= strong.strength <= 1
        assert abs(then[id].strength) < abs(strong.strength) or id not in then if id in then else abs(strong.strength) < 1e-3


# The terms


def test_the_taste_is_a_shrunk_signed_mean(camp: Catalogue, settings: Settings) -> None:
    """s(air) = 1, s(stove) = -.5: the mean is (e_air - ½ e_stove) / 2.5; of the fade is left 1 / 1.8."""
    voice = taste(asked(camp, settings, done("air", "like"), done("stove", "dislike", 90), points=[point()]))
    assert voice is not None
    air, stove, foam, own = camp.vectors(["air", "stove", "foam", "air"])
    terms = voice.terms(pool(camp, "foam", "air"), {})
    expected = float(foam @ air - foam @ stove / 2) / 2.5
    [term] = terms["foam"]
    assert term.value == pytest.approx(expected, abs=1e-3) and term.weight == pytest.approx(0.3 / 1.8, abs=1e-4)
    assert term.amount == pytest.approx(0.3 / 1.8 * expected, abs=1e-3)
    assert terms["air"][0].value == pytest.approx(-float(own @ stove) / 5, abs=1e-3)  # of itself it says nothing


@pytest.mark.parametrize(
    ("language", "words"), [("en", "close to Air sleeping mat, which you liked"), ("zh", "和你喜欢的充气睡垫相近")]
)
def test_what_it_is_close_to_is_told(camp: Catalogue, settings: Settings, language: Language, words: str) -> None:
    voice = taste(asked(camp, settings, done("air", "like"), language=language))
    assert voice is not None
    [term] = voice.terms(pool(camp, "foam"), {})["foam"]
    assert term.label == words and term.fact is not None and term.fact.value == words


def test_a_purchase_that_lasts_speaks_for_nothing_more_of_its_kind(camp: Catalogue, settings: Settings) -> None:
    voice = taste(asked(camp, settings, done("ridge", "buy")))
    liked = taste(asked(camp, settings, done("ridge", "like")))
    assert voice is not None and liked is not None
    dome, ridge = camp.vectors(["dome", "ridge"])
    cosine = float(dome @ ridge)
    assert voice.terms(pool(camp, "dome"), {})["dome"][0].value == 0.0
    assert liked.terms(pool(camp, "dome"), {})["dome"][0].value == pytest.approx(cosine / 2, abs=1e-3) != 0


@pytest.mark.parametrize(
    ("kind", "days", "item", "value", "words"),
    [
        ("buy", 0, "foam", 1.0, "goes with Ridge tent, which you bought"),  # the tent says so
        ("buy", 90, "air", 0.5, "goes with Ridge tent, which you bought"),  # the mat says so
        ("cart", 0, "foam", 0.6, "goes with Ridge tent in your basket"),
    ],
)
def test_what_goes_with_it(
    camp: Catalogue, settings: Settings, kind: str, days: float, item: str, value: float, words: str
) -> None:
    voice = complement(asked(camp, settings, done("ridge", kind, days)))
    assert voice is not None and set(voice.proposed) == {"foam", "air"}
    [term] = voice.terms(pool(camp, item), {})[item]
    assert (term.term, term.weight, term.value, term.label) == ("complement", 0.25, value, words)


def test_what_is_bought_as_well_needs_no_telling(camp: Catalogue, settings: Settings) -> None:
    voice = complement(asked(camp, settings, done("ridge", "buy"), done("foam", "buy")))
    assert voice is not None and "foam" not in voice.proposed
    assert complement(asked(camp, settings, done("ridge", "like"))) is None


def test_what_others_chose_with_it(camp: Catalogue, settings: Settings) -> None:
    rows = [("", who, "", item, "buy", NOW, None) for who in ("x", "y") for item in ("ridge", "stove")]
    voice = together(asked(camp, settings, done("ridge", "cart"), together=counted(rows, NOW, HALF)))
    assert voice is not None
    [term] = voice.terms(pool(camp, "stove"), {})["stove"]
    assert term.value == pytest.approx(0.6 * 2 / (2 + 2)) and term.label == "others who chose Ridge tent chose it too"


@pytest.mark.parametrize(
    ("friend", "words"),
    [
        (Friend("follows", (done("dome", "like", 90),), "Mira"), "Mira, whom you follow, likes it"),
        (Friend("household", (done("dome", "rating", value=4),)), "somebody in your household likes it"),
    ],
)
def test_what_people_close_to_them_like(camp: Catalogue, settings: Settings, friend: Friend, words: str) -> None:
    voice = friends(asked(camp, settings, friends=(friend,)))
    assert voice is not None
    [term] = voice.terms(pool(camp, "dome"), {})["dome"]
    assert (term.weight, term.value, term.label) == (0.15, 0.5, words)


def test_every_term_can_be_switched_off_and_then_nothing_is_asked(camp: Catalogue, settings: Settings) -> None:
    off = settings.model_copy(update=dict.fromkeys(("behaviour", "together", "complements", "friends"), 0.0))
    rows = [("", who, "", item, "buy", NOW, None) for who in ("x", "y") for item in ("ridge", "stove")]
    everything = asked(
        camp, off, done("ridge", "buy"), together=counted(rows, NOW, HALF), friends=(Friend("follows", (done("dome", "like"),)),)
    )
    sources = (taste, together, complement, friends)
    assert listen(everything, sources).every == () and len(listen(replace(everything, settings=settings), sources).every) == 4


# What is said outweighs what was done

WEIGHTS = st.lists(st.floats(-1, 1).filter(lambda a: abs(a) > 0.05), max_size=6)


@given(WEIGHTS, st.floats(0.1, 1), DEEDS)
def test_the_more_is_said_the_less_counts_what_was_done(
    camp: Catalogue, weights: list[float], more: float, deeds: list[Done]
) -> None:
    settings = Settings.model_construct(**{name: field.default for name, field in Settings.model_fields.items()})
    places = dict(zip("abcd", ("ridge", "air", "stove", "dome"), strict=True))
    rows = [("", who, "", item, "buy", NOW, None) for who in ("x", "y") for item in places.values()]
    known = {
        "together": counted(rows, NOW, HALF),
        "friends": (Friend("follows", tuple(done(item, "like") for item in places.values())),),
    }
    theirs = [replace(one, item=places[one.item]) for one in deeds]
    points = [point(f"wish {n}", a) for n, a in enumerate(weights)]
    sources = (taste, together, complement, friends)
    before = listen(asked(camp, settings, *theirs, points=points, **known), sources).terms(pool(camp))
    after = listen(asked(camp, settings, *theirs, points=[*points, point("one more", more)], **known), sources).terms(pool(camp))
    said = sum(map(abs, weights))
    for id, terms in before.items():
        amounts = [abs(term.amount) for term in terms]
        assert sum(amounts) <= 0.9 / (1 + said) + 1e-3
        for small, large in zip(after[id], amounts, strict=True):
            assert abs(small.amount) <= large * (1 + said) / (1 + said + more) + 2e-4


def test_one_plain_wish_outweighs_everything_that_was_done() -> None:
    """A wish of .8 that an item answers in its words gives .56; all that comes of deeds together at most 1 / 1.8."""
    names = ("behaviour", "together", "complements", "friends", "learned")
    default = {name: Settings.model_fields[name].default for name in names}
    assert sum(default.values()) / 1.8 < 0.8 * 0.7


# What was bought


def test_what_was_bought_is_not_offered_again_unless_it_is_used_up(camp: Catalogue, settings: Settings) -> None:
    known = Known((done("ridge", "buy"), done("stove", "buy"), done("dome", "cart")), now=NOW)
    assert had(camp, known) == {"ridge"}
    everything = settings.model_copy(update={"items": 12})
    found = find(camp, Session(), Profile(), Reading(act="request", language="en"), everything, known)
    assert {r.item.id for r in found.items} == {item.id for item in ITEMS} - {"ridge"}


def test_an_item_may_say_itself_that_it_is_used_up() -> None:
    info = describe("camp", ITEMS, {"consumable": ["stoves", "foam"]})
    by_id = {item.id: item for item in ITEMS}
    assert info.is_consumable(by_id["stove"]) and info.is_consumable(by_id["foam"]) and not info.is_consumable(by_id["air"])
    for says in (True, False):
        own = by_id["foam"].model_copy(update={"attributes": {"consumable": says}})
        assert info.is_consumable(own) is says and "consumable" not in dict(own.facts())


def test_a_kind_that_is_not_there_is_an_error_with_the_nearest() -> None:
    with pytest.raises(CatalogueError, match=r"'Stovs' is no category.*Did you mean 'Stoves'"):
        describe("camp", ITEMS, {"consumable": ["Stovs"]})


# In a talk


def ask(engine: Engine, message: str, person: str = "", site: str = "") -> tuple[Session, dict[str, Recommendation]]:
    session = engine.memory.save(Session(catalogue="camp", person=person, site=site))
    session = ended(list(engine.turn(session, message)))
    return session, {r.item.id: r for r in session.turns[-1].items}


def test_without_anything_done_the_ranking_is_as_it_was(camping: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    _, now = ask(camping, "a sleeping mat", "p")
    monkeypatch.setattr("bot.learn.fusion.SOURCES", ())
    _, plain = ask(camping, "a sleeping mat", "p")
    assert now and {id: r.contributions for id, r in now.items()} == {id: r.contributions for id, r in plain.items()}


def test_a_purchase_changes_the_next_recommendation_and_forgetting_undoes_it(camping: Engine) -> None:
    first, before = ask(camping, "something for outdoors", "p")
    camping.memory.record(first, "ridge", "buy")
    _, after = ask(camping, "something for outdoors", "p")
    assert "ridge" in before and "ridge" not in after
    reasons = {c.label: r for r in after.values() for c in r.reasons}
    mat = reasons["goes with Ridge tent, which you bought"]
    assert mat.item.id in ("foam", "air") and mat.sentence.endswith("It goes with Ridge tent, which you bought.")
    assert camping.memory.delete_person("p") == 2
    _, again = ask(camping, "something for outdoors", "p")
    assert {id: r.score for id, r in again.items()} == {id: r.score for id, r in before.items()}


def test_it_counts_from_the_next_turn_on_in_the_same_talk_and_not_for_others(camping: Engine) -> None:
    session, _ = ask(camping, "something for outdoors")
    camping.memory.record(session, "ridge", "buy")
    session = ended(list(camping.turn(session, "something for outdoors")))
    assert any(c.term == "complement" for r in session.turns[-1].items for c in r.contributions)
    for other in ("", "q"):
        _, theirs = ask(camping, "something for outdoors", other)
        assert "ridge" in theirs and not any(c.term == "complement" for r in theirs.values() for c in r.contributions)


def test_the_reason_is_told_when_asked_why(camping: Engine) -> None:
    session, _ = ask(camping, "something for outdoors", "p")
    camping.memory.record(session, "ridge", "buy")
    session, items = ask(camping, "a sleeping mat", "p")
    place = 1 + list(items).index(next(id for id, r in items.items() if any(c.term == "complement" for c in r.contributions)))
    session = ended(list(camping.turn(session, f"why number {place}?")))
    assert "Beyond what you said: goes with Ridge tent, which you bought." in session.turns[-1].reply


def test_friends_count_and_are_named_only_while_both_agree(camping: Engine) -> None:
    links = Links(camping.memory)
    mira = camping.memory.save(Session(catalogue="camp", person="mira", site="s"))
    camping.memory.record(mira, "dome", "like")

    def told() -> list[str]:
        _, items = ask(camping, "a tent", "p", "s")
        return [c.label for r in items.values() for c in r.contributions if c.term == "friends"]

    assert told() == []
    links.put("p", "mira", "follows", site="s", name="Mira", person_agrees=True)
    assert told() == []
    assert links.agree("p", "mira", "follows", by="friend", yes=True, site="s")
    assert told() == ["Mira, whom you follow, likes it"]
    links.agree("p", "mira", "follows", by="person", yes=False, site="s")
    assert told() == []
    links.agree("p", "mira", "follows", by="person", yes=True, site="s")
    camping.memory.delete_person("mira", "s")
    assert told() == [] and links.of("p", "s") == []


def test_surprise_me_brings_what_is_unlike_the_rest(camping: Engine) -> None:
    session, first = ask(camping, "a green tent")
    events = list(camping.turn(session, "surprise me"))
    assert isinstance(events[-1], TurnDone)
    turn = events[-1].session.turns[-1]
    assert turn.reading.critique == "surprise" and turn.reply.startswith("Green tent, and something you may not expect:")
    assert events[-1].session.profile == session.profile  # nothing was wished for
    novel = [c for r in turn.items for c in r.contributions if c.term == "novelty"]
    assert len(novel) == len(turn.items) and all(c.weight == 0.6 for c in novel)
    assert set(shown(events)) != set(first)
    after = ended(list(camping.turn(events[-1].session, "under $500")))
    assert not any(c.term == "novelty" for r in after.turns[-1].items for c in r.contributions)


@pytest.mark.parametrize("message", ["给我点惊喜", "来点惊喜吧"])
def test_the_same_in_chinese(camping: Engine, message: str) -> None:
    session, _ = ask(camping, message)
    assert session.turns[-1].reading.critique == "surprise" and session.turns[-1].reply.startswith("来点意想不到的：")


def test_novelty_is_worked_out_by_hand(camp: Catalogue, settings: Settings) -> None:
    from bot.learn.novelty import novelty, variety

    dial = settings.model_copy(update={"novelty": 0.5, "diversity": 0.2})
    told = asked(camp, dial, done("air", "view"))
    voice = novelty(told)
    assert voice is not None and novelty(asked(camp, settings, done("air", "view"))) is None
    [term] = voice.terms(pool(camp, "stove"), {})["stove"]
    stove, air = camp.vectors(["stove", "air"])
    assert term.weight == 0.3
    assert term.value == pytest.approx((1 - max(0.0, float(np.dot(stove, air)))) / 2 + 0.25, abs=1e-3)  # no popularity: ½
    assert variety(told.reading, dial) == pytest.approx(0.2 + 0.5 * 0.5 * 0.8)
