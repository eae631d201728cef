"""Kill job processes at random instants under load, then count: every effect once, every message answered.

`python -m benchmarks.soak --seconds 60`; the exit code is 1 where any promise was broken. What the customers do and
when processes die is drawn from the seed; when exactly a death hits the work is the machine's chance.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg

from benchmarks.records import bench_folder, copied, start_server
from benchmarks.soak_checks import breaches, counts, failures_in, open_work, waits
from benchmarks.soak_people import Customer, Ledger, Pace
from benchmarks.workers import Worker
from bot.settings import Settings
from bot.wiring import Counter, open_counter
from intents.understanding import Context, Language, Understanding

ITEMS = 10_000
PATIENCE_SECONDS = 180
# One process in so many is asked to end, as a new release asks; the others die at once.
POLITE_EVERY = 5


@dataclass(frozen=True, slots=True)
class Options:
    """How long, how hard and how often."""

    seconds: float = 60
    workers: int = 2
    rate: float = 20
    pause: float = 3
    customers: int = 15
    seed: int = 1


@dataclass
class Outcome:
    """What a soak found; `breaches` is empty where every promise was kept."""

    kills: int = 0
    polite_ends: int = 0
    polite_late: int = 0
    drained_after: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    waits: dict[str, float] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    breaches: list[str] = field(default_factory=list)


async def soak(address: str, options: Options, log: Path) -> Outcome:
    """Put a database of demo data under load and deaths, let the work run out, and compare."""
    outcome = Outcome()
    workers = [Worker(address, log) for _ in range(options.workers)]
    try:
        await asyncio.to_thread(_wait_until_ready, workers)
        settings = Settings(messages_per_minute=1_000_000)
        async with open_counter(settings, understander=_Nobody(), address=address) as counter:
            await _load(counter, workers, options, outcome, log)
        outcome.drained_after = await asyncio.to_thread(_drain, address)
    finally:
        for worker in workers:
            worker.kill()
    with psycopg.connect(address) as connection:
        outcome.counts, outcome.waits = counts(connection), waits(connection)
        outcome.breaches = [*breaches(connection, outcome.ledger), *failures_in(log)]
    return outcome


class _Nobody:
    """Understand nothing: the process that takes messages in does no turns."""

    def understand(
        self, text: str, *, today: date, language: Language | None = None, context: Context | None = None
    ) -> Understanding:
        raise AssertionError("this process takes messages in, no more", text, today, language, context)


async def _load(
    counter: Counter, workers: list[Worker], options: Options, outcome: Outcome, log: Path
) -> None:
    """Let customers write while processes die."""
    pace = Pace(options.rate, options.seconds)
    customers = [
        Customer(counter, number, options.seed, outcome.ledger, pace) for number in range(options.customers)
    ]
    for customer in customers:
        await customer.enter()
    await asyncio.gather(
        _kill(workers, options, outcome, counter.database.address, log),
        asyncio.wait_for(_live(customers), options.seconds + PATIENCE_SECONDS),
    )


async def _live(customers: Sequence[Customer]) -> None:
    await asyncio.gather(*(customer.live() for customer in customers))


async def _kill(workers: list[Worker], options: Options, outcome: Outcome, address: str, log: Path) -> None:
    """End a random process at random instants and put a new one in its place."""
    chance = random.Random(options.seed)
    end = time.monotonic() + options.seconds
    while True:
        await asyncio.sleep(chance.uniform(0.05, 2 * options.pause))
        if time.monotonic() > end:
            return
        # One that still starts holds no work yet; on a busy machine deaths would find nobody else.
        ready = [place for place, worker in enumerate(workers) if worker.is_ready]
        if not ready:
            continue
        place = chance.choice(ready)
        victim, workers[place] = workers[place], Worker(address, log)
        if chance.randrange(POLITE_EVERY):
            victim.kill()
            outcome.kills += 1
        else:
            outcome.polite_ends += 1
            outcome.polite_late += not await asyncio.to_thread(victim.end)


def _wait_until_ready(workers: list[Worker]) -> None:
    for worker in workers:
        worker.wait_until_ready()


def _drain(address: str) -> float:
    """Wait until nothing is left to do, or patience ends, and tell how long that took."""
    started = time.monotonic()
    with psycopg.connect(address, autocommit=True) as connection:
        while open_work(connection) and time.monotonic() - started < PATIENCE_SECONDS:
            time.sleep(0.2)
    return time.monotonic() - started


def report(outcome: Outcome, options: Options) -> None:
    """Print what was done, what became of it and how long people waited."""
    ledger = outcome.ledger
    print(f"{options.seconds:.0f} s, {options.workers} job processes, {options.rate:g} messages a second")
    print(
        f"  processes killed {outcome.kills}, asked to end {outcome.polite_ends}"
        f" (of them too slow {outcome.polite_late})"
    )
    print(f"  events delivered again {ledger.redelivered}, second clicks refused {ledger.refused_twins}")
    print("  " + ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in outcome.counts.items()))
    print(
        "  " + ", ".join(f"{name.replace('_', ' ')} {number:.1f} s" for name, number in outcome.waits.items())
    )
    print(f"  nothing left to do {outcome.drained_after:.1f} s after the last message")
    for breach in outcome.breaches:
        print(f"  BROKEN: {breach}")
    print("  every effect once, every message answered" if not outcome.breaches else "  promises were broken")


def main() -> int:
    """Run a soak as the command line says."""
    options = _options()
    for number in (signal.SIGTERM, signal.SIGINT):
        # Ended from outside, also in the background, it still ends its workers.
        signal.signal(number, signal.default_int_handler)
    log = bench_folder() / "logs" / f"soak-{os.getpid()}.log"
    server = start_server()
    with copied(server, ITEMS) as address:
        outcome = asyncio.run(soak(address, options, log))
    report(outcome, options)
    return 1 if outcome.breaches else 0


def _options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    usual = Options()
    parser.add_argument("--seconds", type=float, default=usual.seconds)
    parser.add_argument("--workers", type=int, default=usual.workers)
    parser.add_argument("--rate", type=float, default=usual.rate, help="messages a second")
    parser.add_argument("--pause", type=float, default=usual.pause, help="mean seconds between two deaths")
    parser.add_argument("--customers", type=int, default=usual.customers)
    parser.add_argument("--seed", type=int, default=usual.seed)
    return Options(**vars(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
