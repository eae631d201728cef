"""Tell people once, also when the mail server is away, and forget what was told (ACC-9)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.commands.demo import ShownPost
from bot.letters import Telling
from bot.retention import NOTICE_DAYS, Retention
from services.mail import Letter, NotDelivered, OutboxFolder
from tests.bot.access.conftest import Desk

MARC = "marc.lambert@lambert.example"
NORA = "nora.lejeune@lambert.example"


class Away:
    """A mail server that takes nothing."""

    async def send(self, letter: Letter) -> None:
        raise NotDelivered("away")


async def give_nora_a_right(desk: Desk) -> None:
    marc = await desk.stranger(MARC)
    await desk.say(marc, f"donne accès aux factures à {NORA}")
    await desk.say(marc, "oui")


@pytest.mark.rule("ACC-9")
async def test_notice_that_could_not_be_mailed_is_still_to_be_told(desk: Desk) -> None:
    await give_nora_a_right(desk)
    desk.sql("UPDATE notices SET done_at = NULL")
    (notice_id,) = desk.sql("SELECT id FROM notices")[0]
    with pytest.raises(NotDelivered):
        await Telling(desk.counter.house, Away()).run(notice_id)
    assert desk.sql("SELECT done_at FROM notices") == [(None,)]
    telling = Telling(desk.counter.house, OutboxFolder(desk.folder, "guichet@x.example"))
    for _ in range(2):
        await telling.run(notice_id)
    assert len(desk.letters()) == 2


async def test_what_was_told_is_removed_in_time(desk: Desk) -> None:
    await give_nora_a_right(desk)
    retention = Retention(desk.counter.database, 365)
    for days, left in ((NOTICE_DAYS - 1, 1), (NOTICE_DAYS + 1, 0)):
        await retention.run(int((datetime.now(UTC) + timedelta(days=days)).timestamp()))
        assert desk.sql("SELECT count(*) FROM notices") == [(left,)]


async def test_demo_shows_its_mail_as_plain_text(tmp_path: Path, capsys: Any) -> None:
    post = ShownPost(OutboxFolder(tmp_path, "guichet@x.example"), Console(stderr=True, width=200))
    await post.send(Letter(NORA, "Nora", "[bold]Votre code[/bold]", "Votre code est le 123456."))
    shown = capsys.readouterr().err
    assert "[bold]Votre code[/bold]" in shown
    assert "123456" in shown
    assert len(list(tmp_path.glob("*.eml"))) == 1
