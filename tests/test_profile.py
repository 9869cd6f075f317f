"""The laws of the interest algebra, on made-up profiles and messages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.profile import FLOOR, STEP, Edit, add, apply, edited, fade, limit, next_profile, retract, same_words
from bot.state import Change, InterestPoint, Profile, Reading
from vectorstore.constraints import Constraint, Op

# No two of these say the same or hold one another, so that each stands for itself.
WORDS = ("zips", "leather jacket", "kettle", "quiet", "red wine", "耳机", "防水", "徒步", "blue", "gift")
words = st.sampled_from(WORDS)
weights = st.sampled_from([-1.0, -0.8, -0.5, 0.5, 0.8, 1.0])
adds = st.builds(lambda text, weight: Change(kind="add", text=text, weight=weight, quote=text), words, weights)
bounds = st.builds(
    Constraint,
    field=st.sampled_from(["price", "year", "size"]),
    op=st.sampled_from(["<=", ">=", "=", "!=", "in"]),
    value=st.integers(1, 400),
)
readings = st.builds(
    Reading,
    act=st.just("refine"),
    language=st.just("en"),
    changes=st.lists(adds, max_size=4, unique_by=lambda c: c.text).map(tuple),
    constraints=st.lists(bounds, max_size=3).map(tuple),
)
UNDO = Reading(act="undo", language="en")


def said(*changes: Change, **more: object) -> Reading:
    return Reading.model_validate({"act": "refine", "language": "en", "changes": changes, **more})


def like(text: str, weight: float = 0.8, **more: object) -> Change:
    return Change.model_validate({"kind": "add", "text": text, "weight": weight, **more})


def bound(op: Op, value: float, field: str = "price") -> Constraint:
    return Constraint(field=field, op=op, value=value)


def after(*readings: Reading, decay: float = 1.0) -> Profile:
    profile, past = Profile(), ()
    for turn, reading in enumerate(readings, 1):
        profile, past = next_profile(profile, past, reading, turn, decay)
    return profile


def weights_of(profile: Profile) -> dict[str, float]:
    return {p.text: p.weight for p in profile.points}


# Undo


@given(st.lists(readings, min_size=1, max_size=6))
def test_undo_restores_every_earlier_profile_exactly(said: list[Reading]) -> None:
    profile, past, seen = Profile(), (), []
    for turn, reading in enumerate(said, 1):
        before = profile
        profile, past = next_profile(profile, past, reading, turn, decay=0.9)
        if profile != before:
            seen.append(before)
    for earlier in reversed(seen):
        profile, past = next_profile(profile, past, UNDO, 99, decay=0.9)
        assert profile == earlier
    assert next_profile(profile, past, UNDO, 100) == (profile, ()), "nothing left to undo changes nothing"


def test_a_message_that_changes_nothing_fades_nothing_and_leaves_nothing_to_undo() -> None:
    profile = after(said(like("kettle")))
    assert next_profile(profile, (), Reading(act="chat", language="en"), 7, decay=0.5) == (profile, ())


# Adding


@given(st.lists(adds, max_size=8), adds)
def test_saying_it_again_adds_no_second_point(changes: list[Change], last: Change) -> None:
    profile = apply(Profile(), said(*changes, last), 1)
    again = apply(profile, said(last), 2)
    assert sorted(p.text for p in again.points) == sorted(p.text for p in profile.points)
    assert len({p.text for p in again.points}) == len(again.points)


@given(st.lists(adds, max_size=6), adds)
def test_the_last_word_gives_the_sign(changes: list[Change], last: Change) -> None:
    point = apply(Profile(), said(*changes, last), 1).point(last.text)
    assert point is not None
    assert (point.weight > 0) == (last.weight > 0)
    assert abs(point.weight) <= 1


@given(weights, words)
def test_saying_it_again_strengthens_until_one(weight: float, text: str) -> None:
    twice = apply(Profile(), said(like(text, weight), like(text, weight)), 1).points[0].weight
    assert abs(twice) == pytest.approx(min(1.0, abs(weight) + STEP))
    assert (twice > 0) == (weight > 0)


def test_a_stronger_word_counts_as_said() -> None:
    assert weights_of(after(said(like("zips", 0.5)), said(like("zips", 0.9)))) == {"zips": 0.9}


@pytest.mark.parametrize("again", ["Zips", "zip", "zippers", "拉链"])
def test_the_same_thing_in_other_spellings_is_one_point(again: str) -> None:
    assert len(after(said(like("zips")), said(like(again))).points) == 1


@pytest.mark.parametrize(
    ("first", "second"), [("coffee", "brown"), ("denim", "blue"), ("wine", "red"), ("jacket", "coat")]
)
def test_a_thing_is_not_its_colour_nor_its_neighbour(first: str, second: str) -> None:
    assert len(after(said(like(first)), said(like(second))).points) == 2


def test_a_narrower_wish_takes_the_place_of_the_wider_and_a_wider_one_confirms_the_narrower() -> None:
    narrowed = after(said(like("jacket"), like("gift")), said(like("leather jacket")))
    assert [p.text for p in narrowed.points] == ["leather jacket", "gift"]
    assert weights_of(after(said(like("leather jacket")), said(like("jacket")))) == {"leather jacket": 0.95}


def test_what_is_now_disliked_leaves_the_wish_that_held_it() -> None:
    assert weights_of(after(said(like("black leather jacket")), said(like("black", -0.8)))) == {
        "leather jacket": 0.8,
        "black": -0.8,
    }


def test_what_takes_the_place_of_something_stands_in_its_stead() -> None:
    profile = after(said(like("black leather jacket")), said(like("brown", replaces="black")))
    assert weights_of(profile) == {"leather jacket": 0.8, "brown": 0.8}


# Flipping and forgetting


@given(words, weights)
def test_flip_turns_the_sign_and_leaves_one_point(text: str, weight: float) -> None:
    profile = apply(Profile(), said(like(text, weight), like("tent", 0.8)), 1)
    flipped = apply(profile, said(Change(kind="flip", text=text, weight=-weight)), 2)
    assert [p.text for p in flipped.points] == [text, "tent"]
    assert (flipped.points[0].weight > 0) == (weight < 0)
    assert flipped.points[0].turn == 2


@given(st.lists(adds, max_size=6, unique_by=lambda c: c.text), words)
def test_forgetting_forgets_that_and_nothing_else(changes: list[Change], text: str) -> None:
    profile = apply(Profile(), said(*changes), 1)
    left = apply(profile, said(Change(kind="retract", text=text)), 2)
    assert left.points == tuple(p for p in profile.points if not same_words(p.text, text))


def test_forgetting_a_word_of_a_wish_keeps_the_rest_of_it() -> None:
    points = [InterestPoint(text="black leather jacket", weight=0.8), InterestPoint(text="黑色皮夹克", weight=0.8)]
    assert [p.text for p in retract(points, "black")] == ["leather jacket", "黑色皮夹克"]
    assert [p.text for p in retract(points, "黑色")] == ["black leather jacket", "皮夹克"]


def test_forgetting_a_colour_also_lifts_the_limit_on_it_but_not_the_budget() -> None:
    rules = (Constraint(field="colour", op="!=", value="pink"), bound("<=", 200))
    profile = after(said(like("pink", -0.8), constraints=rules), said(Change(kind="retract", text="pink")))
    assert profile == Profile(constraints=(bound("<=", 200),))


def test_what_is_wished_again_is_not_ruled_out_any_more() -> None:
    ruled_out = said(like("pink", -0.8), constraints=(Constraint(field="colour", op="!=", value="pink"),))
    assert after(ruled_out, said(like("pink", 0.8))).constraints == ()


def test_starting_over_keeps_only_what_earlier_talks_taught() -> None:
    taste = InterestPoint(text="wool", weight=-0.8, source="earlier", lasting=True)
    before = Profile(points=(taste, InterestPoint(text="kettle", weight=0.8)), constraints=(bound("<=", 5),))
    assert apply(before, Reading(act="forget", language="en", start_over=True), 3) == Profile(points=(taste,))


# Limits


@given(st.lists(bounds, max_size=8), bounds)
def test_the_newest_limit_always_stands_and_no_side_holds_two(older: list[Constraint], newest: Constraint) -> None:
    limits: list[Constraint] = []
    for one in [*older, newest]:
        limits = limit(limits, one)
    assert limits[-1] == newest
    sides = [(c.field, "=" if c.op == "in" else c.op) for c in limits if c.op != "!="]
    assert len(sides) == len(set(sides))
    for field in ("price", "year", "size"):
        low = [float(str(c.value)) for c in limits if c.field == field and c.op == ">="]
        high = [float(str(c.value)) for c in limits if c.field == field and c.op == "<="]
        assert not (low and high and low[0] > high[0]), "a newer bound that crosses an older one replaces it"


def test_a_newer_bound_replaces_the_older_on_its_side_only() -> None:
    assert limit([bound("<=", 200), bound(">=", 50)], bound("<=", 100)) == [bound(">=", 50), bound("<=", 100)]
    assert limit([bound("<=", 200), bound("<=", 9, "year")], bound("<=", 100)) == [
        bound("<=", 9, "year"),
        bound("<=", 100),
    ]


def test_a_bound_that_crosses_an_older_one_replaces_it() -> None:
    assert limit([bound("<=", 100)], bound(">=", 200)) == [bound(">=", 200)]
    assert limit([bound(">=", 200)], bound("<=", 100)) == [bound("<=", 100)]


def test_exclusions_add_up_and_are_not_said_twice() -> None:
    pink, red = (Constraint(field="colour", op="!=", value=colour) for colour in ("pink", "red"))
    assert limit(limit([pink], red), pink) == [red, pink]


def test_a_lifted_field_loses_its_limits() -> None:
    profile = after(said(constraints=(bound("<=", 200), bound(">=", 4, "rating"))), said(lifted=("price",)))
    assert profile.constraints == (bound(">=", 4, "rating"),)


# Fading

points = st.builds(
    InterestPoint,
    text=words,
    weight=st.floats(-1, 1).map(lambda w: round(w, 4)),
    turn=st.integers(0, 5),
    lasting=st.booleans(),
    source=st.sampled_from(["said", "edited", "earlier"]),
)


@given(st.lists(points, max_size=5), st.floats(0.01, 1), st.integers(1, 40))
def test_fading_never_changes_a_sign_nor_goes_under_the_floor(
    before: list[InterestPoint], decay: float, times: int
) -> None:
    profile = Profile(points=tuple(before))
    for _ in range(times):
        profile = fade(profile, 9, decay)
    for old, new in zip(before, profile.points, strict=True):
        assert (old.weight > 0, old.weight < 0) == (new.weight > 0, new.weight < 0)
        assert abs(new.weight) <= abs(old.weight)
        assert abs(new.weight) >= min(FLOOR, abs(old.weight))
        if old.lasting or old.source == "edited":
            assert new == old


def test_only_what_was_not_spoken_of_fades() -> None:
    assert weights_of(after(said(like("kettle")), said(like("quiet")), decay=0.5)) == {"kettle": 0.4, "quiet": 0.8}


# Edits by hand


@given(st.lists(adds, min_size=1, max_size=4, unique_by=lambda c: c.text), weights)
def test_a_weight_set_by_hand_stays_until_it_is_spoken_of(changes: list[Change], weight: float) -> None:
    text = changes[0].text
    profile = apply(Profile(), said(*changes), 1)
    profile, past = edited(profile, (), Edit(kind="weight", text=text, weight=weight), 1)
    assert profile.point(text).weight == weight  # type: ignore[union-attr]
    profile, past = next_profile(profile, past, said(like("tent")), 2, decay=0.5)
    assert profile.point(text).weight == weight  # type: ignore[union-attr]


def test_edits_do_what_they_say_and_can_be_undone() -> None:
    start = Profile(
        points=(InterestPoint(text="kettle", weight=0.8), InterestPoint(text="zips", weight=-0.8)),
        constraints=(bound("<=", 200), bound(">=", 50)),
    )
    for edit, points, limits in [
        (Edit(kind="delete", text="zips"), {"kettle": 0.8}, (bound("<=", 200), bound(">=", 50))),
        (Edit(kind="add", text=" Kettle ", weight=2.0), {"zips": -0.8, "Kettle": 1.0}, start.constraints),
        (Edit(kind="unlimit", field="price", op="<="), {"kettle": 0.8, "zips": -0.8}, (bound(">=", 50),)),
        (
            Edit(kind="limit", field="price", op="<=", value=90.0),
            {"kettle": 0.8, "zips": -0.8},
            (bound(">=", 50), bound("<=", 90)),
        ),
        (Edit(kind="clear"), {}, ()),
    ]:
        changed, past = edited(start, (), edit, 4)
        assert (weights_of(changed), changed.constraints) == (points, limits), edit.kind
        assert edited(changed, past, Edit(kind="undo"), 4) == (start, ())


def test_an_edit_that_changes_nothing_leaves_nothing_to_undo() -> None:
    start = Profile(points=(InterestPoint(text="kettle", weight=0.8),))
    for edit in (Edit(kind="delete", text="tent"), Edit(kind="add", text="   "), Edit(kind="unlimit", field="price")):
        assert edited(start, (), edit, 2) == (start, ())


def test_not_the_thing_itself_leaves_what_it_was_about() -> None:
    wished = [InterestPoint(text="football interview", weight=0.8, turn=1)]
    kept = add(wished, Change(kind="add", text="interview", weight=-0.8), 2)
    assert [(p.text, p.weight > 0) for p in kept] == [("football", True), ("interview", False)]
