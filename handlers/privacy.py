"""Answer `privacy.show`, `privacy.export` and `privacy.erase`: what is kept about a person, a copy, and its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from documents.personal_data import Part, personal_data_workbook
from handlers.desk import Desk
from handlers.forms.declaration import Form, Summary, Values
from handlers.production import OWN, XLSX, Plan, Production, Task
from handlers.reply import Choice, Choices, Notice, Progress, Reply, Table, Text, Wish, Work, reply
from handlers.request import Request
from handlers.router import Router
from locales.phrases import Phrase, as_is, say
from locales.words import BRUSSELS, words_of
from services.privacy import Kept, StillAdministrator, StillOpen
from services.ticket_queue import QueueFilter

router = Router()

EXPORT = "privacy.export"
TITLE = say("What is kept about you")
TITLES: Mapping[str, Phrase] = {
    "person": say("Yourself"),
    "rights": say("Your rights"),
    "chats": say("Your chats"),
    "messages": say("What you wrote"),
    "files": say("Files made for you"),
    "sendings": say("Regular sendings"),
    "tickets": say("Requests to the Service Centre"),
    "orders": say("Orders of material"),
    "log": say("Log of accesses"),
}
WHEN, CHANNEL, STATE, NUMBER = say("When"), say("Chat"), say("State"), say("Number")
HEADINGS: Mapping[str, tuple[Phrase, ...]] = {
    "person": (say("Name"), say("E-mail address"), say("Language")),
    "rights": (say("Company"), say("Rights")),
    "chats": (CHANNEL, say("Messages"), say("Last one")),
    "messages": (WHEN, CHANNEL, say("What you wrote")),
    "files": (WHEN, say("File"), say("Kept until")),
    "sendings": (WHEN, say("What"), say("How often"), STATE),
    "tickets": (WHEN, NUMBER, STATE, say("Your question")),
    "orders": (WHEN, NUMBER, say("Contact person")),
    "log": (WHEN, say("Action"), CHANNEL),
}
HOW_LONG: Mapping[str, Phrase] = {
    "person": say("as long as you have access"),
    "rights": say("as long as you have access"),
    "chats": say("until you unlink them"),
    "files": say("30 days at most"),
    "sendings": say("until you stop them"),
    "orders": say("with your company's records"),
    "log": say("for good, under a pseudonym"),
}
WHAT_STAYS = say(
    "What stays: invoices, receipts and orders belong to your company, and stay without your name; receipts are kept "
    "for 1 year from hand-over. The log of accesses stays for good as proof, under a pseudonym that then leads to "
    "nobody."
)


def in_other_chats(days: int) -> Phrase:
    """Say what others wrote of a person, and until when it stays."""
    return say(
        "What colleagues and the Service Centre wrote in their own chats, where your name may stand, goes {days} days "
        "after it was written.",
        days=days,
    )


ONLY_THEMSELVES = reply(Notice(say("Only the person themselves can ask for this."), "warning"), remember={})


class Nothing(BaseModel):
    """Nothing is to be filled in."""


@router.add("privacy.show")
async def show(request: Request, desk: Desk) -> Reply:
    """Show how much of what is kept, and for how long; offer a copy and the end of it."""
    if request.session.is_on_behalf:
        return ONLY_THEMSELVES
    kept = await desk.privacy.collect()
    how_long = {
        **HOW_LONG,
        "messages": say("{count} days", count=desk.privacy.conversation_days),
        "tickets": say("{count} days from their closing", count=desk.privacy.ticket_days),
    }
    rows = tuple((TITLES[part.kind], len(part.rows), how_long[part.kind]) for part in kept)
    return reply(
        Table(TITLE, (say("What"), say("How much"), say("How long")), rows),
        Choices(
            (
                Choice(say("Send me a copy"), Wish(EXPORT), primary=True),
                Choice(say("Erase what is about me"), Wish("privacy.erase", repeatable=False)),
            )
        ),
        remember={},
    )


@router.add(EXPORT)
async def export(request: Request, _desk: Desk) -> Reply:
    """Announce the copy (CNV-5)."""
    if request.session.is_on_behalf:
        return ONLY_THEMSELVES
    return reply(Progress(say("I am preparing your copy.")), work=(Work(EXPORT, {}),), remember={})


async def plan_export(task: Task, desk: Desk) -> Plan:
    """Read what the copy holds."""
    everything = await desk.privacy.collect()
    return Production(
        copy_of,
        (everything, task.language),
        None,
        OWN,
        say("my-data.xlsx"),
        XLSX,
        say("What is kept about you, a sheet for each kind."),
    )


def copy_of(everything: Sequence[Kept], language: str) -> bytes:
    """Make the copy of what is kept about a person, as an Excel file."""
    words = words_of(language)
    parts = tuple(
        Part(
            words.write(TITLES[kept.kind]),
            tuple(words.write(heading) for heading in HEADINGS[kept.kind]),
            _rows(kept),
        )
        for kept in everything
    )
    return personal_data_workbook(words.write(TITLE), parts, language)


def _rows(kept: Kept) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_text(value) for value in row) for row in kept.rows)


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(BRUSSELS).strftime("%Y-%m-%d %H:%M")
    return "" if value is None else str(value)


async def erase_summary(request: Request, _desk: Desk, _values: Values) -> Summary:
    """Sum up what goes and what stays."""
    person = request.session.person
    assert person is not None
    return (
        (say("Account"), as_is(f"{person.name} ({person.email})")),
        (
            say("Erased"),
            say(
                "Your name and address, your rights, the links of all your chats, what you wrote, your files, regular "
                "sendings and requests. You then have no access any more."
            ),
        ),
    )


ERASE = Form(
    "privacy.erase",
    say("Erase what is kept about me"),
    (),
    Nothing,
    looked_up_summary=erase_summary,
    confirm_label=say("Erase for good"),
)


@router.add("privacy.erase", form=ERASE)
async def erase(request: Request, desk: Desk) -> Reply:
    """Erase after this turn, and confirm by mail, since the chat is no longer theirs."""
    person = request.session.person
    assert person is not None
    if request.session.is_on_behalf:
        return ONLY_THEMSELVES
    if desk.queue is not None and (mine := await desk.queue.list_queue(QueueFilter(mine=True), request.now)):
        in_charge = say(
            "You are in charge of {number}: please hand it over to a colleague first.", number=mine[0].number
        )
        return reply(Notice(in_charge, "warning"), remember={})
    try:
        await desk.privacy.ask_erasure(request.session.language)
    except StillAdministrator as alone:
        return reply(
            Notice(
                say(
                    "You are the only administrator of {company}. Hand that over to a colleague first.",
                    company=alone.company_name,
                ),
                "warning",
            ),
            remember={},
        )
    except StillOpen as still:
        return reply(
            Notice(
                say(
                    "Your request {number} is still open: erased now, nobody could answer you. Please wait for the "
                    "answer, or ask us to close it.",
                    number=still.number,
                ),
                "warning",
            ),
            remember={},
        )
    return reply(
        Text(say("I am erasing it now, and confirm that by mail. Goodbye, and thank you.")),
        Text(WHAT_STAYS),
        Text(in_other_chats(desk.privacy.conversation_days)),
        remember={},
    )


WORKERS = {EXPORT: plan_export}
router.commands.add(
    "privacy.show", "privacy", "vie-privee", "mesdonnees", "mijngegevens", "mydata", "datenschutz"
)
