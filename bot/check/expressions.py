"""Safe expressions over an item's fields: `price <= 200 and 'leather' in material`.

Words compare as the catalogue compares them (`colour == 'brown'` is true of walnut brown, in both languages), a list
compares by any of its values, and of a field that the item does not state nothing is true. Evaluated by simpleeval: no
imports, no attributes, no calls but `says`, `field` and `lower`. `tests/test_script.py`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from typing import Any

from rapidfuzz import fuzz, process
from simpleeval import EvalWithCompoundTypes, FunctionNotDefined, InvalidExpression, NameNotDefined

from vectorstore.constraints import as_values, equal, measure, stated_values
from vectorstore.item import Item, Scalar
from vectorstore.words import fold

FUNCTIONS = ("says", "field", "lower")
_OWN = ("id", "title", "description", "url", "currency", "tags", "text")
_COMPUTED = ("price", "brand", "category", "in_stock", "on_offer", "price_with_code")


class WrongExpression(ValueError):
    """An expression that cannot be read, or that names what no item has."""


class Stated:
    """What an item states of a field, as an expression sees it: true when anything is stated that is not "no"."""

    def __init__(self, values: tuple[Scalar, ...]) -> None:
        self.values = values

    def __eq__(self, other: object) -> bool:
        wanted = other.values if isinstance(other, Stated) else tuple(other) if isinstance(other, (list, tuple)) else (other,)
        return any(_same(a, b) for a in self.values for b in wanted)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __contains__(self, word: object) -> bool:
        return any(_same(v, word) or fold(str(word)) in fold(str(v)) for v in self.values)

    def __lt__(self, other: object) -> bool:
        return any(n < bound for n in self._numbers() for bound in _numbers(other))

    def __le__(self, other: object) -> bool:
        return any(n <= bound for n in self._numbers() for bound in _numbers(other))

    def __gt__(self, other: object) -> bool:
        return any(n > bound for n in self._numbers() for bound in _numbers(other))

    def __ge__(self, other: object) -> bool:
        return any(n >= bound for n in self._numbers() for bound in _numbers(other))

    def __bool__(self) -> bool:
        return any(v not in (False, 0, "") for v in self.values)

    def __str__(self) -> str:
        return " ".join(map(str, self.values))

    def _numbers(self) -> list[float]:
        return _numbers(self)

    __hash__ = None  # type: ignore[assignment]


def parsed(expression: str) -> ast.expr:
    """The expression, read. WrongExpression says what is wrong with it."""
    try:
        if len(ast.parse(expression.strip()).body) > 1:
            raise WrongExpression(f"{expression!r} is no expression but several; join them with `and`")
        tree = EvalWithCompoundTypes.parse(expression.strip())
    except (InvalidExpression, SyntaxError) as error:
        hint = ""
        if re.search(r"\b(for|in|from|with|class|is)\b *[<>=!]", expression):
            hint = " A field whose name is a word of the language is written field('for')."
        elif re.fullmatch(r"[^<>=!()'\"]+", expression):
            hint = " For a title there are ids and include, for a word first_any; an expression is like price <= 200."
        problem = error.msg if isinstance(error, SyntaxError) else str(error)
        raise WrongExpression(f"{expression!r} is no expression: {problem}.{hint}") from None
    if isinstance(tree, ast.Assign | ast.AugAssign) or (isinstance(tree, ast.Expr) and isinstance(tree.value, ast.NamedExpr)):
        raise WrongExpression(f"{expression!r} sets something; compare with ==")
    return tree  # type: ignore[no-any-return]


def true_of(expression: str, item: Item, known: Collection[str]) -> bool:
    """Whether `expression` is true of `item`; `known` are the fields that any item of the catalogue states.

    WrongExpression names the field that none states and the nearest one that some do.
    """

    def named(node: ast.Name) -> object:
        return stated(node.id)

    def stated(name: str) -> object:
        if name not in known and name not in (*_OWN, *_COMPUTED):
            raise _unknown(name, expression, known)
        return Stated(values_of(item, name))

    def says(word: object) -> bool:
        return fold(str(word)) in fold(_text(item))

    functions = {"says": says, "field": stated, "lower": lambda said: str(said).lower()}
    evaluator = EvalWithCompoundTypes(functions=functions, names=named)
    try:
        return bool(evaluator.eval(expression.strip()))
    except FunctionNotDefined as error:
        raise WrongExpression(f"{expression!r}: there is no {error.func_name}(); there are {', '.join(FUNCTIONS)}") from None
    except NameNotDefined as error:
        raise _unknown(str(error.name), expression, known) from None
    except (InvalidExpression, TypeError, ZeroDivisionError) as error:
        raise WrongExpression(f"{expression!r}: {error}") from None


def fields_of(items: Collection[Item]) -> frozenset[str]:
    """Every field that any of the items states."""
    return frozenset(name for item in items for name, _ in item.facts())


def values_of(item: Item, name: str) -> tuple[Scalar, ...]:
    """What an item states of a field, in all its languages."""
    if name == "text":
        return (_text(item),)
    if name in ("title", "description"):
        return (getattr(item, name), *(getattr(t, name) for t in item.translations.values()))
    if name in ("id", "url", "currency", "tags"):
        return as_values(getattr(item, name))
    return stated_values(item, name, also=False)


def names_in(expression: str) -> set[str]:
    """The fields that an expression speaks of."""
    return {node.id for node in ast.walk(parsed(expression)) if isinstance(node, ast.Name)} - {*FUNCTIONS, "True", "False"}


def _unknown(name: str, expression: str, known: Collection[str]) -> WrongExpression:
    return WrongExpression(f"{expression!r}: no item states {name!r}.{likely(name, {*known, *_OWN, *_COMPUTED})}")


def likely(said: str, known: Collection[str]) -> str:
    """' Did you mean …?' with the nearest of what is known; empty when nothing is near."""
    near = process.extractOne(said, sorted(known), scorer=fuzz.ratio, score_cutoff=50)
    return f" Did you mean {near[0]!r}?" if near else ""


def _text(item: Item) -> str:
    said: list[Any] = [item.title, item.description, *item.tags, *(v for _, value in item.facts() for v in as_values(value))]
    for translation in item.translations.values():
        said += [translation.title, translation.description, *map(str, translation.attributes.values())]
    return " ; ".join(map(str, said))


def _same(stated: object, wanted: object) -> bool:
    if isinstance(stated, bool) or isinstance(wanted, bool):
        return stated is wanted or bool(stated) is wanted
    return isinstance(stated, (str, int, float)) and isinstance(wanted, (str, int, float)) and equal(stated, wanted)


def _numbers(value: object) -> list[float]:
    values = value.values if isinstance(value, Stated) else (value,)
    return [n for v in values if isinstance(v, (str, int, float)) and not isinstance(v, bool) and (n := measure(v)) is not None]
