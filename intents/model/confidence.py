"""Say how far a result can be trusted, from signs measured on messages that were not learnt from."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from intents.model.vectors import Floats

_SURE = 0.999


def softmax(scores: Floats) -> Floats:
    """Make scores into probabilities, along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def signs(probabilities: Floats) -> Floats:
    """Give the signs of trust of many results, one row each.

    They are the log odds of the best label, its lead over the next, and how scattered the rest is. Shares of unknown
    words, length, and likeness to the label's examples were tried beside them and told nothing more.
    """
    best = np.sort(probabilities, axis=1)[:, -2:]
    top = np.clip(best[:, 1], 1 - _SURE, _SURE)
    scatter = -(probabilities * np.log(np.maximum(probabilities, 1e-9))).sum(axis=1)
    odds = np.log(top / (1 - top))
    return np.stack([np.ones_like(top), odds, best[:, 1] - best[:, 0], scatter], axis=1).astype(np.float32)


def trust(found: Floats, weights: Floats) -> Floats:
    """Give the probability that each result is right."""
    return np.asarray(1 / (1 + np.exp(-(found @ weights))), dtype=np.float32)


def learn_trust(
    found: Floats, right: npt.NDArray[np.bool_], weight: Floats, *, penalty: float = 1.0
) -> Floats:
    """Fit the weights of the signs by Newton's method (a logistic regression of a handful of numbers)."""
    weights = np.zeros(found.shape[1], dtype=np.float64)
    signs_of, hits = found.astype(np.float64), right.astype(np.float64)
    for _ in range(30):
        expected = 1 / (1 + np.exp(-(signs_of @ weights)))
        slope = signs_of.T @ (weight * (hits - expected)) - penalty * weights
        curve = (signs_of * (weight * expected * (1 - expected))[:, None]).T @ signs_of
        step = np.linalg.solve(curve + penalty * np.eye(len(weights)), slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return weights.astype(np.float32)


def learn_temperature(scores: Floats, right: npt.NDArray[np.int64], weight: Floats) -> float:
    """Find the factor under which the probabilities of held-out messages are likeliest."""

    def loss(factor: float) -> float:
        chosen = softmax(scores * np.float32(factor))[np.arange(len(right)), right]
        return float(-(weight * np.log(np.maximum(chosen, 1e-9))).sum())

    return float(min(np.geomspace(0.3, 12, 40), key=loss))
