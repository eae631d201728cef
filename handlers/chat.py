"""Answer greetings, thanks, farewells, help, language and cancelling (GEN-1, CNV-3, CNV-4)."""

from __future__ import annotations

from dataclasses import replace

from handlers.desk import Desk
from handlers.reply import Block, Choice, Choices, Reply, Saying, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from handlers.session import Session
from locales.phrases import Phrase, as_is, say

router = Router()

# What works as it stands, by the right it needs (CNV-4); a test says each sentence and sees it act.
EXAMPLES: tuple[tuple[str, str, Phrase], ...] = (
    # Translators: something a customer writes, understood as it stands.
    ("invoices", "invoice.search", say("Invoices of last month")),
    # Translators: something a customer writes, understood as it stands.
    ("invoices", "invoice.annex", say("The annex of last month's invoice")),
    # Translators: something a customer writes, understood as it stands.
    ("invoices", "invoice.export", say("My invoices of this year in an Excel list")),
    # Translators: something a customer writes, understood as it stands.
    ("transactions", "item.search", say("My registered items of last week")),
    # Translators: something a customer writes, understood as it stands.
    ("transactions", "receipt.generate", say("The receipts of last week")),
    # Translators: something a customer writes, understood as it stands.
    ("transactions", "report.create", say("A report by type of last month")),
    # Translators: something a customer writes, understood as it stands.
    ("transactions", "report.schedule", say("Every Monday, the report of last week")),
    # Translators: something a customer writes, understood as it stands.
    ("transactions", "item.track", say("Where is my item?")),
    # Translators: something a customer writes, understood as it stands.
    ("transactions", "supplies.order", say("200 labels for registered items")),
    # Translators: something a customer writes, understood as it stands.
    ("transactions", "option.activate", say("Activate Secure Pick Up")),
)
# What people come for most, of all they may ask for; the help shows the rest.
LIKELIEST = (
    *("invoice.search", "invoice.annex", "item.search", "receipt.generate", "supplies.order"),
    *("item.track", "report.create", "invoice.export", "option.activate", "report.schedule"),
)
QUESTIONS: tuple[tuple[str, Phrase], ...] = (
    # Translators: something a customer writes, understood as it stands.
    ("cs.paper_invoice", say("Does the annex replace my paper invoice?")),
    # Translators: something a customer writes, understood as it stands.
    ("cs.invoice_available", say("When is my invoice available?")),
    # Translators: something a customer writes, understood as it stands.
    ("cs.get_access", say("How do I get access?")),
)
LANGUAGE_NAMES = {"fr": "Français", "nl": "Nederlands", "en": "English", "de": "Deutsch"}


def examples_for(session: Session) -> tuple[tuple[str, Phrase], ...]:
    """List the intents this person may ask for, each with a sentence that works (CNV-4)."""
    return tuple((intent, phrase) for right, intent, phrase in EXAMPLES if session.companies_with(right))


def menu(session: Session) -> Choices:
    """Offer what this person may do as buttons that say the sentence for them."""
    doing = tuple(Choice(phrase, Saying(phrase)) for _intent, phrase in examples_for(session))
    knowing = tuple(Choice(phrase, Wish("faq", {"topic": topic})) for topic, phrase in QUESTIONS)
    person = Choice(say("Ask the Service Centre"), Wish("ticket.open", repeatable=False))
    link = Choice(say("Link this chat to the portal account"), Wish("access.link"))
    knowing = knowing[: 3 if not doing else 1]
    return Choices((*doing, *knowing, *((link,) if session.person is None else ()), person))


def short_menu(session: Session) -> Choices:
    """Offer the five likeliest wishes of this person, and the way to all of them (CNV-4)."""
    sentences = dict(examples_for(session))
    likeliest = [intent for intent in LIKELIEST if intent in sentences][:5]
    if not likeliest:
        return menu(session)
    doing = (Choice(sentences[intent], Saying(sentences[intent])) for intent in likeliest)
    return Choices((*doing, Choice(say("What can I do here?"), Wish("chat.help"))))


@router.add("chat.greet", linked=False)
async def greet(request: Request, _desk: Desk) -> Reply:
    """Say hello and what can be done here."""
    person = request.session.person
    hello = (
        say("Hello {name}, what can I do for you?", name=person.name)
        if person
        else say("Hello, what can I do for you?")
    )
    return reply(Text(hello), short_menu(request.session))


@router.add("chat.thanks", linked=False, public=True)
async def thanks(_request: Request, _desk: Desk) -> Reply:
    """Answer thanks."""
    return reply(Text(say("You are welcome. Anything else?")))


@router.add("chat.goodbye", linked=False, public=True)
async def goodbye(_request: Request, _desk: Desk) -> Reply:
    """Say goodbye."""
    return reply(Text(say("Goodbye, and see you soon at the counter.")))


@router.add("chat.help", linked=False)
async def help_(request: Request, desk: Desk) -> Reply:
    """Show what this person may do, with examples that work as they stand (CNV-4)."""
    blocks: list[Block] = [Text(say("Write as you would at the counter, for example:"))]
    blocks.append(menu(request.session))
    if request.session.person is not None:
        blocks.append(_own_affairs(request.session))
    blocks.append(
        Text(
            say(
                "You can reach the Service Centre at {phone} or {email}.",
                phone=desk.contacts.phone,
                email=desk.contacts.email,
            )
        )
    )
    return reply(*blocks)


def _own_affairs(session: Session) -> Choices:
    """Offer what concerns the person: open requests and who looked at their data; to agents the queue."""
    if session.is_agent_at_work:
        return Choices(
            (
                Choice(say("Queue"), Wish("ticket.list")),
                Choice(say("Canned answers"), Wish("ticket.macro")),
                Choice(say("Work for a customer"), Wish("agent.on_behalf")),
                Choice(say("Figures"), Wish("ticket.figures")),
            )
        )
    return Choices(
        (
            Choice(say("See the open requests"), Wish("ticket.list")),
            Choice(say("Who looked at my data?"), Wish("access.visits")),
            Choice(say("What do you keep about me?"), Wish("privacy.show")),
        )
    )


@router.add("chat.cancel", linked=False)
async def cancel(_request: Request, _desk: Desk) -> Reply:
    """Answer a cancellation when nothing is open; an open form is ended by the dialogue itself (CNV-3)."""
    return reply(Text(say("There is nothing to cancel. What can I do for you?")))


@router.add("chat.language", linked=False)
async def language(request: Request, _desk: Desk) -> Reply:
    """Fix the person's language (GEN-1), or offer the four."""
    chosen = request.entities.get("language")
    if not isinstance(chosen, str) or chosen not in LANGUAGE_NAMES:
        choices = tuple(
            Choice(as_is(name), Wish("chat.language", {"language": code}))
            for code, name in LANGUAGE_NAMES.items()
        )
        return reply(Choices(choices, say("Which language do you prefer?")))
    return replace(
        reply(Text(say("From now on I answer in English. What can I do for you?"))), language=chosen
    )
