"""Open each signer once in a process: parsing a key takes hundreds of times as long as signing with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from documents.signing.opening import KeySource, LocalAuthority, open_signer
from documents.signing.time_stamps import TimeStamps

if TYPE_CHECKING:
    from documents.signing.pades import PadesSigner


@dataclass(frozen=True, slots=True)
class Signing:
    """How receipts are signed: with which key, and with whose time stamps; plain data that goes to any process."""

    source: KeySource
    time_stamps: TimeStamps | None = None


def sign_at(pdf: bytes, signing: Signing, moment: datetime) -> bytes:
    """Certify a PDF as of a moment; raises a `NotSigned`. Not for two threads of one process."""
    signer, hand = _opened(signing)
    hand.moment = moment
    return signer.sign(pdf)


def certificates_of(signing: Signing) -> tuple[bytes, ...]:
    """Give the certificates as DER: the signer's own first, the authority last; raises a `NotSigned`."""
    return _opened(signing)[0].certificates


def trusted_of(signing: Signing) -> bytes:
    """Give the certificate by which receipts are judged: the test authority's, which serves nobody else, or our own.

    A public authority would make each of its customers pass for us.
    """
    certificates = certificates_of(signing)
    return certificates[-1] if isinstance(signing.source, LocalAuthority) else certificates[0]


def make_ready(signing: Signing, now: datetime) -> None:
    """Make the test authority where it is to sign and is not there yet; raises KeyUnusable."""
    if isinstance(signing.source, LocalAuthority) and not signing.source.folder.exists():
        open_signer(signing.source, lambda: now)


class _Hand:
    """A clock that stands where it was set last."""

    moment = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.moment


# A signer that could not be opened is not remembered: the next document tries again.
@lru_cache(maxsize=4)
def _opened(signing: Signing) -> tuple[PadesSigner, _Hand]:
    hand = _Hand()
    return open_signer(signing.source, hand, signing.time_stamps), hand
