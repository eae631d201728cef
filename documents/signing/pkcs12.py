"""Open a signing key from a PKCS#12 file (`.p12`, `.pfx`)."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import Certificate

from documents.signing.chain import in_order
from documents.signing.errors import KeyUnusable
from documents.signing.key import MemoryKey


def open_pkcs12(path: Path, password: str) -> MemoryKey:
    """Read the key and its certificates, in whatever order the file has them; raises KeyUnusable."""
    try:
        private, certificate, others = pkcs12.load_key_and_certificates(path.read_bytes(), password.encode())
    except OSError as error:
        raise KeyUnusable(f"the PKCS#12 file cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise KeyUnusable("the PKCS#12 file is damaged or its password is wrong") from error
    if certificate is None or not isinstance(private, RSAPrivateKey | EllipticCurvePrivateKey):
        raise KeyUnusable("the PKCS#12 file has no RSA or elliptic curve key with a certificate")
    chain: tuple[Certificate, ...] = in_order(certificate, others)
    return MemoryKey(private, chain)
