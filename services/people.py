"""Know who is behind a chat account and what they may see (GEN-3, ACC-6, ACC-8)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.database import Scope, enter
from services.errors import UnknownOperationalId
from services.records import (
    ChatAccount,
    Company,
    Conversation,
    InboxMessage,
    Membership,
    OperationalId,
    PortalUser,
)


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """A chat account with what is known of its person."""

    account_id: int
    channel: str
    chosen_language: str | None
    last_language: str | None
    user_id: int | None


@dataclass(frozen=True, slots=True)
class UserRecord:
    """A portal user who has not left."""

    id: int
    name: str
    email: str
    language: str | None
    is_agent: bool


@dataclass(frozen=True, slots=True)
class MembershipRecord:
    """A company of a person, with the rights held there."""

    company_id: int
    company_name: str
    rights: frozenset[str]
    links_only: bool


class People:
    """Look up and note people within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def account(self, account_id: int) -> AccountRecord:
        """Read a chat account."""
        row = await self._session.get_one(ChatAccount, account_id)
        return AccountRecord(row.id, row.channel, row.language, row.last_language, row.user_id)

    async def user(self, user_id: int) -> UserRecord | None:
        """Read a portal user; None for one who has left, who is as good as unlinked."""
        row = await self._session.get(PortalUser, user_id)
        if row is None or row.left_at is not None:
            return None
        return UserRecord(row.id, row.name, row.email, row.language, row.is_agent)

    async def agent_rights(self, user_id: int) -> frozenset[str]:
        """Give what an agent may do beyond the counter; nothing for anybody else."""
        row = await self._session.get(PortalUser, user_id)
        return frozenset(row.agent_rights) if row is not None and row.is_agent else frozenset()

    async def user_by_email(self, email: str) -> UserRecord | None:
        """Find a portal user by address, whatever its capitals."""
        user_id = await self._session.scalar(
            select(PortalUser.id).where(PortalUser.email == email.strip().lower())
        )
        return None if user_id is None else await self.user(user_id)

    async def enter_as(self, user_id: int) -> tuple[MembershipRecord, ...]:
        """Read a person's companies and narrow the transaction to them (GEN-3)."""
        await enter(self._session, Scope(person_id=user_id))
        rows = await self._session.execute(
            select(Membership.company_id, Company.name, Membership.rights, Company.links_only)
            .join(Company, Company.id == Membership.company_id)
            .where(Membership.user_id == user_id)
            .order_by(Company.name)
        )
        memberships = tuple(
            MembershipRecord(company_id, name, frozenset(rights), links_only)
            for company_id, name, rights, links_only in rows
        )
        await enter(self._session, Scope(user_id, tuple(m.company_id for m in memberships)))
        return memberships

    async def note_language(self, account_id: int, *, chosen: str | None, last: str | None) -> None:
        """Note the language a person chose or last wrote in (GEN-1)."""
        row = await self._session.get_one(ChatAccount, account_id)
        row.language = chosen or row.language
        row.last_language = last or row.last_language

    async def link(self, account_id: int, user_id: int | None) -> None:
        """Link a chat account to a portal user, or to nobody (ACC-8)."""
        row = await self._session.get_one(ChatAccount, account_id)
        row.user_id = user_id


class OperationalIds:
    """The operational IDs of some companies (GEN-7)."""

    def __init__(self, session: AsyncSession, company_ids: tuple[int, ...]) -> None:
        self._session = session
        self._company_ids = company_ids

    async def of_company(self, company_id: int) -> tuple[tuple[str, str], ...]:
        """List the operational IDs of a company's contracts with their names."""
        rows = await self._session.execute(
            select(OperationalId.code, OperationalId.name)
            .where(
                OperationalId.company_id == company_id,
                OperationalId.company_id.in_(self._company_ids),
            )
            .order_by(OperationalId.code)
        )
        return tuple((code, name) for code, name in rows)

    async def keys(self, code: str) -> tuple[int, int]:
        """Give the keys of the company and of an operational ID; raises UnknownOperationalId for others'."""
        row = (
            await self._session.execute(
                select(OperationalId.company_id, OperationalId.id).where(
                    OperationalId.code == code, OperationalId.company_id.in_(self._company_ids)
                )
            )
        ).one_or_none()
        if row is None:
            raise UnknownOperationalId(code)
        return row.company_id, row.id


async def find_account(session: AsyncSession, channel: str, account_key: str) -> int:
    """Give the id of a chat account, noting it when it is seen for the first time."""
    found = await session.scalar(
        select(ChatAccount.id).where(ChatAccount.channel == channel, ChatAccount.account_key == account_key)
    )
    if found is not None:
        return found
    await session.execute(
        insert(ChatAccount).values(channel=channel, account_key=account_key).on_conflict_do_nothing()
    )
    return await find_account(session, channel, account_key)


async def find_conversation(session: AsyncSession, account_id: int, place_key: str, *, private: bool) -> int:
    """Give the id of an account's conversation in a place, opening it when there is none."""
    found = await session.scalar(
        select(Conversation.id).where(
            Conversation.account_id == account_id, Conversation.place_key == place_key
        )
    )
    if found is not None:
        return found
    await session.execute(
        insert(Conversation)
        .values(account_id=account_id, place_key=place_key, private=private, state={})
        .on_conflict_do_nothing()
    )
    return await find_conversation(session, account_id, place_key, private=private)


async def known_place(session: AsyncSession, channel: str, account_key: str, place_key: str) -> int | None:
    """Give the id of an account's conversation by the platform's names; None where nothing was said there yet."""
    # In one statement where both are known, as they are for every message but the first.
    return await session.scalar(
        select(Conversation.id)
        .join(ChatAccount, ChatAccount.id == Conversation.account_id)
        .where(
            ChatAccount.channel == channel,
            ChatAccount.account_key == account_key,
            Conversation.place_key == place_key,
        )
    )


async def find_place(
    session: AsyncSession, channel: str, account_key: str, place_key: str, *, private: bool
) -> int:
    """Give the id of an account's conversation by the platform's names, noting what is new."""
    found = await known_place(session, channel, account_key, place_key)
    if found is not None:
        return found
    account_id = await find_account(session, channel, account_key)
    return await find_conversation(session, account_id, place_key, private=private)


async def account_of(session: AsyncSession, conversation_id: int) -> int:
    """Give the chat account that a conversation belongs to."""
    return (await session.get_one(Conversation, conversation_id)).account_id


async def last_conversation(session: AsyncSession, user_id: int) -> tuple[int, int, str | None] | None:
    """Find the private conversation that a person last wrote in, with its chat account and that one's language."""
    last = (
        select(func.max(InboxMessage.id))
        .where(InboxMessage.conversation_id == Conversation.id)
        .scalar_subquery()
    )
    found = (
        await session.execute(
            select(
                Conversation.id,
                ChatAccount.id,
                func.coalesce(ChatAccount.language, ChatAccount.last_language),
            )
            .join(ChatAccount, ChatAccount.id == Conversation.account_id)
            .where(ChatAccount.user_id == user_id, Conversation.private, last.is_not(None))
            .order_by(last.desc())
            .limit(1)
        )
    ).one_or_none()
    return None if found is None else (found[0], found[1], found[2])
