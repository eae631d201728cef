"""A model is kept in one file of plain arrays, and a wrong one is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from intents.model.vectors import Block
from intents.model.weights import StaleModelError, Weights, load_weights, save_weights

WEIGHTS = Weights(
    labels=("chat.help", "faq:cs.what"),
    blocks={"words": Block(np.array([1, 5], np.uint64), np.array([1.5, 2.5], np.float32), 0.5)},
    by_label=np.array([[1, -1], [0.5, 2]], np.float32),
    label_bias=np.array([0.25, 0], np.float32),
    by_language=np.ones((2, 4), np.float32),
    language_bias=np.zeros(4, np.float32),
    temperature=1.25,
    trust=np.array([1, 2, 3, 4], np.float32),
    words={"fr": {"do.find": ["cherch-"]}},
    ordinary=frozenset({"bonjour"}),
)


def test_weights_come_back_as_they_were_saved(tmp_path: Path) -> None:
    save_weights(WEIGHTS, tmp_path / "m.npz", key="abc")
    found = load_weights(tmp_path / "m.npz", key="abc")
    assert (found.labels, found.temperature, found.ordinary) == (WEIGHTS.labels, 1.25, WEIGHTS.ordinary)
    assert found.words == WEIGHTS.words
    assert np.array_equal(found.by_label, WEIGHTS.by_label)
    assert np.array_equal(found.blocks["words"].keys, WEIGHTS.blocks["words"].keys)
    assert found.blocks["words"].weight == 0.5
    assert [file.name for file in tmp_path.iterdir()] == ["m.npz"]


def test_weights_of_another_catalogue_are_stale(tmp_path: Path) -> None:
    save_weights(WEIGHTS, tmp_path / "m.npz", key="abc")
    with pytest.raises(StaleModelError):
        load_weights(tmp_path / "m.npz", key="abd")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a file", b"not a model"])
def test_weights_that_are_damaged_are_stale(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m.npz").write_bytes(content)
    with pytest.raises(StaleModelError):
        load_weights(tmp_path / "m.npz", key="abc")


def test_weights_that_are_missing_are_stale(tmp_path: Path) -> None:
    with pytest.raises(StaleModelError):
        load_weights(tmp_path / "m.npz", key="abc")
