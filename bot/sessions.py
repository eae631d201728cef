"""Find the person behind a chat account, with their companies and rights, and the language to answer in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.session import Membership, OnBehalfWork, Person, Session
from intents.understanding import LANGUAGES, Language
from services.database import Scope, Transaction, enter
from services.on_behalf import OnBehalf
from services.people import AccountRecord, MembershipRecord, People

DEFAULT_LANGUAGE: Language = "fr"


@dataclass(frozen=True, slots=True)
class Known:
    """A session before its message is read; the message's language then has its say (GEN-1)."""

    session: Session
    chosen: Language | None
    lent: Language | None

    def in_language(self, said: Language | None) -> Session:
        """Give the session in the language to answer in: the chosen one, else the message's, else the last."""
        language = self.chosen or said or self.lent or DEFAULT_LANGUAGE
        return replace(self.session, language=language)


async def load_session(
    people: People,
    account_id: int,
    *,
    private: bool,
    language_hint: str | None = None,
    on_behalf: OnBehalf | None = None,
    now: datetime | None = None,
) -> Known:
    """Read who writes and narrow the transaction to what they may see (GEN-3).

    With `on_behalf` and `now`, an agent who works for a customer sees what that customer sees (ACC-10).
    """
    account = await people.account(account_id)
    user = await people.user(account.user_id) if account.user_id is not None else None
    if user is None:
        return _known(Session(account_id, DEFAULT_LANGUAGE, private=private), account, None, language_hint)
    records = await people.enter_as(user.id)
    person = Person(user.id, user.name, user.email, user.is_agent)
    session = Session(account_id, DEFAULT_LANGUAGE, person, _memberships(records), private)
    if user.is_agent and on_behalf is not None and now is not None:
        session = await _on_behalf(session, person, people, on_behalf, now)
    return _known(session, account, user.language, language_hint)


async def enter_for_files(session: Transaction, user_id: int, now: datetime) -> None:
    """Narrow a transaction to the files that a person may fetch; an agent's to those of present customers too."""
    records = await People(session).enter_as(user_id)
    customers = await OnBehalf(session).companies_of(user_id, now)
    if customers:
        own = (record.company_id for record in records)
        await enter(session, Scope(user_id, (*own, *customers)))


async def _on_behalf(
    session: Session, person: Person, people: People, on_behalf: OnBehalf, now: datetime
) -> Session:
    working = await on_behalf.going_on(session.account_id, now)
    if working is None:
        return session
    work = OnBehalfWork(
        working.id, working.customer_id, working.customer_name, working.ends_at, working.is_over
    )
    if working.is_over:
        await people.enter_as(person.id)
        return replace(session, on_behalf=work)
    records = await on_behalf.enter_as(working)
    return replace(session, memberships=_memberships(records), on_behalf=work)


def _memberships(records: Iterable[MembershipRecord]) -> tuple[Membership, ...]:
    return tuple(
        Membership(record.company_id, record.company_name, record.rights, record.links_only)
        for record in records
    )


def _known(session: Session, account: AccountRecord, usual: str | None, language_hint: str | None) -> Known:
    lent = account.last_language or usual or language_hint
    return Known(session, _language(account.chosen_language), _language(lent))


def _language(code: str | None) -> Language | None:
    return code if code in LANGUAGES else None
