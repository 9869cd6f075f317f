"""pytest collects dialogue files: every .yaml under a folder called `dialogues`. Installed with the package (pytest11).

`pytest --rapport-model none` plays without recordings. Imports nothing heavy before there is a dialogue to play.
`tests/test_script_command.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from bot.check.run import Outcome, Stage
    from bot.check.source import Script

_STAGE = pytest.StashKey["tuple[ExitStack, Stage]"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("rapport", "dialogue tests of Rapport")
    group.addoption("--rapport-model", default="recorded", help="recorded, recorded:small, none, default, small, a server")
    group.addoption("--rapport-catalogue", default=None, help="the catalogue of dialogues that name none")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    wanted = file_path.suffix in (".yaml", ".yml") and "dialogues" in file_path.parent.parts
    if not wanted or file_path.name.startswith(("_", ".")):
        return None
    return DialogueFile.from_parent(parent, path=file_path)


def pytest_unconfigure(config: pytest.Config) -> None:
    if kept := config.stash.get(_STAGE, None):
        kept[0].close()


class DialogueFile(pytest.File):
    """A file of dialogues."""

    def collect(self) -> Iterator[pytest.Item]:
        from bot.check.source import read
        from bot.errors import BadInput

        try:
            found = read(self.path)
        except BadInput as error:
            raise self.CollectError(str(error)) from None
        for script in found:
            yield DialogueItem.from_parent(self, name=script.name, script=script)


class DialogueItem(pytest.Item):
    """One dialogue."""

    def __init__(self, *, script: Script, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.script = script
        self.outcome: Outcome | None = None
        for tag in script.dialogue.tags:
            self.extra_keyword_matches.add(tag)

    def runtest(self) -> None:
        outcome = self.outcome = _stage(self.config).play(self.script)
        if outcome.status == "skipped":
            pytest.skip(outcome.reason)
        if outcome.status == "known failure":
            pytest.xfail(outcome.reason)
        if outcome.status == "passes now":
            self.warn(pytest.PytestWarning(f"passes now; take its known_failure away: {outcome.reason}"))
        if outcome.bad:
            raise _Failed(outcome)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from bot.check.report import text
        from bot.errors import BadInput

        if isinstance(excinfo.value, _Failed):
            return text(excinfo.value.outcome)
        if isinstance(excinfo.value, BadInput):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        place = self.script.lines.get(("dialogue",), (self.path, 1))
        return self.path, place[1] - 1, self.name


class _Failed(Exception):
    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


def _stage(config: pytest.Config) -> Stage:
    if _STAGE not in config.stash:
        from bot.check.command import opened
        from bot.settings import Settings

        given = {"model": config.getoption("--rapport-model"), "catalogue": config.getoption("--rapport-catalogue")}
        stack = ExitStack()
        on = stack.enter_context(opened(Settings(**{k: v for k, v in given.items() if v})))
        config.stash[_STAGE] = (stack, on)
    return config.stash[_STAGE][1]
