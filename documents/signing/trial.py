"""Try whether receipts can be signed: a page is drawn, signed and judged (`guichet doctor`)."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509

from documents.receipts.report import Receipt, ReceiptReport
from documents.receipts.signed import signed_receipts
from documents.signing.errors import KeyUnusable
from documents.signing.once import Signing, certificates_of, trusted_of


def sign_a_page(signing: Signing, now: datetime) -> str:
    """Sign an invented receipt and say with whose key, and until when it is good; raises a `NotSigned`."""
    from documents.verification import Finding, verify

    receipt = Receipt("RR123456785BE", "registered", False, "-", "-", now.date(), "CS000000000000")
    moment = now.replace(microsecond=0)
    report = ReceiptReport(receipt.operational_id, now.date(), moment, (receipt,), demo=True)
    found = verify(signed_receipts(report, 1, "en", signing), (trusted_of(signing),))
    if found.finding != Finding.GENUINE:
        raise KeyUnusable(f"what it signed is found {found.finding}")
    certificate = x509.load_der_x509_certificate(certificates_of(signing)[0])
    return f"receipts are signed by {found.signer}, until {certificate.not_valid_after_utc:%Y-%m-%d}"
