"""Send what people want regularly when its time comes (REP-3): once each, whatever was down in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.drawing import Artist
from bot.sessions import load_session
from bot.turn import FOLLOW_UP, House
from handlers.desk import Desk
from handlers.forms.filling import Ready, fill, open_form
from handlers.item_wish import EVERY
from handlers.regular_wish import SUBJECTS
from handlers.reply import Block, Notice, Reply, Text, reply
from handlers.request import Request
from handlers.router import Route
from handlers.session import Session
from handlers.spans import span_of
from intents.understanding import LANGUAGES
from locales.phrases import say, say_many
from locales.words import BRUSSELS, words_of
from services.conversations import Conversations
from services.database import Scope, Transaction, enter
from services.people import People, account_of
from services.schedules import ScheduleRecord, begin_sending, end_sending, take_due

log = structlog.get_logger()

SENDING = "regular_sending"
INTENTS = {"report": "report.create", "receipts": "receipt.generate"}


class RegularSendings:
    """Look for sendings that are due, and make each as if its person had asked for it now."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def run(self, timestamp: int | None = None) -> None:  # noqa: ARG002 - the engine passes it
        """Defer each due sending and set it to its next time, in one transaction."""
        house = self._house
        async with house.database.transaction(Scope(duty="agent")) as session:
            due = await take_due(session, house.clock.now(), house.sending_time, house.calendar)
            for sending in due:
                await house.jobs.defer(
                    session,
                    SENDING,
                    schedule_id=sending.schedule_id,
                    due_at=sending.due_at.isoformat(),
                    missed=sending.missed,
                )

    async def send(self, schedule_id: int, due_at: str, missed: int) -> None:
        """Make one sending; run again after a death, it finds that it went out, or goes out for the first time."""
        due = datetime.fromisoformat(due_at)
        async with self._house.database.transaction(Scope(duty="agent")) as session:
            record = await begin_sending(session, schedule_id, due)
            if record is None:
                return
            account_id = await account_of(session, record.wish.conversation_id)
            known = await load_session(People(session), account_id, private=True)
            # In the language in which it was asked for, unless the person has chosen one since.
            who = known.in_language(next((code for code in LANGUAGES if code == record.wish.language), None))
            if _may_have(who, record):
                await self._make(session, record, who, due, missed)
                return
            # Whoever left, unlinked the chat or lost the right gets nothing, not even word of it (ACC-9).
            await enter(session, Scope(duty="agent"))
            await end_sending(session, schedule_id)
            log.info("regular_sending_ended", schedule_id=schedule_id)

    async def _make(
        self, session: Transaction, record: ScheduleRecord, who: Session, due: datetime, missed: int
    ) -> None:
        now = self._house.clock.now()
        desk = self._house.desk(session, record.wish.conversation_id, who, now)
        period = span_of(record.wish.span, due.astimezone(BRUSSELS).date())
        blocks: list[Block] = [
            Text(
                say(
                    "Your regular sending. {what}: {period}",
                    what=SUBJECTS[record.wish.subject],
                    period=period.days(),
                )
            )
        ]
        if missed:
            blocks.append(Notice(_missed(missed)))
        replies = [
            await self._answer(entities, record, who, desk, now)
            for entities in await _requests(record, desk, period.dump())
        ]
        blocks += [block for made in replies for block in made.blocks]
        await self._post(session, record.wish.conversation_id, who, blocks)
        for made in replies:
            await self._promise(session, record.wish.conversation_id, made, who, now)

    async def _answer(
        self, entities: dict[str, Any], record: ScheduleRecord, who: Session, desk: Desk, now: datetime
    ) -> Reply:
        """Ask for the thing as its person confirmed it once; a form that wants to know more cannot be answered."""
        intent = INTENTS[record.wish.subject]
        route: Route | None = self._house.router.find(intent)
        request = Request(intent=intent, session=who, now=now, entities=entities)
        if route is not None and route.form is not None:
            outcome = await fill(route.form, open_form(route.form, entities), request, desk, confirmed=True)
            if isinstance(outcome, Ready):
                return await route.handler(replace(request, filled=outcome.filled), desk)
        return reply(Notice(say("This could not be prepared; please ask for it here."), "warning"))

    async def _post(
        self, session: Transaction, conversation_id: int, who: Session, blocks: list[Block]
    ) -> None:
        conversations, now = Conversations(session), datetime.now(UTC)
        drawn = await Artist(words_of(who.language), conversations, conversation_id, now).draw(blocks)
        await conversations.post(conversation_id, drawn, who.language, now=now)

    async def _promise(
        self, session: Transaction, conversation_id: int, made: Reply, who: Session, now: datetime
    ) -> None:
        for work in made.work:
            arguments = {**work.arguments, "now": now.isoformat()}
            follow_up_id = await Conversations(session).promise(
                conversation_id, work.kind, arguments, who.language, datetime.now(UTC)
            )
            await self._house.jobs.defer(session, FOLLOW_UP, follow_up_id=follow_up_id)


def _may_have(who: Session, record: ScheduleRecord) -> bool:
    """Tell whether the chat is still the person's and the person still holds the right there."""
    if who.person is None or who.person.id != record.wish.user_id:
        return False
    entitled = {membership.company_id for membership in who.companies_with("transactions")}
    return record.wish.company_id in entitled


async def _requests(record: ScheduleRecord, desk: Desk, period: dict[str, str]) -> list[dict[str, Any]]:
    """Say what is asked for: one report of everything, receipts for each operational ID by itself (REC-1)."""
    wish = record.wish
    entities: dict[str, Any] = {"company": wish.company_id, "period": period}
    if wish.item_types:
        entities["item_type"] = list(wish.item_types)
    codes = list(wish.operational_ids)
    if not codes:
        codes = [own.code for own in await desk.items.operational_ids(wish.company_id)]
    if wish.subject == "receipts":
        # What is not there yet is owed as well: it comes by itself (REC-2).
        return [{**entities, "operational_id": [code], "rest": "send"} for code in codes]
    every = not wish.operational_ids and len(codes) > 1
    return [{**entities, "operational_id": [EVERY] if every else codes}]


def _missed(count: int) -> Any:
    return say_many(
        "{count} earlier sending was missed while I was away; this one is the latest. Ask for the others if you need "
        "them.",
        "{count} earlier sendings were missed while I was away; this one is the latest. Ask for the others if you "
        "need them.",
        count,
    )
