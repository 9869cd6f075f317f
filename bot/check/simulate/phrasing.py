"""What is meant, put into a person's words. Knows wishes, places and what items are; never an item, a title or an id.

`allowed` is asked about every message: it says no to one that tells the title, and another wording is tried.
`tests/test_simulate.py` notices a change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bot.check.simulate.facts import Wish
from bot.check.simulate.people import Manner
from bot.state import Language
from vectorstore.words import stem

_NEARNESS = {"mood": 0, "fit": 0, "colour": 2, "material": 3, "pattern": 3, "genre": 4, "genres": 4}  # to the noun
_TRIES = 14
_WITH_ARTICLE = re.compile(r"United|Netherlands|Philippines|Czech R|Soviet")
_VOWEL = re.compile(r"[aeio]|u(?!ni|s)", re.I)
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Intent:
    """What a person wants to say."""

    sort: str  # a list of phrasings: opening, refine, reject_one …
    thing: tuple[Wish, ...] = ()  # wishes said beside the kind of thing
    kind: str = ""
    needs: tuple[Wish, ...] = ()  # wishes said as sentences
    nth: int | None = None  # the place of the item that is spoken of, from 0
    state: Wish | None = None  # what that item is
    old: Wish | None = None
    new: Wish | None = None
    field: str = ""  # for questions: what is asked about
    relative: str = ""  # cheaper, shorter …
    greets: bool = False


class Phrases:
    """A language's phrasings."""

    def __init__(self, language: Language, root: str = "", currency: str | None = None) -> None:
        self.language, self.root, self.currency = language, root, currency
        self.all = _read(language)

    def say(self, intent: Intent, manner: Manner, draw: Random, allowed: Callable[[str], bool] = lambda _: True) -> str:
        """The message; empty when every wording that was tried is not allowed."""
        for _ in range(_TRIES):
            said = self._once(intent, draw)
            said = self._with_talk(said, intent, manner, draw)
            if manner.sloppy and self.language == "en":
                said = said[:1].lower() + said[1:].rstrip(".")
            if draw.random() < manner.mistypes:
                said = self.mistyped(said, draw)
            if allowed(said):
                return said
        return ""

    def plain(self, intent: Intent, draw: Random, allowed: Callable[[str], bool]) -> str:
        """The message without asides and slips, for whoever words it anew."""
        return next((said for _ in range(_TRIES) if allowed(said := self._once(intent, draw))), "")

    def _once(self, intent: Intent, draw: Random) -> str:
        lines = self.all["relative"][intent.relative] if intent.relative else self.all[intent.sort]
        template = str(draw.choice(lines))
        slots = {name: self._slot(name.lower(), intent, draw) for name in _SLOT.findall(template)}
        for name, value in slots.items():
            template = template.replace("{" + name + "}", _capital(value) if name[0].isupper() else value, 1)
        return self._tidy(template)

    def _slot(self, name: str, intent: Intent, draw: Random) -> str:
        if name == "thing":
            return self.thing(intent.kind, intent.thing, draw)
        if name in ("need", "need2", "must"):
            wish = intent.needs[1 if name == "need2" else 0]
            return self._form(wish, "must" if name == "must" else "need", intent.kind, draw)
        if name == "nth":
            assert intent.nth is not None
            return str(draw.choice(self.all["nth"][intent.nth]))
        if name == "state":
            assert intent.state is not None
            return self._form(intent.state, "state", intent.kind, draw)
        if name == "fact":
            assert intent.state is not None
            return str(intent.state.value)
        if name in ("old", "new"):
            swapped = intent.old if name == "old" else intent.new
            assert swapped is not None
            return self.value(swapped, draw)
        if name == "n":
            assert intent.new is not None
            return self._amount(intent.new, draw)
        return intent.field

    def thing(self, kind: str, wishes: Sequence[Wish], draw: Random) -> str:
        """What is looked for with some wishes beside it: "a brown leather jacket under $200", "棕色的皮夹克"."""
        before: list[str] = []
        after: list[str] = []
        for wish in sorted(wishes, key=lambda w: _NEARNESS.get(w.field, 1)):
            if wish.sort == "not":
                continue
            forms = self._forms(wish)
            places = [place for place in ("before", "after") if forms.get(place)]
            if not places:
                continue
            place = draw.choice(places)
            (before if place == "before" else after).append(self._form(wish, place, kind, draw))
        if self.language == "zh":
            noun = kind or draw.choice(self.all["nouns"].get(self.root, self.all["anything"]))
            before.sort(key=lambda word: not word.endswith("的"))
            return "".join(before) + ("" if self.root == "Films" and before and before[-1].endswith("片") else noun)
        noun, article = self._noun(kind, draw)
        if article is None:
            return " ".join([noun, *before, *after])
        words = " ".join([*dict.fromkeys(before), noun, *after])
        if article == "a":
            article = "an" if _VOWEL.match(words) else "a"
        return f"{article} {words}".strip()

    def value(self, wish: Wish, draw: Random) -> str:
        """A wish in a word or two: an answer, or the thing that another takes the place of."""
        if wish.field in ("price", "year_to", "year_from", "duration_minutes", "age", "rating"):
            place = "before" if self.language == "zh" else "after"
            return self._form(wish, place, "", draw).removesuffix("的")
        return str(wish.value)

    def _forms(self, wish: Wish) -> dict[str, list[str]]:
        known: dict[str, dict[str, list[str]]] = self.all["fields"]
        return known.get(wish.field, known["other"])

    def _form(self, wish: Wish, place: str, kind: str, draw: Random) -> str:
        forms = self._forms(wish)
        if wish.sort == "not" and place in ("need", "must"):
            place = "without"
        lines = forms.get(place) or forms.get("need") or forms["must"]
        value = str(wish.value)
        if self.language == "en" and wish.field == "country" and _WITH_ARTICLE.match(value):
            value = f"the {value}"
        return str(draw.choice(lines)).format(v=value, n=self._amount(wish, draw), label=wish.label, kind=kind)

    def _amount(self, wish: Wish, draw: Random) -> str:
        number = f"{wish.value:g}" if isinstance(wish.value, float) else str(wish.value)
        if wish.field != "price":
            return number
        ways = {"USD": ["${}", "${}", "{} dollars", "{}"], "EUR": ["€{}", "{} euros", "{}"], "GBP": ["£{}", "{} pounds", "{}"]}
        if self.language == "zh":
            ways = {"USD": ["{}美元", "{}", "${}"], "EUR": ["{}欧元", "{}"], "CNY": ["{}元", "{}块", "{}"]}
        return str(draw.choice(ways.get(self.currency or "", ["{}"]))).format(number)

    def _noun(self, kind: str, draw: Random) -> tuple[str, str | None]:
        """A noun in the singular, and "a", "" (takes none), or None (words follow it: "something warm")."""
        if not kind:
            if self.root in self.all["nouns"]:
                return str(draw.choice(self.all["nouns"][self.root])), "a"
            if self.root:
                return stem(self.root.lower()), "a"
            return "something", None
        last = kind.split()[-1]
        if last in self.all["mass"]:
            return kind, "some"
        if last in self.all["pairs"]:
            return kind, str(draw.choice(["", "a pair of", "some"]))
        if draw.random() < 0.2 and last.endswith("s"):
            return kind, ""
        return (kind[: -len(last)] + stem(last), "a") if last.endswith("s") else (kind, "a")

    def _with_talk(self, said: str, intent: Intent, manner: Manner, draw: Random) -> str:
        if intent.greets:
            said = f"{draw.choice(self.all['greeting'])} {said}"
        elif intent.sort in ("refine", "reject_one", "reject_all", "vague") and draw.random() < manner.small_talk:
            said = f"{draw.choice(self.all['thanks'])} {said}"
        if draw.random() < manner.small_talk / 2:
            aside = draw.choice(self.all["aside"])
            stop = "." if self.language == "en" else "。"
            ended = said if said.endswith((".", "!", "?", "。", "！", "？")) else f"{said}{stop}"
            said = f"{aside} {said}" if draw.random() < 0.5 else f"{ended} {aside}"
        return said if self.language == "en" else re.sub(r"(?<=[，。！？～]) ", "", said)

    def mistyped(self, said: str, draw: Random) -> str:
        """One slip of the finger, or of the input method; numbers and words that turn a wish round are spared."""
        if self.language == "zh":
            there = [word for word in self.all["mistyped"] if word in said]
            if not there:
                return said
            word = draw.choice(there)
            return said.replace(word, self.all["mistyped"][word], 1)
        words = [m for m in re.finditer(r"\b[a-z]{5,}\b", said) if m[0] not in self.all["never_typed_wrong"]]
        if not words:
            return said
        word = draw.choice(words)
        at = draw.randrange(1, len(word[0]) - 1)
        a, b = word[0][at], word[0][at + 1]
        slip = draw.choice([b + a, b, a + a + b, a + _beside(a, draw)])
        return said[: word.start() + at] + slip + said[word.start() + at + 2 :]

    def _tidy(self, said: str) -> str:
        if self.language == "zh":
            return re.sub(r"([，。；！？])[，。；]+", r"\1", said).strip()
        said = re.sub(r"\s+([,.;!?])", r"\1", re.sub(r"([,;:])\s*([.!?])", r"\2", said))
        said = re.sub(r"([.!?])[.;,](?=\s|$)", r"\1", said)
        return re.sub(r"\s{2,}", " ", said).strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _beside(letter: str, draw: Random) -> str:
    row = next((row for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") if letter in row), letter)
    at = row.index(letter)
    return draw.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2] or letter)


@lru_cache(maxsize=4)
def _read(language: Language) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((Path(__file__).parent / f"phrasing_{language}.yaml").read_text("utf-8"))
    return read
