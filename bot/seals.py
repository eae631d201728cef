"""Sign what browsers carry: who they are, and which file they may fetch for a while."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from bot.clock import Clock

SESSION_DAYS = 30


class NotSigned(Exception):
    """A token was not made here, or was changed on its way."""


class Expired(Exception):
    """A token was made here, but its time is over."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is at the other end: a browser by its random name, in the demo with the persona it plays."""

    name: str
    persona: str | None = None

    @property
    def account_key(self) -> str:
        """Name the chat account: each persona of a browser has one of its own."""
        return self.name if self.persona is None else f"{self.name}:{self.persona}"


@dataclass(frozen=True, slots=True)
class FileGrant:
    """Leave to fetch one file as one person."""

    file_id: str
    user_id: int


class _ClockedSigner(TimestampSigner):
    """A signer that asks the house's clock, so that expiry can be shown without waiting for it."""

    def __init__(self, *arguments: Any, clock: Clock, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._clock = clock

    def get_timestamp(self) -> int:
        """Give the present second."""
        return int(self._clock.now().timestamp())


class Seals:
    """Sign and read the tokens of sessions and files with the house's key."""

    def __init__(self, key: str, clock: Clock, *, file_minutes: int) -> None:
        self._sessions = _serializer(key, "guichet web session", clock)
        self._files = _serializer(key, "guichet web file", clock)
        self._file_seconds = file_minutes * 60

    def session(self, visitor: Visitor) -> str:
        """Give the bearer token of a visitor."""
        return str(self._sessions.dumps([visitor.name, visitor.persona]))

    def visitor(self, token: str) -> Visitor:
        """Read a bearer token; raises NotSigned or Expired."""
        name, persona = _read(self._sessions, token, SESSION_DAYS * 24 * 3600)
        return Visitor(name, persona)

    def file(self, grant: FileGrant) -> str:
        """Give the part of a file's address that lets one person fetch it for `file_minutes`."""
        return str(self._files.dumps([grant.file_id, grant.user_id]))

    def grant(self, token: str) -> FileGrant:
        """Read a file's address; raises NotSigned or Expired."""
        file_id, user_id = _read(self._files, token, self._file_seconds)
        return FileGrant(file_id, user_id)


def _serializer(key: str, salt: str, clock: Clock) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        key,
        salt=salt,
        signer=_ClockedSigner,
        signer_kwargs={"clock": clock, "digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )


def _read(serializer: URLSafeTimedSerializer, token: str, seconds: int) -> tuple[Any, Any]:
    try:
        first, second = serializer.loads(token, max_age=seconds)
    except SignatureExpired as error:
        raise Expired from error
    except (BadData, ValueError) as error:
        raise NotSigned from error
    return first, second
