"""The client against a real server that speaks the chat protocol: what is sent, and what happens when it goes wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from llm_fakes import ChatServer, serving, wait_for

from bot.errors import ModelUnavailable
from bot.llm import Prompt, Usage
from bot.llm.client import Answer, Client

PROMPT = Prompt("You are brief.", "Say hello to everybody")


@contextmanager
def client_of(server: ChatServer, **options: object) -> Iterator[Client]:
    with serving(server.handler()) as url:
        yield Client(f"{url}/v1", key="secret", **options)  # type: ignore[arg-type]


def ask(client: Client, timeout: float = 10.0, **options: object) -> Answer:
    return client.stream(PROMPT, max_tokens=40, timeout=timeout, **options)  # type: ignore[arg-type]


def test_pieces_come_as_written_and_the_request_says_what_the_server_understands() -> None:
    server = ChatServer(pieces=("Hel", "lo", " 你好"))
    with client_of(server) as client:
        answer = ask(client, stop=("\n",), grammar='root ::= "Hello"')
        assert list(answer) == ["Hel", "lo", " 你好"]
    (sent,) = server.asked
    assert sent["messages"] == [
        {"role": "system", "content": "You are brief."},
        {"role": "user", "content": "Say hello to everybody"},
    ]
    assert sent["max_tokens"] == 40 and "max_completion_tokens" not in sent
    assert (sent["temperature"], sent["repeat_penalty"], sent["stream"]) == (0, 1.0, True)
    assert (sent["stop"], sent["grammar"]) == (["\n"], 'root ::= "Hello"')
    assert server.headers[0]["authorization"] == "Bearer secret"
    assert answer.usage == Usage(prompt_tokens=4 + 6, completion_tokens=3)


def test_another_kind_of_server_gets_only_what_the_protocol_knows() -> None:
    server = ChatServer()
    with client_of(server, llama_cpp=False) as client:
        assert "".join(ask(client, grammar='root ::= "x"')) == "Hello"
    assert not {"grammar", "repeat_penalty", "stream_options"} & server.asked[0].keys()


def test_the_count_of_the_server_is_taken_where_it_sends_one() -> None:
    server = ChatServer(counted={"prompt_tokens": 321, "completion_tokens": 7, "total_tokens": 328})
    with client_of(server) as client:
        answer = ask(client)
        list(answer)
    assert answer.usage == Usage(321, 7)


def test_an_answer_that_is_cut_gives_its_pieces_and_then_says_so() -> None:
    broke: list[str] = []
    with client_of(ChatServer(pieces=("one", "two", "three"), cut_after=2), broke=broke.append) as client:
        answer, got = ask(client), []
        with pytest.raises(ModelUnavailable):
            for piece in answer:
                got.append(piece)
        assert got == ["one", "two"]
        wait_for(lambda: broke)


def test_an_answer_without_its_end_is_not_taken_for_a_whole_one() -> None:
    with client_of(ChatServer(finish=None)) as client, pytest.raises(ModelUnavailable, match="broke off"):
        list(ask(client))


def test_an_answer_cut_by_max_tokens_is_an_answer() -> None:
    with client_of(ChatServer(finish="length")) as client:
        assert "".join(ask(client)) == "Hello"


@pytest.mark.parametrize(
    ("status", "words"), [(500, "answers 500"), (400, "answers 400"), (401, "RAPPORT_API_KEY"), (404, "answers 404")]
)
def test_a_refusal_is_told_in_words_and_not_tried_again(status: int, words: str) -> None:
    server = ChatServer(status=status)
    broke: list[str] = []
    with client_of(server, broke=broke.append) as client, pytest.raises(ModelUnavailable, match=words):
        list(ask(client))
    assert len(server.asked) == 1
    assert not broke


def test_an_empty_stream_names_the_likely_cause() -> None:
    with client_of(ChatServer(pieces=(), finish=None)) as client, pytest.raises(ModelUnavailable, match="CONTEXT"):
        list(ask(client))


def test_nobody_there() -> None:
    client = Client("http://127.0.0.1:9/v1")
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        list(ask(client))


def test_silence_ends_at_the_timeout() -> None:
    with client_of(ChatServer(pause=5)) as client:
        client.chat()
        began = time.monotonic()
        with pytest.raises(ModelUnavailable, match=r"0\.3 seconds"):
            list(ask(client, timeout=0.3))
        assert time.monotonic() - began < 4


def test_a_steady_trickle_ends_at_the_timeout_too() -> None:
    server = ChatServer(pieces=("x",) * 100, pause=0.05)
    with client_of(server) as client:
        client.chat()
        answer, got, began = ask(client, timeout=0.5), 0, time.monotonic()
        with pytest.raises(ModelUnavailable):
            for _ in answer:
                got += 1
        assert 3 <= got <= 10 and time.monotonic() - began < 4
        assert server.left.wait(2), "the server is still writing"


@pytest.mark.parametrize("way", ["close", "forget"])
def test_an_answer_that_nobody_wants_any_more_frees_the_server(way: str) -> None:
    server = ChatServer(pieces=("x",) * 200, pause=0.02)
    with client_of(server) as client:
        answer: Answer | None = ask(client)
        assert answer is not None
        next(answer)
        if way == "close":
            answer.close()
            answer.close()
            assert list(answer) == []
        answer = None
        assert server.left.wait(2), "the server is still writing"
        server.pieces = ("next",)
        assert list(ask(client, timeout=2)) == ["next"]


def test_close_from_another_thread_ends_the_waiting() -> None:
    with client_of(ChatServer(pause=3)) as client:
        client.chat()
        answer = ask(client)
        threading.Timer(0.2, answer.close).start()
        began = time.monotonic()
        assert list(answer) == []
        assert time.monotonic() - began < 2.5


def test_requests_are_answered_one_at_a_time_in_the_order_they_came() -> None:
    server = ChatServer(pieces=("a", "b"), pause=0.03)
    with client_of(server) as client:
        answers = [client.stream(Prompt("s", str(number)), max_tokens=5, timeout=10) for number in range(6)]
        server.arrived.acquire()
        wait_for(lambda: client.line.waiting == 5)
        assert ["".join(answer) for answer in answers] == ["ab"] * 6
        assert client.line.waiting == 0
    assert [sent["messages"][1]["content"] for sent in server.asked] == list("012345")
    assert server.most_busy == 1


def test_who_waits_too_long_gives_up_and_the_line_goes_on() -> None:
    server = ChatServer(pieces=("x",) * 20, pause=0.025)
    with client_of(server) as client:
        client.chat()
        first, second, third = ask(client), ask(client, timeout=0.3), ask(client)
        with pytest.raises(ModelUnavailable):
            list(second)
        wait_for(lambda: client.line.waiting == 1, 1)
        assert len(list(first)) == 20 and len(list(third)) == 20
    assert len(server.asked) == 2


def test_who_leaves_the_line_is_not_waited_for() -> None:
    server = ChatServer(pieces=("x",) * 10, pause=0.03)
    with client_of(server) as client:
        first, second, third = ask(client), ask(client), ask(client)
        second.close()
        wait_for(lambda: client.line.waiting <= 1, 2)
        assert len(list(third)) == 10 and len(list(first)) == 10
    assert len(server.asked) == 2


def test_every_request_has_its_own_connection() -> None:
    """A server closes a connection after an error without a word; the next request must not be the one to find out."""
    server = ChatServer()
    with client_of(server) as client:
        list(ask(client))
    assert server.headers[0]["connection"] == "close"


def test_a_proxy_of_the_environment_is_not_used_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with client_of(ChatServer()) as client:
        assert "".join(ask(client)) == "Hello"
