"""Begin a workbook in a language and save it, the same for the same data."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.workbook.properties import CalcProperties
from openpyxl.writer.excel import ExcelWriter

from documents.cells import Look, look_of
from documents.formats import FORMATS
from documents.styles import Style, named_styles
from documents.texts import plain_text

CREATOR = "Guichet"
# The oldest moment a ZIP archive can name.
NO_MOMENT = (1980, 1, 1, 0, 0, 0)


class Book:
    """A workbook of one language with the styles of the house, calculated anew when it is opened.

    `looks` holds each style as all cells of this workbook share it.
    """

    def __init__(self, language: str, title: str) -> None:
        self.workbook = Workbook()
        for worksheet in self.workbook.worksheets:
            self.workbook.remove(worksheet)
        self.workbook.properties = _TimelessProperties(
            creator=CREATOR, title=plain_text(title), language=f"{language}-BE"
        )
        self.workbook.calculation = CalcProperties(fullCalcOnLoad=True)
        styles = named_styles(FORMATS[language])
        for style in styles.values():
            self.workbook.add_named_style(style)
        parts = {name: style.as_tuple() for name, style in styles.items()}
        self.looks: Mapping[Style, Look] = {name: look_of(self.workbook, own) for name, own in parts.items()}

    def to_bytes(self) -> bytes:
        """Save the workbook; the same content gives the same bytes."""
        target = BytesIO()
        # Not `Workbook.save`: it writes the time of day into the file.
        ExcelWriter(self.workbook, _TimelessArchive(target, "w", ZIP_DEFLATED)).save()
        return target.getvalue()


class _TimelessProperties(DocumentProperties):
    """A document's properties without the moments of making and changing it, which are not part of the data."""

    __elements__ = tuple(
        name for name in DocumentProperties.__elements__ if name not in {"created", "modified"}
    )
    # Which elements hold a plain text: openpyxl would work it out anew for this class, and find none.
    __nested__ = __elements__


class _TimelessArchive(ZipFile):
    """A ZIP archive whose entries carry no moment."""

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *args: Any, **kwargs: Any) -> None:
        info = zinfo_or_arcname
        if not isinstance(info, ZipInfo):
            info = ZipInfo(info, NO_MOMENT)
            info.compress_type = self.compression
        super().writestr(info, data, *args, **kwargs)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **kwargs: Any) -> None:
        self.writestr(str(arcname), Path(filename).read_bytes(), *args, **kwargs)
