"""Show the walls behind tickets: whose rows a transaction sees, and that a note is out of every customer's reach."""

from collections.abc import AsyncIterator
from typing import get_type_hints

import pytest
from sqlalchemy import func, select

from services.calendar import BusinessCalendar
from services.database import Database, Scope
from services.people import People, find_account, find_conversation
from services.records import CannedAnswer, Ticket, TicketMessage, TicketNote
from services.ticket_queue import InternalNote, TicketFile, TicketLine, TicketQueue
from services.ticket_relay import Message, take_message
from services.tickets import OwnTicket, Tickets, UnknownTicket
from tests.conftest import NOON

CLAIRE = "claire.dubois@lambert.example"
MARC = "marc.lambert@lambert.example"
KARIM = "karim.benali@service-centre.example"
SECRET = "ne jamais dire"


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    database = Database(address)
    yield database
    await database.close()


async def person(database: Database, email: str) -> int:
    async with database.transaction() as session:
        user = await People(session).user_by_email(email)
    assert user is not None
    return user.id


async def noted_ticket(database: Database) -> tuple[str, int]:
    """Open a ticket of Claire's, and note something in it as Karim; give its number and conversation."""
    claire, karim = await person(database, CLAIRE), await person(database, KARIM)
    async with database.transaction(Scope(claire)) as session:
        account_id = await find_account(session, "test", "claire")
        await People(session).link(account_id, claire)
        conversation_id = await find_conversation(session, account_id, "dm", private=True)
        opened = await Tickets(session, BusinessCalendar()).open(
            conversation_id=conversation_id,
            user_id=claire,
            company_id=None,
            language="fr",
            subject="question",
            summary="x",
            transcript=[],
            now=NOON,
        )
    async with database.transaction(Scope(karim)) as session:
        queue = TicketQueue(session, karim, conversation_id, Scope(karim))
        await queue.note(opened.number, SECRET, NOON)
    return opened.number, conversation_id


@pytest.mark.rule("TIC-2", "GEN-3")
async def test_notes_and_canned_answers_are_out_of_every_customers_reach(database: Database) -> None:
    await noted_ticket(database)
    for email in (CLAIRE, MARC, KARIM):
        # An agent's own transaction sees none either, before the queue opens them.
        async with database.transaction(Scope(await person(database, email), (1, 2, 3))) as session:
            for record in (TicketNote, CannedAnswer):
                assert await session.scalar(select(func.count()).select_from(record)) == 0
    async with database.transaction(Scope(duty="agent")) as session:
        assert await session.scalar(select(func.count()).select_from(TicketNote)) == 1


@pytest.mark.rule("GEN-3")
async def test_ticket_is_seen_by_its_person_only_whatever_the_companies_in_scope(database: Database) -> None:
    number, conversation_id = await noted_ticket(database)
    marc = await person(database, MARC)
    async with database.transaction(Scope(marc, (1, 2, 3))) as session:
        assert await session.scalar(select(func.count()).select_from(Ticket)) == 0
        assert await session.scalar(select(func.count()).select_from(TicketMessage)) == 0
        with pytest.raises(UnknownTicket):
            await Tickets(session, BusinessCalendar(), person_id=marc).find(number)
    # Whoever has the conversation by now but is somebody else does not find it by the query either.
    async with database.transaction(Scope(marc)) as session:
        tickets = Tickets(session, BusinessCalendar(), person_id=marc, conversation_id=conversation_id)
        assert await tickets.list_own() == ()
        assert await tickets.taken_over() is None


@pytest.mark.rule("TIC-2")
async def test_scope_is_narrow_again_after_each_call_of_the_queue(database: Database) -> None:
    number, conversation_id = await noted_ticket(database)
    karim = await person(database, KARIM)
    async with database.transaction(Scope(karim)) as session:
        queue = TicketQueue(session, karim, conversation_id, Scope(karim))
        assert (await queue.find(number)).number == number
        assert await session.scalar(select(func.count()).select_from(Ticket)) == 0
        with pytest.raises(UnknownTicket):
            await queue.find("GC-2026-999999")
        assert await session.scalar(select(func.count()).select_from(Ticket)) == 0


@pytest.mark.rule("TIC-2")
async def test_relay_carries_messages_and_has_no_way_for_notes(database: Database) -> None:
    await noted_ticket(database)
    async with database.transaction(Scope(duty="agent")) as session:
        note_id = await session.scalar(select(TicketNote.id))
        assert note_id is not None
        # The key of a note is none of a message: nothing is found under it.
        assert await take_message(session, note_id, NOON, direct="direct") is None
    # No type that goes to a customer holds a note, and the one that holds it is not what goes out.
    notes = {name for name, kind in get_type_hints(TicketFile).items() if InternalNote in _parts(kind)}
    assert notes == {"notes"}
    for outgoing in (Message, OwnTicket, TicketLine):
        assert all(InternalNote not in _parts(kind) for kind in get_type_hints(outgoing).values())


def _parts(kind: object) -> set[object]:
    return {kind, *(part for inner in getattr(kind, "__args__", ()) for part in _parts(inner))}
