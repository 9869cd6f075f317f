"""The page in Gradio: one component that is the whole screen, one handler for everything a person can do.

The browser (`assets/page.js`) sends what was pressed as an event with data; the handler loads the session anew each
time, lets the engine work, and yields the regions of the screen that changed. No state is kept here: two tabs with one
session each read what is saved. The only file that imports Gradio; `tests/browser` drives it in Chromium.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from fastapi import FastAPI
from markupsafe import Markup

from bot import care
from bot.answers import readable
from bot.errors import BadInput, Conflict, RapportError
from bot.privacy import mask
from bot.profile import Edit
from bot.state import Event, ItemsReady, Language, ProfileChanged, SentenceReady, Session, Status
from bot.web import cards, panel
from bot.web.formats import Look
from bot.web.strings import Strings
from bot.web.view import Exchange, View
from vectorstore.errors import CatalogueError

if TYPE_CHECKING:
    from bot.chat import Engine
    from bot.service import Desk as Service

log = logging.getLogger(__name__)

ASSETS = Path(__file__).with_name("assets")
REGIONS = ("header", "past", "live", "profile", "composer")
PAUSE = 0.1  # seconds between two drawings of words that are being written
FEEDBACK = ("like", "dislike", "seen", "more")
TALKS_AT_ONCE = 8
PATIENCE = 2.0  # seconds that a message waits for the one before it to be put away

Told = Mapping[str, Any]  # what the browser sends with an event
Screen = dict[str, Any]  # region -> HTML, and "told": what the browser should remember


def build_page(engine: Engine, service: Mapping[str, Service] | None = None) -> Any:
    """The page as Gradio Blocks; `service` is catalogue -> what its shop's service can do."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read when Gradio is imported
    import gradio as gr

    desk = Desk(engine, service)

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
            head='<script src="page/page.js"></script>',  # here it is loaded before js_on_load runs
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


def mount_page(app: FastAPI, engine: Engine, path: str = "/", service: Mapping[str, Service] | None = None) -> FastAPI:
    """`app` with the page at `path`. Nothing is loaded from other machines, and nothing is recorded."""
    blocks = build_page(engine, service)
    import gradio as gr

    head = '<link rel="stylesheet" href="page/page.css">'
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


class _Busy:
    """One session's turn-taking; forgotten as soon as nobody holds it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


class Desk:
    """What the page does for each thing a person can do; it holds the engine and nothing of a person."""

    def __init__(self, engine: Engine, service: Mapping[str, Service] | None = None) -> None:
        self.engine = engine
        self.service = dict(service or {})
        self._busy: WeakValueDictionary[str, _Busy] = WeakValueDictionary()
        self._guard = threading.Lock()

    @contextmanager
    def _alone(self, session_id: str) -> Iterator[None]:
        """While it holds, nothing else is worked on in that session: a turn that was given up can first put its things
        away. It waits `PATIENCE` seconds at most; two that do meet are told apart by the session's version."""
        if not session_id:  # a new one: nobody else can know it
            yield
            return
        with self._guard:
            busy = self._busy.setdefault(session_id, _Busy())
        held = busy.lock.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if held:
                busy.lock.release()

    def act(self, told: Told) -> Iterator[Screen]:
        """One press, one message: the screens it leads to, each with the number that the browser gave its request.
        A failure becomes words, never a broken page."""
        for screen in self._safely(told):
            yield {**screen, "told": {**screen["told"], "run": told.get("run", 0)}}

    def _safely(self, told: Told) -> Iterator[Screen]:
        try:
            with self._alone(str(told.get("session") or "")):
                yield from self._act(told)
        except (RapportError, CatalogueError) as trouble:
            log.warning("The page could not do %r: %s", told.get("kind"), trouble)
            yield self._broken(told, Strings(_language(told))("failed", reason=trouble))
        except Exception:  # the outermost edge of the page: logged in full, told in words
            log.exception("The page could not do what was asked: %r", told.get("kind"))
            yield self._broken(told, Strings(_language(told))("failed_unknown"))

    def _act(self, told: Told) -> Iterator[Screen]:
        session = self._session(told, _language(told))
        kind, pending = str(told.get("kind", "open")), str(told.get("pending", "")).strip()
        if kind == "say":
            yield from self._tell(session, "say", told, _joined(session, pending, str(told.get("text", ""))))
        elif kind == "edit":
            again = bool(pending) and not _kept(session, pending)  # the edit came while this was being answered
            yield from self._tell(session, kind, told, rest=not again)
            if again:
                yield from self._tell(self._session(told, session.language), "say", told, pending)
        elif kind in FEEDBACK:
            yield from self._tell(session, kind, told)
        elif kind == "without":
            yield self._without(session, told)
        elif kind in ("open", "new", "back"):
            yield self.whole(View.of(session), at_rest=True)
        else:
            raise BadInput(f"The page sent {kind!r}, which this version does not know. Reload the page.")

    def _session(self, told: Told, language: Language) -> Session:
        """The session that the browser names, as saved now, in the language chosen; a new one when there is none."""
        known = {info.name for info in self.engine.catalogues()}
        asked = str(told.get("catalogue") or "")
        session = None
        if told.get("kind") != "new" and (name := str(told.get("session") or "")):
            session = self.engine.load(name)
        if session is None or session.person or session.catalogue not in known:  # a signed-in person's talk is not the page's
            chosen = asked if asked in known else self.engine.settings.catalogue
            session = self.engine.start(chosen if chosen in known else sorted(known)[0], language)
        return session if session.language == language else session.model_copy(update={"language": language})

    def _events(self, session: Session, kind: str, told: Told, text: str, name: str) -> Iterator[Event]:
        if kind == "say":
            return self._answered(session, text, name)
        if kind == "edit":
            return self.engine.edit(session, Edit.model_validate(told.get("edit") or {}))
        return self.engine.feedback(session, str(told.get("id", "")), kind)  # type: ignore[arg-type]

    def _answered(self, session: Session, text: str, name: str) -> Iterator[Event]:
        """The turn of a message: the service's where it is a matter of that, else the recommender's.

        `name` stays the same when the message is tried again, so that the shop arranges nothing twice.
        """
        service, settings = self.service.get(session.catalogue), self.engine.settings
        if service is not None:
            said, _ = readable(text, settings.max_message)
            contact = care.contact_in(said)
            said = mask(said).text if settings.mask_personal_data else said
            named = session.model_copy(update={"answered": (len(session.turns) + 1, name)})
            if (events := care.attended(self.engine, service, named, said, contact=contact)) is not None:
                yield from events
                return
        yield from self.engine.turn(session, text)

    def _tell(self, session: Session, kind: str, told: Told, text: str = "", *, rest: bool = True) -> Iterator[Screen]:
        """The screens of one turn, edit or feedback; told once more when another tab saved in between."""
        view, name = _begun(session, kind, text), secrets.token_urlsafe(8)
        yield self.whole(view)
        for attempt in (1, 2):
            try:
                view = yield from self._follow(view, self._events(view.session, kind, told, text, name))
                break
            except Conflict as conflict:
                fresh = self.engine.load(session.id)
                if fresh is None or attempt == 2:
                    view = view.failed(Strings(session.language)("failed", reason=conflict))
                else:
                    view = _begun(fresh.model_copy(update={"language": session.language}), kind, text)
        yield self.whole(view, at_rest=rest)

    def _follow(self, view: View, events: Iterator[Event]) -> Generator[Screen, None, View]:
        """A screen at once when items or interests change, about ten a second while words are written."""
        words = Strings(view.session.language)
        drawn = time.monotonic()
        try:
            for event in events:
                before, view = view, view.after(event)
                if isinstance(event, ItemsReady):  # the cards before these are out of hand now
                    yield self.whole(view)
                elif isinstance(event, Status) and view == before:
                    yield {"told": self._told(view, False)}  # nothing to draw, but a moment at which the turn can be stopped
                    continue
                elif at_once(event) or time.monotonic() - drawn >= PAUSE:
                    yield self.changed(view)
                else:
                    continue
                drawn = time.monotonic()
        except Conflict:
            raise
        except (RapportError, CatalogueError) as trouble:
            return view.failed(words("failed", reason=trouble))
        except Exception:  # what is on screen stays, the fault is logged in full and told in words
            log.exception("A turn of session %s broke off", view.session.id)
            return view.failed(words("failed_unknown"))
        finally:
            if isinstance(events, Generator):
                events.close()  # the person sent something else, or left: no model writes on for nobody
        return view

    def _broken(self, told: Told, reason: str) -> Screen:
        """The words for a request that did not even begin."""
        again = str(told.get("text", "")) if told.get("kind") == "say" else ""
        words = Strings(_language(told))
        live, composer = cards.error(reason, again, words), panel.composer(words, False)
        return {"live": str(live), "composer": str(composer), "told": {"at": time.time(), "rest": True, "failed": True}}

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
        titles = [(info.name, info.title.get(session.language) or info.name) for info in self.engine.catalogues()]
        return {
            **self.changed(view, at_rest=at_rest),
            "past": str(Markup("").join(self._drawn(view, look)[:-1])),
            "header": str(
                panel.header(titles, session.catalogue, view.count, look, self.model_state(session.language))
            ),
            "composer": str(panel.composer(look.strings, bool(view.exchanges))),
        }

    def changed(self, view: View, *, at_rest: bool = False) -> Screen:
        """The regions that change while a turn is told: the newest exchange and the profile."""
        session, look = view.session, self._look(view.session)
        if view.exchanges:
            live = self._drawn(view, look)[-1]
        else:
            live = cards.opening(look.info.starters.get(session.language, ()), look)
        known = panel.profile(view.profile, len(session.turns), bool(session.past), look)
        return {"live": str(live), "profile": str(known), "told": self._told(view, at_rest)}

    def _drawn(self, view: View, look: Look) -> list[Markup]:
        marks = {"liked": view.session.liked, "rejected": view.session.rejected}
        last, in_hand = len(view.exchanges) - 1, view.in_hand
        return [
            cards.exchange(x, look, newest=i == last, in_hand=i == in_hand, **marks)
            for i, x in enumerate(view.exchanges)
        ]

    def _told(self, view: View, at_rest: bool) -> dict[str, Any]:
        session = view.session
        failed = bool(view.going_on and view.going_on.error)
        return {
            "session": session.id,
            "catalogue": session.catalogue,
            "language": session.language,
            "talk": Strings(session.language)("talk"),
            "count": view.count,
            "version": session.version,
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
        return Look(info=self.engine.catalogue(session.catalogue).info, language=session.language)


def at_once(event: Event) -> bool:
    """Whether an event is drawn without waiting for the next tenth of a second."""
    return isinstance(event, ProfileChanged | Status) or (isinstance(event, SentenceReady) and event.done)


def _language(told: Told) -> Language:
    return "zh" if str(told.get("language") or "en").lower().startswith("zh") else "en"


def _begun(session: Session, kind: str, text: str) -> View:
    view = View.of(session)
    if kind == "say":
        return view.said(text, Strings(session.language)("reading"))
    return view.asked_for_more() if kind == "more" else view.changing()


def _kept(session: Session, message: str) -> bool:
    return any(turn.user.strip() == message.strip() for turn in session.turns[-2:])


def _joined(session: Session, pending: str, text: str) -> str:
    """What is said now, after what was said and not yet answered: nothing that a person says is lost."""
    text = text.strip()
    return f"{pending}\n{text}" if pending and not _kept(session, pending) else text
