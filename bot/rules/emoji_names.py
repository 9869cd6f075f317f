"""Messages of pictures alone, in words: 🏕️🌧️ are camping and rain where the catalogue has words for them.

The names are Unicode's (CLDR, by the library `emoji`) in the language of the talk. `tests/test_understand.py`.
"""

from __future__ import annotations

import re
from typing import Any

from bot.state import Language
from vectorstore.words import meanings, tokens

_GESTURES = re.compile(r"face|heart|hand|thumb|fire|sparkles|star|arrow|button|mark|person|\bman|woman|party|hundred")


def in_words(message: str, language: Language, telling: frozenset[str]) -> str:
    """The names of the pictures that a message without words consists of, as far as `telling` words stand in them; else ""."""
    if re.search(r"\w", message) or not any(ord(c) > 0x2190 for c in message):
        return ""
    import emoji

    emoji.config.load_language(language)

    def name(_: str, data: dict[str, Any]) -> str:
        if _GESTURES.search(data["en"]):
            return " "
        told = [w for w in tokens(data.get(language, data["en"]).strip(":").replace("_", " ")) if meanings(w) & telling]
        return f"{' '.join(told)}, "

    words = re.sub(r"[^\w, ]|\ufe0f", "", emoji.replace_emoji(message, name))
    return ", ".join(dict.fromkeys(w.strip() for w in words.split(",") if w.strip()))
