"""State why a document cannot be made, as facts that hold data; handlers word them."""

from __future__ import annotations

from dataclasses import dataclass


class DocumentError(Exception):
    """The base of all facts of the documents."""


@dataclass
class DoesNotReconcile(DocumentError):
    """An invoice's lines do not add up to its own amount to the cent (INV-6); amounts in euro cents."""

    invoice_number: str
    expected_cents: int
    found_cents: int


class NothingToShow(DocumentError):
    """A workbook without a sheet was asked for; Excel has no such file."""


@dataclass
class CutList(DocumentError):
    """A report was to total a list that does not hold all items (GEN-5)."""

    total: int
    listed: int
