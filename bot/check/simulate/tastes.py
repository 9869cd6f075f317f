"""People's tastes out of ratings: a target that somebody loved, and what they care about from all that they rated.

Reads MovieLens' `ratings.csv` (userId, movieId, rating) and `movies.csv` (movieId, title with the year in brackets). Films
are found in the catalogue by title and year. `tests/test_simulate.py` notices a change.
"""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from bot.check.simulate.facts import Shelf, Wish, sayable
from bot.check.simulate.people import Tastes
from bot.errors import BadInput
from vectorstore.item import Item
from vectorstore.words import fold, unaccented

LOVED = 4.5  # stars from which on a film may be a target
FEWEST = 8  # of a person's rated films that the catalogue has
_PRIOR = 3.0  # ratings' worth of doubt about a taste
_TITLE = re.compile(r"^(.*?)\s*\((\d{4})\)\s*$")
_TURNED = re.compile(r"^(.*), (The|A|An|La|Le|Les|Il|El|Das|Der|Die)$")


def from_ratings(ratings: Path, movies: Path, items: Sequence[Item], shelf: Shelf, seed: int) -> list[tuple[str, Tastes]]:
    """A target and the tastes of whoever loved it, one a person, in an order drawn by `seed`."""
    known = _matched(movies, items)
    by_id = {item.id: item for item in items}
    rated: dict[str, dict[str, float]] = defaultdict(dict)
    for row in _rows(ratings, ("userId", "movieId", "rating")):
        if (id := known.get(row["movieId"])) is not None:
            rated[row["userId"]][id] = _stars(row["rating"], ratings)
    draw = Random(seed)
    found: list[tuple[str, Tastes]] = []
    taken: set[str] = set()
    users = sorted(user for user, films in rated.items() if len(films) >= FEWEST)
    draw.shuffle(users)
    for user in users:
        loved = sorted(id for id, stars in rated[user].items() if stars >= LOVED and id not in taken)
        if loved:
            target = draw.choice(loved)
            taken.add(target)
            found.append((target, _tastes(target, rated[user], by_id, shelf)))
    if not found:
        raise BadInput(
            f"Nobody in {ratings} rated {FEWEST} films of {shelf.info.name!r} and loved one ({len(known)} films of {movies} are "
            "in the catalogue, by title and year). Take a catalogue of films: rapport simulate --catalogue films --ratings …"
        )
    return found


def _tastes(target: str, stars: dict[str, float], by_id: dict[str, Item], shelf: Shelf) -> Tastes:
    """How a person's other ratings speak of a wish: above 1 where they like what has it, below where they do not."""
    others = {id: s for id, s in stars.items() if id != target}
    mean = sum(others.values()) / len(others)
    above: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for id, given in others.items():
        for language in ("en", "zh"):
            for wish in sayable(by_id[id], shelf, language):
                above[language, wish.facet, str(wish.value)].append(given - mean)

    def tastes(item: Item, wish: Wish) -> float:
        seen = above.get(("en", wish.facet, str(wish.value))) or above.get(("zh", wish.facet, str(wish.value))) or []
        liking = sum(seen) / (len(seen) + _PRIOR)
        return math.exp(1.5 * liking) * (1 + 0.3 * math.log1p(len(seen)))

    return tastes


def _matched(movies: Path, items: Sequence[Item]) -> dict[str, str]:
    """movieId -> item id."""
    there = {(_key(item.title), item.attributes.get("year")): item.id for item in items}
    found: dict[str, str] = {}
    for row in _rows(movies, ("movieId", "title")):
        match = _TITLE.match(row["title"])
        if match is None:
            continue
        year = int(match[2])
        names = [match[1], *re.findall(r"\(([^()]*)\)", match[1]), re.sub(r"\s*\([^()]*\)", "", match[1])]
        keys = [_key(name.removeprefix("a.k.a. ")) for name in names]
        hit = next((there[k, y] for k in keys for y in (year, year - 1, year + 1) if (k, y) in there), None)
        if hit is not None:
            found[row["movieId"]] = hit
    return found


def _key(title: str) -> str:
    turned = _TURNED.match(title.strip())
    return " ".join(re.findall(r"\w+", unaccented(fold(f"{turned[2]} {turned[1]}" if turned else title))))


def _rows(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            if missing := [c for c in columns if c not in (reader.fieldnames or ())]:
                raise BadInput(f"{path} has no column {missing[0]!r}; its first line must name {', '.join(columns)}.")
            yield from reader
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}). Give MovieLens' ratings.csv and movies.csv.") from error


def _stars(said: str, path: Path) -> float:
    try:
        return float(said)
    except ValueError as error:
        raise BadInput(f"{path}: {said!r} is no rating.") from error
