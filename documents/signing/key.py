"""Hold a signing key: in memory here, in a token or at a service elsewhere."""

from __future__ import annotations

from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import Certificate

from documents.signing.errors import KeyUnusable


class Key(Protocol):
    """A key that signs with SHA-256: RSA with PKCS#1 1.5 padding, or ECDSA."""

    @property
    def chain(self) -> tuple[Certificate, ...]:
        """Give the key's own certificate first, the authority last."""

    async def sign(self, data: bytes) -> bytes:
        """Sign the SHA-256 of some data; raises a `NotSigned`."""


class MemoryKey:
    """A private key in memory, parsed once: parsing takes hundreds of times as long as signing."""

    def __init__(
        self, private: RSAPrivateKey | EllipticCurvePrivateKey, chain: tuple[Certificate, ...]
    ) -> None:
        if private.public_key() != chain[0].public_key():
            raise KeyUnusable("the private key does not belong to the certificate")
        self._private = private
        self.chain = chain

    async def sign(self, data: bytes) -> bytes:
        """Sign the SHA-256 of some data."""
        if isinstance(self._private, RSAPrivateKey):
            return self._private.sign(data, PKCS1v15(), SHA256())
        return self._private.sign(data, ECDSA(SHA256()))


def signature_fits(certificate: Certificate, signature: bytes, data: bytes) -> bool:
    """Tell whether a signature of some data was made with a certificate's key."""
    public = certificate.public_key()
    try:
        if isinstance(public, RSAPublicKey):
            public.verify(signature, data, PKCS1v15(), SHA256())
        elif isinstance(public, EllipticCurvePublicKey):
            public.verify(signature, data, ECDSA(SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def signature_size(certificate: Certificate) -> int:
    """Give the greatest length in bytes of a signature made with a certificate's key; raises KeyUnusable."""
    public = certificate.public_key()
    if isinstance(public, RSAPublicKey):
        return public.key_size // 8
    if isinstance(public, EllipticCurvePublicKey):
        # Two numbers, each with a sign byte, and the heads of the three parts of their encoding.
        return 2 * (public.key_size // 8 + 2) + 9
    raise KeyUnusable("only RSA and elliptic curve keys are supported")
