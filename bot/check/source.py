"""Dialogue files, read: YAML with the line of every key, groups, variables, includes, and mistakes told with the place.

`bot/check/script.py` says what may stand in them. `tests/test_script.py` notices a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from bot.check import script
from bot.check.expressions import likely
from bot.check.script import Dialogue, Group
from bot.errors import BadInput

Path_ = tuple[str | int, ...]
Lines = dict[Path_, tuple[Path, int]]
_VARIABLE = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")
_MODELS: dict[str, type[BaseModel]] = {
    "turns": script.Turn, "expect": script.Expect, "items": script.Items, "reply": script.Reply, "click": script.Click,
    "edit": script.Edit, "dialogues": Dialogue,
}  # fmt: skip
_SHARED = ("catalogue", "language", "today", "skip", "known_failure", "repeat", "pass", "prose")


class _Loader(yaml.SafeLoader):
    """YAML as people mean it: `no` and `on` are words, a date is what was written."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if not tag.endswith((":bool", ":timestamp"))]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


@dataclass(frozen=True)
class Script:
    """A dialogue, and where it stands."""

    dialogue: Dialogue
    group: str
    path: Path
    lines: Lines

    @property
    def name(self) -> str:
        return f"{self.group} › {self.dialogue.dialogue}" if self.group else self.dialogue.dialogue

    @cached_property
    def words(self) -> str:
        """What -k looks in."""
        said = (self.path.name, self.name, self.dialogue.catalogue or "", self.dialogue.language, *self.dialogue.tags)
        return " ".join(said).casefold()

    def place(self, *path: str | int) -> str:
        """`file:line` of a key, or of the nearest one that stands there."""
        for length in range(len(path), -1, -1):
            if found := self.lines.get(path[:length]):
                return f"{_short(found[0])}:{found[1]}"
        return _short(self.path)


def scripts(paths: Iterable[Path], words: Sequence[str] = ()) -> list[Script]:
    """Every dialogue in the files and folders, those of `words` only where there are any. BadInput names what is wrong."""
    found: list[Script] = []
    for path in paths:
        if not path.exists():
            raise BadInput(f"There is no file or folder {path}. Dialogues are .yaml files; docs/dialogue-tests.md shows one.")
        for file in files(path):
            found += read(file)
    return [s for s in found if not words or any(w.casefold() in s.words for w in words)]


def files(path: Path) -> list[Path]:
    """The dialogue files of a folder, or the file itself. A name that begins with _ is for including."""
    if path.is_file():
        return [path]
    return sorted(f for f in path.rglob("*") if f.suffix in (".yaml", ".yml") and not f.name.startswith(("_", ".")))


def read(path: Path) -> list[Script]:
    """The dialogues of a file: one, several with `---` between, or a group."""
    found: list[Script] = []
    for node in _nodes(path):
        if not isinstance(node, yaml.MappingNode):
            raise BadInput(f"{_at(node)}: a dialogue is keys and values; it begins with `dialogue: its name`.")
        found += _group(node, path) if _key(node, "group") else [_dialogue(node, path, {}, "")]
    if not found:
        raise BadInput(f"{_short(path)}: holds no dialogue. One begins with `dialogue: its name`: docs/dialogue-tests.md.")
    names = [s.name for s in found]
    for s in found:
        if names.count(s.name) > 1:
            raise BadInput(f"{s.place('dialogue')}: the name {s.name!r} stands in this file twice. Give each dialogue its own.")
    return found


def _group(node: yaml.MappingNode, path: Path) -> list[Script]:
    dialogues = _key(node, "dialogues")
    if not isinstance(dialogues, yaml.SequenceNode):
        raise BadInput(f"{_at(node)}: a group needs the key `dialogues` with a list.")
    said, lines = _plain(node, {}, skip=("dialogues",))
    _validated(Group, {**said, "dialogues": [{"dialogue": "x", "turns": [{"say": "x"}]}]}, lines, path, named=Group)
    found: list[Script] = []
    wrong: list[str] = []
    for one in dialogues.value:  # the mistakes of all of them at once
        try:
            found.append(_dialogue(one, path, said, str(said["group"])))
        except BadInput as error:
            wrong.append(str(error))
    if wrong:
        raise BadInput("\n".join(wrong))
    return found


def _dialogue(node: yaml.Node, path: Path, shared: dict[str, Any], group: str) -> Script:
    if not isinstance(node, yaml.MappingNode):
        raise BadInput(f"{_at(node)}: a dialogue is keys and values; it begins with `dialogue: its name`.")
    variables = _variables(node)
    defaults = _splice(node, path)
    given = {**defaults, **(shared.get("variables") or {}), **variables}
    said, lines = _plain(node, given)
    tags = [*script._many(shared.get("tags", [])), *script._many(said.get("tags", []))]  # type: ignore[misc]
    merged = {**{k: shared[k] for k in _SHARED if k in shared}, **said, "tags": tags}
    return Script(_validated(Dialogue, merged, lines, path, named=Dialogue), group, path, lines)


def _splice(node: yaml.MappingNode, path: Path, depth: int = 0) -> dict[str, Any]:
    """Puts the turns of included files where `include` stands; gives the variables that those files bring."""
    turns = _key(node, "turns")
    if not isinstance(turns, yaml.SequenceNode):
        return {}
    brought: dict[str, Any] = {}
    spliced: list[yaml.Node] = []
    for turn in turns.value:
        include = _key(turn, "include") if isinstance(turn, yaml.MappingNode) else None
        if include is None:
            spliced.append(turn)
            continue
        file = Path(str(include.start_mark.name)).parent / str(include.value)
        if not file.is_file():
            raise BadInput(f"{_at(include)}: there is no file {_short(file)} to include. The path is from this file's folder.")
        if depth > 5 or len(turn.value) > 1:
            wrong = "includes go round in a circle" if depth > 5 else "include stands alone in its turn"
            raise BadInput(f"{_at(include)}: {wrong}.")
        inner = next(iter(_nodes(file)), None)
        if not isinstance(inner, yaml.MappingNode) or not isinstance(_key(inner, "turns"), yaml.SequenceNode):
            raise BadInput(f"{_short(file)}:1: an included file needs the key `turns`.")
        brought |= _splice(inner, file, depth + 1) | _variables(inner)
        spliced += _key(inner, "turns").value  # type: ignore[union-attr]
    turns.value = spliced
    return brought


def _variables(node: yaml.MappingNode) -> dict[str, Any]:
    found = _key(node, "variables")
    if found is None:
        return {}
    said, _ = _plain(found, {})
    if not isinstance(said, dict):
        raise BadInput(f"{_at(found)}: variables are names and values, such as `variables: {{limit: 200}}`.")
    return said


def _nodes(path: Path) -> list[yaml.Node]:
    try:
        loader = _Loader(path.read_text("utf-8"))
        loader.name = str(path)
        loaded: list[yaml.Node] = []
        while loader.check_node():
            if (node := loader.get_node()) is not None:
                loaded.append(node)
        return loaded
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        hint = ""
        if "mapping values are not allowed" in str(error.problem):
            hint = " A text with a colon in it stands in quotes."
        elif re.search(r"character '>'|block scalar|a comment or a line break", str(error.problem)):
            hint = ' A comparison stands in quotes: ">= 3".'
        elif "found unknown escape" in str(error.problem):
            hint = " A pattern stands in single quotes."
        raise BadInput(f"{_short(path)}{line}: broken YAML: {error.problem}.{hint}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{_short(path)}: is not UTF-8 ({error.reason} at byte {error.start}). Save it as UTF-8.") from error


def _plain(node: yaml.Node, variables: Mapping[str, Any], skip: Sequence[str] = ()) -> tuple[Any, Lines]:
    """A node as plain values, variables put in, and the line of every key and list entry."""
    lines: Lines = {}

    def walk(one: yaml.Node, path: Path_) -> Any:
        lines.setdefault(path, (Path(one.start_mark.name), one.start_mark.line + 1))
        if isinstance(one, yaml.MappingNode):
            made: dict[Any, Any] = {}
            for key, value in one.value:
                name = _filled(key, variables) if isinstance(key, yaml.ScalarNode) else None
                if name is None:
                    raise BadInput(f"{_at(key)}: a key is a word. Text that begins with {{{{ stands in quotes.")
                name = str(name)
                if name in made:
                    raise BadInput(f"{_at(key)}: the key {name!r} stands here twice.")
                if name in skip and not path:
                    continue
                lines[(*path, name)] = (Path(key.start_mark.name), key.start_mark.line + 1)
                made[name] = walk(value, (*path, name))
            return made
        if isinstance(one, yaml.SequenceNode):
            return [walk(entry, (*path, n)) for n, entry in enumerate(one.value)]
        return _filled(one, variables)

    return walk(node, ()), lines


def _filled(node: yaml.Node, variables: Mapping[str, Any]) -> Any:
    """A scalar's value with its variables put in."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in variables:
            hint = likely(match[1], variables) or f" Known: {', '.join(variables) or 'none; write `variables:`'}."
            raise BadInput(f"{_at(node)}: there is no variable {match[1]!r}.{hint}")
        return str(variables[match[1]])

    if isinstance(node, yaml.ScalarNode) and _VARIABLE.search(node.value):
        return _VARIABLE.sub(value, node.value)
    constructor = _Loader("")
    return constructor.construct_object(node)


def _validated(kind: type[Any], said: dict[str, Any], lines: Lines, path: Path, named: type[BaseModel]) -> Any:
    try:
        return kind.model_validate(said)
    except ValidationError as error:
        raise BadInput("\n".join(_complaints(error, lines, path, named))) from None


def _complaints(error: ValidationError, lines: Lines, path: Path, top: type[BaseModel]) -> list[str]:
    """What is wrong, a line each, in the order of the file; a slip of the pen before what is missing for it."""
    told: dict[tuple[int, str], str] = {}
    found = error.errors()
    for one in found:
        if one["type"] == "too_short" and one["input"]:  # only because what it holds is wrong
            continue
        where = [part for n, part in enumerate(one["loc"]) if (*one["loc"][:n], part) in lines or n == len(one["loc"]) - 1]
        where = where if tuple(where) in lines or one["type"] == "missing" else _known(one["loc"], lines)
        file, line = next(lines[tuple(where[:n])] for n in range(len(where), -1, -1) if tuple(where[:n]) in lines or n == 0)
        words = [part for part in where if isinstance(part, str)]
        holder = _MODELS.get(words[-2], top) if len(words) > 1 else top
        if one["type"] == "extra_forbidden":
            said = f"unknown key {words[-1]!r}{f' in {words[-2]}' if len(words) > 1 else ''}.{nearest(words[-1], holder)}"
            said += " Inside {…} a text with a comma stands in quotes." if " " in words[-1] else ""
        elif one["type"] == "missing":
            said = f"the key {one['loc'][-1]!r} is missing."
        elif one["type"] == "literal_error":
            said = f"{'.'.join(words)}: {_near_value(one)}"
        else:
            said = f"{'.'.join(words) or 'here'}: {one['msg'].removeprefix('Value error, ').rstrip('.')}."
        told.setdefault((line, said), f"{_short(file)}:{line}: {said}")
    return [told[key] for key in sorted(told)]


def nearest(said: str, kind: type[BaseModel]) -> str:
    """The key that was most likely meant, and all that there are."""
    known = [field.alias or name for name, field in kind.model_fields.items()]
    return f"{likely(said, known)} Known: {', '.join(known)}."


def _near_value(error: Any) -> str:
    said = str(error["input"])
    known = re.findall(r"'([^']+)'", str(error.get("ctx", {}).get("expected", "")))
    return f"{said!r} is not known.{likely(said, known)} Known: {', '.join(known)}."


def _known(loc: tuple[str | int, ...], lines: Lines) -> list[str | int]:
    where: list[str | int] = []
    for part in loc:
        if (*where, part) in lines:
            where.append(part)
    return where


def _key(node: yaml.Node, name: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for key, value in node.value if isinstance(key, yaml.ScalarNode) and key.value == name), None)


def _at(node: yaml.Node) -> str:
    return f"{_short(Path(node.start_mark.name))}:{node.start_mark.line + 1}"


def _short(path: Path) -> str:
    """The path as somebody in the working folder would type it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
