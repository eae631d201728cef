from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.status import SignatureCoverageLevel

from documents.signing.errors import (
    NotSigned,
    ProofOfValidityMissing,
    TimeStampServiceAnswersNonsense,
    TimeStampServiceDown,
)
from documents.signing.opening import Pkcs12File, open_signer
from documents.signing.pades import PadesSigner
from documents.signing.time_stamps import Level, TimeStamps
from documents.verification import Finding, verify
from tests.documents.signing.authority import PASSWORD, Authority
from tests.documents.signing.checks import pdfsig, status_of
from tests.documents.signing.conftest import now

LEVELS: list[Level] = ["B-T", "B-LT", "B-LTA"]


def lasting_signer(authority: Authority, path: Path, level: Level, address: str = "") -> PadesSigner:
    stamps = TimeStamps(
        address or authority.time_stamps, level, (authority.certificate("root"),), timeout_seconds=10
    )
    return open_signer(Pkcs12File(path, PASSWORD), now, stamps)


@pytest.mark.rule("REC-7")
@pytest.mark.parametrize("level", LEVELS)
def test_signature_bears_the_time_of_the_service(
    authority: Authority, pkcs12_file: Path, document: bytes, level: Level
) -> None:
    signer = lasting_signer(authority, pkcs12_file, level)
    status = status_of(signer.sign(document), authority.certificate("root"))
    assert status.bottom_line
    assert status.timestamp_validity
    assert status.timestamp_validity.valid
    assert status.timestamp_validity.trusted
    assert abs((status.timestamp_validity.timestamp - now()).total_seconds()) < 60


@pytest.mark.rule("REC-7")
@pytest.mark.parametrize("level", LEVELS)
def test_lasting_signature_is_genuine_for_pdfsig_and_for_us(
    authority: Authority, pkcs12_file: Path, document: bytes, level: Level, tmp_path: Path
) -> None:
    signer = lasting_signer(authority, pkcs12_file, level)
    for _ in range(2):
        signed = signer.sign(document)
        verdict = verify(signed, signer.certificates)
        assert (verdict.finding, verdict.time_stamped) == (Finding.GENUINE, True)
    said = pdfsig(signed, tmp_path)
    # Poppler does not judge archive time stamps; pyHanko does, in the tests below.
    assert said.count("Signature is Valid") == 1
    assert "Total document signed" in said


@pytest.mark.rule("REC-7")
@pytest.mark.parametrize("level", ["B-LT", "B-LTA"])
def test_proofs_are_in_the_document_and_are_enough_without_a_network(
    authority: Authority, pkcs12_file: Path, document: bytes, level: Level
) -> None:
    signed = lasting_signer(authority, pkcs12_file, level).sign(document)
    reader = PdfFileReader(BytesIO(signed))
    store = DocumentSecurityStore.read_dss(reader)
    assert store.ocsps
    assert store.crls
    from asn1crypto.x509 import Certificate

    context = store.as_validation_context(
        {
            "trust_roots": [Certificate.load(authority.certificate("root"))],
            "allow_fetching": False,
            "revocation_mode": "require",
        }
    )
    import asyncio

    from pyhanko.sign.validation import async_validate_pdf_signature

    status = asyncio.run(async_validate_pdf_signature(reader.embedded_regular_signatures[0], context))
    assert status.bottom_line


def test_proofs_of_b_lt_stand_in_what_is_signed(
    authority: Authority, pkcs12_file: Path, document: bytes
) -> None:
    signed = lasting_signer(authority, pkcs12_file, "B-LT").sign(document)
    status = status_of(signed, authority.certificate("root"))
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def test_archive_time_stamp_covers_the_file_and_leaves_the_tags_whole(
    authority: Authority, pkcs12_file: Path, document: bytes
) -> None:
    signed = lasting_signer(authority, pkcs12_file, "B-LTA").sign(document)
    [stamp] = PdfFileReader(BytesIO(signed)).embedded_timestamp_signatures
    assert sum(list(stamp.byte_range)[-2:]) == len(signed)
    assert status_of(signed, authority.certificate("root")).docmdp_ok
    with pikepdf.open(BytesIO(signed)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            assert [float(side) for side in field.Rect] == [-9999.0] * 4
            assert int(field.F) & 0b111 == 0b100
            assert "/TU" in field


def test_time_stamp_service_that_is_down_is_a_fact(
    authority: Authority, pkcs12_file: Path, document: bytes
) -> None:
    signer = lasting_signer(authority, pkcs12_file, "B-T")
    authority.down.add("/tsa/")
    try:
        with pytest.raises(TimeStampServiceDown) as fact:
            signer.sign(document)
    finally:
        authority.down.clear()
    assert fact.value.retryable
    assert verify(signer.sign(document), signer.certificates).time_stamped


def test_time_stamp_service_that_nobody_runs_is_down(
    authority: Authority, pkcs12_file: Path, document: bytes
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(TimeStampServiceDown):
        lasting_signer(authority, pkcs12_file, "B-T", f"http://127.0.0.1:{port}/").sign(document)


@contextmanager
def answering(status: int, content_type: str, content: bytes) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(
    ("status", "content_type", "content"),
    [
        (200, "text/html", b"<html>Hello</html>"),
        (200, "application/timestamp-reply", b""),
        (200, "application/timestamp-reply", b"\x30\x03\x02\x01\x00"),
        (200, "application/timestamp-reply", b"\x30\x05\x30\x03\x02\x01\x02"),
        (200, "application/timestamp-reply", b"rubbish" * 100),
        (403, "text/plain", b"no"),
    ],
)
def test_time_stamp_service_that_answers_nonsense_is_a_fact(
    authority: Authority, pkcs12_file: Path, document: bytes, status: int, content_type: str, content: bytes
) -> None:
    with answering(status, content_type, content) as address:
        signer = lasting_signer(authority, pkcs12_file, "B-T", address)
        with pytest.raises(TimeStampServiceAnswersNonsense) as fact:
            signer.sign(document)
    assert fact.value.retryable


@pytest.mark.parametrize("service", ["/ocsp/", "/crls/"])
def test_signature_that_could_not_last_is_not_made(
    authority: Authority, pkcs12_file: Path, document: bytes, service: str
) -> None:
    signer = lasting_signer(authority, pkcs12_file, "B-LT")
    authority.down.update({"/ocsp/", "/crls/"} if service == "/ocsp/" else {service})
    try:
        with pytest.raises(ProofOfValidityMissing) as fact:
            signer.sign(document)
    finally:
        authority.down.clear()
    assert fact.value.retryable
    assert verify(signer.sign(document), signer.certificates).finding == Finding.GENUINE


def test_certificate_without_any_proof_does_not_last(
    authority: Authority, document: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "unproven.p12"
    path.write_bytes(authority.pkcs12("unproven"))
    with pytest.raises(ProofOfValidityMissing):
        lasting_signer(authority, path, "B-LT").sign(document)
    assert lasting_signer(authority, path, "B-T").sign(document)


def test_settings_do_not_print_their_password() -> None:
    stamps = TimeStamps("http://stamps", user="guichet", password="sesame")
    assert "sesame" not in repr(stamps)
    assert issubclass(ProofOfValidityMissing, NotSigned)
