"""Check the numbers that somebody typed into a form's fields, where no sentence was understood around them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from handlers.faults import LOOKS
from handlers.forms.declaration import Option, Refusal
from handlers.request import Request
from locales.phrases import as_is

SEPARATORS = re.compile(r"[\s./-]+")
# A beginning of an invoice number is enough (INV-2).
SHAPES = {
    "invoice_number": re.compile(r"1046\d{0,6}"),
    "prs": re.compile(r"\d{5,10}"),
    "operational_id": re.compile(r"CS\d{12}"),
}
MISPRINTED = re.compile(r"1406(\d{6})")
MOST_NUMBERS = 100


def tidy(number: str) -> str:
    """Take out what people put between digits, and write letters large."""
    return SEPARATORS.sub("", number).upper()


def check_numbers(entity: str) -> Callable[[Any, Request], Refusal | None]:
    """Make the check of a field of numbers: says how such a number looks; 1406… is offered as 1046… (INV-2)."""

    def check(value: Any, _request: Request) -> Refusal | None:
        wrong = [number for number in map(tidy, value) if not SHAPES[entity].fullmatch(number)]
        if not wrong and len(value) <= MOST_NUMBERS:
            return None
        misprinted = MISPRINTED.fullmatch(wrong[0]) if wrong and entity == "invoice_number" else None
        if misprinted is None:
            return Refusal(LOOKS[entity])
        likely = f"1046{misprinted[1]}"
        return Refusal(LOOKS[entity], (Option(likely, as_is(likely)),))

    return check
