"""Say what the conversation itself has to say: not understood, which one, over, cancelled (CNV-1, CNV-3)."""

from __future__ import annotations

from handlers.access import refusal
from handlers.chat import short_menu
from handlers.names import INTENTS
from handlers.reply import Aside, Choice, Choices, Notice, Reply, Text, Wish, reply
from handlers.router import Router
from handlers.session import Session
from intents.understanding import Alternative, Understanding
from locales.knowledge import texts
from locales.phrases import Phrase, as_is, say

CANCELLED = say("All right, I have stopped that.")
BACK_TO_FORM = say("Back to where we were:")
NOT_AN_ANSWER = say("I could not take that as an answer.")
NOTHING_BEFORE = say("There is no question before this one.")
IS_NEEDED = say("I cannot do without this answer.")
NO_LONGER = say("You no longer have access to what I was to prepare.")
TICKET = Wish("ticket.open", repeatable=False)


def offer_person() -> Choices:
    """Offer a person."""
    return Choices((Choice(say("Ask the Service Centre"), TICKET),))


def in_private() -> Reply:
    """Leave a hint without details where others read along (GEN-4)."""
    return reply(Aside(say("I am answering you in a private message.")))


def cannot_read(session: Session) -> Reply:
    """Answer what is no text: say what can be read, offer the menu (bad input)."""
    return reply(
        Text(say("I can only read text, but I read it gladly. What can I do for you?")), short_menu(session)
    )


def not_understood(misses: int, session: Session) -> Reply:
    """Ask to say it otherwise; the second time in a row, offer a person first (CNV-1)."""
    if misses >= 2:
        return reply(
            Text(say("I still do not understand, sorry. A colleague will gladly help you.")),
            Choices((Choice(say("Ask the Service Centre"), TICKET, primary=True),)),
        )
    return reply(
        Text(say("I am sorry, I did not understand that. Could you say it in other words?")),
        short_menu(session),
    )


def which_one(understood: Understanding, router: Router, session: Session) -> Reply | None:
    """Offer the two or three likeliest meanings and something else; None where none can be offered."""
    choices = [
        Choice(label, Wish(option.intent, _entities(option, understood)))
        for option in _likeliest(understood)
        if (label := _label(option, session.language)) is not None and _is_open(option, router, session)
    ]
    if not choices:
        return None
    other = Choice(say("Something else"), Wish("chat.help"))
    return reply(Choices((*choices, other), say("What would you like?")))


def _likeliest(understood: Understanding) -> tuple[Alternative, ...]:
    """Give the three likeliest meanings, the first one among them."""
    topic = understood.entities.get("topic")
    first = Alternative(understood.intent, understood.confidence, str(topic) if topic else None)
    others = tuple(other for other in understood.alternatives if other.intent != "unknown")
    return ((first, *others) if understood.intent != "unknown" else others)[:3]


def _entities(option: Alternative, understood: Understanding) -> dict[str, object]:
    entities = {name: value for name, value in understood.entities.items() if name != "topic"}
    return {**entities, "topic": option.topic} if option.topic else entities


def _label(option: Alternative, language: str) -> Phrase | None:
    if option.topic is not None:
        words = texts(language).get(option.topic)
        return as_is(words["title"]) if words else None
    return INTENTS.get(option.intent)


def _is_open(option: Alternative, router: Router, session: Session) -> bool:
    route = router.find(option.intent)
    return route is None or refusal(route, session) is None


def not_here_yet(intent: str) -> Reply:
    """Admit that this counter does not do it itself, and offer a person (TIC-1)."""
    name = INTENTS.get(intent)
    phrase = (
        say("I understand: {wish}. I cannot do that myself yet; a colleague can.", wish=name)
        if name
        else say("I cannot do that myself yet; a colleague can.")
    )
    return reply(Text(phrase), offer_person())


def form_is_over() -> Reply:
    """Answer a button or form whose moment has passed."""
    return reply(Text(say("That question is over. Tell me again what you need, and we start afresh.")))


def password_warning() -> Notice:
    """Warn somebody who wrote a password: it was not kept (ACC-7)."""
    return Notice(
        say(
            "Please never write a password here. I have not kept it; to be safe, change it. We never ask for it."
        ),
        "warning",
    )


def text_was_cut() -> Notice:
    """Say that only the beginning of a very long message was read."""
    return Notice(say("Your message was very long: I have read the beginning only."), "info")


def slow_down() -> Notice:
    """Ask somebody very fast for patience."""
    return Notice(say("You are writing faster than I can answer. I take your messages one by one."), "info")


def signing_waits() -> Reply:
    """Say once that the signing service keeps us waiting, and that nothing is lost (REC-9)."""
    return reply(
        Notice(
            say(
                "The signing service does not answer as it should right now. Your request is not lost: I keep "
                "trying and send it here by myself."
            ),
            "warning",
        )
    )


def apology() -> Reply:
    """Apologise for a fault of ours and offer a person."""
    return reply(
        Notice(say("Something went wrong on our side, sorry. Nothing is lost on yours."), "error"),
        Text(say("Please try again in a moment, or let a colleague help you.")),
        offer_person(),
    )
