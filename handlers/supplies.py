"""Answer `supplies.order`: order material, see earlier orders, hear who hands out bags (SUP-1 to SUP-4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from handlers.desk import Desk
from handlers.forms.declaration import Form, Received
from handlers.forms.reading import fold
from handlers.forms.rows import Row, said_rows
from handlers.reply import Block, Choice, Choices, Link, Notice, Reply, Table, Text, Wish, reply
from handlers.request import Request
from handlers.router import Router
from handlers.supply_wish import FIELDS, SupplyWish, lines_in_words, product_name, summary
from handlers.tickets import promise
from locales.names import SUPPLY_UNITS
from locales.phrases import as_is, say
from locales.words import words_of
from services.errors import UnknownOperationalId
from services.supplies import NotOrderedHere, Order, Product, QuantityOutOfBounds

router = Router()

# "Mes commandes de matériel" asks what was ordered; the intent is the same.
EARLIER = re.compile(
    r"\b(?:mes|nos|anciennes|precedentes|dernieres|historique des) (?:(?:anciennes|precedentes|dernieres) )?commandes\b"
    r"|\bhistorique\b|\bcommandes (?:de materiel )?(?:passees|precedentes)\b|\bai je (?:deja )?commande\b"
    r"|\b(?:mijn|onze|vorige|eerdere|laatste) \w*bestellingen\b|\bbestelgeschiedenis\b|\bheb ik (?:al )?besteld\b"
    r"|\b(?:my|our|earlier|previous|last|past) (?:\w+ )?orders\b|\border history\b|\b(?:did|have) i order(?:ed)?\b"
    r"|\b(?:meine|unsere|fruhere|fruheren|letzte|letzten) \w*bestellungen\b|\bbestellverlauf\b"
    r"|\bhabe ich (?:schon )?bestellt\b"
)


async def receive(request: Request, desk: Desk) -> Received | None:
    """Answer for bags and trays, which the form does not take (SUP-3), and show earlier orders."""
    rows = said_rows(request.entities)
    if not any(row["quantity"] for row in rows or ()) and EARLIER.search(fold(request.text)):
        return Received(tuple(await _history(desk)))
    if rows is None:
        return None
    products = await desk.supplies.products()
    held = [row for row in rows if _from_collector(row, products)]
    if not held:
        return None
    rest = [row for row in rows if row not in held]
    entities = {name: value for name, value in request.entities.items() if name not in ROW_ENTITIES}
    return Received(
        _ask_the_collector(held, rest, products), {**entities, "products": rest} if rest else None
    )


ROW_ENTITIES = frozenset({"product", "products", "quantity"})

ORDER = Form(
    "supplies.order",
    say("Order material"),
    FIELDS,
    SupplyWish,
    looked_up_summary=summary,
    confirm_label=say("Order"),
    receive=receive,
)


@router.add("supplies.order", form=ORDER, right="transactions")
async def order(request: Request, desk: Desk) -> Reply:
    """Place the order and name the latest day (SUP-2)."""
    wish = request.wish(SupplyWish)
    assert request.session.person is not None
    try:
        placed = await desk.supplies.place(
            operational_id=wish.operational_id,
            lines=wish.lines(),
            contact_person=wish.contact_person,
            address=wish.address,
            user_id=request.session.person.id,
            now=request.now,
        )
    except (NotOrderedHere, QuantityOutOfBounds, UnknownOperationalId):
        # The list or the contract changed between the summary and the yes.
        return reply(
            Notice(say("What can be ordered has just changed. Please order again."), "warning"),
            Choices((Choice(say("Order material"), Wish("supplies.order")),)),
            remember={},
        )
    return reply(
        Notice(
            say("Your order is noted under number {number}. It is free of charge.", number=placed.number),
            "success",
        ),
        Text(say("It is posted on {day} at the latest.", day=placed.posted_by)),
        Choices((Choice(say("My orders"), Wish("supplies.history")),)),
        remember={},
    )


@router.add("supplies.history", right="transactions")
async def history(_request: Request, desk: Desk) -> Reply:
    """Show the latest orders, each to be ordered again."""
    return reply(*await _history(desk), remember={})


@router.add("supplies.products", right="transactions")
async def products_table(_request: Request, desk: Desk) -> Reply:
    """Show what can be ordered, with bounds and pictures (SUP-1, SUP-4)."""
    listed = [product for product in await desk.supplies.products() if not product.from_collector]
    table = Table(
        say("What you can order, free of charge"),
        (say("Product"), say("Ordered by"), say("At least"), say("At most")),
        tuple(
            (product_name(product), SUPPLY_UNITS[product.unit], product.minimum, product.maximum)
            for product in listed
        ),
        tuple(_product_choices(product) for product in listed),
    )
    return reply(table, remember={})


@router.add("supplies.note", right="transactions")
async def note(request: Request, desk: Desk) -> Reply:
    """Leave a note for the Service Centre about bags and trays, at one click (SUP-3)."""
    person = request.session.person
    companies = request.session.companies_with("transactions")
    write = words_of(request.session.language).write
    wanted = await _held_in_words(said_rows(request.entities) or [], desk)
    ticket = await desk.tickets.open(
        conversation_id=desk.conversation_id,
        user_id=person.id if person else None,
        company_id=companies[0].company_id if len(companies) == 1 else None,
        language=request.session.language,
        subject="supplies",
        summary=write(
            say("A customer needs from the person who collects the mail: {products}.", products=wanted)
        ),
        transcript=request.transcript,
        now=request.now,
    )
    return reply(*promise(ticket, desk), remember={})


def _from_collector(row: Row, products: Sequence[Product]) -> bool:
    """Tell a product, or a family of which every product is, that the person who collects hands out."""
    meant = [product for product in products if row["product"] in (product.code, product.family)]
    return bool(meant) and all(product.from_collector for product in meant)


def _ask_the_collector(
    held: Sequence[Row], rest: Sequence[Row], products: Sequence[Product]
) -> tuple[Block, ...]:
    names = [product_name(product) for product in products if product.from_collector]
    note_wish = Wish("supplies.note", {"products": list(held)}, repeatable=False)
    choices = [Choice(say("Leave a note for the Service Centre"), note_wish)]
    if not rest:
        choices.insert(0, Choice(say("Order other material"), Wish("supplies.order"), primary=True))
    return (
        Notice(
            say(
                "{products}: these are not ordered with the form. Please ask the person of bpost who collects the "
                "mail at your company for them.",
                products=names,
            )
        ),
        Choices(tuple(choices)),
    )


async def _held_in_words(rows: Sequence[Row], desk: Desk) -> list[Any]:
    products = await desk.supplies.products()
    found = []
    for row in rows:
        names = [product_name(p) for p in products if row["product"] in (p.code, p.family)] or [
            as_is(row["product"])
        ]
        quantity = row["quantity"]
        found.append(say("{quantity} × {product}", quantity=quantity, product=names) if quantity else names)
    return found


async def _history(desk: Desk) -> list[Block]:
    orders = await desk.supplies.history()
    see_list = Choice(say("What can be ordered"), Wish("supplies.products"))
    anew = Choice(say("Order material"), Wish("supplies.order"), primary=True)
    if not orders:
        return [Text(say("You have not ordered any material here yet.")), Choices((anew, see_list))]
    products = await desk.supplies.products()
    table = Table(
        say("Your latest orders"),
        (say("Number"), say("Ordered on"), say("Operational ID"), say("Products"), say("Posted by")),
        tuple(
            (
                placed.number,
                placed.ordered_at,
                placed.operational_id,
                lines_in_words(placed.lines, products),
                placed.posted_by,
            )
            for placed in orders
        ),
        tuple((_again(placed),) for placed in orders),
    )
    return [table, Choices((anew, see_list))]


def _again(placed: Order) -> Choice:
    rows = [{"product": line.product, "quantity": line.quantity} for line in placed.lines]
    entities = {
        "products": rows,
        "operational_id": placed.operational_id,
        "contact_person": placed.contact_person,
        **({"address": placed.address} if placed.address else {}),
    }
    return Choice(say("Order again"), Wish("supplies.order", entities))


def _product_choices(product: Product) -> tuple[Choice, ...]:
    rows = [{"product": product.code, "quantity": None}]
    ordering = Choice(say("Order"), Wish("supplies.order", {"products": rows}))
    if not product.picture:
        return (ordering,)
    return (ordering, Choice(say("Picture"), Link(product.picture)))
