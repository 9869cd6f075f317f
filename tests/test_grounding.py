"""Inventions that must be caught, and true sentences that must pass. A caught one says what was wrong with it."""

from __future__ import annotations

import pytest
from small_shop import BY_ID

from bot.grounding import complaint, glue, supported
from vectorstore.catalogue import Catalogue
from vectorstore.words import is_chinese

WISHES = ("brown leather jacket", "zips", "降噪耳机", "拉链")

# (item, sentence): nothing of this is in the catalogue
INVENTED = [
    # qualities
    ("harlow", "Chestnut brown lambskin that provides excellent insulation."),
    ("harlow", "A timeless design that goes with everything you own, perfect for winter."),
    ("harlow", "Soft, durable lambskin made to last for years."),
    ("harlow", "Handmade in Italy from chestnut brown lambskin."),
    ("rain", "A breathable sky blue jacket with taped seams."),
    ("rain", "Light blue nylon with a hood."),
    ("hush", "These headphones have superior sound quality."),
    ("hush", "Grey headphones with Bluetooth and a microphone."),
    ("steel", "A steel kettle that boils fast and saves energy."),
    ("glass", "A glass kettle with automatic shut-off."),
    # promises
    ("harlow", "Yours for $179 with free shipping."),
    ("moto", "A black zip jacket that comes with a lifetime warranty."),
    ("rain", "On sale now, the rain jacket is 20% off."),
    ("vela", "Our best seller among white headphones."),
    ("vela", "I recommend the white one, it folds flat."),
    ("vela", "We sell these white headphones for $59."),
    # other values
    ("harlow", "A black lambskin jacket with horn buttons."),
    ("harlow", "Chestnut brown lambskin for $149."),
    ("harlow", "Chestnut brown lambskin for €179."),
    ("harlow", "Chestnut brown lambskin for 179 euros."),
    ("harlow", "Chestnut brown suede with horn buttons."),
    ("harlow", "It weighs only 700 g and closes with horn buttons."),
    ("harlow", "Chestnut brown lambskin for $900."),
    ("harlow", "Chestnut brown lambskin that costs $200."),
    ("mini", "Black earbuds that play for 9 hours."),
    ("vela", "White headphones with great sound."),
    ("hush", "Grey headphones that play for 60 hours."),
    ("trail", "Brown leather boots in size 45."),
    # not so
    ("moto", "A waterproof black leather jacket."),
    ("moto", "Black leather without a zip."),
    ("moto", "Black leather and no zips at all."),
    ("moto", "Black leather that has no metal zip."),
    ("rain", "Sky blue nylon that is not waterproof."),
    ("vela", "White headphones with noise cancelling."),
    ("hush", "Grey headphones without noise cancelling."),
    ("racer", "Black leather that zips up the front."),
    # not the item's
    ("field", "The Harlow jacket in chestnut brown."),
    # Chinese: qualities, promises, values, denials, speaker, currency
    ("harlow", "栗棕色小羊皮，保暖性极佳。"),
    ("harlow", "栗棕色小羊皮，意大利手工制作。"),
    ("harlow", "栗棕色小羊皮，现在包邮。"),
    ("harlow", "黑色羊皮，用牛角扣闭合。"),
    ("harlow", "栗棕色小羊皮，售价 179 元。"),
    ("harlow", "栗棕色小羊皮，只要 $149。"),
    ("harlow", "我觉得这件栗棕色的适合你。"),
    ("harlow", "我们为您选了这件栗棕色皮夹克。"),
    ("moto", "黑色牛皮，没有拉链。"),
    ("moto", "黑色的，不是皮革，带拉链。"),
    ("moto", "黑色牛皮，不用拉链。"),
    ("hush", "灰色头戴耳机，没有降噪。"),
    ("moto", "黑色牛皮夹克，可以防水。"),
    ("rain", "浅蓝色尼龙，不防水。"),
    ("hush", "灰色头戴耳机，一次能听 60 小时。"),
    ("hush", "灰色头戴耳机，音质出色。"),
    ("vela", "白色贴耳耳机，支持降噪。"),
    ("steel", "拉丝不锈钢，五年质保。"),
    # the wrong language, or nothing
    ("harlow", "栗棕色小羊皮。", "en"),
    ("harlow", "Chestnut brown lambskin.", "zh"),
    ("harlow", "   "),
]

TRUE = [
    ("harlow", "Chestnut brown lambskin that closes with horn buttons, so there is no zip."),
    ("harlow", "It closes with four horn buttons instead of a zip, and costs $179."),
    ("harlow", "This jacket is chestnut brown, cut to the hip, and $21 under your limit."),
    ("harlow", "A brown leather jacket without zips, as you asked."),
    ("harlow", "Brown lambskin, so it matches your wish for brown leather."),
    ("harlow", "At $179, it stays below your budget of $200."),
    ("harlow", "Comes in sizes S, M and L and weighs 900 g."),
    ("moto", "Black cowhide leather with a metal zip, so it does not meet your wish for no zips."),
    ("moto", "Not brown but black, though it is leather."),
    ("racer", "Black leather with snap buttons all the way down and a band collar."),
    ("field", "Umber waxed cotton rather than leather, closed with buttons, for $149."),
    ("field", "A waterproof jacket in umber, which is a brown, with four pockets."),
    ("rain", "Sky blue nylon, waterproof, and only 300 g."),
    ("rain", "At 0.3 kg it is light, and it packs into its own pocket."),
    ("rain", "Rated 4.8, it is waterproof and costs $89."),
    ("denim", "Indigo cotton with copper buttons, so no zip."),
    ("trail", "Brown leather boots with a deep sole for wet paths, in sizes 40, 41 and 42."),
    ("steel", "A steel kettle with a quiet base, holding 1.5 l."),
    ("hush", "Grey over-ear headphones with noise cancelling that play for 40 hours."),
    ("vela", "White headphones that fold flat, but there is no noise cancelling."),
    ("mini", "Black earbuds that weigh just 9 g."),
    ("harlow", "栗棕色小羊皮，用牛角扣闭合，没有拉链。"),
    ("harlow", "这件是栗棕色羊皮革，售价 $179，比您的上限低 $21。"),
    ("harlow", "长度到胯，用四颗牛角扣，不用拉链。"),
    ("moto", "黑色牛皮，带金属拉链，不符合您不要拉链的要求。"),
    ("field", "深棕色打蜡棉布，不是皮革，有四个口袋。"),
    ("rain", "浅蓝色尼龙，防水，重 300 克，可以收进自己的口袋。"),
    ("trail", "棕色皮靴，防水，深齿大底适合湿滑的路。"),
    ("steel", "不锈钢材质，底座安静，价格是 59 美元。"),
    ("hush", "支持降噪，一次能听 40 小时，重 248 克。"),
    ("vela", "白色贴耳耳机，可以折平，不过没有降噪。"),
    ("mini", "只有 9 克，盒子像硬币一样大。"),
]

NUMBERS = (200.0, 21.0)


def language(case: tuple[str, ...]) -> str:
    return case[2] if len(case) > 2 else "zh" if is_chinese(case[1]) else "en"


@pytest.mark.parametrize("case", INVENTED, ids=lambda case: case[1])
def test_an_invention_is_caught(case: tuple[str, ...]) -> None:
    said = complaint(case[1], BY_ID[case[0]], language(case), WISHES, NUMBERS)  # type: ignore[arg-type]
    assert said


@pytest.mark.parametrize("case", TRUE, ids=lambda case: case[1])
def test_a_true_sentence_passes(case: tuple[str, ...]) -> None:
    assert complaint(case[1], BY_ID[case[0]], language(case), WISHES, NUMBERS) is None  # type: ignore[arg-type]


def test_there_are_enough_of_both_in_both_languages() -> None:
    for cases, least in ((INVENTED, 15), (TRUE, 10)):
        assert sum(is_chinese(c[1]) for c in cases) >= least
        assert sum(not is_chinese(c[1]) for c in cases) >= 2 * least - 10


def test_the_complaint_names_what_is_wrong() -> None:
    harlow = BY_ID["harlow"]
    assert complaint("Chestnut brown lambskin with excellent buttons.", harlow, "en") == "excellent"
    assert complaint("Chestnut brown lambskin for $149.", harlow, "en") == "149"
    assert complaint("Chestnut brown lambskin with no buttons.", harlow, "en") == "no buttons"


def test_a_computed_number_is_known_only_when_it_was_computed() -> None:
    assert supported("It costs $21 less than your limit.", BY_ID["harlow"], "en", (), (21.0,))
    assert not supported("It costs $21 less than your limit.", BY_ID["harlow"], "en")


def test_a_wish_that_the_item_does_not_answer_may_only_be_denied() -> None:
    lamp = BY_ID["lamp"]
    assert supported("A black lamp, though not foldable.", lamp, "en", ("foldable",))
    assert not supported("A black lamp that is foldable.", lamp, "en", ("foldable",))
    assert not supported("A black lamp that is foldable, with no zip.", lamp, "en", ("foldable", "zip"))


def test_what_the_catalogue_calls_a_field_may_be_said_of_an_item_that_states_it(shop: Catalogue) -> None:
    said = "续航（小时）40，重量（克）248。"
    assert supported(said, BY_ID["hush"], "zh", (), (), shop.info)
    assert not supported(said, BY_ID["hush"], "zh")
    assert complaint("电池续航很好。", BY_ID["lamp"], "zh", (), (), shop.info)


def test_a_chinese_word_is_not_made_up_of_characters_said_apart() -> None:
    item = BY_ID["glass"].model_copy(update={"description": "防滑底座，水开即停。"})
    assert complaint("玻璃材质，可以防水。", item, "zh") == "防水"


def test_what_is_free_of_something_may_be_said_to_have_none() -> None:
    cream = BY_ID["lamp"].model_copy(update={"attributes": {"fragrance_free": True}})
    assert supported("It has no fragrance.", cream, "en")
    assert not supported("It has a fragrance, and it is foldable.", cream, "en")


def test_a_measure_may_be_told_in_its_other_unit() -> None:
    assert supported("It weighs 1.4 kg.", BY_ID["moto"], "en")
    assert complaint("It weighs 14 kg.", BY_ID["moto"], "en") == "14"
    assert complaint("它重 2 公斤。", BY_ID["moto"], "zh") == "2"


def test_no_glue_word_is_a_claim() -> None:
    """The list may grow, but never by words that say how good, warm, strong or cheap a thing is."""
    english = (
        "warm waterproof durable soft light heavy quiet leather cotton perfect excellent premium quality best free "
        "sound sale shipping warranty stylish elegant modern classic comfortable breathable fast easy safe new cheap"
    )
    chinese = "保暖 防水 耐用 柔软 轻便 安静 真皮 完美 优质 高级 免费 包邮 质保 时尚 经典 舒适 透气 便宜"
    assert not glue("en") & set(english.split())
    assert not glue("zh") & set(chinese.split())
