"""Invent receipts, and look at the pages made of them."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from documents.receipts import Receipt, ReceiptReport
from locales.words import BRUSSELS

HANDED_OVER_ON = date(2026, 11, 18)
GENERATED_AT = datetime(2026, 11, 22, 14, 5, tzinfo=BRUSSELS)
OPERATIONAL_ID = "CS123456789012"
RECEIPT = Receipt(
    barcode="RR123456785BE",
    item_type="registered",
    with_ar=True,
    addressee="Jean Dupont",
    sender="Imprimerie Liégeoise SA",
    postmark_on=HANDED_OVER_ON,
    operational_id=OPERATIONAL_ID,
)


def receipts(count: int) -> tuple[Receipt, ...]:
    """Invent receipts that differ in barcode and addressee."""
    return tuple(
        replace(RECEIPT, barcode=f"RR{10000000 + number}{number % 10}BE", addressee=f"Destinataire {number}")
        for number in range(count)
    )


def report_of(*found: Receipt, demo: bool = False) -> ReceiptReport:
    """Put receipts into a report."""
    return ReceiptReport(OPERATIONAL_ID, HANDED_OVER_ON, GENERATED_AT, found or (RECEIPT,), demo)


def text_of(pdf: bytes, *options: str) -> str:
    """Extract the text, on one line."""
    tool = _tool("pdftotext")
    done = subprocess.run([tool, *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def words_of_page(pdf: bytes) -> list[tuple[float, float, float, float, str]]:
    """List the words of a document with their boxes, in points from the top left."""
    from lxml import html

    tool = _tool("pdftotext")
    done = subprocess.run([tool, "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    found = html.fromstring(done.stdout).iter("word")
    return [
        (*(float(word.get(name)) for name in ("xmin", "ymin", "xmax", "ymax")), word.text or "")
        for word in found
    ]


def pages_of(pdf: bytes, folder: Path, resolution: int = 150) -> list[Image.Image]:
    """Render the pages in grey."""
    tool = _tool("pdftoppm")
    command = [tool, "-gray", "-r", str(resolution), "-", str(folder / "page")]
    subprocess.run(command, input=pdf, capture_output=True, check=True)
    return [Image.open(BytesIO(path.read_bytes())) for path in sorted(folder.glob("page*.pgm"))]


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found
