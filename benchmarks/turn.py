"""How long a turn takes, beside another pipeline on the same model and server, and beside the bare model.

    python benchmarks/turn.py GOLD.jsonl --peer naive_chain.py --scorer score_dialogues.py [--dialogues 25]
        [--people 1 2 4] [--steps peer-justify peer people floor] [--folder turn-results] [--out turn.json]

One after the other, never at the same time: the peer with its justification, the peer without, our turns for one person
and for several at once, all on one server that is started here; then that server is ended and the floor is measured. Each step
keeps its raw results in the folder as it goes: an interrupted step goes on where it stopped, a finished one is not done again,
and `--steps` runs some apart. A folder belongs to one machine, model and set of dialogues; another setup is refused. The
table is made of whatever the folder holds. A whole run takes over an hour; let the machine do nothing else meanwhile.

What is measured
- The dialogues are told to one `Engine` over the sample shop, as the page does it, prose on; what a dialogue says is on
  screen is put there before its message. Seconds are the engine's own, from the message's arrival: `items` are the final
  items on screen, `first word` is the line above them, `last word` the last checked sentence.
- The peer runs as its own program, `PEER URL KEY GOLD OUT --limit N [--justify]`, and measures itself. It always justifies
  three items, so whole turns are compared where ours waited for the model's words about three; all turns are given as well.
- Several people: as many threads, each telling its share of the dialogues without a pause, which is harder than people are.
- Tokens are counted with the model's own tokenizer on the very texts that were sent and received (the server sends no count
  with a stream, so `bot/llm/client.py` only estimates). `read` is what follows the beginning that all prompts share, which
  the server keeps in its cache; `written` is the text and one token for the word that ends it.
- The floor: the same prompts in the same order through llama-cpp-python's own loop in this process, with the same threads,
  context and use of the cache, writing as many tokens as were written: no server, no search, no checks.

Speed is no test: run it when it matters. Without `--peer` or `--scorer` their figures are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import turn_table

import prompts
from bot.check import replay
from bot.engine import common_beginning, running, when_ready
from bot.llm import LLM, ModelStatus, Prompt, TextStream, Usage
from bot.llm.line import Place
from bot.llm.local import LocalModel
from bot.llm.server import thread_counts
from bot.llm.weights import find_or_fetch, weights_named
from bot.settings import Settings

STEPS = ("peer-justify", "peer", "people", "floor")
BUSY = 0.7  # a load above this before a step begins makes its figures doubtful
Row = dict[str, Any]


def main() -> None:
    told = arguments()
    told.folder.mkdir(parents=True, exist_ok=True)
    gold = told.folder / "gold.jsonl"
    dialogues = list(replay.read(told.gold))[: told.dialogues]
    text = "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in dialogues)
    talks = f"sqlite:///{(told.folder / 'talks.sqlite3').absolute()}"
    settings = Settings(model=told.model, prose=True, catalogue="shop", database=talks)
    setup = keep_setup(told.folder / "setup.json", settings, text)
    gold.write_text(text, "utf-8")

    steps = [s for s in told.steps if s != "floor" and (told.peer or s == "people")]
    todo = [name for step in steps for name in names(step, told.people) if not whole(told.folder, name, dialogues)]
    if todo:
        with running(settings) as engine:
            if not isinstance(engine.llm, LocalModel):
                sys.exit("Give --model default, small or a .gguf path: the peer and the floor need the same local model.")
            if not when_ready(engine, 1800, say):
                sys.exit(f"The model is not ready: {engine.llm.status.detail}")
            local, engine.llm = engine.llm, Recorder(engine.llm)
            for name in todo:
                begin(told.folder, name)
                if name.startswith("peer"):
                    run_peer(told.peer, local, told.folder, name, dialogues)
                else:
                    local.warm(common_beginning())
                    run_people(engine, engine.llm, told.folder, name, dialogues)
    if "floor" in told.steps and (told.folder / "people-1.jsonl").exists() and not whole(told.folder, "floor", dialogues):
        begin(told.folder, "floor")
        run_floor(settings, told.folder, setup["system"])

    figures = turn_table.figures(told.folder, told.scorer, model_file(settings), setup["system"])
    table = turn_table.markdown(figures)
    print(table)
    if told.out:
        told.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("gold", type=Path, help="dialogues, one JSON object a line")
    parser.add_argument("--peer", type=Path, help="the other pipeline's script")
    parser.add_argument("--scorer", type=Path, help="prints interest F1 with --json GOLD REPLAYED")
    parser.add_argument("--dialogues", type=int, default=25, help="the first so many")
    parser.add_argument("--people", type=int, nargs="+", default=[1, 2, 4], help="how many at once")
    parser.add_argument("--steps", nargs="*", choices=STEPS, default=STEPS, help="only these; none: only the table")
    parser.add_argument("--model", default="default", help="default, small or a .gguf path")
    parser.add_argument("--folder", type=Path, default=Path("turn-results"), help="where raw results are kept")
    parser.add_argument("--out", type=Path, help="also write all figures as JSON")
    return parser.parse_args()


def names(step: str, people: list[int]) -> list[str]:
    return [f"people-{n}" for n in people] if step == "people" else [step]


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


# What is kept


def keep_setup(path: Path, settings: Settings, gold: str) -> dict[str, Any]:
    """What every figure in the folder was measured on; exits when the folder holds figures of another setup."""
    writing, reading = thread_counts(settings.threads)
    weights = weights_named(settings.model)
    now = {
        "model": weights.name, "sha256": weights.sha256, "context": settings.context,
        "threads": {"writing": writing, "reading": reading}, "machine": machine(),
        "gold": hashlib.sha256(gold.encode()).hexdigest(), "system": prompts.text("system"),
        "catalogue": settings.catalogue, "longest wait": settings.longest_wait, "ask always": settings.ask_always,
    }  # fmt: skip
    if path.exists() and (kept := json.loads(path.read_text("utf-8"))["setup"]) != now:
        other = ", ".join(name for name in now if kept.get(name) != now[name])
        sys.exit(f"{path.parent} holds figures of another setup ({other}). Give another --folder, or remove this one.")
    if not path.exists():
        path.write_text(json.dumps({"setup": now, "steps": {}}, ensure_ascii=False, indent=1), "utf-8")
    return now


def machine() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        name = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        import platform

        name = platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores"


def begin(folder: Path, step: str) -> None:
    """Say that a step begins, and keep how busy the machine is with other things."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    path = folder / "setup.json"
    kept = json.loads(path.read_text("utf-8"))
    kept["steps"].setdefault(step, []).append({"begun": time.strftime("%Y-%m-%d %H:%M:%S"), "load": round(load, 2)})
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")
    busy = " The machine is busy: do not trust what follows." if load > BUSY and len(kept["steps"]) == 1 else ""
    say(f"{time.strftime('%H:%M:%S')} {step} (load {load:.2f}).{busy}")


def rows(folder: Path, name: str) -> list[Row]:
    """The dialogues that a step has finished; a line that was cut off is none."""
    path = folder / f"{name}.jsonl"
    if not path.exists():
        return []
    text = path.read_text("utf-8")
    kept = text[: text.rfind("\n") + 1]
    if kept != text:
        path.write_text(kept, "utf-8")
    return [json.loads(line) for line in kept.splitlines()]


def whole(folder: Path, name: str, dialogues: list[Row]) -> bool:
    """Whether a step has every dialogue, and every turn of it."""
    have = {row["id"]: len(row["turns"]) for row in rows(folder, name)}
    return all(have.get(d["id"]) == len(d["turns"]) for d in dialogues)


# The steps


def run_peer(script: Path, model: LocalModel, folder: Path, name: str, dialogues: list[Row]) -> None:
    """The peer's own program on our server, for the dialogues that are still missing."""
    gold, out = folder / f"{name}.todo.jsonl", folder / f"{name}.new.jsonl"
    keep_new(folder, name)  # of a run that was killed
    done = {row["id"] for row in rows(folder, name)}
    todo = [d for d in dialogues if d["id"] not in done]
    gold.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in todo), "utf-8")
    address = model.address
    assert address is not None
    command = [sys.executable, str(script), address.base_url, address.key, str(gold), str(out), "--limit", str(len(todo))]
    local = dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1,localhost")
    try:
        subprocess.run(
            command + (["--justify"] if name == "peer-justify" else []), env={**os.environ, **local}, check=True
        )
    except subprocess.CalledProcessError as error:
        sys.exit(f"{script.name} ended with code {error.returncode}; what it finished is kept.")
    finally:
        keep_new(folder, name)
        gold.unlink(missing_ok=True)


def keep_new(folder: Path, name: str) -> None:
    """Put what the peer finished to what it finished before: it begins its output anew each time."""
    fresh = rows(folder, f"{name}.new")
    with (folder / f"{name}.jsonl").open("a", encoding="utf-8") as kept:
        kept.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in fresh)
    (folder / f"{name}.new.jsonl").unlink(missing_ok=True)


def run_people(engine: Any, recorder: Recorder, folder: Path, name: str, dialogues: list[Row]) -> None:
    """So many people at once, each telling its share of the dialogues; alone, what is finished already is kept."""
    count = int(name.split("-")[1])
    path = folder / f"{name}.jsonl"
    if count > 1:
        path.unlink(missing_ok=True)  # half a run of several would end with fewer at once
    done = {row["id"]: len(row["turns"]) for row in rows(folder, name)}
    todo = [d for d in dialogues if done.get(d["id"]) != len(d["turns"])]
    guard, broken = threading.Lock(), list[str]()
    recorder.taken()

    def person(number: int) -> None:
        for dialogue in todo[number::count]:
            told: list[Row] = []
            try:
                for turn in replay.turns(engine, dialogue):
                    told.append({**turn, "calls": recorder.taken()} if count == 1 else turn)
            except Exception as error:  # a lost answer is what is looked for; it is counted, and the others go on
                with guard:
                    broken.append(f"{dialogue['id']}: {type(error).__name__}: {error}")
            row = {"id": dialogue["id"], "person": number, "turns": told}
            with guard, path.open("a", encoding="utf-8") as out:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
            say(f"  {name}: {dialogue['id']}")

    threads = [threading.Thread(target=person, args=(number,)) for number in range(count)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if count > 1:
        kept = {"seconds": round(time.monotonic() - begun, 1), "broken": broken, "calls": recorder.taken()}
        (folder / f"{name}.line.json").write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
    for words in broken:
        say(f"  {name}: broke off: {words}")


def run_floor(settings: Settings, folder: Path, system: str) -> None:
    """What the bare model takes for the calls that our turns made, one person's, in the same order."""
    import llama_cpp

    writing, reading = thread_counts(settings.threads)
    llama = llama_cpp.Llama(
        str(model_file(settings)), n_ctx=settings.context, n_threads=writing, n_threads_batch=reading, verbose=False
    )
    counting = turn_table.Counting(llama, system)
    for _ in llama.generate(counting.prompt(common_beginning().user), temp=0.0):
        break  # the beginning is read before anybody comes, as for the server
    path = folder / "floor.jsonl"
    done = {row["id"] for row in rows(folder, "floor")}
    for row in rows(folder, "people-1"):
        if row["id"] in done:
            continue
        turns = [{"calls": [bare(llama, counting, call) for call in turn["calls"]]} for turn in row["turns"]]
        with path.open("a", encoding="utf-8") as out:
            out.write(json.dumps({"id": row["id"], "turns": turns}) + "\n")
        say(f"  floor: {row['id']}")


def bare(llama: Any, counting: turn_table.Counting, call: Row) -> Row:
    """One call by llama-cpp-python's own loop: as many tokens written as were, whatever they are."""
    tokens, written = counting.prompt(call["user"]), counting.written(call)
    first, begun = 0.0, time.monotonic()
    if written:
        for number, _ in enumerate(llama.generate(tokens, temp=0.0), 1):
            first = first or time.monotonic() - begun
            if number == written:
                break
    return {"first": round(first, 3), "seconds": round(time.monotonic() - begun, 3), "written": written}


def model_file(settings: Settings) -> Path:
    return find_or_fetch(weights_named(settings.model), settings.cache_dir, lambda words, _: say(words))


# The model, watched


class Recorder:
    """The engine's model, with what it was asked, what it answered and how long that took."""

    def __init__(self, llm: LLM) -> None:
        self.llm = llm
        self._calls: list[Row] = []

    @property
    def status(self) -> ModelStatus:
        return self.llm.status

    @property
    def waiting(self) -> int:
        return self.llm.waiting

    def stream(self, prompt: Prompt, **asking: Any) -> Recorded:
        call: Row = {"user": prompt.user, "text": "", "begun": time.monotonic()}
        self._calls.append(call)
        return Recorded(self.llm.stream(prompt, **asking), call)

    def taken(self) -> list[Row]:
        """The calls since the last time."""
        calls, self._calls = self._calls, []
        return [{name: value for name, value in call.items() if name != "begun"} for call in calls]

    def close(self) -> None:
        self.llm.close()


class Recorded:
    """One answer of a `Recorder`."""

    def __init__(self, stream: TextStream, call: Row) -> None:
        self._stream, self._call = stream, call

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
            self._call.setdefault("first", round(time.monotonic() - self._call["begun"], 3))
            self._call["text"] += piece
            return piece
        except StopIteration:
            self._call["over"] = True
            raise
        except Exception as error:
            self._call["error"] = str(error)
            raise
        finally:
            self._call["seconds"] = round(time.monotonic() - self._call["begun"], 3)
            self._call["waited"] = round(self._stream.waited, 3)

    def close(self) -> None:
        self._stream.close()


if __name__ == "__main__":
    main()
