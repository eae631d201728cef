from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import zxingcpp

from documents import headings
from documents.errors import NothingToShow
from documents.receipts import BarcodeNotDrawable, PerPage, Receipt, receipt_report, wording
from locales.words import LANGUAGES, words_of
from tests.documents.receipts.samples import (
    OPERATIONAL_ID,
    RECEIPT,
    pages_of,
    receipts,
    report_of,
    text_of,
    words_of_page,
)

GLOSSARY = Path(__file__).parents[4] / "shared" / "data" / "glossary.csv"
HOSTILE = [
    '#eval("1 + 1")',
    "$x^2$ *bold* _it_ @ref <label>",
    "`raw` // comment /* */ \\ #import",
    '"]) #panic() [',
    "{{ jinja }} ${shell} %s \\n",
    "=HYPERLINK(1) <!channel> & &amp; <b>",
    "' OR 1=1; DROP TABLE items; --",
]


@pytest.mark.rule("REC-1")
@pytest.mark.parametrize(
    ("count", "per_page", "pages"), [(1, 1, 1), (5, 1, 5), (1, 4, 1), (4, 4, 1), (5, 4, 2)]
)
def test_report_has_one_or_four_receipts_a_page(count: int, per_page: PerPage, pages: int) -> None:
    with pikepdf.open(BytesIO(receipt_report(report_of(*receipts(count)), per_page, "fr"))) as pdf:
        assert len(pdf.pages) == pages
        assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]


@pytest.mark.rule("REC-6")
@pytest.mark.parametrize("per_page", [1, 4])
def test_barcodes_of_the_page_are_read_by_a_scanner(per_page: PerPage, tmp_path: Path) -> None:
    found = receipts(5)
    read = [
        {barcode.text for barcode in zxingcpp.read_barcodes(page)}
        for page in pages_of(receipt_report(report_of(*found), per_page, "nl"), tmp_path)
    ]
    numbers = [receipt.barcode for receipt in found]
    assert read == [set(numbers[at : at + per_page]) for at in range(0, 5, per_page)]


@pytest.mark.parametrize("barcode", ["A" * 40, "JJBEA123456789012345678901234567", "0105412885" + "0" * 20])
def test_long_barcode_fits_and_is_read(barcode: str, tmp_path: Path) -> None:
    [page] = pages_of(receipt_report(report_of(replace(RECEIPT, barcode=barcode)), 4, "fr"), tmp_path, 300)
    assert [found.bytes.decode() for found in zxingcpp.read_barcodes(page)] == [barcode]


@pytest.mark.rule("REC-6")
@pytest.mark.parametrize("language", LANGUAGES)
def test_receipt_shows_what_is_required(language: str) -> None:
    words = words_of(language)
    text = text_of(receipt_report(report_of(), 4, language))
    shown = [RECEIPT.barcode, RECEIPT.addressee, RECEIPT.sender, words.day(RECEIPT.postmark_on), "18.11.2026"]
    shown += [words.write(wording.ADDRESSEE), words.write(wording.SENDER), words.write(wording.RECEIVED)]
    shown += [words.write(wording.WITH_AR), OPERATIONAL_ID]
    assert [one for one in shown if one not in text] == []


@pytest.mark.rule("REC-6")
@pytest.mark.parametrize(
    ("item_type", "with_ar", "marks"),
    [
        ("registered", False, []),
        ("registered", True, ["AR"]),
        ("rp", False, ["RP"]),
        ("rp", True, ["RP", "AR"]),
    ],
)
def test_receipt_bears_the_marks_of_its_item(item_type: str, with_ar: bool, marks: list[str]) -> None:
    pdf = receipt_report(report_of(replace(RECEIPT, item_type=item_type, with_ar=with_ar)), 4, "en")
    # The marks are the only words in the upper right corner of the card.
    corner = [word for left, top, _, _, word in words_of_page(pdf) if left > 200 and 45 < top < 75]
    assert corner == marks


@pytest.mark.rule("REC-8")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_receipt_says_that_the_file_is_the_original(language: str) -> None:
    legal = words_of(language).write(wording.LEGAL)
    text = text_of(receipt_report(report_of(*receipts(3)), 4, language), "-raw")
    assert text.count(legal) == 3


def test_words_are_those_of_the_glossary() -> None:
    with GLOSSARY.open(encoding="utf-8") as file:
        terms = {row["key"]: row for row in csv.DictReader(file)}
    for language in LANGUAGES:
        written = words_of(language).write(wording.RECEIPT).casefold()
        assert terms["deposit_receipt"][language].casefold().startswith(written)
        acknowledgement = words_of(language).write(wording.WITH_AR)
        known = terms["ack_receipt"][language].replace("(AR)", "").split("/")
        assert any(term.strip() in acknowledgement for term in known)


@pytest.mark.rule("REC-5")
@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 11, 22, 13, 5, tzinfo=UTC), "22 November 2026, 14:05 (Brussels time, UTC+1)"),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "2 July 2026, 00:30 (Brussels time, UTC+2)"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25 October 2026, 02:30 (Brussels time, UTC+2)"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25 October 2026, 02:30 (Brussels time, UTC+1)"),
    ],
)
def test_report_says_when_it_was_generated(moment: datetime, written: str) -> None:
    pdf = receipt_report(replace(report_of(), generated_at=moment), 4, "en")
    assert written in text_of(pdf)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert str(document.docinfo["/CreationDate"]).startswith(f"D:{moment:%Y%m%d%H%M}")


@pytest.mark.parametrize("demo", [True, False])
def test_demo_data_is_marked_on_each_card(demo: bool) -> None:
    text = text_of(receipt_report(report_of(*receipts(2), demo=demo), 4, "fr"), "-raw")
    words = words_of("fr")
    note = words.write(headings.DEMO_NOTE)
    assert text.count(note) == demo
    assert text.replace(note, "").count(words.write(headings.DEMO)) == 2 * demo


@pytest.mark.parametrize("name", [*HOSTILE, "Łódź Œuvre ’quoted’", "Ünïcödé Straße"])
def test_name_with_any_markup_is_shown_as_written(name: str) -> None:
    found = replace(RECEIPT, addressee=name, sender=name)
    assert text_of(receipt_report(report_of(found), 4, "fr"), "-raw").count(" ".join(name.split())) == 2


@pytest.mark.parametrize(
    "name", ["שלום עולם", "سلام", "😀 👨‍👩‍👧 ❤️ 🇧🇪", "中文", "a\u200db\u0301\u0302", "\u200d\ufe0f", "\ue000"]
)
def test_name_in_other_scripts_is_made_into_a_document(name: str) -> None:
    assert receipt_report(report_of(replace(RECEIPT, addressee=name)), 4, "fr").startswith(b"%PDF-1.7")


def test_name_that_is_empty_is_said_to_be_unknown() -> None:
    text = text_of(receipt_report(report_of(replace(RECEIPT, sender=" \n ")), 4, "en"), "-raw")
    assert f"Sender {words_of('en').write(wording.UNKNOWN)}" in text


@pytest.mark.parametrize("per_page", [1, 4])
@pytest.mark.parametrize(
    "name",
    ["W" * 200, "i" * 200, "Société " * 25, "M" * 300, "é" * 1000, "[U+0000]" * 30, "Aa1-" * 50],
    ids=lambda name: name[:4],
)
def test_long_name_stays_in_its_box(name: str, per_page: PerPage) -> None:
    found = replace(RECEIPT, addressee=name, sender=name)
    words = words_of_page(receipt_report(report_of(found), per_page, "en"))
    heights = {word: top for _, top, _, _, word in words}
    right_edge = 300 if per_page == 4 else 580
    boxes = [(heights["Addressee"], heights["Sender"]), (heights["Sender"], heights["Received"])]
    for above, below in boxes:
        inside = [
            word for word in words if above < word[1] < below and word[4] not in {"Addressee", "Sender"}
        ]
        assert inside
        assert max(right for _, _, right, _, _ in inside) < right_edge
        # Letters of small size are a point or two lower than the line of their box.
        assert max(bottom for *_, bottom, _ in inside) < below + 2.5


def test_report_is_the_same_for_the_same_data() -> None:
    report = report_of(*receipts(9), demo=True)
    assert receipt_report(report, 4, "de") == receipt_report(report, 4, "de")
    assert receipt_report(report, 4, "de") != receipt_report(report, 4, "nl")


def test_report_without_receipts_is_refused() -> None:
    with pytest.raises(NothingToShow):
        receipt_report(replace(report_of(), receipts=()), 4, "fr")


def test_receipt_with_an_impossible_barcode_is_refused() -> None:
    with pytest.raises(BarcodeNotDrawable):
        receipt_report(report_of(replace(RECEIPT, barcode="RR 12\x00")), 4, "fr")


def test_postmark_bears_the_day_of_each_item() -> None:
    found: list[Receipt] = [
        replace(one, postmark_on=date(2026, 2, 26 + number)) for number, one in enumerate(receipts(3))
    ]
    text = text_of(receipt_report(report_of(*found), 4, "fr"))
    assert [day in text for day in ("26.02.2026", "27.02.2026", "28.02.2026")] == [True] * 3
