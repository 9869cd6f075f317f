"""Profile + candidates -> recommendations, by a sum that is kept term by term. Pure: no model, no database, no page.

    score(i) = Σ_k a_k · (cos(θ_k, e_i) + SAYS · says_k(i)) + similar + rating + popularity + named terms − variety

`a_k` is how much the person cares about interest point k, `cos` the cosine of its embedding and the item's, and `says`
the share of the point's words that the item states (1), or minus a part where the item states something else in the
same place (closure: horn buttons, when zips were spoken of). A point with a sense of its own ("on sale", "latest") is one of
the named terms (`bot/terms.py`) instead. Every term becomes a `Contribution`; they sum to the score.
`tests/test_recommend.py` works the sums out by hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.rules.background import values_in
from bot.senses import HOLDS
from bot.state import Contribution, Fact, InterestPoint, Language, Limit, NoMatch, Profile, Recommendation
from bot.terms import Terms
from vectorstore.constraints import Constraint, as_number, as_values, satisfies, states
from vectorstore.item import Item, Scalar, Value
from vectorstore.words import colour_word, fold, is_chinese, meanings, same_word, tokens

SAYS = 0.7  # weight of the item's own words beside the embedding
RULED_OUT = 1.4  # the same for a word that the person rules out and the item states
MINOR = 0.2  # a word belongs to no field that states it less than so much of the times that another does
OTHERWISE = 0.4  # what a stated opposite takes away
SIMILAR = 0.5
_QUIET = frozenset(  # numbers, ids and dates that no wish is held against by its words
    {"rating_count", "was", "rating", "price", "coupon_saves", "offer_ends", "goes_with", "stock", "delivery_days"}
)
_PEOPLE = frozenset({"cast", "people", "director", "artist", "author"})
_COLOURED = frozenset({"colour", "also_in", "shade", "ink"})
_PARTY = re.compile(r"([单双一二两三四五六八])人|(one|two|three|four|five|six|eight|[1-8])[- ]?(?:person|people|man)")
_COUNTS = {
    **{w: n for n, w in enumerate("one two three four five six seven eight".split(), 1)}, **{str(n): n for n in range(1, 9)},
    "单": 1, "双": 2, "两": 2, **{w: n for n, w in enumerate("一二三四五六七八", 1)},
}  # fmt: skip
_NO_TERMS = Terms()


class Candidate(Protocol):
    """What the search gives: an item, and one number a query text."""

    @property
    def item(self) -> Item: ...
    @property
    def cosines(self) -> Sequence[float]: ...
    @property
    def lexical(self) -> Sequence[float]: ...
    @property
    def similar(self) -> float: ...


@dataclass(frozen=True)
class Evidence:
    """How an item answers an interest point: the share of its words that it says, less what it says otherwise."""

    says: float
    fact: Fact | None
    otherwise: float = 0.0  # the part of `says` that a stated opposite took away, when the rest of the point is said
    opposite: Fact | None = None
    spared: bool = False  # what is disliked is only what it also comes in: then nothing speaks against it


def recommend(
    profile: Profile,
    candidates: Sequence[Candidate],
    count: int,
    language: Language = "en",
    diversity: float = 0.0,
    vectors: Mapping[str, npt.NDArray[np.float32]] | None = None,
    named: Terms = _NO_TERMS,
) -> tuple[Recommendation, ...]:
    """The best `count` items, each with the contributions that sum to its score.

    `candidates[i].cosines[k]` belongs to `profile.points[k]`. `vectors` are unit vectors by item id; with `diversity`
    > 0 an item loses diversity · (its largest cosine to one already chosen, above .5), as a term of its own (maximal
    marginal relevance, Carbonell and Goldstein 1998). `named` are the terms beside interests.
    """
    named = named.among([c.item for c in candidates])
    places = Places(profile.points, [c.item for c in candidates], named.everything, named.stated, named.leanings)
    pool = [
        _scored(profile, c, places, language, named) for c in candidates if all(satisfies(c.item, x) for x in profile.constraints)
    ]
    pool.sort(key=lambda r: (-r.score, r.item.id))
    chosen: list[Recommendation] = []
    while pool and len(chosen) < count:
        best = max((_varied(r, chosen, diversity, vectors or {}) for r in pool[:40]), key=lambda r: (r.score, r.item.id))
        pool = [r for r in pool if r.item.id != best.item.id]
        chosen.append(best)
    return tuple(chosen)


class Places:
    """Where in an item each word of an interest is stated, learned from the candidates: "zip" belongs to `closure`.

    `stated`: what all items state, by field: under $50 nothing is of leather, and still leather is a material. A word belongs
    where it is stated most: leather soles do not make soles of it.
    """

    def __init__(
        self, points: Iterable[InterestPoint], items: Sequence[Item],
        everything: frozenset[str] = frozenset(), stated: Mapping[str, Mapping[str, int]] | None = None,
        leanings: Mapping[str, tuple[object, str]] | None = None,
    ) -> None:  # fmt: skip
        self._everything, self._leanings = everything, leanings or {}
        points = list(points)
        words = {word for p in points for word in self.telling(p.text)}
        self._fields: dict[str, set[str]] = {word: set() for word in words}
        stated = stated or values_in(items)
        named = {w for p in points for w in _capitalised(p.text)} | {w for w in words if is_chinese(w)}
        for word in words:
            counts: Counter[str] = Counter()
            for field, values in stated.items():
                if field in _COLOURED and not colour_word(word):
                    continue  # "light" is no colour, though some be light grey
                if field in _QUIET or (field in _PEOPLE and word not in named):
                    continue  # "bloody" is no name, though a singer be called so: her colleagues deny nothing
                says = partial(_called, word=word) if field in _PEOPLE else partial(same_word, wanted=word)
                count = sum(n for value, n in values.items() if value and says(value))
                counts["colour" if field == "also_in" else field] += count  # what it also comes in denies nothing
            most = max(counts.values(), default=0)
            self._fields[word] = {field for field, n in counts.items() if n and n >= MINOR * most}

    def telling(self, text: str) -> list[str]:
        """The words of an interest that tell items apart: "film" does not among films, nor what measures them ("cheap")."""
        words = content_words(text.removeprefix(self._leanings[text][1]) if text in self._leanings else text)
        return [w for w in words if not meanings(w) & self._everything]

    def of(self, word: str) -> set[str]:
        """The fields in which some candidate states `word`."""
        return self._fields.get(word, set())


def _called(name: str, word: str) -> bool:
    """Whether a name has a word, by itself and not by its meaning: "Chinese" is not Wu Bai & China Blue, 长 nobody's name."""
    return len(word) > 1 and word in name if is_chinese(word) else word in tokens(name)


def _capitalised(text: str) -> set[str]:
    """The words of a text that are written as names are."""
    return {word for w in text.split() if w[:1].isupper() for word in tokens(w)}


def content_words(text: str) -> list[str]:
    """The words of an interest point that an item can state. "Two-person" is one: two hands are no two people."""
    words = list(dict.fromkeys(tokens(text)))
    parts = {part for word in words if _PARTY.fullmatch(word) for part in re.split(r"[- ]", word) if part != word}
    return [word for word in words if word not in parts]


def evidence(item: Item, point: InterestPoint, places: Places, coverage: float, language: Language = "en") -> Evidence:
    """What `item` says to `point`, and the one fact worth quoting.

    `coverage` is the lexical index's share of words said.
    """
    words = places.telling(point.text)
    if not words:
        return Evidence(0.0, None)
    said: list[Fact] = []
    denied: list[Fact] = []
    wrong = spared = 0  # numbers that the item states otherwise; disliked colours that it also comes in
    for word in words:
        fact = stated(item, word, places, language)
        if fact is None:
            continue
        if point.weight < 0 and fact[0].name == "also_in":  # it need not be had in that colour
            spared += 1
            continue
        (denied if fact[1] else said).append(fact[0])
        wrong += fact[1] and word.isdigit()
    firm = denied or spared or any(word.isdigit() for word in words)  # a number that merely stands in the text proves nothing
    share = len(said) / len(words) if firm else max(coverage, len(said) / len(words))
    otherwise = (OTHERWISE * len(denied) + (1 - OTHERWISE) * wrong) / len(words)
    if denied and not said:
        return Evidence(share - otherwise, denied[0])
    if denied:  # "black leather jacket" of a brown one: both facts are told, each for its part
        return Evidence(share - otherwise, said[0], otherwise, denied[0])
    return Evidence(share, said[0] if said else None, spared=bool(spared) and not said)


def stated(item: Item, word: str, places: Places, language: Language = "en") -> tuple[Fact, bool] | None:
    """The fact that says `word`, or (True) the one that says something else in its place; None when it is silent."""
    shown = item.attributes_in(language)
    if (party := _PARTY.fullmatch(word)) and (field := next((f for f in HOLDS if f in item.attributes), "")):
        holds = as_number(as_values(item.attributes[field])[0])
        return Fact(name=field, value=shown[field]), holds != _COUNTS[party[1] or party[2]]
    for field, value in sorted(item.attributes.items(), key=lambda pair: pair[0] in _PEOPLE):  # jazz is a style first
        if field in _QUIET:
            continue
        if isinstance(value, bool):
            if same_word(field.replace("_", " "), word) or word in tokens(field.replace("_", " ")):
                without = field.endswith("_free") and word in tokens(field.removesuffix("_free").replace("_", " "))
                return Fact(name=field, value=value), value if without else not value  # fragrance-free: no, has fragrance
            continue
        spoken = as_values(value) + as_values(shown.get(field))
        for translation in item.translations.values():
            spoken += as_values(translation.attributes.get(field))
        if field in _PEOPLE:
            spoken = tuple(v for v in spoken if _called(_worded(v), word))
        if any(same_word(_worded(v), word) for v in spoken if _worded(v)):
            return Fact(name=field, value=_said(field, word, item, language)), False
    if word.isdigit():
        sized = re.search(rf"(?<![\w/.-]){word}\s?(?:[\"”″]|-?inch|英?寸)", f"{item.title} {item.title_in('zh')}", re.I)
        if sized:
            return Fact(name="title", value=item.title_in(language)), False
        return next(((Fact(name=f, value=shown[f]), True) for f in sorted(places.of(word)) if f in shown), None)
    if any(same_word(part, word) or word in tokens(part) for part in (item.title, item.title_in("zh"))):
        return Fact(name="title", value=item.title_in(language)), False
    if any(same_word(part, word) for part in item.category) or (item.brand and same_word(item.brand, word)):
        name = "brand" if item.brand and same_word(item.brand, word) else "category"
        return Fact(name=name, value=item.brand if name == "brand" and item.brand else item.category[-1]), False
    for tag in item.tags:
        if same_word(tag, word):
            own = language == item.language or not item.category  # tags have no translation
            return Fact(name="tags" if own else "category", value=tag if own else item.category[-1]), False
    for described in (item.description, item.description_in("zh")):
        if word in tokens(described) or meanings(word) & set(tokens(described)):
            return Fact(name="description", value=_clause(item.description_in(language), word)), False
    for field in sorted(places.of(word)):
        other = shown.get(field)
        if other is not None and not isinstance(other, bool):
            return Fact(name=field, value=other), True
    return None


def _said(field: str, word: str, item: Item, language: Language) -> Value:
    """The value to quote: of the colours it also comes in, the one that was asked for."""
    shown, own = as_values(item.attributes_in(language).get(field)), as_values(item.attributes.get(field))
    if field != "also_in":
        return item.attributes_in(language)[field]
    for place, value in enumerate(own):
        other = shown[place] if place < len(shown) else value
        if same_word(str(value), word) or same_word(str(other), word):
            return other
    return shown


def without(
    profile: Profile,
    label: str,
    candidates: Sequence[Candidate],
    count: int,
    language: Language = "en",
    diversity: float = 0.0,
    vectors: Mapping[str, npt.NDArray[np.float32]] | None = None,
    named: Terms = _NO_TERMS,
) -> tuple[Recommendation, ...]:
    """What would be shown if the person did not care about the point `label`: the same sum without that term."""
    silent = tuple(p.model_copy(update={"weight": 0.0}) if p.text == label else p for p in profile.points)
    return recommend(profile.model_copy(update={"points": silent}), candidates, count, language, diversity, vectors, named)


def no_match(constraints: Sequence[Constraint], items: Sequence[Item], language: Language = "en") -> NoMatch | None:
    """Which limit stands in the way of `items` (what is wanted otherwise), the nearest real bound, and one way out.

    None when some item satisfies every limit, or no single limit is the reason.
    """
    if not items or any(all(satisfies(i, c) for c in constraints) for i in items):
        return None
    best: tuple[float, NoMatch] | None = None
    for constraint in constraints:
        others = [c for c in constraints if c is not constraint]
        left = [i for i in items if all(satisfies(i, c) for c in others) and states(i, constraint.field)]
        if not left:
            continue
        distance, found = _nearest(constraint, left, language)
        if best is None or distance < best[0]:
            best = distance, found
    return best[1] if best else None


def question(
    items: Sequence[Item], facets: Sequence[str], known: Collection[str], shown: int
) -> tuple[str, tuple[str, ...]] | None:
    """The facet worth asking about and its commonest values, when an answer narrows more than showing `shown` items.

    The expected part of `items` left after the answer (Σ p²) must be under .4, and there must be enough to ask about.
    """
    best: tuple[float, str, tuple[str, ...]] | None = None
    for facet in facets:
        if facet in known:
            continue
        counts: dict[str, int] = {}
        for item in items:
            for value in {str(v) for v in as_values(item.fact(facet))}:
                counts[value] = counts.get(value, 0) + 1
        total = sum(counts.values())
        if len(counts) < 3 or total < len(items) * 0.6:
            continue
        left = sum((n / total) ** 2 for n in counts.values())
        common = tuple(sorted(counts, key=lambda v: (-counts[v], v))[:4])
        if left < 0.4 and len(items) * (1 - left) > 3 * shown and (best is None or left < best[0]):
            best = left, facet, common
    return (best[1], best[2]) if best else None


def _scored(profile: Profile, candidate: Candidate, places: Places, language: Language, named: Terms) -> Recommendation:
    item, terms = candidate.item, []
    for k, point in enumerate(profile.points):
        if point.weight == 0:
            continue
        if (answered := named.answer(point, item)) is not None:
            terms.append(answered)
            continue
        proof = evidence(item, point, places, candidate.lexical[k], language)
        says = proof.says + proof.otherwise
        free = point.weight < 0 and says < 0 and proof.fact is not None and isinstance(proof.fact.value, bool)
        near = proof.spared or free  # what is free of it may speak of it: that is nothing against it
        cosine = min(candidate.cosines[k], 0.0) if near else candidate.cosines[k]
        value = cosine + (RULED_OUT if point.weight < 0 and says > 0 else SAYS) * says
        terms.append(_term("interest", point.text, point.weight, value, point.quote, proof.fact))
        if (leaning := named.leaning(point, item)) is not None:
            terms.append(leaning)
        if proof.opposite:
            terms.append(_term("interest", point.text, point.weight, -SAYS * proof.otherwise, point.quote, proof.opposite))
    if candidate.similar:
        terms.append(_term("similar", "similar", SIMILAR, candidate.similar))
    rating = as_number(as_values(item.fact("rating") or 0)[0]) or 0.0
    weights = named.weights
    if rating and weights["rating"]:
        share = rating / (5 if rating <= 5 else 10)
        terms.append(_term("rating", "rating", weights["rating"], share, fact=Fact(name="rating", value=rating)))
    if item.popularity and weights["popularity"]:
        terms.append(_term("popularity", "popularity", weights["popularity"], item.popularity))
    terms += named.others(item)
    limits = tuple(Limit(constraint=c, fact=_limit_fact(item, c)) for c in profile.constraints)
    return Recommendation(item=item, score=_sum(terms), contributions=tuple(terms), limits=limits)


def _term(term: str, label: str, weight: float, value: float, quote: str = "", fact: Fact | None = None) -> Contribution:
    amount = round(weight * value, 4)
    return Contribution.model_validate(
        {
            "term": term,
            "label": label,
            "weight": weight,
            "value": round(value, 4),
            "amount": amount,
            "quote": quote,
            "fact": fact,
        }
    )


def _varied(
    r: Recommendation,
    chosen: Sequence[Recommendation],
    diversity: float,
    vectors: Mapping[str, npt.NDArray[np.float32]],
) -> Recommendation:
    if not diversity or r.item.id not in vectors:
        return r
    alike = max((float(vectors[r.item.id] @ vectors[c.item.id]) for c in chosen if c.item.id in vectors), default=0.0)
    if alike <= 0.5:
        return r
    terms = (*r.contributions, _term("variety", "variety", -diversity, alike - 0.5))
    return r.model_copy(update={"contributions": terms, "score": _sum(terms)})


def _sum(terms: Iterable[Contribution]) -> float:
    return round(sum(t.amount for t in terms), 4)


def _limit_fact(item: Item, constraint: Constraint) -> Fact | None:
    value = item.fact("age_from" if constraint.field == "age" else constraint.field)
    return None if value is None else Fact(name=constraint.field, value=value)


def _nearest(constraint: Constraint, items: Sequence[Item], language: Language) -> tuple[float, NoMatch]:
    bound = as_number(as_values(constraint.value)[0])
    if constraint.op in ("<=", ">=") and bound is not None:
        numbers = [(n, i) for i in items for n in map(as_number, as_values(i.fact(constraint.field))) if n is not None]
        if numbers:
            nearest, item = min(numbers, key=lambda pair: abs(pair[0] - bound))
            way_out = constraint.model_copy(update={"value": nearest, "quote": ""})
            gap = abs(nearest - bound) / max(abs(bound), 1.0)
            return gap, NoMatch(blocking=constraint, nearest=nearest, nearest_item=item.title_in(language), relaxation=way_out)
    if constraint.op in ("=", "in") and bound is not None:
        numbers = [(n, i) for i in items for n in map(as_number, as_values(i.fact(constraint.field))) if n is not None]
        if numbers:
            nearest, item = min(numbers, key=lambda pair: abs(pair[0] - bound))
            way_out = constraint.model_copy(update={"op": "=", "value": nearest, "quote": ""})
            return 0.5, NoMatch(blocking=constraint, nearest=nearest, nearest_item=item.title_in(language), relaxation=way_out)
    values = as_values(items[0].fact(constraint.field))
    word = str(values[0]) if values else None
    return 1.0, NoMatch(blocking=constraint, nearest=word, nearest_item=items[0].title_in(language), relaxation=None)


def _worded(value: Scalar) -> str:
    return "" if isinstance(value, bool) else str(value)


_PAUSE = re.compile(r"(?<!\d)[.,:]\s*|[.,:](?!\d)\s*|[;!?()，。；：！？（）]\s*")  # €4.8m and 9:30 are one word each


def _clause(text: str, word: str) -> str:
    """The part of a sentence that holds `word`, short enough for a card."""
    forms = meanings(word)
    for clause in _PAUSE.split(text):
        folded = fold(clause)
        if any(f in folded for f in forms if is_chinese(f) or " " in f) or set(tokens(clause)) & forms:
            place = next((m.start() for m in re.finditer(r"[\w'-]+", clause) if set(tokens(m[0])) & forms), 0)
            return shortened(clause, place)
    return shortened(text)


def shortened(clause: str, place: int = 0) -> str:
    """A clause for a card: no quotation mark without its other half; of a long one whole words around `place`, and a sign."""
    most = 40 if is_chinese(clause) else 80
    if len(clause) > most:
        start = 0 if place < most - 20 else clause.rfind(" ", 0, place - most // 2) + 1
        part = clause[start : start + most + 1]
        cut = part[:most] if is_chinese(clause) else part.rsplit(" ", 1)[0] if len(part) > most else part
        more = "…" if start + len(cut) < len(clause.rstrip()) else ""
        clause = ("…" if start else "") + cut.rstrip(" ,.;:，。；：、") + more
    said = clause.strip()
    for opening, closing in ('""', "“”", "「」", "《》"):
        if said.count(opening) + (said.count(closing) if closing != opening else 0) == 1:
            said = said.replace(opening, "").replace(closing, "").strip()
    return said
