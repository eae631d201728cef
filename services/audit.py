"""Write down who did what for whom (ACC-9), under pseudonyms; and read it again."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, delete, insert, select, tuple_
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.database import Scope, enter
from services.records import AuditEntry, AuditLink, Company, PortalUser, Pseudonym

Kind = Literal["user", "company"]
# Under this name a transaction's session keeps the pseudonyms it has looked up.
KNOWN = "pseudonyms"


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """An entry with the names behind its pseudonyms, as far as they are still known and in scope.

    `position` is its place in the chain; None before its transaction is over.
    """

    position: int | None
    at: datetime
    actor: str
    actor_name: str | None
    person: str
    person_name: str | None
    company: str
    company_name: str | None
    action: str
    channel: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """What is looked for; `person_id` is found as the one who did something and as the one concerned.

    `actions` are beginnings: "access." finds them all. `since` is included, `until` is not.
    """

    person_id: int | None = None
    company_id: int | None = None
    actions: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None


class AuditLog:
    """Add entries within the transaction of what they tell; nothing changes or removes them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def note(
        self,
        *,
        actor: int | None,
        subject: int | None,
        action: str,
        channel: str,
        at: datetime,
        person: int | None = None,
        **detail: Any,
    ) -> None:
        """Note an action of a person for a company, and for another `person` where one is concerned.

        `detail` is plain JSON without anybody's name or address.
        """
        names = await self._pseudonyms(
            *(("user", key) for key in (actor, person) if key is not None),
            *((("company", subject),) if subject is not None else ()),
        )
        # No RETURNING: whoever may add an entry need not be able to read it.
        await self._session.execute(
            insert(AuditEntry.__table__)  # type: ignore[arg-type]  # a declared class always has a Table
            .values(
                at=at,
                actor=names.get(("user", actor), ""),
                person=names.get(("user", person), ""),
                subject=names.get(("company", subject), ""),
                action=action,
                channel=channel,
                detail=detail,
            )
            .inline()
        )

    async def search(self, query: AuditQuery, limit: int = 50) -> tuple[AuditRecord, ...]:
        """Find the newest entries; row-level security shows those of the companies in scope, an agent all."""
        statement = await self._narrowed(query)
        rows = await self._session.execute(statement.order_by(AuditEntry.id.desc()).limit(limit))
        return tuple(AuditRecord(*row) for row in rows)

    async def stream(self, query: AuditQuery) -> AsyncIterator[AuditRecord]:
        """Give all entries, the oldest first."""
        statement = (await self._narrowed(query)).order_by(AuditEntry.id)
        async for row in await self._session.stream(statement, execution_options={"yield_per": 1000}):
            yield AuditRecord(*row)

    async def search_as_agent(
        self, agent_id: int, about: str, *, channel: str, now: datetime, limit: int
    ) -> tuple[AuditRecord, ...]:
        """Search by an address, an enterprise number or the beginning of an action, and note the search itself."""
        await enter(self._session, Scope(agent_id, duty="agent"))
        query = await self._query_about(about)
        found = await self.search(query, limit) if query is not None else ()
        await self.note(
            actor=agent_id,
            subject=query.company_id if query is not None else None,
            person=query.person_id if query is not None else None,
            action="audit.search",
            channel=channel,
            at=now,
        )
        await enter(self._session, Scope(agent_id))
        return found

    async def _query_about(self, about: str) -> AuditQuery | None:
        """Read what is looked for; None where it is somebody whom nobody knows."""
        if "@" in about:
            person_id = await self._session.scalar(
                select(PortalUser.id).where(PortalUser.email == about.lower())
            )
            return None if person_id is None else AuditQuery(person_id=person_id)
        digits = "".join(filter(str.isdecimal, about))
        if len(digits) >= 9:
            company_id = await self._session.scalar(
                select(Company.id).where(Company.enterprise_number == digits.zfill(10))
            )
            return None if company_id is None else AuditQuery(company_id=company_id)
        return AuditQuery(actions=(about,) if about else ())

    async def forget(self, user_id: int) -> None:
        """Let nobody know any more whose pseudonym it was: the entries stay, and their chain whole."""
        await self._session.execute(
            delete(Pseudonym).where(Pseudonym.kind == "user", Pseudonym.key == user_id)
        )
        self._session.info.pop(KNOWN, None)

    async def _narrowed(self, query: AuditQuery) -> Select[*tuple[Any, ...]]:
        names = await self._known(
            *((("user", query.person_id),) if query.person_id is not None else ()),
            *((("company", query.company_id),) if query.company_id is not None else ()),
        )
        statement = _entries()
        if query.person_id is not None:
            name = names.get(("user", query.person_id), "?")
            statement = statement.where((AuditEntry.actor == name) | (AuditEntry.person == name))
        if query.company_id is not None:
            statement = statement.where(AuditEntry.subject == names.get(("company", query.company_id), "?"))
        if query.actions:
            statement = statement.where(_any_beginning(query.actions))
        if query.since is not None:
            statement = statement.where(AuditEntry.at >= query.since)
        if query.until is not None:
            statement = statement.where(AuditEntry.at < query.until)
        return statement

    async def _pseudonyms(self, *keys: tuple[Kind, int]) -> dict[tuple[str, int | None], str]:
        """Give the pseudonyms of people and companies, choosing one for who had none."""
        found = await self._known(*keys)
        for kind, key in dict.fromkeys(keys):
            if (kind, key) not in found:
                row = {"pseudonym": secrets.token_hex(16), "kind": kind, "key": key}
                await self._session.execute(upsert(Pseudonym).values(row).on_conflict_do_nothing())
        return found if len(found) == len(set(keys)) else await self._known(*keys)

    async def _known(self, *keys: tuple[Kind, int]) -> dict[tuple[str, int | None], str]:
        """Look pseudonyms up, once in a transaction."""
        known: dict[tuple[str, int | None], str] = self._session.info.setdefault(KNOWN, {})
        missing = [key for key in dict.fromkeys(keys) if key not in known]
        if missing:
            rows = await self._session.execute(
                select(Pseudonym.kind, Pseudonym.key, Pseudonym.pseudonym).where(
                    tuple_(Pseudonym.kind, Pseudonym.key).in_(missing)
                )
            )
            known.update({(kind, key): pseudonym for kind, key, pseudonym in rows})
        return {key: known[key] for key in keys if key in known}


def _any_beginning(actions: Sequence[str]) -> Any:
    first, *others = (AuditEntry.action.startswith(action, autoescape=True) for action in actions)
    for other in others:
        first = first | other
    return first


def _entries() -> Select[*tuple[Any, ...]]:
    """Select entries with the names behind them, in the order of `AuditRecord`."""
    actor, person, company = aliased(Pseudonym), aliased(Pseudonym), aliased(Pseudonym)
    actors, people = aliased(PortalUser), aliased(PortalUser)
    statement: Select[*tuple[Any, ...]] = (
        select(
            AuditLink.position,
            AuditEntry.at,
            AuditEntry.actor,
            actors.name,
            AuditEntry.person,
            people.name,
            AuditEntry.subject,
            Company.name,
            AuditEntry.action,
            AuditEntry.channel,
            AuditEntry.detail,
        )
        .outerjoin(AuditLink, AuditLink.entry_id == AuditEntry.id)
        .outerjoin(actor, (actor.pseudonym == AuditEntry.actor) & (actor.kind == "user"))
        .outerjoin(actors, actors.id == actor.key)
        .outerjoin(person, (person.pseudonym == AuditEntry.person) & (person.kind == "user"))
        .outerjoin(people, people.id == person.key)
        .outerjoin(company, (company.pseudonym == AuditEntry.subject) & (company.kind == "company"))
        .outerjoin(Company, Company.id == company.key)
    )
    return statement
