"""Sign with a key that never leaves a security module (PKCS#11)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import Certificate
from pkcs11 import Attribute, Mechanism, ObjectClass
from pkcs11.exceptions import (
    ObjectHandleInvalid,
    PinIncorrect,
    PinLocked,
    PKCS11Error,
    SessionClosed,
    SessionHandleInvalid,
    UserAlreadyLoggedIn,
    UserNotLoggedIn,
)
from pkcs11.util.ec import encode_ecdsa_signature

from documents.signing.chain import in_order
from documents.signing.errors import KeyUnusable, SigningServiceAnswersNonsense, SigningServiceDown
from documents.signing.key import signature_fits

if TYPE_CHECKING:
    from pkcs11 import Session

SESSION_LOST = (SessionClosed, SessionHandleInvalid, ObjectHandleInvalid, UserNotLoggedIn)


def open_pkcs11(library: Path, token: str, key: str, pin: str) -> Pkcs11Key:
    """Log in to a token and find a key with its certificate, by their label; raises KeyUnusable."""
    try:
        return Pkcs11Key(library, token, key, pin)
    except (PinIncorrect, PinLocked) as error:
        raise KeyUnusable("the PIN of the security module is wrong or locked") from error
    except (PKCS11Error, RuntimeError, ValueError) as error:
        raise KeyUnusable(f"the security module does not give the key: {_name(error)}") from error


class Pkcs11Key:
    """A key in a security module; the session stays open, and is opened again when the module has lost it."""

    def __init__(self, library: Path, token: str, key: str, pin: str) -> None:
        self._library, self._token, self._label, self._pin = str(library), token, key, pin
        session = self._log_in()
        self.chain: tuple[Certificate, ...] = self._certificates(session)

    async def sign(self, data: bytes) -> bytes:
        """Sign the SHA-256 of some data; raises SigningServiceDown while the module fails."""
        try:
            try:
                signature = self._sign(data)
            except SESSION_LOST:
                self._log_in()
                signature = self._sign(data)
        except (PKCS11Error, RuntimeError) as error:
            raise SigningServiceDown(self._library, _name(error)) from error
        if not signature_fits(self.chain[0], signature, data):
            raise SigningServiceAnswersNonsense(self._library, "the signature does not fit the certificate")
        return signature

    def _sign(self, data: bytes) -> bytes:
        if isinstance(self.chain[0].public_key(), RSAPublicKey):
            return bytes(self._key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))
        # Many modules take only digests for ECDSA; they answer with the two numbers side by side.
        digest = hashlib.sha256(data).digest()
        return encode_ecdsa_signature(self._key.sign(digest, mechanism=Mechanism.ECDSA))

    def _log_in(self) -> Session:
        token = pkcs11.lib(self._library).get_token(token_label=self._token)
        try:
            session = token.open(user_pin=self._pin)
        except UserAlreadyLoggedIn:
            # Who has logged in to a token is a matter of the process, not of the session.
            session = token.open()
        self._key: Any = session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=self._label)
        return session

    def _certificates(self, session: Session) -> tuple[Certificate, ...]:
        own: Certificate | None = None
        others = []
        for found in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
            certificate = x509.load_der_x509_certificate(found[Attribute.VALUE])
            if found[Attribute.LABEL] == self._label:
                own = certificate
            else:
                others.append(certificate)
        if own is None:
            raise ValueError("no certificate has the key's label")
        return in_order(own, others)


def _name(error: Exception) -> str:
    # The library's exceptions say what is wrong by their class and often have no text.
    return str(error) or type(error).__name__
