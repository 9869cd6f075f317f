"""What is said without the model: leads, answers about items, short talk, chips."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from small_shop import BY_ID

from bot.answers import chips, lead, notes, readable, reply, unreadable, whole, writing
from bot.retrieve import Found
from bot.state import InterestPoint, NoMatch, Profile, Reading, Recommendation, Session
from vectorstore.catalogue import Catalogue
from vectorstore.constraints import Constraint
from vectorstore.words import tokens

JACKET = Profile(points=(InterestPoint(text="jacket", weight=0.8),))
BUDGET = Constraint(field="price", op="<=", value=10)


def read(act: str = "request", **more: object) -> Reading:
    return Reading.model_validate({"act": act, "language": "en", **more})


def found(*ids: str, profile: Profile = JACKET, **more: object) -> Found:
    items = tuple(Recommendation(item=BY_ID[i], score=1.0, sentence=f"{i} it is.") for i in ids)
    return Found(items=items, applied=profile, **more)  # type: ignore[arg-type]


def answer(shop: Catalogue, act: str, screen: Sequence[str], **more: object) -> str:
    return reply(read(act, **more), Session(), [BY_ID[i] for i in screen], shop)


def asked(shop: Catalogue, question: str, *ids: str, language: str = "en") -> str:
    return answer(shop, "ask_item", ids, refers_to=ids, asks=tuple(tokens(question)), language=language)


# The message itself


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("  a jacket \n", "a jacket"),
        ("red\u00a0jacket", "red jacket"),
        ("红色\u3000夹克", "红色 夹克"),
        ("a\0jacket", "a jacket"),
        ("a\x1b[31m jacket", "a [31m jacket"),
        ("\u202ejacket\u202c", "jacket"),
        ("jac\u200bket", "jacket"),
        ("a \ud800jacket", "a jacket"),
        ("line\nline\tend", "line\nline\tend"),
        ("\ufeff", ""),
    ],
)
def test_only_what_is_visible_is_read(message: str, said: str) -> None:
    assert readable(message, 100) == (said, 0)


def test_a_long_message_is_cut_and_it_says_where() -> None:
    assert readable("x" * 101, 100) == ("x" * 100, 100)
    assert readable("x" * 100 + "   ", 100) == ("x" * 100, 0), "white space at the end is no part of it"
    assert notes(read(), "x", 100) == "(I read the first 100 characters.)"


def test_a_script_that_it_does_not_read_well_is_told() -> None:
    for message in ("Мне нужна куртка", "أريد سترة", "茶色いジャケットがほしい", "가죽 재킷"):
        assert "English and Chinese best" in notes(read(), message, 0), message
    for message in ("a jacket", "Ça va, une veste", "我要一件夹克", "ＡＢＣ夹克", "123 🧥", ""):
        assert notes(read(), message, 0) == "", message


def test_it_is_told_when_the_model_was_silent() -> None:
    assert notes(read(), "a jacket", 0, rules=True) == "The model did not answer, so I read this by rules."


@pytest.mark.parametrize("message", ["", "???", "....", "!?", "$$ --"])
def test_what_cannot_be_read_gets_a_clear_answer(shop: Catalogue, message: str) -> None:
    told = unreadable(message, Session(), shop.info)
    assert "“a warm jacket under $80”" in told or "empty" in told


@pytest.mark.parametrize("message", ["a", "1", "鞋", "🧥"])
def test_what_can_be_read_is_not_refused(shop: Catalogue, message: str) -> None:
    assert unreadable(message, Session(), shop.info) == ""


# The line above the items


@pytest.mark.parametrize(
    ("reading", "found", "said"),
    [
        (read(), found("moto", "rain"), "Jacket: 2 that fit."),
        (read(), found("moto"), "Jacket: this one fits."),
        (read(), found("moto", profile=Profile()), "Here is what people like here."),
        (read(), found("moto", unknown="jacket", near=True), "I find nothing called “jacket” here."),
        (read(), found("moto", near=True), "Jacket: none says so in as many words; these come closest."),
        (read("forget"), found("moto"), "Forgotten. With what is left:"),
        (read("reject", refers_to=("rain",)), found("moto"), "Understood, those are gone. Instead:"),
        (read("reject"), found("moto"), "Jacket: this one fits."),
        (read("more_like", refers_to=("rain",)), found("moto"), "In the same vein as Rain jacket:"),
        (read(critique="cheaper"), found("moto", bound=260.0), "Cheaper than $260:"),
        (read(critique="cheaper"), found("moto", bound=75.0, bound_met=False), "Nothing that fits is cheaper than $75"),
        (read(), found(exhausted=True), "That was everything that fits."),
        (read(), found(), "No single item meets all your limits together."),
        (read(), found("moto", unchecked=("year",)), "does not state year, so I could not check"),
        (read(), found("moto", unchecked=("price:EUR",)), "Prices here are in USD; you said EUR"),
        (read(), found("moto", question="colour"), "Any colour you would rather have?"),
        (
            read(),
            found(no_match=NoMatch(blocking=BUDGET, nearest=75.0, nearest_item="Denim jacket", relaxation=None)),
            "Nothing fits under $10. The nearest is Denim jacket at $75.",
        ),
        (
            read(),
            found(no_match=NoMatch(blocking=BUDGET, nearest="red", nearest_item="x", relaxation=None)),
            "Nothing fits under $10 together with the rest.",
        ),
    ],
)
def test_the_lead_says_what_was_done(shop: Catalogue, reading: Reading, found: Found, said: str) -> None:
    assert said in lead(reading, Session(), Session(), found, shop)


def test_undo_says_whether_there_was_anything_to_undo(shop: Catalogue) -> None:
    before = Session(past=(Profile(),))
    assert lead(read("undo"), Session(), before, found("moto"), shop).startswith("Back to how it was")
    assert lead(read("undo"), Session(), Session(), found("moto"), shop).startswith("There is nothing to undo")


def test_a_limit_that_was_not_applied_is_not_told_as_applied(shop: Catalogue) -> None:
    session = Session(profile=JACKET.model_copy(update={"constraints": (BUDGET,)}))
    assert "$10" not in lead(read(), session, session, found("moto", unchecked=("price:EUR",)), shop)


# Answers about items


@pytest.mark.parametrize(
    ("question", "id", "said"),
    [
        ("how heavy is it?", "moto", "weight (g): 1400"),
        ("what is it made of?", "field", "material: waxed cotton"),
        ("is it waterproof?", "rain", "waterproof: yes"),
        ("is it waterproof?", "moto", "waterproof: no"),
        ("which sizes are there?", "trail", "size: 40, 41, 42"),
        ("how much is it?", "hush", "price: $129"),
        ("how long does the battery last?", "hush", "battery (hours): 40"),
        ("how noisy is it?", "steel", "noise db: 48"),
        ("does it have a zip?", "moto", "closure: zip"),
        ("does it have pockets?", "field", "Umber waxed cotton with four pockets"),
        ("is it in stock?", "denim", "out of stock"),
        ("what colour is it?", "harlow", "colour: chestnut brown"),
    ],
)
def test_a_question_is_answered_from_the_items_facts(shop: Catalogue, question: str, id: str, said: str) -> None:
    told = asked(shop, question, id)
    assert said in told
    assert told.startswith(BY_ID[id].title)


@pytest.mark.parametrize(
    ("question", "id", "said"),
    [
        ("多重？", "moto", "重量（克）：1400"),
        ("防水吗？", "rain", "防水：是"),
        ("什么材质？", "field", "材质：打蜡棉布"),
        ("多少钱？", "moto", "价格：US$199"),
        ("尺码有哪些？", "trail", "尺码：40，41，42"),
        ("有货吗？", "denim", "目前缺货"),
    ],
)
def test_a_chinese_question_gets_a_chinese_answer(shop: Catalogue, question: str, id: str, said: str) -> None:
    assert said in asked(shop, question, id, language="zh")


def test_what_the_catalogue_does_not_say_is_not_made_up(shop: Catalogue) -> None:
    assert asked(shop, "is it dishwasher safe?", "moto") == "Moto leather jacket: the catalogue does not say."
    assert asked(shop, "how noisy is it?", "lamp") == "Desk lamp: the catalogue does not say."


def test_tell_me_about_it_tells_the_description(shop: Catalogue) -> None:
    assert asked(shop, "tell me about it", "lamp") == "Desk lamp: A black lamp with a heavy foot."


def test_a_question_about_nothing_on_screen_asks_back(shop: Catalogue) -> None:
    assert answer(shop, "ask_item", ()) == "Which one do you mean?"


def test_two_are_compared_side_by_side_where_they_differ(shop: Catalogue) -> None:
    told = answer(shop, "compare", ("trail", "city"), refers_to=("trail", "city")).splitlines()
    assert told[0] == "Side by side:"
    assert told[1].startswith("Trail boots: price: $139, ") and "colour: brown" in told[1]
    assert told[2].startswith("City boots: price: $110, ") and "colour: black" in told[2]
    assert "category" not in told[1], "both are boots"


def test_the_better_one_is_named_when_less_is_better(shop: Catalogue) -> None:
    told = answer(shop, "compare", ("steel", "glass"), refers_to=("steel", "glass"), asks=("quieter",))
    assert told.splitlines()[1:] == [
        "Steel kettle: noise db: 48",
        "Glass kettle: noise db: 62",
        "Steel kettle is ahead there.",
    ]


def test_taking_one_says_its_price_and_whether_it_is_there(shop: Catalogue) -> None:
    screen = ("moto", "denim", "lamp")
    assert answer(shop, "accept", screen, refers_to=("denim",)) == (
        "Good choice: Denim jacket, $75. It is out of stock at the moment."
    )
    assert answer(shop, "accept", screen, refers_to=("lamp",)) == "Good choice: Desk lamp. It can be ordered ahead."
    assert answer(shop, "accept", ("moto",)) == "Good choice: Moto leather jacket, $199. It is in stock."
    assert answer(shop, "accept", screen) == "Glad to hear it. Which one do you mean?"


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("return", "You can send things back within 30 days."),  # the shop's own words
        ("order", "I cannot see orders"),  # the shop says nothing of it
        ("injection", "its prices and rules stay as they are"),
        ("off_topic", "outside what I can do"),
        ("other", "I cannot help with that here"),
    ],
)
def test_what_is_outside_gets_an_honest_answer(shop: Catalogue, topic: str, said: str) -> None:
    assert said in answer(shop, "out_of_scope", (), topic=topic)


def test_the_shops_own_words_come_in_the_persons_language(shop: Catalogue) -> None:
    assert answer(shop, "out_of_scope", (), topic="return", language="zh") == "30 天内可以退货。"


@pytest.mark.parametrize(
    ("topic", "said"),
    [("greeting", "Hello."), ("thanks", "You are welcome."), ("told", "sorry to hear"), ("x", "I am with you.")],
)
def test_short_talk(shop: Catalogue, topic: str, said: str) -> None:
    assert said in answer(shop, "chat", (), topic=topic)
    assert answer(shop, "forget", (), start_over=True).startswith("Clean slate.")


# Chips


def labels(
    shop: Catalogue, *ids: str, reading: Reading | None = None, session: Session | None = None, **more: object
) -> list[str]:
    result = found(*ids, **more)
    items = [r.item for r in result.items]
    return [c.label for c in chips(reading or read(), session or Session(), items, shop, result)]


def test_the_usual_next_steps(shop: Catalogue) -> None:
    assert labels(shop, "moto", "rain") == ["Cheaper", "Compare 1 and 2", "Tell me about the first", "Something else"]
    assert labels(shop, "moto") == ["Cheaper", "Tell me about the first", "Something else"]
    assert labels(shop, "lamp") == ["Tell me about the first", "Something else"], "without a price nothing is cheaper"
    assert labels(shop, "moto", reading=read(language="zh"))[0] == "便宜一点"


def test_a_question_offers_its_answers(shop: Catalogue) -> None:
    assert labels(shop, "moto", question="colour", options=("black", "brown")) == ["black", "brown"]


@pytest.mark.parametrize(
    ("blocking", "relaxation", "label"),
    [
        (BUDGET, Constraint(field="price", op="<=", value=75.0), "Up to $75"),
        (Constraint(field="price", op=">=", value=900), Constraint(field="price", op=">=", value=260.0), "From $260"),
        (Constraint(field="size", op="=", value=46), Constraint(field="size", op="=", value=44.0), "Size 44"),
        (Constraint(field="colour", op="=", value="pink"), None, "Never mind the colour"),
    ],
)
def test_when_nothing_fits_there_is_one_way_out(
    shop: Catalogue, blocking: Constraint, relaxation: Constraint | None, label: str
) -> None:
    reason = NoMatch(blocking=blocking, nearest=1.0, nearest_item="x", relaxation=relaxation)
    assert labels(shop, no_match=reason) == [label]


def test_when_all_is_gone_the_way_back_is_offered(shop: Catalogue) -> None:
    assert labels(shop, exhausted=True, session=Session(past=(Profile(),))) == ["Undo", "Start over"]
    assert labels(shop, exhausted=True) == ["Start over"]


def test_the_whole_reply_is_the_lead_and_a_line_an_item() -> None:
    items = found("moto", "rain").items
    assert whole("Two\nthat fit.", items, "en") == (
        "Two that fit.\nMoto leather jacket: moto it is.\nRain jacket: rain it is."
    )
    assert whole("两件。", items[:1], "zh") == "两件。\n机车皮夹克：moto it is."
    assert writing("en") != writing("zh")
