"""Profile -> items: search the catalogue inside the limits, keep to the kind that is wanted, choose with reasons.

When nothing fits it finds out why, from the catalogue: which limit, how far the nearest item is.
`tests/test_retrieve.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.learn.behaviour import Companions, had
from bot.learn.fusion import listen
from bot.learn.novelty import variety
from bot.learn.people import NOBODY, Known
from bot.learn.sources import Asked
from bot.phrases import FAINT
from bot.recommend import content_words, no_match, question, recommend, without
from bot.relative import COMPARATIVES, FAMILIES, SUPERLATIVES, comparative, field_of, leaning, measured
from bot.rules.background import Background
from bot.rules.points import NEAR_ONE, PERSON
from bot.senses import GOES_WITH, Sense, sense_of
from bot.settings import Settings
from bot.state import InterestPoint, Language, NoMatch, Profile, Reading, Recommendation, Session
from bot.terms import Terms, weights_of
from bot.topic import ANYTHING, Kinds
from vectorstore.catalogue import Candidate, Catalogue
from vectorstore.constraints import Constraint, as_date
from vectorstore.info import Recency
from vectorstore.item import Item
from vectorstore.words import meanings

_POOL = 80
_FOR_WHOM = re.compile(rf"gift|present|礼物|\b{NEAR_ONE}\b|{PERSON.pattern}", re.I)  # whom it is for no item says
NEAR = 0.5  # cosine from which on an item may be what was meant though it does not say so
_YEARS_APART = 3650.0  # days: a film that is ten years older than the newest is half as new
CARRIED = 0.25  # of a weight that was given to another kind of thing


@dataclass(frozen=True)
class Found:
    """What there is to show, or why there is nothing."""

    items: tuple[Recommendation, ...] = ()
    applied: Profile = field(default_factory=Profile)  # the profile without the limits that this catalogue cannot be held against
    no_match: NoMatch | None = None
    nearest: tuple[Recommendation, ...] = ()
    bound: float | None = None  # for "cheaper", "shorter": what the new items lie under, or over
    bound_field: str = "price"
    bound_met: bool = True
    question: str = ""  # the facet worth asking about
    options: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()  # limits on fields that this catalogue does not state
    unknown: str = ""  # a wish of this message that nothing in the catalogue says, when no kind of thing is named
    near: bool = False  # a wish of this message is answered by none of them in so many words
    exhausted: bool = False  # there were fitting items, but all were turned down or seen
    wished: tuple[Constraint, ...] = ()  # limits that this catalogue takes as wishes
    beside: str = ""  # the title of what companions were asked for


def find(
    catalogue: Catalogue, session: Session, profile: Profile, reading: Reading, settings: Settings, known: Known = NOBODY
) -> Found:
    """The items for `profile`, best first, or the reason why there are none. `known` is what the person did before."""
    if reading.topic == GOES_WITH:
        return _companions(catalogue, session, profile, reading, settings, known)
    terms = counted_by_name(catalogue, profile, reading.language, settings)
    profile, unchecked = checkable(catalogue, profile)
    kinds = Kinds.of(catalogue)
    profile = rested(focused(profile, kinds, Background.of(catalogue).telling), session, reading)
    like = reading.refers_to if reading.act == "more_like" else ()
    gone = {*session.rejected, *session.seen, *like, *had(catalogue, known)}
    wanted = kinds.wanted(profile.points) or _kinds_on_screen(catalogue, session, reading, kinds, gone)
    voices = listen(Asked(catalogue, session, profile, reading, settings, known))
    pool = [c for c in _pool(catalogue, profile, like, gone, terms, voices.proposed) if kinds.holds(c.item, wanted)]
    every = reading.critique in SUPERLATIVES or reading.critique in COMPARATIVES  # the first by a measure may lie anywhere
    if every or (wanted and len(pool) < settings.items):  # the kind may lie deeper than the first candidates
        pool = [c for c in _search(catalogue, profile, like, gone, terms, len(catalogue)) if kinds.holds(c.item, wanted)]
    if not every:
        pool = _on_the_subject(profile, pool, terms, settings.items)
    found = Found(applied=profile, unchecked=unchecked, wished=terms.wished)
    if (bound := _bound(catalogue, session, reading)) is not None:
        found = replace(found, bound_field=bound[0], bound=bound[1])
        found, pool = _inside_bound(pool, reading, found, settings.items)
    elif reading.critique in SUPERLATIVES and pool:
        terms, pool = _first_by(catalogue, profile, pool, reading, terms, settings.items)
    if not pool:
        return _nothing(catalogue, profile, session, wanted, found)
    terms = replace(terms, learned=voices.terms(pool))
    items = _choose(catalogue, profile, pool, reading, settings, terms)
    if not wanted and reading.act in ("request", "refine"):
        strange = _unknown(profile, pool, terms, items)
        found = replace(found, unknown=strange.text if strange and not _used_for(strange) else "", near=strange is not None)
    asked = _question(catalogue, profile, pool, wanted, session, settings)
    return replace(found, items=items, question=asked[0], options=asked[1])


def _kinds_on_screen(
    catalogue: Catalogue, session: Session, reading: Reading, kinds: Kinds, gone: Iterable[str]
) -> frozenset[str]:
    """When no kind was wished for, "lighter" and "more like it" mean the kinds of what is on screen, of a shop's page the
    product in view; as long as there is another of them."""
    if kinds.everything or (reading.critique not in COMPARATIVES and reading.act != "more_like"):
        return frozenset()
    names, known = reading.refers_to or session.on_screen, set(gone)
    items = [item for item in map(catalogue.get, names) if item is not None]
    found = frozenset(k for item in items if item.category for k in kinds.named(item.category[-1]))
    others = (i for i in catalogue.items() if i.id not in known and i.id not in names)
    return found if found and any(kinds.holds(i, found) for i in others) else frozenset()


def _companions(
    catalogue: Catalogue, session: Session, profile: Profile, reading: Reading, settings: Settings, known: Known
) -> Found:
    """What goes with the items meant, whichever of the two says so; of earlier wishes a part, of limits this message's."""
    meant = [item for item in map(catalogue.get, reading.refers_to) if item is not None]
    titles = {id: item.title_in(reading.language) for id, item in companions(catalogue, meant).items()}
    rest = tuple(
        p if p.turn > len(session.turns) else p.model_copy(update={"weight": round(p.weight * CARRIED, 4)})
        for p in profile.points
        if p.turn > len(session.turns) or sense_of(p.text, catalogue.today()) is None
    )
    applied, unchecked = checkable(catalogue, Profile(points=rest, constraints=reading.constraints))
    quote = " ".join(reading.asks)
    terms = replace(counted_by_name(catalogue, applied, reading.language, settings), beside=titles, quote=quote)
    gone = {i.id for i in catalogue.items()} - titles.keys() | {*session.rejected, *session.seen, *had(catalogue, known)}
    pool = _search(catalogue, applied, (), gone, terms) if titles else []
    beside = meant[0].title_in(reading.language) if meant else ""
    found = Found(applied=applied, unchecked=unchecked, wished=terms.wished, beside=beside)
    if not pool and titles and not applied.constraints:
        return replace(found, exhausted=True)
    return replace(found, items=_choose(catalogue, applied, pool, reading, settings, terms))


def companions(catalogue: Catalogue, items: Sequence[Item]) -> dict[str, Item]:
    """What goes with the items, by id: the item that it goes with, whichever of the two says so."""
    found: dict[str, Item] = {}
    own = {item.id for item in items}
    beside = Companions.of(catalogue)
    for item in items:
        for id in beside[item.id]:
            if id not in own and catalogue.get(id) is not None:
                found.setdefault(id, item)
    return found


def counted_by_name(catalogue: Catalogue, profile: Profile, language: Language, settings: Settings) -> Terms:
    """The terms beside interests: points with a sense of their own, the date that counts, limits that are only wishes."""
    today, info = catalogue.today(), catalogue.info
    stated = {
        "offer": catalogue.has_field("on_offer"),
        "delivery": catalogue.has_field("delivery_days"),
        "recent": info.recency is not None or catalogue.has_field("year"),
    }
    measured_by: dict[str, str] = {family: field for family in FAMILIES if (field := field_of(family, catalogue))}
    meant = {p.text: sense for p in profile.points if (sense := sense_of(p.text, today))}
    leanings = {
        p.text: (Sense("measure", family=found[0], less=found[1]), found[2])
        for p in profile.points
        if p.weight > 0 and (found := leaning(p.text)) and found[0] in measured_by
    }
    senses = {text: s for text, s in meant.items() if (s.family in measured_by if s.kind == "measure" else stated[s.kind])}
    wished = tuple(c for c in profile.constraints if not _may_limit(catalogue, c) and catalogue.has_field(c.field))
    recency, newest = _newer_by(catalogue, any(sense.kind == "recent" for sense in senses.values()))
    return Terms(
        info=info, today=today, language=language, senses=senses, wished=wished,
        recency=recency, newest=newest, weights=weights_of(settings), measured_by=measured_by, leanings=leanings,
        stated=Background.of(catalogue).values, everything=Kinds.of(catalogue).everything,
        wishes=sum(p.weight > 0 and p.text not in senses for p in profile.points),
    )  # fmt: skip


def _newer_by(catalogue: Catalogue, asked: bool) -> tuple[Recency | None, date | None]:
    """The date that the catalogue counts by; where it has none and the newest are asked for, the year."""
    info = catalogue.info
    if info.recency is not None or not asked:
        return info.recency, info.newest
    years = [day for item in catalogue.items() if (day := as_date(item.fact("year")))]
    return Recency(field="year", half_life_days=_YEARS_APART), max(years, default=None)


def _may_limit(catalogue: Catalogue, constraint: Constraint) -> bool:
    """Whether a limit holds for every item here; those of `bot/senses.py` always do."""
    recency = catalogue.info.recency
    own = {"on_offer", "price_with_code", "delivery_days", "weight_g", recency.field if recency else ""}
    return constraint.field in own or catalogue.info.may_limit(constraint.field)


def _pool(
    catalogue: Catalogue, profile: Profile, like: tuple[str, ...], gone: set[str], terms: Terms, also: tuple[str, ...] = ()
) -> list[Candidate]:
    """The candidates, and those that `also` names or that a wish with a sense of its own speaks of, wherever they stand."""
    found = _search(catalogue, profile, like, gone, terms, also=also)
    for point in profile.points:
        sense = terms.senses.get(point.text)
        if sense is None or point.weight <= 0:
            continue
        inside = profile.model_copy(update={"constraints": (*profile.constraints, *_inside(sense, terms))})
        known = {c.item.id for c in found}
        found += [c for c in _search(catalogue, inside, like, gone, terms) if c.item.id not in known]
    return found


def _on_the_subject(profile: Profile, pool: list[Candidate], terms: Terms, count: int) -> list[Candidate]:
    """ "The latest on the ferry strike" is about the strike: those that say every word of it, where there are enough."""
    if not any(sense.kind == "recent" for sense in terms.senses.values()):
        return pool
    subject = [k for k, p in enumerate(profile.points) if p.weight > 0 and p.text not in terms.senses and _tells(p.text, terms)]
    full = [c for c in pool if all(c.lexical[k] >= 0.99 for k in subject)]
    return full if subject and len(full) >= count else pool


def _inside(sense: Sense, terms: Terms) -> Iterable[Constraint]:
    """The limit that the items lie inside which a sense speaks of."""
    if sense.kind == "offer":
        yield Constraint(field="on_offer", op="=", value=1)
    elif sense.kind == "delivery":
        yield Constraint(field="delivery_days", op="<=", value=2 if sense.days is None else sense.days)
    elif sense.kind == "recent" and terms.recency is not None and terms.newest is not None:
        since = terms.newest - timedelta(days=min(36_500, 2 * terms.recency.half_life_days))
        yield Constraint(
            field=terms.recency.field, op=">=", value=since.year if terms.recency.field == "year" else since.isoformat()
        )


def _unknown(
    profile: Profile, pool: list[Candidate], terms: Terms, items: Sequence[Recommendation]
) -> InterestPoint | None:
    """The latest wish, when no candidate says half of its words or comes near it in meaning, and no item shown answers it."""
    latest = max((p.turn for p in profile.points), default=0)
    answered = {c.label for r in items for c in r.contributions if c.fact and c.amount > 0}
    for k, point in enumerate(profile.points):
        new = point.weight > 0 and point.turn == latest and point.source == "said"
        named = (
            new
            and _tells(point.text, terms)
            and point.text not in terms.senses
            and not _FOR_WHOM.search(point.text)
        )
        if not named or point.text in answered:
            continue
        if max(c.lexical[k] for c in pool) < 0.5 and max(c.cosines[k] for c in pool) < NEAR:
            return point
    return None


def _used_for(point: InterestPoint) -> bool:
    """Whether a wish is what a thing is for ("for the gym", 健身房用), which few items say."""
    before = r"(?<!looking )(?<!searching )(?<!hunting )(?<!shopping )(?<!asking )\bfor (?:the |a |an |my |our |some )?"
    return bool(re.search(before + re.escape(point.text), point.quote, re.I) or re.search(r"[用穿看听读戴]的?$", point.text))


def _tells(text: str, terms: Terms) -> bool:
    """Whether a wish names more than what everything here is."""
    return any(not meanings(w) & (terms.everything | ANYTHING) for w in content_words(text))


def instead(
    catalogue: Catalogue, session: Session, label: str, settings: Settings, known: Known = NOBODY
) -> tuple[Recommendation, ...]:
    """The items for the profile without the interest point `label`: the same candidates, the same sum less one term."""
    terms = counted_by_name(catalogue, session.profile, session.language, settings)
    profile, _ = checkable(catalogue, session.profile)
    kinds = Kinds.of(catalogue)
    profile = focused(profile, kinds, Background.of(catalogue).telling)
    rest = profile.model_copy(update={"points": tuple(p for p in profile.points if p.text != label)})
    wanted = kinds.wanted(rest.points)
    reading = Reading(act="refine", language=session.language, by="edit")
    voices = listen(Asked(catalogue, session, profile, reading, settings, known))
    gone = {*session.rejected, *session.seen, *had(catalogue, known)}
    pool = [c for c in _pool(catalogue, profile, (), gone, terms, voices.proposed) if kinds.holds(c.item, wanted)]
    terms = replace(terms, learned=voices.terms(pool))
    vectors = dict(zip((c.item.id for c in pool), catalogue.vectors([c.item.id for c in pool]), strict=True))
    return without(profile, label, pool, settings.items, session.language, settings.diversity, vectors, terms)


def checkable(catalogue: Catalogue, profile: Profile) -> tuple[Profile, tuple[str, ...]]:
    """The profile with the limits that this catalogue can be held against, and the fields of those it cannot.

    A limit on a field that no item states, or a budget in another currency, is not applied; the reply says so. One on a
    field that `constrained` does not name is a wish (`counted_by_name`). What `same_as` names is held against that field.
    """
    kept: list[Constraint] = []
    unchecked: list[str] = []
    for c in profile.constraints:
        if not catalogue.has_field(c.field):
            c = c.model_copy(update={"field": catalogue.info.stated_as(c.field)})
        own = catalogue.info.currency
        foreign = c.field == "price" and c.currency and own and c.currency != own
        if foreign or not catalogue.has_field(c.field):
            unchecked.append(f"{c.field}:{c.currency}" if foreign else c.field)
        elif _may_limit(catalogue, c):
            kept.append(c)
    return profile.model_copy(update={"constraints": tuple(kept)}), tuple(dict.fromkeys(unchecked))


def focused(profile: Profile, kinds: Kinds, telling: frozenset[str] = frozenset()) -> Profile:
    """The profile as it counts for the thing that is looked for now.

    When the talk has moved on to another kind of thing, the earlier thing rests and what was said before the move
    counts a part (`CARRIED`); lasting tastes and hand-set weights count in full. An earlier thing rests as well when it is none
    of what is here: `telling` are the words of the catalogue. The profile that is kept stays as it is.
    """
    named = [(p.turn, kinds.named(p.text)) for p in profile.points if p.weight > 0]
    moved = max((turn for turn, names in named if names), default=0)
    now = frozenset(name for turn, names in named if turn == moved for name in names)
    strange = {p.text for p in profile.points if p.weight > 0 and p.turn < moved and _strange(p.text, telling)}
    if not strange and not any(names and turn < moved and not names & now for turn, names in named):
        return profile

    def counted(p: InterestPoint) -> InterestPoint:
        if p.turn >= moved or p.lasting or p.source == "edited":
            return p
        names = kinds.named(p.text)
        share = 0.0 if p.text in strange or (names and not names & now and p.weight > 0) else CARRIED
        return p.model_copy(update={"weight": round(p.weight * share, 4)})

    return profile.model_copy(update={"points": tuple(map(counted, profile.points))})


def rested(profile: Profile, session: Session, reading: Reading) -> Profile:
    """The profile with "cheaper", "lighter", 便宜点 at rest: said of what was on screen, the bound of its turn does that work,
    and later it counts a part."""
    turn = len(session.turns) + 1

    def share(p: InterestPoint) -> float:
        if p.weight <= 0 or p.source == "edited" or not comparative(p.text) or not session.turns:
            return 1.0
        return CARRIED if p.turn < turn else 0.0 if reading.critique in COMPARATIVES else 1.0

    points = tuple(p.model_copy(update={"weight": round(p.weight * share(p), 4)}) for p in profile.points)
    return profile.model_copy(update={"points": points})


def _strange(text: str, telling: frozenset[str]) -> bool:
    """Whether a wish names a thing of which the catalogue has no word ("lawn mowers")."""
    words = content_words(text)
    return bool(telling and words) and not meanings(words[-1]) & telling


def _search(
    catalogue: Catalogue, profile: Profile, like: tuple[str, ...], gone: set[str], terms: Terms,
    limit: int | None = None, also: tuple[str, ...] = (),
) -> list[Candidate]:
    texts = [p.text for p in profile.points]
    weights = [0.0 if p.text in terms.senses else p.weight for p in profile.points]  # no words to search for
    return catalogue.search(
        texts, constraints=profile.constraints, like=like, exclude=gone, limit=limit or _POOL, weights=weights, also=also
    )


def _choose(
    catalogue: Catalogue, profile: Profile, pool: list[Candidate], reading: Reading, settings: Settings, terms: Terms
) -> tuple[Recommendation, ...]:
    vectors = dict(zip((c.item.id for c in pool), catalogue.vectors([c.item.id for c in pool]), strict=True))
    return recommend(profile, pool, settings.items, reading.language, variety(reading, settings), vectors, terms)


def _bound(catalogue: Catalogue, session: Session, reading: Reading) -> tuple[str, float] | None:
    """For "cheaper", "shorter", "older": the field, and the bound that the item pointed at sets, or all on screen together.

    None beside a budget.
    """
    family, less = COMPARATIVES.get(reading.critique, ("price", True))
    if reading.critique not in COMPARATIVES or not (field := field_of(family, catalogue)):
        return None
    meant = reading.refers_to or session.on_screen
    known = [n for item in map(catalogue.get, meant) if item is not None and (n := measured(item, field)) is not None]
    bound = (min if less else max)(known, default=None)
    limits = [c.value for c in reading.constraints if c.field == field]
    return (field, bound) if bound is not None and all(value == bound for value in limits) else None


def _inside_bound(pool: list[Candidate], reading: Reading, found: Found, count: int) -> tuple[Found, list[Candidate]]:
    """The candidates on the right side of what was pointed at; when there are none, the nearest to it."""
    field, (_, less) = found.bound_field, COMPARATIVES[reading.critique]
    assert found.bound is not None
    known = [(n, c) for c in pool if (n := measured(c.item, field)) is not None]
    inside = [c for n, c in known if (n < found.bound if less else n > found.bound)]
    nearest = [c for _, c in sorted(known, key=lambda pair: pair[0] if less else -pair[0])][:count]
    return replace(found, bound_met=bool(inside)), inside or nearest


def _first_by(
    catalogue: Catalogue, profile: Profile, pool: list[Candidate], reading: Reading, terms: Terms, count: int
) -> tuple[Terms, list[Candidate]]:
    """For "the longest": of what says every wish, and nothing that is turned down, those that lie first, in a term of the sum."""
    family, less = SUPERLATIVES[reading.critique]
    field = field_of(family, catalogue)
    points = list(enumerate(profile.points))
    wished = [k for k, p in points if p.weight > FAINT and p.text not in terms.senses and _tells(p.text, terms)]
    against = [k for k, p in points if p.weight < -FAINT]
    known = [c for c in pool if measured(c.item, field) is not None and not any(c.lexical[k] >= 0.99 for k in against)]
    full = [c for c in known if all(c.lexical[k] >= 0.99 for k in wished)]
    near = [c for c in known if all(c.lexical[k] >= 0.5 or c.cosines[k] >= NEAR for k in wished)]
    chosen = full or near or known
    chosen = sorted(chosen, key=lambda c: (measured(c.item, field) or 0.0) * (1 if less else -1))[:count]
    places = {c.item.id: (field, round(1 - n / max(1, len(chosen)), 4)) for n, c in enumerate(chosen)}
    return replace(terms, first=places, quote=reading.critique), chosen


def _nothing(catalogue: Catalogue, profile: Profile, session: Session, wanted: frozenset[str], found: Found) -> Found:
    kinds = Kinds.of(catalogue)
    if any(kinds.holds(i, wanted) for i in catalogue.matching(profile.constraints)):
        return replace(found, exhausted=True)
    free = profile.model_copy(update={"constraints": ()})
    of_kind = [c.item for c in _search(catalogue, free, (), set(), Terms()) if kinds.holds(c.item, wanted)]
    every = [item for item in catalogue.items() if kinds.holds(item, wanted)] if wanted else of_kind
    reason = no_match(profile.constraints, every, session.language)
    return replace(found, no_match=reason)


def _question(
    catalogue: Catalogue,
    profile: Profile,
    pool: list[Candidate],
    wanted: frozenset[str],
    session: Session,
    settings: Settings,
) -> tuple[str, tuple[str, ...]]:
    """One question, only about a known kind with little else said, never two in a row."""
    wishes = [p for p in profile.points if p.weight > 0]
    if not wanted or len(wishes) > 1 or (session.turns and session.turns[-1].question):
        return "", ()
    known = {c.field for c in profile.constraints}
    facets = [f for f in catalogue.info.facets if f not in ("price", "category")]
    asked = question([c.item for c in pool], facets, known, settings.items)
    if asked is None:
        return "", ()
    counts = catalogue.values(asked[0], [c.item.id for c in pool], session.language)
    return asked[0], tuple(value for value, _ in counts.most_common(4))
