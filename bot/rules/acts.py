"""The dialogue act of a message, by cue words and what is on screen. First rule that holds wins. `tests/test_acts.py`.

The cue words stand in `acts.yaml`, one regular expression a line, so that a missed phrasing is mended there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.state import Act


@dataclass(frozen=True)
class Signs:
    """What else is known of a message when its act is asked for."""

    first: bool  # no wish was stated before
    refers: bool  # it points at items on screen
    screen: bool  # there are items on screen
    wishes: bool  # something is wanted, beside what only points at an item
    exclusions: bool  # something is ruled out
    limited: bool  # a number limits something
    loosened: bool = False  # a limit or an exclusion is taken back ("zips are fine"), or something cheaper wished


@lru_cache(maxsize=1)
def _cues() -> dict[str, re.Pattern[str]]:
    raw: dict[str, str] = yaml.safe_load((Path(__file__).parent / "acts.yaml").read_text("utf-8"))
    return {
        name: re.compile("|".join(line for line in said.splitlines() if line.strip()), re.I)
        for name, said in raw.items()
    }


def cue(name: str, text: str) -> bool:
    """Whether a cue of `acts.yaml` stands in `text`."""
    return bool(_cues()[name].search(text))


def injection(text: str) -> bool:
    """Whether the message tries to give the machine orders."""
    return cue("injection", text)


_LEFT_OUT = re.compile(r"忘(?:了|记)?(?:说|提|讲|告诉)|\bforgot to (?:say|mention|add|tell)|\bi forgot:?", re.I)  # it is said now


def start_over(text: str) -> bool:
    """Whether everything said so far is taken back."""
    return cue("start_over", text)


def service_topic(text: str) -> str:
    """What of the shop's service, or off the subject, is spoken of; empty when nothing is."""
    return next((name.removeprefix("topic_") for name in _cues() if name.startswith("topic_") and cue(name, text)), "")


def small_talk(text: str) -> bool:
    """Whether the message is greeting, thanks and nothing else."""
    rest = _cues()["small_talk"].sub(" ", text)
    return cue("small_talk", text) and not re.search(r"\w", _cues()["filler"].sub(" ", rest))


def act(text: str, signs: Signs) -> tuple[Act, str]:
    """The dialogue act and, for chat and out_of_scope, its topic."""
    said = text.strip()
    topic = service_topic(said)
    states = signs.wishes or signs.limited
    wish = cue("wish", said) and states and not cue("service", said)
    question = bool(re.search(r"[?？]", said)) or cue("ask", said)
    pointed = signs.screen and signs.refers
    anything = states or signs.exclusions or signs.loosened
    rules: list[tuple[bool, Act, str]] = [
        (
            injection(said) and not (states and re.search(r"\balso\b|\bbut\b|另外|不过", said, re.I)),
            "out_of_scope",
            "injection",
        ),
        (small_talk(said), "chat", next((t for t in ("thanks", "farewell") if cue(t, said)), "greeting")),
        (cue("browse", said) and not anything and not pointed, "request", "browse"),
        (cue("about_me", said) and not states, "chat", "other"),
        (cue("undo", said), "undo", ""),
        (start_over(said), "forget", ""),
        (cue("told", said) and not wish and not pointed, "chat", "told"),
        (
            pointed
            and cue("take", said)
            and not re.search(r"\bnot\b|n't|不要", said, re.I)
            and not cue("conditional", said)
            and not cue("more_like", said),
            "accept",
            "",
        ),
        (bool(topic) and not wish and not pointed, "out_of_scope", topic),
        (
            cue("forget", _LEFT_OUT.sub(" ", said)) and not signs.limited and not (pointed and anything) and not cue("again", said)
            and not (signs.first and states),
            "forget",
            "",
        ),
        (signs.screen and cue("more_like", said), "more_like", ""),
        (signs.screen and cue("compare", said), "compare", ""),
        (
            pointed and _only_points(said) and not question and not signs.exclusions
            and not cue("reject", said) and not cue("complaint", said),
            "accept",
            "",
        ),
        (pointed and cue("accept", said) and not question and not cue("reject", said) and not cue("conditional", said), "accept", ""),
        (
            pointed and question and not signs.exclusions and not cue("complaint", said) and not cue("than", said),
            "ask_item",
            "",
        ),
        (
            pointed and (cue("reject", said) or cue("complaint", said) or (signs.exclusions and not states)),
            "reject",
            "",
        ),
        (signs.screen and (cue("complaint", said) or (cue("reject", said) and not states)), "reject", ""),
        (signs.screen and cue("accept", said) and not anything and not cue("conditional", said), "accept", ""),
        (pointed and not anything, "ask_item" if question else "accept", ""),
        (bool(topic) and not wish, "out_of_scope", topic),
        (cue("thanks", said) and not anything, "chat", "thanks"),
        (not anything, "reject" if signs.screen and cue("reject", said) else "chat", "other"),
    ]
    for holds, name, about in rules:
        if holds:
            return name, about
    return ("request" if signs.first else "refine"), ""


def _only_points(text: str) -> bool:
    """Whether the message begins by naming an item and adds nothing that changes the wish: "the steam one. cheers"."""
    return cue("points", text) and not cue("but", text)
