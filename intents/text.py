"""Fold a message into the plain tokens that recognition reads.

Accents, case and ligatures are folded away, identifiers become one capital letter each (folded text has none of its
own) and runs of digits collapse, so that a number never seen in training looks like those that were.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# A long message says what it wants in its first lines; the rest is quoted mail, or an attack.
READ_AT_MOST = 1_000

EMAIL, LINK, TICKET, ORDER, OPERATIONAL, INVOICE, BARCODE, REFERENCE = "EUGDCIBR"
SHAPES = {
    EMAIL: "email",
    TICKET: "ticket_number",
    ORDER: "order_number",
    OPERATIONAL: "operational_id",
    INVOICE: "invoice_number",
    BARCODE: "barcode",
    REFERENCE: "reference",
}

# Every repetition is bounded: a hostile text costs no more than a long one.
_SHAPED = re.compile(
    r"(?P<E>[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4})"
    r"|(?P<U>(?:https?://|www\.)\S{1,300})"
    r"|(?P<G>\bgc[ .-]{0,2}20\d\d[ .-]{0,2}\d{1,6}\b)"
    r"|(?P<D>\bdp[ .-]{0,2}20\d\d[ .-]{0,2}\d{1,6}\b)"
    r"|(?P<C>\bcs[ .-]{0,2}(?:\d[ .-]{0,2}){9,13}\d\b)"
    r"|(?P<I>\b1[04]{2}6(?:[ .-]{0,2}\d){6}\b)"
    r"|(?P<B>\b(?:[a-z]{2} {0,2}(?:\d ?){8,9} ?be\b|jjbea\w{10,30}|(?:\d ?){17,31}\d\b))"
    r"|(?P<R>\b20\d\d-\d{3,6}\b)"
)
_LIGATURES = str.maketrans(
    {"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "’": "'", "‘": "'", "`": "'", "´": "'"}
)
_TOKEN = re.compile(r"[A-Z]|\d+|[^\W\d_]+|\?")


def fold(text: str) -> str:
    """Drop case, accents and ligatures."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered.translate(_LIGATURES))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).lower()


def tokens(text: str) -> list[str]:
    """Cut a message into folded words, numbers collapsed to their length class, and shapes of identifiers.

    A shape is one capital letter (`SHAPES`); a question mark is a token of its own.
    """
    shaped = _SHAPED.sub(lambda found: f" {found.lastgroup} ", fold(text[:READ_AT_MOST]))
    return [_collapsed(token) if token[0].isdigit() else token for token in _TOKEN.findall(shaped)]


def has_words(found: Sequence[str]) -> bool:
    """Tell whether the tokens hold more than numbers and question marks."""
    return any(token[0].isalpha() for token in found)


def _collapsed(number: str) -> str:
    """Keep of a number only whether it is a day or count, a year or postcode, a code, or longer."""
    length = len(number)
    if length <= 2:
        return "0"
    return "00" if length <= 4 else "000" if length <= 8 else "0000"
