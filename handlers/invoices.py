"""Answer `invoice.search`, `invoice.annex` and `invoice.export` (INV-1 to INV-8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, field_validator

from handlers import invoice_extent
from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Option, Refusal, Values
from handlers.invoice_gaps import not_among_yours, nothing_found
from handlers.invoice_limits import too_many
from handlers.invoice_numbers import check_numbers, tidy
from handlers.periods import Period, months_in, predefined, widen
from handlers.reply import Block, Choice, Choices, Notice, Progress, Reply, Table, Text, Wish, Work, reply
from handlers.request import Request
from handlers.router import Router
from locales.phrases import Money, Month, as_is, say, say_many
from services.invoices import LIMIT, Found, InvoiceQuery, InvoiceSummary

router = Router()

SHOWN = 10
EARLIEST = 2000


class InvoiceWish(BaseModel):
    """What is looked for; lists where several were named."""

    company: int | None = None
    invoice_number: list[str] = []
    prs: list[str] = []
    operational_id: list[str] = []
    period: Period | None = None

    @field_validator("invoice_number", "prs", "operational_id")
    @classmethod
    def _tidy(cls, numbers: list[str]) -> list[str]:
        return [tidy(number) for number in numbers]

    def query(self) -> InvoiceQuery:
        """Give the search that the register understands."""
        months = widen(self.period) if self.period else None
        return InvoiceQuery(
            company_id=self.company,
            numbers=tuple(self.invoice_number),
            prs=tuple(self.prs),
            operational_ids=tuple(self.operational_id),
            start=months.start if months else None,
            end=months.end if months else None,
        )

    def entities(self) -> dict[str, Any]:
        """Give the wish as entities, for a button or for the memory of the conversation."""
        kept = self.model_dump(mode="json", exclude_none=True)
        return {name: value for name, value in kept.items() if value not in ([], None)}


async def companies(request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the companies where the person may see invoices (GEN-3)."""
    return [
        Option(company.company_id, as_is(company.company_name))
        for company in request.session.companies_with("invoices")
    ]


async def periods(request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the predefined periods (GEN-6)."""
    return predefined(request.today)


async def billed_months(_request: Request, desk: Desk, values: Values) -> Sequence[Option]:
    """Offer the months that really have an annex."""
    wish = InvoiceWish.model_validate({**values, "period": None, "invoice_number": []})
    months = await desk.invoices.months(wish.query())
    return [
        Option(
            Period(start=month, end=widen(Period(start=month, end=month)).end).dump(),
            say("{month}", month=Month(month)),
        )
        for month in months[:6]
    ]


def check_period(value: Any, request: Request) -> Refusal | None:
    """Refuse a period that no invoice can have."""
    if isinstance(value, list):
        named = tuple(
            Option(period, say("{period}", period=Period.model_validate(period).days()))
            for period in value
            if period["start"] <= period["end"]
        )
        return Refusal(say("One period at a time, please."), named or predefined(request.today))
    if date.fromisoformat(value["end"]) < date.fromisoformat(value["start"]):
        return Refusal(say("This period ends before it begins."), predefined(request.today))
    if not EARLIEST <= int(value["start"][:4]) <= request.today.year + 1:
        return Refusal(say("That year is too far away."), predefined(request.today))
    return None


def _has_no_number(values: Values) -> bool:
    return not values.get("invoice_number")


def _has_nothing_else(values: Values) -> bool:
    return not (values.get("invoice_number") or values.get("prs") or values.get("operational_id"))


COMPANY = Field(
    "company",
    "choice",
    say("Company"),
    say("For which company?"),
    options=companies,
    when=_has_no_number,
    named=True,
)
NUMBER = Field(
    "invoice_number",
    "text",
    say("Invoice number"),
    say("What is the invoice number?"),
    required=False,
    many=True,
    check=check_numbers("invoice_number"),
    hint=say("Ten digits beginning with 1046, at the top of the paper invoice."),
)
PRS = Field(
    "prs",
    "text",
    say("PRS number"),
    say("Which cost centre (PRS number)?"),
    required=False,
    many=True,
    check=check_numbers("prs"),
)
OPERATIONAL_ID = Field(
    "operational_id",
    "text",
    say("Operational ID"),
    say("Which operational ID?"),
    required=False,
    many=True,
    check=check_numbers("operational_id"),
)
PERIOD = Field(
    "period",
    "period",
    say("Billing period"),
    say("Which month do you need? You can also give an invoice number."),
    required=_has_nothing_else,
    options=periods,
    check=check_period,
)
MONTH = Field(
    "period",
    "period",
    say("Billing period"),
    say("The annex of which month? You can also give an invoice number."),
    required=_has_no_number,
    options=billed_months,
    check=check_period,
)

SEARCH = Form(
    "invoice.search",
    say("Find invoices"),
    (COMPANY, NUMBER, PRS, OPERATIONAL_ID, PERIOD),
    InvoiceWish,
    receive=invoice_extent.heard,
)
ANNEX = Form(
    "invoice.annex",
    say("Annex of an invoice"),
    (COMPANY, NUMBER, PRS, OPERATIONAL_ID, MONTH),
    InvoiceWish,
    receive=invoice_extent.heard,
)
EXPORT = Form(
    "invoice.export",
    say("Invoices in Excel"),
    (COMPANY, NUMBER, PRS, OPERATIONAL_ID, PERIOD),
    InvoiceWish,
    receive=invoice_extent.heard,
)


@router.add("invoice.search", form=SEARCH, right="invoices")
async def search(request: Request, desk: Desk) -> Reply:
    """Show the invoices that match, each with its annex a click away (INV-1, INV-4)."""
    wish = request.wish(InvoiceWish)
    found = await desk.invoices.find(wish.query(), limit=LIMIT if wish.invoice_number else SHOWN)
    if not found.total:
        return await nothing_found(request, desk, wish.query(), wish.entities())
    blocks: list[Block] = [*_widened(wish), *_not_found(wish, found)]
    blocks.extend(_one(found.invoices[0]) if found.total == 1 else _several(found))
    if found.total > LIMIT:
        blocks.extend(await too_many(request.intent, wish.query(), wish.entities(), found.total, desk))
    elif found.total > 1:
        blocks.append(Choices((Choice(say("The list in Excel"), Wish("invoice.export", wish.entities())),)))
    return reply(*blocks, remember=wish.entities())


@router.add("invoice.annex", form=ANNEX, right="invoices")
async def annex(request: Request, desk: Desk) -> Reply:
    """Promise the annex of an invoice or of a month (INV-6); the file follows by itself (CNV-5)."""
    wish = request.wish(InvoiceWish)
    found = await desk.invoices.find(wish.query())
    if not found.total:
        return await nothing_found(request, desk, wish.query(), wish.entities())
    if found.total > LIMIT:
        blocks = await too_many(request.intent, wish.query(), wish.entities(), found.total, desk)
        return reply(*blocks, remember=wish.entities())
    groups = sorted({(invoice.month, invoice.company_id) for invoice in found.invoices}, reverse=True)
    if len(groups) > 1:
        return reply(_choose_month(wish, found.invoices), remember=wish.entities())
    return reply(
        *_widened(wish),
        *_not_found(wish, found),
        Progress(_annex_announcement(found.invoices)),
        work=(Work("invoice.annex", {"invoices": [invoice.id for invoice in found.invoices]}),),
        remember=wish.entities(),
    )


@router.add("invoice.export", form=EXPORT, right="invoices")
async def export(request: Request, desk: Desk) -> Reply:
    """Promise the result list as an Excel file (INV-5), never a cut one (GEN-5)."""
    wish = request.wish(InvoiceWish)
    found = await desk.invoices.find(wish.query())
    if not found.total:
        return await nothing_found(request, desk, wish.query(), wish.entities())
    if found.total > LIMIT:
        blocks = await too_many(request.intent, wish.query(), wish.entities(), found.total, desk)
        return reply(*blocks, remember=wish.entities())
    return reply(
        *_widened(wish),
        *_not_found(wish, found),
        Progress(
            say_many(
                "I am preparing the list of {count} invoice.",
                "I am preparing the list of {count} invoices.",
                found.total,
            )
        ),
        work=(Work("invoice.export", {"wish": wish.entities()}),),
        remember=wish.entities(),
    )


@router.add("invoice.await", right="invoices")
async def await_annex(request: Request, desk: Desk) -> Reply:
    """Note that the annex of a month is to be sent when it appears (INV-8)."""
    assert request.session.person is not None
    company, month = int(request.entities["company"]), date.fromisoformat(request.entities["month"])
    if company not in {membership.company_id for membership in request.session.companies_with("invoices")}:
        return reply(Notice(say("You have no access to this company's invoices."), "warning"))
    await desk.invoices.await_month(desk.conversation_id, request.session.person.id, company, month)
    return reply(
        Notice(
            say(
                "Noted: you will receive the annex of {month} here as soon as it is there.",
                month=Month(month),
            ),
            "success",
        )
    )


def _widened(wish: InvoiceWish) -> tuple[Block, ...]:
    """Say that part of a month became the whole month (INV-3)."""
    if wish.period is None or widen(wish.period) == wish.period:
        return ()
    return (
        Text(
            say(
                "Invoices cover whole months, so I looked at {months}.",
                months=widen(wish.period).days(),
            )
        ),
    )


def _not_found(wish: InvoiceWish, found: Found) -> tuple[Block, ...]:
    """Name the numbers among several that nothing was found for, rather than pass over them."""
    there = [invoice.number for invoice in found.invoices]
    missing = [
        number for number in wish.invoice_number if not any(known.startswith(number) for known in there)
    ]
    return (not_among_yours(missing),) if missing else ()


def _annex_wish(invoice: InvoiceSummary) -> Wish:
    return Wish("invoice.annex", {"invoice_number": [invoice.number]})


def _one(invoice: InvoiceSummary) -> tuple[Block, ...]:
    return (
        Text(
            say(
                "Invoice {number} of {month} for {customer} (PRS {prs}): {net} excl. VAT, {total} incl. VAT.",
                number=invoice.number,
                month=Month(invoice.month),
                customer=invoice.customer,
                prs=invoice.prs,
                net=Money(invoice.net_cents),
                total=Money(invoice.net_cents + invoice.vat_cents),
            )
        ),
        Choices((Choice(say("Annex in Excel"), _annex_wish(invoice), primary=True),)),
    )


def _several(found: Found) -> tuple[Block, ...]:
    latest = found.invoices[:SHOWN]
    caption = (
        say("Your {total} invoices", total=found.total)
        if found.total <= SHOWN
        else say("The {shown} latest of your {total} invoices", shown=SHOWN, total=found.total)
    )
    table = Table(
        caption,
        (
            say("Invoice"),
            say("PRS"),
            say("Customer"),
            say("Billing period"),
            say("Amount incl. VAT"),
        ),
        tuple(
            (
                invoice.number,
                invoice.prs,
                invoice.customer,
                Month(invoice.month),
                Money(invoice.net_cents + invoice.vat_cents),
            )
            for invoice in latest
        ),
        tuple((Choice(say("Annex"), _annex_wish(invoice)),) for invoice in latest),
    )
    return (table,)


def _month_choice(intent: str, wish: InvoiceWish, month: date) -> Choice:
    period = widen(Period(start=month, end=month))
    narrowed = wish.model_copy(update={"period": period, "invoice_number": []})
    return Choice(say("{month}", month=Month(month)), Wish(intent, narrowed.entities()))


def _choose_month(wish: InvoiceWish, invoices: Sequence[InvoiceSummary]) -> Choices:
    """Let the person choose: an annex is of one month, unlike a report (REP-1)."""
    if wish.invoice_number:
        return Choices(
            tuple(
                Choice(say("Invoice {number}", number=invoice.number), _annex_wish(invoice))
                for invoice in invoices[:12]
            ),
            say("Which of these invoices?"),
        )
    months = months_in(widen(wish.period)) if wish.period is not None else ()
    billed = {invoice.month for invoice in invoices}
    return Choices(
        tuple(_month_choice("invoice.annex", wish, month) for month in months if month in billed)[-12:],
        say("There is one annex a month. Which month would you like?"),
    )


def _annex_announcement(invoices: Sequence[InvoiceSummary]) -> Any:
    first = invoices[0]
    if len(invoices) == 1:
        return say(
            "I am preparing the annex of invoice {number} ({month}).",
            number=first.number,
            month=Month(first.month),
        )
    return say_many(
        "I am preparing the annex of {month}: {count} cost centre, a sheet each.",
        "I am preparing the annex of {month}: {count} cost centres, a sheet each.",
        len(invoices),
        month=Month(first.month),
    )
