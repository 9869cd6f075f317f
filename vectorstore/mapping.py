"""Mapping files: which field of a source becomes which field of an `Item`.

A map is a small YAML file (see `maps/`). Without one, the columns are recognised by what shop owners usually call them
(`headers.yaml`). tests/test_importers.py notices a change.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError
from rapidfuzz import process

from vectorstore import values
from vectorstore.errors import BadMap
from vectorstore.item import Frozen, Item, Scalar, Value
from vectorstore.words import fold

MAPS = Path(__file__).parent / "maps"
TARGETS = tuple(f for f in Item.model_fields if f not in ("attributes", "translations"))


class Rule(Frozen):
    """How one field is filled: from the first source that says something, a template, or a constant."""

    sources: tuple[str, ...] = ()
    value: Scalar | None = None
    template: str = ""
    divide: float = 1
    separators: tuple[str, ...] = (" > ", ">", "|", "›", "»", ";")
    pattern: str = ""  # what of the text is taken
    words: dict[str, str] = Field(default_factory=dict)  # the source's code -> the word
    matches: dict[str, str] = Field(
        default_factory=dict
    )  # a pattern found in the source -> the value; the first that fits
    optional: bool = False  # the data may do without it altogether
    joins: bool = False  # every source in turn (a path of categories), not the first that says something

    def of(self, row: Mapping[str, Any]) -> Any:
        """The raw value for this field, None when the row has none."""
        if self.template:
            try:
                return self.template.format_map(row)
            except (KeyError, IndexError, ValueError):
                return None
        found: list[Any] = []
        for source in self.sources:
            value = row.get(source)
            if value is None or value == "" or value == []:
                continue
            if self.pattern:
                match = re.search(self.pattern, str(value))
                if not match:
                    continue
                value = match.group()
            if self.matches:
                value = next((v for p, v in self.matches.items() if re.search(p, str(value), re.I)), None)
                if value is None:
                    continue
            found.append(self.words.get(str(value), value))
            if len(self.sources) > 1 and not self.joins:
                break
        if not found:
            return self.value
        return found[0] if len(found) == 1 else found


class AttributeRules(Frozen):
    """What becomes of every other field of the source."""

    prefixes: tuple[str, ...] = ()
    rename: dict[str, str] = Field(default_factory=dict)
    drop: tuple[str, ...] = ()  # names or patterns with *
    keep: tuple[str, ...] = ()  # when given, nothing else is kept
    list_separator: str = ""  # splits "a,b", but not "a, b" or "1,5"
    flags: dict[str, bool] = Field(default_factory=dict)  # what stands for yes and no
    words: dict[str, dict[str, Scalar]] = Field(default_factory=dict)  # attribute -> the source's code -> the word
    scale: dict[str, float] = Field(default_factory=dict)  # attribute -> factor
    patterns: dict[str, str] = Field(default_factory=dict)  # attribute -> what of its text is taken
    limit: int = 60
    longest: int = 300  # characters of one value; longer ones belong in a description


class SourceMap(Frozen):
    """A whole map, as read from its file."""

    name: str
    about: str = ""
    files: tuple[str, ...] = ()
    fields: dict[str, Rule]
    attributes: AttributeRules = AttributeRules()

    def unknown_sources(self, seen: Iterable[str]) -> None:
        """BadMap when a field is to come from something that no row has."""
        names = set(seen)
        for target, rule in self.fields.items():
            missing = [source for source in rule.sources if source not in names]
            if missing and not rule.optional and (rule.joins or len(missing) == len(rule.sources)):
                raise BadMap(
                    f"{self.name}: fields → {target}: no row of the data has a field {missing[0]!r}."
                    f"{_nearest(missing[0], names)} The data has: {', '.join(sorted(names)[:12])}."
                )


def _nearest(word: str, among: Iterable[str]) -> str:
    found = process.extractOne(word, list(among), score_cutoff=50)
    return f" Did you mean {found[0]!r}?" if found else ""


def _known(where: str, given: Iterable[Any], allowed: Iterable[str]) -> None:
    names = list(allowed)
    for key in given:
        if key not in names:
            raise BadMap(f"{where}: unknown key {key!r}.{_nearest(str(key), names)} Known: {', '.join(names)}.")


def load(which: str | Path) -> SourceMap:
    """A packaged map by name ("icecat") or a map file. BadMap names the file, the key and the nearest right key."""
    path = Path(which)
    if not path.suffix and not path.exists():
        path = MAPS / f"{which}.yaml"
        if not path.exists():
            here = sorted(p.stem for p in MAPS.glob("*.yaml"))
            raise BadMap(f"No map is called {str(which)!r}.{_nearest(str(which), here)} There are: {', '.join(here)}.")
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise BadMap(
            f"{path}: the mapping file cannot be read: {error.strerror}. Give the path of a YAML file."
        ) from error
    except yaml.YAMLError as error:
        raise BadMap(f"{path}: the mapping file is broken YAML: {error}") from error
    return parse(raw, path.name)


def parse(raw: Any, name: str) -> SourceMap:
    """A map from its parsed YAML; `name` is what errors call it."""
    if not isinstance(raw, dict) or not isinstance(raw.get("fields"), dict):
        raise BadMap(f"{name}: a map needs a part `fields:` with lines such as `title: name`")
    _known(name, raw, ("about", "files", "fields", "attributes"))
    _known(f"{name}: fields", raw["fields"], TARGETS)
    if "title" not in raw["fields"]:
        raise BadMap(f"{name}: fields: `title` is missing; say which field of the data is the title")
    rules = {target: _rule(f"{name}: fields → {target}", given) for target, given in raw["fields"].items()}
    attributes = raw.get("attributes") or {}
    if not isinstance(attributes, dict):
        raise BadMap(f"{name}: attributes: must be keys and values, such as `drop: [internal_code]`")
    _known(f"{name}: attributes", attributes, AttributeRules.model_fields)
    files = raw.get("files") or ()
    try:
        return SourceMap(
            name=name,
            about=raw.get("about", ""),
            files=(files,) if isinstance(files, str) else files,
            fields=rules,
            attributes=AttributeRules(**attributes),
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise BadMap(f"{name}: {' → '.join(map(str, first['loc']))}: {first['msg']}") from error


def _rule(where: str, given: Any) -> Rule:
    if isinstance(given, str):
        return Rule(sources=(given,))
    if isinstance(given, list):
        return Rule(sources=tuple(map(str, given)))
    if not isinstance(given, dict):
        raise BadMap(f"{where}: give a field's name, a list of names, or keys such as `from:` and `divide:`")
    _known(
        where,
        given,
        ("from", "join", "value", "template", "divide", "separators", "pattern", "words", "matches", "optional"),
    )
    sources = given.get("join", given.get("from", ()))
    rest = {k: v for k, v in given.items() if k not in ("from", "join")}
    try:
        rule = Rule(sources=(sources,) if isinstance(sources, str) else sources, joins="join" in given, **rest)
        re.compile(rule.pattern)
    except (ValidationError, re.error) as error:
        raise BadMap(f"{where}: {error}") from error
    if not rule.sources and rule.value is None and not rule.template:
        raise BadMap(f"{where}: needs one of `from:`, `join:`, `value:` or `template:`")
    return rule


# Without a map


@lru_cache(maxsize=1)
def _headers() -> tuple[dict[str, str], dict[str, str]]:
    raw = yaml.safe_load((Path(__file__).parent / "headers.yaml").read_text("utf-8"))
    fields, attributes = (
        {_heading(name): target for target, names in raw[part].items() for name in names}
        for part in ("fields", "attributes")
    )
    return fields, attributes


def _heading(name: str) -> str:
    return re.sub(r"[\s_\-./]+", " ", fold(name)).strip()


def guess(headings: Iterable[str], name: str) -> SourceMap:
    """A map by the usual names of columns. What is not recognised stays an attribute under its own name."""
    fields, attributes = _headers()
    ranked: dict[str, list[tuple[int, str]]] = {}
    rename: dict[str, str] = {}
    order = {heading: place for place, heading in enumerate(fields)}
    for heading in headings:
        key = _heading(heading)
        bare = re.sub(r"\s*[(\[（].*?[)\]）]\s*$", "", key)
        if key in fields or bare in fields:
            known = key if key in fields else bare
            ranked.setdefault(fields[known], []).append((order[known], heading))
        elif key in attributes or bare in attributes:
            rename[heading] = attributes.get(key) or attributes[bare]
        else:
            rename[heading] = key.replace(" ", "_") if key.isascii() else key
    rules: dict[str, Rule] = {}
    for target, found in ranked.items():
        if target == "title" and "title" in ranked and len(found) > 1:
            found = sorted(found)
        first, *others = [heading for _, heading in sorted(found)]
        marks = {
            "category": (">", "›", "»", "|", "/", ";"),
            "tags": ("|", ";", ",", "、", "，"),
            "images": ("|", ";", " ", ","),
        }
        rules[target] = Rule(sources=(first,), separators=marks.get(target, ("|", ";")))
        rename.update({other: _heading(other).replace(" ", "_") for other in others})
    for heading in headings:
        written = re.search(r"\b(usd|eur|gbp|cny|chf|jpy)\b|[€£$¥元]", _heading(heading))
        if written and rules.get("price") and heading in rules["price"].sources and "currency" not in rules:
            rules["currency"] = Rule(value=values.price(f"1 {written.group()}")[1])
    return SourceMap(name=name, fields=rules, attributes=AttributeRules(rename=rename))


# A row becomes an item


def _id_of(row: Mapping[str, Any]) -> str:
    """An id for a row that has none: the same row gets the same one again."""
    written = json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)
    return f"row-{hashlib.sha256(written.encode()).hexdigest()[:12]}"


@dataclass
class Mapper:
    """Applies one map to rows. Raises `Unreadable` or pydantic's error for a row that makes no item."""

    map: SourceMap
    loose: bool = False
    _names: dict[str, str | None] = field(default_factory=dict)

    def item(self, row: Mapping[str, Any]) -> Item:
        """The item that the row describes."""
        got = {target: rule.of(row) for target, rule in self.map.fields.items()}
        made: dict[str, Any] = {"attributes": self._attributes(row)}
        if "title" not in self.map.fields:
            raise values.Unreadable(
                f"no field is recognised as the title (there are: {', '.join(map(str, row))}); give a map"
            )
        title = values.text(got.get("title"))
        if not title:
            raise values.Unreadable("has no title")
        made["title"] = title
        made["description"] = values.text(got.get("description"))
        given = values.scalar(got.get("id"))
        made["id"] = str(given).strip() if given is not None else _id_of(row)
        for one in ("brand", "url", "language"):
            said = values.text(got.get(one))
            if said:
                made[one] = said
        self._price(got, made)
        for several in ("category", "tags", "images"):
            if several in self.map.fields:
                made[several] = values.split(got.get(several), self.map.fields[several].separators)
        if got.get("availability") is not None:
            made["availability"] = values.availability(got["availability"])
        if got.get("popularity") not in (None, ""):
            made["popularity"] = float(got["popularity"])
        return Item(**made)

    def _price(self, got: Mapping[str, Any], made: dict[str, Any]) -> None:
        amount, currency = values.price(got.get("price"))
        rule = self.map.fields.get("price")
        if amount is not None and rule is not None:
            amount = round(amount / rule.divide, 4)
        made["price"] = amount
        named = values.text(got.get("currency"))
        made["currency"] = (values.price(f"1 {named}")[1] or named.upper() or None) if named else currency

    def _attributes(self, row: Mapping[str, Any]) -> dict[str, Value]:
        rules = self.map.attributes
        found: dict[str, Value] = {}
        for key, raw in row.items():
            if key not in self._names:
                self._names[key] = self._name(key)
            name = self._names[key]
            if name is None or raw is None or raw == "" or name in found:
                continue
            value = self._value(name, raw)
            if value is None or (isinstance(value, str) and len(value) > rules.longest):
                continue
            found[name] = value
            if len(found) >= rules.limit:
                break
        return found

    def _value(self, name: str, raw: Any) -> Value | None:
        rules = self.map.attributes
        if self.loose and isinstance(raw, str):
            return values.loose(raw, several="|;/、," if name in ("colour", "size") else "|;")
        if isinstance(raw, str) and raw in rules.flags:
            return rules.flags[raw]
        if name in rules.patterns:
            match = re.search(rules.patterns[name], str(raw))
            value = values.loose(match.group()) if match else None
        elif isinstance(raw, str) and rules.list_separator:
            value = values.attribute(re.split(rf"{re.escape(rules.list_separator)}(?=[^\s\d])|\\n", raw))
        else:
            value = values.attribute(raw)
        if name in rules.words:
            value = rules.words[name].get(str(value), value)
        if name in rules.scale and isinstance(value, (int, float)):
            value = values.scalar(round(value * rules.scale[name], 3))
        return value

    def _name(self, key: str) -> str | None:
        """What the attribute is called, None when it is not kept."""
        rules = self.map.attributes
        if any(key in rule.sources for rule in self.map.fields.values()) and key not in rules.rename:
            return None
        name = key
        for prefix in rules.prefixes:
            if key.startswith(prefix):
                name = key[len(prefix) :]
                break
        if rules.prefixes:
            name = re.sub(r"[_\s]+", " ", name).strip()
        name = rules.rename.get(key, rules.rename.get(name, name))
        if any(fnmatchcase(name, pattern) or fnmatchcase(key, pattern) for pattern in rules.drop):
            return None
        if rules.keep and not any(fnmatchcase(name, pattern) for pattern in rules.keep):
            return None
        return name
