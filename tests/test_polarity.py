"""For or against: each row is a message, a word of it, and the sign of the stretch that holds the word."""

from __future__ import annotations

import pytest

from bot.rules.polarity import Clause, clauses, is_strict, negates

FOR = [
    ("I want a wool coat", "wool"),
    ("a coat with big pockets please", "pockets"),
    ("not the blue one, the green one", "green"),
    ("no leather, just canvas", "canvas"),
    ("I don't want boots, I want sandals", "sandals"),
    ("not only warm but light", "warm"),
    ("I wouldn't say no to a hood", "hood"),
    ("you can't go wrong with denim", "denim"),
    ("I can't get enough of crime novels", "crime"),
    ("I never get tired, but something comfortable", "comfortable"),
    ("nothing but wool", "wool"),
    ("a coat, preferably no zips", "coat"),
    ("nothing fancy, but sturdy", "sturdy"),
    ("instead of tea I'd like coffee", "coffee"),
    ("not sure, maybe a scarf", "scarf"),
    ("a kettle. no plastic. must be quiet", "quiet"),
    ("我想要一双跑鞋", "跑鞋"),
    ("不要黑色，要白色的", "白色"),
    ("要皮的不要布的", "皮"),
    ("想了想，美国不如英国", "英国"),
    ("少不了拉链", "拉链"),
    ("不能没有口袋", "口袋"),
    ("不但要轻而且要保暖", "保暖"),
    ("不要太贵，最好防水", "防水"),
    ("太棒了，再来个帽子", "帽子"),
    ("特别喜欢悬疑片", "悬疑片"),
    ("我不想看恐怖片，想看喜剧", "喜剧"),
    ("非降噪不可", "降噪"),
    ("别的都行，给我来个蓝牙音箱", "蓝牙音箱"),
]

AGAINST = [
    ("想了想，美国不如英国", "美国"),
    ("I've read enough about flooding", "flooding"),
    ("法治的跳过吧", "法治"),
    ("no zips", "zips"),
    ("a coat without a hood", "hood"),
    ("anything but pink", "pink"),
    ("a scarf in anything but pink is fine", "pink"),
    ("no nuts, raisins, or dates", "raisins"),
    ("no nuts, raisins, or dates", "dates"),
    ("everything except horror", "horror"),
    ("I hate polyester", "polyester"),
    ("I'm sick of vampires", "vampires"),
    ("she's allergic to wool", "wool"),
    ("brown not black", "black"),
    ("a kettle, no plastic, nuts or glass", "glass"),
    ("please nothing with heels", "heels"),
    ("I can't stand musicals", "musicals"),
    ("I don't want anything heavy", "heavy"),
    ("don't show me sandals", "sandals"),
    ("steer clear of romance", "romance"),
    ("not another superhero film", "superhero"),
    ("other than Sony, what have you got", "Sony"),
    ("horror is out", "horror"),
    ("too much plastic", "plastic"),
    ("I would rather not have leather", "leather"),
    ("I've read Emma and Persuasion, so not those", "Persuasion"),
    ("he never wears ties", "ties"),
    ("they already have a toaster", "toaster"),
    ("不要拉链", "拉链"),
    ("别给我推荐小米", "小米"),
    ("除了粉色都行", "粉色"),
    ("我讨厌化纤", "化纤"),
    ("对花生过敏", "花生"),
    ("受不了高跟", "高跟"),
    ("恐怖片不要", "恐怖片"),
    ("爱情片就算了", "爱情片"),
    ("黑色的就不考虑了", "黑色"),
    ("要棉的，不要羊毛、化纤", "化纤"),
    ("没有异味的", "异味"),
    ("我不吃辣", "辣"),
    ("太重的不行", "重"),
    ("武侠片看腻了", "武侠片"),
    ("家里已经有电饭煲了", "电饭煲"),
    ("拒绝塑料", "塑料"),
    ("不要紧身的", "紧身"),
    ("避开金属", "金属"),
    ("千万别买荧光色", "荧光色"),
    ("我不喜欢圆领", "圆领"),
]

NEUTRAL = [
    ("metal is fine", "metal"),
    ("I don't mind zips", "zips"),
    ("nothing against polyester", "polyester"),
    ("I could live with a hood", "hood"),
    ("it doesn't have to be leather", "leather"),
    ("I don't hate pink", "pink"),
    ("I don't care about the brand", "brand"),
    ("it's not that I dislike wool", "wool"),
    ("you needn't look at sandals", "sandals"),
    ("颜色无所谓", "颜色"),
    ("塑料的也能接受", "塑料"),
    ("不介意二手", "二手"),
    ("我不反感拉链", "拉链"),
    ("也不是不可以带帽子", "帽子"),
    ("口袋可有可无", "口袋"),
    ("不强求防水", "防水"),
]

STRENGTH = [
    ("I want a red scarf", 0.8),
    ("maybe a red scarf", 0.5),
    ("it would be nice if it were red", 0.5),
    ("it must be red", 1.0),
    ("only red", 1.0),
    ("no red", -0.8),
    ("preferably no red", -0.5),
    ("absolutely no red", -1.0),
    ("想要红围巾", 0.8),
    ("最好是红围巾", 0.5),
    ("一定要红围巾", 1.0),
    ("不要红围巾", -0.8),
    ("尽量不要红围巾", -0.5),
    ("坚决不要红围巾", -1.0),
]


def holding(message: str, word: str) -> Clause:
    """The last stretch of the message that holds the word."""
    return [c for c in clauses(message) if word in c.text][-1]


@pytest.mark.parametrize(("message", "word"), FOR)
def test_what_is_wished_is_for(message: str, word: str) -> None:
    assert holding(message, word).sign == "for"


@pytest.mark.parametrize(("message", "word"), AGAINST)
def test_what_is_ruled_out_is_against(message: str, word: str) -> None:
    assert holding(message, word).sign == "against"


@pytest.mark.parametrize(("message", "word"), NEUTRAL)
def test_what_is_tolerated_is_neither(message: str, word: str) -> None:
    assert holding(message, word).sign == "neutral"


@pytest.mark.parametrize(("message", "weight"), STRENGTH)
def test_hedges_weaken_and_musts_strengthen(message: str, weight: float) -> None:
    assert clauses(message)[-1].weight == weight


@pytest.mark.parametrize(
    "message", ["only wool", "it has to be wool", "wool, no exceptions", "必须是羊毛", "只要羊毛", "认准羊毛"]
)
def test_only_and_must_are_strict(message: str) -> None:
    assert is_strict(message)


@pytest.mark.parametrize("message", ["wool", "wool would be nice", "最好是羊毛", "羊毛的"])
def test_a_plain_wish_is_not_strict(message: str) -> None:
    assert not is_strict(message)


@pytest.mark.parametrize("message", ["I never wear wool", "as a rule I buy cotton", "我从来不穿羊毛", "平时只听爵士"])
def test_a_taste_lasts(message: str) -> None:
    assert clauses(message)[0].lasting


@pytest.mark.parametrize(
    ("message", "word", "reached"),
    [("no zips please", "zips", True), ("the kettle isn't quiet", "kettle", False), ("恐怖片不要", "恐怖片", True)],
)
def test_a_negation_reaches_what_stands_behind_it(message: str, word: str, reached: bool) -> None:
    (clause,) = clauses(message)
    assert negates(clause, word) is reached


def test_clauses_stand_where_they_say() -> None:
    message = "brown not black, ideally light. 不要拉链，要纽扣"
    assert all(message[c.start : c.start + len(c.text)] == c.text for c in clauses(message))
