"""Send the annexes that were not billed yet when somebody asked for them (INV-8)."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.drawing import Artist
from bot.sessions import load_session
from bot.turn import FOLLOW_UP, House
from handlers.reply import Progress
from handlers.session import Session
from locales.phrases import Month, say
from locales.words import BRUSSELS, words_of
from services.conversations import Conversations
from services.database import Scope, Transaction, enter
from services.invoices import Awaited, InvoiceQuery, appeared, forget_awaited
from services.people import People, account_of


class AwaitedInvoices:
    """Look for awaited months that have appeared, and promise their annexes."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def run(self, timestamp: int | None = None) -> None:  # noqa: ARG002 - the engine passes it
        """Promise the annex of each awaited month that can now be seen; each once."""
        now = self._house.clock.now()
        async with self._house.database.transaction(Scope(duty="agent")) as session:
            for awaited in await appeared(session, now.astimezone(BRUSSELS).date()):
                await self._send(session, awaited, now)

    async def _send(self, session: Transaction, awaited: Awaited, now: datetime) -> None:
        account_id = await account_of(session, awaited.conversation_id)
        known = await load_session(People(session), account_id, private=True)
        who = known.in_language(None)
        if who.person is not None and who.person.id == awaited.user_id:
            await self._promise(session, awaited, who, now)
        await enter(session, Scope(duty="agent"))
        await forget_awaited(session, awaited)

    async def _promise(self, session: Transaction, awaited: Awaited, who: Session, now: datetime) -> None:
        desk = self._house.desk(session, awaited.conversation_id, who, now)
        query = InvoiceQuery(company_id=awaited.company_id, start=awaited.month, end=awaited.month)
        found = await desk.invoices.find(query)
        arguments = {"invoices": [invoice.id for invoice in found.invoices], "now": now.isoformat()}
        conversations, real_now = Conversations(session), datetime.now(UTC)
        announced = Progress(
            say(
                "The annex of {month} that you asked for has appeared; here it comes.",
                month=Month(awaited.month),
            )
        )
        drawn = await Artist(words_of(who.language), conversations, awaited.conversation_id, real_now).draw(
            (announced,)
        )
        await conversations.post(awaited.conversation_id, drawn, who.language, now=real_now)
        follow_up_id = await conversations.promise(
            awaited.conversation_id, "invoice.annex", arguments, who.language, real_now
        )
        await self._house.jobs.defer(session, FOLLOW_UP, follow_up_id=follow_up_id)
