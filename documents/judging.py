"""Judge a file that somebody dropped into the chat by our own certificates (REC-7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from documents.signing.once import Signing, trusted_of

if TYPE_CHECKING:
    from documents.verification import Verdict


def judge(pdf: bytes, signing: Signing, earlier: Sequence[bytes]) -> Verdict:
    """Say what a file is, by the present certificate and earlier ones as DER; raises a `NotSigned`."""
    # Loaded by the process that judges only: four libraries read such a file.
    from documents.verification import verify_apart

    return verify_apart(pdf, (trusted_of(signing), *earlier))
