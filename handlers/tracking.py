"""Answer `item.track` and `product.info`: where an item is, and where to read about the product (TRK-1, TRK-2)."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from pydantic import BaseModel, field_validator

from handlers.barcodes import tidy
from handlers.desk import Desk
from handlers.forms.declaration import Form
from handlers.item_gaps import not_among_yours
from handlers.item_wish import BARCODE
from handlers.reply import Block, Choice, Choices, Link, Notice, Reply, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from locales.names import TRACKING_STATUSES, item_name
from locales.phrases import say
from services.items import ItemQuery, ItemSummary
from services.tracking.source import TrackedItem, TrackingDown, Whereabouts

router = Router()

MOST = 10
POSTCODE_LENGTH = 4
# The public page speaks three languages. German speakers in Belgium read French, the language of their region.
PAGE_LANGUAGES = {"fr": "fr", "nl": "nl", "en": "en", "de": "fr"}


class TrackWish(BaseModel):
    """Which items to look for."""

    barcode: list[str]

    @field_validator("barcode")
    @classmethod
    def _tidy(cls, barcodes: list[str]) -> list[str]:
        return list(dict.fromkeys(tidy(barcode) for barcode in barcodes))[:MOST]


TRACK = Form("item.track", say("Track & Trace"), (replace(BARCODE, required=True),), TrackWish)


@router.add("item.track", form=TRACK, right="transactions")
async def track(request: Request, desk: Desk) -> Reply:
    """Tell where each item is, always with the public page's address (TRK-1)."""
    wish = request.wish(TrackWish)
    language = request.session.language
    found = await desk.items.find(ItemQuery(barcodes=tuple(wish.barcode)), limit=MOST)
    own = {item.barcode: item for item in found.items}
    blocks: list[Block] = []
    for barcode in wish.barcode:
        blocks += await _one(barcode, own.get(barcode), request, desk, language)
    return reply(*blocks, remember={"barcode": wish.barcode})


async def _one(
    barcode: str, item: ItemSummary | None, request: Request, desk: Desk, language: str
) -> tuple[Block, ...]:
    if item is None:
        return (not_among_yours([barcode]), _public_page(desk, barcode, language))
    try:
        seen = await desk.tracking.whereabouts(_tracked(item), request.now)
    except TrackingDown:
        down = say(
            "{barcode}: Track & Trace does not answer at the moment. The public page may.", barcode=barcode
        )
        return (Notice(down, "warning"), _public_page(desk, barcode, language, item.postcode))
    return (*_status(item, seen), _public_page(desk, barcode, language, item.postcode))


def _status(item: ItemSummary, seen: Whereabouts | None) -> tuple[Block, ...]:
    if seen is None:
        return (Text(say("{barcode}: I have no news of this item here.", barcode=item.barcode)),)
    told = Text(
        say(
            "{type} {barcode}: {status} ({moment}).",
            type=item_name(item.item_type),
            barcode=item.barcode,
            status=TRACKING_STATUSES[seen.status],
            moment=seen.at,
        )
    )
    return (told, Text(DEMO)) if seen.is_demo else (told,)


DEMO = say("This is demo data: neither the item nor its way is real.")


def _tracked(item: ItemSummary) -> TrackedItem:
    return TrackedItem(item.barcode, item.postcode, item.item_type, item.handed_over_on, item.is_demo)


def _public_page(desk: Desk, barcode: str, language: str, postcode: str = "") -> Block:
    address = public_address(desk.contacts.track_page, barcode, language, postcode)
    return Choices((Choice(say("Public Track & Trace page"), Link(address)),))


def public_address(page: str, barcode: str, language: str, postcode: str = "") -> str:
    """Give the public page of an item; it asks for the postcode itself where that is not a Belgian one."""
    query = {"itemCode": barcode, "lang": PAGE_LANGUAGES[language]}
    if len(postcode) == POSTCODE_LENGTH and postcode.isdigit():
        query["postalCode"] = postcode
    return f"{page}?{urlencode(query)}"


@router.add("product.info", linked=False)
async def product_info(request: Request, desk: Desk) -> Reply:
    """Point to the product page: options, rates, practical questions (TRK-2)."""
    choices = [Choice(say("Product page"), Link(desk.contacts.product_page), primary=True)]
    if request.session.companies_with("transactions"):
        choices.append(Choice(say("Activate an option"), Wish("option.activate")))
    return reply(
        Text(
            say(
                "The options, the rates and the answers to practical questions about Collect & Stamp are on its "
                "product page."
            )
        ),
        Choices(tuple(choices)),
    )
