"""Typeset the template with Typst, as PDF/A-2b tagged for PDF/UA-1 (REC-7)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import typst

from documents.receipts.lettering import FONTS
from locales.words import BRUSSELS

TEMPLATE = Path(__file__).with_name("template.typ")
# Typst remembers the layout of the last ten documents to make similar ones faster. Of long ones that is much memory
# for little use, since no two receipts are alike.
LONG, REMEMBERED = 200, 10
STANDARDS: list[typst.PDFStandard] = ["a-2b", "ua-1"]


def typeset(report: Mapping[str, Any], made_at: datetime) -> bytes:
    """Fill the template with data; nothing of it is ever read as Typst's language.

    The same data and moment give the same bytes. Raises typst.TypstError.
    """
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts())
    pdf = compiler.compile(
        format="pdf",
        sys_inputs={"report": json.dumps(report, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=_at_fixed_offset(made_at),
    )
    assert isinstance(pdf, bytes)
    if len(report["receipts"]) > LONG:
        _forget()
    return pdf


def _at_fixed_offset(moment: datetime) -> datetime:
    # Typst takes no zone with a summer time, so that the offset of that moment stands for it.
    offset = moment.astimezone(BRUSSELS).utcoffset() or timedelta(0)
    return moment.astimezone(timezone(offset))


def _forget() -> None:
    """Have Typst forget a document by giving it as many empty ones as it remembers."""
    for _ in range(REMEMBERED):
        typst.Compiler(b"", font_paths=_fonts()).compile(format="pdf")


@cache
def _fonts() -> typst.Fonts:
    """List the fonts of the package: what a machine has installed must not change a document."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
