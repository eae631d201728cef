"""Answer `ticket.derogation`: what a contract provides and the reservation does not know goes to people (DIS-13)."""

from __future__ import annotations

from pydantic import BaseModel

from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Summary, Values
from handlers.reply import Reply, reply
from handlers.request import Request
from handlers.router import Router
from handlers.tickets import promise
from locales.phrases import as_is, say
from locales.words import words_of

router = Router()


class DerogationWish(BaseModel):
    """What the Distripost team must know to apply a derogation to a reservation."""

    prs: str
    agreed: str
    reservation: str


def summary(values: Values) -> Summary:
    """Sum the request up (CNV-2)."""
    return (
        (say("PRS number"), as_is(values["prs"])),
        (say("Derogation"), as_is(values["agreed"])),
        (say("Reservation"), as_is(values["reservation"])),
    )


DEROGATION = Form(
    "ticket.derogation",
    say("A derogation of your contract"),
    (
        Field(
            "prs",
            "text",
            say("PRS number"),
            say("What is the PRS number of your contract? You find it on every invoice."),
            entity="prs",
            max_length=20,
        ),
        Field(
            "agreed",
            "text",
            say("Derogation"),
            say("What does your contract provide that the reservation does not know?"),
            max_length=2000,
        ),
        Field(
            "reservation",
            "text",
            say("Reservation"),
            say("For which distribution? Please give the places, the dates and the number of leaflets."),
            max_length=2000,
        ),
    ),
    DerogationWish,
    summary=summary,
    confirm_label=say("Send"),
)


@router.add("ticket.derogation", form=DEROGATION, linked=False)
async def derogation(request: Request, desk: Desk) -> Reply:
    """Pass the request on with what was already said."""
    rows = summary(request.wish(DerogationWish).model_dump())
    person, words = request.session.person, words_of(request.session.language)
    companies = request.session.memberships
    ticket = await desk.tickets.open(
        conversation_id=desk.conversation_id,
        user_id=person.id if person else None,
        company_id=companies[0].company_id if len(companies) == 1 else None,
        language=request.session.language,
        subject="derogation",
        summary="\n".join(f"{words.write(label)}: {words.write_value(value)}" for label, value in rows),
        transcript=request.transcript,
        now=request.now,
    )
    return reply(*promise(ticket, desk), remember={})
