"""Say how many invoices there are when a list cannot hold them, and offer the periods that fit (GEN-5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from handlers.desk import Desk
from handlers.periods import Period, last_of_month
from handlers.reply import Block, Choice, Choices, Notice, Wish
from locales.phrases import say
from services.invoices import LIMIT, InvoiceQuery, MonthCount

OFFERED = 6


async def too_many(
    intent: str, query: InvoiceQuery, entities: Mapping[str, Any], total: int, desk: Desk
) -> tuple[Block, ...]:
    """Say the number and offer years, quarters or months of the search that hold a list each, newest first."""
    fitting = list(periods_that_fit(await desk.invoices.count_by_month(query)))[:OFFERED]
    if not fitting:
        return (
            Notice(
                say(
                    "There are {total} invoices; a list holds at most {most}. Please name a cost centre by its PRS "
                    "number, or an invoice number.",
                    total=total,
                    most=LIMIT,
                ),
                "warning",
            ),
        )
    kept = {name: value for name, value in entities.items() if name not in {"period", "invoice_number"}}
    return (
        Notice(
            say(
                "There are {total} invoices; a list holds at most {most}. A shorter period will fit:",
                total=total,
                most=LIMIT,
            ),
            "warning",
        ),
        Choices(
            tuple(
                Choice(say("{period}", period=period.days()), Wish(intent, {**kept, "period": period.dump()}))
                for period in fitting
            )
        ),
    )


def periods_that_fit(counts: Sequence[MonthCount], most: int = LIMIT) -> Iterator[Period]:
    """Give the longest calendar periods that hold at most `most` invoices and at least one, newest first."""
    for year in sorted({row.month.year for row in counts}, reverse=True):
        yield from _fitting(counts, Period(start=date(year, 1, 1), end=date(year, 12, 31)), most)


def _fitting(counts: Sequence[MonthCount], period: Period, most: int) -> Iterator[Period]:
    """Give the period itself where it fits, else what fits of its parts."""
    inside = sum(row.count for row in counts if period.start <= row.month <= period.end)
    if 0 < inside <= most:
        yield period
    elif inside:
        for part in _parts(period):
            yield from _fitting(counts, part, most)


def _parts(period: Period) -> Iterator[Period]:
    """Split a year into quarters and a quarter into months, newest first; a month has no parts."""
    first, last = period.start.month, period.end.month
    if first == last:
        return
    step = 3 if last - first > 3 else 1
    for month in range(last - step + 1, first - 1, -step):
        start = period.start.replace(month=month)
        yield Period(start=start, end=last_of_month(start.replace(month=month + step - 1)))
