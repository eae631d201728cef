"""Remove what was kept long enough, and only that."""

from datetime import timedelta

import psycopg

from bot.message import Message
from bot.retention import Retention
from bot.wiring import Counter
from services.files import KEPT, Files
from services.people import People
from tests.bot.conftest import Talk
from tests.conftest import NOON

TABLES = ("inbox", "outbox", "buttons", "misses", "files")
CLAIRE = "claire.dubois@lambert.example"


def counts(address: str) -> dict[str, int]:
    with psycopg.connect(address) as connection:
        found = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in TABLES}
        found["states"] = connection.execute(
            "SELECT count(*) FROM conversations WHERE state <> '{}'"
        ).fetchone()
    return {name: row[0] for name, row in found.items() if row}


async def test_year_old_conversations_go_and_younger_ones_stay(counter: Counter, talk: Talk) -> None:
    address = counter.database.address
    await talk(CLAIRE, "facture 1046100091", "annexe de la facture 1046100091", "zwiep floep krak")
    full = counts(address)
    assert all(full.values()), full
    retention = Retention(counter.database, 365)
    with psycopg.connect(address) as connection:
        row = connection.execute("SELECT max(received_at) FROM inbox").fetchone()
        assert row is not None
        said_at = row[0]
    await retention.run(int((said_at + timedelta(days=29)).timestamp()))
    assert counts(address) == full
    await retention.run(int((said_at + KEPT + timedelta(minutes=5)).timestamp()))
    assert counts(address) == {**full, "files": 0}
    await retention.run(int((said_at + timedelta(days=366)).timestamp()))
    # A miss has a day, not a moment; its day of this test is the fixed clock's.
    assert counts(address) == dict.fromkeys((*TABLES, "states"), 0)


async def test_unanswered_message_is_never_removed(counter: Counter) -> None:
    accepted = await counter.intake.accept(Message("test", "slow", "dm", "e1", text="bonjour"))
    with psycopg.connect(counter.database.address) as connection:
        connection.execute(
            "UPDATE inbox SET done_at = NULL, received_at = '2020-01-01' WHERE id = %s", (accepted.inbox_id,)
        )
        connection.commit()
        await Retention(counter.database, 1).run(int(NOON.timestamp()))
        found = connection.execute(
            "SELECT count(*) FROM inbox WHERE id = %s", (accepted.inbox_id,)
        ).fetchone()
    assert found == (1,)


async def test_expired_file_is_not_handed_out_even_before_it_is_removed(counter: Counter) -> None:
    async with counter.database.transaction() as session:
        user = await People(session).user_by_email(CLAIRE)
        assert user is not None
        (membership,) = await People(session).enter_as(user.id)
        files = Files(session)
        file_id = await files.keep(
            company_id=membership.company_id,
            user_id=user.id,
            name="a.xlsx",
            media_type="application/x",
            content=b"content",
            now=NOON,
        )
        assert await files.read(file_id, NOON + KEPT - timedelta(seconds=1)) is not None
        assert await files.read(file_id, NOON + KEPT) is None
