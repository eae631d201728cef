"""Give what was found the names and normal forms of the contract of intents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from intents.entities.mention import Mention

# A beginning is searched with (INV-2); a number in 1406… is offered back with its digits.
KEPT_FAULTS = frozenset({"partial", "prefix_1406"})
POSTCODE_LENGTH = 4
LINK_CODE_LENGTHS = range(6, 9)

# Who may see registered items has the right to transactions (ACC-6).
GIVING = frozenset({"access.create_user", "access.grant", "access.list", "access.revoke"})

# Words that mean a value only in the matters named; elsewhere they are part of what is said of something else.
ONLY_IN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "person": ("access.", "agent."),
        "print_type": ("distripost.", "faq"),
        "product": ("supplies.", "product.", "faq"),
        "quantity": ("supplies.", "distripost.", "product.", "faq"),
        "receipts_per_page": ("receipt.", "report."),
        "right": tuple(GIVING),
    }
)
COUNTING = frozenset({"supplies.order", "distripost.reserve", "distripost.change"})


def as_entities(mentions: Sequence[Mention], *, intent: str) -> dict[str, Any]:
    """Name each entity once; a name that occurs several times holds a list, in the order said.

    Faulty mentions are left out but for invoice numbers that begin right or with 1406. Where several products are
    ordered, `products` pairs each with its quantity (None where none was said).
    """
    found: dict[str, list[Any]] = {}
    counted = any(mention.entity == "quantity" for mention in mentions)
    for mention in mentions:
        if mention.fault is not None and mention.fault not in KEPT_FAULTS:
            continue
        name, value = _resolve(mention, intent, counted=counted)
        if name is None or not intent.startswith(ONLY_IN.get(name, "")):
            continue
        values = found.setdefault(name, [])
        if value not in values or name == "quantity":
            values.append(value)
    entities = {name: values[0] if len(values) == 1 else values for name, values in found.items()}
    said = [mention for mention in mentions if mention.entity in {"product", "quantity"}]
    if "product" in found and sum(mention.entity == "product" for mention in said) > 1:
        entities["products"] = _pair(said)
    return entities


def _resolve(mention: Mention, intent: str, *, counted: bool) -> tuple[str | None, Any]:
    """Tell what a mention is for an intent, where that decides."""
    name, value = mention.entity, mention.value
    if name == "reference":
        return _resolve_reference(value, intent)
    if name in {"number", "digits"}:
        return _resolve_number(mention, intent, counted=counted)
    if name == "place" and intent == "supplies.order" and mention.end - mention.start == POSTCODE_LENGTH:
        # "1000" alone is a postcode of Brussels, unless it answers how many.
        postcodes = value["postcodes"]
        return ("quantity", int(postcodes[0])) if len(postcodes) == 1 and not counted else (name, value)
    if name == "item_type" and intent.startswith("access."):
        return ("right" if intent in GIVING else None), "transactions"
    if name == "product" and value == "form" and intent == "faq":
        return None, value
    if name == "right" and intent == "access.create_user" and value == "users":
        # "Neue Benutzer anlegen" is what is done, not a right that is given.
        return None, value
    if name == "link_code" and intent.startswith(("invoice.", "agent.")) and value.isdigit():
        return "prs", value
    return name, value


def _resolve_number(mention: Mention, intent: str, *, counted: bool) -> tuple[str | None, Any]:
    """Tell what a number that nothing names is: what the intent asks for, if it has the length of one."""
    digits = str(mention.value)
    if intent == "access.link" and len(digits) in LINK_CODE_LENGTHS:
        return "link_code", digits
    if mention.entity == "digits" and intent == "agent.on_behalf":
        return "prs", digits
    if intent in COUNTING:
        return (None if counted else "quantity"), int(digits)
    if intent == "distripost.simulate" and mention.proposal is not None:
        return "place", mention.proposal
    return None, None


def _resolve_reference(value: str, intent: str) -> tuple[str | None, Any]:
    if intent.startswith("ticket."):
        return "ticket_number", f"GC-{value}"
    if intent.startswith("distripost."):
        return "order_number", f"DP-{value}"
    return None, value


def _pair(said: Sequence[Mention]) -> list[dict[str, Any]]:
    """Give each product its quantity: in turn where they take turns, else the one that stands nearer."""
    quantities: dict[int, Any] = {}
    takes_turns = all(one.entity != other.entity for one, other in pairwise(said)) and len(said) % 2 == 0
    for index, mention in enumerate(said):
        if mention.entity == "quantity":
            near = _nearest_product(said, index, takes_turns=takes_turns)
            if near is not None:
                quantities.setdefault(near, mention.value)
    return [
        {"product": mention.value, "quantity": quantities.get(index)}
        for index, mention in enumerate(said)
        if mention.entity == "product"
    ]


def _nearest_product(said: Sequence[Mention], index: int, *, takes_turns: bool) -> int | None:
    if takes_turns:
        return index + 1 if said[0].entity == "quantity" else index - 1
    gaps = {
        near: said[near].start - said[index].end if near > index else said[index].start - said[near].end
        for near in (index + 1, index - 1)
        if 0 <= near < len(said) and said[near].entity == "product"
    }
    return min(gaps, key=lambda near: gaps[near], default=None)
