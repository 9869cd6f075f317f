"""The chance that somebody turns to an item and likes it: a small network over features, served as numpy matrices.

    f = (features − mean) / spread        score = f·direct + relu(relu(f·W1 + b1)·W2 + b2)·w3        chance = σ(a·score + b)

Several networks that began elsewhere are averaged. `bot/learn/train_clicks.py` makes it; `bot/learn/signals.py` has the
features; `tests/test_clicks.py` notices a change.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bot.errors import RapportError
from bot.learn.signals import NAMES, Floats

FORMAT = 1
LAYERS = ("direct", "w1", "b1", "w2", "b2", "w3")


@dataclass(frozen=True)
class ClickModel:
    """What is served."""

    mean: Floats
    spread: Floats
    networks: tuple[dict[str, Floats], ...]
    slope: float = 1.0  # of the calibration
    bias: float = 0.0
    said: dict[str, Any] = field(default_factory=dict)  # seed, data, metrics

    def scores(self, features: Floats) -> Floats:
        """By which items are ranked; shape (…, features) -> (…)."""
        told = (features - self.mean) / self.spread
        every = [_forward(told, network) for network in self.networks]
        return np.asarray(np.mean(every, axis=0), np.float32)

    def chances(self, features: Floats) -> Floats:
        """How likely it is that the item is liked, beside one drawn at random."""
        return np.asarray(1 / (1 + np.exp(-(self.slope * self.scores(features) + self.bias))), np.float32)

    def save(self, path: Path) -> None:
        arrays: dict[str, Any] = {"mean": self.mean, "spread": self.spread}
        for number, network in enumerate(self.networks):
            arrays.update({f"{number}_{name}": network[name] for name in LAYERS})
        head = {"format": FORMAT, "features": NAMES, "slope": self.slope, "bias": self.bias, "said": self.said}
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, header=json.dumps(head), **arrays)

    @classmethod
    def load(cls, path: Path) -> ClickModel:
        """One that was saved. RapportError when it is none, or when it was trained on other features."""
        try:
            with np.load(path, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            head = json.loads(str(arrays["header"]))
            if head["format"] != FORMAT or tuple(head["features"]) != NAMES:
                raise ValueError("it weighs other features")
            count = sum(name.endswith("_direct") for name in arrays)
            networks = tuple({name: arrays[f"{n}_{name}"] for name in LAYERS} for n in range(count))
            return cls(arrays["mean"], arrays["spread"], networks, head["slope"], head["bias"], head["said"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RapportError(
                f"{path} is not a click model that can be used ({error}). Train one: rapport train clicks"
            ) from error


def _forward(told: Floats, network: dict[str, Floats]) -> Floats:
    hidden = np.maximum(told @ network["w1"] + network["b1"], 0)
    hidden = np.maximum(hidden @ network["w2"] + network["b2"], 0)
    return np.asarray(told @ network["direct"] + hidden @ network["w3"], np.float32)


def calibrated(model: ClickModel, features: Floats, liked: Floats, steps: int = 100) -> ClickModel:
    """With slope and bias under which what is known is likeliest (Platt 1999), by Newton's method."""
    scores = model.scores(features).astype(np.float64).ravel()
    truth = liked.astype(np.float64).ravel()
    told = np.stack([scores, np.ones_like(scores)], axis=1)
    weights = np.zeros(2)
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-told @ weights))
        slope = told.T @ (truth - chance) - 1e-3 * weights
        spread = (told * (chance * (1 - chance))[:, None]).T @ told + 1e-3 * np.eye(2)
        step = np.linalg.solve(spread, slope)
        weights = weights + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-6:
            break
    return ClickModel(model.mean, model.spread, model.networks, float(weights[0]), float(weights[1]), model.said)
