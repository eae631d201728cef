"""Measure a turn, message in to reply out: on ten thousand and a million items, beside a handler that only echoes.

Processor time is that of this Python process alone; PostgreSQL has processes of its own.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg

from benchmarks.records import bench_folder, copied, count_items, start_server
from benchmarks.turn_house import CUSTOMER, Loop, open_loop
from benchmarks.workers import Worker, start_workers
from bot.dialogue import Understander
from bot.settings import Settings
from bot.wiring import open_understander

FEW, MANY = 10_000, 1_000_000
ROUNDS, TURNS, WARM_UP, BATCH = 3, 60, 20, 300
REFERENCE_STEPS = 2_000_000
GOAL_MS, GOAL_RATIO = 20, 1.2
OF_CUSTOMER = (
    "SELECT invoices.number FROM invoices JOIN memberships USING (company_id) JOIN portal_users"
    " ON portal_users.id = memberships.user_id WHERE portal_users.email = %s AND invoices.month = '2026-10-01'"
    " ORDER BY 1 LIMIT 1"
)


@dataclass
class Taken:
    """Times of single turns in milliseconds: processor time of this process, and wall time."""

    processor: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    @property
    def processor_ms(self) -> float:
        """Give the median over the rounds."""
        return statistics.median(self.processor)

    def wall_ms(self, percent: int) -> float:
        """Give the wall time that so many per cent of turns do not exceed."""
        ordered = sorted(self.wall)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


@dataclass(frozen=True, slots=True)
class Way:
    """What is measured: what is said, on which database, to which handler."""

    name: str
    address: str
    texts: tuple[str, ...]
    echo: bool = False


def ways(few: str, many: str) -> tuple[Way, ...]:
    """Give the ways that are measured in turns."""
    return (
        Way("echo", few, ("bonjour 1046", "encore une fois"), echo=True),
        Way("by number, few items", few, (f"facture {_number(few)}",)),
        Way("by number, many items", many, (f"facture {_number(many)}",)),
        Way("by period, few items", few, ("mes factures d'octobre 2026",)),
        Way("by period, many items", many, ("mes factures d'octobre 2026",)),
    )


async def one_at_a_time(all_ways: Sequence[Way], understander: Understander) -> dict[str, Taken]:
    """Say one thing after another, each when the reply to the last is read; the ways take turns."""
    taken = {way.name: Taken() for way in all_ways}
    for _ in range(ROUNDS):
        for way in all_ways:
            async with open_loop(way.address, understander, echo=way.echo) as loop:
                await _say(loop, way, WARM_UP)
                started = time.process_time()
                taken[way.name].wall.extend(await _say(loop, way, TURNS))
                taken[way.name].processor.append((time.process_time() - started) * 1000 / TURNS)
    return taken


async def _say(loop: Loop, way: Way, times: int) -> list[float]:
    walls = []
    for number in range(times):
        started = time.perf_counter()
        await loop.turn(way.texts[number % len(way.texts)])
        walls.append((time.perf_counter() - started) * 1000)
    return walls


async def busy(way: Way, understander: Understander) -> tuple[float, float]:
    """Do a heap of waiting turns in this process; give turns a second, and milliseconds of processor time each."""
    async with open_loop(way.address, understander, echo=way.echo, working=False) as loop:
        started = time.process_time()
        await _fill(loop, way)
        wall, working = time.perf_counter(), asyncio.create_task(loop.counter.work())
        await asyncio.to_thread(_until_done, way.address)
        rate = BATCH / (time.perf_counter() - wall)
        processor = (time.process_time() - started) * 1000 / BATCH
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
    return rate, processor


async def _fill(loop: Loop, way: Way) -> None:
    for number in range(BATCH):
        await loop.counter.intake.accept(loop.message(way.texts[number % len(way.texts)]))


async def with_processes(way: Way, understander: Understander, count: int) -> tuple[float, float]:
    """Do the same heap in processes of their own, begun together; give the same two numbers."""
    async with open_loop(way.address, understander, working=False) as loop:
        await _fill(loop, way)
    with psycopg.connect(way.address, autocommit=True) as connection:
        # The heap is held back until every process is ready, so that none has a start.
        connection.execute("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour'")
        workers = start_workers(way.address, count, bench_folder() / "logs" / "turn.log")
        try:
            used = _used(workers)
            connection.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
            started = time.perf_counter()
            _until_done(way.address)
            rate = BATCH / (time.perf_counter() - started)
            return rate, (_used(workers) - used) * 1000 / BATCH
        finally:
            for worker in workers:
                worker.end()


def reference_ms() -> float:
    """Give the processor time of a fixed loop: how much of a processor the machine's other work leaves us."""
    started, total = time.process_time(), 0
    for step in range(REFERENCE_STEPS):
        total += step * step
    return (time.process_time() - started) * 1000


def _used(workers: Sequence[Worker]) -> float:
    return sum(worker.processor_seconds() for worker in workers)


def _until_done(address: str) -> None:
    """Wait until every message has its reply."""
    with psycopg.connect(address, autocommit=True) as connection:
        while connection.execute("SELECT id FROM inbox WHERE done_at IS NULL LIMIT 1").fetchone():
            time.sleep(0.02)


def _number(address: str) -> str:
    with psycopg.connect(address) as connection:
        row = connection.execute(OF_CUSTOMER, (CUSTOMER,)).fetchone()
    assert row is not None
    return str(row[0])


async def measure(few: str, many: str, understander: Understander) -> None:
    """Measure and print."""
    all_ways = ways(few, many)
    references = [reference_ms() for _ in range(5)]
    taken = await one_at_a_time(all_ways, understander)
    references += [reference_ms() for _ in range(5)]
    print(
        f"  fixed loop of {REFERENCE_STEPS:,} steps: {min(references):.0f} to {max(references):.0f} processor ms"
    )
    _print_turns(all_ways, taken)
    print(f"\n  {BATCH} waiting turns{'':<18}turns a second   processor ms a turn")
    echo, number = all_ways[0], all_ways[2]
    for name, way in (("echo, this process", echo), ("by number, this process", number)):
        rate, processor = await busy(way, understander)
        print(f"  {name:<32}{rate:>14.0f}{processor:>22.1f}   (with taking in)")
    for count, name in ((1, "one process"), (2, "two processes")):
        rate, processor = await with_processes(number, understander, count)
        print(f"  by number, {name:<21}{rate:>14.0f}{processor:>22.1f}   (turns alone)")


def _print_turns(all_ways: Sequence[Way], taken: Mapping[str, Taken]) -> None:
    echo = taken["echo"].processor_ms
    print(f"  {'a turn, one at a time':<26}processor ms   to echo   wall p50   wall p95")
    for way in all_ways:
        found = taken[way.name]
        print(
            f"  {way.name:<26}{found.processor_ms:>12.1f}{found.processor_ms / echo:>10.2f}"
            f"{found.wall_ms(50):>11.1f}{found.wall_ms(95):>11.1f}"
        )
    for kind in ("number", "period"):
        few, many = taken[f"by {kind}, few items"], taken[f"by {kind}, many items"]
        ratio = many.processor_ms / few.processor_ms
        walls = many.wall_ms(50) / few.wall_ms(50)
        print(f"  by {kind}: many items to few {ratio:.2f} (wall p50 {walls:.2f}); goal {GOAL_RATIO}")
    worst = max(found.processor_ms for found in taken.values())
    print(
        f"  goal {GOAL_MS} ms of processor time: {'reached' if worst <= GOAL_MS else 'missed'}, worst {worst:.1f}"
    )


def main() -> None:
    """Measure on copies of kept databases; the first run makes them."""
    server = start_server()
    understander = open_understander(Settings())
    with copied(server, FEW) as few, copied(server, MANY) as many:
        print(f"  items: few {count_items(few):,}, many {count_items(many):,}")
        asyncio.run(measure(few, many, understander))


if __name__ == "__main__":
    main()
