"""Prepare the model once: learnt from the catalogue on a machine's first use, kept in a cache folder.

The file is keyed by the catalogue's content and by the code that reads and learns it, so that a stale one is never
used. Preparing takes scipy; using what was prepared needs numpy alone.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable
from pathlib import Path

from intents.model.weights import StaleModelError, Weights, load_weights, save_weights
from intents.phrasebook import CATALOGUE, fingerprint, read_phrasebook

Progress = Callable[[str], None]
_CODE = Path(__file__).parent
# What is learnt hangs on these: the way texts are read, phrases sampled, features made and weights fitted.
_SOURCES = ("text.py", "concepts.py", "templates.py", "phrasebook.py", "model/*.py")


def model_key(folder: Path = CATALOGUE) -> str:
    """Give the key of the model that today's catalogue and code make."""
    digest = hashlib.sha256(fingerprint(folder).encode())
    for pattern in _SOURCES:
        for file in sorted(_CODE.glob(pattern)):
            digest.update(file.name.encode() + b"\0")
            digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()


def prepare(cache_dir: Path, progress: Progress | None = None, *, folder: Path = CATALOGUE) -> Path:
    """Learn the model if it is not there yet; gives its file.

    Raises `CatalogueError` where the catalogue cannot be learnt from.
    """
    key = model_key(folder)
    path = _path(cache_dir, key)
    if path.exists():
        return path
    cache_dir.mkdir(parents=True, exist_ok=True)
    # Of several processes that start on a fresh machine one learns, the others wait for what it learnt.
    with (cache_dir / "learning.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return path
        # Learning brings in scipy, which takes longer to import than a model takes to load.
        from intents.model.training import train

        save_weights(train(read_phrasebook(folder).checked(), folder, progress), path, key=key)
        _forget_others(path)
    return path


def open_weights(cache_dir: Path, progress: Progress | None = None, *, folder: Path = CATALOGUE) -> Weights:
    """Load the model, learning it first where there is none for today's catalogue and code."""
    path = prepare(cache_dir, progress, folder=folder)
    key = model_key(folder)
    try:
        return load_weights(path, key=key)
    except StaleModelError:
        # A file cut short by a full disk is learnt again, not lived with.
        path.unlink(missing_ok=True)
        return load_weights(prepare(cache_dir, progress, folder=folder), key=key)


def _path(cache_dir: Path, key: str) -> Path:
    return cache_dir / f"understanding-{key[:16]}.npz"


def _forget_others(path: Path) -> None:
    """Remove models of yesterday's catalogues."""
    for other in path.parent.glob("understanding-*.npz"):
        if other != path:
            other.unlink(missing_ok=True)
