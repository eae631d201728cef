"""Let agents with the right search the audit log in the chat: "/guichet audit jean@…" (ACC-9)."""

from __future__ import annotations

from typing import Any

from handlers.channels import channel_of
from handlers.commands import Entities
from handlers.desk import Desk
from handlers.reply import Notice, Reply, Table, Text, reply
from handlers.request import Request
from handlers.router import Router
from locales.phrases import as_is, say
from locales.words import BRUSSELS
from services.audit import AuditRecord

router = Router()
MOST_ROWS = 20


@router.add("audit.search", agent=True)
async def search(request: Request, desk: Desk) -> Reply:
    """Show the newest entries about a person, a company or an action; the search itself is one."""
    person = request.session.person
    assert person is not None
    if "audit" not in await desk.people.agent_rights(person.id):
        return reply(Notice(say("You do not have the right to read the audit log."), "warning"), remember={})
    said: Any = request.entities.get("about")
    found = await desk.audit.search_as_agent(
        person.id, str(said or ""), channel=await channel_of(request, desk), now=request.now, limit=MOST_ROWS
    )
    if not found:
        return reply(Text(say("Nothing in the audit log.")), remember={})
    return reply(
        Table(
            say("Audit log, the newest entries first"),
            (
                say("Number"),
                say("When"),
                say("Who"),
                say("Concerned"),
                say("Company"),
                say("Action"),
                say("Channel"),
            ),
            tuple(map(_row, found)),
        ),
        remember={},
    )


def _row(record: AuditRecord) -> tuple[Any, ...]:
    # Whose pseudonym was erased stands there under it.
    return (
        record.position or 0,
        record.at.astimezone(BRUSSELS),
        as_is(record.actor_name or record.actor[:8]),
        as_is(record.person_name or record.person[:8]),
        as_is(record.company_name or record.company[:8]),
        as_is(record.action),
        as_is(record.channel),
    )


def about(rest: str, _entities: Entities) -> Entities:
    """Take what follows the command's word: an address, a number, or the beginning of an action."""
    return {"about": rest.strip()}


router.commands.add("audit.search", "audit", read=about)
