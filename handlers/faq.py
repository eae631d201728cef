"""Answer questions of knowledge from the texts, never from invention (GEN-8)."""

from __future__ import annotations

from dataclasses import asdict

from handlers.access import refusal
from handlers.desk import Desk
from handlers.names import INTENTS
from handlers.reply import Block, Choice, Choices, Reply, Text, Wish, Work, reply
from handlers.request import Request
from handlers.router import Router
from locales.knowledge import Knowledge
from locales.phrases import as_is, say

TRUST = "cs.signature_trust"
TRUST_GUIDE = say(
    "In Adobe Acrobat Reader: save the certificate; open Menu, Preferences, Signatures, then “Identities and Trusted "
    "Certificates”, More; under “Trusted Certificates” choose Import and take the file; then “Edit Trust” and tick "
    "“Use this certificate as a trusted root” and “Certified documents”. Open the receipt again: the bar above it says "
    "that it is certified. Or simply send me the receipt here: I check it for you."
)


CERTIFICATE_FOR_KNOWN = say(
    "I send the certificate as a file once this chat is linked to your portal account; the Service Centre has it too."
)


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
            Text(as_is(found.text)),
            *(_guide(request) if topic == TRUST else ()),
            source,
            *self._button(found.intent, request, topic),
            work=_with_it(topic, request),
            remember={"topic": topic},
        )

    def _button(self, intent: str | None, request: Request, topic: str) -> tuple[Block, ...]:
        """Offer the thing itself to those who may have it."""
        choices = [Choice(INTENTS[intent], Wish(intent))] if intent in INTENTS else []
        if topic == "dp.derogations":
            choices = [Choice(INTENTS["ticket.derogation"], Wish("ticket.derogation"), primary=True)]
        if topic == "cs.receipt_retention":
            warn = say("Warn me a month before they are removed")
            choices.append(Choice(warn, Wish("receipt.warn", {"wanted": "warn"})))
        open_to_them = tuple(choice for choice in choices if self._may(choice, request))
        return (Choices(open_to_them),) if open_to_them else ()

    def _may(self, choice: Choice, request: Request) -> bool:
        assert isinstance(choice.action, Wish)
        route = self._others.find(choice.action.intent)
        return route is not None and refusal(route, request.session) is None


def _guide(request: Request) -> tuple[Block, ...]:
    """Say step by step how to trust the authority (REC-7); files go to people who are known."""
    if request.session.memberships:
        return (Text(TRUST_GUIDE),)
    return (Text(TRUST_GUIDE), Text(CERTIFICATE_FOR_KNOWN))


def _with_it(topic: str, request: Request) -> tuple[Work, ...]:
    """Promise the authority's certificate with the guide that says what to do with it (REC-7)."""
    if topic != TRUST or not request.session.memberships:
        return ()
    return (Work("receipt.certificate", {}),)


def unknown_topic() -> Reply:
    """Admit not to know, and offer a person."""
    return reply(
        Text(say("I do not know this one. Shall I ask a colleague?")),
        Choices((Choice(INTENTS["ticket.open"], Wish("ticket.open", repeatable=False)),)),
    )
