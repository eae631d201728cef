"""Tell which of a customer's items a mistyped barcode means (ITM-4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from handlers.desk import Desk
from handlers.faults import LOOKS
from handlers.forms.declaration import Refusal
from handlers.request import Request
from intents.entities.item_codes import s10_check_digit
from intents.entities.mention import Mention

S10 = re.compile(r"([A-Z]{2})([0-9]{9})([A-Z]{2})")
SHAPE = re.compile(r"[0-9A-Z]{13,40}")
SEPARATORS = re.compile(r"[\s().-]+")
DIGITS = "0123456789"
MOST_BARCODES = 100


def tidy(barcode: str) -> str:
    """Take out what people put between the parts of a barcode, and write letters large."""
    return SEPARATORS.sub("", barcode).upper()


def is_mistyped(barcode: str) -> bool:
    """Tell whether a barcode of the postal union has a wrong check digit; others have none that is known."""
    match = S10.fullmatch(barcode)
    return match is not None and s10_check_digit(match[2][:8]) != int(match[2][8])


def check_barcodes(value: Any, _request: Request) -> Refusal | None:
    """Refuse what cannot be a barcode, typed into a form's field."""
    barcodes = [tidy(barcode) for barcode in value]
    if len(barcodes) > MOST_BARCODES:
        return Refusal(LOOKS["barcode"])
    wrong = any(not SHAPE.fullmatch(barcode) or is_mistyped(barcode) for barcode in barcodes)
    return Refusal(LOOKS["barcode"]) if wrong else None


def candidates(barcode: str) -> Iterator[str]:
    """List the valid barcodes that one slip turns into this one: a wrong digit, or two neighbours swapped."""
    match = S10.fullmatch(barcode)
    if match is None:
        return
    service, digits, country = match.groups()
    for changed in sorted(_slips(digits)):
        if s10_check_digit(changed[:8]) == int(changed[8]):
            yield f"{service}{changed}{country}"


async def likely(barcode: str, desk: Desk) -> str | None:
    """Give the barcode that was meant, where it is exactly one of the customer's items."""
    own = await desk.items.existing(list(candidates(barcode)))
    return own[0] if len(own) == 1 else None


async def with_likely(faults: Sequence[Mention], desk: Desk) -> tuple[Mention, ...]:
    """Let a mistyped barcode be proposed as one of the customer's own items, or not at all (ITM-4)."""
    return tuple([await _with_likely(fault, desk) for fault in faults])


async def _with_likely(fault: Mention, desk: Desk) -> Mention:
    if fault.entity != "barcode" or fault.fault != "check_digit":
        return fault
    proposal = await likely(tidy(str(fault.value)), desk)
    return Mention(fault.entity, fault.value, fault.start, fault.end, fault.fault, proposal)


def _slips(digits: str) -> set[str]:
    changed = {
        digits[:place] + digit + digits[place + 1 :] for place in range(len(digits)) for digit in DIGITS
    }
    swapped = {
        digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        for place in range(len(digits) - 1)
    }
    return (changed | swapped) - {digits}
