"""Read the answers of a remote signing service; whatever is not as its interface promises is a fact, never a crash."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from cryptography import x509

from documents.signing.chain import in_order
from documents.signing.errors import (
    KeyUnusable,
    SigningServiceAnswersNonsense,
    SigningServiceDown,
    SigningServiceRefuses,
)

# A chain of certificates has some thousands of bytes.
LONGEST = 1_000_000
LONGEST_REASON = 200
TOO_EARLY = frozenset({408, 425, 429})
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Credential:
    """What a service says about a key: its certificates in order and the algorithms it may be used with."""

    chain: tuple[x509.Certificate, ...]
    algorithms: tuple[str, ...]


def read_body(address: str, status: int, content: bytes) -> dict[str, Any]:
    """Read an answer's object; raises SigningServiceDown, -Refuses or -AnswersNonsense."""
    if len(content) > LONGEST:
        raise SigningServiceAnswersNonsense(address, "the answer is far too long")
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        body = None
    if status >= 500 or status in TOO_EARLY:
        raise SigningServiceDown(address, f"status {status}: {_reason(body)}")
    if status >= 400:
        raise SigningServiceRefuses(address, status, _reason(body))
    if status != 200 or not isinstance(body, dict):
        raise SigningServiceAnswersNonsense(address, f"status {status} without a JSON object")
    return body


def read_token(address: str, body: dict[str, Any]) -> str:
    """Find the bearer token in the answer to a login."""
    return _find(address, "a token", lambda: _text(body["access_token"]))


def read_activation(address: str, body: dict[str, Any]) -> str:
    """Find the signature activation data in the answer to an authorization."""
    return _find(address, "signature activation data", lambda: _text(body["SAD"]))


def read_signature(address: str, body: dict[str, Any]) -> bytes:
    """Find the one signature that was asked for."""

    def find() -> bytes:
        [signature] = body["signatures"]
        return b64decode(_text(signature), validate=True)

    return _find(address, "one signature", find)


def read_credential(address: str, body: dict[str, Any]) -> Credential:
    """Find the certificates and algorithms of a key; raises KeyUnusable for one that is switched off."""

    def find() -> Credential:
        own, *others = [
            x509.load_der_x509_certificate(b64decode(one)) for one in body["cert"]["certificates"]
        ]
        return Credential(in_order(own, others), tuple(map(_text, body["key"]["algo"])))

    credential = _find(address, "certificates and algorithms of the key", find)
    if body["key"].get("status", "enabled") != "enabled":
        raise KeyUnusable("the signing service says that the key is disabled")
    return credential


def _find(address: str, what: str, find: Callable[[], Found]) -> Found:
    try:
        return find()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SigningServiceAnswersNonsense(address, f"the answer has not {what}") from error


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError
    return value


def _reason(body: Any) -> str:
    """Give what the service says about an error, shortened; it is for the log, not for customers."""
    if not isinstance(body, dict):
        return "no reason given"
    found = [str(body[name]) for name in ("error", "error_description") if name in body]
    return ": ".join(found)[:LONGEST_REASON] or "no reason given"
