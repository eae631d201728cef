"""Hand over to a person (TIC-1): what was said goes along, the customer gets a number and a promise."""

from __future__ import annotations

from pydantic import BaseModel

from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Values
from handlers.reply import Block, Notice, Reply, Text, reply
from handlers.request import Request
from handlers.router import Router
from locales.phrases import Phrase, Value, say
from services.tickets import OpenedTicket

router = Router()


class TicketWish(BaseModel):
    """What a person should know."""

    question: str


def summary(values: Values) -> tuple[tuple[Phrase, Value], ...]:
    """Sum the ticket up before it is opened (CNV-2)."""
    return ((say("Your question"), str(values["question"])),)


OPEN = Form(
    "ticket.open",
    say("Ask the Service Centre"),
    (
        Field(
            "question",
            "text",
            say("Your question"),
            say("What may I pass on to my colleagues? Please describe it in a sentence or two."),
            entity="question",
        ),
    ),
    TicketWish,
    summary=summary,
    confirm_label=say("Send"),
)


@router.add("ticket.open", form=OPEN, linked=False)
async def open_ticket(request: Request, desk: Desk) -> Reply:
    """Open a ticket with the conversation so far."""
    wish = request.wish(TicketWish)
    person = request.session.person
    memberships = request.session.memberships
    ticket = await desk.tickets.open(
        conversation_id=desk.conversation_id,
        user_id=person.id if person else None,
        company_id=memberships[0].company_id if len(memberships) == 1 else None,
        language=request.session.language,
        subject="question",
        summary=wish.question,
        transcript=request.transcript,
        now=request.now,
    )
    return reply(*promise(ticket, desk))


def promise(ticket: OpenedTicket, desk: Desk) -> tuple[Block, ...]:
    """Give a ticket's number and by when somebody answers (TIC-1)."""
    return (
        Notice(say("Passed on under number {number}.", number=ticket.number), "success"),
        Text(
            say(
                "A colleague of the Service Centre answers by {due_at} at the latest. In a hurry? Call {phone}.",
                due_at=ticket.due_at,
                phone=desk.contacts.phone,
            )
        ),
    )
