"""Hold what was learnt, and keep it in one file of plain arrays."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from intents.model.vectors import Block
from intents.understanding import Language

Floats = npt.NDArray[np.float32]
# Half precision loses nothing that a decision hangs on, and halves the file.
_STORED = np.float16


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold a trained model.

    `by_label` has a row for each feature (blocks in their order) and a column for each label; `by_language` covers the
    blocks that need no language to be read. `temperature` makes scores into probabilities, `trust` weighs the signs
    by which a result can be relied on (`intents.model.confidence`).
    """

    labels: tuple[str, ...]
    blocks: Mapping[str, Block]
    by_label: Floats
    label_bias: Floats
    by_language: Floats
    language_bias: Floats
    temperature: float
    trust: Floats
    words: Mapping[Language, Mapping[str, Sequence[str]]]
    ordinary: frozenset[str]


class StaleModelError(ValueError):
    """Say that a stored model is not one of today's catalogue and code."""


def save_weights(weights: Weights, path: Path, *, key: str) -> None:
    """Write a model; it appears whole or not at all, whoever else prepares it at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    about = {
        "key": key,
        "labels": weights.labels,
        "blocks": {name: block.weight for name, block in weights.blocks.items()},
        "temperature": weights.temperature,
        "words": weights.words,
        "ordinary": sorted(weights.ordinary),
    }
    arrays: dict[str, Any] = {
        "about": np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
        "by_label": weights.by_label.astype(_STORED),
        "label_bias": weights.label_bias,
        "by_language": weights.by_language.astype(_STORED),
        "language_bias": weights.language_bias,
        "trust": weights.trust,
    }
    for name, block in weights.blocks.items():
        arrays[f"{name}_keys"] = block.keys
        arrays[f"{name}_rarity"] = block.rarity
    unfinished = path.with_suffix(f".{key[:8]}.part")
    with unfinished.open("wb") as file:
        np.savez(file, **arrays)
    unfinished.replace(path)


def load_weights(path: Path, *, key: str) -> Weights:
    """Read a model.

    Raises `StaleModelError` where the file is missing, damaged or made from something else.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            about = json.loads(stored["about"].tobytes())
            if about["key"] != key:
                raise StaleModelError(path.name)
            return _read(stored, about)
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise StaleModelError(path.name) from error


def _read(stored: Any, about: dict[str, Any]) -> Weights:
    """Put a model together again."""
    return Weights(
        labels=tuple(about["labels"]),
        blocks={
            name: Block(stored[f"{name}_keys"], stored[f"{name}_rarity"], weight)
            for name, weight in about["blocks"].items()
        },
        by_label=stored["by_label"].astype(np.float32),
        label_bias=stored["label_bias"],
        by_language=stored["by_language"].astype(np.float32),
        language_bias=stored["language_bias"],
        temperature=about["temperature"],
        trust=stored["trust"],
        words=about["words"],
        ordinary=frozenset(about["ordinary"]),
    )
