"""Let customers follow and continue their requests; agents who say the same mean the queue (TIC-2)."""

from __future__ import annotations

from handlers.desk import Desk
from handlers.reply import Block, Choice, Choices, Notice, Reply, Table, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from handlers.ticket_desk import agents_answer, agents_close, agents_file, agents_queue
from handlers.ticket_forms import CLOSE, REPLY, OneTicket, Words
from handlers.ticket_words import STATES, carry, refused, satisfaction, subject_name, ticket_wish
from locales.phrases import as_is, say
from services.errors import GuichetError
from services.ticket_states import AT_WORK
from services.tickets import OwnTicket

router = Router()
ASK = Choice(say("Ask the Service Centre"), Wish("ticket.open", repeatable=False))


@router.add("ticket.status", linked=False)
async def status(request: Request, desk: Desk) -> Reply:
    """Say where a request stands."""
    number = request.entities.get("ticket_number")
    if desk.queue is not None and isinstance(number, str):
        return await agents_file(number, desk)
    if not isinstance(number, str):
        return await list_(request, desk)
    try:
        ticket = await desk.tickets.find(number)
    except GuichetError as fact:
        return refused(fact)
    return reply(*_standing(ticket), _choices(ticket), remember={"ticket_number": number})


@router.add("ticket.list", linked=False)
async def list_(request: Request, desk: Desk) -> Reply:
    """List the open requests of a customer; the queue, for an agent."""
    if desk.queue is not None:
        return await agents_queue(request, desk)
    tickets = await desk.tickets.list_own()
    if not tickets:
        return reply(Text(say("You have no open request with us.")), Choices((ASK,)))
    if len(tickets) == 1:
        return reply(*_standing(tickets[0]), _choices(tickets[0]))
    return reply(
        Table(
            say("Your open requests"),
            (say("Number"), say("Subject"), say("State"), say("Answer by")),
            tuple(
                (ticket.number, subject_name(ticket.subject), STATES[ticket.state], ticket.due_at)
                for ticket in tickets
            ),
            tuple(
                (
                    Choice(say("Where does it stand?"), ticket_wish("ticket.status", ticket.number)),
                    Choice(say("Add something"), ticket_wish("ticket.reply", ticket.number)),
                )
                for ticket in tickets
            ),
        )
    )


@router.add("ticket.reply", form=REPLY, linked=False)
async def answer(request: Request, desk: Desk) -> Reply:
    """Add a customer's words to a request, which opens it again; send an agent's answer to the customer."""
    wish = request.wish(Words)
    if desk.queue is not None:
        return await agents_answer(wish, request, desk)
    try:
        ticket, message = await desk.tickets.write(wish.ticket_number, wish.message, request.now)
    except GuichetError as fact:
        return refused(fact)
    said = reply(
        Notice(say("Added to your request {number}.", number=ticket.number), "success"),
        Text(say("A colleague answers by {due_at} at the latest.", due_at=ticket.due_at)),
        remember={},
    )
    return Reply(said.blocks, remember={}, errands=(carry(message),))


@router.add("ticket.close", form=CLOSE, linked=False)
async def close(request: Request, desk: Desk) -> Reply:
    """Close a request that is settled."""
    number = request.wish(OneTicket).ticket_number
    if desk.queue is not None:
        return await agents_close(number, request, desk)
    try:
        ticket, message = await desk.tickets.close(number, request.now)
    except GuichetError as fact:
        return refused(fact)
    blocks: tuple[Block, ...] = (
        Notice(say("Your request {number} is closed.", number=ticket.number), "success"),
        satisfaction(ticket.number),
    )
    return Reply(blocks, remember={}, errands=(carry(message),))


@router.add("ticket.rate", linked=False)
async def rate(request: Request, desk: Desk) -> Reply:
    """Note how content a customer was."""
    number, rating = request.entities.get("ticket_number"), request.entities.get("rating")
    if not isinstance(number, str) or rating not in (1, 2, 3, 4, 5):
        return await list_(request, desk)
    try:
        await desk.tickets.rate(number, rating)
    except GuichetError as fact:
        return refused(fact)
    if rating <= 2:
        return reply(
            Text(say("Thank you for telling us. What should we have done better?")),
            Choices((Choice(say("Write to the Service Centre"), ticket_wish("ticket.reply", number)),)),
        )
    return reply(Text(say("Thank you for telling us.")))


def _standing(ticket: OwnTicket) -> tuple[Block, ...]:
    blocks: list[Block] = [
        Text(
            say(
                "Your request {number} ({subject}) of {opened_at}: {state}.",
                number=ticket.number,
                subject=subject_name(ticket.subject),
                opened_at=ticket.opened_at,
                state=STATES[ticket.state],
            )
        )
    ]
    if ticket.agent_name is not None and ticket.state != "closed":
        blocks.append(Text(say("{agent} is taking care of it.", agent=ticket.agent_name)))
    if ticket.state in AT_WORK:
        blocks.append(Text(say("You will have an answer by {due_at} at the latest.", due_at=ticket.due_at)))
    if ticket.last_answer is not None:
        blocks.append(Text(say("Our last answer: {answer}", answer=as_is(ticket.last_answer))))
    return tuple(blocks)


def _choices(ticket: OwnTicket) -> Choices:
    if ticket.state == "closed":
        return Choices((Choice(say("Open it again"), ticket_wish("ticket.reply", ticket.number)),))
    return Choices(
        (
            Choice(say("Add something"), ticket_wish("ticket.reply", ticket.number)),
            Choice(say("Close it"), ticket_wish("ticket.close", ticket.number)),
        )
    )
