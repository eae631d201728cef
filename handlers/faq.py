"""Answer questions of knowledge from the texts, never from invention (GEN-8)."""

from __future__ import annotations

from dataclasses import asdict

from handlers.access import refusal
from handlers.desk import Desk
from handlers.names import INTENTS
from handlers.reply import Block, Choice, Choices, Reply, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from locales.knowledge import Knowledge
from locales.phrases import as_is, say


class Answers:
    """The answers to questions; the button under one does the thing itself, where this counter does it."""

    def __init__(self, others: Router) -> None:
        self._others = others

    def router(self) -> Router:
        """Give the route of `faq`."""
        router = Router()
        router.add("faq", linked=False, public=True)(self.answer)
        return router

    async def answer(self, request: Request, desk: Desk) -> Reply:
        """Give the text of a topic, its source, and the button that does the thing."""
        topic = str(request.entities.get("topic", ""))
        found = Knowledge(asdict(desk.contacts)).answer(topic, request.session.language)
        if found is None:
            return unknown_topic()
        source = Text(say("Source: {source}", source=found.source))
        return reply(
            Text(as_is(found.text)), source, *self._button(found.intent, request), remember={"topic": topic}
        )

    def _button(self, intent: str | None, request: Request) -> tuple[Block, ...]:
        """Offer the thing itself to those who may have it."""
        route = self._others.find(intent) if intent else None
        if intent is None or route is None or intent not in INTENTS or refusal(route, request.session):
            return ()
        return (Choices((Choice(INTENTS[intent], Wish(intent)),)),)


def unknown_topic() -> Reply:
    """Admit not to know, and offer a person."""
    return reply(
        Text(say("I do not know this one. Shall I ask a colleague?")),
        Choices((Choice(INTENTS["ticket.open"], Wish("ticket.open", repeatable=False)),)),
    )
