"""An engine with a scripted shop, for looking at the page without a model, an index or a database.

It has the methods of `bot.chat.Engine` and nothing of its mind: it finds a few words and shows the same handful of
items with sums that are worked out by hand. `python tests/browser/fake_engine.py [port] [stage]` serves it.
"""

from __future__ import annotations

import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.errors import BadInput, Conflict
from bot.memory import Memory
from bot.profile import Edit, edited
from bot.settings import Settings
from bot.state import (
    Change,
    Chip,
    Contribution,
    Event,
    Fact,
    InterestPoint,
    ItemsReady,
    Limit,
    NoMatch,
    Profile,
    ProfileChanged,
    Reading,
    Recommendation,
    ReplyText,
    SentenceReady,
    Session,
    Status,
    Turn,
    TurnDone,
)
from vectorstore.constraints import Constraint, satisfies
from vectorstore.info import CatalogueInfo
from vectorstore.item import Item, Translation

SCRIPT = "<script>window.pwned=1</script><img src=x onerror='window.pwned=1'>"


def _item(
    number: str,
    title: str,
    chinese: str,
    price: float,
    colour: str,
    zh_colour: str,
    closure: str,
    zh_closure: str,
    material: str,
    **more: object,
) -> Item:
    attributes = {"colour": colour, "material": material, "closure": closure, "rating": 4.5, **more}
    return Item(
        id=number,
        title=title,
        description=f"{title}, {material}.",
        price=price,
        currency="USD",
        category=("Clothing", "Jackets", "Leather jackets"),
        brand="Harlow & Finch",
        attributes=attributes,
        availability="in_stock",
        translations={"zh": Translation(title=chinese, attributes={"colour": zh_colour, "closure": zh_closure})},
    )


SHOP = (
    _item(
        "clo-001",
        "Harlow lambskin jacket",
        "Harlow 羊皮夹克",
        179,
        "chestnut brown",
        "栗棕色",
        "horn buttons",
        "牛角扣",
        "lambskin leather",
        was=199.0,
    ),
    _item(
        "clo-002",
        "Brookline suede bomber",
        "Brookline 绒面飞行夹克",
        198,
        "tobacco",
        "烟草棕",
        "covered buttons",
        "包布扣",
        "suede leather",
    ),
    _item("clo-003", "Moss field jacket", "Moss 田野夹克", 149.5, "umber", "赭褐色", "buttons", "纽扣", "waxed cotton"),
    _item("clo-004", "Corvin biker jacket", "Corvin 机车夹克", 189, "black", "黑色", "zip", "拉链", "cowhide leather"),
    _item(
        "clo-005", f"Odd jacket {SCRIPT}", f"怪夹克 {SCRIPT}", 99, "brown", "棕色", "snap", "按扣", f"leather {SCRIPT}"
    ),
)
INFO = CatalogueInfo(
    name="shop",
    title={"en": "Shop", "zh": "商店"},
    currency="USD",
    languages=("en", "zh"),
    labels={
        "price": {"en": "price", "zh": "价格"},
        "colour": {"en": "colour", "zh": "颜色"},
        "closure": {"en": "closure", "zh": "开合"},
        "material": {"en": "material", "zh": "材质"},
    },
    starters={
        "en": (
            "A leather jacket, black maybe, under $200",
            "A light tent for two nights in the rain",
            "Headphones for a noisy train",
        ),
        "zh": ("想要一件皮夹克，200美元以内", "两个人用的轻便帐篷", "坐地铁用的降噪耳机"),
    },
    size=len(SHOP),
)
FILMS = CatalogueInfo(
    name="films",
    title={"en": "Films", "zh": "电影"},
    languages=("en", "zh"),
    size=0,
    starters={"en": ("Something slow and warm",)},
)
WISHES = (
    ("leather jacket", 0.9, r"(a )?leather jacket|皮夹克"),
    ("zippers", -0.9, r"i hate zippers|no zippers|不要拉链"),
    ("black", -0.5, r"not black( actually)?"),
    ("black", 0.5, r"black maybe|黑色"),
    ("brown", 0.8, r"brown|棕色"),
)
CLOSENESS = {  # item -> wish -> what a weight is multiplied with
    "clo-001": {"leather jacket": 0.46, "brown": 0.37, "zippers": -0.18, "black": -0.04},
    "clo-002": {"leather jacket": 0.44, "brown": 0.31, "zippers": -0.11, "black": -0.02},
    "clo-003": {"leather jacket": -0.12, "brown": 0.33, "zippers": -0.15, "black": 0.0},
    "clo-004": {"leather jacket": 0.5, "brown": -0.2, "zippers": 0.4, "black": 0.5},
    "clo-005": {"leather jacket": 0.3, "brown": 0.2, "zippers": 0.0, "black": 0.0, f"odd {SCRIPT}": 0.9},
}
FACTS = {"leather jacket": "material", "brown": "colour", "black": "colour", "zippers": "closure"}
SENTENCES = {
    "en": {
        "clo-001": "Chestnut lambskin that closes with five horn buttons, so no zip anywhere; $21 under your limit.",
        "clo-002": "Soft tobacco suede with covered buttons and a ribbed hem.",
        "clo-003": "Waxed cotton rather than leather, with a leather collar; the least expensive of the three.",
        "clo-004": "A proper biker in black cowhide, with a zip all the way up.",
    },
    "zh": {
        "clo-001": "栗棕色羊皮，五颗牛角扣，全身没有拉链，比你的上限便宜 21 美元。",
        "clo-002": "柔软的烟草色绒面，包布扣，下摆有罗纹。",
        "clo-003": "不是皮革，是打蜡棉布，只有领子是皮的；三件里最便宜。",
        "clo-004": "地道的黑色机车夹克，拉链一拉到顶。",
    },
}


@dataclass
class FakeStatus:
    stage: str = "ready"
    name: str = "Qwen2.5-Coder 1.5B"
    detail: str = ""
    fraction: float | None = None


@dataclass
class FakeModel:
    status: FakeStatus = field(default_factory=FakeStatus)


class FakeCatalogue:
    embedder = None

    def __init__(self, info: CatalogueInfo, items: tuple[Item, ...]) -> None:
        self.info = info
        self._items = {item.id: item for item in items}

    def get(self, item_id: str) -> Item | None:
        return self._items.get(item_id)

    def items(self) -> list[Item]:
        return list(self._items.values())


class FakeEngine:
    """The page's engine, scripted. `pace` is the pause between two events in seconds."""

    def __init__(self, settings: Settings | None = None, pace: float = 0.02) -> None:
        self.settings = settings or Settings(_env_file=None)
        self.llm = FakeModel()
        self._folder = tempfile.TemporaryDirectory()
        self.memory = Memory(f"sqlite:///{self._folder.name}/talks.sqlite3")  # the API's; the page's talks are in `_saved`
        self.pace = pace
        self.closed = 0  # turns that were given up before their end
        self._catalogues = {"shop": FakeCatalogue(INFO, SHOP), "films": FakeCatalogue(FILMS, ())}
        self._saved: dict[str, Session] = {}
        self._lock = threading.Lock()

    def catalogues(self) -> list[CatalogueInfo]:
        return [c.info for c in self._catalogues.values()]

    def catalogue(self, name: str) -> FakeCatalogue:
        return self._catalogues[name]

    def start(self, catalogue: str, language: str) -> Session:
        return self._save(Session(catalogue=catalogue, language=language))

    def load(self, session_id: str) -> Session | None:
        return self._saved.get(session_id) or self.memory.load(session_id)  # the API begins talks in the memory

    def turn(self, session: Session, message: str) -> Iterator[Event]:
        done = False
        try:
            yield from self._turn(session, message)
            done = True
        finally:
            self.closed += not done

    def edit(self, session: Session, edit: Edit) -> Iterator[Event]:
        profile, past = edited(session.profile, session.past, edit, len(session.turns))
        yield ProfileChanged(profile=profile, reading=Reading(act="refine", language=session.language, by="edit"))
        turns = session.turns
        if turns and turns[-1].items:
            items = self._ranked(profile, session.language)
            yield ItemsReady(items=items)
            items = tuple(self._said(r, session.language) for r in items)
            turns = (*turns[:-1], turns[-1].model_copy(update={"items": items}))
        yield TurnDone(
            session=self._save(session.model_copy(update={"profile": profile, "past": past, "turns": turns}))
        )

    def feedback(self, session: Session, item_id: str, kind: str) -> Iterator[Event]:
        if kind in ("like", "dislike"):
            name = "liked" if kind == "like" else "rejected"
            session = session.model_copy(update={name: (*getattr(session, name), item_id)})
        else:
            yield Status(text="Choosing again")
            yield ReplyText(text="Noted." if session.language == "en" else "记下了。")
        yield TurnDone(session=self._save(session))

    def without(self, session: Session, item_id: str, label: str) -> tuple[Recommendation, ...]:
        profile = session.profile.model_copy(
            update={"points": tuple(p for p in session.profile.points if p.text != label)}
        )
        return tuple(self._said(r, session.language) for r in self._ranked(profile, session.language))

    # ---- the script

    def _turn(self, session: Session, message: str) -> Iterator[Event]:
        chinese = bool(re.search(r"[\u4e00-\u9fff]", message))
        language = "zh" if chinese else "en"
        said = message.casefold()
        number = len(session.turns) + 1
        yield self._after(Status(text="正在读你的话" if chinese else "Reading your message"))
        if "crash" in said:
            raise RuntimeError("a fault inside the engine")
        if "too long" in said:
            raise BadInput("The message is too long. Say it in fewer words.")
        points, constraints, changes = list(session.profile.points), list(session.profile.constraints), []
        for text, weight, pattern in WISHES:
            if (found := re.search(pattern, said)) and not (text == "black" and weight > 0 and "not black" in said):
                points = [p for p in points if p.text != text]
                points.append(
                    InterestPoint(text=text, weight=weight, quote=message[found.start() : found.end()], turn=number)
                )
                changes.append(Change(kind="add", text=text, weight=weight, quote=found.group()))
        if found := re.search(r"under \$(\d+)|(\d+)美元以内", said):
            bound = float(found.group(1) or found.group(2))
            constraints = [
                Constraint(
                    field="price", op="<=", value=bound, quote=message[found.start() : found.end()], currency="USD"
                )
            ]
        if "odd" in said:
            points.append(InterestPoint(text=f"odd {SCRIPT}", weight=0.9, quote=f"odd {SCRIPT}", turn=number))
        profile = Profile(points=tuple(points), constraints=tuple(constraints))
        act = "compare" if "compare" in said else "chat" if said.startswith("hello") else "request"
        reading = Reading(act=act, language=language, changes=tuple(changes), by="model")
        yield self._after(ProfileChanged(profile=profile, reading=reading))
        if act == "chat":
            reply = f"Hello. What is it for? {SCRIPT}"
            yield ReplyText(text=reply)
            chips = (Chip(label="For work", say="for work"), Chip(label="For rain", say="for rain"))
            yield from self._finish(
                session,
                profile,
                Turn(number=number, user=message, reading=reading, reply=reply, chips=chips, question="purpose"),
            )
            return
        first = self._ranked(profile, language)
        if not first:
            blocking = constraints[0]
            nearest = min(i.price or 0 for i in SHOP)
            miss = NoMatch(
                blocking=blocking,
                nearest=nearest,
                nearest_item=SHOP[4].title,
                relaxation=blocking.model_copy(update={"value": 150.0}),
            )
            reply = f"Nothing costs ${blocking.value:.0f} or less with the rest. The nearest is ${nearest:.0f}."
            yield ReplyText(text=reply)
            chips = (Chip(label="Up to $150", say="under $150"),)
            yield from self._finish(
                session,
                profile,
                Turn(number=number, user=message, reading=reading, reply=reply, chips=chips, no_match=miss),
            )
            return
        yield self._after(ItemsReady(items=first, provisional=True), 6)
        lead = (
            "棕色皮革，没有拉链，200 美元以内：有三件合适。"
            if chinese
            else "Brown leather, no zips, under $200: three fit. The first two close with buttons."
        )
        items = tuple(first)
        yield self._after(ItemsReady(items=items, lead=lead), 3)
        spoken = []
        for shown in items:
            whole = self._said(shown, language)
            words = re.findall(r"\S+\s*|.", whole.sentence)
            for end in range(1, len(words)):
                yield self._after(SentenceReady(item_id=shown.item.id, text="".join(words[:end])))
            yield SentenceReady(item_id=shown.item.id, text=whole.sentence, done=True)
            spoken.append(whole)
        labels = (
            ("便宜点", "更轻的", "比较 1 和 2", "只要真皮")
            if chinese
            else ("Cheaper", "Lighter", "Compare 1 and 2", "Only real leather")
        )
        chips = tuple(Chip(label=x, say=x) for x in labels)
        turn = Turn(number=number, user=message, reading=reading, items=tuple(spoken), reply=lead, chips=chips)
        yield from self._finish(session.model_copy(update={"language": language}), profile, turn)

    def _finish(self, session: Session, profile: Profile, turn: Turn) -> Iterator[Event]:
        past = session.past if profile == session.profile else (*session.past, session.profile)
        new = session.model_copy(update={"profile": profile, "past": past, "turns": (*session.turns, turn)})
        yield TurnDone(session=self._save(new))

    def _after(self, event: Event, times: int = 1) -> Event:
        time.sleep(self.pace * times)
        return event

    def _ranked(self, profile: Profile, language: str) -> tuple[Recommendation, ...]:
        odd = any("odd" in p.text for p in profile.points)
        pool = [i for i in SHOP if all(satisfies(i, c) for c in profile.constraints) and (odd or i.id != "clo-005")]
        ranked = sorted((self._scored(i, profile, language) for i in pool), key=lambda r: (-r.score, r.item.id))
        return tuple(ranked[: self.settings.items])

    def _scored(self, item: Item, profile: Profile, language: str) -> Recommendation:
        terms = []
        for p in profile.points:
            value = CLOSENESS[item.id].get(p.text, 0.1)
            name = FACTS.get(p.text, "material")
            fact = Fact(name=name, value=item.attributes_in(language)[name])
            terms.append(
                Contribution(
                    term="interest",
                    label=p.text,
                    weight=p.weight,
                    value=value,
                    amount=p.weight * value,
                    quote=p.quote,
                    fact=fact,
                )
            )
        terms.append(Contribution(term="rating", label="rating", weight=0.05, value=0.9, amount=0.045))
        limits = tuple(
            Limit(constraint=c, fact=Fact(name=c.field, value=item.fact(c.field) or "")) for c in profile.constraints
        )
        return Recommendation(item=item, score=sum(t.amount for t in terms), contributions=tuple(terms), limits=limits)

    def _said(self, shown: Recommendation, language: str) -> Recommendation:
        sentence = SENTENCES[language].get(shown.item.id, f"A jacket. {SCRIPT}")
        return shown.model_copy(update={"sentence": sentence, "voice": "model"})

    def _save(self, session: Session) -> Session:
        with self._lock:
            kept = self._saved.get(session.id)
            if kept is not None and kept.version != session.version:
                raise Conflict("This talk went on in another window. Reload the page to see it.")
            new = session.model_copy(update={"version": session.version + 1})
            self._saved[session.id] = new
            return new


if __name__ == "__main__":
    from bot.web.server import serve

    engine = FakeEngine(Settings(_env_file=None, port=int(sys.argv[1]) if len(sys.argv) > 1 else 7861), pace=0.06)
    if len(sys.argv) > 2:
        engine.llm.status = FakeStatus(stage=sys.argv[2], fraction=0.43)
    serve(engine, engine.settings)
