"""Let agents work on tickets by chat: queue, take, answer, note, hand over, solve, close, merge (TIC-2)."""

from __future__ import annotations

from dataclasses import replace

from handlers.desk import Desk
from handlers.reply import Block, Choice, Choices, Notice, Reply, Table, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from handlers.ticket_forms import (
    HAND_OVER,
    MERGE,
    NOTE,
    PUT_BACK,
    REOPEN,
    SOLVE,
    HandOver,
    Merge,
    OneTicket,
    Words,
    canonical,
)
from handlers.ticket_words import (
    STATES,
    SUBJECTS,
    agents_choices,
    carry,
    refused,
    subject_name,
    ticket_wish,
)
from locales.phrases import Phrase, Value, as_is, say
from services.errors import GuichetError
from services.ticket_queue import QueuedTicket, QueueFilter, TicketQueue
from services.ticket_states import STATES as ALL_STATES
from services.tickets import ToDeliver

router = Router()
LANGUAGES = ("fr", "nl", "en", "de")


def at_desk(desk: Desk) -> TicketQueue:
    """Give the queue to whom the router has let through."""
    assert desk.queue is not None
    return desk.queue


async def agents_queue(request: Request, desk: Desk) -> Reply:
    """Show the queue, narrowed as asked for."""
    wanted = _filter(request)
    tickets = await at_desk(desk).list_queue(wanted, request.now)
    filters = Choices(
        (
            Choice(say("Take the next one"), Wish("ticket.take", {"next": True}, repeatable=True)),
            Choice(say("Mine"), Wish("ticket.list", {"mine": True})),
            Choice(say("Overdue"), Wish("ticket.list", {"overdue": True})),
            Choice(say("New ones"), Wish("ticket.list", {"state": "new"})),
        )
    )
    if not tickets:
        return reply(Text(say("Nothing waits here.")), filters, remember={})
    return reply(_queue_table(tickets, request), filters, remember={})


def _queue_table(tickets: tuple[QueuedTicket, ...], request: Request) -> Table:
    return Table(
        say("Queue"),
        (say("Number"), say("Subject"), say("Language"), say("Customer"), say("State"), say("Answer by")),
        tuple(
            (
                ticket.number,
                subject_name(ticket.subject),
                as_is(ticket.language.upper()),
                ticket.customer_name or say("an unknown person"),
                _state(ticket, request),
                ticket.due_at,
            )
            for ticket in tickets
        ),
        tuple(_row_choices(ticket) for ticket in tickets),
    )


def _state(ticket: QueuedTicket, request: Request) -> Phrase:
    state = STATES[ticket.state]
    if ticket.state in ("new", "taken") and ticket.due_at < request.now:
        # Translators: the state of a request, which should have been answered before.
        state = say("{state}, overdue", state=state)
    if ticket.assignee_name is None:
        return state
    # Translators: the state of a request and who has it.
    return say("{state} ({agent})", state=state, agent=ticket.assignee_name)


def _row_choices(ticket: QueuedTicket) -> tuple[Choice, ...]:
    see = Choice(say("See"), ticket_wish("ticket.status", ticket.number))
    if ticket.state == "new":
        return (Choice(say("Take"), ticket_wish("ticket.take", ticket.number)), see)
    return (see,)


def _filter(request: Request) -> QueueFilter:
    said = request.entities
    state = next((state for state in ALL_STATES if state == said.get("state")), None)
    language = said.get("language")
    return QueueFilter(
        state=state,
        subject=str(said["subject"]) if said.get("subject") in SUBJECTS else None,
        language=str(language) if language in LANGUAGES else None,
        mine=bool(said.get("mine")),
        overdue=bool(said.get("overdue")),
    )


async def agents_file(number: str, desk: Desk) -> Reply:
    """Show all about a ticket; what is only for colleagues is marked as such."""
    try:
        file = await at_desk(desk).open_file(number)
    except GuichetError as fact:
        return refused(fact)
    ticket = file.ticket
    rows: list[tuple[Value, ...]] = [
        (say("Customer"), ticket.customer_name or say("an unknown person")),
        (say("Company"), ticket.company_name or ""),
        (say("Subject"), subject_name(ticket.subject)),
        (say("Language"), as_is(ticket.language.upper())),
        (say("State"), STATES[ticket.state]),
        (say("In charge"), ticket.assignee_name or ""),
        (say("Answer by"), ticket.due_at),
        (say("Summary"), " ".join(ticket.summary.split())[:300]),
    ]
    blocks: list[Block] = [Table(as_is(number), (say("What"), say("Value")), tuple(rows))]
    if file.transcript:
        blocks.append(Text(say("What was said before:\n{lines}", lines=as_is("\n".join(file.transcript)))))
    for line in file.lines:
        if line.kind == "words":
            author = line.author_name or say("an unknown person")
            blocks.append(Text(say("{author}, {at}: {text}", author=author, at=line.at, text=line.text)))
    blocks.extend(
        Notice(say("Internal note, {author}: {text}", author=note.author_name, text=note.text))
        for note in file.notes
    )
    if file.option_request_id is not None:
        blocks.append(_option_choices(number))
    blocks.append(_choices_for(ticket))
    return reply(*blocks, remember={"ticket_number": number})


def _option_choices(number: str) -> Choices:
    return Choices(
        (
            Choice(say("Activate the option"), ticket_wish("option.accept", number), primary=True),
            Choice(say("Refuse the option"), ticket_wish("option.decline", number)),
        )
    )


def _choices_for(ticket: QueuedTicket) -> Choices:
    if ticket.state == "new":
        return Choices((Choice(say("Take"), ticket_wish("ticket.take", ticket.number), primary=True),))
    if ticket.state in ("solved", "closed"):
        return Choices((Choice(say("Open it again"), ticket_wish("ticket.reopen", ticket.number)),))
    return agents_choices(ticket.number)


async def agents_answer(wish: Words, request: Request, desk: Desk) -> Reply:
    """Send an answer to the customer's conversation."""
    try:
        ticket, message = await at_desk(desk).answer(wish.ticket_number, wish.message, request.now)
    except GuichetError as fact:
        return refused(fact)
    await audited(request, desk, ticket, "ticket.reply")
    done = say("Sent to the customer under {number}.", number=ticket.number)
    return carrying(reply(Notice(done, "success"), remember={}), message)


async def agents_close(number: str, request: Request, desk: Desk) -> Reply:
    """Close a ticket; the customer is told and asked how content they are."""
    try:
        ticket, message = await at_desk(desk).close(number, request.now)
    except GuichetError as fact:
        return refused(fact)
    await audited(request, desk, ticket, "ticket.close")
    done = say("{number} is closed.", number=ticket.number)
    return carrying(reply(Notice(done, "success"), remember={}), message)


@router.add("ticket.take", agent=True)
async def take(request: Request, desk: Desk) -> Reply:
    """Take a ticket, or the one due first: at once, because whoever comes second must know it."""
    number = request.entities.get("ticket_number")
    queue = at_desk(desk)
    try:
        if isinstance(number, str):
            ticket, message = await queue.take(number, request.now)
        else:
            taken = await queue.take_next(request.now)
            if taken is None:
                return reply(Text(say("Nothing waits here.")))
            ticket, message = taken
    except GuichetError as fact:
        return refused(fact)
    await audited(request, desk, ticket, "ticket.take")
    shown = await agents_file(ticket.number, desk)
    done = Notice(say("{number} is yours.", number=ticket.number), "success")
    return carrying(replace(shown, blocks=(done, *shown.blocks)), message)


@router.add("ticket.note", form=NOTE, agent=True)
async def note(request: Request, desk: Desk) -> Reply:
    """Write an internal note: it goes to no conversation but this one, and no errand carries it."""
    wish = request.wish(Words)
    try:
        ticket = await at_desk(desk).note(wish.ticket_number, wish.message, request.now)
    except GuichetError as fact:
        return refused(fact)
    await audited(request, desk, ticket, "ticket.note")
    done = say("Noted in {number}, for colleagues only.", number=ticket.number)
    return reply(Notice(done, "success"), remember={})


@router.add("ticket.solve", form=SOLVE, agent=True)
async def solve(request: Request, desk: Desk) -> Reply:
    """Say that a ticket is solved; the customer may object."""
    try:
        ticket, message = await at_desk(desk).solve(request.wish(OneTicket).ticket_number, request.now)
    except GuichetError as fact:
        return refused(fact)
    await audited(request, desk, ticket, "ticket.solve")
    done = say("{number} is solved; the customer is asked.", number=ticket.number)
    return carrying(reply(Notice(done, "success"), remember={}), message)


@router.add("ticket.reopen", form=REOPEN, agent=True)
async def reopen(request: Request, desk: Desk) -> Reply:
    """Take a solved or closed ticket up again: the customer is told."""
    number = request.wish(OneTicket).ticket_number
    due_at = desk.calendar.add_business_hours(request.now, desk.ticket_times.answer_hours)
    try:
        ticket, message = await at_desk(desk).reopen(number, due_at, request.now)
    except GuichetError as fact:
        return refused(fact)
    await audited(request, desk, ticket, "ticket.reopen")
    return carrying(
        reply(Notice(say("{number} is yours.", number=number), "success"), agents_choices(number)), message
    )


@router.add("ticket.hand_over", form=HAND_OVER, agent=True)
async def hand_over(request: Request, desk: Desk) -> Reply:
    """Hand a ticket over to a colleague."""
    wish = request.wish(HandOver)
    try:
        ticket, message = await at_desk(desk).hand_over(wish.ticket_number, wish.email, request.now)
    except GuichetError as fact:
        return refused(fact)
    await audited(request, desk, ticket, "ticket.hand_over")
    done = say("{agent} has {number} now.", agent=ticket.assignee_name or "", number=ticket.number)
    return carrying(reply(Notice(done, "success"), remember={}), message)


@router.add("ticket.put_back", form=PUT_BACK, agent=True)
async def put_back(request: Request, desk: Desk) -> Reply:
    """Put a ticket back into the queue."""
    try:
        ticket = await at_desk(desk).put_back(request.wish(OneTicket).ticket_number)
    except GuichetError as fact:
        return refused(fact)
    await audited(request, desk, ticket, "ticket.put_back")
    return reply(Notice(say("{number} is back in the queue.", number=ticket.number), "success"), remember={})


@router.add("ticket.merge", form=MERGE, agent=True)
async def merge(request: Request, desk: Desk) -> Reply:
    """Merge a duplicate into another ticket of the same customer."""
    wish = request.wish(Merge)
    into = canonical(wish.into) or wish.into
    try:
        ticket, message = await at_desk(desk).merge(wish.ticket_number, into, request.now)
    except GuichetError as fact:
        return refused(fact)
    await audited(request, desk, ticket, "ticket.merge")
    done = say("{number} goes on as {other}.", number=ticket.number, other=into)
    return carrying(reply(Notice(done, "success"), remember={}), message)


def carrying(answer: Reply, message: ToDeliver) -> Reply:
    """Have a message carried with an answer."""
    return replace(answer, errands=(*answer.errands, carry(message)))


async def audited(request: Request, desk: Desk, ticket: QueuedTicket, action: str) -> None:
    """Note in the audit log what an agent did with a ticket (ACC-9)."""
    assert request.session.person is not None
    account = await desk.people.account(request.session.account_id)
    await desk.audit.note(
        actor=request.session.person.id,
        person=ticket.customer_id,
        subject=ticket.company_id,
        action=action,
        channel=account.channel,
        at=request.now,
        number=ticket.number,
    )
