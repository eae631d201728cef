from __future__ import annotations

import re

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from documents.receipts import BarcodeNotDrawable
from documents.receipts.barcode import draw_code_128

PIXELS = 3
BAR = re.compile(r"h(\d+)v1h-\1zm(\d+) 0")


def picture(svg: str, modules: int) -> Image.Image:
    """Draw the path of a barcode as a picture, module by module."""
    [path] = re.findall(r' d="([^"]+)"', svg)
    start = re.match(r"M(\d+) 0", path)
    assert start
    dark: list[bool] = [False] * int(start[1])
    for bar, step in BAR.findall(path):
        dark += [True] * int(bar) + [False] * (int(step) - int(bar))
    dark += [False] * (modules - len(dark))
    assert len(dark) == modules
    line = Image.new("L", (modules, 1))
    line.putdata([0 if module else 255 for module in dark])
    return line.resize((modules * PIXELS, 60), Image.Resampling.NEAREST)


def read(barcode: str) -> zxingcpp.Barcode:
    drawing = draw_code_128(barcode)
    [found] = zxingcpp.read_barcodes(picture(drawing.svg, drawing.modules))
    return found


@pytest.mark.rule("REC-6")
@pytest.mark.parametrize(
    "barcode",
    [
        "RR123456785BE",
        "RP000000001BE",
        "JJBEA1234567890123",
        "JJBEA123456789012345678901234567",
        "323212345678901234567890",
        "123",
        "1",
        "A",
        "12A",
        "A1234",
        "A12345B",
        "A123456B",
        "A1234567B",
    ],
)
def test_code_128_is_read_by_a_scanner(barcode: str) -> None:
    found = read(barcode)
    assert (found.format, found.text) == (zxingcpp.BarcodeFormat.Code128, barcode)


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40))
def test_code_128_of_any_printable_text_is_read(barcode: str) -> None:
    assert read(barcode).bytes == barcode.encode()


def test_code_128_of_gs1_item_says_so_to_scanners() -> None:
    found = read("01054128850" + "1234567890123456789")
    assert found.symbology_identifier == "]C1"
    assert found.bytes == b"010541288501234567890123456789"


def test_code_128_of_digits_is_half_as_long() -> None:
    assert draw_code_128("1" * 40).modules < draw_code_128("A" * 40).modules * 0.6


@pytest.mark.parametrize("barcode", ["", "é", "RR\n", "٣" * 4, "A" * 41, "\x00"])
def test_barcode_with_other_signs_is_refused(barcode: str) -> None:
    with pytest.raises(BarcodeNotDrawable) as refusal:
        draw_code_128(barcode)
    assert refusal.value.barcode == barcode
