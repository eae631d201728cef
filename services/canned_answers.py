"""Keep the answers that are given often, in each language, with places for names: data the Service Centre edits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.errors import GuichetError
from services.records import CannedAnswer

PLACE = re.compile(r"\{(\w*)\}")
PLACES = frozenset({"customer", "company", "number", "agent"})


@dataclass(frozen=True, slots=True)
class Canned:
    """An answer in one language."""

    code: str
    language: str
    text: str


@dataclass
class UnknownPlace(GuichetError):
    """A canned answer names something that a ticket does not have."""

    place: str


@dataclass
class NoSuchAnswer(GuichetError):
    """No canned answer has this name in the ticket's language."""

    code: str
    language: str


class CannedAnswers:
    """The canned answers, within an agent's transaction at work."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_all(self, language: str | None = None) -> tuple[Canned, ...]:
        """List the answers, in all languages or in one."""
        statement = select(CannedAnswer).order_by(CannedAnswer.code, CannedAnswer.language)
        if language is not None:
            statement = statement.where(CannedAnswer.language == language)
        rows = await self._session.scalars(statement)
        return tuple(Canned(row.code, row.language, row.text) for row in rows)

    async def write(self, code: str, language: str, names: Mapping[str, str]) -> str:
        """Give an answer with its places filled; raises NoSuchAnswer."""
        row = await self._session.get(CannedAnswer, (code.strip().casefold(), language))
        if row is None:
            raise NoSuchAnswer(code, language)
        return PLACE.sub(lambda match: names.get(match[1], match[0]), row.text)

    async def keep(self, code: str, language: str, text: str) -> None:
        """Keep an answer in place of the one before; raises UnknownPlace."""
        for match in PLACE.finditer(text):
            if match[1] not in PLACES:
                raise UnknownPlace(match[1])
        values = {"code": code.strip().casefold(), "language": language, "text": text}
        await self._session.execute(
            insert(CannedAnswer)
            .values(**values)
            .on_conflict_do_update(index_elements=["code", "language"], set_={"text": text})
        )
