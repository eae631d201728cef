"""Keep a promise: plan the file, make it in a process of its own, store it and tell, once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import structlog

from bot import remarks
from bot.drawing import Artist
from bot.on_behalf import with_banner
from bot.sessions import load_session
from bot.turn import House
from handlers.production import NotPossible, Production, Task, Worker
from handlers.reply import Block, File, Picture, Text
from handlers.session import Session
from locales.words import words_of
from services.audit import AuditLog
from services.conversations import Conversations, Promised
from services.database import Transaction
from services.files import Files
from services.jobs import is_passing
from services.on_behalf import OnBehalf
from services.people import People

log = structlog.get_logger()


class FollowUps:
    """Do the long work that turns promise."""

    def __init__(self, house: House, workers: Mapping[str, Worker], executor: Executor) -> None:
        self._house = house
        self._workers = workers
        self._executor = executor

    async def run(self, follow_up_id: int) -> None:
        """Keep one promise; run again after a death, it starts over and still delivers once."""
        started = time.perf_counter()
        try:
            planned = await self._plan(follow_up_id)
            if planned is None:
                return
            promised, plan = planned
            self._house.checkpoint("producing")
            content = await self._make(plan) if isinstance(plan, Production) else None
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("document_failed", follow_up_id=follow_up_id, error=type(error).__name__)
            self._house.metrics.failures.inc()
            await self._apologise(follow_up_id)
            return
        self._house.checkpoint("produced")
        if content is None:
            assert isinstance(plan, NotPossible)
            await self._deliver(promised, (Text(plan.phrase),), None, None)
        else:
            assert isinstance(plan, Production)
            await self._deliver(promised, (), plan, content)
        self._house.metrics.documents.observe(time.perf_counter() - started)
        self._house.checkpoint("delivered")

    async def _apologise(self, follow_up_id: int) -> None:
        """Tell that a promise cannot be kept, whatever step of it failed."""
        async with self._house.database.transaction() as session:
            promised = await Conversations(session).promised(follow_up_id)
        if promised is not None:
            await self._deliver(promised, remarks.apology().blocks, None, None)

    async def _plan(self, follow_up_id: int) -> tuple[Promised, Production | NotPossible] | None:
        async with self._house.database.transaction() as session:
            promised = await Conversations(session).promised(follow_up_id)
            if promised is None:
                return None
            who = await self._who(session, promised)
            now = _moment(promised.arguments) or self._house.clock.now()
            desk = self._house.desk(session, promised.conversation_id, who, now)
            task = Task(promised.kind, promised.arguments, who, now)
            return promised, await self._workers[promised.kind](task, desk)

    async def _who(self, session: Transaction, promised: Promised) -> Session:
        now = _moment(promised.arguments) or self._house.clock.now()
        known = await load_session(
            People(session), promised.account_id, private=True, on_behalf=OnBehalf(session), now=now
        )
        return replace(known.in_language(None), language=promised.language)

    async def _make(self, plan: Production) -> bytes:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._executor, plan.make, *plan.arguments)
        except BrokenExecutor:
            # Its process was ended from outside, or by another document: once more, in a new one.
            return await loop.run_in_executor(self._executor, plan.make, *plan.arguments)

    async def _deliver(
        self,
        promised: Promised,
        blocks: tuple[Block, ...],
        plan: Production | None,
        content: bytes | None,
    ) -> None:
        now = datetime.now(UTC)
        async with self._house.database.transaction() as session:
            # The rights of this very moment count: the scope is taken from them.
            who = await self._who(session, promised)
            conversations = Conversations(session)
            if not await conversations.keep_promise(promised.id, now):
                return
            if plan is not None and not _may_have(who, plan):
                blocks = (Text(remarks.NO_LONGER),)
            elif plan is not None and content is not None:
                blocks = (await self._store(session, promised, who, plan, content, now),)
            words = words_of(promised.language)
            drawn = await Artist(words, conversations, promised.conversation_id, now).draw(
                with_banner(blocks, who)
            )
            await conversations.post(
                promised.conversation_id, drawn, promised.language, now=now, follow_up_id=promised.id
            )

    async def _store(
        self,
        session: Transaction,
        promised: Promised,
        who: Session,
        plan: Production,
        content: bytes,
        now: datetime,
    ) -> Block:
        assert who.person is not None
        name = words_of(promised.language).write(plan.name)
        file_id = await Files(session).keep(
            company_id=plan.company_id,
            user_id=who.person.id,
            name=name,
            media_type=plan.media_type,
            content=content,
            now=now,
        )
        account = await People(session).account(promised.account_id)
        await AuditLog(session).note(
            actor=who.person.id,
            subject=plan.company_id,
            action=f"file:{promised.kind}",
            channel=account.channel,
            at=now,
            person=who.on_behalf.customer_id if who.on_behalf else None,
            size=len(content),
        )
        if plan.media_type.startswith("image/"):
            return Picture(file_id, plan.about)
        links_only = _wants_links(who, plan.company_id)
        return File(file_id, name, plan.media_type, len(content), plan.about, links_only)


def _may_have(who: Session, plan: Production) -> bool:
    """Tell whether the person still holds the right in the file's company: it may be gone meanwhile (ACC-6)."""
    if plan.company_id is None:
        return who.is_agent_at_work
    return plan.company_id in {membership.company_id for membership in who.companies_with(plan.right)}


def _wants_links(who: Session, company_id: int | None) -> bool:
    """Tell whether a company wants no files in chat platforms (GEN-4)."""
    return any(membership.links_only for membership in who.memberships if membership.company_id == company_id)


def _moment(arguments: Mapping[str, Any]) -> datetime | None:
    fixed = arguments.get("now")
    return datetime.fromisoformat(fixed) if fixed else None
