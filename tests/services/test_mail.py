"""Send letters to a real SMTP server and into the outbox folder: one contract for both, and what the server may do."""

import asyncio
import socket
import stat
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from services.mail import Letter, NotDelivered, OutboxFolder, Post, SmtpPost

SENDER = "Guichet <guichet@service-centre.example>"
LETTER = Letter(
    "zoe@lambert.example",
    'Zoé "Z" O\'Neil\nBcc: all@x.example',
    "Votre\r\nX-Evil: 1 code",
    "Le code :\n\n123456\n",
)


class Mailbox:
    """Keep what the server is given, or refuse it."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        if self.answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.received.append(envelope.content)
        return self.answer


def authenticate(
    _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword
) -> AuthResult:
    return AuthResult(success=data.login == b"guichet" and data.password == b"right")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def server() -> Iterator[Controller]:
    mailbox = Mailbox()
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=authenticate,
        auth_require_tls=False,
        enable_SMTPUTF8=True,
    )
    controller.start()
    yield controller
    controller.stop()


def post_to(server: Controller, **options: Any) -> SmtpPost:
    return SmtpPost("127.0.0.1", server.port, SENDER, **{"security": "none", "timeout": 2, **options})


@pytest.fixture(params=["smtp", "folder"])
def post_and_letters(
    request: pytest.FixtureRequest, server: Controller, tmp_path: Path
) -> tuple[Post, Callable[[], list[bytes]]]:
    if request.param == "smtp":
        return post_to(server), lambda: server.handler.received
    folder = tmp_path / "outbox"
    return OutboxFolder(folder, SENDER), lambda: [path.read_bytes() for path in sorted(folder.glob("*.eml"))]


async def test_letter_arrives_as_it_was_written(
    post_and_letters: tuple[Post, Callable[[], list[bytes]]],
) -> None:
    post, letters = post_and_letters
    await post.send(LETTER)
    assert len(letters()) == 1
    message = message_from_bytes(letters()[0], policy=default)
    assert isinstance(message, EmailMessage)
    assert message["To"].addresses[0].addr_spec == "zoe@lambert.example"
    assert message["From"] == SENDER
    assert message.get_content().splitlines() == ["Le code :", "", "123456"]
    assert message["Auto-Submitted"] == "auto-generated"


async def test_names_and_subjects_add_no_headers(
    post_and_letters: tuple[Post, Callable[[], list[bytes]]],
) -> None:
    post, letters = post_and_letters
    await post.send(LETTER)
    message = message_from_bytes(letters()[0], policy=default)
    assert "Bcc" not in message
    assert "X-Evil" not in message
    assert len(message["To"].addresses) == 1


async def test_login_is_used_where_it_is_set(server: Controller) -> None:
    await post_to(server, user="guichet", password="right").send(LETTER)
    with pytest.raises(NotDelivered):
        await post_to(server, user="guichet", password="wrong").send(LETTER)
    assert len(server.handler.received) == 1


@pytest.mark.parametrize("answer", ["451 later", "550 no such user zoe@lambert.example"])
async def test_refused_letter_is_a_fact_without_the_address(server: Controller, answer: str) -> None:
    server.handler.answer = answer
    with pytest.raises(NotDelivered) as refused:
        await post_to(server).send(LETTER)
    assert "zoe" not in str(refused.value)


async def test_plain_server_gets_nothing_where_security_is_wanted(server: Controller) -> None:
    with pytest.raises(NotDelivered):
        await post_to(server, security="starttls").send(LETTER)
    assert server.handler.received == []


async def test_server_that_is_away_is_a_fact() -> None:
    away = SmtpPost("127.0.0.1", free_port(), SENDER, security="none")
    with pytest.raises(NotDelivered):
        await away.send(LETTER)


async def test_silent_server_is_given_up() -> None:
    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    silent = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    with pytest.raises(NotDelivered):
        await SmtpPost("127.0.0.1", port, SENDER, security="none", timeout=0.2).send(LETTER)
    silent.close()


async def test_letters_in_the_folder_are_for_its_owner_only(tmp_path: Path) -> None:
    await OutboxFolder(tmp_path / "outbox", SENDER).send(LETTER)
    (path,) = (tmp_path / "outbox").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_address_that_is_none_is_a_fact(tmp_path: Path) -> None:
    for address in ("zoé@lambert.example", "a b@x.example", "", "two@x.example, three@x.example"):
        with pytest.raises(NotDelivered):
            await OutboxFolder(tmp_path, SENDER).send(Letter(address, "", "", ""))
    assert list(tmp_path.iterdir()) == []
