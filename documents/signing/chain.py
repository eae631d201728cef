"""Put certificates in order, and judge whether one may sign now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cryptography.x509 import Certificate

from documents.signing.errors import KeyUnusable


def in_order(own: Certificate, others: Iterable[Certificate]) -> tuple[Certificate, ...]:
    """Order certificates from the signer's own up to its authority, leaving out those that do not belong."""
    by_subject = {certificate.subject: certificate for certificate in others}
    chain = [own]
    while (issuer := by_subject.pop(chain[-1].issuer, None)) is not None:
        if issuer == own:
            break
        chain.append(issuer)
    return tuple(chain)


def check_valid(certificate: Certificate, now: datetime) -> None:
    """Raise KeyUnusable before a certificate's first moment and after its last."""
    if now < certificate.not_valid_before_utc:
        raise KeyUnusable(f"the certificate is valid only from {certificate.not_valid_before_utc:%Y-%m-%d}")
    if now > certificate.not_valid_after_utc:
        raise KeyUnusable(f"the certificate has expired on {certificate.not_valid_after_utc:%Y-%m-%d}")
