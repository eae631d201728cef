"""Draw buttons under a message: short tokens whose meaning stays in our records, or addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram.passages import shorten

MOST_BUTTONS = 100
MOST_DATA_BYTES = 64
# A telephone shows about this much of a button's label.
LABEL_UNITS = 60
# Two short labels have room side by side.
SHORT = 14


@dataclass(frozen=True, slots=True)
class Key:
    """A button: exactly one of `token` and `url` is set."""

    label: str
    token: str | None = None
    url: str | None = None


def key_of(choice: dict[str, Any], label: str | None = None) -> Key | None:
    """Make a button of a choice (docs/replies.md); None for what Telegram would refuse as one."""
    label = shorten(label or choice["label"], LABEL_UNITS)
    token, url = choice.get("token"), choice.get("url")
    if token and len(token.encode()) <= MOST_DATA_BYTES:
        return Key(label, token=token)
    return Key(label, url=url) if url and is_linkable(url) else None


def is_linkable(url: str) -> bool:
    """Tell whether Telegram takes an address for a button: of the public web, in plain letters."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        parts.scheme in {"http", "https"}
        and re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host) is not None
        and not re.search(r"[\s\x00-\x1f]", url)
    )


def keyboard(keys: Sequence[Key]) -> InlineKeyboardMarkup | None:
    """Lay buttons out, one a row, short ones two a row; None where there are none."""
    rows: list[list[Key]] = []
    for key in keys:
        is_short = len(key.label) <= SHORT
        if rows and is_short and len(rows[-1]) == 1 and len(rows[-1][0].label) <= SHORT:
            rows[-1].append(key)
        else:
            rows.append([key])
    drawn = [
        [InlineKeyboardButton(key.label, callback_data=key.token, url=key.url) for key in row] for row in rows
    ]
    return InlineKeyboardMarkup(drawn) if drawn else None
