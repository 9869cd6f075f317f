"""A plain first guess at what a message wishes and rules out: noun phrases by stop words, signs by `polarity`.

This carries the turn while the model is away, shows provisional items before it has answered, and is what the model's
answer is set against. The words that end a phrase stand in `stop_words.yaml`. `tests/test_points.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.rules.polarity import Clause, clauses
from bot.state import Change
from vectorstore.words import is_chinese

_LONG = {"en": 45, "zh": 70}  # words, characters: from here on only clauses with a cue are believed
NEAR_ONE = (
    r"(?:wife|husband|partner|(?:girl|boy)?friend|m[uo]m|mother|dad|father|sister|brother|son|daughter|gran|grandma|nan|grandad|grandpa"
    r"|aunt|uncle|niece|nephew|boss|teacher|colleague|parents)(?:[ -]in[ -]law)?"
)
GIFT = re.compile(
    r"\b(?:(birthday|anniversary|wedding|leaving|christmas|graduation|housewarming|retirement|valentine'?s?|mother'?s day|father'?s day)\s+)?(?:gift|present)s?\s+for\s+(?:my |a |an |our |the )?((?:[\w'-]+(?:[ -]in[ -]law)?))"
    r"|\b(?:some|any)thing(?: (?:really |very )?(?:nice|good|lovely|special|great|cool))?"
    rf" for (?:my|our) (?P<near>(?:best )?{NEAR_ONE})\b",
    re.I,
)


def gift(said: re.Match[str]) -> str:
    """A match of `GIFT` as one wish: "birthday gift for dad"."""
    return " ".join([*([said[1]] if said[1] else []), "gift for", said[2] or said["near"]])


PERSON = re.compile(
    r"(?:女|男)朋友|老婆|老公|媳妇|妻子|丈夫|爸爸|妈妈|爸妈|父母|父亲|母亲|我爸(?!爸)|我妈(?!妈)|爷爷|奶奶|外公|外婆|姥姥|姥爷|岳母|岳父|婆婆|公公|儿子|女儿|侄女|侄子|外甥女?|表妹|表姐|表哥|表弟|妹妹|姐姐|哥哥|弟弟|闺蜜|同事|老师|领导|老板|客户|朋友|同学|孩子|宝宝"
)
_PARENT = {"我妈": "妈妈", "我爸": "爸爸"}
_TOO = re.compile(r"(?:[\u4e00-\u9fff]{0,3}?(?:别|不要|不能|不想))?太(?!阳|极拳|空)([\u4e00-\u9fff]{1,3}?)(?=的|了|$|[，。！])")
_IS_TOO = re.compile(r"(?:\b(?:is|are|was|were|got|felt|feels?|looks?|looked|seems?|sounds?)|'(?:s|re))\s+(?:\w+ )?too\s", re.I)
_TO_DO = re.compile(r"\b(easy|quick|simple|safe|nice|good|hard|comfortable) to (\w+)", re.I)
_GLUE = "\u00b7"  # holds the words of a name together
_COUNTED = re.compile(  # the measure word before a thing: 个水壶, 点零食, 双鞋
    r"(?<=\0)(?:(?:[个件双台本部款张首条瓶只支套]|点(?!心|读|歌|菜|钞))(?=[\u4e00-\u9fff]{2})|[个双顶把](?=[包鞋帽伞笔锅灯表杯碗床车书琴](?:\0|$)))"
)
_COLOURS = "黑白红蓝绿灰粉紫黄棕"
_SINGLE = "黑白红蓝绿灰粉紫黄棕轻薄厚包鞋帽伞锅灯皮布棉木"
_NAME = re.compile(
    r"\b[A-Z][\w'’]*[a-z][\w'’]*(?:\s+(?:of|the|a|an|and|in|to|for|against|with|de|&)\s+[A-Z][\w'’]+|\s+[A-Z][\w'’]*[a-z]\w*)+"
)  # "Kind of Blue"
_WORDS = re.compile(r"[^\W_\u4e00-\u9fff]+(?:[’'.+&·-]+[^\W_\u4e00-\u9fff]+)*[+\"”]?|[^\w\s]")


@lru_cache(maxsize=1)
def _stops() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    raw = yaml.safe_load((Path(__file__).parent / "stop_words.yaml").read_text("utf-8"))
    english = frozenset(" ".join(raw["en"]).split())
    # longest first, so that 有没有 goes before 有
    chinese = re.compile(f"(?P<keep>{_any_of(raw['keep'])})|{_any_of(raw['zh'])}")
    return english, chinese, re.compile("|".join(raw["story"]), re.I), re.compile("|".join(raw["wish"]), re.I)


def _any_of(lines: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, " ".join(lines).split()), key=len, reverse=True))


@dataclass(frozen=True)
class Phrase:
    """A noun phrase of a message, where it stands, and what rules alone make of it."""

    text: str
    clause: Clause
    place: int  # of its clause in the message, from 0
    clauses: int  # in the message
    rambling: bool  # the message is long and tells much besides
    believed: bool  # the clause speaks of a wish, as far as rules can tell

    def change(self) -> Change:
        """The wish, with the words it came from."""
        c = self.clause
        return Change(kind="add", text=self.text, weight=c.weight, quote=quote(c, self.text), lasting=c.lasting)


def found_in(text: str, spans: Sequence[tuple[int, int]] = ()) -> list[Phrase]:
    """Every noun phrase of `text` in a clause with a sign. `spans` (limits already read) are left out."""
    blank = list(text)
    for a, b in spans:
        blank[a:b] = ["," if n == a else " " for n in range(a, b)]
    rambling = len(text) > _LONG["zh"] if is_chinese(text) else len(text.split()) > _LONG["en"]
    parts = clauses("".join(blank))
    return [
        Phrase(phrase, clause, place, len(parts), rambling, _tells_a_wish(clause, rambling))
        for place, clause in enumerate(parts)
        if clause.sign != "neutral"
        for phrase in phrases(clause)
    ]


def wishes(found: Iterable[Phrase]) -> list[Change]:
    """The phrases as changes, each once; of two signs the later counts ("everything is pink. anything but pink")."""
    kept: dict[str, Change] = {}
    for phrase in found:
        key, change = phrase.text.casefold(), phrase.change()
        if key not in kept or kept[key].weight > 0 > change.weight:
            kept.pop(key, None)
            kept[key] = change
    return list(kept.values())


def phrases(clause: Clause) -> list[str]:
    """The noun phrases of a clause, as the person would name them."""
    return _chinese(clause) if is_chinese(clause.text) else _english(clause)


def _english(clause: Clause) -> list[str]:
    stops = _stops()[0]
    text = _NAME.sub(lambda m: _held(m[0], stops), clause.text)
    if clause.sign == "against" and (too := _IS_TOO.search(text)):  # "the old one was too loud" rules out what is loud
        text = text[too.start() :]
    text = re.sub(r"\b(?:(?:a|big|huge|great) )*fan of\b|\bw/o\b", " ", text, flags=re.I)
    text = GIFT.sub(lambda m: _GLUE.join(gift(m).split()), text)
    text = _TO_DO.sub(lambda m: _GLUE.join([m[1], "to", m[2]]), text)
    found: list[str] = []
    words: list[str] = []
    for raw in [*_WORDS.findall(text), ""]:
        word = raw.replace(_GLUE, " ")
        if re.match(r"[^\W_]", word) and word.lower().replace("’", "'") not in stops:
            words.append(word)
        elif words:
            found.append(" ".join(words))
            words = []
    return [p for p in found if 1 < len(p) <= 40 and len(p.split()) <= 6 and not re.fullmatch(r"[\d.,]+", p)]


def _chinese(clause: Clause) -> list[str]:
    text = re.sub(r"非(?=[^，。]{1,12}不可)", " ", clause.text)
    text, found = re.sub(r"不会(?=[\u4e00-\u9fff]{2})", "不", text), []
    text = re.sub(r"(?<=\d)到(?=\d)", "-", text)  # 4到6人
    text = re.sub(rf"(?<=[{_COLOURS}])的(?=[{_COLOURS}]的?)", " ", text)  # 红的蓝的
    if re.search(r"送|礼物", text) and (person := PERSON.search(text)):
        found.append(f"{_PARENT.get(person[0], person[0])}{'生日' if '生日' in text else ''}礼物")
        text = re.sub(r"生日|(?:当|做)?(?:[\u4e00-\u9fff]{2})?礼物|送", " ", text.replace(person[0], " "))
    if clause.sign == "against":
        found += [f"太{m[1]}" for m in _TOO.finditer(text) if m[1]]
        text = _TOO.sub(" ", text)
    for piece in re.split(r"[\s,，、。!！?？~…“”\"《》()（）:：]+", text):
        cut = _COUNTED.sub("", "\0" + _stops()[1].sub(lambda m: m["keep"] or "\0", piece))
        found.extend(p.strip("的了吧呢啊呀吗嘛哈着得") for p in cut.split("\0"))
    return [p for p in found if 1 < len(p) <= 9 or p in tuple(_SINGLE)]


def _held(name: str, stops: frozenset[str]) -> str:
    """A name of several words as one, without the sentence's own words at its beginning ("Nothing like Kind of Blue")."""
    words = name.split()
    while words and words[0].lower() in stops and words[0].lower() not in ("a", "the", "kind"):
        words.pop(0)
    lost = " ".join(name.split()[: len(name.split()) - len(words)])
    return f"{lost} {_GLUE.join(words)}".strip()


@lru_cache(maxsize=512)
def wish_in(text: str) -> bool:
    """Whether a clause asks for something."""
    return bool(_stops()[3].search(text))


@lru_cache(maxsize=512)
def story_in(text: str) -> bool:
    """Whether a clause tells of something that happened."""
    return bool(_stops()[2].search(text))


def _tells_a_wish(clause: Clause, rambling: bool) -> bool:
    """Whether a clause speaks of what is wanted rather than of something that happened."""
    if wish_in(clause.text):
        return True
    if story_in(clause.text):
        return clause.sign == "against" and not rambling and len(clause.text.split()) < 6
    return not rambling or (clause.sign == "against" and len(clause.text) < 60) or clause.weight == 0.5


def quote(clause: Clause, phrase: str) -> str:
    """The person's words around the phrase: the clause itself when it is short."""
    said = clause.text.strip(" ,.;:!?，。；：！？")
    short = len(said) <= (14 if is_chinese(said) else 28)
    return said if short or phrase.casefold() not in said.casefold() else phrase
