"""Find the codes on items: S10, bpost's 24 and 18 digits, JJBEA and GS1.

The forms and the weights of the check digit are those of UPU S10 and of bpost's public documents.
"""

from __future__ import annotations

import re

from stdnum import ean

from intents.entities.digits import GROUP, join_groups, read_groups
from intents.entities.findings import Findings

WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
S10 = re.compile(
    r"(?<![a-z0-9])([a-z]{2})([ .-]{0,2})([0-9](?:[ .-]?[0-9]){5,11})([ .-]?)([a-z]{2})(?![a-z0-9])"
)
S10_UNFINISHED = re.compile(r"(?<![a-z0-9])([rcelv][a-z])([0-9]{9})(?![a-z0-9])")
# "nr 123456785 be…" is a number and a word, not an item.
NOT_A_SERVICE = frozenset(
    {"nr", "no", "de", "la", "le", "du", "et", "en", "of", "id", "cs", "is", "op", "an"}
)
DOMESTIC = re.compile(r"(?<![0-9a-z])32(?:32|99)")
DOMESTIC_SHORTEST = 15
JJBEA = re.compile(r"(?<![a-z0-9])jjbea[ ]?([0-9a-z]+)")
JJBEA_LENGTHS = (13, 18, 27)
GS1 = re.compile(r"(?<![0-9a-z])\(?01\)?[ ]?054128850")
GS1_LENGTH = 30
GTIN = slice(2, 16)


def find_item_codes(found: Findings) -> None:
    """Add each code of an item, upper case and without spaces; a wrong check digit comes with the right code."""
    _find_s10(found)
    if not found.folded.has_digit:
        return
    _find_gs1(found)
    _find_domestic(found)
    _find_jjbea(found)


def s10_check_digit(serial: str) -> int:
    """Compute the check digit of the eight digits of an S10 code."""
    rest = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, serial, strict=True)) % 11
    return {10: 0, 11: 5}.get(11 - rest, 11 - rest)


def _find_s10(found: Findings) -> None:
    for match in S10.finditer(found.folded.plain):
        service, gap, body, second_gap, country = match.groups()
        digits = "".join(GROUP.findall(body))
        if gap and service in NOT_A_SERVICE:
            continue
        foreign = not gap and not second_gap and len(digits) == 9 and _is_checked(digits)
        if country == "be" or foreign:
            _add_s10(found, match.span(), service, digits, country)
    for match in S10_UNFINISHED.finditer(found.folded.plain):
        service, digits = match.groups()
        proposal = f"{service}{digits}be".upper() if _is_checked(digits) else None
        found.add("barcode", f"{service}{digits}".upper(), match.span(), fault="too_short", proposal=proposal)


def _is_checked(digits: str) -> bool:
    return s10_check_digit(digits[:8]) == int(digits[8])


def _add_s10(found: Findings, span: tuple[int, int], service: str, digits: str, country: str) -> None:
    value = f"{service}{digits}{country}".upper()
    if len(digits) != 9:
        found.add("barcode", value, span, fault="too_short" if len(digits) < 9 else "too_long")
    elif _is_checked(digits):
        found.add("barcode", value, span)
    else:
        proposal = f"{service}{digits[:8]}{s10_check_digit(digits[:8])}{country}".upper()
        found.add("barcode", value, span, fault="check_digit", proposal=proposal)


def _find_domestic(found: Findings) -> None:
    plain = found.folded.plain
    for match in DOMESTIC.finditer(plain):
        groups = read_groups(plain, match.start())
        number = join_groups(groups, 24, solid=15)
        if len(number.digits) != 24 and match.group() == "3232":
            shorter = join_groups(groups, 18, solid=15)
            number = shorter if len(shorter.digits) == 18 else number
        if len(number.digits) < DOMESTIC_SHORTEST:
            continue
        whole = 18 if match.group() == "3232" and len(number.digits) <= 18 else 24
        _add_by_length(found, number.digits, (number.start, number.end), (whole,))


def _find_jjbea(found: Findings) -> None:
    plain = found.folded.plain
    for match in JJBEA.finditer(plain):
        code, end = match.group(1), match.end()
        if len(code) not in JJBEA_LENGTHS and code.isdigit():
            for group in read_groups(plain, match.start(1))[1:]:
                code, end = code + group.digits, group.end
                if len(code) in JJBEA_LENGTHS:
                    break
        if len(code) >= 8:
            _add_by_length(found, code, (match.start(), end), JJBEA_LENGTHS, "JJBEA")


def _add_by_length(
    found: Findings, code: str, span: tuple[int, int], lengths: tuple[int, ...], prefix: str = ""
) -> None:
    fault = None
    if len(code) not in lengths:
        fault = "too_long" if len(code) > lengths[-1] else "too_short"
    found.add("barcode", prefix + code.upper(), span, fault=fault)


def _find_gs1(found: Findings) -> None:
    plain = found.folded.plain
    for match in GS1.finditer(plain):
        groups = read_groups(plain, match.end())
        digits = "01054128850" + "".join(group.digits for group in groups)
        span = (match.start(), groups[-1].end if groups else match.end())
        if len(digits) != GS1_LENGTH:
            found.add("barcode", digits, span, fault="too_short" if len(digits) < GS1_LENGTH else "too_long")
        elif ean.is_valid(digits[GTIN]):
            found.add("barcode", digits, span)
        else:
            right = digits[:15] + ean.calc_check_digit(digits[2:15]) + digits[16:]
            found.add("barcode", digits, span, fault="check_digit", proposal=right)
