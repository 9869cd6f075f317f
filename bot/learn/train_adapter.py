"""Trains an adapter (`bot/learn/adapter.py`) with PyTorch on the CPU: contrastive, and by cross-entropy where there are labels.

A text is drawn with one item that was right for it. The loss tells that item from the batch's other items and from hard
negatives, those that the frozen vectors take for right (InfoNCE, van den Oord 2018); items known to be right for the same
text are no negatives. Pairs with a grade of 0 add a binary cross-entropy. Early stopping looks at nDCG@10 of texts that are
not trained on. The same seed gives the same matrices, stopped and taken up again or not. `tests/test_adapter.py`.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from bot.errors import BadInput
from bot.learn.adapter import Adapter, Header, Low, Sides
from bot.learn.pairs import Pair, digest
from vectorstore.embeddings import Embedder, Vectors

if TYPE_CHECKING:
    import torch

Progress = Callable[[str, int, int], None]
MISSING = 'Training needs PyTorch and what goes with it, which is not installed: python -m pip install "rapport[train]"'
CHECKPOINT = "checkpoint.pt"


@dataclass(frozen=True)
class Options:
    """How an adapter is trained. `--search N` looks for better ones."""

    sides: Sides = "both"  # what is trained; the other side stays frozen
    rank: int = 16
    rate: float = 3e-4
    decay: float = 0.02
    dropout: float = 0.3
    batch: int = 32
    epochs: int = 25
    patience: int = 6
    temperature: float = 0.1
    hard: int = 8  # hard negatives a text
    labelled: float = 0.3  # weight of the cross-entropy beside the contrastive loss
    seed: int = 0


@dataclass
class Texts:
    """Pairs as numbers: a row a text, with the items that are right and wrong for it."""

    names: list[str]
    vectors: Vectors
    right: list[dict[int, float]]  # item row -> grade
    wrong: list[list[int]]
    whose: list[str]

    @classmethod
    def of(cls, pairs: Sequence[Pair], rows: Mapping[str, int], embed: Callable[[Sequence[str]], Vectors]) -> Texts:
        """Pairs of items that are not there are left out, and texts for which nothing is right."""
        right: dict[str, dict[int, float]] = defaultdict(dict)
        wrong: dict[str, list[int]] = defaultdict(list)
        whose: dict[str, str] = {}
        for pair in pairs:
            if pair.item in rows:
                whose.setdefault(pair.text, pair.whose)
                if pair.grade > 0:
                    right[pair.text][rows[pair.item]] = pair.grade
                else:
                    wrong[pair.text].append(rows[pair.item])
        names = [text for text in whose if right[text]]
        return cls(names, embed(names), [right[n] for n in names], [wrong[n] for n in names], [whose[n] for n in names])

    def __len__(self) -> int:
        return len(self.names)


@dataclass
class Trained:
    """An adapter, and how it went."""

    adapter: Adapter
    history: list[dict[str, float]] = field(default_factory=list)  # epoch, loss, validation
    best: float = 0.0
    epochs: int = 0


def gains(ranked: npt.NDArray[np.int64], grades: Mapping[int, float], deep: int = 10) -> float:
    """nDCG of one ranking against the grades of its items."""
    got = np.asarray([grades.get(int(row), 0.0) for row in ranked[:deep]])
    ideal = np.sort(np.asarray(list(grades.values())))[::-1][:deep]
    discount = 1 / np.log2(np.arange(2, deep + 2))
    return float((got * discount[: len(got)]).sum() / (ideal * discount[: len(ideal)]).sum())


def measured(texts: Texts, items: Vectors, adapter: Adapter | None) -> list[float]:
    """nDCG@10 of each text over all items, by the cosine alone."""
    queries = adapter.queries(texts.vectors) if adapter else texts.vectors
    table = adapter.items(items) if adapter else items
    found = []
    for place in range(0, len(texts), 256):
        scores = queries[place : place + 256] @ table.T
        top = np.argsort(-scores, axis=1, kind="stable")[:, :10]
        found += [gains(top[row], texts.right[place + row]) for row in range(len(top))]
    return found


def train(
    training: Sequence[Pair],
    validation: Sequence[Pair],
    items: Vectors,
    rows: Mapping[str, int],
    embed: Callable[[Sequence[str]], Vectors],
    embedder: Embedder,
    options: Options = Options(),
    progress: Progress = lambda what, done, of: None,
    work: Path | None = None,
    logs: Path | None = None,
    resume: bool = False,
    stop_after: int | None = None,
) -> Trained:
    """An adapter for the items' centred vectors `items` and the texts' `embed`.

    `work` keeps a checkpoint after every epoch, and `resume` goes on from it; `logs` is for TensorBoard. BadInput when
    PyTorch is missing or nothing can be learned. `stop_after` ends early, as an interruption would.
    """
    torch = with_torch()
    taught, held = Texts.of(training, rows, embed), Texts.of(validation, rows, embed)
    if not len(taught) or not len(held):
        raise BadInput(
            f"There is nothing to learn from: {len(taught)} texts to train on and {len(held)} to validate with name an item of "
            "the catalogue as right."
        )
    torch.manual_seed(options.seed)
    net = _steps(torch, items.shape[1], options)
    optimiser = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=options.decay)
    loss_of = _Loss(torch, taught, items, options)
    header = Header(embedder.name, embedder.checksum, items.shape[1], options.rank, options.sides, options.seed, digest(training))
    begun, state = 0, _State(best=float(np.mean(measured(held, items, None))), matrices=net.matrices())
    path = work / CHECKPOINT if work else None
    if path and resume and path.exists():
        begun, state = _load(torch, path, net, optimiser, header, options)
    writer = _writer(logs)
    for epoch in range(begun, options.epochs):
        if state.waited >= options.patience or (stop_after is not None and epoch >= stop_after):
            break
        torch.manual_seed(options.seed * 100_003 + epoch)  # so that taking up again draws the same
        order = np.random.default_rng([options.seed, epoch]).permutation(loss_of.pairs)
        net.train()
        total = 0.0
        steps = range(0, len(order), options.batch)
        for start in steps:
            optimiser.zero_grad()
            loss = loss_of(net, order[start : start + options.batch], epoch)
            loss.backward()
            optimiser.step()
            total += float(loss.detach())
        net.eval()
        value = float(np.mean(measured(held, items, net.adapter(header))))
        state.after(epoch, total / len(steps), value, net.matrices())
        if writer:
            writer.add_scalar("loss", total / len(steps), epoch)
            writer.add_scalar("validation nDCG@10", value, epoch)
        if path:
            _save(torch, path, net, optimiser, header, options, epoch + 1, state)
        progress("training the adapter", epoch + 1, options.epochs)
    if writer:
        writer.close()
    progress("training the adapter", options.epochs, options.epochs)
    return Trained(net.adapter(header, state.matrices), state.history, state.best, len(state.history))


def with_torch() -> Any:
    """PyTorch, on as many threads as `OMP_NUM_THREADS` allows. BadInput says what to install."""
    try:
        import torch
    except ImportError as error:
        raise BadInput(MISSING) from error
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1))
    return torch


@dataclass
class _State:
    best: float
    matrices: dict[str, Any]
    waited: int = 0
    history: list[dict[str, float]] = field(default_factory=list)

    def after(self, epoch: int, loss: float, value: float, matrices: dict[str, Any]) -> None:
        self.history.append({"epoch": epoch, "loss": loss, "validation": value})
        if value > self.best + 1e-6:
            self.best, self.waited, self.matrices = value, 0, matrices
        else:
            self.waited += 1


def _steps(torch: Any, dimension: int, options: Options) -> Any:
    """The matrices as a module. `up` begins at nought: before the first step nothing is moved."""

    class Steps(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            sides = ("query", "item") if options.sides == "both" else (options.sides,)
            self.down = torch.nn.ParameterDict(
                {side: torch.nn.Parameter(torch.randn(dimension, options.rank) / dimension**0.5) for side in sides}
            )
            self.up = torch.nn.ParameterDict({side: torch.nn.Parameter(torch.zeros(options.rank, dimension)) for side in sides})
            self.sharp = torch.nn.Parameter(torch.tensor([10.0, -3.0]))  # of the cross-entropy: slope and bias
            self.drop = torch.nn.Dropout(options.dropout)

        def forward(self, vectors: torch.Tensor, side: str) -> torch.Tensor:
            if side not in self.down:
                return vectors
            return torch.nn.functional.normalize(vectors + (self.drop(vectors) @ self.down[side]) @ self.up[side], dim=1)

        def matrices(self) -> dict[str, Any]:
            every = {f"{side}_{name}": getattr(self, name)[side] for side in self.down for name in ("down", "up")}
            return {name: matrix.detach().numpy().copy() for name, matrix in every.items()}

        def adapter(self, header: Header, matrices: Mapping[str, Any] | None = None) -> Adapter:
            held = self.matrices() if matrices is None else matrices
            steps = {s: Low(held[f"{s}_down"], held[f"{s}_up"]) for s in ("query", "item") if f"{s}_down" in held}
            return Adapter(header, steps.get("query"), steps.get("item"))

    return Steps()


class _Loss:
    """The loss of a batch of texts: each with one of its items, drawn anew each epoch."""

    def __init__(self, torch: Any, texts: Texts, items: Vectors, options: Options) -> None:
        self.torch, self.texts, self.options = torch, texts, options
        self.items = torch.from_numpy(np.ascontiguousarray(items))
        self.queries = torch.from_numpy(np.ascontiguousarray(texts.vectors))
        # a text with many right items is drawn more often, but not as often as it has items
        self.pairs = np.repeat(np.arange(len(texts)), [int(np.ceil(len(r) ** 0.5)) for r in texts.right])
        self.hard = self._hard(items)

    def _hard(self, items: Vectors) -> npt.NDArray[np.int64]:
        """For each text the nearest items that nobody called right."""
        wanted = min(4 * self.options.hard, len(items) - 1)
        found = np.zeros((len(self.texts), wanted), np.int64)
        for row, right in enumerate(self.texts.right):
            scores = items @ self.texts.vectors[row]
            scores[list(right)] = -np.inf
            found[row] = np.argsort(-scores, kind="stable")[:wanted]
        return found

    def __call__(self, net: Any, batch: npt.NDArray[np.int64], epoch: int) -> Any:
        torch, options = self.torch, self.options
        draw = np.random.default_rng([options.seed, epoch, int(batch[0]), len(batch)])
        positive = np.empty(len(batch), np.int64)
        for place, text in enumerate(batch):
            rows, grades = zip(*self.texts.right[text].items(), strict=True)
            positive[place] = draw.choice(rows, p=np.asarray(grades) / sum(grades))
        hard = draw.permuted(self.hard[batch], axis=1)[:, : options.hard]
        pool = np.unique(np.concatenate([positive, hard.ravel()]))
        place_of = {int(row): place for place, row in enumerate(pool)}
        queries = net(self.queries[torch.from_numpy(batch)], "query")
        pooled = net(self.items[torch.from_numpy(pool)], "item")
        cosines = queries @ pooled.T
        masked = np.zeros(cosines.shape, bool)
        for place, text in enumerate(batch):  # what is right for the text, too, is no negative
            also = [place_of[row] for row in self.texts.right[text] if row in place_of and row != positive[place]]
            masked[place, also] = True
        target = torch.as_tensor([place_of[int(row)] for row in positive])
        told = (cosines / options.temperature).masked_fill(torch.from_numpy(masked), float("-inf"))
        loss = torch.nn.functional.cross_entropy(told, target)
        return loss + options.labelled * self._labelled(net, batch, draw)

    def _labelled(self, net: Any, batch: npt.NDArray[np.int64], draw: np.random.Generator) -> Any:
        """Binary cross-entropy over pairs that somebody called right or wrong."""
        torch, texts = self.torch, self.texts
        which = [int(t) for t in dict.fromkeys(batch.tolist()) if texts.wrong[int(t)]]
        if not which or not self.options.labelled:
            return torch.zeros(())
        told = [(t, row, grade) for t in which for row, grade in texts.right[t].items()]
        told += [(t, row, 0.0) for t in which for row in texts.wrong[t]]
        if len(told) > 512:
            told = [told[n] for n in draw.choice(len(told), 512, replace=False)]
        t, rows, grades = (np.asarray(column) for column in zip(*told, strict=True))
        left, right = net(self.queries[torch.from_numpy(t)], "query"), net(self.items[torch.from_numpy(rows)], "item")
        likely = net.sharp[0] * (left * right).sum(dim=1) + net.sharp[1]
        return torch.nn.functional.binary_cross_entropy_with_logits(likely, torch.as_tensor(grades, dtype=torch.float32))


def _save(torch: Any, path: Path, net: Any, optimiser: Any, header: Header, options: Options, epoch: int, state: _State) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    matrices = {name: torch.from_numpy(value) for name, value in state.matrices.items()}
    torch.save(
        {
            "net": net.state_dict(), "optimiser": optimiser.state_dict(), "epoch": epoch, "matrices": matrices,
            "best": state.best, "waited": state.waited, "history": state.history,
            "of": {"checksum": header.checksum, "data": header.data, **asdict(options)},
        },
        beside,
    )  # fmt: skip
    beside.replace(path)


def _load(torch: Any, path: Path, net: Any, optimiser: Any, header: Header, options: Options) -> tuple[int, _State]:
    kept = torch.load(path, weights_only=True)
    if kept["of"] != {"checksum": header.checksum, "data": header.data, **asdict(options)}:
        raise BadInput(f"{path} is of another training: other data, options or embedding. Leave --resume out to begin anew.")
    net.load_state_dict(kept["net"])
    optimiser.load_state_dict(kept["optimiser"])
    matrices = {name: value.numpy() for name, value in kept["matrices"].items()}
    return kept["epoch"], _State(kept["best"], matrices, kept["waited"], kept["history"])


def _writer(logs: Path | None) -> Any:
    """TensorBoard's, where it is installed and wanted."""
    if logs is None:
        return None
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise BadInput(MISSING) from error
    return SummaryWriter(str(logs))
