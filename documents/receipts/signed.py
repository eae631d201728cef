"""Make a report of receipts and sign it: the long work of a process of its own (REC-4, REC-7)."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from documents.receipts.report import PerPage, ReceiptReport, receipt_report
from documents.signing.once import Signing, sign_at


def signed_receipts(report: ReceiptReport, per_page: PerPage, language: str, signing: Signing) -> bytes:
    """Make the signed PDF of a report, signed when it was generated.

    Raises a `NotSigned`, NothingToShow, BarcodeNotDrawable.
    """
    return sign_at(receipt_report(report, per_page, language), signing, report.generated_at)


def zipped(files: Sequence[tuple[str, bytes]], moment: datetime) -> bytes:
    """Put files into one ZIP under their names (REC-5); the same files give the same bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            # A signed PDF is packed already: packing it again would only take time.
            archive.writestr(zipfile.ZipInfo(name, moment.timetuple()[:6]), content)
    return packed.getvalue()
