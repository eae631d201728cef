"""Answer `access.password`: the bot takes no password; the portal or the Service Centre gives a new one (ACC-7)."""

from __future__ import annotations

from pydantic import BaseModel

from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Summary, Values
from handlers.reply import Choice, Choices, Link, Reply, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from handlers.tickets import promise
from locales.phrases import as_is, say
from locales.words import words_of

router = Router()


@router.add("access.password", linked=False)
async def password(_request: Request, desk: Desk) -> Reply:
    """Show the ways to a new password."""
    return reply(
        Text(
            say(
                "The recovery page of the portal sends you a new access code: it asks for your user name or your "
                "e-mail address. At your first sign-in the portal offers to replace it; a password has at least 7 "
                "characters, and the same one serves all applications."
            )
        ),
        Choices(
            (
                Choice(say("Recover my password"), Link(desk.contacts.recovery_page), primary=True),
                Choice(say("Change my password"), Link(desk.contacts.new_code_page)),
                Choice(say("Ask for a new access code"), Wish("access.new_code", repeatable=False)),
            )
        ),
        remember={},
    )


class NewCodeWish(BaseModel):
    """What the Service Centre needs to send a new access code."""

    company: str
    prs: str
    user_name: str


def summary(values: Values) -> Summary:
    """Sum the request up (CNV-2)."""
    return (
        (say("Company"), as_is(values["company"])),
        (say("PRS number"), as_is(values["prs"])),
        (say("User name"), as_is(values["user_name"])),
    )


NEW_CODE = Form(
    "access.new_code",
    say("Ask for a new access code"),
    (
        Field("company", "text", say("Company"), say("What is the name of your company?"), max_length=200),
        Field(
            "prs",
            "text",
            say("PRS number"),
            say("What is its PRS number? You find it on every invoice."),
            entity="prs",
            max_length=20,
        ),
        Field(
            "user_name",
            "text",
            say("User name"),
            say("What is your user name on the portal? Never write a password."),
            max_length=200,
        ),
    ),
    NewCodeWish,
    summary=summary,
    confirm_label=say("Send"),
)


@router.add("access.new_code", form=NEW_CODE, linked=False)
async def new_code(request: Request, desk: Desk) -> Reply:
    """Pass the request on to the Service Centre, which answers at the address that the portal knows."""
    wish = request.wish(NewCodeWish)
    person = request.session.person
    words = words_of(request.session.language)
    rows = summary(wish.model_dump())
    lines = [f"{words.write(label)}: {words.write_value(value)}" for label, value in rows]
    ticket = await desk.tickets.open(
        conversation_id=desk.conversation_id,
        user_id=person.id if person else None,
        company_id=None,
        language=request.session.language,
        subject="password",
        summary="\n".join(lines),
        transcript=request.transcript,
        now=request.now,
    )
    return reply(
        *promise(ticket, desk),
        Text(say("The new code comes to the e-mail address that the portal knows, never here.")),
        remember={},
    )
