"""Hold what the contract of intents says outright, whatever the words of a message make likely.

A constraint makes labels less likely rather than impossible: "GC-2026-000123" is a ticket, but a sentence around it
may still be none of our business.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from intents.declaration import FAQ, Declaration, topic_label, topic_of
from intents.entities.mention import Mention

Probabilities = dict[str, float]

_SELDOM = 0.03
_RATHER_NOT = 0.25
_SURE = 0.97
# These words say nothing beside a number: "facture n° 1046123456" is as bare as "1046123456".
_FILLERS = frozenset(
    {"n", "no", "nr", "num", "numero", "nummer", "number", "code", "barcode", "svp", "aub", "pls"}
)

# What a bare entity means. A barcode alone asks where the item is: the answer carries the button to its receipt and
# is right for a parcel too. Six digits alone are the code that a person was just sent.
_ALONE: Mapping[str, str] = {
    "invoice_number": "invoice.search",
    "barcode": "item.track",
    "link_code": "access.link",
    "email": "access.link",
    "ticket_number": "ticket.status",
    "order_number": "distripost.orders",
    "place": "distripost.simulate",
}

# An identifier in a message makes the labels that have no use for it unlikely.
_FITTING: Mapping[str, Callable[[str], bool]] = {
    "ticket_number": lambda label: label.startswith("ticket."),
    "order_number": lambda label: label.startswith(("distripost.", f"{FAQ}:dp.", "ticket.open")),
    "invoice_number": lambda label: label.startswith(("invoice.", f"{FAQ}:cs.", "ticket.open")),
    # The receipts of some days have no use for one item's code: with it, that item's receipt is wanted.
    "barcode": lambda label: label.startswith(
        ("item.", "receipt.item", "report.create", f"{FAQ}:", "ticket.open")
    ),
    "link_code": lambda label: label.startswith("access.link"),
    # "Every Monday" makes of receipts, a report or a list something to be sent regularly.
    "recurrence": lambda label: label not in {"receipt.generate", "report.create", "item.search"},
}
_STRICT = frozenset({"ticket_number", "order_number", "link_code", "barcode"})
# A message that offers one of these asks for more than where a ticket stands.
_PRODUCTS = {"cs": "the.collect_stamp", "dp": "the.distripost"}
# Nothing but a distribution is ever reserved.
_DISTRIPOST_WORDS = frozenset({"the.distripost", "the.door_to_door", "the.leaflet", "do.reserve"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold what constraints look at: the concepts and mentions of a message, and the label of the talk so far.

    `lent` names the entities of that talk, where the message leans on it: "annulez-la" is about the order spoken of.
    """

    concepts: Collection[str]
    mentions: Sequence[Mention]
    text: str
    before: str | None = None
    lent: Collection[str] = ()


def constrain(
    probabilities: Mapping[str, float], evidence: Evidence, declaration: Declaration
) -> Probabilities:
    """Bring the probabilities of labels in line with the contract."""
    found = dict(probabilities)
    alone = bare_entity(evidence)
    if alone is not None and alone in _ALONE:
        _take_over(found, _ALONE[alone])
        return found
    asks = any(concept.startswith("ask.") for concept in evidence.concepts)
    for entity in dict.fromkeys((*(mention.entity for mention in evidence.mentions), *evidence.lent)):
        fits = _FITTING.get(entity)
        if fits is None:
            continue
        factor = _SELDOM if entity in _STRICT else _RATHER_NOT
        for label in found:
            if not fits(label):
                found[label] *= factor
            elif entity in evidence.lent and label.startswith(FAQ) and not asks:
                found[label] *= _RATHER_NOT
    _join_twins(found, evidence, declaration)
    return _to_one(found)


def bare_entity(evidence: Evidence) -> str | None:
    """Name the entity of a message that holds nothing else."""
    if len({mention.entity for mention in evidence.mentions}) != 1:
        return None
    rest = evidence.text
    for mention in sorted(evidence.mentions, key=lambda mention: -mention.start):
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    words = {"".join(filter(str.isalnum, word)).lower() for word in rest.split()}
    return evidence.mentions[0].entity if words <= _FILLERS | {""} else None


def _take_over(found: Probabilities, label: str) -> None:
    """Give nearly all the probability to one label."""
    rest = sum(probability for other, probability in found.items() if other != label) or 1.0
    for other in found:
        found[other] *= (1 - _SURE) / rest
    found[label] = _SURE


def _join_twins(found: Probabilities, evidence: Evidence, declaration: Declaration) -> None:
    """Tell the topics of both products apart by the product named, else by the talk so far, else Collect & Stamp."""
    product = product_of(evidence)
    other = "cs" if product == "dp" else "dp"
    for twin in declaration.twins:
        kept = [label for topic in twin[product] if (label := topic_label(topic)) in found]
        given = [label for topic in twin[other] if (label := topic_label(topic)) in found]
        if not kept:
            continue
        gained = sum(found[label] for label in given)
        heir = max(kept, key=lambda label: found[label])
        found[heir] += gained
        for label in given:
            found[label] = 0.0


def product_of(evidence: Evidence) -> str:
    """Say which product a message is about."""
    if _PRODUCTS["cs"] in evidence.concepts and _PRODUCTS["dp"] not in evidence.concepts:
        return "cs"
    if _DISTRIPOST_WORDS & set(evidence.concepts):
        return "dp"
    return "dp" if evidence.before is not None and _is_distripost(evidence.before) else "cs"


def _is_distripost(label: str) -> bool:
    topic = topic_of(label)
    return label.startswith("distripost.") or (topic is not None and topic.startswith("dp."))


def _to_one(found: Probabilities) -> Probabilities:
    total = sum(found.values()) or 1.0
    return {label: probability / total for label, probability in found.items()}
