"""The published dialogue sets: their films as items, their dialogues as examples of what is said and then recommended.

Dialogues come in three shapes, told apart by their keys, so that a folder needs no description:

    context, entity, rec       the evaluation form: what was said so far, what was named in it, what is recommended next
    movieMentions, messages    ReDial as it was published: a dialogue a line, films as @id
    [{text, role, movie}, …]   INSPIRED as its reproductions share it: a dialogue a line, a list of turns

Films are `id2info.json` (name and facts by id); without it, whatever the dialogues name. `tests/test_evaluate_films.py`.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import BadInput
from vectorstore.item import Item, Value

_YEAR = re.compile(r"\s*\((\d{4})\)\s*$")
_AT = re.compile(r"@(\d+)")
_LONG = 8  # words of an utterance that two dialogues do not share by chance


@dataclass(frozen=True)
class Example:
    """One moment at which something is recommended."""

    dialogue: str
    turn: int
    context: tuple[str, ...]  # what was said so far, oldest first
    named: tuple[str, ...]  # films named so far, in order; other entities are left to whoever reads the context
    targets: tuple[str, ...]  # films recommended next

    said: str = ""  # what was said with it: the answer in which the targets are named

    @property
    def fresh(self) -> tuple[str, ...]:
        """The targets that were not named before."""
        return tuple(t for t in self.targets if t not in set(self.named))


@dataclass(frozen=True)
class Films:
    """Films by name, which is how dialogues speak of them: the name is the item's id."""

    by_name: Mapping[str, Item]
    numbers: Mapping[str, str]  # the set's own number of a film -> its name

    @property
    def items(self) -> list[Item]:
        return list(self.by_name.values())


@dataclass(frozen=True)
class DialogueSet:
    """A folder, read: what is tested, what may be learned from, and what was found amiss on the way."""

    films: Films
    tested: tuple[Example, ...]
    training: tuple[Example, ...]
    test_file: Path
    training_files: tuple[Path, ...]
    warnings: tuple[str, ...] = ()


def read(data: Path, limit: int | None = None) -> DialogueSet:
    """The set in a folder (or around a file, which is then the tested one).

    The tested file is the one given, else the first of `test*`, `valid*` and `dev*` in the evaluation form; every other
    dialogue file is for training, without the dialogues that the tested one holds. `limit` keeps the first dialogues of
    the tested file.
    """
    folder = data if data.is_dir() else data.parent
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise BadInput(f"There is no *.jsonl file in {folder}; docs/evaluation.md says which files a dialogue set has.")
    raw = {path: tuple(_lines(path)) for path in paths}
    tested = data if data.is_file() else _tested(raw, folder)
    films = _films(folder, [row for rows in raw.values() for row in rows])
    examples = tuple(_examples(tested, raw[tested], films))
    if not any(e.targets for e in examples):
        raise BadInput(f"{tested} recommends no film that is in the catalogue, so there is nothing to evaluate.")
    others = {path: tuple(_examples(path, rows, films)) for path, rows in raw.items() if path != tested}
    training: dict[tuple[str, tuple[str, ...]], Example] = {}
    warnings = []
    for path, found in others.items():
        both = shared(found, examples)
        if both:
            warnings.append(
                f"{len(both):,} dialogues of {path.name} are in {tested.name}, too. They were taken out of the training; "
                "a system that was trained with them has seen the answers."
            )
        for example in found:
            if example.dialogue not in both:  # the same moment may be in several files
                training.setdefault((example.dialogue, example.context), example)
    if limit is not None:
        first = set(list(dict.fromkeys(e.dialogue for e in examples))[:limit])
        examples = tuple(e for e in examples if e.dialogue in first)
    return DialogueSet(films, examples, tuple(training.values()), tested, tuple(others), tuple(warnings))


def shared(training: Iterable[Example], tested: Iterable[Example]) -> set[str]:
    """The dialogues of `training` that are in `tested`: one of the same id says the same somewhere, or two long
    utterances are the same word by word."""
    ours, theirs = _utterances(training), _utterances(tested)
    holders: dict[str, set[str]] = defaultdict(set)
    for dialogue, said in theirs.items():
        for utterance in said:
            if len(utterance.split()) >= _LONG:
                holders[utterance].add(dialogue)
    found = set()
    for dialogue, said in ours.items():
        alike = Counter(d for utterance in said for d in holders.get(utterance, ()))
        if said & theirs.get(dialogue, set()) or any(count > 1 for count in alike.values()):
            found.add(dialogue)
    return found


def _utterances(examples: Iterable[Example]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for e in examples:
        found[e.dialogue] |= {" ".join(re.findall(r"\w+", said.casefold())) for said in (*e.context, e.said)} - {""}
    return found


def _lines(path: Path) -> Iterator[Any]:
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise BadInput(f"{path}, line {number}, is not JSON: {error}.") from error


def _tested(raw: Mapping[Path, Sequence[Any]], folder: Path) -> Path:
    for beginning in ("test", "valid", "dev"):
        for path, rows in raw.items():
            if path.name.startswith(beginning) and rows and (isinstance(rows[0], list) or "rec" in rows[0]):
                return path
    raise BadInput(f"Which file of {folder} is tested? Name one test*.jsonl, valid*.jsonl or dev*.jsonl, or give it as --data.")


def _films(folder: Path, rows: Iterable[Any]) -> Films:
    path = folder / "id2info.json"
    by_name: dict[str, Item] = {}
    numbers: dict[str, str] = {}
    if path.exists():
        for number, facts in json.loads(path.read_text("utf-8")).items():
            name = _tidy(facts.get("name"))
            if name:
                numbers[str(number)] = name
                by_name.setdefault(name, _film(name, facts))
        return Films(by_name, numbers)
    for row in rows:  # no facts: a film is its name
        turns = row if isinstance(row, list) else [row]
        for turn in turns:
            for name in map(_tidy, [*(turn.get("movie") or ()), *(turn.get("rec") or ())]):
                by_name.setdefault(name, _film(name, {}))
    return Films(by_name, numbers)


def _film(name: str, facts: Mapping[str, Any]) -> Item:
    year = _YEAR.search(name)
    attributes: dict[str, Value] = {}
    for field, key in (("genres", "genre"), ("director", "director"), ("cast", "star"), ("cast", "actor"), ("writer", "writer")):
        values = tuple(dict.fromkeys(map(_tidy, facts.get(key) or ())))
        if values:
            attributes[field] = values
    said = str(facts.get("year") or (year[1] if year else ""))[:4]
    if said.isdigit():
        attributes["year"] = int(said)
    return Item(
        id=name,
        title=_YEAR.sub("", name) or name,
        description=_tidy(facts.get("plot")),
        category=("Films",),
        attributes=attributes,
    )


def _examples(path: Path, rows: Iterable[Any], films: Films) -> Iterator[Example]:
    for number, row in enumerate(rows, 1):
        if isinstance(row, list):
            yield from _of_turns(f"{path.stem}-{number}", row, films)
        elif "messages" in row:
            yield from _of_messages(row, films)
        elif "rec" in row and "context" in row:
            named = tuple(n for n in map(_tidy, row.get("entity") or ()) if n in films.by_name)
            targets = tuple(dict.fromkeys(n for n in map(_tidy, row["rec"]) if n in films.by_name))
            context = tuple(said for said in map(_tidy, row["context"]) if said)
            dialogue = str(row.get("dialog_id", f"{path.stem}-{number}"))
            yield Example(dialogue, int(row.get("turn_id", number)), context, named, targets, _tidy(row.get("resp")))
        else:
            keys = ", ".join(list(row)[:6])
            raise BadInput(f"{path}, line {number}, has the keys {keys}; docs/evaluation.md shows the three forms that are read.")


def _of_turns(dialogue: str, turns: Iterable[Mapping[str, Any]], films: Films) -> Iterator[Example]:
    context: list[str] = []
    named: list[str] = []
    for number, turn in enumerate(turns):
        said = _tidy(turn.get("text"))
        here = [n for n in map(_tidy, turn.get("movie") or ()) if n in films.by_name]
        if here and str(turn.get("role", "")).upper().startswith("RECOMMEND"):
            yield Example(dialogue, number, tuple(context), tuple(named), tuple(dict.fromkeys(here)), said)
        context += [said] if said else []
        named += here


def _of_messages(row: Mapping[str, Any], films: Films) -> Iterator[Example]:
    """ReDial as published: what the same person writes in a row is one utterance."""
    turns: list[tuple[str, str, list[str]]] = []
    mentions = row.get("movieMentions") or {}
    for message in row["messages"]:
        text = str(message.get("text") or "")
        here = [films.numbers[n] for n in _AT.findall(text) if n in films.numbers]
        spoken = _AT.sub(lambda at: films.numbers.get(at[1]) or _tidy(dict(mentions).get(at[1])) or at[0], text)
        sender = str(message.get("senderWorkerId"))
        if turns and turns[-1][0] == sender:
            turns[-1] = sender, f"{turns[-1][1]} {spoken}", turns[-1][2] + here
        else:
            turns.append((sender, spoken, here))
    recommender = str(row.get("respondentWorkerId"))
    context: list[str] = []
    named: list[str] = []
    for number, (sender, said, here) in enumerate(turns):
        if sender == recommender and here:
            targets = tuple(dict.fromkeys(here))
            yield Example(str(row["conversationId"]), number, tuple(context), tuple(named), targets, _tidy(said))
        context += [_tidy(said)] if _tidy(said) else []
        named += here


def _tidy(text: object) -> str:
    return " ".join(str(text or "").split())
