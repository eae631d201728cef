"""Warn who wants it a month before receipts are removed (REC-3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

from bot.drawing import Artist
from bot.sessions import load_session
from bot.turn import House
from handlers.desk import Desk
from handlers.periods import Period
from handlers.reply import Block, Choice, Choices, Notice, Wish
from handlers.session import Session
from locales.phrases import Days, say
from locales.words import BRUSSELS, words_of
from services.conversations import Conversations
from services.database import Scope, Transaction, enter
from services.people import People, account_of
from services.receipt_wishes import Warned, end_warning, take_warnings


class ReceiptWarnings:
    """Tell each week's receipts once, a month before the first of them go."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def run(self, timestamp: int | None = None) -> None:  # noqa: ARG002 - the engine passes it
        """Take the weeks to warn of and post the warnings, in one transaction."""
        now = self._house.clock.now()
        async with self._house.database.transaction(Scope(duty="agent")) as session:
            taken = await take_warnings(session, now.astimezone(BRUSSELS).date())
            for _number, weeks in groupby(taken, key=lambda warned: warned.id):
                await self._warn(session, tuple(weeks), now)
                await enter(session, Scope(duty="agent"))

    async def _warn(self, session: Transaction, weeks: Sequence[Warned], now: datetime) -> None:
        first = weeks[0]
        account_id = await account_of(session, first.conversation_id)
        known = await load_session(People(session), account_id, private=True)
        who = known.in_language(None)
        if not _may_have(who, first):
            await enter(session, Scope(duty="agent"))
            await end_warning(session, first.id)
            return
        desk = self._house.desk(session, first.conversation_id, who, now)
        blocks = await _blocks(weeks, desk)
        if blocks:
            conversations, real_now = Conversations(session), datetime.now(UTC)
            artist = Artist(words_of(who.language), conversations, first.conversation_id, real_now)
            drawn = await artist.draw(blocks)
            await conversations.post(first.conversation_id, drawn, who.language, now=real_now)


async def _blocks(weeks: Sequence[Warned], desk: Desk) -> tuple[Block, ...]:
    """Name the receipts that go, with a button that fetches each week's; weeks without any are passed over."""
    codes = [own.code for own in await desk.items.operational_ids(weeks[0].company_id)]
    choices, going = [], []
    for week in weeks:
        days = await desk.receipts.days(codes, week.start, week.end)
        if not days:
            continue
        going.append(week)
        period = Period(start=week.start, end=week.end)
        wanted = {
            "company": week.company_id,
            "operational_id": sorted({day.operational_id for day in days}),
            "period": period.dump(),
        }
        label = say("Get the receipts of {period}", period=period.days())
        choices.append(Choice(label, Wish("receipt.generate", wanted)))
    if not going:
        return ()
    warning = say(
        "The receipts of {period} will be removed from {day} on, one year after hand-over. Save them if you need "
        "them longer.",
        period=Days(going[0].start, going[-1].end),
        day=going[0].going_on,
    )
    stop = Choice(say("Warn me no more"), Wish("receipt.warn", {"wanted": "stop"}))
    return (Notice(warning, "warning"), Choices((*choices, stop)))


def _may_have(who: Session, warned: Warned) -> bool:
    """Tell whether the chat is still the person's and the person still holds the right there."""
    if who.person is None or who.person.id != warned.user_id:
        return False
    return warned.company_id in {company.company_id for company in who.companies_with("transactions")}
