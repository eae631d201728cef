"""Hear "all my invoices" and "the latest invoice": periods that only the register can give (INV-1)."""

from __future__ import annotations

import re

from handlers.desk import Desk
from handlers.forms.declaration import Received
from handlers.invoice_numbers import tidy
from handlers.periods import Period, widen
from handlers.request import Request
from services.invoices import InvoiceQuery

NAMED = ("period", "invoice_number")
ALL = re.compile(
    r"\b(?:toutes\s+(?:mes|les|nos)\s+(?:factures|annexes)|al(?:le)?\s+(?:(?:mijn|onze|de)\s+)?(?:facturen|bijlagen)"
    r"|all\s+(?:(?:my|our|the|of\s+my)\s+)?(?:invoices|annexes)"
    r"|alle\s+(?:(?:meine|unsere|die)\s+)?(?:rechnungen|anlagen))\b",
    re.IGNORECASE,
)
LATEST = re.compile(
    r"\b(?:derni[èe]res?\s+(?:factures?|annexes?)|(?:factures?|annexes?)\s+(?:la|les)\s+plus\s+r[ée]centes?"
    r"|(?:laatste|recentste|nieuwste|meest\s+recente)\s+(?:factu(?:ur|ren)|bijlagen?)"
    r"|(?:last|latest|newest|most\s+recent)\s+(?:invoices?|annex(?:es)?)"
    r"|(?:letzten?|neuesten?|j[üu]ngsten?)\s+(?:rechnung(?:en)?|anlagen?))\b",
    re.IGNORECASE,
)


async def heard(request: Request, desk: Desk) -> Received | None:
    """Put the billed months in the place of "all" and "the latest"; None where neither is said."""
    latest = LATEST.search(request.text)
    if any(name in request.entities for name in NAMED) or not (latest or ALL.search(request.text)):
        return None
    months = await desk.invoices.months(_within(request))
    if not months:
        return None
    period = widen(Period(start=months[0] if latest else months[-1], end=months[0]))
    return Received(entities={**request.entities, "period": period.dump()})


def _within(request: Request) -> InvoiceQuery:
    """Stay within the cost centres and operational IDs that the message names."""
    return InvoiceQuery(prs=_named(request, "prs"), operational_ids=_named(request, "operational_id"))


def _named(request: Request, entity: str) -> tuple[str, ...]:
    value = request.entities.get(entity, ())
    return tuple(tidy(number) for number in ([value] if isinstance(value, str) else value))
