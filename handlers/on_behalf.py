"""Let agents work on a customer's behalf, and customers see who looked at their data (ACC-10)."""

from __future__ import annotations

from pydantic import BaseModel

from handlers.access import for_agents_only
from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Received, Refusal, Summary, Values
from handlers.names import INTENTS
from handlers.reply import Notice, Reply, Table, Text, reply
from handlers.request import Request
from handlers.router import Router
from handlers.session import Session
from handlers.ticket_desk import at_desk
from locales.phrases import Phrase, Value, say
from services.on_behalf import CustomerRecord, OnBehalf, UnknownCustomer, Visit

router = Router()
SHORTEST_REASON = 4


class OnBehalfWish(BaseModel):
    """For whom, and why."""

    customer: str
    reason: str


async def check_customer(value: str, _request: Request, desk: Desk, _values: Values) -> Refusal | None:
    """Refuse whom nobody is: a colleague, a wrong number, an unknown address."""
    try:
        await _find(desk, value)
    except UnknownCustomer:
        return Refusal(say("I know no customer with this address or PRS number."))
    return None


def check_reason(value: str, _request: Request) -> Refusal | None:
    """Refuse what is no reason: the customer reads it."""
    if len(value.strip()) < SHORTEST_REASON:
        return Refusal(say("Please give a real reason: the customer can read it."))
    return None


async def summary(_request: Request, desk: Desk, values: Values) -> Summary:
    """Say for whom the agent is about to work."""
    customer = await _find(desk, str(values["customer"]))
    return ((say("Customer"), customer.name), (say("Reason"), str(values["reason"])))


async def _find(desk: Desk, said: str) -> CustomerRecord:
    async with at_desk(desk).at_work() as session:
        return await OnBehalf(session).find(said)


async def ends_or_refuses(request: Request, desk: Desk) -> Received | None:
    """End what goes on where no new customer is named; refuse whoever is no agent, or works for a customer."""
    if request.session.is_agent_at_work:
        return None
    if request.session.is_on_behalf and not {"customer", "email", "prs"} & request.entities.keys():
        return Received((await end(request, desk)).blocks)
    return Received(for_agents_only(request.session).blocks)


BEGIN = Form(
    "agent.on_behalf",
    say("Work for a customer"),
    (
        Field(
            "customer",
            "text",
            say("Customer"),
            say("For which customer? Please give an e-mail address or a PRS number."),
            takes=lambda entities, _text: (
                entities.get("customer") or entities.get("email") or entities.get("prs")
            ),
            examine=check_customer,
        ),
        Field(
            "reason",
            "text",
            say("Reason"),
            say("For what reason? The customer can read it."),
            entity="reason",
            check=check_reason,
            max_length=300,
        ),
    ),
    OnBehalfWish,
    looked_up_summary=summary,
    confirm_label=say("Begin"),
    receive=ends_or_refuses,
)


@router.add("agent.on_behalf", form=BEGIN)
async def begin(request: Request, desk: Desk) -> Reply:
    """Begin to work for a customer."""
    wish, person = request.wish(OnBehalfWish), request.session.person
    if person is None or not request.session.is_agent_at_work:
        return for_agents_only(request.session)
    customer = await _find(desk, wish.customer)
    await desk.on_behalf.begin(
        agent_id=person.id,
        account_id=request.session.account_id,
        customer=customer,
        reason=wish.reason,
        now=request.now,
    )
    await _audited(request, desk, "on_behalf.begin", customer.customer_id, customer.company_ids)
    return reply(
        Notice(
            say(
                "You are working for {customer} from now on. After 30 minutes without a word it ends by itself; "
                "to stop: /guichet end",
                customer=customer.name,
            ),
            "warning",
        ),
        remember={},
    )


@router.add("agent.end")
async def end(request: Request, desk: Desk) -> Reply:
    """End the work for a customer."""
    person, work = request.session.person, request.session.on_behalf
    assert person is not None
    if work is None or not await desk.on_behalf.end(person.id, request.session.account_id, request.now):
        return reply(Text(say("You are working for no customer.")))
    companies = tuple(membership.company_id for membership in request.session.memberships)
    await _audited(request, desk, "on_behalf.end", work.customer_id, companies)
    return reply(Notice(say("You no longer work for {customer}.", customer=work.customer_name), "success"))


async def _audited(
    request: Request, desk: Desk, action: str, customer_id: int | None, company_ids: tuple[int, ...]
) -> None:
    assert request.session.person is not None
    account = await desk.people.account(request.session.account_id)
    for company_id in company_ids or (None,):
        await desk.audit.note(
            actor=request.session.person.id,
            person=customer_id,
            subject=company_id,
            action=action,
            channel=account.channel,
            at=request.now,
        )


@router.add("access.visits")
async def visits(request: Request, desk: Desk) -> Reply:
    """Tell a customer which colleagues of ours looked at their data, when and why."""
    person = request.session.person
    assert person is not None
    found = await desk.on_behalf.visits(person.id, _companies(request.session), request.now)
    if not found:
        return reply(Text(say("None of our colleagues has worked on your behalf.")))
    return reply(
        Table(
            say("Who worked on your behalf"),
            (say("Colleague"), say("From"), say("Until"), say("Reason"), say("What was looked at")),
            tuple(_row(visit) for visit in found),
        )
    )


def _companies(session: Session) -> tuple[int, ...]:
    """List the companies where this person holds a right: without one, nothing of them is theirs to know (ACC-5)."""
    return tuple(membership.company_id for membership in session.memberships if membership.rights)


def _row(visit: Visit) -> tuple[Value, ...]:
    # That the work itself began and ended stands in the columns beside; what has no name looked at nothing.
    looked_at: list[Phrase] = [
        INTENTS[intent]
        for intent in visit.intents
        if intent in INTENTS and not intent.startswith(("agent.", "chat."))
    ]
    return (
        visit.agent_name or say("a former colleague"),
        visit.started_at,
        visit.ended_at or say("still going on"),
        visit.reason,
        looked_at,
    )
