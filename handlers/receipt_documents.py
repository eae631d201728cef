"""Plan the signed files that the receipts' handlers promised (REC-4 to REC-7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from documents.receipts.report import Receipt, ReceiptReport
from documents.receipts.signed import signed_receipts, zipped
from documents.signing.once import Signing
from handlers.desk import Desk
from handlers.production import PDF, ZIP, NotPossible, Production, Productions, Task, Worker
from handlers.receipt_waiting import loaded, waiting_choice
from handlers.receipts import time_left
from handlers.reply import Block, Choice, Choices, Wish
from locales.phrases import Days, Phrase, say, say_many
from services.receipts import Look, ReceiptSource, ReportFile, last_day_kept

RIGHT = "transactions"
GONE = say("The receipts I was to make are no longer among those you may see.")


class ReceiptFiles:
    """The workers of receipts; `signing` says which key signs."""

    def __init__(self, signing: Signing) -> None:
        self._signing = signing

    def workers(self) -> dict[str, Worker]:
        """Give the workers by the work they do."""
        return {
            "receipt.generate": self.plan_reports,
            "receipt.item": self.plan_item,
            "receipt.fetch": plan_fetch,
            "receipt.zip": plan_zip,
        }

    async def plan_reports(self, task: Task, desk: Desk) -> Productions | NotPossible:
        """Plan a file for each day and operational ID; what was made for this promise already is only delivered."""
        look = Look(int(task.arguments["per_page"]), str(task.arguments["language"]))
        days = [(str(code), date.fromisoformat(day)) for code, day in task.arguments["days"]]
        files = [plan for code, day in days if (plan := await self._plan_day(task, desk, code, day, look))]
        if not files:
            return NotPossible(GONE)

        rest = loaded(task.arguments.get("rest", ()))

        async def offer_more(desk: Desk) -> tuple[Block, ...]:
            made = [file for code, day in days if (file := await desk.receipts.made(code, day, look))]
            # Nothing is offered to somebody who may not have the files any more.
            offers = (waiting_choice(rest, look, is_rest=True),) if rest and made else ()
            choices = (*_as_zip(made), *offers)
            return (Choices(choices),) if choices else ()

        return Productions(tuple(files), offer_more)

    async def plan_item(self, task: Task, desk: Desk) -> Production | NotPossible:
        """Plan the receipt of one item."""
        source = await desk.receipts.source_of(str(task.arguments["barcode"]))
        if source is None or last_day_kept(source.day) < task.today:
            return NotPossible(GONE)
        (item,) = source.items
        report, look = _report(source, task), Look(1, str(task.arguments["language"]))
        # Translators: the name of a file, without spaces or accents.
        name = say("receipt-{barcode}.pdf", barcode=item.barcode)
        about = say("Receipt of {barcode}, handed over on {day}.", barcode=item.barcode, day=source.day)
        return Production(
            signed_receipts,
            (report, _per_page(look), look.language, self._signing),
            source.company_id,
            RIGHT,
            name,
            PDF,
            about,
            kept_for=time_left(source.day, task.today),
        )

    async def _plan_day(self, task: Task, desk: Desk, code: str, day: date, look: Look) -> Production | None:
        part = f"{code} {day}"
        is_made = part in task.arguments.get("made", ())
        if is_made and (made := await desk.receipts.made(code, day, look)):
            return _ready(made, task.today)
        source = await desk.receipts.source(code, day)
        if source is None or last_day_kept(day) < task.today:
            return None
        report = _report(source, task)

        async def keep(desk: Desk, content: bytes) -> None:
            await desk.receipts.store(
                code, day, look, content=content, receipts=len(source.items), generated_at=report.generated_at
            )
            await desk.conversations.note_made(task.promise_id, part)

        return Production(
            signed_receipts,
            (report, _per_page(look), look.language, self._signing),
            source.company_id,
            RIGHT,
            _name(code, day),
            PDF,
            _about(code, day, len(source.items)),
            keep=keep,
            kept_for=time_left(day, task.today),
        )


async def plan_fetch(task: Task, desk: Desk) -> Production | NotPossible:
    """Plan a report as it was made."""
    files = await _kept(task, desk)
    return _ready(files[0], task.today) if files else NotPossible(GONE)


async def plan_zip(task: Task, desk: Desk) -> Production | NotPossible:
    """Plan several reports of one company as one ZIP."""
    files = await _kept(task, desk)
    companies = {file.report.company_id for file in files}
    if len(companies) != 1:
        return NotPossible(GONE)
    days = [file.report.day for file in files]
    named = tuple((f"{file.report.day}-{file.report.operational_id}.pdf", file.content) for file in files)
    # Translators: the name of a file, without spaces or accents.
    name = say("receipts-{start}-{end}.zip", start=min(days).isoformat(), end=max(days).isoformat())
    about = say_many(
        "{count} file of receipts: {period}.",
        "{count} files of receipts: {period}.",
        len(files),
        period=Days(min(days), max(days)),
    )
    left = time_left(min(days), task.today)
    return Production(
        zipped, (named, task.making_at), companies.pop(), RIGHT, name, ZIP, about, kept_for=left
    )


async def _kept(task: Task, desk: Desk) -> tuple[ReportFile, ...]:
    """Read the reports of a promise that are still kept."""
    files = await desk.receipts.files([int(number) for number in task.arguments["reports"]])
    return tuple(file for file in files if last_day_kept(file.report.day) >= task.today)


def _as_zip(made: Sequence[ReportFile]) -> tuple[Choice, ...]:
    """Offer several files of one company as one ZIP (REC-5)."""
    if len(made) < 2 or len({file.report.company_id for file in made}) > 1:
        return ()
    wish = Wish("receipt.zip", {"reports": [file.report.id for file in made]})
    return (Choice(say("All in one ZIP"), wish),)


def _ready(file: ReportFile, today: date) -> Production:
    report = file.report
    return Production(
        zipped,
        (),
        report.company_id,
        RIGHT,
        _name(report.operational_id, report.day),
        PDF,
        _about(report.operational_id, report.day, report.receipts),
        made=file.content,
        kept_for=time_left(report.day, today),
    )


def _name(code: str, day: date) -> Phrase:
    # Translators: the name of a file, without spaces or accents.
    return say("receipts-{day}-{operational_id}.pdf", day=day.isoformat(), operational_id=code)


def _about(code: str, day: date, count: int) -> Phrase:
    return say_many(
        "{count} signed receipt of {day}, {operational_id}. Kept until {until}.",
        "{count} signed receipts of {day}, {operational_id}. Kept until {until}.",
        count,
        day=day,
        operational_id=code,
        until=last_day_kept(day),
    )


def _report(source: ReceiptSource, task: Task) -> ReceiptReport:
    receipts = tuple(
        Receipt(
            barcode=item.barcode,
            item_type=item.item_type,
            with_ar=item.with_ar,
            addressee=item.addressee,
            sender=source.sender,
            postmark_on=source.day,
            operational_id=source.operational_id,
        )
        for item in source.items
    )
    # A moment of whole seconds: the PDF's own times have no smaller parts.
    moment = task.making_at + timedelta(seconds=1) - timedelta(microseconds=task.making_at.microsecond)
    return ReceiptReport(source.operational_id, source.day, moment, receipts, source.is_demo)


def _per_page(look: Look) -> Literal[1, 4]:
    return 1 if look.per_page == 1 else 4
