"""Make and keep an authority of our own for demonstration and tests: its signatures prove nothing to others."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from documents.signing.errors import KeyUnusable
from documents.signing.key import MemoryKey

AUTHORITY_FILE, CERTIFICATE_FILE, KEY_FILE = "authority.cer", "receipts.cer", "receipts.key"
KEY_BITS = 2048
YEARS_BEFORE, YEARS_AFTER = 2, 20
ORGANIZATION = "Guichet demonstration, not bpost"


def open_local_authority(folder: Path, now: datetime) -> MemoryKey:
    """Give the signing key in a folder; made there with its authority where the folder does not exist yet.

    Any number of processes may start at once: all get the same. Raises KeyUnusable where the folder holds something
    else, or a part only.
    """
    if not folder.exists():
        _make(folder, now)
    try:
        key = serialization.load_pem_private_key((folder / KEY_FILE).read_bytes(), password=None)
        names = (CERTIFICATE_FILE, AUTHORITY_FILE)
        chain = tuple(x509.load_der_x509_certificate((folder / name).read_bytes()) for name in names)
    except (OSError, ValueError) as error:
        raise KeyUnusable(f"the folder of the test authority is not complete: {error}") from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise KeyUnusable("the key of the test authority is not RSA")
    return MemoryKey(key, chain)


def _make(folder: Path, now: datetime) -> None:
    """Write everything into a folder beside it that then gets its name at once, so that nobody sees a part."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".authority-", dir=folder.parent))
    try:
        for name, content in _files(now).items():
            # Only the owner may read the key; the certificates are public, but nobody else needs the folder.
            descriptor = os.open(draft / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        try:
            draft.rename(folder)
        except OSError:
            # Another process was faster: a folder with files in it cannot be replaced by a rename.
            if not folder.exists():
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _files(now: datetime) -> dict[str, bytes]:
    """Make the authority and the signing certificate; the authority's own key is forgotten when it has signed."""
    authority_key = rsa.generate_private_key(65537, KEY_BITS)
    key = rsa.generate_private_key(65537, KEY_BITS)
    authority = _authority(authority_key, now)
    certificate = _certificate(key.public_key(), authority, authority_key, now)
    return {
        AUTHORITY_FILE: authority.public_bytes(serialization.Encoding.DER),
        CERTIFICATE_FILE: certificate.public_bytes(serialization.Encoding.DER),
        KEY_FILE: key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    }


def _authority(key: rsa.RSAPrivateKey, now: datetime) -> x509.Certificate:
    name = _name("Guichet test authority")
    return (
        _builder(name, name, key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .sign(key, SHA256())
    )


def _certificate(
    key: rsa.RSAPublicKey, authority: x509.Certificate, authority_key: rsa.RSAPrivateKey, now: datetime
) -> x509.Certificate:
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    return (
        _builder(_name("Deposit receipts (demonstration)"), authority.subject, key, now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .add_extension(issuer, critical=False)
        .sign(authority_key, SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        # Demonstrations move the clock, also back.
        .not_valid_before(datetime(now.year - YEARS_BEFORE, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(now.year + YEARS_AFTER, 12, 31, tzinfo=UTC))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANIZATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=not certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )
