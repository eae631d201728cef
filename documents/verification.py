"""Tell whether a PDF is a receipt of ours, genuine and unchanged (REC-7); made for files from strangers.

Four libraries read such a file, and one that was made to hurt finds errors in each that nobody has thought of. So
whatever is raised while reading means that the file is not as we make them: caught blindly, here and nowhere else.
"""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from io import BytesIO

from asn1crypto.cms import ContentInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates
from cryptography.x509 import Certificate as X509Certificate
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.texts import plain_text

# Two thousand receipts have six million bytes; chat platforms carry twenty to fifty.
LARGEST = 25_000_000
HEAD = 1024
LONGEST_NAME = 100
MEMORY = 2_000_000_000


class Finding(StrEnum):
    """What a file turned out to be."""

    GENUINE = "genuine"
    CHANGED = "changed"
    OTHER_SIGNER = "other_signer"
    NOT_SIGNED = "not_signed"
    NOT_A_PDF = "not_a_pdf"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is; for a signed one also whose name its certificate bears and when it was signed.

    `signer` is a stranger's text unless the finding is GENUINE; `signed_at` is the signer's word unless
    `time_stamped`. UNREADABLE is a PDF that is damaged, locked by a password, or takes too long to read.
    """

    finding: Finding
    signer: str = ""
    signed_at: datetime | None = None
    time_stamped: bool = False


def verify(pdf: bytes, trusted: Sequence[bytes]) -> Verdict:
    """Judge a file by certificates as DER: our authorities' own, or signing certificates of ours.

    An authority that also serves others must not be among them: each of its customers would pass for us. Works
    without a network: a certificate that has been revoked is taken off the list instead.
    """
    if len(pdf) > LARGEST:
        return Verdict(Finding.TOO_LARGE)
    if b"%PDF-" not in pdf[:HEAD]:
        return Verdict(Finding.NOT_A_PDF)
    try:
        reader = PdfFileReader(BytesIO(pdf))
        if reader.encrypted:
            return Verdict(Finding.UNREADABLE)
        signatures = reader.embedded_regular_signatures
    except Exception:  # noqa: BLE001  # see the module's docstring
        return Verdict(Finding.UNREADABLE)
    if not signatures:
        return Verdict(Finding.NOT_SIGNED)
    verdict = asyncio.run(_judge(signatures, [Certificate.load(one) for one in trusted]))
    if verdict.finding == Finding.GENUINE and not _is_whole(pdf, reader):
        return replace(verdict, finding=Finding.CHANGED)
    return verdict


def _is_whole(pdf: bytes, reader: PdfFileReader) -> bool:
    """Tell whether each byte of a file is signed, or is a signature as it was written.

    No reader shows what stands behind the last signature or in the room that a signature leaves of what was
    reserved for it; but who asks whether a file is unchanged means every byte.
    """
    try:
        ends = [_end_of(signature, pdf) for signature in reader.embedded_signatures]
    except Exception:  # noqa: BLE001  # see the module's docstring
        return False
    return max(ends) == len(pdf) and 0 not in ends


def _end_of(signature: EmbeddedPdfSignature, pdf: bytes) -> int:
    """Give the place up to which a file is signed; 0 where what is left out is more than the signature."""
    start, length, rest, rest_length = (int(number) for number in signature.byte_range)
    written = _container(signature).hex().upper().ljust(rest - length - 2, "0")
    is_all = start == 0 and pdf[length:rest] == b"<" + written.encode() + b">"
    return rest + rest_length if is_all else 0


def _container(signature: EmbeddedPdfSignature) -> bytes:
    """Give the signature's container without the room left behind it."""
    return bytes(ContentInfo.load(signature.pkcs7_content).dump())


async def _judge(signatures: Sequence[EmbeddedPdfSignature], trusted: Sequence[Certificate]) -> Verdict:
    """Judge by our signature; one of ours among others is a document to which somebody added theirs."""
    verdict = Verdict(Finding.CHANGED)
    for signature in signatures:
        try:
            verdict = await _judge_one(signature, trusted)
        except Exception:  # noqa: BLE001  # see the module's docstring
            # There is a signature, but not as anybody would have made it.
            verdict = Verdict(Finding.CHANGED)
        if verdict.finding != Finding.OTHER_SIGNER:
            break
    return verdict


async def _judge_one(signature: EmbeddedPdfSignature, trusted: Sequence[Certificate]) -> Verdict:
    claimed = signature.self_reported_timestamp
    context = ValidationContext(
        trust_roots=list(trusted),
        allow_fetching=False,
        revocation_mode="soft-fail",
        # A receipt outlives the certificate it was signed with.
        moment=claimed,
    )
    if not await _is_ours(signature, context):
        return Verdict(Finding.OTHER_SIGNER, _name(signature.signer_cert), claimed)
    status = await async_validate_pdf_signature(
        signature,
        signer_validation_context=context,
        key_usage_settings=KeyUsageConstraints(key_usage=set()),
    )
    stamp = status.timestamp_validity
    stamped = stamp is not None and stamp.valid and stamp.intact
    at = stamp.timestamp if stamp is not None and stamped else claimed
    unchanged = _is_unchanged(status) and _are_issued(signature, trusted)
    finding = Finding.GENUINE if unchanged else Finding.CHANGED
    return Verdict(finding, _name(signature.signer_cert), at, stamped)


async def _is_ours(signature: EmbeddedPdfSignature, context: ValidationContext) -> bool:
    store = SimpleCertificateStore.from_certs(signature.other_embedded_certs)  # type: ignore[no-untyped-call]
    validator = CertificateValidator(signature.signer_cert, store, validation_context=context)
    try:
        await validator.async_validate_usage(set())  # type: ignore[no-untyped-call]
    except (PathError, ValidationError):
        return False
    return True


def _are_issued(signature: EmbeddedPdfSignature, trusted: Sequence[Certificate]) -> bool:
    """Tell whether the certificates beside the signature are as they were issued, an authority's own included.

    Nobody signs them together with the document, and who trusts the authority does not look at its copy. Raises
    where one of them is not a certificate any more.
    """
    own = load_der_x509_certificate(signature.signer_cert.dump())
    others = [one for one in load_der_pkcs7_certificates(_container(signature)) if one != own]
    known = [load_der_x509_certificate(one.dump()) for one in trusted]
    return own in known or all(_is_issued(one, [*others, *known]) for one in others)


def _is_issued(certificate: X509Certificate, issuers: Sequence[X509Certificate]) -> bool:
    for issuer in issuers:
        if issuer.subject == certificate.issuer:
            certificate.verify_directly_issued_by(issuer)
            return True
    return False


def _is_unchanged(status: PdfSignatureStatus) -> bool:
    """Nothing may be added to a signed receipt but what makes its signature last (DocMDP, no changes)."""
    if not (status.intact and status.valid):
        return False
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    level = status.modification_level
    return level is not None and level <= ModificationLevel.LTA_UPDATES


def _name(certificate: Certificate) -> str:
    name = certificate.subject.native
    found = name.get("common_name") or name.get("organization_name") or ""
    return plain_text(str(found))[:LONGEST_NAME]


def verify_apart(pdf: bytes, trusted: Sequence[bytes], seconds: int = 20) -> Verdict:
    """Judge a file in a process of its own, which ends when it takes too long or too much memory.

    For files that customers drop into a chat: reading them must not be able to stop the one that reads.
    """
    if len(pdf) > LARGEST:
        return Verdict(Finding.TOO_LARGE)
    order = {"seconds": seconds, "trusted": [base64.b64encode(one).decode() for one in trusted]}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "documents.verification"],
            input=json.dumps(order).encode() + b"\n" + pdf,
            capture_output=True,
            timeout=seconds + 5,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return Verdict(Finding.UNREADABLE)
    found = json.loads(done.stdout)
    at = found["signed_at"]
    return Verdict(
        Finding(found["finding"]),
        found["signer"],
        datetime.fromisoformat(at) if at else None,
        found["time_stamped"],
    )


def main() -> None:
    """Read an order and a file from standard input within limits, and print the verdict as JSON."""
    order = json.loads(sys.stdin.buffer.readline())
    _limit(order["seconds"])
    trusted = [base64.b64decode(one) for one in order["trusted"]]
    verdict = asdict(verify(sys.stdin.buffer.read(), trusted))
    print(json.dumps(verdict, default=datetime.isoformat))


def _limit(seconds: int) -> None:
    """Have the system end this process after some seconds of work; systems without such limits have the timeout."""
    try:
        import resource
    except ImportError:  # pragma: no cover
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
