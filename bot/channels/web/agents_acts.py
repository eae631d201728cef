"""Do what the agents' page asks for: by the very handlers that answer the same wish in the chat (TIC-2).

They do it, note it in the audit log, word what became of it and say what is to be carried to the customer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from bot.channels.web.agents_work import AtWork
from bot.channels.web.refusals import Refused
from bot.cleaning import clean_value, holds_password
from bot.turn import House
from handlers.reply import Notice
from handlers.request import Request
from handlers.ticket_forms import LONGEST, canonical
from locales.words import words_of
from services.page_acts import is_first

Json = dict[str, Any]


class Doing(BaseModel):
    """Something to do with a ticket; `id` is the page's own identity of it, as of a message."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class Saying(Doing):
    """Words for the customer, or for colleagues: the address says for whom."""

    message: Annotated[str, Field(min_length=1, max_length=LONGEST)]


class Handing(Doing):
    """To whom a ticket goes."""

    email: Annotated[str, Field(min_length=3, max_length=254)]


class Merging(Doing):
    """As which ticket a duplicate goes on."""

    into: Annotated[str, Field(pattern=r"^GC-20\d\d-\d{6}$")]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done: which wish it is, and what is sent with it."""

    intent: str
    body: type[Doing] = Doing


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "take": Act("ticket.take"),
        "answer": Act("ticket.reply", Saying),
        "note": Act("ticket.note", Saying),
        "hand-over": Act("ticket.hand_over", Handing),
        "put-back": Act("ticket.put_back"),
        "merge": Act("ticket.merge", Merging),
        "solve": Act("ticket.solve"),
        "close": Act("ticket.close"),
        "reopen": Act("ticket.reopen"),
        "accept-option": Act("option.accept"),
        "decline-option": Act("option.decline"),
    }
)


async def carry_out(house: House, work: AtWork, act: Act, number: str, body: Doing) -> Json:
    """Do something once and give what became of it in the agent's language.

    `tone` is that of a notice; None where the same had been sent before.
    """
    route = house.router.find(act.intent)
    if route is None or canonical(number) != number:
        raise Refused(404, "no_such_ticket")
    if not await is_first(work.session, work.who.account_id, f"act:{body.id}", work.now):
        return {"tone": None, "text": "", "held_password": False}
    said = body.model_dump(exclude={"id"})
    values = {"ticket_number": number, **clean_value(said)}
    filled = route.form.model.model_validate(values) if route.form is not None else None
    request = Request(act.intent, work.who, work.now, entities={"ticket_number": number}, filled=filled)
    answer = await route.handler(request, work.desk)
    for errand in answer.errands:
        await house.jobs.defer(work.session, errand.name, lock=errand.lock, key=errand.key)
    notice = next(block for block in answer.blocks if isinstance(block, Notice))
    return {
        "tone": notice.tone,
        "text": words_of(work.who.language).write(notice.phrase),
        "held_password": holds_password(said),
    }
