"""Measure the search of items by operational ID and period, on many items and on few, side by side.

The customers are alike in both databases, there are only more of them: 28 items a day under each operational ID.
`python -m benchmarks.items --items 10000000` measures on more than the million that `make bench` takes.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import random
import statistics
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date, timedelta

import psycopg
from psycopg import sql

from benchmarks.records import TODAY, _recipe, database_of, start_server
from services.database import Database, Scope
from services.items import LIMIT, ItemQuery, ItemRegister
from services.schema import migrate

FEW, MANY = 100_000, 1_000_000
DAYS, A_DAY, IDS_OF_COMPANY = 485, 28, 2
SHOWN = 11
SEARCHES, ROUNDS, SEED = 60, 5, 1
PERIODS = (1, 7, 31)
FIRST_DAY = TODAY - timedelta(days=DAYS)

CUSTOMERS = """
INSERT INTO companies (name, enterprise_number, city, links_only, is_demo)
    SELECT 'Company ' || n, lpad(n::text, 10, '0'), '', false, true FROM generate_series(1, {companies}) n;
INSERT INTO contracts (company_id, signed_on) SELECT id, {first_day} FROM companies;
INSERT INTO cost_centres (company_id, contract_id, prs, name)
    SELECT company_id, id, (100000 + id)::text, 'Centre' FROM contracts;
INSERT INTO operational_ids (company_id, cost_centre_id, code, name)
    SELECT company_id, id, 'CS' || lpad((id * 10 + n)::text, 12, '0'), ''
    FROM cost_centres, generate_series(1, {ids}) n;
"""
# Day by day, as items come in: what one customer sent lies among what all others sent on that day.
ITEMS = """
INSERT INTO items (barcode, company_id, operational_id_id, handed_over_on, item_type, with_ar, postcode, addressee,
                   weight_grams, price_cents)
    SELECT '3232' || lpad(row_number() OVER ()::text, 20, '0'), o.company_id, o.id, {first_day} + d,
           (ARRAY['registered', 'rp', 'judicial', 'parcel'])[1 + n % 4], n % 3 = 0, (1000 + n * 37)::text,
           'Somebody, Street ' || n, 20 + n * 11, 500 + n * 17
    FROM generate_series(0, {last}) d, operational_ids o, generate_series(1, {a_day}) n;
"""


@dataclass(frozen=True, slots=True)
class Customer:
    """A company with one of its operational IDs."""

    company_id: int
    code: str


@dataclass(frozen=True, slots=True)
class Search:
    """A period searched, for the customer of that number, counted round."""

    customer: int
    start: date
    end: date


class Side:
    """A database of one size, and how long searches took on it in milliseconds."""

    def __init__(self, database: Database, customers: Sequence[Customer]) -> None:
        self._database = database
        self._customers = customers
        self.shown: list[float] = []
        self.listed: list[float] = []
        self.found: list[int] = []

    async def search(self, search: Search) -> None:
        """Search as the chat does, then as the file of the list does."""
        customer = self._customers[search.customer % len(self._customers)]
        query = ItemQuery(operational_ids=(customer.code,), start=search.start, end=search.end)
        for limit, taken in ((SHOWN, self.shown), (LIMIT, self.listed)):
            scope = Scope(company_ids=(customer.company_id,))
            started = time.perf_counter()
            async with self._database.transaction(scope) as session:
                found = await ItemRegister(session, (customer.company_id,)).find(query, limit=limit)
            taken.append((time.perf_counter() - started) * 1000)
            self.found.append(found.total)


def filled(server: str, items: int) -> str:
    """Give the address of a database with about so many items, made on first use and kept."""
    own = hashlib.sha256(f"{CUSTOMERS}{ITEMS}{DAYS}{A_DAY}{IDS_OF_COMPANY}".encode()).hexdigest()[:6]
    name = f"items_{items}_{own}_{_recipe()}"
    with psycopg.connect(server, autocommit=True) as connection:
        names = {row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()}
        if name not in names:
            for stale in (
                known for known in names if known.startswith((f"items_{items}_", f"making_{items}"))
            ):
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(stale)))
            making = sql.Identifier(f"making_{items}")
            connection.execute(sql.SQL("CREATE DATABASE {}").format(making))
            _fill(database_of(server, f"making_{items}"), items)
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(making, sql.Identifier(name)))
    return database_of(server, name)


def _fill(address: str, items: int) -> None:
    migrate(address)
    companies = max(1, round(items / (DAYS * A_DAY * IDS_OF_COMPANY)))
    started = time.perf_counter()
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in (CUSTOMERS, ITEMS):
            connection.execute(
                sql.SQL(statement).format(
                    companies=sql.Literal(companies),
                    ids=sql.Literal(IDS_OF_COMPANY),
                    first_day=sql.Literal(FIRST_DAY),
                    last=sql.Literal(DAYS - 1),
                    a_day=sql.Literal(A_DAY),
                )
            )
        connection.execute("VACUUM ANALYZE")
    rows = companies * DAYS * A_DAY * IDS_OF_COMPANY
    print(f"  wrote {rows:,} items in {time.perf_counter() - started:.0f} s", flush=True)


def _customers(address: str) -> list[Customer]:
    with psycopg.connect(address) as connection:
        rows = connection.execute("SELECT company_id, code FROM operational_ids ORDER BY code").fetchall()
    return [Customer(*row) for row in rows]


def searches() -> list[Search]:
    """Choose customers and periods, the same in each run."""
    chance = random.Random(SEED)
    chosen = []
    for number in range(SEARCHES):
        start = FIRST_DAY + timedelta(days=chance.randrange(DAYS - max(PERIODS)))
        length = PERIODS[number % len(PERIODS)]
        chosen.append(Search(chance.randrange(10**9), start, start + timedelta(days=length - 1)))
    return chosen


async def compare(addresses: Sequence[str]) -> list[Side]:
    """Search in turns on each database, so that both meet the same machine."""
    async with AsyncExitStack() as stack:
        sides = []
        for address in addresses:
            database = Database(address, pool_size=1)
            stack.push_async_callback(database.close)
            sides.append(Side(database, _customers(address)))
        chosen = searches()
        for _ in range(ROUNDS):
            for search in chosen:
                for side in sides:
                    await side.search(search)
        # The first round warms caches and prepares statements.
        for side in sides:
            side.shown, side.listed = side.shown[SEARCHES:], side.listed[SEARCHES:]
        return sides


def percentile(times: Sequence[float], percent: int) -> float:
    """Give the time that so many per cent of the searches stay under."""
    return statistics.quantiles(times, n=100)[percent - 1]


def main(many: int = MANY) -> None:
    """Print both sides and the ratio of their slow ends."""
    server = start_server()
    few, large = asyncio.run(compare([filled(server, size) for size in (FEW, many)]))
    print(
        f"Items of one operational ID in 1, 7 or 31 days, {min(few.found)} to {max(few.found)} found, in ms"
    )
    print(f"  {'':<28}{f'{FEW:,}':>14}{f'{many:,}':>14}{'ratio':>8}")
    for label, ours, theirs in (
        ("number and first 11", few.shown, large.shown),
        ("number and up to 1,000", few.listed, large.listed),
    ):
        for percent in (50, 95):
            small, big = percentile(ours, percent), percentile(theirs, percent)
            print(f"  {f'{label}, p{percent}':<28}{small:>14.2f}{big:>14.2f}{big / small:>8.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=MANY)
    main(parser.parse_args().items)
