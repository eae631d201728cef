"""Show that the audit log only grows, that any change of it shows, and that it names nobody (ACC-9)."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from services.audit import AuditLog, AuditQuery
from services.audit_chain import Anchor, Fault, head_of, verify
from services.database import Database, Scope
from services.records import Company, PortalUser
from tests.conftest import NOON

AGENT = Scope(duty="agent")


@pytest.fixture
async def database(new_database: Callable[[], str]) -> AsyncIterator[Database]:
    database = Database(new_database())
    yield database
    await database.close()


async def ids(database: Database) -> tuple[int, int]:
    """Give Claire's id and that of her company."""
    async with database.transaction(AGENT) as session:
        claire = await session.scalar(select(PortalUser.id).where(PortalUser.email.startswith("claire")))
        liege = await session.scalar(select(Company.id).where(Company.city == "Liège"))
    assert claire is not None
    assert liege is not None
    return claire, liege


async def note(database: Database, count: int = 1, *, actor: int | None = None, **detail: Any) -> None:
    async with database.transaction() as session:
        for number in range(count):
            await AuditLog(session).note(
                actor=actor, subject=None, action="test", channel="web", at=NOON, number=number, **detail
            )


def as_owner(database: Database, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(database.address) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


async def faults(database: Database, *anchors: Anchor) -> tuple[Fault, ...]:
    async with database.transaction(AGENT) as session:
        return (await verify(session, anchors)).faults


@pytest.mark.rule("ACC-9")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'x'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "UPDATE audit_chain SET digest = ''",
        "DELETE FROM audit_chain",
        "INSERT INTO audit_chain (position, entry_id, digest) VALUES (9, 9, '')",
        "UPDATE audit_head SET position = 0",
        "DELETE FROM audit_head",
        "UPDATE pseudonyms SET key = 1",
        "ALTER TABLE audit DISABLE TRIGGER chained",
        "SELECT audit_append(a) FROM audit a",
        "SELECT setval('audit_id_seq', 1)",
    ],
)
async def test_log_cannot_be_changed_by_the_application(database: Database, statement: str) -> None:
    await note(database)
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        async with database.transaction(AGENT) as session:
            await session.execute(text(statement))


@pytest.mark.rule("ACC-9")
async def test_untouched_log_is_whole(database: Database) -> None:
    claire, _liege = await ids(database)
    assert await faults(database) == ()
    await note(database, 3, actor=claire, remark='é "quoted" \\ 7:x')
    async with database.transaction(AGENT) as session:
        verdict = await verify(session, (await head_of(session), Anchor(0, "")))
    assert (verdict.entries, verdict.head.position, verdict.faults) == (3, 3, ())
    assert len(verdict.head.digest) == hashlib.sha256().digest_size * 2


CHANGES = [
    ("UPDATE audit SET action = 'x' WHERE id = 2", Fault("changed", 2)),
    ("UPDATE audit SET at = at + interval '1 microsecond' WHERE id = 2", Fault("changed", 2)),
    ("UPDATE audit SET actor = channel, channel = actor WHERE id = 2", Fault("changed", 2)),
    ("UPDATE audit SET detail = '{}' WHERE id = 2", Fault("changed", 2)),
    ("UPDATE audit SET id = 99 WHERE id = 2", Fault("removed", 2)),
    ("DELETE FROM audit WHERE id = 2", Fault("removed", 2)),
    ("DELETE FROM audit WHERE id = 2; DELETE FROM audit_chain WHERE position = 2", Fault("removed", 2)),
    ("DELETE FROM audit WHERE id = 5; DELETE FROM audit_chain WHERE position = 5", Fault("cut", 5)),
    (
        "UPDATE audit SET id = -id WHERE id IN (2, 3); UPDATE audit SET id = 5 + id WHERE id < 0",
        Fault("changed", 2),
    ),
]


@pytest.mark.rule("ACC-9")
@pytest.mark.parametrize(("change", "fault"), CHANGES)
async def test_change_by_the_owner_shows(database: Database, change: str, fault: Fault) -> None:
    await note(database, 5)
    as_owner(database, change)
    assert fault in await faults(database)


@pytest.mark.rule("ACC-9")
async def test_entry_written_past_the_chain_shows(database: Database) -> None:
    await note(database)
    as_owner(
        database,
        "ALTER TABLE audit DISABLE TRIGGER chained; INSERT INTO audit (at, actor, person, subject, action, channel,"
        " detail) VALUES (now(), '', '', '', 'forged', 'web', '{}'); ALTER TABLE audit ENABLE TRIGGER chained",
    )
    assert [fault.damage for fault in await faults(database)] == ["unchained"]


@pytest.mark.rule("ACC-9")
async def test_cut_with_its_traces_shows_by_an_anchor(database: Database) -> None:
    await note(database, 5)
    async with database.transaction(AGENT) as session:
        anchor = await head_of(session)
    as_owner(
        database,
        "DELETE FROM audit WHERE id > 3; DELETE FROM audit_chain WHERE position > 3; UPDATE audit_head SET"
        " position = 3, digest = (SELECT digest FROM audit_chain WHERE position = 3)",
    )
    assert await faults(database) == ()
    assert await faults(database, anchor) == (Fault("cut", 5),)
    await note(database, 4)
    assert await faults(database, anchor) == (Fault("rewritten", 5),)


@pytest.mark.rule("ACC-9")
async def test_chain_written_anew_shows_by_an_anchor(database: Database) -> None:
    await note(database, 3)
    async with database.transaction(AGENT) as session:
        anchor = await head_of(session)
    as_owner(
        database,
        "UPDATE audit SET action = 'x' WHERE id = 1; TRUNCATE audit_chain; UPDATE audit_head SET position = 0,"
        " digest = ''; SELECT audit_append(a) FROM (SELECT * FROM audit ORDER BY id) AS a",
    )
    assert await faults(database) == ()
    assert await faults(database, anchor) == (Fault("rewritten", 3),)


@pytest.mark.rule("ACC-9")
async def test_concurrent_entries_make_one_chain(database: Database) -> None:
    await asyncio.gather(*(note(database, 5) for _ in range(20)))
    async with database.transaction(AGENT) as session:
        verdict = await verify(session)
    assert (verdict.entries, verdict.head.position, verdict.faults) == (100, 100, ())


@pytest.mark.rule("ACC-9")
async def test_entry_waits_for_no_other_transaction(database: Database) -> None:
    async with database.transaction() as slow:
        await AuditLog(slow).note(actor=None, subject=None, action="slow", channel="web", at=NOON)
        # The slow turn is still thinking: another one writes, commits and is chained meanwhile.
        await asyncio.wait_for(note(database), 5)
    assert await faults(database) == ()
    chained = as_owner(
        database, "SELECT action FROM audit_chain JOIN audit ON id = entry_id ORDER BY position"
    )
    assert chained == [("test",), ("slow",)]


async def test_entry_of_a_failed_transaction_leaves_no_trace(database: Database) -> None:
    async def fail() -> None:
        async with database.transaction() as session:
            await AuditLog(session).note(actor=None, subject=None, action="x", channel="web", at=NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await note(database)
    async with database.transaction(AGENT) as session:
        verdict = await verify(session)
    assert (verdict.entries, verdict.faults) == (1, ())


@pytest.mark.rule("ACC-9")
async def test_person_stands_under_one_pseudonym_that_says_nothing(database: Database) -> None:
    claire, liege = await ids(database)
    for _ in range(2):
        async with database.transaction(Scope(claire, (liege,))) as session:
            await AuditLog(session).note(
                actor=claire, subject=liege, person=claire, action="test", channel="web", at=NOON
            )
    rows = as_owner(database, "SELECT DISTINCT actor, person, subject FROM audit")
    assert len(rows) == 1
    actor, person, subject = rows[0]
    assert actor == person != subject
    assert len(actor) == len(subject) == 32


@pytest.mark.rule("ACC-9")
async def test_forgotten_person_leaves_the_chain_whole(database: Database) -> None:
    claire, liege = await ids(database)
    async with database.transaction(Scope(claire, (liege,))) as session:
        await AuditLog(session).note(actor=claire, subject=liege, action="test", channel="web", at=NOON)
    async with database.transaction(AGENT) as session:
        log = AuditLog(session)
        found = await log.search(AuditQuery(person_id=claire))
        assert [entry.actor_name for entry in found] == ["Claire Dubois"]
        await log.forget(claire)
        assert await log.search(AuditQuery(person_id=claire)) == ()
        assert [entry.actor_name for entry in await log.search(AuditQuery(company_id=liege))] == [None]
    assert await faults(database) == ()


@pytest.mark.rule("ACC-9", "GEN-3")
async def test_log_is_read_by_agents_and_by_the_company_itself(database: Database) -> None:
    claire, liege = await ids(database)
    async with database.transaction(Scope(claire, (liege,))) as session:
        await AuditLog(session).note(actor=claire, subject=liege, action="test.a", channel="web", at=NOON)
    await note(database)

    async def seen(scope: Scope | None) -> list[str]:
        async with database.transaction(scope) as session:
            return [entry.action for entry in await AuditLog(session).search(AuditQuery())]

    assert await seen(Scope(claire, (liege,))) == ["test.a"]
    assert await seen(Scope(claire, (liege + 1,))) == []
    assert await seen(None) == []
    assert await seen(AGENT) == ["test", "test.a"]


async def test_search_narrows_by_action_and_time(database: Database) -> None:
    async with database.transaction() as session:
        for minutes, action in enumerate(["access.grant", "access.revoke", "file:annex", "access%"]):
            await AuditLog(session).note(
                actor=None, subject=None, action=action, channel="web", at=NOON + timedelta(minutes=minutes)
            )

    async def found(**query: Any) -> list[str]:
        async with database.transaction(AGENT) as session:
            return [entry.action for entry in await AuditLog(session).search(AuditQuery(**query), limit=3)]

    assert await found() == ["access%", "file:annex", "access.revoke"]
    assert await found(actions=["access."]) == ["access.revoke", "access.grant"]
    assert await found(actions=["access%", "file:"]) == ["access%", "file:annex"]
    assert await found(since=NOON + timedelta(minutes=1), until=NOON + timedelta(minutes=2)) == [
        "access.revoke"
    ]
