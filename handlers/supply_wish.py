"""Say what is ordered, for whom: the form of `supplies.order` (SUP-1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic import Field as Bound

from handlers.desk import Desk
from handlers.forms.declaration import Field, Option, Refusal, Summary, Values
from handlers.forms.reading import fold
from handlers.own_operational_ids import OPERATIONAL_ID, operational_id_in_words
from handlers.request import Request
from locales.phrases import Named, Phrase, as_is, say
from services.supplies import Line, Order, Product

# A "yes" to the one name that is offered names that person too.
MYSELF = frozenset(
    {
        "oui",
        "ja",
        "yes",
        "ok",
        "d accord",
        "moi",
        "moi meme",
        "c est moi",
        "ik",
        "ikzelf",
        "mezelf",
        "ik ben het",
        "me",
        "myself",
        "i am",
        "ich",
        "ich selbst",
    }
)
LETTERS = 2


class SupplyRow(BaseModel):
    """A product with its quantity."""

    product: str
    quantity: int


class SupplyWish(BaseModel):
    """What is ordered."""

    products: list[SupplyRow] = Bound(min_length=1)
    operational_id: str
    contact_person: str
    address: str = ""

    def lines(self) -> tuple[Line, ...]:
        """Give the lines that the service understands."""
        return tuple(Line(row.product, row.quantity) for row in self.products)


def product_name(product: Product) -> Phrase:
    """Name a product in the reader's language."""
    return say("{name}", name=Named(product.names))


def lines_in_words(lines: Sequence[Line], products: Sequence[Product]) -> list[Phrase]:
    """Write lines as "200 × labels"; a product that left the list keeps its code."""
    names = {product.code: product_name(product) for product in products}
    return [
        say(
            "{quantity} × {product}",
            quantity=line.quantity,
            product=names.get(line.product, as_is(line.product)),
        )
        for line in lines
    ]


async def orderable(_request: Request, desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the products of the form with their bounds; bags and trays are no part of it (SUP-3)."""
    return [
        Option(
            product.code,
            product_name(product),
            minimum=product.minimum,
            maximum=product.maximum,
            family=product.family,
        )
        for product in await desk.supplies.products()
        if not product.from_collector
    ]


async def myself(request: Request, _desk: Desk, _values: Values) -> Sequence[Option]:
    """Offer the person who writes as the contact person."""
    person = request.session.person
    return [Option(person.name, as_is(person.name))] if person else []


def name_of(value: Any, request: Request) -> Any:
    """Take "moi, ik, ich" for the person who writes."""
    person = request.session.person
    if isinstance(value, str):
        return person.name if person and fold(value) in MYSELF else " ".join(value.split())
    return value


def check_contact(value: Any, _request: Request) -> Refusal | None:
    """Refuse what can be nobody's name."""
    if sum(letter.isalpha() for letter in str(value)) < LETTERS:
        return Refusal(say("Please give the name of a person."))
    return None


async def summary(request: Request, desk: Desk, values: Values) -> Summary:
    """Sum the order up, with the latest day and a question where it was placed a moment ago already (SUP-2)."""
    wish = SupplyWish.model_validate(dict(values))
    products = await desk.supplies.products()
    earlier = await desk.supplies.repeated(wish.operational_id, wish.lines(), request.now)
    return (
        *(() if earlier is None else (_repeated(earlier),)),
        (say("Products"), lines_in_words(wish.lines(), products)),
        (say("Operational ID"), await operational_id_in_words(wish.operational_id, desk)),
        (say("Contact person"), wish.contact_person),
        *(((say("Delivery address"), wish.address),) if wish.address else ()),
        (say("Price"), say("free of charge")),
        (say("Posted"), say("by {day} at the latest", day=desk.supplies.posted_by(request.now))),
    )


def _repeated(earlier: Order) -> tuple[Phrase, Phrase]:
    return (
        say("Please note"),
        say(
            "You ordered exactly this a moment ago, under number {number}. Do you mean a second order?",
            number=earlier.number,
        ),
    )


PRODUCTS = Field(
    "products",
    "rows",
    say("Products"),
    say("What do you need, and how many? You can name several products."),
    options=orderable,
)
CONTACT = Field(
    "contact_person",
    "text",
    say("Contact person"),
    say("Who is the contact person?"),
    entity="contact_person",
    options=myself,
    adapt=name_of,
    check=check_contact,
    max_length=200,
)
ADDRESS = Field(
    "address",
    "text",
    say("Delivery address"),
    say("To which address?"),
    required=False,
    max_length=400,
    hint=say("Only where it is not the usual one."),
)
FIELDS = (PRODUCTS, OPERATIONAL_ID, CONTACT, ADDRESS)
