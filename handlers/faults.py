"""Say what is wrong with a number or a date, and how it should look: never search with half of it (bad input)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from handlers.periods import Period, predefined
from handlers.reply import Block, Choice, Choices, Notice, Reply, Wish, reply
from handlers.request import Request
from intents.entities.mention import Mention
from locales.phrases import Phrase, as_is, say

# What leads a day or a year in a sentence is no part of it: "du 31 février" is the 31st of February.
LEADS = re.compile(
    r"^(?:(?:du|de|des|au|le|la|en|pour|van|op|voor|in|of|on|for|from|the|vom|von|am|im|für|den)\s+|d['’])+",
    re.IGNORECASE,
)
LED = frozenset({"no_such_day", "year_out_of_range"})
# A beginning of an invoice number is enough to search with (INV-2).
HARMLESS = frozenset({"partial"})

LOOKS: dict[str, Phrase] = {
    "invoice_number": say("An invoice number has ten digits and begins with 1046."),
    "operational_id": say("An operational ID is CS followed by twelve digits."),
    "prs": say("A PRS number has five to ten digits."),
    "barcode": say("A barcode looks like RR 123 456 785 BE: two letters, nine digits, BE."),
}

FAULTS: dict[str, Phrase] = {
    "too_short": say("{said}: some digits are missing here."),
    "too_long": say("{said}: there are too many digits here."),
    "check_digit": say("{said}: this number seems to be mistyped, its check digit is not right."),
    "prefix_1406": say("{said} begins with 1406, but invoice numbers begin with 1046."),
    "no_such_day": say("{said}: that day does not exist."),
    "end_before_start": say("{said}: this period ends before it begins."),
    "year_out_of_range": say("{said}: that year is too far away."),
}
UNKNOWN_FAULT = say("{said}: I cannot read this.")


def explain(request: Request) -> Reply | None:
    """Explain the faults that stand in the way of a request; None where none does."""
    serious = [_whole(request.text, fault) for fault in request.faults]
    serious = [fault for fault in serious if fault.fault not in HARMLESS]
    if not serious:
        return None
    blocks: list[Block] = [Notice(_explanation(request.text, fault), "warning") for fault in serious[:3]]
    proposals = tuple(_proposal(request, fault) for fault in serious if fault.proposal is not None)
    if proposals:
        blocks.append(Choices(proposals, say("Did you mean this?")))
    elif any(fault.entity in {"period", "date"} for fault in serious):
        blocks.append(Choices(_periods(request)))
    return reply(*blocks)


def _whole(text: str, fault: Mention) -> Mention:
    """Take a beginning that goes on in letters ("1046100O91") for what it is: a number mistyped, not a short one."""
    end = fault.end
    while end < len(text) and text[end].isalnum():
        end += 1
    if fault.fault not in HARMLESS or end == fault.end:
        return fault
    return replace(fault, fault="mistyped", end=end, proposal=None)


def _periods(request: Request) -> tuple[Choice, ...]:
    """Offer sensible periods where nothing can be guessed from what was said (GEN-6)."""
    said = {name: value for name, value in request.entities.items() if name != "period"}
    return tuple(
        Choice(option.label, Wish(request.intent, {**said, "period": option.value}))
        for option in predefined(request.today)
    )


def _explanation(text: str, fault: Mention) -> Phrase:
    pattern = FAULTS.get(fault.fault or "", UNKNOWN_FAULT)
    said = text[fault.start : fault.end][:60] or str(fault.value)
    if fault.fault in LED:
        said = LEADS.sub("", said) or said
    sentence = Phrase(pattern.msgid, {"said": said})
    looks = LOOKS.get(fault.entity)
    # Translators: two sentences that follow each other: what is wrong, how it should look.
    return say("{fault} {looks}", fault=sentence, looks=looks) if looks else sentence


def _proposal(request: Request, fault: Mention) -> Choice:
    entities: Mapping[str, Any] = {**request.entities, fault.entity: fault.proposal}
    return Choice(_label(fault.entity, fault.proposal), Wish(request.intent, entities), primary=True)


def _label(entity: str, proposal: Any) -> Phrase:
    if entity == "date":
        return say("{day}", day=date.fromisoformat(proposal))
    if isinstance(proposal, Mapping):
        return say("{period}", period=Period.model_validate(dict(proposal)).days())
    return as_is(str(proposal))
