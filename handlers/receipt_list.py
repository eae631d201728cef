"""Answer `receipt.list`: the reports made so far, to be had once more or made again (REC-5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from handlers.desk import Desk
from handlers.forms.declaration import Field, Form
from handlers.item_wish import EVERY, OPERATIONAL_ID, every_id, operational_ids
from handlers.periods import Period
from handlers.receipt_waiting import offer_warning
from handlers.reply import Block, Choice, Choices, Notice, Progress, Reply, Table, Text, Wish, Work, reply
from handlers.request import Request
from handlers.router import Router
from handlers.spans import check_span, span_of, spans
from locales.phrases import Value, say, say_many
from services.receipts import ReportRecord, oldest_day_kept

router = Router()

SHOWN = 30


class ListWish(BaseModel):
    """Which reports are to be listed; without anything, all."""

    operational_id: list[str] = []
    period: Period | None = None

    def codes(self) -> tuple[str, ...]:
        """List the operational IDs; none where all are meant."""
        return () if EVERY in self.operational_id else tuple(self.operational_id)


LIST = Form(
    "receipt.list",
    say("Receipts made so far"),
    (
        Field(
            "operational_id",
            "choice",
            say("Operational ID"),
            say("For which operational ID?"),
            required=False,
            options=operational_ids,
            many=True,
            adapt=every_id,
            unknown=OPERATIONAL_ID.unknown,
        ),
        Field(
            "period",
            "period",
            say("Days of hand-over"),
            say("For which period?"),
            required=False,
            options=spans,
            check=check_span,
        ),
    ),
    ListWish,
    # "Which ones have I made?" asks for all of them, also after some were spoken of.
    borrows=False,
)


@router.add("receipt.list", form=LIST, right="transactions")
async def show_list(request: Request, desk: Desk) -> Reply:
    """List the reports with the day of hand-over, the operational ID and when each was generated."""
    wish = request.wish(ListWish)
    oldest = oldest_day_kept(request.today)
    start, end = (max(wish.period.start, oldest), wish.period.end) if wish.period else (oldest, None)
    total, reports = await desk.receipts.reports(wish.codes(), start, end, SHOWN)
    warning = await offer_warning(desk)
    if not reports:
        make = Choice(say("Get the receipts of last week"), Wish("receipt.generate", _last_week(request)))
        return reply(Text(say("No receipts have been made yet.")), Choices((make, warning)))
    blocks: list[Block] = [
        Table(
            say_many("{count} file of receipts", "{count} files of receipts", total),
            (say("Date"), say("Operational ID"), say("Generated on"), say("Receipts")),
            tuple(_row(report) for report in reports),
            tuple(_choices(report) for report in reports),
        )
    ]
    if total > len(reports):
        blocks.append(
            Text(say("These are the latest {count}; name a period to see others.", count=len(reports)))
        )
    blocks.append(Choices((warning,)))
    return reply(*blocks, remember={})


@router.add("receipt.fetch", right="transactions")
async def fetch(request: Request, desk: Desk) -> Reply:
    """Promise a report as it was made."""
    return await _promise("receipt.fetch", [int(request.entities["report"])], request, desk)


@router.add("receipt.zip", right="transactions")
async def fetch_zip(request: Request, desk: Desk) -> Reply:
    """Promise several reports as one ZIP (REC-5)."""
    return await _promise("receipt.zip", [int(one) for one in request.entities["reports"]], request, desk)


async def _promise(kind: str, numbers: list[int], request: Request, desk: Desk) -> Reply:
    if not await desk.receipts.has_files(numbers, request.today):
        gone = say(
            "These receipts are no longer kept: receipts are kept for one year from the day of hand-over."
        )
        return reply(Notice(gone, "warning"), remember={})
    return reply(Progress(say("Here they come.")), work=(Work(kind, {"reports": numbers}),), remember={})


def regenerate(report: ReportRecord) -> Wish:
    """Ask for a report to be made again as it was (REC-5)."""
    day = Period(start=report.day, end=report.day)
    entities: Mapping[str, Any] = {
        "company": report.company_id,
        "operational_id": [report.operational_id],
        "period": day.dump(),
        "receipts_per_page": report.per_page,
        "language": report.language,
    }
    return Wish("receipt.generate", entities)


def _row(report: ReportRecord) -> tuple[Value, ...]:
    generated: Value = say("being made") if report.generated_at is None else report.generated_at
    return (report.day, report.operational_id, generated, report.receipts)


def _choices(report: ReportRecord) -> tuple[Choice, ...]:
    again = Choice(say("Generate again"), regenerate(report))
    if report.generated_at is None:
        return (again,)
    return (Choice(say("Get the file"), Wish("receipt.fetch", {"report": report.id})), again)


def _last_week(request: Request) -> dict[str, Any]:
    return {"period": span_of("last_week", request.today).dump()}
