"""Films ranked for a moment of a dialogue by Rapport's sum: score(i) = Σ_t w_t · term_t(i), every term by its name.

The terms are those of a turn, taken from what a dialogue set has:

    said      cosine of what was said last (the interest point of the talk) and the film        a_k · cos(θ_k, e_i)
    words     how much of what was said last the film says, by BM25 over the best film's
    facts     genres and people that the film shares with those named, the rarer the more       graph neighbours
    ties      rank of the film from those named and from people and genres that were said       graph, PageRank
    similar   cosine of the film and the centroid of the films named
    together  how often training dialogues speak of the film beside those named                 behaviour
    popular   how often training dialogues recommend it
    recent    how new it is
    again     whether it was named already, the latest the more; it counts only where repeats are left in

Weights are fitted to the training dialogues alone (`fit`), each seen without its own counts. `tests/test_evaluate_ranking.py`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bot.check.evaluate.films import Example
from bot.recommend import SAYS, SIMILAR
from bot.terms import WEIGHTS
from vectorstore.constraints import as_values
from vectorstore.edges import plain
from vectorstore.graph import Graph
from vectorstore.item import Item
from vectorstore.words import stem

Scores = npt.NDArray[np.float32]
TERMS = ("said", "words", "facts", "ties", "similar", "together", "popular", "recent", "again")
# as bot/recommend.py weighs them in a turn, which learns nothing from dialogues: SAYS, SIMILAR, popularity
TURN = {**dict.fromkeys(TERMS, 0.0), "said": 1.0, "words": SAYS, "similar": SIMILAR, "popular": WEIGHTS["popularity"]}
_NAME = 4  # words of a name at most
LAST = 6  # utterances that count as what was said last
_NAMED = 20  # films named that are held against one that was recommended again
_SHRINK = 4.0  # mentions of a film before its company is believed
_FADED = 0.8  # of what a film named before the latest counts as a seed of the walk
_GENRE = 0.7  # of a genre that was said; a person counts in full
_FACTS = ("genres", "director", "cast", "writer")


def spoken(example: Example) -> str:
    """What was said last, as one text."""
    return " ".join(example.context[-LAST:])[-600:]


@dataclass
class Company:
    """How often films are spoken of, recommended, and named in the same training dialogue."""

    size: int
    dialogues: list[frozenset[int]] = field(default_factory=list)
    of: dict[str, int] = field(default_factory=dict)  # a dialogue's place

    def __post_init__(self) -> None:
        self.named = np.zeros(self.size, np.float32)
        self.recommended = np.zeros(self.size, np.float32)
        self._beside: dict[int, Counter[int]] = defaultdict(Counter)
        self._given: list[Counter[int]] = []

    @classmethod
    def learned(cls, examples: Iterable[Example], rows: Mapping[str, int]) -> Company:
        """From the training dialogues."""
        company = cls(len(rows))
        named: dict[str, set[int]] = defaultdict(set)
        given: dict[str, Counter[int]] = defaultdict(Counter)
        for e in examples:
            named[e.dialogue] |= {rows[n] for n in (*e.named, *e.targets)}
            given[e.dialogue].update(rows[t] for t in e.fresh)
        for dialogue, films in named.items():
            company.of[dialogue] = len(company.dialogues)
            company.dialogues.append(frozenset(films))
            company._given.append(given[dialogue])
            for a in films:
                company.named[a] += 1
                company._beside[a].update(b for b in films if b != a)
            for a, count in given[dialogue].items():
                company.recommended[a] += count
        return company

    def beside(self, films: Sequence[int], without: str = "") -> Scores:
        """How strongly each film keeps company with `films`: the mean share of their dialogues that name it, too.

        `without` is a dialogue whose own counts are taken out: what a film was recommended with may not be known.
        """
        scores = np.zeros(self.size, np.float32)
        own = self.dialogues[self.of[without]] if without in self.of else frozenset()
        for film in films:
            less = 1.0 if film in own else 0.0
            known = self.named[film] - less
            if known <= 0:
                continue
            for other, count in self._beside[film].items():
                count -= int(less) if other in own else 0
                if count > 0:
                    scores[other] += count / (known + _SHRINK)
        return (scores / np.float32(max(1, len(films)))).astype(np.float32)

    def popular(self, without: str = "") -> Scores:
        """How often each film is recommended."""
        counts = self.recommended.copy()
        if without in self.of:
            for film, count in self._given[self.of[without]].items():
                counts[film] -= count
        return counts


class Shelf:
    """The films with all that the terms need. `embed` gives query vectors in the space of `vectors`."""

    def __init__(
        self,
        items: Sequence[Item],
        vectors: Scores,
        embed: Callable[[Sequence[str]], Scores],
        bm25: Callable[[str], Scores],
        training: Iterable[Example] = (),
    ) -> None:
        self.items, self.vectors, self.embed, self.bm25 = items, vectors, embed, bm25
        self.rows = {item.id: row for row, item in enumerate(items)}
        self.company = Company.learned(training, self.rows)
        self._facts = _shared_facts(items)
        self._graph = Graph.over([item.model_copy(update={"category": ()}) for item in items])
        self._nodes = {node: row for row, item in enumerate(items) if (node := self._graph.item(item.id)) is not None}
        self._node_of = {row: node for node, row in self._nodes.items()}
        self._spoken_of = {
            name: node
            for node, entity in enumerate(self._graph.nodes)
            if entity.kind == "genre" or (entity.kind == "person" and " " in entity.name)  # "Ang" alone is a word, too
            if (name := _plain_words(entity.name))
        }
        years = np.asarray([float(item.attributes.get("year") or 0) for item in items], np.float32)  # type: ignore[arg-type]
        known = years[years > 0]
        newest = float(np.percentile(known, 99)) if len(known) else 0.0
        self._recent = np.where(years > 0, np.exp(-np.maximum(newest - years, 0) / 10), 0).astype(np.float32)

    def terms(self, example: Example, own: bool = False) -> dict[str, Scores]:
        """Every term for every film. With `own`, the example is one that the company was learned from."""
        without = example.dialogue if own else ""
        named = list(dict.fromkeys(self.rows[n] for n in example.named))
        text = spoken(example)
        said = (self.embed([text]) @ self.vectors.T)[0] if text else np.zeros(len(self.items), np.float32)
        words = self.bm25(text) if text else np.zeros(len(self.items), np.float32)
        centre = self.vectors[named].mean(axis=0) if named else np.zeros(self.vectors.shape[1], np.float32)
        length = float(np.linalg.norm(centre))
        return {
            "said": said,
            "words": words / max(float(words.max()), 1e-6),
            "facts": self._alike(named),
            "ties": self._tied(named, text),
            "similar": self.vectors @ (centre / length) if length else np.zeros(len(self.items), np.float32),
            "together": (np.log1p(50 * self.company.beside(named, without)) / 4).astype(np.float32),
            "popular": (np.log1p(self.company.popular(without)) / 4).astype(np.float32),
            "recent": self._recent,
            "again": self._again(named),
        }

    def _tied(self, named: Sequence[int], text: str) -> Scores:
        seeds = {self._node_of[row]: _FADED**place for place, row in enumerate(reversed(named))}
        for node in self._said(text):
            seeds[node] = seeds.get(node, 0.0) + (_GENRE if self._graph.nodes[node].kind == "genre" else 1.0)
        scores = np.zeros(len(self.items), np.float32)
        for node, rank in self._graph.rank(seeds).items():
            if node in self._nodes and self._nodes[node] not in named:
                scores[self._nodes[node]] = rank
        return (np.log1p(1000 * scores) / 4).astype(np.float32)

    def _said(self, text: str) -> list[int]:
        """The people and genres that a text names, by their whole names; "comedies" are comedy."""
        words = _plain_words(text).split()
        runs = {" ".join(words[at : at + length]) for length in range(1, _NAME + 1) for at in range(len(words))}
        runs |= {stem(word) for word in words}
        return [self._spoken_of[run] for run in sorted(runs) if run in self._spoken_of]

    def _again(self, named: Sequence[int]) -> Scores:
        scores = np.zeros(len(self.items), np.float32)
        for place, film in enumerate(reversed(named)):
            scores[film] = 1 / (1 + place)
        return scores

    def _alike(self, named: Sequence[int]) -> Scores:
        scores = np.zeros(len(self.items), np.float32)
        for film in named:
            for weight, rows in self._facts[film]:
                scores[rows] += weight
        return scores / max(float(scores.max()), 1e-6) if named else scores


def _plain_words(text: str) -> str:
    return " ".join(re.findall(r"[\w'.-]*\w", plain(text)))


def _shared_facts(items: Sequence[Item]) -> list[list[tuple[float, npt.NDArray[np.int64]]]]:
    """For each item its facts: how telling each is, and the rows of the items that state it."""
    stated: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, item in enumerate(items):
        for name in _FACTS:
            for value in dict.fromkeys(map(str, as_values(item.attributes.get(name)))):
                stated[name, value].append(row)
    found: list[list[tuple[float, npt.NDArray[np.int64]]]] = [[] for _ in items]
    for rows in stated.values():
        if len(rows) > 1:
            told = float(np.log(len(items) / len(rows))), np.asarray(rows, np.int64)
            for row in rows:
                found[row].append(told)
    return found


def score(terms: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """The sum."""
    total: Scores = np.zeros(len(next(iter(terms.values()))), np.float32)
    for name, weight in weights.items():
        if weight:
            total = total + np.float32(weight) * terms[name]
    return total


@dataclass(frozen=True)
class Choices:
    """What was recommended in training, each among other films: the first of each is the one that was.

    `told` has the shape (choices, films, terms). `stand_for` is the logarithm of how many films of the catalogue each
    stands for, since only some of those that were not recommended are drawn.
    """

    told: Scores
    stand_for: Scores

    def __len__(self) -> int:
        return len(self.told)

    def of(self, terms: Sequence[int]) -> Choices:
        """With some of the terms alone."""
        return Choices(self.told[:, :, list(terms)], self.stand_for)

    def chances(self, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """How likely each film is under the weights."""
        said = self.told @ weights + self.stand_for
        chance = np.exp(said - said.max(axis=1, keepdims=True))
        return np.asarray(chance / chance.sum(axis=1, keepdims=True))


def fitted(choices: Choices, ridge: float = 1.0, steps: int = 50) -> list[float]:
    """The weights under which what was recommended is likeliest: a conditional logit (McFadden 1974), by Newton's method."""

    def likelihood(weights: npt.NDArray[np.float64]) -> float:
        return float(np.log(np.maximum(choices.chances(weights)[:, 0], 1e-300)).sum() - ridge * (weights @ weights) / 2)

    told = choices.told
    weights = np.zeros(told.shape[2])
    likely = likelihood(weights)
    for _ in range(steps):
        chance = choices.chances(weights)
        mean = np.einsum("nk,nkt->nt", chance, told)
        slope = (told[:, 0] - mean).sum(axis=0) - ridge * weights
        spread = np.einsum("nkt,nku->tu", told * chance[:, :, None], told, optimize=True) - mean.T @ mean
        step = np.linalg.solve(spread + ridge * np.eye(len(weights)), slope)
        while (better := likelihood(weights + step)) < likely and np.abs(step).max() > 1e-6:
            step = step / 2
        weights, gained, likely = weights + step, better - likely, better
        if gained < 1e-2:
            break
    return [round(float(w), 4) for w in weights]


def choices(
    shelf: Shelf,
    training: Sequence[Example],
    seed: int,
    repeats: bool = False,
    others: int = 300,
    progress: Callable[[int, int], None] | None = None,
) -> Choices:
    """For each film recommended in training its terms, then those of others: with `repeats` some that were named, the rest
    drawn at random."""
    draw = np.random.default_rng(seed)
    told, stand_for = [], []
    for number, example in enumerate(training, 1):
        targets = [shelf.rows[t] for t in (example.targets if repeats else example.fresh)]
        if targets:
            free = np.ones(len(shelf.items), bool)
            named = list(dict.fromkeys(shelf.rows[n] for n in example.named))
            free[named + targets] = False
            kept = [n for n in reversed(named) if n not in targets][:_NAMED] if repeats else []
            rows = np.concatenate([np.asarray(kept, np.int64), draw.choice(np.flatnonzero(free), others - len(kept))])
            each = np.full(others + 1, np.log(max(1.0, free.sum() / (others - len(kept)))), np.float32)
            each[1 : 1 + len(kept)] = 0
            terms = shelf.terms(example, own=True)
            table = np.stack([terms[name] for name in TERMS], axis=1)
            for target in targets:
                told.append(np.vstack([table[[target]], table[rows]]))
                stand_for.append(each.copy())
                stand_for[-1][0] = 0 if target in named else each[-1]
        if progress:
            progress(number, len(training))
    if not told:
        return Choices(np.zeros((0, others + 1, len(TERMS)), np.float32), np.zeros((0, others + 1), np.float32))
    return Choices(np.stack(told), np.stack(stand_for))
