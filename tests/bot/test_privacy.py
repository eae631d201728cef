"""Give people what is kept about them, erase it, and leave what must stay whole (docs/privacy.md)."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import text

from bot.channels.terminal import TerminalChat, choices_of
from bot.clock import FixedClock
from bot.main import main
from bot.retention import Retention
from bot.settings import Settings
from bot.wiring import Counter, open_counter
from services.audit_chain import verify
from services.database import Database, Scope
from services.privacy import erase
from tests.bot.test_promises import do_jobs, replies
from tests.conftest import NOON

CLAIRE = "claire.dubois@lambert.example"
MARC = "marc.lambert@lambert.example"
NAMES = ("claire", "Dubois")
USER_ID = text(f"SELECT id FROM portal_users WHERE email = '{CLAIRE}'")


@pytest.fixture
def own_house(new_database: Callable[[], str], settings: Settings, understander: Any) -> Callable[..., Any]:
    """Open a house on a database of its own; nobody does its jobs but the test."""

    @asynccontextmanager
    async def open_it() -> AsyncIterator[Counter]:
        async with open_counter(
            settings, understander=understander, address=new_database(), clock=FixedClock(NOON)
        ) as counter:
            yield counter

    return open_it


async def say(counter: Counter, chat: TerminalChat, line: str) -> list[dict[str, Any]]:
    await counter.intake.accept(chat._message(line))
    await do_jobs(counter)
    return await replies(counter, chat)


async def press(
    counter: Counter, chat: TerminalChat, reply: dict[str, Any], label: str
) -> list[dict[str, Any]]:
    tokens = {choice["label"]: choice["token"] for choice in choices_of(reply)}
    return await say(counter, chat, json.dumps({"press": tokens[label]}))


def everything_said(counter: Counter) -> str:
    """Give all the text of all tables but the knowledge of places, as one string."""
    with psycopg.connect(counter.database.address) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'procrastinate%'"
        ).fetchall()
        rows = [connection.execute(f"SELECT t::text FROM {table} t").fetchall() for (table,) in tables]
    return "\n".join(text for table in rows for (text,) in table)


def texts(found: list[dict[str, Any]]) -> str:
    return json.dumps(found, ensure_ascii=False)


async def test_copy_holds_what_was_said_and_made(own_house: Callable[..., Any], tmp_path: Path) -> None:
    async with own_house() as counter:
        chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        await say(counter, chat, "annexe de la facture 1046100091")
        shown = await say(counter, chat, "/guichet mesdonnees")
        table = shown[0]["blocks"][0]
        assert ["Fichiers préparés pour vous", "1", "30 jours au plus"] in table["rows"]
        copied = await press(counter, chat, shown[0], "M'envoyer une copie")
        (file,) = [block for reply in copied for block in reply["blocks"] if block["type"] == "file"]
        with psycopg.connect(counter.database.address) as connection:
            row = connection.execute("SELECT content FROM files WHERE id = %s", (file["file_id"],)).fetchone()
        assert row is not None
        (tmp_path / "copy.xlsx").write_bytes(row[0])
        book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
        assert book["Vous-même"]["B2"].value == CLAIRE
        said = [cell.value for cell in book["Ce que vous avez écrit"]["C"]]
        assert "annexe de la facture 1046100091" in said
        assert book["Fichiers préparés pour vous"].max_row == 2


async def test_erased_person_leaves_no_name_anywhere(own_house: Callable[..., Any], tmp_path: Path) -> None:
    async with own_house() as counter:
        chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        await say(counter, chat, "annexe de la facture 1046100091")
        await say(counter, chat, "je m'appelle Claire Dubois, où est RR389687422BE ?")
        shown = await say(counter, chat, "/guichet privacy")
        asked = await press(counter, chat, shown[0], "Effacer ce qui me concerne")
        assert "Claire Dubois" in texts(asked)
        await press(counter, chat, asked[0], "Effacer définitivement")
        await let_it_happen(counter)
        kept = everything_said(counter)
        for name in NAMES:
            assert [line for line in kept.splitlines() if name.lower() in line.lower()] == []
        again = await say(counter, chat, "mes factures d'octobre")
        assert "1046" not in texts(again)
        async with counter.database.transaction(Scope(duty="agent")) as session:
            verdict = await verify(session, ())
        assert verdict.entries > 0
        assert verdict.faults == ()


@pytest.mark.rule("ACC-9")
async def test_only_administrator_is_not_erased(own_house: Callable[..., Any], tmp_path: Path) -> None:
    async with own_house() as counter:
        chat = await TerminalChat.open(counter, MARC, tmp_path, NOON)
        asked = await say(counter, chat, "/guichet privacy")
        asked = await press(counter, chat, asked[0], "Effacer ce qui me concerne")
        refused = await press(counter, chat, asked[0], "Effacer définitivement")
        assert "seul administrateur" in texts(refused)
        assert "marc.lambert" in everything_said(counter)


async def test_open_request_is_answered_before_it_is_erased(
    own_house: Callable[..., Any], tmp_path: Path
) -> None:
    async with own_house() as counter:
        chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        await say(counter, chat, "parler à un collègue")
        await say(counter, chat, "ma facture d'octobre est fausse")
        await say(counter, chat, "oui")
        asked = await say(counter, chat, "/guichet privacy")
        asked = await press(counter, chat, asked[-1], "Effacer ce qui me concerne")
        refused = await press(counter, chat, asked[0], "Effacer définitivement")
        assert "GC-2026-" in texts(refused)


async def test_rehearsed_retention_says_what_would_go_and_takes_nothing(
    own_house: Callable[..., Any], tmp_path: Path
) -> None:
    async with own_house() as counter:
        chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        await say(counter, chat, "bonjour")
        retention = Retention(counter.database, 365)
        later = NOON + timedelta(days=5000)
        would = await retention.remove(later, rehearse=True)
        assert would["messages"] == 1
        assert await retention.remove(later) == would
        assert (await retention.remove(later))["messages"] == 0


async def test_closed_tickets_go_after_their_time_with_their_words(
    own_house: Callable[..., Any], tmp_path: Path
) -> None:
    async with own_house() as counter:
        chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        for line in ("parler à un collègue", "ma facture d'octobre est fausse", "oui"):
            await say(counter, chat, line)
        with psycopg.connect(counter.database.address) as connection:
            connection.execute("UPDATE tickets SET state = 'closed', closed_at = %s", (NOON,))
        retention = Retention(counter.database, 365, ticket_days=10)
        assert (await retention.remove(NOON + timedelta(days=10)))["tickets"] == 0
        assert (await retention.remove(NOON + timedelta(days=11)))["tickets"] == 1
        with psycopg.connect(counter.database.address) as connection:
            left = connection.execute(
                "SELECT (SELECT count(*) FROM tickets), (SELECT count(*) FROM ticket_messages)"
            ).fetchone()
        assert left == (0, 0)


@pytest.mark.parametrize(
    ("email", "reason"), [("nobody@nowhere.example", "Nobody on the portal"), (MARC, "only administrator")]
)
def test_operator_is_told_why_nobody_is_erased(
    new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch, email: str, reason: str
) -> None:
    monkeypatch.setenv("GUICHET_DATABASE_URL", new_database())
    result = CliRunner().invoke(main, ["privacy", "erase", email])
    assert result.exit_code == 1
    assert reason in result.output


def test_operator_rehearses_then_erases(
    new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = new_database()
    monkeypatch.setenv("GUICHET_DATABASE_URL", address)
    run = CliRunner()
    assert run.invoke(main, ["privacy", "export", CLAIRE, str(tmp_path / "c.xlsx")]).exit_code == 0
    assert openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[0]["B2"].value == CLAIRE
    assert "person: 1" in run.invoke(main, ["privacy", "erase", CLAIRE, "--dry-run"]).output
    assert run.invoke(main, ["privacy", "erase", CLAIRE]).exit_code == 0
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT 1 FROM portal_users WHERE email = %s", (CLAIRE,)).fetchone() is None


KARIM = "karim.benali@service-centre.example"


def run_sql(counter: Counter, statement: str) -> list[Any]:
    with psycopg.connect(counter.database.address) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


async def ask_erasure(counter: Counter, chat: TerminalChat) -> list[dict[str, Any]]:
    """Ask for the erasure and confirm it; the job that does it comes a little later."""
    shown = await say(counter, chat, "/guichet privacy")
    asked = await press(counter, chat, shown[-1], "Effacer ce qui me concerne")
    return await press(counter, chat, asked[0], "Effacer définitivement")


async def let_it_happen(counter: Counter) -> None:
    """Let the pause before an erasure be over, and do what waits."""
    run_sql(counter, "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    await do_jobs(counter)


def lines_with(counter: Counter, *names: str) -> list[str]:
    kept = everything_said(counter).lower().splitlines()
    return [line for line in kept if any(name.lower() in line for name in names)]


async def test_erasure_reaches_tickets_notes_reasons_and_places(
    own_house: Callable[..., Any], tmp_path: Path
) -> None:
    async with own_house() as counter:
        claire = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        karim = await TerminalChat.open(counter, KARIM, tmp_path, NOON)
        for line in ("parler à un collègue", "Dubois ici, ma facture est fausse", "oui"):
            await say(counter, claire, line)
        ((number,),) = run_sql(counter, "SELECT number FROM tickets")
        await say(counter, karim, f"/guichet prendre {number}")
        await say(counter, karim, f"/guichet note {number} Dubois a déjà appelé")
        await say(counter, karim, f"/guichet répondre {number} c'est réglé")
        await say(counter, karim, "oui")
        await say(counter, claire, "merci de la part de Dubois")
        await say(counter, karim, f"/guichet pour {CLAIRE} Dubois a appelé")
        await say(counter, karim, "oui")
        run_sql(
            counter,
            "INSERT INTO tickets (number, conversation_id, language, subject, summary, transcript, state, opened_at,"
            f" due_at) VALUES ('GC-2026-900001', {claire.conversation_id}, 'fr', 'access', 'Dubois veut un accès',"
            " '[\"Dubois\"]', 'closed', now(), now())",
        )
        run_sql(counter, "UPDATE tickets SET state = 'closed', closed_at = now()")
        await ask_erasure(counter, claire)
        await let_it_happen(counter)
        # What an agent himself wrote stays in his own chat, for its time (docs/privacy.md).
        run_sql(counter, f"DELETE FROM inbox WHERE conversation_id = {karim.conversation_id}")
        run_sql(
            counter, f"DELETE FROM outbox WHERE conversation_id = {karim.conversation_id} AND thread IS NULL"
        )
        run_sql(counter, f"DELETE FROM buttons WHERE conversation_id = {karim.conversation_id}")
        run_sql(counter, f"UPDATE conversations SET state = '{{}}' WHERE id = {karim.conversation_id}")
        assert lines_with(counter, "dubois") == []


async def test_goodbye_is_heard_before_it_is_erased_and_the_mail_comes_after(
    own_house: Callable[..., Any], tmp_path: Path
) -> None:
    async with own_house() as counter:
        chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        assert "Au revoir" in texts(await ask_erasure(counter, chat))
        letters = "SELECT count(*) FROM notices WHERE kind = 'erased'"
        assert run_sql(counter, letters) == [(0,)]
        await let_it_happen(counter)
        assert run_sql(counter, letters) == [(1,)]


@pytest.mark.parametrize("between", ["administrator", "request"])
async def test_what_comes_in_between_stops_the_erasure_and_is_told(
    own_house: Callable[..., Any], tmp_path: Path, between: str
) -> None:
    async with own_house() as counter:
        chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        await ask_erasure(counter, chat)
        if between == "request":
            for line in ("parler à un collègue", "encore une question", "oui"):
                await say(counter, chat, line)
        else:
            run_sql(counter, "UPDATE memberships SET rights = '{}' WHERE 'admin' = ANY (rights)")
            run_sql(
                counter,
                "UPDATE memberships SET rights = '{admin}' WHERE user_id ="
                f" (SELECT id FROM portal_users WHERE email = '{CLAIRE}')",
            )
        await let_it_happen(counter)
        assert "Je n'ai rien effacé" in texts(await replies(counter, chat))
        assert CLAIRE in everything_said(counter)


async def test_person_with_several_chats_is_erased_once_in_all(
    own_house: Callable[..., Any], tmp_path: Path
) -> None:
    async with own_house() as counter:
        chats = [await TerminalChat.open(counter, CLAIRE, tmp_path, NOON) for _ in range(2)]
        for chat in chats:
            await say(counter, chat, "je suis Claire Dubois")
        await ask_erasure(counter, chats[0])
        await ask_erasure(counter, chats[1])
        await let_it_happen(counter)
        assert lines_with(counter, *NAMES) == []
        assert run_sql(counter, "SELECT count(*) FROM notices WHERE kind = 'erased'") == [(1,)]
        assert run_sql(counter, "SELECT count(*) FROM audit WHERE action = 'privacy.erase'") == [(1,)]


async def test_agent_in_charge_hands_over_before_leaving_nothing(
    own_house: Callable[..., Any], tmp_path: Path
) -> None:
    async with own_house() as counter:
        claire = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        karim = await TerminalChat.open(counter, KARIM, tmp_path, NOON)
        for line in ("parler à un collègue", "ma facture est fausse", "oui"):
            await say(counter, claire, line)
        ((number,),) = run_sql(counter, "SELECT number FROM tickets")
        await say(counter, karim, f"/guichet prendre {number}")
        assert "confiez-la d'abord" in texts(await ask_erasure(counter, karim))
        await say(counter, karim, f"/guichet remettre {number}")
        await say(counter, karim, "oui")
        await ask_erasure(counter, karim)
        await let_it_happen(counter)
        # What Claire was told of her own request stays hers.
        run_sql(counter, f"DELETE FROM outbox WHERE conversation_id = {claire.conversation_id}")
        assert lines_with(counter, "benali") == []
        ((is_agent, rights),) = run_sql(
            counter, "SELECT is_agent, agent_rights FROM portal_users WHERE name = ''"
        )
        assert (is_agent, rights) == (False, [])


@pytest.mark.rule("ACC-9")
@pytest.mark.parametrize("step", ["producing", "produced"])
async def test_person_erased_while_a_file_is_made_gets_none_and_leaves_none(
    new_database: Callable[[], str], settings: Settings, understander: Any, tmp_path: Path, step: str
) -> None:
    address, reached = new_database(), []

    async def erase_now() -> None:
        other = Database(address)
        try:
            async with other.transaction(Scope(duty="retention")) as session:
                (user_id,) = (await session.execute(USER_ID)).one()
                await erase(session, user_id, NOON)
        finally:
            await other.close()

    def checkpoint(name: str) -> None:
        if name == step:
            reached.append(name)
            with ThreadPoolExecutor() as other_process:
                other_process.submit(asyncio.run, erase_now()).result()

    async with open_counter(
        settings,
        understander=understander,
        address=address,
        clock=FixedClock(NOON),
        checkpoint=checkpoint,
    ) as counter:
        chat = await TerminalChat.open(counter, CLAIRE, tmp_path, NOON)
        assert await say(counter, chat, "annexe de la facture 1046100091") == []
        assert reached == [step]
        assert run_sql(counter, "SELECT count(*) FROM files") == [(0,)]
        assert lines_with(counter, *NAMES) == []


@pytest.mark.rule("ACC-10")
async def test_agent_erases_nobody_on_whose_behalf_he_works(
    own_house: Callable[..., Any], tmp_path: Path
) -> None:
    async with own_house() as counter:
        karim = await TerminalChat.open(counter, KARIM, tmp_path, NOON)
        # A form of his own is no way either: it ends when the work begins.
        shown = await say(counter, karim, "/guichet privacy")
        await press(counter, karim, shown[-1], "Effacer ce qui me concerne")
        own_form = {choice["label"]: choice for choice in choices_of(shown[-1])}
        await say(counter, karim, f"/guichet pour {CLAIRE} elle appelle")
        await say(counter, karim, "oui")
        for line in ("/guichet privacy", json.dumps({"press": own_form["M'envoyer une copie"]["token"]})):
            assert "Seule la personne concernée" in texts(await say(counter, karim, line))
        await say(counter, karim, json.dumps({"press": own_form["Effacer ce qui me concerne"]["token"]}))
        await say(counter, karim, "oui")
        await let_it_happen(counter)
        kept = run_sql(counter, "SELECT count(*) FROM portal_users WHERE name = '' OR left_at IS NOT NULL")
        assert kept == [(0,)]
        assert run_sql(counter, "SELECT count(*) FROM audit WHERE action = 'privacy.erase'") == [(0,)]
