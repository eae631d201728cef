"""Hold what an annex shows, and check that it adds up to its invoice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from documents.errors import DoesNotReconcile


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """The items of one type handed over on one day; prices of one item in euro cents, without VAT."""

    day: date
    item_type: str
    quantity: int
    unit_cents: int
    handling_cents: int
    vat_percent: int


@dataclass(frozen=True, slots=True)
class AnnexSheet:
    """One cost centre's invoice for a month, with the amounts in euro cents that its lines must add up to.

    `month` is any day of the billing period; `demo` marks invented data.
    """

    invoice_number: str
    prs: str
    cost_centre: str
    customer: str
    month: date
    lines: tuple[AnnexLine, ...]
    net_cents: int
    vat_cents: int
    demo: bool


def check_reconciles(sheet: AnnexSheet) -> None:
    """Raise DoesNotReconcile unless the lines add up to the invoice's net amount and VAT to the cent (INV-6)."""
    net, vat = net_of(sheet.lines), vat_of(sheet.lines)
    if net != sheet.net_cents:
        raise DoesNotReconcile(sheet.invoice_number, sheet.net_cents, net)
    if vat != sheet.vat_cents:
        raise DoesNotReconcile(sheet.invoice_number, sheet.vat_cents, vat)


def net_of(lines: Sequence[AnnexLine]) -> int:
    """Add up the lines' amounts without VAT, in cents."""
    return sum(line.quantity * (line.unit_cents + line.handling_cents) for line in lines)


def vat_of(lines: Sequence[AnnexLine]) -> int:
    """Add up the VAT in cents, rounded half up once for each rate of the invoice."""
    nets: dict[int, int] = {}
    for line in lines:
        nets[line.vat_percent] = nets.get(line.vat_percent, 0) + net_of([line])
    return sum(_half_up(Decimal(net * rate) / 100) for rate, net in nets.items())


def _half_up(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
