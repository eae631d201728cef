"""Lend a key of ours to pyHanko, which builds the signature's container."""

from __future__ import annotations

from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.signers import Signer as PyhankoSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.signing.errors import KeyUnusable
from documents.signing.key import Key, signature_size

DIGEST = "sha256"


class CmsSigner(PyhankoSigner):
    """Build containers with a key; certificates are read once, and size is asked without signing."""

    def __init__(self, key: Key) -> None:
        encoded = [certificate.public_bytes(Encoding.DER) for certificate in key.chain]
        own, *others = [Certificate.load(der) for der in encoded]
        super().__init__(
            signing_cert=own,
            cert_registry=SimpleCertificateStore.from_certs([own, *others]),
            embed_roots=True,
        )
        self.certificates = tuple(encoded)
        self._key = key
        self._size = signature_size(key.chain[0])

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Sign some data with the key; for a size estimate give as many bytes without signing."""
        if digest_algorithm != DIGEST:
            raise KeyUnusable(f"the key signs with {DIGEST}, not with {digest_algorithm}")
        return bytes(self._size) if dry_run else await self._key.sign(data)
