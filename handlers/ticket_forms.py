"""Declare the forms of tickets: which one, what is to be said, who gets it (TIC-2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Option, Received, Refusal, Summary, Values
from handlers.reply import Choice, Choices, Notice, Text, Wish
from handlers.request import Request
from locales.phrases import Phrase, as_is, say
from services.ticket_queue import QueueFilter
from services.tickets import UnknownTicket

# What stands after the number and a colon is what is to be said: "répondre à GC-2026-000318 : c'est réglé".
AFTER_NUMBER = re.compile(
    r"gc[\s-]*\d{4}[\s-]*\d{6}[^:«“\"]{0,40}[:«“\"]\s*(.+?)[»”\"]?\s*$", re.IGNORECASE | re.S
)
# What says that words are for colleagues: before the number, or at the very beginning of the words.
FOR_COLLEAGUES = re.compile(
    r"^[^:«“\"]{0,60}?\b(note[rz]?|intern(e|al|ally)?|notitie|noteer|noteren|notiz|notiere|notieren|vermerk)\b"
    r"[^:«“\"]{0,60}?\bgc[\s-]*\d{4}"
    r"|^\W*(notes? internes?|internal notes?|interne (notitie|notiz)|notiz intern)\b",
    re.IGNORECASE,
)
LONGEST = 4000


class OneTicket(BaseModel):
    """Which ticket."""

    ticket_number: str


class Words(OneTicket):
    """What is to be said in which ticket."""

    message: str


class HandOver(OneTicket):
    """Which ticket goes to which agent."""

    email: str


class Merge(OneTicket):
    """Which ticket is a duplicate of which other."""

    into: str


async def tickets_at_hand(request: Request, desk: Desk, values: Values) -> Sequence[Option]:
    """Offer the tickets that are the person's own, and the one that was named."""
    named = values.get("ticket_number")
    if desk.queue is not None:
        queued = await desk.queue.list_queue(QueueFilter(mine=True), request.now)
        found = [(ticket.number, ticket.summary) for ticket in queued]
    else:
        found = [(ticket.number, ticket.summary) for ticket in await desk.tickets.list_own()]
    options = [Option(number, _label(number, summary)) for number, summary in found]
    if isinstance(named, str) and named not in {number for number, _ in found}:
        options += await _named(named, desk)
    return options


async def _named(number: str, desk: Desk) -> list[Option]:
    try:
        known = await (desk.queue.find(number) if desk.queue is not None else desk.tickets.find(number))
    except UnknownTicket:
        return []
    return [Option(known.number, _label(known.number, known.summary))]


def _label(number: str, summary: str) -> Phrase:
    first = " ".join(summary.split())[:60]
    return as_is(f"{number}: {first}")


async def none_at_hand(request: Request, desk: Desk) -> Received | None:
    """Say so where a customer has no request that could be meant, named or not."""
    if desk.queue is not None or request.entities.get("ticket_number") or await desk.tickets.list_own():
        return None
    return Received(
        (
            Text(say("You have no open request with us.")),
            Choices((Choice(say("Ask the Service Centre"), Wish("ticket.open", repeatable=False)),)),
        )
    )


async def no_notes(request: Request, desk: Desk) -> Received | None:
    """Take no words for colleagues for an answer: a note is a command of its own, so that none ever leaves."""
    if desk.queue is None or FOR_COLLEAGUES.search(request.text) is None:
        return await none_at_hand(request, desk)
    number, words = request.entities.get("ticket_number"), said(request.entities, request.text)
    warning = Notice(
        say(
            "Is this for colleagues only? I have sent nothing. An internal note begins with /guichet note; what the "
            "customer is to read, with /guichet answer."
        ),
        "warning",
    )
    if not (number and words):
        return Received((warning,))
    note = Wish("ticket.note", {"ticket_number": number, "message": words}, repeatable=False)
    return Received((warning, Choices((Choice(say("Write it down as an internal note"), note),))))


def said(entities: Mapping[str, Any], text: str) -> Any:
    """Take what is to be said: what a command gave, or what stands after the number and a colon."""
    given = entities.get("message")
    if isinstance(given, str) and given:
        return given
    match = AFTER_NUMBER.search(text)
    return match[1] if match else None


async def check_other(value: Any, _request: Request, desk: Desk, values: Values) -> Refusal | None:
    """Refuse a target that is not there, or the ticket itself."""
    number = canonical(str(value))
    if number is None or number == values.get("ticket_number") or not await _named(number, desk):
        return Refusal(say("Please give the number of the other request."))
    return None


def canonical(said: str) -> str | None:
    """Read a ticket's number however it is written: "gc 2026 000318", "2026-000318"."""
    match = re.search(r"(?:gc)?[\s-]*(20\d\d)[\s-]*(\d{6})\b", said, re.IGNORECASE)
    return f"GC-{match[1]}-{match[2]}" if match else None


TICKET = Field(
    "ticket_number",
    "choice",
    say("Request number"),
    say("Which request?"),
    options=tickets_at_hand,
    unknown=say("I do not know a request {value} here."),
)
MESSAGE = Field(
    "message",
    "text",
    say("Message"),
    say("What shall I write?"),
    # Named, so that "bonjour, …" is taken for the words and not for a greeting in between.
    entity="message",
    takes=said,
    max_length=LONGEST,
)


async def summed_up(_request: Request, desk: Desk, values: Values) -> Summary:
    """Sum up for whom something is done, and what."""
    number = str(values["ticket_number"])
    rows: list[tuple[Phrase, Any]] = [(say("Request number"), number)]
    if desk.queue is not None:
        ticket = await desk.queue.find(number)
        rows.append((say("Customer"), ticket.customer_name or say("an unknown person")))
        rows.append((say("Summary"), " ".join(ticket.summary.split())[:200]))
    else:
        own = await desk.tickets.find(number)
        rows.append((say("Summary"), " ".join(own.summary.split())[:200]))
    if values.get("message"):
        rows.append((say("Message"), str(values["message"])))
    if values.get("email"):
        rows.append((say("New colleague in charge"), str(values["email"])))
    if values.get("into"):
        rows.append((say("Goes on as"), str(values["into"])))
    return tuple(rows)


REPLY = Form(
    "ticket.reply",
    say("Message about a request"),
    (TICKET, MESSAGE),
    Words,
    looked_up_summary=summed_up,
    confirm_label=say("Send"),
    receive=no_notes,
)
# A note stays inside and harms nobody: it is written down at once.
NOTE = Form("ticket.note", say("Internal note"), (TICKET, MESSAGE), Words)
CLOSE = Form(
    "ticket.close",
    say("Close a request"),
    (TICKET,),
    OneTicket,
    looked_up_summary=summed_up,
    confirm_label=say("Close it"),
    receive=none_at_hand,
)
SOLVE = Form(
    "ticket.solve",
    say("Mark a request as solved"),
    (TICKET,),
    OneTicket,
    looked_up_summary=summed_up,
    confirm_label=say("Solved"),
)
REOPEN = Form(
    "ticket.reopen",
    say("Open a request again"),
    (TICKET,),
    OneTicket,
    looked_up_summary=summed_up,
    confirm_label=say("Open it again"),
)
PUT_BACK = Form(
    "ticket.put_back",
    say("Back into the queue"),
    (TICKET,),
    OneTicket,
    looked_up_summary=summed_up,
)
HAND_OVER = Form(
    "ticket.hand_over",
    say("Hand a request over"),
    (
        TICKET,
        Field(
            "email",
            "email",
            say("New colleague in charge"),
            say("To whom? Please give the e-mail address."),
            entity="email",
        ),
    ),
    HandOver,
    looked_up_summary=summed_up,
    confirm_label=say("Hand over"),
)
MERGE = Form(
    "ticket.merge",
    say("Merge a duplicate"),
    (
        TICKET,
        Field(
            "into",
            "text",
            say("Goes on as"),
            say("Into which request? Please give its number."),
            examine=check_other,
        ),
    ),
    Merge,
    looked_up_summary=summed_up,
    confirm_label=say("Merge"),
)
