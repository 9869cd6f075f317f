"""Whether both languages are complete and each is only itself: translated attributes, stray words, punctuation.

tests/test_catalogues.py notices a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vectorstore.checks.finding import CHINESE, Finding, Row, found, vocabulary, words_of
from vectorstore.words import is_chinese

# Values that are codes, names of other items or dates: the same in every language.
SAME_EVERYWHERE = {
    "goes_with",
    "coupon",
    "offer_ends",
    "published",
    "date",
    "updated",
    "isbn",
    "catalogue_number",
    "sku",
    "follows",
    "related",
}
_CODE = re.compile(
    r"^[^a-z]*$|^[\d\s.,x×/%–-]+(?!s$)[a-zA-Z°/²]{0,4}$|^(?:Bluetooth|Wi-Fi|USB|SPF|IPX?|HDMI)[\d.A-Z -]*$|^(?!\d{4}s$)\S*\d\S*$"
)
_HAN = "\u4e00-\u9fff"


def translated(row: Row) -> Iterator[Finding]:
    """Every worded attribute has its Chinese value, with as many entries, and nothing is translated that is not there."""
    said = row.item.translations.get(CHINESE)
    if said is None:
        yield found("translation", row, "there is no Chinese translation", "write translations.zh with title and description")
        return
    for name, value in row.item.attributes.items():
        words = [word for word in words_of(value) if not _CODE.match(word)]
        if not words or name in SAME_EVERYWHERE:
            continue
        over = said.attributes.get(name)
        if over is None:
            yield found(
                "translation", row, f"{name} = {value!r} has no Chinese value", f"add {name} to translations.zh.attributes"
            )
        elif isinstance(value, tuple) != isinstance(over, tuple) or (
            isinstance(value, tuple) and isinstance(over, tuple) and len(value) != len(over)
        ):
            yield found(
                "translation", row, f"{name} has other entries in Chinese: {value!r} and {over!r}", "give as many, in order"
            )
        elif not any(is_chinese(word) for word in words_of(over)) and any(re.match("[a-z]{3}", w) for w in words_of(over)):
            yield found("translation", row, f"{name} is not Chinese: {over!r}", "translate it", serious=False)
    for name in said.attributes:
        if name not in row.item.attributes:
            yield found("translation", row, f"the Chinese attribute {name} does not exist in English", "add it or take it out")


def stray(row: Row) -> Iterator[Finding]:
    """No Chinese in an English text, no English in a Chinese one apart from names and units."""
    for word in re.findall(f"[{_HAN}]+", row.english):
        yield found("stray words", row, f"{word!r} stands in the English text", "write it in English")
    for name, value in row.item.attributes.items():
        if any(is_chinese(word) for word in words_of(value)):
            yield found("stray words", row, f"{name} = {value!r} has Chinese in the English attributes", "write it in English")
    allowed = {w for w in vocabulary()["latin"].split()} | {
        w.lower() for v in (row.item.brand, *_names(row)) if v for w in re.findall(r"[A-Za-z&'’é-]+", str(v))
    }
    allowed |= {w.lower() for w in re.findall(r"[A-Z][A-Za-z'’é-]*|[a-z]+-?[A-Z]\w*", row.item.title)}
    quoted = re.findall(r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*", row.item.description)
    names = re.compile("|".join(map(re.escape, sorted([*_runs(row.item.title), *quoted], key=len, reverse=True))))
    for word in re.findall(r"(?<![A-Za-z\d])[A-Za-zé][A-Za-zé'’&-]*[A-Za-z]", names.sub(" ", row.chinese)):
        low = word.lower()
        if low not in allowed and not set(re.split("[-'’&]", low)) <= allowed and not (word.isupper() and len(word) < 5):
            yield found(
                "stray words",
                row,
                f"{word!r} stands in the Chinese text",
                "translate it, or write the name as the English title has it",
            )


def _runs(title: str) -> list[str]:
    """Every run of words in an English title that a name could be, the longest first: 'Night shift' in 'Night shift tee'."""
    words = title.split()
    runs = [" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1) if words[i][0].isupper()]
    return sorted(runs, key=len, reverse=True)


def _names(row: Row) -> Iterator[object]:
    for name in ("artist", "director", "author", "label", "studio", "cast", "publisher"):
        value = row.item.attributes.get(name)
        yield from value if isinstance(value, tuple) else (value,)


def punctuation(row: Row) -> Iterator[Finding]:
    """Chinese sentences carry Chinese punctuation, and both descriptions end."""
    said = row.item.translations.get(CHINESE)
    if said is None:
        return
    for text in (said.title, said.description):
        for match in re.finditer(
            rf"[{_HAN}][,;:?!]|[,;?!][{_HAN}]|[{_HAN}]\s?\([^)]*\)|[{_HAN}]\.(?!\d)|\.\.\.|[{_HAN}]\s+[{_HAN}]|，，|。。", text
        ):
            around = text[max(0, match.start() - 3) : match.end() + 3]
            yield found(
                "punctuation",
                row,
                f"{match[0]!r} in the Chinese text near {around!r}",
                "use full-width punctuation and no space between characters",
            )
    if said.description and said.description[-1] not in "。！？”」』）…":
        yield found("punctuation", row, "the Chinese description does not end with a full stop", "end it with 。")
    if row.item.description and row.item.description[-1] not in ".!?”\"')…":
        yield found("punctuation", row, "the English description does not end with a full stop", "end the sentence")
    for match in re.finditer(r"[，。；：？！、（）“”‘]", row.english.replace("“", "").replace("”", "").replace("‘", "")):
        yield found("punctuation", row, f"{match[0]!r} stands in the English text", "use English punctuation")
    if re.search(r"\s{2}|\s[,.;:!?](?!\d)", row.english):
        yield found("punctuation", row, "two spaces, or a space before a mark, in the English text", "take the space out")


CHECKS = (translated, stray, punctuation)
