"""Make the annex of invoices: a workbook with one sheet for each cost centre (INV-6, INV-7)."""

from __future__ import annotations

from collections.abc import Sequence

from documents.annex_data import AnnexLine, AnnexSheet, check_reconciles
from documents.annex_drawing import draw_annex
from documents.annex_head import annex_title
from documents.book import Book
from documents.errors import NothingToShow
from documents.texts import sheet_titles
from locales.phrases import Month, Phrase, say
from locales.words import words_of

__all__ = ["AnnexLine", "AnnexSheet", "annex_workbook"]


def annex_workbook(sheets: Sequence[AnnexSheet], language: str) -> bytes:
    """Write the annex of one or more invoices as an Excel file in a language.

    Raises DoesNotReconcile where a sheet's lines differ from its invoice by a cent, NothingToShow without sheets.
    """
    if not sheets:
        raise NothingToShow
    for sheet in sheets:
        check_reconciles(sheet)
    words = words_of(language)
    book = Book(language, words.write(_title(sheets)))
    titles = sheet_titles(
        (sheet.cost_centre, f"{sheet.cost_centre} {sheet.prs}", sheet.prs) for sheet in sheets
    )
    for sheet, title in zip(sheets, titles, strict=True):
        draw_annex(book, title, sheet, words)
    return book.to_bytes()


def _title(sheets: Sequence[AnnexSheet]) -> Phrase:
    if len(sheets) == 1:
        return annex_title(sheets[0])
    # Translators: the title of an Excel file with the annexes of one month's invoices.
    return say("Annexes to the invoices, {month}", month=Month(sheets[0].month))
