"""Say how many items there are when a list or a report cannot hold them, and offer what fits (GEN-5)."""

from __future__ import annotations

from handlers.desk import Desk
from handlers.item_wish import ItemWish
from handlers.periods import Period
from handlers.reply import Block, Choice, Choices, Text, Wish
from locales.names import item_name
from locales.phrases import Phrase, say, say_many
from services.items import LIMIT
from services.narrowing import Narrower, narrower


async def narrower_choices(intent: str, wish: ItemWish, desk: Desk) -> tuple[Block, ...]:
    """Offer narrower types and periods of a search, each with the number that it really finds."""
    if wish.period is None:
        return ()
    counts = await desk.items.counts(wish.query())
    offers = narrower(counts, wish.period.start, wish.period.end)
    if not offers:
        return (Text(say("Not even one day of one type fits; please name a single operational ID.")),)
    choices = tuple(Choice(_label(offer, wish.period), _wish(intent, wish, offer)) for offer in offers)
    return (Choices(choices, say("These fit:")),)


def too_many(total: int) -> Phrase:
    """Say the number that no report may cut."""
    return say(
        "There are {total} items; a report holds at most {most}. Please choose a shorter period or fewer types.",
        total=total,
        most=LIMIT,
    )


def _wish(intent: str, wish: ItemWish, offer: Narrower) -> Wish:
    changes: dict[str, object] = {"period": Period(start=offer.start, end=offer.end)}
    if offer.item_type is not None:
        changes["item_type"] = [offer.item_type]
    return Wish(intent, wish.model_copy(update=changes).entities())


def _label(offer: Narrower, asked: Period) -> Phrase:
    period = Period(start=offer.start, end=offer.end)
    days = say("{period}", period=period.days())
    if offer.item_type is None:
        what = days
    elif period == asked:
        what = item_name(offer.item_type)
    else:
        # Translators: a label: a type of items and the days on which they were handed over.
        what = say("{type}, {period}", type=item_name(offer.item_type), period=period.days())
    # Translators: the label of a button: a period or a type, and how many items it has.
    return say_many("{what}: {count} item", "{what}: {count} items", offer.count, what=what)
