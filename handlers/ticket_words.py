"""Word what happens to tickets: states, subjects, the messages that go between customers and agents (TIC-2, TIC-3)."""

from __future__ import annotations

from handlers.reply import Block, Choice, Choices, Errand, Notice, Reply, Text, Wish, reply
from locales.phrases import Phrase, as_is, say
from services.errors import GuichetError
from services.ticket_queue import CustomerGone, HadBySomebodyElse, NoSuchAgent, NotOfTheSameCustomer
from services.ticket_relay import Message
from services.ticket_states import NotInThisState, TicketState
from services.tickets import ToDeliver, UnknownTicket

STATES: dict[TicketState, Phrase] = {
    # Translators: the state of a request to the Service Centre.
    "new": say("new"),
    # Translators: the state of a request: a colleague has taken it up.
    "taken": say("being handled"),
    # Translators: the state of a request: it is the customer's turn to answer.
    "waiting": say("waiting for the customer"),
    # Translators: the state of a request.
    "solved": say("solved"),
    # Translators: the state of a request.
    "closed": say("closed"),
}
SUBJECTS: dict[str, Phrase] = {
    # Translators: what a request to the Service Centre is about.
    "question": say("question"),
    # Translators: what a request to the Service Centre is about.
    "option": say("option"),
    # Translators: what a request to the Service Centre is about.
    "supplies": say("material"),
    # Translators: what a request to the Service Centre is about.
    "access": say("access"),
    # Translators: what a request to the Service Centre is about.
    "password": say("password"),
    # Translators: what a request to the Service Centre is about.
    "derogation": say("derogation"),
    # Translators: what a request to the Service Centre is about.
    "distripost": say("Distripost"),
}
RATINGS = ("1", "2", "3", "4", "5")


def carry(message: ToDeliver) -> Errand:
    """Have a message of a ticket carried to whom it is for, in the order in which they were written."""
    return Errand("ticket_relay", message.message_id, f"ticket:{message.ticket_id}")


def subject_name(subject: str) -> Phrase:
    """Name what a ticket is about; a subject of data is written as it is."""
    return SUBJECTS.get(subject, as_is(subject))


def ticket_wish(intent: str, number: str, *, repeatable: bool = True) -> Wish:
    """Ask for something to be done with a ticket."""
    return Wish(intent, {"ticket_number": number}, repeatable=repeatable)


def agents_choices(number: str) -> Choices:
    """Offer an agent what can be done with a ticket that he has."""
    return Choices(
        (
            Choice(say("Answer"), ticket_wish("ticket.reply", number), primary=True),
            Choice(say("Internal note"), ticket_wish("ticket.note", number)),
            Choice(say("Solved"), ticket_wish("ticket.solve", number)),
            Choice(say("Close it"), ticket_wish("ticket.close", number)),
            Choice(say("See all of it"), ticket_wish("ticket.status", number)),
        )
    )


def message_blocks(message: Message) -> tuple[Block, ...]:
    """Word a message of a ticket for whom it is for."""
    return _for_customer(message) if message.to_customer else _for_agent(message)


def _for_customer(message: Message) -> tuple[Block, ...]:
    number, agent = message.ticket_number, message.author_name or ""
    match message.kind:
        case "taken":
            return (
                Notice(
                    say(
                        "{agent} of the Service Centre is taking care of your request {number}.",
                        agent=agent,
                        number=number,
                    )
                ),
                Text(
                    say(
                        "What you write here goes to this colleague. To speak with me in between, begin with "
                        "“guichet, …” or press a button."
                    )
                ),
            )
        case "words":
            return (
                Notice(say("{agent}, Service Centre, about {number}:", agent=agent, number=number)),
                Text(as_is(message.text)),
            )
        case "solved":
            return (
                Notice(say("We believe that your request {number} is solved.", number=number), "success"),
                Choices(
                    (
                        Choice(say("Yes, it can be closed"), ticket_wish("ticket.close", number)),
                        Choice(say("No, not yet"), ticket_wish("ticket.reply", number)),
                    ),
                    say("Is it in order for you?"),
                ),
            )
        case "merged":
            return (
                Notice(
                    say(
                        "We handle your request {number} together with {other}: that is the number that counts "
                        "now.",
                        number=number,
                        other=message.text,
                    )
                ),
            )
    return (
        Notice(say("Your request {number} is closed.", number=number), "success"),
        satisfaction(number),
        Choices((Choice(say("Open it again"), ticket_wish("ticket.reply", number)),)),
    )


def satisfaction(number: str) -> Choices:
    """Ask how content the customer was, from 1 to 5."""
    return Choices(
        tuple(
            Choice(
                as_is(rating),
                Wish("ticket.rate", {"ticket_number": number, "rating": int(rating)}, repeatable=False),
            )
            for rating in RATINGS
        ),
        say("How satisfied are you with our answer, from 1 (not at all) to 5 (very)?"),
    )


def _for_agent(message: Message) -> tuple[Block, ...]:
    number = message.ticket_number
    customer = message.customer_name or say("an unknown person")
    match message.kind:
        case "words":
            said = say("{customer} writes about {number}:", customer=customer, number=number)
            return (Notice(said), Text(as_is(message.text)), agents_choices(number))
        case "closed":
            return (Notice(say("{customer} has closed {number}.", customer=customer, number=number)),)
        case "handed_over":
            said = say("{agent} hands {number} over to you.", agent=message.author_name or "", number=number)
            return (Notice(said), Text(as_is(message.summary)), agents_choices(number))
        case "overdue":
            said = say("{number} is overdue: it was due by {due_at}.", number=number, due_at=message.due_at)
        case _:
            said = say("{number} is due soon: by {due_at}.", number=number, due_at=message.due_at)
    return (
        Notice(said, "warning"),
        Choices(
            (
                Choice(say("Take"), ticket_wish("ticket.take", number)),
                Choice(say("See all of it"), ticket_wish("ticket.status", number)),
            )
        ),
    )


def refused(fact: GuichetError) -> Reply:
    """Word a fact that stands in the way of what was asked for; raises a fact that is not of tickets."""
    match fact:
        case UnknownTicket(number):
            return reply(Notice(say("I do not know a request {number} here.", number=number), "warning"))
        case NotInThisState(number, state):
            return reply(
                Notice(
                    say(
                        "That cannot be done with {number} as it stands: {state}.",
                        number=number,
                        state=STATES[state],
                    ),
                    "warning",
                )
            )
        case HadBySomebodyElse(number, None):
            return reply(
                Notice(say("Nobody has taken {number} yet: take it first.", number=number), "warning"),
                Choices((Choice(say("Take"), ticket_wish("ticket.take", number)),)),
            )
        case HadBySomebodyElse(number, str(name)):
            return reply(Notice(say("{agent} has {number} already.", agent=name, number=number), "warning"))
        case NotOfTheSameCustomer(number, other):
            return reply(
                Notice(
                    say(
                        "{number} and {other} are not of the same customer: they stay apart.",
                        number=number,
                        other=other,
                    ),
                    "warning",
                )
            )
        case CustomerGone(number):
            return reply(
                Notice(
                    say(
                        "The chat that {number} came from is no longer this customer's: please write an e-mail.",
                        number=number,
                    ),
                    "warning",
                )
            )
        case NoSuchAgent(email):
            return reply(Notice(say("{email} is not an agent.", email=email), "warning"))
    raise fact
