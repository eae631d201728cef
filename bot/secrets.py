"""Give the key that signs sessions and file addresses, made once where none is set."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from bot.settings import Settings


def secret_key(settings: Settings) -> str:
    """Give the set key, or the one kept in the data folder, readable by its owner only."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    path = settings.data_folder / "secret.key"
    path.parent.mkdir(parents=True, exist_ok=True)
    return _make(path) or _read(path)


def _make(path: Path) -> str | None:
    """Make the key unless another process was first."""
    key = secrets.token_urlsafe(48)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as target:
        target.write(key)
    try:
        os.link(temporary, path)
    except FileExistsError:
        return None
    finally:
        temporary.unlink()
    return key


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii").strip()
