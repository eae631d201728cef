from __future__ import annotations

import time
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from documents.receipts import receipt_report
from documents.signing.cms import CmsSigner
from documents.signing.opening import LocalAuthority, Pkcs12File, open_signer
from documents.signing.pades import PadesSigner
from documents.signing.pkcs12 import open_pkcs12
from documents.verification import LARGEST, Finding, Verdict, verify, verify_apart
from tests.documents.receipts.samples import report_of
from tests.documents.signing.authority import PASSWORD, Authority
from tests.documents.signing.conftest import now


@pytest.fixture(scope="module")
def trusted(local: PadesSigner) -> list[bytes]:
    return [local.certificates[-1]]


@pytest.fixture(scope="module")
def signed(local: PadesSigner, document: bytes) -> bytes:
    return local.sign(document)


@pytest.mark.rule("REC-7")
def test_receipt_is_genuine_with_its_signer_and_time(signed: bytes, trusted: list[bytes]) -> None:
    verdict = verify(signed, trusted)
    assert verdict.finding == Finding.GENUINE
    assert verdict.signer == "Deposit receipts (demonstration)"
    assert verdict.signed_at
    assert abs((verdict.signed_at - now()).total_seconds()) < 600
    assert not verdict.time_stamped


def test_signing_certificate_can_be_trusted_by_itself(signed: bytes, local: PadesSigner) -> None:
    assert verify(signed, [local.certificates[0]]).finding == Finding.GENUINE


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_file_with_any_changed_byte_is_not_genuine(
    signed: bytes, trusted: list[bytes], data: st.DataObject
) -> None:
    # The heads of the container are nobody's word: what they say stands in what is signed once more.
    head = signed.index(b"/Contents <")
    places = st.one_of(st.integers(0, head), st.integers(head + 500, len(signed) - 1))
    place = data.draw(places)
    value = data.draw(st.integers(0, 255).filter(lambda byte: byte != signed[place]))
    changed = signed[:place] + bytes([value]) + signed[place + 1 :]
    assert verify(changed, trusted).finding != Finding.GENUINE


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_file_that_is_cut_or_longer_is_not_genuine(
    signed: bytes, trusted: list[bytes], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(signed) - 1))
    more = data.draw(st.binary(min_size=1, max_size=50))
    assert verify(signed[:cut], trusted).finding != Finding.GENUINE
    assert verify(signed + more, trusted).finding != Finding.GENUINE


def test_signature_itself_changed_is_not_genuine(signed: bytes, trusted: list[bytes]) -> None:
    start = signed.index(b"/Contents <") + len(b"/Contents <")
    end = signed.index(b">", start)
    # Each certificate, the digest, the signature.
    for place in range(start + 420, end - 1000, 150):
        other = b"1" if signed[place : place + 1] != b"1" else b"2"
        changed = signed[:place] + other + signed[place + 1 :]
        assert verify(changed, trusted).finding not in {Finding.GENUINE, Finding.NOT_SIGNED}


@pytest.mark.rule("REC-7")
def test_page_changed_by_an_update_is_said_to_be_changed(signed: bytes, trusted: list[bytes]) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    content = writer.add_object(generic.StreamObject(stream_data=b"BT /F1 12 Tf (paid) Tj ET"))
    page, _ = writer.find_page_for_modification(0)
    page.get_object()["/Contents"] = generic.ArrayObject([page.get_object().raw_get("/Contents"), content])
    writer.mark_update(page)
    output = BytesIO()
    writer.write(output)
    assert verify(output.getvalue(), trusted).finding == Finding.CHANGED


def test_signature_that_somebody_adds_is_a_change(
    signed: bytes, trusted: list[bytes], pkcs12_file: Path
) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    # pyHanko refuses to sign what is certified against it; somebody else's program would not.
    del writer.root["/Perms"]
    stranger = PdfSigner(
        PdfSignatureMetadata(field_name="Other", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"),
        CmsSigner(open_pkcs12(pkcs12_file, PASSWORD)),
    )
    both = stranger.sign_pdf(writer).getvalue()
    assert verify(both, trusted).finding == Finding.CHANGED


def test_document_signed_by_somebody_else_is_told_apart(
    authority: Authority, pkcs12_file: Path, document: bytes, trusted: list[bytes]
) -> None:
    verdict = verify(open_signer(Pkcs12File(pkcs12_file, PASSWORD), now).sign(document), trusted)
    assert (verdict.finding, verdict.signer) == (Finding.OTHER_SIGNER, "Test receipts")


def test_authority_of_the_same_name_is_somebody_else(
    document: bytes, trusted: list[bytes], tmp_path: Path
) -> None:
    twin = open_signer(LocalAuthority(tmp_path / "twin"), now)
    assert verify(twin.sign(document), trusted).finding == Finding.OTHER_SIGNER
    assert verify(twin.sign(document), []).finding == Finding.OTHER_SIGNER


def test_certificate_in_the_file_does_not_make_itself_trusted(
    document: bytes, local: PadesSigner, tmp_path: Path
) -> None:
    twin = open_signer(LocalAuthority(tmp_path / "twin"), now)
    assert verify(local.sign(document), twin.certificates).finding == Finding.OTHER_SIGNER


def test_receipt_stays_genuine_when_its_certificate_has_expired(document: bytes, tmp_path: Path) -> None:
    long_ago = now().replace(year=2001, month=3, day=1)
    signer = open_signer(LocalAuthority(tmp_path / "old"), lambda: long_ago)
    verdict = verify(signer.sign(document), signer.certificates)
    assert (verdict.finding, verdict.signed_at and verdict.signed_at.year) == (Finding.GENUINE, 2001)


def test_receipt_saved_anew_by_another_program_is_not_genuine(signed: bytes, trusted: list[bytes]) -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(signed)) as pdf:
        pdf.save(output)
    assert verify(output.getvalue(), trusted).finding == Finding.CHANGED


def test_unsigned_document_is_said_to_be_unsigned(document: bytes, trusted: list[bytes]) -> None:
    assert verify(document, trusted) == Verdict(Finding.NOT_SIGNED)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"GIF89a", b"a" * 5000 + b"%PDF-1.7"])
def test_other_files_are_no_pdf(content: bytes, trusted: list[bytes]) -> None:
    assert verify(content, trusted) == Verdict(Finding.NOT_A_PDF)


def test_file_that_is_far_too_large_is_not_read(trusted: list[bytes]) -> None:
    assert verify(b"%PDF-1.7" + bytes(LARGEST), trusted) == Verdict(Finding.TOO_LARGE)
    assert verify_apart(b"%PDF-1.7" + bytes(LARGEST), trusted) == Verdict(Finding.TOO_LARGE)


def test_locked_document_is_unreadable(signed: bytes, trusted: list[bytes]) -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(signed)) as pdf:
        pdf.save(output, encryption=pikepdf.Encryption(owner="owner", user="user"))
    assert verify(output.getvalue(), trusted) == Verdict(Finding.UNREADABLE)


def pdf_of(trailer: str, *objects: bytes) -> bytes:
    """Write a small PDF with a table of its objects."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer.encode(), len(body))


ROOT = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [] /Count 0 >>"
BOMB = zlib.compress(bytes(80_000_000), 9)
SIG = b"<< /Type /Sig /Filter /X /SubFilter /ETSI.CAdES.detached /ByteRange [0 %b] /Contents <%b> >>"
FORM = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [3 0 R] >> >>"
FIELD = b"<< /FT /Sig /T (a) /V 4 0 R >>"
HOSTILE = {
    "table that points to itself": pdf_of("<< /Size 3 /Root 1 0 R /Prev 118 >>", ROOT, PAGES),
    "no root": pdf_of("<< /Size 3 >>", ROOT, PAGES),
    "root that is itself": pdf_of("<< /Size 3 /Root 1 0 R >>", b"1 0 R", PAGES),
    "deep arrays": pdf_of("<< /Size 3 /Root 1 0 R >>", b"[" * 50_000, PAGES),
    "fields in a circle": pdf_of("<< /Size 4 /Root 1 0 R >>", FORM, PAGES, b"<< /T (a) /Kids [3 0 R] >>"),
    "negative range": pdf_of("<< /Size 5 /Root 1 0 R >>", FORM, PAGES, FIELD, SIG % (b"-5 10 5", b"00")),
    "enormous range": pdf_of(
        "<< /Size 5 /Root 1 0 R >>", FORM, PAGES, FIELD, SIG % (b"9 10 99999999999", b"3000")
    ),
    "short range": pdf_of("<< /Size 5 /Root 1 0 R >>", FORM, PAGES, FIELD, SIG % (b"", b"3000")),
    "range of names": pdf_of("<< /Size 5 /Root 1 0 R >>", FORM, PAGES, FIELD, SIG % (b"/A /B /C", b"3000")),
    "container of nothing": pdf_of("<< /Size 5 /Root 1 0 R >>", FORM, PAGES, FIELD, SIG % (b"1 2 3", b"")),
    "container of rubbish": pdf_of(
        "<< /Size 5 /Root 1 0 R >>", FORM, PAGES, FIELD, SIG % (b"1 2 3", b"30" * 4000)
    ),
    "bomb": pdf_of(
        "<< /Size 4 /Root 1 0 R >>",
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm 3 0 R >>",
        PAGES,
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%b\nendstream" % (len(BOMB), BOMB),
    ),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_file_is_judged_quickly_and_never_genuine(content: bytes, trusted: list[bytes]) -> None:
    started = time.process_time()
    finding = verify(content, trusted).finding
    assert finding in {Finding.UNREADABLE, Finding.NOT_SIGNED, Finding.CHANGED}
    assert time.process_time() - started < 5


def test_judging_apart_gives_the_same_verdict(signed: bytes, document: bytes, trusted: list[bytes]) -> None:
    for pdf in (signed, document, b"hello", signed[:-5]):
        assert verify_apart(pdf, trusted) == verify(pdf, trusted)


def test_judging_apart_ends_with_its_time(trusted: list[bytes]) -> None:
    # Each of many revisions is read, so that the work grows with their number; one second of it is allowed.
    numbers = b"".join(b"%d 1\n%010d 00000 n \n" % (number, 9) for number in range(3, 800_000))
    body = pdf_of("<< /Size 3 /Root 1 0 R >>", ROOT, PAGES)
    slow = body.replace(b"trailer", numbers + b"trailer")
    started = time.monotonic()
    assert verify_apart(slow, trusted, seconds=1) == Verdict(Finding.UNREADABLE)
    assert time.monotonic() - started < 15


def test_stranger_cannot_write_much_into_the_verdict(authority: Authority, local: PadesSigner) -> None:
    pdf = receipt_report(replace(report_of(), operational_id="CS000000000000"), 1, "de")
    verdict = verify(local.sign(pdf), [authority.certificate("root")])
    assert verdict.finding == Finding.OTHER_SIGNER
    assert len(verdict.signer) <= 100
