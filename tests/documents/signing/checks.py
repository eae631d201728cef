"""Look at signatures with tools that are not ours."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext


def pdfsig(pdf: bytes, folder: Path) -> str:
    """Ask Poppler's pdfsig about a file."""
    tool = shutil.which("pdfsig")
    if tool is None:
        pytest.skip("pdfsig is not installed")
    path = folder / "signed.pdf"
    path.write_bytes(pdf)
    return subprocess.run([tool, str(path)], capture_output=True, text=True, check=False).stdout


def status_of(pdf: bytes, *roots: bytes, moment: datetime | None = None) -> PdfSignatureStatus:
    """Ask pyHanko's validator about the first signature of a file, by authorities as DER."""
    context = ValidationContext(trust_roots=[Certificate.load(root) for root in roots], moment=moment)
    signature = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures[0]
    return asyncio.run(
        async_validate_pdf_signature(
            signature, context, key_usage_settings=KeyUsageConstraints(key_usage=set())
        )
    )
