"""Kill the process that serves Telegram at each step: the message has its effect once, and one answer."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from bot.checkpoints import STEPS
from bot.settings import Settings
from tests.bot.channels.telegram.conftest import OpenPost
from tests.bot.channels.telegram.loopback import Loopback
from tests.bot.channels.telegram.people import Person
from tests.conftest import NOON

ROOT = Path(__file__).parents[4]


@pytest.mark.rule("CNV-3")
@pytest.mark.parametrize("step", STEPS[: STEPS.index("committed") + 1])
async def test_death_between_the_message_and_its_answer_loses_and_doubles_nothing(
    step: str,
    open_post: OpenPost,
    telegram: Loopback,
    new_database: Callable[[], str],
    settings: Settings,
) -> None:
    address, person = new_database(), Person(telegram)
    update = await person.says("merci")
    dying = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bot.channels.telegram.dying_process"),
        *(address, str(settings.data_folder), telegram.url, step, NOON.isoformat()),
        cwd=ROOT,
    )
    try:
        async with asyncio.timeout(60):
            assert await dying.wait() == -9
    finally:
        if dying.returncode is None:
            dying.kill()
    assert person.heard == []
    async with open_post(telegram, None, address=address):
        # Telegram brings again what was not confirmed, and may bring again what was.
        await telegram.bring_again(update)
        await person.says("au revoir")
        heard = await person.hears(2)
        assert heard[1].text.startswith("Au revoir")
    with psycopg.connect(address) as connection:
        row = connection.execute("SELECT count(*) FROM inbox WHERE done_at IS NOT NULL").fetchone()
    assert row == (2,)
    assert len(person.heard) == 2
