"""Give every test the real PostgreSQL: one embedded server a session, databases copied from a template."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import psycopg
import pytest

from locales.words import BRUSSELS
from services.database import start_embedded
from services.demo.loading import load_demo
from services.schema import migrate

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=BRUSSELS)


@pytest.fixture(scope="session")
def data_folder() -> Iterator[Path]:
    """A data folder for the session's server and model.

    Outside pytest's own folder: each new session closes that one to others, and the server, which runs as another
    user where the tests run as root, would lose its data.
    """
    folder = Path(tempfile.mkdtemp(prefix="guichet-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server_address(data_folder: Path) -> str:
    """The address of an embedded server."""
    return start_embedded(data_folder / "postgres")


@pytest.fixture(scope="session")
def demo_template(server_address: str) -> str:
    """A database with the schema and the demo data of 22 November 2026, to be copied."""
    name = "demo_template"
    with psycopg.connect(server_address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    address = address_of(server_address, name)
    migrate(address)
    load_demo(address, TODAY)
    return name


@pytest.fixture(scope="session")
def new_database(server_address: str, demo_template: str) -> Callable[[], str]:
    """Make copies of the demo database; each is an address of its own."""
    numbers = itertools.count(1)

    def make() -> str:
        name = f"copy_{next(numbers)}"
        with psycopg.connect(server_address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {demo_template} STRATEGY FILE_COPY")
        return address_of(server_address, name)

    return make


@pytest.fixture(scope="module")
def address(new_database: Callable[[], str]) -> str:
    """A fresh copy of the demo database for a module."""
    return new_database()


def address_of(server_address: str, name: str) -> str:
    """Name another database of the same server."""
    before, _, query = server_address.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{name}?{query}"
