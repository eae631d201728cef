"""Check that nothing of the audit log was changed or removed, its last entries neither (ACC-9).

Each link's digest covers the link before it and the whole entry. Whoever owns the database could write the chain
anew, or cut it: an anchor, a place of the chain noted outside the database, shows that.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Row, String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.records import AuditEntry, AuditHead, AuditLink

Damage = Literal["changed", "removed", "unchained", "cut", "rewritten"]
MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place of the chain; `digest` in hexadecimal digits."""

    position: int
    digest: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: the position in the chain, or for `unchained` the number of the entry."""

    damage: Damage
    place: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were read, where the chain ends, and the first faults."""

    entries: int
    head: Anchor
    faults: tuple[Fault, ...]


async def head_of(session: AsyncSession) -> Anchor:
    """Read where the chain ends; 0 is an empty one."""
    row = await session.get_one(AuditHead, True, populate_existing=True)
    return Anchor(row.position, row.digest.hex())


async def verify(session: AsyncSession, anchors: Sequence[Anchor] = ()) -> Verdict:
    """Read the whole log under an agent's duty and list what does not fit, the first hundred faults."""
    head = await head_of(session)
    reading = _Reading(head)
    async for link in _links(session, head.position):
        reading.read(link)
    reading.end(anchors)
    for entry_id in await _unchained(session):
        reading.fault("unchained", entry_id)
    return Verdict(reading.entries, head, tuple(reading.faults[:MOST_FAULTS]))


class _Reading:
    """Follow the chain link by link."""

    def __init__(self, head: Anchor) -> None:
        self.entries = 0
        self.faults: list[Fault] = []
        self._head = head
        self._last = Anchor(0, "")
        self._digests: dict[int, str] = {}

    def read(self, link: Row[Any]) -> None:
        """Take the next link: after a fault the chain is followed on from what stands there."""
        for missing in range(self._last.position + 1, min(link.position, self._last.position + MOST_FAULTS)):
            self.fault("removed", missing)
        if link.id is None:
            self.fault("removed", link.position)
        elif _digest(self._last.digest, link) != link.digest.hex():
            self.fault("changed", link.position)
        self._last = Anchor(link.position, link.digest.hex())
        self._digests[link.position] = self._last.digest
        self.entries += 1

    def end(self, anchors: Sequence[Anchor]) -> None:
        """Compare the end with what was noted of it, and each anchor with its place."""
        if self._last != self._head:
            self.fault("cut", self._head.position)
        for anchor in anchors:
            if anchor.position > self._last.position:
                self.fault("cut", anchor.position)
            elif anchor.position and self._digests.get(anchor.position) != anchor.digest:
                self.fault("rewritten", anchor.position)

    def fault(self, damage: Damage, place: int) -> None:
        """Note a fault."""
        self.faults.append(Fault(damage, place))


def _digest(previous: str, link: Row[Any]) -> str:
    """Compute what the database should have computed, from the entry as it stands now."""
    texts = (link.moment, link.actor, link.person, link.subject, link.action, link.channel, link.detail_text)
    parts = (str(link.id), *texts)
    said = "".join(f"{len(part.encode())}:{part}" for part in parts)
    return hashlib.sha256(bytes.fromhex(previous) + f"{link.position} {said}".encode()).hexdigest()


async def _links(session: AsyncSession, until: int) -> AsyncIterator[Row[Any]]:
    moment = func.to_char(func.timezone("UTC", AuditEntry.at), "YYYY-MM-DD HH24:MI:SS.US")
    statement = (
        select(
            AuditLink.position,
            AuditLink.digest,
            AuditEntry.id,
            moment.label("moment"),
            AuditEntry.actor,
            AuditEntry.person,
            AuditEntry.subject,
            AuditEntry.action,
            AuditEntry.channel,
            cast(AuditEntry.detail, String).label("detail_text"),
        )
        .outerjoin(AuditEntry, AuditEntry.id == AuditLink.entry_id)
        .where(AuditLink.position <= until)
        .order_by(AuditLink.position)
    )
    async for row in await session.stream(statement, execution_options={"yield_per": 1000}):
        yield row


async def _unchained(session: AsyncSession) -> Sequence[int]:
    """List entries that stand in no chain: somebody wrote them past the application."""
    rows = await session.scalars(
        select(AuditEntry.id)
        .outerjoin(AuditLink, AuditLink.entry_id == AuditEntry.id)
        .where(AuditLink.position.is_(None))
        .order_by(AuditEntry.id)
        .limit(MOST_FAULTS)
    )
    return rows.all()
