"""What a dialogue file may say: the keys, their shapes and their meaning. The JSON Schema for editors is made from these.

`bot/check/source.py` reads the files; docs/dialogue-tests.md shows every key. `tests/test_script.py` notices a change.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from bot.check.comparison import Comparison, Weight
from bot.check.expressions import parsed
from bot.state import Act, Language
from vectorstore.constraints import Constraint, Op, as_number
from vectorstore.item import Scalar


def _many(said: object) -> object:
    return said if isinstance(said, (list, tuple)) else (said,)


def _text(said: object) -> object:
    return str(said) if isinstance(said, (int, float)) and not isinstance(said, bool) else said


def _texts(said: object) -> object:
    many = _many(said)
    return tuple(map(_text, many)) if isinstance(many, (list, tuple)) else many


def _pattern(said: object) -> object:
    try:
        re.compile(str(said))
    except re.error as error:
        raise ValueError(f"{said!r} is no pattern: {error}") from None
    return said


def _expression(said: object) -> object:
    parsed(str(said))
    return said


_LIMIT = re.compile(r"^\s*(\w+)\s*(<=|>=|!=|==|=|not in|in)\s*(.+?)\s*$")
_OPS: dict[str, Op] = {"==": "="}


def limit_said(text: str) -> Constraint | None:
    """`price <= 200` or `colour not in pink, red` as a limit; None when it is none."""
    said = _LIMIT.match(text)
    if said is None:
        return None
    op = _OPS.get(said[2], said[2])
    values: list[Scalar] = []
    for word in said[3].strip("()[]").split(",") if op in ("in", "not in") else [said[3]]:
        number = as_number(word.strip())
        values.append(number if number is not None else word.strip().strip("'\""))
    return Constraint(field=said[1], op=op, value=tuple(values) if op in ("in", "not in") else values[0])


def _limit(said: object) -> object:
    if limit_said(str(said)) is None:
        raise ValueError(f"{said!r} is no limit; write `price <= 200` (<= >= = != in, not in)")
    return said


def _limits(said: object) -> object:
    many = _texts(said)
    for one in many if isinstance(many, tuple) else ():
        if not re.fullmatch(r"\s*(none|no \w+)\s*", str(one)):
            _limit(one)
    return many


_ONE_OR_MANY = {"anyOf": [{"type": ["string", "number"]}, {"type": "array", "items": {"type": ["string", "number"]}}]}
_ACTS = {"anyOf": [{"enum": list(get_args(Act))}, {"type": "array", "items": {"enum": list(get_args(Act))}}]}
Limits = Annotated[tuple[str, ...], BeforeValidator(_limits), WithJsonSchema(_ONE_OR_MANY)]
Acts = Annotated[tuple[Act, ...], BeforeValidator(_many), WithJsonSchema(_ACTS)]
Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "number"]})]
Texts = Annotated[tuple[str, ...], BeforeValidator(_texts), WithJsonSchema(_ONE_OR_MANY)]
Places = Annotated[tuple[int | str, ...], BeforeValidator(_many), WithJsonSchema(_ONE_OR_MANY)]
Pattern = Annotated[str, BeforeValidator(_pattern)]
Expression = Annotated[str, BeforeValidator(_expression)]
Event = Literal["like", "dislike", "seen", "more"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Items(_Strict):
    """The items on screen after the turn."""

    count: Comparison | None = Field(None, description='how many: 3, ">= 1"')
    every: Expression | None = Field(None, description='true of every item, e.g. "price <= 200 and \'leather\' in material"')
    any: Expression | None = Field(None, description="true of at least one item")
    none: Expression | None = Field(None, description="true of no item")
    first: Expression | None = Field(None, description="true of the first item")
    first_any: Texts = Field((), description="the first item's title, kind or facts say at least one of these words")
    order: str | None = Field(None, pattern=r"^\w+( (up|down))?$", description='sorted by a field: "price up", "year down"')
    ids: Texts | None = Field(None, description="exactly these items in this order, by id or title")
    include: Texts = Field((), description="these are among them, by id or title")
    exclude: Texts = Field((), description="none of these is among them, by id or title")
    same_as: int | None = Field(None, ge=0, description="the same items in the same order as after that turn")


class Reply(_Strict):
    """The words of the turn: the line above the cards and the sentences under them."""

    grounded: bool | None = Field(None, description="every sentence about an item says only what the item states")
    mentions: Texts = Field((), description="all of these words are there, whatever their case")
    mentions_any: Texts = Field((), description="at least one of these words is there")
    not_mentions: Texts = Field((), description="none of these words is there")
    matches: Pattern | None = Field(None, description="a regular expression that is found")
    not_matches: Pattern | None = Field(None, description="a regular expression that is not found")
    language: Language | None = Field(None, description="the language of the reply")
    length: Comparison | None = Field(None, description='characters: "<= 600"')


class Expect(_Strict):
    """What must hold after a turn."""

    act: Acts = Field((), description="what the message does; one of these")
    topic: Texts = Field((), description="for small talk and service: greeting, return, injection …; one of these")
    interests: dict[Text, Weight] = Field({}, description='by point: "> 0.5", "< 0", absent, present')
    constraints: Limits = Field(
        (), description='limits that hold: "price <= 200"; "no price": none on the price; "none": none at all'
    )
    refers_to: Places | None = Field(None, description="items on screen that the message means, by place, id or title")
    items: Items | None = None
    reply: Reply | None = None
    chips: Texts = Field((), description="each of these words stands on a chip")
    no_match: bool | str | None = Field(None, description="whether nothing fits; or the field whose limit is in the way")
    question: bool | str | None = Field(None, description="whether something is asked back; or the field that is asked about")
    same_state_as: int | None = Field(None, ge=0, description="interests and limits as after that turn; 0: before the first")
    seconds: Comparison | None = Field(None, description="from the message to the last word")
    tokens: Comparison | None = Field(None, description="read and written by the model in this turn")


class Click(_Strict):
    """A press on a card."""

    item: int | str = Field(description="its place on screen from 1, or its id or title")
    event: Event


class Edit(_Strict):
    """A change by hand in the profile; exactly one of these."""

    weight: dict[str, float] | None = Field(None, description="a point's new weight: {black: -0.5}")
    add: str | None = Field(None, description="a new point")
    delete: str | None = Field(None, description="a point to take away")
    limit: Annotated[str, BeforeValidator(_limit)] | None = Field(None, description='a limit to set: "price <= 100"')
    unlimit: str | None = Field(None, description="a field whose limits go")
    undo: Literal[True] | None = None
    clear: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> Edit:
        if len(self.model_fields_set) != 1 or (self.weight is not None and len(self.weight) != 1):
            raise ValueError("an edit is one of weight, add, delete, limit, unlimit, undo, clear, with one point")
        return self


class Turn(_Strict):
    """One thing that the person does, and what must hold then: `say`, `click`, `edit` or `chip`."""

    say: Texts = Field((), description="the message; a list holds phrasings that must all lead to the same state")
    click: Click | None = None
    edit: Edit | None = None
    chip: str | None = Field(None, description="press the chip with this word on it")
    expect: Expect = Expect()

    @property
    def did(self) -> str:
        """What the person does, in words."""
        if self.say:
            return self.say[0]
        done = self.click or self.edit
        said = done.model_dump(exclude_none=True) if done else {"chip": self.chip}
        return " ".join(f"{key}: {value}" for key, value in said.items())

    @model_validator(mode="after")
    def _one(self) -> Turn:
        if len(self.model_fields_set & {"say", "click", "edit", "chip"}) != 1:
            raise ValueError("a turn is exactly one of say, click, edit, chip (and what to expect)")
        return self


class Shared(_Strict):
    """What a dialogue may say for itself and a group for all its dialogues."""

    catalogue: str | None = Field(None, description="the catalogue's name; without it, --catalogue")
    language: Language = Field("en", description="the language in which the talk begins")
    today: date | None = Field(None, description="the day on which it is played, for offers that end")
    tags: Texts = Field((), description="words for -k; `model`: only with a model")
    skip: str | None = Field(None, description="why it is not played")
    known_failure: str | None = Field(None, description="why it may fail for now")
    repeat: int = Field(1, ge=1, le=50, description="how often it is played")
    pass_: float = Field(1.0, alias="pass", gt=0, le=1, description="the share of plays that must pass")
    prose: bool | None = Field(
        None, description="whether the model writes the sentences; without it, where `grounded` is expected"
    )
    variables: dict[str, Any] = Field({}, description="{{name}} in any text stands for these")


class Dialogue(Shared):
    """One dialogue."""

    dialogue: Text = Field(description="its name")
    turns: tuple[Turn, ...] = Field(min_length=1)

    @property
    def writes(self) -> bool:
        """Whether the model is to write the sentences under the items."""
        return self.prose if self.prose is not None else any(t.expect.reply and t.expect.reply.grounded for t in self.turns)


class Group(Shared):
    """Several dialogues with what they share."""

    group: Text = Field(description="its name")
    dialogues: tuple[Dialogue, ...] = Field(min_length=1)


def schema() -> dict[str, Any]:
    """The JSON Schema of a dialogue file: a dialogue, a group, or turns to include."""
    from pydantic import TypeAdapter

    made = TypeAdapter(Dialogue | Group).json_schema(by_alias=True)
    definitions = made["$defs"]
    for part in definitions.values():  # an editor that completes needs no null
        for name, shape in part.get("properties", {}).items():
            shape.pop("default", None)
            shape.pop("title", None)
            if "anyOf" in shape:
                kinds = [kind for kind in shape["anyOf"] if kind != {"type": "null"}]
                shape.pop("anyOf")
                shape.update(kinds[0] if len(kinds) == 1 else {"anyOf": kinds})
            part["properties"][name] = shape
    include = {
        "type": "object", "properties": {"include": {"type": "string"}}, "required": ["include"], "additionalProperties": False
    }  # fmt: skip
    turns = {"type": "array", "minItems": 1, "items": {"anyOf": [{"$ref": "#/$defs/Turn"}, include]}}
    definitions["Dialogue"]["properties"]["turns"] = turns
    definitions["Included"] = {
        "type": "object", "required": ["turns"], "additionalProperties": False,
        "properties": {"turns": turns, "variables": {"type": "object"}},
    }  # fmt: skip
    kinds = [{"$ref": f"#/$defs/{name}"} for name in ("Dialogue", "Group", "Included")]
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": draft, "title": "Rapport dialogue", "anyOf": kinds, "$defs": definitions}
