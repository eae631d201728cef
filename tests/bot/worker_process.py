"""Run the house's jobs in a process of its own, to be killed at a step or at any instant."""

import argparse
import asyncio
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from bot.checkpoints import Step
from bot.clock import FixedClock
from bot.logs import set_up_logs
from bot.message import Message
from bot.settings import Settings
from bot.wiring import open_counter


def die_at(step: str | None):
    def checkpoint(reached: Step) -> None:
        if reached == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return checkpoint


async def run(options: argparse.Namespace) -> None:
    settings = Settings(data_folder=options.data, job_concurrency=4)
    async with open_counter(
        settings,
        clock=FixedClock(datetime.fromisoformat(options.now)),
        checkpoint=die_at(options.die_at),
        address=options.address,
    ) as counter:
        print("ready", flush=True)
        if options.say:
            account, event_id, text = options.say
            await counter.intake.accept(Message("test", account, "dm", event_id, text=text))
        await counter.work()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("data", type=Path)
    parser.add_argument("--now", required=True)
    parser.add_argument("--die-at")
    parser.add_argument("--say", nargs=3)
    set_up_logs("ERROR")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
