"""Say which items are meant, in the fields that lists and reports of items share (ITM-1, REP-1, GEN-7)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, field_validator

from handlers.barcodes import check_barcodes, tidy
from handlers.desk import Desk
from handlers.forms.declaration import Field, Option, Values
from handlers.forms.reading import fold
from handlers.periods import Period
from handlers.request import Request
from handlers.spans import check_span, spans
from locales.names import ITEM_NAMES
from locales.phrases import as_is, say
from services.items import ItemQuery

# Stands for every operational ID that the person may see.
EVERY = "*"
ALL_IDS = re.compile(
    r"\b(?:tous|toutes|alle|all|every|samtliche)(?: (?:de|les|mes|nos|mijn|onze|my|our|the|meine|unsere))*"
    r" (?:id|ids|identifiants?|operation\w*|operativen?)\b"
)
NAMES_ONE = re.compile(r"\bCS[\s.-]?\d", re.IGNORECASE)


class ItemWish(BaseModel):
    """What is looked for; lists where several were named."""

    company: int | None = None
    barcode: list[str] = []
    operational_id: list[str] = []
    item_type: list[str] = []
    period: Period | None = None

    @field_validator("barcode")
    @classmethod
    def _tidy(cls, barcodes: list[str]) -> list[str]:
        return list(dict.fromkeys(tidy(barcode) for barcode in barcodes))

    @field_validator("operational_id")
    @classmethod
    def _every(cls, codes: list[str]) -> list[str]:
        return [EVERY] if EVERY in codes else codes

    def query(self) -> ItemQuery:
        """Give the search that the register understands; a barcode names one item, whatever else was said of it."""
        if self.barcode:
            return ItemQuery(company_id=self.company, barcodes=tuple(self.barcode))
        return ItemQuery(
            company_id=self.company,
            operational_ids=() if EVERY in self.operational_id else tuple(self.operational_id),
            types=tuple(self.item_type),
            start=self.period.start if self.period else None,
            end=self.period.end if self.period else None,
        )

    def entities(self) -> dict[str, Any]:
        """Give the wish as entities, for a button or for the memory of the conversation."""
        kept = self.model_dump(mode="json", exclude_none=True)
        return {name: value for name, value in kept.items() if value not in ([], None)}


async def companies(request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the companies whose items the person may see (GEN-3)."""
    return [
        Option(company.company_id, as_is(company.company_name))
        for company in request.session.companies_with("transactions")
    ]


async def operational_ids(_request: Request, desk: Desk, values: Values) -> Sequence[Option]:
    """Offer all operational IDs of the contracts, and all of them together (GEN-7)."""
    own = await desk.items.operational_ids(values.get("company"))
    options = [Option(known.code, as_is(f"{known.code} {known.name}".strip())) for known in own]
    # Somebody with a single one may still say "all of them", which is no reason to ask.
    if len(options) > 1 or values.get("operational_id") == [EVERY]:
        options.append(Option(EVERY, say("All operational IDs")))
    return options


async def item_types(_request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the natures of items (ITM-1)."""
    return [Option(code, name) for code, name in ITEM_NAMES.items()]


def every_id(value: Any, request: Request) -> Any:
    """Hear "tous mes ID, alle operationele ID's" in a message that names none, whatever was chosen before (GEN-7)."""
    if ALL_IDS.search(fold(request.text)) and not NAMES_ONE.search(request.text):
        return [EVERY]
    return None if value in (None, []) else value


def has_no_barcode(values: Values) -> bool:
    """Tell whether the items must be found by operational ID and period."""
    return not values.get("barcode")


def needs_company(values: Values) -> bool:
    """Tell whether a company is to be named: an operational ID or a barcode belongs to one already."""
    return has_no_barcode(values) and values.get("operational_id") in (None, [], [EVERY])


COMPANY = Field(
    "company",
    "choice",
    say("Company"),
    say("For which company?"),
    options=companies,
    when=needs_company,
    named=True,
)
BARCODE = Field(
    "barcode",
    "text",
    say("Barcode"),
    say("What is the barcode of the item?"),
    required=False,
    many=True,
    check=check_barcodes,
    hint=say("Two letters, nine digits and BE, or the 24 digits of a parcel."),
)
OPERATIONAL_ID = Field(
    "operational_id",
    "choice",
    say("Operational ID"),
    say("For which operational ID?"),
    required=has_no_barcode,
    options=operational_ids,
    many=True,
    adapt=every_id,
    # Translators: {value} is an operational ID that the person wrote and that is none of theirs.
    unknown=say("{value} is not among your operational IDs."),
)
ITEM_TYPE = Field(
    "item_type",
    "choice",
    say("Type"),
    say("Which types of items?"),
    required=False,
    options=item_types,
    many=True,
)
PERIOD = Field(
    "period",
    "period",
    say("Period"),
    say("For which period?"),
    required=has_no_barcode,
    options=spans,
    check=check_span,
)
FIELDS = (COMPANY, BARCODE, OPERATIONAL_ID, ITEM_TYPE, PERIOD)
