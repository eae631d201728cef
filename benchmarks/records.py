"""Keep demo databases of chosen sizes in a cache folder, and hand out copies that may be spoilt."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import psycopg
from psycopg import sql

import services
from bot.settings import Settings
from locales.words import BRUSSELS
from services.database import start_embedded
from services.demo.loading import load_demo
from services.schema import migrate

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=BRUSSELS)
# What the demo's companies hand over in sixteen months at scale 1; the true number is printed.
ITEMS_AT_SCALE_ONE = 37_000


def bench_folder() -> Path:
    """Give the folder of everything that measurements keep between two runs."""
    return (Settings().data_folder / "bench").absolute()


def start_server() -> str:
    """Start the measurements' own embedded server and give its address."""
    return start_embedded(bench_folder() / "postgres")


def database_of(server: str, name: str) -> str:
    """Name another database of the same server."""
    before, _, query = server.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{name}?{query}"


def template(server: str, items: int) -> str:
    """Give the name of a database with about so many items, made on first use and kept."""
    name = f"demo_{items}_{_recipe()}"
    with psycopg.connect(server, autocommit=True) as connection:
        names = [row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()]
        if name in names:
            return name
        for stale in names:
            if stale.startswith(f"demo_{items}_"):
                _drop(connection, stale)
        unfinished = f"making_{name}"
        _drop(connection, unfinished)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
        _fill(database_of(server, unfinished), items)
        # Only a whole database gets the name under which the next run finds it.
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name))
        )
    return name


@contextmanager
def copied(server: str, items: int) -> Iterator[str]:
    """Give the address of a copy of a demo database, removed at the end."""
    source = template(server, items)
    name = f"copy_{items}_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        _drop_left_over(connection)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )
        try:
            yield database_of(server, name)
        finally:
            _drop(connection, name)


def count_items(address: str) -> int:
    """Count the items of a database."""
    with psycopg.connect(address) as connection:
        row = connection.execute("SELECT count(*) FROM items").fetchone()
    assert row is not None
    return int(row[0])


def _fill(address: str, items: int) -> None:
    migrate(address)
    started = time.perf_counter()
    loaded = load_demo(address, TODAY, scale=items / ITEMS_AT_SCALE_ONE)
    taken = time.perf_counter() - started
    rate = loaded.rows / taken
    print(
        f"  loaded {loaded.items:,} items, {loaded.rows:,} rows in {taken:.1f} s: {rate:,.0f} rows a second"
    )
    with psycopg.connect(address, autocommit=True) as connection:
        # What the server would do by itself within minutes; a measurement does not wait for it.
        connection.execute("VACUUM ANALYZE")


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_left_over(connection: psycopg.Connection) -> None:
    """Remove the copies of measurements that were killed."""
    for (name,) in connection.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'copy%'"
    ).fetchall():
        if not Path(f"/proc/{name.rpartition('_')[2]}").exists():
            _drop(connection, name)


def _recipe() -> str:
    """Name the present form of schema and demo data, so that a kept database is never an outdated one."""
    folder = Path(services.__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("migrations/versions/*.py"), *folder.glob("demo/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
