"""The table of `turn.py`: medians, 95th percentiles and ratios of what its folder holds. Nothing is measured here."""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Turns = dict[tuple[str, int], Row]  # by dialogue and number
TITLES = {"peer-justify": "peer, justifies", "peer": "peer", "people-1": "ours", "floor": "floor"}
AT_ONCE = 0.05  # seconds; a turn that does not ask the model ends with the line above its items
STEPS = {
    "understand": "understand, s",
    "items": "items on screen, s",
    "first_word": "first word, s",
    "total": "last word, s",
    "total, three items": "last word, three items, s",
    "read": "tokens read",
    "written": "tokens written",
    "waited": "in line, s",
}


class Counting:
    """The model's own count of tokens, by any `Llama` of its file."""

    def __init__(self, llama: Any, system: str) -> None:
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter

        self.llama, self.system = llama, system
        ends = (llama.detokenize([t], special=True).decode() for t in (llama.token_eos(), llama.token_bos()))
        self._chat = Jinja2ChatFormatter(llama.metadata["tokenizer.chat_template"], *ends)
        one, other = self.prompt("A"), self.prompt("B")
        self.beginning = next(n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)

    def prompt(self, user: str) -> list[int]:
        """The tokens that the server makes of a prompt."""
        messages: Any = [{"role": "system", "content": self.system}, {"role": "user", "content": user}]
        made = self._chat(messages=messages)
        tokens: list[int] = self.llama.tokenize(made.prompt.encode(), add_bos=not made.added_special, special=True)
        return tokens

    def read(self, call: Row) -> int:
        """Prompt tokens after the beginning that all prompts share."""
        return len(self.prompt(call["user"])) - self.beginning

    def written(self, call: Row) -> int:
        """Tokens of the answer, and one for the word that ended it; none when the model was not reached."""
        text = call.get("text", "")
        if not text and not call.get("over"):
            return 0
        return len(self.llama.tokenize(text.encode(), add_bos=False, special=False)) + bool(call.get("over"))


def figures(folder: Path, scorer: Path | None, model: Path, system: str) -> dict[str, Any]:
    """Everything that the folder tells: `columns` by step, `ratios`, and the setup."""
    import llama_cpp

    kept = json.loads((folder / "setup.json").read_text("utf-8"))
    gold = load(folder / "gold.jsonl")
    steps = ["peer-justify", "peer", *sorted((p.stem for p in folder.glob("people-?.jsonl")), key=str), "floor"]
    told = {name: load(folder / f"{name}.jsonl") for name in steps if (folder / f"{name}.jsonl").exists()}
    if ours := told.get("people-1"):
        counting = Counting(llama_cpp.Llama(str(model), vocab_only=True, verbose=False), system)
        for turn in ours.values():
            if turn["calls"]:
                turn["tokens"] = {k: sum(getattr(counting, k)(c) for c in turn["calls"]) for k in ("read", "written")}
    columns = {name: column(name, turns, told.get("people-1", {})) for name, turns in told.items()}
    for name, values in columns.items():
        if name != "floor":
            values["lost"] = len(gold.keys() - told[name].keys())
        if scorer and name != "floor":
            values["f1"] = scored(scorer, folder, name)
        if (line := folder / f"{name}.line.json").exists():
            values |= in_line(json.loads(line.read_text("utf-8")), told[name])
    setup = {name: value for name, value in kept["setup"].items() if name != "system"}
    return {"setup": setup, "steps": kept["steps"], "columns": columns, "ratios": ratios(told, columns)}


def load(path: Path) -> Turns:
    """Every turn of a file, by its dialogue and number."""
    dialogues = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {(d["id"], n): {**turn, "person": d.get("person")} for d in dialogues for n, turn in enumerate(d["turns"])}


def column(name: str, turns: Turns, ours: Turns) -> dict[str, Any]:
    """The figures of one step."""
    values: dict[str, Any] = {"turns": len(turns)}
    if name == "floor":
        spent = [sum(c["seconds"] for c in t["calls"]) for t in turns.values() if t["calls"]]
        three = [sum(c["seconds"] for c in turns[k]["calls"]) for k in with_three(ours) if k in turns]
        return values | {"total": spread(spent), "total, three items": spread(three)}
    for step in ("understand", "items", "first_word", "total"):
        values[step] = spread([t["seconds"][step] for t in turns.values() if step in t["seconds"]])
    chosen = turns if name.startswith("peer") else with_three(turns)
    values["total, three items"] = spread([t["seconds"]["total"] for t in chosen.values() if "total" in t["seconds"]])
    for what in ("read", "written"):
        values[what] = spread([t["tokens"][what] for t in turns.values() if "tokens" in t])
    if name.startswith("peer"):
        values["unreadable answers"] = sum("act" not in t for t in turns.values())
    else:
        values["asked the model"] = sum(bool(t["llm"]["calls"]) for t in turns.values())
    return values


def with_three(turns: Turns) -> Turns:
    """The turns that showed three items and then waited for the model's words about them."""
    return {
        key: turn
        for key, turn in turns.items()
        if len(turn["shown"]) == 3 and turn["seconds"]["total"] - turn["seconds"]["first_word"] > AT_ONCE
    }


def in_line(line: Row, turns: Turns) -> dict[str, Any]:
    """What several people had of each other: seconds in line, and whether one waited longer than the others."""
    waits = [call["waited"] for call in line["calls"] if "waited" in call]
    people: dict[int, list[float]] = {}
    for turn in turns.values():
        people.setdefault(turn["person"], []).append(turn["seconds"]["total"])
    medians = [statistics.median(seconds) for seconds in people.values()]
    return {
        "waited": spread(waits) | {"max": max(waits, default=0.0)},
        "max / median wait": ratio(max(waits, default=0.0), statistics.median(waits) if waits else 0.0),
        "slowest person / median person": ratio(max(medians), statistics.median(medians)) if medians else None,
        "answered by templates": sum("error" in call for call in line["calls"]),
        "broken": line["broken"],
        "whole run, s": line["seconds"],
    }


def ratios(told: dict[str, Turns], columns: dict[str, Any]) -> list[Row]:
    """Ours beside what is wanted of it."""
    found: list[Row] = []

    def add(what: str, ours: float | None, other: float | None, most: float | None) -> None:
        if ours is not None and other is not None:
            value = ratio(ours, other)
            met = None if most is None or value is None else value <= most
            found.append({"what": what, "ours": ours, "other": other, "ratio": value, "most": most, "met": met})

    def median(name: str, step: str) -> float | None:
        return (columns.get(name, {}).get(step) or {}).get("median")

    understood = median("peer-justify", "understand")
    add("understand / peer that justifies", median("people-1", "understand"), understood, 0.15)
    add("understand / peer", median("people-1", "understand"), median("peer", "understand"), 0.35)
    add("items / understanding of the peer that justifies", median("people-1", "items"), understood, 0.17)
    ours, peer, floor = (told.get(name, {}) for name in ("people-1", "peer-justify", "floor"))
    three = with_three(ours)
    both = [k for k in three if "total" in peer.get(k, {"seconds": {}})["seconds"]]
    add("last word, three items / peer, the same turns", middle([ours[k] for k in both]), middle([peer[k] for k in both]), 0.25)
    add("last word, three items / peer, all its turns", middle(list(three.values())), median("peer-justify", "total"), 0.25)
    add("last word, all turns / peer", median("people-1", "total"), median("peer-justify", "total"), None)
    for what, most in (("read", 150), ("written", 110)):
        if value := median("people-1", what):
            found.append({"what": f"tokens {what} a turn", "ours": value, "most": most, "met": value <= most})
    if asked := [k for k in floor if floor[k]["calls"] and k in ours]:
        bare = {k: sum(c["seconds"] for c in floor[k]["calls"]) for k in asked}
        whole = statistics.median(ours[k]["seconds"]["total"] for k in asked)
        model = statistics.median(sum(c["seconds"] - c["waited"] for c in ours[k]["calls"]) for k in asked)
        add("last word / floor, turns that ask the model", whole, statistics.median(bare.values()), None)
        add("the model's part of it / floor", model, statistics.median(bare.values()), None)
    for name in ("peer-justify", "peer"):
        mine, other = (columns.get(n, {}).get("f1", {}).get("all") for n in ("people-1", name))
        if mine is not None and other is not None:
            found.append({"what": f"interest F1, {TITLES[name]}", "ours": mine, "other": other, "met": mine > other})
    return found


def middle(turns: list[Row]) -> float | None:
    return statistics.median(t["seconds"]["total"] for t in turns) if turns else None


def ratio(one: float, other: float) -> float | None:
    return round(one / other, 3) if other else None


def spread(values: list[float]) -> dict[str, float]:
    """Median and 95th percentile (nearest rank)."""
    if not values:
        return {}
    ordered = sorted(values)
    return {"median": round(statistics.median(ordered), 3), "p95": round(ordered[math.ceil(0.95 * len(ordered)) - 1], 3)}


def scored(scorer: Path, folder: Path, name: str) -> dict[str, float]:
    """Interest F1 by the scorer, for all and by language."""
    command = [sys.executable, str(scorer), str(folder / "gold.jsonl"), str(folder / f"{name}.jsonl"), "--json"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return {group: v["interest_f1"] for group, v in json.loads(said.stdout).items() if isinstance(v, dict)}
    except (json.JSONDecodeError, KeyError):
        sys.exit(f"{scorer} did not print its scores: {said.stderr.strip() or said.stdout[:200]}")


def markdown(told: dict[str, Any]) -> str:
    """The tables in words that stand alone."""
    setup, columns = told["setup"], told["columns"]
    threads = setup["threads"]
    lines = [
        f"{setup['model']} on {setup['machine']}; {threads['writing']} thread(s) write, {threads['reading']} read; context "
        f"{setup['context']}; {max((c['turns'] for c in columns.values()), default=0)} turns. Median / 95th percentile.",
        "",
        "| | " + " | ".join(TITLES.get(n, f"ours, {n[-1]} at once") for n in columns) + " |",
        "|---|" + "---:|" * len(columns),
    ]
    for step, title in STEPS.items():
        cells = [shown(c.get(step)) for c in columns.values()]
        if any(cells):
            lines.append(f"| {title} | " + " | ".join(cells) + " |")
    plain = ("turns", "asked the model", "unreadable answers", "answered by templates", "lost", "max / median wait",
             "slowest person / median person", "whole run, s")  # fmt: skip
    for name in plain:
        if any(c.get(name) is not None for c in columns.values()):
            lines.append(f"| {name} | " + " | ".join(str(c.get(name, "")) for c in columns.values()) + " |")
    if any("f1" in c for c in columns.values()):
        cells = [f"{c['f1']['all']:.3f}" if "f1" in c else "" for c in columns.values()]
        lines.append("| interest F1 | " + " | ".join(cells) + " |")
    lines += ["", "| | ours | other | ratio | at most | |", "|---|---:|---:|---:|---:|---|"]
    for r in told["ratios"]:
        met = {True: "met", False: "**not met**", None: ""}[r.get("met")]
        cells = [f"{r[k]:g}" if r.get(k) is not None else "" for k in ("ours", "other", "ratio", "most")]
        lines.append(f"| {r['what']} | " + " | ".join(cells) + f" | {met} |")
    loads = "; ".join(f"{name} {b['begun']}, load {b['load']}" for name, began in told["steps"].items() for b in began)
    return "\n".join([*lines, "", f"Steps began: {loads}."])


def shown(values: dict[str, float] | None) -> str:
    return f"{values['median']:g} / {values['p95']:g}" if values else ""
