"""What a number is held against in a scripted dialogue: `> 0.5`, `<= 3`, `2..5`, `3`. `tests/test_script.py`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

_SIGNS: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le, ">=": operator.ge, "!=": operator.ne, "==": operator.eq,
    "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip
_NUMBER = r"-?\d+(?:\.\d+)?"
_BOUND = re.compile(rf"\s*(<=|>=|!=|==|<|>|=)?\s*({_NUMBER})\s*")
_SPAN = re.compile(rf"\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*")


def holds(comparison: str, value: float) -> bool:
    """Whether `value` is as `comparison` says."""
    if span := _SPAN.fullmatch(comparison):
        return float(span[1]) <= value <= float(span[2])
    bound = _BOUND.fullmatch(comparison)
    if bound is None:
        raise ValueError(f"{comparison!r} is no comparison")
    return _SIGNS[bound[1] or "="](value, float(bound[2]))


def _comparison(said: object) -> str:
    text = str(said)
    if isinstance(said, bool) or not (_BOUND.fullmatch(text) or _SPAN.fullmatch(text)):
        raise ValueError(f'{said!r} is no comparison; write "> 0.5", "<= 3", "2..5" or 3')
    return text


def _weight(said: object) -> str:
    return str(said) if said in ("absent", "present") else _comparison(said)


_PATTERN = rf"^\s*((<=|>=|!=|==|<|>|=)?\s*{_NUMBER}|{_NUMBER}\s*\.\.\s*{_NUMBER})\s*$"
_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": _PATTERN}]}
Comparison = Annotated[str, BeforeValidator(_comparison), WithJsonSchema(_SCHEMA)]
Weight = Annotated[
    str, BeforeValidator(_weight), WithJsonSchema({"anyOf": [*_SCHEMA["anyOf"], {"enum": ["absent", "present"]}]})
]
