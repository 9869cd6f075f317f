"""Rapport for builders: the LangChain Runnable and retriever, the typed client, the MCP server, each as its users call it."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi.testclient import TestClient
from langchain_core.runnables import RunnableLambda
from mcp import Client, StdioServerParameters
from small_shop import BY_ID, JACKET_IDS

from bot.chat import Engine
from bot.errors import BadInput, Conflict
from bot.integrations.mcp import agents_app
from bot.integrations.retriever import CatalogueRetriever
from bot.integrations.runnable import Answer, RapportRunnable
from bot.keys import add_site, place
from bot.state import Session
from bot.web.server import build_app
from bot.web.v1.running import Turns
from vectorstore.catalogue import Catalogue
from vectorstore.constraints import Constraint, satisfies
from vectorstore.limits import BadLimit, read_limit

WISH = "a brown leather jacket, no zips"
READ = "act: request\n+ brown leather jacket\n- zips\nEND"
HARLOW = "Chestnut brown lambskin that closes with horn buttons, so there is no zip."


# Limits as programs write them


@pytest.mark.parametrize(
    ("written", "field", "op", "value"),
    [
        ("price<=200", "price", "<=", 200),
        ("price ≥ 59.5", "price", ">=", 59.5),
        ("colour != black", "colour", "!=", "black"),
        ("size in 42, 43", "size", "in", (42, 43)),
        ("colour not in (black, sky blue)", "colour", "not in", ("black", "sky blue")),
        ("waterproof=true", "waterproof", "=", True),
        ('material == "lambskin leather"', "material", "=", "lambskin leather"),
        ("in_stock=1", "in_stock", "=", 1),
    ],
)
def test_a_written_limit(shop: Catalogue, written: str, field: str, op: str, value: object) -> None:
    assert read_limit(written, shop) == Constraint.model_validate({"field": field, "op": op, "value": value})


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("cheap", "price<=200"),
        ("price<200", "price<=200 instead"),
        ("colr=black", "Did you mean 'colour'?"),
        ("altitude>=3", "There are: "),
        ("size in ,", "names no value"),
        ("price<=", "cannot be read"),
    ],
)
def test_a_written_limit_that_cannot_be_held(shop: Catalogue, written: str, said: str) -> None:
    with pytest.raises(BadLimit, match=said.replace("?", r"\?")):
        read_limit(written, shop)


# The LangChain Runnable


def test_a_message_in_an_answer_out(engine: Engine) -> None:
    answer = RapportRunnable(engine).invoke(WISH)
    assert answer.done and answer.items[0].id == "harlow"
    assert {p.text: p.weight for p in answer.profile.points} == {"brown leather jacket": 0.8, "zips": -0.8}
    assert answer.items[0].sentence and [c.say for c in answer.chips]
    kept = engine.load(answer.session)
    assert kept is not None and kept.on_screen == tuple(card.id for card in answer.items)


def test_the_text_lists_title_price_reason_and_sentence(engine: Engine) -> None:
    first = RapportRunnable(engine).invoke(WISH).text.splitlines()
    assert first[0].startswith("Brown leather jacket, no zips: ") and first[1] == ""
    assert first[2].startswith("1. **Harlow leather jacket** $179 — “a brown leather jacket” ✓ ")
    assert " · “no zips” ✓ closure: horn buttons. " in first[2]
    chinese = RapportRunnable(engine).invoke("棕色皮夹克，不要拉链").text
    assert "1. **哈洛皮夹克** US$179" in chinese and "牛角扣" in chinese


def test_the_session_goes_on_by_config_or_by_input(engine: Engine) -> None:
    rapport = RapportRunnable(engine)
    first = rapport.invoke("a jacket")
    cheaper = rapport.invoke("under $100", {"configurable": {"session": first.session}})
    assert cheaper.session == first.session and {c.id for c in cheaper.items} == {"rain", "denim"}
    third = rapport.invoke({"message": "not blue", "session": first.session})
    session = engine.load(first.session)
    assert session is not None and len(session.turns) == 3 and third.session == session.id
    assert rapport.invoke("a jacket").session != first.session, "without one, another talk begins"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"message": "hi", "session": "nobody"}, "There is no session 'nobody'"),
        ({"message": "hi", "sesion": "x"}, "Unknown key 'sesion'"),
        ({"text": "hi"}, "Give the message"),
        (7, "Give the message"),
    ],
)
def test_what_the_runnable_refuses(engine: Engine, given: object, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        RapportRunnable(engine).invoke(given)  # type: ignore[arg-type]


def test_a_chain_streams_whole_answers(scripted: Callable[..., Engine]) -> None:
    chain = RapportRunnable(scripted(READ, f"1 {HARLOW}\nEND")) | RunnableLambda(lambda answer: answer.text)
    assert HARLOW in chain.invoke(WISH)
    answers = list(RapportRunnable(scripted(READ, f"1 {HARLOW}\nEND")).stream(WISH))
    assert answers[0].provisional and answers[0].items[0].id == "harlow", "a first guess stands before the reading"
    assert [a.done for a in answers].count(True) == 1 and answers[-1].done
    assert answers[-1].items[0].sentence == HARLOW and answers[-1].items[0].voice == "model"
    before = [a for a in answers if a.items and a.items[0].voice == "template"]
    assert before, "items stand before the model's sentence"
    assert answers[0] + answers[-1] == answers[-1]


def test_a_batch_has_a_session_each(engine: Engine) -> None:
    answers = RapportRunnable(engine).batch(["a jacket", "a kettle"])
    assert len({a.session for a in answers}) == 2
    assert {c.id for c in answers[1].items} == {"glass", "steel"}


def test_the_async_side_gives_the_same(engine: Engine) -> None:
    async def both() -> tuple[Answer, list[Answer]]:
        rapport = RapportRunnable(engine)
        return await rapport.ainvoke(WISH), [answer async for answer in rapport.astream(WISH)]

    whole, grown = asyncio.run(both())
    assert [c.id for c in whole.items] == [c.id for c in grown[-1].items] and grown[-1].done


def test_a_stream_that_is_left_stops_the_turn(scripted: Callable[..., Engine]) -> None:
    engine = scripted(READ, f"1 {HARLOW}\nEND")
    stopped: list[str] = []
    turn = engine.turn

    def watched(session, message):  # type: ignore[no-untyped-def]
        try:
            yield from turn(session, message)
        except GeneratorExit:
            stopped.append(message)
            raise

    engine.turn = watched  # type: ignore[method-assign]
    stream = RapportRunnable(engine).stream(WISH)
    next(iter(stream))
    stream.close()  # type: ignore[attr-defined]
    assert stopped == [WISH]

    async def left() -> None:
        async for _ in RapportRunnable(engine).astream("a jacket"):
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(left())
    assert stopped == [WISH, "a jacket"]


def test_callbacks_hear_of_a_turn(engine: Engine) -> None:
    async def events() -> list[str]:
        return [event["event"] async for event in RapportRunnable(engine).astream_events(WISH, version="v2")]

    heard = asyncio.run(events())
    assert heard[0] == "on_chain_start" and heard[-1] == "on_chain_end" and "on_chain_stream" in heard


# The LangChain retriever


def test_documents_carry_text_and_metadata(shop: Catalogue) -> None:
    found = CatalogueRetriever(catalogue=shop, k=3).invoke("brown leather jacket")
    assert len(found) == 3 and found[0].id == found[0].metadata["id"] == "harlow"
    assert found[0].page_content.startswith("Harlow leather jacket\nChestnut brown lambskin")
    assert "closure: horn buttons" in found[0].page_content
    metadata = found[0].metadata
    assert (metadata["price"], metadata["currency"], metadata["catalogue"]) == (179.0, "USD", "small")
    assert metadata["attributes"]["size"] == ["S", "M", "L"] and metadata["terms"]["lexical"] == 1.0
    assert CatalogueRetriever(catalogue=shop, language="zh").invoke("棕色皮夹克")[0].metadata["title"] == "哈洛皮夹克"


def test_every_document_is_inside_the_limits(shop: Catalogue) -> None:
    retriever = CatalogueRetriever(catalogue=shop, k=10, limits=["price<=150"])
    assert all(d.metadata["price"] <= 150 for d in retriever.invoke("jacket"))
    narrow = retriever.invoke("jacket", limits=["price<=100", Constraint(field="colour", op="!=", value="indigo")])
    held = [Constraint(field="price", op="<=", value=100), Constraint(field="colour", op="!=", value="indigo")]
    assert {d.id for d in narrow} == {i for i, item in BY_ID.items() if all(satisfies(item, c) for c in held)}
    assert len(retriever.invoke("jacket", k=2)) == 2
    similar = retriever.invoke("", like=["moto"], limits=[], k=2)
    assert {d.id for d in similar} <= JACKET_IDS - {"moto"}
    with pytest.raises(BadInput, match="'nothing'"):
        retriever.invoke("", like=["nothing"])
    with pytest.raises(BadLimit):
        retriever.invoke("jacket", limits=["prise<=100"])


def test_the_retriever_in_a_chain_and_async(shop: Catalogue) -> None:
    chain = CatalogueRetriever(catalogue=shop, k=1) | RunnableLambda(lambda documents: documents[0].metadata["title"])
    assert chain.invoke("glass kettle") == "Glass kettle"
    assert asyncio.run(chain.ainvoke("steel kettle")) == "Steel kettle"


# The MCP server


@asynccontextmanager
async def over_http(engine: Engine) -> AsyncIterator[str]:
    """The address of the MCP endpoint of a server on a free port."""
    app = build_app(engine, page=False)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"
        finally:
            server.should_exit = True
            await serving


async def a_whole_visit(client: Client) -> None:
    """What an agent does, whatever carries it."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {"search", "recommend", "explain", "feedback"}
    for tool in tools.values():
        assert tool.description and tool.output_schema and tool.title
        for name, parameter in tool.input_schema["properties"].items():
            assert parameter.get("description"), f"{tool.name}: {name} says nothing of itself"
    assert "'small' (The small shop, 14 items)" in (tools["search"].description or "")

    found = await given(client, "search", query="leather jacket", where=["price<=200", "colour!=black"], limit=3)
    assert found["items"][0]["id"] == "harlow"
    assert all(item["price"] <= 200 and item["facts"].get("colour") != "black" for item in found["items"])

    advice = await given(client, "recommend", message=WISH)
    assert advice["items"][0]["id"] == "harlow" and advice["wishes"]["interests"]["zips"] == -0.8
    assert {"quote": "no zips", "fact": "closure: horn buttons", "side": "for"} in advice["items"][0]["reasons"]
    assert "1. **Harlow leather jacket** $179" in advice["text"]
    session = advice["session"]

    why = await given(client, "explain", session=session, item="harlow")
    assert round(sum(term["amount"] for term in why["terms"]), 3) == round(why["score"], 3)
    assert {one["without"] for one in why["instead"]} == {"brown leather jacket", "zips"}

    noted = await given(client, "feedback", session=session, item="harlow", kind="dislike")
    assert "harlow" not in [item["id"] for item in noted["items"]] and len(noted["items"]) == 3
    cheaper = await given(client, "recommend", message="under $100", session=session)
    assert cheaper["session"] == session and cheaper["wishes"]["limits"] == ["price ≤ $100"]

    for tool, arguments, said in (
        ("search", {"query": "x", "where": ["prise<=3"]}, "Did you mean 'price'?"),
        ("search", {"query": "x", "catalogue": "nowhere", "limit": 99}, "less than or equal to 50"),
        ("search", {"query": "", "like": ["nothing"]}, "no item 'nothing'"),
        ("recommend", {"message": "hi", "session": "nobody"}, "There is no session 'nobody'"),
        ("explain", {"session": session, "item": "lamp"}, "has not shown the item 'lamp'"),
        ("feedback", {"session": session, "item": "nothing", "kind": "like"}, "no item 'nothing'"),
        ("feedback", {"session": session, "item": "moto", "kind": "hate"}, "'like'"),
    ):
        result = await client.call_tool(tool, arguments)
        assert result.is_error and said in result.content[0].text, (tool, result.content)


async def given(client: Client, tool: str, **arguments: object) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert isinstance(result.structured_content, dict)
    return result.structured_content


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_agent_over_http(engine: Engine, mode: str) -> None:
    async def visit() -> None:
        async with over_http(engine) as address, Client(address, mode=mode) as client:
            await a_whole_visit(client)

    asyncio.run(visit())


def test_an_agent_over_stdio() -> None:
    async def visit() -> None:
        script = Path(__file__).with_name("mcp_over_stdio.py")
        server = StdioServerParameters(command=sys.executable, args=[str(script)], cwd=str(script.parents[1]))
        async with Client(server) as client:
            await a_whole_visit(client)

    asyncio.run(visit())


def test_a_page_elsewhere_cannot_use_the_agents_endpoint(engine: Engine) -> None:
    async def asked(**headers: str) -> int:
        async with over_http(engine) as address, httpx.AsyncClient() as client:
            call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
            accept = {"accept": "application/json, text/event-stream"}
            return (await client.post(address, json=call, headers={**accept, **headers})).status_code

    assert asyncio.run(asked()) == 200
    assert asyncio.run(asked(origin="https://elsewhere.example")) == 403
    assert asyncio.run(asked(host="elsewhere.example")) == 421


def test_a_signed_in_persons_session_is_closed_to_agents(engine: Engine) -> None:
    theirs = engine.memory.save(engine.start().model_copy(update={"person": "ada"}))

    async def asked() -> Any:
        async with over_http(engine) as address, Client(address) as client:
            return await client.call_tool("recommend", {"message": "hello", "session": theirs.id})

    result = asyncio.run(asked())
    assert result.is_error and "There is no session" in result.content[0].text


def test_what_agents_say_at_once_stands_in_one_line(engine: Engine) -> None:
    async def asked() -> tuple[list[Any], str]:
        async with over_http(engine) as address, Client(address) as client, httpx.AsyncClient() as shop:
            session = (await given(client, "recommend", message=WISH))["session"]
            page = f"{address.removesuffix('/mcp')}/v1/sessions/{session}/messages"
            answers = await asyncio.gather(
                *(client.call_tool("recommend", {"message": f"under ${n}", "session": session}) for n in (190, 180, 170)),
                client.call_tool("feedback", {"session": session, "item": "harlow", "kind": "dislike"}),
                client.call_tool("feedback", {"session": session, "item": "moto", "kind": "like"}),
                shop.post(page, json={"text": "a kettle"}, timeout=60),
            )
            assert answers.pop().status_code == 200
            return answers, session

    answers, session = asyncio.run(asked())
    assert not [a.content for a in answers if a.is_error]
    kept = engine.load(session)
    assert kept is not None and len(kept.turns) == 5 and [t.number for t in kept.turns] == [1, 2, 3, 4, 5]
    assert kept.rejected == ("harlow",) and kept.liked == ("moto",)
    assert sorted((item, kind) for item, kind, _ in engine.memory.events(session)) == [("harlow", "dislike"), ("moto", "like")]


def test_feedback_waits_for_the_message_before_it(engine: Engine) -> None:
    turns, session = Turns(engine), engine.start()
    begun, let, order = threading.Event(), threading.Event(), []
    real = engine.turn

    def turn(now: Session, message: str) -> Any:
        begun.set()
        assert let.wait(20)
        order.append(message)
        yield from real(now, message)

    engine.turn = turn  # type: ignore[method-assign]
    first = turns.accept(session, "m1", WISH)
    assert begun.wait(20)

    def tell() -> None:
        with turns.alone(session.id):
            order.append("told")
            assert turns.accept(session, "m2", "under $190") and not first.paused
            time.sleep(0.1)
            assert order == [WISH, "told"], "no message is begun meanwhile"

    telling = threading.Thread(target=tell)
    telling.start()
    time.sleep(0.1)
    assert order == []
    let.set()
    telling.join()
    second = turns.follow(turns.inbox.of(session.id)[1])
    until = time.monotonic() + 20
    while not second.ended and time.monotonic() < until:
        time.sleep(0.01)
    assert order == [WISH, "told", "under $190"] and second.result is not None
    turns.close()


def test_feedback_that_is_told_again_is_recorded_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    session = engine.memory.save(engine.start())
    save, conflicts = engine.memory.save, [Conflict("it went on"), Conflict("it went on")]

    def meddled(kept: Session) -> Session:
        if conflicts:
            raise conflicts.pop()
        return save(kept)

    monkeypatch.setattr(engine.memory, "save", meddled)

    async def asked() -> Any:
        async with over_http(engine) as address, Client(address) as client:
            return await client.call_tool("feedback", {"session": session.id, "item": "moto", "kind": "like"})

    assert not asyncio.run(asked()).is_error
    kept = engine.load(session.id)
    assert kept is not None and kept.liked == ("moto",)
    assert [(item, kind) for item, kind, _ in engine.memory.events(session.id)] == [("moto", "like")]


def test_a_server_for_agents_alone_is_guarded_as_the_whole_one(engine: Engine) -> None:
    add_site(place(engine.settings), "acme", ["https://shop.example"])
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"Accept": "application/json, text/event-stream"}
    with TestClient(agents_app(engine)) as client:
        answer = client.post("/mcp", json=call, headers=accept)
        assert answer.status_code == 200 and answer.headers["x-content-type-options"] == "nosniff"
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-rapport-site"}
        allowed = client.options("/mcp", headers={"Origin": "https://shop.example", **asked})
        assert allowed.headers["access-control-allow-origin"] == "https://shop.example"
        refused = client.options("/mcp", headers={"Origin": "https://evil.example", **asked})
        assert "access-control-allow-origin" not in refused.headers
        assert client.post("/mcp", json=call, headers={**accept, "Origin": "https://evil.example"}).status_code == 403
        assert client.post("/mcp", json=call, headers={**accept, "Host": "evil.example"}).status_code == 421
        assert client.post("/mcp", content=b" " * 1_000_001, headers=accept).status_code == 413


def test_agents_are_held_to_the_limits(engine: Engine) -> None:
    engine.settings = engine.settings.model_copy(update={"messages_a_minute": 2})

    async def asked() -> list[Any]:
        async with over_http(engine) as address, Client(address) as client:
            return [await client.call_tool("recommend", {"message": "hello"}) for _ in range(3)]

    assert [bool(result.is_error) for result in asyncio.run(asked())] == [False, False, True]
