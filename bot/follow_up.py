"""Keep a promise: plan the files, make them in processes of their own, store them and tell, once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from bot import remarks
from bot.drawing import Artist
from bot.on_behalf import with_banner
from bot.sessions import load_session
from bot.turn import FOLLOW_UP, House
from documents.signing.errors import NotSignable, NotSigned
from handlers.production import OWN, Inspection, NotPossible, Plan, Production, Productions, Task, Worker
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

# Between the tries of what cannot be signed now; the last one counts for all that follow (REC-9).
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 20, 60, 300, 900, 1800, 3600))


class FollowUps:
    """Do the long work that turns promise."""

    def __init__(self, house: House, workers: Mapping[str, Worker], executor: Executor) -> None:
        self._house = house
        self._workers = workers
        self._executor = executor

    async def run(self, follow_up_id: int) -> None:
        """Keep one promise; run again after a death, it starts over and still delivers once."""
        started = time.perf_counter()
        promised: Promised | None = None
        try:
            promised = await self._promised(follow_up_id)
            if promised is None:
                return
            plan = await self._plan(promised)
            self._house.checkpoint("producing")
            made = await self._carry_out(promised, plan)
        except Exception as error:
            if is_passing(error):
                raise
            if promised is not None and isinstance(error, NotSigned) and not isinstance(error, NotSignable):
                await self._postpone(promised, error)
                return
            log.exception("document_failed", follow_up_id=follow_up_id, error=type(error).__name__)
            self._house.metrics.failures.inc()
            await self._apologise(follow_up_id)
            return
        self._house.checkpoint("produced")
        await self._deliver(promised, plan, made)
        self._house.metrics.documents.observe(time.perf_counter() - started)
        self._house.checkpoint("delivered")

    async def _promised(self, follow_up_id: int) -> Promised | None:
        async with self._house.database.transaction() as session:
            return await Conversations(session).promised(follow_up_id)

    async def _postpone(self, promised: Promised, error: NotSigned) -> None:
        """Keep a promise that cannot be kept now: try again later, tell the customer once (REC-9).

        Waiting alone does not help against a key that is wrong, but whoever mends it owes the answer still.
        """
        level = log.warning if error.retryable else log.error
        level("not_signed", follow_up_id=promised.id, error=type(error).__name__, attempts=promised.attempts)
        async with self._house.database.transaction() as session:
            conversations = Conversations(session)
            is_first = await conversations.postpone(promised)
            if is_first is None:
                return
            if is_first:
                await self._post(conversations, promised, remarks.signing_waits().blocks)
            pause = PAUSES[min(promised.attempts, len(PAUSES) - 1)]
            await self._house.jobs.defer(session, FOLLOW_UP, delay=pause, follow_up_id=promised.id)

    async def _apologise(self, follow_up_id: int) -> None:
        """Tell that a promise cannot be kept, whatever step of it failed."""
        promised = await self._promised(follow_up_id)
        if promised is not None:
            await self._deliver(promised, None, None)

    async def _plan(self, promised: Promised) -> Plan:
        async with self._house.database.transaction() as session:
            who = await self._who(session, promised)
            now = self._asked_at(promised)
            desk = self._house.desk(session, promised.conversation_id, who, now)
            waited = max(datetime.now(UTC) - promised.created_at, timedelta(0))
            task = Task(promised.kind, promised.arguments, who, now, waited, promised.id)
            return await self._workers[promised.kind](task, desk)

    def _asked_at(self, promised: Promised) -> datetime:
        return _moment(promised.arguments) or self._house.clock.now()

    async def _who(self, session: Transaction, promised: Promised) -> Session:
        now = _moment(promised.arguments) or self._house.clock.now()
        known = await load_session(
            People(session), promised.account_id, private=True, on_behalf=OnBehalf(session), now=now
        )
        return replace(known.in_language(None), language=promised.language)

    async def _carry_out(self, promised: Promised, plan: Plan) -> Any:
        """Make the files of a plan, one after another, or look at what is to be looked at."""
        match plan:
            case Production():
                return (await self._made(promised, plan),)
            case Productions():
                return tuple([await self._made(promised, each) for each in plan.files])
            case Inspection():
                return await self._apart(plan.make, plan.arguments)
            case NotPossible():
                return None

    async def _made(self, promised: Promised, plan: Production) -> bytes:
        if plan.made is not None:
            return plan.made
        content: bytes = await self._apart(plan.make, plan.arguments)
        if plan.keep is not None:
            # In a transaction of its own: what was made stays made, whatever happens to the others.
            async with self._house.database.transaction() as session:
                who = await self._who(session, promised)
                if _may_have(who, plan):
                    desk = self._house.desk(session, promised.conversation_id, who, self._asked_at(promised))
                    await plan.keep(desk, content)
        return content

    async def _apart(self, make: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._executor, make, *arguments)
        except BrokenExecutor:
            # Its process was ended from outside, or by another document: once more, in a new one.
            return await loop.run_in_executor(self._executor, make, *arguments)

    async def _deliver(self, promised: Promised, plan: Plan | None, made: Any) -> None:
        """Tell what came of a promise, unless another process was faster; without a plan, apologise."""
        async with self._house.database.transaction() as session:
            # The rights of this very moment count: the scope is taken from them.
            who = await self._who(session, promised)
            conversations = Conversations(session)
            if not await conversations.keep_promise(promised.id, datetime.now(UTC)):
                return
            blocks = await self._blocks(session, promised, who, plan, made)
            await self._post(conversations, promised, with_banner(blocks, who))

    async def _blocks(
        self, session: Transaction, promised: Promised, who: Session, plan: Plan | None, made: Any
    ) -> tuple[Block, ...]:
        desk = self._house.desk(session, promised.conversation_id, who, self._asked_at(promised))
        match plan:
            case Production():
                return await self._files(session, promised, who, (plan,), made)
            case Productions():
                files = await self._files(session, promised, who, plan.files, made)
                return (*files, *(await plan.then(desk) if plan.then else ()))
            case Inspection():
                await plan.after(desk)
                return plan.tell(made)
            case NotPossible():
                return (Text(plan.phrase),)
            case None:
                return remarks.apology().blocks

    async def _files(
        self,
        session: Transaction,
        promised: Promised,
        who: Session,
        plans: Sequence[Production],
        made: Sequence[bytes],
    ) -> tuple[Block, ...]:
        if not all(_may_have(who, plan) for plan in plans):
            return (Text(remarks.NO_LONGER),)
        now = datetime.now(UTC)
        pairs = zip(plans, made, strict=True)
        return tuple([await self._store(session, promised, who, plan, each, now) for plan, each in pairs])

    async def _post(
        self, conversations: Conversations, promised: Promised, blocks: tuple[Block, ...]
    ) -> None:
        now = datetime.now(UTC)
        words = words_of(promised.language)
        drawn = await Artist(words, conversations, promised.conversation_id, now).draw(blocks)
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
            kept_for=plan.kept_for,
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
        return who.person is not None and (plan.right == OWN or who.is_agent_at_work)
    companies = who.memberships if plan.right is None else who.companies_with(plan.right)
    return plan.company_id in {membership.company_id for membership in companies}


def _wants_links(who: Session, company_id: int | None) -> bool:
    """Tell whether a company wants no files in chat platforms (GEN-4)."""
    return any(membership.links_only for membership in who.memberships if membership.company_id == company_id)


def _moment(arguments: Mapping[str, Any]) -> datetime | None:
    fixed = arguments.get("now")
    return datetime.fromisoformat(fixed) if fixed else None
