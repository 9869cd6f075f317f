"""Everything around the talk as HTML: header, message field, and the profile that the person sees and changes.

Pure like `cards.py`, and tested beside it in `tests/test_cards.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.state import InterestPoint, Profile
from bot.web.cards import MARK
from bot.web.formats import Look, limit_words, weight
from bot.web.strings import LANGUAGES, Strings
from vectorstore.constraints import Constraint

_NONE = Markup("")
SIZES = {"default": "1.1 GB", "small": "0.5 GB"}


def header(catalogues: Sequence[tuple[str, str]], chosen: str, count: int, look: Look, state: Markup) -> Markup:
    """The mark, the name, the model's state, the catalogue, the language, a new talk, and the button of the profile."""
    strings = look.strings
    options = _NONE.join(
        Markup('<option value="{}"{}>{}</option>').format(name, Markup(" selected") if name == chosen else _NONE, title)
        for name, title in catalogues
    )
    other = next(code for code in LANGUAGES if code != look.language)
    other_name = Strings(other)("language_name")
    return Markup(
        '<a class="skip" href="#message">{skip}</a>{mark}<span class="name">{name}</span>{state}<span class="space">'
        "</span>"
        '<label class="pill choose"><span class="unseen">{catalogue}</span><select data-do="catalogue">{options}'
        "</select></label>"
        '<button type="button" class="pill" data-do="language" data-language="{other}" lang="{other}"'
        ' aria-label="{switch}">'
        '{other_name}</button><button type="button" class="pill new" data-do="new">{new}</button>'
        '<button type="button" class="pill you" data-do="drawer" aria-expanded="false" aria-controls="profile"'
        ' aria-label="{you_long}">{you}<b class="count">{count}</b></button>'
    ).format(
        skip=strings("skip"),
        mark=MARK,
        name=strings("name"),
        state=state,
        catalogue=strings("catalogue"),
        options=options,
        other=other,
        other_name=other_name,
        switch=strings("language_switch", language=other_name),
        new=strings("new_talk"),
        you=strings("profile_button"),
        you_long=strings("profile_button_long", count=count),
        count=count,
    )


def model_state(stage: str, name: str, fraction: float | None, language: str, *, model: str = "default") -> Markup:
    """The model's state in words. `model` is the setting: what is downloaded, and whether it runs on this machine."""
    strings = Strings(language)
    remote = model.startswith(("http://", "https://"))
    if stage == "downloading" and fraction is not None and model in SIZES:
        words = strings("model_downloading", percent=f"{fraction:.0%}", size=SIZES[model])
    elif stage == "downloading":
        words = strings("model_downloading_plain")
    elif stage == "ready":
        words = strings("model_ready_remote" if remote else "model_ready", name=name)
    elif stage == "starting":
        words = strings("model_starting", name=name)
    else:
        words = strings(f"model_{stage}")
    return Markup(
        '<span class="state {}" data-key="state" title="{}"><i class="dot"></i><span>{}</span></span>'
    ).format(stage, words, words)


def composer(strings: Strings, begun: bool) -> Markup:
    """The message field and its button."""
    return Markup(
        '<form class="write" data-do="write"><label class="unseen" for="message">{label}</label>'
        '<textarea id="message" rows="1" placeholder="{hint}" enterkeyhint="send" autocomplete="off"></textarea>'
        '<button type="submit" class="send" data-send="{send}" data-stop="{stop}">{send}</button></form>'
    ).format(
        label=strings("message"),
        hint=strings("placeholder_next" if begun else "placeholder"),
        send=strings("send"),
        stop=strings("stop"),
    )


def profile(known: Profile, turns: int, can_undo: bool, look: Look) -> Markup:
    """The interest points with their weights, words and time; the limits; and the ways to change all of it."""
    strings = look.strings
    points = _NONE.join(point(p, turns, look) for p in known.points)
    if not points:
        points = Markup('<p class="nothing">{}</p>').format(strings("profile_empty"))
    limits = _NONE.join(limit(c, look) for c in known.constraints)
    if not limits:
        limits = Markup('<p class="nothing">{}</p>').format(strings("no_limits"))
    disabled = Markup(" disabled")
    return Markup(
        '<div class="panel" data-key="points"><div class="title"><h2>{head}</h2>'
        '<button type="button" class="shut" data-do="close" aria-label="{close}">✕</button></div>{points}{add}</div>'
        '<div class="panel" data-key="limits"><h2>{limits_head}</h2><div class="limits">{limits}</div>{bound}</div>'
        '<div class="tools" data-key="tools"><button type="button" data-do="undo"{no_undo}>{undo}</button>'
        '<button type="button" data-do="clear"{no_clear}>{clear}</button>'
        '<button type="button" class="new" data-do="new">{new}</button></div><p class="kept" data-key="kept">{kept}</p>'
    ).format(
        head=strings("profile"),
        close=strings("close"),
        points=points,
        add=_add_point(strings),
        limits_head=strings("limits"),
        limits=limits,
        bound=_price_bound(look) if look.info.currency else _NONE,
        undo=strings("undo"),
        clear=strings("start_over"),
        new=strings("new_talk"),
        no_undo=_NONE if can_undo else disabled,
        no_clear=disabled if known.empty else _NONE,
        kept=strings("profile_kept"),
    )


def point(known: InterestPoint, turns: int, look: Look) -> Markup:
    """One interest: a line from the middle, right for, left against, with the words it came from and when."""
    strings = look.strings
    amount = weight(known.weight)
    told = "weight_none" if known.weight == 0 else "weight_for" if known.weight > 0 else "weight_against"
    words = Markup("<q>{}</q> · ").format(known.quote) if known.quote and known.source != "edited" else _NONE
    return Markup(
        '<div class="point {side}" data-key="p-{text}"><span class="what" title="{text}">{text}</span><span'
        ' class="number">{amount}</span>'
        '<button type="button" class="x" data-do="delete" data-text="{text}" aria-label="{forget}">✕</button>'
        '<input type="range" min="-1" max="1" step="0.05" value="{value}" data-do="weight" data-text="{text}"'
        ' aria-label="{label}" aria-valuetext="{valuetext}" style="--n:{at:.3f}">'
        "<small>{words}{when}</small></div>"
    ).format(
        side="against" if known.weight < 0 else "for",
        text=known.text,
        amount=amount,
        forget=strings("forget_this", text=known.text),
        value=f"{known.weight:.2f}",
        label=strings("weight_of", text=known.text),
        valuetext=strings(told, amount=amount.lstrip("−")) if known.weight else strings(told),
        at=0.5 + known.weight / 2,
        words=words,
        when=when(known, turns, strings),
    )


def when(known: InterestPoint, turns: int, strings: Strings) -> str:
    """When the person last spoke of it: in which message, by hand, or in an earlier talk."""
    if known.source == "edited":
        return strings("when_edited")
    if known.source == "earlier":
        return strings("when_earlier")
    if known.turn and known.turn >= turns:
        told = strings("when_now")
    elif known.turn <= 1:
        told = strings("when_first")
    else:
        told = strings("when_number", number=known.turn)
    return f"{told} · {strings('lasting')}" if known.lasting else told


def limit(known: Constraint, look: Look) -> Markup:
    """One limit as a pill that can be taken away."""
    words = limit_words(known, look)
    return Markup(
        '<span class="limit" data-key="l-{}-{}"{}>{} <button type="button" data-do="unlimit" data-field="{}"'
        ' data-op="{}"'
        ' aria-label="{}">✕</button></span>'
    ).format(
        known.field,
        known.op,
        Markup(' title="{}"').format(known.quote) if known.quote else _NONE,
        words,
        known.field,
        known.op,
        look.strings("lift", limit=words),
    )


def _add_point(strings: Strings) -> Markup:
    return Markup(
        '<form class="add" data-do="add" data-key="add"><label class="unseen" for="add-text">{}</label>'
        '<input id="add-text" type="text" maxlength="60" placeholder="{}" autocomplete="off">'
        '<button type="submit" class="for" value="0.8">{}</button><button type="submit" class="against"'
        ' value="-0.8">{}</button></form>'
    ).format(strings("add_point"), strings("add_placeholder"), strings("add_for"), strings("add_against"))


def _price_bound(look: Look) -> Markup:
    strings = look.strings
    return Markup(
        '<form class="add" data-do="price" data-key="price"><label for="price-most">{}</label>'
        '<input id="price-most" type="number" min="0" step="any" inputmode="decimal" autocomplete="off">'
        '<button type="submit">{}</button></form>'
    ).format(strings("price_limit"), strings("set"))
