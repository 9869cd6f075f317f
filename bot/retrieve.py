"""Profile -> items: search the catalogue inside the limits, keep to the kind that is wanted, choose with reasons.

When nothing fits it finds out why, from the catalogue: which limit, how far the nearest item is.
`tests/test_retrieve.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from bot.recommend import no_match, question, recommend, without
from bot.settings import Settings
from bot.state import InterestPoint, NoMatch, Profile, Reading, Recommendation, Session
from bot.topic import Kinds
from vectorstore.catalogue import Candidate, Catalogue
from vectorstore.constraints import Constraint

_POOL = 80
NEAR = 0.5  # cosine from which on an item may be what was meant though it does not say so
CARRIED = 0.25  # of a weight that was given to another kind of thing


@dataclass(frozen=True)
class Found:
    """What there is to show, or why there is nothing."""

    items: tuple[Recommendation, ...] = ()
    applied: Profile = field(
        default_factory=Profile
    )  # the profile without the limits that this catalogue cannot be held against
    no_match: NoMatch | None = None
    nearest: tuple[Recommendation, ...] = ()
    bound: float | None = None  # for "cheaper": the price that the new items are under
    bound_met: bool = True
    question: str = ""  # the facet worth asking about
    options: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()  # limits on fields that this catalogue does not state
    unknown: str = ""  # a wish of this message that nothing in the catalogue says, when no kind of thing is named
    exhausted: bool = False  # there were fitting items, but all were turned down or seen


def find(catalogue: Catalogue, session: Session, profile: Profile, reading: Reading, settings: Settings) -> Found:
    """The items for `profile`, best first, or the reason why there are none."""
    profile, unchecked = checkable(catalogue, profile)
    kinds = Kinds.of(catalogue)
    profile = focused(profile, kinds)
    wanted = kinds.wanted(profile.points)
    like = reading.refers_to if reading.act == "more_like" else ()
    gone = {*session.rejected, *session.seen, *like}
    pool = [c for c in _search(catalogue, profile, like, gone) if kinds.holds(c.item, wanted)]
    if wanted and len(pool) < settings.items:  # the kind may lie deeper than the first candidates
        pool = [c for c in _search(catalogue, profile, like, gone, len(catalogue)) if kinds.holds(c.item, wanted)]
    found = Found(applied=profile, unchecked=unchecked)
    bound = _bound(catalogue, session, reading)
    if bound is not None:
        cheaper = [c for c in pool if c.item.price is not None and c.item.price < bound]
        found = replace(found, bound=bound, bound_met=bool(cheaper))
        pool = (
            cheaper
            or sorted(pool, key=lambda c: c.item.price if c.item.price is not None else float("inf"))[: settings.items]
        )
    if not pool:
        return _nothing(catalogue, profile, session, wanted, found)
    items = _choose(catalogue, profile, pool, session, reading, settings)
    if not wanted and reading.act in ("request", "refine"):
        found = replace(found, unknown=_unknown(profile, pool))
    asked = _question(catalogue, profile, pool, wanted, session, settings)
    return replace(found, items=items, question=asked[0], options=asked[1])


def _unknown(profile: Profile, pool: list[Candidate]) -> str:
    """The latest wish, when no candidate says half of its words or comes near it in meaning."""
    latest = max((p.turn for p in profile.points), default=0)
    for k, point in enumerate(profile.points):
        new = point.weight > 0 and point.turn == latest and point.source == "said"
        named = new and not re.search("gift|present|礼物", point.text)
        if named and max(c.lexical[k] for c in pool) < 0.5 and max(c.cosines[k] for c in pool) < NEAR:
            return point.text
    return ""


def instead(catalogue: Catalogue, session: Session, label: str, settings: Settings) -> tuple[Recommendation, ...]:
    """The items for the profile without the interest point `label`: the same candidates, the same sum less one term."""
    profile, _ = checkable(catalogue, session.profile)
    kinds = Kinds.of(catalogue)
    profile = focused(profile, kinds)
    rest = profile.model_copy(update={"points": tuple(p for p in profile.points if p.text != label)})
    wanted = kinds.wanted(rest.points)
    pool = [
        c for c in _search(catalogue, profile, (), {*session.rejected, *session.seen}) if kinds.holds(c.item, wanted)
    ]
    vectors = dict(zip((c.item.id for c in pool), catalogue.vectors([c.item.id for c in pool]), strict=True))
    return without(profile, label, pool, settings.items, session.language, settings.diversity, vectors)


def checkable(catalogue: Catalogue, profile: Profile) -> tuple[Profile, tuple[str, ...]]:
    """The profile with the limits that this catalogue can be held against, and the fields of those it cannot.

    A limit on a field that no item states, or a budget in another currency, is not applied; the reply says so.
    """
    kept: list[Constraint] = []
    unchecked: list[str] = []
    for c in profile.constraints:
        own = catalogue.info.currency
        foreign = c.field == "price" and c.currency and own and c.currency != own
        if foreign or not catalogue.has_field(c.field):
            unchecked.append(f"{c.field}:{c.currency}" if foreign else c.field)
        else:
            kept.append(c)
    return profile.model_copy(update={"constraints": tuple(kept)}), tuple(dict.fromkeys(unchecked))


def focused(profile: Profile, kinds: Kinds) -> Profile:
    """The profile as it counts for the thing that is looked for now.

    When the talk has moved on to another kind of thing, the earlier thing rests and what was said before the move
    counts a part (`CARRIED`); lasting tastes and hand-set weights count in full. The profile that is kept stays as it
    is.
    """
    named = [(p.turn, kinds.named(p.text)) for p in profile.points if p.weight > 0]
    moved = max((turn for turn, names in named if names), default=0)
    now = frozenset(name for turn, names in named if turn == moved for name in names)
    if not any(names and turn < moved and not names & now for turn, names in named):
        return profile

    def counted(p: InterestPoint) -> InterestPoint:
        if p.turn >= moved or p.lasting or p.source == "edited":
            return p
        names = kinds.named(p.text)
        share = 0.0 if names and not names & now and p.weight > 0 else CARRIED
        return p.model_copy(update={"weight": round(p.weight * share, 4)})

    return profile.model_copy(update={"points": tuple(map(counted, profile.points))})


def _search(
    catalogue: Catalogue, profile: Profile, like: tuple[str, ...], gone: set[str], limit: int | None = None
) -> list[Candidate]:
    texts, weights = [p.text for p in profile.points], [p.weight for p in profile.points]
    return catalogue.search(
        texts, constraints=profile.constraints, like=like, exclude=gone, limit=limit or _POOL, weights=weights
    )


def _choose(
    catalogue: Catalogue,
    profile: Profile,
    pool: list[Candidate],
    session: Session,
    reading: Reading,
    settings: Settings,
) -> tuple[Recommendation, ...]:
    vectors = dict(zip((c.item.id for c in pool), catalogue.vectors([c.item.id for c in pool]), strict=True))
    return recommend(profile, pool, settings.items, reading.language, settings.diversity, vectors)


def _bound(catalogue: Catalogue, session: Session, reading: Reading) -> float | None:
    """For "cheaper": the lowest price meant (the item pointed at, or the cheapest on screen); None beside a budget."""
    if reading.critique != "cheaper":
        return None
    meant = reading.refers_to or session.on_screen
    prices = [item.price for item in map(catalogue.get, meant) if item is not None and item.price is not None]
    lowest = min(prices, default=None)
    budgets = [c.value for c in reading.constraints if c.field == "price"]
    return lowest if all(value == lowest for value in budgets) else None


def _nothing(catalogue: Catalogue, profile: Profile, session: Session, wanted: frozenset[str], found: Found) -> Found:
    kinds = Kinds.of(catalogue)
    if any(kinds.holds(i, wanted) for i in catalogue.matching(profile.constraints)):
        return replace(found, exhausted=True)
    free = profile.model_copy(update={"constraints": ()})
    of_kind = [c.item for c in _search(catalogue, free, (), set()) if kinds.holds(c.item, wanted)]
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
