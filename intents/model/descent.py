"""Fit a multinomial logistic regression on sparse features, quickly and the same each time.

Small batches with a rate that shrinks where a feature has moved much (AdaGrad, one rate a feature); the weights are
averaged over the second half of the way. On the catalogue this is as right as scikit-learn's linear classifiers, in a
quarter of the time, and its probabilities compete over all labels at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

EPOCHS = 4
BATCH = 512
RATE = 0.4
# Averaging costs as much as a batch: every so many are enough.
_AVERAGE_EVERY = 16
_BIAS_RATE = 0.01


@dataclass(frozen=True)
class Fit:
    """Hold the weights of a training: a row for each feature, a column for each label."""

    weights: Floats
    bias: Floats

    def scores(self, features: Any) -> Floats:
        """Score many messages."""
        return np.asarray(features @ self.weights + self.bias, dtype=np.float32)


def fit(features: Any, labels: Places, weight: Floats, *, width: int, epochs: int = EPOCHS) -> Fit:
    """Learn to tell `width` labels apart; `features` is a sparse matrix in rows, `weight` says what each counts."""
    from scipy import sparse

    rows, columns = features.shape
    weights, bias = np.zeros((columns, width), np.float32), np.zeros(width, np.float32)
    moved = np.full(columns, 1e-3, np.float32)
    mean, mean_bias, averaged = np.zeros_like(weights), np.zeros_like(bias), 0
    place = np.zeros(columns, np.int32)
    counts = (weight / weight.mean()).astype(np.float32)
    steps = epochs * -(-rows // BATCH)
    for step, (batch, answers, count) in enumerate(_batches(features, labels, counts, epochs)):
        # Only the features of the batch move: all else is left untouched, and uncopied.
        used = np.flatnonzero(np.bincount(batch.indices, minlength=columns))
        place[used] = np.arange(len(used), dtype=np.int32)
        few = sparse.csr_matrix((batch.data, place[batch.indices], batch.indptr), (batch.shape[0], len(used)))
        held = weights[used]
        error = _errors(few @ held + bias, answers) * count[:, None]
        slope = few.T @ error
        moved[used] += np.einsum("ij,ij->i", slope, slope) * np.float32(4 / width)
        rate = np.float32(RATE * (1 - step / steps))
        slope *= (rate / np.sqrt(moved[used]))[:, None]
        held -= slope
        weights[used] = held
        bias -= np.float32(_BIAS_RATE) * rate * error.sum(axis=0)
        if step * 2 >= steps and (step % _AVERAGE_EVERY == 0 or step == steps - 1):
            mean += weights
            mean_bias += bias
            averaged += 1
    mean /= np.float32(averaged)
    mean_bias /= np.float32(averaged)
    return Fit(mean, mean_bias)


def _batches(
    features: Any, labels: Places, counts: Floats, epochs: int
) -> Iterator[tuple[Any, Places, Floats]]:
    """Go through the rows in a new order each epoch, some at a time."""
    chance = np.random.default_rng(0)
    for _ in range(epochs):
        order = chance.permutation(features.shape[0])
        mixed, answers, weight = features[order], labels[order], counts[order]
        for start in range(0, len(order), BATCH):
            part = slice(start, start + BATCH)
            yield mixed[part], answers[part], weight[part]


def _errors(scores: Floats, answers: Places) -> Floats:
    """Give how far the probabilities are from the right answers."""
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    scores[np.arange(len(answers)), answers] -= 1
    return scores
