"""Make the copy of what is kept about a person, as an Excel file: a sheet for each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents.book import Book
from documents.sheet import Sheet
from documents.styles import Style
from documents.texts import sheet_titles
from locales.words import words_of

LETTERS = "ABCDEFGH"
NARROWEST, WIDEST = 14, 80


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet: its title, the headings of its columns, and its rows as text."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def personal_data_workbook(title: str, parts: Sequence[Part], language: str) -> bytes:
    """Write the parts in the order given; `title` is the file's own."""
    words_of(language)
    book = Book(language, title)
    for part, name in zip(parts, sheet_titles((part.title,) for part in parts), strict=True):
        _draw(Sheet(book, name), part)
    return book.to_bytes()


def _draw(sheet: Sheet, part: Part) -> None:
    columns = [(heading, *(row[number] for row in part.rows)) for number, heading in enumerate(part.headings)]
    sheet.set_widths([min(max(NARROWEST, *(len(cell) + 2 for cell in column)), WIDEST) for column in columns])
    sheet.worksheet.freeze_panes = "A2"
    sheet.append_band(
        LETTERS[: len(part.headings)],
        part.headings[0],
        {LETTERS[number]: sheet.text(Style.BAND, heading) for number, heading in enumerate(part.headings)},
    )
    for row in part.rows:
        sheet.append([sheet.text(Style.TEXT, cell) for cell in row])
