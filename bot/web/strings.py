"""The page's own words, in both languages, from `strings.yaml`. `tests/test_cards.py` compares the two."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import yaml

LANGUAGES = ("en", "zh")
_FILE = Path(__file__).with_name("strings.yaml")


@lru_cache(maxsize=1)
def table() -> Mapping[str, Mapping[str, str]]:
    """Every key with its words by language."""
    return MappingProxyType(yaml.safe_load(_FILE.read_text("utf-8")))


class Strings:
    """The words of one language: `strings("send")`. A key that is not in `strings.yaml` is a KeyError."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"

    def __call__(self, key: str, **values: object) -> str:
        words = table()[key][self.language]
        return words.format(**values) if values else words
