"""Serve Telegram in a process of its own, to be killed at a step of a turn."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

from bot.clock import FixedClock
from bot.commands.serve import connected
from bot.logs import set_up_logs
from bot.settings import Settings
from bot.wiring import open_counter
from tests.bot.channels.telegram.loopback import TOKEN
from tests.bot.worker_process import die_at


async def run(address: str, data: Path, api: str, step: str, now: str) -> None:
    settings = Settings(data_folder=data, telegram_token=TOKEN, telegram_api=api)
    async with (
        open_counter(
            settings,
            clock=FixedClock(datetime.fromisoformat(now)),
            checkpoint=die_at(step),
            address=address,
        ) as counter,
        connected(counter),
    ):
        await counter.work()


if __name__ == "__main__":
    set_up_logs("ERROR")
    address, data, api, step, now = sys.argv[1:]
    asyncio.run(run(address, Path(data), api, step, now))
