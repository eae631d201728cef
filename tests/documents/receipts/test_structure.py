"""Assert what the reference checker veraPDF would look at first; it is not to be had on these machines."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest

from documents.receipts import receipt_report
from locales.words import LANGUAGES, words_of
from tests.documents.receipts.samples import RECEIPT, receipts, report_of


@pytest.fixture(params=LANGUAGES)
def document(request: pytest.FixtureRequest) -> Iterator[tuple[str, pikepdf.Pdf]]:
    pdf = receipt_report(report_of(*receipts(6), demo=True), 4, request.param)
    with pikepdf.open(BytesIO(pdf)) as opened:
        yield request.param, opened


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """List the elements of the structure tree in reading order."""
    found: list[pikepdf.Dictionary] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:  # type: ignore[attr-defined]
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            walk(node.get("/K", pikepdf.Array()))

    walk(pdf.Root.StructTreeRoot.K)
    return found


@pytest.mark.rule("REC-7")
def test_metadata_claims_pdf_a_2b_and_pdf_ua_1(document: tuple[str, pikepdf.Pdf]) -> None:
    language, pdf = document
    with pdf.open_metadata() as metadata:
        claims = {name: metadata.get(name) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")}
        assert claims == {"pdfaid:part": "2", "pdfaid:conformance": "B", "pdfuaid:part": "1"}
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
    assert pdf.Root.Lang == f"{language}-BE"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked


def test_colours_are_defined_by_an_embedded_profile(document: tuple[str, pikepdf.Pdf]) -> None:
    _, pdf = document
    [intent] = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert len(intent.DestOutputProfile.read_bytes()) > 100


def test_fonts_are_embedded_and_map_to_unicode(document: tuple[str, pikepdf.Pdf]) -> None:
    _, pdf = document
    fonts = [
        one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"
    ]
    composite = [font for font in fonts if font.Subtype == "/Type0"]
    assert composite
    for font in composite:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
        assert "/ToUnicode" in font
    assert {str(font.Subtype) for font in fonts} <= {"/Type0", "/CIDFontType0", "/CIDFontType2"}


def test_tags_follow_the_reading_order(document: tuple[str, pikepdf.Pdf]) -> None:
    _, pdf = document
    roles = [str(element.S) for element in elements(pdf)]
    assert roles.count("/H1") == 1
    assert roles.count("/H2") == 6
    first_card = [role for role in roles[: roles.index("/H2", roles.index("/H2") + 1)] if role != "/Span"]
    assert first_card == ["/Document", "/H1", "/P", "/H2", "/P", "/Figure", *["/P"] * 5, "/Figure", "/P"]


def test_drawings_are_described(document: tuple[str, pikepdf.Pdf]) -> None:
    language, pdf = document
    described = [str(element.Alt) for element in elements(pdf) if element.S == "/Figure"]
    assert len(described) == 12
    assert described[0].endswith(receipts(1)[0].barcode)
    assert described[1].endswith(words_of(language).day(RECEIPT.postmark_on))


def test_pages_are_read_in_the_order_of_their_structure(document: tuple[str, pikepdf.Pdf]) -> None:
    _, pdf = document
    assert [str(page.obj.Tabs) for page in pdf.pages] == ["/S", "/S"]


def test_document_holds_nothing_that_acts_or_is_locked(document: tuple[str, pikepdf.Pdf]) -> None:
    _, pdf = document
    assert not pdf.is_encrypted
    assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & set(pdf.Root.keys())
    actions = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/JS" in one]
    assert actions == []
