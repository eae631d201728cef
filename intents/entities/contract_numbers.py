"""Find the numbers of the contract: invoice (INV-2), operational ID (GEN-7) and PRS number."""

from __future__ import annotations

import re

from intents.entities.digits import Group, Number, join_groups, read_groups
from intents.entities.findings import Findings

OPERATIONAL_ID = re.compile(r"(?<![a-z0-9])cs[ .:_-]{0,3}(?:(?:n°|nr)[ .:]{0,2})?(?=[0-9])")
NAMED_OPERATIONAL_ID = re.compile(
    r"(?<![a-z0-9])(?:id[ .]{0,2}op[a-z]{0,12}|op[a-z]{0,12}[ -]id|id)[ .:=n°-]{0,4}(?=[0-9]{10})"
)
OPERATIONAL_DIGITS = 12

INVOICE_START = re.compile(r"(?<![0-9])(?:1046|1406)")
INVOICE_WORD = re.compile(
    r"(?:fact|faktu|invoice|rechnung|annex|bijlage|anlage|anhang|n°|\bn[ro]\b|nummer|num|bill)"
)
NAMED_INVOICE = re.compile(
    r"(?<![a-z])(?:factures?|facturen|factuur|invoices?|rechnung(?:en)?|fact)"
    r"[- ]?(?:nummer|number|numero|nr|no|n°|num)?"
    r"[ .:#°-]{0,3}(?=[0-9])"
)
INVOICE_DIGITS = 10
# A beginning this long is an invoice number on its own; a shorter one needs the word, or to be all there is.
SURE_BEGINNING = 7
YEAR_MONTH = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-9]{2})?")

_NUMBER_WORD = r"(?:numeros?|num|nummers?|numbers?|nrs?|nos?|n°|code|ref(?:erence)?|id)"
PRS_NAME = re.compile(
    r"(?<![a-z0-9])(?:"
    rf"(?P<strong>prs(?:[- ]{{0,2}}{_NUMBER_WORD})?"
    rf"|{_NUMBER_WORD}[. ]{{0,2}}(?:de |du |d'|van de )?(?:clients?|klant|prs)"
    rf"|(?:clients?|customers?|klant(?:en)?|kunden?)[- ]{{0,2}}{_NUMBER_WORD}"
    r"|centres? de couts?|cost cent(?:er|re)s?|kostenplaats(?:en)?|kostenstellen?)"
    r"|(?:clients?|customers?|klant|kunden?))"
    r"[ .:=#°-]{0,4}(?:(?:est|c'est|is|ist|le|la|het|de|n|n°|nr|no|num|numero|number|nummer)[ .:=#°-]{1,3}){0,4}"
    r"(?=[0-9])"
)
PRS_NEXT = re.compile(r"[ ]?(?:,|;|&|\+|/|et|en|and|und|ou|of|or|oder)[ ]?(?=[0-9]{5})")
PRS_SHORTEST, PRS_LONGEST = 5, 10
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def find_operational_ids(found: Findings) -> None:
    """Add each operational ID as CS and twelve digits, with a fault where digits miss or are too many."""
    plain = found.folded.plain
    for match in OPERATIONAL_ID.finditer(plain):
        number = join_groups(read_groups(plain, match.end()), OPERATIONAL_DIGITS, solid=9)
        if len(number.digits) >= OPERATIONAL_DIGITS // 2:
            _add_operational_id(found, number, match.start())
    for match in NAMED_OPERATIONAL_ID.finditer(plain):
        number = join_groups(read_groups(plain, match.end()), OPERATIONAL_DIGITS, solid=9)
        _add_operational_id(found, number, number.start)


def _add_operational_id(found: Findings, number: Number, start: int) -> None:
    fault = _wrong_length(len(number.digits), OPERATIONAL_DIGITS)
    found.add("operational_id", f"CS{number.digits}", (start, number.end), fault=fault)


def _wrong_length(length: int, wanted: int) -> str | None:
    if length == wanted:
        return None
    return "too_short" if length < wanted else "too_long"


def find_prs_numbers(found: Findings) -> None:
    """Add each customer number said as such, and the ones listed behind it."""
    plain = found.folded.plain
    for match in PRS_NAME.finditer(plain):
        number = _read_prs(read_groups(plain, match.end()))
        if not _add_prs(found, number, match.start(), named=match["strong"] is not None):
            continue
        while following := PRS_NEXT.match(plain, number.end):
            number = _read_prs(read_groups(plain, following.end()))
            if not _add_prs(found, number, number.start, named=False):
                break


def _read_prs(groups: list[Group]) -> Number:
    """Join "20.45.18" and "118 204 77": groups parted alike, none longer than the one before but the second."""
    count, total = 1, len(groups[0].digits)
    while (
        total < PRS_SHORTEST + 1
        and count < len(groups)
        and groups[count].separator == groups[1].separator
        and 2 <= len(groups[count].digits) <= len(groups[count - 1 if count > 1 else 1].digits)
    ):
        total += len(groups[count].digits)
        count += 1
    digits = "".join(group.digits for group in groups[:count])
    return Number(digits, groups[0].start, groups[count - 1].end)


def _add_prs(found: Findings, number: Number, start: int, *, named: bool) -> bool:
    """Add a number; one of the wrong length only behind a name that leaves no doubt."""
    length = len(number.digits)
    fits = PRS_SHORTEST <= length <= PRS_LONGEST
    if not fits and (not named or YEAR.fullmatch(number.digits)):
        return False
    if not named and (length < PRS_SHORTEST or number.digits.startswith(("1046", "1406"))):
        return False
    fault = None if fits else _wrong_length(length, PRS_SHORTEST)
    return found.add("prs", number.digits, (start, number.end), fault=fault)


def find_invoice_numbers(found: Findings) -> None:
    """Add each invoice number: whole, a beginning (fault `partial`), or with 1406 as the manual once prints."""
    plain = found.folded.plain
    named = INVOICE_WORD.search(plain) is not None
    for match in INVOICE_START.finditer(plain):
        number = join_groups(read_groups(plain, match.start()), INVOICE_DIGITS, solid=8)
        length = len(number.digits)
        if length < SURE_BEGINNING and not (named or len(plain.strip()) == number.end - number.start):
            continue
        if length > 4:
            _add_invoice(found, number)
    for match in NAMED_INVOICE.finditer(plain):
        number = join_groups(read_groups(plain, match.end()), INVOICE_DIGITS, solid=5)
        _add_doubtful_invoice(found, number)


def _add_invoice(found: Findings, number: Number) -> None:
    span = (number.start, number.end)
    if len(number.digits) > INVOICE_DIGITS:
        found.add("invoice_number", number.digits, span, fault="too_long")
    elif number.digits.startswith("1406"):
        proposal = f"1046{number.digits[4:]}"
        found.add("invoice_number", number.digits, span, fault="prefix_1406", proposal=proposal)
    else:
        fault = "partial" if len(number.digits) < INVOICE_DIGITS else None
        found.add("invoice_number", number.digits, span, fault=fault)


def _add_doubtful_invoice(found: Findings, number: Number) -> None:
    """Add what stands where an invoice number should: six digits lack 1046, nine or more are another's."""
    digits, span = number.digits, (number.start, number.end)
    if YEAR_MONTH.fullmatch(digits):
        return
    if len(digits) == 6:
        found.add("invoice_number", digits, span, fault="too_short", proposal=f"1046{digits}")
    elif 9 <= len(digits) <= 12:
        found.add("invoice_number", digits, span, fault="prefix")
