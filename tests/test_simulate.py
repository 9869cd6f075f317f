"""Simulated people: what they want is true of their target, what they say is theirs, and what is counted is what happened."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from bot.chat import Engine
from bot.check.simulate import broken, command, figures, transcripts
from bot.check.simulate.behave import Mind, Move
from bot.check.simulate.facts import Shelf, Wish, fits, kind_of, sayable
from bot.check.simulate.leaks import Leaks
from bot.check.simulate.people import FEWEST, Manner, Person, check_people, draw_people, leaks_of
from bot.check.simulate.phrasing import Intent, Phrases
from bot.check.simulate.play import Answer, Exchange, Popular, Talk, WordSearch, play
from bot.check.simulate.second import Second
from bot.check.simulate.tastes import from_ratings
from bot.errors import BadInput, ModelUnavailable
from bot.llm import ScriptedLLM
from bot.settings import Settings
from bot.state import InterestPoint, Language, Profile, Session
from vectorstore.constraints import Constraint
from vectorstore.info import describe
from vectorstore.item import Item, Translation

CALM = Manner(talkative=0, vague=0, mistypes=0, small_talk=0, rejects=0, asks=0, sloppy=False)


def jacket(id: str, colour: str, price: float, title: str = "", closure: str = "zip", kind: str = "Jackets") -> Item:
    zh = {"brown": "棕色", "black": "黑色", "navy": "藏青", "red": "红色"}
    words = {"colour": zh[colour], "material": "皮革", "closure": "拉链", "for": "男士"}
    stated = {"colour": colour, "material": "leather", "closure": closure, "for": "men", "size": ("M", "L"), "waterproof": False}
    return Item(
        id=id,
        title=title or f"Model {id.upper()} jacket",
        price=price,
        currency="USD",
        category=("Clothing", kind, "Leather jackets"),
        brand="Corvin" if price > 150 else "Marl",
        popularity=1 - price / 1000,
        tags=("riding", "rain"),
        attributes=stated,
        translations={"zh": Translation(title=f"{zh[colour]}款{id}", attributes=words)},
    )


ITEMS = [
    jacket("a", "brown", 179, "Harlow chestnut rider", "buttons"),
    jacket("b", "black", 120),
    jacket("c", "navy", 140),
    jacket("d", "black", 90),
    jacket("e", "red", 250),
    jacket("f", "black", 210, closure="buttons"),
]
INFO = describe("small", ITEMS, {"title": {"en": "Small"}, "terms": {"Leather jackets": {"zh": "皮夹克"}}})
SHELF = Shelf.of(INFO, ITEMS)
TARGET = ITEMS[0]


def person(
    *wishes: Wish, before: Wish | None = None, after: Wish | None = None, language: Language = "en", **manner: object
) -> Person:
    how = Manner(**{**CALM.__dict__, **manner})  # type: ignore[arg-type]
    return Person("p1", language, "a", "leather jackets", wishes, how, before, after, leaks_of(TARGET, SHELF))


def told(*items: Item, **rest: object) -> Answer:
    return Answer(tuple(items), **rest)  # type: ignore[arg-type]


BROWN = Wish("colour", "brown", "colour")
BUDGET = Wish("price", 200, "price", "limit")
NO_ZIP = Wish("closure", "zip", "closure", "not")


class Scripted:
    """A recommender that shows what it is told to."""

    name = "Rapport"

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.heard = list(answers), []  # type: ignore[var-annotated]

    def start(self, language: Language) -> None:
        self.heard.clear()

    def answer(self, message: str) -> Answer:
        self.heard.append(message)
        return self.answers[min(len(self.heard), len(self.answers)) - 1]


# people


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_wish_is_true_of_the_target_and_none_is_its_title(language: Language) -> None:
    people = draw_people(ITEMS, SHELF, language, 40, seed=3)
    assert check_people(people, ITEMS, SHELF) == []
    assert len({p.wishes for p in people}) > 25, "people care about different things"
    assert all(len(p.hidden) >= FEWEST - 2 for p in people)
    assert any(p.before for p in people) and any(not p.before for p in people)
    for p in people:
        if p.before is not None:
            assert fits(next(i for i in ITEMS if i.id == p.target), p.before, SHELF) is False, "what is taken back was wrong"


def test_a_seed_draws_the_same_people() -> None:
    assert draw_people(ITEMS, SHELF, "en", 9, seed=1) == draw_people(ITEMS, SHELF, "en", 9, seed=1)
    assert draw_people(ITEMS, SHELF, "en", 9, seed=1) != draw_people(ITEMS, SHELF, "en", 9, seed=2)


def test_items_that_say_nothing_make_no_targets() -> None:
    bare = [Item(id="x", title="X")]
    with pytest.raises(BadInput, match=r"Only 0 of 3 people.*'bare'"):
        draw_people(bare, Shelf.of(describe("bare", bare), bare), "en", 3, seed=0)


def test_what_an_item_says_is_read_literally() -> None:
    assert fits(TARGET, BROWN, SHELF) is True and fits(ITEMS[1], BROWN, SHELF) is False
    assert fits(TARGET, Wish("colour", "棕色", "colour"), SHELF) is True
    assert fits(TARGET, BUDGET, SHELF) is True and fits(ITEMS[4], BUDGET, SHELF) is False
    assert fits(TARGET, NO_ZIP, SHELF) is True and fits(ITEMS[1], NO_ZIP, SHELF) is False
    assert fits(TARGET, Wish("duration_minutes", 60, "duration_minutes", "limit"), SHELF) is None
    assert (
        fits(TARGET, Wish("size", "M", "size", "limit"), SHELF) is True
        and fits(TARGET, Wish("size", "S", "size", "limit"), SHELF) is False
    )
    faux = TARGET.model_copy(update={"attributes": {"material": "faux leather"}})
    assert fits(faux, Wish("material", "leather", "material", "not"), SHELF) is True, "imitation is not the thing"
    assert kind_of(TARGET, SHELF, "en") == "leather jackets" and kind_of(TARGET, SHELF, "zh") == "皮夹克"
    assert {w.facet for w in sayable(TARGET, SHELF, "en")} >= {"colour", "material", "closure", "brand", "category", "tags"}


# leaks


@pytest.mark.parametrize(
    ("title", "message", "found"),
    [
        ("Harlow chestnut rider", "I'd like the Harlow Chestnut one", "harlow chestnut"),
        ("Harlow chestnut rider", "a rider in chestnut by Harlow", ""),
        ("Leather jackets for all", "any leather jackets?", ""),  # the category's own name
        ("In the Mood for Love", "something in the mood of love", "mood love"),
        ("Sunrise", "a film with a sunrise in it", "sunrise"),
        ("Sunrise", "a film with a moonrise in it", ""),
        ("Amélie", "amelie?", "amelie"),
        ("The Weavers' Bridge opens", "about Weavers Bridge", "weaver bridge"),
        ("日出", "讲日出的电影", "日出"),
        ("大桥摄像头首日拍到", "大桥摄像头的新闻", "大桥摄像"),
        ("大桥摄像头首日拍到", "大桥的新闻", ""),
        ("2046", "made in 2046", "2046"),
    ],
)
def test_a_leaked_title_is_caught(title: str, message: str, found: str) -> None:
    assert Leaks([title], ["Leather jackets"]).found(message) == found


def test_a_talk_in_which_the_title_is_said_is_counted() -> None:
    talk = Talk(person(BROWN), [Exchange(Move(Intent("refine")), "the Harlow chestnut rider, please", told(TARGET), (), (), 0)])
    assert figures.counted(talk, TARGET, ITEMS, SHELF, 5)["leaks"] == 1
    talk.exchanges[0].message = "something brown, please"
    assert figures.counted(talk, TARGET, ITEMS, SHELF, 5)["leaks"] == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nobody_says_the_title_whatever_they_want(language: Language) -> None:
    phrases = Phrases(language, SHELF.root, "USD")
    for p in draw_people(ITEMS, SHELF, language, 60, seed=8):
        target = next(i for i in ITEMS if i.id == p.target)
        others = [i for i in ITEMS if i.id != p.target]
        talk = play(p, target, Scripted(told(*others)), phrases, SHELF, turns=5, seed=1)
        assert len(talk.exchanges) == 5
        for e in talk.exchanges:
            assert not p.leaks.found(e.message), e.message
            assert "{" not in e.message and " None" not in e.message


# what is said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_there_are_many_ways_to_say_it(language: Language) -> None:
    phrases = Phrases(language, currency="USD")
    count = {
        start: sum(len(v) for k, v in phrases.all.items() if k.startswith(start)) for start in ("opening", "reject", "change")
    }
    assert count["opening"] >= 40 and count["reject"] >= 30 and count["change"] >= 20
    for name, forms in phrases.all["fields"].items():
        assert forms.get("need") and forms.get("must") and forms.get("state"), name


def test_a_person_says_what_they_mean() -> None:
    phrases, draw = Phrases("en", currency="USD"), Random(4)
    for _ in range(50):
        said = phrases.say(Intent("opening_more", (BROWN,), "leather jackets", (BUDGET,)), CALM, draw)
        assert "brown" in said.lower() and "leather jacket" in said.lower() and "200" in said
        said = phrases.say(
            Intent("reject_one", nth=1, state=Wish("colour", "black", "colour"), kind="leather jackets"), CALM, draw
        )
        assert "black" in said and ("second" in said.lower() or "two" in said.lower())
        said = phrases.say(Intent("refine", needs=(NO_ZIP,)), CALM, draw)
        assert "zip" in said.lower() and ("can't" in said or "no " in said), said


def test_a_noun_has_its_article() -> None:
    phrases, draw = Phrases("en"), Random(0)
    assert {phrases.thing("leather jackets", (BROWN,), draw) for _ in range(60)} >= {
        "a brown leather jacket",
        "a leather jacket in brown",
    }
    assert all(
        phrases.thing("hiking boots", (), draw) in ("hiking boots", "a pair of hiking boots", "some hiking boots")
        for _ in range(9)
    )
    assert Phrases("zh").thing("皮夹克", (Wish("colour", "棕色", "colour"),), draw) == "棕色的皮夹克"
    assert (
        Phrases("en", "Films").thing("", (Wish("country", "United States", "country"),), draw).endswith("from the United States")
    )


@pytest.mark.parametrize(
    ("language", "said"), [("en", "ideally in brown leather under 200"), ("zh", "想找棕色的皮夹克，预算200")]
)
def test_a_slip_spares_numbers_and_changes_one_place(language: Language, said: str) -> None:
    slips = {Phrases(language).mistyped(said, Random(n)) for n in range(40)}
    assert len(slips) > 3
    assert all("200" in slip and ("under" in slip or language == "zh") and slip != said for slip in slips)


# what people do


def test_an_item_is_turned_down_for_what_is_true_of_it_and_false_of_the_target() -> None:
    for seed in range(60):
        mind = Mind(person(BROWN, BUDGET, NO_ZIP, rejects=1.0), TARGET, SHELF, Random(seed))
        mind.did(mind.next([], "", 1)[0])
        shown = [ITEMS[1], ITEMS[4]]
        move = mind.next(shown, "", 2)[0]
        for id in move.rejects:
            assert id in ("b", "e")
        if move.intent.state is not None and move.intent.nth is not None:
            assert move.rejects == (shown[move.intent.nth].id,)
            item = shown[move.intent.nth]
            if move.intent.state.field == "price":
                assert item.price is not None and item.price > 200
            else:
                assert fits(item, move.intent.state, SHELF) is True
                assert fits(TARGET, move.intent.state, SHELF) is False


def test_a_mind_is_changed_for_what_is_right() -> None:
    black = Wish("colour", "black", "colour")
    mind = Mind(person(BUDGET, before=black, after=BROWN), TARGET, SHELF, Random(1))
    mind.did(mind.next([], "", 1)[0])
    assert black in mind.said
    move = mind.next([], "", 2)[0]
    assert move.intent.sort == "change_value" and move.adds == (BROWN,) and move.drops == (black,)
    mind.did(move)
    assert black not in mind.said and BROWN in mind.said


def test_a_question_is_answered_with_the_target() -> None:
    answers = set()
    for seed in range(40):
        mind = Mind(person(BUDGET, NO_ZIP), TARGET, SHELF, Random(seed))
        mind.did(mind.next([], "", 1)[0])
        move = mind.next([ITEMS[1]], "colour", 2)[0]
        answers.add((move.intent.sort, move.intent.new.value if move.intent.new else None))
    assert answers == {("answer", "brown"), ("answer_open", None)}


def test_a_talk_ends_with_the_target_and_it_is_taken() -> None:
    recommender = Scripted(told(ITEMS[1]), told(ITEMS[3], TARGET))
    talk = play(person(BROWN, BUDGET), TARGET, recommender, Phrases("en", currency="USD"), SHELF, turns=5, seed=0)
    assert talk.found == 2 and talk.exchanges[1].place == 1
    assert talk.closing is not None and talk.closing.message == recommender.heard[2]
    assert "second" in recommender.heard[2].lower() or "two" in recommender.heard[2].lower()


# what is counted


def test_counts_of_a_talk_worked_out_by_hand() -> None:
    ada = person(BROWN, BUDGET, NO_ZIP)
    first = Exchange(
        Move(Intent("opening"), (BUDGET,)), "a jacket under 200", told(ITEMS[1], ITEMS[4], question="colour"), (BUDGET,), ()
    )
    second = Exchange(
        Move(Intent("reject_one"), (NO_ZIP,), rejects=("b",)),
        "not the first, no zip",
        told(ITEMS[1], ITEMS[5]),
        (BUDGET, NO_ZIP),
        ("b",),
    )
    counts = figures.counted(Talk(ada, [first, second]), TARGET, ITEMS, SHELF, 5)
    assert counts["success"] == 0 and counts["turns"] == 5 and counts["questions"] == 1
    assert counts["repeats"] == 1  # b came again
    assert counts["violations"] == 2 / 4  # e costs 250, f 210
    assert counts["violations of exclusions"] == 1 / 2  # b has a zip
    assert counts["satisfied"] == 0
    good = TARGET.model_copy(update={"id": "z"})
    third = Exchange(Move(Intent("refine")), "brown", told(good), (BUDGET, NO_ZIP, BROWN), ())
    assert figures.counted(Talk(ada, [first, third]), TARGET, ITEMS, SHELF, 5)["satisfied"] == 1


def session(points: tuple[InterestPoint, ...] = (), limits: tuple[Constraint, ...] = (), **rest: object) -> Session:
    return Session(profile=Profile(points=points, constraints=limits), **rest)  # type: ignore[arg-type]


def failed(
    state: Session,
    *,
    act: str = "refine",
    sort: str = "refine",
    items: tuple[Item, ...] = (ITEMS[1],),
    before: Wish | None = None,
) -> Talk:
    adds = (BROWN, NO_ZIP)
    exchange = Exchange(Move(Intent(sort), adds), "brown, no zip", told(*items, act=act, session=state), adds, ())
    return Talk(person(BROWN, NO_ZIP, before=before), [exchange])


@pytest.mark.parametrize(
    ("talk", "reason"),
    [
        (failed(session(limits=(Constraint(field="price", op="<=", value=100),))), broken.LIMIT),
        (failed(session(rejected=("a",))), broken.TURNED_DOWN),
        (failed(session((InterestPoint(text="brown", weight=-0.8),))), broken.SIGN),
        (failed(session((InterestPoint(text="zip", weight=0.8),))), broken.SIGN),
        (failed(session((InterestPoint(text="brown", weight=0.8),)), act="chat", items=()), broken.NOT_ITEMS),
        (failed(session((InterestPoint(text="leather", weight=0.8),))), broken.UNHEARD),
        (failed(session((InterestPoint(text="brown", weight=0.8), InterestPoint(text="black", weight=0.8))),
                before=Wish("colour", "black", "colour")), broken.CHANGE),
        (failed(session((InterestPoint(text="brown", weight=0.8),))), broken.LOW),
        (failed(session((InterestPoint(text="brown", weight=0.8),)),
                items=(ITEMS[1].model_copy(update={"category": ("Toys", "Games")}),)), broken.KIND),
    ],
)  # fmt: skip
def test_where_a_talk_broke(talk: Talk, reason: str) -> None:
    found = broken.why(talk, TARGET, ITEMS, SHELF)
    assert found is not None and found.reason == reason


def test_a_run_is_written_down_with_the_baselines_beside_it(tmp_path: Path) -> None:
    phrases = Phrases("en", currency="USD")
    played = []
    for p in draw_people(ITEMS, SHELF, "en", 12, seed=2):
        target = next(i for i in ITEMS if i.id == p.target)
        others = {r.name: play(p, target, r, phrases, SHELF, turns=3, seed=0) for r in (Popular(ITEMS, 1), WordSearch(ITEMS, 1))}
        own = play(p, target, Scripted(told(*ITEMS)), phrases, SHELF, turns=3, seed=0)
        played.append(figures.played_of(own, others, target, ITEMS, SHELF, "small, en", 3))
    result = figures.result(played, {"model": "none"}, turns=3, seed=0)
    assert result.figures["success"].value == 1 and result.figures["leaks"].value == 0
    assert 0 < result.figures["popular: success"].value < 1
    assert result.figures["turns"].higher_is_better is False
    assert [t.title for t in result.tables][:2] == ["Success", "Target shown by turn"]
    assert result.curves[0].lines["Rapport"] == (1.0, 1.0, 1.0)
    (path,) = transcripts.write(played, tmp_path)
    text = path.read_text("utf-8")
    assert text.count("← the target") >= 12 and "12 of 12 people" in text


def test_the_plain_searches_show_nothing_twice() -> None:
    popular = Popular(ITEMS, 2)
    assert [i.id for i in popular.answer("x").items] == ["d", "b"]
    assert [i.id for i in popular.answer("x").items] == ["c", "a"]
    words = WordSearch(ITEMS, 2)
    words.start("en")
    assert words.answer("qwertz").items == ()
    first = words.answer("something brown with buttons").items
    assert first[0].id == "a"
    assert not {i.id for i in words.answer("brown").items} & {i.id for i in first}


# tastes from ratings, and a second model


def test_tastes_come_out_of_ratings(tmp_path: Path) -> None:
    films = [
        Item(id=f"f{n}", title=f"Film {n}" if n else "The Long Night", category=("Films", "Drama"),
             attributes={"year": 1990 + n, "genres": ("comedy" if n % 2 else "crime",), "mood": ("warm", "slow"),
                         "country": "France", "director": f"Director {chr(65 + n)}", "cast": ("Ann Ax",)})
        for n in range(12)
    ]  # fmt: skip
    shelf = Shelf.of(describe("films", films), films)
    movies, ratings = tmp_path / "movies.csv", tmp_path / "ratings.csv"
    rows = ['1,"Long Night, The (1990)",Crime', *(f"{n + 1},Film {n} ({1990 + n}),Drama" for n in range(1, 12))]
    movies.write_text("movieId,title,genres\n" + "\n".join(rows) + "\n", "utf-8")
    stars = ["u,1,5.0,0", *(f"u,{n + 1},{1.0 if n % 2 else 4.0},0" for n in range(1, 12)), "v,1,5.0,0"]
    ratings.write_text("userId,movieId,rating,timestamp\n" + "\n".join(stars) + "\n", "utf-8")
    found = from_ratings(ratings, movies, films, shelf, seed=0)
    assert [target for target, _ in found] == ["f0"], "v rated too little, u loved one"
    tastes = found[0][1]
    crime, comedy = Wish("genres", "crime", "genres"), Wish("genres", "comedy", "genres")
    assert tastes(films[0], crime) > 1 > tastes(films[0], comedy)
    people = draw_people(films, shelf, "en", 1, seed=0, wanted=found)
    assert people[0].target == "f0"
    with pytest.raises(BadInput, match="no column 'userId'"):
        from_ratings(movies, movies, films, shelf, seed=0)
    with pytest.raises(BadInput, match="cannot be read"):
        from_ratings(tmp_path / "none.csv", movies, films, shelf, seed=0)


def test_a_second_model_words_it_and_is_caught_when_it_tells_the_title() -> None:
    llm = ScriptedLLM(
        "Brown would be nice, 200 at most.", "The Harlow chestnut rider, brown, 200.", "Something nice.", ModelUnavailable("gone")
    )
    second = Second(llm)
    intent, plain, who = Intent("refine_two", needs=(BROWN, BUDGET)), "ideally in brown, under 200", person(BROWN)
    assert second.word(intent, plain, who) == "Brown would be nice, 200 at most."
    assert "Harlow" not in llm.asked[0].user and plain in llm.asked[0].user
    assert second.word(intent, plain, who) == "" and second.caught == 1
    assert second.word(intent, plain, who) == "" and second.word(intent, plain, who) == ""  # lost the number; no model
    assert (second.worded, second.thrown_away, second.caught) == (1, 2, 1)
    assert second.word(Intent("answer", new=BROWN), "brown", who) == "" and len(llm.asked) == 4


def test_the_result_can_be_read_by_a_program(tmp_path: Path) -> None:
    p = person(BROWN, BUDGET)
    own = play(p, TARGET, Scripted(told(TARGET)), Phrases("en"), SHELF, turns=2, seed=0)
    played = [figures.played_of(own, {"popular": own}, TARGET, ITEMS, SHELF, "small, en", 2)]
    path = figures.result(played, {"seed": 0}, 2, 0).save(tmp_path / "s.json")
    read = json.loads(path.read_text("utf-8"))
    assert read["name"] == "simulate" and read["per_dialogue"]["success"] == [1.0] and read["dialogues"] == ["0: p1 a"]


# with the engine


def test_people_talk_to_the_engine_itself(engine: Engine) -> None:
    played = command._group(engine, "small", "en", 4, 3, 1, None, None, None)
    assert len(played) == 4 and {p.group for p in played} == {"small, en"}
    for p in played:
        assert p.counts["leaks"] == 0 and set(p.others) == {"popular", "BM25"}
        assert (p.talk.found is None) == (p.broken is not None)
        assert p.talk.exchanges[-1].answer.session is not None and p.talk.exchanges[0].answer.act
    again = command._group(engine, "small", "en", 4, 3, 1, None, None, None)
    assert [p.counts for p in again] == [p.counts for p in played], "the same seed, the same talks"


@pytest.mark.parametrize(
    ("language", "ratings", "complaint"),
    [("fr", None, "en, zh or both, not 'fr'"), ("en", Path("ratings.csv"), "--ratings and --movies go together")],
)
def test_options_that_make_no_sense_are_told(settings: Settings, language: str, ratings: Path | None, complaint: str) -> None:
    with pytest.raises(BadInput, match=complaint):
        command.told(
            settings, ["small"], language, 2, turns=5, seed=0, ratings=ratings, movies=None, second="", folder=None, out=None,
            progress=lambda what, done, of: None, done=lambda: None,
        )  # fmt: skip


def test_a_decade_that_was_taken_back_is_a_change_that_was_not_followed() -> None:
    old = Wish("decade", "1950s", "decade")
    state = session(limits=(Constraint(field="year", op="<=", value=1959),))
    found = broken.why(failed(state, before=old), TARGET, ITEMS, SHELF)
    assert found is not None and found.reason == broken.CHANGE


def test_the_samples_are_all_there() -> None:
    assert command.samples() == ["films", "music", "news", "shop"]
