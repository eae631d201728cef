"""Answer `receipt.generate` and `receipt.item`: signed receipts, as far as they are there (REC-1 to REC-4, ITM-3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import Field as ModelField
from pydantic import field_validator

from handlers.barcodes import check_barcodes, tidy
from handlers.desk import Desk
from handlers.forms.declaration import Field, Form
from handlers.item_gaps import nearest, not_among_yours
from handlers.item_gaps import nothing_found as no_items_found
from handlers.item_wish import ItemWish
from handlers.items import NO_RECEIPT
from handlers.periods import Period
from handlers.receipt_waiting import Rest, dumped, not_yet, offer_to_send, send_when_there
from handlers.receipt_wish import FIELDS, LANGUAGE, LookWish, ReceiptWish, days_of
from handlers.reply import Block, Choice, Choices, Notice, Progress, Reply, Text, Wish, Work, reply
from handlers.request import Request
from handlers.router import Router
from locales.names import ITEM_NAMES
from locales.phrases import Days, Phrase, say, say_many
from services.items import ItemQuery, ItemSummary
from services.receipts import WITHOUT_RECEIPT, last_day_kept

router = Router()

GENERATE = Form("receipt.generate", say("Deposit receipts"), FIELDS, ReceiptWish)


@dataclass(frozen=True, slots=True)
class Shares:
    """The days of a wish: those whose receipts are there, those whose are not there yet, those whose are gone."""

    there: tuple[tuple[str, date], ...]
    later: tuple[Rest, ...]
    gone: tuple[date, ...]


@router.add("receipt.generate", form=GENERATE, right="transactions")
async def generate(request: Request, desk: Desk) -> Reply:
    """Promise what is there, say from when the rest is, and why what is gone cannot be had (REC-2, REC-3)."""
    wish = request.wish(ReceiptWish)
    codes = wish.codes() or tuple(own.code for own in await desk.items.operational_ids(wish.company))
    shares = await share_out(codes, wish.period, request.today, desk)
    if not shares.there and not shares.later and not shares.gone:
        return await _nothing_found(request, desk, wish)
    look = wish.look(request.session.language)
    blocks: list[Block] = [*_gone(shares.gone), *_nothing_of(wish, shares)]
    # A regular sending owes its person the rest without being asked again (REP-3).
    is_owed = request.entities.get("rest") == "send"
    told = await send_when_there(shares.later, look, request, desk) if shares.later and is_owed else ()
    work: tuple[Work, ...] = ()
    if shares.there:
        for code, day in shares.there:
            await desk.receipts.want(code, day, look)
        blocks.append(Progress(_preparing(shares.there, look.per_page)))
        days = [[code, day.isoformat()] for code, day in shares.there]
        # The button for the rest stands under the files, where it is still in sight.
        rest = {} if told or not shares.later else {"rest": dumped(shares.later)}
        arguments = {"days": days, "per_page": look.per_page, "language": look.language, **rest}
        work = (Work("receipt.generate", arguments),)
    if shares.later:
        blocks += told or ((not_yet(shares.later),) if shares.there else offer_to_send(shares.later, look))
    return reply(*blocks, work=work, remember=wish.entities())


def _nothing_of(wish: ReceiptWish, shares: Shares) -> tuple[Block, ...]:
    """Name the operational IDs of several of which there is nothing: the files must not look whole that are not."""
    found = {code for code, _day in shares.there} | {rest.operational_id for rest in shares.later}
    missing = [code for code in wish.codes() if code not in found]
    if not missing or not found:
        return ()
    nothing = say(
        "Nothing that has a receipt was handed over under {operational_ids} in {period}.",
        operational_ids=missing,
        period=wish.period.days(),
    )
    return (Text(nothing),)


async def share_out(codes: Sequence[str], period: Period, today: date, desk: Desk) -> Shares:
    """Divide the days of a period by what can be had of them today."""
    counted = await desk.receipts.days(codes, period.start, period.end)
    has_items = {(found.operational_id, found.day) for found in counted}
    available = await desk.options.receipts_available(codes, period.start, period.end)
    there: list[tuple[str, date]] = []
    gone: set[date] = set()
    later: list[Rest] = []
    for code in codes:
        waiting: list[list[date]] = [[]]
        for day in days_of(period):
            if last_day_kept(day) < today:
                gone.add(day)
            elif available[code, day] <= today:
                if (code, day) in has_items:
                    there.append((code, day))
                    # Where an option began meanwhile, later days are there before earlier ones (REC-2).
                    waiting.append([])
            elif (code, day) in has_items or (day >= today and desk.calendar.is_business_day(day)):
                # What is handed over today or later is not known yet.
                waiting[-1].append(day)
        runs = [run for run in waiting if run]
        if runs and await _hands_over(code, desk):
            later += [Rest(code, run[0], run[-1], max(available[code, day] for day in run)) for run in runs]
    return Shares(tuple(there), tuple(later), tuple(sorted(gone)))


async def _hands_over(code: str, desk: Desk) -> bool:
    """Tell whether an operational ID hands over anything that has a receipt: some only send parcels."""
    types = tuple(name for name in ITEM_NAMES if name != WITHOUT_RECEIPT)
    query = ItemQuery(operational_ids=(code,), types=types, start=date.max, end=date.max)
    return await desk.items.nearest_day(query) is not None


async def _nothing_found(request: Request, desk: Desk, wish: ReceiptWish) -> Reply:
    """Say that nothing was handed over then that has a receipt, and when something was (GEN-8)."""
    types = [name for name in ITEM_NAMES if name != WITHOUT_RECEIPT]
    items = ItemWish(
        company=wish.company, operational_id=wish.operational_id, item_type=types, period=wish.period
    )
    parcels = items.model_copy(update={"item_type": [WITHOUT_RECEIPT]})
    if not (await desk.items.find(parcels.query(), limit=1)).total:
        return await no_items_found(request, desk, items)
    only = say("In {period} you handed over parcels only.", period=wish.period.days())
    see = Choice(say("See these parcels"), Wish("item.search", parcels.entities()))
    blocks = (Text(only), Text(NO_RECEIPT), Choices((see,)), await nearest(request, desk, items, wish.period))
    return reply(*blocks, remember=wish.entities())


def _gone(days: tuple[date, ...]) -> tuple[Block, ...]:
    """Say why the receipts of some days are not to be had any more (REC-3)."""
    if not days:
        return ()
    return (
        Notice(
            say(
                "The receipts of {period} are gone: they are kept for one year from the day of hand-over, then "
                "removed for good. The last day for them was {day}.",
                period=Days(days[0], days[-1]),
                day=last_day_kept(days[-1]),
            ),
            "warning",
        ),
    )


def _preparing(there: Sequence[tuple[str, date]], per_page: int) -> Phrase:
    days = [day for _code, day in there]
    return say_many(
        "I am making and signing {count} file of receipts, {per_page} on a page: {period}.",
        "I am making and signing {count} files of receipts, {per_page} on a page: {period}.",
        len(there),
        per_page=per_page,
        period=Days(min(days), max(days)),
    )


class ItemReceiptWish(LookWish):
    """The item whose receipt is wanted."""

    barcode: str = ModelField(min_length=1)

    @field_validator("barcode")
    @classmethod
    def _tidy(cls, barcode: str) -> str:
        return tidy(barcode)


ITEM_FIELDS = (
    Field(
        "barcode",
        "text",
        say("Barcode"),
        say("What is the barcode of the item?"),
        check=lambda value, request: check_barcodes([value], request),
        hint=say("Two letters, nine digits and BE, or the 24 digits of a parcel."),
    ),
    LANGUAGE,
)
ITEM = Form("receipt.item", say("Receipt of one item"), ITEM_FIELDS, ItemReceiptWish)


@router.add("receipt.item", form=ITEM, right="transactions")
async def one_item(request: Request, desk: Desk) -> Reply:
    """Promise the receipt of one item (ITM-3); a parcel has none."""
    wish = request.wish(ItemReceiptWish)
    found = await desk.items.find(ItemQuery(barcodes=(wish.barcode,)), limit=1)
    remember = {"barcode": wish.barcode}
    if not found.items:
        person = Choice(say("Ask the Service Centre"), Wish("ticket.open", repeatable=False))
        return reply(not_among_yours([wish.barcode]), Choices((person,)))
    item = found.items[0]
    if item.item_type == WITHOUT_RECEIPT:
        track = Choice(say("Track & Trace"), Wish("item.track", remember))
        return reply(Text(NO_RECEIPT), Choices((track,)), remember=remember)
    if last_day_kept(item.handed_over_on) < request.today:
        return reply(*_gone((item.handed_over_on,)), remember=remember)
    available = await desk.options.receipts_available_on(item.operational_id, item.handed_over_on)
    if available > request.today:
        rest = Rest(item.operational_id, item.handed_over_on, item.handed_over_on, available, item.barcode)
        look = wish.look(request.session.language)
        return reply(*offer_to_send((rest,), look), remember=remember)
    return _promise_one(item, wish, request)


def _promise_one(item: ItemSummary, wish: ItemReceiptWish, request: Request) -> Reply:
    language = wish.look(request.session.language).language
    return reply(
        Progress(say("I am making and signing the receipt of {barcode}.", barcode=item.barcode)),
        work=(Work("receipt.item", {"barcode": item.barcode, "language": language}),),
        remember={"barcode": item.barcode},
    )


def time_left(day: date, today: date) -> timedelta:
    """Say how long the receipts of a day's hand-over are still kept (REC-3)."""
    return last_day_kept(day) + timedelta(days=1) - today
