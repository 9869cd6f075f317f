"""The knowledge graph: its ranks by hand, what becomes a tie, edge lists, what is heard of it, its reasons and its pictures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from conftest import shown, talk
from hypothesis import given
from hypothesis import strategies as st
from offer_shop import indexed
from typer.testing import CliRunner

from bot.chat import Engine
from bot.cli import app
from bot.errors import BadInput
from bot.graph_command import found
from bot.graph_drawing import FORMS, as_text, picture
from bot.learn.sources import Asked
from bot.learn.ties import tellable, ties, told
from bot.linked import linked
from bot.llm.model import NoModel
from bot.memory import Memory
from bot.settings import Settings
from bot.state import KNOWN, Contribution, Fact, InterestPoint, Profile, Reading, Session
from vectorstore import graph as module
from vectorstore.catalogue import Catalogue
from vectorstore.edges import Edge, read_edges, written
from vectorstore.embeddings import HashEmbedder
from vectorstore.errors import CatalogueError
from vectorstore.graph import ITEM, RESTART, Graph, Node
from vectorstore.index import build
from vectorstore.info import describe, read_description
from vectorstore.item import Item, Translation
from vectorstore.relations import fitted

REQUEST = Reading(act="request", language="en")


def film(id: str, title: str, chinese: str, director: tuple[str, str], cast: tuple[str, ...], genre: str) -> Item:
    return Item(
        id=id,
        title=title,
        category=("Films", genre.title()),
        attributes={"year": 1995, "genres": (genre,), "director": director[0], "cast": cast},
        translations={"zh": Translation(title=chinese, attributes={"director": director[1]})},
    )


MANN, WONG, JEUNET = ("Michael Mann", "迈克尔·曼"), ("Wong Kar-wai", "王家卫"), ("Jean-Pierre Jeunet", "让-皮埃尔·热内")
COPPOLA = ("Francis Ford Coppola", "弗朗西斯·科波拉")
FILMS = [
    film("heat", "Heat", "盗火线", MANN, ("Al Pacino", "Robert De Niro"), "crime"),
    film("collateral", "Collateral", "借刀杀人", MANN, ("Tom Cruise", "Jamie Foxx"), "crime"),
    film("godfather", "The Godfather", "教父", COPPOLA, ("Marlon Brando", "Al Pacino"), "crime"),
    film("mood", "In the Mood for Love", "花样年华", WONG, ("Maggie Cheung", "Tony Leung"), "romance"),
    film("chungking", "Chungking Express", "重庆森林", WONG, ("Brigitte Lin", "Tony Leung"), "romance"),
    film("amelie", "Amélie", "天使爱美丽", JEUNET, ("Audrey Tautou", "Mathieu Kassovitz"), "comedy"),
    film("code", "The Code", "密码", ("Ron Howard", "朗·霍华德"), ("Tom Hanks", "Audrey Tautou"), "thriller"),
]
SHOP = [
    Item(id="tent", title="Fernhill two-person tent", category=("Outdoor", "Tents"), brand="Fernhill",
         attributes={"goes_with": ("bag",), "colour": "green"}, translations={"zh": Translation(title="Fernhill 双人帐篷")}),
    Item(id="big", title="Brackmoor family tent", category=("Outdoor", "Tents"), brand="Brackmoor"),
    Item(id="bag", title="Three seasons sleeping bag", category=("Outdoor", "Sleeping bags"), brand="Fernhill"),
    Item(id="mat", title="Self-inflating mat", category=("Outdoor", "Mats"), brand="Wendrow"),
    Item(id="lamp", title="Trailhead lamp", category=("Outdoor", "Lamps"), brand="Wendrow"),
    Item(id="charger", title="Compact charger 30 W", category=("Power", "Chargers"), brand="Oskelo"),
    Item(id="bank", title="Slim power bank", category=("Power", "Power banks"), brand="Oskelo"),
]  # fmt: skip
EDGES = """source,relation,target
mat,goes with,Fernhill two-person tent
Compact charger 30 W,Works With,Pixel 8
Galaxy S24,compatible_with,bank
Pixel 8,charges by,USB-C
lamp,charges by,USB-C
"""


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return indexed(tmp_path_factory.mktemp("films"), "films", FILMS, "title: {en: Films, zh: 电影}\n")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root = tmp_path_factory.mktemp("shop")
    (root / "source").mkdir()
    (root / "source" / "items.jsonl").write_text("".join(i.model_dump_json() + "\n" for i in SHOP), "utf-8")
    said = "title: {en: Shop}\ngraph: [ties.csv]\nrelations: {charges_by: 0.6}\n"
    (root / "source" / "catalogue.yaml").write_text(said, "utf-8")
    (root / "source" / "ties.csv").write_text(EDGES, "utf-8")
    build(root / "source", "shop", root, HashEmbedder())
    return Catalogue.open("shop", root, HashEmbedder())


@pytest.fixture
def over(settings: Settings) -> Callable[[Catalogue], Engine]:
    def make(catalogue: Catalogue) -> Engine:
        own = settings.model_copy(update={"catalogue": catalogue.info.name, "diversity": 0.0, "ask_always": False})
        return Engine(own, NoModel(), lambda name: catalogue, lambda: [catalogue.info], Memory.open(own))

    return make


# Ranks


def small() -> Graph:
    """Two films of one director, and a third that shares the genre of the first with it; both relations count alike."""
    nodes = [Node(ITEM, "a"), Node(ITEM, "b"), Node(ITEM, "c"), Node("person", "d"), Node("genre", "g")]
    edges = [(0, "director", 3), (1, "director", 3), (0, "genres", 4), (2, "genres", 4)]
    return Graph(nodes, edges, {"director": 3.0, "genres": 1.0})


def test_the_rank_is_worked_out_by_hand() -> None:
    """From film a a walk goes on with .7: to the director with 3/4 of it, to the genre with 1/4; from either to one of two."""
    ranks = small().rank({0: 1.0}, steps=2)
    ended = RESTART
    assert ranks[3] == pytest.approx(ended * 0.7 * 0.75)
    assert ranks[4] == pytest.approx(ended * 0.7 * 0.25)
    assert ranks[1] == pytest.approx(ended * 0.7 * 0.7 * 0.75 / 2) == pytest.approx(0.055125)
    assert ranks[2] == pytest.approx(ended * 0.7 * 0.7 * 0.25 / 2) == pytest.approx(0.018375)
    assert ranks[0] == pytest.approx(ended + ended * 0.49 * 0.5)  # it began there, and half of the walks of two steps are back


def test_with_many_steps_the_rank_is_personalised_pagerank() -> None:
    graph = small()
    walk = np.zeros((5, 5))
    for node in range(5):
        for end, _, chance, _ in graph.steps(node):
            walk[node, end] += chance
    exact = RESTART * np.linalg.solve((np.eye(5) - 0.7 * walk).T, np.asarray([0.25, 0, 0.75, 0, 0]))
    ranks = graph.rank({0: 1.0, 2: 3.0}, steps=80, faint=0.0)
    assert [ranks[n] for n in range(5)] == pytest.approx(list(exact), abs=1e-9)
    assert sum(ranks.values()) == pytest.approx(1.0)


def test_a_rare_tie_says_more_than_a_common_one_and_each_what_its_relation_weighs() -> None:
    graph = Graph.over(FILMS)
    heat = graph.item("heat")
    assert heat is not None
    ranks = {graph.nodes[n].name: rank for n, rank in graph.rank({heat: 1.0}).items()}
    assert ranks["collateral"] > ranks["godfather"] > ranks.get("mood", 0.0)
    assert graph.rank({}) == {}


# What is a tie


def test_fields_are_relations_by_name_and_people_are_one_kind() -> None:
    graph = Graph.over(FILMS)
    (mann,) = graph.named("michael mann")
    assert graph.named("迈克尔·曼") == (mann,)
    assert graph.nodes[mann].kind == "person" and graph.nodes[mann].called("zh") == "迈克尔·曼"
    assert {(graph.nodes[end].name, relation) for end, relation, _, _ in graph.steps(mann)} == {
        ("heat", "director"), ("collateral", "director"),
    }  # fmt: skip
    assert graph.named("AMELIE") == graph.named("Amélie") != ()
    ties_of_heat = {relation for _, relation, _, _ in graph.steps(graph.item("heat") or 0)}
    assert ties_of_heat == {"director", "cast", "genres", "category"}  # the year is none


def test_a_catalogue_weighs_its_relations_itself(tmp_path: Path) -> None:
    (tmp_path / "catalogue.yaml").write_text("relations: {genres: 0, colour: 2}\n", "utf-8")
    items = [*FILMS, *(Item(id=id, title=id, attributes={"colour": "sepia"}) for id in "xy")]
    graph = Graph.over(items, describe("films", items, read_description(tmp_path)))
    assert "genres" not in graph.relations
    x, y = graph.item("x"), graph.item("y")
    assert x is not None and y is not None and graph.paths(x, [y])[y].relations == ("colour", "colour")


def test_a_weighed_relation_that_nothing_states_is_named(tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text("".join(i.model_dump_json() + "\n" for i in SHOP), "utf-8")
    (tmp_path / "catalogue.yaml").write_text("relations: {colur: 1}\n", "utf-8")
    with pytest.raises(CatalogueError, match="relations: nothing states 'colur'"):
        build(tmp_path, "shop", tmp_path / "root", HashEmbedder())


def test_a_category_hangs_on_the_wider_one() -> None:
    graph = Graph.over(SHOP)
    (tents,) = (n for n in graph.named("Tents") if graph.nodes[n].kind == "category")
    (outdoor,) = (n for n in graph.named("Outdoor") if graph.nodes[n].kind == "category")
    assert outdoor in {end for end, _, _, _ in graph.steps(tents)}
    assert {graph.nodes[end].kind for end, _, _, _ in graph.steps(outdoor)} == {"category"}


def test_a_graph_is_built_once_and_a_large_one_in_the_background(films: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Graph.of(films) is Graph.of(films)
    monkeypatch.setattr(module, "LARGE", 2)
    monkeypatch.setattr(module, "_MADE", {})
    monkeypatch.setattr(module, "_LOCKS", {})
    assert Graph.ready(films) is None  # begun
    assert Graph.of(films) is Graph.ready(films)


# Edge lists


def test_an_edge_list_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text(EDGES, "utf-8")
    edges = read_edges(path)
    assert edges[0] == Edge("mat", "goes_with", "Fernhill two-person tent")
    path.write_text(written(edges), "utf-8")
    assert read_edges(path) == edges


@pytest.mark.parametrize(
    ("text", "line"), [("source,relation,target\na,b\n", 2), ("a,b,c\n\nd,,e\n", 3), ("a,b,c,d\n", 1)]
)  # fmt: skip
def test_a_malformed_edge_list_names_file_and_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "ties.csv").write_text(text, "utf-8")
    with pytest.raises(CatalogueError, match=rf"ties\.csv, line {line}: an edge is source, relation, target"):
        read_edges(tmp_path / "ties.csv")


def numbered(folder: Path, graph: object) -> Path:
    (folder / "entity2id.json").write_text(json.dumps({"Heat (1995)": 0, "Michael Mann": 1, "crime": 2}), "utf-8")
    (folder / "relation2id.json").write_text(json.dumps({"genre": 0, "director": 1}), "utf-8")
    (folder / "kg.json").write_text(graph if isinstance(graph, str) else json.dumps(graph), "utf-8")
    return folder / "kg.json"


def test_a_numbered_graph_is_read_with_the_names_beside_it(tmp_path: Path) -> None:
    edges = read_edges(numbered(tmp_path, {"0": [[0, 2], [1, 1]]}))
    assert edges == [Edge("Heat (1995)", "genre", "crime"), Edge("Heat (1995)", "director", "Michael Mann")]
    graph = Graph.over([FILMS[0].model_copy(update={"attributes": {"year": 1995}})], None, edges)  # a title with its year
    heat = graph.item("heat")
    assert heat is not None and {r for _, r, _, _ in graph.steps(heat)} == {"genres", "director", "category"}


@pytest.mark.parametrize(
    ("graph", "complaint"),
    [
        ({"0": [[0, 9]]}, r"kg\.json, entry '0': entity2id\.json beside it names no 9"),
        ({"0": [[7, 2]]}, r"kg\.json, entry '0': relation2id\.json beside it names no 7"),
        ({"0": [[0]]}, r"kg\.json, entry '0': an edge is \[relation, target\]"),
        ([1], "not a list"),
        ('{"0": [[0, 2],\n]}', r"kg\.json, line 2: broken JSON"),
    ],
)
def test_a_malformed_graph_names_the_file_and_the_entry(tmp_path: Path, graph: object, complaint: str) -> None:
    with pytest.raises(CatalogueError, match=complaint):
        read_edges(numbered(tmp_path, graph))


def test_names_that_are_not_beside_a_graph_are_missed(tmp_path: Path) -> None:
    path = numbered(tmp_path, {})
    (tmp_path / "relation2id.json").unlink()
    with pytest.raises(CatalogueError, match=r"relation2id\.json is not there"):
        read_edges(path)
    with pytest.raises(CatalogueError, match="There is no edge list"):
        read_edges(tmp_path / "nowhere.csv")


def test_what_edges_say_that_things_fit_the_items_state_from_either_side(shop: Catalogue) -> None:
    mat, tent, charger, bank = (shop.get(id) for id in ("mat", "tent", "charger", "bank"))
    assert mat and tent and charger and bank
    assert mat.attributes["goes_with"] == ("tent",) and tent.attributes["goes_with"] == ("bag", "mat")
    assert charger.attributes["compatible_with"] == ("Pixel 8",) and bank.attributes["compatible_with"] == ("Galaxy S24",)
    part = fitted(SHOP, [Edge("lamp", "part_of", "Camp kit"), Edge("Camp kit", "part_of", "bag")])
    assert [item.attributes.get("part_of") for item in part if item.id in ("lamp", "bag")] == [None, ("Camp kit",)]
    assert fitted(SHOP, [])[0] is SHOP[0]


def test_an_edge_list_is_kept_with_the_index_and_goes_with_the_next_one(shop: Catalogue, tmp_path: Path) -> None:
    assert Edge("Pixel 8", "charges_by", "USB-C") in shop.edges()
    (tmp_path / "items.jsonl").write_text("".join(i.model_dump_json() + "\n" for i in SHOP), "utf-8")
    (tmp_path / "ties.csv").write_text(EDGES, "utf-8")
    embedder = HashEmbedder()
    build(tmp_path / "items.jsonl", "own", tmp_path / "root", embedder, graph=[tmp_path / "ties.csv"])
    assert len(Catalogue.open("own", tmp_path / "root", embedder).edges()) == 5
    build(tmp_path / "items.jsonl", "own", tmp_path / "root", embedder)
    assert not Catalogue.open("own", tmp_path / "root", embedder).edges()


# What is heard

BY_GODFATHER = "by the same director as The Godfathr"
BY_MOOD = "by whoever directed In the Mood for Love"


@pytest.mark.parametrize(
    ("message", "item", "field", "values", "quote"),
    [
        ("something by the director of Heat", "heat", "director", ("Michael Mann",), "by the director of Heat"),
        ("same director as heat, but newer", "heat", "director", ("Michael Mann",), "same director as heat"),
        (BY_GODFATHER, "godfather", "director", ("Francis Ford Coppola",), BY_GODFATHER),
        ("films with the lead of Amelie under two hours", "amelie", "cast", ("Audrey Tautou",), "with the lead of Amelie"),
        ("more with the cast of Heat", "heat", "cast", ("Al Pacino", "Robert De Niro"), "with the cast of Heat"),
        (BY_MOOD, "mood", "director", ("Wong Kar-wai",), BY_MOOD),
        ("跟《花样年华》同一个导演的", "mood", "director", ("王家卫",), "跟《花样年华》同一个导演的"),
        ("想看《盗火线》导演的其他电影", "heat", "director", ("迈克尔·曼",), "《盗火线》导演的其他"),
        ("和花样年华同一个导演的爱情片", "mood", "director", ("王家卫",), "和花样年华同一个导演的"),
    ],
)  # fmt: skip
def test_what_is_said_is_linked_by_a_title(
    films: Catalogue, message: str, item: str, field: str, values: tuple[str, ...], quote: str
) -> None:
    link = linked(message, films, "zh" if "导演" in message else "en")
    assert link is not None and not link.denied
    assert (link.items, link.field, link.values) == ((item,), field, values)
    assert message[link.start : link.end] == quote


@pytest.mark.parametrize(
    ("message", "item"),
    [
        ("same director as the first", "heat"),
        ("something by the director of the second one", "amelie"),
        ("by the same director as the last", "amelie"),
        ("same director as number 2 please", "amelie"),
        ("和第一部同一个导演的", "heat"),
        ("第二部的导演的其他电影", "amelie"),
        ("same director as the fourth", None),
        ("same director as that one", None),
        ("is it by the same director as the first?", None),
        ("第一部的导演是谁", None),
    ],
)
def test_what_is_said_is_linked_by_a_place(films: Catalogue, message: str, item: str | None) -> None:
    screen = [shown for id in ("heat", "amelie") if (shown := films.get(id)) is not None]
    link = linked(message, films, "en", screen)
    assert (link and link.items) == (item and (item,))
    assert item is None or linked(message, films, "en") is None, "with nothing on screen there is no place"


@pytest.mark.parametrize(
    "message",
    [
        "who is the director of Heat?", "《盗火线》的导演是谁", "something by the director of Nothing Here", "a film with heat",
        "the lead of the band",
    ],
)
def test_a_question_and_what_is_not_here_are_no_link(films: Catalogue, message: str) -> None:
    assert linked(message, films, "en") is None


def test_by_the_director_of_is_a_wish_and_a_limit_with_the_way_as_its_reason(
    films: Catalogue, over: Callable[[Catalogue], Engine]
) -> None:
    engine = over(films)
    session = talk(engine, engine.start(), "something by the director of Heat")
    turn = session.turns[-1]
    assert [r.item.id for r in turn.items] == ["collateral"]
    assert turn.reply.startswith("Same director as Heat, Michael Mann:")
    (wish,) = (c for c in turn.items[0].contributions if c.label == "Michael Mann")
    assert wish.quote == "by the director of Heat" and wish.fact is not None and wish.fact.value == "Michael Mann"


def test_in_chinese_too_and_turned_down(films: Catalogue, over: Callable[[Catalogue], Engine]) -> None:
    engine = over(films)
    session = talk(engine, engine.start(language="zh"), "跟《花样年华》同一个导演的")
    assert [r.item.id for r in session.turns[-1].items] == ["chungking"]
    assert session.turns[-1].reply.startswith("和花样年华同一导演，王家卫：")
    session = talk(engine, engine.start(), "a crime film, nothing by the director of Heat")
    assert {r.item.id for r in session.turns[-1].items} & {"heat", "collateral"} == set()
    assert session.turns[-1].items[0].item.id == "godfather"


def test_of_whom_nothing_else_is_here_only_a_wish_is_left(films: Catalogue, over: Callable[[Catalogue], Engine]) -> None:
    engine = over(films)
    session = talk(engine, engine.start(), "something by the director of Amélie")
    assert session.profile.constraints == () and session.profile.point("Jean-Pierre Jeunet")
    assert session.turns[-1].items and "amelie" not in [r.item.id for r in session.turns[-1].items]


def test_what_goes_with_something_that_is_not_on_screen(shop: Catalogue, over: Callable[[Catalogue], Engine]) -> None:
    engine = over(shop)
    for message in ("something that goes with the Fernhill tent", "能配Fernhill帐篷的"):
        events = list(engine.turn(engine.start(), message))
        assert sorted(shown(events)) == ["bag", "mat"], message


@pytest.mark.parametrize(
    "message",
    ["a charger that works with my Pixel 8", "works with my Pixel", "能适配Pixel 8的充电器", "a charger for my Pixel 8"],
)
def test_what_works_with_a_thing_that_edges_name(shop: Catalogue, over: Callable[[Catalogue], Engine], message: str) -> None:
    engine = over(shop)
    events = list(engine.turn(engine.start(), message))
    assert shown(events) == ["charger"]


@pytest.mark.parametrize("message", ["a gift for my sister", "shoes that go with jeans", "a tent for two"])
def test_a_person_and_a_use_are_no_link(shop: Catalogue, message: str) -> None:
    assert linked(message, shop, "en") is None


# Terms and reasons


def asked(catalogue: Catalogue, session: Session = Session(), reading: Reading = REQUEST, *points: InterestPoint) -> Asked:  # noqa: B008
    return Asked(catalogue, session, Profile(points=points), reading, Settings.model_construct())


def terms(of: Asked) -> dict[str, Contribution]:
    voice = ties(of)
    if voice is None:
        return {}
    return {id: c for id, (c,) in voice.terms(of.catalogue.search(["film"], limit=50), {}).items()}


def test_without_anything_liked_or_named_it_adds_nothing(films: Catalogue) -> None:
    assert ties(asked(films)) is None
    assert ties(asked(films, Session(), REQUEST, InterestPoint(text="crime", weight=0.8, quote="a crime film"))) is None
    assert ties(asked(films, Session(seen=("heat",)))) is None


@pytest.mark.parametrize(
    ("session", "points", "language", "words"),
    [
        (Session(liked=("heat",)), (), "en", "same director as Heat, which you liked"),
        (Session(liked=("heat",)), (), "zh", "和你喜欢的《盗火线》同一位导演"),
        (Session(), ("I loved Heat",), "en", "same director as Heat, which you loved"),
        (Session(), ("I'd love to see Heat again",), "en", "same director as Heat"),
        (Session(), ("something with Heat",), "en", "same director as Heat"),
    ],
)
def test_the_reason_says_loved_only_when_it_was(
    films: Catalogue, session: Session, points: tuple[str, ...], language: str, words: str
) -> None:
    wished = (InterestPoint(text="Heat", weight=0.8, quote=quote) for quote in points)
    found = terms(asked(films, session, Reading.model_validate({"act": "request", "language": language}), *wished))
    assert found["collateral"].label == words
    assert found["collateral"].fact == Fact(name=KNOWN, value=words)
    assert "heat" not in found


def test_something_like_it_is_named_and_not_loved(films: Catalogue) -> None:
    reading = Reading(act="more_like", language="en", refers_to=("heat",))
    assert terms(asked(films, Session(liked=("heat",)), reading))["collateral"].label == "same director as Heat"


def test_the_more_is_said_the_less_it_weighs_and_it_is_never_much(films: Catalogue) -> None:
    session = Session(liked=("heat",))
    points = [InterestPoint(text=f"wish {n}", weight=0.8) for n in range(3)]
    weights = [terms(asked(films, session, REQUEST, *points[:n]))["collateral"].weight for n in range(4)]
    assert weights == pytest.approx([0.3, 0.3 / 1.8, 0.3 / 2.6, 0.3 / 3.4], abs=1e-4)
    for c in terms(asked(films, session)).values():
        assert 0 < c.amount <= 0.3 and c.amount == pytest.approx(c.weight * c.value, abs=1e-3)


def test_a_wish_that_names_the_person_tells_it_already(films: Catalogue) -> None:
    wish = InterestPoint(text="Michael Mann", weight=0.9, quote="by the director of Heat")
    found = terms(asked(films, Session(liked=("heat",)), REQUEST, wish))
    assert found["collateral"].fact is None and found["collateral"].amount > 0


def test_an_entity_that_edges_tie_to_others_leads_on(shop: Catalogue) -> None:
    found = terms(asked(shop, Session(), REQUEST, InterestPoint(text="Pixel 8", weight=0.8, quote="for my Pixel 8")))
    assert found["lamp"].label == "USB-C, as with Pixel 8"
    assert "tent" not in found


def test_what_hangs_together_is_proposed(films: Catalogue) -> None:
    voice = ties(asked(films, Session(liked=("mood",))))
    assert voice is not None and voice.proposed[0] == "chungking" and "mood" not in voice.proposed


_NAMES = st.sampled_from(["Ada", "Bo", "Cy", "Di"])
_IDS = st.sampled_from(["i0", "i1", "i2", "gone"])


@st.composite
def catalogues(draw: st.DrawFn) -> list[Item]:
    return [
        Item(
            id=f"i{n}",
            title=f"Title {n}",
            brand=draw(st.none() | st.sampled_from(["North", "South"])),
            attributes={
                "director": draw(_NAMES),
                "cast": tuple(draw(st.lists(_NAMES, max_size=3, unique=True))) or ("Nobody",),
                "goes_with": tuple(draw(st.lists(_IDS, min_size=1, max_size=2, unique=True))),
            },
        )
        for n in range(draw(st.integers(2, 7)))
    ]


@given(items=catalogues(), data=st.data())
def test_the_path_of_every_reason_is_in_the_graph_and_true_to_the_items(items: list[Item], data: st.DataObject) -> None:
    graph, info = Graph.over(items), describe("own", items)
    seed = data.draw(st.integers(0, len(items) - 1))
    start = graph.item(f"i{seed}")
    assert start is not None
    goals = [n for n in range(len(items)) if n != start]
    by_id = {item.id: item for item in items}
    for goal, path in graph.paths(start, goals).items():
        assert graph.has(path) and path.nodes[0] == start and path.nodes[-1] == goal and 1 <= len(path.relations) <= 2
        if not tellable(graph, path):
            continue
        words = told(graph, path, "loved", info, "en", works=True)
        assert f"Title {seed}, which you loved" in words
        ends = [by_id[graph.nodes[n].name] for n in (start, goal)]
        for item, relation in zip(ends, (path.relations[0], path.relations[-1]), strict=True):
            if relation != "goes_with":
                stated = item.fact(relation)
                between = graph.nodes[path.nodes[1]].name
                assert between == stated or (isinstance(stated, tuple) and between in stated)
        if path.relations == ("goes_with",):
            assert any(b.id in (a.attributes["goes_with"] or ()) for a, b in (ends, ends[::-1]))  # type: ignore[operator]


@given(items=catalogues())
def test_ranks_are_shares_of_walks(items: list[Item]) -> None:
    graph = Graph.over(items)
    start = graph.item("i0")
    assert start is not None
    ranks = graph.rank({start: 2.0}, steps=6)
    assert all(rank > 0 for rank in ranks.values()) and sum(ranks.values()) <= 1 + 1e-9
    assert ranks[start] >= RESTART


# The command


@pytest.fixture
def library(films: Catalogue) -> Graph:
    return Graph.of(films)


def test_a_neighbourhood_is_printed_as_a_tree(films: Catalogue, library: Graph) -> None:
    node = found(library, "heat", "films")
    lines = list(as_text(picture(library, node, films.info, "en", most=3)))
    assert lines[0] == "Heat"
    assert lines[1:3] == ["├─ director: Michael Mann", "│  └─ Collateral"]
    assert any(line.endswith("Al Pacino") for line in lines) and any(line.endswith("The Godfather") for line in lines)
    assert lines[1:3] != list(as_text(picture(library, node, films.info, "zh", most=3)))[1:3]
    assert "├─ 导演: 迈克尔·曼" in list(as_text(picture(library, node, films.info, "zh", most=3)))
    assert len(list(as_text(picture(library, node, films.info, "en", depth=1, most=2)))) == 3


def test_an_item_is_found_by_id_by_title_and_with_a_slip_of_the_pen(library: Graph) -> None:
    for said in ("collateral", "Collateral", "借刀杀人", "Colateral"):
        assert library.nodes[found(library, said, "films")].name == "collateral"
    assert library.nodes[found(library, "godfather", "films")].name == "godfather"
    assert library.nodes[found(library, "Michael Man", "films")].kind == "person"
    with pytest.raises(BadInput, match=r"'films' is called 'Chun Ex'\. The nearest: 'Chungking Express'"):
        found(library, "Chun Ex", "films")


@pytest.mark.parametrize("form", FORMS)
def test_a_neighbourhood_is_drawn(films: Catalogue, library: Graph, form: str) -> None:
    drawn = FORMS[form](picture(library, found(library, "heat", "films"), films.info, "en"), "en")
    assert "Michael Mann" in drawn and "Collateral" in drawn


def test_the_picture_is_well_formed_escaped_and_nothing_covers_another(tmp_path: Path) -> None:
    evil = [Item(id=n, title=f"<script>{n}</script>", brand="A & B") for n in "abc"]
    graph = Graph.over(evil)
    drawn = FORMS[".svg"](picture(graph, graph.item("a") or 0, describe("own", evil), "en"), "en")
    root = ElementTree.fromstring(drawn)
    texts = [e for e in root.iter() if e.tag.endswith("}text")]
    assert len(texts) == 4 and "".join(texts[0].itertext()) == "<script>a</script>"
    places = [(e.get("x"), e.get("y")) for e in texts]
    assert len(set(places)) == len(places)
    assert "prefers-color-scheme: dark" in drawn


def test_the_command_prints_and_draws(films: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "mine"
    source.mkdir()
    (source / "items.jsonl").write_text("".join(i.model_dump_json() + "\n" for i in FILMS), "utf-8")
    build(source / "items.jsonl", "mine", tmp_path / "catalogues", HashEmbedder())
    monkeypatch.setenv("RAPPORT_DATA_DIR", str(tmp_path))
    run = CliRunner()
    result = run.invoke(app, ["graph", "Heat", "--catalogue", "mine", "--depth", "1", "-o", str(tmp_path / "out" / "heat.dot")])
    assert result.exit_code == 0, result.output
    assert "director: Michael Mann" in result.output
    assert (tmp_path / "out" / "heat.dot").read_text("utf-8").startswith('graph "What Heat hangs together with" {')
    wrong = run.invoke(app, ["graph", "Heat", "--catalogue", "mine", "-o", str(tmp_path / "heat.png")])
    assert isinstance(wrong.exception, BadInput) and ".svg, .html, .dot" in str(wrong.exception)
    nowhere = run.invoke(app, ["graph", "Heat", "--catalogue", "nowhere"])
    assert isinstance(nowhere.exception, CatalogueError) and "rapport index PATH --name nowhere" in str(nowhere.exception)
