"""Say whose time stamps make signatures last: plain data, known without the libraries that ask for them (REC-7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["B-T", "B-LT", "B-LTA"]


@dataclass(frozen=True, slots=True)
class TimeStamps:
    """A time-stamp service (RFC 3161) and how long a signature is to last with it.

    `trusted` are certificates as DER from which that of the service descends; B-T does not need them.
    """

    address: str
    level: Level = "B-LTA"
    trusted: tuple[bytes, ...] = ()
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: float = 10
