"""Say in words how often something comes back, and offer what people ask for (REP-3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from handlers.desk import Desk
from handlers.forms.declaration import Option, Values
from handlers.request import Request
from locales.phrases import Phrase, Value, as_is, say, say_many
from services.errors import NotARecurrence
from services.recurrence import Recurrence, read_recurrence, write_rule

OFFERED = (
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=WEEKLY;BYDAY=FR",
    "FREQ=MONTHLY;BYMONTHDAY=1",
    "FREQ=DAILY",
)
WEEKDAYS: tuple[Phrase, ...] = (
    say("Monday"),
    say("Tuesday"),
    say("Wednesday"),
    say("Thursday"),
    say("Friday"),
    say("Saturday"),
    say("Sunday"),
)
# Translators: these stand before a weekday or "working day": "on the first Monday".
RANKS: Mapping[int, Phrase] = MappingProxyType(
    {
        # Translators: stands before a weekday: "on the first Monday".
        1: say("first"),
        # Translators: stands before a weekday: "on the second Monday".
        2: say("second"),
        # Translators: stands before a weekday: "on the third Monday".
        3: say("third"),
        # Translators: stands before a weekday: "on the fourth Monday".
        4: say("fourth"),
        # Translators: stands before a weekday: "on the fifth Monday".
        5: say("fifth"),
        # Translators: stands before a weekday: "on the last Monday".
        -1: say("last"),
        # Translators: stands before a weekday: "on the last but one Monday".
        -2: say("last but one"),
    }
)


def definite(value: Any, _request: Request) -> Any:
    """Turn a rule into the definite one that is kept; what is no rule stays as it is, to be refused."""
    try:
        return write_rule(read_recurrence(value)) if isinstance(value, str) else value
    except NotARecurrence:
        return value


async def recurrences(_request: Request, _desk: Desk, values: Values) -> Sequence[Option]:
    """Offer the usual recurrences, and the one that was said."""
    said = values.get("recurrence")
    rules = list(OFFERED)
    if isinstance(said, str) and said not in rules and _is_rule(said):
        rules.append(said)
    return [Option(rule, how_often(read_recurrence(rule))) for rule in rules]


def how_often(recurrence: Recurrence) -> Phrase:
    """Describe a recurrence: how often, and on which days."""
    days = _days(recurrence)
    if days is None:
        return _often(recurrence)
    # Translators: how often, and on which days: "every week, on Monday".
    return say("{often}, {days}", often=_often(recurrence), days=days)


def _is_rule(text: str) -> bool:
    try:
        return write_rule(read_recurrence(text)) == text
    except NotARecurrence:
        return False


def _often(recurrence: Recurrence) -> Phrase:
    count = recurrence.interval
    match recurrence.frequency, count:
        case "DAILY", _:
            return say_many("every day", "every {count} days", count)
        case "WEEKLY", _:
            return say_many("every week", "every {count} weeks", count)
        case "MONTHLY", 3:
            return say("every quarter")
        case "MONTHLY", 6:
            return say("every half-year")
        case "MONTHLY", _:
            return say_many("every month", "every {count} months", count)
    return say_many("every year", "every {count} years", count)


def _days(recurrence: Recurrence) -> Phrase | None:
    if recurrence.working_day is not None:
        return say("on the {rank} working day", rank=_rank(recurrence.working_day))
    if recurrence.rank is not None:
        # Translators: {rank} is "first", "last"…; {days} are weekdays.
        return say("on the {rank} {days}", rank=_rank(recurrence.rank), days=_weekdays(recurrence.weekdays))
    if recurrence.weekdays:
        # Translators: {days} are weekdays.
        return say("on {days}", days=_weekdays(recurrence.weekdays))
    if recurrence.month_days == (1,):
        return say("on the first day")
    if recurrence.month_days == (-1,):
        return say("on the last day")
    if any(day < 0 for day in recurrence.month_days):
        # Translators: {days} are numbers; days are counted back from the end of the month.
        return say("on day {days} from the end", days=[-day for day in recurrence.month_days])
    # Translators: {days} are numbers of days of the month.
    return say("on day {days}", days=list(recurrence.month_days)) if recurrence.month_days else None


def _weekdays(days: Sequence[int]) -> list[Value]:
    return [WEEKDAYS[day] for day in days]


def _rank(rank: int) -> Phrase:
    return RANKS.get(rank) or as_is(f"{rank}.")
