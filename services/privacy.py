"""Give a person what is kept about them, and erase it: what stays is told, with its reason (privacy).

What belongs to a company (invoices, items, receipts, orders, options) is not a person's: only the person's name goes
from it. The audit log stays whole: its pseudonyms lose the only row that tells whose they were (ACC-9).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Select, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.audit import AuditLog, AuditQuery
from services.errors import GuichetError
from services.jobs import Jobs
from services.linking import cut_links
from services.records import (
    AccessRequest,
    AwaitedInvoice,
    AwaitedReceipts,
    Button,
    ChatAccount,
    Company,
    Conversation,
    FollowUp,
    InboxMessage,
    LinkCode,
    Membership,
    Notice,
    OnBehalfSession,
    OptionRequest,
    OutboxMessage,
    PortalUser,
    ReceiptWarning,
    Schedule,
    StoredFile,
    SupplyOrder,
    Ticket,
    TicketMessage,
    TicketNote,
    Upload,
)

ERASE = "privacy_erase"
# So long the answer to the wish has to reach its chat, which is nobody's afterwards.
GOODBYE = timedelta(seconds=20)
MOST_AUDIT_ENTRIES = 1000

Kind = Literal["person", "rights", "chats", "messages", "files", "sendings", "tickets", "orders", "log"]
Row = tuple[Any, ...]


@dataclass
class StillAdministrator(GuichetError):
    """The person is the only administrator of a company: it must have another one first."""

    company_name: str


@dataclass
class StillOpen(GuichetError):
    """A request of theirs is still with the Service Centre: erased now, nobody could answer it."""

    number: str


@dataclass
class StillInCharge(GuichetError):
    """An agent has a request of a customer: a colleague must have it first."""

    number: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one kind: its rows, each with the columns that handlers head in words."""

    kind: Kind
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """How much of each kind was erased, and the address that was the person's: None where nothing was left to do."""

    messages: int
    files: int
    sendings: int
    tickets: int
    address: str | None


class PersonalData:
    """What is kept about one person, within their own scope and one transaction; `jobs` are for asking an erasure."""

    def __init__(
        self,
        session: AsyncSession,
        jobs: Jobs | None,
        user_id: int | None,
        conversation_days: int = 365,
        ticket_days: int = 1095,
    ) -> None:
        self._session = session
        self._jobs = jobs
        self._user_id = user_id
        self.conversation_days = conversation_days
        self.ticket_days = ticket_days

    async def collect(self) -> tuple[Kept, ...]:
        """Read everything, by kind; the oldest first."""
        return (
            Kept("person", await self._rows(self._person())),
            Kept("rights", await self._rows(self._rights())),
            Kept("chats", await self._rows(self._chats())),
            Kept("messages", await self._rows(self._messages())),
            Kept("files", await self._rows(self._files())),
            Kept("sendings", await self._rows(self._sendings())),
            Kept("tickets", await self._rows(self._tickets())),
            Kept("orders", await self._rows(self._orders())),
            Kept("log", await self._log()),
        )

    async def ask_erasure(self, language: str) -> None:
        """Have everything erased by a job of its own, after this turn and its answer; `language` is its mail's.

        Raises StillAdministrator, StillOpen.
        """
        assert self._user_id is not None
        assert self._jobs is not None
        await self.check_can_be_erased()
        await self._jobs.defer(
            self._session,
            ERASE,
            lock=f"privacy:{self._user_id}",
            delay=GOODBYE,
            user_id=self._user_id,
            language=language,
        )

    async def check_can_be_erased(self) -> None:
        """Check that nothing stands in the way. Raises StillAdministrator, StillOpen, StillInCharge.

        What an agent is in charge of is seen with the duty of retention only.
        """
        held = Membership.rights.contains(["admin"])
        companies = select(Membership.company_id).where(Membership.user_id == self._user_id)
        # Held as for any change of rights: two administrators who go at once do not leave a company without one.
        await self._session.execute(
            select(Membership.id)
            .where(Membership.company_id.in_(companies))
            .order_by(Membership.company_id, Membership.id)
            .with_for_update()
        )
        mine = select(Membership.company_id).where(Membership.user_id == self._user_id, held)
        others = select(Membership.company_id).where(Membership.user_id != self._user_id, held)
        alone = await self._session.scalar(
            select(Company.name).where(Company.id.in_(mine), Company.id.not_in(others)).limit(1)
        )
        if alone is not None:
            raise StillAdministrator(alone)
        number = await self._session.scalar(
            select(Ticket.number)
            .where(Ticket.user_id == self._user_id, Ticket.state.in_(("new", "taken", "waiting")))
            .order_by(Ticket.id)
            .limit(1)
        )
        if number is not None:
            raise StillOpen(number)
        in_charge = await self._session.scalar(
            select(Ticket.number)
            .where(Ticket.assignee_id == self._user_id, Ticket.state.in_(("taken", "waiting")))
            .order_by(Ticket.id)
            .limit(1)
        )
        if in_charge is not None:
            raise StillInCharge(in_charge)

    async def _rows(self, statement: Select[*tuple[Any, ...]]) -> tuple[Row, ...]:
        return tuple(tuple(row) for row in await self._session.execute(statement))

    def _person(self) -> Select[*tuple[Any, ...]]:
        return select(PortalUser.name, PortalUser.email, PortalUser.language).where(
            PortalUser.id == self._user_id
        )

    def _rights(self) -> Select[*tuple[Any, ...]]:
        return (
            select(Company.name, func.array_to_string(Membership.rights, ", "))
            .join(Company, Company.id == Membership.company_id)
            .where(Membership.user_id == self._user_id)
            .order_by(Company.name)
        )

    def _chats(self) -> Select[*tuple[Any, ...]]:
        return (
            select(ChatAccount.channel, func.count(InboxMessage.id), func.max(InboxMessage.received_at))
            .join(Conversation, Conversation.account_id == ChatAccount.id, isouter=True)
            .join(InboxMessage, InboxMessage.conversation_id == Conversation.id, isouter=True)
            .where(ChatAccount.user_id == self._user_id)
            .group_by(ChatAccount.id)
            .order_by(ChatAccount.id)
        )

    def _messages(self) -> Select[*tuple[Any, ...]]:
        said = func.coalesce(InboxMessage.content["label"].astext, InboxMessage.content["text"].astext)
        return (
            select(InboxMessage.received_at, ChatAccount.channel, said)
            .join(Conversation, Conversation.id == InboxMessage.conversation_id)
            .join(ChatAccount, ChatAccount.id == Conversation.account_id)
            .where(ChatAccount.user_id == self._user_id)
            .order_by(InboxMessage.id)
        )

    def _files(self) -> Select[*tuple[Any, ...]]:
        return (
            select(StoredFile.created_at, StoredFile.name, StoredFile.expires_at)
            .where(StoredFile.user_id == self._user_id)
            .order_by(StoredFile.created_at)
        )

    def _sendings(self) -> Select[*tuple[Any, ...]]:
        return (
            select(Schedule.created_at, Schedule.subject, Schedule.recurrence, Schedule.state)
            .where(Schedule.user_id == self._user_id)
            .order_by(Schedule.id)
        )

    def _tickets(self) -> Select[*tuple[Any, ...]]:
        return (
            select(Ticket.opened_at, Ticket.number, Ticket.state, Ticket.summary)
            .where(Ticket.user_id == self._user_id)
            .order_by(Ticket.id)
        )

    def _orders(self) -> Select[*tuple[Any, ...]]:
        return (
            select(SupplyOrder.ordered_at, SupplyOrder.number, SupplyOrder.contact_person)
            .where(SupplyOrder.user_id == self._user_id)
            .order_by(SupplyOrder.id)
        )

    async def _log(self) -> tuple[Row, ...]:
        query = AuditQuery(person_id=self._user_id)
        entries = await AuditLog(self._session).search(query, MOST_AUDIT_ENTRIES)
        return tuple((entry.at, entry.action, entry.channel) for entry in reversed(entries))


async def erase(session: AsyncSession, user_id: int, now: datetime) -> Erased:
    """Erase what is kept about a person, with the duty of retention; done again it finds nothing left.

    The portal user's row stays without name and address: records of the company point to it.
    """
    user = await session.get(PortalUser, user_id, with_for_update=True, populate_existing=True)
    if user is None or user.email == _no_address(user_id):
        return Erased(0, 0, 0, 0, None)
    address = user.email
    await AuditLog(session).note(
        actor=user_id, subject=None, action="privacy.erase", channel="", at=now, person=user_id
    )
    accounts = tuple(await session.scalars(select(ChatAccount.id).where(ChatAccount.user_id == user_id)))
    # Held as a turn holds them: what is being said there at this moment is written down before it goes.
    places = tuple(
        await session.scalars(
            select(Conversation.id)
            .where(Conversation.account_id.in_(accounts))
            .order_by(Conversation.id)
            .with_for_update()
        )
    )
    messages = await _erase_talk(session, places)
    tickets = await _erase_tickets(session, user_id, places)
    erased = Erased(
        messages,
        await _count_out(session, delete(StoredFile).where(StoredFile.user_id == user_id), StoredFile.id),
        await _count_out(session, delete(Schedule).where(Schedule.user_id == user_id), Schedule.id),
        tickets,
        address,
    )
    await _end_work(session, user_id, now)
    await _forget_name(session, user_id, address, now)
    await cut_links(session, accounts)
    for account_id in accounts:
        await session.execute(
            update(ChatAccount)
            .where(ChatAccount.id == account_id)
            .values(account_key=f"erased:{secrets.token_hex(8)}", language=None, last_language=None)
        )
    await AuditLog(session).forget(user_id)
    return erased


def _no_address(user_id: int) -> str:
    return f"erased-{user_id}@invalid"


async def _erase_talk(session: AsyncSession, places: Sequence[int]) -> int:
    """Erase what was said in conversations, and what they wait for; the empty conversation stays for its tickets."""
    for record in (Button, Upload, AwaitedInvoice, AwaitedReceipts, ReceiptWarning, AccessRequest, Notice):
        await session.execute(delete(record).where(record.conversation_id.in_(places)))
    await session.execute(delete(OutboxMessage).where(OutboxMessage.conversation_id.in_(places)))
    await session.execute(delete(FollowUp).where(FollowUp.conversation_id.in_(places)))
    await session.execute(
        update(Conversation)
        .where(Conversation.id.in_(places))
        .values(state={})
        .execution_options(synchronize_session=False)
    )
    said = delete(InboxMessage).where(InboxMessage.conversation_id.in_(places))
    return await _count_out(session, said, InboxMessage.id)


async def _erase_tickets(session: AsyncSession, user_id: int, places: Sequence[int]) -> int:
    """Take the words out of a person's tickets; number, subject and times stay for the Service Centre's figures.

    Theirs are also those that their chats opened before anybody knew whose they were. What agents were told of
    them goes too.
    """
    strangers = and_(Ticket.user_id.is_(None), Ticket.conversation_id.in_(places))
    rows = await session.execute(
        select(Ticket.id, Ticket.number).where(or_(Ticket.user_id == user_id, strangers))
    )
    found = tuple(rows.all())
    own, numbers = [ticket_id for ticket_id, _ in found], [number for _, number in found]
    await session.execute(delete(TicketNote).where(TicketNote.ticket_id.in_(own)))
    await session.execute(update(TicketMessage).where(TicketMessage.ticket_id.in_(own)).values(text=""))
    await session.execute(delete(OutboxMessage).where(OutboxMessage.thread.in_(numbers)))
    await session.execute(
        update(Ticket).where(Ticket.id.in_(own)).values(summary="", transcript=[], user_id=None)
    )
    return len(own)


async def _end_work(session: AsyncSession, user_id: int, now: datetime) -> None:
    """End what agents do for a person, with the reasons they gave, and what the person does as an agent."""
    theirs = or_(OnBehalfSession.customer_id == user_id, OnBehalfSession.agent_id == user_id)
    await session.execute(
        update(OnBehalfSession).where(theirs, OnBehalfSession.ended_at.is_(None)).values(ended_at=now)
    )
    await session.execute(
        update(OnBehalfSession).where(OnBehalfSession.customer_id == user_id).values(reason="")
    )


async def _forget_name(session: AsyncSession, user_id: int, address: str, now: datetime) -> None:
    for record in (Notice, AccessRequest, LinkCode, Membership):
        await session.execute(delete(record).where(record.user_id == user_id))
    # Before they had access, and where others decided about it, they stand there with their address.
    await session.execute(delete(Notice).where(Notice.arguments["email"].astext == address))
    await session.execute(delete(AccessRequest).where(AccessRequest.details["email"].astext == address))
    await session.execute(update(SupplyOrder).where(SupplyOrder.user_id == user_id).values(contact_person=""))
    await session.execute(update(OptionRequest).where(OptionRequest.user_id == user_id).values(user_id=None))
    await session.execute(
        update(PortalUser)
        .where(PortalUser.id == user_id)
        .values(
            name="", email=_no_address(user_id), language=None, left_at=now, is_agent=False, agent_rights=[]
        )
    )


async def _count_out(session: AsyncSession, statement: Any, key: Any) -> int:
    return len((await session.execute(statement.returning(key))).all())


async def remove_closed_tickets(session: AsyncSession, before: datetime) -> int:
    """Remove the tickets closed before a moment, with all their words, and say how many went."""
    old = select(Ticket.id).where(Ticket.closed_at < before)
    # A duplicate points to the ticket it was merged into: both go when the later one does.
    pointed = select(Ticket.merged_into_id).where(Ticket.merged_into_id.is_not(None), Ticket.id.not_in(old))
    await session.execute(
        update(Ticket)
        .where(Ticket.merged_into_id.in_(old), Ticket.id.in_(old))
        .values(merged_into_id=None)
        .execution_options(synchronize_session=False)
    )
    gone = delete(Ticket).where(Ticket.id.in_(old), Ticket.id.not_in(pointed))
    return await _count_out(session, gone.execution_options(synchronize_session=False), Ticket.id)
