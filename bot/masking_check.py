"""How well personal data is masked, on marked examples: `{kind|words}` stands around what must go. `tests/test_privacy.py`.

Something counts as found when exactly these characters are found as this kind.
"""

from __future__ import annotations

import re
from collections import Counter

import yaml

from bot.errors import BadInput
from bot.privacy import MARKS, Kind, Span, personal

_MARKED = re.compile(r"\{([a-z-]+)\|([^{}]*)\}")


def read(marked: str) -> tuple[str, list[tuple[Span, Kind]]]:
    """The text without marks, and where its personal data stands. BadInput for a kind that does not exist."""
    text, spans, last = "", [], 0
    for match in _MARKED.finditer(marked):
        kind = next((k for k in MARKS if k == match[1]), None)
        if kind is None:
            raise BadInput(f"There is no kind {match[1]!r} in {marked!r}; there are {', '.join(MARKS)}.")
        text += marked[last : match.start()]
        spans.append(((len(text), len(text) + len(match[2])), kind))
        text, last = text + match[2], match.end()
    return text + marked[last:], spans


def report(examples: str) -> tuple[str, bool]:
    """The table for examples in YAML (a list for each language), and whether there was no mistake."""
    loaded = yaml.safe_load(examples)
    lines = [f"{'':10}{'texts':>7}{'without':>9}{'marked':>8}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}"]
    mistakes: list[str] = []
    whole: Counter[str] = Counter()
    for language, texts in loaded.items():
        count: Counter[str] = Counter(texts=len(texts))
        for marked in texts:
            text, wanted = read(marked)
            got = personal(text)
            count.update(marked=len(wanted), found=len(got), right=len(set(wanted) & set(got)), without=not wanted)
            if set(wanted) != set(got):
                mistakes.append(f"  {text}\n    wanted {_told(text, wanted)}\n    found  {_told(text, got)}")
        whole.update(count)
        lines.append(_line(language, count))
    lines.append(_line("all", whole))
    return "\n".join([*lines, *(["", "Not as marked:", *mistakes] if mistakes else [])]), not mistakes


def _line(name: str, c: Counter[str]) -> str:
    precision = c["right"] / c["found"] if c["found"] else 1.0
    recall = c["right"] / c["marked"] if c["marked"] else 1.0
    counts = f"{c['texts']:>7}{c['without']:>9}{c['marked']:>8}{c['found']:>7}{c['right']:>7}"
    return f"{name:10}{counts}{precision:>11.3f}{recall:>8.3f}"


def _told(text: str, spans: list[tuple[Span, Kind]]) -> str:
    return ", ".join(f"{kind} {text[start:end]!r}" for (start, end), kind in spans) or "nothing"
