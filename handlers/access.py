"""Say why somebody may not have what they ask (ACC-6, ACC-8), telling a stranger nothing."""

from __future__ import annotations

from handlers.reply import Choice, Choices, Notice, Reply, Text, Wish, reply
from handlers.router import Route
from handlers.session import Session
from locales.phrases import Phrase, say

RIGHTS: dict[str, Phrase] = {
    "invoices": say("invoices and annexes"),
    "transactions": say("items, receipts and reports"),
    "distripost": say("Distripost"),
    "users": say("creating users"),
    "admin": say("making administrators"),
}


# What comes later comes into the chat, and to the person, that asked for it; an agent's it would never reach, or reach
# the wrong one.
OF_THE_PERSON = frozenset(
    {
        "access.request",
        "invoice.await",
        "receipt.await",
        "receipt.warn",
        "report.schedule",
        "report.unschedule",
        "report.change",
    }
)


def refusal(route: Route, session: Session) -> Reply | None:
    """Refuse a stranger or somebody without the right; None where the way is free."""
    if session.is_on_behalf and route.intent in OF_THE_PERSON:
        return reply(Notice(say("Only the person themselves can ask for this."), "warning"), remember={})
    if not route.linked:
        return None
    if session.person is None:
        return _for_a_stranger()
    if route.agent and not session.is_agent_at_work:
        return for_agents_only(session)
    if route.right is not None and not session.companies_with(route.right):
        return _without_right(route.right)
    return None


def _for_a_stranger() -> Reply:
    return reply(
        Notice(
            say(
                "I do not know yet who you are, so I cannot show you any data. Link this chat to your "
                "portal account first; until then I gladly answer questions about our services."
            ),
            "warning",
        ),
        Choices(
            (
                Choice(say("Link this chat to the portal account"), Wish("access.link"), primary=True),
                Choice(say("How do I get access?"), Wish("faq", {"topic": "cs.get_access"})),
            )
        ),
    )


def for_agents_only(session: Session) -> Reply:
    """Refuse alike whatever was named: a ticket of somebody else, or one that does not exist (GEN-3)."""
    if session.on_behalf is not None:
        return reply(
            Notice(
                say(
                    "While you work for {customer} you have that customer's rights only. End that first.",
                    customer=session.on_behalf.customer_name,
                ),
                "warning",
            )
        )
    return reply(Notice(say("Only colleagues of the Service Centre can do that."), "warning"))


def _without_right(right: str) -> Reply:
    return reply(
        Notice(
            say("You do not have the right to see {subject} yet.", subject=RIGHTS[right]),
            "warning",
        ),
        Text(say("The administrator of your company can give it to you.")),
        Choices((Choice(say("Who is the administrator?"), Wish("faq", {"topic": "cs.administrator"})),)),
    )
