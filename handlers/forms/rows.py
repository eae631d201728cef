"""Take rows of product and quantity as people say them: one after the other, corrected, without a number (SUP-1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.forms.declaration import Option, Refusal
from locales.phrases import Phrase, Value, say

Row = Mapping[str, Any]
NUMBER = re.compile(r"(?<![\w.,])\d{1,6}(?![\w.,]*\d)")
THOUSANDS = re.compile(r"(?<=\d)[ .\u00a0\u202f](?=\d{3}\b)")
# "non, plutôt 300" and "doe er maar 300": a number with more words around it is about something else.
WORDS_AROUND = 5


@dataclass(frozen=True, slots=True)
class Open:
    """What rows still need: `question` where nothing is wrong yet, `refusal` where something is."""

    question: Phrase | None = None
    suggestions: tuple[Option, ...] = ()
    refusal: Refusal | None = None


def said_rows(entities: Mapping[str, Any]) -> list[Row] | None:
    """Pair the products of a message with their quantities; None where it names no product."""
    products = entities.get("products")
    if products is not None:
        return list(products)
    product, quantity = entities.get("product"), entities.get("quantity")
    if product is None:
        return None
    if isinstance(product, str):
        return [{"product": product, "quantity": None if isinstance(quantity, list) else quantity}]
    return [{"product": code, "quantity": None} for code in product]


def settle(said: Any, options: Sequence[Option]) -> list[Row]:
    """Put rows in the order they were said, each product once: what was said last counts, nought takes it out.

    The name of a family ("labels") means the product of it that is there already, or the only one there is; a product
    named later tells which one of its family was meant. What is no row at all is dropped.
    """
    settled: dict[str, Any] = {}
    for row in said if isinstance(said, list) else ():
        if not isinstance(row, Mapping) or not isinstance(row.get("product"), str):
            continue
        code, quantity = _resolve(row["product"], settled, options), row.get("quantity")
        option = _find(code, options)
        if option is not None and option.family in settled:
            before = settled.pop(option.family)
            quantity = before if quantity is None else quantity
        if quantity == 0 and code in settled:
            del settled[code]
        elif quantity is not None or code not in settled:
            settled[code] = quantity
    return [{"product": code, "quantity": quantity} for code, quantity in settled.items()]


def number_of(text: str, entities: Mapping[str, Any]) -> int | None:
    """Read the one number of a short message, in digits or in words; None where there is none or several."""
    quantity = entities.get("quantity")
    if isinstance(quantity, int):
        return quantity
    numbers = NUMBER.findall(THOUSANDS.sub("", text))
    return int(numbers[0]) if len(numbers) == 1 and len(text.split()) <= WORDS_AROUND else None


def with_number(rows: Sequence[Row], number: int | None, options: Sequence[Option]) -> list[Row] | None:
    """Take a number as the quantity that a row needs, or as a correction of the only row; None else."""
    place = next((i for i in range(len(rows)) if options and _open_row(rows, i, options)), None)
    if place is None and len(rows) == 1:
        place = 0
    if place is None or number is None:
        return None
    if options and _find(rows[place]["product"], options) is None:
        # "2" answers which one, as in any numbered list; 200 cannot.
        offered = what_is_open(rows, options).suggestions
        if 1 <= number <= len(offered):
            return list(offered[number - 1].value)
    return _changed(rows, place, quantity=number)


def what_is_open(rows: Sequence[Row], options: Sequence[Option]) -> Open:
    """Find the first row that needs the person: which product, how many, or a quantity out of bounds."""
    for place in range(len(rows)):
        found = _open_row(rows, place, options)
        if found is not None:
            return found
    return Open()


def shown_rows(rows: Sequence[Row], options: Sequence[Option]) -> list[Value]:
    """Give rows as people read them."""
    # A family stands here until the product is chosen: the question says the rest.
    return [_shown(row, options) for row in rows if _find(row["product"], options)]


def _shown(row: Row, options: Sequence[Option]) -> Value:
    option = _find(row["product"], options)
    product = option.label if option else str(row["product"])
    if row["quantity"] is None:
        return product
    # Translators: so many of a product.
    return say("{quantity} × {product}", quantity=row["quantity"], product=product)


def _open_row(rows: Sequence[Row], place: int, options: Sequence[Option]) -> Open | None:
    row = rows[place]
    option = _find(row["product"], options)
    if option is None:
        return _which_of_the_family(rows, place, options)
    if option.reason is not None:
        return Open(refusal=Refusal(option.reason, _without(rows, place)))
    return _how_many(rows, place, option)


def _which_of_the_family(rows: Sequence[Row], place: int, options: Sequence[Option]) -> Open:
    family = [option for option in options if option.family == rows[place]["product"] and not option.reason]
    if not family:
        return Open(refusal=Refusal(say("This cannot be chosen here."), _without(rows, place)))
    suggestions = tuple(
        Option(_changed(rows, place, product=option.value), option.label) for option in family
    )
    quantity = rows[place]["quantity"]
    if not isinstance(quantity, int):
        return Open(say("Which of these do you mean?"), suggestions)
    # Translators: the customer asked for 200 labels, of which there are several sorts.
    return Open(say("{quantity} of which product?", quantity=quantity), suggestions)


def _how_many(rows: Sequence[Row], place: int, option: Option) -> Open | None:
    quantity, low, high = rows[place]["quantity"], option.minimum or 1, option.maximum
    if quantity is None:
        offers = sorted({low, high or low})
        return Open(_ask_quantity(option, low, high), _offers(rows, place, offers))
    if isinstance(quantity, bool) or not isinstance(quantity, int):
        return Open(refusal=Refusal(say("Please give a whole number.")))
    if quantity >= low and (high is None or quantity <= high):
        return None
    nearest = low if quantity < low else high or low
    return Open(refusal=Refusal(_out_of_bounds(option, low, high), _offers(rows, place, [nearest])))


def _ask_quantity(option: Option, low: int, high: int | None) -> Phrase:
    if high is None:
        return say("{product}: how many? At least {minimum}.", product=option.label, minimum=low)
    return say(
        "{product}: how many? From {minimum} to {maximum}.", product=option.label, minimum=low, maximum=high
    )


def _out_of_bounds(option: Option, low: int, high: int | None) -> Phrase:
    if high is None:
        return say("{product}: at least {minimum}, please.", product=option.label, minimum=low)
    return say(
        "{product}: at least {minimum} and at most {maximum}, please.",
        product=option.label,
        minimum=low,
        maximum=high,
    )


def _offers(rows: Sequence[Row], place: int, quantities: Sequence[int]) -> tuple[Option, ...]:
    return tuple(
        Option(_changed(rows, place, quantity=quantity), say("{number}", number=quantity))
        for quantity in quantities
    )


def _changed(rows: Sequence[Row], place: int, **changes: Any) -> list[Row]:
    return [{**row, **changes} if index == place else dict(row) for index, row in enumerate(rows)]


def _without(rows: Sequence[Row], place: int) -> tuple[Option, ...]:
    rest = [dict(row) for index, row in enumerate(rows) if index != place]
    return (Option(rest, say("Go on without it")),) if rest else ()


def _find(code: Any, options: Sequence[Option]) -> Option | None:
    return next((option for option in options if option.value == code), None)


def _resolve(code: str, settled: Mapping[str, Any], options: Sequence[Option]) -> str:
    if _find(code, options) is not None:
        return code
    family = [str(option.value) for option in options if option.family == code and not option.reason]
    there = [one for one in family if one in settled]
    named = there or family
    return named[0] if len(named) == 1 else code
