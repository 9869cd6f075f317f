"""Words that measure against other items, from the message to what is shown or answered; titles that a question names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from offer_shop import indexed

from bot import answers
from bot.named import asked_about
from bot.relative import comparative, leaning, relation, tendency
from bot.retrieve import find
from bot.senses import as_said, hear
from bot.settings import Settings
from bot.state import Contribution, Fact, InterestPoint, Profile, Reading, Recommendation, Session, Turn
from vectorstore.catalogue import Catalogue
from vectorstore.item import Item, Translation

ROWS = [
    ("late", "Late Spring", "晚春", 1949, 108, "Yasujiro Ozu"),
    ("story", "Tokyo Story", "东京物语", 1953, 136, "Yasujiro Ozu"),
    ("silent", "A Silent Voice", "声之形", 2016, 130, "Naoko Yamada"),
    ("host", "Parasite", "寄生虫", 2019, 132, "Bong Joon-ho"),
    ("heat", "Heat", "盗火线", 1995, 170, "Michael Mann"),
    ("short", "Sherlock Jr.", "福尔摩斯二世", 1924, 45, "Buster Keaton"),
]
ITEMS = [
    Item(
        id=id, title=title, description=f"About {title}.", category=("Films", "Drama"),
        attributes={"year": year, "duration_minutes": minutes, "director": director},
        translations={"zh": Translation(title=chinese, description=f"关于{chinese}。")},
    )
    for id, title, chinese, year, minutes, director in ROWS
]  # fmt: skip
SCREEN = ITEMS[:3]
READ = Reading(act="refine", language="en")


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    said = "units: {duration_minutes: {en: min, zh: 分钟}}\ncard: [year, director]\n"
    said += "labels: {duration_minutes: {en: running time, zh: 片长}}\n"
    return indexed(tmp_path_factory.mktemp("films"), "films", ITEMS, said)


@pytest.fixture
def shown(films: Catalogue, settings: Settings) -> Callable[..., tuple[list[str], str]]:
    """The ids that a message leads to, and the line above them."""

    def make(message: str, *, refers: tuple[str, ...] = (), points: tuple[str, ...] = ()) -> tuple[list[str], str]:
        language = "zh" if any(ord(c) > 0x3000 for c in message) else "en"
        guess = Reading(act="refine", language=language, refers_to=refers)
        heard = hear(message, guess, Session(), SCREEN, films)
        assert heard is not None, message
        reading = heard.amended(READ, language, wished=True)  # type: ignore[arg-type]
        wished = tuple(InterestPoint(text=p, weight=0.8, quote=p, turn=1) for p in points)
        session = Session(on_screen=tuple(i.id for i in SCREEN), profile=Profile(points=wished))
        found = find(films, session, session.profile, reading, settings)
        return [r.item.id for r in found.items], answers.lead(reading, session, session, found, films)

    return make


@pytest.mark.parametrize(
    ("message", "ids", "lead"),
    [
        ("something shorter", {"short"}, "Shorter than 108 min:"),
        ("a longer one, please", {"heat"}, "Longer than 136 min:"),
        ("older", {"short"}, "Older than 1949:"),
        ("newer", {"host"}, "Newer than 2016:"),
        ("短一点的", {"short"}, "比 108 分钟 更短的："),
        ("更早一点的", {"short"}, "比 1949 更早的："),
        ("有没有更新的", {"host"}, "比 2016 更新的："),
    ],
)
def test_a_wish_is_measured_against_what_is_on_screen(
    shown: Callable[..., tuple[list[str], str]], message: str, ids: set[str], lead: str
) -> None:
    found, said = shown(message)
    assert (set(found), said) == (ids, lead)


def test_it_is_measured_against_the_one_pointed_at(shown: Callable[..., tuple[list[str], str]]) -> None:
    found, lead = shown("older than the third", refers=("silent",))
    assert set(found) <= {"late", "story", "heat", "short"} and len(found) == 3 and lead == "Older than 2016:"


def test_where_nothing_lies_there_the_nearest_stand_in(shown: Callable[..., tuple[list[str], str]]) -> None:
    found, lead = shown("something older", refers=())
    assert found == ["short"]
    assert lead.startswith("Older")


@pytest.mark.parametrize(
    ("message", "ids", "lead"),
    [
        ("the shortest films", ["short", "late", "silent"], "Whatever you like: the shortest first."),
        ("最长的", ["heat", "story", "host"], "随便看看：最长的在前。"),
        ("the oldest film you have", ["short", "late", "story"], "Whatever you like: the oldest first."),
    ],
)
def test_the_furthest_of_all_come_in_order_and_each_says_by_what(
    films: Catalogue, shown: Callable[..., tuple[list[str], str]], message: str, ids: list[str], lead: str
) -> None:
    assert shown(message) == (ids, lead)


def test_the_furthest_are_of_what_says_the_wishes(shown: Callable[..., tuple[list[str], str]]) -> None:
    assert set(shown("the longest", points=("Ozu",))[0]) == {"late", "story"}


@pytest.mark.parametrize(
    "message",
    [
        "shorter sleeves",
        "for older children",
        "a longer cable",
        "newer than 2010",
        "nothing longer",
        "the longest battery life",
        "长袖",
    ],
)
def test_what_measures_something_else_is_not_heard(films: Catalogue, message: str) -> None:
    heard = hear(message, READ, Session(), SCREEN, films)
    assert heard is None or not heard.critique


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("which one is the shortest?", "The shortest of these is “Late Spring”, running time: 108 min."),
        ("the longest one", "The longest of these is “Tokyo Story”, running time: 136 min."),
        ("which is the newest?", "The newest of these is “A Silent Voice”, year: 2016."),
        ("哪部最短？", "这几个里最短的是“晚春”，片长：108 分钟。"),
        ("最新的是哪部", "这几个里最新的是“声之形”，年份：2016。"),
    ],
)
def test_which_of_these_it_is_is_answered(films: Catalogue, message: str, said: str) -> None:
    heard = hear(message, READ, Session(), SCREEN, films)
    assert heard is not None and heard.asks
    reading = heard.amended(READ, "zh" if "最" in message else "en", wished=True)
    assert (reading.act, reading.changes) == ("compare", ())
    assert answers.reply(reading, Session(), SCREEN, films) == said


def test_equals_are_all_named(films: Catalogue) -> None:
    twins = [SCREEN[0], SCREEN[0].model_copy(update={"id": "twin", "title": "Twin"}), SCREEN[1]]
    reading = Reading(act="compare", language="en", critique="shortest")
    assert "“Late Spring” and “Twin”" in answers.reply(reading, Session(), twins, films)
    assert answers.reply(reading, Session(), twins[:2], films) == "They are the same there: running time: 108 min."


def test_a_relation_needs_items_to_be_measured_against() -> None:
    assert relation("shorter", screen=False) is None
    assert relation("the shortest", screen=False) is not None


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Who directed Parasite?", "Parasite: director: Bong Joon-ho."),
        ("who directed tokyo story", "Tokyo Story: director: Yasujiro Ozu."),
        ("寄生虫是谁导演的", "寄生虫：导演：Bong Joon-ho。"),
        ("How long is Heat?", "Heat: running time: 170 min."),
        ("盗火线有多长？", "盗火线：片长：170 分钟。"),
        ("What's Parasite like?", "Parasite (2019, Bong Joon-ho): About Parasite."),
        ("《寄生虫》怎么样", "寄生虫（2019，Bong Joon-ho）：关于寄生虫。"),
        ("when did Heat come out", "Heat: year: 1995."),
    ],
)
def test_a_question_about_a_named_item_is_answered_though_it_is_not_on_screen(films: Catalogue, message: str, said: str) -> None:
    heard = hear(message, Reading(act="chat", language="en", topic="other"), Session(), SCREEN[:1], films)
    assert heard is not None
    reading = heard.amended(READ, "zh" if "虫" in message or "线" in message else "en", wished=False)
    assert (reading.act, reading.changes) == ("ask_item", ())
    assert answers.reply(reading, Session(), SCREEN[:1], films) == said


@pytest.mark.parametrize(
    "message",
    [
        "something like Heat",
        "is there anything about the heat of summer?",
        "what have you got with parasites?",
        "a film like Parasite?",
        "有没有寄生虫那样的电影",
        "Heat",
    ],
)
def test_a_title_in_a_wish_is_no_question_about_it(films: Catalogue, message: str) -> None:
    assert asked_about(message, films) is None


def test_in_a_shop_titles_are_common_words(shop: Catalogue) -> None:
    assert all(asked_about(f"how much is {item.title}?", shop) is None for item in shop.items())


def test_why_is_answered_by_the_reasons_of_the_card(films: Catalogue) -> None:
    pro = Contribution(
        term="interest",
        label="quiet",
        weight=0.8,
        value=1,
        amount=0.8,
        quote="quiet films",
        fact=Fact(name="director", value="Yasujiro Ozu"),
    )
    con = pro.model_copy(update={"amount": -0.2, "quote": "new", "fact": Fact(name="year", value=1949)})
    told = Recommendation(item=SCREEN[0], score=0.6, contributions=(pro, con))
    session = Session(turns=(Turn(number=1, user="x", reading=READ, items=(told,)),))
    reading = Reading(act="ask_item", language="en", refers_to=("late",), asks=("why", "first"))
    said = "“Late Spring” is there for what you said: “quiet films” (director: Yasujiro Ozu). Against it: “new” (year: 1949)."
    assert answers.reply(reading, session, SCREEN, films) == said
    assert answers.reply(reading, Session(), SCREEN, films).startswith("“Late Spring” is liked by many here")


@pytest.mark.parametrize(
    ("quote", "text", "message", "said"),
    [
        ("The from the Saltings", "Saltings", "The latest from the Saltings", "from the Saltings"),
        ("a tent", "tent", "a tent on sale", "a tent"),
        ("红色帐篷", "帐篷", "红色打折帐篷", "帐篷"),
    ],
)
def test_a_quote_is_of_what_was_said(quote: str, text: str, message: str, said: str) -> None:
    assert as_said(quote, text, message) == said


@pytest.mark.parametrize("message", ["为什么推荐第一个", "why the first one?"])
def test_a_why_is_heard_and_takes_nothing(films: Catalogue, message: str) -> None:
    heard = hear(message, Reading(act="accept", language="zh", refers_to=("late",)), Session(), SCREEN, films)
    assert heard is not None
    reading = heard.amended(READ, "zh", wished=True)
    assert (reading.act, reading.refers_to) == ("ask_item", ("late",))
    assert "很受欢迎" in answers.reply(reading, Session(), SCREEN, films)


@pytest.mark.parametrize(
    ("message", "said"), [("第一部是谁导演的", "晚春：导演：Yasujiro Ozu。"), ("第一部是哪年的", "晚春：年份：1949。")]
)
def test_a_question_about_one_on_screen_takes_nothing(films: Catalogue, message: str, said: str) -> None:
    heard = hear(message, Reading(act="accept", language="zh", refers_to=("late",)), Session(), SCREEN, films)
    assert heard is not None
    assert answers.reply(heard.amended(READ, "zh", wished=True), Session(), SCREEN, films) == said


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cheap", ("price", True)),
        ("not too expensive", ("price", True)),
        ("too expensive", ("price", False)),
        ("very short", ("minutes", True)),
        ("too long", ("minutes", False)),
        ("lightweight", ("weight", True)),
        ("not heavy", ("weight", True)),
        ("not cheap", ("price", False)),
        ("便宜点", ("price", True)),
        ("不太贵的", ("price", True)),
        ("太贵", ("price", False)),
        ("短一点", ("minutes", True)),
        ("太长", ("minutes", False)),
        ("轻便的", ("weight", True)),
        ("太沉", ("weight", False)),
        ("old", ("day", True)),
        ("新一点", ("day", False)),
        ("too old", ("day", True)),
        ("cheap kettle", None),
        ("short sleeves", None),
        ("light blue", None),
        ("长袖", None),
    ],
)
def test_a_wish_that_is_a_measure(text: str, meant: tuple[str, bool] | None) -> None:
    assert tendency(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cheap kettle", ("price", True, "cheap")),
        ("budget headphones", ("price", True, "budget")),
        ("平价耳机", ("price", True, "平价")),
        ("lightweight tent", ("weight", True, "lightweight")),
        ("short comedy", ("minutes", True, "short")),
        ("老电影", ("day", True, "老")),
        ("old films", ("day", True, "old")),
        ("new wave", None),
        ("老鼠", None),
        ("short stories", None),
        ("light blue shirt", None),
        ("cheap", None),
        ("kettle", None),
    ],
)
def test_a_measure_at_the_head_of_a_thing(text: str, meant: tuple[str, bool, str] | None) -> None:
    assert leaning(text) == meant


@pytest.mark.parametrize("text", ["short", "short drama"])
def test_something_short_is_the_shortest_with_its_minutes_as_the_reason(films: Catalogue, settings: Settings, text: str) -> None:
    reading = Reading(act="request", language="en")
    wished = Profile(points=(InterestPoint(text=text, weight=0.8, quote=text, turn=1),))
    best = find(films, Session(catalogue="films"), wished, reading, settings).items[0]
    assert best.item.id == "short"
    assert Fact(name="duration_minutes", value=45) in [c.fact for c in best.contributions]
    assert best.score == pytest.approx(sum(c.amount for c in best.contributions), abs=1e-3)


@pytest.mark.parametrize(
    ("text", "compares"),
    [("cheaper", True), ("便宜点", True), ("更轻", True), ("cheap", False), ("便宜", False), ("warmer", False)],
)
def test_what_measures_against_what_was_seen(text: str, compares: bool) -> None:
    assert comparative(text) is compares
