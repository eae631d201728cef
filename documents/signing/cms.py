"""Lend a key of ours to pyHanko, which builds the signature's container."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from asn1crypto.cms import ContentInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.signers import Signer as PyhankoSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.signing.errors import KeyUnusable
from documents.signing.key import Key, signature_size

DIGEST = "sha256"
# Bytes that no certificate has: they mark the places in a container that differ from document to document.
DIGEST_MARK = b"digest of the document goes here"


@dataclass(frozen=True, slots=True)
class Mould:
    """A container that pyHanko built once for a key, and what the key signs, each with marks for what changes."""

    container: bytes
    attributes: bytes
    signature_mark: bytes

    def attributes_for(self, digest: bytes) -> bytes:
        """Give what the key is to sign for a document of a digest."""
        return self.attributes.replace(DIGEST_MARK, digest)

    def container_for(self, digest: bytes, signature: bytes) -> ContentInfo:
        """Give the container of a document's digest and signature."""
        filled = self.container.replace(DIGEST_MARK, digest).replace(self.signature_mark, signature)
        return ContentInfo.load(filled)


class CmsSigner(PyhankoSigner):
    """Build containers with a key; certificates are read once, and size is asked without signing.

    A container is half a hundred nested parts, of which only the digest and the signature differ between two
    documents of the same key. With RSA both are always as long, so that pyHanko builds the container once and each
    document gets a copy with its own; building it anew takes longer than all the rest of a signature.
    """

    def __init__(self, key: Key) -> None:
        encoded = [certificate.public_bytes(Encoding.DER) for certificate in key.chain]
        own, *others = [Certificate.load(der) for der in encoded]
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's, without types
        store.register_multiple(others)
        super().__init__(signing_cert=own, cert_registry=store, embed_roots=True)
        self.certificates = tuple(encoded)
        self._key = key
        self._size = signature_size(key.chain[0])
        self._is_rsa = isinstance(key.chain[0].public_key(), RSAPublicKey)
        self._mould: Mould | None = None
        self._moulding = b""

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Sign some data with the key; for a size estimate or a mould give as many bytes without signing."""
        if digest_algorithm != DIGEST:
            raise KeyUnusable(f"the key signs with {DIGEST}, not with {digest_algorithm}")
        if dry_run:
            self._moulding = data
            return b"\xff" * self._size
        return await self._key.sign(data)

    async def async_sign(
        self,
        data_digest: bytes,
        digest_algorithm: str,
        dry_run: bool = False,
        use_pades: bool = False,
        timestamper: TimeStamper | None = None,
        signed_attr_settings: PdfCMSSignedAttributes | None = None,
        is_pdf_sig: bool = True,
        encap_content_info: Any = None,
    ) -> ContentInfo:
        """Build the container of a document's digest, from the mould where nobody else's part is in it."""
        # Only under PAdES the time of signing stands outside the container.
        if self._is_rsa and use_pades and timestamper is None and not dry_run:
            mould = self._mould or await self._make_mould(digest_algorithm, signed_attr_settings)
            signature = await self.async_sign_raw(mould.attributes_for(data_digest), digest_algorithm)
            return mould.container_for(data_digest, signature)
        return await super().async_sign(
            data_digest,
            digest_algorithm,
            dry_run,
            use_pades,
            timestamper,
            signed_attr_settings,
            is_pdf_sig,
            encap_content_info,
        )

    async def _make_mould(self, digest_algorithm: str, settings: PdfCMSSignedAttributes | None) -> Mould:
        """Have pyHanko build a container of the marks; raises KeyUnusable where a mark is not there exactly once."""
        container = await super().async_sign(
            DIGEST_MARK, digest_algorithm, dry_run=True, use_pades=True, signed_attr_settings=settings
        )
        mould = Mould(container.dump(), self._moulding, b"\xff" * self._size)
        parts = (
            (mould.container, DIGEST_MARK),
            (mould.attributes, DIGEST_MARK),
            (mould.container, mould.signature_mark),
        )
        if any(part.count(mark) != 1 for part, mark in parts):
            raise KeyUnusable("the container of a signature cannot be built for this key")
        self._mould = mould
        return mould
