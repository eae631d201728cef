"""Find every identifier of a message, the surest first, so that none is taken for another."""

from __future__ import annotations

import datetime as dt

from intents.entities.company_numbers import find_company_numbers
from intents.entities.contract_numbers import find_invoice_numbers, find_operational_ids, find_prs_numbers
from intents.entities.emails import find_emails
from intents.entities.findings import Findings
from intents.entities.item_codes import find_item_codes
from intents.entities.references import find_link_codes, find_references


def find_identifiers(found: Findings, *, today: dt.date) -> None:
    """Add addresses and numbers: letters and length first, then those that a word names, then the rest."""
    find_emails(found)
    if not found.folded.has_digit:
        return
    find_item_codes(found)
    find_operational_ids(found)
    find_prs_numbers(found)
    find_references(found, today=today)
    find_company_numbers(found)
    find_invoice_numbers(found)
    find_link_codes(found)
