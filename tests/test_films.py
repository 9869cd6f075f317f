"""The film library: people spelt one way throughout, both languages say the same, and enough of each kind to choose from."""

from __future__ import annotations

from collections import Counter, defaultdict

from vectorstore.constraints import as_values
from vectorstore.importers import read
from vectorstore.item import Item
from vectorstore.pictures.kinds import kind_of
from vectorstore.samples import SAMPLES

FILMS = [item for item in read(SAMPLES / "films") if isinstance(item, Item)]
WORDY = ("genres", "mood", "country", "director", "cast", "language", "decade", "colour", "region", "for")


def _both(item: Item, field: str) -> list[tuple[str, str]]:
    """A field's values in English, each with its Chinese."""
    english = as_values(item.attributes.get(field))
    chinese = as_values(item.translations["zh"].attributes.get(field))
    assert len(english) == len(chinese), (
        f"{item.id} {item.title}: {field} has {len(english)} in English, {len(chinese)} in Chinese"
    )
    return [(str(a), str(b)) for a, b in zip(english, chinese, strict=True)]


def test_what_is_said_in_english_is_said_in_chinese_word_for_word() -> None:
    assert FILMS
    pairs: defaultdict[str, set[str]] = defaultdict(set)
    for item in FILMS:
        for field in WORDY:
            for english, chinese in _both(item, field):
                pairs[f"{field}: {english}"].add(chinese)
    fists = pairs.pop("genres: martial arts")  # Chinese tells sword films from fist films
    assert fists == {"武侠片", "功夫片"}
    assert {said: words for said, words in pairs.items() if len(words) > 1} == {}


def test_a_person_has_one_spelling() -> None:
    names: defaultdict[str, set[str]] = defaultdict(set)
    back: defaultdict[str, set[str]] = defaultdict(set)
    for item in FILMS:
        for field in ("director", "cast"):
            for english, chinese in _both(item, field):
                names[english].add(chinese)
                back[chinese].add(english)
    assert {name: said for name, said in names.items() if len(said) > 1} == {}
    assert {name: said for name, said in back.items() if len(said) > 1} == {}


def test_a_film_is_filed_under_its_first_genre_and_its_decade() -> None:
    for item in FILMS:
        assert item.category[0] == "Films" and item.category[-1].lower() == as_values(item.attributes["genres"])[0], item.title
        year = item.attributes["year"]
        assert isinstance(year, int) and item.attributes["decade"] == f"{year // 10 * 10}s", item.title


def test_every_film_is_a_poster() -> None:
    assert {kind_of(item).name for item in FILMS} == {"film"}


def test_there_are_several_of_whatever_is_asked_for() -> None:
    counted = {
        f: Counter(v for i in FILMS for v in as_values(i.attributes.get(f))) for f in ("genres", "mood", "decade", "director")
    }
    for field, least in (("genres", 3), ("mood", 5), ("decade", 3)):
        assert [value for value, count in counted[field].items() if count < least] == []
    assert sum(count >= 3 for count in counted["director"].values()) >= 30
    elsewhere = sum("United States" not in as_values(i.attributes["country"]) for i in FILMS)
    assert elsewhere >= len(FILMS) / 3
    for age, least in ((5, 8), (6, 25)):
        assert sum(int(str(i.attributes.get("age_from", 99))) <= age for i in FILMS) >= least
