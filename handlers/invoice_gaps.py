"""Say why there is no invoice: not billed yet, none in that period, or no such number (INV-8, GEN-3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from handlers.desk import Desk
from handlers.periods import Period, first_of_month, last_of_month, month_before, month_of, months_in
from handlers.reply import Choice, Choices, Notice, Reply, Text, Wish, reply
from handlers.request import Request
from locales.phrases import Month, say, say_many
from services.invoices import InvoiceQuery


async def nothing_found(
    request: Request, desk: Desk, query: InvoiceQuery, entities: Mapping[str, Any]
) -> Reply:
    """Answer a search without a result by what the person can do next."""
    if query.numbers:
        return _no_such_number(request, query)
    months = await desk.invoices.months(query)
    if query.start is None or query.end is None:
        return _no_such_criterion(query)
    asked = Period(start=query.start, end=query.end)
    if not months and (query.prs or query.operational_ids):
        # A cost centre that is somebody else's or nobody's never had an invoice here: none will appear.
        return _no_such_criterion(query)
    if _is_not_billed_yet(asked, months, request.today):
        return _not_billed_yet(request, query, asked)
    if not months:
        return reply(Text(say("There are no invoices for you here yet.")))
    return _nothing_in(request, asked, months, entities)


def _no_such_number(request: Request, query: InvoiceQuery) -> Reply:
    year = Period(start=date(request.today.year, 1, 1), end=date(request.today.year, 12, 31))
    return reply(
        not_among_yours(query.numbers),
        Text(say("The number has ten digits, begins with 1046 and stands at the top of the paper invoice.")),
        Choices(
            (
                Choice(say("Invoices of this year"), Wish("invoice.search", {"period": year.dump()})),
                _to_a_person(),
            )
        ),
    )


def not_among_yours(numbers: Sequence[str]) -> Notice:
    """Say that numbers were not found, somebody else's and made-up ones alike (GEN-3)."""
    return Notice(
        say_many(
            "I find no invoice {numbers} among yours.",
            "I find none of the invoices {numbers} among yours.",
            len(numbers),
            numbers=list(numbers),
        ),
        "warning",
    )


def _no_such_criterion(query: InvoiceQuery) -> Reply:
    wanted = [*query.prs, *query.operational_ids]
    return reply(
        Notice(say("I find no invoices for {numbers} among yours.", numbers=wanted), "warning"),
        Choices((_to_a_person(),)),
    )


def _to_a_person() -> Choice:
    return Choice(say("Ask the Service Centre"), Wish("ticket.open", repeatable=False))


def _is_not_billed_yet(asked: Period, months: tuple[date, ...], today: date) -> bool:
    """Tell whether every month asked for lies after the last one billed, and none beyond this month."""
    # A new customer's first invoice is that of last month at the earliest.
    latest = months[0] if months else month_before(today, 2)
    return all(latest < month <= first_of_month(today) for month in months_in(asked))


def _not_billed_yet(request: Request, query: InvoiceQuery, asked: Period) -> Reply:
    month = asked.start
    company = query.company_id or request.session.companies_with("invoices")[0].company_id
    offer = Wish("invoice.await", {"company": company, "month": month.isoformat()}, repeatable=False)
    return reply(
        Text(
            say(
                "There is no invoice for {month} yet. It appears here once the billing data is ready and the "
                "paper invoice has been sent.",
                month=Month(month),
            )
        ),
        Choices((Choice(say("Send me the annex when it is there"), offer, primary=True),)),
    )


def _nothing_in(
    request: Request, asked: Period, months: tuple[date, ...], entities: Mapping[str, Any]
) -> Reply:
    """Offer the nearest month that has invoices, in the same search."""
    nearest = min(months, key=lambda month: _distance(month, asked))
    wish = Wish(request.intent, {**entities, "period": month_of(nearest).dump()})
    phrase = (
        say("That period still lies ahead of us: {period}.", period=asked.days())
        if asked.start > request.today
        else say("I find no invoice of yours in {period}.", period=asked.days())
    )
    return reply(
        Text(phrase),
        Choices(
            (Choice(say("See {month}", month=Month(nearest)), wish, primary=True),),
            say("The nearest month with invoices:"),
        ),
    )


def _distance(month: date, asked: Period) -> int:
    if month > asked.end:
        return (month - asked.end).days
    return max(0, (asked.start - last_of_month(month)).days)
