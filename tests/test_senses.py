"""Words with a meaning of their own, from the message to what is shown: offers, delivery, companions, newness, years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import talk
from offer_shop import ARTICLES, ITEMS, TODAY, indexed

from bot import retrieve
from bot.chat import Engine
from bot.llm.model import NoModel
from bot.memory import Memory
from bot.recommend import Places, evidence
from bot.retrieve import checkable, find
from bot.senses import GOES_WITH, Heard, Sense, hear, sense_of
from bot.settings import Settings
from bot.state import InterestPoint, Profile, Reading, Recommendation, Session, Turn
from bot.understand import by_rules
from vectorstore.catalogue import Candidate, Catalogue
from vectorstore.constraints import Constraint
from vectorstore.item import Item

Open = Callable[[Catalogue], Engine]


@pytest.fixture(scope="module")
def tents(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return indexed(tmp_path_factory.mktemp("tents"), "tents", ITEMS, "title: {en: Tents, zh: 帐篷}\n")


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    said = "recency: {field: date, half_life_days: 7}\nterms: {News: {zh: 新闻}}\nconstrained: [section]\n"
    return indexed(tmp_path_factory.mktemp("paper"), "paper", ARTICLES, said)


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    rows = [("heat", "Heat", 1995), ("old", "The Third Man", 1949), ("new", "Past Lives", 2023), ("mood", "In the Mood", 1990)]
    items = [
        Item(id=id, title=title, category=("Films", "Drama"), attributes={"year": year, "director": "A. Maker"})
        for id, title, year in rows
    ]
    return indexed(tmp_path_factory.mktemp("films"), "films", items, "title: {en: Films}\n")


@pytest.fixture
def over(settings: Settings) -> Open:
    def make(catalogue: Catalogue) -> Engine:
        own = settings.model_copy(update={"catalogue": catalogue.info.name, "diversity": 0.0})
        return Engine(own, NoModel(), lambda name: catalogue, lambda: [catalogue.info], Memory.open(own))

    return make


def heard(catalogue: Catalogue, message: str, session: Session | None = None, screen: list[Item] | None = None) -> Heard | None:
    session, screen = session or Session(), screen or []
    return hear(message, by_rules(message, session, screen), session, screen, catalogue)


def limits(found: Heard | None) -> list[tuple[str, str, object]]:
    assert found is not None
    return [(c.field, c.op, c.value) for c in found.constraints]


# What a point means


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("on sale", Sense("offer")),
        ("sale", Sense("offer")),
        ("discounts", Sense("offer")),
        ("打折", Sense("offer")),
        ("优惠", Sense("offer")),
        ("coupon", Sense("offer", code=True)),
        ("with a coupon", Sense("offer", code=True)),
        ("优惠券", Sense("offer", code=True)),
        ("latest", Sense("recent")),
        ("最新", Sense("recent")),
        ("delivered within 3 days", Sense("delivery", 3)),
        ("in two days", Sense("delivery", 2)),
        ("by friday", Sense("delivery", 3)),  # from a Tuesday
        ("get here before friday", Sense("delivery", 2)),
        ("by tuesday", Sense("delivery", 7)),
        ("arrive tomorrow", Sense("delivery", 1)),
        ("三天内到", Sense("delivery", 3)),
        ("周五前到", Sense("delivery", 2)),
        ("明天能到", Sense("delivery", 1)),
        ("fast delivery", Sense("delivery", None)),
        ("tent", None),
        ("salewa boots", None),
        ("battery", None),
    ],
)
def test_what_a_point_means_beyond_its_words(text: str, sense: Sense | None) -> None:
    assert sense_of(text, TODAY) == sense


# Offers


@pytest.mark.parametrize(
    ("message", "rest", "point"),
    [
        ("a tent on sale", "a tent", "on sale"),
        ("what's on sale under 50?", "what's under 50?", "on sale"),
        ("打折的帐篷", "帐篷", "打折"),
        ("有优惠吗", "有吗", "优惠"),
        ("a tent with a coupon", "a tent", "with a coupon"),
    ],
)
def test_a_wish_for_an_offer_is_taken_out_of_the_words(tents: Catalogue, message: str, rest: str, point: str) -> None:
    found = heard(tents, message)
    assert found is not None
    assert found.rest == rest
    assert [(c.text, c.weight) for c in found.changes] == [(point, 0.8)]
    assert found.constraints == ()


@pytest.mark.parametrize("message", ["I only want discounted tents", "it must be on sale", "只要打折的帐篷"])
def test_said_strictly_it_is_a_limit(tents: Catalogue, message: str) -> None:
    found = heard(tents, message)
    assert limits(found) == [("on_offer", "=", 1)]
    assert found is not None and found.changes == ()


@pytest.mark.parametrize(
    "message",
    ["a tent", "not discounted", "I don't care about discounts", "不要打折的", "my coupon does not work", "a tent for sale",
     "where is my order? it should arrive by friday", "a big deal for me", "undo"],
)  # fmt: skip
def test_what_is_no_such_wish_is_left_to_the_rules(tents: Catalogue, message: str) -> None:
    assert heard(tents, message) is None


def test_a_catalogue_that_states_none_of_it_hears_none_of_it(shop: Catalogue) -> None:
    for message in ("a jacket on sale", "a jacket by friday", "the latest jacket", "a jacket from the nineties"):
        assert heard(shop, message) is None


@pytest.mark.parametrize(
    ("message", "rest", "point"),
    [
        ("a waterproof tent for two, under $250", "a waterproof tent , under $250", "two-person"),
        ("a tent for four people", "a tent", "four-person"),
        ("两个人用的帐篷", "帐篷", "双人"),
        ("a tent for two nights", None, ""),
        ("a gift for two friends", None, ""),
    ],
)
def test_for_how_many_is_a_wish_where_things_say_it(tmp_path: Path, message: str, rest: str | None, point: str) -> None:
    tent = Item(id="t", title="Verandah four-person tent", category=("Tents",), attributes={"people": 4})
    found = heard(indexed(tmp_path, "camp", [tent], "title: {en: Camp}\n"), message)
    if rest is None:
        assert found is None or not found.changes
    else:
        assert found is not None
        assert (" ".join(found.rest.split()), [c.text for c in found.changes]) == (rest, [point])


def test_offers_are_shown_first_with_the_figures_of_the_data(tents: Catalogue, over: Open) -> None:
    engine = over(tents)
    turn = talk(engine, engine.start(), "a tent on sale").turns[-1]
    assert {r.item.id for r in turn.items[:2]} == {"ridge", "tarp"}, "the third offer ended yesterday"
    ridge = next(r for r in turn.items if r.item.id == "ridge")
    said = next(c for c in ridge.contributions if c.term == "offer")
    assert said.fact is not None
    assert said.fact.value == "was $249, now $199; with code TRAIL10: $12 off until 31 Dec"
    assert (said.label, said.weight, said.value, said.amount) == ("on sale", 0.8, 1.0, 0.8)
    without = next(c for c in turn.items[-1].contributions if c.term == "offer")
    assert (without.value, without.amount) == (-0.4, -0.32)
    assert turn.reply.startswith("Tent, on sale: 2 of 3 fit all of it")
    for r in turn.items:
        assert r.score == pytest.approx(sum(c.amount for c in r.contributions), abs=1e-3)


def test_the_code_is_never_taken_off_unless_that_is_asked(tents: Catalogue, over: Open) -> None:
    engine = over(tents)
    plain = talk(engine, engine.start(), "a tent under 100")
    assert plain.turns[-1].no_match is not None
    asked = talk(engine, engine.start(), "a tent under 100 with the coupon")
    assert [r.item.id for r in asked.turns[-1].items] == ["tarp"]
    assert [(c.field, c.value) for c in asked.profile.constraints] == [("price_with_code", 100)]


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("is there a coupon for the first?", "Ridge tent: was $249, now $199; with code TRAIL10: $12 off until 31 Dec."),
        ("is there a discount on the second?", "no offer is stated"),
        ("is there a coupon for the third?", "no code is stated, was $50, now $40."),
        ("第一个有优惠吗？", "山脊帐篷：原价 US$249，现价 US$199；用优惠码 TRAIL10 减 US$12，12月31日截止。"),
    ],
)
def test_a_question_about_an_item_is_answered_from_the_data(tents: Catalogue, over: Open, question: str, says: str) -> None:
    engine = over(tents)
    session = engine.start().model_copy(update={"on_screen": ("ridge", "dome", "stove")})
    assert says in talk(engine, session, question).turns[-1].reply


def test_an_offer_that_is_over_is_said_nowhere(tents: Catalogue, over: Open) -> None:
    engine = over(tents)
    session = engine.start().model_copy(update={"on_screen": ("fell",)})
    for question in ("is there a discount on it?", "tell me about it", "what was the price before?"):
        reply = talk(engine, session, question).turns[-1].reply
        session = engine.start().model_copy(update={"on_screen": ("fell",)})
        assert "180" not in reply and "30" not in reply


# Delivery, colours


def test_days_of_delivery_are_a_limit(tents: Catalogue, over: Open) -> None:
    engine = over(tents)
    session = talk(engine, engine.start(), "a tent delivered within 3 days")
    assert {r.item.id for r in session.turns[-1].items} == {"ridge", "tarp"}
    assert [p.text for p in session.profile.points] == ["tent", "delivered within 3 days"]
    assert [(c.field, c.op, c.value) for c in session.profile.constraints] == [("delivery_days", "<=", 3)]
    chinese = talk(engine, engine.start(), "三天内到的帐篷")
    assert {r.item.id for r in chinese.turns[-1].items} == {"ridge", "tarp"}
    soon = talk(engine, engine.start(), "a tent with fast delivery")
    assert soon.turns[-1].items[0].item.id == "ridge"
    assert soon.profile.constraints == ()


def test_what_it_also_comes_in_answers_a_wish_and_breaks_no_dislike(tents: Catalogue, over: Open) -> None:
    engine = over(tents)
    navy = talk(engine, engine.start(), "a navy tent").turns[-1].items[0]
    assert navy.item.id == "ridge"
    assert any(c.fact and (c.fact.name, c.fact.value) == ("also_in", "navy") for c in navy.reasons)
    spared = talk(engine, engine.start(), "a green tent, no pink").turns[-1]
    assert "ridge" in [r.item.id for r in spared.items], "it can be had in green"
    ridge = next(r for r in spared.items if r.item.id == "ridge")
    assert not any(c.label == "pink" and c.amount < 0 for c in ridge.contributions)


# Companions


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        ("what goes with the first one?", {"foam", "air"}),
        ("something to go with the second", {"air"}),
        ("第一个配什么好", {"foam", "air"}),
        ("有配套的吗", {"foam", "air"}),  # with nothing pointed at: the first
        ("something to go with the first under 30", {"foam"}),
    ],
)
def test_what_goes_with_an_item_whichever_of_the_two_says_so(tents: Catalogue, over: Open, message: str, ids: set[str]) -> None:
    engine = over(tents)
    session = talk(engine, engine.start().model_copy(update={"on_screen": ("ridge", "dome", "stove")}), message)
    turn = session.turns[-1]
    assert turn.reading.topic == GOES_WITH
    assert {r.item.id for r in turn.items} == ids
    term = next(c for c in turn.items[0].contributions if c.term == "goes_with")
    meant = tents.get(turn.reading.refers_to[0])
    assert meant is not None and term.label == meant.title_in(turn.reading.language)
    assert (term.amount, term in turn.items[0].reasons) == (1.0, True)
    assert meant.title_in(turn.reading.language) in turn.reply.split("\n")[0]


def test_companions_are_not_held_against_what_was_wished_of_the_thing(tents: Catalogue, over: Open) -> None:
    engine = over(tents)
    session = talk(engine, engine.start(), "a tent on sale", "what goes with it?")
    assert not any(c.term == "offer" for r in session.turns[-1].items for c in r.contributions)
    assert [p.text for p in session.profile.points] == ["tent", "on sale"], "they are kept for the tents"


def test_where_nothing_goes_with_it_that_is_said(tents: Catalogue, over: Open) -> None:
    engine = over(tents)
    session = engine.start().model_copy(update={"on_screen": ("stove",)})
    assert talk(engine, session, "what goes with it?").turns[-1].reply == "The catalogue does not say what goes with Gas stove."


def test_after_a_choice_its_companions_are_offered(tents: Catalogue, over: Open) -> None:
    engine = over(tents)
    session = talk(engine, engine.start().model_copy(update={"on_screen": ("ridge", "dome")}), "I'll take the first one")
    turn = session.turns[-1]
    assert turn.reply == "Good choice: Ridge tent, $199. It is in stock. With code TRAIL10: $12 off until 31 Dec."
    assert [c.say for c in turn.chips] == ["What goes with it?"]
    then = talk(engine, session, turn.chips[0].say).turns[-1]
    assert {r.item.id for r in then.items} == {"foam", "air"}
    assert then.reading.refers_to == ("ridge",)


def test_a_thing_that_is_wished_for_is_no_companion(tents: Catalogue) -> None:
    screen = [ITEMS[0]]
    assert heard(tents, "what goes with a brown jacket?", screen=screen) is None
    assert heard(tents, "what goes with it?") is None, "nothing is on screen"


# Newness


def test_newer_counts_a_little_and_more_when_asked(paper: Catalogue, over: Open) -> None:
    engine = over(paper)
    plain = talk(engine, engine.start(), "the bridge").turns[-1].items
    amounts = {r.item.id: next(c.amount for c in r.contributions if c.term == "recent") for r in plain}
    assert amounts["a"] == 0.2 and amounts["b"] == 0.1, "a week is one half-life"
    asked = talk(engine, engine.start(), "the latest on the bridge").turns[-1].items
    terms = {r.item.id: next(c for c in r.contributions if c.term == "recent") for r in asked}
    assert (terms["a"].amount, terms["b"].amount) == (0.8, 0.0)
    assert terms["c"].amount < -0.79
    assert terms["a"].fact is not None and terms["a"].fact.value == "23 Nov 2026, the newest"
    assert terms["b"].fact is not None and terms["b"].fact.value == "16 Nov 2026, 7 days before the newest"
    assert asked[0].item.id == "a"


@pytest.mark.parametrize("message", ["What is the latest on the bridge", "any news on the bridge?", "latest about the bridge"])
def test_what_the_latest_is_about_stays(paper: Catalogue, over: Open, message: str) -> None:
    points = {p.text for p in talk(over(paper), over(paper).start(), message).profile.points}
    assert points == {"latest", "bridge"}


@pytest.mark.parametrize(
    ("message", "since", "until"),
    [
        ("news from last week", "2026-11-16", "2026-11-22"),
        ("this week", "2026-11-17", None),
        ("the last 3 days", "2026-11-20", None),
        ("this month", "2026-11-01", None),
        ("last month", "2026-10-01", "2026-10-31"),
        ("since October", "2026-10-01", None),
        ("since December", "2025-12-01", None),
        ("only since 10 November", "2026-11-10", None),
        ("after November 10th", "2026-11-10", None),
        ("11月10日以后的", "2026-11-10", None),
        ("in October", "2026-10-01", "2026-10-31"),
        ("yesterday's news", "2026-11-22", "2026-11-22"),
        ("上周的新闻", "2026-11-16", "2026-11-22"),
        ("这周的体育", "2026-11-17", None),
        ("十月以来的新闻", "2026-10-01", None),
        ("近三天", "2026-11-20", None),
        ("今天的新闻", "2026-11-23", None),
    ],
)
def test_days_are_reckoned_from_the_newest(paper: Catalogue, message: str, since: str, until: str | None) -> None:
    expected = [("date", ">=", since), *([("date", "<=", until)] if until else [])]
    assert limits(heard(paper, message)) == expected


@pytest.mark.parametrize("message", ["what is new about the bridge?", "how did the bridge tests end?", "any word on the bridge?"])
def test_a_question_to_the_paper_wishes_for_its_subject(paper: Catalogue, over: Open, message: str) -> None:
    turn = talk(over(paper), over(paper).start(), message).turns[-1]
    assert turn.reading.act == "request"
    assert any("bridge" in c.text and c.weight > 0 for c in turn.reading.changes)
    assert {r.item.id for r in turn.items} == {"a", "b", "c"}


def test_a_question_that_the_paper_has_no_words_for_wishes_nothing(paper: Catalogue, over: Open) -> None:
    assert talk(over(paper), over(paper).start(), "how are you today?").turns[-1].items == ()


def test_a_window_holds_for_every_item_though_it_is_not_among_the_constrained(paper: Catalogue, over: Open) -> None:
    engine = over(paper)
    assert [r.item.id for r in talk(engine, engine.start(), "anything since November about the bridge").turns[-1].items][:2] == [
        "a",
        "b",
    ]
    assert all(r.item.id != "e" for r in talk(engine, engine.start(), "this month").turns[-1].items)


def test_minutes_are_held_against_the_field_that_states_them_here(tmp_path: Path) -> None:
    paper = indexed(tmp_path, "paper", ARTICLES, "same_as: {duration_minutes: length}\n")
    limit = Constraint(field="duration_minutes", op="<=", value=2, quote="under 2 minutes")
    profile, unchecked = checkable(paper, Profile(constraints=(limit,)))
    assert unchecked == () and [i.id for i in paper.matching(profile.constraints)] == ["a"]
    plain = indexed(tmp_path, "plain", ARTICLES, "")
    assert checkable(plain, Profile(constraints=(limit,)))[1] == ("duration_minutes",)


# Years


@pytest.mark.parametrize(
    ("message", "low", "high"),
    [
        ("films from the 90s", 1990, 1999),
        ("films from the 80s or 90s", 1980, 1999),
        ("八九十年代的港片", 1980, 1999),
        ("not the 80s, the 90s", 1990, 1999),
        ("the trouble with it is that it is from the 2010s. The 1980s were the best years", 1980, 1989),
        ("a 1970s thriller", 1970, 1979),
        ("from the eighties", 1980, 1989),
        ("the 2010s", 2010, 2019),
        ("九十年代的电影", 1990, 1999),
        ("80年代的", 1980, 1989),
        ("1960年代的", 1960, 1969),
        ("between 1955 and 1965", 1955, 1965),
        ("1955到1965年的法国片", 1955, 1965),
        ("since the nineties", 1990, None),
    ],
)
def test_decades_and_spans_are_limits_on_the_year(films: Catalogue, message: str, low: int, high: int | None) -> None:
    assert limits(heard(films, message)) == [("year", ">=", low), *([("year", "<=", high)] if high else [])]


def test_a_decade_that_is_turned_down_is_no_limit(films: Catalogue) -> None:
    assert heard(films, "nothing from the 80s") is None


def test_a_title_names_what_others_are_to_resemble(films: Catalogue, over: Open) -> None:
    engine = over(films)
    turn = talk(engine, engine.start(), "something like Heat").turns[-1]
    assert (turn.reading.act, turn.reading.refers_to) == ("more_like", ("heat",))
    assert turn.items and all(r.item.id != "heat" for r in turn.items)
    assert heard(films, "something like heated seats") is None


def test_the_newest_are_by_year_where_no_date_counts(films: Catalogue, over: Open) -> None:
    engine = over(films)
    assert talk(engine, engine.start(), "the latest films").turns[-1].items[0].item.id == "new"
    plain = talk(engine, engine.start(), "films by A. Maker").turns[-1]
    assert not any(c.term == "recent" for r in plain.items for c in r.contributions), "only when asked"


def test_what_everything_here_is_tells_nothing_apart(films: Catalogue, over: Open) -> None:
    engine = over(films)
    turn = talk(engine, engine.start(), "films").turns[-1]
    assert turn.reply.startswith("Here is what people like here.") and not turn.reading.changes
    assert not any(c.fact for r in turn.items for c in r.contributions if c.term == "interest")


def test_what_was_heard_joins_what_rules_read() -> None:
    found = Heard(rest="a tent", with_code="with the coupon")
    read = Reading(act="chat", language="en", topic="other")
    assert found.amended(read, "zh", wished=False).act == "request"
    assert found.amended(read, "zh", wished=True).act == "refine"
    assert found.amended(read, "zh", wished=True).language == "zh"


def test_the_session_in_which_nothing_was_pointed_at_takes_what_was_spoken_of_last(tents: Catalogue) -> None:
    before = Turn(number=1, user="x", reading=Reading(act="ask_item", language="en", refers_to=("dome",)))
    found = heard(tents, "anything that goes with it?", Session(turns=(before,)), [ITEMS[0], ITEMS[1]])
    assert found is not None and found.beside == ("dome",)


def test_the_days_to_a_weekday_are_counted_from_today() -> None:
    assert sense_of("by sunday", date(2026, 12, 5)) == Sense("delivery", 1)


# Finding


def wished(*texts: str, limits: tuple[Constraint, ...] = ()) -> Profile:
    return Profile(points=tuple(InterestPoint(text=t, weight=0.8, quote=t, turn=1) for t in texts), constraints=limits)


def shown(catalogue: Catalogue, profile: Profile, count: int = 12) -> dict[str, Recommendation]:
    settings = Settings.model_construct(items=count, diversity=0.0)
    found = find(catalogue, Session(), profile, Reading(act="request", language="en"), settings)
    return {r.item.id: r for r in found.items}


def test_an_offer_is_found_however_deep_it_lies(tents: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieve, "_POOL", 2)
    assert {"ridge", "stove"} <= shown(tents, wished("sleeping", "on sale")).keys()


def test_a_sense_is_no_text_to_search_for(tents: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, float]] = []
    search = Catalogue.search

    def noting(self: Catalogue, texts: Sequence[str], **more: Any) -> list[Candidate]:
        asked.append(dict(zip(texts, more["weights"], strict=True)))
        return search(self, texts, **more)

    monkeypatch.setattr(Catalogue, "search", noting)
    shown(tents, wished("tent", "on sale"))
    assert asked and all(weights == {"tent": 0.8, "on sale": 0.0} for weights in asked)


def test_a_limit_that_the_catalogue_does_not_constrain_is_a_wish_and_excludes_nothing(paper: Catalogue) -> None:
    long = Constraint(field="length", op=">=", value=4, quote="a long one")
    found = shown(paper, wished("bridge", limits=(long,)))
    assert {"a", "b", "c"} <= found.keys()
    amounts = {id: next(c.amount for c in r.contributions if c.term == "wish") for id, r in found.items()}
    assert (amounts["a"], amounts["b"]) == (-0.6, 0.6)
    assert next(iter(found)) == "b"
    section = Constraint(field="section", op="=", value="Sport")
    assert shown(paper, wished(limits=(section,))).keys() == {"d"}, "what it does constrain is held"


def test_another_colour_denies_by_its_own_and_not_by_what_it_also_comes_in() -> None:
    item = ITEMS[0].model_copy(update={"attributes": {"also_in": ("olive",), "colour": "brown"}})
    navy = InterestPoint(text="navy", weight=0.8)
    places = Places([navy], [item, ITEMS[0]])
    fact = evidence(item, navy, places, 0.0).fact
    assert fact is not None and (fact.name, fact.value) == ("colour", "brown")


@pytest.mark.parametrize(
    ("message", "grams"),
    [
        ("a tent lighter than 2 kg", 2000),
        ("Lighter than 2400 g", 2400),
        ("one that weighs under 1.5 kg", 1500),
        ("帐篷，比两公斤轻的", 2000),
        ("重量不超过三斤的", 1500),
        ("not lighter than 2 kg", None),
        ("lighter than the first", None),
        ("lighter", None),
    ],
)
def test_a_weight_is_a_limit_where_things_state_theirs(tmp_path: Path, message: str, grams: int | None) -> None:
    heavy = ITEMS[0].model_copy(update={"attributes": {"weight_g": 3000}})
    shop = indexed(tmp_path, "heavy", [heavy, *ITEMS[1:]], "title: {en: Camp}\n")
    found = hear(message, by_rules(message, Session(), []), Session(), [], shop)
    limits = found.constraints if found else ()
    assert [(c.field, c.op, c.value) for c in limits] == ([("weight_g", "<=", grams)] if grams else [])
