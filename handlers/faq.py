"""Answer questions of knowledge from the texts, never from invention (GEN-8)."""

from __future__ import annotations

from dataclasses import asdict

from handlers.access import refusal
from handlers.desk import Desk
from handlers.reply import Block, Choice, Choices, Reply, Text, Wish, reply
from handlers.request import Request
from handlers.router import Route, Router
from locales.knowledge import Answer, Knowledge
from locales.phrases import Phrase, as_is, say

# What the button under an answer says, by the intent that does the thing.
DOING: dict[str, Phrase] = {
    "invoice.search": say("Find my invoices"),
    "invoice.annex": say("Get an annex"),
    "ticket.open": say("Ask the Service Centre"),
    "chat.help": say("What can you do?"),
}
RIGHTS = {"invoice.search": "invoices", "invoice.annex": "invoices"}


def make_router() -> Router:
    """Make the route of `faq`."""
    router = Router()
    router.add("faq", linked=False)(answer)
    return router


async def answer(request: Request, desk: Desk) -> Reply:
    """Give the text of a topic, its source, and the button that does the thing."""
    topic = str(request.entities.get("topic", ""))
    found = Knowledge(asdict(desk.contacts)).answer(topic, request.session.language)
    if found is None:
        return unknown_topic()
    blocks: list[Block] = [
        Text(as_is(found.text)),
        Text(say("Source: {source}", source=found.source)),
    ]
    blocks.extend(_button(found, request))
    return reply(*blocks, remember={"topic": topic})


def unknown_topic() -> Reply:
    """Admit not to know, and offer a person."""
    return reply(
        Text(say("I do not know this one. Shall I ask a colleague?")),
        Choices((Choice(DOING["ticket.open"], Wish("ticket.open", repeatable=False)),)),
    )


def _button(found: Answer, request: Request) -> tuple[Block, ...]:
    """Offer the thing itself to those who may have it."""
    if found.intent not in DOING:
        return ()
    route = Route(found.intent, answer, right=RIGHTS.get(found.intent), linked=found.intent in RIGHTS)
    if refusal(route, request.session):
        return ()
    return (Choices((Choice(DOING[found.intent], Wish(found.intent)),)),)
