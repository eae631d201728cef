"""Understand a message that leaves out what was just said: "et pour novembre ?", "annulez-la", "the same in Excel"."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from intents.declaration import FAQ, UNKNOWN, Declaration, topic_label
from intents.understanding import Context

Entities = dict[str, Any]

# Longer messages say themselves what they want.
_LONGEST = 10
_LEAD, _POINTER, _ARTICLE = "lean.lead", "lean.pointer", "lean.article"
# An article points at something where no noun follows: "annulez-la", "verschieb den auf Montag".
_AFTER_POINTING = ("do.", "f.", "lean.")
# What may stand in a follow-up without making it a wish of its own.
_EMPTY = (
    "lean.",
    "f.",
    "be.",
    "time.",
    "chat.",
    "ask.is",
    "ask.which",
    "ask.what",
    "ask.may",
    "ask.how",
    "do.want",
    "do.show",
    "do.find",
    "do.need",
)
_ASKS_ELSE = frozenset({"ask.how_long"})
_OBJECTS = ("the.", "else.")
# These name a form rather than a thing: "die Liste als xlsx" is the list just seen.
_FORMS = frozenset({"the.list", "the.excel", "the.document", "the.detail", "the.page"})
_SAME = "lean.same"
_AGAIN = "do.copy"
# Orders can be copied: after these "the same" is a wish of its own.
_COPIED = frozenset({"distripost.orders", "distripost.copy", "distripost.documents", "distripost.reserve"})
_PRODUCTS = {"the.collect_stamp": "cs", "the.distripost": "dp"}
_EXCEL = "the.excel"
# The same as a file: a list of invoices is exported, a list of items becomes a report.
_AS_FILE: Mapping[str, str] = {"invoice.search": "invoice.export", "item.search": "report.create"}
_BACK = "time.past"
_ON = "time.next"
# Of two ways to say which one is meant, the one said last counts.
_INSTEAD: Mapping[str, frozenset[str]] = {
    "period": frozenset({"invoice_number", "barcode", "date"}),
    "date": frozenset({"period"}),
    "invoice_number": frozenset({"period", "prs", "operational_id"}),
    "barcode": frozenset({"period"}),
    "prs": frozenset({"invoice_number", "operational_id"}),
    "operational_id": frozenset({"invoice_number", "prs"}),
    "person": frozenset({"email"}),
    "email": frozenset({"person"}),
}
_FAVOUR = 4.0
# Items, their receipts and reports on them are one matter: one is asked for after the other.
_MATTERS: Mapping[str, str] = {"receipt": "item", "report": "item"}


@dataclass(frozen=True, slots=True)
class Remainder:
    """Hold what a message says besides its entities (`said`), and their names.

    `concepts` are those of the message without the mentions, `by_word` has them word by word, `length` is that of the
    whole message in words.
    """

    concepts: Sequence[str]
    by_word: Sequence[Collection[str]]
    said: Collection[str]
    length: int

    @property
    def leans(self) -> bool:
        """Tell whether the message leans on what went before: it points, goes on, or names no thing at all."""
        if self.length > _LONGEST:
            return False
        things = (said for said in self.concepts if said.startswith(_OBJECTS) and said not in _FORMS)
        return self._goes_on or self._points or not any(things)

    @property
    def _goes_on(self) -> bool:
        first = next((said for said in self.concepts if said not in ("chat.hello", "f.i")), None)
        return first == _LEAD

    @property
    def _points(self) -> bool:
        if _POINTER in self.concepts:
            return True
        for word, after in zip_longest(self.by_word, self.by_word[1:], fillvalue=()):
            if _ARTICLE in word and (not after or any(said.startswith(_AFTER_POINTING) for said in after)):
                return True
        return False


def matter_of(intent: str) -> str:
    """Name the matter that an intent belongs to."""
    family = intent.split(".", maxsplit=1)[0]
    return _MATTERS.get(family, family)


def continued(rest: Remainder, context: Context, declaration: Declaration) -> tuple[str, Entities] | None:
    """Give the label and inherited entities of a message that only goes on with the last one; else nothing."""
    if context.intent is None or rest.length > _LONGEST or context.intent == UNKNOWN:
        return None
    weighty = _weighty(rest.concepts, context.intent)
    if context.intent == FAQ:
        return _of_other_product(weighty, context, declaration)
    if context.intent.startswith("chat.") or not _goes_on(rest, context.intent, declaration):
        return None
    inherited = dict(context.entities)
    if set(weighty) == {_EXCEL}:
        return _AS_FILE.get(context.intent, context.intent), inherited
    if weighty:
        return None
    if not rest.said:
        moved = _moved(rest.concepts, context.entities.get("period"))
        if moved is None:
            return None
        inherited["period"] = moved
    return context.intent, inherited


def _weighty(concepts: Iterable[str], before: str) -> list[str]:
    """Give the concepts that make a message a wish of its own."""
    concepts = list(concepts)
    empty = _EMPTY if before in _COPIED else (*_EMPTY, _AGAIN)
    if _SAME in concepts:
        # "Wim Goossens hetzelfde recht": the thing is the one spoken of.
        empty = (*empty, *_OBJECTS)
    return [said for said in concepts if said in _ASKS_ELSE or said == _EXCEL or not said.startswith(empty)]


def _goes_on(rest: Remainder, intent: str, declaration: Declaration) -> bool:
    """Tell whether a message could go on with an intent: it leans on it, or gives just what it works with."""
    useful = set(rest.said) & set(declaration.slots(intent))
    return bool(useful and len(useful) == len(rest.said)) or (rest.leans and not rest.said)


def _of_other_product(
    weighty: Sequence[str], context: Context, declaration: Declaration
) -> tuple[str, Entities] | None:
    """Give the twin of the last topic where just a product is named ("et pour Distripost ?")."""
    products = {_PRODUCTS[concept] for concept in weighty if concept in _PRODUCTS}
    if len(products) != 1 or any(concept not in _PRODUCTS for concept in weighty):
        return None
    topic = context.entities.get("topic")
    for twin in declaration.twins:
        if any(topic in topics for topics in twin.values()):
            return topic_label(twin[products.pop()][0]), {}
    return None


def favoured(probabilities: Mapping[str, float], rest: Remainder, context: Context) -> dict[str, float]:
    """Make the intents of the same matter likelier, for a message that leans on what went before."""
    if context.intent is None or not rest.leans or "." not in context.intent:
        return dict(probabilities)
    matter = matter_of(context.intent)
    likelier = {
        label: probability * (_FAVOUR if matter_of(label) == matter else 1.0)
        for label, probability in probabilities.items()
    }
    total = sum(likelier.values())
    return {label: probability / total for label, probability in likelier.items()}


def inherited(intent: str, rest: Remainder, context: Context, declaration: Declaration) -> Entities:
    """Give the entities that a message with an intent of its own takes over from the one before."""
    if context.intent is None or not rest.leans or matter_of(intent) != matter_of(context.intent):
        return {}
    slots = set(declaration.slots(intent))
    return {name: value for name, value in context.entities.items() if name in slots}


def merge(before: Mapping[str, Any], now: Mapping[str, Any]) -> Entities:
    """Put what is said now in the place of what was said before."""
    replaced = set(now).union(*(_INSTEAD.get(name, frozenset()) for name in now))
    return {**{name: value for name, value in before.items() if name not in replaced}, **now}


def _moved(concepts: Iterable[str], period: Any) -> dict[str, str] | None:
    """Give the period before or after the last one ("en de vorige?"), of the same kind."""
    steps = [{_BACK: -1, _ON: 1}[concept] for concept in concepts if concept in (_BACK, _ON)]
    if not steps or not isinstance(period, Mapping):
        return None
    start, end = date.fromisoformat(period["start"]), date.fromisoformat(period["end"])
    months = _whole_months(start, end)
    if months:
        first = _month_later(start, steps[0] * months)
        last = _month_later(first, months) - timedelta(days=1)
    else:
        shift = timedelta(days=steps[0] * ((end - start).days + 1))
        first, last = start + shift, end + shift
    return {"start": first.isoformat(), "end": last.isoformat()}


def _whole_months(start: date, end: date) -> int:
    """Count the months of a period made of whole ones; 0 for any other."""
    if start.day != 1 or end.day != calendar.monthrange(end.year, end.month)[1]:
        return 0
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _month_later(first: date, months: int) -> date:
    """Give the first day of the month that is so many later (or, negative, earlier)."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
