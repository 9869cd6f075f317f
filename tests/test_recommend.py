"""The sum behind a recommendation, worked out by hand: 0.7 a word said, less 0.4 · 0.7 a word said otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import BY_ID, JACKETS, SHOP

from bot.recommend import Places, _clause, content_words, evidence, no_match, question, recommend, stated, without
from bot.rules.background import values_in
from bot.state import Fact, InterestPoint, Profile, Recommendation
from vectorstore.constraints import Constraint, satisfies
from vectorstore.item import Item


@dataclass(frozen=True)
class Found:
    """A candidate with cosines of our choosing."""

    item: Item
    cosines: Sequence[float]
    lexical: Sequence[float]
    similar: float = 0.0


def point(text: str, weight: float, quote: str = "said") -> InterestPoint:
    return InterestPoint(text=text, weight=weight, quote=quote, turn=1)


def profile(*points: InterestPoint, limits: Sequence[Constraint] = ()) -> Profile:
    return Profile(points=points, constraints=tuple(limits))


def found(id: str, *cosines: float, similar: float = 0.0) -> Found:
    return Found(BY_ID[id], cosines, [0.0] * len(cosines), similar)


def by_id(items: Sequence[Recommendation]) -> dict[str, Recommendation]:
    return {r.item.id: r for r in items}


def ids(items: Sequence[Recommendation]) -> list[str]:
    return [r.item.id for r in items]


BROWN_NO_ZIPS = profile(point("brown", 1.0, "a brown one"), point("zips", -0.8, "no zips"))
THREE = [found("harlow", 0.3, 0.1), found("moto", 0.2, 0.4), found("field", 0.25, 0.0)]


def test_the_sum_by_hand() -> None:
    got = by_id(recommend(BROWN_NO_ZIPS, THREE, 3))
    # Harlow is chestnut brown and closes with horn buttons where others zip; it is rated 4.5 of 5.
    #   1.0 · (0.3 + 0.7)  −  0.8 · (0.1 − 0.7 · 0.4)  +  0.05 · 0.9
    assert got["harlow"].score == pytest.approx(1.0 + 0.144 + 0.045)
    # Moto is black where others are brown, and zips.   1.0 · (0.2 − 0.28) − 0.8 · (0.4 + 1.4)
    assert got["moto"].score == pytest.approx(-0.08 - 1.44)
    # The field jacket is umber, a brown, and has buttons.   1.0 · (0.25 + 0.7) − 0.8 · (0 − 0.28)
    assert got["field"].score == pytest.approx(0.95 + 0.224)
    assert ids(recommend(BROWN_NO_ZIPS, THREE, 3)) == ["harlow", "field", "moto"]


def test_the_other_terms_by_hand() -> None:
    item = SHOP[0].model_copy(update={"popularity": 0.5, "attributes": {"rating": 8.0}})
    [one] = recommend(Profile(), [Found(item, (), (), similar=0.4)], 1)
    assert [(c.term, c.amount) for c in one.contributions] == [
        ("similar", 0.2),  # 0.5 · 0.4
        ("rating", 0.04),  # 0.05 · 8 / 10, a scale of ten
        ("popularity", 0.015),  # 0.03 · 0.5
    ]
    assert one.score == pytest.approx(0.255)


def test_a_contribution_carries_the_persons_words_and_the_items_fact() -> None:
    harlow = by_id(recommend(BROWN_NO_ZIPS, THREE, 3))["harlow"]
    brown, zips, _ = harlow.contributions
    assert (brown.quote, brown.fact) == ("a brown one", Fact(name="colour", value="chestnut brown"))
    assert (zips.quote, zips.fact) == ("no zips", Fact(name="closure", value="horn buttons"))
    assert harlow.reasons == (brown, zips)


def test_what_speaks_against_an_item_is_told_last() -> None:
    moto = by_id(recommend(profile(point("black", 0.8), point("zips", -0.8)), [found("moto", 0.2, 0.4)], 1))["moto"]
    assert [(c.label, c.amount > 0) for c in moto.reasons] == [("black", True), ("zips", False)]


def test_facts_are_told_in_the_language_of_the_answer() -> None:
    [harlow] = recommend(profile(point("棕色", 1.0)), [found("harlow", 0.3)], 1, language="zh")
    assert harlow.contributions[0].fact == Fact(name="colour", value="栗棕色")
    assert harlow.contributions[0].amount == pytest.approx(0.3 + 0.7)


candidates = st.lists(
    st.builds(
        Found,
        st.sampled_from(SHOP),
        st.tuples(*[st.floats(-1, 1)] * 3),
        st.tuples(*[st.floats(0, 1)] * 3),
        st.sampled_from([0.0, 0.31, -0.2]),
    ),
    max_size=8,
    unique_by=lambda c: c.item.id,
)
weights = st.floats(-1, 1).map(lambda w: round(w, 2))
profiles = st.tuples(weights, weights, weights).map(
    lambda w: profile(point("brown leather", w[0]), point("zips", w[1]), point("waterproof", w[2]))
)
VECTORS = {item.id: np.eye(14, dtype=np.float32)[n] for n, item in enumerate(SHOP)}
ALIKE = {item.id: np.eye(14, dtype=np.float32)[0] for item in SHOP}


@given(profiles, candidates, st.sampled_from([0.0, 0.25, 1.0]))
def test_the_contributions_sum_to_the_score_exactly(who: Profile, pool: list[Found], diversity: float) -> None:
    for r in recommend(who, pool, 5, diversity=diversity, vectors=ALIKE):
        assert r.score == round(sum(c.amount for c in r.contributions), 4)
        for c in r.contributions:
            assert c.amount == pytest.approx(c.weight * c.value, abs=2e-4)


@given(profiles, candidates)
def test_the_order_is_the_score_and_every_candidate_is_there(who: Profile, pool: list[Found]) -> None:
    got = recommend(who, pool, 20)
    assert [r.score for r in got] == sorted((r.score for r in got), reverse=True)
    assert {r.item.id for r in got} == {c.item.id for c in pool}


@given(profiles, candidates, st.sampled_from(["brown leather", "zips", "waterproof"]))
def test_without_a_point_is_the_same_sum_less_that_term(who: Profile, pool: list[Found], label: str) -> None:
    whole = by_id(recommend(who, pool, 20))
    for r in without(who, label, pool, 20):
        rest = [c for c in whole[r.item.id].contributions if c.label != label]
        assert r.contributions == tuple(rest)
        assert r.score == round(sum(c.amount for c in rest), 4)


@given(profiles, candidates, st.floats(40, 280))
def test_no_limit_is_ever_broken(who: Profile, pool: list[Found], budget: float) -> None:
    limits = (Constraint(field="price", op="<=", value=budget), Constraint(field="colour", op="!=", value="black"))
    got = recommend(who.model_copy(update={"constraints": limits}), pool, 20)
    assert {r.item.id for r in got} == {c.item.id for c in pool if all(satisfies(c.item, x) for x in limits)}
    for r in got:
        assert [x.constraint for x in r.limits] == list(limits)
        assert r.limits[0].fact == Fact(name="price", value=r.item.price)  # type: ignore[arg-type]


def test_of_two_alike_the_second_gives_way_to_something_different() -> None:
    who = profile(point("xyzzy", 1.0))
    pool = [found("moto", 0.50), found("racer", 0.49), found("field", 0.40)]
    pool = [Found(c.item.model_copy(update={"attributes": {}}), c.cosines, c.lexical) for c in pool]
    vectors = {"moto": [1.0, 0.0], "racer": [1.0, 0.0], "field": [0.0, 1.0]}
    near = {k: np.asarray(v, np.float32) for k, v in vectors.items()}
    assert ids(recommend(who, pool, 3, diversity=0.0, vectors=near)) == ["moto", "racer", "field"]
    got = recommend(who, pool, 3, diversity=0.5, vectors=near)
    assert ids(got) == ["moto", "field", "racer"]
    # 0.49 − 0.5 · (cosine 1 − .5)
    assert [c.amount for c in got[2].contributions] == [0.49, -0.25]
    assert got[2].score == pytest.approx(0.24)


def test_a_thing_for_four_is_none_for_two() -> None:
    tent = Item(id="t", title="Verandah four-person tent", attributes={"people": 4})
    places = Places([point("two-person tent", 0.8)], [tent])
    fact = Fact(name="people", value=4)
    assert stated(tent, "双人", places) == stated(tent, "two-person", places) == (fact, True)
    assert stated(tent, "四人", places) == stated(tent, "4-person", places) == (fact, False)
    assert content_words("light two-person tent") == ["light", "two-person", "tent"], "two hands are no two people"


def test_a_point_of_no_weight_is_no_term() -> None:
    [one] = recommend(profile(point("brown", 0.0)), [found("moto", 0.5)], 1)
    assert one.contributions == ()


# What an item says to a wish


@pytest.mark.parametrize(
    ("id", "word", "name", "otherwise"),
    [
        ("harlow", "brown", "colour", False),
        ("harlow", "black", "colour", True),
        ("harlow", "zip", "closure", True),
        ("harlow", "拉链", "closure", True),
        ("moto", "拉链", "closure", False),
        ("rain", "waterproof", "waterproof", False),
        ("moto", "waterproof", "waterproof", True),
        ("moto", "pocket", "description", False),
        ("moto", "corvane", "brand", False),
        ("moto", "moto", "title", False),
    ],
)
def test_what_an_item_states(id: str, word: str, name: str, otherwise: bool) -> None:
    words = ["brown", "black", "zip", "拉链", "waterproof"]
    places = Places([point(w, 1.0) for w in words], [i for i in SHOP if i.category == JACKETS])
    got = stated(BY_ID[id], word, places)
    assert got is not None
    assert (got[0].name, got[1]) == (name, otherwise)


def test_an_item_is_silent_about_what_it_does_not_speak_of() -> None:
    places = Places([point("brown", 1.0), point("zip", 1.0)], SHOP)
    assert stated(BY_ID["lamp"], "zip", places) is None, "a lamp has no closure, so it denies no zip"
    assert evidence(BY_ID["lamp"], point("zip", -0.8), places, 0.0).fact is None


def test_what_only_others_state_is_still_denied() -> None:
    """Among what is affordable nothing is of leather; the rest of the shop knows leather for a material."""
    wish = [point("leather jacket", 1.0)]
    cheap = [BY_ID["field"]]
    assert evidence(BY_ID["field"], wish[0], Places(wish, cheap), 0.0).opposite is None
    known = Places(wish, cheap, stated=values_in(SHOP))
    assert evidence(BY_ID["field"], wish[0], known, 0.0).opposite == Fact(name="material", value="waxed cotton")


def test_a_word_belongs_where_it_is_stated_most() -> None:
    """One bag with a leather strap does not make a question of straps of every leather wish."""
    stated_so = {"material": {"leather": 9, "nylon": 5}, "strap": {"leather strap": 1}}
    assert Places([point("leather", 1.0)], [], stated=stated_so).of("leather") == {"material"}


def test_a_word_that_some_colours_have_is_no_colour() -> None:
    """A light tent is not ruled out by being green, though another be light grey."""
    shades = {"colour": {"light grey": 3, "moss green": 4}}
    assert Places([point("light", 1.0), point("grey", 1.0)], [], stated=shades).of("light") == set()
    assert Places([point("grey", 1.0)], [], stated=shades).of("grey") == {"colour"}


def test_half_of_a_wish_counts_half() -> None:
    places = Places([point("brown leather", 1.0)], SHOP)
    assert evidence(BY_ID["trail"], point("brown leather", 1.0), places, 0.0).says == 1.0
    # black leather says one word of two and denies the other: 1/2 − 0.4 · 1/2
    assert evidence(BY_ID["moto"], point("brown leather", 1.0), places, 0.0).says == pytest.approx(0.3)


def test_the_lexical_coverage_counts_where_nothing_is_denied() -> None:
    places = Places([], [])
    assert evidence(BY_ID["lamp"], point("bedside reading", 1.0), places, 0.6).says == pytest.approx(0.6)


# Nothing fits


def limit(field: str, op: str, value: object) -> Constraint:
    return Constraint.model_validate({"field": field, "op": op, "value": value})


ALL_JACKETS = [i for i in SHOP if i.category == JACKETS]


def test_no_match_names_the_nearest_real_price_and_the_way_out() -> None:
    reason = no_match([limit("price", "<=", 10)], ALL_JACKETS)
    assert reason is not None
    assert (reason.nearest, reason.nearest_item) == (75.0, "Denim jacket")
    assert reason.relaxation == limit("price", "<=", 75.0)
    assert satisfies(BY_ID["denim"], reason.relaxation)
    assert no_match([limit("price", "<=", 10)], ALL_JACKETS, "zh").nearest_item == "牛仔夹克"  # type: ignore[union-attr]


def test_no_match_blames_the_limit_that_is_nearest_to_being_met() -> None:
    # Black leather under $190: the black ones cost 199 and 260. 9 dollars of 190 is nearer than another colour.
    limits = [limit("colour", "=", "black"), limit("material", "=", "leather"), limit("price", "<=", 190)]
    reason = no_match(limits, ALL_JACKETS)
    assert reason is not None
    assert (reason.blocking, reason.nearest, reason.nearest_item) == (limits[2], 199.0, "Moto leather jacket")


def test_no_match_for_a_size_and_for_a_word() -> None:
    boots = [BY_ID["trail"], BY_ID["city"]]
    sized = no_match([limit("size", "=", 46)], boots)
    assert sized is not None
    assert (sized.nearest, sized.relaxation) == (44.0, limit("size", "=", 44.0))
    worded = no_match([limit("colour", "=", "pink")], boots)
    assert worded is not None
    assert (worded.blocking.field, worded.relaxation) == ("colour", None)


def test_there_is_no_reason_when_something_fits_or_no_single_limit_is_to_blame() -> None:
    assert no_match([limit("price", "<=", 100)], ALL_JACKETS) is None
    assert no_match([limit("price", "<=", 10), limit("colour", "=", "pink")], ALL_JACKETS) is None
    assert no_match([limit("price", "<=", 10)], []) is None


@given(st.integers(1, 70))
def test_the_way_out_always_leads_somewhere(budget: int) -> None:
    reason = no_match([limit("price", "<=", budget)], ALL_JACKETS)
    assert reason is not None and reason.relaxation is not None
    assert any(satisfies(i, reason.relaxation) for i in ALL_JACKETS)


# The question


def coloured(*colours: str) -> list[Item]:
    return [Item(id=str(n), title="Sock", attributes={"colour": c}) for n, c in enumerate(colours)]


def test_the_question_is_the_one_that_narrows_most() -> None:
    items = [
        Item(id=str(n), title="Sock", attributes={"colour": "abcd"[n % 4], "material": "wcp"[n % 3]}) for n in range(24)
    ]
    # Σ p²: colour 1/4, material 1/3
    assert question(items, ["material", "colour"], (), 3) == ("colour", ("a", "b", "c", "d"))
    assert question(items, ["material", "colour"], {"colour"}, 3) == ("material", ("c", "p", "w"))


@pytest.mark.parametrize(
    ("colours", "why"),
    [
        ("ababababababab", "two answers only"),
        ("aaaaaaaaaaaabc", "nearly all the same: Σ p² = .75"),
        ("abcabc", "six items are seen as fast as asked about"),
    ],
)
def test_nothing_is_asked_when_the_answer_would_not_narrow(colours: str, why: str) -> None:
    assert question(coloured(*colours), ["colour"], (), 3) is None, why


def test_nothing_is_asked_about_what_few_items_state() -> None:
    silent = [Item(id=f"s{n}", title="Sock") for n in range(20)]
    assert question([*coloured(*"abcdabcd"), *silent], ["colour"], (), 3) is None


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("The council pays €4.8m for a bridge, at last.", "bridge", "The council pays €4.8m for a bridge"),
        ("Slow going. \"Uphill I think of the parcels,\" she said.", "parcel", "Uphill I think of the parcels"),
        ("7.5 吨以上货车禁止通过织工大桥：检查人员说", "大桥", "7.5 吨以上货车禁止通过织工大桥"),
    ],
)
def test_a_quoted_clause_is_whole(text: str, word: str, said: str) -> None:
    assert _clause(text, word) == said


def test_a_long_clause_keeps_the_word_and_whole_words() -> None:
    long = "She walked very slowly across the enormous and rather unfinished suspension bridge towards the other side of the Osk"
    for word in ("bridge", "Osk", "slowly"):
        cut = _clause(long, word)
        assert word in cut and len(cut) <= 82 and "…" in cut
        assert set(cut.replace("…", " ").split()) <= set(long.split()), "no word is cut"


def test_a_common_word_in_a_name_denies_nothing() -> None:
    bloody = Item(id="a", title="A", attributes={"cast": ("Jack Bloody",)})
    tame = Item(id="b", title="B", attributes={"cast": ("Ann Mild",)})
    assert stated(tame, "bloody", Places([point("bloody", -0.8)], [bloody, tame])) is None
    named = stated(tame, "bloody", Places([point("Bloody", 0.8)], [bloody, tame]))
    assert named is not None and named[1], "written as a name it is one"


def test_a_name_is_called_by_its_own_words() -> None:
    playing = Item(id="b", title="B", attributes={"cast": "玛丽·长濑"})
    assert not Places([point("太长", -0.8)], [playing]).of("太长") and not Places([point("长", 0.8)], [playing]).of("长")
    band = Item(id="a", title="A", attributes={"artist": "Wu Bai & China Blue", "genre": "chinese rock"})
    fact = stated(band, "chinese", Places([point("Chinese rock", 0.8)], [band]))
    assert fact is not None and fact[0].name == "genre"


def test_what_is_free_of_a_thing_has_none_and_what_is_not_has_it() -> None:
    free, scented = (Item(id=str(v), title="Cream", attributes={"fragrance_free": v}) for v in (True, False))
    places = Places([point("fragrance", -0.8)], [free, scented])
    found = {item.id: stated(item, "fragrance", places) for item in (free, scented)}
    assert [f[1] for f in found.values() if f] == [True, False], "denied by the one, stated by the other"
    candidates = [Found(item, (0.5,), (1.0,)) for item in (free, scented)]
    chosen = by_id(recommend(profile(point("fragrance", -0.8)), candidates, 2))
    assert chosen["True"].contributions[0].amount > 0 > chosen["False"].contributions[0].amount


def test_a_style_is_told_before_a_bands_name_that_has_it() -> None:
    band = Item(id="a", title="A", attributes={"artist": "爵士信使", "genre": "硬波普爵士"})
    fact = stated(band, "爵士", Places([point("爵士", 0.8)], [band]))
    assert fact is not None and fact[0].name == "genre"


def test_a_word_in_no_name_denies_no_name() -> None:
    cast = Item(id="a", title="A", attributes={"cast": ("Anna French",), "language": "German"})
    assert stated(cast, "法语", Places([point("法语", -0.8)], [cast])) is None
