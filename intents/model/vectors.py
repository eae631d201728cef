"""Weigh the features of messages: rare ones more, each block of them brought to its own length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from intents.model.features import CONCEPTS, LETTERS, WORDS, Keys, Rows

Floats = npt.NDArray[np.float32]
# What each block of features counts for; measured by cross-validation on the catalogue.
BLOCK_WEIGHTS: Mapping[str, float] = {LETTERS: 1.0, WORDS: 0.7, CONCEPTS: 1.0}
LEAST: Mapping[str, int] = {LETTERS: 12, WORDS: 6, CONCEPTS: 8}


@dataclass(frozen=True, slots=True)
class Block:
    """Hold the features of one kind that were seen in training: sorted keys and how rare each is."""

    keys: Keys
    rarity: Floats
    weight: float

    def weigh(self, keys: Keys) -> tuple[npt.NDArray[np.int64], Floats]:
        """Give the places and weights of the features of one message; unseen features have none."""
        places, seen = self.find(keys)
        places = places[seen]
        weights = self.rarity[places]
        length = float(np.sqrt(weights @ weights))
        return places, weights * np.float32(self.weight / length) if length else weights

    def find(self, keys: Keys) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Give the place of each key, and whether it is there at all."""
        places = np.searchsorted(self.keys, keys)
        places[places == len(self.keys)] = 0
        return places, self.keys[places] == keys


def learn_blocks(found: Mapping[str, tuple[Keys, Rows]], chosen: npt.NDArray[np.bool_]) -> dict[str, Block]:
    """Choose the features worth keeping of the chosen rows, and say how rare each is."""
    blocks: dict[str, Block] = {}
    for name, (keys, owners) in found.items():
        kept, counts = np.unique(keys[chosen[owners]], return_counts=True)
        enough = counts >= LEAST[name]
        rarity = np.log1p(chosen.sum() / counts[enough]) + 1
        blocks[name] = Block(kept[enough], rarity.astype(np.float32), BLOCK_WEIGHTS[name])
    return blocks


def matrix(blocks: Mapping[str, Block], found: Mapping[str, tuple[Keys, Rows]], rows: int) -> Any:
    """Give the sparse matrix of many messages (scipy's, for training)."""
    from scipy import sparse

    parts = []
    for name, block in blocks.items():
        keys, owners = found[name]
        places, seen = block.find(keys)
        owners, places = owners[seen], places[seen]
        part = sparse.csr_matrix(
            (block.rarity[places], (owners, places)), shape=(rows, len(block.keys)), dtype=np.float32
        )
        # The same sums as in `Block.weigh`, where a piece that comes twice counts as two.
        lengths = np.sqrt(np.bincount(owners, weights=block.rarity[places] ** 2, minlength=rows))
        lengths[lengths == 0] = 1
        parts.append(sparse.diags((block.weight / lengths).astype(np.float32)) @ part)
    return sparse.hstack(parts, format="csr")
