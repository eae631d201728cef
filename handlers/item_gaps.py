"""Say why a search of items found nothing: no such barcode, or nothing in that period (GEN-3, GEN-8)."""

from __future__ import annotations

from handlers.desk import Desk
from handlers.item_wish import ItemWish
from handlers.periods import Period, month_of
from handlers.reply import Block, Choice, Choices, Notice, Reply, Text, Wish, reply
from handlers.request import Request
from handlers.spans import week_of
from locales.phrases import say, say_many


async def nothing_found(request: Request, desk: Desk, wish: ItemWish) -> Reply:
    """Answer a search without a result by what the person can do next."""
    if wish.barcode:
        return reply(not_among_yours(wish.barcode), Choices((_to_a_person(),)))
    if wish.period is None:
        return reply(Text(say("I find no items of yours.")))
    nothing = Text(say("I find no items of yours in {period}.", period=wish.period.days()))
    return reply(nothing, await nearest(request, desk, wish, wish.period), remember=wish.entities())


async def nearest(request: Request, desk: Desk, wish: ItemWish, period: Period) -> Choices:
    """Offer the nearest period in which there is what was looked for in `period`, else a person."""
    day = await desk.items.nearest_day(wish.query())
    if day is None:
        return Choices((_to_a_person(),))
    near = _like(period, Period(start=day, end=day))
    entities = wish.model_copy(update={"period": near}).entities()
    see = Choice(say("See {period}", period=near.days()), Wish(request.intent, entities), primary=True)
    return Choices((see,), say("The nearest period with items:"))


def not_among_yours(barcodes: list[str]) -> Block:
    """Say that barcodes are not found, the same for another's and for one that does not exist (GEN-3)."""
    return Notice(
        say_many(
            "I find no item {barcodes} among yours.",
            "I find none of the items {barcodes} among yours.",
            len(barcodes),
            barcodes=list(barcodes),
        ),
        "warning",
    )


def _like(asked: Period, day: Period) -> Period:
    """Give the period of a day that is as long as the one asked for: a day, a week, else a month."""
    length = (asked.end - asked.start).days + 1
    if length == 1:
        return day
    return week_of(day.start) if length <= 7 else month_of(day.start)


def _to_a_person() -> Choice:
    return Choice(say("Ask the Service Centre"), Wish("ticket.open", repeatable=False))
