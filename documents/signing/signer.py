"""Say what a signer is: the one interface that the rest of the product knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeAlias

Clock: TypeAlias = Callable[[], datetime]


class Signer(Protocol):
    """Whoever signs receipts; opened once a process, it signs any number of documents one after another."""

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """Give the certificates as DER: its own first, the authority that a reader is to trust last (REC-7)."""

    def sign(self, pdf: bytes) -> bytes:
        """Certify a PDF against any change, without a visible field; raises a `NotSigned`."""
