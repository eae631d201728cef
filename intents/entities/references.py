"""Find the product's own numbers: orders (DP-…), tickets (GC-…), and codes that link a chat account (ACC-8)."""

from __future__ import annotations

import datetime as dt
import re

from intents.entities.findings import Findings
from intents.entities.folding import Word

ENTITY_OF_PREFIX = {"dp": "order_number", "gc": "ticket_number"}
PREFIXED = re.compile(
    r"(?<![a-z0-9])(dp|gc)(?: ?[-./_] ?| )?(20[0-9]{2})(?: ?[-./_] ?| )?([0-9]{1,9})(?![0-9])"
)
# Without its year the number is not known for sure: the year of today is only proposed.
YEARLESS = re.compile(r"(?<![a-z0-9])(dp|gc)(?: ?[-./_] ?| )?(0[0-9]{5})(?![0-9])")
BARE = re.compile(
    r"(?<![0-9a-z])(?<![0-9][./-])(20[0-9]{2})(?: ?([-/.]) ?| )([0-9]{3,6})(?![0-9]|[./-][0-9])"
)
SEQUENCE_DIGITS = 6

CODE_WORD = re.compile(
    r"(?:koppel(?:ings)?|link|bevestigings|verificatie|verknupfungs|bestatigungs|verification|pin|verbindungs)?code|pin"
)
LINK_WORD = re.compile(
    r"liens?|links?|lier|liez?|relier|koppel[a-z]{0,8}|verknupf[a-z]{0,8}|verbind[a-z]{0,8}"
)
# "code postal 4000 4020", "code client 123456", "code-barres …" are other codes.
OTHER_CODE = frozenset(
    {"postal", "client", "prs", "barres", "barre", "acces", "streepjes", "strich", "bar", "access", "toegang"}
)
CODE_WITHIN, LINK_WITHIN = 7, 3
# A year and a month ("2026-09") are six digits with a dash too: only these ways of parting are codes.
LONE_CODE = re.compile(r"\s*([0-9]{6}|[0-9]{3}[ -][0-9]{3}|[0-9](?: [0-9]){5})\s*[.!]?\s*")
LONE_TOKEN = re.compile(r"\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*[.!]?\s*")
CODE_TOKEN = re.compile(
    r"(?=[a-z]{0,8}[0-9])[a-z0-9]{6,8}(?![a-z0-9])|(?=[a-z]{0,4}[0-9])[a-z0-9]{3,4}-[a-z0-9]{3,4}(?![a-z0-9])"
)
CODE_GROUPS = re.compile(r"[0-9](?:[ -]?[0-9]){5,7}(?![0-9])")
ALTERNATIONS = re.compile(r"[0-9]+|[A-Z]+")


def find_references(found: Findings, *, today: dt.date) -> None:
    """Add orders and tickets; a number without prefix is a `reference` that the intent decides."""
    plain = found.folded.plain
    for match in PREFIXED.finditer(plain):
        prefix, year, sequence = match.groups()
        value = f"{prefix.upper()}-{year}-{sequence:0>{SEQUENCE_DIGITS}}"
        fault = "too_long" if len(sequence) > SEQUENCE_DIGITS else None
        found.add(ENTITY_OF_PREFIX[prefix], value, match.span(), fault=fault)
    for match in YEARLESS.finditer(plain):
        prefix, sequence = match.groups()
        proposal = f"{prefix.upper()}-{today.year}-{sequence}"
        value = f"{prefix.upper()}-{sequence}"
        found.add(ENTITY_OF_PREFIX[prefix], value, match.span(), fault="no_year", proposal=proposal)
    for match in BARE.finditer(plain):
        year, separator, sequence = match.groups()
        if _is_sequence(separator, sequence):
            found.add("reference", f"{year}-{sequence:0>{SEQUENCE_DIGITS}}", match.span())


def _is_sequence(separator: str | None, sequence: str) -> bool:
    """Tell "2026-145" and "2026 000145" from "2026 200 étiquettes", "2026 123456" and "2026-2027"."""
    if len(sequence) == SEQUENCE_DIGITS:
        return separator is not None or sequence.startswith("0")
    return separator == "-" and (sequence.startswith("0") or not sequence.startswith("20"))


def find_link_codes(found: Findings) -> None:
    """Add a code said near the word for code or link, or one that is the whole message; upper case, no signs."""
    folded = found.folded
    lone = LONE_CODE.fullmatch(folded.plain)
    if lone is not None:
        found.add("link_code", _bare(lone.group(1)), lone.span(1))
        return
    token = LONE_TOKEN.fullmatch(folded.text)
    if token is not None and folded.origins is None and len(ALTERNATIONS.findall(token.group(1))) > 2:
        found.add("link_code", _bare(token.group(1)), token.span(1))
        return
    for index, word in enumerate(folded.words):
        if CODE_WORD.fullmatch(word.plain):
            _find_code_after(found, folded.words[index + 1 : index + 1 + CODE_WITHIN])
        elif LINK_WORD.fullmatch(word.plain):
            _find_code_after(found, folded.words[index + 1 : index + 1 + LINK_WITHIN])


def _find_code_after(found: Findings, words: tuple[Word, ...]) -> None:
    plain = found.folded.plain
    for word in words:
        if word.plain in OTHER_CODE:
            return
        match = CODE_TOKEN.match(plain, word.start) or CODE_GROUPS.match(plain, word.start)
        if match is not None:
            found.add("link_code", _bare(match.group()), match.span())
            return


def _bare(code: str) -> str:
    return code.replace(" ", "").replace("-", "").upper()
