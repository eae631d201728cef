"""Show tickets to the agents' page as plain JSON: facts, which the page words in the agent's language."""

from __future__ import annotations

from typing import Any

from bot.channels.web.agents_work import AtWork
from handlers.reply import Table
from locales.words import Words
from services.agents_view import CustomerCard
from services.ticket_queue import QueuedTicket, TicketFile
from services.ticket_states import AT_WORK, TRANSITIONS

Json = dict[str, Any]

SHORT = 160
# What can be decided where a ticket asks for an option (OPT-3).
OPTION_ACTS = ("accept_option", "decline_option")


def shown_ticket(ticket: QueuedTicket, work: AtWork) -> Json:
    """Give a ticket as the queue shows it."""
    summary = " ".join(ticket.summary.split())
    return {
        "number": ticket.number,
        "state": ticket.state,
        "subject": ticket.subject,
        "language": ticket.language,
        "summary": summary if len(summary) <= SHORT else f"{summary[: SHORT - 1]}…",
        "opened_at": ticket.opened_at.isoformat(),
        "due_at": ticket.due_at.isoformat(),
        "overdue": ticket.state in AT_WORK and ticket.due_at < work.now,
        "customer": ticket.customer_name,
        "company": ticket.company_name,
        "agent": ticket.assignee_name,
        "mine": ticket.assignee_id == work.person.id,
    }


def shown_file(file: TicketFile, work: AtWork) -> Json:
    """Give all about a ticket: words and notes in the order in which they were written, each of its own kind."""
    ticket = file.ticket
    said: list[tuple[Any, Json]] = [
        (
            line.at,
            {
                "kind": "answer" if line.to_customer else "customer",
                "event": None if line.kind == "words" else line.kind,
                "author": line.author_name,
                "text": line.text,
                "at": line.at.isoformat(),
            },
        )
        for line in file.lines
    ]
    said += [
        (
            note.at,
            {
                "kind": "note",
                "event": None,
                "author": note.author_name,
                "text": note.text,
                "at": note.at.isoformat(),
            },
        )
        for note in file.notes
    ]
    return {
        "ticket": {**shown_ticket(ticket, work), "summary": ticket.summary},
        "can": [*_can(ticket, work), *(OPTION_ACTS if file.option_request_id is not None else ())],
        "transcript": [_transcript_line(line) for line in file.transcript],
        "lines": [line for _at, line in sorted(said, key=lambda pair: pair[0])],
    }


def _transcript_line(line: str) -> Json:
    who, _, text = line.partition(": ")
    return {"customer": who == "customer", "text": text}


def _can(ticket: QueuedTicket, work: AtWork) -> list[str]:
    """List what the page offers; whether it happens, the queue decides when it is asked for."""
    possible = {event for state, event in TRANSITIONS if state == ticket.state}
    mine = ticket.assignee_id == work.person.id
    if not mine:
        possible -= {"answer", "solve"}
    if not mine and ticket.assignee_id is not None:
        possible.discard("close")
    if ticket.state == "new":
        # An answer takes what nobody has.
        possible |= {"answer", "hand_over"}
    return sorted(possible - {"customer_writes"})


def shown_card(card: CustomerCard) -> Json:
    """Give who a customer is."""
    return {
        "name": card.name,
        "email": card.email,
        "language": card.language,
        "has_left": card.has_left,
        "companies": [{"name": one.name, "rights": sorted(one.rights)} for one in card.companies],
        "channel": card.channel,
        "wrote_at": card.wrote_at.isoformat() if card.wrote_at else None,
        "others": [
            {
                "number": one.number,
                "state": one.state,
                "subject": one.subject,
                "summary": " ".join(one.summary.split())[:SHORT],
                "opened_at": one.opened_at.isoformat(),
            }
            for one in card.others
        ],
    }


def shown_table(table: Table, words: Words) -> Json:
    """Give a table's cells in the reader's language."""
    return {
        "columns": [words.write(column) for column in table.columns],
        "rows": [[words.write_value(cell) for cell in row] for row in table.rows],
    }
