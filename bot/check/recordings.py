"""Answers of a model, kept with the dialogues and told again without it, so that a run offline says what a run with it said.

An answer is kept under what was asked, of which model, in which version: a prompt that changed is a miss that says how to
record again, never an old answer. A line of JSON an answer, a file a model, catalogue and language.
`tests/test_script_recordings.py`.
"""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.check.source import Script
from bot.errors import ModelUnavailable
from bot.llm import LLM, ModelStatus, NoModel, Place, Prompt, TextStream, Usage

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from bot.llm import Asking

FOLDER = "recordings"


def version_of(model: str) -> str:
    """What tells two states of a model apart: the checksum of its weights; the name alone for a server."""
    from bot.llm.weights import is_server, sha256_of, weights_named

    if is_server(model):
        return ""
    weights = weights_named(model)
    return weights.sha256 or (sha256_of(weights.path) if weights.path else "")


def digest(model: str, version: str, prompt: Prompt, asking: Asking) -> str:
    """The key of an answer."""
    told = {k: v for k, v in asking.items() if k in ("max_tokens", "stop", "grammar")}
    said = json.dumps([model, version, prompt.system, prompt.user, told], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


class Answers:
    """The recordings beside some dialogues, of one model: told again, or with `recording` made."""

    def __init__(self, model: str, *, recording: bool = False, whole: bool = False) -> None:
        self.name, self.recording = model, recording
        self._version = version_of(model)
        self._whole = whole  # every dialogue is played: what was not asked for goes
        self._files: dict[Path, dict[str, dict[str, Any]]] = {}
        self._asked: dict[Path, set[str]] = {}

    def model(self, script: Script, catalogue: str, llm: LLM) -> LLM:
        """What answers in a script: the recordings, the model with a recorder, or nothing where none were made yet."""
        file = self.file(script, catalogue)
        if self.recording:
            return Recorded(self, file, script, llm)
        return Recorded(self, file, script, None) if self.answers(file) is not None else NoModel("No recordings yet.")

    def file(self, script: Script, catalogue: str) -> Path:
        """Where the answers for a script lie: in `recordings` in the folder of all the dialogues."""
        folder = next((p for p in script.path.resolve().parents if p.name == "dialogues"), script.path.resolve().parent)
        model = re.sub(r"[^\w.-]+", "-", self.name)
        return folder / FOLDER / f"{model}.{script.dialogue.catalogue or catalogue}.{script.dialogue.language}.jsonl"

    def answers(self, file: Path) -> dict[str, dict[str, Any]] | None:
        """The answers of a file by key; None where there is no such file."""
        if file not in self._files:
            if not file.exists():
                return None
            rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
            self._files[file] = {row["key"]: row for row in rows}
        return self._files[file]

    def key(self, prompt: Prompt, asking: Asking) -> str:
        return digest(self.name, self._version, prompt, asking)

    def keep(self, file: Path, row: dict[str, Any]) -> None:
        if self.answers(file) is None:
            self._files[file] = {}
        self._files[file][row["key"]] = row
        self._asked.setdefault(file, set()).add(row["key"])

    def opened(self, script: Script, catalogue: str) -> None:
        """A script was played: its file is there from now on, even when the model was not asked."""
        if self.recording:
            file = self.file(script, catalogue)
            if self.answers(file) is None:
                self._files[file] = {}
            self._asked.setdefault(file, set())

    def save(self) -> list[Path]:
        """Write what was recorded; the files."""
        for file, asked in self._asked.items():
            rows = self._files[file]
            kept = [rows[key] for key in sorted(rows) if key in asked or not self._whole]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in kept), "utf-8")
        return list(self._asked)

    def command(self, script: Script) -> str:
        """What records a script again."""
        from bot.check.source import _short

        file, name = shlex.quote(_short(script.path)), shlex.quote(script.dialogue.dialogue)
        return f"rapport test {file} -k {name} --model {self.name} --record"


class Recorded:
    """An `LLM` that tells recorded answers again, or asks a model and keeps what it says."""

    def __init__(self, answers: Answers, file: Path, script: Script, llm: LLM | None) -> None:
        self._answers, self._file, self._script, self._llm = answers, file, script, llm
        self._misses: list[str] = []
        self.seconds = 0.0  # what the answers told again took when they were recorded
        self.waiting = 0

    @property
    def status(self) -> ModelStatus:
        return self._llm.status if self._llm else ModelStatus(stage="ready", name=f"recorded {self._answers.name}")

    def stream(self, prompt: Prompt, **asking: Unpack[Asking]) -> TextStream:
        key = self._answers.key(prompt, asking)
        if self._llm is not None:
            row = {"key": key, "of": self._script.dialogue.dialogue}
            return _Recording(self._llm.stream(prompt, **asking), lambda told: self._answers.keep(self._file, {**row, **told}))
        kept = (self._answers.answers(self._file) or {}).get(key)
        if kept is None:
            self._misses.append(
                "none for this prompt: it, the items in it or the model changed. "
                f"Record it again: {self._answers.command(self._script)}"
            )
            raise ModelUnavailable(self._misses[-1])
        self.seconds += kept["seconds"]
        return _Replayed(kept["answer"], Usage(*kept["tokens"]))

    def missed(self) -> list[str]:
        """What was asked since the last time and is not there."""
        missed, self._misses = self._misses, []
        return missed

    def close(self) -> None:
        """The model belongs to whoever started it."""


class _Replayed:
    def __init__(self, answer: str, usage: Usage) -> None:
        self.usage, self.place, self.waited = usage, Place(), 0.0
        self._pieces = iter(answer.splitlines(keepends=True))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        self._pieces = iter(())


class _Recording:
    """A stream that is kept once it has ended by itself."""

    def __init__(self, stream: TextStream, keep: Any) -> None:
        self._stream, self._keep, self._said, self._begun = stream, keep, "", time.monotonic()

    @property
    def usage(self) -> Usage:
        return self._stream.usage

    @property
    def place(self) -> Place:
        return self._stream.place

    @property
    def waited(self) -> float:
        return self._stream.waited

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            piece = next(self._stream)
        except StopIteration:
            tokens = [self.usage.prompt_tokens, self.usage.completion_tokens]
            seconds = round(time.monotonic() - self._begun, 2)
            self._keep({"answer": self._said, "tokens": tokens, "seconds": seconds})
            raise
        self._said += piece
        return piece

    def close(self) -> None:
        self._stream.close()
