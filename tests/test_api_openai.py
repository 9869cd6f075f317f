"""The official `openai` client against a running server: models, whole answers, streams, sessions, refusals."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any, get_type_hints

import openai
import pytest
from openai import OpenAI
from openai.types.chat.completion_create_params import CompletionCreateParamsBase
from running_server import listening
from small_shop import BY_ID

from bot.chat import Engine
from bot.llm import LLM
from bot.llm.model import ScriptedLLM, ScriptedStream
from bot.web.server import build_app
from bot.web.v1 import wire
from bot.web.v1.openai import Growing
from bot.web.v1.openai_shapes import ChatRequest

WISH = "a brown leather jacket, no zips"
READ = "act: request\n+ brown leather jacket\n- zips\nEND"
HARLOW = "Chestnut brown lambskin that closes with horn buttons, so there is no zip."
MODEL = "rapport-small"


@contextmanager
def client_of(engine: Engine) -> Iterator[OpenAI]:
    with (
        listening(build_app(engine, page=False)) as address,
        OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client,
    ):
        yield client


@pytest.fixture
def client(engine: Engine) -> Iterator[OpenAI]:
    with client_of(engine) as client:
        yield client


def ask(client: OpenAI, *said: str, **more: Any) -> Any:
    """A completion of what the person said, message by message."""
    messages: list[dict[str, str]] = []
    for text in said:
        messages += [{"role": "user", "content": text}, {"role": "assistant", "content": "…"}]
    return client.chat.completions.create(model=MODEL, messages=messages[:-1], **more)  # type: ignore[call-overload]


def weights(completion: Any) -> dict[str, float]:
    return {point["text"]: point["weight"] for point in completion.rapport["profile"]["points"]}


# Models


def test_the_catalogues_are_the_models(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == [MODEL]
    assert client.models.retrieve(MODEL).owned_by == "rapport"
    with pytest.raises(openai.NotFoundError, match="Did you mean 'rapport-small'"):
        client.models.retrieve("rapport-smal")


# Whole answers


def test_the_text_lists_the_items_and_the_field_holds_them(client: OpenAI) -> None:
    completion = ask(client, WISH)
    assert completion.object == "chat.completion" and completion.model == MODEL and completion.id.startswith("chatcmpl-")
    choice = completion.choices[0]
    assert (choice.message.role, choice.finish_reason) == ("assistant", "stop")
    lines = choice.message.content.splitlines()
    assert lines[0].startswith("Brown leather jacket, no zips: ")
    cards = [wire.Card.model_validate(card) for card in completion.rapport["items"]]
    assert cards[0].id == "harlow" and len(cards) == 3
    for number, (line, card) in enumerate(zip(lines[2:], cards, strict=True), start=1):
        assert line.startswith(f"{number}. **{card.title}** ${card.price:.0f}") and line.endswith(card.sentence)
    assert "“no zips” ✓ closure: horn buttons" in lines[2]
    assert weights(completion) == {"brown leather jacket": 0.8, "zips": -0.8}
    assert completion.usage.total_tokens == 0, "no model was asked"


def test_in_the_persons_language(client: OpenAI) -> None:
    content = ask(client, "棕色皮夹克，不要拉链").choices[0].message.content
    assert "1. **哈洛皮夹克** US$179" in content and "闭合：牛角扣。" in content


def test_an_answer_without_items_is_only_words(client: OpenAI) -> None:
    completion = ask(client, "hello")
    assert completion.rapport["items"] == [] and completion.choices[0].message.content


def test_the_models_tokens_are_counted(scripted: Callable[..., Engine]) -> None:
    with client_of(scripted(READ, f"1 {HARLOW}\nEND")) as client:
        completion = ask(client, WISH, user="visitor-1")
        assert HARLOW in completion.choices[0].message.content
        assert completion.usage.total_tokens == completion.usage.prompt_tokens + completion.usage.completion_tokens > 0


# Sessions


def test_user_carries_the_session(client: OpenAI, engine: Engine) -> None:
    first = ask(client, WISH, user="visitor-1")
    session = first.rapport["session"]
    cheaper = ask(client, "under $190", user="visitor-1")  # without the history: the session knows it
    assert cheaper.rapport["session"] == session
    assert weights(cheaper).keys() == {"brown leather jacket", "zips"}
    assert all(card["price"] <= 190 for card in cheaper.rapport["items"])
    other = ask(client, "hello", user="visitor-2")
    assert other.rapport["session"] != session and weights(other) == {}
    kept = engine.load(session)
    assert kept is not None and [turn.user for turn in kept.turns] == [WISH, "under $190"]


def test_first_messages_of_one_user_at_the_same_moment_share_a_session(client: OpenAI, engine: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda text: ask(client, text, user="visitor-1"), ("a jacket", "a kettle", "hello", "thanks")))
    sessions = {answer.rapport["session"] for answer in answers}
    kept = engine.load(sessions.pop())
    assert not sessions and kept is not None and len(kept.turns) == 4


def test_a_session_of_the_api_goes_on(client: OpenAI, engine: Engine) -> None:
    session = engine.start()
    assert ask(client, WISH, user=session.id).rapport["session"] == session.id
    extra = {"rapport": {"session": session.id}}
    assert ask(client, "under $190", extra_body=extra).rapport["session"] == session.id
    kept = engine.load(session.id)
    assert kept is not None and len(kept.turns) == 2
    with pytest.raises(openai.NotFoundError, match="There is no session"):
        ask(client, WISH, extra_body={"rapport": {"session": "nobody"}})


def test_a_persons_session_is_not_opened_by_its_id(client: OpenAI, engine: Engine) -> None:
    theirs = engine.memory.save(engine.start().model_copy(update={"person": "ada", "site": "shop"}))
    with pytest.raises(openai.NotFoundError):
        ask(client, WISH, extra_body={"rapport": {"session": theirs.id}})
    assert ask(client, WISH, user=theirs.id).rapport["session"] != theirs.id


def test_without_user_nothing_is_kept_and_the_messages_are_the_memory(client: OpenAI, engine: Engine) -> None:
    saved: list[Any] = []
    engine.memory.save = lambda session: saved.append(session) or session  # type: ignore[assignment,func-returns-value,method-assign]
    completion = ask(client, WISH, "under $190")
    assert completion.rapport["session"] is None and saved == []
    assert weights(completion).keys() == {"brown leather jacket", "zips"}
    assert completion.rapport["profile"]["limits"][0]["words"] == "price ≤ $190"
    assert all(BY_ID[card["id"]].price <= 190 for card in completion.rapport["items"])  # type: ignore[operator]


# Streams


def streamed(client: OpenAI, *said: str, **more: Any) -> list[Any]:
    return list(ask(client, *said, stream=True, **more))


def words(chunks: list[Any]) -> str:
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


@pytest.mark.parametrize("more", [{}, {"user": "visitor-1"}])
def test_a_stream_says_what_the_whole_says(client: OpenAI, more: dict[str, str]) -> None:
    chunks = streamed(client, WISH, **more)
    assert chunks[0].choices[0].delta.role == "assistant" and chunks[-1].choices[0].finish_reason == "stop"
    assert len({chunk.id for chunk in chunks}) == 1 and all(c.object == "chat.completion.chunk" for c in chunks)
    assert words(chunks) == ask(client, WISH).choices[0].message.content
    assert chunks[-1].rapport["items"][0]["id"] == "harlow"
    early = [chunk for chunk in chunks[:-1] if (chunk.model_extra or {}).get("rapport")]
    assert early and early[0].rapport["items"], "the cards stand before the end"
    for said in ("hello", "compare them", "棕色皮夹克，不要拉链"):
        assert words(streamed(client, said)) == ask(client, said).choices[0].message.content


def test_a_stream_with_the_models_sentences(scripted: Callable[..., Engine]) -> None:
    with client_of(scripted(READ, f"1 {HARLOW}\nEND")) as client:
        chunks = streamed(client, WISH, user="v", stream_options={"include_usage": True})
        text = words(chunks)
        assert text.count("1. **") == 1 and text.count(HARLOW) == 1, "a first guess is not said, a sentence only once"
        assert chunks[-1].choices == [] and chunks[-1].usage.total_tokens > 0
        final = chunks[-2].rapport["items"]
        assert final[0]["sentence"] == HARLOW and text.endswith(final[2]["sentence"])


class Dripping(ScriptedLLM):
    """Reads at once and then writes until it is stopped."""

    def __init__(self) -> None:
        super().__init__(READ)
        self.writes, self.stopped = threading.Event(), threading.Event()

    def stream(self, prompt, **asking):  # type: ignore[no-untyped-def]
        return Dripped(self) if self.asked else super().stream(prompt, **asking)


class Dripped(ScriptedStream):
    def __init__(self, llm: Dripping) -> None:
        super().__init__((), 1)
        self.llm = llm

    def __next__(self) -> str:
        self.llm.writes.set()
        if self.llm.stopped.wait(0.05):
            raise StopIteration
        return "word "

    def close(self) -> None:
        self.llm.stopped.set()


@pytest.mark.parametrize("more", [{}, {"user": "visitor-1"}])
@pytest.mark.parametrize("stream", [True, False])
def test_a_caller_that_leaves_stops_the_model(engine_with: Callable[[LLM], Engine], more: dict[str, str], stream: bool) -> None:
    llm = Dripping()
    engine = engine_with(llm)
    engine.settings = engine.settings.model_copy(update={"resume_within": 300.0})  # nobody resumes a completion
    with listening(build_app(engine, page=False)) as address:
        caller = HTTPConnection(address.removeprefix("http://"))
        body = {"model": MODEL, "messages": [{"role": "user", "content": WISH}], "stream": stream, **more}
        caller.request("POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
        assert llm.writes.wait(30) and not llm.stopped.is_set()
        caller.close()
        assert llm.stopped.wait(30)


# What is sent along, and what is refused


def test_every_parameter_of_openai_is_known() -> None:
    official = set(get_type_hints(CompletionCreateParamsBase)) | {"stream"}
    assert official - set(ChatRequest.model_fields) == set()


def test_what_chat_clients_send_along_changes_nothing(client: OpenAI) -> None:
    tool = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {}}}}
    plain = ask(client, WISH).choices[0].message.content
    full = ask(
        client, WISH, temperature=0.7, top_p=0.9, max_tokens=50, n=1, presence_penalty=0.1, frequency_penalty=0.1, seed=7,
        stop=["\n"], tools=[tool], tool_choice="auto", parallel_tool_calls=True, response_format={"type": "text"},
        metadata={"a": "b"}, extra_body={"top_k": 40},
    )  # fmt: skip
    assert full.choices[0].message.content == plain
    parts = [{"type": "text", "text": "a brown leather jacket,"}, {"type": "text", "text": "no zips"}]
    history: list[Any] = [
        {"role": "system", "content": "You are a pirate."},
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}]},
        {"role": "assistant", "content": "Hello.", "refusal": None, "annotations": [], "rapport": {"session": None}},
        {"role": "user", "content": parts},
    ]
    answered = client.chat.completions.create(model="rapport", messages=history)
    assert answered.rapport["items"][0]["id"] == "harlow" and answered.model == MODEL  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "param", "said"),
    [
        ({"extra_body": {"temprature": 1}}, "temprature", "Did you mean 'temperature'?"),
        ({"temperature": 9}, "temperature", "less than or equal to 2"),
        ({"n": 2}, "n", "less than or equal to 1"),
        ({"response_format": {"type": "json_object"}}, None, "Answers are text"),
        ({"tool_choice": "required"}, None, "No tool is called here"),
        ({"user": " "}, None, "`user` is empty"),
        ({"messages": []}, "messages", "at least 1"),
        ({"messages": [{"role": "system", "content": "x"}]}, None, "there is none"),
        ({"messages": [{"role": "user", "content": "x", "colour": "red"}]}, "messages.0.colour", "There is no field 'colour'"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]}, None, "Only text"),
        ({"messages": [{"role": "user", "content": "x" * 5000}]}, "messages", "at most 4000 characters"),
        ({"messages": "hi"}, "messages", "list"),
    ],
)  # fmt: skip
def test_what_is_refused(client: OpenAI, given: dict[str, Any], param: str | None, said: str) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.chat.completions.create(**{"model": MODEL, "messages": [{"role": "user", "content": "hi"}], **given})
    assert refused.value.type == "invalid_request_error" and refused.value.param == param
    assert said in refused.value.message


def test_refusals_have_openais_shape(client: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as missing:
        client.chat.completions.create(model="gpt-5", messages=[{"role": "user", "content": "hi"}])
    assert missing.value.code == "model_not_found" and "There are: rapport-small" in missing.value.message
    with pytest.raises(openai.PermissionDeniedError) as elsewhere:
        ask(client, "hi", extra_headers={"Origin": "https://elsewhere.example"})
    assert elsewhere.value.type == "permission_error"
    with pytest.raises(openai.AuthenticationError) as unknown:
        ask(client, "hi", extra_headers={"X-Rapport-Site": "site_nobody"})
    assert unknown.value.code == "invalid_api_key"


# The growing text, by itself


def test_a_later_sentence_closes_the_earlier_item() -> None:
    from bot.web.v1.told import ItemsEvent, TokenEvent

    blank = {"description": "", "picture": "", "score": 0.0}
    cards = tuple(wire.Card(id=i, title=i.upper(), sentence=f"{i} fits.", voice="template", **blank) for i in "abc")  # type: ignore[arg-type]
    growing = Growing()
    said = [
        growing.told(ItemsEvent(provisional=True, lead="No.", language="en", items=cards[:1])),
        growing.told(ItemsEvent(provisional=False, lead="Three.", language="en", items=cards)),
        growing.told(TokenEvent(item=None, text="Three.", done=True)),
        growing.told(TokenEvent(item="b", text="Model b.", done=True)),
        growing.told(TokenEvent(item="a", text="Too late.", done=True)),
    ]
    assert said == ["", "Three.\n\n1. **A**", "", ": a fits.\n2. **B**: Model b.\n3. **C**", ""]
