"""Send the receipts that were not there yet when somebody asked for them (REC-2)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.drawing import Artist
from bot.sessions import load_session
from bot.turn import FOLLOW_UP, House
from handlers.desk import Desk
from handlers.periods import Period
from handlers.receipts import share_out
from handlers.reply import Block, Progress, Text, Work
from handlers.session import Session
from locales.phrases import Days, say
from locales.words import BRUSSELS, words_of
from services.conversations import Conversations
from services.database import Scope, Transaction, enter
from services.people import People, account_of
from services.receipt_wishes import Awaited, awaited_until, forget


class AwaitedReceipts:
    """Look for awaited receipts that are there now, and promise them; each wish once."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def run(self, timestamp: int | None = None) -> None:  # noqa: ARG002 - the engine passes it
        """Promise what is there, in one transaction with forgetting the wish."""
        now = self._house.clock.now()
        async with self._house.database.transaction(Scope(duty="agent")) as session:
            for awaited in await awaited_until(session, now.astimezone(BRUSSELS).date()):
                await self._look(session, awaited, now)
                await enter(session, Scope(duty="agent"))

    async def _look(self, session: Transaction, awaited: Awaited, now: datetime) -> None:
        account_id = await account_of(session, awaited.conversation_id)
        known = await load_session(People(session), account_id, private=True)
        who = known.in_language(None)
        if not _may_have(who, awaited):
            # Whoever left, unlinked the chat or lost the right gets nothing, not even word of it (ACC-9).
            await self._forget(session, awaited)
            return
        today = now.astimezone(BRUSSELS).date()
        desk = self._house.desk(session, awaited.conversation_id, who, now)
        available = await desk.options.receipts_available(
            (awaited.operational_id,), awaited.start, awaited.end
        )
        if max(available.values()) <= today:
            await self._send(session, awaited, who, desk, now)
            await self._forget(session, awaited)

    async def _send(
        self, session: Transaction, awaited: Awaited, who: Session, desk: Desk, now: datetime
    ) -> None:
        work = await self._work(awaited, desk, now.astimezone(BRUSSELS).date())
        conversations, real_now = Conversations(session), datetime.now(UTC)
        artist = Artist(words_of(who.language), conversations, awaited.conversation_id, real_now)
        drawn = await artist.draw((_announced(awaited, found=work is not None),))
        await conversations.post(awaited.conversation_id, drawn, who.language, now=real_now)
        if work is None:
            return
        arguments = {**work.arguments, "now": now.isoformat()}
        follow_up_id = await conversations.promise(
            awaited.conversation_id, work.kind, arguments, who.language, real_now
        )
        await self._house.jobs.defer(session, FOLLOW_UP, follow_up_id=follow_up_id)

    async def _work(self, awaited: Awaited, desk: Desk, today: date) -> Work | None:
        """Say what is to be made; None where nothing was handed over after all."""
        language = awaited.look.language
        if awaited.barcode:
            return Work("receipt.item", {"barcode": awaited.barcode, "language": language})
        period = Period(start=awaited.start, end=awaited.end)
        shares = await share_out((awaited.operational_id,), period, today, desk)
        if not shares.there:
            return None
        for code, day in shares.there:
            await desk.receipts.want(code, day, awaited.look)
        days = [[code, day.isoformat()] for code, day in shares.there]
        per_page = awaited.look.per_page
        return Work("receipt.generate", {"days": days, "per_page": per_page, "language": language})

    async def _forget(self, session: Transaction, awaited: Awaited) -> None:
        await enter(session, Scope(duty="agent"))
        await forget(session, awaited)


def _may_have(who: Session, awaited: Awaited) -> bool:
    """Tell whether the chat is still the person's and the person still holds the right there."""
    if who.person is None or who.person.id != awaited.user_id:
        return False
    return awaited.company_id in {company.company_id for company in who.companies_with("transactions")}


def _announced(awaited: Awaited, *, found: bool) -> Block:
    period = Days(awaited.start, awaited.end)
    if awaited.barcode:
        return Progress(
            say("The receipt of {barcode} that you asked for is there now.", barcode=awaited.barcode)
        )
    if not found:
        return Text(
            say(
                "You asked for the receipts of {period}, {operational_id}: nothing that has a receipt was handed over.",
                period=period,
                operational_id=awaited.operational_id,
            )
        )
    return Progress(
        say(
            "The receipts of {period}, {operational_id}, that you asked for are there now.",
            period=period,
            operational_id=awaited.operational_id,
        )
    )
