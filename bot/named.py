"""Questions about an item that is named by its title, on screen or not: "Who directed Parasite?", 寄生虫是谁导演的.

Only where all items are works of one kind (films, records, articles), whose titles are names: a shop's kettle is called a
kettle. `tests/test_relative.py`.
"""

# ruff: noqa: E501 - a pattern reads better on one line
from __future__ import annotations

import re

from bot.topic import Kinds
from vectorstore.catalogue import Catalogue
from vectorstore.words import fold, is_chinese

_QUESTION = re.compile(
    r"^\W*(?:so |and |ok(?:ay)?,? )?(?:who|whose|what|when|where|which|how|is|are|does|did|was|has|tell me|do you (?:know|have)|have you got)\b"
    r"|谁|什么|哪|怎么样|如何|多长|几分钟|吗|好看|好听|讲(?:的|了)|介绍|有没有",
    re.I,
)
_QUESTION_WORDS = frozenset(
    "who whose what what's when where which how is are does did was has tell me about more do you know have got like long old "
    "directed director directs made make makes wrote written by sings sang singer artist band author in on of the it a from year come "
    "came out released release country language genre film movie album record article story good any so and okay ok stars "
    "starring cast running time plays play that this for with kind".split()
)
_QUESTION_ZH = re.compile(
    r"[是的了吗呢啊吧有没在讲拍唱写演《》“”？?，。！\s]|这(?:部|张|篇)?(?:电影|片子|专辑|唱片|文章)?|那(?:部|张|篇)?|谁|什么|哪(?:一?年|国|个国家|里)?|时候|怎么样|如何|多长|几分钟|时间"
    r"|导演|主演|歌手|作者|好看|好听|介绍|一下|关于|语言|类型|风格|上映|发行|故事|内容|电影|专辑|谁的"
)


def asked_about(message: str, catalogue: Catalogue) -> tuple[str, str] | None:
    """ "Who directed Parasite?": the id of the item whose title a question names, the longest, and what else is said."""
    if not _QUESTION.search(message) or not Kinds.of(catalogue).everything:
        return None
    folded, best = message.casefold(), ("", "")
    for item in catalogue.items():
        for title in {item.title, *(t.title for t in item.translations.values())}:
            if len(title) > max(1, len(best[0])) and title.casefold() in folded and _named_by(message, title):
                best = title, item.id
    title, id = best
    if not title:
        return None
    place = folded.index(title.casefold())
    before, after = message[:place], message[place + len(title) :]
    return id, f"{before} {after}".strip()


def _named_by(message: str, title: str) -> bool:
    """Whether the title stands there as a name: all else asks, or (in English) it is written as the title is."""
    place = message.casefold().index(title.casefold())
    before, after = message[:place], message[place + len(title) :]
    if is_chinese(title):
        return not _QUESTION_ZH.sub("", before + after)
    if re.search(r"\w$", before) or re.match(r"\w", after) or re.search(r"\b(?:an?|any|some|like|to)\W*$", before, re.I):
        return False
    rest = re.findall(r"[\w']+", fold(f"{before} {after}"))
    if is_chinese(before + after):
        return not _QUESTION_ZH.sub("", before + after)
    if all(w in _QUESTION_WORDS for w in rest):
        return bool(rest) and (message[place : place + len(title)] == title or len(title.split()) > 1 or len(title) > 3)
    return message[place : place + len(title)] == title and title[0].isupper() and place > 0 and bool(
        re.match(r"\W*(?:who|when|how long|is|does|did|was)\b", message, re.I)
    )
