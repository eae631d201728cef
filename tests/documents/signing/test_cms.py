from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.signing.chain import in_order
from documents.signing.cms import CmsSigner
from documents.signing.key import MemoryKey

SETTINGS = PdfCMSSignedAttributes(signing_time=datetime(2026, 11, 22, tzinfo=UTC))
RsaChain = tuple[RSAPrivateKey, list[x509.Certificate]]


def stock_signer(key: RSAPrivateKey, chain: list[x509.Certificate]) -> SimpleSigner:
    own, *others = [Certificate.load(one.public_bytes(Encoding.DER)) for one in chain]
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore.from_certs(others)
    return SimpleSigner(own, PrivateKeyInfo.load(private), store)


def test_container_from_the_mould_is_the_one_that_pyhanko_builds(receipts_key: RsaChain) -> None:
    key, chain = receipts_key
    ours = CmsSigner(MemoryKey(key, in_order(chain[0], chain[1:])))
    stock = stock_signer(key, chain)
    for text in (b"one", b"two", b"\xff" * 50):
        digest = hashlib.sha256(text).digest()
        first, second = (
            asyncio.run(one.async_sign(digest, "sha256", use_pades=True, signed_attr_settings=SETTINGS))
            for one in (ours, stock)
        )
        assert first.dump() == second.dump(force=True)


def test_digest_that_looks_like_the_mark_of_a_signature_does_no_harm(receipts_key: RsaChain) -> None:
    key, chain = receipts_key
    ours = CmsSigner(MemoryKey(key, in_order(chain[0], chain[1:])))
    stock = stock_signer(key, chain)
    for digest in (b"\xff" * 32, b"digest of the document goes here"):
        first, second = (
            asyncio.run(one.async_sign(digest, "sha256", use_pades=True, signed_attr_settings=SETTINGS))
            for one in (ours, stock)
        )
        assert first.dump() == second.dump(force=True)
