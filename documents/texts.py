"""Make texts that customers wrote safe for a workbook, without harming them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

TITLE_LENGTH = 31
CELL_LENGTH = 32_767
FORMULA_SIGNS = ("=", "+", "-", "@")
# Excel keeps this name for its own list of changes.
RESERVED_TITLES = frozenset({"history"})
# These turn the reading order of the text around them: a name could pretend to be another one.
DIRECTION_SIGNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
NOT_IN_XML = frozenset("\ufffe\uffff")
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
# Excel reads `_x0041_` in a text as the letter of that number; an escaped underscore keeps it as written.
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def plain_text(text: str) -> str:
    """Put a text on one line, without control characters, lone surrogates and signs that turn the direction."""
    if text.isprintable():  # nearly always; what is taken out never is
        return text.strip()
    kept = (" " if char in "\t\r\n\v\f\x85\u2028\u2029" else char for char in text)
    return " ".join("".join(char for char in kept if _is_kept(char)).split(" ")).strip()


def cell_text(text: str) -> str:
    """Write a text so that a spreadsheet program shows it as it stands; a cell holds 32,767 characters."""
    return LOOKS_ESCAPED.sub("_x005F_", plain_text(text))[:CELL_LENGTH]


def footer_text(text: str) -> str:
    """Write a text for a printed header or footer, where `&` begins a command."""
    return plain_text(text).replace("&", "&&")


def sheet_titles(wishes: Iterable[tuple[str, ...]]) -> list[str]:
    """Choose a valid title for each sheet: the first free one of its wishes, else the first with a number.

    Valid is what Excel takes: 1 to 31 UTF-16 units, none of `[]:*?/\\`, no apostrophe at either end, not a title
    that differs from another by its capitals only.
    """
    taken = set(RESERVED_TITLES)
    titles = []
    for names in wishes:
        title = _free_title(names, taken)
        taken.add(title.casefold())
        titles.append(title)
    return titles


def _free_title(names: tuple[str, ...], taken: set[str]) -> str:
    for name in names:
        title = _valid_title(name)
        if title and title.casefold() not in taken:
            return title
    first = next(filter(None, map(_valid_title, names)), "1")
    number = 2
    while (title := _valid_title(first, f" ({number})")).casefold() in taken:
        number += 1
    return title


def _valid_title(name: str, ending: str = "") -> str:
    text = NOT_IN_TITLES.sub(" ", plain_text(name))
    text = " ".join(text.split()).strip("' ")
    return _cut(text, TITLE_LENGTH - len(ending)).rstrip("' ") + ending if text else ""


def _cut(text: str, units: int) -> str:
    """Cut a text to a number of UTF-16 units, never through a character."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", errors="ignore")


def _is_kept(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cs"} and char not in DIRECTION_SIGNS | NOT_IN_XML
