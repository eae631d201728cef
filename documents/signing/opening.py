"""Open a signer from settings: which key, and whether its signatures are to last."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from documents.signing.key import Key
from documents.signing.remote import RemoteService
from documents.signing.signer import Clock
from documents.signing.time_stamps import TimeStamps

if TYPE_CHECKING:
    from documents.signing.pades import PadesSigner


@dataclass(frozen=True, slots=True)
class LocalAuthority:
    """The folder of the test authority; it is made where it does not exist."""

    folder: Path


@dataclass(frozen=True, slots=True)
class Pkcs12File:
    """A key in a file with a password."""

    path: Path
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pkcs11Token:
    """A key in a security module: the maker's library, the token's and the key's labels."""

    library: Path
    token: str
    key: str
    pin: str = field(repr=False)


KeySource: TypeAlias = LocalAuthority | Pkcs12File | Pkcs11Token | RemoteService


def open_signer(source: KeySource, clock: Clock, time_stamps: TimeStamps | None = None) -> PadesSigner:
    """Open a signer for this process; raises KeyUnusable, or what a remote service's state is."""
    # Who only says how to sign, as the settings do, need not load what signs.
    from documents.signing.long_term import Lasting
    from documents.signing.pades import PadesSigner

    return PadesSigner(_key(source, clock), clock, Lasting(time_stamps) if time_stamps else None)


def _key(source: KeySource, clock: Clock) -> Key:
    # Each way is imported when it is chosen: a library of a security module need not be there for the others.
    match source:
        case LocalAuthority(folder):
            from documents.signing.local_authority import open_local_authority

            return open_local_authority(folder, clock())
        case Pkcs12File(path, password):
            from documents.signing.pkcs12 import open_pkcs12

            return open_pkcs12(path, password)
        case Pkcs11Token():
            from documents.signing.pkcs11_token import open_pkcs11

            return open_pkcs11(source.library, source.token, source.key, source.pin)
        case RemoteService():
            from documents.signing.remote import open_remote

            return open_remote(source)
