"""The page's drawing: what is escaped, what adds up, what is said of a turn while it is told. No browser, no Gradio."""

from __future__ import annotations

import re
from datetime import date
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.chat import Engine
from bot.errors import BadInput, Conflict
from bot.state import (
    Change,
    Chip,
    Contribution,
    Event,
    Fact,
    InterestPoint,
    ItemsReady,
    Limit,
    NoMatch,
    Profile,
    ProfileChanged,
    Reading,
    Recommendation,
    ReplyText,
    SentenceReady,
    Session,
    Status,
    Turn,
    TurnDone,
)
from bot.web import cards, panel, server, why
from bot.web.formats import Look, adding_up, fact_words, limit_words, signed, weight
from bot.web.strings import table
from bot.web.view import Exchange, View
from vectorstore.constraints import Constraint
from vectorstore.info import CatalogueInfo
from vectorstore.item import Item, Translation

EVIL = "<script>alert(1)</script>\"' onerror=x <img src=x>"
INFO = CatalogueInfo(
    name="shop",
    title={"en": "Shop", "zh": "商店"},
    currency="USD",
    labels={"price": {"en": "price", "zh": "价格"}, "closure": {"en": "closure", "zh": "闭合"}},
    terms={"Jackets": {"zh": "夹克"}},
)
EN, ZH = Look(info=INFO), Look(info=INFO, language="zh")


def item(number: str = "a", **more: object) -> Item:
    values = {
        "title": f"Jacket {number}",
        "price": 179.0,
        "currency": "USD",
        "category": ("Clothing", "Jackets"),
        **more,
    }
    return Item(id=number, **values)


def term(label: str, weight: float, value: float, fact: Fact | None = None, quote: str = "") -> Contribution:
    return Contribution(term="interest", label=label, weight=weight, value=value, amount=weight * value, quote=quote, fact=fact)


def shown(thing: Item, *terms: Contribution, limits: tuple[Limit, ...] = (), sentence: str = "") -> Recommendation:
    return Recommendation(item=thing, score=sum(t.amount for t in terms), contributions=terms, limits=limits, sentence=sentence)


BUTTONS = Fact(name="closure", value="horn buttons")
HARLOW = shown(
    item("h", attributes={"was": 199.0, "closure": "horn buttons"}),
    term("leather", 0.9, 0.5, Fact(name="material", value="lambskin"), "leather"),
    term("zippers", -0.9, -0.2, BUTTONS, "hate zippers"),
    term("black", 0.5, -0.3, Fact(name="colour", value="brown"), "black"),
    limits=(Limit(constraint=Constraint(field="price", op="<=", value=200), fact=Fact(name="price", value=179.0)),),
    sentence="It closes with buttons.",
)
OTHER = shown(item("o"), term("leather", 0.9, 0.1), term("zippers", -0.9, -0.4))


def text(html: str) -> str:
    return re.sub(r"\s+", " ", Markup(html).striptags())


def test_both_languages_say_everything_with_the_same_places():
    for key, words in table().items():
        assert set(words) == {"en", "zh"}, key
        places = [{name for _, name, _, _ in Formatter().parse(said) if name} for said in words.values()]
        assert places[0] == places[1], key
        assert not re.search(r"[,:;?()]", words["zh"]), f"{key}: half-width punctuation"


def test_every_string_is_used():
    from pathlib import Path

    code = "".join(p.read_text("utf-8") for p in Path(cards.__file__).parent.glob("*.py"))
    computed = ("model_", "term_", "weight_")
    acts = (*cards.ACTIONS, "for_it", "against_it")
    unused = [
        k for k in table() if f'"{k}"' not in code and f"'{k}'" not in code and not k.startswith(computed) and k not in acts
    ]
    assert unused == []


def test_nothing_of_a_catalogue_a_person_or_a_model_is_markup():
    evil = item(
        EVIL, title=EVIL, brand=EVIL, category=(EVIL,), attributes={EVIL: EVIL, "closure": EVIL}, tags=(EVIL,),
        images=("https://elsewhere.example/x.png",), translations={"zh": Translation(title=EVIL)},
    )  # fmt: skip
    limit = Constraint(field=EVIL, op="not in", value=(EVIL,), quote=EVIL)
    fact = Fact(name=EVIL, value=EVIL)
    recommended = shown(
        evil, term(EVIL, 0.9, 0.5, fact, EVIL), term(EVIL + "2", 0.9, -0.5, fact, EVIL),
        limits=(Limit(constraint=limit, fact=fact),), sentence=EVIL,
    )  # fmt: skip
    told = Exchange(
        user=EVIL, reply=EVIL, items=(recommended, recommended), chips=(Chip(label=EVIL, say=EVIL),),
        compared=(evil, item("b", attributes={"closure": "zip"})),
        no_match=NoMatch(blocking=limit, nearest=EVIL, nearest_item=EVIL, relaxation=None),
    )  # fmt: skip
    known = Profile(points=(InterestPoint(text=EVIL, weight=0.5, quote=EVIL),), constraints=(limit,))
    look = Look(info=CatalogueInfo(name=EVIL, title={"en": EVIL}, labels={EVIL: {"en": EVIL}}, starters={"en": (EVIL,)}))
    for drawn in (
        cards.exchange(told, look, newest=True, in_hand=True),
        cards.exchange(told.model_copy(update={"error": EVIL, "status": EVIL}), look, newest=True),
        cards.without(EVIL, (recommended,), told, look),
        cards.opening((EVIL,), look),
        panel.profile(known, 1, True, look),
        panel.header([(EVIL, EVIL)], EVIL, 1, look, panel.model_state("ready", EVIL, None, "en")),
    ):
        assert "<script" not in drawn and "<img src=x" not in drawn
        assert "elsewhere.example" not in drawn  # an item's own pictures are never fetched
        for tag in re.findall(r"<[a-z][^>]*>", drawn):
            attributes = re.sub(r'"[^"]*"', "", tag)
            assert "onerror" not in attributes and "alert" not in attributes, tag
        assert "&lt;script&gt;" in drawn


def test_a_card_shows_words_beside_facts_and_both_prices():
    drawn = cards.card(HARLOW, EN, (HARLOW, OTHER))
    said = text(drawn)
    assert "formerly $199 $179" in said
    assert "speaks for it: leather material: lambskin" in said
    assert "speaks for it: hate zippers closure: horn buttons" in said
    assert "speaks against it: black colour: brown" in said
    assert "It closes with buttons." in said
    assert re.findall(r'data-do="(\w+)" data-id="h" aria', drawn) == ["like", "dislike", "seen", "more", "why"]
    assert "US$179" in text(cards.card(HARLOW, ZH))
    assert "data-do" not in cards.card(HARLOW, EN, interactive=False)


def test_an_item_without_answering_facts_shows_the_limits_it_meets():
    limit = Limit(
        constraint=Constraint(field="price", op="<=", value=200, quote="under $200"),
        fact=Fact(name="price", value=179.0),
    )
    assert "under $200 price: $179" in text(cards.reasons(shown(item(), term("x", 0.5, 0.1), limits=(limit,)), EN))


def test_the_sum_is_shown_with_its_signs_limits_and_counterfactual():
    drawn = why.why(HARLOW, EN, (HARLOW, OTHER))
    said = text(drawn)
    # 0.9·0.5 + 0.9·0.2 − 0.5·0.3 = 0.45 + 0.18 − 0.15
    assert "leather+0.45" in said and "no zippers+0.18" in said and "black−0.15" in said
    # without leather: 0.03 against 0.36 of the other
    assert "0.48 in all · without “leather” it would be second of these" in said
    assert "price ≤ $200 · price: $179" in said
    assert re.findall(r'data-label="(\w+)"', drawn) == ["leather", "zippers", "black"]
    # the bars: 0.63 up and 0.15 down share the width; what speaks against ends where what speaks for begins
    assert 'style="--axis:25.0%"' in drawn and '<i class="against" style="left:0.0%;width:25.0%">' in drawn


def test_a_place_that_nothing_moves_is_said_so():
    weak = shown(item("w"), term("leather", 0.9, 0.01))
    assert why.counterfactual(HARLOW, (HARLOW, weak), EN).startswith("without “leather”") is False
    assert why.counterfactual(HARLOW, (HARLOW,), EN) == ""


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=12))
def test_shown_amounts_sum_to_the_shown_total(amounts: list[float]):
    parts = adding_up(amounts)
    assert round(sum(parts), 2) == pytest.approx(round(sum(a * 100 for a in amounts)) / 100, abs=1e-9)
    assert all(abs(p - a) < 0.0101 for p, a in zip(parts, amounts, strict=True))


def test_numbers_and_limits_in_words():
    assert (signed(0.413), signed(-0.04), weight(0.9), weight(-0.5), weight(0.78)) == (
        "+0.41",
        "−0.04",
        "0.9",
        "−0.5",
        "0.78",
    )
    assert limit_words(Constraint(field="price", op="<=", value=200), EN) == "price ≤ $200"
    assert limit_words(Constraint(field="price", op=">=", value=99.5), ZH) == "价格 ≥ US$99.50"
    assert "pink" in limit_words(Constraint(field="colour", op="not in", value=("pink",)), EN)
    assert fact_words(Fact(name="category", value=("Clothing", "Jackets")), ZH) == "category：Clothing › 夹克"
    assert fact_words(Fact(name="year", value=1994), EN) == "year: 1994"
    assert fact_words(Fact(name="title", value="A leather jacket"), EN) == "in its name"


def test_the_profile_says_how_much_from_which_words_and_when():
    known = Profile(
        points=(
            InterestPoint(text="leather", weight=0.9, quote="a leather jacket", turn=1),
            InterestPoint(text="zippers", weight=-0.9, quote="I hate zippers", turn=3, lasting=True),
            InterestPoint(text="brown", weight=0.8, quote="brown", turn=2),
            InterestPoint(text="wool", weight=0.5, quote="wool", source="edited"),
        )
    )
    drawn = panel.profile(known, 3, False, EN)
    said = text(drawn)
    assert "a leather jacket · first message" in said
    assert "I hate zippers · just now · a lasting taste" in said
    assert "brown · message 2" in said
    assert "wool · set by you" not in said and "set by you" in said
    assert '<div class="point against" data-key="p-zippers">' in drawn and "--n:0.050" in drawn
    assert 'data-do="undo" disabled' in drawn and 'data-do="clear" disabled' not in drawn


@pytest.mark.parametrize(
    ("stage", "fraction", "model", "words"),
    [
        ("ready", None, "default", "Reading with Q on this machine"),
        ("ready", None, "http://host/v1", "Reading with Q"),
        ("downloading", 0.43, "default", "Preparing the model: 43% of 1.1 GB, answering by rules meanwhile"),
        ("downloading", 0.43, "other/hub", "Preparing the model, answering by rules meanwhile"),
        ("away", None, "default", "The model is away; answering by rules"),
    ],
)
def test_the_model_state_in_words(stage: str, fraction: float | None, model: str, words: str):
    assert text(panel.model_state(stage, "Q", fraction, "en", model=model)) == words


def test_every_stage_of_a_model_has_words():
    from typing import get_args

    from bot.llm.model import Stage

    for stage in get_args(Stage):
        for language in ("en", "zh"):
            assert text(panel.model_state(stage, "Q", 0.5, language))


def told(*events: Event, session: Session | None = None, words: str = "a leather jacket") -> View:
    view = View.of(session or Session()).said(words, "Reading")
    for event in events:
        view = view.after(event)
    return view


READING = Reading(act="request", language="en", changes=(Change(kind="add", text="leather"),))
KNOWN = Profile(points=(InterestPoint(text="leather", weight=0.8),))


def test_a_turn_is_folded_event_by_event():
    view = told(Status(text="Reading on"))
    assert view.exchanges[-1].status == "Reading on" and view.count == 0
    view = view.after(ItemsReady(items=(HARLOW,), provisional=True)).after(ProfileChanged(profile=KNOWN, reading=READING))
    assert view.exchanges[-1].provisional and view.exchanges[-1].status == "" and view.count == 1
    assert "data-do" not in cards.exchange(view.exchanges[-1], EN, newest=True, in_hand=True)
    view = view.after(ItemsReady(items=(OTHER, HARLOW), lead="Two fit.")).after(ReplyText(text="Two fit."))
    view = view.after(SentenceReady(item_id="o", text="Soft"))
    now = view.exchanges[-1]
    assert (now.provisional, now.reply, now.items[0].sentence) == (False, "Two fit.", "Soft")
    assert now.items[1].sentence == "It closes with buttons."  # the other is left as it was
    turn = Turn(number=1, user="a leather jacket", reading=READING, items=(OTHER,), reply="Two fit.\nJacket o: Soft.")
    done = view.after(TurnDone(session=Session(turns=(turn,), profile=KNOWN)))
    assert done.going_on is None and done.exchanges[0].reply == "Two fit."  # the items are cards, not words


def test_only_the_cards_last_shown_can_be_acted_on():
    first = Turn(number=1, user="a jacket", reading=READING, items=(HARLOW,), reply="One fits.")
    asked = Turn(number=2, user="is it warm?", reading=Reading(act="ask_item", language="en"), reply="It does not say.")
    view = View.of(Session(turns=(first, asked)))
    assert view.in_hand == 0
    assert view.said("cheaper", "Reading").in_hand == 0
    assert view.said("cheaper", "Reading").after(ItemsReady(items=(OTHER,))).in_hand == 2


def test_an_edit_stands_in_the_place_of_the_last_exchange():
    turn = Turn(
        number=1,
        user="a jacket",
        reading=READING,
        items=(HARLOW,),
        reply="One fits.",
        chips=(Chip(label="x", say="x"),),
    )
    view = View.of(Session(turns=(turn,))).changing().after(ItemsReady(items=(OTHER,), lead="Instead:"))
    assert [x.user for x in view.exchanges] == ["a jacket"] and view.exchanges[0].items == (OTHER,)
    pressed = View.of(Session(turns=(turn,))).asked_for_more().after(ItemsReady(items=(OTHER,)))
    assert len(pressed.exchanges) == 2 and pressed.exchanges[1].user == ""


def test_interests_set_by_hand_before_a_word_was_said_keep_their_items():
    view = View.of(Session()).changing().after(ProfileChanged(profile=KNOWN, reading=READING))
    view = view.after(ItemsReady(items=(HARLOW,))).after(TurnDone(session=Session(profile=KNOWN)))
    assert view.exchanges[-1].items == (HARLOW,) and not view.exchanges[-1].writing


def test_a_comparison_is_a_table_of_what_differs():
    a, b = (
        item("a", attributes={"closure": "zip", "lining": "none"}),
        item("b", price=99.0, attributes={"closure": "snap"}),
    )
    first = Turn(number=1, user="jackets", reading=READING, items=(shown(a), shown(b)), reply="Two.")
    reply = "Side by side:\nJacket a: $179\nJacket b: $99\nThe lighter one is b."
    asked = Turn(number=2, user="compare", reading=Reading(act="compare", language="en"), reply=reply)
    exchange = View.of(Session(turns=(first, asked))).exchanges[-1]
    assert exchange.compared == (a, b) and exchange.reply == "Side by side:\nThe lighter one is b."
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td>', cards.exchange(exchange, EN, newest=True))
    assert rows == [("price", "$179", "$99"), ("closure", "zip", "snap")]  # the lining is stated by one alone


class Scripted:
    """An engine that saves nothing and answers from a list."""

    def __init__(self, settings: object, *turns: list[Event | Exception]) -> None:
        self.settings, self.turns, self.asked = settings, list(turns), []
        self.session = Session(id="s")

        class Model:
            class status:
                stage, name, fraction = "off", "none", None

        self.llm = Model()

    def catalogues(self):
        return [INFO]

    def catalogue(self, name):
        class Shelf:
            info = INFO

        return Shelf()

    def start(self, catalogue, language):
        return self.session

    def load(self, session_id):
        return self.session if session_id == "s" else None

    def turn(self, session, message):
        self.asked.append((session.version, message))
        for event in self.turns.pop(0):
            if isinstance(event, Exception):
                raise event
            yield event


def desk(settings, *turns):
    from bot.web.page import Desk

    return Desk(Scripted(settings, *turns))


def test_a_signed_in_persons_talk_is_not_the_pages(settings):
    work = desk(settings, [], [])
    work.engine.session = work.engine.session.model_copy(update={"person": "ada", "id": "theirs"})
    work.engine.load = lambda session_id: work.engine.session
    begun = []
    work.engine.start = lambda catalogue, language: begun.append(catalogue) or Session(id="new")
    assert work._session({"session": "theirs"}, "en").id == "new" and begun


def test_words_not_yet_answered_are_said_with_the_next_ones(settings):
    work = desk(settings, [])
    list(work.act({"kind": "say", "session": "s", "text": "under $200", "pending": "a leather jacket"}))
    assert work.engine.asked == [(0, "a leather jacket\nunder $200")]


def test_a_conflict_is_met_by_reading_the_session_again(settings):
    work = desk(settings, [Conflict("elsewhere")], [ReplyText(text="Now it works.")])
    screens = list(work.act({"kind": "say", "session": "s", "text": "hello"}))
    assert len(work.engine.asked) == 2 and "Now it works." in screens[-1]["live"] and screens[-1]["told"]["rest"]


def test_a_failure_keeps_what_is_on_screen_and_offers_the_words_again(settings):
    work = desk(settings, [ItemsReady(items=(HARLOW,)), BadInput("Say it <b>shorter</b>.")])
    last = list(work.act({"kind": "say", "session": "s", "text": "hello"}))[-1]
    assert "Jacket h" in last["live"] and "Say it &lt;b&gt;shorter&lt;/b&gt;." in last["live"]
    assert 'data-say="hello"' in last["live"] and last["told"]["failed"] and last["told"]["rest"]


def test_a_fault_is_logged_in_full_and_told_without_its_text(settings, caplog):
    last = list(desk(settings, [RuntimeError("secret path")]).act({"kind": "say", "session": "s", "text": "hello"}))[-1]
    assert "secret path" not in last["live"] and "log" in last["live"]
    assert "secret path" in caplog.text


def test_words_are_drawn_ten_times_a_second_at_most_and_the_last_ones_always(settings):
    words = [SentenceReady(item_id="h", text="x" * n) for n in range(1, 400)]
    work = desk(settings, [ItemsReady(items=(HARLOW,)), *words, SentenceReady(item_id="h", text="The end.", done=True)])
    screens = list(work.act({"kind": "say", "session": "s", "text": "hello"}))
    assert len(screens) < 40 and "The end." in screens[-1]["live"]


def test_every_answer_carries_the_number_of_its_question(settings):
    screens = list(desk(settings, [ReplyText(text="Yes.")]).act({"kind": "say", "session": "s", "text": "x", "run": 7}))
    assert {screen["told"]["run"] for screen in screens} == {7}


def test_an_unknown_press_is_answered_in_words(settings):
    last = list(desk(settings).act({"kind": "dance", "session": "s"}))[-1]
    assert "dance" in last["live"] and last["told"]["failed"]


# Offers and the line of facts


def offered(**attributes: object) -> Item:
    return item(attributes={"colour": "brown", "battery_hours": 40, "waterproof": True, "size": ("S", "M"), **attributes})


def drawn(thing: Item, info: CatalogueInfo = INFO, today: str = "2026-12-01", language: str = "en") -> str:
    look = Look.model_validate({"info": info, "language": language, "today": today})
    return str(cards.card(Recommendation(item=thing, score=1.0), look, interactive=False))


def test_a_card_shows_the_price_before_the_code_and_its_last_day() -> None:
    thing = offered(was=249, coupon="TRAIL10", coupon_saves=12, offer_ends="2026-12-31")
    english, chinese = drawn(thing), drawn(thing, language="zh")
    assert '<s><span class="unseen">formerly </span>$249</s> $179' in english
    assert '<span class="unseen">On offer: </span>with code TRAIL10: $12 off until 31 Dec</p>' in english
    assert "用优惠码 TRAIL10 减 US$12，12月31日截止" in chinese and "原价" in chinese
    reduced = offered(was=249, offer_ends="2026-12-31")
    assert "</span>reduced until 31 Dec</p>" in drawn(reduced) and "</span>降价，12月31日截止</p>" in drawn(
        reduced, language="zh"
    )
    assert 'class="offer"' not in drawn(offered(was=249)), "the two prices say it"
    assert "until 31 Jan 2028" in drawn(offered(coupon="X", offer_ends="2028-01-31"))


def test_an_offer_that_is_over_is_drawn_nowhere_however_old_the_talk() -> None:
    thing = offered(was=249, coupon="TRAIL10", coupon_saves=12, offer_ends="2026-12-31")
    over = drawn(thing, today="2027-01-01")
    assert "TRAIL10" not in over and "249" not in over and "<s>" not in over
    look = Look(info=INFO, today=date(2027, 1, 1))
    assert "249" not in why.comparison([thing, offered(colour="black")], look)


def test_what_is_on_offer_is_not_said_twice() -> None:
    thing = offered(coupon="TRAIL10", coupon_saves=12)
    fact = Fact(name="offer", value="with code TRAIL10: $12 off")
    term = Contribution(term="offer", label="on sale", weight=0.8, value=1, amount=0.8, quote="on sale", fact=fact)
    card = str(cards.card(Recommendation(item=thing, score=0.8, contributions=(term,)), EN, interactive=False))
    assert card.count("TRAIL10") == 1
    assert "<q>on sale</q> <span>with code TRAIL10: $12 off</span>" in card


def test_a_catalogue_says_which_facts_a_card_shows_and_in_which_order() -> None:
    told = {
        "card": ("waterproof", "battery_hours", "size", "colour", "category", "director"),
        "units": {"battery_hours": {"en": "hours", "zh": "小时"}},
    }
    info = INFO.model_copy(
        update={**told, "labels": {**INFO.labels, "battery_hours": {"en": "battery (hours)", "zh": "续航（小时）"}}}
    )
    line = re.search(r'<p class="facts">(.*?)</p>', drawn(offered(), info))
    assert line is not None
    plain = re.sub("<[^>]+>", "", line[1])
    assert plain == "waterproof · battery: 40 hours · size: S, M · colour: brown · category: Jackets"
    assert '<span class="unseen">colour: </span>brown' in line[1]
    assert "facts" not in drawn(offered()), "nothing more than before where the catalogue does not say"
    assert "waterproof" not in drawn(offered(waterproof=False), info)


def test_the_facts_of_a_card_are_escaped() -> None:
    info = INFO.model_copy(update={"card": ("colour",), "units": {}})
    page = drawn(offered(colour=EVIL, coupon=EVIL), info)
    assert "<script" not in page and "<img src=x" not in page


def test_the_named_terms_have_names_and_can_be_taken_away() -> None:
    sale = Contribution(term="offer", label="on sale", weight=0.8, value=1, amount=0.8, quote="on sale")
    beside = Contribution(term="goes_with", label="Ridge tent", weight=1, value=1, amount=1.0, quote="what goes with it")
    new = Contribution(
        term="recent", label="recent", weight=0.15, value=1, amount=0.15, fact=Fact(name="date", value="23 Nov 2026, the newest")
    )
    wish = Contribution(term="wish", label="size from 43", weight=0.6, value=-1, amount=-0.6, quote="43")
    page = str(why.why(Recommendation(item=item(), score=1.35, contributions=(sale, beside, new, wish)), EN))
    for words in ("on sale", "goes with Ridge tent", "how new: 23 Nov 2026, the newest", "size from 43"):
        assert words in page
    assert re.findall('data-label="([^"]*)"', page) == ["on sale"]


def test_a_picture_has_its_words_in_the_persons_language_and_an_address_for_each(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    film = Item(
        id="alien",
        title="Alien",
        category=("Films",),
        attributes={"director": "Ridley Scott"},
        translations={"zh": Translation(title="异形", attributes={"director": "雷德利·斯科特"})},
    )
    monkeypatch.setattr(engine.catalogue("shop"), "get", {"alien": film}.get)
    app = FastAPI()
    app.include_router(server._routes(engine))
    client = TestClient(app)
    info = engine.catalogues()[0]
    english, chinese = (cards.picture_url(film, Look(info=info, language=language)) for language in ("en", "zh"))
    assert english != chinese
    shown = client.get(f"/{chinese}")
    assert "immutable" in shown.headers["cache-control"]
    assert "异形" in shown.text and "Alien" not in shown.text
    assert "异形" not in client.get(f"/{english}").text


def test_a_new_drawing_has_a_new_address(monkeypatch: pytest.MonkeyPatch) -> None:
    before = cards.picture_url(item(), EN)
    monkeypatch.setattr(cards, "version", lambda: "another")
    assert cards.picture_url(item(), EN) != before
