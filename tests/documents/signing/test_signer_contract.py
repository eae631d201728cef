"""Hold every kind of signer to the same contract."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.status import SignatureCoverageLevel

from documents.signing.errors import NotSignable
from documents.signing.signer import Signer
from documents.verification import Finding, verify
from tests.documents.signing.checks import pdfsig, status_of


@pytest.mark.rule("REC-7")
def test_signature_is_valid_for_pyhanko_and_covers_the_file(signer: Signer, document: bytes) -> None:
    status = status_of(signer.sign(document), signer.certificates[-1])
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.trusted
    assert status.md_algorithm == "sha256"


@pytest.mark.rule("REC-7")
def test_signature_is_valid_for_pdfsig_and_covers_the_file(
    signer: Signer, document: bytes, tmp_path: Path
) -> None:
    said = pdfsig(signer.sign(document), tmp_path)
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert "Signature Type: ETSI.CAdES.detached" in said


@pytest.mark.rule("REC-7")
def test_signature_forbids_every_change(signer: Signer, document: bytes) -> None:
    signed = signer.sign(document)
    with pikepdf.open(BytesIO(signed)) as pdf:
        [reference] = pdf.Root.Perms.DocMDP.Reference
        assert (reference.TransformMethod, reference.TransformParams.P) == ("/DocMDP", 1)
    assert status_of(signed, signer.certificates[-1]).docmdp_ok
    assert MDPPerm.NO_CHANGES.value == 1


def test_changed_byte_makes_everybody_say_no(signer: Signer, document: bytes, tmp_path: Path) -> None:
    signed = signer.sign(document)
    page = signed.index(b"stream", 3000) + 40
    changed = signed[:page] + bytes([signed[page] ^ 1]) + signed[page + 1 :]
    assert not status_of(changed, signer.certificates[-1]).bottom_line
    assert verify(changed, signer.certificates).finding == Finding.CHANGED
    assert "Signature is Valid" not in pdfsig(changed, tmp_path)


def test_signature_is_invisible_and_leaves_the_tags_whole(signer: Signer, document: bytes) -> None:
    with pikepdf.open(BytesIO(signer.sign(document))) as pdf, pikepdf.open(BytesIO(document)) as before:
        [field] = pdf.Root.AcroForm.Fields
        assert field.FT == "/Sig"
        assert str(field.TU) == "Electronic signature"
        assert "/AP" not in field
        # A widget outside the page need not be tagged; printed and not hidden is what PDF/A wants of it.
        assert [float(side) for side in field.Rect] == [-9999.0] * 4
        assert int(field.F) & 0b111 == 0b100
        assert {"/DR", "/DA", "/NeedAppearances"} & set(pdf.Root.AcroForm.keys()) == set()
        assert pdf.Root.StructTreeRoot.unparse() == before.Root.StructTreeRoot.unparse()
        assert pdf.Root.MarkInfo.Marked
        assert pdf.pages[0].obj.Tabs == "/S"


def test_signing_leaves_description_and_pages_as_they_are(signer: Signer, document: bytes) -> None:
    signed = signer.sign(document)
    assert signed.startswith(document)
    with pikepdf.open(BytesIO(signed)) as pdf, pikepdf.open(BytesIO(document)) as before:
        assert pdf.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert str(pdf.docinfo["/ModDate"]) == str(before.docinfo["/ModDate"])


def test_certificates_lead_from_the_signer_to_its_authority(signer: Signer) -> None:
    chain = [x509.load_der_x509_certificate(one) for one in signer.certificates]
    assert chain[-1].subject == chain[-1].issuer
    for certificate, issuer in pairwise(chain):
        certificate.verify_directly_issued_by(issuer)


def test_signer_signs_one_document_after_another(signer: Signer, document: bytes) -> None:
    for _ in range(3):
        assert verify(signer.sign(document), signer.certificates).finding == Finding.GENUINE


def test_what_is_no_unsigned_pdf_is_refused(signer: Signer, document: bytes) -> None:
    for wrong in (b"", b"hello", document[: len(document) // 2], signer.sign(document)):
        with pytest.raises(NotSignable):
            signer.sign(wrong)
