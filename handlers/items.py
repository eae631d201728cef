"""Answer `item.search`: a list of registered items and parcels, or one of them (ITM-1 to ITM-5)."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.desk import Desk
from handlers.forms.declaration import Form
from handlers.item_gaps import not_among_yours, nothing_found
from handlers.item_limits import narrower_choices
from handlers.item_wish import FIELDS, ItemWish
from handlers.reply import Block, Choice, Choices, Notice, Progress, Reply, Table, Text, Wish, Work, reply
from handlers.request import Request
from handlers.router import Router
from locales.names import item_name
from locales.phrases import Phrase, say, say_many
from services.items import LIMIT, FoundItems, ItemSummary

# Up to so many are shown in the chat, more in a file (ITM-5).
SHOWN = 10

SEARCH = Form("item.search", say("Registered items and parcels"), FIELDS, ItemWish)


class Items:
    """The answers about items; what else can be done with one depends on the other subjects at this counter."""

    def __init__(self, others: Router) -> None:
        self._others = others

    def router(self) -> Router:
        """Give the route of `item.search`."""
        router = Router()
        router.add("item.search", form=SEARCH, right="transactions")(self.search)
        return router

    async def search(self, request: Request, desk: Desk) -> Reply:
        """Show one item in detail, a few as a table, more as a file (ITM-2, ITM-5)."""
        wish = request.wish(ItemWish)
        found = await desk.items.find(wish.query(), limit=SHOWN + 1)
        if not found.total:
            return await nothing_found(request, desk, wish)
        blocks: list[Block] = [*_not_found(wish, found)]
        if found.total > SHOWN:
            blocks += await self._as_file(wish, found.total, desk)
            work = (Work("item.search", {"wish": wish.entities()}),)
            return reply(*blocks, work=work, remember=wish.entities())
        blocks += self._one(found.items[0]) if found.total == 1 else self._several(found.items)
        return reply(*blocks, remember=wish.entities())

    async def _as_file(self, wish: ItemWish, total: int, desk: Desk) -> tuple[Block, ...]:
        if total <= LIMIT:
            return (Progress(_preparing(total)),)
        return (
            Notice(
                say(
                    "There are {total} items; a list shows the latest {most}. A shorter period or a single type "
                    "gives you a whole list.",
                    total=total,
                    most=LIMIT,
                ),
                "warning",
            ),
            Progress(_preparing(LIMIT)),
            *await narrower_choices("item.search", wish, desk),
        )

    def _one(self, item: ItemSummary) -> tuple[Block, ...]:
        choices = self._choices(item, primary=True)
        return (
            Text(_description(item)),
            *((Text(NO_RECEIPT),) if item.item_type == "parcel" else ()),
            *((Choices(choices),) if choices else ()),
        )

    def _several(self, items: Sequence[ItemSummary]) -> tuple[Block, ...]:
        table = Table(
            say("Your {total} items", total=len(items)),
            (say("Barcode"), say("Handed over on"), say("Postcode"), say("Type")),
            tuple(
                (item.barcode, item.handed_over_on, item.postcode, item_name(item.item_type))
                for item in items
            ),
            tuple(self._choices(item) for item in items),
        )
        has_parcel = any(item.item_type == "parcel" for item in items)
        return (table, Text(NO_RECEIPT)) if has_parcel else (table,)

    def _choices(self, item: ItemSummary, *, primary: bool = False) -> tuple[Choice, ...]:
        """Offer the item's receipt, which a parcel has not (ITM-3), and its whereabouts."""
        wish = {"barcode": item.barcode}
        offers = []
        if item.item_type != "parcel" and self._others.find("receipt.item"):
            offers.append(Choice(say("Receipt (PDF)"), Wish("receipt.item", wish), primary=primary))
        if self._others.find("item.track"):
            offers.append(Choice(say("Track & Trace"), Wish("item.track", wish)))
        return tuple(offers)


NO_RECEIPT = say("A parcel has no deposit receipt; registered items, RP and judicial letters have one.")


def _preparing(count: int) -> Phrase:
    return say_many(
        "I am preparing the list of {count} item.", "I am preparing the list of {count} items.", count
    )


def _description(item: ItemSummary) -> Phrase:
    if item.with_ar:
        return say(
            "{barcode}: {type} with acknowledgement of receipt, handed over on {day} under {operational_id}, "
            "destination {postcode}.",
            barcode=item.barcode,
            type=item_name(item.item_type),
            day=item.handed_over_on,
            operational_id=item.operational_id,
            postcode=item.postcode,
        )
    return say(
        "{barcode}: {type}, handed over on {day} under {operational_id}, destination {postcode}.",
        barcode=item.barcode,
        type=item_name(item.item_type),
        day=item.handed_over_on,
        operational_id=item.operational_id,
        postcode=item.postcode,
    )


def _not_found(wish: ItemWish, found: FoundItems) -> tuple[Block, ...]:
    """Name the barcodes of several that were not found: a list must not look whole that is not."""
    known = {item.barcode for item in found.items}
    missing = [barcode for barcode in wish.barcode if barcode not in known]
    return (not_among_yours(missing),) if missing and found.total <= SHOWN else ()
