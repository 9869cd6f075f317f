"""A server that somebody else runs: what it is asked, which model is taken, and how it comes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from llm_fakes import ChatServer, serving, wait_for

from bot.errors import ModelUnavailable
from bot.llm import Prompt, open_model, remote
from bot.llm.remote import RemoteModel
from bot.settings import Settings

PROMPT = Prompt("s", "hello")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[RemoteModel]]:
    monkeypatch.setattr(remote, "PAUSE", (0.05,))
    models: list[RemoteModel] = []
    yield models
    for model in models:
        model.close()


def test_open_model_talks_to_the_address_it_is_given(opened: list[RemoteModel]) -> None:
    server = ChatServer(key="k", models=({"id": "qwen", "owned_by": "vllm"},))
    with serving(server.handler()) as url:
        model = open_model(Settings(model=f"{url}/v1", api_key="k"), warm=Prompt("s", "warm"))
        assert isinstance(model, RemoteModel)
        opened.append(model)
        wait_for(lambda: model.status.ready)
        assert model.status.name.startswith("qwen at 127.0.0.1:"), "the only model there is taken when none was named"
        assert "".join(model.stream(PROMPT, max_tokens=3, timeout=5, grammar='root ::= "x"')) == "Hello"
    warm, sent = server.asked
    assert (warm["messages"][1]["content"], warm["max_tokens"]) == ("warm", 1)
    assert sent["model"] == "qwen" and "grammar" not in sent, "vLLM would refuse a field it does not know"
    assert server.headers[-1]["authorization"] == "Bearer k"


@pytest.mark.parametrize(("owner", "grammar", "places"), [("me", True, 1), ("llamacpp", True, 16), ("vllm", False, 16)])
def test_what_a_server_can_is_read_from_what_it_says_of_itself(
    opened: list[RemoteModel], owner: str, grammar: bool, places: int
) -> None:
    server = ChatServer(models=({"id": "local", "owned_by": owner},), pieces=("x",) * 10, pause=0.03)
    with serving(server.handler()) as url:
        model = RemoteModel(url)
        opened.append(model)
        model.start()
        wait_for(lambda: model.status.ready)
        answers = [model.stream(PROMPT, max_tokens=3, timeout=5, grammar="g") for _ in range(3)]
        for answer in answers:
            list(answer)
    assert ("grammar" in server.asked[0]) is grammar
    assert server.most_busy == min(3, places)


@pytest.mark.parametrize(
    ("options", "name", "stage", "words"),
    [
        ({"key": "other"}, "local", "failed", "RAPPORT_API_KEY"),
        ({"models": ({"id": "a"}, {"id": "b"})}, "c", "failed", "RAPPORT_MODEL_NAME may be: a, b"),
        ({"status": 503}, "local", "away", "503"),
        ({"status": 404}, "local", "ready", ""),
        ({"models": ()}, "local", "ready", ""),
    ],
)
def test_the_operator_is_told_what_to_set(
    opened: list[RemoteModel], options: dict[str, object], name: str, stage: str, words: str
) -> None:
    with serving(ChatServer(**options).handler()) as url:  # type: ignore[arg-type]
        model = RemoteModel(f"{url}/v1/", name=name)
        opened.append(model)
        model.start()
        wait_for(lambda: model.status.stage == stage)
        assert words in model.status.detail


def test_it_comes_back_by_itself(opened: list[RemoteModel]) -> None:
    server = ChatServer(status=503)
    with serving(server.handler()) as url:
        model = RemoteModel(f"{url}/v1")
        opened.append(model)
        model.start()
        wait_for(lambda: model.status.stage == "away")
        with pytest.raises(ModelUnavailable, match="not ready"):
            model.stream(PROMPT, max_tokens=1, timeout=1)
        server.status = 200
        wait_for(lambda: model.status.ready)
        server.cut_after = 1
        with pytest.raises(ModelUnavailable):
            list(model.stream(PROMPT, max_tokens=1, timeout=5))
        server.cut_after = -1
        wait_for(lambda: model.status.ready)
        assert "".join(model.stream(PROMPT, max_tokens=1, timeout=5)) == "Hello"


def test_nobody_at_the_address(opened: list[RemoteModel]) -> None:
    model = RemoteModel("http://127.0.0.1:9/v1")
    opened.append(model)
    model.start()
    wait_for(lambda: model.status.stage == "away")
    assert "cannot be reached" in model.status.detail
