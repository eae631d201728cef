"""Answer with what is said often, and let agents edit it (TIC-2)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Option, Summary, Values
from handlers.reply import Choice, Choices, Notice, Reply, Table, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from handlers.ticket_desk import at_desk
from handlers.ticket_words import refused
from locales.phrases import as_is, say
from services.canned_answers import CannedAnswers, NoSuchAnswer, UnknownPlace
from services.errors import GuichetError
from services.ticket_queue import TicketQueue

router = Router()
LANGUAGE_NAMES = {"fr": "Français", "nl": "Nederlands", "en": "English", "de": "Deutsch"}


class CannedWish(BaseModel):
    """An answer to be kept."""

    code: str
    language: str
    message: str


async def languages(_request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the four languages."""
    return [Option(code, as_is(name)) for code, name in LANGUAGE_NAMES.items()]


def summary(values: Values) -> Summary:
    """Show the answer as it will be kept."""
    return (
        (say("Name"), str(values["code"])),
        (say("Language"), LANGUAGE_NAMES[str(values["language"])]),
        (say("Message"), str(values["message"])),
    )


EDIT = Form(
    "ticket.macro_edit",
    say("Canned answer"),
    (
        Field("code", "text", say("Name"), say("Under which short name?"), max_length=30),
        Field("language", "choice", say("Language"), say("In which language?"), options=languages),
        Field(
            "message",
            "text",
            say("Message"),
            say("What shall I write?"),
            entity="message",
            hint=say("These stand for names: {places}", places="{customer} {company} {number} {agent}"),
        ),
    ),
    CannedWish,
    summary=summary,
)


@router.add("ticket.macro", agent=True)
async def use(request: Request, desk: Desk) -> Reply:
    """Lay a canned answer ready to be sent under a ticket, or list all there are."""
    number, code = request.entities.get("ticket_number"), request.entities.get("code")
    queue = at_desk(desk)
    if not isinstance(number, str) or not isinstance(code, str):
        return await _list(queue, number if isinstance(number, str) else None)
    try:
        ticket = await queue.find(number)
        names = await queue.names_of(number)
        async with queue.at_work() as session:
            words = await CannedAnswers(session).write(code, ticket.language, names)
    except NoSuchAnswer as fact:
        return reply(
            Notice(
                say(
                    "There is no canned answer {code} in {language}.",
                    code=fact.code,
                    language=LANGUAGE_NAMES.get(fact.language, fact.language),
                ),
                "warning",
            )
        )
    except GuichetError as fact:
        return refused(fact)
    wish = Wish("ticket.reply", {"ticket_number": number, "message": words})
    return reply(Text(as_is(words)), Choices((Choice(say("Answer with this"), wish, primary=True),)))


async def _list(queue: TicketQueue, number: str | None) -> Reply:
    async with queue.at_work() as session:
        answers = await CannedAnswers(session).list_all()
    if not answers:
        return reply(Text(say("There are no canned answers yet.")), _edit_choice())
    choices = tuple(
        (Choice(say("Use"), Wish("ticket.macro", {"ticket_number": number, "code": answer.code})),)
        if number
        else (Choice(say("Edit"), Wish("ticket.macro_edit", {"code": answer.code})),)
        for answer in answers
    )
    return reply(
        Table(
            say("Canned answers"),
            (say("Name"), say("Language"), say("Message")),
            tuple((answer.code, as_is(answer.language.upper()), answer.text[:120]) for answer in answers),
            choices,
        ),
        _edit_choice(),
    )


def _edit_choice() -> Choices:
    return Choices((Choice(say("Write a canned answer"), Wish("ticket.macro_edit")),))


@router.add("ticket.macro_edit", form=EDIT, agent=True)
async def edit(request: Request, desk: Desk) -> Reply:
    """Keep a canned answer."""
    wish = request.wish(CannedWish)
    try:
        async with at_desk(desk).at_work() as session:
            await CannedAnswers(session).keep(wish.code, wish.language, wish.message)
    except UnknownPlace as fact:
        return reply(Notice(say("I do not know the place {place}.", place="{" + fact.place + "}"), "warning"))
    return reply(Notice(say("The canned answer {code} is kept.", code=wish.code), "success"), remember={})
