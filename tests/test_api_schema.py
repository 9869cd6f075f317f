"""The whole API against its own OpenAPI document: no 500, no answer that the document does not describe.

Schemathesis makes requests of every operation, right ones and wrong ones, as they come and over a session, a message and
an item that exist. A few of each in a normal run; more with `RAPPORT_EXAMPLES=200 pytest tests/test_api_schema.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from small_shop import DESCRIPTION, NAME, SHOP

from bot.chat import Engine
from bot.keys import add_admin
from bot.llm.model import NoModel
from bot.memory import Memory
from bot.settings import Settings
from bot.web.server import build_app
from vectorstore.catalogue import Catalogue, available
from vectorstore.embeddings import HashEmbedder
from vectorstore.index import build

schemathesis = pytest.importorskip("schemathesis", reason="the schema tests need `pip install schemathesis`")

from schemathesis.core.failures import FailureGroup  # noqa: E402
from schemathesis.specs.openapi.checks import positive_data_acceptance  # noqa: E402

# What the shape allows may be refused for what it says: a limit on what no item states, a version that is old.
UNDECIDABLE = [positive_data_acceptance]
EXAMPLES = int(os.environ.get("RAPPORT_EXAMPLES", "3"))
FEW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="RAPPORT_EXAMPLES" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Server:
    """A server with something in it."""

    app: Any
    session: str
    message: str
    admin_key: str


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a shop of its own, which may be changed, with a session in which something was said."""
    folder = tmp_path_factory.mktemp("schema")
    source = folder / "source"
    source.mkdir()
    (source / "items.jsonl").write_text("".join(i.model_dump_json() + "\n" for i in SHOP), "utf-8")
    (source / "catalogue.yaml").write_text(DESCRIPTION, "utf-8")
    root, embedder = folder / "catalogues", HashEmbedder()
    build(source, NAME, root, embedder)
    given = Settings.model_construct(**{name: field.default for name, field in Settings.model_fields.items()})
    plain = {"data_dir": folder, "cache_dir": folder / "cache", "catalogue": NAME, "embedding": "hash", "model": "none"}
    unlimited: dict[str, object] = dict.fromkeys(("calls_a_minute", "messages_a_minute", "sessions_an_hour", "max_turns"), 0)
    unlimited["allowed_hosts"] = ("testserver",)
    made = given.model_copy(update={**plain, **unlimited, "database": f"sqlite:///{folder / 'talks.sqlite3'}"})
    key = add_admin(folder / "sites.yaml", "test")

    def opened(name: str) -> Catalogue:
        return Catalogue.open(name, root, embedder)

    engine = Engine(made, NoModel(), opened, lambda: available(root), Memory.open(made))
    app = build_app(engine, page=False)
    with TestClient(app) as client:
        session = client.post("/v1/sessions").json()["id"]
        said = client.post(f"/v1/sessions/{session}/messages", json={"text": "a leather jacket under $200", "id": "m1"})
        assert said.status_code == 200
        yield Server(app, session, "m1", key)


@pytest.fixture(scope="module")
def operations(server: Server) -> list[Any]:
    """Every operation of the document."""
    document = schemathesis.openapi.from_asgi("/v1/openapi.json", server.app)
    found = [result.ok() for result in document.get_all_operations()]
    assert len(found) > 25
    return found


def told(operations: list[Any], try_one: Any) -> str:
    """What went wrong, a paragraph an operation."""
    troubles = []
    for operation in operations:
        try:
            try_one(operation)
        except Unsatisfiable:  # nothing about it can be wrong
            continue
        except (Exception, FailureGroup) as trouble:  # whatever it is, it is told; the other operations are tried, too
            troubles.append(f"{operation.label}:\n{trouble}")
    return "\n\n".join(troubles)


@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_whatever_is_sent_is_answered_as_documented(operations: list[Any], mode: str) -> None:
    def try_one(operation: Any) -> None:
        @FEW
        @given(case=operation.as_strategy(schemathesis.GenerationMode[mode]))
        def tried(case: Any) -> None:
            case.call_and_validate(excluded_checks=UNDECIDABLE)

        tried()

    assert not (trouble := told(operations, try_one)), trouble


def test_requests_about_what_exists_are_answered_as_documented(operations: list[Any], server: Server) -> None:
    client = TestClient(server.app)
    there = {
        "session": server.session,
        "message": server.message,
        "catalogue": NAME,
        "item": "harlow",
        "friend": "c-2",
        "model": f"rapport-{NAME}",
    }

    def try_one(operation: Any) -> None:
        names = {p.name for p in operation.path_parameters}
        path = {name: there[name] for name in names}
        if operation.method == "delete" and operation.path == "/sessions/{session}":
            path["session"] = client.post("/v1/sessions").json()["id"]
        admin = {"Authorization": f"Bearer {server.admin_key}"} if operation.path.startswith("/admin/") else {}

        @FEW
        @given(case=operation.as_strategy(path_parameters=path or None))
        def tried(case: Any) -> None:
            case.call_and_validate(headers=admin, excluded_checks=UNDECIDABLE)

        tried()

    assert not (trouble := told(operations, try_one)), trouble
