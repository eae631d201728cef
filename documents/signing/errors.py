"""State why a document cannot be signed, as facts that hold data; `retryable` tells whether waiting may help."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from documents.errors import DocumentError


class NotSigned(DocumentError):
    """The base of all reasons; they can be sent from the process that signs to the one that asked."""

    retryable: ClassVar[bool] = False

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, field.name) for field in fields(self))  # type: ignore[arg-type]


@dataclass(eq=False)
class SigningServiceDown(NotSigned):
    """The signing service cannot be reached, or says itself that it cannot work now."""

    retryable: ClassVar[bool] = True
    address: str
    reason: str


@dataclass(eq=False)
class SigningServiceSlow(NotSigned):
    """The signing service has not answered in time."""

    retryable: ClassVar[bool] = True
    address: str
    seconds: float


@dataclass(eq=False)
class SigningServiceAnswersNonsense(NotSigned):
    """The signing service's answer is not what its interface promises, or its signature does not fit the key."""

    retryable: ClassVar[bool] = True
    address: str
    reason: str


@dataclass(eq=False)
class SigningServiceRefuses(NotSigned):
    """The signing service does not accept who asks or what is asked; it says why."""

    address: str
    status: int
    reason: str


@dataclass(eq=False)
class TimeStampServiceDown(NotSigned):
    """The time-stamp service cannot be reached, or not in time."""

    retryable: ClassVar[bool] = True
    address: str
    reason: str


@dataclass(eq=False)
class TimeStampServiceAnswersNonsense(NotSigned):
    """The time-stamp service refuses, or its answer is not a time stamp of what was sent."""

    retryable: ClassVar[bool] = True
    address: str
    reason: str


@dataclass(eq=False)
class ProofOfValidityMissing(NotSigned):
    """The certificates cannot be shown to be valid, so that a signature would not last: OCSP or CRL fail."""

    retryable: ClassVar[bool] = True
    reason: str


@dataclass(eq=False)
class KeyUnusable(NotSigned):
    """The key or its certificate is missing, locked, expired or not what signing needs."""

    reason: str


@dataclass(eq=False)
class NotSignable(NotSigned):
    """What was given is no PDF that can be signed, or is signed already."""

    reason: str
