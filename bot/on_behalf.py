"""Show and write down that an agent works on a customer's behalf (ACC-10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.dialogue import Utterance
from bot.state import ConversationState
from handlers.desk import Desk
from handlers.reply import Block, Choice, Choices, Notice, Wish
from handlers.session import Session
from locales.phrases import say

LONGEST_ACTION = 40


def in_session(state: ConversationState, who: Session) -> ConversationState:
    """Forget what was spoken of for another customer, or for none: it is no business of this one."""
    current = who.on_behalf.id if who.on_behalf is not None and who.is_on_behalf else None
    return state if state.on_behalf == current else ConversationState(on_behalf=current)


def with_banner(blocks: Sequence[Block], who: Session) -> tuple[Block, ...]:
    """Say above each answer for whom the agent works, and how to stop; or that it is over."""
    work = who.on_behalf
    if work is None or not blocks:
        return tuple(blocks)
    if work.is_over:
        over = say(
            "Your work for {customer} ended after 30 minutes without a word from you.",
            customer=work.customer_name,
        )
        return (Notice(over, "warning"), *blocks)
    banner = say(
        "You are working for {customer}: you see and do what this customer may. To stop: /guichet end",
        customer=work.customer_name,
    )
    stop = Choices((Choice(say("Stop working for this customer"), Wish("agent.end")),))
    return (Notice(banner, "warning"), *blocks, stop)


async def note_on_behalf(
    desk: Desk, who: Session, channel: str, said: Utterance, state: ConversationState, now: datetime
) -> Session:
    """Write down what was asked for, under both names, and begin the thirty minutes anew; give who goes on."""
    if who.on_behalf is None or not who.is_on_behalf:
        return who
    assert who.person is not None
    intent = _intent(said, state)
    companies: list[int | None] = [membership.company_id for membership in who.memberships]
    for company_id in companies or [None]:
        await desk.audit.note(
            actor=who.person.id,
            person=who.on_behalf.customer_id,
            subject=company_id,
            action=f"on_behalf:{intent}"[:LONGEST_ACTION],
            channel=channel,
            at=now,
        )
    goes_on = await desk.on_behalf.note(who.person.id, who.account_id, intent, now)
    return who if goes_on else replace(who, on_behalf=None)


def _intent(said: Utterance, state: ConversationState) -> str:
    """Name what was asked for, as the catalogue does."""
    if said.action is not None and said.action["do"] == "wish":
        return str(said.action["intent"])
    if said.understood is not None and said.understood.decision == "act" and state.form is None:
        return said.understood.intent
    return state.form.intent if state.form is not None else state.intent or "unknown"
