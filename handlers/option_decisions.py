"""Let an agent activate or refuse the option that a ticket asks for (OPT-3); it takes effect in REC-2."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from handlers.desk import Desk
from handlers.forms.declaration import Form
from handlers.reply import Choice, Choices, Notice, Reply, reply
from handlers.request import Request
from handlers.router import Router
from handlers.ticket_desk import at_desk, audited
from handlers.ticket_forms import TICKET, OneTicket, summed_up
from handlers.ticket_words import refused, ticket_wish
from locales.phrases import Phrase, say
from services.database import Transaction
from services.errors import GuichetError
from services.options import NotWaiting, OptionSpan, activate, refuse

router = Router()
ACCEPT = Form(
    "option.accept",
    say("Activate the option"),
    (TICKET,),
    OneTicket,
    looked_up_summary=summed_up,
    confirm_label=say("Activate"),
)
DECLINE = Form(
    "option.decline",
    say("Refuse the option"),
    (TICKET,),
    OneTicket,
    looked_up_summary=summed_up,
    confirm_label=say("Refuse"),
)
Decide = Callable[..., Awaitable[OptionSpan]]


@router.add("option.accept", form=ACCEPT, agent=True)
async def accept(request: Request, desk: Desk) -> Reply:
    """Activate the option that a ticket asks for."""
    return await _decided(request, desk, activate, "option.accept")


@router.add("option.decline", form=DECLINE, agent=True)
async def decline(request: Request, desk: Desk) -> Reply:
    """Refuse the option that a ticket asks for."""
    return await _decided(request, desk, refuse, "option.decline")


async def _decided(request: Request, desk: Desk, decide: Decide, action: str) -> Reply:
    number = request.wish(OneTicket).ticket_number
    queue = at_desk(desk)
    assert request.session.person is not None
    try:
        file = await queue.open_file(number)
        if file.option_request_id is None:
            return _none_waits(number)
        async with queue.at_work() as session:
            span = await _decide(
                session, decide, file.option_request_id, request.session.person.id, request.now
            )
    except NotWaiting:
        return _none_waits(number)
    except GuichetError as fact:
        return refused(fact)
    await audited(request, desk, file.ticket, action)
    tell = Choice(say("Answer the customer"), ticket_wish("ticket.reply", number), primary=True)
    close = Choice(say("Close it"), ticket_wish("ticket.close", number))
    return reply(Notice(_done(span), "success"), Choices((tell, close)), remember={"ticket_number": number})


async def _decide(
    session: Transaction, decide: Decide, request_id: int, agent_id: int, now: datetime
) -> OptionSpan:
    return await decide(session, request_id, agent_id=agent_id, now=now)


def _done(span: OptionSpan) -> Phrase:
    if span.state == "active":
        return say(
            "The option is active for {operational_id} from {day} on.",
            operational_id=span.operational_id,
            day=span.first_on,
        )
    return say("The option is refused for {operational_id}.", operational_id=span.operational_id)


def _none_waits(number: str) -> Reply:
    return reply(Notice(say("No option waits for a decision under {number}.", number=number), "warning"))
