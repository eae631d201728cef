"""Answer `option.activate`: ask for a value-added option, in time (OPT-1 to OPT-3)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Option, Refusal, Summary, Values
from handlers.forms.reading import fold
from handlers.own_operational_ids import OPERATIONAL_ID, only_one, operational_id_in_words
from handlers.reply import Reply, Text, reply
from handlers.request import Request
from handlers.router import Router
from handlers.tickets import promise
from locales.phrases import Phrase, as_is, say
from locales.words import words_of
from services.options import OptionSpan

router = Router()

YEARS_AHEAD = 2
UNTIL = re.compile(r"\b(?:jusqu|jusque|tot|until|till|bis)\b")
FROM = re.compile(r"\b(?:du|de|des|depuis|partir|entre|van|vanaf|tussen|from|between|vom|von|ab|zwischen)\b")


class OptionWish(BaseModel):
    """Which option, where and from when; both days included."""

    option: str
    operational_id: str
    first_on: date
    last_on: date | None = None


async def kinds(_request: Request, desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the options there are (OPT-1)."""
    return [Option(kind.code, as_is(kind.name)) for kind in await desk.options.kinds()]


async def first_days(request: Request, desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the first possible day (OPT-2)."""
    return (_day_option(desk.options.first_possible_day(request.today)),)


def first_day(entities: Mapping[str, Any], text: str) -> Any:
    """Take the first day of what a message says: a day, two days, or a period.

    "Jusqu'au 3 janvier" says no first day, though the period it means begins today.
    """
    days = _days(entities)
    folded = fold(text)
    only_until = UNTIL.search(folded) and not FROM.search(folded)
    return days[0] if days and not (only_until and len(days) > 1) else None


def last_day(entities: Mapping[str, Any], _text: str) -> Any:
    """Take the last day of what a message says; a single day is no last day by itself."""
    days = _days(entities)
    return days[-1] if len(days) > 1 else None


def _days(entities: Mapping[str, Any]) -> list[str]:
    """List the days of a message that matter, the earliest first; several periods are no answer."""
    period, said = entities.get("period"), entities.get("date")
    if isinstance(period, Mapping):
        return sorted({str(period["start"]), str(period["end"])})
    if isinstance(said, str):
        return [said]
    return sorted(set(said)) if isinstance(said, list) and len(said) == 2 else []


async def check_first(value: Any, request: Request, desk: Desk, _values: Values) -> Refusal | None:
    """Refuse a first day that comes too soon, with the first possible one as a button (OPT-2)."""
    day, possible = date.fromisoformat(value), desk.options.first_possible_day(request.today)
    if day.year > request.today.year + YEARS_AHEAD:
        return Refusal(say("That year is too far away."), (_day_option(possible),))
    if day >= possible:
        return None
    return Refusal(
        say(
            "We need 5 business days to activate an option. The first possible day is {day}.",
            day=possible,
        ),
        (_day_option(possible),),
    )


async def check_last(value: Any, request: Request, _desk: Desk, values: Values) -> Refusal | None:
    """Refuse a last day before the first one, or very far away."""
    first, last = values.get("first_on"), date.fromisoformat(value)
    if first is not None and last < date.fromisoformat(first):
        return Refusal(say("This period ends before it begins."))
    if last.year > request.today.year + YEARS_AHEAD + 1:
        return Refusal(say("That year is too far away."))
    return None


async def has_last_day(_request: Request, desk: Desk, values: Values) -> bool:
    """Tell whether a last day is needed (OPT-3), or was said."""
    if values.get("last_on"):
        return True
    kind = await desk.options.kind(str(values.get("option")))
    return kind is not None and kind.has_last_day


async def summary(_request: Request, desk: Desk, values: Values) -> Summary:
    """Sum the request up, with what was asked for before on the same days."""
    wish = OptionWish.model_validate(dict(values))
    earlier = await desk.options.overlapping(wish.option, wish.operational_id, wish.first_on, wish.last_on)
    return (
        *(() if earlier is None else ((say("Please note"), _earlier(earlier)),)),
        *await _in_words(wish, desk),
    )


async def _in_words(wish: OptionWish, desk: Desk) -> Summary:
    kind = await desk.options.kind(wish.option)
    return (
        (say("Option"), as_is(kind.name if kind else wish.option)),
        (say("Operational ID"), await operational_id_in_words(wish.operational_id, desk)),
        (say("First day"), wish.first_on),
        *(((say("Last day"), wish.last_on),) if wish.last_on else ()),
    )


def _earlier(span: OptionSpan) -> Phrase:
    if span.state == "active":
        return say("This option is active here already, since {day}.", day=span.first_on)
    return say(
        "You have asked for this already, from {day}, under number {number}.",
        day=span.first_on,
        number=span.ticket_number or "",
    )


def _day_option(day: date) -> Option:
    return Option(day.isoformat(), say("{day}", day=day))


ACTIVATE = Form(
    "option.activate",
    say("Activate an option"),
    (
        Field(
            "option",
            "choice",
            say("Option"),
            say("Which option?"),
            options=kinds,
            takes=only_one("option"),
            named=True,
        ),
        OPERATIONAL_ID,
        Field(
            "first_on",
            "date",
            say("First day"),
            say("From which day?"),
            options=first_days,
            takes=first_day,
            examine=check_first,
            hint=say("At least 5 business days from now."),
        ),
        Field(
            "last_on",
            "date",
            say("Last day"),
            say("Until which day, that day included?"),
            takes=last_day,
            depends=has_last_day,
            examine=check_last,
        ),
    ),
    OptionWish,
    looked_up_summary=summary,
    confirm_label=say("Request"),
)


@router.add("option.activate", form=ACTIVATE, right="transactions")
async def activate(request: Request, desk: Desk) -> Reply:
    """Pass the request on as a ticket: an agent activates the option (OPT-3)."""
    wish = request.wish(OptionWish)
    person = request.session.person
    assert person is not None
    company_id, _ = await desk.operational_ids.keys(wish.operational_id)
    words = words_of(request.session.language)
    lines = [
        f"{words.write(label)}: {words.write_value(value)}" for label, value in await _in_words(wish, desk)
    ]
    ticket = await desk.tickets.open(
        conversation_id=desk.conversation_id,
        user_id=person.id,
        company_id=company_id,
        language=request.session.language,
        subject="option",
        summary="\n".join(lines),
        transcript=request.transcript,
        now=request.now,
    )
    asked = await desk.options.request(
        option=wish.option,
        operational_id=wish.operational_id,
        first_on=wish.first_on,
        last_on=wish.last_on,
        user_id=person.id,
        ticket_number=ticket.number,
        now=request.now,
        today=request.today,
    )
    return reply(
        *promise(ticket, desk),
        Text(say("A colleague activates the option; it counts from {day} on.", day=asked.first_on)),
        remember={},
    )
