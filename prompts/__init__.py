"""Prompts are files: one task, one file, and the only place prompt text lives. `tests/test_prompts.py`.

`render` refuses a missing or an unused value, and takes the marks of a data block out of what it puts into one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_SLOT = re.compile(r"\{\{(\w+)\}\}")


@lru_cache(maxsize=16)
def text(name: str) -> str:
    """The text of a prompt file, as it stands."""
    return (Path(__file__).parent / f"{name}.md").read_text("utf-8").strip()


def render(name: str, **values: str) -> str:
    """The prompt `name` with its slots filled. Raises KeyError for a missing value and ValueError for an unused one."""
    template = text(name)
    slots = set(_SLOT.findall(template))
    if missing := slots - values.keys():
        raise KeyError(f"prompts/{name}.md needs a value for: {', '.join(sorted(missing))}")
    if unused := values.keys() - slots:
        raise ValueError(f"prompts/{name}.md has no slot for: {', '.join(sorted(unused))}")
    return _SLOT.sub(lambda m: _as_data(values[m[1]]), template)


def _as_data(value: str) -> str:
    """Text of others cannot close its block or open another."""
    return re.sub(r"([<>])(?=\1)", r"\1 ", value).strip()
