"""The page in Gradio: one component that is the whole screen, one handler for everything a person can do.

The browser (`assets/page.js`) sends what was pressed as an event with data; the handler loads the session anew each time,
lets the engine work, and yields the regions of the screen that changed. No state is kept here: two tabs with one session
each read what is saved. The only file that imports Gradio; `tests/browser` drives it in Chromium.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from markupsafe import Markup

from bot.errors import Conflict, RapportError
from bot.profile import Edit
from bot.state import Event, ItemsReady, ProfileChanged, SentenceReady, Session, TurnDone
from bot.web import cards, panel
from bot.web.formats import Look
from bot.web.strings import LANGUAGES, Strings
from bot.web.view import Exchange, View

if TYPE_CHECKING:
    from bot.chat import Engine

log = logging.getLogger(__name__)

ASSETS = Path(__file__).with_name("assets")
REGIONS = ("header", "past", "live", "profile", "composer")
PAUSE = 0.1  # seconds between two drawings of words that are being written
FEEDBACK = ("like", "dislike", "seen", "more")
TALKS_AT_ONCE = 8

Told = Mapping[str, Any]  # what the browser sends with an event
Screen = dict[str, Any]  # region -> HTML, and "told": what the browser should remember


def build_page(engine: Engine) -> Any:
    """The page as Gradio Blocks."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read when Gradio is imported
    import gradio as gr

    desk = Desk(engine)

    # Gradio finds out what to pass from the annotation, which it must see as a class, not as text.
    def act(event):  # type: ignore[no-untyped-def]
        for screen in desk.act(event._data or {}):
            yield gr.HTML(**screen)

    act.__annotations__ = {"event": gr.EventData}

    with gr.Blocks(title="Rapport", analytics_enabled=False, fill_width=True) as blocks:
        screen = gr.HTML(
            html_template=(ASSETS / "page.html").read_text("utf-8"),
            js_on_load="rapport.begin(element, trigger, props, watch)",
            apply_default_css=False,
            elem_id="rapport",
            told={},
            lost_en=Strings("en")("connection_next"),
            lost_zh=Strings("zh")("connection_next"),
            **dict.fromkeys(REGIONS, ""),
        )
        working = screen.submit(
            act,
            None,
            screen,
            show_progress="hidden",
            trigger_mode="multiple",
            concurrency_limit=TALKS_AT_ONCE,
            api_visibility="private",
        )
        screen.stop(None, None, None, cancels=[working], api_visibility="private")
    blocks.queue(max_size=64, api_open=False)
    return blocks


def mount_page(app: FastAPI, engine: Engine, path: str = "/") -> FastAPI:
    """`app` with the page at `path`. Nothing is loaded from other machines, and nothing is recorded."""
    blocks = build_page(engine)
    import gradio as gr

    head = '<link rel="stylesheet" href="page/page.css"><script src="page/page.js"></script>'
    return gr.mount_gradio_app(  # type: ignore[no-any-return]
        app,
        blocks,
        path,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        show_error=False,
        theme=gr.themes.Base(font=["ui-sans-serif", "system-ui"], font_mono=["ui-monospace", "monospace"]),
        head=head,
        favicon_path=str(ASSETS / "icon.svg"),
    )


class Desk:
    """What the page does for each thing a person can do; it holds the engine and nothing of a person."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def act(self, told: Told) -> Generator[Screen, None, None]:
        """One press, one message: the screens it leads to. A failure becomes words, never a broken page."""
        language = _language(told)
        session = self._session(told, language)
        kind, pending = str(told.get("kind", "open")), str(told.get("pending", "")).strip()
        if kind in ("open", "new"):
            yield self.whole(View.of(session), at_rest=True)
        elif kind == "say":
            text = _joined(session, pending, str(told.get("text", "")))
            yield from self._tell(View.of(session).said(text, Strings(language)("reading")), "say", told, text)
        elif kind == "without":
            yield self._without(session, told)
        elif kind == "back":
            yield self.whole(View.of(session), at_rest=True)
        elif kind in FEEDBACK:
            yield from self._tell(
                View.of(session).changing(Strings(language)("changing") if kind != "like" else ""), kind, told
            )
        elif kind == "edit":
            yield from self._tell(View.of(session).changing(Strings(language)("changing")), kind, told)
            if pending and not _kept(session := self._session(told, language), pending):  # the edit came in between
                yield from self._tell(
                    View.of(session).said(pending, Strings(language)("reading")), "say", told, pending
                )
        else:
            log.warning("The page sent an event of an unknown kind: %r", kind)

    def _session(self, told: Told, language: str) -> Session:
        """The session that the browser names, as it is saved now, in the language chosen; a new one when there is none."""
        known = {info.name for info in self.engine.catalogues()}
        asked = str(told.get("catalogue") or "")
        session = None
        if told.get("kind") != "new" and (name := str(told.get("session") or "")):
            session = self.engine.load(name)
        if session is None or session.catalogue not in known:
            chosen = asked if asked in known else self.engine.settings.catalogue
            session = self.engine.start(chosen if chosen in known else sorted(known)[0], language)  # type: ignore[arg-type]
        return session if session.language == language else session.model_copy(update={"language": language})

    def _events(self, session: Session, kind: str, told: Told, text: str) -> Iterator[Event]:
        if kind == "say":
            return self.engine.turn(session, text)
        if kind == "edit":
            return self.engine.edit(session, Edit.model_validate(told.get("edit") or {}))
        return self.engine.feedback(session, str(told.get("id", "")), kind)  # type: ignore[arg-type]

    def _tell(self, view: View, kind: str, told: Told, text: str = "") -> Generator[Screen, None, None]:
        """The screens of one turn, edit or feedback: at once when items or interests change, else about ten a second."""
        yield self.whole(view)
        drawn = time.monotonic()
        waiting = False
        for attempt in (1, 2):
            events = self._events(view.session, kind, told, text)
            try:
                for event in events:
                    view = view.after(event)
                    waiting = True
                    settled = (
                        isinstance(event, (ItemsReady, ProfileChanged))
                        or isinstance(event, SentenceReady)
                        and event.done
                    )
                    if isinstance(event, TurnDone):
                        break
                    if settled or time.monotonic() - drawn >= PAUSE:
                        yield self.changed(view)
                        drawn, waiting = time.monotonic(), False
                break
            except Conflict as conflict:  # another tab saved in between: once more, from what is saved now
                fresh = self.engine.load(view.session.id)
                if attempt == 2 or fresh is None:
                    view = view.failed(Strings(view.session.language)("failed", reason=conflict))
                    break
                fresh = fresh.model_copy(update={"language": view.session.language})
                words = Strings(fresh.language)
                view = (
                    View.of(fresh).said(text, words("reading"))
                    if kind == "say"
                    else View.of(fresh).changing(words("changing"))
                )
            except RapportError as trouble:
                view = view.failed(Strings(view.session.language)("failed", reason=trouble))
                break
            except Exception:  # the page's outermost edge: logged in full, told in words, and the person's words stay
                log.exception("A turn of session %s broke off", view.session.id)
                view = view.failed(Strings(view.session.language)("failed_unknown"))
                break
            finally:
                if hasattr(events, "close"):
                    events.close()
        del waiting
        yield self.whole(view, at_rest=True)

    def _without(self, session: Session, told: Told) -> Screen:
        label, item_id = str(told.get("label", "")), str(told.get("id", ""))
        look = self._look(session)
        view = View.of(session)
        told_last = view.exchanges[-1] if view.exchanges else Exchange()
        instead = self.engine.without(session, item_id, label)
        return {"live": str(cards.without(label, instead, told_last, look)), "told": self._told(view, at_rest=True)}

    def whole(self, view: View, *, at_rest: bool = False) -> Screen:
        """Every region. `at_rest`: the turn is over."""
        session, look = view.session, self._look(view.session)
        exchanges = view.exchanges
        past = Markup("").join(cards.exchange(x, look, newest=False) for x in exchanges[:-1])
        titles = [(info.name, info.title.get(session.language) or info.name) for info in self.engine.catalogues()]
        return {
            **self.changed(view, at_rest=at_rest),
            "past": str(past),
            "header": str(
                panel.header(titles, session.catalogue, view.count, look, self.model_state(session.language))
            ),
            "composer": str(panel.composer(look, bool(exchanges))),
        }

    def changed(self, view: View, *, at_rest: bool = False) -> Screen:
        """The regions that change while a turn is told: the newest exchange and the profile."""
        session, look = view.session, self._look(view.session)
        if view.exchanges:
            marks = {"liked": session.liked, "rejected": session.rejected}
            live = cards.exchange(view.exchanges[-1], look, newest=True, **marks)
        else:
            info = self.engine.catalogue(session.catalogue).info
            title = info.title.get(session.language) or info.name
            live = cards.opening(title, info.size, info.starters.get(session.language, ()), look)
        known = panel.profile(view.profile, len(session.turns), bool(session.past), look)
        return {"live": str(live), "profile": str(known), "told": self._told(view, at_rest)}

    def _told(self, view: View, at_rest: bool) -> dict[str, Any]:
        session = view.session
        failed = bool(view.going_on and view.going_on.error)
        return {
            "session": session.id,
            "catalogue": session.catalogue,
            "language": session.language,
            "count": view.count,
            "turns": len(session.turns),
            "rest": at_rest,
            "failed": failed,
            "at": time.time(),
        }

    def model_state(self, language: str) -> Markup:
        """The model's state in words, for the header."""
        status = self.engine.llm.status
        return panel.model_state(status.stage, status.name, status.fraction, language, model=self.engine.settings.model)

    def _look(self, session: Session) -> Look:
        info = self.engine.catalogue(session.catalogue).info
        return Look.of(info.name, info.currency, info.labels, session.language)


def _language(told: Told) -> str:
    asked = str(told.get("language") or "en")[:2].lower()
    return asked if asked in LANGUAGES else "en"


def _kept(session: Session, message: str) -> bool:
    return any(turn.user == message for turn in session.turns[-2:])


def _joined(session: Session, pending: str, text: str) -> str:
    """What is said now, after what was said and not yet answered: nothing that a person says is lost."""
    text = text.strip()
    return f"{pending}\n{text}" if pending and not _kept(session, pending) else text
