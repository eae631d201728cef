"""Send mail: by SMTP, or into a folder of files where no server is set."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Literal, Protocol

import aiosmtplib

from services.errors import GuichetError

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in plain text; its address is one that the records know."""

    address: str
    name: str
    subject: str
    text: str


class NotDelivered(GuichetError):
    """A mail could not be handed over: the server is away or refuses it, or the address is none."""


class Post(Protocol):
    """Somebody who takes letters."""

    async def send(self, letter: Letter) -> None:
        """Send a letter, or raise NotDelivered."""


class OutboxFolder:
    """Put letters into a folder, one file each, for the owner of the machine only."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def send(self, letter: Letter) -> None:
        """Write a letter as a file whose name begins with the time."""
        message = compose(letter, self._sender)
        await asyncio.to_thread(self._write, bytes(message))

    def _write(self, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{secrets.token_hex(3)}.eml"
        temporary = self._folder / f".{name}"
        temporary.touch(mode=0o600)
        temporary.write_bytes(content)
        temporary.rename(self._folder / name)


@dataclass(frozen=True)
class SmtpPost:
    """Give letters to an SMTP server."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = None
    security: Security = "starttls"
    timeout: float = 15

    async def send(self, letter: Letter) -> None:
        """Send a letter in a connection of its own; a server that is away or refuses raises NotDelivered."""
        try:
            await aiosmtplib.send(
                compose(letter, self.sender),
                hostname=self.host,
                port=self.port,
                username=self.user,
                password=self.password,
                use_tls=self.security == "tls",
                start_tls=self.security == "starttls",
                timeout=self.timeout,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            # Named, not quoted: what servers answer may hold the address.
            raise NotDelivered(type(error).__name__) from None


def compose(letter: Letter, sender: str) -> EmailMessage:
    """Compose the message; a name or subject cannot add headers, whatever it holds. Raises NotDelivered."""
    message = EmailMessage()
    message["From"] = sender
    try:
        message["To"] = Address(_one_line(letter.name), addr_spec=letter.address)
    except (ValueError, HeaderParseError, IndexError):
        # The standard library raises all of these for what is no address.
        raise NotDelivered("address") from None
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip("> ") or None)
    # No answering machine writes back to this one (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _one_line(text: str) -> str:
    return " ".join(text.split())
