"""Plan the workbooks that `invoice.annex` and `invoice.export` promised (INV-5, INV-6)."""

from __future__ import annotations

from documents.annex import AnnexLine, AnnexSheet, annex_workbook
from documents.invoice_list import InvoiceRow, invoice_list_workbook
from handlers.desk import Desk
from handlers.invoices import InvoiceWish
from handlers.production import XLSX, NotPossible, Production, Task, Worker
from locales.phrases import Month, say, say_many
from services.invoices import LIMIT, InvoiceQuery, InvoiceSummary

GONE = say("The invoices I was to prepare are no longer among those you may see.")


async def plan_annex(task: Task, desk: Desk) -> Production | NotPossible:
    """Read the invoices and their lines and plan one sheet for each cost centre."""
    wanted = set(task.arguments["invoices"])
    companies = tuple(company.company_id for company in task.session.companies_with("invoices"))
    invoices = [invoice for invoice in await desk.invoices.by_id(wanted) if invoice.company_id in companies]
    if len(invoices) != len(wanted) or not invoices:
        return NotPossible(GONE)
    sheets = tuple([await _sheet(invoice, desk) for invoice in invoices])
    first = invoices[0]
    month = f"{first.month:%Y-%m}"
    # Translators: the name of a file, without spaces or accents.
    one = say("annex-{number}-{month}.xlsx", number=first.number, month=month)
    # Translators: the name of a file, without spaces or accents.
    name = one if len(invoices) == 1 else say("annexes-{month}.xlsx", month=month)
    about = say_many(
        "Annex of {month}, {count} sheet. It completes the paper invoice and does not replace it.",
        "Annex of {month}, {count} sheets. It completes the paper invoices and does not replace them.",
        len(sheets),
        month=Month(first.month),
    )
    return Production(
        annex_workbook, (sheets, task.language), first.company_id, "invoices", name, XLSX, about
    )


async def _sheet(invoice: InvoiceSummary, desk: Desk) -> AnnexSheet:
    lines = tuple(
        AnnexLine(
            line.day, line.item_type, line.quantity, line.unit_cents, line.handling_cents, line.vat_percent
        )
        for line in await desk.invoices.lines(invoice.id)
    )
    return AnnexSheet(
        invoice_number=invoice.number,
        prs=invoice.prs,
        cost_centre=invoice.cost_centre,
        customer=invoice.customer,
        month=invoice.month,
        lines=lines,
        net_cents=invoice.net_cents,
        vat_cents=invoice.vat_cents,
        demo=invoice.is_demo,
    )


async def plan_list(task: Task, desk: Desk) -> Production | NotPossible:
    """Search again, as the person now may, and plan the list (INV-5)."""
    wish = InvoiceWish.model_validate(task.arguments["wish"])
    entitled = tuple(company.company_id for company in task.session.companies_with("invoices"))
    query: InvoiceQuery = wish.query()
    found = await desk.invoices.find(query)
    invoices = [invoice for invoice in found.invoices if invoice.company_id in entitled]
    if not invoices or found.total > LIMIT:
        return NotPossible(GONE)
    rows = tuple(
        InvoiceRow(
            number=invoice.number,
            prs=invoice.prs,
            cost_centre=invoice.cost_centre,
            customer=invoice.customer,
            month=invoice.month,
            net_cents=invoice.net_cents,
            vat_cents=invoice.vat_cents,
        )
        for invoice in invoices
    )
    # Translators: the name of a file, without spaces or accents.
    name = say("invoices-{day}.xlsx", day=task.today.isoformat())
    about = say_many("List of {count} invoice.", "List of {count} invoices.", len(rows))
    company_id = invoices[0].company_id
    return Production(invoice_list_workbook, (rows, task.language), company_id, "invoices", name, XLSX, about)


WORKERS: dict[str, Worker] = {"invoice.annex": plan_annex, "invoice.export": plan_list}
