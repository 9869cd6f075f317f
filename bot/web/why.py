"""Why an item is there, as HTML: the sum with one bar a term, what it would be without one, and items side by side.

Pure, and escaped like `cards.py`; `tests/test_cards.py` adds the shown numbers up.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.phrases import offer_words
from bot.state import KNOWN, Contribution, Limit, Recommendation
from bot.web.formats import Look, adding_up, fact_words, limit_words, place, signed, value_words
from vectorstore.item import Item
from vectorstore.offers import FIELDS

_NONE = Markup("")
_NOT_COMPARED = FIELDS | {"category", "tags", "rating_count"}


def why(shown: Recommendation, look: Look, beside: Sequence[Recommendation] = ()) -> Markup:
    """The sum behind a card: a bar a term, signed numbers that add up, the limits checked, what it would be without."""
    strings = look.strings
    terms = sorted((c for c in shown.contributions if abs(c.amount) >= 0.0005), key=lambda c: -c.amount)
    amounts = adding_up([c.amount for c in terms])
    bars = _NONE.join(_bar(c, a, look, terms) for c, a in zip(terms, amounts, strict=True))
    total = strings("total", total=signed(sum(amounts)).removeprefix("+"))
    if told := counterfactual(shown, beside, look):
        total = f"{total} · {told}"
    limits = _NONE.join(_limit_line(x, look, shown.item) for x in shown.limits)
    if limits:
        limits = Markup('<p class="small">{}</p><ul class="checked">{}</ul>').format(strings("limits_checked"), limits)
    without = _NONE.join(
        Markup('<button type="button" data-do="without" data-id="{}" data-label="{}" aria-label="{}">{}</button>').format(
            shown.item.id, c.label, strings("without_this", label=c.label), c.label
        )
        for c in terms
        if c.wished
    )
    if without:
        without = Markup('<p class="small">{}</p><div class="without">{}</div>').format(strings("without"), without)
    return Markup(
        '<div class="why" id="why-{}" data-key="why" hidden><div class="bars">{}<p class="sum">{}</p></div>{}{}</div>'
    ).format(shown.item.id, bars, total, limits, without)


def _bar(term: Contribution, amount: float, look: Look, terms: Sequence[Contribution]) -> Markup:
    up = max((c.amount for c in terms if c.amount > 0), default=0.0)
    down = max((-c.amount for c in terms if c.amount < 0), default=0.0)
    span = (up + down) or 1.0
    axis = 100 * down / span
    width = 100 * abs(term.amount) / span
    left = axis if term.amount >= 0 else axis - width
    return Markup(
        '<span class="of">{}</span><span class="track" style="--axis:{:.1f}%" aria-hidden="true">'
        '<i class="{}" style="left:{:.1f}%;width:{:.1f}%"></i></span><span class="number">{}</span>'
    ).format(term_words(term, look), axis, "for" if term.amount >= 0 else "against", left, width, signed(amount))


def term_words(term: Contribution, look: Look) -> str:
    """A term's name: the interest in the person's direction ("no zippers"), or what the term is."""
    if term.wished or term.term == "wish":
        return look.strings("not_label", label=term.label) if term.weight < 0 else term.label
    if term.term == "goes_with":
        return look.strings("term_goes_with", title=term.label)
    if term.fact and term.fact.name == KNOWN:
        return str(term.fact.value)
    if term.term == "recent" and term.fact:
        return look.strings("term_recent", day=term.fact.value)
    return look.strings(f"term_{term.term}")


def counterfactual(shown: Recommendation, beside: Sequence[Recommendation], look: Look) -> str:
    """Where the item would stand among those shown without one interest: the first that moves it, in words."""
    interests = [c for c in shown.contributions if c.wished]
    if len(beside) < 2 or not interests:
        return ""
    now = _place_without(shown, beside, None)
    for term in sorted(interests, key=lambda c: -abs(c.amount)):
        if (then := _place_without(shown, beside, term.label)) != now:
            return look.strings("would_be", label=term.label, place=place(then, look.strings))
    return look.strings("would_stay", place=place(now, look.strings))


def _place_without(shown: Recommendation, beside: Sequence[Recommendation], label: str | None) -> int:
    def score(r: Recommendation) -> float:
        return r.score - sum(c.amount for c in r.contributions if c.wished and c.label == label)

    return 1 + sum(score(r) > score(shown) + 1e-9 for r in beside if r.item.id != shown.item.id)


def _limit_line(limit: Limit, look: Look, item: Item) -> Markup:
    fact = fact_words(limit.fact, look, item.currency) if limit.fact else ""
    return Markup("<li>{}{}</li>").format(
        limit_words(limit.constraint, look), Markup(' <span class="of">· {}</span>').format(fact) if fact else _NONE
    )


def comparison(items: Sequence[Item], look: Look) -> Markup:
    """Some items' facts side by side: every field that at least two of them state and that differs."""
    facts = [dict(item.facts(look.language)) for item in items]
    names = dict.fromkeys(name for f in facts for name in f if name not in _NOT_COMPARED)
    lines = []
    offers = [offer_words(item, look.info, look.language, look.today) or "–" for item in items]
    rows = [(look.strings("offer"), offers)] if set(offers) != {"–"} else []
    for name in names:
        stated = [value_words(name, f[name], look, i.currency) if name in f else "–" for f, i in zip(facts, items, strict=True)]
        if sum(s != "–" for s in stated) < 2 or len(set(stated)) < 2:
            continue
        rows.append((look.info.label(name, look.language), stated))
    for label, stated in rows:
        cells = _NONE.join(Markup("<td>{}</td>").format(s) for s in stated)
        lines.append(Markup('<tr><th scope="row">{}</th>{}</tr>').format(label, cells))
    if not lines:
        return _NONE
    heads = _NONE.join(Markup('<th scope="col">{}</th>').format(i.title_in(look.language)) for i in items)
    return Markup(
        '<div class="compare" data-key="compare" tabindex="0" role="region" aria-label="{}"><table><thead><tr><td>'
        "</td>{}</tr></thead>"
        "<tbody>{}</tbody></table></div>"
    ).format(look.strings("compare"), heads, _NONE.join(lines))
