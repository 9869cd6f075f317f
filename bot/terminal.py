"""`rapport chat`: the same talk in a terminal, with rich. Draws events; decides nothing."""

from __future__ import annotations

from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from bot.chat import Engine
from bot.errors import RapportError
from bot.phrases import fact_words, money
from bot.state import (
    Fact,
    ItemsReady,
    Language,
    Profile,
    Recommendation,
    ReplyText,
    SentenceReady,
    Session,
    Status,
    TurnDone,
)
from vectorstore.info import CatalogueInfo

_HELP = {
    "en": "Say what you are looking for. Also: /why N, /profile, /new, /quit.",
    "zh": "直接说你想找什么。还可以用：/why N（为什么）、/profile（偏好）、/new（新对话）、/quit（退出）。",
}


def talk(engine: Engine, language: Language) -> None:
    """Read lines until the end of input or /quit."""
    console = Console()
    session = engine.start(language=language)
    console.print(f"[bold]Rapport[/] · {engine.llm.status.stage} {escape(engine.llm.status.name)}")
    console.print(_HELP[language], style="dim")
    while True:
        try:
            said = console.input("[bold green]› [/]").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if said in ("/quit", "/exit"):
            return
        if said == "/new":
            session = engine.start(language=session.language)
        elif said == "/profile":
            console.print(_profile(session.profile))
        elif said.startswith("/why"):
            _why(console, engine, session, said)
        elif said:
            session = _turn(console, engine, session, said)


def _turn(console: Console, engine: Engine, session: Session, said: str) -> Session:
    items: tuple[Recommendation, ...] = ()
    reply = status = ""
    info = engine.catalogue(session.catalogue).info
    try:
        with Live(console=console, refresh_per_second=8) as live:
            for event in engine.turn(session, said):
                if isinstance(event, ItemsReady):
                    items, reply = event.items, event.lead
                elif isinstance(event, ReplyText):
                    reply = event.text
                elif isinstance(event, SentenceReady):
                    items = tuple(
                        r.model_copy(update={"sentence": event.text}) if r.item.id == event.item_id else r
                        for r in items
                    )
                elif isinstance(event, Status):
                    status = event.text
                elif isinstance(event, TurnDone):
                    session, status = event.session, ""
                live.update(_screen(reply, items, info, session.language, status))
    except RapportError as error:
        console.print(f"[red]{escape(str(error))}[/]")
    if session.turns and session.turns[-1].chips:
        console.print(" · ".join(escape(c.label) for c in session.turns[-1].chips), style="dim")
    return session


def _screen(
    reply: str, items: tuple[Recommendation, ...], info: CatalogueInfo, language: Language, status: str
) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_row(escape(reply))
    for n, r in enumerate(items, 1):
        price = money(r.item.price, r.item.currency or info.currency, language) if r.item.price is not None else ""
        reasons = "\n".join(_reason(c.quote, c.fact, c.amount, info, language) for c in r.reasons if c.fact)
        grid.add_row(
            Panel(
                f"{reasons}\n{escape(r.sentence)}".strip(),
                title=f"{n}  {escape(r.item.title_in(language))}  {price}",
                title_align="left",
                width=92,
            )
        )
    if status:
        grid.add_row(f"[dim]{escape(status)}[/]")
    return grid


def _reason(quote: str, fact: Fact, amount: float, info: CatalogueInfo, language: Language) -> str:
    colour = "green" if amount > 0 else "dark_orange3"
    words = escape(fact_words(fact, info, language))
    return f"[{colour}]“{escape(quote)}”[/] {words}" if quote else f"[{colour}]{words}[/]"


def _profile(profile: Profile) -> Table:
    table = Table(box=None)
    for p in profile.points:
        table.add_row(escape(p.text), f"{p.weight:+.2f}", f"[dim]“{escape(p.quote)}”[/]")
    for c in profile.constraints:
        table.add_row(c.field, f"{c.op} {c.value}", f"[dim]“{escape(c.quote)}”[/]")
    return table


def _why(console: Console, engine: Engine, session: Session, said: str) -> None:
    shown = next((t.items for t in reversed(session.turns) if t.items), ())
    number = int("".join(filter(str.isdigit, said)) or 1)
    if not 0 < number <= len(shown):
        console.print("/why 1", style="dim")
        return
    table = Table(title=escape(shown[number - 1].item.title_in(session.language)), box=None)
    for c in sorted(shown[number - 1].contributions, key=lambda c: -c.amount):
        table.add_row(
            escape(c.label),
            f"{c.weight:+.2f} × {c.value:+.3f}",
            f"{c.amount:+.3f}",
            escape(str(c.fact.value)) if c.fact else "",
        )
    table.add_row("", "", f"[bold]{shown[number - 1].score:+.3f}[/]", "")
    console.print(table)
