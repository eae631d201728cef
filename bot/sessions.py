"""Find the person behind a chat account, with their companies and rights, and the language to answer in."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.session import Membership, Person, Session
from intents.understanding import LANGUAGES, Language
from services.people import AccountRecord, People

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
        return Session(
            self.session.account_id,
            language,
            self.session.person,
            self.session.memberships,
            self.session.private,
        )


async def load_session(
    people: People, account_id: int, *, private: bool, language_hint: str | None = None
) -> Known:
    """Read who writes and narrow the transaction to what they may see (GEN-3)."""
    account = await people.account(account_id)
    user = await people.user(account.user_id) if account.user_id is not None else None
    if user is None:
        return _known(Session(account_id, DEFAULT_LANGUAGE, private=private), account, None, language_hint)
    memberships = tuple(
        Membership(record.company_id, record.company_name, record.rights, record.links_only)
        for record in await people.enter_as(user.id)
    )
    person = Person(user.id, user.name, user.email, user.is_agent)
    session = Session(account_id, DEFAULT_LANGUAGE, person, memberships, private)
    return _known(session, account, user.language, language_hint)


def _known(session: Session, account: AccountRecord, usual: str | None, language_hint: str | None) -> Known:
    lent = account.last_language or usual or language_hint
    return Known(session, _language(account.chosen_language), _language(lent))


def _language(code: str | None) -> Language | None:
    return code if code in LANGUAGES else None
