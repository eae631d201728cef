"""Answer `report.create`: a workbook of items by type, over as many months as wanted (REP-1, REP-2)."""

from __future__ import annotations

from documents.report import report_workbook
from handlers.desk import Desk
from handlers.forms.declaration import Form
from handlers.item_documents import rows_of, scope_of
from handlers.item_gaps import not_among_yours, nothing_found
from handlers.item_limits import narrower_choices, too_many
from handlers.item_wish import FIELDS, ItemWish
from handlers.production import XLSX, NotPossible, Production, Task, Worker
from handlers.reply import Block, Notice, Progress, Reply, Work, reply
from handlers.request import Request
from handlers.router import Router
from locales.phrases import Phrase, say, say_many
from services.items import LIMIT

router = Router()

GONE = say("The items of the report are no longer among those you may see.")

CREATE = Form("report.create", say("Report of items"), FIELDS, ItemWish)


@router.add("report.create", form=CREATE, right="transactions")
async def create(request: Request, desk: Desk) -> Reply:
    """Promise the report, or say why it would have to be cut, which it never is (GEN-5)."""
    wish = request.wish(ItemWish)
    found = await desk.items.find(wish.query(), limit=1)
    if not found.total:
        return await nothing_found(request, desk, wish)
    if found.total > LIMIT:
        narrower = await narrower_choices("report.create", wish, desk)
        return reply(Notice(too_many(found.total), "warning"), *narrower, remember=wish.entities())
    return reply(
        *await _missing(wish, desk),
        Progress(
            say_many(
                "I am preparing the report: {count} item.",
                "I am preparing the report: {count} items.",
                found.total,
            )
        ),
        work=(Work("report.create", {"wish": wish.entities()}),),
        remember=wish.entities(),
    )


async def plan_report(task: Task, desk: Desk) -> Production | NotPossible:
    """Search again, as the person now may, and plan the workbook."""
    wish = ItemWish.model_validate(task.arguments["wish"])
    found = await desk.items.find(wish.query())
    if not found.items:
        return NotPossible(GONE)
    if found.total > LIMIT:
        return NotPossible(too_many(found.total))
    about = say_many("Report of {count} item.", "Report of {count} items.", found.total)
    return Production(
        report_workbook,
        (rows_of(found.items), scope_of(wish, found), task.language),
        found.items[0].company_id,
        "transactions",
        _name(wish, task),
        XLSX,
        about,
    )


async def _missing(wish: ItemWish, desk: Desk) -> tuple[Block, ...]:
    """Name the barcodes that the report will not hold."""
    known = await desk.items.existing(wish.barcode) if wish.barcode else ()
    missing = [barcode for barcode in wish.barcode if barcode not in known]
    return (not_among_yours(missing),) if missing else ()


def _name(wish: ItemWish, task: Task) -> Phrase:
    if wish.period is None or wish.barcode:
        # Translators: the name of a file, without spaces or accents.
        return say("report-{day}.xlsx", day=task.today.isoformat())
    start, end = wish.period.start.isoformat(), wish.period.end.isoformat()
    # Translators: the name of a file, without spaces or accents.
    return say("report-{start}-{end}.xlsx", start=start, end=end)


WORKERS: dict[str, Worker] = {"report.create": plan_report}
