"""Trains a click model (`bot/learn/clicks.py`) with PyTorch: each liked item against others that the person had not turned to.

The loss is the softmax over each list, so that the order of the first counts, and the logistic loss over pairs, in which all
places count alike. AdamW, dropout, early stopping on nDCG@10 of lists from a later time. The same seed gives the same model.
`tests/test_clicks.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.errors import BadInput
from bot.learn.clicks import ClickModel, calibrated
from bot.learn.signals import Floats
from bot.learn.train_adapter import Progress, with_torch


@dataclass(frozen=True)
class Options:
    """How a click model is trained."""

    hidden: int = 48
    second: int = 24
    rate: float = 4e-3
    decay: float = 0.05
    dropout: float = 0.0
    pairs: float = 2.0  # weight of the loss over pairs, which counts all places alike, beside that over lists
    batch: int = 256
    epochs: int = 15
    patience: int = 4
    networks: int = 3
    seed: int = 0


def gain(scores: Floats) -> float:
    """nDCG@10 where the first of each list is the one that was liked."""
    place = (scores[:, 1:] > scores[:, :1]).sum(axis=1) + 0.5 * (scores[:, 1:] == scores[:, :1]).sum(axis=1)
    return float(np.where(place < 10, 1 / np.log2(place + 2), 0).mean())


def train(
    training: Floats,
    validation: Floats,
    options: Options = Options(),
    progress: Progress = lambda what, done, of: None,
    history: list[dict[str, float]] | None = None,
) -> ClickModel:
    """From lists of shape (moments, items, features), the liked item first in each."""
    if not len(training) or not len(validation):
        raise BadInput(
            f"There is nothing to learn from: {len(training)} moments to train on and {len(validation)} to validate with."
        )
    torch = with_torch()
    flat = training.reshape(-1, training.shape[2])
    mean, spread = flat.mean(axis=0), np.maximum(flat.std(axis=0), 1e-6)
    told = torch.from_numpy((training - mean) / spread)
    networks = []
    for number in range(options.networks):
        networks.append(_one(torch, told, validation, mean, spread, options, number, history if history is not None else []))
        progress("training the click model", number + 1, options.networks)
    model = ClickModel(mean.astype(np.float32), spread.astype(np.float32), tuple(networks))
    pair = validation[:, :2]
    liked = np.zeros(pair.shape[:2], np.float32)
    liked[:, 0] = 1
    return calibrated(model, pair, liked)


def _one(
    torch: Any, told: Any, validation: Floats, mean: Floats, spread: Floats, options: Options, number: int,
    history: list[dict[str, float]],
) -> dict[str, Floats]:  # fmt: skip
    torch.manual_seed(options.seed * 1009 + number)
    net = _Network(torch, told.shape[2], options)
    optimiser = torch.optim.AdamW(net.parameters, lr=options.rate, weight_decay=options.decay)
    best, kept, waited = -1.0, net.exported(), 0
    for epoch in range(options.epochs):
        order = torch.from_numpy(np.random.default_rng([options.seed, number, epoch]).permutation(len(told)))
        total = 0.0
        for start in range(0, len(order), options.batch):
            optimiser.zero_grad()
            scores = net(told[order[start : start + options.batch]], training=True)
            loss = -torch.log_softmax(scores, dim=1)[:, 0].mean()
            if options.pairs:
                loss = loss + options.pairs * torch.nn.functional.softplus(scores[:, 1:] - scores[:, :1]).mean()
            loss.backward()
            optimiser.step()
            total += float(loss.detach()) * len(scores)
        exported = net.exported()
        value = gain(ClickModel(mean, spread, (exported,)).scores(validation))
        history.append({"network": number, "epoch": epoch, "loss": total / len(told), "validation": value})
        if value > best + 1e-5:
            best, kept, waited = value, exported, 0
        else:
            waited += 1
            if waited >= options.patience:
                break
    return kept


class _Network:
    """A straight line and two layers beside it."""

    def __init__(self, torch: Any, width: int, options: Options) -> None:
        self._torch, self._dropout = torch, options.dropout
        shapes = {
            "direct": (width,), "w1": (width, options.hidden), "b1": (options.hidden,), "w2": (options.hidden, options.second),
            "b2": (options.second,), "w3": (options.second,),
        }  # fmt: skip
        self._held = {
            name: torch.nn.Parameter(torch.zeros(shape) if name[0] in "bd" else torch.randn(shape) / shape[0] ** 0.5)
            for name, shape in shapes.items()
        }

    @property
    def parameters(self) -> list[Any]:
        return list(self._held.values())

    def __call__(self, told: Any, training: bool = False) -> Any:
        h, drop = self._held, self._torch.nn.functional.dropout
        hidden = drop((told @ h["w1"] + h["b1"]).relu(), self._dropout, training)
        hidden = drop((hidden @ h["w2"] + h["b2"]).relu(), self._dropout, training)
        return told @ h["direct"] + hidden @ h["w3"]

    def exported(self) -> dict[str, Floats]:
        """The matrices as numpy has them."""
        return {name: matrix.detach().numpy().copy() for name, matrix in self._held.items()}
