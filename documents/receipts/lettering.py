"""Make texts that customers wrote printable: every sign has a letter form, every long word can be broken."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import manimgx_fonts
from fontTools.ttLib import TTFont

from documents.texts import plain_text

FONTS = Path(manimgx_fonts.__file__).parent
MAIN_FONT = FONTS / "NotoSans[wght].ttf"
# Up to here every sign that can be printed is in the main font, so that most names need no look at the fonts.
LATIN_END = "\u024f"
LONGEST = 300
LONG_WORD, PIECE = 24, 12


def printable(text: str, *, plain_signs_only: bool = False) -> list[str]:
    """Clean a text and cut it into pieces between which a line may end; joined they are the whole text.

    A sign that no font has is written as its number, `[U+4E2D]`: PDF/A forbids a sign without a form, and nothing of
    a name may be lost. With `plain_signs_only` that holds for all but the main font's own letters. More than 300
    signs end in an ellipsis.
    """
    text = plain_text(text)
    if len(text) > LONGEST:
        text = text[:LONGEST] + "…"
    if plain_signs_only:
        text = "".join(sign if _is_plain(sign) else _number(sign) for sign in text)
    elif max(text, default="") > LATIN_END:
        covered = _signs_of_fonts()
        text = "".join(sign if ord(sign) in covered else _number(sign) for sign in text)
    return _pieces(text)


def _number(sign: str) -> str:
    return f"[U+{ord(sign):04X}]"


def _is_plain(sign: str) -> bool:
    return ord(sign) in _signs_of(MAIN_FONT) and unicodedata.category(sign)[0] in "LNPSZ"


def _pieces(text: str) -> list[str]:
    """Cut words that no line could hold; typesetting breaks lines at spaces by itself."""
    if all(len(word) <= LONG_WORD for word in text.split(" ")):
        return [text]
    pieces = [""]
    since_space = 0
    for before, sign in zip(" " + text, text, strict=False):
        since_space = 0 if sign == " " else since_space + 1
        if since_space > PIECE and _may_part(before, sign):
            pieces.append("")
            since_space = 1
        pieces[-1] += sign
    return pieces


def _may_part(before: str, sign: str) -> bool:
    # Marks, joiners and the halves of a flag stay with the sign before them.
    return unicodedata.category(before)[0] in "LNP" and unicodedata.category(sign)[0] in "LNP"


@cache
def _signs_of(font: Path) -> frozenset[int]:
    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


@cache
def _signs_of_fonts() -> frozenset[int]:
    return frozenset[int]().union(*map(_signs_of, FONTS.glob("*.ttf")))
