"""Open the house for tests: the real router, the real understanding, a real database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.channels.terminal import TerminalChat
from bot.clock import FixedClock
from bot.settings import Settings
from bot.wiring import Counter, open_counter, open_understander
from tests.conftest import NOON


@pytest.fixture(scope="session")
def settings(data_folder: Path) -> Settings:
    """Settings whose model is the one that `make` prepared, or is prepared now."""
    (data_folder / "model").symlink_to((Settings().data_folder / "model").absolute())
    return Settings(data_folder=data_folder)


@pytest.fixture(scope="session")
def understander(settings: Settings) -> Any:
    """The real understanding, loaded once."""
    return open_understander(settings)


@pytest.fixture(scope="module")
async def counter(settings: Settings, address: str, understander: Any) -> AsyncIterator[Counter]:
    """A house at work on the module's database; its clock stands at noon of 22 November 2026."""
    async with open_counter(
        settings, clock=FixedClock(NOON), understander=understander, address=address
    ) as house:
        working = asyncio.create_task(house.work())
        yield house
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working


Talk = Callable[..., Any]


@pytest.fixture
def talk(counter: Counter, tmp_path: Path) -> Talk:
    """Say lines as a person and get all replies as a list of lists, one list a line."""

    async def say(email: str | None, *lines: str) -> list[list[dict[str, Any]]]:
        chat = await TerminalChat.open(counter, email, tmp_path / "received", NOON)
        return [[reply async for reply in chat.say(line)] for line in lines]

    return say
