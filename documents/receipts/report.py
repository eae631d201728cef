"""Hold what a report of receipts shows, and make its PDF (REC-1, REC-5, REC-6, REC-8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

import typst

from documents import headings
from documents.errors import NothingToShow
from documents.receipts import wording
from documents.receipts.barcode import draw_code_128
from documents.receipts.lettering import printable
from documents.receipts.typesetting import typeset
from locales.names import item_name
from locales.phrases import Phrase
from locales.words import Words, words_of

PerPage = Literal[1, 4]
RP = "rp"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One registered item; `item_type` is a nature of `locales.names`, `postmark_on` the day of its postmark."""

    barcode: str
    item_type: str
    with_ar: bool
    addressee: str
    sender: str
    postmark_on: date
    operational_id: str


@dataclass(frozen=True, slots=True)
class ReceiptReport:
    """The receipts of one operational ID and day of hand-over; `demo` marks invented data."""

    operational_id: str
    handed_over_on: date
    generated_at: datetime
    receipts: tuple[Receipt, ...]
    demo: bool


def receipt_report(report: ReceiptReport, per_page: PerPage, language: str) -> bytes:
    """Make the PDF of a report, in the order of its receipts, with 1 or 4 of them on an A4 page.

    The same arguments give the same bytes. Raises NothingToShow without receipts, BarcodeNotDrawable.
    """
    if not report.receipts:
        raise NothingToShow
    words = words_of(language)
    try:
        return typeset(_data(report, per_page, words), report.generated_at)
    except typst.TypstError:
        # A rare pair of signs that are each in a font but have no form together: write them by their numbers.
        return typeset(_data(report, per_page, words, plain_signs_only=True), report.generated_at)


def _data(
    report: ReceiptReport, per_page: PerPage, words: Words, *, plain_signs_only: bool = False
) -> dict[str, Any]:
    """Gather all that the template draws, worded in one language."""
    pages = -(-len(report.receipts) // per_page)
    return {
        "language": words.language,
        "per_page": per_page,
        "title": words.write(wording.title(report.handed_over_on, report.operational_id)),
        "subtitle": words.write(wording.subtitle(len(report.receipts))),
        "author": words.write(wording.AUTHOR),
        "demo": words.write(headings.DEMO) if report.demo else "",
        "generated": words.write(wording.generated(report.generated_at)),
        "note": words.write(headings.DEMO_NOTE) if report.demo else "",
        "page_numbers": [words.write(wording.page_number(page + 1, pages)) for page in range(pages)],
        "labels": _labels(words),
        "receipts": [_receipt(receipt, words, plain_signs_only) for receipt in report.receipts],
    }


def _labels(words: Words) -> dict[str, str]:
    phrases: dict[str, Phrase] = {
        "receipt": wording.RECEIPT,
        "addressee": wording.ADDRESSEE,
        "sender": wording.SENDER,
        "received": wording.RECEIVED,
        "operational_id": wording.OPERATIONAL_ID,
        "seal_title": wording.SEAL_TITLE,
        "seal_note": wording.SEAL_NOTE,
        "legal": wording.LEGAL,
    }
    return {name: words.write(phrase) for name, phrase in phrases.items()}


def _receipt(receipt: Receipt, words: Words, plain_signs_only: bool) -> dict[str, Any]:
    def text(text: str) -> list[str]:
        pieces = printable(text, plain_signs_only=plain_signs_only)
        return pieces if any(pieces) else [words.write(wording.UNKNOWN)]

    drawing = draw_code_128(receipt.barcode)
    return {
        "barcode": receipt.barcode,
        "barcode_drawing": drawing.svg,
        "barcode_modules": drawing.modules,
        "barcode_alt": words.write(wording.barcode_drawing(receipt.barcode)),
        "kind": _kind(words, receipt.item_type, receipt.with_ar),
        "marks": _marks(receipt),
        "addressee": text(receipt.addressee),
        "sender": text(receipt.sender),
        "received": _day(words, receipt.postmark_on),
        "operational_id": receipt.operational_id,
        "postmark_day": f"{receipt.postmark_on:%d.%m.%Y}",
        "postmark_alt": _postmark(words, receipt.postmark_on),
    }


# Hundreds of receipts of a day have the same few kinds and days.
@lru_cache(maxsize=100)
def _kind(words: Words, item_type: str, with_ar: bool) -> str:
    ar = words.write(wording.WITH_AR if with_ar else wording.WITHOUT_AR)
    return f"{words.write(item_name(item_type))}, {ar}"


@lru_cache(maxsize=100)
def _day(words: Words, day: date) -> str:
    return words.write_value(day)


@lru_cache(maxsize=100)
def _postmark(words: Words, day: date) -> str:
    return words.write(wording.postmark_drawing(day))


def _marks(receipt: Receipt) -> Sequence[str]:
    marks = ["RP"] if receipt.item_type == RP else []
    return [*marks, "AR"] if receipt.with_ar else marks
