"""Cut a text into words, numbers and single signs, each with its place and a folded form."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

# A combining accent belongs to its word: some keyboards send "é" as two characters.
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*|\d+|\S")

# Kept apart after folding: "vóór" (before) is never "voor" (for), "dès" (from… on) never the article "des".
ACCENTED: Final = {"vóór": "vóór", "vòòr": "vóór", "één": "één", "dès": "dès"}

WORD: Final = "word"
NUMBER: Final = "number"
SIGN: Final = "sign"

_MOST_DIGITS = 9


class Token(NamedTuple):
    """One word, number or sign; `text` is folded (lower case, no accents), `number` is −1 where it is none."""

    kind: str
    text: str
    start: int
    end: int
    number: int = -1


def _folding() -> dict[int, str | None]:
    """Map each accented Latin letter to its plain one, and drop combining accents."""
    table: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base
    table[ord("ß")] = "ss"
    table[ord("œ")] = "oe"
    table[ord("æ")] = "ae"
    return table


_FOLDING = _folding()


def fold(text: str) -> str:
    """Write a word in lower case without accents."""
    lower = text.lower()
    return lower if lower.isascii() else lower.translate(_FOLDING)


def tokenise(text: str) -> list[Token]:
    """Cut a text into tokens, in one pass."""
    tokens = []
    for match in _TOKEN.finditer(text):
        said = match.group()
        start, end = match.span()
        if said[0].isdigit() and said.isdecimal():
            number = int(said) if len(said) <= _MOST_DIGITS else -1
            tokens.append(Token(NUMBER, said, start, end, number))
        elif said[0].isalpha():
            lower = said.lower()
            if not lower.isascii():
                lower = ACCENTED.get(lower) or lower.translate(_FOLDING)
            tokens.append(Token(WORD, lower, start, end))
        else:
            tokens.append(Token(SIGN, said, start, end))
    return tokens
