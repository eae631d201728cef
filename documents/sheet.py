"""Fill a worksheet from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from openpyxl.cell import Cell
from openpyxl.worksheet.hyperlink import Hyperlink

from documents.book import Book
from documents.cells import Kind, StyledCell, look_of
from documents.styles import Style
from documents.texts import FORMULA_SIGNS, cell_text

ROW_HEIGHT = 15
BAND_HEIGHT = 18
# A wrapped line takes these points; letters are narrower than digits, but words are not cut.
LINE_POINTS, LETTERS_PER_UNIT = 13, 1.15


class Sheet:
    """A worksheet written row by row; `row` is the last row written."""

    def __init__(self, book: Book, title: str) -> None:
        self.worksheet = book.workbook.create_sheet(title)
        self.worksheet.sheet_format.defaultRowHeight = ROW_HEIGHT
        self.worksheet.sheet_format.customHeight = True
        self.looks = book.looks
        self.row = 0

    def cell(self, style: Style, value: int | Decimal | date | None = None) -> Cell:
        """Make a cell of a number, a date or nothing, for the next row."""
        kind: Kind = "d" if isinstance(value, date) else "n"
        return StyledCell(self.worksheet, self.row + 1, kind, value, self.looks[style])

    def text(self, style: Style, text: str) -> Cell:
        """Make a cell of a text, whatever it begins with; it stays a text when a person edits it."""
        written = cell_text(text)
        look = self.looks[style]
        if written.startswith(FORMULA_SIGNS):
            look = look_of(self.worksheet.parent, look.parts, quoted=True)
        return StyledCell(self.worksheet, self.row + 1, "s", written, look)

    def formula(self, style: Style, formula: str) -> Cell:
        """Make a cell that the spreadsheet program calculates; `formula` is ours, without its `=`."""
        return StyledCell(self.worksheet, self.row + 1, "f", f"={formula}", self.looks[style])

    def link(self, style: Style, text: str, target: str) -> Cell:
        """Make a text in the first column that leads to another cell of this sheet."""
        cell = self.text(style, text)
        quoted = self.worksheet.title.replace("'", "''")
        cell.hyperlink = Hyperlink(ref="", location=f"'{quoted}'!{target}", display=text)
        return cell

    def append(self, cells: Sequence[Cell | None] = ()) -> None:
        """Write the next row, from its first column on."""
        self.row += 1
        self.worksheet.append(tuple(cells))

    def append_at(self, cells: Mapping[str, Cell], height: float | None = None) -> None:
        """Write the next row with cells at columns of one letter; `height` is in points."""
        if height is not None:
            self.worksheet.row_dimensions[self.row + 1].height = height
        last = max(map(ord, cells))
        self.append([cells.get(chr(number)) for number in range(ord("A"), last + 1)])

    def append_band(self, columns: str, title: str, sums: Mapping[str, Cell]) -> None:
        """Write a row that stands out over all `columns`: a title and totals."""
        cells = {column: self.cell(Style.BAND) for column in columns}
        self.append_at(cells | {columns[0]: self.text(Style.BAND, title)} | dict(sums), height=BAND_HEIGHT)

    def set_widths(self, widths: Sequence[float]) -> None:
        """Set the widths of the columns from the first one on, in letters."""
        for number, width in enumerate(widths):
            self.worksheet.column_dimensions[chr(ord("A") + number)].width = width

    def skip_to(self, row: int) -> None:
        """Leave rows empty, so that `row` is the next one written."""
        while self.row < row - 1:
            self.append()


def height_for(text: str, width: float) -> float:
    """Give the height in points that a text needs, wrapped in a column of a width in letters."""
    lines = -(-len(text) // int(width * LETTERS_PER_UNIT))
    return max(BAND_HEIGHT, LINE_POINTS * lines + 3)


def euro(cents: int) -> Decimal:
    """Turn cents into the euro amount that a cell holds."""
    return Decimal(cents).scaleb(-2)
