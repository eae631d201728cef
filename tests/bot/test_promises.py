"""Keep promises only to those who may have the file, once, and tell when one cannot be kept (INV-8, ACC-6)."""

import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.awaited import AwaitedInvoices
from bot.channels.terminal import TerminalChat, choices_of
from bot.clock import FixedClock
from bot.processes import document_processes
from bot.settings import Settings
from bot.wiring import Counter, open_counter
from services.conversations import Conversations
from tests.conftest import NOON

CLAIRE = "claire.dubois@lambert.example"
LATER = NOON + timedelta(days=14)
Opened = Callable[..., Any]


@pytest.fixture
def own_house(new_database: Callable[[], str], settings: Settings, understander: Any) -> Opened:
    """Open a house on a database of its own, with a clock and a checkpoint of its own; nobody does its jobs."""

    @asynccontextmanager
    async def open_it(address: str | None = None, **options: Any) -> AsyncIterator[Counter]:
        options.setdefault("clock", FixedClock(NOON))
        address = address or new_database()
        async with open_counter(settings, understander=understander, address=address, **options) as counter:
            yield counter

    return open_it


async def do_jobs(counter: Counter) -> None:
    """Do the jobs that wait, then return."""
    await counter.jobs.app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)


async def say(counter: Counter, chat: TerminalChat, line: str) -> list[dict[str, Any]]:
    await counter.intake.accept(chat._message(line))
    await do_jobs(counter)
    return await replies(counter, chat)


async def replies(counter: Counter, chat: TerminalChat) -> list[dict[str, Any]]:
    async with counter.database.transaction() as session:
        posted = await Conversations(session).posted_since(chat.conversation_id, chat.seen)
    chat.seen = posted[-1].sequence if posted else chat.seen
    return [{"blocks": [dict(block) for block in reply.blocks]} for reply in posted]


def types(found: list[dict[str, Any]]) -> list[str]:
    return [block["type"] for reply in found for block in reply["blocks"]]


def run_sql(counter: Counter, statement: str) -> list[Any]:
    with psycopg.connect(counter.database.address) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


CLAIRES = "WHERE user_id = (SELECT id FROM portal_users WHERE email LIKE 'claire%')"
REVOKE = f"UPDATE memberships SET rights = '{{transactions}}' {CLAIRES}"
LEAVE = "UPDATE portal_users SET left_at = now() WHERE email LIKE 'claire%'"
REMOVE = f"DELETE FROM memberships {CLAIRES}"


@pytest.mark.rule("ACC-6", "GEN-3")
@pytest.mark.parametrize("change", [REVOKE, LEAVE, REMOVE])
@pytest.mark.parametrize("step", ["producing", "produced"])
async def test_right_lost_between_promise_and_delivery_keeps_the_file(
    own_house: Opened, tmp_path: Path, step: str, change: str
) -> None:
    def take_away(reached: str) -> None:
        if reached == step:
            run_sql(houses[0], change)

    houses: list[Counter] = []
    async with own_house(checkpoint=take_away) as counter:
        houses.append(counter)
        chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        found = await say(counter, chat, "annexe de la facture 1046100091")
        assert types(found) == ["progress", "text"]
        assert run_sql(counter, "SELECT count(*) FROM files") == [(0,)]
        assert run_sql(counter, "SELECT count(*) FROM follow_ups WHERE done_at IS NULL") == [(0,)]


@pytest.mark.rule("ACC-9")
async def test_delivered_file_is_in_the_audit_under_pseudonyms(own_house: Opened, tmp_path: Path) -> None:
    async with own_house() as counter:
        chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        assert types(await say(counter, chat, "annexe de la facture 1046100091")) == ["progress", "file"]
        entries = run_sql(counter, "SELECT actor, subject, action, channel, detail::text FROM audit")
    assert len(entries) == 1
    actor, subject, action, channel, detail = entries[0]
    assert (action, channel) == ("file:invoice.annex", "terminal")
    assert len(actor) == len(subject) == 32
    assert "claire" not in f"{actor}{subject}{detail}".lower()


async def wait_for_november(counter: Counter, tmp_path: Path) -> TerminalChat:
    chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
    found = await say(counter, chat, "annexe de novembre 2026")
    token = choices_of(found[-1])[0]["token"]
    assert "novembre 2026" in (await say(counter, chat, f'{{"press": "{token}"}}'))[0]["blocks"][0]["text"]
    return chat


def bill_november(counter: Counter, sent_on: date = date(2026, 12, 2)) -> None:
    run_sql(
        counter,
        "INSERT INTO invoices (number, company_id, cost_centre_id, month, sent_on, net_cents, vat_cents)"
        " SELECT (1046900000 + id)::text, company_id, id, '2026-11-01', "
        f"'{sent_on}', 0, 0 FROM cost_centres",
    )


@pytest.mark.rule("INV-8")
async def test_awaited_annex_comes_when_it_appears_and_once(own_house: Opened, tmp_path: Path) -> None:
    async with own_house() as counter:
        chat = await wait_for_november(counter, tmp_path)
        await AwaitedInvoices(counter.house).run()
        assert await replies(counter, chat) == []
        bill_november(counter)
        address = counter.database.address
    async with own_house(address, clock=FixedClock(LATER)) as later:
        for _ in range(2):
            await AwaitedInvoices(later.house).run()
        await do_jobs(later)
        found = await replies(later, chat)
        assert types(found) == ["progress", "file"]
        assert found[1]["blocks"][0]["name"] == "annexes-2026-11.xlsx"
        assert run_sql(later, "SELECT count(*) FROM awaited_invoices") == [(0,)]


@pytest.mark.rule("INV-8")
async def test_awaited_annex_waits_until_the_paper_invoice_was_sent(
    own_house: Opened, tmp_path: Path
) -> None:
    async with own_house() as counter:
        chat = await wait_for_november(counter, tmp_path)
        bill_november(counter, LATER.date() + timedelta(days=1))
        address = counter.database.address
    async with own_house(address, clock=FixedClock(LATER)) as later:
        await AwaitedInvoices(later.house).run()
        assert await replies(later, chat) == []
        assert run_sql(later, "SELECT count(*) FROM awaited_invoices") == [(1,)]


@pytest.mark.rule("INV-8", "ACC-6")
@pytest.mark.parametrize("change", [REVOKE, LEAVE, REMOVE])
async def test_awaited_annex_never_comes_to_somebody_without_the_right(
    own_house: Opened, tmp_path: Path, change: str
) -> None:
    async with own_house() as counter:
        chat = await wait_for_november(counter, tmp_path)
        bill_november(counter)
        run_sql(counter, change)
        address = counter.database.address
    async with own_house(address, clock=FixedClock(LATER)) as later:
        await AwaitedInvoices(later.house).run()
        await do_jobs(later)
        assert await replies(later, chat) == []
        assert run_sql(later, "SELECT count(*) FROM files") == [(0,)]


@pytest.mark.rule("INV-8")
async def test_wish_noted_twice_is_one(own_house: Opened, tmp_path: Path) -> None:
    async with own_house() as counter:
        chat = await wait_for_november(counter, tmp_path)
        found = await say(counter, chat, "annexe de novembre 2026")
        await say(counter, chat, f'{{"press": "{choices_of(found[-1])[0]["token"]}"}}')
        assert run_sql(counter, "SELECT count(*) FROM awaited_invoices") == [(1,)]


def kill_itself(marker: str, times: int) -> bytes:
    """Make a document, after dying so many times first."""
    path = Path(marker)
    died = len(path.read_text()) if path.exists() else 0
    if died < times:
        path.write_text("x" * (died + 1))
        os.kill(os.getpid(), signal.SIGKILL)
    return b"made"


async def test_document_process_that_dies_is_replaced(tmp_path: Path) -> None:
    import asyncio
    from concurrent.futures import BrokenExecutor

    loop, executor = asyncio.get_running_loop(), document_processes(1)
    marker = str(tmp_path / "deaths")
    try:
        with pytest.raises(BrokenExecutor):
            await loop.run_in_executor(executor, kill_itself, marker, 1)
        assert await loop.run_in_executor(executor, kill_itself, marker, 1) == b"made"
    finally:
        executor.shutdown()


@pytest.mark.rule("REC-9")
@pytest.mark.parametrize(
    ("deaths", "kinds"), [(1, ["progress", "file"]), (2, ["progress", "notice", "text", "choices"])]
)
async def test_promise_survives_a_dead_process_and_apologises_for_two(
    own_house: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deaths: int, kinds: list[str]
) -> None:
    from handlers import invoice_documents

    real = invoice_documents.WORKERS["invoice.annex"]

    async def plan(task: Any, desk: Any) -> Any:
        from dataclasses import replace

        return replace(await real(task, desk), make=kill_itself, arguments=(str(tmp_path / "deaths"), deaths))

    monkeypatch.setitem(invoice_documents.WORKERS, "invoice.annex", plan)
    async with own_house() as counter:
        chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        assert types(await say(counter, chat, "annexe de la facture 1046100091")) == kinds


@pytest.mark.rule("TIC-1")
async def test_promise_that_cannot_be_planned_is_apologised_for(
    own_house: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handlers import invoice_documents

    async def plan(_task: Any, _desk: Any) -> Awaitable[None]:
        raise ValueError("a fault of ours")

    monkeypatch.setitem(invoice_documents.WORKERS, "invoice.annex", plan)
    async with own_house() as counter:
        chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        found = await say(counter, chat, "annexe de la facture 1046100091")
        assert types(found) == ["progress", "notice", "text", "choices"]
        assert run_sql(counter, "SELECT count(*) FROM follow_ups WHERE done_at IS NULL") == [(0,)]
