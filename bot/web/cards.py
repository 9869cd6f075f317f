"""The talk as HTML: bubbles, cards with their reasons, the sum behind a card, chips. Values in, escaped `Markup` out.

Every word of a catalogue, a person or a model passes through `Markup.format`, which escapes it. `tests/test_cards.py`
puts scripts into each of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from markupsafe import Markup

from bot.phrases import offer_words
from bot.state import Chip, Contribution, Limit, Recommendation
from bot.web.formats import Look, fact_words, former_price, place, value_words
from bot.web.strings import Strings
from bot.web.view import Exchange
from bot.web.why import comparison, why
from vectorstore.constraints import as_number, as_values
from vectorstore.item import Item, Value
from vectorstore.pictures import version

ACTIONS = ("like", "dislike", "seen", "more", "why")
_NONE = Markup("")
_ON_CARD = 6  # values of a list that stand on a card


def exchange(
    told: Exchange,
    look: Look,
    *,
    newest: bool,
    in_hand: bool = False,
    liked: Iterable[str] = (),
    rejected: Iterable[str] = (),
) -> Markup:
    """One exchange. Cards have buttons where they are `in_hand`; chips stand under the newest, at rest."""
    parts = [bubble(told.user)]
    if told.status and not told.items:
        parts.append(status(told.status))
    if told.reply:
        kind = "reply blocked" if told.no_match else "reply"
        parts.append(Markup('<p class="{}" data-key="reply">{}</p>').format(kind, told.reply))
    if told.items:
        parts.append(row(told, look, in_hand, frozenset(liked), frozenset(rejected)))
    if told.compared:
        parts.append(comparison(told.compared, look))
    if told.error:
        parts.append(error(told.error, told.user, look.strings))
    elif told.status and told.items:
        parts.append(status(told.status))
    elif newest and not told.provisional:
        parts.append(chips(told.chips, look))
    return Markup('<section class="exchange" data-key="x{}">{}</section>').format(told.number, _NONE.join(parts))


def bubble(words: str) -> Markup:
    """What the person said; nothing for an edit made by hand."""
    return Markup('<div class="me" data-key="me">{}</div>').format(words) if words else _NONE


def status(words: str) -> Markup:
    """What is happening now, in words."""
    return Markup('<p class="status" data-key="status" role="status">{}</p>').format(words)


def error(reason: str, said: str, strings: Strings) -> Markup:
    """What went wrong, and the next step: the same words again with one press."""
    again = _NONE
    if said:
        again = Markup('<button type="button" data-do="say" data-say="{}">{}</button>').format(said, strings("send_again"))
    return Markup('<div class="trouble" data-key="error" role="alert"><p>{}</p>{}</div>').format(reason, again)


def chips(choices: Sequence[Chip], look: Look) -> Markup:
    """Short answers to press."""
    return _chips(((c.label, c.say) for c in choices), look.strings("answers"))


def _chips(choices: Iterable[tuple[str, str]], label: str) -> Markup:
    buttons = _NONE.join(
        Markup('<button type="button" data-do="say" data-say="{}">{}</button>').format(say, words) for words, say in choices
    )
    return (
        Markup('<div class="chips" role="group" aria-label="{}" data-key="chips">{}</div>').format(label, buttons)
        if buttons
        else _NONE
    )


def opening(starters: Sequence[str], look: Look) -> Markup:
    """The empty talk: what this is, and ways to begin."""
    strings = look.strings
    return Markup(
        '<section class="opening" data-key="opening">{mark}<h1>{head}</h1><p>{more}</p>{chips}<p class="of">{of}</p></section>'
    ).format(
        mark=MARK,
        head=strings("opening"),
        more=strings("opening_more"),
        chips=_chips(((s, s) for s in starters), strings("starters")),
        of=strings("catalogue_size", title=look.title, count=f"{look.info.size:,}"),
    )


MARK = Markup(
    '<svg class="mark" viewBox="0 0 26 26" aria-hidden="true"><circle class="want" cx="9.5" cy="13" r="8"/>'
    '<circle class="have" cx="16.5" cy="13" r="8"/></svg>'
)


def row(told: Exchange, look: Look, in_hand: bool, liked: frozenset[str], rejected: frozenset[str]) -> Markup:
    """The cards of one exchange, side by side."""
    live = in_hand and not told.provisional
    cards = _NONE.join(
        card(
            r,
            look,
            told.items,
            interactive=live,
            liked=r.item.id in liked,
            rejected=r.item.id in rejected,
            pending=told.writing,
        )
        for r in told.items
    )
    strings = look.strings
    guess = _NONE
    if told.provisional:
        guess = Markup('<p class="guess" data-key="guess">{}</p>').format(strings("first_guess_more"))
    return Markup('{}<div class="cards {}" data-key="cards" role="group" aria-label="{}">{}</div>').format(
        guess, "provisional" if told.provisional else "", strings("shown" if in_hand else "earlier_turn"), cards
    )


def card(
    shown: Recommendation,
    look: Look,
    beside: Sequence[Recommendation] = (),
    *,
    interactive: bool = True,
    liked: bool = False,
    rejected: bool = False,
    pending: bool = False,
    note: str = "",
) -> Markup:
    """One item: picture, title, price, the person's words beside its facts, the sentence, and its buttons."""
    item, title = shown.item, shown.item.title_in(look.language)
    sentence = _NONE
    if shown.sentence:
        sentence = Markup('<p class="say" data-key="say">{}</p>').format(shown.sentence)
    elif pending:
        sentence = Markup('<p class="say coming" data-key="say" aria-hidden="true"><i></i><i></i></p>')
    return Markup(
        '<article class="card{faded}" data-key="c-{id}" data-item="{id}" aria-label="{title}">'
        '<div class="picture"><img src="{src}" alt="{alt}" width="400" height="300" loading="lazy">{note}</div>'
        '<div class="head"><h3>{title}</h3>{price}</div>{stated}{reasons}{sentence}{acts}{why}</article>'
    ).format(
        faded=" rejected" if rejected else "",
        id=item.id,
        title=title,
        src=picture_url(item, look),
        alt=look.strings("picture_of", title=title),
        note=Markup('<span class="note">{}</span>').format(note) if note else _NONE,
        price=price(item, look),
        stated=stated(shown, look),
        reasons=reasons(shown, look),
        sentence=sentence,
        why=why(shown, look, beside) if interactive else _NONE,
        acts=acts(item, title, look, liked, rejected) if interactive else _NONE,
    )


def picture_url(item: Item, look: Look) -> str:
    """The drawn picture's address on this server, with the words of the person's language; it changes with the item and
    with the drawing, so that it may be cached for ever."""
    drawn = hashlib.blake2s(f"{version()} {item.model_dump_json()}".encode(), digest_size=5).hexdigest()
    name = f"{quote(look.info.name, safe='')}/{quote(item.id, safe='')}"
    return f"pictures/{name}.svg?language={look.language}&v={drawn}"


def price(item: Item, look: Look) -> Markup:
    """The price in the item's currency, beside the former one when there was a higher."""
    if item.price is None:
        return _NONE
    was = former_price(item, look.today)
    former = _NONE
    if was is not None:
        former = Markup('<s><span class="unseen">{} </span>{}</s> ').format(
            look.strings("former_price"), look.money(was, item.currency)
        )
    return Markup('<span class="price">{}{}</span>').format(former, look.money(item.price, item.currency))


def stated(shown: Recommendation, look: Look) -> Markup:
    """What stands under the title: the catalogue's line of facts, and the offer unless a reason tells it."""
    told = any(c.fact and c.fact.name == "offer" and c.amount > 0 for c in shown.reasons)
    parts = facts(shown.item, look) + (_NONE if told else offer(shown.item, look))
    return Markup('<div class="stated" data-key="stated">{}</div>').format(parts) if parts else _NONE


def offer(item: Item, look: Look) -> Markup:
    """The code and the last day of what is on offer; the prices stand above."""
    said = offer_words(item, look.info, look.language, look.today, former=False)
    head = look.strings("offer")
    return Markup('<p class="offer"><span class="unseen">{} </span>{}</p>').format(head, said) if said else _NONE


def facts(item: Item, look: Look) -> Markup:
    """The line of facts that the catalogue wants on a card, in its order; what the item does not state is left out."""
    stated = dict(item.facts(look.language))
    told = [
        fact_on_card(name, stated[name], look, item.currency) for name in look.info.card if name in stated and name != "price"
    ]
    line = Markup(' <span aria-hidden="true">·</span> ').join(t for t in told if t)
    return Markup('<p class="facts">{}</p>').format(line) if line else _NONE


def fact_on_card(name: str, value: Value, look: Look, currency: str | None) -> Markup:
    """A fact as short as it can be said: a word alone, a number and sizes with their name, a yes by its name; no is silent."""
    label = look.info.label(name, look.language)
    if isinstance(value, bool):
        return Markup("<span>{}</span>").format(label) if value else _NONE
    values = as_values(value)
    if name == "category":
        value, values = values[-1], values[-1:]
    elif len(values) > _ON_CARD:
        value = values[:_ON_CARD]
    words = value_words(name, value, look, currency) + ("…" if len(values) > _ON_CARD else "")
    bare = name == "year" or any(as_number(v) is None for v in values)
    if not bare or name == "size":
        return Markup("<span>{}</span>").format(look.strings("fact", name=label, value=words))
    return Markup('<span><span class="unseen">{}: </span>{}</span>').format(label, words)


def reasons(shown: Recommendation, look: Look) -> Markup:
    """The person's own words beside what the item states; what speaks against it is there too."""
    lines = list(dict.fromkeys(_reason(c, look, shown.item) for c in shown.reasons if c.fact))  # two wishes may have one answer
    if not lines:  # nothing of the item answers the words directly: the limits are what is certain
        lines = [_limit_reason(x, look, shown.item) for x in shown.limits if x.fact and x.constraint.quote][:2]
    return Markup('<ul class="reasons" data-key="reasons">{}</ul>').format(_NONE.join(lines)) if lines else _NONE


def _reason(term: Contribution, look: Look, item: Item) -> Markup:
    assert term.fact is not None
    fact = fact_words(term.fact, look, item.currency)
    return _words_and_fact(term.quote, fact, "for" if term.amount >= 0 else "against", look)


def _limit_reason(limit: Limit, look: Look, item: Item) -> Markup:
    assert limit.fact is not None
    return _words_and_fact(limit.constraint.quote, fact_words(limit.fact, look, item.currency), "for", look)


def _words_and_fact(words: str, fact: str, side: str, look: Look) -> Markup:
    said = Markup("<q>{}</q> ").format(words) if words else _NONE  # what is known beyond the talk has no words of theirs
    return Markup('<li class="{}"><span class="unseen">{}: </span>{}<span>{}</span></li>').format(
        side, look.strings(f"{side}_it"), said, fact
    )


def acts(item: Item, title: str, look: Look, liked: bool, rejected: bool) -> Markup:
    """The buttons of a card."""
    strings = look.strings
    pressed = {"like": liked, "dislike": rejected}
    buttons = []
    for name in ACTIONS:
        state = _NONE
        if name in pressed:
            state = Markup(' aria-pressed="{}"').format("true" if pressed[name] else "false")
        elif name == "why":
            state = Markup(' aria-expanded="false" aria-controls="why-{}"').format(item.id)
        label = strings("about", action=strings(name), title=title)
        buttons.append(
            Markup('<button type="button" data-do="{}" data-id="{}" aria-label="{}"{}>{}</button>').format(
                name, item.id, label, state, strings(name)
            )
        )
    return Markup('<div class="acts" data-key="acts">{}</div>').format(_NONE.join(buttons))


def without(label: str, instead: Sequence[Recommendation], told: Exchange, look: Look) -> Markup:
    """What would be shown in place of an exchange without one interest, where each item stood, and the way back."""
    strings = look.strings
    places = {r.item.id: i for i, r in enumerate(told.items, 1)}
    cards = _NONE.join(
        card(r, look, instead, interactive=False, note=_moved(i, places.get(r.item.id), look)) for i, r in enumerate(instead, 1)
    )
    said = strings("without_shown" if instead else "without_none", label=label)
    return Markup(
        '<section class="exchange asif" data-key="x{number}">{bubble}<div class="banner" data-key="banner"'
        ' role="status">'
        '<p>{said}</p><button type="button" data-do="back">{back}</button>'
        '<button type="button" data-do="delete" data-text="{label}">{drop}</button></div>'
        '<div class="cards" data-key="cards" role="group" aria-label="{said}">{cards}</div></section>'
    ).format(
        number=told.number,
        bubble=bubble(told.user),
        said=said,
        back=strings("go_back"),
        label=label,
        drop=strings("drop", label=label),
        cards=cards,
    )


def _moved(now: int, before: int | None, look: Look) -> str:
    if before is None:
        return look.strings("moved_new")
    return look.strings("moved_same") if before == now else look.strings("moved", place=place(before, look.strings))
