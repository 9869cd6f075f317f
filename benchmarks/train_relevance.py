"""Train and measure the filter that tells wishes from talk (`bot/rules/relevance.py`).

    python benchmarks/train_relevance.py DIALOGUES.jsonl [--write]

Reads dialogues with the interest state after each turn (id, turns: user, shown, state), labels each noun phrase that the
rules find by whether the state holds it, and prints precision, recall and F1 of rules alone and of the filter by 10-fold
cross-validation over dialogues. `--write` keeps the weights that were trained on all of them. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import base64
import json
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_fscore_support
from sklearn.model_selection import GroupKFold

from bot.check.replay import shown_item
from bot.engine import embedder
from bot.rules import references, relevance, spelling
from bot.rules.background import Background
from bot.rules.numbers import limits
from bot.rules.points import found_in
from bot.settings import Settings
from bot.understand import points_at
from vectorstore.catalogue import Catalogue, ensure_samples
from vectorstore.words import fold, is_chinese, tokens


def says(point: str, wording: str) -> bool:
    """Whether a phrase and a wording of the state are the same but for one word (two Chinese characters)."""
    if is_chinese(wording):
        a, b = fold(point).replace(" ", ""), fold(wording).replace(" ", "")
        return (a in b or b in a) and abs(len(a) - len(b)) <= 2
    first, second = set(tokens(point)), set(tokens(wording))
    return bool(first) and bool(second) and (first <= second or second <= first) and len(first ^ second) <= 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dialogues", type=Path)
    parser.add_argument("--write", action="store_true", help="keep the weights in bot/rules/relevance.json")
    parser.add_argument("--strength", type=float, default=0.1, help="of the regression (scikit-learn's C)")
    given = parser.parse_args()
    settings = Settings()
    model = embedder(settings.embedding, Path(settings.cache_dir))

    with tempfile.TemporaryDirectory() as root:
        ensure_samples(Path(root), model)
        background = Background.of(Catalogue.open(settings.catalogue, Path(root), model))

    rows, texts, labels, groups, believed = [], [], [], [], []
    for number, line in enumerate(given.dialogues.read_text("utf-8").splitlines()):
        for turn in json.loads(line)["turns"]:
            screen = [shown_item(row) for row in turn.get("shown") or []]
            message = turn["user"]
            keep = {w for item in screen for w in tokens(item.title)}
            read = limits(spelling.mended(message, background.words, keep)[0])
            refers = references.on_screen(message, screen)
            free = [p for p in found_in(read.text, read.spans) if not points_at(p.change(), screen, refers)]
            if not free:
                continue
            rows.append(relevance.features(message, free, bool(screen), background.words))
            held = [w for side in ("likes", "dislikes") for point in turn["state"][side] for w in point]
            for phrase in free:
                texts.append(phrase.text)
                labels.append(any(says(phrase.text, w) for w in held))
                groups.append(number)
                believed.append(phrase.believed)
    x = np.hstack([np.vstack(rows), relevance.STRETCH * np.asarray(model.queries(texts), np.float32)])
    y, group = np.asarray(labels), np.asarray(groups)

    chance = np.zeros(len(y))
    for train, test in GroupKFold(10).split(x, y, group):
        fitted = LogisticRegression(C=given.strength, max_iter=4000).fit(x[train], y[train])
        chance[test] = fitted.predict_proba(x[test])[:, 1]
    print(f"{len(y)} phrases, {y.mean():.2f} of them wishes")
    print("rules alone    P {:.3f} R {:.3f} F1 {:.3f}".format(*scores(y, np.asarray(believed))))
    best = max(np.arange(0.2, 0.7, 0.025), key=lambda t: scores(y, chance >= t)[2])
    print("with the filter P {:.3f} R {:.3f} F1 {:.3f}  threshold {:.3f}".format(*scores(y, chance >= best), best))
    if given.write:
        fitted = LogisticRegression(C=given.strength, max_iter=4000).fit(x, y)
        weights = base64.b64encode(fitted.coef_[0].astype(np.float32).tobytes()).decode()
        bias = float(fitted.intercept_[0])
        kept = {"model": model.checksum, "threshold": round(float(best), 3), "bias": bias, "weights": weights}
        Path(relevance.__file__).with_suffix(".json").write_text(json.dumps(kept) + "\n", "utf-8")


def scores(y: np.ndarray, found: np.ndarray) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    precision, recall, f1, _ = precision_recall_fscore_support(y, found, average="binary")
    return precision, recall, f1


if __name__ == "__main__":
    main()
