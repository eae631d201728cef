"""Answer `receipt.await` and `receipt.warn`: send receipts when they are there, warn before they go (REC-2, REC-3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel

from handlers.desk import Desk
from handlers.forms.declaration import Field, Form, Option, Values
from handlers.periods import Period
from handlers.reply import Block, Choice, Choices, Notice, Reply, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from locales.phrases import Days, Phrase, Value, as_is, say
from services.errors import UnknownOperationalId
from services.receipts import Look

router = Router()


@dataclass(frozen=True, slots=True)
class Rest:
    """Receipts that are not there yet: of an operational ID and some days, or of one item; all are from `from_day`."""

    operational_id: str
    start: date
    end: date
    from_day: date
    barcode: str = ""


def offer_to_send(later: Sequence[Rest], look: Look) -> tuple[Block, ...]:
    """Say from when receipts are there and offer to send them then (REC-2)."""
    return (not_yet(later), Choices((waiting_choice(later, look, is_rest=False),)))


def not_yet(later: Sequence[Rest]) -> Text:
    """Say from when receipts are there."""
    return Text(_not_yet(later, max(rest.from_day for rest in later)))


def waiting_choice(later: Sequence[Rest], look: Look, *, is_rest: bool) -> Choice:
    """Offer to send receipts when they are there; `is_rest` where the others of their period were delivered."""
    from_day = max(rest.from_day for rest in later)
    entities = {
        "rest": dumped(later),
        "receipts_per_page": look.per_page,
        "language": look.language,
    }
    label = (
        say("Send me the rest on {day}", day=from_day)
        if is_rest
        else say("Send it to me on {day}", day=from_day)
    )
    return Choice(label, Wish("receipt.await", entities, repeatable=False), primary=not is_rest)


async def send_when_there(
    later: Sequence[Rest], look: Look, request: Request, desk: Desk
) -> tuple[Block, ...]:
    """Note that receipts are to be sent when they are there, and say so; nothing where they may not be."""
    try:
        for rest in later:
            await desk.receipt_wishes.wait_for(
                rest.operational_id, rest.start, rest.end, look, request.now, rest.barcode
            )
    except UnknownOperationalId:
        return ()
    from_day = max(rest.from_day for rest in later)
    if later[0].barcode:
        noted = say(
            "Noted: I send you the receipt of {barcode} here on {day}.",
            barcode=later[0].barcode,
            day=from_day,
        )
    else:
        noted = say(
            "Noted: I send you the receipts of {period} here on {day}.", period=_period(later), day=from_day
        )
    return (Notice(noted, "success"),)


@router.add("receipt.await", right="transactions")
async def wait_for(request: Request, desk: Desk) -> Reply:
    """Note the wish of a button (REC-2)."""
    later = loaded(request.entities["rest"])
    look = Look(int(request.entities["receipts_per_page"]), str(request.entities["language"]))
    told = await send_when_there(later, look, request, desk)
    if not told:
        return reply(Notice(say("You no longer have access to these items."), "warning"), remember={})
    return reply(*told, remember={})


def _not_yet(later: Sequence[Rest], from_day: date) -> Phrase:
    if later[0].barcode:
        return say(
            "The receipt of {barcode} will be there from {day}.", barcode=later[0].barcode, day=from_day
        )
    return say("The receipts of {period} will be there from {day}.", period=_period(later), day=from_day)


def _period(later: Sequence[Rest]) -> Days:
    return Days(min(rest.start for rest in later), max(rest.end for rest in later))


def dumped(later: Sequence[Rest]) -> list[dict[str, str]]:
    """Give receipts that are not there yet as what a button or a promise can keep."""
    return [_dump(rest) for rest in later]


def loaded(kept: Sequence[Mapping[str, str]]) -> list[Rest]:
    """Read what `dumped` gave."""
    return [_load(each) for each in kept]


def _dump(rest: Rest) -> dict[str, str]:
    days = Period(start=rest.start, end=rest.end).dump()
    kept = {"operational_id": rest.operational_id, **days, "from": rest.from_day.isoformat()}
    return {**kept, "barcode": rest.barcode} if rest.barcode else kept


def _load(kept: Mapping[str, str]) -> Rest:
    start, end, from_day = (date.fromisoformat(kept[name]) for name in ("start", "end", "from"))
    return Rest(kept["operational_id"], start, end, from_day, kept.get("barcode", ""))


class WarnWish(BaseModel):
    """Whether somebody wants to be warned, and for which company."""

    company: int
    wanted: Literal["warn", "stop"]


WANTED = {
    # Translators: what is summed up: the person wants to be warned before receipts are removed.
    "warn": say("a month before receipts are removed"),
    # Translators: what is summed up: the person wants to be warned no more.
    "stop": say("no more warnings"),
}


async def _companies(request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    return [
        Option(company.company_id, as_is(company.company_name))
        for company in request.session.companies_with("transactions")
    ]


async def _wanted(_request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    return [Option(code, name) for code, name in WANTED.items()]


async def _summary(request: Request, desk: Desk, values: Values) -> tuple[tuple[Phrase, Value], ...]:
    companies = {str(option.value): option.label for option in await _companies(request, desk, values)}
    return (
        (say("Company"), companies.get(str(values["company"]), as_is(""))),
        (say("Warning"), WANTED[values["wanted"]]),
    )


WARN = Form(
    "receipt.warn",
    say("Warning before receipts are removed"),
    (
        Field("company", "choice", say("Company"), say("For which company?"), options=_companies, named=True),
        Field("wanted", "choice", say("Warning"), say("When shall I warn you?"), options=_wanted),
    ),
    WarnWish,
    looked_up_summary=_summary,
)


@router.add("receipt.warn", form=WARN, right="transactions")
async def warn(request: Request, desk: Desk) -> Reply:
    """Begin to warn, or stop (REC-3)."""
    wish = request.wish(WarnWish)
    if wish.wanted == "stop":
        await desk.receipt_wishes.stop_warning()
        return reply(Notice(say("Noted: I no longer warn you."), "success"), remember={})
    await desk.receipt_wishes.warn(wish.company, request.today, request.now)
    return reply(
        Notice(say("Noted: every week I tell you here which receipts are removed a month later."), "success"),
        remember={},
    )


async def offer_warning(desk: Desk) -> Choice:
    """Offer to begin or to stop warning."""
    if await desk.receipt_wishes.warned_companies():
        return Choice(say("Warn me no more"), Wish("receipt.warn", {"wanted": "stop"}))
    return Choice(say("Warn me a month before they are removed"), Wish("receipt.warn", {"wanted": "warn"}))
